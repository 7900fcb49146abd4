"""Tidy export: one CSV per table, every row with id, kode and origin."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Baris, Buku, Nilai
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.tabel import ASLI, SEMUA
from renja_xl.tabel.spec import Peran, TabelSpec

KOLOM_UMUM = ("id", "kode", "level", "asal_berkas", "asal_baris")
"""Columns that every exported table begins with."""


def nama_berkas(spec: TabelSpec) -> str:
    """``T-C.29`` → ``t_c_29.csv``."""
    return re.sub(r"[^a-z0-9]+", "_", spec.kunci.casefold()).strip("_") + ".csv"


def ekspor(buku: Buku) -> Iterator[tuple[str, bytes]]:
    """File name and content of each table, UTF-8, comma separated; numbers with a decimal point, amounts in rupiah."""
    simpul = buku.simpul_menurut_id()
    for spec in SEMUA:
        if spec is ASLI:
            continue
        kolom = [k for k in spec.kolom if k.kunci not in KOLOM_UMUM and k.kunci not in {"id", "simpul", "indikator_id"}]
        kolom = [k for k in kolom if k.peran is not Peran.KUNCI or spec.kunci == "Profil"]
        teks = io.StringIO(newline="")
        tulis = csv.writer(teks, lineterminator="\n")
        tulis.writerow([*KOLOM_UMUM, *(k.nama(buku.tahun) for k in kolom)])
        for b in baris_lembar(buku, spec.kunci):
            s = simpul.get(b.simpul or "")
            kode = (s.kode if s else None) or b["kode"].nilai
            asal = (b.asal.berkas, b.asal.baris) if b.asal else (b["asal_berkas"].nilai, b["asal_baris"].nilai)
            tulis.writerow(
                [
                    b.id,
                    kode or "",
                    b.level.value,
                    *(_teks(a) for a in asal),
                    *(_teks(_nilai(b, k.kunci)) for k in kolom),
                ]
            )
        yield nama_berkas(spec), teks.getvalue().encode("utf-8")


def _nilai(b: Baris, kolom: str) -> Nilai:
    nilai = b[kolom].nilai
    return rupiah_dari_sen(nilai) if isinstance(nilai, int) else nilai


def _teks(nilai: Nilai) -> str:
    if nilai is None:
        return ""
    if isinstance(nilai, float) and nilai.is_integer() and abs(nilai) < 1e15:
        return str(int(nilai))
    return str(nilai)
