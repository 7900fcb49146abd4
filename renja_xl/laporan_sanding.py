"""Differences between two states of a plan, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from renja_xl.core.baris import sebutan_baris
from renja_xl.core.buku import Buku, Nilai, Simpul
from renja_xl.core.nilai import tulis
from renja_xl.core.sanding import Sanding
from renja_xl.tabel import MENURUT_KUNCI


def _rupiah(nilai: Nilai) -> str:
    return tulis(round(nilai * 100), rupiah=True) if isinstance(nilai, float) else "-"


def ke_json(s: Sanding) -> dict[str, Any]:
    """The ``sanding --json`` object (contract in the README)."""
    lama, baru = (float(n) if isinstance(n, float) else 0.0 for n in (s.total_lama, s.total_baru))

    def simpul(x: Simpul) -> dict[str, Any]:
        return {"level": x.level.value, "kode": x.kode, "nama": x.nama}

    return {
        "ringkas": {"total_lama": lama, "total_baru": baru, "selisih": round(baru - lama, 2)},
        "ditambah": [simpul(x) for x in s.ditambah],
        "dihapus": [simpul(x) for x in s.dihapus],
        "dipindah": [simpul(y) for _, y in s.dipindah],
        "diganti_nama": [
            {**simpul(y), "kode_lama": x.kode, "nama_lama": x.nama} for x, y in s.diganti_nama
        ],
        "diubah": [
            {
                "lembar": MENURUT_KUNCI[i.tabel].lembar, "sel": i.sel, "kode": i.kode, "nama": i.nama, "kolom": i.kolom,
                "lama": i.lama, "baru": i.baru,
            }
            for i in s.diubah
        ],
    }  # fmt: skip


def ke_teks(s: Sanding, baru: Buku) -> Iterator[str]:
    """The differences in lines."""
    yield f"Pagu T-C.33: {_rupiah(s.total_lama)} → {_rupiah(s.total_baru)}"
    for judul, daftar in (("Ditambah", s.ditambah), ("Dihapus", s.dihapus)):
        yield from _bagian(judul, [_sebut(x) for x in daftar])
    yield from _bagian("Dipindah", [_sebut(y) for _, y in s.dipindah])
    yield from _bagian("Diganti nama atau kode", [f"{_sebut(x)} → {_sebut(y)}" for x, y in s.diganti_nama])
    yield from _bagian(
        "Isian yang berubah",
        [
            f"{MENURUT_KUNCI[i.tabel].lembar}{f'!{i.sel}' if i.sel else ''}, {i.nama}: {i.kolom} "
            f"{i.lama or '(kosong)'} → {i.baru or '(kosong)'}"
            for i in s.diubah
        ],
    )
    simpul = baru.simpul_menurut_id()
    yield from _bagian(
        "Jumlah yang berubah",
        [
            f"{MENURUT_KUNCI[p.tabel].lembar}, {sebutan_baris(MENURUT_KUNCI[p.tabel], p.baris, simpul)}: "
            f"{p.kolom.sebutan(baru.tahun)} {tulis(p.lama, rupiah=True) or '(kosong)'} → {tulis(p.baru, rupiah=True)}"
            for p in s.total
        ],
    )


def _bagian(judul: str, baris: list[str]) -> Iterator[str]:
    if baris:
        yield f"\n{judul} ({len(baris)}):"
        yield from (f"  {b}" for b in baris)


def _sebut(s: Simpul) -> str:
    return f"{s.kode or '(tanpa kode)'} {s.nama}"
