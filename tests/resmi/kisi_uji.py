"""Grids written as rows of values, for cases that need no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from renja_xl.core.kisi import IsiKisi, Kisi
from renja_xl.isi import nomenklatur
from renja_xl.resmi.baca import HasilBaca, baca_resmi

Isi = str | float | int | IsiKisi | None


def kisi(
    rows: Sequence[Sequence[Isi]],
    lembar: str = "Rencana",
    gabungan: Sequence[tuple[int, int, int, int]] = (),
    tersembunyi: Sequence[int] = (),
    *,
    lembar_tersembunyi: bool = False,
) -> Kisi:
    sel: Mapping[tuple[int, int], IsiKisi] = {
        (r, c): v if isinstance(v, IsiKisi) else IsiKisi(float(v) if isinstance(v, int) else v)
        for r, row in enumerate(rows, 1)
        for c, v in enumerate(row, 1)
        if v is not None and v != ""
    }
    return Kisi(lembar, sel, tuple(gabungan), frozenset(tersembunyi), tersembunyi=lembar_tersembunyi)


def baca(*k: Kisi, berkas: str = "Renja.xlsx", tahun: int | None = None) -> HasilBaca:
    return baca_resmi(k, berkas, nomenklatur(), tahun)


JUDUL = ("Tabel T-C.33 Rumusan Rencana Program dan Kegiatan Tahun 2026 dan Prakiraan Maju Tahun 2027",)
KEPALA = (
    "No", "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Lokasi", "Target Capaian Kinerja Tahun 2026",
    "Pagu Indikatif Tahun 2026 (Rp)", "Sumber Dana", "Catatan Penting", "Prakiraan Maju Tahun 2027 Target Capaian Kinerja",
    "Prakiraan Maju Tahun 2027 Pagu Indikatif (Rp)",
)  # fmt: skip
