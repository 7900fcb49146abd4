"""Cells outside of our tables: headings, what a planner added, and formulas of their own."""

from __future__ import annotations

from collections.abc import Callable

from renja_xl.core.kisi import IsiKisi, Kisi
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.rumus_sel import Jenis as JenisKata
from renja_xl.core.rumus_sel import rujukan_rumus, urai_rumus
from renja_xl.core.telusur.langkah import Jenis, Langkah
from renja_xl.core.telusur.penelusur import Penelusur

_BATAS_SEL = 200
"""Cells of a planner's formula that are followed."""
_BATAS_DALAM = 20


class PenelusurLembar:
    """Explains any cell of a workbook: ours by their declarations, others by what stands in them.

    Args:
        kisi: reads a sheet, when a cell of no table of ours is asked for; None where there is no such sheet.
    """

    def __init__(self, penelusur: Penelusur, kisi: Callable[[str], Kisi | None]) -> None:
        self._p, self._baca = penelusur, kisi
        self._kisi: dict[str, Kisi | None] = {}

    def di(self, lembar: str, baris: int, kolom: int, dalam: int = 0) -> Langkah:
        """What a cell (1-based) explains to."""
        milik = self._p.di(lembar, baris, kolom)
        if milik is not None:
            return milik
        if lembar not in self._kisi:
            self._kisi[lembar] = self._baca(lembar)
        kisi = self._kisi[lembar]
        isi = kisi.sel.get((baris, kolom), IsiKisi()) if kisi else IsiKisi()
        return self._lain(lembar, baris, kolom, isi, dalam)

    def _lain(self, lembar: str, baris: int, kolom: int, isi: IsiKisi, dalam: int) -> Langkah:
        def susun(jenis: Jenis, cara: str, dari: tuple[Langkah, ...] = ()) -> Langkah:
            return Langkah(
                jenis, lembar, f"{huruf_kolom(kolom)}{baris}", "Sel di luar tabel", "", isi.nilai, cara=cara, dari=dari
            )

        if isi.rumus is None:
            if isi.nilai is None:
                return susun(Jenis.KOSONG, "Sel ini kosong.")
            jenis = Jenis.SUSUNAN if isinstance(isi.nilai, str) else Jenis.DIKETIK
            kata = "Teks di luar tabel." if isinstance(isi.nilai, str) else "Angka yang diketik di luar tabel Renja-XL."
            return susun(jenis, kata)
        rumus = f"Rumus di luar tabel Renja-XL: ={isi.rumus}"
        rujukan = [r for r in rujukan_rumus(isi.rumus) if not r.luar]
        banyak = sum((r.b2 - r.b1 + 1) * (r.k2 - r.k1 + 1) for r in rujukan)
        sebagian = any(k.jenis in {JenisKata.TERSTRUKTUR, JenisKata.NAMA} for k in urai_rumus(isi.rumus))
        if not rujukan or banyak > _BATAS_SEL or dalam >= _BATAS_DALAM:
            return susun(Jenis.TIDAK_TERLACAK, f"{rumus}; sel yang dipakainya tidak dapat ditelusuri satu per satu.")
        dari = tuple(
            self.di(r.lembar or lembar, b, k, dalam + 1)
            for r in rujukan
            for b in range(r.b1, r.b2 + 1)
            for k in range(r.k1, r.k2 + 1)
        )
        kata = "; nama dan kolom tabel di dalamnya tidak ikut ditelusuri." if sebagian else ""
        return susun(Jenis.HITUNG, rumus + kata, dari)
