"""Declarations: one per table, no behaviour. Adding a column is one edit here."""

from renja_xl.tabel.dasar import DASAR_PERHITUNGAN
from renja_xl.tabel.kendali import ASLI, BARIS_DIHAPUS, BELUM_TERPETAKAN, CATATAN_PERBAIKAN
from renja_xl.tabel.profil import PROFIL
from renja_xl.tabel.rkt import RKT
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe
from renja_xl.tabel.struktur import PROGRAM_SUB_KEGIATAN
from renja_xl.tabel.t_c_29 import T_C_29
from renja_xl.tabel.t_c_31 import T_C_31
from renja_xl.tabel.t_c_33 import T_C_33

TABEL_RESMI = (T_C_29, T_C_31, T_C_33, RKT)
"""The official tables, in the order of the workbook; each lists nodes of the struktur."""

SEMUA = (
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    *TABEL_RESMI,
    CATATAN_PERBAIKAN,
    DASAR_PERHITUNGAN,
    BARIS_DIHAPUS,
    BELUM_TERPETAKAN,
    ASLI,
)
"""Every table, in the order of its sheet."""

PERHITUNGAN = (PROFIL, PROGRAM_SUB_KEGIATAN, *TABEL_RESMI, DASAR_PERHITUNGAN)
"""Tables that a recompute reads."""

MENURUT_KUNCI = {t.kunci: t for t in SEMUA}

__all__ = [
    "ASLI",
    "BARIS_DIHAPUS",
    "BELUM_TERPETAKAN",
    "CATATAN_PERBAIKAN",
    "DASAR_PERHITUNGAN",
    "MENURUT_KUNCI",
    "PERHITUNGAN",
    "PROFIL",
    "PROGRAM_SUB_KEGIATAN",
    "RKT",
    "SEMUA",
    "TABEL_RESMI",
    "T_C_29",
    "T_C_31",
    "T_C_33",
    "KolomSpec",
    "Peran",
    "TabelSpec",
    "Tipe",
]
