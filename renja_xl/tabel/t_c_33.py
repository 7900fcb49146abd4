"""T-C.33: the plan of year n and its forward estimate for n+1 (printed as 3.1.4 in the Paser plan)."""

from renja_xl.core.buku import LEVEL_SIMPUL
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci, kolom_target

_SUMBER = "Permendagri 86/2017, Tabel T-C.33"
_N = "Rencana Tahun {n}"
_P1 = "Prakiraan Maju Rencana Tahun {p1}"
_JUMLAH = "Kegiatan, program, dan urusan: jumlah rinciannya. Perangkat daerah: jumlah seluruh program."

T_C_33 = TabelSpec(
    kunci="T-C.33",
    lembar="T-C.33",
    nama_tabel="tbl_T_C_33",
    judul="Tabel {nomor} Rumusan Rencana Program dan Kegiatan Tahun {n} dan Prakiraan Maju Tahun {p1}",
    kelompok="resmi",
    awalan_id="c33",
    sumber=_SUMBER,
    berkas="t_3_1_4",
    isian_nomor="nomor_t_c_33",
    keanggotaan="rencana",
    level_tampil=LEVEL_SIMPUL,
    kolom_beku=3,
    penjelasan="Rencana program, kegiatan, dan sub kegiatan tahun rencana serta prakiraan majunya.",
    catatan_kaki=(
        "Baris perangkat daerah memuat jumlah seluruh program.",
        "Prakiraan maju sub kegiatan yang belum diketik diusulkan dari dasar, pertumbuhan, dan pembulatan "
        "di lembar Dasar Perhitungan; angka yang diketik tetap dipakai apa adanya.",
    ),
    kolom=(
        KolomSpec("no", ("No",), "1", peran=Peran.TAUTAN, tautan="nomor", lebar=6, tengah=True),
        KolomSpec("kode", ("Kode",), "1 kode", peran=Peran.TAUTAN, tautan="kode", lebar=18, cetak=False),
        KolomSpec("nama", ("Urusan/Bidang Urusan Pemerintahan dan Program/Kegiatan/Sub Kegiatan",), "2",
                  peran=Peran.TAUTAN, tautan="nama", lebar=36),
        KolomSpec("indikator", ("Indikator Kinerja Program/Kegiatan/Sub Kegiatan",), "3", peran=Peran.TAUTAN,
                  tautan="indikator", lebar=38),
        KolomSpec("lokasi", (_N, "Lokasi"), "4", lebar=14),
        *kolom_target("target_n", (_N, "Target Capaian Kinerja"), "5"),
        KolomSpec("pagu_n", (_N, "Kebutuhan Dana/\nPagu Indikatif\n(Rp)"), "6", Tipe.RUPIAH, Peran.GULUNG, 19,
                  petunjuk="Rupiah penuh, hanya pada sub kegiatan. Pagu kegiatan, program, dan total dijumlahkan sendiri.",
                  catatan=_JUMLAH, sumber=_SUMBER + ", kolom 6"),
        KolomSpec("sumber_dana", (_N, "Sumber Dana"), "7", lebar=10, tengah=True),
        KolomSpec("catatan_penting", ("Catatan Penting",), "8", lebar=18),
        *kolom_target("target_p1", (_P1, "Target Capaian Kinerja"), "9"),
        KolomSpec("pagu_p1", (_P1, "Kebutuhan Dana/\nPagu Indikatif\n(Rp)"), "10", Tipe.RUPIAH, Peran.USULAN, 19,
                  udf="PRAKIRAAN_MAJU({usulan dasar},{dasar.pertumbuhan_prakiraan},{dasar.pembulatan_prakiraan})",
                  petunjuk="Rupiah penuh. Dikosongkan: diusulkan dari dasar × (1 + pertumbuhan), dibulatkan menurut "
                           "Dasar Perhitungan.",
                  catatan=_JUMLAH + " Sub kegiatan yang belum diketik: dasar × (1 + pertumbuhan), dibulatkan.",
                  sumber=_SUMBER + ", kolom 10; Dasar Perhitungan"),
        *kolom_kunci(),
    ),
)  # fmt: skip
