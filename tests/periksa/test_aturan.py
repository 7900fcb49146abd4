"""Every rule of the audit on a small plan that has no fault: the fault put in, and its harmless neighbour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from renja_xl.alur import buku_baru
from renja_xl.core.buku import Asal, Baris, Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import ALASAN_GANDA, ALASAN_HILANG
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa import ATURAN, periksa
from renja_xl.tabel import SEMUA
from tests.conftest import baris_simpul, isi

HARUS, CEK, INFO = Tingkat.HARUS_DIPERBAIKI, Tingkat.PERLU_DICEK, Tingkat.INFORMASI


def ringkas(temuan: list[Temuan]) -> list[tuple[str, Tingkat, str, str]]:
    return [(t.aturan, t.tingkat, t.tabel, t.kolom) for t in temuan]


def satu(buku: Buku, aturan: str) -> Temuan:
    """The only finding of a rule."""
    (t,) = periksa(buku, (aturan,))
    return t


def tambah(buku: Buku, tabel: str, *rows: Baris) -> Buku:
    return buku.ganti({tabel: [*buku.baris(tabel), *rows]})


# ── the audit as a whole ──────────────────────────────────────────────────────────────────────────────────────


def test_rencana_yang_benar_tanpa_catatan(kecil: Buku) -> None:
    assert periksa(kecil) == []


def test_buku_kosong_tanpa_catatan() -> None:
    assert periksa(buku_baru(2031)) == []


def test_saringan_aturan_dan_kelompok(tercetak: Buku) -> None:
    semua = periksa(tercetak)
    assert {t.aturan for t in semua} <= set(ATURAN)
    assert periksa(tercetak, ("HIT-08",)) == [t for t in semua if t.aturan == "HIT-08"]
    assert periksa(tercetak, ("ROL", "DUP-01")) == [
        t for t in semua if t.aturan.startswith("ROL") or t.aturan == "DUP-01"
    ]


def test_temuan_urut_lembar_dan_masing_masing_satu(tercetak: Buku, normal: Buku) -> None:
    for buku in (tercetak, normal):
        temuan = periksa(buku)
        assert len({t.rujukan for t in temuan}) == len(temuan)
        tabel = list(dict.fromkeys(t.tabel for t in temuan))
        assert tabel == [s.kunci for s in SEMUA if s.kunci in tabel]


def test_setiap_pesan_satu_kalimat_sopan(tercetak: Buku, normal: Buku) -> None:
    for t in (*periksa(tercetak), *periksa(normal)):
        for kalimat in (t.pesan, t.perbaikan):
            assert kalimat.endswith(".")
            assert "None" not in kalimat
            assert "anda salah" not in kalimat.casefold()
            assert "  " not in kalimat


def test_angka_raksasa_menjadi_catatan_bukan_kegagalan(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.29", "s-5", {"target_n2": 1e25, "tingkat_realisasi_n2": 75.0})
    assert satu(buku, "HIT-08").tertulis == "75"


# ── HIT ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sel", "tingkat", "tertulis"),
    [
        (Sel(75.0), HARUS, "75"),
        (Sel(60.51, "60,51"), HARUS, "60,51"),
        (Sel(60.01), HARUS, "60,01"),  # never printed: must be exact
        (Sel(75.0, rumus=True), HARUS, "75"),  # a stale cached value
        (Sel("enam puluh"), HARUS, "enam puluh"),
        (Sel(), CEK, ""),
        (Sel("-"), CEK, "-"),
    ],
)
def test_hit_08_tingkat_realisasi(kecil: Buku, sel: Sel, tingkat: Tingkat, tertulis: str) -> None:
    t = satu(isi(kecil, "T-C.29", "s-5", {"tingkat_realisasi_n2": sel}), "HIT")
    assert (t.aturan, t.tingkat, t.tertulis, t.seharusnya) == ("HIT-08", tingkat, tertulis, "60")
    assert t.kode == "5.03.02.2.01.0003"


@pytest.mark.parametrize(
    "sel",
    [
        Sel(60.0),  # a constant, but the right one
        Sel(60.0, "60"),
        Sel(60.0, "60,00"),
        Sel(None, rumus=True),  # saved by a program that keeps no cached values
    ],
)
def test_hit_08_yang_benar(kecil: Buku, sel: Sel) -> None:
    assert periksa(isi(kecil, "T-C.29", "s-5", {"tingkat_realisasi_n2": sel}), ("HIT",)) == []


@pytest.mark.parametrize(
    ("teks", "tingkat"),
    [("42,857", None), ("42,86", None), ("43", None), ("42", CEK), ("42,85", CEK), ("41", HARUS), ("44", HARUS)],
)
def test_hit_08_terpotong_lebih_ringan(kecil: Buku, teks: str, tingkat: Tingkat | None) -> None:
    """3 ÷ 7 = 42,857142…"""
    sel = Sel(float(teks.replace(",", ".")), teks)
    buku = isi(kecil, "T-C.29", "s-5", {"target_n2": 7.0, "tingkat_realisasi_n2": sel})
    assert [t.tingkat for t in periksa(buku, ("HIT",))] == ([] if tingkat is None else [tingkat])


def test_hit_08_angka_tanpa_target(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.29", "s-5", {"target_n2": Sel(), "tingkat_realisasi_n2": Sel(60.0, "60")})
    t = satu(buku, "HIT")
    assert (t.aturan, t.tingkat, t.seharusnya) == ("HIT-08", HARUS, "-")


def test_hit_10_dan_11_rumus_formulir_hanya_informasi(kecil: Buku) -> None:
    """100 + 110 + 250 = 460 is the form's literal sum of an index; 250 is its last position."""
    masukan: dict[str, Nilai | Sel] = {"realisasi_sd_n3": 100.0, "realisasi_n2": 110.0}
    buku = hitung(isi(kecil, "T-C.29", "s-3", masukan, indikator="i-4"))
    literal: dict[str, Nilai | Sel] = {
        "realisasi_sd_n1": Sel(460.0, "460"),
        "tingkat_capaian_renstra": Sel(153.33, "153,33"),
    }
    assert ringkas(periksa(isi(buku, "T-C.29", "s-3", literal, indikator="i-4"), ("HIT",))) == [
        ("HIT-10", INFO, "T-C.29", "realisasi_sd_n1"),
        ("HIT-11", INFO, "T-C.29", "tingkat_capaian_renstra"),
    ]
    keliru: dict[str, Nilai | Sel] = {
        "realisasi_sd_n1": Sel(459.0, "459"),
        "tingkat_capaian_renstra": Sel(153.0, "153,00"),
    }
    assert ringkas(periksa(isi(buku, "T-C.29", "s-3", keliru, indikator="i-4"), ("HIT",))) == [
        ("HIT-10", HARUS, "T-C.29", "realisasi_sd_n1"),
        ("HIT-11", HARUS, "T-C.29", "tingkat_capaian_renstra"),
    ]


def test_hit_13_dan_14_perbandingan_t_c_31(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.31", "s-5", {"selisih": 1_00, "persen_selisih": 5.0})
    assert ringkas(periksa(buku, ("HIT",))) == [
        ("HIT-13", HARUS, "T-C.31", "selisih"),
        ("HIT-14", HARUS, "T-C.31", "persen_selisih"),
    ]
    assert [t.seharusnya for t in periksa(buku, ("HIT",))] == ["100.000", "100"]


def test_hit_20_usulan_prakiraan_yang_tertinggal(kecil: Buku) -> None:
    t = satu(isi(kecil, "T-C.33", "s-5", {"pagu_p1": Sel(1_00, rumus=True)}), "HIT")
    assert (t.aturan, t.tertulis, t.seharusnya) == ("HIT-20", "1", "220.000")
    assert periksa(isi(kecil, "T-C.33", "s-5", {"pagu_p1": Sel(1_00)}), ("HIT",)) == []  # typed: as typed


# ── ROL ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sel", "aturan", "tingkat", "tertulis"),
    [
        (Sel(150_001_00), "ROL-01", HARUS, "150.001"),
        (Sel(150_000_01), "ROL-01", HARUS, "150.000,01"),
        (Sel(150_000_01, "150.000,01"), "ROL-01", HARUS, "150.000,01"),
        (Sel("259.987.00,00"), "ROL-01", HARUS, "259.987.00,00"),
        (Sel(), "ROL-02", CEK, ""),
        (Sel("-"), "ROL-02", CEK, "-"),
    ],
)
def test_rol_jumlah_kegiatan(kecil: Buku, sel: Sel, aturan: str, tingkat: Tingkat, tertulis: str) -> None:
    t = satu(isi(kecil, "T-C.33", "s-4", {"pagu_n": sel}), "ROL")
    assert (t.aturan, t.tingkat, t.tertulis, t.seharusnya) == (aturan, tingkat, tertulis, "150.000")
    assert (t.tabel, t.kolom, t.kode) == ("T-C.33", "pagu_n", "5.03.02.2.01")


@pytest.mark.parametrize(
    "sel", [Sel(150_000_00), Sel(150_000_00, "150.000,00"), Sel(150_000_00, "Rp 150.000,-"), Sel(None, rumus=True)]
)
def test_rol_jumlah_yang_benar(kecil: Buku, sel: Sel) -> None:
    assert periksa(isi(kecil, "T-C.33", "s-4", {"pagu_n": sel}), ("ROL",)) == []


def test_rol_03_jumlah_tanpa_rincian(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.33", "s-8", {"pagu_n": "-"})
    buku = hitung(buku)
    assert periksa(buku, ("ROL",)) == []
    t = satu(isi(buku, "T-C.33", "s-7", {"pagu_n": 7_000_00}), "ROL")
    assert (t.aturan, t.tingkat, t.seharusnya) == ("ROL-03", HARUS, "0")


def test_rol_urusan_boleh_kosong_tetapi_tidak_boleh_keliru(kecil: Buku) -> None:
    assert periksa(isi(kecil, "T-C.33", "s-1", {"pagu_n": Sel(), "pagu_p1": "-"}), ("ROL",)) == []
    t = satu(isi(kecil, "T-C.33", "s-1", {"pagu_n": 1_00}), "ROL")
    assert (t.aturan, t.seharusnya) == ("ROL-01", "157.000")
    assert satu(isi(kecil, "T-C.33", "s-2", {"pagu_n": Sel()}), "ROL").aturan == "ROL-02"


def test_rol_total_rkt(kecil: Buku) -> None:
    rows = list(kecil.baris("RKT"))
    rows[-1] = rows[-1].dengan({"anggaran": Sel(1_00, "1")})
    t = satu(kecil.ganti({"RKT": rows}), "ROL")
    assert (t.aturan, t.tabel, t.tertulis, t.seharusnya) == ("ROL-01", "RKT", "1", "314.000")
    assert "jumlah seluruh program" in t.pesan


def test_rol_sub_kegiatan_berubah_menyentuh_setiap_induknya(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.33", "s-8", {"pagu_n": 8_000_00})
    temuan = periksa(buku, ("ROL",))
    rows = [t.baris for t in temuan if t.tabel == "T-C.33"]  # tables that take their amounts from it follow
    assert rows == [baris_simpul(buku, "T-C.33", s).id for s in ("s-1", "s-2", "s-3", "s-7")]


# ── FMT ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tabel", "kolom", "sel", "aturan", "tingkat"),
    [
        ("T-C.33", "pagu_n", Sel("259.987.00,00"), "FMT-01", HARUS),
        ("T-C.33", "pagu_n", Sel("5 dok"), "FMT-01", HARUS),
        ("T-C.33", "pagu_n", Sel("menyusul"), "FMT-01", CEK),
        ("T-C.33", "target_n", Sel("12.34.56"), "FMT-01", HARUS),
        ("T-C.29", "target_n2", Sel("05:03:00"), "FMT-01", HARUS),
        ("T-C.29", "target_n2", Sel(7.13, "7.13"), "FMT-02", CEK),
        ("T-C.29", "target_n2", Sel(1400000.0, "1,400,000"), "FMT-02", CEK),
        ("T-C.29", "target_n2", Sel(1400000.0, "1 400 000"), "FMT-02", CEK),
        ("T-C.29", "target_n2", Sel(1.4, "1,400"), "FMT-02", CEK),
        ("T-C.29", "target_n2", Sel(85.0, "85%"), "FMT-03", CEK),
        ("T-C.29", "target_n2", Sel("5"), "FMT-04", HARUS),
        ("T-C.33", "pagu_n", Sel("5.000.000"), "FMT-04", HARUS),
        ("T-C.29", "satuan_target_n2", Sel("100%"), "FMT-05", CEK),
        ("T-C.29", "satuan_target_n2", Sel("12"), "FMT-05", CEK),
        ("T-C.33", "pagu_n", Sel("10.000.000.000.000"), "FMT-06", HARUS),
        ("T-C.33", "pagu_n", Sel("1.000,005"), "FMT-06", HARUS),
    ],
)
def test_fmt(kecil: Buku, tabel: str, kolom: str, sel: Sel, aturan: str, tingkat: Tingkat) -> None:
    t = satu(isi(kecil, tabel, "s-5", {kolom: sel}), "FMT")
    assert (t.aturan, t.tingkat, t.tabel, t.kolom) == (aturan, tingkat, tabel, kolom)
    assert t.tertulis == (sel.asli or sel.nilai)
    assert t.tertulis in t.pesan


@pytest.mark.parametrize(
    ("tabel", "kolom", "sel"),
    [
        ("T-C.29", "target_n2", Sel("-")),
        ("T-C.29", "target_n2", Sel()),
        ("T-C.29", "target_n2", Sel(1400.0, "1.400")),
        ("T-C.29", "target_n2", Sel(65.18, "65,18")),
        ("T-C.29", "target_n2", Sel(8.0, "7.13")),  # put right since the import
        ("T-C.33", "target_n", Sel(5.0, "5 dok")),  # the print holds value and unit in one cell
        ("T-C.33", "target_n", Sel(78.0, "B (78)")),
        ("T-C.33", "pagu_n", Sel(5_000_000_00, "Rp. 5.000.000,-")),
        ("T-C.29", "satuan_target_n2", Sel("%")),
        ("T-C.29", "satuan_target_n2", Sel("Dokumen")),
    ],
)
def test_fmt_yang_benar(kecil: Buku, tabel: str, kolom: str, sel: Sel) -> None:
    assert periksa(isi(kecil, tabel, "s-5", {kolom: sel}), ("FMT",)) == []


# ── DUP ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_dup_01_sub_kegiatan_berulang(kecil: Buku) -> None:
    asli = baris_simpul(kecil, "T-C.33", "s-5")
    salinan = replace(asli, id="c33-0090", asal=Asal("t_3_1_4.tsv", "60"))
    t = satu(tambah(kecil, "T-C.33", salinan), "DUP")
    assert (t.aturan, t.tingkat, t.tabel, t.baris, t.kolom) == ("DUP-01", HARUS, "T-C.33", "c33-0090", "nama")
    assert t.asal == Asal("t_3_1_4.tsv", "60")


def test_dup_01_program_dan_kegiatan_boleh_berulang(kecil: Buku) -> None:
    asli = [replace(baris_simpul(kecil, "RKT", s), id=f"rkt-9{s}", indikator=None) for s in ("s-3", "s-4")]
    rows = [b.dengan({"anggaran": Sel()}) for b in asli]
    assert periksa(tambah(kecil, "RKT", *rows), ("DUP",)) == []


def test_dup_02_dua_pagu(kecil: Buku) -> None:
    t = satu(isi(kecil, "T-C.33", "s-3", {"pagu_n": 9_00}, indikator="i-4"), "DUP")
    assert (t.aturan, t.tingkat, t.kolom, t.tertulis, t.seharusnya) == ("DUP-02", HARUS, "pagu_n", "9", "157.000")
    kosong = isi(kecil, "T-C.33", "s-3", {"pagu_n": "-"}, indikator="i-4")
    assert periksa(kosong, ("DUP",)) == []


def test_dup_03_indikator_berulang(kecil: Buku) -> None:
    lanjutan = Baris("c29-0090", Level.INDIKATOR_LANJUTAN, {"indikator": Sel("Jumlah dokumen mutasi")}, "s-8", "i-9")
    t = satu(tambah(kecil, "T-C.29", lanjutan), "DUP")
    assert (t.aturan, t.tingkat, t.baris, t.kolom) == ("DUP-03", CEK, "c29-0090", "indikator")
    assert periksa(tambah(kecil, "T-C.29", replace(lanjutan, indikator="i-99")), ("DUP",)) == []


def test_dup_04_kode_dipakai_dua_simpul(kecil: Buku) -> None:
    simpul = [replace(s, kode="5.03.02.2.01.0003") if s.id == "s-6" else s for s in kecil.simpul]
    t = satu(replace(kecil, simpul=tuple(simpul)), "DUP")
    assert (t.aturan, t.tingkat, t.kolom, t.tertulis) == ("DUP-04", CEK, "kode", "5.03.02.2.01.0003")
    assert t.baris == "i-7"


def test_dup_05_baris_ganda_menunggu_keputusan(kecil: Buku) -> None:
    def simpanan(alasan: str) -> list[Baris]:
        isi = {"tabel": "T-C.31", "nama": "Pembinaan", "baris_id": "c31-0060", "alasan": alasan, "kolom": "pagu_rkpd"}
        dua = ({**isi, "nilai": "1"}, {**isi, "kolom": "lokasi_rkpd", "nilai": "2"})
        return [Baris(f"hps-{n}", Level.DATA, {k: Sel(v) for k, v in sel.items()}) for n, sel in enumerate(dua, 1)]

    t = satu(tambah(kecil, "Baris Dihapus", *simpanan(ALASAN_GANDA)), "DUP")
    assert (t.aturan, t.tingkat, t.baris) == ("DUP-05", CEK, "hps-1")
    assert "2 isiannya" in t.pesan
    assert periksa(tambah(kecil, "Baris Dihapus", *simpanan(ALASAN_HILANG)), ("DUP",)) == []


# ── LNK ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kolom", "sel", "seharusnya"),
    [
        ("target", Sel(9.0, "9 dok"), "3"),
        ("target", Sel(9.0), "3"),
        ("anggaran", Sel(7_00, "7"), "200.000"),
        ("anggaran", Sel(200_000_00, "199.999", rumus=True), "200.000"),  # recomputed, the print still differs
    ],
)
def test_lnk_01_rkt_menyimpang_dari_sumbernya(kecil: Buku, kolom: str, sel: Sel, seharusnya: str) -> None:
    t = satu(isi(kecil, "RKT", "s-5", {kolom: sel}), "LNK")
    assert (t.aturan, t.tingkat, t.kolom, t.seharusnya) == ("LNK-01", CEK, kolom, seharusnya)
    setelah = periksa(hitung(isi(kecil, "RKT", "s-5", {kolom: sel})), ("LNK",))
    assert [(x.aturan, x.kolom) for x in setelah] == [("LNK-01", kolom)]  # a recompute does not hide it


@pytest.mark.parametrize(
    ("kolom", "sel"),
    [
        ("target", Sel(3.0, "3 dok")),
        ("target", Sel()),
        ("target", Sel("-")),
        ("anggaran", Sel(200_000_00, "200.000,00")),
    ],
)
def test_lnk_01_yang_sama(kecil: Buku, kolom: str, sel: Sel) -> None:
    assert periksa(isi(kecil, "RKT", "s-5", {kolom: sel}), ("LNK",)) == []


def test_lnk_02_dua_sisi_berbeda(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.31", "s-6", {"simpul_kebutuhan": "s-8", "nama_kebutuhan": "Pengelolaan Mutasi"})
    t = satu(buku, "LNK")
    assert (t.aturan, t.tingkat, t.kolom) == ("LNK-02", HARUS, "nama_kebutuhan")
    assert (t.tertulis, t.seharusnya) == ("Pengelolaan Mutasi", "Administrasi Pemberhentian")


def test_lnk_03_satu_per_berkas_dan_alasan(kecil: Buku) -> None:
    def belum(n: int, berkas: str) -> Baris:
        isi = {"asal_berkas": berkas, "asal_baris": str(n), "isi": "x", "alasan": "Tabel ini belum dikenal."}
        return Baris(f"blm-{n}", Level.DATA, {k: Sel(v) for k, v in isi.items()})

    buku = tambah(kecil, "Belum Terpetakan", belum(1, "a.tsv"), belum(2, "a.tsv"), belum(3, "b.tsv"))
    temuan = periksa(buku, ("LNK",))
    assert ringkas(temuan) == [("LNK-03", INFO, "Belum Terpetakan", "asal_berkas")] * 2
    assert [t.pesan.split(" belum")[0] for t in temuan] == ["2 baris a.tsv", "1 baris b.tsv"]


@pytest.mark.parametrize("simpul", [None, "s-99"])
def test_lnk_04_baris_lepas(kecil: Buku, simpul: str | None) -> None:
    t = satu(tambah(kecil, "T-C.33", Baris("x", Level.DATA, {"nama": Sel("Kegiatan sendiri")}, simpul)), "LNK")
    assert (t.aturan, t.tingkat, t.tabel, t.baris) == ("LNK-04", CEK, "T-C.33", "x")
    assert "Kegiatan sendiri" in t.pesan


# ── KOD ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("simpul", "perubahan", "aturan"),
    [
        ("s-5", {"kode": None}, ["KOD-01"]),
        ("s-3", {"kode": None}, ["KOD-01"]),
        ("s-1", {"kode": None}, []),  # urusan rows of plans carry none
        ("s-2", {"kode": None}, []),
        ("s-5", {"keterangan_kode": "perlu konfirmasi"}, ["KOD-02"]),
        ("s-5", {"keterangan_kode": "sama persis"}, []),
        ("s-5", {"keterangan_kode": "varian ejaan"}, []),
        ("s-5", {"kode": "5.03.02.2.02.0005"}, ["KOD-03"]),
        ("s-7", {"kode": "5.04.02.2.02"}, ["KOD-03", "KOD-03"]),  # and so its sub kegiatan is out of place
    ],
)
def test_kod(kecil: Buku, simpul: str, perubahan: dict[str, str | None], aturan: list[str]) -> None:
    daftar = [replace(s, **perubahan) if s.id == simpul else s for s in kecil.simpul]  # type: ignore[arg-type]
    temuan = periksa(replace(kecil, simpul=tuple(daftar)), ("KOD",))
    assert [t.aturan for t in temuan] == aturan
    assert all(t.tingkat is CEK and t.tabel == "Program & Sub Kegiatan" for t in temuan)


# ── LOG ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_log_01_jumlah_semula_tanpa_rincian_berpagu(kecil: Buku) -> None:
    tanpa_rincian = isi(kecil, "T-C.33", "s-8", {"pagu_n": "-"})
    buku = hitung(isi(tanpa_rincian, "T-C.33", "s-7", {"pagu_n": Sel(7_000_00, "7.000")}))
    t = satu(buku, "LOG-01")
    assert (t.aturan, t.tingkat, t.kolom, t.tertulis, t.seharusnya) == ("LOG-01", HARUS, "pagu_n", "7.000", "0")
    # priced again: nothing to decide
    assert periksa(hitung(isi(buku, "T-C.33", "s-8", {"pagu_n": 6_000_00})), ("LOG-01",)) == []
    # a dash was printed: nothing to decide either
    strip = hitung(isi(tanpa_rincian, "T-C.33", "s-7", {"pagu_n": Sel("-", "-")}))
    assert periksa(strip, ("LOG-01",)) == []
