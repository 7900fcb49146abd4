"""Kode of the nomenclature."""

from __future__ import annotations

import pytest

from renja_xl.core import kode as kd
from renja_xl.core.buku import Level, baca_level


@pytest.mark.parametrize(
    ("teks", "kode"),
    [
        ("5", "5"),
        ("5.03", "5.03"),
        ("5.03.02", "5.03.02"),
        ("5.03.02.2.01", "5.03.02.2.01"),
        ("5.03.02.2.01.0004", "5.03.02.2.01.0004"),
        ("5.03.02.2.01.04", "5.03.02.2.01.04"),  # older lists number sub kegiatan with two digits
        (" 5.03.02 ", "5.03.02"),
        ("5. 03. 02", "5.03.02"),
        ("5.03.02.", "5.03.02"),
        ("x.xx.01.2.01", "X.XX.01.2.01"),
    ],
)
def test_rapikan(teks: str, kode: str) -> None:
    assert kd.rapikan(teks) == kode


@pytest.mark.parametrize(
    "teks",
    [
        "",
        "-",
        "A",
        "1.1.1",
        "5.3",
        "5.03.2",
        "5.03.02.2",
        "5.03.02.02.01",
        "5.03.02.2.01.4",
        "05:03:01",
        "5,03,02",
        "5.03.02.2.01.00041",
    ],
)
def test_bukan_kode(teks: str) -> None:
    assert kd.rapikan(teks) is None


@pytest.mark.parametrize(
    ("kode", "level", "induk"),
    [
        ("5", Level.URUSAN, None),
        ("5.03", Level.BIDANG_URUSAN, "5"),
        ("5.03.02", Level.PROGRAM, "5.03"),
        ("5.03.02.2.01", Level.KEGIATAN, "5.03.02"),
        ("5.03.02.2.01.0004", Level.SUB_KEGIATAN, "5.03.02.2.01"),
    ],
)
def test_level_dan_induk(kode: str, level: Level, induk: str | None) -> None:
    assert kd.level(kode) is level
    assert kd.induk(kode) == induk


def test_urutan_nomenklatur_lalu_yang_tidak_berkode() -> None:
    kode = [None, "5.04.02", "5.03.02.2.01.0010", "5.03.02", "5.03.02.2.01.0009", "5.03.02.2.01", None]
    urut = sorted(kode, key=kd.urutan)
    assert urut == ["5.03.02", "5.03.02.2.01", "5.03.02.2.01.0009", "5.03.02.2.01.0010", "5.04.02", None, None]


def test_kode_umum_untuk_perangkat_daerah() -> None:
    assert kd.untuk_perangkat_daerah("X.XX.01.2.05", "5.03") == "5.03.01.2.05"
    assert kd.untuk_perangkat_daerah("X.XX.01", None) == "X.XX.01"
    assert kd.untuk_perangkat_daerah("5.04.02", "5.03") == "5.04.02"


@pytest.mark.parametrize(
    ("teks", "level"),
    [
        ("sub kegiatan", Level.SUB_KEGIATAN),
        ("Sub Kegiatan", Level.SUB_KEGIATAN),
        ("sub_kegiatan", Level.SUB_KEGIATAN),
        ("SUBKEGIATAN", Level.SUB_KEGIATAN),
        ("Bidang urusan", Level.BIDANG_URUSAN),
        ("Perangkat Daerah", Level.PERANGKAT_DAERAH),
        ("indikator lanjutan", Level.INDIKATOR_LANJUTAN),
        ("rata_rata", Level.RATA_RATA),
        ("Rata-rata", Level.RATA_RATA),
        ("median", None),
        ("", None),
    ],
)
def test_baca_level(teks: str, level: Level | None) -> None:
    assert baca_level(teks) is level


def test_isi_menurut_kode() -> None:
    baris = [
        (None, "tanpa kode"),
        ("5. 03", None),
        ("5.03", ""),
        ("5.03.", "Kepegawaian"),
        ("5.03", "kedua"),
        ("5", 1.0),
    ]
    assert kd.isi_menurut_kode("5.03", baris) == "Kepegawaian"
    assert kd.isi_menurut_kode("5", baris) == 1.0
    assert kd.isi_menurut_kode("5.04", baris) is None
