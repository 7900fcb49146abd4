"""Content of a cell in one canonical text (``jenis:isi``), so that what was sent, what stands there now and what is proposed
can be kept in cells and compared."""

from __future__ import annotations

import math
from dataclasses import dataclass

from renja_xl.core.buku import Nilai, Sel
from renja_xl.core.manifes import (
    ANGKA,
    KOSONG,
    RUMUS,
    RUPIAH,
    TEKS,
    Butir,
    SelMentah,
    angka_baku,
    isi_baku,
    sebut_isi,
    teks_baku,
)
from renja_xl.core.nilai import BATAS_TEKS, teks_angka, tulis_angka, urai, urai_rupiah
from renja_xl.tabel.spec import KolomSpec, Tipe

DIHITUNG = f"{RUMUS}:"
"""A formula of ours, whatever it gives."""


def baku(sel: Sel) -> str:
    """A plan's cell; empty for a blank one."""
    return DIHITUNG if sel.rumus and sel.nilai is not None else baku_nilai(sel.nilai)


def baku_nilai(nilai: Nilai) -> str:
    if nilai is None or nilai == "":
        return ""
    if isinstance(nilai, int):
        return f"{RUPIAH}:{nilai}"
    return f"{ANGKA}:{nilai!r}" if isinstance(nilai, float) else f"{TEKS}:{teks_baku(nilai)}"


def baku_butir(b: Butir | None) -> str:
    """What the manifest says of a cell."""
    if b is None:
        return ""
    return DIHITUNG if b.jenis == RUMUS else f"{b.jenis}:{b.isi}"


def sama(a: str, b: str) -> bool:
    """Whether two contents are one; numbers to 12 significant digits."""
    x, y = _angka(a), _angka(b)
    return a == b or (x is not None and y is not None and angka_baku(x) == angka_baku(y))


def _angka(teks: str) -> float | None:
    jenis, _, isi = teks.partition(":")
    if jenis != ANGKA:
        return None
    try:
        nilai = float(isi)
    except ValueError:
        return None
    return nilai if math.isfinite(nilai) else None


def nilai_baku(teks: str) -> Nilai:
    """The value that a content stands for; None for a blank one.

    Raises:
        ValueError: none that a cell can hold.
    """
    jenis, _, isi = teks.partition(":")
    match jenis:
        case "":
            return None
        case "rupiah":
            return int(isi)
        case "angka" if (nilai := _angka(teks)) is not None:
            return nilai
        case "teks":
            return isi
    raise ValueError(jenis)


def sebut(teks: str) -> str:
    """Content as a person reads it."""
    if teks == "":
        return KOSONG
    if teks == DIHITUNG:
        return "(hitungan)"
    jenis, _, isi = teks.partition(":")
    nilai = _angka(teks)
    return tulis_angka(nilai, 12) if nilai is not None else sebut_isi(jenis, isi)


# ── what somebody typed ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Ketikan:
    """A cell that somebody typed, in the form that its column expects.

    Attributes:
        isi: canonical content; None where it cannot be read as what the column holds.
        tampil: how it reads, with what was typed where that is another text.
    """

    isi: str | None
    tampil: str


def baca_ketikan(sel: SelMentah | None, kolom: KolomSpec) -> Ketikan:
    """What a column takes a typed cell for; an amount below nothing is a difference, not what the cell should hold."""
    if sel is None or sel.kosong:
        return Ketikan("", KOSONG)
    v = sel.nilai
    if v is None:
        return Ketikan(None, f"={sel.rumus} (rumus tanpa nilai tersimpan)")
    isi = _isi(v, kolom)
    if isi is None or len(isi) > BATAS_TEKS // 2:
        return Ketikan(None, teks_angka(v) if isinstance(v, float) else str(v))
    tampil = sebut(isi)
    if isinstance(v, str) and not isi.startswith(f"{TEKS}:"):
        tampil += f" (tertulis “{v}”)"
    return Ketikan(isi, tampil + (f" (rumus ={sel.rumus})" if sel.rumus is not None else ""))


def _isi(v: float | str | bool, kolom: KolomSpec) -> str | None:
    rupiah = kolom.tipe is Tipe.RUPIAH
    if isinstance(v, bool):
        return None if kolom.bernilai_angka else f"{TEKS}:{'TRUE' if v else 'FALSE'}"
    if isinstance(v, float):
        if not math.isfinite(v):
            return None
        if rupiah:
            jenis, isi = isi_baku(SelMentah(v), True) or ("", "")
            return f"{jenis}:{isi}" if jenis == RUPIAH and v >= 0 else None
        return f"{ANGKA}:{v!r}" if kolom.bernilai_angka or kolom.tipe is Tipe.BEBAS else f"{TEKS}:{teks_angka(v)}"
    if not kolom.bernilai_angka or v.strip() == "-":
        return f"{TEKS}:{teks_baku(v)}"
    if rupiah:
        sen, catatan = urai_rupiah(v)
        return f"{RUPIAH}:{sen}" if sen is not None and sen >= 0 and not catatan else None
    hasil = urai(v)
    if hasil.nilai is None or hasil.catatan or hasil.predikat or hasil.satuan not in {None, "%"}:
        return None
    return f"{ANGKA}:{float(hasil.nilai)!r}"
