"""Sentences: how their numbers are written, what they need, and that they speak of quantities that there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

import pytest
from num2words import num2words

from renja_xl.core.besaran import hitung_besaran
from renja_xl.core.buku import Buku, Nilai, Sel
from renja_xl.core.dua_sisi import sandingkan_t_c_31
from renja_xl.core.hitung import hitung
from renja_xl.core.kalimat import acuan, kata_rupiah, susun_kalimat, tulis_tetap
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.perbarui import perbarui
from renja_xl.core.terbilang import terbilang, terbilang_angka
from renja_xl.tabel.besaran import BESARAN, BESARAN_MENURUT_KUNCI
from renja_xl.tabel.kalimat import ACUAN, KALIMAT_BAKU, PolaKalimat
from tests.conftest import ganti_baris, isi

BELUM = "Belum dapat disusun: data yang disebut kalimat ini belum lengkap."
BENTUK = {"kata", "rp", "rpmutlak", "rpkata", "rpbulat", "persen", "angka", "arah", "naikturun"}


def tulis(pola: str, syarat: str = "ada", **besaran: Nilai) -> str:
    return susun_kalimat(PolaKalimat("uji", "Bab II", pola, syarat), {"ada": 1.0, **besaran}, 2025)


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("nilai", "kata"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (43, "empat puluh tiga"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_011, "dua ribu sebelas"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_000_001, "satu juta satu"),
        (
            27_566_864_148,
            "dua puluh tujuh miliar lima ratus enam puluh enam juta delapan ratus enam puluh empat ribu seratus empat puluh "
            "delapan",
        ),
        (1_000_000_000_000, "satu triliun"),
        (-7, "minus tujuh"),
    ],
)
def test_terbilang(nilai: int, kata: str) -> None:
    assert terbilang(nilai) == kata


def test_terbilang_seperti_num2words() -> None:
    acak = Random(3)
    for n in (*range(1_200), *(acak.randrange(10 ** acak.randrange(4, 16)) for _ in range(2_000))):
        kata = num2words(n, lang="id")  # which writes *satu ribu* after a larger group
        assert terbilang(n) == re.sub(r"\b(juta|miliar|triliun) satu ribu\b", r"\1 seribu", kata)


@pytest.mark.parametrize(
    ("nilai", "kata"),
    [
        (12.0, "dua belas"),
        (2.05, "dua koma nol lima"),
        (-0.5, "minus nol koma lima"),
        (65.18, "enam puluh lima koma satu delapan"),
        (1.0000001, "satu"),
        (-1e-9, "nol"),
        (1_000.25, "seribu koma dua lima"),
    ],
)
def test_terbilang_dengan_pecahan(nilai: float, kata: str) -> None:
    assert terbilang_angka(nilai) == kata


@pytest.mark.parametrize(
    ("sen", "kata"),
    [
        (0, "nol rupiah"),
        (11_00, "sebelas rupiah"),
        (1_000_00, "seribu rupiah"),
        (2_000_50, "dua ribu rupiah lima puluh sen"),
        (5, "nol rupiah lima sen"),
        (1_01, "satu rupiah satu sen"),
        (
            20_345_704_066_95,
            "dua puluh miliar tiga ratus empat puluh lima juta tujuh ratus empat ribu enam puluh enam rupiah sembilan puluh "
            "lima sen",
        ),
        (-2_000_50, "minus dua ribu rupiah lima puluh sen"),
    ],
)
def test_kata_rupiah(sen: int, kata: str) -> None:
    assert kata_rupiah(sen) == kata


# ── forms ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("bentuk", "nilai", "teks"),
    [
        ("kata", 0.0, "0 (nol)"),
        ("kata", 3.0, "3 (tiga)"),
        ("kata", 11.0, "11 (sebelas)"),
        ("kata", 1_000.0, "1.000 (seribu)"),
        ("rp", 0.0, "Rp0"),
        ("rp", 1_000.0, "Rp1.000"),
        ("rp", 20_345_704_066.95, "Rp20.345.704.066,95"),
        ("rp", 7_000.5, "Rp7.000,50"),
        ("rp", -7_000.0, "-Rp7.000"),
        ("rpmutlak", -7_000.25, "Rp7.000,25"),
        ("rpmutlak", 7_000.0, "Rp7.000"),
        ("rpkata", 1_000.0, "Rp1.000 (seribu rupiah)"),
        ("rpkata", 11.05, "Rp11,05 (sebelas rupiah lima sen)"),
        ("rpbulat", 22_926_310_219.9637, "Rp22.926.310.220"),
        ("rpbulat", 999.4, "Rp999"),
        ("persen", 96.6, "96,60%"),
        ("persen", 100.0, "100,00%"),
        ("persen", 35.29282671870903, "35,29%"),
        ("persen", 66.665, "66,67%"),
        ("persen", 1_234.5, "1.234,50%"),
        ("persen", 0.0, "0,00%"),
        ("persen", -7.926, "7,93%"),
        ("angka", 1.0758865954345311, "1,076"),
        ("angka", 0.9197445937841748, "0,920"),
        ("angka", 1.0, "1,000"),
        ("arah", 5.0, "lebih besar"),
        ("arah", -0.01, "lebih kecil"),
    ],
)
def test_bentuk(bentuk: str, nilai: float, teks: str) -> None:
    assert tulis(f"Sebesar {{x|{bentuk}}}.", x=nilai) == f"Sebesar {teks}."


def test_bentuk_yang_tidak_dikenal_ditolak() -> None:
    with pytest.raises(ValueError, match="romawi"):
        tulis("{x|romawi}", x=1.0)


@pytest.mark.parametrize(
    ("nilai", "desimal", "teks"),
    [(2.0, 3, "2,000"), (0.005, 2, "0,01"), (12_345.678, 1, "12.345,7"), (-1.5, 2, "-1,50")],
)
def test_tulis_tetap(nilai: float, desimal: int, teks: str) -> None:
    assert tulis_tetap(nilai, desimal) == teks


def test_tahun_mengikuti_rencana() -> None:
    assert (
        tulis("Dari {n3}, {n2}, {n1}, {n} ke {p1}: {x|kata}.", x=2.0) == "Dari 2022, 2023, 2024, 2025 ke 2026: 2 (dua)."
    )


# ── what a sentence needs ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nilai", [None, "-", "dua", ""])
def test_data_yang_belum_ada(nilai: Nilai) -> None:
    assert tulis("{x|kata} dan {y|kata}.", x=1.0, y=nilai) == BELUM
    assert tulis("{x|kata}.", syarat="y", x=1.0, y=nilai) == BELUM


def test_besaran_yang_tidak_disebut_tidak_diperlukan() -> None:
    assert tulis("{x|kata}.", x=1.0, y="-") == "1 (satu)."
    assert tulis("{x|kata}.", syarat="z", x=1.0) == BELUM


def test_syarat_nol() -> None:
    assert tulis("{x|kata}.", syarat="x", x=0.0) == BELUM
    assert tulis("{x|kata}.", syarat="x", x=0.01) == "0,01 (nol)."
    assert tulis("{x|kata} dari {y|kata}.", syarat="y", x=0.0, y=4.0) == "0 (nol) dari 4 (empat)."


# ── the sentences declared ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("p", KALIMAT_BAKU, ids=lambda p: p.kunci)
def test_setiap_isian_menyebut_besaran(p: PolaKalimat) -> None:
    isian = re.findall(r"\{([^{}]*)\}", p.pola)
    besaran = [i.split("|") for i in isian if "|" in i]
    assert all(len(b) == 2 and b[0] in BESARAN_MENURUT_KUNCI and b[1] in BENTUK for b in besaran)
    assert {i for i in isian if "|" not in i} <= {"n3", "n2", "n1", "n", "p1"}
    assert p.syarat in BESARAN_MENURUT_KUNCI
    kunci = list(dict.fromkeys(b[0] for b in besaran))
    assert acuan(p.pola) == kunci
    assert 1 <= len(kunci) <= ACUAN
    assert p.pola.endswith(".")
    assert re.sub(r"\{[^{}]*\}", "", p.pola).count("{") == 0


def test_kunci_kalimat_dan_besaran_masing_masing_satu() -> None:
    assert len({p.kunci for p in KALIMAT_BAKU}) == len(KALIMAT_BAKU)
    assert len({b.kunci for b in BESARAN}) == len(BESARAN)


def test_setiap_besaran_dihitung(normal: Buku) -> None:
    assert hitung_besaran(normal).keys() == BESARAN_MENURUT_KUNCI.keys()


# ── in a plan ─────────────────────────────────────────────────────────────────────────────────────────────────


def kalimat(buku: Buku) -> Mapping[str, tuple[Nilai, Nilai]]:
    return {str(b["kunci"].nilai): (b["kalimat"].nilai, b["keadaan"].nilai) for b in buku.baris("Kalimat")}


@pytest.fixture(scope="module")
def buku(kecil: Buku) -> Buku:
    hasil = ganti_baris(kecil, "Profil", "dasar_rkt", "Kebutuhan dana (T-C.31)")
    for s, rkpd, butuh, pagu, nyata in (
        ("s-5", 100_000_00, 50_000_25, 300_000_00, 3.0),
        ("s-6", 50_000_00, 25_000_00, 0, 2.0),
        ("s-8", 7_000_00, 1_000_00, 11_00, 5.0),
    ):
        hasil = isi(hasil, "T-C.31", s, {"pagu_rkpd": rkpd, "kebutuhan_dana": butuh})
        hasil = isi(hasil, "T-C.33", s, {"pagu_n": pagu, "pagu_p1": 10_000_00})
        hasil = isi(hasil, "T-C.29", s, {"target_n2": 5.0, "realisasi_n2": nyata})
    return hitung(perbarui(hasil))


def test_kalimat_rencana_kecil(buku: Buku) -> None:
    assert kalimat(buku) == {
        "isi_rencana": (
            "Rencana Kerja Tahun 2025 memuat 1 (satu) program, 2 (dua) kegiatan, dan 3 (tiga) sub kegiatan.",
            "Sesuai",
        ),
        "kebutuhan": (
            "Kebutuhan dana Tahun 2025 sebesar Rp76.000,25 (tujuh puluh enam ribu rupiah dua puluh lima sen).",
            "Sesuai",
        ),
        "banding_rkpd": (
            "Dibandingkan dengan pagu indikatif Rancangan Awal RKPD sebesar Rp157.000, hasil analisis kebutuhan sebesar "
            "Rp76.000,25 lebih kecil Rp80.999,75 atau 51,59%.",
            "Sesuai",
        ),
        "sebab_rkpd": (
            "Kebutuhan dana Tahun 2025 turun Rp80.999,75 dari pagu indikatif Rancangan Awal RKPD karena 0 (nol) sub kegiatan "
            "bertambah Rp0 dan 3 (tiga) sub kegiatan berkurang Rp80.999,75.",
            "Sesuai",
        ),
        "tahap_n2": (BELUM, "Belum lengkap"),
        "tahap_n1": (BELUM, "Belum lengkap"),
        "pagu_t_c_33": (
            "Pagu rencana Tahun 2025 pada T-C.33 sebesar Rp300.011 (tiga ratus ribu sebelas rupiah).",
            "Sesuai",
        ),
        "prakiraan_maju": (
            "Prakiraan maju Tahun 2026 sebesar Rp30.000, lebih kecil 60,53% dibandingkan dengan kebutuhan Tahun 2025.",
            "Sesuai",
        ),
        "dinilai": (
            "Dari 3 (tiga) sub kegiatan yang dievaluasi Tahun 2023, 0 (nol) melebihi target, 1 (satu) memenuhi target, 2 (dua) "
            "tidak memenuhi target, dan 0 (nol) belum dapat dinilai.",
            "Sesuai",
        ),
        "melebihi": (BELUM, "Belum lengkap"),
        "memenuhi": (
            "Pada Tahun 2023, 1 (satu) sub kegiatan pada 1 (satu) kegiatan dan 1 (satu) program memenuhi target.",
            "Sesuai",
        ),
        "tidak_memenuhi": (
            "Pada Tahun 2023, 2 (dua) sub kegiatan pada 1 (satu) kegiatan dan 1 (satu) program tidak memenuhi target.",
            "Sesuai",
        ),
        "capaian_iku": (BELUM, "Belum lengkap"),
        "penyerapan": (BELUM, "Belum lengkap"),
        "efisiensi": (BELUM, "Belum lengkap"),
        "pegawai": (BELUM, "Belum lengkap"),
    }


def test_acuan_menyimpan_besaran_yang_disebut(buku: Buku) -> None:
    """What a formula compares to say whether a sentence is stale."""
    b = next(b for b in buku.baris("Kalimat") if b["kunci"].nilai == "banding_rkpd")
    isi_acuan = [b[f"acuan_{n}"] for n in range(1, ACUAN + 1)]
    assert isi_acuan[:3] == [Sel(157_000.0), Sel(76_000.25), Sel(-80_999.75)]
    assert isi_acuan[3].nilai == pytest.approx(-8_099_975 / 157_000)
    assert isi_acuan[4:] == [Sel(), Sel()]


def test_kalimat_mengikuti_tahun(buku: Buku) -> None:
    teks = [str(t) for t, _ in kalimat(hitung(ganti_baris(buku, "Profil", "tahun_anggaran", 2031.0))).values()]
    assert any("Tahun 2031" in t for t in teks)
    assert any("Tahun 2029" in t for t in teks)
    assert not any(re.search(r"202[0-8]", t) for t in teks)


def test_kalimat_rencana_nyata(normal: Buku) -> None:
    hasil = kalimat(normal)
    assert hasil["pegawai"] == (
        "Pegawai berjumlah 44 (empat puluh empat) orang, terdiri atas 31 (tiga puluh satu) laki-laki dan 13 (tiga belas) "
        "perempuan.",
        "Sesuai",
    )
    assert {k for _, k in hasil.values()} == {"Sesuai"}
    assert not any("{" in str(t) or "None" in str(t) for t, _ in hasil.values())


def test_kalimat_2_1_1_dari_tahapan_dan_persandingan(normal: Buku) -> None:
    """The printed small tables, and the causes as a comparison of the two sides of T-C.31 gives them."""
    hasil = kalimat(normal)
    assert hasil["tahap_n2"][0] == (
        "Anggaran Tahun 2023 pada APBD sebesar Rp20.499.018.104, naik Rp1.151.154.527 dari Renja sebesar Rp19.347.863.577; pada "
        "APBDP sebesar Rp26.079.683.307, naik Rp5.580.665.203 dari APBD."
    )
    assert "pada APBD sebesar Rp18.614.341.735, turun Rp4.996.835.135 dari Renja" in str(hasil["tahap_n1"][0])
    assert "pada APBDP sebesar Rp26.079.683.307, naik Rp7.465.341.572 dari APBD" in str(hasil["tahap_n1"][0])
    s, _, _ = sandingkan_t_c_31(normal, letak_bawaan(normal))
    besaran = hitung_besaran(normal)
    for kunci in ("naik", "turun"):
        assert besaran[f"sub_{kunci}"] == s.sebab.banyak(kunci)
        assert besaran[f"nilai_{kunci}"] == s.sebab.jumlah(kunci) / 100
    assert "naik Rp7.180.574.081,05 dari pagu indikatif Rancangan Awal RKPD karena 29 (dua puluh sembilan)" in str(
        hasil["sebab_rkpd"][0]
    )
