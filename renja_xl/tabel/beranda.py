"""Beranda: the start page, one row per quantity, with a link to where it comes from; and the data of its charts."""

from dataclasses import dataclass

from renja_xl.core.buku import Level
from renja_xl.tabel.kendali import KELUARGA_CATATAN
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

JUDUL_BERANDA = "Beranda Renja Tahun {n}"


@dataclass(frozen=True, slots=True)
class ButirBeranda:
    """One row: a quantity, its words, and the sheet where it is looked into."""

    kunci: str
    bagian: str
    uraian: str
    lembar: str
    selisih: str | None = None


BUTIR_BERANDA = (
    ButirBeranda("keadaan_jumlah", "Jumlah (Rp)", "Perbandingan jumlah", "Perbandingan"),
    ButirBeranda("total_rkpd", "Jumlah (Rp)", "Rancangan Awal RKPD {n}", "T-C.31", "selisih_rkpd"),
    ButirBeranda("total_kebutuhan", "Jumlah (Rp)", "Hasil analisis kebutuhan {n}", "T-C.31"),
    ButirBeranda("total_pagu", "Jumlah (Rp)", "Pagu rencana {n} (T-C.33)", "T-C.33", "selisih_pagu"),
    ButirBeranda("total_rkt", "Jumlah (Rp)", "Anggaran RKT {n}", "RKT", "selisih_rkt"),
    ButirBeranda("total_p1", "Jumlah (Rp)", "Prakiraan maju {p1}", "T-C.33"),
    ButirBeranda("catatan_berat", "Catatan", "Harus diperbaiki", "Catatan Perbaikan"),
    ButirBeranda("catatan_cek", "Catatan", "Perlu dicek", "Catatan Perbaikan"),
    ButirBeranda("catatan_informasi", "Catatan", "Informasi", "Catatan Perbaikan"),
    ButirBeranda("catatan_dijelaskan", "Catatan", "Sudah dijelaskan", "Catatan Perbaikan"),
    ButirBeranda("catatan_sisa", "Catatan", "Sisa", "Catatan Perbaikan"),
    ButirBeranda("perangkat_daerah", "Identitas", "Perangkat daerah", "Profil"),
    ButirBeranda("kabupaten", "Identitas", "Kabupaten/kota", "Profil"),
    ButirBeranda("tahun_renstra", "Identitas", "Periode Renstra", "Renstra"),
    ButirBeranda("tahapan", "Identitas", "Tahapan", "Profil"),
    ButirBeranda("terakhir_dihitung", "Identitas", "Terakhir dihitung", "Panduan"),
    ButirBeranda("keadaan_tabel", "Identitas", "Tabel yang mengikuti isian", "Panduan"),
    ButirBeranda("keadaan_makro", "Identitas", "Tombol dan makro", "Panduan"),
    ButirBeranda("keadaan_python", "Identitas", "Python untuk tombol", "Panduan"),
    ButirBeranda("jumlah_program", "Isi rencana", "Program", "Daftar Program"),
    ButirBeranda("jumlah_kegiatan", "Isi rencana", "Kegiatan", "Daftar Program"),
    ButirBeranda("jumlah_sub", "Isi rencana", "Sub kegiatan", "Daftar Program"),
    ButirBeranda("sub_melebihi", "Kinerja {n2}", "Sub kegiatan melebihi target", "Pemenuhan Target"),
    ButirBeranda("sub_memenuhi", "Kinerja {n2}", "Sub kegiatan memenuhi target", "Pemenuhan Target"),
    ButirBeranda("sub_tidak", "Kinerja {n2}", "Sub kegiatan tidak memenuhi target", "Pemenuhan Target"),
    ButirBeranda("sub_belum", "Kinerja {n2}", "Sub kegiatan belum dapat dinilai", "Pemenuhan Target"),
    ButirBeranda("rata_capaian", "Kinerja {n2}", "Rata-rata capaian IKU (%)", "Capaian IKU"),
    *(
        ButirBeranda(f"catatan_{kunci.lower()}", "Jenis catatan", f"{kata} ({kunci})", "Catatan Perbaikan")
        for kunci, kata in KELUARGA_CATATAN.items()
    ),
)
"""In the order of the sheet: what differs first."""

BERANDA = TabelSpec(
    kunci="Beranda",
    lembar="Beranda",
    nama_tabel="tbl_Beranda",
    judul=JUDUL_BERANDA,
    kelompok="isian",
    awalan_id="brd",
    sejak=3,
    sumber="Renja-XL",
    penjelasan="Ringkasan rencana: jumlah, catatan, identitas, isi, dan grafik, dengan tautan ke tiap lembar.",
    kolom=(
        KolomSpec("bagian", (), "Bagian", peran=Peran.TAUTAN, lebar=13),
        KolomSpec("uraian", (), "Uraian", peran=Peran.TAUTAN, lebar=33),
        KolomSpec("nilai", (), "Nilai", Tipe.BEBAS, Peran.HITUNG, 28),
        KolomSpec("selisih", (), "Selisih dari kebutuhan (Rp)", Tipe.BEBAS, Peran.HITUNG, 20),
        KolomSpec("buka", (), "Buka lembar", peran=Peran.TAUTAN, lebar=18, taut=True),
        *kolom_kunci(
            KolomSpec("kunci", (), "kunci", peran=Peran.KUNCI, tersembunyi=True, cetak=False),
        ),
    ),
)  # fmt: skip


def _uang(kunci: str, judul: str, tabel: str, kolom: str) -> KolomSpec:
    return KolomSpec(kunci, (), judul, Tipe.RUPIAH, Peran.TURUNAN, 20,
                     rumus=f"SUMIFS({{{tabel}.{kolom}}},{{{tabel}.simpul}},{{simpul}})")  # fmt: skip


DATA_GRAFIK = TabelSpec(
    kunci="Data Grafik",
    lembar="Data Grafik",
    nama_tabel="tbl_Grafik",
    judul="Data Grafik Beranda",
    kelompok="kendali",
    awalan_id="grf",
    sejak=3,
    sumber="Renja-XL",
    keanggotaan="rencana",
    level_tampil=(Level.PROGRAM, Level.KEGIATAN),
    per_simpul=True,
    tersembunyi=True,
    penjelasan="Angka yang digambar di Beranda: pagu dan capaian tiap program, pagu tiap kegiatan.",
    kolom=(
        KolomSpec("label", (), "Nama", peran=Peran.TAUTAN, tautan="nama_pendek", lebar=50),
        KolomSpec("jenjang", (), "Jenjang", peran=Peran.TAUTAN, tautan="level", lebar=14),
        _uang("pagu_rkpd", "Rancangan Awal RKPD", "T-C.31", "pagu_rkpd"),
        _uang("kebutuhan_dana", "Kebutuhan", "T-C.31", "kebutuhan_dana"),
        _uang("pagu_n", "T-C.33", "T-C.33", "pagu_n"),
        KolomSpec("capaian", (), "Capaian Renstra (%)", Tipe.PERSEN, Peran.TURUNAN, 18,
                  rumus='IFERROR(AVERAGEIFS({T-C.29.tingkat_capaian_renstra},{T-C.29.simpul},{simpul}),"-")'),
        *kolom_kunci(),
    ),
)  # fmt: skip
