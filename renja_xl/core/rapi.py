"""Rapikan: what was typed in another form becomes what the cell expects; nothing doubtful is guessed.

Numbers typed as text become numbers, their unit and grade go to their own columns, superfluous spaces go. The text as
it was typed is kept as the cell's original.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from renja_xl.core.buku import STRUKTUR, Baris, Buku, Indikator, Nilai, Sel, Simpul
from renja_xl.core.nilai import Catatan, sen_dari_rupiah, tulis, urai
from renja_xl.core.satuan import baku
from renja_xl.tabel import PENAMPIL, PROFIL, TABEL_RENCANA
from renja_xl.tabel.spec import DIKETIK, KolomSpec, TabelSpec, Tipe

_TEKS_STRUKTUR = ("indikator", "satuan", "skala", "sasaran")


@dataclass(frozen=True, slots=True)
class Dirapikan:
    """A cell that was put into form, or (``kini`` None) one that was left because it can be read in several ways."""

    tabel: str
    baris: str
    kolom: str
    semula: str
    kini: str | None


@dataclass(frozen=True, slots=True)
class HasilRapi:
    """The plan in form, and what was done."""

    buku: Buku
    diubah: tuple[Dirapikan, ...]
    ragu: tuple[Dirapikan, ...]


def rapikan(buku: Buku) -> HasilRapi:
    """The plan with its typed cells in the form that they expect."""
    perapi = _Perapi(buku.indikator_menurut_id())
    simpul = tuple(perapi.simpul(s, i) for s, i in _baris_pertama(buku))
    indikator = tuple(map(perapi.indikator, buku.indikator))
    tabel = {
        spec.kunci: [perapi.baris(spec, b) for b in buku.baris(spec.kunci)]
        for spec in (PROFIL, *TABEL_RENCANA)
        if spec not in PENAMPIL and spec.kunci in buku.tabel
    }
    hasil = replace(buku, simpul=simpul, indikator=indikator).ganti(tabel)
    return HasilRapi(hasil, tuple(perapi.diubah), tuple(perapi.ragu))


def _baris_pertama(buku: Buku) -> list[tuple[Simpul, str]]:
    """Each node with the id of its first row in the struktur."""
    pertama: dict[str, str] = {}
    for i in buku.indikator:
        pertama.setdefault(i.simpul, i.id)
    return [(s, pertama.get(s.id, s.id)) for s in buku.simpul]


def tanpa_spasi_lebih(teks: str) -> str:
    """A text without spaces that nobody sees; lines stay lines."""
    return "\n".join(re.sub(r"[^\S\n]+", " ", baris).strip() for baris in teks.splitlines()).strip()


@dataclass
class _Perapi:
    menurut_id: Mapping[str, Indikator]
    diubah: list[Dirapikan] = field(default_factory=list)
    ragu: list[Dirapikan] = field(default_factory=list)

    # ── struktur ──────────────────────────────────────────────────────────────────────────────────────────────

    def simpul(self, s: Simpul, baris: str) -> Simpul:
        nama = tanpa_spasi_lebih(s.nama)
        if nama == s.nama:
            return s
        self.diubah.append(Dirapikan(STRUKTUR, baris, "nama", s.nama, nama))
        return replace(s, nama=nama)

    def indikator(self, i: Indikator) -> Indikator:
        lama = dict(zip(_TEKS_STRUKTUR, (i.teks, i.satuan, i.skala, i.sasaran), strict=True))
        baru = {k: (tanpa_spasi_lebih(t) or None) if t else t for k, t in lama.items()}
        for k, t in baru.items():
            if t != lama[k]:
                self.diubah.append(Dirapikan(STRUKTUR, i.id, k, lama[k] or "", t or ""))
        return replace(i, teks=baru["indikator"], satuan=baru["satuan"], skala=baru["skala"], sasaran=baru["sasaran"])

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────

    def baris(self, spec: TabelSpec, b: Baris) -> Baris:
        perubahan: dict[str, Sel] = {}
        for kolom in spec.kolom:
            sel = b[kolom.kunci]
            if kolom.peran not in DIKETIK or sel.rumus or not isinstance(sel.nilai, str):
                continue
            if kolom.bernilai_angka:
                self._angka(spec, b, kolom, sel.nilai, perubahan)
            else:
                kini = tanpa_spasi_lebih(sel.nilai)
                if kini != sel.nilai:
                    self._ubah(spec, b, kolom, kini or None, perubahan)
        return b.dengan(perubahan) if perubahan else b

    def _angka(self, spec: TabelSpec, b: Baris, kolom: KolomSpec, teks: str, perubahan: dict[str, Sel]) -> None:
        """A number typed as text; its unit and grade go to their columns where those are blank or say the same."""
        terurai = urai(teks)
        if terurai.nilai is None and terurai.terbaca:
            return  # a dash: there is none
        nilai = self._nilai(kolom, teks)
        bagian: list[tuple[str | None, str | None, Callable[[str], str]]] = [
            (kolom.satuan, terurai.satuan, baku),
            (kolom.predikat if terurai.predikat else None, terurai.predikat, str.upper),
        ]
        tempat: dict[str, str] = {}
        for kunci, isi, bentuk in bagian:
            if isi is None:
                continue
            ada = b[kunci].nilai if kunci else self._satuan_indikator(kolom, b)
            if kunci and b[kunci].kosong:
                tempat[kunci] = isi
            elif not (isinstance(ada, str) and bentuk(ada) == bentuk(isi)):
                nilai = None
        if nilai is None:
            self.ragu.append(Dirapikan(spec.kunci, b.id, kolom.kunci, teks, None))
            return
        self._ubah(spec, b, kolom, nilai, perubahan)
        for kunci, isi in tempat.items():
            self._ubah(spec, b, spec.menurut_kunci[kunci], isi, perubahan)

    def _satuan_indikator(self, kolom: KolomSpec, b: Baris) -> str | None:
        """The unit that a number without a unit column has."""
        if kolom.tipe is Tipe.PERSEN:
            return "%"
        i = self.menurut_id.get(b.indikator or "")
        return i.satuan if i and kolom.tipe is Tipe.ANGKA else None

    @staticmethod
    def _nilai(kolom: KolomSpec, teks: str) -> Nilai:
        """The number in a text; None where it cannot be read, or in more ways than one."""
        terurai = urai(teks)
        ragu = {Catatan.KOMA_MERAGUKAN} | ({Catatan.TITIK_DESIMAL} if kolom.tipe is Tipe.RUPIAH else set())
        if terurai.nilai is None or ragu & set(terurai.catatan):
            return None
        if kolom.tipe is Tipe.RUPIAH:
            return None if terurai.satuan or terurai.predikat else sen_dari_rupiah(terurai.nilai)[0]
        angka = float(terurai.nilai)
        return angka if math.isfinite(angka) else None

    def _ubah(self, spec: TabelSpec, b: Baris, kolom: KolomSpec, nilai: Nilai, perubahan: dict[str, Sel]) -> None:
        lama = b[kolom.kunci]
        semula = lama.nilai if isinstance(lama.nilai, str) else ""
        asli = lama.asli or (semula if semula.strip() else None)
        perubahan[kolom.kunci] = Sel(nilai, asli)
        self.diubah.append(
            Dirapikan(spec.kunci, b.id, kolom.kunci, semula, tulis(nilai, rupiah=kolom.tipe is Tipe.RUPIAH))
        )
