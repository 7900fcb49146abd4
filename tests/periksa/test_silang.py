"""LNK across tables, SAKIP grades, and what the difference of a sum comes from: on the print, and on changed plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.renstra import kolom_tahun
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa import periksa

HARUS, CEK, INFO = Tingkat


@pytest.fixture(scope="module")
def cetak(tercetak: Buku) -> list[Temuan]:
    return periksa(tercetak)


def _dari(temuan: list[Temuan], aturan: str, berkas: str) -> list[tuple[str, str]]:
    """(source row, column) of a rule's findings in one file."""
    return [(t.asal.baris, t.kolom) for t in temuan if t.aturan == aturan and t.asal and t.asal.berkas == berkas]


def test_plafon_lain_adalah_satu_catatan(cetak: list[Temuan]) -> None:
    """T-C.33 carries another ceiling than T-C.31 and RKT: counted by hand, 36 of 38 sub kegiatan differ."""
    (t,) = [t for t in cetak if t.aturan == "LNK-08"]
    assert (t.tingkat, len(t.anggota)) == (CEK, 36)
    assert "36 dari 38" in t.pesan
    assert ("142.373.000,00", "374.119.000,00") in {(a.tertulis, a.seharusnya) for a in t.anggota}
    sama = {"3.996.000,00", "8.626.000,00"}  # rows 19 and 15 agree
    assert not sama & {a.tertulis for a in t.anggota}


def test_prakiraan_yang_tidak_ikut_faktor(cetak: list[Temuan]) -> None:
    assert _dari(cetak, "LNK-09", "t_3_1_4.tsv") == [("6", "pagu_p1"), ("13", "pagu_p1"), ("61", "pagu_p1")]


def test_target_t_c_33_lain_dari_t_c_31(cetak: list[Temuan]) -> None:
    pasangan = {(t.tertulis, t.seharusnya) for t in cetak if t.aturan == "LNK-10"}
    assert {
        ("48 orang", "33 orang"),
        ("219 unit", "217 unit"),
        ("600 dok", "1.000 Dokumen"),
        ("76%", "B (78)"),
    } <= pasangan
    assert not {t for t in cetak if t.aturan == "LNK-10" and t.tertulis == t.seharusnya}


@pytest.mark.parametrize(
    ("berkas", "baris", "kolom", "tertulis", "seharusnya"),
    [
        ("t_c_29.tsv", "4", "realisasi_n2", "65,16", "B(65,18)"),
        ("t_2_2_1.tsv", "5", "realisasi_sd_n2", "84,055%", "85%"),
        ("efisiensi.tsv", "2", "capaian_persen", "96,28%", "96,65"),
    ],
)
def test_indikator_utama_berbeda(
    cetak: list[Temuan], berkas: str, baris: str, kolom: str, tertulis: str, seharusnya: str
) -> None:
    (t,) = [
        t
        for t in cetak
        if t.aturan == "LNK-11" and t.asal and (t.asal.berkas, t.asal.baris, t.kolom) == (berkas, baris, kolom)
    ]
    assert (t.tertulis, t.seharusnya) == (tertulis, seharusnya)


def test_nama_lain_anggaran_terulang_dan_predikat(cetak: list[Temuan]) -> None:
    assert _dari(cetak, "LNK-12", "t_c_29.tsv") == [("2", "nama")]  # Badan Pengembangan dan Pengembangan
    assert _dari(cetak, "LNK-12", "t_4_1.tsv") == [("9", "program_kegiatan")]  # Administrasi Perangkat Daerah
    assert _dari(cetak, "LNK-14", "anggaran_2024.tsv") == [("3", "anggaran")]
    assert {(t.tertulis, t.seharusnya, t.tingkat) for t in cetak if t.aturan == "KAT-03"} == {
        ("B (72)", "BB (72)", HARUS),
        ("B (60)", "CC (60)", CEK),  # 60 is the bound itself
        ("BB (70)", "B (70)", CEK),
        ("B 75", "BB 75", HARUS),  # in the words of 3.1.3
    }


@pytest.mark.parametrize(
    ("berkas", "baris", "kolom", "alasan"),
    [
        (
            "t_c_31.tsv",
            "53",
            "kebutuhan_dana",
            "40.586.000 sama dengan Anggaran (Rp) “Pelayanan Proses Izin Perceraian",
        ),
        ("t_3_1_4.tsv", "28", "pagu_n", "tidak tercantum “Pemeliharaan Peralatan dan Mesin Lainnya” dan "),
        (
            "t_4_1.tsv",
            "19",
            "anggaran",
            "“Penyediaan Gaji dan Tunjangan ASN” di sini 7.883.062.564, bukan 7.498.948.948",
        ),
    ],
)
def test_selisih_jumlah_menyebut_asalnya(cetak: list[Temuan], berkas: str, baris: str, kolom: str, alasan: str) -> None:
    (t,) = [
        t
        for t in cetak
        if t.aturan == "ROL-01" and t.asal and (t.asal.berkas, t.asal.baris, t.kolom) == (berkas, baris, kolom)
    ]
    assert alasan in t.pesan


def test_akibat_menunjuk_sebabnya(cetak: list[Temuan]) -> None:
    """Agency ← program ← kegiatan: only the kegiatan has no cause above it."""
    menurut_rujukan = {t.rujukan: t for t in cetak}
    (badan,) = [
        t
        for t in cetak
        if t.kolom == "kebutuhan_dana" and t.asal and (t.asal.berkas, t.asal.baris) == ("t_c_31.tsv", "2")
    ]
    jejak = [badan]
    while jejak[-1].sebab:
        jejak.append(menurut_rujukan[jejak[-1].sebab])
    assert [t.asal.baris for t in jejak if t.asal] == ["2", "31", "53"]
    assert all(t.sebab in menurut_rujukan for t in cetak if t.sebab)


def _isi(buku: Buku, tabel: str, kunci: str, kolom: str, nilai: Nilai) -> Buku:
    """The plan with one cell typed over."""
    return buku.ganti({tabel: [b.dengan({kolom: Sel(nilai)}) if b.id == kunci else b for b in buku.baris(tabel)]})


def _sama_plafon(normal: Buku) -> Buku:
    """The plan with one ceiling: T-C.33 as T-C.31."""
    butuh = {b.simpul: b["kebutuhan_dana"] for b in normal.baris("T-C.31") if b.level is Level.SUB_KEGIATAN}
    rows = [
        b.dengan({"pagu_n": Sel(butuh[b.simpul].nilai)}) if b.level is Level.SUB_KEGIATAN and b.simpul in butuh else b
        for b in normal.baris("T-C.33")
    ]
    return hitung(normal.ganti({"T-C.33": rows}))


def test_satu_pagu_yang_lain_adalah_catatan_di_selnya(normal: Buku) -> None:
    sama = _sama_plafon(normal)
    assert periksa(sama, ("LNK-08",)) == []
    b = next(b for b in sama.baris("T-C.33") if b.level is Level.SUB_KEGIATAN and b["pagu_n"].angka)
    beda = hitung(_isi(sama, "T-C.33", b.id, "pagu_n", int(b["pagu_n"].angka or 0) + 100))
    (t,) = periksa(beda, ("LNK-08",))
    assert (t.tempat, t.tingkat, t.anggota) == ((b.id, "pagu_n"), CEK, ())


def test_nama_yang_basi_di_satu_tabel(normal: Buku) -> None:
    assert periksa(normal, ("LNK-12", "LNK-13", "LNK-15")) == []
    b = next(b for b in normal.baris("T-C.33") if b.level is Level.SUB_KEGIATAN)
    lama = _isi(normal, "T-C.33", b.id, "nama", "Pembinaan Perpustakaan Desa dan Kelurahan")
    (t,) = periksa(lama, ("LNK-12",))
    assert (t.tempat, t.seharusnya) == ((b.id, "nama"), normal.simpul_menurut_id()[b.simpul or ""].nama)
    ejaan = _isi(normal, "T-C.33", b.id, "nama", f"{b['nama'].nilai}s")
    assert [(x.aturan, x.tempat) for x in periksa(ejaan, ("LNK-12", "LNK-13"))] == [("LNK-13", (b.id, "nama"))]


def test_daftar_tanpa_satu_sub_kegiatan(normal: Buku) -> None:
    assert periksa(normal, ("LNK-16",)) == []
    rows = normal.baris("Daftar Program")
    hilang = next(b for b in rows if b.level is Level.SUB_KEGIATAN and b.simpul)
    kurang = normal.ganti({"Daftar Program": [b for b in rows if b.id != hilang.id]})
    (t,) = periksa(kurang, ("LNK-16",))
    assert t.tabel == "RKT"
    assert {b.simpul for b in normal.baris("RKT") if b.id == t.baris} == {hilang.simpul}


def test_kolom_11_yang_mengikuti_kolom_10_menunjuk_ke_sana(normal: Buku) -> None:
    """A wrong column 10 with a rate that follows from it: the rate is its consequence."""
    b = next(
        b
        for b in normal.baris("T-C.29")
        if isinstance(b["realisasi_sd_n1"].nilai, float) and (b["target_renstra"].angka or 0) > 0
        and b["sifat"].nilai == "Makin tinggi makin baik" and b["realisasi_sd_n1"].nilai
    )  # fmt: skip
    salah = float(b["realisasi_sd_n1"].angka or 0) + 7
    rate = salah / float(b["target_renstra"].angka or 1) * 100
    rows = [
        replace(x, sel={**x.sel, "realisasi_sd_n1": Sel(salah), "tingkat_capaian_renstra": Sel(rate)})
        if x.id == b.id
        else x
        for x in normal.baris("T-C.29")
    ]
    temuan = {t.aturan: t for t in periksa(normal.ganti({"T-C.29": rows}), ("HIT",))}
    assert temuan["HIT-11"].sebab == temuan["HIT-10"].rujukan


def test_kode_yang_lain_di_satu_tabel(normal: Buku) -> None:
    assert periksa(normal, ("LNK-17",)) == []
    b = next(b for b in normal.baris("RKT") if b.level is Level.SUB_KEGIATAN and not b["kode"].kosong)
    (t,) = periksa(_isi(normal, "RKT", b.id, "kode", "5.03.02.2.09.0099"), ("LNK-17",))
    assert (t.tempat, t.seharusnya) == ((b.id, "kode"), b["kode"].nilai)


def test_melebihi_pagu_renstra(normal: Buku) -> None:
    """A program's amount in RKT against its pagu in Renstra for the year of the plan."""
    assert periksa(normal, ("LOG-14",)) == []
    program = next(b for b in normal.baris("RKT") if b.level is Level.PROGRAM and b["anggaran"].angka)
    kode = normal.simpul_menurut_id()[program.simpul or ""].kode
    r = kolom_tahun(normal, normal.tahun)
    pagu = int(program["anggaran"].angka or 0)

    def dengan_pagu(sen: int) -> Buku:
        baru = Baris("rst-9999", Level.DATA, {"kode": Sel(kode), "indikator": Sel("Uji"), f"pagu_r{r}": Sel(sen)})
        return normal.ganti({"Renstra": [*normal.baris("Renstra"), baru]})

    assert periksa(dengan_pagu(pagu), ("LOG-14",)) == []
    (t,) = periksa(dengan_pagu(pagu - 100), ("LOG-14",))
    assert (t.tabel, t.tempat) == ("RKT", (program.id, "anggaran"))


def test_predikat_tidak_runtut_pada_skala_lain(normal: Buku) -> None:
    """Another scale than SAKIP is judged by its own row alone: a lower grade beside a higher number."""
    nilai = {"target_n2": (78.0, "B"), "target_n1": (80.0, "B"), "target_n": (90.0, "A"), "realisasi_n2": (79.0, "B")}
    sel = {k: Sel(v) for k, (v, _) in nilai.items()} | {f"predikat_{k}": Sel(p) for k, (_, p) in nilai.items()}
    b = Baris("c30-9999", Level.DATA, {"indikator": Sel("Indeks Kepuasan Layanan"), **sel})
    rows = normal.baris("T-C.30")
    assert periksa(normal.ganti({"T-C.30": [*rows, b]}), ("KAT-04",)) == []
    (t,) = periksa(normal.ganti({"T-C.30": [*rows, b.dengan({"predikat_realisasi_n2": Sel("AA")})]}), ("KAT-04",))
    assert t.tempat == ("c30-9999", "realisasi_n2")
