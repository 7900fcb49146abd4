' Callbacks of the ribbon tab RENJA (ribbon/customUI14.xml): one call each, dialogs only where a word or a yes is needed.
Option Explicit

Private mPita As IRibbonUI

Public Sub PitaDimuat(ribbon As IRibbonUI)
    Set mPita = ribbon
End Sub

' Asks Excel to read the states of the buttons anew. After a reset of VBA the ribbon is out of reach until the next opening.
Public Sub Segarkan()
    If Not mPita Is Nothing Then mPita.Invalidate
End Sub

' ---- Isi ------------------------------------------------------------------------------------------------------------

Public Sub PitaHitungUlang(control As IRibbonControl)
    Peristiwa.AturUlang
    Peristiwa.Jalankan "hitung_ulang()"
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

Public Sub PitaRapikan(control As IRibbonControl)
    Peristiwa.Jalankan "rapikan()"
End Sub

Public Sub PitaTambahSubKegiatan(control As IRibbonControl)
    DenganJawaban "tambah_sub_kegiatan", "Kode sub kegiatan yang ditambahkan, misalnya 5.03.02.2.01.0003. " & _
        "Nama, indikator, dan satuannya diambil dari lembar Nomenklatur."
End Sub

Public Sub PitaPindahSubKegiatan(control As IRibbonControl)
    DenganJawaban "pindah_sub_kegiatan", "Kode baru untuk sub kegiatan pada baris yang dipilih, misalnya 5.03.02.2.02.0001. " & _
        "Isian dan pagunya ikut pindah."
End Sub

Public Sub PitaHapusSubKegiatan(control As IRibbonControl)
    If Setuju("Hapus sub kegiatan pada baris yang dipilih dari semua tabel? Isiannya tetap tersimpan di lembar Baris Dihapus.") Then
        Peristiwa.Jalankan "hapus_sub_kegiatan()"
    End If
End Sub

' ---- Periksa --------------------------------------------------------------------------------------------------------

Public Sub PitaPeriksa(control As IRibbonControl)
    Peristiwa.Jalankan "periksa()"
End Sub

Public Sub PitaCatatanBerikutnya(control As IRibbonControl)
    Peristiwa.Jalankan "catatan_berikutnya()"
End Sub

Public Sub PitaJelaskan(control As IRibbonControl)
    DenganJawaban "jelaskan", "Penjelasan untuk catatan pada baris atau sel yang dipilih, misalnya: angka ini sesuai DPA perubahan."
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
    Peristiwa.Jalankan "cek_pemasangan()"
End Sub

Public Sub PitaRumusPython(control As IRibbonControl, pressed As Boolean)
    Peristiwa.AturUlang
    Peristiwa.Jalankan "rumus_python(" & IIf(pressed, "True", "False") & ")"
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

Private Sub DenganJawaban(ByVal perintah As String, ByVal pertanyaan As String)
    Dim jawaban As String
    jawaban = Trim$(InputBox(pertanyaan, Peristiwa.JUDUL))
    If jawaban <> "" Then Peristiwa.Jalankan perintah & "(" & Peristiwa.TeksPython(jawaban) & ")"
End Sub

Private Function Setuju(ByVal pertanyaan As String) As Boolean
    Setuju = (MsgBox(pertanyaan, vbYesNo + vbQuestion + vbDefaultButton2, Peristiwa.JUDUL) = vbYes)
End Function

Private Function LembarKendali() As Variant
    LembarKendali = Array("Dasar Perhitungan", "Nomenklatur", "Baris Dihapus", "Belum Terpetakan", "Indeks", "Data Grafik", "_asli", "xlwings.conf")
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
