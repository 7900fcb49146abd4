"""Sums that miss rows, leave out a program, count twice, or refer to themselves (RMS-02, RMS-07, RMS-09).

Where levels are known (our tables, or a column of kode) every priced detail below a sum must be counted exactly once, so
that an error made alike in every column shows as well. Elsewhere the block of numbers beside the range decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from renja_xl.core.buku import Level
from renja_xl.core.nilai import tulis_angka
from renja_xl.core.pagu import Pos
from renja_xl.core.rumus_sel import Rujukan, rujukan_rumus
from renja_xl.core.temuan import Tingkat
from renja_xl.periksa.rms.lembar import PENJUMLAH, Cakupan, Hasil, Lembar, Pohon

_ATAS = frozenset({Level.URUSAN, Level.BIDANG_URUSAN}) | PENJUMLAH


def jumlah(x: Lembar) -> Iterator[Hasil]:
    """Faults of the sheet's sums; the same fault in several columns of a row is one finding."""
    kelompok: dict[tuple[str, int, tuple[int, ...]], list[tuple[Hasil, Sequence[int]]]] = defaultdict(list)
    for (r, c), bagian in x.jumlahan.items():
        if not x.asing(r, c) and x.kolom_spec[c] not in (x.spec.kolom_uang if x.spec else ()):
            continue
        for h, baris in _sel(x, r, c, bagian):
            kelompok[h.aturan, r, tuple(baris)].append((h, baris))
    for (r, c), f in x.rumus.items():
        if (r, c) not in x.jumlahan and any(not ref.lembar and ref.memuat(r, c) for ref in rujukan_rumus(f)):
            yield _melingkar(x, r, c)
    for isi in kelompok.values():
        pertama = isi[0][0]
        if len(isi) == 1:
            yield pertama
            continue
        kolom = ", ".join(x.sel(*h.tempat) for h, _ in isi)
        yield Hasil(
            pertama.aturan,
            min((h.tingkat for h, _ in isi), key=list(Tingkat).index),
            pertama.tempat,
            f"{pertama.pesan.removesuffix('.')}; demikian pula di kolom lain ({kolom}).",
            pertama.perbaikan,
            pertama.tertulis,
            pertama.seharusnya,
            tuple((*h.tempat, h.tertulis, h.seharusnya) for h, _ in isi),
        )


def _melingkar(x: Lembar, r: int, c: int) -> Hasil:
    return Hasil(
        "RMS-09", Tingkat.HARUS_DIPERBAIKI, (r, c),
        f"Rumus {x.sel(r, c)} merujuk selnya sendiri ({x.tertulis(r, c)}) sehingga hasilnya tidak dapat dihitung.",
        "Perbaiki rentang rumusnya agar tidak memuat sel itu sendiri.", x.tertulis(r, c),
    )  # fmt: skip


def _sel(x: Lembar, r: int, c: int, bagian: Sequence[Rujukan]) -> Iterator[tuple[Hasil, list[int]]]:
    if any(ref.memuat(r, c) for ref in bagian):
        yield _melingkar(x, r, c), [r]
        return
    cakupan = Cakupan(bagian)
    pohon = x.pohon(c)
    pos = pohon.menurut_baris.get(r) if pohon is not None else None
    if pohon is not None and pos is not None:
        yield from _menurut_pohon(x, r, c, cakupan, pohon, pos)
    elif pohon is None or not x.milik(r, c):
        yield from _menurut_blok(x, r, c, cakupan)


# ── by levels ─────────────────────────────────────────────────────────────────────────────────────────────────


class _Jelajah:
    """A walk down from a sum: which priced details it counts not at all, and which more than once."""

    def __init__(self, x: Lembar, c: int, cakupan: Cakupan) -> None:
        self.x, self.c, self.cakupan = x, c, cakupan
        self.ganda: list[Pos] = []
        self.baris: set[int] = set()

    def bernilai(self, pos: Pos) -> bool:
        return any(self.x.berangka(r, self.c) for r in pos.baris) or any(map(self.bernilai, pos.anak))

    def __call__(self, pos: Pos, n: int = 0) -> tuple[int, list[Pos]]:
        """Details below and at a node, and the highest nodes that are missed entirely."""
        self.baris |= set(pos.baris)
        terisi = [r for r in pos.baris if self.x.berangka(r, self.c)]
        n += sum(map(self.cakupan, terisi))
        anak = [a for a in pos.anak if self.bernilai(a)]
        if not anak:
            if not terisi or pos.level in _ATAS:  # a heading without details
                return 0, []
            if n > 1:
                self.ganda.append(pos)
            return 1, [] if n else [pos]
        banyak, hilang, lolos = 0, list[Pos](), True
        for a in anak:
            m, h = self(a, n)
            banyak += m
            lolos = lolos and h == [a]
            hilang += h
        return banyak, [pos] if lolos and terisi else hilang


def _menurut_pohon(
    x: Lembar, r: int, c: int, cakupan: Cakupan, pohon: Pohon, pos: Pos
) -> Iterator[tuple[Hasil, list[int]]]:
    penjumlah = pos.level in PENJUMLAH
    anak = _berprogram(pohon.akar) if penjumlah else pos.anak
    tersentuh = [n for ref in cakupan.bagian for n in x.antara(c, ref.b1, ref.b2) if x.berangka(n, c)]
    simpul = [pohon.menurut_baris.get(n) for n in tersentuh]
    if tersentuh and (all(p is pos for p in simpul) or any(p is not None and p.level in PENJUMLAH for p in simpul)):
        return  # it only repeats another sum
    jelajah = _Jelajah(x, c, cakupan)
    hilang: list[Pos] = []
    for a in anak:
        hilang += jelajah(a)[1]
    if penjumlah:
        hilang = _dalam_program(anak, hilang)
    milik = set(pos.baris)
    luar = [] if penjumlah else [
        n for n, p in zip(tersentuh, simpul, strict=True) if p is not None and n not in jelajah.baris and n not in milik
    ]  # fmt: skip
    tempat, sebutan = x.sel(r, c), x.sebutan(r)
    if hilang:
        program = pos.level in _ATAS and all(p.level in _ATAS or p.level is Level.PROGRAM for p in hilang)
        baris = [_baris(x, p, c) for p in hilang]
        yield _kurang(x, r, c, baris, "RMS-07" if program else "RMS-02", apa="program" if program else "baris"), baris
    if luar:
        yield Hasil(
            "RMS-02", Tingkat.HARUS_DIPERBAIKI, (r, c),
            f"Rumus {tempat} untuk “{sebutan}” ({x.tertulis(r, c)}) ikut menjumlahkan {_daftar(x, luar, c)}, yang bukan rinciannya.",
            "Perbaiki rentangnya agar hanya memuat rincian butir itu.", x.tertulis(r, c),
        ), luar  # fmt: skip
    if jelajah.ganda:
        baris = [_baris(x, p, c) for p in jelajah.ganda]
        yield Hasil(
            "RMS-09", Tingkat.HARUS_DIPERBAIKI, (r, c),
            f"Rumus {tempat} untuk “{sebutan}” ({x.tertulis(r, c)}) menghitung {_daftar(x, baris, c)} lebih dari sekali, "
            "karena subjumlah dan rinciannya sama-sama dijumlahkan.",
            "Jumlahkan butir yang selevel saja.", x.tertulis(r, c),
        ), baris  # fmt: skip


def _berprogram(akar: Sequence[Pos]) -> Sequence[Pos]:
    """Nodes with programs, which the agency's sum adds; all where there is no program at all."""

    def ada(pos: Pos) -> bool:
        return pos.level is Level.PROGRAM or any(map(ada, pos.anak))

    return [p for p in akar if ada(p)] or akar


def _dalam_program(akar: Sequence[Pos], hilang: Sequence[Pos]) -> list[Pos]:
    """Missed nodes that the agency's sum is to have: programs, what is below one, or above."""
    dalam: set[int] = set()

    def catat(pos: Pos, di_bawah: bool) -> None:
        di_bawah = di_bawah or pos.level is Level.PROGRAM
        if di_bawah or pos.level in _ATAS:
            dalam.add(id(pos))
        for a in pos.anak:
            catat(a, di_bawah)

    for pos in akar:
        catat(pos, False)
    ada = any(p.level is Level.PROGRAM or p.level in _ATAS for p in akar)
    return [p for p in hilang if not ada or id(p) in dalam]


def _baris(x: Lembar, pos: Pos, c: int) -> int:
    return next((r for r in pos.baris if x.berangka(r, c)), pos.baris[0])


def _daftar(x: Lembar, baris: Sequence[int], c: int) -> str:
    """Rows in words, three at most."""
    sebutan = [f"{x.sel(r, c)} “{x.sebutan(r)}”" for r in baris[:3]]
    lain = f" dan {len(baris) - 3} baris lain" if len(baris) > 3 else ""
    return ", ".join(sebutan) + lain


def _kurang(
    x: Lembar, r: int, c: int, baris: Sequence[int], aturan: str, *, apa: str = "baris", ragu: bool = False
) -> Hasil:
    """A sum that misses rows."""
    angka = [x.angka(n, c) or 0.0 for n in baris]
    hasil = x.angka(r, c)
    ragu = ragu or not any(angka)
    seharusnya = tulis_angka(hasil + sum(angka), 2) if hasil is not None and not ragu else ""
    return Hasil(
        aturan, Tingkat.PERLU_DICEK if ragu else Tingkat.HARUS_DIPERBAIKI, (r, c),
        f"Rumus {x.sel(r, c)} untuk “{x.sebutan(r)}” ({x.tertulis(r, c)}) tidak memuat {apa} {_daftar(x, baris, c)}"
        + (f" sebesar {tulis_angka(sum(angka), 2)}." if any(angka) else "."),
        "Perluas rentangnya sehingga semua rinciannya ikut dijumlahkan.", x.tertulis(r, c), seharusnya,
    )  # fmt: skip


# ── by blocks ─────────────────────────────────────────────────────────────────────────────────────────────────


def _menurut_blok(x: Lembar, r: int, c: int, cakupan: Cakupan) -> Iterator[tuple[Hasil, list[int]]]:
    ganda = [
        n
        for ref in cakupan.bagian
        for n in x.jumlahan_antara(c, ref.b1, ref.b2)
        if any(cakupan(m) for y in x.jumlahan[n, c] for m in (y.b1, y.b2))
    ]
    if ganda:
        yield Hasil(
            "RMS-09", Tingkat.HARUS_DIPERBAIKI, (r, c),
            f"Rumus {x.sel(r, c)} untuk “{x.sebutan(r)}” ({x.tertulis(r, c)}) memuat {_daftar(x, ganda, c)} yang sudah "
            "merupakan jumlah, beserta rinciannya.",
            "Jumlahkan subjumlahnya saja, atau rinciannya saja.", x.tertulis(r, c),
        ), ganda  # fmt: skip
        return
    terlewat = _terlewat(x, r, c, cakupan)
    if terlewat:
        yield _kurang(x, r, c, terlewat, "RMS-07", apa="bagian"), terlewat
    if terlewat or len(cakupan.bagian) > 1:
        return
    ref = cakupan.bagian[0]
    if r > ref.b2:
        if ref.tunggal:  # a total that repeats one amount: what stands between may be its details
            return
        celah = _bernomor(x, c, range(ref.b2 + 1, r), ref.b2)
        atas = _bernomor(x, c, range(ref.b1 - 1, 0, -1), ref.b1)
        hilang, ragu = sorted(atas) + celah, False
    else:
        celah = _bernomor(x, c, range(r + 1, ref.b1), ref.b1)
        hilang, ragu = celah + _bernomor(x, c, range(ref.b2 + 1, x.kisi.ukuran[0] + 1), ref.b2), True
        # a heading sum among others: the next row may be a heading of its own that has no details
        ragu = bool(hilang) and len(x.kolom_jumlahan[c]) > 1
        if ragu and not x.tercakup[c](r):
            return
    if hilang:
        yield _kurang(x, r, c, hilang, "RMS-02", ragu=ragu), hilang


def _terlewat(x: Lembar, r: int, c: int, cakupan: Cakupan) -> list[int]:
    """Subtotals of the same block beside those that a total of subtotals adds, and that nothing adds."""
    bagian = cakupan.bagian
    if x.terjumlah[c](r) or not all(ref.tunggal and (ref.b1, c) in x.jumlahan for ref in bagian):
        return []
    awal, akhir = min(ref.b1 for ref in bagian), max(ref.b1 for ref in bagian)
    if awal < r < akhir:
        return []
    while akhir + 1 != r and x.berangka(akhir + 1, c) and akhir + 1 not in x.kepala:
        akhir += 1
    while awal - 1 != r and x.berangka(awal - 1, c) and awal - 1 not in x.kepala:
        awal -= 1
    total, tinggi = x.total(bagian[0].b1), x.tingkat_jumlah(r, c)
    lepas = [n for n in x.jumlahan_antara(c, awal, akhir) if not x.tercakup[c](n)]
    if any(x.tingkat_jumlah(n, c) >= tinggi for n in lepas):
        return []  # such sums stand beside each other, and there is no total of all
    return [
        n
        for n in lepas
        if x.total(n) is total
        and all(x.terjumlah[c](ref.b1) == 1 for ref in x.jumlahan[n, c])  # else another total of the same details
    ]


def _bernomor(x: Lembar, c: int, baris: Iterable[int], contoh: int) -> list[int]:
    """Rows of numbers that go on from a range and that no sum of the column counts, as far as they are like ``contoh``."""
    hasil = []
    for n in baris:
        if n in x.kepala or not x.berangka(n, c) or (n, c) in x.jumlahan or x.total(n):
            break
        if (c in x.tercakup and x.tercakup[c](n)) or not _serupa(x, n, contoh):
            break
        hasil.append(n)
    return hasil


def _serupa(x: Lembar, n: int, contoh: int) -> bool:
    """Whether two rows have the same kind of cells: text where the other has text."""
    a, z = ({c for c in x.deret.get(r, ()) if isinstance(x.kisi.sel[r, c].nilai, str)} for r in (n, contoh))
    return not z or bool(a & z)
