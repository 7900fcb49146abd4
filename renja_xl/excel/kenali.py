"""What a file is, by its first bytes: the right advice for what is no workbook that we read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from renja_xl.errors import BukuTidakTerbacaError, sebab

BATAS_BERKAS = 128 * 1024 * 1024
"""Bytes of a file that we are willing to read; a plan of 100,000 rows has about 15 MB."""

AKHIRAN = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})

_SIMPAN_ULANG = "mohon buka di Excel, lalu simpan sebagai Buku Kerja Excel (.xlsx)"

_TANDA: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "adalah PDF; mohon minta buku kerja aslinya (.xlsx)"),
    (b"\x1f\x8b", "adalah arsip gzip; mohon ekstrak dahulu, lalu tunjuk berkas .xlsx di dalamnya"),
    (b"Rar!", "adalah arsip RAR; mohon ekstrak dahulu, lalu tunjuk berkas .xlsx di dalamnya"),
    (b"7z\xbc\xaf", "adalah arsip 7z; mohon ekstrak dahulu, lalu tunjuk berkas .xlsx di dalamnya"),
    (b"\xff\xd8\xff", "adalah gambar; mohon minta buku kerja aslinya (.xlsx)"),
    (b"\x89PNG", "adalah gambar; mohon minta buku kerja aslinya (.xlsx)"),
    (b"\t\x08", f"berformat Excel lama (.xls); {_SIMPAN_ULANG}"),
    (b"\t\x04", f"berformat Excel lama (.xls); {_SIMPAN_ULANG}"),
    (b"\t\0", f"berformat Excel lama (.xls); {_SIMPAN_ULANG}"),
    (b"{\\rtf", "adalah dokumen RTF; mohon minta buku kerja aslinya (.xlsx)"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ISI_OLE = (
    (
        "EncryptedPackage",
        "berkata sandi; mohon buka di Excel, hapus kata sandinya (Berkas > Info > Proteksi), lalu simpan ulang",
    ),
    ("Workbook", f"berformat Excel lama (.xls); {_SIMPAN_ULANG}"),
    ("Book", f"berformat Excel lama (.xls); {_SIMPAN_ULANG}"),
    ("", f"berformat Office lama, bukan buku kerja .xlsx; {_SIMPAN_ULANG}"),
)
"""What an OLE container is, by a name in its directory."""


def baca_berkas(path: Path, *, lama: bool = False) -> bytes:
    """The bytes of a file that can be a workbook package (a zip).

    Args:
        lama: whether the old format (.xls) will do too.

    Raises:
        BukuTidakTerbacaError: not there, no regular file, unreadable, too large, or of another kind, with advice.
    """
    try:
        with open(path, "rb", opener=_tanpa_menunggu) as f:
            sifat = os.fstat(f.fileno())
            if not stat.S_ISREG(sifat.st_mode):
                raise BukuTidakTerbacaError(f"{path} bukan berkas biasa; mohon tunjuk berkas .xlsx.")
            if sifat.st_size > BATAS_BERKAS:
                raise BukuTidakTerbacaError(
                    f"Berkas {path} berukuran {sifat.st_size // 2**20} MB, lebih dari {BATAS_BERKAS // 2**20} MB; "
                    "mohon hapus gambar atau lembar yang tidak diperlukan, lalu simpan ulang."
                )
            data = f.read(BATAS_BERKAS + 1)
    except FileNotFoundError as galat:
        raise BukuTidakTerbacaError(f"Berkas {path} tidak ditemukan; mohon periksa nama dan letaknya.") from galat
    except IsADirectoryError as galat:
        raise BukuTidakTerbacaError(f"{path} adalah folder, bukan buku kerja; mohon tunjuk berkas .xlsx.") from galat
    except OSError as galat:
        if path.is_dir():  # Windows says "permission denied" of a folder
            raise BukuTidakTerbacaError(
                f"{path} adalah folder, bukan buku kerja; mohon tunjuk berkas .xlsx."
            ) from galat
        raise BukuTidakTerbacaError(
            f"Berkas {path} tidak dapat dibaca ({sebab(galat)}); mohon periksa izinnya."
        ) from galat
    if not (lama and berformat_lama(data)):
        _pastikan_zip(path, data)
    return data


def berformat_lama(data: bytes) -> bool:
    """Whether the bytes are an old workbook (.xls) in an OLE container."""
    isi = next((nama for nama, _ in _ISI_OLE if nama.encode("utf-16-le") in data), "") if data.startswith(_OLE) else ""
    return isi in {"Workbook", "Book"}


def _tanpa_menunggu(nama: str, tanda: int) -> int:
    """Open without waiting for a writer: a named pipe must not hang us."""
    return os.open(nama, tanda | getattr(os, "O_NONBLOCK", 0))


def _pastikan_zip(path: Path, data: bytes) -> None:
    if not data:
        raise BukuTidakTerbacaError(f"Berkas {path} kosong (0 byte); mohon minta salinannya lagi.")
    if data.startswith(b"PK"):
        return
    raise BukuTidakTerbacaError(f"Berkas {path} {_jenis(data)}.")


def _jenis(data: bytes) -> str:
    """What the bytes are and what to do, as the end of a sentence."""
    if data.startswith(_OLE):
        return next(kata for nama, kata in _ISI_OLE if nama.encode("utf-16-le") in data)
    for tanda, kata in _TANDA:
        if data.startswith(tanda):
            return kata
    awal = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if awal.startswith((b"<!doctype html", b"<html", b"<table", b"<head")):
        return f"adalah halaman web (HTML) yang diberi akhiran buku kerja; {_SIMPAN_ULANG}"
    if awal.startswith(b"<"):
        return f"adalah XML, bukan buku kerja .xlsx; {_SIMPAN_ULANG}"
    if b"\0" not in data[:4096] and awal:
        return f"adalah teks biasa atau CSV; {_SIMPAN_ULANG}"
    return "bukan buku kerja Excel atau rusak; mohon minta salinannya lagi"


def pastikan_akhiran(path: Path) -> None:
    """Refuse a workbook under a name that Excel would not open.

    Raises:
        BukuTidakTerbacaError: with the ending that fits.
    """
    if path.suffix.lower() not in AKHIRAN:
        tertulis = f"berakhiran {path.suffix}" if path.suffix else "tanpa akhiran"
        raise BukuTidakTerbacaError(
            f"Berkas {path} berisi buku kerja Excel tetapi namanya {tertulis}; mohon ganti akhirannya menjadi .xlsx."
        )
