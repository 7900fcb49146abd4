"""One point of the check: what is looked at, what is there, why it matters, how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renja_xl.pasang.konteks import Konteks


@dataclass(frozen=True, slots=True)
class Keadaan:
    """What a look has found.

    Args:
        pesan: one sentence: what is there, and what follows from it.
        perbaikan: one sentence: how to mend it; empty where all is well.
    """

    pesan: str
    perbaikan: str = ""


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """A point to look at.

    Args:
        kunci: stable name of the point.
        nama: what is looked at, for people.
        lihat: the look; None where there is nothing to see on this system or in this workbook.
    """

    kunci: str
    nama: str
    lihat: Callable[[Konteks], Keadaan | None]


@dataclass(frozen=True, slots=True)
class Butir:
    """A point that was looked at; see ``Pemeriksaan`` and ``Keadaan``."""

    kunci: str
    nama: str
    baik: bool
    pesan: str
    perbaikan: str = ""
