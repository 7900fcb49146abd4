"""Rates of performance (Permendagri 86/2017): T-C.29 columns 8, 10 and 11, aware of the indicator's type; criteria, efficiency.

Rates are percent 0–100 and more, in full precision. Arguments that are no number (blank, text) are None;
a result of ``"-"`` means that it cannot be given, as the sheet shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from renja_xl.core.buku import CaraHitung, Nilai, Sifat
from renja_xl.core.nilai import sama_teks

TANPA_NILAI = "-"


def cara_sel(nilai: Nilai) -> CaraHitung:
    """Cara hitung that a cell says, as its formulas read it: what is no known word means posisi akhir."""
    return next((c for c in CaraHitung if sama_teks(nilai, c.judul)), CaraHitung.POSISI_AKHIR)


def sifat_sel(nilai: Nilai) -> Sifat:
    """Sifat that a cell says, as its formulas read it: what is no known word means makin tinggi."""
    return Sifat.MAKIN_RENDAH if sama_teks(nilai, Sifat.MAKIN_RENDAH.judul) else Sifat.MAKIN_TINGGI


def tingkat(realisasi: float | None, target: float | None, sifat: Sifat = Sifat.MAKIN_TINGGI) -> float | str:
    """Realisasi against target in percent; ``"-"`` without a realisasi, or with a target blank or 0.

    makin_tinggi: realisasi ÷ target × 100. makin_rendah: (2 × target − realisasi) ÷ target × 100, at least 0.
    """
    if realisasi is None or not target:
        return TANPA_NILAI
    if sifat is Sifat.MAKIN_RENDAH:
        return max(0.0, (2 * target - realisasi) / target * 100)
    return realisasi / target * 100


def realisasi_sd(
    sd_n3: float | None, realisasi_n2: float | None, target_n1: float | None, cara: CaraHitung
) -> float | str:
    """Realisasi to the running year (column 10) from columns 5, 7 and 9; ``"-"`` when all are blank.

    dijumlahkan 5+7+9 with blanks as 0; posisi_akhir the last known of 9, 7, 5; rata_rata the mean of the known.
    """
    diketahui = [n for n in (sd_n3, realisasi_n2, target_n1) if n is not None]
    if not diketahui:
        return TANPA_NILAI
    if cara is CaraHitung.POSISI_AKHIR:
        return diketahui[-1]
    jumlah = sum(diketahui)
    return jumlah / len(diketahui) if cara is CaraHitung.RATA_RATA else jumlah


KRITERIA = ("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah")
"""Classes of a rate, highest first (Permendagri 86/2017)."""


def kriteria(persen: float | None, batas: Sequence[float]) -> str:
    """Class of a rate; ``"-"`` without one.

    Args:
        persen: the rate in percent; over 100 is of the highest class.
        batas: lower bounds of the first four classes, highest first. The printed intervals leave gaps; these rule.
    """
    if persen is None:
        return TANPA_NILAI
    return next((nama for nama, b in zip(KRITERIA, batas, strict=False) if persen >= b), KRITERIA[-1])


PREDIKAT_SAKIP = ("AA", "A", "BB", "B", "CC", "C", "D")
BATAS_SAKIP = (90.0, 80.0, 70.0, 60.0, 50.0, 30.0)
"""Grades of the evaluation of SAKIP, best first, and what each but the last must exceed (Permen PANRB 88/2021)."""


def predikat_sakip(nilai: float | None, batas: Sequence[float] = BATAS_SAKIP) -> str:
    """Grade of a SAKIP value of 0 to 100; ``"-"`` without one."""
    if nilai is None:
        return TANPA_NILAI
    return next((p for p, b in zip(PREDIKAT_SAKIP, batas, strict=False) if nilai > b), PREDIKAT_SAKIP[-1])


def rata_rata(nilai: Iterable[float | int | None]) -> float | str:
    """Mean of the known values; ``"-"`` when none is known."""
    diketahui = [float(n) for n in nilai if n is not None]
    return sum(diketahui) / len(diketahui) if diketahui else TANPA_NILAI


def persen(bagian: float | None, seluruh: float | None) -> float | str:
    """A part of a whole in percent; ``"-"`` where one is unknown or the whole is 0."""
    return TANPA_NILAI if bagian is None or not seluruh else bagian / seluruh * 100


def nilai_efisiensi(capaian: float | None, penyerapan: float | None) -> float | str:
    """Mean achievement ÷ share of the budget spent, both in percent; ``"-"`` where one is unknown or nothing was spent."""
    return TANPA_NILAI if capaian is None or not penyerapan else capaian / penyerapan
