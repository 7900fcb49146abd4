"""``pasang``: this user's Excel is told where Python is. First a plan, which can be shown; then it is carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from renja_xl.errors import RenjaError, TidakDapatDitulisError, sebab
from renja_xl.excel.tulis import tulis_aman
from renja_xl.pasang.lingkungan import LINUX, MAC, WINDOWS, Lingkungan
from renja_xl.pasang.setelan import baca_setelan, berkas_pengguna, cacat, gabung, kunci_python

BUAT_LINGKUNGAN: dict[str, str] = {
    WINDOWS: (
        r'py -m venv "%LOCALAPPDATA%\Renja-XL", lalu "%LOCALAPPDATA%\Renja-XL\Scripts\pip" install BERKAS.whl, '
        r'lalu "%LOCALAPPDATA%\Renja-XL\Scripts\renja-xl" pasang'
    ),
    MAC: "python3 -m venv ~/renja, lalu ~/renja/bin/pip install BERKAS.whl, lalu ~/renja/bin/renja-xl pasang",
}
"""Commands that set up a Python of the user's own; the wheel is the file that they got: no package index knows this program."""

_TIDAK_AMAN_MAC = re.compile(r"[^\w./@%+,:=-]")  # xlwings' script hands the path to the shell unquoted


@dataclass(frozen=True, slots=True)
class Langkah:
    """One file to be written.

    Args:
        kalimat: what is done, in words.
        isi: the new content.
        semula: what stands there, None where nothing does.
        rincian: lines of the content that are new, where it is text.
    """

    kalimat: str
    path: PurePath
    isi: bytes
    semula: bytes | None = None
    rincian: tuple[str, ...] = ()


def rencana(lingkungan: Lingkungan) -> Sequence[Langkah]:
    """What is still to be done so that Excel finds this Python; nothing where all is set up.

    Raises:
        RenjaError: no Excel on this system, or a Python or a folder that cannot serve.
    """
    if lingkungan.sistem == LINUX:
        raise RenjaError(
            "Excel tidak ada di sistem ini, jadi tidak ada yang perlu dipasang; semua perintah renja-xl tetap dapat dipakai; "
            "untuk melihat yang dikerjakan di sistem lain: renja-xl pasang --coba --sistem windows"
        )
    python = _python(lingkungan)
    langkah = [*_setelan(lingkungan, python)]
    langkah += _pustaka(lingkungan, python) if lingkungan.sistem == WINDOWS else _skrip(lingkungan)
    return langkah


def jalankan(langkah: Sequence[Langkah]) -> list[Path]:
    """Carry out a plan; each file is replaced as a whole.

    Returns:
        The copies of the files that were replaced.

    Raises:
        TidakDapatDitulisError: the system refused, or a file changed since the plan was made.
    """
    salinan: list[Path] = []
    for bagian in langkah:
        path = Path(bagian.path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as galat:
            raise TidakDapatDitulisError(
                f"Folder {path.parent} tidak dapat dibuat ({sebab(galat)}); mohon periksa izinnya, lalu ulangi."
            ) from galat
        lama = tulis_aman(path, bagian.isi, bagian.semula)
        salinan += [] if lama is None else [lama]
    return salinan


def dari_toko(python: PurePath) -> bool:
    """Whether a Python is that of the Microsoft Store, beside which xlwings' libraries cannot stand."""
    return "windowsapps" in (b.casefold() for b in python.parts)


def aman_di_mac(python: PurePath) -> bool:
    """Whether xlwings on a Mac can start an interpreter by this path."""
    return _TIDAK_AMAN_MAC.search(str(python).removeprefix("~")) is None


def nama_pustaka(versi: str, bit: int) -> str:
    """xlwings' library that Excel of so many bits loads."""
    return f"xlwings{bit}-{versi}.dll"


def tempat_pustaka(python: PurePath) -> tuple[PurePath, PurePath]:
    """The two folders in which xlwings' VBA looks for its library."""
    return python.parent, python.parent.parent


# ── steps ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _python(lingkungan: Lingkungan) -> PurePath:
    """The interpreter that Excel is to start: without a console window on Windows."""
    python = lingkungan.python
    if not python.name:
        raise RenjaError(
            "Letak Python tidak diketahui; mohon jalankan dari baris perintah dengan: python -m renja_xl pasang"
        )
    if lingkungan.sistem == WINDOWS:
        if dari_toko(python):
            raise RenjaError(
                f"Python di {python} berasal dari Microsoft Store dan tidak dapat dijalankan Excel; mohon pasang Python dari "
                f"python.org untuk pengguna ini, atau jalankan: {BUAT_LINGKUNGAN[WINDOWS]}"
            )
        tanpa_layar = python.with_name("pythonw.exe")
        return tanpa_layar if lingkungan.ada(tanpa_layar) else python
    if not aman_di_mac(python):
        raise RenjaError(
            f"Letak Python {python} memuat spasi atau tanda yang tidak dapat dibaca Excel di Mac; mohon pakai folder lain, "
            f"misalnya dengan: {BUAT_LINGKUNGAN[MAC]}"
        )
    return python


def _setelan(lingkungan: Lingkungan, python: PurePath) -> Iterator[Langkah]:
    path = berkas_pengguna(lingkungan)
    if lingkungan.sistem == MAC and not lingkungan.contoh and not lingkungan.ada(path.parent):
        raise RenjaError(
            f"Folder {path.parent} belum ada karena Excel belum pernah dibuka oleh pengguna ini; mohon buka Excel sekali, "
            "tutup, lalu ulangi."
        )
    semula = _baca(lingkungan, path)
    baru = {kunci_python(lingkungan): str(python)}
    if lingkungan.sistem == WINDOWS:
        baru["USE UDF SERVER"] = "True"
    if semula is not None and b"\0" in semula:
        raise RenjaError(
            f"Berkas pengaturan {path} bukan teks biasa sehingga tidak dapat ditambah; mohon ganti namanya, lalu ulangi."
        )
    if semula is not None and not cacat(semula) and baru.items() <= baca_setelan(semula, lingkungan.kodek).items():
        return
    try:
        akhir = b"\r\n" if lingkungan.sistem == WINDOWS else b"\n"
        isi = gabung(semula or b"", baru, lingkungan.kodek, akhir)
    except UnicodeEncodeError as galat:
        raise RenjaError(
            f"Letak Python {python} memuat huruf yang tidak dapat dibaca Excel; mohon pasang Python di folder bernama huruf "
            "latin biasa, lalu ulangi."
        ) from galat
    rincian = tuple(f'"{k}","{v}"' for k, v in baru.items())
    yield Langkah(f"Tulis letak Python untuk Excel di {path}", path, isi, semula, rincian)


def _pustaka(lingkungan: Lingkungan, python: PurePath) -> Iterator[Langkah]:
    """Copies of xlwings' libraries where its VBA looks for them: pip of a user without rights puts them elsewhere."""
    versi = lingkungan.versi_paket("xlwings") or ""
    for nama in (nama_pustaka(versi, bit) for bit in (32, 64)):
        tempat = tempat_pustaka(python)
        if any(lingkungan.ada(f / nama) for f in tempat):
            continue
        isi = next((x for f in lingkungan.folder_pustaka if (x := lingkungan.baca(f / nama)) is not None), None)
        if isi is not None and lingkungan.dapat_menulis(tempat[0]):
            yield Langkah(f"Salin pustaka xlwings ke {tempat[0] / nama}", tempat[0] / nama, isi)


def _skrip(lingkungan: Lingkungan) -> Iterator[Langkah]:
    """xlwings' AppleScript in the folder from which Excel may start scripts."""
    try:
        nama, isi = lingkungan.skrip_mac
    except OSError as galat:
        raise RenjaError(
            "Paket Python xlwings tidak lengkap (skrip untuk Mac tidak ada); mohon pasang ulang dengan: "
            "pip install --force-reinstall xlwings"
        ) from galat
    path = berkas_skrip(lingkungan, nama)
    semula = _baca(lingkungan, path)
    if semula != isi:
        yield Langkah(f"Salin skrip xlwings ke {path}", path, isi, semula)


def berkas_skrip(lingkungan: Lingkungan, nama: str) -> PurePath:
    """Where xlwings' AppleScript belongs."""
    return lingkungan.rumah / "Library" / "Application Scripts" / "com.microsoft.Excel" / nama


def _baca(lingkungan: Lingkungan, path: PurePath) -> bytes | None:
    try:
        return lingkungan.baca(path)
    except OSError as galat:
        raise RenjaError(
            f"Berkas {path} tidak dapat dibaca ({sebab(galat)}); mohon periksa izinnya, lalu ulangi."
        ) from galat
