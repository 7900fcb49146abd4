"""A stand-in for Excel under xlwings: real workbooks, no Excel, and no mercy.

It models what matters to a program that writes live: how Excel reads a string that is written into a cell, what text
cells do to formulas and numbers, rows that move with everything on them, references that follow, tables, protection,
and the settings that must be off while writing. It counts range calls. Formulas are not computed.
"""

from __future__ import annotations

import datetime as dt
import pickle
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet.merge import MergedCellRange
from python_calamine import CalamineWorkbook
from xlwings.base_classes import Range as DasarRange
from xlwings.main import Book, Engine

from renja_xl.excel.setempat import setara_rumus

GALAT = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})


class Galat(str):
    """An error value, which is not a text."""


class ExcelMenolakError(Exception):
    """What Excel raises instead of doing it."""


# ── what Excel makes of a string ──────────────────────────────────────────────────────────────────────────────

_BULAN = "jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec"
_ANGKA = re.compile(r"[\s(+-]*(?:rp\.?|\$|€)?\s*\d[\d.,]*(?:e[+-]?\d+)?\s*%?\s*\)?|\d+ \d+/\d+", re.IGNORECASE)
_TANGGAL = re.compile(
    rf"\d{{1,4}}[-/.:]\d{{1,2}}(?:[-/.:]\d{{1,4}})*(?:\s?[ap]m?)?|\d{{1,2}}[- ]?(?:{_BULAN})[a-z]*(?:[- ,]+\d{{2,4}})?"
    rf"|(?:{_BULAN})[a-z]*[- ,.]+\d{{1,4}}(?:[ ,]+\d{{2,4}})?",
    re.IGNORECASE,
)


@dataclass
class Sel:
    """One cell. ``rumus`` without its equals sign; ``galat`` is an error, typed or what the formula gives."""

    nilai: Any = None
    rumus: str | None = None
    galat: str | None = None
    petik: bool = False
    bentuk: str = "General"
    terkunci: bool = True
    latar: str | None = None
    huruf: str | None = None
    tautan: str | None = None
    komentar: str | None = None
    larik: bool = False

    @property
    def isi(self) -> Any:
        """What stands in it, for comparing."""
        return f"={self.rumus}" if self.rumus is not None else self.galat or self.nilai

    def tulis(self, v: Any) -> None:
        """Excel's reading of a value that a program hands over."""
        self.rumus = self.galat = None
        self.petik = False
        if v is None or v == "":
            self.nilai = None
            return
        if self.bentuk == "@":
            assert not (isinstance(v, str) and v.startswith("'")), (
                "nobody knows what a text cell does with an apostrophe"
            )
            self.nilai = v if isinstance(v, str) else repr(v)
            return
        self.nilai = v
        if isinstance(v, bool | dt.datetime) or not isinstance(v, str):
            self.nilai = v if isinstance(v, bool | dt.datetime) else float(v)
        elif v.startswith("'"):
            self.nilai, self.petik = v[1:], True
        elif v[0] in "=+-@" and len(v) > 1:
            self.nilai, self.rumus = None, v[1:] if v[0] == "=" else v
        elif v.upper() in GALAT:
            self.nilai, self.galat = None, v.upper()
        elif v.strip().casefold() in {"true", "false", "benar", "salah"}:
            self.nilai = v.strip().casefold() in {"true", "benar"}
        elif _ANGKA.fullmatch(v.strip()):
            self.nilai = float("nan")
        elif _TANGGAL.fullmatch(v.strip()):
            self.nilai = dt.datetime(1900, 1, 1)


# ── references that follow their cells ────────────────────────────────────────────────────────────────────────

_RUJUKAN = re.compile(
    r"""
    "(?:[^"]|"")*" | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]
    | (?:(?P<lembar>'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?
      (?<![\w.])(?P<k1>\$?[A-Za-z]{1,3})(?P<d1>\$?)(?P<r1>\d{1,7})(?::(?P<k2>\$?[A-Za-z]{1,3})(?P<d2>\$?)(?P<r2>\d{1,7}))?(?![\w(.])
    """,
    re.VERBOSE,
)
Peta = Callable[[int, int], tuple[int, int] | None]
"""First and last row of a range → where they are afterwards; None where the cells are gone."""


def ikuti(rumus: str, milik: str, lembar: str, peta: Peta) -> str:
    """A formula of sheet ``milik`` after rows of ``lembar`` have moved."""

    def ganti(m: re.Match[str]) -> str:
        if m["k1"] is None:
            return m[0]
        nama = m["lembar"].strip("'").replace("''", "'") if m["lembar"] else milik
        if nama != lembar:
            return m[0]
        r1 = int(m["r1"])
        baru = peta(r1, int(m["r2"]) if m["r2"] else r1)
        awalan = f"{m['lembar']}!" if m["lembar"] else ""
        if baru is None:
            return f"{awalan}#REF!"
        kiri = f"{awalan}{m['k1']}{m['d1']}{baru[0]}"
        return f"{kiri}:{m['k2']}{m['d2']}{baru[1]}" if m["r2"] else kiri

    return _RUJUKAN.sub(ganti, rumus)


def peta_sisip(di: int, n: int) -> Peta:
    return lambda a, z: (a + n if a >= di else a, z + n if z >= di else z)


def peta_hapus(di: int, n: int) -> Peta:
    def peta(a: int, z: int) -> tuple[int, int] | None:
        if di <= a and z < di + n:
            return None
        a = a - n if a >= di + n else min(a, di)
        z = z - n if z >= di + n else min(z, di - 1)
        return a, z

    return peta


def peta_pindah(dari: int, ke: int, n: int) -> Peta:
    def peta(a: int, z: int) -> tuple[int, int] | None:
        if dari <= a and z < dari + n:
            return a - dari + ke, z - dari + ke
        return None if ke <= a and z < ke + n else (a, z)

    return peta


def batas(alamat: str) -> list[int]:
    """First column and row, last column and row of a range."""
    return [int(n or 0) for n in range_boundaries(alamat.replace("$", ""))]


# ── the workbook ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Tabel:
    nama: str
    batas: list[int]
    """First column and row, last column and row."""
    tersaring: bool = False


class Lembar:
    """A sheet."""

    def __init__(self, book: Buku, nama: str) -> None:
        self.book, self.name = book, nama
        self.sel: dict[tuple[int, int], Sel] = {}
        self.tinggi: dict[int, float] = {}
        self.tabel: dict[str, Tabel] = {}
        self.rentang: dict[str, list[list[int]]] = {}
        """Merged cells, conditional formats and validations as lists of (first column, row, last column, row)."""
        self.terlindung: dict[str, Any] | None = None
        self.sandi = ""
        self.tampak = True
        self.luas_cetak: list[int] | None = None
        self.deret: list[Deret] = []
        self.kertas, self.kaki = 14, ""

    # rows

    def _geser(self, peta: Peta, *, ikut_atas: bool = False) -> None:
        """Everything that names rows of this sheet follows; cells were moved before."""
        nama = self.name.replace("'", "''")
        for lembar in self.book.lembar:
            for s in lembar.sel.values():
                if s.rumus is not None and (lembar is self or nama in s.rumus):
                    s.rumus = ikuti(s.rumus, lembar.name, self.name, peta)
            for d in lembar.deret:
                d.Formula = ikuti(d.Formula, lembar.name, self.name, peta)
        for sebutan, rumus in self.book.nama.items():
            self.book.nama[sebutan] = ikuti(rumus, "", self.name, peta)
        for daftar in self.rentang.values():
            daftar[:] = [b for x in daftar if (b := _ikut(x, peta)) is not None]
        if self.luas_cetak:
            self.luas_cetak = _ikut(self.luas_cetak, peta)

    def sisip(self, di: int, n: int, *, dari_bawah: bool) -> None:
        self._pastikan_terbuka()
        for t in self.tabel.values():
            samping = [x for x in self.tabel.values() if x is not t and x.batas[1] < di <= x.batas[3]]
            if t.batas[1] < di <= t.batas[3] and samping:
                raise ExcelMenolakError("The operation is attempting to shift cells in a table on your worksheet.")
        assert not self.book.app.cut_copy_mode, "Excel would insert what was copied"
        self.book.struktur[self.name, "sisip"] += 1
        self.sel = {(r + n if r >= di else r, c): s for (r, c), s in self.sel.items()}
        self.tinggi = {r + n if r >= di else r: h for r, h in self.tinggi.items()}
        acuan = di + n if dari_bawah else di - 1
        for (r, c), s in list(self.sel.items()):
            if r == acuan:
                for k in range(n):
                    self.sel[di + k, c] = Sel(bentuk=s.bentuk, terkunci=s.terkunci, latar=s.latar, huruf=s.huruf)
        peta = peta_sisip(di, n)
        for t in self.tabel.values():
            t.batas = _ikut(t.batas, peta) or t.batas
        self._geser(peta)

    def hapus(self, di: int, n: int) -> None:
        self._pastikan_terbuka()
        self.book.struktur[self.name, "hapus"] += 1
        buang = range(di, di + n)
        self.sel = {(r - n if r >= di + n else r, c): s for (r, c), s in self.sel.items() if r not in buang}
        self.tinggi = {r - n if r >= di + n else r: h for r, h in self.tinggi.items() if r not in buang}
        peta = peta_hapus(di, n)
        for nama, t in list(self.tabel.items()):
            assert not (di <= t.batas[1] < di + n), "the header of a table is deleted"
            baru = _ikut(t.batas, peta)
            assert baru is not None
            assert baru[3] > baru[1], f"{nama} is left without a row"
            t.batas = baru
        self._geser(peta)

    def pindah(self, dari: int, ke: int, n: int) -> None:
        self._pastikan_terbuka()
        if any(t.tersaring for t in self.tabel.values()):
            raise ExcelMenolakError("a filter is on")
        self.book.struktur[self.name, "pindah"] += 1
        asal, tujuan = range(dari, dari + n), range(ke, ke + n)
        assert not set(asal) & set(tujuan)
        isi = {(r - dari + ke, c): s for (r, c), s in self.sel.items() if r in asal}
        self.sel = {p: s for p, s in self.sel.items() if p[0] not in asal and p[0] not in tujuan} | isi
        for k in range(n):
            self.tinggi[ke + k] = self.tinggi.pop(dari + k, 15.0)
        satu = peta_pindah(dari, ke, n)
        self._geser(lambda a, z: satu(a, z) or ((a, z) if a < z else None))

    def _pastikan_terbuka(self) -> None:
        self.book.app.pastikan_tenang()
        if self.terlindung is not None:
            raise ExcelMenolakError("The sheet is protected.")

    # for tests

    def isi(self) -> dict[str, Any]:
        """What stands in the cells, by address."""
        return {f"{get_column_letter(c)}{r}": s.isi for (r, c), s in sorted(self.sel.items()) if s.isi is not None}

    def di(self, alamat: str) -> Sel:
        m = re.fullmatch(r"([A-Z]+)(\d+)", alamat)
        assert m
        return self.sel.setdefault((int(m[2]), column_index_from_string(m[1])), Sel())


def _ikut(batas: list[int], peta: Peta) -> list[int] | None:
    baru = peta(batas[1], batas[3])
    return [batas[0], baru[0], batas[2], baru[1]] if baru else None


class Buku:
    """A workbook, with the application that has it open."""

    def __init__(self, paket: bytes, nama: str = "Renja.xlsm") -> None:
        self.name, self.fullname = nama, str(Path("/tidak-ada") / nama)
        self.app = Aplikasi(self)
        self.baca, self.tulis, self.struktur = Counter[tuple[str, str]](), Counter[str](), Counter[tuple[str, str]]()
        self.gagal_setelah: int | None = None
        """Writes that succeed before Excel refuses one."""
        with patch.object(MergedCellRange, "format"):  # borders of merged cells take half of the time
            berumus = load_workbook(BytesIO(paket))
        with CalamineWorkbook.from_filelike(BytesIO(paket)) as terbaca:
            nilai = [terbaca.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in berumus.sheetnames]
        self.lembar = [Lembar(self, ws.title) for ws in berumus.worksheets]
        self.nama = {n: f"={d.value}" if d.value else "" for n, d in berumus.defined_names.items()}
        gaya: dict[int, dict[str, Any]] = {}
        for lembar, ws, tersimpan in zip(self.lembar, berumus.worksheets, nilai, strict=True):
            _muat(lembar, ws, tersimpan, gaya)
        aktif = berumus.active
        self.aktif = next(x for x in self.lembar if aktif is not None and x.name == aktif.title)
        self.pilihan = (1, 1, 1, 1)

    def beku(self) -> bytes:
        """The workbook for ``cair``, which is faster than opening it again."""
        return pickle.dumps(self)

    @staticmethod
    def cair(beku: bytes) -> Buku:
        """A workbook as it was, to be changed apart."""
        book = pickle.loads(beku)
        assert isinstance(book, Buku)
        return book

    @property
    def xw(self) -> Book:
        """The workbook as xlwings shows it."""
        return Book(impl=BukuXw(self))

    def __getitem__(self, nama: str) -> Lembar:
        return next(x for x in self.lembar if x.name == nama)

    def pilih(self, lembar: str, alamat: str) -> None:
        """What the planner has selected."""
        self.aktif, b = self[lembar], batas(alamat)
        self.pilihan = (b[1], b[0], b[3], b[2])

    def nol(self) -> None:
        """Start counting anew."""
        self.baca.clear()
        self.tulis.clear()
        self.struktur.clear()


def _muat(lembar: Lembar, ws: Any, tersimpan: list[list[Any]], gaya: dict[int, dict[str, Any]]) -> None:
    for (r, c), s in ws._cells.items():
        if s.style_id not in gaya:
            latar, huruf = s.fill.fgColor.rgb if s.fill.fill_type else None, s.font.color
            gaya[s.style_id] = {
                "bentuk": s.number_format,
                "terkunci": bool(s.protection.locked),
                "latar": str(latar)[-6:] if latar else None,
                "huruf": str(huruf.rgb)[-6:] if huruf is not None and huruf.type == "rgb" else None,
            }
        x = lembar.sel[r, c] = Sel(**gaya[s.style_id])
        if s.data_type == "f":
            x.larik = not isinstance(s.value, str)
            x.rumus = str(s.value.text if x.larik else s.value)[1:]
            v = tersimpan[r - 1][c - 1]
            x.nilai = None if v == "" or v in GALAT else _nilai(v)
            x.galat = v if v in GALAT else None
        elif s.data_type == "e":
            x.galat = str(s.value)
        else:
            x.nilai = _nilai(s.value)
        x.tautan = s.hyperlink.location if s.hyperlink else None
        x.komentar = s.comment.text if s.comment else None
    lembar.tinggi = {r: d.height for r, d in ws.row_dimensions.items() if d.height}
    lembar.tabel = {n: Tabel(n, batas(ref)) for n, ref in ws.tables.items()}
    lembar.rentang = {
        "gabung": [list(m.bounds) for m in ws.merged_cells.ranges],
        "format": [list(b.bounds) for cf in ws.conditional_formatting for b in cf.sqref.ranges],
        "validasi": [list(b.bounds) for dv in ws.data_validations.dataValidation for b in dv.sqref.ranges],
    }
    if ws.protection.sheet:
        lembar.terlindung = {}
    lembar.tampak = ws.sheet_state == "visible"
    luas = re.fullmatch(r"'?.*'?!(.*)", str(ws.print_area or ""))
    lembar.luas_cetak = batas(luas[1]) if luas else None
    lembar.kertas, lembar.kaki = ws.page_setup.paperSize, ws.oddFooter.center.text or ""
    for grafik in ws._charts:
        for n, s in enumerate(grafik.series, 1):
            if s.val.numRef is None or s.cat.strRef is None:
                continue  # an axis of numbers or a bar of texts, which openpyxl does not read
            lembar.deret.append(Deret(f"=SERIES({s.tx.strRef.f},{s.cat.strRef.f},{s.val.numRef.f},{n})"))


def _nilai(v: Any) -> Any:
    """A value as COM gives it: every number a float, days and times of day with a date and a time."""
    if isinstance(v, bool) or v is None or isinstance(v, dt.datetime):
        return v
    if isinstance(v, dt.time):
        return dt.datetime.combine(dt.date(1899, 12, 30), v)
    if isinstance(v, int | float):
        return float(v)
    return str(v)


# ── the application ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _KoreksiOtomatis:
    AutoFillFormulasInLists: bool = True


@dataclass
class _ApiAplikasi:
    AutoCorrect: _KoreksiOtomatis = field(default_factory=_KoreksiOtomatis)


class Aplikasi:
    """Excel itself."""

    pid = 1

    def __init__(self, book: Buku) -> None:
        self._book = book
        self.api = _ApiAplikasi()
        self.calculation, self.screen_updating, self.enable_events = "automatic", True, True
        self.cut_copy_mode: str | bool | None = None
        self._status: str | bool = False
        self.kabar: list[str] = []
        self.pesan: list[tuple[str, str | None]] = []
        self.jawaban = "no"
        self.engine = MESIN

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, teks: str | bool) -> None:
        self._status = teks
        if isinstance(teks, str):
            self.kabar.append(teks)

    @property
    def selection(self) -> RentangXw:
        return RentangXw(self._book.aktif, *self._book.pilihan)

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: str | None) -> str:
        self.pesan.append((prompt, title))
        return "ok" if buttons == "ok" else self.jawaban

    def keadaan(self) -> tuple[Any, ...]:
        """What must be as before when all is done."""
        isi = self.api.AutoCorrect.AutoFillFormulasInLists
        return (self.calculation, self.screen_updating, self.enable_events, self.status_bar, isi)

    def pastikan_tenang(self) -> None:
        """Whoever writes has turned these off."""
        assert (self.calculation, self.screen_updating, self.enable_events) == ("manual", False, False)
        assert not self.api.AutoCorrect.AutoFillFormulasInLists


class _Mesin:
    name, type = "mesin", "desktop"

    @staticmethod
    def prepare_xl_data_element(x: Any, _options: Any) -> Any:
        return "" if x is None else x

    @staticmethod
    def clean_value_data(data: Any, _d: Any, empty_as: Any, _n: Any, err_to_str: bool) -> list[list[Any]]:
        def satu(v: Any) -> Any:
            if isinstance(v, Galat):
                return str(v) if err_to_str else None
            return empty_as if v in ("", None) else v

        return [[satu(v) for v in baris] for baris in data]


MESIN = _Mesin()
ENGINE = Engine(impl=MESIN)


# ── as xlwings asks for it ────────────────────────────────────────────────────────────────────────────────────


class _Kumpulan:
    """A collection by name or by number from 1."""

    def __init__(self, isi: Mapping[str, Any]) -> None:
        self._isi = isi

    def __call__(self, kunci: str | int) -> Any:
        return self._isi[kunci] if isinstance(kunci, str) else list(self._isi.values())[kunci - 1]

    def __len__(self) -> int:
        return len(self._isi)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._isi.values())

    def __contains__(self, kunci: str) -> bool:
        return kunci in self._isi


class BukuXw:
    def __init__(self, book: Buku) -> None:
        self._book = book
        self.name, self.fullname, self.app = book.name, book.fullname, book.app
        self.names = NamaXw(book)

    @property
    def sheets(self) -> LembarKumpulanXw:
        return LembarKumpulanXw(self._book)


class LembarKumpulanXw(_Kumpulan):
    def __init__(self, book: Buku) -> None:
        super().__init__({x.name: LembarXw(x) for x in book.lembar})
        self._book = book

    @property
    def active(self) -> LembarXw:
        return LembarXw(self._book.aktif)


class NamaXw:
    def __init__(self, book: Buku) -> None:
        self._book = book

    def contains(self, nama: str) -> bool:
        return nama in self._book.nama

    def __call__(self, nama: str) -> _NamaXw:
        return _NamaXw(self._book, nama)

    def add(self, nama: str, rumus: str) -> _NamaXw:
        self._book.nama[nama] = rumus
        return self(nama)


class _NamaXw:
    def __init__(self, book: Buku, nama: str) -> None:
        self._book, self.name = book, nama

    @property
    def refers_to(self) -> str:
        return self._book.nama[self.name]

    @refers_to.setter
    def refers_to(self, rumus: str) -> None:
        self._book.nama[self.name] = rumus


class LembarXw:
    def __init__(self, lembar: Lembar) -> None:
        self._lembar, self.name = lembar, lembar.name

    @property
    def book(self) -> BukuXw:
        return BukuXw(self._lembar.book)

    @property
    def api(self) -> _ApiLembar:
        return _ApiLembar(self._lembar)

    @property
    def tables(self) -> _Kumpulan:
        return _Kumpulan({n: TabelXw(self._lembar, t) for n, t in self._lembar.tabel.items()})

    @property
    def used_range(self) -> RentangXw:
        return RentangXw(self._lembar, 1, 1, max(r for r, _ in self._lembar.sel), max(c for _, c in self._lembar.sel))

    @property
    def visible(self) -> bool:
        return self._lembar.tampak

    @visible.setter
    def visible(self, tampak: bool) -> None:
        self._lembar.tampak = tampak

    @property
    def notes(self) -> list[_CatatanXw]:
        return [_CatatanXw(self._lembar, *p) for p, s in self._lembar.sel.items() if s.komentar]

    @property
    def page_setup(self) -> _CetakXw:
        return _CetakXw(self._lembar)

    def activate(self) -> None:
        if not self._lembar.tampak:
            raise ExcelMenolakError("a hidden sheet cannot be activated")
        self._lembar.book.aktif, self._lembar.book.pilihan = self._lembar, (1, 1, 1, 1)

    def range(self, a: Any, b: Any = None) -> RentangXw:
        if isinstance(a, str):
            m = re.fullmatch(r"(\d+):(\d+)", a)
            if m:
                return RentangXw(self._lembar, int(m[1]), 1, int(m[2]), 16_384)
            k = batas(a)
            return RentangXw(self._lembar, k[1], k[0], k[3], k[2])
        if isinstance(a, tuple) and len(a) == 4:
            return RentangXw(self._lembar, a[0], a[1], a[0] + a[2] - 1, a[1] + a[3] - 1)
        awal = a.batas[:2] if isinstance(a, RentangXw) else a
        akhir = awal if b is None else b.batas[2:] if isinstance(b, RentangXw) else b
        return RentangXw(self._lembar, *awal, *akhir)


class _CatatanXw:
    def __init__(self, lembar: Lembar, r: int, c: int) -> None:
        self.text, self.location = lembar.sel[r, c].komentar, RentangXw(lembar, r, c, r, c)


class _CetakXw:
    def __init__(self, lembar: Lembar) -> None:
        self._lembar = lembar

    @property
    def print_area(self) -> str | None:
        b = self._lembar.luas_cetak
        return f"${get_column_letter(b[0])}${b[1]}:${get_column_letter(b[2])}${b[3]}" if b else None

    @print_area.setter
    def print_area(self, luas: str) -> None:
        self._lembar.luas_cetak = batas(luas)


class TabelXw:
    def __init__(self, lembar: Lembar, tabel: Tabel) -> None:
        self._lembar, self._tabel, self.name = lembar, tabel, tabel.nama

    @property
    def api(self) -> _ApiTabel:
        return _ApiTabel(self._tabel)

    @property
    def range(self) -> RentangXw:
        k1, r1, k2, r2 = self._tabel.batas
        return RentangXw(self._lembar, r1, k1, r2, k2)

    def resize(self, rentang: Any) -> None:
        self._lembar._pastikan_terbuka()
        self._lembar.book.struktur[self._lembar.name, "ukuran"] += 1
        r1, k1, r2, k2 = rentang.impl.batas
        assert (k1, r1) == tuple(self._tabel.batas[:2]), "the header row must stay"
        self._tabel.batas = [k1, r1, k2, r2]


class RentangXw(DasarRange):
    """Cells of a sheet."""

    def __init__(self, lembar: Lembar, r1: int, c1: int, r2: int, c2: int) -> None:
        self._lembar, self.batas = lembar, (r1, c1, r2, c2)
        self.options: dict[str, Any] = {}

    @property
    def sheet(self) -> LembarXw:
        return LembarXw(self._lembar)

    @property
    def api(self) -> _ApiRentang:
        return _ApiRentang(self)

    @property
    def row(self) -> int:
        return self.batas[0]

    @property
    def column(self) -> int:
        return self.batas[1]

    @property
    def shape(self) -> tuple[int, int]:
        r1, c1, r2, c2 = self.batas
        return r2 - r1 + 1, c2 - c1 + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, r: Any, c: Any = None) -> RentangXw:
        r1, c1 = self.batas[0] + r - 1, self.batas[1] + c - 1
        return RentangXw(self._lembar, r1, c1, r1, c1)

    @property
    def address(self) -> str:
        r1, c1, r2, c2 = self.batas
        a, z = f"${get_column_letter(c1)}${r1}", f"${get_column_letter(c2)}${r2}"
        return a if a == z else f"{a}:{z}"

    def sel(self) -> Iterator[Sel]:
        """Cells, made where there are none."""
        r1, c1, r2, c2 = self.batas
        for r in range(r1, r2 + 1):
            for c in range(c1, c2 + 1):
                yield self._lembar.sel.setdefault((r, c), Sel())

    def _baca(self, jenis: str, ambil: Callable[[tuple[int, int], Sel], Any]) -> Any:
        self._lembar.book.baca[self._lembar.name, jenis] += 1
        r1, c1, r2, c2 = self.batas
        kosong = Sel()
        isi = tuple(
            tuple(ambil((r, c), self._lembar.sel.get((r, c), kosong)) for c in range(c1, c2 + 1))
            for r in range(r1, r2 + 1)
        )
        return isi[0][0] if len(self) == 1 else isi

    @property
    def raw_value(self) -> Any:
        return self._baca("nilai", lambda _, s: Galat(s.galat) if s.galat else s.nilai)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        book, lembar = self._lembar.book, self._lembar
        book.app.pastikan_tenang()
        if book.gagal_setelah is not None:
            book.gagal_setelah -= 1
            if book.gagal_setelah < 0:
                raise ExcelMenolakError("Call was rejected by callee.")
        isi = data if isinstance(data, list | tuple) else [[data]]
        assert (len(isi), len(isi[0])) == self.shape
        if lembar.terlindung is not None and any(s.terkunci for s in self.sel()):
            raise ExcelMenolakError("The cell is protected.")
        if any(s.larik for s in self.sel()):
            raise ExcelMenolakError("You cannot change part of an array.")
        book.tulis[lembar.name] += 1
        for s, v in zip(self.sel(), (v for baris in isi for v in baris), strict=True):
            s.tulis(v)

    @property
    def formula(self) -> Any:
        k = {t.nama: t.batas for t in self._lembar.tabel.values()}

        def di(r: int, c: int) -> str:
            return next((n for n, b in k.items() if b[1] < r <= b[3] and b[0] <= c <= b[2]), "")

        return self._baca("rumus", lambda tempat, s: _tampak(s, di(*tempat) if s.rumus else ""))

    @formula.setter
    def formula(self, _: Any) -> None:
        raise AssertionError("values and formulas are written in one call")

    @property
    def number_format(self) -> str | None:
        bentuk = {s.bentuk for s in self.sel()}
        return bentuk.pop() if len(bentuk) == 1 else None

    @number_format.setter
    def number_format(self, bentuk: str) -> None:
        self._lembar._pastikan_terbuka()
        for s in self.sel():
            s.bentuk = bentuk

    @property
    def font(self) -> _HurufXw:
        return _HurufXw(self)

    @property
    def color(self) -> str | None:
        return next(self.sel()).latar

    @color.setter
    def color(self, warna: str | None) -> None:
        self._lembar._pastikan_terbuka()
        for s in self.sel():
            s.latar = warna.lstrip("#") if warna else None

    def _penuh(self) -> tuple[int, int]:
        r1, c1, r2, c2 = self.batas
        assert (c1, c2) == (1, 16_384), "whole sheet rows"
        return r1, r2 - r1 + 1

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        assert shift == "down"
        self._lembar.sisip(*self._penuh(), dari_bawah=copy_origin == "format_from_right_or_below")

    def delete(self, shift: str | None = None) -> None:
        assert shift == "up"
        self._lembar.hapus(*self._penuh())

    def move(self, tujuan: Any) -> None:
        (dari, n), (ke, kolom, *_) = self._penuh(), tujuan.impl.batas  # xlwings hands the first cell over
        assert kolom == 1
        self._lembar.pindah(dari, ke, n)

    def select(self) -> None:
        assert self._lembar is self._lembar.book.aktif, "only cells of the active sheet can be selected"
        self._lembar.book.pilihan = self.batas

    def add_hyperlink(self, alamat: str, teks: str | None = None, _petunjuk: str | None = None) -> None:
        (s,) = self.sel()
        s.tautan, s.nilai = alamat.removeprefix("#"), teks


class _HurufXw:
    def __init__(self, rentang: RentangXw) -> None:
        self._rentang = rentang

    @property
    def color(self) -> str | None:
        return next(self._rentang.sel()).huruf

    @color.setter
    def color(self, warna: str) -> None:
        for s in self._rentang.sel():
            s.huruf = warna.lstrip("#")


_BARIS_INI = re.compile(r"(\w+)\[\[#This Row\],\[((?:[^\[\]']|'.)*)\]\]")


def _tampak(s: Sel, di: str) -> str:
    """A formula as Excel shows it: its own table unnamed, ``@`` for the same row; a constant as text."""
    if s.rumus is None:
        return s.galat or ("" if s.nilai is None else str(s.nilai))

    def baris_ini(m: re.Match[str]) -> str:
        kolom = m[2] if re.fullmatch(r"\w+", m[2]) else f"[{m[2]}]"
        return f"{'' if m[1] == di else m[1]}[@{kolom}]"

    rumus = _BARIS_INI.sub(baris_ini, s.rumus)
    return "=" + (re.sub(rf"\b{re.escape(di)}\[", "[", rumus) if di else rumus)


# ── as COM shows it ───────────────────────────────────────────────────────────────────────────────────────────


class _ApiRentang:
    def __init__(self, rentang: RentangXw) -> None:
        self._rentang = rentang

    @property
    def HasArray(self) -> bool | None:  # noqa: N802
        larik = {s.larik for s in self._rentang.sel()}
        return larik.pop() if len(larik) == 1 else None

    @property
    def Locked(self) -> bool:  # noqa: N802
        return all(s.terkunci for s in self._rentang.sel())

    @Locked.setter
    def Locked(self, terkunci: bool) -> None:  # noqa: N802
        self._rentang._lembar._pastikan_terbuka()
        for s in self._rentang.sel():
            s.terkunci = terkunci

    @property
    def Hyperlinks(self) -> _ApiRentang:  # noqa: N802
        return self

    def Delete(self) -> None:  # noqa: N802
        for s in self._rentang.sel():
            s.tautan = None


class _ApiTabel:
    def __init__(self, tabel: Tabel) -> None:
        self._tabel = tabel

    @property
    def AutoFilter(self) -> _ApiTabel:  # noqa: N802
        return self

    @property
    def FilterMode(self) -> bool:  # noqa: N802
        return self._tabel.tersaring

    def ShowAllData(self) -> None:  # noqa: N802
        self._tabel.tersaring = False


@dataclass
class Deret:
    """A series of a chart."""

    Formula: str


class _ApiLembar:
    def __init__(self, lembar: Lembar) -> None:
        self._lembar = lembar

    @property
    def ProtectContents(self) -> bool:  # noqa: N802
        return self._lembar.terlindung is not None

    def Unprotect(self, sandi: str) -> None:  # noqa: N802
        if sandi != self._lembar.sandi:
            raise ExcelMenolakError("The password you supplied is not correct.")
        self._lembar.terlindung = None

    def Protect(self, **pilihan: Any) -> None:  # noqa: N802
        assert pilihan.pop("Password") == ""
        self._lembar.terlindung = pilihan

    def ChartObjects(self) -> list[_ApiLembar]:  # noqa: N802
        return [self]

    @property
    def Chart(self) -> _ApiLembar:  # noqa: N802
        return self

    def SeriesCollection(self) -> list[Deret]:  # noqa: N802
        return self._lembar.deret

    @property
    def PageSetup(self) -> _ApiCetak:  # noqa: N802
        return _ApiCetak(self._lembar)


class _ApiCetak:
    def __init__(self, lembar: Lembar) -> None:
        self._lembar = lembar

    @property
    def PaperSize(self) -> int:  # noqa: N802
        return self._lembar.kertas

    @PaperSize.setter
    def PaperSize(self, nomor: int) -> None:  # noqa: N802
        self._lembar.kertas = nomor

    @property
    def CenterFooter(self) -> str:  # noqa: N802
        return self._lembar.kaki

    @CenterFooter.setter
    def CenterFooter(self, teks: str) -> None:  # noqa: N802
        self._lembar.kaki = teks


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────────────────

_SEMUA_BARIS = set(range(1, 10_000))


def beda(a: Buku, b: Buku, lewati: Collection[str] = ()) -> list[str]:
    """Cells of two workbooks that hold something else, and tables, printed areas and links that differ.

    Args:
        lewati: cells to leave out, as ``Sheet!A1``.
    """
    hasil: list[str] = []
    for x, y in zip(a.lembar, b.lembar, strict=True):
        p, q = x.isi(), y.isi()
        hasil += [
            f"{x.name}!{k}: {p.get(k)!r} | {q.get(k)!r}"
            for k in sorted({*p, *q})
            if not sama(p.get(k), q.get(k)) and f"{x.name}!{k}" not in lewati
        ]
        sisa: list[tuple[str, Any, Any]] = [
            ("tabel", {n: t.batas for n, t in x.tabel.items()}, {n: t.batas for n, t in y.tabel.items()}),
            ("cetak", x.luas_cetak, y.luas_cetak),
            ("tautan", _tautan(x), _tautan(y)),
            ("tampak", x.tampak, y.tampak),
            ("lindungan", x.terlindung is None, y.terlindung is None),
            ("grafik", [d.Formula for d in x.deret], [d.Formula for d in y.deret]),
        ]
        hasil += [f"{x.name} {apa}: {u} | {v}" for apa, u, v in sisa if u != v]
    return hasil


def _tautan(lembar: Lembar) -> dict[tuple[int, int], str]:
    return {p: s.tautan.replace("'", "") for p, s in lembar.sel.items() if s.tautan}


def sama(p: Any, q: Any) -> bool:
    """Whether two cells hold the same; sums over the same cells are the same formula."""
    if isinstance(p, str) and isinstance(q, str) and p[:1] == q[:1] == "=":
        return p == q or setara_rumus(p[1:], q[1:], _SEMUA_BARIS)
    return type(p) is type(q) and bool(p == q)
