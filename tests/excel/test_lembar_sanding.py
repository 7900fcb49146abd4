"""The form *sebelum – setelah*: sums and differences are formulas with right values, and the four causes are the difference."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from renja_xl.core.buku import Buku, Level
from renja_xl.core.dua_sisi import sandingkan_t_c_31
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.perbarui import perbarui
from renja_xl.core.sanding import sandingkan
from renja_xl.excel.lembar_sanding import Judul, bangun_sanding
from renja_xl.laporan_sanding import ke_json
from tests.conftest import isi
from tests.core.test_sanding import ganti, tambah_sub, tanpa_sub
from tests.excel import dibangun
from tests.fuzz import perintah
from tests.libre import hitung_ulang

Isi = dict[tuple[int, int], Any]


@pytest.fixture(scope="module")
def sebelum(kecil: Buku) -> Buku:
    for s, pagu in (("s-5", 100_000_00), ("s-6", 50_000_00), ("s-8", 7_000_00)):
        kecil = isi(kecil, "T-C.33", s, {"pagu_n": pagu})
    return hitung(perbarui(kecil))


@pytest.fixture(scope="module")
def setelah(sebelum: Buku) -> Buku:
    """One sub kegiatan more, one moved and raised, one lowered; all sen count."""
    buku = ganti(tambah_sub(sebelum), "s-6", induk="s-7", nama="=Administrasi Pemberhentian")
    for s, pagu in (("s-9", 20_000_00), ("s-6", 60_000_05), ("s-8", 1_000_00)):
        buku = isi(buku, "T-C.33", s, {"pagu_n": pagu})
    return hitung(buku)


def tulis(lama: Buku, baru: Buku) -> bytes:
    return bangun_sanding(sandingkan(lama, baru, letak_bawaan(baru)), lama, baru, Judul("Renja", "Perubahan"))


def lembar(paket: bytes, nama: str, *, rumus: bool) -> Isi:
    ws = load_workbook(BytesIO(paket), data_only=not rumus)[nama]
    return {(c.row, c.column): c.value for r in ws.iter_rows() for c in r if c.value is not None}


def uang(paket: bytes) -> dict[str, tuple[Any, Any, Any, Any]]:
    x = lembar(paket, "Persandingan", rumus=False)
    return {
        f"{v}{'' if (r, 10) not in x else ' ' + str(x[r, 10])[:6]}": tuple(x.get((r, c)) for c in (6, 7, 8, 9))  # type: ignore[misc]
        for (r, c), v in x.items()
        if c == 2 and r > 7
    }


def test_formulir_sebelum_setelah(sebelum: Buku, setelah: Buku) -> None:
    u = uang(tulis(sebelum, setelah))
    assert u["JUMLAH"] == (157_000, 181_000.05, 24_000.05, pytest.approx(24_000.05 / 157_000 * 100))
    assert u["PROGRAM KEPEGAWAIAN DAERAH"][:3] == (157_000, 181_000.05, 24_000.05)
    assert u["Pengadaan dan Pemberhentian"][:3] == (150_000, 100_000, -50_000)
    assert u["Mutasi dan Promosi"][:3] == (7_000, 81_000.05, 74_000.05)
    assert u["Administrasi Pemberhentian Pindah"] == (50_000, None, -50_000, -100)
    assert u["=Administrasi Pemberhentian Pindah"] == (None, 60_000.05, 60_000.05, "-")
    assert u["Promosi Jabatan Baru"] == (None, 20_000, 20_000, "-")
    assert u["Koordinasi Pengadaan"] == (100_000, 100_000, 0, 0)


def test_sebabnya_adalah_selisihnya(sebelum: Buku, setelah: Buku) -> None:
    paket = tulis(sebelum, setelah)
    x = lembar(paket, "Sebab Perubahan", rumus=False)
    assert {x[r, 1]: (x.get((r, 2)), x[r, 3]) for r in range(5, 11)} == {
        "Sebelum": (None, 157_000),
        "Ditambah": (1, 20_000),
        "Dihapus": (0, 0),
        "Naik": (1, 10_000.05),
        "Turun": (1, -6_000),
        "Setelah": (None, 181_000.05),
    }
    wb = load_workbook(BytesIO(paket))
    assert len(wb["Sebab Perubahan"]._charts) == 1  # type: ignore[attr-defined]
    assert wb["Persandingan"].print_title_rows == "$5:$7"
    teks = lembar(paket, "Persandingan", rumus=True)
    assert all(not str(v).startswith("=Adm") or v == "=Administrasi Pemberhentian" for v in teks.values())
    ws = wb["Persandingan"]
    assert all(c.data_type == "s" for r in ws.iter_rows(min_col=1, max_col=5) for c in r if c.value is not None)


def test_libreoffice_menghitung_sama(sebelum: Buku, setelah: Buku, normal: Buku, tmp_path: Path) -> None:
    """Every formula recomputed by another program, for the small pair and for the two sides of the real T-C.31."""
    s, kiri, kanan = sandingkan_t_c_31(normal, letak_bawaan(normal))
    paket = {
        "kecil.xlsx": tulis(sebelum, setelah),
        "t31.xlsx": bangun_sanding(s, kiri, kanan, Judul("RKPD", "Kebutuhan")),
    }
    for nama, isi_ in paket.items():
        (tmp_path / nama).write_bytes(isi_)
    jadi = hitung_ulang([tmp_path / n for n in paket], tmp_path / "jadi", "id-ID")
    for nama, isi_ in paket.items():
        baru = jadi[nama].read_bytes()
        for n in ("Persandingan", "Sebab Perubahan"):
            a, z, f = lembar(isi_, n, rumus=False), lembar(baru, n, rumus=False), lembar(isi_, n, rumus=True)
            dihitung = [
                k for k, v in f.items() if isinstance(v, str) and v.startswith("=") and not v.startswith("=Adm")
            ]
            assert dihitung
            for k in dihitung:
                assert z[k] == (pytest.approx(a[k], abs=1e-6) if isinstance(a[k], (int, float)) else a[k]), (nama, n, k)


def test_kedua_sisi_t_c_31(normal: Buku) -> None:
    """Exact in every row and in total: what the sheet's own column Selisih shows."""
    s, _, _ = sandingkan_t_c_31(normal, letak_bawaan(normal))
    rows = [b for b in normal.baris("T-C.31") if b.level is Level.SUB_KEGIATAN]
    selisih = {b.simpul: int(b["kebutuhan_dana"].angka or 0) - int(b["pagu_rkpd"].angka or 0) for b in rows}
    assert {b.simpul: b.selisih for b in s.sebab.beda} == {k: v for k, v in selisih.items() if v}
    for b in rows:
        assert b["selisih"].angka in {None, selisih[b.simpul]}
    assert (s.sebab.lama.total, s.sebab.baru.total) == (20_345_704_066_95, 27_526_278_148_00)
    assert sum(s.sebab.jumlah(j) for j in ("ditambah", "dihapus", "naik", "turun")) == s.sebab.selisih
    assert ke_json(s)["ringkas"] == {
        "total_lama": 20_345_704_066.95,
        "total_baru": 27_526_278_148.0,
        "selisih": 7_180_574_081.05,
    }
    assert {i.tabel for i in s.diubah} == {"T-C.31"}


def test_simpul_lain_di_sisi_kanan(sebelum: Buku) -> None:
    """A row that shows another sub kegiatan on its right side: one is removed, one is added."""
    buku = isi(sebelum, "T-C.31", "s-8", {"pagu_rkpd": 5_00, "kebutuhan_dana": 9_00, "simpul_kebutuhan": "s-99"})
    s, _, _ = sandingkan_t_c_31(hitung(buku), letak_bawaan(buku))
    assert {(b.simpul, b.jenis, b.selisih) for b in s.sebab.beda} >= {
        ("s-8", "dihapus", -5_00),
        ("s-99", "ditambah", 9_00),
    }


def test_baris_tanpa_tempat_tetap_dijumlahkan(sebelum: Buku) -> None:
    rows = [replace(b, simpul=None, indikator=None) if b.simpul == "s-8" else b for b in sebelum.baris("T-C.33")]
    u = uang(tulis(sebelum.ganti({"T-C.33": rows}), sebelum))
    assert u["JUMLAH"][:3] == (157_000, 157_000, 0)


# ── the command ───────────────────────────────────────────────────────────────────────────────────────────────


def test_perintah_dengan_buku_dan_tiga_arah(tmp_path: Path, sebelum: Buku, setelah: Buku) -> None:
    berkas = {}
    lain = hitung(isi(tanpa_sub(sebelum, "s-8"), "T-C.33", "s-6", {"pagu_n": 70_000_00}))
    for nama, buku in (("dasar", sebelum), ("kiri", setelah), ("kanan", lain)):
        berkas[nama] = tmp_path / f"{nama}.xlsx"
        berkas[nama].write_bytes(dibangun(buku))
    hasil = perintah("sanding", str(berkas["dasar"]), str(berkas["kiri"]), "-o", str(tmp_path / "P.xlsx"))
    assert hasil.kode == 0
    assert (
        "naik Rp24.000,05 karena 1 (satu) sub kegiatan ditambah sebesar Rp20.000, 1 (satu) sub kegiatan "
        in hasil.keluaran
    )
    assert uang((tmp_path / "P.xlsx").read_bytes())["JUMLAH"][2] == 24_000.05
    tiga = perintah("sanding", *(str(berkas[n]) for n in ("dasar", "kiri", "kanan")))
    assert tiga.kode == 0
    assert "Bertentangan" in tiga.keluaran
    assert "Pengelolaan Mutasi (dihapus dan diubah)" in tiga.keluaran
    assert "50.000; kiri.xlsx: 60.000,05; kanan.xlsx: 70.000" in tiga.keluaran
    assert "-" not in perintah("sanding", *[str(berkas["dasar"])] * 3).keluaran.splitlines()[-1]
    for salah in (
        [str(berkas["dasar"]), str(berkas["kiri"]), "-o", "x.pdf"],
        [*map(str, berkas.values()), "-o", "x.xlsx"],
    ):
        assert perintah("sanding", *salah).kode == 2


def test_indikator_yang_diganti_disebut(sebelum: Buku) -> None:
    ubah = tuple(replace(i, teks="Jumlah orang") if i.simpul == "s-8" else i for i in sebelum.indikator)
    baru = hitung(perbarui(replace(sebelum, indikator=ubah)))
    x = lembar(tulis(sebelum, baru), "Persandingan", rumus=False)
    assert any(str(v).startswith("Indikator semula:") for (_, c), v in x.items() if c == 10)
