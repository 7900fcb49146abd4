"""Errors for input that cannot be used. Doubtful values are never errors: they become findings (``Temuan``)."""

import errno

_SEBAB = {
    errno.EACCES: "izin ditolak",
    errno.EPERM: "izin ditolak",
    errno.EEXIST: "sudah ada berkas bernama sama",
    errno.ENOTDIR: "sebagian jalurnya berkas, bukan folder",
    errno.EISDIR: "itu sebuah folder",
    errno.ENOENT: "tidak ditemukan",
    errno.ENOSPC: "ruang penyimpanan habis",
    errno.EDQUOT: "jatah ruang penyimpanan habis",
    errno.EROFS: "media hanya dapat dibaca",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EBUSY: "sedang dipakai program lain",
    errno.EIO: "media penyimpanan bermasalah",
    errno.EFBIG: "berkas melampaui batas ukuran",
    errno.ELOOP: "tautannya berputar-putar",
}


def sebab(galat: OSError) -> str:
    """Why the system refused, in Indonesian."""
    return _SEBAB.get(galat.errno or 0, f"kesalahan sistem nomor {galat.errno}")


class RenjaError(Exception):
    """Unusable input. The message is one Indonesian sentence: what, where, what was expected, how to mend it."""


class SumberTidakTerbacaError(RenjaError):
    """A folder or TSV file that cannot be imported."""


class BukuTidakTerbacaError(RenjaError):
    """A workbook that is not ours, is damaged, or lacks something that reading needs."""


class AkanHilangError(RenjaError):
    """A rebuild would lose sheets, formats or objects that somebody added."""


class TidakDapatDitulisError(RenjaError):
    """The target cannot be written; the old file is untouched."""


class TidakDapatDitambalError(RenjaError):
    """A workbook that cannot be changed in place without touching what is not ours; it is untouched."""


class TahapanError(RenjaError):
    """A stage that is not there, is there already, or cannot be read back."""
