"""LNK across tables: the same thing stated differently in two places."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from renja_xl.core.temuan import Aturan, Temuan
from renja_xl.periksa.konteks import Konteks

ATURAN_SILANG: tuple[Aturan, ...] = ()

PERIKSA_SILANG: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = ()
