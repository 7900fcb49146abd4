"""The real plan, recomputed a second time straight from its TSV files (see ``tests/conftest.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from renja_xl.core.buku import Baris, Buku, Level, Nilai
from tests.conftest import KOLOM_UANG, kunci_nama, pohon_cetak

Tsv = Mapping[str, list[dict[str, str]]]
INDUK = {Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH, Level.PROGRAM, Level.KEGIATAN, Level.TOTAL}


def nama(b: Baris) -> str:
    """A row's printed name, whichever column of its table holds it."""
    kolom = ("nama", "nama_rkpd", "nama_kebutuhan", "program_kegiatan", "sub_kegiatan")
    return next((str(b[k].nilai) for k in kolom if b[k].nilai), "")


def urusan_program(normal: Buku, b: Baris) -> str:
    """Kode that the programs of an urusan row begin with; the row of the agency's own urusan carries none."""
    return "5.04." if kunci_nama(nama(b)) == "pendidikan dan pelatihan" else "5.03."


def jumlah(sub: Mapping[str, int], awalan: str) -> int:
    return sum(sen for kode, sen in sub.items() if kode.startswith(awalan))


def test_setiap_baris_t_c_29_tercetak_terhitung_menurut_rumusnya(
    normal: Buku, harapan_29: Mapping[str, tuple[Fraction | None, ...]]
) -> None:
    menurut_asal = {b.asal.baris: b for b in normal.baris("T-C.29") if b.asal}
    assert set(menurut_asal) == set(harapan_29)
    for nomor, benar in harapan_29.items():
        b = menurut_asal[nomor]
        for kolom, harapan in zip(
            ("tingkat_realisasi_n2", "realisasi_sd_n1", "tingkat_capaian_renstra"), benar, strict=True
        ):
            nilai: Nilai = b[kolom].nilai
            if harapan is None:
                assert nilai == "-", (nomor, kolom)
            else:
                assert nilai == pytest.approx(float(harapan), rel=1e-12, abs=1e-12), (nomor, kolom)
            assert b[kolom].rumus, (nomor, kolom)


def test_angka_terkenal_t_c_29(normal: Buku) -> None:
    """A few rows worked out by hand, so that a fault shared by both recomputations would still show."""
    b = {r.asal.baris: r for r in normal.baris("T-C.29") if r.asal}
    # 4: Nilai SAKIP: 65,16 ÷ 65; column 10 takes 70, the last of 60, 65,16, 70; 70 ÷ 80
    assert b["4"]["tingkat_realisasi_n2"].nilai == pytest.approx(100.246153846)
    assert b["4"]["realisasi_sd_n1"].nilai == 70
    assert b["4"]["tingkat_capaian_renstra"].nilai == 87.5
    # 19: 818 ÷ 1.400 (dot thousands); 5 + 818 + 1; 824 ÷ 5
    assert b["19"]["tingkat_realisasi_n2"].nilai == pytest.approx(58.428571428)
    assert b["19"]["realisasi_sd_n1"].nilai == 824
    assert b["19"]["tingkat_capaian_renstra"].nilai == 16480
    # 40: no Renstra target; 1 + nothing planned
    assert b["40"]["realisasi_sd_n1"].nilai == 1
    assert b["40"]["tingkat_capaian_renstra"].nilai == "-"
    # 54: realisasi 0 of 24 is a rate of 0, not a blank
    assert b["54"]["tingkat_realisasi_n2"].nilai == 0


@pytest.mark.parametrize(
    ("tabel", "kolom", "kolom_tsv"),
    [
        ("T-C.31", "pagu_rkpd", "pagu_rkpd"),
        ("T-C.31", "kebutuhan_dana", "kebutuhan_dana"),
        ("T-C.33", "pagu_n", "pagu_2025"),
        ("T-C.33", "pagu_p1", "pagu_2026"),
        ("RKT", "anggaran", "kebutuhan_dana"),
    ],
)
def test_jumlah_setiap_induk(
    normal: Buku,
    sen_sub_kegiatan: Mapping[str, Mapping[str, int]],
    kode_menurut_nama: Mapping[str, str],
    tabel: str,
    kolom: str,
    kolom_tsv: str,
) -> None:
    """Every parent is the sum of the sub kegiatan whose kode begin with its own; RKT takes T-C.31's kebutuhan."""
    sub = sen_sub_kegiatan[kolom_tsv]
    diperiksa = []
    for b in normal.baris(tabel):
        if b.level not in INDUK:
            continue
        if b.level in {Level.PERANGKAT_DAERAH, Level.TOTAL}:
            harapan = jumlah(sub, "")
        elif b.level is Level.URUSAN:
            harapan = jumlah(sub, urusan_program(normal, b))
        else:
            harapan = jumlah(sub, kode_menurut_nama[kunci_nama(nama(b))] + ".")
        assert b[kolom].nilai == harapan, (tabel, nama(b))
        assert b[kolom].rumus
        diperiksa.append(b.level)
    assert diperiksa.count(Level.PROGRAM) == 3
    assert diperiksa.count(Level.KEGIATAN) == 12
    assert diperiksa.count(Level.TOTAL if tabel == "RKT" else Level.PERANGKAT_DAERAH) == 1


@pytest.mark.parametrize(("stem", "kolom", "kolom_nama"), KOLOM_UANG[:4])
def test_jumlah_induk_tercetak_menurut_letaknya(
    normal: Buku, paser_tsv: Tsv, stem: str, kolom: str, kolom_nama: tuple[str, ...]
) -> None:
    """The same by place in the print; only the urusan rows of t_3_1_4 hold other programs than the kode say."""
    kunci = {"pagu_2025": "pagu_n", "pagu_2026": "pagu_p1"}.get(kolom, kolom)
    rows = normal.baris("T-C.31" if stem == "t_c_31" else "T-C.33")
    menurut_asal = {b.asal.baris: b for b in reversed(rows) if b.asal}
    for s in pohon_cetak(paser_tsv[stem], kolom_nama):
        if s.level == "sub_kegiatan" or (stem == "t_3_1_4" and s.level == "urusan"):
            continue
        b = menurut_asal[s.baris[0]["baris"]]
        assert b.level.value == s.level
        assert Fraction(int(b[kunci].nilai or 0), 100) == s.jumlah(kolom), (stem, s.baris[0]["baris"])


def test_total_rencana(normal: Buku) -> None:
    """Totals added up by hand from the printed sub kegiatan."""
    skpd = next(b for b in normal.baris("T-C.33") if b.level is Level.PERANGKAT_DAERAH)
    assert skpd["pagu_n"].nilai == 10_629_579_716_00
    assert skpd["pagu_p1"].nilai == 29_708_058_820_00
    skpd = next(b for b in normal.baris("T-C.31") if b.level is Level.PERANGKAT_DAERAH)
    assert skpd["kebutuhan_dana"].nilai == 27_526_278_148_00


@pytest.mark.parametrize(
    ("tabel", "kolom", "kolom_tsv"),
    [
        ("T-C.31", "pagu_rkpd", "pagu_rkpd"),
        ("T-C.31", "kebutuhan_dana", "kebutuhan_dana"),
        ("T-C.33", "pagu_n", "pagu_2025"),
        ("T-C.33", "pagu_p1", "pagu_2026"),
        ("RKT", "anggaran", "kebutuhan_dana"),
    ],
)
def test_uang_sub_kegiatan_tetap_seperti_tercetak(
    normal: Buku,
    sen_sub_kegiatan: Mapping[str, Mapping[str, int]],
    tabel: str,
    kolom: str,
    kolom_tsv: str,
) -> None:
    simpul = normal.simpul_menurut_id()
    ada = {}
    for b in normal.baris(tabel):
        if b.level is Level.SUB_KEGIATAN and b[kolom].angka is not None:
            ada[simpul[b.simpul or ""].kode] = b[kolom].nilai
    assert ada == sen_sub_kegiatan[kolom_tsv]


def test_uang_program_pindah_ke_baris_pertamanya(normal: Buku) -> None:
    """t_3_1_4 prints the amount of its first program on the second indicator's row."""
    baris = {b.asal.baris: b for b in normal.baris("T-C.33") if b.asal}
    # kegiatan 01: 142.373.000 + 117.614.000; 02: 117.614.000 + 7.883.062.564; 06: 401.900.000; 08: 12.500.000; 09: 193.456.000
    assert baris["3"]["pagu_n"].nilai == 8_868_519_564_00
    assert baris["3"]["pagu_n"].asli == "8.963.647.000"
    assert baris["4"]["pagu_n"].nilai is None


def test_selisih_t_c_31(normal: Buku) -> None:
    baris = {b.asal.baris: b for b in normal.baris("T-C.31") if b.asal and b.level is Level.SUB_KEGIATAN}
    # 374.119.000 − 75.010.400
    assert baris["5"]["selisih"].nilai == 299_108_600_00
    assert baris["5"]["persen_selisih"].nilai == pytest.approx(299_108_600 / 75_010_400 * 100)
    # 69.809.000 − 84.292.730
    assert baris["38"]["selisih"].nilai == -14_483_730_00


def test_teks_tercetak_disimpan_pada_sel_yang_dihitung_ulang(normal: Buku) -> None:
    baris = {b.asal.baris: b for b in normal.baris("T-C.29") if b.asal}
    assert baris["72"]["realisasi_sd_n1"].asli == "155"
    assert baris["47"]["tingkat_realisasi_n2"].asli == "7.13"


def test_kegiatan_yang_tidak_berpagu_berjumlah_nol(normal: Buku) -> None:
    """Its sub kegiatan are printed with ``-``; the printed 1.770.218.000 stays as original text."""
    b = next(b for b in normal.baris("T-C.33") if b.asal and b.asal.baris == "22")
    assert (b["pagu_n"].nilai, b["pagu_n"].asli) == (0, "1.770.218.000")


def test_rkt_menyebut_setiap_simpul_rencana(normal: Buku) -> None:
    """RKT lists every program, kegiatan and sub kegiatan that the plan tables list, in the same order."""
    tampil = {Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN}
    t33 = [b.simpul for b in normal.baris("T-C.33") if b.level in tampil]
    rkt = [b.simpul for b in normal.baris("RKT") if b.level in tampil]
    assert rkt == t33
    assert len(rkt) == len(set(rkt)) == 3 + 12 + 48
