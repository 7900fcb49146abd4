"""The macro workbook as a file: its parts, its VBA, and what renewing an old one leaves alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator
from pyopenvba import ExcelFile, check_file
from pyopenvba.cfb import CFB
from pyopenvba.interpreter import parse_module
from pyopenvba.vba import split_attribute_header
from python_calamine import CalamineWorkbook

from renja_xl import __version__
from renja_xl.bahasa import jalankan
from renja_xl.cli import cli
from renja_xl.core.buku import STRUKTUR, Buku
from renja_xl.core.letak import letak_bawaan
from renja_xl.errors import BukuTidakTerbacaError, RenjaError, TidakDapatDitambalError
from renja_xl.excel import vba
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import LEMBAR, bangun
from renja_xl.excel.lembar_xml import IsiSel, LembarXml
from renja_xl.excel.paket import Paket
from renja_xl.excel.pembungkus import FUNGSI
from renja_xl.excel.rumus import banyak_sel_udf
from renja_xl.excel.tambal import rakit
from renja_xl.excel.vba import BAGIAN_VBA, KONF, LEMBAR_KONF, RIBBON, dengan_makro, makro_baru, modul, modul_xlwings
from renja_xl.isi import folder_workbook
from renja_xl.tabel import BERANDA, MENURUT_KUNCI, PROFIL, SEMUA, T_C_31
from renja_xl.tabel.besaran import TIDAK_AKTIF
from tests.conftest import baris_simpul
from tests.excel import dibangun
from tests.excel.batas import periksa_batas
from tests.excel.ragam import dengan_tambahan
from tests.excel.runtime_vba import di_mac
from tests.libre import _PROFIL as PROFIL_HITUNG
from tests.libre import soffice

_RELASI, _JENIS_ISI = "_rels/.rels", "[Content_Types].xml"


@pytest.fixture(scope="module")
def xlsx(kecil: Buku) -> bytes:
    """What the builder hands over."""
    return dibangun(kecil, makro=True)


@pytest.fixture(scope="module")
def xlsm(xlsx: bytes) -> bytes:
    return dengan_makro(xlsx)


@pytest.fixture(scope="module")
def path(xlsm: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The macro workbook on disk; read only."""
    tujuan = tmp_path_factory.mktemp("vba") / "R.xlsm"
    tujuan.write_bytes(xlsm)
    return tujuan


def bagian(isi: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(isi)) as z:
        return {n: z.read(n) for n in z.namelist()}


# ── the package ───────────────────────────────────────────────────────────────────────────────────────────────


def test_dua_kali_sama(xlsx: bytes, xlsm: bytes, kecil: Buku, tmp_path: Path) -> None:
    """Also in another process, where sets come in another order."""
    assert bangun(kecil, makro=True) == xlsx
    (tmp_path / "asal.xlsx").write_bytes(xlsx)
    kode = (
        "import sys; from pathlib import Path; from renja_xl.excel.vba import dengan_makro; "
        "Path(sys.argv[2]).write_bytes(dengan_makro(Path(sys.argv[1]).read_bytes()))"
    )
    jadi = tmp_path / "jadi.xlsm"
    subprocess.run(
        [sys.executable, "-c", kode, str(tmp_path / "asal.xlsx"), str(jadi)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert jadi.read_bytes() == xlsm


def test_hanya_bagian_makro_yang_bertambah(xlsx: bytes, xlsm: bytes) -> None:
    sebelum, sesudah = bagian(xlsx), bagian(xlsm)
    assert [n for n in sesudah if n not in sebelum] == [BAGIAN_VBA, RIBBON]
    berubah = {n for n in sebelum if sebelum[n] != sesudah[n]}
    assert berubah == {_JENIS_ISI, _RELASI, "xl/_rels/workbook.xml.rels"}
    assert sesudah[RIBBON] == (folder_workbook() / "ribbon" / "customUI14.xml").read_bytes().replace(b"\r\n", b"\n")
    with zipfile.ZipFile(BytesIO(xlsm)) as z:
        assert {i.date_time for i in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_rencana_besar_memakai_rumus_excel_saja(kecil: Buku, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many cells would call Python the native formulas stand alone, and the ribbon's choice says so."""
    monkeypatch.setattr("renja_xl.excel.bangun.BATAS_SEL_UDF", banyak_sel_udf(kecil) - 1)
    wb = load_workbook(BytesIO(dengan_makro(bangun(kecil, makro=True))))
    assert wb.defined_names["rumus_python"].value == "0"
    rumus = [str(c.value) for ws in wb for deret in ws.iter_rows() for c in deret if c.data_type == "f"]
    assert [r for r in rumus if "TINGKAT_REALISASI(" in r or "STATUS_PEMENUHAN(" in r] == []
    syarat = {r.formula[0] for m in wb[BERANDA.lembar].conditional_formatting for r in m.rules if r.formula}
    assert syarat >= {"KEADAAN_MAKRO()", "KEADAAN_PYTHON()"}, "whether macros run is said all the same"


def test_tidak_ada_rumus_yang_mudah_berubah(xlsm: bytes) -> None:
    """A volatile formula makes Excel ask at each closing whether to save, though nobody typed anything."""
    isi = bagian(xlsm)
    for nama in Paket(Path("R.xlsm"), xlsm).lembar.values():
        assert not re.search(rb"\b(?:NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT|INFO|CELL)\(", isi[nama]), nama


def test_beranda_menyebut_keadaan_lewat_format(xlsm: bytes) -> None:
    """The cell says what is true without macros; the format that covers it is drawn only where VBA answers."""
    wb = load_workbook(BytesIO(xlsm))
    ws = wb[BERANDA.lembar]
    sel = {m.sqref: r for m in ws.conditional_formatting for r in m.rules if "KEADAAN_" in r.formula[0]}
    assert sorted(r.formula[0] for r in sel.values()) == ["KEADAAN_MAKRO()", "KEADAAN_PYTHON()"]
    for tempat, r in sel.items():
        assert r.dxf.numFmt.formatCode == ';;;"Aktif"'
        (sel_,) = tempat.ranges
        assert ws.cell(sel_.min_row, sel_.min_col).value == f'="{TIDAK_AKTIF}"'


def test_pemeriksa_berkas_bersih(path: Path, kecil: Buku) -> None:
    laporan = check_file(path)
    assert laporan.ok
    assert laporan.issues == ()
    hasil = OpenXmlValidator(file_format=FileFormat.OFFICE_2013, max_errors=50).validate(path)
    assert [str(e) for e in hasil.errors] == []
    udf = {f.nama for f in FUNGSI} | {"KEADAAN_MAKRO", "KEADAAN_PYTHON"}
    batas = [x for x in periksa_batas(path.read_bytes()) if x.isi.partition(" in ")[0] not in udf]
    assert batas == periksa_batas(dibangun(kecil)), (
        "its own functions apart, no limit that the .xlsx would keep is broken"
    )


def test_nilai_sama_dengan_tanpa_makro(kecil: Buku, xlsm: bytes) -> None:
    with (
        CalamineWorkbook.from_filelike(BytesIO(dibangun(kecil))) as a,
        CalamineWorkbook.from_filelike(BytesIO(xlsm)) as z,
    ):
        assert z.sheet_names == [*a.sheet_names, LEMBAR_KONF]
        for nama in a.sheet_names:
            isi = (w.get_sheet_by_name(nama).to_python(skip_empty_area=False) for w in (a, z))
            assert next(isi) == next(isi), nama


def test_nama_untuk_vba(xlsm: bytes) -> None:
    isi = bagian(xlsm)
    assert b'codeName="ThisWorkbook"' in isi["xl/workbook.xml"]
    paket = Paket(Path("R.xlsm"), xlsm)
    kode = [re.findall(rb'<sheetPr codeName="(\w+)"', isi[b]) for b in paket.lembar.values()]
    assert kode == [[b"Lembar%02d" % n] for n in range(1, len(LEMBAR) + 2)]
    wb = load_workbook(BytesIO(xlsm), keep_vba=True)
    assert wb[LEMBAR_KONF].sheet_state == "hidden"
    assert {n: wb.defined_names[n].attr_text for n in ("rumus_python", "otomatis")} == {
        "rumus_python": "1",
        "otomatis": "1",
    }
    wb.close()


def test_setelan_xlwings_tanpa_jalur_komputer(xlsm: bytes) -> None:
    with CalamineWorkbook.from_filelike(BytesIO(xlsm)) as wb:
        isi = {str(k): v for k, v in wb.get_sheet_by_name(LEMBAR_KONF).to_python()}
    assert isi == KONF
    assert isi["RENJA_XL_VERSION"] == __version__
    sumber = modul_xlwings()["xlwings"]
    for kunci, nilai in isi.items():
        assert isinstance(nilai, str), "a boolean reads otherwise in a localised Excel"
        assert not re.search(r"[\\/:%]", nilai)
        assert kunci == "RENJA_XL_VERSION" or f'GetConfig("{kunci}"' in sumber
    assert "INTERPRETER_WIN" not in isi, "the user's own settings say where Python is"


def test_tanpa_makro_tidak_berubah(kecil: Buku) -> None:
    isi = bagian(dibangun(kecil))
    assert not any(b"codeName" in x for n, x in isi.items() if n.startswith("xl/"))
    assert b"rumus_python" not in isi["xl/workbook.xml"]
    assert len([n for n in isi if n.startswith("xl/worksheets/sheet")]) == len(LEMBAR)


# ── the project ───────────────────────────────────────────────────────────────────────────────────────────────


def test_sumber_di_berkas_sama_dengan_di_git(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a parser library that it loads
        from oletools.olevba import VBA_Parser  # noqa: PLC0415
    pembaca = VBA_Parser(str(path))
    try:
        terbaca = {nama.rpartition(".")[0]: kode for _, _, nama, kode in pembaca.extract_macros()}
    finally:
        pembaca.close()
    badan = {nama: _lf(split_attribute_header(kode)[1]) for nama, kode in terbaca.items()}
    dari_git = {p.stem: _lf(p.read_bytes().decode("cp1252")) for p in (folder_workbook() / "vba").iterdir()}
    assert set(dari_git) == {"ThisWorkbook", "Peristiwa", "Pita"}
    for nama, isi in {**dari_git, "FungsiRenja": _lf(modul()["FungsiRenja"])}.items():
        assert badan[nama].rstrip("\n") == isi.rstrip("\n"), nama
    folder = Path(str(find_spec("xlwings").origin)).parent  # type: ignore[union-attr]
    for nama, berkas in {"xlwings": "xlwings.bas", "Dictionary": "addin/Dictionary.cls"}.items():
        terpasang = split_attribute_header(_lf((folder / berkas).read_bytes().decode("cp1252")))[1]
        assert badan[nama].strip() == terpasang.strip(), nama
    lembar = [nama for nama in badan if nama.startswith("Lembar")]
    assert len(lembar) == len(LEMBAR) + 1
    assert {badan[nama] for nama in lembar} == {"Option Explicit\n"}
    assert len(badan) == len(lembar) + 6


def _lf(teks: str) -> str:
    return teks.replace("\r\n", "\n")


def test_office_menyusun_dari_sumber(path: Path) -> None:
    with ExcelFile(path) as berkas:
        assert berkas.validate() == []
        cfb = CFB.from_bytes(berkas.vba_project_bytes())
        jenis = {m.name: m.kind.name for m in berkas.vba_project().modules}
    assert cfb.get_stream_in_storage("VBA", "_VBA_PROJECT") == bytes.fromhex("cc61ffff000000")
    assert not [n for n in cfb.list_streams_in_storage("VBA") if n.startswith("__SRP")]
    assert {n for n, k in jenis.items() if k == "standard"} == {"Peristiwa", "Pita", "FungsiRenja", "xlwings"}


@pytest.mark.parametrize("mac", [False, True], ids=["windows", "mac"])
def test_analisis_vba_bersih(path: Path, mac: bool) -> None:
    from pyvbaanalysis import (  # noqa: PLC0415  # only here: it loads a large model of Excel
        DEFAULT_COMPILER_CONSTANTS,
        ConditionalCompilationEnvironment,
        analyze_office_file,
    )

    tetapan = {**DEFAULT_COMPILER_CONSTANTS, **({"Mac": 1, "Win32": 0, "Win64": 0} if mac else {})}
    hasil = analyze_office_file(path, only=modul(), conditional_compilation=ConditionalCompilationEnvironment(tetapan))
    assert set(hasil) == set(modul())
    assert [f"{n}: {p.code}: {p.message}" for n, temuan in hasil.items() for p in temuan] == []


# ── how it is written ─────────────────────────────────────────────────────────────────────────────────────────

_TANPA_INDUK = re.compile(
    r"(?<![.\w])(?:ActiveSheet|ActiveCell|ActiveWorkbook|ActiveWindow|ActiveChart|Selection)\b"
    r"|(?<![.\w])(?:Range|Cells|Rows|Columns|Sheets|Worksheets|Names|Charts)\s*[.(]",
    re.IGNORECASE,
)


def periksa_sumber(sumber: Mapping[str, str]) -> list[str]:
    """What makes VBA act on the wrong workbook, hide an error, or not compile elsewhere."""
    hasil = []
    for nama, isi in sumber.items():
        if re.search(r"(?<!\r)\n", isi) or not isi.isascii():
            hasil.append(f"{nama}: line ends or letters")
        if not re.search(r"^Option Explicit\r$", isi, re.MULTILINE):
            hasil.append(f"{nama}: Option Explicit")
        tutup = True
        for n, baris in enumerate(isi.splitlines(), 1):
            kode = (
                re.sub(r"\s'[^\"]*$", "", re.sub(r'"[^"]*"', '""', baris)) if not baris.lstrip().startswith("'") else ""
            )
            if _TANPA_INDUK.search(kode):
                hasil.append(f"{nama}:{n}: {kode.strip()}")
            if len(baris) > 1023:  # more, and the editor cuts the line
                hasil.append(f"{nama}:{n}: long")
            if re.search(r"\bOn Error GoTo\b", kode):
                tutup = True
            if re.search(r"\bOn Error Resume Next\b", kode):
                tutup = False
            if re.match(r"\s*End (?:Sub|Function|Property)", kode):
                if not tutup:
                    hasil.append(f"{nama}:{n}: On Error Resume Next stays open")
                tutup = True
    return hasil


def test_sumber_rapi() -> None:
    assert periksa_sumber(modul()) == []


@pytest.mark.parametrize(
    "baris",
    [
        "ActiveSheet.Calculate",
        "x = Range(\"A1\").Value",
        "Worksheets(1).Activate",
        "Selection.ClearContents",
        "On Error Resume Next",
        "x = \"–\"",
        f"x = \"{'y' * 1023}\"",
    ],
)  # fmt: skip
def test_pemeriksa_sumber_melihat_cacat(baris: str) -> None:
    bersih = 'Option Explicit\r\nSub A()\r\n    x = Lembar.Range("A1") \' Range(\r\nEnd Sub\r\n'
    assert periksa_sumber({"A": bersih}) == []
    assert periksa_sumber({"A": bersih.replace("    x", f"    {baris}\r\n    x")})


def test_terurai_di_mac() -> None:
    """The interpreter of the other tests compiles for Windows; a block left open would show on a Mac alone."""
    with di_mac():
        for nama, isi in modul().items():
            assert parse_module(isi, name=nama).procedures


def test_xlwings_tidak_lengkap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vba, "find_spec", lambda _: None)
    with pytest.raises(RenjaError, match="xlwings"):
        modul_xlwings()


# ── renewing an old workbook ──────────────────────────────────────────────────────────────────────────────────

MILIK_SENDIRI = "Option Explicit\r\nSub Rekap()\r\n    Lembar01.Calculate\r\nEnd Sub\r\n"


@pytest.fixture
def ubah(xlsm: bytes, tmp_path: Path) -> Callable[..., bytes]:
    """The workbook with modules changed or added, as another version or a planner would have left it."""

    def buat(isi: Mapping[str, str], asal: bytes = xlsm) -> bytes:
        lama, jadi = tmp_path / "lama.xlsm", tmp_path / "jadi.xlsm"
        lama.write_bytes(asal)
        with ExcelFile(lama) as berkas:
            proyek = berkas.vba_project()
            for nama, sumber in isi.items():
                if nama in proyek.module_names():
                    proyek.get_module(nama).body = sumber
                else:
                    proyek.add_module(nama, sumber)
            berkas.save(jadi)
        return jadi.read_bytes()

    return buat


def badan_modul(isi: bytes, tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "periksa.xlsm"
    path.write_bytes(isi)
    with ExcelFile(path) as berkas:
        assert berkas.validate() == []
        return {m.name: m.body for m in berkas.vba_project().modules}


def test_yang_mutakhir_tidak_disentuh(xlsm: bytes) -> None:
    assert makro_baru(xlsm) is xlsm


def test_modul_lama_diperbarui_milik_perencana_tetap(ubah: Callable[..., bytes], xlsm: bytes, tmp_path: Path) -> None:
    lama = ubah(
        {
            "Peristiwa": "Option Explicit\r\nSub BukuDibuka()\r\nEnd Sub\r\n",
            "xlwings": modul_xlwings()["xlwings"].replace("0.37.8", "0.30.0"),
            "RekapSaya": MILIK_SENDIRI,
            "Lembar04": "Option Explicit\r\nSub Uji()\r\nEnd Sub\r\n",
        }
    )
    baru = makro_baru(lama)
    sesudah = badan_modul(baru, tmp_path)
    semula = badan_modul(xlsm, tmp_path)
    assert {n: b for n, b in sesudah.items() if b != semula.get(n)} == {
        "RekapSaya": MILIK_SENDIRI,
        "Lembar04": "Option Explicit\r\nSub Uji()\r\nEnd Sub\r\n",
    }
    a, z = bagian(lama), bagian(baru)
    assert [n for n in a if a[n] != z[n]] == [BAGIAN_VBA]
    assert list(a) == list(z)
    assert CFB.from_bytes(z[BAGIAN_VBA]).get_stream_in_storage("VBA", "_VBA_PROJECT") == bytes.fromhex("cc61ffff000000")
    assert makro_baru(baru) is baru


def test_kode_perencana_di_thisworkbook_tetap(ubah: Callable[..., bytes], tmp_path: Path) -> None:
    kini = modul()["ThisWorkbook"]
    sendiri = "\r\nPrivate Sub Workbook_NewSheet(ByVal Sh As Object)\r\n    Sh.Tab.Color = 255\r\nEnd Sub\r\n"
    lama = kini.replace("Peristiwa.BukuDibuka", "Peristiwa.Mulai") + sendiri
    assert badan_modul(makro_baru(ubah({"ThisWorkbook": lama})), tmp_path)["ThisWorkbook"] == kini + sendiri


def test_thisworkbook_kosong_diisi(ubah: Callable[..., bytes], tmp_path: Path) -> None:
    assert (
        badan_modul(makro_baru(ubah({"ThisWorkbook": "Option Explicit\r\n"})), tmp_path)["ThisWorkbook"]
        == modul()["ThisWorkbook"]
    )


def test_thisworkbook_tak_dikenal_ditolak(ubah: Callable[..., bytes]) -> None:
    with pytest.raises(TidakDapatDitambalError, match="ThisWorkbook"):
        makro_baru(ubah({"ThisWorkbook": "Private Sub Workbook_Open()\r\nEnd Sub\r\n"}))


def test_yang_disimpan_excel_masih_mutakhir(ubah: Callable[..., bytes]) -> None:
    """The editor writes names in one letter case throughout, and descriptions of functions as hidden lines."""
    kini = modul()
    lama = ubah(
        {
            "Peristiwa": kini["Peristiwa"].replace("lembar", "Lembar").replace("As Long", "as  Long"),
            "FungsiRenja": kini["FungsiRenja"].replace(
                "Public Function KEADAAN_MAKRO",
                'Attribute KEADAAN_MAKRO.VB_Description = "x"\r\nPublic Function KEADAAN_MAKRO',
            ),
        }
    )
    assert makro_baru(lama) is lama
    beda = ubah({"Peristiwa": kini["Peristiwa"].replace("renja-xl pasang", "RENJA-XL PASANG")})
    assert makro_baru(beda) is not beda, "texts that planners read keep their case"


def test_ribbon_dan_hubungannya_kembali(xlsm: bytes) -> None:
    """Some programs keep the part and drop its relationship: the tab is gone."""
    paket = Paket(Path("R.xlsm"), xlsm)
    tanpa = re.sub(rb"<Relationship [^>]*/ui/extensibility\"[^>]*/>", b"", paket.isi(_RELASI))
    baru = makro_baru(rakit(paket, {_RELASI: tanpa, RIBBON: b"<customUI/>"}))
    assert bagian(baru) == bagian(xlsm)
    lama = rakit(paket, {RIBBON: b"<customUI/>"})
    assert bagian(makro_baru(lama)) == bagian(xlsm)


def test_setelan_lama_diperbarui_yang_ditambah_tetap(xlsm: bytes) -> None:
    paket = Paket(Path("R.xlsm"), xlsm)
    lembar = paket.lembar[LEMBAR_KONF]
    sel = b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
    rows = [
        (b"ADD_WORKBOOK_TO_PYTHONPATH", b"True"),
        (b"ONEDRIVE_CONSUMER_WIN", b"%OneDrive%"),
        (b"use udf server", b"True"),
    ]
    xml = b"".join(
        b'<row r="%d">%s%s</row>' % (n, sel % (b"A%d" % n, k), sel % (b"B%d" % n, v))
        for n, (k, v) in enumerate(rows, 1)
    )
    lama = rakit(
        paket,
        {lembar: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + xml + b"</sheetData>", paket.isi(lembar))},
    )
    baru = makro_baru(lama)
    with CalamineWorkbook.from_filelike(BytesIO(baru)) as wb:
        isi = {str(k).upper(): v for k, v in wb.get_sheet_by_name(LEMBAR_KONF).to_python()}
    assert isi == {**KONF, "ONEDRIVE_CONSUMER_WIN": "%OneDrive%"}
    a, z = bagian(lama), bagian(baru)
    assert [n for n in a if a[n] != z[n]] == [lembar]
    assert makro_baru(baru) is baru


def test_tanpa_lembar_setelan_tidak_apa(xlsm: bytes) -> None:
    paket = Paket(Path("R.xlsm"), xlsm)
    lain = paket.isi("xl/workbook.xml").replace(b'name="xlwings.conf"', b'name="Setelan saya"')
    lama = rakit(paket, {"xl/workbook.xml": lain})
    assert makro_baru(lama) is lama


def test_tanpa_makro_tetap_tanpa(kecil: Buku) -> None:
    isi = dibangun(kecil)
    assert makro_baru(isi) is isi


def _bertanda_tangan(isi: bytes, nama: str) -> bytes:
    return rakit(Paket(Path("R.xlsm"), isi), {nama: b"tanda tangan"})


@pytest.mark.parametrize(
    "nama", ["xl/vbaProjectSignature.bin", "xl/vbaProjectSignatureV3.bin", "_xmlsignatures/sig1.xml"]
)
def test_bertanda_tangan_ditolak(ubah: Callable[..., bytes], nama: str) -> None:
    lama = _bertanda_tangan(ubah({"Pita": MILIK_SENDIRI}), nama)
    with pytest.raises(TidakDapatDitambalError, match="tanda tangan"):
        makro_baru(lama, Path("Renja.xlsm"))


def test_bertanda_tangan_yang_mutakhir_dibiarkan(xlsm: bytes) -> None:
    lama = _bertanda_tangan(xlsm, "xl/vbaProjectSignature.bin")
    assert makro_baru(lama) is lama


def test_proyek_terkunci_ditolak(ubah: Callable[..., bytes], xlsm: bytes) -> None:
    def kunci(isi: bytes) -> bytes:
        cfb = CFB.from_bytes(bagian(isi)[BAGIAN_VBA])
        proyek = re.sub(rb'DPB="\w+"', b'DPB="' + b"0E" * 37 + b'"', cfb.get_stream("PROJECT"))
        cfb.write_stream("PROJECT", proyek)
        return rakit(Paket(Path("R.xlsm"), isi), {BAGIAN_VBA: cfb.to_bytes()})

    with pytest.raises(TidakDapatDitambalError, match="kata sandi"):
        makro_baru(kunci(ubah({"Pita": MILIK_SENDIRI})))
    mutakhir = kunci(xlsm)
    assert makro_baru(mutakhir) is mutakhir


@pytest.mark.parametrize("isi", [b"", b"bukan proyek", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_proyek_rusak_satu_kalimat(xlsm: bytes, isi: bytes) -> None:
    with pytest.raises(BukuTidakTerbacaError, match="makro yang rusak"):
        makro_baru(rakit(Paket(Path("R.xlsm"), xlsm), {BAGIAN_VBA: isi}))


def test_proyek_raksasa_ditolak(xlsm: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vba, "BATAS_VBA", 1000)
    with pytest.raises(BukuTidakTerbacaError, match="makro lebih dari"):
        makro_baru(xlsm)


# ── the commands, in place ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def perintah(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    def kerjakan(*isian: str | Path) -> int:
        monkeypatch.setattr(sys, "argv", ["renja-xl", *map(str, isian)])
        with pytest.raises(SystemExit) as selesai:
            jalankan(cli)
        assert isinstance(selesai.value.code, int)
        return selesai.value.code

    return kerjakan


def ubah_sel(path: Path, buku: Buku, tabel: str, baris: str, kolom: str, nilai: str | float) -> None:
    """A cell as somebody typed it."""
    spec = MENURUT_KUNCI[tabel]
    letak = letak_bawaan(buku)
    paket = Paket(path, path.read_bytes())
    bagian_lembar = paket.lembar[spec.lembar]
    tempat = letak.baris[tabel][baris], letak.kolom[tabel][kolom]
    path.write_bytes(
        rakit(paket, {bagian_lembar: LembarXml(paket.isi(bagian_lembar)).ubah_sel({tempat: IsiSel(nilai)})})
    )


@pytest.mark.parametrize("nama", ["hitung", "perbarui", "periksa"])
def test_perintah_di_tempat_menjaga_makro(
    path: Path, kecil: Buku, tmp_path: Path, perintah: Callable[..., int], nama: str
) -> None:
    buku = tmp_path / "R.xlsm"
    shutil.copy(path, buku)
    ubah_sel(buku, kecil, T_C_31.kunci, baris_simpul(kecil, T_C_31.kunci, "s-5").id, "pagu_rkpd", 123_456.0)
    if nama == "perbarui":
        ubah_sel(buku, kecil, STRUKTUR, "i-6", "nama", "Koordinasi Pengadaan ASN")
    semula = bagian(buku.read_bytes())
    assert perintah(nama, buku, *(["--tulis"] if nama == "periksa" else [])) in {0, 1}
    sesudah = bagian(buku.read_bytes())
    assert sesudah != semula
    for n in (BAGIAN_VBA, RIBBON, _RELASI, _JENIS_ISI, Paket(buku, buku.read_bytes()).lembar[LEMBAR_KONF]):
        assert sesudah[n] == semula[n], n
    assert set(sesudah) == set(semula)
    assert b'codeName="ThisWorkbook"' in sesudah["xl/workbook.xml"]
    assert b'name="rumus_python"' in sesudah["xl/workbook.xml"]
    assert makro_baru(buku.read_bytes()) == buku.read_bytes()
    terbaca = baca(buku)
    if nama != "periksa":
        assert baris_simpul(terbaca.buku, T_C_31.kunci, "s-3")["pagu_rkpd"].nilai == 123_456_00 + 50_000_00 + 7_000_00
    if nama == "perbarui":
        assert baris_simpul(terbaca.buku, T_C_31.kunci, "s-5")["nama_rkpd"].nilai == "Koordinasi Pengadaan ASN"


def test_buku_tanpa_makro_mendapat_tombol(
    kecil: Buku, tmp_path: Path, perintah: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """What was typed into an .xlsx goes on in an .xlsm; additions of somebody's own stay behind, and that is said."""
    asal, tanpa, jadi = (tmp_path / n for n in ("R.xlsx", "Tanpa.xlsx", "R.xlsm"))
    asal.write_bytes(dibangun(kecil))
    ubah_sel(asal, kecil, T_C_31.kunci, baris_simpul(kecil, T_C_31.kunci, "s-5").id, "pagu_rkpd", 123_456.0)
    isi = asal.read_bytes()
    assert perintah("perbarui", asal, "-o", jadi) == 0
    assert perintah("perbarui", asal, "-o", tanpa) == 0
    assert asal.read_bytes() == isi
    assert makro_baru(jadi.read_bytes()) == jadi.read_bytes()
    a, z = baca(tanpa).buku, baca(jadi).buku
    assert baris_simpul(z, T_C_31.kunci, "s-5")["pagu_rkpd"].nilai == 123_456_00
    assert (z.simpul, z.indikator) == (a.simpul, a.indikator)
    for spec in SEMUA:
        if spec is not PROFIL:  # there it says when
            assert z.baris(spec.kunci) == a.baris(spec.kunci), spec.lembar
    assert "tidak dibawa" not in capsys.readouterr().err
    asal.write_bytes(dengan_tambahan(isi))
    assert perintah("perbarui", asal, "-o", tmp_path / "Lain.xlsm") == 0
    assert "Tambahan di R.xlsx yang tidak dibawa: " in capsys.readouterr().err


# ── LibreOffice, which knows none of the functions ────────────────────────────────────────────────────────────


def _ubah_bentuk(path: Path, bentuk: str, keluaran: Path, setelan: str | None = None) -> Path:
    """A workbook converted by a LibreOffice of its own.

    Args:
        setelan: settings of its user; without, it shows the values that the file holds, as it does by itself.
    """
    profil = keluaran / "profil"
    (profil / "user").mkdir(parents=True)
    if setelan is not None:
        (profil / "user" / "registrymodifications.xcu").write_text(setelan, encoding="utf-8")
    perintah = [soffice(), f"-env:UserInstallation={profil.as_uri()}", "--headless", "--convert-to", bentuk]
    subprocess.run([*perintah, "--outdir", str(keluaran), str(path)], capture_output=True, check=True, timeout=300)
    return keluaran / f"{path.stem}.{bentuk}"


def _isi_lembar(path: Path) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    with CalamineWorkbook.from_path(str(path)) as wb:
        for spec in SEMUA:
            yield spec.lembar, wb.get_sheet_by_name(spec.lembar).to_python(skip_empty_area=False)


def _sama(a: object, z: object) -> bool:
    if isinstance(a, float) and isinstance(z, float):
        return abs(a - z) <= 1e-9 * max(1.0, abs(a))  # files keep 15 digits
    return a == z


def test_libreoffice_menampilkan_nilai_yang_sama(path: Path, tmp_path: Path) -> None:
    assert any(f.teks.startswith("IFERROR(TINGKAT_REALISASI(") for f in baca(path).rumus["T-C.29"].values())
    soffice()  # missing: skipped before three threads find out
    with ThreadPoolExecutor() as sekaligus:
        tetap = sekaligus.submit(_ubah_bentuk, path, "xlsx", tmp_path / "tetap")
        hitung = sekaligus.submit(_ubah_bentuk, path, "xlsx", tmp_path / "hitung", PROFIL_HITUNG.format(lokal="id-ID"))
        cetak = sekaligus.submit(_ubah_bentuk, path, "pdf", tmp_path / "cetak")
        hasil = {"before": tetap.result(), "after": hitung.result()}
        pdf = cetak.result().read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= sum(not s.tersembunyi for s in SEMUA)
    semula = dict(_isi_lembar(path))
    for kapan, jadi in hasil.items():
        for lembar, kini in _isi_lembar(jadi):
            beda = [
                (kapan, lembar, n, c, x, y)
                for n, (baris, baris_kini) in enumerate(zip(semula[lembar], kini, strict=False), 1)
                for c, (x, y) in enumerate(zip(baris, baris_kini, strict=False), 1)
                if not _sama(x, y)
            ]
            assert beda == []
