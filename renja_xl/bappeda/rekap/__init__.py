"""Consolidation: the numbers of many agencies' workbooks in one, each with its file, sheet and cell."""
