"""Faults of the printed presentation in an office's workbook: constants only, as its own people typed or pasted them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from renja_xl.core.buku import Baris, Buku
from renja_xl.core.nilai import tercetak, urai, urai_rupiah
from renja_xl.core.temuan import Temuan
from renja_xl.tabel import MENURUT_KUNCI
from renja_xl.tabel.spec import Tipe
from tests.bench.sebar.asing import JejakSel, temuan_sel
from tests.bench.sebar.cacat import Cacat
from tests.bench.sebar.cacat_resmi import alamat
from tests.bench.sebar.nilai import DI_TEMPAT_LAIN, LUPUT, TEPAT, Hasil, Rak, tanam
from tests.bench.sebar.papan import CETAK, Tempat, teks_cetak
from tests.bench.sebar.resmi import BukuResmi, Isi, Lembar, resmi

ASING = "asing"
LUAR = frozenset({"target_renstra_beda"})
"""Classes against a table that these workbooks do not have."""


def buku_asing(buku: Buku, nomor: int) -> BukuResmi:
    """The four forms of a printed plan, every cell a constant: a number where the print is one, else the text as it stands."""
    hasil = resmi(buku, nomor)
    for x in hasil.lembar.values():
        rows = {b.id: b for b in buku.baris(x.tabel)}
        for y in x.baris:
            for kunci, c in x.kolom.items():
                isi = _isi(x, rows[y.pengenal], kunci, nomor)
                x.isi.pop((y.r, c), None)
                if isi is not None and isi != "":
                    x.isi[y.r, c] = isi
    return hasil


def _isi(x: Lembar, b: Baris, kunci: str, nomor: int) -> Isi | None:
    spec = MENURUT_KUNCI[x.tabel]
    kolom = spec.menurut_kunci.get(kunci)
    if kunci == "satuan" or kolom is None:
        satuan = ("satuan_target_n2", "satuan_target_renstra", "satuan_realisasi_n2", "satuan_realisasi_sd_n3")
        return next((str(s.nilai) for k in satuan if not (s := b[k]).kosong), None)
    sel = b[kunci]
    if sel.nilai is None or isinstance(sel.nilai, str):
        return sel.nilai
    rupiah = kolom.tipe is Tipe.RUPIAH
    teks = tercetak(sel, rupiah=rupiah) or teks_cetak(spec, b, kolom, 0)
    bersatuan = kolom.satuan is not None and x.tabel != "T-C.29" and not rupiah
    catatan = urai_rupiah(teks)[1] if rupiah and teks else urai(teks or "").catatan
    if teks is not None and (bersatuan or catatan or nomor % 2):
        return teks.removesuffix("%") if x.tabel == "T-C.29" and not kunci.startswith("tingkat") else teks
    return sel.nilai / 100 if isinstance(sel.nilai, int) else sel.nilai


@dataclass
class BengkelCetak:
    """Correct plans as such workbooks, with what the audit says of them untouched."""

    folder: Path
    rak: Rak
    bersih: dict[int, dict[JejakSel, Temuan]] = field(default_factory=dict)

    def semula(self, nomor: int) -> dict[JejakSel, Temuan]:
        if nomor not in self.bersih:
            self.bersih[nomor] = self._periksa(self.rak.ambil(nomor, CETAK)[0], nomor)[1]
        return self.bersih[nomor]

    def _periksa(self, buku: Buku, nomor: int) -> tuple[BukuResmi, dict[JejakSel, Temuan]]:
        path = self.folder / f"{ASING}_{nomor}.xlsx"
        wb = buku_asing(buku, nomor)
        wb.tulis(path)
        try:
            return wb, temuan_sel(path)
        finally:
            path.unlink()

    def uji(self, cacat: Cacat, nomor: int, benih: str) -> Hasil | None:
        """Plant one fault; None where the forms do not show it."""
        tertanam = None if cacat.nama in LUAR else tanam(self.rak, cacat, CETAK, nomor, benih)
        if tertanam is None:
            return None
        papan, tempat = tertanam
        semula = self.semula(nomor)
        wb = buku_asing(papan.buku, nomor)
        if _sama(wb, buku_asing(self.rak.ambil(nomor, CETAK)[0], nomor)):
            return None
        sel = _sel(wb, tempat)
        if not sel:
            return None
        _, kini = self._periksa(papan.buku, nomor)
        baru = {j: t for j, t in kini.items() if j not in semula}
        kena = [t for (_, lembar, s, _), t in baru.items() if (lembar, s) in sel]
        return Hasil(
            cacat.nama, cacat.keluarga, f"{benih}/{cacat.nama}/{ASING}/{nomor}", TEPAT if kena else DI_TEMPAT_LAIN if baru else LUPUT,
            tuple("!".join(t) for t in sorted(sel))[:4], tuple(f"{a} {x}!{s}" for a, x, s, _ in list(baru)[:4]),
            bool(kena) and all(t.tingkat.value == "informasi" for t in kena), any(t.aturan.startswith(cacat.keluarga) for t in kena),
        )  # fmt: skip


def _sama(a: BukuResmi, b: BukuResmi) -> bool:
    return all(a.lembar[t].isi == b.lembar[t].isi for t in a.lembar) and a.lembar.keys() == b.lembar.keys()


def _sel(wb: BukuResmi, tempat: Collection[Tempat]) -> set[tuple[str, str]]:
    """Cells of the forms where a fault stands; a unit or grade stands in its value's cell, or in the column of units."""
    hasil = set()
    for tabel, pengenal, kunci in tempat:
        x = wb.lembar.get(tabel)
        y = next((y for y in x.baris if y.pengenal == pengenal), None) if x else None
        if x is None or y is None:
            continue
        pokok = kunci.removeprefix("satuan_").removeprefix("predikat_")
        for k in (kunci, pokok, "satuan" if kunci.startswith("satuan_") else ""):
            if k in x.kolom:
                hasil.add(alamat(x, y.r, x.kolom[k]))
    return hasil
