"""The audit: periksa."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import (
    BERKAS,
    baca_buku,
    baca_untuk_ditulis,
    kabar,
    lebar,
    tulis_kembali,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renja_xl.core.temuan import Temuan
    from renja_xl.excel.baca import Terbaca


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS, nargs=-1, required=True)
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option("--aturan", multiple=True, metavar="ID", help="Hanya aturan atau kelompok ini, misalnya HIT-08 atau ROL.")
@click.option("--tulis", "ditulis", is_flag=True, help="Isi lembar Catatan Perbaikan di buku itu dan tandai selnya.")
def periksa(buku: tuple[Path, ...], sebagai_json: bool, aturan: tuple[str, ...], ditulis: bool) -> None:
    """Periksa angka dan teks buku induk: apa yang tertulis, apa yang seharusnya, dan cara memperbaikinya.

    Kode keluar 1 bila ada yang harus diperbaiki.

    \b
    Contoh:
      renja-xl periksa Renja.xlsx
      renja-xl periksa Renja.xlsx --aturan HIT --json
      renja-xl periksa Renja.xlsx --tulis
    """
    import json

    from renja_xl.periksa import ATURAN
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.periksa.laporan import TIDAK_DIPERIKSA, kalimat_ringkas, ke_json, tabel_teks

    for a in aturan:
        if not any(k == a.upper() or k.startswith(f"{a.upper()}-") for k in ATURAN):
            raise click.BadParameter(f"'{a}' tidak dikenal; yang ada {', '.join(ATURAN)}", param_hint="--aturan")
    if aturan and ditulis:
        raise click.UsageError("--tulis tidak dapat dipakai bersama --aturan: lembar catatan memuat semua aturan.")
    hasil: list[tuple[Path, Terbaca, Sequence[Temuan]]] = []
    for path in buku:
        if ditulis:
            hasil.append((path, *_tulis_catatan(path)))
            continue
        terbaca = baca_buku(path)
        hasil.append((path, terbaca, periksa_buku(terbaca.buku, tuple(a.upper() for a in aturan))))
    if sebagai_json:
        objek = [ke_json(str(p), t.buku, temuan, t.letak) for p, t, temuan in hasil]
        click.echo(json.dumps(objek[0] if len(objek) == 1 else objek, ensure_ascii=False, indent=2))
    else:
        for path, terbaca, temuan in hasil:
            click.echo(f"{path}: {kalimat_ringkas(temuan)}")
            if temuan:
                click.echo()
                for baris in tabel_teks(temuan, terbaca.letak, lebar()):
                    click.echo(baris)
                click.echo()
        kabar(TIDAK_DIPERIKSA)
    if any(t.tingkat.value == "harus_diperbaiki" for _, _, temuan in hasil for t in temuan):
        sys.exit(1)


def _tulis_catatan(path: Path) -> tuple[Terbaca, Sequence[Temuan]]:
    """Audit a workbook and bring its *Catatan Perbaikan* up to date; explanations stay with their findings."""
    from renja_xl.core.catatan import segarkan_catatan
    from renja_xl.excel.susun_tabel import susun_tabel
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.tabel import CATATAN_PERBAIKAN

    terbaca, semula = baca_untuk_ditulis(path)
    temuan = periksa_buku(terbaca.buku)
    hasil = segarkan_catatan(terbaca.buku, temuan, terbaca.letak)
    tulis_kembali(path, None, semula, susun_tabel(terbaca, hasil, [CATATAN_PERBAIKAN]))
    return terbaca, temuan
