"""What differs between a manifest and a workbook: cells, rows, and what hides them; each told once.

Rows are compared by their ids, formulas by what they refer to, so that rows which were sorted, inserted or moved are told as
such.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from renja_xl.core.letak import huruf_kolom
from renja_xl.core.manifes import (
    GABUNGAN,
    ISIAN,
    KOSONG,
    LEMBAR,
    META,
    NAMA,
    RUMUS,
    SPEC,
    TABEL,
    TEKS,
    BukuMentah,
    Butir,
    Denah,
    LembarMentah,
    SelMentah,
    butir_sel,
    denah,
    isi_baku,
    kolom_rupiah,
    rumus_baku,
    sebut_isi,
    tempat_sel,
)
from renja_xl.core.rumus_sel import Rujukan, urai_rumus
from renja_xl.core.samaran import samar
from renja_xl.tabel.berbagi import SAMPUL


@dataclass(frozen=True, slots=True)
class Perubahan:
    """One difference: sheet, cell (empty where it is the sheet's), and what was and is there as a person reads it."""

    lembar: str
    sel: str
    semula: str
    kini: str


@dataclass(frozen=True, slots=True)
class BedaSel:
    """One cell whose content differs, in a row that both have.

    Attributes:
        baris: id of its row; kolom: key of its column.
        sel: where it stands now.
        dulu: what the manifest says; None for a blank one.
        nilai: the cell as the file has it now; None for a blank one.
        terbuka: whether it may be typed in.
    """

    lembar: str
    baris: str
    kolom: str
    sel: str
    dulu: Butir | None
    nilai: SelMentah | None
    terbuka: bool


@dataclass(frozen=True)
class BedaBaris:
    """A row that only one of both has.

    Attributes:
        nomor: its sheet row, of one that is gone the former.
        isi: kind and canonical content by column.
        nilai: its cells as the file has them now, by column; none where it is gone.
        hilang: whether it is gone.
    """

    lembar: str
    baris: str
    nomor: int
    isi: Mapping[str, tuple[str, str]]
    nilai: Mapping[str, SelMentah]
    hilang: bool


@dataclass(frozen=True)
class Perbandingan:
    """What differs between a manifest and a workbook: locked content and cells that may be typed in, apart.

    Attributes:
        sel: the same cell by cell; baris: rows that came or went.
        denah: where rows and columns of each sheet stand now.
    """

    perubahan: tuple[Perubahan, ...]
    isian: tuple[Perubahan, ...]
    sel: tuple[BedaSel, ...] = ()
    baris: tuple[BedaBaris, ...] = ()
    denah: Mapping[str, Denah] = field(default_factory=dict, compare=False)


TIADA = "(tidak ada)"


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
    sel: list[BedaSel] = []
    baris: list[BedaBaris] = []
    for p in pasangan.values():
        beda_sel, beda_baris, lain = p.bandingkan(makna, sel_kode)
        perubahan += lain
        for x in beda_sel:
            (isian if x.terbuka else perubahan).append(_sebut_beda(x))
        sel += beda_sel
        baris += beda_baris
    letak = {p.nama: p.kini for p in pasangan.values()}
    return Perbandingan(tuple(perubahan), tuple(isian), tuple(sel), tuple(baris), letak)


def _sebut_beda(x: BedaSel) -> Perubahan:
    baku = isi_baku(x.nilai, kolom_rupiah(x.lembar, x.kolom)) if x.nilai else None
    semula = sebut_isi(x.dulu.jenis, x.dulu.isi) if x.dulu else KOSONG
    kini = sebut_isi(*baku) if baku else KOSONG
    if baku and kini == semula:  # the same letters: of a formula where rows came or went, or of a number made text
        kini += ", yang kini menunjuk baris atau kolom lain" if baku[0] == RUMUS else f" ({baku[0]})"
    return Perubahan(x.lembar, x.sel, semula, kini)


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
                baku = isi_baku(sel, kolom_rupiah(self.nama, d.nama_kolom(c)))
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

    def bandingkan(self, makna: _Makna, sel_kode: str) -> tuple[list[BedaSel], list[BedaBaris], list[Perubahan]]:
        """Cells that differ, rows that came or went, and all differences but those of single cells."""
        nama = self.nama
        lain = list(self._beda_lembar())
        sel_beda: list[BedaSel] = []
        dulu = {(b.baris, b.kolom): b for b in self.butir}
        kini: dict[tuple[str, str], tuple[Butir, SelMentah]] = {}
        for tempat, sel in sorted(self.lembar.sel.items()):
            b = butir_sel(self.lembar, self.kini, tempat, sel)
            if b is not None and not (nama == SAMPUL and b.sel == sel_kode):
                kini[b.baris, b.kolom] = (b, sel)
        terbuka = {b.baris: set(b.isi.split(",")) for b in self.lain if b.jenis == ISIAN}
        hilang = set(self.dikenal) - set(self.kini.baris.values())
        tambahan = {i for i in self.kini.baris.values() if i not in self.dikenal}
        tambahan |= {b.baris for b, _ in kini.values() if b.baris.startswith("?")}
        baris = [*self._hilang(hilang, dulu), *self._tambahan(tambahan, kini)]
        lain += map(self._sebut_baris, baris)
        lain += self._beda_urutan(dulu)
        for kunci, b in dulu.items():
            if b.baris in hilang:
                continue
            baru, ada = kini.get(kunci, (None, None))
            boleh = b.kolom in terbuka.get(b.baris, ())
            if baru is None or not self._sama(b, baru, makna):
                sel_beda.append(BedaSel(nama, *kunci, baru.sel if baru else self._sel_kini(b), b, ada, boleh))
            elif not boleh and baru.format != b.format:
                lain.append(Perubahan(nama, baru.sel, f"format {b.format}", f"format {baru.format}"))
        for kunci, (baru, ada) in kini.items():
            if kunci not in dulu and baru.baris not in tambahan:
                boleh = baru.kolom in terbuka.get(baru.baris, ())
                sel_beda.append(BedaSel(nama, *kunci, baru.sel, None, ada, boleh))
        for baru, sel in kini.values():
            if samar(sel):
                lain.append(Perubahan(nama, baru.sel, "isi tampak", "isi disamarkan oleh format atau warna sel"))
        for (r, c), sel in self.lembar.sel.items():
            i, kolom = self.kini.nama_baris(r), self.kini.nama_kolom(c)
            boleh = sel.rupa.terkunci or i in tambahan or kolom in terbuka.get(i, ())
            if not boleh and ((i, kolom) in kini or kolom in self.kini.kolom.values()):
                lain.append(Perubahan(nama, f"{huruf_kolom(c)}{r}", "sel terkunci", "sel tidak terkunci"))
        return sel_beda, baris, lain

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

    def _hilang(self, hilang: set[str], dulu: Mapping[tuple[str, str], Butir]) -> Iterator[BedaBaris]:
        for i in sorted(hilang, key=lambda i: self.dikenal[i]):
            isi = {k: (b.jenis, b.isi) for (baris, k), b in dulu.items() if baris == i}
            yield BedaBaris(self.nama, i, self.dikenal[i], isi, {}, True)

    def _tambahan(
        self, tambahan: set[str], kini: Mapping[tuple[str, str], tuple[Butir, SelMentah]]
    ) -> Iterator[BedaBaris]:
        for r, i in sorted({(tempat_sel(b.sel)[0], b.baris) for b, _ in kini.values() if b.baris in tambahan}):
            milik = {k: x for (baris, k), x in kini.items() if baris == i}
            isi = {k: (b.jenis, b.isi) for k, (b, _) in milik.items()}
            yield BedaBaris(self.nama, i, r, isi, {k: sel for k, (_, sel) in milik.items()}, False)

    def _sebut_baris(self, x: BedaBaris) -> Perubahan:
        sebut = self._sebut(x.isi)
        return Perubahan(self.nama, f"baris {x.nomor}", sebut if x.hilang else TIADA, TIADA if x.hilang else sebut)

    def _beda_urutan(self, dulu: Mapping[tuple[str, str], Butir]) -> Iterator[Perubahan]:
        """Rows in another order; each told once."""
        bersama = [(r, i) for r, i in sorted(self.kini.baris.items()) if i in self.dikenal]
        tetap = _naik([self.dikenal[i] for _, i in bersama])
        for n, (r, i) in enumerate(bersama):
            if n not in tetap:
                sebut = self._sebut({k: (b.jenis, b.isi) for (baris, k), b in dulu.items() if baris == i})
                yield Perubahan(
                    self.nama, f"baris {r}", f"{sebut} di baris {self.dikenal[i]}", f"dipindah ke baris {r}"
                )

    def _sebut(self, isi: Mapping[str, tuple[str, str]]) -> str:
        """What a row is about, in few words."""
        tampak = [k.kunci for k in SPEC[self.nama].kolom if not k.tersembunyi]
        teks = [isi[k][1][:60] for k in tampak if k in isi and isi[k][0] == TEKS]
        return f"baris “{' · '.join(teks[:3])}”" if teks else "baris"

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
