"""openpyxl reads merged cells in half the time: the same cells and the same formats, each sum of two borders made once.

As it stands, it adds borders and protections of every merged cell anew and looks each up by value, which is half of all
that a load of one of our workbooks takes; most tests load some. ``tests/excel/test_ragam.py`` compares both ways.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCellRange

Rentang: Any = MergedCellRange
"""Its stubs know little of what is used here."""
SEMULA = {nama: getattr(Rentang, nama) for nama in ("_get_borders", "format")}
"""What openpyxl itself does."""


def pasang() -> None:
    """Let openpyxl read so, in this process."""
    Rentang._get_borders, Rentang.format = _tepi, _ratakan


def _ingatan(daftar: Any) -> dict[tuple[object, ...], int]:
    """What is known of a workbook's list of borders or protections, which only grows: places by how they came about."""
    ingat: dict[tuple[object, ...], int] = daftar.__dict__.setdefault("_ingatan", {})
    return ingat


def _tepi(self: Any) -> None:
    """The first cell takes the borders at the far edges from the last one."""
    sel = self.ws._cells
    self.start_cell = sel.get((self.min_row, self.min_col)) or self.ws.cell(row=self.min_row, column=self.min_col)
    ujung = sel.get((self.max_row, self.max_col))
    if ujung is None:
        return
    awal = self.start_cell
    ingat = _ingatan(self.ws.parent._borders)
    kunci = ("tepi", awal._style.borderId, ujung._style.borderId)
    if kunci not in ingat:
        awal.border += Border(right=ujung.border.right, bottom=ujung.border.bottom)
        ingat[kunci] = awal._style.borderId
    awal._style.borderId = ingat[kunci]


def _ratakan(self: Any) -> None:
    """Cells at the edges take the borders there from the first cell, all take its protection."""
    sel, wb, awal = self.ws._cells, self.ws.parent, self.start_cell
    for r, c in self.cells:
        if (r, c) not in sel:
            sel[r, c] = MergedCell(self.ws, row=r, column=c)
        if not sel[r, c]._style:
            sel[r, c]._style = StyleArray()
    ingat = _ingatan(wb._borders)
    for tepi in ("top", "left", "right", "bottom"):
        sisi = getattr(awal.border, tepi)
        if sisi and sisi.style is None:
            continue
        asal = awal._style.borderId
        for k in getattr(self, tepi):
            gaya = sel[k]._style
            kunci = (tepi, asal, gaya.borderId)
            if kunci not in ingat:
                sel[k].border += Border(**{tepi: sisi})
                ingat[kunci] = gaya.borderId
            gaya.borderId = ingat[kunci]
    ingat = _ingatan(wb._protections)
    perlindungan = awal._style.protectionId
    if (perlindungan,) not in ingat:
        awal.protection = copy(awal.protection)
        ingat[perlindungan,] = awal._style.protectionId
    for k in self.cells:
        sel[k]._style.protectionId = ingat[perlindungan,]
