"""Layouts of other agencies, whole: built from made-up correct plans, read back, and nothing held against them."""

from __future__ import annotations

from functools import lru_cache

import pytest

from renja_xl.core.bahan import Bahan
from renja_xl.core.buku import Baris, Buku, Level
from renja_xl.core.hitung import hitung
from renja_xl.core.kisi import Kisi
from renja_xl.core.nilai import tulis_angka
from renja_xl.core.perbarui import perbarui
from renja_xl.core.temuan import Temuan
from renja_xl.isi import nomenklatur
from renja_xl.periksa import periksa
from renja_xl.resmi.bahan import jadikan_buku
from renja_xl.resmi.peta import Peta
from renja_xl.sumber import letak_asing
from tests.bench.sebar.rencana import rencana
from tests.resmi.kisi_uji import Isi, baca, kisi


@lru_cache
def plan(nomor: int) -> Buku:
    return rencana(nomor, 2)


def bersatuan(b: Baris, kunci: str) -> Isi:
    sel = b[kunci]
    if sel.angka is None:
        return sel.nilai
    satuan = b[f"satuan_{kunci}"].nilai
    teks = tulis_angka(float(sel.angka), 2)
    return f"{teks}%" if satuan == "%" else f"{teks} {satuan or ''}".strip()


def rupiah(b: Baris, kunci: str) -> float | None:
    nilai = b[kunci].angka
    return None if nilai is None else nilai / 100


def evaluasi_terpotong(buku: Buku) -> list[list[Isi]]:
    """T-C.29 as Tabel 2.1: kode over five columns, units within the cells, the header again after each page, a signature."""
    th = buku.tahun
    kepala: list[list[Isi]] = [
        ["Kode", "Kode", "Kode", "Kode", "Kode", "Urusan/Bidang Urusan dan Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja",
         f"Target Kinerja Capaian Program (Renstra PD) Tahun {th + 1}", f"Realisasi Target Kinerja s/d Tahun {th - 3}",
         f"Target Renja PD Tahun {th - 2}", f"Realisasi Renja PD Tahun {th - 2}", "Tingkat Realisasi (%)",
         f"Target Renja PD Tahun {th - 1}", f"Realisasi Capaian s/d Tahun {th - 1}", "Tingkat Capaian Target Renstra (%)"],
        ["1", None, None, None, None, "2", "3", "4", "5", "6", "7", "8=(7/6)", "9", "10=(5+7+9)", "11=(10/4)"],
    ]  # fmt: skip
    hasil: list[list[Isi]] = [
        ["Tabel 2.1"],
        [f"Rekapitulasi Evaluasi Hasil Pelaksanaan Renja dan Pencapaian Renstra s/d Tahun {th - 1}"],
        *kepala,
    ]
    for n, b in enumerate(buku.baris("T-C.29")):
        if n and n % 9 == 0:
            hasil += [[], *kepala]
        q = str(b["kode"].nilai or "").split(".")
        kode = [q[0], *(q[i] if len(q) > i else "" for i in (1, 2)), ".".join(q[3:5]), q[5] if len(q) > 5 else ""]
        hitungan = (b["tingkat_realisasi_n2"], b["target_n1"], b["realisasi_sd_n1"], b["tingkat_capaian_renstra"])
        hasil.append([
            *kode, b["nama"].nilai, b["indikator"].nilai,
            *(bersatuan(b, k) for k in ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2")),
            *(None if s.angka is None else round(float(s.angka), 2) for s in hitungan),
        ])  # fmt: skip
    return [
        *hasil,
        [],
        ["Sumber: hasil evaluasi, diolah"],
        [],
        [*[None] * 11, "KEPALA DINAS"],
        [*[None] * 11, "NIP. 19700101 199503 1 001"],
    ]


def tanpa_kode(buku: Buku) -> list[list[Isi]]:
    """T-C.33 numbered instead of coded, amounts the English way as text, a total, and the head of the district's signature."""
    th = buku.tahun
    hasil: list[list[Isi]] = [
        [f"RENCANA KERJA KECAMATAN CONTOH TAHUN {th}"],
        [],
        [f"Tabel 3.1 Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun {th} dan Prakiraan Maju Tahun {th + 1}"],
        ["No", "Program / Kegiatan / Sub Kegiatan", "Indikator Kinerja", "Lokasi", f"Target {th}", f"Pagu Indikatif {th} (Rp)",
         "Sumber Dana", f"Target {th + 1}", f"Pagu Indikatif {th + 1} (Rp)", "Ket."],
    ]  # fmt: skip
    nomor = [0, 0, 0]
    for b in buku.baris("T-C.33"):
        urut = {Level.PROGRAM: 0, Level.KEGIATAN: 1, Level.SUB_KEGIATAN: 2}.get(b.level)
        if b.level in {Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH}:
            continue
        if urut is not None:
            nomor = [*nomor[:urut], nomor[urut] + 1, *[0] * (2 - urut)]
        no = "" if urut is None else ".".join(map(str, nomor[: urut + 1]))
        uang = [None if (v := rupiah(b, k)) is None else f"{v:,.2f}" for k in ("pagu_n", "pagu_p1")]
        hasil.append([
            no, b["nama"].nilai, b["indikator"].nilai, b["lokasi"].nilai, bersatuan(b, "target_n"), uang[0], b["sumber_dana"].nilai,
            bersatuan(b, "target_p1"), uang[1],
        ])  # fmt: skip
    daerah = next(b for b in buku.baris("T-C.33") if b.level is Level.PERANGKAT_DAERAH)
    total = [f"{rupiah(daerah, k) or 0:,.2f}" for k in ("pagu_n", "pagu_p1")]
    return [
        *hasil,
        [None, "JUMLAH TOTAL", None, None, None, total[0], None, None, total[1]],
        [],
        [],
        [*[None] * 6, "CAMAT"],
    ]


def sehelai_program(buku: Buku) -> list[Kisi]:
    """T-C.33 with a sheet for each program and none for the headings above them; T-C.31 and RKT beside it."""
    th = buku.tahun
    lembar: dict[str, list[list[Isi]]] = {}
    for b in buku.baris("T-C.33"):
        if b.level is Level.PROGRAM:
            kini: list[list[Isi]] = [
                [f"RUMUSAN RENCANA PROGRAM DAN KEGIATAN TAHUN {th} DAN PRAKIRAAN MAJU TAHUN {th + 1}"],
                ["Kode", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", f"Rencana Tahun {th} Lokasi", f"Target Capaian Kinerja {th}",
                 f"Pagu Indikatif {th} (Rp.)", "Sumber Dana", "Catatan Penting", f"Target Prakiraan Maju {th + 1}",
                 f"Pagu Prakiraan Maju {th + 1} (Rp.)"],
            ]  # fmt: skip
            lembar[f"Prog {b['kode'].nilai}"] = kini
        if lembar:
            kini.append([
                b["kode"].nilai, b["nama"].nilai, b["indikator"].nilai, b["lokasi"].nilai, bersatuan(b, "target_n"), rupiah(b, "pagu_n"),
                b["sumber_dana"].nilai, None, bersatuan(b, "target_p1"), rupiah(b, "pagu_p1"),
            ])  # fmt: skip
    lembar["Tabel 2.5"] = [
        [f"Review terhadap Rancangan Awal RKPD Tahun {th}"],
        ["No", "Rancangan Awal RKPD Program/Kegiatan", "Rancangan Awal RKPD Lokasi", "Rancangan Awal RKPD Indikator Kinerja",
         "Rancangan Awal RKPD Target Capaian", "Rancangan Awal RKPD Pagu Indikatif (Rp)", "Hasil Analisis Kebutuhan Program/Kegiatan",
         "Hasil Analisis Kebutuhan Lokasi", "Hasil Analisis Kebutuhan Indikator Kinerja", "Hasil Analisis Kebutuhan Target Capaian",
         "Hasil Analisis Kebutuhan Dana (Rp)", "Catatan Penting"],
        *([b["no"].nilai, b["nama_rkpd"].nilai, b["lokasi_rkpd"].nilai, b["indikator_rkpd"].nilai, bersatuan(b, "target_rkpd"),
           rupiah(b, "pagu_rkpd"), b["nama_kebutuhan"].nilai, b["lokasi_kebutuhan"].nilai, b["indikator_kebutuhan"].nilai,
           bersatuan(b, "target_kebutuhan"), rupiah(b, "kebutuhan_dana"), b["catatan_penting"].nilai] for b in buku.baris("T-C.31")),
    ]  # fmt: skip
    lembar["RKT"] = [
        [f"RENCANA KINERJA TAHUNAN (RKT) TAHUN {th}"],
        ["No", "Sasaran", "Indikator Kinerja Sasaran", "Target", "Program/Kegiatan", "Sub Kegiatan", "Output/Outcome", "Target",
         "Anggaran (Rp)"],
        *([b["no"].nilai, b["sasaran"].nilai, b["indikator_sasaran"].nilai, bersatuan(b, "target_sasaran"), b["program_kegiatan"].nilai,
           b["sub_kegiatan"].nilai, b["output_outcome"].nilai, bersatuan(b, "target"), rupiah(b, "anggaran")] for b in buku.baris("RKT")),
    ]  # fmt: skip
    return [kisi(rows, nama) for nama, rows in lembar.items()]


def terbaca(*k: Kisi) -> tuple[Buku, Peta, list[Temuan]]:
    h = baca(*k)
    buku = jadikan_buku(h.bahan, nomenklatur())
    return buku, h.peta, periksa(buku, (), Bahan(letak=letak_asing(buku, h), kisi=k))


def berat(temuan: list[Temuan]) -> list[str]:
    return [f"{t.aturan} {t.pesan}" for t in temuan if t.tingkat.value != "informasi"]


def test_evaluasi_terpotong_halaman_dengan_satuan_di_sel_angka() -> None:
    asli = plan(1)
    buku, peta, temuan = terbaca(kisi(evaluasi_terpotong(asli), "Evaluasi"))
    assert {t.tabel for t in peta.tabel} == {"T-C.29"}
    baca_ = [
        (b.level, b["nama"].nilai, b["target_n2"].angka, b["satuan_target_n2"].nilai) for b in buku.baris("T-C.29")
    ]
    assert baca_ == [
        (b.level, b["nama"].nilai, b["target_n2"].angka, b["satuan_target_n2"].nilai) for b in asli.baris("T-C.29")
    ]
    assert berat(temuan) == []
    assert len(buku.baris("Belum Terpetakan")) == 3  # source and signature


def test_tanpa_kode_dengan_angka_inggris_dan_tanda_tangan() -> None:
    asli = plan(14)
    buku, _, temuan = terbaca(kisi(tanpa_kode(asli), "RENJA"))
    rows = [
        b for b in asli.baris("T-C.33") if b.level not in {Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH}
    ]
    assert [(b.level, b["pagu_n"].angka) for b in buku.baris("T-C.33")][:-1] == [
        (b.level, b["pagu_n"].angka) for b in rows
    ]
    assert {t.aturan for t in temuan if t.tingkat.value != "informasi"} <= {"FMT-02", "KOD-01"}
    assert len([t for t in temuan if t.aturan == "FMT-02"]) == 2  # one for each column, not one for each cell
    assert [str(b["isi"].nilai) for b in buku.baris("Belum Terpetakan")][-1].endswith("CAMAT")


@pytest.mark.parametrize("nomor", [15, 30])
def test_selembar_tiap_program_dan_rkt_bertarget_dua(nomor: int) -> None:
    asli = plan(nomor)
    buku, peta, temuan = terbaca(*sehelai_program(asli))
    assert berat(temuan) == []
    rkt = next(t for t in peta.tabel if t.tabel == "RKT")
    assert (rkt.hilang, rkt.asing) == ((), ())
    rapi = hitung(perbarui(buku))
    program = [b for b in rapi.baris("T-C.31") if b.level is Level.PROGRAM]
    urusan = next(b for b in rapi.baris("T-C.31") if b.level is Level.URUSAN)
    assert urusan["pagu_rkpd"].angka == sum(b["pagu_rkpd"].angka or 0 for b in program)


def test_bidang_urusan_kedua_tanpa_kode() -> None:
    """An agency of two bidang: each heading stays below its urusan, also where no kode tells so."""
    nama = [
        "URUSAN PEMERINTAHAN PILIHAN", "URUSAN PEMERINTAHAN BIDANG PARIWISATA", "PROGRAM PEMASARAN PARIWISATA", "Pembinaan Pasar",
        "Pameran Dagang",
        "URUSAN PEMERINTAHAN BIDANG PERTANIAN", "PROGRAM PENYULUHAN PERTANIAN", "Penyuluhan Petani", "Sekolah Lapang",
    ]  # fmt: skip
    judul = ("Tabel T-C.33 Rumusan Rencana Program dan Kegiatan Tahun 2026 dan Prakiraan Maju Tahun 2027",)
    kepala = (
        "Program/Kegiatan/Sub Kegiatan",
        "Indikator Kinerja",
        "Lokasi",
        "Target Capaian Kinerja 2026",
        "Pagu Indikatif 2026 (Rp)",
    )
    uang = [None, None, 30.0, 30.0, 30.0, None, 40.0, 40.0, 40.0]
    rows = [[n, "i" if u else None, "x" if u else None, 1 if u else None, u] for n, u in zip(nama, uang, strict=True)]
    h = baca(kisi([judul, kepala, *rows]))
    level = [b.level for b in h.bahan.tabel["T-C.33"]]
    assert [lv for lv in level if lv in {Level.URUSAN, Level.BIDANG_URUSAN}] == [
        Level.URUSAN,
        Level.BIDANG_URUSAN,
        Level.BIDANG_URUSAN,
    ]


def test_nama_tiga_kolom_jumlah_antara_dan_halaman_bergeser() -> None:
    """A subtotal below each program, a page that begins one column further right, and an indicator row that reads like a header."""
    asli = plan(26)
    th = asli.tahun
    kepala: list[Isi] = ["NO", "PROGRAM", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KINERJA", "LOKASI", f"TARGET {th}",
                         f"PAGU INDIKATIF TAHUN {th} (Rp)", "SUMBER DANA", "PENANGGUNG JAWAB", f"PRAKIRAAN MAJU {th + 1} TARGET",
                         f"PRAKIRAAN MAJU {th + 1} PAGU INDIKATIF (Rp)"]  # fmt: skip
    isi: list[list[Isi]] = [
        ["LAMPIRAN"],
        [f"Tabel T-C.33 Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun {th}"],
        kepala,
    ]
    geser: list[Isi] = []
    program: Baris | None = None

    def jumlah(b: Baris, sebutan: str) -> list[Isi]:
        return [*geser, None, sebutan, *[None] * 5, rupiah(b, "pagu_n"), None, None, None, rupiah(b, "pagu_p1")]

    rows = [
        b for b in asli.baris("T-C.33") if b.level not in {Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH}
    ]
    for n, b in enumerate(rows):
        if n == 9:
            geser = [None]
            isi += [[], [*geser, *kepala]]
        if b.level is Level.PROGRAM:
            isi += [jumlah(program, "JUMLAH")] if program else []
            program = b
        letak = {Level.PROGRAM: 0, Level.KEGIATAN: 1, Level.SUB_KEGIATAN: 2}.get(b.level)
        nama = [b["nama"].nilai if k == letak else None for k in range(3)]
        isi.append([*geser, None, *nama, b["indikator"].nilai, b["lokasi"].nilai, bersatuan(b, "target_n"), rupiah(b, "pagu_n"),
                    b["sumber_dana"].nilai, "Sekretariat", bersatuan(b, "target_p1"), rupiah(b, "pagu_p1")])  # fmt: skip
    assert program is not None
    isi += [
        jumlah(program, "JUMLAH"),
        jumlah(next(b for b in asli.baris("T-C.33") if b.level is Level.PERANGKAT_DAERAH), "TOTAL"),
    ]
    buku, _, temuan = terbaca(kisi(isi, "Lampiran"))
    assert [(b.level, b["pagu_n"].angka) for b in buku.baris("T-C.33")][:-1] == [
        (b.level, b["pagu_n"].angka) for b in rows
    ]
    assert buku.baris("T-C.33")[-1].level is Level.TOTAL
    assert {t.aturan for t in temuan if t.tingkat.value != "informasi"} <= {"KOD-01"}
    alasan = [str(b["alasan"].nilai) for b in buku.baris("Belum Terpetakan")]
    assert sum("jumlah antara" in a for a in alasan) == sum(b.level is Level.PROGRAM for b in rows)


def test_indikator_yang_makin_rendah_dikenali_dari_angkanya() -> None:
    """Nobody's form says which indicator should fall; its printed rate does, in T-C.29 as in Capaian IKU."""
    h = baca(kisi([
        ["Tabel T-C.29 Rekapitulasi Evaluasi Hasil Pelaksanaan Renja s/d Tahun 2025"],
        ["No", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Target Renstra Tahun 2027", "Realisasi s/d Tahun 2023",
         "Target Tahun 2024", "Realisasi Tahun 2024", "Tingkat Realisasi Tahun 2024 (%)", "Target Tahun 2025",
         "Perkiraan Realisasi s/d Tahun 2025", "Tingkat Capaian (%)"],
        ["A", "PROGRAM KEPEGAWAIAN DAERAH", "Persentase keluhan yang berulang", "8%", "14%", "12%", "12,6%", 95, "11%", "11%", 62.5],
        ["1", "Mutasi dan Promosi ASN", "Persentase mutasi tepat waktu", "90%", "70%", "75%", "72%", 96, "80%", "80%", 88.89],
        [],
        ["Tabel 2.2 Capaian Indikator Kinerja Utama Tahun 2024"],
        ["No", "Sasaran", "Indikator", "Satuan", "Realisasi Tahun 2024", "Target Akhir Renstra", "Capaian (%)", "Kategori"],
        ["1", "Meningkatnya mutu layanan", "Persentase keluhan layanan", "%", 15.48, 8, 6.5, "Sangat Rendah"],
    ], "BAB II"))  # fmt: skip
    buku = jadikan_buku(h.bahan, nomenklatur())
    assert [i.sifat.value for i in buku.indikator if i.teks] == ["makin_rendah", "makin_tinggi"]
    assert periksa(buku, ("HIT", "KAT", "LOG-15")) == []
    rapi = hitung(perbarui(buku))
    assert [b["capaian_persen"].angka for b in rapi.baris("Capaian IKU")][:1] == [pytest.approx(6.5)]
