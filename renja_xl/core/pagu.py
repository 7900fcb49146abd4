"""Budgets: which cell holds a node's money, exact roll-up, and the forward estimate. Amounts are sen.

Rules (domain of T-C.31, T-C.33, RKT): money belongs to the node and stands in the one filled cell among its
rows; two filled cells are a finding, never a sum. A sub kegiatan that appears a second time is not summed again;
a program or kegiatan that appears again is the same node and its children merge. The perangkat daerah row and a
total row are the sum of all programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from renja_xl.core import kode as kd
from renja_xl.core.buku import LEVEL_SIMPUL, Baris, Level

_TINGGI = {level: i for i, level in enumerate(LEVEL_SIMPUL)}
_PENJUMLAH = frozenset({Level.PERANGKAT_DAERAH, Level.TOTAL})
"""Rows that sum all programs and are nobody's parent."""


@dataclass(slots=True)
class Pos:
    """Where one node stands in a table, for one money column.

    Attributes:
        baris: indices of all its rows, further indicators and repeated occurrences included.
        sel: index of the row whose cell holds its money.
        sel_lain: indices of further filled cells (a finding).
        anak: its direct children, in order of appearance.
        ulangan: indices of rows where a sub kegiatan appears again (a finding; not summed).
    """

    kunci: str
    level: Level
    baris: list[int] = field(default_factory=list)
    sel: int = -1
    sel_lain: list[int] = field(default_factory=list)
    anak: list[Pos] = field(default_factory=list)
    ulangan: list[int] = field(default_factory=list)

    @property
    def sub(self) -> bool:
        return self.level is Level.SUB_KEGIATAN


def tata_pagu(baris: Sequence[Baris], kolom: str, kunci_simpul: str | None = None) -> list[Pos]:
    """Nodes of a table in order of appearance, each with its money cell and its children.

    Parents follow from the position in the table, so that tables as printed can be summed too.

    Args:
        kolom: the money column.
        kunci_simpul: column that names another node for this column (right side of T-C.31), where filled.
    """
    semua: dict[str, Pos] = {}
    jejak: list[Pos] = []
    kini: Pos | None = None
    for i, b in enumerate(baris):
        if b.level is Level.INDIKATOR_LANJUTAN:
            if kini is not None:
                (kini.ulangan if i - 1 in kini.ulangan else kini.baris).append(i)
            continue
        if b.level not in _TINGGI and b.level is not Level.TOTAL:
            kini = None
            continue
        lain = b[kunci_simpul].nilai if kunci_simpul else None
        kunci = str(lain or b.simpul or f"baris:{b.id}")
        if b.level is Level.TOTAL:
            kunci = f"total:{b.id}"
        pos = semua.get(kunci)
        baru = pos is None
        if pos is None:
            pos = semua[kunci] = Pos(kunci, b.level)
        if not baru and pos.sub:
            pos.ulangan.append(i)
        else:
            pos.baris.append(i)
        kini = pos
        if b.level in _PENJUMLAH:
            continue
        while jejak and _TINGGI[jejak[-1].level] >= _TINGGI[b.level]:
            jejak.pop()
        if baru and jejak:
            jejak[-1].anak.append(pos)
        jejak.append(pos)
    program = [p for p in semua.values() if p.level is Level.PROGRAM]
    for pos in semua.values():
        if pos.level in _PENJUMLAH:
            pos.anak = program
        _cari_sel(pos, baris, kolom)
    return list(semua.values())


def _cari_sel(pos: Pos, baris: Sequence[Baris], kolom: str) -> None:
    terisi = [i for i in pos.baris if not baris[i][kolom].kosong]
    pos.sel = terisi[0] if terisi else pos.baris[0]
    pos.sel_lain = terisi[1:]


def nilai_pos(pos: Pos, baris: Sequence[Baris], kolom: str) -> int | None:
    """Typed amount of a sub kegiatan in sen; None where its cell holds no number."""
    angka = baris[pos.sel][kolom].angka
    return None if angka is None else int(angka)


def gulung(tata: Sequence[Pos], sub: dict[str, int | None]) -> dict[str, int]:
    """Amounts of every parent in sen, from those of the sub kegiatan; a parent without priced children has 0."""
    hasil: dict[str, int] = {}

    def jumlah(pos: Pos) -> int:
        if pos.sub:
            return sub.get(pos.kunci) or 0
        if pos.kunci not in hasil:
            hasil[pos.kunci] = 0  # guards against a node that appears below itself
            hasil[pos.kunci] = sum(jumlah(a) for a in pos.anak)
        return hasil[pos.kunci]

    for pos in tata:
        jumlah(pos)
    return hasil


def berpagu(pos: Pos, sub: dict[str, int | None]) -> bool:
    """Whether any sub kegiatan below a node has an amount other than 0."""
    if pos.sub:
        return bool(sub.get(pos.kunci))
    return any(berpagu(a, sub) for a in pos.anak)


def jumlah_kode(kode: str, baris: Iterable[tuple[str | None, int | None]]) -> int | None:
    """Amount of a node in sen by its kode: that of the sub kegiatan below it, or its own; None where there is none.

    Args:
        kode: as the nomenclature writes it.
        baris: kode and amount of each row; a sub kegiatan that comes again is not summed again, its first amount counts.
    """
    sub: dict[str, int] = {}
    for tertulis, sen in baris:
        k = kd.rapikan(tertulis or "")
        if k is not None and kd.level(k) is Level.SUB_KEGIATAN and (k == kode or k.startswith(f"{kode}.")):
            sub[k] = sub.get(k) or sen or 0
    return sum(sub.values()) if sub else None


def prakiraan_maju(dasar: int | Decimal, pertumbuhan: float, pembulatan: float) -> int:
    """Forward estimate in sen: ROUND(dasar × (100 + pertumbuhan) ÷ (100 × pembulatan)) × pembulatan.

    Args:
        dasar: this year's amount in sen.
        pertumbuhan: growth in percent per year.
        pembulatan: rounding step in rupiah; 0 or less leaves whole sen.
    """
    persen = 100 + Decimal(repr(pertumbuhan))
    langkah = Decimal(repr(pembulatan)) * 100 if pembulatan > 0 else Decimal(1)
    kelipatan = (Decimal(dasar) * persen / (100 * langkah)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return int(kelipatan * langkah)
