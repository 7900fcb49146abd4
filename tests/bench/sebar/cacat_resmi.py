"""Faults planted into an office's own workbook: formulas, links, headers, and typed cells.

Six of them are those in which general spreadsheet auditors find nothing: see ``KHUSUS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from renja_xl.core.buku import Level
from renja_xl.core.letak import huruf_kolom
from tests.bench.sebar.resmi import C29, C31, C33, RK, UANG, BarisResmi, BukuResmi, Lembar, Rumus

Kebenaran = frozenset[tuple[str, str]]
"""Sheet and cell address of every cell where naming the fault is right."""

Penanam = Callable[[BukuResmi, Random], Kebenaran | None]


@dataclass(frozen=True, slots=True)
class CacatResmi:
    nama: str
    keluarga: str
    tanam: Penanam
    uraian: str


CACAT_RESMI: dict[str, CacatResmi] = {}

KHUSUS = frozenset(
    {
        "sum_kurang_semua_kolom",
        "program_luput_semua_kolom",
        "ribuan_di_kolom_rupiah",
        "kode_kembar",
        "kolom_dinilaikan",
        "tautan_salah_baris",
    }
)
"""Classes in which general auditors find nothing."""


def cacat(keluarga: str) -> Callable[[Penanam], Penanam]:
    def daftar(f: Penanam) -> Penanam:
        nama = f.__name__
        CACAT_RESMI[nama] = CacatResmi(nama, keluarga, f, (f.__doc__ or "").strip())
        return f

    return daftar


def alamat(x: Lembar, r: int, c: int) -> tuple[str, str]:
    return x.nama, f"{huruf_kolom(c + 1)}{r + 1}"


def _uang(wb: BukuResmi, acak: Random) -> tuple[Lembar, str]:
    return acak.choice([(wb.lembar[t], k) for t, kolom in UANG.items() if t in wb.lembar for k in kolom])


def _rumus(x: Lembar, kolom: str, *level: Level, jenis: str = "") -> list[BarisResmi]:
    """Rows with a formula in a column."""
    return [
        b
        for b in x.baris
        if (not level or b.level in level)
        and isinstance(isi := x.isi.get((b.r, x.kolom[kolom])), Rumus)
        and (not jenis or isi.jenis == jenis)
    ]


def _pendek(wb: BukuResmi, x: Lembar, kolom: str, b: BarisResmi, n: int) -> bool:
    """Take the n-th cell out of a sum; False where it was the only one, or shows nothing."""
    c = x.kolom[kolom]
    lama = x.isi[b.r, c]
    if not isinstance(lama, Rumus) or len(lama.sel) < 2 or not wb.nilai(lama.sel[n]):
        return False
    x.isi[b.r, c] = replace(lama, sel=tuple(s for m, s in enumerate(lama.sel) if m != n % len(lama.sel)))
    return True


@cacat("RMS")
def sum_kurang_satu(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A SUM that ends one row early."""
    x, kolom = _uang(wb, acak)
    calon = _rumus(x, kolom, Level.KEGIATAN)
    if not calon:
        return None
    b = acak.choice(calon)
    return frozenset({alamat(x, b.r, x.kolom[kolom])}) if _pendek(wb, x, kolom, b, acak.choice((0, -1))) else None


@cacat("RMS")
def sum_kurang_semua_kolom(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A SUM one row short in every column alike."""
    x = wb.lembar[acak.choice([t for t in (C31, C33) if t in wb.lembar])]
    b = acak.choice(_rumus(x, UANG[x.tabel][0], Level.KEGIATAN))
    if not all(_pendek(wb, x, k, b, -1) for k in UANG[x.tabel]):
        return None
    return frozenset(alamat(x, b.r, x.kolom[k]) for k in UANG[x.tabel])


@cacat("RMS")
def program_luput_semua_kolom(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A program that the grand total leaves out in every column."""
    x = wb.lembar[acak.choice([t for t in (C31, C33, RK) if t in wb.lembar])]
    kolom = UANG[x.tabel]
    total = _rumus(x, kolom[0], Level.PERANGKAT_DAERAH, Level.TOTAL)
    if not total:
        return None
    isi = x.isi[total[0].r, x.kolom[kolom[0]]]
    n = acak.randrange(len(isi.sel)) if isinstance(isi, Rumus) else 0
    if not all(_pendek(wb, x, k, total[0], n) for k in kolom):
        return None
    return frozenset(alamat(x, total[0].r, x.kolom[k]) for k in kolom)


@cacat("RMS")
def dihitung_dua_kali(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A program's SUM that takes in a sub kegiatan beside its kegiatan."""
    x, kolom = _uang(wb, acak)
    calon = _rumus(x, kolom, Level.PROGRAM)
    b = acak.choice(calon)
    c = x.kolom[kolom]
    isi = x.isi[b.r, c]
    if not isinstance(isi, Rumus):
        return None
    tambahan = (x.nama, isi.sel[0][1] + 1, c)
    if tambahan in isi.sel or not wb.nilai(tambahan):
        return None
    x.isi[b.r, c] = replace(isi, sel=(isi.sel[0], tambahan, *isi.sel[1:]))
    return frozenset({alamat(x, b.r, c)})


@cacat("RMS")
def konstanta_nilai_benar(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """One formula typed over with its own value."""
    return _tindih(wb, acak, 1.0)


@cacat("RMS")
def konstanta_nilai_salah(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """One formula typed over with another value."""
    return _tindih(wb, acak, acak.choice((0.9, 1.05, 2.0)))


def _tindih(wb: BukuResmi, acak: Random, kali: float) -> Kebenaran | None:
    pilihan = [(wb.lembar[C29], "tingkat_realisasi_n2"), (wb.lembar[C29], "tingkat_capaian_renstra"), _uang(wb, acak)]
    x, kolom = acak.choice(pilihan)
    b = acak.choice(_rumus(x, kolom))
    c = x.kolom[kolom]
    nilai = wb.nilai((x.nama, b.r, c))
    if not nilai:
        return None
    x.isi[b.r, c] = round(nilai * kali, 2) if x.tabel == C29 else float(round(nilai * kali))
    return frozenset({alamat(x, b.r, c)})


@cacat("RMS")
def kolom_dinilaikan(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A whole column of formulas pasted as values."""
    pilihan = [(wb.lembar[C29], "tingkat_realisasi_n2"), (wb.lembar[C29], "tingkat_capaian_renstra"), _uang(wb, acak)]
    x, kolom = acak.choice(pilihan)
    kena = _rumus(x, kolom)
    nilai = {b.r: wb.nilai((x.nama, b.r, x.kolom[kolom])) for b in kena}
    for r, n in nilai.items():
        x.isi[r, x.kolom[kolom]] = n
    kepala = [(r, c) for r, c in x.isi if r < x.baris[0].r and c == x.kolom[kolom]]
    return frozenset(alamat(x, r, x.kolom[kolom]) for r in nilai) | frozenset(alamat(x, r, c) for r, c in kepala)


@cacat("RMS")
def tautan_salah_baris(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A link to another sheet that points at the row above or below."""
    x, sumber = wb.lembar[RK], wb.lembar[C33]
    b = acak.choice(_rumus(x, "anggaran", jenis="tautan"))
    isi = x.isi[b.r, x.kolom["anggaran"]]
    if not isinstance(isi, Rumus):
        return None
    nama, r, c = isi.sel[0]
    lain = [y.r for y in sumber.baris if y.level is Level.SUB_KEGIATAN and y.r != r and abs(y.r - r) <= 3]
    if not lain:
        return None
    baru = (nama, acak.choice(lain), c)
    if wb.nilai(baru) == wb.nilai((nama, r, c)):
        return None
    x.isi[b.r, x.kolom["anggaran"]] = replace(isi, sel=(baru,))
    return frozenset({alamat(x, b.r, x.kolom["anggaran"])})


@cacat("RMS")
def rumus_tak_seragam(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A rate that divides by another column than its neighbours do."""
    x = wb.lembar[C29]
    kolom = acak.choice(("tingkat_realisasi_n2", "tingkat_capaian_renstra"))
    b = acak.choice(_rumus(x, kolom, jenis="bagi"))
    c = x.kolom[kolom]
    isi = x.isi[b.r, c]
    if not isinstance(isi, Rumus):
        return None
    lain = acak.choice([k for k in ("target_renstra", "target_n2", "target_n1") if x.kolom[k] != isi.sel[1][2]])
    baru = replace(isi, sel=(isi.sel[0], (x.nama, b.r, x.kolom[lain])))
    lama = wb.nilai((x.nama, b.r, c))
    x.isi[b.r, c] = baru
    return frozenset({alamat(x, b.r, c)}) if abs(wb.nilai((x.nama, b.r, c)) - lama) > 0.01 else None


@cacat("RMS")
def rumus_geser_baris(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A rate that divides by the row below."""
    x = wb.lembar[C29]
    b = acak.choice(_rumus(x, "tingkat_realisasi_n2", jenis="bagi")[:-1])
    c = x.kolom["tingkat_realisasi_n2"]
    isi = x.isi[b.r, c]
    if not isinstance(isi, Rumus):
        return None
    lama = wb.nilai((x.nama, b.r, c))
    x.isi[b.r, c] = replace(isi, sel=(isi.sel[0], (x.nama, b.r + 1, isi.sel[1][2])))
    return frozenset({alamat(x, b.r, c)}) if abs(wb.nilai((x.nama, b.r, c)) - lama) > 0.01 else None


@cacat("RMS")
def faktor_beda(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A growth factor in one row that all others do not have."""
    x = wb.lembar[C33]
    c = x.kolom["pagu_p1"]
    b = acak.choice(_rumus(x, "pagu_p1", jenis="kali"))
    isi = x.isi[b.r, c]
    if not isinstance(isi, Rumus) or not wb.nilai((x.nama, b.r, c)):
        return None
    x.isi[b.r, c] = replace(isi, faktor=acak.choice((1.05, 1.01, 1.2)))
    return frozenset({alamat(x, b.r, c)})


@cacat("FMT")
def teks_di_kolom_uang(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """An amount typed as text, which no SUM adds."""
    if C31 not in wb.lembar:
        return None
    x = wb.lembar[C31]
    kolom = acak.choice(UANG[C31])
    c = x.kolom[kolom]
    calon = [
        b for b in x.baris if b.level is Level.SUB_KEGIATAN and isinstance(x.isi.get((b.r, c)), float) and x.isi[b.r, c]
    ]
    b = acak.choice(calon)
    nilai = wb.nilai((x.nama, b.r, c))
    x.isi[b.r, c] = f"Rp {int(nilai):,}".replace(",", ".") if acak.random() < 0.5 else f"{int(nilai)}"
    return frozenset({alamat(x, b.r, c)})


@cacat("SAT")
def ribuan_di_kolom_rupiah(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """An amount in thousands among rupiah; every formula follows it."""
    x = wb.lembar[C33]
    c = x.kolom["pagu_n"]
    besar = [
        b
        for b in x.baris
        if b.level is Level.SUB_KEGIATAN and isinstance(n := x.isi.get((b.r, c)), float) and n >= 50_000_000
    ]
    if not besar:
        return None
    b = acak.choice(besar)
    x.isi[b.r, c] = wb.nilai((x.nama, b.r, c)) // 1000
    kena = {alamat(x, b.r, c)}
    if C31 in wb.lembar:
        y = wb.lembar[C31]
        for k in UANG[C31]:
            for z in y.baris:
                if z.simpul == b.simpul and isinstance(y.isi.get((z.r, y.kolom[k])), float):
                    y.isi[z.r, y.kolom[k]] = wb.nilai((y.nama, z.r, y.kolom[k])) // 1000
                    kena.add(alamat(y, z.r, y.kolom[k]))
    y = wb.lembar[RK]
    return frozenset(kena) | frozenset(alamat(y, z.r, y.kolom["anggaran"]) for z in y.baris if z.simpul == b.simpul)


@cacat("KOD")
def kode_kembar(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """Two sub kegiatan with one kode."""
    x = wb.lembar[C29]
    c = x.kolom["kode"]
    sub = [b for b in x.baris if b.level is Level.SUB_KEGIATAN and x.isi.get((b.r, c))]
    if len(sub) < 2:
        return None
    a, b = acak.sample(sub, 2)
    kena: set[tuple[str, str]] = set()
    for y in (wb.lembar[C29], wb.lembar[C33]):  # both tables carry it, so that comparing them shows nothing
        letak = {z.simpul: z.r for z in y.baris if z.level is Level.SUB_KEGIATAN}
        if a.simpul in letak and b.simpul in letak:
            y.isi[letak[b.simpul], y.kolom["kode"]] = y.isi[letak[a.simpul], y.kolom["kode"]]
            kena |= {alamat(y, letak[s], y.kolom[k]) for s in (a.simpul, b.simpul) for k in ("kode", "nama")}
    return frozenset(kena)


@cacat("FMT")
def tahun_kepala_salah(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A header with another year than its column."""
    x = acak.choice(list(wb.lembar.values()))
    if not x.judul_tahun:
        return None
    akhir = x.kolom.get("target_renstra")  # nothing else in the workbook says when the Renstra ends
    r, c = acak.choice([t for t in x.judul_tahun if t[1] != akhir])
    teks = str(x.isi[r, c])
    n = teks.index("20")
    tahun = int(teks[n : n + 4])
    x.isi[r, c] = teks[:n] + str(tahun + acak.choice((-1, 1, -2))) + teks[n + 4 :]
    return frozenset({alamat(x, r, c)})


@cacat("HIT")
def pecahan_di_kolom_persen(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A rate typed as a fraction among percentages."""
    x = wb.lembar[C29]
    kolom = acak.choice(("tingkat_realisasi_n2", "tingkat_capaian_renstra"))
    b = acak.choice(_rumus(x, kolom))
    c = x.kolom[kolom]
    nilai = wb.nilai((x.nama, b.r, c))
    x.isi[b.r, c] = round(nilai / 100, 4)
    return frozenset({alamat(x, b.r, c)}) if nilai else None


@cacat("DUP")
def baris_tersalin(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A sub kegiatan pasted over the one below it, its amount a constant; sums follow."""
    x = wb.lembar[acak.choice([t for t in (C31, C33) if t in wb.lembar])]
    pasangan = [(a, b) for a, b in pairwise(x.baris) if a.level is b.level is Level.SUB_KEGIATAN]
    if not pasangan:
        return None
    a, b = acak.choice(pasangan)
    for c in x.kolom.values():
        isi = x.isi.get((a.r, c))
        if isi is None or (a.r, c) not in x.isi:
            x.isi.pop((b.r, c), None)
        elif not isinstance(isi, Rumus):
            x.isi[b.r, c] = isi
    return frozenset(alamat(x, z.r, c) for z in (a, b) for c in x.kolom.values())


@cacat("KSG")
def pagu_kosong(wb: BukuResmi, acak: Random) -> Kebenaran | None:
    """A sub kegiatan with a target and no amount; sums follow."""
    x = wb.lembar[acak.choice([t for t in (C31, C33) if t in wb.lembar])]
    c = x.kolom[UANG[x.tabel][0]]
    calon = [
        b for b in x.baris if b.level is Level.SUB_KEGIATAN and isinstance(x.isi.get((b.r, c)), float) and x.isi[b.r, c]
    ]
    if not calon:
        return None
    b = acak.choice(calon)
    del x.isi[b.r, c]
    return frozenset({alamat(x, b.r, c)})
