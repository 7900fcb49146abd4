"""Declarations: one per table, no behaviour. Adding a column is one edit here."""

from renja_xl.tabel.anggaran import ANGGARAN
from renja_xl.tabel.beranda import BERANDA, DATA_GRAFIK
from renja_xl.tabel.capaian_iku import CAPAIAN_IKU
from renja_xl.tabel.daftar_program import DAFTAR_PROGRAM
from renja_xl.tabel.dasar import DASAR_PERHITUNGAN
from renja_xl.tabel.efisiensi import EFISIENSI
from renja_xl.tabel.indeks import CARI, INDEKS
from renja_xl.tabel.kalimat import KALIMAT
from renja_xl.tabel.kendali import ASLI, BARIS_DIHAPUS, BELUM_TERPETAKAN, CATATAN_PERBAIKAN, TUGAS
from renja_xl.tabel.nomenklatur import NOMENKLATUR
from renja_xl.tabel.pegawai import PEGAWAI
from renja_xl.tabel.pemenuhan import PEMENUHAN_TARGET
from renja_xl.tabel.perbandingan import PERBANDINGAN
from renja_xl.tabel.profil import PROFIL
from renja_xl.tabel.renstra import RENSTRA
from renja_xl.tabel.riwayat import KEADAAN_TERAKHIR, RIWAYAT
from renja_xl.tabel.rkt import RKT
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe
from renja_xl.tabel.struktur import PROGRAM_SUB_KEGIATAN
from renja_xl.tabel.t_c_29 import T_C_29
from renja_xl.tabel.t_c_30 import T_C_30
from renja_xl.tabel.t_c_31 import T_C_31
from renja_xl.tabel.t_c_32 import T_C_32
from renja_xl.tabel.t_c_33 import T_C_33
from renja_xl.tabel.tahapan import TAHAPAN_TERSIMPAN
from renja_xl.tabel.telaahan import TELAAHAN
from renja_xl.tabel.triwulan import REKAP_TRIWULAN, TRIWULAN
from renja_xl.tabel.tujuan_sasaran import TUJUAN_SASARAN
from renja_xl.tabel.usulan import USULAN_BAPPEDA

TABEL_TERTAUT = (T_C_29, T_C_31, T_C_33, RKT)
"""Tables with one row per indicator of the struktur; money rolls up in them. A Renja prints them."""

TABEL_BERPOHON = (*TABEL_TERTAUT, TRIWULAN)
"""Tables that are laid out by the struktur, one row per indicator: those of the plan, and its evaluation."""

TABEL_DAFTAR = (DAFTAR_PROGRAM, PEMENUHAN_TARGET, PERBANDINGAN, INDEKS, DATA_GRAFIK)
"""Tables with one row per node of the struktur, wholly derived."""

TABEL_BEBAS = (RENSTRA, T_C_30, PEGAWAI, T_C_32, TELAAHAN, TUJUAN_SASARAN, ANGGARAN, EFISIENSI)
"""Tables whose rows are the planner's own."""

TABEL_TURUNAN = (CAPAIAN_IKU, KALIMAT, CARI, BERANDA, REKAP_TRIWULAN)
"""Tables whose rows follow from other tables or from their declaration."""

TABEL_RESMI = (
    T_C_29, T_C_30, CAPAIAN_IKU, PEGAWAI, T_C_31, T_C_32, TELAAHAN, TUJUAN_SASARAN, T_C_33, RKT, DAFTAR_PROGRAM, ANGGARAN,
    PEMENUHAN_TARGET, EFISIENSI,
)  # fmt: skip
"""The tables that a Renja prints, in the order of the workbook."""

TABEL_EVALUASI = (TRIWULAN, REKAP_TRIWULAN)
"""The evaluation of the plan while its year runs."""

TABEL_RENCANA = (RENSTRA, *TABEL_RESMI, *TABEL_EVALUASI, PERBANDINGAN, KALIMAT, CARI, INDEKS, DATA_GRAFIK, BERANDA)
"""Every table whose rows have an identity, an origin and computed cells."""

SEMUA = (
    BERANDA,
    CARI,
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    RENSTRA,
    *TABEL_RESMI,
    *TABEL_EVALUASI,
    PERBANDINGAN,
    KALIMAT,
    CATATAN_PERBAIKAN,
    USULAN_BAPPEDA,
    DASAR_PERHITUNGAN,
    NOMENKLATUR,
    BARIS_DIHAPUS,
    BELUM_TERPETAKAN,
    TAHAPAN_TERSIMPAN,
    TUGAS,
    RIWAYAT,
    INDEKS,
    DATA_GRAFIK,
    ASLI,
    KEADAAN_TERAKHIR,
)
"""Every table, in the order of its sheet."""

PERHITUNGAN = (PROFIL, PROGRAM_SUB_KEGIATAN, *TABEL_RENCANA, DASAR_PERHITUNGAN)
"""Tables that a recompute reads."""

PENAMPIL = (BERANDA, CARI, PERBANDINGAN, INDEKS, DATA_GRAFIK)
"""Sheets that only show what others hold."""

MENURUT_KUNCI = {t.kunci: t for t in SEMUA}

__all__ = [
    "ANGGARAN",
    "ASLI",
    "BARIS_DIHAPUS",
    "BELUM_TERPETAKAN",
    "BERANDA",
    "CAPAIAN_IKU",
    "CARI",
    "CATATAN_PERBAIKAN",
    "DAFTAR_PROGRAM",
    "DASAR_PERHITUNGAN",
    "DATA_GRAFIK",
    "EFISIENSI",
    "INDEKS",
    "KALIMAT",
    "KEADAAN_TERAKHIR",
    "MENURUT_KUNCI",
    "NOMENKLATUR",
    "PEGAWAI",
    "PEMENUHAN_TARGET",
    "PENAMPIL",
    "PERBANDINGAN",
    "PERHITUNGAN",
    "PROFIL",
    "PROGRAM_SUB_KEGIATAN",
    "REKAP_TRIWULAN",
    "RENSTRA",
    "RIWAYAT",
    "RKT",
    "SEMUA",
    "TABEL_BEBAS",
    "TABEL_BERPOHON",
    "TABEL_DAFTAR",
    "TABEL_EVALUASI",
    "TABEL_RENCANA",
    "TABEL_RESMI",
    "TABEL_TERTAUT",
    "TABEL_TURUNAN",
    "TAHAPAN_TERSIMPAN",
    "TELAAHAN",
    "TRIWULAN",
    "TUGAS",
    "TUJUAN_SASARAN",
    "T_C_29",
    "T_C_30",
    "T_C_31",
    "T_C_32",
    "T_C_33",
    "USULAN_BAPPEDA",
    "KolomSpec",
    "Peran",
    "TabelSpec",
    "Tipe",
]  # fmt: skip
