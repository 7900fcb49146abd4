"""Nomenklatur (hidden): the list of kode that the plan is checked against; an office may add its own."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec

NOMENKLATUR = TabelSpec(
    kunci="Nomenklatur",
    lembar="Nomenklatur",
    nama_tabel="tbl_Nomenklatur",
    judul="Nomenklatur Program, Kegiatan, dan Sub Kegiatan",
    kelompok="kendali",
    awalan_id="nom",
    sejak=3,
    sumber="Permendagri 90/2019 dan pemutakhirannya",
    tumbuh=True,
    tersembunyi=True,
    kolom_beku=1,
    penjelasan="Kode dan nama baku dengan indikator dan satuannya; X.XX mewakili bidang urusan perangkat daerah sendiri.",
    kolom=(
        KolomSpec("kode", (), "Kode", lebar=20, petunjuk="Kode sebagai teks, misalnya 5.03.02.2.01.0004."),
        KolomSpec("jenjang", (), "Level", lebar=16),
        KolomSpec("nama", (), "Nama", lebar=60),
        KolomSpec("indikator", (), "Indikator", lebar=60),
        KolomSpec("satuan", (), "Satuan", lebar=12, tengah=True),
        KolomSpec("sumber", (), "Sumber", lebar=50),
        KolomSpec("id", (), "id baris", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
    ),
)
