"""What of a master's form differs from another's: sheets and headings under other names, formulas that were replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from renja_xl.core.buku import Baris, Nilai
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import tulis
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.excel.baca import Terbaca
from renja_xl.excel.kepala import BARIS_JUDUL, sel_kepala
from renja_xl.excel.paket import Paket
from renja_xl.excel.rumus import PenyusunRumus, udf_aktif
from renja_xl.excel.setempat import setara_rumus
from renja_xl.excel.tambal import rakit
from renja_xl.tabel import KALIMAT, MENURUT_KUNCI, PENAMPIL, SEMUA, TABEL_RENCANA
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe, satu_baris

_SHEET = re.compile(rb"""(<(?:[\w.-]+:)?sheet\s[^>]*?\bname\s*=\s*)(["'])(.*?)\2""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class JudulBeda:
    """A heading that reads otherwise."""

    lembar: str
    sel: str
    lama: str
    baru: str


@dataclass(frozen=True, slots=True)
class RumusBeda:
    """A computed cell whose formula differs: a formula with its ``=``, or what was typed over it."""

    tabel: str
    sel: str
    baris: Baris
    kolom: KolomSpec
    lama: str
    baru: str


@dataclass(frozen=True, slots=True)
class BentukBeda:
    """All of it."""

    lembar: tuple[tuple[str, str], ...] = ()
    judul: tuple[JudulBeda, ...] = ()
    rumus: tuple[RumusBeda, ...] = ()

    @property
    def kosong(self) -> bool:
        return not (self.lembar or self.judul or self.rumus)


# ── sheets ────────────────────────────────────────────────────────────────────────────────────────────────────


def kenali_lembar(paket: Paket) -> tuple[Paket, dict[str, str]]:
    """The package with our sheets under their own names, known by their tables, and what those are called in the file."""
    hilang = {s.nama_tabel: s.lembar for s in SEMUA if s.lembar not in paket.lembar}
    milik = {s.lembar for s in SEMUA}
    nama: dict[str, str] = {}
    for tertulis, bagian in paket.lembar.items():
        if tertulis in milik:
            continue
        for target, jenis, _ in paket.relasi(bagian):
            if jenis.endswith("/table") and target in paket:
                u = next((u for u in paket.unsur(target) if u.nama == "table"), None)
                lembar = hilang.get(u.atribut.get("displayName", "")) if u is not None else None
                if lembar is not None:
                    nama[tertulis] = lembar
    if not nama:
        return paket, {}

    def ganti(m: re.Match[bytes]) -> bytes:
        ada = nama.get(unescape(m[3].decode(errors="replace")))
        return m[0] if ada is None else m[1] + m[2] + escape(ada).encode() + m[2]

    kerangka = _SHEET.sub(ganti, paket.isi(paket.buku))
    return Paket(paket.path, rakit(paket, {paket.buku: kerangka})), {v: k for k, v in nama.items()}


# ── both ──────────────────────────────────────────────────────────────────────────────────────────────────────


def banding_bentuk(
    lama: Terbaca,
    baru: Terbaca,
    nama_lama: Mapping[str, str],
    nama_baru: Mapping[str, str],
    baris: Mapping[str, Mapping[str, str]],
) -> BentukBeda:
    """What differs in form.

    Args:
        nama_lama, nama_baru: names of our sheets in the files, where they are others.
        baris: rows of the newer workbook, and what they are called in the older one, by table.
    """
    lembar = tuple(
        (nama_lama.get(s.lembar, s.lembar), nama_baru.get(s.lembar, s.lembar))
        for s in SEMUA
        if nama_lama.get(s.lembar) != nama_baru.get(s.lembar)
    )
    return BentukBeda(lembar, tuple(_judul(lama, baru)), tuple(_rumus(lama, baru, nama_lama, nama_baru, baris)))


def _judul(lama: Terbaca, baru: Terbaca) -> Iterator[JudulBeda]:
    for spec in SEMUA:
        if spec.kunci not in lama.kepala or spec.kunci not in baru.kepala:
            continue
        kiri, kanan = sel_kepala(spec, lama.buku), sel_kepala(spec, baru.buku)
        for a, z in zip(kiri, kanan, strict=True):
            (_, x), (sel, y) = (_tertulis(t, spec, k.atas, k.kiri) for t, k in ((lama, a), (baru, z)))
            if x != y and not (x == a.teks and y == z.teks):
                yield JudulBeda(spec.lembar, sel, satu_baris(x), satu_baris(y))


def _tertulis(t: Terbaca, spec: TabelSpec, atas: int, kiri: int) -> tuple[str, str]:
    """Address and text of a cell of the head, wherever it stands now."""
    kepala = t.kepala[spec.kunci]
    r = atas + len(kepala) - spec.baris_nomor
    c = 0 if atas == BARIS_JUDUL else t.letak.kolom[spec.kunci].get(spec.kolom[kiri].kunci, 1) - 1
    isi = kepala[r][c] if 0 <= r < len(kepala) and c < len(kepala[r]) else ""
    return f"{huruf_kolom(c + 1)}{r + 1}", str(isi)


def _rumus(
    lama: Terbaca,
    baru: Terbaca,
    nama_lama: Mapping[str, str],
    nama_baru: Mapping[str, str],
    baris: Mapping[str, Mapping[str, str]],
) -> Iterator[RumusBeda]:
    a, z = _menyimpang(lama, nama_lama), _menyimpang(baru, nama_baru)
    asal = {(t, baris.get(t, {}).get(i, i), k): (t, i, k) for t, i, k in z}
    ada_lama = {(t, b.id) for t in {k[0] for k in (*a, *z)} for b in lama.buku.baris(t)}
    ada_baru = {(t, baris.get(t, {}).get(b.id, b.id)) for t in {k[0] for k in (*a, *z)} for b in baru.buku.baris(t)}
    balik = {(t, v): k for t, peta in baris.items() for k, v in peta.items()}
    for kunci in dict.fromkeys((*asal, *a)):
        tabel, pengenal, kolom = kunci
        if (tabel, pengenal) not in ada_lama or (tabel, pengenal) not in ada_baru:
            continue  # its row came or went
        x = a.get(kunci)
        y = z.get(asal[kunci]) if kunci in asal else None
        spec = MENURUT_KUNCI[tabel]
        k = spec.menurut_kunci[kolom]
        semula = x[0] if x else y[1] if y else ""
        kini = y[0] if y else x[1] if x else ""
        if semula == kini or (x and y and x[0] == y[0]):
            continue
        di_baru = balik.get((tabel, pengenal), pengenal)
        b = next(b for b in baru.buku.baris(tabel) if b.id == di_baru)
        yield RumusBeda(tabel, baru.letak.sel(tabel, di_baru, kolom), b, k, semula, kini)


_Kunci = tuple[str, str, str]


def _menyimpang(t: Terbaca, nama: Mapping[str, str]) -> dict[_Kunci, tuple[str, str]]:
    """Computed cells that hold something else than their formula: what they hold, and the formula that belongs there."""
    penyusun = PenyusunRumus(t.buku, t.letak, udf=udf_aktif(t.paket.isi(t.paket.buku)))
    hasil: dict[_Kunci, tuple[str, str]] = {}
    terhitung = hitung(t.buku, t.letak)
    for spec in TABEL_RENCANA:
        if spec in PENAMPIL or spec is KALIMAT or spec.lembar not in t.rumus:
            continue
        rumus, kolom = t.rumus[spec.lembar], t.letak.kolom[spec.kunci]
        nomor = t.letak.baris[spec.kunci]
        data = set(nomor.values())
        for n, (b, z) in enumerate(zip(t.buku.baris(spec.kunci), terhitung.baris(spec.kunci), strict=True)):
            for k in spec.kolom:
                if k.tanpa_rumus or not sel_dihitung(spec, b, k) or not z[k.kunci].rumus or z[k.kunci].nilai is None:
                    continue
                f = rumus.get((nomor[b.id], kolom[k.kunci]))
                if f is not None and f.bersama:
                    continue
                seharusnya = penyusun.rumus(spec, n, z, k)
                if f is None:
                    hasil[spec.kunci, b.id, k.kunci] = _nilai(k, b[k.kunci].nilai), f"={seharusnya}"
                    continue
                teks = f.teks
                for milik, tertulis in nama.items():
                    teks = teks.replace(f"'{tertulis}'!", f"'{milik}'!").replace(f"{tertulis}!", f"'{milik}'!")
                if not setara_rumus(teks, seharusnya, data):
                    hasil[spec.kunci, b.id, k.kunci] = f"={teks}", f"={seharusnya}"
    return hasil


def _nilai(k: KolomSpec, nilai: Nilai) -> str:
    return tulis(nilai, rupiah=k.tipe is Tipe.RUPIAH, desimal=15)
