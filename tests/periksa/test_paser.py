"""The audit of the real plan, against a recomputation straight from its TSV files (see ``tests/conftest.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from renja_xl.core.buku import Buku
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.temuan import Tingkat
from renja_xl.periksa import periksa
from renja_xl.periksa.laporan import ke_json

Tsv = Mapping[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def temuan(tercetak: Buku) -> list[dict[str, Any]]:
    """Findings of the plan as printed, as the JSON contract words them."""
    daftar = ke_json("x.xlsx", tercetak, periksa(tercetak), letak_bawaan(tercetak))["temuan"]
    return [t for t in daftar if isinstance(t, dict)]


def tempat(t: Mapping[str, Any]) -> tuple[str, int, str]:
    return t["asal"]["berkas"], t["asal"]["baris"], t["kolom"]


def test_temuan_hit_sama_dengan_hitungan_sendiri(
    temuan: list[dict[str, Any]], harapan_hit: set[tuple[str, str, int, str]]
) -> None:
    ditemukan = [(t["aturan"], *tempat(t)) for t in temuan if t["aturan"].startswith("HIT") and t["aturan"] != "HIT-21"]
    assert len(harapan_hit) > 50  # guards the recomputation itself
    assert sorted(ditemukan) == sorted(harapan_hit)


def test_temuan_rol_sama_dengan_hitungan_sendiri(
    temuan: list[dict[str, Any]], harapan_rol: set[tuple[str, int, str]]
) -> None:
    ditemukan = [tempat(t) for t in temuan if t["aturan"].startswith("ROL")]
    assert len(harapan_rol) > 20
    assert sorted(ditemukan) == sorted(harapan_rol)


def test_setiap_temuan_hit_dan_rol_menyebut_yang_tertulis(temuan: list[dict[str, Any]], paser_tsv: Tsv) -> None:
    for t in temuan:
        if not t["aturan"].startswith(("HIT", "ROL")):
            continue
        berkas, baris, kolom = tempat(t)
        tercetak = next(b for b in paser_tsv[berkas.removesuffix(".tsv")] if b["baris"] == str(baris))[kolom]
        assert t["tertulis"] == tercetak
        assert t["seharusnya"] not in {"", t["tertulis"]}
        if tercetak:
            assert tercetak in t["pesan"]


@pytest.mark.parametrize(
    ("aturan", "berkas", "baris", "kolom", "tertulis", "seharusnya", "tingkat"),
    [
        # 45 ÷ 68
        ("HIT-08", "t_c_29.tsv", 11, "tingkat_realisasi_2023", "75", "66,18", "harus_diperbaiki"),
        # 57 ÷ 62 = 91,94: cut off, not rounded
        ("HIT-08", "t_c_29.tsv", 22, "tingkat_realisasi_2023", "91", "91,94", "perlu_dicek"),
        # 31 + 33 + 37
        ("HIT-10", "t_c_29.tsv", 8, "realisasi_sd_2024", "37", "101", "harus_diperbaiki"),
        # 0 of 24 is a rate
        ("HIT-08", "t_c_29.tsv", 54, "tingkat_realisasi_2023", "-", "0", "perlu_dicek"),
        # no Renstra target, so no rate
        ("HIT-11", "t_c_29.tsv", 36, "tingkat_capaian_renstra", "99,98", "-", "harus_diperbaiki"),
        # unreadable amount of a kegiatan: 142.373.000 + 117.614.000
        ("ROL-01", "t_3_1_4.tsv", 5, "pagu_2025", "259.987.00,00", "259.987.000", "harus_diperbaiki"),
        # the amount of a program printed on its second indicator
        ("ROL-01", "t_3_1_4.tsv", 4, "pagu_2025", "8.963.647.000", "8.868.519.564", "harus_diperbaiki"),
        # blank kegiatan with a priced sub kegiatan
        ("ROL-02", "t_3_1_4.tsv", 63, "pagu_2025", "", "63.524.000", "perlu_dicek"),
        # amount on a parent whose sub kegiatan have none
        ("ROL-03", "t_3_1_4.tsv", 22, "pagu_2025", "1.770.218.000", "0", "harus_diperbaiki"),
        # the repeated sub kegiatan of row 60 is not summed again
        ("ROL-01", "t_c_31.tsv", 53, "kebutuhan_dana", "960.494.000,00", "919.908.000", "harus_diperbaiki"),
    ],
)
def test_temuan_tertentu(
    temuan: list[dict[str, Any]],
    aturan: str,
    berkas: str,
    baris: int,
    kolom: str,
    tertulis: str,
    seharusnya: str,
    tingkat: str,
) -> None:
    t = next(t for t in temuan if t["aturan"] == aturan and tempat(t) == (berkas, baris, kolom))
    assert (t["tertulis"], t["seharusnya"], t["tingkat"]) == (tertulis, seharusnya, tingkat)
    assert t["pesan"].endswith(".")
    assert t["perbaikan"].endswith(".")


def test_baris_urusan_yang_kosong_bukan_temuan(temuan: list[dict[str, Any]]) -> None:
    rol = {tempat(t)[:2] for t in temuan if t["aturan"].startswith("ROL")}
    assert not rol & {("t_c_31.tsv", 1), ("t_c_31.tsv", 62), ("t_3_1_4.tsv", 1)}


def test_baris_yang_tertempel_ganda_dan_berbeda_sisi(temuan: list[dict[str, Any]]) -> None:
    """T-C.31 row 60 repeats row 51; row 61 names different sub kegiatan left and right."""
    dup = [t for t in temuan if t["aturan"] == "DUP-01"]
    assert [t["asal"] for t in dup] == [{"berkas": "t_c_31.tsv", "baris": 60}]
    lnk = [t for t in temuan if t["aturan"] == "LNK-02"]
    assert [t["asal"] for t in lnk] == [{"berkas": "t_c_31.tsv", "baris": 61}]


def test_setelah_dihitung_tidak_ada_lagi_hit_dan_rol(tercetak: Buku, normal: Buku) -> None:
    assert periksa(normal, ("HIT", "ROL")) == []
    assert periksa(hitung(tercetak), ("HIT", "ROL")) == []


def test_jumlah_induk_yang_masih_tertulis_hanya_satu_catatan(tercetak: Buku) -> None:
    """While the printed amount stands in its cell, ROL-03 speaks of it; LOG-01 only once it has been replaced."""
    assert periksa(tercetak, ("LOG-01",)) == []
    assert [t.asal.baris for t in periksa(tercetak, ("ROL-03",)) if t.asal] == ["22"]


@pytest.mark.parametrize("rapi", [True, False])
def test_jumlah_induk_tanpa_rincian_tetap_menjadi_catatan(tercetak: Buku, normal: Buku, rapi: bool) -> None:
    """Nothing can decide for the planner what becomes of an amount on a parent whose children have none."""
    (t,) = periksa(normal if rapi else hitung(tercetak), ("LOG-01",))
    assert (t.aturan, t.tingkat, t.tertulis) == ("LOG-01", Tingkat.HARUS_DIPERBAIKI, "1.770.218.000")
    assert t.asal is not None
    assert (t.asal.berkas, t.asal.baris) == ("t_3_1_4.tsv", "22")
    assert t.kolom == "pagu_n"


def test_temuan_lama_dicatat_sebagai_diperbaiki(
    tercetak: Buku, normal: Buku, harapan_hit: set[tuple[str, str, int, str]]
) -> None:
    """Nothing is put right silently: each cured finding stays in the sheet, with its source row."""
    catatan = normal.baris("Catatan Perbaikan")
    usai = {
        (b["aturan"].nilai, b["asal"].nilai, b["tertulis"].nilai)
        for b in catatan
        if str(b["aturan"].nilai).startswith("HIT") and b["keadaan"].nilai == "Diperbaiki"
    }
    harapan = {
        (t.aturan, f"{t.asal.berkas} baris {t.asal.baris}", t.tertulis or None)
        for t in periksa(tercetak, ("HIT",))
        if t.asal
    }
    assert usai == harapan
    assert len([u for u in usai if u[0] != "HIT-21"]) <= len(harapan_hit)
