"""Dasar Perhitungan: every rate and rounding in force, with its source and how sure it is."""

from dataclasses import dataclass

from renja_xl.tabel.profil import DARI_KEBUTUHAN, DARI_PAGU
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe


@dataclass(frozen=True, slots=True)
class Dasar:
    """One rate or choice; its cell carries the defined name ``dasar_<kunci>``."""

    kunci: str
    uraian: str
    bawaan: float | str
    satuan: str
    sumber: str
    keyakinan: str
    pilihan: tuple[str, ...] = ()


DASAR = (
    Dasar("dasar_prakiraan", "Dasar prakiraan maju", DARI_KEBUTUHAN, "pilihan",
          "Renja BKPSDM Kabupaten Paser 2025: prakiraan maju mengikuti kebutuhan dana", "Disimpulkan dari data",
          (DARI_KEBUTUHAN, DARI_PAGU)),
    Dasar("pertumbuhan_prakiraan", "Pertumbuhan prakiraan maju", 10.0, "% per tahun",
          "Renja BKPSDM Kabupaten Paser 2025: kebutuhan × 1,1 pada sebagian besar baris", "Disimpulkan dari data"),
    Dasar("pembulatan_prakiraan", "Pembulatan prakiraan maju", 100.0, "Rp",
          "Renja BKPSDM Kabupaten Paser 2025: dibulatkan ke Rp100", "Disimpulkan dari data"),
    *(
        Dasar(f"kriteria_{kunci}", f"Kriteria {nama} mulai", batas, "%",
              "Permendagri 86/2017, skala nilai peringkat kinerja menurut sumber publik; antara dua kelas berlaku batas bawahnya",
              "Menurut sumber publik")
        for kunci, nama, batas in (
            ("sangat_tinggi", "Sangat Tinggi", 91.0), ("tinggi", "Tinggi", 76.0), ("sedang", "Sedang", 66.0),
            ("rendah", "Rendah", 51.0),
        )
    ),
    Dasar("batas_efisien", "Efisien mulai nilai efisiensi", 1.0, "rasio",
          "Renja BKPSDM Kabupaten Paser 2025, 2.1.1: capaian ÷ penyerapan", "Disimpulkan dari data"),
)  # fmt: skip

DASAR_PERHITUNGAN = TabelSpec(
    kunci="Dasar Perhitungan",
    lembar="Dasar Perhitungan",
    nama_tabel="tbl_dasar",
    judul="Dasar Perhitungan",
    kelompok="kendali",
    awalan_id="das",
    sumber="Renja-XL",
    tumbuh=True,
    tersembunyi=True,
    kolom_beku=1,
    penjelasan="Tarif, pembulatan, dan pilihan yang berlaku, dengan sumber dan tingkat keyakinannya; boleh diubah.",
    kolom=(
        KolomSpec("uraian", (), "Uraian", peran=Peran.TAUTAN, lebar=34),
        KolomSpec("nilai", (), "Nilai", Tipe.BEBAS, lebar=26, petunjuk="Boleh diubah; tabel mengikuti."),
        KolomSpec("satuan", (), "Satuan", peran=Peran.TAUTAN, lebar=14, tengah=True),
        KolomSpec("sumber", (), "Sumber", lebar=60),
        KolomSpec("keyakinan", (), "Keyakinan", lebar=24),
        KolomSpec("kunci", (), "kunci", peran=Peran.KUNCI, tersembunyi=True),
        KolomSpec("id", (), "id baris", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
    ),
)
