"""LOG: contradictions that only the planner can decide."""

from __future__ import annotations

from collections.abc import Iterator

from renja_xl.core.nilai import urai_rupiah
from renja_xl.core.pagu import berpagu, nilai_pos
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks


def induk_tanpa_rincian(k: Konteks) -> Iterator[Temuan]:
    """An amount was printed on a parent without priced children; after a recompute it stands only in its original."""
    for spec, kolom, rows, tata in k.pagu():
        sub = {p.kunci: nilai_pos(p, rows, kolom.kunci) for p in tata if p.sub}
        for pos in tata:
            if pos.sub or berpagu(pos, sub):
                continue
            for i in pos.baris:
                sel = rows[i][kolom.kunci]
                semula = urai_rupiah(sel.asli)[0] if sel.asli else None
                if not semula or sel.angka:
                    continue
                pesan = (
                    f"{kolom.sebutan(k.tahun)} “{k.nama(spec, rows[pos.baris[0]])}” semula tertulis {sel.asli}, tetapi tidak satu pun "
                    "rinciannya berpagu sehingga jumlahnya 0."
                )
                perbaikan = "Isi pagu pada sub kegiatannya, atau jelaskan bahwa jumlah ini memang tidak dianggarkan."
                yield k.temuan(
                    "LOG-01",
                    Tingkat.HARUS_DIPERBAIKI,
                    spec,
                    rows[i],
                    kolom.kunci,
                    pesan,
                    perbaikan,
                    sel.asli or "",
                    "0",
                )


ATURAN_LOG = (induk_tanpa_rincian,)
