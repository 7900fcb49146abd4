"""SAT: units that do not fit the target, its neighbours, or the indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from renja_xl.core.temuan import Aturan, Temuan
from renja_xl.periksa.konteks import Konteks

ATURAN_SAT: tuple[Aturan, ...] = ()

PERIKSA_SAT: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = ()
