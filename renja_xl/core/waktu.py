"""When a plan was recomputed last, in words."""

from __future__ import annotations

from datetime import datetime

from renja_xl.core.buku import Buku, Sel
from renja_xl.core.turunan import isi_ringkasan
from renja_xl.tabel import PROFIL

_BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def catat_waktu(buku: Buku, kini: datetime) -> Buku:
    """The plan with the time of its last recompute in Profil, as Beranda shows it."""
    teks = f"{kini.day} {_BULAN[kini.month - 1]} {kini.year} pukul {kini:%H.%M}"
    rows = [
        b.dengan({"nilai": Sel(teks)}) if b["kunci"].nilai == "terakhir_dihitung" else b
        for b in buku.baris(PROFIL.kunci)
    ]
    return isi_ringkasan(buku.ganti({PROFIL.kunci: rows}))
