"""What stands in a cell and does not show: formats and colours that hide it."""

from __future__ import annotations

import re
from functools import lru_cache

from renja_xl.core.manifes import SelMentah

_KONTRAS_TERENDAH = 1.5


def samar(sel: SelMentah) -> bool:
    """Whether a cell's look hides what it holds."""
    if kontras_rendah(sel.rupa.huruf, sel.rupa.latar):
        return True
    return menyamarkan(sel.rupa.format, sel.nilai)


def kontras_rendah(huruf: str | None, latar: str | None) -> bool:
    """Whether letters can hardly be told from their ground; colours that are not known can."""
    return huruf is not None and latar is not None and kontras(huruf, latar) < _KONTRAS_TERENDAH


@lru_cache(maxsize=1_024)
def kontras(a: str, b: str) -> float:
    """Contrast ratio of two colours (``RRGGBB``) as WCAG 2 defines it: 1 to 21."""

    def terang(warna: str) -> float:
        kanal = [int(warna[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        r, g, u = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanal)
        return 0.2126 * r + 0.7152 * g + 0.0722 * u

    x, y = sorted((terang(a), terang(b)))
    return (y + 0.05) / (x + 0.05)


def menyamarkan(kode: str, nilai: float | str | bool | None) -> bool:
    """Whether a number format shows nothing of a value, or a text of its own in its place."""
    bagian = re.split(r""";(?=(?:[^"]*"[^"]*")*[^"]*$)""", kode)
    if isinstance(nilai, str):
        return len(bagian) > 3 and "@" not in bagian[3]
    if nilai is None or isinstance(nilai, bool):
        return kode.count(";") >= 2 and not any(re.search(r"[0#?@]|general", b, re.IGNORECASE) for b in bagian)
    n = 0 if len(bagian) < 2 or nilai > 0 else 1 if nilai < 0 else 2 if len(bagian) > 2 else 0
    polos = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", bagian[n])
    return re.search(r"[0#?@]|general|[ymdhs]", polos, re.IGNORECASE) is None
