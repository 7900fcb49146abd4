"""Tests of the workbooks: what is built, what Excel allows, what is read, and how files are written.

The built workbooks that several tests look at are made once per run, here.
"""

from __future__ import annotations

from functools import cache

from renja_xl.alur import buku_baru, catat_tercetak, rapikan_tercetak
from renja_xl.core.buku import Buku
from renja_xl.excel.bangun import bangun
from renja_xl.isi import folder_contoh, nomenklatur
from renja_xl.tsv import impor_folder

CONTOH = "paser-2025"
TERCETAK = "paser-2025-apa-adanya"
BARU = "baru-2026"
NAMA = (CONTOH, TERCETAK, BARU)
"""The sample normalised, the sample as printed, and the empty master."""


@cache
def tercetak() -> Buku:
    """The sample as imported."""
    return impor_folder(folder_contoh(CONTOH), nomenklatur())


@cache
def rencana(nama: str) -> Buku:
    """One of the plans of ``NAMA``."""
    if nama == CONTOH:
        return rapikan_tercetak(tercetak())
    return catat_tercetak(tercetak()) if nama == TERCETAK else buku_baru(2026, nomenklatur())


@cache
def berkas(nama: str) -> bytes:
    """The built workbook of one of the plans of ``NAMA``."""
    return dibangun(rencana(nama))


_DIBANGUN: dict[tuple[int, bool], tuple[Buku, bytes]] = {}
"""Built workbooks by plan, which is kept so that its identity stays its own."""


def dibangun(buku: Buku, makro: bool = False) -> bytes:
    """The built workbook of a plan that several tests share: made once in a process."""
    kunci = (id(buku), makro)
    if kunci not in _DIBANGUN:
        _DIBANGUN[kunci] = (buku, bangun(buku, makro))
    return _DIBANGUN[kunci][1]
