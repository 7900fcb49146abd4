"""Consolidation at scale, ratios of one run: ``python -m tests.bench.rekap [--berkas N] [--contoh K]``.

Writes N different workbooks (a few shapes built once, names and amounts of each its own), then measures ``rekap`` against
a loop of openpyxl over a sample of the same files, scaled; what a year of all agencies needs is computed from the slice
and marked so. Numbers only, no thresholds.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from renja_xl.bappeda.rekap.jalan import Jalan, Permintaan
from renja_xl.bappeda.rekap.parquet import pastikan_siap
from renja_xl.core.buku import Buku, Level
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.pagu import nilai_pos, tata_pagu
from renja_xl.excel.bangun import bangun
from renja_xl.excel.paket import Paket
from renja_xl.tabel import T_C_31, T_C_33, TABEL_TERTAUT
from tests.bench.sebar.rencana import rencana

SETAHUN = 22_000
"""Workbooks of a year of all agencies of Indonesia, about."""
UANG = {T_C_33.kunci: ("pagu_n", "pagu_p1"), T_C_31.kunci: ("pagu_rkpd", "kebutuhan_dana")}


class Cetakan:
    """A built workbook from which others are cast: other names, every amount of its tables times a factor."""

    def __init__(self, buku: Buku, isi: bytes | None = None) -> None:
        self.buku = buku
        paket = Paket(Path("c.xlsx"), isi or bangun(buku))
        self.nama = str(buku.profil("perangkat_daerah"))
        uang = {
            spec.lembar: [huruf_kolom(spec.letak_kolom[k.kunci]) for k in spec.kolom_uang] for spec in TABEL_TERTAUT
        }
        awal = {spec.lembar: spec.baris_pertama for spec in TABEL_TERTAUT}
        self._bagian: list[tuple[str, list[bytes] | bytes]] = []
        for nama in paket.entri:
            lembar = next((x for x, b in paket.lembar.items() if b == nama), "")
            isi_bagian = paket.isi(nama)
            if lembar in uang:
                self._bagian.append((nama, list(_belah(isi_bagian, uang[lembar], awal[lembar]))))
            else:
                self._bagian.append((nama, isi_bagian))

    def sen(self, tabel: str, kolom: str) -> int:
        """Sum of the sub kegiatan of the pattern, each once, in sen."""
        rows = self.buku.baris(tabel)
        return sum(nilai_pos(p, rows, kolom) or 0 for p in tata_pagu(rows, kolom) if p.level is Level.SUB_KEGIATAN)

    def buat(self, nama: str, kali: int, ganti: Mapping[str, str] | None = None) -> bytes:
        """A workbook of its own.

        Args:
            nama: the agency.
            kali: factor of every amount.
            ganti: further texts of the workbook, old and new.
        """
        keluaran = BytesIO()
        with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
            for bagian, isi in self._bagian:
                if isinstance(isi, list):
                    isi = b"".join(_kali(x, kali) if n % 2 else x for n, x in enumerate(isi))  # noqa: PLW2901
                elif bagian == "xl/sharedStrings.xml":
                    for lama, baru in {self.nama: nama, **(ganti or {})}.items():
                        isi = isi.replace(f">{lama}<".encode(), f">{baru}<".encode())  # noqa: PLW2901
                z.writestr(bagian, isi)
        return keluaran.getvalue()


def _belah(xml: bytes, huruf: Sequence[str], awal: int) -> Iterator[bytes]:
    """A sheet cut at its amounts: what stands between, an amount, what stands between, …"""
    kolom = "|".join(huruf).encode()
    lalu = 0
    for m in re.finditer(rb'<c r="(?:%s)(\d+)"[^>]*>(?:<f>[^<]*</f>)?<v>([\d.]+)</v>' % kolom, xml):
        if int(m[1]) >= awal:
            yield xml[lalu : m.start(2)]
            yield m[2]
            lalu = m.end(2)
    yield xml[lalu:]


def _kali(angka: bytes, kali: int) -> bytes:
    if b"." not in angka:
        return b"%d" % (int(angka) * kali)
    return repr(round(float(angka) * 100) * kali / 100).encode()


def buat_banyak(folder: Path, banyak: int, cetakan: Sequence[Cetakan]) -> list[Path]:
    """So many different workbooks, in folders of a thousand."""
    hasil = []
    for n in range(banyak):
        c = cetakan[n % len(cetakan)]
        path = folder / f"{n // 1000:03d}" / f"renja-{n:05d}.xlsx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(c.buat(f"{c.nama} Wilayah {n:05d}", 1 + n % 97))
        hasil.append(path)
    return hasil


# ── measuring ─────────────────────────────────────────────────────────────────────────────────────────────────

_OPENPYXL = """
import sys, openpyxl
for p in sys.argv[1:]:
    wb = openpyxl.load_workbook(p, data_only=True)
    for ws in wb:
        for row in ws.iter_rows(values_only=True):
            pass
"""


def lama(*perintah: str) -> float:
    """Seconds that a command takes; exit 1 means findings."""
    return lama_puncak(*perintah)[0]


def lama_puncak(*perintah: str) -> tuple[float, float]:
    """Seconds that a command takes, and the peak memory of its process in MB."""
    mulai = time.perf_counter()
    with tempfile.TemporaryFile() as keluaran:
        proses = subprocess.Popen(perintah, stdout=keluaran, stderr=keluaran)
        _, status, pakai = os.wait4(proses.pid, 0)
        proses.returncode = os.waitstatus_to_exitcode(status)
        if proses.returncode not in {0, 1}:
            keluaran.seek(0)
            raise RuntimeError(keluaran.read().decode())
    return time.perf_counter() - mulai, pakai.ru_maxrss / 1024


def _tabel(*arg: str) -> float:
    """The consolidated table alone: every number in the store, no workbook."""
    return lama(sys.executable, "-m", "tests.bench.rekap", "--tabel", *arg)


def _tulis(teks: str) -> None:
    sys.stdout.write(teks + "\n")
    sys.stdout.flush()


def ukur(banyak: int, contoh: int, bentuk: int) -> None:
    pastikan_siap()
    with tempfile.TemporaryDirectory(prefix="renja-rekap-") as tmp:
        akar = Path(tmp)
        masuk = akar / "masuk"
        for folder in (masuk, akar / "a", akar / "b"):
            folder.mkdir()
        mulai = time.perf_counter()
        berkas = buat_banyak(masuk, banyak, [Cetakan(rencana(n)) for n in range(bentuk)])
        besar = sum(b.stat().st_size for b in berkas)
        _tulis(
            f"{banyak} workbooks of {bentuk} shapes, {besar / banyak / 1000:.0f} kB each, written in {time.perf_counter() - mulai:.0f} s"
        )
        polos = min(lama(sys.executable, "-c", "pass") for _ in range(5))
        dipilih = [str(b) for b in berkas[:: max(1, banyak // contoh)]][:contoh]
        satu = lama(sys.executable, "-c", _OPENPYXL, *dipilih)
        dasar = lama(sys.executable, "-c", "import openpyxl")
        acuan = (satu - dasar) / len(dipilih) * banyak
        _tulis(
            f"openpyxl loop: {acuan / banyak * 1000:.0f} ms a file on {len(dipilih)} files, {acuan:.0f} s for all (scaled)"
        )
        tabel = _tabel(str(masuk))
        _tulis(
            f"table: {tabel:.1f} s, {tabel / banyak * 1000:.2f} ms a file, {acuan / tabel:.0f} × as fast as openpyxl (goal 5: 60)"
        )
        renja = [sys.executable, "-m", "renja_xl", "rekap", str(masuk), "--tanpa-periksa"]
        buku, puncak = lama_puncak(*renja, "-o", str(akar / "a" / "Rekap.xlsx"))
        _tulis(
            f"with workbook: {buku:.1f} s, {acuan / buku:.0f} × as fast (goal 5: 30); {(akar / 'a/Rekap.xlsx').stat().st_size / 1e6:.0f} MB"
        )
        pq = ["-o", str(akar / "b" / "Rekap.xlsx"), "--parquet", str(akar / "data")]
        penuh = lama(*renja, *pq)
        _tulis(f"with workbook and Parquet: {penuh:.1f} s")
        ulang = min(lama(*renja, *pq) for _ in range(3))
        muat = min(_muat(berkas, akar / "data") for _ in range(3))
        _tulis(
            f"unchanged second run: {ulang:.2f} s = {ulang / muat:.2f} × stat + Parquet load (goal 6: 3), {ulang / polos:.1f} × bare python"
        )
        _tulis(f"peak memory with workbook: {puncak:.0f} MB")
        sepuluh = akar / "sepersepuluh"
        sepuluh.mkdir()
        for b in berkas[::10]:
            os.link(b, sepuluh / b.name)
        _tulis(
            f"peak memory of table at a tenth of the files, and at all: {_puncak(sepuluh):.0f} MB, {_puncak(masuk):.0f} MB"
        )
        _tulis(
            f"a year of {SETAHUN} workbooks, computed from this slice: table {tabel / banyak * SETAHUN:.0f} s (goal 7: 90)"
        )


def _puncak(folder: Path) -> float:
    """Peak memory in MB of the process that gathers the table of a folder."""
    hasil = subprocess.run(
        [sys.executable, "-m", "tests.bench.rekap", "--tabel", str(folder)], capture_output=True, text=True, check=True
    )
    return float(hasil.stdout.split()[-1])


_MUAT = """
import os, sys
for p in sys.stdin.read().splitlines():
    os.stat(p)
import pyarrow.dataset as ds
ds.dataset(sys.argv[1], format="parquet", partitioning="hive").to_table()
"""


def _muat(berkas: Sequence[Path], data: Path) -> float:
    """Seconds for one stat of each file and one load of the dataset."""
    mulai = time.perf_counter()
    subprocess.run([sys.executable, "-c", _MUAT, str(data)], input="\n".join(map(str, berkas)), text=True, check=True)
    return time.perf_counter() - mulai


def _gerak_tabel(folder: Path) -> None:
    simpan = Path(tempfile.mkdtemp(prefix="renja-tabel-"))
    try:
        jalan = Jalan(Permintaan([str(folder)], simpan / "Rekap.xlsx", periksa=False))
        hasil = jalan.baca(lambda _: None, lambda _hasil, _ambil: None)
        _tulis(f"{len(hasil.instansi)} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    finally:
        shutil.rmtree(simpan)


def utama() -> None:
    urai = argparse.ArgumentParser()
    urai.add_argument("--berkas", type=int, default=2000)
    urai.add_argument("--contoh", type=int, default=12, help="files of the openpyxl loop")
    urai.add_argument("--bentuk", type=int, default=6)
    urai.add_argument("--tabel", type=Path)
    pilihan = urai.parse_args()
    if pilihan.tabel:
        _gerak_tabel(pilihan.tabel)
    else:
        ukur(pilihan.berkas, pilihan.contoh, pilihan.bentuk)


if __name__ == "__main__":
    utama()
