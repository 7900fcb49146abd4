"""The planning cycle: sanding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import (
    BERKAS,
    baca_buku,
    kabar,
)

if TYPE_CHECKING:
    from renja_xl.core.sanding import Sanding
    from renja_xl.excel.baca import Terbaca


_BATAS_VERSI = 20


@click.command(cls=Perintah)
@click.argument("lama", type=BERKAS)
@click.argument("baru", type=BERKAS, required=False)
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
def sanding(lama: Path, baru: Path | None, sebagai_json: bool) -> None:
    """Sandingkan dua versi buku: baris, isian, dan jumlah yang berubah, lama → baru.

    Dengan satu buku saja, dibandingkan dengan versi terakhir di folder Cadangan yang isiannya berbeda.

    \b
    Contoh:
      renja-xl sanding Renja.xlsx
      renja-xl sanding "Cadangan/Renja (2026-11-24 10.00.00).xlsx" Renja.xlsx
    """
    import json

    from renja_xl.laporan_sanding import ke_json, ke_teks

    if baru is None:
        sumber, terbaca, s = _sanding_cadangan(lama)
    else:
        from renja_xl.core.sanding import sandingkan

        terbaca, sumber = baca_buku(baru), lama
        s = sandingkan(baca_buku(lama).buku, terbaca.buku, terbaca.letak)
    if sebagai_json:
        click.echo(json.dumps(ke_json(s), ensure_ascii=False, indent=2))
        return
    kabar(f"Dibandingkan dengan {sumber}.")
    if s.isian_sama and not s.total:
        click.echo("Tidak ada isian atau jumlah yang berbeda.")
        return
    for baris in ke_teks(s, terbaca.buku):
        click.echo(baris)


def _sanding_cadangan(path: Path) -> tuple[Path, Terbaca, Sanding]:
    """A workbook beside the newest of its copies in which something typed differs, else beside the oldest looked at."""
    from renja_xl.core.sanding import sandingkan
    from renja_xl.errors import SumberTidakTerbacaError
    from renja_xl.excel.tulis import versi_sebelumnya

    terbaca = baca_buku(path)
    versi = versi_sebelumnya(path)[:_BATAS_VERSI]
    if not versi:
        raise SumberTidakTerbacaError(
            f"Belum ada versi sebelumnya dari {path} di folder Cadangan; mohon sebut buku lamanya: renja-xl sanding LAMA BARU."
        )
    for sumber in versi:
        hasil = sandingkan(baca_buku(sumber).buku, terbaca.buku, terbaca.letak)
        if not hasil.isian_sama:
            break
    return sumber, terbaca, hasil
