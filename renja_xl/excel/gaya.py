"""Cell styles: three roles (typed, computed, linked), said in words in the legend too, and levels by conditional format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from renja_xl.core.buku import Level
from renja_xl.tabel.spec import Tipe

HURUF = "Calibri"
_GARIS = {"border": 1, "border_color": "#BFBFBF"}

WARNA_TAB: Mapping[str, str] = {"isian": "#2E75B6", "resmi": "#548235", "kendali": "#BF8F00"}

MASUKAN, HITUNG, TAUTAN = "masukan", "hitung", "tautan"

_PERAN: Mapping[str, dict[str, Any]] = {
    MASUKAN: {"bg_color": "#FFF8DC", "font_color": "#1F3864", "locked": False},
    HITUNG: {"bg_color": "#EDEDED", "font_color": "#000000"},
    TAUTAN: {"font_color": "#262626"},
}

LEGENDA = (
    (MASUKAN, "Isian: diketik di sini"),
    (HITUNG, "Dihitung: terkunci"),
    (TAUTAN, "Tautan: terkunci, dari lembar lain"),
)

LEGENDA_BEBAS = (
    (MASUKAN, "Isian: diketik di sini"),
    (HITUNG, "Dihitung: jangan diketik"),
    (TAUTAN, "Tautan: dari lembar lain"),
)
"""The same on sheets that grow by typing, which are not protected."""

WARNA_LEVEL: tuple[tuple[tuple[Level, ...], str | None], ...] = (
    ((Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH, Level.TOTAL), "#C9D9EC"),
    ((Level.PROGRAM,), "#DCE8F5"),
    ((Level.KEGIATAN,), "#EEF4FA"),
)
"""Fill of linked cells on rows of a level; every cell of these rows is bold, and typed and computed ones keep their own fill."""

WARNA_REKAP: tuple[tuple[tuple[Level, ...], str | None], ...] = (
    ((Level.JUMLAH,), "#C9D9EC"),
    ((Level.RATA_RATA,), "#DCE8F5"),
)
"""The same for rows that sum or average, in tables of their own rows."""

_TANDA: dict[str, Any] = {
    "bold": True, "font_color": "#9C2B00", "bg_color": "#FBE3D6", "border": 4, "border_color": "#C55A11",
}  # fmt: skip

_FORMAT = {
    Tipe.RUPIAH: "#,##0.00",
    Tipe.PERSEN: "#,##0.00",
    Tipe.ANGKA: "General",
    Tipe.TEKS: "@",
    Tipe.BEBAS: "General",
}


@dataclass
class Gaya:
    """Formats of one workbook, made once each."""

    buku: Any

    def __post_init__(self) -> None:
        self._ada: dict[tuple[Any, ...], Any] = {}

    def _format(self, **sifat: Any) -> Any:
        kunci = tuple(sorted(sifat.items()))
        if kunci not in self._ada:
            self._ada[kunci] = self.buku.add_format({"font_name": HURUF, "font_size": 10, **sifat})
        return self._ada[kunci]

    def sel(self, peran: str, tipe: Tipe, *, tengah: bool = False, desimal: int | None = None) -> Any:
        """Style of a data cell."""
        angka = tipe in {Tipe.ANGKA, Tipe.PERSEN, Tipe.RUPIAH}
        letak = "center" if tengah else "right" if angka else "left"
        return self._format(
            **_GARIS,
            **_PERAN[peran],
            num_format=_FORMAT[tipe] if desimal is None else f"#,##0.{'0' * desimal}",
            align=letak,
            valign="top",
            text_wrap=not angka,
        )

    def kunci(self) -> Any:
        return self._format(font_color="#595959", num_format="@")

    def legenda(self, peran: str) -> Any:
        return self._format(
            **{**_GARIS, **_PERAN[peran], "locked": True}, font_size=9, text_wrap=True, valign="vcenter"
        )

    def judul(self) -> Any:
        return self._format(bold=True, font_size=13)

    def anak_judul(self) -> Any:
        return self._format(font_size=10, font_color="#404040")

    def kepala(self) -> Any:
        return self._format(**_GARIS, bold=True, bg_color="#DDEBF7", align="center", valign="vcenter", text_wrap=True)

    def nomor(self) -> Any:
        return self._format(
            **_GARIS,
            italic=True,
            font_size=9,
            bg_color="#BDD7EE",
            align="center",
            valign="vcenter",
            text_wrap=True,
        )

    def kaki(self) -> Any:
        return self._format(font_size=9, italic=True, font_color="#404040")

    def tanda_tangan(self) -> Any:
        return self._format(font_size=10, locked=False)

    def aturan(self) -> Any:
        return self._format(font_size=10, font_color="#404040", text_wrap=True, valign="top")

    def kembali(self) -> Any:
        return self._format(font_size=9, font_color="#0563C1", underline=1, valign="vcenter")

    def bagian(self) -> Any:
        return self._format(bold=True, font_size=12, font_color="#1F3864", valign="vcenter")

    def panduan(self) -> Any:
        return self._format(**_GARIS, text_wrap=True, valign="top")

    def tautan_panduan(self) -> Any:
        return self._format(**_GARIS, font_color="#0563C1", underline=1, text_wrap=True, valign="top")

    def tanda_legenda(self) -> Any:
        return self._format(**_TANDA, text_wrap=True, valign="vcenter")

    def tautan_sel(self) -> Any:
        return self._format(**_GARIS, font_color="#0563C1", underline=1, align="center", valign="top")

    def banding(self, format_angka: str | None = None, *, warna: str | None = None, tebal: bool = False) -> Any:
        """A cell of a form *sebelum – setelah*: text, or a number in some format."""
        return self._format(
            **_GARIS,
            **({"bg_color": warna} if warna else {}),
            bold=tebal,
            num_format=format_angka or "@",
            align="right" if format_angka else "left",
            valign="top",
            text_wrap=format_angka is None,
        )

    def tanda_catatan(self) -> Any:
        """A cell with an open finding: said by weight and border too, for who cannot tell the colour."""
        return self.buku.add_format(_TANDA)

    def level(self, warna: str | None) -> Any:
        return self.buku.add_format({"bold": True, **({"bg_color": warna} if warna else {})})
