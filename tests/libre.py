"""LibreOffice as an independent calculator: it recalculates every formula of a workbook, always.

On its own LibreOffice keeps the cached values of a file that it did not write, and a parity test would compare our
numbers with themselves; a throw-away profile turns recalculation on (and keeps stale locks of other runs out).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

WAJIB = "RENJA_WAJIB"
"""Environment variable: where it is 1, a missing LibreOffice is a failure (CI), else a skip (a laptop)."""

LOKAL = ("en-US", "id-ID")
"""System locales under which every workbook must give the same numbers."""

_BATAS_DETIK = 600
_PROFIL = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">\
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">\
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{lokal}</value></prop></item>
</oor:items>
"""


def soffice() -> str:
    """Path of LibreOffice; without one the test is skipped, or fails where ``RENJA_WAJIB=1``."""
    ada = shutil.which("soffice") or shutil.which("libreoffice")
    if ada is None:
        pesan = "LibreOffice (soffice) tidak ditemukan"
        if os.environ.get(WAJIB) == "1":
            pytest.fail(f"{pesan}, padahal {WAJIB}=1")
        pytest.skip(pesan)
    return ada


def hitung_ulang(berkas: Sequence[Path], keluaran: Path, lokal: str) -> dict[str, Path]:
    """Recalculated copies of workbooks, by file name; one call for all, because starting takes longest."""
    program = soffice()
    keluaran.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="renja-lo-", ignore_cleanup_errors=True) as profil:
        pengguna = Path(profil) / "user"
        pengguna.mkdir()
        (pengguna / "registrymodifications.xcu").write_text(_PROFIL.format(lokal=lokal), encoding="utf-8")
        perintah = [program, f"-env:UserInstallation={Path(profil).as_uri()}", "--headless", "--convert-to", "xlsx"]
        hasil = subprocess.run(
            [*perintah, "--outdir", str(keluaran), *map(str, berkas)],
            capture_output=True,
            text=True,
            timeout=_BATAS_DETIK,
            check=False,
        )
    jadi = {p.name: keluaran / p.name for p in berkas}
    hilang = [nama for nama, p in jadi.items() if not p.is_file()]
    assert not hilang, f"LibreOffice tidak menghasilkan {hilang}: {hasil.stdout}{hasil.stderr}"
    return jadi
