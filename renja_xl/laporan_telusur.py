"""Where a number comes from, as a tree of text, as JSON, and in short for a message box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from renja_xl.core.nilai import rupiah_dari_sen, tulis, tulis_rp
from renja_xl.core.rumus_sel import rujukan_rumus
from renja_xl.core.telusur import Jenis, Langkah
from renja_xl.errors import RenjaError

BATAS_RINCIAN = 12
"""Steps of one cell that a short tree shows."""
_BATAS_TEKS = 90
_BATAS_JUDUL = 60
_BATAS_PESAN = 24
"""Lines of a message box."""
_TITIK = re.compile(r"(.*)!\s*(\$?[A-Za-z]{1,3}\$?\d{1,7})\s*")


class AlamatSelError(RenjaError):
    """A cell that was named in a way nobody can read."""


def baca_alamat(teks: str) -> tuple[str, int, int]:
    """Sheet, row and column (1-based) of an address such as ``T-C.33!G12``.

    Raises:
        AlamatSelError: no such address.
    """
    m = _TITIK.fullmatch(teks.strip())
    lembar = m[1].strip() if m else ""
    if lembar.startswith("'") and lembar.endswith("'") and len(lembar) > 2:
        lembar = lembar[1:-1].replace("''", "'")
    rujukan = rujukan_rumus(m[2]) if m and lembar else ()
    if not rujukan:
        raise AlamatSelError(
            f'Sel {teks} tidak dikenali; mohon tulis nama lembar, tanda seru, lalu selnya, misalnya "T-C.33!G12".'
        )
    return lembar, rujukan[0].b1, rujukan[0].k1


# ── text ──────────────────────────────────────────────────────────────────────────────────────────────────────


def ke_teks(langkah: Langkah, *, lengkap: bool = False) -> Iterator[str]:
    """The tree in lines; a cell that comes again is explained once."""
    yield _baris(langkah, None)
    yield from (f"   {k}" for k in _keterangan(langkah))
    yield from _anak(langkah, "", {id(langkah)}, lengkap)


def _anak(langkah: Langkah, awalan: str, sudah: set[int], lengkap: bool) -> Iterator[str]:
    semua = langkah.dari
    tampil = semua if lengkap or len(semua) <= BATAS_RINCIAN + 1 else semua[:BATAS_RINCIAN]
    for n, x in enumerate(tampil, 1):
        akhir = n == len(tampil) and len(tampil) == len(semua)
        cabang, lanjut = ("└─ ", "   ") if akhir else ("├─ ", "│  ")
        ulang = id(x) in sudah and bool(x.dari)
        yield f"{awalan}{cabang}{_baris(x, langkah)}" + (" (sudah diuraikan di atas)" if ulang else "")
        if ulang:
            continue
        sudah.add(id(x))
        yield from (f"{awalan}{lanjut}{'│  ' if x.dari else '   '}{k}" for k in _keterangan(x))
        yield from _anak(x, awalan + lanjut, sudah, lengkap)
    if len(tampil) < len(semua):
        yield f"{awalan}└─ dan {len(semua) - len(tampil)} lagi (--lengkap menampilkan semuanya)"


def _baris(x: Langkah, induk: Langkah | None) -> str:
    """A step in one line; what it has in common with the step above is not said again."""
    judul = x.judul if induk is None or (x.lembar, x.judul) != (induk.lembar, induk.judul) else ""
    nama = x.nama if induk is None or x.nama != induk.nama or not judul else ""
    nomor = f"kolom {x.nomor.partition('=')[0]}" if judul and x.nomor else ""
    sebutan = " – ".join(_pendek(t) for t in (nomor, _ekor(judul), nama) if t)
    return f"{x.tempat}  {sebutan}: {nilai_teks(x)}" if x.lembar else f"{sebutan}: {nilai_teks(x)}"


def _ekor(judul: str) -> str:
    """The end of a long path of headers: what tells the column apart stands last."""
    bagian = judul.split(" – ")
    while len(bagian) > 1 and len(" – ".join(bagian)) > _BATAS_JUDUL:
        del bagian[0]
    return " – ".join(bagian)


def _pendek(teks: str) -> str:
    satu = " ".join(teks.split())
    return satu if len(satu) <= _BATAS_TEKS else satu[: _BATAS_TEKS - 1].rstrip() + "…"


def nilai_teks(x: Langkah) -> str:
    """The value as a planner reads it."""
    return _tulis(x, x.nilai)


def _tulis(x: Langkah, nilai: Any) -> str:
    if nilai is None:
        return "(kosong)"
    if isinstance(nilai, str):
        return f"“{_pendek(nilai)}”" if nilai != "-" else "-"
    if x.rupiah and isinstance(nilai, int):
        return tulis_rp(nilai)
    # years are not grouped by thousands
    return str(int(nilai)) if x.nama.startswith("Tahun") and float(nilai).is_integer() else tulis(nilai)


def _keterangan(x: Langkah) -> Iterator[str]:
    if x.cara:
        yield x.cara
    if x.hitungan:
        yield x.hitungan
    if x.jenis is Jenis.DIKETIK and x.asli is not None and x.asli != x.nilai:
        yield f"Semula tertulis “{_pendek(x.asli)}”."
    if x.ditimpa:
        yield "Sel hitungan ini ditimpa isian; Hitung Ulang mengembalikan rumusnya."
    if x.berbeda:
        yield f"Menurut isian sekarang seharusnya {_tulis(x, x.seharusnya)}."


def ke_pesan(langkah: Langkah, perintah: str) -> str:
    """The first lines of the tree, for a message box.

    Args:
        perintah: what shows the rest.
    """
    baris = list(ke_teks(langkah))
    if len(baris) > _BATAS_PESAN:
        baris = [*baris[:_BATAS_PESAN], f"… dan {len(baris) - _BATAS_PESAN} baris lagi. Selengkapnya: {perintah}"]
    return "\n".join(baris)


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────


def ke_json(langkah: Langkah) -> dict[str, Any]:
    """The ``telusuri --json`` object (contract in the README); a cell that comes again has ``lihat`` instead of steps."""
    return _json(langkah, set())


def _json(x: Langkah, sudah: set[int]) -> dict[str, Any]:
    hasil: dict[str, Any] = {
        "lembar": x.lembar, "sel": x.sel, "kolom": x.judul, "nama": x.nama, "jenis": x.jenis.value, "nilai": _nilai(x.nilai),
        "satuan_nilai": "rupiah" if x.rupiah else None, "cara": x.cara, "hitungan": x.hitungan,
        "berbeda": x.berbeda, "seharusnya": _nilai(x.seharusnya), "ditimpa": x.ditimpa,
        "asal": {"berkas": x.asal.berkas, "baris": x.asal.baris} if x.asal else None, "asli": x.asli,
    }  # fmt: skip
    if x.dari and id(x) in sudah:
        return hasil | {"lihat": True, "dari": []}
    sudah.add(id(x))
    return hasil | {"dari": [_json(d, sudah) for d in x.dari]}


def _nilai(nilai: Any) -> Any:
    return rupiah_dari_sen(nilai) if isinstance(nilai, int) else nilai
