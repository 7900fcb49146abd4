"""Finding official tables on a sheet: header blocks under merged, stacked and repeated headers, and whose they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from renja_xl.core.buku import Nilai
from renja_xl.core.kisi import IsiKisi, Kisi
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.resmi.kepala import cocok, kelipatan, mirip_judul, potongan_kepala, rapikan, tahun_tertulis
from renja_xl.resmi.peta import KolomTerpeta
from renja_xl.tabel import TABEL_RESMI
from renja_xl.tabel.spec import NAMA_TAHUN, KolomSpec, Peran, TabelSpec

AMBANG_KOLOM, AMBANG_KOLOM_BERNOMOR = 0.6, 0.42
"""A header at least this like a column's is taken for it; a lower one will do where the column number agrees."""
AMBANG_TABEL = 0.5
"""Share of a table's printed columns that a header must have; less will do under the table's own title."""
AMBANG_JUDUL = 0.6
SATUAN_UMUM = "*satuan"
"""Key of a column that gives the unit of every value on its row."""

_TINGGI_KEPALA = 6
_BARIS_JUDUL = 8
_NOMOR = re.compile(r"\(?\s*(\d{1,2})\s*[a-z]?\s*\)?\.?\s*(?:=.*|satuan|predikat|kode|nilai)?", re.IGNORECASE)


@dataclass(frozen=True)
class Blok:
    """A header on a sheet: its rows, its columns' paths, and once matched, whose table it heads.

    Attributes:
        awal, akhir: first and last header row, column numbers included.
        jalur: header path of each column that has one.
        sel_kepala: address of the lowest header cell of each column.
        nomor: column number printed in each column.
        judul: title rows above: row and text.
    """

    kisi: Kisi
    awal: int
    akhir: int
    jalur: Mapping[int, tuple[str, ...]]
    sel_kepala: Mapping[int, str]
    nomor: Mapping[int, int]
    judul: tuple[tuple[int, str], ...] = ()
    spec: TabelSpec | None = None
    kolom: tuple[KolomTerpeta, ...] = ()
    yakin: float = 0.0
    ulangan: bool = False
    akhir_data: int = 0

    @property
    def teks_judul(self) -> str:
        return " ".join(t for _, t in self.judul)

    def kelipatan(self, kolom: Iterable[int]) -> int:
        """By what the amounts of a column are multiplied."""
        kepala = " ".join(" ".join(self.jalur.get(c, ())) for c in kolom)
        return max(kelipatan(kepala), kelipatan(self.teks_judul))


def baris_kisi(kisi: Kisi) -> dict[int, dict[int, IsiKisi]]:
    """Filled cells by row, in the order of their columns; blanks and formulas that show nothing left out."""
    hasil: dict[int, dict[int, IsiKisi]] = defaultdict(dict)
    for (r, c), isi in sorted(kisi.sel.items(), key=lambda p: p[0]):
        if isi.nilai is not None and str(isi.nilai).strip():
            hasil[r][c] = isi
    return dict(hasil)


def teks(nilai: Nilai) -> str:
    """A cell's value as header text."""
    if isinstance(nilai, float) and nilai.is_integer():
        return str(int(nilai))
    return rapikan(str(nilai)) if nilai is not None else ""


def cari_blok(kisi: Kisi) -> list[Blok]:
    """Every header of a sheet, top to bottom, not yet matched to a table."""
    asli = baris_kisi(kisi)
    sebar, gabungan = _sebar(kisi, asli)
    hasil: list[Blok] = []
    r, terakhir = 0, 0
    for r in sorted(asli):
        if r <= terakhir or not _baris_kepala(asli[r]):
            continue
        akhir = _akhir_kepala(r, asli, gabungan)
        nomor_di = next((n for n in range(akhir + 1, akhir + 3) if nomor_kolom(asli.get(n, {}), 2)), None)
        bawah = nomor_di or akhir
        awal = _awal_kepala(r, asli, gabungan, terakhir)
        jalur, alamat = _jalur(awal, akhir, asli, sebar, gabungan)
        terakhir = bawah
        if len(jalur) >= 2:
            nomor = nomor_kolom(asli[nomor_di], 2) if nomor_di else {}
            hasil.append(Blok(kisi, awal, bawah, jalur, alamat, nomor))
    return hasil


def _sebar(
    kisi: Kisi, asli: Mapping[int, Mapping[int, IsiKisi]]
) -> tuple[dict[int, dict[int, IsiKisi]], dict[tuple[int, int], tuple[int, int, int, int]]]:
    """Cells with merged values spread, and the range that each merged cell belongs to (header-sized ranges only)."""
    sebar = {r: dict(isi) for r, isi in asli.items()}
    gabungan: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for a, b, c, d in kisi.gabungan:
        if (c - a + 1) * (d - b + 1) > 2_000:
            continue
        isi = asli.get(a, {}).get(b)
        for r in range(a, c + 1):
            for k in range(b, d + 1):
                gabungan[r, k] = (a, b, c, d)
                if isi is not None:
                    sebar.setdefault(r, {})[k] = isi
    return sebar, gabungan


def _baris_kepala(isi: Mapping[int, IsiKisi]) -> bool:
    """Whether a row reads like a header: several short texts, most of them words of official headers, no amounts."""
    if any(isinstance(v.nilai, float) and not 1900 <= v.nilai <= 2199 for v in isi.values()):
        return False
    semua = {t for v in isi.values() if (t := teks(v.nilai))}
    kepala = sum(potongan_kepala(t) for t in semua)
    return kepala >= 2 and kepala >= 0.5 * len(semua)


def _lanjutan_kepala(isi: Mapping[int, IsiKisi]) -> bool:
    """Whether a row below a header row belongs to it: header words or years, nothing else."""
    semua = [teks(v.nilai) for v in isi.values()]
    tahun = [
        bool(re.fullmatch(r"(?:tahun\s*)?(?:\(?n\s*[-+]\s*\d\)?|(?:19|20|21)\d\d)", t, re.IGNORECASE)) for t in semua
    ]
    kepala = [bool(t) or potongan_kepala(s) for t, s in zip(tahun, semua, strict=True)]
    return bool(semua) and sum(kepala) >= 0.7 * len(semua) and (sum(kepala) >= 2 or len(semua) == 1)


def _akhir_kepala(
    r: int, asli: Mapping[int, Mapping[int, IsiKisi]], gabungan: Mapping[tuple[int, int], tuple[int, int, int, int]]
) -> int:
    akhir = r
    bergabung = max((g[2] for c in asli[r] if (g := gabungan.get((r, c)))), default=r)
    for n in range(r + 1, r + _TINGGI_KEPALA):
        isi = asli.get(n, {})
        if nomor_kolom(isi, 2):
            break
        if isi and (_lanjutan_kepala(isi) or n <= bergabung) and not (n > bergabung and _mirip_baris(asli[r], isi)):
            akhir = n
            bergabung = max([bergabung, *(g[2] for c in isi if (g := gabungan.get((n, c))))])
        elif n > bergabung:
            break
    return max(akhir, min(bergabung, r + _TINGGI_KEPALA - 1))


def _mirip_baris(a: Mapping[int, IsiKisi], b: Mapping[int, IsiKisi]) -> bool:
    """Whether two rows say the same in the same columns."""
    return len(a) > 1 and {c: teks(v.nilai) for c, v in a.items()} == {c: teks(v.nilai) for c, v in b.items()}


def _awal_kepala(
    r: int,
    asli: Mapping[int, Mapping[int, IsiKisi]],
    gabungan: Mapping[tuple[int, int], tuple[int, int, int, int]],
    batas: int,
) -> int:
    """First row of a header: rows above it that hold several groups, or one group over some of its columns."""
    awal = r
    while awal - 1 > batas:
        isi = asli.get(awal - 1, {})
        lebar = [g for c in isi if (g := gabungan.get((awal - 1, c))) and g[3] > g[1]]
        semua = set(asli[awal])
        menutup = any(g[1] <= min(semua) and g[3] >= max(semua) for g in lebar)
        if (
            not isi
            or menutup
            or len(isi) < 2
            or any(isinstance(v.nilai, float) for v in isi.values())
            or not _lanjutan_kepala(isi)
        ):
            break
        awal -= 1
    return awal


def _jalur(
    awal: int,
    akhir: int,
    asli: Mapping[int, Mapping[int, IsiKisi]],
    sebar: Mapping[int, Mapping[int, IsiKisi]],
    gabungan: Mapping[tuple[int, int], tuple[int, int, int, int]],
) -> tuple[dict[int, tuple[str, ...]], dict[int, str]]:
    """Header path of each column; a group without merged cells reaches right over the blanks beside it."""
    kolom = sorted({c for r in range(awal, akhir + 1) for c in sebar.get(r, {})})
    jalur: dict[int, list[str]] = {c: [] for c in kolom}
    alamat: dict[int, str] = {}
    for r in range(awal, akhir + 1):
        isi = sebar.get(r, {})
        di_bawah = {c for n in range(r + 1, akhir + 1) for c in asli.get(n, {})}
        kelompok = ""
        for c in kolom:
            sel = isi.get(c)
            if sel is not None:
                t = teks(sel.nilai)
                kelompok = t if (r, c) not in gabungan and c in di_bawah else ""
                if not jalur[c] or jalur[c][-1] != t:
                    jalur[c].append(t)
                    g = gabungan.get((r, c))
                    alamat[c] = f"{huruf_kolom(g[1] if g else c)}{g[0] if g else r}"
            elif kelompok and c in di_bawah and not jalur[c]:
                jalur[c].append(kelompok)
            else:
                kelompok = ""
    return {c: tuple(j) for c, j in jalur.items() if j}, alamat


def nomor_kolom(isi: Mapping[int, IsiKisi], paling_sedikit: int = 3) -> dict[int, int]:
    """Column numbers in a row that holds nothing else (``1 2 3 … 10=5+7+9``), by column; empty for any other row."""
    hasil: dict[int, int] = {}
    for c, v in isi.items():
        m = _NOMOR.fullmatch(teks(v.nilai))
        if m is not None:
            hasil[c] = int(m[1])
        elif isinstance(v.nilai, float) or len(hasil) < 4:  # words stand only in hidden columns behind
            return {}
    urut = list(hasil.values())
    naik = all(b - a in {0, 1} for a, b in pairwise(urut))
    return hasil if len(urut) >= paling_sedikit and urut[0] in {1, 2} and naik and urut[-1] >= paling_sedikit else {}


# ── whose table ───────────────────────────────────────────────────────────────────────────────────────────────


def kolom_dicari(spec: TabelSpec) -> list[KolomSpec]:
    """Columns that a foreign table may have."""
    return [k for k in spec.kolom if k.judul and not k.tersembunyi and k.peran is not Peran.KUNCI]


def kenali(blok: Blok, tahun: int | None, tabel: Sequence[TabelSpec] = TABEL_RESMI) -> Blok | None:
    """The header matched to the table that it fits best; None where it fits none."""
    calon = [(*_pasangkan(blok, spec, tahun), spec) for spec in tabel]
    terbaik: tuple[float, tuple[KolomTerpeta, ...], TabelSpec] | None = None
    for kolom, liputan, spec in calon:
        judul = mirip_judul(blok.teks_judul, spec) if blok.judul else 0.0
        batas = AMBANG_TABEL if judul < AMBANG_JUDUL else 0.34
        if liputan < batas or len(kolom) < 2 or not _punya_inti(spec, kolom):
            continue
        if len(spec.kolom_tercetak) < 3 and judul < AMBANG_JUDUL and not any("egiatan" in k.kepala for k in kolom):
            continue  # too few columns to know it by
        # a short list lies within many a form: of two that fit, the one that explains more of the sheet's columns
        dijelaskan = sum(len(k.kolom) for k in kolom) / max(len(blok.jalur), 1)
        nilai = liputan * min(dijelaskan, 1.0) + (0.5 * judul if judul >= AMBANG_JUDUL else 0.0)
        if terbaik is None or nilai > terbaik[0]:
            terbaik = (nilai, kolom, spec)
    if terbaik is None:
        return None
    return replace(blok, spec=terbaik[2], kolom=terbaik[1], yakin=min(terbaik[0], 1.0))


def _punya_inti(spec: TabelSpec, kolom: Sequence[KolomTerpeta]) -> bool:
    """Whether the columns that tell what a row is about are there."""
    ada = {k.kunci for k in kolom}
    nama = {k.kunci for k in spec.kolom if k.tautan == "nama"}
    return bool(ada & nama) if nama else len(ada) >= 3


def _pasangkan(blok: Blok, spec: TabelSpec, tahun: int | None) -> tuple[tuple[KolomTerpeta, ...], float]:
    """Columns of a header matched to a table's, each once, best first; and the weighted share of the print that is there."""
    dicari = [(k, int(m[0]) if (m := re.match(r"\d+", k.nomor)) else None) for k in kolom_dicari(spec)]
    kolom = sorted(blok.jalur)
    calon: list[tuple[float, float, int, KolomSpec]] = []
    for i, c in enumerate(kolom):
        if i and kolom[i - 1] == c - 1 and blok.jalur[c - 1] == blok.jalur[c]:
            continue  # belongs to the column on its left
        umum = len(blok.jalur[c]) == 1 and re.fullmatch(r"(?i)satuan", blok.jalur[c][0])
        for j, (k, nomor) in enumerate(dicari):
            if umum and k.kunci != "satuan":
                continue
            pendamping = re.match(r"(satuan|predikat)_", k.kunci)
            if pendamping and pendamping[1] not in kunci_teks(" ".join(blok.jalur[c])).split():
                continue  # a unit or grade under the header of its value stands beside it: see ``_pecahan``
            nilai = cocok(blok.jalur[c], spec, k, tahun)
            bernomor = nomor is not None and blok.nomor.get(c) == nomor
            ambang = (
                AMBANG_KOLOM_BERNOMOR if bernomor and not k.kunci.startswith(("satuan_", "predikat_")) else AMBANG_KOLOM
            )
            if nilai >= ambang:
                searah = 1 - abs(i / max(len(kolom) - 1, 1) - j / max(len(dicari) - 1, 1))
                calon.append(
                    (nilai + 0.08 * searah + (0.12 if bernomor else 0) + (0.02 if k.cetak else 0), nilai, c, k)
                )
    dipakai: dict[str, KolomTerpeta] = {}
    terpakai: set[int] = set()
    for nilai_urut, nilai, c, k in sorted(calon, key=lambda p: (-p[0], p[2])):
        if c not in terpakai and k.kunci not in dipakai:
            terpakai.add(c)
            yakin = min(1.0, max(nilai, nilai_urut - 0.1))
            dipakai[k.kunci] = KolomTerpeta(
                k.kunci, (c,), " – ".join(blok.jalur[c]), blok.sel_kepala.get(c, ""), round(yakin, 2)
            )
    _kolom_per_level(blok, spec, dipakai, terpakai)
    _pecahan(blok, spec, dipakai, terpakai)
    wajib = [k for k in spec.kolom_tercetak if k.wajib and not k.kunci.startswith("satuan_")]
    liputan = sum(dipakai[k.kunci].yakin for k in wajib if k.kunci in dipakai) / max(len(wajib), 1)
    asing = len([c for c in kolom if c not in terpakai])
    return tuple(sorted(dipakai.values(), key=lambda k: k.kolom[0])), liputan - 0.04 * asing


def _kolom_per_level(blok: Blok, spec: TabelSpec, dipakai: dict[str, KolomTerpeta], terpakai: set[int]) -> None:
    """Names in a column of their own per level (Program | Kegiatan | Sub Kegiatan) where the form has one for all."""
    kata = {"program", "kegiatan", "sub kegiatan"}
    per_level = {c: w for c, j in sorted(blok.jalur.items()) if (w := kunci_teks(j[-1])) in kata}
    nama = [k for k in spec.kolom if k.tautan == "nama" and k.sisi is None]
    if len(per_level) < 2 or not nama or spec.keanggotaan is None or spec.per_simpul:
        return
    for kolom in nama:
        milik = tuple(
            c
            for c, w in per_level.items()
            if len(nama) == 1 or (w == "sub kegiatan") is (kolom.kunci == "sub_kegiatan")
        )
        pemakai = {x.kunci for x in dipakai.values() if x.kolom[0] in milik}
        if len(milik) < 2 or pemakai - {kolom.kunci}:
            continue
        kepala, alamat = " | ".join(blok.jalur[c][-1] for c in milik), blok.sel_kepala.get(milik[0], "")
        lama = dipakai.get(kolom.kunci)
        if lama is not None:
            terpakai -= set(lama.kolom)
        dipakai[kolom.kunci] = KolomTerpeta(kolom.kunci, milik, kepala, alamat, 0.9)
        terpakai |= set(milik)


def _pecahan(blok: Blok, spec: TabelSpec, dipakai: dict[str, KolomTerpeta], terpakai: set[int]) -> None:
    """Columns under one header with another: unit beside its value, parts of a kode, names indented by column."""
    for kunci, k in list(dipakai.items()):
        c = k.kolom[0]
        kembar: list[int] = []
        for d in sorted(blok.jalur):
            if d > c and d not in terpakai and blok.jalur[d] == blok.jalur[c] and d - c == len(kembar) + 1:
                kembar.append(d)
        if not kembar:
            continue
        kolom = spec.menurut_kunci[kunci]
        if kunci == "kode" or kolom.tautan in {"nama", "kode"}:
            dipakai[kunci] = replace(k, kolom=(c, *kembar))
            terpakai.update(kembar)
        elif kolom.satuan and kolom.satuan not in dipakai and kolom.satuan != "satuan":
            dipakai[kolom.satuan] = KolomTerpeta(kolom.satuan, (kembar[0],), k.kepala, k.sel_kepala, min(k.yakin, 0.8))
            terpakai.add(kembar[0])
    umum = next(
        (c for c, j in blok.jalur.items() if c not in terpakai and len(j) == 1 and re.fullmatch(r"(?i)satuan", j[0])),
        None,
    )
    if umum is not None and "satuan" not in spec.menurut_kunci:
        dipakai[SATUAN_UMUM] = KolomTerpeta(
            SATUAN_UMUM, (umum,), blok.jalur[umum][-1], blok.sel_kepala.get(umum, ""), 0.9
        )
        terpakai.add(umum)


def dengan_judul(blok: Blok, baris: Mapping[int, Mapping[int, IsiKisi]], batas: int) -> Blok:
    """The header with the title rows above it, down from a row that is no longer theirs."""
    judul: list[tuple[int, str]] = []
    for r in range(blok.awal - 1, max(batas, blok.awal - 1 - _BARIS_JUDUL), -1):
        isi = baris.get(r, {})
        semua = [teks(v.nilai) for v in isi.values()]
        if not isi:
            if judul and r < blok.awal - 3:
                break
            continue
        if len(semua) > 2 or any(isinstance(v.nilai, float) for v in isi.values()):
            break
        judul.append((r, " ".join(semua)))
    return replace(blok, judul=tuple(reversed(judul)))


def suara_tahun(blok: Blok) -> Iterator[int]:
    """Plan years that a title speaks of, given the table that it heads."""
    if blok.spec is None:
        return
    peran = [NAMA_TAHUN[p] for p in re.findall(r"\{(n3|n2|n1|n|p1)\}", blok.spec.judul)]
    tertulis = tahun_tertulis(blok.teks_judul)
    if peran and len(set(tertulis)) == len(set(peran)):
        yield from (t - j for t, j in zip(sorted(set(tertulis)), sorted(set(peran)), strict=True))
