"""Many agencies in one: rekap."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from renja_xl.bahasa import Perintah
from renja_xl.cli.dasar import BERKAS, kabar, tulis_berkas

if TYPE_CHECKING:
    from collections.abc import Callable

    from renja_xl.bappeda.rekap.hasil import HasilRekap
    from renja_xl.bappeda.rekap.jalan import Jalan

_BATAS_SEBUT = 20


@click.command(cls=Perintah)
@click.argument("sumber", nargs=-1, required=True)
@click.option("-o", "keluaran", type=BERKAS, required=True, metavar="REKAP.xlsx", help="Buku rekap yang ditulis.")
@click.option(
    "--parquet", type=BERKAS, metavar="DIR", help="Tulis juga semua angka sebagai himpunan data Parquet di folder ini."
)
@click.option(
    "--mesin",
    metavar="ALAMAT",
    help="Baca berkas dengan klaster Dask yang sedang berjalan, misalnya tcp://10.0.0.5:8786.",
)
@click.option(
    "--pagu",
    type=BERKAS,
    metavar="F",
    help="Daftar batas pagu per perangkat daerah atau sumber dana (CSV, TSV, atau .xlsx).",
)
@click.option(
    "--daftar",
    type=BERKAS,
    metavar="F",
    help="Daftar perangkat daerah yang seharusnya mengirim (CSV, TSV, atau .xlsx).",
)
@click.option(
    "--tanpa-periksa", is_flag=True, help="Lewati pemeriksaan tiap berkas; jauh lebih cepat untuk ribuan berkas."
)
def rekap(
    sumber: tuple[str, ...],
    keluaran: Path,
    parquet: Path | None,
    mesin: str | None,
    pagu: Path | None,
    daftar: Path | None,
    tanpa_periksa: bool,
) -> None:
    """Satukan Renja banyak perangkat daerah menjadi satu buku rekap; tiap angka disertai berkas, lembar, dan selnya.

    SUMBER adalah folder (beserta isinya), berkas, atau pola seperti "Renja/*.xlsx": buku induk, salinan kirim, atau buku lain
    yang memuat tabel resmi. Bila satu perangkat daerah mengirim beberapa berkas, yang dihitung adalah tahapan dan revisi
    tertinggi yang tertulis di dalamnya. Berkas yang rusak dilaporkan dan tidak menghentikan yang lain. Berkas yang tidak
    berubah tidak dibaca lagi. Kode keluar 1 bila ada berkas yang tidak dapat dibaca atau catatan yang harus diperbaiki.

    \b
    Contoh:
      renja-xl rekap Renja-2026/ -o Rekap.xlsx
      renja-xl rekap Renja-2026/ -o Rekap.xlsx --pagu pagu.csv --daftar opd.csv
      renja-xl rekap Renja-2026/ -o Rekap.xlsx --parquet data --tanpa-periksa
    """
    from renja_xl.bappeda.rekap.jalan import Jalan, Permintaan

    if keluaran.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{keluaran}: nama rekap harus berakhiran .xlsx", param_hint="-o")
    if parquet is not None:
        from renja_xl.bappeda.rekap.parquet import pastikan_siap

        pastikan_siap()
    jalan = Jalan(Permintaan(sumber, keluaran, parquet, mesin, pagu, daftar, not tanpa_periksa))
    lalu = jalan.mutakhir()
    if lalu is not None:
        kabar(f"{keluaran} sudah mutakhir: {len(jalan.berkas)} berkas tidak berubah; tidak ada yang ditulis.")
        pesan, kode = lalu.get("pesan", []), lalu.get("kode", 0)
    else:
        hasil = _baca(jalan, _penulis(keluaran, parquet))
        pesan = list(_kalimat(hasil))
        kode = int(bool(hasil.ditolak or hasil.harus_diperbaiki))
        jalan.catat(pesan, kode)
    for teks in pesan:
        click.echo(teks)
    if kode:
        sys.exit(1)


def _penulis(keluaran: Path, parquet: Path | None) -> Callable[[HasilRekap, Any], None]:
    def tulis(hasil: HasilRekap, ambil: Any) -> None:
        from renja_xl.bappeda.rekap.lembar import susun_rekap

        if parquet is not None:
            from functools import partial

            from renja_xl.bappeda.rekap.parquet import tulis_dataset

            ditulis = tulis_dataset(parquet, ((i, partial(ambil, i)) for i in hasil.instansi))
            kabar(f"Himpunan data {parquet}: {ditulis} dari {len(hasil.instansi)} perangkat daerah ditulis ulang.")
        tulis_berkas(keluaran, susun_rekap(hasil, ambil))

    return tulis


def _baca(jalan: Jalan, tulis: Callable[[HasilRekap, Any], None]) -> HasilRekap:
    perlu = len(jalan.perlu_dibaca)
    if perlu < len(jalan.berkas):
        kabar(f"{len(jalan.berkas) - perlu} dari {len(jalan.berkas)} berkas tidak berubah dan tidak dibaca lagi.")
    if not (sys.stderr.isatty() and perlu):
        return jalan.baca(lambda _: None, tulis)
    with click.progressbar(length=perlu, label="Membaca berkas", file=sys.stderr) as bilah:
        return jalan.baca(bilah.update, tulis)


def _kalimat(hasil: HasilRekap) -> list[str]:
    """What was found, for the screen."""
    from renja_xl.core.nilai import tulis_rp

    pesan = [
        f"{len(hasil.berkas)} berkas: {len(hasil.instansi)} perangkat daerah dihitung, {len(hasil.ditolak)} berkas tidak dapat dibaca."
    ]
    for tahun in sorted({i.tahun for i in hasil.instansi}):
        jumlah = hasil.total(tahun)
        pesan.append(f"Tahun {tahun}: pagu {tulis_rp(jumlah['pagu_n'])}, kebutuhan {tulis_rp(jumlah['kebutuhan'])}.")
    if hasil.diperiksa:
        pesan.append(f"Catatan yang harus diperbaiki: {hasil.harus_diperbaiki}.")
    for b in hasil.pagu:
        if (b.selisih or 0) > 0:
            pesan.append(f"Pagu terlampaui: {b.plafon.nama}, lebih {tulis_rp(b.selisih or 0)}.")
    if hasil.kurang:
        pesan.append(f"Belum mengirim: {', '.join(hasil.kurang)}.")
    pesan += [c for i in hasil.instansi for c in i.catatan]
    pesan += [b.ringkas.galat for b in hasil.ditolak[:_BATAS_SEBUT]]
    if len(hasil.ditolak) > _BATAS_SEBUT:
        pesan.append(f"{len(hasil.ditolak) - _BATAS_SEBUT} berkas lain tidak dapat dibaca; lihat lembar Berkas.")
    return pesan
