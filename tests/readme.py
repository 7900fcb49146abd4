"""The generated parts of the README: ``python -m tests.readme`` writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from renja_xl.cli import cli
from renja_xl.core.temuan import Tingkat
from renja_xl.excel.panduan import aturan_kolom, diisi_oleh
from renja_xl.excel.pita import tombol
from renja_xl.periksa import ATURAN, KELUARGA, periksa
from renja_xl.tabel import SEMUA
from renja_xl.tabel.spec import KolomSpec, satu_baris
from tests.excel import tercetak as sebagai_tercetak

README = Path(__file__).resolve().parent.parent / "README.md"


def semua_perintah(grup: click.Group = cli, awalan: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by its full name, those of a group after it."""
    for nama, perintah in grup.commands.items():
        yield f"{awalan}{nama}", perintah
        if isinstance(perintah, click.Group):
            yield from semua_perintah(perintah, f"{awalan}{nama} ")


def bagian_perintah() -> str:
    """Markdown of all commands, from their own help."""
    hasil = []
    for nama, perintah in semua_perintah():
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


_MENEMUKAN = {
    "HIT": "rates, sums and means that do not follow their formula (T-C.29 columns 8, 10, 11; Capaian IKU, Pegawai, Efisiensi)",
    "ROL": "amounts of kegiatan, program, perangkat daerah and totals that are not the sum of their sub kegiatan; what the "
    "difference equals is named",
    "FMT": "numbers that cannot be read (`259.987.00,00`) or were repaired to be read (`7.13`), units in number cells, years in "
    "headings",
    "SAT": "units that differ in a row, do not fit the indicator's words, or are swapped; percent as a fraction, thousands among "
    "rupiah",
    "DUP": "a sub kegiatan, indicator, kode, amount or whole row that appears twice",
    "LNK": "tables that disagree (ceilings, targets, main indicators, names, lists), rows that belong to nothing in the tree",
    "JML": "counts, totals, rates, words and decrees in prose that contradict the tables or each other",
    "KAT": "criteria, statuses and SAKIP grades that do not follow from the numbers",
    "KSG": "what a plan needs and does not have",
    "KOD": "kode that are missing, unsure, obsolete or out of place",
    "RMS": "formulas overwritten by constants, sums that miss rows, formulas unlike their neighbours, links to the wrong row",
    "LOG": "contradictions only the planner can decide, such as an amount on a kegiatan whose details have none",
}


def bagian_keluarga() -> str:
    """Markdown table of what the audit finds in the sample plan as printed, by family and level."""
    temuan = periksa(sebagai_tercetak())
    jumlah = Counter((t.aturan[:3], t.tingkat) for t in temuan)
    baris = [
        f"| `{k}` | {' | '.join(str(jumlah[k, t] or '') for t in Tingkat)} | {_MENEMUKAN[k]} |\n" for k in KELUARGA
    ]
    semua = " | ".join(str(sum(t.tingkat is x for t in temuan)) for x in Tingkat)
    return (
        "| family | harus diperbaiki | perlu dicek | informasi | finds |\n|---|---:|---:|---:|---|\n"
        f"{''.join(baris)}| together | {semua} | {len(temuan)} findings of the plan as printed |\n"
    )


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
    bagian = {
        "keluarga": bagian_keluarga,
        "tombol": bagian_tombol,
        "perintah": bagian_perintah,
        "aturan": bagian_aturan,
        "kolom": bagian_kolom,
    }
    for nama, isi in ((nama, buat()) for nama, buat in bagian.items()):
        awal, akhir = f"<!-- {nama}: dihasilkan -->\n", f"<!-- {nama}: selesai -->"
        pola = re.compile(re.escape(awal) + ".*?" + re.escape(akhir), re.DOTALL)
        teks, jumlah = pola.subn(lambda _, a=awal, i=isi, z=akhir: a + i + z, teks)  # type: ignore[misc]
        assert jumlah == 1, nama
    return teks


if __name__ == "__main__":
    README.write_text(readme_seharusnya(README.read_text(encoding="utf-8")), encoding="utf-8")
