"""SAT: units and figures in a unit that is not meant."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.core.satuan import berlawanan, golongan, saran_ejaan
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.sat import PERIKSA_SAT
from tests.conftest import isi

HARUS, CEK, INFO = Tingkat.HARUS_DIPERBAIKI, Tingkat.PERLU_DICEK, Tingkat.INFORMASI
Isian = Mapping[str, Nilai | Sel]


def periksa(buku: Buku) -> list[Temuan]:
    k = Konteks(buku)
    return [t for aturan in PERIKSA_SAT for t in aturan(k)]


def ringkas(buku: Buku) -> list[tuple[str, Tingkat, str, str, str]]:
    return [(t.aturan, t.tingkat, t.kolom, t.tertulis, t.seharusnya) for t in periksa(buku)]


def bersatuan(buku: Buku, tabel: str, simpul: str, **satuan: str) -> Buku:
    return isi(buku, tabel, simpul, {f"satuan_{k}": v for k, v in satuan.items()})


def test_rencana_yang_benar(kecil: Buku) -> None:
    assert periksa(kecil) == []


# ── units ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("satuan", "temuan"),
    [
        ({"target_n2": "Orang"}, [("SAT-01", CEK, "satuan_target_n2", "Orang", "Dok")]),
        ({"realisasi_sd_n3": "%"}, [("SAT-01", CEK, "satuan_realisasi_sd_n3", "%", "Dok")]),
        ({"target_n2": "dokumen"}, []),  # another spelling of the same
        ({"target_n2": "-"}, []),
        ({"target_n2": "100%"}, []),  # a number: FMT's
    ],
)
def test_sat_01_satuan_dalam_satu_baris(kecil: Buku, satuan: dict[str, str], temuan: list[object]) -> None:
    semua = {"target_renstra": "Dok", "realisasi_sd_n3": "Dok", "target_n2": "Dok", "realisasi_n2": "Dok"}
    assert ringkas(bersatuan(kecil, "T-C.29", "s-5", **(semua | satuan))) == temuan


def test_sat_01_nilai_dan_predikat_hanya_informasi(kecil: Buku) -> None:
    kolom = ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2")
    masukan: Isian = {f"satuan_{k}": "Nilai" for k in kolom} | {"satuan_target_n2": "BB"}
    buku = isi(kecil, "T-C.29", "s-3", masukan, indikator="i-4")
    assert ringkas(buku) == [("SAT-01", INFO, "satuan_target_n2", "BB", "Nilai")]


def test_sat_02_satuan_antartabel(kecil: Buku) -> None:
    """A pair of tables that each agree with themselves, but not with the other."""
    buku = bersatuan(kecil, "T-C.33", "s-5", target_n="Paket", target_p1="Paket")
    rkpd = bersatuan(buku, "T-C.31", "s-5", target_rkpd="Unit", target_kebutuhan="Unit")
    temuan = [t for t in ringkas(rkpd) if t[2] != "satuan_target_renstra"]
    assert temuan == [("SAT-02", CEK, "satuan_target_rkpd", "Unit", "Paket")]
    sama = bersatuan(buku, "T-C.31", "s-5", target_rkpd="pkt", target_kebutuhan="paket")
    assert [t for t in ringkas(sama) if t[2] != "satuan_target_renstra"] == []


@pytest.mark.parametrize(
    ("simpul", "satuan", "temuan"),
    [
        ("s-5", "%", [("SAT-03", CEK, "satuan_target_n", "%", "Dokumen")]),  # Jumlah dokumen …
        ("s-5", "Orang", [("SAT-03", CEK, "satuan_target_n", "Orang", "Dokumen")]),
        ("s-5", "Dok", []),
        ("s-4", "Dok", [("SAT-03", CEK, "satuan_target_n", "Dok", "%")]),  # Persentase …
        ("s-4", "persen", []),
        ("s-4", "BB", [("SAT-04", CEK, "satuan_target_n", "BB", "%")]),
    ],
)
def test_sat_03_dan_04_satuan_lawan_kata_indikator(kecil: Buku, simpul: str, satuan: str, temuan: list[object]) -> None:
    buku = isi(kecil, "T-C.33", simpul, {"target_n": 5.0, "satuan_target_n": satuan, "satuan_target_p1": satuan})
    assert [t for t in ringkas(buku) if t[0] != "SAT-02"] == temuan


def test_sat_04_predikat_pada_persentase(kecil: Buku) -> None:
    assert ringkas(isi(kecil, "T-C.33", "s-4", {"predikat_target_n": "B"})) == [
        ("SAT-04", CEK, "predikat_target_n", "B", "")
    ]
    assert ringkas(isi(kecil, "T-C.33", "s-3", {"predikat_target_n": "B"}, indikator="i-4")) == []


def test_sat_07_satuan_tertukar_satu_temuan_untuk_dua_baris(kecil: Buku) -> None:
    satu = isi(kecil, "T-C.33", "s-4", {"satuan_target_n": "Dokumen"})
    (t,) = periksa(isi(satu, "T-C.33", "s-5", {"satuan_target_n": "%"}))
    assert (t.aturan, t.tingkat) == ("SAT-07", CEK)
    assert [(a.tertulis, a.seharusnya) for a in t.anggota] == [("Dokumen", "%"), ("%", "Dokumen")]
    assert "tertukar" not in periksa(satu)[0].pesan  # one wrong unit alone has changed places with nothing


@pytest.mark.parametrize(
    ("satuan", "saran"),
    [
        ("dolumen", "Dokumen"),
        ("Dokumn", "Dokumen"),
        ("Laproan", "Laporan"),
        ("dok", None),
        ("Kelurahan", None),
        ("-", None),
    ],
)
def test_sat_06_ejaan(kecil: Buku, satuan: str, saran: str | None) -> None:
    assert saran_ejaan(satuan) == saran
    buku = bersatuan(kecil, "T-C.33", "s-5", target_n=satuan, target_p1=satuan)
    temuan = [t for t in periksa(buku) if t.aturan == "SAT-06"]
    assert [(t.tingkat, t.seharusnya, len(t.anggota)) for t in temuan] == ([(INFO, saran, 2)] if saran else [])


def test_golongan_satuan_dan_indikator() -> None:
    assert golongan("85%") is None  # a figure, no unit
    assert golongan("BB") is golongan("Indeks") is golongan("nilai")
    assert not berlawanan("%", "Tingkat kepuasan pelayanan")  # its words leave the unit open
    assert not berlawanan("SK", "Jumlah SK yang terbit")
    assert berlawanan("Laporan", "2. Jumlah ASN yang dibina")


# ── percentages ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kolom", "nilai", "ada"),
    [("target_n", 120.0, True), ("target_n", 100.0, False), ("target_p1", 101.0, True)],
)
def test_sat_05_persentase_lebih_dari_seratus(kecil: Buku, kolom: str, nilai: float, ada: bool) -> None:
    temuan = ringkas(isi(kecil, "T-C.33", "s-4", {kolom: nilai}))
    assert [t[:3] for t in temuan] == ([("SAT-05", CEK, kolom)] if ada else [])


def test_sat_05_pertumbuhan_boleh_lebih(kecil: Buku) -> None:
    masukan: Isian = {"indikator": "Persentase pertumbuhan pendapatan", "target_n": 120.0}
    assert ringkas(isi(kecil, "T-C.33", "s-4", masukan)) == []


@pytest.mark.parametrize(
    ("kini", "maju", "tingkat"),
    [
        (0.85, 85.0, HARUS),
        (0.85, 90.0, CEK),
        (0.85, 0.9, None),
        (0.85, 3.0, None),
        (85.0, 90.0, None),
        (1.0, 90.0, None),
    ],
)
def test_sat_08_persen_sebagai_pecahan(kecil: Buku, kini: float, maju: float, tingkat: Tingkat | None) -> None:
    temuan = periksa(isi(kecil, "T-C.33", "s-4", {"target_n": kini, "target_p1": maju}))
    assert [(t.aturan, t.tingkat, t.seharusnya) for t in temuan] == ([("SAT-08", tingkat, "85")] if tingkat else [])


# ── amounts in thousands ──────────────────────────────────────────────────────────────────────────────────────


def test_sat_09_ribuan_pasti_bila_kolom_lain_membenarkan(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.31", "s-5", {"kebutuhan_dana": 250_000_000_00})
    buku = isi(buku, "T-C.33", "s-5", {"pagu_n": 250_000_00})
    assert [(t[0], t[1], t[2], t[4]) for t in ringkas(buku)] == [("SAT-09", HARUS, "pagu_n", "Rp250.000.000")]
    assert ringkas(isi(buku, "T-C.33", "s-5", {"pagu_n": 250_000_100})) == []  # a thousandth only by chance


def test_sat_09_jumlah_induk_tercetak_membenarkan(kecil: Buku) -> None:
    """30.000.000 + 100.000.000 was printed on the kegiatan, 100.000 on its sub kegiatan."""
    buku = isi(kecil, "T-C.33", "s-6", {"pagu_n": 30_000_000_00})
    buku = isi(buku, "T-C.33", "s-4", {"pagu_n": Sel(130_000_000_00, "130.000.000")})
    assert [(t[1], t[2]) for t in ringkas(buku) if t[0] == "SAT-09"] == [(HARUS, "pagu_n")]


def test_sat_09_jauh_di_bawah_yang_lain_hanya_perlu_dicek(kecil: Buku) -> None:
    """Without peers enough there is no median to be far below of."""
    assert ringkas(isi(kecil, "T-C.31", "s-8", {"pagu_rkpd": 100_00})) == []


def test_sat_09_jumlah_yang_disebut_di_profil_membenarkan(kecil: Buku) -> None:
    """The only other amount is 15 billion; the document's total leaves 7.000.456 where the table has 7.000."""
    klaim = Baris("pro-1", Level.DATA, {"kunci": Sel("total_rencana"), "nilai": Sel("Rp. 15.007.000.456,-")})

    def rencana(lain: int) -> Buku:
        buku = isi(isi(kecil, "T-C.33", "s-5", {"pagu_n": 15_000_000_000_00}), "T-C.33", "s-6", {"pagu_n": Sel()})
        buku = isi(buku, "T-C.31", "s-5", {"pagu_rkpd": Sel(), "kebutuhan_dana": Sel()})
        buku = isi(buku, "T-C.33", "s-8", {"pagu_n": lain})
        return buku.ganti({"Profil": [*buku.baris("Profil"), klaim]})

    assert [(t[0], t[1], t[2]) for t in ringkas(rencana(7_000_00))] == [("SAT-09", HARUS, "pagu_n")]
    assert ringkas(rencana(8_000_00)) == []
