"""Seeded-error benchmark of the audit: ``python -m tests.bench.sebar``.

Correct plans of made-up agencies are drawn, faults are planted one at a time by code that knows nothing of the rules, and
the audit is asked where they are. Found means: a finding that the untouched plan does not have, at a cell where the fault
stands. The same arguments plant the same faults everywhere.

    --benih N       another drawing (default 1)
    --banyak N      faults per class and presentation (default 14: more than 1,000 in all)
    --keluarga X    only this family (HIT, ROL, …)
    --kelas NAMA    only this class, with every miss listed
    --rencana N     correct plans to draw from (default 36)
    --resmi N       faults per class in files: an office's own workbook, and ours (default 4; 0 leaves them out)
    --asing N       faults of the printed presentation per class in an office's workbook of constants (default 2)
    --waktu         also measure the command on an everyday plan, and a workbook of 10,000 rows
    --pembanding P  command of spreadsheet-auditor (default: where the shell finds it)

The report goes to stdout: per family and per class what was planted, found at the right cell, found elsewhere only, and
missed, with the ids that reproduce a miss; then the false alarms on the untouched plans.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from renja_xl.excel.bangun import bangun
from tests.bench.sebar import cacat_lapangan, laporan
from tests.bench.sebar.asing import PEMBANDING, TERTUNDA, Bengkel
from tests.bench.sebar.cacat import CACAT
from tests.bench.sebar.cacat_induk import CACAT_INDUK, CacatInduk
from tests.bench.sebar.cacat_resmi import CACAT_RESMI, CacatResmi
from tests.bench.sebar.cetak_asing import BengkelCetak
from tests.bench.sebar.nilai import Hasil, Rak, tingkat, uji
from tests.bench.sebar.papan import CETAK, INDUK
from tests.bench.sebar.rencana import rencana

assert cacat_lapangan  # its classes register themselves


def cetak(*baris: str) -> None:
    sys.stdout.write("\n".join(baris) + "\n")
    sys.stdout.flush()


def dalam_ingatan(rak: Rak, a: argparse.Namespace) -> list[Hasil]:
    """Faults in plans in memory: so many of each class in each presentation, spread over the plans."""
    hasil = []
    for n, cacat in enumerate(CACAT.values()):
        if (a.keluarga and cacat.keluarga != a.keluarga) or (a.kelas and cacat.nama != a.kelas):
            continue
        for moda in cacat.moda:
            tertanam = 0
            for k in range(a.rencana * 4):
                if tertanam >= a.banyak:
                    break
                nomor = (n * 5 + k) % a.rencana
                h = uji(rak, cacat, moda, nomor, f"{a.benih}.{k // a.rencana}")
                if h is not None:
                    tertanam += 1
                    hasil.append(h)
    return hasil


def dalam_berkas(bengkel: Bengkel, a: argparse.Namespace) -> tuple[list[Hasil], list[Hasil]]:
    """Faults in workbooks, an office's own and ours: our results, and the other auditor's."""
    kita, lawan = [], []
    semua: list[CacatResmi | CacatInduk] = [*CACAT_RESMI.values(), *CACAT_INDUK.values()]
    for n, cacat in enumerate(semua):
        if (a.keluarga and cacat.keluarga != a.keluarga) or (a.kelas and cacat.nama != a.kelas):
            continue
        tertanam = 0
        for k in range(a.rencana):
            if tertanam >= a.resmi:
                break
            pasangan = bengkel.uji(cacat, (n + k) % a.rencana if a.resmi > 12 else k, str(a.benih))
            if pasangan is not None:
                tertanam += 1
                kita.append(pasangan[0])
                lawan += [pasangan[1]] if pasangan[1] else []
    return kita, lawan


def dalam_buku_asing(bengkel: BengkelCetak, a: argparse.Namespace) -> list[Hasil]:
    """Faults of the printed presentation, in workbooks that somebody else made."""
    hasil = []
    for n, cacat in enumerate(CACAT.values()):
        if (
            CETAK not in cacat.moda
            or (a.keluarga and cacat.keluarga != a.keluarga)
            or (a.kelas and cacat.nama != a.kelas)
        ):
            continue
        tertanam = 0
        for k in range(a.rencana):
            if tertanam >= a.asing or (k >= _COBA and not tertanam):
                break
            h = bengkel.uji(cacat, (n * 5 + k) % a.rencana, str(a.benih))
            if h is not None:
                tertanam += 1
                hasil.append(h)
    return hasil


_COBA = 8
"""Plans tried before a class is said to have no place in such a workbook."""


def alarm_palsu(rak: Rak, banyak: int) -> list[str]:
    """Findings on plans in which everything is right, per presentation."""
    baris = ["", "alarm palsu pada rencana yang benar"]
    for moda in (INDUK, CETAK):
        jumlah: Counter[str] = Counter()
        contoh: dict[str, str] = {}
        for nomor in range(banyak):
            _, temuan = rak.ambil(nomor, moda)
            jumlah += tingkat(temuan)
            for t in temuan.values():
                if t.tingkat.value != "informasi":
                    contoh.setdefault(t.aturan, f"rencana {nomor} {t.tabel}!{t.baris}!{t.kolom}: {t.pesan}")
        rata = jumlah["perlu_dicek"] / banyak
        baris.append(
            f"  {moda:<6} {banyak} rencana: harus_diperbaiki {jumlah['harus_diperbaiki']}, perlu_dicek {rata:.2f} per rencana"
        )
        baris += [f"    {k} {v}" for k, v in contoh.items()]
    return baris


def alarm_palsu_berkas(bengkel: Bengkel) -> list[str]:
    """The same for workbooks of official layout, beside what the other auditor says of them."""
    baris: list[str] = []
    for jenis in dict.fromkeys(j for j, _ in bengkel.kita):
        terbaca = {n: t for (j, n), t in bengkel.kita.items() if j == jenis and not isinstance(t, str)}
        jumlah: Counter[str] = Counter()
        contoh: dict[str, str] = {}
        for nomor, temuan in terbaca.items():
            jumlah += tingkat(temuan)
            for (aturan, lembar, sel, _), t in temuan.items():
                if t.tingkat.value != "informasi":
                    contoh.setdefault(aturan, f"rencana {nomor} {lembar}!{sel}: {t.pesan}")
        rata = {k: jumlah[k] / max(1, len(terbaca)) for k in ("harus_diperbaiki", "perlu_dicek")}
        baris.append(
            f"  {jenis}  {len(terbaca)} buku: harus_diperbaiki {rata['harus_diperbaiki']:.2f}, "
            f"perlu_dicek {rata['perlu_dicek']:.2f} per buku"
        )
        baris += [f"    {k} {v}" for k, v in contoh.items()]
        mereka = [len(v) for (j, _), v in bengkel.mereka.items() if j == jenis]
        if bengkel.lawan:
            baris.append(f"    {PEMBANDING}: {sum(mereka) / max(1, len(mereka)):.1f} sel disebut per buku yang benar")
    return baris


def alarm_palsu_asing(asing: BengkelCetak) -> list[str]:
    """Findings on such workbooks of correct plans."""
    jumlah: Counter[str] = Counter()
    contoh: dict[str, str] = {}
    for nomor, temuan in asing.bersih.items():
        jumlah += tingkat(temuan)
        for (aturan, lembar, sel, _), t in temuan.items():
            if t.tingkat.value != "informasi":
                contoh.setdefault(aturan, f"rencana {nomor} {lembar}!{sel}: {t.pesan}")
    rata = jumlah["perlu_dicek"] / max(1, len(asing.bersih))
    judul = f"  {len(asing.bersih)} buku yang benar: harus_diperbaiki {jumlah['harus_diperbaiki']}, perlu_dicek {rata:.2f} per buku"
    return [judul, *(f"    {k} {v}" for k, v in contoh.items())]


def waktu(folder: Path) -> list[str]:
    """Seconds of the command on everyday plans, and a large workbook against the time of reading it."""
    from renja_xl.excel.baca import baca  # noqa: PLC0415 - only this part reads masters
    from renja_xl.periksa import periksa  # noqa: PLC0415
    from tests.bench.__main__ import rencana_besar  # noqa: PLC0415

    lama = []
    for nomor in range(5):
        path = folder / f"rencana_{nomor}.xlsx"
        path.write_bytes(bangun(rencana(nomor)))
        for _ in range(3):
            mulai = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "renja_xl", "periksa", str(path), "--json"], check=False, capture_output=True
            )
            lama.append(time.perf_counter() - mulai)
    besar = folder / "besar.xlsx"
    besar.write_bytes(bangun(rencana_besar(10_000)))
    rasio = []
    for _ in range(3):
        mulai = time.perf_counter()
        buku = baca(besar).buku
        terbaca = time.perf_counter()
        periksa(buku)
        rasio.append((time.perf_counter() - terbaca) / (terbaca - mulai))
    return [
        "",
        f"renja-xl periksa, rencana sehari-hari: median {median(lama):.2f} s dari {len(lama)} kali",
        f"buku 10.000 baris: pemeriksaan {median(rasio):.1f} × waktu membacanya",
    ]


def utama() -> None:
    p = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    p.add_argument("--benih", type=int, default=1)
    p.add_argument("--banyak", type=int, default=14)
    p.add_argument("--keluarga")
    p.add_argument("--kelas")
    p.add_argument("--rencana", type=int, default=36)
    p.add_argument("--resmi", type=int, default=4)
    p.add_argument("--asing", type=int, default=2)
    p.add_argument("--waktu", action="store_true")
    p.add_argument("--pembanding", default=shutil.which(PEMBANDING))
    a = p.parse_args()
    if a.kelas and a.kelas not in {*CACAT, *CACAT_RESMI, *CACAT_INDUK}:
        p.error(f"kelas yang ada: {', '.join((*CACAT, *CACAT_RESMI, *CACAT_INDUK))}")
    laporan.CONTOH = 1_000 if a.kelas else laporan.CONTOH
    mulai = time.perf_counter()
    rak = Rak()
    hasil = dalam_ingatan(rak, a)
    cetak(f"{len(hasil)} cacat dalam ingatan, benih {a.benih}, {time.perf_counter() - mulai:.0f} s")
    cetak(
        *laporan.tabel("keluarga", hasil, lambda h: h.keluarga),
        *laporan.tabel("kelas", hasil, lambda h: f"{h.kelas} {h.ulang.split('/')[2]}"),
    )
    cetak(*laporan.luput(hasil), *alarm_palsu(rak, a.rencana))
    with tempfile.TemporaryDirectory() as folder:
        if a.resmi:
            bengkel = Bengkel(Path(folder), a.pembanding)
            kita, lawan = dalam_berkas(bengkel, a)
            cetak(
                "",
                f"{len(kita)} cacat dalam berkas (bentuk resmi, dan buku induk); lainnya = {TERTUNDA}: bukunya belum dapat dibaca",
            )
            cetak(
                *laporan.tabel("keluarga", kita, lambda h: h.keluarga), *laporan.tabel("kelas", kita, lambda h: h.kelas)
            )
            cetak(*laporan.luput(kita), *alarm_palsu_berkas(bengkel))
            if a.pembanding:
                cetak(*laporan.sejajar(kita, {PEMBANDING: lawan}))
            else:
                cetak("", f"{PEMBANDING} tidak terpasang, jadi tidak ikut diukur (pip install 'renja-xl[bench]').")
        if a.asing:
            asing = BengkelCetak(Path(folder), rak)
            hasil = dalam_buku_asing(asing, a)
            cetak(
                "",
                f"{len(hasil)} cacat dalam buku buatan sendiri, tanpa rumus",
                *laporan.tabel("keluarga", hasil, lambda h: h.keluarga),
            )
            cetak(*laporan.tabel("kelas", hasil, lambda h: h.kelas), *laporan.luput(hasil), *alarm_palsu_asing(asing))
        if a.waktu:
            cetak(*waktu(Path(folder)))
    cetak("", f"selesai dalam {time.perf_counter() - mulai:.0f} s")


if __name__ == "__main__":
    utama()
