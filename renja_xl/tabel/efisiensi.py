"""Efisiensi (printed in 2.1.1): how far a sasaran's results exceed the share of its budget that was spent."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

EFISIEN, BELUM_EFISIEN = "Efisien", "Belum efisien"

EFISIENSI = TabelSpec(
    kunci="Efisiensi",
    lembar="Efisiensi",
    nama_tabel="tbl_Efisiensi",
    judul="Efisiensi Penggunaan Anggaran Menurut Sasaran Tahun {n2}",
    kelompok="resmi",
    awalan_id="efs",
    sejak=3,
    sumber="Permendagri 86/2017, Bab II evaluasi pelaksanaan Renja",
    berkas="efisiensi",
    tumbuh=True,
    kolom_beku=2,
    penjelasan="Rata-rata capaian sasaran dibandingkan dengan penyerapan anggarannya.",
    catatan_kaki=(
        "Nilai efisiensi: rata-rata capaian ÷ penyerapan anggaran. Sasaran disebut efisien bila nilainya paling sedikit sama dengan "
        "batas di lembar Dasar Perhitungan (bawaan: 1).",
        "Penyerapan yang dikosongkan dihitung dari realisasi ÷ pagu.",
    ),
    kolom=(
        KolomSpec("sasaran", ("Sasaran",), "1", lebar=18, petunjuk="Misalnya Sasaran I, atau sasarannya seperti di lembar Renstra."),
        KolomSpec("uraian_sasaran", ("Uraian Sasaran",), "2", peran=Peran.TAUTAN, lebar=36, cetak=False),
        KolomSpec("capaian_persen", ("Rata-rata Capaian", "Persen\n(%)"), "3", Tipe.PERSEN, Peran.TURUNAN, 11,
                  rumus='IFERROR(IF(ISNUMBER({cari Capaian IKU.capaian_persen}),{cari Capaian IKU.capaian_persen},"-"),"-")',
                  catatan="Rata-rata capaian sasaran ini di Capaian IKU.", sumber="Capaian IKU, kolom 7"),
        KolomSpec("capaian_desimal", ("Rata-rata Capaian", "Desimal"), "4=(3/100)", Tipe.ANGKA, Peran.HITUNG, 10,
                  rumus='IF(ISNUMBER({capaian_persen}),{capaian_persen}/100,"-")', desimal=4,
                  catatan="Rata-rata capaian (3) ÷ 100.", sumber="Capaian IKU"),
        KolomSpec("target_kinerja", ("Kinerja", "Target", "Nilai"), "5", Tipe.ANGKA, lebar=10, predikat="predikat_target",
                  petunjuk="Angka saja; predikatnya di kolom sebelah."),
        KolomSpec("predikat_target", ("Kinerja", "Target", "Predi-\nkat"), "5 predikat", lebar=7, tengah=True, cetak=False),
        KolomSpec("realisasi_kinerja", ("Kinerja", "Realisasi", "Nilai"), "6", Tipe.ANGKA, lebar=10, predikat="predikat_realisasi",
                  petunjuk="Angka saja; predikatnya di kolom sebelah."),
        KolomSpec("predikat_realisasi", ("Kinerja", "Realisasi", "Predi-\nkat"), "6 predikat", lebar=7, tengah=True, cetak=False),
        KolomSpec("pagu_anggaran", ("Anggaran", "Pagu\n(Rp)"), "7", Tipe.RUPIAH, lebar=20, petunjuk="Rupiah penuh."),
        KolomSpec("realisasi_anggaran", ("Anggaran", "Realisasi\n(Rp)"), "8", Tipe.RUPIAH, lebar=20, cetak=False,
                  petunjuk="Rupiah penuh. Boleh dikosongkan bila penyerapannya diketik."),
        KolomSpec("persen_realisasi_anggaran", ("Anggaran", "Penyerapan\n(%)"), "9=(8/7)", Tipe.PERSEN, Peran.RUJUKAN, 12,
                  rumus='IF(AND(ISNUMBER({realisasi_anggaran}),ISNUMBER({pagu_anggaran})),IF({pagu_anggaran}=0,"-",'
                        '{realisasi_anggaran}/{pagu_anggaran}*100),"-")',
                  udf='TINGKAT_REALISASI({realisasi_anggaran},{pagu_anggaran},"-")',
                  petunjuk="Dikosongkan: realisasi ÷ pagu × 100.",
                  catatan="Dikosongkan: realisasi (8) ÷ pagu (7) × 100.", sumber="Permendagri 86/2017, Bab II"),
        KolomSpec("nilai_efisiensi", ("Nilai Efisiensi",), "10=(3/9)", Tipe.ANGKA, Peran.HITUNG, 12, desimal=3,
                  rumus='IF(AND(ISNUMBER({capaian_persen}),ISNUMBER({persen_realisasi_anggaran})),'
                        'IF({persen_realisasi_anggaran}=0,"-",{capaian_persen}/{persen_realisasi_anggaran}),"-")',
                  udf="NILAI_EFISIENSI({capaian_persen},{persen_realisasi_anggaran})",
                  catatan="Rata-rata capaian (3) ÷ penyerapan (9).", sumber="Renja BKPSDM Kabupaten Paser 2025, 2.1.1"),
        KolomSpec("simpulan", ("Simpulan",), "11", Tipe.TEKS, Peran.HITUNG, 16, cetak=False, tengah=True,
                  rumus=f'IF(ISNUMBER({{nilai_efisiensi}}),IF({{nilai_efisiensi}}>={{dasar.batas_efisien}},"{EFISIEN}",'
                        f'"{BELUM_EFISIEN}"),"-")',
                  catatan="Efisien bila nilainya paling sedikit sama dengan batas di lembar Dasar Perhitungan.",
                  sumber="Dasar Perhitungan"),
        *kolom_kunci(
            KolomSpec("serapan", (), "serapan", Tipe.ANGKA, Peran.HITUNG, tersembunyi=True, cetak=False,
                      rumus='IF(ISNUMBER({realisasi_anggaran}),{realisasi_anggaran},IF(AND(ISNUMBER({pagu_anggaran}),'
                            'ISNUMBER({persen_realisasi_anggaran})),{pagu_anggaran}*{persen_realisasi_anggaran}/100,"-"))'),
        ),
    ),
)  # fmt: skip
