"""Official tables found in any workbook's sheets: from grids of cells to the rows of a plan as printed. Pure."""
