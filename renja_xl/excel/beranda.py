"""Native charts of Beranda, drawn from the hidden sheet *Data Grafik*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from renja_xl.core.buku import Baris, Level
from renja_xl.core.letak import huruf_kolom
from renja_xl.tabel import BERANDA, DATA_GRAFIK, REKAP_TRIWULAN
from renja_xl.tabel.beranda import BUTIR_BERANDA

KOLOM_GRAFIK = len(BERANDA.kolom)
"""First column of the charts, 0-based: beside the table and its hidden columns."""

LEBAR_GRAFIK = 9
"""Columns that the charts cover."""

BARIS_GRAFIK = max(45, BERANDA.baris_nomor + len(BUTIR_BERANDA) - 1)
"""Last row of Beranda, 0-based: that of its charts, or of its table."""

if TYPE_CHECKING:
    from renja_xl.excel.paket import Paket

_WARNA = ("#7F9DB9", "#2E75B6", "#1F3864")
_LEBAR, _TINGGI = 560, 212
_HURUF = {"name": "Calibri", "size": 8}


def tulis_grafik(wb: Any, ws: Any, rows: Sequence[Baris]) -> None:
    """Put the charts on Beranda.

    Args:
        rows: rows of *Data Grafik*: programs first, then kegiatan.
    """
    banyak = sum(b.level is Level.PROGRAM for b in rows)
    program, kegiatan = rentang_grafik(banyak, len(rows) - banyak)
    rupiah = _sumbu_rupiah()
    for n, (judul, keterangan, kolom, rentang, sumbu) in enumerate(
        (
            ("Pagu per program (miliar rupiah)", "Batang pagu tiap program menurut Rancangan Awal RKPD, kebutuhan, dan T-C.33.",
             ("pagu_rkpd", "kebutuhan_dana", "pagu_n"), program, rupiah),
            ("Capaian Renstra per program (%)", "Batang rata-rata tingkat capaian Renstra indikator tiap program.",
             ("capaian",), program, {**rupiah, "num_format": "0", "min": 0}),
            ("Kebutuhan per kegiatan (miliar rupiah)", "Batang kebutuhan dana tiap kegiatan.",
             ("kebutuhan_dana",), kegiatan, rupiah),
        )
    ):  # fmt: skip
        grafik = wb.add_chart({"type": "bar"})
        for k, kunci in enumerate(kolom):
            grafik.add_series(
                {
                    "name": f"='{DATA_GRAFIK.lembar}'!${_huruf(kunci)}${DATA_GRAFIK.baris_nomor}",
                    "categories": _rujukan("label", rentang),
                    "values": _rujukan(kunci, rentang),
                    "fill": {"color": _WARNA[k if len(kolom) > 1 else 1]},
                    "gap": 60,
                }
            )
        grafik.set_title({"name": judul, "name_font": {**_HURUF, "size": 10, "bold": True}, "overlay": False})
        grafik.set_x_axis(sumbu)
        grafik.set_y_axis({"reverse": True, "num_font": _HURUF, "crossing": "min"})
        grafik.set_legend({"position": "bottom", "font": _HURUF} if len(kolom) > 1 else {"none": True})
        grafik.set_size({"width": _LEBAR, "height": _TINGGI})
        ws.insert_chart(BERANDA.baris_nomor - 1, KOLOM_GRAFIK, grafik,
                        {"description": keterangan, "x_offset": 14, "y_offset": n * (_TINGGI + 6), "object_position": 2})  # fmt: skip
    _grafik_serapan(wb, ws, 3 * (_TINGGI + 6))


def _grafik_serapan(wb: Any, ws: Any, y: int) -> None:
    """Spending to each quarter beside its cash plan."""
    grafik = wb.add_chart({"type": "column"})
    for n, kunci in enumerate(("rencana_kas", "realisasi")):
        grafik.add_series(
            {
                "name": f"='{REKAP_TRIWULAN.lembar}'!${huruf_kolom(REKAP_TRIWULAN.letak_kolom[kunci])}${REKAP_TRIWULAN.baris_kepala}",
                "categories": _rujukan_rekap("triwulan"),
                "values": _rujukan_rekap(kunci),
                "fill": {"color": _WARNA[2 * n]},
                "gap": 80,
            }
        )
    judul = "Penyerapan terhadap rencana kas (miliar rupiah)"
    grafik.set_title({"name": judul, "name_font": {**_HURUF, "size": 10, "bold": True}, "overlay": False})
    grafik.set_x_axis({"num_font": _HURUF})
    grafik.set_y_axis(_sumbu_rupiah())
    grafik.set_legend({"position": "bottom", "font": _HURUF})
    grafik.set_size({"width": _LEBAR, "height": _TINGGI})
    keterangan = "Kolom rencana kas dan realisasi anggaran sampai dengan tiap triwulan."
    ws.insert_chart(BERANDA.baris_nomor - 1, KOLOM_GRAFIK, grafik,
                    {"description": keterangan, "x_offset": 14, "y_offset": y, "object_position": 2})  # fmt: skip


def _rujukan_rekap(kunci: str) -> str:
    huruf, awal = huruf_kolom(REKAP_TRIWULAN.letak_kolom[kunci]), REKAP_TRIWULAN.baris_pertama
    return f"='{REKAP_TRIWULAN.lembar}'!${huruf}${awal}:${huruf}${awal + REKAP_TRIWULAN.baris_tetap - 1}"


def _sumbu_rupiah() -> dict[str, Any]:
    return {
        "num_format": "#,##0.0,,,",
        "num_font": _HURUF,
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
    }


def bagian_grafik(paket: Paket) -> set[str]:
    """Parts of the charts that stand on Beranda."""
    lembar = paket.lembar.get(BERANDA.lembar)
    gambar = [t for t, jenis, _ in paket.relasi(lembar) if jenis.endswith("/drawing") and t in paket] if lembar else []
    return {t for g in gambar for t, jenis, _ in paket.relasi(g) if jenis.endswith("/chart")}


_RENTANG = re.compile(rb"((?:'|&apos;)Data Grafik(?:'|&apos;)!\$[A-Z]{1,3}\$)(\d+)(:\$[A-Z]{1,3}\$)(\d+)")
_SIMPANAN = re.compile(rb"<((?:[\w.-]+:)?)(?:num|str)Cache>.*?</\1(?:num|str)Cache>", re.DOTALL)


def grafik_baru(xml: bytes, awal: int, program: int, kegiatan: int) -> bytes:
    """A chart over the present rows of *Data Grafik*; what it had saved of the rows before goes.

    Args:
        awal: first sheet row of the data.
    """

    def ganti(m: re.Match[bytes]) -> bytes:
        milik_program, milik_kegiatan = rentang_grafik(program, kegiatan, awal)
        mulai, akhir = milik_program if int(m[2]) == awal else milik_kegiatan
        return b"%s%d%s%d" % (m[1], mulai, m[3], akhir)

    baru = _RENTANG.sub(ganti, xml)
    return xml if baru == xml else _SIMPANAN.sub(b"", baru)


def rentang_grafik(
    program: int, kegiatan: int, awal: int = DATA_GRAFIK.baris_pertama
) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last sheet row of the programs, and of the kegiatan, in *Data Grafik*; at least one row each."""
    tengah = awal + max(program, 1)
    return (awal, tengah - 1), (tengah, tengah + max(kegiatan, 1) - 1)


def _huruf(kunci: str) -> str:
    return huruf_kolom(DATA_GRAFIK.letak_kolom[kunci])


def _rujukan(kunci: str, rentang: tuple[int, int]) -> str:
    huruf = _huruf(kunci)
    return f"='{DATA_GRAFIK.lembar}'!${huruf}${rentang[0]}:${huruf}${rentang[1]}"
