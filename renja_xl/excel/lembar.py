"""One sheet: title, stacked header, data with formulas and cached values, validations, formats, print set-up."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from traceback import clear_frames
from typing import Any

from renja_xl.core.baris import isi_sel, judul_tabel
from renja_xl.core.buku import Baris, Buku, Level, Nilai
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import BATAS_TEKS, rupiah_dari_sen
from renja_xl.core.renstra import awal_renstra
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.errors import RenjaError
from renja_xl.excel.beranda import BARIS_GRAFIK, KOLOM_GRAFIK, LEBAR_GRAFIK
from renja_xl.excel.gaya import (
    HITUNG,
    LEGENDA,
    LEGENDA_BEBAS,
    MASUKAN,
    TAUTAN,
    WARNA_LEVEL,
    WARNA_REKAP,
    WARNA_TAB,
    Gaya,
)
from renja_xl.excel.kepala import BARIS_ATURAN, BARIS_PENYUSUN, sel_kepala
from renja_xl.excel.rumus import PenyusunRumus, nilai_judul, rumus_judul
from renja_xl.excel.susunan import INDUK, Susunan
from renja_xl.excel.tinggi import taksir_baris
from renja_xl.tabel import (
    BERANDA,
    CATATAN_PERBAIKAN,
    KALIMAT,
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    RENSTRA,
    TABEL_BERPOHON,
    TABEL_EVALUASI,
    TABEL_RESMI,
)
from renja_xl.tabel.berbagi import VERIFIKASI
from renja_xl.tabel.besaran import BESARAN_MENURUT_KUNCI
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.kendali import BELUM, DIJELASKAN, DIPERBAIKI, POLA_DIJELASKAN, POLA_DIPERBAIKI
from renja_xl.tabel.profil import A4, DIISI_SENDIRI, ISIAN, TIDAK
from renja_xl.tabel.spec import DIKETIK, KolomSpec, Peran, TabelSpec, Tipe, isi_tahun

_LEVEL_TEBAL = frozenset(x for daftar, _ in (*WARNA_LEVEL, *WARNA_REKAP) for x in daftar)
KERTAS_A4, KERTAS_FOLIO = 9, 14
_CADANGAN = 20
"""Blank rows ready for typing in an empty growing table."""
_LEBAR_LEGENDA = 15
"""Column width that an entry of the legend needs."""
_TINGGI_TANDA_TANGAN = 7
"""Rows that the signatures take, with the blank one above."""
_SELAYAR = 25
"""Rows that a screen shows."""
_BARIS_TUMBUH = 2_000
"""Rows that validations and level formats of growing tables reach."""


class TeksTerlaluPanjangError(RenjaError):
    """A text longer than a cell holds."""


def pastikan(kode: int | None) -> None:
    """XlsxWriter reports a dropped item by a negative number."""
    if kode:
        raise RuntimeError(f"XlsxWriter: {kode}")


def tutup(wb: Any) -> None:
    """Close the workbook; where that is refused midway, its half-written package is let go of while it still can be."""
    try:
        wb.close()
    except BaseException as galat:
        clear_frames(galat.__traceback__)
        raise


def kertas(buku: Buku) -> int:
    """Excel's number of the paper size chosen in Profil."""
    return KERTAS_A4 if buku.profil("ukuran_kertas") == A4 else KERTAS_FOLIO


@dataclass(frozen=True, slots=True)
class Bahan:
    """What all sheets of one workbook share."""

    buku: Buku
    wb: Any
    gaya: Gaya
    rumus: PenyusunRumus
    susunan: Susunan = INDUK


class Lembar:
    """One sheet of a workbook being built."""

    def __init__(self, bahan: Bahan, spec: TabelSpec, rows: Sequence[Baris]) -> None:
        self.p, self.spec, self.gaya, self.tahun = bahan, spec, bahan.gaya, bahan.buku.tahun
        self.ws: Any = bahan.wb.add_worksheet(spec.lembar)
        self.rows, self.susunan = rows, bahan.susunan
        self.tersembunyi = self.susunan.disembunyikan(spec)
        self.terlihat = [k for k in spec.kolom if not k.tersembunyi]

    def tulis(self) -> None:
        spec, ws = self.spec, self.ws
        ws.set_tab_color(WARNA_TAB[spec.kelompok])
        ws.hide_gridlines(2)
        for n, kolom in enumerate(spec.kolom):
            pastikan(ws.set_column(n, n, kolom.lebar, None, {"hidden": kolom.tersembunyi}))
        self._judul()
        self._kepala()
        self._isi()
        self._tabel()
        self._validasi()
        self._tanda_catatan()
        self._format_level()
        self._kaki()
        self._cetak()
        ws.freeze_panes(spec.baris_nomor, spec.kolom_beku)
        if self.susunan.dilindungi(spec):
            ws.protect(
                "",
                {
                    "objects": True,
                    "scenarios": True,
                    "format_columns": True,
                    "format_rows": True,
                    "autofilter": True,
                },
            )
        if self.tersembunyi and not (spec.tampil_bila_berisi and self.rows):
            ws.hide()

    # ── head ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _judul(self) -> None:
        ws, buku, bantu = self.ws, self.p.buku, self.susunan.baris_bantu
        pastikan(ws.write_string(self.susunan.baris_judul, 0, judul_tabel(self.spec, buku), self.gaya.judul()))
        anak = self.susunan.anak_judul
        rumus, nilai = anak(self.spec) if anak else (rumus_judul(self.spec), nilai_judul(self.spec, buku))
        pastikan(ws.write_formula(BARIS_PENYUSUN, 0, f"={rumus}", self.gaya.anak_judul(), _nilai_tersimpan(nilai)))
        lembar, teks = self.susunan.tautan(self.spec)
        pastikan(ws.write_url(bantu, 0, f"internal:'{lembar}'!A1", self.gaya.kembali(), teks))
        if self.spec is not BERANDA:
            self._legenda()
        pastikan(ws.set_row(bantu, 26))
        if self.spec.aturan:
            akhir, lebar = self.terlihat[-1], sum(k.lebar for k in self.terlihat)
            teks = isi_tahun(self.spec.aturan, self.tahun)
            kanan = self.spec.letak_kolom[akhir.kunci] - 1
            pastikan(ws.merge_range(BARIS_ATURAN, 0, BARIS_ATURAN, kanan, teks, self.gaya.aturan()))
            pastikan(ws.set_row(BARIS_ATURAN, 14.0 * taksir_baris(teks, lebar) + 4))

    def _legenda(self) -> None:
        """What the cell styles of this sheet mean, each over columns wide enough for its words, beside the link to Beranda."""
        ada = {
            MASUKAN if k.peran in DIKETIK and not k.sub_diturunkan else HITUNG if k.dihitung else TAUTAN
            for k in self.terlihat
        }
        if self.spec in self.susunan.terkunci:
            ada = {TAUTAN if peran == MASUKAN else peran for peran in ada}
        if self.spec.kolom_uang:
            ada.add(HITUNG)
        terlihat = [n for n, k in enumerate(self.spec.kolom) if not k.tersembunyi]
        perlu, mulai = float(len(self.susunan.tautan(self.spec)[1])), 0
        while perlu > 0 and mulai < len(terlihat):
            perlu -= self.spec.kolom[terlihat[mulai]].lebar
            mulai += 1
        for peran, teks in LEGENDA if self.susunan.dilindungi(self.spec) else LEGENDA_BEBAS:
            if peran not in ada:
                continue
            akhir, lebar = mulai, 0.0
            while akhir < len(terlihat):
                lebar += self.spec.kolom[terlihat[akhir]].lebar
                akhir += 1
                if lebar >= _LEBAR_LEGENDA:
                    break
            if lebar < _LEBAR_LEGENDA:
                return
            kiri, kanan, gaya = terlihat[mulai], terlihat[akhir - 1], self.gaya.legenda(peran)
            pastikan(
                self.ws.merge_range(self.susunan.baris_bantu, kiri, self.susunan.baris_bantu, kanan, teks, gaya)
                if kanan > kiri
                else self.ws.write_string(self.susunan.baris_bantu, kiri, teks, gaya)
            )
            mulai = akhir

    def _kepala(self) -> None:
        spec, ws, gaya = self.spec, self.ws, self.gaya.kepala()
        atas, dalam = spec.baris_kepala - 1, spec.kedalaman
        for k in sel_kepala(spec, self.p.buku):
            if k.atas < atas:
                continue
            if (k.bawah, k.kanan) == (k.atas, k.kiri):
                pastikan(ws.write_string(k.atas, k.kiri, k.teks, gaya))
            else:
                pastikan(ws.merge_range(k.atas, k.kiri, k.bawah, k.kanan, k.teks, gaya))
        awal = awal_renstra(self.p.buku)
        jalur = [() if k.tersembunyi else k.judul_tahun(self.tahun, awal) for k in spec.kolom]
        for tingkat in range(dalam):
            pastikan(ws.set_row(atas + tingkat, self._tinggi(jalur, tingkat)))
        for n, kolom in enumerate(spec.kolom):
            if kolom.catatan_kepala:
                pastikan(
                    ws.write_comment(
                        spec.baris_nomor - 1,
                        n,
                        kolom.catatan_kepala,
                        {"author": "Renja-XL", "width": 260, "height": 110, "font_size": 9},
                    )
                )
        nomor = max(taksir_baris(k.nomor, k.lebar) for k in self.terlihat)
        pastikan(ws.set_row(spec.baris_nomor - 1, max(24, 14.0 * nomor) if dalam == 0 else 3.0 + 12.0 * nomor))

    def _tinggi(self, jalur: Sequence[tuple[str, ...]], tingkat: int) -> float:
        """Height for the texts that stand in one header row alone, by their wrapped lines."""
        dalam = self.spec.kedalaman
        baris = 1
        rentang: dict[tuple[str, ...], float] = {}
        for n, j in enumerate(jalur):
            if len(j) > tingkat:
                rentang[j[: tingkat + 1]] = rentang.get(j[: tingkat + 1], 0) + self.spec.kolom[n].lebar
        for j, lebar in rentang.items():
            penuh = any(len(x) > tingkat + 1 and x[: tingkat + 1] == j for x in jalur)
            tinggi_sel = 1 if penuh else dalam - tingkat
            butuh = sum(math.ceil(len(t) * 1.15 / max(lebar, 1)) or 1 for t in j[tingkat].split("\n"))
            baris = max(baris, math.ceil(butuh / tinggi_sel))
        return 14.5 * baris + 2

    # ── data ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _isi(self) -> None:
        awal = self.spec.baris_pertama - 1
        for n, b in enumerate(self.rows):
            for c, kolom in enumerate(self.spec.kolom):
                self._sel(awal + n, c, n, b, kolom)
            pastikan(self.ws.set_row(awal + n, tinggi_baris(self.spec, b)))
        for n in range(len(self.rows), self._tinggi_tabel()):
            for c, kolom in enumerate(self.spec.kolom):
                pastikan(self.ws.write_blank(awal + n, c, None, self._gaya_sel(kolom, None)))

    def _tinggi_tabel(self) -> int:
        if self.rows:
            return len(self.rows)
        return _CADANGAN if self.spec.tumbuh and not self.tersembunyi else 1

    def _gaya_sel(self, kolom: KolomSpec, b: Baris | None) -> Any:
        if kolom.tersembunyi:
            return self.gaya.kunci()
        if (self.spec, kolom.kunci) == (CATATAN_PERBAIKAN, "sel") or kolom.taut:
            return self.gaya.tautan_sel()
        tipe = tipe_sel(self.spec, kolom, b)
        peran = peran_sel(self.spec, kolom, b)
        if peran == MASUKAN and self.spec in self.susunan.terkunci:
            peran = TAUTAN
        return self.gaya.sel(peran, tipe, tengah=kolom.tengah, desimal=kolom.desimal)

    def _sel(self, r: int, c: int, n: int, b: Baris, kolom: KolomSpec) -> None:
        sel, gaya = isi_sel(b, kolom), self._gaya_sel(kolom, b)
        nilai: Nilai = rupiah_dari_sen(sel.nilai) if isinstance(sel.nilai, int) else sel.nilai
        if sel.rumus and sel.nilai is not None:
            rumus = self.p.rumus.rumus(self.spec, n, b, kolom)
            if self.susunan.rumus is not None:
                rumus = self.susunan.rumus(rumus, self.spec, r + 1)
            tersimpan = _nilai_tersimpan(nilai) if isinstance(nilai, str) else nilai
            pastikan(self.ws.write_formula(r, c, f"={rumus}", gaya, tersimpan))
        elif nilai is None:
            pastikan(self.ws.write_blank(r, c, None, gaya))
        elif isinstance(nilai, str):
            self._teks(r, c, nilai, gaya, kolom)
        else:
            pastikan(self.ws.write_number(r, c, nilai, gaya))

    def _teks(self, r: int, c: int, teks: str, gaya: Any, kolom: KolomSpec) -> None:
        if len(teks.encode("utf-16-le")) // 2 > BATAS_TEKS:  # Excel counts UTF-16 units
            raise TeksTerlaluPanjangError(
                f"Lembar {self.spec.lembar} sel {huruf_kolom(c + 1)}{r + 1}: teksnya {len(teks)} huruf, padahal satu sel memuat "
                f"paling banyak {BATAS_TEKS}; mohon pendekkan."
            )
        if self.spec is CATATAN_PERBAIKAN and kolom.kunci == "sel":
            lembar = self.rows[r - self.spec.baris_pertama + 1]["lembar"].nilai
            if isinstance(lembar, str) and self.susunan.ada(lembar):
                pastikan(self.ws.write_url(r, c, f"internal:'{lembar}'!{teks}", self.gaya.tautan_sel(), teks))
                return
        if self.spec is BERANDA and kolom.taut:
            pastikan(self.ws.write_url(r, c, f"internal:'{teks}'!A1", self.gaya.tautan_sel(), teks))
            return
        if teks.startswith("<r>") and teks.endswith("</r>"):  # XlsxWriter would take it for rich text
            pastikan(self.ws.write_rich_string(r, c, self.gaya.kunci(), teks[0], teks[1:], gaya))
            return
        pastikan(self.ws.write_string(r, c, teks, gaya))

    # ── around the data ───────────────────────────────────────────────────────────────────────────────────────

    def _tabel(self) -> None:
        spec, gaya = self.spec, self.gaya.nomor() if self.spec.kedalaman else self.gaya.kepala()
        kolom = [{"header": k.nomor, "header_format": gaya} for k in spec.kolom]
        pastikan(
            self.ws.add_table(
                spec.baris_nomor - 1,
                0,
                spec.baris_nomor - 1 + self._tinggi_tabel(),
                len(spec.kolom) - 1,
                {
                    "name": spec.nama_tabel,
                    "columns": kolom,
                    "style": None,
                    "autofilter": (spec.kedalaman == 0 or self._berlayar())
                    and not self.tersembunyi
                    and not spec.baris_tetap
                    and spec not in {BERANDA, KALIMAT},
                },
            )
        )

    def _berlayar(self) -> bool:
        """Whether the table may run over more than a screen."""
        return self.spec.keanggotaan is not None or len(self.rows) > _SELAYAR

    def _validasi(self) -> None:
        spec = self.spec
        awal = spec.baris_pertama - 1
        akhir = awal + (self._tinggi_tabel() - 1 if not spec.tumbuh else max(_BARIS_TUMBUH, self._tinggi_tabel()))
        pilihan = self._pilihan_per_baris()
        for c, kolom in enumerate(spec.kolom):
            if kolom.tersembunyi or not (kolom.petunjuk or kolom.pilihan):
                continue
            # rows with choices of their own are left out: one cell has one validation
            batas = [awal - 1, *(awal + n for n in (pilihan if kolom.kunci == "nilai" else ())), akhir + 1]
            for sebelum, sesudah in pairwise(batas):
                if sebelum + 1 < sesudah:
                    aturan = self._aturan_validasi(kolom, sebelum + 1, c)
                    pastikan(self.ws.data_validation(sebelum + 1, c, sesudah - 1, c, aturan))
        for n, daftar in pilihan.items():
            c = spec.letak_kolom["nilai"] - 1
            aturan = _daftar(daftar, str(self.rows[n]["uraian"].nilai or ""), "Pilih salah satu.")
            pastikan(self.ws.data_validation(awal + n, c, awal + n, c, aturan))

    def _pilihan_per_baris(self) -> dict[int, tuple[str, ...]]:
        """Rows of Profil and Dasar Perhitungan whose value is one of a list."""
        pilihan = {
            "Profil": {i.kunci: i.pilihan for i in ISIAN},
            "Dasar Perhitungan": {d.kunci: d.pilihan for d in DASAR},
        }.get(self.spec.kunci, {})
        daftar = ((n, pilihan.get(str(b["kunci"].nilai), ())) for n, b in enumerate(self.rows))
        return {n: p for n, p in daftar if p}

    def _aturan_validasi(self, kolom: KolomSpec, r: int, c: int) -> dict[str, Any]:
        judul = f"Kolom {kolom.nomor}" if self.spec.kedalaman else kolom.nomor
        petunjuk = kolom.petunjuk or ""
        if kolom.pilihan:
            return _daftar(kolom.pilihan, judul, petunjuk)
        if (self.spec, kolom.kunci) == (CATATAN_PERBAIKAN, "keadaan"):  # a suggestion: an explanation is free text
            return {**_daftar((BELUM, DIPERBAIKI, DIJELASKAN.rstrip()), judul, petunjuk), "show_error": False}
        pesan = {"input_title": judul[:32], "input_message": petunjuk}
        if not kolom.bernilai_angka:
            return {"validate": "any", **pesan}
        sel = f"{huruf_kolom(c + 1)}{r + 1}"
        return {
            "validate": "custom",
            "value": f'=OR(ISNUMBER({sel}),{sel}="-")',
            "error_title": "Isian belum sesuai",
            "error_message": "Ketik angkanya saja, tanpa satuan dan tanpa Rp. Ketik - bila memang tidak ada.",
            **pesan,
        }

    def _tanda_catatan(self) -> None:
        """Cells with an open finding are marked, by a format that looks into *Catatan Perbaikan* by itself."""
        spec = self.spec
        if spec not in {RENSTRA, *TABEL_RESMI, *TABEL_EVALUASI} or not self.susunan.bertanda:
            return
        sel = "ADDRESS(ROW(),COLUMN(),4)"
        terbuka = f'catatan_keadaan,"<>{POLA_DIPERBAIKI}",catatan_keadaan,"<>{POLA_DIJELASKAN}"'
        syarat = (
            f'profil_tanda_catatan<>"{TIDAK}",'
            f'COUNTIFS(catatan_lembar,"{spec.lembar}",catatan_sel,{sel},{terbuka})'
            f'+COUNTIFS(catatan_anggota,"*;{spec.lembar}!"&{sel}&";*",{terbuka})>0'
        )
        awal = spec.baris_pertama - 1
        pastikan(
            self.ws.conditional_format(
                awal,
                0,
                awal + self._tinggi_tabel() - 1,
                len(self.terlihat) - 1,
                {"type": "formula", "criteria": f"=AND({syarat})", "format": self.gaya.tanda_catatan()},
            )
        )

    def _format_level(self) -> None:
        spec = self.spec
        if "level" not in spec.menurut_kunci or spec.baris_tetap:
            return
        awal = spec.baris_pertama
        akhir = awal + max(self._tinggi_tabel() - 1, _BARIS_TUMBUH if spec.tumbuh else 0)
        level = huruf_kolom(spec.letak_kolom["level"])
        masukan = [k.peran is not Peran.TAUTAN for k in self.terlihat]
        berpohon = spec in {PROGRAM_SUB_KEGIATAN, VERIFIKASI, *TABEL_BERPOHON}
        tingkat = (*(WARNA_LEVEL if berpohon else ()), *(WARNA_REKAP if spec.rata_rata or not berpohon else ()))
        for daftar, warna in tingkat:
            syarat = ",".join(f'${level}{awal}="{x.judul}"' for x in daftar)
            rumus = f"=OR({syarat})" if len(daftar) > 1 else f"={syarat}"
            for tebal_saja in (True, False):
                rentang = [
                    f"{huruf_kolom(n + 1)}{awal}:{huruf_kolom(n + 1)}{akhir}"
                    for n, m in enumerate(masukan)
                    if m is tebal_saja or (spec.tumbuh and not tebal_saja)
                ]
                if not rentang or (spec.tumbuh and tebal_saja):
                    continue
                pastikan(
                    self.ws.conditional_format(
                        rentang[0],
                        {
                            "type": "formula",
                            "criteria": rumus,
                            "format": self.gaya.level(None if tebal_saja else warna),
                            "multi_range": " ".join(rentang),
                        },
                    )
                )

    def _kaki(self) -> None:
        r = self.spec.baris_pertama - 1 + self._tinggi_tabel() + 1
        for n, teks in enumerate(self.spec.catatan_kaki):
            pastikan(self.ws.write_string(r + n, 0, teks, self.gaya.kaki()))
        self._tanda_tangan(r + len(self.spec.catatan_kaki) + 1)

    def _tanda_tangan(self, r: int) -> None:
        """Who signs, side by side, each with room for date, name and NIP, which are typed."""
        kolom = [n for n, k in enumerate(self.spec.kolom) if self._di_halaman(k)]
        bagian = len(kolom) // max(len(self.spec.tanda_tangan), 1)
        for n, blok in enumerate(self.spec.blok_tanda_tangan):
            c = kolom[n * bagian + bagian // 3]
            for turun, teks in enumerate(blok):
                if teks:
                    pastikan(self.ws.write_string(r + turun, c, teks, self.gaya.tanda_tangan()))

    @staticmethod
    def _di_halaman(kolom: KolomSpec) -> bool:
        return not (kolom.tersembunyi or kolom.luar_halaman)

    def _cetak(self) -> None:
        ws, spec = self.ws, self.spec
        ws.set_landscape()
        ws.set_paper(kertas(self.p.buku))
        ws.fit_to_pages(1, 1 if spec is BERANDA else 0)
        ws.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        if spec in TABEL_RESMI or spec in TABEL_EVALUASI:
            ws.print_black_and_white()  # the official forms know no colours of typed and computed cells
        ws.repeat_rows(spec.baris_kepala - 1, spec.baris_nomor - 1)
        ws.set_footer(
            f"&L&8{_bersih_kaki(isi_tahun(spec.lembar, self.tahun))}&C&8Renja Tahun {self.tahun}&R&8Halaman &P dari &N"
        )
        if self.tersembunyi and not (spec.tampil_bila_berisi and self.rows):
            return
        judul = self.susunan.baris_judul
        if spec is BERANDA:
            pastikan(ws.print_area(judul, 0, BARIS_GRAFIK, KOLOM_GRAFIK + LEBAR_GRAFIK - 1))
            return
        akhir = spec.baris_pertama - 1 + self._tinggi_tabel() + (1 + len(spec.catatan_kaki) if spec.catatan_kaki else 0)
        if spec.tanda_tangan:
            akhir += _TINGGI_TANDA_TANGAN
        pastikan(ws.print_area(judul, 0, akhir - 1, max(n for n, k in enumerate(spec.kolom) if self._di_halaman(k))))


_PERLU_SANDI = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]|^#")


def _nilai_tersimpan(teks: str) -> str:
    """A formula's cached text with what XML or Excel would read otherwise written as ``_xHHHH_``."""
    return _PERLU_SANDI.sub(lambda m: f"_x{ord(m[0]):04X}_", teks)


def peran_sel(spec: TabelSpec, kolom: KolomSpec, b: Baris | None) -> str:
    """Whether a cell is typed, computed or linked; None for a blank row that waits to be typed in."""
    if b is not None and sel_dihitung(spec, b, kolom):
        return HITUNG
    if kolom.peran in DIKETIK:
        return MASUKAN if b is None or _diisi(spec, kolom, b) else TAUTAN
    return TAUTAN if kolom.peran is Peran.TAUTAN else HITUNG


def tipe_sel(spec: TabelSpec, kolom: KolomSpec, b: Baris | None) -> Tipe:
    """What a cell shows: on Beranda each row has its own kind of quantity."""
    if spec is not BERANDA or kolom.tipe is not Tipe.BEBAS or b is None:
        return kolom.tipe
    return Tipe.RUPIAH if kolom.kunci == "selisih" else BESARAN_MENURUT_KUNCI[str(b["kunci"].nilai)].tipe


def _diisi(spec: TabelSpec, kolom: KolomSpec, b: Baris) -> bool:
    """Whether a planner types into this cell."""
    if spec.tumbuh:
        return not (spec is PROFIL and b["kunci"].nilai in DIISI_SENDIRI)
    if kolom in spec.kolom_uang:
        return b.level is Level.SUB_KEGIATAN
    if b.level in {Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH, Level.TOTAL}:
        return False
    return not kolom.level or b.level in kolom.level or b.level is Level.INDIKATOR_LANJUTAN


def tinggi_baris(spec: TabelSpec, b: Baris) -> float:
    """Estimated height of a data row in points by its wrapped texts; bold rows run wider."""
    tebal = 1.1 if b.level in _LEVEL_TEBAL else 1.0
    baris = max(
        (
            taksir_baris(isi, kolom.lebar / tebal)
            for kolom in spec.kolom
            if not (kolom.tersembunyi or kolom.bernilai_angka) and isinstance(isi := isi_sel(b, kolom).nilai, str)
        ),
        default=1,
    )
    return min(15.0 + 13.0 * (baris - 1), 400.0)


def _bersih_kaki(teks: str) -> str:
    return teks.replace("&", "&&")


def _daftar(pilihan: Sequence[str], judul: str, petunjuk: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(pilihan),
        "input_title": judul[:32],
        "input_message": petunjuk,
        "error_title": "Pilihan belum sesuai",
        "error_message": "Mohon pilih salah satu dari daftar.",
    }
