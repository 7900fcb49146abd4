"""Units: one normal form per unit, and what a unit says about how an indicator accumulates."""

from __future__ import annotations

import re

from renja_xl.core.buku import CaraHitung

_SINONIM: dict[str, tuple[str, ...]] = {
    "%": ("persen", "prosen", "percent"),
    "Nilai": ("nil",),
    "Indeks": ("index",),
    "Skor": ("score",),
    "Predikat": (),
    "Dokumen": ("dok", "dokumen", "dolumen", "dokuman", "doc"),
    "Laporan": ("lap",),
    "Orang": ("org",),
    "Paket": ("pkt",),
    "Unit": (),
    "Kegiatan": ("keg",),
    "Kali": (),
    "Bulan": ("bln",),
    "Tahun": ("thn",),
    "Kasus": (),
    "Aplikasi": (),
    "Lembaga": (),
    "Rapat": (),
    "Kartu": (),
    "SK": (),
    "SKP": ("skpi",),
    "Gedung": (),
    "Wajib Laporan": (),
    "Orang/Bulan": ("org/bln",),
}
_NORMAL = {ejaan.casefold(): baku for baku, lain in _SINONIM.items() for ejaan in (baku, *lain)}

PREDIKAT = frozenset({"AA", "A", "BB", "B", "CC", "C", "D", "E"})
"""Grades that stand where a unit is expected."""

_POSISI_AKHIR = frozenset({"%", "nilai", "indeks", "skor", "predikat"}) | {p.casefold() for p in PREDIKAT}
_KATA_SATUAN = frozenset({"nilai", "indeks", "skor", "predikat", "persen"})
"""First words of longer units that are no counts (``Nilai Akreditasi``)."""

_KATA_POSISI_AKHIR = frozenset({"persentase", "presentase", "prosentase", "indeks", "nilai", "tingkat", "skor"})


def baku(satuan: str) -> str:
    """Normal form of a unit as typed (``dok`` → ``Dokumen``); an unknown unit keeps its spelling."""
    bersih = re.sub(r"\s+", " ", satuan.strip()).rstrip(".")
    return _NORMAL.get(bersih.casefold(), bersih)


def cara_hitung_bawaan(satuan: list[str | None], indikator: str | None) -> CaraHitung:
    """Default *cara hitung* of an indicator.

    Args:
        satuan: units of T-C.29 columns 4, 6, 7, 5 in this order; the first one given decides.
        indikator: the indicator's text; its first word decides where no unit is given.
    """
    for s in satuan:
        if s and s.strip(" -"):
            inti = re.sub(r"[\d.,\s]+", "", s) if "%" in s else s
            bentuk = baku(inti).casefold()
            akhir = bentuk in _POSISI_AKHIR or bentuk.partition(" ")[0] in _KATA_SATUAN
            return CaraHitung.POSISI_AKHIR if akhir else CaraHitung.DIJUMLAHKAN
    kata = re.match(r"\W*(\w+)", indikator or "")
    if kata and kata[1].casefold() in _KATA_POSISI_AKHIR:
        return CaraHitung.POSISI_AKHIR
    return CaraHitung.DIJUMLAHKAN
