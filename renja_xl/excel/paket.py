"""The zip package of a workbook: is it one, and which of its cells hold formulas."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from renja_xl.errors import BukuTidakTerbacaError, sebab

BATAS_UKURAN = 512 * 1024 * 1024
"""Inflated bytes of a package that we are willing to read."""

BATAS_PART = 10_000

_SEL_RUMUS = re.compile(
    r'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:\w+:)?f\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?f>)',
    re.DOTALL,
)
_ID_BERSAMA = re.compile(r'\bsi="(\d+)"')


def nomor_kolom(huruf: str) -> int:
    """1-based column number: A → 1."""
    nomor = 0
    for ch in huruf:
        nomor = nomor * 26 + ord(ch) - 64
    return nomor


def pastikan_buku(path: Path) -> None:
    """Refuse what is no workbook that we can read, before a parser sees it.

    Raises:
        BukuTidakTerbacaError: not there, not a zip, encrypted, too large, or a zip without a workbook.
    """
    if not path.exists():
        raise BukuTidakTerbacaError(f"Berkas {path} tidak ditemukan; mohon periksa nama dan letaknya.")
    if path.is_dir():
        raise BukuTidakTerbacaError(f"{path} adalah folder, bukan buku kerja; mohon tunjuk berkas .xlsx.")
    try:
        with path.open("rb") as f:
            awal = f.read(8)
    except OSError as galat:
        raise BukuTidakTerbacaError(
            f"Berkas {path} tidak dapat dibaca ({sebab(galat)}); mohon periksa izinnya."
        ) from galat
    if not awal:
        raise BukuTidakTerbacaError(f"Berkas {path} kosong (0 byte); mohon minta salinannya lagi.")
    if awal.startswith(b"\xd0\xcf\x11\xe0"):
        raise BukuTidakTerbacaError(
            f"Berkas {path} berformat Excel lama (.xls) atau berkata sandi; mohon simpan sebagai .xlsx tanpa kata sandi."
        )
    try:
        with zipfile.ZipFile(path) as z:
            info = z.infolist()
            if len(info) > BATAS_PART or sum(i.file_size for i in info) > BATAS_UKURAN:
                raise BukuTidakTerbacaError(
                    f"Berkas {path} terlalu besar bila dibuka; mohon periksa asalnya, lalu simpan ulang dari Excel."
                )
            if not any(PurePosixPath(i.filename).name == "workbook.xml" for i in info):
                raise BukuTidakTerbacaError(
                    f"Berkas {path} adalah arsip zip, bukan buku kerja Excel; mohon tunjuk berkas .xlsx."
                )
    except (zipfile.BadZipFile, OSError, NotImplementedError) as galat:
        raise BukuTidakTerbacaError(
            f"Berkas {path} bukan buku kerja Excel atau rusak; mohon buka dan simpan ulang sebagai .xlsx."
        ) from galat


def ubah_lembar(paket: bytes, ubah: Callable[[str, str], str]) -> bytes:
    """The package with each worksheet part passed through a function (part name, XML); order and dates stay."""
    keluaran = BytesIO()
    with zipfile.ZipFile(BytesIO(paket)) as asal, zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as z:
        for info in asal.infolist():
            isi = asal.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                isi = ubah(info.filename, isi.decode("utf-8")).encode("utf-8")
            z.writestr(info, isi)
    return keluaran.getvalue()


def rumus_per_lembar(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Formula texts of every sheet by (row, column), 1-based. Shared formulas give the text of their first cell."""
    try:
        with zipfile.ZipFile(path) as z:
            hasil = {}
            for nama, bagian in _lembar(z).items():
                hasil[nama] = _rumus(z.read(bagian).decode("utf-8", "replace"))
            return hasil
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError) as galat:
        raise BukuTidakTerbacaError(
            f"Berkas {path} rusak di dalamnya; mohon buka dan simpan ulang sebagai .xlsx."
        ) from galat


def _lembar(z: zipfile.ZipFile) -> Mapping[str, str]:
    """Sheet name → part name."""
    buku = next(n for n in z.namelist() if PurePosixPath(n).name == "workbook.xml")
    folder = PurePosixPath(buku).parent
    tujuan = {}
    for rel in ElementTree.fromstring(z.read(f"{folder}/_rels/workbook.xml.rels")):
        target = rel.get("Target", "")
        tujuan[rel.get("Id", "")] = target.lstrip("/") if target.startswith("/") else str(folder / target)
    hasil = {}
    for unsur in ElementTree.fromstring(z.read(buku)).iter():
        if unsur.tag.rpartition("}")[2] == "sheet":
            rid = next((v for k, v in unsur.attrib.items() if k.rpartition("}")[2] == "id"), "")
            bagian = tujuan.get(rid, "")
            if bagian in z.NameToInfo:
                hasil[unsur.get("name", "")] = bagian
    return hasil


def _rumus(xml: str) -> dict[tuple[int, int], str]:
    bersama: dict[str, str] = {}
    hasil = {}
    for huruf, baris, sifat, isi in _SEL_RUMUS.findall(xml):
        teks = unescape(isi)
        si = _ID_BERSAMA.search(sifat)
        if si:
            teks = bersama.setdefault(si[1], teks) if teks else bersama.get(si[1], "")
        hasil[int(baris), nomor_kolom(huruf)] = teks
    return hasil
