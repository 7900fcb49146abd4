"""Hitung Ulang and Perbarui Tabel cure what arithmetic and layout cure alone; what somebody must decide stays a question."""

from __future__ import annotations

import pytest

from renja_xl.core.buku import Buku
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.periksa import periksa
from tests.bench.sebar import cacat_lapangan
from tests.bench.sebar.cacat import CACAT
from tests.bench.sebar.nilai import Jejak, Rak, jejak, tanam

assert cacat_lapangan  # its classes register themselves

SENDIRI = (
    "tingkat_salah", "kolom_10_salah", "capaian_iku_salah", "pegawai_salah", "efisiensi_salah", "jumlah_salah", "program_tak_terjumlah",
    "kriteria_salah", "status_salah", "nama_basi", "sub_di_bawah_kegiatan_lain", "daftar_kurang", "konstanta_salah",
)  # fmt: skip
"""Faults that follow from what is typed elsewhere."""
KEPUTUSAN = (
    "baris_ganda", "ribuan_rusak", "satuan_beda", "pagu_dua_tabel", "target_dua_tabel", "target_renstra_beda", "klaim_total_salah",
    "kata_beda_angka", "predikat_salah", "pagu_hilang", "target_hilang", "realisasi_kosong", "kode_ganda", "ribuan_di_antara_rupiah",
    "target_realisasi_tertukar", "anggaran_tersalin", "serapan_berlebih", "pagu_negatif",
)  # fmt: skip
"""Faults in what somebody typed."""


def rapikan(buku: Buku) -> Buku:
    return hitung(perbarui(hitung(buku)))


@pytest.fixture(scope="module")
def rak() -> Rak:
    return Rak(batas=2)


@pytest.fixture(scope="module")
def semula() -> dict[tuple[int, str], frozenset[Jejak]]:
    return {}


def sesudah(kelas: str, rak: Rak, semula: dict[tuple[int, str], frozenset[Jejak]]) -> list[tuple[str, str]]:
    """Rules and messages of a damaged plan after both commands, without those that the undamaged one has."""
    cacat = CACAT[kelas]
    moda = cacat.moda[0]
    for nomor in (32, 2, 8):
        if (tertanam := tanam(rak, cacat, moda, nomor, "perbaikan")) is not None:
            break
    else:
        raise AssertionError(kelas)
    kunci = nomor, moda
    if kunci not in semula:
        semula[kunci] = frozenset(jejak(periksa(rapikan(rak.ambil(*kunci)[0]))))
    temuan = periksa(rapikan(tertanam[0].selesai()))
    return [(t.aturan, t.pesan) for j, t in jejak(temuan).items() if j not in semula[kunci]]


@pytest.mark.parametrize("kelas", SENDIRI)
def test_yang_dapat_dihitung_tidak_bersisa(
    kelas: str, rak: Rak, semula: dict[tuple[int, str], frozenset[Jejak]]
) -> None:
    assert [a for a, _ in sesudah(kelas, rak, semula) if not a.startswith("LNK-05")] == []


@pytest.mark.parametrize("kelas", KEPUTUSAN)
def test_yang_harus_diputuskan_tetap_ditanyakan(
    kelas: str, rak: Rak, semula: dict[tuple[int, str], frozenset[Jejak]]
) -> None:
    sisa = sesudah(kelas, rak, semula)
    assert sisa
    assert not [a for a, _ in sisa if a.startswith(("HIT", "ROL", "RMS"))]
    assert all(len(p) > 30 for _, p in sisa)
