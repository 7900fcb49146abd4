"""Claims in prose: what the real plan gets wrong, counted by hand; and sentences made right, then with one number changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from renja_xl.core.bahan import Bahan, Paragraf
from renja_xl.core.besaran import hitung_besaran
from renja_xl.core.buku import Asal, Baris, Buku, Level, Sel
from renja_xl.core.kalimat import susun_kalimat
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.core.terbilang import terbilang
from renja_xl.periksa import periksa
from renja_xl.periksa.jml import ATURAN_JML, klaim
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.laporan import ke_json
from renja_xl.tabel.kalimat import BELUM_LENGKAP, KALIMAT_BAKU

HARUS, CEK = Tingkat.HARUS_DIPERBAIKI, Tingkat.PERLU_DICEK


def narasi(*teks: str) -> Bahan:
    return Bahan(narasi=tuple(Paragraf("bab.docx", n, t) for n, t in enumerate(teks, 1)))


def di_narasi(buku: Buku, *teks: str) -> dict[int, list[Temuan]]:
    """Findings by paragraph; those of the plan's own facts are left out."""
    hasil: dict[int, list[Temuan]] = {n: [] for n in range(1, len(teks) + 1)}
    for t in klaim(Konteks(buku, narasi(*teks))):
        if t.lembar:
            hasil[int(t.sel.removeprefix("paragraf "))].append(t)
    return hasil


def fakta(buku: Buku, *isi: tuple[str, str, str]) -> Buku:
    """The plan with facts added to Profil: key, value, part of the document."""
    rows = [
        Baris(
            f"pro-{n:04d}",
            Level.DATA,
            {"kunci": Sel(k), "uraian": Sel(k.replace("_", " ")), "nilai": Sel(v), "bagian": Sel(b)},
            asal=Asal("profil.tsv", str(n)),
        )
        for n, (k, v, b) in enumerate(isi, 9001)
    ]
    return buku.ganti({"Profil": [*buku.baris("Profil"), *rows]})


def pada_fakta(buku: Buku, *isi: tuple[str, str, str]) -> list[tuple[str, Tingkat, str]]:
    """Rule, level and key of the findings on added facts."""
    kunci = {f"pro-{n:04d}": k for n, (k, _, _) in enumerate(isi, 9001)}
    return [(t.aturan, t.tingkat, kunci[t.baris]) for t in klaim(Konteks(fakta(buku, *isi))) if t.baris in kunci]


# ── the real plan ─────────────────────────────────────────────────────────────────────────────────────────────

PASER = [
    # cover "RANCANGAN KERJA (RENJA)"; the annex has RENCANA KERJA (row 6)
    ("JML-05", HARUS, 5, "RANCANGAN KERJA (RENJA)"),
    # the decree is dated 2 Agustus (row 12), its annex cites 16 Agustus
    ("JML-06", HARUS, 13, "16 AGUSTUS 2024"),
    # Mengingat 1 to 8, then 6 again
    ("JML-07", HARUS, 18, "6"),
    # Perbup RKPD 2025: Nomor 18 in the decree (row 23), Nomor 17 in 1.2
    ("JML-06", HARUS, 24, "Nomor 17 Tahun 2024"),
    # Perda RPJMD: Nomor 4 Tahun 2021 in rows 25 and 26 (written 04), Nomor 12 Tahun 2016 in 1.1
    ("JML-06", HARUS, 27, "Nomor 12 Tahun 2016"),
    # Perbup 25/2023 with two subjects: Rincian Tugas (row 28), Kedudukan, Susunan Organisasi … (row 29)
    ("JML-06", CEK, 29, "Nomor 25 Tahun 2023"),
    # 3.1 in the table of contents (row 31) and in the text
    ("JML-05", HARUS, 32, "3.1. Telaahan Rencana Tata Ruang Wilayah"),
    # no stage of 2023: 19.347.863.577, 20.499.018.104, 26.079.683.307; both sasaran 8.084.390.039 + 17.697.812.077
    ("JML-03", CEK, 34, "Rp. 26.254.031.882,-"),
    # 94,49 % of 8.084.390.039 + 86,38 % of 17.697.812.077 = 22.926.310.220
    ("JML-03", CEK, 35, "Rp. 23.370.888.310,-"),
    # "nilai negatif", but efisiensi.tsv has 0,919 and 1,115
    ("JML-09", HARUS, 41, ""),
    # t_c_30.tsv row 2: realisasi 2023 is 185; 125 is the target
    ("JML-03", CEK, 43, "125"),
    # t_c_30.tsv row 3: 130,69 %
    ("JML-03", CEK, 45, "80%"),
    # capaian_status.tsv rows 2 to 34: 2 program, 11 kegiatan, 33 sub kegiatan
    ("JML-01", HARUS, 49, "3 program; 1 dan 12 kegiatan; 35 sub kegiatan"),
    ("JML-02", HARUS, 49, "35 (tiga puluh empat)"),
    # rows 35 to 41: 2 program, 6 kegiatan, 7 sub kegiatan
    ("JML-01", HARUS, 50, "3 program; 1 dan 6 kegiatan"),
    # the list of row 53 has five items
    ("JML-01", HARUS, 52, "4"),
    # t_2_3_1.tsv: 1 + 30 + 2 + 5 + 6 = 44
    ("JML-01", HARUS, 55, "45"),
    ("JML-02", HARUS, 55, "45 (empat puluh tiga)"),
    # T-C.31 12 kegiatan and 44 sub kegiatan (one twice), T-C.33 44, RKT 41; only daftar_4_1.tsv has 46
    ("JML-01", CEK, 81, "11 kegiatan; 46 sub kegiatan"),
    # the same, and 11 kegiatan in daftar_4_1.tsv, T-C.33, RKT
    ("JML-01", CEK, 82, "12 kegiatan; 46 sub kegiatan"),
    # 4.2 says 11 kegiatan (row 81)
    ("JML-05", HARUS, 82, "12 kegiatan"),
]
"""Each contradiction in profil.tsv that counting and comparing shows: rule, level, row, what is written."""


def test_paser_setiap_pertentangan_dan_tidak_lebih(tercetak: Buku) -> None:
    temuan = list(klaim(Konteks(tercetak)))
    assert all(t.asal and t.asal.berkas == "profil.tsv" and t.kolom == "nilai" for t in temuan)
    ditemukan = sorted((int(t.asal.baris), t.aturan, t.tingkat, t.tertulis) for t in temuan if t.asal)
    diharapkan = sorted((baris, aturan, tingkat, tertulis) for aturan, tingkat, baris, tertulis in PASER)
    assert [d[:3] for d in ditemukan] == [d[:3] for d in diharapkan]
    for (*_, isi), (*_, awal) in zip(ditemukan, diharapkan, strict=True):
        assert isi.startswith(awal)


@pytest.mark.parametrize(
    ("aturan", "baris", "seharusnya"),
    [
        ("JML-07", 18, "9"),
        ("JML-06", 27, "Nomor 4 Tahun 2021"),
        ("JML-03", 43, "185"),
        ("JML-01", 49, "2 program; 11 kegiatan; 33 sub kegiatan"),
        ("JML-01", 50, "2 program; 6 kegiatan"),
        ("JML-01", 52, "5"),
        ("JML-01", 55, "44"),
    ],
)
def test_paser_seharusnya(tercetak: Buku, aturan: str, baris: int, seharusnya: str) -> None:
    (t,) = [t for t in klaim(Konteks(tercetak)) if t.aturan == aturan and t.asal == Asal("profil.tsv", str(baris))]
    assert t.seharusnya == seharusnya


def test_paser_fakta_yang_sama_menjadi_anggota(tercetak: Buku) -> None:
    anggota = {
        (t.aturan, t.asal.baris): [a.asal.baris for a in t.anggota if a.asal]
        for t in klaim(Konteks(tercetak))
        if t.asal and t.anggota
    }
    assert anggota == {
        ("JML-06", "13"): ["12", "13"],
        ("JML-06", "24"): ["23", "24"],
        ("JML-06", "27"): ["25", "26", "27"],
        ("JML-06", "29"): ["28", "29"],
        ("JML-05", "32"): ["31", "32"],
        ("JML-01", "52"): ["53"],
        ("JML-05", "82"): ["81", "82"],
    }


def test_jumlah_yang_sama_dengan_tabelnya_baru_salah_setelah_tabel_dihitung(tercetak: Buku, normal: Buku) -> None:
    """As printed, the totals are those that the tables show: the tables are at fault (ROL), not the facts."""

    def total(buku: Buku) -> list[tuple[str, str]]:
        return [
            (t.asal.baris, t.seharusnya)
            for t in klaim(Konteks(buku))
            if t.asal and t.asal.baris in {"75", "76", "77", "78", "79"}
        ]

    assert total(tercetak) == []
    assert [b for b, _ in total(normal)] == ["76", "77", "78", "79"]
    assert total(normal)[0][1] == "Rp27.526.278.148"


# ── our own sentences ─────────────────────────────────────────────────────────────────────────────────────────

_ANGKA = re.compile(r"(?<![\d.,\-])(?P<n>\d+(?:\.\d{3})*(?:,\d+)?)(?P<ekor>%?)(?: \((?P<kata>[^()]*)\))?")


def kalimat_sendiri(buku: Buku) -> list[str]:
    besaran = hitung_besaran(buku)
    return [s for p in KALIMAT_BAKU if (s := susun_kalimat(p, besaran, buku.tahun)) != BELUM_LENGKAP]


def diubah(kalimat: str) -> Iterator[tuple[str, str]]:
    """The sentence with one number changed, words and all, and the rule that must find it."""
    for m in _ANGKA.finditer(kalimat):
        depan = kalimat[: m.start()]
        if re.search(r"[Tt]ahun $|T-C\.$", depan):
            continue
        n = int(m["n"].replace(".", "").partition(",")[0]) + 7
        pecahan = m["n"].partition(",")[2]
        rupiah = depan.endswith("Rp")
        baru = f"{n:,}".replace(",", ".") + (f",{pecahan}" if pecahan else "") + m["ekor"]
        if m["kata"]:
            baru += f" ({terbilang(n)}{' rupiah' if rupiah else ''})"
        aturan = "JML-03" if rupiah else "JML-04" if m["ekor"] or pecahan else "JML-01"
        yield depan + baru + kalimat[m.end() :], aturan
        if m["kata"]:
            yield kalimat.replace(f"({m['kata']})", "(satu juta dua)", 1), "JML-02"


@pytest.mark.parametrize("contoh", ["normal", "kecil"])
def test_kalimat_sendiri_benar_dan_satu_angka_diubah(contoh: str, request: pytest.FixtureRequest) -> None:
    buku = request.getfixturevalue(contoh)
    benar = kalimat_sendiri(buku)
    ubahan = list(dict.fromkeys(x for k in benar for x in diubah(k)))
    assert len(ubahan) > len(benar) >= 5
    hasil = di_narasi(buku, *benar, " ".join(benar), *(k for k, _ in ubahan))
    assert [t.pesan for n in range(1, len(benar) + 2) for t in hasil[n]] == []
    for n, (kalimat, aturan) in enumerate(ubahan, len(benar) + 2):
        assert [t.aturan for t in hasil[n]] == [aturan], kalimat
        assert all(t.tingkat is HARUS for t in hasil[n]), kalimat


def test_arah_yang_terbalik(kecil: Buku) -> None:
    (benar,) = [k for k in kalimat_sendiri(kecil) if "lebih besar Rp" in k]
    hasil = di_narasi(kecil, benar, benar.replace("lebih besar", "lebih kecil"))
    assert [(t.aturan, t.seharusnya) for t in (*hasil[1], *hasil[2])] == [("JML-09", "lebih besar")]


# ── sentences as people write them ────────────────────────────────────────────────────────────────────────────


KALIMAT_BEBAS: list[tuple[str, list[tuple[str, Tingkat]]]] = [
    # t_2_3_1.tsv: 31 + 13 = 44
    (
        "Jumlah pegawai BKPSDM sebanyak 45 (empat puluh tiga) orang yang terdiri dari 31 laki-laki dan 13 perempuan.",
        [("JML-01", HARUS), ("JML-02", HARUS)],
    ),
    ("Jumlah pegawai sebanyak 44 orang.", []),
    ("Jumlah pegawai sebanyak 45 orang.", [("JML-01", CEK)]),
    ("Jumlah pegawai sebanyak 44 orang yang terdiri dari 32 PNS, 5 PPPK dan 8 PTT.", [("JML-01", CEK)]),
    ("Jumlah pegawai sebanyak 44 orang, yaitu 31 laki-laki dan 14 perempuan.", [("JML-01", CEK)]),
    ("Jumlah pegawai di lingkungan Pemerintah Kabupaten Paser sebanyak 4.634 orang.", []),
    ("Jumlah pegawai yang pensiun sebanyak 60 orang.", []),
    ("Menurut pendidikan, 30 orang berpendidikan S1 dan 5 orang lulusan Diploma III.", []),
    ("Menurut pendidikan, 31 orang berpendidikan S1 dan 5 orang lulusan Diploma III.", [("JML-01", CEK)]),
    ("Sebanyak 31 orang pegawai Kabupaten Paser berpendidikan S1.", []),
    # anggaran_2023.tsv, anggaran_2024.tsv
    ("Pada tahun 2023 terdapat 3 program, 11 kegiatan dan 42 sub kegiatan.", []),
    ("Pada tahun 2023 terdapat 3 program, 11 kegiatan dan 44 sub kegiatan.", [("JML-01", CEK)]),
    ("Pada APBD tahun 2024 dilaksanakan 3 program, 12 kegiatan dan 44 sub kegiatan.", [("JML-01", CEK)]),
    ("Total anggaran APBD Perubahan Tahun 2023 sebesar Rp26,1 miliar.", []),
    ("Total anggaran APBD Perubahan Tahun 2023 sebesar Rp26,5 miliar.", [("JML-03", CEK)]),
    ("Total anggaran APBD Tahun 2023 sebesar Rp. 20.499.018.104,- lebih.", []),
    # the plan itself, as recomputed: 3, 12, 48
    ("Renja Tahun 2025 terdiri dari 3 program, 12 kegiatan dan 48 sub kegiatan.", []),
    ("Renja Tahun 2025 terdiri dari 3 program, 12 kegiatan dan 46 sub kegiatan.", [("JML-01", HARUS)]),
    ("Tahun 2025 direncanakan 3 program, 12 kegiatan dan 46 sub kegiatan.", [("JML-01", CEK)]),
    # parts of the plan are no claims about it
    ("Bidang Mutasi tahun 2025 melaksanakan 1 program, 2 kegiatan dan 3 sub kegiatan.", []),
    ("Program Kepegawaian Daerah tahun 2025 terdiri dari 4 kegiatan dan 22 sub kegiatan.", []),
    ("Tahun 2025 ada 2 program prioritas, 5 kegiatan sosialisasi dan 9 sub kegiatan.", []),
    ("Kebutuhan dana Program Kepegawaian Daerah tahun 2025 sebesar Rp5.000.000.", []),
    # Pemenuhan Target, as recomputed: 3, 10, 23
    ("Terdapat 3 program, 10 kegiatan dan 23 sub kegiatan yang memenuhi target pada tahun 2023.", []),
    (
        "Terdapat 3 program, 10 kegiatan dan 24 sub kegiatan yang memenuhi target pada tahun 2023.",
        [("JML-01", HARUS)],
    ),
    ("Terdapat 3 program, 10 kegiatan dan 24 sub kegiatan yang memenuhi target pada tahun 2021.", []),
    # the sentence's own arithmetic
    ("Anggaran 2023 sebesar Rp. 26.254.031.882,- dengan realisasi Rp. 23.370.888.310,- atau 89,02%.", []),
    ("Anggaran 2023 sebesar Rp. 26.254.031.882,- dengan realisasi Rp. 23.370.888.310,- atau 89%.", []),
    (
        "Anggaran 2023 sebesar Rp. 26.254.031.882,- dengan realisasi Rp. 23.370.888.310,- atau 89,01%.",
        [("JML-04", CEK)],
    ),
    (
        "Anggaran 2023 sebesar Rp. 26.254.031.882,- dengan realisasi Rp. 23.370.888.310,- atau 98,02%.",
        [("JML-04", HARUS)],
    ),
    ("Anggaran sebesar Rp26,3 miliar terealisasi Rp23,4 miliar (89,0%).", []),
    ("Terdapat 3 program yakni 1 program penunjang dan 2 program prioritas.", []),
    ("Terdapat 4 program yakni 1 program penunjang dan 2 program prioritas.", [("JML-01", HARUS)]),
    ("Kolom (n-3) 2023 dan (n-2) 2023 memuat realisasi.", [("JML-08", HARUS)]),
    ("Nilai efisiensi menunjukkan nilai negatif.", [("JML-09", HARUS)]),
    ("Nilai efisiensi Sasaran I sebesar 0,92.", []),
    ("Rancangan Kerja (Renja) disusun.", [("JML-05", HARUS)]),
    ("Rancangan Renja disusun dengan 12 (dua belas) rapat.", []),
]


@pytest.fixture(scope="module")
def temuan_bebas(normal: Buku) -> dict[str, list[tuple[str, Tingkat]]]:
    """Findings of all these sentences in one audit: none of them bears on another."""
    hasil = di_narasi(normal, *(k for k, _ in KALIMAT_BEBAS))
    return {k: [(t.aturan, t.tingkat) for t in hasil[n]] for n, (k, _) in enumerate(KALIMAT_BEBAS, 1)}


@pytest.mark.parametrize(("teks", "temuan"), KALIMAT_BEBAS)
def test_kalimat_bebas(
    temuan_bebas: dict[str, list[tuple[str, Tingkat]]], teks: str, temuan: list[tuple[str, Tingkat]]
) -> None:
    assert temuan_bebas[teks] == temuan


PERBUP = "Peraturan Bupati Paser Nomor 18 Tahun 2024 tentang Rencana Kerja Pemerintah Daerah Kabupaten Paser Tahun 2025"
KEPUTUSAN = (
    ("perbup_rkpd_2025", PERBUP, "keputusan"),
    ("keputusan_bupati_nomor", "100.3.3.2/KEP-737/2024", "keputusan"),
    ("keputusan_bupati_tanggal", "2 Agustus 2024", "keputusan"),
)


@pytest.mark.parametrize(
    ("teks", "temuan"),
    [
        (f"Sesuai {PERBUP}.", []),
        (f"Sesuai {PERBUP.replace('18', '19')}.", [("JML-06", CEK)]),
        (f"Sesuai {PERBUP.partition(' tentang ')[0]} tentang Tata Cara Penilaian Aparatur.", [("JML-06", CEK)]),
        (f"Sesuai {PERBUP.replace('Tahun 2025', 'Tahun 2024').replace('18', '7')}.", []),
        ("Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil.", []),
        ("Keputusan Bupati Paser Nomor 100.3.3.2/KEP-737/2024 tanggal 12 Agustus 2024.", [("JML-06", HARUS)]),
        ("Keputusan Bupati Paser Nomor 100.3.3.2/KEP-737/2024 tanggal 2 Agustus 2024.", []),
    ],
)
def test_peraturan_di_narasi_dan_di_profil(kecil: Buku, teks: str, temuan: list[tuple[str, Tingkat]]) -> None:
    assert [(t.aturan, t.tingkat) for t in di_narasi(fakta(kecil, *KEPUTUSAN), teks)[1]] == temuan


def test_dua_paragraf_menyebut_keputusan_berbeda(kecil: Buku) -> None:
    judul = "tentang Rencana Pembangunan Jangka Menengah Daerah"
    hasil = di_narasi(
        kecil,
        f"Peraturan Daerah Nomor 4 Tahun 2021 {judul}.",
        f"Peraturan Daerah Nomor 12 Tahun 2016 {judul} berlaku.",
        f"Peraturan Daerah Nomor 04 Tahun 2021 {judul} (Lembaran Daerah Nomor 3).",
        f"Peraturan Daerah Nomor 12 Tahun 2016 {judul}.",
        f"Peraturan Daerah Nomor 4 Tahun 2021 {judul}.",
    )
    (t,) = [t for semua in hasil.values() for t in semua]
    assert (t.aturan, t.sel, t.seharusnya) == ("JML-06", "paragraf 4", "Nomor 4 Tahun 2021")
    assert [a.sel for a in t.anggota] == ["paragraf 1", "paragraf 3", "paragraf 4", "paragraf 5"]


def test_temuan_narasi_bernama_berkas_dan_paragraf(kecil: Buku) -> None:
    bahan = narasi("Bab IV", "Terdapat 4 (tiga) rapat.")
    (t,) = [t for t in periksa(kecil, ("JML",), bahan) if t.lembar]
    assert (t.tabel, t.lembar, t.sel, t.rujukan) == ("", "bab.docx", "paragraf 2", "JML-02||bab.docx|paragraf 2")
    (objek,) = [o for o in _temuan_json(kecil, [t]) if isinstance(o, dict)]
    assert (objek["lembar"], objek["sel"], objek["tertulis"]) == ("bab.docx", "paragraf 2", "4 (tiga)")


def _temuan_json(buku: Buku, temuan: list[Temuan]) -> list[object]:
    daftar = ke_json("x.xlsx", buku, temuan, letak_bawaan(buku))["temuan"]
    assert isinstance(daftar, list)
    return daftar


# ── facts ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("isi", "temuan"),
    [
        # the small plan has 1 program, 2 kegiatan, 3 sub kegiatan
        ([("klaim_jumlah_4_2", "1 program, 2 kegiatan dan 3 sub kegiatan", "4.2")], []),
        (
            [("klaim_jumlah_4_2", "1 program, 2 kegiatan dan 4 sub kegiatan", "4.2")],
            [("JML-01", HARUS, "klaim_jumlah_4_2")],
        ),
        (
            [
                ("klaim_jumlah_4_2", "1 program, 2 kegiatan", "4.2"),
                ("klaim_jumlah_bab_v", "1 program, 3 kegiatan", "BAB V"),
            ],
            [("JML-01", HARUS, "klaim_jumlah_bab_v"), ("JML-05", HARUS, "klaim_jumlah_bab_v")],
        ),
        ([("klaim_rapat", "12 (dua belas) rapat", "2.1")], []),
        ([("klaim_rapat", "12 (sebelas) rapat", "2.1")], [("JML-02", HARUS, "klaim_rapat")]),
        ([("klaim_indikator", "2 (dua)", "2.2"), ("daftar_indikator", "1. Nilai; 2. Indeks", "2.2")], []),
        (
            [("klaim_indikator", "3", "2.2"), ("daftar_indikator", "1. Nilai; 2. Indeks", "2.2")],
            [("JML-01", HARUS, "klaim_indikator")],
        ),
        # 2 × (100.000 + 50.000 + 7.000)
        ([("total_kebutuhan_2025", "Rp 314.000,-", "3.2")], []),
        ([("total_kebutuhan_2025", "Rp 315.000,-", "3.2")], [("JML-03", HARUS, "total_kebutuhan_2025")]),
        ([("total_kebutuhan_2024", "Rp 315.000,-", "3.2")], []),
        ([("formasi_total", "10", "2.3"), ("formasi_cpns", "6", "2.3"), ("formasi_pppk", "4", "2.3")], []),
        (
            [("formasi_total", "11", "2.3"), ("formasi_cpns", "6", "2.3"), ("formasi_pppk", "4", "2.3")],
            [("JML-03", HARUS, "formasi_total")],
        ),
        ([("gaji_pagu", "Rp 400", ""), ("gaji_realisasi", "Rp 300", ""), ("gaji_persen", "75%", "")], []),
        (
            [("gaji_pagu", "Rp 400", ""), ("gaji_realisasi", "Rp 300", ""), ("gaji_persen", "57%", "")],
            [("JML-04", HARUS, "gaji_persen")],
        ),
        ([("serapan_2_1", "89%", "2.1"), ("serapan_2_1_1", "89,02%", "2.1.1")], []),
        ([("serapan_2_1", "89%", "2.1"), ("serapan_2_1_1", "98,02%", "2.1.1")], [("JML-05", HARUS, "serapan_2_1_1")]),
        ([("alamat", "Jalan A 1", "sampul"), ("alamat", "Jalan A 1, Paser", "isi")], []),
        ([("alamat", "Jalan A 1", "sampul"), ("alamat", "Jalan B 2", "isi")], [("JML-05", CEK, "alamat")]),
        ([("sk_nomor", "1/A/2024", ""), ("sk_tanggal", "2 Agustus 2024", "")], []),
        ([("sk_nomor", "1/A/2023", ""), ("sk_tanggal", "2 Agustus 2024", "")], [("JML-06", CEK, "sk_nomor")]),
        ([("sk_nomor", "1/A/2024", "keputusan"), ("sk_nomor_lampiran", "1/A/2024", "lampiran")], []),
        (
            [("sk_nomor", "1/A/2024", "keputusan"), ("sk_nomor_lampiran", "1/B/2024", "lampiran")],
            [("JML-06", HARUS, "sk_nomor_lampiran")],
        ),
        ([("penomoran_diktum", "1, 2, 3", "")], []),
        ([("penomoran_diktum", "1, 2, 2", "")], [("JML-07", HARUS, "penomoran_diktum")]),
        ([("judul_sampul", "RENCANA KERJA (RENJA) TAHUN ANGGARAN 2025", "sampul")], []),
        (
            [("judul_sampul", "RENCANA KERJA (RENJA) TAHUN ANGGARAN 2024", "sampul")],
            [("JML-08", HARUS, "judul_sampul")],
        ),
        ([("judul_sampul", "RENCANA KERJA BADAN", "sampul"), ("judul_lampiran", "RENCANA KERJA", "lampiran")], []),
        ([("perbup_tentang", "Rencana Kerja Pemerintah Daerah Tahun 2024", "")], []),
        (
            [
                ("judul_bab_3_1_isi", "3.1 Telaahan Nasional", "3.1"),
                ("judul_bab_3_1_daftar_isi", "3.1 Tujuan", "daftar isi"),
            ],
            [("JML-05", HARUS, "judul_bab_3_1_daftar_isi")],
        ),
        ([("tahun_kolom", "(n-1) 2024; (n) 2025; (n+1) 2026", "")], []),
        ([("tahun_kolom", "(n-1) 2024; (n) 2025; (n+1) 2027", "")], [("JML-08", HARUS, "tahun_kolom")]),
        ([("simpulan", "Efisiensi bernilai 0,9 dan nilai negatif", "2.1")], []),  # no Efisiensi to contradict it
        ([("telepon", "(0543) 22696", "sampul"), ("rapat", "4 – 5 kasus", "2.3"), ("kosong", "-", "")], []),
    ],
)
def test_fakta(kecil: Buku, isi: list[tuple[str, str, str]], temuan: list[tuple[str, Tingkat, str]]) -> None:
    assert pada_fakta(kecil, *isi) == temuan


def test_setiap_aturan_dapat_ditemukan(tercetak: Buku, normal: Buku) -> None:
    """Two have no case of their own in the real plan: its rates agree, and its header years are those of FMT-07."""
    ada = {t.aturan for t in klaim(Konteks(tercetak))}
    assert ada | {"JML-04", "JML-08"} == {a.id for a in ATURAN_JML}
    assert {t.aturan for t in di_narasi(normal, "Pagu Rp200 terealisasi Rp100 atau 60%.")[1]} == {"JML-04"}


def test_paragraf_raksasa_tetap_cepat(kecil: Buku) -> None:
    """Long texts of what each pattern begins with; a pattern that tries every pair would take minutes."""
    potongan = (
        "kedua sasaran efisien ",
        "jumlah pegawai 1",
        "9.999",
        "Peraturan Bupati Nomor ",
        "1. ",
        "Rp",
        "3 (",
        "(n-",
    )
    assert len(di_narasi(kecil, *(p * (15_000 // len(p)) for p in potongan))) == len(potongan)
