"""The data model: a ``Buku`` is everything that flows between modules.

A plan as printed and the same plan normalised are the same model before and after ``perbarui``:
in the first, links may be missing or repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

Nilai = int | float | str | None
"""What a cell holds. Rupiah are ``int`` sen (exact), other numbers ``float``, anything else ``str``."""

STRUKTUR = "Program & Sub Kegiatan"

TANPA_ISI = frozenset({"", "-", "–", "—"})
"""Texts that say that a cell holds nothing."""


class Level(StrEnum):
    """Levels of the hierarchy, and of rows that are not nodes."""

    URUSAN = "urusan"
    BIDANG_URUSAN = "bidang_urusan"
    PERANGKAT_DAERAH = "perangkat_daerah"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
    INDIKATOR_LANJUTAN = "indikator_lanjutan"
    TOTAL = "total"
    JUMLAH = "jumlah"
    RATA_RATA = "rata_rata"
    DATA = "data"

    @property
    def judul(self) -> str:
        """The level as users read it."""
        return "Rata-rata" if self is Level.RATA_RATA else self.value.replace("_", " ").capitalize()


LEVEL_SIMPUL = (
    Level.URUSAN,
    Level.BIDANG_URUSAN,
    Level.PERANGKAT_DAERAH,
    Level.PROGRAM,
    Level.KEGIATAN,
    Level.SUB_KEGIATAN,
)
"""Levels that are nodes of the struktur, highest first."""

_LEVEL_MENURUT_KUNCI = {
    "".join(ch for ch in kata.casefold() if ch.isalpha()): level
    for level in Level
    for kata in (level.value, level.judul)
} | {"subkeg": Level.SUB_KEGIATAN, "bidang": Level.BIDANG_URUSAN, "indikator": Level.INDIKATOR_LANJUTAN}


@lru_cache(maxsize=1_000)
def baca_level(teks: str) -> Level | None:
    """Level of a word as people spell it (``Sub Kegiatan``, ``sub_kegiatan``); None if it names none."""
    return _LEVEL_MENURUT_KUNCI.get("".join(ch for ch in teks.casefold() if ch.isalpha()))


class CaraHitung(StrEnum):
    """How realisations of several years make one figure (column 10 of T-C.29)."""

    DIJUMLAHKAN = "dijumlahkan"
    POSISI_AKHIR = "posisi_akhir"
    RATA_RATA = "rata_rata"

    @property
    def judul(self) -> str:
        return {"dijumlahkan": "Dijumlahkan", "posisi_akhir": "Posisi akhir", "rata_rata": "Rata-rata"}[self.value]


class Sifat(StrEnum):
    """Whether a higher or a lower realisation is better."""

    MAKIN_TINGGI = "makin_tinggi"
    MAKIN_RENDAH = "makin_rendah"

    @property
    def judul(self) -> str:
        return {"makin_tinggi": "Makin tinggi makin baik", "makin_rendah": "Makin rendah makin baik"}[self.value]


@dataclass(frozen=True, slots=True)
class Asal:
    """Where an imported row stood: file name and the file's own row number."""

    berkas: str
    baris: str


@dataclass(frozen=True, slots=True)
class Sel:
    """One cell: its value, its original text where imported, and whether a formula of ours shows it."""

    nilai: Nilai = None
    asli: str | None = None
    rumus: bool = False

    @property
    def kosong(self) -> bool:
        nilai = self.nilai
        return nilai is None or (isinstance(nilai, str) and nilai.strip() in TANPA_ISI)

    @property
    def angka(self) -> float | int | None:
        """The number in the cell; None for blanks and text, as ISNUMBER sees it."""
        return None if isinstance(self.nilai, str) else self.nilai


SEL_KOSONG = Sel()


@dataclass(frozen=True, slots=True)
class Baris:
    """One row of a table, linked to a node and an indicator of the struktur where known."""

    id: str
    level: Level
    sel: Mapping[str, Sel]
    simpul: str | None = None
    indikator: str | None = None
    asal: Asal | None = None

    def __getitem__(self, kolom: str) -> Sel:
        return self.sel.get(kolom, SEL_KOSONG)

    def dengan(self, perubahan: Mapping[str, Sel]) -> Baris:
        """The row with some cells replaced; cells that become entirely empty disappear."""
        baru = {
            k: s for k, s in {**self.sel, **perubahan}.items() if s.nilai is not None or s.rumus or s.asli is not None
        }
        return Baris(self.id, self.level, MappingProxyType(baru), self.simpul, self.indikator, self.asal)


@dataclass(frozen=True, slots=True)
class Simpul:
    """A node of the struktur. ``induk`` is the id of its parent, None at the top."""

    id: str
    level: Level
    nama: str
    kode: str | None = None
    induk: str | None = None
    keterangan_kode: str | None = None


@dataclass(frozen=True, slots=True)
class Indikator:
    """An indicator of a node; a node without one carries a single Indikator with ``teks`` None."""

    id: str
    simpul: str
    teks: str | None = None
    satuan: str | None = None
    cara_hitung: CaraHitung | None = None
    sifat: Sifat = Sifat.MAKIN_TINGGI
    skala: str | None = None
    sasaran: str | None = None
    di_evaluasi: bool = False
    di_rencana: bool = False


@dataclass(frozen=True, slots=True)
class Buku:
    """A whole plan. ``simpul`` and ``indikator`` stand in the order of the struktur sheet."""

    simpul: tuple[Simpul, ...] = ()
    indikator: tuple[Indikator, ...] = ()
    tabel: Mapping[str, tuple[Baris, ...]] = field(default_factory=dict)

    def baris(self, tabel: str) -> tuple[Baris, ...]:
        return self.tabel.get(tabel, ())

    def ganti(self, tabel: Mapping[str, Iterable[Baris]]) -> Buku:
        """The plan with whole tables replaced."""
        return replace(self, tabel={**self.tabel, **{k: tuple(v) for k, v in tabel.items()}})

    def simpul_menurut_id(self) -> dict[str, Simpul]:
        return {s.id: s for s in self.simpul}

    def indikator_menurut_id(self) -> dict[str, Indikator]:
        return {i.id: i for i in self.indikator}

    def profil(self, kunci: str) -> Nilai:
        """Value of a field of Profil, None where blank."""
        for baris in self.baris("Profil"):
            if baris["kunci"].nilai == kunci:
                sel = baris["nilai"]
                return None if sel.kosong else sel.nilai
        return None

    @property
    def tahun(self) -> int:
        """The plan year n.

        Raises:
            ValueError: Profil holds no usable year.
        """
        nilai = self.profil("tahun_anggaran")
        if nilai is None:
            raise ValueError("tahun_anggaran kosong")
        return int(float(nilai))
