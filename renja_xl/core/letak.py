"""Where rows and columns of a plan stand in its workbook, so that findings can name sheet and cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Buku
from renja_xl.tabel import MENURUT_KUNCI, SEMUA


@lru_cache(maxsize=1_000)
def huruf_kolom(nomor: int) -> str:
    """Column letters of a 1-based column number: 1 → A, 27 → AA."""
    teks = ""
    while nomor:
        nomor, sisa = divmod(nomor - 1, 26)
        teks = chr(65 + sisa) + teks
    return teks


@dataclass(frozen=True, slots=True)
class TempatBaris:
    """A row of a foreign workbook: sheet, sheet row, and the sheet column of each of its keys."""

    lembar: str
    baris: int
    kolom: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Letak:
    """Sheet rows by table and row id, columns by table and key; both 1-based.

    Attributes:
        asing: rows that stand on sheets of a foreign workbook, by table and row id. A column that its sheet lacks is
            answered by the row's name, else its first column.
    """

    baris: Mapping[str, Mapping[str, int]]
    kolom: Mapping[str, Mapping[str, int]]
    asing: Mapping[str, Mapping[str, TempatBaris]] = field(default_factory=dict)

    def sel(self, tabel: str, baris: str, kolom: str) -> str:
        """Cell address such as ``N14``; empty where the row is not in the workbook."""
        if tabel in self.asing and (asing := self.asing[tabel].get(baris)) is not None:
            return f"{huruf_kolom(_kolom_asing(tabel, asing, kolom))}{asing.baris}"
        letak_kolom = self.kolom.get(tabel)
        nomor = self.baris[tabel].get(baris) if tabel in self.baris else None
        if nomor is None or not letak_kolom:
            return ""
        return f"{huruf_kolom(letak_kolom.get(kolom, 1))}{nomor}"

    def tempat(self, tabel: str, baris: str, kolom: str) -> str:
        """Sheet and cell, such as ``T-C.29!N14``."""
        return f"{self.lembar_baris(tabel, baris)}!{self.sel(tabel, baris, kolom)}"

    def lembar_baris(self, tabel: str, baris: str) -> str:
        """Sheet of a row: in a foreign workbook its own name there, else that of our table."""
        asing = self.asing.get(tabel, {}).get(baris)
        return asing.lembar if asing else self.lembar(tabel)

    @staticmethod
    def lembar(tabel: str) -> str:
        return MENURUT_KUNCI[tabel].lembar


def _kolom_asing(tabel: str, tempat: TempatBaris, kolom: str) -> int:
    if kolom in tempat.kolom:
        return tempat.kolom[kolom]
    spec = MENURUT_KUNCI[tabel]
    sejenis = spec.menurut_kunci.get(kolom)
    lain = [k.kunci for k in spec.kolom if sejenis and kolom in {k.satuan, k.predikat}]
    nama = [k.kunci for k in spec.kolom if k.tautan == "nama"]
    return next((tempat.kolom[k] for k in (*lain, *nama) if k in tempat.kolom), min(tempat.kolom.values(), default=1))


def letak_bawaan(buku: Buku) -> Letak:
    """Where the builder puts everything."""
    baris = {
        spec.kunci: {b.id: spec.baris_pertama + n for n, b in enumerate(baris_lembar(buku, spec.kunci))}
        for spec in SEMUA
    }
    return Letak(baris, {spec.kunci: spec.letak_kolom for spec in SEMUA})
