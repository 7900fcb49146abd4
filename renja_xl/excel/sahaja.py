"""Worksheets that the fast reader (calamine) would misread, put into plain words first; and what would bring it down.

Comments and CDATA inside a cell's text, character references in numbers, and encodings other than UTF-8 are legal XML
that it drops silently. A sheet's farthest cell decides its memory, so it is looked at before.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.etree import ElementTree

from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import BATAS_TEKS
from renja_xl.excel.lembar_xml import LembarXml
from renja_xl.excel.paket import Paket, kodek
from renja_xl.excel.tambal import rakit

BATAS_BARIS, BATAS_KOLOM = 1_048_576, 16_384
BATAS_LUAS = 6_000_000
"""Cells of the rectangle from A1 to a sheet's farthest cell: what the reader keeps in memory."""
BATAS_SEL = 4_000_000
"""Cells of all our sheets together; a plan of 100,000 rows has about 3 million."""
BATAS_TEKS_TOTAL = 192 * 1024 * 1024
"""Bytes of all texts that cells show, repeated ones counted as often as they are shown."""
_BATAS_SUSUN_ULANG = 32 * 1024 * 1024
_BATAS_BUTIR = 8 * 1024 * 1024  # one text with the markup of its runs

SIMPAN_ULANG = "mohon buka dan simpan ulang sebagai .xlsx di Excel, atau minta salinannya lagi"
_PENUTUP_BUTIR = re.compile(rb"</(?:[\w.-]+:)?si\s*>")
_NOMOR_TEKS = re.compile(rb"""<(?:[\w.-]+:)?c\s[^>]*?\bt\s*=\s*["']s["'][^>]*>\s*<(?:[\w.-]+:)?v[^>]*>\s*(\d+)""")


def siapkan(paket: Paket, lembar: Collection[str]) -> tuple[bytes, dict[str, LembarXml]]:
    """The package for the reader, and the sheets as they are: checked, and for the reader in plain words.

    Raises:
        BukuTidakTerbacaError: a sheet or text too large to read.
    """
    ganti: dict[str, bytes] = {}
    hasil: dict[str, LembarXml] = {}
    jumlah = jumlah_teks = 0
    for nama in lembar:
        bagian = paket.lembar[nama]
        try:
            x = hasil[nama] = LembarXml(paket.isi_xml(bagian))
            jumlah += _pastikan_ukuran(paket, nama, x)
            jumlah_teks += x.xml.count(b'"s"') + x.xml.count(b"'s'")
            if not x.bersahaja:
                ganti[bagian] = _ulang(paket.isi(bagian))
        except (ValueError, ElementTree.ParseError, RecursionError, LookupError, OverflowError) as galat:
            raise paket.galat(f"rusak di lembar {nama}; {SIMPAN_ULANG}") from galat
    if jumlah > BATAS_SEL:
        raise paket.galat(
            f"memuat {jumlah} sel, lebih dari {BATAS_SEL}; mohon hapus baris atau kolom kosong, lalu simpan ulang"
        )
    _pastikan_teks(paket, lembar, jumlah_teks)
    for bagian in paket.entri:
        if bagian.endswith((".xml", ".rels")) and bagian not in ganti and kodek(paket.isi(bagian)) != "utf-8":
            try:
                ganti[bagian] = _ulang(paket.isi(bagian))
            except (ElementTree.ParseError, RecursionError, ValueError, LookupError) as galat:
                raise paket.galat(f"rusak di dalamnya; {SIMPAN_ULANG}") from galat
    return rakit(paket, ganti) if ganti else paket.data, hasil


def _ulang(isi: bytes) -> bytes:
    """A part written anew: UTF-8, no comments, no CDATA, no references."""
    if len(isi) > _BATAS_SUSUN_ULANG:
        raise ValueError("size")
    return bytes(ElementTree.tostring(ElementTree.fromstring(isi), encoding="utf-8"))


def _pastikan_ukuran(paket: Paket, nama: str, x: LembarXml) -> int:
    baris, kolom, jumlah = x.ukuran
    if baris > BATAS_BARIS or kolom > BATAS_KOLOM or baris * kolom > BATAS_LUAS:
        raise paket.galat(
            f"lembar {nama} terisi sampai {huruf_kolom(min(kolom, 10**6))}{baris}, jauh melewati tabelnya; "
            "mohon hapus baris dan kolom di luar tabel, lalu simpan ulang"
        )
    if len(x.xml) > _BATAS_BUTIR and max(map(len, x.xml.split(b"</"))) > _BATAS_BUTIR:
        raise paket.galat(f"lembar {nama} memuat teks lebih panjang dari {BATAS_TEKS} huruf; mohon pendekkan")
    return jumlah


def _pastikan_teks(paket: Paket, lembar: Collection[str], jumlah: int) -> None:
    """Refuse shared texts that no cell can hold, or that would fill the memory where cells repeat them.

    Raises:
        BukuTidakTerbacaError: says which of the two.
    """
    bagian = paket.teks_bersama()
    if bagian is None or bagian not in paket:
        return
    isi = paket.isi(bagian)
    dijanjikan = re.search(rb"""<(?:[\w.-]+:)?sst\s[^>]*?\buniqueCount\s*=\s*["'](\d+)""", isi)
    if dijanjikan and int(dijanjikan[1][:20]) > len(isi):  # readers reserve as much as it says
        raise paket.galat(f"menyebut {dijanjikan[1][:20].decode()} teks yang tidak ada; {SIMPAN_ULANG}")
    panjang = [len(b) for b in _PENUTUP_BUTIR.split(isi)]
    if max(panjang) > _BATAS_BUTIR:
        raise paket.galat(
            f"memuat teks lebih panjang dari {BATAS_TEKS} huruf, yang tidak muat dalam satu sel; mohon periksa asalnya"
        )
    if max(panjang) * jumlah <= BATAS_TEKS_TOTAL:
        return
    nomor = (int(m) for nama in lembar for m in _NOMOR_TEKS.findall(paket.isi(paket.lembar[nama])))
    if sum(panjang[n] for n in nomor if n < len(panjang)) > BATAS_TEKS_TOTAL:
        raise paket.galat("memuat teks sangat panjang yang diulang-ulang; mohon periksa asalnya")
