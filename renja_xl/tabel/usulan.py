"""Usulan Bappeda: what came back with a verified share copy, one line per decision, proposal or remark."""

from enum import StrEnum

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

TERIMA, TOLAK = "Terima", "Tolak"
"""What a planner chooses for a proposal."""


class JenisUsulan(StrEnum):
    """What a line is about."""

    KEPUTUSAN = "Keputusan"
    PAGU = "Usulan pagu"
    TARGET = "Usulan target"
    ISIAN = "Perubahan isian"
    TERKUNCI = "Perubahan bagian terkunci"
    BARIS_BARU = "Baris baru"
    BARIS_HILANG = "Baris dihapus"
    CATATAN = "Catatan"
    KOMENTAR = "Komentar"


class Keadaan(StrEnum):
    """What has become of a line."""

    BENTROK = "Bentrok"
    MENUNGGU = "Menunggu"
    DITERIMA = "Diterima"
    DITOLAK = "Ditolak"
    DITANGGAPI = "Ditanggapi"
    DIGANTIKAN = "Digantikan"
    SELESAI = "Selesai"


TERBUKA = frozenset({Keadaan.BENTROK, Keadaan.MENUNGGU})
"""Lines that wait for the planner."""


def _kunci(kunci: str, nomor: str) -> KolomSpec:
    return KolomSpec(kunci, (), nomor, peran=Peran.KUNCI, tersembunyi=True, cetak=False)


USULAN_BAPPEDA = TabelSpec(
    kunci="Usulan Bappeda",
    lembar="Usulan Bappeda",
    nama_tabel="tbl_usulan",
    judul="Usulan Bappeda",
    kelompok="kendali",
    awalan_id="usl",
    sejak=6,
    sumber="Permendagri 86/2017, verifikasi rancangan Renja oleh Bappeda",
    tumbuh=True,
    tersembunyi=True,
    tampil_bila_berisi=True,
    kolom_beku=2,
    aturan="Diisi perintah terima dari salinan yang sudah diverifikasi; tidak ada isian yang berubah sebelum Anda memilih Terima lalu "
    "menerapkannya. Bentrok: isiannya sudah Anda ubah sejak salinan dikirim. Keputusan selain Sesuai, catatan, dan komentar dijawab "
    "di kolom Tanggapan.",
    penjelasan="Keputusan, usulan, dan catatan yang kembali dari Bappeda, di samping isian saat dikirim dan kini; dipilih satu per satu.",
    kolom=(
        KolomSpec("no", (), "No", Tipe.ANGKA, Peran.TAUTAN, 6, tengah=True),
        KolomSpec("jenis", (), "Jenis", peran=Peran.TAUTAN, lebar=15),
        KolomSpec("kode", (), "Kode", peran=Peran.TAUTAN, lebar=18),
        KolomSpec("nama", (), "Baris", peran=Peran.TAUTAN, lebar=34),
        KolomSpec("lembar", (), "Lembar", peran=Peran.TAUTAN, lebar=14),
        KolomSpec("kolom", (), "Kolom", peran=Peran.TAUTAN, lebar=20),
        KolomSpec("dikirim", (), "Saat dikirim", peran=Peran.TAUTAN, lebar=20),
        KolomSpec("kini", (), "Kini di buku ini", peran=Peran.TAUTAN, lebar=20),
        KolomSpec("usulan", (), "Usulan Bappeda", peran=Peran.TAUTAN, lebar=24),
        KolomSpec("keputusan", (), "Keputusan", peran=Peran.TAUTAN, lebar=13),
        KolomSpec("catatan", (), "Catatan Bappeda", peran=Peran.TAUTAN, lebar=34),
        KolomSpec("pilihan", (), "Pilihan", lebar=10, tengah=True, pilihan=(TERIMA, TOLAK),
                  petunjuk="Terima: usulan ini masuk saat Terapkan Usulan. Tolak: isian tetap seperti kini. Kosong: belum dipilih."),
        KolomSpec("tanggapan", (), "Tanggapan", lebar=30,
                  petunjuk="Jawaban untuk Bappeda: yang sudah diperbaiki, atau alasan tetap seperti semula."),
        KolomSpec("keadaan", (), "Keadaan", peran=Peran.TAUTAN, lebar=15, tengah=True),
        KolomSpec("dari", (), "Dari", peran=Peran.TAUTAN, lebar=28),
        _kunci("tabel", "kunci tabel"),
        _kunci("baris", "id baris tujuan"),
        _kunci("kunci_kolom", "kunci kolom"),
        _kunci("simpul", "id simpul"),
        _kunci("nilai_dikirim", "isi saat dikirim"),
        _kunci("nilai_usulan", "isi usulan"),
        _kunci("salinan", "kode salinan"),
        _kunci("id", "id baris"),
    ),
)  # fmt: skip
"""``nilai_*`` hold canonical content (``jenis:isi``); ``salinan`` is the code of the copy that a line came with."""
