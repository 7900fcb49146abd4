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
from xml.sax.saxutils import escape

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
<item oor:path="/org.openoffice.Setup/Office">\
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
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


# ── editing by a person's hand ────────────────────────────────────────────────────────────────────────────────

_BASIC = {
    "script.xlc": '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">\n'
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
    ' <library:library library:name="Standard" library:link="false"/>\n</library:libraries>\n',
    "Standard/script.xlb": '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" '
    'library:passwordprotected="false">\n <library:element library:name="Sunting"/>\n</library:library>\n',
    "Standard/Sunting.xba": '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Sunting" script:language="StarBasic">'
    "{kode}</script:module>\n",
}
_SUNTING = """
Sub Jalan(asal As String, tujuan As String)
  Dim muat(0) As New com.sun.star.beans.PropertyValue
  muat(0).Name = "Hidden" : muat(0).Value = True
  doc = StarDesktop.loadComponentFromURL(asal, "_blank", 0, muat())
  Sunting(doc)
  Dim simpan(0) As New com.sun.star.beans.PropertyValue
  simpan(0).Name = "FilterName" : simpan(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(tujuan, simpan())
  doc.close(True)
End Sub
"""


def sunting(berkas: Path, keluaran: Path, kode: str) -> Path:
    """A workbook as LibreOffice saves it after a Basic ``Sub Sunting(doc)`` has worked on it."""
    program = soffice()
    with tempfile.TemporaryDirectory(prefix="renja-lo-", ignore_cleanup_errors=True) as profil:
        basic = Path(profil) / "user" / "basic"
        (basic / "Standard").mkdir(parents=True)
        # marked as set up, or the first start would put empty libraries in their place
        (basic.parent / "registrymodifications.xcu").write_text(_PROFIL.format(lokal=LOKAL[1]), encoding="utf-8")
        for nama, isi in _BASIC.items():
            teks = isi.replace("{kode}", escape(_SUNTING + kode))
            (basic / nama).write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{teks}', encoding="utf-8")
        makro = f'macro:///Standard.Sunting.Jalan("{berkas.as_uri()}","{keluaran.as_uri()}")'
        perintah = [program, f"-env:UserInstallation={Path(profil).as_uri()}", "--headless", "--norestore", makro]
        hasil = subprocess.run(perintah, capture_output=True, text=True, timeout=_BATAS_DETIK, check=False)
    assert keluaran.is_file(), f"LibreOffice tidak menyunting: {hasil.stdout}{hasil.stderr}"
    return keluaran
