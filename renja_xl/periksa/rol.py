"""ROL: amounts of kegiatan, program, perangkat daerah and totals that are not the sum of their details.

Root causes first: an amount that is the sum of what stands below it, but inherits a wrong amount from there, points to
it; where the difference equals the amount of another row, that row is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from renja_xl.core.buku import Baris, Level
from renja_xl.core.nilai import tulis_rupiah
from renja_xl.core.pagu import Pos, berpagu, gulung, nilai_pos
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.hit import sepakat
from renja_xl.periksa.konteks import Konteks, teks_nilai, tertulis
from renja_xl.tabel import TABEL_TERTAUT
from renja_xl.tabel.spec import KolomSpec, TabelSpec

_JUDUL_SAJA = frozenset({Level.URUSAN, Level.BIDANG_URUSAN})
"""Heading rows that plans usually leave unpriced: a blank there is no finding."""
_JUMLAH_SEMUA = frozenset({Level.PERANGKAT_DAERAH, Level.TOTAL})
_BERPAGU = tuple(s for s in TABEL_TERTAUT if s.kolom_uang)
_TERKECIL = 100_000
"""Sen. Differences below this meet other amounts by chance and name nobody."""

Rincian = Mapping[int, Sequence[tuple[TabelSpec, KolomSpec, Baris, str]]]
"""Sub kegiatan by their amount: table, column, row and node."""


@dataclass(frozen=True)
class _Kolom:
    """One money column with its nodes, what they should show, and which of them do not."""

    k: Konteks
    spec: TabelSpec
    kolom: KolomSpec
    rows: Sequence[Baris]
    tata: Sequence[Pos]
    sub: dict[str, int | None]
    jumlah: dict[str, int]

    def salah(self, pos: Pos) -> str | None:
        """Rule that a parent's amount breaks."""
        b = self.rows[pos.sel]
        sel, benar = b[self.kolom.kunci], self.jumlah[pos.kunci]
        if sepakat(self.kolom, sel, benar) or (sel.kosong and (not benar or b.level in _JUDUL_SAJA)):
            return None
        if sel.kosong:
            return "ROL-02"
        return "ROL-01" if berpagu(pos, self.sub) else "ROL-03"

    def tampak(self, pos: Pos) -> int:
        """Amount that a node shows, in sen; a parent without one stands for the sum of its details."""
        if pos.sub:
            return self.sub[pos.kunci] or 0
        angka = self.rows[pos.sel][self.kolom.kunci].angka
        return self.jumlah[pos.kunci] if angka is None else int(angka)

    def temuan(self, pos: Pos, rincian: Rincian) -> Temuan | None:
        aturan = self.salah(pos)
        if aturan is None:
            return None
        k, spec, kolom = self.k, self.spec, self.kolom
        b = self.rows[pos.sel]
        isi, seharusnya = tertulis(kolom, b[kolom.kunci]), teks_nilai(kolom, self.jumlah[pos.kunci])
        sebutan = f"{kolom.sebutan(k.tahun)} “{k.nama(spec, self.rows[pos.baris[0]])}”"
        jumlah = "jumlah seluruh program" if b.level in _JUMLAH_SEMUA else "jumlah rinciannya"
        tingkat, sebab = Tingkat.HARUS_DIPERBAIKI, ""
        if aturan == "ROL-02":
            tingkat = Tingkat.PERLU_DICEK
            pesan = f"{sebutan} {'tertulis ' + isi if isi else 'kosong'}, padahal {jumlah} {seharusnya}."
            perbaikan = "Isi jumlahnya di sel ini." if k.buku_lain else f"{k.hitung_ulang} agar jumlahnya terisi."
        elif aturan == "ROL-03":
            pesan = f"{sebutan} tertulis {isi}, tetapi tidak satu pun rinciannya berpagu."
            perbaikan = "Isi pagu pada sub kegiatannya, atau pastikan bahwa jumlah ini memang tidak dianggarkan."
        else:
            alasan, sebab = self._alasan(pos, rincian)
            pesan = f"{sebutan} tertulis {isi}, padahal {jumlah} {seharusnya}{alasan}."
            ulang = k.hitung_ulang
            perbaikan = (
                f"Bila rinciannya sudah benar, {ulang[0].lower()}{ulang[1:]}; bila belum, lengkapi sub kegiatannya."
            )
        if kolom.sub_diturunkan:
            perbaikan = (
                "Samakan rinciannya dengan tabel sumbernya, lalu perbaiki isi sel ini."
                if k.buku_lain
                else f"{k.hitung_ulang}: rinciannya diambil dari tabel sumber, lalu dijumlahkan."
            )
        t = k.temuan(aturan, tingkat, spec, b, kolom.kunci, pesan, perbaikan, isi, seharusnya)
        return replace(t, sebab=sebab)

    def _alasan(self, pos: Pos, rincian: Rincian) -> tuple[str, str]:
        """What the difference comes from, as the end of a sentence, and the finding that it follows from."""
        angka = self.rows[pos.sel][self.kolom.kunci].angka
        if angka is None:
            return "", ""
        if int(angka) == sum(map(self.tampak, pos.anak)):
            for anak in pos.anak:
                aturan = None if anak.sub else self.salah(anak)
                if aturan:
                    b = self.rows[anak.baris[0]]
                    rujukan = f"{aturan}|{self.spec.kunci}|{self.rows[anak.sel].id}|{self.kolom.kunci}"
                    return f"; selisihnya terbawa dari {b.level.judul.lower()} “{self.k.nama(self.spec, b)}”", rujukan
        if self.kolom.sub_diturunkan and (lain := self._rincian_lain(pos, int(angka))):
            return lain
        selisih = int(angka) - self.jumlah[pos.kunci]
        if abs(selisih) < _TERKECIL:
            return "", ""
        for anak in pos.anak:
            if selisih < 0 and self.tampak(anak) == -selisih:
                nama = self.k.nama(self.spec, self.rows[anak.baris[0]])
                return f"; selisihnya sama dengan “{nama}”, yang tampaknya tidak ikut dijumlahkan", ""
        return self._pemilik(pos, selisih, rincian), ""

    def _pemilik(self, pos: Pos, selisih: int, rincian: Rincian) -> str:
        """The row elsewhere whose amount a difference equals."""
        if selisih < 0:
            return ""
        hilang = self._tidak_tercantum(pos)
        di_bawah = {p.kunci for p in pos.anak}
        for spec, kolom, b, simpul in rincian.get(selisih, ()):
            if spec is self.spec and (kolom is not self.kolom or simpul in di_bawah):
                continue
            dimana = "" if spec is self.spec else f" di {spec.lembar}"
            kira = "ikut terjumlah" if spec is self.spec else "belum tercantum di sini"
            return (
                f"; selisih {tulis_rupiah(selisih)} sama dengan {kolom.sebutan(self.k.tahun)} “{self.k.nama(spec, b)}”{dimana}, "
                f"yang tampaknya {kira}"
            )
        return hilang

    def _tidak_tercantum(self, pos: Pos) -> str:
        """Details of a kegiatan that another table has and this one has not."""
        if pos.level is not Level.KEGIATAN:
            return ""
        ada = {p.kunci for p in pos.anak}
        hilang: dict[str, str] = {}
        for spec in _BERPAGU:
            for b in self.k.buku.baris(spec.kunci) if spec is not self.spec else ():
                s = self.k.simpul.get(b.simpul or "")
                if s and s.induk == pos.kunci and s.id not in ada and s.level is Level.SUB_KEGIATAN:
                    hilang.setdefault(f"“{s.nama}”", spec.lembar)
        if not hilang:
            return ""
        return f"; di sini tidak tercantum {' dan '.join(hilang)}, yang ada di {' dan '.join(dict.fromkeys(hilang.values()))}"

    def _rincian_lain(self, pos: Pos, angka: int) -> tuple[str, str] | None:
        """The detail that differs from its source table, where the sum follows that table."""
        terhitung = {b.id: b for b in self.k.terhitung.baris(self.spec.kunci)}
        kunci = self.kolom.kunci
        if terhitung[self.rows[pos.baris[0]].id][kunci].angka != angka:
            return None
        for anak in pos.anak:
            b = self.rows[anak.sel]
            benar = terhitung[b.id][kunci]
            if anak.sub and b[kunci].angka != benar.angka and benar.angka is not None:
                alasan = (
                    f"; jumlahnya sesuai dengan tabel sumbernya, tetapi “{self.k.nama(self.spec, b)}” di sini "
                    f"{tertulis(self.kolom, b[kunci])}, bukan {teks_nilai(self.kolom, benar.nilai)}"
                )
                return alasan, f"LNK-01|{self.spec.kunci}|{b.id}|{kunci}"
        return None


def jumlah_rincian(k: Konteks) -> Iterator[Temuan]:
    """A rolled-up amount differs from the sum of its sub kegiatan."""
    semua = []
    rincian = defaultdict(list)
    for spec, kolom, rows, tata in k.pagu:
        sub = {p.kunci: nilai_pos(p, rows, kolom.kunci) for p in tata if p.sub}
        semua.append(_Kolom(k, spec, kolom, rows, tata, sub, gulung(tata, sub)))
        for p in tata:
            if p.sub and (sub[p.kunci] or 0) >= _TERKECIL:
                rincian[sub[p.kunci] or 0].append((spec, kolom, rows[p.sel], p.kunci))
    for satu in semua:
        for pos in satu.tata:
            if not pos.sub and (t := satu.temuan(pos, rincian)):
                yield t


ATURAN_ROL = (
    Aturan("ROL-01", Tingkat.HARUS_DIPERBAIKI, "jumlah berbeda dari rinciannya", "jumlah rincian"),
    Aturan("ROL-02", Tingkat.PERLU_DICEK, "jumlah kosong padahal rinciannya berpagu", "jumlah rincian"),
    Aturan(
        "ROL-03",
        Tingkat.HARUS_DIPERBAIKI,
        "jumlah tertulis padahal tidak satu pun rinciannya berpagu",
        "jumlah rincian",
    ),
)

PERIKSA_ROL = (jumlah_rincian,)
