"""Kalimat: sentences of Bab II to IV whose numbers come from the tables, ready to copy."""

from dataclasses import dataclass

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

ACUAN = 6
"""Quantities that one sentence may speak of."""

SESUAI, BASI = "Sesuai", "Perlu dihitung ulang"
BELUM_LENGKAP = "Belum dapat disusun: data yang disebut kalimat ini belum lengkap."


@dataclass(frozen=True, slots=True)
class PolaKalimat:
    """A sentence; ``{kunci|bentuk}`` stands for a quantity of ``tabel.besaran``, ``{n}`` for a year.

    Forms: ``kata`` 3 (tiga), ``rp`` an amount, ``rpmutlak`` without its sign, ``rpkata`` with its words, ``persen`` two decimals,
    ``angka`` three, ``arah`` lebih besar or lebih kecil.
    """

    kunci: str
    bagian: str
    pola: str


KALIMAT_BAKU = (
    PolaKalimat(
        "isi_rencana", "Bab IV",
        "Rencana Kerja Tahun {n} memuat {jumlah_program|kata} program, {jumlah_kegiatan|kata} kegiatan, dan "
        "{jumlah_sub|kata} sub kegiatan.",
    ),
    PolaKalimat(
        "kebutuhan", "Bab IV",
        "Kebutuhan dana Tahun {n} sebesar {total_kebutuhan|rpkata}.",
    ),
    PolaKalimat(
        "banding_rkpd", "Bab III",
        "Dibandingkan dengan pagu indikatif Rancangan Awal RKPD sebesar {total_rkpd|rp}, hasil analisis kebutuhan sebesar "
        "{total_kebutuhan|rp} {kenaikan_kebutuhan|arah} {kenaikan_kebutuhan|rpmutlak} atau {persen_kenaikan|persen}.",
    ),
    PolaKalimat(
        "pagu_t_c_33", "Bab III",
        "Pagu rencana Tahun {n} pada T-C.33 sebesar {total_pagu|rpkata}.",
    ),
    PolaKalimat(
        "prakiraan_maju", "Bab III",
        "Prakiraan maju Tahun {p1} sebesar {total_p1|rp}, {persen_p1|arah} {persen_p1|persen} dibandingkan dengan kebutuhan Tahun {n}.",
    ),
    PolaKalimat(
        "melebihi", "Bab II",
        "Pada Tahun {n2}, {program_melebihi|kata} program, {kegiatan_melebihi|kata} kegiatan, dan {sub_melebihi|kata} sub kegiatan "
        "melebihi target.",
    ),
    PolaKalimat(
        "memenuhi", "Bab II",
        "Pada Tahun {n2}, {program_memenuhi|kata} program, {kegiatan_memenuhi|kata} kegiatan, dan {sub_memenuhi|kata} sub kegiatan "
        "memenuhi target.",
    ),
    PolaKalimat(
        "tidak_memenuhi", "Bab II",
        "Pada Tahun {n2}, {program_tidak|kata} program, {kegiatan_tidak|kata} kegiatan, dan {sub_tidak|kata} sub kegiatan "
        "tidak memenuhi target.",
    ),
    PolaKalimat(
        "capaian_iku", "Bab II",
        "Rata-rata capaian {jumlah_iku|kata} indikator kinerja utama dari {jumlah_sasaran|kata} sasaran terhadap target akhir "
        "Renstra sebesar {rata_capaian|persen}.",
    ),
    PolaKalimat(
        "penyerapan", "Bab II",
        "Anggaran Tahun {n2} sebesar {pagu_efisiensi|rp} terserap {serapan|rp} atau {persen_serapan|persen}.",
    ),
    PolaKalimat(
        "efisiensi", "Bab II",
        "Dengan rata-rata capaian {rata_capaian|persen} dan penyerapan {persen_serapan|persen}, nilai efisiensi sebesar "
        "{nilai_efisiensi|angka}.",
    ),
    PolaKalimat(
        "pegawai", "Bab II",
        "Pegawai berjumlah {pegawai|kata} orang, terdiri atas {pegawai_laki|kata} laki-laki dan {pegawai_perempuan|kata} perempuan.",
    ),
)  # fmt: skip

KALIMAT = TabelSpec(
    kunci="Kalimat",
    lembar="Kalimat",
    nama_tabel="tbl_Kalimat",
    judul="Kalimat Siap Salin untuk Bab II, III, dan IV",
    kelompok="resmi",
    awalan_id="klm",
    sejak=3,
    sumber="Renja-XL",
    penjelasan="Kalimat yang angkanya dihitung dari tabel, siap disalin ke naskah.",
    aturan="Salin kalimat yang keadaannya Sesuai. Bila tertulis Perlu dihitung ulang, angkanya sudah berubah: klik Hitung Ulang "
    "(perintah hitung) lebih dahulu.",
    kolom=(
        KolomSpec("bagian", (), "Bagian", peran=Peran.TAUTAN, lebar=10, tengah=True),
        KolomSpec("kalimat", (), "Kalimat", peran=Peran.HITUNG, lebar=110, tanpa_rumus=True),
        KolomSpec("keadaan", (), "Keadaan", peran=Peran.HITUNG, lebar=22, tengah=True),
        *kolom_kunci(
            KolomSpec("kunci", (), "kunci", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
            *(
                KolomSpec(f"acuan_{n}", (), f"acuan {n}", Tipe.BEBAS, Peran.HITUNG, tersembunyi=True, cetak=False, tanpa_rumus=True)
                for n in range(1, ACUAN + 1)
            ),
        ),
    ),
)  # fmt: skip
