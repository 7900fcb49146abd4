"""Two states of one plan side by side: what was added, removed, moved, renamed or changed.

Rows and nodes are the same when their ids are: both states come from one workbook and its copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from renja_xl.core.baris import sebutan_baris
from renja_xl.core.besaran import hitung_besaran
from renja_xl.core.buku import Baris, Buku, Nilai, Sel, Simpul
from renja_xl.core.hitung import PerubahanTotal, perubahan_total
from renja_xl.core.letak import Letak
from renja_xl.core.nilai import tulis
from renja_xl.tabel import DASAR_PERHITUNGAN, PROFIL, TABEL_RENCANA
from renja_xl.tabel.profil import DIISI_SENDIRI
from renja_xl.tabel.spec import DIKETIK, KolomSpec, TabelSpec, Tipe

_ISIAN = (PROFIL, DASAR_PERHITUNGAN, *(s for s in TABEL_RENCANA if any(k.peran in DIKETIK for k in s.kolom)))


@dataclass(frozen=True, slots=True)
class Isian:
    """A typed cell that differs; texts as a planner reads them."""

    tabel: str
    sel: str
    kode: str
    nama: str
    kolom: str
    lama: str
    baru: str


@dataclass(frozen=True, slots=True)
class Sanding:
    """Everything that differs between two states."""

    ditambah: tuple[Simpul, ...]
    dihapus: tuple[Simpul, ...]
    dipindah: tuple[tuple[Simpul, Simpul], ...]
    diganti_nama: tuple[tuple[Simpul, Simpul], ...]
    diubah: tuple[Isian, ...]
    total: tuple[PerubahanTotal, ...]
    total_lama: Nilai
    total_baru: Nilai

    @property
    def isian_sama(self) -> bool:
        """Whether nothing that a planner types differs."""
        return not (self.ditambah or self.dihapus or self.dipindah or self.diganti_nama or self.diubah)


def sandingkan(lama: Buku, baru: Buku, letak: Letak) -> Sanding:
    """What differs; amounts of parents as they are shown.

    Args:
        letak: where the rows of the newer state stand.
    """
    a, z = lama.simpul_menurut_id(), baru.simpul_menurut_id()
    tetap = [(a[i], z[i]) for i in z if i in a]
    return Sanding(
        ditambah=tuple(s for s in baru.simpul if s.id not in a),
        dihapus=tuple(s for s in lama.simpul if s.id not in z),
        dipindah=tuple((x, y) for x, y in tetap if x.induk != y.induk),
        diganti_nama=tuple((x, y) for x, y in tetap if (x.nama, x.kode) != (y.nama, y.kode)),
        diubah=tuple(_isian(lama, baru, letak)),
        total=tuple(perubahan_total(lama, baru)),
        total_lama=hitung_besaran(lama)["total_pagu"],
        total_baru=hitung_besaran(baru)["total_pagu"],
    )


def _isian(lama: Buku, baru: Buku, letak: Letak) -> Iterator[Isian]:
    simpul = lama.simpul_menurut_id() | baru.simpul_menurut_id()
    for spec in _ISIAN:
        sebelum = {b.id: b for b in lama.baris(spec.kunci)}
        for b in baru.baris(spec.kunci):
            dulu = sebelum.pop(b.id, None)
            if spec is PROFIL and b["kunci"].nilai in DIISI_SENDIRI:
                continue
            for k in spec.kolom:
                semula = dulu[k.kunci] if dulu else Sel()
                if k.peran in DIKETIK and _teks(k, semula) != _teks(k, b[k.kunci]):
                    yield _satu(spec, k, b, semula, b[k.kunci], baru, letak, simpul)
        for dulu in sebelum.values():  # rows that are gone, with what was typed in them
            for k in spec.kolom:
                if k.peran in DIKETIK and _teks(k, dulu[k.kunci]):
                    yield _satu(spec, k, dulu, dulu[k.kunci], Sel(), baru, letak, simpul)


def _teks(k: KolomSpec, sel: Sel) -> str:
    """What was typed; nothing for a cell that a formula of ours shows."""
    return "" if sel.rumus else tulis(sel.nilai, rupiah=k.tipe is Tipe.RUPIAH, desimal=15)


def _satu(
    spec: TabelSpec, k: KolomSpec, b: Baris, lama: Sel, baru: Sel, buku: Buku, letak: Letak, simpul: dict[str, Simpul]
) -> Isian:
    s = simpul.get(b.simpul or "")
    nama = sebutan_baris(spec, b, simpul)
    return Isian(
        spec.kunci, letak.sel(spec.kunci, b.id, k.kunci), (s.kode if s else None) or "", nama, k.sebutan(buku.tahun),
        _teks(k, lama), _teks(k, baru),
    )  # fmt: skip
