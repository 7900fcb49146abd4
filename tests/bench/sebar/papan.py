"""A plan laid open for damage, in one of two presentations.

``cetak``: as printed and imported, every printed cell a constant with its text. ``induk``: our own workbook, where what
follows from an edited input follows at once, because its cells hold formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from renja_xl.core.buku import Asal, Baris, Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung, hitung_tak_tercetak
from renja_xl.core.nilai import tulis_angka, tulis_rupiah, urai, urai_rupiah
from renja_xl.core.pemenuhan import baca_status
from renja_xl.core.sekitar import susun_tercetak
from renja_xl.tabel import (
    CAPAIAN_IKU,
    DAFTAR_PROGRAM,
    MENURUT_KUNCI,
    PEMENUHAN_TARGET,
    RENSTRA,
    TABEL_BEBAS,
    TABEL_TERTAUT,
)
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe

CETAK, INDUK = "cetak", "induk"

_TERCETAK = tuple(
    s for s in (*TABEL_TERTAUT, *TABEL_BEBAS, CAPAIAN_IKU, DAFTAR_PROGRAM, PEMENUHAN_TARGET) if s is not RENSTRA
)

Tempat = tuple[str, str, str]
"""Table, row id, column key."""


def rupiah_tercetak(sen: int, gaya: int) -> str:
    """An amount as one of three offices writes it."""
    if gaya == 1 and sen % 100 == 0:
        return f"{tulis_rupiah(sen)},00"
    return f"Rp. {tulis_rupiah(sen)},-" if gaya == 2 and sen % 100 == 0 else tulis_rupiah(sen)


def teks_cetak(spec: TabelSpec, b: Baris, kolom: KolomSpec, gaya: int) -> str | None:
    """A cell as it is printed: with its unit or grade where the form has no column for them."""
    nilai = b[kolom.kunci].nilai
    if nilai is None or isinstance(nilai, str):
        return nilai
    if kolom.tipe is Tipe.RUPIAH:
        return rupiah_tercetak(int(nilai), gaya)
    if not kolom.bernilai_angka:
        return tulis_angka(float(nilai))
    teks = tulis_angka(float(nilai), kolom.desimal or 2)
    for kunci, pola in ((kolom.predikat, "{1} ({0})"), (kolom.satuan, "{0}%")):
        isi = b[kunci].nilai if kunci and not spec.menurut_kunci[kunci].cetak else None
        if isinstance(isi, str) and isi.strip(" -"):
            return pola.format(teks, isi) if pola != "{0}%" or isi == "%" else f"{teks} {isi}"
    return f"{teks}%" if kolom.tipe is Tipe.PERSEN and gaya == 2 else teks


def sel_cetak(kolom: KolomSpec, teks: str) -> Sel:
    """A printed text as the import reads it."""
    if kolom.tipe is Tipe.RUPIAH:
        sen, _ = urai_rupiah(teks)
        return Sel(teks) if sen is None else Sel(sen, teks)
    nilai = urai(teks).nilai if kolom.bernilai_angka else None
    return Sel(teks) if nilai is None else Sel(float(nilai), teks)


def cetak(buku: Buku, gaya: int = 0) -> Buku:
    """A plan as an import of its print finds it."""
    tabel = {}
    for spec in _TERCETAK:
        rows = []
        for n, b in enumerate(buku.baris(spec.kunci), 1):
            if spec is PEMENUHAN_TARGET and b.level is Level.JUMLAH:
                continue  # the heads of its lists are our own
            isi: dict[str, Sel] = {}
            for kolom in spec.kolom_tercetak:
                teks = teks_cetak(spec, b, kolom, gaya)
                if teks is not None:
                    isi[kolom.kunci] = sel_cetak(kolom, teks)
            if spec is PEMENUHAN_TARGET and isinstance(isi.get("status", Sel()).nilai, str):
                baku = baca_status(str(isi["status"].nilai))
                isi["status"] = Sel(baku, str(isi["status"].nilai)) if baku else isi["status"]
            isi |= {k: Sel(s.nilai) for k, s in b.sel.items() if k not in isi and not s.rumus}
            isi |= {k: s for k, s in b.sel.items() if k not in isi}
            rows.append(
                replace(b.dengan({k: Sel() for k in b.sel}).dengan(isi), asal=Asal(f"{spec.nama_tabel}.tsv", str(n)))
            )
        tabel[spec.kunci] = rows
    return lengkapi(buku.ganti(tabel))


def lengkapi(buku: Buku) -> Buku:
    """A printed plan with the computed columns that the print does not have."""
    return hitung_tak_tercetak(susun_tercetak(buku))


@dataclass
class Papan:
    """A copy of a plan under damage. Nothing in it knows how a fault would be found."""

    buku: Buku
    benar: Buku
    moda: str
    acak: Random
    gaya: int = 0

    @property
    def cetak(self) -> bool:
        return self.moda == CETAK

    def baris(self, tabel: str, syarat: Callable[[Baris], bool] = lambda _: True) -> list[Baris]:
        return [b for b in self.buku.baris(tabel) if syarat(b)]

    def pilih(self, tabel: str, syarat: Callable[[Baris], bool] = lambda _: True) -> Baris | None:
        """A row that fits, at random."""
        calon = self.baris(tabel, syarat)
        return self.acak.choice(calon) if calon else None

    def ambil(self, tabel: str, pengenal: str) -> Baris:
        return next(b for b in self.buku.baris(tabel) if b.id == pengenal)

    def milik(self, tabel: str, simpul: str | None) -> list[Baris]:
        """Rows of a node."""
        return self.baris(tabel, lambda b: b.simpul == simpul and simpul is not None)

    def anak(self, tabel: str, simpul: str | None, level: Level) -> list[Baris]:
        """Rows of the direct children of a node."""
        induk = {s.id: s.induk for s in self.buku.simpul}
        return self.baris(
            tabel, lambda b: b.level is level and induk.get(b.simpul or "") == simpul and simpul is not None
        )

    def leluhur(self, simpul: str | None) -> list[str]:
        """Ids of the nodes above one, nearest first."""
        induk = {s.id: s.induk for s in self.buku.simpul}
        hasil = []
        while simpul and (simpul := induk.get(simpul)):
            hasil.append(simpul)
        return hasil

    def taruh(self, tabel: str, pengenal: str, isi: Mapping[str, Nilai | Sel]) -> None:
        """Write cells as somebody types them: texts are read as the import does, numbers are printed first."""
        spec = MENURUT_KUNCI[tabel]
        rows = []
        for b in self.buku.baris(tabel):
            rows.append(
                b.dengan({k: self._sel(spec, b, spec.menurut_kunci[k], v) for k, v in isi.items()})
                if b.id == pengenal
                else b
            )
        self.buku = self.buku.ganti({tabel: rows})

    def _sel(self, spec: TabelSpec, b: Baris, kolom: KolomSpec, nilai: Nilai | Sel) -> Sel:
        if isinstance(nilai, Sel) or nilai is None:
            return nilai if isinstance(nilai, Sel) else Sel()
        if not self.cetak or kolom not in spec.kolom_tercetak:
            return Sel(nilai)
        if not isinstance(nilai, str):
            nilai = teks_cetak(spec, b.dengan({kolom.kunci: Sel(nilai)}), kolom, self.gaya) or ""
        return sel_cetak(kolom, nilai)

    def ganti(self, tabel: str, rows: list[Baris]) -> None:
        self.buku = self.buku.ganti({tabel: rows})

    def tambah_uang(self, tabel: str, kolom: str, simpul: str | None, beda: int) -> None:
        """Carry a changed amount of a node into the totals above it, as a consistent table would show it."""
        for b in self.buku.baris(tabel):
            atas = b.simpul in self.leluhur(simpul) or b.level in {Level.TOTAL, Level.PERANGKAT_DAERAH}
            if atas and isinstance(b[kolom].nilai, int):
                self.taruh(tabel, b.id, {kolom: int(b[kolom].nilai or 0) + beda})

    def ikutkan(self) -> None:
        """Let formulas follow an edited input; in a print nothing follows."""
        if not self.cetak:
            self.buku = hitung(self.buku)

    def selesai(self) -> Buku:
        return lengkapi(self.buku) if self.cetak else self.buku
