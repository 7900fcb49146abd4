"""Commands that make a workbook: demo, baru, impor, ekspor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import (
    BERKAS,
    baca_buku,
    buat_folder,
    cetak_perubahan,
    kabar,
    lebar,
    opsi_keluaran,
    pastikan_buku,
    tulis_berkas,
    tulis_buku,
)

if TYPE_CHECKING:
    from renja_xl.core.buku import Buku


@click.command(cls=Perintah)
@click.option(
    "--keluaran",
    type=BERKAS,
    default=Path("demo-renja"),
    metavar="DIR",
    help="Folder hasil (bawaan: demo-renja).",
)
def demo(keluaran: Path) -> None:
    """Kerjakan rencana nyata BKPSDM Kabupaten Paser 2025 dari awal sampai buku jadi.

    Tabel tercetak diimpor, diperiksa, dihitung ulang, lalu ditulis sebagai buku induk beserta daftar catatannya.

    \b
    Contoh:
      renja-xl demo --keluaran hasil
    """
    import json
    from datetime import datetime

    from renja_xl.alur import catat_tercetak, rapikan_tercetak
    from renja_xl.core.catatan import terpenting
    from renja_xl.core.letak import letak_bawaan
    from renja_xl.core.waktu import catat_susunan
    from renja_xl.isi import folder_contoh
    from renja_xl.laporan_html import Bagian, laporan_html
    from renja_xl.periksa import periksa
    from renja_xl.periksa.laporan import kalimat_ringkas, ke_json, tabel_teks

    buat_folder(keluaran)
    tercetak = _impor(folder_contoh("paser-2025"))
    temuan = periksa(tercetak)
    letak = letak_bawaan(tercetak)
    nama_tercetak, nama_induk, nama_makro = (
        "Renja-Paser-2025 apa adanya.xlsx",
        "Renja-Paser-2025.xlsx",
        "Renja-Paser-2025.xlsm",
    )
    tulis_buku(keluaran / nama_tercetak, catat_tercetak(tercetak))
    saat = datetime.now()
    normal = catat_susunan(rapikan_tercetak(tercetak), saat)
    tulis_buku(keluaran / nama_induk, normal)
    tulis_buku(keluaran / nama_makro, normal)
    isi = json.dumps(ke_json(nama_tercetak, tercetak, temuan, letak), ensure_ascii=False, indent=2)
    tulis_berkas(keluaran / "catatan.json", f"{isi}\n".encode())
    html = laporan_html([Bagian(nama_tercetak, tercetak, temuan, letak)], saat)
    tulis_berkas(keluaran / "catatan.html", html.encode())

    click.echo("Rencana tercetak BKPSDM Kabupaten Paser 2025")
    click.echo(f"  {kalimat_ringkas(temuan)}")
    click.echo("\nSepuluh yang terpenting (pada buku apa adanya):\n")
    for baris in tabel_teks(terpenting(temuan, 10), letak, lebar()):
        click.echo(baris)
    click.echo("\nJumlah yang berubah setelah dihitung ulang:\n")
    cetak_perubahan(tercetak, normal)
    click.echo("\nHasil:")
    click.echo(f"  {keluaran / nama_induk}: buku induk, semua angka sudah dihitung ulang")
    click.echo(f"  {keluaran / nama_makro}: buku yang sama dengan tombol RENJA, untuk Excel")
    click.echo(f"  {keluaran / nama_tercetak}: angka seperti tercetak, untuk diperiksa")
    click.echo(
        f"  {keluaran / 'catatan.html'}: seluruh catatan sebagai kertas kerja, untuk dibaca di ponsel atau dicetak"
    )
    click.echo(f"  {keluaran / 'catatan.json'}: catatan yang sama untuk program lain")


@click.command(cls=Perintah)
@opsi_keluaran
@click.option("--contoh", metavar="NAMA", help="Isi dengan rencana contoh: paser-2025.")
@click.option("--tahun", type=click.IntRange(1990, 2199), metavar="N", help="Tahun rencana (bawaan: tahun depan).")
def baru(keluaran: Path, contoh: str | None, tahun: int | None) -> None:
    """Buat buku induk baru.

    \b
    Contoh:
      renja-xl baru -o Renja-2026.xlsm --tahun 2026
      renja-xl baru -o Contoh.xlsx --contoh paser-2025
    """
    from datetime import date

    from renja_xl.alur import buku_baru, rapikan_tercetak
    from renja_xl.isi import daftar_contoh, folder_contoh, nomenklatur

    pastikan_buku(keluaran)
    if contoh is None:
        tulis_buku(keluaran, buku_baru(tahun or date.today().year + 1, nomenklatur()))
        return
    if contoh not in daftar_contoh():
        raise click.BadParameter(
            f"'{contoh}' tidak ada; yang tersedia: {', '.join(daftar_contoh())}", param_hint="--contoh"
        )
    if tahun is not None:
        raise click.UsageError("--tahun tidak dapat dipakai bersama --contoh: tahunnya mengikuti contoh.")
    tulis_buku(keluaran, rapikan_tercetak(_impor(folder_contoh(contoh))))


@click.command(cls=Perintah)
@click.argument("sumber", type=BERKAS, nargs=-1, required=True)
@opsi_keluaran
@click.option("--apa-adanya", is_flag=True, help="Pertahankan angka tercetak, juga di sel hitungan, untuk diperiksa.")
@click.option("--pemetaan", is_flag=True, help="Sebut semua kolom beserta asalnya, juga yang pasti.")
def impor(sumber: tuple[Path, ...], keluaran: Path, apa_adanya: bool, pemetaan: bool) -> None:
    """Jadikan buku kerja bertabel resmi, atau folder tabel TSV, sebuah buku induk.

    SUMBER boleh lebih dari satu: berkas .xlsx, .xlsm, .xls, atau .ods buatan sendiri, dan folder TSV. Tabel dikenali dari
    judul dan kepalanya; laporan pemetaan menyebut apa yang diambil dari mana. Tanpa --apa-adanya, tabel dirapikan menurut
    strukturnya dan semua angka dihitung ulang; yang salah pada sumbernya tercatat di lembar Catatan Perbaikan.

    \b
    Contoh:
      renja-xl impor "Renja 2025.xlsx" -o Renja-2025.xlsx
      renja-xl impor evaluasi.xls rencana.ods -o Renja-2025.xlsm
      renja-xl impor tabel-2025/ -o Tercetak.xlsx --apa-adanya
    """
    from datetime import datetime

    from renja_xl.alur import catat_tercetak, rapikan_tercetak
    from renja_xl.core.waktu import catat_susunan
    from renja_xl.isi import nomenklatur
    from renja_xl.laporan_pemetaan import laporan_pemetaan
    from renja_xl.periksa import periksa
    from renja_xl.periksa.laporan import kalimat_ringkas
    from renja_xl.sumber import impor as impor_sumber

    pastikan_buku(keluaran)
    tercetak, peta = impor_sumber(sumber, nomenklatur())
    for p in peta:
        for baris in laporan_pemetaan(p, rinci=pemetaan):
            kabar(baris)
    kabar(f"Terbaca dari {', '.join(map(str, sumber))}. {kalimat_ringkas(periksa(tercetak))}")
    if apa_adanya:
        tulis_buku(keluaran, catat_tercetak(tercetak))
        return
    normal = catat_susunan(rapikan_tercetak(tercetak), datetime.now())
    tulis_buku(keluaran, normal)
    cetak_perubahan(tercetak, normal)


def _impor(sumber: Path) -> Buku:
    from renja_xl.isi import nomenklatur
    from renja_xl.tsv import impor_folder

    return impor_folder(sumber, nomenklatur())


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS)
@click.option("-o", "keluaran", type=BERKAS, required=True, metavar="DIR", help="Folder hasil.")
def ekspor(buku: Path, keluaran: Path) -> None:
    """Ekspor setiap tabel ke CSV beserta datapackage.json; tiap baris memuat id, kode, dan asalnya.

    \b
    Contoh:
      renja-xl ekspor Renja.xlsx -o data/
    """
    from renja_xl.ekspor import ekspor as ekspor_buku

    terbaca = baca_buku(buku)
    buat_folder(keluaran)
    for nama, isi in ekspor_buku(terbaca.buku):
        tulis_berkas(keluaran / nama, isi)
