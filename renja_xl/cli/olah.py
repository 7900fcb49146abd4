"""Commands that bring a workbook up to date: hitung, perbarui."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import (
    BERKAS,
    baca_untuk_ditulis,
    cetak_perubahan,
    kabar,
    kabar_tak_dibawa,
    opsi_keluaran_pilihan,
    tulis_berkas,
    tulis_kembali,
)

if TYPE_CHECKING:
    from renja_xl.core.buku import Buku
    from renja_xl.excel.baca import Terbaca
    from renja_xl.excel.setempat import Tambalan


_BATAS_SEBUT = 5


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS)
@opsi_keluaran_pilihan
def hitung(buku: Path, keluaran: Path | None) -> None:
    """Hitung ulang semua sel hitungan di tempatnya; setiap jumlah yang berubah dicetak, lama → baru.

    Hanya nilai sel hitungan yang berubah; lembar, format, dan rumus lain tetap seperti semula. Versi sebelumnya disimpan
    di folder Cadangan.

    \b
    Contoh:
      renja-xl hitung Renja.xlsx
      renja-xl hitung Renja.xlsx -o Renja-hitung.xlsx
    """
    from datetime import datetime

    from renja_xl.core.hitung import hitung as hitung_buku
    from renja_xl.core.waktu import catat_waktu
    from renja_xl.excel.setempat import tulis_setempat
    from renja_xl.tabel import ASLI, PERHITUNGAN

    terbaca, semula = baca_untuk_ditulis(buku, PERHITUNGAN)
    hasil = hitung_buku(terbaca.buku, terbaca.letak)
    tambalan = tulis_setempat(terbaca, hasil)
    if tambalan.perlu_semua:
        terbaca, semula = baca_untuk_ditulis(buku)
        hasil = hitung_buku(terbaca.buku, terbaca.letak)
    if tambalan.sel:
        hasil = catat_waktu(hasil, datetime.now())
        perlu_semua = tambalan.perlu_semua
        tambalan = tulis_setempat(terbaca, hasil)
        if perlu_semua:
            tambalan.tanpa_asli = ASLI.lembar not in terbaca.paket.lembar
            tambalan.isi = _simpan_ketikan(buku, tambalan.isi, hasil)
    _tulis_tambalan(buku, keluaran, semula, tambalan, terbaca.buku, hasil)
    cetak_perubahan(terbaca.buku, hasil)


def _tulis_tambalan(
    buku: Path, keluaran: Path | None, semula: bytes, tambalan: Tambalan, lama: Buku, hasil: Buku
) -> None:
    """Write a recomputed workbook, and say what a planner should know of it."""
    tulis_kembali(buku, keluaran, semula, tambalan.isi, lama, hasil)
    from renja_xl.laporan_perubahan import perubahan_rumus

    simpanan = "di buku sebelumnya" if tambalan.tanpa_asli else "di lembar _asli"
    for kalimat in perubahan_rumus(tambalan.dipulihkan, tambalan.asing, _BATAS_SEBUT, simpanan):
        kabar(kalimat)
    if tambalan.hitung_saat_buka:
        kabar("Buku ini memuat rumus atau grafik lain; Excel akan menghitung ulang semuanya saat buku dibuka.")


def _simpan_ketikan(path: Path, isi: bytes, hasil: Buku) -> bytes:
    """The package with ``_asli`` holding what was typed over computed cells."""
    from renja_xl.excel.baca import baca_paket
    from renja_xl.excel.paket import Paket
    from renja_xl.excel.susun_tabel import susun_tabel
    from renja_xl.tabel import ASLI

    return susun_tabel(baca_paket(Paket(path, isi)), hasil, [ASLI])


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS)
@opsi_keluaran_pilihan
def perbarui(buku: Path, keluaran: Path | None) -> None:
    """Susun ulang tabel menurut lembar Program & Sub Kegiatan, lalu hitung ulang.

    Isian tetap pada barisnya; isian dari baris yang hilang disimpan di lembar Baris Dihapus. Lembar, kolom, dan format
    tambahan tetap ada; bila tidak pasti, buku dibiarkan dan sebabnya disebut. Buku .xlsx mendapat tombol RENJA bila ditulis
    sebagai .xlsm.

    \b
    Contoh:
      renja-xl perbarui Renja.xlsx
      renja-xl perbarui Renja.xlsx -o Renja-baru.xlsx
      renja-xl perbarui Renja.xlsx -o Renja.xlsm
    """
    from datetime import datetime

    from renja_xl.core.catatan import segarkan_catatan
    from renja_xl.core.hitung import hitung as hitung_buku
    from renja_xl.core.perbarui import perbarui as perbarui_buku
    from renja_xl.core.waktu import catat_susunan, sidik_susunan
    from renja_xl.excel.induk import bangun_induk, bermakro
    from renja_xl.excel.susun_tabel import DISUSUN, letak_susunan
    from renja_xl.laporan_perubahan import perubahan_baris
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.tabel import CATATAN_PERBAIKAN
    from renja_xl.tabel.profil import YA

    terbaca, semula = baca_untuk_ditulis(buku)
    lama = terbaca.buku
    hasil = perbarui_buku(lama)
    letak = letak_susunan(terbaca, hasil, DISUSUN)
    hasil = hitung_buku(hasil, letak)
    if lama.baris(CATATAN_PERBAIKAN.kunci):
        hasil = segarkan_catatan(hasil, periksa_buku(hasil), letak)
    if keluaran is not None and bermakro(keluaran) and not bermakro(buku):
        tulis_berkas(keluaran, bangun_induk(catat_susunan(hasil, datetime.now()), keluaran))
        if terbaca.paket.data == semula:  # of an older layout nothing foreign is there, else it was refused
            kabar_tak_dibawa(buku, terbaca)
    else:
        isi = _susun(buku, terbaca, hasil)
        dahulu = lama.profil("sidik_susunan")
        if isi != semula or lama.profil("tabel_basi") == YA or dahulu not in {None, sidik_susunan(hasil)}:
            isi = _susun(buku, terbaca, catat_susunan(hasil, datetime.now()))
        tulis_kembali(buku, keluaran, semula, isi, lama, hasil)
    for baris in perubahan_baris(lama, hasil):
        click.echo(baris)
    cetak_perubahan(lama, hasil)


def _susun(path: Path, terbaca: Terbaca, hasil: Buku) -> bytes:
    """The workbook with its tables laid out anew: in place, or rebuilt where nothing foreign would be lost."""
    from renja_xl.errors import AkanHilangError, TidakDapatDitambalError
    from renja_xl.excel.asing import pastikan_tak_hilang
    from renja_xl.excel.induk import bangun_induk, bermakro
    from renja_xl.excel.susun_tabel import DISUSUN, susun_tabel

    try:
        isi = susun_tabel(terbaca, hasil, DISUSUN)
    except TidakDapatDitambalError as galat:
        if terbaca.paket.bertanda_tangan or path.suffix.lower() not in {".xlsx", ".xlsm"}:
            raise
        try:
            pastikan_tak_hilang(path, terbaca, bangun_induk(terbaca.buku, path))
        except AkanHilangError:
            raise galat from None
        return bangun_induk(hasil, path)
    if not bermakro(path):
        return isi
    from renja_xl.excel.vba import makro_baru

    return makro_baru(isi, path)
