"""Setting up Excel: pasang, cek-pemasangan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import (
    BERKAS,
    kabar,
)

if TYPE_CHECKING:
    pass


@click.command(cls=Perintah)
@click.option("--coba", is_flag=True, help="Tampilkan yang akan dikerjakan tanpa mengerjakannya.")
@click.option("--sistem", type=click.Choice(["windows", "mac"]), help="Sistem yang dicoba (bersama --coba).")
def pasang(coba: bool, sistem: str | None) -> None:
    """Siapkan Excel pengguna ini agar menemukan Python, tanpa izin administrator.

    \b
    Contoh:
      renja-xl pasang
      renja-xl pasang --coba --sistem windows
    """
    from renja_xl.pasang import lingkungan
    from renja_xl.pasang.pasang import jalankan, rencana

    if sistem is not None and not coba:
        raise click.UsageError("--sistem hanya dapat dipakai bersama --coba.")
    langkah = rencana(lingkungan.untuk(sistem))
    if not langkah:
        click.echo("Tidak ada yang perlu dikerjakan: Excel sudah mengenal Python ini.")
        return
    click.echo("Yang akan dikerjakan:" if coba else "Dikerjakan:")
    for bagian in langkah:
        click.echo(f"  {bagian.kalimat}")
        for baris in bagian.rincian:
            click.echo(f"    {baris}")
    if not coba:
        for salinan in jalankan(langkah):
            kabar(f"Versi sebelumnya disimpan: {salinan}")


@click.command("cek-pemasangan", cls=Perintah)
@click.argument("buku", type=BERKAS, required=False)
def cek_pemasangan(buku: Path | None) -> None:
    """Periksa pemasangan Excel, makro, dan Python, beserta cara memperbaikinya.

    \b
    Contoh:
      renja-xl cek-pemasangan Renja.xlsm
    """
    from renja_xl.pasang.cek import periksa_pemasangan

    hasil = periksa_pemasangan(buku)
    for b in hasil:
        click.echo(f"{'Baik ' if b.baik else 'Perlu'}  {b.nama}: {b.pesan}")
        if b.perbaikan:
            click.echo(f"       {b.perbaikan}")
    kurang = sum(not b.baik for b in hasil)
    click.echo(f"{kurang} hal perlu diperbaiki." if kurang else "Semua yang diperiksa baik.")
