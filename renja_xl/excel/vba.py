"""The macro workbook: VBA project, ribbon and settings put into a package that XlsxWriter built.

The VBA and the ribbon are text in ``workbook/``; the wrappers of the functions are generated; xlwings' own VBA comes from
the installed package. Office compiles the project from source when it opens the workbook.
"""

from __future__ import annotations

import re
import struct
import tempfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook

from renja_xl import __version__
from renja_xl.errors import RenjaError, TidakDapatDitambalError
from renja_xl.excel.lembar_xml import IsiSel, LembarXml
from renja_xl.excel.paket import Paket
from renja_xl.excel.pita import ribbon
from renja_xl.excel.sahaja import siapkan
from renja_xl.excel.tambal import rakit, susun_paket
from renja_xl.isi import folder_workbook

if TYPE_CHECKING:
    from pyopenvba.vba import VBAProject

LEMBAR_KONF = "xlwings.conf"
"""Sheet that xlwings reads its settings from, before those of the user."""

KONF: Mapping[str, str] = {
    "USE UDF SERVER": "True",
    "UDF MODULES": "renja_xl.excel.udf",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",  # a module planted beside the workbook must never run
    "RENJA_XL_VERSION": __version__,
}
"""Settings of a workbook: texts (a boolean would read otherwise in a localised Excel), and no path of any computer."""

RIBBON = "customUI/customUI14.xml"
BAGIAN_VBA = "xl/vbaProject.bin"
MODUL_DOKUMEN = "ThisWorkbook"
BATAS_VBA = 32 * 1024 * 1024
"""Bytes of a VBA project that we are willing to open; ours has 0.1 MB."""

_JENIS_RIBBON = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_JENIS_VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_ISI_VBA = "application/vnd.ms-office.vbaProject"
_ISI_XLSX = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_ISI_XLSM = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_TANPA_SIMPANAN = bytes.fromhex("cc61ffff000000")
"""``_VBA_PROJECT`` without a cache (MS-OVBA 2.3.4.1): Office compiles from source."""
_TANDA_TANGAN = re.compile(r"vbaProjectSignature\w*\.bin$")
_JENIS_ISI, _RELASI_AKAR, _RELASI_BUKU = "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"


# ── sources ───────────────────────────────────────────────────────────────────────────────────────────────────


def modul() -> dict[str, str]:
    """Source of every VBA module that is ours, by name, as the project holds it: CRLF, without attributes."""
    from renja_xl.excel.pembungkus import sumber_vba  # noqa: PLC0415 - it reads the functions, which load xlwings

    folder = folder_workbook() / "vba"
    berkas = {"ThisWorkbook": "ThisWorkbook.cls", "Peristiwa": "Peristiwa.bas", "Pita": "Pita.bas"}
    hasil = {nama: (folder / b).read_text(encoding="cp1252") for nama, b in berkas.items()}
    return {nama: _crlf(isi) for nama, isi in {**hasil, "FungsiRenja": sumber_vba()}.items()}


def modul_xlwings() -> dict[str, str]:
    """xlwings' own modules as the installed package brings them, attributes included.

    Raises:
        RenjaError: xlwings is not installed, or lacks them.
    """
    spec = find_spec("xlwings")  # found, not imported: that would take half a second
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    berkas = {"xlwings": folder / "xlwings.bas", "Dictionary": folder / "addin" / "Dictionary.cls"}
    hilang = [b.name for b in berkas.values() if not b.is_file()]
    if hilang:
        raise RenjaError(
            f"Paket Python xlwings tidak lengkap ({hilang[0]} tidak ada); mohon pasang ulang dengan "
            "pip install --force-reinstall BERKAS.whl, yaitu berkas .whl Renja-XL yang Anda terima."
        )
    return {nama: _crlf(b.read_text(encoding="cp1252")) for nama, b in berkas.items()}


def _crlf(teks: str) -> str:
    return teks.replace("\r\n", "\n").replace("\n", "\r\n")


# ── a new workbook ────────────────────────────────────────────────────────────────────────────────────────────


def dengan_makro(xlsx: bytes) -> bytes:
    """The macro workbook of a package that ``bangun(..., makro=True)`` built; the same package gives the same bytes."""
    paket = Paket(Path("buku.xlsm"), xlsx)
    jenis_isi = paket.isi(_JENIS_ISI).replace(_ISI_XLSX, _ISI_XLSM)
    jenis_isi = jenis_isi.replace(
        b"<Default ", f'<Default Extension="bin" ContentType="{_ISI_VBA}"/><Default '.encode(), 1
    )
    ganti = {
        _JENIS_ISI: jenis_isi,
        _RELASI_BUKU: _dengan_relasi(paket.isi(_RELASI_BUKU), _JENIS_VBA, "vbaProject.bin"),
        _RELASI_AKAR: _dengan_relasi(paket.isi(_RELASI_AKAR), _JENIS_RIBBON, RIBBON),
        BAGIAN_VBA: _proyek_baru(xlsx),
        RIBBON: ribbon(),
    }
    return rakit(paket, ganti)


def _dengan_relasi(xml: bytes, jenis: str, target: str) -> bytes:
    """Relationships with one more, under an id of its own."""
    nomor = max((int(n) for n in re.findall(rb"""\bId\s*=\s*["']rId(\d+)["']""", xml)), default=0) + 1
    unsur = f'<Relationship Id="rId{nomor}" Type="{jenis}" Target="{target}"/>'
    return xml.replace(b"</Relationships>", unsur.encode() + b"</Relationships>", 1)


def _proyek_baru(xlsx: bytes) -> bytes:
    """``vbaProject.bin`` for a package: a document module for the workbook and each sheet, and ours."""
    from pyopenvba import ExcelFile  # noqa: PLC0415 - heavy

    with tempfile.TemporaryDirectory(prefix="renja-xl-") as folder:
        asal, jadi = Path(folder) / "asal.xlsm", Path(folder) / "jadi.xlsm"
        asal.write_bytes(xlsx)
        with ExcelFile(asal) as berkas:
            proyek = berkas.add_vba_project()
            for m in proyek.modules:
                m.body = "Option Explicit\r\n"
            _mutakhirkan(proyek, "")
            berkas.save(jadi)
        return _sah(jadi)


def _sah(path: Path) -> bytes:
    """The VBA project of a file just saved, consistent in itself, without what Office compiled before."""
    from pyopenvba import ExcelFile  # noqa: PLC0415 - heavy
    from pyopenvba.cfb import CFB  # noqa: PLC0415 - heavy

    with ExcelFile(path) as berkas:
        masalah = berkas.validate()
        assert not masalah, masalah
        isi = CFB.from_bytes(berkas.vba_project_bytes())
    isi.write_stream_in_storage("VBA", "_VBA_PROJECT", _TANPA_SIMPANAN)
    return bytes(isi.to_bytes())


# ── an old workbook ───────────────────────────────────────────────────────────────────────────────────────────


def makro_baru(xlsm: bytes, path: Path = Path("buku.xlsm")) -> bytes:
    """A workbook with our VBA, ribbon and settings as they are now; the old bytes where nothing has to change.

    Modules and settings that the planner added stay, as does every other part. A workbook without VBA stays without.

    Args:
        path: how messages call the workbook.

    Raises:
        BukuTidakTerbacaError: not a workbook, or damaged.
        TidakDapatDitambalError: signed, locked with a password, or its ThisWorkbook can no longer be told from ours.
    """
    paket = Paket(path, xlsm)
    if BAGIAN_VBA not in paket:
        return xlsm
    ganti = {**_proyek_diperbarui(paket), **_ribbon_diperbarui(paket), **_konf_diperbarui(paket)}
    if ganti and any(_TANDA_TANGAN.search(n) for n in paket.entri):
        raise TidakDapatDitambalError(
            f"Makro {path} bertanda tangan digital, dan pembaruannya membatalkan tanda tangan itu; mohon hapus tanda "
            "tangannya di Editor Visual Basic (Tools > Digital Signature), atau kerjakan salinan tanpa tanda tangan."
        )
    return susun_paket(paket, ganti)


def makro_tambahan(paket: Paket) -> list[str]:
    """Names of VBA modules that hold code of somebody else's."""
    from pyopenvba import ExcelFile, PyOpenVBAError  # noqa: PLC0415 - heavy

    if BAGIAN_VBA not in paket:
        return []
    milik = {nama.casefold() for nama in (*modul(), *modul_xlwings())} - {MODUL_DOKUMEN.casefold()}
    with tempfile.TemporaryDirectory(prefix="renja-xl-") as folder:
        asal = Path(folder) / "asal.xlsm"
        asal.write_bytes(paket.data)
        try:
            with ExcelFile(asal) as berkas:
                lain = {
                    m.name: _BLOK.sub("", m.body)
                    for m in berkas.vba_project().modules
                    if m.name.casefold() not in milik
                }
        except (PyOpenVBAError, ValueError, LookupError, struct.error):
            return ["vbaProject.bin"]
    return [nama for nama, isi in lain.items() if bentuk_vba(isi) not in {"", "option explicit"}]


def _proyek_diperbarui(paket: Paket) -> dict[str, bytes]:
    from pyopenvba import ExcelFile, PyOpenVBAError  # noqa: PLC0415 - heavy

    if paket.entri[BAGIAN_VBA].info.file_size > BATAS_VBA:
        raise paket.galat(f"memuat makro lebih dari {BATAS_VBA // 2**20} MB; mohon periksa asalnya")
    with tempfile.TemporaryDirectory(prefix="renja-xl-") as folder:
        asal, jadi = Path(folder) / "asal.xlsm", Path(folder) / "jadi.xlsm"
        asal.write_bytes(paket.data)
        try:
            with ExcelFile(asal) as berkas:
                proyek = berkas.vba_project()
                if not _mutakhirkan(proyek, f"{paket.path}"):
                    return {}
                if proyek.protection is not None and proyek.protection.has_password:
                    raise TidakDapatDitambalError(
                        f"Makro {paket.path} dikunci kata sandi; mohon buka kuncinya di Editor Visual Basic "
                        "(Tools > VBAProject Properties > Protection), lalu ulangi."
                    )
                berkas.save(jadi, allow_invalidate_signature=True)  # refused later, with its parts known
        except (PyOpenVBAError, ValueError, LookupError, struct.error) as galat:
            raise paket.galat(
                "memuat makro yang rusak; mohon buka dan simpan ulang di Excel, atau minta salinannya lagi"
            ) from galat
        return {BAGIAN_VBA: _sah(jadi)}


def _mutakhirkan(proyek: VBAProject, sebutan: str) -> bool:
    """Put our modules into a project; whether anything changed."""
    from pyopenvba import VBAModuleKind  # noqa: PLC0415 - heavy
    from pyopenvba.vba import split_attribute_header  # noqa: PLC0415 - heavy

    ada = {m.name.casefold(): m for m in proyek.modules}
    berubah = False
    for nama, isi in {**modul(), **modul_xlwings()}.items():
        m = ada.get(nama.casefold())
        if m is None:
            jenis = VBAModuleKind.other if nama == "Dictionary" else VBAModuleKind.standard
            proyek.add_module(nama, isi, kind=jenis)
            berubah = True
            continue
        badan = split_attribute_header(isi)[1]
        if nama == MODUL_DOKUMEN:
            badan = _dengan_blok(m.body, badan, sebutan)
        if bentuk_vba(m.body) != bentuk_vba(badan):
            m.body = badan
            berubah = True
    return berubah


_BLOK = re.compile(r"^' >>> Renja-XL.*?^' <<< Renja-XL[^\r\n]*", re.MULTILINE | re.DOTALL)


def _dengan_blok(lama: str, baru: str, sebutan: str) -> str:
    """Code of a document module with our block replaced, and all that the planner wrote around it kept.

    Raises:
        TidakDapatDitambalError: other code, and no block to be found in it.
    """
    blok = _BLOK.search(baru)
    assert blok is not None
    if _BLOK.search(lama):
        return _BLOK.sub(lambda _: blok[0], lama, count=1)
    if bentuk_vba(lama) in {"", "option explicit"}:
        return baru
    raise TidakDapatDitambalError(
        f"{sebutan}: bagian Renja-XL di modul {MODUL_DOKUMEN} tidak dikenali lagi; mohon pindahkan kode Anda ke modul lain, "
        f"kosongkan {MODUL_DOKUMEN} di Editor Visual Basic, lalu ulangi."
    )


def bentuk_vba(sumber: str) -> str:
    """A source without what the editor of Office changes by itself: letter case, spacing, attributes, blank lines at the end."""
    baris = [b for b in sumber.splitlines() if not b.startswith("Attribute ")]
    return "\n".join("".join(_bentuk_baris(b)) for b in baris).strip()


def _bentuk_baris(baris: str) -> Iterator[str]:
    for n, bagian in enumerate(re.split(r'("[^"]*")', baris.strip())):
        yield bagian if n % 2 else re.sub(r"\s+", " ", bagian).casefold()


def _ribbon_diperbarui(paket: Paket) -> dict[str, bytes]:
    bagian = next((t for t, jenis, _ in paket.relasi("") if jenis == _JENIS_RIBBON), None)
    if bagian is not None and bagian in paket:
        return {} if paket.isi(bagian) == ribbon() else {bagian: ribbon()}
    return {RIBBON: ribbon(), _RELASI_AKAR: _dengan_relasi(paket.isi(_RELASI_AKAR), _JENIS_RIBBON, RIBBON)}


def _konf_diperbarui(paket: Paket) -> dict[str, bytes]:
    """The settings sheet with our settings as they are now; settings that somebody added stay."""
    bagian = paket.lembar.get(LEMBAR_KONF)
    if bagian is None:
        return {}
    isi, lembar = _isi_konf(paket)
    perubahan: dict[tuple[int, int], IsiSel] = {}
    akhir = max(isi.values(), key=lambda x: x[0], default=(0, ""))[0]
    for kunci, nilai in KONF.items():
        baris, kini = isi.get(kunci, (0, ""))
        if not baris:
            akhir = baris = akhir + 1
            perubahan[baris, 1] = IsiSel(kunci)
        if kini != nilai:
            perubahan[baris, 2] = IsiSel(nilai)
    return {bagian: lembar.ubah_sel(perubahan)} if perubahan else {}


def _isi_konf(paket: Paket) -> tuple[dict[str, tuple[int, str]], LembarXml]:
    """Settings by key, each with its row."""
    siap, lembar = siapkan(paket, [LEMBAR_KONF])
    with CalamineWorkbook.from_filelike(BytesIO(siap)) as wb:
        deret = wb.get_sheet_by_name(LEMBAR_KONF).to_python(skip_empty_area=False)
    return {str(b[0]).upper(): (n, str(b[1]) if len(b) > 1 else "") for n, b in enumerate(deret, 1) if b}, lembar[
        LEMBAR_KONF
    ]
