"""Which nodes, indicators and rows of two plans are the same: by id within one origin, else by kode, else by name.

Two workbooks of other origin count their ids from one each, so an equal id proves nothing there; whether two plans share
an origin is told by whether nodes of equal id also agree in kode or name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from renja_xl.core import kode as kd
from renja_xl.core.baris import indikator_baris, nama_baris
from renja_xl.core.buku import LEVEL_SIMPUL, Baris, Buku, Indikator, Sel, Simpul
from renja_xl.core.letak import Letak
from renja_xl.core.nilai import tulis
from renja_xl.core.struktur import PembuatId, indikator_menurut_simpul
from renja_xl.core.tambalan import TABEL_ISIAN
from renja_xl.core.teks import kemiripan
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.tabel import ANGGARAN, DASAR_PERHITUNGAN, MENURUT_KUNCI, PROFIL, TABEL_TERTAUT
from renja_xl.tabel.spec import Peran, TabelSpec

ID, KODE, NAMA = "id", "kode", "nama"

AMBANG_NAMA = 0.72
"""Names at least this like each other may be one name in two spellings."""

_AMBANG_ASAL = 0.5
_BATAS_SILANG = 400
"""Nodes of one level that are compared each with each; beyond it only those below the same parent."""


@dataclass(frozen=True, slots=True)
class Pasangan:
    """How a node was told to be the same, and how sure that is (0 to 1)."""

    menurut: str
    yakin: float


@dataclass(frozen=True)
class Padanan:
    """Ids of the newer plan, and what they are in the older one.

    Attributes:
        seasal: whether ids could be trusted.
        pasangan: how nodes were matched, by the older plan's id.
    """

    seasal: bool
    simpul: Mapping[str, str]
    indikator: Mapping[str, str]
    baris: Mapping[str, Mapping[str, str]]
    pasangan: Mapping[str, Pasangan] = field(default_factory=dict)


def seasal(lama: Buku, baru: Buku) -> bool:
    """Whether two plans come from one workbook: most nodes of equal id agree in level, and in kode or name."""
    a = lama.simpul_menurut_id()
    bersama = [(a[s.id], s) for s in baru.simpul if s.id in a]
    sama = sum(x.level is y.level and (_kode_sama(x, y) or _nama_sama(x, y)) for x, y in bersama)
    return bool(bersama) and sama >= _AMBANG_ASAL * len(bersama)


def padankan(lama: Buku, baru: Buku) -> Padanan:
    """Match two plans."""
    p = _Pemadan(lama, baru)
    p.simpul()
    p.indikator()
    p.baris()
    return Padanan(p.seasal, p.peta_simpul, p.peta_indikator, p.peta_baris, p.pasangan)


def samakan(lama: Buku, baru: Buku, letak: Letak | None = None) -> tuple[Buku, Letak | None, Padanan]:
    """The newer plan with the ids of the older one wherever they are the same, and where its rows stand."""
    p = padankan(lama, baru)
    penyama = Penyama(lama, baru, p)
    hasil = penyama.buku()
    return hasil, penyama.letak(letak) if letak is not None else None, p


def _kode_sama(a: Simpul, z: Simpul) -> bool:
    return bool(a.kode) and (kd.rapikan(a.kode or "") or a.kode) == (kd.rapikan(z.kode or "") or z.kode)


def _nama_sama(a: Simpul, z: Simpul) -> bool:
    return bool(a.nama) and kunci_teks(a.nama) == kunci_teks(z.nama)


class _Pemadan:
    def __init__(self, lama: Buku, baru: Buku) -> None:
        self.lama, self.baru = lama, baru
        self.seasal = seasal(lama, baru)
        self.simpul_lama = lama.simpul_menurut_id()
        self.teks_lama, self.teks_baru = (_teks_indikator(b) for b in (lama, baru))
        self.peta_simpul: dict[str, str] = {}
        self.terpakai: set[str] = set()
        self.pasangan: dict[str, Pasangan] = {}
        self.peta_indikator: dict[str, str] = {}
        self.peta_baris: dict[str, dict[str, str]] = {}

    # ── nodes ─────────────────────────────────────────────────────────────────────────────────────────────────

    def simpul(self) -> None:
        if self.seasal:
            for s in self.baru.simpul:
                a = self.simpul_lama.get(s.id)
                if a is not None and self._masih_sama(a, s):
                    self._pasang(a, s, ID, 1.0)
        for level in LEVEL_SIMPUL:  # parents first: where a node stands tells which of two it is
            self._level([s for s in self.baru.simpul if s.level is level])

    def _masih_sama(self, a: Simpul, z: Simpul) -> bool:
        """Whether a node of equal id is still the same one; two copies of a workbook may have given an id to two new nodes."""
        if a.level is not z.level:
            return _kode_sama(a, z) or _nama_sama(a, z)
        if _kode_sama(a, z) or kemiripan(a.nama, z.nama) >= 0.6:
            return True
        x, y = self.teks_lama.get(a.id, []), self.teks_baru.get(z.id, [])
        if x and y:
            return self._mirip_indikator(a, z) >= 0.6
        return a.induk == z.induk

    def _pasang(self, a: Simpul, z: Simpul, menurut: str, yakin: float) -> None:
        self.peta_simpul[z.id] = a.id
        self.terpakai.add(a.id)
        self.pasangan[a.id] = Pasangan(menurut, yakin)

    def _level(self, baru: Sequence[Simpul]) -> None:
        """Nodes of one level that no id matched: by kode and name together, then kode, then name, the surest pairs first."""
        z = [s for s in baru if s.id not in self.peta_simpul]
        if not z:
            return
        level = z[0].level
        a = [s for s in self.lama.simpul if s.level is level and s.id not in self.terpakai]
        calon = sorted(self._calon(a, z), key=lambda c: -c[0])
        for _, x, y, menurut, yakin in calon:
            if x.id not in self.terpakai and y.id not in self.peta_simpul:
                self._pasang(x, y, menurut, yakin)

    def _calon(self, a: Sequence[Simpul], z: Sequence[Simpul]) -> Iterator[tuple[float, Simpul, Simpul, str, float]]:
        menurut_kode, menurut_nama = (_kelompok(a, f) for f in (_kode, _nama))
        silang = len(a) * len(z) <= _BATAS_SILANG**2
        menurut_induk = _kelompok(a, lambda s: s.induk)
        for y in z:
            induk = self.peta_simpul.get(y.induk or "")
            dekat = a if silang else menurut_induk.get(induk, [])
            calon = {x.id: x for x in (*menurut_kode.get(_kode(y), []), *menurut_nama.get(_nama(y), []), *dekat)}
            for x in calon.values():
                nilai = self._nilai(x, y, induk)
                if nilai is not None:
                    yield nilai[0], x, y, nilai[1], nilai[2]

    def _nilai(self, x: Simpul, y: Simpul, induk: str | None) -> tuple[float, str, float] | None:
        """How much speaks for two nodes being one: points, by what, and how sure; None where not enough."""
        kode, nama = _kode_sama(x, y), kemiripan(x.nama, y.nama, AMBANG_NAMA) if x.nama and y.nama else 0.0
        seinduk = x.induk == induk
        if kode and nama == 1:
            return 10 + seinduk, KODE, 1.0
        if not kode and nama < AMBANG_NAMA:
            # neither: only below the same parent, and with the very same indicators
            indikator = self._mirip_indikator(x, y) if seinduk and not self._kode_bentrok(x, y) else 0.0
            return (2 + indikator, NAMA, 0.5 * indikator) if indikator >= 0.9 else None
        indikator = self._mirip_indikator(x, y)
        ada_indikator = bool(self.teks_lama.get(x.id) and self.teks_baru.get(y.id))
        if kode:
            if nama == 0 and ada_indikator and indikator < 0.6 and kemiripan(x.nama, y.nama) < 0.45:
                return None  # the kode was given to something else
            yakin = 0.95 if nama or indikator >= 0.6 else 0.7
            return 6 + nama + indikator + seinduk, KODE, yakin
        if nama < 1 and ada_indikator and indikator < 0.6 and not seinduk:
            return None
        return 4 + 2 * nama + indikator + seinduk, NAMA, round(nama * (1.0 if seinduk else 0.9), 2)

    def _kode_bentrok(self, x: Simpul, y: Simpul) -> bool:
        return bool(x.kode and y.kode) and not _kode_sama(x, y)

    def _mirip_indikator(self, x: Simpul, y: Simpul) -> float:
        a, z = self.teks_lama.get(x.id, []), self.teks_baru.get(y.id, [])
        return max((kemiripan(p, q) for p in a for q in z), default=0.0)

    # ── indicators ────────────────────────────────────────────────────────────────────────────────────────────

    def indikator(self) -> None:
        a, z = indikator_menurut_simpul(self.lama), indikator_menurut_simpul(self.baru)
        ada = {i.id: i for i in self.lama.indikator}
        terpakai: set[str] = set()

        def pasang(x: Indikator, y: Indikator) -> None:
            self.peta_indikator[y.id] = x.id
            terpakai.add(x.id)

        if self.seasal:
            for y in self.baru.indikator:
                x = ada.get(y.id)
                if x is not None and self.peta_simpul.get(y.simpul) == x.simpul:
                    pasang(x, y)
        for s in self.baru.simpul:
            kiri = a.get(self.peta_simpul.get(s.id, ""), [])
            kanan = z.get(s.id, [])
            for x, y, _ in _terbaik(
                [i for i in kiri if i.id not in terpakai],
                [i for i in kanan if i.id not in self.peta_indikator],
                lambda x, y: kemiripan(x.teks or "", y.teks or "", 0.6),
                0.6,
            ):
                pasang(x, y)
            sisa_x = [i for i in kiri if i.id not in terpakai]
            sisa_y = [i for i in kanan if i.id not in self.peta_indikator]
            if len(sisa_x) == len(sisa_y) == 1:  # one went, one came: it was worded anew
                pasang(sisa_x[0], sisa_y[0])

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────

    def baris(self) -> None:
        for spec in TABEL_ISIAN:
            peta: dict[str, str] = {}
            a, z = self.lama.baris(spec.kunci), self.baru.baris(spec.kunci)
            if self.seasal:
                tertaut = spec in TABEL_TERTAUT
                ada = {b.id: self._kunci(spec, b, lama=True) if tertaut else () for b in a}
                for b in z:
                    if b.id in ada and (not tertaut or ada[b.id] == self._kunci(spec, b, lama=False)):
                        peta[b.id] = b.id
            for kunci in (self._kunci, self._kunci_tautan):
                self._menurut(spec, a, z, peta, kunci)
            self.peta_baris[spec.kunci] = peta

    def _menurut(
        self, spec: TabelSpec, a: Sequence[Baris], z: Sequence[Baris], peta: dict[str, str], kunci: _PembuatKunci
    ) -> None:
        """Pair the rows that are left by a key, equal ones in their order."""
        terpakai = set(peta.values())
        antre: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for b in a:
            if b.id not in terpakai and (k := kunci(spec, b, lama=True)):
                antre[k].append(b.id)
        for b in z:
            if b.id not in peta and (k := kunci(spec, b, lama=False)) and (daftar := antre.get(k)):
                peta[b.id] = daftar.pop(0)

    def _tautan(self, b: Baris, *, lama: bool) -> tuple[str, str]:
        """Node and indicator of a row by the older plan's ids; one that the other plan lacks equals nothing there."""
        simpul, indikator = b.simpul or "", b.indikator or ""
        if not lama:
            simpul = self.peta_simpul.get(simpul, f"?{simpul}") if simpul else ""
            indikator = self.peta_indikator.get(indikator, f"?{indikator}") if indikator else ""
        return simpul, indikator

    def _kunci(self, spec: TabelSpec, b: Baris, *, lama: bool) -> tuple[str, ...]:
        """What a row is about."""
        if spec in TABEL_TERTAUT:
            if b.simpul:
                return (*self._tautan(b, lama=lama), b.level.value)
            return "", kunci_teks(nama_baris(spec, b) or ""), kunci_teks(indikator_baris(spec, b) or ""), b.level.value
        if spec is PROFIL or spec is DASAR_PERHITUNGAN:
            return (tulis(b["kunci"].nilai),)
        if spec is ANGGARAN:
            return tulis(b["tahun"].nilai), kunci_teks(tulis(b["tahap"].nilai))
        teks = (tulis(b[k.kunci].nilai) for k in spec.kolom if k.peran is Peran.MASUKAN and not k.bernilai_angka)
        return (*(kunci_teks(t) for t in list(teks)[:4]), b.level.value)

    def _kunci_tautan(self, spec: TabelSpec, b: Baris, *, lama: bool) -> tuple[str, ...]:
        """By its links alone, where a row of a free table was worded anew."""
        tautan = self._tautan(b, lama=lama)
        return (*tautan, b.level.value) if any(tautan) and spec not in TABEL_TERTAUT else ()


class _PembuatKunci(Protocol):
    def __call__(self, spec: TabelSpec, b: Baris, *, lama: bool) -> tuple[str, ...]: ...


def _kode(s: Simpul) -> str | None:
    return (kd.rapikan(s.kode) or s.kode) if s.kode else None


def _nama(s: Simpul) -> str | None:
    return kunci_teks(s.nama) or None


def _kelompok(simpul: Iterable[Simpul], kunci: Callable[[Simpul], str | None]) -> dict[str | None, list[Simpul]]:
    hasil: dict[str | None, list[Simpul]] = defaultdict(list)
    for s in simpul:
        if (k := kunci(s)) is not None:
            hasil[k].append(s)
    return hasil


def _teks_indikator(buku: Buku) -> dict[str, list[str]]:
    hasil: dict[str, list[str]] = defaultdict(list)
    for i in buku.indikator:
        if i.teks:
            hasil[i.simpul].append(i.teks)
    return hasil


def _terbaik(
    a: Sequence[Indikator], z: Sequence[Indikator], nilai: Callable[[Indikator, Indikator], float], ambang: float
) -> list[tuple[Indikator, Indikator, float]]:
    """Pairs by falling value, none twice."""
    semua = sorted(((nilai(x, y), -m, -n) for m, x in enumerate(a) for n, y in enumerate(z)), reverse=True)
    hasil, kiri, kanan = [], set(), set()
    for v, m, n in semua:
        if v >= ambang and m not in kiri and n not in kanan:
            kiri.add(m)
            kanan.add(n)
            hasil.append((a[-m], z[-n], v))
    return hasil


class Penyama:
    """Gives a plan the ids of another one."""

    def __init__(self, lama: Buku, baru: Buku, p: Padanan) -> None:
        self.baru = baru
        self.simpul = _peta(p.simpul, [s.id for s in baru.simpul], [s.id for s in lama.simpul], "s")
        self.indikator = _peta(p.indikator, [i.id for i in baru.indikator], [i.id for i in lama.indikator], "i")
        self.baris = {
            spec.kunci: _peta(
                p.baris.get(spec.kunci, {}),
                [b.id for b in baru.baris(spec.kunci)],
                [b.id for b in lama.baris(spec.kunci)],
                spec.awalan_id,
            )
            for spec in TABEL_ISIAN
        }

    def buku(self) -> Buku:
        s, i = self.simpul, self.indikator
        if all(k == v for peta in (s, i, *self.baris.values()) for k, v in peta.items()):
            return self.baru
        return replace(
            self.baru,
            simpul=tuple(replace(x, id=s[x.id], induk=s.get(x.induk or "", x.induk)) for x in self.baru.simpul),
            indikator=tuple(replace(x, id=i[x.id], simpul=s.get(x.simpul, x.simpul)) for x in self.baru.indikator),
            tabel={k: tuple(self._satu(k, b) for b in rows) for k, rows in self.baru.tabel.items()},
        )

    def _satu(self, tabel: str, b: Baris) -> Baris:
        s, i = self.simpul, self.indikator
        lain = b["simpul_kebutuhan"].nilai if tabel in MENURUT_KUNCI else None
        hasil = replace(
            b,
            id=self.baris.get(tabel, {}).get(b.id, b.id),
            simpul=s.get(b.simpul or "", b.simpul),
            indikator=i.get(b.indikator or "", b.indikator),
        )
        if isinstance(lain, str) and lain in s:
            return hasil.dengan({"simpul_kebutuhan": Sel(s[lain], b["simpul_kebutuhan"].asli)})
        return hasil

    def letak(self, letak: Letak) -> Letak:
        peta = dict(self.baris)
        peta["Program & Sub Kegiatan"] = self.indikator | self.simpul

        def ganti(tabel: str, isi: Mapping[str, object]) -> dict[str, object]:
            p = peta.get(tabel, {})
            return {p.get(k, k): v for k, v in isi.items()}

        return replace(
            letak,
            baris={t: ganti(t, isi) for t, isi in letak.baris.items()},  # type: ignore[misc]
            asing={t: ganti(t, isi) for t, isi in letak.asing.items()},  # type: ignore[misc]
        )


def _peta(padanan: Mapping[str, str], baru: Sequence[str], lama: Sequence[str], awalan: str) -> dict[str, str]:
    """Every id of the newer plan, and what it becomes: its match, else itself where that is free, else a new one."""
    hasil = dict(padanan)
    terpakai = set(lama) | set(hasil.values())
    pembuat = PembuatId(awalan, (*lama, *baru))
    for k, banyak in Counter(baru).items():
        if k not in hasil:
            hasil[k] = k if k not in terpakai and banyak == 1 else pembuat()
            terpakai.add(hasil[k])
    return hasil
