"""T-C.29: evaluation of last year's Renja and progress of the Renstra to the running year."""

from renja_xl.core.buku import LEVEL_SIMPUL
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

_SUMBER = "Permendagri 86/2017, Tabel T-C.29"
_N2 = "Target dan Realisasi Kinerja Program dan Kegiatan Tahun Lalu ({n2})"
_N1 = "Perkiraan Realisasi Capaian Target Renstra s/d Tahun Berjalan ({n1})"
_ANGKA = "Angka saja, misalnya 1400 atau 65,18. Ketik - bila memang tidak ada."

_DARI_RENSTRA = 'IFERROR(IF(ISNUMBER({cari Renstra.target_akhir}),{cari Renstra.target_akhir},"-"),"-")'

TINGKAT = (
    'IF(AND(ISNUMBER({realisasi}),ISNUMBER({target})),IF({target}=0,"-",'
    'IF({sifat}="Makin rendah makin baik",MAX(0,(2*{target}-{realisasi})/{target}*100),'
    '{realisasi}/{target}*100)),"-")'
)
"""Native form of ``core.capaian.tingkat``."""

_SD = (
    'IF(COUNT({realisasi_sd_n3},{realisasi_n2},{target_n1})=0,"-",'
    'IF(OR({cara_hitung}="Dijumlahkan",profil_cara_kolom_10="Rumus formulir: 5+7+9"),'
    "SUM({realisasi_sd_n3},{realisasi_n2},{target_n1}),"
    'IF({cara_hitung}="Rata-rata",AVERAGE({realisasi_sd_n3},{realisasi_n2},{target_n1}),'
    "IF(ISNUMBER({target_n1}),{target_n1},IF(ISNUMBER({realisasi_n2}),{realisasi_n2},{realisasi_sd_n3})))))"
)
"""Native form of ``core.capaian.realisasi_sd``."""


def tingkat_asli(realisasi: str, target: str) -> str:
    """``TINGKAT`` over two columns of the same row."""
    return TINGKAT.replace("{realisasi}", f"{{{realisasi}}}").replace("{target}", f"{{{target}}}")


def _nilai(kunci: str, judul: tuple[str, ...], nomor: str, peran: Peran = Peran.MASUKAN) -> tuple[KolomSpec, KolomSpec]:
    rujukan = peran is Peran.RUJUKAN
    return (
        KolomSpec(kunci, (*judul, "Nilai"), nomor, Tipe.ANGKA, peran, 9, satuan=f"satuan_{kunci}",
                  predikat=f"satuan_{kunci}", petunjuk=_ANGKA, milik_indikator=True,
                  rumus=_DARI_RENSTRA if rujukan else None,
                  catatan="Dikosongkan: target akhir dari lembar Renstra." if rujukan else None,
                  sumber=_SUMBER + ", kolom 4" if rujukan else None),
        KolomSpec(f"satuan_{kunci}", (*judul, "Satuan"), f"{nomor} satuan", lebar=9.5, bawaan="satuan", tengah=True,
                  milik_indikator=True),
    )  # fmt: skip


T_C_29 = TabelSpec(
    kunci="T-C.29",
    lembar="T-C.29",
    nama_tabel="tbl_T_C_29",
    judul="Tabel T-C.29 Rekapitulasi Evaluasi Hasil Pelaksanaan Renja dan Pencapaian Renstra s/d Tahun {n1}",
    kelompok="resmi",
    awalan_id="c29",
    sumber=_SUMBER,
    berkas="t_c_29",
    keanggotaan="evaluasi",
    level_tampil=LEVEL_SIMPUL,
    kolom_beku=3,
    penjelasan="Evaluasi Renja tahun lalu dan capaian Renstra sampai tahun berjalan.",
    catatan_kaki=(
        "Indikator persen/nilai/indeks: kolom 10 memakai capaian terakhir, tidak dijumlahkan. "
        "Cara hitung tiap indikator dipilih di lembar Program & Sub Kegiatan; "
        "pilihan rumus formulir 5+7+9 untuk semua indikator ada di Profil.",
        "Tanda - berarti belum dapat dihitung: target kosong atau nol, atau realisasi kosong.",
    ),
    kolom=(
        KolomSpec("kode", ("Kode",), "1", peran=Peran.TAUTAN, tautan="kode", lebar=18, wajib=False),
        KolomSpec("nama", ("Urusan/Bidang Urusan Pemerintahan dan Program/Kegiatan/Sub Kegiatan",), "2",
                  peran=Peran.TAUTAN, tautan="nama", lebar=36),
        KolomSpec("indikator", ("Indikator Kinerja Program (outcome)/Kegiatan (output)",), "3",
                  peran=Peran.TAUTAN, tautan="indikator", lebar=38),
        *_nilai("target_renstra", ("Target Kinerja Capaian Program (Renstra) pada Akhir Periode",), "4", Peran.RUJUKAN),
        *_nilai("realisasi_sd_n3", ("Realisasi Target Kinerja s/d Tahun {n3}",), "5"),
        *_nilai("target_n2", (_N2, "Target Renja Tahun {n2}"), "6"),
        *_nilai("realisasi_n2", (_N2, "Realisasi Renja Tahun {n2}"), "7"),
        KolomSpec("tingkat_realisasi_n2", (_N2, "Tingkat Realisasi\n(%)"), "8=(7/6)", Tipe.PERSEN, Peran.HITUNG, 10,
                  rumus=tingkat_asli("realisasi_n2", "target_n2"), sumber=_SUMBER + ", kolom 8",
                  udf="TINGKAT_REALISASI({realisasi_n2},{target_n2},{sifat})",
                  catatan="Realisasi (7) ÷ target (6) × 100. Untuk indikator makin rendah makin baik: "
                          "(2 × target − realisasi) ÷ target × 100, paling kecil 0."),
        KolomSpec("target_n1", ("Target Program dan Kegiatan (Renja Tahun {n1})",), "9", Tipe.ANGKA, lebar=10,
                  petunjuk=_ANGKA, milik_indikator=True),
        KolomSpec("realisasi_sd_n1", (_N1, "Realisasi Capaian s/d Tahun {n1}"), "10=(5+7+9)", Tipe.ANGKA,
                  Peran.HITUNG, 12, rumus=_SD, sumber=_SUMBER + ", kolom 10",
                  udf="REALISASI_SD({realisasi_sd_n3},{realisasi_n2},{target_n1},{cara_hitung},profil_cara_kolom_10)",
                  catatan="Menurut cara hitung indikator. Dijumlahkan: 5+7+9. Posisi akhir: yang terakhir diketahui "
                          "dari 9, 7, 5. Rata-rata: rata-rata yang diketahui."),
        KolomSpec("tingkat_capaian_renstra", (_N1, "Tingkat Capaian Realisasi Target Renstra\n(%)"), "11=(10/4)",
                  Tipe.PERSEN, Peran.HITUNG, 12, rumus=tingkat_asli("realisasi_sd_n1", "target_renstra"),
                  sumber=_SUMBER + ", kolom 11", udf="TINGKAT_CAPAIAN({realisasi_sd_n1},{target_renstra},{sifat})",
                  catatan="Realisasi s/d tahun berjalan (10) ÷ target Renstra (4) × 100. Untuk indikator makin rendah "
                          "makin baik: (2 × target − realisasi) ÷ target × 100, paling kecil 0."),
        *kolom_kunci(
            KolomSpec("cara_hitung", (), "cara hitung", peran=Peran.TURUNAN, tautan="cara_hitung", tersembunyi=True,
                      cetak=False),
            KolomSpec("sifat", (), "sifat", peran=Peran.TURUNAN, tautan="sifat", tersembunyi=True, cetak=False),
        ),
    ),
)  # fmt: skip
