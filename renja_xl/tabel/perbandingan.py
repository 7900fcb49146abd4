"""Perbandingan: what the tables of the plan say of each program, kegiatan and sub kegiatan, side by side."""

from renja_xl.core.buku import Level
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci


def _uang(kunci: str, judul: str, nomor: str, tabel: str, kolom: str) -> KolomSpec:
    return KolomSpec(
        kunci, (judul,), nomor, Tipe.RUPIAH, Peran.TURUNAN, 20,
        rumus=f"SUMIFS({{{tabel}.{kolom}}},{{{tabel}.simpul}},{{simpul}})",
        catatan=f"Dari {tabel}.", sumber=tabel,
    )  # fmt: skip


def _selisih(kunci: str, judul: str, nomor: str, kolom: str) -> KolomSpec:
    return KolomSpec(
        kunci, ("Selisih dari Kebutuhan", judul), nomor, Tipe.RUPIAH, Peran.HITUNG, 20,
        rumus=f"ROUND({{{kolom}}}-{{kebutuhan_dana}},2)", catatan=f"{judul.partition(chr(10))[0]} dikurangi kebutuhan.", sumber="Renja-XL",
    )  # fmt: skip


PERBANDINGAN = TabelSpec(
    kunci="Perbandingan",
    lembar="Perbandingan",
    nama_tabel="tbl_Perbandingan",
    judul="Perbandingan Pagu Antartabel Tahun {n}",
    kelompok="resmi",
    awalan_id="pbd",
    sejak=3,
    sumber="Renja-XL",
    keanggotaan="rencana",
    level_tampil=(Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN),
    per_simpul=True,
    kolom_beku=2,
    penjelasan="Pagu tiap program, kegiatan, dan sub kegiatan menurut Rancangan Awal RKPD, kebutuhan, T-C.33, dan RKT; di mana "
    "jumlahnya berbeda.",
    kolom=(
        KolomSpec("kode", ("Kode",), "1", peran=Peran.TAUTAN, tautan="kode", lebar=19),
        KolomSpec("nama", ("Program/Kegiatan/Sub Kegiatan",), "2", peran=Peran.TAUTAN, tautan="nama", lebar=56),
        _uang("pagu_rkpd", "Rancangan Awal RKPD\n(Rp)", "3", "T-C.31", "pagu_rkpd"),
        _uang("kebutuhan_dana", "Kebutuhan\n(Rp)", "4", "T-C.31", "kebutuhan_dana"),
        _uang("pagu_n", "Pagu T-C.33\n(Rp)", "5", "T-C.33", "pagu_n"),
        _uang("anggaran", "Anggaran RKT\n(Rp)", "6", "RKT", "anggaran"),
        _selisih("selisih_pagu", "Pagu T-C.33\n(Rp)", "7=(5-4)", "pagu_n"),
        _selisih("selisih_rkt", "Anggaran RKT\n(Rp)", "8=(6-4)", "anggaran"),
        *kolom_kunci(),
    ),
)  # fmt: skip
