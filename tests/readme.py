"""The generated parts of the README: buttons, help pages, rules of the audit, column dictionary. ``python -m tests.readme`` writes them."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import click

from renja_xl.cli import cli
from renja_xl.excel.panduan import aturan_kolom, diisi_oleh
from renja_xl.excel.pita import tombol
from renja_xl.periksa import ATURAN
from renja_xl.tabel import SEMUA
from renja_xl.tabel.spec import KolomSpec, satu_baris

README = Path(__file__).resolve().parent.parent / "README.md"


def bagian_perintah() -> str:
    """Markdown of all commands, from their own help."""
    hasil = []
    for nama, perintah in cli.commands.items():
        with click.Context(perintah, info_name=f"renja-xl {nama}", terminal_width=100) as ctx:
            hasil.append(f"### `renja-xl {nama}`\n\n```text\n{perintah.get_help(ctx)}\n```\n")
    return "\n".join(hasil)


def bagian_tombol() -> str:
    """Markdown table of the ribbon's groups."""
    baris = "".join(
        f"| {kelompok} | {', '.join(b.sebutan for b in isi)} |\n"
        for kelompok, isi in groupby(tombol(), lambda b: b.kelompok)
    )
    return "| group | buttons |\n|---|---|\n" + baris


def bagian_aturan() -> str:
    """Markdown table of all rules of the audit."""
    baris = "".join(f"| `{a.id}` | {a.tingkat.judul} | {a.uraian} | {a.dasar} |\n" for a in ATURAN.values())
    return "| aturan | paling berat | menemukan | dasar |\n|---|---|---|---|\n" + baris


def bagian_kolom() -> str:
    """Markdown of the column dictionary, from the declarations."""
    hasil = []
    for spec in SEMUA:
        baris = [
            f"| {_sel(nama_kolom(k))} | {_sel(satu_baris(' – '.join(k.judul) or k.nomor))} | {k.tipe.value}"
            f" | {diisi_oleh(k)} | {_sel(aturan_kolom(k))} | {_sel(k.sumber or '')} |\n"
            for k in spec.kolom
            if not k.tersembunyi
        ]
        hasil.append(
            f"<details><summary><b>{spec.lembar}</b>: {spec.penjelasan}</summary>\n\n"
            "| kolom | judul | isi | diisi oleh | aturan | sumber |\n|---|---|---|---|---|---|\n"
            f"{''.join(baris)}\n</details>\n"
        )
    return "\n".join(hasil)


def nama_kolom(kolom: KolomSpec) -> str:
    """A column's name in files, its year by role: ``target_<n-2>``."""
    return re.sub(
        r"_(n3|n2|n1|n|p1|re)$",
        lambda m: (
            "_<" + {"p1": "n+1", "re": "akhir Renstra"}.get(m[1], m[1][0] + "-" * (len(m[1]) > 1) + m[1][1:]) + ">"
        ),
        kolom.kunci,
    )


def _sel(teks: str) -> str:
    """A text in a table cell of Markdown."""
    return teks.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def readme_seharusnya(teks: str) -> str:
    """The README with its generated parts renewed."""
    bagian = {"tombol": bagian_tombol, "perintah": bagian_perintah, "aturan": bagian_aturan, "kolom": bagian_kolom}
    for nama, isi in ((nama, buat()) for nama, buat in bagian.items()):
        awal, akhir = f"<!-- {nama}: dihasilkan -->\n", f"<!-- {nama}: selesai -->"
        pola = re.compile(re.escape(awal) + ".*?" + re.escape(akhir), re.DOTALL)
        teks, jumlah = pola.subn(lambda _, a=awal, i=isi, z=akhir: a + i + z, teks)  # type: ignore[misc]
        assert jumlah == 1, nama
    return teks


if __name__ == "__main__":
    README.write_text(readme_seharusnya(README.read_text(encoding="utf-8")), encoding="utf-8")
