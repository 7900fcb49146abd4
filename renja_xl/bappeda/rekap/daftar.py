"""Lists that Bappeda keeps: ceilings (``--pagu``) and agencies (``--daftar``), as CSV, TSV or a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from renja_xl.core.nilai import urai_rupiah
from renja_xl.core.nomenklatur import AMBANG_MIRIP
from renja_xl.core.teks import kemiripan
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.deret import baca_deret
from renja_xl.errors import SumberTidakTerbacaError

_KATA_NAMA = ("perangkat daerah", "opd", "skpd", "nama", "sumber dana", "instansi", "unit")
_KATA_PAGU = ("pagu", "plafon", "anggaran", "jumlah", "rp")


@dataclass(frozen=True, slots=True)
class Plafon:
    """A ceiling in sen, for an agency or a sumber dana, and where it stands."""

    nama: str
    sumber_dana: bool
    sen: int
    tempat: str


def baca_pagu(path: Path) -> list[Plafon]:
    """Ceilings of a file with a column of names and one of amounts, whatever they are called.

    Raises:
        SumberTidakTerbacaError: unreadable, no such columns, or an amount that is none.
    """
    deret = baca_deret(path)
    kepala = _kepala(deret)
    judul = [kunci_teks(x) for x in deret[kepala]] if kepala >= 0 else []
    dana = next((n for n, j in enumerate(judul) if "sumber dana" in j), -1)
    nama = next(
        (n for n, j in enumerate(judul) if n != dana and any(k in j for k in _KATA_NAMA)),
        -1,
    )
    pagu = next((n for n, j in enumerate(judul) if n not in {dana, nama} and any(k in j for k in _KATA_PAGU)), -1)
    if kepala < 0:
        nama, pagu = 0, 1
    if pagu < 0 or (nama < 0 and dana < 0):
        raise SumberTidakTerbacaError(
            f"{path}: kolom nama dan kolom pagu tidak dikenali; mohon beri kepala kolom Perangkat Daerah (atau Sumber Dana) dan Pagu."
        )
    hasil = []
    for n, isi in enumerate(deret[kepala + 1 :], kepala + 2):
        sel = [x.strip() for x in isi] + [""] * (max(nama, dana, pagu) + 1 - len(isi))
        sebutan = (sel[nama] if nama >= 0 else "") or (sel[dana] if dana >= 0 else "")
        if not sebutan or kunci_teks(sebutan) in {"jumlah", "total"}:
            continue
        sen = urai_rupiah(sel[pagu])[0]
        if sen is None:
            raise SumberTidakTerbacaError(
                f"{path} baris {n}: pagu “{sel[pagu][:40]}” untuk {sebutan[:60]} tidak terbaca; mohon tulis rupiah penuh, "
                "misalnya 1.250.000.000."
            )
        hasil.append(Plafon(sebutan, not (nama >= 0 and sel[nama]), sen, f"{path.name} baris {n}"))
    return hasil


def baca_daftar(path: Path) -> list[str]:
    """Names of agencies: the column that is called so, else the first.

    Raises:
        SumberTidakTerbacaError: unreadable.
    """
    deret = baca_deret(path)
    kepala = _kepala(deret)
    judul = [kunci_teks(x) for x in deret[kepala]] if kepala >= 0 else []
    kolom = next((n for n, j in enumerate(judul) if any(k in j for k in _KATA_NAMA)), 0)
    nama = (isi[kolom].strip() for isi in deret[kepala + 1 :] if len(isi) > kolom)
    return list({kunci_teks(x): x for x in nama if x and not x.isdigit()}.values())


def cocokkan(nama: str, kepada: Mapping[str, str]) -> str | None:
    """Key of the name that is meant: the same, else the one most alike; None where none is alike enough.

    Args:
        kepada: names by key.
    """
    sama = [k for k, n in kepada.items() if kunci_teks(n) == kunci_teks(nama)]
    if sama:
        return sama[0]
    mirip, kunci = max(((kemiripan(nama, n), k) for k, n in kepada.items()), default=(0.0, ""))
    return kunci if mirip >= AMBANG_MIRIP else None


def _kepala(deret: Sequence[Sequence[str]]) -> int:
    """Index of the row of headings, -1 where there is none: the first of several cells, else a first row of one."""
    kata = (*_KATA_NAMA, *_KATA_PAGU)
    sendiri = -1
    for n, isi in enumerate(deret[:20]):
        terisi = [kunci_teks(x) for x in isi if x.strip()]
        if any(urai_rupiah(x)[0] is not None for x in isi):
            break  # the data have begun
        if any(k in x for x in terisi for k in kata):
            if len(terisi) > 1:
                return n
            if not any(x.strip() for b in deret[:n] for x in b):
                sendiri = n
    return sendiri


def tak_dikenal(nama: Iterable[str]) -> str:
    """A few names, for a message."""
    daftar = list(nama)
    return ", ".join(daftar[:5]) + (f", dan {len(daftar) - 5} lainnya" if len(daftar) > 5 else "")
