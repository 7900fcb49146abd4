"""Foreign workbooks made from TSV tables, in the ways that agencies make theirs by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from renja_xl.core.nilai import urai, urai_rupiah
from tests.conftest import baca_tsv

Jalur = tuple[str, ...]


@dataclass(frozen=True)
class Resmi:
    """A table as agencies print it: title, and a header path per column of its TSV file."""

    berkas: str
    judul: str
    kolom: Mapping[str, Jalur]
    lembar: str


_LALU = "Target dan Realisasi Kinerja Program dan Kegiatan Tahun Lalu (2023)"
_BERJALAN = "Perkiraan Realisasi Capaian Target Renstra Perangkat Daerah s/d Tahun Berjalan"
_RKPD, _BUTUH = "Rancangan Awal RKPD", "Hasil Analisis Kebutuhan"
_N, _P1 = "Rencana Tahun 2025 (Tahun Rencana)", "Prakiraan Maju Rencana Tahun 2026"

RESMI = (
    Resmi("t_c_29", "Tabel T-C.29 Rekapitulasi Evaluasi Hasil Pelaksanaan Renja Perangkat Daerah dan Pencapaian Renstra "
          "Perangkat Daerah s/d Tahun 2024", {
        "kode": ("Kode",),
        "nama": ("Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan",),
        "indikator": ("Indikator Kinerja Program (outcomes)/Kegiatan (output)",),
        "target_renstra": ("Target Kinerja Capaian Program (Renstra Perangkat Daerah) Tahun 2026",),
        "satuan_target_renstra": ("Target Kinerja Capaian Program (Renstra Perangkat Daerah) Tahun 2026",),
        "realisasi_sd_2022": ("Realisasi Target Kinerja Hasil Program dan Keluaran Kegiatan s/d Tahun 2022",),
        "satuan_realisasi_sd_2022": ("Realisasi Target Kinerja Hasil Program dan Keluaran Kegiatan s/d Tahun 2022",),
        "target_2023": (_LALU, "Target Renja Perangkat Daerah Tahun 2023"),
        "satuan_target_2023": (_LALU, "Target Renja Perangkat Daerah Tahun 2023"),
        "realisasi_2023": (_LALU, "Realisasi Renja Perangkat Daerah Tahun 2023"),
        "satuan_realisasi_2023": (_LALU, "Realisasi Renja Perangkat Daerah Tahun 2023"),
        "tingkat_realisasi_2023": (_LALU, "Tingkat Realisasi (%)"),
        "target_2024": ("Target Program dan Kegiatan (Renja Perangkat Daerah Tahun 2024)",),
        "realisasi_sd_2024": (_BERJALAN, "Realisasi Capaian Program dan Kegiatan s/d Tahun Berjalan (2024)"),
        "tingkat_capaian_renstra": (_BERJALAN, "Tingkat Capaian Realisasi Target Renstra (%)"),
    }, "EVALUASI"),
    Resmi("t_c_30", "Tabel T-C.30 Pencapaian Kinerja Pelayanan Perangkat Daerah", {
        "no": ("No",), "indikator": ("Indikator",), "spm_standar_nasional": ("SPM/Standar Nasional",), "ikk": ("IKK",),
        **{f"target_{t}": ("Target Renstra Perangkat Daerah", str(t)) for t in (2023, 2024, 2025, 2026)},
        **{f"realisasi_{t}": ("Realisasi Capaian", str(t)) for t in (2023, 2024)},
        **{f"proyeksi_{t}": ("Proyeksi", str(t)) for t in (2024, 2025)},
        "catatan_analisis": ("Catatan Analisis",),
    }, "IKU"),
    Resmi("t_2_2_1", "Tabel 2.2.1 Realisasi Indikator Kinerja Utama Tahun 2023 terhadap Target Akhir Renstra", {
        "no": ("No.",), "sasaran": ("Sasaran Strategis",), "indikator": ("Indikator Kinerja",), "satuan": ("Satuan",),
        "realisasi_sd_2023": ("Realisasi s/d Tahun 2023",), "target_akhir_renstra_2026": ("Target Akhir Renstra (2026)",),
        "capaian_persen": ("Capaian (%)",), "kategori": ("Kategori",),
    }, "Capaian"),
    Resmi("t_2_3_1", "Tabel 2.3.1 Jumlah Pegawai Menurut Tingkat Pendidikan", {
        "no": ("No",), "tingkat_pendidikan": ("Tingkat Pendidikan",), "laki_laki": ("Jenis Kelamin", "Laki-laki"),
        "perempuan": ("Jenis Kelamin", "Perempuan"), "jumlah": ("Jumlah",),
    }, "Pegawai"),
    Resmi("t_c_31", "Tabel T-C.31 Review terhadap Rancangan Awal RKPD Tahun 2025", {
        "no": ("No",), "nama_rkpd": (_RKPD, "Program/Kegiatan"), "lokasi_rkpd": (_RKPD, "Lokasi"),
        "indikator_rkpd": (_RKPD, "Indikator Kinerja"), "target_rkpd": (_RKPD, "Target Capaian"),
        "pagu_rkpd": (_RKPD, "Pagu Indikatif (Rp)"), "nama_kebutuhan": (_BUTUH, "Program/Kegiatan"),
        "lokasi_kebutuhan": (_BUTUH, "Lokasi"), "indikator_kebutuhan": (_BUTUH, "Indikator Kinerja"),
        "target_kebutuhan": (_BUTUH, "Target Capaian"), "kebutuhan_dana": (_BUTUH, "Kebutuhan Dana (Rp)"),
        "catatan_penting": ("Catatan Penting",),
    }, "Review RKPD"),
    Resmi("t_c_32", "Tabel T-C.32 Usulan Program dan Kegiatan dari Para Pemangku Kepentingan Tahun 2025", {
        "no": ("No",), "program_kegiatan": ("Program/Kegiatan",), "lokasi": ("Lokasi",), "indikator": ("Indikator Kinerja",),
        "besaran_volume": ("Besaran/Volume",), "catatan": ("Catatan",),
    }, "Usulan"),
    Resmi("t_3_1_1", "Tabel 3.1.1 Telaahan Renstra Badan Kepegawaian Negara", {
        "no": ("No",), "sasaran_jangka_menengah": ("Sasaran Jangka Menengah Renstra K/L",),
        "permasalahan": ("Permasalahan Pelayanan Perangkat Daerah",), "faktor_penghambat": ("Sebagai Faktor", "Penghambat"),
        "faktor_pendorong": ("Sebagai Faktor", "Pendorong"),
    }, "Telaahan 1"),
    Resmi("t_3_1_2", "Tabel 3.1.2 Telaahan Renstra Kementerian PANRB", {
        "no": ("No",), "sasaran_jangka_menengah": ("Sasaran Jangka Menengah Renstra K/L",),
        "permasalahan": ("Permasalahan Pelayanan Perangkat Daerah",), "faktor_penghambat": ("Sebagai Faktor", "Penghambat"),
        "faktor_pendorong": ("Sebagai Faktor", "Pendorong"),
    }, "Telaahan 2"),
    Resmi("t_3_1_3", "Tabel 3.1.3 Tujuan dan Sasaran Renja Perangkat Daerah", {
        "no": ("No",), "tujuan": ("Tujuan",), "sasaran": ("Sasaran",), "indikator": ("Indikator",), "kegiatan": ("Kegiatan",),
    }, "Tujuan"),
    Resmi("t_3_1_4", "Tabel 3.1.4 Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun 2025 dan Prakiraan Maju Tahun 2026", {
        "no": ("No",), "nama": ("Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan",),
        "indikator": ("Indikator Kinerja Program/Kegiatan",), "lokasi": (_N, "Lokasi"),
        "target_2025": (_N, "Target Capaian Kinerja"), "pagu_2025": (_N, "Kebutuhan Dana/ Pagu Indikatif"),
        "sumber_dana": (_N, "Sumber Dana"), "catatan_penting": ("Catatan Penting",),
        "target_2026": (_P1, "Target Capaian Kinerja"), "pagu_2026": (_P1, "Kebutuhan Dana/ Pagu Indikatif"),
    }, "Rencana"),
    Resmi("t_4_1", "Tabel 4.1 Rencana Kinerja Tahunan Tahun 2025", {
        "no": ("No",), "sasaran": ("Sasaran",), "indikator_sasaran": ("Indikator Sasaran",), "target_sasaran": ("Target Sasaran",),
        "program_kegiatan": ("Program/Kegiatan",), "sub_kegiatan": ("Sub Kegiatan",),
        "output_outcome": ("Indikator Output/Outcome",), "target": ("Target",), "anggaran": ("Anggaran (Rp)",),
    }, "RKT"),
    Resmi("daftar_4_1", "Daftar Program, Kegiatan dan Sub Kegiatan Tahun 2025", {
        "no": ("No",), "nama": ("Program/Kegiatan/Sub Kegiatan",),
    }, "Daftar"),
    Resmi("anggaran_2023", "Jumlah Program, Kegiatan dan Anggaran Tahun 2023", {
        "tahap": ("Tahapan",), "urusan": ("Jumlah", "Urusan"), "program": ("Jumlah", "Program"), "kegiatan": ("Jumlah", "Kegiatan"),
        "sub_kegiatan": ("Jumlah", "Sub Kegiatan"), "anggaran": ("Anggaran (Rp)",),
    }, "Anggaran"),
    Resmi("anggaran_2024", "Jumlah Program, Kegiatan dan Anggaran Tahun 2024", {
        "tahap": ("Tahapan",), "urusan": ("Jumlah", "Urusan"), "program": ("Jumlah", "Program"), "kegiatan": ("Jumlah", "Kegiatan"),
        "sub_kegiatan": ("Jumlah", "Sub Kegiatan"), "anggaran": ("Anggaran (Rp)",),
    }, "Anggaran"),
    Resmi("capaian_status", "Pemenuhan Target Kinerja Sub Kegiatan Tahun 2023", {
        "status": ("Status",), "no_program": ("No Program",), "program": ("Program",), "kegiatan": ("Kegiatan",),
        "no_sub": ("No Sub",), "sub_kegiatan": ("Sub Kegiatan",),
    }, "Pemenuhan"),
    Resmi("efisiensi", "Efisiensi Penggunaan Anggaran Menurut Sasaran Tahun 2023", {
        "sasaran": ("Sasaran",), "capaian_persen": ("Rata-rata Capaian", "Persen (%)"), "capaian_desimal": ("Rata-rata Capaian", "Desimal"),
        "target_kinerja": ("Kinerja", "Target"), "realisasi_kinerja": ("Kinerja", "Realisasi"), "pagu_anggaran": ("Anggaran", "Pagu (Rp)"),
        "persen_realisasi_anggaran": ("Anggaran", "Penyerapan (%)"), "nilai_efisiensi": ("Nilai Efisiensi",),
    }, "Efisiensi"),
)  # fmt: skip

UANG = frozenset({"pagu_rkpd", "kebutuhan_dana", "pagu_2025", "pagu_2026", "anggaran", "pagu_anggaran"})


@dataclass
class Gaya:
    """How a workbook is laid out.

    Attributes:
        geser: columns and rows that every table is moved right and down.
        bertingkat: stacked headers with merged cells; else one row.
        nomor: whether a row of column numbers follows.
        halaman: rows after which the header is printed again; 0 for never.
        angka: whether numbers are real numbers.
        satu_lembar: whether all tables share one sheet.
    """

    geser: tuple[int, int] = (0, 0)
    bertingkat: bool = False
    nomor: bool = False
    halaman: int = 0
    angka: bool = False
    satu_lembar: bool = False
    pecah_lembar: int = 0
    kop: Sequence[str] = ("Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kabupaten Paser",)


@dataclass
class Dibuat:
    """Where each source cell was put: (file, row, column) → sheet, row, column; 1-based."""

    tempat: dict[tuple[str, str, str], tuple[str, int, int]] = field(default_factory=dict)


def buat(path: Path, folder: Path, gaya: Gaya, tabel: Sequence[Resmi] = RESMI) -> Dibuat:
    """Write the tables of a folder into one workbook."""
    hasil = Dibuat()
    wb = xlsxwriter.Workbook(str(path))
    format_ = wb.add_format({"text_wrap": True})
    lembar: dict[str, tuple[Any, int]] = {}
    tsv = baca_tsv(folder)

    def buka(nama: str) -> tuple[Any, int]:
        if nama not in lembar:
            lembar[nama] = (wb.add_worksheet(nama), gaya.geser[1])
        return lembar[nama]

    for t in tabel:
        rows = tsv[t.berkas]
        bagian = [rows]
        if gaya.pecah_lembar and len(rows) > gaya.pecah_lembar:
            bagian = [rows[i : i + gaya.pecah_lembar] for i in range(0, len(rows), gaya.pecah_lembar)]
        for n, potongan in enumerate(bagian):
            nama = "Renja" if gaya.satu_lembar else t.lembar if n == 0 else f"{t.lembar} ({n + 1})"
            ws, r = buka(nama)
            if n == 0:
                for kop in gaya.kop:
                    ws.write_string(r, gaya.geser[0], kop)
                    r += 1
                ws.write_string(r, gaya.geser[0], t.judul)
                r += 2
            r = _tabel(ws, r, t, potongan, gaya, hasil, nama, format_)
            lembar[nama] = (ws, r + 2)
    wb.close()
    return hasil


def _tabel(
    ws: Any, r: int, t: Resmi, rows: Sequence[Mapping[str, str]], gaya: Gaya, hasil: Dibuat, nama: str, format_: Any
) -> int:
    kolom = list(t.kolom)
    kiri = gaya.geser[0]
    r = _kepala(ws, r, t, gaya, format_)
    for n, b in enumerate(rows):
        if gaya.halaman and n and n % gaya.halaman == 0:
            r = _kepala(ws, r, t, gaya, format_)
        for c, k in enumerate(kolom):
            hasil.tempat[t.berkas, b["baris"], k] = (nama, r + 1, kiri + c + 1)
            _sel(ws, r, kiri + c, k, b.get(k, ""), gaya)
        r += 1
    return r


def _sel(ws: Any, r: int, c: int, kunci: str, teks: str, gaya: Gaya) -> None:
    if not teks:
        return
    angka = None
    if gaya.angka and kunci in UANG:
        sen = urai_rupiah(teks)[0]
        angka = None if sen is None else sen / 100
    elif gaya.angka and kunci.startswith(("target", "realisasi", "tingkat_", "capaian", "laki", "perempuan", "jumlah")):
        hasil = urai(teks)
        angka = float(hasil.nilai) if hasil.nilai is not None and not (hasil.satuan or hasil.predikat) else None
    if angka is None:
        ws.write_string(r, c, teks)
    else:
        ws.write_number(r, c, angka)


def _kepala(ws: Any, r: int, t: Resmi, gaya: Gaya, format_: Any) -> int:
    jalur = list(t.kolom.values())
    kiri = gaya.geser[0]
    tinggi = max(map(len, jalur)) if gaya.bertingkat else 1
    if not gaya.bertingkat:
        for c, j in enumerate(jalur):
            ws.write_string(r, kiri + c, " ".join(j))
    else:
        _bertingkat(lambda a, b, x, y, s: _gabung(ws, r + a, kiri + b, r + x, kiri + y, s, format_), jalur, tinggi)
    r += tinggi
    if gaya.nomor:
        urut = list(dict.fromkeys(jalur))
        for c, j in enumerate(jalur):
            n = urut.index(j) + 1
            ws.write_string(r, kiri + c, f"{n}=(7/6)" if n == 8 else str(n))
        r += 1
    return r


def _gabung(ws: Any, a: int, b: int, x: int, y: int, teks: str, format_: Any) -> None:
    if (a, b) == (x, y):
        ws.write_string(a, b, teks, format_)
    else:
        ws.merge_range(a, b, x, y, teks, format_)


def _bertingkat(tulis: Callable[[int, int, int, int, str], None], jalur: Sequence[Jalur], tinggi: int) -> None:
    """Stacked header: equal neighbours merged to the right, the lowest level down to the last row."""

    def isi(awal: int, akhir: int, tingkat: int) -> None:
        c = awal
        while c <= akhir:
            d = c
            while d < akhir and jalur[d + 1][: tingkat + 1] == jalur[c][: tingkat + 1]:
                d += 1
            terakhir = len(jalur[c]) == tingkat + 1
            tulis(tingkat, c, tinggi - 1 if terakhir else tingkat, d, jalur[c][tingkat])
            if not terakhir:
                isi(c, d, tingkat + 1)
            c = d + 1

    isi(0, len(jalur) - 1, 0)
