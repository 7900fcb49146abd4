"""Pausing the cycle collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def tanpa_pengumpul() -> Iterator[None]:
    """Pause the cycle collector: the many small objects of a plan hold no cycles, yet it would walk them again and again."""
    aktif = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if aktif:
            gc.enable()
