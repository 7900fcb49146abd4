"""Indeks (hidden): one row per node of the struktur, for counts and for the find box; and Cari, the find box itself."""

from renja_xl.core.buku import LEVEL_SIMPUL, Level
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

HASIL_CARI = 15
"""Results that the find box shows."""

_PERTAMA = frozenset({Level.JUMLAH})
_COCOK = "IF(LEN(cari_kata)=0,0,IF(OR(ISNUMBER(SEARCH(cari_kata,{nama})),ISNUMBER(SEARCH(cari_kata,{kode}))),1,0))+N({sebelum cocok})"
"""How many nodes down to this row match; native form of ``core.cari.cocok``."""

INDEKS = TabelSpec(
    kunci="Indeks",
    lembar="Indeks",
    nama_tabel="tbl_Indeks",
    judul="Indeks Program, Kegiatan, dan Sub Kegiatan",
    kelompok="kendali",
    awalan_id="idx",
    sejak=3,
    sumber="Renja-XL",
    keanggotaan="semua",
    level_tampil=LEVEL_SIMPUL,
    per_simpul=True,
    tersembunyi=True,
    penjelasan="Tiap butir Program & Sub Kegiatan satu baris, untuk pencarian dan penghitungan jumlah.",
    kolom=(
        KolomSpec("kode", (), "Kode", peran=Peran.TAUTAN, tautan="kode", lebar=20),
        KolomSpec("jenjang", (), "Jenjang", peran=Peran.TAUTAN, tautan="level", lebar=16),
        KolomSpec("nama", (), "Nama", peran=Peran.TAUTAN, tautan="nama", lebar=70),
        KolomSpec("di_evaluasi", (), "Di evaluasi?", peran=Peran.TAUTAN, tautan="di_evaluasi", lebar=11, tengah=True),
        KolomSpec("di_rencana", (), "Di rencana?", peran=Peran.TAUTAN, tautan="di_rencana", lebar=11, tengah=True),
        KolomSpec("cocok", (), "Cocok", Tipe.ANGKA, Peran.HITUNG, 9, rumus=_COCOK),
        *kolom_kunci(),
    ),
)  # fmt: skip

_ADA = "ISNUMBER({posisi})"


def _isi(kolom: str) -> str:
    sel = f"INDEX({{Indeks.{kolom}}},{{posisi}})"
    return f'IF({_ADA},IF({sel}="","-",{sel}),"-")'


TIDAK_DITEMUKAN = "tidak ditemukan"
_NAMA = f'IF(AND({{no}}=1,LEN(cari_kata)>0,NOT({_ADA})),"{TIDAK_DITEMUKAN}",{_isi("nama")})'


def _tautan(tabel: str, lembar: str, kolom: str) -> str:
    baris = f"ROW(INDEX({{{tabel}.simpul}},MATCH(INDEX({{Indeks.simpul}},{{posisi}}),{{{tabel}.simpul}},0)))"
    return f'IF({_ADA},IFERROR(HYPERLINK("#\'{lembar}\'!{kolom}"&{baris},"baris "&{baris}),"-"),"-")'


def _lembar(kunci: str, judul: str, tabel: str, kolom: str = "A") -> KolomSpec:
    return KolomSpec(
        kunci, (), judul, peran=Peran.HITUNG, lebar=13, tengah=True, rumus=_tautan(tabel, tabel, kolom), taut=True
    )


CARI = TabelSpec(
    kunci="Cari",
    lembar="Cari",
    nama_tabel="tbl_Cari",
    judul="Cari Program, Kegiatan, atau Sub Kegiatan",
    kelompok="isian",
    awalan_id="cri",
    sejak=3,
    sumber="Renja-XL",
    baris_tetap=HASIL_CARI,
    penjelasan="Ketik sebagian nama atau kode di sel kuning; hasilnya tampil di sampingnya dengan tautan ke tiap lembar.",
    aturan="Ketik sebagian nama atau kode di sel kuning, lalu Enter. Klik “baris …” untuk menuju barisnya di lembar itu.",
    kolom=(
        KolomSpec("kata", (), "Yang dicari", lebar=30, level=_PERTAMA, petunjuk="Sebagian nama atau kode, misalnya gaji atau 5.03.01."),
        KolomSpec("no", (), "No", Tipe.ANGKA, Peran.TAUTAN, 6, tengah=True),
        KolomSpec("kode", (), "Kode", peran=Peran.HITUNG, lebar=20, rumus=_isi("kode")),
        KolomSpec("jenjang", (), "Jenjang", peran=Peran.HITUNG, lebar=16, rumus=_isi("jenjang")),
        KolomSpec("nama", (), "Nama", peran=Peran.HITUNG, lebar=60, rumus=_NAMA),
        _lembar("di_struktur", "Program & Sub Kegiatan", "Program & Sub Kegiatan", "C"),
        _lembar("di_t_c_29", "T-C.29", "T-C.29", "B"),
        _lembar("di_t_c_31", "T-C.31", "T-C.31", "C"),
        _lembar("di_t_c_33", "T-C.33", "T-C.33", "C"),
        _lembar("di_rkt", "RKT", "RKT", "F"),
        *kolom_kunci(
            KolomSpec("posisi", (), "posisi", Tipe.ANGKA, Peran.HITUNG, tersembunyi=True, cetak=False,
                      rumus='IFERROR(MATCH({no},{Indeks.cocok},0),"-")'),
        ),
    ),
)  # fmt: skip
