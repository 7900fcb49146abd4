"""Quarterly realisation from a table: what is read, what is refused, and that nothing is half done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from renja_xl.core.buku import Buku
from renja_xl.core.impor_triwulan import HasilImpor, impor_triwulan
from renja_xl.deret import baca_deret
from renja_xl.tabel import TRIWULAN
from tests.conftest import baris_simpul, isi

SUB, LAIN, PROGRAM = "5.03.02.2.01.0003", "5.03.02.2.01.0006", "5.03.02"
KEPALA = ["Kode", "Triwulan", "K", "Rp"]


def _impor(buku: Buku, *rows: Sequence[str], kepala: Sequence[str] = KEPALA, **pilihan: bool) -> HasilImpor:
    return impor_triwulan(buku, [["Realisasi"], list(kepala), *map(list, rows)], **pilihan)


def test_mengisi_menurut_kode(kecil: Buku) -> None:
    hasil = _impor(
        kecil,
        [SUB, "I", "1", "10.000,50"],
        [SUB, "TW 2", "1,5 dok", "Rp20.000"],
        [LAIN, "triwulan iii", "", "5000"],
        ["", "", "", ""],
    )
    assert not hasil.masalah
    b = baris_simpul(hasil.buku, TRIWULAN.kunci, "s-5")
    assert [b[k].nilai for k in ("k_tw1", "rp_tw1", "k_tw2", "rp_tw2")] == [1.0, 10_000_50, 1.5, 20_000_00]
    assert baris_simpul(hasil.buku, TRIWULAN.kunci, "s-6")["rp_tw3"].nilai == 5_000_00
    assert len(hasil.ubahan) == 5
    assert any("triwulan I, II belum diisi" in c for c in hasil.catatan)


def test_judul_kolom_lain(kecil: Buku) -> None:
    hasil = _impor(kecil, ["8.000", "2", SUB], kepala=["Realisasi Anggaran (Rp)", "TW", "Kode Rekening"])
    assert not hasil.masalah
    assert baris_simpul(hasil.buku, TRIWULAN.kunci, "s-5")["rp_tw2"].nilai == 8_000_00


def test_indikator_dipilih_bila_ada_beberapa(kecil: Buku) -> None:
    kepala = [*KEPALA, "Indikator"]
    tanpa = _impor(kecil, [PROGRAM, "1", "80", ""])
    assert "ada beberapa indikator" in tanpa.masalah[0]
    hasil = _impor(kecil, [PROGRAM, "1", "250", "", "indeks  sistem merit"], kepala=kepala)
    assert baris_simpul(hasil.buku, TRIWULAN.kunci, "s-3", "i-4")["k_tw1"].nilai == 250.0
    assert "indikatornya tidak ada" in _impor(kecil, [PROGRAM, "1", "1", "", "Lain"], kepala=kepala).masalah[0]


@pytest.mark.parametrize(
    ("baris", "pesan"),
    [
        (["9.99.99", "1", "1", ""], "Baris 3: kode “9.99.99” tidak ada"),
        ([SUB, "5", "1", ""], "triwulan “5” tidak dikenali"),
        ([SUB, "1", "satu", ""], "K “satu” tidak terbaca"),
        ([SUB, "1", "", "259.987.00,00"], "Rp “259.987.00,00” tidak terbaca"),
        ([SUB, "1", "1,400", ""], "ribuan atau desimal"),
        ([SUB, "1", "-3", ""], "negatif"),
        ([SUB, "1", "5 orang", ""], "bersatuan orang, sedangkan indikatornya Dokumen"),
        ([PROGRAM, "1", "", "5000"], "Rp hanya diisi pada sub kegiatan"),
    ],
)
def test_yang_meragukan_menahan_semuanya(kecil: Buku, baris: list[str], pesan: str) -> None:
    hasil = _impor(kecil, baris, [LAIN, "1", "1", "1000"])
    assert pesan in hasil.masalah[0]
    assert hasil.buku is kecil


def test_dua_nilai_untuk_satu_triwulan(kecil: Buku) -> None:
    assert "sudah disebut lain di baris 3" in _impor(kecil, [SUB, "1", "1", ""], [SUB, "I", "2", ""]).masalah[0]
    assert not _impor(kecil, [SUB, "1", "1", ""], [SUB, "I", "1", ""]).masalah


def test_isian_lama_tidak_ditimpa_tanpa_diminta(kecil: Buku) -> None:
    lama = isi(kecil, TRIWULAN.kunci, "s-5", {"rp_tw1": 9_000_00})
    hasil = _impor(lama, [SUB, "1", "", "9500"])
    assert "sudah berisi 9.000, bukan 9.500" in hasil.masalah[0]
    assert hasil.buku is lama
    assert not _impor(lama, [SUB, "1", "", "9.000"]).ubahan
    ganti = _impor(lama, [SUB, "1", "", "9500"], timpa=True)
    assert baris_simpul(ganti.buku, TRIWULAN.kunci, "s-5")["rp_tw1"].nilai == 9_500_00


def test_angka_kumulatif_dikenali_dan_dijadikan_per_triwulan(kecil: Buku) -> None:
    """40, 70, 95 thousand of a budget of 100 thousand: together more than the budget, each less."""
    rows = ([SUB, "1", "1", "40.000"], [SUB, "2", "2", "70.000"], [SUB, "3", "3", "95.000"])
    assert _impor(kecil, *rows).kumulatif
    assert not _impor(kecil, *rows, kumulatif=False).kumulatif
    b = baris_simpul(_impor(kecil, *rows, kumulatif=True).buku, TRIWULAN.kunci, "s-5")
    assert [b[f"rp_tw{q}"].nilai for q in (1, 2, 3)] == [40_000_00, 30_000_00, 25_000_00]
    assert [b[f"k_tw{q}"].nilai for q in (1, 2, 3)] == [1.0, 1.0, 1.0]
    turun = _impor(kecil, [SUB, "1", "", "40.000"], [SUB, "2", "", "30.000"], kumulatif=True)
    assert "lebih kecil daripada triwulan sebelumnya" in turun.masalah[0]
    assert not _impor(kecil, [SUB, "1", "", "20.000"], [SUB, "2", "", "30.000"]).kumulatif


def test_tanpa_kepala(kecil: Buku) -> None:
    assert "Kepala kolom tidak dikenali" in impor_triwulan(kecil, [["a", "b"], ["1", "2"]]).masalah[0]


def test_kepala_yang_dapat_berarti_dua(kecil: Buku) -> None:
    """A budget beside the spending is not taken for it; where the heading does not tell, nothing is."""
    hasil = _impor(kecil, [SUB, "1", "999", "8.000"], kepala=["Kode", "TW", "Pagu Anggaran", "Realisasi (Rp)"])
    assert not hasil.masalah
    assert baris_simpul(hasil.buku, TRIWULAN.kunci, "s-5")["rp_tw1"].nilai == 8_000_00
    dua = _impor(kecil, [SUB, "1", "999", "8.000"], kepala=["Kode", "TW", "Anggaran", "Realisasi Rp"])
    assert "kolom Rp lebih dari satu (“Anggaran”, “Realisasi Rp”)" in dua.masalah[0]
    assert not dua.ubahan


def test_tanpa_kode_dan_tanpa_baris(kecil: Buku) -> None:
    assert "kodenya kosong" in _impor(kecil, ["", "1", "1", "5.000"]).masalah[0]
    assert "belum ada satu baris pun" in _impor(kecil).masalah[0]


@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_sandi_csv(sandi: str, tmp_path: Path) -> None:
    """As Excel saves a list: CSV UTF-8, Unicode Text, CSV of Windows."""
    path = tmp_path / "d.csv"
    path.write_bytes("Kode;TW;K;Catatan\r\n1.02;1;1;± café\r\n".encode(sandi))
    assert baca_deret(path) == [["Kode", "TW", "K", "Catatan"], ["1.02", "1", "1", "± café"]]
