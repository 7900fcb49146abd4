"""Formulas of a sheet as text taken apart: tokens, references, and a form in which copies of one formula are equal.

Only what an audit needs: A1 notation as files store it (comma between arguments), no evaluation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from renja_xl.core.letak import huruf_kolom

BARIS_AKHIR, KOLOM_AKHIR = 1_048_576, 16_384
"""Last row and column of a sheet."""

_BATAS_PANJANG = 8_192
"""Characters that a formula can have; longer text is not taken apart."""

GALAT = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
"""Error values, as cells show them."""


class Jenis(StrEnum):
    """What a token is."""

    TEKS = "teks"
    GALAT = "galat"
    RUJUKAN = "rujukan"
    ANGKA = "angka"
    FUNGSI = "fungsi"
    """A function's name with its opening bracket."""
    TERSTRUKTUR = "terstruktur"
    NAMA = "nama"
    TANDA = "tanda"
    SPASI = "spasi"
    LAIN = "lain"


@dataclass(frozen=True, slots=True)
class Rujukan:
    """A reference to cells, bounds included and in order; ``lembar`` is empty for the formula's own sheet.

    ``mutlak`` says of first row, first column, last row, last column whether they have a dollar sign.
    """

    lembar: str
    b1: int
    k1: int
    b2: int
    k2: int
    mutlak: tuple[bool, bool, bool, bool] = (False, False, False, False)
    luar: bool = False

    @property
    def tunggal(self) -> bool:
        return self.b1 == self.b2 and self.k1 == self.k2

    def memuat(self, baris: int, kolom: int) -> bool:
        return self.b1 <= baris <= self.b2 and self.k1 <= kolom <= self.k2


@dataclass(frozen=True, slots=True)
class Kata:
    """One token; ``rujukan`` where it is a reference."""

    jenis: Jenis
    teks: str
    rujukan: Rujukan | None = None


_LEMBAR = r"(?:'(?:[^']|''){1,300}+'|(?:\[[^\[\]]+\])?[^\W\d][\w.]*(?::[\w.]+)?|\[[^\[\]]+\][\w.]*)!"
_SEL = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
_POLA = re.compile(
    rf"""
    (?P<teks>"(?:[^"]|"")*")
  | (?P<galat>(?:{_LEMBAR})?\#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!))
  | (?P<rujukan>(?:{_LEMBAR})?(?:{_SEL}(?::{_SEL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?\d{{1,7}}:\$?\d{{1,7}}))(?![\w.(!\[])
  | (?P<angka>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
  | (?P<fungsi>[^\W\d][\w.]*\()
  | (?P<terstruktur>[\w.\\]*\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])
  | (?P<nama>(?:{_LEMBAR})?[^\W\d\\][\w.\\?]*|\\[\w.\\?]*)
  | (?P<tanda><=|>=|<>|[-+*/^&=<>%:,;(){{}}@!])
  | (?P<spasi>\s+)
  | (?P<lain>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_JENIS = {j.value: j for j in Jenis}
_TITIK = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d{1,7})?")


@lru_cache(maxsize=65_536)
def urai_rumus(rumus: str) -> tuple[Kata, ...]:
    """Tokens of a formula without its equals sign; joined they are the formula again."""
    if len(rumus) > _BATAS_PANJANG:
        return (Kata(Jenis.LAIN, rumus),)
    hasil = []
    for m in _POLA.finditer(rumus):
        jenis, teks = _JENIS[m.lastgroup or "lain"], m[0]
        rujukan = _rujukan(teks) if jenis is Jenis.RUJUKAN else None
        if jenis is Jenis.RUJUKAN and rujukan is None:
            jenis = Jenis.NAMA
        hasil.append(Kata(jenis, teks, rujukan))
    return tuple(hasil)


def _rujukan(teks: str) -> Rujukan | None:
    """None where row or column lie beyond a sheet: then it is a name."""
    awalan, seru, sel = teks.rpartition("!")
    lembar = awalan[1:-1].replace("''", "'") if awalan.startswith("'") else awalan
    a, _, z = sel.partition(":")
    p, q = _titik(a), _titik(z or a)
    if p is None or q is None:
        return None
    (b1, k1, mb1, mk1), (b2, k2, mb2, mk2) = p, q
    b1, b2 = b1 or 1, b2 or BARIS_AKHIR
    k1, k2 = k1 or 1, k2 or KOLOM_AKHIR
    if b1 > b2:
        b1, b2, mb1, mb2 = b2, b1, mb2, mb1
    if k1 > k2:
        k1, k2, mk1, mk2 = k2, k1, mk2, mk1
    if b2 > BARIS_AKHIR or k2 > KOLOM_AKHIR:
        return None
    return Rujukan(lembar if seru else "", b1, k1, b2, k2, (mb1, mk1, mb2, mk2), "[" in lembar)


def _titik(teks: str) -> tuple[int, int, bool, bool] | None:
    m = _TITIK.fullmatch(teks)
    if m is None:
        return None
    huruf, angka = m[2], m[4]
    kolom = 0
    for ch in (huruf or "").upper():
        kolom = kolom * 26 + ord(ch) - 64
    if angka is not None and int(angka) == 0:
        return None
    # of a whole row ($5:$9) the one dollar sign belongs to the row
    return int(angka or 0), kolom, bool(m[3]) or (huruf is None and bool(m[1])), bool(m[1]) and huruf is not None


def rujukan_rumus(rumus: str) -> tuple[Rujukan, ...]:
    """References of a formula, in order of appearance."""
    return tuple(k.rujukan for k in urai_rumus(rumus) if k.rujukan is not None)


def bentuk_relatif(rumus: str, baris: int, kolom: int, *, tanpa_angka: bool = False, tanpa_teks: bool = False) -> str:
    """A formula with its references as distances from its cell (R1C1), so that copies of one formula are equal.

    Spaces, letter case and dollar signs' absence aside nothing else changes.

    Args:
        tanpa_angka: numbers become ``#``, so that formulas which differ in a factor alone are equal.
        tanpa_teks: likewise texts become ``""``.
    """
    bagian: list[str] = []
    for k in urai_rumus(rumus):
        match k.jenis:
            case Jenis.RUJUKAN:
                assert k.rujukan is not None
                bagian.append(_relatif(k.rujukan, baris, kolom))
            case Jenis.TEKS:
                bagian.append('""' if tanpa_teks else k.teks)
            case Jenis.ANGKA:
                bagian.append("#" if tanpa_angka else f"{float(k.teks):.15g}")
            case Jenis.SPASI:
                continue
            case _:
                bagian.append(k.teks.upper())
    return "".join(bagian)


def _relatif(r: Rujukan, baris: int, kolom: int) -> str:
    mb1, mk1, mb2, mk2 = r.mutlak
    lembar = f"{r.lembar.casefold()}!" if r.lembar else ""

    def titik(b: int, k: int, mb: bool, mk: bool) -> str:
        return f"R{b if mb else f'[{b - baris}]'}C{k if mk else f'[{k - kolom}]'}"

    if r.b1 == 1 and r.b2 == BARIS_AKHIR:
        return f"{lembar}C{r.k1 if mk1 else f'[{r.k1 - kolom}]'}:C{r.k2 if mk2 else f'[{r.k2 - kolom}]'}"
    if r.k1 == 1 and r.k2 == KOLOM_AKHIR:
        return f"{lembar}R{r.b1 if mb1 else f'[{r.b1 - baris}]'}:R{r.b2 if mb2 else f'[{r.b2 - baris}]'}"
    awal = titik(r.b1, r.k1, mb1, mk1)
    return f"{lembar}{awal}" if r.tunggal else f"{lembar}{awal}:{titik(r.b2, r.k2, mb2, mk2)}"


def geser_rumus(rumus: str, turun: int, kanan: int) -> str:
    """The formula as copied to another cell: references without dollar signs move along; off the sheet is ``#REF!``."""
    if not turun and not kanan:
        return rumus
    return "".join(_geser(k, turun, kanan) if k.rujukan is not None else k.teks for k in urai_rumus(rumus))


def _geser(k: Kata, turun: int, kanan: int) -> str:
    r = k.rujukan
    assert r is not None
    awalan, seru, sel = k.teks.rpartition("!")
    mb1, mk1, mb2, mk2 = r.mutlak
    b1, b2 = (b if mutlak else b + turun for b, mutlak in ((r.b1, mb1), (r.b2, mb2)))
    k1, k2 = (x if mutlak else x + kanan for x, mutlak in ((r.k1, mk1), (r.k2, mk2)))
    kolom_utuh, baris_utuh = not any(ch.isdigit() for ch in sel), not any(ch.isalpha() for ch in sel)
    if kolom_utuh:
        b1, b2 = r.b1, r.b2
    if baris_utuh:
        k1, k2 = r.k1, r.k2
    if min(b1, b2, k1, k2) < 1 or max(b1, b2) > BARIS_AKHIR or max(k1, k2) > KOLOM_AKHIR:
        return f"{awalan}{seru}#REF!"

    def titik(b: int, x: int, mb: bool, mk: bool) -> str:
        huruf = "" if baris_utuh else f"{'$' if mk else ''}{huruf_kolom(x)}"
        return huruf + ("" if kolom_utuh else f"{'$' if mb else ''}{b}")

    awal = titik(b1, k1, mb1, mk1)
    return f"{awalan}{seru}{awal}" + (f":{titik(b2, k2, mb2, mk2)}" if ":" in sel else "")


def angka_rumus(rumus: str) -> tuple[float, ...]:
    """Numbers typed into a formula, in order of appearance."""
    return tuple(float(k.teks) for k in urai_rumus(rumus) if k.jenis is Jenis.ANGKA)


@lru_cache(maxsize=65_536)
def jumlahan(rumus: str) -> tuple[Rujukan, ...] | None:
    """What a formula adds up, if it does nothing else: ``SUM(…)``, ``A1+A5``, or both; None for any other formula.

    A reference alone is no sum.
    """
    hasil: list[Rujukan] = []
    menjumlah, dalam = False, 0
    for k in urai_rumus(rumus):
        if k.rujukan is not None:
            if dalam == 0 and not k.rujukan.tunggal:
                return None
            hasil.append(k.rujukan)
        elif k.jenis is Jenis.FUNGSI and k.teks.upper() == "SUM(":
            menjumlah, dalam = True, dalam + 1
        elif k.jenis is Jenis.TANDA and k.teks in "()":
            dalam += 1 if k.teks == "(" else -1
        elif k.jenis is Jenis.TANDA and k.teks == "+":
            menjumlah = menjumlah or bool(hasil)
        elif not (k.jenis is Jenis.SPASI or (k.jenis is Jenis.TANDA and k.teks == ",")):
            if k.jenis is Jenis.ANGKA and float(k.teks) == 0:
                continue
            return None
    return tuple(hasil) if menjumlah and hasil else None


def tanpa_pembungkus(rumus: str, dikenal: Callable[[str], bool]) -> str:
    """The second argument of ``IFERROR(FUNCTION(…),native)`` if ``dikenal(FUNCTION)``; any other formula as it is."""
    kata = [k for k in urai_rumus(rumus) if k.jenis is not Jenis.SPASI]
    if len(kata) < 3 or kata[0].teks.upper() != "IFERROR(" or kata[1].jenis is not Jenis.FUNGSI:
        return rumus
    if not dikenal(kata[1].teks[:-1].upper()) or kata[-1].teks != ")":
        return rumus
    dalam = 0
    for n, k in enumerate(kata[1:-1], 1):
        if k.jenis is Jenis.FUNGSI or k.teks == "(":
            dalam += 1
        elif k.teks == ")" and k.jenis is Jenis.TANDA:
            dalam -= 1
        elif k.teks == "," and dalam == 0:
            return "".join(x.teks for x in kata[n + 1 : -1])
    return rumus
