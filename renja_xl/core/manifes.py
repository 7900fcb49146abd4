"""What a share copy holds, in one canonical form: its manifest, and the code made from it.

Cells are known by the id of their row and the key of their column, so that rows which were sorted, inserted or moved are
told as such. Cached values are not content.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from renja_xl.core.buku import STRUKTUR
from renja_xl.core.kisi import Tempat
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import BATAS_RUPIAH, tulis_angka, tulis_rp
from renja_xl.core.rumus_sel import Jenis, Kata, urai_rumus
from renja_xl.tabel import CATATAN_PERBAIKAN
from renja_xl.tabel.berbagi import LEMBAR_BERBAGI, SAMPUL, VERIFIKASI
from renja_xl.tabel.spec import TabelSpec, Tipe

SPEC: Mapping[str, TabelSpec] = {s.lembar: s for s in (*LEMBAR_BERBAGI, CATATAN_PERBAIKAN)}
"""Tables by the sheets of a share copy."""

_KOLOM_ID = {STRUKTUR: "indikator_id", VERIFIKASI.lembar: "simpul"}
_ABJAD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, which are read as other signs."""
_PANJANG_KODE, _KELOMPOK_KODE = 12, 4

RUMUS, RUPIAH, ANGKA, TEKS, LOGIKA = "rumus", "rupiah", "angka", "teks", "logika"
"""Kinds of content."""
KOSONG = "(kosong)"
"""How a blank cell reads."""
META, LEMBAR, TABEL, NAMA, ISIAN, GABUNGAN = "berkas", "lembar", "tabel", "nama", "isian", "gabungan"
"""Kinds of rows that are not about one cell's content."""


# ── a workbook's sheets as they are ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Rupa:
    """How a cell looks: number format, lock, colours of letters and ground (``RRGGBB``; None where not known)."""

    format: str = "General"
    terkunci: bool = True
    huruf: str | None = "000000"
    latar: str | None = "FFFFFF"


POLOS = Rupa()


@dataclass(frozen=True, slots=True)
class SelMentah:
    """A cell as a file has it: value (numbers ``float``), formula without ``=``, look."""

    nilai: float | str | bool | None = None
    rumus: str | None = None
    rupa: Rupa = POLOS

    @property
    def kosong(self) -> bool:
        return self.rumus is None and (self.nilai is None or self.nilai == "")


@dataclass(frozen=True)
class LembarMentah:
    """A sheet as a file has it; ``tabel`` are ranges (row, column, last row, last column) by table name."""

    nama: str
    sel: Mapping[Tempat, SelMentah]
    tabel: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    tersembunyi: bool = False
    terlindung: bool = False
    tersaring: bool = False
    bergambar: bool = False
    bersamaran: bool = False
    """Whether a conditional format hides what cells hold."""
    baris_tersembunyi: frozenset[int] = frozenset()
    kolom_tersembunyi: frozenset[int] = frozenset()
    gabungan: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BukuMentah:
    """A workbook as a file has it.

    Attributes:
        lembar: sheets by name; the manifest's is no content.
        nama: defined names with what they stand for.
        bagian_asing: parts that run or fetch something.
    """

    lembar: Mapping[str, LembarMentah]
    nama: Mapping[str, str] = field(default_factory=dict)
    bagian_asing: tuple[str, ...] = ()


# ── canonical content ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Butir:
    """One row of the manifest."""

    lembar: str
    sel: str
    baris: str
    kolom: str
    jenis: str
    isi: str
    format: str = ""

    @property
    def sebaris(self) -> tuple[str, ...]:
        return (self.lembar, self.sel, self.baris, self.kolom, self.jenis, self.isi, self.format)

    @property
    def kunci(self) -> tuple[str, str, str]:
        return self.lembar, self.baris, self.kolom


def teks_baku(teks: str) -> str:
    """Text in NFC with LF."""
    return unicodedata.normalize("NFC", teks.replace("\r\n", "\n").replace("\r", "\n"))


def angka_baku(nilai: float) -> str:
    """A number to 12 significant digits."""
    return f"{nilai + 0.0:.12g}" if nilai else "0"


@lru_cache(maxsize=16_384)
def rumus_baku(rumus: str) -> str:
    """A formula without what programs write differently: spaces and letter case outside of texts, quotes of sheet names."""
    return "".join(_kata_baku(k) for k in urai_rumus(rumus.strip().removeprefix("=")))


def _kata_baku(k: Kata) -> str:
    match k.jenis:
        case Jenis.TEKS:
            return teks_baku(k.teks)
        case Jenis.SPASI:
            return ""
        case Jenis.ANGKA:
            return angka_baku(float(k.teks))
        case Jenis.RUJUKAN:
            awalan, seru, sel = k.teks.rpartition("!")
            if not seru:
                return sel.upper()
            nama = awalan[1:-1] if awalan.startswith("'") else awalan
            return f"'{nama.upper()}'!{sel.upper()}"
        case _:
            return k.teks.upper().removeprefix("_XLFN.")


_LOKAL = re.compile(r"\[\$-[0-9A-Fa-f]+\]")


@lru_cache(maxsize=1_024)
def format_baku(kode: str) -> str:
    """A number format without what programs write differently."""
    polos = _LOKAL.sub("", kode).replace("\\", "").replace('"', "").strip()
    return "General" if polos.casefold() in {"general", "standard", ""} else polos


def isi_baku(sel: SelMentah, rupiah: bool) -> tuple[str, str] | None:
    """Kind and canonical content of a cell; None for a blank one."""
    if sel.rumus is not None:
        return RUMUS, rumus_baku(sel.rumus)
    v = sel.nilai
    if v is None or v == "":
        return None
    if isinstance(v, bool):
        return LOGIKA, "benar" if v else "salah"
    if isinstance(v, str):
        return TEKS, teks_baku(v)
    if rupiah and abs(v) < BATAS_RUPIAH and abs(v * 100 - round(v * 100)) <= max(1e-6, 8 * math.ulp(v * 100)):
        return RUPIAH, str(round(v * 100))
    return ANGKA, angka_baku(v)


def sebut_isi(jenis: str, isi: str) -> str:
    """Content as a person reads it; a manifest that somebody wrote may say anything."""
    if jenis == RUMUS:
        return f"={isi}"
    if jenis == RUPIAH and re.fullmatch(r"-?\d{1,20}", isi, re.ASCII):
        return tulis_rp(int(isi))
    if jenis == ANGKA and re.fullmatch(r"-?\d{1,20}(\.\d{1,20})?", isi, re.ASCII):
        return tulis_angka(float(isi), 12)
    return isi


# ── places that survive sorting ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Denah:
    """Where rows and columns of a sheet stand.

    Attributes:
        kolom: key by column number; columns of no table are called by their letters.
        baris: id by row number, of the rows between ``awal`` and ``akhir``; rows above and below are counted from them.
    """

    kolom: Mapping[int, str]
    baris: Mapping[int, str]
    awal: int = 0
    akhir: int = -1

    def nama_baris(self, r: int) -> str:
        if self.akhir < self.awal or r < self.awal:
            return f"@{r - self.awal}"
        return f"+{r - self.akhir}" if r > self.akhir else self.baris.get(r, f"?{r}")

    def nama_kolom(self, c: int) -> str:
        return self.kolom.get(c) or huruf_kolom(c)


def denah(lembar: LembarMentah, dikenal: Mapping[str, int] | None = None) -> Denah:
    """Rows and columns of a sheet by what stands in it.

    Args:
        dikenal: rows of known ids, where the sheet was laid out once; without, every row of the table is one.
    """
    spec = SPEC.get(lembar.nama)
    if spec is None:
        return Denah({}, {})
    kepala, kolom = _kepala(lembar, spec)
    letak = {k: c for c, k in kolom.items()}
    kolom_id = letak.get(_KOLOM_ID.get(spec.lembar, "id"), 0)
    rentang = lembar.tabel.get(spec.nama_tabel)
    akhir = rentang[2] if rentang else kepala
    baris: dict[int, str] = {}
    ada: set[str] = set()
    tempat_id = {
        r: v
        for (r, c), sel in lembar.sel.items()
        if c == kolom_id and r > kepala and isinstance(v := sel.nilai, str) and v
    }
    for r in sorted(tempat_id):
        if dikenal is not None or r <= akhir:
            n, nama = 1, tempat_id[r]
            while nama in ada:
                n += 1
                nama = f"{tempat_id[r]}#{n}"
            ada.add(nama)
            baris[r] = nama
    akhir = max(akhir, *baris, kepala) if baris else max(akhir, kepala)
    return Denah(kolom, baris, kepala + 1, akhir)


def _kepala(lembar: LembarMentah, spec: TabelSpec) -> tuple[int, dict[int, str]]:
    """Row of the column numbers, and the key of each column; one that is gone is taken to stand where it belongs."""
    nomor = {k.nomor.casefold(): k.kunci for k in spec.kolom}
    calon: dict[int, dict[int, str]] = {}
    for (r, c), sel in lembar.sel.items():
        kunci = nomor.get(str(sel.nilai).removesuffix(".0").casefold()) if sel.nilai is not None else None
        if kunci is not None and kunci not in calon.setdefault(r, {}).values():
            calon[r][c] = kunci
    asli = spec.baris_nomor
    r = max(calon, key=lambda n: (len(calon[n]), n == asli, -n), default=asli)
    kolom = calon.get(r, {})
    hilang = set(spec.menurut_kunci) - set(kolom.values())
    for kunci in hilang:
        kolom.setdefault(spec.letak_kolom[kunci], kunci)
    return r, kolom


# ── the manifest ──────────────────────────────────────────────────────────────────────────────────────────────


def susun_manifes(buku: BukuMentah, meta: Mapping[str, str]) -> list[Butir]:
    """The rows of a manifest, in the order of sheets, rows and columns.

    Args:
        meta: what the copy claims (agency, year, stage, revision, …); ``sel_kode`` is the cover's cell with the code.
    """
    hasil = [Butir("", "", "", k, META, v) for k, v in meta.items()]
    for nama, rumus in sorted(buku.nama.items()):
        hasil.append(Butir("", "", "", nama, NAMA, rumus_baku(rumus)))
    for lembar in buku.lembar.values():
        hasil += _butir_lembar(lembar, denah(lembar), meta.get("sel_kode", ""))
    return hasil


def _butir_lembar(lembar: LembarMentah, d: Denah, sel_kode: str) -> Iterator[Butir]:
    nama = lembar.nama
    yield Butir(nama, "", "", "", LEMBAR, "tersembunyi" if lembar.tersembunyi else "tampil")
    for tabel, (r1, c1, r2, c2) in sorted(lembar.tabel.items()):
        yield Butir(nama, f"{huruf_kolom(c1)}{r1}:{huruf_kolom(c2)}{r2}", "", tabel, TABEL, "")
    for c in sorted(lembar.kolom_tersembunyi):
        yield Butir(nama, "", "", d.nama_kolom(c), LEMBAR, "kolom tersembunyi")
    for rentang in sorted(lembar.gabungan):
        yield Butir(nama, rentang, "", "", GABUNGAN, "")
    terbuka: dict[int, list[str]] = {}
    for tempat, sel in sorted(lembar.sel.items()):
        r, c = tempat
        if not sel.rupa.terkunci:
            terbuka.setdefault(r, []).append(d.nama_kolom(c))
        butir = butir_sel(lembar, d, tempat, sel)
        if butir is not None and not (nama == SAMPUL and butir.sel == sel_kode):
            yield butir
    for r, kolom in terbuka.items():
        yield Butir(nama, "", d.nama_baris(r), "", ISIAN, ",".join(kolom))


def butir_sel(lembar: LembarMentah, d: Denah, tempat: Tempat, sel: SelMentah) -> Butir | None:
    r, c = tempat
    kolom = d.nama_kolom(c)
    isi = isi_baku(sel, kolom_rupiah(lembar.nama, kolom))
    if isi is None:
        return None
    return Butir(lembar.nama, f"{huruf_kolom(c)}{r}", d.nama_baris(r), kolom, *isi, format_baku(sel.rupa.format))


def kolom_rupiah(lembar: str, kolom: str) -> bool:
    spec = SPEC.get(lembar)
    k = spec.menurut_kunci.get(kolom) if spec else None
    return k is not None and k.tipe is Tipe.RUPIAH


def kode_verifikasi(butir: Iterable[Butir]) -> str:
    """Twelve signs in groups of four from the SHA-256 of a manifest: 60 bits."""
    teks = "\n".join(
        "\t".join(s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") for s in b.sebaris) for b in butir
    )
    angka = int.from_bytes(sha256(teks.encode()).digest(), "big")
    tanda = [_ABJAD[angka >> (256 - 5 * (n + 1)) & 31] for n in range(_PANJANG_KODE)]
    return "-".join("".join(tanda[n : n + _KELOMPOK_KODE]) for n in range(0, _PANJANG_KODE, _KELOMPOK_KODE))


def kode_terbaca(kode: str) -> str:
    """A code as typed from paper, in its own signs: case, groups, and letters that look like digits do not matter."""
    polos = re.sub(r"[^0-9A-Z]", "", kode.upper()).translate(str.maketrans("OIL", "011"))
    return "-".join(polos[n : n + _KELOMPOK_KODE] for n in range(0, len(polos), _KELOMPOK_KODE))


_SEL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def tempat_sel(sel: str) -> Tempat:
    """Row and column of an address; 0, 0 where it is none."""
    m = _SEL.match(sel)
    if m is None:
        return 0, 0
    kolom = 0
    for ch in m[1]:
        kolom = kolom * 26 + ord(ch) - 64
    return int(m[2]), kolom
