"""What a declared formula (``KolomSpec.rumus``, ``Besaran.rumus``) speaks of: its references, in order, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache

from renja_xl.core.buku import Nilai
from renja_xl.core.nilai import sama_teks


@dataclass(frozen=True, slots=True)
class SelBaris:
    """``{kunci}``: the cell of the same row; of all rows above where ``atas``."""

    kolom: str
    atas: bool = False


@dataclass(frozen=True, slots=True)
class SelCari:
    """``{cari Tabel.kunci}``: the cell of the row with the same id indikator."""

    tabel: str
    kolom: str


@dataclass(frozen=True, slots=True)
class SelUang:
    """``{uang Tabel.kunci}``: the cell with the node's money."""

    tabel: str
    kolom: str


@dataclass(frozen=True, slots=True)
class SelRenstra:
    """``{renstra n target}``: a year of the Renstra."""

    tahun: str
    isi: str


@dataclass(frozen=True, slots=True)
class Nama:
    """A named cell: ``profil_…``, ``{dasar.…}``, or what the find box looks for."""

    tabel: str
    kunci: str


@dataclass(frozen=True, slots=True)
class Acuan:
    """``{=kunci}``: a quantity of ``tabel.besaran``."""

    kunci: str


@dataclass(frozen=True, slots=True)
class Syarat:
    """A column and what its cells must be: a text (``isi``), or what a column of the formula's own row holds (``sama``)."""

    kolom: str
    isi: str | None = None
    sama: str | None = None

    def cocok(self, nilai: Nilai, acuan: Nilai) -> bool:
        """Whether a row counts; comparisons with a number leave every row in, for each of them was looked at.

        Args:
            acuan: the value of the own row's cell.
        """
        pola = self.isi if self.sama is None else acuan
        if isinstance(pola, str):
            if pola[:1] in {"<", ">", "="}:
                return True
            if "*" in pola or "?" in pola:
                return isinstance(nilai, str) and _wildcard(pola.casefold()).match(nilai.casefold()) is not None
            return sama_teks(nilai, pola)
        return (self.isi is None and self.sama is None) or nilai == pola


@dataclass(frozen=True, slots=True)
class Kolom:
    """Cells of a whole column, of the rows that meet all conditions."""

    tabel: str
    kolom: str
    syarat: tuple[Syarat, ...] = ()
    jumlah: bool = False
    """Whether they are summed."""


Rujukan = SelBaris | SelCari | SelUang | SelRenstra | Nama | Acuan | Kolom

_BAGIAN = re.compile(
    r"(?P<teks>\"(?:[^\"]|\"\")*\")|(?P<ifs>\b(?:COUNT|SUM|AVERAGE)IFS\()|(?P<jumlah>\bSUM\((?=\{[^{}]+\.[^{}]+\}\)))"
    r"|\{(?P<makro>[^{}]+)\}|\bprofil_(?P<profil>\w+)|\b(?P<kata>cari_kata)\b"
)
_PEMISAH = re.compile(r"\"(?:[^\"]|\"\")*\"|\{[^{}]*\}|(?P<buka>\()|(?P<tutup>\))|(?P<koma>,)")


@lru_cache(maxsize=512)
def rujukan_pola(pola: str) -> tuple[Rujukan, ...]:
    """References of a pattern."""
    return tuple(dict.fromkeys(_urai(pola)))


def _urai(pola: str) -> Iterator[Rujukan]:
    n = 0
    while (m := _BAGIAN.search(pola, n)) is not None:
        n = m.end()
        if m["ifs"]:
            isi, n = _isian(pola, m.end())
            yield from _bersyarat(m["ifs"][:-4], isi)
        elif m["jumlah"]:
            (kolom,), n = _isian(pola, m.end())
            tabel, _, kunci = kolom[1:-1].rpartition(".")
            yield Kolom(tabel, kunci, jumlah=True)
        elif m["makro"]:
            yield _makro(m["makro"])
        elif m["profil"]:
            yield Nama("Profil", m["profil"])
        elif m["kata"]:
            yield Nama("Cari", "kata")


def _makro(isi: str) -> Rujukan:
    if isi.startswith("="):
        return Acuan(isi[1:])
    kata, _, sisa = isi.partition(" ")
    if kata == "renstra" and sisa:
        return SelRenstra(*sisa.split(" "))
    if kata == "sebelum" and sisa:
        return SelBaris(sisa, atas=True)
    tabel, titik, kunci = (sisa if kata in {"cari", "uang"} else isi).rpartition(".")
    if kata in {"cari", "uang"}:
        return SelCari(tabel, kunci) if kata == "cari" else SelUang(tabel, kunci)
    if tabel == "dasar":
        return Nama("Dasar Perhitungan", kunci)
    return Kolom(tabel, kunci) if titik else SelBaris(kunci)


def _isian(pola: str, n: int) -> tuple[list[str], int]:
    """Arguments of a call whose bracket was just opened, and where it ends."""
    hasil, dalam, awal = [], 1, n
    for m in _PEMISAH.finditer(pola, n):
        dalam += bool(m["buka"]) - bool(m["tutup"])
        if dalam == 0 or (dalam == 1 and m["koma"]):
            hasil.append(pola[awal : m.start()].strip())
            awal = m.end()
        if dalam == 0:
            return hasil, m.end()
    return [*hasil, pola[awal:].strip()], len(pola)


def _bersyarat(fungsi: str, isian: list[str]) -> Iterator[Rujukan]:
    pasangan = isian if fungsi == "COUNT" else isian[1:]
    syarat, kolom_syarat = [], []
    tabel = ""
    for luas, nilai in zip(pasangan[::2], pasangan[1::2], strict=True):
        tabel, _, kunci = luas.strip("{}").rpartition(".")
        kolom_syarat.append(kunci)
        if nilai.startswith('"'):
            syarat.append(Syarat(kunci, isi=nilai[1:-1].replace('""', '"')))
        elif re.fullmatch(r"\{\w+\}", nilai):
            syarat.append(Syarat(kunci, sama=nilai[1:-1]))
        else:  # computed: every row is looked at, and what it is computed from
            syarat.append(Syarat(kunci))
            yield from _urai(nilai)
    if fungsi != "COUNT":
        tabel, _, kunci = isian[0].strip("{}").rpartition(".")
        yield Kolom(tabel, kunci, tuple(syarat), jumlah=fungsi == "SUM")
        return
    yield Kolom(tabel, kolom_syarat[-1], tuple(syarat))


@lru_cache(maxsize=64)
def _wildcard(pola: str) -> re.Pattern[str]:
    return re.compile(translate(pola.replace("[", "[[]")))
