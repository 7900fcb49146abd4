"""Native formulas in A1 references alone, for share copies: no structured references, no defined names.

A share copy is opened by programs that know neither well (phone previews, WPS), and its formulas are compared cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Buku
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.rumus_sel import Jenis, urai_rumus
from renja_xl.excel.rumus import _rumus_baris as rumus_pola
from renja_xl.tabel import DASAR_PERHITUNGAN, PROFIL, SEMUA
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec

_TABEL = {spec.nama_tabel.casefold(): spec for spec in SEMUA}
_KOLOM = {spec.nama_tabel.casefold(): {k.nomor.casefold(): n for n, k in enumerate(spec.kolom, 1)} for spec in SEMUA}
_NAMA = re.compile(r"(profil|dasar)_(\w+)")
_TERSTRUKTUR = re.compile(r"([\w.]+)\[(?:\[#This Row\],)?\[?((?:[^\[\]']|'.)*)\]?\]")
_SUMBER_NAMA: Mapping[str, TabelSpec] = {"profil": PROFIL, "dasar": DASAR_PERHITUNGAN}
_SEL_A1 = r"\$?[A-Z]{1,3}\$?\d{1,7}"


class RumusA1:
    """Formulas of a plan whose cells stand where a ``Letak`` says, rewritten."""

    def __init__(self, buku: Buku, letak: Letak) -> None:
        self._banyak = {spec.kunci: max(len(baris_lembar(buku, spec.kunci)), 1) for spec in SEMUA}
        self._nama = {
            f"{awalan}_{b['kunci'].nilai}".casefold(): f"{_lembar(spec)}${huruf_kolom(spec.letak_kolom['nilai'])}$"
            f"{letak.baris[spec.kunci][b.id]}"
            for awalan, spec in _SUMBER_NAMA.items()
            for b in reversed(buku.baris(spec.kunci))
        }

    def __call__(self, rumus: str, spec: TabelSpec, baris: int) -> str:
        """The formula with A1 references.

        Args:
            spec: the table on whose sheet it stands.
            baris: its sheet row.

        Raises:
            KeyError: a name that no cell of ours has.
        """
        return "".join(
            self._terstruktur(k.teks, spec, baris)
            if k.jenis is Jenis.TERSTRUKTUR
            else self._nama[k.teks.casefold()]
            if k.jenis is Jenis.NAMA and _NAMA.fullmatch(k.teks)
            else k.teks
            for k in urai_rumus(rumus)
        )

    def _terstruktur(self, teks: str, spec: TabelSpec, baris: int) -> str:
        m = _TERSTRUKTUR.fullmatch(teks)
        if m is None:
            raise KeyError(teks)
        tabel, nomor = m[1].casefold(), re.sub(r"'(.)", r"\1", m[2])
        huruf = huruf_kolom(_KOLOM[tabel][nomor.casefold()])
        if "[#This Row]" in teks:
            return f"{huruf}{baris}"
        sumber = _TABEL[tabel]
        akhir = sumber.baris_pertama + self._banyak[sumber.kunci] - 1
        lembar = "" if sumber is spec else _lembar(sumber)
        return f"{lembar}${huruf}${sumber.baris_pertama}:${huruf}${akhir}"


def _lembar(spec: TabelSpec) -> str:
    return f"'{spec.lembar}'!"


def rumus_kita(spec: TabelSpec, kolom: KolomSpec, rumus: str) -> bool:
    """Whether a formula in a cell that may be typed is ours, in a share copy."""
    baku = "".join(k.teks for k in urai_rumus(rumus) if k.jenis is not Jenis.SPASI)
    if kolom.peran is Peran.USULAN and not kolom.rumus:
        return baku.upper().startswith("IF(ISNUMBER(") and f"'{DASAR_PERHITUNGAN.lembar}'!" in rumus
    return bool(kolom.rumus) and _bentuk(spec.kunci, kolom.kunci).fullmatch(baku) is not None


@cache
def _bentuk(tabel: str, kunci: str) -> re.Pattern[str]:
    """What a typed-or-looked-up cell's formula looks like, wherever its cells stand."""
    spec = next(s for s in SEMUA if s.kunci == tabel)
    pola = re.sub(
        r"\{renstra (\w+) (target|predikat)\}", r"{cari Renstra.\2_r1}", spec.menurut_kunci[kunci].rumus or ""
    )
    bagian = []
    for k in urai_rumus(rumus_pola(spec.kunci, pola)):
        if k.jenis is Jenis.TERSTRUKTUR:
            bagian.append(rf"(?:(?:'[^']+'|\w+)!)?{_SEL_A1}(?::{_SEL_A1})?")
        elif k.jenis is Jenis.NAMA:
            bagian.append(rf"(?:'[^']+'|\w+)!{_SEL_A1}")
        elif k.jenis is not Jenis.SPASI:
            bagian.append(re.escape(k.teks))
    return re.compile("".join(bagian), re.IGNORECASE)
