"""A sample of the seeded-error benchmark (``python -m tests.bench.sebar``): one fault of each class, and correct plans.

In every run one presentation of each class, in the longer one both, and the classes in files.
"""

from __future__ import annotations

import pytest

from tests import PANJANG
from tests.bench.sebar import cacat_lapangan
from tests.bench.sebar.cacat import CACAT, Cacat
from tests.bench.sebar.nilai import TEPAT, Rak, tingkat, uji
from tests.bench.sebar.papan import CETAK, INDUK

assert cacat_lapangan  # its classes register themselves

RENCANA = (32, 3, 16)
"""Small plans: the first has a place for nearly every class, the others lack T-C.31 and the Renstra of their programs."""


@pytest.fixture(scope="module")
def rak() -> Rak:
    return Rak(batas=2)


@pytest.mark.parametrize("cacat", CACAT.values(), ids=CACAT)
def test_satu_cacat_ditemukan_di_tempatnya(cacat: Cacat, rak: Rak) -> None:
    """The first presentation of the class, in the longer run all; in the first small plan that has a place for it."""
    for moda in cacat.moda if PANJANG else cacat.moda[:1]:
        hasil = next((h for n in (*RENCANA, 2, 8, 20) if (h := uji(rak, cacat, moda, n, "contoh")) is not None), None)
        assert hasil is not None, moda
        assert hasil.keadaan == TEPAT, (hasil.ulang, hasil.sel, hasil.ditemukan)


@pytest.mark.parametrize("moda", [INDUK, CETAK])
@pytest.mark.parametrize("nomor", RENCANA)
def test_rencana_benar_tanpa_alarm_palsu(nomor: int, moda: str, rak: Rak) -> None:
    jumlah = tingkat(rak.ambil(nomor, moda)[1])
    assert jumlah["harus_diperbaiki"] == 0
    assert jumlah["perlu_dicek"] <= 1
