"""Budgets: whose money a cell holds, exact roll-up, forward estimate. Amounts are sen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from renja_xl.core.buku import Baris, Level, Nilai, Sel
from renja_xl.core.pagu import Pos, berpagu, gulung, jumlah_kode, nilai_pos, prakiraan_maju, tata_pagu

URU, SKPD, PRO, KEG, SUB, IND, TOT, DATA = (
    Level.URUSAN,
    Level.PERANGKAT_DAERAH,
    Level.PROGRAM,
    Level.KEGIATAN,
    Level.SUB_KEGIATAN,
    Level.INDIKATOR_LANJUTAN,
    Level.TOTAL,
    Level.DATA,
)


def tabel(*deret: tuple[Level, str | None, Nilai]) -> list[Baris]:
    """Rows of (level, node, amount)."""
    return [
        Baris(f"b{n}", level, {} if uang is None else {"uang": Sel(uang)}, simpul)
        for n, (level, simpul, uang) in enumerate(deret)
    ]


def jumlah(rows: Sequence[Baris], kunci_simpul: str | None = None) -> dict[str, int]:
    """Amounts of every parent."""
    tata = tata_pagu(rows, "uang", kunci_simpul)
    return gulung(tata, {p.kunci: nilai_pos(p, rows, "uang") for p in tata if p.sub})


def pos(rows: Sequence[Baris], kunci: str) -> Pos:
    return next(p for p in tata_pagu(rows, "uang") if p.kunci == kunci)


def test_jumlah_ke_atas_sampai_sen() -> None:
    rows = tabel(
        (URU, "u", None),
        (SKPD, "d", None),
        (PRO, "p1", None),
        (KEG, "k1", None),
        (SUB, "s1", 100_01),
        (SUB, "s2", 200_02),
        (KEG, "k2", None),
        (SUB, "s3", 400_04),
        (PRO, "p2", None),
        (KEG, "k3", None),
        (SUB, "s4", 800_08),
    )
    assert jumlah(rows) == {
        "u": 1500_15,
        "d": 1500_15,
        "p1": 700_07,
        "k1": 300_03,
        "k2": 400_04,
        "p2": 800_08,
        "k3": 800_08,
    }


def test_angka_yang_tertulis_pada_induk_tidak_ikut_dijumlahkan() -> None:
    rows = tabel((PRO, "p", 999), (KEG, "k", 999), (SUB, "s", 5))
    assert jumlah(rows) == {"p": 5, "k": 5}


def test_sub_kegiatan_berulang_tidak_dijumlahkan_dua_kali() -> None:
    """Also when it comes back below another kegiatan, as on row 60 of T-C.31; the finding knows the row."""
    rows = tabel(
        (PRO, "p", None),
        (KEG, "k1", None),
        (SUB, "s1", 100),
        (SUB, "s1", 100),
        (KEG, "k2", None),
        (SUB, "s2", 7),
        (SUB, "s1", 100),
        (IND, "s1", 100),
    )
    assert jumlah(rows) == {"p": 107, "k1": 100, "k2": 7}
    assert pos(rows, "s1").ulangan == [3, 6, 7]
    assert pos(rows, "s1").sel_lain == []


def test_program_dan_kegiatan_berulang_adalah_simpul_yang_sama() -> None:
    """RKT prints one program under three sasaran; its children merge."""
    rows = tabel(
        (PRO, "p", None),
        (KEG, "k1", None),
        (SUB, "s1", 1),
        (PRO, "q", None),
        (KEG, "k2", None),
        (SUB, "s2", 2),
        (PRO, "p", None),
        (KEG, "k3", None),
        (SUB, "s3", 4),
        (KEG, "k1", None),
        (SUB, "s4", 8),
        (TOT, None, None),
    )
    hasil = jumlah(rows)
    assert hasil == {"p": 13, "k1": 9, "k3": 4, "q": 2, "k2": 2, "total:b11": 15}
    assert pos(rows, "p").baris == [0, 6]
    assert pos(rows, "k1").baris == [1, 9]


def test_perangkat_daerah_dan_total_adalah_jumlah_seluruh_program() -> None:
    """Wherever they stand: a program below another urusan belongs to the same agency."""
    rows = tabel(
        (URU, "u1", None),
        (SKPD, "d", None),
        (PRO, "p1", None),
        (KEG, "k1", None),
        (SUB, "s1", 3),
        (URU, "u2", None),
        (PRO, "p2", None),
        (KEG, "k2", None),
        (SUB, "s2", 5),
        (TOT, None, None),
    )
    hasil = jumlah(rows)
    assert (hasil["u1"], hasil["u2"]) == (3, 5)
    assert (hasil["d"], hasil["total:b9"]) == (8, 8)


def test_uang_di_baris_indikator_kedua_milik_simpulnya() -> None:
    rows = tabel((PRO, "p", None), (IND, "p", 77), (KEG, "k", None), (SUB, "s", None), (IND, "s", 50))
    assert pos(rows, "p").sel == 1
    assert pos(rows, "s").sel == 4
    assert jumlah(rows) == {"p": 50, "k": 50}


def test_tanda_strip_bukan_sel_terisi() -> None:
    rows = tabel((KEG, "k", None), (SUB, "s", "-"), (IND, "s", 50))
    assert pos(rows, "s").sel == 2
    assert jumlah(rows) == {"k": 50}


def test_dua_sel_terisi_tidak_pernah_dijumlahkan() -> None:
    rows = tabel((KEG, "k", None), (SUB, "s", 40), (IND, "s", 50), (IND, "s", 60))
    assert (pos(rows, "s").sel, pos(rows, "s").sel_lain) == (1, [2, 3])
    assert jumlah(rows) == {"k": 40}


def test_teks_yang_tidak_terbaca_tidak_menjadi_nol_diam_diam() -> None:
    rows = tabel((KEG, "k", None), (SUB, "s", "259.987.00,00"), (SUB, "t", 3))
    tata = tata_pagu(rows, "uang")
    assert nilai_pos(next(p for p in tata if p.kunci == "s"), rows, "uang") is None
    assert jumlah(rows) == {"k": 3}


def test_baris_tanpa_simpul_tetap_dijumlahkan_menurut_letaknya() -> None:
    rows = tabel((PRO, None, None), (KEG, None, None), (SUB, None, 3), (SUB, None, 4))
    assert jumlah(rows) == {"baris:b0": 7, "baris:b1": 7}


def test_baris_lain_di_antaranya_tidak_memutus_pohon() -> None:
    rows = tabel((PRO, "p", None), (KEG, "k", None), (DATA, None, 9), (IND, None, 9), (SUB, "s", 4))
    assert jumlah(rows) == {"p": 4, "k": 4}
    assert pos(rows, "k").baris == [1]


def test_sub_kegiatan_langsung_di_bawah_program() -> None:
    rows = tabel((PRO, "p", None), (SUB, "s", 4), (KEG, "k", None), (SUB, "t", 5))
    assert jumlah(rows) == {"p": 9, "k": 5}


def test_sisi_kanan_dapat_menyebut_simpul_lain() -> None:
    """T-C.31: left Evaluasi Disiplin, right Pelayanan Izin; each side counts its own node."""
    rows = tabel((KEG, "k", None), (SUB, "a", 10), (SUB, "b", 20))
    rows[2] = Baris("b2", SUB, {"uang": Sel(20), "simpul_kanan": Sel("c")}, "b")
    kanan = tata_pagu(rows, "uang", "simpul_kanan")
    assert [p.kunci for p in kanan] == ["k", "a", "c"]
    assert [p.kunci for p in tata_pagu(rows, "uang")] == ["k", "a", "b"]


def test_sisi_kanan_yang_mengulang_simpul_tidak_dijumlahkan() -> None:
    rows = tabel((KEG, "k", None), (SUB, "a", 10), (SUB, "b", 20))
    rows[2] = Baris("b2", SUB, {"uang": Sel(20), "simpul_kanan": Sel("a")}, "b")
    assert jumlah(rows, "simpul_kanan") == {"k": 10}
    assert jumlah(rows) == {"k": 30}


def test_berpagu() -> None:
    rows = tabel((PRO, "p", None), (KEG, "k1", 9), (SUB, "a", 0), (SUB, "b", "-"), (KEG, "k2", None), (SUB, "c", 1))
    tata = {p.kunci: p for p in tata_pagu(rows, "uang")}
    sub = {p.kunci: nilai_pos(p, rows, "uang") for p in tata.values() if p.sub}
    assert {k: berpagu(p, sub) for k, p in tata.items() if not p.sub} == {"p": True, "k1": False, "k2": True}


def test_induk_tanpa_rincian_berjumlah_nol() -> None:
    assert jumlah(tabel((PRO, "p", 55), (KEG, "k", 66))) == {"p": 0, "k": 0}


@pytest.mark.parametrize(
    ("dasar", "pertumbuhan", "pembulatan", "hasil"),
    [
        # Paser: 551.475.000 × 1,1 = 606.622.500
        (551_475_000_00, 10, 100, 606_622_500_00),
        # 17.523 × 1,1 = 19.275,3 → to Rp100
        (17_523_00, 10, 100, 19_300_00),
        # exactly half: 1.500 × 1,1 = 1.650 → up; 500 × 1,1 = 550 → up (a banker would go to 1.600 and 600)
        (1_500_00, 10, 100, 1_700_00),
        (500_00, 10, 100, 600_00),
        (2_500_00, 10, 100, 2_800_00),
        # a sen below half goes down
        (1_499_99, 10, 100, 1_600_00),
        # a basis with sen: 66,95 × 1,1 = 73,645 → Rp1 and whole sen
        (66_95, 10, 1, 74_00),
        (66_95, 10, 0, 73_65),
        (5, 10, 0, 6),
        (0, 10, 100, 0),
        (1_000_000_00, 0, 100, 1_000_000_00),
        (1_000_000_00, -10, 100, 900_000_00),
        (1_000_000_00, 4.35, 1, 1_043_500_00),
        (100_000_00, 10, 1_000, 110_000_00),
        (100_500_00, 10, 1_000, 111_000_00),  # 110.550
        # big amounts stay exact where doubles do not: 9.000.000.000.000,05 × 1,1 = 9.900.000.000.000,055
        (9_000_000_000_000_05, 10, 0, 9_900_000_000_000_06),
        (9_090_909_090_909_09, 10, 0, 10_000_000_000_000_00),
        (4_545_454_545_500_00, 10, 100, 5_000_000_000_100_00),  # 5.000.000.000.050
        # away from zero, as Excel's ROUND
        (-1_500_00, 10, 100, -1_700_00),
    ],
)
def test_prakiraan_maju(dasar: int, pertumbuhan: float, pembulatan: float, hasil: int) -> None:
    assert prakiraan_maju(dasar, pertumbuhan, pembulatan) == hasil


def test_jumlah_menurut_kode() -> None:
    baris = (
        ("5.03.02", 999),  # a parent's own cell is a sum
        ("5.03.02.2.01.0003", None),
        ("5.03.02.2.01.0003", 100),  # the node's money stands on its second row
        ("5.03.02.2.01.0003", 7),  # and is not summed again
        ("5.03.02.2.01.0006 ", 50),
        ("5.03.021.2.01.0001", 3),
        (None, 1),
        ("lain", 1),
    )
    assert jumlah_kode("5.03.02", baris) == 150
    assert jumlah_kode("5.03.02.2.01", baris) == 150
    assert jumlah_kode("5.03.02.2.01.0006", baris) == 50
    assert jumlah_kode("5.03.02.2.01.0003", [("5.03.02.2.01.0003", None)]) == 0
    assert jumlah_kode("5.03.01", baris) is None
