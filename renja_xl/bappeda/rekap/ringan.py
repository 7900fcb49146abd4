"""The quick way into our own workbooks: only the sheets that a rekap needs, straight from their XML.

It accepts nothing but cells in the few shapes that Excel, LibreOffice and we write, every one of them accounted for, and
keeps no more than those cells in memory. What is not so plain goes the long way (``excel.baca``), which says what is
wrong or reads it all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import unescape
from types import MappingProxyType
from typing import Any, NamedTuple

from renja_xl.bappeda.rekap.rekaman import KOLOM_REKAP, sen_dari_angka
from renja_xl.core import kode as kd
from renja_xl.core.buku import STRUKTUR, Baris, Level, Sel, baca_level
from renja_xl.core.letak import Letak
from renja_xl.core.migrasi import kolom_lama
from renja_xl.core.nilai import BATAS_TEKS
from renja_xl.errors import RenjaError
from renja_xl.excel.baca import Mentah, baca_lembar, bagian_tabel, versi_susunan
from renja_xl.excel.paket import Paket, kodek, nomor_kolom
from renja_xl.tabel import ANGGARAN, PROFIL, T_C_31, T_C_33
from renja_xl.tabel.berbagi import SAMPUL
from renja_xl.tabel.spec import TabelSpec, Tipe

TABEL_RINGAN = (T_C_33, T_C_31, ANGGARAN)
"""Tables of ours that hold typed amounts; RKT repeats them."""

_BATAS_LEMBAR, _BATAS_BERSAMA, _BATAS_LUAS = 8 * 2**20, 16 * 2**20, 500_000
_PENDEK = 500
_IKUT = frozenset({"kode", "level", "simpul", "simpul_kebutuhan", "sumber_dana", "tahun", "tahap"})

_SEL = re.compile(  # possessive: what matched is never tried again, so hostile text costs no more than plain
    r'<c r="([A-Z]{1,3}+)([1-9]\d{0,6}+)"(?: s="(\d++)")?+(?: t="(\w++)")?+'
    r"(?:/>|>(?:<f[^>]*+>(?:(?<=/>)|[^<]*+</f>))?+(?:<v>([^<]*+)</v>|<v/>|<is><t[^>]*+>([^<]*+)</t></is>)?+</c>)"
)
_XF = re.compile(rb'<xf [^>]*?\bnumFmtId="(\d+)"')
_FORMAT = re.compile(rb'<numFmt [^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"')
_SANDI_X = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _TakSahajaError(Exception):
    """Not plain enough for the quick way."""


class Terambil(NamedTuple):
    """What the quick way took: rows by table, places, fields of Profil, and the revision on the cover."""

    tabel: Mapping[str, Sequence[Baris]]
    letak: Letak
    profil: Mapping[str, Any]
    revisi: Any


def milik_kita(paket: Paket) -> bool:
    """Whether a package is a master or a share copy."""
    return {STRUKTUR, PROFIL.lembar} <= set(paket.lembar)


def ambil(paket: Paket) -> Terambil | None:
    """The numbers of our own workbook; None where the long way has to decide."""
    if T_C_33.lembar not in paket.lembar:
        return None
    try:
        return _ambil(paket)
    except (_TakSahajaError, RenjaError, ValueError, LookupError):
        return None


def _ambil(paket: Paket) -> Terambil:
    teks = _teks_bersama(paket)
    tanggal = _gaya_tanggal(_bagian_gaya(paket))
    profil = _mentah(paket, PROFIL, _kisi(paket, PROFIL.lembar, teks, tanggal), {})
    lama = kolom_lama(versi_susunan(profil))
    tabel, baris, kolom = {}, {}, {}
    for spec in TABEL_RINGAN:
        if spec.lembar in paket.lembar:
            m = _mentah(paket, spec, _kisi(paket, spec.lembar, teks, tanggal), lama)
            tabel[spec.kunci], baris[spec.kunci] = _baris(m)
            kolom[spec.kunci] = m.kolom
    fakta = {k: i.get("nilai") for _, i in profil.baris if isinstance(k := i.get("kunci"), str)}
    revisi = _revisi(_kisi(paket, SAMPUL, teks, tanggal)) if SAMPUL in paket.lembar else None
    return Terambil(tabel, Letak(baris, kolom), fakta, revisi if revisi is not None else fakta.get("revisi"))


# ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _polos(paket: Paket, bagian: str, batas: int) -> str:
    """A part without declarations, comments or CDATA, in UTF-8."""
    isi = paket.isi(bagian)
    if len(isi) > batas or b"<!" in isi or kodek(isi) != "utf-8":
        raise _TakSahajaError
    return isi.decode()


def _teks_bersama(paket: Paket) -> list[str]:
    """Shared texts as they stand in their part, to be read where a cell shows them."""
    bagian = paket.teks_bersama()
    if bagian is None:
        return []
    butir = _polos(paket, bagian, _BATAS_BERSAMA).split("</si>")
    butir[0] = butir[0][max(butir[0].find("<si"), 0) :]
    return butir[:-1]


def _teks_butir(butir: str) -> str:
    """One shared text, without formats of its own."""
    if butir in {"<si><t/>", "<si/>"}:
        return ""
    if not butir.startswith(("<si><t>", "<si><t ")) or not butir.endswith("</t>") or butir.count("<") != 3:
        raise _TakSahajaError
    return _teks(butir[butir.index(">", 6) + 1 : -4])


_teks_pendek = lru_cache(maxsize=20_000)(_teks_butir)
"""Workbooks of one year share most of their short texts."""


def _teks(mentah: str) -> str:
    """A text as the cell shows it."""
    teks = unescape(mentah) if "&" in mentah else mentah
    if len(teks) > BATAS_TEKS or ("_x" in teks and _SANDI_X.search(teks)):
        raise _TakSahajaError
    return teks


def _kisi(paket: Paket, lembar: str, teks: Sequence[str], tanggal: frozenset[str]) -> list[list[Any]]:
    """Values of a sheet from its first cell on, blanks as ``""``."""
    xml = _polos(paket, paket.lembar[lembar], _BATAS_LEMBAR)
    awal, akhir = xml.find("<sheetData"), xml.rfind("</sheetData>")
    if not 0 <= awal < akhir or not xml[akhir:].rstrip().endswith("</worksheet>"):
        raise _TakSahajaError
    sel = _SEL.findall(xml, awal, akhir)
    if len(sel) != xml.count("<c", awal, akhir):  # no other element there begins so
        raise _TakSahajaError
    letak = {h: nomor_kolom(h) - 1 for h in {s[0] for s in sel}}
    tinggi, lebar = int(sel[-1][1]) if sel else 0, max(letak.values(), default=0) + 1
    if tinggi * lebar > _BATAS_LUAS:
        raise _TakSahajaError
    kisi: list[list[Any]] = [[""] * lebar for _ in range(tinggi)]
    lalu, deret = "", [""]
    for huruf, nomor, gaya, jenis, nilai, sebaris in sel:
        if nilai:
            if jenis == "s":
                butir = teks[int(nilai)]
                v: Any = _teks_pendek(butir) if len(butir) < _PENDEK else _teks_butir(butir)
            elif not jenis or jenis == "n":
                if gaya in tanggal:
                    raise _TakSahajaError  # a date, or what Excel took for one
                v = float(nilai)
            elif jenis == "str":
                v = _teks(nilai)
            else:
                raise _TakSahajaError
        elif sebaris:
            v = _teks(sebaris)
        else:
            continue
        if nomor != lalu:
            lalu, deret = nomor, kisi[int(nomor) - 1]
        kolom = letak[huruf]
        if deret[kolom] != "":
            raise _TakSahajaError  # two cells of one address
        deret[kolom] = v
    return kisi


def _bagian_gaya(paket: Paket) -> bytes:
    bagian = next((t for t, jenis, _ in paket.relasi(paket.buku) if jenis.endswith("/styles")), None)
    return paket.isi(bagian) if bagian is not None and bagian in paket else b""


@lru_cache(maxsize=8)
def _gaya_tanggal(styles: bytes) -> frozenset[str]:
    """Ids of the styles that show a number as a date or time."""
    awal, akhir = styles.find(b"<cellXfs"), styles.find(b"</cellXfs>")
    if awal < 0 or kodek(styles) != "utf-8":
        raise _TakSahajaError
    sendiri = {n for n, kode in _FORMAT.findall(styles) if _bertanggal(kode)}
    bawaan = {b"%d" % n for n in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))}
    return frozenset(str(n) for n, f in enumerate(_XF.findall(styles, awal, akhir)) if f in sendiri or f in bawaan)


def _bertanggal(kode: bytes) -> bool:
    polos = re.sub(rb"&quot;.*?&quot;|\[[^\]]*\]|\\.", b"", kode).lower()
    return b"general" not in polos and any(ch in polos for ch in (b"y", b"d", b"h", b"s", b"m"))


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _mentah(paket: Paket, spec: TabelSpec, isi: list[list[Any]], lama: Mapping[tuple[str, str], str]) -> Mentah:
    bagian = bagian_tabel(paket, spec)
    return baca_lembar(spec, isi, bagian[1] if bagian else None, lama)


def _revisi(isi: Sequence[Sequence[Any]]) -> Any:
    """The number beside the word *Revisi*."""
    for deret in isi:
        for n, v in enumerate(deret):
            if isinstance(v, str) and v.strip().casefold() == "revisi":
                return next((x for x in deret[n + 1 :] if x != ""), None)
    return None


@lru_cache(maxsize=16)
def _dipakai(spec: TabelSpec) -> tuple[dict[str, bool], tuple[str, ...]]:
    """Columns with numbers (and whether they are rupiah), and those that say what a row is."""
    angka = {k: spec.menurut_kunci[k] for k in KOLOM_REKAP[spec.kunci] if k in spec.menurut_kunci}
    ikut = {k.kunci for k in spec.kolom if k.tautan in {"nama", "indikator"} or k.kunci in _IKUT}
    ikut |= {k.satuan for k in angka.values() if k.satuan}
    return {k: x.tipe is Tipe.RUPIAH for k, x in angka.items()}, tuple(sorted(ikut - angka.keys()))


_sel_teks = lru_cache(maxsize=20_000)(Sel)


def _baris(m: Mentah) -> tuple[tuple[Baris, ...], dict[str, int]]:
    """Rows with the cells that a rekap looks at, and their sheet rows."""
    angka, ikut = _dipakai(m.spec)
    hasil: list[Baris] = []
    nomor: dict[str, int] = {}
    for r, isi in m.baris:
        sel = {
            k: _sel_teks(v) if type(v) is str and len(v) < _PENDEK else Sel(v)
            for k in ikut
            if (v := isi.get(k)) is not None
        }
        for k, rupiah in angka.items():
            v = isi.get(k)
            if v is not None:
                sel[k] = Sel(sen_dari_angka(v) if rupiah and isinstance(v, float) else v)
        pengenal = str(r)
        nomor[pengenal] = r
        simpul = isi.get("simpul")
        level = _level(m.spec, isi)
        hasil.append(Baris(pengenal, level, MappingProxyType(sel), simpul if isinstance(simpul, str) else None))
    return tuple(hasil), nomor


def _level(spec: TabelSpec, isi: Mapping[str, Any]) -> Level:
    if spec is ANGGARAN:
        return Level.DATA
    level = baca_level(str(isi.get("level", "")))
    if level is None:
        kode = kd.rapikan(str(isi.get("kode", "")))
        level = (kd.level(kode) if kode else None) or Level.DATA
    return level
