"""Recompute on a small plan: choices, typed values, and what must stay untouched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from renja_xl.core.buku import Baris, Buku, CaraHitung, Level, Nilai, Sel, Sifat
from renja_xl.core.hitung import hitung, perubahan_total, pilihan
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.tabel import RKT, T_C_29, T_C_31, T_C_33, TABEL_TERTAUT
from renja_xl.tabel.profil import DARI_PAGU, KOLOM_10_FORMULIR
from tests.conftest import baris_simpul, ganti_baris, isi


def nilai(buku: Buku, tabel: str, simpul: str, kolom: str, indikator: str | None = None) -> Nilai:
    return baris_simpul(buku, tabel, simpul, indikator)[kolom].nilai


def dengan_indikator(buku: Buku, pengenal: str, **sifat: object) -> Buku:
    daftar = [replace(i, **sifat) if i.id == pengenal else i for i in buku.indikator]  # type: ignore[arg-type]
    return replace(buku, indikator=tuple(daftar))


def test_hanya_sel_hitungan_yang_berubah(tercetak: Buku) -> None:
    """Rows, links, origins and every input of the real plan stay; only owned cells may differ."""
    hasil = hitung(tercetak)
    assert (hasil.simpul, hasil.indikator) == (tercetak.simpul, tercetak.indikator)
    for spec in TABEL_TERTAUT:
        for lama, baru in zip(tercetak.baris(spec.kunci), hasil.baris(spec.kunci), strict=True):
            assert replace(lama, sel={}) == replace(baru, sel={})
            for kolom in spec.kolom:
                milik = sel_dihitung(spec, lama, kolom) or (
                    kolom in spec.kolom_uang and lama.level is Level.INDIKATOR_LANJUTAN
                )
                if not milik and kolom.kunci != "pagu_p1":
                    assert lama[kolom.kunci] == baru[kolom.kunci], (spec.kunci, lama.id, kolom.kunci)


def test_menghitung_dua_kali_tidak_mengubah_apa_pun(tercetak: Buku, normal: Buku) -> None:
    for buku in (tercetak, normal):
        sekali = hitung(buku)
        assert hitung(sekali) == sekali


def test_t_c_29_menurut_jenis_indikator(kecil: Buku) -> None:
    # dijumlahkan: 3 ÷ 5; 4 + 3 + 6; 13 ÷ 20
    assert nilai(kecil, "T-C.29", "s-5", "tingkat_realisasi_n2") == 60
    assert nilai(kecil, "T-C.29", "s-5", "realisasi_sd_n1") == 13
    assert nilai(kecil, "T-C.29", "s-5", "tingkat_capaian_renstra") == 65
    # posisi akhir: an index of 250 against 300
    b = baris_simpul(kecil, "T-C.29", "s-3", "i-4")
    assert b["realisasi_sd_n1"].nilai == 250
    assert b["tingkat_capaian_renstra"].nilai == pytest.approx(250 / 300 * 100)


@pytest.mark.parametrize(
    ("cara", "sd", "capaian"),
    [(CaraHitung.DIJUMLAHKAN, 13, 65), (CaraHitung.POSISI_AKHIR, 6, 30), (CaraHitung.RATA_RATA, 13 / 3, 65 / 3)],
)
def test_cara_hitung_indikator_menentukan(kecil: Buku, cara: CaraHitung, sd: float, capaian: float) -> None:
    hasil = hitung(dengan_indikator(kecil, "i-6", cara_hitung=cara))
    assert nilai(hasil, "T-C.29", "s-5", "realisasi_sd_n1") == pytest.approx(sd)
    assert nilai(hasil, "T-C.29", "s-5", "tingkat_capaian_renstra") == pytest.approx(capaian)
    assert nilai(hasil, "T-C.29", "s-5", "cara_hitung") == cara.judul


def test_sifat_makin_rendah(kecil: Buku) -> None:
    hasil = hitung(dengan_indikator(kecil, "i-6", sifat=Sifat.MAKIN_RENDAH))
    # (10 − 3) ÷ 5; (40 − 13) ÷ 20
    assert nilai(hasil, "T-C.29", "s-5", "tingkat_realisasi_n2") == 140
    assert nilai(hasil, "T-C.29", "s-5", "tingkat_capaian_renstra") == 135


def test_rumus_formulir_menjumlahkan_semuanya(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.29", "s-3", {"realisasi_sd_n3": 100.0, "realisasi_n2": 110.0}, indikator="i-4")
    assert nilai(hitung(buku), "T-C.29", "s-3", "realisasi_sd_n1", "i-4") == 250
    hasil = hitung(ganti_baris(buku, "Profil", "cara_kolom_10", KOLOM_10_FORMULIR))
    assert nilai(hasil, "T-C.29", "s-3", "realisasi_sd_n1", "i-4") == 460


@pytest.mark.parametrize("teks", ["lima", "5 dok", "-", "05:03:00", "259.987.00,00"])
def test_teks_di_sel_angka_bukan_angka(kecil: Buku, teks: str) -> None:
    """Rates see text as Excel's ISNUMBER does."""
    hasil = hitung(isi(kecil, "T-C.29", "s-5", {"realisasi_n2": teks}))
    assert nilai(hasil, "T-C.29", "s-5", "tingkat_realisasi_n2") == "-"
    assert nilai(hasil, "T-C.29", "s-5", "realisasi_sd_n1") == 10
    assert nilai(hasil, "T-C.29", "s-5", "realisasi_n2") == teks


def test_target_nol_menghasilkan_strip(kecil: Buku) -> None:
    hasil = hitung(isi(kecil, "T-C.29", "s-5", {"target_n2": 0.0, "target_renstra": 0.0}))
    assert nilai(hasil, "T-C.29", "s-5", "tingkat_realisasi_n2") == "-"
    assert nilai(hasil, "T-C.29", "s-5", "tingkat_capaian_renstra") == "-"


def test_angka_yang_diketik_di_sel_hitungan_disimpan_sebagai_teks_semula(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.29", "s-5", {"tingkat_realisasi_n2": 75.5})
    buku = isi(buku, "T-C.33", "s-4", {"pagu_n": 123_45})
    hasil = hitung(buku)
    sel = baris_simpul(hasil, "T-C.29", "s-5")["tingkat_realisasi_n2"]
    assert sel == Sel(60.0, "75,5", rumus=True)
    assert baris_simpul(hasil, "T-C.33", "s-4")["pagu_n"] == Sel(150_000_00, "123,45", rumus=True)


def test_jumlah_mengikuti_rinciannya(kecil: Buku) -> None:
    assert nilai(kecil, "T-C.33", "s-4", "pagu_n") == 150_000_00
    assert nilai(kecil, "T-C.33", "s-2", "pagu_n") == 157_000_00
    hasil = hitung(isi(kecil, "T-C.33", "s-8", {"pagu_n": 7_000_01}))
    assert [nilai(hasil, "T-C.33", s, "pagu_n") for s in ("s-1", "s-2", "s-3", "s-4", "s-7")] == [
        157_000_01,
        157_000_01,
        157_000_01,
        150_000_00,
        7_000_01,
    ]


def test_perubahan_total_menyebut_lama_dan_baru(kecil: Buku) -> None:
    hasil = hitung(isi(kecil, "T-C.33", "s-8", {"pagu_n": 9_000_00}))
    perubahan = [(p.tabel, p.baris.simpul, p.kolom.kunci, p.lama, p.baru) for p in perubahan_total(kecil, hasil)]
    assert perubahan == [
        ("T-C.33", "s-1", "pagu_n", 157_000_00, 159_000_00),
        ("T-C.33", "s-2", "pagu_n", 157_000_00, 159_000_00),
        ("T-C.33", "s-3", "pagu_n", 157_000_00, 159_000_00),
        ("T-C.33", "s-7", "pagu_n", 7_000_00, 9_000_00),
    ]
    assert perubahan_total(kecil, kecil) == []


# ── forward estimate ──────────────────────────────────────────────────────────────────────────────────────────


def test_prakiraan_diusulkan_dari_kebutuhan(kecil: Buku) -> None:
    """Kebutuhan 200.000, 100.000 and 14.000, each × 1,1 to Rp100."""
    assert [nilai(kecil, "T-C.33", s, "pagu_p1") for s in ("s-5", "s-6", "s-8")] == [
        220_000_00,
        110_000_00,
        15_400_00,
    ]
    assert baris_simpul(kecil, "T-C.33", "s-5")["pagu_p1"].rumus
    assert nilai(kecil, "T-C.33", "s-2", "pagu_p1") == 345_400_00


def test_prakiraan_yang_diketik_dipakai_apa_adanya(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.33", "s-8", {"pagu_p1": 1_23})
    buku = isi(buku, "T-C.33", "s-6", {"pagu_p1": "-"})
    hasil = hitung(buku)
    assert baris_simpul(hasil, "T-C.33", "s-8")["pagu_p1"] == Sel(1_23)
    assert baris_simpul(hasil, "T-C.33", "s-6")["pagu_p1"] == Sel("-")
    assert nilai(hasil, "T-C.33", "s-2", "pagu_p1") == 220_001_23


def test_dasar_pertumbuhan_dan_pembulatan_dari_dasar_perhitungan(kecil: Buku) -> None:
    buku = ganti_baris(kecil, "Dasar Perhitungan", "dasar_prakiraan", DARI_PAGU)
    assert nilai(hitung(buku), "T-C.33", "s-8", "pagu_p1") == 7_700_00
    buku = ganti_baris(buku, "Dasar Perhitungan", "pertumbuhan_prakiraan", 12.5)
    assert nilai(hitung(buku), "T-C.33", "s-8", "pagu_p1") == 7_900_00  # 7.875
    buku = ganti_baris(buku, "Dasar Perhitungan", "pembulatan_prakiraan", 1.0)
    assert nilai(hitung(buku), "T-C.33", "s-8", "pagu_p1") == 7_875_00
    kosong = ganti_baris(kecil, "Dasar Perhitungan", "pertumbuhan_prakiraan", None)
    assert pilihan(kosong).pertumbuhan == 10  # a blank choice means its default


def test_usulan_hilang_bila_pagunya_hilang(kecil: Buku) -> None:
    hasil = hitung(isi(kecil, "T-C.33", "s-8", {"pagu_n": Sel()}))
    # the formula stays where it stands, and shows that there is nothing to start from
    assert baris_simpul(hasil, "T-C.33", "s-8")["pagu_p1"] == Sel("-", None, rumus=True)
    assert nilai(hasil, "T-C.33", "s-7", "pagu_p1") == 0


# ── RKT ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_anggaran_rkt_dari_kebutuhan_atau_pagu(kecil: Buku) -> None:
    sub = ("s-5", "s-6", "s-8")
    assert [nilai(kecil, "RKT", s, "anggaran") for s in sub] == [200_000_00, 100_000_00, 14_000_00]
    hasil = hitung(ganti_baris(kecil, "Profil", "dasar_rkt", DARI_PAGU))
    assert [nilai(hasil, "RKT", s, "anggaran") for s in sub] == [100_000_00, 50_000_00, 7_000_00]
    total = next(b for b in hasil.baris("RKT") if b.level is Level.TOTAL)
    assert total["anggaran"] == Sel(157_000_00, None, rumus=True)


def test_target_rkt_dari_t_c_33_atau_t_c_31(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.31", "s-5", {"target_kebutuhan": 9.0, "satuan_target_kebutuhan": "Laporan"})
    assert nilai(hitung(buku), "RKT", "s-5", "target") == 3
    buku = isi(buku, "T-C.33", "s-5", {"target_n": "-"})
    hasil = hitung(buku)
    assert (nilai(hasil, "RKT", "s-5", "target"), nilai(hasil, "RKT", "s-5", "satuan_target")) == (9, "Laporan")
    assert nilai(kecil, "RKT", "s-4", "target") == "-"
    assert nilai(kecil, "RKT", "s-3", "target", "i-4") == 250  # each indicator its own


def test_sub_kegiatan_tanpa_uang_di_sumbernya(kecil: Buku) -> None:
    hasil = hitung(isi(kecil, "T-C.31", "s-8", {"kebutuhan_dana": "-"}))
    assert nilai(hasil, "RKT", "s-8", "anggaran") == "-"
    assert nilai(hasil, "RKT", "s-7", "anggaran") == 0


# ── T-C.31 ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("pagu", "butuh", "selisih", "persen"),
    [
        (100_000_00, 150_000_00, 50_000_00, 50.0),
        (100_000_00, 25_000_00, -75_000_00, -75.0),
        (100_000_00, None, -100_000_00, -100.0),
        (None, 25_000_00, 25_000_00, "-"),
        (0, 25_000_00, 25_000_00, "-"),
        ("-", "-", "-", "-"),
        (None, None, "-", "-"),
    ],
)
def test_selisih(kecil: Buku, pagu: Nilai, butuh: Nilai, selisih: Nilai, persen: Nilai) -> None:
    hasil = hitung(isi(kecil, "T-C.31", "s-8", {"pagu_rkpd": pagu, "kebutuhan_dana": butuh}))
    b = baris_simpul(hasil, "T-C.31", "s-8")
    assert (b["selisih"].nilai, b["persen_selisih"].nilai) == (selisih, persen)


def test_sisi_kanan_yang_menyebut_simpul_lain_milik_simpul_itu(kecil: Buku) -> None:
    """The right side of s-6's row names s-8: its money is s-8's, and s-8's own row repeats it."""
    buku = isi(kecil, "T-C.31", "s-6", {"simpul_kebutuhan": "s-8"})
    hasil = hitung(buku)
    assert nilai(hasil, "T-C.31", "s-4", "kebutuhan_dana") == 300_000_00
    assert nilai(hasil, "T-C.31", "s-7", "kebutuhan_dana") == 0
    assert nilai(hasil, "T-C.31", "s-4", "pagu_rkpd") == 150_000_00
    assert nilai(hasil, "RKT", "s-8", "anggaran") == 100_000_00
    assert nilai(hasil, "RKT", "s-6", "anggaran") == "-"


def test_target_di_baris_yang_menyebut_dua_simpul_bukan_milik_sisi_kiri(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.33", "s-6", {"target_n": Sel()})
    assert nilai(hitung(buku), "RKT", "s-6", "target") == 2
    buku = isi(buku, "T-C.31", "s-6", {"simpul_kebutuhan": "s-8"})
    assert nilai(hitung(buku), "RKT", "s-6", "target") == "-"


def test_sel_dihitung_menurut_peran_dan_level() -> None:
    def baris(level: Level) -> Baris:
        return Baris("x", level, {})

    pagu, prakiraan = T_C_33.menurut_kunci["pagu_n"], T_C_33.menurut_kunci["pagu_p1"]
    for level in (Level.URUSAN, Level.PERANGKAT_DAERAH, Level.PROGRAM, Level.KEGIATAN, Level.TOTAL):
        assert sel_dihitung(T_C_33, baris(level), pagu)
    assert not sel_dihitung(T_C_33, baris(Level.SUB_KEGIATAN), pagu)
    assert not sel_dihitung(T_C_33, baris(Level.SUB_KEGIATAN), prakiraan)
    assert not sel_dihitung(T_C_33, baris(Level.INDIKATOR_LANJUTAN), pagu)
    assert sel_dihitung(RKT, baris(Level.SUB_KEGIATAN), RKT.menurut_kunci["anggaran"])
    assert sel_dihitung(RKT, baris(Level.INDIKATOR_LANJUTAN), RKT.menurut_kunci["target"])
    assert sel_dihitung(T_C_31, baris(Level.SUB_KEGIATAN), T_C_31.menurut_kunci["selisih"])
    assert not sel_dihitung(T_C_29, baris(Level.KEGIATAN), T_C_29.menurut_kunci["target_n1"])
