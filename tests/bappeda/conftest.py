"""Share copies of the small plan, and of the sample."""

from __future__ import annotations

import pytest

from renja_xl.bappeda.kirim import Kiriman, kirim
from renja_xl.core.buku import Buku
from renja_xl.excel.bangun_berbagi import Keterangan
from tests.conftest import ganti_baris

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
