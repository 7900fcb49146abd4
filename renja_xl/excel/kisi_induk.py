"""Sheets of a master, a file or open in Excel, as grids made from what was read of it: no cell is read a second time."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from renja_xl.core.baris import baris_lembar, isi_sel
from renja_xl.core.buku import Buku, Nilai
from renja_xl.core.kisi import IsiKisi, Kisi, Tempat
from renja_xl.core.letak import Letak
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.core.rumus_sel import geser_rumus
from renja_xl.excel.baca import Terbaca
from renja_xl.excel.lembar_xml import Rumus
from renja_xl.excel.panduan import PANDUAN
from renja_xl.excel.vba import LEMBAR_KONF
from renja_xl.tabel import MENURUT_KUNCI

if TYPE_CHECKING:
    from renja_xl.excel.langsung import Langsung


def kisi_induk(terbaca: Terbaca) -> tuple[Kisi, ...]:
    """The sheets of our tables in a file: their rows, headings, and every formula.

    Cells that no table owns have their formula only; their value is None.
    """
    return tuple(_kisi(terbaca.buku, terbaca.letak, terbaca.rumus, terbaca.kepala))


def lembar_lain(ada: Iterable[str], kisi: Iterable[Kisi]) -> tuple[str, ...]:
    """Sheets of a master that are not ours."""
    milik = {k.lembar for k in kisi} | {PANDUAN, LEMBAR_KONF}
    return tuple(sorted(n for n in ada if n not in milik))


def kisi_langsung(t: Langsung) -> tuple[Kisi, ...]:
    """The same of a workbook that is open in Excel; its formulas are read by now, or are with one call per sheet."""
    rumus = {x.spec.lembar: x.semua_rumus for x in t.lembar.values()}
    galat = {x.spec.lembar: x.semua_galat for x in t.lembar.values()}
    return tuple(_kisi(t.buku, t.letak, rumus, {k: x.mentah.kepala for k, x in t.lembar.items()}, galat))


def _kisi(
    buku: Buku,
    letak_buku: Letak,
    semua_rumus: Mapping[str, Mapping[Tempat, Rumus]],
    kepala: Mapping[str, Sequence[Sequence[Any]]],
    galat: Mapping[str, Mapping[Tempat, str]] = MappingProxyType({}),
) -> Iterator[Kisi]:
    for kunci, nomor in letak_buku.baris.items():
        spec = MENURUT_KUNCI[kunci]
        rumus = _terurai(semua_rumus.get(spec.lembar, {}))
        sel: dict[Tempat, IsiKisi] = {}
        for r, deret in enumerate(kepala.get(kunci, ()), 1):
            for c, v in enumerate(deret, 1):
                if v != "" and v is not None:
                    sel[r, c] = IsiKisi(_nilai(v), rumus.get((r, c)))
        letak = letak_buku.kolom[kunci]
        kolom = [(k, letak[k.kunci]) for k in spec.kolom if k.kunci in letak]
        for b in baris_lembar(buku, kunci):
            if b.id not in nomor:
                continue
            r = nomor[b.id]
            for k, c in kolom:
                nilai = isi_sel(b, k).nilai
                if nilai is not None:
                    sel[r, c] = IsiKisi(rupiah_dari_sen(nilai) if isinstance(nilai, int) else nilai, rumus.get((r, c)))
        for tempat, f in rumus.items():
            if tempat not in sel:
                sel[tempat] = IsiKisi(None, f)
        for tempat, teks in galat.get(spec.lembar, {}).items():
            sel[tempat] = IsiKisi(teks, rumus.get(tempat))
        yield Kisi(spec.lembar, sel)


def _terurai(rumus: Mapping[Tempat, Rumus]) -> dict[Tempat, str]:
    """Formulas by place; followers of a shared formula get their own text."""
    hasil: dict[Tempat, str] = {}
    pertama: dict[str, Tempat] = {}
    for tempat, f in sorted(rumus.items()):
        if f.bersama:
            awal = pertama.setdefault(f.teks, tempat)
            hasil[tempat] = geser_rumus(f.teks, tempat[0] - awal[0], tempat[1] - awal[1])
        else:
            hasil[tempat] = f.teks
    return hasil


def _nilai(v: Any) -> Nilai:
    if isinstance(v, (bool, dt.date, dt.time, dt.timedelta)):
        return str(v)
    if isinstance(v, (int, float)):
        return float(v) if math.isfinite(v) else str(v)
    return str(v)
