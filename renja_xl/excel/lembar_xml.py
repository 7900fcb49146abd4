"""One worksheet part as text: where its rows, cells and formulas stand, and cells changed without touching the rest.

Whatever program saved it: any namespace prefix, quotes of either kind, cells and rows without addresses, comments and
CDATA. Places are found in a shadow of the part in which comments, CDATA and processing instructions are blanked out;
bytes are always taken from the part itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from renja_xl.core.letak import huruf_kolom
from renja_xl.excel.paket import keutf8, kodek, nomor_kolom

_BUKAN_UNSUR = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_AKAR = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
_ATRIBUT = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_R = re.compile(rb"""(?<![\w:.-])r\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,10})["']""")
_HURUF = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$"
_RUMUS_BIASA = re.compile(rb"""<c r="([A-Z]{1,3})(\d{1,7})"(?: (?:s="\d+"|t="\w+")){0,2}><f>([^<]*)</f>(<v>)?""")
"""Formula cells as most programs write them; found ten times as fast as in general."""
_PERLU_SANDI = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Rumus:
    """A formula as it stands in a cell. Followers of a shared formula carry the text of its first cell."""

    teks: str
    bernilai: bool
    """Whether a value is saved beside it."""
    bersama: bool = False


@dataclass(frozen=True, slots=True)
class IsiSel:
    """What a cell shall hold.

    ``rumus`` None keeps the formula that stands there, or none; any other text replaces it (an empty one removes it).
    """

    nilai: str | int | float | None
    rumus: str | None = None


def angka_xml(nilai: float) -> str:
    """A number as a cell stores it; the same double when read again."""
    return str(int(nilai)) if isinstance(nilai, int) or (nilai.is_integer() and abs(nilai) < 1e15) else repr(nilai)


def teks_xml(teks: str, kodek: str = "utf-8") -> bytes:
    """A text as markup; what XML cannot hold is written as ``_xHHHH_``, what the encoding cannot as a reference."""
    aman = _PERLU_SANDI.sub(lambda m: f"_x{ord(m[0]):04X}_", teks)
    aman = aman.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return aman.encode(kodek, "xmlcharrefreplace")


def sambung(teks: bytes, sunting: Iterable[tuple[int, int, bytes]]) -> bytes:
    """A text with stretches replaced."""
    bagian, letak = [], 0
    for awal, akhir, baru in sorted(sunting, key=lambda s: s[:2]):
        bagian += [teks[letak:awal], baru]
        letak = akhir
    return b"".join([*bagian, teks[letak:]])


class LembarXml:
    """A worksheet part.

    Raises:
        ValueError: not a worksheet, or in an encoding that we do not read.
    """

    def __init__(self, isi: bytes) -> None:
        self.xml, self._kodek = keutf8(isi)
        self._kodek_teks = "utf-8" if self._kodek else kodek(isi)
        self._bayang = self.xml
        if b"<!" in self.xml or self.xml.find(b"<?", 2) >= 0:
            self._bayang = _BUKAN_UNSUR.sub(lambda m: b" " * len(m[0]), self.xml)
        akar = _AKAR.search(self._bayang)
        if akar is None:
            raise ValueError("worksheet")
        self.awalan = akar[1] + b":" if akar[1] else b""
        awal = re.search(rb"<%ssheetData(?:\s[^>]*?)?(/?)>" % self.awalan, self._bayang)
        if awal is None:
            raise ValueError("sheetData")
        self.awal = awal.end()
        akhir = self._bayang.find(b"</%ssheetData" % self.awalan, self.awal)
        self.akhir = self.awal if awal[1] or akhir < 0 else akhir
        self._data_kosong = bool(awal[1])
        self._pembuka_data = awal.span()
        self._pola_sel = re.compile(rb"<%sc(?=[\s/>])([^>]*?)(/?)>" % self.awalan)
        self._penutup = {n: re.compile(rb"</%s%s\s*>" % (self.awalan, n)) for n in (b"c", b"f")}
        self._pola_f = re.compile(rb"<%sf(?=[\s/>])([^>]*?)(/?)>" % self.awalan)

    def kembali(self, xml: bytes) -> bytes:
        """A changed text in the encoding of the part."""
        return xml if self._kodek is None else xml.decode().encode(self._kodek)

    @property
    def bersahaja(self) -> bool:
        """Whether every reader understands the cells: UTF-8, and texts that are plain character data."""
        if self._kodek or self._kodek_teks != "utf-8":
            return False
        if self._bayang is not self.xml and self._bayang[self.awal : self.akhir] != self.xml[self.awal : self.akhir]:
            return False
        return b"&#" not in self.xml or not re.search(rb"<%sv(?:\s[^>]*)?>[^<]*&#" % self.awalan, self.xml)

    # ── where things stand ────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def baris(self) -> Mapping[int, tuple[int, int]]:
        """Row number → its span, from the start of its tag to the start of the next row."""
        hasil: dict[int, tuple[int, int]] = {}
        pola = re.compile(rb"""<%srow(?=[\s/>])(?:[^>]*?\sr\s*=\s*["'](\d{1,10})["'])?""" % self.awalan)
        mulai = [(m.start(), m[1]) for m in pola.finditer(self._bayang, self.awal, self.akhir)]
        nomor = 0
        for n, (letak, tertulis) in enumerate(mulai):
            nomor = int(tertulis) if tertulis else nomor + 1
            if nomor in hasil:
                raise ValueError("twice")
            hasil[nomor] = (letak, mulai[n + 1][0] if n + 1 < len(mulai) else self.akhir)
        return hasil

    def sel_baris(self, r: int) -> dict[int, tuple[int, int]]:
        """Column → span of each cell of a row."""
        if r not in self.baris:
            return {}
        awal, akhir = self.baris[r]
        hasil: dict[int, tuple[int, int]] = {}
        kolom = 0
        for m in self._pola_sel.finditer(self._bayang, awal, akhir):
            alamat = _R.search(m[1])
            kolom = nomor_kolom(alamat[1].decode().upper()) if alamat else kolom + 1
            ujung = m.end()
            if not m[2]:
                ujung = self._tutup(b"c", ujung, akhir)
            hasil[kolom] = (m.start(), ujung)
        return hasil

    def _tutup(self, nama: bytes, dari: int, sampai: int) -> int:
        """End of the next closing tag of a name, which may hold spaces before its bracket."""
        m = self._penutup[nama].search(self._bayang, dari, sampai)
        if m is None:
            raise ValueError("tag")
        return m.end()

    @cached_property
    def rumus(self) -> Mapping[tuple[int, int], Rumus]:
        """Formulas by (row, column)."""
        jumlah = self.xml.count(b"<%sf" % self.awalan, self.awal, self.akhir)
        polos = self._bayang is self.xml and not self.awalan and b"</f><v></v>" not in self.xml
        biasa = _RUMUS_BIASA.findall(self.xml, self.awal, self.akhir) if polos else []
        if len(biasa) < jumlah:  # written in any other way
            return dict(self._rumus())
        kolom = {huruf: nomor_kolom(huruf.decode()) for huruf in {b[0] for b in biasa}}
        return {
            (int(r), kolom[huruf]): Rumus(unescape(f.decode(self._kodek_teks, "replace")), v != b"")
            for huruf, r, f, v in biasa
            if int(r) in self.baris
        }

    def _rumus(self) -> Iterator[tuple[tuple[int, int], Rumus]]:
        bayang, p = self._bayang, self.awalan
        buka_sel, tutup_f, buka_v = (b"<%sc" % p, b"</%sf" % p, re.compile(rb"\s*<%sv(?=[\s>])[^>]*[^/>]?>" % p))
        awal_baris = sorted((a, n) for n, (a, _) in self.baris.items())
        bersama: dict[bytes, str] = {}
        for m in self._pola_f.finditer(bayang, self.awal, self.akhir):
            mulai = bayang.rfind(buka_sel, self.awal, m.start())
            ujung = bayang.find(b">", mulai)
            alamat = _R.search(bayang, mulai, ujung)
            r = awal_baris[bisect_right(awal_baris, (mulai, 0)) - 1][1]
            if alamat is not None:
                tempat = int(alamat[2]), nomor_kolom(alamat[1].decode().upper())
                if tempat[0] != r:  # a cell in a row that is not its own: what is looked for there would not be found
                    raise ValueError("row")
            else:
                tempat = r, next(k for k, (a, _) in self.sel_baris(r).items() if a == mulai)
            sifat = m[1]
            si = re.search(rb"""\bsi\s*=\s*["'](\d+)["']""", sifat) if b"shared" in sifat else None
            if m[2]:
                teks, habis = "", m.end()
            else:
                habis = bayang.find(tutup_f, m.end())
                teks = self.teks(m.end(), habis)
                habis = bayang.find(b">", habis) + 1
            if si is not None:
                teks = bersama.setdefault(si[1], teks) if teks else bersama.get(si[1], "")
            v = buka_v.match(bayang, habis)
            # an empty value is one only if it is a text
            kosong = v is not None and bayang.startswith(b"</", v.end()) and self.atribut(mulai).get(b"t") != b"str"
            yield tempat, Rumus(teks, v is not None and not kosong, si is not None)

    def teks(self, awal: int, akhir: int) -> str:
        """Character data of a stretch."""
        mentah = self.xml[awal:akhir]
        if b"<" in mentah:
            mentah = re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", mentah, flags=re.DOTALL)
            mentah = re.sub(rb"<!\[CDATA\[(.*?)\]\]>", lambda m: m[1].replace(b"&", b"&amp;"), mentah, flags=re.DOTALL)
        return (
            unescape(mentah.decode(self._kodek_teks, "replace"))
            if b"&" in mentah
            else mentah.decode(self._kodek_teks, "replace")
        )

    def atribut(self, awal: int) -> dict[bytes, bytes]:
        """Attributes of the tag that starts at a place."""
        ujung = self._bayang.find(b">", awal)
        return {m[1]: m[2] if m[2] is not None else m[3] for m in _ATRIBUT.finditer(self.xml, awal, ujung)}

    def berisi(self, awal: int, akhir: int) -> bool:
        """Whether the cell in a stretch holds anything but its format."""
        return re.search(rb"<%s(?:f|v|is)[\s>]" % self.awalan, self._bayang[awal:akhir]) is not None

    def tersimpan(self, r: int, c: int) -> str | None:
        """The text saved in a cell's ``v``; None without one."""
        letak = self.sel_baris(r).get(c)
        m = re.compile(rb"<%sv(?:\s[^>]*)?>" % self.awalan).search(self._bayang, *letak) if letak else None
        if letak is None or m is None:
            return None
        akhir = self._bayang.find(b"</%sv" % self.awalan, m.end(), letak[1])
        return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda s: chr(int(s[1], 16)), self.teks(m.end(), akhir))

    # ── changed cells ─────────────────────────────────────────────────────────────────────────────────────────

    def ubah_sel(self, perubahan: Mapping[tuple[int, int], IsiSel]) -> bytes:
        """The part with some cells changed; every other byte stays.

        Raises:
            ValueError: a cell that cannot be changed without touching others (the head of a shared formula).
        """
        per_baris: dict[int, dict[int, IsiSel]] = {}
        for (r, c), isi in perubahan.items():
            per_baris.setdefault(r, {})[c] = isi
        sunting: list[tuple[int, int, bytes]] = []
        for r in sorted(per_baris):
            sunting += self.sunting_baris(r, per_baris[r])
        sunting = self._gabung_sisipan(sunting)
        if self._data_kosong and sunting:  # <sheetData/> opens for its first rows
            a, z = self._pembuka_data
            baris = b"".join(t for _, _, t in sunting)
            buka = self.xml[a:z].removesuffix(b"/>").rstrip() + b">"
            sunting = [(a, z, b"%s%s</%ssheetData>" % (buka, baris, self.awalan))]
        return self.kembali(sambung(self.xml, sunting))

    def sunting_baris(
        self, r: int, isi: Mapping[int, IsiSel], *, lepas_bersama: bool = False
    ) -> list[tuple[int, int, bytes]]:
        """Stretches of the text to replace, so that some cells of a row change.

        Args:
            lepas_bersama: whether the head of a shared formula may go, because all that follow it go too.
        """
        if r not in self.baris:
            baru = b"".join(
                self.sel_baru(r, c, isi[c], None) for c in sorted(isi) if isi[c].nilai is not None or isi[c].rumus
            )
            if not baru:
                return []
            teks = b'<%srow r="%d">%s</%srow>' % (self.awalan, r, baru, self.awalan)
            sesudah = next((a for n, (a, _) in sorted(self.baris.items()) if n > r), self.akhir)
            return [(sesudah, sesudah, teks)]
        awal = self.baris[r][0]
        ujung = self._bayang.find(b">", awal)
        if self._bayang[ujung - 1 : ujung] == b"/":  # <row/> opens for its first cells
            sel = b"".join(
                self.sel_baru(r, c, isi[c], None) for c in sorted(isi) if isi[c].nilai is not None or isi[c].rumus
            )
            return [(ujung - 1, ujung + 1, b">%s</%srow>" % (sel, self.awalan))] if sel else []
        ada = self.sel_baris(r)
        hasil = []
        for c, baru_isi in sorted(isi.items()):
            if c in ada:
                hasil.append((*ada[c], self._sel_diubah(*ada[c], baru_isi, lepas_bersama)))
            elif baru_isi.rumus is None and (r, c) in self.rumus:
                raise ValueError("elsewhere")  # a cell that stands in another row's element
            elif baru_isi.nilai is not None or baru_isi.rumus:
                hasil.append(self._sisip(r, c, baru_isi, ada))
        return self._gabung_sisipan(hasil)

    @staticmethod
    def _gabung_sisipan(sunting: list[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
        """Several cells inserted at one place make one insertion, in the order of their columns."""
        hasil: list[tuple[int, int, bytes]] = []
        for s in sorted(sunting, key=lambda s: s[:2]):
            if hasil and hasil[-1][0] == hasil[-1][1] == s[0] == s[1]:
                hasil[-1] = (s[0], s[1], hasil[-1][2] + s[2])
            else:
                hasil.append(s)
        return hasil

    def _sisip(self, r: int, c: int, isi: IsiSel, ada: Mapping[int, tuple[int, int]]) -> tuple[int, int, bytes]:
        """A cell where the row has none: before the next one, else at the row's end."""
        teks = self.sel_baru(r, c, isi, None)
        sesudah = [k for k in ada if k > c]
        if sesudah:
            letak = ada[min(sesudah)][0]
            return letak, letak, teks
        awal, akhir = self.baris[r]
        tutup = self._bayang.rfind(b"</%srow" % self.awalan, awal, akhir)
        return tutup, tutup, teks

    def _sel_diubah(self, awal: int, akhir: int, isi: IsiSel, lepas_bersama: bool) -> bytes:
        bayang, p = self._bayang, self.awalan
        ujung = bayang.find(b">", awal) + 1
        tunggal = bayang[ujung - 2 : ujung - 1] == b"/"
        f = None if tunggal else self._pola_f.search(bayang, ujung, akhir)
        rumus = b""
        if f is not None:
            habis = f.end() if f[2] else self._tutup(b"f", f.end(), akhir)
            if isi.rumus is None:
                rumus = self.xml[f.start() : habis]
            elif b"ref" in f[1] and b"shared" in f[1] and not lepas_bersama:
                raise ValueError("shared")
        if isi.rumus:
            rumus = b"<%sf>%s</%sf>" % (p, teks_xml(isi.rumus, self._kodek_teks), p)
        # cm (array metadata) belongs to the formula and vm (rich values) to the value that goes
        buang = {b"t", b"vm"} | (set() if isi.rumus is None else {b"cm"})
        kepala = self.xml[awal : ujung - (2 if tunggal else 1)].rstrip()
        for nama in buang:
            kepala = re.sub(rb"""\s+%s\s*=\s*(?:"[^"]*"|'[^']*')""" % nama, b"", kepala)
        return self._sel_utuh(kepala, rumus, isi.nilai)

    def sel_baru(self, r: int, c: int, isi: IsiSel, gaya: bytes | None) -> bytes:
        """A cell written from scratch."""
        kepala = b'<%sc r="%s%d"' % (self.awalan, huruf_kolom(c).encode(), r) + (b' s="%s"' % gaya if gaya else b"")
        rumus = (
            b"<%sf>%s</%sf>" % (self.awalan, teks_xml(isi.rumus, self._kodek_teks), self.awalan) if isi.rumus else b""
        )
        return self._sel_utuh(kepala, rumus, isi.nilai)

    def _sel_utuh(self, kepala: bytes, rumus: bytes, nilai: str | int | float | None) -> bytes:
        p = self.awalan
        if nilai is None:
            return b"%s>%s</%sc>" % (kepala, rumus, p) if rumus else kepala + b"/>"
        if not isinstance(nilai, str):
            return b"%s>%s<%sv>%s</%sv></%sc>" % (kepala, rumus, p, angka_xml(nilai).encode(), p, p)
        teks = teks_xml(nilai, self._kodek_teks)
        jaga = b' xml:space="preserve"' if nilai != nilai.strip() or "\n" in nilai else b""
        if rumus:
            return b'%s t="str">%s<%sv%s>%s</%sv></%sc>' % (kepala, rumus, p, jaga, teks, p, p)
        return b'%s t="inlineStr"><%sis><%st%s>%s</%st></%sis></%sc>' % (kepala, p, p, jaga, teks, p, p, p)

    # ── size ──────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def ukuran(self) -> tuple[int, int, int]:
        """Rows and columns up to the farthest cell, and the number of cells."""
        data = self._bayang[self.awal : self.akhir]
        jumlah = data.count(b"<%sc" % self.awalan)  # no other element there begins so
        biasa = data.count(b' r="') >= jumlah  # a plain pattern is found faster
        pola = rb' r="([A-Z]+\d+)"' if biasa else rb"""(?<![\w:.-])r\s*=\s*["']\$?([A-Za-z]+\$?\d+)["']"""
        alamat = re.findall(pola, data)
        if len(set(alamat)) < len(alamat):
            raise ValueError("twice")
        jauh = pola.replace(rb"[A-Z]+", rb"[A-Z]{2,}").replace(rb"[A-Za-z]+", rb"[A-Za-z]{2,}")
        huruf = {a.rstrip(b"0123456789")[:4].upper() for a in re.findall(jauh, data)}
        kolom = max((nomor_kolom(x.strip(b"$").decode()) for x in huruf), default=26)
        bawah = re.findall(pola.replace(rb"\d+", rb"\d{5,}"), data)
        baris = max((int(x[-20:]) for x in {a.lstrip(_HURUF) for a in bawah}), default=0)
        if len(alamat) < jumlah:
            kolom = max(kolom, *(len(self._pola_sel.findall(self._bayang, *b)) for b in self.baris.values()))
        # LibreOffice writes an empty row at the very end of a sheet
        isi = b"<%sc" % self.awalan
        terisi = (r for r in sorted(self.baris, reverse=True) if self._bayang.find(isi, *self.baris[r]) >= 0)
        return max(baris, next(terisi, 0)), kolom, jumlah
