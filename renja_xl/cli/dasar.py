"""What the commands share: options, reading, writing, messages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from renja_xl.core.buku import Buku
    from renja_xl.excel.baca import Terbaca
    from renja_xl.tabel.spec import TabelSpec

BERKAS = click.Path(path_type=Path, readable=False)
"""A path; what cannot be read is said in our own words."""

_BATAS_SEBUT = 12

opsi_keluaran = click.option(
    "-o",
    "keluaran",
    type=BERKAS,
    required=True,
    metavar="BUKU",
    help="Buku yang ditulis: .xlsm dengan tombol RENJA, .xlsx tanpa makro.",
)
opsi_keluaran_pilihan = click.option(
    "-o", "keluaran", type=BERKAS, metavar="B2", help="Tulis ke buku lain; bawaannya buku itu sendiri."
)


def kabar(pesan: str) -> None:
    """A message, apart from results."""
    click.echo(pesan, err=True)


def baca_buku(path: Path) -> Terbaca:
    from renja_xl.excel.baca import baca

    return baca(path)


def pastikan_buku(path: Path) -> None:
    from renja_xl.errors import TidakDapatDitulisError

    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise TidakDapatDitulisError(
            f"{path}: nama buku harus berakhiran .xlsm (dengan tombol RENJA) atau .xlsx (tanpa makro); mohon ganti akhirannya."
        )


def tulis_buku(path: Path, buku: Buku) -> None:
    from renja_xl.core.riwayat import mulai
    from renja_xl.excel.induk import bangun_induk

    pastikan_buku(path)
    tulis_berkas(path, bangun_induk(mulai(buku), path))


def mulai_riwayat(buku: Buku) -> Buku:
    """The plan of an older workbook with its history begun."""
    from renja_xl.core.riwayat import mulai
    from renja_xl.excel.catat_riwayat import pencatat

    return mulai(buku, pencatat(_perintah()))


def _perintah() -> str:
    """The running command as the history calls it."""
    konteks = click.get_current_context(silent=True)
    if konteks is None:
        return "Renja-XL"
    grup = konteks.parent.command.name if konteks.parent and konteks.parent.parent else None
    return " ".join(("perintah", *filter(None, (grup, konteks.command.name))))


def tulis_berkas(path: Path, isi: bytes, semula: bytes | None = None) -> None:
    from renja_xl.excel.tulis import tulis_aman

    salinan = tulis_aman(path, isi, semula)
    if salinan is not None:
        kabar(f"Versi sebelumnya disimpan: {salinan}")
    kabar(f"Ditulis: {path}")


def pastikan_bukan_sumber(keluaran: Path, sumber: Iterable[Path], saran: str = "mohon pilih nama lain") -> None:
    """Refuse an output that would take the place of a file that it is made from.

    Raises:
        TidakDapatDitulisError: it is one of them.
    """
    from renja_xl.errors import TidakDapatDitulisError

    if any(_sama(keluaran, s) for s in sumber):
        raise TidakDapatDitulisError(f"{keluaran} adalah buku asalnya sendiri dan tidak boleh tertimpa; {saran}.")


def buat_folder(folder: Path) -> None:
    from renja_xl.errors import TidakDapatDitulisError, sebab

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as galat:
        raise TidakDapatDitulisError(
            f"Folder {folder} tidak dapat dibuat ({sebab(galat)}); mohon pilih folder lain."
        ) from galat


def lebar() -> int:
    import shutil

    return max(shutil.get_terminal_size((140, 24)).columns, 120)


def cetak_perubahan(lama: Buku, baru: Buku) -> None:
    """Amounts of parents that changed, to the screen."""
    from renja_xl.laporan_perubahan import perubahan_total

    baris = list(perubahan_total(lama, baru))
    for b in baris:
        click.echo(b)
    if not baris:
        click.echo("Tidak ada jumlah yang berubah.")


def tulis_kembali(
    buku: Path, keluaran: Path | None, semula: bytes, isi: bytes, lama: Buku | None = None, hasil: Buku | None = None
) -> None:
    """Write a changed workbook in its place, or beside it; its history gets what differs from its last record.

    Args:
        lama: the plan that ``semula`` holds; hasil: that of ``isi``; both are read from there without.
    """
    from renja_xl.excel.catat_riwayat import RiwayatTidakTercatatError, catat_riwayat

    try:
        isi = catat_riwayat(buku, semula, isi, _perintah(), lama, hasil)
    except RiwayatTidakTercatatError as galat:
        kabar(str(galat))
    if keluaran is not None and not _sama(buku, keluaran):
        _pastikan_akhiran_sama(buku, keluaran)
        tulis_berkas(keluaran, isi)
    elif isi == semula:
        kabar(f"{buku} sudah mutakhir; tidak ada yang ditulis.")
    else:
        tulis_berkas(buku, isi, semula)


def kabar_tak_dibawa(path: Path, terbaca: Terbaca) -> None:
    """Say which additions to a workbook do not go along into one that is built anew beside it."""
    from renja_xl.excel.asing import tambahan

    asing = tambahan(path, terbaca)
    if asing:
        lebih = f"; dan {len(asing) - _BATAS_SEBUT} hal lain" if len(asing) > _BATAS_SEBUT else ""
        kabar(f"Tambahan di {path.name} yang tidak dibawa: {'; '.join(asing[:_BATAS_SEBUT])}{lebih}.")


def _sama(a: Path, b: Path) -> bool:
    return a.resolve() == b.resolve()


def _pastikan_akhiran_sama(buku: Path, keluaran: Path) -> None:
    from renja_xl.errors import TidakDapatDitulisError

    if keluaran.suffix.lower() != buku.suffix.lower():
        raise TidakDapatDitulisError(
            f"{keluaran}: isinya tetap seperti {buku.name}, jadi namanya harus berakhiran {buku.suffix}; mohon ganti akhirannya."
        )


def baca_untuk_ditulis(path: Path, tabel: Sequence[TabelSpec] | None = None) -> tuple[Terbaca, bytes]:
    """A master in the present layout, and the bytes on disk that it comes from."""
    from renja_xl.errors import TidakDapatDitulisError
    from renja_xl.excel.baca import baca, baca_paket
    from renja_xl.tabel import NOMENKLATUR, SEMUA
    from renja_xl.tabel.berbagi import MANIFES
    from renja_xl.tabel.profil import VERSI_SKEMA

    terbaca = baca(path, tabel or SEMUA)
    if MANIFES.lembar in terbaca.paket.lembar:
        raise TidakDapatDitulisError(
            f"{path} adalah salinan untuk Bappeda dan dibiarkan seperti saat dikirim; mohon pakai buku induknya."
        )
    if terbaca.versi == VERSI_SKEMA:
        return terbaca, terbaca.paket.data
    from renja_xl.core.awal import baris_nomenklatur
    from renja_xl.core.hitung import isi_tanpa_nilai
    from renja_xl.excel.asing import pastikan_tak_hilang
    from renja_xl.excel.induk import bangun_induk
    from renja_xl.excel.paket import Paket
    from renja_xl.isi import nomenklatur

    terbaca = baca(path)
    kini = terbaca.buku
    if not kini.baris(NOMENKLATUR.kunci):
        kini = kini.ganti({NOMENKLATUR.kunci: baris_nomenklatur(nomenklatur())})
    baru = bangun_induk(isi_tanpa_nilai(kini), path)
    pastikan_tak_hilang(path, terbaca, baru)
    kabar(f"Susunan buku dimutakhirkan dari versi {terbaca.versi} ke versi {VERSI_SKEMA}.")
    return baca_paket(Paket(path, baru), tabel or SEMUA), terbaca.paket.data
