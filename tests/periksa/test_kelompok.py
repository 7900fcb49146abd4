"""Grouping of findings: few stand alone, many of one column are one finding that names its cells."""

from __future__ import annotations

from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa.kelompok import contoh, kelompokkan, ringkas_teks, satukan


def temuan(n: int, kolom: str = "a", tingkat: Tingkat = Tingkat.INFORMASI) -> Temuan:
    return Temuan(
        "XXX-01", tingkat, "T", f"b-{n}", kolom, "Pesan.", "Perbaikan.", tertulis=f"isi {n}", seharusnya="benar"
    )


def test_sedikit_tetap_sendiri_banyak_menjadi_satu_per_kolom() -> None:
    sedikit = [temuan(n, "a") for n in range(12)]
    banyak = [temuan(n, "b", Tingkat.PERLU_DICEK if n == 3 else Tingkat.INFORMASI) for n in range(13)]
    hasil = list(kelompokkan([*sedikit, *banyak], lambda d: (f"{len(d)} baris.", "Cek.")))
    assert hasil[:12] == sedikit
    (kelompok,) = hasil[12:]
    assert (kelompok.baris, kelompok.pesan, kelompok.perbaikan) == ("b-0", "13 baris.", "Cek.")
    assert kelompok.tingkat is Tingkat.PERLU_DICEK  # the gravest of its members
    assert [a.baris for a in kelompok.anggota] == [f"b-{n}" for n in range(13)]


def test_anggota_kelompok_di_dalam_kelompok_tidak_hilang() -> None:
    dalam = satukan([temuan(1), temuan(2)], "Dua.", "Cek.")
    luar = satukan([dalam, temuan(3)], "Tiga.", "Cek.", Tingkat.PERLU_DICEK)
    assert [a.baris for a in luar.anggota] == ["b-1", "b-2", "b-3"]
    assert (luar.tingkat, luar.seharusnya) == (Tingkat.PERLU_DICEK, "benar")


def test_contoh_dan_teks_panjang() -> None:
    assert contoh([temuan(n) for n in (1, 1, 2, 3, 4, 5)]) == "isi 1, isi 2, isi 3, dan 2 lainnya"
    assert ringkas_teks("dua  spasi\nbaris") == "dua spasi baris"
    assert ringkas_teks("x" * 200, 10) == "xxxxxxxxx…"
