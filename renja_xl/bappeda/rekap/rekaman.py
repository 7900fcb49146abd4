"""From a plan to records: one per number, with its place and whether totals count it.

Rules of what counts are those of ``core.pagu``: money belongs to the node and stands in its one filled cell; a sub kegiatan
that comes again is not summed again. An amount of a parent counts only where nothing below it has one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from renja_xl.core import kode as kd
from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Baris, Level, Sel
from renja_xl.core.hitung import kunci_simpul
from renja_xl.core.letak import Letak
from renja_xl.core.nilai import BATAS_RUPIAH, urai, urai_rupiah
from renja_xl.core.pagu import Pos, tata_pagu
from renja_xl.tabel import ANGGARAN, RKT, T_C_31, T_C_33
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe

TABEL_REKAP = (T_C_33, T_C_31, RKT, ANGGARAN)
"""Tables whose numbers are consolidated."""

KOLOM_REKAP: Mapping[str, tuple[str, ...]] = {
    T_C_33.kunci: ("pagu_n", "pagu_p1", "target_n", "target_p1"),
    T_C_31.kunci: ("pagu_rkpd", "kebutuhan_dana", "target_rkpd", "target_kebutuhan"),
    RKT.kunci: ("anggaran", "target"),
    ANGGARAN.kunci: ("anggaran", "realisasi"),
}
"""Columns with numbers, by table."""

UKURAN = (("pagu_n", T_C_33, "pagu_n"), ("pagu_p1", T_C_33, "pagu_p1"), ("pagu_rkpd", T_C_31, "pagu_rkpd"),
          ("kebutuhan", T_C_31, "kebutuhan_dana"))  # fmt: skip
"""Amounts that are totalled: key, table, column."""

_UKURAN = {(t.kunci, k): kunci for kunci, t, k in UKURAN}
_ATAS = (Level.PERANGKAT_DAERAH, Level.TOTAL)
_BERSIMPUL = frozenset({Level.URUSAN, Level.BIDANG_URUSAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN})
_BATAS_CATATAN = 20


class Angka(NamedTuple):
    """One number.

    Attributes:
        nilai: sen for rupiah, else as written; None for a text that is no number.
        ukuran: key of the total that it counts in (``pagu_n``), empty where it counts in none.
        tertulis: the text that it was read from, empty where the cell holds a number.
    """

    kolom: str
    nilai: float | int | None
    satuan: str
    sel: str
    ukuran: str
    tertulis: str


class Rekaman(NamedTuple):
    """A row of a table with its numbers: all that is told of each of them."""

    tabel: str
    lembar: str
    baris: int
    level: str
    kode: str
    nama: str
    indikator: str
    urusan: str
    program: str
    nama_program: str
    sumber_dana: str
    angka: tuple[Angka, ...]


@dataclass
class HasilRekaman:
    """Records of one plan, and what was noticed on the way."""

    rekaman: list[Rekaman] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    tertulis: dict[str, int] = field(default_factory=dict)
    """Amounts written on the total row by ``ukuran``, sen."""
    perangkat_daerah: str = ""


def susun_rekaman(
    tabel: Mapping[str, Sequence[Baris]], letak: Letak, bidang: str, kode_simpul: Mapping[str, str] | None = None
) -> HasilRekaman:
    """Every number of the consolidated tables.

    Args:
        tabel: rows by table.
        bidang: the agency's bidang urusan (``5.03``), for rows without a kode.
        kode_simpul: kode by node, for tables that print none.
    """
    hasil = HasilRekaman()
    for spec in TABEL_REKAP:
        rows = tabel.get(spec.kunci, ())
        if rows:
            _tabel(spec, rows, letak, bidang, kode_simpul or {}, hasil)
    lebih = len(hasil.catatan) - _BATAS_CATATAN
    if lebih > 0:
        hasil.catatan[_BATAS_CATATAN:] = [f"{lebih} sel lain serupa; mohon periksa tabelnya."]
    return hasil


def _tabel(
    spec: TabelSpec,
    rows: Sequence[Baris],
    letak: Letak,
    bidang: str,
    kode_simpul: Mapping[str, str],
    hasil: HasilRekaman,
) -> None:
    kolom = [k for kunci in KOLOM_REKAP[spec.kunci] if (k := spec.menurut_kunci.get(kunci))]
    rows = [_terbaca(b, kolom, spec, letak, hasil.catatan) for b in rows]
    dihitung = {
        k.kunci: _dihitung(tata_pagu(rows, k.kunci, kunci_simpul(spec, k)), rows, k.kunci)
        for k in kolom
        if (spec.kunci, k.kunci) in _UKURAN
    }
    jejak = _Jejak(bidang)
    kolom_nama, kolom_indikator = _kolom_kata(spec)
    rinci = [
        (
            k.kunci,
            _UKURAN.get((spec.kunci, k.kunci), ""),
            dihitung.get(k.kunci, ()),
            k.tipe is Tipe.RUPIAH,
            k.satuan or "",
        )
        for k in kolom
    ]
    for n, b in enumerate(rows):
        kode = teks_sel(b, "kode") or kode_simpul.get(b.simpul or "", "")
        nama = _kata(b, kolom_nama)
        jejak.maju(b.level, kd.rapikan(kode) or kode, nama)
        if b.level is Level.PERANGKAT_DAERAH and nama and not hasil.perangkat_daerah:
            hasil.perangkat_daerah = nama
        angka = []
        for kunci, ukuran, milik, rupiah, satuan in rinci:
            sel = b.sel.get(kunci)
            if sel is None or sel.kosong:
                continue
            nilai = sel.angka
            if ukuran and nilai is not None and b.level in _ATAS:
                hasil.tertulis.setdefault(ukuran, int(nilai))
            angka.append(
                Angka(
                    kunci,
                    nilai,
                    "Rp" if rupiah else teks_sel(b, satuan) or "",
                    letak.sel(spec.kunci, b.id, kunci),
                    ukuran if n in milik else "",
                    sel.nilai if isinstance(sel.nilai, str) else sel.asli or "",
                )
            )
        if angka:
            tempat = letak.asing.get(spec.kunci, {}).get(b.id)
            baris = tempat.baris if tempat else letak.baris.get(spec.kunci, {}).get(b.id, 0)
            tahun = b["tahun"].angka if spec is ANGGARAN else None
            hasil.rekaman.append(
                Rekaman(
                    spec.kunci,
                    letak.lembar_baris(spec.kunci, b.id),
                    baris,
                    b.level.value,
                    jejak.kode,
                    f"{nama} {int(tahun)}".strip() if tahun else jejak.nama,
                    _kata(b, kolom_indikator),
                    *jejak.kelompok,
                    teks_sel(b, "sumber_dana") or "",
                    tuple(angka),
                )
            )


@lru_cache(maxsize=16)
def _kolom_kata(spec: TabelSpec) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns that name a row, and those with its indicator, the right side of a form first."""
    nama = [k.kunci for k in spec.kolom if k.tautan == "nama" or (spec is ANGGARAN and k.kunci == "tahap")]
    return tuple(nama), tuple(k.kunci for k in reversed(spec.kolom) if k.tautan == "indikator")


def _kata(b: Baris, kolom: Sequence[str]) -> str:
    return next((t for k in kolom if (t := teks_sel(b, k))), "")


class _Jejak:
    """Where in the hierarchy a row stands: by position, as a printed table shows it."""

    def __init__(self, bidang: str) -> None:
        self.bidang = bidang
        self.kode = self.nama = ""
        self.kelompok: tuple[str, str, str] = (bidang, "", "")

    def maju(self, level: Level, kode: str, nama: str) -> None:
        if level is Level.INDIKATOR_LANJUTAN:
            return  # another indicator of the same node
        self.kode, self.nama = kode, nama
        bagian = kode.split(".")
        if level in {*_ATAS, Level.URUSAN, Level.DATA, Level.JUMLAH}:
            self.kelompok = (self.bidang, "", "")
        elif level is Level.BIDANG_URUSAN:
            self.kelompok = (kode or self.bidang, "", "")
        elif level is Level.PROGRAM:
            urusan = ".".join(bagian[:2]) if len(bagian) >= 3 and bagian[0] != "X" else self.kelompok[0]
            self.kelompok = (urusan, kode, nama)
        elif len(bagian) >= 5 and (program := ".".join(bagian[:3])) != self.kelompok[1]:
            # a row that stands under another program than its kode says, or under none: its kode decides
            self.kelompok = (".".join(bagian[:2]) if bagian[0] != "X" else self.bidang, program, "")


def _dihitung(tata: Sequence[Pos], rows: Sequence[Baris], kolom: str) -> set[int]:
    """Indices of the rows whose amount counts in totals."""
    bernilai: dict[int, bool] = {}

    def isi(pos: Pos) -> bool:
        angka = rows[pos.sel][kolom].angka
        return angka is not None and angka != 0

    def di_bawah(pos: Pos) -> bool:
        kunci = id(pos)
        if kunci not in bernilai:
            bernilai[kunci] = False  # a node below itself
            bernilai[kunci] = any(isi(a) or di_bawah(a) for a in pos.anak)
        return bernilai[kunci]

    return {p.sel for p in tata if p.level in _BERSIMPUL and isi(p) and (p.sub or not di_bawah(p))}


def _terbaca(b: Baris, kolom: Iterable[KolomSpec], spec: TabelSpec, letak: Letak, catatan: list[str]) -> Baris:
    """The row with its text numbers read by the parser; what no parser reads stays text and is told."""
    ganti: dict[str, Sel] = {}
    for k in kolom:
        sel = b.sel.get(k.kunci)
        if sel is None or not isinstance(sel.nilai, str) or sel.kosong:
            continue
        baru, satuan = _dari_teks(sel.nilai, k)
        if baru is not None:
            ganti[k.kunci] = Sel(baru, sel.nilai)
            if satuan and k.satuan and b[k.satuan].kosong:
                ganti[k.satuan] = Sel(satuan)
        elif k.tipe is Tipe.RUPIAH or any(ch.isdigit() for ch in sel.nilai):
            catatan.append(
                f"Lembar {letak.lembar_baris(spec.kunci, b.id)} sel {letak.sel(spec.kunci, b.id, k.kunci)} tertulis "
                f"“{sel.nilai[:60]}”, tidak terbaca sebagai angka sehingga belum dijumlahkan; mohon tulis angkanya saja."
            )
    return b.dengan(ganti) if ganti else b


def _dari_teks(teks: str, kolom: KolomSpec) -> tuple[float | int | None, str | None]:
    if kolom.tipe is Tipe.RUPIAH:
        return urai_rupiah(teks)[0], None
    hasil = urai(teks)
    if hasil.nilai is None or not math.isfinite(float(hasil.nilai)):
        return None, None
    return float(hasil.nilai), hasil.satuan


def sen_dari_angka(v: float) -> int | str:
    """A cell's rupiah in sen; text where no amount can be so large."""
    if not math.isfinite(v) or abs(v) >= BATAS_RUPIAH * 10:
        return str(v)
    return round(v * 100)


# ── sums of one plan ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Jumlah:
    """Totals of one plan in sen: by program (urusan, kode, name) and by sumber dana, each by ``ukuran``."""

    program: dict[tuple[str, str, str], dict[str, int]] = field(default_factory=dict)
    sumber_dana: dict[str, int] = field(default_factory=dict)
    urusan: dict[str, str] = field(default_factory=dict)
    """Names of the bidang urusan by kode."""
    banyak: int = 0
    sub_kegiatan: int = 0


def jumlahkan(rekaman: Iterable[Rekaman]) -> Jumlah:
    """Totals of a plan; ``sumber_dana`` holds the pagu of year n of T-C.33."""
    hasil = Jumlah()
    nama: dict[tuple[str, str], str] = {}
    sub: set[str] = set()
    for r in rekaman:
        hasil.banyak += len(r.angka)
        if r.tabel == T_C_33.kunci and r.level == Level.SUB_KEGIATAN.value:
            sub.add(r.kode or f"{r.baris}")
        if r.level == Level.BIDANG_URUSAN.value and r.kode and r.nama:
            hasil.urusan.setdefault(r.kode, r.nama)
        if r.nama_program:
            nama.setdefault((r.urusan, r.program or r.nama_program), r.nama_program)
    for r in rekaman:
        for a in r.angka:
            if not a.ukuran or a.nilai is None:
                continue
            kunci = (r.urusan, r.program, nama.get((r.urusan, r.program or r.nama_program), r.nama_program))
            milik = hasil.program.setdefault(kunci, dict.fromkeys((u for u, _, _ in UKURAN), 0))
            milik[a.ukuran] += int(a.nilai)
            if a.ukuran == "pagu_n":
                dana = r.sumber_dana or ""
                hasil.sumber_dana[dana] = hasil.sumber_dana.get(dana, 0) + int(a.nilai)
    hasil.sub_kegiatan = len(sub)
    return hasil


def ke_json(rekaman: Iterable[Rekaman]) -> list[Any]:
    """Records as JSON can hold them: a list each, in the order of ``Rekaman``, its last item a list of ``Angka``."""
    return [list(r) for r in rekaman]
