"""The VBA module ``FungsiRenja``: a wrapper round each function of ``excel.udf``, generated from its Python signature.

A wrapper only calls and falls back. Whatever goes wrong it returns ``#N/A``, so that ``IFERROR(FUNCTION(…),native)`` shows
the native formula's value. Reaching Python and calling a function are two steps. Where the first fails (settings, library,
interpreter, server, package), all wrappers are off until ``AturUlangRumus``, because each further try could take up to a
minute. A failure of the second is that of one call's data and touches no other cell, unless the connection broke off.
"""

from __future__ import annotations

from collections.abc import Iterator

from renja_xl.excel.udf import FUNGSI, KATEGORI, Argumen, Fungsi
from renja_xl.excel.vba import LEMBAR_KONF
from renja_xl.tabel import SEMUA

__all__ = ["FUNGSI", "NAMA_MODUL", "sumber_vba"]

NAMA_MODUL = "FungsiRenja"
"""Name of the module."""

_MODUL_PYTHON = "renja_xl.excel.udf"
_KEPALA = f"""\
' Fungsi Python untuk sel. Dibuat dari renja_xl/excel/udf.py; jangan diubah di sini.
Option Explicit

Private Const MODUL_PYTHON As String = "{_MODUL_PYTHON}"
Private Const KATEGORI As String = "{KATEGORI}"
Private Const TIDAK_TERSEDIA As Long = 2042

' Sheets that are hidden until asked for.
Public Const LEMBAR_KENDALI As String = "{"|".join((*(s.lembar for s in SEMUA if s.tersembunyi), LEMBAR_KONF))}"

' Python could not be reached: not tried again before AturUlangRumus.
Private mGagal As Boolean
' The server, once it was reached and has the functions. Kept, because asking xlwings for it reads its settings each time,
' and would start a server that has gone again in whatever folder is the present one.
Private mPeladen As Object

Public Sub AturUlangRumus()
    mGagal = False
    Set mPeladen = Nothing
End Sub

' For a conditional format of Beranda: macros run.
Public Function KEADAAN_MAKRO() As Boolean
    KEADAAN_MAKRO = True
End Function

' For a conditional format of Beranda: functions reach Python. Never tries it: Excel asks each time it draws the cell.
Public Function KEADAAN_PYTHON() As Boolean
    KEADAAN_PYTHON = Not mPeladen Is Nothing
End Function

' Looks for Python now, so that no formula has to wait for it.
Public Sub Sambungkan()
    #If Not Mac Then
        Tersambung
    #End If
End Sub

Private Function PanggilPython(ByVal nama As String, ByVal argumen As Variant) As Variant
    PanggilPython = CVErr(TIDAK_TERSEDIA)
    #If Not Mac Then
        Dim n As Long
        If Not Tersambung() Then Exit Function
        On Error GoTo Keliru
        ' Values instead of ranges: Python then need not come back for each of them. Value2 gives dates and money as numbers.
        For n = LBound(argumen) To UBound(argumen)
            If IsObject(argumen(n)) Then argumen(n) = argumen(n).Value2
        Next n
        PanggilPython = mPeladen.CallUDF(MODUL_PYTHON, nama, argumen, ThisWorkbook, Application.Caller)
        Exit Function
Keliru:
        If Terputus(Err.Number) Then
            mGagal = True
            Set mPeladen = Nothing
        End If
    #End If
End Function

' Whether Python can be called; tried once.
Private Function Tersambung() As Boolean
    Dim peladen As Object
    If Not mPeladen Is Nothing Then
        Tersambung = True
        Exit Function
    End If
    If mGagal Then Exit Function
    mGagal = True
    On Error GoTo Gagal
    If Not Peristiwa.PythonSiap() Then Exit Function
    Set peladen = xlwings.XLPy
    peladen.Module MODUL_PYTHON
    Set mPeladen = peladen
    mGagal = False
    Tersambung = True
Gagal:
End Function

' Whether an error says that the server is gone or its connection broke off, not that a call failed.
Private Function Terputus(ByVal nomor As Long) As Boolean
    Select Case nomor
        Case 462, -2147023174, -2147023170, -2147417848
            Terputus = True
    End Select
End Function

' Descriptions for Excel's function dialog; a function without one works all the same.
Private Sub Uraikan(ByVal nama As String, ByVal uraian As String, ByVal bantuan As Variant)
    Dim makro As String
    makro = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & nama
    On Error Resume Next
    If UBound(bantuan) < LBound(bantuan) Then
        Application.MacroOptions Macro:=makro, Description:=uraian, Category:=KATEGORI
    Else
        Application.MacroOptions Macro:=makro, Description:=uraian, Category:=KATEGORI, ArgumentDescriptions:=bantuan
    End If
    On Error GoTo 0
End Sub
"""


def sumber_vba() -> str:
    """Text of the module, with LF line ends and characters of cp1252 only."""
    return "\n".join((_KEPALA, *map(_pembungkus, FUNGSI), *_pendaftaran()))


def _pembungkus(f: Fungsi) -> str:
    parameter = ", ".join(map(_parameter, f.argumen))
    argumen = ", ".join(a.nama for a in f.argumen)
    return (
        f"Public Function {f.nama}({parameter}) As Variant\n"
        f'    {f.nama} = PanggilPython("{f.nama}", Array({argumen}))\n'
        "End Function\n"
    )


def _parameter(a: Argumen) -> str:
    return f"{'Optional ' if a.opsional else ''}ByVal {a.nama} As Variant"


def _pendaftaran() -> Iterator[str]:
    """``DaftarkanFungsi``. Excel on a Mac cannot hold descriptions of arguments, and does not call Python."""
    yield "Public Sub DaftarkanFungsi()"
    yield "    #If Not Mac Then"
    for f in FUNGSI:
        bantuan = ", _\n            ".join(_teks(a.bantuan) for a in f.argumen)
        yield f'        Uraikan "{f.nama}", _\n            {_teks(f.uraian)}, _\n            Array({bantuan})'
    yield "    #End If"
    yield "End Sub"
    yield ""


def _teks(teks: str) -> str:
    """A string literal of VBA."""
    return '"' + teks.replace('"', '""') + '"'
