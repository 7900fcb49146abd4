"""How a workbook is laid out: a master, or a share copy of it."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from renja_xl.excel.kepala import BARIS_BANTU, BARIS_JUDUL
from renja_xl.excel.panduan import PANDUAN
from renja_xl.tabel import BERANDA
from renja_xl.tabel.spec import TabelSpec

_KE_PANDUAN = (PANDUAN, "Cara memakai buku ini: buka Panduan »")
_KE_BERANDA = (BERANDA.lembar, "« Beranda")


@dataclass(frozen=True)
class Susunan:
    """What sheets of one kind of workbook have in common.

    Attributes:
        baris_judul: row of a sheet's title, 0-based; baris_bantu: row of its link and legend.
        kembali: sheet and words of the link on each sheet; None leaves it to the sheet.
        terkunci: tables without a cell to type in.
        semua_dilindungi: whether sheets that grow by typing are protected too.
        tersembunyi: sheets that are hidden; None leaves it to their declaration.
        rumus: rewrites a formula for a table's sheet row; None keeps it.
        anak_judul: formula and value of the line below a sheet's title; None leaves it to the sheet.
        bertanda: whether cells with an open finding are marked.
        lembar: sheets that links may lead to; None where all are there.
    """

    baris_judul: int = BARIS_JUDUL
    baris_bantu: int = BARIS_BANTU
    kembali: tuple[str, str] | None = None
    terkunci: Container[TabelSpec] = ()
    semua_dilindungi: bool = False
    tersembunyi: Container[TabelSpec] | None = None
    rumus: Callable[[str, TabelSpec, int], str] | None = None
    anak_judul: Callable[[TabelSpec], tuple[str, str]] | None = None
    bertanda: bool = True
    lembar: Container[str] | None = None

    def tautan(self, spec: TabelSpec) -> tuple[str, str]:
        """Where the link above a table leads, and its words."""
        return self.kembali or (_KE_PANDUAN if spec is BERANDA else _KE_BERANDA)

    def dilindungi(self, spec: TabelSpec) -> bool:
        return self.semua_dilindungi or not spec.tumbuh

    def disembunyikan(self, spec: TabelSpec) -> bool:
        """Whether a table's sheet is hidden, whatever it holds."""
        return spec.tersembunyi if self.tersembunyi is None else spec in self.tersembunyi

    def ada(self, lembar: str) -> bool:
        return self.lembar is None or lembar in self.lembar


INDUK = Susunan()
"""A master."""
