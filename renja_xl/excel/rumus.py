"""Native formulas of owned cells, as text. Excel 2013 functions only; no formula returns an empty text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Nilai, Sifat
from renja_xl.core.hitung import (
    POLA_TARGET,
    SUMBER_TARGET_RKT,
    baris_target,
    bawaan_dasar,
    cara_bawaan,
    cara_sifat,
    kunci_simpul,
    nilai_simpul,
)
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.pagu import Pos, tata_pagu
from renja_xl.errors import RenjaError
from renja_xl.tabel import MENURUT_KUNCI, PROFIL, T_C_29, T_C_31, T_C_33
from renja_xl.tabel.profil import DARI_PAGU
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec

_PENYUSUN = ("perangkat_daerah", "kabupaten")
BATAS_RUMUS = 8192
BATAS_ARGUMEN = 255
_KHUSUS = re.compile(r"(['#\[\]])")


class RumusTerlaluPanjangError(RenjaError):
    """A sum with more scattered details than a cell's formula can name."""


def rujukan_baris(spec: TabelSpec, kunci: str) -> str:
    """Structured reference to a column's cell in the same row."""
    nomor = _KHUSUS.sub(r"'\1", spec.menurut_kunci[kunci].nomor)
    return f"{spec.nama_tabel}[[#This Row],[{nomor}]]"


@cache
def _rumus_baris(tabel: str, pola: str) -> str:
    """A formula over cells of its own row, the same on every row."""
    return re.sub(r"\{(\w+)\}", lambda m: rujukan_baris(MENURUT_KUNCI[tabel], m[1]), pola)


def jumlah(spec: TabelSpec, kolom: str, baris: Sequence[int]) -> str:
    """``SUM`` of a column's cells in some sheet rows, contiguous ones as ranges, in nested groups of at most 255 arguments.

    Raises:
        RumusTerlaluPanjangError: more references than a formula holds.
    """
    bagian: list[str] = []
    urut = sorted(baris)
    mulai = 0
    for n in range(1, len(urut) + 1):
        if n == len(urut) or urut[n] != urut[n - 1] + 1:
            awal, akhir = f"{kolom}{urut[mulai]}", f"{kolom}{urut[n - 1]}"
            bagian.append(awal if awal == akhir else f"{awal}:{akhir}")
            mulai = n
    while len(bagian) > BATAS_ARGUMEN:
        bagian = [f"SUM({','.join(bagian[i : i + BATAS_ARGUMEN])})" for i in range(0, len(bagian), BATAS_ARGUMEN)]
    rumus = f"SUM({','.join(bagian) or '0'})"
    if len(rumus) >= BATAS_RUMUS:
        raise RumusTerlaluPanjangError(
            f"Lembar {spec.lembar}: rincian yang dijumlahkan tersebar di {len(baris)} baris, lebih banyak daripada yang "
            "muat dalam satu rumus; mohon kelompokkan rinciannya agar berurutan."
        )
    return rumus


def _angka_dasar(kunci: str) -> str:
    """A rate of Dasar Perhitungan; what is no number means its default."""
    return f"IF(ISNUMBER(dasar_{kunci}),dasar_{kunci},{bawaan_dasar(kunci):g})"


def rumus_judul() -> str:
    """Formula of the line below a sheet's title: who plans."""
    nama, daerah = (f'IF(profil_{k}="","-",profil_{k})' for k in _PENYUSUN)
    return f'{nama}&" "&{daerah}'


def nilai_judul(buku: Buku) -> str:
    """What that formula shows: ``-`` only where the cell is blank."""
    isi = {b["kunci"].nilai: b["nilai"].nilai for b in reversed(buku.baris(PROFIL.kunci))}
    return " ".join("-" if isi.get(k) is None else teks_angka(isi[k]) for k in _PENYUSUN)


def teks_angka(nilai: Nilai) -> str:
    """A value as a formula joins it to a text."""
    return str(int(nilai)) if isinstance(nilai, float) and nilai.is_integer() else str(nilai)


class PenyusunRumus:
    """Formulas of one plan, for the places where its cells stand; row indices are those of its tables."""

    def __init__(self, buku: Buku, letak: Letak) -> None:
        self._buku, self._letak = buku, letak
        self._indikator = buku.indikator_menurut_id()
        self._uang = {
            (spec.kunci, kolom): nilai_simpul(spec, buku.baris(spec.kunci), spec.menurut_kunci[kolom])[0]
            for spec, kolom in ((T_C_31, "kebutuhan_dana"), (T_C_33, "pagu_n"))
        }
        self._target = {spec.kunci: baris_target(buku.baris(spec.kunci)) for spec, _ in SUMBER_TARGET_RKT}
        self._induk: dict[tuple[str, str], Mapping[int, Pos]] = {}

    def rumus(self, spec: TabelSpec, indeks: int, b: Baris, kolom: KolomSpec) -> str:
        """Formula of a computed cell, without its equals sign."""
        if kolom.rumus:
            return _rumus_baris(spec.kunci, kolom.rumus)
        if spec is T_C_29 and kolom.tautan:
            return self._tautan_indikator(b, kolom.tautan)
        if kolom in spec.kolom_uang:
            return self._uang_rumus(spec, indeks, b, kolom)
        return self._target_rkt(b, kolom.kunci)

    def _baris(self, spec: TabelSpec, indeks: int) -> int:
        return self._letak.baris[spec.kunci][self._buku.baris(spec.kunci)[indeks].id]

    def _kolom(self, spec: TabelSpec, kunci: str) -> str:
        return huruf_kolom(self._letak.kolom[spec.kunci][kunci])

    def _rujukan(self, spec: TabelSpec, indeks: int, kunci: str, *, lembar: bool = False) -> str:
        """A1 reference to a cell, with its sheet where the formula stands on another."""
        sel = f"{self._kolom(spec, kunci)}{self._baris(spec, indeks)}"
        return f"'{spec.lembar}'!{sel}" if lembar else sel

    def _uang_rumus(self, spec: TabelSpec, indeks: int, b: Baris, kolom: KolomSpec) -> str:
        if b.level is not Level.SUB_KEGIATAN:
            pos = self._pos(spec, kolom)[indeks]
            return jumlah(spec, self._kolom(spec, kolom.kunci), [self._baris(spec, anak.sel) for anak in pos.anak])
        if kolom.peran is Peran.USULAN:
            return self._prakiraan(b, indeks)
        return self._anggaran_rkt(b)

    def _pos(self, spec: TabelSpec, kolom: KolomSpec) -> Mapping[int, Pos]:
        kunci = (spec.kunci, kolom.kunci)
        if kunci not in self._induk:
            tata = tata_pagu(self._buku.baris(spec.kunci), kolom.kunci, kunci_simpul(spec, kolom))
            self._induk[kunci] = {pos.sel: pos for pos in tata}
        return self._induk[kunci]

    def _tautan_indikator(self, b: Baris, tautan: str) -> str:
        struktur = MENURUT_KUNCI[STRUKTUR]
        i = self._indikator.get(b.indikator or "")
        cara, sifat = cara_sifat(b, None) if i is None else (cara_bawaan(b, i.satuan, i.teks), Sifat.MAKIN_TINGGI)
        bawaan = (sifat if tautan == "sifat" else cara).judul
        kolom, kunci = struktur.menurut_kunci[tautan].nomor, struktur.menurut_kunci["indikator_id"].nomor
        cari = (
            f"INDEX({struktur.nama_tabel}[{kolom}],"
            f"MATCH({rujukan_baris(T_C_29, 'indikator_id')},{struktur.nama_tabel}[{kunci}],0))"
        )
        return f'IFERROR(IF({cari}="","{bawaan}",{cari}),"{bawaan}")'

    def _sel_uang(self, spec: TabelSpec, kolom: str, simpul: str | None) -> str | None:
        n = self._uang[spec.kunci, kolom].get(simpul or "")
        return None if n is None else self._rujukan(spec, n, kolom, lembar=True)

    def _prakiraan(self, b: Baris, indeks: int) -> str:
        baris_pagu = self._uang[T_C_33.kunci, "pagu_n"].get(b.simpul or f"baris:{b.id}", indeks)
        pagu = self._rujukan(T_C_33, baris_pagu, "pagu_n")
        butuh = self._sel_uang(T_C_31, "kebutuhan_dana", b.simpul) or '"-"'
        dasar = f'IF(dasar_dasar_prakiraan="{DARI_PAGU}",{pagu},{butuh})'
        tumbuh, bulat = f"(100+{_angka_dasar('pertumbuhan_prakiraan')})", _angka_dasar("pembulatan_prakiraan")
        return (
            f"IF(ISNUMBER({pagu}),IF(ISNUMBER({dasar}),IF({bulat}>0,"
            f"ROUND({dasar}*{tumbuh}/(100*{bulat}),0)*{bulat},"
            f'ROUND({dasar}*{tumbuh}/100,2)),"-"),"-")'
        )

    def _anggaran_rkt(self, b: Baris) -> str:
        def angka(sel: str | None) -> str:
            return f'IF(ISNUMBER({sel}),{sel},"-")' if sel else '"-"'

        pagu = angka(self._sel_uang(T_C_33, "pagu_n", b.simpul))
        butuh = angka(self._sel_uang(T_C_31, "kebutuhan_dana", b.simpul))
        return f'IF(profil_dasar_rkt="{DARI_PAGU}",{pagu},{butuh})'

    def _target_rkt(self, b: Baris, kolom: str) -> str:
        pola = next(p for p in POLA_TARGET if p.format("target") == kolom)
        rumus = '"-"'
        for spec, kunci in reversed(SUMBER_TARGET_RKT):
            n = self._target[spec.kunci].get(b.indikator or "")
            if n is not None:
                nilai = self._rujukan(spec, n, kunci, lembar=True)
                isi = self._rujukan(spec, n, pola.format(kunci), lembar=True)
                tampil = isi if pola == "{}" else f'IF({isi}="","-",{isi})'
                rumus = f"IF(ISNUMBER({nilai}),{tampil},{rumus})"
        return rumus
