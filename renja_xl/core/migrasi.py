"""Older masters brought up to the present layout, step by step. Inputs stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from renja_xl.core.awal import baris_dasar, baris_profil
from renja_xl.core.buku import Baris, Buku, Sel
from renja_xl.tabel import (
    BERANDA,
    CATATAN_PERBAIKAN,
    DASAR_PERHITUNGAN,
    PROFIL,
    REKAP_TRIWULAN,
    T_C_33,
    TRIWULAN,
)
from renja_xl.tabel.profil import VERSI_SKEMA


@dataclass(frozen=True, slots=True)
class Langkah:
    """From one version of the layout to the next.

    Args:
        ubah: what the plan needs besides; missing rows of Profil come by themselves.
        kolom: column numbers as the older version printed them: (table, older number) → present number.
        baru: columns that came with the step: (table, key).
    """

    ubah: Callable[[Buku], Buku] = lambda buku: buku
    kolom: Mapping[tuple[str, str], str] = field(default_factory=dict)
    baru: Collection[tuple[str, str]] = ()


def _dengan_sekitar(buku: Buku) -> Buku:
    from renja_xl.core.sekitar import susun_sekitar  # noqa: PLC0415 - only older masters need it

    return susun_sekitar(buku)[0]


def _dengan_beranda(buku: Buku) -> Buku:
    """Beranda with the rows that it lacks, and what they show."""
    from renja_xl.core.sekitar import susun_ringkasan  # noqa: PLC0415 - only older masters need it
    from renja_xl.core.turunan import isi_ringkasan  # noqa: PLC0415

    if BERANDA.kunci not in buku.tabel:
        return buku
    ada = {b.id for b in buku.baris(BERANDA.kunci)}
    rangka = susun_ringkasan(buku, kalimat=False)
    terisi = {b.id: b for b in isi_ringkasan(rangka).baris(BERANDA.kunci)}
    return rangka.ganti({BERANDA.kunci: [b if b.id in ada else terisi[b.id] for b in rangka.baris(BERANDA.kunci)]})


def _dengan_triwulan(buku: Buku) -> Buku:
    """The quarters laid out by the struktur, where the plan itself is; else *Perbarui Tabel* does both."""
    from renja_xl.core.hitung import hitung_evaluasi_triwulan, isi_tanpa_nilai  # noqa: PLC0415 - only older masters need it
    from renja_xl.core.perbarui import susun_satu  # noqa: PLC0415
    from renja_xl.core.sekitar import susun_ringkasan  # noqa: PLC0415

    if buku.baris(T_C_33.kunci) and all(b.simpul for b in buku.baris(T_C_33.kunci)):
        buku = buku.ganti({TRIWULAN.kunci: susun_satu(buku, TRIWULAN)})
    rekap = susun_ringkasan(buku, kalimat=False).baris(REKAP_TRIWULAN.kunci)
    buku = buku.ganti({REKAP_TRIWULAN.kunci: rekap})
    hasil = hitung_evaluasi_triwulan(isi_tanpa_nilai(buku))  # some programs save formulas without their values
    return buku.ganti({spec.kunci: hasil.baris(spec.kunci) for spec in (TRIWULAN, REKAP_TRIWULAN)})


LANGKAH: Mapping[int, Langkah] = {
    1: Langkah(),  # 2: marks on cells with findings, and the choice in Profil that turns them off
    2: Langkah(_dengan_sekitar),  # 3: the other sheets of the Renja, which follow from what is there
    3: Langkah(),  # 4: when the tables were laid out last, and for which struktur
    4: Langkah(  # 5: findings with their source, their members, and the numbers that they were explained for
        _dengan_beranda, baru=tuple((CATATAN_PERBAIKAN.kunci, k) for k in ("dasar", "anggota", "sidik"))
    ),
    5: Langkah(_dengan_triwulan),  # 6: tahapan, quarters, history, decisions of Bappeda
}
"""By the version that a step starts from."""


def kolom_lama(versi: int) -> dict[tuple[str, str], str]:
    """Present column numbers by table and the number that a master of some version prints."""
    hasil: dict[tuple[str, str], str] = {}
    for dari in range(VERSI_SKEMA - 1, versi - 1, -1):
        langkah = LANGKAH.get(dari, Langkah())
        hasil |= {(tabel, lama): hasil.get((tabel, kini), kini) for (tabel, lama), kini in langkah.kolom.items()}
    return hasil


def kolom_baru(versi: int) -> set[tuple[str, str]]:
    """Columns (table, key) that a master of some version does not have yet."""
    return {k for dari in range(versi, VERSI_SKEMA) for k in LANGKAH.get(dari, Langkah()).baru}


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
