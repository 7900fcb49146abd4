"""What a running Excel must be asked for beyond what xlwings offers, on Windows (COM) and on a Mac (AppleScript).

What is here was written from the documentation of both object models and from xlwings' own source. The Windows side is
run in tests against a stand-in with the same names. **Neither side was tried in a real Excel**; of the Mac's, nothing
was run at all: what is only comfort there (no automatic fill, links, paper, charts) is skipped when it fails.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from renja_xl.errors import TidakDapatDitulisError

if TYPE_CHECKING:
    import xlwings as xw
    from xlwings.main import Table

_MAC = sys.platform == "darwin"


@contextmanager
def tenang(app: xw.App) -> Iterator[None]:
    """Excel without recalculation, redrawing, events and automatic fill; all as before afterwards, whatever happens."""
    hitung, layar, peristiwa = app.calculation, app.screen_updating, app.enable_events
    isi = _isi_sendiri(app)
    try:
        app.screen_updating = False
        app.enable_events = False
        app.calculation = "manual"
        app.cut_copy_mode = False  # rows would be inserted with what was copied
        _atur_isi_sendiri(app, False)
        yield
    finally:
        _atur_isi_sendiri(app, isi)
        app.calculation = hitung
        app.enable_events = peristiwa
        app.screen_updating = layar


@contextmanager
def kabar(app: xw.App) -> Iterator[Callable[[str], None]]:
    """A way to tell in the status bar what is going on; Excel's own text comes back afterwards."""

    def tulis(teks: str) -> None:
        app.status_bar = f"Renja-XL: {teks} …"

    try:
        yield tulis
    finally:
        app.status_bar = False


@contextmanager
def tempat_tetap(book: xw.Book) -> Iterator[None]:
    """The planner finds the sheet and the cells selected that were selected before."""
    lembar = book.sheets.active
    pilihan = book.app.selection
    alamat = pilihan.address if pilihan is not None and pilihan.sheet == lembar else None
    try:
        yield
    finally:
        if book.sheets.active != lembar:
            buka_lembar(lembar)
        kini = book.app.selection
        if alamat is not None and (kini is None or kini.address != alamat):
            lembar.range(alamat).select()


def buka_lembar(lembar: xw.Sheet) -> None:
    """Make a sheet the active one; xlwings' own way would first bring this Excel in front, and fail where it cannot."""
    lembar.impl.activate()


def _isi_sendiri(app: xw.App) -> bool:
    with suppress(Exception):
        if not _MAC:
            return bool(app.api.AutoCorrect.AutoFillFormulasInLists)
    return True


def _atur_isi_sendiri(app: xw.App, nyala: bool) -> None:
    """Whether Excel copies a formula that is written into a table to its whole column."""
    with suppress(Exception):
        if not _MAC:
            app.api.AutoCorrect.AutoFillFormulasInLists = nyala


# ── protection ────────────────────────────────────────────────────────────────────────────────────────────────


def terlindung(lembar: xw.Sheet) -> bool:
    """Whether a sheet's cells are protected."""
    return bool(lembar.api.protect_contents.get() if _MAC else lembar.api.ProtectContents)


def buka_lindungan(lembar: xw.Sheet) -> None:
    """Take the protection without a password off a sheet.

    Raises:
        TidakDapatDitulisError: somebody gave it a password.
    """
    with suppress(Exception):  # Excel's own words for a wrong password; what counts is whether it is open
        if _MAC:
            lembar.api.unprotect(password="")
        else:
            lembar.api.Unprotect("")
    if terlindung(lembar):
        raise TidakDapatDitulisError(
            f"Lembar {lembar.name} dilindungi kata sandi, jadi belum ada yang diubah; mohon buka lindungannya lewat "
            "Tinjau > Buka Proteksi Lembar, lalu ulangi."
        )


def lindungi(lembar: xw.Sheet) -> None:
    """Protect a sheet as it is built: no password; notes, and the size of rows and columns, stay free."""
    if _MAC:
        lembar.api.protect_worksheet(
            password="",
            drawing_objects=False,
            worksheet_contents=True,
            scenarios=False,
            allow_formatting_columns=True,
            allow_formatting_rows=True,
            allow_filtering=True,
        )
    else:
        lembar.api.Protect(
            Password="",
            DrawingObjects=False,
            Contents=True,
            Scenarios=False,
            AllowFormattingColumns=True,
            AllowFormattingRows=True,
            AllowFiltering=True,
        )


def kunci_sel(rentang: xw.Range, terkunci: bool) -> None:
    """Lock or unlock cells."""
    if _MAC:
        rentang.api.locked.set(terkunci)
    else:
        rentang.api.Locked = terkunci


# ── cells and tables ──────────────────────────────────────────────────────────────────────────────────────────


def berumus_larik(rentang: xw.Range) -> bool:
    """Whether any cell belongs to an array formula, which cannot be written cell by cell."""
    return (rentang.api.has_array.get() if _MAC else rentang.api.HasArray) is not False


def tampilkan_semua(tabel: Table) -> None:
    """Show the rows that a filter hides: they cannot be moved unseen."""
    if _MAC:
        return
    saring = tabel.api.AutoFilter
    if saring is not None and saring.FilterMode:
        saring.ShowAllData()


def tautkan(sel: xw.Range, lembar: str, alamat: str) -> None:
    """A link from a cell to a cell of the workbook."""
    with suppress(Exception):
        sel.add_hyperlink(f"#'{lembar}'!{alamat}", alamat, f"Buka {lembar} sel {alamat}")


def lepas_tautan(sel: xw.Range) -> None:
    """Take the link off a cell."""
    with suppress(Exception):
        if not _MAC:
            sel.api.Hyperlinks.Delete()


# ── charts and print set-up (Windows only) ────────────────────────────────────────────────────────────────────


def deret_grafik(lembar: xw.Sheet) -> list[tuple[Any, str]]:
    """The series of a sheet's charts, each with the formula that names its cells."""
    if _MAC:
        return []
    with suppress(Exception):
        return [
            (deret, str(deret.Formula))
            for grafik in lembar.api.ChartObjects()
            for deret in grafik.Chart.SeriesCollection()
        ]
    return []


def ganti_deret(deret: Any, rumus: str) -> None:
    """Let a series show other cells."""
    with suppress(Exception):
        deret.Formula = rumus


def nomor_kertas(lembar: xw.Sheet) -> int | None:
    """Excel's number of the paper that a sheet is printed on; None where it does not tell."""
    with suppress(Exception):
        return None if _MAC else int(lembar.api.PageSetup.PaperSize)
    return None


def samakan_cetak(lembar: xw.Sheet, kertas: tuple[int, ...], dipakai: int, tahun: int) -> None:
    """The paper that was chosen, where the sheet is on one of ours, and the year in its footer."""
    if _MAC:
        return
    with suppress(Exception):  # a computer without a printer refuses
        cetak = lembar.api.PageSetup
        if cetak.PaperSize in kertas and cetak.PaperSize != dipakai:
            cetak.PaperSize = dipakai
        kaki = re.sub(r"(Renja Tahun )\d{4}", rf"\g<1>{tahun}", cetak.CenterFooter)
        if kaki != cetak.CenterFooter:
            cetak.CenterFooter = kaki
