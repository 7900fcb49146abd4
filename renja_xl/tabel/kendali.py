"""Control sheets: findings, and the places where nothing gets lost."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

BELUM, DIPERBAIKI, DIJELASKAN = "Belum", "Diperbaiki", "Dijelaskan: "
POLA_DIPERBAIKI, POLA_DIJELASKAN = "Diperbaiki*", "Dijelaskan:?*"
"""States of findings that wait for nobody, as COUNTIFS looks for them; all others are open."""

KELUARGA_CATATAN = {
    "HIT": "Angka hitungan",
    "ROL": "Jumlah induk dan rincian",
    "FMT": "Penulisan angka dan teks",
    "SAT": "Satuan",
    "DUP": "Baris berulang",
    "LNK": "Tabel yang tidak cocok",
    "JML": "Banyaknya, dan naskah",
    "KAT": "Kriteria dan status",
    "KSG": "Belum diisi",
    "KOD": "Kode nomenklatur",
    "RMS": "Rumus",
    "LOG": "Isian yang bertentangan",
}
"""Families of findings in words."""

_ID = KolomSpec("id", (), "id baris", peran=Peran.KUNCI, tersembunyi=True, cetak=False)

CATATAN_PERBAIKAN = TabelSpec(
    kunci="Catatan Perbaikan",
    lembar="Catatan Perbaikan",
    nama_tabel="tbl_catatan",
    judul="Catatan Perbaikan",
    kelompok="kendali",
    awalan_id="cat",
    sumber="Renja-XL",
    tumbuh=True,
    kolom_beku=2,
    penjelasan="Yang perlu diperbaiki atau dicek, dengan tempat, alasan, dan caranya.",
    kolom=(
        KolomSpec("no", (), "No", Tipe.ANGKA, Peran.TAUTAN, 6, tengah=True),
        KolomSpec("tingkat", (), "Tingkat", peran=Peran.TAUTAN, lebar=16),
        KolomSpec("lembar", (), "Lembar", peran=Peran.TAUTAN, lebar=14),
        KolomSpec("sel", (), "Sel", peran=Peran.TAUTAN, lebar=8, tengah=True),
        KolomSpec("kode", (), "Kode", peran=Peran.TAUTAN, lebar=18),
        KolomSpec("kolom", (), "Kolom", peran=Peran.TAUTAN, lebar=26),
        KolomSpec("tertulis", (), "Tertulis", peran=Peran.TAUTAN, lebar=20),
        KolomSpec("seharusnya", (), "Seharusnya", peran=Peran.TAUTAN, lebar=20),
        KolomSpec("pesan", (), "Catatan", peran=Peran.TAUTAN, lebar=52),
        KolomSpec("perbaikan", (), "Cara memperbaiki", peran=Peran.TAUTAN, lebar=44),
        KolomSpec("keadaan", (), "Keadaan", lebar=24,
                  petunjuk="Bila isiannya memang benar, tulis Dijelaskan: lalu alasannya, misalnya Dijelaskan: menurut DPA. "
                  "Catatan kembali Belum bila angkanya berubah."),
        KolomSpec("aturan", (), "Aturan", peran=Peran.TAUTAN, lebar=9, tengah=True),
        KolomSpec("dasar", (), "Dasar", peran=Peran.TAUTAN, lebar=24),
        KolomSpec("asal", (), "Asal", peran=Peran.TAUTAN, lebar=22),
        KolomSpec("rujukan", (), "rujukan", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("anggota", (), "sel anggota", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("sidik", (), "sidik angka", peran=Peran.KUNCI, tersembunyi=True),
        _ID,
    ),
)  # fmt: skip

BARIS_DIHAPUS = TabelSpec(
    kunci="Baris Dihapus",
    lembar="Baris Dihapus",
    nama_tabel="tbl_baris_dihapus",
    judul="Baris Dihapus",
    kelompok="kendali",
    awalan_id="hps",
    sumber="Renja-XL",
    tumbuh=True,
    tersembunyi=True,
    tampil_bila_berisi=True,
    kolom_beku=3,
    penjelasan="Isian dari baris yang tidak lagi ada di tabelnya, satu baris per sel; tidak ada yang hilang.",
    kolom=(
        KolomSpec("tabel", (), "Tabel", lebar=12),
        KolomSpec("kode", (), "Kode", lebar=18),
        KolomSpec("nama", (), "Nama", lebar=40),
        KolomSpec("indikator", (), "Indikator", lebar=40),
        KolomSpec("judul", (), "Kolom", lebar=34),
        KolomSpec("nilai", (), "Isian", Tipe.BEBAS, lebar=24),
        KolomSpec("asli", (), "Tertulis semula", lebar=24),
        KolomSpec("alasan", (), "Alasan", lebar=44),
        KolomSpec("asal_berkas", (), "Asal berkas", lebar=14),
        KolomSpec("asal_baris", (), "Baris asal", lebar=10),
        KolomSpec("kolom", (), "kunci kolom", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("baris_id", (), "id baris semula", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("simpul", (), "id simpul semula", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("indikator_id", (), "id indikator semula", peran=Peran.KUNCI, tersembunyi=True),
        _ID,
    ),
)

BELUM_TERPETAKAN = TabelSpec(
    kunci="Belum Terpetakan",
    lembar="Belum Terpetakan",
    nama_tabel="tbl_belum_terpetakan",
    judul="Belum Terpetakan",
    kelompok="kendali",
    awalan_id="blm",
    sumber="Renja-XL",
    tumbuh=True,
    tersembunyi=True,
    tampil_bila_berisi=True,
    kolom_beku=2,
    penjelasan="Baris sumber yang belum punya tempat di buku ini, apa adanya.",
    kolom=(
        KolomSpec("asal_berkas", (), "Berkas", lebar=22),
        KolomSpec("asal_baris", (), "Baris", lebar=8, tengah=True),
        KolomSpec("isi", (), "Isi", lebar=110),
        KolomSpec("alasan", (), "Alasan", lebar=44),
        _ID,
    ),
)

TUGAS_SELESAI = ("Belum", "Selesai")

TUGAS = TabelSpec(
    kunci="Tugas",
    lembar="Tugas",
    nama_tabel="tbl_tugas",
    judul="Tugas Tahun Baru",
    kelompok="kendali",
    awalan_id="tgs",
    sejak=6,
    sumber="Renja-XL",
    tumbuh=True,
    tersembunyi=True,
    tampil_bila_berisi=True,
    kolom_beku=2,
    penjelasan="Yang perlu dikerjakan pada buku yang dibuat dari buku tahun sebelumnya.",
    kolom=(
        KolomSpec("no", (), "No", Tipe.ANGKA, lebar=6, tengah=True),
        KolomSpec("lembar", (), "Lembar", lebar=22),
        KolomSpec("tugas", (), "Yang perlu dikerjakan atau diketahui", lebar=110),
        KolomSpec(
            "keadaan", (), "Keadaan", lebar=12, pilihan=TUGAS_SELESAI, petunjuk="Pilih Selesai bila sudah dikerjakan."
        ),
        _ID,
    ),
)

ASLI = TabelSpec(
    kunci="_asli",
    lembar="_asli",
    nama_tabel="tbl_asli",
    judul="Teks asli sel yang diimpor",
    kelompok="kendali",
    awalan_id="asl",
    sumber="Renja-XL",
    tumbuh=True,
    tersembunyi=True,
    penjelasan="Teks tiap sel sebagaimana tertulis di sumbernya.",
    kolom=(
        KolomSpec("tabel", (), "Tabel", lebar=12),
        KolomSpec("baris_id", (), "Id baris", lebar=12),
        KolomSpec("kolom", (), "Kolom", lebar=26),
        KolomSpec("asli", (), "Tertulis", lebar=50),
    ),
)
