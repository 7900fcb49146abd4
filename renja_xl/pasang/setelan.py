"""xlwings' settings file, as its VBA reads it: one ``"NAMA","nilai"`` a line, the first line of a name decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from renja_xl.pasang.lingkungan import MAC, WINDOWS, Lingkungan

NAMA_BERKAS = "xlwings.conf"
_BARIS = re.compile(r'\s*"?([^",]*?)"?\s*,\s*"?(.*?)"?\s*')
_BOM = b"\xef\xbb\xbf"


def berkas_pengguna(lingkungan: Lingkungan) -> PurePath:
    """The settings file of the user."""
    if lingkungan.sistem == MAC:
        return lingkungan.rumah / "Library" / "Containers" / "com.microsoft.Excel" / "Data" / NAMA_BERKAS
    return lingkungan.rumah / ".xlwings" / NAMA_BERKAS


def kunci_python(lingkungan: Lingkungan) -> str:
    """Name of the setting that holds the interpreter."""
    return "INTERPRETER_WIN" if lingkungan.sistem == WINDOWS else "INTERPRETER_MAC"


def baca_setelan(isi: bytes, kodek: str) -> dict[str, str]:
    """Settings by upper-case name."""
    hasil: dict[str, str] = {}
    for baris in isi.removeprefix(_BOM).decode(kodek, "replace").splitlines():
        m = _BARIS.fullmatch(baris)
        if m:
            hasil.setdefault(m[1].upper(), m[2])
    return hasil


def cacat(isi: bytes) -> str:
    """What keeps VBA from reading a settings file, as a noun phrase; empty where nothing does."""
    if b"\0" in isi:
        return "huruf yang bukan teks biasa"
    if isi.startswith(_BOM):
        return "tanda pengodean di awalnya"
    if any(not b.strip() for b in isi.splitlines()):
        return "baris kosong"  # VBA then takes names for values, and Excel waits for minutes
    return ""


def gabung(isi: bytes, baru: Mapping[str, str], kodek: str, akhir: bytes = b"\n") -> bytes:
    """The file with some settings replaced or added, without what VBA cannot read; other lines keep their bytes.

    Args:
        akhir: end of the lines, where the file does not show its own.

    Raises:
        UnicodeEncodeError: a value that VBA cannot read in this file.
    """
    if b"\n" in isi:
        akhir = b"\r\n" if b"\r\n" in isi else b"\n"
    tetap = []
    for baris in isi.removeprefix(_BOM).splitlines():
        m = _BARIS.fullmatch(baris.decode(kodek, "replace"))
        if baris.strip() and (m is None or m[1].upper() not in baru):
            tetap.append(baris)
    return b"".join(b + akhir for b in [*tetap, *(f'"{k}","{v}"'.encode(kodek) for k, v in baru.items())])
