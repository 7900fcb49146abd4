"""Estimating how many lines a wrapped text takes, since no Excel is there to fit the rows."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=20_000)
def taksir_baris(teks: str, lebar: float) -> int:
    """Lines that a text takes when wrapped by words into a column of so many characters."""
    muat = max(lebar - 0.5, 1.0) * 1.15  # a column's width counts digits, which run wider than small letters
    jumlah = 0
    for alinea in teks.split("\n"):
        jumlah += 1
        sisa = muat
        for kata in re.split(r"(?<=[\s-])", alinea):
            panjang = sum(1.2 if ch.isupper() else 1.0 for ch in kata.rstrip())
            if panjang > sisa and sisa < muat:
                jumlah, sisa = jumlah + 1, muat
            while panjang > muat:
                jumlah, panjang = jumlah + 1, panjang - muat
            sisa -= panjang + len(kata) - len(kata.rstrip())
    return jumlah
