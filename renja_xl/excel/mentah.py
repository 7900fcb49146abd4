"""A workbook's cells as its file has them: raw numbers, texts, formulas, and how each cell looks.

What compares files cell by cell cannot use a reader that turns numbers into dates or skips what does not show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from python_calamine import CalamineError, load_workbook

from renja_xl.core.kisi import Tempat
from renja_xl.core.manifes import POLOS, BukuMentah, LembarMentah, Rupa, SelMentah
from renja_xl.core.rumus_sel import geser_rumus
from renja_xl.core.samaran import kontras_rendah, menyamarkan
from renja_xl.excel.paket import Paket, nomor_kolom
from renja_xl.excel.sahaja import SIMPAN_ULANG, siapkan
from renja_xl.tabel.berbagi import MANIFES

_SANDI = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SEL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ASING = re.compile(
    r"vbaProject|externalLink|/embeddings/|activeX|ctrlProps|connections|queryTable|macrosheets|dialogsheets|customUI|webextension",
    re.IGNORECASE,
)
_TEMA = ("FFFFFF", "000000")
_INDEKS = {0: "000000", 1: "FFFFFF", 8: "000000", 9: "FFFFFF", 64: "000000", 65: "FFFFFF"}
_FORMAT_BAWAAN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0",
    49: "@",
}  # fmt: skip

Atribut = Mapping[str, str]


def baca_mentah(paket: Paket) -> BukuMentah:
    """Every sheet of a workbook, save the cells of its manifest.

    Raises:
        BukuTidakTerbacaError: damaged, or too large.
    """
    siapkan(paket, [n for n in paket.lembar if n != MANIFES.lembar])  # for its limits
    try:
        gaya = _gaya(paket)
        teks = _teks_bersama(paket)
        status, nama = _kerangka(paket)
        lembar = {
            n: _lembar(paket, n, bagian, gaya, teks, status.get(n, False))
            for n, bagian in paket.lembar.items()
            if n != MANIFES.lembar
        }
    except (ValueError, IndexError, KeyError, expat.ExpatError) as galat:
        raise paket.galat(f"rusak di dalamnya; {SIMPAN_ULANG}") from galat
    asing = tuple(sorted(n for n in paket.entri if _ASING.search(n)))
    return BukuMentah(lembar, nama, asing)


def baca_teks(paket: Paket, lembar: str, dari: int, banyak: int) -> list[tuple[str, ...]]:
    """The rows of a sheet of plain texts.

    Args:
        dari: first sheet row; banyak: columns.

    Raises:
        BukuTidakTerbacaError: damaged, or too large.
    """
    siap, _ = siapkan(paket, [lembar])
    try:
        with load_workbook(BytesIO(siap)) as wb:
            isi = wb.get_sheet_by_name(lembar).to_python(skip_empty_area=False)
    except CalamineError as galat:
        raise paket.galat(f"rusak di lembar {lembar}; {SIMPAN_ULANG}") from galat
    deret = (tuple(str(v) for v in b[:banyak]) for b in isi[dari - 1 :])
    return [(*b, *[""] * (banyak - len(b))) for b in deret if any(b)]


def urai_xml(
    isi: bytes, mulai: Callable[[str, Atribut], None], selesai: Callable[[str], None], huruf: Callable[[str], None]
) -> None:
    """Go through the elements (by their local names) and texts of a part that ``Paket`` has found safe."""
    p = expat.ParserCreate()
    p.buffer_text = True
    p.StartElementHandler = lambda n, a: mulai(n.rpartition(":")[2] if ":" in n else n, a)
    p.EndElementHandler = lambda n: selesai(n.rpartition(":")[2] if ":" in n else n)
    p.CharacterDataHandler = huruf
    p.Parse(isi, True)


def _kerangka(paket: Paket) -> tuple[dict[str, bool], dict[str, str]]:
    """Whether each sheet is hidden, and the defined names of the workbook's own."""
    status: dict[str, bool] = {}
    nama: dict[str, str] = {}
    kini: list[str] = []
    isi: list[str] = []

    def mulai(n: str, a: Atribut) -> None:
        if n == "sheet":
            status[a.get("name", "")] = a.get("state", "visible") != "visible"
        elif n == "definedName":
            kini.append(a.get("name", ""))
            isi.clear()

    def selesai(n: str) -> None:
        if n == "definedName":
            x = kini.pop()
            if not x.startswith("_xlnm."):
                nama[x] = "".join(isi)

    urai_xml(paket.isi_xml(paket.buku), mulai, selesai, isi.append)
    return status, nama


def _teks_bersama(paket: Paket) -> list[str]:
    bagian = paket.teks_bersama()
    if bagian is None or bagian not in paket:
        return []
    hasil: list[str] = []
    kini: list[str] = []
    jejak: list[str] = []

    def mulai(n: str, _a: Atribut) -> None:
        jejak.append(n)
        if n == "si":
            kini.clear()

    def selesai(n: str) -> None:
        jejak.pop()
        if n == "si":
            hasil.append(teks_polos("".join(kini)))

    def huruf(t: str) -> None:
        if jejak and jejak[-1] == "t" and "rPh" not in jejak:
            kini.append(t)

    urai_xml(paket.isi_xml(bagian), mulai, selesai, huruf)
    return hasil


def teks_polos(teks: str) -> str:
    """A text with what Excel writes as ``_xHHHH_`` put back."""
    return _SANDI.sub(lambda m: chr(int(m[1], 16)), teks) if "_x" in teks else teks


# ── looks ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Gaya:
    sel: list[Rupa] = field(default_factory=list)
    samar: set[int] = field(default_factory=set)
    """Conditional formats that hide."""

    def __getitem__(self, n: int) -> Rupa:
        return self.sel[n] if 0 <= n < len(self.sel) else POLOS


def _gaya(paket: Paket) -> _Gaya:
    bagian = next((t for t, jenis, _ in paket.relasi(paket.buku) if jenis.endswith("/styles") and t in paket), None)
    hasil = _Gaya()
    if bagian is None:
        return hasil
    format_: dict[int, str] = dict(_FORMAT_BAWAAN)
    huruf: list[str | None] = []
    latar: list[str | None] = []
    dxf: list[dict[str, str | None]] = []
    xf: list[dict[str, str]] = []
    jejak: list[str] = []

    def mulai(n: str, a: Atribut) -> None:
        jejak.append(n)
        dalam = set(jejak[:-1])
        if n == "dxf":
            dxf.append({})
        elif n == "numFmt":
            if "dxf" in dalam:
                dxf[-1]["format"] = a.get("formatCode", "")
            else:
                format_[int(a.get("numFmtId", "-1"))] = a.get("formatCode", "")
        elif n == "color" and "font" in dalam and "dxf" in dalam:
            dxf[-1]["huruf"] = _warna(a)
        elif n == "bgColor" and "dxf" in dalam:
            dxf[-1]["latar"] = _warna(a)
        elif n == "font" and "fonts" in dalam:
            huruf.append("000000")
        elif n == "color" and "fonts" in dalam:
            huruf[-1] = _warna(a)
        elif n == "fill" and "fills" in dalam:
            latar.append("FFFFFF")
        elif n == "patternFill" and "fills" in dalam:
            latar[-1] = "FFFFFF" if a.get("patternType", "none") == "none" else latar[-1]
            jejak[-1] = f"patternFill:{a.get('patternType', 'none')}"
        elif n == "fgColor" and "fills" in dalam and "patternFill:solid" in dalam:
            latar[-1] = _warna(a)
        elif n == "xf" and "cellXfs" in dalam:
            xf.append({**a, "locked": "1"})
        elif n == "protection" and "cellXfs" in dalam:
            xf[-1]["locked"] = a.get("locked", "1")

    def selesai(_n: str) -> None:
        jejak.pop()

    urai_xml(paket.isi_xml(bagian), mulai, selesai, lambda _t: None)
    for x in xf:
        h, f = int(x.get("fontId", "0")), int(x.get("fillId", "0"))
        hasil.sel.append(
            Rupa(
                format_.get(int(x.get("numFmtId", "0")), "General"),
                x["locked"] not in {"0", "false"},
                huruf[h] if h < len(huruf) else None,
                latar[f] if f < len(latar) else None,
            )
        )
    for n, d in enumerate(dxf):
        kode = d.get("format")
        if (kode and menyamarkan(kode, 1.0)) or kontras_rendah(d.get("huruf"), d.get("latar", "FFFFFF")):
            hasil.samar.add(n)
    return hasil


def _warna(a: Atribut) -> str | None:
    """``RRGGBB`` of a colour; None where a theme or palette that is not looked at says it."""
    rgb = a.get("rgb")
    if rgb and re.fullmatch(r"[0-9A-Fa-f]{6,8}", rgb):
        return rgb[-6:].upper()
    if "theme" in a:
        n = int(a["theme"])
        return _TEMA[n] if n < len(_TEMA) and "tint" not in a else None
    return _INDEKS.get(int(a["indexed"])) if "indexed" in a else "000000"


# ── one sheet ─────────────────────────────────────────────────────────────────────────────────────────────────


class _Pembaca:
    """Cells of one sheet, as its elements come by."""

    def __init__(self, gaya: _Gaya, teks: list[str]) -> None:
        self._gaya, self._teks = gaya, teks
        self.sel: dict[Tempat, SelMentah] = {}
        self.baris_sembunyi: set[int] = set()
        self.kolom_sembunyi: set[int] = set()
        self.gabungan: set[str] = set()
        self.terlindung = self.tersaring = self.bersamaran = False
        self._bersama: dict[str, tuple[Tempat, str]] = {}
        self._r = self._c = 0
        self._jejak: list[str] = []
        self._kini: dict[str, str] = {}
        self._f: dict[str, str] = {}
        self._ada_f = False
        self._isi: dict[str, list[str]] = {"v": [], "f": [], "t": []}

    def mulai(self, n: str, a: Atribut) -> None:
        self._jejak.append(n)
        if n == "c":
            m = _SEL.fullmatch(a.get("r", ""))
            self._r, self._c = (int(m[2]), nomor_kolom(m[1].upper())) if m else (self._r, self._c + 1)
            self._kini, self._ada_f = dict(a), False
            for daftar in self._isi.values():
                daftar.clear()
        elif n == "f":
            self._f, self._ada_f = dict(a), True
        elif n == "row":
            self._r, self._c = int(a.get("r", self._r + 1)), 0
            if a.get("hidden") in {"1", "true"} or float(a.get("ht", "15")) <= 0:
                self.baris_sembunyi.add(self._r)
        elif n == "col":
            if a.get("hidden") in {"1", "true"} or float(a.get("width", "9")) <= 0:
                self.kolom_sembunyi.update(range(int(a["min"]), min(int(a["max"]), int(a["min"]) + 500) + 1))
        elif n == "mergeCell":
            self.gabungan.add(a.get("ref", ""))
        elif n == "sheetProtection":
            self.terlindung = a.get("sheet", "0") in {"1", "true"}
        elif n == "filterColumn":
            self.tersaring = True
        elif n == "cfRule" and a.get("dxfId", "").isdigit():
            self.bersamaran = self.bersamaran or int(a["dxfId"]) in self._gaya.samar

    def huruf(self, t: str) -> None:
        n = self._jejak[-1] if self._jejak else ""
        if n in self._isi and "rPh" not in self._jejak:
            self._isi[n].append(t)

    def selesai(self, n: str) -> None:
        self._jejak.pop()
        if n != "c":
            return
        tempat = (self._r, self._c)
        gaya = self._kini.get("s", "0")
        self.sel[tempat] = SelMentah(self._nilai(), self._rumus(tempat), self._gaya[int(gaya)])

    def _nilai(self) -> float | str | bool | None:
        jenis, v = self._kini.get("t", "n"), "".join(self._isi["v"])
        if jenis == "inlineStr":
            return teks_polos("".join(self._isi["t"]))
        if v == "" and jenis != "str":
            return None
        match jenis:
            case "s":
                return self._teks[int(v)]
            case "str":
                return teks_polos(v) if v else None
            case "b":
                return v.strip() == "1"
            case "e" | "d":
                return v
        return float(v)

    def _rumus(self, tempat: Tempat) -> str | None:
        if not self._ada_f:
            return None
        teks, si = "".join(self._isi["f"]), self._f.get("si")
        if self._f.get("t") != "shared" or si is None:
            return teks or None
        if teks:
            self._bersama[si] = (tempat, teks)
            return teks
        awal, induk = self._bersama[si]
        return geser_rumus(induk, tempat[0] - awal[0], tempat[1] - awal[1])


def _lembar(paket: Paket, nama: str, bagian: str, gaya: _Gaya, teks: list[str], tersembunyi: bool) -> LembarMentah:
    p = _Pembaca(gaya, teks)
    urai_xml(paket.isi_xml(bagian), p.mulai, p.selesai, p.huruf)
    tabel: dict[str, tuple[int, int, int, int]] = {}
    bergambar = False
    for target, jenis, _ in paket.relasi(bagian):
        if jenis.endswith("/table") and target in paket:
            for u in paket.unsur(target):
                if u.nama == "table":
                    a, _, z = u.atribut.get("ref", "").partition(":")
                    x, y = _SEL.fullmatch(a), _SEL.fullmatch(z or a)
                    if x and y:
                        nama_tabel = u.atribut.get("displayName", u.atribut.get("name", ""))
                        tabel[nama_tabel] = (int(x[2]), nomor_kolom(x[1]), int(y[2]), nomor_kolom(y[1]))
                elif u.nama == "filterColumn":
                    p.tersaring = True
        bergambar = bergambar or jenis.endswith("/drawing")
    return LembarMentah(
        nama,
        p.sel,
        tabel,
        tersembunyi,
        p.terlindung,
        p.tersaring,
        bergambar,
        p.bersamaran,
        frozenset(p.baris_sembunyi),
        frozenset(p.kolom_sembunyi),
        frozenset(p.gabungan),
    )
