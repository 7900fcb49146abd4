"""Likeness of texts against difflib laid over every pair."""

from __future__ import annotations

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from renja_xl.core.nomenklatur import AMBANG_MIRIP, Pengusul
from renja_xl.core.teks import kemiripan, kunci, mirip
from renja_xl.isi import nomenklatur

_NAMA = st.one_of(
    st.sampled_from([b.nama for b in nomenklatur()]), st.text("ab cde", max_size=12), st.sampled_from(["", "-", "PD"])
)


@given(a=_NAMA, b=_NAMA, ambang=st.sampled_from([0.5, 0.85, AMBANG_MIRIP, 0.95]))
def test_kemiripan_sama_dengan_pembanding_utuh(a: str, b: str, ambang: float) -> None:
    x, y = kunci(a), kunci(b)
    utuh = 1.0 if x == y else SequenceMatcher(None, x, y, autojunk=False).ratio()
    assert mirip(a, b, ambang) == (utuh >= ambang)
    assert kemiripan(a, b, ambang) in {utuh, 0.0}


def test_usulan_kode_yang_sama_dari_nama_yang_sama() -> None:
    butir = nomenklatur()
    p = Pengusul(butir, bidang_urusan="5.03")
    for b in butir[:40]:
        pertama = p.usul(b.nama, b.level, None)
        assert pertama is not None
        assert p.usul(b.nama.upper(), b.level, None) == pertama
        assert pertama == Pengusul(butir, bidang_urusan="5.03").usul(b.nama, b.level, None)
