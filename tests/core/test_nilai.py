"""Values as people type them: the forms of the field, one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from renja_xl.core.buku import Nilai, Sel
from renja_xl.core.nilai import (
    BATAS_RUPIAH,
    Catatan,
    Terurai,
    rupiah_dari_sen,
    sen_dari_rupiah,
    sesuai_cetak,
    teks_semula,
    tercetak,
    terpotong,
    tulis,
    tulis_angka,
    tulis_desimal,
    tulis_rupiah,
    urai,
    urai_rupiah,
)

D = Decimal


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("0", "0"),
        ("5", "5"),
        ("1400", "1400"),
        ("1.400", "1400"),
        ("1.400.000", "1400000"),
        ("1.400,5", "1400.5"),
        ("65,18", "65.18"),
        ("0,05", "0.05"),
        ("100,00", "100.00"),
        ("  80 ", "80"),
        ("\u00a080", "80"),
        ("-5", "-5"),
        ("- 5", "-5"),
        ("−5", "-5"),
        ("(5)", "-5"),
        ("-1.400,50", "-1400.50"),
    ],
)
def test_angka(teks: str, nilai: str) -> None:
    assert urai(teks) == Terurai(D(nilai))


@pytest.mark.parametrize("teks", ["", " ", "\t", "\u00a0", "-", " - ", "–", "—"])
def test_kosong_bukan_angka_dan_bukan_kesalahan(teks: str) -> None:
    assert urai(teks) == Terurai()
    assert urai(teks).terbaca
    assert urai_rupiah(teks) == (None, ())


@pytest.mark.parametrize(
    ("teks", "nilai", "satuan"),
    [
        ("85%", "85", "%"),
        ("85 %", "85", "%"),
        ("65,18%", "65.18", "%"),
        ("5 dok", "5", "dok"),
        ("5dok", "5", "dok"),
        ("5 dok.", "5", "dok"),
        ("1.000 dok", "1000", "dok"),
        ("12 Laporan", "12", "Laporan"),
        ("225 Wajib Laporan", "225", "Wajib Laporan"),
        ("12 org/bln", "12", "org/bln"),
        ("-3 dok", "-3", "dok"),
    ],
)
def test_angka_dengan_satuan(teks: str, nilai: str, satuan: str) -> None:
    assert urai(teks) == Terurai(D(nilai), satuan)


@pytest.mark.parametrize(
    ("teks", "nilai", "predikat"),
    [
        ("B (78)", "78", "B"),
        ("BB(72)", "72", "BB"),
        ("B (65,18)", "65.18", "B"),
        ("AA ( 91 )", "91", "AA"),
        ("Sangat Baik (90,5)", "90.5", "Sangat Baik"),
        ("65 (B)", "65", "B"),
        ("78,5(BB)", "78.5", "BB"),
    ],
)
def test_predikat_di_depan_dan_di_belakang(teks: str, nilai: str, predikat: str) -> None:
    assert urai(teks) == Terurai(D(nilai), None, predikat)


@pytest.mark.parametrize(
    ("teks", "nilai", "catatan"),
    [
        ("7.13", "7.13", Catatan.TITIK_DESIMAL),
        ("88.89", "88.89", Catatan.TITIK_DESIMAL),
        ("0.850", "0.850", Catatan.TITIK_DESIMAL),
        ("6.23 %", "6.23", Catatan.TITIK_DESIMAL),
        ("1,400,000", "1400000", Catatan.RIBUAN_KOMA),
        ("1,400.50", "1400.50", Catatan.RIBUAN_KOMA),
        ("1,400", "1.400", Catatan.KOMA_MERAGUKAN),
        ("1 400 000", "1400000", Catatan.RIBUAN_SPASI),
        ("1\u00a0400", "1400", Catatan.RIBUAN_SPASI),
    ],
)
def test_yang_diperbaiki_diberi_catatan(teks: str, nilai: str, catatan: Catatan) -> None:
    """What is repaired to be read is said; a decimal point is one only where no dot thousands fit."""
    hasil = urai(teks)
    assert hasil.nilai == D(nilai)
    assert hasil.catatan == (catatan,)
    assert hasil.terbaca


@pytest.mark.parametrize(
    "teks",
    [
        "259.987.00,00",
        "1.40.000",
        "12.34.56",
        "1..400",
        "1,2,3",
        "1.400,5,0",
        ",5",
        "5,",
        "(5",
        "5)",
        "B (tujuh)",
        "lima",
        "5 - 7",
        "4 – 5 kasus",
        "5 dok 3 lap",
        "05:03:01",
        "2025-03-05",
        "5/3/2025",
        "=1+1",
        "1e5",
        "80 81",
    ],
)
def test_yang_tidak_terbaca_tidak_ditebak(teks: str) -> None:
    assert urai(teks) == Terurai(catatan=(Catatan.TIDAK_TERBACA,))
    assert urai_rupiah(teks) == (None, (Catatan.TIDAK_TERBACA,))


@pytest.mark.parametrize(
    ("teks", "sen"),
    [
        ("Rp. 26.254.031.882,-", 2_625_403_188_200),
        ("Rp 26.254.031.882", 2_625_403_188_200),
        ("Rp26.254.031.882,00", 2_625_403_188_200),
        ("rp. 500,-", 50_000),
        ("IDR 1.000", 100_000),
        ("20.345.704.066,95", 2_034_570_406_695),
        ("0,01", 1),
        ("0", 0),
        ("-1.000,50", -100_050),
        ("(1.000)", -100_000),
        ("9.999.999.999.999,99", 999_999_999_999_999),
        ("10724707476", 1_072_470_747_600),
    ],
)
def test_rupiah_menjadi_sen_tepat(teks: str, sen: int) -> None:
    assert urai_rupiah(teks) == (sen, ())


@pytest.mark.parametrize(
    ("teks", "catatan"),
    [
        ("0,001", (Catatan.PECAHAN_SEN,)),
        ("10.000.000.000.000", (Catatan.TERLALU_BESAR,)),
        ("-10.000.000.000.000", (Catatan.TERLALU_BESAR,)),
        ("5 dok", (Catatan.TIDAK_TERBACA,)),
        ("85%", (Catatan.TIDAK_TERBACA,)),
        ("B (78)", (Catatan.TIDAK_TERBACA,)),
    ],
)
def test_rupiah_yang_tidak_dapat_dipakai(teks: str, catatan: tuple[Catatan, ...]) -> None:
    assert urai_rupiah(teks) == (None, catatan)


def test_batas_rupiah() -> None:
    assert sen_dari_rupiah(D(BATAS_RUPIAH) - D("0.01")) == (999_999_999_999_999, None)
    assert sen_dari_rupiah(D(BATAS_RUPIAH)) == (None, Catatan.TERLALU_BESAR)
    assert sen_dari_rupiah(D("1.005")) == (None, Catatan.PECAHAN_SEN)


@pytest.mark.parametrize("sen", [0, 1, 99, 100, -1, -150, 2_034_570_406_695, 999_999_999_999_999, 899_999_999_999_993])
def test_sen_kembali_sama_lewat_angka_sel(sen: int) -> None:
    """A cell holds a double; every amount below the limit comes back to the same sen."""
    assert round(rupiah_dari_sen(sen) * 100) == sen


@pytest.mark.parametrize(
    ("sen", "teks"),
    [
        (0, "0"),
        (5, "0,05"),
        (-5, "-0,05"),
        (100, "1"),
        (123_456_789, "1.234.567,89"),
        (-100_000_000, "-1.000.000"),
        (2_034_570_406_695, "20.345.704.066,95"),
        (1_072_470_747_600, "10.724.707.476"),
    ],
)
def test_tulis_rupiah(sen: int, teks: str) -> None:
    assert tulis_rupiah(sen) == teks
    assert urai_rupiah(teks) == (sen, ())


@pytest.mark.parametrize(
    ("nilai", "desimal", "teks"),
    [
        (1400.0, 2, "1.400"),
        (65.18, 2, "65,18"),
        (66.17647058823529, 2, "66,18"),
        (2.5, 0, "3"),
        (0.125, 2, "0,13"),
        (0.135, 2, "0,14"),  # as written, not as the double behind it
        (-66.175, 2, "-66,18"),
        (100.0, 6, "100"),
        (1e-7, 6, "0"),
        (185380.0, 2, "185.380"),
    ],
)
def test_tulis_angka_dibulatkan_ke_atas_dari_setengah(nilai: float, desimal: int, teks: str) -> None:
    assert tulis_angka(nilai, desimal) == teks


def test_tulis_apa_pun() -> None:
    assert tulis(None) == ""
    assert tulis("B (78)") == "B (78)"
    assert tulis(7.5) == "7,5"
    assert tulis(150, rupiah=True) == "1,50"
    assert tulis_desimal(D("-1400.50")) == "-1.400,5"


@pytest.mark.parametrize("nilai", [1e13, 1e22, -1e25])
@pytest.mark.parametrize("desimal", [2, 6, 15])
def test_angka_raksasa_tetap_dapat_ditulis(nilai: float, desimal: int) -> None:
    """A slip of the keyboard must end as a finding, not as a failure of the report."""
    teks = tulis_angka(nilai, desimal)
    assert Decimal(teks.replace(".", "").replace(",", ".")) == Decimal(repr(nilai))


@pytest.mark.parametrize(
    ("teks", "benar", "sesuai"),
    [
        ("66,18", "66.17647", True),
        ("66,18", "66.175", True),  # exactly half a unit below
        ("66,18", "66.185", True),  # exactly half a unit above
        ("66,18", "66.1749", False),
        ("66,18", "66.1851", False),
        ("66", "66.5", True),
        ("66", "65.5", True),
        ("66", "66.51", False),
        ("66,0", "66.17", False),  # one printed decimal binds more than none
        ("100,00", "100.005", True),
        ("100,00", "100.0051", False),
        ("7.13", "7.125", True),
        ("1.400", "1400.5", True),  # thousands, not decimals
        ("1.400", "1.4", False),
        ("85%", "85.3", True),
        ("-5", "-5.4", True),
        ("5", "-5", False),
        ("10.724.707.476,00", "10724707476", True),
        ("10.724.707.476,00", "10724707476.01", False),
        ("259.987.00,00", "259987000", False),
        ("-", "0", False),
        ("", "0", False),
    ],
)
def test_cetak_sesuai_bila_dalam_setengah_angka_terakhirnya(teks: str, benar: str, sesuai: bool) -> None:
    assert sesuai_cetak(teks, D(benar)) is sesuai


@pytest.mark.parametrize(
    ("teks", "benar", "potong"),
    [
        ("91", "91.935", True),
        ("58,42", "58.4285", True),
        ("91,9", "91.935", True),
        ("91", "92.0", False),
        ("92", "91.935", False),
        ("90", "91.935", False),
        ("-5", "-5.9", True),
        ("259.987.00,00", "259987000", False),
    ],
)
def test_terpotong(teks: str, benar: str, potong: bool) -> None:
    assert terpotong(teks, D(benar)) is potong


def test_angka_berlawanan_tanda_bukan_terpotong() -> None:
    assert not terpotong("5", D("-5.9"))


@pytest.mark.parametrize(
    ("sel", "rupiah", "teks"),
    [
        (Sel(1400.0, "1.400"), False, "1.400"),
        (Sel(1401.0, "1.400"), False, None),  # changed since: the print no longer speaks for the cell
        (Sel(None, "1.400"), False, None),
        (Sel("lima"), False, "lima"),
        (Sel(5.0), False, None),
        (Sel("-", rumus=True), False, None),
        (Sel(150, "1,5"), True, "1,5"),
        (Sel(151, "1,5"), True, None),
        (Sel("259.987.00,00"), True, "259.987.00,00"),
    ],
)
def test_tercetak_hanya_selama_nilainya_sama(sel: Sel, rupiah: bool, teks: str | None) -> None:
    assert tercetak(sel, rupiah=rupiah) == teks


@pytest.mark.parametrize(
    ("nilai", "asli", "rumus", "rupiah", "teks"),
    [
        (7.0, None, False, False, "7"),  # typed over a formula
        (7.125, None, False, False, "7,125"),
        (700, None, False, True, "7"),
        ("tujuh", None, False, False, "tujuh"),
        (7.0, None, True, False, None),  # our own formula leaves no trace
        (None, None, False, False, None),
        (7.0, "7,0", False, False, "7,0"),  # as printed
        (8.0, "7,0", False, False, "8"),  # typed over the print: the newer text is what would get lost
        (8.0, "7,0", True, False, "7,0"),
    ],
)
def test_teks_semula(nilai: Nilai, asli: str | None, rumus: bool, rupiah: bool, teks: str | None) -> None:
    assert teks_semula(Sel(nilai, asli, rumus), rupiah=rupiah) == teks
