"""The generated parts of the README: help pages of every command, rules of the audit. ``python -m tests.readme`` writes it."""

from __future__ import annotations

import re
from pathlib import Path

import click

from renja_xl.cli import cli
from renja_xl.periksa import KETERANGAN

README = Path(__file__).resolve().parent.parent / "README.md"


def bagian_perintah() -> str:
    """Markdown of all commands, from their own help."""
    hasil = []
    for nama, perintah in cli.commands.items():
        with click.Context(perintah, info_name=f"renja-xl {nama}", terminal_width=100) as ctx:
            hasil.append(f"### `renja-xl {nama}`\n\n```text\n{perintah.get_help(ctx)}\n```\n")
    return "\n".join(hasil)


def bagian_aturan() -> str:
    """Markdown table of all rules of the audit."""
    return "| aturan | menemukan |\n|---|---|\n" + "".join(f"| `{k}` | {v} |\n" for k, v in KETERANGAN.items())


def readme_seharusnya(teks: str) -> str:
    """The README with its generated parts renewed."""
    for nama, isi in (("perintah", bagian_perintah()), ("aturan", bagian_aturan())):
        awal, akhir = f"<!-- {nama}: dihasilkan -->\n", f"<!-- {nama}: selesai -->"
        pola = re.compile(re.escape(awal) + ".*?" + re.escape(akhir), re.DOTALL)
        teks, jumlah = pola.subn(lambda _, a=awal, i=isi, z=akhir: a + i + z, teks)  # type: ignore[misc]
        assert jumlah == 1, nama
    return teks


if __name__ == "__main__":
    README.write_text(readme_seharusnya(README.read_text(encoding="utf-8")), encoding="utf-8")
