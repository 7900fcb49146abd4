"""The same master as other programs would have saved it, package by package.

A planner's workbook has been through Excel, WPS, LibreOffice, a phone and somebody's script before it comes back.
Each way of saving here means the same (values, formulas, tables, names); what differs is the XML, the zip or the parts
around. ``RAGAM`` is the catalogue; ``dengan_tambahan`` is the one function that adds meaning: a planner's own work.

The rewriting uses lxml, which the program itself does not; nothing here shares code with what it proves.
"""

from __future__ import annotations

import math
import posixpath
import re
import struct
import tempfile
import warnings
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache, partial
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.worksheet.formula import ArrayFormula

from renja_xl.tabel import T_C_29, T_C_31, T_C_33, TabelSpec
from tests.libre import hitung_ulang

Ubah = Callable[[bytes], bytes]
Bagian = dict[str, bytes]
"""Parts of a package by name, in their order."""
Unsur = Any
"""An element of lxml, which has no types."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAKET = "http://schemas.openxmlformats.org/package/2006"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
X15AC = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
XR2 = "http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"
XR3 = "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"
XR6 = "http://schemas.microsoft.com/office/spreadsheetml/2016/revision6"
XML = "http://www.w3.org/XML/1998/namespace"
WPS = "http://www.wps.cn/officeDocument/2017/etCustomData"

KEPALA = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TIPE_ISI = "[Content_Types].xml"
_TIPE = "application/vnd.openxmlformats-officedocument"
_TIPE_XL = f"{_TIPE}.spreadsheetml"
_WAKTU = (1980, 1, 1, 0, 0, 0)


# ── packages ──────────────────────────────────────────────────────────────────────────────────────────────────


def _buka(isi: bytes) -> Bagian:
    with zipfile.ZipFile(BytesIO(isi)) as z:
        return {n: z.read(n) for n in z.namelist() if not n.endswith("/")}


def _tutup(bagian: Mapping[str, bytes], cara: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Always the same bytes for the same parts."""
    keluaran = BytesIO()
    with zipfile.ZipFile(keluaran, "w") as z:
        for nama, isi in bagian.items():
            z.writestr(zipfile.ZipInfo(nama, _WAKTU), isi, cara)
    return keluaran.getvalue()


def _q(nama: str, ns: str = MAIN) -> str:
    return f"{{{ns}}}{nama}"


def _urai(isi: bytes) -> Unsur:
    return etree.fromstring(isi)


def _xml(akar: Unsur) -> bytes:
    return KEPALA + bytes(etree.tostring(akar, encoding="UTF-8", xml_declaration=False))


def _berkas_relasi(sumber: str) -> str:
    folder, nama = posixpath.split(sumber)
    return posixpath.join(folder, "_rels", f"{nama}.rels")


def _tujuan(sumber: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(sumber), target)).lstrip("/")


def _relasi(bagian: Bagian, sumber: str) -> Iterator[tuple[str, str, str]]:
    """Relationships inside the package: id, last word of the type, part."""
    berkas = _berkas_relasi(sumber)
    for rel in _urai(bagian[berkas]) if berkas in bagian else ():
        if rel.get("TargetMode") != "External":
            yield rel.get("Id"), posixpath.basename(rel.get("Type")), _tujuan(sumber, rel.get("Target"))


def _buku(bagian: Bagian) -> str:
    return next(p for _, jenis, p in _relasi(bagian, "") if jenis == "officeDocument")


def _lembar(bagian: Bagian) -> dict[str, str]:
    """Sheet name → part, in the order of the tabs."""
    buku = _buku(bagian)
    tujuan = {i: p for i, _, p in _relasi(bagian, buku)}
    return {s.get("name"): tujuan[s.get(_q("id", REL))] for s in _urai(bagian[buku]).iter(_q("sheet"))}


def _milik_buku(bagian: Bagian, jenis: str) -> str | None:
    return next((p for _, j, p in _relasi(bagian, _buku(bagian)) if j == jenis), None)


def _daftarkan(bagian: Bagian, nama: str, tipe: str) -> None:
    akar = _urai(bagian[TIPE_ISI])
    etree.SubElement(akar, _q("Override", f"{PAKET}/content-types"), PartName=f"/{nama}", ContentType=tipe)
    bagian[TIPE_ISI] = _xml(akar)


def _ekstensi(bagian: Bagian, ekstensi: str, tipe: str) -> None:
    akar = _urai(bagian[TIPE_ISI])
    akar.insert(0, etree.Element(_q("Default", f"{PAKET}/content-types"), Extension=ekstensi, ContentType=tipe))
    bagian[TIPE_ISI] = _xml(akar)


def _hubungkan(bagian: Bagian, sumber: str, jenis: str, tujuan: str, *, luar: bool = False) -> str:
    """Add a relationship; ``jenis`` is a full type or the last word of an office one. Returns its id."""
    berkas = _berkas_relasi(sumber)
    akar = _urai(bagian.get(berkas, f'<Relationships xmlns="{PAKET}/relationships"/>'.encode()))
    ada = {r.get("Id") for r in akar}
    rid = next(i for n in count(1) if (i := f"rId{n}") not in ada)
    rel = etree.SubElement(akar, _q("Relationship", f"{PAKET}/relationships"), Id=rid)
    rel.set("Type", jenis if "/" in jenis else f"{REL}/{jenis}")
    rel.set(
        "Target", tujuan if luar else posixpath.relpath(f"/{tujuan}", posixpath.join("/", posixpath.dirname(sumber)))
    )
    if luar:
        rel.set("TargetMode", "External")
    bagian[berkas] = _xml(akar)
    return rid


def _buang(bagian: Bagian, nama: str) -> None:
    """Remove a part that belongs to the workbook, with all that names it."""
    del bagian[nama]
    tipe = _urai(bagian[TIPE_ISI])
    for unsur in [u for u in tipe if u.get("PartName") == f"/{nama}"]:
        tipe.remove(unsur)
    bagian[TIPE_ISI] = _xml(tipe)
    buku = _buku(bagian)
    rels = _urai(bagian[_berkas_relasi(buku)])
    for rel in [r for r in rels if _tujuan(buku, r.get("Target")) == nama]:
        rels.remove(rel)
    bagian[_berkas_relasi(buku)] = _xml(rels)


def _ganti_nama(bagian: Bagian, nama_baru: Callable[[str], str]) -> Bagian:
    """Parts under other names; relationships and content types follow."""
    hasil: Bagian = {}
    for nama, isi in bagian.items():
        if nama == TIPE_ISI:
            tipe = _urai(isi)
            for unsur in tipe:
                if unsur.get("PartName"):
                    unsur.set("PartName", "/" + nama_baru(unsur.get("PartName")[1:]))
            hasil[nama] = _xml(tipe)
        elif nama.endswith(".rels"):
            folder, berkas = posixpath.split(nama)
            sumber = posixpath.join(posixpath.dirname(folder), berkas.removesuffix(".rels"))
            baru = nama_baru(sumber) if sumber else ""
            rels = _urai(isi)
            for rel in rels:
                if rel.get("TargetMode") != "External":
                    tujuan = nama_baru(_tujuan(sumber, rel.get("Target")))
                    rel.set("Target", posixpath.relpath(f"/{tujuan}", posixpath.join("/", posixpath.dirname(baru))))
            hasil[_berkas_relasi(baru)] = _xml(rels)
        else:
            hasil[nama_baru(nama)] = isi
    return hasil


def _tiap_lembar(ubah: Callable[[Unsur], Unsur | None], tulis: Callable[[Unsur], bytes] = _xml) -> Ubah:
    """A way of saving that changes worksheets alone: elements in place, or the root by what ``ubah`` returns."""

    def jadi(isi: bytes) -> bytes:
        bagian = _buka(isi)
        for nama in _lembar(bagian).values():
            akar = _urai(bagian[nama])
            baru = ubah(akar)
            bagian[nama] = tulis(akar if baru is None else baru)
        return _tutup(bagian)

    return jadi


def _akar_lain(akar: Unsur, nsmap: Mapping[str | None, str]) -> Unsur:
    """The same element with its namespaces declared otherwise; what is below follows."""
    baru = etree.Element(akar.tag, nsmap=nsmap)
    for k, v in akar.attrib.items():
        baru.set(k, v)
    baru.text = akar.text
    baru[:] = akar[:]
    return baru


def _sel_lembar(akar: Unsur) -> list[Unsur]:
    return list(akar.iter(_q("c")))


def _rumus_lembar(akar: Unsur) -> list[tuple[Unsur, Unsur]]:
    return [(c, f) for c in _sel_lembar(akar) if (f := c.find(_q("f"))) is not None]


def _teks_bersama(bagian: Bagian) -> list[Unsur]:
    nama = _milik_buku(bagian, "sharedStrings")
    return [] if nama is None else list(_urai(bagian[nama]).iter(_q("si")))


def _jaga_spasi(t: Unsur) -> None:
    """As Excel does: white space at the ends and line breaks are said to matter."""
    if t.text and (t.text != t.text.strip() or "\n" in t.text):
        t.set(_q("space", XML), "preserve")


# ── writing XML by hand: quotes, order and white space that lxml would not write ──────────────────────────────


@dataclass(frozen=True)
class _Gaya:
    kutip: str = '"'
    sela: str = " "
    """White space before each attribute."""
    pendek: bool = True
    """Whether an empty element closes itself."""
    balik: bool = False
    """Whether attributes come in the reverse order."""
    acuan: Collection[str] = ()
    """Elements whose text is written as character references."""


def _nama_xml(unsur: Unsur, nama: str) -> str:
    q = etree.QName(nama)
    if q.namespace is None:
        return str(q.localname)
    if q.namespace == XML:
        return f"xml:{q.localname}"
    awalan = next(p for p, ns in unsur.nsmap.items() if ns == q.namespace and p is not None)
    return f"{awalan}:{q.localname}"


def _tulis(unsur: Unsur, gaya: _Gaya, luar: Mapping[str | None, str]) -> Iterator[str]:
    if not isinstance(unsur.tag, str):
        yield etree.tostring(unsur, encoding="unicode", with_tail=False)
        return
    lokal = etree.QName(unsur.tag).localname
    nama = f"{unsur.prefix}:{lokal}" if unsur.prefix else lokal
    sifat = [(f"xmlns:{p}" if p else "xmlns", ns) for p, ns in unsur.nsmap.items() if luar.get(p) != ns] + [
        (_nama_xml(unsur, k), v) for k, v in unsur.attrib.items()
    ]
    yield f"<{nama}"
    for k, v in reversed(sifat) if gaya.balik else sifat:
        lari = {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
        yield f"{gaya.sela}{k}={gaya.kutip}{escape(v, lari)}{gaya.kutip}"
    if gaya.pendek and not len(unsur) and not unsur.text:
        yield "/>"
        return
    yield ">"
    if unsur.text:
        yield (
            "".join(f"&#{ord(c)};" for c in unsur.text) if lokal in gaya.acuan else escape(unsur.text, {"\r": "&#13;"})
        )
    for anak in unsur:
        yield from _tulis(anak, gaya, unsur.nsmap)
        yield escape(anak.tail or "", {"\r": "&#13;"})
    yield f"</{nama}>"


def _dengan_gaya(gaya: _Gaya, kepala: bytes = KEPALA) -> Callable[[Unsur], bytes]:
    return lambda akar: kepala + "".join(_tulis(akar, gaya, {})).encode()


# ── programs ──────────────────────────────────────────────────────────────────────────────────────────────────


def seperti_excel(isi: bytes) -> bytes:
    """What Excel of today writes around the same cells: its own namespaces, seventeen digits, a chain of formulas."""
    bagian = _buka(isi)
    rantai = etree.Element(_q("calcChain"), nsmap={None: MAIN})
    for n, nama in enumerate(_lembar(bagian).values(), 1):
        akar = _urai(bagian[nama])
        baru = _akar_lain(akar, {None: MAIN, "r": REL, "mc": MC, "x14ac": X14AC, "xr": XR, "xr2": XR2, "xr3": XR3})
        baru.set(_q("Ignorable", MC), "x14ac xr xr2 xr3")
        baru.set(_q("uid", XR), f"{{00000000-0001-0000-{n - 1:04X}-000000000000}}")
        for unsur in (*baru.iter(_q("sheetFormatPr")), *baru.iter(_q("row"))):
            unsur.set(_q("dyDescent", X14AC), "0.25")
        for c in _sel_lembar(baru):
            v = c.find(_q("v"))
            if c.get("t", "n") == "n" and v is not None and v.text:
                v.text = f"{float(v.text):.17g}".upper()
        for c, _ in reversed(_rumus_lembar(baru)):
            etree.SubElement(rantai, _q("c"), r=c.get("r"), i=str(n), l="1")
        bagian[nama] = _xml(baru)
    _excel_buku(bagian)
    for nama in [n for n in bagian if re.search(r"/tables/[^/]+\.xml$", n)]:
        tabel = _akar_lain(_urai(bagian[nama]), {None: MAIN, "mc": MC, "xr": XR, "xr3": XR3})
        tabel.set(_q("Ignorable", MC), "xr xr3")
        tabel.set(_q("uid", XR), f"{{00000000-000C-0000-FFFF-FFFF{int(tabel.get('id')):08X}}}")
        for kolom in tabel.iter(_q("tableColumn")):
            kolom.set(_q("uid", XR3), f"{{00000000-0010-0000-0000-{int(kolom.get('id')):012X}}}")
        bagian[nama] = _xml(tabel)
    if (bersama := _milik_buku(bagian, "sharedStrings")) is not None:
        akar = _urai(bagian[bersama])
        for t in akar.iter(_q("t")):
            _jaga_spasi(t)
        bagian[bersama] = _xml(akar)
    if len(rantai):
        nama = posixpath.join(posixpath.dirname(_buku(bagian)), "calcChain.xml")
        bagian[nama] = _xml(rantai)
        _daftarkan(bagian, nama, f"{_TIPE_XL}.calcChain+xml")
        _hubungkan(bagian, _buku(bagian), "calcChain", nama)
    return _tutup(
        {n: KEPALA[:-1] + b"\r\n" + b.removeprefix(KEPALA) if b.startswith(KEPALA) else b for n, b in bagian.items()}
    )


def _excel_buku(bagian: Bagian) -> None:
    nama = _buku(bagian)
    buku = _akar_lain(
        _urai(bagian[nama]),
        {None: MAIN, "r": REL, "mc": MC, "x15": X15, "xr": XR, "xr6": XR6, "xr2": XR2},
    )
    buku.set(_q("Ignorable", MC), "x15 xr xr6 xr2")
    sifat = buku.find(_q("workbookPr"))
    sifat.set("codeName", "ThisWorkbook")
    tempat = etree.fromstring(
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Renja\\" '
        f'xmlns:x15ac="{X15AC}"/></mc:Choice></mc:AlternateContent>'
    )
    sifat.addnext(tempat)
    versi = etree.Element(
        _q("revisionPtr", XR), revIDLastSave="0", documentId="8_{00000000-0000-0000-0000-000000000000}"
    )
    tempat.addnext(versi)
    bagian[nama] = _xml(buku)


def _tanpa_waktu(bagian: Bagian) -> Bagian:
    """openpyxl stamps the time of saving."""
    for nama in [n for n in bagian if n == "docProps/core.xml"]:
        bagian[nama] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-01-01T00:00:00Z", bagian[nama])
    return bagian


@lru_cache(maxsize=8)
def simpan_openpyxl(isi: bytes) -> bytes:
    """Loaded and saved by a script: every cached value is gone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wb = load_workbook(BytesIO(isi), rich_text=True)
    keluaran = BytesIO()
    wb.save(keluaran)
    return _tutup(_tanpa_waktu(_buka(keluaran.getvalue())))


def simpan_openpyxl_dengan_nilai(isi: bytes) -> bytes:
    """As a script's file would be after a server had calculated it."""
    asal, bagian = _buka(isi), _buka(simpan_openpyxl(isi))
    semula = _lembar(asal)
    for lembar, nama in _lembar(bagian).items():
        nilai = {c.get("r"): c for c, _ in _rumus_lembar(_urai(asal[semula[lembar]]))}
        akar = _urai(bagian[nama])
        for c, _ in _rumus_lembar(akar):
            lama = nilai[c.get("r")]
            for unsur in c.findall(_q("v")):
                c.remove(unsur)
            c.append(deepcopy(lama.find(_q("v"))))
            if lama.get("t") is not None:
                c.set("t", lama.get("t"))
        bagian[nama] = _xml(akar)
    return _tutup(bagian)


@cache
def simpan_libreoffice(isi: bytes) -> bytes:
    """Opened and saved by LibreOffice itself; skipped where there is none."""
    with tempfile.TemporaryDirectory(prefix="renja-ragam-") as folder:
        asal = Path(folder) / "buku.xlsx"
        asal.write_bytes(isi)
        return hitung_ulang([asal], Path(folder) / "jadi", "id-ID")[asal.name].read_bytes()


def _wps(akar: Unsur) -> Unsur:
    for sifat in akar.iter(_q("sheetPr")):
        sifat[:] = list(reversed(sifat))
    return _akar_lain(akar, {None: MAIN, "r": REL, "etc": WPS})


def _wps_tanpa_nilai(akar: Unsur) -> Unsur:
    for c, _ in _rumus_lembar(akar):
        c.attrib.pop("t", None)
        for v in c.findall(_q("v")):
            v.text = ""
    return _wps(akar)


_TULIS_WPS = _dengan_gaya(_Gaya(kutip="'"), b"<?xml version='1.0' encoding='UTF-8'?>")


def _tanpa_nilai_pun_ditulis(akar: Unsur) -> bytes:
    """``<v></v>``, and not ``<v/>``, where there is no value."""
    return _TULIS_WPS(akar).replace(b"<v/>", b"<v></v>")


_SELISIH_1904 = 1462
_FORMAT_TANGGAL = {str(n) for n in (*range(14, 23), *range(45, 48))}


def tanggal_1904(isi: bytes) -> bytes:
    """A workbook once made on a Mac: days are counted from 1904, so that the same day is another number."""
    bagian = _buka(isi)
    buku = _urai(bagian[_buku(bagian)])
    buku.find(_q("workbookPr")).set("date1904", "1")
    bagian[_buku(bagian)] = _xml(buku)
    gaya = _urai(bagian[_milik_buku(bagian, "styles") or ""])
    hari = {str(n) for n, xf in enumerate(gaya.find(_q("cellXfs"))) if xf.get("numFmtId") in _FORMAT_TANGGAL}
    for nama in _lembar(bagian).values():
        akar = _urai(bagian[nama])
        for c in _sel_lembar(akar):
            if c.get("s") in hari and c.get("t", "n") == "n" and (v := c.find(_q("v"))) is not None and v.text:
                v.text = f"{float(v.text) - _SELISIH_1904:.17g}"
        bagian[nama] = _xml(akar)
    return _tutup(bagian)


# ── formulas ──────────────────────────────────────────────────────────────────────────────────────────────────

_BARIS_PATOKAN = 500_000


def _rumus_bersama(akar: Unsur) -> None:
    """Formulas of a column that are the same but for their row share one text, as Excel writes what was filled down."""
    kelompok: dict[tuple[str, str], list[tuple[int, Unsur, str]]] = defaultdict(list)
    for c, f in _rumus_lembar(akar):
        if not f.attrib and f.text:
            kolom, baris = coordinate_from_string(c.get("r"))
            patokan = Translator(f"={f.text}", c.get("r")).translate_formula(f"{kolom}{_BARIS_PATOKAN}")
            kelompok[kolom, patokan].append((baris, f, c.get("r")))
    si = count(1 + max((int(f.get("si")) for _, f in _rumus_lembar(akar) if f.get("si")), default=-1))
    for (kolom, _), anggota in kelompok.items():
        (awal, utama, asal), *lain = anggota
        geser = Translator(f"={utama.text}", asal)
        sama = [(baris, f) for baris, f, r in lain if geser.translate_formula(r) == f"={f.text}"]
        if not sama:
            continue
        nomor = str(next(si))
        utama.attrib.update({"t": "shared", "ref": f"{kolom}{awal}:{kolom}{sama[-1][0]}", "si": nomor})
        for _, f in sama:
            f.text = None
            f.attrib.update({"t": "shared", "si": nomor})


def _rumus_larik(akar: Unsur) -> None:
    """Every third formula as Ctrl+Shift+Enter leaves it."""
    for c, f in _rumus_lembar(akar)[::3]:
        if not f.attrib:
            f.attrib.update({"t": "array", "ref": c.get("r")})


# ── texts ─────────────────────────────────────────────────────────────────────────────────────────────────────


def teks_sebaris(isi: bytes) -> bytes:
    """Texts in their cells, as writers do that stream; no table of texts."""
    bagian = _buka(isi)
    si = _teks_bersama(bagian)
    for nama in _lembar(bagian).values():
        akar = _urai(bagian[nama])
        for c in _sel_lembar(akar):
            if c.get("t") == "s":
                teks = si[int(c.findtext(_q("v")))]
                c.set("t", "inlineStr")
                c.remove(c.find(_q("v")))
                c.append(_akar_lain(deepcopy(teks), {None: MAIN}))
                c[-1].tag = _q("is")
        bagian[nama] = _xml(akar)
    if (bersama := _milik_buku(bagian, "sharedStrings")) is not None:
        _buang(bagian, bersama)
    return _tutup(bagian)


def _perkaya(teks: Unsur) -> None:
    """One text as two runs with fonts of their own, and a reading aid that is not part of it."""
    t = teks.find(_q("t"))
    if t is None or not t.text:
        return
    tengah = (len(t.text) + 1) // 2
    teks.remove(t)
    for n, potong in enumerate(p for p in (t.text[:tengah], t.text[tengah:]) if p):
        r = etree.SubElement(teks, _q("r"))
        if n:
            huruf = etree.SubElement(r, _q("rPr"))
            etree.SubElement(huruf, _q("b"))
            etree.SubElement(huruf, _q("sz"), val="11")
            etree.SubElement(huruf, _q("rFont"), val="Calibri")
        isi = etree.SubElement(r, _q("t"))
        isi.text = potong
        _jaga_spasi(isi)
    etree.SubElement(etree.SubElement(teks, _q("rPh"), sb="0", eb="1"), _q("t")).text = "カナ"
    etree.SubElement(teks, _q("phoneticPr"), fontId="1", type="noConversion")


def teks_kaya(isi: bytes) -> bytes:
    """Every text of the table of texts formatted in its halves."""
    bagian = _buka(isi)
    nama = _milik_buku(bagian, "sharedStrings")
    if nama is not None:
        akar = _urai(bagian[nama])
        for si in akar.iter(_q("si")):
            _perkaya(si)
        bagian[nama] = _xml(akar)
    return _tutup(bagian)


def _kaya_sebaris(akar: Unsur) -> None:
    for teks in akar.iter(_q("is")):
        _perkaya(teks)


# ── XML ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _berawalan(akar: Unsur) -> Unsur:
    return _akar_lain(akar, {"x": MAIN, **{p: ns for p, ns in akar.nsmap.items() if p}})


def berawalan_semua(isi: bytes) -> bytes:
    """As .NET's SDK writes: no part has a default namespace."""
    bagian = _buka(isi)
    for nama, b in bagian.items():
        if nama.endswith(".xml") and (akar := _urai(b)).nsmap.get(None) == MAIN:
            bagian[nama] = _xml(_berawalan(akar))
    return _tutup(bagian)


def _tanpa_alamat(akar: Unsur) -> None:
    """Places by counting: gaps are filled with empty rows and cells, no address is written.

    Where a formula is shared the address stays: openpyxl looks for it there.
    """
    for ukuran in akar.findall(_q("dimension")):
        akar.remove(ukuran)
    data = akar.find(_q("sheetData"))
    baris = {int(row.get("r")): row for row in data}
    for r in range(1, max(baris, default=0) + 1):
        row = baris.get(r)
        if row is None:
            row = etree.Element(_q("row"))
            data.insert(r - 1, row)
        for nama in ("r", "spans"):
            row.attrib.pop(nama, None)
        tempat = 0
        for c in row.findall(_q("c")):
            kolom = column_index_from_string(coordinate_from_string(c.get("r"))[0])
            if c.find(f"{_q('f')}[@si]") is None:
                del c.attrib["r"]
            for _ in range(tempat + 1, kolom):
                c.addprevious(etree.Element(_q("c")))
            tempat = kolom


def _disandi(sandi: str, bom: bytes = b"") -> Callable[[Unsur], bytes]:
    """Another encoding; characters that it does not know become references."""

    def tulis(akar: Unsur) -> bytes:
        deklarasi = f'<?xml version="1.0" encoding="{sandi.removesuffix("LE")}" standalone="yes"?>\n'
        teks = deklarasi + "".join(_tulis(akar, _Gaya(), {}))
        return bom + teks.encode(sandi, "xmlcharrefreplace")

    return tulis


def dirapikan(isi: bytes) -> bytes:
    """Every part indented, as an editor of XML leaves it."""
    bagian = _buka(isi)
    for nama, b in bagian.items():
        if nama.endswith((".xml", ".rels")):
            akar = _urai(b)
            etree.indent(akar, "\t")
            bagian[nama] = _xml(akar)
    return _tutup(bagian)


def _disisipi(akar: Unsur) -> None:
    """Comments and instructions wherever they may stand; they look like cells and are none."""
    data = akar.find(_q("sheetData"))
    data.addprevious(etree.Comment(' <sheetData><row r="1"><c r="A1"><f>1+1</f></c></row></sheetData> '))
    for row in list(data):
        row.addprevious(etree.Comment(f' <row r="{row.get("r")}"> '))
        for c in list(row):
            c.addprevious(etree.Comment(' <c r="A1" t="s"><f>1+1</f><v>0</v></c> '))
            for unsur in list(c):
                unsur.addprevious(etree.ProcessingInstruction("alat", '<v>1</v> r="A1"'))
                unsur.addprevious(etree.Comment(" <f>0</f> "))
            if len(c):
                c.append(etree.Comment(" </c> "))


def _dibelah(akar: Unsur) -> None:
    """A comment in the middle of a value or formula: the text goes on behind it."""
    for c in _sel_lembar(akar):
        for unsur in c:
            if unsur.text and len(unsur) == 0:
                sela, tengah = etree.Comment(" 9 "), len(unsur.text) // 2
                unsur.text, sela.tail = unsur.text[:tengah], unsur.text[tengah:]
                unsur.append(sela)


def _cdata(akar: Unsur) -> None:
    for c in _sel_lembar(akar):
        for unsur in c.iter(_q("v"), _q("f"), _q("t")):
            if unsur.text:
                unsur.text = etree.CDATA(unsur.text)


def _sifat_lebih(akar: Unsur) -> None:
    """Attributes that a cell may have and that we do not look at."""
    for c in _sel_lembar(akar):
        if c.get("t") == "s":
            c.set("ph", "1")
        if len(c):
            c.attrib.update({"cm": "0", "vm": "0"})
    for row in akar.iter(_q("row")):
        row.attrib.update({"collapsed": "0", "outlineLevel": "0", "thickBot": "0"})
    for _, f in _rumus_lembar(akar):
        f.set("ca", "0")
        f.set("aca", "0")


# ── zip ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Entri:
    """One entry with all that a writer of zips chooses; ``zipfile`` would choose for us."""

    nama: str
    isi: bytes
    metode: int = zipfile.ZIP_DEFLATED
    bendera: int = 0
    deskriptor: bytes | None = None
    """Signature of the data descriptor; None for sizes in the header."""
    lokal64: bool = False
    pusat64: bool = False
    ekstra: bytes = b""
    ekstra_pusat: bytes = b""
    pembuat: int = 0
    sifat_luar: int = 0
    komentar: bytes = b""


_TANDA = b"PK\x07\x08"
_TANGGAL = (1980 - 1980) << 9 | 1 << 5 | 1
_PENUH = 0xFFFFFFFF


def _arsip(entri: Sequence[_Entri], komentar: bytes = b"", *, akhir64: bool = False) -> bytes:
    data, pusat = BytesIO(), BytesIO()
    for e in entri:
        nama = e.nama.encode()
        mampat = zlib.compressobj(6, zlib.DEFLATED, -15)
        isi = mampat.compress(e.isi) + mampat.flush() if e.metode else e.isi
        crc, ukuran = zlib.crc32(e.isi), (len(isi), len(e.isi))
        letak = data.tell()
        bendera = e.bendera | (0x08 if e.deskriptor is not None else 0)
        versi = 45 if e.lokal64 or e.pusat64 else 20
        nol = e.deskriptor is not None
        kepala = (0, 0, 0) if nol else (crc, *ukuran)
        ekstra = e.ekstra
        if e.lokal64:
            kepala = (kepala[0], _PENUH, _PENUH)
            ekstra += struct.pack("<HHQQ", 1, 16, *((0, 0) if nol else ukuran[::-1]))
        umum = struct.pack("<HHHHH", versi, bendera, e.metode, 0, _TANGGAL)
        data.write(b"PK\x03\x04" + umum + struct.pack("<IIIHH", *kepala, len(nama), len(ekstra)) + nama + ekstra)
        data.write(isi)
        if e.deskriptor is not None:
            data.write(e.deskriptor + struct.pack("<IQQ" if e.lokal64 else "<III", crc, *ukuran))
        ekstra = e.ekstra_pusat
        if e.pusat64:
            ekstra += struct.pack("<HHQQQ", 1, 24, *ukuran[::-1], letak)
        pusat.write(b"PK\x01\x02" + struct.pack("<BB", versi, e.pembuat) + umum)
        pusat.write(struct.pack("<III", crc, *((_PENUH, _PENUH) if e.pusat64 else ukuran)))
        pusat.write(struct.pack("<HHHHHI", len(nama), len(ekstra), len(e.komentar), 0, 0, e.sifat_luar))
        pusat.write(struct.pack("<I", _PENUH if e.pusat64 else letak) + nama + ekstra + e.komentar)
    awal, n, panjang = data.tell(), len(entri), pusat.tell()
    data.write(pusat.getvalue())
    if akhir64:
        letak = data.tell()
        data.write(b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, n, n, panjang, awal))
        data.write(b"PK\x06\x07" + struct.pack("<IQI", 0, letak, 1))
        n, panjang, awal = 0xFFFF, _PENUH, _PENUH
    data.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, n, n, panjang, awal, len(komentar)) + komentar)
    return data.getvalue()


def _zip(**sifat: Any) -> Ubah:
    """Each entry written the same way."""
    return lambda isi: _arsip([_Entri(n, b, **sifat) for n, b in _buka(isi).items()])


def zip64_penuh(isi: bytes) -> bytes:
    """As POI streams: sizes after the data in eight bytes, and everything of the directory in zip64 records."""
    sifat = {"bendera": 0x0800, "deskriptor": _TANDA, "lokal64": True, "pusat64": True}
    return _arsip([_Entri(n, b, **sifat) for n, b in _buka(isi).items()], akhir64=True)  # type: ignore[arg-type]


_UT = struct.pack("<HHBI", 0x5455, 5, 1, 1_700_000_000)
_UT_LOKAL = struct.pack("<HHBII", 0x5455, 9, 3, 1_700_000_000, 1_700_000_001)
_UX = struct.pack("<HHBBIBI", 0x7875, 11, 1, 4, 1000, 4, 1000)
_NTFS = struct.pack("<HHIHHQQQ", 0x000A, 32, 0, 1, 24, *(133_444_736_000_000_000 + n for n in range(3)))
_BANTAL = struct.pack("<HHHH", 0xA220, 0x0108, 0xA028, 0x0100) + bytes(0x0104)
"""Room to grow, which Excel leaves in the first headers."""


def zip_ekstra(isi: bytes) -> bytes:
    """Times and owners in extra fields that differ between header and directory, as Info-ZIP writes."""
    luar = 0o100644 << 16
    lama = [
        _Entri(n, b, ekstra=_UT_LOKAL + _UX, ekstra_pusat=_UT + _UX + _NTFS, pembuat=3, sifat_luar=luar, komentar=b"ok")
        for n, b in _buka(isi).items()
    ]
    return _arsip(lama)


def zip_excel(isi: bytes) -> bytes:
    """As Excel zips: its flags, and padding in the headers of the first parts that the directory does not know."""
    entri = [_Entri(n, b, bendera=0x0006) for n, b in _buka(isi).items()]
    return _arsip([replace(e, ekstra=_BANTAL) if n < 2 else e for n, e in enumerate(entri)])


def zip_komentar(isi: bytes) -> bytes:
    """A remark after the directory, which looks like the end of another one."""
    return _arsip([_Entri(n, b) for n, b in _buka(isi).items()], b"Diunduh dari surat elektronik")


def zip_folder(isi: bytes) -> bytes:
    """Folders as entries of their own, as after unpacking and packing by hand."""
    bagian = _buka(isi)
    folder = sorted({str(f) + "/" for n in bagian for f in Path(n).parents if str(f) != "."})
    semua = [_Entri(f, b"", zipfile.ZIP_STORED, pembuat=3, sifat_luar=0o40755 << 16 | 0x10) for f in folder]
    return _arsip([*semua, *(_Entri(n, b) for n, b in bagian.items())])


def tipe_isi_terakhir(isi: bytes) -> bytes:
    """As streaming writers must: what the parts are is only known at the end."""
    bagian = _buka(isi)
    tipe = bagian.pop(TIPE_ISI)
    return _tutup({**dict(reversed(bagian.items())), TIPE_ISI: tipe})


def target_mutlak(isi: bytes) -> bytes:
    """As openpyxl and .NET write: targets from the root of the package."""
    bagian = _buka(isi)
    for nama, b in bagian.items():
        if nama.endswith(".rels"):
            folder, berkas = posixpath.split(nama)
            sumber = posixpath.join(posixpath.dirname(folder), berkas.removesuffix(".rels"))
            rels = _urai(b)
            for rel in rels:
                if rel.get("TargetMode") != "External":
                    rel.set("Target", "/" + _tujuan(sumber, rel.get("Target")))
            bagian[nama] = _xml(rels)
    return _tutup(bagian)


def folder_excel(isi: bytes) -> bytes:
    """Nothing says that the parts stand under ``xl/``; but openpyxl looks for styles there alone."""
    return _tutup(_ganti_nama(_buka(isi), lambda n: re.sub(r"^xl/(?!styles\.xml|theme/)", "excel/", n)))


def nama_bagian_lain(isi: bytes) -> bytes:
    """Names and ids that say nothing: the first tab is not ``sheet1.xml``, and relationships are not ``rId1``."""
    bagian = _buka(isi)
    lembar = list(_lembar(bagian).values())
    peta = dict(zip(lembar, reversed(lembar), strict=True))
    bagian = _ganti_nama(bagian, lambda n: peta.get(n, n))
    buku = _buku(bagian)
    rels, akar = _urai(bagian[_berkas_relasi(buku)]), _urai(bagian[buku])
    baru = {r.get("Id"): f"R{zlib.crc32(r.get('Target').encode()):08x}" for r in rels}
    for rel in rels:
        rel.set("Id", baru[rel.get("Id")])
    for unsur in akar.iter():
        if unsur.get(_q("id", REL)):
            unsur.set(_q("id", REL), baru[unsur.get(_q("id", REL))])
    rels[:] = list(reversed(rels))
    bagian[_berkas_relasi(buku)], bagian[buku] = _xml(rels), _xml(akar)
    return _tutup(bagian)


# ── a planner's own work ──────────────────────────────────────────────────────────────────────────────────────

LEMBAR_SENDIRI = "Catatan saya"
_BARIS_SENDIRI = 6
_URUTAN = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""Children of a worksheet, in the order that Excel demands."""


def _sisip(akar: Unsur, unsur: Unsur) -> None:
    """Put a child of a worksheet where it belongs."""
    letak = _URUTAN.index(etree.QName(unsur.tag).localname)
    sebelum = [u for u in akar if _URUTAN.index(etree.QName(u.tag).localname) <= letak]
    sebelum[-1].addnext(unsur)


def _daftar(akar: Unsur, nama: str) -> Unsur:
    """A list of a worksheet (merged cells, validations), made where there is none yet."""
    ada = akar.find(_q(nama))
    if ada is None:
        ada = etree.Element(_q(nama))
        _sisip(akar, ada)
    return ada


def _ke_daftar(akar: Unsur, nama: str, xml: str) -> None:
    daftar = _daftar(akar, nama)
    daftar.append(etree.fromstring(f'<x xmlns="{MAIN}" xmlns:r="{REL}">{xml}</x>')[0])
    if nama != "hyperlinks":
        daftar.set("count", str(len(daftar)))


def _sel(akar: Unsur, alamat: str) -> Unsur:
    """The cell at an address, made where it is missing."""
    kolom, baris = coordinate_from_string(alamat)
    data = akar.find(_q("sheetData"))
    row = next((r for r in data if int(r.get("r")) == baris), None)
    if row is None:
        row = etree.Element(_q("row"), r=str(baris))
        data.insert(sum(int(r.get("r")) < baris for r in data), row)
    nomor = column_index_from_string(kolom)
    letak = [column_index_from_string(coordinate_from_string(c.get("r"))[0]) for c in row]
    if nomor in letak:
        return row[letak.index(nomor)]
    c = etree.Element(_q("c"), r=alamat)
    row.insert(sum(n < nomor for n in letak), c)
    row.attrib.pop("spans", None)
    return c


class _Perencana:
    """Writes into a package as Excel does when somebody works in it."""

    def __init__(self, isi: bytes) -> None:
        self.bagian = _buka(isi)
        self.lembar = _lembar(self.bagian)
        self.akar = {nama: _urai(self.bagian[p]) for nama, p in self.lembar.items()}
        self.berkas_teks = _milik_buku(self.bagian, "sharedStrings") or ""
        self.berkas_gaya = _milik_buku(self.bagian, "styles") or ""
        self.teks = _urai(self.bagian[self.berkas_teks])
        self.gaya = _urai(self.bagian[self.berkas_gaya])
        self.folder = posixpath.dirname(_buku(self.bagian))

    def selesai(self) -> bytes:
        for nama, p in self.lembar.items():
            self.bagian[p] = _xml(self.akar[nama])
        self.teks.set("uniqueCount", str(len(self.teks)))
        rujukan = sum(c.get("t") == "s" for akar in self.akar.values() for c in _sel_lembar(akar))
        self.teks.set("count", str(rujukan))
        self.bagian[self.berkas_teks] = _xml(self.teks)
        self.bagian[self.berkas_gaya] = _xml(self.gaya)
        return _tutup(self.bagian)

    def nomor_teks(self, teks: str) -> str:
        t = etree.SubElement(etree.SubElement(self.teks, _q("si")), _q("t"))
        t.text = teks
        _jaga_spasi(t)
        return str(len(self.teks) - 1)

    def tulis(self, lembar: str, alamat: str, nilai: str | float, gaya: int | None = None) -> Unsur:
        c = _sel(self.akar[lembar], alamat)
        c[:] = []
        c.attrib.pop("t", None)
        if gaya is not None:
            c.set("s", str(gaya))
        if isinstance(nilai, str):
            c.set("t", "s")
        etree.SubElement(c, _q("v")).text = self.nomor_teks(nilai) if isinstance(nilai, str) else f"{nilai:.17g}"
        return c

    def rumus(self, lembar: str, alamat: str, rumus: str | None, hasil: str | float, **sifat: str) -> None:
        c = _sel(self.akar[lembar], alamat)
        f = etree.SubElement(c, _q("f"), **sifat)
        f.text = rumus
        if isinstance(hasil, str):
            c.set("t", "str")
        etree.SubElement(c, _q("v")).text = hasil if isinstance(hasil, str) else f"{hasil:.17g}"

    def nilai(self, lembar: str, alamat: str) -> str | float:
        """What a cell shows: its text, its number, nothing as an empty text."""
        c = _sel(self.akar[lembar], alamat)
        v = c.findtext(_q("v")) or ""
        if c.get("t") == "s":
            return "".join(t.text or "" for t in self.teks[int(v)].iter(_q("t")))
        return float(v) if v and c.get("t", "n") == "n" else v

    def gaya_sel(self, dasar: int, **sifat: str) -> int:
        """A format like an existing one, with other attributes."""
        xfs = self.gaya.find(_q("cellXfs"))
        xf = deepcopy(xfs[dasar])
        xf.attrib.update(sifat)
        xfs.append(xf)
        xfs.set("count", str(len(xfs)))
        return len(xfs) - 1

    def gaya_baru(self, daftar: str, xml: str) -> int:
        """A fill, or a format of conditions."""
        tempat = self.gaya.find(_q(daftar))
        tempat.append(etree.fromstring(f'<x xmlns="{MAIN}">{xml}</x>')[0])
        tempat.set("count", str(len(tempat)))
        return len(tempat) - 1

    def bagian_baru(self, nama: str, isi: bytes | str, tipe: str | None = None) -> str:
        """A part below the workbook's folder; returns its full name."""
        penuh = posixpath.normpath(posixpath.join(self.folder, nama))
        self.bagian[penuh] = KEPALA + isi.encode() if isinstance(isi, str) else isi
        if tipe:
            _daftarkan(self.bagian, penuh, tipe)
        return penuh

    def hubungkan(self, sumber: str, jenis: str, tujuan: str, *, luar: bool = False) -> str:
        return _hubungkan(self.bagian, sumber, jenis, tujuan, luar=luar)


def dengan_tambahan(isi: bytes, *, makro: bool = False) -> bytes:
    """The master with a planner's own work in it, none of which is ours to touch.

    A sheet of one's own with formulas over T-C.31, charts, a picture, remarks, a pivot table; in our sheets a column
    that grew onto a table, one beside a table, notes below one, a colour, a remark, a link, a name; parts that no sheet
    shows. ``makro`` makes it a workbook with macros and a ribbon of its own (``.xlsm``).
    """
    p = _Perencana(isi)
    _lembar_sendiri(p)
    _kolom_di_tabel(p)
    _kolom_di_kanan(p)
    _catatan_di_bawah(p)
    _coretan(p)
    _nama_sendiri(p)
    _bagian_lepas(p)
    if makro:
        _makro(p)
    return p.selesai()


def _huruf(spec: TabelSpec, kunci: str) -> str:
    return get_column_letter(spec.letak_kolom[kunci])


def _lembar_sendiri(p: _Perencana) -> None:
    lembar = LEMBAR_SENDIRI
    penuh = f"{p.folder}/worksheets/sheet{len(p.lembar) + 1}.xml"
    awal = T_C_31.baris_pertama
    akhir = 2 + _BARIS_SENDIRI
    merah = p.gaya_baru("dxfs", '<dxf><font><color rgb="FF9C0006"/></font></dxf>')
    p.akar[lembar] = etree.fromstring(
        f"""<worksheet xmlns="{MAIN}" xmlns:r="{REL}"><sheetPr><tabColor rgb="FF7030A0"/></sheetPr>\
<dimension ref="A1:J{akhir + 1}"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>\
<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="40.7109375" customWidth="1"/></cols>\
<sheetData/><conditionalFormatting sqref="B3:B{akhir}"><cfRule type="cellIs" dxfId="{merah}" priority="1" \
operator="greaterThan"><formula>'T-C.31'!$I${awal}</formula></cfRule></conditionalFormatting>\
<conditionalFormatting sqref="C3:C{akhir}"><cfRule type="dataBar" priority="2"><dataBar><cfvo type="min"/>\
<cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>\
<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="D3:D{akhir}">\
<formula1>"setuju,tanya"</formula1></dataValidation></dataValidations>\
<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>"""
    )
    p.lembar[lembar] = penuh
    p.bagian[penuh] = b""
    _daftarkan(p.bagian, penuh, f"{_TIPE_XL}.worksheet+xml")
    rid = p.hubungkan(_buku(p.bagian), "worksheet", penuh)
    buku = _urai(p.bagian[_buku(p.bagian)])
    tab = buku.find(_q("sheets"))
    nomor = max(int(s.get("sheetId")) for s in tab) + 7  # tabs that were made and thrown away leave gaps
    tab.append(etree.Element(_q("sheet"), {"name": lembar, "sheetId": str(nomor), _q("id", REL): rid}))
    p.bagian[_buku(p.bagian)] = _xml(buku)

    pivot = _isi_lembar_sendiri(p, awal, akhir)
    _objek(p, penuh, awal)
    _pivot(p, penuh, akhir, pivot)
    for ekor in (_pengaturan_cetak, _ekstensi_lembar):
        ekor(p, penuh)


def _isi_lembar_sendiri(p: _Perencana, awal: int, akhir: int) -> list[tuple[str, float, str]]:
    """The cells; returns the rows that the pivot table has seen."""
    lembar, nama, pagu = LEMBAR_SENDIRI, _huruf(T_C_31, "nama_rkpd"), _huruf(T_C_31, "pagu_rkpd")
    kode = _huruf(T_C_31, "kode")
    uang = p.gaya_sel(0, numFmtId="4", applyNumberFormat="1")
    tanggal = p.gaya_sel(0, numFmtId="14", applyNumberFormat="1")
    p.tulis(lembar, "A1", "Bahan rapat saya ")
    for n, judul in enumerate(("Program", "Pagu", "Usul", "Tanggapan", "Tanggal"), 1):
        p.tulis(lembar, f"{get_column_letter(n)}2", judul)
    terlihat = []
    for n in range(_BARIS_SENDIRI):
        r, asal = 3 + n, awal + n
        teks = f"{p.nilai('T-C.31', f'{kode}{asal}')} {p.nilai('T-C.31', f'{nama}{asal}')}"
        angka = p.nilai("T-C.31", f"{pagu}{asal}")
        jumlah = angka if isinstance(angka, float) else 0.0
        tanggapan = "setuju" if n % 2 == 0 else "tanya"
        isi: tuple[tuple[str, str, str | float], ...] = (
            ("A", f"'T-C.31'!{kode}{awal}&\" \"&'T-C.31'!{nama}{awal}", teks),
            ("B", f"IF(ISNUMBER('T-C.31'!{pagu}{awal}),'T-C.31'!{pagu}{awal},0)", jumlah),
            ("C", "B3*1.1", jumlah * 1.1),
        )
        for si, (kolom, rumus, nilai) in enumerate(isi):
            sifat = {"ref": f"{kolom}3:{kolom}{akhir}"} if n == 0 else {}
            p.rumus(lembar, f"{kolom}{r}", None if n else rumus, nilai, t="shared", si=str(si), **sifat)
        _sel(p.akar[lembar], f"B{r}").set("s", str(uang))
        p.tulis(lembar, f"D{r}", tanggapan)
        p.tulis(lembar, f"E{r}", 45_700 + n, tanggal)
        terlihat.append((teks, jumlah, tanggapan))
    jumlah = sum(b for _, b, _ in terlihat)
    p.rumus(lembar, f"B{akhir + 1}", f"SUM(B3:B{akhir})", jumlah)
    p.rumus(lembar, f"C{akhir + 1}", f"SUM(B3:B{akhir}*1.1)", jumlah * 1.1, t="array", ref=f"C{akhir + 1}")
    return terlihat


_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def _grafik(jenis: str, rujukan: str, label: str) -> str:
    """A chart with one series; ``jenis`` is ``bar`` or ``line``."""
    khas = '<c:barDir val="col"/>' if jenis == "bar" else ""
    return f"""<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{REL}"><c:chart><c:autoTitleDeleted val="1"/>\
<c:plotArea><c:layout/><c:{jenis}Chart>{khas}<c:grouping val="{"clustered" if jenis == "bar" else "standard"}"/>\
<c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/><c:cat><c:strRef><c:f>{label}</c:f></c:strRef></c:cat>\
<c:val><c:numRef><c:f>{rujukan}</c:f></c:numRef></c:val></c:ser><c:axId val="1001"/><c:axId val="1002"/>\
</c:{jenis}Chart><c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="minMax"/></c:scaling>\
<c:delete val="0"/><c:axPos val="b"/><c:crossAx val="1002"/></c:catAx><c:valAx><c:axId val="1002"/><c:scaling>\
<c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1001"/></c:valAx>\
</c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>"""


def _png() -> bytes:

    def potong(jenis: bytes, isi: bytes) -> bytes:
        return struct.pack(">I", len(isi)) + jenis + isi + struct.pack(">I", zlib.crc32(jenis + isi))

    kepala = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    titik = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + potong(b"IHDR", kepala) + potong(b"IDAT", titik) + potong(b"IEND", b"")


def _jangkar(n: int, isi: str) -> str:
    atas = 2 + n * 12
    return f"""<xdr:twoCellAnchor><xdr:from><xdr:col>11</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{atas}</xdr:row>\
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>17</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{atas + 10}\
</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{isi}<xdr:clientData/></xdr:twoCellAnchor>"""


def _objek(p: _Perencana, lembar: str, awal: int) -> None:
    """Two charts and a picture in one drawing, and a remark with its shape."""
    pagu, nama = _huruf(T_C_31, "pagu_rkpd"), _huruf(T_C_31, "nama_rkpd")
    sumber = (
        ("bar", f"'T-C.31'!${pagu}${awal}:${pagu}${awal + 5}", f"'T-C.31'!${nama}${awal}:${nama}${awal + 5}"),
        ("line", f"'{LEMBAR_SENDIRI}'!$C$3:$C$8", f"'{LEMBAR_SENDIRI}'!$A$3:$A$8"),
    )
    gambar = p.bagian_baru("drawings/drawing91.xml", b"", f"{_TIPE}.drawing+xml")
    isi = []
    for n, unsur in enumerate(sumber):
        grafik = p.bagian_baru(f"charts/chart{n + 91}.xml", _grafik(*unsur), f"{_TIPE}.drawingml.chart+xml")
        rid = p.hubungkan(gambar, "chart", grafik)
        isi.append(
            f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="{n + 2}" name="Grafik {n + 1}"/>'
            "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x='0' y='0'/><a:ext cx='0' cy='0'/>"
            f'</xdr:xfrm><a:graphic><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" r:id="{rid}"/>'
            "</a:graphicData></a:graphic></xdr:graphicFrame>"
        )
    _ekstensi(p.bagian, "png", "image/png")
    rid = p.hubungkan(gambar, "image", p.bagian_baru("media/image1.png", _png()))
    isi.append(
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="9" name="Lambang"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></xdr:spPr></xdr:pic>"
    )
    p.bagian[gambar] = (
        KEPALA
        + (
            f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}" xmlns:r="{REL}">'
            f"{''.join(_jangkar(n, unsur) for n, unsur in enumerate(isi))}</xdr:wsDr>"
        ).encode()
    )
    akar = p.akar[LEMBAR_SENDIRI]
    _sisip(akar, etree.Element(_q("drawing"), {_q("id", REL): p.hubungkan(lembar, "drawing", gambar)}))
    komentar = p.bagian_baru(
        "comments99.xml",
        f'<comments xmlns="{MAIN}"><authors><author>Perencana</author></authors><commentList><comment ref="B2" '
        'authorId="0"><text><t>Pagu per 5 Mei</t></text></comment></commentList></comments>',
        f"{_TIPE_XL}.comments+xml",
    )
    bentuk = p.bagian_baru("drawings/vmlDrawing9.vml", _vml(9, ((1, 1),)).encode())
    p.hubungkan(lembar, "comments", komentar)
    _sisip(akar, etree.Element(_q("legacyDrawing"), {_q("id", REL): p.hubungkan(lembar, "vmlDrawing", bentuk)}))


def _bentuk(n: int, baris: int, kolom: int) -> str:
    return (
        f'<v:shape id="_x0000_s{n}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{kolom + 1}, 15, {baris}, 10, {kolom + 3}, 19, {baris + 4}, 4</x:Anchor><x:AutoFill>False"
        f"</x:AutoFill><x:Row>{baris}</x:Row><x:Column>{kolom}</x:Column></x:ClientData></v:shape>"
    )


def _vml(nomor: int, letak: Sequence[tuple[int, int]]) -> str:
    bentuk = "".join(_bentuk(nomor * 1024 + n, *rc) for n, rc in enumerate(letak, 1))
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
        f'o:spt="202" path="m,l,21600r21600,l21600,xe"/>{bentuk}</xml>'
    )


def _pivot(p: _Perencana, lembar: str, akhir: int, data: Sequence[tuple[str, float, str]]) -> None:
    """The sums of one's own sheet by answer, as last refreshed."""
    pilihan = ["setuju", "tanya"]
    jumlah = [sum(b for _, b, d in data if d == j) for j in pilihan]
    hasil = (("Tanggapan", "Jumlah Pagu"), *zip(pilihan, jumlah, strict=True), ("Total", sum(jumlah)))
    for r, (kiri, kanan) in enumerate(hasil, 2):
        p.tulis(LEMBAR_SENDIRI, f"H{r}", kiri)
        p.tulis(LEMBAR_SENDIRI, f"I{r}", kanan)
    nama = list(dict.fromkeys(a for a, _, _ in data))
    benda = "".join(f'<s v="{escape(a, {chr(34): "&quot;"})}"/>' for a in nama)
    angka = [b for _, b, _ in data]
    takaran = f'minValue="{min(angka):.17g}" maxValue="{max(angka):.17g}"'
    medan = (
        f'<cacheField name="Program" numFmtId="0"><sharedItems count="{len(nama)}">{benda}</sharedItems></cacheField>'
        '<cacheField name="Pagu" numFmtId="4"><sharedItems containsSemiMixedTypes="0" containsString="0" '
        f'containsNumber="1" {takaran}/></cacheField>'
        f'<cacheField name="Usul" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" '
        f'containsNumber="1"/></cacheField>'
        '<cacheField name="Tanggapan" numFmtId="0"><sharedItems count="2"><s v="setuju"/><s v="tanya"/></sharedItems>'
        "</cacheField>"
    )
    rekaman = "".join(
        f'<r><x v="{nama.index(a)}"/><n v="{b:.17g}"/><n v="{b * 1.1:.17g}"/><x v="{pilihan.index(d)}"/></r>'
        for a, b, d in data
    )
    catatan = p.bagian_baru(
        "pivotCache/pivotCacheRecords1.xml",
        f'<pivotCacheRecords xmlns="{MAIN}" xmlns:r="{REL}" count="{len(data)}">{rekaman}</pivotCacheRecords>',
        f"{_TIPE_XL}.pivotCacheRecords+xml",
    )
    definisi = p.bagian_baru("pivotCache/pivotCacheDefinition1.xml", b"", f"{_TIPE_XL}.pivotCacheDefinition+xml")
    rid = p.hubungkan(definisi, "pivotCacheRecords", catatan)
    p.bagian[definisi] = (
        KEPALA
        + (
            f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{REL}" r:id="{rid}" refreshedBy="Perencana" '
            f'refreshedDate="45700" createdVersion="6" refreshedVersion="6" minRefreshableVersion="3" '
            f'recordCount="{len(data)}"><cacheSource type="worksheet"><worksheetSource ref="A2:D{akhir}" '
            f'sheet="{LEMBAR_SENDIRI}"/></cacheSource><cacheFields count="4">{medan}</cacheFields></pivotCacheDefinition>'
        ).encode()
    )
    tabel = p.bagian_baru(
        "pivotTables/pivotTable1.xml",
        f'<pivotTableDefinition xmlns="{MAIN}" name="PivotTable1" cacheId="4" applyNumberFormats="0" '
        'applyBorderFormats="0" applyFontFormats="0" applyPatternFormats="0" applyAlignmentFormats="0" '
        'applyWidthHeightFormats="1" dataCaption="Nilai" updatedVersion="6" minRefreshableVersion="3" '
        'createdVersion="6" outline="1" outlineData="1"><location ref="H2:I5" firstHeaderRow="1" firstDataRow="1" '
        'firstDataCol="1"/><pivotFields count="4"><pivotField showAll="0"/><pivotField dataField="1" showAll="0"/>'
        '<pivotField showAll="0"/><pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/><item x="1"/>'
        '<item t="default"/></items></pivotField></pivotFields><rowFields count="1"><field x="3"/></rowFields>'
        '<rowItems count="3"><i><x/></i><i><x v="1"/></i><i t="grand"><x/></i></rowItems><colItems count="1"><i/>'
        '</colItems><dataFields count="1"><dataField name="Jumlah Pagu" fld="1" baseField="0" baseItem="0"/>'
        "</dataFields></pivotTableDefinition>",
        f"{_TIPE_XL}.pivotTable+xml",
    )
    p.hubungkan(tabel, "pivotCacheDefinition", definisi)
    p.hubungkan(lembar, "pivotTable", tabel)
    rid = p.hubungkan(_buku(p.bagian), "pivotCacheDefinition", definisi)
    buku = _urai(p.bagian[_buku(p.bagian)])
    tembolok = etree.Element(_q("pivotCaches"))
    etree.SubElement(tembolok, _q("pivotCache"), {"cacheId": "4", _q("id", REL): rid})
    buku.find(_q("calcPr")).addnext(tembolok)
    p.bagian[_buku(p.bagian)] = _xml(buku)


def _pengaturan_cetak(p: _Perencana, lembar: str) -> None:
    _ekstensi(p.bagian, "bin", f"{_TIPE_XL}.printerSettings")
    rid = p.hubungkan(
        lembar, "printerSettings", p.bagian_baru("printerSettings/printerSettings1.bin", bytes(range(220)))
    )
    _sisip(p.akar[LEMBAR_SENDIRI], etree.Element(_q("pageSetup"), {"paperSize": "9", _q("id", REL): rid}))


def _ekstensi_lembar(p: _Perencana, _lembar: str) -> None:
    """A validation that looks at another sheet, which newer Excel writes as an extension."""
    ekstensi = etree.fromstring(
        f'<extLst xmlns="{MAIN}"><ext xmlns:x14="{X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations xmlns:xm="{XM}" count="1"><x14:dataValidation type="list"><x14:formula1>'
        "<xm:f>Profil!$A$5:$A$9</xm:f></x14:formula1><xm:sqref>F3</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst>"
    )
    _sisip(p.akar[LEMBAR_SENDIRI], ekstensi)


def _batas(p: _Perencana, spec: TabelSpec) -> tuple[str, Unsur, int, int]:
    """The table of one of our sheets: part, root, last column and last row."""
    rels = _relasi(p.bagian, p.lembar[spec.lembar])
    nama = next(t for _, jenis, t in rels if jenis == "table")
    tabel = _urai(p.bagian[nama])
    kolom, baris = coordinate_from_string(tabel.get("ref").partition(":")[2])
    return nama, tabel, column_index_from_string(kolom), baris


def _kolom_di_tabel(p: _Perencana) -> None:
    """Typed right beside T-C.33: Excel widens the table, and fills the column with the formula of its first cell."""
    spec = T_C_33
    nama, tabel, kolom, akhir = _batas(p, spec)
    huruf = get_column_letter(kolom + 1)
    daftar = tabel.find(_q("tableColumns"))
    nomor = max(int(k.get("id")) for k in daftar) + 2
    baru = etree.SubElement(daftar, _q("tableColumn"), id=str(nomor), name="Bidang")
    rumus = f'IF({spec.nama_tabel}[[#This Row],[level]]="Sub kegiatan","Bidang I","-")'
    etree.SubElement(baru, _q("calculatedColumnFormula")).text = rumus
    daftar.set("count", str(len(daftar)))
    tabel.set("ref", re.sub(r":[A-Z]+", f":{huruf}", tabel.get("ref")))
    p.bagian[nama] = _xml(tabel)
    p.tulis(spec.lembar, f"{huruf}{spec.baris_nomor}", "Bidang")
    for r in range(spec.baris_pertama, akhir + 1):
        level = p.nilai(spec.lembar, f"{_huruf(spec, 'level')}{r}")
        p.rumus(spec.lembar, f"{huruf}{r}", rumus, "Bidang I" if level == "Sub kegiatan" else "-")


def _kolom_di_kanan(p: _Perencana) -> None:
    """Beside T-C.31 with a gap: own remarks, one with a link, and a difference filled down."""
    spec = T_C_31
    _, _, kolom, akhir = _batas(p, spec)
    teks, selisih = get_column_letter(kolom + 2), get_column_letter(kolom + 3)
    satu, dua = _huruf(spec, "kebutuhan_dana"), _huruf(spec, "pagu_rkpd")
    awal = spec.baris_pertama
    p.tulis(spec.lembar, f"{teks}{spec.baris_nomor}", "Catatan bidang")
    p.tulis(spec.lembar, f"{teks}{awal + 1}", "menunggu pagu definitif")
    rid = p.hubungkan(p.lembar[spec.lembar], "hyperlink", "https://example.org/peta?a=1&b=2", luar=True)
    _ke_daftar(p.akar[spec.lembar], "hyperlinks", f'<hyperlink ref="{teks}{awal + 1}" r:id="{rid}"/>')
    for r in range(awal, akhir + 1):
        a, b = (p.nilai(spec.lembar, f"{h}{r}") for h in (satu, dua))
        hasil = (a if isinstance(a, float) else 0) - (b if isinstance(b, float) else 0)
        sifat = {"ref": f"{selisih}{awal}:{selisih}{akhir}"} if r == awal else {}
        rumus = f"N({satu}{r})-N({dua}{r})" if r == awal else None
        p.rumus(spec.lembar, f"{selisih}{r}", rumus, hasil, t="shared", si="0", **sifat)
    _ke_daftar(
        p.akar[spec.lembar],
        "dataValidations",
        f'<dataValidation type="whole" allowBlank="1" sqref="{selisih}{akhir + 3}"><formula1>1</formula1>'
        "<formula2>9</formula2></dataValidation>",
    )
    hijau = p.gaya_baru("dxfs", '<dxf><fill><patternFill><bgColor rgb="FFC6EFCE"/></patternFill></fill></dxf>')
    bersyarat = etree.fromstring(
        f'<conditionalFormatting xmlns="{MAIN}" sqref="{selisih}{awal}:{selisih}{akhir}"><cfRule type="expression" '
        f'dxfId="{hijau}" priority="99"><formula>{selisih}{awal}&gt;0</formula></cfRule></conditionalFormatting>'
    )
    _sisip(p.akar[spec.lembar], bersyarat)


def _catatan_di_bawah(p: _Perencana) -> None:
    """Who signs, and a sum of one's own, under T-C.33 and its foot notes."""
    spec, akar = T_C_33, p.akar[T_C_33.lembar]
    akhir = max(int(r.get("r")) for r in akar.iter(_q("row")))
    _, _, _, batas = _batas(p, spec)
    pagu = _huruf(spec, "pagu_n")
    p.tulis(spec.lembar, f"A{akhir + 3}", "Mengetahui,\nKepala Badan")
    jumlah = sum(
        v for r in range(spec.baris_pertama, batas + 1) if isinstance(v := p.nilai(spec.lembar, f"{pagu}{r}"), float)
    )
    p.rumus(spec.lembar, f"{pagu}{akhir + 3}", f"SUM({pagu}{spec.baris_pertama}:{pagu}{batas})", jumlah)
    _ke_daftar(akar, "mergeCells", f'<mergeCell ref="A{akhir + 3}:D{akhir + 3}"/>')


def _coretan(p: _Perencana) -> None:
    """In T-C.29: a colour, a remark among ours, a hidden row, a wider column."""
    spec, akar = T_C_29, p.akar[T_C_29.lembar]
    baris = spec.baris_pertama + 1
    while p.nilai(spec.lembar, f"{_huruf(spec, 'level')}{baris}") not in {"Sub kegiatan", ""}:
        baris += 1
    alamat = f"{_huruf(spec, 'realisasi_n2')}{baris}"
    c = _sel(akar, alamat)
    kuning = p.gaya_baru(
        "fills",
        '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC000"/><bgColor indexed="64"/></patternFill></fill>',
    )
    c.set("s", str(p.gaya_sel(int(c.get("s", "0")), fillId=str(kuning), applyFill="1")))
    milik = {jenis: nama for _, jenis, nama in _relasi(p.bagian, p.lembar[spec.lembar])}
    komentar = _urai(p.bagian[milik["comments"]])
    etree.SubElement(komentar.find(_q("authors")), _q("author")).text = "Perencana"
    satu = etree.SubElement(komentar.find(_q("commentList")), _q("comment"), ref=alamat, authorId="1")
    etree.SubElement(etree.SubElement(satu, _q("text")), _q("t")).text = "cek lagi dengan bidang"
    p.bagian[milik["comments"]] = _xml(komentar)
    vml = p.bagian[milik["vmlDrawing"]]
    bentuk = _bentuk(9000, baris - 1, spec.letak_kolom["realisasi_n2"] - 1).encode()
    p.bagian[milik["vmlDrawing"]] = vml.replace(b"</xml>", bentuk + b"</xml>")
    next(r for r in akar.iter(_q("row")) if int(r.get("r")) == baris + 1).set("hidden", "1")
    akar.find(_q("cols"))[0].set("width", "21.42578125")


def _nama_sendiri(p: _Perencana) -> None:
    """Names for the whole workbook and for one sheet."""
    buku = _urai(p.bagian[_buku(p.bagian)])
    daftar = buku.find(_q("definedNames"))
    sel = f"'{T_C_33.lembar}'!${_huruf(T_C_33, 'pagu_n')}${T_C_33.baris_pertama}"
    etree.SubElement(daftar, _q("definedName"), name="pagu_saya", comment="dipakai di rapat").text = sel
    lokal = str(list(p.lembar).index(T_C_33.lembar))
    etree.SubElement(daftar, _q("definedName"), name="batas", localSheetId=lokal).text = sel
    p.bagian[_buku(p.bagian)] = _xml(buku)


def _bagian_lepas(p: _Perencana) -> None:
    """A document property store, as SharePoint leaves it."""
    akar = f"{p.folder}/.."
    isi = p.bagian_baru("../customXml/item1.xml", '<catatan xmlns="urn:contoh:renja"><nomor>7</nomor></catatan>')
    sifat = p.bagian_baru(
        "../customXml/itemProps1.xml",
        '<ds:datastoreItem ds:itemID="{5E3A2C1B-0000-4000-8000-000000000007}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>',
        f"{_TIPE}.customXmlProperties+xml",
    )
    assert posixpath.normpath(akar) == "."
    p.hubungkan(isi, "customXmlProps", sifat)
    p.hubungkan(_buku(p.bagian), "customXml", isi)


def _makro(p: _Perencana) -> None:
    """Code, and a ribbon with a button that runs it."""
    kode = p.bagian_baru("vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    _daftarkan(p.bagian, kode, "application/vnd.ms-office.vbaProject")
    p.hubungkan(_buku(p.bagian), "http://schemas.microsoft.com/office/2006/relationships/vbaProject", kode)
    pita = p.bagian_baru(
        "../customUI/customUI14.xml",
        '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs><tab id="renja" '
        'label="Renja"><group id="g" label="Renja"><button id="b" label="Hitung" onAction="Hitung"/></group></tab>'
        "</tabs></ribbon></customUI>",
    )
    p.hubungkan("", "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", pita)
    p.bagian[TIPE_ISI] = p.bagian[TIPE_ISI].replace(
        f"{_TIPE_XL}.sheet.main+xml".encode(), b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )


# ── the catalogue ─────────────────────────────────────────────────────────────────────────────────────────────

RAGAM: Mapping[str, Ubah] = {
    "excel": seperti_excel,
    "wps": _tiap_lembar(_wps, _TULIS_WPS),
    "wps-tanpa-nilai": _tiap_lembar(_wps_tanpa_nilai, _tanpa_nilai_pun_ditulis),
    "openpyxl": simpan_openpyxl,
    "openpyxl-dengan-nilai": simpan_openpyxl_dengan_nilai,
    "libreoffice": simpan_libreoffice,
    "tanggal-1904": tanggal_1904,
    "rumus-bersama": _tiap_lembar(_rumus_bersama),
    "rumus-larik": _tiap_lembar(_rumus_larik),
    "teks-sebaris": teks_sebaris,
    "teks-kaya": teks_kaya,
    "teks-kaya-sebaris": lambda isi: _tiap_lembar(_kaya_sebaris)(teks_sebaris(isi)),
    "awalan-lembar": _tiap_lembar(_berawalan),
    "awalan-semua": berawalan_semua,
    "tanpa-alamat": _tiap_lembar(_tanpa_alamat),
    "utf-8-bom": _tiap_lembar(lambda _: None, _disandi("UTF-8", b"\xef\xbb\xbf")),
    "utf-16": _tiap_lembar(lambda _: None, _disandi("UTF-16LE", b"\xff\xfe")),
    "iso-8859-1": _tiap_lembar(lambda _: None, _disandi("ISO-8859-1")),
    "dirapikan": dirapikan,
    "komentar-xml": _tiap_lembar(_disisipi),
    "komentar-dalam-nilai": _tiap_lembar(_dibelah),
    "cdata": _tiap_lembar(_cdata),
    "acuan-karakter": _tiap_lembar(lambda _: None, _dengan_gaya(_Gaya(acuan={"v", "f", "t"}))),
    "sel-panjang": _tiap_lembar(lambda _: None, _dengan_gaya(_Gaya(pendek=False))),
    "sifat-terbalik": _tiap_lembar(lambda _: None, _dengan_gaya(_Gaya(balik=True))),
    "sifat-berbaris": _tiap_lembar(lambda _: None, _dengan_gaya(_Gaya(sela="\n\t"))),
    "sifat-lebih": _tiap_lembar(_sifat_lebih),
    "zip-excel": zip_excel,
    "zip-tanpa-mampat": _zip(metode=zipfile.ZIP_STORED),
    "zip-deskriptor": _zip(deskriptor=_TANDA, bendera=0x0800),
    "zip-deskriptor-tanpa-tanda": _zip(deskriptor=b""),
    "zip-64": _zip(lokal64=True),
    "zip-64-penuh": zip64_penuh,
    "zip-ekstra": zip_ekstra,
    "zip-komentar": zip_komentar,
    "zip-folder": zip_folder,
    "tipe-isi-terakhir": tipe_isi_terakhir,
    "target-mutlak": target_mutlak,
    "folder-excel": folder_excel,
    "nama-bagian-lain": nama_bagian_lain,
}
"""Ways of saving by name; the same workbook in all."""

TAMBAHAN: Mapping[str, Ubah] = {
    "tambahan": dengan_tambahan,
    "tambahan-makro": partial(dengan_tambahan, makro=True),
}
"""A planner's own work: our sheets read the same, and there is more."""

TANPA_NILAI = frozenset({"openpyxl", "wps-tanpa-nilai"})
"""Ways that drop the values of formulas."""

BEDA: Mapping[str, frozenset[str]] = {
    "openpyxl": frozenset({"nilai"}),
    "wps-tanpa-nilai": frozenset({"nilai"}),
    "rumus-larik": frozenset({"larik"}),
    "libreoffice": frozenset({"gaya", "ukuran", "validasi", "bersyarat", "lembar", "komentar", "digit"}),
}
"""What ``sama_isi`` may leave out, by way of saving."""


def akhiran(isi: bytes) -> str:
    """Suffix under which Excel opens a workbook."""
    with zipfile.ZipFile(BytesIO(isi)) as z:
        return ".xlsm" if b"macroEnabled" in z.read(TIPE_ISI) else ".xlsx"


# ── oracles ───────────────────────────────────────────────────────────────────────────────────────────────────


def sama_isi(a: bytes, b: bytes, abai: Collection[str] = ()) -> list[str]:
    """Differences between two workbooks as openpyxl sees them, one sentence each; empty where they say the same.

    Args:
        abai: aspects left out: ``isi`` (values and formulas, shared ones expanded), ``larik`` (whether a formula is an
            array), ``nilai`` (cached values), ``gaya``, ``komentar``, ``tautan``, ``gabungan``, ``validasi``,
            ``bersyarat``, ``tabel``, ``nama``, ``ukuran`` (widths, heights, hidden), ``lembar`` (order, panes,
            protection, print settings), ``objek`` (charts and pivot tables by number); and ``digit`` (cached numbers that agree
            to the digits that some programs keep).
    """
    satu, dua = _ringkas(a), _ringkas(b)
    kunci = [k for k in {**satu, **dua} if k[0] not in abai and satu.get(k) != dua.get(k)]
    if "digit" in abai:
        kunci = [k for k in kunci if not _hampir(satu.get(k), dua.get(k))]
    return [f"{k[0]} {k[1]}: {_beda(satu.get(k), dua.get(k))}" for k in kunci]


def _hampir(x: Hashable, y: Hashable) -> bool:
    return isinstance(x, float) and isinstance(y, float) and math.isclose(x, y, rel_tol=1e-13)


def _beda(x: Hashable, y: Hashable) -> str:
    """Both as far as they differ: of long ones only the members that do."""
    if isinstance(x, tuple) and isinstance(y, tuple) and len(x) == len(y):
        return ", ".join(_beda(a, b) for a, b in zip(x, y, strict=True) if a != b)
    return f"{x!r} → {y!r}"


@lru_cache(maxsize=12)
def _ringkas(isi: bytes) -> Mapping[tuple[str, str], Hashable]:
    """All that is compared, by aspect and place."""
    bagian = _buka(isi)
    lembar = _lembar(bagian)
    sidik = _sidik_lembar(bagian, lembar.values())
    baru = [n for n in lembar.values() if sidik[n] not in _TERINGKAS]
    paket = isi if len(baru) == len(lembar) else _tutup_tanpa(bagian, set(lembar.values()).difference(baru))
    wb = muat(paket)
    hasil: dict[tuple[str, str], Hashable] = {("lembar", "urutan"): tuple(wb.sheetnames)}
    for nama, dn in wb.defined_names.items():
        hasil["nama", nama] = (dn.attr_text.replace("'", ""), bool(dn.hidden))
    gaya = _pembaca_gaya()
    nilai = _tersimpan(paket, {n for n, berkas in lembar.items() if berkas in baru})
    for nama, berkas in lembar.items():
        if berkas in baru:
            _TERINGKAS[sidik[berkas]] = {(a, t): x for a, t, x in _ringkas_lembar(wb[nama], nilai[nama], gaya)}
        hasil |= {(a, f"{nama}!{t}"): x for (a, t), x in _TERINGKAS[sidik[berkas]].items()}
    for lewat in [*_TERINGKAS][:-_TERINGAT]:
        del _TERINGKAS[lewat]
    return hasil


_TERINGKAS: dict[bytes, Mapping[tuple[str, str], Hashable]] = {}
"""What sheets say by the bytes of all that they come from: of two workbooks that share most sheets, each is read once."""
_TERINGAT = 400


@lru_cache(maxsize=2)
def muat(isi: bytes) -> Any:
    """The workbook as openpyxl reads it; not to be changed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions, which openpyxl does not load
        return load_workbook(BytesIO(isi))


def _tersimpan(isi: bytes, lembar: Collection[str]) -> Mapping[str, Mapping[tuple[int, int], Any]]:
    """Saved values of some sheets by (row, column)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions, once their rows are read
        wb: Any = load_workbook(BytesIO(isi), data_only=True, read_only=True)
        hasil = {}
        for n in lembar:
            wb[n].reset_dimensions()  # what is said of them need not hold
            hasil[n] = {(c.row, c.column): c.value for deret in wb[n].iter_rows() for c in deret if c.value is not None}
    return hasil


_HITUNGAN = re.compile(rb"<calcPr\b[^>]*/>|<(?:Override|Relationship)\b[^>]*calcChain[^>]*/>")
"""What asks for a recalculation, and what names the chain of formulas: no sheet says anything else by it."""


def _sidik_lembar(bagian: Bagian, lembar: Collection[str]) -> dict[str, bytes]:
    """A digest of each sheet's part, its relationships, and every part that is not another sheet's."""
    milik = {n: {n, _berkas_relasi(n)} for n in lembar}
    sendiri = set().union(*milik.values())
    umum = sha256()
    for nama, isi in sorted(bagian.items()):
        if nama not in sendiri and not nama.endswith("calcChain.xml"):
            polos = _HITUNGAN.sub(b"", isi)
            umum.update(b"%s %d " % (nama.encode(), len(polos)) + polos)
    hasil = {}
    for nama, semua in milik.items():
        sidik = umum.copy()
        for n in sorted(semua & bagian.keys()):
            sidik.update(b"%s %d " % (n.encode(), len(bagian[n])) + bagian[n])
        hasil[nama] = sidik.digest()
    return hasil


def _tutup_tanpa(bagian: Bagian, lembar: Collection[str]) -> bytes:
    """The package with some sheets blank."""
    rels = {_berkas_relasi(n) for n in lembar}
    kosong = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
    return _tutup({n: kosong if n in lembar else isi for n, isi in bagian.items() if n not in rels}, zipfile.ZIP_STORED)


Catat = Iterator[tuple[str, str, Hashable]]


def _bernilai(v: Any) -> Hashable:
    """A value with its kind: 5 and 5.0 are the same number, and neither is the text or TRUE."""
    if isinstance(v, bool) or v is None:
        return v
    return float(v) if isinstance(v, (int, float)) else (type(v).__name__, str(v))


def _ringkas_lembar(ws: Any, nilai: Mapping[tuple[int, int], Any], gaya: Callable[[Any], Hashable]) -> Catat:
    for c in list(ws._cells.values()):
        if c.value is not None:
            rumus = c.value
            if isinstance(rumus, ArrayFormula):
                yield "larik", c.coordinate, rumus.ref
                rumus = f"={str(rumus.text).removeprefix('=')}"
            yield "isi", c.coordinate, (c.data_type == "f", _bernilai(rumus))
            if c.data_type == "f":
                yield "nilai", c.coordinate, _bernilai(nilai.get((c.row, c.column)))
        if c.has_style:
            yield "gaya", c.coordinate, gaya(c)
        if c.comment is not None:
            yield "komentar", c.coordinate, (str(c.comment.author), str(c.comment.text))
        if c.hyperlink is not None:
            yield "tautan", c.coordinate, (c.hyperlink.location, c.hyperlink.target)
    yield from (("gabungan", str(m), True) for m in ws.merged_cells.ranges)
    yield from _ringkas_aturan(ws)
    for t in ws.tables.values():
        yield "tabel", t.displayName, (t.name, t.ref, bool(t.totalsRowCount))
        for n, k in enumerate(t.tableColumns):
            rumus = k.calculatedColumnFormula
            yield "tabel", f"{t.displayName} kolom {n + 1}", (k.name, rumus.attr_text if rumus is not None else None)
    for nama, dn in ws.defined_names.items():
        yield "nama", nama, dn.attr_text.replace("'", "")
    yield "nama", "cetak", tuple(str(x or "").replace("'", "") for x in (ws.print_area, ws.print_title_rows))
    yield from _ringkas_ukuran(ws)
    yield "lembar", "keadaan", (ws.sheet_state, ws.freeze_panes, bool(ws.protection.sheet), ws.protection.formatRows)
    yield "lembar", "cetak", (ws.page_setup.orientation, ws.page_setup.paperSize, ws.oddFooter.center.text)
    yield "objek", "jumlah", (len(ws._charts), len(ws._pivots))


def _ringkas_aturan(ws: Any) -> Catat:
    for v in ws.data_validations.dataValidation:
        isi = (v.type, v.operator, v.formula1, v.formula2, v.prompt, v.promptTitle, v.error, v.errorTitle, v.errorStyle)
        bendera = tuple(bool(x) for x in (v.allowBlank, v.showDropDown, v.showInputMessage, v.showErrorMessage))
        yield "validasi", f"{v.sqref}", (*(x or "" for x in isi), *bendera)
    for m in ws.conditional_formatting:
        for r in m.rules:
            beda = None if r.dxf is None else (_padat(r.dxf.font), _padat(r.dxf.fill))
            yield "bersyarat", f"{m.sqref} {r.priority}", (r.type, r.operator, tuple(r.formula), r.stopIfTrue, beda)


def _ringkas_ukuran(ws: Any) -> Catat:
    yield "ukuran", "isi", ws.dimensions
    for huruf, d in ws.column_dimensions.items():
        for n in range(d.min or 0, (d.max or 0) + 1) if d.min else ():
            yield "ukuran", f"{get_column_letter(n)}", (round(d.width, 6), bool(d.hidden))
        if not d.min:
            yield "ukuran", huruf, (round(d.width, 6), bool(d.hidden))
    for r, d in ws.row_dimensions.items():
        if d.height is not None or d.hidden:
            yield "ukuran", str(r), (d.height, bool(d.hidden))


def _padat(x: Any) -> str:
    """An object of openpyxl in a few words."""
    return " ".join(re.sub(r"<openpyxl[^>]*>\s+Parameters:|\w+=None,?", "", repr(x)).split())


def _pembaca_gaya() -> Callable[[Any], Hashable]:
    """What a cell looks like, whatever number its format has in the file."""
    ingat: dict[tuple[int, ...], Hashable] = {}

    def baca(c: Any) -> Hashable:
        kunci = tuple(c._style)
        if kunci not in ingat:
            bagian = (c.font, c.fill, c.border, c.alignment, c.protection)
            ingat[kunci] = (c.number_format, *(_padat(x) for x in bagian))
        return ingat[kunci]

    return baca


KOMENTAR_ZIP = "(komentar zip)"
"""Stands for the remark at the end of an archive in the answer of ``bagian_sama``."""


def bagian_sama(a: bytes, b: bytes) -> set[str]:
    """Names of the entries that are not the same bytes: what is packed, header, directory record, or place among others.

    Offsets are left out: whatever follows a changed part moves.
    """
    satu, dua = _mentah(a), _mentah(b)
    beda = {n for n in satu.keys() | dua.keys() if satu.get(n) != dua.get(n)}
    x, y = ([n for n in d if n in satu and n in dua] for d in (satu, dua))
    pindah = set(x)
    for cocok in SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks():
        pindah -= set(x[cocok.a : cocok.a + cocok.size])
    return beda | pindah


def _mentah(isi: bytes) -> dict[str, tuple[Hashable, ...]]:
    """Every entry in the order of the directory: its bytes in the archive up to the next, and its record."""
    hasil: dict[str, tuple[Hashable, ...]] = {}
    with zipfile.ZipFile(BytesIO(isi)) as z:
        info = z.infolist()
        batas = sorted({i.header_offset for i in info} | {z.start_dir})
        for i in info:
            akhir = next(o for o in batas if o > i.header_offset)
            rekaman = (
                i.date_time, i.compress_type, i.comment, _tanpa_letak(i.extra), i.create_system, i.create_version,
                i.extract_version, i.flag_bits, i.internal_attr, i.external_attr, i.CRC, i.compress_size, i.file_size,
            )  # fmt: skip
            hasil[i.filename] = (isi[i.header_offset : akhir], *rekaman)
        if z.comment:
            hasil[KOMENTAR_ZIP] = (z.comment,)
    return hasil


def _tanpa_letak(ekstra: bytes) -> bytes:
    """Extra fields of a directory record without the zip64 one, which holds the offset."""
    hasil, n = b"", 0
    while n + 4 <= len(ekstra):
        jenis, panjang = struct.unpack_from("<HH", ekstra, n)
        if jenis != 1:
            hasil += ekstra[n : n + 4 + panjang]
        n += 4 + panjang
    return hasil
