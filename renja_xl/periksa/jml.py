"""JML: numbers in the prose that contradict the tables, their own words, and each other.

A table's own faults are findings elsewhere: a claim that agrees with what its table shows, or with what the table should
show, is none of these. Findings on a fact stand at its cell in Profil, those on a narrative at the paragraph; the
differences of one rule at one place make one finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from renja_xl.core.temuan import Aturan, Temuan
from renja_xl.periksa.jml_beda import beda_fakta, beda_rujukan
from renja_xl.periksa.jml_dasar import HARUS, Selisih, Tempat, fakta_profil, paragraf_narasi, rujuk, temuan_di
from renja_xl.periksa.jml_fakta import klaim_fakta
from renja_xl.periksa.jml_kalimat import angka_dan_huruf, klaim_bebas
from renja_xl.periksa.konteks import Konteks


def klaim(k: Konteks) -> Iterator[Temuan]:
    """Every claim of the facts and the narrative."""
    fakta, paragraf = fakta_profil(k), paragraf_narasi(k)
    tempat: dict[tuple[str, str, str], Tempat] = {}
    selisih: dict[tuple[str, str, str], list[Selisih]] = defaultdict(list)

    def catat(t: Tempat, daftar: Iterable[Selisih]) -> None:
        kunci = (t.lembar, t.sel, t.baris)
        tempat.setdefault(kunci, t)
        selisih[kunci] += daftar

    if not fakta and not paragraf:
        return
    r = rujuk(k)
    menurut_kunci = {t.kunci: t for t in reversed(fakta)}
    for t in fakta:
        catat(t, angka_dan_huruf(t.teks))
        catat(t, klaim_fakta(r, t, menurut_kunci))
    for t in paragraf:
        catat(t, angka_dan_huruf(t.teks))
        catat(t, klaim_bebas(r, t.teks))
    for t, s in (*beda_fakta(k), *beda_rujukan(k)):
        catat(t, (s,))
    for kunci, t in tempat.items():
        yield from temuan_di(t, selisih[kunci])


ATURAN_JML = (
    Aturan("JML-01", HARUS, "banyaknya dalam kalimat berbeda dari tabel atau daftarnya", "tabel yang dimaksud"),
    Aturan("JML-02", HARUS, "angka dan hurufnya berbeda", "angka dan huruf menyatakan hal yang sama"),
    Aturan("JML-03", HARUS, "jumlah atau nilai dalam kalimat berbeda dari tabel", "tabel yang dimaksud"),
    Aturan("JML-04", HARUS, "persen dalam kalimat berbeda dari hasil hitungannya", "angka yang dibandingkan"),
    Aturan("JML-05", HARUS, "hal yang sama disebut berbeda di beberapa tempat", "satu hal, satu angka"),
    Aturan("JML-06", HARUS, "nomor, tanggal, atau judul peraturan disebut berbeda", "satu peraturan, satu nomor"),
    Aturan("JML-07", HARUS, "penomoran tidak berurutan", "nomor berurutan"),
    Aturan("JML-08", HARUS, "tahun tidak sesuai dengan sebutan n-nya", "tahun rencana di Profil"),
    Aturan("JML-09", HARUS, "simpulan dalam kalimat bertentangan dengan tabel", "tabel yang dimaksud"),
)

PERIKSA_JML: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = (klaim,)
