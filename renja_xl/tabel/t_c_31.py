"""T-C.31: review of the Rancangan Awal RKPD against the analysis of needs."""

from renja_xl.core.buku import LEVEL_SIMPUL
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci, kolom_target

_SUMBER = "Permendagri 86/2017, Tabel T-C.31"
_RKPD = "Rancangan Awal RKPD Tahun {n}"
_BUTUH = "Hasil Analisis Kebutuhan"
_BANDING = "Perbandingan"
_PAGU = "Rupiah penuh, hanya pada sub kegiatan. Pagu kegiatan, program, dan total dijumlahkan sendiri."
_N = "IF(ISNUMBER({%s}),{%s},0)"

T_C_31 = TabelSpec(
    kunci="T-C.31",
    lembar="T-C.31",
    nama_tabel="tbl_T_C_31",
    judul="Tabel T-C.31 Review terhadap Rancangan Awal RKPD Tahun {n}",
    kelompok="resmi",
    awalan_id="c31",
    sumber=_SUMBER,
    berkas="t_c_31",
    keanggotaan="rencana",
    level_tampil=LEVEL_SIMPUL,
    kolom_beku=3,
    penjelasan="Pagu indikatif Rancangan Awal RKPD dibandingkan dengan kebutuhan dana perangkat daerah.",
    catatan_kaki=("Baris perangkat daerah memuat jumlah seluruh program.",),
    kolom=(
        KolomSpec("no", ("No",), "1", peran=Peran.TAUTAN, tautan="nomor", lebar=6, tengah=True),
        KolomSpec("kode", ("Kode",), "1 kode", peran=Peran.TAUTAN, tautan="kode", lebar=18, cetak=False),
        KolomSpec("nama_rkpd", (_RKPD, "Program/Kegiatan/\nSub Kegiatan"), "2", peran=Peran.TAUTAN, tautan="nama",
                  lebar=30, sisi="rkpd"),
        KolomSpec("lokasi_rkpd", (_RKPD, "Lokasi"), "3", lebar=12, sisi="rkpd"),
        KolomSpec("indikator_rkpd", (_RKPD, "Indikator Kinerja"), "4", peran=Peran.TAUTAN, tautan="indikator",
                  lebar=30, sisi="rkpd"),
        *kolom_target("target_rkpd", (_RKPD, "Target Capaian"), "5", "rkpd"),
        KolomSpec("pagu_rkpd", (_RKPD, "Pagu Indikatif\n(Rp)"), "6", Tipe.RUPIAH, Peran.GULUNG, 19, sisi="rkpd",
                  petunjuk=_PAGU, sumber=_SUMBER + ", kolom 6",
                  catatan="Kegiatan, program, dan urusan: jumlah rinciannya. Perangkat daerah: jumlah seluruh program."),
        KolomSpec("nama_kebutuhan", (_BUTUH, "Program/Kegiatan/\nSub Kegiatan"), "7", peran=Peran.TAUTAN,
                  tautan="nama", lebar=30, sisi="kebutuhan"),
        KolomSpec("lokasi_kebutuhan", (_BUTUH, "Lokasi"), "8", lebar=12, sisi="kebutuhan"),
        KolomSpec("indikator_kebutuhan", (_BUTUH, "Indikator Kinerja"), "9", peran=Peran.TAUTAN, tautan="indikator",
                  lebar=30, sisi="kebutuhan"),
        *kolom_target("target_kebutuhan", (_BUTUH, "Target Capaian"), "10", "kebutuhan"),
        KolomSpec("kebutuhan_dana", (_BUTUH, "Kebutuhan Dana\n(Rp)"), "11", Tipe.RUPIAH, Peran.GULUNG, 19,
                  sisi="kebutuhan", petunjuk=_PAGU, sumber=_SUMBER + ", kolom 11",
                  catatan="Kegiatan, program, dan urusan: jumlah rinciannya. Perangkat daerah: jumlah seluruh program."),
        KolomSpec("catatan_penting", ("Catatan Penting",), "12", lebar=18),
        KolomSpec("selisih", (_BANDING, "Selisih\n(Rp)"), "13=(11-6)", Tipe.RUPIAH, Peran.HITUNG, 19, cetak=False,
                  rumus='IF(COUNT({kebutuhan_dana},{pagu_rkpd})=0,"-",'
                        f"{_N % (('kebutuhan_dana',) * 2)}-{_N % (('pagu_rkpd',) * 2)})",
                  catatan="Kebutuhan dana (11) − pagu indikatif (6); sel kosong dihitung 0.", sumber="Renja-XL"),
        KolomSpec("persen_selisih", (_BANDING, "Selisih terhadap Pagu\n(%)"), "14=(13/6)", Tipe.PERSEN, Peran.HITUNG,
                  11, cetak=False,
                  rumus='IF(AND(ISNUMBER({selisih}),ISNUMBER({pagu_rkpd})),IF({pagu_rkpd}=0,"-",'
                        '{selisih}/{pagu_rkpd}*100),"-")',
                  catatan="Selisih (13) ÷ pagu indikatif (6) × 100.", sumber="Renja-XL"),
        *kolom_kunci(
            KolomSpec("simpul_kebutuhan", (), "id simpul kebutuhan", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
        ),
    ),
)  # fmt: skip
