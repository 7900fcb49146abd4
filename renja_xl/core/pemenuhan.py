"""Whether a sub kegiatan met its targets (Bab II of a Renja), from column 8 of T-C.29."""

from __future__ import annotations

from collections.abc import Iterable

from renja_xl.tabel.pemenuhan import BELUM_DINILAI, MELEBIHI, MEMENUHI, TIDAK_MEMENUHI


def status(tingkat: Iterable[float | int | None]) -> str:
    """Status from the rates of all its indicators, in percent.

    Any below 100: tidak memenuhi; else any above 100: melebihi; else memenuhi; without a rate: belum dapat dinilai.
    """
    diketahui = [t for t in tingkat if t is not None]
    if not diketahui:
        return BELUM_DINILAI
    if any(t < 100 for t in diketahui):
        return TIDAK_MEMENUHI
    return MELEBIHI if any(t > 100 for t in diketahui) else MEMENUHI


def baca_status(teks: str) -> str | None:
    """Status from words as people write it (``tidak_memenuhi``); None if they name none."""
    kata = "".join(ch for ch in teks.casefold() if ch.isalpha()).removesuffix("target")
    return {
        "tidakmemenuhi": TIDAK_MEMENUHI,
        "memenuhi": MEMENUHI,
        "melebihi": MELEBIHI,
        "belumdapatdinilai": BELUM_DINILAI,
    }.get(kata)
