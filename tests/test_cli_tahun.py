"""The commands of the new year and of the quarters: files in, files out, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from renja_xl.cli import cli
from renja_xl.core.buku import Buku
from renja_xl.errors import RenjaError
from renja_xl.excel.baca import baca
from renja_xl.tabel import CATATAN_PERBAIKAN, REKAP_TRIWULAN, T_C_33, TRIWULAN, TUGAS
from tests.conftest import baris_simpul
from tests.excel import dibangun


@pytest.fixture
def path(tmp_path: Path, kecil: Buku) -> Path:
    hasil = tmp_path / "Renja 2025.xlsx"
    hasil.write_bytes(dibangun(kecil))
    return hasil


def _jalan(*isian: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, isian)))


def _galat(hasil: Result) -> str:
    assert isinstance(hasil.exception, RenjaError), hasil.output
    return str(hasil.exception)


def test_tahun_berikutnya_dengan_tombol(path: Path) -> None:
    semula, baru = path.read_bytes(), path.with_name("Renja 2026.xlsm")
    wb = load_workbook(path)
    wb.create_sheet("Hitungan saya")["A1"] = 5
    wb.save(path.with_name("Bersama.xlsx"))
    hasil = _jalan("tahun-berikutnya", path.with_name("Bersama.xlsx"), "-o", baru)
    assert hasil.exit_code == 0, hasil.exception
    assert "Buku tahun 2026 berangkat dari Bersama.xlsx" in hasil.stdout
    assert "yang tidak dibawa: lembar 'Hitungan saya'" in hasil.stderr
    terbaca = baca(baru)
    assert terbaca.buku.tahun == 2026
    assert "vbaProject.bin" in str(terbaca.paket.entri)
    b = baris_simpul(terbaca.buku, T_C_33.kunci, "s-5")
    assert b["pagu_n"].nilai == 220_000_00  # kebutuhan 200.000 × 1,1
    assert b.asal is not None
    assert (b.asal.berkas, b.asal.baris) == ("Bersama.xlsx [T-C.33]", "13")
    assert load_workbook(path.with_name("Bersama.xlsx"))[T_C_33.lembar].cell(13, 2).value == "5.03.02.2.01.0003"
    assert path.read_bytes() == semula
    wb = load_workbook(baru)
    assert wb[TUGAS.lembar].sheet_state == "visible"
    assert wb[CATATAN_PERBAIKAN.lembar]["A1"].value
    assert not any("2024" in str(c.value) for c in wb["T-C.33"][6])
    assert "2026" in str(wb["T-C.33"]["A2"].value)


def test_tahun_berikutnya_menolak_dengan_sopan(path: Path) -> None:
    semula = path.read_bytes()
    assert "adalah buku asalnya sendiri dan tidak boleh tertimpa" in _galat(
        _jalan("tahun-berikutnya", path, "-o", path)
    )
    baru = path.with_name("B.xlsx")
    pesan = _galat(_jalan("tahun-berikutnya", path, "-o", baru, "--evaluasi", path))
    assert "adalah buku tahun 2025" in pesan
    assert "mohon sebut buku tahun 2024" in pesan
    assert path.read_bytes() == semula
    assert not baru.exists()


def test_impor_triwulan_di_tempat(path: Path) -> None:
    data = path.with_name("tw.csv")
    data.write_text("Kode;TW;K;Rp\n5.03.02.2.01.0003;1;1;25.000\n5.03.02.2.02.0001;I;2;3.500\n", encoding="utf-8")
    semula = path.read_bytes()
    hasil = _jalan("triwulan", "impor", path, data)
    assert hasil.exit_code == 0, hasil.exception
    assert "4 sel realisasi triwulan terisi" in hasil.stdout
    kini = baca(path).buku
    assert baris_simpul(kini, TRIWULAN.kunci, "s-5")["rp_tw1"].nilai == 25_000_00
    assert baris_simpul(kini, TRIWULAN.kunci, "s-3")["rp_tw1"].nilai == 28_500_00
    assert kini.baris(REKAP_TRIWULAN.kunci)[0]["realisasi"].nilai == 28_500_00
    assert [p.read_bytes() for p in (path.parent / "Cadangan").iterdir()] == [semula]

    data.write_text("Kode,TW,Rp\n5.03.02.2.01.0003,1,26000\n9.99,2,1\n", encoding="utf-8")
    ditulis = path.read_bytes()
    hasil = _jalan("triwulan", "impor", path, data)
    assert "2 hal belum dapat dipakai" in _galat(hasil)
    assert "Baris 3: kode “9.99” tidak ada" in hasil.stderr
    assert "sudah berisi 25.000, bukan 26.000" in hasil.stderr
    assert path.read_bytes() == ditulis


def test_impor_triwulan_menanyakan_angka_kumulatif(path: Path) -> None:
    data = path.with_name("tw.tsv")
    rows = ["Kode\tTW\tRp", *(f"5.03.02.2.01.0003\t{q}\t{n}" for q, n in ((1, 40_000), (2, 70_000), (3, 95_000)))]
    data.write_text("\n".join(rows), encoding="utf-8")
    assert "--nilai kumulatif" in _galat(_jalan("triwulan", "impor", path, data))
    assert _jalan("triwulan", "impor", path, data, "--nilai", "kumulatif").exit_code == 0
    b = baris_simpul(baca(path).buku, TRIWULAN.kunci, "s-5")
    assert [b[f"rp_tw{q}"].nilai for q in (1, 2, 3)] == [40_000_00, 30_000_00, 25_000_00]


def test_keluaran_tidak_menimpa_asalnya(path: Path) -> None:
    """Nor does a command write into a copy that was sent."""
    semula, kirim = path.read_bytes(), path.with_name("Kirim.xlsx")
    for isian in (
        ("sanding", path, path, "-o", path),
        ("sanding", path, "--t-c-31", "-o", path),
        ("rekap", path.parent, "-o", path, "--tanpa-periksa"),
        ("kirim", path, "-o", path),
        ("tahapan", "simpan", "APBD", path, "--berkas", path),
    ):
        assert "tidak boleh tertimpa" in _galat(_jalan(*isian))
    assert path.read_bytes() == semula
    assert _jalan("kirim", path, "-o", kirim, "--tetap").exit_code == 0
    for perintah in ("hitung", "perbarui"):
        assert "adalah salinan untuk Bappeda" in _galat(_jalan(perintah, kirim))
    satu_rusak = _jalan("cek-berkas", path, kirim)  # what cannot be used does not keep the others from being told
    assert (satu_rusak.exit_code, "Kirim.xlsx: utuh" in satu_rusak.stdout) == (2, True)
    assert "bukan salinan untuk Bappeda" in satu_rusak.stderr
    assert "sebut juga pembandingnya" in _jalan("sanding", f"{path}@APBD").stderr
