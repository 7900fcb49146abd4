"""The sheets *Rincian*: every number with its file, sheet and cell, as many rows as there are.

XlsxWriter lays the sheets out with one row as a pattern of the styles; the rows themselves are written straight into the
package, because millions of cells one call each would take longer than reading all the files.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from renja_xl.bappeda.rekap.bentuk import RINCIAN
from renja_xl.core.buku import baca_level
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import BATAS_TEKS
from renja_xl.tabel import MENURUT_KUNCI

BATAS_BARIS = 1_048_576
PERTAMA = 5
"""First row of records, 1-based."""

NILAI, KUNCI = 8, 15
"""Columns of the amount and of the key, 0-based."""

_PADAT = 1
"""Deflate level of the rows: they repeat themselves so much that a higher one gains little and takes long."""

_LAIN = re.compile("[&<>\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TAK_SAH = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass
class Bagian:
    """One agency's rows: on which sheet (0-based) and from which row to which, 1-based; empty where ``akhir < awal``."""

    lembar: int
    awal: int
    akhir: int


@dataclass
class Tata:
    """Where the rows of all agencies go; none is split over two sheets unless it alone is longer than one."""

    bagian: list[Bagian] = field(default_factory=list)
    batas: int = BATAS_BARIS

    def tambah(self, banyak: int) -> Bagian:
        lalu = self.bagian[-1] if self.bagian else Bagian(0, PERTAMA, PERTAMA - 1)
        lembar, awal = lalu.lembar, lalu.akhir + 1
        if awal + banyak - 1 > self.batas and awal > PERTAMA:
            lembar, awal = lembar + 1, PERTAMA
        baru = Bagian(lembar, awal, min(awal + banyak - 1, self.batas))
        self.bagian.append(baru)
        return baru

    @property
    def lembar(self) -> int:
        return self.bagian[-1].lembar + 1 if self.bagian else 1

    def akhir(self, lembar: int) -> int:
        """Last row of a sheet."""
        return max((b.akhir for b in self.bagian if b.lembar == lembar), default=PERTAMA)


def nama_lembar(n: int) -> str:
    return RINCIAN.nama if n == 0 else f"{RINCIAN.nama} {n + 1}"


def xml_teks(teks: str) -> str:
    """A text as XML content; what no cell can hold is left out or cut."""
    if len(teks) > BATAS_TEKS:
        teks = teks[:BATAS_TEKS]
    if teks.isalnum() or not _LAIN.search(teks):
        return teks
    return _TAK_SAH.sub("", teks).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True)
class Konteks:
    """What all rows of one agency share."""

    perangkat_daerah: str
    tahun: int
    berkas: str
    nomor_program: dict[tuple[str, str], int]
    """Ordinal of a program in its agency, by urusan and kode (or name)."""


class PenulisBaris:
    """Rows as XML, with the styles of the pattern row; blank cells are left out."""

    def __init__(self, gaya: Sequence[str]) -> None:
        huruf = [huruf_kolom(n + 1) for n in range(len(RINCIAN.kolom))]
        self._awal = [(f'<c r="{h}', f'" s="{g}" t="inlineStr"><is><t>') for h, g in zip(huruf, gaya, strict=True)]
        self._angka = [(f'<c r="{h}', f'" s="{g}"><v>') for h, g in zip(huruf, gaya, strict=True)]
        self._sebutan: dict[tuple[str, str, int], str] = {}

    def xml(self, k: Konteks, rekaman: Sequence[Any], awal: int, batas: int) -> Iterator[str]:
        """Rows of one agency from sheet row ``awal`` on; ``rekaman`` as JSON lists (``rekaman.Rekaman``)."""
        daerah, berkas = self._pola(0, k.perangkat_daerah), self._pola(11, k.berkas)
        tahun = f"{self._angka[1][0]}\0{self._angka[1][1]}{k.tahun}</v></c>"
        nilai_awal, nilai_akhir = self._angka[NILAI]
        pola, sebutan = self._pola, self._sebutan
        n = awal
        for tabel, lembar, _, level, kode, nama, indikator, urusan, program, nama_program, dana, angka in rekaman:
            tingkat = baca_level(level)
            depan = (
                f"{daerah}{tahun}{pola(2, tabel)}{pola(3, kode)}{pola(4, tingkat.judul if tingkat else level)}"
                f"{pola(5, nama)}{pola(6, indikator)}"
            )
            belakang = f"{pola(10, dana)}{berkas}{pola(12, lembar)}"
            nomor = k.nomor_program.get((urusan, program or nama_program), 0)
            for kolom, nilai, satuan, sel, ukuran, tertulis in angka:
                if n > batas:
                    return
                kunci = (tabel, kolom, k.tahun)
                if kunci not in sebutan:
                    sebutan[kunci] = pola(7, _judul(*kunci))
                isi = (
                    ""
                    if nilai is None
                    else f"{nilai_awal}{n}{nilai_akhir}{_rupiah(nilai) if satuan == 'Rp' else repr(nilai)}</v></c>"
                )
                # a NUL stands for the row number: no text can hold one
                dapat = (
                    f"{depan}{sebutan[kunci]}{isi}{pola(9, satuan)}{belakang}{pola(13, sel)}{pola(14, tertulis)}"
                    f"{pola(KUNCI, f'{ukuran}|{nomor}') if ukuran else ''}"
                ).replace("\0", str(n))
                yield f'<row r="{n}">{dapat}</row>'
                n += 1

    def _pola(self, c: int, teks: str) -> str:
        """A text cell, a NUL in the place of its row number; nothing where it is blank."""
        if not teks:
            return ""
        awal, akhir = self._awal[c]
        isi = xml_teks(teks)
        if isi[:1].isspace() or isi[-1:].isspace():
            akhir = akhir.replace("<t>", '<t xml:space="preserve">')
        return f"{awal}\0{akhir}{isi}</t></is></c>"


def _rupiah(sen: int) -> str:
    return str(sen // 100) if sen % 100 == 0 else repr(sen / 100)


def _judul(tabel: str, kolom: str, tahun: int) -> str:
    spec = MENURUT_KUNCI.get(tabel)
    k = spec.menurut_kunci.get(kolom) if spec else None
    return k.sebutan(tahun) if k else kolom


Baris = Callable[[int, Sequence[str]], Iterator[str]]
"""Rows of a *Rincian* sheet (0-based number) as XML, from the style ids of its pattern row."""


def sisipkan(paket: bytes, baris: Baris, keluaran: BytesIO) -> None:
    """The package with the pattern row of each *Rincian* sheet replaced by its rows.

    Args:
        keluaran: takes the new package.
    """
    with (
        zipfile.ZipFile(BytesIO(paket)) as asal,
        zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as z,
    ):
        letak = _lembar_rincian(asal)
        for info in asal.infolist():
            n = letak.get(info.filename)
            if n is None:
                z.writestr(info, asal.read(info))
                continue
            xml = asal.read(info).decode()
            m = re.search(rf'<row r="{PERTAMA}".*?</row>', xml, re.DOTALL)
            assert m is not None
            gaya = re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"', m[0])
            baru = zipfile.ZipInfo(info.filename, info.date_time)
            baru.compress_type = zipfile.ZIP_DEFLATED
            baru._compresslevel = _PADAT  # type: ignore[attr-defined]  # no public name before Python 3.13
            with z.open(baru, "w", force_zip64=True) as f:
                f.write(xml[: m.start()].encode())
                tumpuk: list[str] = []
                for b in baris(n, gaya):
                    tumpuk.append(b)
                    if len(tumpuk) >= 2_000:
                        f.write("".join(tumpuk).encode())
                        tumpuk.clear()
                f.write("".join(tumpuk).encode())
                f.write(xml[m.end() :].encode())


def _lembar_rincian(z: zipfile.ZipFile) -> dict[str, int]:
    """Part of each *Rincian* sheet, and its number; XlsxWriter numbers parts by the order of the sheets."""
    nama = re.findall(r'<sheet name="([^"]*)" sheetId="(\d+)"', z.read("xl/workbook.xml").decode())
    milik = [f"xl/worksheets/sheet{nomor}.xml" for n, nomor in nama if re.fullmatch(r"Rincian(?: \d+)?", n)]
    return {bagian: n for n, bagian in enumerate(milik)}
