"""An invented agency's own workbook: silent where it is right, and each fault found at its own cell."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from renja_xl.cli import cli
from renja_xl.core.bahan import Bahan
from renja_xl.core.buku import Level
from renja_xl.core.temuan import Tingkat
from renja_xl.errors import BukuTidakTerbacaError, SumberTidakTerbacaError
from renja_xl.excel.baca_kisi import baca_kisi
from renja_xl.isi import folder_workbook, nomenklatur
from renja_xl.periksa import periksa
from renja_xl.sumber import HasilBuku, baca_apa_saja, baca_sumber
from tests.resmi.dinas import BUTIR, TAHUN, Ubahan, buat_dinas, jumlah

LITERASI, PUSTAKA, BACA = "2.23.02", "2.23.02.2.01.0012", "2.23.02.2.02"


def berat(h: HasilBuku) -> set[tuple[str, str, str]]:
    """Grave findings: rule, place, what should stand there."""
    temuan = periksa(h.buku, (), Bahan(letak=h.letak))
    return {
        (t.aturan, h.letak.tempat(t.tabel, t.baris, t.kolom), t.seharusnya)
        for t in temuan
        if t.tingkat is Tingkat.HARUS_DIPERBAIKI
    }


@pytest.mark.parametrize("ribuan", [False, True])
def test_buku_yang_benar_tidak_bercatatan_berat(tmp_path: Path, ribuan: bool) -> None:
    path = tmp_path / "Renja Dinas.xlsx"
    letak = buat_dinas(path, ribuan=ribuan)
    h = baca_apa_saja(path)
    assert h.peta is not None
    assert h.buku.tahun == TAHUN
    rencana = [b for b in h.buku.baris("T-C.33") if b.level is not Level.TOTAL]
    assert [(b["kode"].nilai, b["nama"].nilai, b["pagu_n"].nilai) for b in rencana] == [
        (b.kode, b.nama, 100 * (b.pagu or jumlah(b.kode))) for b in BUTIR
    ]
    assert [h.letak.sel("T-C.33", b.id, "pagu_n") for b in rencana] == [f"F{letak['Rencana', b.kode]}" for b in BUTIR]
    assert [
        (b["target_renstra"].nilai, b["satuan_target_renstra"].nilai, b["satuan_realisasi_n2"].nilai)
        for b in h.buku.baris("T-C.29")
    ] == [(b.target * (1 if b.satuan in {"%", "Indeks"} else 5), b.satuan, b.satuan) for b in BUTIR]
    assert h.buku.profil("kabupaten") == "KABUPATEN TELUK INDAH"
    assert h.buku.profil("kode_bidang_urusan") == "2.23"
    assert berat(h) == set()
    assert sum(1 for k in h.kisi for s in k.sel.values() if s.rumus) > 40


@pytest.mark.parametrize(
    ("tempat", "nilai", "aturan", "seharusnya"),
    [
        (("Rencana", LITERASI, "F"), 271_375_001, "ROL-01", "271.375.000"),
        (("Rencana", BACA, "F"), 54_625, "ROL-01", "54.625.000"),
        (("Rencana", "JUMLAH", "F"), 2_676_356_250, "ROL-01", "2.776.356.250"),
        (("T-C 29", PUSTAKA, "I"), 75, "HIT-08", "98,96"),
        (("T-C 29", LITERASI, "K"), 70.5, "HIT-10", "60,515"),
        (("T-C 29", PUSTAKA, "L"), 0.566, "HIT-11", "56,6"),
    ],
)
def test_satu_kesalahan_ditemukan_di_selnya(
    tmp_path: Path, tempat: tuple[str, str, str], nilai: Any, aturan: str, seharusnya: str
) -> None:
    path = tmp_path / "Renja Dinas.xlsx"
    letak = buat_dinas(path, Ubahan({tempat: nilai}))
    lembar, kode, kolom = tempat
    baris = letak.get((lembar, kode), 7 + len(BUTIR))
    h = baca_apa_saja(path)
    assert (aturan, f"{lembar}!{kolom}{baris}", seharusnya) in berat(h)
    saran = [t.perbaikan for t in periksa(h.buku, (aturan,), Bahan(h.letak, h.kisi))]
    assert not any("Hitung Ulang" in s for s in saran)  # a button that this workbook does not have


def test_jumlah_dari_angka_teks_disebut_di_selnya(tmp_path: Path) -> None:
    path = tmp_path / "Renja Dinas.xlsx"
    letak = buat_dinas(path, teks_angka=True)
    assert ("FMT-04", f"Rencana!F{letak['Rencana', PUSTAKA]}", "96000000") in {
        (a, t, s.replace(".", "")) for a, t, s in berat(baca_apa_saja(path))
    }


def test_nilai_galat_disebut_apa_adanya(tmp_path: Path) -> None:
    """A cell that shows an error is not said to be empty."""
    asal, path = tmp_path / "asal.xlsx", tmp_path / "Renja Dinas.xlsx"
    letak = buat_dinas(asal)
    wb = load_workbook(asal)
    wb["T-C 29"][f"I{letak['T-C 29', PUSTAKA]}"] = "#DIV/0!"
    wb.save(path)
    h = baca_apa_saja(path)
    temuan = periksa(h.buku, ("HIT-08",), Bahan(h.letak, h.kisi))
    assert [(t.tertulis, t.seharusnya) for t in temuan if "#DIV/0!" in t.pesan] == [("#DIV/0!", "98,96")]


# ── commands, and what is no workbook of tables ───────────────────────────────────────────────────────────────


def test_impor_menulis_buku_induk_dan_melaporkan_pemetaan(tmp_path: Path) -> None:
    path, induk = tmp_path / "Renja Dinas.xlsx", tmp_path / "Induk.xlsx"
    buat_dinas(path)
    hasil = CliRunner().invoke(cli, ["impor", str(path), "-o", str(induk), "--pemetaan"])
    assert hasil.exit_code == 0, hasil.output
    assert "T-C.33 dari Rencana!A4:I19: 13 baris." in hasil.stderr
    assert "C “Indikator Kinerja” dibaca sebagai" in hasil.stderr
    h = baca_apa_saja(induk)
    assert h.peta is None
    assert h.buku.baris("T-C.33")[2].asal is not None
    assert {s.lembar for s in h.kisi} >= {"T-C.33", "Belum Terpetakan"}
    with pytest.raises(SumberTidakTerbacaError, match=r"sudah berupa buku induk; mohon"):
        baca_sumber(induk, nomenklatur())


def test_induk_kosong_dikenali_sebagai_induk() -> None:
    assert baca_apa_saja(folder_workbook() / "Renja-Master.xlsx").peta is None


@pytest.mark.parametrize(
    ("nama", "isi", "pesan"),
    [
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 4000,
            "utuh",
        ),
        ("b.xls", b"\t\x08" + b"\0" * 50, "format Excel lama"),
        ("c.csv", b"no;nama\n1;x\n", "teks biasa"),
        ("d.xlsx", b"PK\3\4rusak", "rusak"),
        ("e.ods", b"", "kosong"),
    ],
)
def test_yang_bukan_buku_ditolak_dengan_saran(tmp_path: Path, nama: str, isi: bytes, pesan: str) -> None:
    path = tmp_path / nama
    path.write_bytes(isi)
    with pytest.raises(BukuTidakTerbacaError, match=pesan) as galat:
        baca_apa_saja(path)
    assert "mohon" in str(galat.value)


def ods(path: Path, isi: str) -> Path:
    kepala = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        "<office:body><office:spreadsheet>"
    )
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        z.writestr("content.xml", f"{kepala}{isi}</office:spreadsheet></office:body></office:document-content>")
    return path


def lembar_ods(*baris: tuple[int, int]) -> str:
    """A sheet of rows that claim to repeat, each with one filled cell that claims to repeat: (rows, columns)."""
    isi = "".join(
        f'<table:table-row table:number-rows-repeated="{r}"><table:table-cell office:value-type="float" office:value="1" '
        f'table:number-columns-repeated="{c}"/></table:table-row>'
        for r, c in baris
    )
    return f'<table:table table:name="A">{isi}</table:table>'


@pytest.mark.parametrize("baris", [[(1_048_576, 1)], [(1, 16_384)], [(1000, 1000)], [(100, 100)] * 30])
def test_ods_yang_mengembang_ditolak(tmp_path: Path, baris: list[tuple[int, int]]) -> None:
    with pytest.raises(BukuTidakTerbacaError, match="diulang"):
        baca_kisi(ods(tmp_path / "bom.ods", lembar_ods(*baris)))


def test_ods_kosong_di_ujung_diterima_dan_rumusnya_terbaca(tmp_path: Path) -> None:
    isi = (
        '<table:table table:name="A"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Satu</text:p><text:p>dua</text:p>'
        "</table:table-cell><table:covered-table-cell/>"
        '<table:table-cell office:value-type="percentage" office:value="0.5" table:formula="of:=SUM([.A1:.B2];[$Lain.C3])/2"/>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    (k,) = baca_kisi(ods(tmp_path / "a.ods", isi))
    assert k.sel[1, 1].nilai == "Satu\ndua"
    assert (k.sel[1, 3].nilai, k.sel[1, 3].rumus, k.sel[1, 3].format) == (0.5, "SUM(A1:B2,Lain!C3)/2", "0%")
    assert (k.gabungan, k.kolom_tersembunyi, k.ukuran) == (((1, 1, 1, 2),), frozenset({3}), (1, 3))


def test_ods_dengan_entitas_ditolak(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        z.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(BukuTidakTerbacaError, match="DOCTYPE"):
        baca_kisi(path)


def test_xls_rusak_tidak_menjatuhkan(tmp_path: Path) -> None:
    """Random bytes inside a compound file end in advice, never in a fault of the reader."""
    kepala = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    path = tmp_path / "x.xls"
    path.write_bytes(kepala + bytes(range(256)) * 8 + "Workbook".encode("utf-16-le"))
    with pytest.raises(BukuTidakTerbacaError):
        baca_kisi(path)
