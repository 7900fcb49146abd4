"""A sheet as a grid of cells, as any workbook has it: what import and formula audit look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from renja_xl.core.buku import Nilai

Tempat = tuple[int, int]
"""Row and column, both 1-based."""


@dataclass(frozen=True, slots=True)
class IsiKisi:
    """One cell: value (numbers ``float``, text ``str``; dates as ISO text), formula text without ``=``, number format."""

    nilai: Nilai = None
    rumus: str | None = None
    format: str = ""


@dataclass(frozen=True)
class Kisi:
    """One sheet. ``gabungan`` are merged ranges (row, column, last row, last column); only filled cells are in ``sel``."""

    lembar: str
    sel: Mapping[Tempat, IsiKisi]
    gabungan: tuple[tuple[int, int, int, int], ...] = ()
    baris_tersembunyi: frozenset[int] = frozenset()
    kolom_tersembunyi: frozenset[int] = frozenset()
    tersembunyi: bool = False

    @cached_property
    def ukuran(self) -> Tempat:
        """Last filled row and column; 0, 0 for an empty sheet."""
        return max((r for r, _ in self.sel), default=0), max((c for _, c in self.sel), default=0)
