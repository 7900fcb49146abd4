"""RMS: formulas overwritten, not uniform, stale, or with ranges that miss rows, in any workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Baris
from renja_xl.core.letak import Letak
from renja_xl.core.temuan import Anggota, Aturan, Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.rms.jumlah import jumlah
from renja_xl.periksa.rms.lembar import Hasil, Lembar
from renja_xl.periksa.rms.nilai import basi, galat, tautan_luar
from renja_xl.periksa.rms.sendiri import rumus_lain, sel_ditimpa
from renja_xl.periksa.rms.seragam import seragam
from renja_xl.periksa.rms.taksir import Penaksir
from renja_xl.periksa.rms.tautan import Kunci, tautan
from renja_xl.tabel import MENURUT_KUNCI
from renja_xl.tabel.spec import KolomSpec, TabelSpec

_BANYAK = 5
"""So many findings of one rule in a column stand for themselves; more are one systematic difference."""


def rumus_buku(k: Konteks) -> Iterator[Temuan]:
    """Formula audit of every sheet; a cell has one finding, the gravest kind first."""
    lembar = _lembar(k)
    kunci = {x.kisi.lembar.casefold(): Kunci(x) for x in lembar}
    for x in lembar:
        sudah: set[tuple[int, int]] = set()
        for h in _satukan(x, _semua(x, kunci)):
            sel = {h.tempat, *((r, c) for r, c, *_ in h.anggota)}
            if h.aturan != "RMS-11":
                if h.tempat in sudah:
                    continue
                sudah |= sel
            yield x.temuan(h)


def _semua(x: Lembar, kunci: dict[str, Kunci]) -> Iterator[Hasil]:
    if x.rumus:
        yield from galat(x)
        yield from jumlah(x)
        yield from tautan(x, kunci)
        yield from sel_ditimpa(x)
        yield from rumus_lain(x)
    yield from seragam(x)
    if x.rumus:
        yield from basi(x)
        yield from tautan_luar(x)


def _lembar(k: Konteks) -> list[Lembar]:
    """Each sheet with the table that has most rows on it, where the places of its cells are known."""
    penaksir = Penaksir(k.bahan.kisi)
    letak = k.bahan.letak or Letak({}, {})
    milik: dict[str, list[tuple[TabelSpec, dict[int, Baris], dict[int, KolomSpec]]]] = defaultdict(list)
    for tabel in dict.fromkeys((*letak.baris, *letak.asing)):
        spec = MENURUT_KUNCI.get(tabel)
        if spec is None:
            continue
        nomor, asing = letak.baris.get(tabel, {}), letak.asing.get(tabel, {})
        baris: dict[str, dict[int, Baris]] = defaultdict(dict)
        kolom: dict[str, dict[int, KolomSpec]] = defaultdict(dict)
        for b in baris_lembar(k.buku, tabel):
            tempat = asing.get(b.id)
            r = tempat.baris if tempat is not None else nomor.get(b.id)
            if r is None:
                continue
            nama = letak.lembar_baris(tabel, b.id)
            baris[nama].setdefault(r, b)
            if nama not in kolom or tempat is not None:
                for kunci, c in (letak.kolom.get(tabel, {}) if tempat is None else tempat.kolom).items():
                    if kunci in spec.menurut_kunci:
                        kolom[nama].setdefault(c, spec.menurut_kunci[kunci])
        for nama, isi in baris.items():
            milik[nama].append((spec, isi, kolom[nama]))
    hasil = []
    for kisi in k.bahan.kisi:
        x = Lembar(k, kisi, penaksir)
        if kisi.lembar in milik:
            x.spec, x.baris, x.kolom_spec = max(milik[kisi.lembar], key=lambda m: len(m[1]))
        hasil.append(x)
    return hasil


def _satukan(x: Lembar, hasil: Iterable[Hasil]) -> Iterator[Hasil]:
    """Many findings of one rule and column as one, with its cells."""
    kelompok: dict[tuple[str, int], list[Hasil]] = defaultdict(list)
    for h in hasil:
        kelompok[h.aturan, h.tempat[1] if not h.anggota else -len(kelompok) - 1].append(h)
    for isi in kelompok.values():
        if len(isi) <= _BANYAK:
            yield from isi
            continue
        h = min(isi, key=lambda y: y.tempat)
        yield replace(
            h,
            tingkat=min((y.tingkat for y in isi), key=list(Tingkat).index),
            pesan=f"{h.pesan.removesuffix('.')}; demikian pula {len(isi) - 1} sel lain di kolom itu.",
            anggota=tuple((*y.tempat, y.tertulis, y.seharusnya) for y in isi),
        )


_PUNYA_SEBAB = frozenset({"RMS-01", "RMS-02", "RMS-03", "RMS-05", "RMS-06", "RMS-07", "RMS-09", "RMS-10"})


def sebab_rumus(temuan: Sequence[Temuan]) -> list[Temuan]:
    """Findings in which a wrong value (HIT, ROL) and the wrong formula of the same cell are one: the value's, with its cause.

    A formula finding of several cells stays as long as one of them is not a finding of its own.
    """
    nilai: dict[tuple[str, str, str], int] = {}
    for n, t in enumerate(temuan):
        if t.tabel and t.aturan[:3] in {"HIT", "ROL"}:
            nilai.setdefault((t.tabel, t.baris, t.kolom), n)
    sebab: dict[int, Temuan] = {}
    lepas: set[int] = set()
    for n, t in enumerate(temuan):
        sel: Sequence[Temuan | Anggota] = t.anggota or (t,)
        utama = [nilai.get((a.tabel, a.baris, a.kolom)) for a in sel]
        if t.aturan in _PUNYA_SEBAB and None not in utama:
            lepas.add(n)
            for u in utama:
                if u is not None:
                    sebab.setdefault(u, t)
    hasil = []
    for n, t in enumerate(temuan):
        s = sebab.get(n)
        if s is not None:
            pesan = f"{t.pesan.removesuffix('.')} ({_SEBAB[s.aturan]})."
            hasil.append(replace(t, pesan=pesan, perbaikan=t.perbaikan if s.aturan == "RMS-01" else s.perbaikan))
        elif n not in lepas:
            hasil.append(t)
    return hasil


_SEBAB = {
    "RMS-01": "angkanya diketik di atas rumus",
    "RMS-02": "rentang rumusnya tidak tepat",
    "RMS-03": "rumusnya berbeda dari rumus lain di kolom itu",
    "RMS-05": "seluruh kolomnya diketik di atas rumus",
    "RMS-06": "rumusnya merujuk baris lain",
    "RMS-07": "rumusnya tidak memuat semua program",
    "RMS-09": "rumusnya menghitung rincian lebih dari sekali",
    "RMS-10": "angka tersimpannya belum dihitung ulang",
}

_DASAR = "rumus di sekitarnya"
_RINCIAN = "jumlah rincian"
ATURAN_RMS: tuple[Aturan, ...] = (
    Aturan("RMS-01", Tingkat.HARUS_DIPERBAIKI, "angka diketik di tempat rumus", _DASAR),
    Aturan(
        "RMS-02",
        Tingkat.HARUS_DIPERBAIKI,
        "rumus jumlah tidak memuat semua rinciannya, atau memuat baris lain",
        _RINCIAN,
    ),
    Aturan("RMS-03", Tingkat.PERLU_DICEK, "rumus berbeda dari rumus lain di kolomnya", _DASAR),
    Aturan("RMS-04", Tingkat.PERLU_DICEK, "angka pengali berbeda dalam satu kolom", _DASAR),
    Aturan(
        "RMS-05",
        Tingkat.PERLU_DICEK,
        "seluruh kolom hitungan diketik sebagai angka",
        "kepala kolom atau rumus di sekitarnya",
    ),
    Aturan(
        "RMS-06", Tingkat.HARUS_DIPERBAIKI, "rumus merujuk baris yang keliru", "kode, nama, dan rumus di sekitarnya"
    ),
    Aturan("RMS-07", Tingkat.HARUS_DIPERBAIKI, "jumlah keseluruhan tidak memuat semua program", _RINCIAN),
    Aturan("RMS-08", Tingkat.HARUS_DIPERBAIKI, "nilai galat seperti #REF! atau #DIV/0!", "isi sel"),
    Aturan("RMS-09", Tingkat.HARUS_DIPERBAIKI, "rumus menghitung dua kali, atau merujuk selnya sendiri", _RINCIAN),
    Aturan("RMS-10", Tingkat.HARUS_DIPERBAIKI, "angka tersimpan berbeda dari hasil rumusnya", "hasil rumus"),
    Aturan("RMS-11", Tingkat.INFORMASI, "rumus mengambil angka dari berkas lain", "isi rumus"),
)

PERIKSA_RMS: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = (rumus_buku,)

__all__ = ["ATURAN_RMS", "PERIKSA_RMS", "sebab_rumus"]
