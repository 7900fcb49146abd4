"""Quarters (Formulir E.81): figures of the year by the indicator's type, roll-up, words, and the summary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renja_xl.core.buku import Baris, Buku, CaraHitung, Level, Sel, Sifat
from renja_xl.core.capaian import TANPA_NILAI
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.core.triwulan import akhir_lapor, realisasi_tahun, rencana_sd, status
from renja_xl.tabel import REKAP_TRIWULAN, TRIWULAN
from renja_xl.tabel.triwulan import (
    BELUM_DILAPORKAN,
    BERJALAN,
    DI_BAWAH_RENCANA,
    SESUAI_RENCANA,
    TANPA_RENCANA,
    TANPA_TARGET,
    TERCAPAI,
    TIDAK_TERCAPAI,
)
from tests.conftest import baris_simpul, isi

JUMLAH, AKHIR, RATA = CaraHitung.DIJUMLAHKAN, CaraHitung.POSISI_AKHIR, CaraHitung.RATA_RATA
TINGGI, RENDAH = Sifat.MAKIN_TINGGI, Sifat.MAKIN_RENDAH
E81 = TRIWULAN.kunci
JUTA = 1_000_000_00

TRIWULANAN = st.lists(st.none() | st.integers(0, 10_000).map(float), min_size=4, max_size=4)


@pytest.mark.parametrize(
    ("triwulan", "cara", "benar"),
    [
        ([1, 2, 3, 4], JUMLAH, 10),
        ([1, None, 3, None], JUMLAH, 4),
        ([70, 90, 80, None], AKHIR, 80),  # the last told one, not the highest
        ([70, 90, None, None], RATA, 80),
        ([None] * 4, JUMLAH, TANPA_NILAI),
        ([0, None, None, None], AKHIR, 0),
    ],
)
def test_realisasi_tahun(triwulan: list[float | None], cara: CaraHitung, benar: float | str) -> None:
    assert realisasi_tahun(triwulan, cara) == benar


@given(TRIWULANAN)
def test_tiap_cara_memakai_yang_dilaporkan_saja(triwulan: list[float | None]) -> None:
    ada = [n for n in triwulan if n is not None]
    if not ada:
        assert {realisasi_tahun(triwulan, c) for c in CaraHitung} == {TANPA_NILAI}
        assert akhir_lapor(triwulan) == 0
        return
    assert realisasi_tahun(triwulan, JUMLAH) == sum(ada)
    assert realisasi_tahun(triwulan, AKHIR) == triwulan[akhir_lapor(triwulan) - 1] == ada[-1]
    assert realisasi_tahun(triwulan, RATA) == pytest.approx(sum(ada) / len(ada))


def test_rencana_dibandingkan_sampai_triwulan_yang_sama() -> None:
    assert rencana_sd([2, 3, 4, 5], 2, JUMLAH) == 5
    assert rencana_sd([60, 70, 80, 90], 2, AKHIR) == 70
    assert rencana_sd([60, None, 80, 90], 2, AKHIR) == TANPA_NILAI
    assert rencana_sd([2, 3, 4, 5], 0, JUMLAH) == TANPA_NILAI


@pytest.mark.parametrize(
    ("isian", "benar"),
    [
        ((None, None, None, 0, TINGGI), BELUM_DILAPORKAN),
        ((None, 3, None, 2, TINGGI), TANPA_TARGET),
        ((100, 12, None, 2, TINGGI), TERCAPAI),
        ((180, 2, None, 1, RENDAH), BERJALAN),  # few cases so far are no achievement yet
        ((180, 2, 3, 1, RENDAH), SESUAI_RENCANA),
        ((180, 4, 3, 1, RENDAH), DI_BAWAH_RENCANA),
        ((50, 6, None, 2, TINGGI), BERJALAN),
        ((50, 6, 6, 2, TINGGI), SESUAI_RENCANA),
        ((50, 6, 7, 2, TINGGI), DI_BAWAH_RENCANA),
        ((99.9, 11, 1, 4, TINGGI), TIDAK_TERCAPAI),
        ((100, 12, None, 4, RENDAH), TERCAPAI),
    ],
)
def test_keadaan(isian: tuple[float | None, float | None, float | None, int, Sifat], benar: str) -> None:
    assert status(*isian) == benar


@pytest.fixture(scope="module")
def berjalan(kecil: Buku) -> Buku:
    """Two quarters told on the small plan; hand-computed below. s-5 100 jt, s-6 50 jt, s-8 7 jt (in thousands here)."""
    buku = kecil
    for s, k1, k2, rp1, rp2, kas in (
        ("s-5", 1.0, 1.0, 20_000_00, 30_000_00, 25_000_00),
        ("s-6", 0.0, 2.0, 0, 50_000_00, 10_000_00),
        ("s-8", 1.0, None, 7_000_00, None, None),
    ):
        sel = {"k_tw1": k1, "k_tw2": k2, "rp_tw1": rp1, "rp_tw2": rp2, "kas_tw1": kas, "kas_tw2": kas}
        buku = isi(buku, E81, s, {k: v for k, v in sel.items() if v is not None})
    buku = isi(buku, E81, "s-5", {"realisasi_rp_sd_n1": 40_000_00, "rencana_tw1": 1.0, "rencana_tw2": 2.0})
    buku = isi(buku, E81, "s-4", {"k_tw1": 90.0, "k_tw2": 80.0, "target_n": 100.0})
    return hitung(perbarui(buku))


def test_baris_menurut_struktur(kecil: Buku) -> None:
    rows = kecil.baris(E81)
    assert [b.level for b in rows] == [
        Level.PROGRAM, Level.INDIKATOR_LANJUTAN, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.SUB_KEGIATAN, Level.KEGIATAN,
        Level.SUB_KEGIATAN, Level.TOTAL, Level.RATA_RATA,
    ]  # fmt: skip
    assert perbarui(kecil).baris(E81) == rows
    assert [b["satuan"].nilai for b in rows][:4] == ["%", "Indeks", "%", "Dokumen"]


def test_sumber_dari_tabel_lain(kecil: Buku) -> None:
    """Targets of T-C.29 and T-C.33 where nothing is typed; what is typed wins."""
    b = baris_simpul(kecil, E81, "s-5")
    t29, t33 = baris_simpul(kecil, "T-C.29", "s-5"), baris_simpul(kecil, "T-C.33", "s-5")
    assert b["target_renstra"].nilai == 20.0
    assert b["realisasi_sd_n1"].nilai == t29["realisasi_sd_n1"].nilai == 4.0 + 3.0 + 6.0
    assert (b["target_n"].nilai, b["pagu_n"].nilai) == (t33["target_n"].nilai, t33["pagu_n"].nilai) == (3.0, 100_000_00)
    assert b["pagu_n"].rumus
    dpa = hitung(isi(kecil, E81, "s-5", {"target_n": 4.0, "pagu_n": 90_000_00}))
    b = baris_simpul(dpa, E81, "s-5")
    assert (b["target_n"].nilai, b["pagu_n"].nilai) == (4.0, 90_000_00)
    assert baris_simpul(dpa, E81, "s-3")["pagu_n"].nilai == 147_000_00
    assert baris_simpul(dpa, "T-C.33", "s-3")["pagu_n"].nilai == 157_000_00


def test_pagu_renstra_dari_lembar_renstra(kecil: Buku) -> None:
    """The sum of the years' pagu of the row that is linked to the indicator."""
    isian = {
        "kode": Sel("5.03.02.2.01.0003"),
        "indikator": Sel("Jumlah dokumen pengadaan"),
        "pagu_r2": Sel(3 * JUTA),
        "pagu_r3": Sel(JUTA),
    }
    buku = hitung(perbarui(kecil.ganti({"Renstra": [Baris("rst-1", Level.DATA, isian)]})))
    assert baris_simpul(buku, E81, "s-5")["pagu_renstra"].nilai == 4 * JUTA
    assert baris_simpul(buku, E81, "s-3")["pagu_renstra"].nilai == 4 * JUTA


def test_uang_digulung_dan_tingkatnya(berjalan: Buku) -> None:
    sub, keg, prog = (baris_simpul(berjalan, E81, s) for s in ("s-5", "s-4", "s-3"))
    total = next(b for b in berjalan.baris(E81) if b.level is Level.TOTAL)
    assert sub["realisasi_rp"].nilai == 50_000_00
    assert sub["tingkat_rp"].nilai == 50.0
    assert sub["realisasi_rp_sd"].nilai == 90_000_00
    assert keg["rp_tw2"].nilai == 80_000_00
    assert keg["realisasi_rp"].nilai == 100_000_00
    assert keg["tingkat_rp"].nilai == pytest.approx(100 / 150 * 100)
    assert prog["realisasi_rp"].nilai == total["realisasi_rp"].nilai == 107_000_00
    assert total["tingkat_rp"].nilai == pytest.approx(107 / 157 * 100)


def test_kinerja_menurut_jenisnya(berjalan: Buku) -> None:
    sub, keg = baris_simpul(berjalan, E81, "s-5"), baris_simpul(berjalan, E81, "s-4")
    assert sub["realisasi"].nilai == 2.0
    assert sub["tingkat_realisasi"].nilai == pytest.approx(200 / 3)
    assert sub["realisasi_sd"].nilai == 15.0
    assert sub["tingkat_capaian_renstra"].nilai == 75.0
    assert (sub["predikat"].nilai, sub["status"].nilai) == ("Sedang", DI_BAWAH_RENCANA)
    assert (keg["realisasi"].nilai, keg["tingkat_realisasi"].nilai, keg["predikat"].nilai) == (80.0, 80.0, "Tinggi")


def test_rata_rata_dan_predikat_di_baris_terakhir(berjalan: Buku) -> None:
    """The mean of what has a rate: s-4 80, s-5 66.67, s-6 100, s-8 20."""
    akhir = berjalan.baris(E81)[-1]
    assert akhir["tingkat_realisasi"].nilai == pytest.approx((80 + 200 / 3 + 100 + 20) / 4)
    assert akhir["predikat"].nilai == "Sedang"


def test_rekap_sampai_tiap_triwulan(berjalan: Buku) -> None:
    satu, dua, tiga, _ = berjalan.baris(REKAP_TRIWULAN.kunci)
    assert [satu[k].nilai for k in ("rencana_kas", "realisasi")] == [35_000_00, 27_000_00]
    assert satu["penyerapan"].nilai == pytest.approx(27 / 157 * 100)
    assert satu["keadaan"].nilai == DI_BAWAH_RENCANA
    assert [dua[k].nilai for k in ("rencana_kas", "realisasi", "keadaan")] == [70_000_00, 107_000_00, SESUAI_RENCANA]
    assert [tiga[k].nilai for k in ("realisasi", "penyerapan", "keadaan")] == [
        TANPA_NILAI,
        TANPA_NILAI,
        BELUM_DILAPORKAN,
    ]
    tanpa = hitung(isi(isi(berjalan, E81, "s-5", {"kas_tw1": None}), E81, "s-6", {"kas_tw1": None}))
    assert tanpa.baris(REKAP_TRIWULAN.kunci)[0]["keadaan"].nilai == TANPA_RENCANA
