"""A workbook's macros run in pyOpenVBA's interpreter, over the cells of a really built file.

What the interpreter lacks is added here: names of modules before a dot, the members of Excel that open no window, folders.
The module ``xlwings`` is a stand-in that records what would be run: the real one declares functions of a DLL.
"""

# mypy: allow-subclassing-any, allow-untyped-decorators, allow-untyped-calls

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._io import load_workbook
from pyopenvba.apps.excel._model import Application, Workbook
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    Interpreter,
    VBAObject,
    member,
    method,
    parse_expression,
    setter,
)
from pyopenvba.interpreter import _ast as pohon
from pyopenvba.interpreter._preprocess import DEFAULT_CONSTANTS
from pyopenvba.interpreter._runtime import Frame, ModuleRuntime, Slot
from pyopenvba.interpreter._values import error

from renja_xl.excel.paket import buka
from renja_xl.excel.pita import ribbon

FOLDER = "C:\\Renja"
PYTHON = "C:\\Python 3.12\\pythonw.exe"
PINTU_MASUK = re.compile(r"from renja_xl\.excel\.makro import (\w+); (?=\1\.)")


class Xlwings(VBAObject):
    """The module ``xlwings`` as far as ours call it."""

    vba_type_name = "xlwings"

    def __init__(self) -> None:
        self.perintah: list[str] = []
        self.rumus: list[str] = []
        self.selagi: Callable[[str], object] = lambda _: EMPTY
        self.interpreter_pengguna = PYTHON
        self.berkas = {PYTHON}
        self.folder_saat_mulai: list[str] = []
        self.galat_mulai = False
        self.kini = lambda: ""

    @method
    def RunPython(self, PythonCommand: object) -> object:  # noqa: N802, N803
        self.perintah.append(str(PythonCommand))
        return self.selagi(str(PythonCommand))

    @method
    def GetConfig(self, configKey: object, default: object = "", source: object = "") -> object:  # noqa: N802, N803
        assert source == "user", "settings beside the workbook are not ours to trust"
        return self.interpreter_pengguna if configKey in {"INTERPRETER_WIN", "INTERPRETER_MAC"} else default

    @method
    def GetFullName(self, wb: object) -> object:  # noqa: N802
        return f"{FOLDER}\\R.xlsm"

    @method
    def GetDirectoryConfigFilePath(self) -> object:  # noqa: N802
        return f"{FOLDER}\\xlwings.conf"

    @method
    def FileExists(self, FileSpec: object) -> object:  # noqa: N802, N803
        return FileSpec in self.berkas

    @method
    def IsFullName(self, sFile: object) -> object:  # noqa: N802, N803
        return "\\" in str(sFile) or "/" in str(sFile)

    @method
    def ParentFolder(self, Folder: object) -> object:  # noqa: N802, N803
        return str(Folder).rpartition("\\")[0]

    @method
    def XLPy(self) -> object:  # noqa: N802
        self.folder_saat_mulai.append(self.kini())
        if self.galat_mulai:
            raise error(1000, "Could not activate Python COM server")
        return self

    @method
    def Module(self, name: object) -> object:  # noqa: N802
        return self

    @method
    def CallUDF(self, module: object, func: object, args: object, wb: object, caller: object) -> object:  # noqa: N802
        self.rumus.append(str(func))
        return 1.0


class _Modul(VBAObject):
    """A standard module as its name before a dot."""

    def __init__(self, modul: ModuleRuntime, interpreter: Interpreter) -> None:
        self._modul, self._interpreter = modul, interpreter

    def vba_get(self, name: str, args: Sequence[object] = (), named: dict[str, object] | None = None) -> object:
        self._modul.initialise()
        prosedur = self._modul.procedure(name)
        if prosedur is not None and prosedur.scope != "private":
            return self._interpreter.call(prosedur, self._modul, list(args), named or {})
        if name.lower() in self._modul.constants:
            return self._modul.constants[name.lower()]
        raise error(438, f"{self._modul.name}.{name}")


class _Interpreter(Interpreter):
    """The interpreter with a present folder, which ``ChDir`` changes."""

    def __init__(self, jembatan: ExcelBridge) -> None:
        super().__init__(jembatan)
        self.folder = FOLDER
        self._intrinsics["curdir"] = lambda *_: self.folder

    def _execute(self, statement: pohon.Stmt, frame: Frame) -> None:
        kata, _, sisa = statement.text.partition(" ") if isinstance(statement, pohon.Unsupported) else ("", "", "")
        if kata == "ChDir":
            self.folder = str(self.evaluate(parse_expression(sisa), frame))
        elif kata != "ChDrive":
            super()._execute(statement, frame)


class _Jembatan(ExcelBridge):
    xlwings: Xlwings

    def global_object(self, name: str) -> object:
        interpreter = self.application.interpreter
        assert interpreter is not None
        if name == "xlwings":
            return self.xlwings
        if name == "xlpy":
            return self.xlwings.XLPy()
        modul = interpreter.modules.get(name)
        if modul is not None and not modul.is_class and modul.document is None:
            return _Modul(modul, interpreter)
        return super().global_object(name)


class _Aplikasi(Application):
    """Excel with the members that need its windows."""

    def __init__(self) -> None:
        super().__init__()
        self.terjadwal: list[str] = []
        self.cancel_key: object = 1

    @method
    def OnTime(self, EarliestTime: object, Procedure: object) -> object:  # noqa: N802, N803
        self.terjadwal.append(str(Procedure))
        return EMPTY

    @method
    def GetOpenFilename(self, FileFilter: object = MISSING, FilterIndex: object = MISSING,  # noqa: N802, N803
                        Title: object = MISSING) -> object:  # noqa: N803  # fmt: skip
        assert self.interpreter is not None
        self.interpreter.dialogs.append(("GetOpenFilename", str(Title), str(FileFilter), 0))
        return self.interpreter.answers.pop(0)

    @member
    def EnableCancelKey(self) -> object:  # noqa: N802
        return self.cancel_key

    @setter("EnableCancelKey")
    def _set_cancel_key(self, value: object) -> None:
        self.cancel_key = value

    @member
    def Caller(self) -> object:  # noqa: N802
        return NOTHING

    @method
    def MacroOptions(self, Macro: object, Description: object = MISSING, Category: object = MISSING,  # noqa: N802, N803
                     ArgumentDescriptions: object = MISSING) -> object:  # noqa: N803  # fmt: skip
        return EMPTY


class _Buku(Workbook):
    """A workbook that may be saved by the clock, as in Excel 365; None is an Excel that does not know of it."""

    autosave: bool | None = False

    @member
    def AutoSaveOn(self) -> object:  # noqa: N802
        if self.autosave is None:
            raise error(438)
        return self.autosave


class Pita(VBAObject):
    """IRibbonUI."""

    def __init__(self) -> None:
        self.disegarkan = 0

    @method
    def Invalidate(self) -> object:  # noqa: N802
        self.disegarkan += 1
        return EMPTY


class Kontrol(VBAObject):
    """IRibbonControl."""

    def __init__(self, id_: str, tag: str) -> None:
        self._id, self._tag = id_, tag

    @member
    def Id(self) -> object:  # noqa: N802
        return self._id

    @member
    def Tag(self) -> object:  # noqa: N802
        return self._tag


def _tersembunyi(path: Path) -> list[str]:
    paket = buka(path)
    return [u.atribut["name"] for u in paket.unsur(paket.buku) if u.nama == "sheet" and u.atribut.get("state")]


class Excel:
    """A workbook opened with its macros, the ribbon loaded."""

    def __init__(self, path: Path, modul: Mapping[str, str]) -> None:
        app = ExcelApplication()
        self.aplikasi = app.application = _Aplikasi()
        jembatan = _Jembatan(self.aplikasi)
        self.interpreter = app.interpreter = _Interpreter(jembatan)
        self.aplikasi.interpreter = self.interpreter
        self.app, self._modul, self._jembatan = app, modul, jembatan
        buku = load_workbook(self.aplikasi, path)
        buku.__class__ = _Buku
        for nama in _tersembunyi(path):
            buku.sheet_named(nama).visible = 0  # which the loader does not read
        self.buku = buku
        self.aplikasi.workbooks_.books.append(buku)
        self.aplikasi.activate_book(buku)
        self.mulai_ulang()

    def mulai_ulang(self, *, pita: bool = True) -> None:
        """The workbook as just opened: every variable of VBA is zero, nothing recorded.

        Args:
            pita: whether the ribbon says so, as on opening; after a mere reset of VBA it does not.
        """
        self.xlwings = self._jembatan.xlwings = Xlwings()
        self.xlwings.kini = lambda: self.interpreter.folder
        self.interpreter.modules.clear()
        for nama, sumber in self._modul.items():
            self.app.add_module(sumber, name=nama, kind="document" if nama == "ThisWorkbook" else "standard")
        self.aplikasi.terjadwal.clear()
        self.app.dialogs.clear()
        self.interpreter.answers.clear()
        self.interpreter.folder = FOLDER
        self.pita = Pita()
        if pita:
            self.panggil("PitaDimuat", self.pita)

    # ── what a planner does ───────────────────────────────────────────────────────────────────────────────────

    def panggil(self, nama: str, *args: object) -> object:
        """Run a macro by name."""
        return self.app.run(nama, *args)

    def klik(self, tombol: str, *args: object, jawab: Sequence[object] = ()) -> None:
        """Press a button of the ribbon by its id, answering the dialogs that it opens."""
        u = next(u for u in ElementTree.fromstring(ribbon()).iter() if u.get("id") == f"renja{tombol}")
        self.app.answer_dialogs(*jawab)
        self.panggil(u.attrib["onAction"], Kontrol(u.attrib["id"], u.get("tag", "")), *args)

    def tanya(self, nama: str) -> object:
        """What a callback of the ribbon gives back through its second argument."""
        prosedur, modul = self.interpreter.find_procedure(nama)
        assert prosedur is not None
        assert modul is not None
        hasil = Slot(EMPTY)
        self.interpreter.call(prosedur, modul, [NOTHING, hasil], {})
        return hasil.get()

    def ketik(self, lembar: str, sel: str, nilai: object) -> None:
        self.app.sheet(lembar).set_value(sel, nilai)

    def buka(self, lembar: str) -> None:
        """Go to a sheet."""
        self.buku.sheet_named(lembar).vba_get("Activate")

    def simpan(self) -> None:
        """The event before a save, which the interpreter does not raise by itself."""
        if self.aplikasi.enable_events:
            modul = self.interpreter.module("ThisWorkbook")
            prosedur = modul.procedure("Workbook_BeforeSave")
            assert prosedur is not None
            self.interpreter.call(prosedur, modul, [False, Slot(False)], {}, me=modul.document)

    def salin(self, lembar: str, sel: str) -> None:
        """Copy a cell: the marching ants stay until something is written."""
        self.buku.sheet_named(lembar).vba_get("Range", [sel]).vba_get("Copy")

    def batal_salin(self) -> None:
        self.aplikasi.clipboard = None

    def isi(self, nama: str) -> object:
        """The value of the cell behind a name."""
        return self.app.evaluate(f'ThisWorkbook.Names("{nama}").RefersToRange.Value')

    def isi_diam(self, nama: str, nilai: object) -> None:
        """Change the cell behind a name without an event."""
        self.aplikasi.enable_events = False
        self.app.add_module(
            f'Sub IsiDiam(nilai)\nThisWorkbook.Names("{nama}").RefersToRange.Value = nilai\nEnd Sub', name="Bantu"
        )
        self.panggil("IsiDiam", nilai)
        self.aplikasi.enable_events = True

    # ── what came of it ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def perintah(self) -> list[str]:
        """Python commands run so far, without the import that each begins with."""
        assert all(PINTU_MASUK.match(p) for p in self.xlwings.perintah)
        return [PINTU_MASUK.sub("", p) for p in self.xlwings.perintah]

    @property
    def pesan(self) -> list[str]:
        """Texts of the message boxes and questions."""
        return [d[1] for d in self.app.dialogs]

    @property
    def keadaan(self) -> dict[str, Any]:
        """What Excel is set to."""
        a = self.aplikasi
        return {"acara": a.enable_events, "layar": a.screen_updating, "cara": a.calculation}


@contextmanager
def di_mac() -> Iterator[None]:
    """Modules read in here are compiled as on a Mac."""
    semula = dict(DEFAULT_CONSTANTS)
    DEFAULT_CONSTANTS.update({"Mac": True, "Win16": False, "Win32": False, "Win64": False})
    try:
        yield
    finally:
        DEFAULT_CONSTANTS.clear()
        DEFAULT_CONSTANTS.update(semula)


def galat_vba(teks: str = "galat") -> VBARuntimeError:
    """An error that VBA can catch."""
    return error(1000, teks)
