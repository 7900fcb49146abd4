"""The planning cycle: tahapan, sanding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from renja_xl.bahasa import Grup, Perintah
from renja_xl.cli.dasar import (
    BERKAS,
    baca_buku,
    baca_untuk_ditulis,
    kabar,
    opsi_keluaran_pilihan,
    pastikan_bukan_sumber,
    tulis_berkas,
    tulis_kembali,
)

if TYPE_CHECKING:
    from renja_xl.banding import Banding, Sisi


_BATAS_VERSI = 20


@click.group(cls=Grup)
def tahapan() -> None:
    """Simpan rencana pada tiap tahapan di dalam bukunya, dan lihat yang sudah tersimpan.

    \b
    Contoh:
      renja-xl tahapan simpan "Rancangan awal" Renja.xlsx
      renja-xl tahapan daftar Renja.xlsx
      renja-xl sanding "Renja.xlsx@Rancangan awal" Renja.xlsx
    """


@tahapan.command("simpan", cls=Perintah)
@click.argument("nama")
@click.argument("buku", type=BERKAS)
@opsi_keluaran_pilihan
@click.option("--berkas", type=BERKAS, metavar="F", help="Simpan juga bukunya sebagai berkas tersendiri.")
@click.option("--ganti", is_flag=True, help="Ganti tahapan bernama sama yang sudah tersimpan.")
def simpan(nama: str, buku: Path, keluaran: Path | None, berkas: Path | None, ganti: bool) -> None:
    """Simpan rencana sebagaimana adanya sekarang sebagai tahapan NAMA, di lembar tersembunyi Tahapan.

    Lembar Anggaran mendapat baris tahapan itu: jumlah urusan, program, kegiatan, sub kegiatan, dan totalnya. Yang sudah
    diketik di sana tetap. NAMA misalnya Rancangan awal, Penetapan, APBD, atau APBDP; tahunnya mengikuti Profil.

    \b
    Contoh:
      renja-xl tahapan simpan "Rancangan awal" Renja.xlsx
      renja-xl tahapan simpan Penetapan Renja.xlsx --berkas "Renja 2026 penetapan.xlsx"
    """
    from datetime import datetime

    from renja_xl.core.nilai import tulis_rp
    from renja_xl.core.tahapan import simpan_tahapan
    from renja_xl.excel.simpan_tahapan import tulis_tahapan

    terbaca, semula = baca_untuk_ditulis(buku)
    if berkas is not None:
        _pastikan_berkas(buku, berkas)
    hasil = simpan_tahapan(terbaca.buku, nama, datetime.now(), terbaca.letak, ganti=ganti)
    isi = tulis_tahapan(terbaca, hasil.buku)
    tulis_kembali(buku, keluaran, semula, isi)
    if berkas is not None:
        tulis_berkas(berkas, isi)
    t = hasil.tahap
    kabar(f"Tersimpan: {t.nama} {t.tahun}, {tulis_rp(t.anggaran or 0)}.")
    if hasil.tetap:
        kabar(f"Di lembar Anggaran dibiarkan seperti yang diketik: {'; '.join(hasil.tetap)}.")


def _pastikan_berkas(buku: Path, berkas: Path) -> None:
    from renja_xl.errors import TidakDapatDitulisError

    if berkas.suffix.lower() != buku.suffix.lower():
        raise TidakDapatDitulisError(
            f"{berkas}: isinya sama dengan {buku.name}, jadi namanya harus berakhiran {buku.suffix}; mohon ganti akhirannya."
        )
    pastikan_bukan_sumber(berkas, [buku], "mohon pilih nama lain untuk --berkas")


@tahapan.command("daftar", cls=Perintah)
@click.argument("buku", type=BERKAS)
def daftar(buku: Path) -> None:
    """Sebut semua tahapan menurut tahunnya: jumlah, anggaran, selisih dari tahapan sebelumnya, dan kapan disimpan.

    Tahapan yang hanya diketahui jumlahnya adalah baris lembar Anggaran yang diketik.

    \b
    Contoh:
      renja-xl tahapan daftar Renja.xlsx
    """
    from renja_xl.core.tahapan import daftar_tahapan
    from renja_xl.laporan_sanding import daftar_teks

    semua = daftar_tahapan(baca_buku(buku).buku)
    if not semua:
        click.echo("Belum ada tahapan.")
        return
    for baris in daftar_teks(semua):
        click.echo(baris)


@click.command(cls=Perintah)
@click.argument("lama")
@click.argument("baru", required=False)
@click.argument("ketiga", required=False)
@click.option("-o", "keluaran", type=BERKAS, metavar="F.xlsx", help="Tulis juga buku berbentuk sebelum – setelah.")
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option("--t-c-31", "dua_sisi", is_flag=True, help="Bandingkan kedua sisi T-C.31 satu buku: RKPD dan kebutuhan.")
def sanding(
    lama: str, baru: str | None, ketiga: str | None, keluaran: Path | None, sebagai_json: bool, dua_sisi: bool
) -> None:
    """Sandingkan dua buku atau tahapan: baris, isian, dan jumlah yang berubah, lama → baru, serta sebabnya.

    LAMA dan BARU adalah buku induk, salinan kirim, buku kerja lain yang memuat tabel resmi, atau tahapan di dalam buku:
    BUKU@NAMA TAHAPAN. Dengan satu buku saja, dibandingkan dengan versi terakhir di folder Cadangan yang isiannya berbeda.
    Dengan tiga (misalnya Renja, RKPD, APBD), yang pertama menjadi dasar, dan yang bertentangan antara dua lainnya disebut.

    \b
    Contoh:
      renja-xl sanding Renja.xlsx
      renja-xl sanding "Renja.xlsx@Rancangan awal" Renja.xlsx -o Persandingan.xlsx
      renja-xl sanding "Renja.xlsx@APBD 2024" "Renja.xlsx@APBDP 2024"
      renja-xl sanding Renja.xlsx RKPD.xlsx APBD.xlsx
      renja-xl sanding Renja.xlsx --t-c-31
    """
    from renja_xl.banding import baca_sisi, bandingkan, bandingkan_t_c_31
    from renja_xl.laporan_sanding import tahap_json, tahap_teks

    _pastikan_isian(lama, baru, ketiga, keluaran, dua_sisi=dua_sisi)
    if ketiga is not None and baru is not None:
        _tiga_arah((lama, baru, ketiga), sebagai_json=sebagai_json)
        return
    if dua_sisi:
        b: Banding = bandingkan_t_c_31(baca_sisi(lama))
        nama = ("Rancangan Awal RKPD", "hasil analisis kebutuhan")
    else:
        kiri, kanan = (baca_sisi(lama), baca_sisi(baru)) if baru is not None else _dengan_cadangan(lama)
        if not sebagai_json:
            kabar(f"Dibandingkan dengan {kiri.sebutan}.")
        if kiri.buku is None and kanan.buku is None and kiri.tahap is not None and kanan.tahap is not None:
            if keluaran is not None:
                raise click.UsageError("-o perlu rincian kedua tahapan; di sini hanya jumlahnya yang diketahui.")
            if sebagai_json:
                _cetak_json(tahap_json(kiri.tahap, kanan.tahap))
                return
            for baris in tahap_teks(kiri.tahap, kanan.tahap):
                click.echo(baris)
            kabar("Hanya jumlah kedua tahapan itu yang diketahui; sebabnya belum dapat disebut.")
            return
        b, nama = bandingkan(kiri, kanan), (kiri.nama, kanan.nama)
        if b.dilewati:
            kabar(f"Tidak dibandingkan, karena hanya ada di salah satu buku: {', '.join(b.dilewati)}.")
    if keluaran is not None:
        from renja_xl.excel.lembar_sanding import Judul, bangun_sanding

        tulis_berkas(keluaran, bangun_sanding(b.sanding, b.lama, b.baru, Judul(*nama)))
    _cetak(b, sebagai_json=sebagai_json)


def _pastikan_isian(lama: str, baru: str | None, ketiga: str | None, keluaran: Path | None, *, dua_sisi: bool) -> None:
    from renja_xl.banding import berkas_sisi
    from renja_xl.errors import TidakDapatDitulisError

    if dua_sisi and baru is not None:
        raise click.UsageError("--t-c-31 membandingkan kedua sisi satu buku; sebut satu buku saja.")
    if baru is None and berkas_sisi(lama)[1] is not None:
        raise click.UsageError(
            f'Tahapan disandingkan dengan buku atau tahapan lain; sebut juga pembandingnya: sanding "{lama}" {berkas_sisi(lama)[0]}'
        )
    if keluaran is not None and ketiga is not None:
        raise click.UsageError("-o hanya untuk dua sisi; sandingkan dua-dua untuk bukunya.")
    if keluaran is not None and keluaran.suffix.lower() != ".xlsx":
        raise TidakDapatDitulisError(f"{keluaran}: nama bukunya harus berakhiran .xlsx; mohon ganti akhirannya.")
    if keluaran is not None:
        pastikan_bukan_sumber(keluaran, (berkas_sisi(s)[0] for s in (lama, baru) if s is not None))


def _cetak(b: Banding, *, sebagai_json: bool) -> None:
    from renja_xl.laporan_sanding import ke_json, ke_teks

    if sebagai_json:
        _cetak_json(ke_json(b.sanding, b.bentuk))
    elif b.sanding.isian_sama and not b.sanding.total and (b.bentuk is None or b.bentuk.kosong):
        click.echo("Tidak ada isian atau jumlah yang berbeda.")
    else:
        for baris in ke_teks(b.sanding, b.baru, b.bentuk):
            click.echo(baris)


def _tiga_arah(sebutan: tuple[str, str, str], *, sebagai_json: bool) -> None:
    from renja_xl.banding import baca_sisi, bandingkan_tiga
    from renja_xl.laporan_sanding import ke_json, tiga_json, tiga_teks

    dasar, kiri, kanan = (baca_sisi(x) for x in sebutan)
    t = bandingkan_tiga(dasar, kiri, kanan)
    if sebagai_json:
        _cetak_json({**tiga_json(t.tiga, dasar.buku), "kiri": ke_json(t.kiri), "kanan": ke_json(t.kanan)})
        return
    for baris in tiga_teks(t, (dasar.nama, kiri.nama, kanan.nama)):
        click.echo(baris)


def _cetak_json(objek: Any) -> None:
    import json

    click.echo(json.dumps(objek, ensure_ascii=False, indent=2))


def _dengan_cadangan(sebutan: str) -> tuple[Sisi, Sisi]:
    """A workbook beside the newest of its copies in which something typed differs, else beside the oldest looked at."""
    from renja_xl.banding import Sisi, baca_sisi
    from renja_xl.core.tambalan import susun_tambalan
    from renja_xl.errors import SumberTidakTerbacaError
    from renja_xl.excel.tulis import versi_sebelumnya

    path = Path(sebutan)
    terbaca = baca_buku(path)
    versi = versi_sebelumnya(path)[:_BATAS_VERSI]
    if not versi:
        raise SumberTidakTerbacaError(
            f"Belum ada versi sebelumnya dari {path} di folder Cadangan; mohon sebut buku lamanya: renja-xl sanding LAMA BARU."
        )
    for sumber in versi:
        hasil = baca_sisi(str(sumber))
        if hasil.buku is not None and not susun_tambalan(hasil.buku, terbaca.buku).kosong:
            break
    return hasil, Sisi(sebutan, terbaca.buku, terbaca.letak, None, terbaca)
