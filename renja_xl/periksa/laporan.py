"""Findings as JSON and as a text table, and what an audit did not look at."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from renja_xl.core import kode as kd
from renja_xl.core.bahan import TANPA_BAHAN, Bahan
from renja_xl.core.buku import Asal, Buku, Level
from renja_xl.core.catatan import keadaan_temuan, penjelasan, pesan_berkelompok, sel_temuan
from renja_xl.core.letak import Letak
from renja_xl.core.renstra import akhir_renstra
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.tabel import (
    ANGGARAN,
    EFISIENSI,
    MENURUT_KUNCI,
    NOMENKLATUR,
    PEGAWAI,
    RENSTRA,
    T_C_29,
    T_C_30,
    T_C_31,
    T_C_32,
    T_C_33,
    TELAAHAN,
    TUJUAN_SASARAN,
)

Keadaan = Mapping[str, str]
"""State of each finding by its ``rujukan``; one that is not there waits."""

DIJELASKAN = "dijelaskan"
"""Key of the findings that somebody explained: they are listed, and counted apart from their level."""


def terjelaskan(t: Temuan, keadaan: Keadaan) -> bool:
    """Whether a finding was explained."""
    return bool(penjelasan(keadaan.get(t.rujukan)))


def ringkas(temuan: Sequence[Temuan], keadaan: Keadaan | None = None) -> dict[str, int]:
    """Findings counted by level; explained ones apart."""
    keadaan = keadaan or {}
    jelas = [terjelaskan(t, keadaan) for t in temuan]
    jumlah = {
        tingkat.value: sum(t.tingkat is tingkat and not j for t, j in zip(temuan, jelas, strict=True))
        for tingkat in Tingkat
    }
    return {**jumlah, DIJELASKAN: sum(jelas)}


def kalimat_ringkas(temuan: Sequence[Temuan], keadaan: Keadaan | None = None) -> str:
    """Counts in one sentence."""
    if not temuan:
        return "Tidak ada catatan."
    jumlah = ringkas(temuan, keadaan)
    jelas = jumlah.pop(DIJELASKAN)
    rinci = ", ".join(f"{n} {kata.replace('_', ' ')}" for kata, n in jumlah.items())
    return f"{len(temuan)} catatan: {rinci}{f'; {jelas} sudah dijelaskan' if jelas else ''}."


# ── what was not looked at ────────────────────────────────────────────────────────────────────────────────────

_DIISI = (RENSTRA, T_C_29, T_C_30, PEGAWAI, T_C_31, T_C_32, TELAAHAN, TUJUAN_SASARAN, T_C_33, ANGGARAN, EFISIENSI)
"""Tables that a planner fills; the others follow from them."""


def tidak_diperiksa(buku: Buku, bahan: Bahan = TANPA_BAHAN) -> list[str]:
    """What an audit of this plan did not look at, and why; each a sentence."""
    hasil = []
    if not bahan.narasi:
        hasil.append("Angka dalam naskah (narasi) tidak dibandingkan dengan tabel: naskahnya tidak disertakan.")
    if not bahan.kisi:
        hasil.append(
            "Rumus di buku ini tidak ditelusuri: yang diperiksa nilai tiap sel, juga yang menimpa rumus Renja-XL."
        )
    if bahan.lembar_lain:
        hasil.append(
            f"Lembar tambahan Anda ({', '.join(bahan.lembar_lain)}) tidak diperiksa: isinya di luar tabel Renja."
        )
    kosong = [spec.lembar for spec in _DIISI if not buku.baris(spec.kunci)]
    if kosong:
        hasil.append(f"Tidak ada yang dapat diperiksa di {', '.join(kosong)}: tabelnya belum berisi.")
    hasil += _nomenklatur(buku)
    teks = [spec.lembar for spec in (T_C_32, TELAAHAN) if buku.baris(spec.kunci)]
    if teks:
        hasil.append(f"Isi uraian di {' dan '.join(teks)} tidak dinilai: hanya pembacanya yang dapat menimbang.")
    hasil.append(
        "Kebenaran isian terhadap sumbernya (DPA, RKPD, laporan kinerja) tidak diperiksa: dokumennya tidak ada di sini."
    )
    return hasil


def _nomenklatur(buku: Buku) -> Iterator[str]:
    dimuat = {str(b["kode"].nilai) for b in buku.baris(NOMENKLATUR.kunci)}
    if not dimuat:
        yield "Kode dan nama tidak dibandingkan dengan nomenklatur: lembar Nomenklatur belum berisi."
        return
    program = {kode for s in buku.simpul if s.level is Level.PROGRAM and (kode := kd.rapikan(s.kode or ""))}
    luar = {".".join(p.split(".")[:2]) for p in program if p not in dimuat and f"X.XX.{p.split('.')[-1]}" not in dimuat}
    if luar:
        yield (
            f"Kode bidang urusan {', '.join(sorted(luar))} tidak dibandingkan seluruhnya dengan nomenklatur: lembar Nomenklatur "
            "belum memuat programnya."
        )


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────


def ke_json(
    nama: str, buku: Buku, temuan: Sequence[Temuan], letak: Letak, bahan: Bahan = TANPA_BAHAN
) -> dict[str, Any]:
    """The ``periksa --json`` object (contract in the README)."""
    tahun, akhir = buku.tahun, akhir_renstra(buku)
    keadaan = keadaan_temuan(buku, temuan)
    return {
        "buku": nama,
        "ringkas": ringkas(temuan, keadaan),
        "temuan": [_satu(t, tahun, akhir, letak, keadaan[t.rujukan]) for t in temuan],
        "tidak_diperiksa": tidak_diperiksa(buku, bahan),
    }


def _satu(t: Temuan, tahun: int, akhir: int | None, letak: Letak, keadaan: str) -> dict[str, Any]:
    kolom = MENURUT_KUNCI[t.tabel].menurut_kunci.get(t.kolom) if t.tabel in MENURUT_KUNCI else None
    lembar, sel = sel_temuan(t, letak)
    return {
        "aturan": t.aturan,
        "tingkat": t.tingkat.value,
        "lembar": lembar,
        "sel": sel,
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
                **dict(zip(("lembar", "sel"), sel_temuan(a, letak), strict=True)),
                "asal": _asal(a.asal),
                "tertulis": a.tertulis,
                "seharusnya": a.seharusnya,
            }
            for a in t.anggota
        ],
        "keadaan": keadaan,
    }


def _asal(asal: Asal | None) -> dict[str, Any] | None:
    if asal is None:
        return None
    return {"berkas": asal.berkas, "baris": int(asal.baris) if asal.baris.isdigit() else asal.baris}


# ── text ──────────────────────────────────────────────────────────────────────────────────────────────────────

_JUDUL = ("Tempat", "Aturan", "Tertulis", "Seharusnya", "Catatan")
_LEBAR = ((120, (20, 7, 20, 20)), (100, (18, 7, 15, 15)), (0, (15, 7, 11, 11)))
"""Widths of all columns but the last, from a width of the screen on."""


def golongan(temuan: Sequence[Temuan], keadaan: Keadaan) -> Iterator[tuple[str, list[Temuan]]]:
    """Findings by level under its title, explained ones last."""
    for tingkat in Tingkat:
        yield tingkat.judul, [t for t in temuan if t.tingkat is tingkat and not terjelaskan(t, keadaan)]
    yield "Sudah dijelaskan", [t for t in temuan if terjelaskan(t, keadaan)]


def tabel_teks(temuan: Sequence[Temuan], letak: Letak, lebar: int, keadaan: Keadaan | None = None) -> Iterator[str]:
    """Findings by level as lines of a table, texts wrapped, nothing cut off."""
    keadaan = keadaan or {}
    kiri = next(k for batas, k in _LEBAR if lebar >= batas)
    semua = (*kiri, max(lebar - sum(kiri) - 2 * len(kiri), 24))
    yield from _deret(_JUDUL, semua)
    yield from _deret(tuple("─" * n for n in semua), semua)
    for judul, daftar in golongan(temuan, keadaan):
        if not daftar:
            continue
        yield ""
        yield f"{judul} ({len(daftar)})"
        for t in daftar:
            catatan = f"{pesan_berkelompok(t)} {t.perbaikan}"
            if terjelaskan(t, keadaan):
                catatan += f" {keadaan[t.rujukan]}"
            tempat = "!".join(filter(None, sel_temuan(t, letak)))
            yield from _deret((tempat, t.aturan, t.tertulis, t.seharusnya, catatan), semua)


def _deret(isi: Sequence[str], lebar: Sequence[int]) -> Iterator[str]:
    sel = [textwrap.wrap(t, n, break_long_words=True) or [""] for t, n in zip(isi, lebar, strict=True)]
    for n in range(max(map(len, sel))):
        baris = (s[n] if n < len(s) else "" for s in sel)
        yield "  ".join(t.ljust(w) for t, w in zip(baris, lebar, strict=True)).rstrip()
