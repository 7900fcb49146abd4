"""A master as its file name asks for it: with macros (.xlsm) or without (.xlsx)."""

from __future__ import annotations

from pathlib import Path

from renja_xl.core.buku import Buku
from renja_xl.excel.bangun import bangun


def bermakro(path: Path) -> bool:
    """Whether a file name asks for macros."""
    return path.suffix.lower() == ".xlsm"


def bangun_induk(buku: Buku, path: Path) -> bytes:
    """The master's bytes; see ``bangun`` and ``dengan_makro``.

    Args:
        path: where it will stand; its ending decides.
    """
    if not bermakro(path):
        return bangun(buku)
    from renja_xl.excel.vba import dengan_makro  # noqa: PLC0415 - only macro workbooks need it

    return dengan_makro(bangun(buku, makro=True))
