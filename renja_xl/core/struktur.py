"""The struktur as a tree, and as the rows of its sheet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from renja_xl.core import kode as kd
from renja_xl.core.buku import (
    LEVEL_SIMPUL,
    Baris,
    Buku,
    CaraHitung,
    Indikator,
    Level,
    Nilai,
    Sel,
    Sifat,
    Simpul,
)
from renja_xl.tabel import BARIS_DIHAPUS, TABEL_RENCANA

_YA = "Ya"
_KUNCI_ID = ("simpul", "indikator_id", "simpul_kebutuhan")
"""Columns that name a node or an indicator."""
_TINGGI = {level: i for i, level in enumerate(LEVEL_SIMPUL)}


class PembuatId:
    """Fresh ids ``<awalan><nomor>``, counting on from the highest in use, the same in every run."""

    def __init__(self, awalan: str, terpakai: Iterable[str]) -> None:
        pola = re.compile(rf"{re.escape(awalan)}-(\d{{1,9}})")
        nomor = (int(m[1]) for t in terpakai if (m := pola.fullmatch(t)))
        self._awalan, self._nomor = awalan, max(nomor, default=0)

    def __call__(self) -> str:
        self._nomor += 1
        return f"{self._awalan}-{self._nomor:04d}"


def id_simpul_terpakai(buku: Buku) -> Iterator[str]:
    """Ids of nodes and indicators that the plan still knows, in linked rows and *Baris Dihapus* too; no new one may get them."""
    yield from (s.id for s in buku.simpul)
    yield from (i.id for i in buku.indikator)
    for spec in (*TABEL_RENCANA, BARIS_DIHAPUS):
        for b in buku.baris(spec.kunci):
            dikenal = (b.simpul, b.indikator, *(b[k].nilai for k in _KUNCI_ID))
            yield from (t for t in dikenal if isinstance(t, str))


def anak_menurut_induk(simpul: Iterable[Simpul]) -> dict[str | None, list[Simpul]]:
    """Children of each node in order; an unknown parent counts as none, so that no node gets lost."""
    daftar = list(simpul)
    dikenal = {s.id for s in daftar}
    hasil: dict[str | None, list[Simpul]] = defaultdict(list)
    for s in daftar:
        hasil[s.induk if s.induk in dikenal and s.induk != s.id else None].append(s)
    return hasil


def urut_pohon(simpul: Iterable[Simpul]) -> list[Simpul]:
    """Nodes in tree order, parents before children."""
    daftar = list(simpul)
    anak = anak_menurut_induk(daftar)
    hasil: list[Simpul] = []

    def telusuri(induk: str | None) -> Iterator[Simpul]:
        for s in anak.get(induk, ()):
            yield s
            yield from telusuri(s.id)

    hasil.extend(telusuri(None))
    terjangkau = {s.id for s in hasil}
    hasil.extend(s for s in daftar if s.id not in terjangkau)  # a ring of parents: kept, never dropped
    return hasil


def rapikan_urutan(buku: Buku) -> Buku:
    """The plan with struktur in tree order, indicators grouped by node."""
    simpul = tuple(urut_pohon(buku.simpul))
    letak = {s.id: i for i, s in enumerate(simpul)}
    indikator = tuple(sorted(buku.indikator, key=lambda i: letak.get(i.simpul, len(letak))))
    return replace(buku, simpul=simpul, indikator=indikator)


def indikator_menurut_simpul(buku: Buku) -> dict[str, list[Indikator]]:
    """Indicators of each node in order."""
    hasil: dict[str, list[Indikator]] = defaultdict(list)
    for i in buku.indikator:
        hasil[i.simpul].append(i)
    return hasil


def anggota(buku: Buku, keanggotaan: str) -> set[str]:
    """Nodes that a table of ``evaluasi`` or ``rencana`` lists: those with such an indicator, and their ancestors."""
    menurut_id = buku.simpul_menurut_id()
    hasil: set[str] = set()
    for i in buku.indikator:
        if not getattr(i, f"di_{keanggotaan}"):
            continue
        simpul: str | None = i.simpul
        while simpul is not None and simpul not in hasil and simpul in menurut_id:
            hasil.add(simpul)
            simpul = menurut_id[simpul].induk
    return hasil


def nomor_urut(buku: Buku) -> dict[str, str]:
    """Printed numbers of the plan tables: programs A, B, …; kegiatan 1, 2, …; sub kegiatan 1.1, 1.2, …."""
    anak = anak_menurut_induk(buku.simpul)
    hasil: dict[str, str] = {}
    program = [s for s in urut_pohon(buku.simpul) if s.level is Level.PROGRAM]
    for p, prog in enumerate(program):
        hasil[prog.id] = _huruf(p)
        for k, keg in enumerate(anak.get(prog.id, ()), 1):
            hasil[keg.id] = str(k)
            for n, sub in enumerate(anak.get(keg.id, ()), 1):
                hasil[sub.id] = f"{k}.{n}"
    return hasil


def _huruf(indeks: int) -> str:
    teks = ""
    indeks += 1
    while indeks:
        indeks, sisa = divmod(indeks - 1, 26)
        teks = chr(65 + sisa) + teks
    return teks


def ke_baris(buku: Buku) -> tuple[Baris, ...]:
    """The struktur as rows of its sheet, one per indicator; a node's further indicators leave its name blank."""
    menurut_simpul = indikator_menurut_simpul(buku)
    hasil: list[Baris] = []
    for s in buku.simpul:
        for n, i in enumerate(menurut_simpul.get(s.id) or [Indikator("", s.id)]):
            pertama = n == 0
            isi: dict[str, Nilai] = {
                "kode": s.kode if pertama else None,
                "level": (s.level if pertama else Level.INDIKATOR_LANJUTAN).judul,
                "nama": s.nama if pertama else None,
                "keterangan_kode": s.keterangan_kode if pertama else None,
                "indikator": i.teks,
                "satuan": i.satuan,
                "cara_hitung": i.cara_hitung.judul if i.cara_hitung else None,
                "sifat": i.sifat.judul,
                "skala": i.skala,
                "sasaran": i.sasaran,
                "di_evaluasi": _YA if i.di_evaluasi else "Tidak",
                "di_rencana": _YA if i.di_rencana else "Tidak",
                "simpul": s.id,
                "indikator_id": i.id or None,
            }
            sel = {k: Sel(v) for k, v in isi.items() if v is not None}
            level = s.level if pertama else Level.INDIKATOR_LANJUTAN
            hasil.append(Baris(i.id or s.id, level, sel, s.id, i.id or None))
    return tuple(hasil)


@dataclass(frozen=True, slots=True)
class BarisStruktur:
    """One row of the struktur sheet as read: texts by column, level resolved."""

    level: Level
    isi: Mapping[str, str | None]


def dari_baris(
    rows: Sequence[BarisStruktur],
    terpakai_lain: Iterable[str] = (),
    nama_tertaut: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> tuple[tuple[Simpul, ...], tuple[Indikator, ...]]:
    """Nodes and indicators from the rows of the sheet.

    A row without ids is new and gets them; a copied row (an id that another row has) counts as new too. The parent
    of a node is the nearest row above with a higher level; for a new row, a kode whose parent stands in the sheet
    decides instead, so that a sub kegiatan typed at the end finds its kegiatan.

    Args:
        terpakai_lain: ids that linked tables and *Baris Dihapus* still know; no new row may get one.
        nama_tertaut: names that linked tables show for a node: of a row and its copy, the one so named is the node.
    """
    lain = tuple(terpakai_lain)
    id_simpul = PembuatId("s", (*(r.isi.get("simpul") or "" for r in rows), *lain))
    id_indikator = PembuatId("i", (*(r.isi.get("indikator_id") or "" for r in rows), *lain))
    pemilik = _pemilik_id(rows, nama_tertaut)
    menurut_kode: dict[str, str] = {}
    simpul: list[Simpul] = []
    indikator: list[Indikator] = []
    baru: set[str] = set()
    terpakai: set[str] = set()
    jejak: list[Simpul] = []

    for n, r in enumerate(rows):
        isi = r.isi
        if r.level is not Level.INDIKATOR_LANJUTAN or not simpul:
            while jejak and _TINGGI[jejak[-1].level] >= _TINGGI.get(r.level, 0):
                jejak.pop()
            level = r.level if r.level in _TINGGI else Level.SUB_KEGIATAN
            induk = next((j for j in reversed(jejak) if j.level is not Level.PERANGKAT_DAERAH), None)
            kode = isi.get("kode")
            kode = (kd.rapikan(kode) or kode) if kode else None
            pengenal = isi.get("simpul")
            if not pengenal or pengenal in terpakai or pemilik.get(pengenal, n) != n:
                pengenal = id_simpul()
                baru.add(pengenal)
            terpakai.add(pengenal)
            s = Simpul(
                pengenal,
                level,
                isi.get("nama") or "",
                kode,
                induk.id if induk else None,
                isi.get("keterangan_kode"),
            )
            simpul.append(s)
            jejak.append(s)
            if kode:
                menurut_kode.setdefault(kode, pengenal)
        pengenal = isi.get("indikator_id")
        salinan = simpul[-1].id in baru and bool(isi.get("simpul"))
        if not pengenal or pengenal in terpakai or salinan:
            pengenal = id_indikator()
        terpakai.add(pengenal)
        indikator.append(
            Indikator(
                pengenal,
                simpul[-1].id,
                isi.get("indikator"),
                isi.get("satuan"),
                baca_cara_hitung(isi.get("cara_hitung")),
                baca_sifat(isi.get("sifat")) or Sifat.MAKIN_TINGGI,
                isi.get("skala"),
                isi.get("sasaran"),
                _ya(isi.get("di_evaluasi")),
                _ya(isi.get("di_rencana")),
            )
        )
    return tuple(_menurut_kode(s, menurut_kode) if s.id in baru else s for s in simpul), tuple(indikator)


def _pemilik_id(rows: Sequence[BarisStruktur], nama_tertaut: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """For ids that several rows carry, the row that keeps it: the one named as before, else the first."""
    baris: dict[str, list[int]] = defaultdict(list)
    for n, r in enumerate(rows):
        pengenal = r.isi.get("simpul")
        if pengenal and r.level is not Level.INDIKATOR_LANJUTAN:
            baris[pengenal].append(n)
    hasil = {}
    for pengenal, daftar in baris.items():
        nama = nama_tertaut.get(pengenal, frozenset())
        hasil[pengenal] = next((n for n in daftar if rows[n].isi.get("nama") in nama), daftar[0])
    return hasil


def _menurut_kode(s: Simpul, menurut_kode: Mapping[str, str]) -> Simpul:
    kode_induk = kd.induk(s.kode) if s.kode else None
    induk = menurut_kode.get(kode_induk) if kode_induk else None
    return replace(s, induk=induk) if induk and induk != s.id else s


@lru_cache(maxsize=1_000)
def _huruf_saja(teks: str) -> str:
    return "".join(ch for ch in teks.casefold() if ch.isalpha())


@lru_cache(maxsize=1_000)
def baca_cara_hitung(teks: str | None) -> CaraHitung | None:
    """Cara hitung from its word, however spelled; None for blank or unknown."""
    return next((c for c in CaraHitung if teks and _huruf_saja(c.judul) == _huruf_saja(teks)), None)


@lru_cache(maxsize=1_000)
def baca_sifat(teks: str | None) -> Sifat | None:
    """Sifat from its words, however spelled; None for blank or unknown."""
    return next((c for c in Sifat if teks and _huruf_saja(c.judul) == _huruf_saja(teks)), None)


def _ya(teks: str | None) -> bool:
    """A blank means yes: what is typed into the struktur shows up until somebody says no."""
    return not teks or not teks.strip() or _huruf_saja(teks) in {"ya", "y"}
