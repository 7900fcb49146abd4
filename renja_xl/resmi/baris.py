"""Rows below a header: which are data, which continue the row above, which stand outside the table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from renja_xl.core import kode as kd
from renja_xl.core.kisi import IsiKisi
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.resmi.cari import Blok, nomor_kolom, teks
from renja_xl.resmi.isi import teks_kode, teks_sel
from renja_xl.resmi.jenjang import JUMLAH, bentuk_nomor, berkata_level
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe

_KAKI = re.compile(
    r"(?:keterangan|catatan|sumber|ket|nb|mengetahui|menyetujui|disetujui|ditetapkan|kepala|plt|pembina|nip|camat|lurah|sekretaris|"
    r"inspektur|direktur|bupati|wali\s?kota|pengguna anggaran)\b|\*+\)?\s|[^,]{3,30},\s*(?:tanggal\s*)?\d{0,2}\s*[^\W\d]+\s+\d{4}$",
    re.IGNORECASE,
)
_TERBUKA = re.compile(
    r"(?:[,/(\-–&]|\b(?:dan|atau|dan/atau|yang|dengan|untuk|pada|di|ke|dari|bagi|serta|dalam))$", re.IGNORECASE
)


@dataclass
class BarisMentah:
    """One source row by column key.

    Attributes:
        isi: first filled cell of each column, with its sheet column.
        teks: texts that replace the cell's own (names joined over a page break).
        asing: filled cells of columns that were not understood.
    """

    blok: Blok
    nomor: int
    isi: dict[str, tuple[int, IsiKisi]] = field(default_factory=dict)
    teks: dict[str, str] = field(default_factory=dict)
    asing: dict[int, IsiKisi] = field(default_factory=dict)
    kode: str | None = None

    def tulisan(self, kunci: str) -> str:
        """Text in a column; empty for blanks."""
        if kunci in self.teks:
            return self.teks[kunci]
        sel = self.isi.get(kunci)
        if sel is None:
            return ""
        t = teks_sel(sel[1], nomor=kunci in {"no", "no_sub", "no_program", "kode"})
        return t if t not in {"-", "–", "—"} or kunci not in self._kolom_nama else ""

    @property
    def spec(self) -> TabelSpec:
        assert self.blok.spec is not None
        return self.blok.spec

    @property
    def _kolom_nama(self) -> frozenset[str]:
        return frozenset(k.kunci for k in self.spec.kolom if k.tautan == "nama")

    def posisi(self, kunci: str) -> int:
        """Place of a name among the columns of its header."""
        sel = self.isi.get(kunci)
        kolom = next((k.kolom for k in self.blok.kolom if k.kunci == kunci), ())
        return kolom.index(sel[0]) if sel and sel[0] in kolom else 0


@dataclass
class IsiBlok:
    """What stands below one header."""

    baris: list[BarisMentah]
    luar: list[int]
    catatan: list[str]


def baca_blok(blok: Blok, semua: Mapping[int, Mapping[int, IsiKisi]], dikenal: Mapping[str, object]) -> IsiBlok:
    """Data rows of a block, rows outside the table, and what was repaired.

    Args:
        semua: filled cells of the sheet by row.
        dikenal: names of the nomenclature in their comparing form.
    """
    assert blok.spec is not None
    hasil = IsiBlok([], [], [])
    kolom = {c: k.kunci for k in blok.kolom for c in k.kolom}
    selang = False
    sebelum = blok.akhir
    for r in sorted(n for n in semua if blok.akhir < n <= blok.akhir_data):
        isi = semua[r]
        selang = selang or r > sebelum + 1
        sebelum = r
        if nomor_kolom(isi, min(3, len(blok.jalur))):
            continue
        b = _baris(blok, r, isi, kolom)
        if _di_luar(b, isi, selang=selang):
            hasil.luar.append(r)
            selang = True
            continue
        selang = False
        lalu = hasil.baris[-1] if hasil.baris else None
        if lalu is not None and _lanjutan(lalu, b, dikenal):
            for kunci in b.isi:
                awal = lalu.tulisan(kunci)
                lalu.teks[kunci] = f"{awal}{'' if awal.endswith(('-', '/')) else ' '}{b.tulisan(kunci)}"
            hasil.catatan.append(f"Baris {r} melanjutkan teks baris {lalu.nomor}; keduanya digabung.")
            continue
        hasil.baris.append(b)
    return hasil


def _baris(blok: Blok, r: int, isi: Mapping[int, IsiKisi], kolom: Mapping[int, str]) -> BarisMentah:
    b = BarisMentah(blok, r)
    bagian: list[str] = []
    for c, v in isi.items():
        kunci = kolom.get(c)
        if kunci is None:
            b.asing[c] = v
        elif kunci == "kode":
            bagian.append(teks_kode(v).strip("."))
            b.isi.setdefault(kunci, (c, v))
        elif kunci not in b.isi:
            b.isi[kunci] = (c, v)
        elif blok.spec is not None and blok.spec.menurut_kunci[kunci].tautan == "nama":
            b.asing[c] = v
    if len(b.isi) == 1 and b.isi.keys() <= {"no", "kode"} and _judul_selebar(b):
        return b
    if bagian:
        gabung = ".".join(bagian)
        b.kode = kd.rapikan(gabung)
        b.teks["kode"] = b.kode or gabung
    return b


def _judul_selebar(b: BarisMentah) -> bool:
    """Whether a row is a heading over the whole width, which begins in the first column; it goes to the column of names."""
    nama = next((k.kunci for k in b.spec.kolom if k.tautan == "nama"), None)
    kunci, letak = next(iter(b.isi.items()))
    if nama is None or not isinstance(letak[1].nilai, str) or not berkata_level(letak[1].nilai):
        return False
    b.isi = {nama: b.isi[kunci]}
    return True


def _di_luar(b: BarisMentah, isi: Mapping[int, IsiKisi], *, selang: bool) -> bool:
    """Whether a row is a note, a source or a signature below the table."""
    if b.kode or any(isinstance(v.nilai, float) for v in isi.values()):
        return not b.isi
    semua = [teks(v.nilai) for v in isi.values()]
    if not b.isi:
        return selang or len(semua) > 1 or bool(_KAKI.match(semua[0]))
    nama = b._kolom_nama | {"no", "kode", "indikator"}
    if selang and len(b.isi) == 1 and not nama & b.isi.keys() and not any(JUMLAH.fullmatch(t) for t in semua):
        return True
    if len(semua) <= 2 and any(_KAKI.match(t) for t in semua) and not any(JUMLAH.fullmatch(t) for t in semua):
        return True
    return (
        selang
        and len(b.isi) == 1
        and not semua[0].isupper()
        and not JUMLAH.fullmatch(semua[0])
        and not bentuk_nomor(b.tulisan("no"))
    )


def _lanjutan(lalu: BarisMentah, b: BarisMentah, dikenal: Mapping[str, object]) -> bool:
    """Whether a row only goes on with texts of the row above (a page or a cell ended there)."""
    spec = b.spec
    if not b.isi or b.asing or b.kode or {"no", "kode", "no_sub"} & b.isi.keys():
        return False
    for kunci in b.isi:
        kolom: KolomSpec | None = spec.menurut_kunci.get(kunci)
        awal, t = lalu.tulisan(kunci), b.tulisan(kunci)
        if (
            kolom is None
            or kolom.tipe is not Tipe.TEKS
            or kunci.startswith(("satuan_", "predikat_"))
            or not awal
            or not t
        ):
            return False
        if kunci_teks(t) in dikenal or not (t[0].islower() or _TERBUKA.search(awal)):
            return False
    return True


def kolom_angka_nyata(rows: Sequence[BarisMentah]) -> frozenset[str]:
    """Columns whose numbers are mostly real numbers: a bare number stored as text stands out there."""
    nyata: dict[str, int] = defaultdict(int)
    teks_angka: dict[str, int] = defaultdict(int)
    for b in rows:
        for kunci, (_, v) in b.isi.items():
            if isinstance(v.nilai, float):
                nyata[kunci] += 1
            elif re.fullmatch(r"\s*[\d.,]+\s*", str(v.nilai)):
                teks_angka[kunci] += 1
    return frozenset(k for k, n in nyata.items() if n >= 2 and n > teks_angka[k])


def isi_gabungan(blok: Blok, r: int, kolom: Sequence[int]) -> IsiKisi | None:
    """Cell that reaches down to a row from above, by a merged range."""
    for a, b, c, d in blok.kisi.gabungan:
        if a < r <= c and a > blok.akhir and any(b <= k <= d for k in kolom):
            return blok.kisi.sel.get((a, b))
    return None


def tulisan_baris(isi: Mapping[int, IsiKisi], blok: Blok | None = None) -> Iterator[str]:
    """A row's filled cells as text, with their headers where there is one."""
    for c, v in isi.items():
        kepala = blok.jalur.get(c, ("",))[-1] if blok else ""
        yield f"{kepala}: {teks_sel(v)}" if kepala else teks_sel(v)
