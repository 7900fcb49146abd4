"""What a simple formula gives, from the values saved in the cells around it: arithmetic, SUM, ROUND and the like."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from renja_xl.core.kisi import Kisi
from renja_xl.core.rumus_sel import GALAT, Jenis, Kata, Rujukan, urai_rumus

_SKALA = 1 << 30
"""Prefix sums are whole multiples of 1/2^30: exact for money, whatever its size."""

_BATAS_DALAM = 40
_FUNGSI = frozenset({"SUM", "ROUND", "AVERAGE", "MIN", "MAX", "ABS"})


class _TakTertaksirError(Exception):
    """The formula, or a cell that it needs, is beyond this."""


class _Kolom:
    """Numbers of one column with their prefix sums, and its cells that hold a formula or an error without a number."""

    __slots__ = ("angka", "awalan", "baris", "rusak")

    def __init__(self, sel: list[tuple[int, float]], rusak: list[int]) -> None:
        sel.sort()
        self.baris = [r for r, _ in sel]
        self.angka = [v for _, v in sel]
        self.awalan = [0]
        for v in self.angka:
            self.awalan.append(self.awalan[-1] + round(v * _SKALA))
        self.rusak = sorted(rusak)


class Penaksir:
    """Values of formulas over some sheets."""

    def __init__(self, kisi: Sequence[Kisi]) -> None:
        self._kisi = {k.lembar.casefold(): k for k in kisi}
        self._kolom: dict[str, dict[int, _Kolom]] = {}

    def taksir(self, rumus: str, lembar: str) -> float | None:
        """Value of a formula on a sheet; None where it is not simple, or a cell it needs has no number."""
        try:
            return _Pembaca(self, [k for k in urai_rumus(rumus) if k.jenis is not Jenis.SPASI], lembar).hasil()
        except (_TakTertaksirError, ZeroDivisionError, OverflowError, ValueError):
            return None

    def sel(self, r: Rujukan, lembar: str) -> float:
        """Value of one cell; a blank counts 0."""
        kisi = self._lembar(r, lembar)
        isi = kisi.sel.get((r.b1, r.k1))
        if isi is None or (isi.nilai in {None, ""} and isi.rumus is None):
            return 0.0
        if isinstance(isi.nilai, (int, float)) and not isinstance(isi.nilai, bool) and math.isfinite(isi.nilai):
            return float(isi.nilai)
        raise _TakTertaksirError

    def jumlah(self, r: Rujukan, lembar: str) -> tuple[int, int]:
        """Sum (times ``_SKALA``) and count of the numbers in a range."""
        jumlah = banyak = 0
        for k, awal, akhir in self._potong(r, lembar):
            jumlah += k.awalan[akhir] - k.awalan[awal]
            banyak += akhir - awal
        return jumlah, banyak

    def angka(self, r: Rujukan, lembar: str) -> list[float]:
        """The numbers in a range."""
        return [v for k, awal, akhir in self._potong(r, lembar) for v in k.angka[awal:akhir]]

    def _potong(self, r: Rujukan, lembar: str) -> list[tuple[_Kolom, int, int]]:
        kisi = self._lembar(r, lembar)
        kolom = self._kolom.setdefault(kisi.lembar, {})
        if not kolom and kisi.sel:
            kolom.update(_kolom(kisi))
        hasil = []
        for c in range(r.k1, min(r.k2, max(kolom, default=0)) + 1):
            k = kolom.get(c)
            if k is None:
                continue
            if bisect_left(k.rusak, r.b1) < bisect_right(k.rusak, r.b2):
                raise _TakTertaksirError
            hasil.append((k, bisect_left(k.baris, r.b1), bisect_right(k.baris, r.b2)))
        return hasil

    def _lembar(self, r: Rujukan, lembar: str) -> Kisi:
        kisi = None if r.luar else self._kisi.get((r.lembar or lembar).casefold())
        if kisi is None:
            raise _TakTertaksirError
        return kisi


def _kolom(kisi: Kisi) -> dict[int, _Kolom]:
    angka: dict[int, list[tuple[int, float]]] = {}
    rusak: dict[int, list[int]] = {}
    for (r, c), isi in kisi.sel.items():
        v = isi.nilai
        if isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v):
            angka.setdefault(c, []).append((r, float(v)))
        elif (v is None and isi.rumus is not None) or v in GALAT:
            rusak.setdefault(c, []).append(r)
    return {c: _Kolom(angka.get(c, []), rusak.get(c, [])) for c in angka.keys() | rusak.keys()}


class _Pembaca:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, p: Penaksir, kata: Sequence[Kata], lembar: str) -> None:
        self.p, self.kata, self.lembar = p, kata, lembar
        self.n = 0
        self.dalam = 0

    def hasil(self) -> float:
        v = self._jumlah()
        if self.n != len(self.kata):
            raise _TakTertaksirError
        return v

    def _tanda(self, *apa: str) -> str | None:
        k = self.kata[self.n] if self.n < len(self.kata) else None
        if k is not None and k.jenis is Jenis.TANDA and k.teks in apa:
            self.n += 1
            return k.teks
        return None

    def _jumlah(self) -> float:
        self.dalam += 1
        if self.dalam > _BATAS_DALAM:
            raise _TakTertaksirError
        v = self._kali()
        while tanda := self._tanda("+", "-"):
            v = v + self._kali() if tanda == "+" else v - self._kali()
        self.dalam -= 1
        return v

    def _kali(self) -> float:
        v = self._pangkat()
        while tanda := self._tanda("*", "/"):
            v = v * self._pangkat() if tanda == "*" else v / self._pangkat()
        return v

    def _pangkat(self) -> float:
        v = self._satuan()
        while self._tanda("^"):
            v = math.pow(v, self._satuan())
        return v

    def _satuan(self) -> float:
        minus = False
        while tanda := self._tanda("-", "+"):
            minus ^= tanda == "-"
        v = self._pokok()
        while self._tanda("%"):
            v /= 100
        return -v if minus else v

    def _pokok(self) -> float:
        if self.n >= len(self.kata):
            raise _TakTertaksirError
        k = self.kata[self.n]
        self.n += 1
        if k.jenis is Jenis.ANGKA:
            return float(k.teks)
        if k.rujukan is not None and k.rujukan.tunggal:
            return self.p.sel(k.rujukan, self.lembar)
        if k.teks == "(" and k.jenis is Jenis.TANDA:
            v = self._jumlah()
            if not self._tanda(")"):
                raise _TakTertaksirError
            return v
        if k.jenis is Jenis.FUNGSI and k.teks[:-1].upper() in _FUNGSI:
            return self._fungsi(k.teks[:-1].upper())
        raise _TakTertaksirError

    def _fungsi(self, nama: str) -> float:
        if nama in {"ROUND", "ABS"}:
            isi = [self._jumlah()]
            while self._tanda(","):
                isi.append(self._jumlah())
            if not self._tanda(")") or len(isi) != (2 if nama == "ROUND" else 1):
                raise _TakTertaksirError
            return abs(isi[0]) if nama == "ABS" else _bulatkan(isi[0], int(isi[1]))
        jumlah = banyak = 0
        angka: list[float] = []
        while True:
            k = self.kata[self.n] if self.n < len(self.kata) else None
            sesudah = self.kata[self.n + 1].teks if self.n + 1 < len(self.kata) else ""
            if k is not None and k.rujukan is not None and sesudah in {",", ")"}:
                self.n += 1
                j, b = self.p.jumlah(k.rujukan, self.lembar)
                jumlah, banyak = jumlah + j, banyak + b
                if nama in {"MIN", "MAX"}:
                    angka += self.p.angka(k.rujukan, self.lembar)
            else:
                v = self._jumlah()
                jumlah, banyak = jumlah + round(v * _SKALA), banyak + 1
                angka.append(v)
            if not self._tanda(","):
                break
        if not self._tanda(")"):
            raise _TakTertaksirError
        if nama == "SUM":
            return jumlah / _SKALA
        if nama == "AVERAGE":
            return jumlah / _SKALA / banyak
        return (min if nama == "MIN" else max)(angka, default=0.0)


def _bulatkan(v: float, digit: int) -> float:
    if abs(digit) > 15:
        raise _TakTertaksirError
    return float(Decimal(f"{v:.15g}").quantize(Decimal(1).scaleb(-digit), rounding=ROUND_HALF_UP))


def sama(a: float, b: float) -> bool:
    """Whether two results of double arithmetic are the same number."""
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6)
