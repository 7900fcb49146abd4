"""JML: counts, totals and percentages in the prose that contradict the tables, and each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from renja_xl.core.temuan import Aturan, Temuan
from renja_xl.periksa.konteks import Konteks

ATURAN_JML: tuple[Aturan, ...] = ()

PERIKSA_JML: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = ()
