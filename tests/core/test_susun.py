"""From printed tables to one struktur: which rows speak of the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from renja_xl.core.buku import Baris, CaraHitung, Level, Sel, Simpul
from renja_xl.core.nomenklatur import Butir, Pengusul
from renja_xl.core.susun import HasilSusun, susun

PRO, KEG, SUB, IND = Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.INDIKATOR_LANJUTAN
KOLOM = {
    "T-C.29": ("nama", "indikator"),
    "T-C.33": ("nama", "indikator"),
    "T-C.31": ("nama_rkpd", "indikator_rkpd", "nama_kebutuhan", "indikator_kebutuhan"),
}
NOMENKLATUR = (
    Butir("5.03.02", PRO, "PROGRAM KEPEGAWAIAN DAERAH"),
    Butir("5.03.02.2.01", KEG, "Pengadaan dan Informasi Kepegawaian ASN"),
    Butir("5.03.02.2.02", KEG, "Mutasi dan Promosi ASN"),
    Butir("5.03.02.2.02.0001", SUB, "Pengelolaan Mutasi ASN"),
    Butir("5.03.02.2.02.0003", SUB, "Pengelolaan Promosi ASN"),
    Butir("X.XX.01", PRO, "PROGRAM PENUNJANG URUSAN"),
    Butir("X.XX.01.2.01", KEG, "Perencanaan dan Evaluasi"),
)


def tabel(kunci: str, *deret: tuple[Level, str, str]) -> dict[str, Sequence[Baris]]:
    """Rows of (level, name, indicator); T-C.31 says the same left and right, RKT by level."""
    rows = []
    for n, (level, nama, indikator) in enumerate(deret):
        if kunci == "RKT":
            teks = {("sub_kegiatan" if level is SUB else "program_kegiatan"): nama, "output_outcome": indikator}
        else:
            kolom = KOLOM[kunci]
            teks = dict(zip(kolom, (nama, indikator) * (len(kolom) // 2), strict=True))
        rows.append(Baris(f"{kunci}-{n}", level, {k: Sel(v) for k, v in teks.items() if v}))
    return {kunci: rows}


def satukan(*bagian: dict[str, Sequence[Baris]]) -> dict[str, Sequence[Baris]]:
    return {k: v for b in bagian for k, v in b.items()}


def menurut_nama(hasil: HasilSusun) -> dict[str, Simpul]:
    return {s.nama: s for s in hasil.simpul}


def tautan(hasil: HasilSusun, tabel: str) -> list[str | None]:
    return [b.simpul for b in hasil.tabel[tabel]]


def test_nama_sama_di_semua_tabel_adalah_satu_simpul_tanpa_daftar_kode() -> None:
    """Case, punctuation and common abbreviations are no difference."""
    hasil = susun(
        satukan(
            tabel(
                "T-C.29", (PRO, "Program Kepegawaian", ""), (KEG, "MUTASI DAN PROMOSI", ""), (SUB, "Dok. Mutasi", "")
            ),
            tabel(
                "T-C.31", (PRO, "PROGRAM KEPEGAWAIAN", ""), (KEG, "Mutasi dan Promosi", ""), (SUB, "Dokumen mutasi", "")
            ),
            tabel(
                "T-C.33", (PRO, "Program Kepegawaian", ""), (KEG, "Mutasi, dan Promosi", ""), (SUB, "Dok Mutasi", "")
            ),
            tabel("RKT", (PRO, "program kepegawaian", ""), (KEG, "Mutasi  dan Promosi", ""), (SUB, "Dok Mutasi", "")),
        ),
        Pengusul([]),
    )
    assert [s.level for s in hasil.simpul] == [PRO, KEG, SUB]
    assert [s.kode for s in hasil.simpul] == [None, None, None]
    pertama = tautan(hasil, "T-C.33")
    assert len(set(pertama)) == 3
    assert all(tautan(hasil, t) == pertama for t in ("T-C.29", "T-C.31", "RKT"))


def test_ejaan_yang_hampir_sama_di_bawah_induk_yang_sama() -> None:
    hasil = susun(
        satukan(
            tabel("T-C.33", (PRO, "P", ""), (KEG, "K", ""), (SUB, "Pengelolaan Assesment Center Daerah", "")),
            tabel("T-C.29", (PRO, "P", ""), (KEG, "K", ""), (SUB, "Pengelolaan Assessment Center Daerah", "")),
        ),
        Pengusul([]),
    )
    assert len(hasil.simpul) == 3
    assert tautan(hasil, "T-C.29") == tautan(hasil, "T-C.33")


def test_nama_sama_di_bawah_kegiatan_lain_adalah_simpul_lain() -> None:
    hasil = susun(
        tabel("T-C.33", (PRO, "P", ""), (KEG, "K1", ""), (SUB, "Evaluasi", ""), (KEG, "K2", ""), (SUB, "Evaluasi", "")),
        Pengusul([]),
    )
    assert len(hasil.simpul) == 5
    _, _, a, _, b = tautan(hasil, "T-C.33")
    assert a != b


def test_nama_yang_berbeda_tidak_dipaksa_sama() -> None:
    """Whole names are compared, never fragments."""
    hasil = susun(
        satukan(
            tabel("T-C.33", (PRO, "P", ""), (KEG, "K", ""), (SUB, "Pengelolaan Data", "")),
            tabel("T-C.29", (PRO, "P", ""), (KEG, "K", ""), (SUB, "Pengelolaan Data dan Informasi Kepegawaian", "")),
        ),
        Pengusul([]),
    )
    assert len(hasil.simpul) == 4


def test_program_berulang_adalah_simpul_yang_sama() -> None:
    hasil = susun(
        tabel("RKT", (PRO, "P", ""), (KEG, "K1", ""), (PRO, "Q", ""), (PRO, "P", ""), (KEG, "K2", "")), Pengusul([])
    )
    p, k1, _q, p2, k2 = tautan(hasil, "RKT")
    assert p == p2
    simpul = {s.id: s for s in hasil.simpul}
    assert simpul[str(k1)].induk == simpul[str(k2)].induk == p


def test_kode_diusulkan_dengan_membandingkan_nama() -> None:
    hasil = susun(
        tabel(
            "T-C.33",
            (PRO, "Program Kepegawaian Daerah", ""),
            (KEG, "Mutasi dan Promosi ASN", ""),
            (SUB, "Pengelolan Mutasi ASN", ""),  # a letter is missing
            (SUB, "Pembinaan Olahraga", ""),
        ),
        Pengusul(NOMENKLATUR),
    )
    s = menurut_nama(hasil)
    assert s["Program Kepegawaian Daerah"].kode == "5.03.02"
    assert (s["Pengelolan Mutasi ASN"].kode, s["Pengelolan Mutasi ASN"].keterangan_kode) == (
        "5.03.02.2.02.0001",
        "varian ejaan",
    )
    assert s["Mutasi dan Promosi ASN"].keterangan_kode == "sama persis"
    assert s["Pembinaan Olahraga"].kode is None  # unresolved ones are never guessed


def test_kode_sama_menyatukan_ejaan_yang_berbeda_dan_nama_resmi_menang() -> None:
    hasil = susun(
        satukan(
            tabel("T-C.33", (PRO, "Program Kepegawaian Daerah", ""), (KEG, "Mutasi & Promosi ASN", "")),
            tabel("T-C.29", (PRO, "Program Kepegawaian Daerah", ""), (KEG, "Mutasi dan Promosi ASN", "")),
        ),
        Pengusul(NOMENKLATUR),
    )
    assert len(hasil.simpul) == 2
    assert menurut_nama(hasil)["Mutasi dan Promosi ASN"].kode == "5.03.02.2.02"


def test_kode_penunjang_memakai_bidang_urusan_sendiri() -> None:
    hasil = susun(
        tabel("T-C.33", (PRO, "Program Penunjang Urusan", ""), (KEG, "Perencanaan dan Evaluasi", "")),
        Pengusul(NOMENKLATUR, bidang_urusan="4.01"),
    )
    assert [s.kode for s in hasil.simpul] == ["4.01.01", "4.01.01.2.01"]


def test_kode_tercetak_menang_atas_usulan() -> None:
    bagian = tabel("T-C.29", (PRO, "Program Kepegawaian Daerah", ""), (KEG, "Mutasi dan Promosi ASN", ""))
    rows = list(bagian["T-C.29"])
    rows[1] = rows[1].dengan({"kode": Sel("5.03.02.2.09")})
    hasil = susun({"T-C.29": rows}, Pengusul(NOMENKLATUR))
    assert (hasil.simpul[1].kode, hasil.simpul[1].keterangan_kode) == ("5.03.02.2.09", "tercetak")


def test_kode_yang_terlanjur_ganda_tidak_menyatukan_dua_sub_kegiatan() -> None:
    """Names that share their words are two all the same: the money of the second is not taken for a repetition."""
    nama = ("Pengembangan Kapasitas Nelayan Kecil", "Fasilitasi dan Pengembangan Kelembagaan Nelayan Kecil di Daerah")
    rows = [Baris(f"x-{n}", SUB, {"kode": Sel("3.25.03.2.02.0001"), "nama": Sel(t)}) for n, t in enumerate(nama)]
    hasil = susun({"T-C.33": rows}, Pengusul(NOMENKLATUR))
    assert [s.nama for s in hasil.simpul] == list(nama)
    assert len({b.simpul for b in hasil.tabel["T-C.33"]}) == 2
    rows[1] = rows[1].dengan({"nama": Sel("Pengembangan Nelayan")})  # shortened: the same once more
    assert [s.nama for s in susun({"T-C.33": rows}, Pengusul(NOMENKLATUR)).simpul] == [nama[0]]


def test_urutan_saudara_menurut_nomenklatur() -> None:
    hasil = susun(
        tabel(
            "T-C.33",
            (PRO, "Program Kepegawaian Daerah", ""),
            (KEG, "Tanpa Padanan", ""),
            (KEG, "Mutasi dan Promosi ASN", ""),
            (SUB, "Pengelolaan Promosi ASN", ""),
            (SUB, "Pengelolaan Mutasi ASN", ""),
            (KEG, "Pengadaan dan Informasi Kepegawaian ASN", ""),
        ),
        Pengusul(NOMENKLATUR),
    )
    assert [s.kode for s in hasil.simpul] == [
        "5.03.02",
        "5.03.02.2.01",
        "5.03.02.2.02",
        "5.03.02.2.02.0001",
        "5.03.02.2.02.0003",
        None,
    ]


def test_indikator_sama_atau_hampir_sama_antartabel() -> None:
    hasil = susun(
        satukan(
            tabel("T-C.33", (PRO, "P", "Persentase pegawai berkinerja baik"), (IND, "", "Jumlah dokumen")),
            tabel("T-C.29", (PRO, "P", "Persentase pegawai berkinerja  Baik"), (IND, "", "Indeks kepuasan layanan")),
        ),
        Pengusul([]),
    )
    daftar = [(i.teks, i.di_evaluasi, i.di_rencana) for i in hasil.indikator]
    assert daftar == [
        ("Persentase pegawai berkinerja baik", True, True),
        ("Jumlah dokumen", False, True),
        ("Indeks kepuasan layanan", True, False),
    ]
    assert hasil.tabel["T-C.29"][0].indikator == hasil.tabel["T-C.33"][0].indikator
    assert hasil.tabel["T-C.29"][1].simpul == hasil.tabel["T-C.33"][0].simpul
    assert [i.cara_hitung for i in hasil.indikator] == [
        CaraHitung.POSISI_AKHIR,
        CaraHitung.DIJUMLAHKAN,
        CaraHitung.POSISI_AKHIR,
    ]


def test_baris_tanpa_indikator_tetap_punya_tempat() -> None:
    hasil = susun(tabel("T-C.33", (Level.URUSAN, "Urusan", ""), (PRO, "P", "Indeks")), Pengusul([]))
    pertama = hasil.indikator[0]
    assert (pertama.simpul, pertama.teks, pertama.di_rencana, pertama.di_evaluasi) == (
        hasil.simpul[0].id,
        None,
        True,
        False,
    )


def test_dua_sisi_t_c_31_yang_menyebut_sub_kegiatan_berbeda() -> None:
    bagian = tabel("T-C.31", (PRO, "P", ""), (KEG, "K", ""), (SUB, "Evaluasi Disiplin ASN", ""))
    rows = list(bagian["T-C.31"])
    rows[2] = rows[2].dengan({"nama_kebutuhan": Sel("Pelayanan Izin Perceraian")})
    hasil = susun({"T-C.31": rows}, Pengusul([]))
    s = menurut_nama(hasil)
    b = hasil.tabel["T-C.31"][2]
    assert b.simpul == s["Evaluasi Disiplin ASN"].id
    assert b["simpul_kebutuhan"].nilai == s["Pelayanan Izin Perceraian"].id
    assert s["Evaluasi Disiplin ASN"].induk == s["Pelayanan Izin Perceraian"].induk


def test_baris_lain_dibiarkan_tanpa_tautan() -> None:
    bagian = tabel("RKT", (PRO, "P", ""), (Level.TOTAL, "", ""))
    hasil = susun(bagian, Pengusul([]))
    assert [b.simpul is None for b in hasil.tabel["RKT"]] == [False, True]
    assert [b.id for b in hasil.tabel["RKT"]] == ["RKT-0", "RKT-1"]
