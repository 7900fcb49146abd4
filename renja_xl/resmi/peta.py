"""What was taken from where: the mapping of a foreign workbook, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PASTI, DUGAAN = 0.9, 0.75
"""A column matched at least this well is sure, or likely; below it, doubtful."""


@dataclass(frozen=True, slots=True)
class KolomTerpeta:
    """One column: our key, its sheet columns (several where a kode or a name is split), its header, how sure (0 to 1)."""

    kunci: str
    kolom: tuple[int, ...]
    kepala: str
    sel_kepala: str
    yakin: float

    @property
    def keyakinan(self) -> str:
        return "pasti" if self.yakin >= PASTI else "hampir pasti" if self.yakin >= DUGAAN else "perlu dicek"


@dataclass(frozen=True, slots=True)
class TabelTerpeta:
    """One table on one sheet; a table that goes on below a repeated header is one of these per header.

    Attributes:
        rentang: first and last row and column of header and data.
        hilang: keys of printed columns that it does not have.
        asing: columns that were not understood: sheet column and header.
        catatan: what was repaired or assumed, in sentences.
    """

    tabel: str
    lembar: str
    judul: str
    rentang: tuple[int, int, int, int]
    kolom: tuple[KolomTerpeta, ...]
    hilang: tuple[str, ...] = ()
    asing: tuple[tuple[int, str], ...] = ()
    jumlah_baris: int = 0
    catatan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Peta:
    """The mapping report of one workbook.

    Attributes:
        asal_tahun: how the plan year was found.
        belum: number of source rows that were not understood, by sheet.
    """

    berkas: str
    tahun: int
    asal_tahun: str
    tabel: tuple[TabelTerpeta, ...]
    catatan: tuple[str, ...] = ()
    belum: Mapping[str, int] | None = None
