"""There and back: a master is sent, edited in LibreOffice as Bappeda would, checked, taken back, applied and laid out."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from renja_xl.bappeda.kirim import Kiriman
from renja_xl.cli import cli
from renja_xl.core.buku import Buku
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.usulan import teks
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.paket import Paket
from renja_xl.excel.tulis import versi_sebelumnya
from renja_xl.periksa import periksa
from renja_xl.tabel import USULAN_BAPPEDA
from tests.bappeda.kembali import sel_dari
from tests.conftest import baris_simpul
from tests.libre import sunting

SUNTINGAN = """
Sub Sunting(doc)
  v = doc.Sheets.getByName("Verifikasi Bappeda")
  v.unprotect("")
  v.getCellRangeByName("{v5_keputusan}").String = "Perlu perbaikan"
  v.getCellRangeByName("{v5_usulan_pagu}").Value = 90000
  v.getCellRangeByName("{v5_catatan}").String = "Melebihi plafon"
  v.getCellRangeByName("{v8_keputusan}").String = "Sesuai"
  v.Annotations.insertNew(v.getCellRangeByName("{v6_nama}").CellAddress, "Mohon lampirkan dasar hukumnya")
  Dim urut(0) As New com.sun.star.table.TableSortField
  urut(0).Field = 6 : urut(0).IsAscending = False
  Dim cara(1) As New com.sun.star.beans.PropertyValue
  cara(0).Name = "SortFields" : cara(0).Value = urut()
  cara(1).Name = "ContainsHeader" : cara(1).Value = False
  v.getCellRangeByName("{v_semua}").sort(cara())
  t = doc.Sheets.getByName("T-C.33")
  t.unprotect("")
  t.getCellRangeByName("{t8_target_n}").Value = 9
  t.getCellRangeByName("{t8_lokasi}").String = "Kuaro"
  baris = t.getCellRangeByName("{t8_nama}").CellAddress.Row
  t.Rows.insertByIndex(baris, 1)
  t.getCellByPosition({kolom_kode}, baris).String = "5.03.02.2.02.0007"
  t.getCellByPosition({kolom_nama}, baris).String = "Uji Kompetensi"
  t.getCellByPosition({kolom_pagu}, baris).Value = 5000
End Sub
"""


def jalan(*isian: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, isian)), catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pulang")


@pytest.fixture(scope="module")
def induk(buku_kecil: Buku, folder: Path) -> Path:
    path = folder / "Renja.xlsx"
    path.write_bytes(bangun(buku_kecil))
    return path


@pytest.fixture(scope="module")
def disunting(kiriman: Kiriman, buku_kecil: Buku, folder: Path) -> Path:
    """The copy after Bappeda: values, decisions and a comment, rows sorted, a row inserted, saved by LibreOffice."""
    asal = folder / "Kirim.xlsx"
    asal.write_bytes(kiriman.isi)
    paket = Paket(asal, kiriman.isi)
    t8 = baris_simpul(buku_kecil, "T-C.33", "s-8").id

    def alamat(lembar: str, baris: str, kolom: str) -> str:
        r, c = sel_dari(paket, lembar, baris, kolom)
        return f"{huruf_kolom(c)}{r}"

    isian = {f"v{s}_{k}": alamat("Verifikasi Bappeda", f"s-{s}", k) for s in (5, 6, 8)
             for k in ("keputusan", "usulan_pagu", "catatan", "nama")}  # fmt: skip
    isian |= {f"t8_{k}": alamat("T-C.33", t8, k) for k in ("target_n", "lokasi", "nama")}
    awal, akhir = alamat("Verifikasi Bappeda", "s-3", "kode"), alamat("Verifikasi Bappeda", "s-8", "simpul")
    kolom = {f"kolom_{k}": str(sel_dari(paket, "T-C.33", t8, n)[1] - 1)
             for k, n in (("kode", "kode"), ("nama", "nama"), ("pagu", "pagu_n"))}  # fmt: skip
    return sunting(asal, folder / "Hasil.xlsx", SUNTINGAN.format(**isian, **kolom, v_semua=f"{awal}:{akhir}"))


@pytest.fixture(scope="module")
def diterima(induk: Path, disunting: Path) -> Result:
    return jalan("terima", induk, disunting)


def isi_zip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as z:
        return {n: z.read(n) for n in z.namelist()}


def test_cek_berkas_menyebut_yang_berubah(disunting: Path, kiriman: Kiriman) -> None:
    hasil = jalan("cek-berkas", disunting, "--kode", kiriman.kode)
    assert hasil.exit_code == 1
    for kata in (
        "Melebihi plafon",
        "Rp90.000",
        "kini Kuaro",
        "semula 5, kini 9",
        "Uji Kompetensi",
        "dipindah ke baris",
    ):
        assert kata in hasil.stdout, kata
    assert "sama dengan surat pengantar" in hasil.stdout
    assert "perlindungan lembar dibuka" in hasil.stdout


def test_terima_hanya_mengisi_lembar_sendiri(induk: Path, buku_kecil: Buku, diterima: Result) -> None:
    """Proposals stand in their sheet; every other part is the same to the byte, the former file is kept."""
    assert diterima.exit_code == 0
    (semula,) = versi_sebelumnya(induk)
    lama, baru = isi_zip(semula.read_bytes()), isi_zip(induk.read_bytes())
    paket = Paket(induk, induk.read_bytes())
    milik = {paket.lembar[USULAN_BAPPEDA.lembar], paket.buku}
    beda = {n for n in baru if baru[n] != lama.get(n)}
    assert beda - milik == {n for n in beda if n.startswith("xl/tables/")}
    assert len(beda - milik) == 1
    tampil = re.sub(rb'(<sheet name="Usulan Bappeda"[^>]*?) state="hidden"', rb"\1", lama[paket.buku])
    assert baru[paket.buku] == tampil != lama[paket.buku], (
        "the workbook part says that the sheet shows, and nothing else"
    )
    kini = baca(induk).buku
    assert kini.baris("T-C.33") == buku_kecil.baris("T-C.33")
    kolom = ("jenis", "kode", "dikirim", "usulan", "keputusan", "catatan")
    baris_baru = [b for b in kini.baris(USULAN_BAPPEDA.kunci) if teks(b, "jenis") == "Baris baru"]
    assert [teks(b, "usulan").partition("\n")[0] for b in baris_baru] == ["Kode: 5.03.02.2.02.0007"]
    assert {tuple(teks(b, k) for k in kolom) for b in kini.baris(USULAN_BAPPEDA.kunci) if b not in baris_baru} == {
        ("Keputusan", "5.03.02.2.01.0003", "", "", "Perlu perbaikan", "Melebihi plafon"),
        ("Usulan pagu", "5.03.02.2.01.0003", "Rp100.000", "Rp90.000", "Perlu perbaikan", "Melebihi plafon"),
        ("Keputusan", "5.03.02.2.02.0001", "", "", "Sesuai", ""),
        ("Komentar", "5.03.02.2.01.0006", "Administrasi Pemberhentian", "", "", "Mohon lampirkan dasar hukumnya"),
        ("Perubahan isian", "5.03.02.2.02.0001", "5", "9", "", ""),
        ("Perubahan isian", "5.03.02.2.02.0001", "Tanah Grogot", "Kuaro", "", ""),
    }


def test_terapkan_perbarui_periksa(induk: Path, disunting: Path, diterima: Result) -> None:
    assert diterima.exit_code == 0
    ulang = jalan("terima", induk, disunting)
    assert "Tidak ada yang baru" in ulang.stdout
    terap = jalan("terima", induk, "--terapkan", "--semua")
    assert terap.exit_code == 0, terap.output
    assert "4 usulan diterapkan" in terap.stdout
    assert "renja-xl perbarui" in terap.stderr
    assert jalan("perbarui", induk).exit_code == 0
    buku = baca(induk).buku
    (baru,) = (s for s in buku.simpul if s.nama == "Uji Kompetensi")
    assert [baris_simpul(buku, "T-C.33", s)["pagu_n"].nilai for s in ("s-5", "s-4", "s-8", baru.id, "s-7", "s-3")] == [
        90_000_00, 140_000_00, 7_000_00, 5_000_00, 12_000_00, 152_000_00,
    ]  # fmt: skip
    assert (
        baris_simpul(buku, "T-C.33", "s-8")["target_n"].nilai,
        baris_simpul(buku, "RKT", "s-8")["target"].nilai,
    ) == (
        9.0,
        9.0,
    )
    milik = [t for t in periksa(buku) if t.aturan in {"KSG-11", "KSG-12"}]
    assert [(t.aturan, t.kode) for t in milik] == [("KSG-12", "5.03.02.2.01.0006")], "only the comment waits"
    assert jalan("periksa", induk, "--aturan", "ROL").exit_code == 0
