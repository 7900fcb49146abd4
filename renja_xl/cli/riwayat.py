"""Who changed what, and when: riwayat."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import BERKAS, baca_buku, baca_untuk_ditulis, kabar, mulai_riwayat, tulis_kembali


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS)
@click.option(
    "--cari",
    "dicari",
    metavar="TEKS",
    help="Hanya yang memuat semua kata ini: kode, nama, lembar, kolom, pengguna, atau isian.",
)
@click.option("--sejak", metavar="TANGGAL", help="Hanya sejak tanggal ini, misalnya 2026-01-31.")
@click.option("--mulai", "memulai", is_flag=True, help="Mulai mencatat riwayat buku yang belum punya.")
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
def riwayat(buku: Path, dicari: str | None, sejak: str | None, memulai: bool, sebagai_json: bool) -> None:
    """Sebut siapa mengubah apa dan kapan, yang terbaru lebih dahulu: isian semula → menjadi.

    Perubahan dicatat di lembar Riwayat tiap kali buku disimpan dari Excel dengan tombol RENJA atau diolah perintah. Perubahan
    dengan program lain dicatat saat berikutnya. Pilihan di Profil mematikannya.

    \b
    Contoh:
      renja-xl riwayat Renja.xlsx
      renja-xl riwayat Renja.xlsx --mulai
      renja-xl riwayat Renja.xlsx --cari "5.03.02 pagu" --sejak 2026-01-31
    """
    import json

    from renja_xl.core.riwayat import ada_perubahan, aktif, cari, dimulai, isi_baris
    from renja_xl.excel.catat_riwayat import baca_lama
    from renja_xl.laporan_riwayat import ke_json, ke_teks
    from renja_xl.tabel import RIWAYAT

    if memulai:
        _mulai(buku)
    mulai = _tanggal(sejak) if sejak else None
    b = baca_buku(buku).buku
    semua = [*baca_lama(buku), *(isi_baris(x) for x in b.baris(RIWAYAT.kunci))]
    hasil = list(cari(iter(semua), dicari, mulai))
    if sebagai_json:
        click.echo(json.dumps(ke_json(hasil), ensure_ascii=False, indent=2))
        return
    if not aktif(b):
        kabar("Riwayat tidak dicatat: di Profil, Catat riwayat perubahan dipilih Tidak.")
    elif not dimulai(b):
        kabar(
            "Riwayat buku ini belum dimulai; ia dimulai saat buku disimpan dari Excel dengan tombol RENJA, atau dengan "
            "renja-xl riwayat --mulai."
        )
    elif ada_perubahan(b):
        kabar("Ada isian yang berubah dan belum dicatat; ia dicatat saat perintah hitung atau perbarui berikutnya.")
    for baris in ke_teks(hasil):
        click.echo(baris)
    if not hasil:
        click.echo("Tidak ada riwayat yang cocok." if semua else "Belum ada riwayat.")


def _mulai(path: Path) -> None:
    from renja_xl.core.riwayat import DICATAT
    from renja_xl.excel.susun_tabel import susun_tabel

    terbaca, semula = baca_untuk_ditulis(path)
    tulis_kembali(path, None, semula, susun_tabel(terbaca, mulai_riwayat(terbaca.buku), DICATAT))


def _tanggal(teks: str) -> str:
    """A day as the history writes it.

    Raises:
        click.BadParameter: none that can be read.
    """
    for bentuk in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return f"{datetime.strptime(teks.strip(), bentuk):%Y-%m-%d}"
        except ValueError:
            continue
    raise click.BadParameter("tanggal ditulis seperti 2026-01-31", param_hint="--sejak")
