"""Group *Bantuan*: the form of the formulas, and what an installation lacks."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.excel.makro.dasar import jalankan, ringkas

if TYPE_CHECKING:
    import xlwings as xw


def rumus_python(aktif: bool, book: xw.Book | None = None) -> None:
    """Let computed cells call Python functions with the native formula behind them, or hold the native formula alone."""
    jalankan(book, lambda b: _rumus_python(b, aktif))


def _rumus_python(book: xw.Book, aktif: bool) -> str:
    from renja_xl.core.hitung import isi_tanpa_nilai
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import NAMA_RUMUS_PYTHON, baca_langsung
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.tabel import PERHITUNGAN, SEMUA

    tabel = [spec for spec in SEMUA if any(k.udf for k in spec.kolom)]
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book, PERHITUNGAN)
        rencana = Rencana(t, isi_tanpa_nilai(t.buku), tabel, biarkan_asing=True, bentuk_python=aktif)
        tulis_langsung(rencana, tulis)
    if NAMA_RUMUS_PYTHON in book.names:
        book.names[NAMA_RUMUS_PYTHON].refers_to = f"={int(aktif)}"
    else:
        book.names.add(NAMA_RUMUS_PYTHON, f"={int(aktif)}")
    return (
        "Sel hitungan kini memakai fungsi Python; tanpa Python, rumus Excel di dalamnya yang berlaku."
        if aktif
        else "Sel hitungan kini memakai rumus Excel saja; angkanya sama."
    )


def cek_pemasangan(book: xw.Book | None = None) -> None:
    """Tell what is missing in the installation, and how to mend it."""
    jalankan(book, _cek_pemasangan)


def _cek_pemasangan(book: xw.Book) -> str:
    from renja_xl.pasang.cek import periksa_pemasangan

    path: Path | None = None
    with suppress(Exception):  # a workbook in a cloud folder that has no path on this computer
        path = Path(book.fullname)
    butir = periksa_pemasangan(path, terbuka=True)
    buruk = [b for b in butir if not b.baik]
    if not buruk:
        return f"Pemasangan baik: {len(butir)} hal sudah diperiksa."
    rincian = [f"- {b.pesan} {b.perbaikan}".strip() for b in buruk]
    return "\n".join([f"{len(buruk)} dari {len(butir)} hal perlu diperbaiki:", *ringkas(rincian)])
