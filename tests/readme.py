"""The generated part of the README: help pages of every command. ``python -m tests.readme`` writes it."""

from __future__ import annotations

import re
from pathlib import Path

import click

from renja_xl.cli import cli

README = Path(__file__).resolve().parent.parent / "README.md"
_AWAL, _AKHIR = "<!-- perintah: dihasilkan -->\n", "<!-- perintah: selesai -->"


def bagian_perintah() -> str:
    """Markdown of all commands, from their own help."""
    hasil = []
    for nama, perintah in cli.commands.items():
        with click.Context(perintah, info_name=f"renja-xl {nama}", terminal_width=100) as ctx:
            hasil.append(f"### `renja-xl {nama}`\n\n```text\n{perintah.get_help(ctx)}\n```\n")
    return "\n".join(hasil)


def readme_seharusnya(teks: str) -> str:
    """The README with its generated part renewed."""
    pola = re.compile(re.escape(_AWAL) + ".*?" + re.escape(_AKHIR), re.DOTALL)
    return pola.sub(lambda _: _AWAL + bagian_perintah() + _AKHIR, teks)


if __name__ == "__main__":
    README.write_text(readme_seharusnya(README.read_text(encoding="utf-8")), encoding="utf-8")
