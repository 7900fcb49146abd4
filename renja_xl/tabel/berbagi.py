"""Sheets of a share copy: what the official tables need, the cover, Bappeda's decisions, and the manifest."""

from __future__ import annotations

from dataclasses import dataclass

from renja_xl.core.buku import Level
from renja_xl.tabel import (
    CATATAN_PERBAIKAN,
    DASAR_PERHITUNGAN,
    INDEKS,
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    RENSTRA,
    TABEL_EVALUASI,
    TABEL_RESMI,
)
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

KEPUTUSAN = ("Sesuai", "Perlu perbaikan", "Tidak sesuai", "Perlu penjelasan")
"""What Bappeda decides on a program, kegiatan or sub kegiatan."""

LEVEL_VERIFIKASI = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)

_WAJIB = frozenset(LEVEL_VERIFIKASI)

VERIFIKASI = TabelSpec(
    kunci="Verifikasi Bappeda",
    lembar="Verifikasi Bappeda",
    nama_tabel="tbl_verifikasi",
    judul="Verifikasi Bappeda",
    kelompok="isian",
    awalan_id="ver",
    sumber="Permendagri 86/2017, verifikasi rancangan Renja oleh Bappeda",
    kolom_beku=3,
    aturan="Diisi Bappeda, satu baris tiap program, kegiatan, dan sub kegiatan: pilih keputusan; bila perlu, usulkan pagu dan "
    "target, dan beri catatan.",
    penjelasan="Keputusan, usulan, dan catatan Bappeda untuk tiap program, kegiatan, dan sub kegiatan.",
    kolom=(
        KolomSpec("kode", (), "Kode", peran=Peran.TAUTAN, lebar=19),
        KolomSpec("level", (), "Level", peran=Peran.TAUTAN, lebar=13),
        KolomSpec("nama", (), "Nama", peran=Peran.TAUTAN, lebar=40),
        KolomSpec("indikator", (), "Indikator kinerja", peran=Peran.TAUTAN, lebar=40),
        KolomSpec("target", (), "Target", peran=Peran.TAUTAN, lebar=16),
        KolomSpec("pagu", (), "Pagu (Rp)", Tipe.RUPIAH, Peran.TAUTAN, 19),
        KolomSpec("keputusan", (), "Keputusan", lebar=17, pilihan=KEPUTUSAN, level=_WAJIB,
                  petunjuk="Pilih salah satu dari daftar; kosongkan bila belum diputuskan."),
        KolomSpec("usulan_pagu", (), "Usulan pagu (Rp)", Tipe.RUPIAH, lebar=19, level=_WAJIB,
                  petunjuk="Rupiah penuh, angka saja. Kosongkan bila pagunya sesuai."),
        KolomSpec("usulan_target", (), "Usulan target", lebar=16, level=_WAJIB,
                  petunjuk="Misalnya 5 Dokumen. Kosongkan bila targetnya sesuai."),
        KolomSpec("catatan", (), "Catatan", lebar=44, level=_WAJIB, petunjuk="Alasan, atau yang perlu dijelaskan."),
        KolomSpec("simpul", (), "id simpul", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
    ),
)  # fmt: skip
"""One line per node; ``simpul`` is its id in the struktur, by which decisions find their way back."""

SAMPUL = "Sampul"

PENDUKUNG = (PROFIL, PROGRAM_SUB_KEGIATAN, RENSTRA, DASAR_PERHITUNGAN)
"""What the formulas of the official tables look up; to be read beside them."""

LEMBAR_BERBAGI = (VERIFIKASI, *TABEL_RESMI, *TABEL_EVALUASI, *PENDUKUNG, INDEKS)
"""Tables of a share copy in the order of their sheets, after the cover; ``Indeks`` is hidden: counts look it up. Those of
the evaluation are there once something is typed into them."""

TABEL_BERBAGI = (*TABEL_RESMI, *TABEL_EVALUASI, *PENDUKUNG, INDEKS)
"""Tables of a plan that a share copy carries."""

SELALU_BERBAGI = tuple(spec for spec in TABEL_BERBAGI if spec not in TABEL_EVALUASI)
"""Those of them that no share copy lacks."""

TERKUNCI_SELURUHNYA = (PROFIL, PROGRAM_SUB_KEGIATAN, DASAR_PERHITUNGAN, INDEKS, CATATAN_PERBAIKAN)
"""Tables that say who planned what, and by which rates: nothing in them is for Bappeda to change."""


@dataclass(frozen=True, slots=True)
class Manifes:
    """The sheet on which a share copy says what it holds, as plain rows of text."""

    lembar: str
    judul: str
    kolom: tuple[str, ...]
    baris_kepala: int

    @property
    def baris_pertama(self) -> int:
        return self.baris_kepala + 1


MANIFES = Manifes(
    lembar="_manifes",
    judul="Isi berkas ini saat dikirim; dipakai cek-berkas, mohon jangan diubah",
    kolom=("Lembar", "Sel", "Id baris", "Kolom", "Jenis", "Isi", "Format"),
    baris_kepala=3,
)

VERSI_MANIFES = 1
"""Version of the manifest's rows; a newer program reads older ones."""
