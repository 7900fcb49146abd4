"""Profil: who plans, for which year, and the choices of the plan; further facts of the document stand below."""

from dataclasses import dataclass

from renja_xl.core.buku import Nilai
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

VERSI_SKEMA = 6
"""Layout version of a master; a newer program migrates older ones."""

KOLOM_10_JENIS = "Sesuai jenis indikator"
KOLOM_10_FORMULIR = "Rumus formulir: 5+7+9"
DARI_KEBUTUHAN = "Kebutuhan dana (T-C.31)"
DARI_PAGU = "Pagu Renja (T-C.33)"
FOLIO = "Folio (F4)"
A4 = "A4"
YA, TIDAK = "Ya", "Tidak"
TAHAPAN = (
    "Persiapan", "Rancangan awal", "Rancangan", "Forum perangkat daerah", "Verifikasi rancangan", "Rancangan akhir",
    "Verifikasi rancangan akhir", "Penetapan", "Perubahan",
)  # fmt: skip
"""Stages of a Renja, in their order."""


@dataclass(frozen=True, slots=True)
class Isian:
    """One declared field; its cell carries the defined name ``profil_<kunci>``."""

    kunci: str
    uraian: str
    keterangan: str = ""
    bawaan: Nilai = None
    pilihan: tuple[str, ...] = ()
    terkunci: bool = False


ISIAN = (
    Isian("perangkat_daerah", "Perangkat daerah", "Nama lengkap, dicetak di bawah judul tiap tabel"),
    Isian("singkatan", "Singkatan"),
    Isian("kabupaten", "Kabupaten/kota", "Misalnya Kabupaten Paser"),
    Isian("provinsi", "Provinsi"),
    Isian("tahun_anggaran", "Tahun rencana (n)", "Empat angka, misalnya 2025; tahun lain pada judul tabel mengikutinya"),
    Isian("tahun_renstra", "Periode Renstra", "Misalnya 2021 s.d. 2026"),
    Isian("kode_bidang_urusan", "Kode bidang urusan", "Misalnya 5.03; mengganti X.XX pada nomenklatur"),
    Isian("tahapan", "Tahapan", "Tahap penyusunan sekarang; tampil di Beranda dan ikut diekspor", TAHAPAN[0], TAHAPAN),
    Isian("nomor_iku", "Nomor tabel Capaian IKU", "Nomor yang dicetak, misalnya 2.2.1", "2.2.1"),
    Isian("nomor_pegawai", "Nomor tabel Pegawai", "Nomor yang dicetak, misalnya 2.3.1", "2.3.1"),
    Isian("nomor_tujuan", "Nomor tabel Tujuan-Sasaran", "Nomor yang dicetak, misalnya 3.1.3", "3.1.3"),
    Isian("nomor_t_c_33", "Nomor tabel rencana (T-C.33)", "Nomor yang dicetak, misalnya 3.1.4", "T-C.33"),
    Isian("nomor_rkt", "Nomor tabel RKT", "Nomor yang dicetak, misalnya 4.1", "RKT"),
    Isian("cara_kolom_10", "Kolom 10 T-C.29", "Menjumlahkan persen atau nilai tidak bermakna; pilih rumus formulir "
          "hanya bila diminta", KOLOM_10_JENIS, (KOLOM_10_JENIS, KOLOM_10_FORMULIR)),
    Isian("dasar_rkt", "Anggaran RKT diambil dari", "Target RKT selalu dari T-C.33, atau T-C.31 bila di sana kosong", DARI_KEBUTUHAN,
          (DARI_KEBUTUHAN, DARI_PAGU)),
    Isian("ukuran_kertas", "Ukuran kertas", "Berlaku saat tabel disusun ulang", FOLIO, (FOLIO, A4)),
    Isian("tanda_catatan", "Tandai sel bercatatan", "Sel yang masih punya catatan ditandai pada tabelnya; pilih Tidak sebelum "
          "mencetak", YA, (YA, TIDAK)),
    Isian("riwayat", "Catat riwayat perubahan", "Ya: tiap isian yang berubah dicatat di lembar Riwayat saat buku disimpan atau "
          "diolah", YA, (YA, TIDAK)),
    Isian("terakhir_dihitung", "Terakhir dihitung", "Diisi Renja-XL saat menghitung ulang", terkunci=True),
    Isian("terakhir_disusun", "Tabel terakhir diperbarui", "Diisi Renja-XL saat memperbarui tabel", terkunci=True),
    Isian("tabel_basi", "Tabel menunggu diperbarui?", "Ya bila Program & Sub Kegiatan berubah sejak tabel diperbarui", TIDAK, (YA, TIDAK),
          terkunci=True),
    Isian("sidik_susunan", "Sidik susunan", "Diisi Renja-XL untuk mengenali perubahan; jangan diubah", terkunci=True),
    Isian("sidik_riwayat", "Sidik riwayat", "Diisi Renja-XL untuk mengenali perubahan; jangan diubah", terkunci=True),
    Isian("versi_skema", "Versi susunan buku", "Diisi Renja-XL; jangan diubah", float(VERSI_SKEMA), terkunci=True),
)  # fmt: skip

DIISI_SENDIRI = frozenset(i.kunci for i in ISIAN if i.terkunci)
"""Fields that the program fills in."""

PROFIL = TabelSpec(
    kunci="Profil",
    lembar="Profil",
    nama_tabel="tbl_Profil",
    judul="Profil Renja",
    kelompok="isian",
    awalan_id="pro",
    sumber="Renja-XL",
    berkas="profil",
    tumbuh=True,
    kolom_beku=1,
    penjelasan="Identitas perangkat daerah, tahun rencana, pilihan perhitungan, dan fakta lain dari dokumen.",
    kolom=(
        KolomSpec("uraian", (), "Uraian", peran=Peran.TAUTAN, lebar=34, cetak=False),
        KolomSpec("nilai", (), "Isian", Tipe.BEBAS, lebar=52, petunjuk="Diketik perencana."),
        KolomSpec("keterangan", (), "Keterangan", peran=Peran.TAUTAN, lebar=56, cetak=False),
        KolomSpec("bagian", (), "Bagian dokumen", peran=Peran.TAUTAN, lebar=18, wajib=False),
        KolomSpec("kunci", (), "kunci", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("id", (), "id baris", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
        KolomSpec("asal_berkas", (), "asal berkas", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
        KolomSpec("asal_baris", (), "asal baris", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
    ),
)
