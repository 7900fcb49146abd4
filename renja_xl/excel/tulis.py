"""Write files safely: a temporary file in the same folder, fsync, the previous version kept, then replace."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from renja_xl.errors import TidakDapatDitulisError, sebab

CADANGAN = "Cadangan"


def tulis_aman(path: Path, isi: bytes) -> Path | None:
    """Replace a file atomically.

    Returns:
        The copy of the previous version in ``Cadangan/``, None where there was none.

    Raises:
        TidakDapatDitulisError: the file is open in Excel, read-only, or its folder cannot be written; the old file is intact.
    """
    path = path.resolve()  # a link keeps leading to its file
    if path.is_dir():
        raise TidakDapatDitulisError(f"{path} adalah folder; mohon beri nama berkas, misalnya {path / 'Renja.xlsx'}.")
    kunci = path.with_name(f"~${path.name}")
    if kunci.exists():
        raise TidakDapatDitulisError(f"{path} sedang terbuka di Excel; mohon tutup dahulu, lalu ulangi.")
    if path.exists() and not os.access(path, os.W_OK):
        raise TidakDapatDitulisError(f"{path} hanya dapat dibaca; mohon lepas tanda hanya-baca atau pilih nama lain.")
    if not path.parent.is_dir():
        raise TidakDapatDitulisError(f"Folder {path.parent} tidak ditemukan; mohon buat dahulu atau pilih folder lain.")
    sementara: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".renja-", suffix=".tmp", delete=False) as f:
            sementara = Path(f.name)
            f.write(isi)
            f.flush()
            os.fsync(f.fileno())
        sementara.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        salinan = _salin(path) if path.exists() else None
        sementara.replace(path)
    except OSError as galat:
        raise TidakDapatDitulisError(
            f"{path} tidak dapat ditulis ({sebab(galat)}); berkas lama tetap utuh. Mohon periksa izin dan ruang penyimpanan."
        ) from galat
    finally:
        if sementara is not None:
            sementara.unlink(missing_ok=True)
    return salinan


def _salin(path: Path) -> Path:
    """Copy the present version into ``Cadangan/`` under a readable name that is still free."""
    folder = path.parent / CADANGAN
    folder.mkdir(exist_ok=True)
    waktu = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H.%M.%S")
    nama, n = f"{path.stem} ({waktu}){path.suffix}", 2
    while (folder / nama).exists():
        nama, n = f"{path.stem} ({waktu}, {n}){path.suffix}", n + 1
    shutil.copy2(path, folder / nama)
    return folder / nama
