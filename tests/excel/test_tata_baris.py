"""Steps on sheet rows: whatever the wanted order, they lead to it, and touch no row that can stay."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from renja_xl.excel.tata_baris import Hapus, Pindah, Sisip, TataBaris, tata_baris

AWAL = 8


def jalankan(t: TataBaris) -> list[int | str]:
    """A sheet's rows after the steps; new ones are named, rows above and below are letters."""
    rows: list[int | str] = [*("atas" for _ in range(AWAL - 1)), *range(t.awal, t.akhir_lama + 1), "bawah"]
    for s in t.sisip:
        rows[s.baris - 1 : s.baris - 1] = ["baru"] * s.banyak
    for p in t.pindah:
        for n in range(p.banyak):
            assert rows[p.ke - 1 + n] == "baru"
            rows[p.ke - 1 + n], rows[p.dari - 1 + n] = rows[p.dari - 1 + n], "kosong"
    for h in t.hapus:
        del rows[h.baris - 1 : h.baris - 1 + h.banyak]
    assert rows[: AWAL - 1] == ["atas"] * (AWAL - 1)
    assert rows[-1] == "bawah"
    return rows[AWAL - 1 : -1]


@st.composite
def tugas(draw: st.DrawFn) -> tuple[int, list[int | None]]:
    banyak = draw(st.integers(1, 12))
    ada = draw(st.lists(st.sampled_from(range(AWAL, AWAL + banyak)), unique=True))
    tujuan: list[int | None] = list(draw(st.permutations(ada)) if draw(st.booleans()) else sorted(ada))
    for tempat in draw(st.lists(st.integers(0, 12), max_size=6)):
        tujuan.insert(min(tempat, len(tujuan)), None)
    return AWAL + banyak - 1, tujuan or [None]


@given(tugas())
@settings(max_examples=300)
def test_langkah_sampai_ke_tujuan(t: tuple[int, list[int | None]]) -> None:
    akhir, tujuan = t
    tata = tata_baris(AWAL, akhir, tujuan)
    assert jalankan(tata) == ["baru" if x is None else x for x in tujuan]
    assert tata.akhir == AWAL + len(tujuan) - 1
    assert set(tata.keluar) == set(range(AWAL, akhir + 1)) - set(tujuan)
    urut = [x for x in tujuan if x is not None]
    if urut == sorted(urut):
        assert not tata.pindah
    assert {n for n, x in enumerate(tujuan) if x is None} <= set(tata.dasar)
    if len(urut) == len(tujuan) == akhir - AWAL + 1 and urut == sorted(urut):
        assert not tata.berubah


def test_deret_menjadi_satu_langkah() -> None:
    tata = tata_baris(8, 12, [8, None, None, 9, 10, 11, 12, None])
    assert tata.sisip == (Sisip(9, 2, False), Sisip(15, 1, False))
    assert tata.dasar == {1: 8, 2: 8, 7: 12}
    assert not tata.hapus
    tata = tata_baris(8, 12, [8, 11, 12, 9, 10])
    assert tata.sisip == (Sisip(9, 2, False),)
    assert tata.pindah in {(Pindah(13, 9, 2),), (Pindah(9, 13, 2),)}
    assert tata.hapus == (Hapus(13, 2),)
    assert tata.berpindah == {11, 12}


def test_baris_paling_atas_mengambil_format_dari_baris_di_bawahnya() -> None:
    assert tata_baris(8, 9, [None, 8, 9]).sisip == (Sisip(8, 1, True),)
    # where the first row goes anyway, the new one stands below it
    tata = tata_baris(8, 9, [None, 9])
    assert (tata.sisip, tata.hapus) == ((Sisip(9, 1, False),), (Hapus(8, 1),))
