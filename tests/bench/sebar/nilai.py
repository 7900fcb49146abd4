"""What an audit found of what was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from renja_xl.core.buku import Buku
from renja_xl.core.temuan import Temuan
from renja_xl.periksa import periksa
from tests.bench.sebar.cacat import Cacat
from tests.bench.sebar.papan import CETAK, Papan, Tempat, cetak
from tests.bench.sebar.rencana import rencana

TEPAT, DI_TEMPAT_LAIN, LUPUT = "tepat", "di tempat lain", "luput"

Jejak = tuple[str, Tempat, str]
"""Rule, cell, and what it says is written there."""


@dataclass(frozen=True, slots=True)
class Hasil:
    """One planted fault. ``ulang`` reproduces it (``--kelas`` and ``--benih``); ``ditemukan`` are new findings."""

    kelas: str
    keluarga: str
    ulang: str
    keadaan: str
    sel: tuple[str, ...]
    ditemukan: tuple[str, ...] = ()
    hanya_informasi: bool = False
    keluarga_tepat: bool = False


def jejak(temuan: Iterable[Temuan]) -> dict[Jejak, Temuan]:
    """Findings by rule and cell, members of groups among them."""
    hasil: dict[Jejak, Temuan] = {}
    for t in temuan:
        hasil[t.aturan, (t.tabel, t.baris, t.kolom), t.tertulis] = t
        for a in t.anggota:
            hasil[t.aturan, (a.tabel, a.baris, a.kolom), a.tertulis] = t
    return hasil


def nilai(
    cacat: Cacat, ulang: str, tempat: Collection[Tempat], temuan: Sequence[Temuan], semula: Collection[Jejak]
) -> Hasil:
    """How a fault was found: only what the untouched plan did not already have counts."""
    baru = {j: t for j, t in jejak(temuan).items() if j not in semula}
    kena = [t for (_, sel, _), t in baru.items() if sel in tempat]
    keadaan = TEPAT if kena else DI_TEMPAT_LAIN if baru else LUPUT
    return Hasil(
        cacat.nama,
        cacat.keluarga,
        ulang,
        keadaan,
        tuple(sorted("!".join(x) for x in tempat))[:4],
        tuple(f"{a} {'!'.join(sel)}" for a, sel, _ in list(baru)[:4]),
        bool(kena) and all(t.tingkat.value == "informasi" for t in kena),
        any(t.aturan.startswith(cacat.keluarga) for t in kena),
    )


@dataclass
class Rak:
    """Correct plans in their presentations, with what an audit says of them as they are."""

    batas: int = 5
    """Most kegiatan of a program, and sub kegiatan of a kegiatan."""
    rencana: dict[tuple[int, str], tuple[Buku, dict[Jejak, Temuan]]] = field(default_factory=dict)

    def ambil(self, nomor: int, moda: str) -> tuple[Buku, dict[Jejak, Temuan]]:
        """A presentation of a plan, and its findings by cell."""
        kunci = nomor, moda
        if kunci not in self.rencana:
            buku = rencana(nomor, self.batas) if moda != CETAK else cetak(self.ambil(nomor, "induk")[0], nomor % 3)
            self.rencana[kunci] = buku, jejak(periksa(buku))
        return self.rencana[kunci]


def tanam(rak: Rak, cacat: Cacat, moda: str, nomor: int, benih: str) -> tuple[Papan, frozenset[Tempat]] | None:
    """A fault in a copy of a plan, drawn again where the plan has no place for it; None after twelve tries."""
    asli, _ = rak.ambil(nomor, moda)
    benar, _ = rak.ambil(nomor, "induk")
    acak = Random(f"{benih} {cacat.nama} {moda} {nomor}")
    for _ in range(12):
        papan = Papan(asli, benar, moda, acak, nomor % 3)
        tempat = cacat.tanam(papan)
        if tempat and papan.buku != asli:
            return papan, tempat
    return None


def uji(rak: Rak, cacat: Cacat, moda: str, nomor: int, benih: str) -> Hasil | None:
    """Plant one fault and audit the plan."""
    tertanam = tanam(rak, cacat, moda, nomor, benih)
    if tertanam is None:
        return None
    papan, tempat = tertanam
    temuan = periksa(papan.selesai())
    return nilai(cacat, f"{benih}/{cacat.nama}/{moda}/{nomor}", tempat, temuan, rak.ambil(nomor, moda)[1])


def tingkat(jejak_rencana: Mapping[Any, Temuan]) -> Counter[str]:
    """Findings of a plan by level, each once."""
    return Counter(t.tingkat.value for t in {id(t): t for t in jejak_rencana.values()}.values())
