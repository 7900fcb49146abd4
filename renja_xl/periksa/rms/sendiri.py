"""Computed cells of our own tables: overwritten by a number (RMS-01, RMS-05), or with a formula unlike its column's (RMS-03)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from renja_xl.core.buku import Baris, Nilai, Sel
from renja_xl.core.nilai import tercetak, tulis
from renja_xl.core.rumus_sel import bentuk_relatif, tanpa_pembungkus
from renja_xl.core.temuan import Tingkat
from renja_xl.core.terhitung import REKAP, sel_dihitung
from renja_xl.periksa.hit import sepakat
from renja_xl.periksa.konteks import teks_nilai, tertulis
from renja_xl.periksa.rms.lembar import Hasil, Lembar
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

_MENURUT_BARIS = re.compile(r"\{(?:sebelum|renstra) ")
"""Patterns of formulas that differ from row to row."""

_BANYAK = 5
"""So many typed cells of one column are findings of their own; more are one finding."""


def sel_ditimpa(x: Lembar) -> Iterator[Hasil]:
    """Computed cells that hold something typed."""
    spec = x.spec
    if spec is None or not x.sendiri:
        return
    benar = {b.id: b for b in x.k.terhitung.baris(spec.kunci)}
    for c, kolom in x.kolom_spec.items():
        if not kolom.dihitung or kolom.tanpa_rumus or kolom.peran is Peran.RUJUKAN:
            continue
        ketik, berumus = [], 0
        for r, b in x.baris.items():
            if not sel_dihitung(spec, b, kolom):
                continue
            sel = b[kolom.kunci]
            if (r, c) in x.rumus:
                berumus += 1
            elif not sel.kosong and tercetak(sel, rupiah=kolom.tipe is Tipe.RUPIAH) is None:
                ketik.append((r, b))
        hasil = [_ditimpa(x, r, c, b, kolom, benar.get(b.id)) for r, b in ketik]
        if len(hasil) <= _BANYAK and (berumus or len(hasil) == 1):
            yield from hasil
        elif hasil:
            yield _kolom(x, spec, c, kolom, hasil, berumus)


def _ditimpa(x: Lembar, r: int, c: int, b: Baris, kolom: KolomSpec, benar: Baris | None) -> Hasil:
    sel = b[kolom.kunci]
    nilai = benar[kolom.kunci].nilai if benar is not None else None
    sama = _sama(kolom, sel, nilai)
    isi = tertulis(kolom, sel)
    sebutan = f"{kolom.sebutan(x.k.tahun)} untuk “{x.sebutan(r)}”"
    if sama:
        pesan = (
            f"{sebutan} berisi {isi} yang diketik di atas rumusnya; nilainya kini sama, tetapi tidak akan ikut berubah."
        )
    else:
        pesan = f"{sebutan} berisi {isi} yang diketik di atas rumusnya, yang seharusnya menghasilkan {teks_nilai(kolom, nilai)}."
    return Hasil(
        "RMS-01", Tingkat.PERLU_DICEK if sama else Tingkat.HARUS_DIPERBAIKI, (r, c), pesan,
        "Jalankan Hitung Ulang (perintah hitung) agar rumusnya kembali.", isi, teks_nilai(kolom, nilai),
    )  # fmt: skip


def _kolom(x: Lembar, spec: TabelSpec, c: int, kolom: KolomSpec, hasil: list[Hasil], berumus: int) -> Hasil:
    h = hasil[0]
    apa = f"{len(hasil)} sel" if berumus else "Semua sel"
    return Hasil(
        "RMS-01" if berumus else "RMS-05",
        min((y.tingkat for y in hasil), key=list(Tingkat).index),
        h.tempat,
        f"{apa} kolom {kolom.sebutan(x.k.tahun)} di {spec.lembar}, mulai {x.sel(*h.tempat)}, berisi angka yang diketik di atas rumusnya.",
        h.perbaikan,
        h.tertulis,
        h.seharusnya,
        tuple((*y.tempat, y.tertulis, y.seharusnya) for y in hasil),
    )


def _sama(kolom: KolomSpec, sel: Sel, nilai: Nilai) -> bool:
    if kolom.bernilai_angka:
        return sepakat(kolom, sel, nilai)
    if isinstance(sel.nilai, (int, float)) and isinstance(nilai, (int, float)):
        return math.isclose(sel.nilai, nilai, rel_tol=1e-9)
    return tulis(sel.nilai).casefold() == tulis(nilai).casefold()


def rumus_lain(x: Lembar) -> Iterator[Hasil]:
    """Computed cells with another formula than the rest of their column, where all rows have the same."""
    spec = x.spec
    if spec is None or not x.sendiri:
        return
    for c, kolom in x.kolom_spec.items():
        if kolom.peran not in {Peran.HITUNG, Peran.TURUNAN} or not kolom.rumus or _MENURUT_BARIS.search(kolom.rumus):
            continue
        udf = (kolom.udf or "").partition("(")[0]
        bentuk = {
            r: bentuk_relatif(tanpa_pembungkus(x.rumus[r, c], udf.__eq__), r, c)
            for r, b in x.baris.items()
            if (r, c) in x.rumus and sel_dihitung(spec, b, kolom) and b.level not in REKAP
        }
        lazim, n = Counter(bentuk.values()).most_common(1)[0] if bentuk else ("", 0)
        if n < 3 or n < 0.6 * len(bentuk):
            continue
        for r, ini in bentuk.items():
            if ini != lazim:
                yield Hasil(
                    "RMS-03", Tingkat.PERLU_DICEK, (r, c),
                    f"Rumus {kolom.sebutan(x.k.tahun)} untuk “{x.sebutan(r)}” ({x.tertulis(r, c)}) berbeda dari rumus kolom itu.",
                    "Salin rumus dari baris lain di kolom itu, atau jelaskan mengapa baris ini berbeda.",
                    x.tertulis(r, c),
                )  # fmt: skip
