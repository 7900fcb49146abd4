"""Proposing a kode for a printed name: by the plan's own list of names, else by comparing with the nomenclature."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from renja_xl.core import kode as kd
from renja_xl.core.buku import Level
from renja_xl.core.teks import kemiripan
from renja_xl.core.teks import kunci as kunci_teks

AMBANG_MIRIP = 0.86
"""Names at least this alike are proposed as spelling variants; below it nothing is proposed."""

SAMA_PERSIS = "sama persis"
VARIAN_EJAAN = "varian ejaan"
PERLU_KONFIRMASI = "perlu konfirmasi"


@dataclass(frozen=True, slots=True)
class Butir:
    """One entry of the nomenclature."""

    kode: str
    level: Level
    nama: str
    indikator: str | None = None
    satuan: str | None = None
    sumber: str | None = None


@dataclass(frozen=True, slots=True)
class UsulanKode:
    """A proposed kode and how sure it is, in words; ``pasti`` unless it rests on likeness alone."""

    kode: str
    keyakinan: str
    pasti: bool = True


class Pengusul:
    """Proposes kode for names. Suggests only; what it cannot resolve stays without kode."""

    def __init__(
        self,
        nomenklatur: Iterable[Butir],
        daftar_nama: Iterable[tuple[str, str, str]] = (),
        bidang_urusan: str | None = None,
    ) -> None:
        """Args:
        daftar_nama: the plan's own list: (printed name, kode, how sure), an aid, never needed.
        bidang_urusan: the agency's own bidang urusan, for ``X.XX``.
        """
        self._butir: dict[Level, list[Butir]] = defaultdict(list)
        for b in nomenklatur:
            self._butir[b.level].append(b)
        self._daftar: dict[str, UsulanKode] = {}
        for nama, kode, yakin in daftar_nama:
            if kode:
                self._daftar.setdefault(kunci_teks(nama), UsulanKode(kode, yakin))
        self._menurut_kode = {b.kode: b for daftar in self._butir.values() for b in daftar}
        self.bidang_urusan = bidang_urusan
        self._usul: dict[tuple[str, Level, str | None], UsulanKode | None] = {}

    def dikenali(self, kode: str) -> Butir | None:
        """The nomenclature's entry for a kode of this agency."""
        umum = kode
        if self.bidang_urusan and kode.startswith(self.bidang_urusan + ".01"):
            umum = kode.replace(self.bidang_urusan, "X.XX", 1)
        return self._menurut_kode.get(umum) or self._menurut_kode.get(kode)

    def usul(self, nama: str, level: Level, kode_induk: str | None) -> UsulanKode | None:
        """Kode for a name at a level, preferring those below the parent's kode."""
        kunci = kunci_teks(nama), level, kode_induk
        if kunci not in self._usul:
            self._usul[kunci] = self._usul_baru(nama, level, kode_induk)
        return self._usul[kunci]

    def _usul_baru(self, nama: str, level: Level, kode_induk: str | None) -> UsulanKode | None:
        tercatat = self._daftar.get(kunci_teks(nama))
        if tercatat and kd.level(tercatat.kode) in setara(level):
            return tercatat
        calon = [
            (self._di_bawah(b, kode_induk), mirip, b)
            for lvl in setara(level)
            for b in self._butir.get(lvl, ())
            if (mirip := kemiripan(nama, b.nama, AMBANG_MIRIP)) >= AMBANG_MIRIP
        ]
        if not calon:
            return None
        di_bawah, mirip, butir = max(calon, key=lambda c: c[:2])
        kode = kd.untuk_perangkat_daerah(butir.kode, self.bidang_urusan)
        if not di_bawah and kode_induk and level is not Level.PROGRAM:
            return UsulanKode(kode, PERLU_KONFIRMASI, mirip == 1)
        return UsulanKode(kode, SAMA_PERSIS if mirip == 1 else VARIAN_EJAAN, mirip == 1)

    def _di_bawah(self, b: Butir, kode_induk: str | None) -> bool:
        induk = kd.induk(kd.untuk_perangkat_daerah(b.kode, self.bidang_urusan))
        return kode_induk is not None and induk == kode_induk


def setara(level: Level) -> tuple[Level, ...]:
    """Levels whose entries may stand for a printed level: plans print a bidang urusan as an urusan."""
    return (Level.URUSAN, Level.BIDANG_URUSAN) if level in {Level.URUSAN, Level.BIDANG_URUSAN} else (level,)
