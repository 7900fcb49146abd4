"""The benchmark over files: an office's own workbook, damaged, audited by us and by ``spreadsheet-auditor`` side by side."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random

from xlsxwriter.utility import xl_cell_to_rowcol

from renja_xl.core.bahan import Bahan
from renja_xl.core.buku import Buku
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.temuan import Anggota, Temuan
from renja_xl.excel.bangun import bangun
from renja_xl.periksa import periksa
from renja_xl.sumber import baca_apa_saja
from tests.bench.sebar.cacat_induk import CacatInduk, papan, tulis
from tests.bench.sebar.cacat_resmi import CacatResmi
from tests.bench.sebar.nilai import DI_TEMPAT_LAIN, LUPUT, TEPAT, Hasil
from tests.bench.sebar.rencana import rencana
from tests.bench.sebar.resmi import BukuResmi, resmi

RESMI, INDUK = "resmi", "buku-induk"
TERTUNDA = "tertunda"
"""The workbook could not be read."""

JejakSel = tuple[str, str, str, str]
"""Rule, sheet, cell, and what it says is written there."""


def _sel(t: Temuan | Anggota, letak: Letak) -> tuple[str, str]:
    if t.sel or not t.tabel:
        return t.lembar, t.sel
    return letak.lembar_baris(t.tabel, t.baris), letak.sel(t.tabel, t.baris, t.kolom)


def temuan_sel(path: Path) -> dict[JejakSel, Temuan]:
    """Our findings of a workbook by rule and cell, members of groups among them."""
    h = baca_apa_saja(path)
    hasil: dict[JejakSel, Temuan] = {}
    for t in periksa(h.buku, (), Bahan(letak=h.letak, kisi=h.kisi)):
        hasil[t.aturan, *_sel(t, h.letak), t.tertulis] = t
        for a in t.anggota:
            hasil[t.aturan, *_sel(a, h.letak), a.tertulis] = t
    return hasil


PEMBANDING = "spreadsheet-auditor"


def temuan_pembanding(perintah: str, path: Path) -> set[tuple[str, str, str]]:
    """The other auditor's findings: rule, sheet, and each cell that it names."""
    keluar = path.with_suffix(".sa.json")
    subprocess.run(
        [perintah, str(path), "--json", str(keluar), "--quiet", "--fail-on", "None"],
        check=False, capture_output=True, timeout=300, cwd=path.parent,
    )  # fmt: skip
    hasil = set()
    for f in json.loads(keluar.read_text(encoding="utf-8"))["findings"]:
        for anggota in f["members"] or [f["location"]]:
            lembar, _, sel = str(anggota).rpartition("!")
            hasil |= {(str(f["rule_id"]), lembar.strip("'"), s) for s in _buka(sel)}
    keluar.unlink()
    return hasil


def _buka(rentang: str) -> Iterable[str]:
    """Cells of an address or a range; none of what is neither."""
    m = re.fullmatch(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?", rentang.replace("$", ""))
    if m is None:
        return []
    k1, k2 = (xl_cell_to_rowcol(f"{k}1")[1] for k in (m[1], m[3] or m[1]))
    return [f"{huruf_kolom(k + 1)}{r}" for k in range(k1, k2 + 1) for r in range(int(m[2]), int(m[4] or m[2]) + 1)]


@dataclass
class Bengkel:
    """Workbooks of correct plans, in two makes, with what both auditors say of them untouched."""

    folder: Path
    lawan: str | None
    kita: dict[tuple[str, int], dict[JejakSel, Temuan] | str] = field(default_factory=dict)
    mereka: dict[tuple[str, int], set[tuple[str, str, str]]] = field(default_factory=dict)

    def semula(self, jenis: str, nomor: int) -> dict[JejakSel, Temuan] | str:
        kunci = jenis, nomor
        if kunci not in self.kita:
            path = self.folder / f"{jenis}_{nomor}.xlsx"
            if jenis == RESMI:
                _resmi(nomor).tulis(path)
            else:
                path.write_bytes(bangun(_rencana(nomor)))
            self.kita[kunci] = _coba(path)
            self.mereka[kunci] = temuan_pembanding(self.lawan, path) if self.lawan else set()
            path.unlink()
        return self.kita[kunci]

    def uji(self, cacat: CacatResmi | CacatInduk, nomor: int, benih: str) -> tuple[Hasil, Hasil | None] | None:
        """Plant one fault into a copy of a workbook: our result, and the other auditor's; None where it has no place there."""
        jenis = RESMI if isinstance(cacat, CacatResmi) else INDUK
        path = self.folder / f"{jenis}_{nomor}.xlsx"  # the name of the untouched one: a finding may speak of its file
        acak = Random(f"{benih} {cacat.nama} {jenis} {nomor}")
        semula = self.semula(jenis, nomor)
        tempat = tulis_rusak(path, cacat, nomor, acak)
        if tempat is None:
            return None
        kini = semula if isinstance(semula, str) else _coba(path)
        ulang = f"{benih}/{cacat.nama}/{jenis}/{nomor}"
        sel = tuple("!".join(t) for t in sorted(tempat))[:4]
        if isinstance(kini, str) or isinstance(semula, str):
            hasil = Hasil(cacat.nama, cacat.keluarga, ulang, TERTUNDA, sel, (str(kini),))
        else:
            baru = {j: t for j, t in kini.items() if j not in semula}
            kena = [t for (_, lembar, s, _), t in baru.items() if (lembar, s) in tempat]
            hasil = Hasil(
                cacat.nama, cacat.keluarga, ulang, TEPAT if kena else DI_TEMPAT_LAIN if baru else LUPUT, sel,
                tuple(f"{a} {x}!{s}" for a, x, s, _ in list(baru)[:4]),
                bool(kena) and all(t.tingkat.value == "informasi" for t in kena),
                any(t.aturan.startswith(cacat.keluarga) for t in kena),
            )  # fmt: skip
        lawan = None
        if self.lawan:
            beda = temuan_pembanding(self.lawan, path) - self.mereka[jenis, nomor]
            tepat = any((x, s) in tempat for _, x, s in beda)
            lawan = Hasil(cacat.nama, cacat.keluarga, ulang, TEPAT if tepat else DI_TEMPAT_LAIN if beda else LUPUT, sel)
        path.unlink()
        return hasil, lawan


@lru_cache(maxsize=64)
def _rencana(nomor: int) -> Buku:
    return rencana(nomor)


@lru_cache(maxsize=64)
def _resmi(nomor: int) -> BukuResmi:
    return resmi(_rencana(nomor), nomor)


def tulis_rusak(
    path: Path, cacat: CacatResmi | CacatInduk, nomor: int, acak: Random
) -> Collection[tuple[str, str]] | None:
    """Write a copy of a workbook with one fault; its cells. None where twelve draws found no place for it."""
    for _ in range(12):
        if isinstance(cacat, CacatInduk):
            tertanam = cacat.tanam(papan(_rencana(nomor), acak))
            if tertanam:
                path.write_bytes(tulis(tertanam))
                return tertanam.tempat
            continue
        salinan = _resmi(nomor).salin()
        tempat = cacat.tanam(salinan, acak)
        if tempat:
            salinan.tulis(path)
            return tempat
    return None


def _coba(path: Path) -> dict[JejakSel, Temuan] | str:
    """Our findings, or why the workbook could not be read: a fault of the reader must not end the run."""
    try:
        return temuan_sel(path)
    except Exception as galat:
        return f"{type(galat).__name__}: {galat}"
