"""Tampering with single cells of a share copy, in the package itself, as any program or hand could."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from renja_xl.core.letak import huruf_kolom
from renja_xl.core.manifes import BukuMentah, SelMentah
from renja_xl.excel.lembar_xml import IsiSel, LembarXml
from renja_xl.excel.mentah import baca_mentah
from renja_xl.excel.paket import Paket
from renja_xl.excel.tambal import rakit

_STYLES = "xl/styles.xml"
FORMAT_PENYAMAR = (";;;", '"0"', "0%", "#,##0,,")
"""Number formats that show another thing than the cell holds."""


@dataclass(frozen=True, slots=True)
class Rusakan:
    """One cell changed: where, and how."""

    lembar: str
    sel: str
    cara: str


class Perusak:
    """Random changes of locked cells; the same seed gives the same ones."""

    def __init__(self, isi: bytes, benih: int) -> None:
        self.paket = Paket(Path("salinan.xlsx"), isi)
        self.mentah: BukuMentah = baca_mentah(self.paket)
        self.acak = random.Random(benih)
        self.sasaran = [
            (n, t, s)
            for n, x in self.mentah.lembar.items()
            for t, s in sorted(x.sel.items())
            if s.rupa.terkunci and not s.kosong
        ]
        self._xml: dict[str, LembarXml] = {}

    def rusak(self, banyak: int = 1) -> tuple[list[Rusakan], bytes]:
        """The copy with single cells changed, each on a sheet of its own."""
        hasil: list[Rusakan] = []
        ganti: dict[str, bytes] = {}
        while len(hasil) < banyak:
            nama, (r, c), sel = self.acak.choice(self.sasaran)
            if any(x.lembar == nama for x in hasil):
                continue
            cara = self.acak.choice(("isi", "isi", "rumus", "hapus", "format", "kunci", "warna", "simpanan"))
            if cara == "simpanan" and sel.rumus is None:
                cara = "isi"
            bagian = self.paket.lembar[nama]
            x = self._xml.setdefault(nama, LembarXml(self.paket.isi(bagian)))
            if cara in {"format", "kunci", "warna"}:
                gaya = (ganti.get(_STYLES) or self.paket.isi(_STYLES)).decode()
                ganti[bagian], ganti[_STYLES] = self._gaya(x, r, c, cara, sel, gaya, 900 + len(hasil))
            else:
                ganti[bagian] = x.ubah_sel({(r, c): self._isi(cara, sel)})
            hasil.append(Rusakan(nama, f"{huruf_kolom(c)}{r}", cara))
        return hasil, rakit(self.paket, ganti)

    def _isi(self, cara: str, sel: SelMentah) -> IsiSel:
        v = sel.nilai
        lain = (
            v + self.acak.choice((1.0, -0.5, 0.01, 1e6))
            if isinstance(v, float)
            else f"{v or ''}{self.acak.choice('.,x1')}"
        )
        match cara:
            case "hapus":
                return IsiSel(None, "")
            case "simpanan":  # the formula stays, the value beside it is another
                return IsiSel(lain)
            case "rumus" if sel.rumus is not None:
                angka = re.search(r"(?<=[A-Z])\d+|\d+", sel.rumus)
                baru = (
                    sel.rumus + "+0"
                    if angka is None
                    else f"{sel.rumus[: angka.start()]}{int(angka[0]) + 1}{sel.rumus[angka.end() :]}"
                )
                return IsiSel(v if isinstance(v, (str, float)) else None, baru)
            case "rumus":
                return IsiSel(
                    v if isinstance(v, (str, float)) else None, f'"{v}"&""' if isinstance(v, str) else f"{v}*1"
                )
        return IsiSel(lain, "")

    def _gaya(
        self, x: LembarXml, r: int, c: int, cara: str, sel: SelMentah, gaya: str, nomor: int
    ) -> tuple[bytes, bytes]:
        """The sheet with the cell in a style of its own, and the styles with that style.

        Args:
            gaya: the styles so far; nomor: of a number format that they have not yet.
        """
        awal, _akhir = x.sel_baris(r)[c]
        lama = int(x.atribut(awal).get(b"s", b"0"))
        wadah = re.search(r"<cellXfs count=\"(\d+)\">(.*?)</cellXfs>", gaya, re.DOTALL)
        assert wadah is not None
        xf = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", wadah[2], re.DOTALL)[lama]
        if cara == "format":
            kode = self.acak.choice(FORMAT_PENYAMAR if isinstance(sel.nilai, float) else (";;;", ';;;"-"'))
            kode = kode.replace('"', "&quot;")
            if "<numFmts" in gaya:
                gaya = gaya.replace("</numFmts>", f'<numFmt numFmtId="{nomor}" formatCode="{kode}"/></numFmts>')
            else:
                gaya = gaya.replace(
                    "<fonts", f'<numFmts count="1"><numFmt numFmtId="{nomor}" formatCode="{kode}"/></numFmts><fonts', 1
                )
            xf = re.sub(r'numFmtId="\d+"', f'numFmtId="{nomor}"', xf)
        elif cara == "warna":
            banyak = len(re.findall(r"<font>", gaya.partition("</fonts>")[0]))
            warna = sel.rupa.latar or "FFFFFF"
            gaya = gaya.replace(
                "</fonts>", f'<font><sz val="10"/><color rgb="FF{warna}"/><name val="Calibri"/></font></fonts>'
            )
            xf = re.sub(r'fontId="\d+"', f'fontId="{banyak}"', xf)
        else:
            xf = re.sub(r"<protection[^>]*/>", "", xf)
            xf = xf[:-2] + "></xf>" if xf.endswith("/>") else xf
            xf = xf.replace("</xf>", '<protection locked="0"/></xf>')
        gaya = gaya.replace("</cellXfs>", f"{xf}</cellXfs>")
        kepala_akhir = x.xml.index(b">", awal)
        kepala = re.sub(rb' s="\d+"', b"", x.xml[awal:kepala_akhir])
        kepala = kepala.replace(b"<c ", b'<c s="%s" ' % wadah[1].encode(), 1)
        return x.xml[:awal] + kepala + x.xml[kepala_akhir:], gaya.encode()
