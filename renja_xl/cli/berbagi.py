"""What goes to Bappeda and comes back: kirim, cek-berkas."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import BERKAS, baca_buku, kabar, tulis_berkas


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS)
@click.option(
    "-o", "keluaran", type=BERKAS, required=True, metavar="SALINAN.xlsx", help="Salinan yang ditulis, tanpa makro."
)
@click.option(
    "--revisi",
    type=click.IntRange(1, 999),
    metavar="N",
    help="Nomor revisi; bawaannya 1, atau satu lebih dari salinan yang diganti.",
)
@click.option("--dengan-catatan", is_flag=True, help="Sertakan lembar Catatan Perbaikan; bawaannya hanya jumlahnya.")
@click.option("--tetap", is_flag=True, help="Kirim tanpa bertanya walau masih ada catatan.")
def kirim(buku: Path, keluaran: Path, revisi: int | None, dengan_catatan: bool, tetap: bool) -> None:
    """Buat salinan untuk Bappeda: tabel resmi dengan rumus dan nilainya, lembar Verifikasi Bappeda, dan kode verifikasi.

    Salinannya dapat dibuka di Excel mana pun, LibreOffice, WPS, atau ponsel. Tulis kode verifikasinya di surat pengantar.

    \b
    Contoh:
      renja-xl kirim Renja.xlsm -o "Renja BKPSDM untuk Bappeda.xlsx"
      renja-xl kirim Renja.xlsm -o Kirim.xlsx --revisi 2 --dengan-catatan --tetap
    """
    from datetime import datetime

    from renja_xl.bappeda.siap_kirim import buat_kiriman, revisi_berikutnya, siapkan_kiriman

    _pastikan_salinan(buku, keluaran)
    siap = siapkan_kiriman(baca_buku(buku).buku)
    if not tetap:
        _tanya(siap.peringatan)
    nomor = revisi or revisi_berikutnya(keluaran, siap.buku)
    kiriman = buat_kiriman(siap, datetime.now(), nomor, dengan_catatan=dengan_catatan)
    tulis_berkas(keluaran, kiriman.isi, keluaran.read_bytes() if keluaran.is_file() else None)
    kabar(f"Revisi {nomor}. Mohon tulis kode verifikasi ini di surat pengantar:")
    click.echo(kiriman.kode)


def _pastikan_salinan(buku: Path, keluaran: Path) -> None:
    from renja_xl.errors import TidakDapatDitulisError

    if keluaran.suffix.lower() != ".xlsx":
        raise TidakDapatDitulisError(
            f"{keluaran}: salinan untuk Bappeda tanpa makro, jadi namanya harus berakhiran .xlsx; mohon ganti akhirannya."
        )
    if keluaran.resolve() == buku.resolve():
        raise TidakDapatDitulisError(
            f"{keluaran} adalah buku induknya sendiri; mohon pilih nama lain untuk salinannya."
        )


def _tanya(peringatan: str) -> None:
    """Ask whether to send although findings are open; without a terminal nobody can answer.

    Args:
        peringatan: the sentence that says so; empty where none are open.

    Raises:
        RenjaError: nobody to ask.
    """
    from renja_xl.errors import RenjaError

    if not peringatan:
        return
    if not sys.stdin.isatty():
        raise RenjaError(f"{peringatan} Tambahkan --tetap bila memang akan dikirim; catatannya: renja-xl periksa.")
    if click.prompt(
        f"{peringatan} Kirim juga? [y/T]", default="T", show_default=False, err=True
    ).strip().casefold() not in {"y", "ya"}:
        raise click.Abort


@click.command("cek-berkas", cls=Perintah)
@click.argument("berkas", type=BERKAS, nargs=-1, required=True)
@click.option(
    "--kode",
    metavar="K",
    help="Kode verifikasi pada surat pengantar; huruf besar kecil dan tanda hubung tidak berpengaruh.",
)
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
def cek_berkas(berkas: tuple[Path, ...], kode: str | None, sebagai_json: bool) -> None:
    """Periksa salinan yang diterima: lengkap, tidak berubah di bagian terkunci, dan angkanya benar.

    Tiap sel yang berubah disebut dengan isi semula dan kini. Kode keluar 0 utuh, 1 bila ada bagian terkunci yang berubah atau
    catatan yang harus diperbaiki, 2 bila berkas tidak dapat dipakai.

    \b
    Contoh:
      renja-xl cek-berkas "Renja BKPSDM untuk Bappeda.xlsx" --kode 7K2M-9QXA-40TC
      renja-xl cek-berkas Masuk/*.xlsx --json
    """
    import json

    from renja_xl.bappeda.cek_berkas import cek_berkas as cek
    from renja_xl.bappeda.cek_berkas import ke_json, ke_teks

    if kode is not None and len(berkas) > 1:
        raise click.UsageError("--kode hanya untuk satu berkas: tiap salinan punya kodenya sendiri.")
    hasil = [cek(p, kode) for p in berkas]
    if sebagai_json:
        objek = [ke_json(h) for h in hasil]
        click.echo(json.dumps(objek[0] if len(objek) == 1 else objek, ensure_ascii=False, indent=2))
    else:
        for n, h in enumerate(hasil):
            for baris in ([""] if n else []) + list(ke_teks(h, kode)):
                click.echo(baris)
    if any(not h.utuh or h.harus_diperbaiki for h in hasil):
        sys.exit(1)
