"""Sheets of the consolidated workbook: names, titles, headings and widths."""

from __future__ import annotations

from renja_xl.excel.lembar_daftar import Bentuk, Kolom

UKURAN_BERJUDUL = (
    ("pagu_rkpd", "Pagu indikatif RKPD (T-C.31)\n(Rp)"),
    ("kebutuhan", "Kebutuhan dana (T-C.31)\n(Rp)"),
    ("pagu_n", "Pagu tahun rencana (T-C.33)\n(Rp)"),
    ("pagu_p1", "Prakiraan maju (T-C.33)\n(Rp)"),
)
"""Amounts in the order of their columns, with their headings."""

_UANG: Kolom = tuple((judul, 21) for _, judul in UKURAN_BERJUDUL)
_TEMUAN: Kolom = (("Harus diperbaiki", 11), ("Perlu dicek", 11))

RINGKASAN = Bentuk(
    "Ringkasan",
    "Rekap Renja",
    "Jumlah menurut tahun; setiap jumlah adalah rumus ke lembar berikutnya, sampai ke sel asal tiap angka di lembar Rincian.",
    (("Tahun rencana", 52), *_UANG, ("Perangkat daerah", 12), ("Program", 11), *_TEMUAN),
    "isian",
)
PER_PERANGKAT_DAERAH = Bentuk(
    "Per Perangkat Daerah",
    "Jumlah per Perangkat Daerah",
    "Yang dihitung adalah berkas dengan tahapan dan revisi tertinggi menurut isinya; lihat lembar Kelengkapan.",
    (
        ("Tahun", 8), ("Perangkat daerah", 42), ("Kabupaten/kota", 24), ("Tahapan", 20), ("Revisi", 8), ("Banyak program", 10),
        ("Banyak sub kegiatan", 10), *_UANG, ("Pagu tertulis di baris total (T-C.33)\n(Rp)", 20),
        ("Selisih dengan yang tertulis\n(Rp)", 18), *_TEMUAN, ("Berkas", 40),
    ),
)  # fmt: skip
PER_URUSAN = Bentuk(
    "Per Urusan",
    "Jumlah per Bidang Urusan",
    "Dijumlahkan dari lembar Per Program.",
    (
        ("Tahun", 8), ("Kode bidang urusan", 14), ("Bidang urusan", 50), ("Banyak perangkat daerah", 14), ("Banyak program", 12),
        *_UANG, ("Kunci", 12),
    ),
)  # fmt: skip
PER_PROGRAM = Bentuk(
    "Per Program",
    "Jumlah per Program",
    "Dijumlahkan dari lembar Rincian: pagu sub kegiatan, atau pagu induknya bila sub kegiatan tidak berpagu. Sub kegiatan yang "
    "tercantum dua kali dihitung sekali.",
    (
        ("Tahun", 8), ("Perangkat daerah", 38), ("Kabupaten/kota", 22), ("Kode bidang urusan", 12), ("Kode program", 14),
        ("Program", 50), *_UANG, ("Kunci", 12),
    ),
)  # fmt: skip
RINCIAN = Bentuk(
    "Rincian",
    "Rincian: Setiap Angka dan Tempatnya",
    "Satu baris tiap angka, dengan berkas, lembar, dan selnya. Kunci jumlah terisi pada angka yang ikut dijumlahkan.",
    (
        ("Perangkat daerah", 30), ("Tahun", 8), ("Tabel", 10), ("Kode", 20), ("Jenjang", 15), ("Nama", 40), ("Indikator", 40),
        ("Angka", 44), ("Nilai", 22), ("Satuan", 12), ("Sumber dana", 14), ("Berkas", 36), ("Lembar", 14), ("Sel", 8),
        ("Tertulis sebagai teks", 20), ("Kunci jumlah", 18),
    ),
)  # fmt: skip
PAGU = Bentuk(
    "Pagu",
    "Batas Pagu dan Rencana",
    "Batas pagu dari daftar yang diberikan, dibandingkan dengan pagu tahun rencana (T-C.33).",
    (
        ("Untuk", 16), ("Nama", 42), ("Batas pagu\n(Rp)", 22), ("Rencana\n(Rp)", 22), ("Selisih\n(Rp)", 22), ("Keadaan", 22),
        ("Tempat pagu", 30),
    ),
)  # fmt: skip
KELENGKAPAN = Bentuk(
    "Kelengkapan",
    "Kelengkapan Berkas",
    "Tahapan dan revisi menurut isi berkas, bukan tanggalnya. Setiap perangkat daerah dihitung sekali.",
    (
        ("Perangkat daerah", 42), ("Kabupaten/kota", 24), ("Tahun", 8), ("Tahapan", 24), ("Revisi", 8), ("Keadaan", 26),
        ("Berkas", 46), ("Keterangan", 60),
    ),
)  # fmt: skip
NOMENKLATUR = Bentuk(
    "Nomenklatur",
    "Kode yang Perlu Dicek",
    "Kode yang tidak ada di nomenklatur, atau bernama lain di sana; hanya program yang dimuat nomenklatur. Namanya tidak diubah.",
    (
        ("Perangkat daerah", 36), ("Kode", 20), ("Nama tertulis", 50), ("Nama di nomenklatur", 50), ("Keadaan", 22),
        ("Berkas", 36), ("Lembar", 14), ("Baris", 8),
    ),
)  # fmt: skip
CATATAN = Bentuk(
    "Catatan",
    "Catatan per Perangkat Daerah",
    "Banyak catatan pemeriksaan menurut tingkatnya, dan yang perlu diketahui dari pembacaan berkasnya.",
    (
        ("Perangkat daerah", 42), *_TEMUAN, ("Informasi", 11), ("Dijelaskan", 11), ("Berkas", 40), ("Catatan pembacaan", 90),
    ),
)  # fmt: skip
BERKAS = Bentuk(
    "Berkas",
    "Berkas yang Diterima",
    "Setiap berkas: terbaca atau tidak, dan sebabnya.",
    (
        ("Berkas", 56), ("Keadaan", 20), ("Jenis", 16), ("Perangkat daerah", 40), ("Tahun", 8), ("Banyak angka", 10),
        ("Yang dibuka", 20), ("Keterangan", 90),
    ),
    "kendali",
)  # fmt: skip
