"""Two states of one plan side by side: what was added, removed, moved, renamed or changed, and why the total differs.

Rows and nodes are the same when their ids are: both states come from one workbook and its copies. Plans of other origin
are first given the ids of each other (``core.padankan``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from renja_xl.core.baris import sebutan_baris
from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Nilai, Simpul
from renja_xl.core.hitung import PerubahanTotal, perubahan_total
from renja_xl.core.letak import Letak
from renja_xl.core.nilai import tulis
from renja_xl.core.padankan import Pasangan
from renja_xl.core.sebab import Sebab, Ukuran, hitung_sebab
from renja_xl.core.struktur import ke_baris
from renja_xl.core.tambalan import TABEL_ISIAN, Tambalan, baris_isian, sel_berubah, susun_tambalan
from renja_xl.tabel import PROGRAM_SUB_KEGIATAN
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe

TETAP, BARU, HILANG = "tetap", "baru", "hilang"
"""What became of the node that a cell belongs to."""

_DI_STRUKTUR = (
    *("level", "indikator", "satuan", "cara_hitung", "sifat", "skala", "sasaran", "di_evaluasi", "di_rencana"),
    "keterangan_kode",
)
"""Cells of the struktur beside kode, name and place, whose changes have names of their own."""


@dataclass(frozen=True, slots=True)
class Isian:
    """A typed cell that differs; texts as a planner reads them.

    Attributes:
        keadaan: ``tetap``, or that its node is ``baru`` or ``hilang``: then the cell came or went with it.
        kunci: key of its column; baris: id of its row.
    """

    tabel: str
    sel: str
    kode: str
    nama: str
    kolom: str
    lama: str
    baru: str
    keadaan: str = TETAP
    simpul: str | None = None
    baris: str = ""
    kunci: str = ""


@dataclass(frozen=True, slots=True)
class Sanding:
    """Everything that differs between two states.

    Attributes:
        tambalan: the same as a complete patch (``core.tambalan``).
        sebab: why the total differs; amounts of every node.
        pasangan: how the nodes of two plans of other origin were told to be the same, by id; empty within one plan.
    """

    ditambah: tuple[Simpul, ...]
    dihapus: tuple[Simpul, ...]
    dipindah: tuple[tuple[Simpul, Simpul], ...]
    diganti_nama: tuple[tuple[Simpul, Simpul], ...]
    diubah: tuple[Isian, ...]
    total: tuple[PerubahanTotal, ...]
    tambalan: Tambalan
    sebab: Sebab
    pasangan: Mapping[str, Pasangan] = field(default_factory=dict)
    nama: Mapping[str, str] = field(default_factory=dict)
    """Names of all nodes of both states, by id."""
    sebutan: str | None = None
    """What the total is called, where not by its table and column."""

    def nama_simpul(self, pengenal: str | None) -> str:
        """What a node is called; the top of the tree has no name."""
        return self.nama.get(pengenal or "", "") or "(paling atas)"

    @property
    def isian_sama(self) -> bool:
        """Whether nothing that a planner types differs."""
        return not (self.ditambah or self.dihapus or self.dipindah or self.diganti_nama or self.diubah)

    @property
    def isian_tetap(self) -> tuple[Isian, ...]:
        """Cells that changed where they are; those that came or went with their node are left out."""
        return tuple(i for i in self.diubah if i.keadaan == TETAP)


def sandingkan(
    lama: Buku,
    baru: Buku,
    letak: Letak,
    pasangan: Mapping[str, Pasangan] | None = None,
    ukuran: Ukuran | None = None,
) -> Sanding:
    """What differs; amounts of parents as they are shown.

    Args:
        letak: where the rows of the newer state stand.
        pasangan: how the nodes were told to be the same, where not by id.
        ukuran: table and money column of the total; by ``core.sebab.pilih_ukuran`` without.
    """
    a, z = lama.simpul_menurut_id(), baru.simpul_menurut_id()
    tetap = [(a[i], z[i]) for i in z if i in a]
    tambalan = susun_tambalan(lama, baru)
    pembanding = _Pembanding(lama, baru, letak)
    return Sanding(
        ditambah=tambalan.simpul.ditambah,
        dihapus=tambalan.simpul.dihapus,
        dipindah=tuple((x, y) for x, y in tetap if x.induk != y.induk),
        diganti_nama=tuple((x, y) for x, y in tetap if (x.nama, x.kode) != (y.nama, y.kode)),
        diubah=(*pembanding.struktur(), *pembanding.tabel(tambalan)),
        total=tuple(perubahan_total(lama, baru)),
        tambalan=tambalan,
        sebab=hitung_sebab(lama, baru, ukuran),
        pasangan=pasangan or {},
        nama={s.id: s.nama for s in (*lama.simpul, *baru.simpul)},
    )


class _Pembanding:
    def __init__(self, lama: Buku, baru: Buku, letak: Letak) -> None:
        self.lama, self.baru, self.letak = lama, baru, letak
        self.ada_lama, self.ada_baru = {s.id for s in lama.simpul}, {s.id for s in baru.simpul}
        self.simpul = lama.simpul_menurut_id() | baru.simpul_menurut_id()

    def struktur(self) -> Iterator[Isian]:
        """Cells of nodes and indicators."""
        sebelum = {b.id: b for b in ke_baris(self.lama)}
        kosong = Baris("", Level.DATA, {})
        for b in ke_baris(self.baru):
            yield from self._baris_struktur(b, sebelum.pop(b.id, kosong), b)
        for b in sebelum.values():
            yield from self._baris_struktur(b, b, kosong)

    def _baris_struktur(self, milik: Baris, a: Baris, z: Baris) -> Iterator[Isian]:
        sepihak = not a.sel or not z.sel  # an indicator that came or went: its choices follow from its being there
        for k in _DI_STRUKTUR:
            lama, baru = a[k].nilai, z[k].nilai
            bawaan = sepihak and (k in {"level", "sifat"} or (k.startswith("di_")))
            if lama != baru and not bawaan:
                yield self._satu(PROGRAM_SUB_KEGIATAN, PROGRAM_SUB_KEGIATAN.menurut_kunci[k], milik, lama, baru)

    def tabel(self, t: Tambalan) -> Iterator[Isian]:
        """Cells of all other tables, in the order of the newer state; then those of rows that are gone."""
        for spec in TABEL_ISIAN:
            d = t.tabel[spec.kunci]
            if d.kosong:
                continue
            ubah = {z.id: (a, z) for a, z in d.diubah}
            datang = {b.id for b in d.ditambah}
            kosong = Baris("", Level.DATA, {})
            for b in self.baru.baris(spec.kunci):
                a, z = ubah.get(b.id) or (kosong, baris_isian(spec, b) if b.id in datang else kosong)
                for k, lama, baru in sel_berubah(spec, a, z):
                    yield self._satu(spec, k, b, lama, baru)
            hilang = {b.id for b in d.dihapus}
            for b in self.lama.baris(spec.kunci):
                if b.id in hilang:
                    for k, lama, baru in sel_berubah(spec, baris_isian(spec, b), kosong):
                        yield self._satu(spec, k, b, lama, baru)

    def _satu(self, spec: TabelSpec, k: KolomSpec, b: Baris, lama: Nilai, baru: Nilai) -> Isian:
        s = self.simpul.get(b.simpul or "")
        nama = s.nama if s and spec.kunci == STRUKTUR else sebutan_baris(spec, b, self.simpul)
        keadaan = TETAP
        if s is not None and (s.id in self.ada_lama) != (s.id in self.ada_baru):
            keadaan = BARU if s.id in self.ada_baru else HILANG
        tahun = k.kunci == "tahun" or b.id == "tahun_anggaran"
        a, z = (_teks(k, n, tahun=tahun) for n in (lama, baru))
        if a == z:  # a number, and the same number as text
            a, z = (f"{t} (teks)" if isinstance(n, str) else t for t, n in ((a, lama), (z, baru)))
        return Isian(
            spec.kunci, self.letak.sel(spec.kunci, b.id, k.kunci), (s.kode if s else None) or "", nama,
            k.sebutan(self.baru.tahun), a, z, keadaan, s.id if s else None, b.id, k.kunci,
        )  # fmt: skip


def _teks(k: KolomSpec, nilai: Nilai, *, tahun: bool) -> str:
    """What was typed, as a planner reads it; a year has no thousands."""
    if tahun and isinstance(nilai, float) and nilai.is_integer():
        return str(int(nilai))
    return tulis(nilai, rupiah=k.tipe is Tipe.RUPIAH, desimal=15)
