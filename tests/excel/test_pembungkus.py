"""The generated VBA module: one wrapper per function, and what it does when Python is missing, breaks off, or objects."""

# mypy: allow-subclassing-any, allow-untyped-decorators, allow-untyped-calls

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pyopenvba.apps.excel import ExcelApplication, _plain
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._model import Application
from pyopenvba.interpreter import EMPTY, MISSING, Interpreter, VBAObject, member, method, parse_module
from pyopenvba.interpreter._preprocess import DEFAULT_CONSTANTS
from pyopenvba.interpreter._values import VBAErrorValue, error

from renja_xl.excel import udf
from renja_xl.excel.pembungkus import FUNGSI, NAMA_MODUL, sumber_vba

TIDAK_TERSEDIA = VBAErrorValue(2042)
PEMANGGIL = "the calling cell"
GALAT_PYTHON = -2147467259
"""What VBA sees of an exception in Python."""

SUMBER = sumber_vba()

# ── the text ──────────────────────────────────────────────────────────────────────────────────────────────────

_KATA_VBA = """
alias and any as boolean byref byte byval call case class close const currency date debug declare dim do double each else end
enum error event exit false for friend function get global gosub goto if implements in input integer is let like line lock
long loop lset me mod module name new next not nothing null object on open option optional or paramarray print private
property public put redim rem resume return rset seek select set single static step stop string sub tab then time to true
type until variant wend while with write xor
"""


def test_satu_pembungkus_tiap_fungsi() -> None:
    ada = re.findall(r"^Public Function (\w+)\(", SUMBER, re.MULTILINE)
    assert ada == ["KEADAAN_MAKRO", "KEADAAN_PYTHON", *(f.nama for f in FUNGSI)]
    assert [f.nama for f in FUNGSI] == [n for n, f in vars(udf).items() if n.isupper() and callable(f)]


def test_nama_argumen_bukan_kata_vba_dan_tidak_menutupi_nama_lain() -> None:
    """VBA knows no letter case: an argument named like a function would hide it and respell it everywhere."""
    nama = set(re.findall(r"(?:Function|Sub|Const) (\w+)", SUMBER)) | set(re.findall(r"Private (\w+) As", SUMBER))
    argumen = {a.nama for f in FUNGSI for a in f.argumen}
    assert argumen.isdisjoint(_KATA_VBA.split())
    assert argumen.isdisjoint(n.lower() for n in nama)


def test_ditulis_seperti_yang_diminta_vba() -> None:
    SUMBER.encode("cp1252")
    assert "\nOption Explicit\n" in SUMBER
    assert "\r" not in SUMBER
    assert max(map(len, SUMBER.split("\n"))) < 1023
    assert all(lanjutan.count(" _\n") <= 24 for lanjutan in re.findall(r"(?:.* _\n)+", SUMBER))
    assert not re.search(r"\b(?:ActiveSheet|ActiveWorkbook|Selection)\b", SUMBER)


def test_terbaca_pengurai_vba() -> None:
    parse_module(SUMBER, name=NAMA_MODUL)


# ── in VBA's hands ────────────────────────────────────────────────────────────────────────────────────────────


class _Peristiwa(VBAObject):
    """The module that says whether Python may be started."""

    vba_type_name = "Peristiwa"

    def __init__(self) -> None:
        self.siap, self.ditanya = True, 0

    @method
    def PythonSiap(self) -> object:  # noqa: N802
        self.ditanya += 1
        return self.siap


class _Peladen(VBAObject):
    """The server of xlwings, with the functions really called."""

    vba_type_name = "XLPython"

    def __init__(self) -> None:
        self.panggilan: list[str] = []
        self.tanpa_modul = False
        self.galat: int | None = None

    @method
    def Module(self, module: object) -> object:  # noqa: N802
        assert module == udf.__name__
        if self.tanpa_modul:
            raise error(GALAT_PYTHON, "ModuleNotFoundError")
        return EMPTY

    @method
    def CallUDF(self, script: object, fname: object, args: Any, this_workbook: object, caller: object) -> object:  # noqa: N802
        assert script == udf.__name__
        assert not isinstance(this_workbook, str)
        assert caller == PEMANGGIL
        self.panggilan.append(str(fname))
        if self.galat is not None:
            raise error(self.galat)
        argumen = ["#N/A" if a == TIDAK_TERSEDIA else a for a in _plain(args)] if args.size else []
        try:
            return getattr(udf, str(fname))(*argumen)
        except ValueError as galat:
            raise error(GALAT_PYTHON, str(galat)) from galat


class _Xlwings(VBAObject):
    """The module ``xlwings`` as far as ours call it."""

    vba_type_name = "xlwings"

    def __init__(self, peladen: _Peladen) -> None:
        self.peladen, self.diminta, self.mati = peladen, 0, False

    @method
    def XLPy(self) -> object:  # noqa: N802
        self.diminta += 1
        if self.mati:
            raise error(1000, "Could not activate Python COM server")
        return self.peladen


class _Aplikasi(Application):
    """Excel with its function dialog."""

    def __init__(self) -> None:
        super().__init__()
        self.uraian: dict[str, tuple[object, object, list[object]]] = {}
        self.menolak = False

    @member
    def Caller(self) -> object:  # noqa: N802
        return PEMANGGIL

    @method
    def MacroOptions(self, Macro: object, Description: object, Category: object,  # noqa: N802, N803
                     ArgumentDescriptions: Any = MISSING) -> object:  # noqa: N803  # fmt: skip
        if self.menolak:
            raise error(1004)
        bantuan = [] if ArgumentDescriptions is MISSING else _plain(ArgumentDescriptions)
        self.uraian[str(Macro)] = (Description, Category, bantuan)
        return EMPTY


class _Jembatan(ExcelBridge):
    milik: dict[str, VBAObject]

    def global_object(self, name: str) -> object:
        return self.milik.get(name.lower()) or super().global_object(name)


class Vba:
    """The module in a workbook of its own, beside stand-ins for what it calls."""

    def __init__(self) -> None:
        self.app = ExcelApplication()
        self.aplikasi = self.app.application = _Aplikasi()
        jembatan = _Jembatan(self.aplikasi)
        self.app.interpreter = self.aplikasi.interpreter = Interpreter(jembatan)
        self.peristiwa, self.peladen = _Peristiwa(), _Peladen()
        self.xlwings = _Xlwings(self.peladen)
        jembatan.milik = {"peristiwa": self.peristiwa, "xlwings": self.xlwings}
        self.buku = self.app.add_workbook()
        self.app.add_module(SUMBER, name=NAMA_MODUL)

    def __call__(self, nama: str, *argumen: object) -> object:
        return self.app.run(nama, *argumen)

    def rentang(self, alamat: str) -> object:
        return self.app.sheets()[0].sheet.vba_get("Range", [alamat])


@pytest.fixture
def vba() -> Vba:
    return Vba()


@pytest.fixture
def di_mac() -> Iterator[None]:
    """Modules read in meanwhile are compiled as on a Mac."""
    semula = dict(DEFAULT_CONSTANTS)
    DEFAULT_CONSTANTS.update({"Mac": True, "Win16": False, "Win32": False, "Win64": False})
    yield
    DEFAULT_CONSTANTS.clear()
    DEFAULT_CONSTANTS.update(semula)


def test_sel_berisi_hasil_fungsi_python(vba: Vba) -> None:
    lembar = vba.app.sheets()[0]
    for sel, isi in {"A1": "5.03.02.2.01.0003", "A2": "5.03.02.2.01.0006", "B1": 100.5, "B2": 50.0}.items():
        lembar.set_value(sel, isi)
    assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == 50
    assert vba("TINGKAT_REALISASI", vba.rentang("B2"), vba.rentang("B1"), vba.rentang("Z9")) == 50 / 100.5 * 100
    assert vba("TINGKAT_REALISASI", 45.0, vba.rentang("A1"), vba.rentang("Z9")) == "-"
    assert vba("JUMLAH_PAGU", "5.03.02", vba.rentang("A1:A2"), vba.rentang("B1:B2")) == 150.5
    assert vba("PREDIKAT_SAKIP", 78.5) == "BB"
    assert vba("STATUS_PEMENUHAN", 120.0) == "melebihi target"
    assert vba("RENJA_VERSI") == udf.RENJA_VERSI()
    assert vba("KEADAAN_MAKRO") is True
    assert (vba.peristiwa.ditanya, vba.xlwings.diminta) == (1, 1), "the server is looked for once"


def test_kesalahan_satu_panggilan_tidak_mematikan_yang_lain(vba: Vba) -> None:
    for sel in ("A1", "A2", "B1", "B2", "B3"):
        vba.app.sheets()[0].set_value(sel, "x")
    for n in range(3):
        assert vba("TINGKAT_REALISASI", TIDAK_TERSEDIA, 90.0, EMPTY) == TIDAK_TERSEDIA
        assert vba("NAMA_KODE", "5", vba.rentang("A1:A2"), vba.rentang("B1:B3")) == TIDAK_TERSEDIA
        assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == 50
        assert len(vba.peladen.panggilan) == 3 * (n + 1)
    vba.peladen.galat = -2147418111  # Excel or Python is busy at this moment
    assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == TIDAK_TERSEDIA
    vba.peladen.galat = None
    assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == 50
    assert vba.xlwings.diminta == 1


def _tak_siap(vba: Vba) -> None:
    vba.peristiwa.siap = False


def _mati(vba: Vba) -> None:
    vba.xlwings.mati = True


def _tanpa_paket(vba: Vba) -> None:
    vba.peladen.tanpa_modul = True


def _pulih(vba: Vba) -> None:
    vba.peristiwa.siap, vba.xlwings.mati, vba.peladen.tanpa_modul = True, False, False


@pytest.mark.parametrize(("rusak", "diminta"), [(_tak_siap, 0), (_mati, 1), (_tanpa_paket, 1)])
def test_python_yang_tak_terjangkau_dicoba_sekali_saja(vba: Vba, rusak: Callable[[Vba], None], diminta: int) -> None:
    rusak(vba)
    for _ in range(5):
        assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == TIDAK_TERSEDIA
        assert vba("RENJA_VERSI") == TIDAK_TERSEDIA
    assert (vba.peristiwa.ditanya, vba.xlwings.diminta, vba.peladen.panggilan) == (1, diminta, [])
    _pulih(vba)
    assert vba("RENJA_VERSI") == TIDAK_TERSEDIA, "not before somebody says so"
    vba("Sambungkan")
    assert vba("KEADAAN_PYTHON") is False
    vba("AturUlangRumus")
    vba("Sambungkan")
    assert vba("KEADAAN_PYTHON") is True
    assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == 50
    assert vba("KEADAAN_MAKRO") is True


@pytest.mark.parametrize("galat", [462, -2147023174, -2147023170, -2147417848])
def test_peladen_yang_putus_tidak_dipanggil_lagi(vba: Vba, galat: int) -> None:
    assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == 50
    vba.peladen.galat = galat
    for _ in range(3):
        assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == TIDAK_TERSEDIA
    assert len(vba.peladen.panggilan) == 2
    assert vba.xlwings.diminta == 1, "nobody starts a new server in whatever folder is the present one"
    vba.peladen.galat = None
    vba("AturUlangRumus")
    assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == 50
    assert vba.xlwings.diminta == 2


def test_di_mac_langsung_jatuh_ke_rumus_asli(di_mac: None) -> None:
    vba = Vba()
    assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == TIDAK_TERSEDIA
    vba("Sambungkan")
    assert (vba.peristiwa.ditanya, vba.xlwings.diminta) == (0, 0)
    assert vba("KEADAAN_PYTHON") is False
    assert vba("KEADAAN_MAKRO") is True
    vba("DaftarkanFungsi")
    assert vba.aplikasi.uraian == {}


def test_dialog_fungsi_menerima_uraian_dan_bantuan(vba: Vba) -> None:
    vba("DaftarkanFungsi")
    awal = f"'{vba.buku.name}'!"
    assert vba.aplikasi.uraian == {
        awal + f.nama: (f.uraian, udf.KATEGORI, [a.bantuan for a in f.argumen]) for f in FUNGSI
    }


def test_dialog_fungsi_yang_menolak_tidak_mengganggu(vba: Vba) -> None:
    vba.aplikasi.menolak = True
    vba("DaftarkanFungsi")
    assert vba("TINGKAT_REALISASI", 45.0, 90.0, EMPTY) == 50
