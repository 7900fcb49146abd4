"""RKT: yearly performance plan (printed as 4.1 in the Paser plan), derived from T-C.31 or T-C.33."""

from renja_xl.core.buku import Level
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci, kolom_target

_TAMPIL = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
_ATAS = frozenset({Level.PROGRAM, Level.KEGIATAN})
_PROGRAM = frozenset({Level.PROGRAM})

RKT = TabelSpec(
    kunci="RKT",
    lembar="RKT",
    nama_tabel="tbl_RKT",
    judul="Tabel {nomor} Rencana Kinerja Tahunan Tahun {n}",
    kelompok="resmi",
    awalan_id="rkt",
    sumber="Permenpan RB 53/2014; Tabel 4.1 Renja",
    berkas="t_4_1",
    isian_nomor="nomor_rkt",
    keanggotaan="rencana",
    level_tampil=_TAMPIL,
    baris_total=True,
    kolom_beku=2,
    penjelasan="Sasaran, program, kegiatan, dan sub kegiatan dengan target dan anggarannya; diturunkan dari tabel rencana.",
    catatan_kaki=(
        "Target dari T-C.33, atau dari T-C.31 bila di sana kosong. Anggaran dari tabel yang dipilih di Profil.",
        "Indikator sasaran dan target sasaran diketik pada baris program.",
    ),
    kolom=(
        KolomSpec("no", ("No",), "1", peran=Peran.TAUTAN, tautan="nomor", lebar=6, tengah=True),
        KolomSpec("kode", ("Kode",), "1 kode", peran=Peran.TAUTAN, tautan="kode", lebar=18, cetak=False),
        KolomSpec("sasaran", ("Sasaran",), "2", peran=Peran.TAUTAN, tautan="sasaran", lebar=24, level=_PROGRAM),
        KolomSpec("indikator_sasaran", ("Indikator Sasaran",), "3", lebar=24, level=_PROGRAM,
                  petunjuk="Indikator sasaran strategis yang didukung program ini."),
        *kolom_target("target_sasaran", ("Target Sasaran",), "4", level=_PROGRAM, bawaan=None),
        KolomSpec("program_kegiatan", ("Program/Kegiatan",), "5", peran=Peran.TAUTAN, tautan="nama", lebar=30,
                  level=_ATAS),
        KolomSpec("sub_kegiatan", ("Sub Kegiatan",), "6", peran=Peran.TAUTAN, tautan="nama", lebar=30,
                  level=frozenset({Level.SUB_KEGIATAN})),
        KolomSpec("output_outcome", ("Indikator Output/Outcome",), "7", peran=Peran.TAUTAN, tautan="indikator", lebar=34),
        *kolom_target("target", ("Target",), "8", peran=Peran.TURUNAN),
        KolomSpec("anggaran", ("Anggaran\n(Rp)",), "9", Tipe.RUPIAH, Peran.GULUNG, 19, sub_diturunkan=True,
                  catatan="Sub kegiatan: dari tabel yang dipilih di Profil. Kegiatan, program, dan total: jumlah rinciannya.",
                  sumber="Profil, Anggaran RKT diambil dari"),
        *kolom_kunci(),
    ),
)  # fmt: skip
