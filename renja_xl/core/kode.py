"""Kode of the nomenclature (Permendagri 90/2019 and its updates): ``5.03.02.2.01.0004``.

Kode are text: an Indonesian Excel turns a typed ``5.03.01`` into a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from renja_xl.core.buku import Level, Nilai

_POLA = re.compile(r"(?:\d|X)(?:\.(?:\d{2}|XX)(?:\.\d{2}(?:\.\d\.\d{2}(?:\.\d{2,4})?)?)?)?")
_LEVEL_MENURUT_BAGIAN = {
    1: Level.URUSAN,
    2: Level.BIDANG_URUSAN,
    3: Level.PROGRAM,
    5: Level.KEGIATAN,
    6: Level.SUB_KEGIATAN,
}


@lru_cache(maxsize=20_000)
def rapikan(teks: str) -> str | None:
    """Kode as the nomenclature writes it (no spaces, no trailing dot); None if the text is no kode."""
    bersih = re.sub(r"\s", "", teks).rstrip(".").upper()
    return bersih if _POLA.fullmatch(bersih) else None


def level(kode: str) -> Level | None:
    """Level that a kode stands for, by the number of its parts."""
    return _LEVEL_MENURUT_BAGIAN.get(kode.count(".") + 1)


def induk(kode: str) -> str | None:
    """Kode of the parent: sub kegiatan → kegiatan → program → bidang urusan → urusan → None."""
    bagian = kode.split(".")
    if len(bagian) == 5:  # a kegiatan carries two parts more than its program: 5.03.01 → 5.03.01.2.05
        return ".".join(bagian[:3])
    return ".".join(bagian[:-1]) or None


def urutan(kode: str | None) -> tuple[int, tuple[str, ...]]:
    """Sort key in the order of the nomenclature; rows without a kode come last."""
    return (0, tuple(kode.split("."))) if kode else (1, ())


def isi_menurut_kode(kode: str, baris: Iterable[tuple[str | None, Nilai]]) -> Nilai:
    """What stands beside a kode: the first that is no blank; None where there is none.

    Args:
        kode: as the nomenclature writes it.
        baris: kode and content of each row.
    """
    return next((isi for k, isi in baris if isi not in {None, ""} and rapikan(k or "") == kode), None)


def untuk_perangkat_daerah(kode: str, bidang_urusan: str | None) -> str:
    """A nomenclature kode with the agency's own bidang urusan in the place of ``X.XX``."""
    return kode.replace("X.XX", bidang_urusan, 1) if bidang_urusan and kode.startswith("X.XX") else kode
