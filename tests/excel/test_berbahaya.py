"""The real command line on hostile, broken and odd files: one clear sentence or the same findings, cheaply, no traces.

Every file runs in a process of its own under a cap of memory (``pabrik``).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from renja_xl.cli import hitung
from tests import PANJANG
from tests.excel import CONTOH, berkas, pabrik
from tests.excel.berbahaya import BUKU, JARING, KATALOG, Kasus, Sikap, usang
from tests.excel.pabrik import Hasil

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of a process are asked of a POSIX kernel")


BATAS_DETIK = 10.0
"""Of the processor: what else a machine runs does not count."""
BATAS_TUNGGU = 120.0
"""Seconds after which a run that does not come to an end is ended."""

BATAS_MB = 512
BATAS_ALAMAT = 3 * 1024**3
"""Address space of the child: a guard for the test's machine, far above what is asserted."""

_ASING = re.compile(
    r"traceback|panick|exception|\berror\b|\binvalid\b|\bexpected\b|\bunexpected\b|\bfailed\b|\bunsupported\b"
    r"|not well-formed|\bmismatch|\bdecompress|\bmalformed|\bundefined\b|\boverflow\b|\bout of\b|\bcannot\b"
    r"|\bbad\b|\bfile is\b|\bno such\b|calamine|openpyxl|elementtree|expat|zipfile|0x[0-9a-f]{4}|<class|\bNone\b",
    re.IGNORECASE,
)
"""Words of parsers and of Python, which say nothing to a planner."""


def jalankan(folder: Path, *argumen: str) -> Hasil:
    """The command line in a folder, with every place for temporary and personal files in view."""
    for nama in ("tmp", "rumah"):
        (folder.parent / nama).mkdir(exist_ok=True)
    lingkungan = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONUTF8": "1",
        "TMPDIR": str(folder.parent / "tmp"),
        "HOME": str(folder.parent / "rumah"),
        "COLUMNS": "140",
    }
    return pabrik.jalankan(list(argumen), folder, lingkungan, batas=BATAS_ALAMAT, tunggu=BATAS_TUNGGU)


def potret(akar: Path) -> dict[str, str]:
    """Everything below a folder, with the contents of ordinary files."""
    return {
        str(p.relative_to(akar)): hashlib.sha256(p.read_bytes()).hexdigest()
        if p.is_file() and not p.is_symlink()
        else f"{p.lstat().st_mode:o}"
        for p in sorted(akar.rglob("*"))
    }


@cache
def master(ditulis: bool) -> bytes:
    """What the files are built from; for writing, one in which a computed cell is wrong."""
    return usang(berkas(CONTOH)) if ditulis else berkas(CONTOH)


def siapkan(kasus: Kasus, tmp_path: Path, *, ditulis: bool = False) -> Path:
    """The folder in which the file lies, alone."""
    folder = tmp_path / "kerja"
    folder.mkdir()
    path = folder / kasus.berkas
    isi = kasus.buat(master(ditulis))
    if kasus.letakkan is not None:
        kasus.letakkan(isi, path)
    else:
        path.write_bytes(isi)
    for nama in ("tmp", "rumah"):
        (tmp_path / nama).mkdir()
    return folder


@cache
def temuan_polos() -> Any:
    """What the plain file gives."""
    with tempfile.TemporaryDirectory() as t:
        folder = Path(t) / "kerja"
        folder.mkdir()
        (folder / BUKU).write_bytes(berkas(CONTOH))
        return temuan(jalankan(folder, "periksa", BUKU, "--json"))


def temuan(hasil: Hasil) -> Any:
    """The findings of a run, without the name of the file and of the sheets that some files have more."""
    isi = json.loads(hasil.keluar)
    del isi["buku"]
    isi["tidak_diperiksa"] = [t for t in isi["tidak_diperiksa"] if not t.startswith("Lembar tambahan Anda (")]
    return isi


def hitung_di_tempat() -> bool:
    """Whether this version recomputes a workbook in its place."""
    return not any(p.name == "keluaran" and p.required for p in hitung.params)


# ── what every run owes ───────────────────────────────────────────────────────────────────────────────────────


def pastikan_hemat(hasil: Hasil) -> None:
    """It ended by itself, in time, within the memory."""
    assert hasil.kode is not None, f"did not end within {BATAS_TUNGGU:g} s"
    gambaran = f"exit {hasil.kode}, {hasil.detik:.1f} s, {hasil.mb:.0f} MB, stderr {hasil.galat[-600:]!r}"
    assert hasil.mb <= BATAS_MB, gambaran
    assert hasil.detik <= BATAS_DETIK, gambaran
    assert hasil.kode in {0, 1, 2}, gambaran
    assert "Traceback" not in hasil.galat, gambaran
    assert "panicked" not in hasil.galat, gambaran
    for rahasia in ("root:x:", "/bin/bash"):
        assert rahasia not in hasil.keluar + hasil.galat


def pastikan_kalimat(hasil: Hasil, kata: str, nama: str = BUKU) -> None:
    """Exit code 2, nothing but one sentence, in the planner's language, that says what and how to mend it."""
    gambaran = f"exit {hasil.kode}, stderr {hasil.galat[-600:]!r}, stdout {hasil.keluar[:200]!r}"
    assert hasil.kode == 2, gambaran
    assert hasil.keluar == "", gambaran
    assert hasil.galat.endswith("\n"), gambaran
    kalimat = hasil.galat[:-1]
    assert "\n" not in kalimat, gambaran
    assert kalimat.isprintable(), gambaran
    assert kalimat.startswith("Maaf: "), gambaran
    assert kalimat.endswith("."), gambaran
    assert len(kalimat) <= 400, gambaran
    tanpa_nama = kalimat.replace(nama, "BERKAS")
    assert not re.search(r"[.!?]\s+\S", tanpa_nama), f"more than one sentence: {gambaran}"
    assert "mohon" in tanpa_nama.casefold(), f"does not say how to mend it: {gambaran}"
    assert re.search(r"BERKAS|[Ll]embar", tanpa_nama), f"does not say where: {gambaran}"
    assert not _ASING.search(tanpa_nama), gambaran
    assert re.search(kata, kalimat, re.IGNORECASE), f"expected /{kata}/: {gambaran}"


def pastikan_terbaca(kasus: Kasus, hasil: Hasil) -> None:
    """Read, and what was found is what the plain file has."""
    assert hasil.kode in {0, 1}, f"exit {hasil.kode}, stderr {hasil.galat[-600:]!r}"
    assert hasil.galat == "", hasil.galat[-600:]
    isi = temuan(hasil)
    if kasus.temuan_sama:
        assert isi == temuan_polos()
    if kasus.sebut and isi != temuan_polos():  # read as what was meant, or named
        assert any(t["sel"] == kasus.sebut for t in isi["temuan"]), isi["ringkas"]


INTI = frozenset(
    {
        "bom-lembar-3gb", "bom-ukuran-bohong", "bom-bagian-asing", "sel-33-juta", "entri-bertumpuk", "nama-kembar",
        "nama-naik", "metode-99", "zip-bersandi", "crc-salah-lembar", "terpotong-50", "ole-bersandi", "xls-lama", "kosong",
        "teks-polos", "folder", "fifo", "dev-zero", "tidak-ada", "tanpa-lembar", "relasi-naik", "sel-xfd1048576",
        "baris-4294967295", "teks-nomor-luar", "miliar-tawa-lembar", "entitas-luar-workbook", "dtd-utf16", "sarang-lembar",
        "lembar-kosong-nol-byte", "utf8-rusak-teks", "komentar-mirip-sel", "gaya-100-ribu", "rumus-dde", "tautan-berkas",
        "makro-bernama-xlsx", "akhiran-sampah",
    }
)  # fmt: skip
"""Files which are no honest ones, of every kind some, that are also written in the short run."""


def _pilih(*sikap: Sikap, inti: bool = False) -> list[Any]:
    """The cases of these kinds; the short run leaves out the long ones, and writes only the core."""

    def lewat(k: Kasus) -> bool:
        return not PANJANG and (k.panjang or (inti and k.sikap is not Sikap.TERIMA and k.nama not in INTI))

    return [
        pytest.param(k, id=k.nama, marks=[pytest.mark.skipif(lewat(k), reason="only with RENJA_PANJANG=1")])
        for k in KATALOG.values()
        if k.sikap in sikap
    ]


def test_inti_ada() -> None:
    assert set(KATALOG) >= INTI


# ── the collection ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kasus", _pilih(Sikap.TOLAK))
def test_ditolak(kasus: Kasus, tmp_path: Path) -> None:
    folder = siapkan(kasus, tmp_path)
    sebelum = potret(tmp_path)
    hasil = jalankan(folder, "periksa", kasus.berkas)
    pastikan_hemat(hasil)
    pastikan_kalimat(hasil, kasus.kata, kasus.berkas)
    assert potret(tmp_path) == sebelum


@pytest.mark.parametrize("kasus", _pilih(Sikap.TOLAK, inti=True))
def test_tidak_ditulis(kasus: Kasus, tmp_path: Path) -> None:
    """What cannot be read is not rewritten either, in its place or elsewhere."""
    folder = siapkan(kasus, tmp_path, ditulis=True)
    sebelum = potret(tmp_path)
    hasil = jalankan(folder, "hitung", kasus.berkas, *([] if hitung_di_tempat() else ["-o", "../Hasil.xlsx"]))
    pastikan_hemat(hasil)
    pastikan_kalimat(hasil, kasus.kata, kasus.berkas)
    assert potret(tmp_path) == sebelum


@pytest.mark.parametrize("kasus", _pilih(Sikap.TERIMA, Sikap.BEBAS))
def test_dibaca_atau_ditolak(kasus: Kasus, tmp_path: Path) -> None:
    folder = siapkan(kasus, tmp_path)
    sebelum = potret(tmp_path)
    hasil = jalankan(folder, "periksa", kasus.berkas, "--json")
    pastikan_hemat(hasil)
    if kasus.sikap is Sikap.BEBAS and hasil.kode == 2:
        pastikan_kalimat(hasil, kasus.kata, kasus.berkas)
    else:
        pastikan_terbaca(kasus, hasil)
    assert potret(tmp_path) == sebelum


def _ditolak_ditulis(kasus: Kasus, hasil: Hasil) -> bool:
    """Whether writing was refused, where it may be or must be."""
    pastikan_hemat(hasil)
    if hasil.kode == 2 and (kasus.sikap is Sikap.BEBAS or kasus.hitung):
        pastikan_kalimat(hasil, kasus.hitung or kasus.kata, kasus.berkas)
        return True
    assert hasil.kode == 0, f"exit {hasil.kode}, stderr {hasil.galat[-600:]!r}"
    assert not kasus.hitung, "should have been refused"
    return False


@pytest.mark.skipif(not hitung_di_tempat(), reason="this version writes another file only")
@pytest.mark.parametrize("kasus", _pilih(Sikap.TERIMA, Sikap.BEBAS, inti=True))
def test_ditulis_di_tempat(kasus: Kasus, tmp_path: Path) -> None:
    """Recomputed in its place: it then reads as the plain file does, and a copy of the former file lies beside it."""
    folder = siapkan(kasus, tmp_path, ditulis=True)
    path = folder / kasus.berkas
    asli = path.read_bytes()
    sebelum = potret(tmp_path)
    ditolak = _ditolak_ditulis(kasus, jalankan(folder, "hitung", kasus.berkas))
    sesudah = potret(tmp_path)
    if ditolak:
        assert sesudah == sebelum
        return
    assert asli in [p.read_bytes() for p in (folder / "Cadangan").glob("*")]
    berubah = {n for n in sesudah if sesudah[n] != sebelum.get(n)}
    boleh = {f"kerja/{path.name}", f"kerja/{path.resolve().name}"}
    assert {n for n in berubah if not n.startswith("kerja/Cadangan")} <= boleh
    assert path.is_symlink() == (kasus.letakkan is not None)
    ulang = jalankan(folder, "periksa", kasus.berkas, "--json")
    pastikan_hemat(ulang)
    pastikan_terbaca(kasus, ulang)


@pytest.mark.parametrize("kasus", _pilih(Sikap.TERIMA, Sikap.BEBAS, inti=True))
def test_ditulis_ke_berkas_lain(kasus: Kasus, tmp_path: Path) -> None:
    """Recomputed into another file, which then reads as the plain one does; the original stays as it is."""
    if hitung_di_tempat() and not PANJANG and kasus.nama not in {"polos", "zip64", "makro-xlsm", "bagian-asing"}:
        pytest.skip("only with RENJA_PANJANG=1; written in its place above")
    folder = siapkan(kasus, tmp_path, ditulis=True)
    sebelum = potret(tmp_path)
    keluaran = "Hasil.xlsm" if kasus.berkas.endswith(".xlsm") else "Hasil.xlsx"
    ditolak = _ditolak_ditulis(kasus, jalankan(folder, "hitung", kasus.berkas, "-o", f"../{keluaran}"))
    sesudah = potret(tmp_path)
    if not ditolak:
        assert sesudah.pop(keluaran, None), sorted(sesudah)
        ulang = jalankan(tmp_path, "periksa", keluaran, "--json")
        pastikan_hemat(ulang)
        pastikan_terbaca(kasus, ulang)
    assert sesudah == sebelum


@pytest.mark.parametrize("buat", [pytest.param(b, id=n) for n, b in JARING.items()])
def test_tidak_menghubungi_siapa_pun(buat: Callable[[bytes, bytes], bytes], tmp_path: Path) -> None:
    """A listener at the place that a file names hears nothing."""
    folder = tmp_path / "kerja"
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as pendengar:
        pendengar.settimeout(0)
        alamat = f"http://127.0.0.1:{pendengar.getsockname()[1]}/isi.xml"
        (folder / BUKU).write_bytes(buat(berkas(CONTOH), alamat.encode()))
        hasil = jalankan(folder, "periksa", BUKU, "--json")
        pastikan_hemat(hasil)
        with pytest.raises(BlockingIOError):
            pendengar.accept()
