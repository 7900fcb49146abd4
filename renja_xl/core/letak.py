"""Where rows and columns of a plan stand in its workbook, so that findings can name sheet and cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Buku
from renja_xl.tabel import MENURUT_KUNCI, SEMUA


def huruf_kolom(nomor: int) -> str:
    """Column letters of a 1-based column number: 1 → A, 27 → AA."""
    teks = ""
    while nomor:
        nomor, sisa = divmod(nomor - 1, 26)
        teks = chr(65 + sisa) + teks
    return teks


@dataclass(frozen=True, slots=True)
class Letak:
    """Sheet rows by table and row id, columns by table and key; both 1-based."""

    baris: Mapping[str, Mapping[str, int]]
    kolom: Mapping[str, Mapping[str, int]]

    def sel(self, tabel: str, baris: str, kolom: str) -> str:
        """Cell address such as ``N14``; empty where the row is not in the workbook."""
        nomor = self.baris.get(tabel, {}).get(baris)
        letak_kolom = self.kolom.get(tabel, {})
        if nomor is None or not letak_kolom:
            return ""
        return f"{huruf_kolom(letak_kolom.get(kolom, 1))}{nomor}"

    def tempat(self, tabel: str, baris: str, kolom: str) -> str:
        """Sheet and cell, such as ``T-C.29!N14``."""
        return f"{self.lembar(tabel)}!{self.sel(tabel, baris, kolom)}"

    @staticmethod
    def lembar(tabel: str) -> str:
        return MENURUT_KUNCI[tabel].lembar


def letak_bawaan(buku: Buku) -> Letak:
    """Where the builder puts everything."""
    baris = {
        spec.kunci: {b.id: spec.baris_pertama + n for n, b in enumerate(baris_lembar(buku, spec.kunci))}
        for spec in SEMUA
    }
    return Letak(baris, {spec.kunci: spec.letak_kolom for spec in SEMUA})
