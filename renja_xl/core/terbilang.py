"""Numbers in Indonesian words."""

from __future__ import annotations

import re


def terbilang(nilai: int) -> str:
    """A whole number in words: 43 → ``empat puluh tiga``."""
    from num2words import num2words  # noqa: PLC0415 - only sentences need it

    kata = re.sub(r"\b(juta|miliar|triliun) satu ribu\b", r"\1 seribu", str(num2words(abs(nilai), lang="id")))
    return f"minus {kata}" if nilai < 0 else kata
