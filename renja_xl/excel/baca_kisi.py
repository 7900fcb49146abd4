"""Any workbook as grids of cells (``Kisi``): .xlsx and .xlsm with formulas and formats, .ods too, .xls by its values.

What comes from outside is hostile until read: the package is checked as a master's is, and no sheet is opened whose
farthest cell alone would fill the memory.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum, load_workbook

from renja_xl.core.buku import Nilai
from renja_xl.core.kisi import IsiKisi, Kisi, Tempat
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import BATAS_TEKS
from renja_xl.core.rumus_sel import GALAT
from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.kenali import baca_berkas
from renja_xl.excel.kisi_ods import kisi_ods
from renja_xl.excel.lembar_xml import LembarXml
from renja_xl.excel.paket import Paket, buka, nomor_kolom
from renja_xl.excel.sahaja import BATAS_LUAS, BATAS_SEL, siapkan

ODS = "application/vnd.oasis.opendocument.spreadsheet"

_FORMAT_BAWAAN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""Number formats that have a number but no text in the file, as far as they matter here."""
_ATRIBUT = re.compile(rb"""(?<![\w:.-])(r|s)\s*=\s*["']([^"']*)["']""")
_TERSEMBUNYI = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_RUSAK = "bukan buku kerja (.xlsx, .xls, .ods) yang utuh; mohon buka dan simpan ulang sebagai .xlsx di Excel"


def baca_kisi(path: Path) -> tuple[Kisi, ...]:
    """The sheets of a workbook, in the order of its tabs.

    Raises:
        BukuTidakTerbacaError: no workbook, damaged, or too large, with advice.
    """
    data = baca_berkas(path, lama=True)
    if not data.startswith(b"PK"):
        return tuple(_kisi_xls(path, data))
    paket = Paket(path, data)
    if "mimetype" in paket and paket.isi("mimetype").strip() == ODS.encode():
        return kisi_ods(paket)
    return kisi_paket(buka(path))


def kisi_paket(paket: Paket) -> tuple[Kisi, ...]:
    """The sheets of an opened .xlsx or .xlsm."""
    siap, xml = siapkan(paket, list(paket.lembar))
    format_gaya = _format_gaya(paket)
    tersembunyi = {
        u.atribut.get("name", "")
        for u in paket.unsur(paket.buku)
        if u.nama == "sheet" and u.atribut.get("state", "visible") != "visible"
    }
    hasil = []
    wb = _buka_calamine(paket.path, siap)
    for nama in paket.lembar:
        x = xml[nama]
        sel = _galat(x) | _nilai_lembar(paket.path, wb, nama)
        format_sel = _format_sel(x, format_gaya)
        try:
            rumus = dict(_rumus(x))
        except (ValueError, KeyError, IndexError, StopIteration) as galat:
            raise paket.galat(f"rusak di lembar {nama}; mohon buka dan simpan ulang sebagai .xlsx di Excel") from galat
        isi = {
            t: IsiKisi(sel.get(t), rumus.get(t), format_sel.get(t, ""))
            for t in sel.keys() | rumus.keys()
        }  # fmt: skip
        hasil.append(
            Kisi(nama, isi, _gabungan_xml(x), _baris_tersembunyi(x), _kolom_tersembunyi(x), nama in tersembunyi)
        )
    return tuple(hasil)


# ── values ────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _tanpa_galat_pustaka() -> Iterator[None]:
    """Nothing on standard error: a reader that stumbles over a damaged .xls says so itself, before we can word it."""
    with open(os.devnull, "wb") as kosong:
        semula = os.dup(2)
        os.dup2(kosong.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(semula, 2)
            os.close(semula)


def _buka_calamine(path: Path, data: bytes) -> CalamineWorkbook:
    try:
        return load_workbook(BytesIO(data))
    except CalamineError as galat:
        raise BukuTidakTerbacaError(f"Berkas {path} {_RUSAK}.") from galat
    except BaseException as galat:
        if type(galat).__name__ != "PanicException":  # how the reader reports a fault of its own
            raise
        raise BukuTidakTerbacaError(f"Berkas {path} {_RUSAK}.") from galat


def _nilai_lembar(path: Path, wb: CalamineWorkbook, nama: str) -> dict[Tempat, Nilai]:
    """Filled cells of a sheet."""
    deret: list[list[Any]] = []
    try:
        lembar = wb.get_sheet_by_name(nama)
        awal, luas = lembar.start or (0, 0), lembar.height * lembar.width
        if luas <= BATAS_LUAS:
            deret = lembar.to_python(skip_empty_area=True)
    except CalamineError as galat:
        raise BukuTidakTerbacaError(f"Berkas {path} {_RUSAK}.") from galat
    except BaseException as galat:
        if type(galat).__name__ != "PanicException":
            raise
        raise BukuTidakTerbacaError(f"Berkas {path} {_RUSAK}.") from galat
    if luas > BATAS_LUAS:
        raise BukuTidakTerbacaError(
            f"Berkas {path}: lembar {nama} terisi jauh melewati tabelnya; mohon hapus baris dan kolom di luar tabel, lalu "
            "simpan ulang."
        )
    hasil: dict[Tempat, Nilai] = {}
    for r, isi in enumerate(deret, awal[0] + 1):
        for c, v in enumerate(isi, awal[1] + 1):
            if v != "":
                hasil[r, c] = _nilai(v)
    return hasil


def _nilai(v: Any) -> Nilai:
    if isinstance(v, bool):
        return "TRUE" if v else "FALSE"
    if isinstance(v, (int, float)):
        return float(v)
    if isinstance(v, (dt.datetime, dt.date, dt.time)):
        return v.isoformat()
    if isinstance(v, dt.timedelta):
        return str(v)
    return str(v)[:BATAS_TEKS]


# ── .xls ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _kisi_xls(path: Path, data: bytes) -> Iterator[Kisi]:
    with _tanpa_galat_pustaka():
        wb = _buka_calamine(path, data)
    jumlah = 0
    for info in wb.sheets_metadata:
        sel = _nilai_lembar(path, wb, info.name)
        jumlah += len(sel)
        if jumlah > BATAS_SEL:
            raise BukuTidakTerbacaError(f"Berkas {path} memuat lebih dari {BATAS_SEL} sel; mohon bagi dahulu.")
        isi = {t: IsiKisi(v) for t, v in sel.items()}
        gabungan = _gabungan(wb.get_sheet_by_name(info.name))
        yield Kisi(info.name, isi, gabungan, tersembunyi=info.visible != SheetVisibleEnum.Visible)


def _gabungan(lembar: CalamineSheet) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in lembar.merged_cell_ranges or ())


# ── what the fast reader does not tell ────────────────────────────────────────────────────────────────────────


def _format_gaya(paket: Paket) -> list[str]:
    """Number format of each cell style, by its number."""
    bagian = next((t for t, jenis, _ in paket.relasi(paket.buku) if jenis.endswith("/styles") and t in paket), None)
    if bagian is None:
        return []
    bernama: dict[str, str] = {}
    hasil: list[str] = []
    di_xf = False
    for u in paket.unsur(bagian):
        if u.nama == "numFmt":
            bernama[u.atribut.get("numFmtId", "")] = u.atribut.get("formatCode", "")
        elif u.nama in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            di_xf = u.nama == "cellXfs"
        elif u.nama == "xf" and di_xf:
            nomor = u.atribut.get("numFmtId", "0")
            hasil.append(bernama.get(nomor) or _FORMAT_BAWAAN.get(int(nomor) if nomor.isdigit() else 0, ""))
    return hasil


def _format_sel(x: LembarXml, gaya: list[str]) -> dict[Tempat, str]:
    """Number formats of the cells that have one that says something."""
    hasil: dict[Tempat, str] = {}
    if not any(gaya):
        return hasil
    for m in re.finditer(rb"<%sc(?=\s)([^>]*)>" % x.awalan, x.xml[x.awal : x.akhir]):
        isi = dict(_ATRIBUT.findall(m[1]))
        s = isi.get(b"s", b"")
        if not s.isdigit() or int(s) >= len(gaya) or not gaya[int(s)] or b"r" not in isi:
            continue
        if tempat := _tempat(isi[b"r"].decode("ascii", "replace")):
            hasil[tempat] = gaya[int(s)]
    return hasil


def _galat(x: LembarXml) -> dict[Tempat, Nilai]:
    """Cells that show an error value, which the fast reader takes for empty."""
    hasil: dict[Tempat, Nilai] = {}
    if b'"e"' not in x.xml and b"'e'" not in x.xml:
        return hasil
    pola = rb"""<%sc\s([^>]*\bt\s*=\s*["']e["'][^>]*)>(?:<%sf\b[^<]*(?:</%sf>)?)?<%sv>(#[^<]{1,14})</""" % (
        (x.awalan,) * 4
    )
    for m in re.finditer(pola, x.xml[x.awal : x.akhir]):
        alamat, nilai = dict(_ATRIBUT.findall(m[1])).get(b"r", b""), m[2].decode("ascii", "replace")
        if nilai in GALAT and (tempat := _tempat(alamat.decode("ascii", "replace"))):
            hasil[tempat] = nilai
    return hasil


def _tempat(alamat: str) -> Tempat | None:
    m = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", alamat)
    return (int(m[2]), nomor_kolom(m[1].upper())) if m else None


def _rumus(x: LembarXml) -> Iterator[tuple[Tempat, str]]:
    """Formulas as each cell means them: a follower of a shared formula has its references moved."""
    bersama = [t for t, f in x.rumus.items() if f.bersama]
    for t, f in x.rumus.items():
        if not f.bersama and f.teks:
            yield t, f.teks
    if not bersama:
        return
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415  rarely needed, slow to load

    kelompok = dict(_kelompok_bersama(x))
    asal: dict[str, Tempat] = {}
    for t in sorted(bersama):
        si = kelompok.get(t, "")
        asal.setdefault(si, t)
        teks = x.rumus[asal[si]].teks
        if t != asal[si]:
            a, b = (f"{huruf_kolom(s[1])}{s[0]}" for s in (asal[si], t))
            try:
                teks = Translator(f"={teks}", a).translate_formula(b).removeprefix("=")
            except (TranslatorError, ValueError, IndexError):
                continue
        yield t, teks


def _kelompok_bersama(x: LembarXml) -> Iterator[tuple[Tempat, str]]:
    pola = rb"""<%sc\s([^>]*)>\s*<%sf\s([^>]*?)/?>""" % (x.awalan, x.awalan)
    for m in re.finditer(pola, x.xml[x.awal : x.akhir]):
        si = re.search(rb"""\bsi\s*=\s*["'](\d+)["']""", m[2])
        alamat = dict(_ATRIBUT.findall(m[1])).get(b"r")
        if si and alamat and (tempat := _tempat(alamat.decode("ascii", "replace"))):
            yield tempat, si[1].decode()


def _gabungan_xml(x: LembarXml) -> tuple[tuple[int, int, int, int], ...]:
    hasil = []
    for m in re.finditer(rb"""<%smergeCell\s[^>]*?\bref\s*=\s*["']([^"']+)["']""" % x.awalan, x.xml[x.akhir :]):
        a, _, z = m[1].decode("ascii", "replace").partition(":")
        kiri, kanan = _tempat(a), _tempat(z or a)
        if kiri and kanan:
            hasil.append((*kiri, *kanan))
    return tuple(hasil)


def _baris_tersembunyi(x: LembarXml) -> frozenset[int]:
    if b"hidden" not in x.xml:
        return frozenset()
    return frozenset(r for r, (a, _) in x.baris.items() if _TERSEMBUNYI.search(x.xml, a, x.xml.find(b">", a)))


def _kolom_tersembunyi(x: LembarXml) -> frozenset[int]:
    hasil: set[int] = set()
    for m in re.finditer(rb"<%scol\s([^>]*)>" % x.awalan, x.xml[: x.awal]):
        batas = [re.search(rb"""\b%s\s*=\s*["'](\d{1,5})["']""" % n, m[1]) for n in (b"min", b"max")]
        if _TERSEMBUNYI.search(m[1]) and batas[0] and batas[1]:
            hasil.update(range(int(batas[0][1]), min(int(batas[1][1]), 16_384) + 1))
    return frozenset(hasil)
