"""One sheet as the formula audit sees it: columns, headings, who owns a cell, and which rows are details of which."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from renja_xl.core import kode as kd
from renja_xl.core.buku import LEVEL_SIMPUL, Baris, Level
from renja_xl.core.hitung import kunci_simpul
from renja_xl.core.kisi import IsiKisi, Kisi, Tempat
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import tulis_angka
from renja_xl.core.pagu import Pos, tata_pagu
from renja_xl.core.rumus_sel import GALAT, Rujukan, bentuk_relatif, jumlahan, rujukan_rumus
from renja_xl.core.temuan import Anggota, Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.rms.taksir import Penaksir
from renja_xl.tabel.spec import KolomSpec, TabelSpec

PENJUMLAH = frozenset({Level.PERANGKAT_DAERAH, Level.TOTAL})
"""Rows that sum all programs."""

_NOMOR = re.compile(r"\(?\s*(\d{1,2})(?:\.0)?\s*\)?(?:\s*=.*|\s*[a-z]?)", re.DOTALL)
_TOTAL = re.compile(
    r"(?:grand\s+)?(?:jumlah|total)(?:\W+(?:total|keseluruhan|seluruh|seluruhnya|semua|akhir|umum|anggaran|pagu|belanja|dana|program|"
    r"kegiatan|pegawai|rp|[ivx]+|[a-d]))*\W*",
    re.IGNORECASE,
)
_SENDIRI = re.compile(r"\b(?:profil|dasar)_[a-z]|\btbl_", re.IGNORECASE)
_TINGGI = {level: n for n, level in enumerate(LEVEL_SIMPUL)}


@dataclass(frozen=True, slots=True)
class Hasil:
    """A finding about a cell of a sheet; ``anggota`` are all its cells (row, column, written, right) where there are several."""

    aturan: str
    tingkat: Tingkat
    tempat: Tempat
    pesan: str
    perbaikan: str
    tertulis: str = ""
    seharusnya: str = ""
    anggota: tuple[tuple[int, int, str, str], ...] = ()


class Cakupan:
    """How often ranges of one column cover a row."""

    def __init__(self, bagian: Sequence[Rujukan]) -> None:
        self.bagian = bagian
        self._awal = sorted(x.b1 for x in bagian)
        self._akhir = sorted(x.b2 for x in bagian)

    def __call__(self, r: int) -> int:
        return bisect_right(self._awal, r) - bisect_left(self._akhir, r)


@dataclass(frozen=True)
class Pohon:
    """Nodes of a sheet for one column; their ``baris`` are sheet rows."""

    pos: Sequence[Pos]
    menurut_baris: Mapping[int, Pos]
    akar: Sequence[Pos]


@dataclass
class Lembar:
    """A sheet under audit.

    Attributes:
        spec: our table on it, with its rows by sheet row and its columns by sheet column; None for any other sheet.
    """

    k: Konteks
    kisi: Kisi
    penaksir: Penaksir
    spec: TabelSpec | None = None
    baris: Mapping[int, Baris] = field(default_factory=dict)
    kolom_spec: Mapping[int, KolomSpec] = field(default_factory=dict)

    # ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def rumus(self) -> dict[Tempat, str]:
        """Formulas by place, in reading order."""
        return {t: f for t in sorted(self.kisi.sel) if (f := self.kisi.sel[t].rumus) is not None}

    @cached_property
    def kolom(self) -> dict[int, list[int]]:
        """Rows of the filled cells by column, headings left out."""
        hasil: dict[int, list[int]] = defaultdict(list)
        for r, c in sorted(self.kisi.sel):
            if r not in self.kepala:
                hasil[c].append(r)
        return dict(hasil)

    @cached_property
    def deret(self) -> dict[int, list[int]]:
        """Columns of the filled cells by row."""
        hasil: dict[int, list[int]] = defaultdict(list)
        for r, c in sorted(self.kisi.sel):
            hasil[r].append(c)
        return dict(hasil)

    def isi(self, r: int, c: int) -> IsiKisi | None:
        return self.kisi.sel.get((r, c))

    def angka(self, r: int, c: int) -> float | None:
        isi = self.kisi.sel.get((r, c))
        v = None if isi is None else isi.nilai
        ada = isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v)
        return float(v) if ada and v is not None and not isinstance(v, str) else None

    def tetap(self, r: int, c: int) -> bool:
        """Whether a cell holds a typed number."""
        return (r, c) not in self.rumus and self.angka(r, c) is not None

    def berangka(self, r: int, c: int) -> bool:
        """Whether a cell holds a number, or a formula that has none to show."""
        isi = self.kisi.sel.get((r, c))
        if isi is None:
            return False
        return self.angka(r, c) is not None or (isi.rumus is not None and (isi.nilai is None or isi.nilai in GALAT))

    def antara(self, c: int, awal: int, akhir: int) -> list[int]:
        """Filled rows of a column within bounds."""
        rows = self.kolom.get(c, [])
        return rows[bisect_left(rows, awal) : bisect_right(rows, akhir)]

    def taksir(self, rumus: str) -> float | None:
        return self.penaksir.taksir(rumus, self.kisi.lembar)

    @cached_property
    def bentuk(self) -> dict[Tempat, str]:
        """Formulas by place, as distances from their cell."""
        return {(r, c): bentuk_relatif(f, r, c) for (r, c), f in self.rumus.items()}

    @cached_property
    def jumlahan(self) -> dict[Tempat, tuple[Rujukan, ...]]:
        """Formulas that only add cells of their own column, with what they add."""
        hasil = {}
        for (r, c), f in self.rumus.items():
            bagian = jumlahan(f)
            if bagian and all(not x.lembar and x.k1 == x.k2 == c for x in bagian):
                hasil[r, c] = bagian
        return hasil

    def tingkat_jumlah(self, r: int, c: int) -> int:
        """How many sums deep a sum is: 1 over amounts, 2 over such sums; 0 for any other cell."""
        jejak: dict[int, None] = {}
        while (r, c) not in self._tingkat_jumlah and (r, c) in self.jumlahan and r not in jejak:
            jejak[r] = None
            r = self.jumlahan[r, c][0].b1
        tinggi = self._tingkat_jumlah.get((r, c), 0)
        for n in reversed(jejak):
            tinggi += 1
            self._tingkat_jumlah[n, c] = tinggi
        return tinggi

    _tingkat_jumlah: dict[Tempat, int] = field(default_factory=dict)

    @cached_property
    def kolom_jumlahan(self) -> dict[int, list[int]]:
        """Rows of such sums by column."""
        hasil: dict[int, list[int]] = defaultdict(list)
        for r, c in self.jumlahan:
            hasil[c].append(r)
        return dict(hasil)

    def jumlahan_antara(self, c: int, awal: int, akhir: int) -> list[int]:
        rows = self.kolom_jumlahan.get(c, [])
        return rows[bisect_left(rows, awal) : bisect_right(rows, akhir)]

    @cached_property
    def tercakup(self) -> dict[int, Cakupan]:
        """What formulas refer to within their own column, by column."""
        hasil: dict[int, list[Rujukan]] = defaultdict(list)
        for (_, c), f in self.rumus.items():
            for x in rujukan_rumus(f):
                if not x.lembar and x.k1 <= c <= x.k2:
                    hasil[c].append(x)
        return {c: Cakupan(bagian) for c, bagian in hasil.items()}

    @cached_property
    def terjumlah(self) -> dict[int, Cakupan]:
        """What sums add, by column."""
        hasil: dict[int, list[Rujukan]] = defaultdict(list)
        for (_, c), bagian in self.jumlahan.items():
            hasil[c] += bagian
        return {c: Cakupan(bagian) for c, bagian in hasil.items()}

    # ── whose ─────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def sendiri(self) -> bool:
        """Whether the sheet was laid out by this program: its formulas use our names."""
        return self.spec is not None and any(_SENDIRI.search(f) for f in self.rumus.values())

    def milik(self, r: int, c: int) -> bool:
        """Whether a cell belongs to our table."""
        return r in self.baris and c in self.kolom_spec

    def asing(self, r: int, c: int) -> bool:
        """Whether the layout of a cell is somebody else's, so that its neighbours say what it should be."""
        return not (self.sendiri and self.milik(r, c))

    # ── headings and rows ─────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def kepala(self) -> frozenset[int]:
        """Rows of column numbers and of years; of our own table also all rows above it."""
        nomor = set()
        if self.baris and self.sendiri:
            nomor |= set(range(1, min(self.baris)))
        for r, kolom in self.deret.items():
            isi = [self.kisi.sel[r, c].nilai for c in kolom]
            isi = [v for v in isi if v is not None and v != ""]
            if _nomor_kolom(isi) or _tahun(isi):
                nomor.add(r)
        return frozenset(nomor)

    def rumus_kepala(self) -> dict[int, tuple[int, str]]:
        """Column → row and text of a heading that states a formula, such as ``8=7/6x100``."""
        hasil = {}
        for r in sorted(self.kepala):
            for c in self.deret.get(r, []):
                v = self.kisi.sel[r, c].nilai
                if isinstance(v, str) and re.fullmatch(
                    r"\W*\d{1,2}\s*=[\s\d()+\-−x×X*/:÷%.,]*\d[\s\d()+\-−x×X*/:÷%.,]*", v
                ):
                    hasil[c] = r, v.strip()
        return hasil

    def teks_baris(self, r: int) -> list[str]:
        return [
            v.strip() for c in self.deret.get(r, []) if isinstance(v := self.kisi.sel[r, c].nilai, str) and v.strip()
        ]

    def total(self, r: int) -> bool:
        """Whether a row calls itself a total."""
        b = self.baris.get(r)
        if b is not None and b.level in {Level.TOTAL, Level.JUMLAH, Level.RATA_RATA}:
            return True
        return any(len(t) < 60 and _TOTAL.fullmatch(t) for t in self.teks_baris(r)[:2])

    @cached_property
    def kolom_kode(self) -> int | None:
        """The column with kode, where the sheet has one."""
        banyak: dict[int, int] = defaultdict(int)
        for (_, c), isi in self.kisi.sel.items():
            kode = kd.rapikan(isi.nilai) if isinstance(isi.nilai, str) and len(isi.nilai) < 24 else None
            if kode and kode.count(".") >= 2:
                banyak[c] += 1
        terbaik = max(banyak, key=lambda c: (banyak[c], -c), default=None)
        return terbaik if terbaik is not None and banyak[terbaik] >= 2 else None

    def kode(self, r: int) -> str | None:
        """The kode beside a row; None where it has none."""
        b = self.baris.get(r)
        if b is not None and (kode := self.k.kode(b)):
            return kd.rapikan(kode)
        c = self.kolom_kode
        v = self.kisi.sel[r, c].nilai if c is not None and (r, c) in self.kisi.sel else None
        return kd.rapikan(v) if isinstance(v, str) else None

    @cached_property
    def level(self) -> dict[int, Level]:
        """Level of each row that is a node: by our table where the rows are mapped, else by its kode."""
        if self.baris:
            return {r: b.level for r, b in self.baris.items() if b.level in _TINGGI or b.level is Level.TOTAL}
        hasil = {}
        for r in self.deret if self.kolom_kode is not None else ():
            kode = self.kode(r)
            level = Level.TOTAL if self.total(r) else kd.level(kode) if kode else None
            if level is not None and r not in self.kepala:
                hasil[r] = level
        return hasil

    def pohon(self, c: int) -> Pohon | None:
        """Nodes for a column; None where the rows' levels are not known."""
        kolom = self.kolom_spec.get(c) if self.spec is not None else None
        sisi = kunci_simpul(self.spec, kolom) if self.spec is not None and kolom is not None else None
        if sisi not in self._pohon:
            self._pohon[sisi] = self._susun_pohon(sisi)
        return self._pohon[sisi]

    _pohon: dict[str | None, Pohon | None] = field(default_factory=dict)

    def _susun_pohon(self, sisi: str | None) -> Pohon | None:
        if not self.level:
            return None
        if self.baris:
            nomor = sorted(self.baris)
            tata = tata_pagu([self.baris[r] for r in nomor], "", sisi)
            for pos in tata:
                pos.baris = [nomor[i] for i in pos.baris]
        else:
            awal = min(self.level)
            nomor = sorted(r for r in self.deret if r not in self.kepala and r >= awal)
            tata = _pohon_kode(nomor, self.level)
        if not any(p.anak for p in tata):
            return None
        anak = {id(a) for p in tata if p.level not in PENJUMLAH for a in p.anak}
        akar = [p for p in tata if p.level not in PENJUMLAH and id(p) not in anak]
        return Pohon(tata, {r: p for p in tata for r in p.baris}, akar)

    # ── words ─────────────────────────────────────────────────────────────────────────────────────────────────

    def sebutan(self, r: int) -> str:
        """What a row is about."""
        b = self.baris.get(r)
        if b is not None and self.spec is not None:
            return self.k.nama(self.spec, b)
        teks = [t for t in self.teks_baris(r) if any(ch.isalpha() for ch in t)]
        return _ringkas(max(teks[:3], key=len)) if teks else f"baris {r}"

    @staticmethod
    def sel(r: int, c: int) -> str:
        return f"{huruf_kolom(c)}{r}"

    def tertulis(self, r: int, c: int) -> str:
        """A cell as people see it: its formula, or its value."""
        rumus = self.rumus.get((r, c))
        if rumus is not None:
            return f"={_ringkas(rumus, 120)}"
        v = None if (isi := self.isi(r, c)) is None else isi.nilai
        return tulis_angka(float(v)) if isinstance(v, (int, float)) else str(v or "")

    def temuan(self, h: Hasil) -> Temuan:
        r, c = h.tempat
        anggota = tuple(self._anggota(*a) for a in h.anggota) if len(h.anggota) > 1 else ()
        if not self.milik(r, c) or self.spec is None:
            return Temuan(
                h.aturan, h.tingkat, "", "", "", h.pesan, h.perbaikan, self.kode(r) or "", h.tertulis, h.seharusnya,
                anggota=anggota, lembar=self.kisi.lembar, sel=self.sel(r, c),
            )  # fmt: skip
        b, kolom = self.baris[r], self.kolom_spec[c]
        return Temuan(
            h.aturan, h.tingkat, self.spec.kunci, b.id, kolom.kunci, h.pesan, h.perbaikan, self.k.kode(b), h.tertulis,
            h.seharusnya, b.asal, anggota,
        )  # fmt: skip

    def _anggota(self, r: int, c: int, tertulis: str, seharusnya: str) -> Anggota:
        if not self.milik(r, c) or self.spec is None:
            return Anggota("", "", "", tertulis, seharusnya, None, self.kisi.lembar, self.sel(r, c))
        b = self.baris[r]
        return Anggota(self.spec.kunci, b.id, self.kolom_spec[c].kunci, tertulis, seharusnya, b.asal)


def _pohon_kode(nomor: Iterable[int], level: Mapping[int, Level]) -> list[Pos]:
    """Nodes of rows whose level their kode tells; rows without one are further rows of the node above them."""
    hasil: list[Pos] = []
    jejak: list[Pos] = []
    for r in nomor:
        lv = level.get(r)
        if lv is None:
            if hasil and hasil[-1].level is not Level.TOTAL:
                hasil[-1].baris.append(r)
            continue
        pos = Pos(str(r), lv, [r])
        hasil.append(pos)
        if lv is Level.TOTAL:
            continue
        while jejak and _TINGGI[jejak[-1].level] >= _TINGGI[lv]:
            jejak.pop()
        if jejak:
            jejak[-1].anak.append(pos)
        jejak.append(pos)
    return hasil


def _nomor_kolom(isi: Sequence[object]) -> bool:
    """Whether a row's cells are column numbers: 1, 2, 3 … (``8=7/6x100`` among them)."""
    angka = []
    for v in isi:
        m = _NOMOR.fullmatch(str(v).strip()) if isinstance(v, (str, float, int)) else None
        if m:
            angka.append(int(m[1]))
    if len(angka) < 3 or len(angka) < len(isi) or angka[0] > 2:
        return False
    return sum(z - a in {0, 1} for a, z in pairwise(angka)) >= 0.7 * (len(angka) - 1) > 0 and (angka[-1] > angka[0] + 1)


def _tahun(isi: Sequence[object]) -> bool:
    """Whether a row's numbers are all years: a heading."""
    angka = [v for v in isi if isinstance(v, (int, float))]
    return len(angka) >= 2 and all(float(v).is_integer() and 19 <= v // 100 <= 21 for v in angka)


def _ringkas(teks: str, panjang: int = 80) -> str:
    satu = " ".join(teks.split())
    return satu if len(satu) <= panjang else satu[: panjang - 1] + "…"
