"""The data rows of a table laid out anew inside its sheet: rows keep their cells, formats and a planner's columns.

What stands below moves along, and what refers to the rows in the same sheet follows: conditional formats, validations,
merged cells, links, filters. What cannot follow surely is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from renja_xl.core.letak import huruf_kolom
from renja_xl.excel.lembar_xml import IsiSel, LembarXml, sambung
from renja_xl.excel.paket import nomor_kolom

_RENTANG = re.compile(r"^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")
_MENUNJUK = re.compile(r"[A-Za-z]{1,3}\$?\d|\[|!|\(\)")
"""What a formula refers to cells with; one without may stand anywhere."""
_BERENTANG = ("mergeCell", "conditionalFormatting", "dataValidation", "hyperlink", "ignoredError", "protectedRange")


class TidakPastiError(Exception):
    """Something refers to rows that move, and cannot be carried along; the message is the end of a sentence."""


@dataclass(frozen=True, slots=True)
class BarisBaru:
    """A row as it shall be.

    Args:
        asal: sheet row that it was until now; None for a new one.
        isi: cells that change, by column; all cells of a new row.
        gaya: style numbers of the cells that get another one, by column; all of a new row.
        tinggi: height in points of a row that has none of its own.
    """

    asal: int | None
    isi: Mapping[int, IsiSel]
    gaya: Mapping[int, bytes | None]
    tinggi: float | None = None


@dataclass(frozen=True, slots=True)
class Pindah:
    """How sheet rows move when the rows ``awal`` to ``akhir`` are laid out anew.

    ``akhir_tabel`` is the table's own last row: rows may have been typed below it.
    """

    awal: int
    akhir: int
    akhir_tabel: int
    menurut_asal: Mapping[int, int]
    jumlah: int

    @property
    def geser(self) -> int:
        return self.jumlah - (self.akhir - self.awal + 1)

    @property
    def tetap(self) -> bool:
        """Whether every row stays where it is (rows may have been added at the end)."""
        return self.geser >= 0 and all(self.menurut_asal.get(r) == r for r in range(self.awal, self.akhir + 1))

    @property
    def sama(self) -> bool:
        """Whether nothing that covers the table needs another range."""
        return self.tetap and not self.geser and self.akhir == self.akhir_tabel

    def akhir_luas(self, r: int) -> int:
        """New last row of an area that covers the table and ends at ``r``."""
        return r + self.geser if r > self.akhir else self.akhir + self.geser

    def baris(self, r: int) -> int | None:
        """New number of a row, None where it is gone."""
        if r < self.awal:
            return r
        return r + self.geser if r > self.akhir else self.menurut_asal.get(r)

    def rentang(self, ref: str) -> str | None:
        """A range after the move; None where its row is gone.

        Raises:
            TidakPastiError: a range over some of the rows.
        """
        m = _RENTANG.match(ref)
        if m is None:
            return ref  # whole columns
        r1 = int(m[2])
        r2 = int(m[4]) if m[4] else r1
        if r1 <= self.awal and r2 >= self.akhir_tabel:
            z1, z2 = r1, max(r2 if r2 > self.akhir else 0, self.akhir + self.geser)
        elif r2 < self.awal or r1 > self.akhir or r1 == r2 or self.tetap:
            b1, b2 = self.baris(r1), self.baris(r2)
            if b1 is None or b2 is None:
                return None
            z1, z2 = b1, b2
        else:
            raise TidakPastiError(f"rentang {ref} mencakup sebagian baris tabel")
        if m[3] or z2 > z1:  # a table of one row may be named by its cell alone
            return f"{m[1]}{z1}:{m[3] or m[1]}{z2}"
        return f"{m[1]}{z1}"


def susun_lembar(
    x: LembarXml, awal: int, akhir: int, akhir_tabel: int, baris: Sequence[BarisBaru]
) -> tuple[bytes, Pindah]:
    """The sheet with its rows ``awal`` to ``akhir`` laid out anew; who asks for it answers for whole shared formulas.

    Raises:
        TidakPastiError: what would be lost or point elsewhere.
        ValueError: XML that cannot be changed row by row.
    """
    x = _bergaya(
        x, {(b.asal, c): g for b in baris if b.asal is not None and b.asal in x.baris for c, g in b.gaya.items() if g}
    )
    pindah = Pindah(
        awal, akhir, akhir_tabel, {b.asal: awal + n for n, b in enumerate(baris) if b.asal is not None}, len(baris)
    )
    data: list[bytes] = []
    for r, (a, z) in sorted(x.baris.items()):
        if r < awal:
            data.append(x.xml[a:z])
    for n, b in enumerate(baris):
        data.append(_baris(x, awal + n, b))
    for r, (a, z) in sorted(x.baris.items()):
        if r > akhir:
            data.append(x.xml[a:z] if not pindah.geser else _pindahkan(x, r, r + pindah.geser))
    kepala = x.xml[: x.awal].removesuffix(b"/>")
    kepala += b">" if not kepala.endswith(b">") else b""
    ekor = (
        x.xml[x.akhir :]
        if x.akhir > x.awal or x.xml[x.awal - 2 : x.awal] != b"/>"
        else b"</sheetData>" + x.xml[x.awal :]
    )
    sebelum = x.xml[x.awal : min((a for a, _ in x.baris.values()), default=x.awal)]
    kepala, ekor = (_sesuaikan(t, pindah) for t in (kepala, ekor))
    return x.kembali(kepala + sebelum + b"".join(data) + ekor), pindah


def _bergaya(x: LembarXml, gaya: Mapping[tuple[int, int], bytes]) -> LembarXml:
    """The sheet with other style numbers on cells of rows that it has."""
    per_baris: dict[int, dict[int, bytes]] = {}
    for (r, c), g in gaya.items():
        per_baris.setdefault(r, {})[c] = g
    if not per_baris:
        return x
    sunting: list[tuple[int, int, bytes]] = []
    for r, milik in per_baris.items():
        ada = x.sel_baris(r)
        for c in milik.keys() & ada.keys():
            awal = ada[c][0]
            ujung = x.xml.index(b">", awal)
            sunting.append((awal, ujung, _kepala_bergaya(x.xml[awal:ujung], milik[c])))
        kosong = {c: IsiSel(0) for c in milik.keys() - ada.keys()}
        for awal, ujung, terisi in x.sunting_baris(r, kosong):  # where filled cells would go, blank ones do
            teks = terisi
            for c, isi in kosong.items():
                teks = teks.replace(x.sel_baru(r, c, isi, None), x.sel_baru(r, c, IsiSel(None), milik[c]))
            sunting.append((awal, ujung, teks))
    return LembarXml(x.kembali(sambung(x.xml, sunting)))


def _kepala_bergaya(kepala: bytes, gaya: bytes) -> bytes:
    """The start of a cell's tag with another style number."""
    baru, ada = re.subn(rb"""(\ss\s*=\s*["'])[^"']*""", lambda m: m[1] + gaya, kepala, count=1)
    return baru if ada else re.sub(rb"^<[\w.:-]+", lambda m: m[0] + b' s="%s"' % gaya, kepala)


def _baris(x: LembarXml, r: int, b: BarisBaru) -> bytes:
    if b.asal is None or b.asal not in x.baris:
        sel = b"".join(x.sel_baru(r, c, b.isi.get(c, IsiSel(None)), b.gaya.get(c)) for c in sorted({*b.isi, *b.gaya}))
        tinggi = b' ht="%g"' % b.tinggi if b.tinggi else b""
        return b'<%srow r="%d"%s>%s</%srow>' % (x.awalan, r, tinggi, sel, x.awalan)
    a, z = x.baris[b.asal]
    teks = sambung(x.xml[a:z], [(p - a, q - a, t) for p, q, t in x.sunting_baris(b.asal, b.isi, lepas_bersama=True)])
    if b.tinggi:
        tanpa_tinggi = rb"^(<%srow(?![^>]*\sht\s*=)[^>]*?)(?=\s*/?>)" % x.awalan
        teks = re.sub(tanpa_tinggi, rb'\1 ht="%s"' % f"{b.tinggi:g}".encode(), teks)
    return teks if r == b.asal else _bernomor(x, teks, b.asal, r, set(b.isi))


def _pindahkan(x: LembarXml, lama: int, baru: int) -> bytes:
    """A row that is not ours at its new place.

    Raises:
        TidakPastiError: it holds a formula, which might refer to anything.
    """
    a, z = x.baris[lama]
    return _bernomor(x, x.xml[a:z], lama, baru, set())


def _bernomor(x: LembarXml, teks: bytes, lama: int, baru: int, diubah: set[int]) -> bytes:
    """A row's text with its own and its cells' addresses renumbered."""
    for (r, c), f in x.rumus.items():
        if r == lama and c not in diubah and _MENUNJUK.search(f.teks):
            raise TidakPastiError(f"rumus di {huruf_kolom(c)}{r} ikut pindah")
    pola = re.compile(rb"""(<%s(?:row|c)(?=\s)[^>]*?\sr\s*=\s*["']\$?[A-Za-z]{0,3}\$?)%d(?=["'])""" % (x.awalan, lama))
    return pola.sub(lambda m: m[1] + b"%d" % baru, teks)


def _sesuaikan(xml: bytes, pindah: Pindah) -> bytes:
    """Everything outside the data that names cells, after the move."""
    if pindah.sama:
        return xml
    xml = re.sub(rb"""(<(?:[\w.-]+:)?dimension\s+ref\s*=\s*["']\w+:[A-Z]+)(\d+)""", _ukuran(pindah), xml)
    for nama in (*_BERENTANG, "autoFilter"):
        pola = re.compile(
            rb"""<(?:[\w.-]+:)?%s(?=\s)[^>]*?\s(?:sqref|ref)\s*=\s*(["'])([^"']*)\1[^>]*>""" % nama.encode()
        )
        xml = pola.sub(_pengganti(pindah), xml)
    return xml


def _ukuran(pindah: Pindah) -> Callable[[re.Match[bytes]], bytes]:
    """The used range, at least as long as the table."""

    def ganti(m: re.Match[bytes]) -> bytes:
        r2 = int(m[2])
        return m[1] + b"%d" % max(r2 + pindah.geser if r2 > pindah.akhir else r2, pindah.akhir + pindah.geser)

    return ganti


def _pengganti(pindah: Pindah) -> Callable[[re.Match[bytes]], bytes]:
    def ganti(m: re.Match[bytes]) -> bytes:
        baru = [x for ref in m[2].decode().split() if (x := pindah.rentang(ref)) is not None]
        if not baru:
            raise TidakPastiError(f"{m[2].decode()} menunjuk baris yang dikeluarkan")
        awal, akhir = m.start(2) - m.start(), m.end(2) - m.start()
        return m[0][:awal] + " ".join(baru).encode() + m[0][akhir:]

    return ganti


def rentang_tabel(ref: str, awal: int, akhir: int) -> str:
    """A table's range with other data rows."""
    m = _RENTANG.match(ref)
    if m is None or m[3] is None or nomor_kolom(m[1]) > nomor_kolom(m[3]):
        raise ValueError(ref)
    return f"{m[1]}{awal - 1}:{m[3]}{akhir}"
