"""KOD: kode against their form, their level, and the loaded nomenclature."""

from __future__ import annotations

from dataclasses import replace

import pytest

from renja_xl.core.awal import baris_nomenklatur
from renja_xl.core.buku import Buku, Level
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa.kod import PERIKSA_KOD
from renja_xl.periksa.konteks import Konteks

HARUS, CEK, INFO = Tingkat.HARUS_DIPERBAIKI, Tingkat.PERLU_DICEK, Tingkat.INFORMASI


@pytest.fixture(scope="module")
def bernomenklatur(kecil: Buku) -> Buku:
    """The small plan with a nomenclature of its own names."""
    butir = [Butir(s.kode, s.level, s.nama) for s in kecil.simpul if s.kode]
    return kecil.ganti({"Nomenklatur": baris_nomenklatur(butir)})


def periksa(buku: Buku) -> list[Temuan]:
    k = Konteks(buku)
    return [t for aturan in PERIKSA_KOD for t in aturan(k)]


def ringkas(buku: Buku) -> list[tuple[str, Tingkat, str, str]]:
    return [(t.aturan, t.tingkat, t.tertulis, t.seharusnya) for t in periksa(buku)]


def ubah(buku: Buku, simpul: str, **isi: str) -> Buku:
    return replace(buku, simpul=tuple(replace(s, **isi) if s.id == simpul else s for s in buku.simpul))  # type: ignore[arg-type]


def test_rencana_yang_benar(kecil: Buku, bernomenklatur: Buku) -> None:
    assert periksa(bernomenklatur) == []
    assert periksa(kecil) == []  # without a nomenclature there is nothing to compare with


def test_kod_04_di_luar_daftar(bernomenklatur: Buku) -> None:
    asing = ubah(bernomenklatur, "s-5", kode="5.03.02.2.01.0099")
    assert ringkas(asing) == [("KOD-04", INFO, "5.03.02.2.01.0099", "")]
    hanya_lain = bernomenklatur.ganti({"Nomenklatur": baris_nomenklatur([Butir("5.04.02", Level.PROGRAM, "Diklat")])})
    (t,) = periksa(hanya_lain)  # the list does not reach there: one word, not six
    assert (t.aturan, t.tingkat, len(t.anggota)) == ("KOD-04", INFO, 6)


@pytest.mark.parametrize(
    ("nama", "tingkat"),
    [
        ("koordinasi  PENGADAAN.", None),
        ("Koordinasi Pengadaaan", INFO),
        ("Fasilitasi Lembaga Profesi", CEK),
    ],
)
def test_kod_05_nama_lain(bernomenklatur: Buku, nama: str, tingkat: Tingkat | None) -> None:
    temuan = ringkas(ubah(bernomenklatur, "s-5", nama=nama))
    assert temuan == ([("KOD-05", tingkat, nama, "Koordinasi Pengadaan")] if tingkat else [])


@pytest.mark.parametrize("kode", ["5.03.2.2.01.0003", "50302", "5.03.02.2.01", "5.03.02"])
def test_kod_06_susunan_atau_level(bernomenklatur: Buku, kode: str) -> None:
    assert [t for t in ringkas(ubah(bernomenklatur, "s-5", kode=kode)) if t[0] == "KOD-06"] == [
        ("KOD-06", HARUS, kode, "")
    ]


@pytest.mark.parametrize("kode", ["5.03.02.2.01.03", "5.03.02.2.01.00003"])
def test_kod_07_bentuk_lama_dengan_usulan_menurut_nama(bernomenklatur: Buku, kecil: Buku, kode: str) -> None:
    """The number says nothing: the new kode is that of the name."""
    assert ringkas(ubah(bernomenklatur, "s-5", kode=kode)) == [("KOD-07", CEK, kode, "5.03.02.2.01.0003")]
    assert ringkas(ubah(kecil, "s-5", kode=kode)) == [("KOD-07", CEK, kode, "")]
    lain = ubah(ubah(bernomenklatur, "s-5", kode=kode), "s-5", nama="Tidak dikenal sama sekali")
    assert ringkas(lain) == [("KOD-07", CEK, kode, "")]


def test_kod_08_dua_kode_tertukar(bernomenklatur: Buku) -> None:
    lima, enam = "5.03.02.2.01.0003", "5.03.02.2.01.0006"
    (t,) = periksa(ubah(ubah(bernomenklatur, "s-5", kode=enam), "s-6", kode=lima))
    assert (t.aturan, t.tingkat) == ("KOD-08", HARUS)
    assert [(a.tertulis, a.seharusnya) for a in t.anggota] == [(enam, lima), (lima, enam)]


def test_kode_penunjang_memakai_bidang_sendiri(bernomenklatur: Buku) -> None:
    """The list says X.XX.01 for every agency."""
    butir = [Butir("X.XX.01", Level.PROGRAM, "PROGRAM KEPEGAWAIAN DAERAH")]
    buku = bernomenklatur.ganti({"Nomenklatur": [*bernomenklatur.baris("Nomenklatur"), *baris_nomenklatur(butir)]})
    temuan = [t for t in periksa(ubah(buku, "s-3", kode="5.03.01")) if t.aturan in {"KOD-04", "KOD-05"}]
    assert temuan == []
