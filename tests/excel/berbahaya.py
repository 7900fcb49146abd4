"""Hostile, odd and broken workbooks, each built in code from a real master; no such file is ever committed.

Streams of gigabytes are assembled from one deflated block that is repeated, so that a bomb costs milliseconds to
build and only the program under test would pay for it. Zip records are written by hand, since no library agrees to
write most of these.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from io import BytesIO
from pathlib import Path

BUKU = "Rencana.xlsx"

ISI_PAKET, REL_PAKET = "[Content_Types].xml", "_rels/.rels"
WORKBOOK, REL_WORKBOOK = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
PROFIL, T29, T31 = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet6.xml", "xl/worksheets/sheet10.xml"
REL_T29, TABEL_T29 = "xl/worksheets/_rels/sheet6.xml.rels", "xl/tables/table6.xml"
TEKS, GAYA, TEMA = "xl/sharedStrings.xml", "xl/styles.xml", "xl/theme/theme1.xml"

NS = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
JENIS_REL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
KEPALA_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

MB = 1024 * 1024
GB = 1024 * MB


class Sikap(Enum):
    """What the program owes a file."""

    TOLAK = "tolak"
    """Refused: exit code 2 and one sentence."""
    TERIMA = "terima"
    """Read, with the findings of the plain file."""
    BEBAS = "bebas"
    """Either of the two, but nothing in between."""


@dataclass(frozen=True, slots=True)
class Kasus:
    """One file and what is expected of it."""

    nama: str
    buat: Callable[[bytes], bytes]
    sikap: Sikap
    kata: str = "."
    """Regular expression that the refusal must match, so that it names the true cause."""
    berkas: str = BUKU
    letakkan: Callable[[bytes, Path], None] | None = None
    """Puts the thing in its place, where that is more than bytes in a file."""
    temuan_sama: bool = True
    """Whether an accepted file has the findings of the plain one."""
    sebut: str | None = None
    """Cell that a finding must name where the file is accepted: a value that is no value is not passed over."""
    hitung: str | None = None
    """Where writing is refused though reading is not: what the refusal must match."""
    panjang: bool = False
    """Only in the long run: seconds to build, or little different from a case that always runs."""


KATALOG: dict[str, Kasus] = {}


def _daftar(
    nama: str,
    sikap: Sikap,
    buat: Callable[[bytes], bytes],
    kata: str = ".",
    *,
    berkas: str = BUKU,
    letakkan: Callable[[bytes, Path], None] | None = None,
    temuan_sama: bool = True,
    sebut: str | None = None,
    hitung: str | None = None,
    panjang: bool = False,
) -> None:
    if nama in KATALOG:
        raise ValueError(nama)
    KATALOG[nama] = Kasus(nama, buat, sikap, kata, berkas, letakkan, temuan_sama, sebut, hitung, panjang)


_tolak = partial(_daftar, sikap=Sikap.TOLAK)
_terima = partial(_daftar, sikap=Sikap.TERIMA)
_bebas = partial(_daftar, sikap=Sikap.BEBAS)


# ── deflated streams ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Aliran:
    """A part's content in deflated form, with what a zip says of it."""

    padat: bytes
    panjang: int
    crc: int


def _kali_matriks(matriks: Sequence[int], vektor: int) -> int:
    hasil = 0
    for kolom in matriks:
        if not vektor:
            break
        if vektor & 1:
            hasil ^= kolom
        vektor >>= 1
    return hasil


def crc_gabung(crc_1: int, crc_2: int, panjang_2: int) -> int:
    """CRC-32 of two texts in a row from their own: the method of zlib's ``crc32_combine``, which Python lacks."""
    matriks = [0xEDB88320, *(1 << n for n in range(31))]
    for _ in range(3):  # a shift by one bit, squared three times: by one byte
        matriks = [_kali_matriks(matriks, k) for k in matriks]
    while panjang_2:
        if panjang_2 & 1:
            crc_1 = _kali_matriks(matriks, crc_1)
        panjang_2 >>= 1
        if panjang_2:
            matriks = [_kali_matriks(matriks, k) for k in matriks]
    return crc_1 ^ crc_2


def _blok(isi: bytes) -> bytes:
    """Deflated without looking back and ended on a byte, so that copies of it may follow one another."""
    z = zlib.compressobj(9, zlib.DEFLATED, -15)
    return z.compress(isi) + z.flush(zlib.Z_FULL_FLUSH)


def _ulangan(pola: bytes, kali: int) -> tuple[bytes, int, int]:
    """Deflated repetition with its CRC and length."""
    per_blok = max(1, MB // len(pola))
    utuh, sisa = divmod(kali, per_blok)
    padat, crc, panjang = b"", 0, 0
    if utuh:
        isi = pola * per_blok
        padat = _blok(isi) * utuh
        crc_n, n = zlib.crc32(isi), len(isi)
        k = utuh
        while k:  # doubling: the CRC of 3 GB from that of one block
            if k & 1:
                crc, panjang = crc_gabung(crc, crc_n, n), panjang + n
            k >>= 1
            crc_n, n = crc_gabung(crc_n, crc_n, n), 2 * n
    if sisa:
        isi = pola * sisa
        padat, crc, panjang = padat + _blok(isi), crc_gabung(crc, zlib.crc32(isi), len(isi)), panjang + len(isi)
    return padat, crc, panjang


def aliran(*potongan: bytes | tuple[bytes, int]) -> Aliran:
    """A content from pieces, each as it is or as a pattern with the number of its repetitions."""
    padat: list[bytes] = []
    crc = panjang = 0
    for p in potongan:
        if isinstance(p, tuple):
            d, c, n = _ulangan(*p)
        else:
            d, c, n = _blok(p), zlib.crc32(p), len(p)
        padat.append(d)
        crc, panjang = crc_gabung(crc, c, n), panjang + n
    return Aliran(b"".join(padat) + b"\x03\x00", panjang, crc)


# ── zip records ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Kata:
    """What a zip header says of a part; lies are said here."""

    nama: bytes
    metode: int
    bendera: int
    crc: int
    padat: int
    panjang: int


@dataclass(frozen=True, slots=True)
class Bagian:
    """A part of the package as raw bytes, with what its two headers say."""

    data: bytes
    lokal: Kata
    pusat: Kata
    sesudah: bytes = b""
    """Bytes after the data: a data descriptor."""
    ekstra_pusat: bytes = b""
    ekstra_lokal: bytes = b""
    letak: int | None = None
    """Place that the directory gives instead of the true one; such a part has no bytes of its own."""

    @property
    def nama(self) -> str:
        return self.pusat.nama.decode("utf-8", "replace")


def bagian(nama: str | bytes, isi: bytes | Aliran, metode: int = 8) -> Bagian:
    """An honest part."""
    if isinstance(isi, bytes):
        data = isi if metode == 0 else zlib.compress(isi, 6)[2:-4]
        panjang, crc = len(isi), zlib.crc32(isi)
    else:
        data, panjang, crc = isi.padat, isi.panjang, isi.crc
    kata = Kata(nama.encode() if isinstance(nama, str) else nama, metode, 0x800, crc, len(data), panjang)
    return Bagian(data, kata, kata)


def _kepala_lokal(b: Bagian) -> bytes:
    k = b.lokal
    return (
        struct.pack(
            "<4s5H3I2H",
            b"PK\x03\x04", 45 if b.ekstra_lokal else 20, k.bendera, k.metode, 0, 0x21,
            k.crc, k.padat, k.panjang, len(k.nama), len(b.ekstra_lokal),
        )
        + k.nama
        + b.ekstra_lokal
    )  # fmt: skip


def _kepala_pusat(b: Bagian, letak: int) -> bytes:
    k = b.pusat
    return (
        struct.pack(
            "<4s6H3I5H2I",
            b"PK\x01\x02", 45, 45 if b.ekstra_pusat else 20, k.bendera, k.metode, 0, 0x21,
            k.crc, k.padat, k.panjang, len(k.nama), len(b.ekstra_pusat), 0, 0, 0, 0, letak,
        )
        + k.nama
        + b.ekstra_pusat
    )  # fmt: skip


def _akhir(jumlah: int, panjang: int, letak: int, komentar: bytes = b"") -> bytes:
    return struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, jumlah, jumlah, panjang, letak, len(komentar)) + komentar


def _akhir_64(jumlah: int, panjang: int, letak: int) -> bytes:
    """The zip64 end records with their locator, then an ordinary one that points to them."""
    return (
        struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, jumlah, jumlah, panjang, letak)
        + struct.pack("<4sIQI", b"PK\x06\x07", 0, letak + panjang, 1)
        + _akhir(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    )


def zip_dari(semua: Iterable[Bagian], komentar: bytes = b"", *, zip64: bool = False) -> bytes:
    """The archive of these parts, in this order."""
    isi: list[bytes] = []
    pusat: list[bytes] = []
    n = 0
    for b in semua:
        pusat.append(_kepala_pusat(b, n if b.letak is None else b.letak))
        if b.letak is None:
            isi += (_kepala_lokal(b), b.data, b.sesudah)
            n += sum(map(len, isi[-3:]))
    direktori = b"".join(pusat)
    akhir = (
        _akhir_64(len(pusat), len(direktori), n)
        if zip64 or len(pusat) >= 0xFFFF
        else _akhir(len(pusat), len(direktori), n, komentar)
    )
    return b"".join((*isi, direktori, akhir))


def urai(master: bytes) -> dict[str, Bagian]:
    """The parts of an honest archive, still deflated."""
    hasil = {}
    with zipfile.ZipFile(BytesIO(master)) as z:
        for i in z.infolist():
            awal = i.header_offset + 30 + sum(struct.unpack_from("<2H", master, i.header_offset + 26))
            kata = Kata(i.filename.encode(), i.compress_type, 0, i.CRC, i.compress_size, i.file_size)
            hasil[i.filename] = Bagian(master[awal : awal + i.compress_size], kata, kata)
    return hasil


def isi_bagian(master: bytes, nama: str) -> bytes:
    """A part of the master, inflated."""
    with zipfile.ZipFile(BytesIO(master)) as z:
        return z.read(nama)


Isi = bytes | Aliran | Bagian | None


def ganti(master: bytes, ubah: dict[str, Isi]) -> dict[str, Bagian]:
    """The master's parts with some replaced, added, or left out."""
    semua = urai(master)
    for nama, isi in ubah.items():
        if isi is None:
            del semua[nama]
        else:
            semua[nama] = isi if isinstance(isi, Bagian) else bagian(nama, isi)
    return semua


def pakai(master: bytes, ubah: dict[str, Isi]) -> bytes:
    """The archive of ``ganti``."""
    return zip_dari(ganti(master, ubah).values())


def satu(xml: bytes, lama: bytes, baru: bytes) -> bytes:
    """The text with one occurrence replaced; a master that has changed its shape is noticed here."""
    if lama not in xml:
        raise ValueError(f"{lama!r} is not in the master")
    return xml.replace(lama, baru, 1)


def ubah_satu(master: bytes, nama: str, lama: bytes, baru: bytes) -> bytes:
    """The archive with one occurrence in one part replaced."""
    return pakai(master, {nama: satu(isi_bagian(master, nama), lama, baru)})


def sisip(master: bytes, nama: str, tanda: bytes, *potongan: bytes | tuple[bytes, int]) -> bytes:
    """The archive with pieces put before the last occurrence of a mark in a part."""
    depan, ada, belakang = isi_bagian(master, nama).rpartition(tanda)
    if not ada:
        raise ValueError(f"{tanda!r} is not in {nama}")
    return pakai(master, {nama: aliran(depan, *potongan, ada + belakang)})


def usang(master: bytes) -> bytes:
    """The master with one computed cell left behind, so that recomputing it has something to write."""
    depan, belakang = _belah_sel(isi_bagian(master, T29), b"L12")
    lama = isi_bagian(master, T29)[len(depan) : -len(belakang)]
    return pakai(master, {T29: depan + satu(lama, b"<v>100.0</v>", b"<v>99</v>") + belakang})


def rekam(b: Bagian, **ubah: int | bytes) -> Bagian:
    """A part of which both headers say something else."""
    return replace(b, lokal=replace(b.lokal, **ubah), pusat=replace(b.pusat, **ubah))  # type: ignore[arg-type]


def relasi(jenis: bytes, rid: bytes, target: bytes, sifat: bytes = b"") -> bytes:
    """One relationship element."""
    return b'<Relationship Id="%s" Type="%s%s" Target="%s"%s/>' % (rid, JENIS_REL, jenis, target, sifat)


def daftar_relasi(*isi: bytes) -> bytes:
    """A relationship part."""
    ns = b"http://schemas.openxmlformats.org/package/2006/relationships"
    return KEPALA_XML + b'<Relationships xmlns="%s">%s</Relationships>' % (ns, b"".join(isi))


def tambah_relasi(master: bytes, nama: str, *isi: bytes) -> bytes:
    """A relationship part of the master with more in it."""
    return satu(isi_bagian(master, nama), b"</Relationships>", b"".join(isi) + b"</Relationships>")


def tambah_jenis(master: bytes, *isi: bytes) -> bytes:
    """The list of content types with more in it."""
    return satu(isi_bagian(master, ISI_PAKET), b"</Types>", b"".join(isi) + b"</Types>")


def _besar(kata: str = "") -> str:
    return (
        r"terlalu (besar|banyak|panjang|dalam|luas|jauh)|melebihi|melampaui|batasnya|jauh lebih"
        r"|lebih panjang dari|terisi sampai|mekar tidak wajar" + (f"|{kata}" if kata else "")
    )


_RUSAK = r"rusak|terpotong|tidak utuh|tidak lengkap|tidak sah|tidak wajar|tidak memuat|saling menimpa|kembar|bukan buku kerja"


# ── size ──────────────────────────────────────────────────────────────────────────────────────────────────────


def bom_lembar(master: bytes, pola: bytes = b" ", panjang: int = 3 * GB + 5) -> bytes:
    """A sheet that inflates to gigabytes of nothing, honestly declared."""
    return sisip(master, T29, b"</worksheet>", (pola, panjang))


def bom_bohong(master: bytes, nama: str = T29) -> bytes:
    """A part that declares its honest size and CRC, but inflates to a gigabyte more.

    The declared prefix is the whole honest sheet: who reads only what is declared sees nothing wrong.
    """
    isi = isi_bagian(master, nama)
    panjang = aliran(isi, (b" ", GB))
    b = rekam(bagian(nama, panjang), panjang=len(isi), crc=zlib.crc32(isi))
    return pakai(master, {nama: b})


def bom_1kb(master: bytes) -> bytes:
    """A part that declares one kilobyte of well-formed sheet, and inflates to a gigabyte."""
    kepala = KEPALA_XML + b'<worksheet xmlns="%s"><sheetData/>' % NS
    awal = kepala + b" " * (1024 - len(kepala) - 12) + b"</worksheet>"
    b = rekam(bagian(T29, aliran(awal, (b" ", GB))), panjang=1024, crc=zlib.crc32(awal))
    return pakai(master, {T29: b})


def bom_bagian_asing(master: bytes) -> bytes:
    """A bomb in a part that no sheet needs; a writer that copies every part would set it off."""
    return pakai(master, {"xl/media/image1.png": aliran((b"\0", 3 * GB))})


def bom_banyak(master: bytes) -> bytes:
    """Many parts of 60 MB, none too large by itself."""
    isi = aliran((b"\0", 60 * MB))
    return pakai(master, {f"xl/media/gambar{n}.bin": isi for n in range(60)})


def bagian_200_ribu(master: bytes) -> bytes:
    """Two hundred thousand empty parts."""
    kosong = bagian("x", b"", 0)
    lain = (
        replace(kosong, lokal=k, pusat=k)
        for k in (Kata(b"xl/x/%d" % n, 0, 0, 0, 0, 0) for n in range(200_000))
    )  # fmt: skip
    return zip_dari((*urai(master).values(), *lain))


def sel_33_juta(master: bytes) -> bytes:
    """Thirty-three million empty cells: 132 MB of XML, well below any limit of size."""
    return sisip(master, T29, b"</sheetData>", b'<row r="200">', (b"<c/>", 33_000_000), b"</row>")


def baris_20_juta(master: bytes) -> bytes:
    """Twenty million empty rows."""
    return sisip(master, T29, b"</sheetData>", (b"<row/>", 20_000_000))


def teks_panjang(master: bytes, panjang: int) -> bytes:
    """One shared string of this length, used by one cell."""
    xml = isi_bagian(master, TEKS)
    nomor = xml.count(b"<si>")
    lembar = _ganti_sel(isi_bagian(master, T31), b"Q12", b't="s"', b"<v>%d</v>" % nomor)
    depan, ada, belakang = xml.rpartition(b"</sst>")
    return pakai(master, {TEKS: aliran(depan, b"<si><t>", (b"a", panjang), b"</t></si>", ada + belakang), T31: lembar})


def teks_sebaris(master: bytes, panjang: int) -> bytes:
    """One inline string of this length."""
    depan, belakang = _belah_sel(isi_bagian(master, T31), b"Q12")
    sel = b'<c r="Q12" t="inlineStr"><is><t>'
    return pakai(master, {T31: aliran(depan, sel, (b"a", panjang), b"</t></is></c>", belakang)})


def teks_dirujuk(master: bytes) -> bytes:
    """A shared string of 32 MB behind a hundred thousand cells: 3 TB for who copies it."""
    xml = isi_bagian(master, TEKS)
    nomor = xml.count(b"<si>")
    baris = b"".join(
        b'<row r="%d">%s</row>'
        % (r, b"".join(b'<c r="%c%d" t="s"><v>%d</v></c>' % (65 + c, r, nomor) for c in range(20)))
        for r in range(120, 5120)
    )
    depan, ada, belakang = xml.rpartition(b"</sst>")
    lembar = satu(isi_bagian(master, T29), b"</sheetData>", baris + b"</sheetData>")
    return pakai(master, {TEKS: aliran(depan, b"<si><t>", (b"a", 32 * MB), b"</t></si>", ada + belakang), T29: lembar})


def teks_20_juta(master: bytes) -> bytes:
    """Twenty million empty shared strings."""
    return sisip(master, TEKS, b"</sst>", (b"<si/>", 20_000_000))


_tolak("bom-lembar-3gb", buat=bom_lembar, kata=_besar())
_tolak("bom-lembar-nol", buat=partial(bom_lembar, pola=b"\0"), kata=_besar(_RUSAK), panjang=True)
_tolak("bom-teks-3gb", buat=lambda m: sisip(m, TEKS, b"</sst>", (b"<si/>", 3 * GB // 5)), kata=_besar())
_tolak("bom-ukuran-bohong", buat=bom_bohong, kata=_besar(_RUSAK))
_tolak("bom-ukuran-bohong-teks", buat=partial(bom_bohong, nama=TEKS), kata=_besar(_RUSAK), panjang=True)
_tolak("bom-ukuran-bohong-workbook", buat=partial(bom_bohong, nama=WORKBOOK), kata=_besar(_RUSAK), panjang=True)
_tolak("bom-ukuran-bohong-gaya", buat=partial(bom_bohong, nama=GAYA), kata=_besar(_RUSAK))
_tolak("bom-1kb", buat=bom_1kb, kata=_besar(_RUSAK))
_bebas("bom-bagian-asing", buat=bom_bagian_asing, kata=_besar())
_bebas("bom-banyak-bagian", buat=bom_banyak, kata=_besar())
_tolak("bagian-200-ribu", buat=bagian_200_ribu, kata=_besar())
_tolak("sel-33-juta", buat=sel_33_juta, kata=_besar())
_tolak("baris-20-juta", buat=baris_20_juta, kata=_besar(), panjang=True)
_tolak("teks-bersama-1gb", buat=partial(teks_panjang, panjang=GB), kata=_besar())
_tolak("teks-bersama-100mb", buat=partial(teks_panjang, panjang=100 * MB), kata=_besar())
_tolak("teks-sebaris-1gb", buat=partial(teks_sebaris, panjang=GB), kata=_besar())
_tolak("teks-sebaris-100mb", buat=partial(teks_sebaris, panjang=100 * MB), kata=_besar())
_tolak("teks-32mb-dirujuk-100-ribu", buat=teks_dirujuk, kata=_besar())
_tolak("teks-bersama-20-juta", buat=teks_20_juta, kata=_besar())


# ── zip structure ─────────────────────────────────────────────────────────────────────────────────────────────


def entri_bertumpuk(master: bytes) -> bytes:
    """The directory sends one sheet to the bytes of another: a lenient reader takes T-C.29 for T-C.31."""
    semua = urai(master)
    letak = 0
    for b in semua.values():
        if b.nama == T29:
            break
        letak += len(_kepala_lokal(b)) + len(b.data)
    asal = semua[T29]
    semua[T31] = replace(asal, pusat=replace(asal.pusat, nama=T31.encode()), letak=letak)
    return zip_dari(semua.values())


def entri_bersarang(master: bytes) -> bytes:
    """A stored part whose data hold the whole record of another part."""
    semua = urai(master)
    dalam = semua.pop(T31)
    wadah = bagian("xl/media/wadah.bin", _kepala_lokal(dalam) + dalam.data, 0)
    semua = {wadah.nama: wadah, **semua}
    return zip_dari((*semua.values(), replace(dalam, letak=len(_kepala_lokal(wadah)))))


def nama_kembar(master: bytes, nama: str = T29) -> bytes:
    """A part name twice with different contents: readers differ in which one they take."""
    lain = satu(isi_bagian(master, T29), b"<v>21</v>", b"<v>22</v>")
    return zip_dari((*urai(master).values(), bagian(nama, lain)))


def nama_lain(master: bytes, nama: bytes) -> bytes:
    """An extra part of this name."""
    return zip_dari((*urai(master).values(), bagian(nama, b"halo")))


def lokal_lain(master: bytes, **ubah: int | bytes) -> bytes:
    """A sheet whose own header says something else than the directory."""
    b = urai(master)[T29]
    return pakai(master, {T29: replace(b, lokal=replace(b.lokal, **ubah))})  # type: ignore[arg-type]


def metode(master: bytes, nomor: int, data: bytes | None = None) -> bytes:
    """A sheet packed by another method; without data, only said so."""
    b = urai(master)[T29]
    if data is not None:
        b = rekam(replace(b, data=data), padat=len(data))
    return pakai(master, {T29: rekam(b, metode=nomor)})


def _metode_bzip2(master: bytes) -> bytes:
    return metode(master, 12, bz2.compress(isi_bagian(master, T29)))


def _metode_lzma(master: bytes) -> bytes:
    saringan = {"id": lzma.FILTER_LZMA1, "preset": 6}
    data = lzma.compress(isi_bagian(master, T29), lzma.FORMAT_RAW, filters=[saringan])
    sifat = struct.pack("<BI", 93, 8 * MB)
    return metode(master, 14, struct.pack("<BBH", 9, 4, len(sifat)) + sifat + data)


def semua_bersandi(master: bytes) -> bytes:
    """Every part marked as encrypted by the zip's own cipher, its data made unreadable with 12 bytes before them."""
    acak = bytes(range(7, 19))
    return zip_dari(
        rekam(replace(b, data=acak + b.data[::-1]), bendera=b.pusat.bendera | 1, padat=len(b.data) + 12)
        for b in urai(master).values()
    )


def crc_salah(master: bytes, nama: str = T29) -> bytes:
    """A part whose CRC does not fit."""
    b = urai(master)[nama]
    return pakai(master, {nama: rekam(b, crc=b.pusat.crc ^ 1)})


def zip64_bohong(master: bytes) -> bytes:
    """A sheet whose zip64 field claims nine quintillion bytes."""
    b = rekam(urai(master)[T29], padat=0xFFFFFFFF, panjang=0xFFFFFFFF)
    ekstra = struct.pack("<2H2Q", 1, 16, 2**63, 2**63)
    return pakai(master, {T29: replace(b, ekstra_pusat=ekstra, ekstra_lokal=ekstra)})


def akhir_bohong(master: bytes, jumlah: int, panjang: int, letak: int) -> bytes:
    """An end record that claims another directory."""
    return master[: master.rfind(b"PK\x05\x06")] + _akhir(jumlah, panjang, letak)


def akhir_ganda(master: bytes) -> bytes:
    """A comment that holds another end record, of an archive without parts."""
    return zip_dari(urai(master).values(), b"catatan " + _akhir(0, 0, 0))


def dua_arsip(master: bytes) -> bytes:
    """Two archives in one file, so that the first end record and the last one show two workbooks."""
    lain = ubah_satu(master, T29, b"<v>21</v>", b"<v>22</v>")
    return lain + master


def terpotong(master: bytes, persen: int) -> bytes:
    """The first part of a file, as a broken download leaves it."""
    return master[: len(master) * persen // 100]


def rusak_aliran(master: bytes) -> bytes:
    """A sheet whose deflated bytes are noise in the middle."""
    b = urai(master)[T29]
    tengah = len(b.data) // 2
    return pakai(master, {T29: replace(b, data=b.data[:tengah] + b"\xff" * 64 + b.data[tengah + 64 :])})


_tolak("entri-bertumpuk", buat=entri_bertumpuk, kata=_RUSAK)
_tolak("entri-bersarang", buat=entri_bersarang, kata=_RUSAK)
_tolak("nama-kembar", buat=nama_kembar, kata=_RUSAK + "|dua kali|kembar|ganda|sama")
_tolak(
    "nama-kembar-beda-huruf",
    buat=partial(nama_kembar, nama="xl/Worksheets/SHEET3.xml"),
    kata=_RUSAK + "|dua kali|kembar|ganda|sama",
)
_tolak("nama-naik", buat=partial(nama_lain, nama=b"../../luar.xml"), kata=_RUSAK + "|tidak aman")
_tolak("nama-naik-di-tengah", buat=partial(nama_lain, nama=b"xl/../../luar.xml"), kata=_RUSAK + "|tidak aman")
_tolak("nama-mutlak", buat=partial(nama_lain, nama=b"/tmp/luar.xml"), kata=_RUSAK + "|tidak aman")
_tolak("nama-kandar", buat=partial(nama_lain, nama=b"C:\\luar.xml"), kata=_RUSAK + "|tidak aman")
_tolak("nama-nul", buat=partial(nama_lain, nama=b"xl/a\0b.xml"), kata=_RUSAK + "|tidak aman")
_bebas("nama-65-ribu-huruf", buat=partial(nama_lain, nama=b"xl/" + b"a" * 65_000))
_bebas("nama-bukan-utf8", buat=partial(nama_lain, nama=b"xl/\xff\xfe.xml"))
_tolak("lokal-nama-lain", buat=partial(lokal_lain, nama=b"xl/worksheets/sheet9.xml"), kata=_RUSAK)
_bebas("lokal-ukuran-lain", buat=partial(lokal_lain, panjang=5, padat=5, crc=1))
_bebas("lokal-metode-lain", buat=partial(lokal_lain, metode=0))
_tolak("metode-bzip2", buat=_metode_bzip2, kata=_RUSAK + "|pemampatan|kompresi|simpan ulang")
_tolak("metode-lzma", buat=_metode_lzma, kata=_RUSAK + "|pemampatan|kompresi|simpan ulang")
_tolak("metode-deflate64", buat=partial(metode, nomor=9), kata=_RUSAK + "|pemampatan|kompresi|simpan ulang")
_tolak("metode-99", buat=partial(metode, nomor=99), kata=_RUSAK + "|pemampatan|kompresi|sandi|simpan ulang")
_tolak("metode-65535", buat=partial(metode, nomor=65535), kata=_RUSAK + "|pemampatan|kompresi|simpan ulang")
_tolak("zip-bersandi", buat=semua_bersandi, kata="sandi")
_tolak("crc-salah-lembar", buat=crc_salah, kata=_RUSAK)
_tolak("crc-salah-teks", buat=partial(crc_salah, nama=TEKS), kata=_RUSAK)
_tolak("crc-salah-workbook", buat=partial(crc_salah, nama=WORKBOOK), kata=_RUSAK)
_tolak("aliran-rusak", buat=rusak_aliran, kata=_RUSAK)
_tolak("zip64-bohong", buat=zip64_bohong, kata=_besar(_RUSAK))
_tolak("akhir-jumlah-bohong", buat=lambda m: akhir_bohong(m, 65_000, 4 * MB, 0), kata=_RUSAK)
_tolak("akhir-letak-bohong", buat=lambda m: akhir_bohong(m, 50, 3000, 0x7FFFFFFF), kata=_RUSAK)
_tolak("akhir-tanpa-isi", buat=lambda m: akhir_bohong(m, 0, 0, 0), kata=_RUSAK)
_bebas("akhir-ganda-dalam-komentar", buat=akhir_ganda)
_bebas("komentar-zip", buat=lambda m: zip_dari(urai(m).values(), b"disimpan oleh program lain"))
_bebas("dua-arsip", buat=dua_arsip)
_bebas("awalan-sampah", buat=lambda m: b"#!/bin/sh\nexit\n" + m)
_bebas("akhiran-sampah", buat=lambda m: m + b"\0" * 1000)
for _persen in (10, 50, 90, 99):
    _tolak(f"terpotong-{_persen}", buat=partial(terpotong, persen=_persen), kata=_RUSAK)
_tolak("nol-di-tengah", buat=lambda m: m[: len(m) // 3] + b"\0" * 4096 + m[len(m) // 3 + 4096 :], kata=_RUSAK)


# ── not a workbook at all ─────────────────────────────────────────────────────────────────────────────────────


def cfb(*nama: str) -> bytes:
    """A minimal compound file with these streams, of one sector each."""
    bebas, akhir, sektor_fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    kepala = struct.pack(
        "<8s16s6H4s9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, b"",
        0, 1, 1, 0, 0, akhir, 0, akhir, 0,
    ) + struct.pack("<109I", 0, *([bebas] * 108))  # fmt: skip
    fat = struct.pack("<128I", sektor_fat, akhir, *([akhir] * len(nama)), *([bebas] * (126 - len(nama))))

    def entri(teks: str, jenis: int, anak: int, saudara: int, sektor: int, panjang: int) -> bytes:
        utf16 = teks.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sH2B3I16sI2QIQ", utf16, len(utf16), jenis, 1, bebas, saudara, anak, b"", 0, 0, 0, sektor, panjang
        )

    daftar = [entri("Root Entry", 5, 1 if nama else bebas, bebas, akhir, 0)]
    for n, teks in enumerate(nama, 1):
        daftar.append(entri(teks, 2, bebas, n + 1 if n < len(nama) else bebas, n + 1, 512))
    direktori = b"".join(daftar).ljust(512, b"\0")[:512]
    bof = struct.pack("<2H2H2H2I", 0x809, 16, 0x600, 5, 0x1DBB, 0x7CC, 0xC1, 0x306)
    return kepala + fat + direktori + b"".join(bof.ljust(512, b"\0") for _ in nama)


_XML_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


def arsip(**isi: bytes) -> bytes:
    """A zip of other things; double underscores in a name are slashes, ``DOT`` a dot."""
    return zip_dari(bagian(n.replace("__", "/").replace("DOT", "."), i) for n, i in isi.items())


def xlsb(master: bytes) -> bytes:
    """The binary kind of workbook, renamed."""
    rel = satu(isi_bagian(master, REL_PAKET), b"xl/workbook.xml", b"xl/workbook.bin")
    jenis = (
        b'<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    )
    ubah: dict[str, Isi] = {
        REL_PAKET: rel,
        WORKBOOK: None,
        REL_WORKBOOK: None,
        ISI_PAKET: tambah_jenis(master, jenis),
        "xl/workbook.bin": b"\x83\x01\x00\x99\x01\x0c" + bytes(12) + b"\x84\x01\x00",
    }
    return pakai(master, ubah)


_BUKAN = r"bukan buku kerja|rusak|\.xlsx"
_tolak("ole-bersandi", buat=lambda _: cfb("EncryptionInfo", "EncryptedPackage"), kata="sandi")
_tolak("xls-lama", buat=lambda _: cfb("Workbook"), kata=r"\.xls\b")
_tolak(
    "ole-rusak",
    buat=lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    kata=r"\.xls\b|Office lama|rusak|sandi",
)
_tolak("kosong", buat=lambda _: b"", kata="kosong")
_tolak("satu-byte", buat=lambda _: b"P", kata=_BUKAN)
_tolak("tanda-zip-saja", buat=lambda _: b"PK\x03\x04", kata=_BUKAN)
_tolak("zip-tanpa-bagian", buat=lambda _: _akhir(0, 0, 0), kata=_BUKAN)
_tolak("teks-polos", buat=lambda _: "Renja 2025 — rencana".encode(), kata=_BUKAN)
_tolak("csv", buat=lambda _: b"kode;nama;pagu\n5.03;Program;1000\n" * 1000, kata=_BUKAN)
_tolak("html", buat=lambda _: b"<html><body><table><tr><td>1</td></tr></table></body></html>", kata=_BUKAN)
_tolak("xml-2003", buat=lambda _: _XML_2003, kata=_BUKAN)
_tolak(
    "ods",
    buat=lambda _: arsip(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        contentDOTxml=b"<x/>",
        **{"META-INF__manifestDOTxml": b"<x/>"},
    ),
    kata=_BUKAN,
)
_tolak("docx", buat=lambda _: arsip(word__documentDOTxml=b"<x/>", _rels__DOTrels=daftar_relasi()), kata=_BUKAN)
_tolak("xlsb", buat=xlsb, kata=_BUKAN)
_tolak("zip-biasa", buat=lambda _: arsip(fotoDOTjpg=b"\xff\xd8\xff"), kata=_BUKAN)
_tolak("pdf", buat=lambda _: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(500), kata=_BUKAN)
_tolak("jpeg", buat=lambda _: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500), kata=_BUKAN)
_tolak("gzip", buat=lambda m: gzip.compress(m, 1, mtime=0), kata=_BUKAN)
_bebas("bernama-xls", buat=lambda m: m, berkas="Rencana.xls")
_bebas("bernama-csv", buat=lambda m: m, berkas="Rencana.csv")
_bebas("tanpa-akhiran", buat=lambda m: m, berkas="Rencana")
_terima("akhiran-huruf-besar", buat=lambda m: m, berkas="RENCANA.XLSX")
_terima("nama-bertanda-baca", buat=lambda m: m, berkas="Renja 2025 (akhir) – 100% 'benar'; $HOME.xlsx")


def _folder(_: bytes, path: Path) -> None:
    path.mkdir()


def _fifo(_: bytes, path: Path) -> None:
    os.mkfifo(path)


def _tautan(sasaran: str) -> Callable[[bytes, Path], None]:
    def letakkan(_: bytes, path: Path) -> None:
        path.symlink_to(sasaran)

    return letakkan


def _tautan_jujur(isi: bytes, path: Path) -> None:
    (path.parent / "asal.bin").write_bytes(isi)
    path.symlink_to("asal.bin")


def _tak_ada(_: bytes, path: Path) -> None:
    """Nothing is put there."""


_tolak("folder", buat=lambda _: b"", letakkan=_folder, kata="folder")
_tolak("fifo", buat=lambda _: b"", letakkan=_fifo, kata="bukan (berkas|buku)")
_tolak("dev-zero", buat=lambda _: b"", letakkan=_tautan("/dev/zero"), kata="bukan (berkas|buku)")
_tolak("dev-null", buat=lambda _: b"", letakkan=_tautan("/dev/null"), kata="bukan (berkas|buku)|kosong")
_tolak("tautan-melingkar", buat=lambda _: b"", letakkan=_tautan(BUKU), kata="tidak d|melingkar|sistem")
_tolak("tautan-putus", buat=lambda _: b"", letakkan=_tautan("tidak-ada.xlsx"), kata="tidak ditemukan")
_tolak("tidak-ada", buat=lambda _: b"", letakkan=_tak_ada, kata="tidak ditemukan")
_terima("tautan-jujur", buat=lambda m: m, letakkan=_tautan_jujur)


# ── parts and relationships ───────────────────────────────────────────────────────────────────────────────────


def tanpa(master: bytes, *nama: str) -> bytes:
    """The archive without these parts."""
    return pakai(master, dict.fromkeys(nama))


def relasi_lembar(master: bytes, target: bytes, sifat: bytes = b"") -> bytes:
    """The relationship of T-C.29 goes elsewhere."""
    return ubah_satu(master, REL_WORKBOOK, b'Target="worksheets/sheet6.xml"', b'Target="%s"%s' % (target, sifat))


def lembar_banyak(master: bytes, jumlah: int) -> bytes:
    """Many sheets that share one part."""
    isi = b"".join(b'<sheet name="L%d" sheetId="%d" r:id="rId3"/>' % (n, n + 100) for n in range(jumlah))
    return ubah_satu(master, WORKBOOK, b"</sheets>", isi + b"</sheets>")


def relasi_melingkar(master: bytes) -> bytes:
    """Every relationship leads back: package to its own list, sheet to the workbook and to itself."""
    kembali = tambah_relasi(
        master,
        REL_T29,
        relasi(b"worksheet", b"rId90", b"sheet6.xml"),
        relasi(b"officeDocument", b"rId91", b"../workbook.xml"),
        relasi(b"table", b"rId92", b"_rels/sheet6.xml.rels"),
    )
    return pakai(master, {REL_T29: kembali})


_tolak("tanpa-workbook", buat=lambda m: tanpa(m, WORKBOOK), kata=_BUKAN)
_tolak("tanpa-relasi-workbook", buat=lambda m: tanpa(m, REL_WORKBOOK), kata=_RUSAK)
_tolak("tanpa-lembar", buat=lambda m: tanpa(m, T29), kata=_RUSAK + "|tidak ada")
_tolak("tanpa-teks-bersama", buat=lambda m: tanpa(m, TEKS), kata=_RUSAK)
_bebas("tanpa-relasi-paket", buat=lambda m: tanpa(m, REL_PAKET))
_bebas("tanpa-jenis-isi", buat=lambda m: tanpa(m, ISI_PAKET))
_bebas("tanpa-gaya", buat=lambda m: tanpa(m, GAYA))
_bebas("tanpa-bagian-tabel", buat=lambda m: tanpa(m, TABEL_T29), temuan_sama=False)
_bebas("tanpa-relasi-lembar", buat=lambda m: tanpa(m, REL_T29), temuan_sama=False)
_tolak("relasi-naik", buat=partial(relasi_lembar, target=b"../../../etc/passwd"), kata=_RUSAK + "|tidak ada")
_tolak("relasi-mutlak-luar", buat=partial(relasi_lembar, target=b"file:///etc/passwd"), kata=_RUSAK + "|tidak ada")
_tolak(
    "relasi-lembar-luar",
    buat=partial(relasi_lembar, target=b"http://127.0.0.1:9/x.xml", sifat=b' TargetMode="External"'),
    kata=_RUSAK + "|tidak ada",
)
_tolak("relasi-ke-workbook", buat=partial(relasi_lembar, target=b"workbook.xml"), kata=_RUSAK + "|tidak ada|kolom")
_tolak("relasi-ke-relasi", buat=partial(relasi_lembar, target=b"_rels/workbook.xml.rels"), kata=_RUSAK + "|kolom")
_tolak(
    "relasi-paket-ke-diri",
    buat=lambda m: ubah_satu(m, REL_PAKET, b'Target="xl/workbook.xml"', b'Target="_rels/.rels"'),
    kata=_RUSAK,
)
_bebas("relasi-melingkar", buat=relasi_melingkar)
_bebas(
    "relasi-teks-keluar",
    buat=lambda m: ubah_satu(m, REL_WORKBOOK, b'Target="sharedStrings.xml"', b'Target="../../etc/passwd"'),
)
_tolak(
    "relasi-tidak-ada",
    buat=lambda m: ubah_satu(m, WORKBOOK, b'r:id="rId3"', b'r:id="rId999"'),
    kata=_RUSAK + "|tidak ada",
)
_bebas(
    "relasi-id-kembar",
    buat=lambda m: pakai(
        m, {REL_WORKBOOK: tambah_relasi(m, REL_WORKBOOK, relasi(b"worksheet", b"rId3", b"worksheets/sheet4.xml"))}
    ),
)
_tolak(
    "dua-lembar-satu-bagian",
    buat=lambda m: ubah_satu(m, WORKBOOK, b'r:id="rId4"', b'r:id="rId3"'),
    kata=_RUSAK + "|sama|kolom|dua",
)
_tolak(
    "dua-lembar-senama",
    buat=lambda m: ubah_satu(m, WORKBOOK, b'name="T-C.31"', b'name="T-C.29"'),
    kata=_RUSAK + "|sama|dua|tidak ada|kembar",
)
_bebas(
    "lembar-senama-beda-huruf",
    buat=lambda m: (
        lembar_banyak(m, 0)
        and ubah_satu(m, WORKBOOK, b"</sheets>", b'<sheet name="t-c.29" sheetId="77" r:id="rId4"/></sheets>')
    ),
)
_tolak("lembar-sepuluh-ribu", buat=partial(lembar_banyak, jumlah=10_000), kata=_besar(_RUSAK + "|sama"))
_tolak("lembar-sejuta", buat=partial(lembar_banyak, jumlah=1_000_000), kata=_besar(_RUSAK + "|sama"), panjang=True)
_bebas(
    "lembar-bernama-jahat",
    buat=lambda m: ubah_satu(
        m, WORKBOOK, b"</sheets>", b'<sheet name="../../x\xe2\x80\xae&#9;" sheetId="77" r:id="rId77"/></sheets>'
    ),
)


# ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _belah_sel(xml: bytes, alamat: bytes) -> tuple[bytes, bytes]:
    """What stands before and after a cell."""
    cocok = re.search(rb'<c r="%s"[^>]*?(?:/>|>.*?</c>)' % alamat, xml, re.DOTALL)
    if not cocok:
        raise ValueError(f"{alamat!r} is not in the master")
    return xml[: cocok.start()], xml[cocok.end() :]


def _ganti_sel(xml: bytes, alamat: bytes, sifat: bytes, isi: bytes) -> bytes:
    depan, belakang = _belah_sel(xml, alamat)
    return depan + b'<c r="%s" %s>%s</c>' % (alamat, sifat, isi) + belakang


def sel(master: bytes, isi: bytes, sifat: bytes = b"", alamat: bytes = b"D12", nama: str = T29) -> bytes:
    """A cell of T-C.29 with other content: by default the target of a program, which is 21."""
    return pakai(master, {nama: _ganti_sel(isi_bagian(master, nama), alamat, sifat, isi)})


def tambah_baris(master: bytes, isi: bytes) -> bytes:
    """More rows in T-C.29, after the last one."""
    return ubah_satu(master, T29, b"</sheetData>", isi + b"</sheetData>")


def _baris(nomor: bytes, alamat: bytes = b"") -> Callable[[bytes], bytes]:
    r = b' r="%s"' % alamat if alamat else b""
    return lambda m: tambah_baris(m, b'<row r="%s"><c%s t="str"><v>x</v></c></row>' % (nomor, r))


def tabel_seluas(master: bytes, luas: bytes) -> bytes:
    """The table of T-C.29 with another range."""
    return ubah_satu(master, TABEL_T29, b'ref="A7:W87"', b'ref="%s"' % luas)


_LETAK = _besar(_RUSAK + r"|sel |baris ")
_tolak("sel-xfd1048576", buat=_baris(b"1048576", b"XFD1048576"), kata=_LETAK)
_tolak("tabel-seluruh-lembar", buat=partial(tabel_seluas, luas=b"A1:XFD1048576"), kata=_besar(_RUSAK + "|tabel"))
_bebas("tabel-melampaui", buat=partial(tabel_seluas, luas=b"A7:ZZZ99999999999"), kata=_besar(_RUSAK + "|tabel"))
_bebas("tabel-terbalik", buat=partial(tabel_seluas, luas=b"W87:A7"), kata=_RUSAK + "|tabel")
_bebas("tabel-tak-terbaca", buat=partial(tabel_seluas, luas="Ā7:W87;DROP".encode()), kata=_RUSAK + "|tabel")
_bebas("tabel-tanpa-luas", buat=partial(tabel_seluas, luas=b""), kata=_RUSAK + "|tabel")
for _nama, _nomor, _alamat in (
    ("baris-4294967295", b"4294967295", b""),
    ("baris-4294967295-sel", b"4294967295", b"A4294967295"),
    ("baris-18446744073709551616", b"18446744073709551616", b""),
    ("baris-1048577", b"1048577", b"A1048577"),
    ("baris-nol", b"0", b"A0"),
    ("baris-negatif", b"-5", b"A-5"),
    ("baris-huruf", b"abc", b"A9999"),
    ("sel-baris-raksasa", b"200", b"A99999999999"),
    ("sel-kolom-zzzzzz", b"200", b"ZZZZZZ1"),
    ("sel-kolom-xfe", b"200", b"XFE200"),
    ("sel-tanpa-angka", b"200", b"A"),
    ("sel-tanpa-huruf", b"200", b"200"),
    ("sel-huruf-yunani", b"200", "Α200".encode()),
    ("sel-alamat-panjang", b"200", b"A" * 100_000 + b"1"),
):
    _tolak(_nama, buat=_baris(_nomor, _alamat), kata=_LETAK)
_bebas("sel-baris-lain", buat=_baris(b"200", b"A8"), temuan_sama=False)
_bebas("baris-mundur", buat=_baris(b"5", b"A5"), temuan_sama=False)
_tolak(
    "sel-kembar",
    buat=lambda m: ubah_satu(m, T29, b'<c r="D12"', b'<c r="D12"><v>99</v></c><c r="D12"'),
    kata=_LETAK + "|dua kali|kembar",
)
_tolak(
    "baris-kembar",
    buat=lambda m: ubah_satu(m, T29, b'<row r="13"', b'<row r="12"><c r="D12"><v>99</v></c></row><row r="13"'),
    kata=_LETAK + "|dua kali|kembar",
)

_NILAI = _besar(_RUSAK + r"|sel D12|teks bersama|\bD12\b")
for _nama, _nilai in (
    ("teks-nomor-luar", b"999999"),
    ("teks-nomor-negatif", b"-1"),
    ("teks-nomor-raksasa", b"99999999999999999999999"),
    ("teks-nomor-huruf", b"abc"),
    ("teks-nomor-pecahan", b"1.5"),
):
    _bebas(
        _nama,
        buat=partial(sel, isi=b"<v>%s</v>" % _nilai, sifat=b't="s"'),
        kata=_NILAI,
        temuan_sama=False,
        sebut="D12",
    )
for _nama, _nilai in (
    ("angka-huruf", b"abc"),
    ("angka-nan", b"NaN"),
    ("angka-tak-hingga", b"inf"),
    ("angka-1e999", b"1e999"),
    ("angka-infinity", b"-Infinity"),
    ("angka-heksa", b"0x10"),
    ("angka-garis-bawah", b"1_000"),
    ("angka-arab", "١٢".encode()),
    ("angka-koma", b"1,5"),
    ("angka-dua", b"1 2"),
):
    _bebas(_nama, buat=partial(sel, isi=b"<v>%s</v>" % _nilai), kata=_NILAI, temuan_sama=False, sebut="D12")
_tolak("angka-10-juta-digit", buat=partial(sel, isi=b"<v>" + b"9" * 10_000_000 + b"</v>"), kata=_NILAI)
_bebas("teks-nomor-kosong", buat=partial(sel, isi=b"<v></v>", sifat=b't="s"'), temuan_sama=False)
_bebas("angka-sepuluh-ribu-nol", buat=partial(sel, isi=b"<v>21." + b"0" * 10_000 + b"</v>"))
_bebas("angka-1e308", buat=partial(sel, isi=b"<v>1e308</v>"), temuan_sama=False)
_bebas("angka-1e-400", buat=partial(sel, isi=b"<v>1e-400</v>"), temuan_sama=False)
_bebas("angka-berspasi", buat=partial(sel, isi=b"<v> 21\n</v>"), temuan_sama=False, sebut="D12")
_bebas("jenis-sel-tak-dikenal", buat=partial(sel, isi=b"<v>21</v>", sifat=b't="zz"'))
_bebas("logika-aneh", buat=partial(sel, isi=b"<v>7</v>", sifat=b't="b"'), temuan_sama=False)
_bebas("galat-aneh", buat=partial(sel, isi=b"<v>#APA!</v>", sifat=b't="e"'), temuan_sama=False)
_bebas("tanggal-rusak", buat=partial(sel, isi=b"<v>2025-99-99T99</v>", sifat=b't="d"'), temuan_sama=False)
_bebas("nilai-kembar", buat=partial(sel, isi=b"<v>21</v><v>99</v>"), temuan_sama=False)
_bebas("gaya-di-luar", buat=partial(sel, isi=b"<v>21</v>", sifat=b's="99999"'))
_bebas("gaya-negatif", buat=partial(sel, isi=b"<v>21</v>", sifat=b's="-1"'))
_bebas("gaya-raksasa", buat=partial(sel, isi=b"<v>21</v>", sifat=b's="99999999999999999999"'))
_bebas("gaya-huruf", buat=partial(sel, isi=b"<v>21</v>", sifat=b's="x"'))


def tanggal_raksasa(master: bytes) -> bytes:
    """A number far beyond any date, in a date format."""
    gaya = satu(
        isi_bagian(master, GAYA), b"</cellXfs>", b'<xf numFmtId="14" fontId="0" fillId="0" borderId="0"/></cellXfs>'
    )
    cocok = re.search(rb'<cellXfs count="(\d+)"', gaya)
    if not cocok:
        raise ValueError("cellXfs")
    lembar = _ganti_sel(isi_bagian(master, T29), b"D12", b's="%s"' % cocok[1], b"<v>1e15</v>")
    return pakai(master, {GAYA: gaya, T29: lembar})


_bebas("tanggal-raksasa", buat=tanggal_raksasa, temuan_sama=False)


# ── XML ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _tubuh(master: bytes, nama: str) -> bytes:
    """A part without its XML declaration."""
    return re.sub(rb"^<\?xml.*?\?>\s*", b"", isi_bagian(master, nama))


def _tawa(tingkat: int, lipat: int) -> bytes:
    """Entities of entities: ``lipat`` to the power of ``tingkat`` laughs."""
    isi = [b'<!ENTITY t0 "tawa ">']
    for n in range(1, tingkat + 1):
        isi.append(b'<!ENTITY t%d "%s">' % (n, b"&t%d;" % (n - 1) * lipat))
    return b"<!DOCTYPE x [%s]>" % b"".join(isi)


def dtd(master: bytes, nama: str, deklarasi: bytes, pakai_entitas: bytes = b"", tanda: bytes = b"") -> bytes:
    """A part with a DOCTYPE, and a use of its entities put before a mark."""
    isi = _tubuh(master, nama)
    if tanda:
        isi = satu(isi, tanda, pakai_entitas + tanda)
    return pakai(master, {nama: KEPALA_XML + deklarasi + isi})


def dtd_sel(master: bytes, deklarasi: bytes, entitas: bytes) -> bytes:
    """T-C.29 with a DOCTYPE, and a cell whose text is an entity."""
    lembar = _ganti_sel(_tubuh(master, T29), b"A12", b't="inlineStr"', b"<is><t>%s</t></is>" % entitas)
    return pakai(master, {T29: KEPALA_XML + deklarasi + lembar})


def dtd_utf16(master: bytes) -> bytes:
    """A DOCTYPE that a search for ASCII bytes does not see."""
    lembar = _ganti_sel(_tubuh(master, T29), b"A12", b't="inlineStr"', b"<is><t>&t9;</t></is>")
    teks = '<?xml version="1.0" encoding="UTF-16"?>' + (_tawa(9, 10) + lembar).decode()
    return pakai(master, {T29: teks.encode("utf-16")})


def sarang(master: bytes, nama: str, tanda: bytes, unsur: bytes = b"x", dalam: int = 1_000_000) -> bytes:
    """Elements a million levels deep."""
    return sisip(master, nama, tanda, (b"<%s>" % unsur, dalam), (b"</%s>" % unsur, dalam))


def atribut_panjang(master: bytes, nama: str, lama: bytes) -> bytes:
    """An attribute of 100 MB."""
    depan, ada, belakang = isi_bagian(master, nama).partition(lama)
    if not ada:
        raise ValueError(f"{lama!r} is not in {nama}")
    return pakai(master, {nama: aliran(depan, ada, b' zz="', (b"a", 100 * MB), b'"', belakang)})


def atribut_banyak(master: bytes, jumlah: int) -> bytes:
    """One element with millions of attributes, all of different names."""
    isi = b"".join(b' a%x=""' % n for n in range(jumlah))
    return pakai(master, {T29: satu(isi_bagian(master, T29), b'<row r="12"', b'<row r="12"' + isi)})


def sandi_huruf(master: bytes, deklarasi: bytes, nama: str = T29) -> bytes:
    """A part that declares another encoding than its own."""
    return pakai(master, {nama: b'<?xml version="1.0" encoding="%s"?>' % deklarasi + _tubuh(master, nama)})


def komentar_mirip_sel(master: bytes) -> bytes:
    """20 MB of half cells in a comment: well-formed XML that a regular expression reads in quadratic time."""
    return sisip(master, T29, b"</worksheet>", b"<!-- ", (b'<c r="A1" ', 2_000_000), b" -->")


_DTD = _RUSAK + "|DTD|DOCTYPE|entitas|tidak aman"
_LUAR = b'<!DOCTYPE x [<!ENTITY luar SYSTEM "file:///etc/passwd">]>'
_KUADRAT = b'<!DOCTYPE x [<!ENTITY b "%s">]>' % (b"b" * 100_000)
_tolak("miliar-tawa-lembar", buat=lambda m: dtd_sel(m, _tawa(9, 10), b"&t9;"), kata=_DTD)
_tolak(
    "miliar-tawa-teks",
    buat=lambda m: dtd(m, TEKS, _tawa(9, 10), b"<si><t>&t9;</t></si>", b"</sst>"),
    kata=_DTD,
)
_tolak(
    "miliar-tawa-workbook",
    buat=lambda m: dtd(m, WORKBOOK, _tawa(9, 10), b'<definedName name="t">&t9;</definedName>', b"</definedNames>"),
    kata=_DTD,
)
_tolak("miliar-tawa-relasi", buat=lambda m: dtd(m, REL_WORKBOOK, _tawa(9, 10), b"&t9;", b"</Relationships>"), kata=_DTD)
_tolak("miliar-tawa-jenis-isi", buat=lambda m: dtd(m, ISI_PAKET, _tawa(9, 10), b"&t9;", b"</Types>"), kata=_DTD)
_tolak("miliar-tawa-gaya", buat=lambda m: dtd(m, GAYA, _tawa(9, 10), b"&t9;", b"</styleSheet>"), kata=_DTD)
_tolak("miliar-tawa-tabel", buat=lambda m: dtd(m, TABEL_T29, _tawa(9, 10), b"&t9;", b"</table>"), kata=_DTD)
_tolak("entitas-luar-lembar", buat=lambda m: dtd_sel(m, _LUAR, b"&luar;"), kata=_DTD)
_tolak("entitas-luar-teks", buat=lambda m: dtd(m, TEKS, _LUAR, b"<si><t>&luar;</t></si>", b"</sst>"), kata=_DTD)
_tolak("entitas-luar-workbook", buat=lambda m: dtd(m, WORKBOOK, _LUAR, b"&luar;", b"</workbook>"), kata=_DTD)
_tolak(
    "entitas-parameter",
    buat=lambda m: dtd(m, WORKBOOK, b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'),
    kata=_DTD,
)
_tolak(
    "dtd-luar",
    buat=lambda m: dtd(m, T29, b'<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">'),
    kata=_DTD,
)
_tolak("dtd-kosong", buat=lambda m: dtd(m, T29, b"<!DOCTYPE worksheet>"), kata=_DTD)
_tolak("entitas-kuadratik", buat=lambda m: dtd_sel(m, _KUADRAT, b"&b;" * 50_000), kata=_DTD)
_tolak("dtd-utf16", buat=dtd_utf16, kata=_DTD)
_tolak("entitas-tak-dikenal", buat=partial(sel, isi=b"<is><t>&apaini;</t></is>", sifat=b't="inlineStr"'), kata=_RUSAK)
_tolak("sarang-lembar", buat=lambda m: sarang(m, T29, b"</worksheet>"), kata=_besar(_RUSAK))
_tolak("sarang-baris", buat=lambda m: sarang(m, T29, b"</sheetData>", b"row"), kata=_besar(_RUSAK))
_tolak("sarang-workbook", buat=lambda m: sarang(m, WORKBOOK, b"</workbook>"), kata=_besar(_RUSAK))
_tolak("sarang-gaya", buat=lambda m: sarang(m, GAYA, b"</styleSheet>"), kata=_besar(_RUSAK))
_tolak("sarang-teks", buat=lambda m: sarang(m, TEKS, b"</sst>", b"si"), kata=_besar(_RUSAK))
_tolak("sarang-relasi", buat=lambda m: sarang(m, REL_WORKBOOK, b"</Relationships>"), kata=_besar(_RUSAK))
_tolak("sarang-tabel", buat=lambda m: sarang(m, TABEL_T29, b"</table>"), kata=_besar(_RUSAK))
_tolak("atribut-100mb", buat=lambda m: atribut_panjang(m, T29, b'<row r="12"'), kata=_besar(_RUSAK))
_tolak("atribut-100mb-workbook", buat=lambda m: atribut_panjang(m, WORKBOOK, b"<calcPr"), kata=_besar(_RUSAK))
_bebas("atribut-500-ribu", buat=partial(atribut_banyak, jumlah=500_000))
_tolak("atribut-10-juta", buat=partial(atribut_banyak, jumlah=10_000_000), kata=_besar(_RUSAK), panjang=True)
_tolak("atribut-kembar", buat=lambda m: ubah_satu(m, T29, b'<c r="D12"', b'<c r="D12" r="D13"'), kata=_RUSAK)
_bebas("komentar-mirip-sel", buat=komentar_mirip_sel)
_tolak("lembar-kosong-nol-byte", buat=lambda m: pakai(m, {T29: b""}), kata=_RUSAK)
_tolak("workbook-nol-byte", buat=lambda m: pakai(m, {WORKBOOK: b""}), kata=_RUSAK)
_tolak("teks-nol-byte", buat=lambda m: pakai(m, {TEKS: b""}), kata=_RUSAK)
_tolak("gaya-nol-byte", buat=lambda m: pakai(m, {GAYA: b""}), kata=_RUSAK)
_tolak("tabel-nol-byte", buat=lambda m: pakai(m, {TABEL_T29: b""}), kata=_RUSAK)
_tolak("relasi-nol-byte", buat=lambda m: pakai(m, {REL_WORKBOOK: b""}), kata=_RUSAK)
_tolak("lembar-terpotong", buat=lambda m: pakai(m, {T29: isi_bagian(m, T29)[:100_000]}), kata=_RUSAK)
_tolak("teks-terpotong", buat=lambda m: pakai(m, {TEKS: isi_bagian(m, TEKS)[:60_000]}), kata=_RUSAK)
_tolak("lembar-tanpa-isi", buat=lambda m: pakai(m, {T29: b'<worksheet xmlns="%s"/>' % NS}), kata=_RUSAK + "|kolom")
_tolak("lembar-akar-lain", buat=lambda m: pakai(m, {T29: b"<html><p>halo</p></html>"}), kata=_RUSAK + "|kolom")
_tolak("tag-tak-berpasangan", buat=lambda m: ubah_satu(m, T29, b"</row>", b"</baris>"), kata=_RUSAK)
_tolak("dua-akar", buat=lambda m: pakai(m, {T29: isi_bagian(m, T29) + b"<worksheet/>"}), kata=_RUSAK)
_tolak("teks-setelah-akar", buat=lambda m: pakai(m, {T29: isi_bagian(m, T29) + b"halo"}), kata=_RUSAK)
_tolak("nul-dalam-lembar", buat=partial(sel, isi=b"<v>2\x001</v>"), kata=_RUSAK)
_tolak("nul-dalam-teks", buat=lambda m: ubah_satu(m, TEKS, b"Profil Renja", b"Profil\0Renja"), kata=_RUSAK)
_tolak("rujukan-nul", buat=lambda m: ubah_satu(m, TEKS, b"Profil Renja", b"Profil&#0;Renja"), kata=_RUSAK)
_tolak("rujukan-surogat", buat=lambda m: ubah_satu(m, TEKS, b"Profil Renja", b"Profil&#xD800;Renja"), kata=_RUSAK)
_tolak("utf8-rusak-teks", buat=lambda m: ubah_satu(m, TEKS, b"Profil Renja", b"Profil\xff\xfeRenja"), kata=_RUSAK)
_tolak(
    "utf8-rusak-lembar",
    buat=partial(sel, isi=b"<is><t>a\xc3(b\xed\xa0\x80</t></is>", sifat=b't="inlineStr"'),
    kata=_RUSAK,
)
_tolak("sandi-huruf-utf16-bohong", buat=partial(sandi_huruf, deklarasi=b"UTF-16"), kata=_RUSAK)
_tolak("sandi-huruf-tak-dikenal", buat=partial(sandi_huruf, deklarasi=b"x-apa-ini"), kata=_RUSAK)
_tolak("sandi-huruf-utf7", buat=partial(sandi_huruf, deklarasi=b"UTF-7"), kata=_RUSAK)
_bebas("sandi-huruf-latin1", buat=partial(sandi_huruf, deklarasi=b"ISO-8859-1"), temuan_sama=False)
_bebas("sandi-huruf-ascii", buat=partial(sandi_huruf, deklarasi=b"US-ASCII"))


# ── many of something, and things that reach out ──────────────────────────────────────────────────────────────


def nama_banyak(master: bytes, jumlah: int) -> bytes:
    """Many defined names."""
    isi = b"".join(b'<definedName name="n%d">Profil!$A$1</definedName>' % n for n in range(jumlah))
    return ubah_satu(master, WORKBOOK, b"</definedNames>", isi + b"</definedNames>")


def gabungan_banyak(master: bytes, jumlah: int) -> bytes:
    """Many merged ranges."""
    isi = b"".join(b'<mergeCell ref="AA%d:AB%d"/>' % (n, n) for n in range(1, jumlah + 1))
    xml = isi_bagian(master, T29)
    baru = b'<mergeCells count="%d">%s</mergeCells>' % (jumlah, isi)
    if b"</mergeCells>" in xml:
        return ubah_satu(master, T29, b"</mergeCells>", isi + b"</mergeCells>")
    return ubah_satu(master, T29, b"<conditionalFormatting", baru + b"<conditionalFormatting")


def syarat_banyak(master: bytes, jumlah: int) -> bytes:
    """Many conditional formats."""
    isi = b"".join(
        b'<conditionalFormatting sqref="A%d"><cfRule type="expression" dxfId="0" priority="%d"><formula>1</formula>'
        b"</cfRule></conditionalFormatting>" % (n, n + 100)
        for n in range(1, jumlah + 1)
    )
    return ubah_satu(master, T29, b"<conditionalFormatting", isi + b"<conditionalFormatting")


def gaya_banyak(master: bytes, jumlah: int) -> bytes:
    """Many cell styles, as workbooks that were copied together for years have them."""
    xf = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    return sisip(master, GAYA, b"</cellXfs>", (xf, jumlah))


def rumus(master: bytes, f: bytes) -> bytes:
    """A formula, with its element, in an input cell that keeps its value."""
    return sel(master, f + b"<v>21</v>")


def rumus_panjang(master: bytes) -> bytes:
    """A formula of 10 MB."""
    depan, belakang = _belah_sel(isi_bagian(master, T29), b"D12")
    isi = aliran(depan, b'<c r="D12"><f>1', (b"+1", 5 * MB), b"</f><v>21</v></c>", belakang)
    return pakai(master, {T29: isi})


def rumus_sarang(master: bytes) -> bytes:
    """A formula of a hundred thousand brackets."""
    return rumus(master, b"<f>" + b"(" * 100_000 + b"1" + b")" * 100_000 + b"</f>")


def tautan_luar(master: bytes, sasaran: bytes, isi: bytes | None = None) -> bytes:
    """A link to another workbook, and a formula that uses it."""
    buku = (
        b'<externalBook xmlns:r="%s" r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook>'
        % JENIS_REL.rstrip(b"/")
    )
    bagian_baru = KEPALA_XML + b'<externalLink xmlns="%s">%s</externalLink>' % (NS, isi or buku)
    jenis = (
        b'<Override PartName="/xl/externalLinks/externalLink1.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/>'
    )
    ubah: dict[str, Isi] = {
        ISI_PAKET: tambah_jenis(master, jenis),
        REL_WORKBOOK: tambah_relasi(
            master, REL_WORKBOOK, relasi(b"externalLink", b"rId50", b"externalLinks/externalLink1.xml")
        ),
        WORKBOOK: satu(
            isi_bagian(master, WORKBOOK),
            b"<definedNames>",
            b'<externalReferences><externalReference r:id="rId50"/></externalReferences><definedNames>',
        ),
        "xl/externalLinks/externalLink1.xml": bagian_baru,
        "xl/externalLinks/_rels/externalLink1.xml.rels": daftar_relasi(
            relasi(b"externalLinkPath", b"rId1", sasaran, b' TargetMode="External"')
        ),
        T29: _ganti_sel(isi_bagian(master, T29), b"D12", b"", b"<f>[1]Sheet1!A1</f><v>21</v>"),
    }
    return pakai(master, ubah)


def sambungan_luar(master: bytes, sasaran: bytes) -> bytes:
    """A web query that refreshes when the workbook is opened."""
    isi = (
        b'<connections xmlns="%s"><connection id="1" name="w" type="4" refreshedVersion="1" refreshOnLoad="1">'
        b'<webPr url="%s"/></connection></connections>' % (NS, sasaran)
    )
    jenis = (
        b'<Override PartName="/xl/connections.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml"/>'
    )
    ubah: dict[str, Isi] = {
        ISI_PAKET: tambah_jenis(master, jenis),
        REL_WORKBOOK: tambah_relasi(master, REL_WORKBOOK, relasi(b"connections", b"rId51", b"connections.xml")),
        "xl/connections.xml": KEPALA_XML + isi,
    }
    return pakai(master, ubah)


def makro(master: bytes) -> bytes:
    """A macro project beside an otherwise ordinary workbook."""
    utama = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    jenis = tambah_jenis(master, b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>')
    vba = b'<Relationship Id="rId52" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    ubah: dict[str, Isi] = {
        ISI_PAKET: satu(jenis, utama, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        REL_WORKBOOK: tambah_relasi(master, REL_WORKBOOK, vba),
        "xl/vbaProject.bin": cfb("VBA", "PROJECT"),
    }
    return pakai(master, ubah)


_bebas("nama-100-ribu", buat=partial(nama_banyak, jumlah=100_000))
_bebas("gabungan-sejuta", buat=partial(gabungan_banyak, jumlah=1_000_000), panjang=True)
_bebas("gabungan-200-ribu", buat=partial(gabungan_banyak, jumlah=200_000))
_bebas("syarat-500-ribu", buat=partial(syarat_banyak, jumlah=500_000), panjang=True)
_bebas("syarat-50-ribu", buat=partial(syarat_banyak, jumlah=50_000))
_bebas("gaya-100-ribu", buat=partial(gaya_banyak, jumlah=100_000))
_bebas("gaya-3-juta", buat=partial(gaya_banyak, jumlah=3_000_000))
_bebas("kolom-sejuta", buat=lambda m: sisip(m, T29, b"</cols>", (b'<col min="1" max="16384" width="9"/>', MB)))
_bebas("rumus-bersama-4294967295", buat=partial(rumus, f=b'<f t="shared" si="4294967295"/>'), temuan_sama=False)
_bebas("rumus-bersama-negatif", buat=partial(rumus, f=b'<f t="shared" si="-1" ref="D12">1</f>'), temuan_sama=False)
_bebas("rumus-bersama-huruf", buat=partial(rumus, f=b'<f t="shared" si="x" ref="D12">1</f>'), temuan_sama=False)
_bebas(
    "rumus-bersama-seluruh-lembar",
    buat=partial(rumus, f=b'<f t="shared" si="0" ref="A1:XFD1048576">1+A1</f>'),
    temuan_sama=False,
)
_bebas(
    "rumus-larik-seluruh-lembar", buat=partial(rumus, f=b'<f t="array" ref="A1:XFD1048576">1</f>'), temuan_sama=False
)
_bebas("rumus-ref-rusak", buat=partial(rumus, f=b'<f t="shared" si="0" ref="ZZZZ0:!">1</f>'), temuan_sama=False)
_bebas("rumus-10mb", buat=rumus_panjang, temuan_sama=False)
_bebas("rumus-sarang", buat=rumus_sarang, temuan_sama=False)
_bebas("rumus-dde", buat=partial(rumus, f=b"<f>cmd|' /C calc'!A0</f>"), temuan_sama=False)
_bebas("rumus-webservice", buat=partial(rumus, f=b'<f>WEBSERVICE("http://127.0.0.1:9/")</f>'), temuan_sama=False)
_bebas("tautan-berkas", buat=partial(tautan_luar, sasaran=b"file:///etc/passwd"), temuan_sama=False)
_bebas("tautan-unc", buat=partial(tautan_luar, sasaran=b"\\\\127.0.0.1\\x\\y.xlsx"), temuan_sama=False)
_bebas(
    "tautan-dde",
    buat=partial(
        tautan_luar,
        sasaran=b"cmd",
        isi=b'<ddeLink ddeService="cmd" ddeTopic="/C calc"><ddeItems><ddeItem name="A0" advise="1"/></ddeItems></ddeLink>',
    ),
    temuan_sama=False,
)
_bebas("makro-bernama-xlsx", buat=makro)


# ── honest, but odd ───────────────────────────────────────────────────────────────────────────────────────────


def semua_xml(master: bytes, ubah: Callable[[bytes], bytes], *, awalan: str = "xl/") -> bytes:
    """The archive with every XML part below a folder passed through a function."""
    with zipfile.ZipFile(BytesIO(master)) as z:
        nama = [n for n in z.namelist() if n.startswith(awalan) and n.endswith((".xml", ".rels"))]
        return pakai(master, {n: ubah(z.read(n)) for n in nama})


def _komentar_dan_petunjuk(xml: bytes) -> bytes:
    """Comments with what looks like data, and processing instructions, wherever XML allows them."""
    petunjuk = b'<?lain isi="<sheetData>"?><!-- <c r="D12"><f>1</f><v>99</v></c> </sheetData> -->'
    # the end first: what is put in holds these tags too
    xml = satu(xml, b"</sheetData>", b"</sheetData>" + petunjuk)
    xml = satu(xml, b"<sheetData>", petunjuk + b"<sheetData>")
    return xml + b"\n<!-- akhir -->\n"


def _sela_data(xml: bytes) -> bytes:
    """Comments between rows, cells and values, and text kept in a CDATA section."""
    xml = satu(xml, b'<row r="12"', b'<!-- <row r="12"> --><row r="12"')
    xml = satu(xml, b'<c r="D12"', b'<!-- <c r="D12"><v>99</v></c> --><c r="D12"')
    return satu(xml, b"<v>21</v>", b"<v><!-- 9 --><![CDATA[21]]></v>")


def _awalan_nama(xml: bytes) -> bytes:
    """Every element of the main namespace with a prefix, as some libraries write."""
    if b'xmlns="%s"' % NS not in xml:
        return xml
    xml = xml.replace(b'xmlns="%s"' % NS, b'xmlns:x="%s"' % NS)
    return re.sub(rb"<(/?)(?![?!/])([A-Za-z]+)(?=[\s/>])", rb"<\1x:\2", xml)


def _ketat(xml: bytes) -> bytes:
    """The namespaces of the strict kind of the standard, which Excel offers when saving."""
    return xml.replace(NS, b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
        JENIS_REL.rstrip(b"/"), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    )


def _petik_tunggal(xml: bytes) -> bytes:
    """Attributes in single quotes, with spaces about the equals sign."""
    return re.sub(rb'\b(r|s|t|si|ref|name|id|Id|Target) ?= ?"([^"\']*)"', rb"\1 = '\2'", xml)


def _berindentasi(xml: bytes) -> bytes:
    """Each element of the sheet on a line of its own, as after a formatter; texts stay whole."""
    return re.sub(rb">(?=<(?:/?(?:row|c|sheetData|v|f|is)\b))", b">\r\n  ", xml)


def _tanpa_alamat(xml: bytes) -> bytes:
    """Rows and cells without an address where they follow in order, which the standard allows."""

    def baris(cocok: re.Match[bytes]) -> bytes:
        alamat = re.findall(rb'<c r="([A-Z]+)', cocok[0])
        urut = [_huruf(n) for n in range(1, len(alamat) + 1)]
        return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", cocok[0]) if alamat == urut else cocok[0]

    return re.sub(rb"<row .*?</row>", baris, xml, flags=re.DOTALL)


def _huruf(n: int) -> bytes:
    hasil = b""
    while n:
        n, sisa = divmod(n - 1, 26)
        hasil = bytes([65 + sisa]) + hasil
    return hasil


def teks_sebaris_semua(master: bytes) -> bytes:
    """Every shared string written in its cell instead."""
    teks = [t[1] for t in re.finditer(rb"<si>(.*?)</si>", isi_bagian(master, TEKS), re.DOTALL)]

    def sel_sebaris(xml: bytes) -> bytes:
        return re.sub(
            rb'(<c r="[A-Z]+\d+"[^>]*?) t="s"([^>]*)><v>(\d+)</v></c>',
            lambda c: b'%s t="inlineStr"%s><is>%s</is></c>' % (c[1], c[2], teks[int(c[3])]),
            xml,
        )

    return semua_xml(master, sel_sebaris, awalan="xl/worksheets/sheet")


def teks_kaya(master: bytes) -> bytes:
    """Shared strings in formatted runs, with a reading aid that is no part of the text."""

    def kaya(cocok: re.Match[bytes]) -> bytes:
        isi = cocok[2]
        if b"&" in isi or len(isi) < 4:
            return cocok[0]
        n = len(isi.decode()) // 2
        a, b = isi.decode()[:n].encode(), isi.decode()[n:].encode()
        ruang = b' xml:space="preserve"'
        bantu = b'<rPh sb="0" eb="1"><t>BACAAN</t></rPh>'
        return b"<si><r><t%s>%s</t></r><r><rPr><b/></rPr><t%s>%s</t></r>%s</si>" % (ruang, a, ruang, b, bantu)

    return pakai(master, {TEKS: re.sub(rb"<si><t([^>]*)>([^<]*)</t></si>", kaya, isi_bagian(master, TEKS))})


def utf16(master: bytes) -> bytes:
    """A sheet and the shared strings in UTF-16, honestly declared."""
    return pakai(
        master,
        {
            n: ('<?xml version="1.0" encoding="UTF-16"?>' + _tubuh(master, n).decode()).encode("utf-16")
            for n in (T29, TEKS)
        },
    )


def disimpan(master: bytes) -> bytes:
    """Nothing compressed."""
    return zip_dari(bagian(n, isi_bagian(master, n), 0) for n in urai(master))


def mengalir(master: bytes, *, tanda: bool = True) -> bytes:
    """Written as a stream: sizes only after the data, with or without the descriptor's mark."""

    def alirkan(b: Bagian) -> Bagian:
        k = replace(b.pusat, bendera=b.pusat.bendera | 8)
        sesudah = (b"PK\x07\x08" if tanda else b"") + struct.pack("<3I", k.crc, k.padat, k.panjang)
        return replace(b, pusat=k, lokal=replace(k, crc=0, padat=0, panjang=0), sesudah=sesudah)

    return zip_dari(alirkan(b) for b in urai(master).values())


def zip64(master: bytes) -> bytes:
    """Small parts with zip64 headers, as streaming writers make them, and zip64 end records."""

    def luaskan(b: Bagian) -> Bagian:
        k = b.pusat
        ekstra = struct.pack("<2H2Q", 1, 16, k.panjang, k.padat)
        besar = replace(k, padat=0xFFFFFFFF, panjang=0xFFFFFFFF)
        return replace(b, lokal=besar, pusat=besar, ekstra_lokal=ekstra, ekstra_pusat=ekstra)

    return zip_dari((luaskan(b) for b in urai(master).values()), zip64=True)


def huruf_lain(master: bytes) -> bytes:
    """Part names in another case than the relationships have; part names are compared without case."""
    semua = {}
    for nama, b in urai(master).items():
        lain = nama.replace("worksheets/sheet", "Worksheets/Sheet").replace("sharedStrings", "SharedStrings")
        semua[lain] = rekam(b, nama=lain.encode())
    return zip_dari(semua.values())


def garis_miring_balik(master: bytes) -> bytes:
    """Part names with backslashes, as an old .NET library wrote them."""
    return zip_dari(rekam(b, nama=n.replace("/", "\\").encode()) for n, b in urai(master).items())


def relasi_mutlak(master: bytes) -> bytes:
    """Relationships from the root of the package."""
    paket = satu(isi_bagian(master, REL_PAKET), b'Target="xl/', b'Target="/xl/')
    buku = re.sub(rb'Target="(?!/)', b'Target="/xl/', isi_bagian(master, REL_WORKBOOK))
    lembar = isi_bagian(master, REL_T29).replace(b'Target="../', b'Target="/xl/')
    return pakai(master, {REL_PAKET: paket, REL_WORKBOOK: buku, REL_T29: lembar})


def bertanda_tangan(master: bytes) -> bytes:
    """A digitally signed package."""
    asal = "_xmlsignatures/origin.sigs"
    jenis = (
        b'<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>'
        b'<Override PartName="/_xmlsignatures/sig1.xml" '
        b'ContentType="application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/>'
    )
    rel = (
        b'<Relationship Id="rId60" Target="_xmlsignatures/origin.sigs" '
        b'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"/>'
    )
    tanda = (
        b'<Relationship Id="rId1" Target="sig1.xml" '
        b'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature"/>'
    )
    ubah: dict[str, Isi] = {
        ISI_PAKET: tambah_jenis(master, jenis),
        REL_PAKET: tambah_relasi(master, REL_PAKET, rel),
        asal: b"",
        "_xmlsignatures/_rels/origin.sigs.rels": daftar_relasi(tanda),
        "_xmlsignatures/sig1.xml": KEPALA_XML + b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
    }
    return pakai(master, ubah)


def bagian_asing(master: bytes) -> bytes:
    """Parts that nobody knows, and that no relationship leads to."""
    return pakai(master, {"customXml/item1.xml": b"<a/>", "xl/lain/apa.bin": bytes(range(256)), "catatan.txt": b"halo"})


def tanpa_ringkasan(master: bytes) -> bytes:
    """Without the document properties."""
    rel = re.sub(rb"<Relationship [^>]*docProps[^>]*/>", b"", isi_bagian(master, REL_PAKET))
    jenis = re.sub(rb'<Override PartName="/docProps[^>]*/>', b"", isi_bagian(master, ISI_PAKET))
    return pakai(master, {REL_PAKET: rel, ISI_PAKET: jenis, "docProps/app.xml": None, "docProps/core.xml": None})


def tanpa_tema(master: bytes) -> bytes:
    """Without the theme."""
    rel = re.sub(rb"<Relationship [^>]*theme1[^>]*/>", b"", isi_bagian(master, REL_WORKBOOK))
    jenis = re.sub(rb'<Override PartName="/xl/theme[^>]*/>', b"", isi_bagian(master, ISI_PAKET))
    return pakai(master, {REL_WORKBOOK: rel, ISI_PAKET: jenis, TEMA: None})


def rantai_hitung(master: bytes) -> bytes:
    """With a calculation chain, as Excel saves it."""
    isi = b'<calcChain xmlns="%s"><c r="L8" i="3"/><c r="N8" i="3"/></calcChain>' % NS
    jenis = (
        b'<Override PartName="/xl/calcChain.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'
    )
    ubah: dict[str, Isi] = {
        ISI_PAKET: tambah_jenis(master, jenis),
        REL_WORKBOOK: tambah_relasi(master, REL_WORKBOOK, relasi(b"calcChain", b"rId53", b"calcChain.xml")),
        "xl/calcChain.xml": KEPALA_XML + isi,
    }
    return pakai(master, ubah)


def lembar_tambahan(master: bytes, isi: bytes | Aliran, nama: bytes = b"Kertas kerja") -> bytes:
    """A further sheet, the planner's own."""
    jenis = (
        b'<Override PartName="/xl/worksheets/sheet99.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    )
    ubah: dict[str, Isi] = {
        ISI_PAKET: tambah_jenis(master, jenis),
        REL_WORKBOOK: tambah_relasi(master, REL_WORKBOOK, relasi(b"worksheet", b"rId99", b"worksheets/sheet99.xml")),
        WORKBOOK: satu(
            isi_bagian(master, WORKBOOK), b"</sheets>", b'<sheet name="%s" sheetId="99" r:id="rId99"/></sheets>' % nama
        ),
        "xl/worksheets/sheet99.xml": isi,
    }
    return pakai(master, ubah)


def lembar_100_ribu(master: bytes) -> bytes:
    """A further sheet with a hundred thousand filled rows."""
    baris = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d" t="s"><v>5</v></c><c r="C%d"><f>A%d*2</f><v>%d</v></c></row>'
        % (n, n, n, n, n, n, 2 * n)
        for n in range(1, 100_001)
    )
    return lembar_tambahan(
        master, KEPALA_XML + b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (NS, baris)
    )


def lembar_sel_terjauh(master: bytes) -> bytes:
    """A further sheet with a lone cell in the last corner: odd, but it is the planner's own sheet."""
    return lembar_tambahan(
        master,
        KEPALA_XML
        + b'<worksheet xmlns="%s"><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
        % NS,
    )


def lembar_bagan(master: bytes) -> bytes:
    """A chart sheet, which has no cells."""
    isi = (
        KEPALA_XML
        + b'<chartsheet xmlns="%s"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>' % NS
    )
    rel = relasi(b"chartsheet", b"rId99", b"chartsheets/sheet1.xml")
    jenis = (
        b'<Override PartName="/xl/chartsheets/sheet1.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml"/>'
    )
    ubah: dict[str, Isi] = {
        ISI_PAKET: tambah_jenis(master, jenis),
        REL_WORKBOOK: tambah_relasi(master, REL_WORKBOOK, rel),
        WORKBOOK: satu(
            isi_bagian(master, WORKBOOK), b"</sheets>", b'<sheet name="Bagan" sheetId="99" r:id="rId99"/></sheets>'
        ),
        "xl/chartsheets/sheet1.xml": isi,
    }
    return pakai(master, ubah)


def hitungan_teks(master: bytes, jumlah: bytes) -> bytes:
    """Another number of shared strings than there are; a reader that makes room for it beforehand runs out of memory."""
    return pakai(master, {TEKS: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="%s"' % jumlah, isi_bagian(master, TEKS))})


def sel_kosong(master: bytes) -> bytes:
    """Cells that hold an empty text instead of nothing, in every way that programs write it."""
    xml = isi_bagian(master, T29)
    for alamat, sifat, isi in (
        (b"D8", b't="inlineStr"', b"<is><t></t></is>"),
        (b"E8", b't="inlineStr"', b"<is/>"),
        (b"F8", b't="str"', b"<v></v>"),
        (b"G8", b't="str"', b"<v/>"),
        (b"H8", b"", b"<v/>"),
        (b"I8", b't="n"', b""),
        (b"J8", b't="inlineStr"', b""),
    ):
        xml = _ganti_sel(xml, alamat, sifat, isi)
    return pakai(master, {T29: xml})


def _baris_tersembunyi(xml: bytes) -> bytes:
    """Rows hidden and grouped, columns hidden."""
    xml = re.sub(rb'<row r="(1\d|2\d)"', rb'<row r="\1" hidden="1" outlineLevel="2" collapsed="1"', xml)
    return re.sub(rb'<col min="(\d+)"(?![^>]*hidden)', rb'<col hidden="1" outlineLevel="1" min="\1"', xml)


def _terbalik(xml: bytes) -> bytes:
    """Attributes of cells in another order."""
    return re.sub(rb'<c r="([A-Z]+\d+)" s="(\d+)"', rb'<c s="\2" cm="0" r="\1"', xml)


def _sifat_asing(xml: bytes) -> bytes:
    """Attributes of another namespace that are named as ours."""
    return re.sub(rb'<c r="([A-Z]+\d+)" s="(\d+)"', rb'<c xmlns:z="urn:z" z:r="A1" z:t="s" r="\1" s="\2"', xml)


def _cuplikan_ekstensi(xml: bytes) -> bytes:
    """An extension list with cells of another namespace in it."""
    isi = (
        b'<extLst><ext uri="{X}" xmlns:y="urn:y"><y:sheetData><y:row r="12"><y:c r="D12"><y:v>99</y:v></y:c></y:row>'
        b"</y:sheetData></ext></extLst>"
    )
    return satu(xml, b"</worksheet>", isi + b"</worksheet>")


def alternatif(master: bytes, isi: bytes) -> bytes:
    """The markup that lets programs choose, which every Excel writes into the workbook part."""
    mc = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        b'<mc:Choice Requires="x15" xmlns:x15="urn:x">%s</mc:Choice></mc:AlternateContent>' % isi
    )
    return ubah_satu(master, WORKBOOK, b"<bookViews>", mc + b"<bookViews>")


def _lembar(ubah: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """A change to every sheet."""
    return partial(semua_xml, ubah=ubah, awalan="xl/worksheets/sheet")


def _t29(ubah: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda m: pakai(m, {T29: ubah(isi_bagian(m, T29))})


def _urutan_lain(master: bytes) -> bytes:
    semua = urai(master)
    jenis = semua.pop(ISI_PAKET)
    return zip_dari((*reversed(semua.values()), jenis))


_terima("polos", buat=lambda m: m)
_terima("ditulis-ulang", buat=lambda m: zip_dari(urai(m).values()))
_terima("bom-utf8", buat=partial(semua_xml, ubah=lambda x: b"\xef\xbb\xbf" + x, awalan=""))
_terima("tanpa-deklarasi-xml", buat=partial(semua_xml, ubah=lambda x: re.sub(rb"^<\?xml.*?\?>\s*", b"", x), awalan=""))
_terima("komentar-dan-petunjuk", buat=_lembar(_komentar_dan_petunjuk))
_terima("komentar-di-antara-data", buat=_t29(_sela_data))
_terima("awalan-nama", buat=partial(semua_xml, ubah=_awalan_nama))
_terima("ooxml-ketat", buat=partial(semua_xml, ubah=_ketat, awalan=""))
_terima("petik-tunggal", buat=_lembar(_petik_tunggal))
_terima("berindentasi", buat=_lembar(_berindentasi))
_terima("tanpa-alamat", buat=_lembar(_tanpa_alamat))
_terima("teks-sebaris-semua", buat=teks_sebaris_semua)
_terima("teks-kaya", buat=teks_kaya)
_terima("utf16", buat=utf16)
_terima("sifat-terbalik", buat=_lembar(_terbalik))
_bebas("sifat-asing", buat=_lembar(_sifat_asing))
_terima("ekstensi-mirip-sel", buat=_t29(_cuplikan_ekstensi))
_terima("alternatif", buat=partial(alternatif, isi=b'<y:absPath xmlns:y="urn:y" url="C:\\\\Renja\\\\"/>'))
_bebas("alternatif-mirip-lembar", buat=partial(alternatif, isi=b'<sheet name="palsu"/>'))
for _nama, _nilai in (("hitungan-teks-salah", b"1"), ("hitungan-teks-lebih", b"9999")):
    _terima(_nama, buat=partial(hitungan_teks, jumlah=_nilai))
_bebas("hitungan-teks-4294967295", buat=partial(hitungan_teks, jumlah=b"4294967295"))
_bebas("hitungan-teks-negatif", buat=partial(hitungan_teks, jumlah=b"-1"))
_terima(
    "dimensi-salah",
    buat=_t29(lambda x: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', x)),
)
_terima("dimensi-sempit", buat=_t29(lambda x: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', x)))
_terima("angka-eksponen", buat=partial(sel, isi=b"<v>2.1E1</v>"))
_terima("gaya-60-ribu", buat=partial(gaya_banyak, jumlah=60_000))
_terima("disimpan-tanpa-mampat", buat=disimpan)
_terima("mengalir", buat=mengalir)
_terima("mengalir-tanpa-tanda", buat=partial(mengalir, tanda=False))
_terima("zip64", buat=zip64)
_terima("urutan-lain", buat=_urutan_lain)
_terima("relasi-mutlak", buat=relasi_mutlak)
_terima("nama-huruf-lain", buat=huruf_lain)
_bebas("nama-garis-miring-balik", buat=garis_miring_balik)
_terima("folder-dalam-zip", buat=lambda m: zip_dari((bagian("xl/", b"", 0), *urai(m).values())))
_terima("teks-32767", buat=partial(teks_sebaris, panjang=32_767))
_terima("teks-32767-bersama", buat=partial(teks_panjang, panjang=32_767))
_terima("sel-teks-kosong", buat=sel_kosong)
_terima("makro-xlsm", buat=makro, berkas="Rencana.xlsm")
_terima("bertanda-tangan", buat=bertanda_tangan, hitung="tanda tangan|ditandatangani")
_terima("bagian-asing", buat=bagian_asing)
_terima("tanpa-ringkasan", buat=tanpa_ringkasan)
_terima("tanpa-tema", buat=tanpa_tema)
_terima("rantai-hitung", buat=rantai_hitung)
_terima("lembar-100-ribu-baris", buat=lembar_100_ribu)
_terima("lembar-sel-terjauh", buat=lembar_sel_terjauh)
_terima("lembar-bagan", buat=lembar_bagan)
_terima("baris-tersembunyi", buat=_lembar(_baris_tersembunyi))


JARING: dict[str, Callable[[bytes, bytes], bytes]] = {
    "tautan-luar": tautan_luar,
    "sambungan-luar": sambungan_luar,
    "dtd-luar": lambda m, s: dtd(m, T29, b'<!DOCTYPE worksheet SYSTEM "%s">' % s),
    "entitas-luar": lambda m, s: dtd_sel(m, b'<!DOCTYPE x [<!ENTITY l SYSTEM "%s">]>' % s, b"&l;"),
    "lembar-luar": lambda m, s: relasi_lembar(m, s, b' TargetMode="External"'),
}
"""Files that name a place on the net, to be built when its port is known."""
