"""Consolidation: foreign workbooks and text numbers, the dataset and its queries, and a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from renja_xl.bappeda.rekap.berkas import baca_rekaman, baca_satu
from renja_xl.bappeda.rekap.jalan import Jalan, Permintaan
from renja_xl.bappeda.rekap.kueri import KUERI, jalankan_kueri
from renja_xl.bappeda.rekap.mesin import MesinTidakSiapError, baca_semua
from renja_xl.bappeda.rekap.rekaman import jumlahkan, susun_rekaman
from renja_xl.core.buku import Buku, Sel
from renja_xl.core.letak import letak_bawaan
from tests.bappeda.test_rekap import KALI, UKURAN, cetakan, dinas, isi_lembar, jalankan, masuk, sen
from tests.bench.rekap import Cetakan
from tests.conftest import isi
from tests.libre import WAJIB

__all__ = ["cetakan", "masuk"]


# ── text numbers, repeated rows, amounts on parents ───────────────────────────────────────────────────────────


def rekaman(buku: Buku) -> Any:
    return susun_rekaman(buku.tabel, letak_bawaan(buku), "5.03")


def test_angka_tertulis_sebagai_teks(kecil: Buku) -> None:
    dasar = jumlahkan(rekaman(kecil).rekaman)
    buku = isi(kecil, "T-C.33", "s-5", {"pagu_n": "Rp. 100.000,-", "target_n": "3 dok"})
    buku = isi(buku, "T-C.33", "s-6", {"pagu_n": "259.987.00,00"})
    hasil = rekaman(buku)
    angka = {a.sel: a for r in hasil.rekaman for a in r.angka if a.tertulis and r.tabel == "T-C.33"}
    terbaca, satuan, galat = sorted(angka.values(), key=lambda a: (a.nilai is None, -(a.nilai or 0)))
    assert (terbaca.nilai, terbaca.ukuran, terbaca.tertulis) == (100_000_00, "pagu_n", "Rp. 100.000,-")
    assert (satuan.nilai, satuan.satuan) == (3.0, "Dokumen")
    assert (galat.nilai, galat.ukuran) == (None, "")
    assert any(galat.sel in c and "259.987.00,00" in c for c in hasil.catatan)
    kini = jumlahkan(hasil.rekaman)
    kunci = ("5.03", "5.03.02", "PROGRAM KEPEGAWAIAN DAERAH")
    assert kini.program[kunci]["pagu_n"] == dasar.program[kunci]["pagu_n"] - 50_000_00
    assert kini.banyak == dasar.banyak


def test_baris_berulang_dan_pagu_induk(kecil: Buku) -> None:
    rows = list(kecil.baris("T-C.33"))
    ulang = next(b for b in rows if b.simpul == "s-5")
    dasar = jumlahkan(rekaman(kecil).rekaman).program
    dua = kecil.ganti({"T-C.33": [*rows, ulang.dengan({"pagu_n": Sel(999)})]})
    assert jumlahkan(rekaman(dua).rekaman).program == dasar
    # the sub kegiatan of a kegiatan without amounts: that of the kegiatan counts
    tanpa = isi(isi(kecil, "T-C.33", "s-8", {"pagu_n": None}), "T-C.33", "s-7", {"pagu_n": 4_000_00})
    kini = jumlahkan(rekaman(tanpa).rekaman).program
    kunci = ("5.03", "5.03.02", "PROGRAM KEPEGAWAIAN DAERAH")
    assert kini[kunci]["pagu_n"] == dasar[kunci]["pagu_n"] - 7_000_00 + 4_000_00


# ── a foreign workbook ────────────────────────────────────────────────────────────────────────────────────────

_ASING = (
    ("PEMERINTAH KABUPATEN CONTOH",),
    ("Tabel T-C.33 Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun 2026 dan Prakiraan Maju Tahun 2027",),
    ("Sumber Dana", "Kode Rekening", "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan", "Pagu Indikatif Tahun 2026 (Rp)",
     "Indikator Kinerja Program/Kegiatan", "Lokasi", "Target Capaian Kinerja Tahun 2026"),
    ("", "2.16", "BIDANG KOMUNIKASI DAN INFORMATIKA", "", "", "", ""),
    ("", "", "Dinas Komunikasi Contoh", "", "", "", ""),
    ("", "2.16.02", "PROGRAM INFORMASI PUBLIK", "Rp 3.500.000,50", "Persentase layanan", "Kota", "90 %"),
    ("", "2.16.02.2.01", "Pengelolaan Informasi", 3500000.5, "Jumlah layanan", "Kota", "3 dok"),
    ("APBD", "2.16.02.2.01.0001", "Perumusan Kebijakan", "1.250.000,50", "Jumlah dokumen kebijakan", "Kota", "1 dokumen"),
    ("DAK", "2.16.02.2.01.0002", "Pelayanan Informasi", 2250000, "Jumlah dokumen layanan", "Kota", "2 dokumen"),
)  # fmt: skip
"""Headings renamed and in another order, amounts as texts and as numbers, no column n+1."""


def test_buku_lain(tmp_path: Path) -> None:
    wb = Workbook()
    ws: Any = wb.active
    ws.title = "Rencana"
    for baris in _ASING:
        ws.append(baris)
    path = tmp_path / "diskominfo.xlsx"
    wb.save(path)
    ringkas, data = baca_satu(str(path), False)
    assert ringkas["galat"] == ""
    assert (ringkas["tahun"], ringkas["jenis"]) == (2026, "Buku lain")
    assert ringkas["perangkat_daerah"] == "Dinas Komunikasi Contoh"
    assert [p[3]["pagu_n"] for p in ringkas["program"]] == [3_500_000_50]
    assert ringkas["sumber_dana"] == {"APBD": 1_250_000_50, "DAK": 2_250_000_00}
    tempat = {(r[1], a[3]): a for r in baca_rekaman(data) for a in r[-1]}
    assert tempat["Rencana", "D8"][1] == 1_250_000_50
    assert tempat["Rencana", "D8"][5] == "1.250.000,50"
    for nilai, kolom in ((90.0, "G6"), (2.0, "G9")):
        assert tempat["Rencana", kolom][1] == nilai


# ── Parquet and DuckDB ────────────────────────────────────────────────────────────────────────────────────────


def perlu(modul: str) -> None:
    """Skip without an extra, or fail where ``RENJA_WAJIB=1``."""
    if os.environ.get(WAJIB) != "1":
        pytest.importorskip(modul)


def test_parquet_sama_dengan_buku(masuk: Path, cetakan: Cetakan, tmp_path: Path) -> None:
    perlu("pyarrow")
    perlu("duckdb")
    keluar, data = tmp_path / "Rekap.xlsx", tmp_path / "data'a"
    jalankan(masuk, "-o", keluar, "--parquet", data, "--tanpa-periksa")
    assert len(list(data.glob("tahun=2025/perangkat=*/rekap-*.parquet"))) == len(KALI)
    judul = {"pagu_rkpd": "Pagu indikatif RKPD (T-C.31)\n(Rp)", "kebutuhan": "Kebutuhan dana (T-C.31)\n(Rp)",
             "pagu_n": "Pagu tahun rencana (T-C.33)\n(Rp)", "pagu_p1": "Prakiraan maju (T-C.33)\n(Rp)"}  # fmt: skip
    for kueri, lembar, kunci in (
        ("per_perangkat_daerah", "Per Perangkat Daerah", ("perangkat_daerah", "Perangkat daerah")),
        ("per_urusan", "Per Urusan", ("urusan", "Kode bidang urusan")),
        ("per_program", "Per Program", ("program", "Kode program")),
    ):
        dari_data = sorted((str(b[kunci[0]]), *(int(b[u] or 0) for u in judul)) for b in jalankan_kueri(data, kueri))
        dari_buku = sorted((str(b[kunci[1]]), *(sen(b[j]) for j in judul.values())) for b in isi_lembar(keluar, lembar))
        assert dari_data == dari_buku, kueri
    [tahun] = jalankan_kueri(data, "per_tahun")
    assert tahun["perangkat_daerah"] == len(KALI)
    assert {u: tahun[u] for u in UKURAN} == {u: cetakan.sen(*t) * sum(KALI) for u, t in UKURAN.items()}
    assert len(jalankan_kueri(data, "tempat")) == len(isi_lembar(keluar, "Rincian"))
    assert set(KUERI) >= {"sumber_dana"}
    # an agency that is gone leaves the dataset, one that is unchanged is not written again
    (masuk / "renja-2.xlsx").unlink()
    assert (
        "0 dari 2 perangkat daerah ditulis ulang"
        in jalankan(masuk, "-o", keluar, "--parquet", data, "--tanpa-periksa").output
    )
    assert len(list(data.glob("tahun=*/perangkat=*"))) == 2
    assert sum(b["pagu_n"] for b in jalankan_kueri(data, "sumber_dana")) == cetakan.sen("T-C.33", "pagu_n") * sum(
        KALI[:2]
    )


# ── executors ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def banyak(cetakan: Cetakan, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Workbooks of many agencies, a broken one among them."""
    folder = tmp_path_factory.mktemp("banyak")
    for n in range(14):
        (folder / f"{n:02d}.xlsx").write_bytes(cetakan.buat(dinas(n), n + 1))
    (folder / "99.xlsx").write_bytes(b"PK")
    return sorted(map(str, folder.iterdir()))


def _hasil(daftar: Iterator[tuple[str, dict[str, Any], bytes]]) -> list[tuple[str, dict[str, Any], bytes]]:
    return sorted(daftar, key=lambda x: x[0])


def test_proses_sama_dengan_sendiri(banyak: list[str]) -> None:
    selesai: list[int] = []
    assert _hasil(baca_semua(banyak, False, pekerja=2, selesai=selesai.append)) == _hasil(
        baca_semua(banyak, False, pekerja=1)
    )
    assert sum(selesai) == len(banyak)


def test_klaster_dask(banyak: list[str]) -> None:
    """A real scheduler and two workers, reached by address as a remote one would be."""
    perlu("distributed")
    from distributed import LocalCluster  # noqa: PLC0415

    buat: Callable[..., Any] = LocalCluster
    with buat(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as klaster:
        assert len(klaster.workers) == 2
        assert _hasil(baca_semua(banyak, False, klaster.scheduler_address)) == _hasil(
            baca_semua(banyak, False, pekerja=1)
        )


def test_mesin_tidak_ada(masuk: Path, tmp_path: Path) -> None:
    perlu("distributed")
    jalan = Jalan(Permintaan([str(masuk)], tmp_path / "R.xlsx", mesin="bukan-alamat://x", periksa=False))
    with pytest.raises(MesinTidakSiapError, match="tidak dapat dihubungi"):
        jalan.baca(lambda _: None, lambda _h, _a: None)
