"""RMS: formulas overwritten, not uniform, or with ranges that miss rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from renja_xl.core.temuan import Aturan, Temuan
from renja_xl.periksa.konteks import Konteks

ATURAN_RMS: tuple[Aturan, ...] = ()

PERIKSA_RMS: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = ()
