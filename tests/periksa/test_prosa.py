"""A narrative in an office's own words: what contradicts the tables is found at its paragraph, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from renja_xl.core.bahan import Bahan, Paragraf
from renja_xl.core.buku import Buku, Level
from renja_xl.core.nilai import tulis_angka, tulis_rupiah
from renja_xl.core.struktur import anggota
from renja_xl.core.terbilang import terbilang
from renja_xl.periksa import periksa
from tests.bench.sebar.rencana import rencana

KALIMAT = {
    "dengan huruf": "Rencana kerja {pd} Tahun {n} memuat sebanyak {program} ({program_huruf}) program, {kegiatan} kegiatan dan {sub} "
    "sub kegiatan.",
    "dijabarkan": "Pada Tahun Anggaran {n}, {pd} merencanakan {program} program yang dijabarkan ke dalam {kegiatan} kegiatan serta {sub} "
    "sub kegiatan dengan total pagu sebesar Rp{pagu},00.",
    "huruf saja": "Renja Tahun {n} terdiri atas {program_huruf} program, {kegiatan_huruf} kegiatan, dan {sub_huruf} sub kegiatan.",
    "kebutuhan": "Kebutuhan dana untuk melaksanakan seluruh program dan kegiatan Tahun {n} adalah sebesar Rp{pagu}.",
    "pagu APBD": "Total pagu indikatif Renja Tahun {n} sebesar Rp. {pagu},- yang bersumber dari APBD.",
    "pegawai": "Jumlah pegawai {pd} sampai dengan bulan Mei {n1} sebanyak {pegawai} orang, terdiri dari {laki} orang laki-laki dan "
    "{perempuan} orang perempuan.",
    "didukung": "Didukung oleh {pegawai} orang pegawai, yaitu {laki} laki-laki dan {perempuan} perempuan, {pd} melaksanakan tugasnya.",
    "serapan": "Realisasi keuangan Tahun {n2} mencapai {persen} persen, yakni Rp{realisasi} dari pagu Rp{anggaran}.",
    "terealisasi": "Pada Tahun {n2} anggaran sebesar Rp{anggaran} terealisasi sebesar Rp{realisasi} atau {persen}%.",
}
POLOS = (
    "Salah satu program prioritas nasional adalah penurunan stunting menjadi 14%.",
    "Pelaksanaan kegiatan tersebut melibatkan 25 (dua puluh lima) orang peserta dari 10 kecamatan selama 2 (dua) hari.",
    "Anggaran Kegiatan Administrasi Umum sebesar Rp250.000.000 terealisasi Rp240.000.000 atau 96%.",
    "Total pagu Program Penunjang sebesar Rp6.489.745.657.",
    "Bidang Mutasi melaksanakan 2 kegiatan dan 5 sub kegiatan dengan pagu Rp1.250.000.000.",
    "Program Pengelolaan terdiri atas dua kegiatan dan lima sub kegiatan.",
    "Jumlah pegawai yang pensiun Tahun 2024 sebanyak 9 orang.",
    "Kondisi pegawai ASN Kabupaten berjumlah 6.240 orang, 45 orang di antaranya pensiun pada tahun depan.",
    "Usulan masyarakat hasil Musrenbang sebanyak 125 usulan senilai Rp12,5 miliar.",
    "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017 tentang Tata Cara Perencanaan dan Evaluasi Pembangunan Daerah.",
)


@pytest.fixture(scope="module")
def buku() -> Buku:
    return rencana(8, 2)


def isi(buku: Buku, geser: Mapping[str, int] = {}) -> dict[str, str]:
    """Numbers of the plan as its tables show them, some of them off."""
    ada = anggota(buku, "rencana")
    angka = {n: sum(s.level is lv and s.id in ada for s in buku.simpul)
             for n, lv in (("program", Level.PROGRAM), ("kegiatan", Level.KEGIATAN), ("sub", Level.SUB_KEGIATAN))}  # fmt: skip
    jumlah = next(b for b in buku.baris("Pegawai") if b.level is Level.JUMLAH)
    angka |= {
        "pegawai": int(jumlah["jumlah"].angka or 0),
        "laki": int(jumlah["laki_laki"].angka or 0),
        "perempuan": int(jumlah["perempuan"].angka or 0),
    }
    belanja = next(b for b in buku.baris("Anggaran") if not b["realisasi"].kosong)
    daerah = next(b for b in buku.baris("T-C.33") if b.level is Level.PERANGKAT_DAERAH)
    uang = {
        "pagu": daerah["pagu_n"].angka,
        "anggaran": belanja["anggaran"].angka,
        "realisasi": belanja["realisasi"].angka,
    }
    angka = {k: v + geser.get(k, 0) for k, v in angka.items()}
    return {
        **{k: str(v) for k, v in angka.items()},
        **{f"{k}_huruf": terbilang(v) for k, v in angka.items()},
        **{k: tulis_rupiah(int(v or 0) // 100 * 100 + geser.get(k, 0)) for k, v in uang.items()},
        "persen": tulis_angka(float(belanja["persen_realisasi"].angka or 0), 2),
        "pd": str(buku.profil("perangkat_daerah")),
        "n": str(buku.tahun), "n1": str(buku.tahun - 1), "n2": str(buku.tahun - 2),
    }  # fmt: skip


def paragraf(buku: Buku, geser: Mapping[str, int] = {}) -> tuple[Paragraf, ...]:
    nilai = isi(buku, geser)
    return tuple(Paragraf("naskah.txt", n, k.format(**nilai)) for n, k in enumerate(KALIMAT.values(), 1))


def bernomor(buku: Buku, narasi: tuple[Paragraf, ...]) -> dict[str, list[str]]:
    hasil: dict[str, list[str]] = {}
    for t in periksa(buku, ("JML",), Bahan(narasi=narasi)):
        hasil.setdefault(t.sel, []).append(t.pesan)
    return hasil


def test_prosa_yang_benar_tanpa_catatan(buku: Buku) -> None:
    benar = paragraf(buku)
    polos = tuple(Paragraf("naskah.txt", len(benar) + n, t) for n, t in enumerate(POLOS, 1))
    assert bernomor(buku, (*benar, *polos)) == {}


@pytest.mark.parametrize(
    ("kunci", "geser", "kalimat"),
    [
        ("program", 1, {"dengan huruf", "dijabarkan", "huruf saja"}),
        ("kegiatan", 2, {"dengan huruf", "dijabarkan", "huruf saja"}),
        ("sub", -3, {"dengan huruf", "dijabarkan", "huruf saja"}),
        ("pagu", 123_000_00, {"dijabarkan", "kebutuhan", "pagu APBD"}),
        ("pegawai", 2, {"pegawai", "didukung"}),
        ("laki", 4, {"pegawai", "didukung"}),
        ("realisasi", -900_000_00, {"serapan", "terealisasi"}),
    ],
)
def test_yang_bertentangan_ditemukan_di_paragrafnya(buku: Buku, kunci: str, geser: int, kalimat: set[str]) -> None:
    ditemukan = bernomor(buku, paragraf(buku, {kunci: geser}))
    assert set(ditemukan) == {f"paragraf {n}" for n, k in enumerate(KALIMAT, 1) if k in kalimat}
