"""The README tells the truth about the command line, and CI runs the line that it tells."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.readme import README, readme_seharusnya

AKAR = README.parent


def test_perintah_di_readme_sama_dengan_bantuannya() -> None:
    teks = README.read_text(encoding="utf-8")
    assert "### `renja-xl periksa`" in teks
    assert readme_seharusnya(teks) == teks, "Jalankan: python -m tests.readme"


def test_ci_menjalankan_baris_uji_dari_readme() -> None:
    baris = subprocess.run(
        ["bash", str(AKAR / ".ci" / "run"), "--tampilkan"], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert "pytest" in baris
    assert "apt-get" in baris
    assert baris in README.read_text(encoding="utf-8").splitlines()


def test_tautan_berkas_di_readme_ada() -> None:
    for tujuan in re.findall(r"\]\(((?!http|#)[^)]+)\)", README.read_text(encoding="utf-8")):
        assert (AKAR / Path(tujuan)).exists(), tujuan
