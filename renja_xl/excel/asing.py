"""What somebody added to a master and a rebuild would lose: sheets, objects, formats, formulas, notes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from renja_xl.errors import AkanHilangError
from renja_xl.excel.baca import Terbaca
from renja_xl.tabel import ASLI, CATATAN_PERBAIKAN, SEMUA
from renja_xl.tabel.spec import TabelSpec

_OBJEK = (
    (
        re.compile(r"xl/(?:drawings/drawing|charts/|media/|embeddings/|ctrlProps/|diagrams/|slicers/)"),
        "gambar, grafik, atau objek",
    ),
    (re.compile(r"xl/pivot"), "tabel pivot"),
    (re.compile(r"xl/vbaProject\.bin"), "makro"),
    (re.compile(r"xl/externalLinks/"), "tautan ke buku lain"),
    (re.compile(r"xl/(?:threadedComments|persons)/"), "percakapan komentar"),
    (re.compile(r"xl/(?:connections\.xml|queryTables/)"), "koneksi data"),
)
_TOLERANSI_LEBAR = 1.0
_BATAS_SEBUT = 6


def pastikan_tak_hilang(path: Path, terbaca: Terbaca, susunan: bytes) -> None:
    """Refuse a rebuild that would lose what somebody added.

    Args:
        susunan: the workbook as rebuilt from what was read, to compare with.

    Raises:
        AkanHilangError: names what would be lost.
    """
    hilang = list(dict.fromkeys(_akan_hilang(path, terbaca, susunan)))
    if hilang:
        lebih = f", dan {len(hilang) - _BATAS_SEBUT} hal lain" if len(hilang) > _BATAS_SEBUT else ""
        raise AkanHilangError(
            f"Buku {path} memuat tambahan yang akan hilang bila disusun ulang: {'; '.join(hilang[:_BATAS_SEBUT])}{lebih}. "
            "Mohon simpan tambahan itu di buku lain, lalu ulangi pada buku tanpa tambahan."
        )


def _akan_hilang(path: Path, terbaca: Terbaca, susunan: bytes) -> Iterator[str]:
    with zipfile.ZipFile(path) as z:
        for pola, sebutan in _OBJEK:
            if any(pola.match(n) for n in z.namelist()):
                yield sebutan
    lama, baru = load_workbook(path), load_workbook(BytesIO(susunan))
    milik = {spec.lembar: spec for spec in SEMUA}
    for nama in lama.sheetnames:
        if nama not in milik:
            yield f"lembar '{nama}'"
    for nama in lama.defined_names:
        if nama not in baru.defined_names:
            yield f"nama '{nama}'"
    for nama, spec in milik.items():
        if nama in lama.sheetnames:
            yield from _lembar(lama, baru, spec, terbaca)


def _lembar(lama: Workbook, baru: Workbook, spec: TabelSpec, terbaca: Terbaca) -> Iterator[str]:
    a: Worksheet = lama[spec.lembar]
    z: Worksheet = baru[spec.lembar]
    kolom = terbaca.letak.kolom[spec.kunci]
    kepala = _baris_kepala(a, spec, kolom)
    data = set(terbaca.letak.baris.get(spec.kunci, {}).values()) or set()
    akhir = max(data, default=kepala)
    if spec is ASLI:
        akhir = a.max_row
    nomor_kolom = set(kolom.values())
    teks_milik = {c.value for deret in z.iter_rows() for c in deret if isinstance(c.value, str)}
    gaya_milik = {_gaya(c) for deret in z.iter_rows() for c in deret}
    for deret in a.iter_rows():
        for c in deret:
            tempat = f"{spec.lembar}!{c.coordinate}"
            if c.value is not None and not (kepala < c.row <= akhir and c.column in nomor_kolom):
                if c.value not in teks_milik:
                    yield f"isi {tempat}"
            elif isinstance(c.value, str) and c.data_type == "f" and not _rumus_milik(terbaca, spec, c.row, c.column):
                yield f"rumus {tempat}"
            if c.comment is not None and not _catatan_milik(c, z):
                yield f"komentar {tempat}"
            if c.hyperlink is not None and spec is not CATATAN_PERBAIKAN:
                yield f"tautan {tempat}"
            if c.has_style and _gaya(c) not in gaya_milik and c.style_id != 0:
                yield f"format {tempat}"
    yield from _sekitar(a, z, spec)


def _sekitar(a: Worksheet, z: Worksheet, spec: TabelSpec) -> Iterator[str]:
    for huruf, ukuran in a.column_dimensions.items():
        semula = z.column_dimensions.get(huruf)
        if ukuran.hidden and not (semula and semula.hidden):
            yield f"kolom {spec.lembar}!{huruf} yang disembunyikan"
        elif semula and not semula.hidden and abs((ukuran.width or 0) - (semula.width or 0)) > _TOLERANSI_LEBAR:
            yield f"lebar kolom {spec.lembar}!{huruf}"
    for r, tinggi in a.row_dimensions.items():
        if tinggi.hidden:
            yield f"baris {spec.lembar}!{r} yang disembunyikan"
    gabung = {str(m) for m in z.merged_cells.ranges}
    for m in a.merged_cells.ranges:
        if str(m) not in gabung:
            yield f"sel gabungan {spec.lembar}!{m}"
    pola = {_aturan(r) for m in z.conditional_formatting for r in m.rules}
    for m in a.conditional_formatting:
        if any(_aturan(r) not in pola for r in m.rules):
            yield f"format bersyarat {spec.lembar}!{m.sqref}"
    validasi = {(v.type, _polos(v.formula1)) for v in z.data_validations.dataValidation}
    for v in a.data_validations.dataValidation:
        if (v.type, _polos(v.formula1)) not in validasi:
            yield f"validasi {spec.lembar}!{v.sqref}"
    milik = {t.name for t in z.tables.values()}
    for t in a.tables.values():
        if t.name not in milik:
            yield f"tabel '{t.name}'"


def _polos(rumus: str | None) -> str:
    """A formula without row numbers: a moved range shifts them."""
    return re.sub(r"\d+", "", str(rumus or ""))


def _aturan(r: Any) -> tuple[str, str]:
    return str(r.type), _polos(",".join(r.formula or []))


def _baris_kepala(a: Worksheet, spec: TabelSpec, kolom: dict[str, int] | Any) -> int:
    kunci = spec.kolom[0]
    huruf = get_column_letter(kolom[kunci.kunci])
    for r in range(1, 61):
        if str(a[f"{huruf}{r}"].value or "").casefold() == kunci.nomor.casefold():
            return r
    return spec.baris_nomor


def _rumus_milik(terbaca: Terbaca, spec: TabelSpec, baris: int, kolom: int) -> bool:
    """Whether a formula stands in a cell that we compute."""
    kunci = next(k for k, n in terbaca.letak.kolom[spec.kunci].items() if n == kolom)
    pengenal = next((i for i, n in terbaca.letak.baris.get(spec.kunci, {}).items() if n == baris), None)
    b = next((b for b in terbaca.buku.baris(spec.kunci) if b.id == pengenal), None)
    return b is not None and b[kunci].rumus


def _catatan_milik(c: Any, z: Worksheet) -> bool:
    semua = {str(s.comment.text).strip() for deret in z.iter_rows() for s in deret if s.comment is not None}
    return str(c.comment.text).strip() in semua


def _gaya(c: Any) -> tuple[Any, ...]:
    return (
        c.font.b, c.font.i, c.font.u, _warna(c.font.color), c.font.sz, c.font.name,
        c.fill.fill_type, _warna(c.fill.fgColor), c.number_format,
    )  # fmt: skip


def _warna(warna: Any) -> str | None:
    return None if warna is None else f"{warna.type}:{warna.value}"
