"""``sanding`` over files: planted operations are told, and nothing else; sides of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import PANJANG
from tests.bench.sanding import Nilai, uji


@pytest.mark.parametrize("awal", range(0, 500, 20) if PANJANG else (40,))
def test_yang_tertanam_dan_tidak_lebih(awal: int, tmp_path: Path) -> None:
    """Pairs of one origin and of two, one operation or several; ``python -m tests.bench.sanding`` tries 500."""
    nilai = Nilai()
    for nomor in range(awal, awal + (20 if PANJANG else 3)):
        uji("1", nomor, tmp_path, nilai)
    assert nilai.rinci == []
    assert nilai.f1 == 1.0
