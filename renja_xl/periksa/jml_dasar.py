"""Where claims stand, how their contradictions are told, and what the tables say of a quantity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from renja_xl.core.bahan import Paragraf
from renja_xl.core.besaran import hitung_besaran
from renja_xl.core.buku import Asal, Buku, Level, Nilai
from renja_xl.core.klaim import Bilangan
from renja_xl.core.nilai import tulis, tulis_desimal, tulis_rp
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.temuan import Anggota, Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import PEMENUHAN_TARGET, PROFIL, RKT, T_C_31, T_C_33
from renja_xl.tabel.pemenuhan import MELEBIHI, MEMENUHI, TIDAK_MEMENUHI
from renja_xl.tabel.profil import ISIAN
from renja_xl.tabel.spec import TabelSpec

HARUS, CEK = Tingkat.HARUS_DIPERBAIKI, Tingkat.PERLU_DICEK

# ── places ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where a claim stands: a fact of Profil, or a paragraph of a narrative."""

    teks: str
    kunci: str = ""
    sebutan: str = ""
    bagian: str = ""
    baris: str = ""
    asal: Asal | None = None
    lembar: str = ""
    sel: str = ""

    def anggota(self, tertulis: str) -> Anggota:
        if self.lembar:
            return Anggota("", "", "", tertulis, lembar=self.lembar, sel=self.sel)
        return Anggota(PROFIL.kunci, self.baris, "nilai", tertulis, asal=self.asal)


@dataclass(frozen=True, slots=True)
class Selisih:
    """One contradiction: what it is, as part of a sentence, and what was written and should stand."""

    aturan: str
    tingkat: Tingkat
    isi: str
    tertulis: str = ""
    seharusnya: str = ""
    anggota: tuple[Anggota, ...] = ()


_DEKLARASI = frozenset(i.kunci for i in ISIAN)
_PERBAIKAN = {
    "JML-01": "Hitung ulang, lalu samakan kalimatnya dengan tabel, atau perbaiki tabelnya.",
    "JML-02": "Samakan angka dan hurufnya.",
    "JML-03": "Samakan angkanya dengan tabel, atau perbaiki tabelnya.",
    "JML-04": "Ganti persennya dengan hasil hitungan itu, atau perbaiki angka yang dibandingkan.",
    "JML-05": "Tentukan mana yang benar, lalu tulis sama di semua tempat.",
    "JML-06": "Cocokkan dengan naskah peraturan atau keputusannya, lalu tulis sama di semua tempat.",
    "JML-07": "Urutkan kembali nomornya.",
    "JML-08": "Ganti tahunnya, atau perbaiki sebutan n-nya.",
    "JML-09": "Sesuaikan simpulannya dengan tabel.",
}


def fakta_profil(k: Konteks) -> list[Tempat]:
    hasil = []
    for b in k.buku.baris(PROFIL.kunci):
        kunci, sel = b["kunci"].nilai, b["nilai"]
        if isinstance(kunci, str) and kunci not in _DEKLARASI and not sel.kosong:
            uraian, bagian = b["uraian"].nilai or kunci, b["bagian"].nilai
            hasil.append(
                Tempat(tulis(sel.nilai), kunci.casefold(), str(uraian), str(bagian or ""), baris=b.id, asal=b.asal)
            )
    return hasil


def paragraf_narasi(k: Konteks) -> list[Tempat]:
    return [_tempat_paragraf(p) for p in k.bahan.narasi]


def _tempat_paragraf(p: Paragraf) -> Tempat:
    return Tempat(p.teks, sebutan=f"Paragraf {p.nomor}", lembar=p.berkas, sel=f"paragraf {p.nomor}")


def potong(teks: str, panjang: int = 110) -> str:
    rapi = " ".join(teks.split())
    return rapi if len(rapi) <= panjang else f"{rapi[: panjang - 1].rstrip()}…"


def temuan_di(t: Tempat, daftar: Iterable[Selisih]) -> Iterator[Temuan]:
    """One finding per rule at a place, the gravest of its differences giving the level."""
    menurut_aturan: dict[str, list[Selisih]] = defaultdict(list)
    for s in daftar:
        if s not in menurut_aturan[s.aturan]:
            menurut_aturan[s.aturan].append(s)
    for aturan, semua in sorted(menurut_aturan.items()):
        dimana = f"{t.sebutan} (bagian {t.bagian})" if t.bagian else t.sebutan
        pesan = f"{dimana} tertulis “{potong(t.teks)}”: {'; '.join(s.isi for s in semua)}."
        yield Temuan(
            aturan,
            HARUS if any(s.tingkat is HARUS for s in semua) else CEK,
            "" if t.lembar else PROFIL.kunci,
            t.baris,
            "" if t.lembar else "nilai",
            " ".join(pesan.split()),
            _PERBAIKAN[aturan],
            tertulis="; ".join(dict.fromkeys(s.tertulis for s in semua if s.tertulis)),
            seharusnya="; ".join(dict.fromkeys(s.seharusnya for s in semua if s.seharusnya)),
            asal=t.asal,
            anggota=tuple(a for s in semua for a in s.anggota),
            lembar=t.lembar,
            sel=t.sel,
        )


_WAKTU = re.compile(
    r"\b(?:tahun(?:\s+anggaran)?\s+(?:19|20|21)\d\d|(?:\d{1,2}\s+)?(?:januari|februari|maret|april|mei|juni|juli|agustus|september|"
    r"oktober|november|desember)\s+(?:19|20|21)\d\d)\b",
    re.IGNORECASE,
)


def samarkan(k: Konteks, teks: str) -> str:
    """A text with dates, and the names of agency and region, blanked out: their words and numbers count nothing."""
    for kunci in ("perangkat_daerah", "singkatan", "kabupaten", "provinsi"):
        nama = k.buku.profil(kunci)
        if isinstance(nama, str) and len(nama.strip()) > 2:
            teks = re.sub(rf"\b{re.escape(nama.strip())}\b", lambda m: " " * len(m[0]), teks, flags=re.IGNORECASE)
    return _WAKTU.sub(lambda m: " " * len(m[0]), teks)


def kata_depan(teks: str, b: Bilangan) -> str:
    """The words before a number, as far as they can bear on it."""
    return teks[max(0, b.awal - 200) : b.awal]


# ── what the tables say ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Rujuk:
    """What claims are compared with. A value is a list: what the tables show, and what they would recomputed."""

    k: Konteks
    besaran: tuple[Mapping[str, Nilai], ...]

    def nilai(self, kunci: str) -> list[Decimal]:
        """A quantity; empty where no table has it."""
        semua = (b.get(kunci) for b in self.besaran)
        hasil = [Decimal(repr(float(n))) for n in semua if isinstance(n, (int, float))]
        if hasil and kunci in _TOTAL:
            hasil += _baris_total(self.k, *_TOTAL[kunci])
        return list(dict.fromkeys(hasil))


def rujuk(k: Konteks) -> Rujuk:
    return Rujuk(k, tuple({**hitung_besaran(b), **_besaran_pemenuhan(b)} for b in (k.buku, k.terhitung)))


def _besaran_pemenuhan(buku: Buku) -> dict[str, Nilai]:
    """The counts of the three lists from their own rows, where no row of counts has them, as in a printed list."""
    semua = buku.baris(PEMENUHAN_TARGET.kunci)
    rows = [b for b in semua if b.level is Level.SUB_KEGIATAN]
    if not rows or len(rows) < len(semua):
        return {}
    hasil: dict[str, Nilai] = {}
    for nama, status in STATUS_DAFTAR:
        anggota = [b for b in rows if b["status"].nilai == status]
        hasil[f"sub_{nama}"] = float(len(anggota))
        for kunci in ("program", "kegiatan"):
            hasil[f"{kunci}_{nama}"] = float(len({kunci_teks(str(b[kunci].nilai or "")) for b in anggota}))
    return hasil


STATUS_DAFTAR = (("tidak", TIDAK_MEMENUHI), ("memenuhi", MEMENUHI), ("melebihi", MELEBIHI))
NAMA_BESARAN = {Level.PROGRAM: "program", Level.KEGIATAN: "kegiatan", Level.SUB_KEGIATAN: "sub"}
SEBUTAN_LEVEL = {
    Level.URUSAN: "urusan",
    Level.PROGRAM: "program",
    Level.KEGIATAN: "kegiatan",
    Level.SUB_KEGIATAN: "sub kegiatan",
}


def tulis_hitungan(semua: Sequence[Bilangan]) -> str:
    return " dan ".join(dict.fromkeys(tulis_desimal(b.nilai) for b in semua))


def tulis_nilai(nilai: Decimal, jenis: str, desimal: int = 2) -> str:
    if jenis == "rp":
        return tulis_rp(round(nilai * 100))
    return tulis_desimal(round(nilai, desimal)) + ("%" if jenis == "%" else "")


def banyak_simpul(k: Konteks, spec: TabelSpec, level: Level) -> set[int]:
    """Nodes of a level in a table: its rows, and the different ones among them."""
    rows = [b for b in k.buku.baris(spec.kunci) if b.level is level]
    return {len(rows), len({b.simpul or b.id for b in rows})} if rows else set()


_TOTAL = {
    "total_rkpd": (T_C_31, "pagu_rkpd"),
    "total_kebutuhan": (T_C_31, "kebutuhan_dana"),
    "total_pagu": (T_C_33, "pagu_n"),
    "total_p1": (T_C_33, "pagu_p1"),
    "total_rkt": (RKT, "anggaran"),
}
"""Where the row stands that shows a total."""


def _baris_total(k: Konteks, spec: TabelSpec, kolom: str) -> list[Decimal]:
    """Amounts on the rows that stand for the whole table."""
    rows = [b[kolom].angka for b in k.buku.baris(spec.kunci) if b.level in {Level.TOTAL, Level.PERANGKAT_DAERAH}]
    return [Decimal(n) / 100 for n in rows if n]


SUMBER = {
    "total_rkpd": f"{T_C_31.lembar}, kiri",
    "total_kebutuhan": f"{T_C_31.lembar}, kanan",
    "total_pagu": T_C_33.lembar,
    "total_p1": f"{T_C_33.lembar}, prakiraan maju",
    "total_rkt": RKT.lembar,
}
