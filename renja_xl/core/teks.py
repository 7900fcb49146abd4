"""Comparing names and indicators as people spell them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

_SINGKATAN = {"dok": "dokumen", "pd": "perangkat daerah", "sdm": "sumber daya manusia", "keg": "kegiatan"}


@lru_cache(maxsize=20_000)
def kunci(teks: str) -> str:
    """Form for comparing whole names: case, punctuation, spaces and common abbreviations do not matter."""
    polos = unicodedata.normalize("NFKC", teks).casefold()
    kata = re.findall(r"\w+", polos)
    return " ".join(_SINGKATAN.get(k, k) for k in kata)


@lru_cache(maxsize=20_000)
def _huruf(teks: str) -> Counter[str]:
    return Counter(teks)


def batas_kemiripan(a: str, b: str) -> float:
    """What the likeness of two forms (see ``kunci``) can be at most: by their letters, whatever their order. Cheap."""
    sedikit, banyak = sorted((_huruf(a), _huruf(b)), key=len)
    sama = sum(min(n, banyak[h]) for h, n in sedikit.items() if h in banyak)
    return 2.0 * sama / (len(a) + len(b))


@lru_cache(maxsize=50_000)
def kemiripan(a: str, b: str, ambang: float = 0.5) -> float:
    """How alike two texts are, 0 to 1, compared whole (never by fragments); 0 where surely below ``ambang``."""
    ka, kb = kunci(a), kunci(b)
    if ka == kb:
        return 1.0
    # most pairs of a plan differ plainly: told by length, then by letters, before they are laid side by side
    if 2.0 * min(len(ka), len(kb)) / (len(ka) + len(kb)) < ambang or batas_kemiripan(ka, kb) < ambang:
        return 0.0
    return SequenceMatcher(None, ka, kb, autojunk=False).ratio()


def mirip(a: str, b: str, ambang: float) -> bool:
    """Whether two texts are at least so alike."""
    return kemiripan(a, b, ambang) >= ambang
