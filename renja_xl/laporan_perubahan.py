"""What a command changed, in lines: rows that came and went, amounts old → new, cells by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from renja_xl.core.baris import sebutan_baris
from renja_xl.core.buku import Buku
from renja_xl.core.hitung import isi_tanpa_nilai
from renja_xl.core.hitung import perubahan_total as _perubahan_total
from renja_xl.core.nilai import tulis
from renja_xl.tabel import BARIS_DIHAPUS, MENURUT_KUNCI, TABEL_TERTAUT


def perubahan_baris(lama: Buku, baru: Buku) -> Iterator[str]:
    """How many rows came and went, by table, and how many inputs are kept of those that went."""
    for spec in TABEL_TERTAUT:
        sebelum, sesudah = ({b.id for b in x.baris(spec.kunci)} for x in (lama, baru))
        if sebelum != sesudah:
            yield f"{spec.lembar}: {len(sesudah - sebelum)} baris ditambah, {len(sebelum - sesudah)} baris dikeluarkan."
    simpanan = len(baru.baris(BARIS_DIHAPUS.kunci)) - len(lama.baris(BARIS_DIHAPUS.kunci))
    if simpanan:
        yield f"{simpanan} isian dari baris yang dikeluarkan disimpan di lembar {BARIS_DIHAPUS.lembar}."


def perubahan_total(lama: Buku, baru: Buku) -> Iterator[str]:
    """Amounts of parents that changed, old → new."""
    simpul = baru.simpul_menurut_id()
    for p in _perubahan_total(isi_tanpa_nilai(lama), baru):
        spec = MENURUT_KUNCI[p.tabel]
        semula, kini = tulis(p.lama, rupiah=True) or "(kosong)", tulis(p.baru, rupiah=True)
        yield f"{spec.lembar}, {sebutan_baris(spec, p.baris, simpul)}: {p.kolom.sebutan(baru.tahun)} {semula} → {kini}"


def perubahan_rumus(dipulihkan: Sequence[str], asing: Sequence[str], batas: int, simpanan: str) -> Iterator[str]:
    """Computed cells that got their formula back, and those that were left with somebody else's.

    Args:
        batas: how many cells are named.
        simpanan: where what was typed over the formulas is kept.
    """
    if dipulihkan:
        yield f"Rumus dipulihkan di {_sebut(dipulihkan, batas)}; yang diketik di sana tersimpan {simpanan}."
    if asing:
        yield f"Rumus lain dibiarkan di {_sebut(asing, batas)}; mohon periksa, lalu perbarui tabelnya bila harus diganti."


def _sebut(tempat: Sequence[str], batas: int) -> str:
    """The first of some cells, and how many more."""
    lebih = f", dan {len(tempat) - batas} sel lain" if len(tempat) > batas else ""
    return ", ".join(tempat[:batas]) + lebih
