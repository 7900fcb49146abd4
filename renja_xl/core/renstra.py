"""Renstra: the years of its period, targets at its end, and which of its rows feed other tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from renja_xl.core.buku import Baris, Buku, CaraHitung
from renja_xl.core.capaian import TANPA_NILAI, cara_sel
from renja_xl.core.nilai import teks_angka
from renja_xl.tabel import RENSTRA
from renja_xl.tabel.renstra import TAHUN_PERIODE


def periode(buku: Buku) -> list[int]:
    """Years that the period in Profil names (``2021 s.d. 2026``)."""
    teks = buku.profil("tahun_renstra")
    return [int(t) for t in re.findall(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", teks_angka(teks))] if teks is not None else []


def awal_renstra(buku: Buku) -> int | None:
    """Base year of the period; None where Profil names no year."""
    return next(iter(periode(buku)), None)


def akhir_renstra(buku: Buku) -> int | None:
    """Last year of the period; None where Profil names fewer than two years."""
    return max(tahun) if len(tahun := periode(buku)) > 1 else None


def kolom_tahun(buku: Buku, tahun: int) -> int | None:
    """Number of a year's columns in Renstra (1 for the base year); None outside the period that the sheet has."""
    awal = awal_renstra(buku)
    n = tahun - awal + 1 if awal is not None else 0
    return n if 1 <= n <= TAHUN_PERIODE else None


def target_akhir(b: Baris) -> float | str:
    """Target at the end of the period from those of its years, by the row's cara hitung; ``"-"`` without any.

    dijumlahkan their sum, rata_rata their mean, else the last that is known.
    """
    target = [float(t) for n in range(1, TAHUN_PERIODE + 1) if (t := b[f"target_r{n}"].angka) is not None]
    if not target:
        return TANPA_NILAI
    cara = cara_sel(b["cara_hitung"].nilai)
    if cara is CaraHitung.DIJUMLAHKAN:
        return sum(target)
    return sum(target) / len(target) if cara is CaraHitung.RATA_RATA else target[-1]


def menurut_indikator(rows: Sequence[Baris]) -> dict[str, Baris]:
    """The row that a lookup by *id indikator* finds: the first."""
    hasil: dict[str, Baris] = {}
    for b in rows:
        if b.indikator:
            hasil.setdefault(b.indikator, b)
    return hasil


def iku(buku: Buku) -> list[Baris]:
    """Rows of the agency's main indicators: those that stand for no node of the struktur."""
    return [b for b in buku.baris(RENSTRA.kunci) if b["kode"].kosong and not b["indikator"].kosong]


def sasaran_iku(rows: Sequence[Baris]) -> list[tuple[str, list[Baris]]]:
    """Main indicators by sasaran, in order; a blank sasaran is that of the row above."""
    hasil: list[tuple[str, list[Baris]]] = []
    for b in rows:
        teks = b["sasaran"].nilai
        nama = str(teks).strip() if not b["sasaran"].kosong else ""
        if not hasil or (nama and nama != hasil[-1][0]):
            hasil.append((nama, []))
        hasil[-1][1].append(b)
    return hasil
