"""Units: one normal form per unit, and what a unit says about how an indicator accumulates."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

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
_SALAH_EJA = frozenset({"dolumen", "dokuman", "doc", "prosen", "percent", "index", "score", "nil"})
"""Synonyms that are no spelling of the language: understood, yet worth writing right."""

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


@lru_cache(maxsize=4_096)
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


class Golongan(StrEnum):
    """What a unit measures; figures of different kinds can not stand for each other."""

    PERSEN = "persen"
    NILAI = "nilai"
    HITUNGAN = "hitungan"


_SATUAN_NILAI = frozenset({"nilai", "indeks", "skor", "predikat", "poin", "point"})
_ORANG = frozenset(
    {
        "orang", "pegawai", "peserta", "asn", "pns", "pppk", "cpns", "pejabat", "aparatur", "personil", "personel",
        "siswa", "pasien", "penduduk", "warga",
    }
)  # fmt: skip
_BERKAS = frozenset({"Dokumen", "Laporan"})


@lru_cache(maxsize=4_096)
def golongan(satuan: str) -> Golongan | None:
    """Kind of a unit; a grade where a unit is expected counts as a score. None for blanks and for numbers."""
    bersih = satuan.strip(" -–—")
    if not bersih or bersih[0].isdigit():
        return None
    normal = baku(satuan)
    if "%" in satuan or normal == "%":
        return Golongan.PERSEN
    if normal.casefold() in _SATUAN_NILAI or bersih.upper() in PREDIKAT:
        return Golongan.NILAI
    return Golongan.HITUNGAN


@lru_cache(maxsize=20_000)
def golongan_indikator(indikator: str) -> Golongan | None:
    """Kind of figure that an indicator's first word asks for; None where it leaves that open (*Tingkat*, *Terlaksananya*)."""
    kata = _kata_awal(indikator)
    if not kata:
        return None
    if kata[0] in {"persentase", "presentase", "prosentase", "persen", "prosen"}:
        return Golongan.PERSEN
    if kata[0] in {"indeks", "index", "skor"} or (kata[0] == "nilai" and kata[1:2] != ["persentase"]):
        return Golongan.NILAI
    return Golongan.HITUNGAN if kata[0] == "jumlah" and not {"persentase", "persen"} & set(kata[:3]) else None


def _kata_awal(indikator: str) -> list[str]:
    """First words of an indicator, its numbering left off."""
    polos = re.sub(r"^\W*(?:(?:\d+|[A-Za-z])[.)]\s*)?", "", indikator)
    return [k.casefold() for k in re.findall(r"\w+", polos)[:4]]


@lru_cache(maxsize=20_000)
def satuan_indikator(indikator: str) -> str | None:
    """Unit that an indicator counts by its own words (``Jumlah dokumen …`` → Dokumen, ``Jumlah ASN …`` → Orang)."""
    kata = _kata_awal(indikator)
    if len(kata) < 2 or kata[0] != "jumlah":
        return None
    if kata[1] in _ORANG:
        return "Orang"
    normal = _NORMAL.get(kata[1])
    return normal if normal and golongan(normal) is Golongan.HITUNGAN else None


def berlawanan(satuan: str, indikator: str) -> bool:
    """Whether a unit can not measure an indicator: another kind of figure, or people counted in documents."""
    jenis, diminta = golongan(satuan), golongan_indikator(indikator)
    if jenis is None or diminta is None:
        return False
    if jenis is not diminta:
        return True
    benda, normal = satuan_indikator(indikator), baku(satuan)
    return benda is not None and ((benda == "Orang" and normal in _BERKAS) or (benda in _BERKAS and normal == "Orang"))


@lru_cache(maxsize=4_096)
def saran_ejaan(satuan: str) -> str | None:
    """The unit that a misspelt one is likely to mean; None for known spellings and for units of their own."""
    bersih = re.sub(r"\s+", " ", satuan.strip(" -–—")).rstrip(".")
    kunci = bersih.casefold()
    if kunci in _NORMAL:
        return _NORMAL[kunci] if kunci in _SALAH_EJA else None
    if len(kunci) < 5 or not kunci.isalpha():
        return None
    mirip = get_close_matches(kunci, [e for e in _NORMAL if len(e) >= 5], n=1, cutoff=0.84)
    return _NORMAL[mirip[0]] if mirip else None
