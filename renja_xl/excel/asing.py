"""What somebody added to a master and a rebuild would lose: sheets, objects, formats, formulas, notes."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter

from renja_xl.errors import AkanHilangError, BukuTidakTerbacaError
from renja_xl.excel.baca import Terbaca
from renja_xl.excel.gaya import LEGENDA, LEGENDA_BEBAS
from renja_xl.excel.panduan import PANDUAN
from renja_xl.excel.vba import BAGIAN_VBA, makro_tambahan
from renja_xl.tabel import ASLI, CATATAN_PERBAIKAN, SEMUA
from renja_xl.tabel.profil import VERSI_SKEMA
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
_EKSTENSI = (
    (re.compile(rb"<x14:dataValidation\b"), "validasi"),
    (re.compile(rb"<x14:conditionalFormatting\b"), "format bersyarat"),
    (re.compile(rb"<x14:sparkline\b"), "grafik mini"),
)
"""What newer Excel writes into a sheet's extension list, which openpyxl does not load."""

_LEGENDA = frozenset(teks for _, teks in (*LEGENDA, *LEGENDA_BEBAS))
_WARNA_BAKU = frozenset({"theme:1", "rgb:FF000000", "indexed:8", "indexed:64"})
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


def tambahan(path: Path, terbaca: Terbaca) -> list[str]:
    """What somebody added to a master that is not part of its plan: sheets, columns, notes, charts, names, formats."""
    from renja_xl.excel.induk import bangun_induk  # noqa: PLC0415 - only where a whole workbook is compared

    semua = dict.fromkeys(_akan_hilang(path, terbaca, bangun_induk(terbaca.buku, path)))
    return [s for s in semua if f" {PANDUAN}!" not in s]  # the guide of an older program differs by itself


def _akan_hilang(path: Path, terbaca: Terbaca, susunan: bytes) -> Iterator[str]:
    with zipfile.ZipFile(path) as z, zipfile.ZipFile(BytesIO(susunan)) as sendiri:
        for pola, sebutan in _OBJEK:
            ada, milik_kita = (sum(map(bool, map(pola.match, x.namelist()))) for x in (z, sendiri))
            if ada > milik_kita:
                yield sebutan
        if BAGIAN_VBA in sendiri.namelist():
            yield from (f"makro '{nama}'" for nama in makro_tambahan(terbaca.paket))
        for nama in z.namelist():
            if nama.startswith("xl/worksheets/") and nama.endswith(".xml"):
                isi = z.read(nama)
                yield from (sebutan for pola, sebutan in _EKSTENSI if pola.search(isi))
    lama = _muat(path)
    baru = load_workbook(BytesIO(susunan))
    milik = {spec.lembar: spec for spec in SEMUA}
    for nama in lama.sheetnames:
        if nama == PANDUAN:
            yield from _isi_panduan(lama[nama], baru[nama], terbaca.versi < VERSI_SKEMA)
        elif nama not in milik and nama not in baru.sheetnames:
            yield f"lembar '{nama}'"
    for nama in lama.defined_names:
        if nama not in baru.defined_names:
            yield f"nama '{nama}'"
    gaya = _Gaya(), _Gaya()
    for nama, spec in milik.items():
        if nama in lama.sheetnames:
            yield from _Lembar(lama[nama], baru[nama], spec, terbaca, gaya).tambahan()


def _isi_panduan(a: Any, z: Any, lama: bool) -> Iterator[str]:
    """What somebody wrote into the guide.

    Args:
        lama: whether the guide is of an older layout, whose words were others: what stands in its columns is ours.
    """
    for deret in a.iter_rows(min_col=z.max_column + 1 if lama else 1):
        for c in deret:
            if c.value is not None and str(c.value) != str(z[c.coordinate].value):
                yield f"isi {PANDUAN}!{c.coordinate}"


def _muat(path: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions that it drops; they are named above
            return load_workbook(BytesIO(path.read_bytes()), rich_text=True)
    except Exception as galat:  # a damaged part makes openpyxl fail in many ways
        raise BukuTidakTerbacaError(
            f"Berkas {path} rusak di dalamnya; mohon buka dan simpan ulang di Excel, lalu ulangi."
        ) from galat


class _Lembar:
    """One sheet as it is (``a``) beside the same sheet as rebuilt (``z``)."""

    def __init__(self, a: Any, z: Any, spec: TabelSpec, terbaca: Terbaca, gaya: tuple[_Gaya, _Gaya]) -> None:
        self.a, self.z, self.spec = a, z, spec
        self.gaya_a, self.gaya_z = gaya
        self.lama = terbaca.versi < VERSI_SKEMA
        self.kolom: Mapping[str, int] = terbaca.letak.kolom[spec.kunci]
        self.kunci = {n: k for k, n in self.kolom.items()}
        nomor_baris = terbaca.letak.baris.get(spec.kunci, {})
        self.kepala = self._baris_kepala()
        self.akhir = a.max_row if spec is ASLI else max(nomor_baris.values(), default=self.kepala)
        baris = {b.id: b for b in terbaca.buku.baris(spec.kunci)}
        self.baris = {n: baris[i] for i, n in nomor_baris.items() if i in baris}

    def tambahan(self) -> Iterator[str]:
        for deret in self.a.iter_rows():
            for c in deret:
                yield from self._sel(c)
        yield from self._ukuran()
        yield from self._sekitar()

    def _baris_kepala(self) -> int:
        pertama = self.spec.kolom[0]
        huruf = get_column_letter(self.kolom[pertama.kunci])
        cocok = (
            r for r in range(1, 61) if str(self.a[f"{huruf}{r}"].value or "").casefold() == pertama.nomor.casefold()
        )
        return next(cocok, self.spec.baris_nomor)

    # ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _sel(self, c: Any) -> Iterator[str]:
        if c.row < self.kepala and c.value in _LEGENDA:  # older layouts had it in other columns
            return
        tempat = f"{self.spec.lembar}!{c.coordinate}"
        if c.value is not None:
            if not self._di_data(c):
                if not self._teks_milik(c):
                    yield f"isi {tempat}"
            elif c.data_type == "f" and not self._rumus_milik(c):
                yield f"rumus {tempat}"
            if isinstance(c.value, CellRichText) and not str(c.value).startswith("<r>"):
                yield f"format {tempat}"
        if c.comment is not None and str(c.comment.text).strip() not in self._catatan:
            yield f"komentar {tempat}"
        if c.hyperlink is not None and self.spec is not CATATAN_PERBAIKAN and not self._tautan_milik(c):
            yield f"tautan {tempat}"
        waktu = isinstance(c.value, (dt.date, dt.time, dt.timedelta))  # Excel formats what it takes for a date
        if (
            c.has_style
            and not self.gaya_a.tanpa(c)
            and not (waktu and self._di_data(c))
            and self.gaya_a(c) not in self._gaya_milik(c)
        ):
            yield f"format {tempat}"

    def _tautan_milik(self, c: Any) -> bool:
        """Whether a link leads where ours does; the rows of a column of links may stand elsewhere by now."""
        if self._di_data(c) and self.spec.menurut_kunci[self.kunci[c.column]].taut:
            return True
        semula = self.z[c.coordinate].hyperlink
        return semula is not None and semula.location == c.hyperlink.location

    def _di_data(self, c: Any) -> bool:
        return self.kepala < c.row <= self.akhir and c.column in self.kunci

    def _teks_milik(self, c: Any) -> bool:
        """Whether a text outside the data is ours: the head as built, or a foot note below the table."""
        if c.row <= self.kepala:
            penyusun = self.lama and c.data_type == "f" and "profil_kabupaten" in str(c.value)
            return penyusun or str(c.value) in self._teks_kepala
        return c.value in self.spec.teks_bawah and (c.column == 1 or c.value not in self.spec.catatan_kaki)

    @cached_property
    def _teks_kepala(self) -> set[str]:
        """Texts of the head as built; older layouts had some in other rows."""
        deret = self.z.iter_rows(max_row=self.spec.baris_nomor)
        return {str(c.value) for sel in deret for c in sel if c.value is not None}

    def _rumus_milik(self, c: Any) -> bool:
        """Whether a formula stands in a cell that we compute."""
        b = self.baris.get(c.row)
        return b is not None and isinstance(c.value, str) and b[self.kunci[c.column]].rumus

    @cached_property
    def _catatan(self) -> set[str]:
        return {str(s.comment.text).strip() for deret in self.z.iter_rows() for s in deret if s.comment is not None}

    @cached_property
    def _gaya_per_kolom(self) -> Mapping[str, set[Any]]:
        """Styles of the rebuilt data cells by column key; the head's under the empty key."""
        hasil: dict[str, set[Any]] = defaultdict(set)
        kunci = {n: k for k, n in self.spec.letak_kolom.items()}
        for deret in self.z.iter_rows():
            for c in deret:
                data = c.row > self.spec.baris_nomor and c.column in kunci
                gaya = self.gaya_z(c)
                hasil[kunci[c.column] if data else ""].add(gaya)
                hasil[""].add(gaya)
        return hasil

    def _gaya_milik(self, c: Any) -> set[Any]:
        # a cell of our own styles may have moved with its row, never to another column
        return self._gaya_per_kolom[self.kunci[c.column] if self._di_data(c) else ""]

    # ── around the cells ──────────────────────────────────────────────────────────────────────────────────────

    def _ukuran(self) -> Iterator[str]:
        lembar = self.spec.lembar
        semula = _lebar_kolom(self.z)
        if self.lama:  # our columns may stand elsewhere by now, and have another width
            sebelum = _lebar_kolom(self.a)
            semula |= {
                n: (sebelum[n][0], semula[self.spec.letak_kolom[k]][1]) for n, k in self.kunci.items() if n in sebelum
            }
        for n, (lebar, sembunyi) in _lebar_kolom(self.a).items():
            lebar_semula, sembunyi_semula = semula.get(n, (None, False))
            huruf = get_column_letter(n)
            if sembunyi and not sembunyi_semula:
                yield f"kolom {lembar}!{huruf} yang disembunyikan"
            elif lebar_semula is not None and not sembunyi_semula and abs(lebar - lebar_semula) > _TOLERANSI_LEBAR:
                yield f"lebar kolom {lembar}!{huruf}"
        for r, tinggi in self.a.row_dimensions.items():
            if tinggi.hidden:
                yield f"baris {lembar}!{r} yang disembunyikan"

    def _sekitar(self) -> Iterator[str]:
        a, z, lembar = self.a, self.z, self.spec.lembar
        gabung = {str(m) for m in z.merged_cells.ranges}
        for m in a.merged_cells.ranges:
            if str(m) not in gabung:
                yield f"sel gabungan {lembar}!{m}"
        pola = {_aturan(r) for m in z.conditional_formatting for r in m.rules}
        for m in a.conditional_formatting:
            if any(_aturan(r) not in pola and not _tanda_catatan(r) for r in m.rules):
                yield f"format bersyarat {lembar}!{m.sqref}"
        validasi = {(v.type, _polos(v.formula1)) for v in z.data_validations.dataValidation}
        petunjuk = {v.promptTitle for v in z.data_validations.dataValidation if v.promptTitle} if self.lama else set()
        for v in a.data_validations.dataValidation:
            if (v.type, _polos(v.formula1)) not in validasi and v.promptTitle not in petunjuk:
                yield f"validasi {lembar}!{v.sqref}"
        milik = {t.name for t in z.tables.values()}
        for t in a.tables.values():
            if t.name not in milik:
                yield f"tabel '{t.name}'"
        for nama in a.defined_names:
            if nama not in z.defined_names:
                yield f"nama '{lembar}!{nama}'"
        for sebutan, milik_a, milik_z in (
            ("ukuran kertas", _kertas(a), _kertas(z)),
            ("arah kertas", a.page_setup.orientation, z.page_setup.orientation),
            ("tampil atau tersembunyinya", a.sheet_state != "visible", z.sheet_state != "visible"),
        ):
            if milik_a != milik_z:
                yield f"{sebutan} lembar {lembar}"


def _lebar_kolom(ws: Any) -> dict[int, tuple[float, bool]]:
    """Width and hidden state of each column; openpyxl keeps neighbours of one width as a group."""
    hasil: dict[int, tuple[float, bool]] = {}
    for ukuran in ws.column_dimensions.values():
        awal, akhir = ukuran.min or 0, min(ukuran.max or 0, 200)
        hasil |= {n: (float(ukuran.width or 0), bool(ukuran.hidden)) for n in range(awal, akhir + 1) if n}
    return hasil


def _kertas(ws: Any) -> str:
    return str(ws.page_setup.paperSize or "")


def _polos(rumus: str | None) -> str:
    """A formula without row numbers: a moved range shifts them."""
    return re.sub(r"\d+", "", str(rumus or ""))


def _tanda_catatan(r: Any) -> bool:
    """Whether a format marks cells with findings; older layouts told open findings from others in another way."""
    return any("catatan_keadaan" in f and "profil_tanda_catatan" in f for f in r.formula or [])


def _aturan(r: Any) -> tuple[str, str]:
    return str(r.type), _polos(",".join(r.formula or []))


class _Gaya:
    """How cells of one workbook look, found once for each number of a format: openpyxl builds it anew for every cell."""

    def __init__(self) -> None:
        self._rupa: dict[int, tuple[Any, ...]] = {}
        self._tanpa: dict[int, bool] = {}

    def __call__(self, c: Any) -> tuple[Any, ...]:
        nomor = c.style_id
        if nomor not in self._rupa:
            self._rupa[nomor] = _gaya(c)
        return self._rupa[nomor]

    def tanpa(self, c: Any) -> bool:
        nomor = c.style_id
        if nomor not in self._tanpa:
            self._tanpa[nomor] = _tanpa_gaya(c)
        return self._tanpa[nomor]


def _gaya(c: Any) -> tuple[Any, ...]:
    return (
        c.font.b, c.font.i, c.font.u, _warna(c.font.color), c.font.sz, c.font.name,
        c.fill.fill_type, _warna(c.fill.fgColor), c.number_format, c.alignment.horizontal or "general", bool(c.alignment.wrap_text),
        *(sisi.style if sisi else None for sisi in (c.border.left, c.border.right, c.border.top, c.border.bottom)),
    )  # fmt: skip


def _tanpa_gaya(c: Any) -> bool:
    """A cell that shows no format of its own, whatever style number the saving program gave it."""
    garis = (c.border.left, c.border.right, c.border.top, c.border.bottom)
    return not (
        c.font.b
        or c.font.i
        or c.font.u
        or _warna(c.font.color)
        or c.fill.fill_type
        or any(s and s.style for s in garis)
    ) and (c.number_format, c.alignment.horizontal or "general", bool(c.alignment.wrap_text)) == (
        "General",
        "general",
        False,
    )


def _warna(warna: Any) -> str:
    """A colour; the default text colour has several spellings, by the program that saved the file."""
    teks = "" if warna is None else f"{warna.type}:{warna.value}"
    return "" if teks in _WARNA_BAKU else teks
