"""Findings as a Kertas Kerja: one HTML file that needs nothing else, for a phone, a screen, and A4 paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from renja_xl.core.bahan import TANPA_BAHAN, Bahan
from renja_xl.core.buku import Buku
from renja_xl.core.catatan import keadaan_temuan, pesan_berkelompok, sebutan_kolom, sel_temuan
from renja_xl.core.letak import Letak
from renja_xl.core.temuan import Temuan
from renja_xl.periksa import ATURAN
from renja_xl.periksa.laporan import Keadaan, golongan, kalimat_ringkas, ringkas, terjelaskan, tidak_diperiksa
from renja_xl.tabel import SEMUA

ANGGOTA_TERTULIS = 60
"""Members of a group that are written out."""


@dataclass(frozen=True, slots=True)
class Bagian:
    """One audited workbook."""

    nama: str
    buku: Buku
    temuan: Sequence[Temuan]
    letak: Letak
    bahan: Bahan = TANPA_BAHAN


_KOLOM = ("No", "Tempat", "Kondisi", "Seharusnya", "Dasar", "Cara memperbaiki", "Tindak lanjut")

# Dark marks on white, declared both, so that a browser's dark mode mixes nothing; every pair has a contrast above 7.
_GAYA = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:90rem;background:#fff;color:#1a1a1a;font:16px/1.45 "Segoe UI",Calibri,Arial,sans-serif;
overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2rem 0 .25rem;border-bottom:3px solid #1f3864;color:#1f3864}
h3{font-size:1.1rem;margin:1.5rem 0 .25rem}h4{font-size:1rem;margin:1rem 0 .25rem;color:#3b3b3b}
a{color:#0b3d91}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .75rem;margin:.5rem 0}dt{color:#3b3b3b}dd{margin:0;font-weight:600}
table{width:100%;border-collapse:collapse;font-size:.9rem;table-layout:fixed}
th,td{border:1px solid #6b6b6b;padding:.35rem .45rem;text-align:left;vertical-align:top}
th{background:#e7ecf4;color:#1a1a1a}
th:nth-child(1){width:3.2rem}th:nth-child(2){width:9.5rem}th:nth-child(4){width:11%}th:nth-child(5){width:11%}
th:nth-child(6){width:19%}th:nth-child(7){width:16%}
.kecil{font-size:.85rem;color:#3b3b3b}
.isi{display:block;min-height:2.6em;border-bottom:1px dotted #3b3b3b}
.ringkas th,.ringkas td{width:auto}.ringkas table,table.ringkas{width:auto;table-layout:auto}
@media (max-width:700px){
body{padding:.75rem}
table.temuan,.temuan tbody,.temuan tr,.temuan td{display:block;width:auto}
.temuan thead{position:absolute;left:-9999px}
.temuan tr{border:1px solid #6b6b6b;border-radius:6px;margin:0 0 .9rem;padding:.3rem .6rem}
.temuan td{border:0;border-bottom:1px solid #d0d0d0;padding:.35rem 0}.temuan td:last-child{border-bottom:0}
.temuan td::before{content:attr(data-judul);display:block;font-size:.8rem;font-weight:700;color:#3b3b3b}
}
@media print{
@page{size:A4 landscape;margin:12mm}
body{max-width:none;padding:0;font-size:10pt}
h2{break-before:page}h2.pertama{break-before:auto}
h3,h4{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}
a{color:inherit;text-decoration:none}nav{display:none}
}
""".strip()

_KENDALI = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def laporan_html(bagian: Sequence[Bagian], saat: datetime) -> str:
    """The report on some workbooks.

    Args:
        saat: when they were audited.
    """
    judul = "Kertas Kerja Pemeriksaan Renja"
    isi = [
        "<!DOCTYPE html>",
        '<html lang="id">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light">',
        f"<title>{judul}</title>",
        f"<style>{_GAYA}</style>",
        "</head>",
        "<body>",
        f"<h1>{judul}</h1>",
        f'<p class="kecil">Diperiksa {saat:%d-%m-%Y} pukul {saat:%H.%M}.</p>',
    ]
    if len(bagian) > 1:
        isi += ["<nav><ul>", *_daftar_isi(bagian), "</ul></nav>"]
    for n, b in enumerate(bagian, 1):
        isi += _bagian(n, b)
    return "\n".join([*isi, "</body>", "</html>", ""])


def _t(teks: object) -> str:
    """A text for HTML: nothing in it is markup, and no character that a page cannot hold."""
    return escape(_KENDALI.sub("", str(teks)))


def _daftar_isi(bagian: Sequence[Bagian]) -> Iterator[str]:
    for n, b in enumerate(bagian, 1):
        kalimat = kalimat_ringkas(b.temuan, keadaan_temuan(b.buku, b.temuan))
        yield f'<li><a href="#buku-{n}">{_t(b.nama)}</a>: {_t(kalimat)}</li>'


def _bagian(n: int, b: Bagian) -> Iterator[str]:
    keadaan = keadaan_temuan(b.buku, b.temuan)
    nama = b.buku.profil("perangkat_daerah") or b.nama
    yield f'<section id="buku-{n}">'
    yield f"<h2 class='{'pertama' if n == 1 else 'lanjut'}'>{_t(nama)}</h2>"
    yield "<dl>"
    for sebutan, nilai in (
        ("Kabupaten/kota", b.buku.profil("kabupaten")),
        ("Tahun rencana", b.buku.tahun),
        ("Tahapan", b.buku.profil("tahapan")),
        ("Berkas", b.nama),
    ):
        yield f"<dt>{sebutan}</dt><dd>{_t('-' if nilai is None else nilai)}</dd>"
    yield "</dl>"
    yield from _ringkasan(b.temuan, keadaan)
    nomor = 0
    for judul, daftar in golongan(b.temuan, keadaan):
        if not daftar:
            continue
        yield f"<h3>{_t(judul)} ({len(daftar)})</h3>"
        for lembar, milik in _per_lembar(daftar, b.letak):
            yield f"<h4>{_t(lembar)}</h4>"
            yield '<table class="temuan"><thead><tr>'
            yield "".join(f'<th scope="col">{k}</th>' for k in _KOLOM)
            yield "</tr></thead><tbody>"
            for t in milik:
                nomor += 1
                yield _baris(nomor, t, b, keadaan)
            yield "</tbody></table>"
    yield "<h3>Yang tidak diperiksa</h3>"
    yield "<ul>"
    yield from (f"<li>{_t(k)}</li>" for k in tidak_diperiksa(b.buku, b.bahan))
    yield "</ul></section>"


def _ringkasan(temuan: Sequence[Temuan], keadaan: Keadaan) -> Iterator[str]:
    yield '<table class="ringkas"><thead><tr><th scope="col">Catatan</th><th scope="col">Banyaknya</th></tr></thead><tbody>'
    for kunci, n in ringkas(temuan, keadaan).items():
        sebutan = "Sudah dijelaskan" if kunci == "dijelaskan" else kunci.replace("_", " ").capitalize()
        yield f"<tr><td>{sebutan}</td><td>{n}</td></tr>"
    yield f"<tr><td>Jumlah</td><td>{len(temuan)}</td></tr></tbody></table>"


_URUTAN_LEMBAR = {spec.lembar: n for n, spec in enumerate(SEMUA)}


def _per_lembar(temuan: Sequence[Temuan], letak: Letak) -> list[tuple[str, list[Temuan]]]:
    """Findings by sheet, in the order of the workbook; somebody else's sheets last."""
    hasil: dict[str, list[Temuan]] = {}
    for t in temuan:
        hasil.setdefault(sel_temuan(t, letak)[0] or "Naskah dan lainnya", []).append(t)
    return sorted(hasil.items(), key=lambda p: _URUTAN_LEMBAR.get(p[0], len(SEMUA)))


def _baris(nomor: int, t: Temuan, b: Bagian, keadaan: Keadaan) -> str:
    aturan = ATURAN.get(t.aturan)
    kolom = sebutan_kolom(t, b.buku.tahun)
    tempat = _gabung(
        "!".join(filter(None, sel_temuan(t, b.letak))),
        t.kode,
        kolom,
        f"{t.asal.berkas} baris {t.asal.baris}" if t.asal else "",
    )
    kondisi = _t(pesan_berkelompok(t))
    if t.tertulis:
        kondisi = f"<strong>Tertulis {_t(t.tertulis)}</strong><br>{kondisi}"
    if len(t.anggota) > 1:
        kondisi += f'<br><span class="kecil">{_t(_anggota(t, b.letak))}</span>'
    dasar = _gabung(aturan.dasar if aturan else t.dasar, f"{t.aturan}{f': {aturan.uraian}' if aturan else ''}")
    tindak = _t(keadaan[t.rujukan]) + ("" if terjelaskan(t, keadaan) else '<span class="isi"></span>')
    isi = (str(nomor), tempat, kondisi, _t(t.seharusnya or "-"), dasar, _t(t.perbaikan), tindak)
    sel = "".join(f'<td data-judul="{k}">{teks}</td>' for k, teks in zip(_KOLOM, isi, strict=True))
    return f"<tr>{sel}</tr>"


def _gabung(utama: str, *lain: str) -> str:
    """A line, and smaller ones below it."""
    return _t(utama) + "".join(f'<br><span class="kecil">{_t(x)}</span>' for x in lain if x)


def _anggota(t: Temuan, letak: Letak) -> str:
    bagian = []
    for a in t.anggota[:ANGGOTA_TERTULIS]:
        isi = " → ".join(filter(None, (a.tertulis, a.seharusnya)))
        bagian.append("!".join(filter(None, sel_temuan(a, letak))) + (f" ({isi})" if isi else ""))
    sisa = len(t.anggota) - ANGGOTA_TERTULIS
    return "; ".join(bagian) + (f"; dan {sisa} sel lain" if sisa > 0 else "")
