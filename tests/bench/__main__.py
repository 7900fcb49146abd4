"""Ratios measured in one run: ``python -m tests.bench [--rows N …] [--repeat K]``.

Only ratios mean anything: milliseconds depend on the machine. Things that are compared run in turns, so that a slow
moment of the machine hits both; each figure is a median. Commands run as pip installs them, with their byte code.
Numbers only, no thresholds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from statistics import median

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from renja_xl.alur import rapikan_tercetak
from renja_xl.core.awal import baris_dasar, baris_profil
from renja_xl.core.buku import Baris, Buku, Indikator, Level, Sel, Simpul
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.setempat import tulis_setempat
from renja_xl.excel.tambal import tambal
from renja_xl.isi import folder_contoh, nomenklatur
from renja_xl.tabel import DASAR_PERHITUNGAN, PERHITUNGAN, PROFIL, T_C_29, T_C_31, T_C_33, TABEL_TERTAUT
from renja_xl.tsv import impor_folder
from tests.bench.sebar.resmi import resmi

_OPENPYXL = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"
ACUAN = "openpyxl load + save"
_PER_KEGIATAN, _PER_PROGRAM = 20, 10
"""Sub kegiatan in a kegiatan and kegiatan in a program of the large plan."""

Kerja = Callable[[], object]


def ukur(kerja: Mapping[str, Kerja], ulang: int) -> dict[str, float]:
    """Median milliseconds of each job; the jobs take turns."""
    lama: dict[str, list[float]] = {nama: [] for nama in kerja}
    for _ in range(ulang):
        for nama, kerjakan in kerja.items():
            mulai = time.perf_counter()
            kerjakan()
            lama[nama].append((time.perf_counter() - mulai) * 1000)
    return {nama: median(daftar) for nama, daftar in lama.items()}


def cetak(judul: str, hasil: Mapping[str, float], dasar: str, *, kali_cepat: bool = False) -> None:
    """A small table: milliseconds, and the ratio to one of the rows (how many times as long, or as fast)."""
    sys.stdout.write(f"\n{judul}\n")
    for nama, ms in hasil.items():
        rasio = hasil[dasar] / ms if kali_cepat else ms / hasil[dasar]
        kata = "× as fast as" if kali_cepat else "×"
        ujung = "" if nama == dasar else f"{rasio:9.2f} {kata} {dasar}"
        sys.stdout.write(f"  {nama:<44}{ms:>10.1f} ms{ujung}\n")
    sys.stdout.flush()


def jalankan(*perintah: str) -> Kerja:
    """A job that runs a command and insists on its success."""
    return lambda: subprocess.run(perintah, check=True, capture_output=True)


def rencana_besar(target: int) -> Buku:
    """A plan whose four official tables hold about so many rows together, with inputs on every sub kegiatan."""
    simpul = [Simpul("s-1", Level.URUSAN, "Urusan"), Simpul("s-2", Level.PERANGKAT_DAERAH, "Badan", induk="s-1")]
    n, program, kegiatan = 2, "", ""
    while len(simpul) * len(TABEL_TERTAUT) < target:
        sub = n - 2
        if sub % (_PER_KEGIATAN * _PER_PROGRAM) == 0:
            program = f"p-{sub}"
            simpul.append(Simpul(program, Level.PROGRAM, f"Program {sub}", induk="s-1"))
        if sub % _PER_KEGIATAN == 0:
            kegiatan = f"k-{sub}"
            simpul.append(Simpul(kegiatan, Level.KEGIATAN, f"Kegiatan {sub}", induk=program))
        n += 1
        simpul.append(Simpul(f"s-{n}", Level.SUB_KEGIATAN, f"Sub kegiatan nomor {sub}", induk=kegiatan))
    indikator = tuple(
        Indikator(f"i-{i:04d}", s.id, f"Jumlah dokumen {i}", "Dokumen", di_evaluasi=True, di_rencana=True)
        for i, s in enumerate(simpul, 1)
    )
    kerangka = Buku(tuple(simpul), indikator).ganti(
        {PROFIL.kunci: baris_profil({"tahun_anggaran": 2026.0}), DASAR_PERHITUNGAN.kunci: baris_dasar()}
    )
    buku = perbarui(kerangka)
    isian: Mapping[str, Mapping[str, Sel]] = {
        T_C_29.kunci: {k: Sel(20.0) for k in ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2", "target_n1")},
        T_C_31.kunci: {"target_rkpd": Sel(3.0), "pagu_rkpd": Sel(1_000_000_00), "kebutuhan_dana": Sel(1_500_000_00)},
        T_C_33.kunci: {"target_n": Sel(3.0), "pagu_n": Sel(1_250_000_00), "target_p1": Sel(4.0)},
    }  # fmt: skip
    return hitung(buku.ganti({k: [_terisi(b, isi) for b in buku.baris(k)] for k, isi in isian.items()}))


def _terisi(b: Baris, isi: Mapping[str, Sel]) -> Baris:
    return b.dengan(isi) if b.level is Level.SUB_KEGIATAN else b


def berubah(isi: bytes) -> bytes:
    """The workbook with one input changed and everything that follows from it out of date."""
    with tempfile.TemporaryDirectory(prefix="renja-bench-") as folder:
        path = Path(folder) / "b.xlsx"
        path.write_bytes(isi)
        t = baca(path)
    b = next(b for b in t.buku.baris(T_C_33.kunci) if b.level is Level.SUB_KEGIATAN and b["pagu_n"].angka)
    tempat = t.letak.baris[T_C_33.kunci][b.id], t.letak.kolom[T_C_33.kunci]["pagu_n"]
    return tambal(t.paket, {T_C_33.lembar: {tempat: IsiSel(123_456_789)}})


def dalam_proses(path: Path) -> dict[str, Kerja]:
    """Read, recompute and patch, beside openpyxl's load and save of the same file and the floor of any such work."""

    def ulang() -> None:
        t = baca(path, PERHITUNGAN)
        tulis_setempat(t, hitung(t.buku))

    def openpyxl() -> None:
        load_workbook(path).save(BytesIO())

    def dasar() -> None:
        with zipfile.ZipFile(BytesIO(path.read_bytes())) as z:
            for nama in z.namelist():
                z.read(nama)

    terbaca = baca(path, PERHITUNGAN)
    hasil = hitung(terbaca.buku)
    return {
        ACUAN: openpyxl,
        "read + recompute + patch": ulang,
        "  of which read": lambda: baca(path, PERHITUNGAN),
        "  of which recompute": lambda: hitung(terbaca.buku),
        "  of which patch": lambda: tulis_setempat(terbaca, hasil),
        "floor: copy and inflate": dasar,
    }


def baca_isi(path: Path) -> None:
    """Every value of a workbook, by the fastest reader there is (calamine)."""
    with CalamineWorkbook.from_path(path) as wb:
        for nama in wb.sheet_names:
            wb.get_sheet_by_name(nama).to_python()


def pemeriksaan(path: Path, renja: Sequence[str]) -> dict[str, Kerja]:
    """The audit of a workbook as a command, beside reading the file; findings (exit 1) are no failure."""
    return {
        "read, calamine": lambda: baca_isi(path),
        "read, openpyxl": lambda: load_workbook(path),
        "renja-xl periksa": lambda: subprocess.run([*renja, "periksa", str(path)], check=False, capture_output=True),
    }


def puncak(*perintah: str) -> float:
    """Peak memory of a command in MB."""
    kode = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],capture_output=True,check=True);"
    kode += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)"
    hasil = subprocess.run([sys.executable, "-c", kode, *perintah], check=True, capture_output=True, text=True)
    return float(hasil.stdout)


def utama(argumen: list[str] | None = None) -> None:
    """Measure and print."""
    pengurai = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    pengurai.add_argument(
        "--rows", type=int, nargs="*", default=[10_000], help="rows of the official tables of large plans"
    )
    pengurai.add_argument("--repeat", type=int, default=7, help="runs per figure; large plans take fewer")
    pilihan = pengurai.parse_args(argumen)
    skrip = Path(sys.executable).with_name("renja-xl")
    renja = [str(skrip)] if skrip.exists() else [sys.executable, "-m", "renja_xl"]

    with tempfile.TemporaryDirectory(prefix="renja-bench-", ignore_cleanup_errors=True) as nama:
        folder = Path(nama)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "kode")
        contoh, hasil, lain = folder / "contoh.xlsx", folder / "hasil.xlsx", folder / "lain.xlsx"
        contoh.write_bytes(berubah(bangun(rapikan_tercetak(impor_folder(folder_contoh("paser-2025"), nomenklatur())))))

        def hitung_perintah() -> None:
            hasil.unlink(missing_ok=True)  # else the copy of the version before is measured too
            jalankan(*renja, "hitung", str(contoh), "-o", str(hasil))()

        kosong = "python -c pass"
        awal = {kosong: jalankan(sys.executable, "-c", "pass"), "renja-xl --help": jalankan(*renja, "--help")}
        cetak("Start-up", ukur(awal, pilihan.repeat * 2), kosong)
        skrip_openpyxl = "openpyxl script, load + save"
        perintah: dict[str, Kerja] = {
            kosong: awal[kosong],
            skrip_openpyxl: jalankan(sys.executable, "-c", _OPENPYXL, str(contoh), str(lain)),
            "renja-xl hitung": hitung_perintah,
            "renja-xl periksa": pemeriksaan(contoh, renja)["renja-xl periksa"],
        }
        if soffice := shutil.which("soffice"):
            profil = f"-env:UserInstallation={(folder / 'lo').as_uri()}"
            ke = [
                soffice,
                profil,
                "--headless",
                "--convert-to",
                "xlsx",
                "--outdir",
                str(folder / "keluar"),
                str(contoh),
            ]
            perintah["LibreOffice, load + save"] = jalankan(*ke)
        diukur = ukur(perintah, pilihan.repeat)
        cetak("Whole commands on the sample, beside an empty program", diukur, kosong)
        cetak("In process (sample)", ukur(dalam_proses(contoh), pilihan.repeat), ACUAN, kali_cepat=True)
        sys.stdout.write(
            f"  peak memory of renja-xl hitung: {puncak(*renja, 'hitung', str(contoh), '-o', str(hasil)):.0f} MB\n"
        )

        for rows in pilihan.rows:
            besar = folder / f"besar-{rows}.xlsx"
            buku = rencana_besar(rows)
            besar.write_bytes(berubah(bangun(buku)))
            baris = ", ".join(f"{s.lembar} {len(buku.baris(s.kunci))}" for s in TABEL_TERTAUT)
            judul = f"In process ({sum(len(buku.baris(s.kunci)) for s in TABEL_TERTAUT)} rows: {baris})"
            ulang = max(3, pilihan.repeat // 3) if rows <= 20_000 else 1
            cetak(judul, ukur(dalam_proses(besar), ulang), ACUAN, kali_cepat=True)
            mb = puncak(*renja, "hitung", str(besar), "-o", str(hasil))
            sys.stdout.write(f"  peak memory of renja-xl hitung: {mb:.0f} MB\n")
            kantor = folder / f"kantor-{rows}.xlsx"
            resmi(buku, 0).tulis(kantor)
            for path, apa in ((besar, "master"), (kantor, "an office's own workbook")):
                diukur = ukur(pemeriksaan(path, renja), ulang)
                cetak(f"Audit of {apa} ({rows} rows)", diukur, "read, calamine")


if __name__ == "__main__":
    utama()
