"""The only package that touches workbook files."""
