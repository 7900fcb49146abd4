"""Where a number comes from: telusuri."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import BERKAS, baca_buku

if TYPE_CHECKING:
    from renja_xl.core.kisi import Kisi


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS)
@click.argument("sel", metavar="SEL")
@click.option("--lengkap", is_flag=True, help="Tampilkan semua rincian; bawaannya dua belas yang pertama tiap sel.")
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
def telusuri(buku: Path, sel: str, lengkap: bool, sebagai_json: bool) -> None:
    """Jelaskan dari mana sebuah angka: langkah demi langkah sampai ke sel yang diketik dan asalnya.

    SEL ditulis nama lembar, tanda seru, lalu selnya, dalam tanda kutip. Bila yang tertulis berbeda dari hitungannya, itu disebut.

    \b
    Contoh:
      renja-xl telusuri Renja.xlsx "T-C.33!I12"
      renja-xl telusuri Renja.xlsx "Beranda!C9" --lengkap
    """
    import json

    from renja_xl.core.telusur import Penelusur
    from renja_xl.core.telusur.lain import PenelusurLembar
    from renja_xl.excel.baca_kisi import kisi_paket
    from renja_xl.laporan_telusur import AlamatSelError, baca_alamat, ke_json, ke_teks

    lembar, baris, kolom = baca_alamat(sel)
    terbaca = baca_buku(buku)
    nama = next((n for n in terbaca.paket.lembar if n.casefold() == lembar.casefold()), None)
    if nama is None:
        raise AlamatSelError(
            f"{buku} tidak punya lembar {lembar}; mohon pilih salah satu: {', '.join(terbaca.paket.lembar)}."
        )
    kisi: dict[str, Kisi] = {}

    def baca_lembar(nama: str) -> Kisi | None:
        if not kisi:
            kisi.update((k.lembar, k) for k in kisi_paket(terbaca.paket))
        return kisi.get(nama)

    penelusur = PenelusurLembar(Penelusur(terbaca.buku, terbaca.letak), baca_lembar)
    langkah = penelusur.di(nama, baris, kolom)
    if sebagai_json:
        click.echo(json.dumps(ke_json(langkah), ensure_ascii=False, indent=2))
        return
    for teks in ke_teks(langkah, lengkap=lengkap):
        click.echo(teks)
