"""*Catatan Perbaikan*: order, states, and what becomes of an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from renja_xl.core.besaran import besaran_catatan
from renja_xl.core.buku import Baris, Buku, Nilai, Sel
from renja_xl.core.catatan import (
    dengan_catatan,
    keadaan_temuan,
    masih_terbuka,
    menyangkut,
    penjelasan,
    segarkan_catatan,
    terpenting,
)
from renja_xl.core.letak import TempatBaris, letak_bawaan
from renja_xl.core.temuan import Anggota, Temuan, Tingkat
from renja_xl.tabel import BERANDA, CATATAN_PERBAIKAN, T_C_29

BERAT, CEK, INFO = Tingkat


def catatan(buku: Buku) -> tuple[Baris, ...]:
    return buku.baris(CATATAN_PERBAIKAN.kunci)


def keadaan(buku: Buku) -> list[Nilai]:
    return [b["keadaan"].nilai for b in catatan(buku)]


def tulis_keadaan(buku: Buku, *isi: str | None) -> Buku:
    """The plan with something written into column Keadaan, row by row."""
    rows = [b.dengan({"keadaan": Sel(k)}) for b, k in zip(catatan(buku), isi, strict=True)]
    return buku.ganti({CATATAN_PERBAIKAN.kunci: rows})


@pytest.fixture
def rate(kecil: Buku) -> Temuan:
    """A wrong rate in T-C.29."""
    b = kecil.baris(T_C_29.kunci)[-1]
    return Temuan("HIT-08", BERAT, T_C_29.kunci, b.id, "tingkat_realisasi_n2", "Pesan.", "Cara.", "", "75", "66,18")


# ── states ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tertulis", "alasan"),
    [
        ("Dijelaskan: menurut DPA", "menurut DPA"), ("dijelaskan menurut DPA", "menurut DPA"), (" Dijelaskan - DPA ", "DPA"),
        ("Dijelaskan:", ""), ("Dijelaskan", ""), ("Belum", ""), ("Diperbaiki", ""), ("dijelaskannya DPA", ""), (None, ""),
        ("Belum (semula dijelaskan: menurut DPA)", ""),
    ],
)  # fmt: skip
def test_penjelasan_seperti_orang_mengetiknya(tertulis: Nilai, alasan: str) -> None:
    assert penjelasan(tertulis) == alasan
    if alasan:
        assert not masih_terbuka(tertulis)


def test_penjelasan_bertahan_selama_angkanya_sama(kecil: Buku, rate: Temuan) -> None:
    buku = tulis_keadaan(dengan_catatan(kecil, [rate]), "dijelaskan menurut DPA")
    assert keadaan_temuan(buku, [rate]) == {rate.rujukan: "Dijelaskan: menurut DPA"}
    segar = segarkan_catatan(buku, [replace(rate, pesan="Kata lain.")])
    assert keadaan(segar) == ["Dijelaskan: menurut DPA"]
    assert catatan(segar)[0]["pesan"].nilai == "Kata lain."
    assert segarkan_catatan(segar, [replace(rate, pesan="Kata lain.")]) == segar


@pytest.mark.parametrize("ubah", [{"tertulis": "80"}, {"seharusnya": "70"}])
def test_kembali_belum_bila_angkanya_berubah(kecil: Buku, rate: Temuan, ubah: dict[str, str]) -> None:
    buku = tulis_keadaan(dengan_catatan(kecil, [rate]), "Dijelaskan: menurut DPA")
    kini = replace(rate, **ubah)  # type: ignore[arg-type]
    assert keadaan_temuan(buku, [kini]) == {rate.rujukan: "Belum (semula dijelaskan: menurut DPA)"}
    for _ in range(2):  # it waits until somebody decides anew
        buku = segarkan_catatan(buku, [kini])
        assert keadaan(buku) == ["Belum (semula dijelaskan: menurut DPA)"]
    assert besaran_catatan(buku)["catatan_berat"] == 1
    buku = segarkan_catatan(tulis_keadaan(buku, "Dijelaskan: tetap"), [kini])
    assert keadaan(buku) == ["Dijelaskan: tetap"]


def test_angka_anggota_ikut_menentukan(kecil: Buku, rate: Temuan) -> None:
    b = kecil.baris(T_C_29.kunci)
    anggota = tuple(Anggota(T_C_29.kunci, x.id, "tingkat_realisasi_n2", "1", "2") for x in b[:3])
    grup = replace(rate, anggota=anggota)
    buku = tulis_keadaan(dengan_catatan(kecil, [grup]), "Dijelaskan: pembulatan")
    assert str(catatan(buku)[0]["pesan"].nilai).startswith("3 sel: ")
    terbalik = replace(grup, anggota=anggota[::-1])
    assert keadaan(segarkan_catatan(buku, [terbalik])) == ["Dijelaskan: pembulatan"]
    lain = replace(grup, anggota=(*anggota[:2], replace(anggota[2], tertulis="3")))
    assert keadaan(segarkan_catatan(buku, [lain])) == ["Belum (semula dijelaskan: pembulatan)"]


def test_buku_lama_tanpa_sidik_menyimpan_penjelasannya(kecil: Buku, rate: Temuan) -> None:
    buku = tulis_keadaan(dengan_catatan(kecil, [rate]), "Dijelaskan: menurut DPA")
    lama = buku.ganti({CATATAN_PERBAIKAN.kunci: [b.dengan({"sidik": Sel()}) for b in catatan(buku)]})
    assert keadaan(segarkan_catatan(lama, [rate])) == ["Dijelaskan: menurut DPA"]
    assert keadaan(segarkan_catatan(lama, [replace(rate, tertulis="76")])) == ["Belum (semula dijelaskan: menurut DPA)"]


def test_yang_hilang_diperbaiki_dan_yang_kembali_menunggu(kecil: Buku, rate: Temuan) -> None:
    lain = replace(rate, aturan="HIT-11", kolom="tingkat_capaian_renstra")
    buku = tulis_keadaan(dengan_catatan(kecil, [rate, lain]), "Belum", "Dijelaskan: a")
    buku = segarkan_catatan(buku, [])
    assert keadaan(buku) == ["Diperbaiki", "Diperbaiki (semula dijelaskan: a)"]
    assert besaran_catatan(buku)["catatan_semua"] == 2
    buku = segarkan_catatan(buku, [rate, lain])
    assert sorted(map(str, keadaan(buku))) == ["Belum", "Belum (semula dijelaskan: a)"]


def test_yang_diputuskan_orang_selesai_dengan_penjelasan(kecil: Buku, rate: Temuan) -> None:
    """A recompute parts the two sides of a row of T-C.31; whether rightly, a person says."""
    sisi = replace(rate, aturan="LNK-02")
    buku = dengan_catatan(kecil, [], [sisi])
    assert keadaan(buku) == ["Belum"]
    buku = segarkan_catatan(tulis_keadaan(buku, "Dijelaskan: memang dua butir"), [])
    assert keadaan(buku) == ["Dijelaskan: memang dua butir"]
    jumlah = besaran_catatan(buku)
    assert (jumlah["catatan_berat"], jumlah["catatan_dijelaskan"]) == (0, 1)


# ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sel_di_lembar_orang_lain(kecil: Buku, rate: Temuan) -> None:
    """A cell that no table owns is named by sheet and address; sheets may have any name."""
    asing = [
        replace(rate, aturan="RMS-01", tabel="", baris="", kolom="", lembar=nama, sel="C7")
        for nama in ("Rekap | lama", "Lain")
    ]
    buku = dengan_catatan(kecil, asing)
    assert {(b["lembar"].nilai, b["sel"].nilai) for b in catatan(buku)} == {("Rekap | lama", "C7"), ("Lain", "C7")}
    buku = segarkan_catatan(buku, asing[1:])
    isi = {b["lembar"].nilai: (b["keadaan"].nilai, b["sel"].nilai) for b in catatan(buku)}
    assert isi == {"Lain": ("Belum", "C7"), "Rekap | lama": ("Diperbaiki", "C7")}


def test_baris_buku_orang_lain_disebut_menurut_lembarnya(kecil: Buku, rate: Temuan) -> None:
    """A row of a table of ours that was read from somebody else's sheet stands there, for the reader."""
    letak = letak_bawaan(kecil)
    asing = {T_C_29.kunci: {rate.baris: TempatBaris("Evaluasi 2024", 21, {"tingkat_realisasi_n2": 8})}}
    (b,) = catatan(dengan_catatan(kecil, [rate], letak=replace(letak, asing=asing)))
    assert (b["lembar"].nilai, b["sel"].nilai) == ("Evaluasi 2024", "H21")


def test_menyangkut_selnya_dan_anggotanya(kecil: Buku, rate: Temuan) -> None:
    anggota = tuple(Anggota(T_C_29.kunci, b.id, "realisasi_n2") for b in kecil.baris(T_C_29.kunci)[:2])
    (b,) = catatan(dengan_catatan(kecil, [replace(rate, anggota=anggota)]))
    sel = [s for s in str(b["anggota"].nilai).split(";") if s]
    assert len(sel) == 2
    for s in (*sel, f"{b['lembar'].nilai}!{b['sel'].nilai}"):
        assert menyangkut(b, *s.split("!"))
        assert not menyangkut(b.dengan({"keadaan": Sel("Diperbaiki")}), *s.split("!"))
    assert not menyangkut(b, "T-C.31", sel[0].split("!")[1])
    assert not menyangkut(b, T_C_29.lembar, sel[0].split("!")[1][:-1])


# ── order ─────────────────────────────────────────────────────────────────────────────────────────────────────


def uang(n: int, tertulis: str, seharusnya: str, tingkat: Tingkat = BERAT) -> Temuan:
    return Temuan("ROL-01", tingkat, "T-C.33", f"c33-{n}", "pagu_n", "P.", "C.", "", tertulis, seharusnya)


def test_uang_sebelum_angka_sebelum_kata_dan_sebab_sebelum_akibat(rate: Temuan) -> None:
    kecil_, besar = uang(1, "1.000", "900"), uang(2, "Rp 5.000.000", "4.000.000")
    akibat = replace(uang(3, "9.000.000.000", "1"), sebab=kecil_.rujukan)
    kata = Temuan("LNK-01", BERAT, "T-C.33", "c33-4", "nama", "P.", "C.")
    cek = uang(5, "9.000.000.000.000", "0", CEK)
    semua = [cek, kata, akibat, rate, kecil_, besar]
    assert terpenting(semua) == [besar, kecil_, rate, kata, akibat, cek]
    assert terpenting(semua, 2) == [besar, kecil_]


def test_sepuluh_terpenting_lalu_menurut_lembar(kecil: Buku) -> None:
    cek: Sequence[Temuan] = [
        Temuan("SAT-01", CEK, tabel, f"{tabel}-{n}", "satuan_target_n", "P.", "C.")
        for tabel in ("T-C.33", "T-C.31")
        for n in range(4)
    ]
    berat = [uang(n, f"{n}.000", "0") for n in range(1, 13)]
    buku = dengan_catatan(kecil, [*cek, *berat])
    rujukan = [b["rujukan"].nilai for b in catatan(buku)]
    assert rujukan[:10] == [t.rujukan for t in berat[:1:-1]]
    assert [b["lembar"].nilai for b in catatan(buku)][10:] == ["T-C.31"] * 4 + ["T-C.33"] * 6
    assert [b["tingkat"].nilai for b in catatan(buku)][14:16] == [BERAT.judul] * 2
    assert [b["no"].nilai for b in catatan(buku)] == [float(n) for n in range(1, 21)]
    # what is explained makes room
    isi = ["Dijelaskan: a", *["Belum"] * 19]
    segar = segarkan_catatan(tulis_keadaan(buku, *isi), [*cek, *berat])
    assert [b["rujukan"].nilai for b in catatan(segar)][:10] == [t.rujukan for t in berat[-2:0:-1]]
    assert catatan(segar)[-1]["rujukan"].nilai == berat[-1].rujukan


# ── counts ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_hitungan_menurut_keadaan_dan_keluarga(kecil: Buku, rate: Temuan) -> None:
    temuan = [rate, *[uang(n, "1", "2") for n in range(3)], uang(9, "1", "2", CEK)]
    buku = tulis_keadaan(
        dengan_catatan(kecil, temuan, [uang(20, "1", "2", INFO)]),
        "Belum", "Dijelaskan: x", "Dijelaskan:", "sedang dikerjakan", "Belum (semula dijelaskan: y)", "Diperbaiki",
    )  # fmt: skip
    jumlah = besaran_catatan(buku)
    assert jumlah["catatan_ringkas"] == (
        "Sisa 4 dari 6 catatan (3 harus diperbaiki, 1 perlu dicek, 0 informasi; 1 dijelaskan)"
    )
    keluarga = (jumlah["catatan_rol"], jumlah["catatan_hit"], jumlah["catatan_kod"])
    assert sum(n for n in keluarga if isinstance(n, float)) == 4
    assert keluarga[2] == 0
    assert besaran_catatan(Buku()) == {}


def test_beranda_menghitung_catatan(kecil: Buku, rate: Temuan) -> None:
    buku = dengan_catatan(kecil, [rate])
    isi = {b["kunci"].nilai: b["nilai"].nilai for b in buku.baris(BERANDA.kunci)}
    assert (isi["catatan_hit"], isi["catatan_rol"], isi["catatan_sisa"]) == (1, 0, "1 dari 1 catatan")
