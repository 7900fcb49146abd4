"""What all entry points share: the one message box, the log, the selection, and how lists are told."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.errors import RenjaError

if TYPE_CHECKING:
    import xlwings as xw

    from renja_xl.core.buku import Buku
    from renja_xl.excel.langsung import Langsung

JUDUL = "Renja-XL"
BATAS_BARIS = 8
"""Lines of a kind that a message box shows."""
_BATAS_LOG = 1_000_000
TAK_BATAL = "Perubahan ini tidak dapat dibatalkan dengan Urungkan (Undo)."


class PerintahDitolakError(RenjaError):
    """A button that cannot do its work with what is selected or typed."""


def jalankan(book: xw.Book | None, kerja: Callable[[xw.Book], str | None]) -> None:
    """Do an entry point's work for the calling workbook, and tell what came of it."""
    pesan: str | None
    try:
        if book is None:
            import xlwings as xw

            book = xw.Book.caller()
        pesan = kerja(book)
    except RenjaError as galat:
        pesan = str(galat)
    except Exception as galat:
        pesan = _tak_terduga(galat)
    if not pesan:
        return
    if book is None:
        sys.exit(pesan)
    try:
        book.app.alert(pesan, JUDUL)
    except Exception as galat:
        _catat(galat)


def setuju(book: xw.Book, pertanyaan: str) -> bool:
    """Ask the planner for a yes."""
    return bool(book.app.alert(pertanyaan, JUDUL, "yes_no") == "yes")


def path_buku(book: xw.Book) -> Path:
    """Where the workbook is saved.

    Raises:
        PerintahDitolakError: it was never saved, or lies in a cloud folder that has no path on this computer.
    """
    path: Path | None = None
    with suppress(Exception):  # xlwings raises several kinds where a cloud folder is not on this computer
        path = Path(book.fullname)
    if path is None or not path.is_absolute() or not path.parent.is_dir():
        raise PerintahDitolakError(
            f"Letak {book.name} di komputer ini tidak diketahui; mohon simpan buku ini dulu ke folder di komputer ini "
            "(File > Simpan Sebagai), lalu ulangi."
        )
    return path


def cadangkan(book: xw.Book) -> list[str]:
    """Keep the file as it was last saved before its open workbook is changed; what the planner should know of it.

    Only a workbook with a file of its own on this computer has one. Where no copy can be made, that is said, and no more:
    the file itself is as it was until the planner saves.
    """
    from renja_xl.errors import TidakDapatDitulisError
    from renja_xl.excel.tulis import CADANGAN, simpan_cadangan

    try:
        path = path_buku(book)
        if not path.is_file():
            return []
        salinan = simpan_cadangan(path)
    except PerintahDitolakError:
        return []
    except TidakDapatDitulisError as galat:
        return [str(galat)]
    return [f"Versi yang terakhir disimpan tetap ada di folder {CADANGAN}: {salinan.name}"] if salinan else []


def _tak_terduga(galat: Exception) -> str:
    from renja_xl.excel.tulis_langsung import PenulisanTerhentiError

    log = _catat(galat)
    if isinstance(galat, PenulisanTerhentiError):
        return (
            "Excel menolak sebagian perubahan, sehingga buku ini mungkin baru berubah sebagian; mohon tutup tanpa menyimpan, "
            f"lalu buka dan ulangi. Rinciannya tercatat di {log}."
        )
    return f"Perintah ini terhenti karena kesalahan yang belum dikenali; mohon kirimkan rinciannya, yang tercatat di {log}."


def berkas_log() -> Path:
    """Where details of unexpected errors are kept, in the user's own folder for such things."""
    rumah = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or rumah / "AppData" / "Local") / "Renja-XL"
    elif sys.platform == "darwin":
        folder = rumah / "Library" / "Logs"
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or rumah / ".local" / "state") / "renja-xl"
    return folder / "renja-xl.log"


def _catat(galat: Exception) -> str:
    """Append an error's details to the log; what the log is called in a message."""
    path = berkas_log()
    rincian = "".join(traceback.format_exception(galat))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        penuh = path.exists() and path.stat().st_size > _BATAS_LOG
        with path.open("w" if penuh else "a", encoding="utf-8") as f:
            f.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{rincian}\n")
    except OSError:
        return f"{path}, yang ternyata tidak dapat ditulis"
    return str(path)


# ── in words ──


def alamat(baris: int, kolom: int) -> str:
    from renja_xl.core.letak import huruf_kolom

    return f"{huruf_kolom(kolom)}{baris}"


def simpul_terpilih(t: Langsung) -> str:
    """The node of the selected row, on the struktur's sheet or on that of a table."""
    from renja_xl.core.baris import baris_lembar

    lembar, dipilih = t.book.sheets.active.name, t.book.app.selection
    x = next((x for x in t.lembar.values() if x.spec.lembar == lembar), None)
    if x is not None and dipilih is not None:
        menurut_nomor = {nomor: pengenal for pengenal, nomor in t.letak.baris[x.spec.kunci].items()}
        pengenal = menurut_nomor.get(dipilih.row)
        for b in baris_lembar(t.buku, x.spec.kunci):
            if b.id == pengenal and b.simpul:
                return b.simpul
    raise PerintahDitolakError(
        "Baris yang dipilih bukan sub kegiatan; mohon pilih barisnya di lembar Program & Sub Kegiatan atau di salah satu "
        "tabelnya, lalu ulangi."
    )


def jumlah_berubah(lama: Buku, baru: Buku) -> list[str]:
    """Amounts of parents that changed, under a heading."""
    from renja_xl.laporan_perubahan import perubahan_total

    baris = [f"- {b}" for b in perubahan_total(lama, baru)]
    return ["Jumlah yang berubah:", *ringkas(baris)] if baris else []


def ringkas(baris: Iterable[str]) -> list[str]:
    """The first of some lines, and how many more."""
    semua = list(baris)
    lebih = len(semua) - BATAS_BARIS
    return semua if lebih <= 0 else [*semua[:BATAS_BARIS], f"- dan {lebih} lagi."]
