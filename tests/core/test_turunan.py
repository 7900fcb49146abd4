"""Recompute of the tables around the plan, with expectations worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from renja_xl.alur import buku_baru
from renja_xl.core.buku import Baris, Buku, Indikator, Level, Nilai, Sel, Sifat
from renja_xl.core.catatan import dengan_catatan
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.core.waktu import catat_waktu
from renja_xl.excel.bangun import bangun
from renja_xl.tabel.besaran import TIDAK_AKTIF
from renja_xl.tabel.kendali import KELUARGA_CATATAN
from renja_xl.tabel.profil import DARI_KEBUTUHAN, DARI_PAGU
from tests.conftest import baris_simpul, ganti_baris, isi

PERIODE = "2021 s.d. 2026"
"""Of the year 2025: r3 is n-2, r4 n-1, r5 n, r6 n+1."""


def data(pengenal: str, **nilai: Nilai) -> Baris:
    """A row that a planner typed."""
    return Baris(pengenal, Level.DATA, {k: Sel(v) for k, v in nilai.items() if v is not None})


def ubah(buku: Buku, tabel: str, pengenal: str, **sel: Nilai | Sel) -> Buku:
    """The plan with cells of one row replaced."""
    rows = list(buku.baris(tabel))
    (n,) = (n for n, b in enumerate(rows) if b.id == pengenal)
    rows[n] = rows[n].dengan({k: v if isinstance(v, Sel) else Sel(v) for k, v in sel.items()})
    return buku.ganti({tabel: rows})


def satu(buku: Buku, tabel: str, pengenal: str) -> Baris:
    (b,) = (b for b in buku.baris(tabel) if b.id == pengenal)
    return b


def milik(buku: Buku, tabel: str, indikator: str) -> Baris:
    """The row that stands for a main indicator."""
    (b,) = (b for b in buku.baris(tabel) if b.indikator == indikator)
    return b


def susun(buku: Buku) -> Buku:
    return hitung(perbarui(buku))


def rencana(*renstra: Baris, periode: str | None = PERIODE) -> Buku:
    """A plan of 2025 that holds nothing but rows of Renstra."""
    buku = ganti_baris(buku_baru(2025), "Profil", "tahun_renstra", periode)
    return susun(buku.ganti({"Renstra": renstra}))


def realisasi(buku: Buku, isian: dict[str, float | None]) -> Buku:
    """The plan with realisations of year n-2 in T-C.30, by the row of Renstra."""
    for pengenal, nilai in isian.items():
        buku = ubah(buku, "T-C.30", milik(buku, "T-C.30", pengenal).id, realisasi_n2=nilai)
    return hitung(buku)


def dengan_uang(buku: Buku, tabel: str, kolom: str, sen: dict[str, int]) -> Buku:
    for simpul, nilai in sen.items():
        buku = isi(buku, tabel, simpul, {kolom: nilai})
    return buku


# ── Pemenuhan Target ──────────────────────────────────────────────────────────────────────────────────────────


def dengan_indikator(kecil: Buku, pasangan: Sequence[tuple[float | str | None, float | str | None]]) -> Buku:
    """Sub kegiatan s-5 with one indicator for each pair of target and realisasi."""
    lain = [
        Indikator(f"i-5{n}", "s-5", f"Jumlah hal {n}", "Hal", di_evaluasi=True, di_rencana=True)
        for n in range(1, len(pasangan))
    ]
    buku = perbarui(replace(kecil, indikator=(*kecil.indikator, *lain)))
    for i, (target, hasil) in zip(("i-6", *(x.id for x in lain)), pasangan, strict=True):
        buku = isi(buku, "T-C.29", "s-5", {"target_n2": target, "realisasi_n2": hasil}, indikator=i)
    return buku


@pytest.mark.parametrize(
    ("pasangan", "status"),
    [
        ([(5.0, 5.0)], "memenuhi target"),
        ([(0.07, 0.07)], "memenuhi target"),
        ([(10_000.0, 9_999.0)], "tidak memenuhi target"),  # 99,99
        ([(10_000.0, 10_001.0)], "melebihi target"),  # 100,01
        ([(5.0, 0.0)], "tidak memenuhi target"),
        ([(5.0, 5.0), (3.0, 3.0)], "memenuhi target"),
        ([(10_000.0, 10_001.0), (10_000.0, 9_999.0)], "tidak memenuhi target"),
        ([(5.0, 50.0), (4.0, 4.0)], "melebihi target"),
        ([(4.0, 4.0), (5.0, 50.0)], "melebihi target"),
        ([(4.0, 4.0), (5.0, None)], "memenuhi target"),
        ([(4.0, 3.0), (5.0, "belum ada")], "tidak memenuhi target"),
        ([(5.0, None)], "belum dapat dinilai"),
        ([(0.0, 5.0)], "belum dapat dinilai"),
        ([(None, 5.0)], "belum dapat dinilai"),
        ([(5.0, "lima")], "belum dapat dinilai"),
        ([(5.0, "-"), (None, None)], "belum dapat dinilai"),
    ],
)
def test_status_dari_semua_indikatornya(
    kecil: Buku, pasangan: list[tuple[float | str | None, float | str | None]], status: str
) -> None:
    buku = dengan_indikator(kecil, pasangan)
    assert baris_simpul(hitung(buku), "Pemenuhan Target", "s-5")["status"] == Sel(status, None, rumus=True)
    disusun = susun(buku)
    rows = disusun.baris("Pemenuhan Target")
    n = next(n for n, b in enumerate(rows) if b.simpul == "s-5")
    kepala = next(b for b in reversed(rows[:n]) if b.level is Level.JUMLAH)
    assert (rows[n]["status"].nilai, kepala["status"].nilai) == (status, status)


def test_status_indikator_makin_rendah(kecil: Buku) -> None:
    """(2 × 5 − 3) ÷ 5 is 140%, though 3 of 5 alone would be 60%."""
    daftar = [replace(i, sifat=Sifat.MAKIN_RENDAH) if i.id == "i-6" else i for i in kecil.indikator]
    buku = isi(replace(kecil, indikator=tuple(daftar)), "T-C.29", "s-5", {"target_n2": 5.0, "realisasi_n2": 3.0})
    assert baris_simpul(hitung(buku), "Pemenuhan Target", "s-5")["status"].nilai == "melebihi target"


def test_daftar_pemenuhan_dan_jumlahnya(kecil: Buku) -> None:
    """s-5 and s-6 (one kegiatan) miss, s-8 meets; nothing exceeds, and that list stands empty."""
    buku = kecil
    for s, hasil in (("s-5", 3.0), ("s-6", 2.0), ("s-8", 5.0)):
        buku = isi(buku, "T-C.29", s, {"target_n2": 5.0, "realisasi_n2": hasil})
    buku = susun(buku)
    kepala = [
        (b["status"].nilai, *(b[f"jumlah_{k}"].nilai for k in ("program", "kegiatan", "sub")))
        for b in buku.baris("Pemenuhan Target")
        if b.level is Level.JUMLAH
    ]
    assert kepala == [
        ("tidak memenuhi target", 1, 1, 2),
        ("memenuhi target", 1, 1, 1),
        ("melebihi target", 0, 0, 0),
    ]
    sub = [b for b in buku.baris("Pemenuhan Target") if b.level is Level.SUB_KEGIATAN]
    assert [(b.simpul, b["no_program"].nilai, b["no_sub"].nilai) for b in sub] == [
        ("s-5", "1.", "1"),
        ("s-6", "1.", "2"),
        ("s-8", "1.", "1"),
    ]
    assert [b["kegiatan"].nilai for b in sub] == ["Pengadaan dan Pemberhentian"] * 2 + ["Mutasi dan Promosi"]
    # a list of those that cannot be judged comes last, where there are any
    lagi = susun(isi(buku, "T-C.29", "s-6", {"realisasi_n2": None}))
    akhir = lagi.baris("Pemenuhan Target")[-2:]
    assert [(b.level, b["status"].nilai) for b in akhir] == [
        (Level.JUMLAH, "belum dapat dinilai"),
        (Level.SUB_KEGIATAN, "belum dapat dinilai"),
    ]
    assert akhir[0]["jumlah_sub"].nilai == 1


# ── Capaian IKU ───────────────────────────────────────────────────────────────────────────────────────────────


def iku(pengenal: str, sasaran: str | None = "Tata kelola", /, **lain: Nilai) -> Baris:
    isian: dict[str, Nilai] = {"sasaran": sasaran, "indikator": f"Nilai hal {pengenal}", "satuan": "Nilai", **lain}
    return data(pengenal, **isian)


@pytest.mark.parametrize(
    ("hasil", "kriteria"),
    [
        (91.0, "Sangat Tinggi"),
        (90.99, "Tinggi"),
        (90.5, "Tinggi"),  # between the printed intervals
        (76.0, "Tinggi"),
        (75.99, "Sedang"),
        (66.0, "Sedang"),
        (65.99, "Rendah"),
        (51.0, "Rendah"),
        (50.99, "Sangat Rendah"),
        (0.0, "Sangat Rendah"),
        (100.0, "Sangat Tinggi"),
        (250.0, "Sangat Tinggi"),
        (None, "-"),
    ],
)
def test_batas_kriteria(hasil: float | None, kriteria: str) -> None:
    buku = realisasi(rencana(iku("r-1", target_akhir=100.0)), {"r-1": hasil})
    b = milik(buku, "Capaian IKU", "r-1")
    assert b["kategori"] == Sel(kriteria, None, rumus=True)
    assert b["capaian_persen"].nilai == ("-" if hasil is None else pytest.approx(hasil))


@pytest.mark.parametrize(
    ("kunci", "batas", "hasil", "kriteria"),
    [
        ("kriteria_sangat_tinggi", 95.0, 91.0, "Tinggi"),
        ("kriteria_sangat_tinggi", 90.0, 90.5, "Sangat Tinggi"),
        ("kriteria_tinggi", 80.0, 76.0, "Sedang"),
        ("kriteria_sedang", 70.0, 66.0, "Rendah"),
        ("kriteria_rendah", 60.0, 51.0, "Sangat Rendah"),
        ("kriteria_rendah", "lima puluh", 51.0, "Rendah"),  # what is no number means the default
        ("kriteria_rendah", None, 51.0, "Rendah"),
    ],
)
def test_batas_kriteria_dari_dasar_perhitungan(
    kunci: str, batas: float | str | None, hasil: float, kriteria: str
) -> None:
    buku = realisasi(rencana(iku("r-1", target_akhir=100.0)), {"r-1": hasil})
    buku = hitung(ganti_baris(buku, "Dasar Perhitungan", kunci, batas))
    assert milik(buku, "Capaian IKU", "r-1")["kategori"].nilai == kriteria


def test_rata_rata_menurut_sasaran() -> None:
    renstra = (
        iku("r-1", "Sasaran pertama", target_akhir=100.0),
        iku("r-2", None, target_akhir=200.0),  # a blank sasaran is that of the row above
        iku("r-3", None, target_akhir=100.0),
        iku("r-4", "Sasaran kedua", target_akhir=50.0),
        iku("r-5", "Sasaran ketiga", target_akhir=50.0),
    )
    buku = realisasi(rencana(*renstra), {"r-1": 70.0, "r-2": 180.0, "r-3": None, "r-4": None, "r-5": 26.0})
    tampil = [
        (b.level, b["no"].nilai, b["sasaran"].nilai, b["capaian_persen"].nilai, b["kategori"].nilai)
        for b in buku.baris("Capaian IKU")
    ]
    assert tampil == [
        (Level.DATA, "1", "Sasaran pertama", 70.0, "Sedang"),
        (Level.DATA, "2", None, 90.0, "Tinggi"),
        (Level.DATA, "3", None, "-", "-"),
        (Level.RATA_RATA, None, None, 80.0, "Tinggi"),  # of 70 and 90; what is unknown does not count
        (Level.DATA, "4", "Sasaran kedua", "-", "-"),
        (Level.RATA_RATA, None, None, "-", "-"),
        (Level.DATA, "5", "Sasaran ketiga", 52.0, "Rendah"),
        (Level.RATA_RATA, None, None, 52.0, "Rendah"),
    ]
    sebutan = [b["indikator"].nilai for b in buku.baris("Capaian IKU") if b.level is Level.RATA_RATA]
    assert sebutan == [f"Rata-rata capaian sasaran {n}" for n in ("I", "II", "III")]


@pytest.mark.parametrize(
    ("hasil", "capaian", "kriteria"),
    [
        (4.0, 160.0, "Sangat Tinggi"),
        (10.0, 100.0, "Sangat Tinggi"),
        (15.0, 50.0, "Sangat Rendah"),
        (25.0, 0.0, "Sangat Rendah"),
    ],
)
@pytest.mark.parametrize("sifat", ["Makin rendah makin baik", "MAKIN RENDAH makin baik"])
def test_iku_makin_rendah(sifat: str, hasil: float, capaian: float, kriteria: str) -> None:
    """(2 × 10 − realisasi) ÷ 10 × 100, at least 0."""
    buku = realisasi(rencana(iku("r-1", target_akhir=10.0, sifat=sifat)), {"r-1": hasil})
    b = milik(buku, "Capaian IKU", "r-1")
    assert b["capaian_persen"].nilai == pytest.approx(capaian)
    assert b["kategori"].nilai == kriteria


@pytest.mark.parametrize("target", [0.0, None])
def test_iku_tanpa_target(target: float | None) -> None:
    buku = realisasi(rencana(iku("r-1", target_akhir=target)), {"r-1": 4.0})
    b = milik(buku, "Capaian IKU", "r-1")
    assert (b["realisasi_sd_n2"].nilai, b["capaian_persen"].nilai, b["kategori"].nilai) == (4.0, "-", "-")


def test_capaian_iku_membawa_predikat() -> None:
    buku = rencana(iku("r-1", target_akhir=75.0, predikat_akhir="BB"))
    t30 = milik(buku, "T-C.30", "r-1").id
    b = milik(hitung(ubah(buku, "T-C.30", t30, realisasi_n2=65.18, predikat_realisasi_n2="B")), "Capaian IKU", "r-1")
    kolom = ("realisasi_sd_n2", "predikat_realisasi", "target_akhir_renstra_re", "predikat_target")
    assert [b[k] for k in kolom] == [Sel(v, None, rumus=True) for v in (65.18, "B", 75.0, "BB")]
    assert b["capaian_persen"].nilai == pytest.approx(6518 / 75)


# ── Efisiensi ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def sasaran_tunggal() -> Buku:
    """One sasaran whose mean is 86,91."""
    return realisasi(rencana(iku("r-1", target_akhir=100.0)), {"r-1": 86.91})


def efisiensi(buku: Buku, **isian: Nilai) -> Baris:
    (b,) = buku.baris("Efisiensi")
    return hitung(ubah(buku, "Efisiensi", b.id, **isian)).baris("Efisiensi")[0]


def test_efisiensi_dari_penyerapan_yang_diketik(sasaran_tunggal: Buku) -> None:
    b = efisiensi(sasaran_tunggal, persen_realisasi_anggaran=94.49, pagu_anggaran=8_084_390_039_00)
    assert b["sasaran"].nilai == "Sasaran I"
    assert b["uraian_sasaran"].nilai == "Tata kelola"
    assert b["capaian_desimal"].nilai == pytest.approx(0.8691)
    assert b["nilai_efisiensi"].nilai == pytest.approx(0.8691 / 0.9449)
    assert f"{b['nilai_efisiensi'].nilai:.4f}" == "0.9198"
    assert b["simpulan"].nilai == "Belum efisien"
    assert b["persen_realisasi_anggaran"] == Sel(94.49)  # typed, and stays so
    assert b["serapan"].nilai == pytest.approx(7_638_940_147.8511)


def test_efisiensi_dari_realisasi(sasaran_tunggal: Buku) -> None:
    b = efisiensi(sasaran_tunggal, pagu_anggaran=200_000_00, realisasi_anggaran=150_000_50)
    assert b["persen_realisasi_anggaran"].rumus
    assert b["persen_realisasi_anggaran"].nilai == pytest.approx(75.00025)
    assert b["nilai_efisiensi"].nilai == pytest.approx(86.91 / 75.00025)
    assert (b["simpulan"].nilai, b["serapan"].nilai) == ("Efisien", 150_000.5)


@pytest.mark.parametrize(
    "isian",
    [
        {},
        {"persen_realisasi_anggaran": 0.0},
        {"persen_realisasi_anggaran": "-"},
        {"persen_realisasi_anggaran": "94,49%"},  # text, as ISNUMBER sees it
        {"pagu_anggaran": 100_00},
        {"realisasi_anggaran": 100_00},
        {"pagu_anggaran": 0, "realisasi_anggaran": 100_00},
        {"pagu_anggaran": 100_00, "realisasi_anggaran": 0},
    ],
)
def test_efisiensi_tanpa_penyerapan(sasaran_tunggal: Buku, isian: dict[str, Nilai]) -> None:
    b = efisiensi(sasaran_tunggal, **isian)
    assert (b["nilai_efisiensi"].nilai, b["simpulan"].nilai) == ("-", "-")


def test_efisiensi_tanpa_capaian() -> None:
    b = efisiensi(rencana(iku("r-1", target_akhir=100.0)), persen_realisasi_anggaran=94.49)
    assert [b[k].nilai for k in ("capaian_persen", "capaian_desimal", "nilai_efisiensi", "simpulan")] == ["-"] * 4


@pytest.mark.parametrize(
    ("serap", "batas", "simpulan"),
    [(86.91, 1.0, "Efisien"), (94.49, 0.9, "Efisien"), (80.0, 1.0, "Efisien"), (80.0, 1.1, "Belum efisien")],
)
def test_batas_efisien(sasaran_tunggal: Buku, serap: float, batas: float, simpulan: str) -> None:
    buku = ganti_baris(sasaran_tunggal, "Dasar Perhitungan", "batas_efisien", batas)
    assert efisiensi(buku, persen_realisasi_anggaran=serap)["simpulan"].nilai == simpulan


# ── Pegawai ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_jumlah_pegawai() -> None:
    rows = [
        data("p-1", tingkat_pendidikan="S2", laki_laki=2.0, perempuan=3.0),
        data("p-2", tingkat_pendidikan="S1", laki_laki=4.0),
        data("p-3", tingkat_pendidikan="SLTA", perempuan=1.0),
        data("p-4", tingkat_pendidikan="SLTP"),
        data("p-5", tingkat_pendidikan="SD", laki_laki="dua", perempuan=6.0),
        data("p-6", tingkat_pendidikan="Lain", laki_laki=0.0),
    ]
    buku = susun(buku_baru(2025).ganti({"Pegawai": rows}))
    jumlah = {b.id: b["jumlah"].nilai for b in buku.baris("Pegawai") if b.level is Level.DATA}
    assert jumlah == {"p-1": 5, "p-2": 4, "p-3": 1, "p-4": "-", "p-5": 6, "p-6": 0}
    akhir = buku.baris("Pegawai")[-1]
    assert (akhir.level, akhir["tingkat_pendidikan"].nilai) == (Level.JUMLAH, "Jumlah")
    assert [akhir[k].nilai for k in ("laki_laki", "perempuan", "jumlah")] == [6, 10, 16]
    assert all(akhir[k].rumus for k in ("laki_laki", "perempuan", "jumlah"))
    # the sum keeps the name that somebody gave it
    bernama = susun(
        buku.ganti({"Pegawai": [*buku.baris("Pegawai")[:-1], akhir.dengan({"tingkat_pendidikan": Sel("Total")})]})
    )
    assert bernama.baris("Pegawai")[-1]["tingkat_pendidikan"] == Sel("Total")
    # a row typed below the sum joins the rows above it
    lagi = susun(buku.ganti({"Pegawai": [*buku.baris("Pegawai"), data("p-7", tingkat_pendidikan="S3", perempuan=1.0)]}))
    assert [b.id for b in lagi.baris("Pegawai")][-2:] == ["p-7", akhir.id]
    assert [lagi.baris("Pegawai")[-1][k].nilai for k in ("laki_laki", "perempuan", "jumlah")] == [6, 11, 17]


# ── Renstra and what takes from it ────────────────────────────────────────────────────────────────────────────

CARA = ("Dijumlahkan", "Posisi akhir", "Rata-rata")


@pytest.mark.parametrize(
    ("target", "harapan"),
    [
        ({1: 10.0, 2: 20.0, 3: 30.0, 4: 40.0, 5: 50.0, 6: 60.0}, (210.0, 60.0, 35.0)),
        ({2: 10.0, 4: 30.0}, (40.0, 30.0, 20.0)),
        ({1: 7.5}, (7.5, 7.5, 7.5)),
        ({3: 0.0, 5: 12.0, 6: 0.0}, (12.0, 0.0, 4.0)),
        ({2: 10.0, 4: "-", 6: "tiga"}, (10.0, 10.0, 10.0)),
    ],
)
def test_target_akhir_menurut_cara_hitung(target: dict[int, Nilai], harapan: tuple[float, ...]) -> None:
    for cara, benar in zip(CARA, harapan, strict=True):
        b = satu(
            rencana(iku("r-1", cara_hitung=cara, **{f"target_r{n}": t for n, t in target.items()})), "Renstra", "r-1"
        )
        assert b["target_akhir"].rumus
        assert b["target_akhir"].nilai == pytest.approx(benar), cara


@pytest.mark.parametrize(
    ("satuan", "indikator", "akhir"),
    [
        ("Dokumen", "Jumlah dokumen", 30.0),
        ("%", "Jumlah dokumen", 20.0),
        ("Indeks", "Indeks kepuasan", 20.0),
        (None, "Persentase jabatan", 20.0),
        (None, "Jumlah kasus", 30.0),
    ],
)
def test_cara_hitung_renstra_menurut_satuan(satuan: str | None, indikator: str, akhir: float) -> None:
    b = satu(
        rencana(data("r-1", sasaran="S", indikator=indikator, satuan=satuan, target_r1=10.0, target_r2=20.0)),
        "Renstra",
        "r-1",
    )
    assert b["target_akhir"].nilai == akhir


def test_target_akhir_yang_diketik_dipakai_dan_tetap_ketikan() -> None:
    buku = rencana(
        iku("r-1", target_r1=10.0, target_r2=20.0, target_akhir=99.0), iku("r-2", target_akhir="-", target_r1=1.0)
    )
    assert satu(buku, "Renstra", "r-1")["target_akhir"] == Sel(99.0)
    assert satu(buku, "Renstra", "r-2")["target_akhir"] == Sel("-")
    assert satu(susun(buku), "Renstra", "r-1")["target_akhir"] == Sel(99.0)


def test_target_akhir_tanpa_sumber() -> None:
    buku = rencana(iku("r-1", target_r1=10.0), iku("r-2"))
    assert satu(buku, "Renstra", "r-2")["target_akhir"].nilai in {None, "-"}
    kosong = hitung(ubah(buku, "Renstra", "r-1", target_r1=None))
    assert satu(kosong, "Renstra", "r-1")["target_akhir"] == Sel("-", None, rumus=True)
    # and it comes back with the source
    assert satu(hitung(ubah(kosong, "Renstra", "r-1", target_r3=4.0)), "Renstra", "r-1")["target_akhir"].nilai == 4.0


def test_t_c_30_mengambil_target_tahunnya() -> None:
    buku = rencana(iku("r-1", **{f"target_r{n}": float(n) for n in range(1, 7)}, predikat_r4="BB"))
    b = milik(buku, "T-C.30", "r-1")
    harapan = {"target_n2": 3.0, "target_n1": 4.0, "target_n": 5.0, "target_p1": 6.0}
    assert {k: b[k] for k in harapan} == {k: Sel(v, None, rumus=True) for k, v in harapan.items()}
    assert b["predikat_target_n1"] == Sel("BB", None, rumus=True)
    # the next year of the plan, the next years of the targets
    b = milik(susun(ganti_baris(buku, "Profil", "tahun_anggaran", 2024.0)), "T-C.30", "r-1")
    assert [b[k].nilai for k in harapan] == [2.0, 3.0, 4.0, 5.0]


def test_target_t_c_30_yang_diketik_menang() -> None:
    buku = rencana(iku("r-1", target_r5=72.0))
    t30 = milik(buku, "T-C.30", "r-1").id
    diketik = hitung(ubah(buku, "T-C.30", t30, target_n=70.0, target_n1="belum ada"))
    assert satu(diketik, "T-C.30", t30)["target_n"] == Sel(70.0)
    assert satu(diketik, "T-C.30", t30)["target_n1"] == Sel("belum ada")
    lagi = susun(ubah(diketik, "Renstra", "r-1", target_r5=80.0))
    assert satu(lagi, "T-C.30", t30)["target_n"] == Sel(70.0)
    # emptied, it takes the source again
    assert satu(hitung(ubah(lagi, "T-C.30", t30, target_n=None)), "T-C.30", t30)["target_n"] == Sel(
        80.0, None, rumus=True
    )


def test_sumber_yang_hilang_menjadi_strip() -> None:
    buku = rencana(iku("r-1", target_r5=72.0, predikat_r5="BB"))
    t30 = milik(buku, "T-C.30", "r-1").id
    kosong = hitung(ubah(buku, "Renstra", "r-1", target_r5=None, predikat_r5=None))
    b = satu(kosong, "T-C.30", t30)
    assert (b["target_n"], b["predikat_target_n"]) == (Sel("-", None, rumus=True), Sel("-", None, rumus=True))
    isi_lagi = hitung(ubah(kosong, "Renstra", "r-1", target_r5=73.0, predikat_r5="A"))
    assert (
        satu(isi_lagi, "T-C.30", t30)["target_n"].nilai,
        satu(isi_lagi, "T-C.30", t30)["predikat_target_n"].nilai,
    ) == (73.0, "A")


@pytest.mark.parametrize(
    ("periode", "bersumber"),
    [
        ("2021 s.d. 2026", {"n2", "n1", "n", "p1"}),
        ("2024-2029", {"n1", "n", "p1"}),
        ("2026 s.d. 2030", {"p1"}),
        ("2019 s.d. 2024", {"n2", "n1"}),
        ("2031-2036", set()),
        (None, set()),
    ],
)
def test_tahun_di_luar_periode_tanpa_sumber(periode: str | None, bersumber: set[str]) -> None:
    renstra = iku("r-1", **{f"target_r{n}": float(n) for n in range(1, 7)})
    tahun = ("n2", "n1", "n", "p1")
    b = milik(rencana(renstra, periode=periode), "T-C.30", "r-1")
    assert {t for t in tahun if b[f"target_{t}"].rumus} == bersumber
    assert all(b[f"target_{t}"] == Sel() for t in tahun if t not in bersumber)
    # what took its target from a year that is no longer in the period shows nothing; what was typed stays
    buku = rencana(renstra)
    t30 = milik(buku, "T-C.30", "r-1").id
    pindah = hitung(ganti_baris(ubah(buku, "T-C.30", t30, target_n=70.0), "Profil", "tahun_renstra", periode))
    b = satu(pindah, "T-C.30", t30)
    assert {t for t in tahun if b[f"target_{t}"].rumus} == bersumber - {"n"}
    assert b["target_n"] == Sel(70.0)
    assert all(b[f"target_{t}"].nilai is None for t in tahun if t not in bersumber | {"n"})


@pytest.fixture(scope="module")
def dari_renstra(kecil: Buku) -> Buku:
    """Column 4 of s-5 is blank, and Renstra has targets of 2, 3 and 5 documents for it."""
    buku = isi(
        kecil, "T-C.29", "s-5", {"target_renstra": None, "realisasi_sd_n3": 4.0, "realisasi_n2": 3.0, "target_n1": 6.0}
    )
    renstra = data("r-5", kode="5.03.02.2.01.0003", indikator="jumlah dokumen pengadaan.", satuan="Dokumen",
                   target_r1=2.0, target_r2=3.0, target_r6=5.0)  # fmt: skip
    return susun(buku.ganti({"Renstra": [renstra]}))


def test_kolom_4_dari_renstra(dari_renstra: Buku) -> None:
    b = baris_simpul(dari_renstra, "T-C.29", "s-5")
    assert b["target_renstra"] == Sel(10.0, None, rumus=True)
    assert b["realisasi_sd_n1"].nilai == 13
    assert b["tingkat_capaian_renstra"].nilai == pytest.approx(130)
    # a row with a kode is no main indicator
    assert dari_renstra.baris("T-C.30") == dari_renstra.baris("Capaian IKU") == ()
    # its target moves, and the rate follows
    b = baris_simpul(hitung(ubah(dari_renstra, "Renstra", "r-5", target_r6=15.0)), "T-C.29", "s-5")
    assert b["target_renstra"].nilai == 20
    assert b["tingkat_capaian_renstra"].nilai == pytest.approx(65)


def test_kolom_4_yang_diketik_menang(dari_renstra: Buku) -> None:
    b = baris_simpul(hitung(isi(dari_renstra, "T-C.29", "s-5", {"target_renstra": 26.0})), "T-C.29", "s-5")
    assert b["target_renstra"] == Sel(26.0)
    assert b["tingkat_capaian_renstra"].nilai == pytest.approx(50)


@pytest.mark.parametrize("cara", ["baris", "target", "kode"])
def test_kolom_4_tanpa_sumber_lagi(dari_renstra: Buku, cara: str) -> None:
    if cara == "baris":
        buku = susun(dari_renstra.ganti({"Renstra": ()}))
    elif cara == "target":
        buku = hitung(ubah(dari_renstra, "Renstra", "r-5", target_r1=None, target_r2=None, target_r6=None))
    else:
        buku = susun(ubah(dari_renstra, "Renstra", "r-5", kode="5.03.02.2.09.0001"))
    b = baris_simpul(buku, "T-C.29", "s-5")
    assert b["target_renstra"] == Sel("-", None, rumus=True)
    assert b["tingkat_capaian_renstra"].nilai == "-"


# ── the find box ──────────────────────────────────────────────────────────────────────────────────────────────


def mencari(buku: Buku, kata: Nilai) -> Buku:
    (b,) = (b for b in buku.baris("Cari") if b["no"].nilai == 1)
    return hitung(ubah(buku, "Cari", b.id, kata=kata))


def ditemukan(buku: Buku, kata: Nilai) -> list[Nilai]:
    """Names that the box shows."""
    rows = mencari(buku, kata).baris("Cari")
    assert [b["no"].nilai for b in rows] == [float(n) for n in range(1, len(rows) + 1)]
    nama = [b["nama"].nilai for b in rows]
    terisi = [n for n in nama if n != "-"]
    assert nama == terisi + ["-"] * (len(nama) - len(terisi))
    return terisi


S = {
    "s-1": "Urusan Penunjang", "s-2": "Badan Kepegawaian", "s-3": "PROGRAM KEPEGAWAIAN DAERAH",
    "s-4": "Pengadaan dan Pemberhentian", "s-5": "Koordinasi Pengadaan", "s-6": "Administrasi Pemberhentian",
    "s-7": "Mutasi dan Promosi", "s-8": "Pengelolaan (50%*) Mutasi?~",
}  # fmt: skip


@pytest.fixture(scope="module")
def bernama(kecil: Buku) -> Buku:
    """The small plan with these names; one holds signs that mean something to a search."""
    return susun(replace(kecil, simpul=tuple(replace(s, nama=S[s.id]) for s in kecil.simpul)))


@pytest.mark.parametrize(
    ("kata", "simpul"),
    [
        ("kepegawaian", ["s-2", "s-3"]),
        ("KEPEGAWAIAN", ["s-2", "s-3"]),
        ("pengadaan", ["s-4", "s-5"]),
        ("P?NGADAAN", ["s-4", "s-5"]),
        ("p??gadaan", ["s-4", "s-5"]),
        ("peng?adaan", []),
        ("pengadaan*pemberhentian", ["s-4"]),
        ("pemberhentian*pengadaan", []),
        ("mutasi", ["s-7", "s-8"]),
        ("mutasi~?", ["s-8"]),
        ("mutasi?", ["s-7", "s-8"]),  # any one sign
        ("50%~*", ["s-8"]),
        ("~?", ["s-8"]),
        ("(50", ["s-8"]),
        ("~~", ["s-8"]),
        ("?~~", ["s-8"]),
        ("~~~~", []),
        ("*", list(S)),
        ("?", list(S)),
        ("dan*o", ["s-7"]),
        ("5.03.02.2.02", ["s-7", "s-8"]),
        ("5.03.02.2.0?.0003", ["s-5"]),
        ("5x03", []),
        (" dan ", ["s-4", "s-7"]),
    ],
)
def test_cari(bernama: Buku, kata: str, simpul: list[str]) -> None:
    assert ditemukan(bernama, kata) == ([S[s] for s in simpul] or ["tidak ditemukan"])


@pytest.mark.parametrize("kata", [None, ""])
def test_cari_tanpa_kata(bernama: Buku, kata: str | None) -> None:
    assert ditemukan(bernama, kata) == []


def test_cari_angka(bernama: Buku) -> None:
    """A number that Excel made of the digits typed."""
    assert ditemukan(bernama, 50.0) == [S["s-8"]]


def test_cari_yang_tidak_ada_mengosongkan_yang_lain(bernama: Buku) -> None:
    rows = mencari(bernama, "zzz").baris("Cari")
    kolom = ("kode", "jenjang", "di_struktur", "di_t_c_29", "di_t_c_31", "di_t_c_33", "di_rkt")
    assert {b[k].nilai for b in rows for k in kolom} == {"-"}


def test_hasil_cari_paling_banyak_sebanyak_barisnya(normal: Buku) -> None:
    assert len(ditemukan(normal, "a")) == len(normal.baris("Cari")) == 15


def test_tautan_hasil_cari_menuju_barisnya(bernama: Buku) -> None:
    """Opened as a file, each *baris …* names the row where the node's name stands."""
    di_rencana = replace(next(i for i in bernama.indikator if i.simpul == "s-6"), di_evaluasi=False)
    buku = replace(bernama, indikator=tuple(di_rencana if i.id == di_rencana.id else i for i in bernama.indikator))
    buku = mencari(susun(buku), "pem")
    wb: Any = load_workbook(BytesIO(bangun(buku)), data_only=True)
    lembar = {"di_struktur": "Program & Sub Kegiatan", "di_t_c_29": "T-C.29", "di_t_c_31": "T-C.31",
              "di_t_c_33": "T-C.33", "di_rkt": "RKT"}  # fmt: skip
    rows = [b for b in buku.baris("Cari") if b["nama"].nilai != "-"]
    assert [b["nama"].nilai for b in rows] == [S["s-4"], S["s-6"]]
    for b in rows:
        for k, nama in lembar.items():
            if (k, b["nama"].nilai) == ("di_t_c_29", S["s-6"]):  # not in the evaluation
                assert b[k].nilai == "-"
                continue
            teks = str(b[k].nilai)
            assert teks.startswith("baris ")
            tampil = {c.value for c in wb[nama][int(teks.removeprefix("baris "))]}
            assert b["nama"].nilai in tampil, (k, teks)


# ── Anggaran ──────────────────────────────────────────────────────────────────────────────────────────────────

BANYAK = ("urusan", "program", "kegiatan", "sub_kegiatan", "anggaran")


@pytest.fixture(scope="module")
def berpagu(kecil: Buku) -> Buku:
    """Pagu of 100.000, 50.000 and 7.000,25; kebutuhan and RKPD with sen of their own."""
    buku = dengan_uang(kecil, "T-C.33", "pagu_n", {"s-5": 100_000_00, "s-6": 50_000_00, "s-8": 7_000_25})
    buku = dengan_uang(buku, "T-C.31", "kebutuhan_dana", {"s-5": 200_000_01, "s-6": 100_000_00, "s-8": 14_000_26})
    buku = dengan_uang(buku, "T-C.31", "pagu_rkpd", {"s-5": 100_000_99, "s-6": 50_000_00, "s-8": 7_000_00})
    buku = ganti_baris(buku, "Profil", "dasar_rkt", DARI_KEBUTUHAN)
    return susun(buku)


def test_anggaran_tahun_rencana(berpagu: Buku) -> None:
    (b,) = berpagu.baris("Anggaran")
    assert (b["tahun"].nilai, b["tahap"].nilai) == (2025.0, "Renja")
    assert [b[k] for k in BANYAK] == [Sel(n, None, rumus=True) for n in (1, 1, 2, 3, 157_000_25)]
    # a sub kegiatan that is not planned any more does not count
    daftar = [replace(i, di_rencana=i.simpul not in {"s-7", "s-8"}) for i in berpagu.indikator]
    (b,) = susun(replace(berpagu, indikator=tuple(daftar))).baris("Anggaran")
    assert [b[k].nilai for k in BANYAK] == [1, 1, 1, 2, 150_000_00]


def test_anggaran_baris_lain_tidak_diisi(berpagu: Buku) -> None:
    rows = [data("a-1", tahun=2025.0, tahap="APBD"), data("a-2", tahun=2024.0, tahap="Renja", program=9.0)]
    buku = susun(berpagu.ganti({"Anggaran": [*rows, *berpagu.baris("Anggaran")]}))
    assert [[satu(buku, "Anggaran", i)[k].nilai for k in BANYAK] for i in ("a-1", "a-2")] == [
        [None] * 5,
        [None, 9.0, None, None, None],
    ]
    assert len(buku.baris("Anggaran")) == 3


def test_anggaran_yang_diketik_menang(berpagu: Buku) -> None:
    rows = [data("a-1", tahun=2025.0, tahap=" renja ", program=4.0, anggaran=1_00)]
    buku = susun(berpagu.ganti({"Anggaran": rows}))
    (b,) = buku.baris("Anggaran")
    assert (b["program"], b["anggaran"]) == (Sel(4.0), Sel(1_00))
    assert b["kegiatan"] == Sel(2.0, None, rumus=True)


@pytest.mark.parametrize(
    ("anggaran", "realisasi", "persen"),
    [(200_00, 150_50, 75.25), (200_00, None, "-"), (None, 150_00, "-"), (0, 150_00, "-"), (200_00, 0, 0.0)],
)
def test_persen_realisasi_anggaran(anggaran: int | None, realisasi: int | None, persen: Nilai) -> None:
    rows = [data("a-1", tahun=2023.0, tahap="APBDP", anggaran=anggaran, realisasi=realisasi)]
    buku = susun(buku_baru(2025).ganti({"Anggaran": rows}))
    assert satu(buku, "Anggaran", "a-1")["persen_realisasi"].nilai == persen


def test_tahun_baru_membekukan_baris_lama(berpagu: Buku) -> None:
    (lama,) = berpagu.baris("Anggaran")
    buku = susun(ganti_baris(berpagu, "Profil", "tahun_anggaran", 2026.0))
    beku, baru = buku.baris("Anggaran")
    assert (beku.id, beku["tahun"].nilai) == (lama.id, 2025.0)
    assert [beku[k] for k in BANYAK] == [Sel(n) for n in (1, 1, 2, 3, 157_000_25)]
    assert (baru["tahun"].nilai, baru["tahap"].nilai) == (2026.0, "Renja")
    assert all(baru[k].rumus for k in BANYAK)
    buku = susun(isi(buku, "T-C.33", "s-8", {"pagu_n": 8_000_00}))
    beku, baru = buku.baris("Anggaran")
    assert (beku["anggaran"].nilai, baru["anggaran"].nilai) == (157_000_25, 158_000_00)


def test_persen_tahun_lalu_bukan_ketikan() -> None:
    """A computed cell has no original text, however often the tables are laid out."""
    rows = [data("a-1", tahun=2023.0, tahap="APBDP", anggaran=200_00, realisasi=150_00)]
    buku = susun(buku_baru(2025).ganti({"Anggaran": rows}))
    assert satu(susun(buku), "Anggaran", "a-1")["persen_realisasi"] == Sel(75.0, None, rumus=True)


# ── Perbandingan, Data Grafik ─────────────────────────────────────────────────────────────────────────────────

UANG = ("pagu_rkpd", "kebutuhan_dana", "pagu_n", "anggaran", "selisih_pagu", "selisih_rkt")


def banding(buku: Buku) -> dict[str | None, tuple[Nilai, ...]]:
    return {b.simpul: tuple(b[k].nilai for k in UANG) for b in buku.baris("Perbandingan")}


def test_perbandingan_tepat_sampai_sen(berpagu: Buku) -> None:
    assert banding(berpagu) == {
        "s-3": (157_000_99, 314_000_27, 157_000_25, 314_000_27, -157_000_02, 0),
        "s-4": (150_000_99, 300_000_01, 150_000_00, 300_000_01, -150_000_01, 0),
        "s-5": (100_000_99, 200_000_01, 100_000_00, 200_000_01, -100_000_01, 0),
        "s-6": (50_000_00, 100_000_00, 50_000_00, 100_000_00, -50_000_00, 0),
        "s-7": (7_000_00, 14_000_26, 7_000_25, 14_000_26, -7_000_01, 0),
        "s-8": (7_000_00, 14_000_26, 7_000_25, 14_000_26, -7_000_01, 0),
    }
    assert all(isinstance(n, int) for deret in banding(berpagu).values() for n in deret)
    dari_pagu = banding(hitung(ganti_baris(berpagu, "Profil", "dasar_rkt", DARI_PAGU)))
    assert dari_pagu["s-3"] == (157_000_99, 314_000_27, 157_000_25, 157_000_25, -157_000_02, -157_000_02)


def test_perbandingan_jumlah_besar(berpagu: Buku) -> None:
    besar = 9_999_999_999_999_99
    buku = isi(berpagu, "T-C.33", "s-8", {"pagu_n": besar})
    b = banding(hitung(isi(buku, "T-C.31", "s-8", {"kebutuhan_dana": besar - 1})))
    assert b["s-8"][2:] == (besar, besar - 1, 1, 0)
    assert b["s-3"][2] == besar + 150_000_00


def test_perbandingan_tanpa_pagu_nol(berpagu: Buku) -> None:
    buku = isi(berpagu, "T-C.33", "s-8", {"pagu_n": None})
    assert banding(hitung(buku))["s-8"][2:] == (0, 14_000_26, -14_000_26, 0)


def test_data_grafik(berpagu: Buku) -> None:
    buku = berpagu
    for i, target in (("i-3", 150.0), ("i-4", 300.0)):
        isian = {"target_renstra": 300.0, "target_n1": target, "realisasi_n2": None, "realisasi_sd_n3": None}
        buku = isi(buku, "T-C.29", "s-3", isian, indikator=i)
    grafik = {b.simpul: b for b in hitung(buku).baris("Data Grafik")}
    assert list(grafik) == ["s-3", "s-4", "s-7"]
    assert [grafik["s-3"][k].nilai for k in UANG[:3]] == [157_000_99, 314_000_27, 157_000_25]
    assert grafik["s-3"]["capaian"].nilai == pytest.approx(75)  # of 50 and 100
    assert grafik["s-7"]["capaian"].nilai == "-"
    assert grafik["s-3"]["label"].nilai == "Program kepegawaian daerah"


# ── Beranda ───────────────────────────────────────────────────────────────────────────────────────────────────


def beranda(buku: Buku, kolom: str = "nilai") -> dict[str, Nilai]:
    return {str(b["kunci"].nilai): b[kolom].nilai for b in buku.baris("Beranda")}


LAIN = [k for k in KELUARGA_CATATAN if k != "HIT"]


def test_beranda(berpagu: Buku) -> None:
    buku = ganti_baris(berpagu, "Profil", "perangkat_daerah", "Badan Kepegawaian")
    buku = ganti_baris(buku, "Profil", "tahun_renstra", PERIODE)
    for s, hasil in (("s-5", 3.0), ("s-6", 10.0), ("s-8", 5.0)):
        buku = isi(buku, "T-C.29", s, {"target_n2": 5.0, "realisasi_n2": hasil})
    buku = buku.ganti({"Renstra": [iku("r-1", target_akhir=100.0), iku("r-2", target_akhir=50.0)]})
    buku = realisasi(susun(buku), {"r-1": 80.0, "r-2": 45.0})
    temuan = [
        Temuan("HIT-08", tingkat, "T-C.29", f"c29-{n}", "tingkat_realisasi_n2", "Pesan.", "Cara.")
        for n, tingkat in enumerate([Tingkat.HARUS_DIPERBAIKI, *[Tingkat.PERLU_DICEK] * 2, *[Tingkat.INFORMASI] * 3])
    ]
    usai = [replace(t, baris=f"{t.baris}-usai") for t in temuan]  # what is mended is not counted
    buku = catat_waktu(dengan_catatan(buku, temuan, usai), datetime(2026, 11, 4, 9, 5))
    # forward estimates: 200.000,01, 100.000 and 14.000,26, each × 1,1 to Rp100
    assert beranda(buku) == {
        "keadaan_jumlah": "Jumlahnya berbeda antartabel: lihat lembar Perbandingan.",
        "total_rkpd": 157_000.99, "total_kebutuhan": 314_000.27, "total_pagu": 157_000.25, "total_rkt": 314_000.27,
        "total_p1": 220_000 + 110_000 + 15_400,
        "catatan_berat": 1, "catatan_cek": 2, "catatan_informasi": 3, "catatan_dijelaskan": 0,
        "catatan_sisa": "6 dari 12 catatan", "catatan_hit": 6, **dict.fromkeys((f"catatan_{k.lower()}" for k in LAIN), 0),
        "perangkat_daerah": "Badan Kepegawaian", "kabupaten": "-", "tahun_renstra": PERIODE, "tahapan": "Persiapan",
        "terakhir_dihitung": "4 November 2026 pukul 09.05", "keadaan_tabel": "Mutakhir",
            "keadaan_makro": TIDAK_AKTIF, "keadaan_python": TIDAK_AKTIF,
        "jumlah_program": 1, "jumlah_kegiatan": 2, "jumlah_sub": 3,
        "sub_melebihi": 1, "sub_memenuhi": 1, "sub_tidak": 1, "sub_belum": 0,
        "rata_capaian": pytest.approx(85),
    }  # fmt: skip
    selisih = {k: v for k, v in beranda(buku, "selisih").items() if v is not None}
    assert selisih == {"total_rkpd": -156_999.28, "total_pagu": -157_000.02, "total_rkt": 0.0}
    assert {beranda(buku, "uraian")[k] for k in ("total_rkpd", "total_p1")} == {
        "Rancangan Awal RKPD 2025",
        "Prakiraan maju 2026",
    }


def test_beranda_jumlah_yang_sama(berpagu: Buku) -> None:
    buku = dengan_uang(berpagu, "T-C.33", "pagu_n", {"s-5": 200_000_01, "s-6": 100_000_00, "s-8": 14_000_26})
    sama = "Kebutuhan, T-C.33, dan RKT sama jumlahnya."
    assert beranda(hitung(buku))["keadaan_jumlah"] == sama
    assert beranda(hitung(isi(buku, "T-C.33", "s-8", {"pagu_n": 14_000_27})))["keadaan_jumlah"] != sama


def test_beranda_rencana_kosong() -> None:
    b = beranda(buku_baru(2025))
    assert [b[k] for k in ("total_rkpd", "total_pagu", "jumlah_sub", "sub_belum", "catatan_berat")] == [0] * 5
    assert (b["rata_capaian"], b["perangkat_daerah"]) == ("-", "-")


# ── all of it ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_menghitung_lagi_tidak_mengubah_apa_pun(berpagu: Buku, dari_renstra: Buku) -> None:
    for buku in (berpagu, dari_renstra, realisasi(rencana(iku("r-1", target_r5=3.0)), {"r-1": 2.0})):
        assert hitung(buku) == buku
        assert susun(buku) == buku
