' Callbacks of the ribbon tab RENJA (ribbon/customUI14.xml): one call each, dialogs only where a word, a yes or a file is needed.
Option Explicit

Private mPita As IRibbonUI

Public Sub PitaDimuat(ribbon As IRibbonUI)
    Set mPita = ribbon
End Sub

' Asks Excel to read the states of the buttons anew. After a reset of VBA the ribbon is out of reach until the next opening.
Public Sub Segarkan()
    If Not mPita Is Nothing Then mPita.Invalidate
End Sub

' ---- any button -----------------------------------------------------------------------------------------------------
' A button's tag says what it does, in parts set apart by |: the entry point of renja_xl.excel.makro as group.function,
' what is asked first, and which files are shown. A new button is an entry in the ribbon and a Python function, no VBA.

Public Sub PitaJalankan(control As IRibbonControl)
    Peristiwa.Jalankan Bagian(control, 0) & "()"
End Sub

' Asks for a word or a sentence, which Python gets.
Public Sub PitaTanya(control As IRibbonControl)
    DenganTeks control, Trim$(InputBox(Bagian(control, 1), Peristiwa.JUDUL))
End Sub

' Asks for a yes.
Public Sub PitaPastikan(control As IRibbonControl)
    If MsgBox(Bagian(control, 1), vbYesNo + vbQuestion + vbDefaultButton2, Peristiwa.JUDUL) = vbYes Then PitaJalankan control
End Sub

' Asks for a file, whose path Python gets.
Public Sub PitaBerkas(control As IRibbonControl)
    Dim berkas As Variant
    On Error GoTo Gagal
    #If Mac Then
        berkas = Application.GetOpenFilename() ' a filter of Windows' form is refused there
    #Else
        berkas = Application.GetOpenFilename(Bagian(control, 2) & "," & Bagian(control, 2), 1, Bagian(control, 1))
    #End If
    If VarType(berkas) = vbString Then DenganTeks control, berkas
    Exit Sub
Gagal:
    Peristiwa.Beritahu "Jendela pilih berkas tidak dapat dibuka; mohon coba sekali lagi."
End Sub

' ---- Isi ------------------------------------------------------------------------------------------------------------

Public Sub PitaHitungUlang(control As IRibbonControl)
    Peristiwa.AturUlang
    PitaJalankan control
End Sub

Public Sub PitaPerbaruiTabel(control As IRibbonControl)
    Peristiwa.PerbaruiTabel
End Sub

Public Sub PitaOtomatis(control As IRibbonControl, pressed As Boolean)
    Peristiwa.AturOtomatis pressed
    Segarkan
End Sub

Public Sub PitaOtomatisAktif(control As IRibbonControl, ByRef returnedVal)
    returnedVal = Peristiwa.OtomatisAktif()
End Sub

' ---- Bantuan --------------------------------------------------------------------------------------------------------

Public Sub PitaPanduan(control As IRibbonControl)
    On Error GoTo Gagal
    ThisWorkbook.Worksheets("Panduan").Visible = xlSheetVisible
    ThisWorkbook.Worksheets("Panduan").Activate
    Exit Sub
Gagal:
    Peristiwa.Beritahu "Lembar Panduan tidak ada di buku ini; mohon kembalikan dari salinan di folder Cadangan."
End Sub

Public Sub PitaCekPemasangan(control As IRibbonControl)
    Peristiwa.AturUlang
    PitaJalankan control
    Peristiwa.MulaiPython
End Sub

Public Sub PitaRumusPython(control As IRibbonControl, pressed As Boolean)
    Peristiwa.AturUlang
    Peristiwa.Jalankan Bagian(control, 0) & IIf(pressed, "(True)", "(False)")
    Segarkan
End Sub

Public Sub PitaRumusPythonAktif(control As IRibbonControl, ByRef returnedVal)
    returnedVal = Peristiwa.Tetapan("rumus_python", False)
End Sub

Public Sub PitaLembarKendali(control As IRibbonControl)
    Dim tampil As Boolean
    Dim nama As Variant
    On Error GoTo Gagal
    tampil = AdaTersembunyi()
    For Each nama In LembarKendali()
        If AdaLembar(nama) Then ThisWorkbook.Worksheets(nama).Visible = IIf(tampil, xlSheetVisible, xlSheetHidden)
    Next nama
    Segarkan
    Exit Sub
Gagal:
    Peristiwa.Beritahu "Lembar kendali tidak dapat ditampilkan atau disembunyikan; mohon buka proteksi susunan buku pada tab Tinjau."
End Sub

Public Sub PitaLabelLembarKendali(control As IRibbonControl, ByRef returnedVal)
    returnedVal = IIf(AdaTersembunyi(), "Tampilkan Lembar Kendali", "Sembunyikan Lembar Kendali")
End Sub

' What only Excel on Windows can do.
Public Sub PitaDiWindows(control As IRibbonControl, ByRef returnedVal)
    #If Mac Then
        returnedVal = False
    #Else
        returnedVal = True
    #End If
End Sub

' ---- dialogs and sheets ---------------------------------------------------------------------------------------------

Private Sub DenganTeks(ByVal control As IRibbonControl, ByVal teks As String)
    If teks <> "" Then Peristiwa.Jalankan Bagian(control, 0) & "(" & Peristiwa.TeksPython(teks) & ")"
End Sub

Private Function Bagian(ByVal control As IRibbonControl, ByVal nomor As Long) As String
    Dim semua As Variant
    semua = Split(control.Tag, "|")
    If nomor <= UBound(semua) Then Bagian = semua(nomor)
End Function

Private Function LembarKendali() As Variant
    LembarKendali = Split(FungsiRenja.LEMBAR_KENDALI, "|")
End Function

Private Function AdaTersembunyi() As Boolean
    Dim nama As Variant
    For Each nama In LembarKendali()
        If AdaLembar(nama) Then
            If ThisWorkbook.Worksheets(nama).Visible <> xlSheetVisible Then AdaTersembunyi = True
        End If
    Next nama
End Function

Private Function AdaLembar(ByVal nama As String) As Boolean
    Dim lembar As Worksheet
    On Error Resume Next
    Set lembar = ThisWorkbook.Worksheets(nama)
    On Error GoTo 0
    AdaLembar = Not lembar Is Nothing
End Function
