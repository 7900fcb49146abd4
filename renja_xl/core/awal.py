"""The declared rows that every plan starts with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from renja_xl.core.buku import Baris, Level, Nilai, Sel
from renja_xl.core.nomenklatur import Butir
from renja_xl.tabel import NOMENKLATUR
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.profil import ISIAN


def baris_profil(isian: Mapping[str, Nilai]) -> list[Baris]:
    """The declared rows of Profil, filled where given, else with their defaults."""
    hasil = []
    for i in ISIAN:
        nilai = isian.get(i.kunci, i.bawaan)
        isi: dict[str, Nilai] = {
            "uraian": i.uraian,
            "nilai": nilai,
            "keterangan": i.keterangan or None,
            "kunci": i.kunci,
        }
        hasil.append(Baris(i.kunci, Level.DATA, {k: Sel(v) for k, v in isi.items() if v is not None}))
    return hasil


def baris_dasar() -> list[Baris]:
    """The rows of Dasar Perhitungan with their defaults."""
    hasil = []
    for d in DASAR:
        isi: dict[str, Nilai] = {
            "uraian": d.uraian,
            "nilai": d.bawaan,
            "satuan": d.satuan,
            "sumber": d.sumber,
            "keyakinan": d.keyakinan,
            "kunci": d.kunci,
        }
        hasil.append(Baris(d.kunci, Level.DATA, {k: Sel(v) for k, v in isi.items() if v is not None}))
    return hasil


def baris_nomenklatur(butir: Iterable[Butir]) -> list[Baris]:
    """The nomenclature as rows of its sheet."""
    hasil = []
    for n, b in enumerate(butir, 1):
        isi: dict[str, Nilai] = {
            "kode": b.kode, "jenjang": b.level.judul, "nama": b.nama, "indikator": b.indikator, "satuan": b.satuan,
            "sumber": b.sumber,
        }  # fmt: skip
        hasil.append(Baris(f"{NOMENKLATUR.awalan_id}-{n:04d}", Level.DATA, {k: Sel(v) for k, v in isi.items() if v}))
    return hasil
