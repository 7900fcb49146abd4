"""Share copies of the small plan, and of the sample."""

from __future__ import annotations

import pytest

from renja_xl.bappeda.kirim import Kiriman, kirim
from renja_xl.core.buku import Buku, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.excel.bangun_berbagi import Keterangan
from renja_xl.tabel import REKAP_TRIWULAN, TRIWULAN
from tests.conftest import ganti_baris, isi

KETERANGAN = Keterangan("3 Maret 2025", 2, {"harus_diperbaiki": 5, "perlu_dicek": 7, "informasi": 1})


@pytest.fixture(scope="session")
def buku_kecil(kecil: Buku) -> Buku:
    """The small plan of an agency with a name."""
    buku = ganti_baris(kecil, "Profil", "perangkat_daerah", "Badan Kepegawaian")
    return ganti_baris(buku, "Profil", "kabupaten", "Kabupaten Paser")


@pytest.fixture(scope="session")
def kiriman(buku_kecil: Buku) -> Kiriman:
    return kirim(buku_kecil, KETERANGAN)


@pytest.fixture(scope="session")
def kiriman_contoh(normal: Buku) -> Kiriman:
    """The share copy of the sample plan."""
    return kirim(normal, KETERANGAN)


def isi_rekap(buku: Buku, sel: dict[str, Nilai]) -> Buku:
    """The plan with something typed beside the first quarter of the summary."""
    pertama, *sisa = buku.baris(REKAP_TRIWULAN.kunci)
    return buku.ganti({REKAP_TRIWULAN.kunci: [pertama.dengan({k: Sel(v) for k, v in sel.items()}), *sisa]})


@pytest.fixture(scope="session")
def berjalan(buku_kecil: Buku) -> Buku:
    """Two quarters told on a sub kegiatan, one typed target, and a word of the summary."""
    buku = isi(
        buku_kecil, TRIWULAN.kunci, "s-5", {"k_tw1": 1.0, "k_tw2": 1.0, "rp_tw1": 20_000_00, "rp_tw2": 30_000_00}
    )
    buku = isi(buku, TRIWULAN.kunci, "s-5", {"kas_tw1": 25_000_00, "kas_tw2": 25_000_00})
    buku = isi(buku, TRIWULAN.kunci, "s-8", {"k_tw1": 1.0, "target_n": 4.0})
    return hitung(isi_rekap(buku, {"faktor_pendorong": "Anggaran cair tepat waktu"}))


@pytest.fixture(scope="session")
def kiriman_evaluasi(berjalan: Buku) -> Kiriman:
    return kirim(berjalan, KETERANGAN)
