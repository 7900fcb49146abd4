"""What a planner does to Program & Sub Kegiatan in a finished workbook, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Sel
from renja_xl.core.catatan import segarkan_catatan
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.core.satuan import cara_hitung_bawaan
from renja_xl.excel.baca import baca
from renja_xl.isi import nomenklatur
from renja_xl.periksa import periksa
from renja_xl.tabel import CATATAN_PERBAIKAN, MENURUT_KUNCI
from renja_xl.tsv import impor_folder
from tests.excel import dibangun

Ubah = Callable[[Any], None]
KOLOM = MENURUT_KUNCI[STRUKTUR].letak_kolom


@pytest.fixture(scope="module")
def paket(normal: Buku) -> bytes:
    return dibangun(normal)


def sunting(paket: bytes, tmp_path: Path, ubah: Ubah) -> Buku:
    """The Paser plan after an edit of its struktur sheet by another program."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(paket)
    wb = load_workbook(path)
    ubah(wb[STRUKTUR])
    wb.save(path)
    return baca(path).buku


def baris_bernama(ws: Any, nama: str) -> int:
    return next(r for r in range(1, ws.max_row + 1) if ws.cell(r, KOLOM["nama"]).value == nama)


def tulis(ws: Any, r: int, isi: Mapping[str, str]) -> None:
    for kunci, nilai in isi.items():
        ws.cell(r, KOLOM[kunci], nilai)


def uang(buku: Buku, tabel: str, nama: str, kolom: str) -> Sel:
    simpul = next(s.id for s in buku.simpul if s.nama == nama)
    return next(b for b in buku.baris(tabel) if b.simpul == simpul)[kolom]


def test_simpul_baru_tidak_mewarisi_isian_simpul_yang_dihapus(paket: bytes, tmp_path: Path) -> None:
    """The highest id is free again once its row is gone; the linked tables still know it."""

    def ganti(ws: Any) -> None:
        terakhir = max(
            (r for r in range(5, ws.max_row + 1) if ws.cell(r, KOLOM["simpul"]).value),
            key=lambda r: str(ws.cell(r, KOLOM["simpul"]).value),
        )
        ws.delete_rows(terakhir)
        sasaran = baris_bernama(ws, "Pengelolaan Promosi ASN")
        ws.insert_rows(sasaran)
        tulis(ws, sasaran, {"level": "Sub kegiatan", "nama": "Sub Sama Sekali Baru", "indikator": "Jumlah uji"})

    buku = sunting(paket, tmp_path, ganti)
    dikenal = {b.simpul for t in ("T-C.29", "T-C.31", "T-C.33", "RKT") for b in buku.baris(t)}
    assert next(s.id for s in buku.simpul if s.nama == "Sub Sama Sekali Baru") not in dikenal
    hasil = hitung(perbarui(buku))
    assert uang(hasil, "T-C.31", "Sub Sama Sekali Baru", "kebutuhan_dana").nilai is None


def test_salinan_di_atas_aslinya_yang_menjadi_baru(paket: bytes, tmp_path: Path) -> None:
    def salin(ws: Any) -> None:
        r = baris_bernama(ws, "Pengelolaan Mutasi ASN")
        isi = [ws.cell(r, c).value for c in range(1, ws.max_column + 1)]
        ws.insert_rows(r)
        for c, nilai in enumerate(isi, 1):
            ws.cell(r, c, nilai)
        tulis(ws, r, {"nama": "Salinan Baru", "kode": ""})

    hasil = hitung(perbarui(sunting(paket, tmp_path, salin)))
    assert uang(hasil, "T-C.31", "Pengelolaan Mutasi ASN", "kebutuhan_dana").nilai == 10_294_300_000
    assert uang(hasil, "T-C.31", "Salinan Baru", "kebutuhan_dana").nilai is None


def test_kegiatan_menjadi_sub_kegiatan_tidak_membawa_jumlahnya(normal: Buku) -> None:
    nama = "Mutasi dan Promosi ASN"
    simpul = tuple(replace(s, level=Level.SUB_KEGIATAN) if s.nama == nama else s for s in normal.simpul)
    hasil = hitung(perbarui(replace(normal, simpul=simpul)))
    for tabel, kolom in (("T-C.31", "pagu_rkpd"), ("T-C.31", "kebutuhan_dana"), ("T-C.33", "pagu_n")):
        sel = uang(hasil, tabel, nama, kolom)
        assert (sel.nilai, sel.rumus) == (None, False)


def test_sub_kegiatan_menjadi_kegiatan_menyimpan_pagunya(normal: Buku) -> None:
    nama = "Pengelolaan Kenaikan Pangkat ASN"
    simpul = tuple(replace(s, level=Level.KEGIATAN) if s.nama == nama else s for s in normal.simpul)
    hasil = hitung(perbarui(replace(normal, simpul=simpul)))
    simpanan = {(b["tabel"].nilai, b["kolom"].nilai): b["nilai"].nilai for b in hasil.baris("Baris Dihapus")}
    assert simpanan["T-C.31", "kebutuhan_dana"] == 242_484_000.0
    assert simpanan["T-C.33", "pagu_n"] == 100_444_000.0


def test_catatan_mengikuti_selnya_dan_menyimpan_penjelasan(normal: Buku) -> None:
    semula = normal.baris(CATATAN_PERBAIKAN.kunci)
    dijelaskan = semula[0].dengan({"keadaan": Sel("Dijelaskan: sesuai DPA")})
    buku = normal.ganti({CATATAN_PERBAIKAN.kunci: (dijelaskan, *semula[1:])})
    hasil = segarkan_catatan(buku, periksa(buku)).baris(CATATAN_PERBAIKAN.kunci)
    keadaan = {b["rujukan"].nilai: b["keadaan"].nilai for b in hasil}
    assert keadaan[dijelaskan["rujukan"].nilai] == "Dijelaskan: sesuai DPA"
    assert set(keadaan) == {b["rujukan"].nilai for b in semula}


def test_catatan_sendiri_dan_yang_belum_tuntas_tetap_belum(normal: Buku) -> None:
    """LNK-02 is rearranged, not settled, by a recompute; what a planner wrote there is nobody's to settle."""
    sendiri = Baris("cat-9999", Level.DATA, {"pesan": Sel("tanya Bappeda"), "keadaan": Sel("Belum")})
    buku = normal.ganti({CATATAN_PERBAIKAN.kunci: (*normal.baris(CATATAN_PERBAIKAN.kunci), sendiri)})
    hasil = segarkan_catatan(buku, periksa(buku)).baris(CATATAN_PERBAIKAN.kunci)
    assert [b["keadaan"].nilai for b in hasil if b["aturan"].nilai == "LNK-02"] == ["Belum"]
    assert [b["keadaan"].nilai for b in hasil if b["pesan"].nilai == "tanya Bappeda"] == ["Belum"]


def test_baris_yang_diadopsi_tidak_mewarisi_simpul_yang_dihapus(normal: Buku) -> None:
    """A row typed into T-C.33 joins the struktur under an id that no removed node had."""
    terakhir = max(normal.simpul, key=lambda s: s.id)
    tanpa = replace(
        normal,
        simpul=tuple(s for s in normal.simpul if s.id != terakhir.id),
        indikator=tuple(i for i in normal.indikator if i.simpul != terakhir.id),
    )
    ketikan = Baris("", Level.DATA, {"kode": Sel("5.03.01.2.06.0011"), "nama": Sel("Dukungan SPBE")})
    hasil = perbarui(tanpa.ganti({"T-C.33": (*tanpa.baris("T-C.33"), ketikan)}))
    assert next(s.id for s in hasil.simpul if s.nama == "Dukungan SPBE") != terakhir.id


def test_teks_di_sel_angka_yang_diimpor_tetap_diberitahukan(normal: Buku) -> None:
    rows = list(normal.baris("T-C.31"))
    n = next(n for n, b in enumerate(rows) if b.level is Level.SUB_KEGIATAN and b["pagu_rkpd"].asli)
    for teks, aturan in (("150.000.000", "FMT-04"), ("Rp 5 juta", "FMT-01"), ("2025-03-05", "FMT-01")):
        rows[n] = rows[n].dengan({"pagu_rkpd": Sel(teks, rows[n]["pagu_rkpd"].asli)})
        temuan = periksa(normal.ganti({"T-C.31": rows}), (aturan,))
        assert [t.tertulis for t in temuan if t.baris == rows[n].id] == [teks]


def test_konstanta_di_sel_turunan_rkt_diberitahukan(normal: Buku) -> None:
    rows = list(normal.baris("RKT"))
    n = next(n for n, b in enumerate(rows) if b["anggaran"].nilai == 10_294_300_000)
    rows[n] = rows[n].dengan({"anggaran": Sel(77_700, rows[n]["anggaran"].asli)})
    temuan = [t for t in periksa(normal.ganti({"RKT": rows}), ("LNK-01",)) if t.baris == rows[n].id]
    assert [(t.tertulis, t.seharusnya, t.tingkat.value) for t in temuan] == [("777", "102.943.000", "perlu_dicek")]


def test_jumlah_yang_diketik_pada_induk_tanpa_rincian_tersimpan(normal: Buku) -> None:
    """Typed over an imported amount: the newer number is what a recompute would otherwise lose."""
    rows = list(normal.baris("T-C.33"))
    n = next(n for n, b in enumerate(rows) if b["pagu_n"].asli == "1.770.218.000")
    rows[n] = rows[n].dengan({"pagu_n": Sel(222_200_000_000, rows[n]["pagu_n"].asli)})
    hasil = hitung(normal.ganti({"T-C.33": rows}))
    assert hasil.baris("T-C.33")[n]["pagu_n"] == Sel(0, "2.222.000.000", rumus=True)
    assert [t.tertulis for t in periksa(hasil, ("LOG-01",))] == ["2.222.000.000"]


def test_kode_induk_yang_melingkar_tidak_menggantung(tmp_path: Path) -> None:
    kepala = ["baris", "level", *(k.nama(2025) for k in MENURUT_KUNCI["T-C.29"].kolom_tercetak)]
    isi = ["\t".join(kepala), "1\tprogram\t5.03.01\tProgram Uji", "2\tkegiatan\t5.03\tKegiatan Uji"]
    (tmp_path / "t_c_29.tsv").write_text("\n".join(isi) + "\n", encoding="utf-8")
    buku = impor_folder(tmp_path, nomenklatur())
    assert [s.nama for s in buku.simpul] == ["Program Uji", "Kegiatan Uji"]


@pytest.mark.parametrize(
    ("satuan", "indikator", "cara"),
    [
        ("Persentase", "Jumlah ASN", "posisi_akhir"),
        ("% (persen)", "Jumlah ASN", "posisi_akhir"),
        ("persen/tahun", "Jumlah ASN", "posisi_akhir"),
        ("Angka Indeks", "Jumlah ASN", "posisi_akhir"),
        ("Dokumen", "Persentase ASN", "dijumlahkan"),
        ("Orang/Bulan", "Indeks ASN", "dijumlahkan"),
        (None, "1. Persentase ASN", "posisi_akhir"),
        (None, "a. Indeks ASN", "posisi_akhir"),
        (None, "1. Jumlah ASN", "dijumlahkan"),
    ],
)
def test_satuan_dan_kata_pertama_menentukan_cara_hitung(satuan: str | None, indikator: str, cara: str) -> None:
    assert cara_hitung_bawaan([satuan], indikator).value == cara
