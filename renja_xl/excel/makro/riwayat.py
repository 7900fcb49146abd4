"""The history of an open workbook: recorded before an explicit save, and by its button."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.excel.makro.dasar import PerintahDitolakError, jalankan, ringkas

if TYPE_CHECKING:
    import xlwings as xw

    from renja_xl.excel.langsung import Langsung
    from renja_xl.tabel.spec import TabelSpec


def catat(book: xw.Book | None = None) -> None:
    """Record what differs from the last record, silently."""
    jalankan(book, _catat_diam)


def _catat_diam(book: xw.Book) -> None:
    _catat(book)


def buka(book: xw.Book | None = None) -> None:
    """Record what differs, show the sheet, and tell what is known of the selected row."""
    jalankan(book, _buka)


def _catat(book: xw.Book) -> int:
    """Record what differs; how many rows that gives."""
    from renja_xl.core.riwayat import (
        BERISIAN,
        DICATAT,
        Pencatat,
        ada_perubahan,
        aktif,
        catat,
        dimulai,
        mulai,
        ringkaskan,
    )
    from renja_xl.errors import RenjaError
    from renja_xl.excel.catat_riwayat import pengguna, simpan_lama
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.tabel import KEADAAN_TERAKHIR, PROGRAM_SUB_KEGIATAN, RIWAYAT

    t = baca_langsung(book, (*BERISIAN, PROGRAM_SUB_KEGIATAN))
    if not aktif(t.buku) or (dimulai(t.buku) and not ada_perubahan(t.buku)):
        return 0
    if not {RIWAYAT.lembar, KEADAAN_TERAKHIR.lembar} <= t.tersedia:
        return 0
    t = baca_langsung(book, (*BERISIAN, PROGRAM_SUB_KEGIATAN, RIWAYAT, KEADAAN_TERAKHIR), t)
    oleh = pengguna()
    with suppress(Exception):  # what Excel calls its user; not every platform tells
        oleh = str(book.app.api.UserName).strip() or oleh
    p = Pencatat(datetime.now(), oleh, "Excel")
    semula = len(t.buku.baris(RIWAYAT.kunci))
    hasil = catat(t.buku, t.letak, p) if dimulai(t.buku) else mulai(t.buku, p)
    banyak = len(hasil.baris(RIWAYAT.kunci)) - semula
    pendek, lebih = ringkaskan(hasil)
    if lebih:
        with suppress(RenjaError, OSError):  # where no file can be written beside it, the workbook keeps them
            simpan_lama(Path(book.fullname), lebih)
            hasil = pendek
    tulis_langsung(Rencana(t, hasil, DICATAT))
    return banyak


def _buka(book: xw.Book) -> str:
    from renja_xl.core.riwayat import isi_baris
    from renja_xl.excel.aplikasi import buka_lembar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.laporan_riwayat import ke_teks
    from renja_xl.tabel import PROFIL, RIWAYAT, SEMUA

    lembar, dipilih = book.sheets.active.name, book.app.selection
    baru = _catat(book)
    milik = next((s for s in SEMUA if s.lembar == lembar), None)
    t = baca_langsung(book, (PROFIL, RIWAYAT, *([milik] if milik else [])))
    if RIWAYAT.kunci not in t.lembar:
        raise PerintahDitolakError(
            f"Lembar {RIWAYAT.lembar} tidak ada lagi; mohon kembalikan dari salinan di folder Cadangan."
        )
    rows = t.buku.baris(RIWAYAT.kunci)
    sheet = book.sheets[RIWAYAT.lembar]
    sheet.visible = True
    buka_lembar(sheet)
    pesan = [
        f"{baru} perubahan baru dicatat; semuanya {len(rows)}, yang terbaru di bawah. Saring kolomnya untuk mencari."
    ]
    rujukan = _rujukan(t, milik, dipilih) if milik and dipilih is not None else None
    di_sini = [isi_baris(b) for b in rows if b["rujukan"].nilai == rujukan] if rujukan else []
    if di_sini:
        pesan += ["Sel yang dipilih:", *ringkas(x for x in ke_teks(di_sini) if x)]
    return "\n".join(pesan)


def _rujukan(t: Langsung, spec: TabelSpec, dipilih: xw.Range) -> str | None:
    """How the history calls the selected cell."""
    baris = next((i for i, r in t.letak.baris.get(spec.kunci, {}).items() if r == dipilih.row), None)
    kolom = next((k for k, c in t.letak.kolom.get(spec.kunci, {}).items() if c == dipilih.column), None)
    return f"{spec.kunci}|{baris}|{kolom}" if baris and kolom else None
