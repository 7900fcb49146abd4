"""One step of an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from renja_xl.core.buku import Asal, Nilai


class Jenis(StrEnum):
    """What a cell's value is."""

    DIKETIK = "diketik"
    """Typed by a planner, or taken over from an imported file."""
    KOSONG = "kosong"
    """A cell for typing in which nothing stands."""
    HITUNG = "dihitung"
    JUMLAH = "jumlah"
    """The sum of its steps."""
    AMBIL = "diambil"
    """The value of another cell."""
    BAWAAN = "bawaan"
    """What the program takes where the workbook says nothing."""
    SUSUNAN = "disusun"
    """Written by the program when it lays a table out: numbers, ids, headings of rows."""
    TIDAK_TERLACAK = "tidak_terlacak"
    """Nobody knows; ``cara`` says why."""


UJUNG = frozenset({Jenis.DIKETIK, Jenis.KOSONG, Jenis.BAWAAN, Jenis.SUSUNAN, Jenis.TIDAK_TERLACAK})
"""Where an explanation ends."""


@dataclass(frozen=True, slots=True)
class Langkah:
    """A cell (or, without ``sel``, a quantity that stands in none), and the steps that it follows from.

    Attributes:
        judul: what its column or the quantity is called; nomor: the form's number of the column; nama: what its row is
            about.
        nilai: as written, rupiah as ``int`` sen (``rupiah``), other numbers ``float``.
        cara: how it comes about, or who fills it in, a sentence.
        hitungan: the calculation in numbers, up to its result.
        berbeda: whether the cell shows another value than the core computes, which is ``seharusnya`` (None: nothing).
        ditimpa: whether somebody typed over the computed cell.
        asli: original text of an imported cell.
    """

    jenis: Jenis
    lembar: str
    sel: str
    judul: str
    nama: str
    nilai: Nilai
    rupiah: bool = False
    cara: str = ""
    hitungan: str | None = None
    berbeda: bool = False
    seharusnya: Nilai = None
    ditimpa: bool = False
    asal: Asal | None = None
    asli: str | None = None
    nomor: str = ""
    dari: tuple[Langkah, ...] = ()

    @property
    def tempat(self) -> str:
        """``T-C.33!G12``; the sheet alone for what stands in no cell."""
        return f"{self.lembar}!{self.sel}" if self.sel else self.lembar


def semua_langkah(langkah: Langkah) -> Iterator[Langkah]:
    """A step and all below it, each once."""
    sudah: set[int] = set()
    tumpukan = [langkah]
    while tumpukan:
        x = tumpukan.pop()
        if id(x) not in sudah:
            sudah.add(id(x))
            yield x
            tumpukan.extend(reversed(x.dari))
