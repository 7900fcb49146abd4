"""OpenDocument spreadsheets as grids: one pass over ``content.xml``, with limits on what repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from renja_xl.core.buku import Nilai
from renja_xl.core.kisi import IsiKisi, Kisi, Tempat
from renja_xl.core.nilai import BATAS_TEKS
from renja_xl.excel.paket import Paket
from renja_xl.excel.sahaja import BATAS_SEL

_ISI = "content.xml"
_RUJUKAN = re.compile(
    r"\[(?:(\$?(?:'(?:[^']|'')*'|[^\[\].']+))?\.)?(\$?[A-Z]+\$?\d+)(?::(?:[^\[\].']*\.)?(\$?[A-Z]+\$?\d+))?\]"
)
_TERSEMBUNYI = frozenset({"collapse", "filter"})
_PANJANG_ULANG = 1_000
"""A filled cell or row that claims to repeat more often than this is no table."""
_BATAS_ULANGAN = 200_000
"""Cells that come about by repetition alone."""


def kisi_ods(paket: Paket) -> tuple[Kisi, ...]:
    """The sheets of an .ods package.

    Raises:
        BukuTidakTerbacaError: damaged, encrypted, or more cells than we read.
    """
    isi = paket.isi_xml(_ISI)
    pembaca = _Pembaca()
    pengurai = expat.ParserCreate()
    pengurai.buffer_text = True
    pengurai.StartElementHandler, pengurai.EndElementHandler = pembaca.mulai, pembaca.selesai
    pengurai.CharacterDataHandler = pembaca.teks
    try:
        pengurai.Parse(isi, True)
    except _TerlaluBesarError as galat:
        raise paket.galat("memuat terlalu banyak sel yang diulang; mohon hapus yang di luar tabel") from galat
    except (expat.ExpatError, ValueError) as galat:
        raise paket.galat("rusak di dalamnya; mohon buka dan simpan ulang") from galat
    return tuple(pembaca.lembar)


class _TerlaluBesarError(Exception):
    pass


@dataclass
class _Lembar:
    nama: str
    tersembunyi: bool
    sel: dict[Tempat, IsiKisi] = field(default_factory=dict)
    gabungan: list[tuple[int, int, int, int]] = field(default_factory=list)
    baris_tersembunyi: set[int] = field(default_factory=set)
    kolom_tersembunyi: set[int] = field(default_factory=set)
    baris: int = 0
    kolom: int = 0
    kolom_dinyatakan: int = 0


class _Pembaca:
    """Walks the document; keeps the sheet, row and cell that are open."""

    def __init__(self) -> None:
        self.lembar: list[Kisi] = []
        self._kini: _Lembar | None = None
        self._atribut: dict[str, str] | None = None
        self._paragraf: list[str] = []
        self._dalam_paragraf = self._dalam_catatan = 0
        self._gaya_tersembunyi: set[str] = set()
        self._gaya = ""
        self._ulang_baris = 1
        self._baris_ini: list[tuple[int, IsiKisi]] = []
        self._jumlah = self._ulangan = 0

    def mulai(self, nama: str, atribut: dict[str, str]) -> None:
        if nama == "style:style":
            self._gaya = atribut.get("style:name", "") if atribut.get("style:family") == "table" else ""
        elif nama == "style:table-properties" and self._gaya and atribut.get("table:display") == "false":
            self._gaya_tersembunyi.add(self._gaya)
        elif nama == "table:table":
            gaya = atribut.get("table:style-name", "")
            self._kini = _Lembar(atribut.get("table:name", ""), gaya in self._gaya_tersembunyi)
        elif self._kini is not None:
            self._di_lembar(self._kini, nama, atribut)

    def _di_lembar(self, s: _Lembar, nama: str, atribut: dict[str, str]) -> None:
        if nama == "table:table-column":
            n = _ulang(atribut, "table:number-columns-repeated")
            if atribut.get("table:visibility") in _TERSEMBUNYI and n <= _PANJANG_ULANG:
                s.kolom_tersembunyi.update(range(s.kolom_dinyatakan + 1, s.kolom_dinyatakan + n + 1))
            s.kolom_dinyatakan += n
        elif nama == "table:table-row":
            self._ulang_baris = _ulang(atribut, "table:number-rows-repeated")
            s.kolom, self._baris_ini = 0, []
            if atribut.get("table:visibility") in _TERSEMBUNYI and self._ulang_baris <= _PANJANG_ULANG:
                s.baris_tersembunyi.update(range(s.baris + 1, s.baris + self._ulang_baris + 1))
        elif nama in {"table:table-cell", "table:covered-table-cell"}:
            self._atribut, self._paragraf = atribut, []
        elif nama == "office:annotation":
            self._dalam_catatan += 1
        elif nama == "text:p" and not self._dalam_catatan:
            self._dalam_paragraf += 1
            self._paragraf.append("")
        elif self._dalam_paragraf and nama == "text:s":
            self._paragraf[-1] += " " * min(_ulang(atribut, "text:c"), _PANJANG_ULANG)
        elif self._dalam_paragraf and nama in {"text:line-break", "text:tab"}:
            self._paragraf[-1] += "\n" if nama == "text:line-break" else "\t"

    def teks(self, isi: str) -> None:
        if self._dalam_paragraf and not self._dalam_catatan and self._paragraf:
            self._paragraf[-1] += isi

    def selesai(self, nama: str) -> None:
        s = self._kini
        if s is None:
            return
        if nama == "table:table":
            self.lembar.append(
                Kisi(
                    s.nama, s.sel, tuple(s.gabungan), frozenset(s.baris_tersembunyi), frozenset(s.kolom_tersembunyi),
                    s.tersembunyi,
                )
            )  # fmt: skip
            self._kini = None
        elif nama == "table:table-row":
            self._tutup_baris(s)
        elif nama in {"table:table-cell", "table:covered-table-cell"}:
            self._tutup_sel(s)
        elif nama == "office:annotation":
            self._dalam_catatan = max(self._dalam_catatan - 1, 0)
        elif nama == "text:p" and not self._dalam_catatan:
            self._dalam_paragraf = max(self._dalam_paragraf - 1, 0)

    def _tutup_sel(self, s: _Lembar) -> None:
        atribut, self._atribut = self._atribut or {}, None
        n = _ulang(atribut, "table:number-columns-repeated")
        isi = _isi_sel(atribut, "\n".join(self._paragraf))
        if isi is not None:
            self._ulangan += n - 1
            if n > _PANJANG_ULANG or self._ulangan > _BATAS_ULANGAN:
                raise _TerlaluBesarError
            self._baris_ini.extend((s.kolom + k, isi) for k in range(1, n + 1))
        lebar, tinggi = (_ulang(atribut, f"table:number-{a}-spanned") for a in ("columns", "rows"))
        if lebar > 1 or tinggi > 1:
            s.gabungan.append((s.baris + 1, s.kolom + 1, s.baris + tinggi, s.kolom + lebar))
        s.kolom += n

    def _tutup_baris(self, s: _Lembar) -> None:
        n = self._ulang_baris
        if self._baris_ini:
            self._jumlah += n * len(self._baris_ini)
            self._ulangan += (n - 1) * len(self._baris_ini)
            if n > _PANJANG_ULANG or self._jumlah > BATAS_SEL or self._ulangan > _BATAS_ULANGAN:
                raise _TerlaluBesarError
            for k in range(1, n + 1):
                for kolom, isi in self._baris_ini:
                    s.sel[s.baris + k, kolom] = isi
        s.baris += n


def _ulang(atribut: dict[str, str], kunci: str) -> int:
    teks = atribut.get(kunci, "1")
    return max(int(teks), 1) if teks.isdigit() and len(teks) < 9 else 1


def _isi_sel(atribut: dict[str, str], teks: str) -> IsiKisi | None:
    jenis = atribut.get("office:value-type") or atribut.get("calcext:value-type", "")
    nilai: Nilai = None
    if jenis in {"float", "percentage", "currency"}:
        nilai = float(atribut.get("office:value", "nan"))
    elif jenis == "date":
        nilai = atribut.get("office:date-value", "")
    elif jenis == "time":
        nilai = atribut.get("office:time-value", "")
    elif jenis == "boolean":
        nilai = atribut.get("office:boolean-value", "").upper()
    elif teks:
        nilai = teks[:BATAS_TEKS]
    rumus = atribut.get("table:formula")
    if nilai is None and rumus is None:
        return None
    return IsiKisi(nilai, _rumus(rumus) if rumus else None, "0%" if jenis == "percentage" else "")


def _rumus(teks: str) -> str:
    """An OpenFormula text as Excel writes it: ``of:=SUM([.A1:.B2];1)`` → ``SUM(A1:B2,1)``."""
    isi = re.sub(r"^\w+:", "", teks).removeprefix("=")
    potongan = re.split(r'("(?:[^"]|"")*")', isi)
    return "".join(p if n % 2 else _RUJUKAN.sub(_alamat, p).replace(";", ",") for n, p in enumerate(potongan))


def _alamat(m: re.Match[str]) -> str:
    lembar = (m[1] or "").removeprefix("$")
    return f"{f'{lembar}!' if lembar else ''}{m[2]}{f':{m[3]}' if m[3] else ''}"
