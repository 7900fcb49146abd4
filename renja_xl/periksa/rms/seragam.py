"""Formulas that are not like those around them, and numbers typed where formulas stand around them.

RMS-01 (a constant among formulas), RMS-03 (another formula), RMS-04 (another factor), RMS-05 (a whole computed column
typed), RMS-06 (a reference to another row).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from renja_xl.core.nilai import tulis_angka
from renja_xl.core.rumus_sel import (
    Jenis,
    Rujukan,
    angka_rumus,
    bentuk_relatif,
    geser_rumus,
    jumlahan,
    rujukan_rumus,
    urai_rumus,
)
from renja_xl.core.temuan import Tingkat
from renja_xl.periksa.rms.lembar import PENJUMLAH, Hasil, Lembar
from renja_xl.periksa.rms.taksir import sama
from renja_xl.tabel.spec import Peran

_GESERAN = re.compile(r"R\[-?\d+\]")
_MURNI = frozenset({1.0, 100.0})
"""Numbers that turn a ratio into percent: no choice of the planner's."""
_PEMBUNGKUS = frozenset({"IF(", "IFERROR(", "ROUND(", "MAX(", "MIN(", "ISNUMBER(", "AND(", "OR("})
_UANG = 100_000
"""Amounts from here on are money, not counts."""


@dataclass
class _Kolom:
    """Formulas of one column over their own row (sums of the column apart), grouped by the level of their rows."""

    x: Lembar
    c: int
    sel: list[int]

    @cached_property
    def rangka(self) -> dict[int, str]:
        """Formulas with their numbers left out, by row."""
        return {r: bentuk_relatif(self.x.rumus[r, self.c], r, self.c, tanpa_angka=True) for r in self.sel}

    def kelas(self, r: int) -> str:
        return str(self.x.level.get(r, "")) if self.x.level else ""

    @cached_property
    def menurut_kelas(self) -> dict[str, list[int]]:
        hasil: dict[str, list[int]] = defaultdict(list)
        for r in self.sel:
            hasil[self.kelas(r)].append(r)
        return hasil

    @cached_property
    def lazim(self) -> dict[str | None, tuple[str, int, int]]:
        """The usual form per class (None: of the whole column), with a row that has it and how many do."""
        hasil: dict[str | None, tuple[str, int, int]] = {}
        for kelas, rows in (*self.menurut_kelas.items(), (None, self.sel)):
            bentuk, n = Counter(self.rangka[r] for r in rows).most_common(1)[0]
            if n >= 3 and n >= 0.6 * len(rows):
                hasil[kelas] = bentuk, next(r for r in rows if self.rangka[r] == bentuk), n
        return hasil


def seragam(x: Lembar) -> Iterator[Hasil]:
    """Findings of every column."""
    menurut_kolom: dict[int, list[int]] = defaultdict(list)
    for (r, c), f in x.rumus.items():
        rujukan = rujukan_rumus(f)
        if (r, c) in x.jumlahan or not x.asing(r, c) or r in x.kepala or not rujukan:
            continue
        if any(
            ref.lembar or ref.memuat(r, ref.k1) or not ref.k1 <= c <= ref.k2 for ref in rujukan
        ):  # else a recap of its column
            menurut_kolom[c].append(r)
    for c, rows in sorted(menurut_kolom.items()):
        kolom = _Kolom(x, c, rows)
        yield from _beda(kolom)
        yield from _tetapan(kolom)
    yield from _jumlah_diketik(x)
    yield from _kolom_diketik(x)
    yield from _kelipatan(x, set(menurut_kolom))


# ── formulas that differ ──────────────────────────────────────────────────────────────────────────────────────


def _beda(kolom: _Kolom) -> Iterator[Hasil]:
    for kelas, rows in kolom.menurut_kelas.items():
        lazim, sekelas = kolom.lazim.get(kelas), True
        if lazim is None and len(rows) < 3:
            lazim, sekelas = kolom.lazim.get(None), False
        if lazim is None:
            continue
        bentuk, contoh, _ = lazim
        sama_rangka = [r for r in kolom.sel if kolom.rangka[r] == bentuk] if not sekelas else [
            r for r in rows if kolom.rangka[r] == bentuk
        ]  # fmt: skip
        yield from _pengali(kolom, sama_rangka, rows)
        for r in rows:
            if kolom.rangka[r] != bentuk:
                h = _satu(kolom, r, contoh, bentuk, sekelas)
                if h is not None:
                    yield h


def _pengali(kolom: _Kolom, sama_rangka: list[int], rows: list[int]) -> Iterator[Hasil]:
    """RMS-04: the usual formula with another number in it."""
    x, c = kolom.x, kolom.c
    angka = {r: angka_rumus(x.rumus[r, c]) for r in sama_rangka}
    lazim, n = Counter(angka.values()).most_common(1)[0]
    if n < 3 or n < 0.6 * len(angka):
        return
    for r in rows:
        if r not in angka or angka[r] == lazim:
            continue
        ini, itu = next((a, z) for a, z in zip(angka[r], lazim, strict=True) if a != z)
        yield Hasil(
            "RMS-04", Tingkat.PERLU_DICEK, (r, c),
            f"Rumus {x.sel(r, c)} untuk “{x.sebutan(r)}” ({x.tertulis(r, c)}) memakai angka {tulis_angka(ini)}, sedangkan "
            f"{n} baris lain di kolom itu memakai {tulis_angka(itu)}.",
            "Samakan angkanya, atau jelaskan mengapa baris ini berbeda.", tulis_angka(ini), tulis_angka(itu),
        )  # fmt: skip


def _satu(kolom: _Kolom, r: int, contoh: int, bentuk: str, sekelas: bool) -> Hasil | None:
    """A formula that is not the usual one of its column; None where the difference has a good reason."""
    x, c = kolom.x, kolom.c
    ini, itu = x.rumus[r, c], geser_rumus(x.rumus[contoh, c], r - contoh, 0)
    benar = x.taksir(itu)
    seharusnya = tulis_angka(benar, 2) if benar is not None else ""
    lintas = any(ref.lembar for ref in (*rujukan_rumus(ini), *rujukan_rumus(itu)))
    if not lintas and _GESERAN.sub("R[]", kolom.rangka[r]) == _GESERAN.sub("R[]", bentuk):
        return Hasil(
            "RMS-06", Tingkat.HARUS_DIPERBAIKI, (r, c),
            f"Rumus {x.sel(r, c)} untuk “{x.sebutan(r)}” ({x.tertulis(r, c)}) merujuk baris lain, sedangkan menurut rumus di kolom itu "
            f"seharusnya ={itu}.",
            "Salin rumus dari baris lain di kolom itu.", x.tertulis(r, c), seharusnya,
        )  # fmt: skip
    if not sekelas or (lintas and _GESERAN.sub("R[]", kolom.rangka[r]) == _GESERAN.sub("R[]", bentuk)):
        return None
    nilai = x.angka(r, c)
    luput = _luput(x, ini, itu)
    if luput:
        return Hasil(
            "RMS-02", Tingkat.HARUS_DIPERBAIKI, (r, c),
            f"Rumus {x.sel(r, c)} untuk “{x.sebutan(r)}” ({x.tertulis(r, c)}) tidak memuat {', '.join(x.sel(*t) for t in luput[:3])}, "
            f"sedangkan rumus lain di kolom itu memuatnya (={itu}).",
            "Salin rumus dari baris lain di kolom itu.", x.tertulis(r, c), seharusnya,
        )  # fmt: skip
    if _beralasan(ini, itu) or (nilai is not None and benar is not None and sama(nilai, benar)):
        return None
    return Hasil(
        "RMS-03", Tingkat.PERLU_DICEK, (r, c),
        f"Rumus {x.sel(r, c)} untuk “{x.sebutan(r)}” ({x.tertulis(r, c)}) berbeda dari rumus lain di kolom itu, yang seharusnya ={itu}.",
        "Samakan rumusnya, atau jelaskan mengapa baris ini berbeda.", x.tertulis(r, c), seharusnya,
    )  # fmt: skip


def _beralasan(ini: str, itu: str) -> bool:
    """Whether another formula computes the same kind of thing from the same cells.

    A guard round it; the rate of an indicator of which less is better (``(2*F-G)/F``); the last position instead of a
    sum of the years.
    """
    a, z = set(_tempat(ini)), set(_tempat(itu))
    fungsi = {k.teks.upper() for k in urai_rumus(ini) if k.jenis is Jenis.FUNGSI}
    if a == z:
        return bool(fungsi & _PEMBUNGKUS) or (2.0 in angka_rumus(ini)) != (2.0 in angka_rumus(itu)) or bool(
            {k.teks.upper() for k in urai_rumus(itu) if k.jenis is Jenis.FUNGSI} & _PEMBUNGKUS
        )  # fmt: skip
    if any(k.jenis is Jenis.TANDA and k.teks in "-*/^&" for k in urai_rumus(itu)):
        return False
    satu, banyak = rujukan_rumus(ini), rujukan_rumus(itu)
    if (
        len(banyak) == 1
        and banyak[0].tunggal
        and _di_dalam(banyak[0], satu)
        and not any(k.jenis is Jenis.TANDA and k.teks in "-*/^&" for k in urai_rumus(ini))
    ):  # a sum of the years where the others take the last position
        return True
    return bool(satu) and all(_di_dalam(x, rujukan_rumus(itu)) for x in satu) and (
        (len(satu) == 1 and satu[0].tunggal) or bool(fungsi - {"SUM("})
    )  # fmt: skip


def _di_dalam(x: Rujukan, lain: Sequence[Rujukan]) -> bool:
    return any(
        x.lembar.casefold() == y.lembar.casefold() and y.memuat(x.b1, x.k1) and y.memuat(x.b2, x.k2) for y in lain
    )


def _luput(x: Lembar, ini: str, itu: str) -> list[tuple[int, int]]:
    """Cells with numbers that a sum along a row leaves out, though the usual sum of its column has them."""
    a, z = jumlahan(ini), jumlahan(itu)
    if not a or not z or any(ref.lembar or ref.b1 != ref.b2 for ref in (*a, *z)):
        return []
    if not all(_di_dalam(ref, z) for ref in a):
        return []
    return [
        (ref.b1, c)
        for ref in z
        for c in x.deret.get(ref.b1, ())
        if ref.k1 <= c <= ref.k2 and x.berangka(ref.b1, c) and not any(y.memuat(ref.b1, c) for y in a)
    ]


def _tempat(rumus: str) -> list[tuple[str, int, int, int, int]]:
    return [(x.lembar.casefold(), x.b1, x.k1, x.b2, x.k2) for x in rujukan_rumus(rumus)]


# ── typed among formulas ──────────────────────────────────────────────────────────────────────────────────────


def _tetapan(kolom: _Kolom) -> Iterator[Hasil]:
    """RMS-01: numbers typed into a column of formulas over their row."""
    x, c = kolom.x, kolom.c
    ketik: dict[str, list[int]] = defaultdict(list)
    for r in x.kolom.get(c, []):
        if x.tetap(r, c) and x.asing(r, c) and not x.total(r):
            ketik[kolom.kelas(r)].append(r)
    awal, akhir = kolom.sel[0], kolom.sel[-1]
    for kelas, semua in ketik.items():
        lazim = kolom.lazim.get(kelas)
        if lazim is None and len(kolom.menurut_kelas.get(kelas, ())) < 3:
            lazim = kolom.lazim.get(None)  # too few rows of its kind to say what is usual: those of the column do
        if lazim is None:
            continue
        _, contoh, n = lazim
        rumus = {r: geser_rumus(x.rumus[contoh, c], r - contoh, 0) for r in semua}
        rows = [r for r in semua if _lengkap(x, rumus[r], awal <= r <= akhir)]
        if n < 2 * len(rows):
            continue
        for r in rows:
            if not _posisi(x, r, c, rumus[r]):
                yield tetapan(x, r, c, x.taksir(rumus[r]), f"={rumus[r]}", _pasti(rumus[r]))


def _lengkap(x: Lembar, rumus: str, di_dalam: bool) -> bool:
    """Whether the cells that the usual formula would take on a row hold numbers."""
    rujukan = [ref for ref in rujukan_rumus(rumus) if ref.tunggal]
    sel = [ref for ref in rujukan if not ref.lembar]
    if any(ref.lembar for ref in rujukan):
        return di_dalam
    kosong = [ref for ref in sel if not x.berangka(ref.b1, ref.k1)]
    return di_dalam and not sel if not sel else not kosong


def _posisi(x: Lembar, r: int, c: int, rumus: str) -> bool:
    """Whether a typed number is the last position of the figures that the column's formula would sum."""
    if any(k.jenis is Jenis.TANDA and k.teks in "-*/^" for k in urai_rumus(rumus)):
        return False
    angka = [v for ref in rujukan_rumus(rumus) if ref.tunggal and (v := x.angka(ref.b1, ref.k1)) is not None]
    ini = x.angka(r, c)
    return ini is not None and len(angka) > 1 and any(sama(ini, v) for v in (*angka, sum(angka) / len(angka)))


def _pasti(rumus: str) -> bool:
    """Whether what a formula gives is no choice: no factor, nothing from another sheet."""
    return set(angka_rumus(rumus)) <= _MURNI and not any(ref.lembar for ref in rujukan_rumus(rumus))


def tetapan(x: Lembar, r: int, c: int, benar: float | None, rumus: str, pasti: bool) -> Hasil:
    """RMS-01: a typed number, and what the formula expected there would give."""
    ini = x.angka(r, c) or 0.0
    cocok = benar is not None and abs(ini - benar) <= max(0.0051, 1e-9 * abs(benar))
    pesan = f"Sel {x.sel(r, c)} untuk “{x.sebutan(r)}” berisi angka yang diketik ({tulis_angka(ini)}), sedangkan sel serupa berisi rumus"
    if cocok:
        pesan += f" ({rumus}); nilainya kini sama, tetapi tidak akan ikut berubah."
    elif benar is not None:
        pesan += f" ({rumus}) yang di sini menghasilkan {tulis_angka(benar, 2)}."
    else:
        pesan += f" ({rumus})."
    return Hasil(
        "RMS-01", Tingkat.HARUS_DIPERBAIKI if pasti and benar is not None and not cocok else Tingkat.PERLU_DICEK, (r, c),
        pesan, "Kembalikan rumusnya, atau jelaskan mengapa angkanya diketik.", tulis_angka(ini),
        tulis_angka(benar, 2) if benar is not None else "",
    )  # fmt: skip


# ── typed sums ────────────────────────────────────────────────────────────────────────────────────────────────


def _jumlah_diketik(x: Lembar) -> Iterator[Hasil]:
    """Typed numbers where sums stand beside them, above or below: RMS-01, or RMS-05 where the whole column is typed."""
    berumus = {c for _, c in x.jumlahan}
    per_baris: dict[int, list[int]] = defaultdict(list)
    for r, c in x.jumlahan:
        if x.asing(r, c):
            per_baris[r].append(c)
    calon: dict[int, list[tuple[int, float, bool]]] = defaultdict(list)
    for r, kolom in per_baris.items():
        for c in x.deret[r]:
            if not x.tetap(r, c) or not x.asing(r, c):
                continue
            dekat = min(kolom, key=lambda k: abs(k - c))
            rincian = [n for ref in x.jumlahan[r, dekat] for n in x.antara(c, ref.b1, ref.b2) if x.berangka(n, c)]
            angka = [x.angka(n, c) for n in rincian]
            if len(rincian) < (1 if c in berumus else 2) or None in angka:
                continue
            calon[c].append((r, sum(v for v in angka if v is not None), max(v or 0 for v in angka) >= _UANG))
    for c, isi in calon.items():
        if c in berumus:
            banyak = sum(1 for r, k in x.jumlahan if k == c)
            if banyak >= len(isi):
                for r, benar, _ in isi:
                    yield tetapan(x, r, c, benar, "=SUM(…) rinciannya", True)
            continue
        tepat = [(r, v) for r, v, _ in isi if sama(x.angka(r, c) or 0.0, v) and v]
        if len(tepat) == len(isi) and (len(tepat) >= 2 or _banyak_rincian(x, tepat[0][0], c) >= 3):
            yield _kolom_jumlah(x, c, [r for r, _ in tepat])
        else:
            for r, benar, uang in isi:
                ini = x.angka(r, c) or 0.0
                # a mean of two or more rows is at most half their sum
                serupa = x.total(r) and len(per_baris[r]) >= 2 and abs(ini - benar) < 0.5 * abs(benar)
                if (uang or serupa) and not sama(ini, benar):
                    yield tetapan(x, r, c, benar, "=SUM(…) rinciannya", False)
    ada = {(r, c) for c, isi in calon.items() for r, *_ in isi}
    yield from _induk_diketik(x, ada)


def _banyak_rincian(x: Lembar, r: int, c: int) -> int:
    dekat = min((k for n, k in x.jumlahan if n == r), key=lambda k: abs(k - c))
    return sum(len(x.antara(c, ref.b1, ref.b2)) for ref in x.jumlahan[r, dekat])


def _kolom_jumlah(x: Lembar, c: int, rows: list[int]) -> Hasil:
    r = rows[0]
    return Hasil(
        "RMS-05", Tingkat.PERLU_DICEK, (r, c),
        f"Semua jumlah di kolom {x.sel(1, c)[:-1]} diketik sebagai angka (mulai {x.sel(r, c)}, “{x.sebutan(r)}”), sedangkan kolom di "
        "sebelahnya menjumlahkan dengan rumus.",
        "Ganti dengan rumus jumlah seperti di kolom sebelahnya.", x.tertulis(r, c), "",
        tuple((n, c, x.tertulis(n, c), "=SUM(…)") for n in rows),
    )  # fmt: skip


def _induk_diketik(x: Lembar, sudah: set[tuple[int, int]]) -> Iterator[Hasil]:
    """Typed amounts of nodes with priced details in a column whose other nodes have sums."""
    for c in sorted({c for _, c in x.jumlahan}):
        pohon = x.pohon(c)
        if pohon is None:
            continue
        berjumlah = sum(1 for r, k in x.jumlahan if k == c and r in pohon.menurut_baris)
        ketik = []
        for pos in pohon.pos:
            r = next((n for n in pos.baris if x.berangka(n, c)), None)
            anak = pohon.akar if pos.level in PENJUMLAH else pos.anak
            terisi = [n for a in anak if (n := next((m for m in a.baris if x.berangka(m, c)), None)) is not None]
            if r is None or not terisi or not x.tetap(r, c) or not x.asing(r, c) or (r, c) in sudah:
                continue
            angka = [x.angka(n, c) for n in terisi]
            ketik.append((r, None if None in angka else sum(v for v in angka if v is not None)))
        if berjumlah >= len(ketik):
            for r, benar in ketik:
                yield tetapan(x, r, c, benar, "=SUM(…) rinciannya", True)


# ── whole columns ─────────────────────────────────────────────────────────────────────────────────────────────


def _kolom_diketik(x: Lembar) -> Iterator[Hasil]:
    """RMS-05: columns whose heading states a formula, or that our table computes, without a single formula."""
    kepala = x.rumus_kepala()
    hitung = {c: (0, "") for c, k in x.kolom_spec.items() if k.peran is Peran.HITUNG and not x.sendiri}
    berumus = {c for (r, c) in x.rumus if r not in x.kepala}
    calon: dict[int, list[int]] = {}
    for c in sorted({**hitung, **kepala}):
        if c in berumus or (x.sendiri and c in x.kolom_spec):
            continue
        mulai = kepala.get(c, (0, ""))[0]
        rows = [r for r in x.kolom.get(c, []) if r > mulai and x.tetap(r, c) and (not x.baris or r in x.baris)]
        if len(rows) >= 2:
            calon[c] = rows
    if not calon:
        return
    if not berumus:
        c, rows = next(iter(calon.items()))
        nama = ", ".join(x.sel(1, k)[:-1] for k in calon)
        yield Hasil(
            "RMS-05", Tingkat.INFORMASI, (rows[0], c),
            f"Lembar ini tidak memuat rumus; kolom {nama} yang seharusnya dihitung berisi angka yang diketik.",
            "Periksa angkanya satu per satu, atau isi kolomnya dengan rumus.", x.tertulis(rows[0], c), "",
            tuple((r[0], k, x.tertulis(r[0], k), "") for k, r in calon.items()),
        )  # fmt: skip
        return
    for c, rows in calon.items():
        sebut = f" ({kepala[c][1]})" if c in kepala else ""
        r = rows[0]
        yield Hasil(
            "RMS-05", Tingkat.PERLU_DICEK, (r, c),
            f"Kolom {x.sel(1, c)[:-1]}{sebut} seharusnya dihitung dengan rumus, tetapi {len(rows)} selnya, mulai {x.sel(r, c)}, berisi "
            "angka yang diketik.",
            "Isi kolomnya dengan rumus, lalu bandingkan hasilnya dengan angka semula.", x.tertulis(r, c), "",
            tuple((n, c, x.tertulis(n, c), "") for n in rows),
        )  # fmt: skip


def _kelipatan(x: Lembar, berumus: set[int]) -> Iterator[Hasil]:
    """RMS-04 for typed amounts: most are one multiple of the amount to their left, to 100 rupiah, and some are not."""
    uang = [
        c for c, rows in sorted(x.kolom.items())
        if c not in berumus and sum(x.tetap(r, c) and (x.angka(r, c) or 0) >= _UANG for r in rows) >= 5
    ]  # fmt: skip
    if x.sendiri:
        return
    for n, c in enumerate(uang):
        for kiri in reversed(uang[max(0, n - 3) : n]):
            pasang = [
                (r, a, z) for r in x.kolom[c]
                if x.tetap(r, c) and (z := x.angka(r, c)) and (a := x.angka(r, kiri)) and a > 0
            ]  # fmt: skip
            if len(pasang) < 5:
                continue
            faktor, _ = Counter(round(z / a, 3) for _, a, z in pasang).most_common(1)[0]
            tepat = {r for r, a, z in pasang if abs(z - a * faktor) <= 100}
            lain = [  # a sum of rounded amounts is off by more than one of them, and the same multiple all the same
                (r, a, z) for r, a, z in pasang if r not in tepat and round(z / a, 3) != faktor
            ]
            if faktor <= 1 or len(tepat) < 0.8 * len(pasang) or not lain:
                continue
            r, a, z = lain[0]
            yield Hasil(
                "RMS-04", Tingkat.INFORMASI, (r, c),
                f"{len(tepat)} dari {len(pasang)} angka di kolom {x.sel(1, c)[:-1]} adalah {tulis_angka(faktor)} kali kolom "
                f"{x.sel(1, kiri)[:-1]}, tetapi {x.sel(r, c)} “{x.sebutan(r)}” {tulis_angka(z / a, 3)} kali.",
                "Pastikan angkanya memang dimaksudkan berbeda.", tulis_angka(z, 2), tulis_angka(a * faktor, 0),
                tuple((m, c, x.tertulis(m, c), tulis_angka(p * faktor, 0)) for m, p, _ in lain),
            )  # fmt: skip
            break
