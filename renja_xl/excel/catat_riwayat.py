"""The history of a workbook on disk: what a command changed, and what other programs had changed before it."""

from __future__ import annotations

import csv
import getpass
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from html import unescape
from pathlib import Path

from renja_xl.core.buku import Baris, Buku
from renja_xl.core.riwayat import DICATAT, Pencatat, ada_perubahan, aktif, catat, dimulai, isi_baris, ringkaskan
from renja_xl.errors import RenjaError, TidakDapatDitulisError, sebab
from renja_xl.excel.baca import baca_paket
from renja_xl.excel.paket import Paket
from renja_xl.excel.tulis import CADANGAN
from renja_xl.tabel import KEADAAN_TERAKHIR, PROFIL, RIWAYAT


class RiwayatTidakTercatatError(RenjaError):
    """The history cannot be written into a workbook, which is right otherwise."""


DI_LUAR = "Excel atau program lain"
"""How changes came about that no command of ours made."""
PENULIS = "Renja-XL"
"""Whose name a workbook bears that we make for nobody yet."""
_PENYIMPAN = re.compile(rb"<(?:[\w.-]+:)?lastModifiedBy(?:\s[^>]*)?>([^<]{1,200})<")
_KOLOM = [k.kunci for k in RIWAYAT.kolom if not k.tersembunyi]
_JUDUL = [k.nomor for k in RIWAYAT.kolom if not k.tersembunyi]


def pengguna() -> str:
    """The name of this computer's user; nothing where the system does not tell."""
    with suppress(Exception):
        return getpass.getuser()
    return "-"


def pencatat(perintah: str) -> Pencatat:
    """This user, by a command, now."""
    return Pencatat(datetime.now(), pengguna(), perintah)


def catat_riwayat(
    path: Path, semula: bytes, isi: bytes, perintah: str, lama: Buku | None = None, hasil: Buku | None = None
) -> bytes:
    """A package with the difference from the last recorded state in *Riwayat*; as it is where there is none.

    Args:
        path: the workbook; semula: its bytes so far.
        lama, hasil: the plans that both hold, where they are at hand.

    Raises:
        RiwayatTidakTercatatError: the history cannot be written; ``isi`` itself is none the worse.
    """
    if hasil is not None and not (aktif(hasil) and dimulai(hasil)):
        return isi
    paket = Paket(path, isi)
    if hasil is None:
        if not {PROFIL.lembar, RIWAYAT.lembar} <= set(paket.lembar):
            return isi
        hasil = baca_paket(paket, (PROFIL,)).buku
        if aktif(hasil) and dimulai(hasil):
            hasil = baca_paket(paket).buku
    if not (aktif(hasil) and dimulai(hasil) and ada_perubahan(hasil)):
        return isi
    if not {RIWAYAT.lembar, KEADAAN_TERAKHIR.lembar} <= set(paket.lembar):
        return isi  # somebody took the sheets away
    from renja_xl.excel.susun_tabel import susun_tabel  # noqa: PLC0415 - loads the builder, and is seldom needed

    t = baca_paket(paket)
    lama = lama or (t.buku if isi == semula else baca_paket(Paket(path, semula)).buku)
    buku, lebih = ringkaskan(catat(t.buku, t.letak, pencatat(perintah), (lama, _di_luar(path, paket))))
    try:
        if lebih:
            simpan_lama(path, lebih)
        return susun_tabel(t, buku, DICATAT)
    except RenjaError as galat:
        raise RiwayatTidakTercatatError(f"Riwayat perubahan belum dapat dicatat. {galat}") from galat


def _di_luar(path: Path, paket: Paket) -> Pencatat:
    """Who saved a workbook last with another program, as the file itself says."""
    inti = paket.isi("docProps/core.xml") if "docProps/core.xml" in paket else b""
    m = _PENYIMPAN.search(inti)
    nama = unescape(m[1].decode("utf-8", "replace")).strip() if m else ""
    saat = datetime.now()
    with suppress(OSError, ValueError, OverflowError):
        saat = datetime.fromtimestamp(path.stat().st_mtime)
    if nama == PENULIS:  # a program without a user name leaves ours, and we did not change it
        nama = ""
    return Pencatat(saat, nama or "-", DI_LUAR)


# ── what the sheet no longer holds ────────────────────────────────────────────────────────────────────────────


def berkas_lama(path: Path) -> Path:
    """Where the oldest rows of a workbook's history are kept."""
    return path.parent / CADANGAN / f"{path.stem} (riwayat lama).csv"


def simpan_lama(path: Path, rows: tuple[Baris, ...]) -> None:
    """Append rows to the file of old history, before the workbook gives them up.

    Raises:
        TidakDapatDitulisError: the file cannot be written.
    """
    tujuan = berkas_lama(path)
    teks = io.StringIO()
    tulis = csv.writer(teks, lineterminator="\r\n")
    try:
        tujuan.parent.mkdir(exist_ok=True)
        if not tujuan.exists():
            tulis.writerow(_JUDUL)
        for b in rows:
            isi = isi_baris(b)
            tulis.writerow([aman(isi[k]) for k in _KOLOM])
        with tujuan.open("a", encoding="utf-8", newline="") as f:
            f.write(teks.getvalue())
    except OSError as galat:
        raise TidakDapatDitulisError(
            f"Riwayat lama tidak dapat disimpan ke {tujuan} ({sebab(galat)}), jadi buku dibiarkan; mohon periksa folder itu, "
            "lalu ulangi."
        ) from galat


def aman(teks: str) -> str:
    """A text that no program takes for a formula when it opens the file."""
    return f"'{teks}" if teks[:1] in {"=", "+", "-", "@", "\t", "\r"} else teks


def baca_lama(path: Path) -> Iterator[Mapping[str, str]]:
    """Rows that were moved to the file beside a workbook, the oldest first.

    Raises:
        RenjaError: the file cannot be read.
    """
    sumber = berkas_lama(path)
    if not sumber.is_file():
        return
    try:
        with sumber.open(encoding="utf-8", newline="") as f:
            deret = list(csv.reader(f))
    except (OSError, UnicodeDecodeError, csv.Error) as galat:
        raise RenjaError(f"{sumber} tidak dapat dibaca; mohon buka dan simpan ulang sebagai CSV UTF-8.") from galat
    for isi in deret[1:]:
        yield dict(zip(_KOLOM, [*isi, *[""] * len(_KOLOM)], strict=False))
