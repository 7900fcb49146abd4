"""A small Excel: it evaluates the Python function in ``IFERROR(FUNCTION(…),native)`` over the cells of a plan.

It knows what the arguments of such calls are made of, and nothing else: references to cells and columns, names, texts,
numbers, IF, ISNUMBER and comparisons with a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from renja_xl.core.baris import baris_lembar, isi_sel
from renja_xl.core.buku import Baris, Buku, Sel
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.excel import udf
from renja_xl.excel.paket import nomor_kolom
from renja_xl.tabel import DASAR_PERHITUNGAN, PROFIL, SEMUA
from renja_xl.tabel.spec import TabelSpec

GALAT_EXCEL = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
"""Errors of cells as xlwings hands them on; a text that looks like one is taken for it."""

_TANDA = re.compile(
    r"""
    (?P<teks>"(?:[^"]|"")*") | (?P<angka>\d+(?:\.\d+)?) | (?P<baris>\w+\[\[\#This\ Row\],\[[^\]]*\]\])
    | (?P<kolom>\w+\[\[?[^\[\]]*\]?\]) | (?P<sel>(?:'[^']*'!)?[A-Z]{1,3}\d+\b) | (?P<nama>\w+) | (?P<lain>[(),=])
    """,
    re.VERBOSE,
)
_TABEL = {s.nama_tabel: s for s in SEMUA}
_LEMBAR = {s.lembar: s for s in SEMUA}
_NAMA = {"profil": PROFIL, "dasar": DASAR_PERHITUNGAN}


def dari_sel(sel: Sel) -> Any:
    """A cell's value as Excel hands it to a function."""
    return rupiah_dari_sen(sel.nilai) * 1.0 if isinstance(sel.nilai, int) else sel.nilai


class Penilai:
    """The cells of one plan, where the builder puts them."""

    def __init__(self, buku: Buku) -> None:
        self.baris = {s.kunci: baris_lembar(buku, s.kunci) for s in SEMUA}
        letak = letak_bawaan(buku)
        self._menurut_nomor: Mapping[str, Mapping[int, Baris]] = {
            s.kunci: {letak.baris[s.kunci][b.id]: b for b in self.baris[s.kunci]} for s in SEMUA
        }

    def nilai(self, rumus: str, spec: TabelSpec, b: Baris) -> Any:
        """What the function of a formula gives in a row of a table; None where it fails, so that the native one shows."""
        return _Bacaan(self, rumus.removeprefix("IFERROR("), spec, b).ungkapan()

    def isi(self, spec: TabelSpec, b: Baris, kolom: int) -> Any:
        return dari_sel(isi_sel(b, spec.kolom[kolom - 1]))

    def kolom(self, spec: TabelSpec, nomor: str) -> Any:
        """A whole column as xlwings gives it: a plain list, a single cell by itself."""
        isi = [self.isi(spec, b, _kolom_bernomor(spec, nomor)) for b in self.baris[spec.kunci]]
        return isi[0] if len(isi) == 1 else isi or None

    def sel(self, spec: TabelSpec, alamat: str) -> Any:
        m = re.fullmatch(r"([A-Z]+)(\d+)", alamat)
        assert m is not None
        return self.isi(spec, self._menurut_nomor[spec.kunci][int(m[2])], nomor_kolom(m[1]))

    def bernama(self, nama: str) -> Any:
        awalan, _, kunci = nama.partition("_")
        spec = _NAMA[awalan]
        b = next(b for b in self.baris[spec.kunci] if b["kunci"].nilai == kunci)
        return dari_sel(b["nilai"])


def _kolom_bernomor(spec: TabelSpec, nomor: str) -> int:
    return next(n for n, k in enumerate(spec.kolom, 1) if k.nomor == nomor)


class _Bacaan:
    def __init__(self, penilai: Penilai, rumus: str, spec: TabelSpec, b: Baris) -> None:
        self._p, self._spec, self._b = penilai, spec, b
        self._tanda = list(_TANDA.finditer(rumus))
        self._n = 0

    def ungkapan(self) -> Any:
        kiri = self._suku()
        if self._ambil("="):
            kanan = self._suku()
            return isinstance(kiri, str) and kiri.casefold() == kanan.casefold()
        return kiri

    def _ambil(self, tanda: str) -> bool:
        ada = self._tanda[self._n][0] == tanda
        self._n += ada
        return ada

    def _suku(self) -> Any:
        m = self._tanda[self._n]
        self._n += 1
        teks = m[0]
        if m["nama"]:
            return self._panggil(teks) if self._tanda[self._n][0] == "(" else self._p.bernama(teks)
        if m["sel"]:
            lembar, _, alamat = teks.rpartition("!")
            return self._p.sel(_LEMBAR[lembar.strip("'")] if lembar else self._spec, alamat)
        baca: dict[str, Callable[[], Any]] = {
            "teks": lambda: teks[1:-1].replace('""', '"'),
            "angka": lambda: float(teks),
            "baris": lambda: self._p.isi(self._spec, self._b, _kolom_bernomor(self._spec, teks.split(",[")[1][:-2])),
            "kolom": lambda: self._p.kolom(_TABEL[teks.partition("[")[0]], teks.partition("[")[2].strip("[]")),
        }
        assert m.lastgroup is not None
        return baca[m.lastgroup]()

    def _panggil(self, nama: str) -> Any:
        argumen = []
        assert self._ambil("(")
        while not self._ambil(")"):
            argumen.append(self.ungkapan())
            self._ambil(",")
        if nama == "IF":
            return argumen[1] if argumen[0] else argumen[2]
        if nama == "ISNUMBER":
            return isinstance(argumen[0], float)
        fungsi = getattr(udf, nama)
        if GALAT_EXCEL.isdisjoint(a for a in argumen if isinstance(a, str)):
            return fungsi(*argumen)
        with pytest.raises(ValueError, match="#"):
            fungsi(*argumen)
        return None
