"""RMS-06: a formula that takes another sheet's number from the wrong row.

The row it points at is compared with its own by kode, else by name; where neither is known, by the distance that the
other links of the column keep.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from renja_xl.core.rumus_sel import rujukan_rumus
from renja_xl.core.teks import kunci
from renja_xl.core.temuan import Tingkat
from renja_xl.periksa.rms.lembar import Hasil, Lembar

_PANJANG_NAMA = 8


@dataclass
class Kunci:
    """What the rows of a sheet are called."""

    x: Lembar

    @cached_property
    def _nama(self) -> dict[int, frozenset[str]]:
        """Texts of each row that no more than two rows have: what a row is called, not its unit or place."""
        teks = {
            r: {t for v in self.x.teks_baris(r) if len(v) < 400 and len(t := kunci(v)) >= _PANJANG_NAMA}
            for r in self.x.deret
        }
        banyak = Counter(t for isi in teks.values() for t in isi)
        return {r: frozenset(t for t in isi if banyak[t] <= 2 and any(map(str.isalpha, t))) for r, isi in teks.items()}

    def nama(self, r: int) -> frozenset[str]:
        return self._nama.get(r, frozenset())

    @cached_property
    def baris_kode(self) -> Mapping[str, int]:
        return {k: r for r in sorted(self.x.deret, reverse=True) if (k := self.x.kode(r))}

    @cached_property
    def baris_nama(self) -> Mapping[str, int]:
        banyak = Counter(t for isi in self._nama.values() for t in isi)
        return {t: r for r, isi in self._nama.items() for t in isi if banyak[t] == 1}


def tautan(x: Lembar, semua: Mapping[str, Kunci]) -> Iterator[Hasil]:
    """Links of every column to every other sheet.

    Args:
        semua: rows of each sheet, by its name in lower case.
    """
    per_kolom: dict[tuple[int, str], list[tuple[int, int, int]]] = defaultdict(list)
    for (r, c), f in x.rumus.items():
        if "!" not in f or r in x.kepala:
            continue
        per_lembar: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for y in rujukan_rumus(f):
            if y.lembar and not y.luar and y.tunggal and not y.mutlak[0]:
                per_lembar[y.lembar.casefold()].add((y.b1, y.k1))
        for tujuan, rujukan in per_lembar.items():
            if tujuan in semua and len({b for b, _ in rujukan}) == 1:
                per_kolom[c, tujuan].append((r, *min(rujukan)))
    milik = semua[x.kisi.lembar.casefold()]
    for (c, tujuan), isi in per_kolom.items():
        yield from _kolom(milik, semua[tujuan], c, isi)


def _kolom(milik: Kunci, tujuan: Kunci, c: int, isi: list[tuple[int, int, int]]) -> Iterator[Hasil]:
    x = milik.x
    cocok: list[int] = []
    beda: list[tuple[int, int, int, int | None]] = []
    gelap: list[tuple[int, int]] = []
    for r, b, k in isi:
        a, z = x.kode(r), tujuan.x.kode(b)
        if x.total(r) or tujuan.x.total(b):
            continue
        if a and z:
            if a == z or a.startswith(f"{z}.") or z.startswith(f"{a}."):
                cocok.append(b - r)
            else:
                beda.append((r, b, k, tujuan.baris_kode.get(a)))
            continue
        p, q = milik.nama(r), tujuan.nama(b)
        if p & q:
            cocok.append(b - r)
        elif p and q:
            beda.append((r, b, k, next((n for t in p if (n := tujuan.baris_nama.get(t)) is not None), None)))
        else:
            gelap.append((r, b))
    for r, b, k, benar in beda:
        yakin = benar is not None
        if not yakin and not (len(cocok) >= 3 and len(cocok) >= 3 * len(beda)):
            continue
        usul = f"; baris yang cocok adalah {tujuan.x.sel(benar, k)}" if benar is not None else ""
        yield Hasil(
            "RMS-06", Tingkat.HARUS_DIPERBAIKI if yakin else Tingkat.PERLU_DICEK, (r, c),
            f"Rumus {x.sel(r, c)} untuk “{x.sebutan(r)}” ({x.tertulis(r, c)}) mengambil angka “{tujuan.x.sebutan(b)}” di "
            f"{tujuan.x.kisi.lembar}!{tujuan.x.sel(b, k)}{usul}.",
            "Arahkan rumusnya ke baris butir yang sama.", x.tertulis(r, c),
            f"{tujuan.x.kisi.lembar}!{tujuan.x.sel(benar, k)}" if benar is not None else "",
        )  # fmt: skip
    if len(gelap) >= 5 and not cocok and not beda:
        (jarak, n), *_ = Counter(b - r for r, b in gelap).most_common(1)
        if n >= 0.8 * len(gelap):
            for r, b in gelap:
                if b - r != jarak:
                    yield Hasil(
                        "RMS-06", Tingkat.PERLU_DICEK, (r, c),
                        f"Rumus {x.sel(r, c)} ({x.tertulis(r, c)}) mengambil baris {b} di {tujuan.x.kisi.lembar}, sedangkan "
                        f"menurut rumus lain di kolom itu seharusnya baris {r + jarak}.",
                        "Pastikan baris yang dirujuknya benar.", x.tertulis(r, c),
                    )  # fmt: skip
