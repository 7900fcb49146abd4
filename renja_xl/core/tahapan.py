"""Stages of a plan: kept in its own workbook, listed with those of which only the totals are known, and read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from renja_xl.core.besaran import hitung_besaran
from renja_xl.core.buku import Asal, Baris, Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.kemas import RusakError, buka_kemasan, kemas, sidik
from renja_xl.core.letak import Letak
from renja_xl.core.nilai import rupiah_dari_sen, tulis
from renja_xl.core.struktur import PembuatId
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.waktu import kata_waktu
from renja_xl.errors import TahapanError
from renja_xl.tabel import ANGGARAN, TAHAPAN_TERSIMPAN
from renja_xl.tabel.tahapan import SEBAB

BANYAK = ("urusan", "program", "kegiatan", "sub_kegiatan")
"""Counts that a stage is listed with."""

_PANJANG_NAMA = 60
_ASAL = TAHAPAN_TERSIMPAN.kunci


@dataclass(frozen=True, slots=True)
class Tahap:
    """A stage as listed: counts, and its total in sen; None where unknown.

    Attributes:
        disimpan: when it was stored, in words; None where only its totals are known.
        terhadap: the stage stored before it, None for the first of a year.
        sebab: why its total differs from that one's: how many sub kegiatan, and sen, by ``tabel.tahapan.SEBAB``.
    """

    nama: str
    tahun: int
    banyak: Mapping[str, float | None]
    anggaran: int | None
    disimpan: str | None = None
    terhadap: str | None = None
    sebab: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def tersimpan(self) -> bool:
        return self.disimpan is not None


@dataclass(frozen=True, slots=True)
class Disimpan:
    """A plan with one more stage, and the cells of *Anggaran* that keep what was typed though the stage says otherwise."""

    buku: Buku
    tahap: Tahap
    tetap: tuple[str, ...]


def rapikan_nama(teks: str) -> str:
    """The name of a stage without needless blanks.

    Raises:
        TahapanError: no name, too long, or with letters that a name cannot have.
    """
    nama = " ".join(unicodedata.normalize("NFC", teks).split())
    if not nama or len(nama) > _PANJANG_NAMA or "@" in nama or not nama.isprintable():
        raise TahapanError(
            f"Nama tahapan '{nama[:_PANJANG_NAMA]}' tidak dapat dipakai; mohon beri nama 1 sampai {_PANJANG_NAMA} huruf tanpa "
            "tanda @, misalnya Rancangan awal."
        )
    if pisah_nama(nama)[1] is not None:
        raise TahapanError(
            f"Nama tahapan '{nama}' berakhir dengan tahun; mohon tulis namanya saja, tahunnya mengikuti Profil."
        )
    return nama


def pisah_nama(teks: str) -> tuple[str, int | None]:
    """Name and year of a stage as people call it: ``APBD 2023``."""
    m = re.fullmatch(r"(.*\S)\s+((?:19|20|21)\d\d)", teks.strip())
    return (m[1], int(m[2])) if m else (teks.strip(), None)


# ── storing ───────────────────────────────────────────────────────────────────────────────────────────────────


def simpan_tahapan(
    buku: Buku, nama: str, kini: datetime, letak: Letak | None = None, *, ganti: bool = False
) -> Disimpan:
    """The plan with itself stored as a stage, and the stage's row in *Anggaran*; all that follows recomputed.

    Args:
        letak: where the rows stand, for the find box.
        ganti: replace a stage of that name.

    Raises:
        TahapanError: the name cannot be used, or is taken.
    """
    nama, tahun = rapikan_nama(nama), buku.tahun
    ada = list(buku.baris(TAHAPAN_TERSIMPAN.kunci))
    lama = next((t for t in _tersimpan(buku) if (kunci_teks(t.nama), t.tahun) == (kunci_teks(nama), tahun)), None)
    if lama is not None and not ganti:
        raise TahapanError(
            f"Tahapan {lama.nama} {tahun} sudah tersimpan ({lama.disimpan}); mohon pakai nama lain, atau tambahkan --ganti untuk "
            "menggantinya."
        )
    sisa = [b for b in ada if lama is None or _kunci(b) != (kunci_teks(nama), tahun)]
    ringkas = _ringkas(buku)
    saat = kata_waktu(kini)
    banding = _terhadap(buku, [t for t in _tersimpan(buku) if t.tahun == tahun and t != lama])
    kepala: dict[str, Nilai] = {"nama": nama, "tahun": float(tahun), "disimpan": saat}
    tahap = _tahap(Baris("", Level.DATA, {k: Sel(v) for k, v in {**kepala, **ringkas}.items()}))
    rows, tetap = _isi_anggaran(buku, tahap, lama)
    buku = buku.ganti(
        {ANGGARAN.kunci: rows}
    )  # a stage knows its own row, so that it differs in nothing from its workbook
    bagian = kemas(buku)
    pengenal = PembuatId(TAHAPAN_TERSIMPAN.awalan_id, (b.id for b in ada))
    baru = []
    for n, isi in enumerate(bagian, 1):
        sel: dict[str, Nilai] = {**kepala, "bagian": float(n), "isi": isi}
        if n == 1:
            sel |= {**ringkas, **banding, "sidik": sidik(bagian)}
        baru.append(Baris(pengenal(), Level.DATA, {k: Sel(v) for k, v in sel.items() if v is not None}))
    return Disimpan(hitung(buku.ganti({TAHAPAN_TERSIMPAN.kunci: [*sisa, *baru]}), letak), tahap, tuple(tetap))


def _ringkas(buku: Buku) -> dict[str, Nilai]:
    """Counts and total as the row Renja of *Anggaran* shows them, from the plan's inputs."""
    besaran = hitung_besaran(hitung(buku))
    total = besaran["total_pagu"]
    hasil: dict[str, Nilai] = {k: besaran[f"jumlah_{'sub' if k == 'sub_kegiatan' else k}"] for k in BANYAK}
    return {**hasil, "anggaran": round(total * 100) if isinstance(total, float) else None}


def _terhadap(buku: Buku, sebelumnya: Sequence[Tahap]) -> dict[str, Nilai]:
    """Why the total differs from that of the stage before."""
    if not sebelumnya:
        return {}
    from renja_xl.core.sebab import hitung_sebab  # noqa: PLC0415 - it compares plans, which takes more than stages need

    nama = sebelumnya[-1].nama
    try:
        lama = ambil_tahapan(buku, nama, buku.tahun)
    except TahapanError:
        return {}  # a damaged stage is told by those who ask for it
    sebab = hitung_sebab(lama, buku)
    hasil: dict[str, Nilai] = {"terhadap": nama}
    for k, _ in SEBAB:
        hasil |= {f"banyak_{k}": float(sebab.banyak(k)), f"rp_{k}": sebab.jumlah(k)}
    return hasil


def _isi_anggaran(buku: Buku, tahap: Tahap, lama: Tahap | None) -> tuple[list[Baris], list[str]]:
    """*Anggaran* with the stage's row; what somebody typed there stays, and is named where it differs."""
    rows = list(buku.baris(ANGGARAN.kunci))
    nilai: dict[str, Nilai] = {**tahap.banyak, "anggaran": tahap.anggaran}
    kunci = (kunci_teks(tahap.nama), float(tahap.tahun))
    n = next((n for n, b in enumerate(rows) if (kunci_teks(tulis(b["tahap"].nilai)), b["tahun"].angka) == kunci), None)
    asal = Asal(_ASAL, tahap.nama)
    if n is None:
        pengenal = PembuatId(ANGGARAN.awalan_id, (b.id for b in rows))()
        isi: dict[str, Nilai] = {"tahun": float(tahap.tahun), "tahap": tahap.nama, **nilai}
        baris = Baris(pengenal, Level.DATA, {k: Sel(v) for k, v in isi.items() if v is not None}, asal=asal)
        setelah = [i for i, b in enumerate(rows, 1) if b["tahun"].angka == float(tahap.tahun)]
        rows.insert(setelah[-1] if setelah else len(rows), baris)
        return rows, []
    b, tetap, ubah = rows[n], [], {}
    dahulu: Mapping[str, Nilai] = {**lama.banyak, "anggaran": lama.anggaran} if lama and b.asal == asal else {}
    for k, v in nilai.items():
        sel = b[k]
        if sel.rumus or sel.nilai is None or (k in dahulu and sel.nilai == dahulu[k]):
            ubah[k] = Sel(v, sel.asli)
        elif sel.nilai != v:
            rupiah = k == "anggaran"
            tetap.append(
                f"{ANGGARAN.menurut_kunci[k].sebutan(buku.tahun)} {tulis(sel.nilai, rupiah=rupiah)} "
                f"(menurut tahapannya {tulis(v, rupiah=rupiah)})"
            )
    rows[n] = replace(b.dengan(ubah), asal=b.asal if tetap else asal)
    return rows, tetap


# ── listing, reading back ─────────────────────────────────────────────────────────────────────────────────────


def daftar_tahapan(buku: Buku) -> list[Tahap]:
    """Stages by year: the rows of *Anggaran* in their order, then stored ones without a row there, then the plan as it stands.

    A stored stage shows its own counts and total, another one what was typed.
    """
    tersimpan = {(kunci_teks(t.nama), t.tahun): t for t in _tersimpan(buku)}
    hasil: list[Tahap] = []
    kini: list[Tahap] = []
    for b in buku.baris(ANGGARAN.kunci):
        tahun = b["tahun"].angka
        nama = tulis(b["tahap"].nilai).strip()
        if tahun is None or not nama or not float(tahun).is_integer():
            continue
        kunci = (kunci_teks(nama), int(tahun))
        uang = b["anggaran"].angka
        tercatat = Tahap(nama, int(tahun), {k: _angka(b[k]) for k in BANYAK}, None if uang is None else int(uang))
        tahap = tersimpan.pop(kunci, tercatat)
        (kini if b["anggaran"].rumus and not tahap.tersimpan else hasil).append(tahap)
    return sorted([*hasil, *tersimpan.values(), *kini], key=lambda t: t.tahun)


def cari_tahap(buku: Buku, sebutan: str) -> Tahap:
    """The stage that somebody means by ``NAMA`` or ``NAMA TAHUN``: of the plan year, else of the only year that has it.

    Raises:
        TahapanError: there is none, or several years have it.
    """
    nama, tahun = pisah_nama(sebutan)
    semua = daftar_tahapan(buku)
    cocok = [t for t in semua if kunci_teks(t.nama) == kunci_teks(nama) and tahun in {None, t.tahun}]
    dari_n = [t for t in cocok if t.tahun == buku.tahun]
    if len(cocok) == 1 or (dari_n and tahun is None):
        return (dari_n or cocok)[0]
    if cocok:
        tahun_ada = ", ".join(str(t.tahun) for t in cocok)
        raise TahapanError(
            f"Tahapan {nama} ada pada tahun {tahun_ada}; mohon sebut juga tahunnya, misalnya {nama} {cocok[0].tahun}."
        )
    ada = ", ".join(f"{t.nama} {t.tahun}" for t in semua) or "belum ada"
    raise TahapanError(f"Tahapan '{sebutan}' tidak ada di buku ini; yang ada: {ada}.")


def ambil_tahapan(buku: Buku, nama: str, tahun: int) -> Buku:
    """A stored stage as the plan that it was.

    Raises:
        TahapanError: it is not stored, or its cells were changed.
    """
    kunci = (kunci_teks(nama), tahun)
    rows = [b for b in buku.baris(TAHAPAN_TERSIMPAN.kunci) if _kunci(b) == kunci]
    if not rows:
        raise TahapanError(
            f"Dari tahapan {nama} {tahun} hanya jumlahnya yang diketahui; rinciannya ada setelah disimpan dengan tahapan simpan."
        )
    rows.sort(key=lambda b: b["bagian"].angka or 0)
    bagian = [tulis(b["isi"].nilai) for b in rows]
    try:
        return buka_kemasan(bagian, tulis(rows[0]["sidik"].nilai))
    except RusakError as galat:
        raise TahapanError(
            f"Tahapan {nama} {tahun} di lembar {TAHAPAN_TERSIMPAN.lembar} tidak utuh lagi; mohon ambil dari versi sebelumnya di "
            "folder Cadangan."
        ) from galat


def _tersimpan(buku: Buku) -> Iterator[Tahap]:
    for b in buku.baris(TAHAPAN_TERSIMPAN.kunci):
        if b["bagian"].angka == 1 and _kunci(b)[1] is not None:
            yield _tahap(b)


def _tahap(b: Baris) -> Tahap:
    uang = b["anggaran"].angka
    return Tahap(
        tulis(b["nama"].nilai), int(b["tahun"].angka or 0), {k: _angka(b[k]) for k in BANYAK},
        None if uang is None else int(uang), tulis(b["disimpan"].nilai) or "-", tulis(b["terhadap"].nilai) or None,
        {k: (int(b[f"banyak_{k}"].angka or 0), int(b[f"rp_{k}"].angka or 0)) for k, _ in SEBAB},
    )  # fmt: skip


def _kunci(b: Baris) -> tuple[str, int | None]:
    tahun = b["tahun"].angka
    return kunci_teks(tulis(b["nama"].nilai)), None if tahun is None else int(tahun)


def _angka(sel: Sel) -> float | None:
    return None if sel.angka is None else float(sel.angka)


def rupiah(tahap: Tahap) -> float | None:
    """A stage's total in rupiah."""
    return None if tahap.anggaran is None else float(rupiah_dari_sen(tahap.anggaran))
