"""Riwayat: who changed what, and when; and the last recorded state that the next difference is taken from."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

BATAS_RIWAYAT = 5_000
"""Rows that the sheet keeps at most; older ones are moved to a file."""
SISA_RIWAYAT = 4_000
"""Rows that stay when some are moved."""


def _kolom(kunci: str, judul: str, lebar: float, *, tengah: bool = False) -> KolomSpec:
    return KolomSpec(kunci, (), judul, peran=Peran.TAUTAN, lebar=lebar, tengah=tengah)


RIWAYAT = TabelSpec(
    kunci="Riwayat",
    lembar="Riwayat",
    nama_tabel="tbl_riwayat",
    judul="Riwayat Perubahan",
    kelompok="kendali",
    awalan_id="riw",
    sejak=6,
    sumber="Renja-XL",
    tumbuh=True,
    tersembunyi=True,
    kolom_beku=1,
    penjelasan="Siapa mengubah apa dan kapan: tiap isian yang berubah, semula → menjadi; yang terbaru di bawah.",
    kolom=(
        _kolom("waktu", "Waktu", 20, tengah=True),
        _kolom("oleh", "Oleh", 18),
        _kolom("lewat", "Lewat", 22),
        _kolom("lembar", "Lembar", 20),
        _kolom("kode", "Kode", 19),
        _kolom("nama", "Nama", 44),
        _kolom("kolom", "Kolom", 40),
        _kolom("lama", "Semula", 26),
        _kolom("baru", "Menjadi", 26),
        KolomSpec("rujukan", (), "rujukan", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
        KolomSpec("id", (), "id baris", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
    ),
)

KEADAAN_TERAKHIR = TabelSpec(
    kunci="_keadaan",
    lembar="_keadaan",
    nama_tabel="tbl_keadaan",
    judul="Isian pada catatan riwayat terakhir",
    kelompok="kendali",
    awalan_id="kea",
    sejak=6,
    sumber="Renja-XL",
    tumbuh=True,
    tersembunyi=True,
    penjelasan="Isian sebagaimana adanya saat riwayat terakhir dicatat, disimpan padat; hanya untuk membandingkan.",
    kolom=(
        KolomSpec("bagian", (), "Bagian", Tipe.ANGKA, Peran.TAUTAN, 10, tengah=True),
        KolomSpec("isi", (), "Isi", peran=Peran.TAUTAN, lebar=80),
        KolomSpec("id", (), "id baris", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
    ),
)
"""Never read instead of the cells: it only tells what they held before."""
