"""How a table is declared. One ``TabelSpec`` feeds builder, reader, importer, exporter, checks and docs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from renja_xl.core.buku import Level

TAHUN_RENSTRA = re.compile(r"\{r(\d)\}")
"""Year of the Renstra period in a header: r1 is its base year."""

NAMA_TAHUN: Mapping[str, int] = {"n3": -3, "n2": -2, "n1": -1, "n": 0, "p1": 1}
"""Role of a year in a column key or header → distance from the plan year n. Never a fixed year."""

_AKHIRAN_TAHUN = re.compile(r"_(n3|n2|n1|n|p1)$")


class Tipe(StrEnum):
    """What the cells of a column hold."""

    TEKS = "teks"
    ANGKA = "angka"
    PERSEN = "persen"
    RUPIAH = "rupiah"
    BEBAS = "bebas"


class Peran(StrEnum):
    """Who writes the cells of a column."""

    KUNCI = "kunci"
    """Identity, hidden."""
    MASUKAN = "masukan"
    """Typed by the planner."""
    HITUNG = "hitung"
    """Computed from other cells; a native formula shows it."""
    GULUNG = "gulung"
    """Money: typed on sub kegiatan, rolled up on every parent."""
    USULAN = "usulan"
    """Money: typed on sub kegiatan, or where blank a proposed formula; rolled up on every parent."""
    RUJUKAN = "rujukan"
    """Typed, or where blank, taken from another table by a formula."""
    TAUTAN = "tautan"
    """Shows the struktur's value; restored by ``perbarui``."""
    TURUNAN = "turunan"
    """Taken from another table; a native formula shows it."""


GULUNGAN = frozenset({Peran.GULUNG, Peran.USULAN})
DIKETIK = GULUNGAN | {Peran.MASUKAN, Peran.RUJUKAN}
"""Roles whose cells may hold what a planner typed."""
_DIHITUNG = GULUNGAN | {Peran.HITUNG, Peran.TURUNAN, Peran.RUJUKAN}


@dataclass(frozen=True, slots=True)
class KolomSpec:
    """One column.

    Attributes:
        kunci: role name, years by role (``target_n2``); ``nama(tahun)`` gives the name used in files.
        judul: official header, outermost first; ``{n2}`` stands for a year. Units stand in the header.
        nomor: column number of the form: the header text of the Excel Table, unique in its table.
        rumus: native formula of a computed column. ``{kunci}`` stands for the cell of that column in the same row,
            ``{sebelum kunci}`` for the one above, ``{Tabel.kunci}`` for a whole column, ``{cari Tabel.kunci}`` for the cell of the
            row with the same id indikator, ``{renstra n target}`` for a year of the Renstra, ``{uang Tabel.kunci}`` for the
            cell with the node's money, ``{dasar.kunci}`` for a rate of Dasar Perhitungan, ``{=kunci}`` for a quantity of ``tabel.besaran``.
        udf: call of a Python function that computes the same in a macro workbook: a pattern as ``rumus``;
            ``{usulan dasar}`` stands for the basis of a proposed forward estimate.
        rumus_rekap: function that a row of level *jumlah* or *rata-rata* applies to the rows above it.
        tanpa_rumus: computed, but not by a formula: a sentence.
        taut: whether its cells are links to other sheets.
        desimal: decimals shown, where more than the type's.
        tautan: field of the node or indicator that a TAUTAN column shows.
        level: levels whose rows take or show a value; empty means all.
        cetak: whether the printed table (TSV) has the column.
        satuan: key of the column that takes the unit found in a value.
        predikat: key of the column that takes the grade found in a value.
        sub_diturunkan: money whose sub kegiatan are taken from another table instead of typed.
        milik_indikator: input that belongs to the indicator, not to the node.
        luar_halaman: whether it stands right of the printed form.
        sisi: side of a two-sided form that the column belongs to.
        catatan: rule as shown in the note of a computed header; sumber: where the rule stands.
        petunjuk: input message of the validation.
    """

    kunci: str
    judul: tuple[str, ...]
    nomor: str
    tipe: Tipe = Tipe.TEKS
    peran: Peran = Peran.MASUKAN
    lebar: float = 12
    rumus: str | None = None
    udf: str | None = None
    rumus_rekap: str | None = None
    tanpa_rumus: bool = False
    taut: bool = False
    desimal: int | None = None
    tautan: str | None = None
    level: frozenset[Level] = frozenset()
    pilihan: tuple[str, ...] = ()
    bawaan: str | None = None
    satuan: str | None = None
    predikat: str | None = None
    cetak: bool = True
    wajib: bool = True
    tersembunyi: bool = False
    tengah: bool = False
    sub_diturunkan: bool = False
    milik_indikator: bool = False
    luar_halaman: bool = False
    sisi: str | None = None
    catatan: str | None = None
    sumber: str | None = None
    petunjuk: str | None = None

    def nama(self, tahun: int, akhir_renstra: int | None = None) -> str:
        """Column name in TSV, CSV and JSON: the key with its year role spelled out.

        Args:
            akhir_renstra: last year of the Renstra, for the role ``re``; without it the name carries no year.
        """
        if self.kunci.endswith("_re"):
            return self.kunci.removesuffix("_re") + (f"_{akhir_renstra}" if akhir_renstra else "")
        return _AKHIRAN_TAHUN.sub(lambda m: f"_{tahun + NAMA_TAHUN[m[1]]}", self.kunci)

    def judul_tahun(self, tahun: int, awal_renstra: int | None = None) -> tuple[str, ...]:
        """The header path with its years filled in.

        Args:
            awal_renstra: base year of the Renstra; without it the years of the period are counted.
        """
        return tuple(isi_tahun(j, tahun, awal_renstra) for j in self.judul)

    def sebutan(self, tahun: int) -> str:
        """The header in one line, for messages."""
        return " – ".join(satu_baris(j) for j in self.judul_tahun(tahun)) or self.nomor

    @property
    def catatan_kepala(self) -> str | None:
        """Text of the note on its header."""
        return self.catatan and self.catatan + (f"\nSumber: {self.sumber}." if self.sumber else "")

    @property
    def dihitung(self) -> bool:
        """Whether its cells are computed on at least some rows."""
        return self.peran in _DIHITUNG or self.rumus_rekap is not None

    @property
    def bernilai_angka(self) -> bool:
        return self.tipe in {Tipe.ANGKA, Tipe.PERSEN, Tipe.RUPIAH}


def satu_baris(judul: str) -> str:
    """A header without its line breaks."""
    return judul.replace("/\n", "/").replace("-\n", "").replace("\n", " ")


def isi_tahun(teks: str, tahun: int, awal_renstra: int | None = None) -> str:
    """A text with ``{n2}`` and the like replaced by years."""
    if "{r" in teks:
        teks = TAHUN_RENSTRA.sub(
            lambda m: str(awal_renstra + int(m[1]) - 1) if awal_renstra else f"Tahun ke-{m[1]}", teks
        )
    return re.sub(r"\{(n3|n2|n1|n|p1)\}", lambda m: str(tahun + NAMA_TAHUN[m[1]]), teks)


@dataclass(frozen=True)
class TabelSpec:
    """One table and its sheet.

    Attributes:
        keanggotaan: which rows of the struktur it lists: ``evaluasi``, ``rencana``, ``semua``, or None for a table with its
            own rows.
        level_tampil: levels of nodes that it lists.
        per_simpul: one row per node, whatever its indicators, ordered by level.
        baris_tetap: rows that it always has.
        rata_rata: words of the last row, which holds the means; None for a table without.
        tanda_tangan: who signs below the table, from left to right: what for, and as whom.
        berkas: stem of its TSV file, with wildcards where there are several.
        sejak: layout version that brought it.
        kolom_berkas: column that takes the number in the name of such a file (``anggaran_2024``, ``t_3_1_2``).
        beranggaran: whether its amounts are budgets, though none of them rolls up.
        aturan: the rule that its rows follow, said above the table.
        isian_nomor: field of Profil with the number it is printed under; ``{nomor}`` in its title.
        tumbuh: whether planners add rows by typing (such sheets stay unprotected).
    """

    kunci: str
    lembar: str
    nama_tabel: str
    judul: str
    kolom: tuple[KolomSpec, ...]
    kelompok: str
    awalan_id: str
    sumber: str
    sejak: int = 1
    berkas: str | None = None
    isian_nomor: str | None = None
    keanggotaan: str | None = None
    level_tampil: tuple[Level, ...] = ()
    per_simpul: bool = False
    baris_tetap: int = 0
    kolom_berkas: str | None = None
    aturan: str | None = None
    beranggaran: bool = False
    baris_total: bool = False
    rata_rata: str | None = None
    tanda_tangan: tuple[tuple[str, str], ...] = ()
    tumbuh: bool = False
    tersembunyi: bool = False
    tampil_bila_berisi: bool = False
    kolom_beku: int = 0
    catatan_kaki: tuple[str, ...] = ()
    penjelasan: str = ""

    def __post_init__(self) -> None:
        for apa, daftar in (
            ("kunci", [k.kunci for k in self.kolom]),
            ("nomor", [k.nomor for k in self.kolom]),
        ):
            if len({d.casefold() for d in daftar}) != len(daftar):
                raise ValueError(f"{self.kunci}: {apa} kolom berulang")

    @cached_property
    def menurut_kunci(self) -> Mapping[str, KolomSpec]:
        return {k.kunci: k for k in self.kolom}

    @cached_property
    def letak_kolom(self) -> Mapping[str, int]:
        """Column key → column number, 1-based."""
        return {k.kunci: i for i, k in enumerate(self.kolom, 1)}

    @cached_property
    def kedalaman(self) -> int:
        """Rows of the stacked header above the column numbers."""
        return max((len(k.judul) for k in self.kolom if not k.tersembunyi), default=0)

    @property
    def baris_nomor(self) -> int:
        """Row of the column numbers: below title, agency, legend, the rule if there is one, and the stacked header."""
        return self.baris_kepala + self.kedalaman

    @property
    def baris_kepala(self) -> int:
        """First row of the stacked header, 1-based."""
        return 5 if self.aturan else 4

    @property
    def baris_pertama(self) -> int:
        """First data row, 1-based."""
        return self.baris_nomor + 1

    @cached_property
    def teks_bawah(self) -> frozenset[str]:
        """Every text that stands below the table."""
        return frozenset((*self.catatan_kaki, *(t for blok in self.blok_tanda_tangan for t in blok if t)))

    @property
    def blok_tanda_tangan(self) -> tuple[tuple[str, ...], ...]:
        """Lines of each signature, with room to sign; date, name and NIP are typed over them."""
        return tuple(
            (f"{untuk}, tanggal ...............", sebagai, "", "", "(nama)", "NIP")
            for untuk, sebagai in self.tanda_tangan
        )

    @cached_property
    def kolom_uang(self) -> tuple[KolomSpec, ...]:
        """Columns with amounts that roll up."""
        return tuple(k for k in self.kolom if k.peran in GULUNGAN)

    @cached_property
    def kolom_anggaran(self) -> tuple[KolomSpec, ...]:
        """Columns with budgets."""
        return tuple(k for k in self.kolom if k.tipe is Tipe.RUPIAH) if self.beranggaran else self.kolom_uang

    @cached_property
    def kolom_tercetak(self) -> tuple[KolomSpec, ...]:
        """Columns that the printed table has."""
        return tuple(k for k in self.kolom if k.cetak and k.peran is not Peran.KUNCI)


def kolom_kunci(*tambahan: KolomSpec) -> tuple[KolomSpec, ...]:
    """The hidden identity columns of a linked table, outside the block that people paste into."""
    dasar = (
        ("id", "id baris"),
        ("level", "level"),
        ("simpul", "id simpul"),
        ("indikator_id", "id indikator"),
        ("asal_berkas", "asal berkas"),
        ("asal_baris", "asal baris"),
    )
    return (
        *tambahan,
        *(KolomSpec(k, (), nomor, peran=Peran.KUNCI, tersembunyi=True, cetak=False, lebar=10) for k, nomor in dasar),
    )


def kolom_target(
    kunci: str,
    judul: tuple[str, ...],
    nomor: str,
    sisi: str | None = None,
    peran: Peran = Peran.MASUKAN,
    level: frozenset[Level] = frozenset(),
    bawaan: str | None = "satuan",
) -> tuple[KolomSpec, KolomSpec, KolomSpec]:
    """A target with its unit and grade: the print holds the three in one cell (``5 dok``, ``B (78)``)."""
    luar, induk = judul[-1], judul[:-1]
    satuan, predikat = f"satuan_{kunci}", f"predikat_{kunci}"
    petunjuk = (
        "Angka saja, misalnya 5 atau 65,18. Satuan diketik di kolom sebelahnya." if peran is Peran.MASUKAN else None
    )
    return (
        KolomSpec(
            kunci, (*induk, luar, "Nilai"), nomor, Tipe.ANGKA, peran, 8,
            satuan=satuan, predikat=predikat, sisi=sisi, petunjuk=petunjuk, level=level, milik_indikator=True,
        ),
        KolomSpec(
            satuan, (*induk, luar, "Satuan"), f"{nomor} satuan", Tipe.TEKS, peran, 9.5,
            bawaan=bawaan if peran is Peran.MASUKAN else None, cetak=False, sisi=sisi, tengah=True, level=level, milik_indikator=True,
        ),
        KolomSpec(
            predikat, (*induk, luar, "Predi-\nkat"), f"{nomor} predikat", Tipe.TEKS, peran, 6.5,
            cetak=False, sisi=sisi, tengah=True, level=level, milik_indikator=True,
        ),
    )  # fmt: skip
