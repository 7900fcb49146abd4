"""Read a master workbook into a plan, from its cells (calamine)."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from renja_xl.core import kode as kd
from renja_xl.core.buku import STRUKTUR, Asal, Baris, Buku, Indikator, Level, Nilai, Sel, Simpul, baca_level
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.migrasi import kolom_baru, kolom_lama, mutakhirkan
from renja_xl.core.nilai import BATAS_RUPIAH, tulis_angka
from renja_xl.core.pengumpul import tanpa_pengumpul
from renja_xl.core.struktur import BarisStruktur, PembuatId, dari_baris
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.lembar_xml import LembarXml, Rumus
from renja_xl.excel.paket import Paket, buka
from renja_xl.excel.rumus import rumus_rujukan
from renja_xl.excel.rumus_a1 import rumus_kita
from renja_xl.excel.sahaja import SIMPAN_ULANG, siapkan
from renja_xl.tabel import (
    ASLI,
    BARIS_DIHAPUS,
    CAPAIAN_IKU,
    MENURUT_KUNCI,
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    RENSTRA,
    SEMUA,
    T_C_30,
    TABEL_BERPOHON,
    TABEL_RENCANA,
)
from renja_xl.tabel.berbagi import MANIFES, SELALU_BERBAGI
from renja_xl.tabel.profil import VERSI_SKEMA
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

TANDA_USULAN = "dasar_pertumbuhan_prakiraan"
"""Name that our proposed forward estimates use: tells them from a planner's own formula."""

_BARIS_KEPALA = 60
"""Rows in which a sheet's column numbers are looked for."""

_ATRIBUT = {
    spec.kunci: {"id", "level", "simpul", "indikator_id", "asal_berkas", "asal_baris"} for spec in TABEL_RENCANA
} | {PROFIL.kunci: {"id", "asal_berkas", "asal_baris"}}


@dataclass(frozen=True, slots=True)
class Terbaca:
    """A plan with the places of its cells, and the package and formulas that it was read from."""

    buku: Buku
    letak: Letak
    paket: Paket
    rumus: Mapping[str, Mapping[tuple[int, int], Rumus]]
    """Formulas by sheet and (row, column), of the sheets that were read."""
    versi: int
    """Layout version that the workbook was saved in; the plan is in the present one."""
    kepala: Mapping[str, Sequence[Sequence[Any]]]
    """Values of the rows down to the column numbers, by table."""


@dataclass(frozen=True, slots=True)
class Mentah:
    """A sheet's data rows as values by column key, with their sheet row numbers, and the rows down to the column numbers."""

    spec: TabelSpec
    baris: tuple[tuple[int, dict[str, Any]], ...]
    kolom: Mapping[str, int]
    kepala: Sequence[Sequence[Any]]


def baca(path: Path, tabel: Collection[TabelSpec] = SEMUA) -> Terbaca:
    """Read a master.

    Args:
        tabel: the tables to read; a recompute needs no control sheets.

    Raises:
        BukuTidakTerbacaError: not a workbook, not ours, damaged, too large, of a newer version, or without a year.
    """
    return baca_paket(buka(path), tabel)


def baca_paket(paket: Paket, tabel: Collection[TabelSpec] = SEMUA) -> Terbaca:
    """Read a master from its opened package; see ``baca``."""
    with tanpa_pengumpul():
        return _baca(paket, tabel)


def _baca(paket: Paket, tabel: Collection[TabelSpec]) -> Terbaca:
    sebutan = f"Berkas {paket.path}"
    ada = [spec for spec in SEMUA if spec in tabel and pastikan_ada(paket.lembar, spec, 1, sebutan)]
    siap, lembar = siapkan(paket, [spec.lembar for spec in ada])
    rumus = {nama: _rumus(paket, nama, x) for nama, x in lembar.items()}
    del lembar  # the sheets' text is most of the memory
    versi, mentah = _isi_lembar(paket, siap, ada)
    for spec in tabel:
        pastikan_ada(paket.lembar, spec, versi, sebutan)
    buku, letak = susun_buku(mentah, rumus, versi)
    return Terbaca(buku, letak, paket, rumus, versi, {k: m.kepala for k, m in mentah.items()})


def susun_buku(
    mentah: Mapping[str, Mentah], rumus: Mapping[str, Mapping[tuple[int, int], Rumus]], versi: int
) -> tuple[Buku, Letak]:
    """The plan in the present layout, and where its cells stand, from the raw rows of its tables.

    Args:
        rumus: formulas by sheet and (row, column).

    Raises:
        BukuTidakTerbacaError: a level that is none, or Profil without a usable year.
    """
    asli = _asli(mentah.get(ASLI.kunci))
    hasil: dict[str, tuple[Baris, ...]] = {}
    nomor: dict[str, dict[str, int]] = {}
    simpul, indikator = _struktur(mentah, nomor) if STRUKTUR in mentah else ((), ())
    for kunci, m in mentah.items():
        if kunci == ASLI.kunci:
            nomor[kunci] = {f"{i.get('baris_id', '')}|{i.get('kolom', '')}": r for r, i in m.baris}
        elif kunci != STRUKTUR:
            tertaut = _iku_tertaut(mentah) if m.spec is RENSTRA else ()
            hasil[kunci], nomor[kunci] = _tabel(m, rumus[m.spec.lembar], asli, tertaut)
    buku = Buku(simpul, indikator, hasil)
    letak = Letak(nomor, {k: m.kolom for k, m in mentah.items()})
    if versi < VERSI_SKEMA:
        buku = mutakhirkan(buku, versi)
    if PROFIL.kunci in mentah:
        _pastikan_profil(buku, letak)
    return buku, letak


# ── sheets ────────────────────────────────────────────────────────────────────────────────────────────────────


def pastikan_ada(lembar: Container[str], spec: TabelSpec, versi: int, sebutan: str) -> bool:
    """Whether a table's sheet is there; only control sheets may be missing, those that its layout did not have yet, and
    in a share copy those that are not shared.

    Args:
        lembar: names of the workbook's sheets.
        sebutan: what the workbook is called in a message.

    Raises:
        BukuTidakTerbacaError: a sheet is missing that every master has.
    """
    if spec.lembar in lembar:
        return True
    if spec.sejak > versi or (spec.kelompok == "kendali" and spec.kunci != "Dasar Perhitungan"):
        return False
    if MANIFES.lembar in lembar and spec not in SELALU_BERBAGI:  # a share copy has only what Bappeda reads
        return False
    raise BukuTidakTerbacaError(
        f"{sebutan} bukan buku Renja-XL: lembar '{spec.lembar}' tidak ada; "
        "mohon pakai buku yang dibuat dengan perintah baru atau impor."
    )


def _isi_lembar(paket: Paket, siap: bytes, tabel: Sequence[TabelSpec]) -> tuple[int, dict[str, Mentah]]:
    """The layout version, and the raw rows of each table."""
    try:
        with load_workbook(BytesIO(siap)) as wb:
            profil = _lembar(wb, PROFIL, paket, {}, ())
            versi = versi_susunan(profil)
            lama, baru = kolom_lama(versi), kolom_baru(versi)
            return versi, {s.kunci: profil if s is PROFIL else _lembar(wb, s, paket, lama, baru) for s in tabel}
    except CalamineError as galat:
        raise paket.galat("bukan buku kerja Excel yang utuh; mohon buka dan simpan ulang sebagai .xlsx") from galat
    except BaseException as galat:
        if type(galat).__name__ != "PanicException":  # how the reader reports a fault of its own
            raise
        raise paket.galat("bukan buku kerja Excel yang utuh; mohon buka dan simpan ulang sebagai .xlsx") from galat


def versi_susunan(profil: Mentah) -> int:
    """Layout version of a master; what does not say is of the first.

    Raises:
        BukuTidakTerbacaError: newer than this program.
    """
    versi = next((i.get("nilai") for _, i in profil.baris if i.get("kunci") == "versi_skema"), None)
    if not isinstance(versi, float) or not math.isfinite(versi) or versi < 0:
        return 1
    if versi > VERSI_SKEMA:
        raise BukuTidakTerbacaError(
            f"Buku ini bersusunan versi {versi:g}, lebih baru daripada Renja-XL yang terpasang (versi {VERSI_SKEMA}); "
            "mohon perbarui Renja-XL."
        )
    return int(versi)


def _rumus(paket: Paket, nama: str, lembar: LembarXml) -> Mapping[tuple[int, int], Rumus]:
    try:
        return lembar.rumus
    except (ValueError, KeyError, IndexError, StopIteration) as galat:
        raise paket.galat(f"rusak di lembar {nama}; {SIMPAN_ULANG}") from galat


# ── one sheet ─────────────────────────────────────────────────────────────────────────────────────────────────


def _lembar(
    wb: CalamineWorkbook,
    spec: TabelSpec,
    paket: Paket,
    lama: Mapping[tuple[str, str], str],
    baru: Collection[tuple[str, str]],
) -> Mentah:
    isi = wb.get_sheet_by_name(spec.lembar).to_python(skip_empty_area=False)
    bagian = bagian_tabel(paket, spec)
    return baca_lembar(spec, isi, bagian[1] if bagian else None, lama, baru)


def baca_lembar(
    spec: TabelSpec,
    isi: Sequence[Sequence[Any]],
    rentang: str | None,
    lama: Mapping[tuple[str, str], str],
    baru: Collection[tuple[str, str]] = (),
) -> Mentah:
    """The raw rows of a sheet.

    Args:
        isi: the sheet's values from its first cell on, blanks as ``""``, rows of equal width.
        rentang: range of the sheet's table (``A8:AD87``), None where it is gone.
        lama: numbers that an older layout printed, and what they are now, by table.
        baru: columns (table, key) that an older layout has not.

    Raises:
        BukuTidakTerbacaError: a column number is missing, or the table begins elsewhere.
    """
    letak_kepala, kolom = _cari_kepala(
        isi,
        spec,
        {k.casefold(): v for (tabel, k), v in lama.items() if tabel == spec.kunci},
        {k for tabel, k in baru if tabel == spec.kunci},
    )
    akhir = _akhir_tabel(spec, rentang, isi, letak_kepala, kolom)
    urut = sorted(kolom.items(), key=lambda p: p[1])
    kaki = frozenset(spec.catatan_kaki)  # a widened table may have swallowed our foot notes
    baris = []
    for n in range(letak_kepala + 1, akhir):
        deret = isi[n]
        nilai = {k: v for k, c in urut if (v := deret[c]) != ""}
        if nilai and (not kaki or kaki.isdisjoint(deret)):
            baris.append((n + 1, nilai))
    return Mentah(spec, tuple(baris), {k: c + 1 for k, c in kolom.items()}, isi[: letak_kepala + 1])


def _cari_kepala(
    isi: Sequence[Sequence[Any]], spec: TabelSpec, lama: Mapping[str, str], baru: Collection[str]
) -> tuple[int, dict[str, int]]:
    """Row of the column numbers, and the place of each column (planners may have moved or added some).

    Args:
        lama: numbers that an older layout printed, and what they are now.
        baru: columns that it has not.
    """
    dicari = {k.nomor.casefold(): k.kunci for k in spec.kolom}
    dicari |= {n: dicari[kini.casefold()] for n, kini in lama.items()}
    terbaik: tuple[int, dict[str, int]] = (-1, {})
    di = spec.baris_nomor - 1  # where the builder puts it: looked at first
    for r, deret in [(di, isi[di])] if di < len(isi) else []:
        terbaik = (r, _nomor_kolom(deret, dicari))
    if len(terbaik[1]) < len(spec.kolom):
        for r, deret in enumerate(isi[:_BARIS_KEPALA]):
            ada = _nomor_kolom(deret, dicari)
            if len(ada) > len(terbaik[1]):
                terbaik = (r, ada)
    hilang = [k.nomor for k in spec.kolom if k.kunci not in terbaik[1] and k.kunci not in baru]
    if hilang:
        raise BukuTidakTerbacaError(
            f"Lembar {spec.lembar}: kolom '{hilang[0]}' tidak ditemukan pada baris nomor kolom; "
            "mohon kembalikan kepala tabelnya seperti semula."
        )
    return terbaik


def _nomor_kolom(deret: Sequence[Any], dicari: Mapping[str, str]) -> dict[str, int]:
    """Places of the column numbers in a row."""
    ada: dict[str, int] = {}
    for c, v in enumerate(deret):
        kunci = dicari.get(_teks(v).casefold()) if v != "" else None
        if kunci is not None:
            ada.setdefault(kunci, c)
    return ada


def _akhir_tabel(
    spec: TabelSpec, rentang: str | None, isi: Sequence[Sequence[Any]], kepala: int, kolom: Mapping[str, int]
) -> int:
    """Index after the last row: the table's range, and rows typed right below it; its foot notes are no rows."""
    akhir = max(kepala + 1, _akhir_milik(spec, rentang, kepala + 1))
    while akhir < len(isi) and any(isi[akhir][c] != "" for c in kolom.values()) and not _catatan_kaki(spec, isi[akhir]):
        akhir += 1
    return min(akhir, len(isi))


def bagian_tabel(paket: Paket, spec: TabelSpec) -> tuple[str, str] | None:
    """Part and range (``A8:AD87``) of a sheet's own table."""
    for target, jenis, _ in paket.relasi(paket.lembar[spec.lembar]):
        if jenis.endswith("/table") and target in paket:
            u = next((u for u in paket.unsur(target) if u.nama == "table"), None)
            if u is not None and u.atribut.get("displayName", u.atribut.get("name")) == spec.nama_tabel:
                return target, u.atribut.get("ref", "")
    return None


def _akhir_milik(spec: TabelSpec, rentang: str | None, kepala: int) -> int:
    """Last sheet row of a sheet's table, 0 where the table is gone.

    Raises:
        BukuTidakTerbacaError: a table that does not begin at the row of the column numbers.
    """
    if rentang is None:
        return 0
    m = re.fullmatch(r"\$?[A-Z]{1,3}\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})", rentang)
    if m is None or int(m[1]) != kepala:
        raise BukuTidakTerbacaError(
            f"Lembar {spec.lembar}: tabel {spec.nama_tabel} terletak di {rentang[:40] or '(kosong)'}, padahal harus mulai "
            f"di baris {kepala}, baris nomor kolom; mohon kembalikan dengan Desain Tabel > Ubah Ukuran Tabel."
        )
    return int(m[2])


def _catatan_kaki(spec: TabelSpec, deret: Sequence[Any]) -> bool:
    """Whether a row is one of our foot notes, which a widened table may have swallowed."""
    return bool(spec.teks_bawah) and not spec.teks_bawah.isdisjoint(deret)


# ── values ────────────────────────────────────────────────────────────────────────────────────────────────────


def _teks(v: Any) -> str:
    """A cell's value as text: numbers without a needless ``.0``, dates and times in ISO form."""
    if isinstance(v, str):
        return v
    if isinstance(v, bool):
        return "TRUE" if v else "FALSE"
    if isinstance(v, float):
        return str(int(v)) if v.is_integer() and abs(v) < 1e15 else repr(v)
    if isinstance(v, (dt.datetime, dt.date, dt.time)):
        return v.isoformat()
    return str(v)


def _pembaca(kolom: KolomSpec) -> Callable[[Any, str | None, bool], Sel]:
    """How a column's cells are read; equal cells share one object."""
    rupiah, angka = kolom.tipe is Tipe.RUPIAH, kolom.bernilai_angka or kolom.tipe is Tipe.BEBAS
    pernah: dict[Any, Sel] = {}

    def baca_sel(v: Any, asli: str | None, rumus: bool) -> Sel:
        jenis = type(v)
        if asli is not None or jenis not in {str, float}:
            return buat(v, asli, rumus)
        kunci = (v, rumus) if jenis is str else (v, rumus, math.copysign(1, v))
        sel = pernah.get(kunci)
        if sel is None:
            sel = pernah[kunci] = buat(v, None, rumus)
        return sel

    def buat(v: Any, asli: str | None, rumus: bool) -> Sel:
        if isinstance(v, bool) or not isinstance(v, (int, float)):
            return Sel(_teks(v), asli, rumus)
        if rupiah:
            return _rupiah(float(v), asli, rumus)
        return Sel(float(v) if angka and math.isfinite(v) else _teks(v), asli, rumus)

    return baca_sel


def _rupiah(v: float, asli: str | None, rumus: bool) -> Sel:
    """Rupiah to whole sen; noise of double arithmetic is no fraction, a real fraction is kept as original text."""
    if not math.isfinite(v) or (abs(v) >= BATAS_RUPIAH and not rumus):
        return Sel(tulis_angka(v, 2) if math.isfinite(v) else str(v), asli, rumus)
    sen = round(v * 100)
    bersih = rumus or abs(v * 100 - sen) <= max(1e-6, 8 * math.ulp(v * 100))
    return Sel(sen, asli if bersih else tulis_angka(v, 12), rumus)


def _nilai_atribut(isi: Mapping[str, Any], kunci: str) -> str | None:
    v = isi.get(kunci)
    return _teks(v) or None if v is not None else None


def _asli(m: Mentah | None) -> dict[tuple[str, str, str], str]:
    if m is None:
        return {}
    return {
        (_teks(i.get("tabel", "")), _teks(i.get("baris_id", "")), _teks(i.get("kolom", ""))): _teks(i.get("asli", ""))
        for _, i in m.baris
    }


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────


def _iku_tertaut(mentah: Mapping[str, Mentah]) -> Iterator[str]:
    """Ids of main indicators that rows of other tables are linked to, whether Renstra still has them or not."""
    for spec in (T_C_30, CAPAIAN_IKU):
        if spec.kunci in mentah:
            yield from (_nilai_atribut(i, "indikator_id") or "" for _, i in mentah[spec.kunci].baris)


def _tabel(
    m: Mentah,
    rumus: Mapping[tuple[int, int], Rumus],
    asli: Mapping[tuple[str, str, str], str],
    tertaut: Iterable[str] = (),
) -> tuple[tuple[Baris, ...], dict[str, int]]:
    spec = m.spec
    atribut = _ATRIBUT.get(spec.kunci, {"id"})
    # an id that original texts or linked rows go by is not given to another row, even where its own row is gone
    terpakai = chain(
        (_nilai_atribut(i, "id") or "" for _, i in m.baris),
        (i for tabel, i, _ in asli if tabel == spec.kunci),
        tertaut,
    )
    pembuat = PembuatId(spec.awalan_id, terpakai)
    hasil: list[Baris] = []
    nomor: dict[str, int] = {}
    isian = {k.kunci: k for k in spec.kolom if k.kunci not in atribut}
    kunci_kolom = {c: k for k, c in m.kolom.items() if k in isian}
    rumus_baris: dict[int, dict[str, Rumus]] = {}
    for (r, c), f in rumus.items():
        if c in kunci_kolom:
            rumus_baris.setdefault(r, {})[kunci_kolom[c]] = f
    asli_baris: dict[str, dict[str, str]] = {}
    for (tabel, baris_id, kolom), teks in asli.items():
        if tabel == spec.kunci and kolom in isian:
            asli_baris.setdefault(baris_id, {})[kolom] = teks
    pembaca = {k: _pembaca(kolom) for k, kolom in isian.items()}
    tanpa_rumus: dict[str, Rumus] = {}
    tanpa_asli: dict[str, str] = {}
    for r, isi in m.baris:
        pengenal = _nilai_atribut(isi, "id") or (_nilai_atribut(isi, "kunci") if spec is PROFIL else None)
        if not pengenal or pengenal in nomor:
            pengenal = pembuat()
        nomor[pengenal] = r
        berkas = _nilai_atribut(isi, "asal_berkas") if "asal_berkas" in atribut else None
        b = Baris(
            pengenal,
            _level_baris(spec, isi),
            {},
            _nilai_atribut(isi, "simpul") if "simpul" in atribut else None,
            _nilai_atribut(isi, "indikator_id") if "indikator_id" in atribut else None,
            Asal(berkas, _nilai_atribut(isi, "asal_baris") or "") if berkas else None,
        )
        berumus, tertulis = rumus_baris.get(r, tanpa_rumus), asli_baris.get(pengenal, tanpa_asli)
        milik = {
            k
            for k, f in berumus.items()
            if sel_dihitung(spec, b, isian[k])
            or (isian[k].peran is Peran.USULAN and TANDA_USULAN in f.teks)
            or (isian[k].peran in {Peran.USULAN, Peran.RUJUKAN} and rumus_rujukan(spec, isian[k], f.teks))
            or (isian[k].peran in {Peran.USULAN, Peran.RUJUKAN} and rumus_kita(spec, isian[k], f.teks))
        }
        sel = {k: pembaca[k](v, tertulis.get(k), k in milik) for k, v in isi.items() if k in pembaca}
        for k in (*tertulis, *milik):
            if k not in sel:
                sel[k] = Sel(None, tertulis.get(k), k in milik)
        hasil.append(Baris(b.id, b.level, MappingProxyType(sel), b.simpul, b.indikator, b.asal))
    return tuple(hasil), nomor


def _level_baris(spec: TabelSpec, isi: Mapping[str, Any]) -> Level:
    if spec not in TABEL_RENCANA:
        return Level.DATA
    level = baca_level(_nilai_atribut(isi, "level") or "")
    if level is not None:
        return level
    if spec not in TABEL_BERPOHON:
        return Level.DATA
    kode = kd.rapikan(_nilai_atribut(isi, "kode") or "")
    return (kd.level(kode) if kode else None) or Level.DATA


def _struktur(
    mentah: Mapping[str, Mentah], nomor: dict[str, dict[str, int]]
) -> tuple[tuple[Simpul, ...], tuple[Indikator, ...]]:
    m = mentah[STRUKTUR]
    rows = []
    for r, isi in m.baris:
        teks = {k.kunci: _nilai_atribut(isi, k.kunci) for k in PROGRAM_SUB_KEGIATAN.kolom}
        rows.append((r, BarisStruktur(_level_struktur(r, teks, m), teks)))
    lain: set[str] = set()
    nama: dict[str, set[str]] = defaultdict(set)
    for kunci in (*(spec.kunci for spec in TABEL_RENCANA), BARIS_DIHAPUS.kunci):
        kolom_nama = [k.kunci for k in MENURUT_KUNCI[kunci].kolom if k.tautan == "nama"]
        for _, isi in mentah[kunci].baris if kunci in mentah else ():
            lain |= {t for k in ("simpul", "indikator_id", "simpul_kebutuhan") if (t := _nilai_atribut(isi, k))}
            nama[_nilai_atribut(isi, "simpul") or ""] |= {t for k in kolom_nama if (t := _nilai_atribut(isi, k))}
    simpul, indikator = dari_baris([b for _, b in rows], lain, {k: frozenset(v) for k, v in nama.items()})
    nomor[STRUKTUR] = {i.id: r for i, (r, _) in zip(indikator, rows, strict=True)}
    return simpul, indikator


def _level_struktur(r: int, isi: Mapping[str, str | None], m: Mentah) -> Level:
    tertulis = isi["level"]
    if tertulis and tertulis.strip():
        level = baca_level(tertulis)
        if level is None or level in {Level.TOTAL, Level.DATA}:
            pilihan = ", ".join(PROGRAM_SUB_KEGIATAN.menurut_kunci["level"].pilihan)
            raise BukuTidakTerbacaError(
                f"Lembar {STRUKTUR} sel {huruf_kolom(m.kolom['level'])}{r} tertulis '{tertulis}'; "
                f"mohon pilih salah satu dari {pilihan}."
            )
        return level
    kode = kd.rapikan(isi["kode"] or "")
    dari_kode = kd.level(kode) if kode else None
    if dari_kode is not None:
        return dari_kode
    if not isi["nama"] and (isi["indikator"] or isi["satuan"]):
        return Level.INDIKATOR_LANJUTAN
    raise BukuTidakTerbacaError(
        f"Lembar {STRUKTUR} sel {huruf_kolom(m.kolom['level'])}{r} kosong; mohon pilih levelnya, misalnya Sub kegiatan."
    )


def _pastikan_profil(buku: Buku, letak: Letak) -> None:
    sel = letak.sel(PROFIL.kunci, "tahun_anggaran", "nilai")
    try:
        tahun = buku.tahun
    except ValueError:
        tahun = 0
    if not 1990 <= tahun <= 2199:
        tertulis: Nilai = buku.profil("tahun_anggaran")
        if not sel:
            raise BukuTidakTerbacaError(
                "Lembar Profil: baris Tahun rencana (n) tidak ada lagi; mohon kembalikan barisnya dari cadangan."
            )
        raise BukuTidakTerbacaError(
            f"Lembar Profil sel {sel} (Tahun rencana) {f'tertulis {tertulis!s}' if tertulis is not None else 'kosong'}; "
            "mohon isi empat angka, misalnya 2025."
        )
