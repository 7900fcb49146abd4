"""The plan of the next year, and its evaluation while the year runs."""

from __future__ import annotations

from pathlib import Path

import click

from renja_xl.bahasa import Grup, Perintah
from renja_xl.cli.dasar import (
    BERKAS,
    baca_buku,
    baca_untuk_ditulis,
    kabar,
    kabar_tak_dibawa,
    opsi_keluaran,
    opsi_keluaran_pilihan,
    pastikan_bukan_sumber,
    pastikan_buku,
    tulis_berkas,
    tulis_kembali,
)

MULAI = ("prakiraan", "pagu", "kosong")
"""What the new plan starts from; see ``core.tahun_berikutnya``."""

_BATAS_SEBUT = 12


@click.command("tahun-berikutnya", cls=Perintah)
@click.argument("buku", type=BERKAS)
@opsi_keluaran
@click.option(
    "--mulai",
    type=click.Choice(MULAI),
    default=MULAI[0],
    help="Target dan pagu berangkat dari prakiraan maju (bawaan), dari rencana tahun ini, atau kosong.",
)
@click.option(
    "--evaluasi",
    type=BERKAS,
    metavar="BUKU_LALU",
    help="Buku tahun sebelumnya yang triwulannya sudah lengkap; realisasinya mengisi T-C.29 dan Efisiensi.",
)
@click.option(
    "--nomenklatur-lama",
    is_flag=True,
    help="Pertahankan nomenklatur di buku itu; bawaannya diganti dengan yang terbaru.",
)
def tahun_berikutnya(buku: Path, keluaran: Path, mulai: str, evaluasi: Path | None, nomenklatur_lama: bool) -> None:
    """Buat buku tahun berikutnya dari buku tahun ini, tanpa mengetik ulang.

    Prakiraan maju menjadi angka awal rencana; kolom T-C.29 bergeser ke kanan; yang harus dikumpulkan dikosongkan dan
    disebut di lembar Tugas. Buku lama tidak berubah.

    \b
    Contoh:
      renja-xl tahun-berikutnya Renja-2025.xlsm -o Renja-2026.xlsm
      renja-xl tahun-berikutnya Renja-2025.xlsx -o Renja-2026.xlsx --evaluasi Renja-2024.xlsx
    """
    from renja_xl.core.hitung import isi_tanpa_nilai
    from renja_xl.core.riwayat import mulai as mulai_riwayat
    from renja_xl.core.tahun_berikutnya import Evaluasi
    from renja_xl.core.tahun_berikutnya import tahun_berikutnya as buat
    from renja_xl.core.waktu import catat_sidik
    from renja_xl.errors import SumberTidakTerbacaError
    from renja_xl.excel.induk import bangun_induk
    from renja_xl.isi import nomenklatur
    from renja_xl.tabel import TUGAS

    pastikan_buku(keluaran)
    pastikan_bukan_sumber(keluaran, filter(None, (buku, evaluasi)))
    terbaca = baca_buku(buku)
    lama = isi_tanpa_nilai(terbaca.buku)
    lalu = None
    if evaluasi is not None:
        lalu = Evaluasi(isi_tanpa_nilai(baca_buku(evaluasi).buku), evaluasi.name)
        if lalu.buku.tahun != lama.tahun - 1:
            raise SumberTidakTerbacaError(
                f"{evaluasi} adalah buku tahun {lalu.buku.tahun}, padahal kolom 7 T-C.29 buku {lama.tahun + 1} memuat realisasi "
                f"{lama.tahun - 1}; mohon sebut buku tahun {lama.tahun - 1}."
            )
    baru = buat(lama, [] if nomenklatur_lama else nomenklatur(), mulai, buku.name, terbaca.letak, lalu)
    tulis_berkas(keluaran, bangun_induk(mulai_riwayat(catat_sidik(baru.buku)), keluaran))
    click.echo(
        f"Buku tahun {baru.buku.tahun} berangkat dari {buku.name}. Yang perlu dikerjakan (lembar {TUGAS.lembar}):"
    )
    for n, t in enumerate(baru.tugas, 1):
        click.echo(f"{n:3}. {t.lembar}: {t.tugas}")
    kabar_tak_dibawa(buku, terbaca)


@click.group(cls=Grup)
def triwulan() -> None:
    """Evaluasi triwulan (Formulir E.81).

    \b
    Contoh:
      renja-xl triwulan impor Renja.xlsx realisasi-tw2.csv
    """


@triwulan.command("impor", cls=Perintah)
@click.argument("buku", type=BERKAS)
@click.argument("data", type=BERKAS)
@click.option(
    "--timpa", is_flag=True, help="Ganti juga yang sudah terisi; tanpa ini buku dibiarkan bila ada yang berbeda."
)
@click.option(
    "--nilai",
    type=click.Choice(("triwulan", "kumulatif")),
    help="Angka tiap triwulan saja, atau jumlah sejak awal tahun; tanpa ini ditanyakan bila meragukan.",
)
@opsi_keluaran_pilihan
def triwulan_impor(buku: Path, data: Path, timpa: bool, nilai: str | None, keluaran: Path | None) -> None:
    """Isi realisasi triwulan dari tabel berkolom Kode, TW, K, dan Rp (CSV, TSV, atau buku kerja).

    Kolom Indikator ditambahkan bila satu kode punya beberapa indikator. Semuanya diperiksa dahulu: bila ada satu baris yang
    meragukan, tidak ada yang ditulis.

    \b
    Contoh:
      renja-xl triwulan impor Renja.xlsx realisasi-tw2.csv
      renja-xl triwulan impor Renja.xlsm serapan.xlsx --nilai kumulatif
    """
    from datetime import datetime

    from renja_xl.core.hitung import hitung
    from renja_xl.core.impor_triwulan import impor_triwulan
    from renja_xl.core.nilai import rupiah_dari_sen
    from renja_xl.core.waktu import catat_waktu
    from renja_xl.deret import baca_deret
    from renja_xl.errors import SumberTidakTerbacaError
    from renja_xl.excel.baca import baca_paket
    from renja_xl.excel.lembar_xml import IsiSel
    from renja_xl.excel.paket import Paket
    from renja_xl.excel.setempat import tulis_setempat
    from renja_xl.excel.tambal import tambal
    from renja_xl.tabel import PERHITUNGAN, TRIWULAN

    deret = baca_deret(data)
    terbaca, semula = baca_untuk_ditulis(buku, PERHITUNGAN)
    hasil = impor_triwulan(terbaca.buku, deret, timpa=timpa, kumulatif=None if nilai is None else nilai == "kumulatif")
    if hasil.masalah:
        for pesan in hasil.masalah[:_BATAS_SEBUT]:
            kabar(pesan)
        raise SumberTidakTerbacaError(
            f"{data}: {len(hasil.masalah)} hal belum dapat dipakai, sehingga {buku.name} dibiarkan; mohon perbaiki, lalu ulangi."
        )
    if hasil.kumulatif:
        raise SumberTidakTerbacaError(
            f"{data}: angka {hasil.kumulatif[0]}{f' dan {len(hasil.kumulatif) - 1} lainnya' if len(hasil.kumulatif) > 1 else ''} tampak "
            "sebagai jumlah sejak awal tahun; mohon ulangi dengan --nilai kumulatif, atau --nilai triwulan bila memang tiap triwulan."
        )
    letak = terbaca.letak
    sel = {
        (letak.baris[TRIWULAN.kunci][u.baris], letak.kolom[TRIWULAN.kunci][u.kolom]): IsiSel(
            rupiah_dari_sen(u.nilai) if isinstance(u.nilai, int) else u.nilai
        )
        for u in hasil.ubahan
    }
    kini = baca_paket(Paket(buku, tambal(terbaca.paket, {TRIWULAN.lembar: sel})), PERHITUNGAN)
    isi = kini.paket.data
    if sel:
        isi = tulis_setempat(kini, catat_waktu(hitung(kini.buku, kini.letak), datetime.now())).isi
    tulis_kembali(buku, keluaran, semula, isi)
    for pesan in hasil.catatan[:_BATAS_SEBUT]:
        kabar(pesan)
    click.echo(f"{len(hasil.ubahan)} sel realisasi triwulan terisi dari {data.name}.")
