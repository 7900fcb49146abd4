"""A plain list that somebody keeps beside the plan: the rows of a CSV or TSV file, or of a workbook's first filled sheet."""

from __future__ import annotations

import codecs
import csv
from decimal import Decimal
from pathlib import Path

from renja_xl.core.nilai import tulis_desimal
from renja_xl.errors import SumberTidakTerbacaError, sebab

_BATAS = 16 * 2**20
_BUKU = {".xlsx", ".xlsm", ".xls", ".ods"}


def baca_deret(path: Path) -> list[list[str]]:
    """Rows of a list as texts; blank rows keep their place.

    Raises:
        SumberTidakTerbacaError: unreadable, empty, or of another kind.
    """
    if path.suffix.lower() in _BUKU:
        return _baca_buku(path)
    try:
        data = path.read_bytes()
    except OSError as galat:
        raise SumberTidakTerbacaError(
            f"{path} tidak dapat dibaca ({sebab(galat)}); mohon periksa nama dan izinnya."
        ) from galat
    teks = _baca_teks(data)
    if len(data) > _BATAS or "\0" in teks[:4096]:
        raise SumberTidakTerbacaError(
            f"{path} bukan daftar CSV, TSV, atau buku kerja; mohon simpan sebagai salah satunya."
        )
    baris = teks.splitlines()
    pemisah = max("\t;,", key=lambda p: sum(b.count(p) for b in baris[:20]) * (2 if p != "," else 1))
    hasil = list(csv.reader(baris, delimiter=pemisah))
    if not any(any(x.strip() for x in b) for b in hasil):
        raise SumberTidakTerbacaError(f"{path} kosong; mohon isi daftarnya.")
    return hasil


def _baca_teks(data: bytes) -> str:
    """A text as Excel saves one: "CSV UTF-8", "Unicode Text" (UTF-16), or plain CSV in the code page of Windows."""
    if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _baca_buku(path: Path) -> list[list[str]]:
    from renja_xl.excel.baca_kisi import baca_kisi  # noqa: PLC0415 - only where the list is a workbook

    kisi = next((k for k in baca_kisi(path) if k.sel), None)
    if kisi is None:
        raise SumberTidakTerbacaError(f"{path} kosong; mohon isi daftarnya.")
    baris, kolom = kisi.ukuran

    def teks(r: int, c: int) -> str:
        isi = kisi.sel.get((r, c))
        if isi is None or isi.nilai is None:
            return ""
        return isi.nilai if isinstance(isi.nilai, str) else tulis_desimal(Decimal(repr(float(isi.nilai))))

    return [[teks(r, c) for c in range(1, kolom + 1)] for r in range(1, baris + 1)]
