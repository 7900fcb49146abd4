"""Reading a row: its texts, the rows of a sheet, and a sheet's title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from renja_xl.core.buku import STRUKTUR, TANPA_ISI, Baris, Buku, Sel, Simpul
from renja_xl.core.nilai import tulis
from renja_xl.core.struktur import ke_baris
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, isi_tahun


def baris_lembar(buku: Buku, tabel: str) -> Sequence[Baris]:
    """Rows of a table's sheet; those of the struktur are made from its nodes and indicators."""
    return ke_baris(buku) if tabel == STRUKTUR else buku.baris(tabel)


def judul_tabel(spec: TabelSpec, buku: Buku) -> str:
    """A table's title, with its years and the number it is printed under."""
    judul = isi_tahun(spec.judul, buku.tahun)
    if spec.isian_nomor:
        judul = judul.replace("{nomor}", str(buku.profil(spec.isian_nomor) or spec.kunci))
    return judul


def teks_sel(b: Baris, kolom: str) -> str | None:
    """The text of a cell, None for blanks and numbers."""
    sel = b.sel.get(kolom)
    nilai = None if sel is None else sel.nilai
    return nilai if isinstance(nilai, str) and nilai.strip() not in TANPA_ISI else None


def nama_baris(spec: TabelSpec, b: Baris) -> str | None:
    """The node's name on a row: the first filled name column."""
    return next((n for k in spec.kolom if k.tautan == "nama" and (n := teks_sel(b, k.kunci))), None)


def indikator_baris(spec: TabelSpec, b: Baris, sisi: str | None = None) -> str | None:
    """The indicator on a row: on a two-sided form that of the given side, else the right one before the left."""
    kolom = [k.kunci for k in spec.kolom if k.tautan == "indikator" and sisi in {None, k.sisi}]
    if not kolom and "indikator" in spec.menurut_kunci:
        kolom = ["indikator"]
    return next((t for k in reversed(kolom) if (t := teks_sel(b, k))), None)


def sebutan_baris(spec: TabelSpec, b: Baris, simpul: Mapping[str, Simpul]) -> str:
    """What a row is about, for messages: its name, else its indicator, its node, its first words, or its level."""
    s = simpul.get(b.simpul or "")
    return nama_baris(spec, b) or indikator_baris(spec, b) or (s.nama if s else _kata_pertama(spec, b) or b.level.judul)


def _kata_pertama(spec: TabelSpec, b: Baris) -> str | None:
    """Text of the column that tells such rows apart."""
    kunci = (
        "indikator",
        "tingkat_pendidikan",
        "sasaran",
        "program_kegiatan",
        "sasaran_jangka_menengah",
        "tahap",
        "uraian",
    )
    return next((t for k in kunci if k in spec.menurut_kunci and (t := teks_sel(b, k))), None)


def teks_target(b: Baris, kolom: str) -> str:
    """A target with its unit and grade, as one reads it; ``-`` where there is none."""
    nilai, satuan, predikat = b[kolom], b[f"satuan_{kolom}"], b[f"predikat_{kolom}"]
    if nilai.kosong:
        return "-"
    angka = tulis(nilai.nilai)
    teks = f"{predikat.nilai} ({angka})" if not predikat.kosong else angka
    return teks if satuan.kosong else f"{teks} {satuan.nilai}"


def isi_sel(b: Baris, kolom: KolomSpec) -> Sel:
    """A cell's content; identity columns come from the row itself."""
    if kolom.peran is not Peran.KUNCI or kolom.kunci in b.sel:
        return b[kolom.kunci]
    isi = {
        "id": b.id,
        "level": b.level.judul,
        "simpul": b.simpul,
        "indikator_id": b.indikator,
        "asal_berkas": b.asal.berkas if b.asal else None,
        "asal_baris": b.asal.baris if b.asal else None,
    }
    return Sel(isi.get(kolom.kunci))
