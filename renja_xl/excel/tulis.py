"""Write files safely: a finished copy beside the target, the previous version kept, then one atomic replace.

Whatever stops a write — a full disk, a pulled plug, a kill — leaves the whole old file or the whole new one under its
name, and only whole files in ``Cadangan/``.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from renja_xl.errors import TidakDapatDitulisError, sebab

CADANGAN = "Cadangan"

_AWALAN, _AKHIRAN = ".renja-", ".tmp"
_SEHARI = 24 * 60 * 60
_IZIN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY}
_PENUH = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def versi_sebelumnya(path: Path) -> list[Path]:
    """Copies of a file in ``Cadangan/``, the newest first."""
    asli = Path(os.path.realpath(path))
    pola = re.compile(re.escape(asli.stem) + r" \(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d.*\)" + re.escape(asli.suffix))
    folder = asli.parent / CADANGAN
    ada = [p for p in folder.iterdir() if pola.fullmatch(p.name)] if folder.is_dir() else []
    return sorted(ada, key=lambda p: p.name, reverse=True)


def simpan_cadangan(path: Path) -> Path | None:
    """Keep a file as it is saved now in ``Cadangan/``: another program is about to write it.

    Returns:
        The copy; None where the newest one already is the same.

    Raises:
        TidakDapatDitulisError: the system refused; no copy is left.
    """
    try:
        asli = Path(os.path.realpath(path))
        keadaan, isi = asli.stat(), asli.read_bytes()
        if any(p.read_bytes() == isi for p in versi_sebelumnya(asli)[:1]):
            return None
        return _salin(asli, isi, keadaan)
    except OSError as galat:
        raise TidakDapatDitulisError(
            f"Salinan {path.name} tidak dapat disimpan di folder {CADANGAN} ({sebab(galat)}); {_saran(galat)}."
        ) from galat


def tulis_aman(path: Path, isi: bytes, semula: bytes | None = None) -> Path | None:
    """Replace a file atomically.

    Args:
        path: the file; a link keeps leading to its file.
        isi: the new content.
        semula: the bytes that ``isi`` was made from; a file that holds anything else by now was saved meanwhile by
            somebody else, and is left to them.

    Returns:
        The copy of the previous version in ``Cadangan/``, None where there was none.

    Raises:
        TidakDapatDitulisError: the file is open, changed, read-only or no file, or the system refused; the old file
            is intact and nothing half-written is left.
    """
    lama: bytes | None = None
    try:
        keadaan = _periksa(path)
        _pastikan_tertutup(path)
        asli = Path(os.path.realpath(path))
        if keadaan is not None:  # one look decides; a file that appears from here on is somebody else's
            lama = _baca(asli)
        if semula is not None:
            _pastikan_sama(path, lama, semula)
        _buang_sisa(asli.parent)
        return _ganti(path, asli, isi, lama, keadaan)
    except OSError as galat:
        utuh = "tidak ada yang ditulis" if lama is None else "berkas lama tetap utuh"
        raise TidakDapatDitulisError(
            f"{path} tidak dapat ditulis ({sebab(galat)}), {utuh}; {_saran(galat)}."
        ) from galat


def _ganti(path: Path, asli: Path, isi: bytes, lama: bytes | None, keadaan: os.stat_result | None) -> Path | None:
    """The write itself. All that takes time is done before the last look at the target."""
    salinan: Path | None = None
    try:
        with _sementara(asli.parent, isi, keadaan) as baru:
            if lama is not None and keadaan is not None:
                salinan = _salin(asli, lama, keadaan)
            _pastikan_tertutup(path)
            _pastikan_sama(path, _baca(asli), lama)
            os.replace(baru, asli)
    except BaseException:
        # A copy of what is still there is rubbish; but a network drive may report failure for a rename that took
        # place, and then the copy is all that is left of the old version.
        if salinan is not None:
            with suppress(OSError):
                if _baca(asli) == lama:
                    salinan.unlink()
                    salinan.parent.rmdir()  # refuses where other copies are
        raise
    _tetapkan(asli.parent)
    return salinan


# ── looking before writing ────────────────────────────────────────────────────────────────────────────────────


def _periksa(path: Path) -> os.stat_result | None:
    """What the target is at present, None where nothing is; only a regular file that may be written is accepted.

    Opening a pipe or a device could wait for ever, and replacing one would break it.
    """
    try:
        keadaan = path.stat()
    except FileNotFoundError:
        folder = Path(os.path.realpath(path)).parent
        if not folder.is_dir():
            raise TidakDapatDitulisError(
                f"Folder {folder} tidak ditemukan; mohon buat dahulu atau pilih folder lain."
            ) from None
        return None
    if stat.S_ISDIR(keadaan.st_mode):
        raise TidakDapatDitulisError(f"{path} adalah folder; mohon beri nama berkas, misalnya {path / 'Renja.xlsx'}.")
    if not stat.S_ISREG(keadaan.st_mode):
        raise TidakDapatDitulisError(f"{path} bukan berkas biasa (pipa atau perangkat); mohon beri nama berkas lain.")
    # A superuser may write anything; the mark is respected all the same, somebody meant it.
    if not keadaan.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise TidakDapatDitulisError(f"{path} hanya dapat dibaca; mohon lepas tanda hanya-baca atau pilih nama lain.")
    return keadaan


def _baca(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _pastikan_sama(path: Path, kini: bytes | None, semula: bytes | None) -> None:
    if kini != semula:
        raise TidakDapatDitulisError(
            f"{path} berubah sejak dibaca, mungkin disimpan orang lain, dan dibiarkan apa adanya; mohon ulangi."
        )


def _pastikan_tertutup(path: Path) -> None:
    """Refuse a file that a program has open: its next save would undo ours, or ours its.

    LibreOffice comes first, because beside its own lock it writes Excel's. Excel keeps the whole name (it is Word that
    drops two characters), and so do WPS and OnlyOffice, which write ``~$``; WPS on Linux writes ``.~``.
    """
    for p in dict.fromkeys((path, Path(os.path.realpath(path)))):
        for nama, program in (
            (f".~lock.{p.name}#", "LibreOffice"),
            (f"~${p.name}", "Excel atau program sejenisnya"),
            (f".~{p.name}", "WPS"),
        ):
            kunci = p.parent / nama
            if os.path.lexists(kunci):
                raise TidakDapatDitulisError(
                    f"{path} sedang terbuka di {program}{_pemakai(kunci)}; mohon tutup dahulu, lalu ulangi "
                    f"(bila tidak ada program yang membukanya, hapus berkas {kunci})."
                )


def _pemakai(kunci: Path) -> str:
    """``, oleh NAMA`` as a lock file tells it, or nothing; locks are other programs' files and may hold anything."""
    try:
        if not kunci.is_file():
            return ""
        with kunci.open("rb") as f:
            isi = f.read(1024)
    except OSError:
        return ""
    if kunci.name.startswith(".~lock."):  # name, login, host, time, profile; commas in them are escaped
        bagian = re.findall(r"((?:\\.|[^,;\\])*)[,;]", isi.decode(errors="replace"))
        nama = next((re.sub(r"\\(.)", r"\1", b) for b in bagian[:2] if b.strip()), "")
    else:  # Excel: the name again at byte 57 as UTF-16, its length before it
        nama = isi[57:][: 2 * isi[55]].decode("utf-16-le", "replace") if len(isi) > 57 and isi[55] <= 52 else ""
    nama = "".join(c for c in nama if c.isprintable() and c != "\ufffd").strip()[:60]
    return f", oleh {nama}" if nama else ""


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _sementara(folder: Path, isi: bytes, keadaan: os.stat_result | None) -> Iterator[Path]:
    """A finished file that is on disk, under a temporary name that is gone afterwards.

    It lies in the folder of its final name: a rename over file systems would be a copy. Until it has the mode of the
    file that it replaces, nobody else may read it.
    """
    path = folder / f"{_AWALAN}{os.urandom(8).hex()}{_AKHIRAN}"
    izin = 0o666 if keadaan is None else 0o600
    try:
        with open(path, "xb", opener=lambda p, bendera: os.open(p, bendera, izin)) as f:
            f.write(isi)
            f.flush()
            os.fsync(f.fileno())
        if keadaan is not None:
            _samakan(path, keadaan)
        yield path
    finally:
        with suppress(OSError):
            path.unlink()


def _samakan(path: Path, keadaan: os.stat_result) -> None:
    """Give a file the owner, group and mode of another, as far as the system permits."""
    if hasattr(os, "chown"):
        for pemilik in (-1, keadaan.st_uid):  # a member may keep the group of a shared folder, root the owner too
            with suppress(OSError):
                os.chown(path, pemilik, keadaan.st_gid)
    with suppress(OSError):  # some network drives have no modes
        os.chmod(path, stat.S_IMODE(keadaan.st_mode) & 0o777)


def _salin(path: Path, lama: bytes, keadaan: os.stat_result) -> Path:
    """Keep the present version in ``Cadangan/`` under a readable name that is still free."""
    folder = path.parent / CADANGAN
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise TidakDapatDitulisError(
            f"{folder} bukan folder, padahal versi sebelumnya disimpan di sana; mohon ganti nama berkas itu."
        ) from None
    _buang_sisa(folder)
    saat = datetime.now()
    with suppress(ValueError, OverflowError, OSError):  # a broken clock may have left any time
        saat = datetime.fromtimestamp(keadaan.st_mtime)
    waktu = f"{saat:%Y-%m-%d %H.%M.%S}"
    try:
        with _sementara(folder, lama, keadaan) as sementara:
            nama = (f"{path.stem} ({waktu}{f', {n}' if n > 1 else ''}){path.suffix}" for n in count(1))
            salinan = next(folder / n for n in nama if _beri_nama(sementara, folder / n))
    except BaseException:
        with suppress(OSError):
            folder.rmdir()  # refuses where other copies are
        raise
    with suppress(OSError):
        os.utime(salinan, ns=(keadaan.st_atime_ns, keadaan.st_mtime_ns))
    _tetapkan(folder)
    _tetapkan(folder.parent)
    return salinan


def _beri_nama(sementara: Path, tujuan: Path) -> bool:
    """Name a finished file unless the name is taken; a link, unlike a rename, never overwrites a copy of another run."""
    if os.path.lexists(tujuan):
        return False
    try:
        os.link(sementara, tujuan)
    except FileExistsError:
        return False
    except (OSError, AttributeError):  # drives without links
        os.replace(sementara, tujuan)
    return True


def _tetapkan(folder: Path) -> None:
    """Put the names in a folder on disk, so that a rename survives a power cut; Windows and some drives cannot."""
    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _buang_sisa(folder: Path) -> None:
    """Remove what killed runs left; a day old, so that no other run is still writing it."""
    with suppress(OSError):
        for p in folder.glob(f"{_AWALAN}*{_AKHIRAN}"):
            with suppress(OSError):
                if p.lstat().st_mtime < time.time() - _SEHARI:
                    p.unlink()


# ── sentences ─────────────────────────────────────────────────────────────────────────────────────────────────


def _saran(galat: OSError) -> str:
    """How to mend what the system refused."""
    if galat.errno in _PENUH:
        return "mohon kosongkan ruang penyimpanan atau pilih folder lain, lalu ulangi"
    if galat.errno in _IZIN:
        tempat = f" folder {Path(galat.filename).parent}" if isinstance(galat.filename, str) else "nya"
        return f"mohon tutup program yang mungkin membukanya dan periksa izin{tempat}, lalu ulangi"
    if galat.errno == errno.ENAMETOOLONG:
        return "mohon pakai nama yang lebih pendek"
    return "mohon periksa folder dan media penyimpanannya, lalu ulangi"
