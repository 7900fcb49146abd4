"""Is a received share copy whole and unchanged, and are its numbers right?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renja_xl.bappeda.kirim import DIAKUI, teks_profil
from renja_xl.core.awal import baris_nomenklatur
from renja_xl.core.bahan import Bahan
from renja_xl.core.beda_manifes import Perbandingan, Perubahan, bandingkan
from renja_xl.core.buku import Buku, Nilai
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.manifes import (
    META,
    BukuMentah,
    Butir,
    denah,
    kode_terbaca,
    kode_verifikasi,
    tempat_sel,
)
from renja_xl.core.nilai import tulis
from renja_xl.core.temuan import Temuan
from renja_xl.errors import BukuTidakTerbacaError, RenjaError
from renja_xl.excel.baca import baca_paket
from renja_xl.excel.bangun_berbagi import nilai_hitungan
from renja_xl.excel.kepala import BARIS_PENYUSUN
from renja_xl.excel.mentah import baca_mentah, baca_teks
from renja_xl.excel.paket import Paket, buka
from renja_xl.excel.rumus import nilai_judul
from renja_xl.isi import nomenklatur
from renja_xl.periksa import periksa
from renja_xl.periksa.laporan import ke_json as temuan_ke_json
from renja_xl.periksa.laporan import ringkas
from renja_xl.tabel import NOMENKLATUR, PROFIL
from renja_xl.tabel.berbagi import KEPUTUSAN, MANIFES, SAMPUL, TABEL_BERBAGI, VERIFIKASI, VERSI_MANIFES
from renja_xl.tabel.spec import Tipe


@dataclass(frozen=True, slots=True)
class Isi:
    """The plan that a share copy holds."""

    buku: Buku
    letak: Letak


@dataclass(frozen=True)
class Salinan:
    """A share copy as its file has it: manifest, cells, and how they differ."""

    butir: tuple[Butir, ...]
    mentah: BukuMentah
    beda: Perbandingan


@dataclass(frozen=True)
class HasilCek:
    """What was found out about a share copy.

    Attributes:
        diakui: what the copy claims: agency, year, stage, revision, date.
        kode: the code of its manifest; kode_cocok: whether that is the code asked for, None where none was.
        perubahan: locked content that differs; isian: cells to type in that differ.
        hitungan: cached values that are not what their formula gives.
        ketidakcocokan: sentences about what contradicts itself.
        isi: the plan; None where it cannot be read as one, for the reason in ``ketidakcocokan``.
        keputusan: rows of *Verifikasi Bappeda* by decision.
    """

    berkas: str
    salinan: Salinan
    diakui: Mapping[str, str]
    kode: str
    kode_cocok: bool | None
    perubahan: tuple[Perubahan, ...]
    isian: tuple[Perubahan, ...]
    hitungan: tuple[Perubahan, ...]
    ketidakcocokan: tuple[str, ...]
    keputusan: Mapping[str, int]
    temuan: tuple[Temuan, ...]
    isi: Isi | None

    @property
    def utuh(self) -> bool:
        """Whether all that was locked is as it was sent, and right."""
        return not (self.perubahan or self.hitungan or self.ketidakcocokan) and self.kode_cocok is not False

    @property
    def harus_diperbaiki(self) -> int:
        return ringkas(self.temuan)["harus_diperbaiki"]


def cek_berkas(path: Path, kode: str | None = None) -> HasilCek:
    """Check a share copy.

    Args:
        kode: the code on the cover letter.

    Raises:
        BukuTidakTerbacaError: unreadable, no share copy, or one of a newer version.
    """
    return cek_paket(buka(path), kode)


def cek_paket(paket: Paket, kode: str | None = None) -> HasilCek:
    """Check a share copy from its opened package; see ``cek_berkas``."""
    if MANIFES.lembar not in paket.lembar:
        raise BukuTidakTerbacaError(
            f"Berkas {paket.path} bukan salinan untuk Bappeda: lembar {MANIFES.lembar} tidak ada; "
            "mohon minta berkas yang dibuat dengan perintah kirim."
        )
    mentah = baca_mentah(paket)
    butir = baca_manifes(paket)
    diakui = {b.kolom: b.isi for b in butir if b.jenis == META}
    _pastikan_versi(paket, diakui)
    beda = bandingkan(butir, mentah)
    tertera = kode_verifikasi(butir)
    isi, galat = _baca_isi(paket)
    tidak_cocok = [*_kode_sampul(mentah, diakui, tertera), *galat]
    hitungan: tuple[Perubahan, ...] = ()
    temuan: tuple[Temuan, ...] = ()
    if isi is not None:
        tidak_cocok += _pengakuan(isi.buku, diakui)
        berubah = {(p.lembar, p.sel) for p in (*beda.perubahan, *beda.isian)}
        hitungan = tuple(p for p in _hitungan(isi, mentah) if (p.lembar, p.sel) not in berubah)
        temuan = tuple(periksa(_dengan_nomenklatur(isi.buku), bahan=Bahan(letak=isi.letak)))
    return HasilCek(
        str(paket.path),
        Salinan(tuple(butir), mentah, beda),
        diakui,
        tertera,
        None if kode is None else kode_terbaca(kode) == tertera,
        beda.perubahan,
        beda.isian,
        hitungan,
        tuple(tidak_cocok),
        _keputusan(mentah),
        temuan,
        isi,
    )


def baca_manifes(paket: Paket) -> list[Butir]:
    """The rows of a workbook's manifest."""
    return [Butir(*b) for b in baca_teks(paket, MANIFES.lembar, MANIFES.baris_pertama, len(MANIFES.kolom))]


def baca_diakui(path: Path) -> dict[str, str]:
    """What a share copy claims.

    Raises:
        BukuTidakTerbacaError: unreadable, or no share copy.
    """
    paket = buka(path)
    if MANIFES.lembar not in paket.lembar:
        raise paket.galat("bukan salinan untuk Bappeda")
    return {b.kolom: b.isi for b in baca_manifes(paket) if b.jenis == META}


def _pastikan_versi(paket: Paket, diakui: Mapping[str, str]) -> None:
    versi = diakui.get("versi", "")
    if not versi.isascii() or not versi.isdigit():
        raise paket.galat(f"tidak menyebut versi susunannya di lembar {MANIFES.lembar}; mohon minta salinan baru")
    if int(versi[:9]) > VERSI_MANIFES:
        raise BukuTidakTerbacaError(
            f"Berkas {paket.path} dibuat Renja-XL yang lebih baru (manifes versi {versi[:9]}); mohon perbarui Renja-XL."
        )


def _kode_sampul(mentah: BukuMentah, diakui: Mapping[str, str], tertera: str) -> Iterator[str]:
    sampul = mentah.lembar.get(SAMPUL)
    sel = sampul.sel.get(tempat_sel(diakui.get("sel_kode", ""))) if sampul else None
    tertulis = "" if sel is None or sel.nilai is None else str(sel.nilai)
    if tertulis != tertera:
        yield (
            f"Kode verifikasi di lembar {SAMPUL} tertulis {tertulis[:40] or '(kosong)'}, sedangkan kode isi manifesnya {tertera}; "
            "mohon minta berkas aslinya kepada perangkat daerah."
        )


def _baca_isi(paket: Paket) -> tuple[Isi | None, list[str]]:
    try:
        terbaca = baca_paket(paket)
    except RenjaError as galat:
        sebab = str(galat).partition("; mohon ")[0].rstrip(".")
        return None, [
            f"Isi tabel tidak dapat dihitung ulang: {sebab}; mohon minta salinannya lagi kepada perangkat daerah."
        ]
    return Isi(terbaca.buku, terbaca.letak), []


def _pengakuan(buku: Buku, diakui: Mapping[str, str]) -> Iterator[str]:
    """Where Profil says another agency, year or stage than the copy claims."""
    for k in DIAKUI:
        tertulis = teks_profil(buku, k)
        if diakui.get(k, "") != tertulis:
            yield (
                f"Lembar {PROFIL.lembar}: {k.replace('_', ' ')} tertulis {tertulis or '(kosong)'}, padahal berkas ini dikirim "
                f"sebagai {diakui.get(k) or '(kosong)'}; mohon tanyakan kepada perangkat daerah."
            )


def _dengan_nomenklatur(buku: Buku) -> Buku:
    """The plan with the nomenclature that a share copy does not carry."""
    if buku.baris(NOMENKLATUR.kunci):
        return buku
    return buku.ganti({NOMENKLATUR.kunci: baris_nomenklatur(nomenklatur())})


# ── cached values ─────────────────────────────────────────────────────────────────────────────────────────────


def _hitungan(isi: Isi, mentah: BukuMentah) -> Iterator[Perubahan]:
    """Cells whose saved value is not what their formula gives."""
    benar = hitung(isi.buku, isi.letak)
    for spec in TABEL_BERBAGI:
        if spec.lembar not in mentah.lembar:
            continue
        for b, seharusnya in zip(isi.buku.baris(spec.kunci), benar.baris(spec.kunci), strict=True):
            for kunci, sel in b.sel.items():
                if not sel.rumus or sel.nilai is None:
                    continue
                nilai = seharusnya[kunci].nilai
                if not _sama(sel.nilai, nilai):
                    rupiah = spec.menurut_kunci[kunci].tipe is Tipe.RUPIAH
                    yield Perubahan(
                        spec.lembar,
                        isi.letak.sel(spec.kunci, b.id, kunci),
                        tulis(nilai, rupiah=rupiah) or "(kosong)",
                        tulis(sel.nilai, rupiah=rupiah),
                    )
    r, c = BARIS_PENYUSUN + 1, 1
    keputusan, banyak = _kata_keputusan(mentah)
    for lembar in mentah.lembar.values():
        anak = lembar.sel.get((r, c))
        if anak is None or anak.rumus is None or anak.nilai is None or lembar.nama == SAMPUL:
            continue
        tampil = (
            nilai_hitungan(keputusan, banyak) if lembar.nama == VERIFIKASI.lembar else nilai_judul(PROFIL, isi.buku)
        )
        if anak.nilai != tampil:
            yield Perubahan(lembar.nama, f"{huruf_kolom(c)}{r}", tampil, str(anak.nilai))


def _sama(tersimpan: Nilai, benar: Nilai) -> bool:
    """Whether two values are one: programs keep fifteen digits."""
    if isinstance(tersimpan, int) and isinstance(benar, int):
        return tersimpan == benar
    if isinstance(tersimpan, str) or isinstance(benar, str) or tersimpan is None or benar is None:
        return tersimpan == benar
    return math.isclose(tersimpan, benar, rel_tol=1e-9, abs_tol=1e-9)


def _kata_keputusan(mentah: BukuMentah) -> tuple[list[str], int]:
    """Decisions as they are written, and how many rows there are to decide."""
    lembar = mentah.lembar.get(VERIFIKASI.lembar)
    if lembar is None:
        return [], 0
    d = denah(lembar, {})
    kata = [
        str(s.nilai)
        for (r, c), s in sorted(lembar.sel.items())
        if r in d.baris and d.nama_kolom(c) == "keputusan" and not s.kosong
    ]
    return kata, len(d.baris)


def _keputusan(mentah: BukuMentah) -> dict[str, int]:
    kata, banyak = _kata_keputusan(mentah)
    hasil = {k: sum(x.casefold() == k.casefold() for x in kata) for k in KEPUTUSAN}
    return hasil | {"Belum diputuskan": banyak - len(kata)}


# ── reports ───────────────────────────────────────────────────────────────────────────────────────────────────


def ke_json(h: HasilCek) -> dict[str, Any]:
    """The ``cek-berkas --json`` object (contract in the README)."""
    temuan: list[Any] = []
    if h.isi is not None:
        temuan = temuan_ke_json(h.berkas, h.isi.buku, h.temuan, h.isi.letak)["temuan"]
    diakui = {k: v for k, v in h.diakui.items() if k != "sel_kode"}
    return {
        "berkas": h.berkas,
        "utuh": h.utuh,
        "perubahan": _daftar(h.perubahan),
        "isian": _daftar(h.isian),
        "hitungan": _daftar(h.hitungan),
        "ketidakcocokan": list(h.ketidakcocokan),
        "kode": h.kode,
        "kode_cocok": h.kode_cocok,
        "diakui": diakui,
        "keputusan": dict(h.keputusan),
        "ringkas": ringkas(h.temuan),
        "temuan": temuan,
    }


def _daftar(perubahan: Sequence[Perubahan]) -> list[dict[str, str]]:
    return [{"lembar": p.lembar, "sel": p.sel, "semula": p.semula, "kini": p.kini} for p in perubahan]


_PENDEK = 90


def ke_teks(h: HasilCek, kode: str | None, batas: int = 40, semua: str = "dengan --json") -> Iterator[str]:
    """The same in sentences and short lists.

    Args:
        kode: the code asked for.
        batas: how many lines of a list are printed.
        semua: how one gets to see all of them.
    """
    d = h.diakui
    yield f"{h.berkas}: {'utuh' if h.utuh else 'TIDAK utuh'}."
    yield (
        f"Pengirim: {d.get('perangkat_daerah') or '-'}, {d.get('kabupaten') or '-'}; Renja {d.get('tahun_anggaran', '-')}, tahapan "
        f"{d.get('tahapan') or '-'}, revisi {d.get('revisi', '-')}, dikirim {d.get('tanggal', '-')}."
    )
    yield f"Kode verifikasi: {h.kode}{_kalimat_kode(h, kode)}"
    yield from h.ketidakcocokan
    for judul, daftar, penghubung in (
        ("Yang terkunci dan berubah", h.perubahan, "semula"),
        ("Nilai tersimpan yang tidak sama dengan hasil rumusnya", h.hitungan, "seharusnya"),
        ("Isian yang diubah (boleh diubah; mohon dicermati)", h.isian, "semula"),
    ):
        if daftar:
            yield ""
            yield f"{judul} ({len(daftar)}):"
            for p in daftar[:batas]:
                tempat = "!".join(filter(None, (p.lembar, p.sel))) or "Berkas"
                yield f"- {tempat}: {penghubung} {_pendek(p.semula)}, kini {_pendek(p.kini)}"
            if len(daftar) > batas:
                yield f"- … dan {len(daftar) - batas} lainnya; selengkapnya {semua}."
    yield ""
    yield "Verifikasi Bappeda: " + "; ".join(f"{k} {n}" for k, n in h.keputusan.items()) + "."
    if h.isi is None:
        yield "Catatan pemeriksaan: tidak dapat disusun, karena isi tabelnya tidak dapat dibaca."
        return
    jumlah = ringkas(h.temuan)
    yield (
        f"Catatan pemeriksaan: {jumlah['harus_diperbaiki']} harus diperbaiki, {jumlah['perlu_dicek']} perlu dicek, "
        f"{jumlah['informasi']} informasi; rinciannya: renja-xl periksa."
    )


def _kalimat_kode(h: HasilCek, kode: str | None) -> str:
    if h.kode_cocok is None or kode is None:
        return "; cocokkan dengan surat pengantar."
    return ", sama dengan surat pengantar." if h.kode_cocok else (
        f", BERBEDA dari kode surat pengantar {kode_terbaca(kode) or repr(kode)}; mohon minta berkas yang dimaksud surat itu."
    )  # fmt: skip


def _pendek(teks: str) -> str:
    satu = " ".join(teks.split())
    return satu if len(satu) <= _PENDEK else f"{satu[:_PENDEK]}…"
