"""Stages of a plan: stored as plain texts, listed with those of which only totals are known, read back as they were."""

from __future__ import annotations

import base64
import json
import unicodedata
import zlib
from collections.abc import Mapping
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renja_xl.alur import buku_baru
from renja_xl.core.buku import Asal, Baris, Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.kemas import RusakError, buka_kemasan, kemas, saring
from renja_xl.core.perbarui import perbarui
from renja_xl.core.tahapan import ambil_tahapan, cari_tahap, daftar_tahapan, simpan_tahapan
from renja_xl.core.tambalan import isian
from renja_xl.errors import TahapanError
from renja_xl.laporan_sanding import daftar_teks
from tests import strategi
from tests.conftest import isi

KINI = datetime(2026, 11, 29, 9, 5)


def simpan(buku: Buku, nama: str, *, ganti: bool = False) -> Buku:
    return simpan_tahapan(buku, nama, KINI, ganti=ganti).buku


def anggaran(buku: Buku) -> list[tuple[object, ...]]:
    kolom = ("tahun", "tahap", "urusan", "program", "kegiatan", "sub_kegiatan", "anggaran")
    return [tuple(b[k].nilai for k in kolom) for b in buku.baris("Anggaran")]


# ── texts ─────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(strategi.buku_normal(), strategi.buku_tercetak()))
def test_yang_disimpan_adalah_yang_kembali(buku: Buku) -> None:
    bagian = kemas(buku)
    assert buka_kemasan(bagian) == saring(buku)
    assert isian(buka_kemasan(bagian)) == isian(buku)
    for teks in bagian:
        assert len(teks) <= 32_767
        assert teks.isascii()
        assert teks == unicodedata.normalize("NFC", teks)
        assert teks[0].isalpha()  # nothing that a program takes for a formula
        assert "_x" not in teks
        assert teks == teks.strip()


def test_contoh_muat_dalam_beberapa_sel(normal: Buku) -> None:
    assert len(kemas(normal)) <= 3
    assert buka_kemasan(kemas(normal)) == saring(normal)


def _padat(isi_: object) -> list[str]:
    return ["r" + base64.b64encode(zlib.compress(json.dumps(isi_).encode())).decode()]


@pytest.mark.parametrize(
    "bagian",
    [
        [],
        [""],
        ["r"],
        ["bukan"],
        ["r!!!!"],
        _padat([]),
        _padat({"versi": 2}),
        _padat({"versi": 1, "simpul": [[1]], "indikator": [], "tabel": {}}),
        _padat(
            {"versi": 1, "simpul": [], "indikator": [], "tabel": {"T-C.33": {"kolom": [], "baris": [["a", "data"]]}}}
        ),
        ["r" + base64.b64encode(zlib.compress(b"[" * 200_000)).decode()],
        ["r" + base64.b64encode(zlib.compress(b" " * (129 * 1024 * 1024), 9)).decode()],
    ],
)
def test_teks_yang_rusak_ditolak(bagian: list[str]) -> None:
    with pytest.raises(RusakError):
        buka_kemasan(bagian)


def test_satu_huruf_yang_berubah_ketahuan(kecil: Buku) -> None:
    buku = simpan(kecil, "Penetapan")
    rows = [b.dengan({"isi": Sel(str(b["isi"].nilai)[:-9] + "AAAAAAAAA")}) for b in buku.baris("Tahapan")]
    with pytest.raises(TahapanError, match=r"Penetapan 2025 .*tidak utuh"):
        ambil_tahapan(buku.ganti({"Tahapan": rows}), "Penetapan", 2025)


# ── storing ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def awal(kecil: Buku) -> Buku:
    """Pagu of 157.000 in all."""
    for s, pagu in (("s-5", 100_000_00), ("s-6", 50_000_00), ("s-8", 7_000_00)):
        kecil = isi(kecil, "T-C.33", s, {"pagu_n": pagu})
    return hitung(perbarui(kecil))


def test_anggaran_mendapat_barisnya(awal: Buku) -> None:
    buku = simpan(awal, " Rancangan   awal ")
    assert anggaran(buku) == [
        (2025.0, "Renja", 1.0, 1.0, 2.0, 3.0, 157_000_00),
        (2025.0, "Rancangan awal", 1.0, 1.0, 2.0, 3.0, 157_000_00),
    ]
    renja, tahap = buku.baris("Anggaran")
    assert renja["anggaran"].rumus
    assert not tahap["anggaran"].rumus  # a stage does not follow the plan any more
    lanjut = hitung(isi(buku, "T-C.33", "s-8", {"pagu_n": 9_000_00}))
    assert [b["anggaran"].nilai for b in lanjut.baris("Anggaran")] == [159_000_00, 157_000_00]
    kembali = ambil_tahapan(lanjut, "RANCANGAN AWAL", 2025)
    assert isian(kembali) == isian(buku)
    assert isian(kembali) != isian(lanjut)


def test_renja_yang_ditetapkan_tidak_lagi_mengikuti(awal: Buku) -> None:
    buku = simpan(awal, "Renja")
    lanjut = hitung(perbarui(isi(buku, "T-C.33", "s-8", {"pagu_n": 9_000_00})))
    assert anggaran(lanjut) == [(2025.0, "Renja", 1.0, 1.0, 2.0, 3.0, 157_000_00)]


def _tahap(pengenal: str, tahun: int, nama: str, uang: int, **lain: Nilai) -> Baris:
    sel: Mapping[str, Nilai] = {"tahun": float(tahun), "tahap": nama, "anggaran": uang, **lain}
    return Baris(pengenal, Level.DATA, {k: Sel(v) for k, v in sel.items()})


def test_yang_diketik_tetap_dan_disebut(awal: Buku) -> None:
    buku = awal.ganti({"Anggaran": [*awal.baris("Anggaran"), _tahap("a-9", 2025, "apbd", 1_00)]})
    hasil = simpan_tahapan(buku, "APBD", KINI)
    assert anggaran(hasil.buku)[1] == (2025.0, "apbd", 1.0, 1.0, 2.0, 3.0, 1_00)
    assert hasil.tetap == ("Anggaran (Rp) 1 (menurut tahapannya 157.000)",)


def test_nama_yang_sama_hanya_dengan_ganti(awal: Buku) -> None:
    buku = simpan(awal, "APBD")
    with pytest.raises(TahapanError, match=r"APBD 2025 sudah tersimpan .*--ganti"):
        simpan(buku, "apbd")
    lanjut = hitung(isi(buku, "T-C.33", "s-8", {"pagu_n": 9_000_00}))
    hasil = simpan_tahapan(lanjut, "APBD", KINI, ganti=True)
    assert hasil.tetap == ()
    assert anggaran(hasil.buku)[1][-1] == 159_000_00
    assert len({b["nama"].nilai for b in hasil.buku.baris("Tahapan")}) == 1
    diketik = hasil.buku.ganti(
        {"Anggaran": [b.dengan({"anggaran": Sel(5_00)}) if b.asal else b for b in hasil.buku.baris("Anggaran")]}
    )
    lagi = simpan_tahapan(diketik, "APBD", KINI, ganti=True)
    assert lagi.tetap == ("Anggaran (Rp) 5 (menurut tahapannya 159.000)",)
    assert anggaran(lagi.buku)[1][-1] == 5_00


@pytest.mark.parametrize("nama", ["", "  ", "a@b", "x" * 61, "APBD 2023", "baris\0baru"])
def test_nama_yang_tidak_dapat_dipakai(awal: Buku, nama: str) -> None:
    with pytest.raises(TahapanError, match="Nama tahapan"):
        simpan(awal, nama)


def test_sebab_terhadap_tahapan_sebelumnya(awal: Buku) -> None:
    buku = simpan(awal, "APBD")
    lanjut = hitung(isi(buku, "T-C.33", "s-8", {"pagu_n": 9_000_00}))
    lanjut = simpan(hitung(isi(lanjut, "T-C.33", "s-5", {"pagu_n": 60_000_00})), "APBDP")
    b = next(b for b in lanjut.baris("Tahapan") if b["nama"].nilai == "APBDP")
    kunci = ("terhadap", "banyak_naik", "rp_naik", "banyak_turun", "rp_turun", "banyak_ditambah", "rp_dihapus")
    assert [b[k].nilai for k in kunci] == ["APBD", 1.0, 2_000_00, 1.0, -40_000_00, 0.0, 0]
    assert list(daftar_teks(daftar_tahapan(lanjut)))[-1] == (
        "APBDP 2025 dibandingkan dengan APBD turun Rp38.000 karena 1 (satu) sub kegiatan naik sebesar Rp2.000 dan "
        "1 (satu) sub kegiatan turun sebesar Rp40.000."
    )


# ── listing ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_tabel_2_1_1_tahun_2023_dan_2024(normal: Buku, paser_tsv: dict[str, list[dict[str, str]]]) -> None:
    """The printed small tables, of which only counts and totals are known."""
    for tahun in (2023, 2024):
        tercetak = [
            (b["tahap"], *(int(b[k]) for k in ("urusan", "program", "kegiatan", "sub_kegiatan")), b["anggaran"])
            for b in paser_tsv[f"anggaran_{tahun}"]
        ]
        daftar = [t for t in daftar_tahapan(normal) if t.tahun == tahun]
        assert len(daftar) == 3
        assert [
            (
                t.nama,
                *(int(n or 0) for n in t.banyak.values()),
                f"{(t.anggaran or 0) // 100:,}".replace(",", ".") + ",-",
            )
            for t in daftar
        ] == tercetak
        assert not any(t.tersimpan for t in daftar)


def test_contoh_dua_tahapan(normal: Buku) -> None:
    """The real plan, twice: its counts and total stand in Anggaran as its own row Renja shows them."""
    buku = simpan(simpan(normal, "Rancangan awal"), "Penetapan")
    dari_n = [b for b in anggaran(buku) if b[0] == 2025]
    assert [b[1] for b in dari_n] == ["Renja", "Rancangan awal", "Penetapan"]
    assert {b[2:] for b in dari_n} == {(2.0, 3.0, 12.0, 48.0, 10_629_579_716_00)}


def test_dicari_menurut_nama_dan_tahun(awal: Buku) -> None:
    rows = [_tahap("a-7", 2023, "APBD", 1_00), _tahap("a-8", 2024, "APBD", 2_00), _tahap("a-9", 2024, "APBDP", 3_00)]
    buku = awal.ganti({"Anggaran": [*rows, *awal.baris("Anggaran")]})
    assert cari_tahap(buku, "apbdp").anggaran == 3_00
    assert cari_tahap(buku, "APBD 2023").anggaran == 1_00
    with pytest.raises(TahapanError, match="2023, 2024"):
        cari_tahap(buku, "APBD")
    with pytest.raises(TahapanError, match="yang ada: APBD 2023, APBD 2024"):
        cari_tahap(buku, "Forum")
    assert cari_tahap(simpan(buku, "APBD"), "APBD").tahun == 2025  # that of the plan year is meant
    with pytest.raises(TahapanError, match="hanya jumlahnya"):
        ambil_tahapan(buku, "APBD", 2023)


def test_rencana_yang_sekarang_di_akhir_tahunnya(awal: Buku) -> None:
    """Otherwise the first stage would differ from what came after it."""
    assert [t.nama for t in daftar_tahapan(simpan(awal, "Rancangan awal"))] == ["Rancangan awal", "Renja"]


def test_buku_baru_tanpa_tahapan() -> None:
    assert [(t.nama, t.tahun) for t in daftar_tahapan(buku_baru(2031))] == [("Renja", 2031)]
    b = next(b for b in simpan(buku_baru(2031), "Penetapan").baris("Anggaran") if b.asal)
    assert b.asal == Asal("Tahapan", "Penetapan")
