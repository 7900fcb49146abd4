"""Group *Tahapan*: store the plan as a stage, and put two states side by side (the year's end is in ``tahapan``)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.excel.makro.dasar import TAK_BATAL, cadangkan, jalankan, path_buku, ringkas

if TYPE_CHECKING:
    import xlwings as xw

    from renja_xl.banding import Sisi


def simpan_tahapan(nama: str, book: xw.Book | None = None) -> None:
    """Store the plan as it stands under a name, with its row in *Anggaran*."""
    jalankan(book, lambda b: _simpan(b, nama))


def _simpan(book: xw.Book, nama: str) -> str:
    from renja_xl.core.nilai import tulis_rp
    from renja_xl.core.tahapan import simpan_tahapan as simpan
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.simpan_tahapan import DITULIS, siapkan_tahapan
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung

    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book)
        hasil = simpan(t.buku, nama, datetime.now(), t.letak)
        rencana = Rencana(t, siapkan_tahapan(t.buku, hasil.buku), DITULIS)
        salinan = cadangkan(book)
        tulis_langsung(rencana, tulis)
    pesan = [
        f"Tahapan {hasil.tahap.nama} {hasil.tahap.tahun} tersimpan di buku ini, {tulis_rp(hasil.tahap.anggaran or 0)}; barisnya ada "
        "di lembar Anggaran.",
    ]
    if hasil.tetap:
        pesan.append("Di lembar Anggaran dibiarkan seperti yang diketik:")
        pesan += ringkas(f"- {b}" for b in hasil.tetap)
    return "\n".join([*pesan, TAK_BATAL, *salinan])


def sandingkan_tahapan(nama: str, book: xw.Book | None = None) -> None:
    """Compare a stage kept in the workbook with the plan as it stands."""
    jalankan(book, lambda b: _sandingkan_tahapan(b, nama))


def _sandingkan_tahapan(book: xw.Book, nama: str) -> str:
    from renja_xl.banding import Sisi
    from renja_xl.core.letak import Letak
    from renja_xl.core.tahapan import ambil_tahapan, cari_tahap
    from renja_xl.excel.langsung import baca_langsung

    t = baca_langsung(book)
    tahap = cari_tahap(t.buku, nama)
    isi = ambil_tahapan(t.buku, tahap.nama, tahap.tahun)
    kini = Sisi(book.name, t.buku, t.letak)
    return _tulis(book, Sisi(nama, isi, Letak({}, {}), tahap), kini)


def sandingkan_buku(berkas: str, book: xw.Book | None = None) -> None:
    """Compare another workbook, as the older state, with the plan as it stands."""
    jalankan(book, lambda b: _sandingkan_buku(b, berkas))


def _sandingkan_buku(book: xw.Book, berkas: str) -> str:
    from renja_xl.banding import Sisi, baca_sisi
    from renja_xl.excel.langsung import baca_langsung

    lama = baca_sisi(berkas)
    t = baca_langsung(book)
    return _tulis(book, lama, Sisi(book.name, t.buku, t.letak))


def _tulis(book: xw.Book, lama: Sisi, baru: Sisi) -> str:
    """The comparison as a workbook beside the open one, and in a few lines."""
    from renja_xl.banding import bandingkan
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.lembar_sanding import Judul, bangun_sanding
    from renja_xl.excel.tulis import tulis_aman
    from renja_xl.laporan_sanding import ke_ringkas

    asal = path_buku(book)
    keluaran = asal.with_name(f"{asal.stem} persandingan.xlsx")
    with kabar(book.app) as tulis:
        tulis("menyandingkan")
        b = bandingkan(lama, baru)
        if b.sanding.isian_sama:
            return f"Tidak ada isian yang berbeda antara {lama.nama} dan buku ini; persandingannya tidak ditulis."
        tulis("menulis persandingan")
        salinan = tulis_aman(
            keluaran, bangun_sanding(b.sanding, b.lama, b.baru, Judul(lama.nama, Path(baru.sebutan).name))
        )
    pesan = [
        *ke_ringkas(b.sanding, b.baru),
        f"Persandingan sudah ditulis: {keluaran}",
        "Buku ini sendiri tidak berubah.",
    ]
    return "\n".join([*pesan, *([f"Persandingan sebelumnya disimpan: {salinan}"] if salinan else [])])
