"""Writing a file while everything goes wrong: kills at any moment, faults at every call, disks that are full.

Kills, limits and mounts need a process of their own; this file is also that process (see ``utama``).
"""

from __future__ import annotations

import builtins
import errno
import hashlib
import io
import json
import mmap
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import renja_xl
from renja_xl.errors import TidakDapatDitulisError
from renja_xl.excel.tulis import CADANGAN, tulis_aman
from tests import PANJANG

AKAR = Path(renja_xl.__file__).resolve().parents[1]
UKURAN = 200_000
LAMA, BARU = b"versi lama " * 500, b"versi baru yang lebih panjang " * 700

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills and limits as POSIX knows them")


def _lingkungan() -> dict[str, str]:
    """So that the other process takes the same package, installed or not."""
    jalur = [str(AKAR), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(jalur)}


def _proses(*isian: str | Path, batas: float = 300) -> Any:
    """Run a part of this file as a process of its own; it prints one JSON object."""
    keluar = subprocess.run(
        [sys.executable, __file__, *map(str, isian)],
        capture_output=True,
        text=True,
        timeout=batas,
        check=False,
        env=_lingkungan(),
    )
    assert keluar.returncode == 0, keluar.stdout + keluar.stderr
    return json.loads(keluar.stdout.splitlines()[-1])


def _isi(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# ── kills ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _versi(n: int) -> bytes:
    """A version that tells whether it is whole, and which it is."""
    isi = n.to_bytes(8) + random.Random(n).randbytes(UKURAN)
    return hashlib.sha256(isi).digest() + isi


def _nomor(isi: bytes) -> int:
    """The number of a version; -1 for one that is not whole."""
    badan = isi[32:]
    return int.from_bytes(badan[:8]) if hashlib.sha256(badan).digest() == isi[:32] and len(badan) == UKURAN + 8 else -1


def _tulis_terus(path: Path, mulai: int, catatan: mmap.mmap) -> None:
    """The child: version after version, each announced before it is written."""
    versi = [_versi(n) for n in range(mulai, mulai + 4)]
    for n in range(mulai, 1 << 62):
        isi = versi[n - mulai] if n - mulai < len(versi) else _versi(n)
        catatan[:8] = n.to_bytes(8)
        tulis_aman(path, isi)
        catatan[8:16] = n.to_bytes(8)


def bunuh(folder: Path, kali: int, benih: int) -> dict[str, int]:
    """Kill a writing child at random moments; after each, look at all that lies there, then write on."""
    acak = random.Random(benih)
    path, cadangan = folder / "Renja.xlsx", folder / CADANGAN
    catatan = mmap.mmap(-1, 16)
    ringkas = dict.fromkeys(("kali", "di_tengah", "lama", "baru", "sisa", "salinan"), 0)
    n = 1
    tulis_aman(path, _versi(n))
    lamanya: list[float] = []
    for _ in range(5):
        mulai = time.perf_counter()
        n += 1
        tulis_aman(path, _versi(n))
        lamanya.append(time.perf_counter() - mulai)
    satu_tulisan = sorted(lamanya)[2]
    for _ in range(kali):
        catatan[:16] = n.to_bytes(8) * 2
        anak = os.fork()
        if not anak:
            with suppress(BaseException):
                _tulis_terus(path, n + 1, catatan)
            os._exit(3)  # a child that ends by itself was refused
        while int.from_bytes(catatan[:8]) == n and os.waitpid(anak, os.WNOHANG) == (0, 0):
            time.sleep(0.0002)
        time.sleep(acak.uniform(0, 1.5 * satu_tulisan))
        os.kill(anak, signal.SIGKILL)
        _, status = os.waitpid(anak, 0)
        assert os.WIFSIGNALED(status), f"the child ended by itself: {status}"
        dimulai, selesai = int.from_bytes(catatan[:8]), int.from_bytes(catatan[8:16])
        ada = _nomor(path.read_bytes())
        assert ada in {selesai, dimulai}, f"{ada}: neither the version before ({selesai}) nor the one after ({dimulai})"
        sisa = [p for f in (folder, cadangan) for p in f.glob(".renja-*.tmp")]
        nama = {p.name for p in folder.iterdir()} - {p.name for p in sisa}
        assert nama == {"Renja.xlsx", CADANGAN}, nama
        salinan = {_nomor(p.read_bytes()) for p in cadangan.iterdir() if p not in sisa}
        assert -1 not in salinan, "a copy that is not whole"
        assert set(range(n, ada)) <= salinan, "a version that was replaced without a copy"
        ringkas["kali"] += 1
        ringkas["di_tengah"] += dimulai != selesai
        ringkas["lama" if ada == selesai else "baru"] += dimulai != selesai
        ringkas["sisa"] += len(sisa)
        ringkas["salinan"] += len(salinan)
        for p in cadangan.iterdir():
            if p not in sisa:
                p.unlink()
        for p in sisa:  # a day later
            os.utime(p, (0, 0))
        n = dimulai + 1
        kini = tulis_aman(path, _versi(n), semula=_versi(ada))
        assert kini is not None
        assert (_nomor(kini.read_bytes()), _nomor(path.read_bytes())) == (ada, n)
        assert {p.name for f in (folder, cadangan) for p in f.iterdir()} == {"Renja.xlsx", CADANGAN, kini.name}
        kini.unlink()
    return ringkas


def test_killed_at_many_moments(tmp_path: Path) -> None:
    kali = 1000 if PANJANG else 200
    r = _proses("bunuh", tmp_path, str(kali), "86")
    print(r)
    assert r["kali"] == kali
    assert r["di_tengah"] > kali // 2, "most kills should fall into a write"
    assert r["lama"] > kali // 20
    assert r["sisa"] > kali // 20


# ── faults ────────────────────────────────────────────────────────────────────────────────────────────────────

MENULIS = ("open", "write", "flush", "close", "fsync", "mkdir", "link", "replace")
"""Calls that need room; the others may fail too, but not for want of it."""

MENGUBAH = ("mkdir", "link", "replace", "unlink", "rmdir", "chmod", "chown", "utime")
LAIN = ("stat", "lstat", "access", "scandir", "listdir", "read", "baca", "tutup")


class Gangguan(NamedTuple):
    """Which fault comes when: at one call or from it on, before or after the call has done its work."""

    galat: Callable[[], BaseException]
    ke: int
    terus: bool = False
    sesudah: bool = False
    hanya: tuple[str, ...] = MENULIS + MENGUBAH + LAIN


def _tutup(hasil: Any, nama: str) -> None:
    """A call that failed opens nothing."""
    if hasattr(hasil, "close"):
        hasil.close()
    elif nama == "open":
        os.close(hasil)


class _Berkas:
    """An open file whose calls are counted; a write that fails has written half."""

    def __init__(self, berkas: Any, panggil: Callable[..., Any], menutup: str) -> None:
        self._berkas, self._panggil, self._menutup = berkas, panggil, menutup

    def __enter__(self) -> _Berkas:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._panggil(self._menutup, self._berkas.close)
        finally:
            self._berkas.close()

    def write(self, isi: bytes) -> Any:
        def separuh() -> None:
            self._berkas.write(isi[: len(isi) // 2])
            self._berkas.flush()

        return self._panggil("write", self._berkas.write, isi, sebelum_gagal=separuh)

    def read(self, *a: int) -> Any:
        return self._panggil("read", self._berkas.read, *a)

    def flush(self) -> Any:
        return self._panggil("flush", self._berkas.flush)

    def fileno(self) -> int:
        return int(self._berkas.fileno())


@contextmanager
def terganggu(g: Gangguan) -> Iterator[list[str]]:
    """Count every call to the system and let some fail; gives the names of the calls as they come."""
    jejak: list[str] = []

    def panggil(
        nama: str, asli: Callable[..., Any], *a: Any, sebelum_gagal: Callable[[], None] | None = None, **k: Any
    ) -> Any:
        if nama not in g.hanya:
            return asli(*a, **k)
        jejak.append(nama)
        gagal = len(jejak) == g.ke or (g.terus and len(jejak) > g.ke)
        if not gagal:
            return asli(*a, **k)
        if g.sesudah:
            _tutup(asli(*a, **k), nama)
        elif sebelum_gagal:
            sebelum_gagal()
        galat = g.galat()
        if a and isinstance(a[0], (str, Path)) and isinstance(galat, OSError):
            galat.filename = str(a[0])
        raise galat

    def bungkus(nama: str, asli: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *a, **k: panggil(nama, asli, *a, **k)

    def buka(asli: Callable[..., Any]) -> Callable[..., Any]:
        def pengganti(path: Any, mode: str = "r", *a: Any, **k: Any) -> Any:
            if k.get("opener") is not None:  # its os.open is counted
                return _Berkas(asli(path, mode, *a, **k), panggil, "close")
            return _Berkas(panggil("baca", asli, path, mode, *a, **k), panggil, "tutup")

        return pengganti

    with pytest.MonkeyPatch.context() as m:
        for nama in {"open", "fsync", *MENGUBAH, "stat", "lstat", "access", "scandir", "listdir"}:
            m.setattr(os, nama, bungkus(nama, getattr(os, nama)))
        m.setattr(builtins, "open", buka(builtins.open))
        m.setattr(io, "open", buka(io.open))
        yield jejak


def _siapkan_baru(_folder: Path) -> None:
    """Nothing is there yet."""


def _siapkan_lama(folder: Path) -> None:
    (folder / "Renja.xlsx").write_bytes(LAMA)


def _siapkan_cadangan(folder: Path) -> None:
    _siapkan_lama(folder)
    (folder / CADANGAN).mkdir()
    (folder / CADANGAN / "Renja (2024-01-01 08.00.00).xlsx").write_bytes(b"lebih lama")


def _siapkan_tautan(folder: Path) -> None:
    (folder / "asal").mkdir()
    (folder / "asal" / "Asal.xlsx").write_bytes(LAMA)
    (folder / "Renja.xlsx").symlink_to("asal/Asal.xlsx")


def _siapkan_sisa(folder: Path) -> None:
    _siapkan_cadangan(folder)
    for f in (folder, folder / CADANGAN):
        (f / ".renja-sisa.tmp").write_bytes(b"setengah")
        os.utime(f / ".renja-sisa.tmp", (0, 0))


KEADAAN = [_siapkan_baru, _siapkan_lama, _siapkan_cadangan, _siapkan_tautan, _siapkan_sisa]


def _satu(folder: Path, siapkan: Callable[[Path], None], g: Gangguan) -> tuple[list[str], bool]:
    """One disturbed write, and all that must hold after it; gives the calls and whether it was refused."""
    folder.mkdir()
    siapkan(folder)
    path = folder / "Renja.xlsx"
    semula = {k: v for k, v in _isi(folder).items() if not k.endswith(".tmp")}
    lama = path.read_bytes() if path.exists() else None
    ditolak: BaseException | None = None
    with terganggu(g) as jejak:
        try:
            tulis_aman(path, BARU, lama)
        except (TidakDapatDitulisError, KeyboardInterrupt) as galat:
            ditolak = galat
    kini = _isi(folder)
    sisa = {k: v for k, v in kini.items() if k.endswith(".tmp")}
    bernama = {k: v for k, v in kini.items() if k not in sisa}
    ada = path.read_bytes() if path.exists() else None
    assert ada in {lama, BARU}, "neither old nor new"
    assert lama is None or lama in bernama.values(), "the old version is gone"
    for k, v in bernama.items():
        assert v == semula.get(k) or v in {lama, BARU}, f"{k} is not whole"
    kena = set(jejak[g.ke - 1 :] if g.terus else jejak[g.ke - 1 : g.ke])
    if ditolak is None:
        assert ada == BARU
        assert lama is None or lama in [v for k, v in bernama.items() if CADANGAN in k], "no copy"
    elif isinstance(ditolak, TidakDapatDitulisError) and not g.sesudah:
        assert ada == lama, "refused, and yet written"
    if isinstance(ditolak, TidakDapatDitulisError):
        assert re.fullmatch(r"\S.*; mohon [^;]+\.", str(ditolak)), str(ditolak)
        assert str(ditolak).isprintable()
        if ada == lama and not kena & {"unlink", "rmdir", "read", "baca", "tutup"}:
            assert bernama == semula, "a refused write left something"
            assert {p.name for p in folder.iterdir() if p.is_dir()} == {k.partition("/")[0] for k in semula if "/" in k}
    if not kena & {"unlink", "rmdir", "scandir", "listdir"}:
        assert {k.rpartition("/")[2] for k in sisa} <= {".renja-sisa.tmp"}, "a temporary file was left"
    tulis_aman(path, BARU)  # and once the trouble is over, all is well
    assert path.read_bytes() == BARU
    return jejak, ditolak is not None


def _semua_panggilan(tmp_path: Path, siapkan: Callable[[Path], None], g: Gangguan) -> dict[str, int]:
    """The same fault at the first call, the second, and so on to the last."""
    ringkas = {"gangguan": 0, "ditolak": 0}
    ke = 0
    while True:
        ke += 1
        jejak, ditolak = _satu(tmp_path / str(ke), siapkan, g._replace(ke=ke))
        if len(jejak) < ke:
            return ringkas
        ringkas["gangguan"] += 1
        ringkas["ditolak"] += ditolak


def _galat(nomor: int) -> Callable[[], BaseException]:
    return lambda: OSError(nomor, os.strerror(nomor))


GANGGUAN = [
    *(pytest.param(Gangguan(_galat(n), 0), id=errno.errorcode[n]) for n in (errno.EIO, errno.EACCES, errno.EDQUOT)),
    pytest.param(Gangguan(_galat(errno.EROFS), 0), id="EROFS"),
    pytest.param(Gangguan(_galat(errno.ENOENT), 0), id="ENOENT"),
    pytest.param(Gangguan(_galat(errno.ENOSPC), 0, hanya=MENULIS), id="ENOSPC"),
    pytest.param(Gangguan(_galat(errno.ENOSPC), 0, terus=True, hanya=MENULIS), id="ENOSPC-terus"),
    pytest.param(Gangguan(_galat(errno.EIO), 0, terus=True), id="EIO-terus"),
    pytest.param(Gangguan(_galat(errno.EACCES), 0, terus=True, hanya=MENULIS + MENGUBAH), id="EACCES-terus"),
    pytest.param(Gangguan(_galat(errno.EIO), 0, sesudah=True), id="EIO-sesudah"),
    pytest.param(Gangguan(KeyboardInterrupt, 0), id="Ctrl-C"),
    pytest.param(Gangguan(KeyboardInterrupt, 0, sesudah=True), id="Ctrl-C-sesudah"),
]


@pytest.mark.parametrize("siapkan", KEADAAN, ids=lambda f: f.__name__.removeprefix("_siapkan_"))
@pytest.mark.parametrize("g", GANGGUAN)
def test_a_fault_at_every_call(tmp_path: Path, siapkan: Callable[[Path], None], g: Gangguan) -> None:
    r = _semua_panggilan(tmp_path, siapkan, g)
    print(r)
    assert r["gangguan"] >= 5
    assert r["ditolak"] >= 3


def test_every_kind_of_call_is_disturbed(tmp_path: Path) -> None:
    """Guards the tests above against a writer that takes other ways to the system."""
    jejak, ditolak = _satu(tmp_path / "a", _siapkan_lama, Gangguan(_galat(errno.EIO), 10**6))
    assert not ditolak
    diharapkan = {"open", "write", "flush", "close", "fsync", "mkdir", "link", "unlink", "replace", "chmod", "utime"}
    assert diharapkan | {"stat", "lstat", "access", "read", "baca", "tutup"} <= set(jejak)


# ── disks that are really full, limits, foreign folders ───────────────────────────────────────────────────────


def _coba(folder: Path) -> str:
    """One write on a place that may refuse it; what is wrong, or whether it was written."""
    path = folder / "Renja.xlsx"
    ada = path.exists()
    lama = _isi(folder)
    try:
        tulis_aman(path, BARU)
    except TidakDapatDitulisError as galat:
        return f"ditolak: {galat}" if _isi(folder) == lama else f"ada yang tersisa: {galat}"
    assert path.read_bytes() == BARU
    assert not ada or [p.read_bytes() for p in (folder / CADANGAN).iterdir()] == [LAMA]
    return "tertulis"


def _kosongkan(folder: Path) -> None:
    for p in sorted(folder.rglob("*"), reverse=True):
        if p.is_dir():
            p.rmdir()
        else:
            p.unlink()


def penuh(folder: Path) -> list[str]:
    """On small file systems: ever less room, then ever fewer names, around what one write needs."""
    hasil = []
    for pilihan, isian in (("size=256k", range(0, 260, 4)), ("size=4m,nr_inodes=12", range(12))):
        subprocess.run(["mount", "-t", "tmpfs", "-o", pilihan, "tmpfs", folder], check=True, capture_output=True)
        for banyak in isian:
            kerja = folder / "kerja"
            kerja.mkdir()
            (kerja / "Renja.xlsx").write_bytes(LAMA)
            with suppress(OSError):
                if "inodes" in pilihan:
                    for n in range(banyak):
                        (folder / f"isian-{n}").touch()
                else:
                    with (folder / "isian").open("wb") as f:
                        f.write(bytes(banyak * 1024))
            hasil.append(_coba(kerja))
            _kosongkan(folder)
        subprocess.run(["umount", folder], check=True)
    return hasil


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """A small memory disk in a mount namespace of its own, gone with the process; not every container permits it."""
    perintah = (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"])
    coba = f"mount -t tmpfs -o size=64k tmpfs '{tmp_path}'"
    boleh: list[str] | None = None
    for p in perintah:
        with suppress(OSError):
            if subprocess.run([*p, "sh", "-c", coba], capture_output=True, check=False).returncode == 0:
                boleh = p
                break
    if boleh is None:
        pytest.skip("no memory disk may be mounted here")
    keluar = subprocess.run(
        [*boleh, sys.executable, __file__, "penuh", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env=_lingkungan(),
    )
    assert keluar.returncode == 0, keluar.stderr
    hasil: list[str] = json.loads(keluar.stdout)
    ditolak = [h for h in hasil if h != "tertulis"]
    print(len(hasil), len(ditolak), set(ditolak))
    assert 0 < len(ditolak) < len(hasil)
    assert all("ruang penyimpanan habis" in h and "mohon kosongkan" in h for h in ditolak), set(ditolak)


def batas(folder: Path) -> list[str]:
    """With ever smaller limits on the size of a file, down to none."""
    import resource  # noqa: PLC0415 - POSIX only

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    hasil = []
    for n in (len(BARU), len(BARU) - 1, len(BARU) // 2, len(LAMA), len(LAMA) - 1, 4096, 1, 0):
        (folder / "Renja.xlsx").unlink(missing_ok=True)
        (folder / "Renja.xlsx").write_bytes(LAMA)
        resource.setrlimit(resource.RLIMIT_FSIZE, (n, resource.RLIM_INFINITY))
        hasil.append(_coba(folder))
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        if (folder / CADANGAN).exists():
            _kosongkan(folder / CADANGAN)
            (folder / CADANGAN).rmdir()
    return hasil


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    hasil = _proses("batas", tmp_path)
    assert hasil[0] == "tertulis"
    assert all("mohon kosongkan ruang penyimpanan" in h for h in hasil[1:]), hasil


def bukan_root(folder: Path) -> list[str]:
    """As an ordinary user: a folder that may not be written, copies that may not, a file that may not."""
    if os.geteuid() == 0:
        try:
            os.setgid(65534)
            os.setuid(65534)
        except OSError:  # a container that knows no other user
            return []
    if not os.access(folder, os.W_OK):
        return []
    hasil = []
    for apa in ("folder", "Cadangan", "berkas", "tak terbaca"):
        kerja = folder / apa
        kerja.mkdir()
        path = kerja / "Renja.xlsx"
        path.write_bytes(LAMA)
        (kerja / CADANGAN).mkdir()
        (kerja / CADANGAN / "x").touch()
        terkunci = {"folder": (kerja, 0o555), "Cadangan": (kerja / CADANGAN, 0o555), "berkas": (path, 0o444)}
        p, mode = terkunci.get(apa, (path, 0o200))
        p.chmod(mode)
        try:
            tulis_aman(path, BARU)
            hasil.append("tertulis")
        except TidakDapatDitulisError as galat:
            hasil.append(str(galat))
        path.chmod(0o600)
        kerja.chmod(0o755)
        (kerja / CADANGAN).chmod(0o755)
        assert _isi(kerja) == {"Renja.xlsx": LAMA, f"{CADANGAN}/x": b""}, apa
    return hasil


def test_places_where_an_ordinary_user_may_not_write() -> None:
    with tempfile.TemporaryDirectory(prefix="renja-uji-") as nama:  # pytest's folders are closed to others
        folder = Path(nama)
        folder.chmod(0o777)
        hasil = _proses("bukan-root", folder)
    if not hasil:
        pytest.skip("no ordinary user here")
    assert len(hasil) == 4
    assert "izin ditolak" in hasil[0]
    assert f"periksa izin folder {folder / 'folder'}," in hasil[0]
    assert f"periksa izin folder {folder / 'Cadangan' / CADANGAN}," in hasil[1]
    assert "hanya dapat dibaca" in hasil[2]
    assert "izin ditolak" in hasil[3]
    assert all("mohon" in h for h in hasil)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second file system")
def test_temporary_files_on_another_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The book on one file system, the system's folder for temporary files on another, either way round."""
    with tempfile.TemporaryDirectory(prefix="renja-uji-", dir="/dev/shm") as nama:
        lain = Path(nama)
        if lain.stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("one and the same file system")
        for kerja, sementara in ((tmp_path, lain), (lain, tmp_path)):
            monkeypatch.setenv("TMPDIR", str(sementara))
            (kerja / "Renja.xlsx").write_bytes(LAMA)
            hasil = _proses("coba", kerja)
            assert hasil == ["tertulis"]


# ── the program itself ────────────────────────────────────────────────────────────────────────────────────────


def _jalankan(*isian: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "renja_xl", *map(str, isian)],
        cwd=AKAR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _bunuh_program(folder: Path, perintah: tuple[str | Path, ...], tunda: float, *, saat_menulis: bool) -> bool:
    """Start a command and kill it after a while, counted from its start or from its first trace in the folder."""
    awal = {p.name for p in folder.rglob("*")}
    anak = _jalankan(*perintah)
    while saat_menulis and anak.poll() is None and {p.name for p in folder.rglob("*")} == awal:
        time.sleep(0.0005)
    with suppress(subprocess.TimeoutExpired):
        anak.wait(tunda)
    anak.kill()
    return anak.wait(30) == -signal.SIGKILL


def _periksa_hasil(folder: Path, utuh: Callable[[str, bytes], bool]) -> int:
    """Every file under a name of its own is old or new; copies are old. Gives the number of new ones."""
    baru = 0
    for nama, isi in _isi(folder).items():
        if nama.rpartition("/")[2].startswith(".renja-"):
            continue
        if isi != LAMA:
            assert not nama.startswith(CADANGAN), f"{nama}: not a version that was there"
            assert utuh(nama, isi), f"{nama} is not whole"
            baru += 1
    return baru


def test_commands_killed_at_random_moments(tmp_path: Path) -> None:
    acak = random.Random(13)
    buku, acuan = tmp_path / "Renja.xlsx", tmp_path / "acuan"
    mulai = time.perf_counter()
    assert _jalankan("baru", "-o", buku, "--tahun", "2030").wait(120) == 0
    lama_baru = time.perf_counter() - mulai
    mulai = time.perf_counter()
    assert _jalankan("ekspor", buku, "-o", acuan).wait(120) == 0
    lama_ekspor = time.perf_counter() - mulai
    tabel = _isi(acuan)

    def buku_utuh(_nama: str, isi: bytes) -> bool:
        with zipfile.ZipFile(io.BytesIO(isi)) as z:
            return z.testzip() is None and "xl/workbook.xml" in z.namelist()

    def tabel_utuh(nama: str, isi: bytes) -> bool:
        return tabel[nama] == isi

    perintah: tuple[str | Path, ...]
    ringkas = {"terbunuh": 0, "selesai": 0, "lama": 0, "baru": 0}
    kali = 40 if PANJANG else 12
    for n in range(kali):
        folder = tmp_path / str(n)
        folder.mkdir()
        saat_menulis = n % 4 != 0
        if n % 3 == 0:
            nama, satu, perintah = ["x.xlsx"], lama_baru, ("baru", "-o", folder / "x.xlsx", "--tahun", "2030")
        else:
            nama, satu, perintah = list(tabel), lama_ekspor, ("ekspor", buku, "-o", folder)
        for x in nama:
            (folder / x).write_bytes(LAMA)
        tunda = acak.uniform(0, 0.1 if saat_menulis else 1.1) * satu
        terbunuh = _bunuh_program(folder, perintah, tunda, saat_menulis=saat_menulis)
        baru = _periksa_hasil(folder, buku_utuh if n % 3 == 0 else tabel_utuh)
        assert {p.name for p in folder.iterdir() if not p.name.startswith(".renja-")} - {CADANGAN} == set(nama)
        assert terbunuh or baru == len(nama)
        ringkas["terbunuh" if terbunuh else "selesai"] += 1
        ringkas["lama"] += len(nama) - baru
        ringkas["baru"] += baru
    print(ringkas)
    assert ringkas["terbunuh"] >= kali // 2
    assert ringkas["lama"] > 0


# ── the process of its own ────────────────────────────────────────────────────────────────────────────────────


def utama(apa: str, folder: str, *isian: str) -> None:
    tugas: dict[str, Callable[[], object]] = {
        "bunuh": lambda: bunuh(Path(folder), int(isian[0]), int(isian[1])),
        "penuh": lambda: penuh(Path(folder)),
        "batas": lambda: batas(Path(folder)),
        "bukan-root": lambda: bukan_root(Path(folder)),
        "coba": lambda: [_coba(Path(folder))],
    }
    print(json.dumps(tugas[apa]()))


if __name__ == "__main__":
    utama(*sys.argv[1:])
