"""From a plan to its share copy: what the command and the button do in the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from renja_xl.bappeda.cek_berkas import baca_diakui
from renja_xl.bappeda.kirim import DIAKUI, Kiriman, kata_tanggal, kirim, teks_profil
from renja_xl.core.buku import Buku
from renja_xl.core.catatan import keadaan_temuan, segarkan_catatan
from renja_xl.core.hitung import hitung
from renja_xl.core.temuan import Temuan
from renja_xl.errors import RenjaError
from renja_xl.excel.bangun_berbagi import Keterangan
from renja_xl.periksa import periksa
from renja_xl.periksa.laporan import ringkas


@dataclass(frozen=True)
class SiapKirim:
    """A recomputed plan with its findings; ``terbuka`` counts the unexplained ones by level."""

    buku: Buku
    temuan: Sequence[Temuan]
    terbuka: Mapping[str, int]

    @property
    def peringatan(self) -> str:
        """What the sender should know of open findings; empty where there are none."""
        return kalimat_terbuka(self.terbuka)


def siapkan_kiriman(buku: Buku) -> SiapKirim:
    """Recompute and audit a plan before it is sent."""
    hasil = hitung(buku)
    temuan = periksa(hasil)
    return SiapKirim(hasil, temuan, ringkas(temuan, keadaan_temuan(hasil, temuan)))


def kalimat_terbuka(terbuka: Mapping[str, int]) -> str:
    """How many findings are open, as a sentence; empty where none is."""
    jumlah = sum(terbuka[t] for t in ("harus_diperbaiki", "perlu_dicek", "informasi"))
    return f"Masih ada {jumlah} catatan ({terbuka['harus_diperbaiki']} harus diperbaiki)." if jumlah else ""


def buat_kiriman(siap: SiapKirim, kini: datetime, revisi: int, *, dengan_catatan: bool = False) -> Kiriman:
    """The share copy of a plan, dated.

    Args:
        dengan_catatan: whether the findings go with it.
    """
    buku = segarkan_catatan(siap.buku, siap.temuan) if dengan_catatan else siap.buku
    return kirim(buku, Keterangan(kata_tanggal(kini), revisi, siap.terbuka, dengan_catatan))


def revisi_berikutnya(keluaran: Path, buku: Buku) -> int:
    """One more than the copy of the same stage that is about to be replaced; else 1."""
    if not keluaran.is_file():
        return 1
    try:
        dulu = baca_diakui(keluaran)
    except RenjaError:
        return 1
    sama = all(dulu.get(k) == teks_profil(buku, k) for k in DIAKUI)
    return int(dulu["revisi"]) + 1 if sama and dulu.get("revisi", "").isdigit() else 1
