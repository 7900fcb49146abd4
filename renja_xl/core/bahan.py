"""What an audit may know beside the plan: where its cells stand, the sheets with their formulas, and the narrative."""

from __future__ import annotations

from dataclasses import dataclass

from renja_xl.core.kisi import Kisi
from renja_xl.core.letak import Letak


@dataclass(frozen=True, slots=True)
class Paragraf:
    """One paragraph of a narrative: its file, its number there (1-based), its text."""

    berkas: str
    nomor: int
    teks: str


@dataclass(frozen=True, slots=True)
class Bahan:
    """Material of an audit.

    Attributes:
        letak: where the plan's cells stand in the workbook; None where it was not read from one.
        kisi: its sheets with formulas; empty where they were not read.
        narasi: paragraphs to compare with the tables.
        lembar_lain: sheets of the workbook that are in nobody's hands but the planner's, and were not looked at.
    """

    letak: Letak | None = None
    kisi: tuple[Kisi, ...] = ()
    narasi: tuple[Paragraf, ...] = ()
    lembar_lain: tuple[str, ...] = ()


TANPA_BAHAN = Bahan()
