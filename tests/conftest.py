"""Shared plans, and a second, independent reading of the printed tables.

What this file recomputes uses nothing of ``renja_xl``: its own parser, exact fractions, and the rules as the
regulation and the design state them. Tests compare the program with it.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from renja_xl.core.awal import baris_dasar, baris_profil
from renja_xl.core.buku import Baris, Buku, Indikator, Level, Nilai, Sel, Simpul
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from tests import PANJANG, openpyxl_cepat
from tests.excel import CONTOH as PASER
from tests.excel import rencana
from tests.excel import tercetak as sebagai_tercetak

gc.set_threshold(50_000, 20, 20)  # most of what tests make lives long or dies by its count
openpyxl_cepat.pasang()

# Commands that tests start read compiled modules, where a machine asks for none to be written beside the sources too.
if sys.dont_write_bytecode:
    sys.pycache_prefix = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "pyc")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The same examples in every run: what is red in CI is red on a laptop too. New ones are for the long run, and for
# ``pytest --hypothesis-profile=acak [--hypothesis-seed=N]``.
settings.register_profile("harian", deadline=None, database=None, derandomize=True)
settings.register_profile("acak", deadline=None, database=None, print_blob=True)
settings.load_profile("acak" if PANJANG else "harian")
if not PANJANG:
    # constants that Hypothesis finds in loaded modules would change the examples with every edit and every import
    _TANPA_TETAPAN = vars(providers)["Constants"]()
    vars(providers)["_get_local_constants"] = lambda: _TANPA_TETAPAN

CONTOH = Path(__file__).resolve().parents[1] / "workbook" / "contoh" / "paser-2025"

KOSONG = {"", "-"}
"""Printed texts that stand for no value."""

POSISI_AKHIR = {"%", "nilai", "indeks", "skor", "predikat", "aa", "a", "bb", "b", "cc", "c", "d", "e"}
"""Units whose indicators are not summed over the years; a grade stands where its unit is expected."""


# ── reading printed texts ─────────────────────────────────────────────────────────────────────────────────────


def baca_tsv(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Every table of a folder by its file's stem, cells as printed."""
    hasil = {}
    for path in sorted(folder.glob("*.tsv")):
        kepala, *deret = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        nama = kepala.split("\t")
        hasil[path.stem] = [dict(zip(nama, b.split("\t"), strict=True)) for b in deret]
    return hasil


def angka(teks: str) -> Fraction | None:
    """A printed number: dot thousands, comma decimals, a decimal point tolerated; None where it cannot be read."""
    cocok = re.fullmatch(r"(\d[\d.,]*)\s*(?:%|[a-z].*)?", teks.strip(), re.IGNORECASE)
    if not cocok:
        return None
    polos = cocok[1]
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", polos):
        polos = polos.replace(".", "")
    elif polos.count(".") > 1 or ("." in polos and "," in polos):
        return None
    return Fraction(polos.replace(",", "."))


def cocok_cetak(teks: str, benar: Fraction) -> bool:
    """Whether a printed number is within half a unit of its own last printed digit."""
    nilai = angka(teks)
    if nilai is None:
        return False
    pecahan = re.search(r",(\d+)", teks) or re.fullmatch(r"\d+\.(\d{1,2})", teks)
    digit = len(pecahan[1]) if pecahan else 0
    return abs(nilai - benar) <= Fraction(1, 2 * 10**digit)


def kunci_nama(nama: str) -> str:
    """Names are the same whatever their case and punctuation."""
    return " ".join(re.findall(r"\w+", nama.casefold()))


# ── T-C.29 ────────────────────────────────────────────────────────────────────────────────────────────────────


def hitung_ulang_29(b: Mapping[str, str]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Columns 8, 10 and 11 of a printed row; None where the form shows ``-``."""
    renstra, sd, target, realisasi, target_kini = (
        angka(b[k]) for k in ("target_renstra", "realisasi_sd_2022", "target_2023", "realisasi_2023", "target_2024")
    )
    kol_8 = realisasi / target * 100 if realisasi is not None and target else None
    diketahui = [n for n in (sd, realisasi, target_kini) if n is not None]
    kol_10: Fraction | None = None
    if diketahui:
        kol_10 = diketahui[-1] if _posisi_akhir(b) else sum(diketahui, Fraction(0))
    kol_11 = kol_10 / renstra * 100 if kol_10 is not None and renstra else None
    return kol_8, kol_10, kol_11


def _posisi_akhir(b: Mapping[str, str]) -> bool:
    for kolom in ("target_renstra", "target_2023", "realisasi_2023", "realisasi_sd_2022"):
        satuan = b[f"satuan_{kolom}"].strip().casefold()
        if satuan:
            return "%" in satuan or satuan in POSISI_AKHIR
    return b["indikator"].split(" ")[0].casefold() in {"persentase", "indeks", "nilai", "tingkat"}


# ── money ─────────────────────────────────────────────────────────────────────────────────────────────────────


class SimpulCetak:
    """A node of a printed table, for one money column."""

    def __init__(self, level: str) -> None:
        self.level = level
        self.baris: list[Mapping[str, str]] = []
        self.anak: list[SimpulCetak] = []

    def sel(self, kolom: str) -> Mapping[str, str]:
        """The row whose cell holds the node's money: the filled one, else the first."""
        return next((b for b in self.baris if b[kolom] not in KOSONG), self.baris[0])

    def jumlah(self, kolom: str) -> Fraction:
        if self.level == "sub_kegiatan":
            return angka(self.sel(kolom)[kolom]) or Fraction(0)
        return sum((a.jumlah(kolom) for a in self.anak), Fraction(0))


TINGGI = ("urusan", "perangkat_daerah", "program", "kegiatan", "sub_kegiatan")


def pohon_cetak(rows: Sequence[Mapping[str, str]], kolom_nama: Sequence[str]) -> list[SimpulCetak]:
    """Nodes by their place in the print: a name that comes again is the same node, and no child twice."""
    semua: dict[tuple[str, str], SimpulCetak] = {}
    jejak: list[SimpulCetak] = []
    for b in rows:
        level = b["level"]
        if level == "indikator_lanjutan":
            jejak[-1].baris.append(b)
            continue
        nama = next((b[k] for k in kolom_nama if b[k]), level)
        baru = (level, kunci_nama(nama)) not in semua
        s = semua.setdefault((level, kunci_nama(nama)), SimpulCetak(level))
        s.baris.append(b)
        if level in {"total", "perangkat_daerah"}:
            continue
        while jejak and TINGGI.index(jejak[-1].level) >= TINGGI.index(level):
            jejak.pop()
        if baru and jejak:
            jejak[-1].anak.append(s)
        jejak.append(s)
    for s in semua.values():
        if s.level in {"total", "perangkat_daerah"}:
            s.anak = [p for p in semua.values() if p.level == "program"]
    return list(semua.values())


KOLOM_UANG = (
    ("t_c_31", "pagu_rkpd", ("nama_rkpd",)),
    ("t_c_31", "kebutuhan_dana", ("nama_kebutuhan",)),
    ("t_3_1_4", "pagu_2025", ("nama",)),
    ("t_3_1_4", "pagu_2026", ("nama",)),
    ("t_4_1", "anggaran", ("program_kegiatan", "sub_kegiatan")),
)
"""Money columns of the print, each with the columns that name its nodes."""


# ── fixtures ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def paser_folder() -> Path:
    """The sample plan as TSV; read only."""
    return CONTOH


@pytest.fixture(scope="session")
def paser_tsv() -> dict[str, list[dict[str, str]]]:
    return baca_tsv(CONTOH)


@pytest.fixture(scope="session")
def harapan_29(
    paser_tsv: dict[str, list[dict[str, str]]],
) -> dict[str, tuple[Fraction | None, Fraction | None, Fraction | None]]:
    """Columns 8, 10, 11 by the row number of t_c_29.tsv."""
    return {b["baris"]: hitung_ulang_29(b) for b in paser_tsv["t_c_29"]}


@pytest.fixture(scope="session")
def harapan_hit(
    paser_tsv: dict[str, list[dict[str, str]]],
    harapan_29: dict[str, tuple[Fraction | None, Fraction | None, Fraction | None]],
) -> set[tuple[str, str, int, str]]:
    """Printed rates that disagree: (aturan, berkas, baris, kolom)."""
    kolom = (
        ("HIT-08", "tingkat_realisasi_2023"),
        ("HIT-10", "realisasi_sd_2024"),
        ("HIT-11", "tingkat_capaian_renstra"),
    )
    hasil = set()
    for b in paser_tsv["t_c_29"]:
        for (aturan, k), benar in zip(kolom, harapan_29[b["baris"]], strict=True):
            if (benar is None) != (b[k] in KOSONG) or (benar is not None and not cocok_cetak(b[k], benar)):
                hasil.add((aturan, "t_c_29.tsv", int(b["baris"]), k))
    return hasil


@pytest.fixture(scope="session")
def harapan_rol(paser_tsv: dict[str, list[dict[str, str]]]) -> set[tuple[str, int, str]]:
    """Printed amounts of parents that are not the sum of their details: (berkas, baris, kolom)."""
    hasil = set()
    for stem, kolom, kolom_nama in KOLOM_UANG:
        for s in pohon_cetak(paser_tsv[stem], kolom_nama):
            if s.level == "sub_kegiatan":
                continue
            sel, jumlah = s.sel(kolom), s.jumlah(kolom)
            kosong = sel[kolom] in KOSONG
            if (kosong and jumlah and s.level != "urusan") or (not kosong and not cocok_cetak(sel[kolom], jumlah)):
                hasil.add((f"{stem}.tsv", int(sel["baris"]), kolom))
    return hasil


@pytest.fixture(scope="session")
def kode_menurut_nama(paser_tsv: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """The sample's own list of names: comparable name → kode."""
    return {kunci_nama(b["nama_dokumen"]): b["kode"] for b in paser_tsv["kode"] if b["kode"]}


@pytest.fixture(scope="session")
def sen_sub_kegiatan(
    paser_tsv: dict[str, list[dict[str, str]]], kode_menurut_nama: dict[str, str]
) -> dict[str, dict[str, int]]:
    """Printed amounts of sub kegiatan in sen, by money column and kode; a repeated sub kegiatan counts once."""
    hasil: dict[str, dict[str, int]] = {}
    for stem, kolom, kolom_nama in KOLOM_UANG:
        menurut_kode = hasil.setdefault(kolom, {})
        for b in paser_tsv[stem]:
            rupiah = angka(b[kolom])
            if b["level"] == "sub_kegiatan" and rupiah is not None:
                nama = next(b[k] for k in reversed(kolom_nama) if b[k])
                sen = rupiah * 100
                assert sen.denominator == 1
                menurut_kode.setdefault(kode_menurut_nama[kunci_nama(nama)], int(sen))
    return hasil


@pytest.fixture(scope="session")
def tercetak() -> Buku:
    """The sample plan as printed."""
    return sebagai_tercetak()


@pytest.fixture(scope="session")
def normal() -> Buku:
    """The sample plan normalised and recomputed."""
    return rencana(PASER)


# ── a small plan ──────────────────────────────────────────────────────────────────────────────────────────────


def isi(buku: Buku, tabel: str, simpul: str, sel: Mapping[str, Nilai | Sel], *, indikator: str | None = None) -> Buku:
    """The plan with cells of one row replaced: the node's first row, or the row of one of its indicators."""
    rows = list(buku.baris(tabel))
    n = next(n for n, b in enumerate(rows) if b.simpul == simpul and (indikator is None or b.indikator == indikator))
    rows[n] = rows[n].dengan({k: v if isinstance(v, Sel) else Sel(v) for k, v in sel.items()})
    return buku.ganti({tabel: rows})


def baris_simpul(buku: Buku, tabel: str, simpul: str, indikator: str | None = None) -> Baris:
    """The first row of a node, or the row of one of its indicators."""
    return next(b for b in buku.baris(tabel) if b.simpul == simpul and (indikator is None or b.indikator == indikator))


def ganti_baris(buku: Buku, kunci_tabel: str, kunci: str, nilai: Nilai) -> Buku:
    """The plan with a field of Profil or Dasar Perhitungan set."""
    rows = [b.dengan({"nilai": Sel(nilai)}) if b.id == kunci else b for b in buku.baris(kunci_tabel)]
    return buku.ganti({kunci_tabel: rows})


@pytest.fixture(scope="session")
def kecil() -> Buku:
    """One program, two kegiatan, three sub kegiatan, with inputs in every linked table; nothing is wrong in it.

    s-1 urusan; s-2 perangkat daerah; s-3 program 5.03.02 (indicators i-3 and i-4); s-4 kegiatan .2.01 with s-5
    (.0003) and s-6 (.0006); s-7 kegiatan .2.02 with s-8 (.0001).
    """
    simpul = (
        Simpul("s-1", Level.URUSAN, "Urusan Penunjang"),
        Simpul("s-2", Level.PERANGKAT_DAERAH, "Badan Kepegawaian", induk="s-1"),
        Simpul("s-3", Level.PROGRAM, "PROGRAM KEPEGAWAIAN DAERAH", "5.03.02", "s-1"),
        Simpul("s-4", Level.KEGIATAN, "Pengadaan dan Pemberhentian", "5.03.02.2.01", "s-3"),
        Simpul("s-5", Level.SUB_KEGIATAN, "Koordinasi Pengadaan", "5.03.02.2.01.0003", "s-4"),
        Simpul("s-6", Level.SUB_KEGIATAN, "Administrasi Pemberhentian", "5.03.02.2.01.0006", "s-4"),
        Simpul("s-7", Level.KEGIATAN, "Mutasi dan Promosi", "5.03.02.2.02", "s-3"),
        Simpul("s-8", Level.SUB_KEGIATAN, "Pengelolaan Mutasi", "5.03.02.2.02.0001", "s-7"),
    )
    dua = partial(Indikator, di_evaluasi=True, di_rencana=True)
    indikator = (
        dua("i-1", "s-1"),
        dua("i-2", "s-2"),
        dua("i-3", "s-3", "Persentase kesesuaian jabatan", "%", sasaran="Tata kelola ASN"),
        dua("i-4", "s-3", "Indeks sistem merit", "Indeks"),
        dua("i-5", "s-4", "Persentase formasi terpenuhi", "%"),
        dua("i-6", "s-5", "Jumlah dokumen pengadaan", "Dokumen"),
        dua("i-7", "s-6", "Jumlah dokumen pemberhentian", "Dokumen"),
        dua("i-8", "s-7", "Persentase penempatan sesuai", "%"),
        dua("i-9", "s-8", "Jumlah dokumen mutasi", "Dokumen"),
    )
    profil = baris_profil({"tahun_anggaran": 2025.0, "kode_bidang_urusan": "5.03"})
    awal = {"Profil": profil, "Dasar Perhitungan": baris_dasar(), "Catatan Perbaikan": []}
    buku = perbarui(Buku(simpul, indikator).ganti(awal))
    for s, uang, target in (("s-5", 100_000_00, 3.0), ("s-6", 50_000_00, 2.0), ("s-8", 7_000_00, 5.0)):
        buku = isi(
            buku,
            "T-C.29",
            s,
            {
                "target_renstra": 20.0,
                "realisasi_sd_n3": 4.0,
                "target_n2": 5.0,
                "realisasi_n2": target,
                "target_n1": 6.0,
            },
        )
        buku = isi(buku, "T-C.31", s, {"lokasi_rkpd": "Tanah Grogot", "target_rkpd": target, "pagu_rkpd": uang})
        buku = isi(buku, "T-C.31", s, {"target_kebutuhan": target, "kebutuhan_dana": 2 * uang})
        buku = isi(buku, "T-C.33", s, {"lokasi": "Tanah Grogot", "target_n": target, "pagu_n": uang})
        buku = isi(buku, "T-C.33", s, {"sumber_dana": "APBD", "target_p1": target + 1})
    for i, target in (("i-3", 85.0), ("i-4", 250.0)):
        buku = isi(buku, "T-C.33", "s-3", {"target_n": target}, indikator=i)
        buku = isi(buku, "T-C.29", "s-3", {"target_renstra": 300.0, "target_n1": target}, indikator=i)
    return hitung(perbarui(buku))
