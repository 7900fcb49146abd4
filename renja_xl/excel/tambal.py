"""Change a workbook in place: the parts that must change, and nothing else.

Untouched parts keep their packed bytes, names, order and metadata: they are copied, never packed again.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from posixpath import normpath
from xml.parsers.expat import ExpatError

from renja_xl.errors import TidakDapatDitambalError
from renja_xl.excel.lembar_xml import IsiSel, LembarXml
from renja_xl.excel.paket import KEPALA_LOKAL, Entri, Paket, keutf8, pastikan_xml

_PUSAT = struct.Struct("<4s4B4HL2L5H2L")
_AKHIR = struct.Struct("<4s4H2LH")
_PENUH = 0xFFFFFFFF
_DEFLASI, _TARAF = 8, 6


def tambal(
    paket: Paket, perubahan: Mapping[str, Mapping[tuple[int, int], IsiSel]], *, hitung_saat_buka: bool = False
) -> bytes:
    """The package with cells changed, by sheet name and (row, column).

    Args:
        hitung_saat_buka: whether Excel shall recompute everything when it opens the file, because formulas or charts
            that are not ours may show values that follow from the changed ones.

    Raises:
        TidakDapatDitambalError: a signed workbook, or a cell that cannot be changed alone.
    """
    ganti: dict[str, bytes] = {}
    rantai = False
    for nama, isi in perubahan.items():
        if not isi:
            continue
        bagian = paket.lembar[nama]
        lembar = LembarXml(paket.isi(bagian))
        rantai = rantai or any(bool(i.rumus) != (k in lembar.rumus) for k, i in isi.items() if i.rumus is not None)
        try:
            ganti[bagian] = lembar.ubah_sel(isi)
        except ValueError as galat:
            raise TidakDapatDitambalError(
                f"Lembar {nama} berisi rumus bersama yang tidak dapat diubah sendiri-sendiri; "
                "mohon buka dan simpan ulang buku ini di LibreOffice atau Excel, lalu ulangi."
            ) from galat
        try:
            pastikan_xml(ganti[bagian])
        except ExpatError as galat:  # cells within cells are well-formed, but cannot be told apart
            raise TidakDapatDitambalError(
                f"Lembar {nama} tersusun tidak wajar; mohon buka dan simpan ulang buku ini di Excel, lalu ulangi."
            ) from galat
    return susun_paket(paket, ganti, tanpa_rantai=rantai, hitung_saat_buka=hitung_saat_buka)


def susun_paket(
    paket: Paket, ganti: Mapping[str, bytes], *, tanpa_rantai: bool = False, hitung_saat_buka: bool = False
) -> bytes:
    """The package with some parts replaced.

    Args:
        tanpa_rantai: whether formula cells came or went, so that the calculation chain no longer fits and is dropped.
    """
    if ganti and paket.bertanda_tangan:
        raise TidakDapatDitambalError(
            f"{paket.path} bertanda tangan digital, dan perubahan apa pun membatalkannya; mohon hapus tanda tangannya di "
            "Excel (Berkas > Info), atau kerjakan salinan tanpa tanda tangan."
        )
    baru = dict(ganti)
    buang: set[str] = set()
    if tanpa_rantai:
        buang = _lepas_rantai(paket, baru)
    if hitung_saat_buka and ganti:
        baru[paket.buku] = _hitung_saat_buka(baru.get(paket.buku) or paket.isi(paket.buku))
    return rakit(paket, baru, buang) if baru else paket.data


def _lepas_rantai(paket: Paket, baru: dict[str, bytes]) -> set[str]:
    """Take calcChain out: the part, its content type and its relationship. Excel makes a new one."""
    rantai = {target for target, jenis, _ in paket.relasi(paket.buku) if jenis.endswith("/calcChain")} & set(
        paket.entri
    )
    if not rantai:
        return set()
    folder, nama = str(PurePosixPath(paket.buku).parent), PurePosixPath(paket.buku).name
    rels, jenis_isi = normpath(f"{folder}/_rels/{nama}.rels"), "[Content_Types].xml"
    baru[rels] = _tanpa_unsur(paket.isi(rels), rb"Relationship", rb"""\bType\s*=\s*["'][^"']*/calcChain["']""")
    for bagian in rantai:
        pola = rb"""\bPartName\s*=\s*["']/?%s["']""" % re.escape(bagian.encode())
        baru[jenis_isi] = _tanpa_unsur(baru.get(jenis_isi) or paket.isi(jenis_isi), rb"Override", pola)
    return rantai


def _tanpa_unsur(isi: bytes, nama: bytes, syarat: bytes) -> bytes:
    xml, kodek = keutf8(isi)
    baru = re.sub(
        rb"<(?:[\w.-]+:)?%s\s(?=[^>]*%s)[^>]*?(?:/>|>\s*</(?:[\w.-]+:)?%s\s*>)" % (nama, syarat, nama), b"", xml
    )
    return baru if kodek is None else baru.decode().encode(kodek)


def _hitung_saat_buka(xml: bytes) -> bytes:
    """workbook.xml that asks Excel to recompute everything on opening."""
    polos, kodek = keutf8(xml)
    baru = _dengan_hitung_penuh(polos)
    return baru if kodek is None else baru.decode().encode(kodek)


def _dengan_hitung_penuh(xml: bytes) -> bytes:
    m = re.search(rb"<(?:[\w.-]+:)?calcPr(?=[\s/>])[^>]*?(?=/?>)", xml)
    if m:
        lama = re.sub(rb"""\s+fullCalcOnLoad\s*=\s*["'][^"']*["']""", b"", m[0].rstrip())
        return xml[: m.start()] + lama + b' fullCalcOnLoad="1"' + xml[m.end() :]
    akar = re.search(rb"<([\w.-]+:)?workbook[\s>]", xml)
    p = (akar and akar[1]) or b""
    # the schema wants calcPr after definedNames, externalReferences, functionGroups or, without these, sheets
    sesudah = max(
        (m.end() for n in (b"sheets", b"functionGroups", b"externalReferences", b"definedNames")
         for m in re.finditer(rb"</%s%s\s*>|<%s%s(?:\s[^>]*)?/>" % (p, n, p, n), xml)),
    )  # fmt: skip
    return xml[:sesudah] + b'<%scalcPr fullCalcOnLoad="1"/>' % p + xml[sesudah:]


# ── the container ─────────────────────────────────────────────────────────────────────────────────────────────


def rakit(paket: Paket, ganti: Mapping[str, bytes], buang: Collection[str] = ()) -> bytes:
    """The zip with parts replaced, dropped or (under a new name) added at the end; all else copied byte by byte."""
    data = paket.data
    urut = sorted(paket.entri.items(), key=lambda p: p[1].info.header_offset)
    batas = [e.info.header_offset for _, e in urut[1:]] + [paket.awal_daftar]
    keluaran = [data[: urut[0][1].info.header_offset] if urut else b""]
    letak: dict[str, int] = {}
    ukuran: dict[str, tuple[int, int, int]] = {}
    kini = len(keluaran[0])
    for (nama, e), akhir in zip(urut, batas, strict=True):
        if nama in buang:
            continue
        letak[nama] = kini
        if nama in ganti:
            mentah, ukuran[nama] = _kemas(ganti[nama], e.info.compress_type)
            potong = _kepala_lokal(data, e, ukuran[nama]) + mentah
        else:
            potong = data[e.info.header_offset : akhir]
        keluaran.append(potong)
        kini += len(potong)
    daftar = _daftar(paket, letak, ukuran, buang)
    tambahan = {n: isi for n, isi in ganti.items() if n not in paket.entri}
    for nama, isi in tambahan.items():
        mentah, (crc, kecil, besar) = _kemas(isi, _DEFLASI)
        b = nama.encode()
        sama = (0x800 if not nama.isascii() else 0, _DEFLASI, 0, 0x21, crc, kecil, besar, len(b), 0)
        potong = KEPALA_LOKAL.pack(b"PK\3\4", 20, *sama) + b + mentah
        daftar.append(_PUSAT.pack(b"PK\1\2", 20, 0, 20, 0, *sama, 0, 0, 0, 0, kini) + b)
        keluaran.append(potong)
        kini += len(potong)
    isi_daftar = b"".join(daftar)
    ekor = data[_letak_akhir(data) :]
    komentar = ekor[_AKHIR.size :]  # whatever stands after the end record goes along
    panjang_komentar = _AKHIR.unpack(ekor[: _AKHIR.size])[7]
    penutup = _AKHIR.pack(b"PK\5\6", 0, 0, len(daftar), len(daftar), len(isi_daftar), kini, panjang_komentar)
    return b"".join([*keluaran, isi_daftar, penutup, komentar])


def _letak_akhir(data: bytes) -> int:
    """Place of the end record, as zipfile finds it: without a comment at the very end, else the last one."""
    if data[-_AKHIR.size :].startswith(b"PK\5\6") and data.endswith(b"\0\0"):
        return len(data) - _AKHIR.size
    return data.rfind(b"PK\5\6")


def _kemas(isi: bytes, cara: int) -> tuple[bytes, tuple[int, int, int]]:
    """Packed bytes; checksum, packed and unpacked size."""
    if cara == _DEFLASI:
        pemadat = zlib.compressobj(_TARAF, zlib.DEFLATED, -15)
        mentah = pemadat.compress(isi) + pemadat.flush()
    else:
        mentah = isi
    return mentah, (zlib.crc32(isi), len(mentah), len(isi))


def _tanpa_zip64(ekstra: bytes) -> bytes:
    """Extra fields without the one of 64-bit sizes, which no longer hold."""
    hasil, n = b"", 0
    while n + 4 <= len(ekstra):
        jenis, panjang = struct.unpack_from("<2H", ekstra, n)
        if jenis != 1:
            hasil += ekstra[n : n + 4 + panjang]
        n += 4 + panjang
    return hasil + ekstra[n:]


def _kepala_lokal(data: bytes, e: Entri, ukuran: tuple[int, int, int]) -> bytes:
    """A part's local header with new sizes: no data descriptor follows, the rest as it was."""
    awal = e.info.header_offset
    tanda, versi, bendera, cara, jam, tanggal, _, _, _, n_nama, n_ekstra = KEPALA_LOKAL.unpack_from(data, awal)
    nama = data[awal + 30 : awal + 30 + n_nama]
    ekstra = _tanpa_zip64(data[awal + 30 + n_nama : awal + 30 + n_nama + n_ekstra])
    return (
        KEPALA_LOKAL.pack(tanda, versi, bendera & ~8, cara, jam, tanggal, *ukuran, n_nama, len(ekstra)) + nama + ekstra
    )


def _daftar(
    paket: Paket, letak: Mapping[str, int], ukuran: Mapping[str, tuple[int, int, int]], buang: Collection[str]
) -> list[bytes]:
    """Records of the central directory in their order, with new places."""
    data, n = paket.data, paket.awal_daftar
    hasil = []
    for nama in paket.entri:  # in the order of the directory
        medan = list(_PUSAT.unpack_from(data, n))
        n_nama, n_ekstra, n_komentar = medan[12:15]
        b = data[n + 46 : n + 46 + n_nama]
        ekstra = data[n + 46 + n_nama : n + 46 + n_nama + n_ekstra]
        komentar = data[n + 46 + n_nama + n_ekstra : n + 46 + n_nama + n_ekstra + n_komentar]
        n += 46 + n_nama + n_ekstra + n_komentar
        if nama in buang:
            continue
        if nama in ukuran:
            medan[5] &= ~8
            medan[9:12] = ukuran[nama]
            ekstra = _tanpa_zip64(ekstra)
            medan[18] = letak[nama]
        elif medan[18] == _PENUH:
            ekstra = _letak_zip64(ekstra, medan[10:12].count(_PENUH), letak[nama])
        else:
            medan[18] = letak[nama]
        medan[13] = len(ekstra)
        hasil.append(_PUSAT.pack(*medan) + b + ekstra + komentar)
    return hasil


def _letak_zip64(ekstra: bytes, ukuran_lebih_dulu: int, letak: int) -> bytes:
    """The 64-bit extra field with a new place; sizes that were moved there stand before it."""
    n = 0
    while n + 4 <= len(ekstra):
        jenis, panjang = struct.unpack_from("<2H", ekstra, n)
        if jenis == 1:
            di = n + 4 + 8 * ukuran_lebih_dulu
            return ekstra[:di] + struct.pack("<Q", letak) + ekstra[di + 8 :]
        n += 4 + panjang
    return ekstra
