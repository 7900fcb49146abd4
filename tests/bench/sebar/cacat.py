"""Faults planted into plans in memory, each with the cells where it stands.

Nothing here reads the rules of the audit: a fault is what somebody does to a table, and its truth is where it was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor

from renja_xl.core.buku import STRUKTUR, Baris, Level, Nilai, Sel
from renja_xl.core.kalimat import tulis_tetap
from renja_xl.core.nilai import tulis_angka, tulis_rupiah
from renja_xl.core.struktur import PembuatId
from renja_xl.core.terbilang import terbilang
from renja_xl.tabel import (
    ANGGARAN,
    CAPAIAN_IKU,
    EFISIENSI,
    MENURUT_KUNCI,
    PEGAWAI,
    PEMENUHAN_TARGET,
    PROFIL,
    RENSTRA,
    RKT,
    T_C_29,
    T_C_30,
    T_C_31,
    T_C_33,
)
from renja_xl.tabel.pemenuhan import STATUS
from tests.bench.sebar.papan import CETAK, INDUK, Papan, Tempat

C29, C30, C31, C33 = T_C_29.kunci, T_C_30.kunci, T_C_31.kunci, T_C_33.kunci
RK, IKU, PGW, ANG = RKT.kunci, CAPAIAN_IKU.kunci, PEGAWAI.kunci, ANGGARAN.kunci
UANG = ((C31, "pagu_rkpd"), (C31, "kebutuhan_dana"), (C33, "pagu_n"), (C33, "pagu_p1"), (RK, "anggaran"))
TINGKAT = ("tingkat_realisasi_n2", "tingkat_capaian_renstra")

Kebenaran = frozenset[Tempat]
Penanam = Callable[[Papan], Kebenaran | None]
"""Damages a plan; None where this plan has no place for the fault."""


@dataclass(frozen=True, slots=True)
class Cacat:
    """One class of faults."""

    nama: str
    keluarga: str
    moda: tuple[str, ...]
    tanam: Penanam
    uraian: str


CACAT: dict[str, Cacat] = {}


def cacat(keluarga: str, *moda: str) -> Callable[[Penanam], Penanam]:
    """Register a class under its function's name; by default it is planted into both presentations in turn."""

    def daftar(f: Penanam) -> Penanam:
        nama = f.__name__
        CACAT[nama] = Cacat(nama, keluarga, moda or (CETAK, INDUK), f, (f.__doc__ or "").strip())
        return f

    return daftar


def di(tabel: str, baris: Iterable[Baris], *kolom: str) -> Kebenaran:
    """Cells of rows; all columns where none is named."""
    return frozenset((tabel, b.id, k) for b in baris for k in kolom or MENURUT_KUNCI[tabel].menurut_kunci)


def _angka(b: Baris, kolom: str) -> float | None:
    nilai = b[kolom].angka
    return None if nilai is None else float(nilai)


def _berangka(*kolom: str) -> Callable[[Baris], bool]:
    return lambda b: all(_angka(b, k) not in {None, 0.0} for k in kolom)


def _terbit(p: Papan, tabel: str, b: Baris, kolom: str) -> float | None:
    """The right value, unrounded."""
    asal = next((x for x in p.benar.baris(tabel) if x.id == b.id), None)
    return _angka(asal, kolom) if asal else None


# ── HIT: computed values ──────────────────────────────────────────────────────────────────────────────────────


@cacat("HIT")
def tingkat_salah(p: Papan) -> Kebenaran | None:
    """A rate that does not follow from its own row."""
    kolom = p.acak.choice(TINGKAT)
    b = p.pilih(C29, _berangka(kolom))
    if b is None:
        return None
    lama = _angka(b, kolom) or 0
    baru = round(lama + p.acak.choice((-12.5, -3.0, -0.4, 0.5, 4.25, 20.0)), 2)
    p.taruh(C29, b.id, {kolom: max(baru, 0.01)})
    return di(C29, [b], kolom)


@cacat("HIT", CETAK)
def tingkat_terpotong(p: Papan) -> Kebenaran | None:
    """A rate cut off instead of rounded."""
    calon = [
        (b, k, v)
        for k in TINGKAT
        for b in p.baris(C29, _berangka(k))
        if (v := _terbit(p, C29, b, k)) is not None and v * 100 % 1 > 0.51
    ]
    if not calon:
        return None
    b, kolom, v = p.acak.choice(calon)
    p.taruh(C29, b.id, {kolom: tulis_tetap(floor(v * 100) / 100, 2)})
    return di(C29, [b], kolom)


@cacat("HIT", CETAK)
def angka_tertukar(p: Papan) -> Kebenaran | None:
    """Two digits of a rate swapped."""
    kolom = p.acak.choice(TINGKAT)
    calon = [(b, t) for b in p.baris(C29, _berangka(kolom)) if (t := b[kolom].asli) and _tukar_angka(t) != t]
    if not calon:
        return None
    b, teks = p.acak.choice(calon)
    p.taruh(C29, b.id, {kolom: _tukar_angka(teks)})
    return di(C29, [b], kolom)


def _tukar_angka(teks: str) -> str:
    """The first two neighbouring digits that differ, swapped (never a leading 0)."""
    for m in re.finditer(r"(?=(\d)(\d))", teks):
        if m[1] != m[2] and not (m.start() == 0 and m[2] == "0"):
            n = m.start()
            return f"{teks[:n]}{m[2]}{m[1]}{teks[n + 2 :]}"
    return teks


@cacat("HIT")
def persen_pecahan(p: Papan) -> Kebenaran | None:
    """A percentage written as a fraction: 0,85 for 85."""
    kolom = p.acak.choice(TINGKAT)
    b = p.pilih(C29, _berangka(kolom))
    if b is None:
        return None
    p.taruh(
        C29, b.id, {kolom: tulis_angka((_angka(b, kolom) or 0) / 100, 4) if p.cetak else (_angka(b, kolom) or 0) / 100}
    )
    return di(C29, [b], kolom)


@cacat("HIT")
def kolom_10_salah(p: Papan) -> Kebenaran | None:
    """Column 10 that neither adds up nor is the last known value."""
    b = p.pilih(C29, _berangka("realisasi_sd_n1"))
    if b is None:
        return None
    p.taruh(C29, b.id, {"realisasi_sd_n1": (_angka(b, "realisasi_sd_n1") or 0) + p.acak.choice((1.0, 3.0, 7.0))})
    return di(C29, [b], "realisasi_sd_n1")


@cacat("HIT")
def capaian_iku_salah(p: Papan) -> Kebenaran | None:
    """Column 7 of Capaian IKU, or the mean of a sasaran, off."""
    b = p.pilih(IKU, _berangka("capaian_persen"))
    if b is None:
        return None
    p.taruh(
        IKU, b.id, {"capaian_persen": round((_angka(b, "capaian_persen") or 0) + p.acak.choice((-2.0, 0.7, 1.3)), 2)}
    )
    return di(IKU, [b], "capaian_persen")


@cacat("HIT")
def pegawai_salah(p: Papan) -> Kebenaran | None:
    """A row or the sum of Pegawai that does not add up."""
    b = p.pilih(PGW, lambda b: _angka(b, "jumlah") is not None)
    if b is None:
        return None
    p.taruh(PGW, b.id, {"jumlah": (_angka(b, "jumlah") or 0) + p.acak.choice((1.0, 2.0, 10.0))})
    return di(PGW, [b], "jumlah")


@cacat("HIT")
def efisiensi_salah(p: Papan) -> Kebenaran | None:
    """A ratio of efficiency that does not follow from its two percentages."""
    b = p.pilih(EFISIENSI.kunci, _berangka("nilai_efisiensi"))
    if b is None:
        return None
    p.taruh(
        EFISIENSI.kunci,
        b.id,
        {"nilai_efisiensi": round((_angka(b, "nilai_efisiensi") or 0) + p.acak.choice((-0.2, 0.05, 0.3)), 3)},
    )
    return di(EFISIENSI.kunci, [b], "nilai_efisiensi")


# ── RMS: formulas of our own workbook overwritten (more of them, in its file: ``cacat_induk``) ────────────────


@cacat("RMS", INDUK)
def konstanta_salah(p: Papan) -> Kebenaran | None:
    """A computed cell typed over with another value."""
    tabel, kolom = p.acak.choice((*((C29, k) for k in TINGKAT), *UANG, (IKU, "capaian_persen")))
    b = p.pilih(tabel, lambda b: b[kolom].rumus and b[kolom].angka not in {None, 0})
    if b is None:
        return None
    nilai, kali = b[kolom].nilai, p.acak.choice((0.5, 0.9, 1.1, 2.0))
    p.taruh(tabel, b.id, {kolom: Sel(round(nilai * kali) if isinstance(nilai, int) else float(nilai or 0) * kali)})
    return di(tabel, [b], kolom)


# ── ROL: roll-ups ─────────────────────────────────────────────────────────────────────────────────────────────

_INDUK = (Level.PROGRAM, Level.KEGIATAN)


def _uang(p: Papan) -> tuple[str, str]:
    ada = [(t, k) for t, k in UANG if any(b[k].angka for b in p.buku.baris(t) if b.level is Level.PROGRAM)]
    return p.acak.choice(ada)


@cacat("ROL", CETAK)
def jumlah_salah(p: Papan) -> Kebenaran | None:
    """A total that is not the sum of what stands below it."""
    tabel, kolom = _uang(p)
    b = p.pilih(tabel, lambda b: b.level in {*_INDUK, Level.TOTAL, Level.PERANGKAT_DAERAH} and bool(b[kolom].angka))
    if b is None:
        return None
    p.taruh(tabel, b.id, {kolom: int(b[kolom].nilai or 0) + p.acak.choice((-1, 1)) * p.acak.randint(1, 90_000) * 100})
    return di(tabel, [b], kolom)


@cacat("ROL", CETAK)
def anak_tak_terjumlah(p: Papan) -> Kebenaran | None:
    """A kegiatan that leaves out one sub kegiatan; the totals above follow it."""
    tabel, kolom = _uang(p)
    calon = []
    for b in p.baris(tabel, lambda b: b.level is Level.KEGIATAN and bool(b[kolom].angka)):
        anak = [a for a in p.anak(tabel, b.simpul, Level.SUB_KEGIATAN) if a[kolom].angka]
        calon += [(b, a) for a in anak if len(anak) > 1]
    if not calon:
        return None
    b, a = p.acak.choice(calon)
    nilai = int(a[kolom].nilai or 0)
    p.taruh(tabel, b.id, {kolom: int(b[kolom].nilai or 0) - nilai})
    p.tambah_uang(tabel, kolom, b.simpul, -nilai)
    return di(tabel, [b], kolom)


@cacat("ROL", CETAK)
def program_tak_terjumlah(p: Papan) -> Kebenaran | None:
    """The grand total leaves out a program."""
    tabel, kolom = _uang(p)
    total = p.pilih(tabel, lambda b: b.level in {Level.TOTAL, Level.PERANGKAT_DAERAH} and bool(b[kolom].angka))
    program = p.pilih(tabel, lambda b: b.level is Level.PROGRAM and bool(b[kolom].angka))
    if total is None or program is None:
        return None
    p.taruh(tabel, total.id, {kolom: int(total[kolom].nilai or 0) - int(program[kolom].nilai or 0)})
    return di(tabel, [total], kolom)


# ── DUP: repetition ───────────────────────────────────────────────────────────────────────────────────────────


@cacat("DUP", CETAK)
def baris_ganda(p: Papan) -> Kebenaran | None:
    """A sub kegiatan that stands twice in one table."""
    tabel = p.acak.choice((C29, C31, C33, RK))
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN)
    if b is None:
        return None
    rows = list(p.buku.baris(tabel))
    baru = replace(b, id=PembuatId(MENURUT_KUNCI[tabel].awalan_id, (x.id for x in rows))())
    rows.insert(rows.index(b) + p.acak.choice((1, 1, 2)), baru)
    p.ganti(tabel, rows)
    return di(tabel, [b, baru])


@cacat("DUP", CETAK)
def baris_tertimpa(p: Papan) -> Kebenaran | None:
    """A row pasted over another, with names, indicator, target and money."""
    tabel = p.acak.choice((C31, C33, RK))
    a, b = (
        p.pilih(tabel, lambda x: x.level is Level.SUB_KEGIATAN),
        p.pilih(tabel, lambda x: x.level is Level.SUB_KEGIATAN),
    )
    if a is None or b is None or a.simpul == b.simpul:
        return None
    baru = replace(a, id=b.id, asal=b.asal)
    p.ganti(tabel, [baru if x.id == b.id else x for x in p.buku.baris(tabel)])
    return di(tabel, [a, b])


@cacat("DUP", CETAK)
def pagu_dua_kali(p: Papan) -> Kebenaran | None:
    """Money on both rows of a node that has two indicators."""
    tabel, kolom = p.acak.choice([x for x in UANG if x[0] != RK])
    rows = p.buku.baris(tabel)
    calon = [
        (a, b)
        for a, b in pairwise(rows)
        if b.level is Level.INDIKATOR_LANJUTAN and a.simpul == b.simpul and a[kolom].angka
    ]
    if not calon:
        return None
    a, b = p.acak.choice(calon)
    p.taruh(tabel, b.id, {kolom: int(a[kolom].nilai or 0) // 2 + 100_00})
    return di(tabel, [a, b], kolom)


# ── FMT: number formats ───────────────────────────────────────────────────────────────────────────────────────


@cacat("FMT", CETAK)
def titik_desimal(p: Papan) -> Kebenaran | None:
    """A decimal point where a comma belongs."""
    kolom = p.acak.choice((*TINGKAT, "realisasi_n2", "realisasi_sd_n3"))
    b = p.pilih(C29, lambda b: re.fullmatch(r"\d+,\d{1,2}%?", b[kolom].asli or "") is not None)
    if b is None:
        return None
    p.taruh(C29, b.id, {kolom: str(b[kolom].asli).replace(",", ".")})
    return di(C29, [b], kolom)


@cacat("FMT", CETAK)
def ribuan_rusak(p: Papan) -> Kebenaran | None:
    """Thousands separators that group nothing: 259.987.00,00."""
    tabel, kolom = p.acak.choice(UANG)
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and (b[kolom].angka or 0) >= 100_000_000)
    if b is None:
        return None
    polos = tulis_rupiah(int(b[kolom].nilai or 0) // 100 * 100)
    rusak = p.acak.choice(
        (polos[:-1] + ",00", polos.replace(".", "", 1), polos[:2] + "." + polos[2:], polos.replace(".", "..", 1))
    )
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?", rusak):
        return None
    p.taruh(tabel, b.id, {kolom: Sel(rusak)})
    return di(tabel, [b], kolom)


@cacat("FMT", INDUK)
def angka_berteks(p: Papan) -> Kebenaran | None:
    """A number typed as text, with its unit or dots, into a numeric cell."""
    pilihan = [(C29, k, s) for k in ("target_n2", "realisasi_n2", "target_n1") for s in (" dok", " %", "")]
    pilihan += [(C33, "pagu_n", ""), (C31, "kebutuhan_dana", ""), (C33, "target_n", " orang")]
    tabel, kolom, satuan = p.acak.choice(pilihan)
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and bool(b[kolom].angka))
    if b is None:
        return None
    nilai = b[kolom].nilai
    teks = tulis_rupiah(nilai) if isinstance(nilai, int) else tulis_angka(float(nilai or 0), 2)
    p.taruh(tabel, b.id, {kolom: Sel(f"{teks}{satuan}")})
    p.ikutkan()
    return di(tabel, [b], kolom)


# ── SAT: units ────────────────────────────────────────────────────────────────────────────────────────────────

_SATUAN_29 = ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2")


@cacat("SAT")
def satuan_beda(p: Papan) -> Kebenaran | None:
    """One cell of a row with another unit than the rest of it."""
    kolom = p.acak.choice(_SATUAN_29)
    b = p.pilih(C29, lambda b: not b[f"satuan_{kolom}"].kosong and b[kolom].angka is not None)
    if b is None:
        return None
    semula = str(b[f"satuan_{kolom}"].nilai)
    p.taruh(
        C29, b.id, {f"satuan_{kolom}": p.acak.choice([s for s in ("Dokumen", "%", "Orang", "Laporan") if s != semula])}
    )
    return di(C29, [b], *(k for x in _SATUAN_29 for k in (x, f"satuan_{x}")))


@cacat("SAT")
def satuan_tertukar(p: Papan) -> Kebenaran | None:
    """Units of two rows swapped in one column."""
    kolom = f"satuan_{p.acak.choice(_SATUAN_29)}"
    a, b = p.pilih(C29, lambda x: not x[kolom].kosong), p.pilih(C29, lambda x: not x[kolom].kosong)
    if a is None or b is None or a[kolom].nilai == b[kolom].nilai:
        return None
    p.taruh(C29, a.id, {kolom: Sel(b[kolom].nilai)})
    p.taruh(C29, b.id, {kolom: Sel(a[kolom].nilai)})
    return di(C29, [a, b], *(k for x in _SATUAN_29 for k in (x, f"satuan_{x}")))


@cacat("SAT", CETAK)
def satuan_target_beda(p: Papan) -> Kebenaran | None:
    """A target with another unit in one plan table: 12 Dokumen, elsewhere 12 Orang."""
    tabel, kolom = p.acak.choice(((C31, "target_rkpd"), (C31, "target_kebutuhan"), (C33, "target_n"), (RK, "target")))
    b = p.pilih(
        tabel,
        lambda b: b.level is Level.SUB_KEGIATAN and b[kolom].angka is not None and not b[f"satuan_{kolom}"].kosong,
    )
    if b is None:
        return None
    semula = b[f"satuan_{kolom}"].nilai
    satuan = p.acak.choice([s for s in ("Dokumen", "Orang", "%", "Unit") if s != semula])
    teks = tulis_angka(float(b[kolom].angka or 0), 2)
    p.taruh(tabel, b.id, {f"satuan_{kolom}": Sel(satuan), kolom: f"{teks}%" if satuan == "%" else f"{teks} {satuan}"})
    lain = [(C31, x) for x in ("target_rkpd", "target_kebutuhan")] + [
        (C33, "target_n"),
        (C33, "target_p1"),
        (RK, "target"),
    ]
    return frozenset().union(*(di(t, p.milik(t, b.simpul), k, f"satuan_{k}") for t, k in lain))


# ── LNK: tables that disagree ─────────────────────────────────────────────────────────────────────────────────


@cacat("LNK")
def nama_basi(p: Papan) -> Kebenaran | None:
    """A name that one table still has from before."""
    tabel, kolom = p.acak.choice(
        ((C29, "nama"), (C31, "nama_rkpd"), (C31, "nama_kebutuhan"), (C33, "nama"), (RK, "sub_kegiatan"))
    )
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and not b[kolom].kosong)
    if b is None:
        return None
    lama = str(b[kolom].nilai)
    kata = lama.split()
    baru = p.acak.choice(
        (" ".join(kata[:-1]), f"Fasilitasi {lama}", f"{lama} Tingkat Kecamatan", " ".join(["Peningkatan", *kata[1:]]))
    )
    if not baru or baru == lama:
        return None
    p.taruh(tabel, b.id, {kolom: Sel(baru)})
    return di(tabel, [b], kolom)


@cacat("LNK")
def indikator_basi(p: Papan) -> Kebenaran | None:
    """An indicator that one table words as the plan of another year did."""
    pilihan = (
        (C29, "indikator"),
        (C31, "indikator_rkpd"),
        (C31, "indikator_kebutuhan"),
        (C33, "indikator"),
        (RK, "output_outcome"),
    )
    tabel, kolom = p.acak.choice(pilihan)
    b = p.pilih(tabel, lambda b: not b[kolom].kosong)
    if b is None:
        return None
    p.taruh(
        tabel, b.id, {kolom: Sel(p.acak.choice(("Jumlah rapat yang dilaksanakan", f"{b[kolom].nilai} tahun berjalan")))}
    )
    return di(tabel, [b], kolom)


@cacat("LNK", CETAK)
def pagu_dua_tabel(p: Papan) -> Kebenaran | None:
    """A sub kegiatan with one amount in T-C.33 or RKT and another in the rest; each table adds up."""
    tabel, kolom = p.acak.choice(((C33, "pagu_n"), (RK, "anggaran"), (C31, "kebutuhan_dana")))
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and bool(b[kolom].angka))
    if b is None or not any(x[k].angka for t, k in UANG if t != tabel and k != "pagu_p1" for x in p.milik(t, b.simpul)):
        return None
    beda = p.acak.choice((-1, 1)) * p.acak.randint(1, 9_000) * 100_00
    if int(b[kolom].nilai or 0) + beda <= 0:
        return None
    p.taruh(tabel, b.id, {kolom: int(b[kolom].nilai or 0) + beda})
    p.tambah_uang(tabel, kolom, b.simpul, beda)
    return frozenset().union(*(di(t, p.milik(t, b.simpul), k) for t, k in UANG if k not in {"pagu_p1", "pagu_rkpd"}))


@cacat("LNK", CETAK)
def target_dua_tabel(p: Papan) -> Kebenaran | None:
    """A target of the plan year that differs between the plan tables."""
    lain = ((C31, "target_kebutuhan"), (C33, "target_n"), (RK, "target"))
    tabel, kolom = p.acak.choice(lain)
    b = p.pilih(tabel, lambda b: b.indikator is not None and b[kolom].angka is not None)
    if (
        b is None
        or sum(x[k].angka is not None for t, k in lain for x in p.baris(t, lambda x: x.indikator == b.indikator)) < 2
    ):
        return None
    p.taruh(tabel, b.id, {kolom: float(b[kolom].angka or 0) + p.acak.choice((1.0, 2.0, 5.0))})
    return frozenset().union(*(di(t, p.baris(t, lambda x: x.indikator == b.indikator), k) for t, k in lain))


@cacat("LNK", CETAK)
def iku_dua_tabel(p: Papan) -> Kebenaran | None:
    """A realisation of a main indicator that differs between T-C.30 and Capaian IKU (whose rate follows its own)."""
    b = p.pilih(
        IKU,
        lambda b: (
            b.level is Level.DATA and bool(b["realisasi_sd_n2"].angka) and bool(b["target_akhir_renstra_re"].angka)
        ),
    )
    if b is None:
        return None
    t30 = p.baris(C30, lambda x: x.indikator == b.indikator)
    p.taruh(
        IKU, b.id, {"realisasi_sd_n2": round(float(b["realisasi_sd_n2"].angka or 0) * p.acak.choice((0.9, 1.1)), 2)}
    )
    return di(IKU, [b], "realisasi_sd_n2", "predikat_realisasi") | di(C30, t30, "realisasi_n2", "predikat_realisasi_n2")


@cacat("LNK", CETAK)
def target_renstra_beda(p: Papan) -> Kebenaran | None:
    """Column 4 of T-C.29 against the target that the Renstra itself names."""
    renstra = {b.indikator: b for b in p.buku.baris(RENSTRA.kunci) if b.simpul and b.indikator}
    b = p.pilih(C29, lambda b: b.indikator in renstra and bool(b["target_renstra"].angka))
    if b is None:
        return None
    p.taruh(C29, b.id, {"target_renstra": float(b["target_renstra"].angka or 0) + p.acak.choice((2.0, 5.0))})
    return di(C29, [b], "target_renstra") | di(RENSTRA.kunci, [renstra[str(b.indikator)]])


# ── JML: counts and claims ────────────────────────────────────────────────────────────────────────────────────


def _fakta(p: Papan, kunci: str) -> Baris | None:
    return p.pilih(PROFIL.kunci, lambda b: str(b["kunci"].nilai or "").startswith(kunci) and not b["nilai"].kosong)


def _ubah_fakta(p: Papan, b: Baris | None, ubah: Callable[[str], str]) -> Kebenaran | None:
    if b is None:
        return None
    lama = str(b["nilai"].nilai)
    baru = ubah(lama)
    if baru == lama:
        return None
    p.taruh(PROFIL.kunci, b.id, {"nilai": Sel(baru)})
    return di(PROFIL.kunci, [b], "nilai")


@cacat("JML")
def klaim_jumlah_salah(p: Papan) -> Kebenaran | None:
    """A sentence with a count that the tables do not have, its words agreeing with the number."""
    kunci = p.acak.choice(("klaim_isi_bab_iv", "klaim_isi_bab_v", "klaim_jumlah_pegawai"))

    def ubah(teks: str) -> str:
        m = p.acak.choice(list(re.finditer(r"(\d+)( \([a-z ]+\))?", teks)))
        n = max(1, int(m[1]) + p.acak.choice((-2, -1, 1, 2)))
        baru = f"{n} ({terbilang(n)})" if m[2] else str(n)
        return teks if n == int(m[1]) else teks[: m.start()] + baru + teks[m.end() :]

    return _ubah_fakta(p, _fakta(p, kunci), ubah)


@cacat("JML")
def kata_beda_angka(p: Papan) -> Kebenaran | None:
    """A number whose words say another: 45 (empat puluh tiga)."""

    def ubah(teks: str) -> str:
        m = p.acak.choice(list(re.finditer(r"(\d+) \(([a-z ]+)\)", teks)))
        n = int(m[1]) + p.acak.choice((-1, 1, 2))
        return teks[: m.start(2)] + terbilang(max(0, n)) + teks[m.end(2) :]

    return _ubah_fakta(p, _fakta(p, p.acak.choice(("klaim_isi_bab_iv", "klaim_jumlah_pegawai"))), ubah)


@cacat("JML")
def klaim_total_salah(p: Papan) -> Kebenaran | None:
    """A total in the narrative that its table does not show."""
    kunci = p.acak.choice(("total_", f"anggaran_{p.buku.tahun - 2}_total", f"anggaran_{p.buku.tahun - 2}_realisasi"))

    def ubah(teks: str) -> str:
        m = re.search(r"\d[\d.]*\d", teks)
        if not m:
            return teks
        n = int(m[0].replace(".", "")) + p.acak.choice((-1, 1)) * p.acak.randint(1, 999) * 1_000
        return teks[: m.start()] + tulis_rupiah(n * 100) + teks[m.end() :]

    return _ubah_fakta(p, _fakta(p, kunci), ubah)


@cacat("JML")
def klaim_persen_salah(p: Papan) -> Kebenaran | None:
    """A share of the budget spent that the two amounts do not give."""
    b = _fakta(p, f"anggaran_{p.buku.tahun - 2}_persen")
    return _ubah_fakta(
        p, b, lambda t: f"{tulis_angka(float(t.rstrip('%').replace(',', '.')) + p.acak.choice((-2.0, 0.5, 1.5)), 2)}%"
    )


@cacat("JML")
def anggaran_hitungan_salah(p: Papan) -> Kebenaran | None:
    """The row of the plan in Anggaran with a count or total other than the plan's own."""
    tahun = float(p.buku.tahun)
    b = p.pilih(ANG, lambda b: b["tahun"].angka == tahun and bool(b["anggaran"].angka))
    if b is None:
        return None
    kolom = p.acak.choice(("program", "kegiatan", "sub_kegiatan", "anggaran"))
    beda = p.acak.choice((1, 2, -1))
    nilai: Nilai = (
        int(b[kolom].nilai or 0) + beda * 50_000_00 if kolom == "anggaran" else float(b[kolom].angka or 0) + beda
    )
    p.taruh(ANG, b.id, {kolom: nilai})
    p.ikutkan()
    return di(ANG, [b], kolom)


# ── KAT: categories ───────────────────────────────────────────────────────────────────────────────────────────


@cacat("KAT")
def kriteria_salah(p: Papan) -> Kebenaran | None:
    """A kriteria that the rate does not reach, or exceeds."""
    b = p.pilih(IKU, lambda b: bool(b["capaian_persen"].angka) and not b["kategori"].kosong)
    if b is None:
        return None
    lain = [k for k in ("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah") if k != b["kategori"].nilai]
    p.taruh(IKU, b.id, {"kategori": p.acak.choice(lain)})
    return di(IKU, [b], "kategori")


@cacat("KAT")
def status_salah(p: Papan) -> Kebenaran | None:
    """A sub kegiatan in the wrong list of the fulfilment of targets."""
    tabel = PEMENUHAN_TARGET.kunci
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and not b["status"].kosong)
    if b is None:
        return None
    baru = p.acak.choice([s for s in STATUS[:3] if s != b["status"].nilai])
    p.taruh(tabel, b.id, {"status": Sel(baru, baru) if p.cetak else Sel(baru)})
    return di(tabel, [b], "status")


@cacat("KAT")
def predikat_salah(p: Papan) -> Kebenaran | None:
    """A SAKIP grade that its number does not have: BB (65,18)."""
    kolom = p.acak.choice(("realisasi_n2", "realisasi_n1", "proyeksi_n"))
    b = p.pilih(C30, lambda b: not b[f"predikat_{kolom}"].kosong and b[kolom].angka is not None)
    if b is None:
        return None
    baru = p.acak.choice([x for x in ("A", "BB", "B", "CC") if x != b[f"predikat_{kolom}"].nilai])
    p.taruh(C30, b.id, {f"predikat_{kolom}": Sel(baru)})
    if p.cetak:
        p.taruh(C30, b.id, {kolom: f"{baru} ({tulis_angka(float(b[kolom].angka or 0), 2)})"})
    p.ikutkan()
    return di(C30, [b], kolom, f"predikat_{kolom}")


# ── KSG: what is missing ──────────────────────────────────────────────────────────────────────────────────────


@cacat("KSG")
def pagu_hilang(p: Papan) -> Kebenaran | None:
    """A sub kegiatan without its amount."""
    tabel, kolom = p.acak.choice(((C31, "pagu_rkpd"), (C31, "kebutuhan_dana"), (C33, "pagu_n")))
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and bool(b[kolom].angka))
    if b is None:
        return None
    p.taruh(tabel, b.id, {kolom: None})
    p.ikutkan()
    return di(tabel, [b], kolom)


@cacat("KSG")
def target_hilang(p: Papan) -> Kebenaran | None:
    """Money without a target."""
    tabel, kolom, uang = p.acak.choice(
        ((C31, "target_rkpd", "pagu_rkpd"), (C31, "target_kebutuhan", "kebutuhan_dana"), (C33, "target_n", "pagu_n"))
    )
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and b[kolom].angka is not None and bool(b[uang].angka))
    if b is None:
        return None
    p.taruh(tabel, b.id, {kolom: None, f"satuan_{kolom}": None})
    p.ikutkan()
    return di(tabel, [b], kolom, uang)


@cacat("KSG")
def indikator_hilang(p: Papan) -> Kebenaran | None:
    """A row without its indicator."""
    tabel, kolom = p.acak.choice(
        ((C29, "indikator"), (C33, "indikator"), (C31, "indikator_rkpd"), (RK, "output_outcome"))
    )
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and not b[kolom].kosong)
    if b is None:
        return None
    p.taruh(tabel, b.id, {kolom: None})
    return di(tabel, [b], kolom)


@cacat("KSG")
def realisasi_tanpa_target(p: Papan) -> Kebenaran | None:
    """A realisation whose target is blank."""
    b = p.pilih(C29, _berangka("target_n2", "realisasi_n2"))
    if b is None:
        return None
    p.taruh(C29, b.id, {"target_n2": None, **({"tingkat_realisasi_n2": "-"} if p.cetak else {})})
    p.ikutkan()
    return di(C29, [b], "target_n2", "realisasi_n2")


@cacat("KSG", CETAK)
def baris_hilang(p: Papan) -> Kebenaran | None:
    """A sub kegiatan that one plan table lists and another does not, its totals following."""
    tabel, kolom = p.acak.choice(((C33, "pagu_n"), (RK, "anggaran"), (C31, "kebutuhan_dana")))
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and bool(b[kolom].angka))
    if b is None or not any(x[k].angka for t, k in UANG if t != tabel and k != "pagu_p1" for x in p.milik(t, b.simpul)):
        return None
    for k in [k for t, k in UANG if t == tabel]:
        p.tambah_uang(tabel, k, b.simpul, -int(b[k].angka or 0))
    p.ganti(tabel, [x for x in p.buku.baris(tabel) if x.simpul != b.simpul])
    lain = frozenset().union(*(di(t, p.milik(t, b.simpul)) for t in (C31, C33, RK) if t != tabel))
    struktur = frozenset(
        (STRUKTUR, i.id, k)
        for i in p.buku.indikator
        if i.simpul == b.simpul
        for k in MENURUT_KUNCI[STRUKTUR].menurut_kunci
    )
    return lain | struktur | di(tabel, [*p.milik(tabel, p.leluhur(b.simpul)[0])])


# ── KOD: kode ─────────────────────────────────────────────────────────────────────────────────────────────────


@cacat("KOD")
def kode_usang(p: Papan) -> Kebenaran | None:
    """A kode of the list before: a sub kegiatan with two digits."""
    b = p.pilih(C29, lambda b: b.level is Level.SUB_KEGIATAN and str(b["kode"].nilai or "")[-4:-2] == "00")
    if b is None:
        return None
    kode = str(b["kode"].nilai)
    p.taruh(C29, b.id, {"kode": Sel(kode[:-4] + kode[-2:])})
    return di(C29, [b], "kode")


@cacat("KOD")
def kode_tertukar(p: Papan) -> Kebenaran | None:
    """The kode of two rows swapped."""
    a, b = (p.pilih(C29, lambda x: x.level is Level.SUB_KEGIATAN and not x["kode"].kosong) for _ in range(2))
    if a is None or b is None or a.id == b.id:
        return None
    p.taruh(C29, a.id, {"kode": b["kode"]})
    p.taruh(C29, b.id, {"kode": a["kode"]})
    return di(C29, [a, b], "kode", "nama")  # nothing in the row says which of the two is right


@cacat("KOD")
def kode_ganda(p: Papan) -> Kebenaran | None:
    """One kode on two different sub kegiatan, in the struktur and every table."""
    sub = [s for s in p.buku.simpul if s.level is Level.SUB_KEGIATAN and s.kode]
    if len(sub) < 2:
        return None
    a, b = p.acak.sample(sub, 2)
    p.buku = replace(p.buku, simpul=tuple(replace(s, kode=a.kode) if s.id == b.id else s for s in p.buku.simpul))
    kena: set[Tempat] = set()
    for tabel in (C29, C31, C33, RK):
        for x in p.milik(tabel, b.id):
            if not x["kode"].kosong:
                p.taruh(tabel, x.id, {"kode": Sel(a.kode)})
        kena |= di(tabel, [x for s in (a, b) for x in p.milik(tabel, s.id)], "kode")
    return frozenset(kena) | _struktur(p, a.id, b.id)


@cacat("KOD")
def kode_salah_induk(p: Papan) -> Kebenaran | None:
    """A sub kegiatan whose kode belongs below another kegiatan."""
    kegiatan = [s for s in p.buku.simpul if s.level is Level.KEGIATAN and s.kode]
    b = p.pilih(C29, lambda x: x.level is Level.SUB_KEGIATAN and not x["kode"].kosong)
    if b is None or len(kegiatan) < 2:
        return None
    kode = str(b["kode"].nilai)
    lain = p.acak.choice([str(s.kode) for s in kegiatan if not kode.startswith(f"{s.kode}.")])
    baru = f"{lain}.{kode.rpartition('.')[2]}"
    p.buku = replace(p.buku, simpul=tuple(replace(s, kode=baru) if s.id == b.simpul else s for s in p.buku.simpul))
    kena = frozenset[Tempat]()
    for tabel in (C29, C31, C33, RK):
        for x in p.milik(tabel, b.simpul):
            if not x["kode"].kosong:
                p.taruh(tabel, x.id, {"kode": Sel(baru)})
        kena |= di(tabel, p.milik(tabel, b.simpul), "kode")
    return kena | _struktur(p, str(b.simpul))


def _struktur(p: Papan, *simpul: str) -> Kebenaran:
    """The kode cells of nodes in the struktur, whose rows go by indicator."""
    return frozenset((STRUKTUR, x, "kode") for i in p.buku.indikator if i.simpul in simpul for x in (i.id, i.simpul))


# ── LOG: contradictions ───────────────────────────────────────────────────────────────────────────────────────


@cacat("LOG", CETAK)
def kolom_bergeser(p: Papan) -> Kebenaran | None:
    """A row of T-C.29 typed one column to the right."""
    kolom = ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2")
    b = p.pilih(C29, lambda b: len({b[k].angka for k in kolom}) > 2)
    if b is None:
        return None
    p.taruh(C29, b.id, {kolom[0]: None, **{baru: b[lama] for lama, baru in pairwise(kolom)}})
    return di(C29, [b], *kolom, *TINGKAT, "realisasi_sd_n1")


@cacat("LOG", CETAK)
def target_realisasi_tertukar(p: Papan) -> Kebenaran | None:
    """Target and realisation of n-2 in each other's column; the rate is still that of the right order."""
    b = p.pilih(
        C29,
        lambda b: (
            bool(b["target_n2"].angka and b["realisasi_n2"].angka) and b["target_n2"].angka != b["realisasi_n2"].angka
        ),
    )
    if b is None:
        return None
    p.taruh(C29, b.id, {"target_n2": b["realisasi_n2"], "realisasi_n2": b["target_n2"]})
    return di(C29, [b], "target_n2", "realisasi_n2", *TINGKAT, "realisasi_sd_n1")


@cacat("LOG", CETAK)
def tahap_tertukar(p: Papan) -> Kebenaran | None:
    """T-C.33 takes the RKPD's amount where the analysis of needs decided on another."""
    asal = {b.simpul: b["pagu_rkpd"].angka for b in p.buku.baris(C31) if b.level is Level.SUB_KEGIATAN}
    b = p.pilih(
        C33,
        lambda b: b.level is Level.SUB_KEGIATAN and bool(asal.get(b.simpul)) and asal[b.simpul] != b["pagu_n"].angka,
    )
    if b is None:
        return None
    beda = int(asal[b.simpul] or 0) - int(b["pagu_n"].nilai or 0)
    p.taruh(C33, b.id, {"pagu_n": int(asal[b.simpul] or 0)})
    p.tambah_uang(C33, "pagu_n", b.simpul, beda)
    return frozenset().union(*(di(t, p.milik(t, b.simpul), k) for t, k in UANG if k != "pagu_p1"))


@cacat("LOG", CETAK)
def induk_tanpa_anak(p: Papan) -> Kebenaran | None:
    """A kegiatan that keeps its amount while none of its sub kegiatan has one."""
    tabel, kolom = p.acak.choice(((C31, "kebutuhan_dana"), (C33, "pagu_n"), (RK, "anggaran")))
    b = p.pilih(tabel, lambda b: b.level is Level.KEGIATAN and bool(b[kolom].angka))
    if b is None:
        return None
    anak = p.anak(tabel, b.simpul, Level.SUB_KEGIATAN)
    for a in anak:
        p.taruh(tabel, a.id, {kolom: None})
    return di(tabel, [b, *anak], kolom)


@cacat("LOG", CETAK)
def ribuan_di_antara_rupiah(p: Papan) -> Kebenaran | None:
    """An amount in thousands of rupiah in every table, all totals following."""
    sub = [s.id for s in p.buku.simpul if s.level is Level.SUB_KEGIATAN]
    s = p.acak.choice(sub)
    if not any((b["pagu_n"].angka or 0) >= 5_000_000_000 for b in p.milik(C33, s)):
        return None
    kena = frozenset[Tempat]()
    for tabel, kolom in UANG:
        for b in p.milik(tabel, s):
            if isinstance(b[kolom].nilai, int) and b.level is Level.SUB_KEGIATAN:
                nilai = int(b[kolom].nilai or 0)
                p.taruh(tabel, b.id, {kolom: nilai // 100_000 * 100})
                p.tambah_uang(tabel, kolom, s, nilai // 100_000 * 100 - nilai)
                kena |= di(tabel, [b], kolom)
    return kena


@cacat("LOG")
def melebihi_renstra(p: Papan) -> Kebenaran | None:
    """A program that asks for twice what the Renstra allows in that year."""
    awal = next(
        (int(str(b["nilai"].nilai)[:4]) for b in p.buku.baris(PROFIL.kunci) if b["kunci"].nilai == "tahun_renstra"), 0
    )
    kolom = f"pagu_r{p.buku.tahun - awal + 1}"
    b = p.pilih(RENSTRA.kunci, lambda b: bool(b[kolom].angka) and b.simpul is not None)
    if b is None:
        return None
    p.taruh(RENSTRA.kunci, b.id, {kolom: Sel(int(b[kolom].nilai or 0) // 2)})
    p.ikutkan()
    return di(RENSTRA.kunci, [b], kolom) | frozenset().union(
        *(di(t, p.milik(t, b.simpul), k) for t, k in UANG if k != "pagu_p1")
    )


@cacat("LOG")
def pagu_berlebih_nol(p: Papan) -> Kebenaran | None:
    """An amount with a zero too many in one table; what adds it up follows."""
    tabel, kolom = p.acak.choice(((C31, "kebutuhan_dana"), (C33, "pagu_n")))
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and 0 < (b[kolom].angka or 0) < 10**13)
    if b is None or not any(
        x[k].angka and not x[k].rumus for t, k in UANG if t != tabel and k != "pagu_p1" for x in p.milik(t, b.simpul)
    ):
        return None
    nilai = int(b[kolom].nilai or 0)
    p.taruh(tabel, b.id, {kolom: nilai * 10})
    if p.cetak:
        p.tambah_uang(tabel, kolom, b.simpul, nilai * 9)
    p.ikutkan()
    return frozenset().union(*(di(t, p.milik(t, b.simpul), k) for t, k in UANG if k != "pagu_p1"))
