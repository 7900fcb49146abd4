"""Canonical content, the code made from it, and rows that were moved, inserted or lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from renja_xl.bappeda.kirim import Kiriman
from renja_xl.core.beda_manifes import Perbandingan, bandingkan
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.manifes import (
    BukuMentah,
    Butir,
    LembarMentah,
    SelMentah,
    format_baku,
    isi_baku,
    kode_terbaca,
    kode_verifikasi,
    rumus_baku,
    susun_manifes,
)
from renja_xl.core.rumus_sel import urai_rumus
from renja_xl.core.samaran import kontras, menyamarkan, samar
from renja_xl.excel.mentah import baca_mentah
from renja_xl.excel.paket import Paket


@pytest.mark.parametrize(
    ("a", "b", "sama"),
    [
        ("sum( N10 , n12:N14 )", "SUM(N10,N12:N14)", True),
        ("Renstra!$A$9", "'renstra'!$A$9", True),
        ('IF(A1="Ya dan","x", 1.50)', '=if(A1="Ya dan","x",1.5)', True),
        ("_xlfn.IFERROR(A1,0)", "IFERROR(A1,0)", True),
        ('IF(A1="Ya","x",1)', 'IF(A1="ya","x",1)', False),
        ("SUM(A1:A3)", "SUM(A1:A4)", False),
        ('"a  b"', '"a b"', False),
    ],
)
def test_rumus_baku(a: str, b: str, sama: bool) -> None:
    assert (rumus_baku(a) == rumus_baku(b)) is sama


@pytest.mark.parametrize(
    ("nilai", "rupiah", "isi"),
    [
        (20345704066.95, True, ("rupiah", "2034570406695")),
        (0.1 + 0.2, False, ("angka", "0.3")),
        (-0.0, False, ("angka", "0")),
        (1234567890123.0, False, ("angka", "1.23456789012e+12")),
        (12.345, True, ("angka", "12.345")),
        (1e300, True, ("angka", "1e+300")),
        ("e\u0301\r\nb", False, ("teks", "é\nb")),
        (True, False, ("logika", "benar")),
        ("", False, None),
        (None, True, None),
    ],
)
def test_isi_baku(nilai: float | str | bool | None, rupiah: bool, isi: tuple[str, str] | None) -> None:
    assert isi_baku(SelMentah(nilai), rupiah) == isi


def test_kode_berubah_oleh_satu_huruf() -> None:
    b = Butir("T-C.33", "I9", "c33-001", "pagu_n", "rupiah", "100", "#,##0.00")
    kode = kode_verifikasi([b])
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", kode)
    lain = [
        replace(b, isi="101"),
        replace(b, sel="I10"),
        replace(b, format="0"),
        replace(b, isi="100\t"),
        replace(b, kolom="x"),
    ]
    assert len({kode, *(kode_verifikasi([x]) for x in lain)}) == 6
    assert kode_terbaca(kode.lower().replace("0", "o").replace("1", "l").replace("-", " ")) == kode


@pytest.mark.parametrize(
    ("kode", "nilai", "tersembunyi"),
    [
        (";;;", 5.0, True), (";;;", "teks", True), ("General", 5.0, False), ("#,##0.00", -5.0, False), ("@", "teks", False),
        ('"99.000"', 5.0, True), ("0;;0;@", -5.0, True), ("0;;0;@", 5.0, False), ("0;0;;@", 0.0, True), ('0;0;0;"-"', "x", True),
        ("dd/mm/yyyy", 5.0, False), ("[Red]0.00", 5.0, False), (r"\5\5", 1.0, True),
    ],
)  # fmt: skip
def test_format_yang_menyamarkan(kode: str, nilai: float | str, tersembunyi: bool) -> None:
    assert menyamarkan(kode, nilai) is tersembunyi
    s = SelMentah(nilai)
    assert samar(replace(s, rupa=replace(s.rupa, format=kode))) is tersembunyi
    assert samar(replace(s, rupa=replace(s.rupa, huruf="FFFEFE")))


def test_kontras_dan_format_baku() -> None:
    assert kontras("000000", "FFFFFF") == pytest.approx(21)
    assert format_baku("[$-421]#,##0.00") == "#,##0.00"
    assert format_baku("GENERAL") == format_baku("") == "General"


# ── rows that move ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def dikirim(kiriman: Kiriman) -> tuple[list[Butir], BukuMentah]:
    """The manifest of the small plan, and the workbook it speaks of."""
    mentah = baca_mentah(Paket(Path("salinan.xlsx"), kiriman.isi))
    return susun_manifes(mentah, {}), mentah


def pindah(buku: BukuMentah, lembar: str, ke: Callable[[int], int]) -> BukuMentah:
    """The workbook with the rows of a sheet elsewhere, and every reference to them adjusted, as programs do it."""

    def rumus(teks: str, milik: str) -> str:
        bagian = []
        for k in urai_rumus(teks):
            r = k.rujukan
            if r is None or (r.lembar or milik) != lembar:
                bagian.append(k.teks)
                continue
            awalan, seru, sel = k.teks.rpartition("!")
            bagian.append(awalan + seru + re.sub(r"(?<=[A-Z$])\d+", lambda m: str(ke(int(m[0]))), sel))
        return "".join(bagian)

    hasil = {}
    for nama, x in buku.lembar.items():
        sel = {
            (ke(r) if nama == lembar else r, c): replace(s, rumus=rumus(s.rumus, nama) if s.rumus else None)
            for (r, c), s in x.sel.items()
        }
        tabel = {n: (ke(a), b, ke(c), d) if nama == lembar else (a, b, c, d) for n, (a, b, c, d) in x.tabel.items()}
        hasil[nama] = replace(x, sel=sel, tabel=tabel)
    return BukuMentah(hasil)


def ganti(buku: BukuMentah, lembar: str, sel: dict[tuple[int, int], SelMentah]) -> BukuMentah:
    x: LembarMentah = buku.lembar[lembar]
    return replace(buku, lembar={**buku.lembar, lembar: replace(x, sel={**x.sel, **sel})})


def kini(h: Perbandingan) -> list[tuple[str, str, str]]:
    return [(p.lembar, p.sel, p.kini) for p in h.perubahan]


def test_tanpa_perubahan(dikirim: tuple[list[Butir], BukuMentah]) -> None:
    assert bandingkan(*dikirim) == Perbandingan((), ())


@pytest.mark.parametrize("lembar", ["T-C.33", "T-C.29", "Program & Sub Kegiatan", "Profil"])
def test_baris_disisipkan_disebut_sekali(dikirim: tuple[list[Butir], BukuMentah], lembar: str) -> None:
    """Every formula that spans the new row changes its text; what it adds up is still the same rows."""
    butir, mentah = dikirim
    b = min(r for (r, _) in mentah.lembar[lembar].sel if r > 10)
    baru = pindah(mentah, lembar, lambda r: r + (r >= b))
    assert bandingkan(butir, baru).perubahan == ()
    diisi = ganti(baru, lembar, {(b, 3): SelMentah("Sub kegiatan sisipan"), (b, 1): SelMentah("9")})
    h = bandingkan(butir, diisi)
    assert [(x, s) for x, s, _ in kini(h)] == [(lembar, f"baris {b}")]
    assert "Sub kegiatan sisipan" in h.perubahan[0].kini


def test_baris_diurutkan_disebut_pindah(dikirim: tuple[list[Butir], BukuMentah]) -> None:
    butir, mentah = dikirim
    awal = min(r for (r, c), s in mentah.lembar["T-C.33"].sel.items() if str(s.nilai).startswith("c33-"))
    putar = {awal: awal + 2, awal + 1: awal, awal + 2: awal + 1}
    h = bandingkan(butir, pindah(mentah, "T-C.33", lambda r: putar.get(r, r)))
    assert [(s, k) for _, s, k in kini(h)] == [(f"baris {awal + 2}", f"dipindah ke baris {awal + 2}")]


def test_baris_dihapus(dikirim: tuple[list[Butir], BukuMentah]) -> None:
    butir, mentah = dikirim
    x = mentah.lembar["T-C.33"]
    akhir = x.tabel["tbl_T_C_33"][2]
    sel = {t: s for t, s in x.sel.items() if t[0] != akhir}
    h = bandingkan(butir, replace(mentah, lembar={**mentah.lembar, "T-C.33": replace(x, sel=sel)}))
    assert kini(h)[0] == ("T-C.33", f"baris {akhir}", "(tidak ada)")
    assert all(re.search(rf"\b[A-Z]+{akhir}\b", p.kini) for p in h.perubahan[1:]), "only what refers to the row"
    assert "Pengelolaan Mutasi" in h.perubahan[0].semula


def test_id_hilang_baris_tetap_dikenali(dikirim: tuple[list[Butir], BukuMentah]) -> None:
    """A row whose id was cleared is still that row: one cell changed."""
    butir, mentah = dikirim
    tempat = next(t for t, s in mentah.lembar["T-C.33"].sel.items() if str(s.nilai).startswith("c33-"))
    h = bandingkan(butir, ganti(mentah, "T-C.33", {tempat: SelMentah(None)}))
    assert kini(h) == [("T-C.33", f"{huruf_kolom(tempat[1])}{tempat[0]}", "(kosong)")]


def test_rumus_bergeser_diketahui_meski_baris_pindah(dikirim: tuple[list[Butir], BukuMentah]) -> None:
    """A range that leaves a detail out is told although rows were inserted above."""
    butir, mentah = dikirim
    baru = pindah(mentah, "T-C.33", lambda r: r + (r > 7))
    tempat, sel = next(
        (t, s)
        for t, s in sorted(baru.lembar["T-C.33"].sel.items())
        if s.rumus and re.fullmatch(r"SUM\(I\d+:I\d+\)", s.rumus)
    )
    assert sel.rumus is not None
    rusak = re.sub(r":I(\d+)", lambda m: f":I{int(m[1]) - 1}", sel.rumus)
    h = bandingkan(butir, ganti(baru, "T-C.33", {tempat: replace(sel, rumus=rusak)}))
    assert [s for _, s, _ in kini(h)] == [f"I{tempat[0]}"]
    diam = ganti(
        baru, "T-C.33", {tempat: replace(sel, rumus=mentah.lembar["T-C.33"].sel[tempat[0] - 1, tempat[1]].rumus)}
    )
    [p] = bandingkan(butir, diam).perubahan  # the row moved, its formula did not: two texts that read the same
    assert p.kini == f"{p.semula}, yang kini menunjuk baris atau kolom lain"


def test_manifes_yang_dikarang_tidak_menjatuhkan(dikirim: tuple[list[Butir], BukuMentah]) -> None:
    _, mentah = dikirim
    aneh = [Butir("T-C.33", "x", "?", "pagu_n", "rupiah", "abc"), Butir("T-C.33", "A1:", "", "tbl_T_C_33", "tabel", "")]
    aneh += [Butir("Sampul", "", "@9", "A", "angka", "nan"), Butir("", "", "", "", "berkas", "")]
    assert len(bandingkan(aneh, mentah).perubahan) > 100
