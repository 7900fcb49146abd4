"""A master that is open in Excel, read into a plan and written back as the difference.

Reading takes one range call per table for its values (head, data, and rows typed right below), and one more for the
sheet's formulas: at once where a table has computed cells, else only when it is to be written or its formulas are audited.
Neither can stand for the other: Excel gives formulas without their results, and a constant's formula text does not tell the
number 5 from the text 5. Writing takes one range
call per changed table, besides rows inserted, moved and deleted in contiguous groups; a table that did not change is
not written at all. More calls only where a planner put columns of their own between ours (one write per group of ours),
typed a formula of their own into a table whose rows move (read once more after the move), or changed the year (each
header cell).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from renja_xl.core.buku import Buku
from renja_xl.core.kisi import IsiKisi, Kisi, Tempat
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.pengumpul import tanpa_pengumpul
from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.baca import Mentah, baca_lembar, pastikan_ada, susun_buku, versi_susunan
from renja_xl.excel.lembar_xml import Rumus
from renja_xl.tabel import PROFIL, SEMUA, TABEL_RENCANA
from renja_xl.tabel.profil import VERSI_SKEMA
from renja_xl.tabel.spec import TabelSpec

if TYPE_CHECKING:
    import xlwings as xw
    from xlwings.main import Table

_JANGKAUAN = 2_000
"""Rows below a table in which rows typed there are looked for."""
_BATAS_KOLOM = 200
"""Columns that are read: a planner's own may stand beside the table."""
_HARI_NOL = dt.date(1899, 12, 30)
"""The date that Excel gives to a time of day."""
NAMA_RUMUS_PYTHON = "rumus_python"
"""Defined name that says whether computed cells call Python."""


@dataclass
class LembarLangsung:
    """A sheet with its table as it was read.

    Attributes:
        semula: values as Excel gave them, from the sheet's first cell on.
        awal, akhir: first and last data row; akhir_tabel: last row of the Excel Table itself.
        kiri, kanan: columns of the Excel Table.
    """

    spec: TabelSpec
    sheet: xw.Sheet
    tabel: Table
    mentah: Mentah
    semula: Sequence[Sequence[Any]]
    akhir_tabel: int
    kiri: int
    kanan: int

    @property
    def awal(self) -> int:
        return len(self.mentah.kepala) + 1

    @cached_property
    def akhir(self) -> int:
        return max(self.akhir_tabel, *(r for r, _ in self.mentah.baris), self.awal)

    def nilai(self, r: int, c: int) -> Any:
        """A value as Excel gave it; None beyond what was read."""
        return self.semula[r - 1][c - 1] if r <= len(self.semula) and c <= len(self.semula[0]) else None

    @property
    def _luas(self) -> xw.Range:
        """All cells that were read."""
        return self.sheet.range((1, 1), (len(self.semula), len(self.semula[0])))

    @cached_property
    def _tertulis(self) -> Mapping[tuple[int, int], str]:
        """Texts of cells that begin like a formula or an error; one range call."""
        return {
            (r, c): teks
            for r, deret in enumerate(dua_dimensi(self._luas.formula, len(self.semula[0])), 1)
            for c, teks in enumerate(deret, 1)
            if isinstance(teks, str) and teks[:1] in {"=", "#"}
        }

    @cached_property
    def semua_rumus(self) -> Mapping[tuple[int, int], Rumus]:
        """Formulas of the sheet by (row, column), a planner's beside the table too, as files write them."""
        return {
            (r, c): Rumus(bentuk_berkas(teks[1:], self.spec), True)
            for (r, c), teks in self._tertulis.items()
            if teks[0] == "=" and self.nilai(r, c) != teks  # a text that begins so shows itself
        }

    @cached_property
    def rumus(self) -> Mapping[tuple[int, int], Rumus]:
        """Formulas of our columns' data cells."""
        return {p: f for p, f in self.semua_rumus.items() if self._milik(*p)}

    @cached_property
    def galat(self) -> Mapping[tuple[int, int], str]:
        """Errors that somebody typed into our columns' data cells, which read as blank."""
        return {
            p: teks
            for p, teks in self._tertulis.items()
            if teks[0] == "#" and self.nilai(*p) is None and self._milik(*p)
        }

    @cached_property
    def semua_galat(self) -> Mapping[tuple[int, int], str]:
        """Errors that show in the sheet's cells; one more range call only where a formula reads as blank."""
        hasil = {p: teks for p, teks in self._tertulis.items() if teks[0] == "#" and self.nilai(*p) is None}
        kosong = [p for p in self.semua_rumus if self.nilai(*p) is None]
        if kosong:
            isi = self._luas.options(ndim=2, err_to_str=True).value
            hasil |= {(r, c): v for r, c in kosong if isinstance(v := isi[r - 1][c - 1], str) and v[:1] == "#"}
        return hasil

    def _milik(self, r: int, c: int) -> bool:
        kolom = self.mentah.kolom.values()
        return self.awal <= r <= self.akhir and min(kolom) <= c <= max(kolom)


@dataclass
class Langsung:
    """A plan with the places of its cells in an open workbook."""

    book: xw.Book
    buku: Buku
    letak: Letak
    lembar: Mapping[str, LembarLangsung]
    tersedia: frozenset[str] = field(default_factory=frozenset)
    """Names of all sheets."""

    @cached_property
    def rumus_python(self) -> bool:
        """Whether computed cells call Python."""
        nama = self.book.names
        return NAMA_RUMUS_PYTHON in nama and nama[NAMA_RUMUS_PYTHON].refers_to == "=1"


def baca_langsung(book: xw.Book, tabel: Collection[TabelSpec] = SEMUA, sebelumnya: Langsung | None = None) -> Langsung:
    """Read tables of an open master.

    Args:
        sebelumnya: what was read of the same workbook just before; its sheets are not read again.

    Raises:
        BukuTidakTerbacaError: not a master, of another layout version, or with a damaged table or head.
    """
    tersedia = frozenset(s.name for s in book.sheets)
    sebutan = f"Buku {book.name}"
    lembar: dict[str, LembarLangsung] = {}
    for spec in SEMUA:
        if spec not in tabel or not pastikan_ada(tersedia, spec, VERSI_SKEMA, sebutan):
            continue
        ada = sebelumnya.lembar.get(spec.kunci) if sebelumnya else None
        lembar[spec.kunci] = ada or _baca_lembar(book, spec)
    with tanpa_pengumpul():
        mentah = {k: x.mentah for k, x in lembar.items()}
        if PROFIL.kunci in mentah and versi_susunan(mentah[PROFIL.kunci]) < VERSI_SKEMA:
            raise BukuTidakTerbacaError(
                f"{sebutan} bersusunan versi lama; mohon simpan dan tutup buku ini, lalu mutakhirkan dengan perintah "
                "renja-xl perbarui."
            )
        rumus = {x.spec.lembar: x.rumus if x.spec in TABEL_RENCANA else {} for x in lembar.values()}
        buku, letak = susun_buku(mentah, rumus, VERSI_SKEMA)
    return Langsung(book, buku, letak, lembar, tersedia)


def _baca_lembar(book: xw.Book, spec: TabelSpec) -> LembarLangsung:
    sheet = book.sheets[spec.lembar]
    if spec.nama_tabel not in sheet.tables:
        raise BukuTidakTerbacaError(
            f"Lembar {spec.lembar}: tabel {spec.nama_tabel} tidak ada lagi; mohon kembalikan dari cadangan."
        )
    tabel = sheet.tables[spec.nama_tabel]
    rentang = tabel.range
    (atas, kiri), (tinggi, lebar) = (rentang.row, rentang.column), rentang.shape
    bawah, kanan = atas + tinggi - 1, kiri + lebar - 1
    ujung = sheet.used_range.last_cell
    akhir = max(bawah, min(ujung.row, bawah + _JANGKAUAN))
    semula = sheet.range((1, 1), (akhir, max(kanan, min(ujung.column, _BATAS_KOLOM)))).options(ndim=2).value
    isi = [[_seperti_berkas(v) for v in deret] for deret in semula]
    ref = f"{huruf_kolom(kiri)}{atas}:{huruf_kolom(kanan)}{bawah}"
    return LembarLangsung(spec, sheet, tabel, baca_lembar(spec, isi, ref, {}), semula, bawah, kiri, kanan)


def kisi_langsung(book: xw.Book, nama: str) -> Kisi | None:
    """A sheet as it is, with its formulas; None where there is none of this name. Two range calls."""
    if nama not in {s.name for s in book.sheets}:
        return None
    sheet = book.sheets[nama]
    ujung = sheet.used_range.last_cell
    lebar = min(ujung.column, _BATAS_KOLOM)
    luas = sheet.range((1, 1), (ujung.row, lebar))
    rumus = dua_dimensi(luas.formula, lebar)
    sel: dict[Tempat, IsiKisi] = {}
    for r, deret in enumerate(luas.options(ndim=2).value, 1):
        for c, v in enumerate(deret, 1):
            teks = rumus[r - 1][c - 1]
            tulisan = teks[1:] if isinstance(teks, str) and teks[:1] == "=" and teks != v else None
            if v is not None or tulisan is not None:
                nilai = None if v is None else float(v) if isinstance(v, int | float) else str(_seperti_berkas(v))
                sel[r, c] = IsiKisi(nilai, tulisan)
    return Kisi(nama, sel)


def dua_dimensi(isi: Any, lebar: int) -> Sequence[Sequence[Any]]:
    """What a range gives, as rows: Excel leaves out the dimensions of one cell, on a Mac of one row or column too."""
    if not isinstance(isi, (list, tuple)):
        return [[isi]]
    if isinstance(isi[0], (list, tuple)):
        return isi
    return [isi] if lebar > 1 else [[v] for v in isi]


def _seperti_berkas(v: Any) -> Any:
    """A value from Excel as the reader of files gives it: blanks empty, whole days as dates, times of day as times."""
    if v is None:
        return ""
    if isinstance(v, dt.datetime):
        v = v.replace(tzinfo=None)
        if v.date() == _HARI_NOL:
            return v.time()
        return v.date() if v.time() == dt.time() else v
    if isinstance(v, (bool, str)):
        return v
    try:
        angka = float(v)
    except (TypeError, ValueError):
        return str(v)
    return angka if math.isfinite(angka) else str(v)


# ── formulas as Excel shows them ──────────────────────────────────────────────────────────────────────────────


_POTONGAN = re.compile(
    r"""
    (?P<tetap>"(?:[^"]|"")*" | '(?:[^']|'')*'!?)   # a text, or the name of a sheet
    | (?P<nama>[A-Za-z_\\][\w.\\]*)? \[ (?P<isi>(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*) \] (?P<lembar>[A-Za-z_'])?
    """,
    re.VERBOSE,
)
_BARIS_INI = re.compile(r"\[#This\ Row\]\s*,\s*\[(.*)\]", re.IGNORECASE | re.DOTALL)
_PERLU_KURUNG = re.compile(r"[^A-Za-z0-9 ]")


def bentuk_berkas(rumus: str, spec: TabelSpec) -> str:
    """A formula as files write it: Excel leaves a table's own name out, and writes ``@`` for the same row."""
    if "[" not in rumus:
        return rumus
    return _POTONGAN.sub(lambda m: _rujukan(m, spec), rumus)


def _rujukan(m: re.Match[str], spec: TabelSpec) -> str:
    isi = m["isi"]
    if m["tetap"] or m["lembar"] or isi.lstrip().startswith("#"):
        return m[0]
    tabel = m["nama"] or spec.nama_tabel
    baris_ini = _BARIS_INI.fullmatch(isi)
    if baris_ini is not None:
        return f"{tabel}[[#This Row],[{baris_ini[1]}]]"
    if isi.startswith("@"):
        return f"{tabel}[[#This Row],[{_tanpa_kurung(isi[1:].strip())}]]"
    if isi.startswith("[") and isi.count("[") > 1:
        return m[0]  # several columns or parts of a table: not a formula of ours
    kolom = _tanpa_kurung(isi)
    return f"{tabel}[[{kolom}]]" if _PERLU_KURUNG.search(re.sub(r"'(.)", r"\1", kolom)) else f"{tabel}[{kolom}]"


def _tanpa_kurung(kolom: str) -> str:
    return kolom[1:-1] if kolom.startswith("[") and kolom.endswith("]") else kolom
