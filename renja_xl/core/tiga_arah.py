"""Three states of one plan: a base and two sides that went on from it, joined without a silent overwrite.

What one side changed is taken; what both changed otherwise, and whatever one removed while the other went on with it, is a
conflict: the base stays, and both sides are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from renja_xl.core.buku import STRUKTUR, Baris, Buku, Indikator, Sel, Simpul
from renja_xl.core.padankan import Padanan, Penyama, padankan, samakan
from renja_xl.core.tambalan import TABEL_ISIAN, Tambalan, banding_deret, isian, terapkan

UBAH, HAPUS, TAMBAH = "diubah keduanya", "dihapus dan diubah", "ditambah keduanya"

B = TypeVar("B", Simpul, Indikator, Baris)

_Medan = dict[str, Any]
_SEL = "sel:"


@dataclass(frozen=True, slots=True)
class Bentrok:
    """What the sides disagree on.

    Attributes:
        tabel: table, or that of the struktur; pengenal: id of the node, indicator or row.
        medan: field or column; empty for the whole. A side that has none of it holds None.
    """

    jenis: str
    tabel: str
    pengenal: str
    simpul: str | None
    medan: str
    dasar: Any
    kiri: Any
    kanan: Any


@dataclass(frozen=True, slots=True)
class Tiga:
    """The joined plan, what was in the way, and both sides with the ids of the base."""

    gabungan: Buku
    bentrok: tuple[Bentrok, ...]
    kiri: Buku
    kanan: Buku


def gabung_tiga(dasar: Buku, kiri: Buku, kanan: Buku) -> Tiga:
    """Join two sides over their base; computed cells are the base's, ``perbarui`` and ``hitung`` bring them up to date."""
    kiri, kanan = _selaraskan(dasar, kiri, kanan)
    d, k, n = isian(dasar), isian(kiri), isian(kanan)
    tahan = (_Tahan(d, k, n), _Tahan(d, n, k))
    bentrok: list[Bentrok] = []

    def gabung(tabel: str, a: Sequence[B], x: Sequence[B], y: Sequence[B], tertahan: set[str]) -> list[B]:
        g = _Penggabung(tabel, {i.id: i for i in a}, {i.id: i for i in x}, {i.id: i for i in y}, tertahan)
        hasil = g.gabung()
        bentrok.extend(g.bentrok)
        return hasil

    simpul = gabung(STRUKTUR, d.simpul, k.simpul, n.simpul, tahan[0].simpul | tahan[1].simpul)
    simpul = list(_tanpa_cincin(simpul, d, bentrok))
    indikator = gabung(STRUKTUR, d.indikator, k.indikator, n.indikator, tahan[0].indikator | tahan[1].indikator)
    tabel = {
        t: gabung(t, d.baris(t), k.baris(t), n.baris(t), {i for x in tahan for nama, i in x.baris if nama == t})
        for t in (s.kunci for s in TABEL_ISIAN)
    }
    penuh = {(t, b.id): b for buku in (kanan, kiri) for t, rows in buku.tabel.items() for b in rows}
    deret = {}
    for t, rows in tabel.items():
        x = banding_deret(d.baris(t), rows)
        deret[t] = replace(x, ditambah=tuple(_lengkap(penuh[t, b.id], b) for b in x.ditambah))
    tambalan = Tambalan(banding_deret(d.simpul, simpul), banding_deret(d.indikator, indikator), deret)
    return Tiga(terapkan(dasar, tambalan), tuple(bentrok), kiri, kanan)


def _lengkap(penuh: Baris, isi: Baris) -> Baris:
    return penuh.dengan({k: Sel(s.nilai, penuh[k].asli) for k, s in isi.sel.items()})


def _selaraskan(dasar: Buku, kiri: Buku, kanan: Buku) -> tuple[Buku, Buku]:
    """Both sides with the ids of the base; what both added is one only where it is the same."""
    kiri, kanan = samakan(dasar, kiri)[0], samakan(dasar, kanan)[0]
    p = padankan(kiri, kanan)

    def peta(cocok: Mapping[str, str], milik: set[str], lain: set[str], di_dasar: set[str]) -> dict[str, str]:
        tetap = {i: i for i in milik & di_dasar}
        baru = {z: a for z, a in cocok.items() if z in milik - di_dasar and a in lain - di_dasar}
        return tetap | baru

    def id_(x: Sequence[Any]) -> set[str]:
        return {i.id for i in x}

    q = Padanan(
        p.seasal,
        peta(p.simpul, id_(kanan.simpul), id_(kiri.simpul), id_(dasar.simpul)),
        peta(p.indikator, id_(kanan.indikator), id_(kiri.indikator), id_(dasar.indikator)),
        {
            s.kunci: peta(
                p.baris[s.kunci], *(id_(b.baris(s.kunci)) for b in (kanan, kiri, dasar))
            )
            for s in TABEL_ISIAN
        },
    )  # fmt: skip
    return kiri, Penyama(kiri, kanan, q).buku()


class _Tahan:
    """What one side removed but the other went on with: nodes, indicators and rows that stay."""

    def __init__(self, d: Buku, hapus: Buku, lain: Buku) -> None:
        self.d = d
        ada = {s.id for s in hapus.simpul}
        dihapus = {s.id: s for s in d.simpul if s.id not in ada}
        semula = {(t, b.id): b for t, rows in d.tabel.items() for b in rows}
        lama_s, lama_i = d.simpul_menurut_id(), d.indikator_menurut_id()
        tersentuh: set[str] = set()
        for s in lain.simpul:
            if lama_s.get(s.id) != s:
                tersentuh |= {s.id}
                if s.induk and (s.id not in lama_s or lama_s[s.id].induk != s.induk):
                    tersentuh.add(s.induk)
        ind: set[str] = set()
        for i in lain.indikator:
            if lama_i.get(i.id) != i:
                tersentuh.add(i.simpul)
                ind.add(i.id)
        for t, rows in lain.tabel.items():
            for b in rows:
                if semula.get((t, b.id)) != b:
                    tersentuh |= {b.simpul} if b.simpul else set()
                    ind |= {b.indikator} if b.indikator else set()
        self.simpul = {i for i in dihapus if i in tersentuh}
        antre = list(self.simpul)
        while antre:  # what stays needs the nodes above it
            induk = dihapus[antre.pop()].induk
            if induk in dihapus and induk not in self.simpul:
                self.simpul.add(induk)
                antre.append(induk)
        ada_i = {i.id for i in hapus.indikator}
        self.indikator = {i.id for i in d.indikator if i.id not in ada_i and (i.simpul in self.simpul or i.id in ind)}
        self.baris = {
            (t, b.id)
            for t, rows in d.tabel.items()
            for b in rows
            if b.simpul in self.simpul or b.indikator in self.indikator
        }


class _Penggabung:
    def __init__(
        self, tabel: str, d: Mapping[str, Any], k: Mapping[str, Any], n: Mapping[str, Any], tertahan: set[str]
    ) -> None:
        self.tabel, self.d, self.k, self.n, self.tertahan = tabel, d, k, n, tertahan
        self.bentrok: list[Bentrok] = []

    def gabung(self) -> list[Any]:
        hasil = []
        for i in dict.fromkeys((*self.d, *self.k, *self.n)):
            x = self._satu(i)
            if x is not None:
                hasil.append(x)
        return hasil

    def _satu(self, i: str) -> Any:
        d, k, n = self.d.get(i), self.k.get(i), self.n.get(i)
        if d is None:
            return self._medan(i, None, k, n) if k is not None and n is not None else k or n
        if k is None and n is None and i not in self.tertahan:
            return None
        if k is None or n is None:
            sisa = n if k is None else k
            if sisa == d and i not in self.tertahan:
                return None
            if sisa is not None and (sisa != d or self.tabel == STRUKTUR):
                self.bentrok.append(Bentrok(HAPUS, self.tabel, i, _simpul(d), "", d, k, n))
            return d
        return self._medan(i, d, k, n)

    def _medan(self, i: str, d: Any, k: Any, n: Any) -> Any:
        """One item that both sides have, field by field."""
        if k == n:
            return k
        semula, kiri, kanan = (_medan(x) if x is not None else {} for x in (d, k, n))
        hasil: _Medan = {}
        for f in dict.fromkeys((*semula, *kiri, *kanan)):
            a, x, y = semula.get(f), kiri.get(f), kanan.get(f)
            if y in (x, a):
                hasil[f] = x
            elif x == a:
                hasil[f] = y
            else:
                hasil[f] = a if d is not None else x
                jenis = UBAH if d is not None else TAMBAH
                self.bentrok.append(Bentrok(jenis, self.tabel, i, _simpul(k), f.removeprefix(_SEL), a, x, y))
        return _dari_medan(k, hasil)


def _simpul(x: Any) -> str | None:
    return x.id if isinstance(x, Simpul) else x.simpul


def _medan(x: Any) -> _Medan:
    hasil = {f.name: getattr(x, f.name) for f in fields(x) if f.name not in {"id", "sel", "asal"}}
    if isinstance(x, Baris):
        hasil |= {f"{_SEL}{k}": s.nilai for k, s in x.sel.items()}
    return hasil


def _dari_medan(contoh: Any, isi: _Medan) -> Any:
    polos = {k: v for k, v in isi.items() if not k.startswith(_SEL)}
    if isinstance(contoh, Baris):
        polos["sel"] = {k.removeprefix(_SEL): Sel(v) for k, v in isi.items() if k.startswith(_SEL) and v is not None}
    return replace(contoh, **polos)


def _tanpa_cincin(simpul: Sequence[Simpul], d: Buku, bentrok: list[Bentrok]) -> Iterator[Simpul]:
    """Two moves that are each right may put two nodes below each other: then both stay where they were."""
    menurut_id = {s.id: s for s in simpul}
    lama = d.simpul_menurut_id()
    for s in simpul:
        jejak, kini = {s.id}, s.induk
        while kini is not None and kini in menurut_id and kini not in jejak:
            jejak.add(kini)
            kini = menurut_id[kini].induk
        if kini == s.id and s.id in lama:
            bentrok.append(Bentrok(UBAH, STRUKTUR, s.id, s.id, "induk", lama[s.id].induk, s.induk, s.induk))
            yield replace(s, induk=lama[s.id].induk)
        else:
            yield s
