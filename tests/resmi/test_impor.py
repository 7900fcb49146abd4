"""Foreign workbooks read into a plan as printed: the same rows, values and findings as the TSV tables, at their own cells."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from renja_xl.core.buku import Asal, Baris, Buku, Level
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import urai
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.errors import SumberTidakTerbacaError
from renja_xl.isi import nomenklatur
from renja_xl.laporan_pemetaan import laporan_pemetaan
from renja_xl.periksa import periksa
from renja_xl.sumber import HasilBuku, baca_asing, impor
from renja_xl.tabel import BELUM_TERPETAKAN, TABEL_RESMI
from renja_xl.tsv import impor_folder
from tests.libre import soffice
from tests.resmi.buat import RESMI, Dibuat, Gaya, buat

GAYA = {
    "datar": Gaya(kop=()),
    "bertingkat": Gaya(bertingkat=True, nomor=True, halaman=17, kop=()),
    "bergeser": Gaya(geser=(2, 5), bertingkat=True, pecah_lembar=25, kop=()),
    "angka": Gaya(satu_lembar=True, angka=True, bertingkat=True, nomor=True, geser=(1, 0), kop=()),
}
BERKAS = {t.berkas: spec for t in RESMI for spec in TABEL_RESMI if spec.berkas and Path(t.berkas).match(spec.berkas)}


@pytest.fixture(scope="module")
def polos(paser_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The printed tables alone: no profile, no list of kode."""
    tujuan = tmp_path_factory.mktemp("polos") / "tabel"
    shutil.copytree(paser_folder, tujuan)
    for nama in ("profil.tsv", "kode.tsv"):
        (tujuan / nama).unlink()
    return tujuan


@pytest.fixture(scope="module")
def dari_tsv(polos: Path) -> Buku:
    return impor_folder(polos, nomenklatur())


@pytest.fixture(scope="module")
def temuan_tsv(dari_tsv: Buku) -> list[Temuan]:
    return periksa(dari_tsv)


@pytest.fixture(scope="module", params=GAYA)
def asing(
    request: pytest.FixtureRequest, polos: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Dibuat, HasilBuku]:
    path = tmp_path_factory.mktemp("asing") / f"{request.param}.xlsx"
    dibuat = buat(path, polos, GAYA[request.param])
    return request.param, dibuat, baca_asing(path, nomenklatur())


def isi(b: Baris) -> dict[str, object]:
    return {k: s.nilai for k, s in b.sel.items() if k != "tertulis_asli"}


def pasangan(a: Buku, b: Buku) -> Iterator[tuple[str, Baris, Baris]]:
    for spec in TABEL_RESMI:
        kiri, kanan = a.baris(spec.kunci), b.baris(spec.kunci)
        assert len(kiri) == len(kanan), spec.kunci
        yield from ((spec.kunci, x, y) for x, y in zip(kiri, kanan, strict=True))


def test_baris_dan_nilai_sama_dengan_tabel_tsv(asing: tuple[str, Dibuat, HasilBuku], dari_tsv: Buku) -> None:
    gaya, _, hasil = asing
    assert hasil.buku.tahun == dari_tsv.tahun
    n = 0
    for tabel, x, y in pasangan(dari_tsv, hasil.buku):
        n += len(x.sel)
        assert x.level == y.level, (tabel, x.asal)
        if gaya != "angka":
            assert isi(x) == isi(y), (tabel, x.asal)
            continue
        for k, v in isi(x).items():
            w = y[k].nilai
            assert v == w or (isinstance(v, str) and float(urai(v).nilai or 0) == w), (tabel, x.asal, k)
    assert n > 3_000
    assert hasil.buku.simpul == dari_tsv.simpul
    assert gaya == "angka" or hasil.buku.indikator == dari_tsv.indikator
    assert not hasil.buku.baris(BELUM_TERPETAKAN.kunci)


def sidik(t: Temuan) -> tuple[str, str, str, str, str]:
    return t.aturan, t.tabel, t.baris, t.kolom, t.seharusnya


def test_temuan_sama_dan_di_sel_buku_itu(
    asing: tuple[str, Dibuat, HasilBuku], dari_tsv: Buku, temuan_tsv: list[Temuan]
) -> None:
    gaya, dibuat, hasil = asing
    temuan = periksa(hasil.buku)
    beda = Counter(map(sidik, temuan_tsv)), Counter(map(sidik, temuan))
    if gaya == "angka":  # a real number has no spelling to be doubted, and no decimals beyond its own
        beda = tuple(Counter({s: n for s, n in b.items() if s[0][:3] in {"HIT", "ROL"}}) for b in beda)  # type: ignore[assignment]
        assert sum((beda[0] - beda[1]).values()) <= 2
        assert sum(beda[0].values()) > 90
    else:
        assert beda[0] == beda[1]
    baris = {(spec, b.id): b for spec in BERKAS.values() for b in dari_tsv.baris(spec.kunci)}
    n = 0
    for t in temuan:
        b = next((b for (spec, i), b in baris.items() if spec.kunci == t.tabel and i == t.baris), None)
        if b is None or b.asal is None:
            continue
        spec = next(s for s in BERKAS.values() if s.kunci == t.tabel)
        berkas = b.asal.berkas.removesuffix(".tsv")
        nama = next((c for c in (spec.menurut_kunci[t.kolom].nama(2025), f"{spec.menurut_kunci[t.kolom].nama(2025)}_2026")
                     if (berkas, b.asal.baris, c) in dibuat.tempat), None)  # fmt: skip
        if nama is None:
            continue
        lembar, r, c = dibuat.tempat[berkas, b.asal.baris, nama]
        assert hasil.letak.tempat(t.tabel, t.baris, t.kolom) == f"{lembar}!{huruf_kolom(c)}{r}"
        berkas_asal = f"{gaya}.xlsx" if gaya == "angka" else f"{gaya}.xlsx [{lembar}]"
        assert t.asal == Asal(berkas_asal, str(r))
        n += 1
    assert n > 150
    assert all(hasil.letak.sel(t.tabel, t.baris, t.kolom) for t in temuan if t.tabel != "Profil")


def test_laporan_menyebut_setiap_kolom(asing: tuple[str, Dibuat, HasilBuku]) -> None:
    _, _, hasil = asing
    assert hasil.peta is not None
    laporan = "\n".join(laporan_pemetaan(hasil.peta))
    for t in hasil.peta.tabel:
        assert not t.hilang, t
        assert not t.asing, t
        assert t.lembar in laporan
    assert {t.tabel for t in hasil.peta.tabel} == {s.kunci for s in TABEL_RESMI}
    assert "2025" in laporan.splitlines()[0]


# ── other formats ─────────────────────────────────────────────────────────────────────────────────────────────


def test_ods_dan_xls_sama_dengan_xlsx(polos: Path, tmp_path: Path) -> None:
    """The same workbook saved by LibreOffice in both other formats."""
    program = soffice()
    asli = tmp_path / "Renja.xlsx"
    buat(
        asli,
        polos,
        Gaya(angka=True, bertingkat=True, nomor=True),
        [t for t in RESMI if t.berkas in {"t_c_29", "t_3_1_4", "t_2_3_1"}],
    )
    wb = openpyxl.load_workbook(asli)
    ws = wb["Pegawai"]
    jumlah = next(c for row in ws.iter_rows() for c in row if c.value == 44)
    jumlah.value = f"=SUM({huruf_kolom(jumlah.column)}{jumlah.row - 5}:{huruf_kolom(jumlah.column)}{jumlah.row - 1})"
    wb.save(asli)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profil:
        for jenis in ("ods", "xls"):
            perintah = [program, f"-env:UserInstallation={Path(profil).as_uri()}", "--headless", "--convert-to", jenis]
            subprocess.run(
                [*perintah, "--outdir", str(tmp_path), str(asli)], check=True, capture_output=True, timeout=180
            )
    hasil = {jenis: baca_asing(tmp_path / f"Renja.{jenis}", nomenklatur()) for jenis in ("ods", "xls")}
    semula = baca_asing(asli, nomenklatur())
    for jenis, h in hasil.items():
        for tabel in ("T-C.29", "T-C.33", "Pegawai"):
            a, b = semula.buku.baris(tabel), h.buku.baris(tabel)
            harap = [(x.level, isi(x) | ({"jumlah": 44.0} if x.level is Level.JUMLAH else {})) for x in a]
            assert [(x.level, isi(x)) for x in b] == harap, (jenis, tabel)
    rumus = [[s.rumus for k in h.kisi for s in k.sel.values() if s.rumus] for h in (hasil["ods"], semula)]
    assert rumus[0] == rumus[1] == [jumlah.value.removeprefix("=")]


# ── several sources ───────────────────────────────────────────────────────────────────────────────────────────


def test_beberapa_sumber_menjadi_satu(polos: Path, dari_tsv: Buku, tmp_path: Path) -> None:
    sisa = tmp_path / "sisa"
    shutil.copytree(polos, sisa)
    for nama in ("t_c_29.tsv", "t_c_31.tsv", "anggaran_2024.tsv"):
        (sisa / nama).unlink()
    evaluasi, review = tmp_path / "evaluasi.xlsx", tmp_path / "review.xlsx"
    buat(evaluasi, polos, Gaya(), [t for t in RESMI if t.berkas in {"t_c_29", "anggaran_2024"}])
    buat(review, polos, Gaya(bertingkat=True), [t for t in RESMI if t.berkas == "t_c_31"])
    buku, peta = impor([sisa, evaluasi, review], nomenklatur())
    assert [p.berkas for p in peta] == ["evaluasi.xlsx", "review.xlsx"]
    for _, x, y in pasangan(dari_tsv, buku):
        assert isi(x) == isi(y)


def test_tabel_yang_sama_di_dua_sumber_disebut(polos: Path, tmp_path: Path) -> None:
    a, b = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for p in (a, b):
        buat(p, polos, Gaya(), [t for t in RESMI if t.berkas == "t_c_31"])
    with pytest.raises(SumberTidakTerbacaError, match=r"T-C\.31 ada di a\.xlsx dan di b\.xlsx"):
        impor([a, b], nomenklatur())


def test_temuan_berat_tetap_berat(asing: tuple[str, Dibuat, HasilBuku], temuan_tsv: list[Temuan]) -> None:
    _, _, hasil = asing
    berat = sum(t.tingkat is Tingkat.HARUS_DIPERBAIKI for t in temuan_tsv)
    assert berat - 3 <= sum(t.tingkat is Tingkat.HARUS_DIPERBAIKI for t in periksa(hasil.buku)) <= berat
