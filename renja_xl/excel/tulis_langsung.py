"""A plan written into the open workbook that it was read from: what differs, and nothing else.

Everything is planned first, and what Excel would refuse is refused then, before anything is written. Rows go first, in
all tables, so that formulas can name the places where their cells will stand; then each changed table gets one block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from renja_xl.core.baris import indikator_baris, isi_sel, nama_baris, teks_sel
from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.nilai import BATAS_TEKS, rupiah_dari_sen
from renja_xl.core.struktur import PembuatId
from renja_xl.errors import TidakDapatDitulisError
from renja_xl.excel import aplikasi
from renja_xl.excel.baris_hasil import baris_hasil, baris_terbaca, bertaut, kepala_berubah, tabel_yang_ada
from renja_xl.excel.beranda import rentang_grafik
from renja_xl.excel.gaya import _PERAN as GAYA_PERAN
from renja_xl.excel.langsung import Langsung, LembarLangsung, dua_dimensi
from renja_xl.excel.lembar import KERTAS_A4, KERTAS_FOLIO, TeksTerlaluPanjangError, kertas, peran_sel
from renja_xl.excel.lembar_xml import Rumus
from renja_xl.excel.panduan import PANDUAN
from renja_xl.excel.rumus import PenyusunRumus, tanpa_udf
from renja_xl.excel.setempat import setara_nilai, setara_rumus
from renja_xl.excel.tata_baris import TataBaris, deret, tata_baris
from renja_xl.tabel import (
    ASLI,
    BARIS_DIHAPUS,
    BERANDA,
    CATATAN_PERBAIKAN,
    DATA_GRAFIK,
    PEGAWAI,
    SEMUA,
    TABEL_RENCANA,
)
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec

if TYPE_CHECKING:
    import xlwings as xw

ALASAN_TAMBAHAN = "Tambahan perencana pada baris yang dikeluarkan dari tabelnya."
_TEKS_DAN_KURUNG = re.compile(r'"(?:[^"]|"")*"|\[(?:[^\[\]]|\[[^\]]*\])*\]')
_SEL = re.compile(r"(?<![\w.!'])\$?[A-Z]{1,3}\$?\d{1,7}(?![\w(])", re.IGNORECASE)
_RENTANG_GRAFIK = re.compile(r"('Data Grafik'!\$[A-Z]{1,3}\$)(\d+)(:\$[A-Z]{1,3}\$)(\d+)")
_KATA_LOGIKA = frozenset({"true", "false", "benar", "salah"})


# ── what Excel makes of a text ────────────────────────────────────────────────────────────────────────────────


def perlu_petik(teks: str) -> bool:
    """Whether Excel might take a text for something else: all but words without a digit, whatever the language is."""
    return not teks[:1].isalpha() or any(ch.isnumeric() for ch in teks) or teks.strip().casefold() in _KATA_LOGIKA


@dataclass(frozen=True, slots=True)
class Isi:
    """What a cell shall hold. ``mentah``: a formula or an error, which Excel is to read as such."""

    nilai: Any
    mentah: bool = False

    @property
    def berubah_di_sel_teks(self) -> bool:
        """Whether a cell formatted as text would make something else of it."""
        return self.mentah or not isinstance(self.nilai, str | None) or str(self.nilai or "").startswith("'")

    def untuk_excel(self, *, sel_teks: bool) -> Any:
        """The value to hand over.

        Args:
            sel_teks: whether the cell is formatted as text and takes every text as it is.
        """
        v = self.nilai
        if isinstance(v, str) and not self.mentah and not sel_teks and v and perlu_petik(v):
            return f"'{v}"
        return float(v) if isinstance(v, int | Decimal) and not isinstance(v, bool) else v


# ── the plan of what to write ─────────────────────────────────────────────────────────────────────────────────


@dataclass
class LembarRencana:
    """What changes on one sheet; rows are as they will be."""

    x: LembarLangsung
    tata: TataBaris
    sel: dict[tuple[int, int], Isi] = field(default_factory=dict)
    gaya: dict[tuple[int, int], str] = field(default_factory=dict)
    tautan: dict[int, tuple[str, str] | None] = field(default_factory=dict)
    kepala: list[tuple[int, int, str]] = field(default_factory=list)
    tampilkan: bool = False

    @property
    def berubah(self) -> bool:
        return bool(self.sel or self.kepala or self.tampilkan or self.tata.berubah)


class Rencana:
    """What must be written so that an open workbook shows a plan.

    Args:
        tabel: the tables to write; others stay as they are.
        kepala: whether titles and headers follow the year and the numbers in Profil.
        biarkan_asing: whether somebody else's formulas in computed cells stay (they are listed in ``asing``).
        bentuk_python: in which form computed cells shall be, where that is to change: with Python functions, or without.

    Raises:
        TidakDapatDitambalError: something must be kept in a sheet that is gone.
        TeksTerlaluPanjangError, RumusTerlaluPanjangError: what no cell can hold.
    """

    def __init__(
        self,
        t: Langsung,
        hasil: Buku,
        tabel: Iterable[TabelSpec],
        *,
        kepala: bool = False,
        biarkan_asing: bool = False,
        bentuk_python: bool | None = None,
    ) -> None:
        self.t, self.hasil = t, hasil
        self._biarkan_asing, self._ganti_bentuk = biarkan_asing, bentuk_python is not None
        self.dipulihkan: list[str] = []
        self.asing: list[str] = []
        self.tabel = tabel_yang_ada({x.spec.lembar for x in t.lembar.values()}, hasil, tabel)
        self._baris = {s.kunci: baris_hasil(t.buku, hasil, t.letak, s) for s in self.tabel}
        self._tata = {s.kunci: _tata(t, s, self._baris[s.kunci]) for s in self.tabel}
        self.bergeser = {s.lembar for s in self.tabel if self._tata[s.kunci].berubah}
        self.letak = _letak(t, self._baris, self._tata)
        self._penyusun = PenyusunRumus(
            hasil, self.letak, udf=t.rumus_python if bentuk_python is None else bentuk_python
        )
        self._nomor = {s.kunci: set(self.letak.baris[s.kunci].values()) for s in self.tabel}
        self._kepala = kepala
        semua = (self._lembar(s) for s in self.tabel)
        self.lembar = [x for x in semua if x.berubah]

    @property
    def berubah(self) -> bool:
        return bool(self.lembar)

    # ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _lembar(self, spec: TabelSpec) -> LembarRencana:
        x = self.t.lembar[spec.kunci]
        berhitung = spec in TABEL_RENCANA
        hasil = self._susun(spec, x, x.rumus if berhitung else {})
        if hasil.sel and not berhitung:  # only now is it worth asking where a planner typed formulas
            hasil = self._susun(spec, x, x.rumus)
        return hasil

    def _susun(self, spec: TabelSpec, x: LembarLangsung, rumus: Mapping[tuple[int, int], Rumus]) -> LembarRencana:
        tata, kolom = self._tata[spec.kunci], x.mentah.kolom
        hasil = LembarRencana(x, tata)
        nomor = self.t.letak.baris.get(spec.kunci, {})
        lama = {b.id: b for b in baris_terbaca(self.t.buku, spec)}
        menurut_nomor = {r: lama.get(k) for k, r in nomor.items()}
        urutan = {b.id: n for n, b in enumerate(self.hasil.baris(spec.kunci))} if spec in TABEL_RENCANA else {}
        rows = self._baris[spec.kunci]
        for n, (r, asal) in enumerate(zip(range(tata.awal, tata.akhir + 1), tata.tujuan, strict=True)):
            if n >= len(rows):
                if asal in menurut_nomor:  # the last row of a table that becomes empty
                    hasil.sel |= {(r, c): Isi(None) for c in kolom.values()}
                continue
            b = rows[n]
            sebelum = menurut_nomor.get(asal) if asal is not None else None
            for k in spec.kolom:
                c = kolom[k.kunci]
                isi = self._sel(spec, urutan.get(b.id, 0), b, k, sebelum, asal, c, rumus, x)
                if isi is not None:
                    hasil.sel[r, c] = _muat(isi, spec, r, c)
                if not k.tersembunyi and not bertaut(spec, k):
                    acuan = sebelum if asal is not None else menurut_nomor.get(tata.dasar[n])
                    peran = peran_sel(spec, k, b)
                    if peran != peran_sel(spec, k, acuan):
                        hasil.gaya[r, c] = peran
            if spec is CATATAN_PERBAIKAN and b.sel:
                tujuan, semula = _tujuan_tautan(b), _tujuan_tautan(sebelum) if sebelum else None
                if tujuan != semula:
                    hasil.tautan[r] = tujuan
        hasil.tampilkan = spec.tampil_bila_berisi and bool(rows) and not nomor
        if self._kepala:
            hasil.kepala = list(self._sel_kepala(spec, x))
        return hasil

    def _sel(
        self,
        spec: TabelSpec,
        n: int,
        b: Baris,
        k: KolomSpec,
        lama: Baris | None,
        asal: int | None,
        c: int,
        rumus: Mapping[tuple[int, int], Rumus],
        x: LembarLangsung,
    ) -> Isi | None:
        """What a cell shall hold; None where it stays as it is."""
        if spec is ASLI and not b.sel:  # kept of a cell whose row is gone
            return None
        z, a = isi_sel(b, k), isi_sel(lama, k) if lama is not None else Sel()
        if asal is not None and k.peran is Peran.KUNCI and x.nilai(asal, c) is None:
            a = Sel()  # an id that was given on reading, because the row had none
        nilai = rupiah_dari_sen(z.nilai) if isinstance(z.nilai, int) else z.nilai
        f = rumus.get((asal, c)) if asal is not None else None
        if z.rumus and nilai is not None:
            return self._rumus(spec, n, b, k, a, asal, f)
        if asal is None:
            return Isi(nilai)
        if f is not None:
            # a formula of ours that has nothing to show any more goes; somebody else's stays with its row
            return Isi(nilai) if a.rumus and not self._biarkan_asing else None
        return None if setara_nilai(a.nilai, z.nilai) else Isi(nilai)

    def _rumus(
        self, spec: TabelSpec, n: int, b: Baris, k: KolomSpec, a: Sel, asal: int | None, f: Rumus | None
    ) -> Isi | None:
        seharusnya = self._penyusun.rumus(spec, n, b, k)
        isi = Isi(f"={seharusnya}", True)
        if f is None:
            if asal is not None and not a.kosong and not a.rumus:
                self.dipulihkan.append(self.letak.tempat(spec.kunci, b.id, k.kunci))
            return isi
        if not setara_rumus(f.teks, seharusnya, self._nomor[spec.kunci]):
            if self._biarkan_asing:
                self.asing.append(self.letak.tempat(spec.kunci, b.id, k.kunci))
            return None if self._biarkan_asing else isi
        if asal in self._tata[spec.kunci].berpindah or self._ikut_bergeser(spec, seharusnya):
            return isi
        lain_bentuk = self._ganti_bentuk and (tanpa_udf(f.teks) == f.teks) is not (tanpa_udf(seharusnya) == seharusnya)
        return isi if lain_bentuk else None

    def _ikut_bergeser(self, spec: TabelSpec, rumus: str) -> bool:
        """Whether a formula names cells by their place on a sheet whose rows move, so that Excel changes it."""
        if not self.bergeser:
            return False
        polos = _TEKS_DAN_KURUNG.sub("", rumus)
        if any(f"'{lembar}'!" in polos for lembar in self.bergeser):
            return True
        return spec.lembar in self.bergeser and _SEL.search(polos) is not None

    def _sel_kepala(self, spec: TabelSpec, x: LembarLangsung) -> Iterator[tuple[int, int, str]]:
        """Years, numbers and titles as Profil says now; a head that somebody else wrote stays."""
        return kepala_berubah(spec, self.hasil, x.mentah.kepala, x.mentah.kolom)


def _tata(t: Langsung, spec: TabelSpec, rows: Sequence[Baris]) -> TataBaris:
    """Where the rows come from. New rows at the end use up blank ones that wait there; the others stay where rows are typed."""
    x, nomor = t.lembar[spec.kunci], t.letak.baris.get(spec.kunci, {})
    tujuan: list[int | None] = [nomor.get(b.id) for b in rows]
    baru = sum(r is None for r in tujuan)
    berisi, terpakai = set(nomor.values()), set(tujuan)
    kosong = [r for r in range(x.awal, x.akhir + 1) if r not in berisi]
    batas = max((r for r in tujuan if r is not None), default=0)
    ekor = [n for n in range(len(tujuan)) if all(r is None for r in tujuan[n:])]
    for n, r in zip(ekor, [r for r in kosong if r > batas], strict=False):
        tujuan[n] = r
    terpakai |= set(tujuan)
    if spec.tumbuh and not (spec is PEGAWAI and rows):
        sisa = [r for r in kosong if r not in terpakai]
        diisi = sum(r in set(kosong) for r in tujuan)
        tujuan += sisa[baru - diisi :]
    return tata_baris(x.awal, x.akhir, tujuan or [x.awal])


def _letak(t: Langsung, baris: Mapping[str, Sequence[Baris]], tata: Mapping[str, TataBaris]) -> Letak:
    letak = dict(t.letak.baris)
    for kunci, rows in baris.items():
        letak[kunci] = {b.id: tata[kunci].awal + n for n, b in enumerate(rows)}
    return Letak(letak, t.letak.kolom)


def letak_langsung(t: Langsung, hasil: Buku, tabel: Iterable[TabelSpec]) -> Letak:
    """Where everything will stand when these tables are written."""
    baris = {s.kunci: baris_hasil(t.buku, hasil, t.letak, s) for s in tabel if s.kunci in t.lembar}
    return _letak(t, baris, {k: _tata(t, t.lembar[k].spec, rows) for k, rows in baris.items()})


def _tujuan_tautan(b: Baris) -> tuple[str, str] | None:
    lembar, sel = b["lembar"].nilai, b["sel"].nilai
    return (lembar, sel) if isinstance(lembar, str) and isinstance(sel, str) and sel else None


def _muat(isi: Isi, spec: TabelSpec, r: int, c: int) -> Isi:
    if isinstance(isi.nilai, str) and not isi.mentah and len(isi.nilai.encode("utf-16-le")) // 2 > BATAS_TEKS:
        raise TeksTerlaluPanjangError(
            f"Lembar {spec.lembar} sel {huruf_kolom(c)}{r}: teksnya {len(isi.nilai)} huruf, padahal satu sel memuat paling "
            f"banyak {BATAS_TEKS}; mohon pendekkan."
        )
    return isi


# ── what a planner added to rows that go ──────────────────────────────────────────────────────────────────────


def simpan_tambahan(t: Langsung, hasil: Buku, tabel: Iterable[TabelSpec]) -> Buku:
    """The plan with what stands in a planner's own columns, and notes, of rows that go, kept in *Baris Dihapus*."""
    ada = hasil.baris(BARIS_DIHAPUS.kunci)
    id_baru = PembuatId(BARIS_DIHAPUS.awalan_id, (b.id for b in ada))
    baru: list[Baris] = []
    for spec in tabel:
        if spec not in TABEL_RENCANA or spec.kunci not in t.lembar:
            continue
        x = t.lembar[spec.kunci]
        keluar = _tata(t, spec, baris_hasil(t.buku, hasil, t.letak, spec)).keluar
        if not keluar:
            continue
        menurut_nomor = {t.letak.baris[spec.kunci][b.id]: b for b in t.buku.baris(spec.kunci)}
        milik = set(x.mentah.kolom.values())
        catatan = _catatan_sel(x)
        for r in keluar:
            b = menurut_nomor.get(r)
            isi = {c: v for c, v in enumerate(x.semula[r - 1], 1) if v is not None and c not in milik}
            for judul, nilai in (*((_judul(x, c), v) for c, v in isi.items()), *catatan.get(r, ())):
                baru.append(_simpanan(spec, b, judul, nilai, id_baru()))
    return hasil.ganti({BARIS_DIHAPUS.kunci: [*ada, *baru]}) if baru else hasil


def _judul(x: LembarLangsung, c: int) -> str:
    tertulis = x.nilai(x.awal - 1, c)
    return str(tertulis) if tertulis is not None else f"Kolom {huruf_kolom(c)}"


def _catatan_sel(x: LembarLangsung) -> dict[int, list[tuple[str, str]]]:
    """Notes by sheet row."""
    hasil: dict[int, list[tuple[str, str]]] = {}
    for catatan in x.sheet.notes:
        sel = catatan.location
        hasil.setdefault(sel.row, []).append((f"Komentar di kolom {huruf_kolom(sel.column)}", catatan.text))
    return hasil


def _simpanan(spec: TabelSpec, b: Baris | None, judul: str, nilai: Any, pengenal: str) -> Baris:
    tersimpan: Nilai = float(nilai) if isinstance(nilai, int | float | Decimal) else str(nilai)
    isi: dict[str, Nilai] = {"tabel": spec.kunci, "judul": judul, "nilai": tersimpan, "alasan": ALASAN_TAMBAHAN}
    if b is not None:
        isi |= {
            "kode": teks_sel(b, "kode"),
            "nama": nama_baris(spec, b),
            "indikator": indikator_baris(spec, b),
            "baris_id": b.id,
            "simpul": b.simpul,
            "indikator_id": b.indikator,
        }
    return Baris(pengenal, Level.DATA, {k: Sel(v) for k, v in isi.items() if v is not None})


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────


class PenulisanTerhentiError(Exception):
    """Excel refused in the middle: some of the change may have been written."""


def tulis_langsung(rencana: Rencana, kabar: Callable[[str], None] = lambda _: None) -> None:
    """Write what was planned. Excel's settings, the protection of sheets and the selection are as before afterwards.

    Raises:
        TidakDapatDitulisError: something that Excel would refuse; nothing was written.
        PenulisanTerhentiError: Excel refused all the same.
    """
    if not rencana.berubah:
        return
    for lembar in rencana.lembar:
        _pastikan_dapat_ditulis(lembar)
    book = rencana.t.book
    grafik = _grafik_baru(rencana)
    sheets = [x.x.sheet for x in rencana.lembar]
    if grafik and all(s.name != BERANDA.lembar for s in sheets):
        sheets.append(book.sheets[BERANDA.lembar])
    with aplikasi.tempat_tetap(book), aplikasi.tenang(book.app), _tanpa_lindungan(sheets):
        try:
            _tulis(rencana, kabar)
            for seri, rumus in grafik:
                aplikasi.ganti_deret(seri, rumus)
        except Exception as galat:
            raise PenulisanTerhentiError from galat


def _tulis(rencana: Rencana, kabar: Callable[[str], None]) -> None:
    for lembar in rencana.lembar:
        if lembar.tata.berubah:
            kabar(f"menyusun baris {lembar.x.spec.lembar}")
        _susun_baris(lembar)
    for lembar in rencana.lembar:
        kabar(f"menulis {lembar.x.spec.lembar}")
        _Blok(lembar, rencana.bergeser).tulis()
        _beri_gaya(lembar)
        _tautkan(lembar)
        for r, c, teks in lembar.kepala:
            lembar.x.sheet.range((r, c)).value = Isi(teks).untuk_excel(sel_teks=False)
        if lembar.tampilkan:
            lembar.x.sheet.visible = True
    buku = rencana.hasil
    kertas_lain = BERANDA in rencana.tabel and aplikasi.nomor_kertas(rencana.t.lembar[BERANDA.kunci].sheet) not in {
        None,
        kertas(buku),
    }
    if kertas_lain or any(lembar.kepala for lembar in rencana.lembar):
        for nama in (PANDUAN, *(s.lembar for s in SEMUA)):
            if nama in rencana.t.tersedia:
                sheet = rencana.t.book.sheets[nama]
                aplikasi.samakan_cetak(sheet, (KERTAS_A4, KERTAS_FOLIO), kertas(buku), buku.tahun)


@contextmanager
def _tanpa_lindungan(sheets: Iterable[xw.Sheet]) -> Iterator[None]:
    """Sheets open for writing; those that were protected are protected again."""
    with ExitStack() as tumpukan:
        for sheet in sheets:
            if aplikasi.terlindung(sheet):
                aplikasi.buka_lindungan(sheet)
                tumpukan.callback(aplikasi.lindungi, sheet)
        yield


def _pastikan_dapat_ditulis(lembar: LembarRencana) -> None:
    x = lembar.x
    kolom = x.mentah.kolom.values()
    if lembar.sel and aplikasi.berumus_larik(x.sheet.range((x.awal, min(kolom)), (x.akhir, max(kolom)))):
        raise TidakDapatDitulisError(
            f"Lembar {x.spec.lembar}: tabelnya memuat rumus larik (Ctrl+Shift+Enter), jadi belum ada yang diubah; mohon ganti "
            "dengan rumus biasa atau pindahkan ke luar tabel, lalu ulangi."
        )
    if not lembar.tata.berubah:
        return
    for lain in x.sheet.tables:
        atas = lain.range.row
        if lain.name != x.spec.nama_tabel and atas <= x.akhir and atas + lain.range.shape[0] > x.awal:
            raise TidakDapatDitulisError(
                f"Lembar {x.spec.lembar}: tabel {lain.name} berdiri di samping tabel kami, sehingga barisnya tidak dapat "
                "disisipkan dan belum ada yang diubah; mohon pindahkan tabel itu ke bawah atau ke lembar lain."
            )


def _susun_baris(lembar: LembarRencana) -> None:
    """Rows inserted, moved, deleted; the Excel Table then covers them all."""
    x, tata = lembar.x, lembar.tata
    sheet = x.sheet
    if tata.berubah:
        aplikasi.tampilkan_semua(x.tabel)
    ujung = x.akhir_tabel
    for s in tata.sisip:
        asal = "format_from_right_or_below" if s.dari_bawah else "format_from_left_or_above"
        _baris_penuh(sheet, s.baris, s.banyak).insert("down", copy_origin=asal)
        ujung += s.banyak if s.baris <= ujung else 0
    sementara = tata.akhir + sum(h.banyak for h in tata.hapus)
    if ujung != sementara:  # rows at the end stand outside until the table is told
        x.tabel.resize(sheet.range((x.awal - 1, x.kiri), (sementara, x.kanan)))
        _lebarkan_cetak(sheet, ujung, sementara)
    for p in tata.pindah:
        _baris_penuh(sheet, p.dari, p.banyak).move(_baris_penuh(sheet, p.ke, p.banyak))
    for h in tata.hapus:
        _baris_penuh(sheet, h.baris, h.banyak).delete("up")


def _baris_penuh(sheet: xw.Sheet, baris: int, banyak: int) -> xw.Range:
    """Whole sheet rows."""
    return sheet.range(f"{baris}:{baris + banyak - 1}")


def _lebarkan_cetak(sheet: xw.Sheet, semula: int, kini: int) -> None:
    """The printed area goes as far as the table does, where it ended with it."""
    luas = sheet.page_setup.print_area
    m = re.fullmatch(r"(.*\$)(\d+)", luas or "")
    if m and int(m[2]) == semula:
        sheet.page_setup.print_area = f"{m[1]}{kini}"


class _Blok:
    """The smallest block of a table that holds every changed cell, written at once."""

    def __init__(self, lembar: LembarRencana, bergeser: Collection[str]) -> None:
        self._lembar, self._x, self._tata, self._bergeser = lembar, lembar.x, lembar.tata, bergeser

    def tulis(self) -> None:
        sel = self._lembar.sel
        if not sel:
            return
        baris, kolom = {r for r, _ in sel}, {c for _, c in sel}
        r1, r2, c1, c2 = min(baris), max(baris), min(kolom), max(kolom)
        for kiri, kanan in deret(c for c in self._x.mentah.kolom.values() if c1 <= c <= c2):
            self._tulis(r1, kiri, r2, kanan)

    def _tulis(self, r1: int, c1: int, r2: int, c2: int) -> None:
        sheet = self._x.sheet
        isi = {(r, c): self._isi(r, c) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
        if self._perlu_dibaca_ulang(isi):
            isi |= self._baca_ulang(r1, c1, r2, c2)
        format_ = [x for x in _format(sheet, r1, c1, r2, c2) if x[4] in {"@", "General"}]
        sel_teks: set[tuple[int, int]] = set()
        kembali: list[tuple[xw.Range, str]] = []
        for a, b, c, d, bentuk in format_:
            tempat = [(r, k) for r in range(a, c + 1) for k in range(b, d + 1)]
            if bentuk == "@" and not any(isi[p].berubah_di_sel_teks for p in tempat):
                sel_teks.update(tempat)
            elif bentuk == "@" or any(isi[p].mentah for p in tempat):
                # a formula in a text cell would become a text, and one in a plain cell takes its sources' format
                kembali.append((sheet.range((a, b), (c, d)), bentuk))
        for rentang, bentuk in kembali:
            if bentuk == "@":
                rentang.number_format = "General"
        sheet.range((r1, c1), (r2, c2)).value = [
            [isi[r, c].untuk_excel(sel_teks=(r, c) in sel_teks) for c in range(c1, c2 + 1)] for r in range(r1, r2 + 1)
        ]
        for rentang, bentuk in kembali:
            rentang.number_format = bentuk

    def _isi(self, r: int, c: int) -> Isi:
        """What a cell shall hold, changed or not."""
        ubah = self._lembar.sel.get((r, c))
        if ubah is not None:
            return ubah
        asal = self._tata.tujuan[r - self._tata.awal]
        if asal is None:
            return Isi(None)
        f = self._x.rumus.get((asal, c))
        if f is not None:
            return Isi(f"={f.teks}", True)
        galat = self._x.galat.get((asal, c))
        return Isi(galat, True) if galat else Isi(self._x.nilai(asal, c))

    def _perlu_dibaca_ulang(self, isi: Mapping[tuple[int, int], Isi]) -> bool:
        """Whether a planner's formula stands in the block that Excel may have changed when rows moved."""
        return bool(self._bergeser) and any(
            x.mentah and p not in self._lembar.sel and _SEL.search(_TEKS_DAN_KURUNG.sub("", str(x.nilai))) is not None
            for p, x in isi.items()
        )

    def _baca_ulang(self, r1: int, c1: int, r2: int, c2: int) -> dict[tuple[int, int], Isi]:
        tertulis = self._x.sheet.range((r1, c1), (r2, c2)).formula
        hasil: dict[tuple[int, int], Isi] = {}
        for r, isi_baris in enumerate(dua_dimensi(tertulis, c2 - c1 + 1), r1):
            for c, teks in enumerate(isi_baris, c1):
                asal = self._tata.tujuan[r - self._tata.awal]
                if (r, c) not in self._lembar.sel and asal is not None and (asal, c) in self._x.rumus:
                    hasil[r, c] = Isi(teks, True)
        return hasil


def _format(sheet: xw.Sheet, r1: int, c1: int, r2: int, c2: int) -> list[tuple[int, int, int, int, str]]:
    """Number formats of a block, as smaller blocks (first row and column, last row and column) of one format each."""
    bentuk = sheet.range((r1, c1), (r2, c2)).number_format
    if bentuk is not None or (r1, c1) == (r2, c2):
        return [(r1, c1, r2, c2, bentuk or "General")]
    if c2 > c1:
        tengah = (c1 + c2) // 2
        return [*_format(sheet, r1, c1, r2, tengah), *_format(sheet, r1, tengah + 1, r2, c2)]
    tengah = (r1 + r2) // 2
    return [*_format(sheet, r1, c1, tengah, c2), *_format(sheet, tengah + 1, c1, r2, c2)]


def _beri_gaya(lembar: LembarRencana) -> None:
    """Fill, font and lock of cells that are typed, computed or linked otherwise than the row that they took their format from."""
    blok: dict[tuple[int, int, str], list[int]] = {}
    for peran in sorted(set(lembar.gaya.values())):
        per_baris: dict[int, list[int]] = {}
        for (r, c), p in lembar.gaya.items():
            if p == peran:
                per_baris.setdefault(r, []).append(c)
        for r, kolom in per_baris.items():
            for a, z in deret(kolom):
                blok.setdefault((a, z, peran), []).append(r)
    for (a, z, peran), baris in blok.items():
        gaya = GAYA_PERAN[peran]
        for atas, bawah in deret(baris):
            rentang = lembar.x.sheet.range((atas, a), (bawah, z))
            rentang.color = gaya.get("bg_color")
            rentang.font.color = gaya["font_color"]
            aplikasi.kunci_sel(rentang, gaya.get("locked", True))


def _tautkan(lembar: LembarRencana) -> None:
    """Links of *Catatan Perbaikan* to the cells that it speaks of."""
    for r, tujuan in lembar.tautan.items():
        sel = lembar.x.sheet.range((r, lembar.x.mentah.kolom["sel"]))
        if tujuan is None:
            aplikasi.lepas_tautan(sel)
        else:
            aplikasi.tautkan(sel, *tujuan)


def _grafik_baru(rencana: Rencana) -> list[tuple[Any, str]]:
    """Series of Beranda's charts with the formulas that name the rows of their data as they will stand."""
    lembar = next((x for x in rencana.lembar if x.x.spec is DATA_GRAFIK), None)
    if lembar is None or not lembar.tata.berubah or BERANDA.lembar not in rencana.t.tersedia:
        return []
    rows = rencana.hasil.baris(DATA_GRAFIK.kunci)
    program = sum(b.level is Level.PROGRAM for b in rows)
    awal = lembar.tata.awal
    milik = rentang_grafik(program, len(rows) - program, awal)

    def ganti(m: re.Match[str]) -> str:
        mulai, akhir = milik[0 if int(m[2]) == awal else 1]
        return f"{m[1]}{mulai}{m[3]}{akhir}"

    return [
        (seri, _RENTANG_GRAFIK.sub(ganti, rumus))
        for seri, rumus in aplikasi.deret_grafik(rencana.t.book.sheets[BERANDA.lembar])
        if _RENTANG_GRAFIK.search(rumus)
    ]
