"""Command line: parse, call, print, exit code. Heavy imports stay inside the commands."""

from __future__ import annotations

import click

from renja_xl import __version__
from renja_xl.bahasa import Grup, jalankan
from renja_xl.cli.audit import periksa
from renja_xl.cli.berbagi import cek_berkas, kirim, terima
from renja_xl.cli.konsolidasi import rekap
from renja_xl.cli.olah import hitung, perbarui
from renja_xl.cli.pemasangan import cek_pemasangan, pasang
from renja_xl.cli.rencana import baru, demo, ekspor, impor
from renja_xl.cli.riwayat import riwayat
from renja_xl.cli.siklus import sanding, tahapan
from renja_xl.cli.tahun import tahun_berikutnya, triwulan
from renja_xl.cli.telusur import telusuri


@click.group(cls=Grup, context_settings={"help_option_names": ["--help"], "max_content_width": 100})
@click.version_option(__version__, message="renja-xl %(version)s", help="Tampilkan versi.")
def cli() -> None:
    """Menyusun, menghitung, dan memeriksa Renja perangkat daerah dalam buku kerja Excel.

    \b
    Contoh:
      renja-xl demo
      renja-xl periksa Renja.xlsx
    """


for perintah in (
    demo,
    baru,
    impor,
    hitung,
    perbarui,
    periksa,
    ekspor,
    rekap,
    kirim,
    cek_berkas,
    terima,
    tahapan,
    sanding,
    tahun_berikutnya,
    triwulan,
    telusuri,
    riwayat,
    pasang,
    cek_pemasangan,
):
    cli.add_command(perintah)


def utama() -> None:
    """Entry point."""
    jalankan(cli)


__all__ = ["cli", "hitung", "utama"]
