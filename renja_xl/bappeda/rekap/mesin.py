"""What runs the reading: processes of this computer, or a Dask cluster; both are ``concurrent.futures`` executors."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from renja_xl.bappeda.rekap.berkas import Ringkas, baca_banyak
from renja_xl.errors import RenjaError

_SENDIRI = 12
"""Files that are read at once without starting processes: starting takes as long as reading so many."""

Hasil = tuple[str, dict[str, Any], bytes]


class MesinTidakSiapError(RenjaError):
    """The cluster or what is needed for it is not there."""


def baca_semua(
    tugas: Sequence[str],
    periksa: bool,
    alamat: str | None = None,
    pekerja: int | None = None,
    selesai: Callable[[int], None] = lambda _: None,
) -> Iterator[Hasil]:
    """Files as they are read, in no fixed order.

    Args:
        alamat: a Dask scheduler (``tcp://…``); None uses this computer.
        pekerja: processes, one per core by default.
        selesai: told how many files were just finished.

    Raises:
        MesinTidakSiapError: no cluster there, or Dask is not installed.
    """
    if alamat is None and (len(tugas) <= _SENDIRI or pekerja == 1):
        for t in tugas:
            yield (t, *baca_banyak([t], periksa)[0])
            selesai(1)
        return
    banyak = pekerja or os.cpu_count() or 2
    with _mesin(alamat, banyak) as jalan:
        isi = max(1, min(16, len(tugas) // (banyak * 4)))
        antrean = deque(tugas[n : n + isi] for n in range(0, len(tugas), isi))
        sisa: list[str] = []
        for potong, hasil in _alirkan(jalan, antrean, periksa, banyak * 3):
            if hasil is None:
                sisa += potong
                continue
            for t, h in zip(potong, hasil, strict=True):
                yield (t, *h)
            selesai(len(potong))
    for t in sisa:  # a process died on one of these: each gets one of its own
        yield (t, *_sendirian(t, periksa))
        selesai(1)


def _alirkan(
    jalan: Executor, antrean: deque[Sequence[str]], periksa: bool, jendela: int
) -> Iterator[tuple[Sequence[str], list[tuple[dict[str, Any], bytes]] | None]]:
    """Chunks with their results, None for those that a dying process took along; few are under way at once."""
    berjalan: dict[Future[Any], Sequence[str]] = {}
    putus = False
    while antrean or berjalan:
        while antrean and len(berjalan) < jendela and not putus:
            potong = antrean.popleft()
            try:
                berjalan[jalan.submit(baca_banyak, list(potong), periksa)] = potong
            except BrokenExecutor:
                putus = True
                antrean.appendleft(potong)
        if putus and not berjalan:
            while antrean:
                yield antrean.popleft(), None
            return
        for f in wait(berjalan, return_when=FIRST_COMPLETED).done:
            potong = berjalan.pop(f)
            try:
                yield potong, f.result()
            except BrokenExecutor:
                putus = True
                yield potong, None


def _sendirian(tugas: str, periksa: bool) -> tuple[dict[str, Any], bytes]:
    try:
        with _lokal(1) as jalan:
            hasil: tuple[dict[str, Any], bytes] = jalan.submit(baca_banyak, [tugas], periksa).result()[0]
            return hasil
    except BrokenExecutor:
        galat = (
            f"Berkas {tugas} menghentikan pembacanya, mungkin rusak atau terlalu besar; mohon minta salinannya lagi."
        )
        return vars(Ringkas(galat)), b""


@contextmanager
def _lokal(pekerja: int) -> Iterator[Executor]:
    with ProcessPoolExecutor(pekerja, mp_context=multiprocessing.get_context("spawn")) as jalan:
        yield jalan


@contextmanager
def _mesin(alamat: str | None, pekerja: int) -> Iterator[Executor]:
    if alamat is None:
        with _lokal(pekerja) as jalan:
            yield jalan
        return
    try:
        import distributed  # noqa: PLC0415
    except ImportError as galat:
        raise MesinTidakSiapError(
            "Pilihan --mesin memerlukan Dask, yang belum terpasang; mohon pasang dengan: pip install dask distributed."
        ) from galat
    buat: Any = distributed.Client
    try:
        klien = buat(alamat, timeout=10)
    except (OSError, ValueError, TimeoutError) as galat:
        raise MesinTidakSiapError(
            f"Mesin {alamat} tidak dapat dihubungi; mohon pastikan penjadwal Dask berjalan dan alamatnya benar."
        ) from galat
    try:
        yield klien.get_executor()
    finally:
        klien.close()
