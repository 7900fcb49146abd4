"""The find box: which nodes hold what is looked for, as Excel's SEARCH sees it."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=16)
def _pola(kata: str) -> re.Pattern[str]:
    """``*`` any letters, ``?`` one letter, ``~`` takes a wildcard literally."""
    pola = re.sub(
        r"~([*?~])|(\*)|(\?)|([\s\S])",
        lambda m: re.escape(m[1]) if m[1] else ".*" if m[2] else "." if m[3] else re.escape(m[4]),
        kata,
    )
    return re.compile(pola, re.IGNORECASE | re.DOTALL)


def cocok(kata: str | None, *teks: str | None) -> bool:
    """Whether any text holds the word; an empty word finds nothing, and nothing is found in a blank, not even by ``*``."""
    return bool(kata) and any(_pola(kata or "").search(t) for t in teks if t)
