"""Whole plans made up from the declarations, so that a new column is covered without an edit here.

Hypothesis draws the shape of the struktur and small pools of values (they shrink well); a drawn random generator
spreads the pools over the cells (thousands of single draws would be slow). Plans are what the reader can meet:
struktur in sheet order, texts that XML carries, numbers of at most 15 digits, amounts whose totals stay below
10^13 rupiah.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from renja_xl.core import kode as kd
from renja_xl.core.awal import baris_dasar, baris_profil
from renja_xl.core.buku import (
    LEVEL_SIMPUL,
    Asal,
    Baris,
    Buku,
    CaraHitung,
    Indikator,
    Level,
    Nilai,
    Sel,
    Sifat,
    Simpul,
)
from renja_xl.core.hitung import hitung, hitung_tak_tercetak
from renja_xl.core.nilai import tulis
from renja_xl.core.perbarui import perbarui
from renja_xl.core.sekitar import susun_tercetak
from renja_xl.core.struktur import PembuatId
from renja_xl.core.temuan import Tingkat
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.tabel import (
    ANGGARAN,
    BARIS_DIHAPUS,
    BELUM_TERPETAKAN,
    CAPAIAN_IKU,
    CARI,
    CATATAN_PERBAIKAN,
    DAFTAR_PROGRAM,
    DASAR_PERHITUNGAN,
    EFISIENSI,
    KALIMAT,
    KEADAAN_TERAKHIR,
    NOMENKLATUR,
    PEGAWAI,
    PEMENUHAN_TARGET,
    PROFIL,
    REKAP_TRIWULAN,
    RENSTRA,
    RIWAYAT,
    SEMUA,
    T_C_30,
    T_C_31,
    TABEL_BEBAS,
    TABEL_BERPOHON,
    TABEL_RENCANA,
    TABEL_TERTAUT,
    TAHAPAN_TERSIMPAN,
    TRIWULAN,
    TUGAS,
    TUJUAN_SASARAN,
    USULAN_BAPPEDA,
)
from renja_xl.tabel.anggaran import RENJA, TAHAP
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.kendali import BELUM, DIPERBAIKI
from renja_xl.tabel.profil import ISIAN
from renja_xl.tabel.spec import DIKETIK, GULUNGAN, KolomSpec, Peran, TabelSpec, Tipe
from renja_xl.tabel.struktur import SAKIP

T = TypeVar("T")

BATAS_SEN = 10**15
"""Amounts are smaller than 10^13 rupiah."""

BATAS_TEKS = 32_767
_TEKS_LAZIM = 1_000
_TINGGI = {level: n for n, level in enumerate(LEVEL_SIMPUL)}
_BAWAH = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)

# ── values ─────────────────────────────────────────────────────────────────────────────────────────────────────

TEKS_BIASA = (
    "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota",
    "Penyediaan Gaji dan Tunjangan ASN",
    "Persentase ASN yang memenuhi standar kompetensi",
    "Jumlah Dokumen Perencanaan Perangkat Daerah",
    "Kab. Paser",
    "Tanah Grogot",
    "DAU",
    "-",
)

TEKS_ANEH = (
    "=1+1",
    "+x",
    "-x",
    "@x",
    '=HYPERLINK("a")',
    "{=1}",
    "'kutip",
    '"kutip" ganda',
    "1.400",
    "5.03",
    "5.03.02.2.01.0004",
    "85%",
    "B (78)",
    "259.987.00,00",
    "TRUE",
    "#N/A",
    "#REF!",
    " spasi depan",
    "spasi belakang ",
    "dua  spasi",
    "baris\nbaru",
    "\nbaris baru di depan",
    "tab\tdi tengah",
    "a & b < c > d",
    "&amp; ]]>",
    "*",
    "~?",
    "–",
    " ",
    "é e\u0301 \u00a0 \u200b",
    "😀 𝒜",
    "http://contoh.id/a b",
    "internal:'RKT'!A1",
)

TEKS_BERTANDA = ("_x000D_", "_x0041_ x", "_x005F_", "<r>x</r>", "<r>", "akhir\r\nbaris", "cr\rdi tengah")
"""Texts with a meaning of their own inside the file format (escapes, rich text, line ends)."""

SATUAN = ("%", "Dokumen", "dok", "Orang", "Nilai", "Indeks", "Predikat", "BB", "Paket", "Orang/Bulan", "Unit Kerja")

_KENDALI = "".join(chr(n) for n in range(0x20) if chr(n) not in "\t\n\r") + "\ufffe\uffff"


def teks(*, bertanda: bool = True) -> st.SearchStrategy[str]:
    """Texts as people and programs leave them in cells, never empty.

    Args:
        bertanda: with carriage returns and escapes of the file format, which LibreOffice rewrites on saving.
    """
    huruf = st.characters(exclude_categories=["Cs"], exclude_characters=_KENDALI + ("" if bertanda else "\r"))
    bebas = st.text(huruf, min_size=1, max_size=30)
    daftar: list[st.SearchStrategy[str]] = [st.sampled_from(TEKS_BIASA), st.sampled_from(TEKS_ANEH), bebas]
    if bertanda:
        daftar.append(st.sampled_from(TEKS_BERTANDA))
    return st.one_of(*daftar)


def teks_panjang() -> st.SearchStrategy[str]:
    """The longest text that a cell holds."""
    return st.sampled_from(("x" * BATAS_TEKS, "=" + "kata " * 6_553 + ".", " " + "\n" * (BATAS_TEKS - 2) + " "))


def angka(*, jinak: bool = False) -> st.SearchStrategy[float]:
    """Numbers of at most 15 digits, which a cell keeps exactly.

    Args:
        jinak: such that sums do not cancel, so that two orders of adding agree to 1e-9.
    """
    if jinak:
        pecahan = st.integers(0, 10**8).map(lambda n: n / 100)
        return st.one_of(
            st.sampled_from((0.0, 1.0, 12.0, 65.18, 85.0, 100.0)), pecahan, st.integers(-4000, -1).map(lambda n: n / 4)
        )
    pangkat = st.integers(-12, 2)
    bebas = st.builds(lambda n, p: float(f"{n}e{p}"), st.integers(-(10**15) + 1, 10**15 - 1), pangkat)
    return st.one_of(st.sampled_from((0.0, 1.0, 65.18, 85.0, 100.0, -1.0, 0.000001, 1e15)), bebas)


def rupiah() -> st.SearchStrategy[int]:
    """Amounts in sen, |x| < 10^13 rupiah: zero, whole thousands, sen, negative, as large as allowed."""
    return st.one_of(
        st.just(0),
        st.integers(1, 50_000_000).map(lambda n: n * 100_000),
        st.integers(1, 10**12),
        st.integers(-(10**10), -1),
        st.integers(-BATAS_SEN + 1, BATAS_SEN - 1),
    )


@dataclass(frozen=True, slots=True)
class Kolam:
    """Pools of values that one plan takes its cells from."""

    teks: tuple[str, ...]
    angka: tuple[float, ...]
    rupiah: tuple[int, ...]


@st.composite
def kolam(draw: st.DrawFn, *, jinak: bool = False) -> Kolam:
    """Pools of a plan. ``jinak`` leaves out what LibreOffice itself would change or add up differently."""
    isi = draw(st.lists(teks(bertanda=not jinak), min_size=3, max_size=12))
    if not jinak and draw(st.integers(0, 19)) == 0:
        isi.append(draw(teks_panjang()))
    return Kolam(
        tuple(isi),
        tuple(draw(st.lists(angka(jinak=jinak), min_size=2, max_size=10))),
        tuple(draw(st.lists(rupiah(), min_size=2, max_size=10))),
    )


@dataclass(frozen=True, slots=True)
class Pengisi:
    """Spreads a pool over cells by what their column declares."""

    acak: Random
    kolam: Kolam
    batas: int = BATAS_SEN
    """Amounts stay below this many sen, so that no total reaches 10^13 rupiah."""
    kepadatan: float = 0.7

    def mungkin(self, peluang: float) -> bool:
        return self.acak.random() < peluang

    def teks(self, panjang: int = BATAS_TEKS) -> str:
        teks = self.acak.choice(self.kolam.teks)
        if len(teks) > _TEKS_LAZIM and not self.mungkin(0.1):
            teks = self.kolam.teks[0]  # the longest texts in a few cells: they slow everything down
        return teks[:panjang]

    def teks_atau_kosong(self, peluang: float = 0.6) -> str | None:
        return self.teks() if self.mungkin(peluang) else None

    def rupiah(self) -> int:
        sen = self.acak.choice(self.kolam.rupiah)
        return sen if abs(sen) < self.batas else int(math.fmod(sen, self.batas))

    def nilai(self, kolom: KolomSpec) -> Nilai:
        """A value for a column; number columns sometimes hold a text or a dash, choices another spelling."""
        if kolom.pilihan and self.mungkin(0.8):
            pilihan = self.acak.choice(kolom.pilihan)
            return (
                self.acak.choice((pilihan.upper(), f" {pilihan}", pilihan.replace("-", " ")))
                if self.mungkin(0.1)
                else pilihan
            )
        if kolom.tipe is Tipe.TEKS or self.mungkin(0.12):
            if kolom.kunci.startswith("satuan") and self.mungkin(0.6):
                return self.acak.choice(SATUAN)
            return self.teks()
        if kolom.bernilai_angka and self.mungkin(0.08):
            return "-"
        if kolom.tipe is Tipe.RUPIAH:
            return self.rupiah()
        if kolom.tipe is Tipe.BEBAS and self.mungkin(0.5):
            return self.teks()
        return self.acak.choice(self.kolam.angka)

    def sel(self, kolom: KolomSpec) -> Sel:
        """A typed cell, blank or filled, with or without its original text."""
        nilai = self.nilai(kolom) if self.mungkin(self.kepadatan) else None
        if self.mungkin(0.75):
            return Sel(nilai)
        asli = self.teks() if self.mungkin(0.5) else tulis(nilai, rupiah=kolom.tipe is Tipe.RUPIAH)
        return Sel(nilai, asli or None)

    def asal(self) -> Asal | None:
        return Asal(self.teks(), str(self.acak.randrange(1, 999))) if self.mungkin(0.4) else None


# ── struktur ───────────────────────────────────────────────────────────────────────────────────────────────────


def induk_menurut_letak(simpul: Sequence[Simpul]) -> tuple[Simpul, ...]:
    """Parents by position, as the struktur sheet says them: the nearest row above with a higher level."""
    jejak: list[Simpul] = []
    hasil = []
    for s in simpul:
        while jejak and _TINGGI[jejak[-1].level] >= _TINGGI[s.level]:
            jejak.pop()
        induk = next((j for j in reversed(jejak) if j.level is not Level.PERANGKAT_DAERAH), None)
        jejak.append(s)
        hasil.append(replace(s, induk=induk.id if induk else None))
    return tuple(hasil)


def _bentuk_wajar(acak: Random, ukuran: int) -> list[Level]:
    """Levels in the order of a plan as offices write it."""
    hasil: list[Level] = []
    if acak.random() < 0.7:
        hasil.append(Level.URUSAN)
    if acak.random() < 0.7:
        hasil.append(Level.BIDANG_URUSAN)
    if acak.random() < 0.7:
        hasil.append(Level.PERANGKAT_DAERAH)
    while len(hasil) < ukuran:
        hasil.append(Level.PROGRAM)
        for _ in range(acak.randint(0, 2)):
            hasil.append(Level.KEGIATAN)
            hasil.extend([Level.SUB_KEGIATAN] * acak.randint(0, 3))
        if acak.random() < 0.15:
            hasil.extend(acak.choice(((Level.URUSAN, Level.BIDANG_URUSAN), (Level.BIDANG_URUSAN,))))
    return hasil[:ukuran]


def _kode(acak: Random, level: Level, induk: str | None, p: Pengisi) -> str | None:
    """A kode below the parent's, or none, or sometimes a text that is no kode."""
    if acak.random() < 0.2:
        return None
    if acak.random() < 0.08:
        aneh = p.teks()
        return aneh if kd.rapikan(aneh) is None else None  # a sheet's kode is read in its normal form
    dasar = {
        Level.URUSAN: "",
        Level.BIDANG_URUSAN: "5",
        Level.PROGRAM: "5.03",
        Level.KEGIATAN: "5.03.02",
        Level.SUB_KEGIATAN: "5.03.02.2.01",
    }
    if level not in dasar:
        return None
    langsung = (
        induk and kd.rapikan(induk) and kd.level(f"{induk}.{'2.01' if level is Level.KEGIATAN else '01'}") is level
    )
    atas = induk if langsung else dasar[level]
    n = acak.randrange(1, 10)
    ekor = {Level.URUSAN: f"{n}", Level.KEGIATAN: f"2.{n:02d}", Level.SUB_KEGIATAN: f"{n:04d}"}.get(level, f"{n:02d}")
    return f"{atas}.{ekor}" if atas else ekor


def isi_struktur(level: Sequence[Level], p: Pengisi) -> tuple[tuple[Simpul, ...], tuple[Indikator, ...]]:
    """Nodes and indicators for levels in sheet order."""
    acak = p.acak
    kosong = induk_menurut_letak([Simpul(f"s-{n:04d}", x, "") for n, x in enumerate(level, 1)])
    kode: dict[str | None, str | None] = {}
    simpul: list[Simpul] = []
    indikator: list[Indikator] = []
    id_indikator = PembuatId("i", ())
    for s in kosong:
        kode[s.id] = _kode(acak, s.level, kode.get(s.induk), p)
        nama = "" if p.mungkin(0.03) else p.teks()
        simpul.append(replace(s, nama=nama, kode=kode[s.id], keterangan_kode=p.teks_atau_kosong(0.3)))
        jumlah = acak.choice((1, 1, 1, 2, 3)) if s.level in _BAWAH else 1
        for n in range(jumlah):
            indikator.append(
                Indikator(
                    id_indikator(),
                    s.id,
                    p.teks() if n or (s.level in _BAWAH and p.mungkin(0.85)) else None,
                    acak.choice((None, None, p.teks(), *SATUAN)),
                    acak.choice((None, None, *CaraHitung)),
                    acak.choice((Sifat.MAKIN_TINGGI, *Sifat)),
                    acak.choice((None, None, SAKIP, p.teks())),
                    p.teks_atau_kosong(0.2),
                    di_evaluasi=p.mungkin(0.7),
                    di_rencana=p.mungkin(0.8),
                )
            )
    return tuple(simpul), tuple(indikator)


# ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────


def kolom_masukan(spec: TabelSpec) -> list[KolomSpec]:
    """Columns that planners type into on at least some rows."""
    return [k for k in spec.kolom if k.peran in DIKETIK and not k.sub_diturunkan]


def _isi_baris(spec: TabelSpec, b: Baris, p: Pengisi) -> Baris:
    """Inputs of a linked row: money on sub kegiatan, sometimes on a further indicator's row instead or as well."""
    perubahan: dict[str, Sel] = {}
    for kolom in kolom_masukan(spec):
        uang = kolom.peran in GULUNGAN
        if uang and b.level is not Level.SUB_KEGIATAN and not (b.level is Level.INDIKATOR_LANJUTAN and p.mungkin(0.25)):
            continue
        perubahan[kolom.kunci] = p.sel(kolom)
    return replace(b.dengan(perubahan), asal=p.asal())


def _baris_lepas(spec: TabelSpec, buku: Buku, p: Pengisi, pengenal: str) -> Baris:
    """A row typed straight into a linked table: known kode, kode below a known one, odd or none."""
    acak = p.acak
    berkode = [s.kode for s in buku.simpul if s.kode and kd.rapikan(s.kode)]
    pilihan: list[str | None] = [None, None, p.teks(), *acak.sample(berkode, min(2, len(berkode)))]
    if berkode:
        induk = acak.choice(berkode)
        pilihan.append(f"{induk}.2.77" if kd.level(induk) is Level.PROGRAM else f"{induk}.77")
    isi: dict[str, Sel] = {}
    for kolom in spec.kolom:
        if kolom.peran is Peran.TAUTAN:
            isi[kolom.kunci] = Sel(p.teks_atau_kosong())
        elif kolom.peran in DIKETIK:
            isi[kolom.kunci] = p.sel(kolom)
    isi["kode"] = Sel(acak.choice(pilihan))
    level = acak.choice((Level.DATA, Level.DATA, *_BAWAH, Level.INDIKATOR_LANJUTAN))
    return Baris(pengenal, level, {}, asal=p.asal()).dengan(isi)


def isi_masukan(buku: Buku, p: Pengisi, peluang_lepas: float = 0.4) -> Buku:
    """Inputs on every row of the linked tables, here and there a row that belongs to no node, and a word to look for."""
    tabel: dict[str, list[Baris]] = {}
    for spec in TABEL_BERPOHON:
        rows = [_isi_baris(spec, b, p) for b in buku.baris(spec.kunci)]
        if p.mungkin(peluang_lepas):
            pengenal = PembuatId(spec.awalan_id, (b.id for b in rows))()
            rows.insert(p.acak.randint(0, len(rows)), _baris_lepas(spec, buku, p, pengenal))
        tabel[spec.kunci] = rows
    rekap = kolom_masukan(REKAP_TRIWULAN)
    tabel[REKAP_TRIWULAN.kunci] = [
        b.dengan({k.kunci: p.sel(k) for k in rekap}) for b in buku.baris(REKAP_TRIWULAN.kunci)
    ]
    kata = Sel(_kata(buku, p))
    tabel[CARI.kunci] = [b.dengan({"kata": kata}) if b.level is Level.JUMLAH else b for b in buku.baris(CARI.kunci)]
    return buku.ganti(tabel)


def _kata(buku: Buku, p: Pengisi) -> str | None:
    """What is looked for: nothing, part of a name or kode in any letter case, wildcards, or any text."""
    acak = p.acak
    teks = acak.choice([t for s in buku.simpul for t in (s.nama, s.kode) if t] or ["gaji"])
    n = acak.randrange(len(teks))
    bagian = teks[n : n + acak.randint(1, 12)]
    return acak.choice(
        (
            *(None, bagian, bagian, bagian.upper(), teks, p.teks()[:200]),
            *(f"{bagian[0]}*{bagian[-1]}", bagian.replace(bagian[0], "?", 1), f"?{bagian}", f"*{bagian}*"),
            *("~?", "~*", "a~~b", "~", "?", "*", " ", "5.03", "5?03"),
        )
    )


_BERMAKNA: Mapping[tuple[str, str], Callable[[Random], str]] = {
    (CATATAN_PERBAIKAN.kunci, "lembar"): lambda a: a.choice(SEMUA).lembar,
    (CATATAN_PERBAIKAN.kunci, "sel"): lambda a: f"{a.choice('ABNZ')}{a.randint(1, 99)}",
    (CATATAN_PERBAIKAN.kunci, "tingkat"): lambda a: a.choice([t.judul for t in Tingkat]),
    (CATATAN_PERBAIKAN.kunci, "keadaan"): lambda a: a.choice((BELUM, BELUM, BELUM.upper(), DIPERBAIKI, f"{BELUM} ")),
}
"""Columns of free tables whose texts must name a place in the workbook, or mean something to a formula."""


def _baris_data(spec: TabelSpec, jumlah: int, p: Pengisi) -> list[Baris]:
    """Rows of a table of its own, by its declaration."""
    rencana = spec in TABEL_RENCANA
    hasil = []
    for n in range(1, jumlah + 1):
        isi: dict[str, Sel] = {}
        for kolom in spec.kolom:
            if kolom.kunci == "id" or not p.mungkin(p.kepadatan):
                continue
            if rencana and kolom.peran not in DIKETIK | {Peran.TAUTAN}:
                continue  # computed, or an attribute of the row
            bermakna = _BERMAKNA.get((spec.kunci, kolom.kunci))
            isi[kolom.kunci] = Sel(bermakna(p.acak)) if bermakna else p.sel(kolom) if rencana else Sel(p.nilai(kolom))
        b = Baris(f"{spec.awalan_id}-{n:04d}", Level.DATA, {}).dengan(isi)
        hasil.append(replace(b, asal=p.asal()) if rencana else b)
    return hasil


def isi_bebas(buku: Buku, p: Pengisi) -> dict[str, list[Baris]]:
    """Rows of the planner's own tables as typed, some of which name what stands in another; and a printed Capaian IKU."""
    tabel = {spec.kunci: _baris_data(spec, p.acak.choice((0, 1, 3, 6)), p) for spec in TABEL_BEBAS}
    tabel[RENSTRA.kunci] = [_baris_renstra(buku, b, p) for b in tabel[RENSTRA.kunci]]
    iku = [b for b in tabel[RENSTRA.kunci] if b["kode"].kosong]
    nama = [str(b["indikator"].nilai) for b in iku if b["indikator"].nilai is not None]
    sasaran = [str(b["sasaran"].nilai) for b in iku if b["sasaran"].nilai is not None]
    tabel[T_C_30.kunci] = [_sebut(b, "indikator", nama, p) for b in tabel[T_C_30.kunci]]
    nomor = ["Sasaran I", "sasaran ii", "Sasaran ke-1", "2.", *sasaran]
    tabel[EFISIENSI.kunci] = [_sebut(b, "sasaran", nomor, p) for b in tabel[EFISIENSI.kunci]]
    didukung = [i.sasaran for i in buku.indikator if i.sasaran]
    tabel[TUJUAN_SASARAN.kunci] = [_sebut(b, "sasaran", didukung, p) for b in tabel[TUJUAN_SASARAN.kunci]]
    tabel[ANGGARAN.kunci] = [_baris_anggaran(b, float(buku.tahun), p) for b in tabel[ANGGARAN.kunci]]
    tabel[PEGAWAI.kunci] = [replace(b, level=Level.JUMLAH) if p.mungkin(0.15) else b for b in tabel[PEGAWAI.kunci]]
    if p.mungkin(0.4):
        tabel[CAPAIAN_IKU.kunci] = _capaian_tercetak(nama, sasaran, p)
    return tabel


def _sebut(b: Baris, kolom: str, pilihan: Sequence[str], p: Pengisi) -> Baris:
    """The row, most often naming one of what there is."""
    return b.dengan({kolom: Sel(p.acak.choice(pilihan))}) if pilihan and p.mungkin(0.7) else b


def _baris_renstra(buku: Buku, b: Baris, p: Pengisi) -> Baris:
    """A main indicator (no kode), an indicator of a node of the struktur, or anything."""
    acak, jenis = p.acak, p.acak.random()
    if jenis < 0.5:
        sasaran = acak.choice((None, *p.kolam.teks[:2]))
        return b.dengan({"kode": Sel(), "sasaran": Sel(sasaran), "indikator": Sel(p.teks())})
    berkode = [s for s in buku.simpul if s.kode]
    if jenis > 0.9 or not berkode:
        return b
    s = acak.choice(berkode)
    teks = [i.teks for i in buku.indikator if i.simpul == s.id]
    return b.dengan({"kode": Sel(s.kode), "indikator": Sel(acak.choice((*teks, None, p.teks())))})


def _baris_anggaran(b: Baris, tahun: float, p: Pengisi) -> Baris:
    """A row of the plan itself as often as one of other years; its typed cells blank or not."""
    if p.mungkin(0.5):
        return b.dengan({"tahap": Sel(p.acak.choice(TAHAP))}) if p.mungkin(0.5) else b
    kosong = {k.kunci: Sel() for k in ANGGARAN.kolom if k.peran is Peran.RUJUKAN and p.mungkin(0.6)}
    tahap = p.acak.choice((RENJA, RENJA, RENJA.upper(), f"{RENJA} ", "Renja."))
    return b.dengan({**kosong, "tahun": Sel(tahun), "tahap": Sel(tahap)})


def _capaian_tercetak(nama: Sequence[str], sasaran: Sequence[str], p: Pengisi) -> list[Baris]:
    """Capaian IKU as an import finds it: texts of Renstra or its own, numbers typed, a mean below each sasaran."""
    hasil: list[Baris] = []
    for n in range(1, p.acak.randint(2, 5)):
        rata = n > 1 and p.mungkin(0.3)
        b = Baris(f"{CAPAIAN_IKU.awalan_id}-{n:04d}", Level.RATA_RATA if rata else Level.DATA, {})
        b = b.dengan({k.kunci: p.sel(k) for k in CAPAIAN_IKU.kolom_tercetak})
        if not rata:
            b = _sebut(_sebut(b, "indikator", nama, p), "sasaran", sasaran, p)
        hasil.append(replace(b, asal=p.asal()))
    return hasil


def isi_profil(p: Pengisi, tahun: int) -> list[Baris]:
    """Declared fields and choices, some blank, and further facts of the document."""
    isian: dict[str, Nilai] = {}
    for i in ISIAN:
        if i.pilihan:
            isian[i.kunci] = p.acak.choice((*i.pilihan, None))
        elif not i.terkunci and p.mungkin(0.6):
            isian[i.kunci] = p.teks(200)
    isian["tahun_anggaran"] = float(tahun)
    awal = tahun - p.acak.choice((1, 2, 3, 3, 4, 5, 9))
    isian["tahun_renstra"] = p.acak.choice(
        (None, f"{awal} s.d. {awal + 5}", f"{awal}-{awal + 5}", f"Renstra {awal}–{awal + 4}", float(awal), p.teks(200))
    )
    lain = [
        replace(b.dengan({"kunci": Sel(f"lain_{n}")}), asal=p.asal())
        for n, b in enumerate(_baris_data(_tanpa_atribut(PROFIL), p.acak.randint(0, 3), p))
    ]
    return [*baris_profil(isian), *lain]


def _tanpa_atribut(spec: TabelSpec) -> TabelSpec:
    """The declaration without identity columns, which rows carry as attributes."""
    return replace(spec, kolom=tuple(k for k in spec.kolom if k.peran is not Peran.KUNCI))


def isi_dasar(p: Pengisi) -> list[Baris]:
    """Rates and choices other than the defaults."""
    nilai: dict[str, tuple[Nilai, ...]] = {
        "pertumbuhan_prakiraan": (10.0, 0.0, 7.5, -3.25, 12.345),
        "pembulatan_prakiraan": (100.0, 1.0, 1000.0, 0.0, 0.01),
        "kriteria_tinggi": (76.0, 75.5, 80.0, "76%"),
        "batas_efisien": (1.0, 0.9, 1.25, "-"),
    }
    pilihan = {d.kunci: d.pilihan or nilai.get(d.kunci, (d.bawaan,)) for d in DASAR}
    return [b.dengan({"nilai": Sel(p.acak.choice(pilihan[b.id]))}) for b in baris_dasar()]


def tabel_bebas(p: Pengisi, tahun: int) -> dict[str, list[Baris]]:
    """Every table with rows of its own."""
    bebas = (
        CATATAN_PERBAIKAN, USULAN_BAPPEDA, BARIS_DIHAPUS, BELUM_TERPETAKAN, TAHAPAN_TERSIMPAN, TUGAS, NOMENKLATUR, RIWAYAT,
        KEADAAN_TERAKHIR,
    )  # fmt: skip
    return {
        PROFIL.kunci: isi_profil(p, tahun),
        DASAR_PERHITUNGAN.kunci: isi_dasar(p),
        **{spec.kunci: _baris_data(spec, p.acak.choice((0, 0, 1, 3)), p) for spec in bebas},
    }


# ── whole plans ────────────────────────────────────────────────────────────────────────────────────────────────


def susun_buku(level: Sequence[Level], p: Pengisi, tahun: int = 2025) -> Buku:
    """A plan with inputs and unlinked rows, before ``perbarui`` and ``hitung``."""
    awal = Buku(*isi_struktur(level, p)).ganti(tabel_bebas(p, tahun))
    return isi_masukan(perbarui(awal.ganti(isi_bebas(awal, p))), p)


def _batas_sen(level: Sequence[Level]) -> int:
    """Bound of one amount, so that doubled differences, growth and repeated rows leave every total below 10^13."""
    return BATAS_SEN // (8 * max(1, sum(x in {*_BAWAH, Level.SUB_KEGIATAN} for x in level) + 4))


@st.composite
def mentah(draw: st.DrawFn, *, ukuran: int = 12, minimal: int = 1, jinak: bool = False) -> tuple[Buku, Pengisi]:
    """A plan with inputs, not yet laid out, and what filled it.

    Args:
        ukuran, minimal: most and fewest nodes.
        jinak: see ``kolam``.
    """
    acak = Random(draw(st.integers(0, 2**32 - 1)))
    if draw(st.booleans()):
        level = _bentuk_wajar(acak, draw(st.integers(minimal, ukuran)))
    else:
        level = draw(st.lists(st.sampled_from(LEVEL_SIMPUL), min_size=minimal, max_size=ukuran))
    p = Pengisi(acak, draw(kolam(jinak=jinak)), _batas_sen(level), draw(st.sampled_from((0.7, 0.0, 0.3, 1.0))))
    return susun_buku(level, p, draw(st.integers(2000, 2100))), p


@st.composite
def buku_normal(draw: st.DrawFn, *, ukuran: int = 12, minimal: int = 1, jinak: bool = False) -> Buku:
    """A plan laid out by its struktur, with every computed cell right."""
    b, _ = draw(mentah(ukuran=ukuran, minimal=minimal, jinak=jinak))
    return hitung(perbarui(b))


@st.composite
def buku_tercetak(draw: st.DrawFn, *, ukuran: int = 12, minimal: int = 1, jinak: bool = False) -> Buku:
    """A plan as printed: rows not normalised, computed cells typed."""
    b, p = draw(mentah(ukuran=ukuran, minimal=minimal, jinak=jinak))
    return cetak(hitung(perbarui(b)), p)


@st.composite
def buku_berubah(draw: st.DrawFn, *, ukuran: int = 12) -> Buku:
    """A plan whose struktur was edited after its tables were laid out."""
    b, p = draw(mentah(ukuran=ukuran))
    return ubah_struktur(hitung(perbarui(b)), p)


_RUPIAH_BIASA = (0, 1_500_00, 12_345_67, 2_500_000_00, 75_250_000_00, 259_987_000_00, 9_876_543_210_95, -1_000_05)
_ANGKA_BIASA = (0.0, 1.0, 12.0, 65.18, 85.0, 100.0, 1400.0)


def buku_pasti(jumlah: int, benih: int = 7) -> Buku:
    """A plan of so many struktur rows with plain texts, the same in every run, laid out and computed."""
    acak = Random(benih)
    p = Pengisi(acak, Kolam(TEKS_BIASA, _ANGKA_BIASA, _RUPIAH_BIASA), _batas_sen([Level.SUB_KEGIATAN] * jumlah))
    level: list[Level] = [Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH]
    while len(level) < jumlah:
        level.append(Level.PROGRAM)
        for _ in range(4):
            level.extend((Level.KEGIATAN, *([Level.SUB_KEGIATAN] * 8)))
    simpul, indikator = isi_struktur(level[:jumlah], p)
    ada = {i.simpul: i for i in reversed(indikator)}
    indikator = tuple(replace(i, di_evaluasi=True, di_rencana=True) for i in indikator if ada[i.simpul] is i)
    awal = Buku(simpul, indikator).ganti(tabel_bebas(p, 2025))
    rangka = perbarui(awal.ganti(isi_bebas(awal, p)))
    return hitung(perbarui(isi_masukan(rangka, p, peluang_lepas=0.0)))


# ── plans as printed, and edited plans ─────────────────────────────────────────────────────────────────────────


def lima_belas_angka(nilai: Nilai) -> Nilai:
    """A number as somebody would have typed it; computed ones have up to 17 digits."""
    return float(f"{nilai:.15g}") if isinstance(nilai, float) else nilai


def _cetak_baris(spec: TabelSpec, b: Baris, p: Pengisi, simpul: Sequence[Simpul]) -> Baris:
    """The row with constants in its computed cells, and local slips."""
    isi = {k: Sel(lima_belas_angka(s.nilai), s.asli) for k, s in b.sel.items()}
    for kolom in spec.kolom:
        if kolom.peran is Peran.KUNCI or kolom.tersembunyi:
            continue
        salah_hitung = sel_dihitung(spec, b, kolom) and p.mungkin(0.3)
        salah_tulis = kolom.peran is Peran.TAUTAN and p.mungkin(0.15)
        if salah_hitung or salah_tulis:
            isi[kolom.kunci] = Sel(p.nilai(kolom), p.teks_atau_kosong(0.5))
    if spec is T_C_31 and b.simpul and p.mungkin(0.1):
        isi["simpul_kebutuhan"] = Sel(p.acak.choice(simpul).id)
    hasil = replace(b, sel={}).dengan(isi)
    if p.mungkin(0.12):
        hasil = replace(hasil, simpul=None, indikator=None)
    elif p.mungkin(0.1):
        hasil = replace(hasil, indikator=None)
    return hasil


def _pindah_uang(spec: TabelSpec, rows: list[Baris], p: Pengisi) -> list[Baris]:
    """Money printed on the second indicator's row of a node."""
    for n in range(1, len(rows)):
        if rows[n].level is not Level.INDIKATOR_LANJUTAN or not p.mungkin(0.5):
            continue
        for kolom in spec.kolom_uang:
            atas, bawah = rows[n - 1][kolom.kunci], rows[n][kolom.kunci]
            rows[n - 1] = rows[n - 1].dengan({kolom.kunci: bawah})
            rows[n] = rows[n].dengan({kolom.kunci: atas})
    return rows


_TERCETAK = (*TABEL_TERTAUT, *TABEL_BEBAS, CAPAIAN_IKU, DAFTAR_PROGRAM, PEMENUHAN_TARGET)
"""Tables that a print may hold; all others are laid out by the program itself."""


def cetak(buku: Buku, p: Pengisi) -> Buku:
    """A plan as an import finds it: constants, repeated, missing, moved and unlinked rows, two nodes in one row."""
    tabel: dict[str, list[Baris]] = {KALIMAT.kunci: [], TRIWULAN.kunci: []}
    for spec in _TERCETAK:
        rows = [_cetak_baris(spec, b, p, buku.simpul) for b in buku.baris(spec.kunci) if not p.mungkin(0.05)]
        rows = _pindah_uang(spec, rows, p)
        pengenal = PembuatId(spec.awalan_id, (b.id for b in rows))
        for b in [b for b in rows if p.mungkin(0.1)]:
            rows.insert(p.acak.randint(0, len(rows)), replace(b, id=pengenal()))
        if len(rows) > 1 and p.mungkin(0.3):
            n = p.acak.randrange(len(rows) - 1)
            rows[n], rows[n + 1] = rows[n + 1], rows[n]
        if spec in TABEL_TERTAUT and p.mungkin(0.15):
            rows.append(Baris(pengenal(), Level.TOTAL, {}).dengan({k.kunci: p.sel(k) for k in spec.kolom_uang}))
        tabel[spec.kunci] = rows
    return hitung_tak_tercetak(susun_tercetak(buku.ganti(tabel)))


def ubah_struktur(buku: Buku, p: Pengisi) -> Buku:
    """Nodes and indicators renamed, removed, moved and added, in sheet order as the reader would give them."""
    acak = p.acak
    simpul = [replace(s, nama=p.teks()) if p.mungkin(0.2) else s for s in buku.simpul if not p.mungkin(0.15)]
    if len(simpul) > 1 and p.mungkin(0.4):
        simpul.insert(acak.randrange(len(simpul)), simpul.pop(acak.randrange(len(simpul))))
    id_simpul = PembuatId("s", (s.id for s in buku.simpul))
    id_indikator = PembuatId("i", (i.id for i in buku.indikator))
    indikator = []
    for i in buku.indikator:
        if p.mungkin(0.15):
            continue
        indikator.append(replace(i, di_evaluasi=not i.di_evaluasi, satuan=p.teks()) if p.mungkin(0.2) else i)
    for _ in range(acak.randint(0, 2)):
        baru = Simpul(id_simpul(), acak.choice(LEVEL_SIMPUL), p.teks())
        simpul.insert(acak.randint(0, len(simpul)), baru)
    if not simpul:
        simpul.append(Simpul(id_simpul(), Level.PROGRAM, p.teks()))
    berindikator = {i.simpul for i in indikator}
    for s in simpul:
        if s.id not in berindikator or p.mungkin(0.1):
            indikator.append(Indikator(id_indikator(), s.id, p.teks_atau_kosong(), di_evaluasi=True, di_rencana=True))
    ada = {s.id: n for n, s in enumerate(simpul)}
    tersisa = sorted((i for i in indikator if i.simpul in ada), key=lambda i: ada[i.simpul])
    return replace(buku, simpul=induk_menurut_letak(simpul), indikator=tuple(tersisa))


# ── outside of @given ──────────────────────────────────────────────────────────────────────────────────────────


def contoh(strategi: st.SearchStrategy[T], jumlah: int, benih: int) -> list[T]:
    """So many examples of a strategy, the same in every run, for tests that put several plans into one slow call."""
    hasil: list[T] = []

    @seed(benih)
    @settings(
        max_examples=jumlah,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategi)
    def kumpulkan(x: T) -> None:
        hasil.append(x)

    kumpulkan()
    return hasil


def semua_sel(buku: Buku) -> Iterator[tuple[TabelSpec, Baris, KolomSpec, Sel]]:
    """Every cell of every table of a plan that holds something."""
    for spec in SEMUA:
        for b in buku.baris(spec.kunci):
            for kolom in spec.kolom:
                if kolom.kunci in b.sel:
                    yield spec, b, kolom, b.sel[kolom.kunci]
