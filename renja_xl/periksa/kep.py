"""FMT of headings: a year that does not fit its column or its table, a number other than the one in Profil."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from renja_xl.core.baris import judul_tabel, teks_sel
from renja_xl.core.buku import Baris, Level
from renja_xl.core.kisi import Kisi
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.renstra import awal_renstra
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.kelompok import ringkas_teks
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import PROFIL, RENSTRA, TABEL_RESMI
from renja_xl.tabel.profil import ISIAN
from renja_xl.tabel.spec import TabelSpec

_TAHUN = re.compile(r"(?<![\d./-])(?:19|20|21)\d\d(?![\d./])")
_RENTANG = re.compile(
    r"(?:19|20|21)\d\d\s*(?:-|–|—|/|s\.?\s*/?d\.?|sampai(?: dengan)?)\s*(?:tahun\s*)?(?:19|20|21)\d\d", re.IGNORECASE
)
_HUKUM = re.compile(r"\b(?:nomor|peraturan|per(?:da|bup|wali|wal|men\w*|pres)|keputusan|undang)\b", re.IGNORECASE)
"""Words of a citation: its year is that of a decree."""

_PERAN = re.compile(r"\(\s*n\s*(?:([+-])\s*(\d))?\s*\)\s*(?:tahun\s*)?((?:19|20|21)\d\d)", re.IGNORECASE)
"""A year beside its role, as forms print them: ``(n-3) 2023``."""

_NOMOR = re.compile(r"^\s*tabel\s+((?:T-?C\.?\s*)?[\w.\-]*\d[\w\-]*(?:\.\d+)*)", re.IGNORECASE)
_HAMPIR_SEMUA = 0.8
"""Share of a table's columns from which a cell above them is a title, not a header."""

_BARIS_KEPALA = 25
"""Rows above the data in which title and header stand."""


SelTeks = tuple[int, int, str]
"""Row, column, text."""


@dataclass(frozen=True, slots=True)
class _Kepala:
    """The head of one table on a sheet: its cells in reading order, and the place of each column."""

    spec: TabelSpec
    kisi: Kisi
    isi: tuple[SelTeks, ...]
    kolom: Mapping[str, int]


def tahun_kepala(k: Konteks) -> Iterator[Temuan]:
    """Years in title and header against those of the columns below; the table's number against Profil."""
    for kepala in _cari_kepala(k):
        terlihat: set[tuple[str, str]] = set()
        for t in (*_judul(k, kepala), *_kolom(k, kepala)):
            if (t.aturan, t.kolom) not in terlihat:
                terlihat.add((t.aturan, t.kolom))
                yield t


_BERKEPALA = {spec.lembar: spec for spec in (RENSTRA, *TABEL_RESMI)}


def _cari_kepala(k: Konteks) -> Iterator[_Kepala]:
    letak = k.bahan.letak
    asing = _tabel_asing(letak) if letak else {}
    for kisi in k.bahan.kisi:
        sendiri = _BERKEPALA.get(kisi.lembar) if not asing else None
        if sendiri:
            kolom = letak.kolom.get(sendiri.kunci, {}) if letak else sendiri.letak_kolom
            awal = min(letak.baris.get(sendiri.kunci, {}).values(), default=0) if letak else 0
            yield _satu_tabel(kisi, sendiri, kolom, awal or sendiri.baris_pertama)
        for spec, kolom, awal in asing.get(kisi.lembar, ()):
            atas = (
                [t.baris for rows in letak.asing.values() for t in rows.values() if t.lembar == kisi.lembar]
                if letak
                else []
            )
            yield _satu_tabel(kisi, spec, kolom, awal, max((r for r in atas if r < awal), default=0))


def _satu_tabel(kisi: Kisi, spec: TabelSpec, kolom: Mapping[str, int], awal: int, batas: int = 0) -> _Kepala:
    """The head of a table above its first row, and below the last row of the table above it."""
    isi = tuple(x for x in _teks_atas(kisi, awal) if max(awal - _BARIS_KEPALA, batas + 1) <= x[0])
    return _Kepala(spec, kisi, isi, kolom)


def _tabel_asing(letak: Letak) -> dict[str, list[tuple[TabelSpec, dict[str, int], int]]]:
    """Tables on each sheet of a foreign workbook: their columns there, and their first data row."""
    hasil: dict[str, list[tuple[TabelSpec, dict[str, int], int]]] = {}
    for spec in _BERKEPALA.values():
        kolom: dict[str, dict[str, int]] = {}
        awal: dict[str, int] = {}
        for t in letak.asing.get(spec.kunci, {}).values():
            if len(t.kolom) > 1:  # a row that only follows from a node has its name alone
                kolom.setdefault(t.lembar, {}).update(t.kolom)
                awal[t.lembar] = min(t.baris, awal.get(t.lembar, t.baris))
        for lembar, isi in kolom.items():
            hasil.setdefault(lembar, []).append((spec, isi, awal[lembar]))
    return hasil


def _teks_atas(kisi: Kisi, batas: int) -> list[SelTeks]:
    """Filled cells above a row, in reading order."""
    return sorted(
        (r, c, str(int(v)) if isinstance(v, float) and v.is_integer() else str(v))
        for (r, c), isi in kisi.sel.items()
        if r < batas and (v := isi.nilai) is not None
    )


@lru_cache(maxsize=64)
def _ciri(judul: str) -> tuple[str, str]:
    """What a title is known by: the form's number, and its first words."""
    polos = re.sub(r"\{\w+\}", " ", judul)
    kode = re.search(r"T-C\.\d+", polos)
    kata = kunci_teks(re.sub(r"^Tabel\s+(?:T-C\.\d+)?", "", polos)).split()
    return kunci_teks(kode[0]) if kode else "", " ".join(kata[:4])


def _menjudul(spec: TabelSpec, teks: str) -> bool:
    kode, kata = _ciri(spec.judul)
    polos = f" {kunci_teks(teks)} "
    return bool(kode and f" {kode} " in polos) or f" {kata} " in polos


def _tahun_di(teks: str) -> list[int]:
    """Years that a text states for a column or table; ranges and citations say nothing of it."""
    if _HUKUM.search(teks) or _RENTANG.search(teks):
        return []
    return [int(t) for t in _TAHUN.findall(teks)]


def _temuan(
    k: Konteks,
    kepala: _Kepala,
    aturan: str,
    r: int,
    c: int,
    kolom: str,
    pesan: str,
    perbaikan: str,
    isi: str,
    benar: str,
) -> Temuan:
    t = k.temuan(
        aturan, Tingkat.PERLU_DICEK, kepala.spec, Baris("", Level.DATA, {}), kolom, pesan, perbaikan, isi, benar
    )
    return replace(t, lembar=kepala.kisi.lembar, sel=f"{huruf_kolom(c)}{r}")


def _judul(k: Konteks, kepala: _Kepala) -> Iterator[Temuan]:
    spec, pertama = kepala.spec, kepala.spec.kolom[0].kunci
    seharusnya = {int(t) for t in _TAHUN.findall(judul_tabel(spec, k.buku))}
    for r, c, teks in kepala.isi:
        if not _menjudul(spec, teks):
            continue
        salah = [t for t in _tahun_di(teks) if t not in seharusnya]
        if seharusnya and salah:
            benar = ", ".join(map(str, sorted(seharusnya)))
            yield _temuan(
                k, kepala, "FMT-07", r, c, pertama,
                f"Judul “{ringkas_teks(teks)}” menyebut tahun {salah[0]}, padahal menurut tahun rencana {k.tahun} seharusnya {benar}.",
                "Perbaiki tahun pada judulnya, atau pastikan tabelnya dari tahun yang dimaksud.", str(salah[0]), benar,
            )  # fmt: skip
        yield from _nomor(k, kepala, r, c, teks)


def _nomor(k: Konteks, kepala: _Kepala, r: int, c: int, teks: str) -> Iterator[Temuan]:
    spec = kepala.spec
    m = _NOMOR.match(teks)
    isian = next((i for i in ISIAN if i.kunci == spec.isian_nomor), None)
    nomor = k.buku.profil(isian.kunci) if isian else None
    if m is None or isian is None or nomor is None or _rapat(m[1]) == _rapat(str(nomor)):
        return
    if kepala.kisi.lembar != spec.lembar and nomor == isian.bawaan:
        return  # Profil was never asked
    yield _temuan(
        k, kepala, "FMT-08", r, c, spec.kolom[0].kunci,
        f"Judul tabel bernomor {m[1]}, sedangkan di Profil {isian.uraian.lower()} adalah {nomor}.",
        "Samakan nomornya di judul atau di Profil.", m[1], str(nomor),
    )  # fmt: skip


def _rapat(nomor: str) -> str:
    return re.sub(r"\s", "", nomor).rstrip(".").casefold()


def _kolom(k: Konteks, kepala: _Kepala) -> Iterator[Temuan]:
    spec = kepala.spec
    awal = awal_renstra(k.buku)
    tahun_kolom = {
        kolom.kunci: {int(t) for t in _TAHUN.findall(" ".join(kolom.judul_tahun(k.tahun, awal)))}
        for kolom in spec.kolom
        if not kolom.tersembunyi
    }
    tempat = {kunci: p for kunci, p in kepala.kolom.items() if kunci in tahun_kolom}
    gabungan = {(r, c): kanan for r, c, _, kanan in kepala.kisi.gabungan}
    isi = kepala.isi
    for n, (r, c, teks) in enumerate(isi):
        berikut = next((b for a, b, _ in isi[n + 1 :] if a == r), max(tempat.values(), default=0) + 1)
        kanan = gabungan.get((r, c), berikut - 1)
        dinaungi = sorted((p, kunci) for kunci, p in tempat.items() if c <= p <= kanan)
        if not dinaungi or _menjudul(spec, teks) or len(dinaungi) >= _HAMPIR_SEMUA * len(tempat):
            continue
        yield from _satu_kepala(k, kepala, r, c, teks, [kunci for _, kunci in dinaungi], tahun_kolom)


def _satu_kepala(
    k: Konteks, kepala: _Kepala, r: int, c: int, teks: str, dinaungi: Sequence[str], tahun_kolom: Mapping[str, set[int]]
) -> Iterator[Temuan]:
    seharusnya = set().union(*(tahun_kolom[kunci] for kunci in dinaungi))
    salah = [t for t in _tahun_di(teks) if t not in seharusnya]
    if seharusnya and salah:
        benar = ", ".join(map(str, sorted(seharusnya)))
        judul = _sebutan(kepala.spec, dinaungi, k.tahun)
        yield _temuan(
            k, kepala, "FMT-07", r, c, dinaungi[0],
            f"Kepala kolom tertulis “{ringkas_teks(teks)}”, padahal kolom ini {judul}.",
            f"Perbaiki tahunnya menjadi {benar}, atau pastikan isinya dari tahun yang dimaksud.", str(salah[0]), benar,
        )  # fmt: skip
    else:
        for tertulis, benar in _peran_salah(k, teks):
            yield _temuan(
                k, kepala, "FMT-07", r, c, dinaungi[0], f"Kepala kolom tertulis “{tertulis}”, padahal tahun rencananya {k.tahun}.",
                f"Mohon tulis {benar} bila itu yang dimaksud.", tertulis, benar,
            )  # fmt: skip


def _sebutan(spec: TabelSpec, dinaungi: Sequence[str], tahun: int) -> str:
    """What a column is called in the form; for a heading over several, the part that they share."""
    nama = [spec.menurut_kunci[kunci].sebutan(tahun).removesuffix(" – Nilai").split(" – ") for kunci in dinaungi]
    bersama = [x[0] for x in zip(*nama, strict=False) if len(set(x)) == 1]
    return bersama[-1] if bersama else nama[0][-1]


def _peran_salah(k: Konteks, teks: str) -> Iterator[tuple[str, str]]:
    """Roles with a year that is not theirs, and what they would be with their own; each once."""
    for m in dict.fromkeys(m.groups() for m in _PERAN.finditer(teks)):
        tanda, jarak, tahun = m
        geser = int(f"{tanda}{jarak}") if jarak else 0
        if k.tahun + geser != int(tahun):
            peran = f"(n{tanda or ''}{jarak or ''})"
            yield f"{peran} {tahun}", f"{peran} {k.tahun + geser}"


def kepala_di_profil(k: Konteks) -> Iterator[Temuan]:
    """Header years that Profil keeps as text, against the plan year."""
    for b in k.buku.baris(PROFIL.kunci):
        if "kepala" not in str(b["kunci"].nilai or "") or not (teks := teks_sel(b, "nilai")):
            continue
        salah = list(_peran_salah(k, teks))
        if salah:
            tertulis, benar = (", ".join(bagian) for bagian in zip(*salah, strict=True))
            yield k.temuan(
                "FMT-07", Tingkat.PERLU_DICEK, PROFIL, b, "nilai",
                f"{b['uraian'].nilai} memuat {tertulis}, padahal tahun rencananya {k.tahun}.",
                f"Samakan tahun dengan perannya, misalnya {benar}, pada kepala tabelnya.", tertulis, benar,
            )  # fmt: skip


ATURAN_KEP: tuple[Aturan, ...] = (
    Aturan("FMT-07", Tingkat.PERLU_DICEK, "tahun pada judul atau kepala tidak sesuai kolomnya", "tahun rencana di Profil"),
    Aturan("FMT-08", Tingkat.PERLU_DICEK, "nomor tabel berbeda dari Profil", "nomor tabel di Profil"),
)  # fmt: skip

PERIKSA_KEP: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = (tahun_kepala, kepala_di_profil)
