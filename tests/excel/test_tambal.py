"""Changed cells read back as they were meant, and nothing else is another byte, whoever saved the workbook.

openpyxl tells what a workbook says, lxml what its XML is, and the archive is compared entry by entry: none of them
shares code with what is tried.
"""

from __future__ import annotations

import importlib.util
import os
import re
import zipfile
import zlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openxml_audit import FileFormat, OpenXmlValidator
from python_calamine import CalamineWorkbook

from renja_xl.errors import TidakDapatDitambalError
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket, buka
from renja_xl.excel.tambal import tambal
from tests import PANJANG
from tests.excel import dibangun, ragam
from tests.excel.ragam import MAIN, RAGAM, TAMBAHAN, akhiran, bagian_sama
from tests.fuzz import berkas_acak, dasar, uji, uji_benih
from tests.libre import WAJIB

Sel = tuple[int, int]
Perubahan = dict[str, dict[Sel, IsiSel]]

_TIPE_ISI = "[Content_Types].xml"


def _pengaturan(contoh: int) -> settings:
    return settings(
        max_examples=20 * contoh if PANJANG else contoh,
        suppress_health_check=[HealthCheck.too_slow],
    )


def _paket(isi: bytes) -> Paket:
    return Paket(Path(f"Renja{akhiran(isi)}"), isi)


def _bagian(isi: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(isi)) as z:
        return {n: z.read(n) for n in z.namelist()}


def _zip(bagian: Mapping[str, bytes]) -> bytes:
    keluaran = BytesIO()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as z:
        for nama, isi in bagian.items():
            z.writestr(zipfile.ZipInfo(nama), isi)
    return keluaran.getvalue()


def _alamat(sel: Sel) -> str:
    return f"{get_column_letter(sel[1])}{sel[0]}"


# ── what is there, as others see it ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Peta:
    """Places of a sheet by what a change of them would meet."""

    rumus: tuple[Sel, ...]
    isian: tuple[Sel, ...]
    """Cells without a formula, blank ones included."""
    jauh: tuple[Sel, ...]
    """Cells that are not there: beyond a row's end, between cells, in missing rows."""
    utama: frozenset[Sel]
    """First cells of shared formulas."""


@lru_cache(maxsize=16)
def _peta(isi: bytes) -> Mapping[str, _Peta]:
    """Every sheet's places. What openpyxl would show otherwise than it stands (dates, links, merged cells) is left out."""
    wb, semua = ragam.muat(isi), ragam._buka(isi)
    hasil: dict[str, _Peta] = {}
    for nama, bagian in ragam._lembar(semua).items():
        ws = wb[nama]
        akar = ragam._urai(semua[bagian])
        bersama = [c for c, f in ragam._rumus_lembar(akar) if f.get("t") == "shared" and f.get("ref")]
        utama = {ws[c.get("r")] for c in bersama}
        sel = [c for c in ws._cells.values() if isinstance(c, Cell)]
        larangan = {(c.row, c.column) for c in sel if c.is_date or c.hyperlink is not None}
        for m in ws.merged_cells.ranges:
            larangan |= {(r, c) for r in range(m.min_row, m.max_row + 1) for c in range(m.min_col, m.max_col + 1)}
        ada = {(c.row, c.column): c.data_type == "f" for c in sel}
        luas = [(r, c) for r in range(1, ws.max_row + 9) for c in range(1, ws.max_column + 9)]
        hasil[nama] = _Peta(
            tuple(k for k, f in ada.items() if f and k not in larangan),
            tuple(k for k, f in ada.items() if not f and k not in larangan),
            tuple(k for k in luas if k not in ada and k not in larangan),
            frozenset((c.row, c.column) for c in utama),
        )
    return hasil


def _terbuka(teks: str) -> str:
    """What openpyxl leaves as ``_xHHHH_``."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), teks)


def _tanpa_sandi(apa: Hashable) -> Hashable:
    """A value of ``ragam._ringkas`` with such texts opened."""
    if isinstance(apa, tuple):
        return tuple(_tanpa_sandi(x) for x in apa)
    return _terbuka(apa) if isinstance(apa, str) else apa


def _nilai(nilai: str | int | float | None) -> Hashable:
    if nilai is None:
        return None
    return ("str", nilai) if isinstance(nilai, str) else float(nilai)


def _pastikan_terbaca(lama: bytes, baru: bytes, perubahan: Perubahan) -> None:
    """openpyxl sees the changes and nothing else."""
    harapan, jadi = dict(ragam._ringkas(lama)), dict(ragam._ringkas(baru))
    kunci_disentuh = set()
    for lembar, isi in perubahan.items():
        for d in (harapan, jadi):
            d.pop(("ukuran", f"{lembar}!isi"), None)
        for sel, i in isi.items():
            tempat = f"{lembar}!{_alamat(sel)}"
            kunci_disentuh |= {("isi", tempat), ("nilai", tempat)}
            semula: Any = harapan.pop(("isi", tempat), None)
            if ("gaya", tempat) not in harapan:  # where even a plain cell has one
                jadi.pop(("gaya", tempat), None)
            harapan.pop(("nilai", tempat), None)
            if i.rumus is not None:
                harapan.pop(("larik", tempat), None)
            rumus = (semula[1] if semula and semula[0] else None) if i.rumus is None else _nilai(f"={i.rumus}")
            if rumus is not None and i.rumus != "":
                harapan["isi", tempat] = (True, rumus)
                harapan["nilai", tempat] = _nilai(i.nilai)
            elif i.nilai is not None:
                harapan["isi", tempat] = (False, _nilai(i.nilai))
    beda = {
        k: (harapan.get(k), jadi.get(k))
        for k in {**harapan, **jadi}
        if harapan.get(k, ...) != (_tanpa_sandi(jadi.get(k, ...)) if k in kunci_disentuh else jadi.get(k, ...))
    }
    assert beda == {}


def _pastikan_arsip(lama: bytes, baru: bytes, perubahan: Perubahan, *, hitung_saat_buka: bool = False) -> None:
    """Only the touched sheets are other bytes; names, order, times and remarks stay."""
    paket = _paket(lama)
    peta = _peta(lama)
    rantai = any(
        i.rumus is not None and bool(i.rumus) != (k in peta[lembar].rumus)
        for lembar, isi in perubahan.items()
        for k, i in isi.items()
    )
    beda = bagian_sama(lama, baru)
    semula, kini = _bagian(lama), _bagian(baru)
    boleh = {paket.lembar[lembar] for lembar, isi in perubahan.items() if isi}
    punya_rantai = any("calcChain" in n for n in semula)
    if rantai and punya_rantai:
        sekitar = {n for n in beda if "calcChain" in n or n in {_TIPE_ISI, _rels(paket.buku)}}
        assert len(sekitar) == 3
        boleh |= sekitar
        assert not [n for n in kini if "calcChain" in n]
        assert b"calcChain" not in kini[_TIPE_ISI] + kini[_rels(paket.buku)]
    if hitung_saat_buka and beda:
        boleh.add(paket.buku)
        assert re.search(rb"<(?:\w+:)?calcPr [^>]*fullCalcOnLoad=\"1\"", kini[paket.buku])
    assert beda <= boleh
    with zipfile.ZipFile(BytesIO(lama)) as a, zipfile.ZipFile(BytesIO(baru)) as z:
        assert z.testzip() is None
        assert z.comment == a.comment
        assert [i.filename for i in z.infolist()] == [i.filename for i in a.infolist() if i.filename in kini]
        for i in z.infolist():
            j = a.getinfo(i.filename)
            assert [getattr(i, s) for s in _SIFAT] == [getattr(j, s) for s in _SIFAT]
            assert ragam._tanpa_letak(i.extra) == ragam._tanpa_letak(j.extra)
    with CalamineWorkbook.from_filelike(BytesIO(baru)) as wb:  # another reader of archives
        assert wb.sheet_names == list(paket.lembar)


_SIFAT = ("date_time", "compress_type", "comment", "create_system", "external_attr", "internal_attr", "volume")


def _rels(bagian: str) -> str:
    folder, _, nama = bagian.rpartition("/")
    return f"{folder}/_rels/{nama}.rels"


# ── changes ───────────────────────────────────────────────────────────────────────────────────────────────────

ANGKA: tuple[int | float, ...] = (
    *(0, 1, -1, 10**15, 2**53, -(10**12), 0.1, 1 / 3, 1.5e-300, 5e-324, 1.7976931348623157e308, -9.87654321e22),
    *(1e15, 1e16, 123456789012345678.0, 0.30000000000000004, 100.0, -2.5),
)
TEKS = (
    *(
        "biasa",
        "a & b < c > d",
        "&amp; ]]> <![CDATA[x]]> <!-- x -->",
        "\"kutip\" 'tunggal'",
        "baris\nbaru",
        "\n",
        " ",
        "  x  ",
    ),
    *(
        "tab\tdi tengah",
        "\tdi depan",
        "akhir\r\nbaris",
        "cr\rdi tengah",
        "😀 𝒜 é e\u0301 \u00a0 \u200b",
        "\x01\x07\x1f\x7f\x85",
    ),
    *(
        "=1+1",
        "+x",
        "-x",
        "@x",
        "{=1}",
        "'=1",
        "_x0041_",
        "_x005F_x0041_",
        "_xZZZZ_ _x00e9_",
        "TRUE",
        "#N/A",
        "1.400",
        "00123",
    ),
    *("1e5", "</t></is></c>", '<c r="A1"><f>1</f></c>', "x" * 32_767, "_", "__x0041__", "–", "کتاب", "A1:B2", "\u2028"),
)
RUMUS = ("1+1", 'IF(A1="","-",A1&"<x>&amp;")', "SUM(A1:A3)", "'T-C.31'!A1", '" "&A1', "TRUE()", '"x"&CHAR(10)')


def _isi_acak(a: Random) -> str | int | float:
    return a.choice(ANGKA) if a.random() < 0.5 else a.choice(TEKS)


def perubahan_acak(isi: bytes, benih: int) -> Perubahan:
    """Changes of every kind on some sheets; the same for a number."""
    a = Random(benih)
    hasil: Perubahan = {}
    for lembar, peta in a.sample(sorted(_peta(isi).items()), min(3, len(_peta(isi)))):
        tempat: dict[Sel, IsiSel] = {}
        for daftar, banyak in ((peta.rumus, 8), (peta.isian, 8), (peta.jauh, 10)):
            for sel in a.sample(daftar, min(len(daftar), a.randint(1, banyak))):
                rumus = a.choice((None, None, None, "", a.choice(RUMUS)))
                nilai = None if a.random() < 0.15 else _isi_acak(a)
                if sel in peta.utama:
                    rumus = None
                tempat[sel] = IsiSel(nilai, rumus)
        hasil[lembar] = tempat
    return hasil


@pytest.fixture(scope="module")
def kecil_xlsx(kecil: Any) -> bytes:
    return dibangun(kecil)


# ── the master in every way of saving ─────────────────────────────────────────────────────────────────────────


def _pastikan_semua(lama: bytes, benih: int) -> None:
    """Random changes of one number, with and without asking for a recalculation."""
    perubahan = perubahan_acak(lama, benih)
    buka_hitung = benih % 2 == 0
    baru = tambal(_paket(lama), perubahan, hitung_saat_buka=buka_hitung)
    _pastikan_terbaca(lama, baru, perubahan)
    _pastikan_arsip(lama, baru, perubahan, hitung_saat_buka=buka_hitung)


_TERBACA = (
    *("excel", "libreoffice", "openpyxl", "rumus-bersama", "awalan-semua", "tanpa-alamat", "utf-16", "zip-deskriptor"),
    *("nama-bagian-lain", "target-mutlak", "tambahan"),
)
"""Files that differ most from each other: each shape of a cell and of a package once."""


def _benih(nama: str, banyak: int) -> range:
    """Numbers of random changes, other ones for every name and the same in every run."""
    awal = zlib.crc32(nama.encode())
    return range(awal, awal + (40 * banyak if PANJANG else banyak))


@pytest.mark.parametrize("nama", [*RAGAM, *TAMBAHAN] if PANJANG else _TERBACA)
def test_terbaca_kembali(kecil_xlsx: bytes, nama: str) -> None:
    lama = {**RAGAM, **TAMBAHAN}[nama](kecil_xlsx)
    for benih in _benih(nama, 1):
        _pastikan_semua(lama, benih)


@cache
def _salah_skema(isi: bytes, path: Path) -> frozenset[str]:
    path.write_bytes(isi)
    hasil = OpenXmlValidator(file_format=FileFormat.OFFICE_2013, max_errors=200).validate(path)
    return frozenset(str(e) for e in hasil.errors)


_SKEMA = (
    *(
        "excel",
        "wps",
        "rumus-bersama",
        "awalan-semua",
        "tanpa-alamat",
    ),
    "tambahan-makro",
)


@pytest.mark.parametrize("nama", [*RAGAM, *TAMBAHAN] if PANJANG else _SKEMA)
def test_tetap_menurut_skema(kecil_xlsx: bytes, nama: str, tmp_path: Path) -> None:
    lama = {**RAGAM, **TAMBAHAN}[nama](kecil_xlsx)
    path = tmp_path / f"Renja{akhiran(lama)}"
    if _salah_skema(lama, path):
        pytest.skip("the original does not follow it either")
    for benih in range(20 if PANJANG else 1):
        baru = tambal(_paket(lama), perubahan_acak(lama, benih), hitung_saat_buka=True)
        assert _salah_skema(baru, path) == frozenset()


# ── workbooks that Excel itself saved ─────────────────────────────────────────────────────────────────────────


def _templat() -> list[Path]:
    """Workbooks that come with xlwings, saved by Excel."""
    spec = importlib.util.find_spec("xlwings")
    if spec is None or spec.origin is None:
        return []
    return sorted(p for p in Path(spec.origin).parent.rglob("*.xls*") if p.suffix in {".xlsx", ".xlsm"})


@pytest.mark.parametrize("path", _templat() or [None], ids=lambda p: p.name if p else "tidak-ada")
def test_buku_dari_excel(path: Path | None) -> None:
    if path is None:
        assert os.environ.get(WAJIB) != "1", "xlwings tidak terpasang"
        pytest.skip("xlwings is not installed")
    assert buka(path).lembar
    for benih in _benih(path.name, 12):
        _pastikan_semua(path.read_bytes(), benih)


@pytest.mark.parametrize("path", _templat(), ids=lambda p: p.name)
def test_buku_dari_excel_tetap_menurut_skema(path: Path, tmp_path: Path) -> None:
    lama = path.read_bytes()
    salinan = tmp_path / path.name
    semula = _salah_skema(lama, salinan)
    baru = tambal(buka(path), perubahan_acak(lama, 1), hitung_saat_buka=True)
    assert _salah_skema(baru, salinan) <= semula


# ── a small workbook with what Excel writes and our builder never does ────────────────────────────────────────

_NS = (
    f'xmlns="{MAIN}" xmlns:r="{ragam.REL}" xmlns:mc="{ragam.MC}" mc:Ignorable="x14ac xr" xmlns:x14ac="{ragam.X14AC}" '
    f'xmlns:xr="{ragam.XR}" xr:uid="{{00000000-0001-0000-0000-000000000000}}"'
)
_LEMBAR_EXCEL = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r
<worksheet {_NS}><sheetPr codeName="Sheet1"/><dimension ref="A1:H8"/>\
<sheetViews><sheetView tabSelected="1" workbookViewId="0"><selection activeCell="C3" sqref="C3"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><sheetData>\
<row r="1" spans="1:8" x14ac:dyDescent="0.25"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c>\
<c r="C1"><f t="shared" ref="C1:C4" si="0">B1*2</f><v>3</v></c>\
<c r="D1"><f t="array" ref="D1:D2">B1:B2*2</f><v>3</v></c>\
<c r="E1" s="1" cm="1"><f t="array" ref="E1:E3">_xlfn.SEQUENCE(3)</f><v>1</v></c>\
<c r="F1" t="e" vm="1"><v>#VALUE!</v></c><c r="G1" t="b"><v>1</v></c><c r="H1" s="1"/></row>\
<row r="2" spans="1:8" s="1" customFormat="1" x14ac:dyDescent="0.25"><c r="A2" t="inlineStr"><is><r><t>ka</t></r><r>\
<rPr><b/></rPr><t xml:space="preserve">ya </t></r></is></c><c r="B2"><v>2</v></c>\
<c r="C2"><f t="shared" si="0"/><v>4</v></c><c r="D2"><v>4</v></c><c r="E2" s="1"><v>2</v></c>\
<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="H2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>\
<row r="3" spans="1:8" x14ac:dyDescent="0.25"><c r="B3"><v>3</v></c><c r="C3"><f t="shared" si="0"/><v>6</v></c>\
<c r="E3" s="1"><v>3</v></c><c r="G3" t="b"><f>TRUE</f><v>1</v></c><c r="H3"><f ca="1">NOW()*0</f><v>0</v></c></row>\
<row r="4" x14ac:dyDescent="0.25"><c r="B4"><v>4</v></c><c r="C4" s="1"><f t="shared" si="0"/><v>8</v></c></row>\
<row r="5" spans="1:8" ht="30" customHeight="1" hidden="1" x14ac:dyDescent="0.25"/>\
<row r="8" spans="1:8" x14ac:dyDescent="0.25"><c r="H8"><v>8</v></c></row></sheetData>\
<conditionalFormatting sqref="B1:B4"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/><cfvo type="max"/>\
<color rgb="FF638EC6"/></dataBar><extLst><ext xmlns:x14="{ragam.X14}" uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}">\
<x14:id>{{11111111-2222-4333-8444-555555555555}}</x14:id></ext></extLst></cfRule></conditionalFormatting>\
<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>\
<extLst><ext xmlns:x14="{ragam.X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">\
<x14:dataValidations xmlns:xm="{ragam.XM}" count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>Kosong!$A$1</xm:f>\
</x14:formula1><xm:sqref>F3</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"""
_LEMBAR_KOSONG = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
_LEMBAR_BERAWALAN = (
    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r="D2"/>'
    '</x:row><x:row r="4"/></x:sheetData></x:worksheet>'
)
_BUKU = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{ragam.REL}"><sheets><sheet name="Excel" sheetId="1" r:id="rId1"/>'
    '<sheet name="Kosong" sheetId="2" r:id="rId2"/><sheet name="Berawalan" sheetId="3" r:id="rId3"/></sheets>{}</workbook>'
)
_GAYA = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0" xfId="0"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)
_METADATA = (
    f'<metadata xmlns="{MAIN}" xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray">'
    '<metadataTypes count="1"><metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" pasteAll="1" '
    'cellMeta="1"/></metadataTypes><futureMetadata name="XLDAPR" count="1"><bk><extLst><ext '
    'uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}"><xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst>'
    '</bk></futureMetadata><cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
)
_RANTAI_XML = f'<calcChain xmlns="{MAIN}"><c r="C1" i="1"/><c r="C2"/><c r="B2" i="3"/></calcChain>'


def buku_excel(kalkulasi: str = '<calcPr calcId="191029"/>', *, utf16: bool = False) -> bytes:
    """The small workbook. ``kalkulasi`` stands where the workbook says how to compute."""
    ooxml = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    jenis = {"worksheet": 3, "styles": 1, "sharedStrings": 1, "sheetMetadata": 1, "calcChain": 1}
    berkas = [
        "worksheets/sheet1",
        "worksheets/sheet2",
        "worksheets/sheet3",
        "styles",
        "sharedStrings",
        "metadata",
        "calcChain",
    ]
    urut = [j for j, n in jenis.items() for _ in range(n)]
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{ragam.REL}/{j}" Target="{b}.xml"/>'
        for n, (j, b) in enumerate(zip(urut, berkas, strict=True), 1)
    )
    tipe = "".join(
        f'<Override PartName="/xl/{b}.xml" ContentType="{ooxml}.{j}+xml"/>' for j, b in zip(urut, berkas, strict=True)
    )
    buku = ragam.KEPALA + _BUKU.format(kalkulasi).encode()
    if utf16:
        buku = b"\xff\xfe" + buku.decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16-le")
    isi: dict[str, bytes | str] = {
        _TIPE_ISI: f'<Types xmlns="{ragam.PAKET}/content-types"><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{ooxml}.sheet.main+xml"/>{tipe}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{ragam.PAKET}/relationships"><Relationship Id="rId1" '
        f'Type="{ragam.REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": buku,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{ragam.PAKET}/relationships">{rels}</Relationships>',
        **dict(
            zip(
                (f"xl/{b}.xml" for b in berkas),
                (
                    *(_LEMBAR_EXCEL, _LEMBAR_KOSONG, _LEMBAR_BERAWALAN, _GAYA),
                    f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>bersama</t></si></sst>',
                    *(_METADATA, _RANTAI_XML),
                ),
                strict=True,
            )
        ),
    }
    return _zip({n: b if isinstance(b, bytes) else b.encode() for n, b in isi.items()})


EXCEL = buku_excel()

teks = st.one_of(
    st.sampled_from([t for t in TEKS if len(t) < 100]),
    st.text(st.characters(exclude_categories=[]), min_size=1, max_size=20),
)
nilai = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**15), 10**15),
    teks,
    st.sampled_from(ANGKA),
)


@st.composite
def perubahan_excel(draw: st.DrawFn) -> Perubahan:
    """Any change of any cell in the top left corner of the small workbook."""
    hasil: Perubahan = {}
    for lembar in draw(st.lists(st.sampled_from(list(_peta(EXCEL))), min_size=1, max_size=3, unique=True)):
        peta = _peta(EXCEL)[lembar]
        isi = draw(
            st.dictionaries(
                st.tuples(st.integers(1, 10), st.integers(1, 11)),
                st.builds(IsiSel, nilai, st.one_of(st.none(), st.just(""), st.sampled_from(RUMUS))),
                max_size=12,
            )
        )
        for sel, i in isi.items():
            if sel in peta.utama:
                isi[sel] = IsiSel(i.nilai)
        hasil[lembar] = isi
    return hasil


@given(perubahan=perubahan_excel(), hitung_saat_buka=st.booleans())
@_pengaturan(80)
def test_buku_kecil_seperti_excel(perubahan: Perubahan, hitung_saat_buka: bool) -> None:
    baru = tambal(_paket(EXCEL), perubahan, hitung_saat_buka=hitung_saat_buka)
    _pastikan_terbaca(EXCEL, baru, perubahan)
    _pastikan_arsip(EXCEL, baru, perubahan, hitung_saat_buka=hitung_saat_buka)
    _pastikan_xml(EXCEL, baru, perubahan)


def _sel_xml(akar: Any) -> dict[str, Any]:
    return {c.get("r"): c for c in akar.iter(f"{{{MAIN}}}c")}


def _pastikan_xml(lama: bytes, baru: bytes, perubahan: Perubahan) -> None:
    """Apart from the touched cells a sheet is the same tree; those keep every attribute that still holds."""
    semula, kini = _bagian(lama), _bagian(baru)
    for lembar, bagian in _paket(lama).lembar.items():
        isi = perubahan.get(lembar, {})
        a, z = etree.fromstring(semula[bagian]), etree.fromstring(kini[bagian])
        baris = {r.get("r") for r in a.iter(f"{{{MAIN}}}row")}
        satu, dua = _sel_xml(a), _sel_xml(z)
        for sel, i in isi.items():
            x, y = satu.get(_alamat(sel)), dua.get(_alamat(sel))
            if x is not None:
                assert y is not None
                luruh = {"t", "vm"} | ({"cm"} if i.rumus is not None else set())
                assert {k: v for k, v in x.attrib.items() if k not in luruh} == {
                    k: v for k, v in y.attrib.items() if k != "t"
                }
                x.getparent().remove(x)
            elif y is not None:
                assert set(y.attrib) <= {"r", "t"}
            if y is not None:
                _pastikan_jenis(y, i)
                y.getparent().remove(y)
        for r in [r for r in z.iter(f"{{{MAIN}}}row") if r.get("r") not in baris]:
            assert len(r) == 0
            r.getparent().remove(r)
        assert etree.tostring(a, method="c14n2") == etree.tostring(z, method="c14n2")
        urut = [
            (int(r.get("r")), [_kolom(c) for c in r]) for r in etree.fromstring(kini[bagian]).iter(f"{{{MAIN}}}row")
        ]
        assert urut == sorted(urut)
        assert all(k == sorted(set(k)) for _, k in urut)


def _pastikan_jenis(c: Any, i: IsiSel) -> None:
    """A text is written as a text, and never where a reader would take it for a formula."""
    anak = [etree.QName(u).localname for u in c]
    if i.rumus == "":
        assert "f" not in anak
    if isinstance(i.nilai, str):
        assert (c.get("t"), anak) in (("str", ["f", "v"]), ("inlineStr", ["is"]))
    else:
        assert c.get("t") is None
        assert anak in ([["f"], []] if i.nilai is None else [["f", "v"], ["v"]])


def _kolom(c: Any) -> int:
    nomor = 0
    for ch in re.sub(r"\d", "", c.get("r")):
        nomor = nomor * 26 + ord(ch) - 64
    return nomor


# ── one thing at a time ───────────────────────────────────────────────────────────────────────────────────────


def test_tanpa_perubahan_tetap_sama() -> None:
    daftar: list[Perubahan] = [{}, {"Excel": {}}]
    for perubahan in daftar:
        assert tambal(_paket(EXCEL), perubahan, hitung_saat_buka=True) == EXCEL


@pytest.mark.parametrize(("isi", "lepas"), [(IsiSel(5), False), (IsiSel(5, ""), True), (IsiSel(5, "2+3"), False)])
def test_rantai_hitung_dilepas_bila_tak_cocok_lagi(isi: IsiSel, lepas: bool) -> None:
    """The chain of formulas names cells: it goes when one of them comes or goes, and only then."""
    baru = tambal(_paket(EXCEL), {"Excel": {(1, 4): isi}})
    assert ("xl/calcChain.xml" not in _bagian(baru)) == lepas
    _pastikan_arsip(EXCEL, baru, {"Excel": {(1, 4): isi}})


@pytest.mark.parametrize("nama", ["rumus-bersama", "tambahan"])
def test_rumus_bersama_tidak_diputus(kecil_xlsx: bytes, nama: str) -> None:
    """Taking the first of a shared formula would leave the others without theirs; its value may change."""
    lama = {**RAGAM, **TAMBAHAN}[nama](kecil_xlsx)
    lembar, sel = next((n, k) for n, peta in _peta(lama).items() for k in sorted(peta.utama))
    for rumus in ("", "1+1"):
        with pytest.raises(TidakDapatDitambalError, match=f"Lembar {lembar} .*mohon"):
            tambal(_paket(lama), {lembar: {sel: IsiSel(1, rumus)}})
    _pastikan_terbaca(lama, tambal(_paket(lama), {lembar: {sel: IsiSel(1)}}), {lembar: {sel: IsiSel(1)}})


def test_bertanda_tangan_ditolak() -> None:
    lama = _zip({**_bagian(EXCEL), "_xmlsignatures/origin.sigs": b""})
    with pytest.raises(TidakDapatDitambalError, match=r"Renja\.xlsx bertanda tangan digital"):
        tambal(_paket(lama), {"Excel": {(1, 1): IsiSel(1)}})


@pytest.mark.parametrize(
    "kalkulasi",
    [
        "",
        "<calcPr/>",
        '<calcPr calcId="1" fullCalcOnLoad="0" iterate="1"/>',
        "<calcPr calcId='1' fullCalcOnLoad='1'></calcPr>",
        '<definedNames><definedName name="x">Excel!$A$1</definedName></definedNames>',
        '<calcPr calcId="1"/><extLst><ext uri="{1}"/></extLst>',
    ],
)
def test_minta_dihitung_saat_dibuka(kalkulasi: str) -> None:
    lama = buku_excel(kalkulasi)
    baru = tambal(_paket(lama), {"Excel": {(1, 1): IsiSel(1)}}, hitung_saat_buka=True)
    a, z = (etree.fromstring(_bagian(x)["xl/workbook.xml"]) for x in (lama, baru))
    hitung = z.find(f"{{{MAIN}}}calcPr")
    assert hitung.attrib.pop("fullCalcOnLoad") == "1"
    urut = ["sheets", "definedNames", "calcPr", "extLst"]
    anak = [etree.QName(u).localname for u in z]
    assert anak == sorted(anak, key=urut.index)
    lama_hitung = a.find(f"{{{MAIN}}}calcPr")
    if lama_hitung is None:
        assert not hitung.attrib
        z.remove(hitung)
    else:
        lama_hitung.attrib.pop("fullCalcOnLoad", None)
    assert etree.tostring(a, method="c14n2") == etree.tostring(z, method="c14n2")


def test_minta_dihitung_saat_dibuka_di_buku_utf16() -> None:
    lama = buku_excel(utf16=True)
    perubahan: Perubahan = {"Excel": {(1, 1): IsiSel("é"), (1, 3): IsiSel(7)}}
    baru = tambal(_paket(lama), perubahan, hitung_saat_buka=True)
    hitung = etree.fromstring(_bagian(baru)["xl/workbook.xml"]).find(f"{{{MAIN}}}calcPr")
    assert hitung.get("fullCalcOnLoad") == "1"
    _pastikan_terbaca(lama, baru, perubahan)


def test_rantai_hitung_dilepas_dari_kerangka_utf16() -> None:
    bagian = _bagian(EXCEL)
    kerangka = (_TIPE_ISI, "xl/_rels/workbook.xml.rels")
    for nama in kerangka:
        kepala = '<?xml version="1.0" encoding="UTF-16"?>'
        bagian[nama] = b"\xff\xfe" + (kepala + bagian[nama].decode()).encode("utf-16-le")
    kini = _bagian(tambal(_paket(_zip(bagian)), {"Excel": {(1, 1): IsiSel(2, "1+1")}}))
    assert "xl/calcChain.xml" not in kini
    for nama in kerangka:
        assert kini[nama].startswith(b"\xff\xfe")
        assert len(etree.fromstring(kini[nama])) == len(etree.fromstring(bagian[nama])) - 1
        assert "calcChain" not in kini[nama].decode("utf-16")


@pytest.mark.parametrize(
    "tulisan", ["<sheetData/>", "<sheetData />", "<sheetData></sheetData>", "<sheetData\n></sheetData >"]
)
def test_beberapa_baris_di_lembar_kosong(tulisan: str) -> None:
    bagian = _bagian(EXCEL)
    bagian["xl/worksheets/sheet2.xml"] = _LEMBAR_KOSONG.replace("<sheetData/>", tulisan).encode()
    lama = _zip(bagian)
    perubahan: Perubahan = {"Kosong": {(4, 3): IsiSel(2, "1+1"), (2, 2): IsiSel("a"), (4, 1): IsiSel(1)}}
    baru = tambal(_paket(lama), perubahan)
    _pastikan_terbaca(lama, baru, perubahan)
    _pastikan_xml(lama, baru, perubahan)
    assert _bagian(baru)["xl/worksheets/sheet2.xml"].count(b"<sheetData") == 1


@pytest.mark.parametrize("r", [5, 8, 6, 1])
def test_sel_baru_menurut_urutan_kolom(r: int) -> None:
    """Excel calls a row damaged whose cells are out of order; the order of the changes says nothing."""
    perubahan: Perubahan = {"Excel": {(r, 12): IsiSel(12), (r, 9): IsiSel("i"), (r, 11): IsiSel(3, "1+2")}}
    baru = tambal(_paket(EXCEL), perubahan)
    _pastikan_terbaca(EXCEL, baru, perubahan)
    _pastikan_xml(EXCEL, baru, perubahan)


@pytest.mark.parametrize("lembar", ["Excel", "Kosong"])
def test_rumus_tanpa_nilai_di_baris_baru(lembar: str) -> None:
    perubahan: Perubahan = {lembar: {(6, 2): IsiSel(None, "1+1")}}
    baru = tambal(_paket(EXCEL), perubahan)
    _pastikan_terbaca(EXCEL, baru, perubahan)


@pytest.mark.parametrize("teks", ["a\ufffeb", "\uffff", "\ud800x", "x\udfff"])
def test_huruf_yang_tidak_dimuat_xml(teks: str) -> None:
    """Also what no XML may hold comes back: written as ``_xHHHH_``, as Excel does."""
    for sel in ((1, 1), (2, 8)):
        baru = tambal(_paket(EXCEL), {"Excel": {sel: IsiSel(teks)}})
        etree.fromstring(_bagian(baru)["xl/worksheets/sheet1.xml"])
        _pastikan_terbaca(EXCEL, baru, {"Excel": {sel: IsiSel(teks)}})


def _ganti(isi: bytes, *pasangan: tuple[str, str]) -> bytes:
    bagian = _bagian(isi)
    for a, z in pasangan:
        assert a.encode() in bagian["xl/worksheets/sheet1.xml"]
        bagian["xl/worksheets/sheet1.xml"] = bagian["xl/worksheets/sheet1.xml"].replace(a.encode(), z.encode(), 1)
    return _zip(bagian)


_TULISAN_LAIN = {
    "spasi-di-tanda-tutup": ("<v>1.5</v></c>", "<v>1.5</v></c >"),
    "spasi-di-tanda-tutup-rumus": ("B1*2</f><v>3</v></c>", "B1*2</f ><v>3</v ></c\n>"),
    "spasi-di-tanda-tutup-baris": ("<v>8</v></c></row><row", "<v>8</v></c></row ><row"),
    "huruf-kecil": ('r="B1"', 'r="b1"'),
    "tanpa-t": ("<v>1.5</v>", "<v>1.5</v><!-- </c> -->"),
    "baris-tunggal-berspasi": ('hidden="1" x14ac:dyDescent="0.25"/>', 'hidden="1" x14ac:dyDescent="0.25" />'),
    "sel-tunggal-berspasi": ('<c r="H1" s="1"/>', '<c r="H1" s="1" />'),
    "nilai-tunggal": ('<v>3</v></c><c r="D1"', '<v/></c><c r="D1"'),
    "baris-tanpa-nomor": ('<row r="2" spans="1:8"', '<row spans="1:8"'),
    "kutip-tunggal": ('r="B1"', "r='B1'"),
    "sifat-berspasi": ('r="C1"', 'r = "C1"'),
}


@pytest.mark.parametrize("nama", _TULISAN_LAIN)
def test_tulisan_xml_lain(nama: str) -> None:
    """The same cells in legal spellings that programs rarely use."""
    lama = _ganti(EXCEL, _TULISAN_LAIN[nama])
    for sel in ((1, 1), (1, 2), (1, 3), (1, 8), (2, 2), (4, 3), (1, 9), (2, 6), (6, 1)):
        perubahan: Perubahan = {"Excel": {sel: IsiSel("jadi")}}
        _pastikan_terbaca(lama, tambal(_paket(lama), perubahan), perubahan)
    semua: Perubahan = {"Excel": {(r, c): IsiSel(c) for r in (1, 5) for c in range(1, 11)}}
    _pastikan_terbaca(lama, tambal(_paket(lama), semua), semua)


# ── damaged files ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "bagian", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/worksheets/sheet1.xml"]
)
def test_sandi_yang_tidak_dikenal(bagian: str, tmp_path: Path) -> None:
    """An encoding that no reader knows is a damaged file, and said so."""
    isi = _bagian(dasar("polos"))
    isi[bagian] = re.sub(rb"<\?xml.*?\?>", b'<?xml version="1.0" encoding="shared"?>', isi[bagian], count=1)
    assert uji(_zip(isi), tmp_path) == "ditolak"


@pytest.mark.parametrize("awal", range(0, 80 if PANJANG else 40, 10))
def test_berkas_acak(awal: int) -> None:
    """A short stretch of what ``python -m tests.fuzz`` does for hours."""
    for benih in range(awal, awal + (400 if PANJANG else 10)):
        uji_benih(benih)


def test_berkas_acak_sama_untuk_satu_nomor() -> None:
    assert dasar("polos") != berkas_acak(3)
    assert berkas_acak(3) == berkas_acak(3)
