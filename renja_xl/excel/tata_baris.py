"""How rows of a live sheet come into another order with few operations on whole sheet rows.

Room is made for all rows that are new or change places, then those that move are cut into their room, then what is left
over is deleted: a table is never without a row, and rows that stay are never touched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Sisip(NamedTuple):
    """Rows inserted at a sheet row; their formats come from the row above, or else from the row below."""

    baris: int
    banyak: int
    dari_bawah: bool


class Pindah(NamedTuple):
    """Rows cut, and put into inserted ones."""

    dari: int
    ke: int
    banyak: int


class Hapus(NamedTuple):
    """Rows deleted."""

    baris: int
    banyak: int


@dataclass(frozen=True, slots=True)
class TataBaris:
    """The steps in their order, each with sheet rows as they are when its turn comes.

    Attributes:
        awal: first data row; akhir_lama: last one until now.
        tujuan: rows as they shall be: the sheet row that each is until now, None for a new one.
        dasar: row (as it is until now) whose formats a new one gets, by the new one's place in ``tujuan``.
    """

    awal: int
    akhir_lama: int
    tujuan: tuple[int | None, ...]
    sisip: tuple[Sisip, ...]
    pindah: tuple[Pindah, ...]
    hapus: tuple[Hapus, ...]
    dasar: Mapping[int, int]

    @property
    def akhir(self) -> int:
        """Last data row when all is done."""
        return self.awal + len(self.tujuan) - 1

    @property
    def berubah(self) -> bool:
        """Whether any row comes, goes, or changes places."""
        return bool(self.sisip or self.pindah or self.hapus)

    @property
    def keluar(self) -> list[int]:
        """Rows that go, by the place that they have until now."""
        tinggal = set(self.tujuan)
        return [r for r in range(self.awal, self.akhir_lama + 1) if r not in tinggal]

    @property
    def berpindah(self) -> set[int]:
        """Rows that are cut and put elsewhere, by the place that they have until now."""
        return {r for r in self.tujuan if r is not None} - _tinggal(self.tujuan)


def tata_baris(awal: int, akhir: int, tujuan: Sequence[int | None]) -> TataBaris:
    """The steps from the rows ``awal`` to ``akhir`` to ``tujuan``, which is not empty."""
    tinggal = _tinggal(tujuan)
    susunan: list[tuple[bool, int]] = []  # (is a row until now, its number) or (is not, its place in ``tujuan``)
    lama = iter(range(awal, akhir + 1))
    if tujuan[0] not in tinggal and awal not in tinggal:
        susunan.append((True, next(lama)))  # new rows at the top stand below a row that goes: its formats are at hand
    for n, t in enumerate(tujuan):
        if t not in tinggal:
            susunan.append((False, n))
            continue
        for r in lama:
            susunan.append((True, r))
            if r == t:
                break
    susunan += [(True, r) for r in lama]
    letak = {butir: awal + i for i, butir in enumerate(susunan)}
    baru = [i for i, (ada, _) in enumerate(susunan) if not ada]
    sisip = [Sisip(awal + a, z - a + 1, a == 0) for a, z in deret(baru)]
    asal = [(letak[True, t], letak[False, n]) for n, t in enumerate(tujuan) if t is not None and t not in tinggal]
    pindah: list[Pindah] = []
    for dari, ke in asal:
        p = pindah[-1] if pindah else None
        if p and (dari, ke) == (p.dari + p.banyak, p.ke + p.banyak):
            pindah[-1] = p._replace(banyak=p.banyak + 1)
        else:
            pindah.append(Pindah(dari, ke, 1))
    sisa = [i for i, (ada, r) in enumerate(susunan) if ada and r not in tinggal]
    hapus = [Hapus(awal + a, z - a + 1) for a, z in reversed(deret(sisa))]
    dasar: dict[int, int] = {}
    for a, z in deret(baru):
        acuan = susunan[a - 1 if a else z + 1][1]
        dasar |= {susunan[i][1]: acuan for i in range(a, z + 1)}
    return TataBaris(awal, akhir, tuple(tujuan), tuple(sisip), tuple(pindah), tuple(hapus), dasar)


def _tinggal(tujuan: Sequence[int | None]) -> set[int]:
    """The most rows that can stay where they are while the others move around them."""
    ujung: list[int] = []  # the smallest row that a rising run of each length ends with
    sebelum: dict[int, int | None] = {}
    for r in tujuan:
        if r is None:
            continue
        n = bisect_left(ujung, r)
        sebelum[r] = ujung[n - 1] if n else None
        ujung[n : n + 1] = [r]
    hasil: set[int] = set()
    kini = ujung[-1] if ujung else None
    while kini is not None:
        hasil.add(kini)
        kini = sebelum[kini]
    return hasil


def deret(nomor: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers as (first, last)."""
    hasil: list[tuple[int, int]] = []
    for n in sorted(nomor):
        if hasil and n == hasil[-1][1] + 1:
            hasil[-1] = (hasil[-1][0], n)
        else:
            hasil.append((n, n))
    return hasil
