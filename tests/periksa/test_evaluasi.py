"""Rules of Triwulan: what they find on the small plan, where nothing is wrong, and that they are silent there."""

from __future__ import annotations

import pytest

from renja_xl.core.buku import Buku, Nilai
from renja_xl.core.hitung import hitung
from renja_xl.periksa import periksa
from renja_xl.periksa.evaluasi import ATURAN_EVALUASI
from renja_xl.tabel import TRIWULAN
from tests.conftest import isi

MILIK = {a.id for a in ATURAN_EVALUASI}

KASUS = (
    ("LOG-20", "s-5", {"rp_tw1": 60_000_00, "rp_tw2": 50_000_00}, "Rp110.000, lebih dari anggarannya Rp100.000"),
    ("LOG-21", "s-7", {"k_tw1": 50.0}, "tetapi targetnya kosong atau nol"),
    ("LOG-22", "s-5", {"rp_tw1": 1_00, "rp_tw3": 1_00}, "Rp triwulan II"),
    ("LOG-23", "s-5", {"rp_tw1": 40_000_00, "rp_tw2": 70_000_00}, "sejak awal tahun"),
    (
        "LOG-24",
        "s-4",
        {"k_tw1": 80.0, "k_tw2": 70.0, "target_n": 90.0},
        "turun dari 80 pada triwulan I menjadi 70 pada triwulan II",
    ),
)


def _temuan(buku: Buku) -> list[tuple[str, str, str]]:
    return [(t.aturan, t.kolom, t.pesan) for t in periksa(buku, tuple(MILIK))]


def test_diam_bila_benar(kecil: Buku) -> None:
    baik = hitung(
        isi(kecil, TRIWULAN.kunci, "s-5", {"k_tw1": 1.0, "k_tw2": 2.0, "rp_tw1": 30_000_00, "rp_tw2": 40_000_00})
    )
    assert _temuan(kecil) == _temuan(baik) == []


@pytest.mark.parametrize(("aturan", "simpul", "sel", "pesan"), KASUS, ids=[k[0] for k in KASUS])
def test_yang_bertentangan(kecil: Buku, aturan: str, simpul: str, sel: dict[str, Nilai], pesan: str) -> None:
    temuan = [t for t in _temuan(hitung(isi(kecil, TRIWULAN.kunci, simpul, sel))) if t[0] == aturan]
    assert len(temuan) == 1
    assert pesan in temuan[0][2]


def test_sel_hitungan_dan_jumlah_yang_tertimpa(kecil: Buku) -> None:
    buku = hitung(isi(kecil, TRIWULAN.kunci, "s-5", {"k_tw1": 1.0, "rp_tw1": 30_000_00}))
    buku = isi(buku, TRIWULAN.kunci, "s-5", {"realisasi": 7.0})
    buku = isi(buku, TRIWULAN.kunci, "s-4", {"rp_tw1": 99_00})
    temuan = {(a, k) for a, k, _ in _temuan(buku)}
    assert ("HIT-15", "realisasi") in temuan
    assert ("ROL-04", "rp_tw1") in temuan
