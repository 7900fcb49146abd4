"""Group *Kirim & Terima*: the share copy for Bappeda, and the check of a received one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.excel.makro.dasar import BATAS_BARIS, jalankan, path_buku, setuju

if TYPE_CHECKING:
    import xlwings as xw


def kirim(book: xw.Book | None = None) -> None:
    """Make the share copy beside the workbook; asked first where findings are open."""
    jalankan(book, _kirim)


def _kirim(book: xw.Book) -> str | None:
    from renja_xl.bappeda.siap_kirim import buat_kiriman, revisi_berikutnya, siapkan_kiriman
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis import tulis_aman

    asal = path_buku(book)
    keluaran = asal.with_name(f"{asal.stem} untuk Bappeda.xlsx")
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book)
        tulis("memeriksa")
        siap = siapkan_kiriman(t.buku)
        if siap.peringatan and not setuju(book, f"{siap.peringatan} Kirim juga?"):
            return None
        tulis("membuat salinan")
        nomor = revisi_berikutnya(keluaran, siap.buku)
        kiriman = buat_kiriman(siap, datetime.now(), nomor)
        cadangan = tulis_aman(keluaran, kiriman.isi, keluaran.read_bytes() if keluaran.is_file() else None)
    return "\n".join(
        [
            f"Salinan untuk Bappeda sudah dibuat: {keluaran}",
            f"Revisi {nomor}. Mohon tulis kode verifikasi ini di surat pengantar:",
            kiriman.kode,
            "Kode itu tercetak juga di sampul salinannya. Buku ini sendiri tidak berubah.",
            *([f"Salinan sebelumnya disimpan: {cadangan}"] if cadangan else []),
        ]
    )


def cek_berkas(berkas: str, book: xw.Book | None = None) -> None:
    """Tell whether a received share copy is whole and unchanged; the open workbook is not touched."""
    jalankan(book, lambda _: _cek_berkas(Path(berkas)))


def _cek_berkas(berkas: Path) -> str:
    from renja_xl.bappeda.cek_berkas import cek_berkas as cek
    from renja_xl.bappeda.cek_berkas import ke_teks

    return "\n".join(ke_teks(cek(berkas), None, BATAS_BARIS))
