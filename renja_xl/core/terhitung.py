"""Computed cells: what a recompute writes into a row, and whose cell it is."""

from __future__ import annotations

from collections.abc import Mapping

from renja_xl.core.buku import Baris, Level, Nilai, Sel
from renja_xl.core.capaian import TANPA_NILAI
from renja_xl.core.nilai import teks_semula
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

REKAP = frozenset({Level.JUMLAH, Level.RATA_RATA})
"""Rows that sum or average the rows above them."""


def terhitung(spec: TabelSpec, b: Baris, nilai: Mapping[str, Nilai]) -> dict[str, Sel]:
    """Computed cells; a text or number that somebody typed in their place is kept as original text."""
    hasil = {}
    for k, v in nilai.items():
        kolom = spec.menurut_kunci[k]
        semula = None if kolom.tanpa_rumus else teks_semula(b[k], rupiah=kolom.tipe is Tipe.RUPIAH)
        hasil[k] = Sel(v, semula, rumus=not kolom.tanpa_rumus)
    return hasil


def rujukan(sel: Sel, nilai: Nilai) -> Sel | None:
    """A cell that may be typed: with the value of its source where blank; None where it stays as it is.

    Args:
        nilai: None where there is no source.
    """
    if sel.nilai is not None and not sel.rumus:
        return None
    if nilai is None:
        return Sel(TANPA_NILAI, sel.asli, rumus=True) if sel.rumus else None
    return Sel(nilai, sel.asli, rumus=True)


def sel_dihitung(spec: TabelSpec, b: Baris, kolom: KolomSpec) -> bool:
    """Whether a cell is ours to compute (and locked): computed columns, and money on any row but a typed sub kegiatan."""
    if b.level in REKAP and kolom.rumus_rekap:
        return True
    if kolom.peran in {Peran.HITUNG, Peran.TURUNAN}:
        return (not kolom.level or b.level in kolom.level) and not (b.level in REKAP and kolom.peran is Peran.TURUNAN)
    if kolom not in spec.kolom_uang:
        return False
    return kolom.sub_diturunkan or b.level not in {Level.SUB_KEGIATAN, Level.INDIKATOR_LANJUTAN, Level.DATA}
