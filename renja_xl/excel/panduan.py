"""The sheet Panduan: how to use the workbook, from the declarations."""

from __future__ import annotations

PANDUAN = "Panduan"
