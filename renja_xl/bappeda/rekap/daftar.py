"""Lists that Bappeda keeps: ceilings (``--pagu``) and agencies (``--daftar``), as CSV, TSV or a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from renja_xl.core.nilai import urai_rupiah
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.deret import baca_deret
from renja_xl.errors import SumberTidakTerbacaError

_KATA_NAMA = ("perangkat daerah", "opd", "skpd", "nama", "sumber dana", "instansi", "unit")
_LAZIM = {"kab": "kabupaten"}
_KATA_PANJANG = 6
"""Letters from which a word that differs by one is taken for the same, mistyped; Barat is not Darat."""
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


def cocokkan(nama: str, instansi: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """Agencies that a list means by a name, by their places; empty where it means none of them.

    The kabupaten or kota may follow the name in the list, in the plan, in both or in neither; a list that has it means no
    agency of another. One word may differ by one letter, no more: Dinas Pertanian is not Dinas Perikanan.

    Args:
        instansi: name and kabupaten of each agency.
    """
    dicari = _kata(nama)
    pendek = [_tanpa_ekor(_kata(n), _kata(kabupaten)) for n, kabupaten in instansi]
    lengkap = [(*p, *_kata(kabupaten)) for p, (_, kabupaten) in zip(pendek, instansi, strict=True)]
    for sama in (tuple.__eq__, _salah_ketik):
        for sebutan in (lengkap, pendek):
            if milik := tuple(n for n, s in enumerate(sebutan) if sama(s, dicari)):
                return milik
    return ()


def _kata(nama: str) -> tuple[str, ...]:
    return tuple(_LAZIM.get(k, k) for k in kunci_teks(nama).split() if k != "dan")


def _tanpa_ekor(kata: tuple[str, ...], ekor: tuple[str, ...]) -> tuple[str, ...]:
    return kata[: -len(ekor)] if ekor and kata[-len(ekor) :] == ekor and kata != ekor else kata


def _salah_ketik(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names are the same but for one letter of one longer word: missing, other, or two of them swapped."""
    beda = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    if len(a) != len(b) or len(beda) != 1:
        return False
    x, y = sorted(beda[0], key=len)
    if len(x) < _KATA_PANJANG or len(y) - len(x) > 1:
        return False
    n = next((n for n, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), len(x))
    tukar = x[n : n + 2] == y[n : n + 2][::-1] and x[n + 2 :] == y[n + 2 :]
    return tukar or (x[n + 1 :] == y[n + 1 :] if len(x) == len(y) else x[n:] == y[n + 1 :])


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
