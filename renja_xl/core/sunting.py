"""Edits of the struktur behind the ribbon's buttons: a sub kegiatan added, moved, or deleted, by its kode.

The linked tables follow with ``perbarui``: inputs go where their node goes, those of a deleted node to *Baris Dihapus*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from renja_xl.core import kode as kd
from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Buku, Indikator, Level, Simpul, baca_level
from renja_xl.core.nomenklatur import PERLU_KONFIRMASI, SAMA_PERSIS, Butir, Pengusul
from renja_xl.core.struktur import PembuatId, id_simpul_terpakai, rapikan_urutan
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.errors import RenjaError
from renja_xl.tabel import NOMENKLATUR, PROGRAM_SUB_KEGIATAN

_CONTOH = "5.03.02.2.01.0004"


class SuntinganDitolakError(RenjaError):
    """An edit of the struktur that cannot be done as asked."""


def tambah_sub_kegiatan(buku: Buku, kode: str) -> Buku:
    """The plan with a sub kegiatan of the nomenclature, its indicator and unit, at its place by kode.

    A kegiatan or program above it that the plan does not have yet is added too.

    Raises:
        SuntinganDitolakError: no kode of a sub kegiatan, one that the plan has, or one that the nomenclature has not.
    """
    penyunting = _Penyunting(buku)
    kode = penyunting.kode_sub_kegiatan(kode)
    penyunting.pastikan_belum_ada(kode)
    butir = penyunting.butir(kode)
    if butir is None:
        raise SuntinganDitolakError(
            f"Kode {kode} tidak ada di lembar {NOMENKLATUR.lembar}; mohon periksa kodenya, atau ketik barisnya sendiri di "
            f"lembar {PROGRAM_SUB_KEGIATAN.lembar}."
        )
    penyunting.sisipkan(penyunting.dari_butir(kode, butir, penyunting.induk(kode)))
    return penyunting.selesai()


def pindah_sub_kegiatan(buku: Buku, simpul: str, kode: str) -> Buku:
    """The plan with a sub kegiatan under another kode, and thereby under another kegiatan; its id stays, so that its inputs follow.

    Raises:
        SuntinganDitolakError: not a sub kegiatan, no kode of one, one that the plan has, or a kegiatan that nothing knows.
    """
    penyunting = _Penyunting(buku)
    s = penyunting.sub_kegiatan(simpul)
    kode = penyunting.kode_sub_kegiatan(kode)
    penyunting.pastikan_belum_ada(kode)
    butir = penyunting.butir(kode)
    sama = butir is not None and kunci_teks(butir.nama) == kunci_teks(s.nama)
    penyunting.simpul.remove(s)
    penyunting.sisipkan(
        replace(s, kode=kode, induk=penyunting.induk(kode), keterangan_kode=SAMA_PERSIS if sama else PERLU_KONFIRMASI)
    )
    return penyunting.selesai()


def hapus_sub_kegiatan(buku: Buku, simpul: str) -> Buku:
    """The plan without a sub kegiatan.

    Raises:
        SuntinganDitolakError: not a sub kegiatan.
    """
    penyunting = _Penyunting(buku)
    penyunting.simpul.remove(penyunting.sub_kegiatan(simpul))
    penyunting.indikator = [i for i in penyunting.indikator if i.simpul != simpul]
    return penyunting.selesai()


class _Penyunting:
    """The struktur of a plan while it is being changed."""

    def __init__(self, buku: Buku) -> None:
        self._buku = buku
        self.simpul, self.indikator = list(buku.simpul), list(buku.indikator)
        bidang = buku.profil("kode_bidang_urusan")
        self._bidang = str(bidang) if bidang is not None else None
        self._pengusul = Pengusul(_nomenklatur(buku), (), self._bidang)
        terpakai = set(id_simpul_terpakai(buku))
        self._id_simpul: Callable[[], str] = PembuatId("s", terpakai)
        self._id_indikator: Callable[[], str] = PembuatId("i", terpakai)

    def selesai(self) -> Buku:
        return rapikan_urutan(replace(self._buku, simpul=tuple(self.simpul), indikator=tuple(self.indikator)))

    # ── what is asked for ─────────────────────────────────────────────────────────────────────────────────────

    def kode_sub_kegiatan(self, teks: str) -> str:
        kode = kd.rapikan(teks)
        if kode is None or kd.level(kode) is not Level.SUB_KEGIATAN:
            raise SuntinganDitolakError(
                f"'{teks.strip()}' bukan kode sub kegiatan; mohon tulis enam bagian berpemisah titik, misalnya {_CONTOH}."
            )
        return kd.untuk_perangkat_daerah(kode, self._bidang)

    def pastikan_belum_ada(self, kode: str) -> None:
        ada = self._berkode(kode)
        if ada is not None:
            raise SuntinganDitolakError(
                f"Kode {kode} sudah dipakai “{ada.nama}” di lembar {PROGRAM_SUB_KEGIATAN.lembar}; mohon pakai kode lain."
            )

    def sub_kegiatan(self, simpul: str) -> Simpul:
        s = next((s for s in self.simpul if s.id == simpul), None)
        if s is None or s.level is not Level.SUB_KEGIATAN or any(a.induk == simpul for a in self.simpul):
            raise SuntinganDitolakError("Baris yang dipilih bukan sub kegiatan; mohon pilih baris sebuah sub kegiatan.")
        return s

    def _berkode(self, kode: str) -> Simpul | None:
        return next((s for s in self.simpul if s.kode == kode), None)

    def butir(self, kode: str) -> Butir | None:
        """The nomenclature's entry for a kode."""
        return self._pengusul.dikenali(kode)

    # ── nodes ─────────────────────────────────────────────────────────────────────────────────────────────────

    def dari_butir(self, kode: str, butir: Butir, induk: str | None) -> Simpul:
        """A new node with its indicator."""
        s = Simpul(self._id_simpul(), butir.level, butir.nama, kode, induk, SAMA_PERSIS)
        self.indikator.append(
            Indikator(self._id_indikator(), s.id, butir.indikator, butir.satuan, di_evaluasi=True, di_rencana=True)
        )
        return s

    def induk(self, kode: str) -> str | None:
        """Parent of a kode; a kegiatan or program that is missing comes from the nomenclature."""
        atas = kd.induk(kode)
        if atas is None:
            return None
        ada = self._berkode(atas)
        if ada is not None:
            return ada.id
        if kd.level(atas) not in {Level.KEGIATAN, Level.PROGRAM}:
            return self._induk_program(atas)
        butir = self.butir(atas)
        if butir is None:
            raise SuntinganDitolakError(
                f"{(kd.level(atas) or Level.KEGIATAN).judul} {atas} tidak ada di lembar {PROGRAM_SUB_KEGIATAN.lembar} maupun "
                f"di lembar {NOMENKLATUR.lembar}; mohon ketik dahulu barisnya di lembar {PROGRAM_SUB_KEGIATAN.lembar}."
            )
        baru = self.dari_butir(atas, butir, self.induk(atas))
        self.sisipkan(baru)
        return baru.id

    def _induk_program(self, bidang: str) -> str | None:
        """Where a program belongs whose bidang urusan has no kode in the plan: where its like are, else the last urusan."""
        program = [s for s in self.simpul if s.level is Level.PROGRAM]
        sejenis = [s for s in program if s.kode and kd.induk(s.kode) == bidang] or program
        if sejenis:
            return sejenis[-1].induk
        return next((s.id for s in reversed(self.simpul) if s.level in {Level.BIDANG_URUSAN, Level.URUSAN}), None)

    def sisipkan(self, baru: Simpul) -> None:
        """Put a node before the first sibling whose kode comes after its own, else behind all of them."""
        urutan = kd.urutan(baru.kode)
        sesudah = (
            n for n, s in enumerate(self.simpul) if s.induk == baru.induk and s.kode and kd.urutan(s.kode) > urutan
        )
        self.simpul.insert(next(sesudah, len(self.simpul)), baru)


def _nomenklatur(buku: Buku) -> Iterator[Butir]:
    """The nomenclature as it stands in the plan."""
    for b in buku.baris(NOMENKLATUR.kunci):
        kode, nama = kd.rapikan(teks_sel(b, "kode") or ""), teks_sel(b, "nama")
        level = baca_level(teks_sel(b, "jenjang") or "") or (kd.level(kode) if kode else None)
        if kode and nama and level:
            yield Butir(kode, level, nama, teks_sel(b, "indikator"), teks_sel(b, "satuan"), teks_sel(b, "sumber"))
