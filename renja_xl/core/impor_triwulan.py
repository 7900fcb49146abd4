"""Quarterly realisation from a table (kode, TW, K, Rp) into the plan: all of it, or nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType

from renja_xl.core import kode as kd
from renja_xl.core.buku import Baris, Buku, CaraHitung, Level, Nilai, Sel
from renja_xl.core.capaian import cara_sel
from renja_xl.core.nilai import Catatan, tulis, urai, urai_rupiah
from renja_xl.core.satuan import baku
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.tabel import TRIWULAN
from renja_xl.tabel.triwulan import ROMAWI, TRIWULAN_KE

_KEPALA: Mapping[str, tuple[str, ...]] = {
    "kode": ("kode",),
    "tw": ("tw", "triwulan"),
    "indikator": ("indikator",),
    "rp": ("rp", "anggaran", "keuangan", "rupiah", "belanja"),
    "k": ("k", "kinerja", "fisik", "volume"),
}
"""Words by which a heading is known, as whole words; the first kind that fits takes the column."""

_BUKAN = frozenset(("pagu", "target", "rencana", "sisa", "tingkat", "persen", "persentase", "penyerapan"))
"""Words of headings whose column tells something else than what was reached."""

_SEBUT = {"kode": "Kode", "tw": "TW", "indikator": "Indikator", "rp": "Rp", "k": "K"}

_TW = re.compile(r"(?:triwulan|tw)?\s*[-.]?\s*(?:ke)?\s*[-.]?\s*(iv|iii|ii|i|[1-4])(?:[.,]0+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ubahan:
    """One cell of Triwulan that an import fills."""

    baris: str
    kolom: str
    nilai: float | int


@dataclass(slots=True)
class HasilImpor:
    """The plan with what was read; ``masalah`` keeps all of it from being used, ``catatan`` does not."""

    buku: Buku
    ubahan: list[Ubahan] = field(default_factory=list)
    masalah: list[str] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    kumulatif: list[str] = field(default_factory=list)
    """Where the figures seem to run up from quarter to quarter."""


@dataclass(frozen=True, slots=True)
class _Isian:
    """A figure of the table: row number of the table, quarter, and value."""

    nomor: int
    tw: int
    nilai: float | int


def impor_triwulan(
    buku: Buku, deret: Sequence[Sequence[str]], *, timpa: bool = False, kumulatif: bool | None = None
) -> HasilImpor:
    """Fill the quarters of a plan.

    Args:
        deret: rows of the table as texts, headings among the first.
        timpa: whether what is typed already may be replaced.
        kumulatif: whether figures run up from the beginning of the year; None asks where it looks so.
    """
    return _Pengimpor(buku, timpa=timpa, kumulatif=kumulatif).impor(deret)


class _Pengimpor:
    def __init__(self, buku: Buku, *, timpa: bool, kumulatif: bool | None) -> None:
        self.buku, self.timpa, self.kumulatif = buku, timpa, kumulatif
        self.hasil = HasilImpor(buku)
        self.kode = {s.id: s.kode for s in buku.simpul if s.kode}
        self.baris: dict[str, list[Baris]] = defaultdict(list)
        for b in buku.baris(TRIWULAN.kunci):
            kode = self.kode.get(b.simpul or "")
            if kode:
                self.baris[kd.rapikan(kode) or kode].append(b)
        self.terbaca: dict[tuple[str, str], list[_Isian]] = defaultdict(list)

    def impor(self, deret: Sequence[Sequence[str]]) -> HasilImpor:
        letak = _kepala(deret)
        if isinstance(letak, str):
            self.hasil.masalah.append(letak)
            return self.hasil
        if letak is None:
            self.hasil.masalah.append(
                "Kepala kolom tidak dikenali; mohon beri kepala Kode, TW, K, dan Rp (K atau Rp boleh salah satu)."
            )
            return self.hasil
        kepala, kolom = letak
        for n, isi in enumerate(deret[kepala + 1 :], kepala + 2):
            if any(x.strip() for x in isi):
                self._satu(n, {k: isi[c].strip() if c < len(isi) else "" for k, c in kolom.items()})
        if not any(any(x.strip() for x in isi) for isi in deret[kepala + 1 :]):
            self.hasil.masalah.append("Di bawah kepala kolom belum ada satu baris pun; mohon isi realisasinya.")
        self._isikan()
        return self.hasil

    def _masalah(self, nomor: int, pesan: str) -> None:
        self.hasil.masalah.append(f"Baris {nomor}: {pesan}.")

    # ── one row of the table ──────────────────────────────────────────────────────────────────────────────────

    def _satu(self, nomor: int, isi: Mapping[str, str]) -> None:
        if not isi["kode"]:
            self._masalah(
                nomor,
                "kodenya kosong; mohon tulis kode sub kegiatannya, juga untuk indikator keduanya, atau hapus baris jumlah",
            )
            return
        kode = kd.rapikan(isi["kode"])
        rows = self.baris.get(kode or "")
        if not rows:
            self._masalah(
                nomor,
                f"kode “{isi['kode'][:40]}” tidak ada di lembar Triwulan; mohon cocokkan dengan Program & Sub Kegiatan",
            )
            return
        m = _TW.fullmatch(isi["tw"])
        if m is None:
            self._masalah(nomor, f"triwulan “{isi['tw'][:20]}” tidak dikenali; mohon tulis 1 sampai 4 atau I sampai IV")
            return
        tw = ROMAWI.index(m[1].upper()) + 1 if m[1].upper() in ROMAWI else int(m[1])
        if isi.get("k"):
            self._kinerja(nomor, tw, isi["k"], isi.get("indikator", ""), rows)
        if isi.get("rp"):
            self._uang(nomor, tw, isi["rp"], rows)

    def _kinerja(self, nomor: int, tw: int, teks: str, indikator: str, rows: Sequence[Baris]) -> None:
        cocok = [
            b for b in rows if not indikator or kunci_teks(str(b["indikator"].nilai or "")) == kunci_teks(indikator)
        ]
        if len(cocok) != 1:
            alasan = (
                "indikatornya tidak ada" if not cocok else "ada beberapa indikator; mohon tambahkan kolom Indikator"
            )
            self._masalah(nomor, f"K tidak dapat ditempatkan karena pada kode itu {alasan}")
            return
        b, hasil = cocok[0], urai(teks)
        if hasil.nilai is None:
            if hasil.catatan:
                self._masalah(nomor, f"K “{teks[:40]}” tidak terbaca; mohon tulis angkanya saja, misalnya 5 atau 65,18")
            return
        satuan = b["satuan"].nilai
        if hasil.satuan and (not isinstance(satuan, str) or baku(hasil.satuan) != baku(satuan)):
            self._masalah(
                nomor, f"K “{teks[:40]}” bersatuan {hasil.satuan}, sedangkan indikatornya {satuan or 'tanpa satuan'}"
            )
            return
        if self._wajar(nomor, "K", teks, hasil.nilai < 0, hasil.catatan):
            self.terbaca[b.id, "k_tw"].append(_Isian(nomor, tw, float(hasil.nilai)))

    def _uang(self, nomor: int, tw: int, teks: str, rows: Sequence[Baris]) -> None:
        b = rows[0]
        sen, catatan = urai_rupiah(teks)
        if sen is None:
            if catatan:
                self._masalah(nomor, f"Rp “{teks[:40]}” tidak terbaca; mohon tulis rupiah penuh, misalnya 1.250.000")
            return
        if b.level is not Level.SUB_KEGIATAN:
            self._masalah(nomor, "Rp hanya diisi pada sub kegiatan; kegiatan, program, dan total dijumlahkan sendiri")
            return
        if self._wajar(nomor, "Rp", teks, sen < 0, catatan):
            self.terbaca[b.id, "rp_tw"].append(_Isian(nomor, tw, sen))

    def _wajar(self, nomor: int, apa: str, teks: str, negatif: bool, catatan: Sequence[Catatan]) -> bool:
        if negatif:
            self._masalah(nomor, f"{apa} “{teks[:40]}” negatif; mohon periksa")
            return False
        if Catatan.KOMA_MERAGUKAN in catatan:
            self._masalah(
                nomor, f"{apa} “{teks[:40]}” dapat berarti ribuan atau desimal; mohon tulis misalnya 1.400 atau 1,4"
            )
            return False
        return True

    # ── all of them ───────────────────────────────────────────────────────────────────────────────────────────

    def _isikan(self) -> None:
        rows = {b.id: b for b in self.buku.baris(TRIWULAN.kunci)}
        for (pengenal, awalan), isian in self.terbaca.items():
            b = rows[pengenal]
            tiap = self._tiap_triwulan(b, awalan, isian)
            dijumlahkan = awalan == "rp_tw" or cara_sel(b["cara_hitung"].nilai) is CaraHitung.DIJUMLAHKAN
            if dijumlahkan and self.kumulatif:
                tiap = self._selisih(b, awalan, tiap)
            for q, i in sorted(tiap.items()):
                self._isi(b, f"{awalan}{q}", i)
            if (
                dijumlahkan
                and self.kumulatif is None
                and seperti_kumulatif(b, awalan, {q: i.nilai for q, i in tiap.items()})
            ):
                self.hasil.kumulatif.append(self._sebutan(b))
        if not self.hasil.masalah:
            ubah: dict[str, dict[str, Sel]] = defaultdict(dict)
            for u in self.hasil.ubahan:
                ubah[u.baris][u.kolom] = Sel(u.nilai)
            baru = [b.dengan(ubah[b.id]) if b.id in ubah else b for b in self.buku.baris(TRIWULAN.kunci)]
            self.hasil.buku = self.buku.ganti({TRIWULAN.kunci: baru})
            self._urutan(baru)

    def _tiap_triwulan(self, b: Baris, awalan: str, isian: Iterable[_Isian]) -> dict[int, _Isian]:
        tiap: dict[int, _Isian] = {}
        for i in isian:
            ada = tiap.setdefault(i.tw, i)
            if ada.nilai != i.nilai:
                self._masalah(
                    i.nomor,
                    f"{_apa(awalan)} triwulan {ROMAWI[i.tw - 1]} “{self._sebutan(b)}” sudah disebut lain di baris {ada.nomor}; "
                    "mohon pilih salah satu",
                )
        return tiap

    def _selisih(self, b: Baris, awalan: str, tiap: Mapping[int, _Isian]) -> dict[int, _Isian]:
        """Figures up to each quarter as figures of the quarter alone."""
        hasil: dict[int, _Isian] = {}
        for q, i in sorted(tiap.items()):
            sebelum: float | int = 0
            for x in range(1, q):
                sel = b[f"{awalan}{x}"].angka
                sebelum += hasil[x].nilai if x in hasil else (sel or 0)
            if i.nilai < sebelum:
                self._masalah(
                    i.nomor,
                    f"{_apa(awalan)} s/d triwulan {ROMAWI[q - 1]} “{self._sebutan(b)}” lebih kecil daripada triwulan sebelumnya; "
                    "mohon periksa",
                )
            hasil[q] = replace(i, nilai=i.nilai - sebelum)
        return hasil

    def _isi(self, b: Baris, kolom: str, i: _Isian) -> None:
        kini = b[kolom]
        if kini.nilai == i.nilai and not kini.rumus:
            return
        if not kini.kosong and not self.timpa:
            rupiah = kolom.startswith("rp")
            self._masalah(
                i.nomor,
                f"{TRIWULAN.menurut_kunci[kolom].sebutan(self.buku.tahun)} “{self._sebutan(b)}” sudah berisi "
                f"{tulis(kini.nilai, rupiah=rupiah)}, bukan {tulis(i.nilai, rupiah=rupiah)}; tambahkan --timpa bila memang diganti",
            )
            return
        self.hasil.ubahan.append(Ubahan(b.id, kolom, i.nilai))

    def _urutan(self, rows: Iterable[Baris]) -> None:
        """Quarters that were skipped."""
        diisi = {u.baris for u in self.hasil.ubahan}
        for b in rows:
            for awalan in ("k_tw", "rp_tw") if b.id in diisi else ():
                ada = [b[f"{awalan}{q}"].angka is not None for q in TRIWULAN_KE]
                akhir = max((n for n, x in enumerate(ada) if x), default=0)
                if not all(ada[:akhir]):
                    lewat = ", ".join(ROMAWI[n] for n, x in enumerate(ada[:akhir]) if not x)
                    self.hasil.catatan.append(f"{_apa(awalan)} “{self._sebutan(b)}”: triwulan {lewat} belum diisi.")

    def _sebutan(self, b: Baris) -> str:
        nama: Nilai = b["indikator"].nilai or b["nama"].nilai
        return f"{self.kode.get(b.simpul or '')} {nama or ''}"[:80].strip()


def _apa(awalan: str) -> str:
    return "Rp" if awalan == "rp_tw" else "K"


def seperti_kumulatif(b: Baris, awalan: str, baru: Mapping[int, float | int] = MappingProxyType({})) -> bool:
    """Whether figures rise from quarter to quarter, together exceed the year's target or budget, and the last one does not.

    Args:
        awalan: ``k_tw`` or ``rp_tw``.
        baru: figures by quarter that take the place of the row's own.
    """
    nilai = [float(n) for q in TRIWULAN_KE if (n := baru[q] if q in baru else b[f"{awalan}{q}"].angka) is not None]
    batas = b["pagu_n" if awalan == "rp_tw" else "target_n"].angka
    naik = len(nilai) > 1 and all(x <= y for x, y in pairwise(nilai)) and nilai[0] > 0
    return bool(naik and batas and sum(nilai) > batas >= nilai[-1])


def _kepala(deret: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | str | None:
    """Row of the headings and the column of each kind; needs kode, quarter, and K or Rp.

    Returns:
        A sentence where several columns could be the same thing; None where no row is one of headings.
    """
    for n, isi in enumerate(deret[:20]):
        kolom: dict[str, list[int]] = defaultdict(list)
        for c, teks in enumerate(isi):
            kata = set(kunci_teks(teks).split())
            jenis = next((j for j, w in _KEPALA.items() if kata & set(w)), None)
            if jenis and not kata & _BUKAN:
                kolom[jenis].append(c)
        if not ({"kode", "tw"} <= kolom.keys() and {"k", "rp"} & kolom.keys()):
            continue
        for jenis, calon in kolom.items():
            if len(calon) > 1:
                judul = ", ".join(f"“{' '.join(isi[c].split())[:40]}”" for c in calon)
                return f"Baris {n + 1}: kolom {_SEBUT[jenis]} lebih dari satu ({judul}); mohon sisakan satu saja."
        return n, {j: calon[0] for j, calon in kolom.items()}
    return None
