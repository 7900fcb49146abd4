"""Numbers in Indonesian words."""

from __future__ import annotations

import re
from decimal import Decimal

from renja_xl.core.nilai import tulis_angka

_DIGIT = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


_TINGKAT = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1_000, "ribu"), (100, "ratus"), (10, "puluh"))


def terbilang(nilai: int) -> str:
    """A whole number in words: 43 → ``empat puluh tiga``, 1.100 → ``seribu seratus``."""
    if nilai < 0:
        return f"minus {terbilang(-nilai)}"
    if nilai < 10:
        return _DIGIT[nilai]
    if 11 <= nilai <= 19:
        return "sebelas" if nilai == 11 else f"{_DIGIT[nilai - 10]} belas"
    besar, nama = next(t for t in _TINGKAT if nilai >= t[0])
    banyak, sisa = divmod(nilai, besar)
    kata = f"se{nama}" if banyak == 1 and besar <= 1_000 else f"{terbilang(banyak)} {nama}"
    return f"{kata} {terbilang(sisa)}" if sisa else kata


def terbilang_angka(nilai: float) -> str:
    """A number in words, decimals digit by digit: 2,05 → ``dua koma nol lima``. At most six of them are told."""
    bulat, _, pecahan = tulis_angka(abs(nilai)).partition(",")
    kata = terbilang(int(bulat.replace(".", "")))
    if pecahan:
        kata += f" koma {' '.join(_DIGIT[int(d)] for d in pecahan)}"
    return f"minus {kata}" if nilai < 0 and kata != _DIGIT[0] else kata


# ── back from words ───────────────────────────────────────────────────────────────────────────────────────────

_SATUAN = {kata: n for n, kata in enumerate(_DIGIT)}
_SKALA = {"triliun": 10**12, "miliar": 10**9, "juta": 10**6, "ribu": 10**3}
_EJAAN = {"milyar": "miliar", "trilyun": "triliun", "kosong": "nol", "perseratus": "persen"}
_SE = re.compile(r"se(puluh|belas|ratus|ribu|juta|miliar|milyar|triliun|trilyun)")
_SUKU = re.compile(
    "|".join(
        (*_DIGIT, "puluh", "belas", "ratus", "ribu", "juta", "miliar", "milyar", "triliun", "trilyun", _SE.pattern)
    )
)
BATAS_KATA = 400
"""Letters of the longest number in words that is read."""


def urai_terbilang(teks: str) -> Decimal | None:
    """The number that words spell, None where they are not wholly one: ``empat puluh tiga`` → 43.

    Words may be written together (``duapuluh``), end in *rupiah*, *sen* or *persen*, and carry decimals after *koma*,
    digit by digit or as a number (``koma sembilan belas``).
    """
    kata = re.findall(r"[a-z]+", teks.casefold()) if len(teks) <= BATAS_KATA else []
    if not kata or re.search(r"\d", teks):
        return None
    kata = [_EJAAN.get(k, k) for k in kata]
    if kata[0] == "minus":
        nilai = _urai_satuan(kata[1:])
        return None if nilai is None else -nilai
    return _urai_satuan(kata)


def _urai_satuan(kata: list[str]) -> Decimal | None:
    if kata and kata[-1] in {"rupiah", "persen"}:
        kata = kata[:-1]
    elif kata and kata[-1] == "sen" and "rupiah" in kata:
        n = kata.index("rupiah")
        rupiah, sen = _urai_pecahan(kata[:n]), _urai_bulat(kata[n + 1 : -1])
        return None if rupiah is None or sen is None or sen > 99 else rupiah + Decimal(sen) / 100
    return _urai_pecahan(kata)


def _urai_pecahan(kata: list[str]) -> Decimal | None:
    """A number that may have decimals; a scale after them counts for the whole (*dua koma lima miliar*)."""
    if "koma" not in kata:
        bulat = _urai_bulat(kata)
        return None if bulat is None else Decimal(bulat)
    n = kata.index("koma")
    ekor, skala = kata[n + 1 :], 1
    if ekor and ekor[-1] in _SKALA:
        skala = _SKALA[ekor.pop()]
    bulat = _urai_bulat(kata[:n])
    digit = [_SATUAN.get(k) for k in ekor]
    if ekor and all(d is not None for d in digit):
        pecahan = "".join(str(d) for d in digit)
    else:
        utuh = _urai_bulat(ekor)
        pecahan = "" if utuh is None else str(utuh)
    return Decimal(f"{bulat}.{pecahan}") * skala if bulat is not None and pecahan else None


def _urai_bulat(kata: list[str]) -> int | None:
    suku = _suku(kata)
    if not suku:
        return None
    if suku == ["nol"]:
        return 0
    jumlah, i = 0, 0
    for nama, nilai in _SKALA.items():
        n, j = _di_bawah_seribu(suku, i)
        if j < len(suku) and suku[j] == nama and n:
            jumlah, i = jumlah + n * nilai, j + 1
    n, i = _di_bawah_seribu(suku, i)
    return jumlah + n if i == len(suku) else None


def _suku(kata: list[str]) -> list[str]:
    """Words taken apart into those of the grammar (``duapuluh`` → dua, puluh; ``seribu`` → satu, ribu); empty if one is none."""
    hasil: list[str] = []
    for k in kata:
        potongan = [m[0] for m in _SUKU.finditer(k)]
        if "".join(potongan) != k:
            return []
        for p in potongan:
            se = _SE.fullmatch(p)
            hasil += ["satu", _EJAAN.get(se[1], se[1])] if se else [_EJAAN.get(p, p)]
    return hasil


def _di_bawah_seribu(suku: list[str], i: int) -> tuple[int, int]:
    """The number below 1,000 that starts at ``i``, and where it ends; 0 where there is none."""
    jumlah = 0
    n, j = _digit(suku, i), i + 1
    if n and j < len(suku) and suku[j] == "ratus":
        jumlah, i = n * 100, j + 1
        n, j = _digit(suku, i), i + 1
    if not n:
        return jumlah, i
    if j < len(suku) and suku[j] == "belas":
        return jumlah + 10 + n, j + 1
    if j < len(suku) and suku[j] == "puluh":
        satuan = _digit(suku, j + 1)
        ekor = suku[j + 2] if j + 2 < len(suku) else ""
        if satuan and ekor not in {"puluh", "belas", "ratus"}:
            return jumlah + n * 10 + satuan, j + 2
        return jumlah + n * 10, j + 1
    return jumlah + n, j


def _digit(suku: list[str], i: int) -> int:
    return _SATUAN.get(suku[i], 0) if i < len(suku) else 0
