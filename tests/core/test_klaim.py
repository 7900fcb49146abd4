"""What prose claims, read from texts as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renja_xl.core.buku import Level
from renja_xl.core.kalimat import kata_rupiah
from renja_xl.core.klaim import (
    bagian_rencana,
    bilangan,
    butir,
    hitungan,
    kalimat,
    kalimat_baku,
    pangkal,
    penomoran,
    rujukan,
    tahun_disebut,
    tanggal,
)
from renja_xl.core.nilai import tulis_rp
from renja_xl.core.terbilang import terbilang, terbilang_angka, urai_terbilang

# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(-(10**15) + 1, 10**15 - 1))
@settings(max_examples=120)
def test_kata_kembali_menjadi_bilangan(n: int) -> None:
    assert urai_terbilang(terbilang(n)) == n


@given(st.integers(-(10**9), 10**9))
@settings(max_examples=60)
def test_kata_kembali_menjadi_pecahan(n: int) -> None:
    assert urai_terbilang(terbilang_angka(n / 100)) == Decimal(n) / 100


@given(st.integers(0, 10**14))
@settings(max_examples=60)
def test_kata_rupiah_kembali_menjadi_sen(sen: int) -> None:
    assert urai_terbilang(kata_rupiah(sen)) == Decimal(sen) / 100


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("Tiga puluh Empat", "34"),
        ("duapuluh tiga", "23"),
        ("empatpuluh lima", "45"),
        ("satu ratus", "100"),
        ("dua milyar", "2000000000"),
        ("dua puluh tujuh koma lima miliar rupiah", "27500000000"),
        ("sembilan puluh lima koma sembilan belas persen", "95.19"),
        ("nol", "0"),
    ],
)
def test_kata_sebagaimana_ditulis_orang(teks: str, nilai: str) -> None:
    assert urai_terbilang(teks) == Decimal(nilai)


@pytest.mark.parametrize(
    "teks",
    [
        *("", "Kegiatan", "dua tiga", "belas", "ribu", "sebelas puluh", "koma dua", "lima koma", "tiga puluh nol"),
        *("dua orang", "satu juta satu juta", "seribu dua ribu", "2 dua", "rupiah", "satu " * 200),
    ],
)
def test_yang_bukan_bilangan_tidak_ditebak(teks: str) -> None:
    assert urai_terbilang(teks) is None


# ── numbers ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("teks", "nilai", "langkah", "jenis"),
    [
        ("1.400", "1400", "1", ""),
        ("65,18%", "65.18", "0.01", "%"),
        ("6.23 %", "6.23", "0.01", "%"),
        ("12 persen", "12", "1", "%"),
        ("Rp. 26.254.031.882,-", "26254031882", "1", "rp"),
        ("Rp 20.345.704.066,95", "20345704066.95", "0.01", "rp"),
        ("Rp27,5 miliar", "27500000000", "100000000", "rp"),
        ("1.500 rupiah", "1500", "1", "rp"),
        ("3,2 Juta", "3200000", "100000", ""),
        ("sebesar Rp1.500.", "1500", "1", "rp"),
    ],
)
def test_bilangan(teks: str, nilai: str, langkah: str, jenis: str) -> None:
    (b,) = bilangan(teks)
    assert (b.nilai, b.langkah, b.jenis) == (Decimal(nilai), Decimal(langkah), jenis)


@pytest.mark.parametrize(
    "teks",
    ["Tabel 3.1.4", "T-C.33", "2021-2026", "100.3.3.2/KEP-737/2024", "259.987.00,00", "S1", "n-3"],
)
def test_nomor_dan_kode_bukan_bilangan(teks: str) -> None:
    assert bilangan(teks) == ()


@given(st.integers(0, 10**14))
@settings(max_examples=60)
def test_rupiah_dan_katanya_sepakat(sen: int) -> None:
    (b,) = bilangan(f"sebesar {tulis_rp(sen)} ({kata_rupiah(sen)}).")
    assert b.nilai * 100 == sen
    assert not b.kata_berbeda


@pytest.mark.parametrize(
    ("teks", "berbeda"),
    [
        ("45 (empat puluh tiga) personil", True),
        ("45 (empat puluh lima) personil", False),
        ("45 orang (empat puluh tiga)", True),
        ("Rp 1.000,- (seribu rupiah)", False),
        ("Rp 1.000 (sepuluh ribu rupiah)", True),
        ("12 (Kegiatan)", False),
        ("65,18 (enam puluh lima)", False),
        ("65,18 (enam puluh enam)", True),
        ("65 (B)", False),
        ("2 (dua program)", False),
    ],
)
def test_angka_dan_huruf(teks: str, berbeda: bool) -> None:
    assert [b.kata_berbeda for b in bilangan(teks)] == [berbeda]


@pytest.mark.parametrize(
    ("teks", "benar", "sepakat"),
    [
        ("89%", "89.0183", True),
        ("89,02%", "89.0183", True),
        ("89,01%", "89.0183", False),
        ("Rp27,5 miliar", "27526278148", True),
        ("Rp27,6 miliar", "27526278148", False),
        ("45 (empat puluh tiga)", "43", True),
        ("45 (empat puluh tiga)", "44", False),
    ],
)
def test_sepakat_menurut_ketelitiannya(teks: str, benar: str, sepakat: bool) -> None:
    assert bilangan(teks)[0].sepakat(Decimal(benar)) == sepakat


# ── counts and sentences ──────────────────────────────────────────────────────────────────────────────────────

P, K, S = Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN


@pytest.mark.parametrize(
    ("teks", "isi"),
    [
        ("3 (tiga) program, 11 kegiatan dan 44 sub kegiatan", [(P, 3, True), (K, 11, True), (S, 44, True)]),
        ("3 (Tiga)Program 1 (Kegiatan) dan 12 (Kegiatan)", [(P, 3, True), (K, 1, True), (K, 12, True)]),
        ("2 program prioritas utama", [(P, 2, False)]),
        ("46 sub-kegiatan", [(S, 46, True)]),
        ("34 subkegiatan yang memenuhi target", [(S, 34, True)]),
        ("5 kegiatan sosialisasi", [(K, 5, False)]),
        ("3,5 program", []),
        ("8 rapat, 9 dokumen", []),
    ],
)
def test_hitungan(teks: str, isi: list[tuple[Level, int, bool]]) -> None:
    assert [(h.level, h.bilangan.bulat, h.polos) for h in hitungan(teks)] == isi


def test_kalimat_tidak_berakhir_pada_singkatan() -> None:
    teks = "Pagu sebesar Rp. 26.254 ditetapkan. Realisasinya Rp. 23.370! Jl. Noto Sunardi No. 3 itu. Selesai"
    assert list(kalimat(teks)) == [
        "Pagu sebesar Rp. 26.254 ditetapkan.",
        "Realisasinya Rp. 23.370!",
        "Jl. Noto Sunardi No. 3 itu.",
        "Selesai",
    ]


def test_tahun_disebut_bukan_tahun_peraturan_atau_periode() -> None:
    assert tahun_disebut("Peraturan Daerah Nomor 4 Tahun 2021 tentang RPJMD 2021-2026, Tahun 2025") == {2025}
    assert tahun_disebut("KEP-737/2024 memuat 2.025 butir") == set()


def test_butir_bernomor() -> None:
    assert butir("1. Nilai SAKIP; 2. Sistem merit; 3. IKM") == ["Nilai SAKIP", "Sistem merit", "IKM"]
    assert butir("1. Nilai SAKIP; 3. IKM") == []
    assert butir("Nilai 3.1 dan 4. sesuatu") == []


def test_kalimat_baku_dikenali_utuh_saja() -> None:
    teks = "Kebutuhan dana Tahun 2031 sebesar Rp1.000 (seribu rupiah)."
    (kb,) = kalimat_baku(f"Pendahuluan. {teks}")
    assert (kb.kunci, kb.tahun) == ("kebutuhan", (("n", 2031),))
    (isian,) = kb.isian
    assert isian.bilangan is not None
    assert (isian.besaran, isian.bilangan.nilai) == ("total_kebutuhan", Decimal(1000))
    assert kalimat_baku(f"Selisih {teks.casefold()}") == []
    assert kalimat_baku("Kebutuhan dana Tahun 2031 sebesar Rp1.000 untuk rapat.") == []


# ── decrees, dates, keys ──────────────────────────────────────────────────────────────────────────────────────


def test_rujukan_peraturan() -> None:
    (a,) = rujukan(
        "sesuai Peraturan Daerah Kabupaten Paser Nomor 04 Tahun 2021 tentang Rencana (RPJMD) (Lembaran Daerah 3)."
    )
    (b,) = rujukan("PERATURAN DAERAH PASER No. 4 TAHUN 2021 TENTANG RENCANA")
    assert (a.jenis, a.nomor, a.tahun, a.tentang) == (b.jenis, b.nomor, b.tahun, b.tentang)
    (c,) = rujukan("Keputusan Bupati Nomor 100.3.3.2/KEP-737/2024 tanggal 2 Agustus 2024.")
    assert (c.nomor, c.tahun, c.tanggal) == ("100.3.3.2/kep-737/2024", "2024", ((2024, 8, 2),))
    assert rujukan("Peraturan yang berlaku di Nomor urut") == []


def test_tanggal() -> None:
    assert tanggal("2 Agustus 2024 dan 16 AGUSTUS 2024") == [(2024, 8, 2), (2024, 8, 16)]
    assert tanggal("Agustus 2024, 12/2024") == []


@pytest.mark.parametrize(
    ("kunci", "bagian", "pokok"),
    [
        ("klaim_jumlah_bab_v", "BAB V", "klaim_jumlah"),
        ("klaim_jumlah_4_2", "4.2", "klaim_jumlah"),
        ("judul_bab_3_1_daftar_isi", "daftar isi", "judul_bab_3_1"),
        ("judul_bab_3_1", "3.1", "judul_bab_3_1"),
        ("anggaran_2023_total", "2.1", "anggaran_2023_total"),
        ("klaim_pns", "2.3", "klaim_pns"),
    ],
)
def test_pangkal_kunci(kunci: str, bagian: str, pokok: str) -> None:
    assert pangkal(kunci, bagian) == pokok


def test_bagian_dan_penomoran() -> None:
    assert [bagian_rencana(b) for b in ("2.1.1", "BAB II", "3.3", "BAB V", "1.2", "sampul", "")] == [
        *(False, False, True, True, None, None, None)
    ]
    assert penomoran("1, 2, 6") == [1, 2, 6]
    assert penomoran("1 dan 2") == ()
