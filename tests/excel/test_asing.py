"""What a rebuild would lose is refused by name; ordinary work, and other programs' saving, is not."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from renja_xl.core.buku import Buku
from renja_xl.core.letak import huruf_kolom
from renja_xl.errors import AkanHilangError
from renja_xl.excel.asing import pastikan_tak_hilang
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.tabel import CATATAN_PERBAIKAN, PROFIL, PROGRAM_SUB_KEGIATAN, SEMUA, T_C_29, T_C_33, TabelSpec
from tests import PANJANG
from tests.excel import CONTOH, berkas, dibangun
from tests.libre import hitung_ulang

Ubah = Callable[[Any], None]
STRUKTUR = PROGRAM_SUB_KEGIATAN
SUB = 5
"""Place of the first sub kegiatan of the small plan in T-C.33: after urusan, agency, program (two rows), kegiatan."""


def alamat(spec: TabelSpec, kunci: str, n: int = 0) -> str:
    """Address of a column's cell in the n-th data row as built."""
    return f"{huruf_kolom(spec.letak_kolom[kunci])}{spec.baris_pertama + n}"


def sel(wb: Any, spec: TabelSpec, kunci: str, n: int = 0) -> Any:
    return wb[spec.lembar][alamat(spec, kunci, n)]


def sub_kegiatan(wb: Any, spec: TabelSpec = T_C_33) -> int:
    """Place of the first sub kegiatan in a linked table."""
    n = 0
    while sel(wb, spec, "level", n).value != "Sub kegiatan":
        n += 1
    return n


def tersebut(path: Path) -> list[str]:
    """What the refusal names; empty where nothing is refused."""
    terbaca = baca(path)
    try:
        pastikan_tak_hilang(path, terbaca, bangun(terbaca.buku))
    except AkanHilangError as galat:
        return str(galat).partition("disusun ulang: ")[2].partition(". Mohon")[0].split("; ")
    return []


def simpan(isi: bytes, ubah: Ubah, tmp_path: Path) -> Path:
    """The workbook changed and saved by openpyxl."""
    wb: Any = load_workbook(BytesIO(isi))
    ubah(wb)
    path = tmp_path / "Renja.xlsx"
    wb.save(path)
    return path


@pytest.fixture(scope="module")
def buku_kecil(kecil: Buku) -> bytes:
    """The small plan as built: a sample that is loaded and saved in no time."""
    return dibangun(kecil)


# ── what is refused ───────────────────────────────────────────────────────────────────────────────────────────

_MERAH = PatternFill("solid", fgColor="FFFF0000")
_BAWAH = 40
"""A row below every table of the small plan."""


def _png() -> bytes:

    def potong(jenis: bytes, isi: bytes) -> bytes:
        return struct.pack(">I", len(isi)) + jenis + isi + struct.pack(">I", zlib.crc32(jenis + isi))

    kepala = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    isi = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + potong(b"IHDR", kepala) + potong(b"IDAT", isi) + potong(b"IEND", b"")


def _lembar(wb: Any) -> None:
    wb.create_sheet("Bantu")["A1"] = "catatan rapat"


def _komentar(wb: Any) -> None:
    sel(wb, T_C_33, "lokasi", SUB).comment = Comment("cek lagi", "Perencana")


def _komentar_kepala(wb: Any) -> None:
    wb[T_C_33.lembar].cell(T_C_33.baris_nomor, 1).comment = Comment("nomor urut", "Perencana")


def _komentar_diubah(wb: Any) -> None:
    c = wb[T_C_33.lembar].cell(T_C_33.baris_nomor, T_C_33.letak_kolom["pagu_n"])
    c.comment = Comment(f"{c.comment.text} Disepakati 5 Mei.", "Perencana")


def _isian(wb: Any) -> None:
    sel(wb, T_C_33, "lokasi", SUB).fill = _MERAH


def _isian_di_luar(wb: Any) -> None:
    wb[T_C_33.lembar]["AB3"].fill = _MERAH


def _warna_huruf(wb: Any) -> None:
    sel(wb, T_C_33, "lokasi", SUB).font = Font(name="Calibri", sz=10, color="FFFF0000")


def _format_angka(wb: Any) -> None:
    sel(wb, T_C_33, "pagu_n", sub_kegiatan(wb)).number_format = '"Rp" #,##0'


def _format_angka_kolom_lain(wb: Any) -> None:
    """A format that we use too, but not in this column."""
    sel(wb, T_C_33, "target_n", sub_kegiatan(wb)).number_format = "#,##0.00"


def _sebagian_merah(wb: Any) -> None:
    merah = InlineFont(rFont="Calibri", sz=10, color=Color("FFFF0000"))
    sel(wb, T_C_33, "lokasi", SUB).value = CellRichText("Tanah ", TextBlock(merah, "Grogot"))


def _lebar(wb: Any) -> None:
    wb[T_C_33.lembar].column_dimensions["C"].width = 99


def _lebar_dalam_kelompok(wb: Any) -> None:
    """Equal neighbours share one record in the file; Excel splits it when one of them is widened."""
    ukuran = wb[T_C_29.lembar].column_dimensions
    kelompok = next(h for h, d in ukuran.items() if d.min and d.max and d.max > d.min and not d.hidden)
    akhir = ukuran[kelompok].max
    ukuran[kelompok].max = akhir - 1
    ukuran[huruf_kolom(akhir)].width = 99


def _kolom_disembunyikan(wb: Any) -> None:
    wb[T_C_33.lembar].column_dimensions["C"].hidden = True


def _baris_disembunyikan(wb: Any) -> None:
    wb[T_C_33.lembar].row_dimensions[T_C_33.baris_pertama + SUB].hidden = True


def _gabung(wb: Any) -> None:
    wb[T_C_33.lembar].merge_cells("A1:C1")


def _bersyarat(wb: Any) -> None:
    rule = Rule(type="expression", formula=["$G9>100"], dxf=DifferentialStyle(font=Font(b=True)))
    wb[T_C_33.lembar].conditional_formatting.add("G9:G20", rule)


def _validasi(wb: Any) -> None:
    v = DataValidation(type="list", formula1='"APBD,DAU,DAK"')
    v.add("P9:P20")
    wb[T_C_33.lembar].add_data_validation(v)


def _nama(wb: Any) -> None:
    wb.defined_names["pagu_lama"] = DefinedName("pagu_lama", attr_text="'T-C.33'!$G$9")


def _nama_selembar(wb: Any) -> None:
    wb[T_C_33.lembar].defined_names["batas"] = DefinedName("batas", attr_text="'T-C.33'!$G$9")


def _rumus(wb: Any) -> None:
    sel(wb, T_C_33, "pagu_n", sub_kegiatan(wb)).value = "=1000*12"


def _rumus_teks(wb: Any) -> None:
    sel(wb, T_C_33, "lokasi", SUB).value = '="Tanah "&"Grogot"'


def _rumus_larik(wb: Any) -> None:
    c = sel(wb, T_C_33, "pagu_n", sub_kegiatan(wb))
    c.value = ArrayFormula(c.coordinate, "=SUM({1000,2000}*12)")


def _rumus_di_luar(wb: Any) -> None:
    wb[T_C_33.lembar]["AB9"] = "=SUM(A1:A3)"


def _teks_di_kanan(wb: Any) -> None:
    wb[T_C_33.lembar]["AB9"] = "menunggu pagu definitif"


def _angka_di_kanan(wb: Any) -> None:
    wb[T_C_33.lembar]["AB9"] = 123456


def _teks_di_bawah(wb: Any) -> None:
    wb[T_C_33.lembar][f"A{_BAWAH}"] = "Mengetahui, Kepala Badan"


def _teks_di_atas(wb: Any) -> None:
    wb[T_C_33.lembar]["H1"] = "Rancangan akhir"


def _teks_yang_juga_milik_kita(wb: Any) -> None:
    """A planner's own remark may use a word that the sheet has elsewhere."""
    wb[T_C_33.lembar]["AB9"] = "Dokumen"


def _judul_diganti(wb: Any) -> None:
    wb[T_C_33.lembar]["A1"] = "Tabel 3.1.4 versi kabupaten"


def _tabel(wb: Any) -> None:
    ws = wb[T_C_33.lembar]
    ws["AB9"], ws["AB10"] = "Pilihan", "x"
    ws.add_table(Table(displayName="tbl_milik_saya", ref="AB9:AB10"))


class _Titik(Image):
    """A picture of one dot; openpyxl's own class needs Pillow, only to measure it."""

    def __init__(self) -> None:
        self.ref, self.format = "titik.png", "png"
        self.width = self.height = 1
        self.anchor = "AB9"

    def _data(self) -> bytes:
        return _png()


def _gambar(wb: Any) -> None:
    wb[T_C_33.lembar].add_image(_Titik())


def _grafik(wb: Any) -> None:
    grafik = BarChart()
    grafik.add_data(Reference(wb[T_C_33.lembar], min_col=9, min_row=9, max_row=12))
    wb[T_C_33.lembar].add_chart(grafik, "AB9")


def _tautan(wb: Any) -> None:
    sel(wb, T_C_33, "lokasi", SUB).hyperlink = "https://example.org/peta"


_LOKASI = f"T-C.33!{alamat(T_C_33, 'lokasi', SUB)}"
_PAGU = huruf_kolom(T_C_33.letak_kolom["pagu_n"])


_TAMBAHAN: list[tuple[Ubah, str]] = [
    (_lembar, r"lembar 'Bantu'"),
    (_komentar, rf"komentar {_LOKASI}"),
    (_komentar_kepala, rf"komentar T-C\.33!A{T_C_33.baris_nomor}"),
    (_komentar_diubah, rf"komentar T-C\.33!{_PAGU}{T_C_33.baris_nomor}"),
    (_isian, rf"format {_LOKASI}"),
    (_isian_di_luar, r"format T-C\.33!AB3"),
    (_warna_huruf, rf"format {_LOKASI}"),
    (_format_angka, rf"format T-C\.33!{_PAGU}\d+"),
    (_format_angka_kolom_lain, rf"format T-C\.33!{huruf_kolom(T_C_33.letak_kolom['target_n'])}\d+"),
    (_sebagian_merah, rf"format {_LOKASI}"),
    (_lebar, r"lebar kolom T-C\.33!C"),
    (_lebar_dalam_kelompok, r"lebar kolom T-C\.29!\w+"),
    (_kolom_disembunyikan, r"kolom T-C\.33!C yang disembunyikan"),
    (_baris_disembunyikan, rf"baris T-C\.33!{T_C_33.baris_pertama + SUB} yang disembunyikan"),
    (_gabung, r"sel gabungan T-C\.33!A1:C1"),
    (_bersyarat, r"format bersyarat T-C\.33!G9:G20"),
    (_validasi, r"validasi T-C\.33!P9:P20"),
    (_nama, r"nama 'pagu_lama'"),
    (_nama_selembar, r"nama '.*batas.*'"),
    (_rumus, rf"rumus T-C\.33!{_PAGU}\d+"),
    (_rumus_larik, rf"rumus T-C\.33!{_PAGU}\d+"),
    (_rumus_teks, rf"rumus {_LOKASI}"),
    (_rumus_di_luar, r"(isi|rumus) T-C\.33!AB9"),
    (_teks_di_kanan, r"isi T-C\.33!AB9"),
    (_angka_di_kanan, r"isi T-C\.33!AB9"),
    (_teks_di_bawah, rf"isi T-C\.33!A{_BAWAH}"),
    (_teks_di_atas, r"isi T-C\.33!H1"),
    (_teks_yang_juga_milik_kita, r"isi T-C\.33!AB9"),
    (_judul_diganti, r"isi T-C\.33!A1"),
    (_tabel, r"tabel 'tbl_milik_saya'"),
    (_tautan, rf"tautan {_LOKASI}"),
    (_grafik, r"gambar, grafik, atau objek"),
    (_gambar, r"gambar, grafik, atau objek"),
]
"""What somebody adds, and how it is named."""


@pytest.mark.parametrize(
    "tambahan",
    [[t] for t in _TAMBAHAN] if PANJANG else [_TAMBAHAN[n::11] for n in range(11)],  # three in different places
    ids=lambda tambahan: "-".join(ubah.__name__.strip("_") for ubah, _ in tambahan),
)
def test_an_addition_is_refused_by_name(buku_kecil: bytes, tambahan: list[tuple[Ubah, str]], tmp_path: Path) -> None:
    def ubah_semua(wb: Any) -> None:
        for ubah, _ in tambahan:
            ubah(wb)

    sebutan = tersebut(simpan(buku_kecil, ubah_semua, tmp_path))
    for _, harapan in tambahan:
        assert any(re.fullmatch(harapan, s) for s in sebutan), f"{harapan} is not among what is named: {sebutan}"


_BAGIAN_EXCEL = [
    ("xl/pivotTables/pivotTable1.xml", "tabel pivot"),
    ("xl/vbaProject.bin", "makro"),
    ("xl/externalLinks/externalLink1.xml", "tautan ke buku lain"),
    ("xl/threadedComments/threadedComment1.xml", "percakapan komentar"),
    ("xl/connections.xml", "koneksi data"),
    ("xl/ctrlProps/ctrlProp1.xml", "gambar, grafik, atau objek"),
    ("xl/embeddings/oleObject1.bin", "gambar, grafik, atau objek"),
    ("xl/slicers/slicer1.xml", "gambar, grafik, atau objek"),
]


@pytest.mark.parametrize(
    "tambahan",
    [[b] for b in _BAGIAN_EXCEL] if PANJANG else [_BAGIAN_EXCEL[:6], _BAGIAN_EXCEL[6:7], _BAGIAN_EXCEL[7:]],
    ids=lambda tambahan: tambahan[-1][0].rpartition("/")[2],
)
def test_a_part_that_only_excel_makes_is_refused(
    buku_kecil: bytes, tambahan: list[tuple[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(buku_kecil)
    with zipfile.ZipFile(path, "a") as z:
        for bagian, _ in tambahan:
            z.writestr(bagian, "<x/>")
    assert sorted(tersebut(path)) == sorted(harapan for _, harapan in tambahan)


_X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
_XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'


@pytest.mark.parametrize(
    ("uri", "isi", "harapan"),
    [
        (
            "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",
            f'<x14:dataValidations {_XM} count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>Profil!$A$1:$A$9'
            "</xm:f></x14:formula1><xm:sqref>I12</xm:sqref></x14:dataValidation></x14:dataValidations>",
            "validasi",
        ),
        (
            "{78C0D931-6437-407d-A8EE-F0AAD7539E65}",
            f'<x14:conditionalFormattings><x14:conditionalFormatting {_XM}><x14:cfRule type="expression" priority="9">'
            "<xm:f>Profil!$A$1=1</xm:f></x14:cfRule><xm:sqref>I12</xm:sqref></x14:conditionalFormatting>"
            "</x14:conditionalFormattings>",
            "format bersyarat",
        ),
        (
            "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",
            f"<x14:sparklineGroups {_XM}><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>'T-C.33'!I9:I12</xm:f>"
            "<xm:sqref>AB9</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>",
            "grafik",
        ),
    ],
    ids=["validation", "conditional-format", "sparkline"],
)
def test_what_excel_writes_as_an_extension_is_refused(
    buku_kecil: bytes, uri: str, isi: str, harapan: str, tmp_path: Path
) -> None:
    """Excel writes so whatever looks at another sheet; openpyxl drops it with a warning."""
    n = [s.lembar for s in SEMUA].index(T_C_33.lembar) + 1
    ekstensi = f'<extLst><ext {_X14} uri="{uri}">{isi}</ext></extLst></worksheet>'
    path = tmp_path / "Renja.xlsx"
    with zipfile.ZipFile(BytesIO(buku_kecil)) as asal, zipfile.ZipFile(path, "w") as z:
        for info in asal.infolist():
            xml = asal.read(info)
            if info.filename == f"xl/worksheets/sheet{n}.xml":
                xml = xml.replace(b"</worksheet>", ekstensi.encode())
            z.writestr(info, xml)
    assert any(harapan in s for s in tersebut(path))


def test_an_addition_to_the_sample_is_refused_too(tmp_path: Path) -> None:
    assert tersebut(simpan(berkas(CONTOH), _komentar, tmp_path)) == [f"komentar {_LOKASI}"]


def test_many_additions_are_counted(buku_kecil: bytes, tmp_path: Path) -> None:
    def ubah(wb: Any) -> None:
        for n in range(9):
            wb[T_C_33.lembar][f"AB{n + 9}"] = f"catatan {n}"

    sebutan = tersebut(simpan(buku_kecil, ubah, tmp_path))
    assert sebutan[0] == "isi T-C.33!AB9"
    assert sebutan[-1].endswith(", dan 3 hal lain")


# ── what is not ───────────────────────────────────────────────────────────────────────────────────────────────


def _tidak_apa(_wb: Any) -> None:
    """Saved as it was."""


def _isi_diubah(wb: Any) -> None:
    n = sub_kegiatan(wb)
    sel(wb, T_C_33, "pagu_n", n).value = 987_654_321
    sel(wb, T_C_33, "target_n", n).value = None
    sel(wb, T_C_33, "lokasi", n).value = "Kuaro\nLong Ikis"
    sel(wb, T_C_33, "catatan_penting", n).value = "'=bukan rumus"
    sel(wb, T_C_29, "realisasi_n2", sub_kegiatan(wb, T_C_29)).value = "belum ada"
    wb[PROFIL.lembar]["B5"] = "Badan Lain"


def _kepala_tanpa_komentar(wb: Any) -> None:
    for c in wb[T_C_33.lembar][T_C_33.baris_nomor]:
        c.comment = None


def _tinggi_baris(wb: Any) -> None:
    wb[T_C_33.lembar].row_dimensions[T_C_33.baris_pertama].height = 80


def _lebar_sedikit(wb: Any) -> None:
    """Other programs round widths to their own units."""
    wb[T_C_33.lembar].column_dimensions["C"].width += 0.5


def _isi_baris_baru(ws: Any, r: int, kode: str = "5.03.02.2.02.0009") -> None:
    for kunci, nilai in (
        ("kode", kode), ("level", "Sub kegiatan"), ("nama", "Sub kegiatan yang baru"), ("indikator", "Jumlah rapat"),
        ("satuan", "Rapat"), ("di_rencana", "Ya"),
    ):  # fmt: skip
        ws.cell(r, STRUKTUR.letak_kolom[kunci]).value = nilai


def _baris_terakhir(ws: Any) -> int:
    return max(
        int(c.row) for deret in ws.iter_rows(min_row=STRUKTUR.baris_pertama) for c in deret if c.value is not None
    )


def _disisipkan(wb: Any) -> None:
    ws = wb[STRUKTUR.lembar]
    r = STRUKTUR.baris_pertama + 5
    ws.insert_rows(r)
    _isi_baris_baru(ws, r)


def _beberapa_disisipkan(wb: Any) -> None:
    ws = wb[STRUKTUR.lembar]
    r = STRUKTUR.baris_pertama + 5
    ws.insert_rows(r, 3)
    for n in range(3):
        _isi_baris_baru(ws, r + n, f"5.03.02.2.01.001{n}")


def _ditambahkan(wb: Any) -> None:
    ws = wb[STRUKTUR.lembar]
    _isi_baris_baru(ws, _baris_terakhir(ws) + 1)


def _ditambahkan_dalam_tabel(wb: Any) -> None:
    """As Excel does it: the table grows with the row, and the row takes the format of the one above."""
    ws = wb[STRUKTUR.lembar]
    r = _baris_terakhir(ws) + 1
    _isi_baris_baru(ws, r)
    for c in ws[r]:
        c._style = ws.cell(r - 1, c.column)._style
    tabel = ws.tables[STRUKTUR.nama_tabel]
    tabel.ref = re.sub(r"\d+$", str(r), tabel.ref)


def _diurutkan(wb: Any) -> None:
    ws = wb[STRUKTUR.lembar]
    awal, akhir = STRUKTUR.baris_pertama, _baris_terakhir(ws)
    deret = [[c.value for c in ws[r]] for r in range(awal, akhir + 1)]
    urut = [*deret[:3], deret[4], deret[3], *reversed(deret[5:])]
    for r, isi in enumerate(urut, awal):
        for c, nilai in enumerate(isi, 1):
            ws.cell(r, c).value = nilai


def _dihapus(wb: Any) -> None:
    wb[STRUKTUR.lembar].delete_rows(STRUKTUR.baris_pertama + 5, 2)


def _baris_tertaut_dihapus(wb: Any) -> None:
    wb[T_C_33.lembar].delete_rows(T_C_33.baris_pertama + sub_kegiatan(wb))


def _profil_bertambah(wb: Any) -> None:
    ws = wb[PROFIL.lembar]
    r = max(c.row for c in ws["A"] if c.value is not None) + 1
    ws.cell(r, 1).value, ws.cell(r, 2).value = "Kepala badan", "Nama"


def _catatan_dijelaskan(wb: Any) -> None:
    sel(wb, CATATAN_PERBAIKAN, "keadaan").value = "Dijelaskan: memang demikian"


_BIASA = [
    _tidak_apa, _isi_diubah, _kepala_tanpa_komentar, _tinggi_baris, _lebar_sedikit, _disisipkan, _beberapa_disisipkan,
    _ditambahkan, _ditambahkan_dalam_tabel, _diurutkan, _dihapus, _baris_tertaut_dihapus, _profil_bertambah,
]  # fmt: skip


_BIASA_BERSAMA: list[list[Ubah]] = [
    [_isi_diubah, _kepala_tanpa_komentar, _tinggi_baris, _lebar_sedikit, _profil_bertambah], [_disisipkan, _ditambahkan],
    [_beberapa_disisipkan], [_ditambahkan_dalam_tabel, _baris_tertaut_dihapus], [_diurutkan], [_dihapus],
]  # fmt: skip


@pytest.mark.parametrize("semua", [[u] for u in _BIASA] if PANJANG else _BIASA_BERSAMA)
def test_ordinary_work_is_not_refused(buku_kecil: bytes, semua: list[Ubah], tmp_path: Path) -> None:
    def ubah_semua(wb: Any) -> None:
        for ubah in semua:
            ubah(wb)

    assert tersebut(simpan(buku_kecil, ubah_semua, tmp_path)) == []


def _pekerjaan_sehari(wb: Any) -> None:
    for ubah in (_isi_diubah, _disisipkan, _ditambahkan, _catatan_dijelaskan, _profil_bertambah):
        ubah(wb)


@pytest.mark.parametrize("ubah", [_tidak_apa, _pekerjaan_sehari] if PANJANG else [_pekerjaan_sehari])
def test_ordinary_work_on_the_sample_is_not_refused(ubah: Ubah, tmp_path: Path) -> None:
    assert tersebut(simpan(berkas(CONTOH), ubah, tmp_path)) == []


def test_the_untouched_file_is_not_refused(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(berkas(CONTOH))
    assert tersebut(path) == []


def test_the_file_saved_by_libreoffice_is_not_refused(buku_kecil: bytes, tmp_path: Path) -> None:
    asal = {"kecil.xlsx": buku_kecil, **({"contoh.xlsx": berkas(CONTOH)} if PANJANG else {})}
    for nama, isi in asal.items():
        tmp_path.joinpath(nama).write_bytes(isi)
    jadi = hitung_ulang([tmp_path / n for n in asal], tmp_path / "keluaran", "id-ID")
    assert {n: tersebut(p)[:10] for n, p in jadi.items()} == {n: [] for n in asal}
