"""A comparison as a workbook: the form *sebelum – setelah – bertambah/(berkurang)*, why the total changed, every cell."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from renja_xl.core.buku import Buku, Level
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import rupiah_dari_sen, tulis
from renja_xl.core.pohon_banding import BarisBanding, BarisIndikator, pohon_banding
from renja_xl.core.sanding import Sanding
from renja_xl.excel.bangun import buku_kerja
from renja_xl.excel.gaya import WARNA_LEVEL, WARNA_TAB, Gaya
from renja_xl.excel.lembar import kertas, pastikan
from renja_xl.excel.lembar_daftar import Bentuk, LembarDaftar
from renja_xl.excel.tinggi import taksir_baris
from renja_xl.tabel import MENURUT_KUNCI
from renja_xl.tabel.tahapan import SEBAB

PERSANDINGAN, SEBAB_PERUBAHAN, ISIAN_BERUBAH = "Persandingan", "Sebab Perubahan", "Isian Berubah"

_LEBAR = (20, 46, 40, 14, 14, 21, 21, 21, 10, 36)
_KODE, _NAMA, _INDIKATOR, _T_LAMA, _T_BARU, _LAMA, _BARU, _SELISIH, _PERSEN, _KET, _SEBAB, _HITUNG = range(12)
_KEPALA = 4
_AWAL = _KEPALA + 3
_BATAS_ARGUMEN = 255
_WARNA = {level: warna for tingkat, warna in WARNA_LEVEL for level in tingkat}
_TOTAL = _WARNA[Level.TOTAL]


@dataclass(frozen=True, slots=True)
class Judul:
    """What the two sides are called."""

    lama: str
    baru: str


def bangun_sanding(s: Sanding, lama: Buku, baru: Buku, judul: Judul) -> bytes:
    """The workbook's bytes; every sum and difference is a formula with its value."""
    keluaran = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter drops what it warns about
        wb = buku_kerja(keluaran, baru)
        _Penulis(wb, s, lama, baru, judul).tulis()
        wb.close()
    return keluaran.getvalue()


class _Penulis:
    def __init__(self, wb: Any, s: Sanding, lama: Buku, baru: Buku, judul: Judul) -> None:
        self.wb, self.s, self.baru, self.judul = wb, s, baru, judul
        self.gaya = Gaya(wb)
        self.baris = pohon_banding(s, lama, baru)
        sen = any((b.lama or 0) % 100 or (b.baru or 0) % 100 for b in self.baris)
        angka = "#,##0.00" if sen else "#,##0"
        self.uang, self.uang_kurung = angka, f"{angka};({angka});0"
        self.letak: list[int] = []
        """First sheet row (0-based) of each row of the tree."""
        self.anak: dict[int | None, list[int]] = {}
        for n, b in enumerate(self.baris):
            self.anak.setdefault(b.induk, []).append(n)

    def tulis(self) -> None:
        self._persandingan()
        self._sebab()
        self._isian()

    # ── Persandingan ──────────────────────────────────────────────────────────────────────────────────────────

    def _persandingan(self) -> None:
        ws = self.ws = self.wb.add_worksheet(PERSANDINGAN)
        profil = self.baru.profil
        instansi = ", ".join(str(t) for t in (profil("perangkat_daerah"), profil("kabupaten")) if t)
        tabel, kolom = self.s.sebab.ukuran
        spec = MENURUT_KUNCI[tabel]
        self._teks(0, 0, f"Persandingan Program, Kegiatan, dan Sub Kegiatan Tahun {self.baru.tahun}", self.gaya.judul())
        self._teks(1, 0, instansi or "Perangkat daerah belum diisi di Profil", self.gaya.anak_judul())
        pagu = self.s.sebutan or f"{spec.lembar}, {spec.menurut_kunci[kolom].sebutan(self.baru.tahun)}"
        self._teks(
            2, 0, f"Sebelum: {self.judul.lama}. Setelah: {self.judul.baru}. Pagu: {pagu}.", self.gaya.anak_judul()
        )
        for c, lebar in enumerate(_LEBAR):
            pastikan(ws.set_column(c, c, lebar))
        pastikan(ws.set_column(_SEBAB, _HITUNG, 10, None, {"hidden": True}))
        self._kepala()
        r = _AWAL
        for b in self.baris:
            self.letak.append(r)
            r += max(len(b.indikator), 1)
        self.total = r
        nilai = [self._nilai(n) for n in range(len(self.baris))]
        for n in range(len(self.baris)):
            self._baris(n, nilai[n])
        self._jumlah()
        ws.freeze_panes(_AWAL, _NAMA + 1)
        ws.set_tab_color(WARNA_TAB["resmi"])
        ws.hide_gridlines(2)
        ws.set_landscape()
        ws.set_paper(kertas(self.baru))
        ws.fit_to_pages(1, 0)
        ws.repeat_rows(_KEPALA, _AWAL - 1)
        ws.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        ws.set_footer("&L&8&A&R&8Halaman &P dari &N")
        pastikan(ws.print_area(0, 0, self.total, _KET))

    def _kepala(self) -> None:
        g = self.gaya.kepala()
        tegak = {
            _KODE: "Kode",
            _NAMA: "Urusan/Program/Kegiatan/\nSub Kegiatan",
            _INDIKATOR: "Indikator Kinerja",
            _KET: "Keterangan",
        }
        for c, teks in tegak.items():
            pastikan(self.ws.merge_range(_KEPALA, c, _KEPALA + 1, c, teks, g))
        pastikan(self.ws.merge_range(_KEPALA, _T_LAMA, _KEPALA, _T_BARU, "Target Kinerja", g))
        pastikan(self.ws.merge_range(_KEPALA, _LAMA, _KEPALA, _BARU, "Pagu (Rp)", g))
        pastikan(self.ws.merge_range(_KEPALA, _SELISIH, _KEPALA, _PERSEN, "Bertambah/(Berkurang)", g))
        for c, teks in (
            (_T_LAMA, "Sebelum"), (_T_BARU, "Setelah"), (_LAMA, "Sebelum"), (_BARU, "Setelah"), (_SELISIH, "Rp"), (_PERSEN, "%"),
        ):  # fmt: skip
            self._teks(_KEPALA + 1, c, teks, g)
        nomor = ("1", "2", "3", "4", "5", "6", "7", "8=(7-6)", "9=(8/6)", "10")
        for c, teks in enumerate(nomor):
            self._teks(_KEPALA + 2, c, teks, self.gaya.nomor())
        pastikan(self.ws.set_row(_KEPALA, 20))
        pastikan(self.ws.set_row(_KEPALA + 1, 20))

    def _nilai(self, n: int) -> tuple[int | None, int | None]:
        """Amounts in sen that a row shows: its own, or the sum of its children."""
        b = self.baris[n]
        if b.simpul.level is Level.SUB_KEGIATAN:
            return b.lama, b.baru
        anak = [self._nilai(a) for a in self.anak.get(n, ())]
        lama = [a for a, _ in anak if a is not None]
        baru = [z for _, z in anak if z is not None]
        return sum(lama) if lama else None, sum(baru) if baru else None

    def _baris(self, n: int, nilai: tuple[int | None, int | None]) -> None:
        b, r = self.baris[n], self.letak[n]
        sub = b.simpul.level is Level.SUB_KEGIATAN
        warna = _WARNA.get(b.simpul.level)
        teks, uang = (
            self.gaya.banding(warna=warna, tebal=not sub),
            self.gaya.banding(self.uang, warna=warna, tebal=not sub),
        )
        for i, ind in enumerate(b.indikator or (None,)):
            pertama = i == 0
            isi = {
                _KODE: b.simpul.kode or "" if pertama else "",
                _NAMA: b.simpul.nama if pertama else "",
                _INDIKATOR: ind.teks if ind else "",
                _T_LAMA: ind.lama if ind else "",
                _T_BARU: ind.baru if ind else "",
                _KET: _keterangan(b, ind, pertama=pertama),
            }
            for c, t in isi.items():
                self._teks(r + i, c, t, teks)
            if not pertama:
                for c in (_LAMA, _BARU, _SELISIH, _PERSEN):
                    pastikan(self.ws.write_blank(r + i, c, None, uang))
            baris = max(taksir_baris(t, _LEBAR[c] / (1 if sub else 1.1)) for c, t in isi.items())
            pastikan(self.ws.set_row(r + i, min(15.0 + 13.0 * (baris - 1), 400.0)))
        for c, v in ((_LAMA, nilai[0]), (_BARU, nilai[1])):
            if sub or v is None:
                self._angka(r, c, v, uang)
            else:
                self._rumus(r, c, self._jumlah_anak(n, c), float(rupiah_dari_sen(v)), uang)
        self._selisih(r, nilai[0] or 0, nilai[1] or 0, warna, tebal=not sub)
        if b.sebab:
            self._teks(r, _SEBAB, b.sebab, self.gaya.kunci())
            pastikan(self.ws.write_number(r, _HITUNG, int(b.pertama), self.gaya.kunci()))

    def _jumlah_anak(self, n: int | None, c: int) -> str:
        """SUM over a node's children: a range where they are sub kegiatan, which stand together, else cell by cell."""
        anak = self.anak.get(n, [])
        h = huruf_kolom(c + 1)
        if anak and all(self.baris[a].simpul.level is Level.SUB_KEGIATAN for a in anak):
            return f"=SUM({h}{self.letak[anak[0]] + 1}:{h}{self.letak[anak[-1]] + 1})"
        sel = [f"{h}{self.letak[a] + 1}" for a in anak]
        potong = [f"SUM({','.join(sel[i : i + _BATAS_ARGUMEN])})" for i in range(0, len(sel), _BATAS_ARGUMEN)]
        return f"={'+'.join(potong) or '0'}"

    def _selisih(self, r: int, lama: int, baru: int, warna: str | None, *, tebal: bool) -> None:
        f, g, h = (huruf_kolom(c + 1) for c in (_LAMA, _BARU, _SELISIH))
        uang = self.gaya.banding(self.uang_kurung, warna=warna, tebal=tebal)
        persen = self.gaya.banding("#,##0.00;(#,##0.00);0", warna=warna, tebal=tebal)
        self._rumus(r, _SELISIH, f"=N({g}{r + 1})-N({f}{r + 1})", float(rupiah_dari_sen(baru - lama)), uang)
        nilai = (baru - lama) / lama * 100 if lama else "-"
        self._rumus(r, _PERSEN, f'=IF(N({f}{r + 1})=0,"-",{h}{r + 1}/{f}{r + 1}*100)', nilai, persen)

    def _jumlah(self) -> None:
        r = self.total
        teks, uang = self.gaya.banding(warna=_TOTAL, tebal=True), self.gaya.banding(self.uang, warna=_TOTAL, tebal=True)
        for c in (_KODE, _INDIKATOR, _T_LAMA, _T_BARU, _KET):
            self._teks(r, c, "", teks)
        self._teks(r, _NAMA, "JUMLAH", teks)
        a, z = self.s.sebab.lama.total, self.s.sebab.baru.total
        for c, v in ((_LAMA, a), (_BARU, z)):
            self._rumus(r, c, self._jumlah_anak(None, c), float(rupiah_dari_sen(v)), uang)
        self._selisih(r, a, z, _TOTAL, tebal=True)

    # ── Sebab Perubahan ───────────────────────────────────────────────────────────────────────────────────────

    def _sebab(self) -> None:
        ws = self.wb.add_worksheet(SEBAB_PERUBAHAN)
        g, kepala = self.gaya, self.gaya.kepala()
        ws.hide_gridlines(2)
        ws.set_tab_color(WARNA_TAB["resmi"])
        for c, lebar in enumerate((34, 16, 24, 3, 20, 20, 20, 20)):
            pastikan(ws.set_column(c, c, lebar))
        s = self.s.sebab
        arah = "naik" if s.selisih > 0 else "turun" if s.selisih < 0 else "tidak berubah"
        besar = f" Rp{tulis(abs(s.selisih), rupiah=True)}" if s.selisih else ""
        pastikan(ws.write_string(0, 0, f"Mengapa pagu {arah}{besar}", g.judul()))
        pastikan(ws.write_string(1, 0, f"Sebelum: {self.judul.lama}. Setelah: {self.judul.baru}.", g.anak_judul()))
        for c, t in enumerate(("Uraian", "Banyak sub kegiatan", "Rp")):
            pastikan(ws.write_string(3, c, t, kepala))
        for c, t in enumerate(("Dasar", "Total", "Bertambah", "Berkurang"), 4):
            pastikan(ws.write_string(3, c, f"{t}\n(bantuan grafik)", kepala))
        pastikan(ws.set_row(3, 32))
        lembar, awal, akhir = f"'{PERSANDINGAN}'!", _AWAL + 1, max(self.total, _AWAL + 1)
        rentang = {
            c: f"{lembar}${huruf_kolom(c + 1)}${awal}:${huruf_kolom(c + 1)}${akhir}"
            for c in (_SELISIH, _SEBAB, _HITUNG)
        }
        teks, uang = g.banding(), g.banding(self.uang_kurung)
        bulat, bantu = g.banding("#,##0"), g.banding(self.uang)
        kini = s.lama.total
        for n, (kunci, kata) in enumerate((("lama", "Sebelum"), *SEBAB, ("baru", "Setelah"))):
            r = 4 + n
            pastikan(ws.write_string(r, 0, kata.capitalize(), teks))
            if kunci in {"lama", "baru"}:
                total = s.lama.total if kunci == "lama" else s.baru.total
                f = f"={lembar}{huruf_kolom(_LAMA + 1)}{self.total + 1}" if kunci == "lama" else "=SUM(C5:C9)"
                pastikan(ws.write_blank(r, 1, None, bulat))
                pastikan(ws.write_formula(r, 2, f, uang, float(rupiah_dari_sen(total))))
                isi: tuple[tuple[str, int], ...] = (("=0", 0), (f"=C{r + 1}", total), ("=0", 0), ("=0", 0))
            else:
                delta = s.jumlah(kunci)
                f = f'=SUMIFS({rentang[_SELISIH]},{rentang[_SEBAB]},"{kunci}")'
                pastikan(
                    ws.write_formula(
                        r, 1, f'=SUMIFS({rentang[_HITUNG]},{rentang[_SEBAB]},"{kunci}")', bulat, s.banyak(kunci)
                    )
                )
                pastikan(ws.write_formula(r, 2, f, uang, float(rupiah_dari_sen(delta))))
                sebelum, sesudah = f"SUM(C$5:C{r})", f"SUM(C$5:C{r + 1})"
                isi = (
                    (f"=MIN({sebelum},{sesudah})", min(kini, kini + delta)), ("=0", 0),
                    (f"=MAX(C{r + 1},0)", max(delta, 0)), (f"=MAX(-C{r + 1},0)", max(-delta, 0)),
                )  # fmt: skip
                kini += delta
            for c, (rumus, sen) in enumerate(isi, 4):
                pastikan(ws.write_formula(r, c, rumus, bantu, float(rupiah_dari_sen(sen))))
        pastikan(ws.write_string(11, 0, "Selisih dengan lembar Persandingan", teks))
        pastikan(ws.write_blank(11, 1, None, bulat))
        cek = f"=ROUND(C10-{lembar}{huruf_kolom(_BARU + 1)}{self.total + 1},2)"
        pastikan(ws.write_formula(11, 2, cek, uang, 0.0))
        self._grafik(ws)
        ws.set_landscape()
        ws.set_paper(kertas(self.baru))
        ws.fit_to_pages(1, 0)
        pastikan(ws.print_area(0, 0, 38, 7))

    def _grafik(self, ws: Any) -> None:
        """Waterfall: invisible base, and what is added or taken on it."""
        grafik = self.wb.add_chart({"type": "column", "subtype": "stacked"})
        for c, nama, isi in (
            (4, "Dasar", {"none": True}), (5, "Total", {"color": "#2E75B6"}), (6, "Bertambah", {"color": "#548235"}),
            (7, "Berkurang", {"color": "#C55A11"}),
        ):  # fmt: skip
            seri: dict[str, Any] = {
                "name": nama, "categories": [SEBAB_PERUBAHAN, 4, 0, 9, 0], "values": [SEBAB_PERUBAHAN, 4, c, 9, c], "fill": isi, "gap": 60,
            }  # fmt: skip
            if c != 4:
                seri["data_labels"] = {
                    "value": True,
                    "num_format": "[>=50000]#,##0.0,,;[>0]#,##0;",
                    "font": {"size": 9},
                }
            grafik.add_series(seri)
        bawah = self._bawah_sumbu()
        catatan = "; sumbu tidak mulai dari nol" if bawah else ""
        judul = f"Dari pagu sebelum ke setelah (juta rupiah{catatan})"
        grafik.set_title({"name": judul, "name_font": {"size": 12}})
        grafik.set_legend({"position": "bottom", "delete_series": [0]})
        garis = {"visible": True, "line": {"color": "#D9D9D9"}}
        grafik.set_y_axis({"num_format": "#,##0,,", "major_gridlines": garis, **({"min": bawah} if bawah else {})})
        grafik.set_size({"width": 1050, "height": 440})
        pastikan(
            ws.insert_chart(
                13, 0, grafik, {"description": "Grafik air terjun: pagu sebelum, sebab perubahannya, dan pagu setelah"}
            )
        )

    def _bawah_sumbu(self) -> float:
        """Where the axis begins, in rupiah: 0, or where small changes of a large total can be seen."""
        s = self.s.sebab
        kini, tinggi = s.lama.total, [s.lama.total, s.baru.total]
        for kunci, _ in SEBAB:
            kini += s.jumlah(kunci)
            tinggi.append(kini)
        rentang = max(tinggi) - min(tinggi)
        if min(tinggi) <= 0 or rentang * 3 > min(tinggi) or rentang == 0:
            return 0
        bulat = 10 ** (len(str(rentang)) - 1)
        return float((min(tinggi) - rentang) // bulat * bulat // 100)

    # ── Isian Berubah ─────────────────────────────────────────────────────────────────────────────────────────

    def _isian(self) -> None:
        kolom = (
            ("Lembar", 22.0),
            ("Sel", 8.0),
            ("Kode", 20.0),
            ("Nama", 46.0),
            ("Kolom", 34.0),
            ("Sebelum", 32.0),
            ("Setelah", 32.0),
        )
        penjelasan = "Setiap isian yang berbeda, juga yang ikut ditambah atau dihapus bersama barisnya."
        w = LembarDaftar(self.wb, self.gaya, Bentuk(ISIAN_BERUBAH, "Isian yang Berubah", penjelasan, kolom))
        for i in self.s.diubah:
            sel = (MENURUT_KUNCI[i.tabel].lembar, i.sel, i.kode, i.nama, i.kolom, i.lama, i.baru)
            for c, t in enumerate(sel):
                w.teks(c, t)
            w.maju()
        if not self.s.diubah:
            w.teks(0, "Tidak ada isian yang berbeda.")
            w.maju()
        w.tutup()

    # ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _teks(self, r: int, c: int, teks: str, gaya: Any) -> None:
        pastikan(self.ws.write_string(r, c, teks, gaya) if teks else self.ws.write_blank(r, c, None, gaya))

    def _angka(self, r: int, c: int, sen: int | None, gaya: Any) -> None:
        pastikan(
            self.ws.write_blank(r, c, None, gaya)
            if sen is None
            else self.ws.write_number(r, c, rupiah_dari_sen(sen), gaya)
        )

    def _rumus(self, r: int, c: int, rumus: str, nilai: float | str, gaya: Any) -> None:
        pastikan(self.ws.write_formula(r, c, rumus, gaya, nilai))


def _keterangan(b: BarisBanding, ind: BarisIndikator | None, *, pertama: bool) -> str:
    semula = f"Indikator semula: {ind.semula}" if ind and ind.semula else ""
    return "; ".join(t for t in (b.keterangan if pertama else "", semula) if t)
