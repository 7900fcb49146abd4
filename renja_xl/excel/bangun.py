"""Build a master workbook (.xlsx) from a plan with XlsxWriter: official forms, native formulas, cached values everywhere."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from io import BytesIO

from xlsxwriter import Workbook

from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Baris, Buku, Level, Sel
from renja_xl.core.letak import huruf_kolom, letak_bawaan
from renja_xl.errors import RenjaError
from renja_xl.excel.beranda import tulis_grafik
from renja_xl.excel.gaya import Gaya
from renja_xl.excel.lembar import Bahan, Lembar, kertas, pastikan, tutup
from renja_xl.excel.panduan import tulis_panduan
from renja_xl.excel.rumus import PenyusunRumus, banyak_sel_udf
from renja_xl.excel.vba import KONF, LEMBAR_KONF
from renja_xl.tabel import ASLI, BERANDA, CARI, CATATAN_PERBAIKAN, DATA_GRAFIK, PROFIL, SEMUA, TABEL_RENCANA
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.profil import ISIAN
from renja_xl.tabel.spec import TabelSpec

LEMBAR: tuple[TabelSpec | None, ...] = tuple(
    x for spec in SEMUA for x in ((spec, None) if spec is CATATAN_PERBAIKAN else (spec,))
)
"""Sheets in the order of their tabs; None is Panduan."""

FUNGSI_KEADAAN = {"keadaan_makro": "KEADAAN_MAKRO", "keadaan_python": "KEADAAN_PYTHON"}
"""Lines of Beranda that a VBA function knows better than the file."""

PILIHAN_MAKRO = ("rumus_python", "otomatis")
"""Choices on the ribbon that a macro workbook keeps as names: 1 on, 0 off."""

BATAS_SEL_UDF = 4_000
"""Cells that may call Python: a call from a cell costs Excel about a millisecond, and a full recompute should not take longer
than a planner waits. Beyond it a macro workbook starts with native formulas; the ribbon can still turn the others on."""

_JANGKAUAN_CATATAN = 5_000
"""Rows of *Catatan Perbaikan* that marks on cells look at."""


def bangun(buku: Buku, makro: bool = False) -> bytes:
    """The workbook's bytes; the same plan gives the same bytes.

    Args:
        makro: whether it is to become a macro workbook (``vba.dengan_makro``): sheets get the names that VBA knows them
            by, xlwings gets its settings, and computed cells that have a Python function use it. Values are the same.

    Raises:
        TeksTerlaluPanjangError: a text that no cell can hold.
        RumusTerlaluPanjangError: a sum that no formula can hold.
    """
    keluaran = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter drops what it warns about
        _Pembangun(buku, keluaran, makro).bangun()
    return dengan_tinggi_otomatis(keluaran.getvalue(), LEMBAR)


def buku_kerja(keluaran: BytesIO, buku: Buku) -> Workbook:
    """An empty workbook for a plan: nothing is guessed from texts, nothing recalculated on load, no person named."""
    wb = Workbook(
        keluaran,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    wb.set_calc_mode("auto", 191029)  # an older id, or a full recalculation, would call every function on load
    wb.calc_on_load = False
    nama, tahun = buku.profil("perangkat_daerah"), buku.tahun
    wb.set_properties(
        {
            "title": f"Renja {nama or ''} Tahun {tahun}".replace("  ", " "),
            "subject": f"Rencana Kerja Perangkat Daerah Tahun {tahun}",
            "author": str(nama or "Renja-XL"),
            "company": str(buku.profil("kabupaten") or ""),
            "category": "Rencana Kerja (Renja)",
            "created": datetime(tahun - 1, 1, 1),
        }
    )
    return wb


_TINGGI_TETAP = re.compile(r'(<row r="(\d+)"[^>]*?) customHeight="1"')


def dengan_tinggi_otomatis(paket: bytes, lembar: Sequence[TabelSpec | None]) -> bytes:
    """Data rows carry their estimated height as an automatic one, so that Excel still fits them while typing.

    Args:
        lembar: tables by sheet; None for a sheet without one.
    """
    keluaran = BytesIO()
    with zipfile.ZipFile(BytesIO(paket)) as asal, zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as z:
        for info in asal.infolist():
            isi = asal.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                nomor = int(re.sub(r"\D", "", info.filename)) - 1
                spec = lembar[nomor] if nomor < len(lembar) else None  # the settings of a macro workbook come last
                if spec is not None:
                    isi = _TINGGI_TETAP.sub(partial(_otomatis, spec.baris_pertama), isi.decode()).encode()
            z.writestr(info, isi)
    return keluaran.getvalue()


def _otomatis(pertama: int, m: re.Match[str]) -> str:
    return m[1] if int(m[2]) >= pertama else m[0]


class _Pembangun:
    def __init__(self, buku: Buku, keluaran: BytesIO, makro: bool) -> None:
        self.buku, self.makro = buku, makro
        self.udf = makro and banyak_sel_udf(buku) <= BATAS_SEL_UDF
        self.tahun = buku.tahun
        self.wb = buku_kerja(keluaran, buku)

    def bangun(self) -> None:
        wb, buku = self.wb, self.buku
        bahan = Bahan(buku, wb, Gaya(wb), PenyusunRumus(buku, letak_bawaan(buku), self.udf))
        for spec in LEMBAR:
            if spec is None:
                tulis_panduan(wb, bahan.gaya, self.tahun, kertas(buku))
            else:
                Lembar(bahan, spec, self.baris(spec)).tulis()
        self._nama(PROFIL, "profil", [i.kunci for i in ISIAN])
        self._nama(next(s for s in SEMUA if s.kunci == "Dasar Perhitungan"), "dasar", [d.kunci for d in DASAR])
        self._nama_catatan()
        self._nama_cari()
        tulis_grafik(wb, wb.get_worksheet_by_name(BERANDA.lembar), buku.baris(DATA_GRAFIK.kunci))
        wb.get_worksheet_by_name(BERANDA.lembar).activate()
        if self.makro:
            self._siapkan_makro()
        tutup(wb)

    def _siapkan_makro(self) -> None:
        """What VBA and xlwings look for in the workbook."""
        konf = self.wb.add_worksheet(LEMBAR_KONF)
        for n, butir in enumerate(KONF.items()):
            for c, teks in enumerate(butir):
                pastikan(konf.write_string(n, c, teks))
        pastikan(konf.set_column(0, 1, 32))
        konf.hide()
        self._keadaan_makro()
        for nama in PILIHAN_MAKRO:
            pastikan(self.wb.define_name(nama, "=0" if nama == "rumus_python" and not self.udf else "=1"))
        self.wb.set_vba_name("ThisWorkbook")
        for n, ws in enumerate(self.wb.worksheets(), 1):
            ws.set_vba_name(f"Lembar{n:02}")

    def _keadaan_makro(self) -> None:
        """Beranda shows *Aktif* over the plain text of a cell as long as a VBA function says so.

        Excel evaluates a conditional format each time it draws the cell. A formula in the cell would have to be volatile
        not to be believed from an earlier session, and would make Excel ask at each closing whether to save.
        """
        ws = self.wb.get_worksheet_by_name(BERANDA.lembar)
        aktif = self.wb.add_format({"num_format": ';;;"Aktif"'})
        for n, b in enumerate(self.baris(BERANDA)):
            fungsi = FUNGSI_KEADAAN.get(str(b["kunci"].nilai))
            if fungsi is not None:
                r, c = BERANDA.baris_pertama - 1 + n, BERANDA.letak_kolom["nilai"] - 1
                syarat = {"type": "formula", "criteria": f"={fungsi}()", "format": aktif}
                pastikan(ws.conditional_format(r, c, r, c, syarat))

    def _nama(self, spec: TabelSpec, awalan: str, kunci: Sequence[str]) -> None:
        """Defined names for declared fields; a missing one would break the formulas that use it."""
        baris = {b["kunci"].nilai: n for n, b in reversed(list(enumerate(self.buku.baris(spec.kunci))))}
        kolom = huruf_kolom(spec.letak_kolom["nilai"])
        for k in kunci:
            if k not in baris:
                raise RenjaError(
                    f"Lembar {spec.lembar}: isian '{k}' tidak ada lagi; mohon kembalikan barisnya dari cadangan."
                )
            rujukan = f"='{spec.lembar}'!${kolom}${spec.baris_pertama + baris[k]}"
            pastikan(self.wb.define_name(f"{awalan}_{k}", rujukan))

    def _nama_catatan(self) -> None:
        """Columns of *Catatan Perbaikan* by name, for the marks: conditional formats know no structured references."""
        spec = CATATAN_PERBAIKAN
        akhir = spec.baris_pertama + max(_JANGKAUAN_CATATAN, len(self.baris(spec)))
        for k in ("lembar", "sel", "keadaan", "anggota"):
            huruf = huruf_kolom(spec.letak_kolom[k])
            rujukan = f"='{spec.lembar}'!${huruf}${spec.baris_pertama}:${huruf}${akhir}"
            pastikan(self.wb.define_name(f"catatan_{k}", rujukan))

    def _nama_cari(self) -> None:
        """The cell that holds what is looked for."""
        rujukan = f"='{CARI.lembar}'!${huruf_kolom(CARI.letak_kolom['kata'])}${CARI.baris_pertama}"
        pastikan(self.wb.define_name("cari_kata", rujukan))

    def baris(self, spec: TabelSpec) -> Sequence[Baris]:
        return tuple(baris_asli(self.buku)) if spec is ASLI else baris_lembar(self.buku, spec.kunci)


def baris_asli(buku: Buku) -> Iterator[Baris]:
    """Original texts of imported cells as rows of ``_asli``."""
    for spec in TABEL_RENCANA:
        for b in buku.baris(spec.kunci):
            for kolom in spec.kolom:
                asli = b[kolom.kunci].asli
                if asli is not None:
                    isi = {"tabel": spec.kunci, "baris_id": b.id, "kolom": kolom.kunci, "asli": asli}
                    yield Baris(f"{b.id}|{kolom.kunci}", Level.DATA, {k: Sel(v) for k, v in isi.items()})
