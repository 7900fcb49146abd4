"""A workbook with one more stage, in place: the sheets Tahapan and Anggaran, and what follows from them."""

from __future__ import annotations

from renja_xl.core.buku import Buku
from renja_xl.core.waktu import catat_sidik, sidik_susunan
from renja_xl.excel.baca import Terbaca
from renja_xl.excel.susun_tabel import susun_tabel
from renja_xl.tabel import ANGGARAN, BERANDA, KALIMAT, PROFIL, TAHAPAN_TERSIMPAN

DITULIS = (PROFIL, ANGGARAN, KALIMAT, BERANDA, TAHAPAN_TERSIMPAN)


def siapkan_tahapan(lama: Buku, hasil: Buku) -> Buku:
    """The plan with a stage; its tables wait for nothing if they waited for nothing before."""
    return catat_sidik(hasil) if lama.profil("sidik_susunan") == sidik_susunan(lama) else hasil


def tulis_tahapan(terbaca: Terbaca, hasil: Buku) -> bytes:
    """The package with the sheets that a new stage changes.

    Raises:
        TidakDapatDitambalError: it is not sure that nothing foreign gets lost.
    """
    return susun_tabel(terbaca, siapkan_tahapan(terbaca.buku, hasil), DITULIS)
