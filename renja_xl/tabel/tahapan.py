"""Tahapan: the plan as it stood at each stage, kept inside the workbook as plain text cells."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

PANJANG_BAGIAN = 32_000
"""Characters of one cell of a stored plan; a cell holds at most 32,767."""

SEBAB = (("ditambah", "ditambah"), ("dihapus", "dihapus"), ("naik", "naik"), ("turun", "turun"))
"""Why a total differs from that of the stage before: keys, and words."""


def _banyak(kunci: str, judul: str) -> KolomSpec:
    return KolomSpec(kunci, (), judul, Tipe.ANGKA, Peran.TAUTAN, 9, tengah=True)


TAHAPAN_TERSIMPAN = TabelSpec(
    kunci="Tahapan",
    lembar="Tahapan",
    nama_tabel="tbl_tahapan",
    judul="Tahapan Tersimpan",
    kelompok="kendali",
    awalan_id="thp",
    sejak=6,
    sumber="Renja-XL",
    tumbuh=True,
    tersembunyi=True,
    kolom_beku=1,
    penjelasan="Rencana sebagaimana adanya pada tiap tahapan, disimpan padat; dibuka dengan perintah sanding dan tahapan.",
    kolom=(
        KolomSpec("nama", (), "Tahapan", peran=Peran.TAUTAN, lebar=26),
        KolomSpec("tahun", (), "Tahun", Tipe.ANGKA, Peran.TAUTAN, 8, tengah=True),
        KolomSpec("disimpan", (), "Disimpan", peran=Peran.TAUTAN, lebar=28),
        KolomSpec("bagian", (), "Bagian", Tipe.ANGKA, Peran.TAUTAN, 8, tengah=True),
        _banyak("urusan", "Urusan"),
        _banyak("program", "Program"),
        _banyak("kegiatan", "Kegiatan"),
        _banyak("sub_kegiatan", "Sub Kegiatan"),
        KolomSpec("anggaran", (), "Pagu (Rp)", Tipe.RUPIAH, Peran.TAUTAN, 20),
        KolomSpec("terhadap", (), "Dibandingkan dengan", peran=Peran.TAUTAN, lebar=26),
        *(
            k
            for kunci, kata in SEBAB
            for k in (
                _banyak(f"banyak_{kunci}", f"Sub kegiatan {kata}"),
                KolomSpec(f"rp_{kunci}", (), f"{kata.capitalize()} (Rp)", Tipe.RUPIAH, Peran.TAUTAN, 18),
            )
        ),
        KolomSpec("isi", (), "isi tersimpan", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("sidik", (), "sidik isi", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("id", (), "id baris", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
    ),
)  # fmt: skip
"""A stored plan takes as many rows as it needs cells; counts and total stand on its first."""
