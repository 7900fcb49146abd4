"""What the check reads of a workbook: sheets, xlwings' settings sheet, ribbon, and the constants of its VBA."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from pyopenvba.cfb import CFB
from pyopenvba.exceptions import PyOpenVBAError
from pyopenvba.vba import decompress
from python_calamine import CalamineError, CalamineWorkbook

from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.paket import Paket, buka
from renja_xl.excel.sahaja import siapkan
from renja_xl.excel.vba import BAGIAN_VBA, LEMBAR_KONF

_BATAS_PROYEK = 32 * 1024 * 1024
_BATAS_SUMBER = 512 * 1024  # of a module that is read; xlwings' own has 50 kB
_RELASI_RIBBON = "/ui/extensibility"


@dataclass(frozen=True, slots=True)
class Proyek:
    """The VBA project.

    Args:
        modul: source of each module that was asked for, by name.
        acuan: names and paths of the projects and libraries that it refers to.
    """

    modul: Mapping[str, str]
    acuan: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class IsiBuku:
    """A workbook, read safely.

    Args:
        galat: why it cannot be used at all, a sentence; empty where it can.
        konf: settings for xlwings by upper-case name; None without that sheet.
        proyek: None without macros.
    """

    galat: str = ""
    lembar: frozenset[str] = frozenset()
    konf: Mapping[str, str] | None = None
    proyek: Proyek | None = None
    proyek_rusak: bool = False
    ribbon: bool = False
    modul: frozenset[str] = field(default_factory=frozenset)


def baca_isi(path: Path) -> IsiBuku:
    """Read a workbook; what makes that impossible is told, not raised."""
    try:
        paket = buka(path)
        konf = _konf(paket)
        ribbon = any(jenis.endswith(_RELASI_RIBBON) and target in paket for target, jenis, _ in paket.relasi(""))
        lembar = frozenset(paket.lembar)
        proyek = paket.isi(BAGIAN_VBA) if BAGIAN_VBA in paket and _wajar(paket) else b""
    except BukuTidakTerbacaError as galat:
        return IsiBuku(str(galat))
    if BAGIAN_VBA not in paket:
        return IsiBuku("", lembar, konf, ribbon=ribbon)
    try:
        nama, hasil = baca_proyek(proyek, ("xlwings",))
    except ValueError:
        return IsiBuku("", lembar, konf, proyek_rusak=True, ribbon=ribbon)
    return IsiBuku("", lembar, konf, hasil, False, ribbon, nama)


def _wajar(paket: Paket) -> bool:
    return paket.entri[BAGIAN_VBA].info.file_size <= _BATAS_PROYEK


def _konf(paket: Paket) -> dict[str, str] | None:
    if LEMBAR_KONF not in paket.lembar:
        return None
    siap, _ = siapkan(paket, [LEMBAR_KONF])
    try:
        with CalamineWorkbook.from_filelike(BytesIO(siap)) as wb:
            deret = wb.get_sheet_by_name(LEMBAR_KONF).to_python(skip_empty_area=False)
    except CalamineError as galat:
        raise paket.galat(f"rusak di lembar {LEMBAR_KONF}; mohon minta salinannya lagi") from galat
    hasil: dict[str, str] = {}
    for baris in deret:
        kunci = str(baris[0]).strip().upper()
        if not kunci:
            break  # xlwings reads down to the first gap
        hasil.setdefault(kunci, str(baris[1]).strip() if len(baris) > 1 else "")
    return hasil


# ── VBA ───────────────────────────────────────────────────────────────────────────────────────────────────────


def baca_proyek(data: bytes, dicari: Sequence[str]) -> tuple[frozenset[str], Proyek]:
    """Names of all modules, and the sources of those looked for, of a ``vbaProject.bin``.

    Nothing inflates beyond a fixed size, whatever the streams promise.

    Raises:
        ValueError: no VBA project, or a damaged one.
    """
    try:
        berkas = CFB.from_bytes(data)
        daftar = decompress(berkas.get_stream("dir"), max_bytes=_BATAS_SUMBER)
        letak: dict[str, tuple[str, int]] = {}
        acuan: list[str] = []
        nama = aliran = ""
        for jenis, isi in _catatan(daftar):
            if jenis == 0x19:  # MODULENAME
                nama = aliran = isi.decode("cp1252", "replace")
            elif jenis == 0x1A:  # MODULESTREAMNAME
                aliran = isi.decode("cp1252", "replace")
            elif jenis == 0x31 and nama:  # MODULEOFFSET
                letak[nama] = aliran, int.from_bytes(isi[:4], "little")
            elif jenis in {0x16, 0x0D, 0x0E}:  # REFERENCENAME, REFERENCEREGISTERED, REFERENCEPROJECT
                acuan.append(isi.decode("latin-1"))
        sumber = {
            n: decompress(berkas.get_stream(a)[o:], max_bytes=_BATAS_SUMBER).decode("cp1252", "replace")
            for n, (a, o) in letak.items()
            if n in dicari
        }
    except (PyOpenVBAError, KeyError, IndexError, struct.error) as galat:
        raise ValueError("VBA") from galat
    return frozenset(letak), Proyek(sumber, acuan)


def _catatan(daftar: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of the ``dir`` stream (MS-OVBA 2.3.4.2)."""
    n = 0
    while n + 6 <= len(daftar):
        jenis, panjang = struct.unpack_from("<HI", daftar, n)
        if jenis == 0x09:  # PROJECTVERSION: its length leaves out the minor version
            panjang = 6
        yield jenis, daftar[n + 6 : n + 6 + panjang]
        n += 6 + panjang


def konstanta(sumber: str, nama: str) -> str | None:
    """A text constant of a VBA source."""
    m = re.search(
        rf'^\s*(?:Public\s+)?Const\s+{nama}\s+As\s+String\s*=\s*"([^"]*)"', sumber, re.MULTILINE | re.IGNORECASE
    )
    return m[1] if m else None
