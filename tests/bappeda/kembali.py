"""Copies that come back: a share copy with cells typed into it, by table, row id and column key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, relpath
from types import MappingProxyType

from renja_xl.core.manifes import denah
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.mentah import baca_mentah
from renja_xl.excel.paket import Paket
from renja_xl.excel.tambal import rakit, tambal

Ketikan = Mapping[tuple[str, str, str], str | float | IsiSel | None]
"""What is typed: by sheet, row id and column key."""


def sel_dari(paket: Paket, lembar: str, baris: str, kolom: str) -> tuple[int, int]:
    """Row and column of a cell."""
    d = denah(baca_mentah(paket).lembar[lembar])
    return next(r for r, i in d.baris.items() if i == baris), next(c for c, k in d.kolom.items() if k == kolom)


def kembali(
    isi: bytes, ketikan: Ketikan, lain: Mapping[str, Mapping[tuple[int, int], IsiSel]] = MappingProxyType({})
) -> Paket:
    """A copy after some cells were typed into; ``lain`` by sheet, row and column."""
    paket = Paket(Path("Hasil.xlsx"), isi)
    mentah = baca_mentah(paket)
    ubah = {lembar: dict(sel) for lembar, sel in lain.items()}
    for (lembar, baris, kolom), v in ketikan.items():
        d = denah(mentah.lembar[lembar])
        r = next(r for r, i in d.baris.items() if i == baris)
        c = next(c for c, k in d.kolom.items() if k == kolom)
        ubah.setdefault(lembar, {})[r, c] = v if isinstance(v, IsiSel) else IsiSel(v, "")
    return Paket(Path("Hasil.xlsx"), tambal(paket, ubah))


def dengan_utas(paket: Paket, lembar: str, sel: str, utas: list[tuple[str, str]]) -> Paket:
    """A copy with a thread of comments (writer, words) on a cell, as Excel 365 keeps it, and its note for old programs."""
    ns = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
    orang = dict.fromkeys(p for p, _ in utas)
    nomor = {p: f"{{0000000{n}-0000-0000-0000-000000000000}}" for n, p in enumerate(orang)}
    isi = "".join(
        f'<threadedComment ref="{sel}" dT="2025-03-0{n + 1}T00:00:00.00" personId="{nomor[p]}" id="{{A{n}}}"'
        f"{' parentId=&quot;{A0}&quot;'.replace('&quot;', chr(34)) if n else ''}><text>{t}</text></threadedComment>"
        for n, (p, t) in enumerate(utas)
    )
    daftar = "".join(f'<person displayName="{p}" id="{i}" userId="x" providerId="None"/>' for p, i in nomor.items())
    bagian = paket.lembar[lembar]
    jenis = "http://schemas.microsoft.com/office/2017/10/relationships"
    catatan = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    polos = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>tc={A0}</author></authors>'
        f'<commentList><comment ref="{sel}" authorId="0"><text><t>[Threaded comment] {utas[0][1]}</t></text></comment></commentList>'
        "</comments>"
    )
    baru = {
        "xl/threadedComments/threadedComment1.xml": f"<ThreadedComments {ns}>{isi}</ThreadedComments>".encode(),
        "xl/persons/person.xml": f"<personList {ns}>{daftar}</personList>".encode(),
        "xl/commentsUtas.xml": polos.encode(),
    }
    for sumber, target, tipe in (
        (bagian, "xl/threadedComments/threadedComment1.xml", f"{jenis}/threadedComment"),
        (bagian, "xl/commentsUtas.xml", catatan),
        (paket.buku, "xl/persons/person.xml", f"{jenis}/person"),
    ):
        rels = f"{dirname(sumber)}/_rels/{sumber.rpartition('/')[2]}.rels"
        lama = baru.get(rels) or paket.isi(rels)
        hubung = (
            f'<Relationship Id="rIdU{len(baru)}{len(lama)}" Type="{tipe}" Target="{relpath(target, dirname(sumber))}"/>'
        )
        baru[rels] = lama.replace(b"</Relationships>", hubung.encode() + b"</Relationships>")
    return Paket(paket.path, rakit(paket, baru))
