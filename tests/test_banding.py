"""``sanding`` over files: planted operations are told, and nothing else; sides of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from renja_xl.banding import Sisi, baca_sisi, bandingkan
from renja_xl.bappeda.kirim import kirim
from renja_xl.core.buku import Buku
from renja_xl.core.letak import letak_bawaan
from renja_xl.excel.bangun_berbagi import Keterangan
from renja_xl.isi import folder_contoh
from tests import PANJANG
from tests.bench.sanding import Nilai, uji
from tests.excel import dibangun
from tests.resmi.buat import Gaya, buat


@pytest.mark.parametrize("awal", range(0, 500, 20) if PANJANG else (40,))
def test_yang_tertanam_dan_tidak_lebih(awal: int, tmp_path: Path) -> None:
    """Pairs of one origin and of two, one operation or several; ``python -m tests.bench.sanding`` tries 500."""
    nilai = Nilai()
    for nomor in range(awal, awal + (20 if PANJANG else 3)):
        uji("1", nomor, tmp_path, nilai)
    assert nilai.rinci == []
    assert nilai.f1 == 1.0


def test_salinan_kirim_tidak_berbeda(tmp_path: Path, kecil: Buku) -> None:
    induk, salinan = tmp_path / "induk.xlsx", tmp_path / "salinan.xlsx"
    induk.write_bytes(dibangun(kecil))
    salinan.write_bytes(kirim(kecil, Keterangan("29 November 2026", 1, {})).isi)
    b = bandingkan(baca_sisi(str(induk)), baca_sisi(str(salinan)))
    assert b.sanding.isian_sama
    assert b.bentuk is None  # a copy has titles and formulas of its own
    assert set(b.dilewati) <= {"Triwulan", "Rekap Triwulan"}


def test_buku_asing(tmp_path: Path, normal: Buku) -> None:
    """The printed plan in an office's own workbook: every node is found by kode or name, and no amount differs."""
    path = tmp_path / "asing.xlsx"
    buat(path, folder_contoh("paser-2025"), Gaya())
    c = bandingkan(Sisi("induk", normal, letak_bawaan(normal)), baca_sisi(str(path)))
    assert "Renstra" in c.dilewati
    assert c.sanding.sebab.selisih == 0
    assert [s.nama for s in c.sanding.ditambah] == ["Administrasi Perangkat Daerah"]  # printed so in table 4.1 alone
    assert (c.sanding.dihapus, c.sanding.dipindah) == ((), ())
    assert {p.menurut for p in c.sanding.pasangan.values()} <= {"kode", "nama"}
