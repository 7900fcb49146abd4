"""``cek-pemasangan``: what is missing between Excel, its macros and Python, and how to mend it. No Excel is started."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from renja_xl.errors import sebab
from renja_xl.pasang import cek_buku, cek_excel, cek_python
from renja_xl.pasang.butir import Butir, Keadaan, Pemeriksaan
from renja_xl.pasang.konteks import Konteks, di_latar
from renja_xl.pasang.lingkungan import LINUX, MAC, NAMA_SISTEM, Lingkungan, nyata

BATAS_DETIK = 4.5
"""All is told after so many seconds, whatever hangs."""

SEMUA: Sequence[Pemeriksaan] = (*cek_python.SEMUA, *cek_excel.SEMUA, *cek_buku.SEMUA)
_HANYA_WINDOWS = (
    "Excel dari Microsoft Store, pustaka 32/64 bit, pywin32, tanda berkas dari luar, item yang dinonaktifkan, pengaturan makro, "
    "dan antivirus"
)


def periksa_pemasangan(
    buku: Path | None,
    lingkungan: Lingkungan | None = None,
    *,
    terbuka: bool = False,
    batas: float = BATAS_DETIK,
) -> Sequence[Butir]:
    """Check the installation, and a workbook where one is given.

    Args:
        terbuka: whether Excel has the workbook open and asks from inside; that is no lock then.
        batas: seconds after which an unfinished look is told as unfinished.
    """
    k = Konteks(lingkungan or nyata(), buku, terbuka, time.monotonic() + batas)
    kerja = [(p, di_latar(partial(p.lihat, k))) for p in SEMUA]
    hasil: list[Butir] = []
    for p, janji in kerja:
        try:
            keadaan = janji.result(max(0.0, k.tenggat - time.monotonic()))
        except TimeoutError:
            keadaan = _belum(p, f"belum selesai diperiksa dalam {batas:g} detik".replace(".", ","))
        except OSError as galat:
            keadaan = _belum(p, f"tidak dapat diperiksa ({sebab(galat)})")
        if keadaan is not None:
            hasil.append(Butir(p.kunci, p.nama, not keadaan.perbaikan, keadaan.pesan, keadaan.perbaikan))
    return [*hasil, *_di_sistem_lain(k.lingkungan)]


def _belum(p: Pemeriksaan, sebabnya: str) -> Keadaan:
    return Keadaan(
        f"{p.nama} {sebabnya}, mungkin karena folder jaringan atau antivirus.",
        "Mohon ulangi sekali lagi; bila tetap begitu, salin buku ke folder di komputer ini, lalu periksa salinan itu.",
    )


def _di_sistem_lain(lingkungan: Lingkungan) -> list[Butir]:
    """What cannot be looked at on this system."""
    if lingkungan.sistem not in {LINUX, MAC}:
        return []
    sistem = NAMA_SISTEM[lingkungan.sistem]
    apa = (
        _HANYA_WINDOWS if lingkungan.sistem == MAC else f"letak Python untuk Excel, add-in, OneDrive, {_HANYA_WINDOWS}"
    )
    return [
        Butir(
            "sistem_lain",
            "Hanya di komputer lain",
            True,
            f"Tidak diperiksa di {sistem}: {apa}; jalankan pemeriksaan ini juga di komputer dengan Excel.",
        )
    ]
