"""Two plans as one tree of rows: before, after, and what became of each node.

A node that moved stands twice: where it was with its amount before, where it is with its amount after, so that every
parent is the sum of the rows below it in both columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from renja_xl.core.baris import teks_target
from renja_xl.core.buku import LEVEL_SIMPUL, Baris, Buku, Level, Simpul
from renja_xl.core.padankan import ID
from renja_xl.core.sanding import Sanding
from renja_xl.core.sebab import Ukuran
from renja_xl.core.struktur import anak_menurut_induk

_TARGET: Mapping[Ukuran, str] = {
    ("T-C.33", "pagu_n"): "target_n",
    ("T-C.31", "kebutuhan_dana"): "target_kebutuhan",
    ("T-C.31", "pagu_rkpd"): "target_rkpd",
    ("RKT", "anggaran"): "target",
}
"""Column with the target that goes with an amount."""

KEDUANYA, LAMA, BARU = "keduanya", "lama", "baru"


@dataclass(frozen=True, slots=True)
class BarisIndikator:
    """An indicator with its targets as people read them; ``-`` where a side has none."""

    teks: str
    lama: str
    baru: str
    semula: str | None = None


@dataclass(frozen=True, slots=True)
class BarisBanding:
    """A node's row.

    Attributes:
        sisi: whose amounts it shows.
        induk: index of its parent's row, None at the top.
        lama, baru: sen of a sub kegiatan; None on parents, and where that side does not show it.
        sebab: why the total changed by it (``core.sebab``), ``tetap`` otherwise; empty on parents.
        pertama: whether it is the first of the rows of its node.
    """

    simpul: Simpul
    sisi: str
    induk: int | None
    indikator: tuple[BarisIndikator, ...]
    lama: int | None
    baru: int | None
    sebab: str
    pertama: bool
    keterangan: str


def pohon_banding(s: Sanding, lama: Buku, baru: Buku) -> list[BarisBanding]:
    """Rows in the order of the newer plan, those that are gone after the sibling that they followed."""
    return list(_Penyusun(s, lama, baru).susun())


class _Penyusun:
    def __init__(self, s: Sanding, lama: Buku, baru: Buku) -> None:
        self.s = s
        self.kiri, self.kanan = lama.simpul_menurut_id(), baru.simpul_menurut_id()
        self.anak_kiri, self.anak_kanan = anak_menurut_induk(lama.simpul), anak_menurut_induk(baru.simpul)
        self.target_kiri, self.target_kanan = _target(lama, s.sebab.ukuran), _target(baru, s.sebab.ukuran)
        self.beda = {b.simpul: b.jenis for b in s.sebab.beda}
        self.dalam_kiri, self.dalam_kanan = ({*p.sub, *p.induk} for p in (s.sebab.lama, s.sebab.baru))
        self.hasil: list[BarisBanding] = []
        self.tampil: set[tuple[str, str]] = set()

    def susun(self) -> list[BarisBanding]:
        self._anak(None, None, KEDUANYA)
        for sisi, pagu in ((LAMA, self.s.sebab.lama), (BARU, self.s.sebab.baru)):
            for k in pagu.sub:  # rows of the table that belong to no node
                if (k, sisi) not in self.tampil:
                    s = (self.kiri if sisi == LAMA else self.kanan).get(k)
                    s = s or Simpul(k, Level.SUB_KEGIATAN, "(baris tanpa tempat di Program & Sub Kegiatan)")
                    self._tambah(s, sisi, None)
        return self.hasil

    def _anak(self, simpul: str | None, induk: int | None, sisi: str) -> None:
        for s, milik in self._gabung(simpul, sisi):
            di_kiri = milik != BARU and s.id in self.dalam_kiri
            di_kanan = milik != LAMA and s.id in self.dalam_kanan
            if not (di_kiri or di_kanan) or s.level is Level.PERANGKAT_DAERAH:  # it repeats the total
                continue
            self._anak(s.id, self._tambah(s, milik, induk), milik)

    def _gabung(self, simpul: str | None, sisi: str) -> list[tuple[Simpul, str]]:
        """Children of a node and whose amounts they show."""
        if sisi != KEDUANYA:
            anak = self.anak_kiri if sisi == LAMA else self.anak_kanan
            return [(x, sisi) for x in anak.get(simpul, ())]
        kiri = self.anak_kiri.get(simpul, [])
        ada = {x.id for x in kiri}
        hasil = [(x, KEDUANYA if x.id in ada else BARU) for x in self.anak_kanan.get(simpul, ())]
        tetap = {x.id for x, _ in hasil}
        sebelum: str | None = None
        for x in kiri:
            if x.id not in tetap:
                n = next((n for n, (y, _) in enumerate(hasil, 1) if y.id == sebelum), 0)
                hasil.insert(n, (x, LAMA))
            sebelum = x.id
        return hasil

    def _tambah(self, s: Simpul, sisi: str, induk: int | None) -> int:
        sub = s.level is Level.SUB_KEGIATAN
        pertama = not any((s.id, x) in self.tampil for x in (LAMA, BARU))
        self.tampil |= {(s.id, x) for x in (LAMA, BARU) if sisi in {x, KEDUANYA}}
        lama = self.s.sebab.lama.sub.get(s.id) if sub and sisi != BARU else None
        baru = self.s.sebab.baru.sub.get(s.id) if sub and sisi != LAMA else None
        sebab = self.beda.get(s.id, "tetap") if sub else ""
        if sebab != "tetap" and lama is None and baru is None:
            sebab = "tetap"
        keterangan = "; ".join(self._keterangan(s, sisi))
        self.hasil.append(
            BarisBanding(s, sisi, induk, tuple(self._indikator(s, sisi)), lama, baru, sebab, pertama, keterangan)
        )
        return len(self.hasil) - 1

    def _indikator(self, s: Simpul, sisi: str) -> Iterator[BarisIndikator]:
        kiri = self.target_kiri.get(s.id, {}) if sisi != BARU else {}
        kanan = self.target_kanan.get(s.id, {}) if sisi != LAMA else {}
        for i in dict.fromkeys((*kanan, *kiri)):
            a, z = kiri.get(i), kanan.get(i)
            teks, semula = z[0] if z else a[0] if a else "", a[0] if a and z and a[0] != z[0] else None
            yield BarisIndikator(teks, a[1] if a else "-", z[1] if z else "-", semula)

    def _keterangan(self, s: Simpul, sisi: str) -> Iterator[str]:
        a, z = self.kiri.get(s.id), self.kanan.get(s.id)
        if a is not None and z is not None:
            if a.induk != z.induk:
                if sisi == LAMA:
                    yield f"Pindah ke {self.s.nama_simpul(z.induk)}"
                elif sisi == BARU:
                    yield f"Pindah dari {self.s.nama_simpul(a.induk)}"
            if a.nama != z.nama and sisi != LAMA:
                yield f"Nama semula: {a.nama}"
            if a.kode != z.kode and sisi != LAMA:
                yield f"Kode semula: {a.kode or '(tanpa kode)'}"
        di_kiri, di_kanan = s.id in self.dalam_kiri, s.id in self.dalam_kanan
        if di_kiri != di_kanan:
            yield "Baru" if di_kanan else "Dihapus"
        p = self.s.pasangan.get(s.id)
        if p is not None and p.yakin < 1 and p.menurut != ID:
            yield f"Dicocokkan menurut {p.menurut}, keyakinan {round(p.yakin * 100)}%"


def _target(buku: Buku, ukuran: Ukuran) -> dict[str, dict[str, tuple[str, str]]]:
    """Text and target of each node's indicators."""
    tabel, kolom = ukuran[0], _TARGET[ukuran]
    teks = {i.id: i.teks for i in buku.indikator}
    hasil: dict[str, dict[str, tuple[str, str]]] = {}
    for b in buku.baris(tabel):
        if b.level in {*LEVEL_SIMPUL, Level.INDIKATOR_LANJUTAN} and b.simpul:
            kunci = b.indikator or b.id
            isi = teks.get(kunci) or _teks_baris(b)
            if isi:
                hasil.setdefault(b.simpul, {})[kunci] = isi, teks_target(b, kolom)
    return hasil


def _teks_baris(b: Baris) -> str:
    nilai = b["indikator"].nilai
    return nilai if isinstance(nilai, str) and not b["indikator"].kosong else ""
