"""The limits lint: clean on what we build, and each of its checks can fail."""

from __future__ import annotations

import gc
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

import pytest

from renja_xl.alur import buku_baru
from renja_xl.core.awal import baris_dasar, baris_profil
from renja_xl.core.buku import Buku, Indikator, Level, Sel, Simpul
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.excel.bangun import bangun
from renja_xl.tabel import DASAR_PERHITUNGAN, PROFIL, T_C_33
from tests.excel import NAMA, berkas
from tests.excel.batas import MAKS_ARGUMEN, Batas, mirip_sel, periksa_batas, periksa_rumus, urai_rumus

_UTAMA = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RID = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_JENIS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KEPALA = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>1</t></is></c><c r="B1" t="inlineStr"><is><t>4 satuan</t></is></c></row>'
)
_KOLOM = '<tableColumn id="1" name="1"/><tableColumn id="2" name="4 satuan"/>'


def _rels(*isi: tuple[str, str, str]) -> str:
    dalam = "".join(f'<Relationship Id="{i}" Type="{_JENIS}/{j}" {t}/>' for i, j, t in isi)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{dalam}</Relationships>'
    )


def paket(
    *,
    kepala: str = _KEPALA,
    baris: str = "",
    sesudah: str = "",
    nama_lembar: str = "Lembar",
    lembar_kedua: str = "",
    nama: str = "",
    kalkulasi: str = '<calcPr calcId="191029"/>',
    nama_tabel: str = "tbl_uji",
    sifat_tabel: str = "",
    kolom: str = _KOLOM,
    rel_lembar: tuple[tuple[str, str, str], ...] = (),
    rel_buku: tuple[tuple[str, str, str], ...] = (),
    bagian: dict[str, str] | None = None,
) -> bytes:
    """A small workbook with one table in A1:B3, without any violation unless one is put in."""
    lembar2 = f'<sheet name="{lembar_kedua}" sheetId="2" r:id="r2"/>' if lembar_kedua else ""
    isi = {
        "xl/workbook.xml": (
            f'<workbook {_UTAMA} {_RID}><sheets><sheet name="{escape(nama_lembar)}" sheetId="1" r:id="r1"/>{lembar2}'
            f"</sheets><definedNames>{nama}</definedNames>{kalkulasi}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _rels(
            ("r1", "worksheet", 'Target="worksheets/sheet1.xml"'),
            ("r2", "worksheet", 'Target="/xl/worksheets/sheet2.xml"'),
            *rel_buku,
        ),
        "xl/worksheets/sheet1.xml": (
            f"<worksheet {_UTAMA}><sheetData>{kepala}<row>{baris}</row></sheetData>{sesudah}</worksheet>"
        ),
        "xl/worksheets/sheet2.xml": f"<worksheet {_UTAMA}><sheetData/></worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": _rels(("t1", "table", 'Target="../tables/table1.xml"'), *rel_lembar),
        "xl/tables/table1.xml": (
            f'<table {_UTAMA} id="1" name="{nama_tabel}" displayName="{nama_tabel}" ref="A1:B3" {sifat_tabel}>'
            f"<tableColumns>{kolom}</tableColumns></table>"
        ),
        **(bagian or {}),
    }
    keluaran = BytesIO()
    with zipfile.ZipFile(keluaran, "w") as z:
        for path, teks in isi.items():
            z.writestr(path, teks)
    return keluaran.getvalue()


def _rumus(rumus: str, hasil: str = "<v>1</v>", tipe: str = "") -> bytes:
    return paket(baris=f'<c r="D2"{tipe}><f>{escape(rumus)}</f>{hasil}</c>')


def _validasi(sifat: str, dalam: str = "", sqref: str = "A2") -> bytes:
    return paket(
        sesudah=f'<dataValidations><dataValidation {sifat} sqref="{sqref}">{dalam}</dataValidation></dataValidations>'
    )


def _nama(nama: str, rumus: str = "Lembar!$A$2", sifat: str = "") -> bytes:
    return paket(nama=f'<definedName name="{nama}"{sifat}>{escape(rumus)}</definedName>')


_DUA_VALIDASI = '<dataValidations><dataValidation type="any" sqref="A2:A9"/><dataValidation type="any" sqref="B1 A5"/></dataValidations>'
_BAGAN = '<c:chart xmlns:c="urn:c"><c:f>tbl_uji[1]</c:f></c:chart>'
_KEPALA_ANGKA = _KEPALA.replace('<c r="A1" t="inlineStr"><is><t>1</t></is></c>', '<c r="A1"><v>1</v></c>')
_KEPALA_RUMUS = _KEPALA.replace('r="A1" t="inlineStr"', 'r="A1" t="str"').replace(
    "<is><t>1</t></is>", "<f>A9</f><v>1</v>", 1
)
_TEKS_PANJANG = "x" * 32_768

KASUS: list[tuple[Batas, bytes]] = [
    (Batas.RUJUKAN_TERSTRUKTUR, _validasi('type="custom"', "<formula1>ISNUMBER(tbl_uji[[#This Row],[1]])</formula1>")),
    (Batas.RUJUKAN_TERSTRUKTUR, _validasi('type="list"', "<formula1>tbl_uji[1]</formula1>")),
    (Batas.RUJUKAN_TERSTRUKTUR, _validasi('type="whole"', "<formula1>1</formula1><formula2>MAX(tbl_uji[1])</formula2>")),
    (Batas.RUJUKAN_TERSTRUKTUR, _nama("kolom_satu", "tbl_uji[1]")),
    (Batas.RUJUKAN_TERSTRUKTUR, paket(bagian={"xl/charts/chart1.xml": _BAGAN})),
    (
        Batas.RUJUKAN_TERSTRUKTUR,
        paket(
            sesudah='<conditionalFormatting sqref="A2"><cfRule type="expression" priority="1">'
            "<formula>tbl_uji[[#This Row],[1]]=1</formula></cfRule></conditionalFormatting>"
        ),
    ),
    (Batas.SINGKATAN_BARIS, _rumus("tbl_uji[@1]+1")),
    (Batas.SINGKATAN_BARIS, _rumus("SUM(tbl_uji[[@1]:[4 satuan]])")),
    (Batas.SINGKATAN_BARIS, _rumus("@A1:A3")),
    (Batas.SINGKATAN_BARIS, paket(kolom=_KOLOM.replace("/>", "><calculatedColumnFormula>[@1]</calculatedColumnFormula></tableColumn>", 1))),
    (Batas.ARGUMEN, _rumus(f"SUM({','.join(['A1'] * 256)})")),
    (Batas.SARANG, _rumus("ABS(" * 65 + "1" + ")" * 65)),
    (Batas.PANJANG_RUMUS, _rumus("+".join(["A1"] * 2731))),
    (Batas.RUMUS_RUSAK, _rumus("SUM(A1")),
    (Batas.RUMUS_RUSAK, _rumus("SUM(A1))")),
    (Batas.RUMUS_RUSAK, _rumus('A1&"x')),
    (Batas.RUMUS_RUSAK, _rumus("tbl_uji[[1]")),
    (Batas.RUMUS_RUSAK, _nama("hilang", "#REF!$A$1")),
    (Batas.LITERAL, _rumus(f'IF(A1=1,"{"x" * 256}","-")')),
    (Batas.FUNGSI, _rumus('TEXT(A1,"0")')),
    (Batas.FUNGSI, _rumus("_xlfn.XLOOKUP(A1,A:A,B:B)")),
    (Batas.FUNGSI, _rumus("IF(A1=1,indirect(A2),1)")),
    (Batas.FUNGSI, _nama("bergeser", "OFFSET(Lembar!$A$1,1,0)")),
    (Batas.BOOLEAN, _rumus("IF(A1=1,TRUE,2)")),
    (Batas.BOOLEAN, _rumus("AND(FALSE(),A1=1)")),
    (Batas.GABUNGAN, _rumus("SUM((A1,B2))")),
    (Batas.GABUNGAN, _rumus("SUM(A1~B2)")),
    (Batas.CABANG_KOSONG, _rumus('IF(A1=1,A2,"")')),
    (Batas.CABANG_KOSONG, _rumus('IF(A1=1,A2&"",1)')),
    (Batas.CABANG_KOSONG, _rumus('IFERROR(A1,"")')),
    (Batas.HASIL_KOSONG, _rumus("A9", "<v></v>", ' t="str"')),
    (Batas.HASIL_KOSONG, _rumus("A9", '<v xml:space="preserve"> </v>', ' t="str"')),
    (Batas.HASIL_GALAT, _rumus("1/A9", "<v>#DIV/0!</v>", ' t="e"')),
    (Batas.TANPA_HASIL, _rumus("A9", "")),
    (Batas.TANPA_HASIL, _rumus("A9", "<v/>")),
    (Batas.PANJANG_TEKS, paket(baris=f'<c r="D2" t="inlineStr"><is><r><t>x</t></r><r><t>{_TEKS_PANJANG[1:]}</t></r></is></c>')),
    (Batas.PANJANG_TEKS, paket(bagian={"xl/sharedStrings.xml": f"<sst {_UTAMA}><si><t>{_TEKS_PANJANG}</t></si></sst>"})),
    (Batas.PANJANG_TEKS, _rumus("A9", f"<v>{_TEKS_PANJANG}</v>", ' t="str"')),
    (Batas.JUDUL_VALIDASI, _validasi(f'type="any" promptTitle="{"x" * 33}"')),
    (Batas.JUDUL_VALIDASI, _validasi(f'type="any" errorTitle="{"x" * 33}"')),
    (Batas.PESAN_VALIDASI, _validasi(f'type="any" prompt="{"x" * 256}"')),
    (Batas.PESAN_VALIDASI, _validasi(f'type="any" error="{"x" * 256}"')),
    (Batas.DAFTAR_VALIDASI, _validasi('type="list"', f'<formula1>"{"x" * 256}"</formula1>')),
    (Batas.TUMPANG_VALIDASI, paket(sesudah=_DUA_VALIDASI)),
    (Batas.NAMA_LEMBAR, paket(nama_lembar="x" * 32)),
    (Batas.NAMA_LEMBAR, paket(nama_lembar="T/C")),
    (Batas.NAMA_LEMBAR, paket(nama_lembar="'Lembar")),
    (Batas.NAMA_LEMBAR, paket(nama_lembar="history")),
    (Batas.NAMA_LEMBAR, paket(nama_lembar="")),
    (Batas.NAMA_LEMBAR, paket(lembar_kedua="LEMBAR")),
    (Batas.KEPALA_TABEL, paket(kepala=_KEPALA_ANGKA)),
    (Batas.KEPALA_TABEL, paket(kepala=_KEPALA_RUMUS)),
    (Batas.KEPALA_TABEL, paket(kepala="")),
    (Batas.KEPALA_TABEL, paket(kepala=_KEPALA.replace("4 satuan", "4  satuan"))),
    (Batas.KEPALA_TABEL, paket(kepala=_KEPALA.replace("4 satuan", "A"), kolom='<tableColumn name="a"/><tableColumn name="A"/>')),
    (Batas.KEPALA_TABEL, paket(kolom='<tableColumn id="1" name="1"/>')),
    (Batas.KEPALA_TABEL, paket(sifat_tabel='headerRowCount="0"')),
    (Batas.TABEL_TERGABUNG, paket(sesudah='<mergeCells><mergeCell ref="B3:C4"/></mergeCells>')),
    (Batas.NAMA, paket(nama_tabel="TC29")),
    (Batas.NAMA, paket(nama_tabel="tbl uji")),
    (Batas.NAMA, _nama("A1")),
    (Batas.NAMA, _nama("R1C1")),
    (Batas.NAMA, _nama("profil.nama")),
    (Batas.NAMA, _nama("2026_pagu")),
    (Batas.NAMA, _nama("TBL_UJI")),
    (Batas.KAKI, paket(sesudah=f"<headerFooter><oddFooter>{'x' * 256}</oddFooter></headerFooter>")),
    (Batas.TAUTAN_LUAR, paket(bagian={"xl/externalLinks/externalLink1.xml": "<x/>"})),
    (Batas.TAUTAN_LUAR, paket(rel_buku=(("x1", "externalLink", 'Target="externalLinks/externalLink1.xml"'),))),
    (Batas.TAUTAN_LUAR, paket(rel_lembar=(("x1", "oleObject", 'Target="file:///x.xlsx" TargetMode="External"'),))),
    (Batas.TAUTAN_LUAR, _rumus("[1]Lembar!A1")),
    (Batas.TAUTAN_LUAR, _rumus("SUM([1]Lembar!A1)")),
    (Batas.TAUTAN_LUAR, _rumus("'[lain.xlsx]Lembar satu'!A1")),
    (Batas.HITUNG_PENUH, paket(kalkulasi='<calcPr calcId="191029" fullCalcOnLoad="1"/>')),
    (Batas.CALC_ID, paket(kalkulasi='<calcPr calcId="124519"/>')),
    (Batas.CALC_ID, paket(kalkulasi="")),
]  # fmt: skip


@pytest.mark.parametrize("nama", NAMA)
def test_built_workbooks_keep_every_limit(nama: str) -> None:
    langgar = periksa_batas(berkas(nama))
    if langgar:
        pytest.fail(f"{len(langgar)} violations:\n" + "\n".join(str(x) for x in langgar[:40]), pytrace=False)


def test_scattered_details_keep_every_limit() -> None:
    """A program with more kegiatan, none next to another, than a SUM takes arguments."""
    simpul = [Simpul("s-1", Level.URUSAN, "Urusan"), Simpul("s-2", Level.PROGRAM, "Program", "5.03.02", "s-1")]
    for n in range(1, MAKS_ARGUMEN + 3):
        kode = f"5.03.02.2.{n:03d}"
        simpul.append(Simpul(f"k-{n}", Level.KEGIATAN, f"Kegiatan {n}", kode, "s-2"))
        simpul.append(Simpul(f"u-{n}", Level.SUB_KEGIATAN, f"Sub kegiatan {n}", f"{kode}.0001", f"k-{n}"))
    indikator = [Indikator(f"i-{n}", s.id, di_rencana=True) for n, s in enumerate(simpul)]
    kerangka = Buku(tuple(simpul), tuple(indikator)).ganti(
        {PROFIL.kunci: baris_profil({"tahun_anggaran": 2026.0}), DASAR_PERHITUNGAN.kunci: baris_dasar()}
    )
    buku = perbarui(kerangka)
    baris = [b.dengan({"pagu_n": Sel(100)}) if b.level is Level.SUB_KEGIATAN else b for b in buku.baris(T_C_33.kunci)]
    isi = bangun(hitung(buku.ganti({T_C_33.kunci: baris})))
    assert b"SUM(SUM(" in b"".join(x for n, x in _bagian(isi) if n.startswith("xl/worksheets/sheet"))
    # Validations do not depend on the plan: the empty master answers for them.
    assert [str(x) for x in periksa_batas(isi) if x.batas is not Batas.TUMPANG_VALIDASI] == []


def _bagian(isi: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(isi)) as z:
        return [(n, z.read(n)) for n in z.namelist()]


@pytest.mark.parametrize(("batas", "isi"), KASUS, ids=[f"{b.name}-{n}" for n, (b, _) in enumerate(KASUS)])
def test_each_check_can_fail(batas: Batas, isi: bytes) -> None:
    # Exactly this one: a check that fires together with others would prove nothing about itself.
    assert {x.batas for x in periksa_batas(isi)} == {batas}


def test_every_limit_has_a_case() -> None:
    assert {b for b, _ in KASUS} == set(Batas)


def test_a_workbook_at_the_limits_is_clean() -> None:
    isi = paket(
        nama_lembar="x" * 31,
        nama='<definedName name="_xlnm.Print_Area" localSheetId="0">Lembar!$A$1</definedName>'
        '<definedName name="tbl_T_C_29">Lembar!$A$1</definedName>',
        baris=f'<c r="D2"><f>SUM({",".join(["A1"] * 255)})</f><v>0</v></c>'
        f'<c r="E2"><f>{"+".join(["A1"] * 2730)}+1</f><v>0</v></c>'
        f'<c r="F2" t="inlineStr"><is><t>{_TEKS_PANJANG[1:]}</t></is></c>'
        f'<c r="G2" t="str"><f>IF(A1="","{"x" * 255}","-")</f><v>-</v></c>'
        '<c r="H2"><f>SUM(A1:A3)</f><v>0</v></c>',
        sesudah='<mergeCells><mergeCell ref="A4:B4"/></mergeCells><dataValidations>'
        f'<dataValidation type="list" promptTitle="{"x" * 32}" prompt="{"x" * 255}" sqref="A2:A3">'
        f'<formula1>"{"x" * 255}"</formula1></dataValidation><dataValidation type="any" sqref="B2:B3 A4"/></dataValidations>',
        rel_lembar=(("h1", "hyperlink", 'Target="https://example.org" TargetMode="External"'),),
    )
    assert periksa_batas(isi) == []


@pytest.mark.parametrize(
    "rumus",
    [
        'IF(A1="","-",A1)',
        'IF(""<>A1,1,2)',
        'COUNTIF(A1:A3,"")+1',
        'SUBSTITUTE(A1," ","")',
        "tbl_uji[[#This Row],[8=(7/6)]]/tbl_uji[[#This Row],[1]]",
        "tbl_uji[[#This Row],[a'[b'] '# '' '@]]",
        "'Program & Sub Kegiatan'!$A$1+Profil!B2",
        "INDEX(tbl_uji[4 satuan],MATCH(A1,tbl_uji[1],0))",
        '"kata ""TRUE"" dan [@] serta TEXT("&A1',
        "-1.5E-3%+(A1+B1)*2",
    ],
)
def test_ordinary_formulas_are_clean(rumus: str) -> None:
    assert list(periksa_rumus(rumus, "A1", di_sel=True)) == []


def test_pieces_of_a_formula_give_the_formula_back() -> None:
    rumus = r'''IF(AND(tbl[[#This Row],[8=(7/6)]]<>"",'a b'!$C$3>=1E3),SUM(A1:B2)&"x ""y""",#N/A)'''
    assert "".join(x.teks for x in urai_rumus(rumus)) == rumus


@pytest.mark.parametrize("nama", ["TC29", "a1", "XFD1048576", "R1C1", "r", "c", "R", "C5", "rc", "R2C", "A01"])
def test_names_that_read_as_cells(nama: str) -> None:
    assert mirip_sel(nama)


@pytest.mark.parametrize("nama", ["tbl_T_C_29", "XFE1", "A1048577", "A0", "RKT", "dasar", "T_C_29", "ABCD1", "R1C1x"])
def test_names_that_do_not(nama: str) -> None:
    assert not mirip_sel(nama)


def test_a_build_that_is_refused_midway_leaves_no_half_written_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """XlsxWriter would leave it open, to fail at any later moment, in whatever runs then."""

    def gagal(_: object) -> None:
        raise MemoryError

    tertinggal: list[object] = []
    monkeypatch.setattr("xlsxwriter.packager.Packager._create_package", gagal)
    monkeypatch.setattr("sys.unraisablehook", tertinggal.append)
    try:
        bangun(buku_baru(2026))
    except MemoryError as galat:
        galat.args = (galat,)  # kept by nothing but itself
    else:
        pytest.fail("was built")
    gc.collect()
    assert tertinggal == []
