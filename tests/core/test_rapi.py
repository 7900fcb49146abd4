"""Rapikan: typed text becomes what the cell expects, its original is kept, and nothing doubtful is guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from renja_xl.core.buku import STRUKTUR, Buku, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.rapi import rapikan, tanpa_spasi_lebih
from renja_xl.tabel import PROFIL, T_C_29, T_C_33
from tests.conftest import baris_simpul, ganti_baris, isi


def satu(
    kecil: Buku, tabel: str, kolom: str, teks: str, **lain: str | float | None
) -> tuple[Buku, list[str], list[str]]:
    hasil = rapikan(isi(kecil, tabel, "s-5", {kolom: teks, **lain}))
    return hasil.buku, [d.kolom for d in hasil.diubah], [d.kolom for d in hasil.ragu]


@pytest.mark.parametrize(
    ("teks", "sen"),
    [
        ("Rp 1.000.000", 1_000_000_00),
        ("Rp. 26.254.031,-", 26_254_031_00),
        ("1,400,000", 1_400_000_00),
        ("1 400 000,50", 1_400_000_50),
        (" 500000 ", 500_000_00),
    ],
)
def test_rupiah_yang_diketik_sebagai_teks(kecil: Buku, teks: str, sen: int) -> None:
    hasil, diubah, ragu = satu(kecil, T_C_33.kunci, "pagu_n", teks)
    assert baris_simpul(hasil, T_C_33.kunci, "s-5")["pagu_n"] == Sel(sen, teks)
    assert (diubah, ragu) == (["pagu_n"], [])
    assert baris_simpul(hitung(hasil), T_C_33.kunci, "s-4")["pagu_n"].nilai == sen + 50_000_00


@pytest.mark.parametrize(
    "teks", ["1,400", "7.13", "259.987.00,00", "10.000.000.000.000.000", "0,123", "5 dok", "menunggu"]
)
def test_yang_meragukan_dibiarkan_dan_disebut(kecil: Buku, teks: str) -> None:
    hasil, diubah, ragu = satu(kecil, T_C_33.kunci, "pagu_n", teks)
    assert baris_simpul(hasil, T_C_33.kunci, "s-5")["pagu_n"] == Sel(teks)
    assert (diubah, ragu) == ([], ["pagu_n"])


def test_satuan_pindah_ke_kolomnya(kecil: Buku) -> None:
    hasil, diubah, _ = satu(kecil, T_C_33.kunci, "target_n", "65,18 %", satuan_target_n=None)
    b = baris_simpul(hasil, T_C_33.kunci, "s-5")
    assert (b["target_n"], b["satuan_target_n"]) == (Sel(65.18, "65,18 %"), Sel("%"))
    assert diubah == ["target_n", "satuan_target_n"]
    # a unit that says the same is no contradiction, another one is
    hasil, diubah, ragu = satu(kecil, T_C_33.kunci, "target_n", "5 dok", satuan_target_n="Dokumen")
    assert baris_simpul(hasil, T_C_33.kunci, "s-5")["target_n"].nilai == 5.0
    assert baris_simpul(hasil, T_C_33.kunci, "s-5")["satuan_target_n"] == Sel("Dokumen")
    hasil, diubah, ragu = satu(kecil, T_C_33.kunci, "target_n", "5 orang", satuan_target_n="Dokumen")
    assert (diubah, ragu) == ([], ["target_n"])


def test_predikat_dan_kolom_tanpa_satuan(kecil: Buku) -> None:
    hasil, _, _ = satu(kecil, T_C_33.kunci, "target_n", "B (78)", predikat_target_n=None)
    b = baris_simpul(hasil, T_C_33.kunci, "s-5")
    assert (b["target_n"].nilai, b["predikat_target_n"].nilai) == (78.0, "B")
    # column 9 of T-C.29 has no unit of its own: the indicator's counts
    hasil, diubah, ragu = satu(kecil, T_C_29.kunci, "target_n1", "6 dokumen")
    assert baris_simpul(hasil, T_C_29.kunci, "s-5")["target_n1"].nilai == 6.0
    _, diubah, ragu = satu(kecil, T_C_29.kunci, "target_n1", "6 orang")
    assert (diubah, ragu) == ([], ["target_n1"])


def test_tanda_kosong_dan_sel_hitungan_tidak_disentuh(kecil: Buku) -> None:
    buku = isi(kecil, T_C_33.kunci, "s-5", {"target_n": "-"})
    buku = isi(buku, T_C_29.kunci, "s-5", {"tingkat_realisasi_n2": Sel("85 %", rumus=True)})
    hasil = rapikan(buku)
    assert hasil.buku == buku
    assert not hasil.diubah
    assert not hasil.ragu


def test_spasi_berlebih_di_mana_saja(kecil: Buku) -> None:
    simpul = tuple(replace(s, nama="\u00a0Koordinasi  Pengadaan ") if s.id == "s-5" else s for s in kecil.simpul)
    indikator = tuple(replace(i, satuan="Dokumen ") if i.id == "i-6" else i for i in kecil.indikator)
    buku = replace(kecil, simpul=simpul, indikator=indikator)
    buku = isi(buku, T_C_33.kunci, "s-5", {"lokasi": "Tanah\u00a0 Grogot ", "catatan_penting": "  "})
    buku = ganti_baris(buku, PROFIL.kunci, "kabupaten", " Kabupaten  Paser")
    hasil = rapikan(buku)
    assert next(s.nama for s in hasil.buku.simpul if s.id == "s-5") == "Koordinasi Pengadaan"
    assert next(i.satuan for i in hasil.buku.indikator if i.id == "i-6") == "Dokumen"
    b = baris_simpul(hasil.buku, T_C_33.kunci, "s-5")
    assert b["lokasi"] == Sel("Tanah Grogot", "Tanah\u00a0 Grogot ")
    assert "catatan_penting" not in b.sel
    assert hasil.buku.profil("kabupaten") == "Kabupaten Paser"
    assert {(d.tabel, d.kolom) for d in hasil.diubah} == {
        (STRUKTUR, "nama"), (STRUKTUR, "satuan"), (T_C_33.kunci, "lokasi"), (T_C_33.kunci, "catatan_penting"), (PROFIL.kunci, "nilai"),
    }  # fmt: skip
    assert rapikan(hasil.buku).diubah == ()


def test_baris_dalam_teks_tetap_baris() -> None:
    assert tanpa_spasi_lebih(" satu  dua \n\t tiga\u00a0\n") == "satu dua\ntiga"
