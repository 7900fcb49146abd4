"""Why the total of a plan differs from that of another: sub kegiatan added, removed, raised, lowered. Amounts are sen.

The four together are the difference exactly; a sub kegiatan that only changed its place or name is none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from renja_xl.core.buku import Buku, Level
from renja_xl.core.pagu import Pos, gulung, nilai_pos, tata_pagu
from renja_xl.tabel import MENURUT_KUNCI, RKT, T_C_31, T_C_33

Ukuran = tuple[str, str]
"""Table and money column that two plans are compared by."""

UKURAN: tuple[Ukuran, ...] = (
    (T_C_33.kunci, "pagu_n"),
    (T_C_31.kunci, "kebutuhan_dana"),
    (T_C_31.kunci, "pagu_rkpd"),
    (RKT.kunci, "anggaran"),
)
"""By preference: what the plan itself says comes first."""


@dataclass(frozen=True, slots=True)
class Pagu:
    """Amounts of a plan in sen: of its sub kegiatan, of every parent, and the total of its programs.

    Only sub kegiatan below a program count, each once, as the total does.
    """

    sub: Mapping[str, int]
    induk: Mapping[str, int]
    total: int

    def simpul(self, pengenal: str) -> int | None:
        """Amount of a node; None where the table does not list it."""
        return self.sub[pengenal] if pengenal in self.sub else self.induk.get(pengenal)


@dataclass(frozen=True, slots=True)
class Beda:
    """A sub kegiatan whose amount differs, or that only one side lists; None where it does not."""

    simpul: str
    lama: int | None
    baru: int | None

    @property
    def jenis(self) -> str:
        """``ditambah``, ``dihapus``, ``naik`` or ``turun``."""
        if self.lama is None:
            return "ditambah"
        if self.baru is None:
            return "dihapus"
        return "naik" if self.baru > self.lama else "turun"

    @property
    def selisih(self) -> int:
        return (self.baru or 0) - (self.lama or 0)


@dataclass(frozen=True, slots=True)
class Sebab:
    """Totals of two plans, and what makes them differ."""

    ukuran: Ukuran
    lama: Pagu
    baru: Pagu
    beda: tuple[Beda, ...]

    @property
    def selisih(self) -> int:
        return self.baru.total - self.lama.total

    def milik(self, jenis: str) -> tuple[Beda, ...]:
        return tuple(b for b in self.beda if b.jenis == jenis)

    def banyak(self, jenis: str) -> int:
        return len(self.milik(jenis))

    def jumlah(self, jenis: str) -> int:
        """Signed sum in sen; those of the four kinds together are ``selisih``."""
        return sum(b.selisih for b in self.milik(jenis))


def pilih_ukuran(lama: Buku, baru: Buku) -> Ukuran:
    """The first of ``UKURAN`` that both plans have amounts in, else that one of them has."""
    for syarat in (all, any):
        for tabel, kolom in UKURAN:
            if syarat(any(b[kolom].angka is not None for b in buku.baris(tabel)) for buku in (lama, baru)):
                return tabel, kolom
    return UKURAN[0]


def pagu(buku: Buku, ukuran: Ukuran) -> Pagu:
    """Amounts of a plan by node, rolled up from its sub kegiatan."""
    tabel, kolom = ukuran
    spec = MENURUT_KUNCI[tabel]
    kanan = "simpul_kebutuhan" if spec is T_C_31 and spec.menurut_kunci[kolom].sisi == "kebutuhan" else None
    rows = buku.baris(tabel)
    tata = tata_pagu(rows, kolom, kanan)
    sub = {p.kunci: nilai_pos(p, rows, kolom) or 0 for p in tata if p.sub}
    induk = gulung(tata, dict(sub))
    terjangkau: set[str] = set()

    def telusuri(p: Pos) -> None:
        for a in p.anak:
            if a.kunci not in terjangkau:
                terjangkau.add(a.kunci)
                telusuri(a)

    program = [p for p in tata if p.level is Level.PROGRAM]
    for p in program:
        telusuri(p)
    milik = {k: v for k, v in sub.items() if k in terjangkau}
    return Pagu(milik, induk, sum(milik.values()))


def hitung_sebab(lama: Buku, baru: Buku, ukuran: Ukuran | None = None) -> Sebab:
    """Why the totals of two plans differ; nodes are the same where their ids are.

    Args:
        ukuran: table and money column; by ``pilih_ukuran`` without.
    """
    ukuran = ukuran or pilih_ukuran(lama, baru)
    a, z = pagu(lama, ukuran), pagu(baru, ukuran)
    urut = [*z.sub, *(k for k in a.sub if k not in z.sub)]
    beda = (Beda(k, a.sub.get(k), z.sub.get(k)) for k in urut)
    return Sebab(ukuran, a, z, tuple(b for b in beda if b.lama != b.baru))
