"""A workbook as text, so that a reviewer reads a change of the built file as a diff.

``python -m tests.excel.dump`` writes the golden files; nobody edits them by hand.

One line per cell: address, value, formula, then what differs from Excel's defaults (a number format other than General,
``open`` where the cell is unlocked). ``=″`` stands for the formula text of the nearest formula above in the same column.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.excel import BARU, CONTOH, berkas

FOLDER = Path(__file__).resolve().parent / "emas"
SAMA = "=″"

_PELINDUNG = (
    "objects", "scenarios", "formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows",
    "insertHyperlinks", "deleteColumns", "deleteRows", "sort", "autoFilter", "pivotTables",
    "selectLockedCells", "selectUnlockedCells",
)  # fmt: skip


def dump(isi: bytes) -> dict[str, str]:
    """Text of a workbook by part: ``buku`` for what belongs to the whole, then one per sheet by its name."""
    rumus: Any = load_workbook(BytesIO(isi), rich_text=False)
    nilai: Any = load_workbook(BytesIO(isi), data_only=True)
    hasil = {"buku": _teks(_buku(isi, rumus))}
    for ws in rumus.worksheets:
        hasil[ws.title] = _teks(_lembar(ws, nilai[ws.title]))
    return hasil


def _teks(baris: Iterable[str]) -> str:
    return "".join(f"{b}\n" for b in baris)


def _kutip(teks: object) -> str:
    """A text on one line, in quotes, so that ``"1"`` and ``1`` differ."""
    return json.dumps(str(teks), ensure_ascii=False)


# ── the whole workbook ────────────────────────────────────────────────────────────────────────────────────────


def _buku(isi: bytes, wb: Any) -> Iterator[str]:
    yield "# workbook"
    with zipfile.ZipFile(BytesIO(isi)) as z:
        ada = set(z.namelist())
        for bagian in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
            if bagian in ada:
                yield f"## {bagian}"
                yield from sorted(_sifat(z.read(bagian)))
        yield "## workbook.xml"
        for unsur in ElementTree.fromstring(z.read("xl/workbook.xml")).iter():
            nama = unsur.tag.rpartition("}")[2]
            if nama in {"calcPr", "workbookPr", "workbookProtection"}:
                yield f"{nama} " + " ".join(f"{k}={v}" for k, v in sorted(unsur.attrib.items()))
    yield f"active: {wb.active.title}"
    yield "## sheets"
    yield from (ws.title for ws in wb.worksheets)
    yield "## defined names"
    for nama, dn in sorted(wb.defined_names.items()):
        yield f"{nama} = {dn.attr_text}{' hidden' if dn.hidden else ''}"


def _sifat(xml: bytes) -> Iterator[str]:
    for unsur in ElementTree.fromstring(xml):
        if len(unsur) == 0 and unsur.text:
            yield f"{unsur.tag.rpartition('}')[2]}: {_kutip(unsur.text)}"


# ── one sheet ─────────────────────────────────────────────────────────────────────────────────────────────────


def _lembar(ws: Any, nilai: Any) -> Iterator[str]:
    yield f"# {ws.title}"
    yield f"state: {ws.sheet_state}"
    warna = ws.sheet_properties.tabColor
    yield f"tab colour: {warna.rgb if warna is not None else '-'}"
    yield f"freeze: {ws.freeze_panes or '-'}"
    pandangan = ws.sheet_view
    yield (
        f"view: gridlines {'no' if pandangan.showGridLines is False else 'yes'}, zoom {pandangan.zoomScale or 100}, "
        f"cursor {', '.join(str(s.activeCell) for s in pandangan.selection)}"
    )
    yield f"protection: {_pelindung(ws.protection)}"
    yield from _cetak(ws)
    yield "## columns"
    yield from _kolom(ws)
    tersembunyi = [str(r) for r, d in sorted(ws.row_dimensions.items()) if d.hidden]
    if tersembunyi:
        yield f"hidden rows: {', '.join(tersembunyi)}"
    yield "## merged"
    yield from sorted((str(m) for m in ws.merged_cells.ranges), key=_urutan)
    yield from _tabel(ws)
    yield from _aturan(ws)
    yield from _tempelan(ws)
    yield "## cells"
    yield from _sel(ws, nilai)


def _urutan(rentang: str) -> tuple[int, int, str]:
    """Row order of a range."""
    m = re.match(r"([A-Z]+)(\d+)", rentang)
    return (int(m[2]), len(m[1]), m[1]) if m else (0, 0, rentang)


def _pelindung(p: Any) -> str:
    if not p.sheet:
        return "none"
    boleh = [k for k in _PELINDUNG if not getattr(p, k)]
    return f"sheet{' with password' if p.password else ''}; allowed: {', '.join(boleh)}"


def _cetak(ws: Any) -> Iterator[str]:
    p, muat = ws.page_setup, ws.sheet_properties.pageSetUpPr
    lebar, tinggi = (1 if n is None else n for n in (p.fitToWidth, p.fitToHeight))
    pas = f"{lebar} × {tinggi} pages" if muat is not None and muat.fitToPage else "no"
    yield f"print: paper {p.paperSize}, {p.orientation}, fit {pas}, scale {p.scale or 100}"
    yield f"print area: {ws.print_area or '-'}"
    yield f"print titles: rows {ws.print_title_rows or '-'}, columns {ws.print_title_cols or '-'}"
    t, pilihan = ws.page_margins, ws.print_options
    yield f"margins: left {t.left}, right {t.right}, top {t.top}, bottom {t.bottom}, header {t.header}, footer {t.footer}"
    yield f"print centred: {bool(pilihan.horizontalCentered)}, gridlines: {bool(pilihan.gridLines)}"
    for nama in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        bagian = getattr(ws, nama)
        for letak in ("left", "center", "right"):
            isi = getattr(bagian, letak)
            if isi.text:
                yield f"{nama} {letak}: {_kutip(isi.text)} size {isi.size}"


def _kolom(ws: Any) -> Iterator[str]:
    for huruf, d in sorted(ws.column_dimensions.items(), key=lambda x: (len(x[0]), x[0])):
        akhir = get_column_letter(d.max) if d.max else huruf
        rentang = huruf if akhir == huruf else f"{huruf}:{akhir}"
        yield f"{rentang} {d.width:g}{' hidden' if d.hidden else ''}"


def _tabel(ws: Any) -> Iterator[str]:
    for t in ws.tables.values():
        yield f"## table {t.displayName} {t.ref}"
        yield f"autofilter: {t.autoFilter.ref if t.autoFilter is not None else '-'}"
        gaya = t.tableStyleInfo
        yield f"style: {gaya.name if gaya is not None and gaya.name else '-'}"
        for k in t.tableColumns:
            rumus = k.calculatedColumnFormula
            yield f"column {k.id} {_kutip(k.name)}{f' = {rumus.attr_text}' if rumus is not None else ''}"


def _aturan(ws: Any) -> Iterator[str]:
    yield "## validations"
    for v in ws.data_validations.dataValidation:
        rumus = " .. ".join(str(f) for f in (v.formula1, v.formula2) if f is not None)
        yield f"{v.sqref} {v.type or 'any'} {v.operator or ''} {rumus}".rstrip()
        if v.promptTitle or v.prompt:
            yield f"  prompt: {_kutip(v.promptTitle or '')} {_kutip(v.prompt or '')}"
        if v.errorTitle or v.error:
            yield f"  error: {_kutip(v.errorTitle or '')} {_kutip(v.error or '')} {v.errorStyle or 'stop'}"
        sifat = [k for k in ("allowBlank", "showDropDown", "showInputMessage", "showErrorMessage") if getattr(v, k)]
        yield f"  flags: {', '.join(sifat)}"
    yield "## conditional formats"
    for m in ws.conditional_formatting:
        yield str(m.sqref)
        for r in sorted(m.rules, key=lambda r: int(r.priority)):
            yield f"  {r.priority} {r.type} {' ; '.join(r.formula)} → {_dxf(r.dxf)}{' stop' if r.stopIfTrue else ''}"


def _dxf(d: Any) -> str:
    if d is None:
        return "-"
    gaya = []
    if d.font is not None and d.font.b:
        gaya.append("bold")
    if d.font is not None and d.font.color is not None:
        gaya.append(f"text {d.font.color.rgb}")
    if d.fill is not None:
        gaya.append(f"fill {d.fill.bgColor.rgb}")
    return ", ".join(gaya) or "-"


def _tempelan(ws: Any) -> Iterator[str]:
    semua = [c for deret in ws.iter_rows() for c in deret]
    yield "## comments"
    yield from (f"{c.coordinate} {c.comment.author}: {_kutip(c.comment.text)}" for c in semua if c.comment is not None)
    yield "## hyperlinks"
    for c in semua:
        if c.hyperlink is not None:
            yield f"{c.coordinate} → {c.hyperlink.location or c.hyperlink.target}"
    for apa, daftar in (("images", ws._images), ("charts", ws._charts)):
        if daftar:
            yield f"## {apa}: {len(daftar)}"


def _sel(ws: Any, nilai: Any) -> Iterator[str]:
    terakhir: dict[int, str] = {}
    for deret in ws.iter_rows():
        for c in deret:
            if c.value is None:
                continue
            rumus = ""
            if c.data_type == "f":
                teks = str(getattr(c.value, "text", c.value))
                rumus = f" {SAMA if terakhir.get(c.column) == teks else teks}"
                terakhir[c.column] = teks
            tambahan = "" if c.number_format == "General" else f" · {c.number_format}"
            buka = "" if c.protection.locked else " · open"
            yield f"{c.coordinate} {_isi(nilai[c.coordinate])}{rumus}{tambahan}{buka}"


def _isi(c: Any) -> str:
    """Value as it is stored: texts quoted, numbers bare, errors bare, nothing where a formula has no cached value."""
    if c.value is None:
        return "(none)"
    if c.data_type in {"s", "str", "inlineStr"}:
        return _kutip(c.value)
    return str(c.value) if c.data_type == "e" else repr(c.value)


# ── golden files ──────────────────────────────────────────────────────────────────────────────────────────────


def nama_berkas(buku: str, bagian: str) -> str:
    """File name of a part of a workbook's text."""
    return f"{buku} {re.sub(r'[^0-9a-z_]+', '-', bagian.casefold()).strip('-')}.txt"


def emas_sekarang() -> Mapping[str, str]:
    """What the golden files should hold: the sample by sheet, the empty master as one file."""
    hasil = {nama_berkas(CONTOH, bagian): teks for bagian, teks in dump(berkas(CONTOH)).items()}
    hasil[f"{BARU}.txt"] = "\n".join(dump(berkas(BARU)).values())
    return hasil


def tulis_emas(folder: Path = FOLDER) -> list[str]:
    """Write the golden files and delete those of parts that are gone; returns the names that changed."""
    baru = emas_sekarang()
    folder.mkdir(exist_ok=True)
    berubah = []
    for lama in folder.glob("*.txt"):
        if lama.name not in baru:
            lama.unlink()
            berubah.append(lama.name)
    for nama, teks in baru.items():
        path = folder / nama
        if not path.exists() or path.read_bytes() != teks.encode():
            path.write_bytes(teks.encode())  # bytes: no newline translation
            berubah.append(nama)
    return berubah


if __name__ == "__main__":
    sys.stdout.write("".join(f"written: {n}\n" for n in tulis_emas()) or "nothing changed\n")
