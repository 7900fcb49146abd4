"""DUP: rows copied over others, told from figures that agree by chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from renja_xl.core.buku import Buku, Nilai, Sel
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa.dup import baris_tersalin
from renja_xl.periksa.konteks import Konteks
from tests.conftest import baris_simpul, isi

CEK, INFO = Tingkat.PERLU_DICEK, Tingkat.INFORMASI
INDIKATOR = "Jumlah dokumen pengadaan pegawai"


def periksa(buku: Buku) -> list[Temuan]:
    return list(baris_tersalin(Konteks(buku)))


def ringkas(buku: Buku) -> list[tuple[str, Tingkat, str, str]]:
    return [(t.aturan, t.tingkat, t.tabel, t.kolom) for t in periksa(buku)]


def salin(buku: Buku, tabel: str, isian: dict[str, Nilai | Sel], *simpul: str) -> Buku:
    for s in simpul:
        buku = isi(buku, tabel, s, isian)
    return buku


def test_rencana_yang_benar(kecil: Buku) -> None:
    assert periksa(kecil) == []


def test_dup_06_pagu_dan_target_tersalin(kecil: Buku) -> None:
    rencana: dict[str, Nilai | Sel] = {"target_n": 7.0, "pagu_n": 117_614_000_00, "target_p1": 9.0}
    buku = salin(kecil, "T-C.33", rencana, "s-5", "s-6")
    (t,) = periksa(buku)
    assert (t.aturan, t.tingkat, t.kode) == ("DUP-06", CEK, "5.03.02.2.01.0006")
    assert [a.baris for a in t.anggota] == [baris_simpul(buku, "T-C.33", s).id for s in ("s-6", "s-5")]
    assert ringkas(isi(buku, "T-C.33", "s-6", {"target_p1": 8.0})) == [("DUP-08", INFO, "T-C.33", "pagu_n")]


def test_dup_06_jumlah_bulat_sama_bukan_salinan(kecil: Buku) -> None:
    """Many sub kegiatan have 75 million and a target of 6."""
    rencana: dict[str, Nilai | Sel] = {"target_n": 6.0, "pagu_n": 75_000_000_00, "target_p1": 6.0}
    assert periksa(salin(kecil, "T-C.33", rencana, "s-5", "s-6")) == []
    serupa = rencana | {"indikator": INDIKATOR}
    assert ringkas(salin(kecil, "T-C.33", serupa, "s-5", "s-6")) == [("DUP-06", CEK, "T-C.33", "target_n")]


@pytest.mark.parametrize(
    ("evaluasi", "temuan"),
    [
        ((75.0, 25.0, 14.0, 13.0, 12.0), [("DUP-06", INFO, "T-C.29", "target_renstra")]),
        ((5.0, 1.0, 1.0, 1.0, 1.0), []),
        ((100.0, 100.0, 100.0, 100.0, 100.0), []),
        ((90.0, 90.0, 85.0, 85.0, 85.0), []),
    ],
)
def test_dup_06_angka_evaluasi(kecil: Buku, evaluasi: tuple[float, ...], temuan: list[object]) -> None:
    kolom = ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2", "target_n1")
    isian: dict[str, Nilai | Sel] = dict(zip(kolom, evaluasi, strict=True))
    assert ringkas(salin(kecil, "T-C.29", isian, "s-5", "s-8")) == temuan


def test_dup_07_indikator_target_dan_satuan_sama(kecil: Buku) -> None:
    rencana: dict[str, Nilai | Sel] = {"indikator": INDIKATOR, "target_n": 7.0, "target_p1": 8.0}
    buku = salin(kecil, "T-C.33", rencana, "s-5", "s-8")
    assert ringkas(buku) == [("DUP-07", CEK, "T-C.33", "indikator")]
    assert ringkas(isi(buku, "T-C.33", "s-8", {"target_n": 6.0})) == []
    satu = salin(kecil, "T-C.33", rencana | {"target_n": 1.0, "target_p1": 1.0}, "s-5", "s-8")
    assert ringkas(satu) == [("DUP-07", INFO, "T-C.33", "indikator")]
    # the nomenclature itself has some names twice
    senama = replace(buku, simpul=tuple(replace(s, nama="Gaji") if s.id in {"s-5", "s-8"} else s for s in buku.simpul))
    assert ringkas(senama) == []


@pytest.mark.parametrize(("sen", "ada"), [(117_614_000_00, True), (75_000_000_00, False), (500_000_00, False)])
def test_dup_08_jumlah_sama_persis(kecil: Buku, sen: int, ada: bool) -> None:
    buku = isi(isi(kecil, "T-C.33", "s-5", {"pagu_n": sen}), "T-C.33", "s-8", {"pagu_n": sen})
    assert ringkas(buku) == ([("DUP-08", INFO, "T-C.33", "pagu_n")] if ada else [])


def test_salinan_pada_rencana_tercetak(tercetak: Buku) -> None:
    """117.614.000 stands on two sub kegiatan, 332.987.000 on two kegiatan of which one adds up to it."""
    temuan = periksa(tercetak)
    assert [(t.aturan, t.tertulis, [a.asal.baris for a in t.anggota if a.asal]) for t in temuan] == [
        ("DUP-08", "117.614.000,00", ["12", "7"]),
        ("DUP-08", "332.987.000,00", ["47", "43"]),
    ]
