"""What a consolidation came to: agencies, ceilings, lists, and the sentences that are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from renja_xl.bappeda.rekap.daftar import Plafon, cocokkan
from renja_xl.bappeda.rekap.pilih import Berkas, Instansi
from renja_xl.bappeda.rekap.rekaman import UKURAN
from renja_xl.core.teks import kunci as kunci_teks

KUNCI_UKURAN = tuple(u for u, _, _ in UKURAN)


@dataclass(frozen=True, slots=True)
class BarisPagu:
    """A ceiling beside what the plans ask for, both in sen; ``rencana`` None where no plan goes by that name.

    Attributes:
        instansi: indices of the agencies that it is for; empty for a sumber dana.
    """

    plafon: Plafon
    rencana: int | None
    instansi: tuple[int, ...] = ()

    @property
    def selisih(self) -> int | None:
        return None if self.rencana is None else self.rencana - self.plafon.sen


@dataclass
class HasilRekap:
    """Everything but the records themselves."""

    instansi: list[Instansi]
    berkas: list[Berkas]
    pagu: list[BarisPagu] = field(default_factory=list)
    daftar: list[str] = field(default_factory=list)
    kurang: list[str] = field(default_factory=list)
    """Agencies of the list from which nothing came."""
    diperiksa: bool = True

    @property
    def ditolak(self) -> list[Berkas]:
        return [b for b in self.berkas if b.ringkas.galat]

    @property
    def harus_diperbaiki(self) -> int:
        return sum((i.ringkas.temuan or {}).get("harus_diperbaiki", 0) for i in self.instansi)

    def total(self, tahun: int) -> dict[str, int]:
        """Sums of a year in sen by ``ukuran``."""
        return jumlah_program(p for i in self.instansi if i.tahun == tahun for *_, p in i.ringkas.program)


def jumlah_program(program: Iterable[Mapping[str, int]]) -> dict[str, int]:
    hasil = dict.fromkeys(KUNCI_UKURAN, 0)
    for p in program:
        for k in KUNCI_UKURAN:
            hasil[k] += p.get(k, 0)
    return hasil


def susun_hasil(
    berkas: list[Berkas], instansi: list[Instansi], plafon: Sequence[Plafon], daftar: Sequence[str], diperiksa: bool
) -> HasilRekap:
    """Agencies beside ceilings and the list of those that should have sent a plan."""
    nama = [(i.nama, i.kabupaten) for i in instansi]
    hasil = HasilRekap(instansi, berkas, daftar=list(daftar), diperiksa=diperiksa)
    dana: dict[str, int] = {}
    for i in instansi:
        for k, sen in i.ringkas.sumber_dana.items():
            dana[kunci_teks(k)] = dana.get(kunci_teks(k), 0) + sen
    for p in plafon:
        if p.sumber_dana:
            hasil.pagu.append(BarisPagu(p, dana.get(kunci_teks(p.nama))))
            continue
        milik = cocokkan(p.nama, nama)
        rencana = sum(jumlah_program(x for *_, x in instansi[n].ringkas.program)["pagu_n"] for n in milik)
        hasil.pagu.append(BarisPagu(p, rencana if milik else None, milik))
    hasil.kurang = [d for d in daftar if not cocokkan(d, nama)]
    return hasil
