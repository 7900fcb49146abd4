"""What a run prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from tests.bench.sebar.nilai import DI_TEMPAT_LAIN, LUPUT, TEPAT, Hasil

CONTOH = 4
"""Misses shown per class."""


def tabel(judul: str, hasil: Iterable[Hasil], kunci: Callable[[Hasil], str]) -> list[str]:
    """Lines of a table: planted, found at the right cell, elsewhere only, missed, in percent at the right cell."""
    kelompok: dict[str, list[Hasil]] = defaultdict(list)
    for h in hasil:
        kelompok[kunci(h)].append(h)
    kepala = (
        f"{judul:<28}{'ditanam':>9}{'tepat':>8}{'lain':>7}{'luput':>7}{'lainnya':>9}{'% tepat':>10}{'informasi':>11}"
    )
    baris = ["", kepala]
    for nama, daftar in [*kelompok.items(), ("jumlah", [h for d in kelompok.values() for h in d])]:
        n = {k: sum(h.keadaan == k for h in daftar) for k in (TEPAT, DI_TEMPAT_LAIN, LUPUT)}
        sisa = len(daftar) - sum(n.values())
        persen = 100 * n[TEPAT] / (len(daftar) - sisa) if len(daftar) > sisa else 0.0
        informasi = sum(h.hanya_informasi for h in daftar)
        baris.append(
            f"{nama:<28}{len(daftar):>9}{n[TEPAT]:>8}{n[DI_TEMPAT_LAIN]:>7}{n[LUPUT]:>7}{sisa:>9}{persen:>10.1f}{informasi:>11}"
        )
    return baris


def luput(hasil: Iterable[Hasil]) -> list[str]:
    """Faults not found at the right cell: how to reproduce each, where it stands, and what was found instead."""
    baris: list[str] = []
    menurut: dict[str, list[Hasil]] = defaultdict(list)
    for h in hasil:
        if h.keadaan != TEPAT:
            menurut[h.kelas].append(h)
    for kelas, daftar in menurut.items():
        baris.append(f"\n{kelas}: {len(daftar)} tidak tepat")
        baris += [
            f"  {h.keadaan:<14} {h.ulang:<44} {' '.join(h.sel[:3])}  ⇒ {'; '.join(h.ditemukan[:3]) or '-'}"
            for h in daftar[:CONTOH]
        ]
    return baris


def sejajar(kita: Sequence[Hasil], lawan: Mapping[str, Sequence[Hasil]]) -> list[str]:
    """Our detection beside another auditor's, per class."""
    baris: list[str] = []
    for nama, hasil in lawan.items():
        baris += ["", f"{'kelas':<28}{'ditanam':>9}{'renja-xl':>10}{nama:>22}"]
        for kelas in dict.fromkeys(h.kelas for h in hasil):
            a = [h for h in kita if h.kelas == kelas]
            b = [h for h in hasil if h.kelas == kelas]
            baris.append(
                f"{kelas:<28}{len(b):>9}{sum(h.keadaan == TEPAT for h in a):>10}{sum(h.keadaan == TEPAT for h in b):>22}"
            )
    return baris
