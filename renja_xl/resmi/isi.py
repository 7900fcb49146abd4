"""Cells of a foreign sheet as cells of a plan: real numbers at full precision, texts as they stand."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from renja_xl.core.buku import Sel
from renja_xl.core.kisi import IsiKisi
from renja_xl.core.nilai import BATAS_RUPIAH, sen_dari_rupiah, tulis_angka, urai, urai_rupiah
from renja_xl.resmi.bahan import isi_pendamping, isi_sel
from renja_xl.tabel.spec import KolomSpec, Tipe

_JAM = re.compile(r"(?:.*[T ])?0?(\d\d?):(\d\d):(\d\d)(?:\.0+)?")


def teks_sel(isi: IsiKisi, *, nomor: bool = False) -> str:
    """A cell as text; numbers as the sheet shows them.

    Args:
        nomor: whether it is a row number or a kode, whose dot is no decimal point.
    """
    v = isi.nilai
    if not isinstance(v, float):
        return "" if v is None else str(v).strip()
    if not math.isfinite(v):
        return str(v)
    if _persen(isi.format):
        return f"{desimal_teks(Decimal(repr(v)) * 100)}%"
    m = re.fullmatch(r"(0+)(?:\.(0+))?(?:_.*)?", isi.format)
    if nomor and m:
        lebar = len(m[1]) + (len(m[2]) + 1 if m[2] else 0)
        return f"{v:0{lebar}.{len(m[2] or '')}f}"
    polos = desimal_teks(Decimal(repr(v)))
    return polos.replace(",", ".") if nomor else polos


def teks_kode(isi: IsiKisi) -> str:
    """A kode, or a part of one; what Excel turned into a time is turned back (``05:03:01`` → ``5.03.01``)."""
    teks = teks_sel(isi, nomor=True)
    jam = _JAM.fullmatch(teks)
    return f"{jam[1]}.{jam[2]}.{jam[3]}" if jam else re.sub(r"(?<=[\dX])\s*[.\s]\s*(?=[\dX])", ".", teks)


def desimal_teks(nilai: Decimal) -> str:
    """A number with a decimal comma at full precision, so written that nobody takes the comma for a thousand."""
    bulat, _, pecahan = format(nilai, "f").partition(".")
    pecahan = pecahan.rstrip("0")
    if len(pecahan) == 3:
        pecahan += "0"
    return f"{bulat},{pecahan}" if pecahan else bulat


def isi_angka(kolom: KolomSpec, isi: IsiKisi, kali: int, sel: dict[str, Sel]) -> None:
    """Read a cell that holds a real number into a column of numbers."""
    v = isi.nilai
    assert isinstance(v, float)
    if not math.isfinite(v):
        sel[kolom.kunci] = Sel(str(v))
    elif kolom.tipe is Tipe.RUPIAH:
        sel[kolom.kunci] = _rupiah(v * kali, bool(isi.rumus))
    else:
        persen = _persen(isi.format)
        angka = Decimal(repr(v)) * (100 if persen else 1)
        sel[kolom.kunci] = Sel(float(angka), desimal_teks(angka))
        isi_pendamping(kolom, "%" if persen else _satuan_format(isi.format), None, sel)


def _rupiah(v: float, rumus: bool) -> Sel:
    """Rupiah to whole sen; noise of double arithmetic is no fraction, a typed fraction is kept as original text."""
    if abs(v) >= BATAS_RUPIAH:
        return Sel(tulis_angka(v, 2))
    sen = round(v * 100)
    bersih = rumus or abs(v * 100 - sen) <= max(1e-6, 8 * math.ulp(v * 100))
    return Sel(sen, None if bersih else tulis_angka(v, 12))


def isi_teks(kolom: KolomSpec, teks: str, kali: int, *, sebagai_teks: bool, sel: dict[str, Sel]) -> None:
    """Read a cell that holds text.

    Args:
        sebagai_teks: whether its neighbours are real numbers, so that a bare number here is one that was typed as text.
    """
    if (
        kolom.bernilai_angka
        and sebagai_teks
        and not urai(teks).satuan
        and urai(teks).nilai is not None
        and not urai(teks).predikat
    ):
        sel[kolom.kunci] = Sel(teks)
        return
    if kolom.tipe is Tipe.RUPIAH and kali != 1 and (terbaca := urai_rupiah(teks)[0]) is not None:
        sen, _ = sen_dari_rupiah(Decimal(terbaca) * kali / 100)
        sel[kolom.kunci] = Sel(teks) if sen is None else Sel(sen)
        return
    isi_sel(kolom, teks, sel)


def _persen(format_: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", format_)


def _satuan_format(format_: str) -> str | None:
    """The unit that a number format shows behind the number (``0" dok"``)."""
    m = re.match(r'[#0.,]+(?:_.)?\s*"\s*([^\W\d_][\w ./]*?)\s*"', format_)
    return m[1] if m else None
