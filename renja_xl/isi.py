"""What the package carries: the sample plan and the nomenclature."""

from __future__ import annotations

from pathlib import Path

from renja_xl.core.buku import baca_level
from renja_xl.core.nomenklatur import Butir

_PAKET = Path(__file__).resolve().parent


def folder_workbook() -> Path:
    """``workbook/``: inside an installed wheel, else in the checkout."""
    terpasang = _PAKET / "_workbook"
    return terpasang if terpasang.is_dir() else _PAKET.parent / "workbook"


def folder_contoh(nama: str) -> Path:
    """Folder of a sample plan."""
    return folder_workbook() / "contoh" / nama


def daftar_contoh() -> list[str]:
    """Names of the sample plans."""
    return sorted(p.name for p in (folder_workbook() / "contoh").iterdir() if p.is_dir())


def nomenklatur() -> list[Butir]:
    """The nomenclature (X.XX.01, 5.03, 5.04) with its indicators and units."""
    teks = (folder_workbook() / "contoh" / "nomenklatur.tsv").read_text(encoding="utf-8")
    hasil = []
    for baris in teks.splitlines()[1:]:
        kode, level, nama, indikator, satuan, sumber, *_ = [*baris.split("\t"), "", "", "", ""]
        tingkat = baca_level(level)
        if tingkat is not None:
            hasil.append(Butir(kode, tingkat, nama, indikator or None, satuan or None, sumber or None))
    return hasil
