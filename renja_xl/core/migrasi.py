"""Older masters brought up to the present layout, step by step. Inputs stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from renja_xl.core.awal import baris_dasar, baris_profil
from renja_xl.core.buku import Baris, Buku, Sel
from renja_xl.tabel import DASAR_PERHITUNGAN, PROFIL
from renja_xl.tabel.profil import VERSI_SKEMA


@dataclass(frozen=True, slots=True)
class Langkah:
    """From one version of the layout to the next.

    Args:
        ubah: what the plan needs besides; missing rows of Profil come by themselves.
        kolom: column numbers as the older version printed them: (table, older number) → present number.
    """

    ubah: Callable[[Buku], Buku] = lambda buku: buku
    kolom: Mapping[tuple[str, str], str] = field(default_factory=dict)


def _dengan_sekitar(buku: Buku) -> Buku:
    from renja_xl.core.sekitar import susun_sekitar  # noqa: PLC0415 - only older masters need it

    return susun_sekitar(buku)[0]


LANGKAH: Mapping[int, Langkah] = {
    1: Langkah(),  # 2: marks on cells with findings, and the choice in Profil that turns them off
    2: Langkah(_dengan_sekitar),  # 3: the other sheets of the Renja, which follow from what is there
    3: Langkah(),  # 4: when the tables were laid out last, and for which struktur
}
"""By the version that a step starts from."""


def kolom_lama(versi: int) -> dict[tuple[str, str], str]:
    """Present column numbers by table and the number that a master of some version prints."""
    hasil: dict[tuple[str, str], str] = {}
    for dari in range(VERSI_SKEMA - 1, versi - 1, -1):
        langkah = LANGKAH.get(dari, Langkah())
        hasil |= {(tabel, lama): hasil.get((tabel, kini), kini) for (tabel, lama), kini in langkah.kolom.items()}
    return hasil


def mutakhirkan(buku: Buku, versi: int) -> Buku:
    """The plan in the present layout."""
    for dari in range(versi, VERSI_SKEMA):
        buku = LANGKAH.get(dari, Langkah()).ubah(buku)
    profil = [
        b.dengan({"nilai": Sel(float(VERSI_SKEMA))}) if b["kunci"].nilai == "versi_skema" else b
        for b in _lengkap(buku.baris(PROFIL.kunci), baris_profil({}))
    ]
    dasar = _lengkap(buku.baris(DASAR_PERHITUNGAN.kunci), baris_dasar())
    return buku.ganti({PROFIL.kunci: profil, DASAR_PERHITUNGAN.kunci: dasar})


def _lengkap(ada: Sequence[Baris], baku: Sequence[Baris]) -> list[Baris]:
    """The declared rows in their order, each as it is where it is; then what the plan added."""
    sisa = {b["kunci"].nilai: b for b in reversed(ada)}
    hasil = [sisa.pop(b["kunci"].nilai, b) for b in baku]
    return [*hasil, *(b for b in ada if b not in hasil)]
