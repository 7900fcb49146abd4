"""The audit: periksa."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import (
    BERKAS,
    baca_untuk_ditulis,
    kabar,
    tulis_berkas,
    tulis_kembali,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renja_xl.core.bahan import Bahan, Paragraf
    from renja_xl.core.buku import Buku
    from renja_xl.core.letak import Letak
    from renja_xl.core.temuan import Temuan
    from renja_xl.resmi.peta import Peta

_LEBAR_TERSEMPIT = 80


@dataclass(frozen=True)
class _Diperiksa:
    """One workbook with its findings; a foreign one with what was taken from where."""

    path: Path
    buku: Buku
    letak: Letak
    bahan: Bahan
    temuan: Sequence[Temuan]
    peta: Peta | None = None


@click.command(cls=Perintah)
@click.argument("buku", type=BERKAS, nargs=-1, required=True)
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option(
    "--html",
    "kertas_kerja",
    type=BERKAS,
    metavar="F",
    help="Tulis juga Kertas Kerja Pemeriksaan sebagai halaman HTML, untuk dibaca di ponsel atau dicetak.",
)
@click.option(
    "--narasi",
    type=BERKAS,
    multiple=True,
    metavar="F",
    help="Bandingkan juga naskah Renja (.docx, .txt, .md) dengan tabelnya; boleh beberapa berkas.",
)
@click.option("--aturan", multiple=True, metavar="ID", help="Hanya aturan atau kelompok ini, misalnya HIT-08 atau ROL.")
@click.option("--tulis", "ditulis", is_flag=True, help="Isi lembar Catatan Perbaikan di buku itu dan tandai selnya.")
def periksa(
    buku: tuple[Path, ...],
    sebagai_json: bool,
    kertas_kerja: Path | None,
    narasi: tuple[Path, ...],
    aturan: tuple[str, ...],
    ditulis: bool,
) -> None:
    """Periksa angka, teks, dan rumus: apa yang tertulis, apa yang seharusnya, dan cara memperbaikinya.

    BUKU adalah buku induk, salinan kirim, atau buku kerja siapa pun (.xlsx, .xlsm, .xls, .ods) yang memuat tabel resmi.
    Catatan yang di lembar Catatan Perbaikan sudah dijelaskan dihitung tersendiri. Kode keluar 1 bila masih ada yang harus
    diperbaiki.

    \b
    Contoh:
      renja-xl periksa Renja.xlsx
      renja-xl periksa Renja.xlsx --aturan HIT --json
      renja-xl periksa Renja.xlsx --narasi "Bab I-V.docx" --html catatan.html
      renja-xl periksa Renja.xlsx --tulis
    """
    import json

    from renja_xl.core.catatan import keadaan_temuan
    from renja_xl.periksa import ATURAN
    from renja_xl.periksa.laporan import kalimat_ringkas, ke_json, ringkas, tabel_teks, tidak_diperiksa

    for a in aturan:
        if not any(k == a.upper() or k.startswith(f"{a.upper()}-") for k in ATURAN):
            raise click.BadParameter(f"'{a}' tidak dikenal; yang ada {', '.join(ATURAN)}", param_hint="--aturan")
    if aturan and ditulis:
        raise click.UsageError("--tulis tidak dapat dipakai bersama --aturan: lembar catatan memuat semua aturan.")
    if narasi and ditulis:
        raise click.UsageError("--narasi tidak dapat dipakai bersama --tulis: lembar catatan memuat sel buku itu saja.")
    if kertas_kerja is not None:
        _pastikan_html(kertas_kerja)
    paragraf = _baca_narasi(narasi)
    dicari = tuple(a.upper() for a in aturan)
    hasil = [_tulis_catatan(path) if ditulis else _periksa(path, dicari, paragraf) for path in buku]
    keadaan = [keadaan_temuan(x.buku, x.temuan) for x in hasil]
    if kertas_kerja is not None:
        _tulis_html(kertas_kerja, hasil)
    if sebagai_json:
        objek = [ke_json(str(x.path), x.buku, x.temuan, x.letak, x.bahan) for x in hasil]
        click.echo(json.dumps(objek[0] if len(objek) == 1 else objek, ensure_ascii=False, indent=2))
    else:
        for x, milik in zip(hasil, keadaan, strict=True):
            _kabar_pemetaan(x)
            click.echo(f"{x.path}: {kalimat_ringkas(x.temuan, milik)}")
            if x.temuan:
                click.echo()
                for baris in tabel_teks(x.temuan, x.letak, _lebar(), milik):
                    click.echo(baris)
                click.echo()
            kabar("Yang tidak diperiksa" + (f" di {x.path}:" if len(hasil) > 1 else ":"))
            for kalimat in tidak_diperiksa(x.buku, x.bahan):
                kabar(f"- {kalimat}")
    if any(ringkas(x.temuan, milik)["harus_diperbaiki"] for x, milik in zip(hasil, keadaan, strict=True)):
        sys.exit(1)


def _periksa(path: Path, aturan: tuple[str, ...], narasi: tuple[Paragraf, ...]) -> _Diperiksa:
    from renja_xl.core.bahan import Bahan
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.sumber import baca_apa_saja

    x = baca_apa_saja(path)
    bahan = Bahan(x.letak, x.kisi, narasi, x.lembar_lain)
    return _Diperiksa(path, x.buku, x.letak, bahan, periksa_buku(x.buku, aturan, bahan), x.peta)


def _kabar_pemetaan(x: _Diperiksa) -> None:
    """What was taken from where in a foreign workbook."""
    if x.peta is not None:
        from renja_xl.laporan_pemetaan import laporan_pemetaan

        for baris in laporan_pemetaan(x.peta):
            kabar(baris)


def _baca_narasi(berkas: tuple[Path, ...]) -> tuple[Paragraf, ...]:
    if not berkas:
        return ()
    from renja_xl.narasi import baca_narasi

    return tuple(p for f in berkas for p in baca_narasi(f))


def _lebar() -> int:
    import shutil

    return max(shutil.get_terminal_size((140, 24)).columns, _LEBAR_TERSEMPIT)


def _pastikan_html(path: Path) -> None:
    if path.suffix.lower() not in {".html", ".htm"}:
        raise click.BadParameter(f"{path}: nama berkasnya harus berakhiran .html", param_hint="--html")


def _tulis_html(path: Path, hasil: Sequence[_Diperiksa]) -> None:
    from datetime import datetime

    from renja_xl.laporan_html import Bagian, laporan_html

    bagian = [Bagian(str(x.path), x.buku, x.temuan, x.letak, x.bahan) for x in hasil]
    tulis_berkas(path, laporan_html(bagian, datetime.now()).encode())


def _tulis_catatan(path: Path) -> _Diperiksa:
    """Audit a workbook and bring its *Catatan Perbaikan* up to date; explanations stay with their findings."""
    from renja_xl.core.bahan import Bahan
    from renja_xl.core.catatan import segarkan_catatan
    from renja_xl.excel.kisi_induk import kisi_induk, lembar_lain
    from renja_xl.excel.susun_tabel import susun_tabel
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.tabel import CATATAN_PERBAIKAN

    terbaca, semula = baca_untuk_ditulis(path)
    kisi = kisi_induk(terbaca)
    bahan = Bahan(terbaca.letak, kisi, lembar_lain=lembar_lain(terbaca.paket.lembar, kisi))
    temuan = periksa_buku(terbaca.buku, bahan=bahan)
    hasil = segarkan_catatan(terbaca.buku, temuan, terbaca.letak)
    tulis_kembali(path, None, semula, susun_tabel(terbaca, hasil, [CATATAN_PERBAIKAN]), terbaca.buku, hasil)
    return _Diperiksa(path, terbaca.buku, terbaca.letak, bahan, temuan)
