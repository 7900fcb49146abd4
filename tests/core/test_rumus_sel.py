"""Formulas taken apart: against openpyxl's tokenizer, and the relative form in which copies are equal."""

from __future__ import annotations

import pytest
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator

from renja_xl.core.rumus_sel import (
    Jenis,
    Rujukan,
    angka_rumus,
    bentuk_relatif,
    geser_rumus,
    jumlahan,
    rujukan_rumus,
    tanpa_pembungkus,
    urai_rumus,
)

RUMUS = (
    "SUM(A1:B$30)*1.1+'O''x y'!$C4",
    'IF(AND(ISNUMBER(G5),G5<>0),G5/F5*100,"-")',
    "SUM(A:A,3:5)",
    "ROUND(K10*110%,-2)",
    'IF(A1="=SUM(B1:B2)","x""y",Sheet1!B7)',
    "LOG10(A1)+A10",
    "[1]Data!A1+'[b c.xlsx]T 1'!B2",
    "IFERROR(SUM(D5:D9)/COUNT($D$5:$D$9),0)",
    "-A1^2+1.5E+3*B2",
    "SUM(D6,D9,D12:D14)",
)


@pytest.mark.parametrize("rumus", RUMUS)
def test_seperti_openpyxl(rumus: str) -> None:
    """The same references, texts, functions and numbers in the same order; joined the tokens are the formula."""
    kata = urai_rumus(rumus)
    assert "".join(k.teks for k in kata) == rumus
    oracle = Tokenizer("=" + rumus).items
    rentang = [t.value for t in oracle if t.subtype == Token.RANGE]
    assert [k.teks for k in kata if k.jenis is Jenis.RUJUKAN] == rentang
    assert [k.teks for k in kata if k.jenis is Jenis.FUNGSI] == [
        t.value for t in oracle if t.type == Token.FUNC and t.subtype == Token.OPEN
    ]
    assert list(angka_rumus(rumus)) == [float(t.value) for t in oracle if t.subtype == Token.NUMBER]
    assert [k.teks for k in kata if k.jenis is Jenis.TEKS] == [t.value for t in oracle if t.subtype == Token.TEXT]


@pytest.mark.parametrize("rumus", [r for r in RUMUS if "[" not in r])
def test_salinan_sebentuk(rumus: str) -> None:
    """Moved as Excel copies it, a formula keeps its relative form; moved by openpyxl it has the same text."""
    pindah = Translator("=" + rumus, origin="C20").translate_formula("F27").removeprefix("=")
    assert geser_rumus(rumus, 7, 3) == pindah
    assert bentuk_relatif(pindah, 27, 6) == bentuk_relatif(rumus, 20, 3)
    assert bentuk_relatif(rumus, 21, 3) != bentuk_relatif(rumus, 20, 3)


def test_rujukan() -> None:
    assert rujukan_rumus("'T-C.31'!M5+$B$9:A2+Sheet1!#REF!") == (
        Rujukan("T-C.31", 5, 13, 5, 13),
        Rujukan("", 2, 1, 9, 2, (False, False, True, True)),
    )
    assert rujukan_rumus("[2]Data!B1")[0].luar
    # neither names nor structured references nor what lies beyond a sheet
    assert rujukan_rumus("profil_x+tbl_a[[#This Row],[8=(7/6)]]+XFE1+A1048577+pagu2025x") == ()
    assert geser_rumus("A1+B5", -1, 0) == "#REF!+B4"


def test_bentuk() -> None:
    assert bentuk_relatif("a1 * 1.10", 1, 2) == bentuk_relatif("A1*1.1", 1, 2) == "R[0]C[-1]*1.1"
    assert bentuk_relatif("A1*1.15", 1, 2, tanpa_angka=True) == "R[0]C[-1]*#"
    assert bentuk_relatif('IF(A1="Ya",1,2)', 1, 2, tanpa_teks=True) == 'IF(R[0]C[-1]="",1,2)'


@pytest.mark.parametrize(
    ("rumus", "banyak"),
    [
        ("SUM(D5:D9)", 1), ("D5+D8+D9", 3), ("SUM(D5:D6)+SUM(D8,D9)", 3), ("SUM(0)", None), ("D5", None),
        ("SUM(D5:D9)/2", None), ("D5-D6", None), ("SUM(D5:D9)*1", None), ("SUBTOTAL(9,D5:D9)", None),
        ("SUM(SUM(D5:D6),D8)", 2), ("+D5+D6", 2),
    ],
)  # fmt: skip
def test_jumlahan(rumus: str, banyak: int | None) -> None:
    hasil = jumlahan(rumus)
    assert (None if hasil is None else len(hasil)) == banyak


def test_pembungkus() -> None:
    rumus = 'IFERROR(TINGKAT(A1,"x,)"),IF(B1=0,"-",A1/B1))'
    assert tanpa_pembungkus(rumus, "TINGKAT".__eq__) == 'IF(B1=0,"-",A1/B1)'
    assert tanpa_pembungkus(rumus, "LAIN".__eq__) == rumus
    assert tanpa_pembungkus("IFERROR(A1/B1,0)", "TINGKAT".__eq__) == "IFERROR(A1/B1,0)"


def test_panjang_dan_dalam_tidak_menyulitkan() -> None:
    """Hostile text costs no more than its length."""
    for teks in ("(" * 8000, "[" * 8000, "'" * 8001, "A1:" * 2700, '"' * 7999, "A" * 9000):
        assert "".join(k.teks for k in urai_rumus(teks)) == teks
