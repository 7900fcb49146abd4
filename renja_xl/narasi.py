"""The narrative of a plan: paragraphs of a text file or a Word document, to compare with its tables.

A document from outside is hostile until read: only the text of its main part is taken, after the checks of
``excel.paket``; nothing that it links to is followed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from renja_xl.core.bahan import Paragraf
from renja_xl.errors import BukuTidakTerbacaError, RenjaError, sebab

if TYPE_CHECKING:
    from renja_xl.excel.paket import Paket

AKHIRAN = (".docx", ".txt", ".md")
BATAS_TEKS = 16 * 1024 * 1024
"""Bytes of a text file, and of the text of a document, that are read; a long Renja has about 1 MB."""
BATAS_PARAGRAF = 100_000

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W_KETAT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_LAIN = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DIBUANG = frozenset(
    {f"{_LAIN} Fallback", *(f"{ruang} {nama}" for ruang in (_W, _W_KETAT) for nama in ("del", "moveFrom"))}
)
"""Elements whose text is no part of the document as it reads: tracked deletions, copies for old programs."""
_OLE = b"\xd0\xcf\x11\xe0"
_BENTUK = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}


class NarasiTidakTerbacaError(RenjaError):
    """A narrative that cannot be read."""


def baca_narasi(path: Path) -> tuple[Paragraf, ...]:
    """The paragraphs of a narrative that hold text, numbered from 1.

    Raises:
        NarasiTidakTerbacaError: not there, of another kind, too large, or damaged; one sentence with advice.
    """
    akhiran = path.suffix.casefold()
    if akhiran == ".docx":
        return _nomori(path, _paragraf_docx(path))
    if akhiran in AKHIRAN:
        return _nomori(path, _paragraf_teks(_baca_teks(path)))
    if akhiran == ".doc":
        raise NarasiTidakTerbacaError(f"Berkas {path} berformat Word lama (.doc); mohon simpan sebagai .docx di Word.")
    raise NarasiTidakTerbacaError(
        f"Berkas {path} bukan narasi yang dikenal; mohon tunjuk berkas .docx, .txt, atau .md."
    )


def _nomori(path: Path, teks: Iterable[str]) -> tuple[Paragraf, ...]:
    hasil: list[Paragraf] = []
    for isi in teks:
        rapi = " ".join(isi.split())
        if rapi:
            hasil.append(Paragraf(path.name, len(hasil) + 1, rapi))
        if len(hasil) > BATAS_PARAGRAF:
            raise NarasiTidakTerbacaError(
                f"Berkas {path} memuat lebih dari {BATAS_PARAGRAF} paragraf; mohon tunjuk naskah Renja saja."
            )
    return tuple(hasil)


# ── text ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _baca_teks(path: Path) -> str:
    data = _baca(path, BATAS_TEKS)
    kodek = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        teks = data.decode(kodek)
    except UnicodeDecodeError as galat:
        raise NarasiTidakTerbacaError(
            f"Berkas {path} bukan teks UTF-8; mohon simpan ulang sebagai teks UTF-8."
        ) from galat
    if "\0" in teks:
        raise NarasiTidakTerbacaError(f"Berkas {path} bukan berkas teks; mohon tunjuk berkas .docx, .txt, atau .md.")
    return teks


def _baca(path: Path, batas: int) -> bytes:
    try:
        with open(path, "rb", opener=_tanpa_menunggu) as f:
            if not stat.S_ISREG(os.fstat(f.fileno()).st_mode):
                raise NarasiTidakTerbacaError(f"{path} bukan berkas biasa; mohon tunjuk berkas .docx, .txt, atau .md.")
            data = f.read(batas + 1)
    except OSError as galat:
        raise NarasiTidakTerbacaError(
            f"Berkas {path} tidak dapat dibaca ({sebab(galat)}); mohon periksa letaknya."
        ) from galat
    if len(data) > batas:
        raise NarasiTidakTerbacaError(
            f"Berkas {path} lebih besar dari {batas // 2**20} MB; mohon tunjuk naskah Renja saja."
        )
    return data


def _tanpa_menunggu(path: str, bendera: int) -> int:
    """A pipe without a writer would make the program wait forever."""
    return os.open(path, bendera | getattr(os, "O_NONBLOCK", 0))


_BUTIR = re.compile(r"[ \t]*(?:[-*•#>|]|\d{1,2}[.)]\s|[a-z][.)]\s)")
_UTUH = re.compile(r"(?<!\bRp)(?<!\bNo)[.:;!?)”\"]\s*$")
_KEPALA = 40
"""Letters of a line without a full stop that is taken for a heading."""


def _paragraf_teks(teks: str) -> Iterator[str]:
    """Lines joined where one goes on in the next: up to a blank line, a full stop, a heading or an item of a list."""
    paragraf: list[str] = []
    for baris in (*teks.splitlines(), ""):
        isi = baris.strip()
        akhir = paragraf[-1] if paragraf else ""
        kepala = len(paragraf) == 1 and len(akhir) < _KEPALA and isi[:1].isupper()
        if paragraf and (not isi or _UTUH.search(akhir) or _BUTIR.match(baris) or kepala):
            yield " ".join(paragraf)
            paragraf = []
        if isi:
            paragraf.append(isi)


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _paragraf_docx(path: Path) -> list[str]:
    from renja_xl.excel.kenali import BATAS_BERKAS  # noqa: PLC0415 - only a document needs the reader of packages
    from renja_xl.excel.paket import Paket  # noqa: PLC0415

    data = _baca(path, BATAS_BERKAS)
    if data.startswith(_OLE):
        raise NarasiTidakTerbacaError(
            f"Berkas {path} berkata sandi atau berformat Word lama; mohon simpan sebagai .docx tanpa kata sandi di Word."
        )
    try:
        paket = Paket(path, data)
        nama = _dokumen(paket)
        teks = _teks_paragraf(paket.isi_xml(nama)) if nama else None
    except (BukuTidakTerbacaError, expat.ExpatError) as galat:
        raise NarasiTidakTerbacaError(
            f"Berkas {path} rusak atau tidak wajar isinya; mohon buka dan simpan ulang sebagai .docx di Word."
        ) from galat
    except _TerlaluBesarError as galat:
        raise NarasiTidakTerbacaError(
            f"Berkas {path} memuat teks lebih dari {BATAS_TEKS // 2**20} MB; mohon tunjuk naskah Renja saja."
        ) from galat
    if teks is None:
        raise NarasiTidakTerbacaError(
            f"Berkas {path} bukan dokumen Word (.docx); mohon simpan ulang sebagai .docx di Word."
        )
    return teks


def _dokumen(paket: Paket) -> str | None:
    """The main part: what the package names as its document, else the usual name."""
    for target, jenis, _ in paket.relasi(""):
        if jenis.endswith("/officeDocument") and target in paket and target.casefold().startswith("word/"):
            return target
    return "word/document.xml" if "word/document.xml" in paket else None


class _TerlaluBesarError(Exception):
    """More text than is read."""


def _teks_paragraf(isi: bytes) -> list[str]:
    """Text of each paragraph in order; those in cells and text boxes count as paragraphs of their own.

    Raises:
        ExpatError: not well-formed.
        _TerlaluBesarError: more text than ``BATAS_TEKS``.
    """
    hasil: list[str] = []
    terbuka: list[list[str]] = []
    dibuang = teks_biasa = panjang = 0

    def mulai(nama: str, _atribut: dict[str, str]) -> None:
        nonlocal dibuang, teks_biasa
        ruang, _, lokal = nama.rpartition(" ")
        if nama in _DIBUANG:
            dibuang += 1
        elif ruang not in {_W, _W_KETAT}:
            return
        elif lokal == "p":
            terbuka.append([])
        elif lokal == "t":
            teks_biasa += 1
        elif lokal in _BENTUK and terbuka and not dibuang:
            terbuka[-1].append(_BENTUK[lokal])

    def selesai(nama: str) -> None:
        nonlocal dibuang, teks_biasa
        ruang, _, lokal = nama.rpartition(" ")
        if nama in _DIBUANG:
            dibuang -= 1
        elif ruang not in {_W, _W_KETAT}:
            return
        elif lokal == "p" and terbuka:
            hasil.append("".join(terbuka.pop()))
        elif lokal == "t":
            teks_biasa -= 1

    def huruf(data: str) -> None:
        nonlocal panjang
        if teks_biasa and terbuka and not dibuang:
            panjang += len(data)
            if panjang > BATAS_TEKS:
                raise _TerlaluBesarError
            terbuka[-1].append(data)

    pengurai = expat.ParserCreate(namespace_separator=" ")
    pengurai.StartElementHandler, pengurai.EndElementHandler, pengurai.CharacterDataHandler = mulai, selesai, huruf
    pengurai.buffer_text = True
    pengurai.Parse(isi, True)
    return hasil
