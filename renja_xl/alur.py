"""The flows behind the commands: plan in, plan out. Files are touched by the caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from renja_xl.core.awal import baris_dasar, baris_nomenklatur, baris_profil
from renja_xl.core.buku import Baris, Buku, Nilai
from renja_xl.core.catatan import dengan_catatan
from renja_xl.core.hitung import hitung
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.perbarui import perbarui
from renja_xl.core.waktu import catat_sidik
from renja_xl.periksa import periksa
from renja_xl.tabel import CATATAN_PERBAIKAN, DASAR_PERHITUNGAN, NOMENKLATUR, PROFIL


def buku_baru(tahun: int, nomenklatur: Iterable[Butir] = ()) -> Buku:
    """An empty plan for a year."""
    isian: dict[str, Nilai] = {"tahun_anggaran": float(tahun)}
    awal: dict[str, Sequence[Baris]] = {
        PROFIL.kunci: baris_profil(isian),
        DASAR_PERHITUNGAN.kunci: baris_dasar(),
        NOMENKLATUR.kunci: baris_nomenklatur(nomenklatur),
        CATATAN_PERBAIKAN.kunci: (),
    }
    return catat_sidik(hitung(perbarui(Buku().ganti(awal))))


def rapikan_tercetak(tercetak: Buku) -> Buku:
    """A plan as printed, normalised and recomputed; *Catatan Perbaikan* lists what was wrong in the print."""
    normal = catat_sidik(hitung(perbarui(tercetak)))
    return dengan_catatan(normal, periksa(normal), periksa(tercetak))


def catat_tercetak(tercetak: Buku) -> Buku:
    """A plan as printed with its findings; its tables wait for nothing, they shall stay as they are until asked for."""
    return dengan_catatan(catat_sidik(tercetak), periksa(tercetak))
