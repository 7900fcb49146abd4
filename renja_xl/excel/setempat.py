"""A recomputed plan written into the workbook that it was read from: changed cells, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from renja_xl.core.buku import Baris, Buku, Nilai, Sel
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.baca import Terbaca
from renja_xl.excel.beranda import bagian_grafik
from renja_xl.excel.lembar_xml import IsiSel, LembarXml, Rumus
from renja_xl.excel.paket import nomor_kolom
from renja_xl.excel.rumus import PenyusunRumus, bentuk_rumus, nilai_judul, rumus_judul, udf_aktif
from renja_xl.excel.tambal import tambal
from renja_xl.tabel import MENURUT_KUNCI, PROFIL, SEMUA, TABEL_RENCANA
from renja_xl.tabel.spec import KolomSpec, TabelSpec

_RUMUS = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_IKUTAN_GRAFIK = re.compile(r"/charts/(?:_rels/|style\d|colors\d)")
_KOMENTAR_XML = re.compile(rb"<!--.*?-->", re.DOTALL)
_OBJEK = re.compile(r"/(?:charts|pivotCache|pivotTables|externalLinks)/")


@dataclass(slots=True)
class Tambalan:
    """What writing back came to."""

    isi: bytes = b""
    """The new package; the old bytes where nothing had to change."""
    sel: int = 0
    """Cells that changed."""
    dipulihkan: list[str] = field(default_factory=list)
    """Computed cells in which something was typed, and which compute again."""
    asing: list[str] = field(default_factory=list)
    """Computed cells with a formula of somebody else's, which were left alone."""
    perlu_semua: bool = False
    """Whether all sheets must be read to do it right: something typed must be kept, or titles changed."""
    tanpa_asli: bool = False
    """Whether the sheet ``_asli`` is gone, so that what was typed is in the copy of the file alone."""
    hitung_saat_buka: bool = False
    """Whether Excel is asked to recompute everything on opening."""


def tulis_setempat(terbaca: Terbaca, hasil: Buku) -> Tambalan:
    """The workbook with the computed cells of ``hasil``, its rows and inputs being those that were read.

    Raises:
        BukuTidakTerbacaError: an input is a formula that was saved without its value.
        TidakDapatDitambalError: a cell that cannot be changed alone, or a signed workbook.
    """
    return _Penulis(terbaca, hasil).tulis()


class _Penulis:
    def __init__(self, terbaca: Terbaca, hasil: Buku) -> None:
        self.t, self.hasil = terbaca, hasil
        self._penyusun: PenyusunRumus | None = None
        self.tambalan = Tambalan()

    def tulis(self) -> Tambalan:
        pastikan_bernilai(self.t)
        perubahan: dict[str, dict[tuple[int, int], IsiSel]] = {}
        for spec in SEMUA:
            if spec.lembar in self.t.rumus:
                isi = dict(self._judul(spec))
                if spec is PROFIL:
                    isi |= dict(self._profil())
                if spec in TABEL_RENCANA:
                    isi |= dict(self._tabel(spec))
                if isi:
                    perubahan[spec.lembar] = isi
        hasil = self.tambalan
        hasil.sel = sum(map(len, perubahan.values()))
        hasil.hitung_saat_buka = hasil.sel > 0 and (bool(hasil.asing) or self._ada_pemakai_lain())
        hasil.isi = tambal(self.t.paket, perubahan, hitung_saat_buka=hasil.hitung_saat_buka)
        return hasil

    # ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _profil(self) -> Iterator[tuple[tuple[int, int], IsiSel]]:
        """Fields that the program fills in: when it was recomputed last."""
        kolom = self.t.letak.kolom[PROFIL.kunci]["nilai"]
        for lama, baru in zip(self.t.buku.baris(PROFIL.kunci), self.hasil.baris(PROFIL.kunci), strict=True):
            if baru["nilai"].nilai != lama["nilai"].nilai:
                yield (self.t.letak.baris[PROFIL.kunci][lama.id], kolom), IsiSel(_tampil(baru["nilai"].nilai))

    def _tabel(self, spec: TabelSpec) -> Iterator[tuple[tuple[int, int], IsiSel]]:
        letak, rumus = self.t.letak, self.t.rumus[spec.lembar]
        kolom = [(k, letak.kolom[spec.kunci][k.kunci]) for k in spec.kolom if _mungkin_dihitung(spec, k)]
        nomor = letak.baris[spec.kunci]
        for n, (lama, baru) in enumerate(zip(self.t.buku.baris(spec.kunci), self.hasil.baris(spec.kunci), strict=True)):
            for k, c in kolom:
                a, z = lama[k.kunci], baru[k.kunci]
                f = rumus.get((nomor[lama.id], c))
                if a is z and (f is None or f.bernilai):
                    continue
                isi = self._sel(spec, n, baru, k, f, a, z)
                if isi is not None:
                    yield (nomor[lama.id], c), isi

    def _sel(self, spec: TabelSpec, n: int, b: Baris, k: KolomSpec, f: Rumus | None, a: Sel, z: Sel) -> IsiSel | None:
        """What a computed cell shall hold; None where it stays."""
        nilai = _tampil(z.nilai)
        if k.tanpa_rumus:
            return None if f is not None or setara_nilai(a.nilai, z.nilai) else IsiSel(nilai)
        if f is None:
            if z.rumus and nilai is not None:
                if a.nilai is not None:
                    self.tambalan.perlu_semua = True
                if not a.kosong:
                    self.tambalan.dipulihkan.append(self.t.letak.tempat(spec.kunci, b.id, k.kunci))
                return IsiSel(nilai, self._rumus(spec, n, b, k))
            if nilai is not None or a.nilai is None or z.rumus:
                return None
            self.tambalan.perlu_semua = True
            return IsiSel(None, "")
        if not (a.rumus or z.rumus):
            return None
        if a.rumus and z.rumus and f.bernilai and setara_nilai(a.nilai, z.nilai):
            return None
        if not z.rumus or nilai is None or not self._milik(spec, n, b, k, f):
            self.tambalan.asing.append(self.t.letak.tempat(spec.kunci, b.id, k.kunci))
            return None
        return IsiSel(nilai)

    def _judul(self, spec: TabelSpec) -> Iterator[tuple[tuple[int, int], IsiSel]]:
        """The agency's name below the title, a formula over Profil."""
        for tempat, f in self.t.rumus[spec.lembar].items():
            if milik_judul(spec, f):
                nilai = nilai_judul(spec, self.hasil)
                lembar = LembarXml(self.t.paket.isi(self.t.paket.lembar[spec.lembar]))
                if lembar.tersimpan(*tempat) != nilai:
                    self.tambalan.perlu_semua = True
                    yield tempat, IsiSel(nilai)

    # ── formulas ──────────────────────────────────────────────────────────────────────────────────────────────

    def _rumus(self, spec: TabelSpec, n: int, b: Baris, k: KolomSpec) -> str:
        if self._penyusun is None:
            self._penyusun = PenyusunRumus(self.hasil, self.t.letak, udf=udf_aktif(self.t.paket.isi(self.t.paket.buku)))
        return self._penyusun.rumus(spec, n, b, k)

    def _milik(self, spec: TabelSpec, n: int, b: Baris, k: KolomSpec, f: Rumus) -> bool:
        """Whether a formula computes what we compute there."""
        if f.bersama:  # its text is that of the group's first cell
            return True
        return setara_rumus(f.teks, self._rumus(spec, n, b, k), set(self.t.letak.baris[spec.kunci].values()))

    def _ada_pemakai_lain(self) -> bool:
        """Whether formulas or charts that are not ours may follow from our cells."""
        paket = self.t.paket
        milik = {spec.lembar for spec in SEMUA}
        grafik = bagian_grafik(paket)
        if any(
            _OBJEK.search(n) and not n.endswith("/") and n not in grafik and not _IKUTAN_GRAFIK.search(n)
            for n in paket.entri
        ):
            return True
        if any(
            _RUMUS.search(_KOMENTAR_XML.sub(b"", paket.isi(bagian)))
            for nama, bagian in paket.lembar.items()
            if nama not in milik
        ):
            return True
        return any(self._ada_rumus_asing(MENURUT_KUNCI[s.kunci]) for s in SEMUA if s.lembar in self.t.rumus)

    def _ada_rumus_asing(self, spec: TabelSpec) -> bool:
        rumus = self.t.rumus[spec.lembar]
        sendiri = sum(milik_judul(spec, f) for f in rumus.values())
        sendiri += sum(s.rumus for b in self.t.buku.baris(spec.kunci) for s in b.sel.values())
        return len(rumus) > sendiri


def milik_judul(spec: TabelSpec, f: Rumus) -> bool:
    """Whether a formula is that of the line below a sheet's title."""
    return "profil_kabupaten" in f.teks and bentuk_rumus(f.teks) == bentuk_rumus(rumus_judul(spec))


def _mungkin_dihitung(spec: TabelSpec, k: KolomSpec) -> bool:
    return k.dihitung or k in spec.kolom_uang


def _tampil(nilai: Nilai) -> str | int | float | None:
    return rupiah_dari_sen(nilai) if isinstance(nilai, int) else nilai


def setara_nilai(a: Nilai, z: Nilai) -> bool:
    """Whether two values are the same; some programs save numbers with 15 digits."""
    if isinstance(a, float) and isinstance(z, float):
        return a == z or abs(a - z) <= 1e-14 * abs(z)
    return type(a) is type(z) and a == z


def pastikan_bernilai(terbaca: Terbaca) -> None:
    """Refuse inputs that are formulas saved without a value: they would count as blank.

    Raises:
        BukuTidakTerbacaError: names the first.
    """
    for spec in SEMUA:
        tanpa = [tempat for tempat, f in terbaca.rumus.get(spec.lembar, {}).items() if not f.bernilai]
        if not tanpa:
            continue
        kolom = {n: spec.menurut_kunci[k] for k, n in terbaca.letak.kolom[spec.kunci].items()}
        nomor = terbaca.letak.baris.get(spec.kunci, {})
        baris = {b.id: b for b in terbaca.buku.baris(spec.kunci)}
        menurut_nomor = {n: baris.get(i) for i, n in nomor.items()}
        for r, c in tanpa:
            b = menurut_nomor.get(r)
            if (
                c in kolom
                and r in menurut_nomor
                and not (b and (sel_dihitung(spec, b, kolom[c]) or b[kolom[c].kunci].rumus))
            ):
                raise BukuTidakTerbacaError(
                    f"Lembar {spec.lembar} sel {huruf_kolom(c)}{r} berisi rumus yang disimpan tanpa nilainya; "
                    "mohon buka buku ini di Excel atau LibreOffice, simpan, lalu ulangi."
                )


_RENTANG = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


def setara_rumus(tertulis: str, seharusnya: str, baris: set[int]) -> bool:
    """Whether two formulas compute the same: equal in form, or sums over the same cells of the table's rows.

    Args:
        baris: sheet rows that hold data; a range may run over blank rows between them.
    """
    a, z = bentuk_rumus(tertulis), bentuk_rumus(seharusnya)
    if a == z:
        return True
    x, y = _sel_jumlah(a, baris), _sel_jumlah(z, baris)
    return x is not None and x == y


def _sel_jumlah(rumus: str, baris: set[int]) -> list[tuple[int, int]] | None:
    """Cells that a plain SUM adds up, sorted, each as often as it counts; None for any other formula."""
    isi = re.sub(r"SUM\(|\)", "", rumus)
    if not rumus.startswith("SUM(") or not re.fullmatch(r"[A-Z0-9:,]*", isi):
        return None
    hasil: list[tuple[int, int]] = []
    for bagian in filter(None, isi.split(",")):
        m = _RENTANG.fullmatch(bagian)
        if m is None:
            if bagian == "0":
                continue
            return None
        c1, r1 = nomor_kolom(m[1]), int(m[2])
        c2, r2 = (nomor_kolom(m[3]), int(m[4])) if m[3] else (c1, r1)
        if max(r1, r2) > 1_048_576 or abs(c2 - c1) > 100:
            return None
        hasil += [(r, c) for c in range(c1, c2 + 1) for r in range(r1, r2 + 1) if r in baris]
    return sorted(hasil)
