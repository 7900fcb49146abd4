"""``python -m tests.fuzz --detik N [--benih B] [--simpan DIR]``: damaged masters until the time is over.

Each number that finds something is printed with the reason; ``--hanya B`` tries that one alone.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from multiprocessing.pool import AsyncResult
from pathlib import Path

from tests.fuzz import BATAS_DETIK, berkas_acak, uji_benih

_BATAS_ALAMAT = 4 * 1024**3
_PANIK = "PanicException"


def coba(benih: int) -> tuple[int, str, str]:
    """Number, what became of its file, and the traceback of what went wrong."""
    try:
        return benih, uji_benih(benih), ""
    except BaseException as galat:  # a panic of the reader is no Exception
        if isinstance(galat, KeyboardInterrupt):
            raise
        return benih, f"GAGAL {type(galat).__name__}: {galat}"[:200], traceback.format_exc()


def _siap() -> None:
    """Caps a worker's memory; the reader's own words about its panics are left out."""
    if os.name == "posix":
        import resource  # noqa: PLC0415 — POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (_BATAS_ALAMAT, _BATAS_ALAMAT))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _semua(awal: int, detik: float, pekerja: int) -> Iterator[tuple[int, str, str]]:
    """Results until the time is over. A worker that gives no sign of life ends the run."""
    habis = time.monotonic() + detik
    with multiprocessing.get_context("fork").Pool(pekerja, initializer=_siap) as kolam:
        berjalan: list[tuple[int, AsyncResult[tuple[int, str, str]]]] = []
        benih = awal
        while time.monotonic() < habis or berjalan:
            while time.monotonic() < habis and len(berjalan) < 4 * pekerja:
                berjalan.append((benih, kolam.apply_async(coba, (benih,))))
                benih += 1
            if not berjalan:
                break
            pertama, hasil = berjalan.pop(0)
            try:
                yield hasil.get(timeout=6 * BATAS_DETIK)
            except multiprocessing.TimeoutError:
                yield pertama, "GAGAL tanpa jawaban", ""
                kolam.terminate()
                return


def utama() -> int:
    """Entry point; 1 where something was found."""
    pengurai = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    pengurai.add_argument("--detik", type=float, default=60.0)
    pengurai.add_argument("--benih", type=int, default=int(time.time()) * 1000, help="first number")
    pengurai.add_argument("--hanya", type=int, help="one number alone")
    pengurai.add_argument("--simpan", type=Path, help="folder for the files that find something")
    pengurai.add_argument("--pekerja", type=int, default=os.cpu_count() or 1)
    isian = pengurai.parse_args()
    hasil = [coba(isian.hanya)] if isian.hanya is not None else _semua(isian.benih, isian.detik, isian.pekerja)
    jumlah: Counter[str] = Counter()
    gagal: Counter[str] = Counter()
    for benih, jadi, jejak in hasil:
        jumlah[jadi.split()[0]] += 1
        if not jejak and not jadi.startswith("GAGAL"):
            continue
        ekor = jejak.strip().splitlines()
        tempat = next((b.strip() for b in reversed(ekor) if "/renja_xl/" in b), "")
        gagal[f"{jadi} @ {tempat}"] += 1
        if gagal[f"{jadi} @ {tempat}"] == 1:
            sys.stdout.write(f"benih {benih}: {jadi}\n{jejak}\n")
            sys.stdout.flush()
            if isian.simpan:
                isian.simpan.mkdir(parents=True, exist_ok=True)
                (isian.simpan / f"{benih}.xlsx").write_bytes(berkas_acak(benih))
    sys.stdout.write(f"awal {isian.benih}: {sum(jumlah.values())} berkas; {dict(jumlah)}\n")
    for apa, n in gagal.most_common():
        sys.stdout.write(f"{n} × {apa}\n")
    return 1 if gagal else 0


if __name__ == "__main__":
    sys.exit(utama())
