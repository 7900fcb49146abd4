"""What the set-up and the check see of a computer, behind one small interface: a test simulates each fault with it."""

from __future__ import annotations

import os
import platform
import re
import signal
import site
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any, ClassVar

WINDOWS, MAC, LINUX = "windows", "mac", "linux"
NAMA_SISTEM: Mapping[str, str] = {WINDOWS: "Windows", MAC: "Mac", LINUX: "Linux"}

_BATAS_BACA = 4 * 1024 * 1024
_BATAS_KELUARAN = 64 * 1024


@dataclass(frozen=True, slots=True)
class Keluaran:
    """What a process said, and how it ended."""

    teks: str
    kode: int | None
    """Exit code; None where it was cut off."""


@dataclass(frozen=True, slots=True)
class Lingkungan:
    """A computer of which nothing is known but its system; see ``Nyata`` for this one.

    Args:
        sistem: ``windows``, ``mac`` or ``linux``.
        rumah: the user's home folder.
        python: the interpreter that runs us.
        kodek: encoding in which VBA reads text files.
    """

    sistem: str
    rumah: PurePath
    python: PurePath
    kodek: str = "utf-8"
    contoh: ClassVar[bool] = True
    """Whether it is an example, in which no file and no folder stands."""

    @property
    def folder_pustaka(self) -> Sequence[PurePath]:
        """Folders where pip may have put xlwings' libraries (.dll)."""
        return ()

    @property
    def skrip_mac(self) -> tuple[str, bytes]:
        """Name and content of xlwings' AppleScript."""
        nama = f"xlwings-{self.versi_paket('xlwings') or ''}.applescript"
        return nama, (_folder_xlwings() / nama).read_bytes()

    def variabel(self, nama: str) -> str:
        """An environment variable, empty where there is none."""
        del nama
        return ""

    def baca(self, path: PurePath, batas: int = _BATAS_BACA) -> bytes | None:
        """The first bytes of a file; None where there is no such file."""
        del path, batas
        return None

    def ada(self, path: PurePath) -> bool:
        """Whether something, file or folder, has this name."""
        del path
        return False

    def dapat_menulis(self, folder: PurePath) -> bool:
        """Whether this user can make files in a folder."""
        del folder
        return True

    def dapat_membuka(self, path: PurePath) -> bool:
        """Whether a file can be opened for writing: no other program holds it."""
        del path
        return True

    def aliran(self, path: PurePath, nama: str) -> str:
        """An alternate data stream of a file (Windows), empty where there is none."""
        del path, nama
        return ""

    def registri(self, kunci: str) -> Mapping[str, Any]:
        """Values of a registry key (``HKCU\\…``, ``HKLM\\…``) by name; the default value has the empty name."""
        del kunci
        return {}

    def subkunci(self, kunci: str) -> Sequence[str]:
        """Names of the keys below a registry key."""
        del kunci
        return ()

    def jalankan(self, argumen: Sequence[str], batas: float) -> Keluaran:
        """Run a program, at most so many seconds.

        Raises:
            OSError: it cannot be started.
        """
        del argumen, batas
        return Keluaran("", None)

    def versi_paket(self, nama: str) -> str | None:
        """Version of an installed Python package."""
        try:
            return version(nama)
        except PackageNotFoundError:
            return None


class Nyata(Lingkungan):
    """This computer."""

    __slots__ = ()
    contoh = False

    @property
    def folder_pustaka(self) -> Sequence[PurePath]:
        return [Path(sys.prefix), Path(sys.base_prefix), Path(site.getuserbase()), _folder_xlwings().parent]

    def variabel(self, nama: str) -> str:
        return os.environ.get(nama, "")

    def baca(self, path: PurePath, batas: int = _BATAS_BACA) -> bytes | None:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError), Path(path).open("rb") as f:
            return f.read(batas)
        return None

    def ada(self, path: PurePath) -> bool:
        return os.path.lexists(path)  # Python of the Store is a link that cannot be followed

    def dapat_menulis(self, folder: PurePath) -> bool:
        try:  # only the attempt tells: Windows grants by lists, and guards folders besides
            with tempfile.TemporaryFile(dir=folder, prefix=".renja-", suffix=".tmp"):
                return True
        except OSError:
            return False

    def dapat_membuka(self, path: PurePath) -> bool:
        try:
            with Path(path).open("r+b"):
                return True
        except OSError:
            return False

    def aliran(self, path: PurePath, nama: str) -> str:
        with suppress(OSError):
            return Path(f"{path}:{nama}").read_bytes()[:_BATAS_KELUARAN].decode("utf-8", "replace")
        return ""

    def registri(self, kunci: str) -> Mapping[str, Any]:
        hasil: dict[str, Any] = {}
        if sys.platform == "win32":
            for k in _buka_kunci(kunci):
                for n in range(winreg.QueryInfoKey(k)[1]):
                    nama, nilai, _ = winreg.EnumValue(k, n)
                    hasil.setdefault(nama, nilai)
        return hasil

    def subkunci(self, kunci: str) -> Sequence[str]:
        hasil: dict[str, None] = {}
        if sys.platform == "win32":
            for k in _buka_kunci(kunci):
                hasil |= {winreg.EnumKey(k, n): None for n in range(winreg.QueryInfoKey(k)[0])}
        return list(hasil)

    def jalankan(self, argumen: Sequence[str], batas: float) -> Keluaran:
        # Into a file, not a pipe: a grandchild that outlives a killed child would keep a pipe open, and us waiting.
        with tempfile.TemporaryFile() as f:
            proses = subprocess.Popen(
                argumen,
                stdin=subprocess.DEVNULL,
                stdout=f,
                stderr=subprocess.DEVNULL,
                # Python looks for modules where it starts: never in the folder of a workbook
                cwd=Path(argumen[0]).parent,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            try:
                kode: int | None = proses.wait(batas)
            except subprocess.TimeoutExpired:
                kode = None
            finally:
                _hentikan(proses)
            f.seek(0)
            return Keluaran(f.read(_BATAS_KELUARAN).decode("utf-8", "replace"), kode)


def nyata() -> Lingkungan:
    """This computer, for this user."""
    sistem = {"Windows": WINDOWS, "Darwin": MAC}.get(platform.system(), LINUX)
    return Nyata(sistem, Path.home(), Path(sys.executable), "mbcs" if sistem == WINDOWS else "utf-8")


def untuk(sistem: str | None) -> Lingkungan:
    """This computer, or where another system is asked for, an example of one with nothing set up yet."""
    ini = nyata()
    if sistem is None or sistem == ini.sistem:
        return ini
    if sistem == WINDOWS:
        folder = PureWindowsPath(rf"%LOCALAPPDATA%\Programs\Python\Python{sys.version_info[0]}{sys.version_info[1]}")
        return Lingkungan(WINDOWS, PureWindowsPath("%USERPROFILE%"), folder / "pythonw.exe", "cp1252")
    return Lingkungan(sistem, PurePosixPath("~"), PurePosixPath("~/renja/bin/python3"))


def _folder_xlwings() -> Path:
    spec = find_spec("xlwings")  # found, not imported: that would take half a second
    return Path(spec.origin).parent if spec is not None and spec.origin else Path()


def _hentikan(proses: subprocess.Popen[bytes]) -> None:
    if proses.poll() is not None:
        return
    if sys.platform == "win32":
        proses.kill()  # a venv's python.exe takes the interpreter that it started with it
    else:
        with suppress(ProcessLookupError):
            os.killpg(proses.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        proses.wait(1)


if sys.platform == "win32":
    import winreg

    def _buka_kunci(kunci: str) -> Iterator[winreg.HKEYType]:
        """The registry key in both views, 64-bit first; nothing where it is missing."""
        induk, _, sisa = kunci.partition("\\")
        akar = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[induk]
        for pandangan in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            with suppress(OSError), winreg.OpenKey(akar, sisa, 0, winreg.KEY_READ | pandangan) as k:
                yield k


def kembangkan(teks: str, lingkungan: Lingkungan) -> str:
    """A setting with its variables filled in, as xlwings' VBA does: ``%NAMA%`` on Windows, a leading ``$HOME`` on Mac."""
    if lingkungan.sistem == WINDOWS:
        return re.sub(r"%([^%]+)%", lambda m: lingkungan.variabel(m[1]) or m[0], teks)
    if lingkungan.sistem == MAC and teks.startswith("$HOME"):
        return f"{lingkungan.rumah}{teks.removeprefix('$HOME')}"
    return teks
