"""The head of a sheet: its title and stacked header, whose years and numbers follow Profil."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from renja_xl.core.baris import judul_tabel
from renja_xl.core.buku import Buku
from renja_xl.core.renstra import awal_renstra
from renja_xl.tabel.spec import TabelSpec

BARIS_BANTU, BARIS_JUDUL, BARIS_PENYUSUN, BARIS_ATURAN = 0, 1, 2, 3
"""Rows above the header, 0-based: link and legend (not printed), title, agency, and the rule where there is one."""


@dataclass(frozen=True, slots=True)
class SelKepala:
    """One cell of the head, perhaps over several rows and columns (0-based), and what it is declared as."""

    atas: int
    kiri: int
    bawah: int
    kanan: int
    teks: str
    pola: str

    def pernah(self, tertulis: str) -> bool:
        """Whether a text is this one with other years or numbers."""
        bentuk = re.sub(r"\\\{(?:n3|n2|n1|n|p1|r\d)\\\}", r"(?:\\d{4}|Tahun ke-\\d)", re.escape(self.pola))
        return re.fullmatch(bentuk.replace(r"\{nomor\}", ".{1,40}?"), tertulis, re.DOTALL) is not None


def sel_kepala(spec: TabelSpec, buku: Buku) -> Iterator[SelKepala]:
    """Title and stacked header as they shall stand where the builder puts them."""
    yield SelKepala(BARIS_JUDUL, 0, BARIS_JUDUL, 0, judul_tabel(spec, buku), spec.judul)
    atas, dalam = spec.baris_kepala - 1, spec.kedalaman
    tahun, awal = buku.tahun, awal_renstra(buku)
    jalur = [() if k.tersembunyi else k.judul_tahun(tahun, awal) for k in spec.kolom]
    for tingkat in range(dalam):
        n = 0
        while n < len(jalur):
            j = jalur[n]
            if len(j) <= tingkat:
                n += 1
                continue
            akhir = n
            while (
                akhir + 1 < len(jalur) and len(j) > tingkat + 1 and jalur[akhir + 1][: tingkat + 1] == j[: tingkat + 1]
            ):
                akhir += 1
            bawah = tingkat if len(j) > tingkat + 1 else dalam - 1
            yield SelKepala(atas + tingkat, n, atas + bawah, akhir, j[tingkat], spec.kolom[n].judul[tingkat])
            n = akhir + 1
