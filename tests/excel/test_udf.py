"""Functions for cells: they see arguments as the native formulas do, and compute what ``core`` computes."""

from __future__ import annotations

import inspect
import math
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import renja_xl
from renja_xl.core.buku import Buku, CaraHitung, Sifat
from renja_xl.core.capaian import kriteria, nilai_efisiensi, predikat_sakip, realisasi_sd, tingkat
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.nilai import urai
from renja_xl.core.pemenuhan import status
from renja_xl.excel import udf
from renja_xl.excel.baca import baca_paket
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket
from renja_xl.excel.rumus import bentuk_rumus, rumus_rujukan, tanpa_udf, udf_aktif
from renja_xl.excel.setempat import tulis_setempat
from renja_xl.excel.tambal import tambal
from renja_xl.excel.udf import FUNGSI
from renja_xl.tabel import EFISIENSI, MENURUT_KUNCI, SEMUA
from renja_xl.tabel.profil import KOLOM_10_FORMULIR
from tests.conftest import baris_simpul
from tests.excel import dibangun
from tests.excel.penilai import GALAT_EXCEL

# ── what cells may hold ───────────────────────────────────────────────────────────────────────────────────────

ANGKA = st.floats(-1e15, 1e15) | st.sampled_from((0.0, -0.0, 1.0, 5.0, 100.0, 1e-9, 1e12, -3.5, 99.99999999999999))
BUKAN_GALAT = st.text(max_size=12).filter(lambda teks: teks not in GALAT_EXCEL)
TEKS = st.sampled_from(("", "-", "–", "12", "65,18", "85%", "0", "TRUE", "#kosong", "  ", "=1+1")) | BUKAN_GALAT
ISI = ANGKA | st.none() | TEKS | st.booleans()
SIFAT = st.sampled_from(
    ("Makin rendah makin baik", "MAKIN RENDAH MAKIN BAIK", "Makin tinggi makin baik", " ", None, 1.0)
)
CARA = st.sampled_from(("Dijumlahkan", "dijumlahkan", "Posisi akhir", "Rata-rata", "RATA-RATA", "rata rata", None, 2.0))
BANYAK = settings(max_examples=600)


def angka(isi: Any) -> float | None:
    """What ISNUMBER takes for a number."""
    return isi if type(isi) is float else None


def sifat(isi: Any) -> Sifat:
    return Sifat.MAKIN_RENDAH if str(isi).lower() == "makin rendah makin baik" else Sifat.MAKIN_TINGGI


def cara(isi: Any) -> CaraHitung:
    kata = {"dijumlahkan": CaraHitung.DIJUMLAHKAN, "rata-rata": CaraHitung.RATA_RATA}
    return kata.get(str(isi).lower(), CaraHitung.POSISI_AKHIR)


def hasil(fungsi: Callable[..., Any], *argumen: Any) -> Any:
    """What a function gives; a number that no cell can hold is an error, as in Excel."""
    try:
        nilai = fungsi(*argumen)
    except OverflowError:
        return "#NUM!"
    assert type(nilai) in {float, str}, "Excel takes no whole number larger than 32 bits"
    assert nilai != "", "no function gives an empty text"
    return nilai


def di_sel(nilai: float | str) -> float | str:
    return "#NUM!" if isinstance(nilai, float) and not math.isfinite(nilai) else nilai


# ── functions of the tables ───────────────────────────────────────────────────────────────────────────────────


@BANYAK
@given(ISI, ISI, SIFAT)
@example(True, 5.0, None)
@example(1e300, 1e-300, None)
def test_tingkat(realisasi: Any, target: Any, jenis: Any) -> None:
    benar = di_sel(tingkat(angka(realisasi), angka(target), sifat(jenis)))
    assert hasil(udf.TINGKAT_REALISASI, realisasi, target, jenis) == benar
    assert hasil(udf.TINGKAT_CAPAIAN, realisasi, target, jenis) == benar


@BANYAK
@given(ISI, ISI, ISI, CARA, st.sampled_from((KOLOM_10_FORMULIR, KOLOM_10_FORMULIR.upper(), None, "lain", 3.0)))
def test_realisasi_sd(a: Any, b: Any, c: Any, cara_hitung: Any, kolom_10: Any) -> None:
    formulir = str(kolom_10).lower() == KOLOM_10_FORMULIR.lower()
    benar = realisasi_sd(angka(a), angka(b), angka(c), CaraHitung.DIJUMLAHKAN if formulir else cara(cara_hitung))
    assert hasil(udf.REALISASI_SD, a, b, c, cara_hitung, kolom_10) == benar


@BANYAK
@given(ISI | st.floats(0, 120), st.lists(st.floats(0, 120), min_size=4, max_size=4))
def test_kriteria(capaian: Any, batas: list[float]) -> None:
    assert udf.KRITERIA_CAPAIAN(capaian, *batas) == kriteria(angka(capaian), batas)


def test_kriteria_tanpa_batas_tidak_diketahui() -> None:
    assert udf.KRITERIA_CAPAIAN(95.0, 91.0, "76", 66.0, 51.0) == "-"


@BANYAK
@given(
    st.lists(ISI | st.sampled_from((99.0, 101.0)), max_size=6),
    st.lists(st.sampled_from(("s-1", "S-1", "s-2", None, 7.0))),
)
def test_status(tingkat_realisasi: list[Any], pengenal: list[Any]) -> None:
    assert udf.STATUS_PEMENUHAN(tingkat_realisasi) == status(map(angka, tingkat_realisasi))
    n = min(len(tingkat_realisasi), len(pengenal))
    milik = [angka(t) for t, p in zip(tingkat_realisasi, pengenal, strict=False) if str(p).lower() == "s-1"]
    assert udf.STATUS_PEMENUHAN(tingkat_realisasi[:n], "s-1", pengenal[:n]) == status(milik)
    assert udf.STATUS_PEMENUHAN(tingkat_realisasi[:n], None, pengenal[:n]) == "belum dapat dinilai"


@pytest.mark.parametrize("pengenal", ["s-*", "<s-1", "s?1", 4.0, ["s-1", "s-2"]])
def test_status_menolak_pengenal_yang_dibaca_lain_oleh_rumus_asli(pengenal: Any) -> None:
    """COUNTIFS reads them as wildcards and comparisons: the native formula shows."""
    with pytest.raises(ValueError, match=r"s|4"):
        udf.STATUS_PEMENUHAN([100.0], pengenal, ["s-1"])


@BANYAK
@given(ISI, ISI)
def test_nilai_efisiensi(capaian: Any, penyerapan: Any) -> None:
    benar = di_sel(nilai_efisiensi(angka(capaian), angka(penyerapan)))
    assert hasil(udf.NILAI_EFISIENSI, capaian, penyerapan) == benar


@BANYAK
@given(
    st.integers(-(10**15), 10**15).map(lambda sen: sen / 100) | st.none() | TEKS | st.booleans(),
    st.floats(-50, 100) | TEKS,
    st.sampled_from((0.0, 1.0, 100.0, 1000.0, 0.5, -5.0, 1e6)) | TEKS | st.none(),
)
def test_prakiraan_maju(dasar: Any, tumbuh: Any, bulat: Any) -> None:
    """As ROUND rounds: half away from zero, on what the cell shows."""
    hitung = udf.PRAKIRAAN_MAJU(dasar, tumbuh, bulat)
    if None in {angka(dasar), angka(tumbuh), angka(bulat)}:
        assert hitung == "-"
        return
    langkah = Decimal(repr(bulat)) if bulat > 0 else Decimal("0.01")
    penuh = Decimal(repr(dasar)) * (100 + Decimal(repr(tumbuh))) / 100
    assert hitung == float((penuh / langkah).quantize(Decimal(1), ROUND_HALF_UP) * langkah)


# ── functions for a planner's own cells ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("nilai", "predikat"),
    [(90.01, "AA"), (90.0, "A"), (80.0, "BB"), (78.5, "BB"), (70.0, "B"), (60.5, "B"), (50.0, "C"), (30.0, "D"), (0.0, "D"),
     (None, "-"), ("78", "-")],
)  # fmt: skip
def test_predikat_sakip(nilai: Any, predikat: str) -> None:
    assert udf.PREDIKAT_SAKIP(nilai) == predikat
    assert udf.PREDIKAT_SAKIP(nilai, [[90.0, 80.0, 70.0], [60.0, 50.0, 30.0]]) == predikat
    if angka(nilai) is not None:
        assert predikat == predikat_sakip(nilai)


def test_predikat_sakip_dengan_batas_lain() -> None:
    assert udf.PREDIKAT_SAKIP(86.0, [85.0, 80.0, 70.0, 60.0, 50.0, 30.0]) == "AA"
    assert udf.PREDIKAT_SAKIP(86.0, [85.0, "80", 70.0, 60.0, 50.0, 30.0]) == "-"


@pytest.mark.parametrize(
    ("isi", "nilai", "satuan"),
    [
        ("Rp 1.234.567,89", 1234567.89, "-"),
        ("65,18 %", 65.18, "%"),
        ("5 dok", 5.0, "Dokumen"),
        ("1.400 Orang/Bulan", 1400.0, "Orang/Bulan"),
        ("B (78)", 78.0, "-"),
        ("259.987.00,00", "-", "-"),
        ("-", "-", "-"),
        ("", "-", "-"),
        (None, "-", "-"),
        (True, "-", "-"),
        (12.5, 12.5, "-"),
    ],
)
def test_angka_dan_satuan(isi: Any, nilai: Any, satuan: str) -> None:
    assert udf.ANGKA(isi) == nilai
    assert udf.SATUAN(isi) == satuan


@BANYAK
@given(st.from_regex(r"\A[-–(]?(Rp )?\d{1,3}([.,]\d{1,3}){0,3}\)?( ?(%|dok|orang))?\Z") | BUKAN_GALAT)
def test_angka_membaca_seperti_impor(isi: str) -> None:
    benar = urai(isi).nilai
    assert hasil(udf.ANGKA, isi) == (float(benar) if benar is not None else "-")
    assert hasil(udf.SATUAN, isi)


KODE = [
    "5.03.02",
    "5.03.02.2.01",
    "5.03.02.2.01.0003",
    "5.03.02.2.01.0006",
    None,
    "5.03.02.2.01.0003",
    "5.03.021.2.01.0001",
]
PAGU = [999.0, 999.0, 100_000.25, 50_000.5, 7.0, 1.0, 3.0]


@pytest.mark.parametrize(
    ("kode", "jumlah"),
    [
        ("5.03.02", 150_000.75),  # parents' own cells and a repeated sub kegiatan are not added
        (" 5.03.02.2.01. ", 150_000.75),
        ("5.03.02.2.01.0006", 50_000.5),
        ("5.03.01", "-"),
        ("gaji", "-"),
        (None, "-"),
    ],
)
def test_jumlah_pagu(kode: Any, jumlah: Any) -> None:
    assert udf.JUMLAH_PAGU(kode, KODE, PAGU) == jumlah
    assert udf.JUMLAH_PAGU(kode, [[k] for k in KODE], [[p] for p in PAGU]) == jumlah


def test_jumlah_pagu_yang_belum_diisi_nol() -> None:
    assert udf.JUMLAH_PAGU("5.03.02", KODE, [None, "-", "", None, 7.0, "belum", None]) == 0.0


def test_kode_menemukan_nama_indikator_dan_satuannya() -> None:
    nama = ["Program", "Kegiatan", None, "Pemberhentian", "tanpa kode", "Pengadaan", "lain"]
    for fungsi in (udf.NAMA_KODE, udf.INDIKATOR_KODE, udf.SATUAN_KODE):
        assert fungsi("5.03.02", KODE, nama) == "Program"
        assert fungsi("5.03.02.2.01.0003", KODE, nama) == "Pengadaan"  # the first that says something
        assert fungsi("5.03.09", KODE, nama) == "-"
        assert fungsi(5.0, ["5"], ["Urusan"]) == "Urusan"  # a kode that Excel took for a number
        assert fungsi("5.03", "5.03", "Kepegawaian") == "Kepegawaian"  # a range of one cell
        with pytest.raises(ValueError, match="zip"):
            fungsi("5.03.02", KODE, nama[:-1])


@pytest.mark.parametrize(
    ("nilai", "rupiah", "terbilang"),
    [
        (1_250_000.0, "Rp1.250.000", "satu juta dua ratus lima puluh ribu"),
        (1_250_000.5, "Rp1.250.000,50", "satu juta dua ratus lima puluh ribu koma lima"),
        (-2.05, "-Rp2,05", "minus dua koma nol lima"),
        (0.0, "Rp0", "nol"),
        (-0.0, "Rp0", "nol"),
        (-1e-9, "Rp0", "nol"),
        (43.0, "Rp43", "empat puluh tiga"),
        (1e15, "Rp1.000.000.000.000.000", "-"),
        ("43", "-", "-"),
        (None, "-", "-"),
        (True, "-", "-"),
    ],
)
def test_rupiah_dan_terbilang(nilai: Any, rupiah: str, terbilang: str) -> None:
    assert udf.RUPIAH(nilai) == rupiah
    assert udf.TERBILANG(nilai) == terbilang


def test_versi() -> None:
    assert udf.RENJA_VERSI() == renja_xl.__version__


@pytest.mark.parametrize("galat", ["#REF!", "#N/A", "#DIV/0!"])
def test_galat_di_argumen_jatuh_ke_rumus_asli(galat: str) -> None:
    for f in FUNGSI:
        biasa = {a.nama: ["s-1"] if a.nama.startswith("kolom_") else 1.0 for a in f.argumen}
        for salah in biasa:
            if not salah.startswith("kolom_"):
                with pytest.raises(ValueError, match=re.escape(galat)):
                    getattr(udf, f.nama)(**{**biasa, salah: galat})


# ── how they present themselves ───────────────────────────────────────────────────────────────────────────────

_ALAMAT = re.compile(r"[A-Z]{1,3}\d+|R\d*C?\d*|C\d*", re.IGNORECASE)


@pytest.mark.parametrize("f", FUNGSI, ids=lambda f: f.nama)
def test_dijelaskan_dalam_dialog_fungsi(f: udf.Fungsi) -> None:
    assert re.fullmatch(r"[A-Z]+(_[A-Z0-9]+)*", f.nama)
    assert not _ALAMAT.fullmatch(f.nama)
    assert 20 < len(f.uraian) <= 255
    assert f.uraian.endswith(".")
    assert list(inspect.signature(getattr(udf, f.nama)).parameters) == [a.nama for a in f.argumen]
    for a in f.argumen:
        assert 15 < len(a.bantuan) <= 255
        assert a.bantuan.endswith(".")
    wajib = [a.opsional for a in f.argumen]
    assert wajib == sorted(wajib), "what may be left out comes last"


def test_semua_fungsi_yang_dipakai_tabel_ada() -> None:
    dipakai = {k.udf.partition("(")[0] for s in SEMUA for k in s.kolom if k.udf}
    assert dipakai <= {f.nama for f in FUNGSI}
    assert len({f.nama for f in FUNGSI}) == len(FUNGSI)


def test_xlwings_di_windows_memanggilnya() -> None:
    """The real decorators, converters and caller of xlwings, with only the modules of pywin32 left empty."""
    kode = """
        import ctypes, sys
        from unittest.mock import MagicMock
        for nama in ("pythoncom", "pywintypes", "win32com", "win32com.client", "win32com.client.dynamic", "win32api", "win32con",
                     "win32gui", "win32process", "win32timezone", "winerror", "xlwings.com_server"):
            sys.modules[nama] = MagicMock()
        sys.modules["pywintypes"].TimeType = type("TimeType", (), {})
        sys.modules["pythoncom"].__file__ = ""
        ctypes.oledll = ctypes.windll = ctypes.PyDLL = MagicMock()
        import xlwings as xw
        import xlwings._xlwindows as windows
        from xlwings import conversion, udfs
        xw.func, xw.arg, xw.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
        xw.engines.add(xw.Engine(windows.engine))
        from renja_xl.excel import udf

        for f in udf.FUNGSI:
            info = getattr(udf, f.nama).__xlfunc__
            assert info["category"] == "RENJA", info
            assert not info["volatile"] and info["async_mode"] is None
            assert [(a["name"], a["doc"], "optional" in a) for a in info["args"]] == [(a.nama, a.bantuan, a.opsional) for a in f.argumen]
            for x in (*info["args"], info["ret"]):
                assert x["options"]["convert"] in conversion.accessors, x

        def panggil(nama, *argumen):
            return udfs.call_udf("renja_xl.excel.udf", nama, argumen)

        kosong, na = -2147352572, -2146826246
        assert panggil("TINGKAT_REALISASI", 45.0, 90.0, "") == [[50.0]]
        assert panggil("TINGKAT_REALISASI", 45.0, None, None) == [["-"]]
        assert panggil("STATUS_PEMENUHAN", ((45.0,), (100.0,), (na,)), "s-2", (("s-1",), ("s-2",), ("s-2",))) == [["memenuhi target"]]
        assert panggil("STATUS_PEMENUHAN", ((101.0, 100.0),), kosong, kosong) == [["melebihi target"]]
        assert panggil("PREDIKAT_SAKIP", 45.0, kosong) == [["C"]]
        assert panggil("NAMA_KODE", "5.03", (("5.03",),), (("Kepegawaian",),)) == [["Kepegawaian"]]
        assert panggil("RENJA_VERSI") == [[udf.RENJA_VERSI()]]
        try:
            panggil("TINGKAT_REALISASI", na, 90.0, None)
        except ValueError as galat:
            assert "#N/A" in str(galat)
        else:
            raise AssertionError("an error is no number")
    """
    jadi = subprocess.run([sys.executable, "-c", dedent(kode)], capture_output=True, text=True, check=False)
    assert jadi.returncode == 0, jadi.stderr


# ── the two forms of a formula ────────────────────────────────────────────────────────────────────────────────

ASLI = 'IF(A1="a,b)","-",SUM(t[[#This Row],[8=(7/6)]],\'T-C.31\'!K14))'


@pytest.mark.parametrize(
    "rumus",
    [
        f"IFERROR(TINGKAT_REALISASI(t[[#This Row],[7]],'It''s (a'!B2,\"x\"\"),(\"),{ASLI})",
        f"=iferror( tingkat_realisasi (1,(2),IF(TRUE,3,4)) , {ASLI} ) ",
        f"IFERROR(STATUS_PEMENUHAN(t['[a'](,],A1,t[b]),{ASLI})",
    ],
)
def test_rumus_asli_di_belakang_fungsi(rumus: str) -> None:
    assert tanpa_udf(rumus) == ASLI
    assert bentuk_rumus(rumus) == bentuk_rumus(ASLI)


@pytest.mark.parametrize(
    "rumus",
    [
        ASLI,
        "IFERROR(SUM(A1),0)",
        "IFERROR(TINGKAT_REALISASI(1,2,3),4)+1",
        "IFERROR(TINGKAT_REALISASI(1,2,3)+1",
        "IFERROR(TINGKAT_REALISASI(1,2,3))",
        "IFERROR(TINGKAT_REALISASI(1,2,3),4,5)",
        "1+IFERROR(TINGKAT_REALISASI(1,2,3),4)",
        "IFERROR(TINGKAT_LAIN(1,2,3),4)",
        'IFERROR(TINGKAT_REALISASI("(,2,3),4)',
    ],
)
def test_rumus_lain_tetap(rumus: str) -> None:
    assert tanpa_udf(rumus) == rumus


def test_usulan_dikenali_dalam_kedua_bentuk() -> None:
    kolom = EFISIENSI.menurut_kunci["persen_realisasi_anggaran"]
    t = "tbl_Efisiensi[[#This Row],[{}]]"
    pagu, realisasi = t.format(7), t.format(8)
    asli = f'IF(AND(ISNUMBER({realisasi}),ISNUMBER({pagu})),IF({pagu}=0,"-",{realisasi}/{pagu}*100),"-")'
    assert rumus_rujukan(EFISIENSI, kolom, asli)
    assert rumus_rujukan(EFISIENSI, kolom, f'IFERROR(TINGKAT_REALISASI({realisasi},{pagu},"-"),{asli})')
    assert not rumus_rujukan(EFISIENSI, kolom, f'IFERROR(TINGKAT_REALISASI({realisasi},{pagu},"-"),{realisasi})')


@pytest.mark.parametrize(
    ("kerangka", "aktif"),
    [
        (b'<definedName name="rumus_python">1</definedName>', True),
        (b'<x:definedName hidden="1" name="rumus_python" > 1 </x:definedName>', True),
        (b'<definedName name="rumus_python">0</definedName>', False),
        (b'<definedName name="rumus_python_lama">1</definedName>', False),
        (b"<definedNames/>", False),
    ],
)
def test_pilihan_rumus_python_di_buku(kerangka: bytes, aktif: bool) -> None:
    assert udf_aktif(kerangka) is aktif


def test_hitung_di_tempatnya_mengenali_rumusnya_sendiri(kecil: Buku) -> None:
    """An input changed in a macro workbook: values follow, every formula stays as it is, none counts as somebody else's."""
    paket = Paket(Path("R.xlsm"), dibangun(kecil, makro=True))
    letak = letak_bawaan(kecil)
    ubah = {"T-C.29": ("realisasi_n2", 4.0), "T-C.33": ("pagu_n", 123_456.0), "T-C.31": ("kebutuhan_dana", 234_567.0)}
    isi = {}
    for tabel, (kolom, nilai) in ubah.items():
        b = baris_simpul(kecil, tabel, "s-5")
        isi[tabel] = {(letak.baris[tabel][b.id], letak.kolom[tabel][kolom]): IsiSel(nilai)}
    terbaca = baca_paket(Paket(Path("R.xlsm"), tambal(paket, isi, hitung_saat_buka=False)))
    hasil = hitung(terbaca.buku)
    tambalan = tulis_setempat(terbaca, hasil)
    assert (tambalan.asing, tambalan.dipulihkan) == ([], [])
    jadi = baca_paket(Paket(Path("R.xlsm"), tambalan.isi))
    assert jadi.rumus == terbaca.rumus
    assert jadi.buku == hasil
    berubah = {
        (tabel, k)
        for tabel in ("T-C.29", "T-C.33", "Pemenuhan Target")
        for a, z in zip(terbaca.buku.baris(tabel), hasil.baris(tabel), strict=True)
        for k in z.sel
        if a[k] != z[k] and MENURUT_KUNCI[tabel].menurut_kunci[k].udf
    }
    assert {"tingkat_realisasi_n2", "realisasi_sd_n1", "pagu_p1"} <= {k for _, k in berubah}
