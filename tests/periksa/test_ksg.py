"""KSG: a blank among filled cells is a question, a blank column one piece of information, an empty plan nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from renja_xl.alur import buku_baru
from renja_xl.core.buku import Asal, Buku, Level, Sel, Simpul
from renja_xl.core.perbarui import perbarui
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.ksg import PERIKSA_KSG
from tests.conftest import ganti_baris, isi

CEK, INFO = Tingkat.PERLU_DICEK, Tingkat.INFORMASI
SUB = ("s-5", "s-6", "s-8")


def periksa(buku: Buku) -> list[Temuan]:
    k = Konteks(buku)
    return [t for aturan in PERIKSA_KSG for t in aturan(k)]


def ringkas(buku: Buku) -> list[tuple[str, Tingkat, str, str]]:
    return [(t.aturan, t.tingkat, t.tabel, t.kolom) for t in periksa(buku)]


def kosongkan(buku: Buku, tabel: str, simpul: tuple[str, ...], *kolom: str) -> Buku:
    for s in simpul:
        buku = isi(buku, tabel, s, dict.fromkeys(kolom, Sel()))
    return buku


def test_rencana_yang_benar_dan_rencana_kosong(kecil: Buku) -> None:
    assert periksa(kecil) == []
    assert periksa(buku_baru(2031)) == []


def test_struktur_tanpa_isian_belum_jadi_pertanyaan(kecil: Buku) -> None:
    """A tree just typed: nobody began to fill in the tables."""
    kosong = perbarui(
        replace(kecil, tabel={k: v for k, v in kecil.tabel.items() if k in {"Profil", "Dasar Perhitungan"}})
    )
    assert periksa(kosong) == []


@pytest.mark.parametrize(
    ("tabel", "kolom", "temuan"),
    [
        ("T-C.33", "pagu_n", ("KSG-01", CEK, "T-C.33", "pagu_n")),
        ("T-C.31", "pagu_rkpd", ("KSG-01", CEK, "T-C.31", "pagu_rkpd")),
        ("T-C.33", "sumber_dana", ("KSG-05", CEK, "T-C.33", "sumber_dana")),
        ("T-C.33", "lokasi", ("KSG-05", CEK, "T-C.33", "lokasi")),
        ("T-C.29", "realisasi_n2", ("KSG-07", CEK, "T-C.29", "realisasi_n2")),
        ("T-C.33", "target_p1", ("KSG-08", CEK, "T-C.33", "target_p1")),
        ("T-C.33", "satuan_target_n", ("KSG-04", CEK, "T-C.33", "satuan_target_n")),
        ("T-C.33", "indikator", ("KSG-03", CEK, "T-C.33", "indikator")),
    ],
)
def test_satu_sel_kosong_di_antara_yang_terisi(
    kecil: Buku, tabel: str, kolom: str, temuan: tuple[str, Tingkat, str, str]
) -> None:
    assert ringkas(kosongkan(kecil, tabel, ("s-5",), kolom)) == [temuan]


def test_strip_ditulis_dengan_sengaja(kecil: Buku) -> None:
    assert ringkas(isi(kecil, "T-C.33", "s-5", {"pagu_n": "-", "sumber_dana": "-"})) == []


@pytest.mark.parametrize("kolom", ["pagu_n"])
def test_kolom_yang_kosong_seluruhnya_satu_informasi(kecil: Buku, kolom: str) -> None:
    (t,) = periksa(kosongkan(kecil, "T-C.33", SUB, kolom))
    assert (t.aturan, t.tingkat, len(t.anggota)) == ("KSG-01", INFO, 3)
    assert ringkas(kosongkan(kecil, "T-C.33", SUB, "sumber_dana")) == []  # nobody uses the column


def test_ksg_02_target_kosong(kecil: Buku) -> None:
    tanpa = kosongkan(kecil, "T-C.33", ("s-5",), "target_n", "pagu_n")
    assert ("KSG-02", CEK, "T-C.33", "target_n") in ringkas(tanpa)
    akhir = kosongkan(kecil, "T-C.29", ("s-5",), "target_renstra")
    assert ringkas(akhir) == [("KSG-02", CEK, "T-C.29", "target_renstra")]


def test_ksg_06_butir_yang_hanya_ada_di_satu_tabel(kecil: Buku) -> None:
    """Left blank is as good as missing; the finding stands on the row that is there."""
    semua = ("target_n", "pagu_n", "sumber_dana", "lokasi", "target_p1", "pagu_p1")
    temuan = periksa(kosongkan(kecil, "T-C.33", ("s-5",), *semua))
    assert [(t.aturan, t.tingkat, t.tabel, t.kode) for t in temuan] == [("KSG-06", CEK, "T-C.31", "5.03.02.2.01.0003")]
    hilang = kecil.ganti({"T-C.31": [b for b in kecil.baris("T-C.31") if b.simpul != "s-8"]})
    assert [(t.aturan, t.tabel, t.kode) for t in periksa(hilang)] == [("KSG-06", "T-C.33", "5.03.02.2.02.0001")]


def test_ksg_09_program_tanpa_kegiatan(kecil: Buku) -> None:
    baru = Simpul("s-9", Level.PROGRAM, "PROGRAM BARU", "5.03.03", "s-1")
    assert ringkas(replace(kecil, simpul=(*kecil.simpul, baru))) == [("KSG-09", CEK, "Program & Sub Kegiatan", "nama")]


def test_ksg_10_isian_profil_setelah_tahap_persiapan(kecil: Buku) -> None:
    lanjut = ganti_baris(kecil, "Profil", "tahapan", "Rancangan akhir")
    assert ringkas(lanjut) == [("KSG-10", INFO, "Profil", "nilai")] * 2
    lengkap = ganti_baris(lanjut, "Profil", "perangkat_daerah", "Badan Kepegawaian")
    assert ringkas(ganti_baris(lengkap, "Profil", "tahun_renstra", "2021 s.d. 2026")) == []
    impor = kecil.ganti({"T-C.33": [replace(b, asal=Asal("t.tsv", "1")) for b in kecil.baris("T-C.33")]})
    assert len(periksa(impor)) == 2
