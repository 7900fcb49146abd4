"""The zip package of a workbook, checked before any parser sees it.

A workbook from outside is hostile until read. What would bring a parser down is refused here by size and shape alone:
parts that inflate to more than they say, entities, sheets whose farthest cell alone would fill the memory. Macros and
external links are bytes like any other.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath
from posixpath import normpath
from xml.parsers import expat

from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.kenali import baca_berkas, pastikan_akhiran

BATAS_PART = 10_000
BATAS_MEKAR = 256 * 1024 * 1024
"""Inflated bytes of all XML parts together: a plan of 100,000 rows has about 160 MB."""
BATAS_RASIO, KELONGGARAN_RASIO = 400, 8 * 1024 * 1024
"""Inflated size over packed size; parts that inflate to less than the grace are never suspect (honest styles pack well)."""
BATAS_KERANGKA = 16 * 1024 * 1024
"""Bytes of the parts that tell how the package hangs together (workbook, relationships, tables)."""
BATAS_KEDALAMAN = 64
"""Nesting of elements in those parts; real ones have fewer than ten."""
BATAS_UNSUR = 300_000
"""Elements in one of those parts."""

_SIMPAN = 4 * 1024 * 1024  # larger parts are inflated anew when asked for again, to save memory
KEPALA_LOKAL = struct.Struct("<4s5H3I2H")
_RUSAK = "rusak di dalamnya; mohon buka dan simpan ulang sebagai .xlsx di Excel, atau minta salinannya lagi"


class _TidakAmanError(Exception):
    """Why a part is not read, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Unsur:
    """The start of an XML element: its local name and attributes by local name."""

    nama: str
    atribut: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entri:
    """One part of the package as it lies in the file."""

    info: zipfile.ZipInfo
    awal: int
    """Where its packed bytes begin."""


class Paket:
    """An opened workbook package. All bytes stay as they were read."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path, self.data = path, data
        self._isi: dict[str, bytes] = {}
        self._diperiksa: set[str] = set()
        self._relasi_bagian: dict[str, list[tuple[str, str, str]]] = {}
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            OSError,
            ValueError,
            struct.error,
            UnicodeDecodeError,
        ) as galat:
            raise self.galat("terpotong atau rusak; mohon minta salinannya lagi") from galat
        self.entri = self._periksa_entri()

    def galat(self, alasan: str) -> BukuTidakTerbacaError:
        """An error that names the file."""
        return BukuTidakTerbacaError(f"Berkas {self.path} {alasan}.")

    # ── the container ─────────────────────────────────────────────────────────────────────────────────────────

    def _periksa_entri(self) -> dict[str, Entri]:
        info = self._zip.infolist()
        if len(info) > BATAS_PART:
            raise self.galat(f"memuat {len(info)} bagian, jauh lebih banyak daripada buku kerja; mohon periksa asalnya")
        hasil: dict[str, Entri] = {}
        dipakai: set[str] = set()
        for i in info:
            nama = i.filename.replace("\\", "/")
            if i.flag_bits & 0x41:
                raise self.galat("adalah zip berkata sandi; mohon minta buku kerja tanpa kata sandi")
            if i.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise self.galat(
                    "dipadatkan dengan cara yang tidak dikenal Excel; mohon buka dan simpan ulang di Excel"
                )
            if nama.startswith("/") or ".." in nama.split("/") or ":" in nama or "\0" in nama:
                raise self.galat(f"memuat nama bagian yang tidak wajar ({nama[:60]!r}); mohon periksa asalnya")
            if nama.casefold() in dipakai:
                raise self.galat(f"memuat dua bagian bernama sama ({nama[:60]}); mohon buka dan simpan ulang di Excel")
            dipakai.add(nama.casefold())
            if "\0" in i.orig_filename:
                raise self.galat("memuat nama bagian yang tidak wajar; mohon periksa asalnya")
            hasil[nama] = Entri(i, self._awal(i))
        self._pastikan_tak_tumpang_tindih(hasil)
        mekar = sum(i.file_size for n, i in ((n, e.info) for n, e in hasil.items()) if _xml(n))
        if mekar > BATAS_MEKAR:
            raise self.galat(
                f"menjadi {mekar // 2**20} MB bila dibuka, padahal batasnya {BATAS_MEKAR // 2**20} MB; "
                "mohon periksa asalnya, atau hapus lembar yang tidak diperlukan"
            )
        for nama, e in hasil.items():
            besar = e.info.file_size > KELONGGARAN_RASIO
            if _xml(nama) and besar and e.info.file_size > BATAS_RASIO * e.info.compress_size:
                raise self.galat(f"memuat bagian yang mekar tidak wajar ({nama[:60]}); mohon periksa asalnya")
        return hasil

    def _awal(self, i: zipfile.ZipInfo) -> int:
        kepala = self.data[i.header_offset : i.header_offset + 30]
        if len(kepala) < 30 or not kepala.startswith(b"PK\3\4"):
            raise self.galat(_RUSAK)
        panjang_nama, panjang_ekstra = KEPALA_LOKAL.unpack(kepala)[-2:]
        nama = self.data[i.header_offset + 30 : i.header_offset + 30 + panjang_nama]
        if nama != i.orig_filename.encode("utf-8" if i.flag_bits & 0x800 else "cp437"):
            raise self.galat(_RUSAK)  # two names for one part: readers would disagree
        awal: int = i.header_offset + 30 + panjang_nama + panjang_ekstra
        if awal + i.compress_size > len(self.data):
            raise self.galat("terpotong; mohon minta salinannya lagi")
        return awal

    def _pastikan_tak_tumpang_tindih(self, entri: Mapping[str, Entri]) -> None:
        akhir = 0
        for e in sorted(entri.values(), key=lambda e: e.info.header_offset):
            if e.info.header_offset < akhir:
                raise self.galat("memuat bagian yang saling menimpa; mohon periksa asalnya")
            akhir = e.awal + e.info.compress_size

    @property
    def awal_daftar(self) -> int:
        """Where the central directory begins."""
        return self._zip.start_dir

    # ── parts ─────────────────────────────────────────────────────────────────────────────────────────────────

    def __contains__(self, nama: str) -> bool:
        return nama in self.entri

    def isi(self, nama: str) -> bytes:
        """A part, inflated; exactly as large as the package says, and whole.

        Raises:
            BukuTidakTerbacaError: missing, damaged, or larger than it says.
        """
        tersimpan = self._isi.get(nama)
        if tersimpan is not None:
            return tersimpan
        e = self.entri.get(nama)
        if e is None:
            raise self.galat(f"tidak lengkap (bagian {nama[:60]} tidak ada); mohon minta salinannya lagi")
        mentah = self.data[e.awal : e.awal + e.info.compress_size]
        if e.info.compress_type == zipfile.ZIP_DEFLATED:
            pemekar = zlib.decompressobj(-15)
            try:
                isi = pemekar.decompress(mentah, e.info.file_size + 1)
            except zlib.error as galat:
                raise self.galat(_RUSAK) from galat
            utuh = pemekar.eof and len(isi) == e.info.file_size
        else:
            isi, utuh = mentah, len(mentah) == e.info.file_size
        if not utuh or zlib.crc32(isi) != e.info.CRC:
            raise self.galat(_RUSAK)
        if len(isi) <= _SIMPAN:
            self._isi[nama] = isi
        return isi

    def isi_xml(self, nama: str) -> bytes:
        """An XML part: whole, well-formed, without entities.

        Raises:
            BukuTidakTerbacaError: names the part.
        """
        isi = self.isi(nama)
        if nama not in self._diperiksa:
            try:
                pastikan_xml(isi)
            except _TidakAmanError as galat:
                raise self.galat(f"memuat {galat} di {nama[:60]}; mohon periksa asalnya") from galat
            except (expat.ExpatError, ValueError, LookupError) as galat:
                raise self.galat(_RUSAK) from galat
            self._diperiksa.add(nama)
        return isi

    def unsur(self, nama: str) -> list[Unsur]:
        """The elements of a small part, in document order.

        Raises:
            BukuTidakTerbacaError: no well-formed XML, too large, or nested too deep.
        """
        isi = self.isi(nama)
        if len(isi) > BATAS_KERANGKA:
            raise self.galat(f"memuat kerangka buku yang terlalu besar ({nama[:60]}); mohon periksa asalnya")
        try:
            return unsur_xml(isi)
        except _TidakAmanError as galat:
            raise self.galat(f"memuat {galat} di {nama[:60]}; mohon periksa asalnya") from galat
        except (expat.ExpatError, ValueError, LookupError) as galat:
            raise self.galat(_RUSAK) from galat

    # ── how the parts hang together ───────────────────────────────────────────────────────────────────────────

    @cached_property
    def buku(self) -> str:
        """Name of the workbook part.

        Raises:
            BukuTidakTerbacaError: none, or of another kind of document, with advice.
        """
        akar = self._huruf.get("_rels/.rels", "_rels/.rels")
        if akar in self:
            for target, jenis, _ in self._relasi(akar, ""):
                if jenis.endswith("/officeDocument"):
                    return self._pastikan_buku(target)
        calon = next((n for n in self.entri if PurePosixPath(n).name == "workbook.xml"), None)
        return self._pastikan_buku(calon or "")

    def _pastikan_buku(self, bagian: str) -> str:
        if bagian in self and not bagian.lower().endswith(".bin"):
            if any(PurePosixPath(bagian).name.startswith(x) for x in ("document", "presentation")):
                raise self.galat("adalah dokumen Word atau PowerPoint, bukan buku kerja; mohon tunjuk berkas .xlsx")
            return bagian
        if "mimetype" in self or "content.xml" in self:
            raise self.galat("berformat OpenDocument (.ods); mohon simpan sebagai Buku Kerja Excel (.xlsx)")
        if bagian.lower().endswith(".bin") or any(n.lower().endswith("workbook.bin") for n in self.entri):
            raise self.galat("berformat Excel biner (.xlsb); mohon simpan sebagai Buku Kerja Excel (.xlsx)")
        if any(n.startswith(("word/", "ppt/")) for n in self.entri):
            raise self.galat("adalah dokumen Word atau PowerPoint, bukan buku kerja; mohon tunjuk berkas .xlsx")
        if "[Content_Types].xml" in self:
            raise self.galat(_RUSAK)
        raise self.galat("adalah arsip zip, bukan buku kerja Excel; mohon tunjuk berkas .xlsx")

    def _relasi(self, bagian: str, folder: str) -> Iterator[tuple[str, str, str]]:
        """Target part, type and id of the internal relationships in a part."""
        for u in self.unsur(bagian):
            if u.nama == "Relationship" and u.atribut.get("TargetMode") != "External":
                target = u.atribut.get("Target", "")
                penuh = target if target.startswith("/") else f"{folder}/{target}"
                bagian = normpath(penuh).lstrip("/")
                bagian = self._huruf.get(bagian.casefold(), bagian)
                yield bagian, u.atribut.get("Type", ""), u.atribut.get("Id", "")

    @cached_property
    def _huruf(self) -> Mapping[str, str]:
        """Part names as they are spelled: they compare without regard to case."""
        return {n.casefold(): n for n in self.entri}

    def relasi(self, bagian: str) -> list[tuple[str, str, str]]:
        """Target part, type and id of a part's internal relationships."""
        if bagian not in self._relasi_bagian:
            self._relasi_bagian[bagian] = self._baca_relasi(bagian)
        return self._relasi_bagian[bagian]

    def _baca_relasi(self, bagian: str) -> list[tuple[str, str, str]]:
        folder, nama = str(PurePosixPath(bagian).parent), PurePosixPath(bagian).name
        rels = normpath(f"{folder}/_rels/{nama}.rels")
        rels = self._huruf.get(rels.casefold(), rels)
        return list(self._relasi(rels, "" if folder == "." else folder)) if rels in self else []

    @cached_property
    def lembar(self) -> Mapping[str, str]:
        """Sheet name → part name, in the order of the tabs.

        Raises:
            BukuTidakTerbacaError: two sheets of one name, or on one part.
        """
        tujuan = {rid: target for target, _, rid in self.relasi(self.buku)}
        hasil: dict[str, str] = {}
        nama_kecil: set[str] = set()
        terpakai: set[str] = set()
        for u in self.unsur(self.buku):
            bagian = tujuan.get(u.atribut.get("id", ""), "")
            if u.nama != "sheet" or bagian not in self:
                continue
            nama = u.atribut.get("name", "")
            if nama.casefold() in nama_kecil or bagian in terpakai:
                raise self.galat(f"memuat lembar kembar ({nama}); mohon buka dan simpan ulang di Excel")
            hasil[nama] = bagian
            nama_kecil.add(nama.casefold())
            terpakai.add(bagian)
        return hasil

    @cached_property
    def bertanda_tangan(self) -> bool:
        """Whether the package carries a digital signature, which any change would break."""
        return any(n.startswith("_xmlsignatures/") for n in self.entri)

    def teks_bersama(self) -> str | None:
        """Name of the shared strings part."""
        return next((t for t, jenis, _ in self.relasi(self.buku) if jenis.endswith("/sharedStrings")), None)


def buka(path: Path) -> Paket:
    """Open a workbook package and check it.

    Raises:
        BukuTidakTerbacaError: what the file is or what is wrong with it, and what to do.
    """
    paket = Paket(path, baca_berkas(path))
    bagian = paket.buku
    pastikan_akhiran(path)
    for nama in {"[Content_Types].xml"} & set(paket.entri):
        paket.isi_xml(nama)
    for target, jenis, _ in paket.relasi(bagian):
        if jenis.endswith(("/sharedStrings", "/styles")) and target in paket:
            paket.isi_xml(target)
    if not paket.lembar:
        raise paket.galat(f"tidak memuat satu lembar pun ({bagian[:60]}); mohon minta salinannya lagi")
    return paket


def _xml(nama: str) -> bool:
    return nama.lower().endswith((".xml", ".rels", ".vml"))


# ── XML ───────────────────────────────────────────────────────────────────────────────────────────────────────


def unsur_xml(isi: bytes) -> list[Unsur]:
    """Start elements of a document, by local names.

    Raises:
        ExpatError: not well-formed.
        _TidakAmanError: a document type (which could define entities), too many elements, or nested too deep.
    """
    hasil: list[Unsur] = []
    kedalaman = 0

    def mulai(nama: str, atribut: dict[str, str]) -> None:
        nonlocal kedalaman
        kedalaman += 1
        if kedalaman > BATAS_KEDALAMAN or len(hasil) >= BATAS_UNSUR:
            raise _TidakAmanError("terlalu banyak unsur, atau unsur yang bersarang terlalu dalam,")
        hasil.append(Unsur(nama.rpartition(":")[2], {k.rpartition(":")[2]: v for k, v in atribut.items()}))

    def selesai(_nama: str) -> None:
        nonlocal kedalaman
        kedalaman -= 1

    pengurai = expat.ParserCreate()
    pengurai.StartElementHandler, pengurai.EndElementHandler = mulai, selesai
    pengurai.StartDoctypeDeclHandler = _tolak
    pengurai.Parse(isi, True)
    return hasil


def _tolak(*_apa_pun: object) -> None:
    raise _TidakAmanError("definisi dokumen (DOCTYPE)")


def pastikan_xml(isi: bytes) -> None:
    """Refuse what is no well-formed XML, defines a document type, or nests absurdly.

    Raises:
        ExpatError: not well-formed.
        _TidakAmanError: what it holds, as the end of a sentence.
    """
    pengurai = expat.ParserCreate()
    pengurai.StartDoctypeDeclHandler = _tolak
    pengurai.Parse(isi, True)
    # a deep nest ends in a long row of closing tags, with no other tag between them (a pattern would take ten times as long)
    berisi_tag = bytes([b"<" in potong for potong in isi.split(b"></")])
    if bytes(BATAS_KEDALAMAN) in berisi_tag:
        raise _TidakAmanError("unsur yang bersarang terlalu dalam")


_DEKLARASI = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_KODEK_ASCII = re.compile(r"(?i)us-ascii|ascii|iso[-_]8859-\d+|windows-125\d|cp125\d|latin-?1")


def kodek(isi: bytes) -> str:
    """Encoding of a part by its first bytes, as Python names it; ``utf-8`` where nothing else is said."""
    if isi.startswith(b"\xff\xfe") or (isi[1:2] == b"\0" and isi[:1] != b"\0"):
        return "utf-16-le"
    if isi.startswith(b"\xfe\xff") or (isi[:1] == b"\0" and isi[1:2] != b"\0"):
        return "utf-16-be"
    m = _DEKLARASI.match(isi)
    tertulis = m[1].decode().lower() if m else "utf-8"
    return "utf-8" if tertulis in {"utf-8", "utf8"} else tertulis


def keutf8(isi: bytes) -> tuple[bytes, str | None]:
    """A part as bytes whose markup is ASCII, and the codec to encode it back with (None: it was so already).

    Raises:
        ValueError: an encoding that we do not read.
    """
    nama = kodek(isi)
    if nama.startswith("utf-16-"):
        return isi.decode(nama).encode(), nama
    if nama != "utf-8" and not _KODEK_ASCII.fullmatch(nama):
        raise ValueError(nama)
    return isi, None


def nomor_kolom(huruf: str) -> int:
    """1-based column number: A → 1."""
    nomor = 0
    for ch in huruf:
        nomor = nomor * 26 + ord(ch) - 64
    return nomor
