"""Levels of printed rows: by kode, by columns, by words, by the nomenclature, by numbering, else by their place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from renja_xl.core import kode as kd
from renja_xl.core.buku import LEVEL_SIMPUL, Level
from renja_xl.core.nomenklatur import AMBANG_MIRIP, Butir
from renja_xl.core.teks import kunci as kunci_teks

_TINGGI = {level: n for n, level in enumerate(LEVEL_SIMPUL)}
_TIGA = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
Bentuk = tuple[str, int | str]
"""What a row has in common with others of its level: kind of feature, and its value."""

_AWALAN = (
    (re.compile(r"bidang urusan\b|urusan (?:pemerintahan )?bidang\b"), Level.BIDANG_URUSAN),
    (re.compile(r"(?:unsur|urusan)\b"), Level.URUSAN),
    (re.compile(r"sub\s*-?\s*kegiatan\b"), Level.SUB_KEGIATAN),
    (re.compile(r"program\b"), Level.PROGRAM),
    (re.compile(r"kegiatan\b"), Level.KEGIATAN),
)
_PERANGKAT_DAERAH = re.compile(
    r"(?:badan|dinas|sekretariat|inspektorat|kecamatan|kelurahan|rsud|rumah sakit|satuan polisi|kantor)\b",
    re.IGNORECASE,
)
JUMLAH = re.compile(
    r"(?:grand\s+|sub\s+)?(?:jumlah|total)(?:\s+(?:total|keseluruhan|seluruh\w*|anggaran|pagu|umum|belanja|i+))*\s*(?:\(rp\.?\))?\s*:?",
    re.IGNORECASE,
)
RATA_RATA = re.compile(r"rata\s*-?\s*rata\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ciri:
    """What a row shows of its level. ``posisi`` is the place of its name among the columns of a split name."""

    nama: str
    kode: str | None = None
    nomor: str = ""
    posisi: int = 0
    inden: int = 0
    berisi: bool = True
    """Whether it says more than its name (indicator, target, place)."""
    tetap: Level | None = None
    """Level that its column alone decides."""


@dataclass(frozen=True, slots=True)
class Putusan:
    """A level, by what it was told, and whether that leaves no doubt."""

    level: Level
    cara: str
    pasti: bool


@dataclass
class Penjenjang:
    """Tells levels; names whose level is known from one table help in the others."""

    butir: Sequence[Butir]
    dikenal: dict[str, Level] = field(default_factory=dict)
    _mirip: dict[str, Level | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        level = {Level.BIDANG_URUSAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN}
        menurut_nama: dict[str, set[Level]] = defaultdict(set)
        for b in self.butir:
            if b.level in level and "XX" not in b.nama:
                menurut_nama[kunci_teks(b.nama)].add(b.level)
        self.dikenal |= {n: next(iter(lv)) for n, lv in menurut_nama.items() if len(lv) == 1}

    def catat(self, nama: str, level: Level) -> None:
        """Remember a name whose level is sure."""
        self.dikenal.setdefault(kunci_teks(nama), level)

    def tentukan(self, rows: Sequence[Ciri]) -> list[Putusan]:
        """Levels of a table's named rows, in their order."""
        putusan: list[Putusan | None] = [self.sendiri(c) for c in rows]
        for aturan in (self._posisi, self._nomor, self._inden):
            bentuk = aturan(rows)
            peta = self._pelajari(bentuk, putusan)
            for n, (b, p) in enumerate(zip(bentuk, putusan, strict=True)):
                if b is not None and b in peta and (p is None or not p.pasti):
                    putusan[n] = Putusan(peta[b][0], peta[b][1], True)
        di_bawah_urusan = any(
            a and b and a.level is Level.URUSAN and b.level is Level.BIDANG_URUSAN for a, b in pairwise(putusan)
        )
        if not di_bawah_urusan and not any(
            p and p.level is Level.BIDANG_URUSAN and p.cara != "nomenklatur" for p in putusan
        ):
            # a plan without the level of bidang urusan prints its headings as urusan
            putusan = [
                Putusan(Level.URUSAN, p.cara, p.pasti) if p and p.level is Level.BIDANG_URUSAN else p for p in putusan
            ]
        putusan = [p or self.dari_kemiripan(c) for c, p in zip(rows, putusan, strict=True)]
        for aturan in (self._posisi, self._nomor, self._inden):
            bentuk = aturan(rows)
            urutan = self._urutkan(bentuk, putusan)
            putusan = [p or (Putusan(urutan[b], b[0], False) if b is not None and b in urutan else None)
                       for b, p in zip(bentuk, putusan, strict=True)]  # fmt: skip
        hasil: list[Putusan] = []
        jejak: list[Level] = []
        for c, ada in zip(rows, putusan, strict=True):
            p = ada or self._menurut_tempat(c, jejak)
            if (
                p.level is Level.URUSAN
                and hasil
                and hasil[-1].level is Level.URUSAN
                and p.cara not in {"kode", "kolom"}
            ):
                p = Putusan(Level.BIDANG_URUSAN, p.cara, p.pasti)  # an urusan never stands empty above another
            while jejak and _TINGGI[jejak[-1]] >= _TINGGI[p.level]:
                jejak.pop()
            jejak.append(p.level)
            hasil.append(p)
        return hasil

    def sendiri(self, c: Ciri) -> Putusan | None:
        """What the row alone says."""
        if c.tetap is not None:
            return Putusan(c.tetap, "kolom", True)
        level = kd.level(c.kode) if c.kode else None
        if level is not None:
            return Putusan(level, "kode", True)
        bersih = re.sub(r"^[\W\d_]+", "", c.nama)
        if not c.berisi and _PERANGKAT_DAERAH.match(bersih):
            return Putusan(Level.PERANGKAT_DAERAH, "nama", True)
        kenal = self.dikenal.get(kunci_teks(re.sub(r"^(?i:sub kegiatan|kegiatan)\s*:?\s+", "", bersih)))
        if kenal is not None:
            return Putusan(kenal, "nomenklatur", True)
        for pola, lv in _AWALAN:
            if pola.match(bersih.casefold()):
                return Putusan(lv, "kata pertama", lv in {Level.URUSAN, Level.BIDANG_URUSAN, Level.PROGRAM})
        return None

    def dari_kemiripan(self, c: Ciri) -> Putusan | None:
        k = kunci_teks(c.nama)
        if k not in self._mirip:
            self._mirip[k] = self._terdekat(k)
        lv = self._mirip[k]
        return Putusan(lv, "nama mirip nomenklatur", False) if lv is not None else None

    def _terdekat(self, k: str) -> Level | None:
        """Level of the known name most like this one, whole names compared."""
        terbaik, level = AMBANG_MIRIP, None
        pembanding = SequenceMatcher(None, autojunk=False)
        pembanding.set_seq2(k)
        for nama, lv in self.dikenal.items():
            pembanding.set_seq1(nama)
            if (
                pembanding.real_quick_ratio() >= terbaik
                and pembanding.quick_ratio() >= terbaik
                and (r := pembanding.ratio()) >= terbaik
            ):
                terbaik, level = r, lv
        return level

    @staticmethod
    def _menurut_tempat(c: Ciri, jejak: Sequence[Level]) -> Putusan:
        """A row that nothing tells of: what usually stands there."""
        if c.nama.isupper() and len(c.nama) > 12:
            return Putusan(Level.PROGRAM, "huruf besar", False)
        if not jejak or jejak[-1] in {Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH}:
            return Putusan(Level.PROGRAM, "tempatnya", False)
        return Putusan(Level.KEGIATAN if jejak[-1] is Level.PROGRAM else Level.SUB_KEGIATAN, "tempatnya", False)

    # ── shapes whose level the sure rows teach ────────────────────────────────────────────────────────────────

    @staticmethod
    def _urutkan(bentuk: Sequence[Bentuk | None], putusan: Sequence[Putusan | None]) -> Mapping[Bentuk, Level]:
        """Levels of shapes by their order (1 below A, 1.1 below 1): counted from those that are known, else all three."""
        ada = list(dict.fromkeys(b for b in bentuk if b is not None))
        if all(isinstance(b[1], int) for b in ada):
            ada.sort()
        suara: dict[Bentuk, Counter[Level]] = defaultdict(Counter)
        for b, p in zip(bentuk, putusan, strict=True):
            if b is not None and p is not None and p.level in _TIGA:
                suara[b][p.level] += 1
        jangkar = {_TIGA.index(s.most_common(1)[0][0]) - ada.index(b) for b, s in suara.items()}
        if len(jangkar) > 1 or (not jangkar and len(ada) != len(_TIGA)):
            return {}
        geser = jangkar.pop() if jangkar else 0
        return {b: _TIGA[n + geser] for n, b in enumerate(ada) if 0 <= n + geser < len(_TIGA)}

    @staticmethod
    def _pelajari(
        bentuk: Iterable[Bentuk | None], putusan: Iterable[Putusan | None]
    ) -> Mapping[Bentuk, tuple[Level, str]]:
        suara: dict[Bentuk, Counter[Level]] = defaultdict(Counter)
        for b, p in zip(bentuk, putusan, strict=True):
            if b is not None and p is not None and p.pasti:
                suara[b][p.level] += 1
        hasil = {}
        for b, s in suara.items():
            level, n = s.most_common(1)[0]
            if n >= 2 and n >= 0.85 * s.total():
                hasil[b] = (level, b[0])
        return hasil

    @staticmethod
    def _posisi(rows: Sequence[Ciri]) -> list[Bentuk | None]:
        beda = len({c.posisi for c in rows}) > 1
        return [("letak kolom", c.posisi) if beda else None for c in rows]

    @staticmethod
    def _nomor(rows: Sequence[Ciri]) -> list[Bentuk | None]:
        return [("penomoran", b) if (b := bentuk_nomor(c.nomor)) else None for c in rows]

    @staticmethod
    def _inden(rows: Sequence[Ciri]) -> list[Bentuk | None]:
        beda = len({c.inden for c in rows}) > 1
        return [("inden", c.inden) if beda else None for c in rows]


def bentuk_nomor(teks: str) -> str:
    """Shape of a row number: ``A``, ``1``, ``1.1``, ``a``, ``I``; empty for none."""
    bersih = teks.strip().strip("().")
    if re.fullmatch(r"[IVX]+", bersih) and bersih not in {"V", "X"}:
        return "I"
    if re.fullmatch(r"[A-Z]", bersih):
        return "A"
    if re.fullmatch(r"[a-z]", bersih):
        return "a"
    if re.fullmatch(r"\d+(?:[.,]\d+)*", bersih):
        return ".".join("1" for _ in re.split(r"[.,]", bersih))
    return ""


def berkata_level(teks: str) -> bool:
    """Whether a text begins as the name of a node does."""
    bersih = re.sub(r"^[\W\d_]+", "", teks)
    return bool(_PERANGKAT_DAERAH.match(bersih)) or any(p.match(bersih.casefold()) for p, _ in _AWALAN)
