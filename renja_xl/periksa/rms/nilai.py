"""Error values, links to other workbooks, and saved numbers that their formula does not give (RMS-08, RMS-10)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from renja_xl.core.nilai import tulis_angka
from renja_xl.core.rumus_sel import GALAT, Jenis, Rujukan, rujukan_rumus, urai_rumus
from renja_xl.core.temuan import Tingkat
from renja_xl.periksa.rms.lembar import Hasil, Lembar
from renja_xl.periksa.rms.taksir import sama

_ARTI = {
    "#REF!": "sel yang dirujuknya sudah tidak ada",
    "#DIV/0!": "pembaginya nol atau kosong",
    "#N/A": "nilai yang dicarinya tidak ditemukan",
    "#VALUE!": "salah satu isian yang dihitungnya bukan angka",
    "#NAME?": "rumusnya memakai nama yang tidak dikenal",
    "#NUM!": "angkanya di luar jangkauan",
    "#NULL!": "rentang yang dirujuknya tidak bertemu",
}


def galat(x: Lembar) -> Iterator[Hasil]:
    """Error values, one finding per column and kind; those taken over from another cell are that cell's."""
    kelompok: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    salah = {t for t, isi in x.kisi.sel.items() if isinstance(isi.nilai, str) and isi.nilai in GALAT}
    per_kolom: dict[int, list[int]] = defaultdict(list)
    for r, c in sorted(salah):
        per_kolom[c].append(r)
    for t in sorted(salah | {t for t, f in x.rumus.items() if "#" in f}):
        rumus = x.rumus.get(t, "")
        rusak = any(k.jenis is Jenis.GALAT and k.teks.endswith("#REF!") for k in urai_rumus(rumus)) if rumus else False
        if t not in salah and not rusak:
            continue
        if not rusak and any(_kena(ref, per_kolom, t) for ref in rujukan_rumus(rumus)):
            continue
        nilai = "#REF!" if rusak else str(x.kisi.sel[t].nilai)
        kelompok[t[1], nilai].append(t)
    for (_, nilai), sel in kelompok.items():
        r, c = sel[0]
        lain = f"; demikian pula {len(sel) - 1} sel lain di kolom itu" if len(sel) > 1 else ""
        bagian = f" ({x.tertulis(r, c)})" if (r, c) in x.rumus else ""
        yield Hasil(
            "RMS-08", Tingkat.HARUS_DIPERBAIKI, (r, c),
            f"Sel {x.sel(r, c)} untuk “{x.sebutan(r)}”{bagian} berisi {nilai}: {_ARTI[nilai]}{lain}.",
            "Perbaiki rumusnya atau isian yang dirujuknya; bila memang belum dapat dihitung, tulis -.",
            x.tertulis(r, c), "", tuple((*t, x.tertulis(*t), "") for t in sel),
        )  # fmt: skip


def _kena(ref: Rujukan, salah: Mapping[int, Sequence[int]], sendiri: tuple[int, int]) -> bool:
    """Whether a reference takes in an error value other than its own cell's."""
    if ref.lembar or ref.memuat(*sendiri):
        return False
    kolom = [c for c in salah if ref.k1 <= c <= ref.k2]
    return any(bisect_left(salah[c], ref.b1) < bisect_right(salah[c], ref.b2) for c in kolom)


def tautan_luar(x: Lembar) -> Iterator[Hasil]:
    """Formulas that look into other workbooks: one finding per sheet."""
    sel = [t for t, f in x.rumus.items() if "[" in f and any(r.luar for r in rujukan_rumus(f))]
    if sel:
        r, c = sel[0]
        yield Hasil(
            "RMS-11", Tingkat.INFORMASI, (r, c),
            f"{len(sel)} rumus di lembar ini, mulai {x.sel(r, c)} ({x.tertulis(r, c)}), mengambil angka dari berkas lain yang tidak "
            "ikut terkirim.",
            "Pastikan angkanya sudah mutakhir, atau ganti dengan nilai sebelum berkas dikirim.", x.tertulis(r, c), "",
            tuple((*t, x.tertulis(*t), "") for t in sel),
        )  # fmt: skip


def basi(x: Lembar) -> Iterator[Hasil]:
    """Saved numbers that differ from what their formula gives."""
    for (r, c), f in x.rumus.items():
        if not x.asing(r, c):
            continue
        tertulis = x.angka(r, c)
        benar = x.taksir(f) if tertulis is not None else None
        if tertulis is None or benar is None or sama(tertulis, benar) or abs(tertulis - benar) < 0.005:
            continue
        yield Hasil(
            "RMS-10", Tingkat.HARUS_DIPERBAIKI, (r, c),
            f"Sel {x.sel(r, c)} untuk “{x.sebutan(r)}” menampilkan {tulis_angka(tertulis, 2)}, padahal rumusnya ({x.tertulis(r, c)}) "
            f"menghasilkan {tulis_angka(benar, 2)}.",
            "Buka berkas di Excel, hitung ulang (Ctrl+Alt+F9), lalu simpan.", tulis_angka(tertulis, 2), tulis_angka(benar, 2),
        )  # fmt: skip
