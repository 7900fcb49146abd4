"""Group *Tahapan*: the workbook of the next year, and the quarters of this one."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.excel.makro.dasar import (
    TAK_BATAL,
    PerintahDitolakError,
    cadangkan,
    jalankan,
    path_buku,
    ringkas,
    setuju,
)

if TYPE_CHECKING:
    import xlwings as xw


def tahun_berikutnya(book: xw.Book | None = None) -> None:
    """Make the workbook of the next year beside this one, which stays as it is."""
    jalankan(book, _tahun_berikutnya)


def _tahun_berikutnya(book: xw.Book) -> str:
    from renja_xl.core.riwayat import mulai as mulai_riwayat
    from renja_xl.core.tahun_berikutnya import tahun_berikutnya as buat
    from renja_xl.core.waktu import catat_sidik
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.induk import bangun_induk
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis import tulis_aman
    from renja_xl.isi import nomenklatur
    from renja_xl.tabel import TUGAS

    asal = path_buku(book)
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book)
        keluaran = _nama_baru(asal, t.buku.tahun + 1)
        if keluaran.exists():
            raise PerintahDitolakError(
                f"{keluaran} sudah ada; mohon pindahkan atau ganti namanya dulu, agar isinya tidak tertimpa."
            )
        tulis("menyusun tahun berikutnya")
        baru = buat(t.buku, nomenklatur(), berkas=asal.name, letak=t.letak)
        tulis_aman(keluaran, bangun_induk(mulai_riwayat(catat_sidik(baru.buku)), keluaran))
    return "\n".join(
        [
            f"Buku tahun {baru.buku.tahun} sudah dibuat: {keluaran}",
            f"Yang perlu dikerjakan ada di lembar {TUGAS.lembar}-nya:",
            *ringkas(f"- {x.lembar}: {x.tugas}" for x in baru.tugas),
            "Buku ini tidak berubah; lembar dan catatan tambahan di sini tidak ikut dibawa.",
        ]
    )


def _nama_baru(asal: Path, tahun: int) -> Path:
    """The old name with the new year, in the same folder."""
    nama, banyak = re.subn(rf"(?<!\d){tahun - 1}(?!\d)", str(tahun), asal.stem)
    return asal.with_name(f"{nama if banyak else f'{asal.stem} {tahun}'}{asal.suffix}")


def impor_triwulan(berkas: str, book: xw.Book | None = None) -> None:
    """Fill the quarters from a table; all of it, or nothing."""
    jalankan(book, lambda b: _impor_triwulan(b, Path(berkas)))


def _impor_triwulan(book: xw.Book, berkas: Path) -> str:
    from renja_xl.core.hitung import hitung
    from renja_xl.core.impor_triwulan import impor_triwulan as impor
    from renja_xl.core.waktu import catat_waktu
    from renja_xl.deret import baca_deret
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.tabel import ASLI, PERHITUNGAN, PROFIL, TABEL_RENCANA

    deret = baca_deret(berkas)
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book, (*PERHITUNGAN, ASLI))
        hasil = impor(t.buku, deret)
        if hasil.kumulatif and not hasil.masalah:
            pertanyaan = (
                f"Angka {hasil.kumulatif[0]} tampak sebagai jumlah sejak awal tahun. Jadikan angka tiap triwulan? "
                "Pilih Tidak bila memang sudah tiap triwulan."
            )
            hasil = impor(t.buku, deret, kumulatif=setuju(book, pertanyaan))
        if hasil.masalah:
            raise PerintahDitolakError(
                "\n".join(
                    [
                        f"{berkas.name}: {len(hasil.masalah)} hal belum dapat dipakai, sehingga buku ini tidak berubah:",
                        *ringkas(f"- {x}" for x in hasil.masalah),
                    ]
                )
            )
        if not hasil.ubahan:
            return f"Semua isi {berkas.name} sudah ada di lembar Triwulan; tidak ada yang berubah."
        tulis("menghitung ulang")
        baru = catat_waktu(hitung(hasil.buku, t.letak), datetime.now())
        salinan = cadangkan(book)
        tulis_langsung(Rencana(t, baru, (PROFIL, *TABEL_RENCANA, ASLI), biarkan_asing=True), tulis)
    return "\n".join(
        [
            f"{len(hasil.ubahan)} sel realisasi triwulan terisi dari {berkas.name}.",
            *ringkas(hasil.catatan),
            *salinan,
            TAK_BATAL,
        ]
    )
