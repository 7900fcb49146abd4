"""Explains cells of a plan: what each follows from, by its declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from renja_xl.core.baris import baris_lembar, isi_sel, sebutan_baris
from renja_xl.core.besaran import hitung_besaran
from renja_xl.core.buku import STRUKTUR, Baris, Buku, Nilai, Sel
from renja_xl.core.hitung import hitung, pilihan
from renja_xl.core.letak import Letak, letak_bawaan
from renja_xl.core.nilai import tercetak, tulis
from renja_xl.core.telusur.hitungan import hitungan
from renja_xl.core.telusur.langkah import Jenis, Langkah
from renja_xl.core.telusur.ringkasan import RUMUS_KEADAAN, acuan_kalimat, kata_besaran
from renja_xl.core.telusur.rujukan import PencariSel, Tempat
from renja_xl.core.telusur.uang import asal_target_rkt, asal_uang
from renja_xl.core.terhitung import REKAP, sel_dihitung
from renja_xl.tabel import (
    BERANDA,
    DASAR_PERHITUNGAN,
    KALIMAT,
    MENURUT_KUNCI,
    PROFIL,
    RKT,
)
from renja_xl.tabel.besaran import BESARAN_MENURUT_KUNCI
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.profil import DIISI_SENDIRI, ISIAN
from renja_xl.tabel.spec import DIKETIK, KolomSpec, Peran, TabelSpec, Tipe

_YA = "Ya bila salah satu indikatornya, atau yang di bawahnya, bertanda Ya"
_KATA_TAUTAN = {"nama_pendek": "Namanya, dipendekkan", "di_evaluasi": _YA, "di_rencana": _YA}
"""Linked columns that do not show their source as it is."""


class Penelusur:
    """Explanations of one plan's cells; each is worked out once.

    Args:
        buku: the plan as written.
        letak: where its cells stand.
    """

    def __init__(self, buku: Buku, letak: Letak | None = None) -> None:
        self.buku, self.letak = buku, letak or letak_bawaan(buku)
        self.benar = hitung(buku, self.letak)
        self.cari = PencariSel(self.benar)
        self._langkah: dict[Tempat, Langkah] = {}
        self._besaran: dict[str, Langkah] = {}
        self._sedang: set[Tempat | str] = set()
        self._tertulis: dict[str, Mapping[str, Baris]] = {}

    # ── where ─────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _baris_di(self) -> Mapping[tuple[str, int], tuple[str, str]]:
        """Table and row id by sheet and sheet row."""
        return {
            (MENURUT_KUNCI[kunci].lembar, nomor): (kunci, pengenal)
            for kunci, rows in self.letak.baris.items()
            for pengenal, nomor in rows.items()
        }

    def di(self, lembar: str, baris: int, kolom: int) -> Langkah | None:
        """What a sheet's cell (1-based) explains to; None where no table of ours has it."""
        ada = self._baris_di.get((lembar, baris))
        if ada is None:
            return None
        kunci = next((k for k, c in self.letak.kolom[ada[0]].items() if c == kolom), None)
        return None if kunci is None else self.langkah(*ada, kunci)

    # ── one cell ──────────────────────────────────────────────────────────────────────────────────────────────

    def langkah(self, tabel: str, pengenal: str, kolom: str) -> Langkah:
        """The explanation of a cell.

        Raises:
            KeyError: no such row or column.
        """
        tempat = Tempat(tabel, pengenal, kolom)
        ada = self._langkah.get(tempat)
        if ada is not None:
            return ada
        spec = MENURUT_KUNCI[tabel]
        k, b = spec.menurut_kunci[kolom], self.cari.baris(tabel)[pengenal]
        if tempat in self._sedang:
            return self._susun(spec, b, k, Jenis.TIDAK_TERLACAK, "Sel ini menunjuk kembali ke dirinya sendiri.")
        self._sedang.add(tempat)
        try:
            hasil = self._urai(spec, b, k)
        finally:
            self._sedang.discard(tempat)
        self._langkah[tempat] = hasil
        return hasil

    def _urai(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> Langkah:
        if spec is BERANDA and k.peran is Peran.HITUNG:
            return self._beranda(spec, b, k)
        if spec is KALIMAT and k.peran is Peran.HITUNG:
            dari = [self.besaran(x) for x in acuan_kalimat(b, k.kunci)] + self._semua(
                self.cari.profil("tahun_anggaran")
            )
            cara = "Disusun Renja-XL dari besaran berikut." if k.kunci == "kalimat" else RUMUS_KEADAAN
            return self._susun(spec, b, k, Jenis.HITUNG, cara, dari)
        if b.level in REKAP and k.rumus_rekap:
            return self._rekap(spec, b, k)
        if sel_dihitung(spec, b, k) or b[k.kunci].rumus:
            return self._dihitung(spec, b, k)
        if k.peran is Peran.TAUTAN:
            return self._tautan(spec, b, k)
        return self._isian(spec, b, k)

    # ── computed ──────────────────────────────────────────────────────────────────────────────────────────────

    def _dihitung(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> Langkah:
        cara = k.catatan or ""
        if k.peran is Peran.TURUNAN and k.tautan:
            kata = "Mengikuti Program & Sub Kegiatan"
            if k.tautan == "cara_hitung":
                kata += "; bila di sana kosong, menurut satuan dan kata pertama indikatornya"
            kata += "."
            return self._susun(spec, b, k, Jenis.HITUNG, kata, self._semua(self.cari.penentu_cara(spec, b, k.tautan)))
        if k in spec.kolom_uang:
            if not b[k.kunci].rumus:
                return self._susun(spec, b, k, Jenis.KOSONG, "Uang ditulis pada satu baris saja dari butir ini.")
            u = asal_uang(self.cari, pilihan(self.benar), spec, b, k)
            dari = self._semua(u.dari)
            jenis = Jenis.JUMLAH if u.jumlah else Jenis.HITUNG
            return self._susun(spec, b, k, jenis, u.cara, dari, u.hitungan)
        if spec is RKT:
            u = asal_target_rkt(self.cari, b, k.kunci)
            return self._susun(spec, b, k, Jenis.AMBIL, u.cara, self._semua(u.dari))
        if k.rumus:
            dari = [
                x
                for r in self.cari.rujukan(spec, b, k)
                for x in ([self.besaran(r)] if isinstance(r, str) else [self._pada(r)])
            ]
            jenis = Jenis.JUMLAH if self.cari.menjumlah(spec, k) else Jenis.HITUNG
            return self._susun(
                spec, b, k, jenis, cara or _cara_umum(dari), dari, hitungan(spec, b, k, pilihan(self.benar))
            )
        return self._susun(spec, b, k, Jenis.TIDAK_TERLACAK, "Cara hitung sel ini belum dikenali penelusur.")

    def _rekap(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> Langkah:
        dari = self._semua(self.cari.atas(spec, b, k.kunci))
        if k.rumus_rekap == "SUM":
            return self._susun(spec, b, k, Jenis.JUMLAH, "Jumlah baris di atasnya.", dari)
        return self._susun(spec, b, k, Jenis.HITUNG, "Rata-rata baris di atasnya yang berangka.", dari)

    def _beranda(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> Langkah:
        kunci = self.cari.besaran_beranda(b, k.kunci)
        if kunci is None:
            return self._susun(spec, b, k, Jenis.KOSONG, "Tidak diisi pada baris ini.")
        x = self.besaran(kunci)
        return self._susun(spec, b, k, x.jenis, x.cara, x.dari, x.hitungan, rupiah=x.rupiah)

    def besaran(self, kunci: str) -> Langkah:
        """The explanation of a quantity; it stands on Beranda where that sheet shows it."""
        if kunci not in self._besaran:
            spec = BESARAN_MENURUT_KUNCI[kunci]
            rupiah = spec.tipe is Tipe.RUPIAH
            nilai = _sen(self._nilai_besaran.get(kunci)) if rupiah else self._nilai_besaran.get(kunci)
            lembar, sel, nama = self.cari.tempat_besaran(kunci, self.letak)
            dari: list[Langkah] = []
            jumlah = False
            if kunci not in self._sedang:
                self._sedang.add(kunci)
                for r in self.cari.rujukan_besaran(kunci):
                    dari += [self.besaran(r)] if isinstance(r, str) else [self._pada(r)]
                self._sedang.discard(kunci)
                jumlah = self.cari.besaran_jumlah(kunci)
            jenis = Jenis.JUMLAH if jumlah else Jenis.HITUNG if dari else Jenis.SUSUNAN
            self._besaran[kunci] = Langkah(
                jenis, lembar, sel, nama, "", nilai, rupiah, kata_besaran(kunci, jumlah=jumlah, ada=bool(dari)), None,
                dari=tuple(dari),
            )  # fmt: skip
        return self._besaran[kunci]

    @cached_property
    def _nilai_besaran(self) -> Mapping[str, Nilai]:
        return hitung_besaran(self.benar)

    # ── typed, linked ─────────────────────────────────────────────────────────────────────────────────────────

    def _tautan(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> Langkah:
        sumber = self._semua(self.cari.sumber_tautan(spec, b, k))
        if not sumber:
            kata = (
                "Ditulis Renja-XL saat menyusun tabel."
                if isi_sel(b, k).nilai is not None
                else "Tidak diisi pada baris ini."
            )
            return self._susun(spec, b, k, Jenis.SUSUNAN, kata)
        lembar = sumber[0].lembar
        if k.tautan in _KATA_TAUTAN:
            return self._susun(spec, b, k, Jenis.HITUNG, f"{_KATA_TAUTAN[k.tautan]} (lembar {lembar}).", sumber)
        kata = f"Mengikuti lembar {lembar}."
        if b[k.kunci].nilai not in {None, sumber[0].nilai}:
            kata = f"Di tabel ini tertulis lain daripada di lembar {lembar}; Perbarui Tabel menyamakannya."
        return self._susun(spec, b, k, Jenis.AMBIL, kata, sumber)

    def _isian(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> Langkah:
        sel = isi_sel(b, k)
        if k.peran is Peran.KUNCI or (spec is PROFIL and b["kunci"].nilai in DIISI_SENDIRI):
            return self._susun(spec, b, k, Jenis.SUSUNAN, "Diisi Renja-XL.")
        if k.level and b.level not in k.level and sel.nilai is None:
            return self._susun(spec, b, k, Jenis.KOSONG, "Tidak diisi pada baris ini.")
        if not sel.kosong:
            return self._susun(spec, b, k, Jenis.DIKETIK, self._pengisi(spec, b, k))
        bawaan = _bawaan(spec, b)
        if bawaan is not None:
            return self._susun(spec, b, k, Jenis.BAWAAN, f"Kosong, jadi dipakai bawaannya: {tulis(bawaan)}.")
        if sel.nilai is not None:
            return self._susun(spec, b, k, Jenis.KOSONG, f"Ditulis {sel.nilai}, artinya tidak ada.")
        return self._susun(spec, b, k, Jenis.KOSONG, "Belum diisi." if k.peran in DIKETIK else "Kosong.")

    @cached_property
    def _ada_impor(self) -> bool:
        return any(b.asal is not None for rows in self.buku.tabel.values() for b in rows)

    def _pengisi(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> str:
        if b.asal is not None:
            sel, tempat = b[k.kunci], f"{b.asal.berkas} baris {b.asal.baris}"
            if sel.asli is not None and tercetak(sel, rupiah=k.tipe is Tipe.RUPIAH) != sel.asli:
                return f"Diketik perencana; semula diimpor dari {tempat}."
            return f"Diimpor dari {tempat}; boleh diubah perencana."
        if spec in {DASAR_PERHITUNGAN, PROFIL} and _bawaan(spec, b) == b["nilai"].nilai:
            return "Ketentuan bawaan Renja-XL; boleh diubah."
        if spec.kunci == "Nomenklatur":
            return "Dari daftar nomenklatur."
        return "Diketik perencana, atau disusun dari berkas yang diimpor." if self._ada_impor else "Diketik perencana."

    # ── building ──────────────────────────────────────────────────────────────────────────────────────────────

    def _pada(self, t: Tempat) -> Langkah:
        return self.langkah(t.tabel, t.baris, t.kolom)

    def _semua(self, tempat: Iterable[Tempat]) -> list[Langkah]:
        return [self._pada(t) for t in tempat]

    def _sel_tertulis(self, spec: TabelSpec, b: Baris, k: KolomSpec) -> Sel:
        if spec.kunci not in self._tertulis:
            self._tertulis[spec.kunci] = {x.id: x for x in baris_lembar(self.buku, spec.kunci)}
        return isi_sel(self._tertulis[spec.kunci][b.id], k)

    def _susun(
        self, spec: TabelSpec, b: Baris, k: KolomSpec, jenis: Jenis, cara: str, dari: Sequence[Langkah] = (),
        hitung: str | None = None, *, rupiah: bool = False,
    ) -> Langkah:  # fmt: skip
        kini, benar = self._sel_tertulis(spec, b, k), isi_sel(b, k)
        uang = rupiah or k.tipe is Tipe.RUPIAH
        a, z = (_sen(s.nilai) if rupiah else s.nilai for s in (kini, benar))
        beda = not _sama(a, z)
        return Langkah(
            jenis, spec.lembar, self.letak.sel(spec.kunci, b.id, k.kunci), k.sebutan(self.buku.tahun),
            self._nama(spec, b), a, uang, cara, hitung, beda, z if beda else None,
            ditimpa=benar.rumus and not kini.rumus and not kini.kosong, asal=b.asal, asli=kini.asli,
            nomor=k.nomor if k.judul and k.nomor[:1].isdigit() else "", dari=tuple(dari),
        )  # fmt: skip

    def _nama(self, spec: TabelSpec, b: Baris) -> str:
        if spec.kunci == STRUKTUR:
            s = self.cari.simpul.get(b.simpul or "")
            return s.nama if s else b.level.judul
        if spec is KALIMAT:
            return str(b["bagian"].nilai or "")
        for kunci in ("uraian", "nama", "label"):
            if kunci in spec.menurut_kunci and isinstance(b[kunci].nilai, str):
                return str(b[kunci].nilai)
        return sebutan_baris(spec, b, self.cari.simpul)


def _bawaan(spec: TabelSpec, b: Baris) -> Nilai:
    """What holds where a choice or a rate is blank; None where nothing does."""
    if spec is DASAR_PERHITUNGAN:
        return next((d.bawaan for d in DASAR if d.kunci == b["kunci"].nilai), None)
    if spec is PROFIL:
        return next((i.bawaan for i in ISIAN if i.kunci == b["kunci"].nilai), None)
    return None


def _cara_umum(dari: Sequence[Langkah]) -> str:
    if not dari:
        return "Tidak ada baris yang memenuhi syaratnya."
    return "Diambil dari sel berikut." if len(dari) == 1 else "Dihitung dari sel berikut."


def _sen(nilai: Nilai) -> Nilai:
    """Rupiah of a quantity as sen."""
    return round(nilai * 100) if isinstance(nilai, float) else nilai


def _sama(a: Nilai, z: Nilai) -> bool:
    if isinstance(a, float | int) and isinstance(z, float | int):
        return abs(a - z) <= 1e-9 * max(1.0, abs(z))
    return a == z
