"""Findings as JSON and as a text table."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from renja_xl.core.buku import Asal, Buku
from renja_xl.core.letak import Letak
from renja_xl.core.renstra import akhir_renstra
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.tabel import MENURUT_KUNCI

TIDAK_DIPERIKSA = (
    "Belum diperiksa versi ini: kewajaran satuan, angka dalam narasi, "
    "isi tabel teks (T-C.32, Telaahan, Tujuan-Sasaran), serta rumus buatan sendiri."
)


def ringkas(temuan: Sequence[Temuan]) -> dict[str, int]:
    """Findings counted by level."""
    return {tingkat.value: sum(t.tingkat is tingkat for t in temuan) for tingkat in Tingkat}


def ke_json(nama: str, buku: Buku, temuan: Sequence[Temuan], letak: Letak) -> dict[str, Any]:
    """The ``periksa --json`` object (contract in the README)."""
    tahun, akhir = buku.tahun, akhir_renstra(buku)
    return {"buku": nama, "ringkas": ringkas(temuan), "temuan": [_satu(t, tahun, akhir, letak) for t in temuan]}


def _satu(t: Temuan, tahun: int, akhir: int | None, letak: Letak) -> dict[str, Any]:
    kolom = MENURUT_KUNCI[t.tabel].menurut_kunci.get(t.kolom)
    return {
        "aturan": t.aturan,
        "tingkat": t.tingkat.value,
        "lembar": Letak.lembar(t.tabel),
        "sel": letak.sel(t.tabel, t.baris, t.kolom),
        "kode": t.kode,
        "tabel": t.tabel,
        "kolom": kolom.nama(tahun, akhir) if kolom else t.kolom,
        "tertulis": t.tertulis,
        "seharusnya": t.seharusnya,
        "pesan": t.pesan,
        "perbaikan": t.perbaikan,
        "asal": _asal(t.asal),
        "anggota": [
            {
                "lembar": Letak.lembar(a.tabel),
                "sel": letak.sel(a.tabel, a.baris, a.kolom),
                "asal": _asal(a.asal),
                "tertulis": a.tertulis,
                "seharusnya": a.seharusnya,
            }
            for a in t.anggota
        ],
    }


def _asal(asal: Asal | None) -> dict[str, Any] | None:
    if asal is None:
        return None
    return {"berkas": asal.berkas, "baris": int(asal.baris) if asal.baris.isdigit() else asal.baris}


_JUDUL = ("Tempat", "Aturan", "Tingkat", "Tertulis", "Seharusnya", "Catatan")
_LEBAR = (18, 7, 16, 20, 20)


def tabel_teks(temuan: Sequence[Temuan], letak: Letak, lebar: int) -> Iterator[str]:
    """Findings as lines of a table, texts wrapped, nothing cut off."""
    sisa = max(lebar - sum(_LEBAR) - 2 * len(_LEBAR), 36)
    semua = (*_LEBAR, sisa)
    yield from _deret(_JUDUL, semua)
    yield from _deret(tuple("─" * n for n in semua), semua)
    for t in temuan:
        tempat = f"{Letak.lembar(t.tabel)}!{letak.sel(t.tabel, t.baris, t.kolom)}".rstrip("!")
        isi = (tempat, t.aturan, t.tingkat.judul, t.tertulis, t.seharusnya, f"{t.pesan} {t.perbaikan}")
        yield from _deret(isi, semua)


def _deret(isi: Sequence[str], lebar: Sequence[int]) -> Iterator[str]:
    sel = [textwrap.wrap(t, n, break_long_words=True) or [""] for t, n in zip(isi, lebar, strict=True)]
    for n in range(max(map(len, sel))):
        baris = (s[n] if n < len(s) else "" for s in sel)
        yield "  ".join(t.ljust(w) for t, w in zip(baris, lebar, strict=True)).rstrip()


def kalimat_ringkas(temuan: Sequence[Temuan]) -> str:
    """Counts in one sentence."""
    jumlah = ringkas(temuan)
    rinci = ", ".join(f"{n} {kata.replace('_', ' ')}" for kata, n in jumlah.items())
    return f"{len(temuan)} catatan: {rinci}." if temuan else "Tidak ada catatan."
