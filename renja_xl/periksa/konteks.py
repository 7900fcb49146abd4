"""What rules look at: the plan, the same plan recomputed, and how to word a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from renja_xl.core.bahan import TANPA_BAHAN, Bahan
from renja_xl.core.baris import sebutan_baris, teks_sel
from renja_xl.core.buku import Baris, Buku, Nilai, Sel, Simpul
from renja_xl.core.hitung import hitung, hitung_tak_tercetak, kunci_simpul
from renja_xl.core.nilai import tercetak, tulis
from renja_xl.core.pagu import Pos, tata_pagu
from renja_xl.core.struktur import ke_baris
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.tabel import TABEL_TERTAUT
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe


@dataclass(frozen=True)
class Konteks:
    """One plan under audit."""

    buku: Buku
    bahan: Bahan = TANPA_BAHAN

    @cached_property
    def terhitung(self) -> Buku:
        return hitung(self.buku)

    @cached_property
    def per_baris(self) -> Buku:
        """The plan with each row's own formulas recomputed from what the row shows."""
        return hitung_tak_tercetak(self.buku)

    @cached_property
    def simpul(self) -> dict[str, Simpul]:
        return self.buku.simpul_menurut_id()

    @cached_property
    def tahun(self) -> int:
        return self.buku.tahun

    @cached_property
    def buku_lain(self) -> bool:
        """Whether the plan was read from somebody's own workbook, which has none of our commands and buttons."""
        return self.bahan.letak is not None and bool(self.bahan.letak.asing)

    @property
    def hitung_ulang(self) -> str:
        """How a computed cell is mended, as the beginning of a sentence."""
        return "Perbaiki isi sel ini" if self.buku_lain else "Jalankan Hitung Ulang (perintah hitung)"

    @property
    def saran_hitungan(self) -> str:
        """How a computed cell that is wrong is mended."""
        return f"{self.hitung_ulang}, lalu periksa kembali angka masukannya."

    def pasangan(self, spec: TabelSpec) -> Iterator[tuple[Baris, Baris]]:
        """Each row as it stands, and recomputed."""
        return zip(self.buku.baris(spec.kunci), self.terhitung.baris(spec.kunci), strict=True)

    @cached_property
    def pagu(self) -> tuple[tuple[TabelSpec, KolomSpec, tuple[Baris, ...], list[Pos]], ...]:
        """Each money column with its rows and nodes."""
        return tuple(
            (spec, kolom, rows, tata_pagu(rows, kolom.kunci, kunci_simpul(spec, kolom)))
            for spec in TABEL_TERTAUT
            for rows in (self.buku.baris(spec.kunci),)
            for kolom in spec.kolom_uang
        )

    @cached_property
    def struktur(self) -> tuple[Baris, ...]:
        """Rows of Program & Sub Kegiatan."""
        return tuple(ke_baris(self.buku))

    def tanpa_kolom(self, spec: TabelSpec, b: Baris, kolom: str) -> bool:
        """Whether the foreign sheet that a row stands on has no such column: what it should hold is not missing from the row."""
        asing = self.bahan.letak.asing.get(spec.kunci, {}).get(b.id) if self.bahan.letak else None
        return asing is not None and not {kolom, "*satuan"} & asing.kolom.keys()

    def nama(self, spec: TabelSpec, b: Baris) -> str:
        """What a row is about, for messages."""
        return sebutan_baris(spec, b, self.simpul)

    def kode(self, b: Baris) -> str:
        simpul = self.simpul.get(b.simpul or "")
        return (simpul.kode if simpul else None) or teks_sel(b, "kode") or ""

    def temuan(
        self,
        aturan: str,
        tingkat: Tingkat,
        spec: TabelSpec,
        b: Baris,
        kolom: str,
        pesan: str,
        perbaikan: str,
        tertulis: str = "",
        seharusnya: str = "",
    ) -> Temuan:
        return Temuan(
            aturan,
            tingkat,
            spec.kunci,
            b.id,
            kolom,
            pesan,
            perbaikan,
            self.kode(b),
            tertulis,
            seharusnya,
            b.asal,
        )


_SEMUA_ANGKA = re.compile(r",\d{9}")
"""More decimals than anybody types."""


def tertulis(kolom: KolomSpec, sel: Sel) -> str:
    """A cell's value as printed or, where it was never printed, as a planner reads it."""
    rupiah = kolom.tipe is Tipe.RUPIAH
    cetak = tercetak(sel, rupiah=rupiah)
    if cetak is not None and isinstance(sel.nilai, float) and _SEMUA_ANGKA.search(cetak):
        cetak = None  # a computed number with all its binary digits, which no sheet shows
    return cetak if cetak is not None else tulis(sel.nilai, rupiah=rupiah)


def teks_nilai(kolom: KolomSpec, nilai: Nilai) -> str:
    """A right value as a planner reads it: rates with two decimals at most."""
    return tulis(nilai, rupiah=kolom.tipe is Tipe.RUPIAH, desimal=2 if kolom.tipe is Tipe.PERSEN else 6)


def desimal(kolom: KolomSpec, nilai: float) -> Decimal:
    """A number in the unit that is printed: rupiah for sen."""
    return Decimal(nilai) / 100 if kolom.tipe is Tipe.RUPIAH else Decimal(repr(nilai))
