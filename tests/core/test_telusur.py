"""Where numbers come from: the steps of every cell, checked against the plan itself and against what changes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from renja_xl.cli import cli
from renja_xl.core.baris import baris_lembar, isi_sel
from renja_xl.core.buku import Baris, Buku, Level, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.kisi import IsiKisi, Kisi
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.telusur import Jenis, Langkah, Penelusur, semua_langkah
from renja_xl.core.telusur.lain import PenelusurLembar
from renja_xl.core.telusur.langkah import UJUNG
from renja_xl.core.telusur.pola import rujukan_pola
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.laporan_telusur import AlamatSelError, baca_alamat, ke_json, ke_pesan, ke_teks
from renja_xl.tabel import DASAR_PERHITUNGAN, PROFIL, SEMUA, T_C_29, T_C_31, T_C_33, TABEL_RENCANA
from renja_xl.tabel.besaran import BESARAN
from renja_xl.tabel.profil import DIISI_SENDIRI
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec
from tests.conftest import isi
from tests.excel import NAMA, berkas, rencana


@pytest.fixture(scope="module")
def penelusur() -> dict[str, Penelusur]:
    return {nama: Penelusur(rencana(nama)) for nama in NAMA}


def semua_sel(p: Penelusur) -> Iterator[tuple[TabelSpec, Baris, KolomSpec, Langkah]]:
    for spec in SEMUA:
        for b in baris_lembar(p.benar, spec.kunci):
            for k in spec.kolom:
                yield spec, b, k, p.langkah(spec.kunci, b.id, k.kunci)


def angka(x: Langkah, *, benar: bool = True) -> float:
    nilai = x.seharusnya if benar and x.berbeda else x.nilai
    return 0.0 if nilai is None or isinstance(nilai, str) else float(nilai)


@pytest.mark.parametrize("nama", NAMA)
def test_setiap_sel_berakar_pada_isian(penelusur: dict[str, Penelusur], nama: str) -> None:
    """Every cell of every sheet: the step shows what is written, and ends in cells that somebody filled in."""
    p = penelusur[nama]
    dihitung = 0
    tertulis = {spec.kunci: {y.id: y for y in baris_lembar(p.buku, spec.kunci)} for spec in SEMUA}
    for spec, b, k, x in semua_sel(p):
        nilai = isi_sel(tertulis[spec.kunci][b.id], k).nilai
        assert x.nilai == (round(nilai * 100) if x.rupiah and isinstance(nilai, float) else nilai), x.tempat
        assert x.jenis is not Jenis.TIDAK_TERLACAK, (x.tempat, x.cara)
        assert x.cara, x.tempat
        assert (x.jenis in UJUNG) <= (not x.dari)
        if sel_dihitung(spec, b, k) and b[k.kunci].rumus:
            dihitung += 1
            assert x.jenis in {Jenis.HITUNG, Jenis.JUMLAH, Jenis.AMBIL, Jenis.SUSUNAN}, x.tempat
            if b[k.kunci].angka:
                assert x.dari, (x.tempat, x.cara)
    assert dihitung > (150 if nama == NAMA[2] else 1_000)


@pytest.mark.parametrize("nama", NAMA)
def test_yang_seharusnya_disebut(penelusur: dict[str, Penelusur], nama: str) -> None:
    """A written value that the core computes otherwise is named, no other is."""
    p = penelusur[nama]
    beda = {x.tempat for *_, x in semua_sel(p) if x.berbeda}
    nyata = set()
    for spec in TABEL_RENCANA:
        for a, z in zip(p.buku.baris(spec.kunci), p.benar.baris(spec.kunci), strict=True):
            for k in spec.kolom:
                x, y = a[k.kunci].nilai, z[k.kunci].nilai
                if x != y and not (isinstance(x, float) and y == pytest.approx(x, rel=1e-9)):
                    nyata.add(p.letak.tempat(spec.kunci, a.id, k.kunci))
    assert beda == nyata
    assert bool(beda) == (nama == NAMA[1])


def nilai_hitungan(teks: str) -> float:
    """A calculation written out, done anew."""
    polos = re.sub(r"Rp|\.(?=\d{3})", "", teks).replace(",", ".")
    return float(eval(polos.translate(str.maketrans("×÷−", "*/-")), {"__builtins__": {}}))


def test_hitungan_dan_jumlah(penelusur: dict[str, Penelusur]) -> None:
    """Sums are those of their steps; calculations written out give the number of their cell."""
    jumlah = tertulis = 0
    for nama in NAMA:
        for *_, x in semua_sel(penelusur[nama]):
            if x.jenis is Jenis.JUMLAH:
                jumlah += 1
                assert sum(map(angka, x.dari)) == pytest.approx(angka(x), abs=0.5), x.tempat
            if x.hitungan:
                tertulis += 1
                assert re.fullmatch(r"[\d.,Rp+−×÷() -]+ = [^=]+", x.hitungan), x.hitungan
                kiri, kanan = x.hitungan.split(" = ")
                hasil, langkah = kanan.partition(", dibulatkan ke ")[::2]
                kira = max(nilai_hitungan(langkah), 0) if langkah else 1e-6 * abs(nilai_hitungan(hasil)) + 1e-2
                assert nilai_hitungan(kiri) == pytest.approx(nilai_hitungan(hasil), abs=kira), x.tempat
                assert nilai_hitungan(hasil) == pytest.approx(
                    angka(x) / (100 if x.rupiah else 1), abs=1e-5, rel=1e-6
                ), x.tempat
            if (
                x.jenis is Jenis.AMBIL
                and x.seharusnya is None
                and "lain daripada" not in x.cara
                and x.nilai not in {None, "-"}
            ):
                assert x.nilai in {d.nilai for d in x.dari}, x.tempat
    assert jumlah > 500
    assert tertulis > 300


# ── what changes a number stands in its explanation ───────────────────────────────────────────────────────────


def isian(buku: Buku) -> list[tuple[str, str, str]]:
    """Typed cells whose change may change others: table, row, column."""
    hasil = []
    for spec in (PROFIL, DASAR_PERHITUNGAN, *TABEL_RENCANA):
        for b in buku.baris(spec.kunci):
            for k in spec.kolom:
                sel = b[k.kunci]
                if sel.rumus or k.peran in {Peran.KUNCI, Peran.TAUTAN} or sel_dihitung(spec, b, k):
                    continue
                if spec is PROFIL and (b["kunci"].nilai in DIISI_SENDIRI or b["kunci"].nilai == "tahun_anggaran"):
                    continue
                if sel.angka is not None or (k.pilihan and sel.nilai) or k.kunci.startswith("satuan_target"):
                    hasil.append((spec.kunci, b.id, k.kunci))
    return hasil


def ubah(buku: Buku, tempat: tuple[str, str, str]) -> Buku:
    """The plan with one typed cell changed, and recomputed."""
    tabel, pengenal, kolom = tempat
    rows = []
    for b in buku.baris(tabel):
        if b.id == pengenal:
            nilai = b[kolom].nilai
            baru = "Dokumen" if isinstance(nilai, str) else None if nilai is None else nilai * 3 + 100
            b = b.dengan({kolom: Sel("Dokumen" if nilai is None else baru)})  # noqa: PLW2901 - one row is another
        rows.append(b)
    return hitung(buku.ganti({tabel: rows}), letak_bawaan(buku))


def sel_berubah(a: Buku, z: Buku) -> Iterator[tuple[str, str, str]]:
    for spec in TABEL_RENCANA:
        for x, y in zip(a.baris(spec.kunci), z.baris(spec.kunci), strict=True):
            for k in y.sel.keys() | x.sel.keys():
                if x[k] != y[k] and (x[k].rumus or y[k].rumus or spec.menurut_kunci[k].tanpa_rumus):
                    yield spec.kunci, x.id, k


def test_yang_mengubah_angka_ada_dalam_uraiannya(penelusur: dict[str, Penelusur]) -> None:
    """Each computed cell that follows a changed input names that input, before or after."""
    p = penelusur[NAMA[0]]
    semua = isian(p.buku)
    acak = Random(8)
    per_kolom = {t[::2]: t for t in acak.sample(semua, len(semua))}  # one of each column
    # fields of Profil and rates count one by one
    per_kolom |= {
        (t[0], t[1]): t for t in semua if t[0] in {PROFIL.kunci, DASAR_PERHITUNGAN.kunci} and t[1] != "versi_skema"
    }
    diuji = berubah = 0
    for tempat in acak.sample(sorted(per_kolom.values()), min(24, len(per_kolom))):
        baru = ubah(p.benar, tempat)
        sesudah: Penelusur | None = None
        diuji += 1
        for sel in sel_berubah(p.benar, baru):
            berubah += 1
            letak = p.letak.tempat(*tempat)
            if letak in {x.tempat for x in semua_langkah(p.langkah(*sel))}:
                continue
            sesudah = sesudah or Penelusur(baru)
            assert letak in {x.tempat for x in semua_langkah(sesudah.langkah(*sel))}, (letak, p.letak.tempat(*sel))
    assert diuji == 24
    assert berubah > 100


# ── hand-made cases ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def kecil_isi(kecil: Buku) -> Buku:
    buku = kecil
    for s, pagu in (("s-5", 100_000_00), ("s-6", 50_000_00), ("s-8", 7_000_00)):
        buku = isi(buku, "T-C.33", s, {"pagu_n": pagu, "pagu_p1": None})
        buku = isi(buku, "T-C.31", s, {"pagu_rkpd": pagu, "kebutuhan_dana": 2 * pagu})
    return hitung(buku)


def baris(buku: Buku, tabel: str, simpul: str) -> Baris:
    return next(b for b in buku.baris(tabel) if b.simpul == simpul)


def test_prakiraan_maju_usulan(kecil_isi: Buku) -> None:
    x = Penelusur(kecil_isi).langkah(T_C_33.kunci, baris(kecil_isi, T_C_33.kunci, "s-5").id, "pagu_p1")
    assert x.hitungan == "Rp200.000 × (100 + 10) ÷ 100 = Rp220.000, dibulatkan ke Rp100"
    assert [(d.lembar, d.nilai) for d in x.dari] == [
        ("T-C.31", 200_000_00), ("T-C.33", 100_000_00), ("Dasar Perhitungan", "Kebutuhan dana (T-C.31)"),
        ("Dasar Perhitungan", 10.0), ("Dasar Perhitungan", 100.0),
    ]  # fmt: skip
    assert [d.jenis for d in x.dari] == [Jenis.DIKETIK] * 5


def test_ditimpa_disebut(kecil_isi: Buku) -> None:
    b = next(b for b in kecil_isi.baris(T_C_33.kunci) if b.level is Level.PROGRAM)
    rows = [x.dengan({"pagu_n": Sel(1_00)}) if x is b else x for x in kecil_isi.baris(T_C_33.kunci)]
    x = Penelusur(kecil_isi.ganti({T_C_33.kunci: rows})).langkah(T_C_33.kunci, b.id, "pagu_n")
    assert x.ditimpa
    assert (x.nilai, x.seharusnya) == (1_00, b["pagu_n"].nilai)
    teks = "\n".join(ke_teks(x))
    assert "Sel hitungan ini ditimpa isian" in teks
    assert "seharusnya Rp157.000" in teks


def test_sel_di_luar_tabel(kecil_isi: Buku) -> None:
    p = Penelusur(kecil_isi)
    pagu = p.letak.sel(T_C_33.kunci, baris(kecil_isi, T_C_33.kunci, "s-5").id, "pagu_n")
    kisi = Kisi("Catatan", {
        (1, 1): IsiKisi(2.0, f"'T-C.33'!{pagu}*B1"), (1, 2): IsiKisi(2.0), (2, 1): IsiKisi(1.0, "SUM(A:A)"),
        (3, 1): IsiKisi("judul"), (4, 1): IsiKisi(0.0, "A5"), (5, 1): IsiKisi(0.0, "A4"),
    })  # fmt: skip
    lembar = PenelusurLembar(p, {"Catatan": kisi}.get)
    x = lembar.di("Catatan", 1, 1)
    assert [(d.tempat, d.jenis) for d in x.dari] == [(f"T-C.33!{pagu}", Jenis.DIKETIK), ("Catatan!B1", Jenis.DIKETIK)]
    assert lembar.di("Catatan", 2, 1).jenis is Jenis.TIDAK_TERLACAK  # a million cells are not followed
    assert lembar.di("Catatan", 3, 1).jenis is Jenis.SUSUNAN
    assert any(d.jenis is Jenis.TIDAK_TERLACAK for d in semua_langkah(lembar.di("Catatan", 4, 1)))  # a ring ends
    assert lembar.di("Catatan", 99, 9).jenis is Jenis.KOSONG
    assert lembar.di("Tiada", 1, 1).jenis is Jenis.KOSONG


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("T-C.33!G12", ("T-C.33", 12, 7)),
        ("'T-C.33'!$g$12", ("T-C.33", 12, 7)),
        (" Program & Sub Kegiatan! AA3 ", ("Program & Sub Kegiatan", 3, 27)),
    ],
)
def test_alamat(teks: str, hasil: tuple[str, int, int]) -> None:
    assert baca_alamat(teks) == hasil


@pytest.mark.parametrize(
    "teks", ["", "G12", "T-C.33", "T-C.33!", "!A1", "T-C.33!12", "T-C.33!ZZZZ1", "T-C.33!A0", "T-C.33!A9999999"]
)
def test_alamat_salah(teks: str) -> None:
    with pytest.raises(AlamatSelError, match="mohon tulis nama lembar"):
        baca_alamat(teks)


def test_teks_dan_json(penelusur: dict[str, Penelusur]) -> None:
    """The tree as text stays readable: nothing twice, long lists cut with a word on it; JSON holds the same steps."""
    p = penelusur[NAMA[0]]
    total = p.besaran("selisih_pagu")
    pendek, lengkap = list(ke_teks(total)), list(ke_teks(total, lengkap=True))
    assert len(lengkap) >= len(pendek)
    assert max(map(len, lengkap)) < 400
    b = next(
        b for b in p.benar.baris(T_C_29.kunci) if b.level is Level.SUB_KEGIATAN and b["tingkat_realisasi_n2"].angka
    )
    x = p.langkah(T_C_29.kunci, b.id, "tingkat_realisasi_n2")
    teks = list(ke_teks(x))
    assert teks[0].startswith(f"{x.tempat}  kolom 8 – ")
    assert any("÷" in t and "= " in t for t in teks[:3])
    assert any("Diimpor dari t_c_29.tsv baris " in t for t in teks)
    hasil = ke_json(x)
    assert hasil["nilai"] == x.nilai
    assert [d["sel"] for d in hasil["dari"]] == [d.sel for d in x.dari]
    assert hasil["dari"][0]["asal"] == {"berkas": "t_c_29.tsv", "baris": b.asal.baris if b.asal else ""}
    indeks = next(b for b in reversed(p.benar.baris("Indeks")))
    semua = list(ke_teks(p.langkah("Indeks", indeks.id, "cocok")))
    assert any("lagi (--lengkap menampilkan semuanya)" in t for t in semua)
    pesan = ke_pesan(total, "renja-xl telusuri")
    assert pesan.count("\n") <= 24


def test_rujukan_setiap_pola() -> None:
    """No reference of a declared formula is overlooked: what is left between them holds no braces."""
    pola = [k.rumus for s in SEMUA for k in s.kolom if k.rumus] + [x.rumus for x in BESARAN]
    for rumus in pola:
        if re.search(r"\{|profil_", rumus):
            assert rujukan_pola(rumus), rumus
    (kolom,) = rujukan_pola("SUMIFS({T-C.31.pagu_rkpd},{T-C.31.simpul},{simpul})")
    assert (kolom.tabel, kolom.kolom, [s.sama for s in kolom.syarat]) == (T_C_31.kunci, "pagu_rkpd", ["simpul"])  # type: ignore[union-attr]


def test_perintah(tmp_path: Path) -> None:
    buku = tmp_path / "R.xlsx"
    buku.write_bytes(berkas(NAMA[0]))

    def jalankan(*argumen: str) -> Any:
        return CliRunner().invoke(cli, ["telusuri", str(buku), *argumen])

    hasil = jalankan("Beranda!C8")
    assert hasil.exit_code == 0
    assert hasil.output.startswith("Beranda!C8  Nilai – Pagu rencana 2025 (T-C.33): Rp")
    assert "Diimpor dari t_3_1_4.tsv baris " in hasil.output
    assert json.loads(jalankan("'beranda'!c8", "--json").output)["sel"] == "C8"
    salah = jalankan("Tiada!A1")
    assert isinstance(salah.exception, AlamatSelError)
    assert "mohon pilih salah satu: Beranda, " in str(salah.exception)
    for lembar, sel in (("Panduan", "A1"), ("Cari", "A7"), ("Indeks", "ZZ9999")):
        assert jalankan(f"{lembar}!{sel}").exit_code == 0
