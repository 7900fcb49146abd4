"""Make a share copy of a plan, with the manifest by which it can be checked later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from renja_xl.core.buku import Buku
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.manifes import kode_verifikasi, susun_manifes
from renja_xl.core.nilai import tulis
from renja_xl.core.waktu import kata_waktu
from renja_xl.excel.bangun_berbagi import TEMPAT_KODE, Keterangan, bangun_berbagi, pasang_manifes
from renja_xl.excel.mentah import baca_mentah
from renja_xl.excel.paket import Paket
from renja_xl.tabel.berbagi import SAMPUL, VERSI_MANIFES
from renja_xl.tabel.profil import VERSI_SKEMA

DIAKUI = ("perangkat_daerah", "kabupaten", "tahun_anggaran", "tahapan")
"""Fields of Profil that a share copy claims."""


@dataclass(frozen=True, slots=True)
class Kiriman:
    """A share copy's bytes, and the code for the cover letter."""

    isi: bytes
    kode: str


def kirim(buku: Buku, keterangan: Keterangan) -> Kiriman:
    """The share copy of a plan whose computed cells are right; the same plan and words give the same bytes."""
    dasar = bangun_berbagi(buku, keterangan)
    mentah = baca_mentah(Paket(Path(SAMPUL), dasar))
    r, c = next(t for t, s in mentah.lembar[SAMPUL].sel.items() if s.nilai == TEMPAT_KODE)
    sel_kode = f"{huruf_kolom(c)}{r}"
    butir = susun_manifes(mentah, meta(buku, keterangan) | {"sel_kode": sel_kode})
    kode = kode_verifikasi(butir)
    return Kiriman(pasang_manifes(dasar, butir, kode, sel_kode), kode)


def meta(buku: Buku, keterangan: Keterangan) -> dict[str, str]:
    """What a share copy says of itself."""
    profil: Mapping[str, str] = {k: teks_profil(buku, k) for k in DIAKUI}
    return {
        "versi": str(VERSI_MANIFES),
        "versi_skema": str(VERSI_SKEMA),
        **profil,
        "revisi": str(keterangan.revisi),
        "tanggal": keterangan.tanggal,
    }


def teks_profil(buku: Buku, kunci: str) -> str:
    """A field of Profil as text; years are not grouped by thousands."""
    nilai = buku.profil(kunci)
    return str(buku.tahun) if kunci == "tahun_anggaran" else "" if nilai is None else tulis(nilai)


def kata_tanggal(kini: datetime) -> str:
    """The day in words, as letters have it."""
    return kata_waktu(kini).partition(" pukul ")[0]
