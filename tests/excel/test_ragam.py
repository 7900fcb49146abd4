"""The ways of saving are what they claim to be and mean the same; what reads a master reads them all."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.merge import MergedCellRange
from openxml_audit import FileFormat, OpenXmlValidator

from renja_xl.core.buku import Buku
from renja_xl.excel.baca import baca, baca_paket
from renja_xl.excel.beranda import grafik_baru
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket
from renja_xl.excel.tambal import tambal
from renja_xl.tabel import PROFIL
from tests import PANJANG, openpyxl_cepat
from tests.excel import CONTOH, berkas, dibangun, ragam
from tests.excel.ragam import (
    BEDA,
    KOMENTAR_ZIP,
    LEMBAR_SENDIRI,
    RAGAM,
    TAMBAHAN,
    TANPA_NILAI,
    akhiran,
    bagian_sama,
    dengan_tambahan,
    sama_isi,
    simpan_libreoffice,
)

PROGRAM_LAIN = {"openpyxl", "openpyxl-dengan-nilai", "libreoffice"}
"""Ways that are another program's own work, which keeps of a planner's additions what it knows."""

_TEKS_SEL = "calamine drops what of a cell's text is no plain character data"
_ENCODING = "calamine takes every part for UTF-8"
_POLA_RUMUS = "formulas are looked for with a pattern that such XML does not match"
BELUM_TERBACA: Mapping[str, str] = {}
"""What is refused or read otherwise today. The tests are strict: whoever mends one strikes it out here."""


@pytest.fixture(scope="module")
def buku_kecil(kecil: Buku) -> bytes:
    return dibangun(kecil)


def _bagian(isi: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(isi)) as z:
        return {n: z.read(n) for n in z.namelist()}


def _simpan(isi: bytes, tmp_path: Path) -> Path:
    path = tmp_path / f"Renja{akhiran(isi)}"
    path.write_bytes(isi)
    return path


# ── the same workbook ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nama", RAGAM)
def test_same_workbook(buku_kecil: bytes, nama: str) -> None:
    jadi = RAGAM[nama](buku_kecil)
    assert jadi != buku_kecil
    assert sama_isi(buku_kecil, jadi, BEDA.get(nama, ())) == []


@pytest.mark.parametrize("nama", sorted(RAGAM.keys() - PROGRAM_LAIN))
def test_same_workbook_with_a_planners_work_in_it(buku_kecil: bytes, nama: str) -> None:
    isi = dengan_tambahan(buku_kecil)
    assert sama_isi(isi, RAGAM[nama](isi), BEDA.get(nama, ())) == []


@pytest.mark.parametrize("nama", sorted({*RAGAM, *TAMBAHAN} - {"libreoffice"}))
def test_always_the_same_bytes(buku_kecil: bytes, nama: str) -> None:
    ubah = {**RAGAM, **TAMBAHAN}[nama]
    assert ubah(buku_kecil) == ubah(bytes(bytearray(buku_kecil)))


@pytest.mark.parametrize("nama", [*RAGAM, *TAMBAHAN])
def test_archive_is_whole(buku_kecil: bytes, nama: str) -> None:
    with zipfile.ZipFile(BytesIO({**RAGAM, **TAMBAHAN}[nama](buku_kecil))) as z:
        assert z.testzip() is None
        assert len(z.namelist()) == len(set(z.namelist()))


@pytest.mark.parametrize("nama", sorted(TANPA_NILAI))
def test_dropped_values_are_gone(buku_kecil: bytes, nama: str) -> None:
    wb = load_workbook(BytesIO(RAGAM[nama](buku_kecil)), data_only=True)
    assert wb["Profil"]["A3"].value is None
    assert load_workbook(BytesIO(buku_kecil), data_only=True)["Profil"]["A3"].value


_LEMBAR = r"xl/worksheets/sheet10\.xml"
_CIRI = [
    ("excel", r"xl/calcChain\.xml", rb'<c r="[A-Z]+\d+" i="\d+"'),
    ("excel", _LEMBAR, rb'standalone="yes"\?>\r\n<worksheet [^>]*mc:Ignorable="x14ac[^>]*>.*x14ac:dyDescent='),
    ("wps", _LEMBAR, rb"^<\?xml version='1\.0' encoding='UTF-8'\?><worksheet [^>]*xmlns:etc='.*<c r='A1' s='\d+' t='s'>"),
    ("wps-tanpa-nilai", _LEMBAR, rb"</f><v></v></c>"),
    ("openpyxl", r"docProps/app\.xml", rb"openpyxl|Microsoft Excel"),
    ("libreoffice", r"docProps/app\.xml", rb"LibreOffice"),
    ("tanggal-1904", r"xl/workbook\.xml", rb'<workbookPr [^>]*date1904="1"'),
    ("rumus-bersama", _LEMBAR, rb'<f t="shared" ref="R8:R\d+" si="\d+">.*<f t="shared" si="\d+"/>'),
    ("rumus-larik", _LEMBAR, rb'<c r="(\w+)"[^>]*><f t="array" ref="\1">'),
    ("teks-sebaris", _LEMBAR, rb't="inlineStr"><is><t>'),
    ("teks-kaya", r"xl/sharedStrings\.xml", rb"<si><r><t[^>]*>[^<]*</t></r><r><rPr>.*<rPh "),
    ("teks-kaya-sebaris", _LEMBAR, rb"<is><r><t[^>]*>[^<]*</t></r><r><rPr>.*<rPh "),
    ("awalan-lembar", _LEMBAR, rb"<x:worksheet [^>]*>.*<x:c r="),
    ("awalan-semua", r"xl/(?:workbook|styles|sharedStrings|tables/table1)\.xml", rb"<x:\w+ [^>]*xmlns:x="),
    ("tanpa-alamat", _LEMBAR, rb"<sheetData><row(?: (?!r=)[^>]*)?><c s="),
    ("utf-8-bom", _LEMBAR, rb"^\xef\xbb\xbf<\?xml"),
    ("utf-16", _LEMBAR, rb"^\xff\xfe<\x00\?\x00x\x00m\x00l\x00"),
    ("iso-8859-1", r"xl/worksheets/sheet\d+\.xml", rb'encoding="ISO-8859-1"'),
    ("dirapikan", _LEMBAR, rb"<row [^>]*>\n\t+<c [^>]*>\n\t+<v>"),
    ("komentar-xml", _LEMBAR, rb'<c [^>]*><\?alat [^?]*\?><!-- <f>0</f> --><f>'),
    ("komentar-dalam-nilai", _LEMBAR, rb"<v>\w*<!-- 9 -->\w+</v>"),
    ("cdata", _LEMBAR, rb"<v><!\[CDATA\[\w+\]\]></v>"),
    ("acuan-karakter", _LEMBAR, rb"<v>&#\d+;"),
    ("sel-panjang", _LEMBAR, rb'<c r="\w+" s="\d+"></c>'),
    ("sifat-terbalik", _LEMBAR, rb'<c t="s" s="\d+" r="A1">'),
    ("sifat-berbaris", _LEMBAR, rb'<c\n\tr="A1"\n\ts="\d+"'),
    ("sifat-lebih", _LEMBAR, rb'<c r="A1" [^>]*cm="0"'),
    ("target-mutlak", r"xl/_rels/workbook\.xml\.rels", rb'Target="/xl/worksheets/sheet1\.xml"'),
    ("folder-excel", r"excel/workbook\.xml", rb"<sheets>"),
    ("nama-bagian-lain", r"xl/_rels/workbook\.xml\.rels", rb'Id="R[0-9a-f]{8}"'),
]  # fmt: skip


@pytest.mark.parametrize(("nama", "bagian", "ciri"), _CIRI, ids=[f"{n}-{k}" for k, (n, *_) in enumerate(_CIRI)])
def test_has_what_it_claims(buku_kecil: bytes, nama: str, bagian: str, ciri: bytes) -> None:
    cocok = [isi for n, isi in _bagian(RAGAM[nama](buku_kecil)).items() if re.fullmatch(bagian, n)]
    assert cocok
    assert all(re.search(ciri, isi, re.DOTALL) for isi in cocok)


_CIRI_ZIP = [
    ("zip-excel", lambda i: i.flag_bits == 0x0006),
    ("zip-tanpa-mampat", lambda i: i.compress_type == zipfile.ZIP_STORED),
    ("zip-deskriptor", lambda i: i.flag_bits & 0x08),
    ("zip-deskriptor-tanpa-tanda", lambda i: i.flag_bits & 0x08),
    ("zip-64", lambda i: i.extract_version == 45),
    ("zip-64-penuh", lambda i: i.flag_bits & 0x08 and i.extract_version == 45),
    ("zip-ekstra", lambda i: i.extra.startswith(b"UT") and i.comment == b"ok"),
]  # fmt: skip


@pytest.mark.parametrize(("nama", "ciri"), _CIRI_ZIP, ids=[n for n, _ in _CIRI_ZIP])
def test_archive_has_what_it_claims(buku_kecil: bytes, nama: str, ciri: Any) -> None:
    with zipfile.ZipFile(BytesIO(RAGAM[nama](buku_kecil))) as z:
        assert all(ciri(i) for i in z.infolist())


def test_archive_around_the_entries(buku_kecil: bytes) -> None:
    def buka(nama: str) -> zipfile.ZipFile:
        return zipfile.ZipFile(BytesIO(RAGAM[nama](buku_kecil)))

    assert buka("zip-komentar").comment
    assert any(n.endswith("/") for n in buka("zip-folder").namelist())
    assert buka("tipe-isi-terakhir").namelist()[-1] == "[Content_Types].xml"
    assert RAGAM["zip-64-penuh"](buku_kecil).count(b"PK\x06\x06") == 1


# ── a planner's own work ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nama", TAMBAHAN)
def test_additions_follow_the_schema(nama: str, tmp_path: Path) -> None:
    path = _simpan(TAMBAHAN[nama](berkas(CONTOH)), tmp_path)
    hasil = OpenXmlValidator(file_format=FileFormat.OFFICE_2013, max_errors=50).validate(path)
    assert [str(e) for e in hasil.errors] == []


def test_additions_are_there(buku_kecil: bytes) -> None:
    isi = dengan_tambahan(buku_kecil, makro=True)
    bagian = set(_bagian(isi))
    assert bagian >= {
        "xl/drawings/drawing91.xml", "xl/charts/chart91.xml", "xl/charts/chart92.xml", "xl/media/image1.png",
        "xl/comments99.xml", "xl/pivotTables/pivotTable1.xml", "xl/pivotCache/pivotCacheDefinition1.xml",
        "xl/pivotCache/pivotCacheRecords1.xml", "xl/printerSettings/printerSettings1.bin", "xl/vbaProject.bin",
        "customUI/customUI14.xml", "customXml/item1.xml",
    }  # fmt: skip
    assert akhiran(isi) == ".xlsm"
    beda = sama_isi(buku_kecil, isi)
    lama = [b for b in beda if ": None → " not in b]
    assert {b.partition(":")[0] for b in lama} <= {
        "lembar urutan", "ukuran T-C.29!A", "ukuran T-C.31!isi", "ukuran T-C.33!isi", "tabel T-C.33!tbl_T_C_33",
        *(b.partition(":")[0] for b in lama if re.match(r"(gaya|ukuran) T-C\.29!", b)),
    }  # fmt: skip
    assert not [b for b in beda if b.endswith("→ None")]
    for aspek in ("isi T-C.31!", "komentar T-C.29!", "tautan T-C.31!", f"objek {LEMBAR_SENDIRI}!jumlah: None → (2, 1)"):
        assert any(b.startswith(aspek) for b in beda), aspek


def test_values_of_the_additions_are_right() -> None:
    """What a reader without a calculator sees is what a calculator gives."""
    isi = dengan_tambahan(berkas(CONTOH))
    beda = sama_isi(isi, simpan_libreoffice(isi), BEDA["libreoffice"])
    assert [b for b in beda if b.startswith("nilai ")] == []


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────


def _ragam_terbaca() -> Iterator[Any]:
    for nama in (*RAGAM, *TAMBAHAN):
        tanda = [pytest.mark.xfail(reason=BELUM_TERBACA[nama])] if nama in BELUM_TERBACA else []
        yield pytest.param(nama, marks=tanda)


def _tanpa_hasil(buku: Buku) -> Buku:
    """The plan without what formulas gave."""
    return buku.ganti(
        {
            kunci: [b.dengan({k: replace(s, nilai=None) for k, s in b.sel.items() if s.rumus}) for b in baris]
            for kunci, baris in buku.tabel.items()
        }
    )


def _sampai_digit_terakhir(buku: Buku) -> Buku:
    """The plan with computed numbers to the digits that LibreOffice keeps."""
    return buku.ganti(
        {
            kunci: [
                b.dengan(
                    {
                        k: replace(s, nilai=float(f"{s.nilai:.12g}"))
                        for k, s in b.sel.items()
                        if s.rumus and isinstance(s.nilai, float)
                    }
                )
                for b in baris
            ]
            for kunci, baris in buku.tabel.items()
        }
    )


@cache
def _terbaca() -> Buku:
    """The sample as read from the workbook that we built."""
    return baca_paket(Paket(Path("Renja.xlsx"), berkas(CONTOH))).buku


@pytest.mark.parametrize("nama", list(_ragam_terbaca()))
def test_read_the_same(nama: str, tmp_path: Path) -> None:
    """The same plan, cell by cell, whoever saved it and whatever was added."""
    harapan = _terbaca()
    terbaca = baca(_simpan({**RAGAM, **TAMBAHAN}[nama](berkas(CONTOH)), tmp_path)).buku
    if nama in TANPA_NILAI:
        harapan, terbaca = _tanpa_hasil(harapan), _tanpa_hasil(terbaca)
    if nama == "libreoffice":
        harapan, terbaca = _sampai_digit_terakhir(harapan), _sampai_digit_terakhir(terbaca)
    assert terbaca.simpul == harapan.simpul
    assert terbaca.indikator == harapan.indikator
    for kunci in harapan.tabel:
        assert terbaca.baris(kunci) == harapan.baris(kunci)
    assert terbaca == harapan


# ── the oracles ───────────────────────────────────────────────────────────────────────────────────────────────


def _ubah(isi: bytes, ubah: Any) -> bytes:
    wb: Any = load_workbook(BytesIO(isi))
    ubah(wb)
    keluaran = BytesIO()
    wb.save(keluaran)
    return keluaran.getvalue()


def _nilai(wb: Any) -> None:
    wb["Profil"]["B9"].value = "2025"


def _rumus(wb: Any) -> None:
    wb["T-C.31"]["I9"].value = "=SUM(I11,I12)"


def _komentar(wb: Any) -> None:
    wb["Profil"]["B9"].comment = Comment("n", "Perencana")


def _gaya(wb: Any) -> None:
    wb["Profil"]["B9"].number_format = "0.00"


def _gabungan(wb: Any) -> None:
    wb["Profil"].merge_cells("F1:G1")


def _tabel(wb: Any) -> None:
    wb["Profil"].tables[PROFIL.nama_tabel].ref = "A4:H99"


def _ukuran(wb: Any) -> None:
    wb["Profil"].row_dimensions[9].hidden = True


def _nama(wb: Any) -> None:
    wb.defined_names["profil_kabupaten"].attr_text = "Profil!$B$8"


def _validasi(wb: Any) -> None:
    wb["Profil"].data_validations.dataValidation.pop()


def _bersyarat(wb: Any) -> None:
    next(iter(wb["T-C.31"].conditional_formatting)).rules[0].formula = ["1=2"]


@pytest.mark.parametrize(
    "ubah",
    [_nilai, _rumus, _komentar, _gaya, _gabungan, _tabel, _ukuran, _nama, _validasi, _bersyarat][
        :: 1 if PANJANG else 2
    ],
)
def test_difference_is_seen(buku_kecil: bytes, ubah: Any) -> None:
    semula = RAGAM["openpyxl"](buku_kecil)
    beda = sama_isi(semula, _ubah(buku_kecil, ubah))
    aspek = {"_nilai": "isi", "_rumus": "isi"}.get(ubah.__name__, ubah.__name__[1:])
    assert beda
    assert {b.partition(" ")[0] for b in beda} <= {aspek, "nilai"}
    assert aspek in {b.partition(" ")[0] for b in beda}


def test_cached_value_is_seen(buku_kecil: bytes) -> None:
    assert {b.partition(" ")[0] for b in sama_isi(buku_kecil, RAGAM["openpyxl"](buku_kecil))} == {"nilai"}
    assert {b.partition(" ")[0] for b in sama_isi(buku_kecil, RAGAM["rumus-larik"](buku_kecil))} == {"larik"}


def _tulis_ulang(isi: bytes, ubah: Any) -> bytes:
    keluaran = BytesIO()
    with zipfile.ZipFile(BytesIO(isi)) as asal, zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as z:
        ubah(asal, z)
    return keluaran.getvalue()


def test_changed_entries_are_named() -> None:
    isi = berkas(CONTOH)
    nama = "xl/worksheets/sheet3.xml"

    def salin(asal: zipfile.ZipFile, z: zipfile.ZipFile, info: list[zipfile.ZipInfo]) -> None:
        for i in info:
            z.writestr(i, asal.read(i.filename))

    def waktu(asal: zipfile.ZipFile, z: zipfile.ZipFile) -> None:
        asal.getinfo(nama).date_time = (2025, 5, 5, 1, 2, 4)
        salin(asal, z, asal.infolist())

    def urutan(asal: zipfile.ZipFile, z: zipfile.ZipFile) -> None:
        salin(asal, z, sorted(asal.infolist(), key=lambda i: i.filename == nama))

    def isinya(asal: zipfile.ZipFile, z: zipfile.ZipFile) -> None:
        for i in asal.infolist():
            z.writestr(i, asal.read(i) + (b" " if i.filename == nama else b""))

    def tambah(asal: zipfile.ZipFile, z: zipfile.ZipFile) -> None:
        salin(asal, z, asal.infolist())
        z.writestr(zipfile.ZipInfo("baru.xml"), b"<x/>")
        z.comment = b"x"

    semula = _tulis_ulang(isi, lambda asal, z: salin(asal, z, asal.infolist()))
    assert bagian_sama(semula, semula) == set()
    assert bagian_sama(semula, _tulis_ulang(semula, waktu)) == {nama}
    assert bagian_sama(semula, _tulis_ulang(semula, urutan)) == {nama}
    assert bagian_sama(semula, _tulis_ulang(semula, isinya)) == {nama}
    assert bagian_sama(semula, _tulis_ulang(semula, tambah)) == {"baru.xml", KOMENTAR_ZIP}


def test_merged_cells_are_read_as_openpyxl_itself_does(buku_kecil: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes our tests faster changes nothing that openpyxl sees."""

    def terbaca() -> Any:
        wb: Any = load_workbook(BytesIO(buku_kecil))
        sel = {(ws.title, k): (type(c), c.value, tuple(c._style)) for ws in wb.worksheets for k, c in ws._cells.items()}
        return sel, [repr(x) for x in (*wb._borders, *wb._protections)]

    cepat = terbaca()
    for nama, semula in openpyxl_cepat.SEMULA.items():
        monkeypatch.setattr(MergedCellRange, nama, semula)
    assert terbaca() == cepat


def test_a_sheet_that_was_read_before_says_the_same(buku_kecil: bytes) -> None:
    """Of a workbook that shares sheets with another one only the others are read."""
    paket = Paket(Path("Renja.xlsx"), buku_kecil)
    baru = tambal(paket, {"T-C.31": {(40, 3): IsiSel("catatan"), (90, 3): IsiSel(5, "2+3")}}, hitung_saat_buka=True)
    ragam._TERINGKAS.clear()
    ragam._ringkas.cache_clear()
    ragam._ringkas(buku_kecil)
    banyak = len(ragam._TERINGKAS)
    lewat_lembar = ragam._ringkas(baru)
    assert len(ragam._TERINGKAS) == banyak + 1
    ragam._TERINGKAS.clear()
    ragam._ringkas.cache_clear()
    assert ragam._ringkas(baru) == lewat_lembar


def test_grafik_yang_disimpan_libreoffice_ikut_barisnya() -> None:
    """LibreOffice writes the quotes around a sheet's name as entities."""
    for tanda in (b"'", b"&apos;"):
        xml = b"<c:f>%sData Grafik%s!$C$5:$C$5</c:f>" % (tanda, tanda)
        assert grafik_baru(xml, 5, 3, 6) == xml.replace(b"$C$5:$C$5", b"$C$5:$C$7")
