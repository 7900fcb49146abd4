"""Daftar Program: the lists A (program), B (kegiatan) and C (sub kegiatan) of Bab IV, numbered through."""

from renja_xl.core.buku import Level
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, kolom_kunci

DAFTAR_PROGRAM = TabelSpec(
    kunci="Daftar Program",
    lembar="Daftar Program",
    nama_tabel="tbl_Daftar",
    judul="Daftar Program, Kegiatan, dan Sub Kegiatan Tahun {n}",
    kelompok="resmi",
    awalan_id="dft",
    sejak=3,
    sumber="Permendagri 86/2017, Bab IV",
    berkas="daftar_4_1",
    keanggotaan="rencana",
    level_tampil=(Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN),
    per_simpul=True,
    penjelasan="Daftar program, kegiatan, dan sub kegiatan yang direncanakan, bernomor urut; mengikuti Program & Sub Kegiatan.",
    catatan_kaki=("Jumlah program, kegiatan, dan sub kegiatan tertera di Beranda dan dalam kalimat siap salin di lembar Kalimat.",),
    kolom=(
        KolomSpec("no", ("No",), "1", peran=Peran.TAUTAN, tautan="nomor_level", lebar=6, tengah=True),
        KolomSpec("jenjang", ("Jenjang",), "2", peran=Peran.TAUTAN, tautan="level", lebar=16, cetak=False),
        KolomSpec("kode", ("Kode",), "3", peran=Peran.TAUTAN, tautan="kode", lebar=20, cetak=False),
        KolomSpec("nama", ("Program/Kegiatan/Sub Kegiatan",), "4", peran=Peran.TAUTAN, tautan="nama", lebar=90),
        *kolom_kunci(),
    ),
)  # fmt: skip
