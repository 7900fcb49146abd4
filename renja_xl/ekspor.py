"""Tidy export: one CSV per table, every row with id, kode and origin, and ``datapackage.json`` that describes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from renja_xl.core.baris import baris_lembar, isi_sel
from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel, Simpul
from renja_xl.paket_data import SIMPUL, TabelCsv, nama_kolom, nama_teks, paket
from renja_xl.tabel import ASLI, PENAMPIL, SEMUA, TAHAPAN_TERSIMPAN


def ekspor(buku: Buku) -> Iterator[tuple[str, bytes]]:
    """File name and content of each table and, last, of their description.

    UTF-8, comma separated; numbers with a decimal point, amounts in rupiah. A text is written as it stands, also one
    that a spreadsheet would take for a formula.
    """
    tabel = [
        TabelCsv(spec, baris_lembar(buku, spec.kunci))
        for spec in SEMUA
        if spec not in {ASLI, TAHAPAN_TERSIMPAN, *PENAMPIL}
    ]
    tabel.append(TabelCsv(SIMPUL, _baris_simpul(buku)))
    for t in tabel:
        yield f"{t.nama}.csv", _csv(buku, t)
    yield "datapackage.json", paket(buku, tabel)


def _csv(buku: Buku, t: TabelCsv) -> bytes:
    simpul, kolom = buku.simpul_menurut_id(), t.kolom
    teks = io.StringIO(newline="")
    tulis = csv.writer(teks)  # ends lines with CR LF, and so quotes either one in a text
    tulis.writerow(n for k in kolom for n in (nama_kolom(k, buku), nama_teks(k, buku))[: 1 + k.bernilai_angka])
    for b in t.baris:
        umum = _umum(b, simpul.get(b.simpul or ""))
        deret: list[str] = []
        for k in kolom:
            nilai = umum[k.kunci] if k.kunci in umum else isi_sel(b, k).nilai
            if k.bernilai_angka:
                deret += ("", nilai) if isinstance(nilai, str) else (_teks(nilai), "")
            else:
                deret.append(_teks(nilai))
        tulis.writerow(deret)
    return teks.getvalue().encode("utf-8")


def _umum(b: Baris, s: Simpul | None) -> dict[str, Nilai]:
    """Values of the columns that the export adds to what is declared."""
    return {
        "id": b.id,
        "kode": (s.kode if s else None) or b["kode"].nilai,
        "kode_tertulis": b["kode"].nilai,
        "level": b.level.value,
        "asal_berkas": b.asal.berkas if b.asal else b["asal_berkas"].nilai,
        "asal_baris": b.asal.baris if b.asal else b["asal_baris"].nilai,
    }


def _baris_simpul(buku: Buku) -> list[Baris]:
    """The nodes, each with kode and name of itself and of those above it, by level."""
    menurut_id = buku.simpul_menurut_id()
    hasil = []
    for s in buku.simpul:
        isi = {"kode": s.kode, "nama": s.nama, "induk": s.induk}
        for x in _jalur(s, menurut_id):
            isi |= {f"kode_{x.level.value}": x.kode, f"nama_{x.level.value}": x.nama}
        b = Baris(s.id, s.level, {})
        hasil.append(replace(b, sel={k: Sel(v) for k, v in isi.items() if v}))
    return hasil


def _jalur(s: Simpul, menurut_id: Mapping[str, Simpul]) -> Iterator[Simpul]:
    """A node and those above it, the nearest first; of a level that comes again, the one nearest to it."""
    dilalui: set[str] = set()
    level: set[Level] = set()
    kini: Simpul | None = s
    while kini is not None and kini.id not in dilalui:
        if kini.level not in level:
            yield kini
        dilalui.add(kini.id)
        level.add(kini.level)
        kini = menurut_id.get(kini.induk or "")


def _teks(nilai: Nilai) -> str:
    """A value as text: amounts exact, whole numbers without a fraction."""
    if nilai is None:
        return ""
    if isinstance(nilai, int):
        return format(Decimal(nilai).scaleb(-2), "f").removesuffix(".00")
    if isinstance(nilai, float) and nilai.is_integer() and abs(nilai) < 1e15:
        return str(int(nilai))
    return str(nilai)
