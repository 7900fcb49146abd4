"""Grouping: one systematic difference is one finding that names its cells, not fifty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from renja_xl.core.temuan import Anggota, Temuan, Tingkat

BATAS_KELOMPOK = 12
"""Findings of one rule on one column that still stand alone; more of them are one finding."""

_BERAT = {t: n for n, t in enumerate(Tingkat)}

Kalimat = Callable[[Sequence[Temuan]], tuple[str, str]]
"""Message and mend of a group, from its members."""


def anggota(t: Temuan) -> Anggota:
    """A finding as a cell of a larger one."""
    return Anggota(t.tabel, t.baris, t.kolom, t.tertulis, t.seharusnya, t.asal, t.lembar, t.sel)


def satukan(daftar: Sequence[Temuan], pesan: str, perbaikan: str, tingkat: Tingkat | None = None) -> Temuan:
    """Several findings as one, standing at the first cell.

    Args:
        tingkat: level of the group; the gravest of its members, without.
    """
    return replace(
        daftar[0],
        tingkat=tingkat or min((t.tingkat for t in daftar), key=_BERAT.__getitem__),
        pesan=pesan,
        perbaikan=perbaikan,
        kode="" if len({t.kode for t in daftar}) > 1 else daftar[0].kode,
        seharusnya="" if len({t.seharusnya for t in daftar}) > 1 else daftar[0].seharusnya,
        anggota=tuple(a for t in daftar for a in (t.anggota or (anggota(t),))),
    )


def kelompokkan(
    temuan: Iterable[Temuan], kalimat: Kalimat, *, batas: int = BATAS_KELOMPOK, tingkat: Tingkat | None = None
) -> Iterator[Temuan]:
    """Findings as they are; where one rule has more than ``batas`` on one column, one finding with them as members.

    Args:
        kalimat: gives message and mend of such a group.
        tingkat: level of such a group; the gravest of its members, without.
    """
    menurut_kolom: dict[tuple[str, str, str], list[Temuan]] = defaultdict(list)
    for t in temuan:
        menurut_kolom[t.aturan, t.tabel, t.kolom].append(t)
    for daftar in menurut_kolom.values():
        if len(daftar) <= batas:
            yield from daftar
        else:
            yield satukan(daftar, *kalimat(daftar), tingkat)


def contoh(daftar: Sequence[Temuan], jumlah: int = 3) -> str:
    """What is written in the first members, for a message: ``Dok, Lap, … dan 9 lainnya``."""
    isi = list(dict.fromkeys(t.tertulis for t in daftar if t.tertulis))
    lebih = f", dan {len(isi) - jumlah} lainnya" if len(isi) > jumlah else ""
    return ", ".join(isi[:jumlah]) + lebih


def ringkas_teks(teks: str, panjang: int = 90) -> str:
    """A long text for a message: single spaces, its end left off."""
    polos = " ".join(teks.split())
    return polos if len(polos) <= panjang else polos[: panjang - 1].rstrip() + "…"
