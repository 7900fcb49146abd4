"""The two sides of T-C.31 as a comparison: Rancangan Awal RKPD before, analysis of needs after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from renja_xl.core.buku import Baris, Buku
from renja_xl.core.letak import Letak
from renja_xl.core.sanding import Sanding, sandingkan
from renja_xl.tabel import DASAR_PERHITUNGAN, PROFIL, T_C_31, T_C_33

_RKPD, _BUTUH = "rkpd", "kebutuhan"
_KOLOM: Mapping[str, Mapping[str, str]] = {
    sisi: {
        "lokasi": f"lokasi_{sisi}",
        **{pola.format("target_n"): pola.format(f"target_{sisi}") for pola in ("{}", "satuan_{}", "predikat_{}")},
        "pagu_n": uang,
    }
    for sisi, uang in ((_RKPD, "pagu_rkpd"), (_BUTUH, "kebutuhan_dana"))
}
"""Columns of T-C.33, and what they are on each side."""


def sisi_t_c_31(buku: Buku, sisi: str) -> Buku:
    """One side of T-C.31 as a plan of its own, with its amounts and targets in T-C.33."""
    rows = []
    for b in buku.baris(T_C_31.kunci):
        lain = b["simpul_kebutuhan"].nilai if sisi == _BUTUH else None
        isi = {k: b[kolom] for k, kolom in _KOLOM[sisi].items() if b[kolom].nilai is not None}
        for k in ("nama", "indikator"):
            isi[k] = b[f"{k}_{sisi}"]
        rows.append(Baris(b.id, b.level, isi, str(lain) if lain else b.simpul, b.indikator, b.asal))
    tetap = {s.kunci: buku.baris(s.kunci) for s in (PROFIL, DASAR_PERHITUNGAN)}
    return Buku(buku.simpul, buku.indikator, {**tetap, T_C_33.kunci: tuple(rows)})


def sandingkan_t_c_31(buku: Buku, letak: Letak) -> tuple[Sanding, Buku, Buku]:
    """The comparison, told in the words of T-C.31, and its two sides.

    Args:
        letak: where the rows stand; cells of the right side are named.
    """
    kiri, kanan = sisi_t_c_31(buku, _RKPD), sisi_t_c_31(buku, _BUTUH)
    kolom = {k: letak.kolom[T_C_31.kunci][v] for k, v in _KOLOM[_BUTUH].items()} if T_C_31.kunci in letak.kolom else {}
    milik = Letak(
        {T_C_33.kunci: letak.baris.get(T_C_31.kunci, {})},
        {T_C_33.kunci: kolom},
        {T_C_33.kunci: letak.asing.get(T_C_31.kunci, {})},
    )
    s = sandingkan(kiri, kanan, milik, ukuran=(T_C_33.kunci, "pagu_n"))
    diubah = tuple(
        replace(i, tabel=T_C_31.kunci, kolom=T_C_31.menurut_kunci[_KOLOM[_BUTUH][i.kunci]].sebutan(buku.tahun))
        for i in s.diubah
    )
    uang = T_C_31.menurut_kunci["kebutuhan_dana"]
    total = tuple(replace(p, tabel=T_C_31.kunci, kolom=uang) for p in s.total if p.kolom.kunci == "pagu_n")
    sebutan = f"T-C.31 Tahun {buku.tahun}, pagu indikatif RKPD → kebutuhan dana"
    return replace(s, diubah=diubah, total=total, sebutan=sebutan), kiri, kanan
