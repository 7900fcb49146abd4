"""Native formulas, ``core`` and Python functions agree: LibreOffice recalculates whole workbooks, and every cell is what
we cached; the functions of macro workbooks, given what stands in the same cells, give it too.

Each locale costs one call of LibreOffice for its workbooks (``Meja``), seconds for each; a test looks at one of them.
The normalised sample is recalculated under every locale, from poisoned caches, all other workbooks under one each, by
turns; choices are changed together. RENJA_PANJANG=1 takes every workbook, every plan under every locale, each choice on
its own. Money is compared to the sen, other numbers to 1e-9, texts exactly.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import load_workbook

from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import huruf_kolom, letak_bawaan
from renja_xl.core.perbarui import perbarui
from renja_xl.excel.baca import baca, baca_paket
from renja_xl.excel.bangun import bangun
from renja_xl.excel.paket import Paket
from renja_xl.excel.rumus import BATAS_RUMUS, PenyusunRumus, tanpa_udf
from renja_xl.tabel import (
    ANGGARAN,
    CAPAIAN_IKU,
    CARI,
    CATATAN_PERBAIKAN,
    DASAR_PERHITUNGAN,
    EFISIENSI,
    KALIMAT,
    MENURUT_KUNCI,
    PROFIL,
    RENSTRA,
    RKT,
    SEMUA,
    T_C_29,
    T_C_30,
    T_C_31,
    T_C_33,
    TABEL_RENCANA,
    TABEL_TERTAUT,
)
from renja_xl.tabel.anggaran import RENJA
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.kalimat import BASI, BELUM, BELUM_LENGKAP, KALIMAT_BAKU, SESUAI
from renja_xl.tabel.profil import DARI_PAGU, ISIAN, KOLOM_10_FORMULIR
from renja_xl.tabel.renstra import TAHUN_PERIODE
from renja_xl.tabel.spec import Tipe
from tests import PANJANG, strategi
from tests.excel.penilai import Penilai, dari_sel
from tests.libre import LOKAL, hitung_ulang, soffice
from tests.strategi import buku_normal, buku_tercetak, contoh, semua_sel

_TAMPIL = 5

Pilihan = Mapping[tuple[str, str], Nilai]
"""Changed cells of Profil and Dasar Perhitungan: (tabel, kunci) → value."""

_SATU_SATU: dict[str, Pilihan] = {
    "kolom-10-formulir": {(PROFIL.kunci, "cara_kolom_10"): KOLOM_10_FORMULIR},
    "rkt-dari-pagu": {(PROFIL.kunci, "dasar_rkt"): DARI_PAGU},
    "prakiraan-dari-pagu": {(DASAR_PERHITUNGAN.kunci, "dasar_prakiraan"): DARI_PAGU},
    "pertumbuhan-7,5": {(DASAR_PERHITUNGAN.kunci, "pertumbuhan_prakiraan"): 7.5},
    "pembulatan-1000": {(DASAR_PERHITUNGAN.kunci, "pembulatan_prakiraan"): 1000.0},
    "pembulatan-0": {(DASAR_PERHITUNGAN.kunci, "pembulatan_prakiraan"): 0.0},
    "kriteria-95": {(DASAR_PERHITUNGAN.kunci, "kriteria_sangat_tinggi"): 95.0},
    "efisien-0,9": {(DASAR_PERHITUNGAN.kunci, "batas_efisien"): 0.9},
}
"""Choices that a planner makes; each must change something, and be followed by the formulas at once."""

_CACAT_SATU_SATU: dict[str, Pilihan] = {
    "pilihan-kosong": {
        (PROFIL.kunci, "cara_kolom_10"): None,
        (PROFIL.kunci, "dasar_rkt"): None,
        (DASAR_PERHITUNGAN.kunci, "dasar_prakiraan"): None,
    },
    "pilihan-huruf-kecil": {
        (PROFIL.kunci, "cara_kolom_10"): KOLOM_10_FORMULIR.casefold(),
        (PROFIL.kunci, "dasar_rkt"): DARI_PAGU.casefold(),
        (DASAR_PERHITUNGAN.kunci, "dasar_prakiraan"): DARI_PAGU.casefold(),
    },
    "pertumbuhan-kosong": {(DASAR_PERHITUNGAN.kunci, "pertumbuhan_prakiraan"): None},
    "pertumbuhan-strip": {(DASAR_PERHITUNGAN.kunci, "pertumbuhan_prakiraan"): "-"},
    "pertumbuhan-teks": {(DASAR_PERHITUNGAN.kunci, "pertumbuhan_prakiraan"): "10%"},
    "pembulatan-kosong": {(DASAR_PERHITUNGAN.kunci, "pembulatan_prakiraan"): None},
    "pembulatan-teks": {(DASAR_PERHITUNGAN.kunci, "pembulatan_prakiraan"): "Rp100"},
    "batas-teks": {
        (DASAR_PERHITUNGAN.kunci, "kriteria_sangat_tinggi"): "95%",
        (DASAR_PERHITUNGAN.kunci, "kriteria_sedang"): None,
        (DASAR_PERHITUNGAN.kunci, "batas_efisien"): "-",
    },
    "tahun-renstra-tanpa-tahun": {(PROFIL.kunci, "tahun_renstra"): "belum ditetapkan"},
    "tahun-renstra-angka": {(PROFIL.kunci, "tahun_renstra"): 2022.0},
    "nama-spasi": {(PROFIL.kunci, "perangkat_daerah"): " ", (PROFIL.kunci, "kabupaten"): "–"},
    "nama-angka": {(PROFIL.kunci, "perangkat_daerah"): 1_234_567.0},
}
"""The same cells left blank, or with what people type by mistake: no formula error, and still the same numbers."""


def _bersama(pilihan: Mapping[str, Pilihan], *nama: str) -> Pilihan:
    """Several choices made at once."""
    return {letak: nilai for n in nama for letak, nilai in pilihan[n].items()}


PILIHAN, PILIHAN_CACAT = _SATU_SATU, _CACAT_SATU_SATU
if not PANJANG:
    PILIHAN = {
        "pilihan-bersama": _bersama(_SATU_SATU, *(n for n in _SATU_SATU if n != "pembulatan-0")),
        "pembulatan-0": _SATU_SATU["pembulatan-0"],
    }
    PILIHAN_CACAT = {"cacat-bersama": _bersama(_CACAT_SATU_SATU, "pilihan-kosong", "pertumbuhan-teks", "nama-angka")}

_NORMAL, _TERCETAK = (3, 2) if PANJANG else (1, 1)
BUKU_ACAK = (
    *(f"normal-{n}" for n in range(_NORMAL)),
    *(f"tercetak-{n}" for n in range(_TERCETAK)),
    *(f"dihitung-{n}" for n in range(_TERCETAK)),
)
BUKU_PASER = ("paser-normal", "paser-tercetak", "paser-dihitung")
RACUN, PASTI, EJAAN = "racun", "pasti", "ejaan"


def dengan_pilihan(buku: Buku, pilihan: Pilihan) -> Buku:
    """The plan with cells of Profil and Dasar Perhitungan changed, not yet recomputed."""
    tabel: dict[str, list[Baris]] = {}
    for kunci in (PROFIL.kunci, DASAR_PERHITUNGAN.kunci):
        rows = []
        for b in buku.baris(kunci):
            letak = (kunci, str(b["kunci"].nilai))
            rows.append(b.dengan({"nilai": Sel(pilihan[letak])}) if letak in pilihan else b)
        tabel[kunci] = rows
    return buku.ganti(tabel)


@cache
def buku_pasti() -> Buku:
    """A plan with the default choices, large enough that each choice shows, and in which every column computes."""
    bawaan: dict[tuple[str, str], Nilai] = {(PROFIL.kunci, i.kunci): i.bawaan for i in ISIAN if i.pilihan}
    bawaan |= {(DASAR_PERHITUNGAN.kunci, d.kunci): d.bawaan for d in DASAR}
    bawaan |= {(PROFIL.kunci, "perangkat_daerah"): "Badan", (PROFIL.kunci, "kabupaten"): "Kabupaten Paser"}
    buku = strategi.buku_pasti(40)
    bawaan |= {(PROFIL.kunci, "tahun_renstra"): f"{buku.tahun - 4} s.d. {buku.tahun + 1}"}
    buku = dengan_pilihan(buku, bawaan)
    rows = [
        # a kebutuhan on every sub kegiatan: another basis of the prakiraan then fills the same cells
        b.dengan({"kebutuhan_dana": Sel(2_500_000_00)})
        if b.level is Level.SUB_KEGIATAN and not b["kebutuhan_dana"].angka
        else b
        for b in buku.baris(T_C_31.kunci)
    ]
    iku, lain = _iku_pasti(), _dari_renstra(buku)
    renstra = [*iku[RENSTRA.kunci], *lain[RENSTRA.kunci]]
    return hitung(perbarui(buku.ganti({T_C_31.kunci: rows, **iku, **lain, RENSTRA.kunci: renstra})))


def _iku_pasti() -> dict[str, list[Baris]]:
    """Two main indicators of one sasaran at 92 and 94 percent of their target, at the cost of all of its budget.

    A third, of another sasaran, has a target and a grade in each year of the Renstra, from which others take theirs.
    """
    renstra, t30 = [], []
    for n, (teks, realisasi) in enumerate((("Indeks Pelayanan", 92.0), ("Nilai Pengawasan", 94.0)), 1):
        isi = {"sasaran": Sel("Tata kelola"), "indikator": Sel(teks), "target_akhir": Sel(100.0)}
        renstra.append(Baris(f"{RENSTRA.awalan_id}-{n:04d}", Level.DATA, isi))
        sel = {"indikator": Sel(teks), "realisasi_n2": Sel(realisasi)}
        t30.append(Baris(f"{T_C_30.awalan_id}-{n:04d}", Level.DATA, sel))
    tahunan = {f"target_r{n}": Sel(70.0 + n) for n in range(1, TAHUN_PERIODE + 1)}
    tahunan |= {f"predikat_r{n}": Sel("BB") for n in range(1, TAHUN_PERIODE + 1)}
    isi = {"sasaran": Sel("Akuntabilitas"), "indikator": Sel("Nilai AKIP"), "predikat_akhir": Sel("BB"), **tahunan}
    renstra.append(Baris(f"{RENSTRA.awalan_id}-0003", Level.DATA, isi))
    sel = {"indikator": Sel("Nilai AKIP"), "realisasi_n2": Sel(68.5), "predikat_realisasi_n2": Sel("B")}
    t30.append(Baris(f"{T_C_30.awalan_id}-0003", Level.DATA, sel))
    uang = {"pagu_anggaran": Sel(1_000_000_00), "realisasi_anggaran": Sel(1_000_000_00)}
    efisiensi = Baris(f"{EFISIENSI.awalan_id}-0001", Level.DATA, {"sasaran": Sel("Sasaran I"), **uang})
    return {RENSTRA.kunci: renstra, T_C_30.kunci: t30, EFISIENSI.kunci: [efisiensi], CAPAIAN_IKU.kunci: []}


def _dari_renstra(buku: Buku) -> dict[str, list[Baris]]:
    """A row of T-C.29 that takes its target from Renstra, and the counts of this plan in Anggaran."""
    s = next(s for s in buku.simpul if s.kode and s.level is Level.PROGRAM)
    i = next(i for i in buku.indikator if i.simpul == s.id)
    isi = {"kode": s.kode, "indikator": i.teks, "target_r2": 40.0, "target_r5": 45.0}
    renstra = Baris(f"{RENSTRA.awalan_id}-0004", Level.DATA, {k: Sel(v) for k, v in isi.items()})
    t29 = [b.dengan({"target_renstra": Sel()}) if b.indikator == i.id else b for b in buku.baris(T_C_29.kunci)]
    isi = {"tahun": float(buku.tahun), "tahap": RENJA, "realisasi": 1_500_000_00}
    anggaran = Baris(f"{ANGGARAN.awalan_id}-0001", Level.DATA, {k: Sel(v) for k, v in isi.items()})
    return {RENSTRA.kunci: [renstra], T_C_29.kunci: t29, ANGGARAN.kunci: [anggaran]}


@cache
def _contoh_normal() -> list[Buku]:
    return contoh(buku_normal(jinak=True, minimal=8, ukuran=25), 30, benih=2025)


@cache
def buku_acak() -> dict[str, Buku]:
    """Generated plans, the same in every run: laid out, as printed, and as printed but recomputed."""
    normal = _terpenuh(_contoh_normal(), _NORMAL)
    tercetak = _terpenuh(contoh(buku_tercetak(jinak=True, minimal=8, ukuran=25), 30, benih=86), _TERCETAK)
    return {
        **{f"normal-{n}": b for n, b in enumerate(normal)},
        **{f"tercetak-{n}": b for n, b in enumerate(tercetak)},
        **{f"dihitung-{n}": hitung(b) for n, b in enumerate(tercetak)},
    }


def _terpenuh(daftar: list[Buku], jumlah: int) -> list[Buku]:
    """The plans that together compute most columns, then those with most cells; hypothesis likes small and empty ones."""
    sisa = [(_berumus(b), sum(1 for _ in semua_sel(b)), b) for b in daftar]
    hasil: list[Buku] = []
    ada: set[tuple[str, str]] = set()
    while len(hasil) < jumlah:
        terbaik = max(sisa, key=lambda x: (len(x[0] - ada), x[1]))
        sisa.remove(terbaik)
        ada |= terbaik[0]
        hasil.append(terbaik[2])
    return hasil


def _berumus(buku: Buku) -> set[tuple[str, str]]:
    """Columns of which at least one formula shows something."""
    return {
        (spec.kunci, kolom.kunci)
        for spec, _, kolom, sel in semua_sel(buku)
        if sel.rumus and sel.nilai not in {None, "-"}
    }


def buku_pilihan(nama: str) -> Buku:
    """The fixed plan with choices changed and everything recomputed."""
    return hitung(dengan_pilihan(buku_pasti(), (_SATU_SATU | PILIHAN | PILIHAN_CACAT)[nama]))


def buku_ejaan() -> Buku:
    """The fixed plan with choices as people type them past a validation, blank names, and a word that any text holds."""
    sifat = (" makin rendah makin baik", "MAKIN RENDAH MAKIN BAIK")
    renstra, t30 = [], []
    for n, cara in enumerate(("rata rata", "RATA-RATA", " Dijumlahkan", "dijumlahkan", "Rata-Rata")):
        isi = {"indikator": f"Indikator {n}", "cara_hitung": cara, "sifat": sifat[n % 2]}
        target = {"target_r1": Sel(2.0), "target_r2": Sel(10.0)}
        sel = {k: Sel(v) for k, v in isi.items()} | target
        renstra.append(Baris(f"{RENSTRA.awalan_id}-{n + 1:04d}", Level.DATA, sel))
        sel = {"indikator": Sel(isi["indikator"]), "realisasi_n2": Sel(3.0)}
        t30.append(Baris(f"{T_C_30.awalan_id}-{n + 1:04d}", Level.DATA, sel))
    catatan = [
        Baris(
            f"{CATATAN_PERBAIKAN.awalan_id}-{n:04d}",
            Level.DATA,
            {"tingkat": Sel(tingkat), "keadaan": Sel(keadaan), "aturan": Sel("HIT-08" if n % 2 else "rol-01")},
        )
        for n, (tingkat, keadaan) in enumerate(
            (
                ("Informasi", "belum"),
                ("informasi", "Belum"),
                ("Informasi", "Belum "),
                ("Perlu dicek", "dijelaskan:a"),
                ("Perlu dicek", "Dijelaskan:"),
                ("Harus diperbaiki", None),
                ("Informasi", "DIPERBAIKI (semula dijelaskan: a)"),
                ("Informasi", "Belum (semula dijelaskan: a)"),
            ),
            1,
        )
    ]
    buku = buku_pasti()
    simpul = tuple(replace(s, nama="", kode=None) if n % 3 == 0 else s for n, s in enumerate(buku.simpul))
    isi_tabel = {RENSTRA.kunci: renstra, T_C_30.kunci: t30, CAPAIAN_IKU.kunci: [], CATATAN_PERBAIKAN.kunci: catatan}
    rangka = perbarui(replace(buku, simpul=simpul).ganti(isi_tabel))
    kata = [b.dengan({"kata": Sel("*")}) if b.level is Level.JUMLAH else b for b in rangka.baris(CARI.kunci)]
    return hitung(rangka.ganti({CARI.kunci: kata}))


# ── one call of LibreOffice for all workbooks ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Meja:
    """Workbooks as built, and the same recalculated, by name."""

    dibangun: Mapping[str, Path]
    dihitung: Mapping[str, Path]


@pytest.fixture(scope="module")
def dibangun(tmp_path_factory: pytest.TempPathFactory, normal: Buku, tercetak: Buku) -> dict[str, Path]:
    """Every workbook of this file, built once."""
    soffice()
    folder = tmp_path_factory.mktemp("dibangun")
    buku = {
        "paser-normal": normal,
        "paser-tercetak": tercetak,
        "paser-dihitung": hitung(tercetak),
        PASTI: buku_pasti(),
        EJAAN: buku_ejaan(),
        **buku_acak(),
        **{nama: buku_pilihan(nama) for nama in (*PILIHAN, *PILIHAN_CACAT)},
    }
    hasil = {nama: folder / f"{nama}.xlsx" for nama in buku}
    for nama, path in hasil.items():
        path.write_bytes(_ringan(bangun(buku[nama])))
    for nama, pilihan in PILIHAN.items():
        hasil[_hidup(nama)] = folder / f"{_hidup(nama)}.xlsx"
        _ubah_di_buku(hasil[PASTI], hasil[_hidup(nama)], pilihan)
    hasil[RACUN] = folder / f"{RACUN}.xlsx"
    hasil[RACUN].write_bytes(_racuni(hasil["paser-normal"]))
    return hasil


@pytest.fixture(scope="module")
def semua_meja(dibangun: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Meja]:
    """The workbooks of every locale, recalculated; the locales run side by side."""
    folder = {lokal: tmp_path_factory.mktemp(lokal) for lokal in LOKAL}

    def satu(lokal: str) -> Meja:
        milik = {nama: path for nama, path in dibangun.items() if lokal in _lokal(nama)}
        keluar = hitung_ulang(list(milik.values()), folder[lokal], lokal)
        return Meja(dibangun, {nama: keluar[path.name] for nama, path in milik.items()})

    with ThreadPoolExecutor(len(LOKAL)) as pelaksana:
        return dict(zip(LOKAL, pelaksana.map(satu, LOKAL), strict=True))


@pytest.fixture
def meja(lokal: str, semua_meja: dict[str, Meja]) -> Meja:
    """The workbooks of one locale."""
    return semua_meja[lokal]


_HIDUP = "-diubah-di-buku"


def _hidup(nama: str) -> str:
    return f"{nama}{_HIDUP}"


_RENCANA = (*BUKU_PASER, *BUKU_ACAK)
_JARANG = ("paser-normal", PASTI, *PILIHAN)
"""Workbooks recalculated in the long run alone: the poisoned one, and those changed by hand, hold the same formulas."""
_BERGILIR = (*_RENCANA, EJAAN, *(_hidup(nama) for nama in PILIHAN), *PILIHAN_CACAT, *PILIHAN, PASTI)


def _lokal(nama: str) -> tuple[str, ...]:
    """Locales under which a workbook is recalculated."""
    if nama in _JARANG and not PANJANG:
        return ()
    if nama == RACUN or (nama in _RENCANA and PANJANG):
        return LOKAL
    return (LOKAL[_BERGILIR.index(nama) % len(LOKAL)],)


def _kasus(daftar: Iterable[str]) -> pytest.MarkDecorator:
    """The workbooks, each under its locales."""
    return pytest.mark.parametrize(("lokal", "nama"), [(lokal, nama) for nama in daftar for lokal in _lokal(nama)])


def _ubah_di_buku(asal: Path, tujuan: Path, pilihan: Pilihan) -> None:
    """A choice made in the finished workbook, as a planner makes it in Excel."""
    letak = letak_bawaan(buku_pasti())
    wb = openpyxl.load_workbook(asal)
    for (tabel, kunci), nilai in pilihan.items():
        wb[MENURUT_KUNCI[tabel].lembar][letak.sel(tabel, kunci, "nilai")].value = nilai
    wb.save(tujuan)


_SINGGAHAN = re.compile(r"(</f><v>)(-?[\d.]+(?:[eE][+-]?\d+)?)(</v>)")


def _racuni(asal: Path) -> bytes:
    """The workbook with a wrong cached number beside every formula that gives a number."""
    ubah = partial(_SINGGAHAN.sub, lambda m: f"{m[1]}{float(m[2]) + 123456.5!r}{m[3]}")
    return _ubah_bagian(asal.read_bytes(), ubah)


_TINGGI = re.compile(r'(<row [^>]*\bht="[\d.]+")(?! customHeight)')
_HIASAN = re.compile(r"<(conditionalFormatting|dataValidations)\b.*?</\1>|<(?:legacyD|d)rawing [^>]*/>", re.DOTALL)


def _ringan(isi: bytes) -> bytes:
    """The workbook without what no cell's value follows from, and with fixed row heights: most of LibreOffice's time."""
    return _ubah_bagian(isi, lambda teks: _TINGGI.sub(r'\1 customHeight="1"', _HIASAN.sub("", teks)))


def _ubah_bagian(asal: bytes, ubah: Callable[[str], str]) -> bytes:
    jadi = BytesIO()
    with zipfile.ZipFile(BytesIO(asal)) as z, zipfile.ZipFile(jadi, "w", zipfile.ZIP_DEFLATED) as keluar:
        for nama in z.namelist():
            isi = z.read(nama)
            if nama.startswith("xl/worksheets/sheet"):
                isi = ubah(isi.decode("utf-8")).encode("utf-8")
            keluar.writestr(nama, isi)
    return jadi.getvalue()


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────────────────


def _isi(path: Path) -> dict[str, list[list[Any]]]:
    """Values of every sheet, hidden ones included."""
    with load_workbook(str(path)) as wb:
        return {nama: wb.get_sheet_by_name(nama).to_python(skip_empty_area=False) for nama in wb.sheet_names}


_KOLOM_RUPIAH = {
    (spec.lembar, spec.letak_kolom[k.kunci]): spec.baris_pertama
    for spec in TABEL_RENCANA
    for k in spec.kolom
    if k.tipe is Tipe.RUPIAH
}


def _sama(lembar: str, baris: int, kolom: int, a: Any, z: Any) -> bool:
    if not (isinstance(a, float) and isinstance(z, float)):
        return type(a) is type(z) and bool(a == z)
    if baris >= _KOLOM_RUPIAH.get((lembar, kolom), baris + 1):
        return round(a * 100) == round(z * 100)
    return abs(a - z) <= 1e-9 * max(1.0, abs(a))


def _rumus(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    return {nama: {k: f.teks for k, f in isi.items()} for nama, isi in baca(path).rumus.items()}


def beda_sel(benar: Path, dihitung: Path, hanya: Mapping[str, Any] | None = None) -> list[str]:
    """The first cells that differ, with the formula.

    Args:
        hanya: by sheet, the only cells (row, column) to look at; all without it.
    """
    a, z, rumus = _isi(benar), _isi(dihitung), _rumus(benar)
    hasil = [f"lembar {nama} tidak ada" for nama in a if nama not in z]
    for lembar, rows in a.items():
        kini = z.get(lembar, [])
        lebar = max(map(len, (*rows, *kini)), default=0)
        for r in range(max(len(rows), len(kini))):
            for c in range(lebar):
                letak = (r + 1, c + 1)
                if hanya is not None and letak not in hanya.get(lembar, ()):
                    continue
                x, y = (t[r][c] if r < len(t) and c < len(t[r]) else "" for t in (rows, kini))
                if not _sama(lembar, *letak, x, y):
                    f = rumus.get(lembar, {}).get(letak, "tanpa rumus")
                    hasil.append(f"{lembar}!{huruf_kolom(c + 1)}{r + 1}: {x!r} menjadi {y!r} ({f})")
    return hasil[:_TAMPIL]


_SEL_GALAT = re.compile(r'<c r="([A-Z]+\d+)"[^>]*\bt="e"')


def galat(path: Path) -> list[str]:
    """Cells that show a formula error; a text that only looks like one is none."""
    with zipfile.ZipFile(path) as z:
        bagian = [n for n in z.namelist() if n.startswith("xl/worksheets/sheet")]
        return [f"{n}: {sel}" for n in bagian for sel in _SEL_GALAT.findall(z.read(n).decode("utf-8"))][:_TAMPIL]


def _pastikan_kosong(temuan: list[str]) -> None:
    assert not temuan, "\n".join(temuan)


def _periksa(meja: Meja, nama: str) -> None:
    _pastikan_kosong(galat(meja.dibangun[nama]))
    _pastikan_kosong(galat(meja.dihitung[nama]))
    _pastikan_kosong(beda_sel(meja.dibangun[nama], meja.dihitung[nama]))


# ── tests ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lokal", LOKAL)
def test_libreoffice_benar_menghitung_ulang(meja: Meja) -> None:
    """Every cached number was poisoned beforehand; all of them come back right."""
    assert len(beda_sel(meja.dibangun["paser-normal"], meja.dibangun[RACUN])) == _TAMPIL
    _pastikan_kosong(galat(meja.dihitung[RACUN]))
    _pastikan_kosong(beda_sel(meja.dibangun["paser-normal"], meja.dihitung[RACUN]))


@_kasus(BUKU_PASER)
def test_contoh_paser(meja: Meja, nama: str) -> None:
    _periksa(meja, nama)


@_kasus(BUKU_ACAK)
def test_rencana_acak(meja: Meja, nama: str) -> None:
    _periksa(meja, nama)


@_kasus([PASTI, *PILIHAN, *PILIHAN_CACAT])
def test_pilihan(meja: Meja, nama: str) -> None:
    _periksa(meja, nama)


@_kasus([EJAAN])
def test_ejaan_lain(meja: Meja, nama: str) -> None:
    """Formulas and ``core`` read the same word in another spelling the same way."""
    _periksa(meja, nama)


@_kasus(map(_hidup, PILIHAN))
def test_pilihan_yang_diubah_di_buku_langsung_diikuti(meja: Meja, nama: str) -> None:
    """Formulas follow a choice without Python: they show what ``hitung`` gives for it."""
    hidup, nama = nama, nama.removesuffix(_HIDUP)
    benar = meja.dibangun[nama]
    berumus, lama = _rumus(benar), _rumus(meja.dibangun[PASTI])
    keduanya = {lembar: berumus[lembar].keys() & lama[lembar].keys() for lembar in berumus if lembar != KALIMAT.lembar}
    _pastikan_kosong(galat(meja.dihitung[hidup]))
    _pastikan_kosong(beda_sel(benar, meja.dihitung[hidup], keduanya))
    _pastikan_kalimat_basi(_isi(meja.dibangun[PASTI]), _isi(benar), _isi(meja.dihitung[hidup]))


def _pastikan_kalimat_basi(*isi: Mapping[str, list[list[Any]]]) -> None:
    """Sentences follow no formula: each says that it is out of date just when its text would be another."""
    kalimat, keadaan = (KALIMAT.letak_kolom[k] - 1 for k in ("kalimat", "keadaan"))
    rows = [x[KALIMAT.lembar][KALIMAT.baris_pertama - 1 :][: len(KALIMAT_BAKU)] for x in isi]
    for lama, benar, kini in zip(*rows, strict=True):
        assert kini[kalimat] == lama[kalimat]
        mutakhir = BELUM if lama[kalimat] == BELUM_LENGKAP else SESUAI
        assert kini[keadaan] == (mutakhir if lama[kalimat] == benar[kalimat] else BASI), kini[kalimat]


@pytest.mark.parametrize("nama", _SATU_SATU)
def test_pilihan_mengubah_tabelnya(nama: str) -> None:
    """Each choice bites on the fixed plan, and only where it should; else its parity would prove nothing."""
    sasaran = {
        **{"kolom": T_C_29, "rkt": RKT, "prakiraan": T_C_33, "pertumbuhan": T_C_33, "pembulatan": T_C_33},
        **{"kriteria": CAPAIAN_IKU, "efisien": EFISIENSI},
    }
    lama, baru = buku_pasti(), buku_pilihan(nama)
    diteliti = (*TABEL_TERTAUT, RENSTRA, T_C_30, CAPAIAN_IKU, EFISIENSI)
    berubah = {spec.kunci for spec in diteliti if lama.baris(spec.kunci) != baru.baris(spec.kunci)}
    assert berubah == {sasaran[nama.partition("-")[0]].kunci}


def test_buku_acak_cukup_berisi() -> None:
    """The generated plans hold formulas of every computed column; else their parity would prove little."""
    berumus = {kolom for buku in (*buku_acak().values(), buku_pasti()) for kolom in _berumus(buku)}
    dihitung = {(spec.kunci, k.kunci) for spec in SEMUA for k in spec.kolom if k.dihitung and not k.tanpa_rumus}
    assert berumus == dihitung


# ── Python functions ──────────────────────────────────────────────────────────────────────────────────────────


def beda_udf(buku: Buku) -> Iterator[tuple[tuple[str, str], str | None]]:
    """For every cell that calls a Python function: its column, and how the function's value differs, None if it does not."""
    penilai, rumus = Penilai(buku), PenyusunRumus(buku, letak_bawaan(buku), udf=True)
    for spec in SEMUA:
        for kolom in [k for k in spec.kolom if k.udf]:
            for n, b in enumerate(buku.baris(spec.kunci)):
                benar = dari_sel(b[kolom.kunci])
                f = rumus.rumus(spec, n, b, kolom) if b[kolom.kunci].rumus else ""
                if f != tanpa_udf(f):
                    nilai = penilai.nilai(f, spec, b)
                    if nilai is None:
                        continue
                    sama = _sama(spec.lembar, n + spec.baris_pertama, spec.letak_kolom[kolom.kunci], benar, nilai)
                    yield (spec.kunci, kolom.kunci), None if sama else f"{b.id} {benar!r} menjadi {nilai!r} ({f})"


def test_fungsi_python_sama_dengan_rumus_aslinya(normal: Buku, tercetak: Buku) -> None:
    """Over the plans whose native formulas LibreOffice proves, each choice on its own, and a larger one."""
    rencana = [normal, hitung(tercetak), buku_pasti(), buku_ejaan(), strategi.buku_pasti(500), *_contoh_normal()]
    rencana += [hitung(b) for n, b in buku_acak().items() if n.startswith("tercetak")]
    rencana += [hitung(dengan_pilihan(buku_pasti(), p)) for p in (_SATU_SATU | _CACAT_SATU_SATU).values()]
    banyak: Counter[tuple[str, str]] = Counter()
    for buku in rencana:
        for kolom, beda in beda_udf(buku):
            assert beda is None, beda
            banyak[kolom] += 1
    assert banyak.keys() == {(s.kunci, k.kunci) for s in SEMUA for k in s.kolom if k.udf}
    assert banyak.total() > 5_000, banyak


def test_buku_makro_memanggil_fungsi_python_di_selnya() -> None:
    """The file holds those formulas, none too long for Excel, and beside them the values of the workbook without macros."""
    buku = buku_pasti()
    asli, rumus = baca_paket(Paket(Path("R.xlsx"), bangun(buku))), PenyusunRumus(buku, letak_bawaan(buku), udf=True)
    makro = baca_paket(Paket(Path("R.xlsm"), bangun(buku, makro=True)))
    berubah = {
        (lembar, tempat): f.teks
        for lembar, isi in makro.rumus.items()
        for tempat, f in isi.items()
        if f.teks != asli.rumus[lembar][tempat].teks
    }
    seharusnya = {
        (spec.lembar, (n + spec.baris_pertama, spec.letak_kolom[kolom.kunci])): f
        for spec in SEMUA
        for kolom in spec.kolom
        if kolom.udf
        for n, b in enumerate(buku.baris(spec.kunci))
        if b[kolom.kunci].rumus and (f := rumus.rumus(spec, n, b, kolom)) != tanpa_udf(f)
    }
    assert berubah == seharusnya
    assert all(tanpa_udf(f) == asli.rumus[lembar][tempat].teks for (lembar, tempat), f in berubah.items())
    assert max(map(len, berubah.values())) < BATAS_RUMUS
    assert makro.buku == asli.buku
