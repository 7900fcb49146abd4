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

_KATA_POSISI_AKHIR = frozenset(
    {
        "persen", "persentase", "presentase", "prosentase", "prosen", "percent",
        "nilai", "indeks", "index", "skor", "score", "predikat",
    }
)  # fmt: skip
"""Words of a unit that say that figures of several years must not be added."""

_KATA_INDIKATOR = _KATA_POSISI_AKHIR | {"tingkat"}
"""First words of an indicator that say the same where no unit is given."""


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
            kata = {baku(k).casefold() for k in re.findall(r"[^\W\d_]+", s)}
            akhir = "%" in s or kata & _KATA_POSISI_AKHIR or "%" in kata or s.strip().upper() in PREDIKAT
            return CaraHitung.POSISI_AKHIR if akhir else CaraHitung.DIJUMLAHKAN
    pertama = re.match(r"\W*(?:(?:\d+|[A-Za-z])[.)]\s*)?(\w+)", indikator or "")
    if pertama and pertama[1].casefold() in _KATA_INDIKATOR:
        return CaraHitung.POSISI_AKHIR
    return CaraHitung.DIJUMLAHKAN
