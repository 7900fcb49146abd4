"""Comparing names and indicators as people spell them."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_SINGKATAN = {"dok": "dokumen", "pd": "perangkat daerah", "sdm": "sumber daya manusia", "keg": "kegiatan"}


@lru_cache(maxsize=20_000)
def kunci(teks: str) -> str:
    """Form for comparing whole names: case, punctuation, spaces and common abbreviations do not matter."""
    polos = unicodedata.normalize("NFKC", teks).casefold()
    kata = re.findall(r"\w+", polos)
    return " ".join(_SINGKATAN.get(k, k) for k in kata)


@lru_cache(maxsize=50_000)
def kemiripan(a: str, b: str, ambang: float = 0.5) -> float:
    """How alike two texts are, 0 to 1, compared whole (never by fragments); 0 where surely below ``ambang``."""
    ka, kb = kunci(a), kunci(b)
    if ka == kb:
        return 1.0
    pembanding = SequenceMatcher(None, ka, kb, autojunk=False)
    if pembanding.real_quick_ratio() < ambang or pembanding.quick_ratio() < ambang:
        return 0.0
    return pembanding.ratio()
