"""Rates of T-C.29 (columns 8, 10, 11)."""

from __future__ import annotations

import pytest

from renja_xl.core.buku import CaraHitung, Sifat
from renja_xl.core.capaian import realisasi_sd, tingkat

TINGGI, RENDAH = Sifat.MAKIN_TINGGI, Sifat.MAKIN_RENDAH
JUMLAH, AKHIR, RATA = CaraHitung.DIJUMLAHKAN, CaraHitung.POSISI_AKHIR, CaraHitung.RATA_RATA


@pytest.mark.parametrize(
    ("realisasi", "target", "sifat", "hasil"),
    [
        (45, 68, TINGGI, 66.17647058823529),
        (100, 100, TINGGI, 100),
        (12, 5, TINGGI, 240),
        (0, 24, TINGGI, 0),  # nothing done of what was planned is 0 %, not a blank
        (0.5, 0.8, TINGGI, 62.5),
        (5, 0, TINGGI, "-"),
        (0, 0, TINGGI, "-"),
        (5, None, TINGGI, "-"),
        (None, 5, TINGGI, "-"),
        (None, None, TINGGI, "-"),
        (None, 0, RENDAH, "-"),
        (5, 0, RENDAH, "-"),
        (5, None, RENDAH, "-"),
        (7, 5, RENDAH, 60),  # (10 − 7) ÷ 5
        (5, 5, RENDAH, 100),
        (3, 5, RENDAH, 140),
        (0, 5, RENDAH, 200),
        (10, 5, RENDAH, 0),
        (99, 5, RENDAH, 0),  # never below 0
    ],
)
def test_tingkat(realisasi: float | None, target: float | None, sifat: Sifat, hasil: float | str) -> None:
    nilai = tingkat(realisasi, target, sifat)
    assert nilai == (hasil if isinstance(hasil, str) else pytest.approx(hasil, rel=1e-15))


def test_tingkat_makin_tinggi_bila_sifatnya_tidak_disebut() -> None:
    assert tingkat(1, 4) == 25


@pytest.mark.parametrize(
    ("kol_5", "kol_7", "kol_9", "jumlah", "akhir", "rata"),
    [
        (5, 5, 5, 15, 5, 5),
        (60, 65.16, 70, 195.16, 70, 65.05333333333334),
        (31, None, 37, 68, 37, 34),
        (10, 20, None, 30, 20, 15),
        (10, None, None, 10, 10, 10),
        (None, 1, None, 1, 1, 1),
        (None, None, 50, 50, 50, 50),
        (None, 0, None, 0, 0, 0),  # a realisasi of 0 is known
        (4, 0, None, 4, 0, 2),
        (4, 2, 0, 6, 0, 2),
        (None, None, None, "-", "-", "-"),
    ],
)
def test_realisasi_sampai_tahun_berjalan(
    kol_5: float | None,
    kol_7: float | None,
    kol_9: float | None,
    jumlah: float | str,
    akhir: float | str,
    rata: float | str,
) -> None:
    for cara, hasil in ((JUMLAH, jumlah), (AKHIR, akhir), (RATA, rata)):
        nilai = realisasi_sd(kol_5, kol_7, kol_9, cara)
        assert nilai == (hasil if isinstance(hasil, str) else pytest.approx(hasil, rel=1e-15)), cara
