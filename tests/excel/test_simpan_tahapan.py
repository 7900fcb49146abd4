"""A stage written into a workbook in its place: own sheets alone change, and other programs keep it whole."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from renja_xl.core.buku import Buku, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.tahapan import ambil_tahapan, daftar_tahapan
from renja_xl.core.tambalan import isian
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.tabel import TAHAPAN_TERSIMPAN
from tests.conftest import ganti_baris, isi
from tests.excel import dibangun
from tests.excel.ragam import simpan_libreoffice, simpan_openpyxl
from tests.fuzz import Hasil, perintah

ANEH = "=1+1 é e\u0301 _x0041_ \n & <b> 😀"


def simpan(path: Path, nama: str, *opsi: str | Path) -> Hasil:
    hasil = perintah("tahapan", "simpan", nama, str(path), *map(str, opsi))
    assert hasil.kode == 0, hasil
    return hasil


@pytest.fixture(scope="module")
def berkas(tmp_path_factory: pytest.TempPathFactory, kecil: Buku) -> Path:
    """A workbook with a stage stored in its place, and odd texts."""
    path = tmp_path_factory.mktemp("tahapan") / "Renja.xlsx"
    buku = isi(ganti_baris(kecil, "Profil", "singkatan", ANEH), "T-C.33", "s-8", {"lokasi": ANEH, "pagu_n": 7_000_05})
    path.write_bytes(bangun(hitung(buku)))
    simpan(path, "Rancangan awal")
    return path


def bagian(isi_: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(isi_)) as z:
        return {n: z.read(n) for n in z.namelist()}


def test_hanya_lembar_sendiri_yang_berubah(berkas: Path) -> None:
    (dulu,) = (berkas.parent / "Cadangan").iterdir()
    lama, baru = bagian(dulu.read_bytes()), bagian(berkas.read_bytes())
    assert set(lama) == set(baru)
    berubah = {n for n in lama if lama[n] != baru[n]}
    wb = load_workbook(berkas)
    nomor = {f"xl/worksheets/sheet{wb.sheetnames.index(n) + 1}.xml": n for n in wb.sheetnames}
    assert {nomor[n] for n in berubah if n in nomor} <= {"Anggaran", "Tahapan", "Kalimat", "Beranda", "Profil"}
    assert all(n.startswith(("xl/worksheets/", "xl/tables/")) or n == "xl/workbook.xml" for n in berubah)
    ws = wb["Tahapan"]
    assert ws.sheet_state == "hidden"
    assert all(c.data_type != "f" for r in ws.iter_rows(min_row=TAHAPAN_TERSIMPAN.baris_pertama) for c in r)


@pytest.mark.parametrize(
    "cara", [lambda isi_: isi_, simpan_openpyxl, simpan_libreoffice], ids=["tetap", "openpyxl", "lo"]
)
def test_selamat_dari_program_lain(berkas: Path, tmp_path: Path, cara) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(cara(berkas.read_bytes()))
    terbaca, asal = baca(path).buku, baca(berkas).buku
    kembali = ambil_tahapan(terbaca, "Rancangan awal", 2025)
    assert kembali == ambil_tahapan(asal, "Rancangan awal", 2025)
    assert isian(kembali) == isian(asal)
    assert kembali.profil("singkatan") == ANEH
    assert [t.anggaran for t in daftar_tahapan(terbaca) if t.tersimpan] == [157_000_05]


def test_tahapan_dan_buku_disandingkan(berkas: Path) -> None:
    tahap = f"{berkas}@Rancangan awal"
    assert perintah("sanding", tahap, str(berkas)).keluaran == "Tidak ada isian atau jumlah yang berbeda.\n"
    daftar = perintah("tahapan", "daftar", str(berkas)).keluaran.splitlines()
    assert len(daftar) == 3
    assert [d.split()[0] for d in daftar[1:]] == ["Rancangan", "Renja"]
    hasil = perintah("sanding", f"{berkas}@Forum", str(berkas))
    assert (hasil.kode, hasil.keluaran) == (2, "")
    assert "Rancangan awal 2025" in hasil.pesan


def test_juga_sebagai_berkas(tmp_path: Path, kecil: Buku) -> None:
    path, berkas = tmp_path / "Renja.xlsx", tmp_path / "Penetapan.xlsx"
    path.write_bytes(dibangun(kecil))
    simpan(path, "Penetapan", "--berkas", berkas)
    assert path.read_bytes() == berkas.read_bytes()
    hasil = perintah("tahapan", "simpan", "APBD", str(path), "--berkas", str(tmp_path / "x.xlsm"))
    assert (hasil.kode, "berakhiran .xlsx" in hasil.pesan) == (2, True)
    assert len(baca(path).buku.baris("Tahapan")) == 1


def test_buku_versi_5_mendapat_lembarnya(tmp_path: Path, kecil: Buku) -> None:
    path = tmp_path / "Renja.xlsx"
    rows = [b.dengan({"nilai": Sel(5.0)}) if b.id == "versi_skema" else b for b in kecil.baris("Profil")]
    path.write_bytes(bangun(kecil.ganti({"Profil": rows})))
    wb = load_workbook(path)
    del wb[TAHAPAN_TERSIMPAN.lembar]
    wb.save(path)
    assert "versi 5 ke versi 6" in simpan(path, "Penetapan").pesan
    terbaca = baca(path)
    assert terbaca.versi == 6
    assert isian(ambil_tahapan(terbaca.buku, "Penetapan", 2025)) == isian(terbaca.buku)
