"""Older masters: brought up to the present layout on the first write, the old file kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from renja_xl.cli import cli
from renja_xl.core import migrasi
from renja_xl.core.buku import Buku, Sel
from renja_xl.core.catatan import dengan_catatan
from renja_xl.core.migrasi import Langkah, kolom_baru, kolom_lama
from renja_xl.core.perbarui import perbarui
from renja_xl.core.waktu import sidik_susunan
from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.panduan import PANDUAN
from renja_xl.periksa import ATURAN, periksa
from renja_xl.tabel import (
    BERANDA,
    CATATAN_PERBAIKAN,
    DASAR_PERHITUNGAN,
    PROFIL,
    REKAP_TRIWULAN,
    SEMUA,
    T_C_33,
    TABEL_DAFTAR,
    TABEL_TERTAUT,
    TRIWULAN,
)
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.profil import VERSI_SKEMA
from renja_xl.tabel.spec import TabelSpec
from tests.conftest import isi

BARU_DI_3 = {"tahapan", "nomor_iku", "nomor_pegawai", "nomor_tujuan", "terakhir_dihitung"}


def _versi(buku: Buku, versi: float | None) -> Buku:
    """The plan as a master of another version would hold it."""
    isi = {"nilai": Sel(versi)}
    rows = [b.dengan(isi) if b["kunci"].nilai == "versi_skema" else b for b in buku.baris(PROFIL.kunci)]
    return buku.ganti({PROFIL.kunci: rows})


def _tanpa_baris(path: Path, kunci: str) -> None:
    """Take a field of Profil out of a workbook, as a master that never had it."""
    wb = load_workbook(path)
    ws = wb[PROFIL.lembar]
    c = PROFIL.letak_kolom["kunci"]
    r = next(r for r in range(1, ws.max_row + 1) if ws.cell(r, c).value == kunci)
    for n in range(1, len(PROFIL.kolom) + 1):
        ws.cell(r, n).value = None
    wb.save(path)


def _sebelum_versi_3(path: Path, buku: Buku, versi: float) -> None:
    """A master as older versions wrote it: the four tables of the plan, and none of the sheets around them."""
    path.write_bytes(bangun(_versi(buku, versi)))
    wb = load_workbook(path)
    for spec in SEMUA:
        if spec.sejak == 3:
            del wb[spec.lembar]
    del wb[PANDUAN], wb.defined_names["cari_kata"]
    for spec in (PROFIL, DASAR_PERHITUNGAN):
        ws, c = wb[spec.lembar], spec.letak_kolom["kunci"]
        for r in range(spec.baris_pertama, ws.max_row + 1):
            if ws.cell(r, c).value in BARU_DI_3 or str(ws.cell(r, c).value).startswith(("kriteria", "batas")):
                for n in range(1, len(spec.kolom) + 1):
                    ws.cell(r, n).value = None
    wb.save(path)


@pytest.fixture
def lama(tmp_path: Path, kecil: Buku) -> Path:
    """A master of version 1: it lacks the choice of marks."""
    path = tmp_path / "Renja.xlsx"
    _sebelum_versi_3(path, kecil, 1.0)
    _tanpa_baris(path, "tanda_catatan")
    return path


def test_buku_lama_dibaca_dalam_susunan_kini(lama: Path) -> None:
    terbaca = baca(lama)
    assert terbaca.versi == 1
    assert terbaca.buku.profil("versi_skema") == VERSI_SKEMA
    assert terbaca.buku.profil("tanda_catatan") == "Ya"


@pytest.mark.parametrize("perintah", [["hitung"], ["perbarui"], ["periksa", "--tulis"]])
def test_dimutakhirkan_saat_ditulis_dan_salinannya_disimpan(lama: Path, kecil: Buku, perintah: list[str]) -> None:
    semula = lama.read_bytes()
    hasil = CliRunner().invoke(cli, [perintah[0], str(lama), *perintah[1:]])
    assert hasil.exit_code in {0, 1}
    assert f"dari versi 1 ke versi {VERSI_SKEMA}" in hasil.stderr
    terbaca = baca(lama)
    assert terbaca.versi == VERSI_SKEMA
    for tabel in ("T-C.29", "T-C.31", "T-C.33", "RKT"):
        assert [b.sel for b in terbaca.buku.baris(tabel)] == [b.sel for b in kecil.baris(tabel)]
    assert [p.read_bytes() for p in (lama.parent / "Cadangan").iterdir()] == [semula]


@pytest.fixture
def versi_2(tmp_path: Path, kecil: Buku) -> Path:
    """A master of version 2."""
    path = tmp_path / "Renja.xlsx"
    _sebelum_versi_3(path, kecil, 2.0)
    return path


def test_versi_2_mendapat_lembar_lain(versi_2: Path, kecil: Buku) -> None:
    """Sheets, declared rows and rates that came with version 3 follow from what is there; inputs stay."""
    terbaca = baca(versi_2)
    assert terbaca.versi == 2
    assert terbaca.buku.baris("Beranda")
    hasil = CliRunner().invoke(cli, ["hitung", str(versi_2)])
    assert hasil.exit_code == 0, hasil.exception or hasil.stderr
    kini = baca(versi_2)
    assert kini.versi == VERSI_SKEMA
    for spec in TABEL_TERTAUT:
        assert [b.sel for b in kini.buku.baris(spec.kunci)] == [b.sel for b in kecil.baris(spec.kunci)]
    segar = perbarui(kecil)
    for spec in TABEL_DAFTAR:
        assert [(b.simpul, b.level) for b in kini.buku.baris(spec.kunci)] == [
            (b.simpul, b.level) for b in segar.baris(spec.kunci)
        ]
    assert {b["kunci"].nilai for b in kini.buku.baris(PROFIL.kunci)} >= BARU_DI_3
    assert {b["kunci"].nilai for b in kini.buku.baris(DASAR_PERHITUNGAN.kunci)} >= {d.kunci for d in DASAR}
    total = {b["kunci"].nilai: b["nilai"].nilai for b in kini.buku.baris("Beranda")}
    assert total["total_pagu"] == {b["kunci"].nilai: b["nilai"].nilai for b in kecil.baris("Beranda")}["total_pagu"]


def test_versi_3_mendapat_catatan_susunannya(tmp_path: Path, kecil: Buku) -> None:
    """Version 4 knows for which inputs its tables were laid out last."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(bangun(_versi(kecil, 3.0)))
    for kunci in ("terakhir_disusun", "tabel_basi", "sidik_susunan"):
        _tanpa_baris(path, kunci)
    hasil = CliRunner().invoke(cli, ["perbarui", str(path)])
    assert hasil.exit_code == 0, hasil.exception or hasil.stderr
    kini = baca(path).buku
    assert kini.profil("tabel_basi") == "Tidak"
    assert kini.profil("sidik_susunan") == sidik_susunan(kini)


def _tanpa_kolom(path: Path, spec: TabelSpec, kunci: Collection[str]) -> None:
    """Take columns out of a sheet and its table, as a master that never had them."""
    wb = load_workbook(path)
    ws = wb[spec.lembar]
    tabel = ws.tables[spec.nama_tabel]
    for k in sorted(kunci, key=lambda k: -spec.letak_kolom[k]):
        ws.delete_cols(spec.letak_kolom[k])
        del tabel.tableColumns[spec.letak_kolom[k] - 1]
    akhir = get_column_letter(len(tabel.tableColumns))
    tabel.ref = tabel.autoFilter.ref = re.sub(r":[A-Z]+", f":{akhir}", tabel.ref)
    wb.save(path)


def test_versi_4_menyimpan_penjelasannya(tmp_path: Path, kecil: Buku) -> None:
    """Version 5 knows for which numbers a finding was explained; what an older master has explained stays so."""
    path = tmp_path / "Renja.xlsx"
    buku = isi(kecil, "T-C.29", "s-5", {"tingkat_realisasi_n2": 75.0})
    buku = dengan_catatan(_versi(buku, 4.0), periksa(buku))
    rows = [b.dengan({"keadaan": Sel("Dijelaskan: menurut DPA")}) for b in buku.baris(CATATAN_PERBAIKAN.kunci)]
    beranda = [b for b in buku.baris(BERANDA.kunci) if b["kunci"].nilai not in {"catatan_sisa", "catatan_hit"}]
    path.write_bytes(bangun(buku.ganti({CATATAN_PERBAIKAN.kunci: rows, BERANDA.kunci: beranda})))
    _tanpa_kolom(path, CATATAN_PERBAIKAN, [k for tabel, k in kolom_baru(4) if tabel == CATATAN_PERBAIKAN.kunci])
    dibaca = CliRunner().invoke(cli, ["periksa", str(path)])
    assert dibaca.exit_code == 0, dibaca.stderr
    assert "1 sudah dijelaskan" in dibaca.stdout
    hasil = CliRunner().invoke(cli, ["periksa", str(path), "--tulis"])
    assert hasil.exit_code == 0, hasil.exception or hasil.stderr
    assert f"dari versi 4 ke versi {VERSI_SKEMA}" in hasil.stderr
    kini = baca(path)
    assert kini.versi == VERSI_SKEMA
    b = next(b for b in kini.buku.baris(CATATAN_PERBAIKAN.kunci) if b["aturan"].nilai == "HIT-08")
    assert (b["keadaan"].nilai, b["tertulis"].nilai) == ("Dijelaskan: menurut DPA", "75")
    assert b["dasar"].nilai == ATURAN["HIT-08"].dasar
    assert b["sidik"].nilai
    total = {x["kunci"].nilai: x["nilai"].nilai for x in kini.buku.baris(BERANDA.kunci)}
    assert str(total["catatan_sisa"]).endswith(" catatan")
    assert total["catatan_dijelaskan"] == 1


def test_versi_5_mendapat_triwulan(tmp_path: Path, kecil: Buku) -> None:
    """Version 6 brings sheets for the quarters, laid out and computed from what is there; inputs stay."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(bangun(_versi(kecil, 5.0)))
    wb = load_workbook(path)
    for spec in SEMUA:
        if spec.sejak == VERSI_SKEMA:
            del wb[spec.lembar]
    wb.save(path)
    hasil = CliRunner().invoke(cli, ["hitung", str(path)])
    assert hasil.exit_code == 0, hasil.exception or hasil.stderr
    assert f"dari versi 5 ke versi {VERSI_SKEMA}" in hasil.stderr
    kini = baca(path).buku
    for tabel in (TRIWULAN.kunci, REKAP_TRIWULAN.kunci, *(s.kunci for s in TABEL_TERTAUT)):
        assert [b.sel for b in kini.baris(tabel)] == [b.sel for b in kecil.baris(tabel)]
    assert kini.baris(TRIWULAN.kunci)


def test_lembar_versi_kini_tidak_boleh_hilang(tmp_path: Path, kecil: Buku) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(bangun(kecil))
    wb = load_workbook(path)
    del wb["Renstra"]
    wb.save(path)
    with pytest.raises(BukuTidakTerbacaError, match="'Renstra' tidak ada"):
        baca(path)


def test_membaca_saja_tidak_mengubah_buku_lama(lama: Path) -> None:
    semula = lama.read_bytes()
    CliRunner().invoke(cli, ["periksa", str(lama)])
    assert lama.read_bytes() == semula


def test_tambahan_di_buku_lama_tidak_dibuang(lama: Path) -> None:
    wb = load_workbook(lama)
    wb.create_sheet("Hitungan saya")["A1"] = 5
    wb.save(lama)
    semula = lama.read_bytes()
    hasil = CliRunner().invoke(cli, ["hitung", str(lama)])
    assert hasil.exit_code != 0
    assert "Hitungan saya" in str(hasil.exception)
    assert lama.read_bytes() == semula


def test_susunan_rekaan_versi_0(tmp_path: Path, kecil: Buku, monkeypatch: pytest.MonkeyPatch) -> None:
    """An invented first layout: another column number, and the year under another key."""

    def tahun_bernama_lain(buku: Buku) -> Buku:
        rows = [
            b.dengan({"kunci": Sel("tahun_anggaran")}) if b["kunci"].nilai == "tahun" else b
            for b in buku.baris(PROFIL.kunci)
        ]
        return buku.ganti({PROFIL.kunci: rows})

    path = tmp_path / "Renja.xlsx"
    path.write_bytes(bangun(_versi(kecil, 0.0)))
    wb = load_workbook(path)
    nomor = T_C_33.kolom[6].nomor
    monkeypatch.setattr(
        migrasi, "LANGKAH", {**migrasi.LANGKAH, 0: Langkah(tahun_bernama_lain, {(T_C_33.kunci, "lama"): nomor})}
    )
    ws = wb[T_C_33.lembar]
    ws.cell(T_C_33.baris_nomor, 7).value = "lama"
    tabel = next(iter(ws.tables.values()))
    tabel.tableColumns[6].name = "lama"
    profil = wb[PROFIL.lembar]
    c = PROFIL.letak_kolom["kunci"]
    r = next(r for r in range(1, profil.max_row + 1) if profil.cell(r, c).value == "tahun_anggaran")
    profil.cell(r, c).value = "tahun"
    wb.save(path)
    assert kolom_lama(0) == {(T_C_33.kunci, "lama"): nomor}
    terbaca = baca(path)
    assert terbaca.versi == 0
    assert terbaca.buku.tahun == kecil.tahun
    kunci = T_C_33.kolom[6].kunci
    assert [b[kunci].nilai for b in terbaca.buku.baris(T_C_33.kunci)] == [
        b[kunci].nilai for b in kecil.baris(T_C_33.kunci)
    ]


def test_buku_yang_lebih_baru_ditolak(tmp_path: Path, kecil: Buku) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(bangun(_versi(kecil, float(VERSI_SKEMA + 1))))
    hasil = CliRunner().invoke(cli, ["hitung", str(path)])
    assert "lebih baru" in str(hasil.exception)
