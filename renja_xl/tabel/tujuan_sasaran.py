"""Tujuan-Sasaran (printed as 3.1.3): goals, objectives and the programs and kegiatan that serve them."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, kolom_kunci

TUJUAN_SASARAN = TabelSpec(
    kunci="Tujuan-Sasaran",
    lembar="Tujuan-Sasaran",
    nama_tabel="tbl_Tujuan",
    judul="Tabel {nomor} Tujuan dan Sasaran Renja Perangkat Daerah Tahun {n}",
    kelompok="resmi",
    awalan_id="tuj",
    sejak=3,
    sumber="Permendagri 86/2017, Bab III",
    berkas="t_3_1_3",
    isian_nomor="nomor_tujuan",
    tumbuh=True,
    kolom_beku=1,
    penjelasan="Tujuan, sasaran, dan indikatornya; program dan kegiatan pendukungnya mengikuti Program & Sub Kegiatan.",
    catatan_kaki=(
        "Kolom 5 memuat program yang kolom Sasarannya di Program & Sub Kegiatan sama dengan sasaran di sini, beserta "
        "kegiatannya; Perbarui Tabel memutakhirkannya.",
    ),
    kolom=(
        KolomSpec("no", ("No",), "1", lebar=6, tengah=True),
        KolomSpec("tujuan", ("Tujuan",), "2", lebar=34),
        KolomSpec("sasaran", ("Sasaran",), "3", lebar=34, petunjuk="Sama dengan kolom Sasaran di Program & Sub Kegiatan."),
        KolomSpec("indikator", ("Indikator Kinerja",), "4", lebar=46),
        KolomSpec("kegiatan", ("Program dan Kegiatan",), "5", peran=Peran.TAUTAN, tautan="kegiatan_sasaran", lebar=64),
        *kolom_kunci(),
    ),
)  # fmt: skip
