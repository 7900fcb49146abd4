"""Plain list sheets in the look of the masters, for workbooks that gather what others hold."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import BATAS_TEKS, rupiah_dari_sen
from renja_xl.excel.gaya import HITUNG, TAUTAN, WARNA_TAB, Gaya
from renja_xl.excel.lembar import KERTAS_FOLIO, pastikan
from renja_xl.excel.tinggi import taksir_baris
from renja_xl.tabel.spec import Tipe

KEPALA = 3
"""Row of the headings, 0-based."""
AWAL = KEPALA + 1

Kolom = tuple[tuple[str, float], ...]
"""Headings and widths."""


@dataclass(frozen=True)
class Bentuk:
    """One sheet: its title stands in A1, the explanation below it, the headings in row 4."""

    nama: str
    judul: str
    penjelasan: str
    kolom: Kolom
    warna: str = "resmi"


def buku_kerja(keluaran: BytesIO) -> Any:
    """A new XlsxWriter workbook in which text is never taken for a formula, a link or a number."""
    aman = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    return Workbook(keluaran, aman)


class LembarDaftar:
    """A sheet that is filled row by row below its headings."""

    def __init__(self, wb: Any, gaya: Gaya, bentuk: Bentuk) -> None:
        self.ws, self.gaya, self.nama, self.kolom = wb.add_worksheet(bentuk.nama), gaya, bentuk.nama, bentuk.kolom
        ws = self.ws
        pastikan(ws.write_string(0, 0, bentuk.judul, gaya.judul()))
        pastikan(ws.write_string(1, 0, bentuk.penjelasan, gaya.anak_judul()))
        for c, (teks, lebar) in enumerate(bentuk.kolom):
            pastikan(ws.write_string(KEPALA, c, teks, gaya.kepala()))
            pastikan(ws.set_column(c, c, lebar))
        pastikan(ws.set_row(KEPALA, 44))
        ws.freeze_panes(AWAL, 0)
        ws.set_tab_color(WARNA_TAB[bentuk.warna])
        ws.set_landscape()
        ws.set_paper(KERTAS_FOLIO)
        ws.fit_to_pages(1, 0)
        ws.repeat_rows(KEPALA)
        ws.hide_gridlines(2)
        ws.set_footer("&L&8&A&R&8Halaman &P dari &N")
        self.baris, self._tinggi = AWAL, 1

    def teks(self, c: int, isi: str, peran: str = TAUTAN) -> None:
        self._tinggi = max(self._tinggi, taksir_baris(isi, self.kolom[c][1]))
        pastikan(self.ws.write_string(self.baris, c, isi[:BATAS_TEKS], self.gaya.sel(peran, Tipe.TEKS)))

    def angka(self, c: int, isi: float | None, tipe: Tipe = Tipe.ANGKA, peran: str = TAUTAN) -> None:
        gaya = self.gaya.sel(peran, tipe)
        pastikan(
            self.ws.write_blank(self.baris, c, None, gaya)
            if isi is None
            else self.ws.write_number(self.baris, c, isi, gaya)
        )

    def rupiah(self, c: int, sen: int | None) -> None:
        self.angka(c, None if sen is None else rupiah_dari_sen(sen), Tipe.RUPIAH)

    def rumus(self, c: int, rumus: str, nilai: float | str, tipe: Tipe = Tipe.RUPIAH) -> None:
        pastikan(self.ws.write_formula(self.baris, c, rumus, self.gaya.sel(HITUNG, tipe), nilai))

    def maju(self) -> None:
        """To the next row; one with wrapped text is made as high as that needs."""
        if self._tinggi > 1:
            pastikan(self.ws.set_row(self.baris, min(15.0 + 13.0 * (self._tinggi - 1), 400.0)))
        self.baris, self._tinggi = self.baris + 1, 1

    def tutup(self) -> None:
        """Filter and print area over what was written."""
        akhir = max(self.baris - 1, AWAL)
        self.ws.autofilter(KEPALA, 0, akhir, len(self.kolom) - 1)
        self.ws.print_area(0, 0, akhir, len(self.kolom) - 1)

    def rujukan(self, c: int, awal: int, akhir: int) -> str:
        h = huruf_kolom(c + 1)
        return f"'{self.nama}'!${h}${awal + 1}:${h}${akhir + 1}"
