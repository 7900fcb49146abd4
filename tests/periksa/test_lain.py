"""The audit of the tables around the plan: each fault put into a plan that has none, and its harmless neighbour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from renja_xl.core.buku import Asal, Baris, Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa import ATURAN, periksa
from tests.conftest import ganti_baris, isi

HARUS, CEK = Tingkat.HARUS_DIPERBAIKI, Tingkat.PERLU_DICEK
DIUJI = ("HIT-21", "KAT-01", "KAT-02", "LNK-06", "LNK-07")


def data(pengenal: str, **nilai: Nilai) -> Baris:
    return Baris(pengenal, Level.DATA, {k: Sel(v) for k, v in nilai.items()})


@pytest.fixture(scope="module")
def bersih(kecil: Buku) -> Buku:
    """Two main indicators of one sasaran: 185 of 300 and 80 of 100, so 61,666… and 80, on average 70,8333…

    s-5 misses its target (60%), s-6 too (40%), s-8 meets it.
    """
    buku = ganti_baris(kecil, "Profil", "tahun_renstra", "2021 s.d. 2026")
    for s, pagu, nyata in (("s-5", 100_000_00, 3.0), ("s-6", 50_000_00, 2.0), ("s-8", 7_000_00, 5.0)):
        buku = isi(buku, "T-C.31", s, {"kebutuhan_dana": pagu})
        buku = isi(buku, "T-C.33", s, {"pagu_n": pagu})
        buku = isi(buku, "T-C.29", s, {"target_n2": 5.0, "realisasi_n2": nyata})
    renstra = [
        data("r-1", sasaran="Tata kelola", indikator="Indeks merit", satuan="Indeks", target_r6=300.0),
        data("r-2", sasaran="Tata kelola", indikator="Nilai SAKIP", satuan="Nilai", target_r6=100.0),
    ]
    t30 = [
        data("t-1", indikator="Indeks merit", realisasi_n2=185.0),
        data("t-2", indikator="Nilai SAKIP", realisasi_n2=80.0),
    ]
    pegawai = [data("p-1", tingkat_pendidikan="S1", laki_laki=2.0, perempuan=3.0)]
    anggaran = [data("a-1", tahun=2023.0, tahap="APBDP", anggaran=300_00, realisasi=200_00)]
    buku = perbarui(buku.ganti({"Renstra": renstra, "T-C.30": t30, "Pegawai": pegawai, "Anggaran": anggaran}))
    (e,) = buku.baris("Efisiensi")
    return hitung(
        buku.ganti({"Efisiensi": [e.dengan({"pagu_anggaran": Sel(100_00), "realisasi_anggaran": Sel(90_00)})]})
    )


def baris(buku: Buku, tabel: str, n: int) -> Baris:
    return buku.baris(tabel)[n]


def ganti(buku: Buku, tabel: str, n: int, **sel: Sel) -> Buku:
    """The plan with cells of a table's n-th row replaced."""
    rows = list(buku.baris(tabel))
    rows[n] = rows[n].dengan(sel)
    return buku.ganti({tabel: rows})


def temuan(buku: Buku) -> list[tuple[str, Tingkat, str, str, str, str]]:
    return [(t.aturan, t.tingkat, t.tabel, t.kolom, t.tertulis, t.seharusnya) for t in periksa(buku, DIUJI)]


def satu(buku: Buku) -> Temuan:
    (t,) = periksa(buku, DIUJI)
    return t


def test_rencana_yang_benar(bersih: Buku) -> None:
    assert temuan(bersih) == []
    assert set(DIUJI) <= set(ATURAN)


# ── HIT-21 ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tabel", "n", "kolom", "sel", "tingkat", "tertulis", "seharusnya"),
    [
        ("Capaian IKU", 0, "capaian_persen", Sel(63.0, "63"), HARUS, "63", "61,67"),
        ("Capaian IKU", 0, "capaian_persen", Sel(61.68), HARUS, "61,68", "61,67"),
        ("Capaian IKU", 0, "capaian_persen", Sel(61.66, "61,66"), CEK, "61,66", "61,67"),  # cut off
        ("Capaian IKU", 0, "capaian_persen", Sel(61.0, "61"), CEK, "61", "61,67"),
        ("Capaian IKU", 1, "capaian_persen", Sel(80.01, "80,01"), HARUS, "80,01", "80"),
        ("Capaian IKU", 2, "capaian_persen", Sel(70.9, "70,9"), HARUS, "70,9", "70,83"),
        ("Pegawai", 0, "jumlah", Sel(6.0, "6"), HARUS, "6", "5"),
        ("Pegawai", 1, "perempuan", Sel(4.0), HARUS, "4", "3"),
        ("Pegawai", 1, "jumlah", Sel(6.0), HARUS, "6", "5"),
        ("Efisiensi", 0, "nilai_efisiensi", Sel(0.9, "0,9"), HARUS, "0,9", "0,787037"),
        ("Efisiensi", 0, "nilai_efisiensi", Sel(0.78, "0,78"), CEK, "0,78", "0,787037"),
        ("Efisiensi", 0, "capaian_desimal", Sel(0.7, "0,70"), CEK, "0,70", "0,708333"),
    ],
)
def test_hit_21(
    bersih: Buku, tabel: str, n: int, kolom: str, sel: Sel, tingkat: Tingkat, tertulis: str, seharusnya: str
) -> None:
    buku = ganti(bersih, tabel, n, **{kolom: sel})
    assert temuan(buku) == [("HIT-21", tingkat, tabel, kolom, tertulis, seharusnya)]
    t = satu(buku)
    assert t.baris == baris(bersih, tabel, n).id
    assert ("dipotong" in t.pesan) is (tingkat is CEK)
    assert f"tertulis {tertulis}" in t.pesan
    assert seharusnya in t.pesan


@pytest.mark.parametrize(
    ("tabel", "n", "kolom", "sel"),
    [
        ("Capaian IKU", 0, "capaian_persen", Sel(61.67, "61,67")),
        ("Capaian IKU", 0, "capaian_persen", Sel(62.0, "62")),
        ("Capaian IKU", 1, "capaian_persen", Sel(80.0, "80,00")),
        ("Capaian IKU", 2, "capaian_persen", Sel(70.83, "70,83")),
        ("Capaian IKU", 2, "capaian_persen", Sel(71.0, "71")),
        ("Capaian IKU", 2, "capaian_persen", Sel()),
        ("Pegawai", 0, "jumlah", Sel(5.0)),
        ("Pegawai", 0, "jumlah", Sel("-")),
        ("Efisiensi", 0, "nilai_efisiensi", Sel(0.787, "0,787")),
        ("Efisiensi", 0, "nilai_efisiensi", Sel(0.8, "0,8")),
        ("Efisiensi", 0, "capaian_desimal", Sel(0.71, "0,71")),
    ],
)
def test_hit_21_yang_benar(bersih: Buku, tabel: str, n: int, kolom: str, sel: Sel) -> None:
    assert temuan(ganti(bersih, tabel, n, **{kolom: sel})) == []


def test_hit_21_rata_rata_dari_yang_tercetak_bukan_temuan_sendiri(bersih: Buku) -> None:
    """63 is wrong; that the mean of 63 and 80 stands below it is right by what is printed there."""
    buku = ganti(bersih, "Capaian IKU", 0, capaian_persen=Sel(63.0, "63"))
    sesuai = ganti(buku, "Capaian IKU", 2, capaian_persen=Sel(71.5, "71,50"))
    assert [(t.baris, t.aturan) for t in periksa(sesuai, DIUJI)] == [(baris(bersih, "Capaian IKU", 0).id, "HIT-21")]
    # agreeing with what it should be is right too, and with neither is a finding of its own
    benar = ganti(buku, "Capaian IKU", 2, capaian_persen=Sel(70.83, "70,83"))
    assert len(periksa(benar, DIUJI)) == 1
    keliru = ganti(buku, "Capaian IKU", 2, capaian_persen=Sel(73.0, "73"))
    assert [t.baris for t in periksa(keliru, DIUJI)] == [baris(bersih, "Capaian IKU", n).id for n in (0, 2)]


def test_hit_21_jumlah_pegawai_dari_yang_tertulis(bersih: Buku) -> None:
    """A wrong number of women gives one finding, at the sums that do not follow; the mends are theirs."""
    buku = ganti(bersih, "Pegawai", 0, perempuan=Sel(4.0, "4"))
    rujukan = {(t.baris, t.kolom, t.seharusnya) for t in periksa(buku, DIUJI)}
    p, jumlah = (baris(bersih, "Pegawai", n).id for n in (0, 1))
    assert rujukan == {(p, "jumlah", "6"), (jumlah, "perempuan", "4"), (jumlah, "jumlah", "6")}


@pytest.mark.parametrize(
    ("tabel", "kolom", "sel"), [("Anggaran", "persen_realisasi", Sel(50.0)), ("Efisiensi", "simpulan", Sel("Efisien"))]
)
def test_hit_21_pada_kolom_yang_tidak_tercetak(bersih: Buku, tabel: str, kolom: str, sel: Sel) -> None:
    """200 of 300 is 66,67%, and 0,787 is below 1; what was typed over them says otherwise."""
    buku = ganti(bersih, tabel, 0, **{kolom: sel})
    assert [(t.tabel, t.kolom) for t in periksa(buku, DIUJI)] == [(tabel, kolom)]


# ── KAT-01 ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("n", "tertulis", "benar"),
    [(0, "Sedang", "Rendah"), (1, "Tercapai sesuai target", "Tinggi"), (2, "Tinggi", "Sedang")],
)
def test_kat_01(bersih: Buku, n: int, tertulis: str, benar: str) -> None:
    buku = ganti(bersih, "Capaian IKU", n, kategori=Sel(tertulis))
    assert temuan(buku) == [("KAT-01", HARUS, "Capaian IKU", "kategori", tertulis, benar)]


@pytest.mark.parametrize("sel", [Sel("Rendah"), Sel("RENDAH"), Sel(), Sel("-")])
def test_kat_01_yang_benar(bersih: Buku, sel: Sel) -> None:
    assert temuan(ganti(bersih, "Capaian IKU", 0, kategori=sel)) == []


def test_kat_01_menurut_dasar_perhitungan(bersih: Buku) -> None:
    buku = ganti_baris(bersih, "Dasar Perhitungan", "kriteria_tinggi", 82.0)
    assert temuan(buku) == [("KAT-01", HARUS, "Capaian IKU", "kategori", "Tinggi", "Sedang")]
    assert "Dasar Perhitungan" in satu(buku).pesan


# ── KAT-02 ────────────────────────────────────────────────────────────────────────────────────────────────────


def urutan(buku: Buku, simpul: str) -> int:
    return next(n for n, b in enumerate(buku.baris("Pemenuhan Target")) if b.simpul == simpul)


@pytest.mark.parametrize(
    ("simpul", "tertulis", "tercatat", "benar", "rinci"),
    [
        ("s-5", "memenuhi target", "memenuhi target", "tidak memenuhi target", "60"),
        ("s-6", "Melebihi", "melebihi target", "tidak memenuhi target", "40"),
        ("s-8", "tidak_memenuhi", "tidak memenuhi target", "memenuhi target", "100"),
        ("s-8", "belum dapat dinilai", "belum dapat dinilai", "memenuhi target", "100"),
    ],
)
def test_kat_02(bersih: Buku, simpul: str, tertulis: str, tercatat: str, benar: str, rinci: str) -> None:
    buku = ganti(bersih, "Pemenuhan Target", urutan(bersih, simpul), status=Sel(tertulis))
    assert temuan(buku) == [("KAT-02", HARUS, "Pemenuhan Target", "status", tercatat, benar)]
    assert f"kolom 8 T-C.29 {rinci}, jadi {benar}." in satu(buku).pesan


@pytest.mark.parametrize("teks", ["tidak memenuhi target", "Tidak Memenuhi", "tidak_memenuhi", "belum diisi", None])
def test_kat_02_yang_benar(bersih: Buku, teks: str | None) -> None:
    assert temuan(ganti(bersih, "Pemenuhan Target", urutan(bersih, "s-5"), status=Sel(teks))) == []


def test_kat_02_tanpa_tingkat(bersih: Buku) -> None:
    buku = isi(bersih, "T-C.29", "s-5", {"realisasi_n2": None, "tingkat_realisasi_n2": Sel("-", None, rumus=True)})
    t = satu(buku)
    assert (t.aturan, t.seharusnya) == ("KAT-02", "belum dapat dinilai")
    assert "tidak ada, jadi belum dapat dinilai." in t.pesan


def test_kat_02_dari_angka_yang_benar_bukan_yang_tercetak(bersih: Buku) -> None:
    """A wrong column 8 is its own finding; the status follows what it should say."""
    buku = isi(bersih, "T-C.29", "s-5", {"tingkat_realisasi_n2": Sel(160.0, "160")})
    assert temuan(buku) == []
    assert [t.aturan for t in periksa(buku, ("HIT-08",))] == ["HIT-08"]


# ── LNK-06 ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tabel", "n", "kolom", "nilai", "asli", "kini"),
    [
        ("Capaian IKU", 0, "realisasi_sd_n2", 185.0, "185,5", "185"),
        ("Capaian IKU", 0, "target_akhir_renstra_re", 300.0, "BB (310)", "300"),
        ("Efisiensi", 0, "capaian_persen", 425 / 6, "71,83%", "70,83"),
    ],
)
def test_lnk_06(bersih: Buku, tabel: str, n: int, kolom: str, nilai: float, asli: str, kini: str) -> None:
    buku = ganti(bersih, tabel, n, **{kolom: Sel(nilai, asli, rumus=True)})
    assert temuan(buku) == [("LNK-06", CEK, tabel, kolom, asli, kini)]
    assert f"semula tertulis {asli}" in satu(buku).pesan


@pytest.mark.parametrize(
    ("tabel", "n", "kolom", "sel"),
    [
        ("Capaian IKU", 0, "realisasi_sd_n2", Sel(185.0, "185,00", rumus=True)),
        ("Capaian IKU", 0, "realisasi_sd_n2", Sel(185.0, "B (185)", rumus=True)),
        ("Capaian IKU", 0, "realisasi_sd_n2", Sel(185.0, "seratus", rumus=True)),  # no figure
        ("Capaian IKU", 0, "predikat_realisasi", Sel("-", "B", rumus=True)),
        ("Efisiensi", 0, "capaian_persen", Sel(425 / 6, "70,83%", rumus=True)),
        ("Efisiensi", 0, "capaian_persen", Sel(425 / 6, "71", rumus=True)),
    ],
)
def test_lnk_06_yang_benar(bersih: Buku, tabel: str, n: int, kolom: str, sel: Sel) -> None:
    assert temuan(ganti(bersih, tabel, n, **{kolom: sel})) == []


def test_lnk_06_bukan_pada_cetakan(bersih: Buku) -> None:
    """What still stands as printed follows no table yet."""
    assert temuan(ganti(bersih, "Efisiensi", 0, capaian_persen=Sel(425 / 6, "71,83"))) == []
    assert temuan(ganti(bersih, "Capaian IKU", 0, realisasi_sd_n2=Sel(185.0, "185,5"))) == []


# ── LNK-07 ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tabel", "kolom", "level"),
    [
        ("Daftar Program", "nama", Level.PROGRAM),
        ("Daftar Program", "nama", Level.SUB_KEGIATAN),
        ("Pemenuhan Target", "sub_kegiatan", Level.SUB_KEGIATAN),
    ],
)
def test_lnk_07(bersih: Buku, tabel: str, kolom: str, level: Level) -> None:
    tambahan = Baris("x-1", level, {kolom: Sel("Pengadaan Kapal")}, asal=Asal("daftar.tsv", "9"))

    def dengan(b: Baris) -> Buku:
        return bersih.ganti({tabel: [*bersih.baris(tabel), b]})

    assert temuan(dengan(tambahan)) == [("LNK-07", CEK, tabel, kolom, "Pengadaan Kapal", "")]
    t = satu(dengan(tambahan))
    assert (t.baris, t.asal) == ("x-1", Asal("daftar.tsv", "9"))
    assert f"“Pengadaan Kapal” di {tabel} tidak ditemukan" in t.pesan
    # one that names its node, and one that was never printed, are none
    assert temuan(dengan(replace(tambahan, simpul="s-3"))) == []
    assert temuan(dengan(replace(tambahan, asal=None))) == []


# ── no finding ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("pagu", [9_000_00, 6_999_99, 0])
def test_jumlah_yang_berbeda_antartabel_bukan_temuan(bersih: Buku, pagu: int) -> None:
    """Needs and pagu may differ: Beranda and Perbandingan show it."""
    buku = hitung(isi(bersih, "T-C.33", "s-8", {"pagu_n": pagu}))
    assert not any(t.aturan.startswith("LNK") or t.aturan in DIUJI for t in periksa(buku))
    beranda = {b["kunci"].nilai: b for b in buku.baris("Beranda")}
    assert str(beranda["keadaan_jumlah"]["nilai"].nilai).startswith("Jumlahnya berbeda")
    assert beranda["total_pagu"]["selisih"].nilai == (pagu - 7_000_00) / 100


# ── the real plan ─────────────────────────────────────────────────────────────────────────────────────────────


def test_rencana_tercetak(tercetak: Buku) -> None:
    """By hand: printed rates of 2.2.1 (137 and 61,66 cut off, 84,055 ÷ 98 is 85,77), a criterion that is none, and 0,919."""
    asal: Mapping[tuple[str, str, str], Tingkat] = {
        (t.aturan, f"{t.asal.berkas} {t.asal.baris}", t.kolom): t.tingkat
        for t in periksa(tercetak, ("HIT-21", "KAT-01"))
        if t.asal
    }
    assert asal == {
        ("HIT-21", "t_2_2_1.tsv 3", "capaian_persen"): HARUS,
        ("HIT-21", "t_2_2_1.tsv 4", "capaian_persen"): CEK,
        ("HIT-21", "t_2_2_1.tsv 5", "capaian_persen"): HARUS,
        ("HIT-21", "efisiensi.tsv 1", "nilai_efisiensi"): CEK,
        ("KAT-01", "t_2_2_1.tsv 6", "kategori"): HARUS,
    }
