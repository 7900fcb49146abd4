"""The command line as a process of its own, without starting Python anew each time.

A server that has loaded the program and nothing else forks a child per command; the child's folder, environment and
limits are its own, and what it used is asked of the kernel when it ends. A child of the test's own process would count
the test's memory as its own.
"""

from __future__ import annotations

import atexit
import json
import math
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import renja_xl

_PELADEN = """
import gc, importlib, json, os, pkgutil, resource, runpy, sys, tempfile
import renja_xl
for m in pkgutil.walk_packages(renja_xl.__path__, "renja_xl."):
    if m.name.startswith(("renja_xl.cli", "renja_xl.core", "renja_xl.tabel", "renja_xl.periksa", "renja_xl.excel.ba", "renja_xl.excel.tu")):
        importlib.import_module(m.name)
gc.freeze()
for baris in sys.stdin:
    tugas = json.loads(baris)
    pid = os.fork()
    if pid == 0:
        os.setsid()
        for nama, fd in (("/dev/null", 0), (tugas["keluar"], 1), (tugas["galat"], 2)):
            os.dup2(os.open(nama, os.O_RDWR), fd)
        os.environ.clear()
        os.environ.update(tugas["lingkungan"])
        tempfile.tempdir = None
        os.chdir(tugas["folder"])
        resource.setrlimit(resource.RLIMIT_AS, (tugas["batas"],) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        sys.argv = ["renja-xl", *tugas["argumen"]]
        for nama, fd in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
            setattr(sys, nama, open(fd, "w" if fd else "r", encoding="utf-8", closefd=False))
        runpy.run_module("renja_xl", run_name="__main__", alter_sys=True)
        sys.exit(0)
    print(pid, flush=True)
    _, status, pakai = os.wait4(pid, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), pakai.ru_maxrss, pakai.ru_utime + pakai.ru_stime]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Hasil:
    """What one run of the command line left."""

    kode: int | None
    """None where it had to be ended."""
    keluar: str
    galat: str
    detik: float
    """Of the processor: what else a machine runs does not count."""
    mb: float


@cache
def _peladen() -> subprocess.Popen[str]:
    lingkungan = {**os.environ, "PYTHONPATH": str(Path(renja_xl.__file__).parents[1]), "PYTHONUTF8": "1"}
    peladen = subprocess.Popen(
        [sys.executable, "-c", _PELADEN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=lingkungan
    )
    atexit.register(peladen.communicate)  # its commands have come to an end: it then does so too
    return peladen


def jalankan(argumen: list[str], folder: Path, lingkungan: Mapping[str, str], *, batas: int, tunggu: float) -> Hasil:
    """Run a command.

    Args:
        batas: address space in bytes.
        tunggu: seconds after which a command that does not come to an end is ended.
    """
    peladen = _peladen()
    assert peladen.stdin is not None
    assert peladen.stdout is not None
    with tempfile.NamedTemporaryFile() as keluar, tempfile.NamedTemporaryFile() as galat:
        tugas: dict[str, Any] = {
            "argumen": argumen,
            "folder": str(folder),
            "lingkungan": dict(lingkungan),
            "batas": batas,
        }
        peladen.stdin.write(json.dumps({**tugas, "keluar": keluar.name, "galat": galat.name}) + "\n")
        peladen.stdin.flush()
        pid = int(peladen.stdout.readline())
        selesai = bool(select.select([peladen.stdout], [], [], tunggu)[0])
        if not selesai:
            os.kill(pid, signal.SIGKILL)
        kode, kb, detik = json.loads(peladen.stdout.readline())
        teks = [f.read().decode("utf-8", "replace") for f in (keluar, galat)]
    mb = kb / (1024**2 if sys.platform == "darwin" else 1024)
    return Hasil(kode if selesai else None, teks[0], teks[1], detik if selesai else math.inf, mb)
