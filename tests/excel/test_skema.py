"""The built files open without complaint in other readers, and their parts follow the schema."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator
from python_calamine import CalamineWorkbook

from renja_xl.excel.panduan import PANDUAN
from renja_xl.tabel import CATATAN_PERBAIKAN, SEMUA
from tests.excel import NAMA, berkas

LEMBAR = [x for s in SEMUA for x in ((s.lembar, PANDUAN) if s is CATATAN_PERBAIKAN else (s.lembar,))]
"""Every sheet, in the order of the tabs."""


@pytest.fixture(params=NAMA)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A built workbook on disk."""
    tujuan = tmp_path / "buku.xlsx"
    tujuan.write_bytes(berkas(request.param))
    return tujuan


def test_no_schema_error(path: Path) -> None:
    # Excel 2013 is the oldest that we write for.
    hasil = OpenXmlValidator(file_format=FileFormat.OFFICE_2013, max_errors=50).validate(path)
    assert [str(e) for e in hasil.errors] == []
    assert hasil.is_valid


def test_validator_sees_a_broken_part(tmp_path: Path) -> None:
    """A validator that finds nothing in anything would prove nothing."""
    keluaran = BytesIO()
    with zipfile.ZipFile(BytesIO(berkas(NAMA[-1]))) as asal, zipfile.ZipFile(keluaran, "w") as z:
        for info in asal.infolist():
            isi = asal.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                isi = isi.replace(b"<sheetData>", b'<sheetData><row r="x" takdikenal="1"/>')
            z.writestr(info, isi)
    rusak = tmp_path / "rusak.xlsx"
    rusak.write_bytes(keluaran.getvalue())
    assert OpenXmlValidator(file_format=FileFormat.OFFICE_2013).validate(rusak).errors


def test_openpyxl_opens_without_warnings(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for nilai_saja in (False, True):
            assert load_workbook(path, data_only=nilai_saja).sheetnames == LEMBAR


def test_calamine_reads_every_sheet_and_table(path: Path) -> None:
    with CalamineWorkbook.from_path(str(path), load_tables=True) as wb:
        assert wb.sheet_names == LEMBAR
        assert sorted(wb.table_names or ()) == sorted(s.nama_tabel for s in SEMUA)
        for spec in SEMUA:
            isi = wb.get_sheet_by_name(spec.lembar).to_python(skip_empty_area=False)
            assert isi[spec.baris_nomor - 1][: len(spec.kolom)] == [k.nomor for k in spec.kolom]
