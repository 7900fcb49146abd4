"""The consolidated workbook: totals by formulas that lead down to the cell of every number."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from renja_xl.bappeda.rekap.bentuk import (
    BERKAS,
    CATATAN,
    KELENGKAPAN,
    NOMENKLATUR,
    PAGU,
    PER_PERANGKAT_DAERAH,
    PER_PROGRAM,
    PER_URUSAN,
    RINCIAN,
    RINGKASAN,
    UKURAN_BERJUDUL,
)
from renja_xl.bappeda.rekap.hasil import HasilRekap, jumlah_program
from renja_xl.bappeda.rekap.pilih import Instansi
from renja_xl.bappeda.rekap.rincian import (
    BATAS_BARIS,
    KUNCI,
    NILAI,
    Konteks,
    PenulisBaris,
    Tata,
    nama_lembar,
    sisipkan,
)
from renja_xl.bappeda.rekap.ringan import TABEL_RINGAN
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import rupiah_dari_sen, tulis_rp
from renja_xl.excel.gaya import TAUTAN, Gaya
from renja_xl.excel.lembar import pastikan, tutup
from renja_xl.excel.lembar_daftar import AWAL, Bentuk, LembarDaftar, buku_kerja
from renja_xl.tabel import PROFIL
from renja_xl.tabel.spec import Tipe

URUTAN_UKURAN = tuple(u for u, _ in UKURAN_BERJUDUL)
_TERBESAR = 15

Ambil = Any
"""Gives the records (JSON lists) of an agency's file."""


def susun_rekap(hasil: HasilRekap, ambil: Ambil, batas: int = BATAS_BARIS) -> bytes:
    """The workbook's bytes.

    Args:
        ambil: records of an ``Instansi`` as JSON lists.
        batas: rows of a sheet.
    """
    keluaran = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter drops what it warns about
        p = _Penyusun(hasil, keluaran, batas)
        p.susun()
    akhir = BytesIO()

    def baris(lembar: int, gaya: Sequence[str]) -> Iterator[str]:
        penulis = PenulisBaris(gaya)
        for i, b in zip(hasil.instansi, p.tata.bagian, strict=True):
            if b.lembar == lembar:
                k = Konteks(i.nama, i.tahun, i.dipakai.nama, p.nomor_program(i))
                yield from penulis.xml(k, ambil(i), b.awal, b.akhir)

    sisipkan(keluaran.getvalue(), baris, akhir)
    return akhir.getvalue()


class _Penyusun:
    def __init__(self, hasil: HasilRekap, keluaran: BytesIO, batas: int) -> None:
        self.hasil, self.tata = hasil, Tata(batas=batas)
        self.wb = buku_kerja(keluaran)
        self.gaya = Gaya(self.wb)
        self.tahun = sorted({i.tahun for i in hasil.instansi})
        for i in hasil.instansi:
            self.tata.tambah(i.ringkas.banyak)
        self._letak_program: list[tuple[int, int]] = []
        self._letak_pd: list[int] = []

    @staticmethod
    def nomor_program(i: Instansi) -> dict[tuple[str, str], int]:
        return {(u, kode or nama): n for n, (u, kode, nama, _) in enumerate(i.ringkas.program, 1)}

    def susun(self) -> None:
        wb = self.wb
        daerah = sorted({i.kabupaten for i in self.hasil.instansi if i.kabupaten})
        judul = f"Rekap Renja {daerah[0] if len(daerah) == 1 else ''} Tahun {', '.join(map(str, self.tahun))}".replace(
            "  ", " "
        )
        wb.set_properties(
            {"title": judul, "subject": "Rekap Renja perangkat daerah", "author": "Bappeda", "category": "Renja"}
        )
        self.ringkasan = self._lembar(replace(RINGKASAN, judul=judul))
        self.pd, self.urusan, self.program = (self._lembar(x) for x in (PER_PERANGKAT_DAERAH, PER_URUSAN, PER_PROGRAM))
        self._rincian()
        self._isi_program()
        self._isi_pd()
        self._isi_urusan()
        self._isi_ringkasan()
        self._isi_pagu()
        self._isi_kelengkapan()
        self._isi_nomenklatur()
        self._isi_catatan()
        self._isi_berkas()
        self.ringkasan.ws.activate()
        tutup(wb)

    def _lembar(self, bentuk: Bentuk) -> LembarDaftar:
        return LembarDaftar(self.wb, self.gaya, bentuk)

    # ── Rincian ──────────────────────────────────────────────────────────────────────────────────────────────

    def _rincian(self) -> None:
        for n in range(self.tata.lembar):
            judul = RINCIAN.judul + (f" (lanjutan {n + 1})" if n else "")
            lembar = self._lembar(replace(RINCIAN, nama=nama_lembar(n), judul=judul))
            for c in range(len(RINCIAN.kolom)):
                if c == NILAI:
                    self.ws_pola(lembar, c)
                elif c == 1:
                    lembar.angka(c, 0)
                else:
                    lembar.teks(c, "-")
            lembar.baris = self.tata.akhir(n)
            lembar.tutup()

    def ws_pola(self, lembar: LembarDaftar, c: int) -> None:
        """The cell that shows an amount or a target: decimals only where there are any."""
        pastikan(lembar.ws.write_number(lembar.baris, c, 0, self.gaya.sel(TAUTAN, Tipe.RUPIAH)))

    # ── totals ───────────────────────────────────────────────────────────────────────────────────────────────

    def _isi_program(self) -> None:
        p = self.program
        for i, b in zip(self.hasil.instansi, self.tata.bagian, strict=True):
            awal = p.baris
            rincian = nama_lembar(b.lembar)
            nilai, kunci = (
                f"'{rincian}'!${huruf_kolom(c + 1)}${b.awal}:${huruf_kolom(c + 1)}${b.akhir}" for c in (NILAI, KUNCI)
            )
            for nomor, (urusan, kode, nama, sen) in enumerate(i.ringkas.program, 1):
                p.angka(0, i.tahun)
                for c, isi in (
                    (1, i.nama),
                    (2, i.kabupaten),
                    (3, urusan),
                    (4, kode),
                    (5, nama or "(program tidak tertulis)"),
                ):
                    p.teks(c, isi)
                for c, u in enumerate(URUTAN_UKURAN, 6):
                    p.rumus(c, f'=SUMIFS({nilai},{kunci},"{u}|{nomor}")', rupiah_dari_sen(sen[u]))
                p.teks(10, f"{i.tahun}|{urusan}")
                p.maju()
            self._letak_program.append((awal, p.baris - 1))
        p.ws.set_column(10, 10, 12, None, {"hidden": True})
        p.tutup()

    def _isi_pd(self) -> None:
        p = self.pd
        for i, (awal, akhir) in zip(self.hasil.instansi, self._letak_program, strict=True):
            r = i.ringkas
            self._letak_pd.append(p.baris)
            p.angka(0, i.tahun)
            for c, isi in ((1, i.nama), (2, i.kabupaten), (3, r.tahapan or "-"), (4, str(r.revisi))):
                p.teks(c, isi)
            p.angka(5, len(r.program))
            p.angka(6, r.sub_kegiatan)
            jumlah = jumlah_program(x for *_, x in r.program)
            for n, u in enumerate(URUTAN_UKURAN):
                rumus = f"=SUM({self.program.rujukan(6 + n, awal, akhir)})" if akhir >= awal else "=0"
                p.rumus(7 + n, rumus, rupiah_dari_sen(jumlah[u]))
            p.rupiah(11, r.tertulis.get("pagu_n"))
            beda = jumlah["pagu_n"] - r.tertulis["pagu_n"] if "pagu_n" in r.tertulis else None
            sel = f"{huruf_kolom(10)}{p.baris + 1}", f"{huruf_kolom(12)}{p.baris + 1}"
            p.rumus(
                12,
                f'=IF(ISNUMBER({sel[1]}),ROUND({sel[0]}-{sel[1]},2),"-")',
                "-" if beda is None else rupiah_dari_sen(beda),
            )
            for n, t in enumerate(("harus_diperbaiki", "perlu_dicek")):
                p.angka(13 + n, None if r.temuan is None else r.temuan.get(t, 0))
            p.teks(15, i.dipakai.nama)
            p.maju()
        p.tutup()

    def _isi_urusan(self) -> None:
        u = self.urusan
        jumlah: dict[tuple[int, str], list[dict[str, int]]] = defaultdict(list)
        pengampu: dict[tuple[int, str], set[int]] = defaultdict(set)
        sebutan: dict[str, str] = {}
        for n, i in enumerate(self.hasil.instansi):
            for urusan, _, _, sen in i.ringkas.program:
                jumlah[i.tahun, urusan].append(sen)
                pengampu[i.tahun, urusan].add(n)
            sebutan = {**i.ringkas.urusan, **sebutan}
        akhir = max(self.program.baris - 1, AWAL)
        kunci = self.program.rujukan(10, AWAL, akhir)
        for tahun, urusan in sorted(jumlah):
            sen = jumlah_program(jumlah[tahun, urusan])
            u.angka(0, tahun)
            u.teks(1, urusan or "(tanpa kode)")
            u.teks(2, sebutan.get(urusan, "-"))
            u.angka(3, len(pengampu[tahun, urusan]))
            u.angka(4, len(jumlah[tahun, urusan]))
            for n, k in enumerate(URUTAN_UKURAN):
                rumus = f"=SUMIFS({self.program.rujukan(6 + n, AWAL, akhir)},{kunci},{huruf_kolom(10)}{u.baris + 1})"
                u.rumus(5 + n, rumus, rupiah_dari_sen(sen[k]))
            u.teks(9, f"{tahun}|{urusan}")
            u.maju()
        u.ws.set_column(9, 9, 12, None, {"hidden": True})
        u.tutup()

    def _isi_ringkasan(self) -> None:
        r, p = self.ringkasan, self.pd
        akhir = max(p.baris - 1, AWAL)
        tahun_pd = p.rujukan(0, AWAL, akhir)
        for tahun in self.tahun:
            milik = [i for i in self.hasil.instansi if i.tahun == tahun]
            jumlah = self.hasil.total(tahun)
            r.teks(0, f"Tahun {tahun}")
            for n, k in enumerate(URUTAN_UKURAN, 1):
                r.rumus(n, f"=SUMIFS({p.rujukan(6 + n, AWAL, akhir)},{tahun_pd},{tahun})", rupiah_dari_sen(jumlah[k]))
            r.rumus(5, f"=COUNTIFS({tahun_pd},{tahun})", len(milik), Tipe.ANGKA)
            program = sum(len(i.ringkas.program) for i in milik)
            r.rumus(6, f"=SUMIFS({p.rujukan(5, AWAL, akhir)},{tahun_pd},{tahun})", program, Tipe.ANGKA)
            for n, t in enumerate(("harus_diperbaiki", "perlu_dicek")):
                banyak = sum((i.ringkas.temuan or {}).get(t, 0) for i in milik)
                r.rumus(7 + n, f"=SUMIFS({p.rujukan(13 + n, AWAL, akhir)},{tahun_pd},{tahun})", banyak, Tipe.ANGKA)
            r.maju()
        r.maju()
        for teks in self._kalimat():
            pastikan(r.ws.write_string(r.baris, 0, teks, self.gaya.anak_judul()))
            r.maju()
        r.maju()
        self._terbesar()
        r.ws.print_area(0, 0, r.baris + 22, 8)

    def _kalimat(self) -> Iterable[str]:
        h = self.hasil
        yield f"{len(h.berkas)} berkas diterima: {len(h.berkas) - len(h.ditolak)} terbaca, {len(h.ditolak)} tidak dapat dibaca."
        lain = sum(len(i.lain) for i in h.instansi)
        if lain:
            yield f"{lain} berkas adalah tahapan atau revisi yang lebih rendah, atau salinan; tidak ikut dijumlahkan."
        if h.daftar:
            yield f"{len(h.kurang)} dari {len(h.daftar)} perangkat daerah dalam daftar belum mengirim berkas."
        lebih = [b for b in h.pagu if (b.selisih or 0) > 0]
        if h.pagu:
            yield f"{len(lebih)} dari {len(h.pagu)} pagu terlampaui, seluruhnya {tulis_rp(sum(b.selisih or 0 for b in lebih))}."
        if not h.diperiksa:
            yield "Berkas belum diperiksa (pilihan tanpa pemeriksaan); kolom catatan kosong."
        if any(b.ringkas.sebagian for b in h.berkas):
            dibuka = ", ".join((PROFIL.lembar, *(t.lembar for t in TABEL_RINGAN)))
            yield (
                f"Dari buku induk dan salinan hanya lembar {dibuka} yang dibuka; kerusakan di lembar lain tidak diketahui, "
                f"lihat lembar {BERKAS.nama}."
            )

    def _terbesar(self) -> None:
        """The largest agencies, as links to their rows, and two charts."""
        r, p, h = self.ringkasan, self.pd, self.hasil
        pastikan(r.ws.write_string(r.baris, 0, "Pagu tahun rencana terbesar", self.gaya.bagian()))
        r.maju()
        for c, teks in enumerate(("Perangkat daerah", "Pagu (T-C.33)\n(Rp)")):
            pastikan(r.ws.write_string(r.baris, c, teks, self.gaya.kepala()))
        pastikan(r.ws.set_row(r.baris, 30))
        r.maju()
        awal = r.baris
        pagu = [jumlah_program(x for *_, x in i.ringkas.program)["pagu_n"] for i in h.instansi]
        for n in sorted(range(len(pagu)), key=lambda n: (-pagu[n], n))[:_TERBESAR]:
            baris = self._letak_pd[n] + 1
            r.rumus(0, f"='{p.nama}'!$B${baris}", h.instansi[n].nama, Tipe.TEKS)
            r.rumus(1, f"='{p.nama}'!$J${baris}", rupiah_dari_sen(pagu[n]))
            r.maju()
        if r.baris == awal:
            return
        u = self.urusan
        akhir_urusan = max(u.baris - 1, AWAL)
        for n, (judul, uraian, kategori, nilai) in enumerate((
            ("Pagu terbesar per perangkat daerah (miliar rupiah)", "Batang pagu tahun rencana perangkat daerah terbesar.",
             r.rujukan(0, awal, r.baris - 1), r.rujukan(1, awal, r.baris - 1)),
            ("Pagu per bidang urusan (miliar rupiah)", "Batang pagu tahun rencana tiap bidang urusan.",
             u.rujukan(2, AWAL, akhir_urusan), u.rujukan(7, AWAL, akhir_urusan)),
        )):  # fmt: skip
            grafik = self.wb.add_chart({"type": "bar"})
            grafik.add_series({"name": "Pagu tahun rencana", "categories": f"={kategori}", "values": f"={nilai}",
                               "fill": {"color": "#2E75B6"}, "gap": 60})  # fmt: skip
            grafik.set_title(
                {"name": judul, "name_font": {"name": "Calibri", "size": 11, "bold": True}, "overlay": False}
            )
            grafik.set_x_axis(
                {"num_format": "#,##0.0,,,", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
            )
            grafik.set_y_axis({"reverse": True, "crossing": "min", "num_font": {"size": 8}})
            grafik.set_legend({"none": True})
            grafik.set_size({"width": 640, "height": 380})
            r.ws.insert_chart(r.baris + 1, 0 if n == 0 else 3, grafik, {"description": uraian, "object_position": 2})

    # ── lists ────────────────────────────────────────────────────────────────────────────────────────────────

    def _isi_pagu(self) -> None:
        w = self._lembar(PAGU)
        for b in self.hasil.pagu:
            w.teks(0, "Sumber dana" if b.plafon.sumber_dana else "Perangkat daerah")
            w.teks(1, b.plafon.nama)
            w.rupiah(2, b.plafon.sen)
            if b.instansi:
                w.rumus(3, "=" + "+".join(f"'{self.pd.nama}'!$J${self._letak_pd[n] + 1}" for n in b.instansi[:100]),
                        rupiah_dari_sen(b.rencana or 0))  # fmt: skip
            else:
                w.rupiah(3, b.rencana)
            n = w.baris + 1
            selisih = b.selisih
            w.rumus(
                4, f'=IF(ISNUMBER(D{n}),ROUND(D{n}-C{n},2),"-")', "-" if selisih is None else rupiah_dari_sen(selisih)
            )
            keadaan = "belum ada rencana" if selisih is None else "melampaui pagu" if selisih > 0 else "dalam pagu"
            w.rumus(
                5,
                f'=IF(ISNUMBER(E{n}),IF(E{n}>0,"melampaui pagu","dalam pagu"),"belum ada rencana")',
                keadaan,
                Tipe.TEKS,
            )
            w.teks(6, b.plafon.tempat)
            w.maju()
        if not self.hasil.pagu:
            w.teks(1, "Belum ada daftar pagu; beri dengan pilihan --pagu.")
            w.maju()
        w.tutup()

    def _isi_kelengkapan(self) -> None:
        w = self._lembar(KELENGKAPAN)
        for i in self.hasil.instansi:
            for n, b in enumerate((i.dipakai, *i.lain)):
                w.teks(0, i.nama)
                w.teks(1, i.kabupaten)
                w.angka(2, i.tahun)
                w.teks(3, b.ringkas.tahapan or "-")
                w.teks(4, str(b.ringkas.revisi))
                w.teks(5, "tidak dihitung" if n else "dihitung")
                w.teks(6, b.nama)
                w.teks(7, "" if n else " ".join(i.catatan))
                w.maju()
        for nama in self.hasil.kurang:
            w.teks(0, nama)
            w.teks(5, "belum mengirim")
            w.teks(7, "Ada dalam daftar, tetapi tidak ada berkasnya; mohon diminta.")
            w.maju()
        w.tutup()

    def _isi_nomenklatur(self) -> None:
        w = self._lembar(NOMENKLATUR)
        for i in self.hasil.instansi:
            for kode, nama, resmi, lembar, baris in i.ringkas.nomenklatur:
                for c, isi in enumerate(
                    (i.nama, kode, nama, resmi, "bernama lain" if resmi else "tidak dikenal", i.dipakai.nama, lembar)
                ):
                    w.teks(c, isi)
                w.angka(7, baris)
                w.maju()
        w.tutup()

    def _isi_catatan(self) -> None:
        w = self._lembar(CATATAN)
        for i in self.hasil.instansi:
            temuan = i.ringkas.temuan
            baris = [*i.catatan, *i.ringkas.catatan] or [""]
            for n, teks in enumerate(baris):
                w.teks(0, i.nama)
                for c, t in enumerate(("harus_diperbaiki", "perlu_dicek", "informasi", "dijelaskan"), 1):
                    w.angka(c, None if temuan is None or n else temuan.get(t, 0))
                w.teks(5, i.dipakai.nama)
                w.teks(6, teks)
                w.maju()
        w.tutup()

    def _isi_berkas(self) -> None:
        w = self._lembar(BERKAS)
        dipakai = {id(i.dipakai) for i in self.hasil.instansi}
        for b in self.hasil.berkas:
            r = b.ringkas
            w.teks(0, b.nama)
            w.teks(1, "tidak dapat dibaca" if r.galat else "dihitung" if id(b) in dipakai else "tidak dihitung")
            w.teks(2, r.jenis or "-")
            w.teks(3, r.perangkat_daerah or "-")
            w.angka(4, r.tahun or None)
            w.angka(5, r.banyak)
            w.teks(6, "-" if r.galat else "lembar pagu saja" if r.sebagian else "seluruh buku")
            w.teks(7, r.galat or " ".join(r.catatan[:3]))
            w.maju()
        w.tutup()
