"""Lint of a workbook against Excel's limits and our own rules for formulas, from the raw XML.

No tool outside Excel checks these: Excel repairs such a file, refuses it, or shows another value than the cached one.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from itertools import combinations
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

CALC_ID = "191029"
MAKS_RUMUS, MAKS_TEKS, MAKS_LITERAL, MAKS_ARGUMEN, MAKS_SARANG = 8192, 32_767, 255, 255, 64
MAKS_JUDUL, MAKS_PESAN, MAKS_DAFTAR, MAKS_LEMBAR, MAKS_NAMA, MAKS_KAKI = 32, 255, 255, 31, 255, 255
MAKS_KOLOM, MAKS_BARIS = 16_384, 1_048_576

FUNGSI = frozenset(
    {
        "ABS", "AND", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "CHOOSE", "COLUMN", "COLUMNS",
        "ADDRESS", "CONCATENATE", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "DATE", "DAY",
        "EXACT", "FIND", "HLOOKUP", "HYPERLINK", "IF", "IFERROR", "INDEX", "INT", "ISBLANK", "ISERROR", "ISNA",
        "ISNUMBER", "ISTEXT", "LARGE", "LEFT", "LEN", "LOOKUP", "LOWER", "MATCH", "MAX", "MEDIAN",
        "MID", "MIN", "MOD", "MONTH", "N", "NOT", "OR", "POWER", "RIGHT", "ROUND", "ROUNDDOWN",
        "ROUNDUP", "ROW", "ROWS", "SEARCH", "SIGN", "SMALL", "SQRT", "SUBSTITUTE", "SUBTOTAL",
        "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "TRIM", "TRUNC", "UPPER", "VLOOKUP", "YEAR",
    }
)  # fmt: skip
"""In Excel 2013 without a prefix, the same in LibreOffice and under every locale, not volatile."""

KRITERIA = frozenset(
    {
        "AVERAGEIF", "AVERAGEIFS", "COUNTIF", "COUNTIFS", "EXACT", "MATCH", "SUBSTITUTE", "SUMIF",
        "SUMIFS",
    }
)  # fmt: skip
"""Functions that compare with or look for an empty text: ``""`` is no result there."""


class Batas(StrEnum):
    """What a workbook can violate."""

    RUJUKAN_TERSTRUKTUR = "structured reference outside a cell formula"
    SINGKATAN_BARIS = "[@…] instead of [[#This Row],…]"
    ARGUMEN = "more than 255 arguments"
    SARANG = "more than 64 nested calls"
    PANJANG_RUMUS = "formula longer than 8192"
    RUMUS_RUSAK = "formula that does not close, or with #REF!"
    LITERAL = "text in a formula longer than 255"
    FUNGSI = "function outside the allow-list"
    BOOLEAN = "TRUE or FALSE in a formula"
    GABUNGAN = "union of references"
    CABANG_KOSONG = 'branch that gives ""'
    HASIL_KOSONG = "formula with an empty text as its result"
    HASIL_GALAT = "formula with an error as its result"
    TANPA_HASIL = "formula without a cached value"
    PANJANG_TEKS = "text longer than 32767"
    JUDUL_VALIDASI = "validation title longer than 32"
    PESAN_VALIDASI = "validation message longer than 255"
    DAFTAR_VALIDASI = "validation list longer than 255"
    TUMPANG_VALIDASI = "two validations on one cell"
    NAMA_LEMBAR = "illegal sheet name"
    KEPALA_TABEL = "table headers not unique texts equal to their cells"
    TABEL_TERGABUNG = "merged cells in a table"
    NAMA = "illegal name, or one that reads as a cell"
    KAKI = "header or footer longer than 255"
    TAUTAN_LUAR = "link to another workbook"
    HITUNG_PENUH = "full recalculation on load"
    CALC_ID = "another calcId than 191029"


@dataclass(frozen=True, slots=True)
class Pelanggaran:
    """One violation: what, where, and the text that shows it."""

    batas: Batas
    tempat: str
    isi: str

    def __str__(self) -> str:
        isi = self.isi if len(self.isi) <= 120 else f"{self.isi[:117]}…"
        return f"{self.tempat}: {self.batas.value}: {isi}"


# ── formulas ──────────────────────────────────────────────────────────────────────────────────────────────────

_LEKSEM = re.compile(
    r"""
    (?P<teks>"(?:[^"]|"")*")
  | (?P<lembar>'(?:[^']|'')*')
  | (?P<fungsi>[A-Za-z_\\][\w.\\]*)(?=\()
  | (?P<nama>[A-Za-z_\\$][\w.$\\?]*)
  | (?P<galat>\#[A-Z][A-Z0-9/]*[!?]?)
  | (?P<angka>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
  | (?P<banding><=|>=|<>|[=<>])
  | (?P<spasi>\s+)
  | (?P<lain>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Leksem:
    """A piece of a formula: its kind (``kurung`` is a whole bracket with what it holds) and its text."""

    jenis: str
    teks: str


def urai_rumus(rumus: str) -> list[Leksem]:
    """The pieces of a formula, spaces left out. A bracket or quote that never closes has the kind ``rusak``."""
    hasil: list[Leksem] = []
    n = 0
    while n < len(rumus):
        if rumus[n] == "[":
            akhir = _akhir_kurung(rumus, n)
            hasil.append(Leksem("kurung" if akhir else "rusak", rumus[n : akhir or len(rumus)]))
            n = akhir or len(rumus)
            continue
        m = _LEKSEM.match(rumus, n)
        assert m is not None  # the last alternative takes any character
        jenis = str(m.lastgroup)
        if jenis != "spasi":
            hasil.append(Leksem("rusak" if m[0] in {'"', "'"} else jenis, m[0]))
        n = m.end()
    return hasil


def _akhir_kurung(rumus: str, awal: int) -> int | None:
    """Index after the bracket that closes the one at ``awal``; a quote escapes the next character inside."""
    dalam, n = 0, awal
    while n < len(rumus):
        if rumus[n] == "'":
            n += 1
        elif rumus[n] == "[":
            dalam += 1
        elif rumus[n] == "]":
            dalam -= 1
            if dalam == 0:
                return n + 1
        n += 1
    return None


def periksa_rumus(rumus: str, tempat: str, *, di_sel: bool) -> Iterator[Pelanggaran]:
    """Violations of one formula, given without its equals sign.

    Args:
        di_sel: whether it stands in a cell; elsewhere Excel takes no structured references.
    """
    if len(rumus) + 1 > MAKS_RUMUS:  # the equals sign counts
        yield Pelanggaran(Batas.PANJANG_RUMUS, tempat, f"{len(rumus) + 1} characters")
    leksem = urai_rumus(rumus)
    for batas in _susunan(leksem):
        yield Pelanggaran(batas, tempat, rumus)
    for n, x in enumerate(leksem):
        tetangga = (leksem[n - 1] if n else None, leksem[n + 1] if n + 1 < len(leksem) else None)
        batas_leksem = _TELITI.get(x.jenis)
        for batas in batas_leksem(x, tetangga, di_sel) if batas_leksem else ():
            yield Pelanggaran(batas, tempat, f"{x.teks} in {rumus}")


def _susunan(leksem: list[Leksem]) -> Iterator[Batas]:
    """What the parentheses tell: calls too deep or with too many arguments, unions, branches that give nothing."""
    fungsi: list[str] = []
    koma: list[int] = []
    for n, x in enumerate(leksem):
        sebelum = leksem[n - 1] if n else None
        if x.teks == "(":
            fungsi.append(sebelum.teks.upper() if sebelum is not None and sebelum.jenis == "fungsi" else "")
            koma.append(0)
            if sum(bool(f) for f in fungsi) > MAKS_SARANG:
                yield Batas.SARANG
        elif x.teks == "," and koma:
            koma[-1] += 1
        elif x.teks == ")":
            if not fungsi:
                yield Batas.RUMUS_RUSAK
                return
            ada, jumlah = fungsi.pop(), koma.pop() + 1
            if jumlah > 1 and not ada:
                yield Batas.GABUNGAN
            elif jumlah > MAKS_ARGUMEN:
                yield Batas.ARGUMEN
        elif x.teks == '""' and not (fungsi and fungsi[-1] in KRITERIA):
            sekitar = (sebelum, leksem[n + 1] if n + 1 < len(leksem) else None)
            if not any(t is not None and t.jenis == "banding" for t in sekitar):
                yield Batas.CABANG_KOSONG
    if fungsi:
        yield Batas.RUMUS_RUSAK


_Tetangga = tuple[Leksem | None, Leksem | None]


def _kurung(x: Leksem, tetangga: _Tetangga, di_sel: bool) -> Iterator[Batas]:
    sebelum = tetangga[0]
    if re.fullmatch(r"\[\d+\]", x.teks) and (sebelum is None or sebelum.jenis != "nama"):
        yield Batas.TAUTAN_LUAR
        return
    if "@" in re.sub(r"'.", "", x.teks, flags=re.DOTALL):  # an escaped one belongs to a header
        yield Batas.SINGKATAN_BARIS
    if not di_sel:
        yield Batas.RUJUKAN_TERSTRUKTUR


def _fungsi(x: Leksem, _tetangga: _Tetangga, _di_sel: bool) -> Iterator[Batas]:
    if x.teks.upper() in {"TRUE", "FALSE"}:
        yield Batas.BOOLEAN
    elif x.jenis == "fungsi" and x.teks.upper() not in FUNGSI:
        yield Batas.FUNGSI


def _lembar_lain(x: Leksem, _tetangga: _Tetangga, _di_sel: bool) -> Iterator[Batas]:
    if "[" in x.teks:
        yield Batas.TAUTAN_LUAR


def _literal(x: Leksem, _tetangga: _Tetangga, _di_sel: bool) -> Iterator[Batas]:
    if len(x.teks[1:-1].replace('""', '"')) > MAKS_LITERAL:
        yield Batas.LITERAL


def _lain(x: Leksem, _tetangga: _Tetangga, _di_sel: bool) -> Iterator[Batas]:
    if x.teks == "@":
        yield Batas.SINGKATAN_BARIS
    elif x.teks == "~":
        yield Batas.GABUNGAN


def _rusak(_x: Leksem, _tetangga: _Tetangga, _di_sel: bool) -> Iterator[Batas]:
    yield Batas.RUMUS_RUSAK


_TELITI: Mapping[str, Callable[[Leksem, _Tetangga, bool], Iterator[Batas]]] = {
    "kurung": _kurung,
    "fungsi": _fungsi,
    "nama": _fungsi,
    "lembar": _lembar_lain,
    "teks": _literal,
    "lain": _lain,
    "rusak": _rusak,
    "galat": _rusak,
}


# ── the package ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Sel:
    """A cell: its value's type as stored, its value as text (None where there is none), its formula."""

    tipe: str
    nilai: str | None
    rumus: str | None


@dataclass(slots=True)
class _Paket:
    isi: Mapping[str, bytes]
    teks_bersama: list[str] = field(default_factory=list)

    def xml(self, bagian: str) -> Element:
        return ElementTree.fromstring(self.isi[bagian])

    def hubungan(self, bagian: str) -> dict[str, tuple[str, str, bool]]:
        """Relationships of a part by id: last word of the type, target part, whether it leads outside."""
        path = PurePosixPath(bagian)
        rels = f"{path.parent}/_rels/{path.name}.rels"
        hasil = {}
        for r in self.xml(rels) if rels in self.isi else ():
            luar = r.get("TargetMode") == "External"
            tujuan = r.get("Target", "")
            if not luar:
                tujuan = tujuan.lstrip("/") if tujuan.startswith("/") else _rapikan(f"{path.parent}/{tujuan}")
            hasil[r.get("Id", "")] = (r.get("Type", "").rpartition("/")[2], tujuan, luar)
        return hasil


def _rapikan(path: str) -> str:
    bagian: list[str] = []
    for b in path.split("/"):
        if b == "..":
            bagian.pop()
        elif b not in {"", "."}:
            bagian.append(b)
    return "/".join(bagian)


def _nama(unsur: Element) -> str:
    return unsur.tag.rpartition("}")[2]


def _semua(unsur: Element, nama: str) -> Iterator[Element]:
    return (u for u in unsur.iter() if _nama(u) == nama)


def _teks_unsur(unsur: Element) -> str:
    """Text of a string item; phonetic hints are no text."""
    fonetik = {id(t) for r in _semua(unsur, "rPh") for t in _semua(r, "t")}
    return "".join(_lepas(t.text or "") for t in _semua(unsur, "t") if id(t) not in fonetik)


def _lepas(teks: str) -> str:
    """``_x000A_`` and the like as the characters they stand for."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), teks)


def periksa_batas(isi: bytes) -> list[Pelanggaran]:
    """Every violation in a workbook."""
    with zipfile.ZipFile(BytesIO(isi)) as z:
        paket = _Paket({n: z.read(n) for n in z.namelist()})
    return list(_periksa(paket))


def _periksa(paket: _Paket) -> Iterator[Pelanggaran]:
    for bagian in paket.isi:
        if bagian.startswith("xl/externalLinks/"):
            yield Pelanggaran(Batas.TAUTAN_LUAR, bagian, bagian)
        elif re.fullmatch(r"xl/charts/[^/]+\.xml", bagian):
            for f in _semua(paket.xml(bagian), "f"):
                yield from periksa_rumus(f.text or "", bagian, di_sel=False)
    if "xl/sharedStrings.xml" in paket.isi:
        paket.teks_bersama = [_teks_unsur(si) for si in paket.xml("xl/sharedStrings.xml") if _nama(si) == "si"]
    for n, teks in enumerate(paket.teks_bersama):
        if len(teks) > MAKS_TEKS:
            yield Pelanggaran(Batas.PANJANG_TEKS, f"xl/sharedStrings.xml {n}", teks)
    buku = paket.xml("xl/workbook.xml")
    yield from _kalkulasi(buku)
    hubungan = paket.hubungan("xl/workbook.xml")
    for jenis, tujuan, _ in hubungan.values():
        if jenis.startswith("externalLink"):
            yield Pelanggaran(Batas.TAUTAN_LUAR, "xl/workbook.xml", tujuan)
    nama: list[tuple[str, str]] = []
    for dn in _semua(buku, "definedName"):
        sebutan = dn.get("name", "")
        yield from periksa_rumus(dn.text or "", f"name {sebutan}", di_sel=False)
        if not sebutan.startswith("_xlnm."):
            nama.append((sebutan, f"name, scope {dn.get('localSheetId') or 'workbook'}"))
    lembar = [(s.get("name", ""), _rid(s)) for s in _semua(buku, "sheet")]
    yield from _nama_lembar([n for n, _ in lembar])
    for sebutan, rid in lembar:
        bagian = hubungan[rid][1]
        yield from _lembar(paket, sebutan, bagian)
        nama += [(t.get("displayName", ""), "table") for t in _tabel(paket, bagian)]
    yield from _nama_terdefinisi(nama)


def _rid(unsur: Element) -> str:
    return next(v for k, v in unsur.attrib.items() if k.rpartition("}")[2] == "id" and k.startswith("{"))


def _kalkulasi(buku: Element) -> Iterator[Pelanggaran]:
    pr = next(_semua(buku, "calcPr"), None)
    sifat = {} if pr is None else pr.attrib
    if sifat.get("fullCalcOnLoad", "0") not in {"0", "false"}:
        yield Pelanggaran(Batas.HITUNG_PENUH, "xl/workbook.xml", str(sifat))
    if sifat.get("calcId") != CALC_ID:
        yield Pelanggaran(Batas.CALC_ID, "xl/workbook.xml", str(sifat.get("calcId")))


def _nama_lembar(nama: list[str]) -> Iterator[Pelanggaran]:
    terpakai: set[str] = set()
    for n in nama:
        kunci = n.casefold()
        sah = 0 < len(n) <= MAKS_LEMBAR and not re.search(r"[\[\]:*?/\\]", n) and n.strip("'") == n
        if not sah or kunci in terpakai or kunci == "history":
            yield Pelanggaran(Batas.NAMA_LEMBAR, "xl/workbook.xml", n)
        terpakai.add(kunci)


def mirip_sel(nama: str) -> bool:
    """Whether Excel reads a name as a cell: ``TC29``, ``a1``, ``R1C1``, ``R``, ``C``."""
    m = re.fullmatch(r"([A-Za-z]{1,3})0*(\d{1,7})", nama)
    if m and 0 < int(m[2]) <= MAKS_BARIS and _nomor_kolom(m[1]) <= MAKS_KOLOM:
        return True
    return bool(re.fullmatch(r"[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*", nama))


def _nama_terdefinisi(nama: list[tuple[str, str]]) -> Iterator[Pelanggaran]:
    """Names of tables and cells share one space; a dot in one is a function's or a cell's to some readers."""
    terpakai: set[tuple[str, str]] = set()
    for n, apa in nama:
        ruang = "workbook" if apa == "table" else apa.rpartition(" ")[2]
        sah = len(n) <= MAKS_NAMA and re.fullmatch(r"[^\W\d][\w\\]*", n) and not mirip_sel(n)
        if not sah or (n.casefold(), ruang) in terpakai:
            yield Pelanggaran(Batas.NAMA, apa, n)
        terpakai.add((n.casefold(), ruang))


# ── one sheet ─────────────────────────────────────────────────────────────────────────────────────────────────

Rentang = tuple[int, int, int, int]
"""First column, first row, last column, last row; 1-based."""


def _nomor_kolom(huruf: str) -> int:
    n = 0
    for ch in huruf.upper():
        n = n * 26 + ord(ch) - 64
    return n


def _rentang(teks: str) -> Rentang:
    sel = [re.fullmatch(r"([A-Z]+)(\d+)", s) for s in teks.replace("$", "").split(":")]
    titik = [(_nomor_kolom(m[1]), int(m[2])) for m in sel if m]
    return (*titik[0], *titik[-1])


def _bertumpang(a: Rentang, z: Rentang) -> bool:
    return a[0] <= z[2] and z[0] <= a[2] and a[1] <= z[3] and z[1] <= a[3]


def _tabel(paket: _Paket, bagian: str) -> list[Element]:
    return [paket.xml(tujuan) for jenis, tujuan, _ in paket.hubungan(bagian).values() if jenis == "table"]


def _lembar(paket: _Paket, nama: str, bagian: str) -> Iterator[Pelanggaran]:
    xml = paket.xml(bagian)
    sel = _isi_sel(paket, xml)
    for alamat, c in sel.items():
        yield from _periksa_sel(c, f"{nama}!{alamat}")
    for jenis, tujuan, luar in paket.hubungan(bagian).values():
        if luar and jenis != "hyperlink":
            yield Pelanggaran(Batas.TAUTAN_LUAR, nama, tujuan)
    for cf in _semua(xml, "conditionalFormatting"):
        for f in _semua(cf, "formula"):
            yield from periksa_rumus(f.text or "", f"{nama}!{cf.get('sqref')} conditional format", di_sel=False)
    yield from _validasi(xml, nama)
    for kaki in (*_semua(xml, "oddHeader"), *_semua(xml, "oddFooter")):
        if len(kaki.text or "") > MAKS_KAKI:
            yield Pelanggaran(Batas.KAKI, f"{nama} {_nama(kaki)}", kaki.text or "")
    gabung = [m.get("ref", "") for m in _semua(xml, "mergeCell")]
    for tabel in _tabel(paket, bagian):
        yield from _periksa_tabel(tabel, nama, sel, gabung)


def _isi_sel(paket: _Paket, xml: Element) -> dict[str, _Sel]:
    hasil = {}
    for c in _semua(xml, "c"):
        anak = {_nama(u): u for u in c}
        tipe = c.get("t", "n")
        nilai = anak["v"].text or "" if "v" in anak else None
        if tipe == "s" and nilai is not None:
            nilai = paket.teks_bersama[int(nilai)]
        elif "is" in anak:
            nilai = _teks_unsur(anak["is"])
        elif tipe == "str" and nilai is not None:
            nilai = _lepas(nilai)
        hasil[c.get("r", "")] = _Sel(tipe, nilai, (anak["f"].text or "") if "f" in anak else None)
    return hasil


def _periksa_sel(c: _Sel, tempat: str) -> Iterator[Pelanggaran]:
    if c.tipe != "s" and len(c.nilai or "") > MAKS_TEKS:  # shared strings are looked at once each
        yield Pelanggaran(Batas.PANJANG_TEKS, tempat, c.nilai or "")
    if c.rumus is None:
        return
    yield from periksa_rumus(c.rumus, tempat, di_sel=True)
    if c.nilai is None or (c.nilai == "" and c.tipe != "str"):
        yield Pelanggaran(Batas.TANPA_HASIL, tempat, c.rumus)
    elif not c.nilai.strip():
        yield Pelanggaran(Batas.HASIL_KOSONG, tempat, c.rumus)
    elif c.tipe == "e":
        yield Pelanggaran(Batas.HASIL_GALAT, tempat, f"{c.nilai} = {c.rumus}")


def _validasi(xml: Element, nama: str) -> Iterator[Pelanggaran]:
    wilayah: list[tuple[int, str, Rentang]] = []
    for n, v in enumerate(_semua(xml, "dataValidation")):
        tempat = f"{nama}!{v.get('sqref')} validation"
        for sifat, maks, batas in (
            ("promptTitle", MAKS_JUDUL, Batas.JUDUL_VALIDASI),
            ("errorTitle", MAKS_JUDUL, Batas.JUDUL_VALIDASI),
            ("prompt", MAKS_PESAN, Batas.PESAN_VALIDASI),
            ("error", MAKS_PESAN, Batas.PESAN_VALIDASI),
        ):
            if len(_lepas(v.get(sifat, ""))) > maks:
                yield Pelanggaran(batas, tempat, v.get(sifat, ""))
        for f in (*_semua(v, "formula1"), *_semua(v, "formula2")):
            teks = f.text or ""
            if v.get("type") == "list" and teks.startswith('"'):
                if len(teks[1:-1].replace('""', '"')) > MAKS_DAFTAR:
                    yield Pelanggaran(Batas.DAFTAR_VALIDASI, tempat, teks)
            else:
                yield from periksa_rumus(teks, tempat, di_sel=False)
        wilayah += [(n, t, _rentang(t)) for t in v.get("sqref", "").split()]
    for (i, a, ra), (j, z, rz) in combinations(wilayah, 2):
        if i != j and _bertumpang(ra, rz):  # Excel never writes such; which of the two holds is nowhere said
            yield Pelanggaran(Batas.TUMPANG_VALIDASI, nama, f"{a} and {z}")


def _periksa_tabel(tabel: Element, lembar: str, sel: Mapping[str, _Sel], gabung: list[str]) -> Iterator[Pelanggaran]:
    nama, ref = tabel.get("displayName", ""), tabel.get("ref", "")
    tempat = f"{lembar} table {nama}"
    kolom = [_lepas(k.get("name", "")) for k in _semua(tabel, "tableColumn")]
    wilayah = _rentang(ref)
    if len({k.casefold() for k in kolom}) != len(kolom) or len(kolom) != wilayah[2] - wilayah[0] + 1:
        yield Pelanggaran(Batas.KEPALA_TABEL, tempat, f"{len(kolom)} columns in {ref}: {kolom}")
    if tabel.get("headerRowCount", "1") != "1":
        yield Pelanggaran(Batas.KEPALA_TABEL, tempat, "no header row")
    kepala = {r[0]: c for a, c in sel.items() if (r := _rentang(a))[1] == wilayah[1]}
    for n, k in enumerate(kolom):
        c = kepala.get(wilayah[0] + n)
        if c is None or c.tipe not in {"s", "inlineStr"} or c.rumus is not None or c.nilai != k or not k:
            yield Pelanggaran(Batas.KEPALA_TABEL, tempat, f"column {n + 1} is {k!r}, its cell {c}")
    for f in (*_semua(tabel, "calculatedColumnFormula"), *_semua(tabel, "totalsRowFormula")):
        yield from periksa_rumus(f.text or "", tempat, di_sel=True)
    for m in gabung:
        if _bertumpang(_rentang(m), wilayah):
            yield Pelanggaran(Batas.TABEL_TERGABUNG, tempat, m)
