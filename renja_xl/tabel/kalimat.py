"""Kalimat: sentences of Bab II to IV whose numbers come from the tables, ready to copy."""

from dataclasses import dataclass

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

ACUAN = 6
"""Quantities that one sentence may speak of."""

SESUAI, BASI, BELUM = "Sesuai", "Perlu dihitung ulang", "Belum lengkap"
BELUM_LENGKAP = "Belum dapat disusun: data yang disebut kalimat ini belum lengkap."


@dataclass(frozen=True, slots=True)
class PolaKalimat:
    """A sentence, which needs the quantity ``syarat`` to be more than 0.

    ``{kunci|bentuk}`` stands for a quantity of ``tabel.besaran``, ``{n}`` for a year. Forms: ``kata`` 3 (tiga), ``rp`` an
    amount, ``rpmutlak`` without its sign, ``rpkata`` with its words, ``rpbulat`` in whole rupiah, ``persen`` two decimals,
    ``angka`` three, ``arah`` lebih besar or lebih kecil, ``naikturun`` naik or turun.
    """

    kunci: str
    bagian: str
    pola: str
    syarat: str


KALIMAT_BAKU = (
    PolaKalimat(
        "isi_rencana", "Bab IV",
        "Rencana Kerja Tahun {n} memuat {jumlah_program|kata} program, {jumlah_kegiatan|kata} kegiatan, dan "
        "{jumlah_sub|kata} sub kegiatan.", "jumlah_program",
    ),
    PolaKalimat(
        "kebutuhan", "Bab IV",
        "Kebutuhan dana Tahun {n} sebesar {total_kebutuhan|rpkata}.", "total_kebutuhan",
    ),
    PolaKalimat(
        "banding_rkpd", "Bab III",
        "Dibandingkan dengan pagu indikatif Rancangan Awal RKPD sebesar {total_rkpd|rp}, hasil analisis kebutuhan sebesar "
        "{total_kebutuhan|rp} {kenaikan_kebutuhan|arah} {kenaikan_kebutuhan|rpmutlak} atau {persen_kenaikan|persen}.",
        "total_kebutuhan",
    ),
    PolaKalimat(
        "sebab_rkpd", "Bab III",
        "Kebutuhan dana Tahun {n} {kenaikan_kebutuhan|naikturun} {kenaikan_kebutuhan|rpmutlak} dari pagu indikatif Rancangan Awal "
        "RKPD karena {sub_naik|kata} sub kegiatan bertambah {nilai_naik|rp} dan {sub_turun|kata} sub kegiatan berkurang "
        "{nilai_turun|rpmutlak}.", "total_rkpd",
    ),
    *(
        PolaKalimat(
            f"tahap_{t}", "Bab II",
            f"Anggaran Tahun {{{t}}} pada APBD sebesar {{apbd_{t}|rp}}, {{selisih_apbd_{t}|naikturun}} {{selisih_apbd_{t}|rpmutlak}} "
            f"dari Renja sebesar {{renja_{t}|rp}}; pada APBDP sebesar {{apbdp_{t}|rp}}, {{selisih_apbdp_{t}|naikturun}} "
            f"{{selisih_apbdp_{t}|rpmutlak}} dari APBD.", f"apbdp_{t}",
        )
        for t in ("n2", "n1")
    ),
    PolaKalimat(
        "pagu_t_c_33", "Bab III",
        "Pagu rencana Tahun {n} pada T-C.33 sebesar {total_pagu|rpkata}.", "total_pagu",
    ),
    PolaKalimat(
        "prakiraan_maju", "Bab III",
        "Prakiraan maju Tahun {p1} sebesar {total_p1|rp}, {persen_p1|arah} {persen_p1|persen} dibandingkan dengan kebutuhan "
        "Tahun {n}.", "total_p1",
    ),
    PolaKalimat(
        "dinilai", "Bab II",
        "Dari {sub_evaluasi|kata} sub kegiatan yang dievaluasi Tahun {n2}, {sub_melebihi|kata} melebihi target, "
        "{sub_memenuhi|kata} memenuhi target, {sub_tidak|kata} tidak memenuhi target, dan {sub_belum|kata} belum dapat dinilai.",
        "sub_evaluasi",
    ),
    *(
        PolaKalimat(
            kunci, "Bab II",
            f"Pada Tahun {{n2}}, {{sub_{daftar}|kata}} sub kegiatan pada {{kegiatan_{daftar}|kata}} kegiatan dan "
            f"{{program_{daftar}|kata}} program {sebutan} target.",
            f"sub_{daftar}",
        )
        for kunci, daftar, sebutan in (
            ("melebihi", "melebihi", "melebihi"), ("memenuhi", "memenuhi", "memenuhi"),
            ("tidak_memenuhi", "tidak", "tidak memenuhi"),
        )
    ),
    PolaKalimat(
        "capaian_iku", "Bab II",
        "Rata-rata capaian {jumlah_iku|kata} indikator kinerja utama terhadap target akhir Renstra sebesar {rata_capaian|persen}.",
        "jumlah_iku",
    ),
    PolaKalimat(
        "penyerapan", "Bab II",
        "Anggaran Tahun {n2} sebesar {pagu_efisiensi|rp} terserap sekitar {serapan|rpbulat} atau {persen_serapan|persen}.",
        "pagu_efisiensi",
    ),
    PolaKalimat(
        "efisiensi", "Bab II",
        "Dengan rata-rata capaian {rata_capaian|persen} dan penyerapan {persen_serapan|persen}, nilai efisiensi sebesar "
        "{nilai_efisiensi|angka}.", "pagu_efisiensi",
    ),
    PolaKalimat(
        "pegawai", "Bab II",
        "Pegawai berjumlah {pegawai|kata} orang, terdiri atas {pegawai_laki|kata} laki-laki dan {pegawai_perempuan|kata} perempuan.",
        "pegawai",
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
    aturan="Salin kalimat yang keadaannya Sesuai. Perlu dihitung ulang: angkanya sudah berubah, jalankan Hitung Ulang (perintah "
    "hitung). Belum lengkap: data yang disebutnya belum diisi.",
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
