"""A small workbook of an invented agency, made as a careful planner makes it: own kode, real numbers, formulas for sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

TAHUN = 2026


@dataclass(frozen=True)
class Butir:
    kode: str
    nama: str
    indikator: str
    satuan: str
    target: float
    pagu: int = 0


BUTIR = (
    Butir("2.23.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA",
          "Indeks Kepuasan Layanan Sekretariat", "Indeks", 82.5),
    Butir("2.23.01.2.01", "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah",
          "Persentase dokumen perencanaan tepat waktu", "%", 100),
    Butir("2.23.01.2.01.0001", "Penyusunan Dokumen Perencanaan Perangkat Daerah",
          "Jumlah Dokumen Perencanaan Perangkat Daerah", "Dokumen", 6, 15_250_000),
    Butir("2.23.01.2.01.0007", "Evaluasi Kinerja Perangkat Daerah",
          "Jumlah Laporan Evaluasi Kinerja Perangkat Daerah", "Laporan", 4, 8_400_500),
    Butir("2.23.01.2.02", "Administrasi Keuangan Perangkat Daerah", "Persentase layanan keuangan", "%", 100),
    Butir("2.23.01.2.02.0001", "Penyediaan Gaji dan Tunjangan ASN",
          "Jumlah Orang yang Menerima Gaji dan Tunjangan ASN", "Orang/bulan", 27, 2_481_330_750),
    Butir("2.23.02", "PROGRAM PEMBINAAN PERPUSTAKAAN", "Indeks Pembangunan Literasi Masyarakat", "Indeks", 61.75),
    Butir("2.23.02.2.01", "Pengelolaan Perpustakaan Tingkat Daerah Kabupaten/Kota",
          "Persentase perpustakaan terakreditasi", "%", 37.5),
    Butir("2.23.02.2.01.0003", "Pengembangan Layanan Perpustakaan Rujukan Tingkat Daerah",
          "Jumlah layanan perpustakaan yang dikembangkan", "Layanan", 3, 120_750_000),
    Butir("2.23.02.2.01.0012", "Pengembangan Bahan Pustaka", "Jumlah bahan pustaka yang ditambah", "Eksemplar", 1400, 96_000_000),
    Butir("2.23.02.2.02", "Pembudayaan Gemar Membaca Tingkat Daerah Kabupaten/Kota",
          "Jumlah pemustaka yang berkunjung", "Orang", 12500),
    Butir("2.23.02.2.02.0001", "Sosialisasi Budaya Baca dan Literasi",
          "Jumlah sekolah yang mengikuti sosialisasi", "Sekolah", 48, 54_625_000),
)  # fmt: skip


def jumlah(awalan: str) -> int:
    """Pagu of everything below a kode."""
    return sum(b.pagu for b in BUTIR if b.kode.startswith(f"{awalan}."))


@dataclass(frozen=True)
class Ubahan:
    """What is done otherwise, by (kode, column letter) of the sheet Rencana or T-C.29: another value instead of the right one."""

    nilai: Mapping[tuple[str, str, str], Any]


TANPA_UBAHAN = Ubahan({})


def buat_dinas(
    path: Path, ubahan: Ubahan = TANPA_UBAHAN, *, ribuan: bool = False, teks_angka: bool = False
) -> dict[tuple[str, str], int]:
    """Write it; gives the sheet row of each kode by sheet.

    Args:
        ribuan: amounts in thousands of rupiah, as the title says.
        teks_angka: the pagu of one sub kegiatan is a text.
    """
    wb = xlsxwriter.Workbook(str(path))
    persen = wb.add_format({"num_format": "0.00%"})
    uang = wb.add_format({"num_format": "#,##0"})
    letak: dict[tuple[str, str], int] = {}
    _rencana(wb.add_worksheet("Rencana"), uang, persen, ubahan, letak, 1000 if ribuan else 1, teks_angka=teks_angka)
    _evaluasi(wb.add_worksheet("T-C 29"), ubahan, letak)
    wb.close()
    return letak


def _tulis(
    ws: Any, alamat: str, rumus: str, nilai: float, format_: Any, ubahan: Ubahan, lembar: str, kode: str
) -> None:
    kunci = (lembar, kode, alamat.rstrip("0123456789"))
    if kunci in ubahan.nilai:
        ws.write(alamat, ubahan.nilai[kunci], format_)
    elif rumus:
        ws.write_formula(alamat, rumus, format_, nilai)
    else:
        ws.write_number(alamat, nilai, format_)


def _rencana(
    ws: Any, uang: Any, persen: Any, ubahan: Ubahan, letak: dict[tuple[str, str], int], bagi: int, *, teks_angka: bool
) -> None:
    ws.merge_range("A1:I1", "RUMUSAN RENCANA PROGRAM DAN KEGIATAN TAHUN 2026 DAN PRAKIRAAN MAJU TAHUN 2027")
    ws.merge_range("A2:I2", "DINAS PERPUSTAKAAN DAN KEARSIPAN KABUPATEN TELUK INDAH")
    if bagi > 1:
        ws.write("I3", "(dalam ribuan rupiah)")
    for a, teks in (
        ("A4:A5", "Kode"), ("B4:B5", "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan"), ("C4:C5", "Indikator Kinerja"),
        ("D4:F4", "Rencana Tahun 2026"), ("G4:G5", "Sumber Dana"), ("H4:I4", "Prakiraan Maju Rencana Tahun 2027"),
    ):  # fmt: skip
        ws.merge_range(a, teks)
    for a, teks in (
        ("D5", "Lokasi"),
        ("E5", "Target Capaian Kinerja"),
        ("F5", "Pagu Indikatif (Rp)"),
        ("H5", "Target"),
        ("I5", "Pagu Indikatif (Rp)"),
    ):
        ws.write(a, teks)
    for n in range(9):
        ws.write_number(5, n, n + 1)
    baris = {b.kode: 7 + n for n, b in enumerate(BUTIR)}
    for b in BUTIR:
        r = baris[b.kode]
        letak["Rencana", b.kode] = r
        ws.write_string(f"A{r}", b.kode)
        ws.write_string(f"B{r}", b.nama)
        ws.write_string(f"C{r}", b.indikator)
        ws.write_string(f"D{r}", "Teluk Indah")
        ws.write_string(f"G{r}", "APBD")
        for kolom in "EH":
            if b.satuan == "%":
                ws.write_number(f"{kolom}{r}", b.target / 100, persen)
            else:
                ws.write_string(f"{kolom}{r}", f"{b.target:g}".replace(".", ",") + f" {b.satuan}")
        anak = [
            baris[x.kode]
            for x in BUTIR
            if x.kode.rpartition(".")[0] == b.kode
            or (b.kode.count(".") == 2 and x.kode.count(".") == 4 and x.kode.startswith(f"{b.kode}."))
        ]
        nilai = b.pagu or jumlah(b.kode)
        for kolom, v in (("F", nilai / bagi), ("I", nilai * 11 / 10 / bagi)):
            rumus = "=" + "+".join(f"{kolom}{x}" for x in anak) if anak else f"=F{r}*1.1" if kolom == "I" else ""
            if teks_angka and kolom == "F" and b.kode == "2.23.02.2.01.0012":
                ws.write_string(f"F{r}", "96.000.000")
                continue
            _tulis(ws, f"{kolom}{r}", rumus, v, uang, ubahan, "Rencana", b.kode)
    r = 7 + len(BUTIR)
    ws.merge_range(f"A{r}:E{r}", "JUMLAH")
    total = sum(b.pagu for b in BUTIR)
    program = [baris[b.kode] for b in BUTIR if b.kode.count(".") == 2]
    for kolom, v in (("F", total / bagi), ("I", total * 11 / 10 / bagi)):
        _tulis(ws, f"{kolom}{r}", "=" + "+".join(f"{kolom}{x}" for x in program), v, uang, ubahan, "Rencana", "JUMLAH")
    ws.write(f"G{r + 3}", "Teluk Indah, 12 Juli 2025")
    ws.write(f"G{r + 4}", "Kepala Dinas Perpustakaan dan Kearsipan")
    ws.write(f"G{r + 8}", "NIP. 19700101 199503 1 001")


def _evaluasi(ws: Any, ubahan: Ubahan, letak: dict[tuple[str, str], int]) -> None:
    ws.write("A1", "Tabel T-C.29 Rekapitulasi Evaluasi Hasil Pelaksanaan Renja dan Pencapaian Renstra s/d Tahun 2025")
    kepala = (
        "Kode", "Urusan/Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja Program (outcome)/Kegiatan (output)", "Satuan",
        "Target Kinerja Renstra pada Akhir Periode", "Realisasi Target Kinerja s/d Tahun 2023", "Target Renja Tahun 2024",
        "Realisasi Renja Tahun 2024", "Tingkat Realisasi (%)", "Target Renja Tahun 2025", "Realisasi Capaian s/d Tahun 2025",
        "Tingkat Capaian Realisasi Target Renstra (%)",
    )  # fmt: skip
    for n, teks in enumerate(kepala):
        ws.write(2, n, teks)
    for n, b in enumerate(BUTIR):
        r = 4 + n
        letak["T-C 29", b.kode] = r
        for c, teks in zip("ABCD", (b.kode, b.nama, b.indikator, b.satuan), strict=True):
            ws.write_string(f"{c}{r}", teks)
        akumulasi = b.satuan not in {"%", "Indeks"}
        akhir, sd, t, real, kini = (
            b.target * (5 if akumulasi else 1),
            b.target * 0.9,
            b.target * 0.96,
            b.target * 0.95,
            b.target * 0.98,
        )
        hasil = sd + real + kini if akumulasi else kini
        for c, v in zip("EFGHJ", (akhir, sd, t, real, kini), strict=True):
            _tulis(ws, f"{c}{r}", "", v, None, ubahan, "T-C 29", b.kode)
        _tulis(ws, f"I{r}", f"=H{r}/G{r}*100", real / t * 100, None, ubahan, "T-C 29", b.kode)
        _tulis(ws, f"K{r}", f"=F{r}+H{r}+J{r}" if akumulasi else f"=J{r}", hasil, None, ubahan, "T-C 29", b.kode)
        _tulis(ws, f"L{r}", f"=K{r}/E{r}*100", hasil / akhir * 100, None, ubahan, "T-C 29", b.kode)
