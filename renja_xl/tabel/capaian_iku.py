"""Capaian IKU (printed as 2.2.1): realisation of each main indicator against the end of the Renstra, and per sasaran."""

from renja_xl.core.buku import Level
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci
from renja_xl.tabel.t_c_29 import tingkat_asli

_DATA = frozenset({Level.DATA})
_KRITERIA = (
    'IF(ISNUMBER({capaian_persen}),IF({capaian_persen}>={dasar.kriteria_sangat_tinggi},"Sangat Tinggi",'
    'IF({capaian_persen}>={dasar.kriteria_tinggi},"Tinggi",IF({capaian_persen}>={dasar.kriteria_sedang},"Sedang",'
    'IF({capaian_persen}>={dasar.kriteria_rendah},"Rendah","Sangat Rendah")))),"-")'
)
"""Native form of ``core.capaian.kriteria``."""


def _dari(kolom: str) -> str:
    return f'IFERROR(IF({{cari {kolom}}}="","-",{{cari {kolom}}}),"-")'


CAPAIAN_IKU = TabelSpec(
    kunci="Capaian IKU",
    lembar="Capaian IKU",
    nama_tabel="tbl_IKU",
    judul="Tabel {nomor} Realisasi Indikator Kinerja Utama s/d Tahun {n2} terhadap Target Akhir Renstra",
    kelompok="resmi",
    awalan_id="iku",
    sejak=3,
    sumber="Permendagri 86/2017, Bab II analisis kinerja pelayanan",
    berkas="t_2_2_1",
    isian_nomor="nomor_iku",
    kolom_beku=3,
    penjelasan="Capaian tiap indikator kinerja utama, rata-ratanya per sasaran, dan kriterianya; seluruhnya dihitung.",
    catatan_kaki=(
        "Realisasi dari T-C.30, target akhir dari Renstra. Capaian: realisasi ÷ target × 100; untuk indikator makin rendah makin "
        "baik: (2 × target − realisasi) ÷ target × 100, paling kecil 0.",
        "Kriteria: mulai 91 Sangat Tinggi, 76 Tinggi, 66 Sedang, 51 Rendah, di bawahnya Sangat Rendah (Permendagri 86/2017). "
        "Batas yang berlaku ada di lembar Dasar Perhitungan; nilai di antara dua kelas tercetak mengikuti batas bawahnya.",
    ),
    kolom=(
        KolomSpec("no", ("No",), "1", peran=Peran.TAUTAN, lebar=5, tengah=True),
        KolomSpec("sasaran", ("Sasaran",), "2", peran=Peran.TAUTAN, lebar=34),
        KolomSpec("indikator", ("Indikator Kinerja",), "3", peran=Peran.TAUTAN, lebar=40),
        KolomSpec("satuan", ("Satuan",), "4", peran=Peran.TAUTAN, lebar=10, tengah=True),
        KolomSpec("realisasi_sd_n2", ("Realisasi s/d Tahun {n2}", "Nilai"), "5", Tipe.ANGKA, Peran.TURUNAN, 10,
                  predikat="predikat_realisasi", level=_DATA, rumus=_dari("T-C.30.realisasi_n2")),
        KolomSpec("predikat_realisasi", ("Realisasi s/d Tahun {n2}", "Predi-\nkat"), "5 predikat", Tipe.TEKS, Peran.TURUNAN,
                  8, level=_DATA, rumus=_dari("T-C.30.predikat_realisasi_n2"), cetak=False, tengah=True),
        KolomSpec("target_akhir_renstra_re", ("Target Akhir Renstra", "Nilai"), "6", Tipe.ANGKA, Peran.TURUNAN, 10,
                  predikat="predikat_target", level=_DATA, rumus=_dari("Renstra.target_akhir")),
        KolomSpec("predikat_target", ("Target Akhir Renstra", "Predi-\nkat"), "6 predikat", Tipe.TEKS, Peran.TURUNAN,
                  8, level=_DATA, rumus=_dari("Renstra.predikat_akhir"), cetak=False, tengah=True),
        KolomSpec("capaian_persen", ("Capaian\n(%)",), "7=(5/6)", Tipe.PERSEN, Peran.HITUNG, 11,
                  rumus=tingkat_asli("realisasi_sd_n2", "target_akhir_renstra_re"), rumus_rekap="AVERAGE",
                  udf="TINGKAT_CAPAIAN({realisasi_sd_n2},{target_akhir_renstra_re},{sifat})",
                  catatan="Realisasi (5) ÷ target akhir Renstra (6) × 100; baris rata-rata: rata-rata capaian sasarannya.",
                  sumber="Permendagri 86/2017"),
        KolomSpec("kategori", ("Kriteria",), "8", Tipe.TEKS, Peran.HITUNG, 16, rumus=_KRITERIA, tengah=True,
                  udf="KRITERIA_CAPAIAN({capaian_persen},{dasar.kriteria_sangat_tinggi},{dasar.kriteria_tinggi},"
                      "{dasar.kriteria_sedang},{dasar.kriteria_rendah})",
                  catatan="Menurut batas kriteria di lembar Dasar Perhitungan.",
                  sumber="Permendagri 86/2017, skala nilai peringkat kinerja"),
        *kolom_kunci(
            KolomSpec("sifat", (), "sifat", peran=Peran.TURUNAN, tersembunyi=True, cetak=False, level=_DATA,
                      rumus='IFERROR(IF({cari Renstra.sifat}="","Makin tinggi makin baik",{cari Renstra.sifat}),'
                            '"Makin tinggi makin baik")'),
        ),
    ),
)  # fmt: skip
