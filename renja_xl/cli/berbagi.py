"""What goes to Bappeda and comes back: kirim, cek-berkas, terima."""

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
    cetak_perubahan,
    kabar,
    opsi_keluaran_pilihan,
    pastikan_bukan_sumber,
    tulis_berkas,
    tulis_kembali,
)

if TYPE_CHECKING:
    from renja_xl.bappeda.terima import Diterima
    from renja_xl.core.buku import Buku
    from renja_xl.core.terap_usulan import Penerapan


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
    Evaluasi triwulan (Formulir E.81) ikut dikirim begitu lembar Triwulan atau Rekap Triwulan berisi.

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
    pastikan_bukan_sumber(keluaran, [buku], "mohon pilih nama lain untuk salinannya")


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
    from renja_xl.errors import RenjaError

    if kode is not None and len(berkas) > 1:
        raise click.UsageError("--kode hanya untuk satu berkas: tiap salinan punya kodenya sendiri.")
    hasil, gagal = [], 0
    for p in berkas:
        try:
            hasil.append(cek(p, kode))
        except RenjaError as galat:  # one that cannot be used does not keep the others from being told
            if len(berkas) == 1:
                raise
            gagal += 1
            kabar(f"Maaf: {galat}")
    if sebagai_json:
        objek = [ke_json(h) for h in hasil]
        click.echo(json.dumps(objek[0] if len(berkas) == 1 else objek, ensure_ascii=False, indent=2))
    else:
        for n, h in enumerate(hasil):
            for baris in ([""] if n else []) + list(ke_teks(h, kode)):
                click.echo(baris)
    if gagal:
        sys.exit(2)
    if any(not h.utuh or h.harus_diperbaiki for h in hasil):
        sys.exit(1)


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS)
@click.argument("hasil", type=BERKAS, required=False, metavar="[HASIL.xlsx]")
@click.option("--kode", metavar="K", help="Kode verifikasi pada surat pengantar; salinan lain ditolak.")
@click.option("--terapkan", is_flag=True, help="Terapkan usulan yang Pilihannya Terima di lembar Usulan Bappeda.")
@click.option("--semua", is_flag=True, help="Terapkan semua usulan yang menunggu, kecuali yang bentrok atau ditolak.")
@click.option(
    "--baris",
    "nomor",
    type=click.IntRange(1, 999_999),
    multiple=True,
    metavar="NO",
    help="Terapkan usulan bernomor ini di lembar Usulan Bappeda, juga yang bentrok; boleh beberapa.",
)
@opsi_keluaran_pilihan
def terima(
    buku: Path,
    hasil: Path | None,
    kode: str | None,
    terapkan: bool,
    semua: bool,
    nomor: tuple[int, ...],
    keluaran: Path | None,
) -> None:
    """Ambil hasil verifikasi Bappeda ke lembar Usulan Bappeda, di samping isian saat dikirim dan kini.

    Tidak ada isian yang berubah sebelum diterapkan: pilih Terima atau Tolak di lembar itu lalu pakai --terapkan, atau pakai
    --semua atau --baris. Yang sudah Anda ubah sejak salinan dikirim ditandai Bentrok. Mengambil salinan yang sama dua kali tidak
    menggandakan apa pun.

    \b
    Contoh:
      renja-xl terima Renja.xlsm "Renja BKPSDM dari Bappeda.xlsx"
      renja-xl terima Renja.xlsm --terapkan
      renja-xl terima Renja.xlsm --terapkan --baris 3 --baris 7
      renja-xl terima Renja.xlsm Hasil.xlsx --terapkan --semua
    """
    terapkan = terapkan or semua or bool(nomor)
    if hasil is None and not terapkan:
        raise click.UsageError("Isian HASIL.xlsx belum diberikan; tanpa salinan hanya --terapkan yang dapat dipakai.")
    if hasil is None and kode is not None:
        raise click.UsageError("--kode dipakai bersama HASIL.xlsx.")
    from renja_xl.core.hitung import hitung
    from renja_xl.core.usulan import segarkan_usulan
    from renja_xl.excel.susun_tabel import DISUSUN, letak_susunan, susun_tabel
    from renja_xl.tabel import USULAN_BAPPEDA

    terbaca, semula = baca_untuk_ditulis(buku)
    baru = terbaca.buku
    diterima = _ambil(baru, hasil, kode) if hasil is not None else None
    if diterima is not None:
        baru = diterima.buku
    penerapan = _terapkan(baru, semua, nomor) if terapkan else None
    if penerapan is not None:
        baru = segarkan_usulan(hitung(penerapan.buku, letak_susunan(terbaca, penerapan.buku, DISUSUN)))
    isi = susun_tabel(terbaca, baru, DISUSUN if terapkan else [USULAN_BAPPEDA])
    tulis_kembali(buku, keluaran, semula, isi)
    if diterima is not None:  # told once it is written
        _cetak_diterima(diterima)
    if penerapan is not None:
        _cetak_penerapan(penerapan)
        if penerapan.diterapkan:
            cetak_perubahan(terbaca.buku, baru)
        if penerapan.perlu_perbarui:
            kabar(f"Tabel menunggu disusun ulang; mohon jalankan renja-xl perbarui {keluaran or buku}.")


def _ambil(buku: Buku, hasil: Path, kode: str | None) -> Diterima:
    from renja_xl.bappeda.cek_berkas import cek_paket
    from renja_xl.bappeda.terima import terima as terima_salinan
    from renja_xl.excel.komentar import baca_komentar
    from renja_xl.excel.paket import buka

    paket = buka(hasil)
    return terima_salinan(buku, cek_paket(paket, kode), baca_komentar(paket), hasil.name)


def _cetak_diterima(d: Diterima) -> None:
    from renja_xl.core.terap_usulan import baris_usulan
    from renja_xl.tabel import USULAN_BAPPEDA

    for kalimat in d.peringatan:
        kabar(kalimat)
    if not d.baru:
        click.echo(f"Tidak ada yang baru untuk lembar {USULAN_BAPPEDA.lembar}.")
        return
    click.echo(f"{len(d.baru)} baris baru di lembar {USULAN_BAPPEDA.lembar}:")
    for baris in baris_usulan(d.buku, d.baru):
        click.echo(f"- {baris}")


def _terapkan(buku: Buku, semua: bool, nomor: tuple[int, ...]) -> Penerapan:
    from renja_xl.core.terap_usulan import terapkan_usulan
    from renja_xl.tabel import USULAN_BAPPEDA

    try:
        return terapkan_usulan(buku, semua=semua, nomor=nomor)
    except KeyError as galat:
        raise click.BadParameter(
            f"lembar {USULAN_BAPPEDA.lembar} tidak memuat nomor {galat.args[0]}", param_hint="--baris"
        ) from galat


def _cetak_penerapan(p: Penerapan) -> None:
    click.echo(f"{len(p.diterapkan)} usulan diterapkan." if p.diterapkan else "Tidak ada usulan yang diterapkan.")
    for baris in p.diterapkan:
        click.echo(f"- {baris}")
    if p.ditunda:
        click.echo(f"{len(p.ditunda)} usulan yang dipilih belum diterapkan:")
        for baris in p.ditunda:
            click.echo(f"- {baris}")
    if p.menunggu:
        click.echo(f"{p.menunggu} baris masih menunggu pilihan atau tanggapan.")
