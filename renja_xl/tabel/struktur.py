"""Program & Sub Kegiatan: the one tree (struktur), one row per indicator, typed once."""

from renja_xl.core.buku import LEVEL_SIMPUL, STRUKTUR, CaraHitung, Level, Sifat
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec

YA, TIDAK = "Ya", "Tidak"
SAKIP = "SAKIP"

PROGRAM_SUB_KEGIATAN = TabelSpec(
    kunci=STRUKTUR,
    lembar=STRUKTUR,
    nama_tabel="tbl_struktur",
    judul="Program, Kegiatan, dan Sub Kegiatan",
    kelompok="isian",
    awalan_id="str",
    sumber="Renja-XL; nomenklatur Permendagri 90/2019 dan pemutakhirannya",
    tumbuh=True,
    kolom_beku=3,
    penjelasan="Pohon program, kegiatan, dan sub kegiatan dengan indikatornya, diketik sekali untuk semua tabel.",
    catatan_kaki=(),
    kolom=(
        KolomSpec("kode", (), "Kode", lebar=19,
                  petunjuk="Kode nomenklatur sebagai teks, misalnya 5.03.02.2.01.0004. Boleh dikosongkan bila belum pasti."),
        KolomSpec("level", (), "Level", lebar=17, pilihan=tuple(x.judul for x in (*LEVEL_SIMPUL, Level.INDIKATOR_LANJUTAN)),
                  petunjuk="Indikator lanjutan: indikator berikutnya dari baris di atasnya."),
        KolomSpec("nama", (), "Nama", lebar=46,
                  petunjuk="Nama urusan, program, kegiatan, atau sub kegiatan. Dikosongkan pada indikator lanjutan."),
        KolomSpec("indikator", (), "Indikator kinerja", lebar=46, petunjuk="Satu indikator per baris."),
        KolomSpec("satuan", (), "Satuan", lebar=12, tengah=True, petunjuk="Misalnya Dokumen, Orang, atau %."),
        KolomSpec("cara_hitung", (), "Cara hitung", lebar=14, pilihan=tuple(c.judul for c in CaraHitung),
                  petunjuk="Cara realisasi antartahun digabung (kolom 10 T-C.29). Dikosongkan: menurut satuannya."),
        KolomSpec("sifat", (), "Sifat", lebar=25, pilihan=tuple(s.judul for s in Sifat),
                  petunjuk="Pilih makin rendah makin baik, misalnya untuk jumlah kasus."),
        KolomSpec("skala", (), "Skala", lebar=10, pilihan=(SAKIP, "Lainnya"), tengah=True,
                  petunjuk="SAKIP hanya untuk nilai SAKIP."),
        KolomSpec("sasaran", (), "Sasaran", lebar=34, petunjuk="Sasaran yang didukung; diisi pada baris program."),
        KolomSpec("di_evaluasi", (), "Di evaluasi?", lebar=11, pilihan=(YA, TIDAK), tengah=True,
                  petunjuk="Ya: tampil di T-C.29. Dikosongkan berarti Ya."),
        KolomSpec("di_rencana", (), "Di rencana?", lebar=11, pilihan=(YA, TIDAK), tengah=True,
                  petunjuk="Ya: tampil di T-C.31, T-C.33, dan RKT. Dikosongkan berarti Ya."),
        KolomSpec("keterangan_kode", (), "Keterangan kode", lebar=30, petunjuk="Seberapa pasti kodenya."),
        KolomSpec("simpul", (), "id simpul", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
        KolomSpec("indikator_id", (), "id indikator", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
    ),
)  # fmt: skip
