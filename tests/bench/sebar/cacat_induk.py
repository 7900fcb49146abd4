"""Faults planted into the file of our own workbook: formulas and headers changed in its sheets, values as Excel would show."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from random import Random

from renja_xl.core.buku import Baris, Buku, Level, Sel
from renja_xl.core.letak import letak_bawaan
from renja_xl.excel.bangun import LEMBAR, bangun
from renja_xl.tabel import MENURUT_KUNCI
from tests.bench.sebar.papan import INDUK, Papan
from tests.bench.sebar.resmi import C29, C31, C33, RK

Kebenaran = frozenset[tuple[str, str]]
Suntingan = dict[tuple[str, str], str | None]
"""New formula (or, for a text cell, new text) by table and cell; None leaves the value alone, without its formula."""


@dataclass
class Tertanam:
    """A damaged plan, the formulas and texts to change in its file, and where the fault stands."""

    buku: Buku
    sunting: Suntingan
    tempat: Kebenaran


Penanam = Callable[[Papan], Tertanam | None]


@dataclass(frozen=True, slots=True)
class CacatInduk:
    nama: str
    keluarga: str
    tanam: Penanam
    uraian: str


CACAT_INDUK: dict[str, CacatInduk] = {}


def cacat(keluarga: str) -> Callable[[Penanam], Penanam]:
    def daftar(f: Penanam) -> Penanam:
        nama = f.__name__
        CACAT_INDUK[nama] = CacatInduk(nama, keluarga, f, (f.__doc__ or "").strip())
        return f

    return daftar


def papan(buku: Buku, acak: Random) -> Papan:
    return Papan(buku, buku, INDUK, acak)


def _alamat(buku: Buku, tabel: str, b: Baris, kolom: str) -> str:
    return letak_bawaan(buku).sel(tabel, b.id, kolom)


def _turun(p: Papan, tabel: str, kolom: str, b: Baris, beda: int) -> None:
    """A changed amount in a cell and in the sums above it, formulas all of them."""
    atas = {b.simpul, *p.leluhur(b.simpul)}
    for x in p.buku.baris(tabel):
        if (x.simpul in atas or x.level in {Level.TOTAL, Level.PERANGKAT_DAERAH}) and isinstance(x[kolom].nilai, int):
            p.taruh(tabel, x.id, {kolom: Sel(int(x[kolom].nilai or 0) + beda, rumus=True)})


@cacat("RMS")
def induk_sum_pendek(p: Papan) -> Tertanam | None:
    """A SUM of a kegiatan that ends one row early."""
    tabel, kolom = p.acak.choice(((C31, "pagu_rkpd"), (C31, "kebutuhan_dana"), (C33, "pagu_n"), (RK, "anggaran")))
    calon = []
    for b in p.baris(tabel, lambda b: b.level is Level.KEGIATAN and b[kolom].rumus):
        anak = [a for a in p.anak(tabel, b.simpul, Level.SUB_KEGIATAN) if a[kolom].nilai is not None]
        calon += [(b, anak)] if len(anak) > 1 and anak[-1][kolom].angka else []
    if not calon:
        return None
    b, anak = p.acak.choice(calon)
    huruf = [_alamat(p.buku, tabel, a, kolom) for a in anak[:-1]]
    _turun(p, tabel, kolom, b, -int(anak[-1][kolom].nilai or 0))
    sel = _alamat(p.buku, tabel, b, kolom)
    return Tertanam(p.buku, {(tabel, sel): f"SUM({','.join(huruf)})"}, frozenset({(MENURUT_KUNCI[tabel].lembar, sel)}))


@cacat("RMS")
def induk_tautan_salah(p: Papan) -> Tertanam | None:
    """An amount of RKT linked to another sub kegiatan."""
    sumber = {b.simpul: b for t in (C31, C33) for b in p.buku.baris(t) if b.level is Level.SUB_KEGIATAN and t == C33}
    a, b = (p.pilih(RK, lambda b: b.level is Level.SUB_KEGIATAN and b["anggaran"].rumus) for _ in range(2))
    if a is None or b is None or a["anggaran"].nilai == b["anggaran"].nilai or b.simpul not in sumber:
        return None
    lain = sumber[b.simpul]
    _turun(p, RK, "anggaran", a, int(lain["pagu_n"].nilai or 0) - int(a["anggaran"].nilai or 0))
    sel = _alamat(p.buku, RK, a, "anggaran")
    rumus = f"'{C33}'!{_alamat(p.buku, C33, lain, 'pagu_n')}"
    return Tertanam(p.buku, {(RK, sel): rumus}, frozenset({(MENURUT_KUNCI[RK].lembar, sel)}))


@cacat("RMS")
def induk_rumus_lain(p: Papan) -> Tertanam | None:
    """A rate that divides by the target of one year instead of the Renstra's."""
    b = p.pilih(
        C29, lambda b: bool(b["tingkat_capaian_renstra"].angka and b["target_n2"].angka and b["realisasi_sd_n1"].angka)
    )
    if b is None:
        return None
    nilai = float(b["realisasi_sd_n1"].angka or 0) / float(b["target_n2"].angka or 1) * 100
    if abs(nilai - float(b["tingkat_capaian_renstra"].angka or 0)) < 0.01:
        return None
    p.taruh(C29, b.id, {"tingkat_capaian_renstra": Sel(nilai, rumus=True)})
    atas, bawah = _alamat(p.buku, C29, b, "realisasi_sd_n1"), _alamat(p.buku, C29, b, "target_n2")
    sel = _alamat(p.buku, C29, b, "tingkat_capaian_renstra")
    return Tertanam(p.buku, {(C29, sel): f"{atas}/{bawah}*100"}, frozenset({(C29, sel)}))


_RUMUS = (
    (C29, "tingkat_realisasi_n2"),
    (C29, "tingkat_capaian_renstra"),
    (C31, "kebutuhan_dana"),
    (C33, "pagu_n"),
    (RK, "anggaran"),
)


@cacat("RMS")
def induk_konstanta(p: Papan) -> Tertanam | None:
    """One formula typed over with its own value."""
    tabel, kolom = p.acak.choice(_RUMUS)
    b = p.pilih(tabel, lambda b: b[kolom].rumus and bool(b[kolom].angka))
    if b is None:
        return None
    sel = _alamat(p.buku, tabel, b, kolom)
    return Tertanam(p.buku, {(tabel, sel): None}, frozenset({(MENURUT_KUNCI[tabel].lembar, sel)}))


@cacat("RMS")
def induk_kolom_nilai(p: Papan) -> Tertanam | None:
    """A whole column of formulas pasted as values."""
    tabel, kolom = p.acak.choice(_RUMUS)
    sel = [
        _alamat(p.buku, tabel, b, kolom)
        for b in p.baris(tabel, lambda b: b[kolom].rumus and b[kolom].nilai is not None)
    ]
    if len(sel) < 3:
        return None
    return Tertanam(p.buku, {(tabel, s): None for s in sel}, frozenset((MENURUT_KUNCI[tabel].lembar, s) for s in sel))


@cacat("FMT")
def induk_kepala_salah(p: Papan) -> Tertanam | None:
    """A header with another year than its column."""
    tabel = p.acak.choice((C29, C31, C33))
    spec = MENURUT_KUNCI[tabel]
    calon = [
        (k, n, teks)
        for k in spec.kolom
        for n, teks in enumerate(k.judul_tahun(p.buku.tahun))
        if re.search(r"20\d\d", teks) and not any(_atas(x.judul_tahun(p.buku.tahun), n) == _atas(k.judul_tahun(p.buku.tahun), n)
                                                 for x in spec.kolom[: spec.letak_kolom[k.kunci] - 1])
    ]  # fmt: skip
    k, n, teks = p.acak.choice(calon)
    baru = re.sub(r"20\d\d", lambda m: str(int(m[0]) + p.acak.choice((-1, 1))), teks, count=1)
    sel = re.sub(
        r"\d+$", str(spec.baris_kepala + n), letak_bawaan(p.buku).sel(tabel, p.buku.baris(tabel)[0].id, k.kunci)
    )
    return Tertanam(p.buku, {(tabel, sel): baru}, frozenset({(spec.lembar, sel)}))


def _atas(jalur: tuple[str, ...], n: int) -> tuple[str, ...]:
    return jalur[: n + 1]


def tulis(t: Tertanam) -> bytes:
    """The damaged workbook's bytes.

    Raises:
        KeyError: a cell to change is not in its sheet as expected.
    """
    asal = bangun(t.buku)
    keluaran = BytesIO()
    with zipfile.ZipFile(BytesIO(asal)) as masuk, zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as z:
        isi = {n: masuk.read(n) for n in masuk.namelist()}
        for (tabel, sel), baru in t.sunting.items():
            nomor = next(n for n, s in enumerate(LEMBAR, 1) if s is not None and s.kunci == tabel)
            bagian = f"xl/worksheets/sheet{nomor}.xml"
            isi[bagian] = _sunting(isi[bagian].decode(), sel, baru).encode()
        for n, b in isi.items():
            z.writestr(n, b)
    return keluaran.getvalue()


def _sunting(xml: str, sel: str, baru: str | None) -> str:
    """A cell's formula, or its text where it has none, replaced; its style and value stay."""
    m = re.search(rf'<c r="{sel}"([^>]*)>(.*?)</c>', xml)
    if m is None:
        raise KeyError(sel)
    if baru is None:
        return xml[: m.start(2)] + re.sub("<f>.*?</f>", "", m[2]) + xml[m.end(2) :]
    polos = baru.replace("&", "&amp;").replace("<", "&lt;")
    if "<f>" in m[2]:
        ganti = f'<c r="{sel}"{m[1]}>{re.sub("<f>.*?</f>", lambda _: f"<f>{polos}</f>", m[2])}</c>'
    else:
        gaya = re.sub(r' t="s"', "", m[1])
        ganti = f'<c r="{sel}"{gaya} t="inlineStr"><is><t>{polos}</t></is></c>'
    return xml[: m.start()] + ganti + xml[m.end() :]
