"""Comments on the cells of a workbook: notes as every program writes them, and Excel's threads with their replies."""

from __future__ import annotations

from collections.abc import Iterator

from renja_xl.core.manifes import tempat_sel
from renja_xl.core.usulan_salinan import Komentar
from renja_xl.excel.mentah import Atribut, teks_polos, urai_xml
from renja_xl.excel.paket import Paket
from renja_xl.tabel import SEMUA

_BATAS = 5_000
"""Comments of one workbook that are read."""

_MILIK_KITA = frozenset(" ".join(k.catatan_kepala.split()) for s in SEMUA for k in s.kolom if k.catatan_kepala)


def baca_komentar(paket: Paket) -> list[Komentar]:
    """Comments that somebody wrote, in the order of sheets; the notes on our own headers are none.

    Raises:
        BukuTidakTerbacaError: a part that is no well-formed XML.
    """
    orang = _orang(paket)
    hasil: list[Komentar] = []
    for lembar, bagian in paket.lembar.items():
        utas: list[Komentar] = []
        catatan: list[Komentar] = []
        for target, jenis, _ in paket.relasi(bagian):
            if target not in paket:
                continue
            if jenis.endswith("/threadedComment"):
                utas += _utas(paket, target, lembar, orang)
            elif jenis.endswith("/comments"):
                catatan += _catatan(paket, target, lembar)
        berutas = {k.tempat for k in utas}  # Excel writes a note for old programs beside each thread
        semua = [*utas, *(k for k in catatan if k.tempat not in berutas)]
        hasil += sorted(
            (k for k in semua if k.teks and " ".join(k.teks.split()) not in _MILIK_KITA), key=lambda k: k.tempat
        )
    return hasil[:_BATAS]


def _orang(paket: Paket) -> dict[str, str]:
    """Names of those who wrote threads, by id."""
    hasil: dict[str, str] = {}
    for target, jenis, _ in paket.relasi(paket.buku):
        if jenis.endswith("/person") and target in paket:
            for u in paket.unsur(target):
                if u.nama == "person":
                    hasil[u.atribut.get("id", "")] = u.atribut.get("displayName", "")
    return hasil


class _Pengurai:
    """Elements named ``unsur`` of a part, with their attributes and text; ``lain`` are the authors of notes."""

    def __init__(self, unsur: str, teks: str) -> None:
        self._unsur, self._teks = unsur, teks
        self.hasil: list[tuple[dict[str, str], str]] = []
        self.lain: list[str] = []
        self._jejak: list[str] = []
        self._huruf: list[str] = []

    def mulai(self, n: str, a: Atribut) -> None:
        self._jejak.append(n)
        if n in {self._unsur, "author"}:
            self._huruf.clear()
            if n == self._unsur:
                self.hasil.append((dict(a), ""))

    def huruf(self, t: str) -> None:
        n = self._jejak[-1] if self._jejak else ""
        if n in {self._teks, "author"} and "rPh" not in self._jejak:
            self._huruf.append(t)

    def selesai(self, n: str) -> None:
        self._jejak.pop()
        if n == self._unsur and self.hasil:
            self.hasil[-1] = (self.hasil[-1][0], teks_polos("".join(self._huruf)).strip())
        elif n == "author":
            self.lain.append("".join(self._huruf))
            self._huruf.clear()

    def urai(self, paket: Paket, bagian: str) -> list[tuple[dict[str, str], str]]:
        urai_xml(paket.isi_xml(bagian), self.mulai, self.selesai, self.huruf)
        return self.hasil


def _catatan(paket: Paket, bagian: str, lembar: str) -> Iterator[Komentar]:
    p = _Pengurai("comment", "t")
    for a, teks in p.urai(paket, bagian):
        nomor = a.get("authorId", "")[:9]
        penulis = p.lain[int(nomor)] if nomor.isascii() and nomor.isdigit() and int(nomor) < len(p.lain) else ""
        penulis = penulis.strip()
        # Excel leads a note with its writer
        isi = teks.removeprefix(f"{penulis}:").strip() if penulis else teks
        yield Komentar(lembar, tempat_sel(a.get("ref", "")), isi, penulis)


def _utas(paket: Paket, bagian: str, lembar: str, orang: dict[str, str]) -> Iterator[Komentar]:
    """Each thread as one comment: the first writer's words, then every reply under its writer's name."""
    menurut_sel: dict[str, list[tuple[str, str]]] = {}
    for a, teks in _Pengurai("threadedComment", "text").urai(paket, bagian):
        menurut_sel.setdefault(a.get("ref", ""), []).append((orang.get(a.get("personId", ""), ""), teks))
    for ref, daftar in menurut_sel.items():
        (penulis, awal), *balasan = daftar
        yield Komentar(lembar, tempat_sel(ref), "\n".join([awal, *(f"{p or '-'}: {t}" for p, t in balasan)]), penulis)
