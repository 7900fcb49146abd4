"""What a plan puts onto the sheets that it was read from: rows and head, for the writer of files and the live one alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Baris, Buku, Level, Sel
from renja_xl.core.letak import Letak
from renja_xl.errors import TidakDapatDitambalError
from renja_xl.excel.bangun import baris_asli
from renja_xl.excel.kepala import BARIS_JUDUL, sel_kepala
from renja_xl.tabel import ASLI, CATATAN_PERBAIKAN, TABEL_RENCANA
from renja_xl.tabel.spec import KolomSpec, TabelSpec

_PENGENAL = re.compile(r"(.+)-\d{1,9}")
_SPEC_MENURUT_AWALAN = {s.awalan_id: s for s in TABEL_RENCANA}


def tabel_yang_ada(ada: Collection[str], hasil: Buku, tabel: Iterable[TabelSpec]) -> list[TabelSpec]:
    """Those of some tables whose sheets a workbook has.

    Args:
        ada: names of its sheets.

    Raises:
        TidakDapatDitambalError: a sheet is gone in which something must be kept.
    """
    semua = list(tabel)
    for spec in semua:
        if spec.lembar not in ada and hasil.baris(spec.kunci):
            raise TidakDapatDitambalError(
                f"Lembar {spec.lembar} tidak ada, padahal ada yang harus disimpan di sana; mohon kembalikan dari cadangan."
            )
    return [s for s in semua if s.lembar in ada]


def baris_terbaca(buku: Buku, spec: TabelSpec) -> Iterable[Baris]:
    """Rows of a table's sheet as they were read; their ids are those of ``Letak``."""
    return baris_asli(buku) if spec is ASLI else baris_lembar(buku, spec.kunci)


def baris_hasil(lama: Buku, hasil: Buku, letak: Letak, spec: TabelSpec) -> list[Baris]:
    """Rows of a table's sheet as they shall be.

    A row of ``_asli`` without cells stays as it is: it keeps the original text of a cell that is gone.

    Args:
        lama: the plan as it was read, from where ``letak`` says.
    """
    if spec is not ASLI:
        return list(baris_lembar(hasil, spec.kunci))
    ada = letak.baris[spec.kunci]
    baru = {b.id: b for b in baris_asli(hasil)}
    semula = {b.id: b for b in baris_asli(lama)}
    lepas = _PelepasAsli(lama, hasil, ada)
    disimpan = [baru.get(k) or lepas(k, semula.get(k)) for k in ada]
    return [*disimpan, *(b for k, b in baru.items() if k not in ada)]


class _PelepasAsli:
    """Gives an original text up whose row is gone: it is kept, but no later row that gets the same id inherits it."""

    def __init__(self, lama: Buku, hasil: Buku, ada: Collection[str]) -> None:
        self._lama, self._hasil, self._terpakai = lama, hasil, set(ada)
        self._tetap: dict[str, set[str]] = {}

    def __call__(self, kunci: str, semula: Baris | None) -> Baris:
        """The row of ``_asli`` known as ``<id>|<column>``; without cells where it stays as it is."""
        pengenal, _, kolom = kunci.rpartition("|")
        m = _PENGENAL.fullmatch(pengenal)
        spec = _SPEC_MENURUT_AWALAN.get(m[1]) if m else None
        if spec is None or self._masih_ada(spec, pengenal):
            return Baris(kunci, Level.DATA, {})
        n, baru = 1, f"{pengenal} (dikeluarkan)"
        while f"{baru}|{kolom}" in self._terpakai:
            n += 1
            baru = f"{pengenal} (dikeluarkan {n})"
        self._terpakai.add(f"{baru}|{kolom}")
        return Baris(kunci, Level.DATA, {**(semula.sel if semula else {}), "baris_id": Sel(baru)})

    def _masih_ada(self, spec: TabelSpec, pengenal: str) -> bool:
        """Whether the row that was read with this id still stands, or its table is none of those at hand."""
        if spec.kunci not in self._lama.tabel or spec.kunci not in self._hasil.tabel:
            return True
        if spec.kunci not in self._tetap:
            semula, kini = ({b.id for b in buku.baris(spec.kunci)} for buku in (self._lama, self._hasil))
            self._tetap[spec.kunci] = semula & kini
        return pengenal in self._tetap[spec.kunci]


def kepala_berubah(
    spec: TabelSpec, hasil: Buku, ada: Sequence[Sequence[Any]], kolom: Mapping[str, int]
) -> Iterator[tuple[int, int, str]]:
    """Cells of a head (row, column, text) whose years, numbers or titles Profil words otherwise now.

    A head that somebody else wrote stays.

    Args:
        ada: the sheet's rows down to the column numbers.
        kolom: sheet column of each of the table's columns.
    """
    geser = len(ada) - spec.baris_nomor
    for k in sel_kepala(spec, hasil):
        r = k.atas + geser
        c = 0 if k.atas == BARIS_JUDUL else kolom[spec.kolom[k.kiri].kunci] - 1
        tertulis = ada[r][c] if 0 <= r < len(ada) and c < len(ada[r]) else ""
        if isinstance(tertulis, str) and tertulis != k.teks and k.pernah(tertulis):
            yield r + 1, c + 1, k.teks


def bertaut(spec: TabelSpec, k: KolomSpec) -> bool:
    """Whether the cells of a column are links to other cells, and look like links."""
    return k.taut or (spec is CATATAN_PERBAIKAN and k.kunci == "sel")
