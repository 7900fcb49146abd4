"""KSG: what a plan needs and does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from renja_xl.core.temuan import Aturan, Temuan
from renja_xl.periksa.konteks import Konteks

ATURAN_KSG: tuple[Aturan, ...] = ()

PERIKSA_KSG: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = ()
