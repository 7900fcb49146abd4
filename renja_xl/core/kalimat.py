"""Sentences whose numbers come from the tables (``tabel.kalimat``)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from renja_xl.core.buku import Nilai
from renja_xl.core.nilai import tulis_angka, tulis_rp
from renja_xl.core.terbilang import terbilang
from renja_xl.tabel.kalimat import BELUM_LENGKAP, PolaKalimat
from renja_xl.tabel.spec import isi_tahun

_ISIAN = re.compile(r"\{(\w+)\|(\w+)\}")


def acuan(pola: str) -> list[str]:
    """Keys of the quantities that a sentence speaks of, each once, in order."""
    return list(dict.fromkeys(m[1] for m in _ISIAN.finditer(pola)))


def susun_kalimat(p: PolaKalimat, besaran: Mapping[str, Nilai], tahun: int) -> str:
    """A sentence with its quantities filled in; says so where one is unknown, or there is nothing to tell."""
    syarat = besaran.get(p.syarat)
    tiada = isinstance(syarat, str) or not syarat or syarat < 0
    if tiada or any(isinstance(besaran.get(k), str) or besaran.get(k) is None for k in acuan(p.pola)):
        return BELUM_LENGKAP
    return isi_tahun(_ISIAN.sub(lambda m: _bentuk(besaran[m[1]], m[2]), p.pola), tahun)


def _bentuk(nilai: Nilai, bentuk: str) -> str:
    n = float(nilai or 0)
    if bentuk == "kata":
        return f"{tulis_angka(n)} ({terbilang(round(n))})"
    if bentuk == "arah":
        return "lebih kecil" if n < 0 else "lebih besar" if n else "tidak berbeda, yaitu"
    if bentuk == "naikturun":
        return "turun" if n < 0 else "naik" if n else "tidak berubah, dengan selisih"
    if bentuk == "persen":
        return f"{tulis_tetap(abs(n), 2)}%"
    if bentuk == "angka":
        return tulis_tetap(n, 3)
    if bentuk in {"rp", "rpmutlak"}:
        return tulis_rp(round((abs(n) if bentuk == "rpmutlak" else n) * 100))
    if bentuk == "rpbulat":
        return tulis_rp(round(n) * 100)
    if bentuk == "rpkata":
        sen = round(n * 100)
        return f"{tulis_rp(sen)} ({kata_rupiah(sen)})"
    raise ValueError(bentuk)


def kata_rupiah(sen: int) -> str:
    """An amount in words: ``dua ribu rupiah lima puluh sen``."""
    bulat, sisa = divmod(abs(sen), 100)
    kata = f"{terbilang(bulat)} rupiah" + (f" {terbilang(sisa)} sen" if sisa else "")
    return f"minus {kata}" if sen < 0 else kata


def tulis_tetap(nilai: float, desimal: int) -> str:
    """A number in Indonesian notation with a fixed number of decimals: ``96,60``."""
    bulat, _, pecahan = tulis_angka(nilai, desimal).partition(",")
    return f"{bulat},{pecahan.ljust(desimal, '0')}"
