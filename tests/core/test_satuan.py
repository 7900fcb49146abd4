"""Units, and what they say about how an indicator accumulates."""

from __future__ import annotations

import pytest

from renja_xl.core.buku import CaraHitung
from renja_xl.core.satuan import baku, cara_hitung_bawaan

AKHIR, JUMLAH = CaraHitung.POSISI_AKHIR, CaraHitung.DIJUMLAHKAN


@pytest.mark.parametrize(
    ("satuan", "hasil"),
    [
        ("%", AKHIR),
        ("persen", AKHIR),
        ("100%", AKHIR),  # a number slipped into the unit
        ("Nilai", AKHIR),
        ("nilai", AKHIR),
        ("Indeks", AKHIR),
        ("Skor", AKHIR),
        ("Predikat", AKHIR),
        ("BB", AKHIR),  # a grade stands where its unit is expected
        ("B", AKHIR),
        ("Dok", JUMLAH),
        ("dokumen", JUMLAH),
        ("Lap.", JUMLAH),
        ("orang", JUMLAH),
        ("Unit", JUMLAH),
        ("Wajib Laporan", JUMLAH),
        ("SKPi", JUMLAH),
    ],
)
def test_satuan_menentukan(satuan: str, hasil: CaraHitung) -> None:
    """The unit decides even where the words of the indicator speak for the other."""
    lawan = "Jumlah dokumen" if hasil is AKHIR else "Persentase dokumen"
    assert cara_hitung_bawaan([satuan, None, None, None], lawan) is hasil


@pytest.mark.parametrize(
    ("satuan", "hasil"),
    [
        (["Dok", "%", "%", "%"], JUMLAH),  # column 4 before 6, 7, 5
        (["%", "Dok", "Dok", "Dok"], AKHIR),
        ([None, "%", "Dok", "Dok"], AKHIR),
        (["", "-", "Dok", "%"], JUMLAH),
        ([" ", None, "", "%"], AKHIR),
    ],
)
def test_satuan_pertama_yang_tertulis(satuan: list[str | None], hasil: CaraHitung) -> None:
    assert cara_hitung_bawaan(satuan, None) is hasil


@pytest.mark.parametrize(
    ("indikator", "hasil"),
    [
        ("Persentase ASN dengan nilai SKP baik", AKHIR),
        ("persentase ASN", AKHIR),
        ("Indeks Kepuasan", AKHIR),
        ("Nilai SAKIP", AKHIR),
        ("Tingkat kepuasan", AKHIR),
        ("Jumlah dokumen", JUMLAH),
        ("Jumlah persentase", JUMLAH),  # only the first word counts
        ("Terpeliharanya gedung", JUMLAH),
        ("", JUMLAH),
        (None, JUMLAH),
    ],
)
def test_tanpa_satuan_kata_pertama_menentukan(indikator: str | None, hasil: CaraHitung) -> None:
    assert cara_hitung_bawaan([None, None, None, None], indikator) is hasil


@pytest.mark.parametrize(
    ("ejaan", "normal"),
    [
        ("dok", "Dokumen"),
        ("Dok.", "Dokumen"),
        ("dolumen", "Dokumen"),
        ("DOKUMEN", "Dokumen"),
        ("lap", "Laporan"),
        ("org", "Orang"),
        ("Orang", "Orang"),
        (" keg ", "Kegiatan"),
        ("persen", "%"),
        ("Kwintal", "Kwintal"),
        ("wajib  laporan", "Wajib Laporan"),
    ],
)
def test_baku(ejaan: str, normal: str) -> None:
    assert baku(ejaan) == normal
