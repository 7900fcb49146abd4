"""Triwulan (Formulir E.81): figures that do not follow, and realisasi that contradicts itself or its budget."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from renja_xl.core.buku import Baris, CaraHitung, Level, Sifat
from renja_xl.core.impor_triwulan import seperti_kumulatif
from renja_xl.core.nilai import tulis, tulis_rp
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.core.triwulan import akhir_lapor, cara_sifat_baris
from renja_xl.periksa.hit import sepakat
from renja_xl.periksa.konteks import Konteks, teks_nilai, tertulis
from renja_xl.tabel import TRIWULAN
from renja_xl.tabel.spec import KolomSpec, Peran
from renja_xl.tabel.triwulan import ROMAWI, TRIWULAN_KE

_HITUNG_ULANG = "Jalankan Hitung Ulang (perintah hitung) agar rumusnya kembali."
_INDUK = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.TOTAL})


def sel_hitungan(k: Konteks) -> Iterator[Temuan]:
    """A computed or rolled-up cell differs from its formula."""
    hitungan = [c for c in TRIWULAN.kolom if c.peran is Peran.HITUNG and not c.tersembunyi]
    for b, benar in k.pasangan(TRIWULAN):
        induk = TRIWULAN.kolom_uang if b.level in _INDUK else ()
        for aturan, kolom in (*(("HIT-15", c) for c in hitungan), *(("ROL-04", c) for c in induk)):
            sel, nilai = b[kolom.kunci], benar[kolom.kunci].nilai
            if sel.nilai == nilai or sepakat(kolom, sel, nilai):
                continue
            isi, seharusnya = tertulis(kolom, sel), teks_nilai(kolom, nilai)
            apa = "jumlah rinciannya" if aturan == "ROL-04" else "rumusnya menghasilkan"
            yield k.temuan(
                aturan, Tingkat.HARUS_DIPERBAIKI if isi else Tingkat.PERLU_DICEK, TRIWULAN, b, kolom.kunci,
                f"{_sebutan(k, kolom)} “{_nama(k, b)}” {f'tertulis {isi}' if isi else 'kosong'}, padahal {apa} {seharusnya}.",
                _HITUNG_ULANG, isi, seharusnya,
            )  # fmt: skip


def melebihi_anggaran(k: Konteks) -> Iterator[Temuan]:
    """More spent than budgeted, or spent without a budget."""
    for b in k.buku.baris(TRIWULAN.kunci):
        realisasi, pagu = b["realisasi_rp"].angka, b["pagu_n"].angka
        if b.level is not Level.SUB_KEGIATAN or not realisasi or (pagu is not None and realisasi <= pagu):
            continue
        banding = f"lebih dari anggarannya {tulis_rp(int(pagu))}" if pagu else "tetapi anggarannya kosong"
        yield k.temuan(
            "LOG-20", Tingkat.PERLU_DICEK, TRIWULAN, b, "realisasi_rp",
            f"Realisasi anggaran {k.tahun} “{_nama(k, b)}” {tulis_rp(int(realisasi))}, {banding}.",
            "Periksa realisasi tiap triwulan, atau ketik anggaran DPA terakhir di kolom 7.", tulis(realisasi, rupiah=True),
        )  # fmt: skip


def kinerja_tanpa_target(k: Konteks) -> Iterator[Temuan]:
    """A realisasi that no target stands beside, so that no rate can be given."""
    for b in k.buku.baris(TRIWULAN.kunci):
        if b["realisasi"].angka is None or b["target_n"].angka:
            continue
        yield k.temuan(
            "LOG-21", Tingkat.PERLU_DICEK, TRIWULAN, b, "target_n",
            f"Realisasi kinerja {k.tahun} “{_nama(k, b)}” {tulis(b['realisasi'].nilai)}, tetapi targetnya kosong atau nol.",
            "Isi targetnya di T-C.33, atau ketik target DPA di kolom 7.", tertulis(TRIWULAN.menurut_kunci["target_n"], b["target_n"]),
        )  # fmt: skip


def triwulan_terlewat(k: Konteks) -> Iterator[Temuan]:
    """A quarter without a figure before one that has one."""
    for b, awalan, deret in _deret(k):
        lewat = [q for q, n in enumerate(deret[: akhir_lapor(deret)], 1) if n is None]
        if lewat:
            kolom = f"{awalan}{lewat[0]}"
            yield k.temuan(
                "LOG-22", Tingkat.PERLU_DICEK, TRIWULAN, b, kolom,
                f"{'K' if awalan == 'k_tw' else 'Rp'} triwulan {', '.join(ROMAWI[q - 1] for q in lewat)} “{_nama(k, b)}” kosong, padahal "
                f"triwulan {ROMAWI[akhir_lapor(deret) - 1]} terisi.",
                "Isi triwulan itu, 0 bila memang tidak ada.",
            )  # fmt: skip


def tampak_kumulatif(k: Konteks) -> Iterator[Temuan]:
    """Figures of the quarters that seem to run up from the beginning of the year, so that their sum counts twice."""
    for b, awalan, _ in _deret(k):
        dijumlahkan = awalan == "rp_tw" or cara_sifat_baris(b)[0] is CaraHitung.DIJUMLAHKAN
        if dijumlahkan and seperti_kumulatif(b, awalan):
            apa, batas = ("Rp", "anggaran") if awalan == "rp_tw" else ("K", "target")
            yield k.temuan(
                "LOG-23", Tingkat.PERLU_DICEK, TRIWULAN, b, f"{awalan}1",
                f"{apa} tiap triwulan “{_nama(k, b)}” selalu naik dan jumlahnya melebihi {batas} setahun; tampaknya jumlah "
                "sejak awal tahun.",
                "Tulis yang dicapai pada triwulan itu saja.",
            )  # fmt: skip


def posisi_menurun(k: Konteks) -> Iterator[Temuan]:
    """A position that falls from one quarter to the next, of an indicator that should rise."""
    for b, awalan, deret in _deret(k):
        if awalan != "k_tw" or cara_sifat_baris(b) != (CaraHitung.POSISI_AKHIR, Sifat.MAKIN_TINGGI):
            continue
        ada = [(q, n) for q, n in enumerate(deret, 1) if n is not None]
        turun = next(((p, q) for p, q in pairwise(ada) if q[1] < p[1]), None)
        if turun is not None:
            (p, x), (q, y) = turun
            yield k.temuan(
                "LOG-24", Tingkat.INFORMASI, TRIWULAN, b, f"k_tw{q}",
                f"Posisi “{_nama(k, b)}” turun dari {tulis(x)} pada triwulan {ROMAWI[p - 1]} menjadi {tulis(y)} pada triwulan "
                f"{ROMAWI[q - 1]}.",
                "Pastikan angkanya; jelaskan penyebabnya di Rekap Triwulan bila memang turun.", tulis(y),
            )  # fmt: skip


def _deret(k: Konteks) -> Iterator[tuple[Baris, str, list[float | int | None]]]:
    """Figures of the four quarters: K of every indicator, Rp of every sub kegiatan."""
    for b in k.buku.baris(TRIWULAN.kunci):
        for awalan in ("k_tw", *(("rp_tw",) if b.level is Level.SUB_KEGIATAN else ())):
            yield b, awalan, [b[f"{awalan}{q}"].angka for q in TRIWULAN_KE]


def _nama(k: Konteks, b: Baris) -> str:
    teks = b["indikator"].nilai
    return teks if isinstance(teks, str) and teks else k.nama(TRIWULAN, b)


def _sebutan(k: Konteks, kolom: KolomSpec) -> str:
    return kolom.sebutan(k.tahun)


ATURAN_EVALUASI = (
    Aturan("HIT-15", Tingkat.HARUS_DIPERBAIKI, "sel hitungan Triwulan", "Permendagri 86/2017, Formulir E.81"),
    Aturan("ROL-04", Tingkat.HARUS_DIPERBAIKI, "jumlah induk di Triwulan", "Permendagri 86/2017, Formulir E.81"),
    Aturan("LOG-20", Tingkat.PERLU_DICEK, "realisasi triwulan melebihi anggaran", "Permendagri 86/2017, Formulir E.81"),
    Aturan("LOG-21", Tingkat.PERLU_DICEK, "realisasi triwulan tanpa target", "Permendagri 86/2017, Formulir E.81"),
    Aturan("LOG-22", Tingkat.PERLU_DICEK, "triwulan terlewat", "Permendagri 86/2017, Formulir E.81"),
    Aturan("LOG-23", Tingkat.PERLU_DICEK, "angka triwulan tampak kumulatif", "Permendagri 86/2017, Formulir E.81"),
    Aturan("LOG-24", Tingkat.INFORMASI, "posisi menurun antartriwulan", "Permendagri 86/2017, Formulir E.81"),
)

PERIKSA_EVALUASI = (
    sel_hitungan,
    melebihi_anggaran,
    kinerja_tanpa_target,
    triwulan_terlewat,
    tampak_kumulatif,
    posisi_menurun,
)
