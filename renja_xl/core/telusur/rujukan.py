"""Finds the cells that a declaration speaks of, in the rows of a recomputed plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from renja_xl.core.baris import baris_lembar, isi_sel
from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Nilai, Simpul
from renja_xl.core.hitung import kunci_simpul
from renja_xl.core.letak import Letak
from renja_xl.core.pagu import Pos, tata_pagu
from renja_xl.core.renstra import kolom_tahun
from renja_xl.core.struktur import indikator_menurut_simpul
from renja_xl.core.telusur.pola import Acuan, Kolom, Nama, Rujukan, SelBaris, SelCari, SelRenstra, SelUang, rujukan_pola
from renja_xl.core.telusur.ringkasan import nama_besaran
from renja_xl.core.terhitung import REKAP
from renja_xl.tabel import (
    BERANDA,
    CAPAIAN_IKU,
    CARI,
    EFISIENSI,
    INDEKS,
    MENURUT_KUNCI,
    PEMENUHAN_TARGET,
    RENSTRA,
)
from renja_xl.tabel.beranda import BUTIR_BERANDA
from renja_xl.tabel.besaran import BESARAN_MENURUT_KUNCI
from renja_xl.tabel.spec import DIKETIK, NAMA_TAHUN, KolomSpec, Peran, TabelSpec

_BUTIR = {x.kunci: x for x in BUTIR_BERANDA}
_DARI_STRUKTUR = {
    "kode": "kode", "nama": "nama", "nama_pendek": "nama", "nama_program": "nama", "nama_kegiatan": "nama",
    "indikator": "indikator", "satuan": "satuan", "sasaran": "sasaran", "level": "level", "di_evaluasi": "di_evaluasi",
    "di_rencana": "di_rencana",
}  # fmt: skip
"""Column of the struktur that a linked column follows."""
_ATAS = {"nama_program": Level.PROGRAM, "nama_kegiatan": Level.KEGIATAN}


class Tempat(NamedTuple):
    """A cell by table, row id and column key."""

    tabel: str
    baris: str
    kolom: str


class PencariSel:
    """Rows of one plan by what formulas look them up with."""

    def __init__(self, buku: Buku) -> None:
        self.buku = buku
        self.simpul: Mapping[str, Simpul] = buku.simpul_menurut_id()
        self._baris: dict[str, Mapping[str, Baris]] = {}
        self._tata: dict[tuple[str, str], Sequence[Pos]] = {}

    def baris(self, tabel: str) -> Mapping[str, Baris]:
        """Rows of a table by id, in order."""
        if tabel not in self._baris:
            self._baris[tabel] = {b.id: b for b in baris_lembar(self.buku, tabel)}
        return self._baris[tabel]

    def tata(self, spec: TabelSpec, kolom: str) -> Sequence[Pos]:
        """Nodes of a money column."""
        if (spec.kunci, kolom) not in self._tata:
            rows = self.buku.baris(spec.kunci)
            self._tata[spec.kunci, kolom] = tata_pagu(rows, kolom, kunci_simpul(spec, spec.menurut_kunci[kolom]))
        return self._tata[spec.kunci, kolom]

    def sel_uang(self, spec: TabelSpec, kolom: str, simpul: str | None) -> Tempat | None:
        """The cell with a node's money."""
        pos = next((p for p in self.tata(spec, kolom) if p.kunci == (simpul or "")), None)
        return None if pos is None else Tempat(spec.kunci, self.buku.baris(spec.kunci)[pos.sel].id, kolom)

    # ── by a pattern ──────────────────────────────────────────────────────────────────────────────────────────

    def rujukan(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> list[Tempat | str]:
        """Cells (or quantities, by key) that a computed column's formula speaks of in a row."""
        if spec is PEMENUHAN_TARGET and k.kunci.startswith("jumlah_"):
            k = spec.menurut_kunci["jumlah_sub"]  # counts of program and kegiatan look at the same rows
        hasil: list[Tempat | str] = []
        for r in rujukan_pola(k.rumus or ""):
            hasil += self._satu(spec, b, r)
        return list(dict.fromkeys(hasil))

    def rujukan_besaran(self, kunci: str) -> list[Tempat | str]:
        hasil: list[Tempat | str] = []
        for r in rujukan_pola(BESARAN_MENURUT_KUNCI[kunci].rumus):
            hasil += self._satu(BERANDA, Baris("", Level.DATA, {}), r)
        return list(dict.fromkeys(hasil))

    @staticmethod
    def menjumlah(spec: TabelSpec, k: KolomSpec) -> bool:
        """Whether a column is nothing but a sum over cells of another table."""
        return _hanya_jumlah(k.rumus or "")

    @staticmethod
    def besaran_jumlah(kunci: str) -> bool:
        return _hanya_jumlah(BESARAN_MENURUT_KUNCI[kunci].rumus)

    def _satu(self, spec: TabelSpec, b: Baris, r: Rujukan) -> Iterator[Tempat | str]:
        match r:
            case SelBaris():
                if r.atas:
                    yield from self._di_atas(spec, b, r.kolom)
                else:
                    yield Tempat(spec.kunci, b.id, r.kolom)
            case SelCari():
                yield from self._menurut_indikator(r.tabel, b, r.kolom)
            case SelUang():
                uang = self.sel_uang(MENURUT_KUNCI[r.tabel], r.kolom, b.simpul)
                if uang is not None:
                    yield uang
            case SelRenstra():
                yield from self.profil("tahun_anggaran")
                yield from self.profil("tahun_renstra")
                n = kolom_tahun(self.buku, self.buku.tahun + NAMA_TAHUN[r.tahun])
                if n is not None:
                    yield from self._menurut_indikator(RENSTRA.kunci, b, f"{r.isi}_r{n}")
            case Nama():
                yield from self._bernama(r.tabel, r.kunci)
            case Acuan():
                yield r.kunci
            case Kolom():
                yield from self._kolom(spec, b, r)

    def _menurut_indikator(self, tabel: str, b: Baris, kolom: str) -> Iterator[Tempat]:
        sumber = next((x for x in self.baris(tabel).values() if b.indikator and x.indikator == b.indikator), None)
        if sumber is not None:
            yield Tempat(tabel, sumber.id, kolom)

    def _bernama(self, tabel: str, kunci: str) -> Iterator[Tempat]:
        if tabel == CARI.kunci:
            yield from (Tempat(tabel, b.id, kunci) for b in self.baris(tabel).values() if b.level is Level.JUMLAH)
            return
        ada = next((b.id for b in self.baris(tabel).values() if b["kunci"].nilai == kunci), None)
        if ada is not None:
            yield Tempat(tabel, ada, "nilai")

    def profil(self, kunci: str) -> list[Tempat]:
        """The cell of a field of Profil."""
        return list(self._bernama("Profil", kunci))

    def dasar(self, kunci: str) -> list[Tempat]:
        """The cell of a rate in Dasar Perhitungan."""
        return list(self._bernama("Dasar Perhitungan", kunci))

    def _kolom(self, spec: TabelSpec, b: Baris, r: Kolom) -> Iterator[Tempat]:
        tujuan = MENURUT_KUNCI[r.tabel]
        if tujuan.menurut_kunci[r.kolom].peran is Peran.KUNCI and not r.syarat:
            return
        if spec is CARI:
            posisi = b["posisi"].angka
            if tujuan is INDEKS and posisi is not None:
                yield Tempat(INDEKS.kunci, list(self.baris(INDEKS.kunci).values())[int(posisi) - 1].id, r.kolom)
            return
        acuan = {s.sama: isi_sel(b, spec.menurut_kunci[s.sama]).nilai for s in r.syarat if s.sama}
        for x in self.baris(r.tabel).values():
            if all(s.cocok(self._isi(tujuan, x, s.kolom), acuan.get(s.sama or "")) for s in r.syarat):
                yield Tempat(r.tabel, x.id, r.kolom)
                yield from (Tempat(r.tabel, x.id, s.kolom) for s in r.syarat if _diketik(tujuan, s.kolom))

    @staticmethod
    def _isi(spec: TabelSpec, b: Baris, kolom: str) -> Nilai:
        return isi_sel(b, spec.menurut_kunci[kolom]).nilai

    def _di_atas(self, spec: TabelSpec, b: Baris, kolom: str) -> Iterator[Tempat]:
        """What a running count has looked at so far: the same cells of every row above."""
        k = spec.menurut_kunci[kolom]
        lain = [r for r in rujukan_pola(k.rumus or "") if isinstance(r, SelBaris) and not r.atas]
        for x in self.baris(spec.kunci).values():
            if x.id == b.id:
                return
            yield from (Tempat(spec.kunci, x.id, r.kolom) for r in lain)

    def atas(self, spec: TabelSpec, b: Baris, kolom: str) -> list[Tempat]:
        """Cells that a row of sums or means takes in: the rows above, back to such a row before where it is a mean."""
        hasil: list[Tempat] = []
        for x in self.baris(spec.kunci).values():
            if x.id == b.id:
                break
            if x.level is not Level.TOTAL and x.level not in REKAP:
                hasil.append(Tempat(spec.kunci, x.id, kolom))
            elif x.level in REKAP and b.level is Level.RATA_RATA:
                hasil = []
        return hasil

    # ── the struktur ──────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _baris_struktur(self) -> Mapping[str, str]:
        """Row of the struktur by node (its first) and by indicator."""
        hasil: dict[str, str] = {}
        for s, daftar in indikator_menurut_simpul(self.buku).items():
            for i in daftar:
                hasil[i.id] = i.id
                hasil.setdefault(s, i.id)
        for s in self.simpul:
            hasil.setdefault(s, s)
        return hasil

    def struktur(self, pengenal: str | None, kolom: str) -> list[Tempat]:
        """The cell of a node or an indicator in the struktur."""
        baris = self._baris_struktur.get(pengenal or "")
        return [Tempat(STRUKTUR, baris, kolom)] if baris is not None and baris in self.baris(STRUKTUR) else []

    def penentu_cara(self, spec: TabelSpec, b: Baris, tautan: str) -> list[Tempat]:
        """What decides a row's cara hitung or sifat."""
        hasil = self.struktur(b.indikator, tautan)
        if tautan == "cara_hitung":
            satuan = ("target_renstra", "target_n2", "realisasi_n2", "realisasi_sd_n3")
            hasil += [Tempat(spec.kunci, b.id, f"satuan_{k}") for k in satuan if f"satuan_{k}" in spec.menurut_kunci]
            hasil += [x for k in ("satuan", "indikator") for x in self.struktur(b.indikator, k)]
        return hasil

    def sumber_tautan(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> list[Tempat]:
        """The cell that a linked column shows."""
        if spec in {CAPAIAN_IKU, EFISIENSI}:
            kunci = "sasaran" if k.kunci == "uraian_sasaran" else k.kunci
            sama = kunci in RENSTRA.menurut_kunci and kunci != "no"
            return list(self._menurut_indikator(RENSTRA.kunci, b, kunci)) if sama else []
        kolom = _DARI_STRUKTUR.get(k.tautan or "")
        simpul = self._nama_lain(spec, b, k) or b.simpul
        if kolom is None or (k.level and b.level not in k.level):
            return []
        if kolom in {"indikator", "satuan", "sasaran"}:
            return self.struktur(b.indikator, kolom)
        if b.level is Level.INDIKATOR_LANJUTAN and kolom != "level":
            return []
        if k.tautan in _ATAS:
            simpul = self._leluhur(simpul, _ATAS[k.tautan])
        return self.struktur(simpul, kolom)

    @staticmethod
    def _nama_lain(spec: TabelSpec, b: Baris, k: KolomSpec) -> str | None:
        """The other node that the right side of T-C.31 may name."""
        lain = b["simpul_kebutuhan"].nilai if k.sisi == "kebutuhan" else None
        return str(lain) if lain is not None else None

    def _leluhur(self, simpul: str | None, level: Level) -> str | None:
        for _ in range(len(self.simpul) + 1):
            s = self.simpul.get(simpul or "")
            if s is None or s.level is level:
                return s.id if s else None
            simpul = s.induk
        return None

    # ── Beranda ───────────────────────────────────────────────────────────────────────────────────────────────

    @staticmethod
    def besaran_beranda(b: Baris, kolom: str) -> str | None:
        """Key of the quantity that a cell of Beranda shows."""
        butir = _BUTIR.get(str(b["kunci"].nilai))
        if butir is None:
            return None
        return butir.selisih if kolom == "selisih" else butir.kunci if butir.kunci in BESARAN_MENURUT_KUNCI else None

    def tempat_besaran(self, kunci: str, letak: Letak) -> tuple[str, str, str]:
        """Sheet, cell and name of a quantity; without a cell where Beranda does not show it."""
        nama = nama_besaran(kunci, self.buku.tahun)
        for b in self.baris(BERANDA.kunci).values():
            butir = _BUTIR.get(str(b["kunci"].nilai))
            if butir and kunci in {butir.kunci, butir.selisih}:
                kolom = "nilai" if butir.kunci == kunci else "selisih"
                return BERANDA.lembar, letak.sel(BERANDA.kunci, b.id, kolom), nama
        return "", "", nama


def _hanya_jumlah(rumus: str) -> bool:
    isi = rujukan_pola(rumus)
    jumlah = [r for r in isi if isinstance(r, Kolom) and r.jumlah]
    polos = rumus.startswith(("SUMIFS(", "SUM(")) and rumus.endswith(")") and rumus.count("SUM") == 1
    return (
        polos
        and len(jumlah) == 1
        and not any(_diketik(MENURUT_KUNCI[r.tabel], s.kolom) for r in jumlah for s in r.syarat)
    )


def _diketik(spec: TabelSpec, kolom: str) -> bool:
    """Whether planners type the cells of a column: then they decide which rows count."""
    return spec.menurut_kunci[kolom].peran in DIKETIK
