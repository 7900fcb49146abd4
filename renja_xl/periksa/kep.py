"""FMT and LNK of headings: a year or a number that does not fit its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from renja_xl.core.temuan import Aturan, Temuan
from renja_xl.periksa.konteks import Konteks

ATURAN_KEP: tuple[Aturan, ...] = ()

PERIKSA_KEP: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = ()
