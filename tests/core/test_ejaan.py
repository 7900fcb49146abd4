"""Words as cells hold them, read as the formulas beside them read them: letter case does not matter, spelling does."""

from __future__ import annotations

import pytest

from renja_xl.core.besaran import hitung_besaran
from renja_xl.core.buku import Baris, Buku, CaraHitung, Level, Nilai, Sel, Sifat
from renja_xl.core.capaian import cara_sel, sifat_sel
from renja_xl.core.cari import cocok
from renja_xl.core.nilai import sama_teks
from renja_xl.core.renstra import target_akhir
from renja_xl.tabel import CATATAN_PERBAIKAN

AKHIR, RATA, JUMLAH = CaraHitung.POSISI_AKHIR, CaraHitung.RATA_RATA, CaraHitung.DIJUMLAHKAN


@pytest.mark.parametrize(
    ("isi", "cara", "target"),
    [
        ("Dijumlahkan", JUMLAH, 12.0),
        ("DIJUMLAHKAN", JUMLAH, 12.0),
        (" Dijumlahkan", AKHIR, 10.0),
        ("Rata-rata", RATA, 6.0),
        ("rata-Rata", RATA, 6.0),
        ("rata rata", AKHIR, 10.0),
        ("Posisi akhir", AKHIR, 10.0),
        ("", AKHIR, 10.0),
        (None, AKHIR, 10.0),
        (1.0, AKHIR, 10.0),
    ],
)
def test_cara_hitung(isi: Nilai, cara: CaraHitung, target: float) -> None:
    assert cara_sel(isi) is cara
    b = Baris("rst-0001", Level.DATA, {"cara_hitung": Sel(isi), "target_r1": Sel(2.0), "target_r2": Sel(10.0)})
    assert target_akhir(b) == target


@pytest.mark.parametrize(
    ("isi", "sifat"),
    [
        ("Makin rendah makin baik", Sifat.MAKIN_RENDAH),
        ("MAKIN RENDAH MAKIN BAIK", Sifat.MAKIN_RENDAH),
        (" makin rendah makin baik", Sifat.MAKIN_TINGGI),
        ("Makin tinggi makin baik", Sifat.MAKIN_TINGGI),
        (None, Sifat.MAKIN_TINGGI),
        (0.0, Sifat.MAKIN_TINGGI),
    ],
)
def test_sifat(isi: Nilai, sifat: Sifat) -> None:
    assert sifat_sel(isi) is sifat


def test_sama_teks() -> None:
    assert sama_teks("BELUM", "Belum")
    assert not any(sama_teks(isi, "Belum") for isi in ("Belum ", "", None, 1.0))


def test_catatan_terbuka_dihitung_menurut_katanya(kecil: Buku) -> None:
    isi = (
        ("Informasi", "Belum"),
        ("informasi", "BELUM"),
        ("Informasi", "Belum "),
        ("Informasi", "sedang dicek"),
        ("Informasi", "diperbaiki"),
        ("Informasi", "Dijelaskan: a"),
        ("Informasi", "Dijelaskan:"),
        ("Info", "Belum"),
    )
    rows = [
        Baris(f"cat-{n}", Level.DATA, {"tingkat": Sel(tingkat), "keadaan": Sel(keadaan)})
        for n, (tingkat, keadaan) in enumerate(isi)
    ]
    besaran = hitung_besaran(kecil.ganti({CATATAN_PERBAIKAN.kunci: rows}))
    assert (besaran["catatan_informasi"], besaran["catatan_cek"], besaran["catatan_berat"]) == (5.0, 0.0, 0.0)
    assert (besaran["catatan_semua"], besaran["catatan_dijelaskan"]) == (8.0, 1.0)


def test_kata_yang_dicari() -> None:
    assert cocok("GAJI", None, "Penyediaan Gaji")
    assert cocok("*", None, "5.03")
    assert cocok("g?ji", "Gaji", None)
    assert cocok("5~*", "5*", None)
    assert not cocok("5~*", "5.03", None)
    assert not cocok("*", None, "")  # nothing is found in a blank
    assert not cocok("", "Gaji")
    assert not cocok(None, "Gaji")
