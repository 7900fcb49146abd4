"""The ribbon tab RENJA as text: the part of the package, and its buttons for the guide."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from renja_xl.isi import folder_workbook

_RUANG = "{http://schemas.microsoft.com/office/2009/07/customui}"


@dataclass(frozen=True, slots=True)
class Tombol:
    """One button: its group, its words, and what it changes."""

    kelompok: str
    sebutan: str
    akibat: str


def ribbon() -> bytes:
    """The part."""
    return (folder_workbook() / "ribbon" / "customUI14.xml").read_bytes().replace(b"\r\n", b"\n")


def tombol() -> list[Tombol]:
    """The buttons in their order; one whose label changes is called by what it does."""
    return [
        Tombol(str(kelompok.get("label")), str(t.get("label") or t.get("screentip")), str(t.get("supertip")))
        for kelompok in ET.fromstring(ribbon()).iter(f"{_RUANG}group")
        for t in kelompok
        if t.get("supertip")
    ]
