"""The built workbooks against their golden texts, and the committed empty master against a fresh build."""

from __future__ import annotations

import difflib
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table

from tests.excel import BARU, berkas
from tests.excel.dump import FOLDER, dump, emas_sekarang, tulis_emas

INDUK = Path(__file__).resolve().parents[2] / "workbook" / "Renja-Master.xlsx"
_CARA = (
    "If the change is meant, run `python -m tests.excel.dump`, read `git diff tests/excel/emas` line by line, "
    "and commit it with the change that caused it. Never edit these files by hand."
)
_BARIS_DIFF = 80


def _diff(lama: str, baru: str, nama: str) -> str:
    baris = list(
        difflib.unified_diff(lama.splitlines(), baru.splitlines(), f"emas/{nama}", "built now", lineterm="", n=1)
    )
    sisa = f"\n… {len(baris) - _BARIS_DIFF} more lines" if len(baris) > _BARIS_DIFF else ""
    return "\n".join(b[:300] for b in baris[:_BARIS_DIFF]) + sisa


def test_golden_texts_are_what_is_built() -> None:
    sekarang = emas_sekarang()
    tersimpan = {p.name: p.read_bytes().decode() for p in FOLDER.glob("*.txt")}
    berbeda = [
        _diff(tersimpan.get(nama, ""), sekarang.get(nama, ""), nama)
        for nama in sorted(tersimpan.keys() | sekarang.keys())
        if tersimpan.get(nama) != sekarang.get(nama)
    ]
    if berbeda:
        pytest.fail(f"{len(berbeda)} golden texts differ. {_CARA}\n\n" + "\n\n".join(berbeda), pytrace=False)


def test_golden_texts_stay_small() -> None:
    assert sum(p.stat().st_size for p in FOLDER.glob("*.txt")) < 1_800_000


def test_writing_golden_texts_twice_changes_nothing(tmp_path: Path) -> None:
    tmp_path.joinpath("gone.txt").write_text("a part that is no longer built")
    assert "gone.txt" in tulis_emas(tmp_path)
    assert tulis_emas(tmp_path) == []
    assert {p.name for p in tmp_path.iterdir()} == {p.name for p in FOLDER.glob("*.txt")}


def _kecil() -> Any:
    """A small workbook with one of everything that a change below touches."""
    wb: Any = Workbook()
    wb.active.title = "Profil"
    ws = wb.create_sheet("RKT")
    for alamat, nilai in (("A1", "Judul"), ("A2", "=1+2"), ("A3", 2026), ("A5", "1"), ("B5", "2"), ("A6", 7)):
        ws[alamat] = nilai
    ws.add_table(Table(displayName="tbl_RKT", ref="A5:B6"))
    ws.protection.sheet = True
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    return wb


def _sembunyikan(wb: Any) -> None:
    wb["RKT"].sheet_state = "hidden"


def _warna(wb: Any) -> None:
    wb["RKT"].sheet_properties.tabColor = "FF123456"


def _lebar(wb: Any) -> None:
    wb["RKT"].column_dimensions["A"].width = 77


def _kolom_hilang(wb: Any) -> None:
    wb["RKT"].column_dimensions["A"].hidden = True


def _baris_hilang(wb: Any) -> None:
    wb["RKT"].row_dimensions[1].hidden = True


def _gabung(wb: Any) -> None:
    wb["RKT"].merge_cells("A1:C1")


def _beku(wb: Any) -> None:
    wb["RKT"].freeze_panes = "B2"


def _kertas(wb: Any) -> None:
    wb["RKT"].page_setup.paperSize = 8


def _tegak(wb: Any) -> None:
    wb["RKT"].page_setup.orientation = "portrait"


def _muat(wb: Any) -> None:
    wb["RKT"].page_setup.fitToWidth = 3


def _judul_cetak(wb: Any) -> None:
    wb["RKT"].print_title_rows = "1:2"


def _area(wb: Any) -> None:
    wb["RKT"].print_area = "A1:B2"


def _kaki(wb: Any) -> None:
    wb["RKT"].oddFooter.left.text = "lain"


def _lindungi(wb: Any) -> None:
    wb["RKT"].protection.sheet = False


def _izin(wb: Any) -> None:
    wb["RKT"].protection.formatColumns = False


def _tabel(wb: Any) -> None:
    wb["RKT"].tables["tbl_RKT"].ref = "A5:B8"


def _validasi(wb: Any) -> None:
    v = DataValidation(type="list", formula1='"a,b"')
    v.add("A50")
    wb["RKT"].add_data_validation(v)


def _bersyarat(wb: Any) -> None:
    rule = Rule(type="expression", formula=["$A$50=1"], dxf=DifferentialStyle(font=Font(b=True)))
    wb["RKT"].conditional_formatting.add("A50", rule)


def _komentar(wb: Any) -> None:
    wb["RKT"]["A1"].comment = Comment("catatan", "orang")


def _tautan(wb: Any) -> None:
    wb["RKT"]["A1"].hyperlink = Hyperlink(ref="A1", location="Profil!A1")


def _nilai(wb: Any) -> None:
    wb["RKT"]["A1"] = "lain"


def _angka_jadi_teks(wb: Any) -> None:
    wb["RKT"]["A3"] = "2026"


def _rumus(wb: Any) -> None:
    wb["RKT"]["A2"] = "=1+1"


def _format(wb: Any) -> None:
    wb["RKT"]["A1"].number_format = "0.000"


def _buka(wb: Any) -> None:
    wb["RKT"]["A1"].protection = Protection(locked=False)


def _nama(wb: Any) -> None:
    wb.defined_names["baru"] = DefinedName("baru", attr_text="RKT!$A$1")


def _judul(wb: Any) -> None:
    wb.properties.title = "lain"


@pytest.mark.parametrize(
    "ubah",
    [
        _sembunyikan, _warna, _lebar, _kolom_hilang, _baris_hilang, _gabung, _beku, _kertas, _tegak, _muat, _judul_cetak,
        _area, _kaki, _lindungi, _izin, _tabel, _validasi, _bersyarat, _komentar, _tautan, _nilai, _angka_jadi_teks,
        _rumus, _format, _buka, _nama, _judul,
    ],
)  # fmt: skip
def test_dump_shows_every_kind_of_change(ubah: Callable[[Any], None]) -> None:
    teks: list[dict[str, str]] = []
    for wb in (_kecil(), _kecil()):
        if teks:
            ubah(wb)
        keluaran = BytesIO()
        wb.save(keluaran)
        teks.append({k: re.sub(r"(?m)^(created|modified): .*$", "", v) for k, v in dump(keluaran.getvalue()).items()})
    assert teks[0] != teks[1]


def _bagian(isi: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(isi)) as z:
        return [(i.filename, z.read(i)) for i in z.infolist()]


def test_a_build_gives_the_same_bytes_twice() -> None:
    pertama = berkas(BARU)
    berkas.cache_clear()
    assert berkas(BARU) == pertama


def test_committed_master_equals_a_fresh_build() -> None:
    if not INDUK.exists():
        pytest.fail(
            f"workbook/{INDUK.name} is missing: write bangun(buku_baru(2026, nomenklatur())) there and commit it.",
            pytrace=False,
        )
    lama, baru = _bagian(INDUK.read_bytes()), _bagian(berkas(BARU))
    cara = f"workbook/{INDUK.name} is not what is built now; build it again from bangun(buku_baru(2026, nomenklatur()))"
    assert [n for n, _ in lama] == [n for n, _ in baru], cara
    assert [n for (n, a), (_, z) in zip(lama, baru, strict=True) if a != z] == [], cara
