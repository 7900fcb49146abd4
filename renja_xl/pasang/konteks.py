"""What all checks share: the computer, the workbook and the answer of Excel's Python, each looked up once in the background."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from threading import Thread
from typing import TypeVar

from renja_xl.errors import sebab
from renja_xl.excel.isi_buku import IsiBuku, baca_isi
from renja_xl.pasang.lingkungan import LINUX, Lingkungan, kembangkan
from renja_xl.pasang.setelan import baca_setelan, berkas_pengguna, kunci_python

T = TypeVar("T")

_TANYA = """
import sys
def jawab(apa, isi):
    sys.stdout.write(apa + "\\t" + str(isi).replace("\\n", " ") + "\\n")
    sys.stdout.flush()
jawab("python", "%d.%d" % sys.version_info[:2])
if sys.platform == "win32":
    try:
        import pythoncom, win32api
        jawab("pywin32", "ada")
    except Exception:
        jawab("pywin32", "")
def kurang(galat):
    jawab("kurang", getattr(galat, "name", None) or type(galat).__name__)
    sys.exit(1)
try:
    import xlwings
except Exception:
    kurang(sys.exc_info()[1])
jawab("xlwings", getattr(xlwings, "__version__", ""))
try:
    import renja_xl
    jawab("renja", renja_xl.__version__)
    import renja_xl.excel.udf
except Exception:
    kurang(sys.exc_info()[1])
jawab("siap", "ya")
"""
"""What Excel's Python is asked: each answer is a line of its own, so that a hang tells how far it came."""

SELA = 0.4
"""Seconds kept for telling: what was asked must have ended by then."""


def di_latar(kerja: Callable[[], T]) -> Future[T]:
    """Do something in a thread that nobody must wait for, not even the end of the program."""
    hasil: Future[T] = Future()

    def lakukan() -> None:
        try:
            hasil.set_result(kerja())
        except BaseException as galat:
            hasil.set_exception(galat)

    Thread(target=lakukan, daemon=True).start()
    return hasil


@dataclass(frozen=True, slots=True)
class Jawaban:
    """What Excel's Python said.

    Args:
        isi: answers by what was asked.
        selesai: False where it was cut off.
        galat: why it could not be started.
    """

    isi: Mapping[str, str]
    selesai: bool = True
    galat: str = ""


@dataclass(frozen=True, slots=True)
class Setelan:
    """The user's settings file."""

    isi: bytes | None
    nilai: Mapping[str, str]
    galat: str = ""


@dataclass(frozen=True, slots=True)
class Konteks:
    """What a check may ask.

    Args:
        terbuka: whether Excel itself has the workbook open, as when the check is asked for in it.
        tenggat: moment (monotonic clock) by which all must be told.
    """

    lingkungan: Lingkungan
    buku: Path | None
    terbuka: bool
    tenggat: float
    _setelan: Future[Setelan] = field(init=False)
    _isi: Future[IsiBuku] = field(init=False)
    _jawaban: Future[Jawaban] = field(init=False)

    def __post_init__(self) -> None:
        if self.buku is not None and not self.alamat_web:
            object.__setattr__(self, "buku", self.buku.absolute())
        object.__setattr__(self, "_setelan", di_latar(self._baca_setelan))
        buku = self.buku
        object.__setattr__(self, "_isi", di_latar(lambda: baca_isi(buku) if buku else IsiBuku()))
        object.__setattr__(self, "_jawaban", di_latar(self._tanya))

    # ── looked up once ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def setelan(self) -> Setelan:
        return self._setelan.result(self._sisa(SELA / 2))

    @property
    def isi(self) -> IsiBuku:
        try:
            return self._isi.result(self._sisa(SELA / 2))
        except TimeoutError:
            return IsiBuku(
                f"Berkas {self.buku} belum selesai dibaca pada waktunya; mohon salin ke folder di komputer ini, lalu ulangi."
            )

    @property
    def jawaban(self) -> Jawaban:
        try:
            return self._jawaban.result(self._sisa(SELA / 2))
        except TimeoutError:
            return Jawaban({}, selesai=False)

    @property
    def python(self) -> PurePath:
        """The interpreter that Excel starts by the user's settings, else ours.

        What a workbook or a file beside it names instead is never started: it may be anybody's program.
        """
        tertulis = self.setelan.nilai.get(kunci_python(self.lingkungan), "")
        if self.lingkungan.sistem == LINUX or not tertulis:
            return self.lingkungan.python
        return type(self.lingkungan.python)(kembangkan(tertulis, self.lingkungan))

    @property
    def versi_xlwings(self) -> str:
        """Version of the xlwings that Excel's Python has, else of ours."""
        return self.jawaban.isi.get("xlwings") or self.lingkungan.versi_paket("xlwings") or ""

    @property
    def python_berlayar(self) -> PurePath:
        """The same interpreter, in the form that can say something."""
        dengan_layar = self.python.with_name("python.exe")
        bisu = self.python.name.casefold() == "pythonw.exe" and self.lingkungan.ada(dengan_layar)
        return dengan_layar if bisu else self.python

    @property
    def alamat_web(self) -> bool:
        """Whether the workbook is named by a web address, as Excel names those in synced folders."""
        return self.buku is not None and str(self.buku).casefold().startswith(("http:", "https:"))

    def _sisa(self, sela: float) -> float:
        """Seconds left until shortly before the end."""
        return max(0.0, self.tenggat - sela - time.monotonic())

    def _baca_setelan(self) -> Setelan:
        path = berkas_pengguna(self.lingkungan)
        try:
            isi = self.lingkungan.baca(path)
        except OSError as galat:
            return Setelan(None, {}, sebab(galat))
        return Setelan(isi, baca_setelan(isi or b"", self.lingkungan.kodek))

    def _tanya(self) -> Jawaban:
        if not self.python.is_absolute():  # would be looked for where we are, which may be the workbook's folder
            return Jawaban({}, galat="foldernya tidak tertulis")
        argumen = [str(self.python_berlayar), "-B", "-c", _TANYA]
        try:
            keluaran = self.lingkungan.jalankan(argumen, max(0.1, self._sisa(SELA)))
        except OSError as galat:
            return Jawaban({}, galat=sebab(galat))
        baris = (b.partition("\t") for b in keluaran.teks.splitlines())
        return Jawaban({apa: isi for apa, _, isi in baris}, keluaran.kode is not None)
