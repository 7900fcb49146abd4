"""Findings: data, collected, never raised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from renja_xl.core.buku import Asal


class Tingkat(StrEnum):
    """How grave a finding is."""

    HARUS_DIPERBAIKI = "harus_diperbaiki"
    PERLU_DICEK = "perlu_dicek"
    INFORMASI = "informasi"

    @property
    def judul(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Aturan:
    """One rule of the audit.

    Attributes:
        id: family and number, ``HIT-08``.
        tingkat: the gravest level that its findings have.
        uraian: what it finds, in one line.
        dasar: where the rule stands.
    """

    id: str
    tingkat: Tingkat
    uraian: str
    dasar: str


@dataclass(frozen=True, slots=True)
class Anggota:
    """One cell of a finding that speaks of several."""

    tabel: str
    baris: str
    kolom: str
    tertulis: str = ""
    seharusnya: str = ""
    asal: Asal | None = None
    lembar: str = ""
    sel: str = ""


@dataclass(frozen=True, slots=True)
class Temuan:
    """One finding about one cell (or, with ``anggota``, one systematic difference).

    ``tabel``, ``baris`` (row id) and ``kolom`` (column key) say where; sheet and cell address follow from a ``Letak``.
    A cell that belongs to no table of ours (on a sheet of a foreign workbook) is named by ``lembar`` and ``sel`` alone;
    one of a table but of none of its rows (its head) by all of them.
    ``pesan`` says what is written and why it is doubtful, ``perbaikan`` what to do; each one sentence.
    """

    aturan: str
    tingkat: Tingkat
    tabel: str
    baris: str
    kolom: str
    pesan: str
    perbaikan: str
    kode: str = ""
    tertulis: str = ""
    seharusnya: str = ""
    asal: Asal | None = None
    anggota: tuple[Anggota, ...] = ()
    lembar: str = ""
    sel: str = ""
    dasar: str = ""
    """Where its rule stands."""
    sebab: str = ""
    """``rujukan`` of the finding that this one follows from: mended there, it is mended here."""

    @property
    def rujukan(self) -> str:
        """Identity of the finding across recomputes and saves."""
        if not self.tabel:
            return f"{self.aturan}||{self.lembar}|{self.sel}"
        return f"{self.aturan}|{self.tabel}|{self.baris}|{self.kolom}"

    @property
    def tempat(self) -> tuple[str, str]:
        """Its cell, in words that no rule has a part in."""
        return (self.baris, self.kolom) if self.tabel else (self.lembar, self.sel)
