"""Cell styles that a workbook uses already, found again for cells of the same kind.

Only where no cell of a kind stands in any table, a style is added: that of its type with the looks and the lock of its role.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from renja_xl.core.buku import Baris
from renja_xl.excel.baris_hasil import bertaut
from renja_xl.excel.gaya import _PERAN as GAYA_PERAN
from renja_xl.excel.lembar import peran_sel, tipe_sel
from renja_xl.excel.paket import Paket, keutf8
from renja_xl.tabel.spec import KolomSpec, TabelSpec

_CELL_XFS = re.compile(
    rb"(?P<kepala><(?:[\w.-]+:)?cellXfs(?:\s[^>]*)?>)(?P<isi>.*?)(?P<tutup></(?:[\w.-]+:)?cellXfs\s*>)", re.DOTALL
)
_XF = re.compile(rb"<((?:[\w.-]+:)?xf)(?=[\s/>])[^>]*?(?:/>|>.*?</\1\s*>)", re.DOTALL)
_KEPALA = re.compile(rb"<[^>]*>")
_LINDUNGAN = re.compile(rb"<(?:[\w.-]+:)?protection(?=[\s/>])[^>]*?(?:/>|>\s*</(?:[\w.-]+:)?protection\s*>)")
_TAK_TERKUNCI = re.compile(rb"""<(?:[\w.-]+:)?protection\s[^>]*?\blocked\s*=\s*["'](?:0|false)["']""")

Jenis = tuple[str, ...]
"""What a cell is, so that cells that look alike have the same."""


class GayaTerpakai:
    """Style numbers by what their cells are; of several the commonest, and one with the right lock before all others."""

    def __init__(self, paket: Paket) -> None:
        self._buku_gaya = BukuGaya(paket)
        self._terbuka = set(self._buku_gaya.terbuka)
        self._banyak: dict[Jenis, Counter[bytes]] = {}
        self._terpilih: dict[tuple[Jenis, str], bytes | None] = {}

    def catat(self, spec: TabelSpec, k: KolomSpec, b: Baris | None, gaya: bytes) -> None:
        """A cell of this kind has this style.

        Args:
            b: the cell's row; None for a blank one that waits to be typed in.
        """
        for jenis in _jenis(spec, k, b):
            self._banyak.setdefault(jenis, Counter())[gaya] += 1

    def cari(self, spec: TabelSpec, k: KolomSpec, b: Baris | None) -> bytes | None:
        """The style for a cell of this kind: as in its column, else as in any table; None where nothing is alike."""
        peran = peran_sel(spec, k, b)
        kunci = (_jenis(spec, k, b)[0], peran)
        if kunci not in self._terpilih:
            khusus, umum = (self._banyak.get(jenis, Counter[bytes]()) for jenis in _jenis(spec, k, b))
            calon = sorted({*khusus, *umum}, key=lambda g: (-khusus[g], -umum[g], int(g)))
            cocok = (g for g in calon if k.tersembunyi or self.terkunci_benar(g, peran))
            self._terpilih[kunci] = next(cocok, calon[0] if calon else None)
        return self._terpilih[kunci]

    def cari_atau_buat(self, spec: TabelSpec, k: KolomSpec, b: Baris | None) -> bytes | None:
        """As ``cari``, with a style added where none is alike; None where there is nothing to make it from."""
        gaya = self.cari(spec, k, b)
        if gaya is not None or k.tersembunyi or bertaut(spec, k):
            return gaya
        peran, tipe, *bentuk = _jenis(spec, k, b)[-1]
        setipe = self._tersering(lambda j: len(j) == 4 and j[0] in GAYA_PERAN and j[1:] == (tipe, *bentuk))
        seperan = self._tersering(lambda j: len(j) == 4 and j[0] == peran)
        if setipe is None or seperan is None:
            return None
        gaya = self._buku_gaya.gabung(setipe, seperan)
        if gaya is not None:
            self._terpilih[_jenis(spec, k, b)[0], peran] = gaya
            if seperan in self._terbuka:
                self._terbuka.add(gaya)
        return gaya

    def _tersering(self, cocok: Callable[[Jenis], bool]) -> bytes | None:
        semua = sum((n for jenis, n in self._banyak.items() if cocok(jenis)), Counter[bytes]())
        return next((g for g, _ in semua.most_common(1)), None)

    @property
    def tambahan(self) -> Mapping[str, bytes]:
        """The part of the styles, where some were added."""
        return self._buku_gaya.berubah

    def terkunci_benar(self, gaya: bytes, peran: str) -> bool:
        """Whether a style is locked, or open, as typed, computed and linked cells shall be."""
        return (gaya in self._terbuka) is not GAYA_PERAN[peran].get("locked", True)


class BukuGaya:
    """The cell styles of a workbook, in the order of their numbers."""

    def __init__(self, paket: Paket) -> None:
        relasi = paket.relasi(paket.buku)
        self._bagian = next((t for t, jenis, _ in relasi if jenis.endswith("/styles") and t in paket), "")
        try:
            self._xml, self._kodek = keutf8(paket.isi(self._bagian)) if self._bagian else (b"", None)
        except ValueError:  # in an encoding that we do not read: nothing is known of locks then
            self._xml, self._kodek = b"", None
        self._wadah = _CELL_XFS.search(self._xml)
        self._xf = [m[0] for m in _XF.finditer(self._wadah["isi"])] if self._wadah else []
        self._baru: list[bytes] = []

    @property
    def terbuka(self) -> Iterator[bytes]:
        """Numbers of the styles whose cells are not locked."""
        return (b"%d" % n for n, xf in enumerate(self._xf) if _TAK_TERKUNCI.search(xf))

    def gabung(self, bentuk: bytes, rupa: bytes) -> bytes | None:
        """A new style with the number format and alignment of one, and the fill, font and lock of another."""
        if max(int(bentuk), int(rupa)) >= len(self._xf):
            return None
        a, z = self._xf[int(bentuk)], self._xf[int(rupa)]
        for nama in (b"fillId", b"fontId", b"applyFill", b"applyFont", b"applyProtection"):
            a = _dengan_sifat(a, nama, _sifat(z, nama))
        a = _LINDUNGAN.sub(b"", a)
        lindungan = _LINDUNGAN.search(z)
        if lindungan:  # it comes last, after the alignment
            kepala, awalan = _KEPALA.match(a), a[1 : a.index(b"xf")]
            tutup = b"</%sxf>" % awalan
            if kepala is not None and kepala[0].endswith(b"/>"):
                a = kepala[0][:-2].rstrip() + b">" + tutup
            letak = a.rindex(b"</")
            a = a[:letak] + lindungan[0] + a[letak:]
        self._baru.append(a)
        return b"%d" % (len(self._xf) + len(self._baru) - 1)

    @property
    def berubah(self) -> Mapping[str, bytes]:
        """The part with the styles that were added; nothing where there are none."""
        if not self._baru or self._wadah is None:
            return {}
        kepala = _dengan_sifat(self._wadah["kepala"], b"count", b"%d" % (len(self._xf) + len(self._baru)))
        awal, akhir = self._wadah.span()
        xml = (
            self._xml[:awal]
            + kepala
            + self._wadah["isi"]
            + b"".join(self._baru)
            + self._wadah["tutup"]
            + self._xml[akhir:]
        )
        return {self._bagian: xml if self._kodek is None else xml.decode().encode(self._kodek)}


def sama_jenis(spec: TabelSpec, k: KolomSpec, a: Baris | None, z: Baris | None) -> bool:
    """Whether a column's cells look alike on two rows."""
    return _jenis(spec, k, a) == _jenis(spec, k, z)


def _jenis(spec: TabelSpec, k: KolomSpec, b: Baris | None) -> list[Jenis]:
    """What a cell's style is looked up by, most alike first."""
    if k.tersembunyi:
        return [(spec.kunci, k.kunci), ("tersembunyi",)]
    if bertaut(spec, k):
        return [(spec.kunci, k.kunci), ("bertaut",)]
    peran, tipe = peran_sel(spec, k, b), tipe_sel(spec, k, b).value
    return [(spec.kunci, k.kunci, peran, tipe), (peran, tipe, str(k.tengah), str(k.desimal))]


def _sifat(xf: bytes, nama: bytes) -> bytes | None:
    kepala = _KEPALA.match(xf)
    m = re.search(rb"""\s%s\s*=\s*["']([^"']*)["']""" % nama, kepala[0]) if kepala else None
    return m[1] if m else None


def _dengan_sifat(xf: bytes, nama: bytes, nilai: bytes | None) -> bytes:
    """An element with an attribute set, or without it."""
    kepala = _KEPALA.match(xf)
    if kepala is None:
        return xf
    polos = re.sub(rb"""\s+%s\s*=\s*["'][^"']*["']""" % nama, b"", kepala[0])
    if nilai is not None:
        polos = re.sub(rb"\s*/?>$", lambda m: b' %s="%s"' % (nama, nilai) + m[0].lstrip(), polos)
    return polos + xf[kepala.end() :]
