"""Group *Isi*: recompute, lay out, tidy, and edit the struktur."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from renja_xl.excel.makro.dasar import (
    BATAS_BARIS,
    TAK_BATAL,
    cadangkan,
    jalankan,
    jumlah_berubah,
    ringkas,
    simpul_terpilih,
)

if TYPE_CHECKING:
    import xlwings as xw

    from renja_xl.core.buku import Buku
    from renja_xl.excel.langsung import Langsung


def hitung_ulang(book: xw.Book | None = None) -> None:
    """Restore computed cells that somebody typed over; what stood there is kept in *_asli*."""
    jalankan(book, _hitung_ulang)


def _hitung_ulang(book: xw.Book) -> str:
    from renja_xl.core.hitung import hitung
    from renja_xl.core.waktu import catat_waktu
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.laporan_perubahan import perubahan_rumus
    from renja_xl.tabel import ASLI, PERHITUNGAN, PROFIL, TABEL_RENCANA

    tabel = (PROFIL, *TABEL_RENCANA, ASLI)
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book, (*PERHITUNGAN, ASLI))
        tulis("menghitung ulang")
        hasil = hitung(t.buku, t.letak)
        rencana = Rencana(t, hasil, tabel, biarkan_asing=True)
        dipulihkan, asing = rencana.dipulihkan, rencana.asing
        salinan: list[str] = []
        if rencana.berubah:
            hasil = catat_waktu(hasil, datetime.now())
            salinan = cadangkan(book)
            tulis_langsung(Rencana(t, hasil, tabel, biarkan_asing=True), tulis)
    pesan = ["Semua sel hitungan sudah benar." if not rencana.berubah else "Semua sel hitungan sudah dihitung ulang."]
    pesan += perubahan_rumus(dipulihkan, asing, BATAS_BARIS, f"di lembar {ASLI.lembar}")
    pesan += jumlah_berubah(t.buku, hasil)
    return "\n".join([*pesan, *([TAK_BATAL] if rencana.berubah else []), *salinan])


def perbarui_tabel(book: xw.Book | None = None) -> None:
    """Lay the tables out anew by the struktur, and recompute."""
    jalankan(book, lambda b: _perbarui(b, lambda t: t.buku))


def perbarui_bila_basi(book: xw.Book | None = None) -> None:
    """The same, silently, where the inputs have changed since it was done last."""
    jalankan(book, _perbarui_bila_basi)


def _perbarui_bila_basi(book: xw.Book) -> None:
    from renja_xl.core.waktu import sidik_susunan
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.tabel import PROFIL, PROGRAM_SUB_KEGIATAN, TABEL_BEBAS, TABEL_TERTAUT
    from renja_xl.tabel.profil import YA

    t = baca_langsung(book, (PROFIL, PROGRAM_SUB_KEGIATAN))
    if t.buku.profil("tabel_basi") != YA:
        t = baca_langsung(book, (PROFIL, PROGRAM_SUB_KEGIATAN, *TABEL_BEBAS, *TABEL_TERTAUT), t)
        if t.buku.profil("sidik_susunan") == sidik_susunan(t.buku):
            return
    _perbarui(book, lambda t: t.buku, t)


def rapikan(book: xw.Book | None = None) -> None:
    """Put what was typed into the form that its cell expects, and let the tables follow."""
    jalankan(book, _rapikan)


def _rapikan(book: xw.Book) -> str:
    from renja_xl.core import rapi
    from renja_xl.tabel import MENURUT_KUNCI

    hasil: list[rapi.HasilRapi] = []

    def ubah(t: Langsung) -> Buku:
        hasil.append(rapi.rapikan(t.buku))
        return hasil[0].buku

    def sebut(d: rapi.Dirapikan) -> str:
        spec = MENURUT_KUNCI[d.tabel]
        return f"- {spec.lembar}, kolom {spec.menurut_kunci[d.kolom].nomor}: {d.semula.strip()}"

    lanjutan = _perbarui(book, ubah)
    (h,) = hasil
    pesan = [f"{len(h.diubah)} sel dirapikan." if h.diubah else "Tidak ada isian yang perlu dirapikan."]
    pesan += ringkas(f"{sebut(d)} → {d.kini}" for d in h.diubah)
    if h.ragu:
        pesan.append(f"{len(h.ragu)} sel dibiarkan karena angkanya meragukan; mohon perbaiki sendiri.")
        pesan += ringkas(map(sebut, h.ragu))
    return "\n".join([*pesan, lanjutan])


def tambah_sub_kegiatan(kode: str, book: xw.Book | None = None) -> None:
    """Add a sub kegiatan of the nomenclature to the struktur and to every table."""

    def ubah(t: Langsung) -> Buku:
        from renja_xl.core import sunting

        return sunting.tambah_sub_kegiatan(t.buku, kode)

    jalankan(book, lambda b: _perbarui(b, ubah))


def pindah_sub_kegiatan(kode: str, book: xw.Book | None = None) -> None:
    """Give the selected row's sub kegiatan another kode, and thereby another kegiatan; its inputs follow."""

    def ubah(t: Langsung) -> Buku:
        from renja_xl.core import sunting

        return sunting.pindah_sub_kegiatan(t.buku, simpul_terpilih(t), kode)

    jalankan(book, lambda b: _perbarui(b, ubah))


def hapus_sub_kegiatan(book: xw.Book | None = None) -> None:
    """Take the selected row's sub kegiatan out of the struktur and of every table; its inputs are kept."""

    def ubah(t: Langsung) -> Buku:
        from renja_xl.core import sunting

        return sunting.hapus_sub_kegiatan(t.buku, simpul_terpilih(t))

    jalankan(book, lambda b: _perbarui(b, ubah))


def _perbarui(book: xw.Book, ubah: Callable[[Langsung], Buku], terbaca: Langsung | None = None) -> str:
    """Change the plan, lay its tables out anew, recompute, and write the difference.

    Args:
        terbaca: what was read of the workbook just before.
    """
    from renja_xl.core.catatan import segarkan_catatan
    from renja_xl.core.hitung import hitung
    from renja_xl.core.perbarui import perbarui
    from renja_xl.core.waktu import catat_susunan, sidik_susunan
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.susun_tabel import DISUSUN
    from renja_xl.excel.tulis_langsung import Rencana, letak_langsung, simpan_tambahan, tulis_langsung
    from renja_xl.laporan_perubahan import perubahan_baris
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.tabel import CATATAN_PERBAIKAN
    from renja_xl.tabel.profil import YA

    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book, sebelumnya=terbaca)
        lama = t.buku
        tulis("menyusun tabel")
        hasil = simpan_tambahan(t, perbarui(ubah(t)), DISUSUN)
        letak = letak_langsung(t, hasil, DISUSUN)
        hasil = hitung(hasil, letak)
        if lama.baris(CATATAN_PERBAIKAN.kunci):
            hasil = segarkan_catatan(hasil, periksa_buku(hasil), letak)
        rencana = Rencana(t, hasil, DISUSUN, kepala=True)
        basi = lama.profil("tabel_basi") == YA or lama.profil("sidik_susunan") != sidik_susunan(hasil)
        if not (rencana.berubah or basi):
            return "Tabel sudah mutakhir; tidak ada yang diubah."
        rencana = Rencana(t, catat_susunan(hasil, datetime.now()), DISUSUN, kepala=True)
        salinan = cadangkan(book)
        tulis_langsung(rencana, tulis)
    perubahan = (*perubahan_baris(lama, hasil), *jumlah_berubah(lama, hasil))
    return "\n".join(["Tabel sudah diperbarui.", *perubahan, TAK_BATAL, *salinan])
