"""Read a master workbook into a plan, from its cells (calamine)."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound, load_workbook

from renja_xl.core import kode as kd
from renja_xl.core.buku import STRUKTUR, Asal, Baris, Buku, Indikator, Level, Nilai, Sel, Simpul, baca_level
from renja_xl.core.hitung import sel_dihitung
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.nilai import BATAS_RUPIAH, tulis_angka
from renja_xl.core.struktur import BarisStruktur, PembuatId, dari_baris
from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.paket import pastikan_buku, rumus_per_lembar
from renja_xl.tabel import ASLI, BARIS_DIHAPUS, MENURUT_KUNCI, PROFIL, PROGRAM_SUB_KEGIATAN, SEMUA, TABEL_RESMI
from renja_xl.tabel.profil import VERSI_SKEMA
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

TANDA_USULAN = "dasar_pertumbuhan_prakiraan"
"""Name that our proposed forward estimates use: tells them from a planner's own formula."""

_BARIS_KEPALA = 60
"""Rows in which a sheet's column numbers are looked for."""

_ATRIBUT = {
    spec.kunci: {"id", "level", "simpul", "indikator_id", "asal_berkas", "asal_baris"} for spec in TABEL_RESMI
} | {PROFIL.kunci: {"id", "asal_berkas", "asal_baris"}}


@dataclass(frozen=True, slots=True)
class Terbaca:
    """A plan with the places of its cells, and the formulas of the workbook."""

    buku: Buku
    letak: Letak
    rumus: Mapping[str, Mapping[tuple[int, int], str]]


@dataclass(frozen=True, slots=True)
class _Mentah:
    """A sheet's data rows as values by column key, with their sheet row numbers."""

    spec: TabelSpec
    baris: tuple[tuple[int, dict[str, Any]], ...]
    kolom: Mapping[str, int]


def baca(path: Path) -> Terbaca:
    """Read a master.

    Raises:
        BukuTidakTerbacaError: not a workbook, not ours, damaged, of a newer version, or without a year.
    """
    pastikan_buku(path)
    try:
        with load_workbook(str(path), load_tables=True) as wb:
            mentah = {spec.kunci: m for spec in SEMUA if (m := _lembar(wb, spec, path)) is not None}
    except CalamineError as galat:
        raise BukuTidakTerbacaError(
            f"Berkas {path} bukan buku kerja Excel yang utuh; mohon buka dan simpan ulang sebagai .xlsx."
        ) from galat
    rumus = rumus_per_lembar(path)
    asli = _asli(mentah.get(ASLI.kunci))
    tabel: dict[str, tuple[Baris, ...]] = {}
    nomor: dict[str, dict[str, int]] = {}
    simpul, indikator = _struktur(mentah, nomor)
    for kunci, m in mentah.items():
        if kunci not in {STRUKTUR, ASLI.kunci}:
            tabel[kunci], nomor[kunci] = _tabel(m, rumus.get(m.spec.lembar, {}), asli)
    buku = Buku(simpul, indikator, tabel)
    letak = Letak(nomor, {k: m.kolom for k, m in mentah.items()})
    _pastikan_profil(buku, letak)
    return Terbaca(buku, letak, rumus)


# ── one sheet ─────────────────────────────────────────────────────────────────────────────────────────────────


def _lembar(wb: CalamineWorkbook, spec: TabelSpec, path: Path) -> _Mentah | None:
    boleh_hilang = spec.kelompok == "kendali" and spec.kunci != "Dasar Perhitungan"
    try:
        isi = wb.get_sheet_by_name(spec.lembar).to_python(skip_empty_area=False)
    except WorksheetNotFound:
        if boleh_hilang:
            return None
        raise BukuTidakTerbacaError(
            f"Berkas {path} bukan buku Renja-XL: lembar '{spec.lembar}' tidak ada; "
            "mohon pakai buku yang dibuat dengan perintah baru atau impor."
        ) from None
    letak_kepala, kolom = _cari_kepala(isi, spec)
    akhir = _akhir_tabel(wb, spec, isi, letak_kepala, kolom)
    baris = []
    for n in range(letak_kepala + 1, akhir):
        deret = isi[n]
        if _catatan_kaki(spec, deret):
            continue
        nilai = {k: deret[c] for k, c in kolom.items() if c < len(deret) and deret[c] != ""}
        if nilai:
            baris.append((n + 1, nilai))
    return _Mentah(spec, tuple(baris), {k: c + 1 for k, c in kolom.items()})


def _cari_kepala(isi: Sequence[Sequence[Any]], spec: TabelSpec) -> tuple[int, dict[str, int]]:
    """Row of the column numbers, and the place of each column (planners may have moved or added some)."""
    dicari = {k.nomor.casefold(): k.kunci for k in spec.kolom}
    terbaik: tuple[int, dict[str, int]] = (-1, {})
    for r, deret in enumerate(isi[:_BARIS_KEPALA]):
        ada: dict[str, int] = {}
        for c, v in enumerate(deret):
            kunci = dicari.get(_teks(v).casefold()) if v != "" else None
            if kunci is not None:
                ada.setdefault(kunci, c)
        if len(ada) > len(terbaik[1]):
            terbaik = (r, ada)
    hilang = [k.nomor for k in spec.kolom if k.kunci not in terbaik[1]]
    if hilang:
        raise BukuTidakTerbacaError(
            f"Lembar {spec.lembar}: kolom '{hilang[0]}' tidak ditemukan pada baris nomor kolom; "
            "mohon kembalikan kepala tabelnya seperti semula."
        )
    return terbaik


def _akhir_tabel(
    wb: CalamineWorkbook,
    spec: TabelSpec,
    isi: Sequence[Sequence[Any]],
    kepala: int,
    kolom: Mapping[str, int],
) -> int:
    """Index after the last row: the table's range, and rows typed right below it; its foot notes are no rows."""
    akhir = kepala + 1
    if spec.nama_tabel in (wb.table_names or ()):
        batas = wb.get_table_by_name(spec.nama_tabel).end
        akhir = max(akhir, (batas[0] + 1) if batas else 0)
    while (
        akhir < len(isi)
        and any(c < len(isi[akhir]) and isi[akhir][c] != "" for c in kolom.values())
        and not _catatan_kaki(spec, isi[akhir])
    ):
        akhir += 1
    return min(akhir, len(isi))


def _catatan_kaki(spec: TabelSpec, deret: Sequence[Any]) -> bool:
    """Whether a row is one of our foot notes, which a widened table may have swallowed."""
    return any(isinstance(v, str) and v in spec.catatan_kaki for v in deret)


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


def _sel(kolom: KolomSpec, v: Any, asli: str | None, rumus: bool) -> Sel:
    if isinstance(v, bool) or not isinstance(v, (int, float)):
        return Sel(_teks(v), asli, rumus)
    if kolom.tipe is Tipe.RUPIAH:
        return _rupiah(float(v), asli, rumus)
    if kolom.bernilai_angka or kolom.tipe is Tipe.BEBAS:
        return Sel(float(v), asli, rumus)
    return Sel(_teks(v), asli, rumus)


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


def _asli(m: _Mentah | None) -> dict[tuple[str, str, str], str]:
    if m is None:
        return {}
    return {
        (_teks(i.get("tabel", "")), _teks(i.get("baris_id", "")), _teks(i.get("kolom", ""))): _teks(i.get("asli", ""))
        for _, i in m.baris
    }


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────


def _tabel(
    m: _Mentah, rumus: Mapping[tuple[int, int], str], asli: Mapping[tuple[str, str, str], str]
) -> tuple[tuple[Baris, ...], dict[str, int]]:
    spec = m.spec
    atribut = _ATRIBUT.get(spec.kunci, {"id"})
    pembuat = PembuatId(spec.awalan_id, (_nilai_atribut(i, "id") or "" for _, i in m.baris))
    hasil: list[Baris] = []
    nomor: dict[str, int] = {}
    for r, isi in m.baris:
        pengenal = _nilai_atribut(isi, "id") or (_nilai_atribut(isi, "kunci") if spec is PROFIL else None)
        if not pengenal or pengenal in nomor:
            pengenal = pembuat()
        nomor[pengenal] = r
        level = _level_baris(spec, isi)
        berkas = _nilai_atribut(isi, "asal_berkas") if "asal_berkas" in atribut else None
        b = Baris(
            pengenal,
            level,
            {},
            _nilai_atribut(isi, "simpul") if "simpul" in atribut else None,
            _nilai_atribut(isi, "indikator_id") if "indikator_id" in atribut else None,
            Asal(berkas, _nilai_atribut(isi, "asal_baris") or "") if berkas else None,
        )
        sel: dict[str, Sel] = {}
        for kolom in spec.kolom:
            if kolom.kunci in atribut:
                continue
            teks_asli = asli.get((spec.kunci, pengenal, kolom.kunci))
            f = rumus.get((r, m.kolom[kolom.kunci]))
            milik = f is not None and (
                sel_dihitung(spec, b, kolom) or (kolom.peran is Peran.USULAN and TANDA_USULAN in f)
            )
            if kolom.kunci in isi:
                sel[kolom.kunci] = _sel(kolom, isi[kolom.kunci], teks_asli, milik)
            elif teks_asli is not None or milik:
                sel[kolom.kunci] = Sel(None, teks_asli, milik)
        hasil.append(b.dengan(sel))
    return tuple(hasil), nomor


def _level_baris(spec: TabelSpec, isi: Mapping[str, Any]) -> Level:
    if spec not in TABEL_RESMI:
        return Level.DATA
    level = baca_level(_nilai_atribut(isi, "level") or "")
    if level is not None:
        return level
    kode = kd.rapikan(_nilai_atribut(isi, "kode") or "")
    return (kd.level(kode) if kode else None) or Level.DATA


def _struktur(
    mentah: Mapping[str, _Mentah], nomor: dict[str, dict[str, int]]
) -> tuple[tuple[Simpul, ...], tuple[Indikator, ...]]:
    m = mentah[STRUKTUR]
    rows = []
    for r, isi in m.baris:
        teks = {k.kunci: _nilai_atribut(isi, k.kunci) for k in PROGRAM_SUB_KEGIATAN.kolom}
        rows.append((r, BarisStruktur(_level_struktur(r, teks, m), teks)))
    lain: set[str] = set()
    nama: dict[str, set[str]] = defaultdict(set)
    for kunci in (*(spec.kunci for spec in TABEL_RESMI), BARIS_DIHAPUS.kunci):
        kolom_nama = [k.kunci for k in MENURUT_KUNCI[kunci].kolom if k.tautan == "nama"]
        for _, isi in mentah[kunci].baris if kunci in mentah else ():
            lain |= {t for k in ("simpul", "indikator_id", "simpul_kebutuhan") if (t := _nilai_atribut(isi, k))}
            nama[_nilai_atribut(isi, "simpul") or ""] |= {t for k in kolom_nama if (t := _nilai_atribut(isi, k))}
    simpul, indikator = dari_baris([b for _, b in rows], lain, {k: frozenset(v) for k, v in nama.items()})
    nomor[STRUKTUR] = {i.id: r for i, (r, _) in zip(indikator, rows, strict=True)}
    return simpul, indikator


def _level_struktur(r: int, isi: Mapping[str, str | None], m: _Mentah) -> Level:
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
    versi = buku.profil("versi_skema")
    if isinstance(versi, float) and versi > VERSI_SKEMA:
        raise BukuTidakTerbacaError(
            f"Buku ini bersusunan versi {versi:g}, lebih baru daripada Renja-XL yang terpasang (versi {VERSI_SKEMA}); "
            "mohon perbarui Renja-XL."
        )
