"""T-C.32: proposals of the public and other stakeholders."""

from renja_xl.tabel.spec import KolomSpec, TabelSpec, kolom_kunci

T_C_32 = TabelSpec(
    kunci="T-C.32",
    lembar="T-C.32",
    nama_tabel="tbl_T_C_32",
    judul="Tabel T-C.32 Usulan Program dan Kegiatan dari Para Pemangku Kepentingan Tahun {n}",
    kelompok="resmi",
    awalan_id="c32",
    sejak=3,
    sumber="Permendagri 86/2017, Tabel T-C.32",
    berkas="t_c_32",
    tumbuh=True,
    kolom_beku=1,
    penjelasan="Usulan program dan kegiatan dari masyarakat dan pemangku kepentingan lain.",
    catatan_kaki=("Bila tidak ada usulan, tulis Nihil.",),
    kolom=(
        KolomSpec("no", ("No",), "1", lebar=6, tengah=True),
        KolomSpec("program_kegiatan", ("Program/Kegiatan",), "2", lebar=44, petunjuk="Program atau kegiatan yang diusulkan."),
        KolomSpec("lokasi", ("Lokasi",), "3", lebar=22),
        KolomSpec("indikator", ("Indikator Kinerja",), "4", lebar=40),
        KolomSpec("besaran_volume", ("Besaran/Volume",), "5", lebar=18, petunjuk="Misalnya 2 paket atau 1.000 meter."),
        KolomSpec("catatan", ("Catatan",), "6", lebar=36, petunjuk="Asal usulan dan keterangan lain."),
        *kolom_kunci(),
    ),
)  # fmt: skip
