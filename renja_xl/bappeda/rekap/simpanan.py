"""What is kept between runs: per file its totals and records, so that unchanged files are not read again.

Plain JSON and packed JSON only: what lies in a folder that others can write to is never executed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

from renja_xl import __version__
from renja_xl.bappeda.rekap.berkas import VERSI, Ringkas
from renja_xl.bappeda.rekap.pilih import Berkas

FOLDER = ".renja-rekap"
_ISIAN = {f.name for f in fields(Ringkas)}

Keadaan = tuple[int, int]
"""Size and time of a file (ns)."""


def keadaan(path: Path) -> Keadaan:
    """Size and time of change; zeros where the file is gone."""
    try:
        s = path.stat()
    except OSError:
        return 0, 0
    return s.st_size, s.st_mtime_ns


def sidik_jalan(daftar: Sequence[tuple[str, Keadaan]], pilihan: Mapping[str, Any]) -> str:
    """Fingerprint of a whole run: its files as they are on disk, its options, and this program."""
    isi = json.dumps([__version__, VERSI, daftar, pilihan], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(isi.encode("utf-8", "surrogateescape")).hexdigest()


class Simpanan:
    """The store of one output: an index, and a file of packed records."""

    def __init__(self, folder: Path, nama: str) -> None:
        self.folder, self.nama = folder / FOLDER, nama
        self._indeks, self._isi, self._jalan = (self.folder / f"{nama}.{x}" for x in ("json", "isi", "jalan.json"))
        self._lama: dict[str, Any] | None = None

    # ── the whole run ────────────────────────────────────────────────────────────────────────────────────────

    def jalan_terakhir(self) -> dict[str, Any]:
        """What the last run left: fingerprint, state of its outputs, messages, exit code."""
        return _json(self._jalan)

    def catat_jalan(self, isi: Mapping[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        _ganti(self._jalan, json.dumps(isi, ensure_ascii=False).encode())

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────

    def lama(self, periksa: bool) -> dict[str, Any]:
        """Files of the last run by path: ``[size, time, offset, length, Ringkas as dict]``."""
        if self._lama is None:
            data = _json(self._indeks)
            cocok = data.get("versi") == VERSI and data.get("program") == __version__ and data.get("periksa") == periksa
            utuh = cocok and keadaan(self._isi)[0] == data.get("panjang")
            self._lama = data.get("berkas", {}) if utuh else {}
        return self._lama or {}

    def buka_lama(self) -> BinaryIO | None:
        try:
            return self._isi.open("rb")
        except OSError:
            return None

    @contextmanager
    def penulis(self, periksa: bool) -> Iterator[Penulis]:
        """A new store that replaces the old one once it is whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        sementara = self._isi.with_suffix(f".{os.getpid()}.tmp")
        try:
            with sementara.open("w+b") as f:
                penulis = Penulis(f)
                yield penulis
            os.replace(sementara, self._isi)
        finally:
            with suppress(OSError):
                sementara.unlink()
        indeks = {
            "versi": VERSI,
            "program": __version__,
            "periksa": periksa,
            "panjang": penulis.panjang,
            "berkas": penulis.indeks,
        }
        _ganti(self._indeks, json.dumps(indeks, ensure_ascii=False, separators=(",", ":")).encode())


class Penulis:
    """Appends records of files, and gives them back."""

    def __init__(self, f: BinaryIO) -> None:
        self._f, self.panjang = f, 0
        self.indeks: dict[str, list[Any]] = {}

    def tambah(self, path: str, bagian: Keadaan, ringkas: Ringkas, isi: bytes, nama: str) -> Berkas:
        self._f.seek(self.panjang)
        self._f.write(isi)
        letak = (self.panjang, len(isi))
        self.panjang += len(isi)
        self.indeks[path] = [*bagian, *letak, vars(ringkas)]
        return Berkas(nama, ringkas, letak)

    def baca(self, letak: tuple[int, int]) -> bytes:
        self._f.seek(letak[0])
        return self._f.read(letak[1])


def ringkas_dari(data: Any) -> Ringkas:
    """A ``Ringkas`` from its dict.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(data, dict) or set(data) - _ISIAN:
        raise TypeError(type(data))
    return Ringkas(**data)


def _json(path: Path) -> dict[str, Any]:
    try:
        isi = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return isi if isinstance(isi, dict) else {}


def _ganti(path: Path, isi: bytes) -> None:
    sementara = path.with_suffix(f".{os.getpid()}.tmp")
    sementara.write_bytes(isi)
    os.replace(sementara, path)
