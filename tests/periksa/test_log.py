"""LOG: figures that contradict each other, each with its harmless neighbour."""

from __future__ import annotations

import pytest

from renja_xl.core.buku import Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.log import PERIKSA_LOG
from renja_xl.tabel import EFISIENSI
from tests.conftest import isi

CEK, INFO = Tingkat.PERLU_DICEK, Tingkat.INFORMASI
SUB = ("s-5", "s-6", "s-8")


def periksa(buku: Buku) -> list[Temuan]:
    k = Konteks(buku)
    return [t for aturan in PERIKSA_LOG for t in aturan(k)]


def ringkas(buku: Buku) -> list[tuple[str, Tingkat, str, str, str]]:
    return [(t.aturan, t.tingkat, t.tabel, t.kolom, t.tertulis) for t in periksa(buku)]


def test_rencana_yang_benar(kecil: Buku) -> None:
    assert periksa(kecil) == []


@pytest.mark.parametrize(
    ("tabel", "target", "uang"),
    [
        ("T-C.33", "target_n", "pagu_n"),
        ("T-C.31", "target_rkpd", "pagu_rkpd"),
        ("T-C.31", "target_kebutuhan", "kebutuhan_dana"),
    ],
)
def test_log_04_dan_05_pagu_dan_target(kecil: Buku, tabel: str, target: str, uang: str) -> None:
    assert ringkas(isi(kecil, tabel, "s-5", {target: Sel()})) == [("LOG-04", CEK, tabel, target, "")]
    for nol, isi_sel in ((Sel("-", "-"), "-"), (Sel(0), "0")):
        assert ringkas(isi(kecil, tabel, "s-5", {uang: nol})) == [("LOG-05", CEK, tabel, uang, isi_sel)]
    assert ringkas(isi(kecil, tabel, "s-5", {uang: Sel()})) == []  # missing, which is KSG's
    assert ringkas(isi(kecil, tabel, "s-5", {uang: Sel("-"), target: Sel("-")})) == []  # dropped, and says so


@pytest.mark.parametrize(
    ("maju", "ada"),
    [(-1_00, True), (999_000_00, True), (20_000_00, True), (300_000_00, False), (110_000_00, False), (0, False)],
)
def test_log_06_prakiraan_maju(kecil: Buku, maju: int, ada: bool) -> None:
    """pagu 100.000 and kebutuhan 200.000: three times off both."""
    temuan = [(t[0], t[1], t[3]) for t in ringkas(isi(kecil, "T-C.33", "s-5", {"pagu_p1": maju}))]
    assert temuan == ([("LOG-06", CEK, "pagu_p1")] if ada else [])


def test_log_07_realisasi_tanpa_anggaran(kecil: Buku) -> None:
    def efisiensi(pagu: Nilai) -> Buku:
        b = kecil.baris("T-C.33")[0]
        sel = {"pagu_anggaran": Sel(pagu), "realisasi_anggaran": Sel(5_00)}
        baris = type(b)("efi-1", Level.DATA, sel)
        return kecil.ganti({EFISIENSI.kunci: [baris]})

    assert ringkas(efisiensi(0)) == [("LOG-07", CEK, "Efisiensi", "realisasi_anggaran", "5")]
    assert ringkas(efisiensi(10_00)) == ringkas(efisiensi(None)) == []


def test_log_08_dan_10_capaian_tak_wajar(kecil: Buku) -> None:
    sekali = hitung(isi(kecil, "T-C.29", "s-5", {"target_n2": 0.25}))  # 3 of a quarter: 1.200 percent
    assert ringkas(sekali) == [("LOG-08", CEK, "T-C.29", "target_n2", "0,25")]
    banyak = hitung(isi(kecil, "T-C.29", "s-5", {"realisasi_sd_n3": 41.0}))
    assert ringkas(banyak) == [("LOG-10", CEK, "T-C.29", "realisasi_sd_n3", "41")]
    assert ringkas(hitung(isi(kecil, "T-C.29", "s-5", {"realisasi_sd_n3": 40.0}))) == []
    # units that differ are the cause, and another rule's
    beda: dict[str, Nilai | Sel] = {
        "realisasi_sd_n3": 400.0,
        "satuan_target_renstra": "Dok",
        "satuan_realisasi_sd_n3": "Orang",
    }
    assert ringkas(hitung(isi(kecil, "T-C.29", "s-5", beda))) == []


def test_log_12_kolom_tahun_lain_tersalin(kecil: Buku) -> None:
    def salin(kecuali: str | None) -> Buku:
        rows = []
        for n, b in enumerate(kecil.baris("T-C.29")):
            angka = float(n + 3)
            rows.append(b.dengan({"target_n2": Sel(angka), "target_n1": Sel(angka + (b.simpul == kecuali))}))
        return hitung(kecil.ganti({"T-C.29": rows}))

    (t,) = [t for t in periksa(salin(None)) if t.aturan == "LOG-12"]
    assert (t.tingkat, t.kolom, len(t.anggota)) == (INFO, "target_n1", len(kecil.baris("T-C.29")))
    assert [t for t in periksa(salin("s-6")) if t.aturan == "LOG-12"] == []


@pytest.mark.parametrize(
    ("kolom", "arah"),
    [
        ((20.0, 4.0, 17.0, 13.0), "ke kanan"),  # 13 ÷ 17 = 76,47
        ((17.0, 13.0, 6.0, 6.0), "ke kiri"),
        ((20.0, 17.0, 13.0, 5.0), None),  # in its place
        ((20.0, 5.0, 7.0, 5.0), None),  # a wrong rate that fits nowhere
    ],
)
def test_log_13_bergeser_satu_kolom(kecil: Buku, kolom: tuple[float, ...], arah: str | None) -> None:
    isian = dict(zip(("realisasi_sd_n3", "target_n2", "realisasi_n2", "target_n1"), kolom, strict=True))
    buku = isi(kecil, "T-C.29", "s-5", {**isian, "tingkat_realisasi_n2": Sel(76.47, "76,47")})
    temuan = [t for t in periksa(buku) if t.aturan == "LOG-13"]
    assert [arah in t.pesan for t in temuan if arah] == ([True] if arah else [])
    assert len(temuan) == bool(arah)


def test_log_13_bergeser_satu_baris(kecil: Buku) -> None:
    """Four rows whose realisasi stand one row too low; their printed rates still tell."""
    rows = list(kecil.baris("T-C.29"))
    benar = [(17.0, 13.0, "76,47"), (19.0, 14.0, "73,68"), (23.0, 16.0, "69,57"), (29.0, 21.0, "72,41")]
    for n, (target, realisasi, cetak) in enumerate(benar):
        masukan = {"target_n2": Sel(target), "realisasi_n2": Sel(realisasi)}
        rows[n + 2] = rows[n + 2].dengan(masukan | {"tingkat_realisasi_n2": Sel(float(cetak.replace(",", ".")), cetak)})
    assert [t for t in periksa(kecil.ganti({"T-C.29": rows})) if t.aturan == "LOG-13"] == []
    geser = [rows[1]["realisasi_n2"], *(b["realisasi_n2"] for b in rows[2:6])]
    for n, sel in enumerate(geser):
        rows[n + 2] = rows[n + 2].dengan({"realisasi_n2": sel})
    (t,) = [t for t in periksa(kecil.ganti({"T-C.29": rows})) if t.aturan == "LOG-13"]
    assert (t.kolom, [a.baris for a in t.anggota]) == ("realisasi_n2", [b.id for b in rows[2:6]])
    assert "ke bawah" in t.pesan
