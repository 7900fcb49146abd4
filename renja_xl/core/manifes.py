"""What a share copy holds, in one canonical form: its manifest, the code made from it, and what differs later.

Cells are known by the id of their row and the key of their column, so that rows which were sorted, inserted or moved are
told as such. Cached values are not content.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256

from renja_xl.core.buku import STRUKTUR
from renja_xl.core.kisi import Tempat
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import BATAS_RUPIAH, tulis_angka, tulis_rp
from renja_xl.core.rumus_sel import Jenis, Kata, Rujukan, urai_rumus
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
        butir = _butir(lembar, d, tempat, sel)
        if butir is not None and not (nama == SAMPUL and butir.sel == sel_kode):
            yield butir
    for r, kolom in terbuka.items():
        yield Butir(nama, "", d.nama_baris(r), "", ISIAN, ",".join(kolom))


def _butir(lembar: LembarMentah, d: Denah, tempat: Tempat, sel: SelMentah) -> Butir | None:
    r, c = tempat
    kolom = d.nama_kolom(c)
    isi = isi_baku(sel, _rupiah(lembar.nama, kolom))
    if isi is None:
        return None
    return Butir(lembar.nama, f"{huruf_kolom(c)}{r}", d.nama_baris(r), kolom, *isi, format_baku(sel.rupa.format))


def _rupiah(lembar: str, kolom: str) -> bool:
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


# ── comparison ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Perubahan:
    """One difference: sheet, cell (empty where it is the sheet's), and what was and is there as a person reads it."""

    lembar: str
    sel: str
    semula: str
    kini: str


@dataclass(frozen=True)
class Perbandingan:
    """What differs between a manifest and a workbook: locked content and cells that may be typed in, apart."""

    perubahan: tuple[Perubahan, ...]
    isian: tuple[Perubahan, ...]


KOSONG, TIADA, ADA = "(kosong)", "(tidak ada)", "(ada)"


def bandingkan(butir: Sequence[Butir], buku: BukuMentah) -> Perbandingan:
    """Differences between a manifest and a workbook's cells, sheet by sheet."""
    perubahan: list[Perubahan] = []
    isian: list[Perubahan] = []
    per_lembar: dict[str, list[Butir]] = {}
    for b in butir:
        per_lembar.setdefault(b.lembar, []).append(b)
    umum = per_lembar.pop("", [])
    perubahan += _beda_buku(umum, set(per_lembar), buku)
    sel_kode = next((b.isi for b in umum if (b.jenis, b.kolom) == (META, "sel_kode")), "")
    pasangan = {n: _Pasangan(isi, buku.lembar[n]) for n, isi in per_lembar.items() if n in buku.lembar}
    makna = _Makna({n.casefold(): p for n, p in pasangan.items()})
    for p in pasangan.values():
        p.bandingkan(makna, sel_kode, perubahan, isian)
    return Perbandingan(tuple(perubahan), tuple(isian))


def _beda_buku(umum: Sequence[Butir], lembar: set[str], buku: BukuMentah) -> Iterator[Perubahan]:
    for nama in sorted(lembar - set(buku.lembar)):
        yield Perubahan(nama, "", "lembar ada", "lembar tidak ada")
    for nama in buku.lembar:
        if nama not in lembar:
            yield Perubahan(nama, "", "lembar tidak ada", "lembar tambahan")
    dulu = {b.kolom: b.isi for b in umum if b.jenis == NAMA}
    kini = {n: rumus_baku(r) for n, r in buku.nama.items()}
    for nama in sorted(dulu.keys() | kini.keys()):
        if dulu.get(nama) != kini.get(nama):
            yield Perubahan("", f"nama {nama}", dulu.get(nama, TIADA), kini.get(nama, TIADA))
    for bagian in buku.bagian_asing:
        yield Perubahan("", "", TIADA, bagian)


class _Pasangan:
    """A sheet in the manifest, and the same sheet now."""

    def __init__(self, butir: Sequence[Butir], lembar: LembarMentah) -> None:
        self.nama, self.lembar = lembar.nama, lembar
        self.butir = [b for b in butir if b.jenis not in {LEMBAR, TABEL, ISIAN, GABUNGAN}]
        self.lain = [b for b in butir if b.jenis in {LEMBAR, TABEL, ISIAN, GABUNGAN}]
        self.dulu = self._denah_dulu()
        self.dikenal = {i: r for r, i in self.dulu.baris.items()}
        self.kini = self._dikenali(denah(lembar, self.dikenal))

    def _dikenali(self, d: Denah) -> Denah:
        """The places with rows that lost their id, but hold what the row of a missing id held, under that id."""
        hilang = set(self.dikenal) - set(d.baris.values())
        if not hilang:
            return d
        isi: dict[int, set[tuple[str, str]]] = {}
        for (r, c), sel in self.lembar.sel.items():
            if d.awal <= r <= d.akhir and d.baris.get(r) not in self.dikenal:
                baku = isi_baku(sel, _rupiah(self.nama, d.nama_kolom(c)))
                if baku is not None and baku[0] != RUMUS:
                    isi.setdefault(r, set()).add((d.nama_kolom(c), baku[1]))
        dulu: dict[str, set[tuple[str, str]]] = {i: set() for i in hilang}
        for b in self.butir:
            if b.baris in hilang and b.jenis != RUMUS:
                dulu[b.baris].add((b.kolom, b.isi))
        baris = dict(d.baris)
        for r, kini in sorted(isi.items()):
            calon = max(dulu, key=lambda i: (len(dulu[i] & kini), i), default=None)
            if calon is not None and 2 * len(dulu[calon] & kini) > len(dulu[calon] | kini):
                baris[r] = calon
                del dulu[calon]
        return Denah(d.kolom, baris, d.awal, d.akhir)

    def _denah_dulu(self) -> Denah:
        spec = SPEC.get(self.nama)
        if spec is None:
            return Denah({}, {})
        kolom, baris = {}, {}
        for b in self.butir:
            r, c = tempat_sel(b.sel)
            if b.kolom in spec.menurut_kunci:
                kolom[c] = b.kolom
            if b.baris[:1] not in "@+":
                baris[r] = b.baris
        rentang = next((b.sel for b in self.lain if b.jenis == TABEL and b.kolom == spec.nama_tabel), None)
        if rentang is None:
            return Denah(kolom, baris)
        atas, _, bawah = rentang.partition(":")
        return Denah(kolom, baris, tempat_sel(atas)[0] + 1, tempat_sel(bawah)[0])

    @cached_property
    def tetap(self) -> bool:
        """Whether every row and column stands where it stood."""
        kini = {c: k for c, k in self.kini.kolom.items() if c in self.dulu.kolom or k in self.dulu.kolom.values()}
        return self.dulu.baris == self.kini.baris and kini == dict(self.dulu.kolom) and self.dulu.awal == self.kini.awal

    def bandingkan(self, makna: _Makna, sel_kode: str, perubahan: list[Perubahan], isian: list[Perubahan]) -> None:
        nama = self.nama
        perubahan += self._beda_lembar()
        dulu = {(b.baris, b.kolom): b for b in self.butir}
        kini: dict[tuple[str, str], tuple[Butir, SelMentah]] = {}
        for tempat, sel in sorted(self.lembar.sel.items()):
            b = _butir(self.lembar, self.kini, tempat, sel)
            if b is not None and not (nama == SAMPUL and b.sel == sel_kode):
                kini[b.baris, b.kolom] = (b, sel)
        terbuka = {b.baris: set(b.isi.split(",")) for b in self.lain if b.jenis == ISIAN}
        hilang = set(self.dikenal) - set(self.kini.baris.values())
        tambahan = {i for i in self.kini.baris.values() if i not in self.dikenal}
        tambahan |= {b.baris for b, _ in kini.values() if b.baris.startswith("?")}
        perubahan += self._beda_baris(hilang, tambahan, dulu, kini)
        for kunci, b in dulu.items():
            if b.baris in hilang:
                continue
            baru = kini[kunci][0] if kunci in kini else None
            boleh = b.kolom in terbuka.get(b.baris, ())
            if baru is None or not self._sama(b, baru, makna):
                ke = isian if boleh else perubahan
                di = baru.sel if baru else self._sel_kini(b)
                ke.append(
                    Perubahan(nama, di, sebut_isi(b.jenis, b.isi), sebut_isi(baru.jenis, baru.isi) if baru else KOSONG)
                )
            elif not boleh and baru.format != b.format:
                perubahan.append(Perubahan(nama, baru.sel, f"format {b.format}", f"format {baru.format}"))
        for kunci, (baru, _) in kini.items():
            if kunci not in dulu and baru.baris not in tambahan:
                ke = isian if baru.kolom in terbuka.get(baru.baris, ()) else perubahan
                ke.append(Perubahan(nama, baru.sel, KOSONG, sebut_isi(baru.jenis, baru.isi)))
        for baru, sel in kini.values():
            if samar(sel):
                perubahan.append(Perubahan(nama, baru.sel, "isi tampak", "isi disamarkan oleh format atau warna sel"))
        for tempat, sel in self.lembar.sel.items():
            r, c = tempat
            baris, kolom = self.kini.nama_baris(r), self.kini.nama_kolom(c)
            boleh = sel.rupa.terkunci or baris in tambahan or kolom in terbuka.get(baris, ())
            if not boleh and ((baris, kolom) in kini or kolom in self.kini.kolom.values()):
                perubahan.append(Perubahan(nama, f"{huruf_kolom(c)}{r}", "sel terkunci", "sel tidak terkunci"))

    def _sama(self, lama: Butir, baru: Butir, makna: _Makna) -> bool:
        if (lama.jenis, lama.isi) == (baru.jenis, baru.isi):
            return lama.jenis != RUMUS or makna.tetap(lama, self.nama) or makna(self, lama, baru)
        if lama.jenis != RUMUS or baru.jenis != RUMUS:
            return False
        if lama.isi.replace("$", "") == baru.isi.replace("$", "") and lama.sel == baru.sel:
            return True
        return not makna.tetap(lama, self.nama) and makna(self, lama, baru)

    def _sel_kini(self, b: Butir) -> str:
        """Where a cell that is blank now would stand."""
        r = next((r for r, i in self.kini.baris.items() if i == b.baris), None)
        c = next((c for c, k in self.kini.kolom.items() if k == b.kolom), None)
        lama_r, lama_c = tempat_sel(b.sel)
        return f"{huruf_kolom(c or lama_c)}{r or lama_r}"

    def _beda_baris(
        self,
        hilang: set[str],
        tambahan: set[str],
        dulu: Mapping[tuple[str, str], Butir],
        kini: Mapping[tuple[str, str], tuple[Butir, SelMentah]],
    ) -> Iterator[Perubahan]:
        """Rows that are gone, new, or in another order; each told once."""
        for i in sorted(hilang, key=lambda i: self.dikenal[i]):
            yield Perubahan(
                self.nama, f"baris {self.dikenal[i]}", self._sebut(b for b in dulu.values() if b.baris == i), TIADA
            )
        baris_tambahan = sorted({(tempat_sel(b.sel)[0], b.baris) for b, _ in kini.values() if b.baris in tambahan})
        for r, i in baris_tambahan:
            yield Perubahan(self.nama, f"baris {r}", TIADA, self._sebut(b for b, _ in kini.values() if b.baris == i))
        bersama = [(r, i) for r, i in sorted(self.kini.baris.items()) if i in self.dikenal]
        tetap = _naik([self.dikenal[i] for _, i in bersama])
        for n, (r, i) in enumerate(bersama):
            if n not in tetap:
                sebut = self._sebut(b for b in dulu.values() if b.baris == i)
                yield Perubahan(
                    self.nama, f"baris {r}", f"{sebut} di baris {self.dikenal[i]}", f"dipindah ke baris {r}"
                )

    def _sebut(self, butir: Iterable[Butir]) -> str:
        """What a row is about, in few words."""
        spec = SPEC[self.nama]
        tampak = {k.kunci: n for n, k in enumerate(spec.kolom) if not k.tersembunyi}
        isi = sorted((tampak[b.kolom], b.isi) for b in butir if b.kolom in tampak and b.jenis == TEKS)
        return f"baris “{' · '.join(t[:60] for _, t in isi[:3])}”" if isi else "baris"

    def _beda_lembar(self) -> Iterator[Perubahan]:
        nama, lembar = self.nama, self.lembar
        sembunyi = any(b.jenis == LEMBAR and not b.kolom and b.isi == "tersembunyi" for b in self.lain)
        if lembar.tersembunyi != sembunyi:
            kata = ("tampil", "tersembunyi")
            yield Perubahan(nama, "", f"lembar {kata[sembunyi]}", f"lembar {kata[lembar.tersembunyi]}")
        if not lembar.terlindung:
            yield Perubahan(nama, "", "lembar dilindungi", "perlindungan lembar dibuka")
        dulu = {b.kolom for b in self.lain if b.jenis == LEMBAR and b.kolom}
        for c in sorted(lembar.kolom_tersembunyi):
            if self.kini.nama_kolom(c) not in dulu and any(k == c and not s.kosong for (_, k), s in lembar.sel.items()):
                yield Perubahan(nama, f"kolom {huruf_kolom(c)}", "kolom tampil", "kolom disembunyikan")
        if not lembar.tersaring:  # rows that a filter hides are a view of the reader's, which the filter's mark shows
            for r in sorted(lembar.baris_tersembunyi):
                if any(k == r and not s.kosong for (k, _), s in lembar.sel.items()):
                    yield Perubahan(nama, f"baris {r}", "baris tampil", "baris disembunyikan")
        if lembar.bergambar:
            yield Perubahan(nama, "", TIADA, "gambar atau kotak teks di atas sel")
        if lembar.bersamaran:
            yield Perubahan(nama, "", TIADA, "format bersyarat yang menyamarkan isi sel")
        tabel = {b.kolom for b in self.lain if b.jenis == TABEL}
        for t in sorted(tabel ^ set(lembar.tabel)):
            ada = ("tabel ada", "tabel tidak ada")
            yield Perubahan(nama, t, ada[t not in tabel], ada[t in tabel])
        gabung = {b.sel for b in self.lain if b.jenis == GABUNGAN}
        if self.tetap:
            for g in sorted(gabung ^ set(lembar.gabungan)):
                yield Perubahan(nama, g, "sel digabung" if g in gabung else "sel tidak digabung",
                                "sel tidak digabung" if g in gabung else "sel digabung")  # fmt: skip


class _Makna:
    """Formulas by what they refer to, whatever row it stands in now."""

    def __init__(self, pasangan: Mapping[str, _Pasangan]) -> None:
        self._pasangan = pasangan

    def tetap(self, b: Butir, lembar: str) -> bool:
        """Whether no sheet that a formula looks at was laid out anew: then its text must be the same."""
        nama = {lembar.casefold()} | {r.lembar.casefold() for k in urai_rumus(b.isi) if (r := k.rujukan) and r.lembar}
        return all(n not in self._pasangan or self._pasangan[n].tetap for n in nama)

    def __call__(self, p: _Pasangan, lama: Butir, baru: Butir) -> bool:
        """Whether two formulas refer to the same rows and columns."""
        return self._bentuk(lama.isi, p, _dulu) == self._bentuk(baru.isi, p, _kini)

    def _bentuk(self, rumus: str, sendiri: _Pasangan, pilih: Callable[[_Pasangan], Denah]) -> str:
        bagian = []
        for k in urai_rumus(rumus):
            r = k.rujukan
            p = None if r is None else self._pasangan.get(r.lembar.casefold()) if r.lembar else sendiri
            bagian.append(k.teks if r is None or p is None else _rujukan_baku(r, p, pilih(p)))
        return "".join(bagian)


def _dulu(p: _Pasangan) -> Denah:
    return p.dulu


def _kini(p: _Pasangan) -> Denah:
    return p.kini


def _rujukan_baku(r: Rujukan, p: _Pasangan, d: Denah) -> str:
    dikenal = [n for n, i in d.baris.items() if i in p.dikenal]
    if dikenal and r.b1 <= min(dikenal) and r.b2 >= max(dikenal):
        baris = "*"
    else:
        baris = d.nama_baris(r.b1) if r.b1 == r.b2 else f"{d.nama_baris(r.b1)}..{d.nama_baris(r.b2)}"
    kolom = d.nama_kolom(r.k1) if r.k1 == r.k2 else f"{d.nama_kolom(r.k1)}..{d.nama_kolom(r.k2)}"
    return f"<{p.nama}!{kolom}@{baris}>"


def _naik(angka: Sequence[int]) -> set[int]:
    """Indices of a longest increasing run: what did not move."""
    ekor: list[int] = []
    indeks: list[int] = []
    sebelum: list[int] = []
    for n, v in enumerate(angka):
        k = bisect_left(ekor, v)
        sebelum.append(indeks[k - 1] if k else -1)
        ekor[k:] = [v, *ekor[k + 1 :]]
        indeks[k:] = [n, *indeks[k + 1 :]]
    hasil: set[int] = set()
    n = indeks[-1] if indeks else -1
    while n >= 0:
        hasil.add(n)
        n = sebelum[n]
    return hasil


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


# ── what is there and does not show ───────────────────────────────────────────────────────────────────────────

_KONTRAS_TERENDAH = 1.5


def samar(sel: SelMentah) -> bool:
    """Whether a cell's look hides what it holds."""
    if kontras_rendah(sel.rupa.huruf, sel.rupa.latar):
        return True
    return menyamarkan(sel.rupa.format, sel.nilai)


def kontras_rendah(huruf: str | None, latar: str | None) -> bool:
    """Whether letters can hardly be told from their ground; colours that are not known can."""
    return huruf is not None and latar is not None and kontras(huruf, latar) < _KONTRAS_TERENDAH


@lru_cache(maxsize=1_024)
def kontras(a: str, b: str) -> float:
    """Contrast ratio of two colours (``RRGGBB``) as WCAG 2 defines it: 1 to 21."""

    def terang(warna: str) -> float:
        kanal = [int(warna[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        r, g, u = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanal)
        return 0.2126 * r + 0.7152 * g + 0.0722 * u

    x, y = sorted((terang(a), terang(b)))
    return (y + 0.05) / (x + 0.05)


def menyamarkan(kode: str, nilai: float | str | bool | None) -> bool:
    """Whether a number format shows nothing of a value, or a text of its own in its place."""
    bagian = re.split(r""";(?=(?:[^"]*"[^"]*")*[^"]*$)""", kode)
    if isinstance(nilai, str):
        return len(bagian) > 3 and "@" not in bagian[3]
    if nilai is None or isinstance(nilai, bool):
        return kode.count(";") >= 2 and not any(re.search(r"[0#?@]|general", b, re.IGNORECASE) for b in bagian)
    n = 0 if len(bagian) < 2 or nilai > 0 else 1 if nilai < 0 else 2 if len(bagian) > 2 else 0
    polos = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", bagian[n])
    return re.search(r"[0#?@]|general|[ymdhs]", polos, re.IGNORECASE) is None
