"""Verified copies taken back: every word of Bappeda's beside what was sent and what the plan holds now, nothing overwritten."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from renja_xl.bappeda.cek_berkas import cek_paket
from renja_xl.bappeda.kirim import Kiriman, kirim
from renja_xl.bappeda.terima import BukanSalinanIniError, terima
from renja_xl.cli import cli
from renja_xl.core.buku import STRUKTUR, Baris, Buku, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.perbarui import perbarui
from renja_xl.core.terap_usulan import terapkan_usulan
from renja_xl.core.usulan import PANJANG_TAMPIL, segarkan_usulan, teks
from renja_xl.core.usulan_salinan import Komentar
from renja_xl.excel.baca import baca, baca_paket
from renja_xl.excel.bangun import bangun
from renja_xl.excel.bangun_berbagi import Keterangan
from renja_xl.excel.komentar import baca_komentar
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket
from renja_xl.excel.tulis import versi_sebelumnya
from renja_xl.periksa import periksa
from renja_xl.tabel import SEMUA, T_C_33, USULAN_BAPPEDA
from tests.bappeda.conftest import KETERANGAN
from tests.bappeda.kembali import Ketikan, dengan_utas, kembali, sel_dari
from tests.conftest import baris_simpul, ganti_baris, isi

VERIFIKASI, T_33 = "Verifikasi Bappeda", "T-C.33"
PUTUSAN: Ketikan = {
    (VERIFIKASI, "s-5", "keputusan"): "Perlu perbaikan",
    (VERIFIKASI, "s-5", "usulan_pagu"): 90_000.0,
    (VERIFIKASI, "s-5", "usulan_target"): "4 Dokumen",
    (VERIFIKASI, "s-5", "catatan"): "Melebihi plafon",
    (VERIFIKASI, "s-6", "keputusan"): "sesuai",
    (VERIFIKASI, "s-8", "keputusan"): "Perlu penjelasan",
}


def ambil(buku: Buku, paket: Paket, komentar: tuple[Komentar, ...] = ()) -> Buku:
    return terima(buku, cek_paket(paket), komentar, "Hasil.xlsx").buku


def usulan(buku: Buku) -> list[Baris]:
    return list(buku.baris(USULAN_BAPPEDA.kunci))


def ringkas(buku: Buku, *kolom: str) -> set[tuple[str, ...]]:
    return {tuple(teks(b, k) for k in kolom) for b in usulan(buku)}


def pilih(buku: Buku, **isian: str) -> Buku:
    """The plan with something typed into every line."""
    return buku.ganti({USULAN_BAPPEDA.kunci: [b.dengan({k: Sel(v) for k, v in isian.items()}) for b in usulan(buku)]})


def id_33(buku: Buku, simpul: str) -> str:
    return baris_simpul(buku, T_33, simpul).id


@pytest.fixture(scope="module")
def putusan(kiriman: Kiriman) -> Paket:
    """A copy with decisions, an amount, a target and a note."""
    return kembali(kiriman.isi, PUTUSAN)


@pytest.fixture(scope="module")
def diterima(buku_kecil: Buku, putusan: Paket) -> Buku:
    return ambil(buku_kecil, putusan)


# ── what arrives ──────────────────────────────────────────────────────────────────────────────────────────────


def test_usulan_di_samping_isian_dan_tidak_ada_yang_ditimpa(buku_kecil: Buku, diterima: Buku) -> None:
    assert {k: v for k, v in diterima.tabel.items() if k != USULAN_BAPPEDA.kunci} == buku_kecil.tabel
    assert (diterima.simpul, diterima.indikator) == (buku_kecil.simpul, buku_kecil.indikator)
    kolom = ("jenis", "kode", "dikirim", "kini", "usulan", "keputusan", "catatan", "keadaan")
    k5, k6, k8 = "5.03.02.2.01.0003", "5.03.02.2.01.0006", "5.03.02.2.02.0001"
    lama = ("Perlu perbaikan", "Melebihi plafon", "Menunggu")
    assert ringkas(diterima, *kolom) == {
        ("Keputusan", k5, "", "", "", *lama),
        ("Usulan pagu", k5, "Rp100.000", "Rp100.000", "Rp90.000", *lama),
        ("Usulan target", k5, "3", "3", "4", *lama),
        ("Keputusan", k6, "", "", "", "Sesuai", "", "Selesai"),
        ("Keputusan", k8, "", "", "", "Perlu penjelasan", "", "Menunggu"),
    }
    assert ringkas(diterima, "dari") == {("Hasil.xlsx, revisi 2, 3 Maret 2025",)}
    assert [teks(b, "keadaan") for b in usulan(diterima)] == ["Menunggu"] * 4 + ["Selesai"]
    assert {type(sel.nilai) for b in usulan(diterima) for sel in b.sel.values()} == {str, float}, (
        "as cells give them back"
    )


def test_salinan_yang_sama_tidak_menggandakan(diterima: Buku, putusan: Paket) -> None:
    assert ambil(diterima, putusan) == diterima
    dijawab = segarkan_usulan(pilih(diterima, pilihan="Tolak", tanggapan="Sudah sesuai plafon"))
    assert ambil(dijawab, putusan) == dijawab


def test_salinan_utuh_tidak_membawa_apa_pun(buku_kecil: Buku, kiriman: Kiriman) -> None:
    assert usulan(ambil(buku_kecil, Paket(Path("Hasil.xlsx"), kiriman.isi))) == []


def test_bentrok_berdampingan_dan_tidak_diterapkan_sendiri(buku_kecil: Buku, putusan: Paket) -> None:
    """The plan changed after it was sent: both values stand side by side, and only the planner's own choice decides."""
    kini = hitung(isi(buku_kecil, T_33, "s-5", {"pagu_n": 95_000_00}))
    hasil = ambil(kini, putusan)
    (pagu,) = (b for b in usulan(hasil) if teks(b, "jenis") == "Usulan pagu")
    assert [teks(pagu, k) for k in ("dikirim", "kini", "usulan", "keadaan")] == [
        "Rp100.000", "Rp95.000", "Rp90.000", "Bentrok",
    ]  # fmt: skip
    semua = terapkan_usulan(hasil, semua=True)
    assert baris_simpul(semua.buku, T_33, "s-5")["pagu_n"].nilai == 95_000_00
    assert baris_simpul(semua.buku, T_33, "s-5")["target_n"].nilai == 4.0
    (nomor,) = (int(b["no"].nilai) for b in usulan(hasil) if b.id == pagu.id)  # type: ignore[arg-type]
    satu = terapkan_usulan(hasil, nomor=[nomor])
    assert baris_simpul(satu.buku, T_33, "s-5")["pagu_n"].nilai == 90_000_00
    assert baris_simpul(satu.buku, T_33, "s-5")["target_n"].nilai == 3.0
    assert "Diterima; semula Rp95.000" in {teks(b, "keadaan") for b in usulan(satu.buku)}


def test_baris_dikenali_walau_berpindah_dan_berganti_nama(buku_kecil: Buku, putusan: Paket) -> None:
    """Matched by id: the node got another name and kode, its kegiatan moved up, a row was put above it."""
    simpul = tuple(
        replace(s, nama="Koordinasi Rekrutmen", kode="5.03.02.2.01.0099") if s.id == "s-5" else s
        for s in (*buku_kecil.simpul[:3], *buku_kecil.simpul[6:], *buku_kecil.simpul[3:6])
    )
    kini = hitung(perbarui(replace(buku_kecil, simpul=simpul)))
    assert [b.simpul for b in kini.baris(T_33)] != [b.simpul for b in buku_kecil.baris(T_33)]
    hasil = terapkan_usulan(ambil(kini, putusan), semua=True)
    assert baris_simpul(hasil.buku, T_33, "s-5")["pagu_n"].nilai == 90_000_00
    assert baris_simpul(hasil.buku, T_33, "s-8") == baris_simpul(kini, T_33, "s-8")


def test_id_yang_dipakai_baris_lain_tidak_tertukar(buku_kecil: Buku, putusan: Paket) -> None:
    """Where an id has come to another node's row, node and indicator decide."""
    a, b = id_33(buku_kecil, "s-5"), id_33(buku_kecil, "s-8")
    tukar = {a: b, b: a}
    rows = [replace(x, id=tukar.get(x.id, x.id)) for x in buku_kecil.baris(T_33)]
    hasil = terapkan_usulan(ambil(buku_kecil.ganti({T_33: rows}), putusan), semua=True)
    assert baris_simpul(hasil.buku, T_33, "s-5")["pagu_n"].nilai == 90_000_00
    assert baris_simpul(hasil.buku, T_33, "s-8")["pagu_n"].nilai == 7_000_00


def test_baris_yang_sudah_tiada_disebut_bentrok(buku_kecil: Buku, putusan: Paket) -> None:
    kini = buku_kecil.ganti({T_33: [b for b in buku_kecil.baris(T_33) if b.simpul != "s-5"]})
    hasil = ambil(kini, putusan)
    assert ("Usulan pagu", "(barisnya tidak ada lagi)", "Bentrok") in ringkas(hasil, "jenis", "kini", "keadaan")
    nomor = [int(b["no"].nilai) for b in usulan(hasil) if teks(b, "jenis") == "Usulan pagu"]  # type: ignore[arg-type]
    assert "tidak ada lagi" in terapkan_usulan(hasil, nomor=nomor).ditunda[0]


# ── what was typed elsewhere in the copy ──────────────────────────────────────────────────────────────────────


def test_isian_tabel_yang_diubah_menjadi_usulan(buku_kecil: Buku, kiriman: Kiriman) -> None:
    """Open cells, locked ones, blanked ones, numbers as text, formulas, and what stands beside the tables."""
    a, b, c = (id_33(buku_kecil, s) for s in ("s-5", "s-6", "s-8"))
    paket = kembali(
        kiriman.isi,
        {
            (T_33, a, "lokasi"): "Kuaro",
            (T_33, a, "pagu_n"): "Rp 120.000",
            (T_33, b, "pagu_n"): IsiSel(60_000.0, "30000*2"),
            (T_33, b, "sumber_dana"): None,
            (T_33, b, "target_n"): "kira-kira tiga",
            (T_33, c, "nama"): "Pengelolaan Mutasi ASN",
            (T_33, c, "pagu_p1"): 8_000.0,
            (STRUKTUR, "i-5", "satuan"): "Persen",
            ("Profil", "kabupaten", "nilai"): "Kabupaten Lain",
            ("T-C.29", baris_simpul(buku_kecil, "T-C.29", "s-5").id, "tingkat_realisasi_n2"): 99.0,
        },
    )
    hasil = ambil(buku_kecil, paket)
    assert ringkas(hasil, "jenis", "lembar", "dikirim", "usulan", "keadaan") == {
        ("Perubahan isian", T_33, "Tanah Grogot", "Kuaro", "Menunggu"),
        ("Perubahan isian", T_33, "Rp100.000", "Rp120.000 (tertulis “Rp 120.000”)", "Menunggu"),
        ("Perubahan isian", T_33, "Rp50.000", "Rp60.000 (rumus =30000*2)", "Menunggu"),
        ("Perubahan isian", T_33, "APBD", "(kosong)", "Menunggu"),
        ("Perubahan isian", T_33, "2", "kira-kira tiga", "Menunggu"),
        ("Perubahan isian", T_33, "(hitungan)", "Rp8.000", "Menunggu"),
        ("Perubahan bagian terkunci", T_33, "Pengelolaan Mutasi", "Pengelolaan Mutasi ASN", "Menunggu"),
        ("Perubahan bagian terkunci", STRUKTUR, "%", "Persen", "Menunggu"),
        ("Perubahan bagian terkunci", "Profil", "Kabupaten Paser", "Kabupaten Lain", "Menunggu"),
        ("Perubahan bagian terkunci", "T-C.29", "(hitungan)", "99", "Menunggu"),
    }
    jadi = terapkan_usulan(hasil, semua=True)
    baris = {s: baris_simpul(jadi.buku, T_33, s) for s in ("s-5", "s-6", "s-8")}
    assert (baris["s-5"]["lokasi"].nilai, baris["s-5"]["pagu_n"].nilai) == ("Kuaro", 120_000_00)
    assert (baris["s-6"]["pagu_n"].nilai, baris["s-6"]["sumber_dana"].nilai) == (60_000_00, None)
    assert baris["s-6"]["target_n"].nilai == 2.0, "what is no number stays a remark"
    assert baris["s-8"]["pagu_p1"] == Sel(8_000_00)
    assert jadi.buku.simpul_menurut_id()["s-8"].nama == "Pengelolaan Mutasi ASN"
    assert jadi.buku.indikator_menurut_id()["i-5"].satuan == "Persen"
    assert jadi.buku.profil("kabupaten") == "Kabupaten Lain"
    assert jadi.perlu_perbarui
    kini = hitung(perbarui(jadi.buku))
    assert baris_simpul(kini, T_33, "s-8")["nama"].nilai == "Pengelolaan Mutasi ASN"
    assert baris_simpul(kini, T_33, "s-3")["pagu_n"].nilai == 187_000_00
    assert baris_simpul(kini, "T-C.29", "s-5")["tingkat_realisasi_n2"].nilai == 60.0, "computed cells compute"


def test_tahun_dan_jenjang_tidak_diubah_usulan(buku_kecil: Buku, kiriman: Kiriman) -> None:
    """What decides what the tables are about stays the planner's own to change."""
    ketikan: Ketikan = {
        ("Profil", "tahun_anggaran", "nilai"): "tahun depan",
        (STRUKTUR, "i-6", "kode"): "5.03.02.2.09.0001",
    }
    jadi = terapkan_usulan(pilih(ambil(buku_kecil, kembali(kiriman.isi, ketikan)), pilihan="Terima"))
    assert jadi.diterapkan == []
    assert [d.partition(": ")[2].partition(";")[0] for d in sorted(jadi.ditunda, reverse=True)] == [
        f"isian ini hanya diubah sendiri di lembar {x}" for x in (STRUKTUR, "Profil")
    ]
    assert jadi.buku.tahun == buku_kecil.tahun


def test_pagu_induk_tidak_ditimpa(buku_kecil: Buku, kiriman: Kiriman) -> None:
    """What Bappeda proposes for a kegiatan is the sum of its details: told, and left to the planner."""
    hasil = ambil(buku_kecil, kembali(kiriman.isi, {(VERIFIKASI, "s-4", "usulan_pagu"): 140_000.0}))
    (b,) = usulan(hasil)
    assert teks(b, "kini") == "Rp150.000 (dihitung dari isian lain)"
    jadi = terapkan_usulan(pilih(hasil, pilihan="Terima"))
    assert "ubah isian rinciannya" in jadi.ditunda[0]
    assert jadi.buku.baris(T_33) == buku_kecil.baris(T_33)
    turun = hitung(isi(hasil, T_33, "s-5", {"pagu_n": 90_000_00}))
    assert {teks(b, "keadaan") for b in usulan(segarkan_usulan(turun))} == {"Diterima"}, "the sum is what was proposed"


@pytest.mark.parametrize(
    ("tertulis", "harapan"),
    [
        ("1) 90 %\n2) 260", {"i-3": 90.0, "i-4": 260.0}),
        ("2) 260 Indeks", {"i-3": 85.0, "i-4": 260.0}),
        ("90", {"i-3": 85.0, "i-4": 250.0}),
        ("3) 90", {"i-3": 85.0, "i-4": 250.0}),
    ],
)
def test_target_beberapa_indikator(
    buku_kecil: Buku, kiriman: Kiriman, tertulis: str, harapan: dict[str, float]
) -> None:
    """Numbered as the sheet shows them; one without a number could be any of them, and is left to the planner."""
    hasil = ambil(buku_kecil, kembali(kiriman.isi, {(VERIFIKASI, "s-3", "usulan_target"): tertulis}))
    assert usulan(hasil)
    jadi = terapkan_usulan(hasil, semua=True).buku
    assert {i: baris_simpul(jadi, T_33, "s-3", i)["target_n"].nilai for i in ("i-3", "i-4")} == harapan


def test_dua_usulan_untuk_satu_sel_bentrok(buku_kecil: Buku, kiriman: Kiriman) -> None:
    ketikan: Ketikan = {
        (VERIFIKASI, "s-5", "usulan_pagu"): 90_000.0,
        (T_33, id_33(buku_kecil, "s-5"), "pagu_n"): 80_000.0,
    }
    hasil = ambil(buku_kecil, kembali(kiriman.isi, ketikan))
    assert [teks(b, "keadaan") for b in usulan(hasil)] == ["Bentrok", "Bentrok"]
    assert not terapkan_usulan(hasil, semua=True).diterapkan


def test_baris_baru_dan_baris_hilang(buku_kecil: Buku, kiriman: Kiriman) -> None:
    """A row that Bappeda put under a table joins it when accepted, and then the struktur; one that is gone is told."""
    asal = Paket(Path("Hasil.xlsx"), kiriman.isi)
    r, _ = sel_dari(asal, T_33, id_33(buku_kecil, "s-8"), "nama")
    kolom = {k: sel_dari(asal, T_33, id_33(buku_kecil, "s-8"), k)[1] for k in ("kode", "nama", "pagu_n", "lokasi")}
    baru: dict[str, str | float] = {
        "kode": "5.03.02.2.02.0007",
        "nama": "Uji Kompetensi",
        "pagu_n": 5_000.0,
        "lokasi": "Kuaro",
    }
    paket = kembali(kiriman.isi, {}, {T_33: {(r + 1, kolom[k]): IsiSel(v) for k, v in baru.items()}})
    hasil = ambil(buku_kecil, paket)
    (b,) = (b for b in usulan(hasil) if teks(b, "jenis") == "Baris baru")
    assert "Uji Kompetensi" in teks(b, "usulan")
    assert teks(b, "keadaan") == "Menunggu"
    jadi = terapkan_usulan(hasil, semua=True)
    kini = hitung(perbarui(jadi.buku))
    (simpul,) = (s for s in kini.simpul if s.nama == "Uji Kompetensi")
    assert simpul.induk == "s-7"
    assert baris_simpul(kini, T_33, "s-7")["pagu_n"].nilai == 12_000_00
    assert ambil(jadi.buku, paket) == jadi.buku
    tanpa = kembali(kiriman.isi, {(T_33, id_33(buku_kecil, "s-8"), k.kunci): None for k in T_C_33.kolom})
    hilang = ambil(buku_kecil, tanpa)
    assert ("Baris dihapus", "Pengelolaan Mutasi", "Menunggu") in ringkas(hilang, "jenis", "nama", "keadaan")
    assert terapkan_usulan(hilang, semua=True).buku.baris(T_33) == buku_kecil.baris(T_33)


def test_komentar_dan_utasnya_disimpan(buku_kecil: Buku, kiriman: Kiriman) -> None:
    asal = Paket(Path("Hasil.xlsx"), kiriman.isi)
    r, c = sel_dari(asal, T_33, id_33(buku_kecil, "s-5"), "pagu_n")
    paket = dengan_utas(asal, T_33, f"{huruf_kolom(c)}{r}", [("Rina", "Kenapa naik?"), ("Budi", "Lihat juga s-6")])
    komentar = baca_komentar(paket)
    assert komentar == [Komentar(T_33, (r, c), "Kenapa naik?\nBudi: Lihat juga s-6", "Rina")]
    hasil = ambil(buku_kecil, paket, tuple(komentar))
    (b,) = usulan(hasil)
    assert [teks(b, k) for k in ("jenis", "nama", "dikirim", "catatan", "keadaan")] == [
        "Komentar", "Koordinasi Pengadaan", "Rp100.000", "Rina: Kenapa naik?\nBudi: Lihat juga s-6", "Menunggu",
    ]  # fmt: skip


# ── what becomes of it ────────────────────────────────────────────────────────────────────────────────────────


def test_keputusan_tanpa_jawaban_menjadi_catatan(diterima: Buku) -> None:
    def catatan(buku: Buku) -> list[tuple[str, str, str]]:
        return sorted((t.aturan, t.tingkat.value, t.kode) for t in periksa(buku, ("KSG-11", "KSG-12")))

    assert catatan(diterima) == [
        ("KSG-11", "harus_diperbaiki", "5.03.02.2.01.0003"),
        ("KSG-11", "perlu_dicek", "5.03.02.2.02.0001"),
        ("KSG-12", "perlu_dicek", "5.03.02.2.01.0003"),
        ("KSG-12", "perlu_dicek", "5.03.02.2.01.0003"),
    ]
    diterapkan = terapkan_usulan(diterima, semua=True).buku
    assert [a for a, _, _ in catatan(diterapkan)] == ["KSG-11"], "accepting what came with a decision answers it"
    dijawab = pilih(diterima, tanggapan="Sudah dijelaskan lewat surat", pilihan="Tolak")
    assert catatan(dijawab) == []
    assert {teks(b, "keadaan") for b in usulan(segarkan_usulan(dijawab))} == {"Ditolak"}


def test_usulan_baru_menggantikan_yang_menunggu(buku_kecil: Buku, diterima: Buku, kiriman: Kiriman) -> None:
    """A second copy with other words: open lines give way, closed ones stay as they are."""
    lain = kembali(kiriman.isi, {**PUTUSAN, (VERIFIKASI, "s-5", "usulan_pagu"): 80_000.0})
    hasil = ambil(diterima, lain)
    pagu = {teks(b, "usulan"): teks(b, "keadaan") for b in usulan(hasil) if teks(b, "jenis") == "Usulan pagu"}
    assert pagu == {"Rp90.000": "Digantikan", "Rp80.000": "Menunggu"}
    assert len(usulan(hasil)) == len(usulan(diterima)) + 1
    sudah = terapkan_usulan(diterima, semua=True).buku
    pagu = {
        teks(b, "usulan"): teks(b, "keadaan") for b in usulan(ambil(sudah, lain)) if teks(b, "jenis") == "Usulan pagu"
    }
    assert pagu == {"Rp90.000": "Diterima", "Rp80.000": "Bentrok"}


def test_pilihan_tolak_tidak_diterapkan(diterima: Buku) -> None:
    ditolak = terapkan_usulan(pilih(diterima, pilihan="tolak "), semua=True)
    assert ditolak.diterapkan == []
    assert ditolak.buku.baris(T_33) == diterima.baris(T_33)
    with pytest.raises(KeyError):
        terapkan_usulan(diterima, nomor=[99])


def test_salinan_rencana_lain_ditolak(buku_kecil: Buku, putusan: Paket) -> None:
    for kunci, nilai in (("perangkat_daerah", "Dinas Lain"), ("tahun_anggaran", 2026.0), ("kabupaten", "Kota Lain")):
        with pytest.raises(BukanSalinanIniError, match="mohon pilih"):
            ambil(ganti_baris(buku_kecil, "Profil", kunci, nilai), putusan)
    with pytest.raises(BukanSalinanIniError, match="bukan kode yang diminta"):
        terima(buku_kecil, cek_paket(putusan, "AAAA-BBBB-CCCC"), (), "Hasil.xlsx")


def test_tahapan_lain_diperingatkan(buku_kecil: Buku, putusan: Paket) -> None:
    kini = ganti_baris(buku_kecil, "Profil", "tahapan", "Penetapan")
    assert any("Persiapan" in p and "Penetapan" in p for p in terima(kini, cek_paket(putusan), (), "H.xlsx").peringatan)


def test_salinan_kedua_dari_buku_yang_sudah_menerima(buku_kecil: Buku, diterima: Buku) -> None:
    """The next share copy carries no line of the former, and its values are the plan's."""
    jadi = hitung(perbarui(terapkan_usulan(diterima, semua=True).buku))
    baru = kirim(jadi, Keterangan("9 Maret 2025", 3, KETERANGAN.catatan))
    assert USULAN_BAPPEDA.lembar not in Paket(Path("x.xlsx"), baru.isi).lembar
    assert cek_paket(Paket(Path("x.xlsx"), baru.isi), baru.kode).utuh


# ── older masters, and copies that nobody honest made ─────────────────────────────────────────────────────────


def test_buku_versi_5_mendapat_lembarnya(buku_kecil: Buku, putusan: Paket, tmp_path: Path) -> None:
    """A master of the layout before this one is brought up to date, its former file kept, and takes the copy."""
    profil = [b.dengan({"nilai": Sel(5.0)}) if b.id == "versi_skema" else b for b in buku_kecil.baris("Profil")]
    induk, hasil = tmp_path / "Renja.xlsx", tmp_path / "Hasil.xlsx"
    wb = load_workbook(BytesIO(bangun(buku_kecil.ganti({"Profil": profil}))))
    for spec in SEMUA:
        if spec.sejak > 5:
            del wb[spec.lembar]
    wb.save(induk)
    hasil.write_bytes(putusan.data)
    semula = induk.read_bytes()
    assert baca(induk).versi == 5
    jalan = CliRunner().invoke(cli, ["terima", str(induk), str(hasil)])
    assert jalan.exit_code == 0, jalan.output
    assert "dari versi 5 ke versi" in jalan.stderr
    assert "5 baris baru di lembar Usulan Bappeda" in jalan.stdout
    assert [p.read_bytes() for p in versi_sebelumnya(induk)] == [semula]
    assert len(usulan(baca(induk).buku)) == 5


@pytest.mark.parametrize("tertulis", [-5.0, "-Rp5"])
def test_pagu_di_bawah_nol_tidak_diterapkan(buku_kecil: Buku, kiriman: Kiriman, tertulis: float | str) -> None:
    """A reduction written as a difference is told, and left to the planner."""
    hasil = ambil(buku_kecil, kembali(kiriman.isi, {(VERIFIKASI, "s-5", "usulan_pagu"): tertulis}))
    assert "5" in teks(usulan(hasil)[0], "usulan")
    jadi = terapkan_usulan(hasil, semua=True)
    assert jadi.diterapkan == []
    assert baris_simpul(jadi.buku, T_33, "s-5")["pagu_n"] == baris_simpul(buku_kecil, T_33, "s-5")["pagu_n"]


def test_teks_usulan_tidak_menjadi_rumus(buku_kecil: Buku, kiriman: Kiriman) -> None:
    """What looks like a formula stays text on its way into the sheet and, when accepted, into the cell."""
    jahat = '=HYPERLINK("http://x","klik")'
    a = id_33(buku_kecil, "s-5")
    ketikan: Ketikan = {(T_33, a, "lokasi"): jahat, (VERIFIKASI, "s-5", "catatan"): f"@{'x' * 30_000}"}
    jadi = terapkan_usulan(ambil(buku_kecil, kembali(kiriman.isi, ketikan)), semua=True).buku
    kini = baca_paket(Paket(Path("Renja.xlsx"), bangun(hitung(jadi))))
    assert baris_simpul(kini.buku, T_33, "s-5")["lokasi"] == Sel(jahat)
    assert not [f for f in kini.rumus[USULAN_BAPPEDA.lembar].values() if "HYPERLINK" in f.teks]
    assert max(len(teks(b, "catatan")) for b in usulan(kini.buku)) == PANJANG_TAMPIL


def test_manifes_karangan_tidak_menjatuhkan(buku_kecil: Buku, kiriman: Kiriman) -> None:
    """Rows of the manifest that say anything: lines about rows that are not, and the plan is as it was."""
    aneh = {
        (r, c): IsiSel(t)
        for r in (40, 90, 400, 900)
        for c, t in ((2, "XFD1048576"), (3, "?"), (5, "rupiah"), (6, "abc"))
    }
    hasil = ambil(buku_kecil, kembali(kiriman.isi, {}, {"_manifes": aneh}))
    assert hasil.baris(T_33) == buku_kecil.baris(T_33)
    jadi = terapkan_usulan(hasil, semua=True)
    assert hitung(perbarui(jadi.buku)).baris("T-C.29")


def test_perintah_menjelaskan_isian_yang_kurang(tmp_path: Path) -> None:
    for isian in (["terima", "A.xlsx"], ["terima", "A.xlsx", "--kode", "K", "--semua"]):
        assert isinstance(CliRunner().invoke(cli, isian, standalone_mode=False).exception, click.UsageError)
