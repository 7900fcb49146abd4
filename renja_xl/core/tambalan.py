"""The difference between two plans as a complete patch: applied to the first it gives all that was typed in the second.

Nodes, indicators and rows are the same where their ids are. What formulas show is no part of it: it follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from renja_xl.core.buku import Baris, Buku, Indikator, Nilai, Sel, Simpul
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.tabel import DASAR_PERHITUNGAN, MENURUT_KUNCI, PENAMPIL, PROFIL, TABEL_RENCANA
from renja_xl.tabel.profil import DIISI_SENDIRI
from renja_xl.tabel.spec import DIKETIK, KolomSpec, TabelSpec

TABEL_ISIAN = (
    PROFIL,
    DASAR_PERHITUNGAN,
    *(s for s in TABEL_RENCANA if s not in PENAMPIL and any(k.peran in DIKETIK for k in s.kolom)),
)
"""Tables that planners type a plan into."""


class _Beridentitas(Protocol):
    @property
    def id(self) -> str: ...


B = TypeVar("B", bound=_Beridentitas)


@dataclass(frozen=True, slots=True)
class Deret(Generic[B]):
    """What differs between two lists: removed, added, changed (old, new); the new order of ids where it does not follow."""

    dihapus: tuple[B, ...] = ()
    ditambah: tuple[B, ...] = ()
    diubah: tuple[tuple[B, B], ...] = ()
    urutan: tuple[str, ...] | None = None

    @property
    def kosong(self) -> bool:
        return not (self.dihapus or self.ditambah or self.diubah or self.urutan)


@dataclass(frozen=True, slots=True)
class Tambalan:
    """All that was typed differently in a second plan."""

    simpul: Deret[Simpul]
    indikator: Deret[Indikator]
    tabel: Mapping[str, Deret[Baris]]
    """Rows with what was typed in them; an added one with all its cells."""

    @property
    def kosong(self) -> bool:
        return self.simpul.kosong and self.indikator.kosong and all(d.kosong for d in self.tabel.values())


def diketik(spec: TabelSpec, k: KolomSpec, b: Baris) -> bool:
    """Whether a cell holds what a planner typed; nothing that a formula of ours shows, or should show."""
    sel = b[k.kunci]
    if k.peran not in DIKETIK or sel.rumus or sel.nilai is None:
        return False
    if spec is PROFIL and b["kunci"].nilai in DIISI_SENDIRI:
        return False
    return not sel_dihitung(spec, b, k)


def baris_isian(spec: TabelSpec, b: Baris) -> Baris:
    """A row with its typed cells alone."""
    sel = {k.kunci: Sel(b[k.kunci].nilai) for k in spec.kolom if diketik(spec, k, b)}
    return Baris(b.id, b.level, sel, b.simpul, b.indikator)


def isian(buku: Buku) -> Buku:
    """A plan with what planners typed alone."""
    tabel = {s.kunci: tuple(baris_isian(s, b) for b in buku.baris(s.kunci)) for s in TABEL_ISIAN}
    return Buku(buku.simpul, buku.indikator, tabel)


def susun_tambalan(lama: Buku, baru: Buku) -> Tambalan:
    """What makes the first plan's inputs those of the second."""
    a, z = isian(lama), isian(baru)
    tabel = {}
    for spec in TABEL_ISIAN:
        d = banding_deret(a.baris(spec.kunci), z.baris(spec.kunci))
        penuh = {b.id: b for b in baru.baris(spec.kunci)} if d.ditambah else {}
        tabel[spec.kunci] = replace(d, ditambah=tuple(penuh[b.id] for b in d.ditambah))
    return Tambalan(banding_deret(a.simpul, z.simpul), banding_deret(a.indikator, z.indikator), tabel)


def terapkan(lama: Buku, t: Tambalan) -> Buku:
    """The plan with a patch applied; computed cells are still the old ones, ``perbarui`` and ``hitung`` bring them up to date."""
    tabel: dict[str, Iterable[Baris]] = {}
    for kunci, d in t.tabel.items():
        spec = MENURUT_KUNCI[kunci]
        semula = {b.id: b for b in lama.baris(kunci)}
        ubah = {z.id: _tulis(spec, semula[z.id], z) for _, z in d.diubah if z.id in semula}
        tabel[kunci] = _pasang(lama.baris(kunci), d, ubah)
    hasil = replace(
        lama,
        simpul=tuple(_pasang(lama.simpul, t.simpul, {z.id: z for _, z in t.simpul.diubah})),
        indikator=tuple(_pasang(lama.indikator, t.indikator, {z.id: z for _, z in t.indikator.diubah})),
    )
    return hasil.ganti(tabel)


def _tulis(spec: TabelSpec, b: Baris, isi: Baris) -> Baris:
    """A row with its typed cells replaced."""
    baru = replace(b, level=isi.level, simpul=isi.simpul, indikator=isi.indikator)
    return baru.dengan(
        {
            k.kunci: Sel(isi[k.kunci].nilai)
            for k in spec.kolom
            if k.kunci in isi.sel or diketik(spec, k, b) or diketik(spec, k, baru)
        }
    )


def banding_deret(lama: Sequence[B], baru: Sequence[B]) -> Deret[B]:
    """What differs between two lists."""
    a, z = {x.id: x for x in lama}, {x.id: x for x in baru}
    d = Deret(
        tuple(x for x in lama if x.id not in z),
        tuple(x for x in baru if x.id not in a),
        tuple((a[x.id], x) for x in baru if x.id in a and a[x.id] != x),
    )
    tanpa_urutan = [x.id for x in _pasang(lama, d, {})]
    urutan = [x.id for x in baru]
    return d if tanpa_urutan == urutan else replace(d, urutan=tuple(urutan))


def _pasang(lama: Sequence[B], d: Deret[B], ubah: Mapping[str, B]) -> list[B]:
    """The list with what goes gone, what changed changed, what comes at its end, in the order that is said."""
    keluar = {x.id for x in d.dihapus}
    hasil = [ubah.get(x.id, x) for x in lama if x.id not in keluar]
    hasil += d.ditambah
    if d.urutan is None:
        return hasil
    letak = {k: n for n, k in enumerate(d.urutan)}
    return sorted(hasil, key=lambda x: letak.get(x.id, len(letak)))


def sel_berubah(spec: TabelSpec, a: Baris, z: Baris) -> Iterable[tuple[KolomSpec, Nilai, Nilai]]:
    """Typed cells of a row that differ, as their columns stand."""
    for k in spec.kolom:
        if a[k.kunci].nilai != z[k.kunci].nilai:
            yield k, a[k.kunci].nilai, z[k.kunci].nilai
