"""Numbers in Indonesian words."""

from __future__ import annotations

import re

from renja_xl.core.nilai import tulis_angka

_DIGIT = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def terbilang(nilai: int) -> str:
    """A whole number in words: 43 → ``empat puluh tiga``."""
    from num2words import num2words  # noqa: PLC0415 - only sentences need it

    kata = re.sub(r"\b(juta|miliar|triliun) satu ribu\b", r"\1 seribu", str(num2words(abs(nilai), lang="id")))
    return f"minus {kata}" if nilai < 0 else kata


def terbilang_angka(nilai: float) -> str:
    """A number in words, decimals digit by digit: 2,05 → ``dua koma nol lima``. At most six of them are told."""
    bulat, _, pecahan = tulis_angka(abs(nilai)).partition(",")
    kata = terbilang(int(bulat.replace(".", "")))
    if pecahan:
        kata += f" koma {' '.join(_DIGIT[int(d)] for d in pecahan)}"
    return f"minus {kata}" if nilai < 0 and kata != _DIGIT[0] else kata
