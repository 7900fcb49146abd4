"""The calendar of the stages of a Renja, and what is done in the workbook at each."""

from __future__ import annotations

from dataclasses import dataclass

from renja_xl.tabel.profil import TAHAPAN


@dataclass(frozen=True, slots=True)
class Tahapan:
    """One stage: when it usually is, in the year before the plan year unless said, and what to do."""

    nama: str
    waktu: str
    kerjakan: str


_SIMPAN = "Simpan Tahapan"

KALENDER = (
    Tahapan(
        TAHAPAN[0], "s.d. Desember, dua tahun sebelumnya",
        "Buat buku tahun rencana, isi Profil, Program & Sub Kegiatan, dan Renstra. Kumpulkan realisasi untuk T-C.29.",
    ),
    Tahapan(
        TAHAPAN[1], "Desember s.d. Februari",
        f"Isi T-C.29 sampai T-C.33; Periksa sampai bersih; {_SIMPAN} bernama Rancangan awal.",
    ),
    Tahapan(
        TAHAPAN[2], "Maret",
        "Sesuaikan dengan surat edaran dan Rancangan Awal RKPD di T-C.31. Sandingkan Tahapan menyebut yang berubah dan sebabnya.",
    ),
    Tahapan(
        TAHAPAN[3], "Maret",
        f"Bahas usulan dan kesepakatan (T-C.32); {_SIMPAN} bernama Forum sesudahnya.",
    ),
    Tahapan(
        TAHAPAN[4], "April",
        "Kirim salinan ke Bappeda; catatan dan keputusannya kembali bersama salinannya.",
    ),
    Tahapan(
        TAHAPAN[5], "Juni s.d. Juli, setelah RKPD ditetapkan",
        f"Samakan dengan RKPD. Sandingkan Buku dengan salinan RKPD; {_SIMPAN} bernama Rancangan akhir.",
    ),
    Tahapan(
        TAHAPAN[6], "Juli",
        "Kirim lagi untuk verifikasi Bappeda dan reviu APIP; lampirkan persandingannya.",
    ),
    Tahapan(
        TAHAPAN[7], "paling lambat satu bulan setelah RKPD ditetapkan",
        f"{_SIMPAN} bernama Renja: barisnya di Anggaran tidak lagi mengikuti perubahan. Setelah APBD ditetapkan, {_SIMPAN} bernama APBD.",
    ),
    Tahapan(
        TAHAPAN[8], "Juni s.d. Agustus tahun rencana",
        "Ubah pagu dan target, lalu Sandingkan Tahapan dengan Renja: buku persandingannya berbentuk sebelum, setelah, "
        f"bertambah/(berkurang). {_SIMPAN} bernama APBDP.",
    ),
)  # fmt: skip
"""In the order of the stages."""

CATATAN_KALENDER = (
    "Bulannya menurut kebiasaan, pada tahun sebelum tahun rencana bila tidak disebut; jadwal daerah yang menentukan."
)
