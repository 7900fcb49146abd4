"""How agencies lay out their tables otherwise, one habit per test, on grids without a file."""

from __future__ import annotations

import pytest

from renja_xl.core.buku import Baris, Level
from renja_xl.core.kisi import IsiKisi
from renja_xl.errors import SumberTidakTerbacaError
from renja_xl.resmi.baca import HasilBaca
from renja_xl.resmi.kepala import kelipatan
from tests.resmi.kisi_uji import JUDUL, KEPALA, baca, kisi

PROGRAM, MUTASI, PANGKAT = "PROGRAM KEPEGAWAIAN DAERAH", "Mutasi dan Promosi ASN", "Pengelolaan Kenaikan Pangkat ASN"
URUT = [Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN]
DASAR = ("Indikator Kinerja", "Lokasi", "Target Capaian Kinerja 2026", "Pagu Indikatif 2026 (Rp)")


def rows(h: HasilBaca, tabel: str = "T-C.33") -> list[Baris]:
    return list(h.bahan.tabel[tabel])


def kolom(h: HasilBaca, kunci: str, tabel: str = "T-C.33") -> list[object]:
    return [b[kunci].nilai for b in rows(h, tabel)]


def level(h: HasilBaca) -> list[Level]:
    return [b.level for b in rows(h)]


def catatan(h: HasilBaca) -> str:
    return " ".join((*h.peta.catatan, *(c for t in h.peta.tabel for c in t.catatan)))


# ── levels ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_level_dari_penomoran_bila_namanya_tak_dikenal() -> None:
    h = baca(kisi([
        JUDUL, KEPALA,
        ["A", "Zamrud Sejahtera", "i", "x", 1, 3], ["1", "Aktivitas Kuning", "i", "x", 1, 3], ["1.1", "Kerja Hijau", "i", "x", 1, 3],
        ["2", "Aktivitas Ungu", "i", "x", 1, 3], ["2.1", "Kerja Jingga", "i", "x", 1, 3], ["B", "Merah Delima", "i", "x", 1, 3],
    ]))  # fmt: skip
    assert level(h) == [*URUT, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.PROGRAM]
    assert "penomoran" in catatan(h)


def test_satuan_di_kolom_sendiri_pada_baris_tanpa_kode() -> None:
    judul = ("Tabel T-C.29 Rekapitulasi Evaluasi Hasil Pelaksanaan Renja Perangkat Daerah s/d Tahun 2025",)
    kepala = (
        "Kode", "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Satuan", "Target Renstra Tahun 2026",
        "Realisasi s/d Tahun 2023", "Target Renja Tahun 2024", "Realisasi Renja Tahun 2024", "Tingkat Realisasi (%)",
        "Target Renja Tahun 2025",
    )  # fmt: skip
    h = baca(kisi([
        judul, kepala, ["", PROGRAM, "Persentase ASN", "%", 90, 80, 85, 85, 100, 88],
        ["5.03.02.2.02", MUTASI, "Jumlah dokumen", "Dokumen", 9, 8, 8, 8, 100, 8],
        ["", "Jumlah", "", "Dokumen", "", "", "", "", "", ""],
    ]))  # fmt: skip
    assert [b.level for b in rows(h, "T-C.29")] == [Level.PROGRAM, Level.KEGIATAN, Level.TOTAL]
    assert kolom(h, "satuan_target_n2", "T-C.29")[:2] == ["%", "Dokumen"]


def test_kode_terpecah_dalam_beberapa_kolom() -> None:
    kepala = ("Kode", "", "", "", "", "Program/Kegiatan/Sub Kegiatan", *DASAR)
    h = baca(kisi([
        JUDUL, kepala, [2, 23, IsiKisi(1.0, None, "00"), None, None, "Zamrud", "i", "x", 1, 10],
        ["2", "23", "01", "2.01", None, "Kuning", "i", "x", 1, 10], ["2", "23", "01", "2.01", "0001", "Hijau", "i", "x", 1, 10],
    ], gabungan=[(2, 1, 2, 5)]))  # fmt: skip
    assert kolom(h, "kode") == ["2.23.01", "2.23.01.2.01", "2.23.01.2.01.0001"]
    assert level(h) == URUT
    assert "diduga" not in catatan(h)


@pytest.mark.parametrize(
    ("kepala", "gabungan"),
    [(("Program/Kegiatan/Sub Kegiatan", "", ""), [(2, 1, 2, 3)]), (("Program", "Kegiatan", "Sub Kegiatan"), [])],
)
def test_nama_menjorok_per_kolom(kepala: tuple[str, ...], gabungan: list[tuple[int, int, int, int]]) -> None:
    isi = [["Zamrud", None, None], [None, "Kuning", None], [None, None, "Hijau"], [None, None, "Biru"]]
    h = baca(kisi([JUDUL, (*kepala, *DASAR, "Sumber Dana"), *([*x, "i", "x", 1, 10] for x in isi)], gabungan=gabungan))
    assert kolom(h, "nama") == ["Zamrud", "Kuning", "Hijau", "Biru"]
    assert level(h) == [*URUT, Level.SUB_KEGIATAN]
    letak = h.tempat["T-C.33"][rows(h)[2].id]
    assert (letak.baris, letak.kolom["nama"]) == (5, 3)


def test_judul_kelompok_selebar_tabel_tetap_menjadi_baris() -> None:
    h = baca(
        kisi(
            [JUDUL, KEPALA, ["URUSAN PENUNJANG"], ["Badan Kepegawaian"], [None, PROGRAM, "i", "x", 1, 10]],
            gabungan=[(3, 1, 3, 10), (4, 1, 4, 10)],
        )
    )
    assert level(h) == [Level.URUSAN, Level.PERANGKAT_DAERAH, Level.PROGRAM]
    assert kolom(h, "nama") == ["URUSAN PENUNJANG", "Badan Kepegawaian", PROGRAM]


def test_kode_yang_menjadi_jam_dikembalikan() -> None:
    h = baca(kisi([JUDUL, ("Kode", *KEPALA[1:]), ["05:03:02", "Apa saja", "i", "x", 1, 10]]))
    assert kolom(h, "kode") == ["5.03.02"]
    assert level(h) == [Level.PROGRAM]


def test_rkt_dengan_dua_nama_sebaris_menjadi_dua_baris() -> None:
    kepala = ("No", "Sasaran", "Indikator Sasaran", "Target Sasaran", "Program/Kegiatan", "Sub Kegiatan", "Indikator Output/Outcome",
              "Target", "Anggaran (Rp)")  # fmt: skip
    judul = ["Tabel 4.1 Rencana Kinerja Tahunan Tahun 2026"]
    h = baca(
        kisi(
            [
                judul,
                kepala,
                [1, None, None, None, PROGRAM],
                [None, None, None, None, MUTASI, PANGKAT, "i", "5 dok", 700],
            ]
        )
    )
    assert [(b.level, b["anggaran"].nilai) for b in rows(h, "RKT")] == list(
        zip(URUT, (None, None, 70_000), strict=True)
    )
    assert h.bahan.isian["nomor_rkt"] == "4.1"


# ── page breaks, notes, hidden and foreign cells ──────────────────────────────────────────────────────────────


def test_teks_yang_terputus_halaman_disambung() -> None:
    h = baca(kisi([
        JUDUL, KEPALA, [None, PROGRAM, "Persentase ASN yang", "x", 1, 10], [None, None, "telah dilatih"],
        [None, "Mutasi dan", "i", "x", 1, 10], [None, "Promosi ASN"], KEPALA, [str(n) for n in range(1, 11)],
        [None, None, "Indikator kedua", None, 2],
    ]))  # fmt: skip
    assert kolom(h, "nama") == [PROGRAM, MUTASI, None]
    assert kolom(h, "indikator")[0] == "Persentase ASN yang telah dilatih"
    assert [b.level for b in rows(h)][-1] is Level.INDIKATOR_LANJUTAN
    assert "Baris 4 melanjutkan teks baris 3" in catatan(h)
    assert not h.bahan.belum


def test_yang_tidak_dimengerti_disimpan_satu_baris_per_baris_sumber() -> None:
    lain = ("Bidang Pengampu", "Keterangan Lain-lain")
    h = baca(
        kisi([JUDUL, (*KEPALA, *lain),
              [None, PROGRAM, "i", "x", 1, 10, None, None, None, None, "Sekretariat", 7],
              [], ["Teluk Indah, 12 Juli 2025"], ["Kepala Badan"]]),
        kisi([["Data dukung", None], ["a", 1.5], [], ["b"]], "Lain"),
    )  # fmt: skip
    assert [(x.berkas, x.baris) for x in h.bahan.belum] == [
        *(("Renja.xlsx [Rencana]", n) for n in ("3", "5", "6")),
        *(("Renja.xlsx [Lain]", n) for n in ("1", "2", "4")),
    ]
    assert h.bahan.belum[0].isi == "Bidang Pengampu: Sekretariat | Keterangan Lain-lain: 7"
    assert [k for _, k in h.peta.tabel[0].asing] == ["Bidang Pengampu", "Keterangan Lain-lain"]
    assert h.peta.belum == {"Rencana": 3, "Lain": 3}


def test_baris_tersembunyi_dibaca_dan_disebut() -> None:
    h = baca(kisi([JUDUL, KEPALA, [None, PROGRAM, "i", "x", 1, 10], [None, MUTASI, "i", "x", 1, 10]], tersembunyi=[4]))
    assert kolom(h, "nama") == [PROGRAM, MUTASI]
    assert "Baris tersembunyi ikut dibaca: 4." in catatan(h)


def test_salinan_di_lembar_tersembunyi_tidak_dipakai_diam_diam() -> None:
    isi = [JUDUL, KEPALA, [None, PROGRAM, "i", "x", 1, 10], [None, MUTASI, "i", "x", 1, 10]]
    lama = [*isi[:2], [None, PROGRAM, "i", "x", 1, 99], isi[3]]
    h = baca(kisi(lama, "Lama", lembar_tersembunyi=True), kisi(isi, "Baru"))
    assert kolom(h, "pagu_n") == [1000, 1000]
    assert "yang dipakai lembar Baru" in catatan(h)
    assert [x.berkas for x in h.bahan.belum] == ["Renja.xlsx [Lama]"] * 2


# ── numbers ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("isi", "nilai", "asli", "satuan"),
    [
        (IsiKisi(0.85, None, "0%"), 85.0, "85", "%"),
        (IsiKisi(0.661764705882353, "A1/B1", "0.00%"), 66.1764705882353, "66,1764705882353", "%"),
        (IsiKisi(5.0, None, '0" dok"'), 5.0, "5", "dok"),
        (IsiKisi(1400.0, None, "#,##0"), 1400.0, "1400", None),
        (IsiKisi(1.125), 1.125, "1,1250", None),  # three decimals could be taken for a thousand
        ("B (78)", 78.0, "B (78)", None),
        ("5 dok", 5.0, "5 dok", "dok"),
    ],
)
def test_angka_dibaca_utuh_beserta_satuannya(isi: IsiKisi | str, nilai: float, asli: str, satuan: str | None) -> None:
    h = baca(kisi([JUDUL, KEPALA, [None, PROGRAM, "i", "x", isi, 10]]))
    (b,) = rows(h)
    assert (b["target_n"].nilai, b["target_n"].asli, b["satuan_target_n"].nilai) == (nilai, asli, satuan)


@pytest.mark.parametrize(
    ("teks", "kali"),
    [
        ("(dalam ribuan rupiah)", 1000), ("Pagu (Rp. 000)", 1000), ("Pagu (Rp.000,-)", 1000), ("(dalam jutaan rupiah)", 10**6),
        ("Pagu juta rupiah", 10**6), ("Pagu Indikatif (Rp)", 1), ("Jumlah ribuan orang", 1), ("Rp. 1.000.000", 1), ("Tahun 2000", 1),
    ],
)  # fmt: skip
def test_satuan_uang(teks: str, kali: int) -> None:
    assert kelipatan(teks) == kali


def test_ribuan_rupiah_dikalikan_dan_disebut() -> None:
    h = baca(
        kisi(
            [
                JUDUL,
                ["(dalam ribuan rupiah)"],
                KEPALA,
                [None, PROGRAM, "i", "x", 1, "1.250,5"],
                [None, MUTASI, "i", "x", 1, 1250.5],
            ]
        )
    )
    assert kolom(h, "pagu_n") == [125_050_000, 125_050_000]
    assert "dikalikan 1.000" in catatan(h)


def test_angka_yang_tersimpan_sebagai_teks_tetap_teks_di_antara_angka() -> None:
    isi = [
        [None, PROGRAM, "i", "x", "5 dok", 30],
        [None, MUTASI, "i", "x", 1, 20],
        [None, PANGKAT, "i", "x", 1, "10.000,00"],
    ]
    h = baca(kisi([JUDUL, KEPALA, *isi]))
    assert kolom(h, "pagu_n") == [3000, 2000, "10.000,00"]
    semua_teks = baca(kisi([JUDUL, KEPALA, *([*x[:5], "10.000,00"] for x in isi)]))
    assert kolom(semua_teks, "pagu_n") == [1_000_000] * 3


# ── years, and what is refused ────────────────────────────────────────────────────────────────────────────────


def test_tahun_sebagai_peran() -> None:
    kepala = ("Kode", "Urusan/Program/Kegiatan", "Indikator", "Target Renstra", "Realisasi s/d tahun n-3", "Target Renja tahun (n-2)",
              "Realisasi Renja tahun (n-2)", "Tingkat Realisasi (%)", "Target Renja tahun (n-1)", "Realisasi s/d tahun n-1",
              "Tingkat capaian target Renstra (%)")  # fmt: skip
    h = baca(
        kisi([["Tabel T-C.29 Evaluasi"], kepala, ["5.03.02", PROGRAM, "i", 1, 2, 3, 4, 5, 6, 7, 8]]),
        berkas="Renja_2027.xlsx",
    )
    kunci = ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2", "tingkat_realisasi_n2", "target_n1", "realisasi_sd_n1",
             "tingkat_capaian_renstra")  # fmt: skip
    assert [rows(h, "T-C.29")[0][k].nilai for k in kunci] == [float(n) for n in range(1, 9)]
    assert h.bahan.tahun == 2027
    assert "nama berkas" in h.peta.asal_tahun


def test_tanpa_tahun_ditolak_dengan_saran() -> None:
    kepala = [k.replace("2026", "").replace("2027", "") for k in KEPALA]
    lembar = kisi([["Tabel T-C.33"], kepala, [None, PROGRAM, "i", "x", 1, 10]])
    with pytest.raises(SumberTidakTerbacaError, match=r"Tahun rencana tidak ditemukan .* mohon"):
        baca(lembar)
    assert baca(lembar, tahun=2031).bahan.tahun == 2031


def test_tanpa_tabel_ditolak_dengan_saran() -> None:
    with pytest.raises(SumberTidakTerbacaError, match=r"tidak memuat tabel Renja .* mohon"):
        baca(kisi([["Daftar hadir 2026"], ["No", "Nama", "Tanda tangan"], [1, "Budi", "x"]]), berkas="x2026.xlsx")
