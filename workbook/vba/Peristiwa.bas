' What events come to: an edit marks, going to a linked sheet or saving asks Python, which decides and writes.
Option Explicit

Public Const JUDUL As String = "Renja-XL"

Private Const PINTU_MASUK As String = "from renja_xl.excel.makro import "
Private Const TERHENTI As String = "Perintah ini terhenti di tengah jalan; mohon tekan Cek Pemasangan pada tab RENJA."

' Whether the linked sheets follow the inputs. Zero is also what a reset of VBA leaves: then Python compares the fingerprint in the workbook.
Private Const TAK_TENTU As Long = 0
Private Const MUTAKHIR As Long = 1
Private Const BERUBAH As Long = 2

Private Const BELUM_DITANYA As Long = 0
Private Const SIAP As Long = 1
Private Const TIDAK_SIAP As Long = 2

Private mKeadaan As Long
Private mSedang As Boolean
Private mDitahan As Boolean
Private mTercatat As Boolean ' the history knows all that was typed; False also after opening and after a reset
Private mPython As Long
Private mAlasan As String

' ---- events ---------------------------------------------------------------------------------------------------------

Public Sub BukuDibuka()
    Dim tersimpan As Boolean
    On Error GoTo Selesai
    tersimpan = ThisWorkbook.Saved
    mKeadaan = TAK_TENTU
    mTercatat = False
    FungsiRenja.DaftarkanFungsi
    Pita.Segarkan
    ' Describing the functions counts as a change of the workbook; nobody shall be asked to save it.
    If tersimpan Then ThisWorkbook.Saved = True
    #If Not Mac Then
        Application.OnTime Now, "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!Peristiwa.MulaiPython"
    #End If
Selesai:
End Sub

' Started by the clock, when opening is done: the first formula or button then need not wait for Python.
Public Sub MulaiPython()
    On Error GoTo Selesai
    FungsiRenja.Sambungkan
    Application.ScreenUpdating = False
    Application.ScreenUpdating = True ' draws Beranda anew, which shows whether Python is there
Selesai:
End Sub

' Only marks: whatever else is done here would clear Undo.
Public Sub IsianBerubah(ByVal lembar As String)
    mTercatat = False
    If LembarSumber(lembar) Then mKeadaan = BERUBAH
End Sub

Public Sub LembarDibuka(ByVal lembar As String)
    On Error GoTo Selesai
    If LembarTertaut(lembar) Then PerbaruiBilaBasi
Selesai:
End Sub

Public Sub SebelumDisimpan()
    On Error GoTo Selesai
    If DisimpanOtomatis() Then Exit Sub
    PerbaruiBilaBasi
    CatatRiwayat
Selesai:
End Sub

' Python lays the linked sheets out where they wait and may be touched; else the sheets themselves say that they wait.
Private Sub PerbaruiBilaBasi()
    If mSedang Or mKeadaan = MUTAKHIR Then Exit Sub
    If Application.CutCopyMode <> 0 Then Exit Sub ' whatever is written now would empty the clipboard
    If BolehSendiri() Then
        If PythonSiap() Then
            If Jalankan("isi.perbarui_bila_basi()") Then
                mKeadaan = MUTAKHIR
                Exit Sub
            End If
            mDitahan = True
        End If
    End If
    If mKeadaan = BERUBAH Then TandaiBasi
End Sub

' Python records what was typed since the last record; once after opening too, for what other programs changed.
Private Sub CatatRiwayat()
    If mSedang Or mTercatat Then Exit Sub
    If Application.CutCopyMode <> 0 Then Exit Sub
    If Not (BolehSendiri() And RiwayatDicatat()) Then Exit Sub
    If Not PythonSiap() Then Exit Sub
    mTercatat = Jalankan("riwayat.catat()")
    mDitahan = Not mTercatat
End Sub

Private Function RiwayatDicatat() As Boolean
    Dim pilihan As Variant
    On Error Resume Next
    pilihan = ThisWorkbook.Names("profil_riwayat").RefersToRange.Value
    On Error GoTo 0
    RiwayatDicatat = (pilihan <> "Tidak")
End Function

' On a Mac Python would still be at work while the planner types on; there the button does it.
Private Function BolehSendiri() As Boolean
    #If Mac Then
        BolehSendiri = False
    #Else
        BolehSendiri = Not mDitahan And OtomatisAktif()
    #End If
End Function

' Sheets from which rows of linked sheets follow.
Private Function LembarSumber(ByVal lembar As String) As Boolean
    Select Case lembar
        Case "Program & Sub Kegiatan", "Profil", "Renstra", "T-C.30", "Tujuan-Sasaran"
            LembarSumber = True
    End Select
End Function

' Sheets whose rows follow from others.
Private Function LembarTertaut(ByVal lembar As String) As Boolean
    Select Case lembar
        Case "T-C.29", "Capaian IKU", "T-C.31", "T-C.33", "RKT", "Daftar Program", "Pemenuhan Target", "Perbandingan"
            LembarTertaut = True
    End Select
End Function

' Late bound: Excel 2016 does not know the property, and would refuse to compile its name.
Private Function DisimpanOtomatis() As Boolean
    Dim buku As Object
    Set buku = ThisWorkbook
    On Error Resume Next
    DisimpanOtomatis = buku.AutoSaveOn
    On Error GoTo 0
End Function

' ---- what the workbook says of itself -------------------------------------------------------------------------------

Public Function OtomatisAktif() As Boolean
    OtomatisAktif = Tetapan("otomatis", True)
End Function

Public Sub AturOtomatis(ByVal aktif As Boolean)
    On Error GoTo Gagal
    ThisWorkbook.Names.Add Name:="otomatis", RefersTo:=IIf(aktif, "=1", "=0")
    mDitahan = False
    Exit Sub
Gagal:
    Beritahu "Pilihan Otomatis tidak dapat disimpan di buku ini; mohon buka proteksi bukunya pada tab Tinjau."
End Sub

' Whether a name holds the constant 1.
Public Function Tetapan(ByVal nama As String, ByVal bawaan As Boolean) As Boolean
    Tetapan = bawaan
    On Error Resume Next
    Tetapan = (Val(Mid$(ThisWorkbook.Names(nama).RefersTo, 2)) <> 0)
    On Error GoTo 0
End Function

Private Function TabelBasi() As Boolean
    Dim basi As Variant
    On Error Resume Next
    basi = ThisWorkbook.Names("profil_tabel_basi").RefersToRange.Value
    On Error GoTo 0
    TabelBasi = (basi = "Ya")
End Function

Private Sub TandaiBasi()
    Dim acara As Boolean
    If TabelBasi() Then Exit Sub
    acara = Application.EnableEvents
    On Error GoTo Selesai
    Application.EnableEvents = False
    ThisWorkbook.Names("profil_tabel_basi").RefersToRange.Value = "Ya"
Selesai:
    Application.EnableEvents = acara
End Sub

' ---- Python ---------------------------------------------------------------------------------------------------------

' Runs one entry point of renja_xl.excel.makro, called as group.function(...); whether it was started and did not break off.
Public Function Jalankan(ByVal perintah As String) As Boolean
    Dim acara As Boolean
    Dim layar As Boolean
    Dim tanya As Boolean
    Dim cara As Long
    On Error GoTo Gagal
    If mSedang Then Exit Function
    If Not PythonSiap() Then
        Beritahu mAlasan
        Exit Function
    End If
    #If Mac Then
        Jalankan = Panggil(perintah) ' comes back before Python is done, which restores what it sets
    #Else
        acara = Application.EnableEvents
        layar = Application.ScreenUpdating
        tanya = Application.DisplayAlerts
        cara = Application.Calculation
        mSedang = True
        Application.EnableEvents = False
        Application.DisplayAlerts = False ' else Excel complains of waiting while a message of Python is being read
        Jalankan = Panggil(perintah)
        Application.DisplayAlerts = tanya
        Pulihkan acara, layar, cara
        mSedang = False
    #End If
    If Not Jalankan Then Beritahu TERHENTI
    Exit Function
Gagal:
    mSedang = False
    Jalankan = False
    Beritahu TERHENTI
End Function

Public Sub PerbaruiTabel()
    mDitahan = False
    If Jalankan("isi.perbarui_tabel()") Then mKeadaan = MUTAKHIR
End Sub

' Forgets that Python was missing or broke off, so that the next call tries anew.
Public Sub AturUlang()
    FungsiRenja.AturUlangRumus
    mPython = BELUM_DITANYA
    mDitahan = False
End Sub

Private Function Panggil(ByVal perintah As String) As Boolean
    On Error GoTo Gagal
    Application.EnableCancelKey = xlErrorHandler ' Esc ends in Gagal, not in the debugger
    Panggil = (xlwings.RunPython(PINTU_MASUK & Split(perintah, ".")(0) & "; " & perintah) <> -1)
    Exit Function
Gagal:
    Panggil = False
End Function

Private Sub Pulihkan(ByVal acara As Boolean, ByVal layar As Boolean, ByVal cara As Long)
    On Error Resume Next
    If Application.Calculation <> cara Then Application.Calculation = cara
    Application.ScreenUpdating = layar
    Application.EnableEvents = acara
    On Error GoTo 0
End Sub

' Whether this user's own settings name a Python, and (Windows) it answers. Asked once, until AturUlang.
Public Function PythonSiap() As Boolean
    If mPython = BELUM_DITANYA Then
        mAlasan = AlasanTakSiap()
        mPython = IIf(mAlasan = "", SIAP, TIDAK_SIAP)
    End If
    PythonSiap = (mPython = SIAP)
End Function

' Why Python is not called, as one sentence; nothing where it is ready. Settings beside the workbook would come before the
' user's own, and without a full path Windows would look for Python beside the workbook: either could run what came with it.
Private Function AlasanTakSiap() As String
    Dim python As String
    On Error GoTo Gagal
    If AdaSetelanFolder() Then
        AlasanTakSiap = "Di folder buku ini ada berkas xlwings.conf, yang dapat menjalankan Python lain; " & _
            "mohon hapus atau pindahkan berkas itu, lalu tekan Cek Pemasangan pada tab RENJA."
        Exit Function
    End If
    #If Mac Then
        python = xlwings.GetConfig("INTERPRETER_MAC", "", "user")
    #Else
        python = xlwings.GetConfig("INTERPRETER_WIN", "", "user")
    #End If
    If Not xlwings.IsFullName(python) Then
        AlasanTakSiap = "Python belum disiapkan untuk Excel di komputer ini; mohon jalankan perintah renja-xl pasang, " & _
            "lalu tekan Cek Pemasangan pada tab RENJA."
        Exit Function
    End If
    #If Not Mac Then
        If Not xlwings.FileExists(python) Then
            AlasanTakSiap = "Python tidak ada lagi di " & python & "; mohon jalankan perintah renja-xl pasang, " & _
                "lalu tekan Cek Pemasangan pada tab RENJA."
            Exit Function
        End If
        HidupkanPython xlwings.ParentFolder(python)
    #End If
    Exit Function
Gagal:
    AlasanTakSiap = "Python tidak dapat dimulai dari Excel; mohon jalankan perintah renja-xl cek-pemasangan, " & _
        "lalu tekan Cek Pemasangan pada tab RENJA."
End Function

Private Function AdaSetelanFolder() As Boolean
    If xlwings.GetFullName(ThisWorkbook) = "" Then Exit Function ' no folder of this computer: xlwings does not look there either
    AdaSetelanFolder = xlwings.FileExists(xlwings.GetDirectoryConfigFilePath())
End Function

' Starts the Python server in Python's own folder: a server imports modules from the folder it was started in.
Private Sub HidupkanPython(ByVal folder As String)
    Dim semula As String
    semula = CurDir$
    PindahFolder folder
    On Error GoTo Gagal
    xlwings.XLPy
    PindahFolder semula
    Exit Sub
Gagal:
    PindahFolder semula
    Err.Raise vbObjectError + 1, JUDUL, "Python"
End Sub

Private Sub PindahFolder(ByVal folder As String)
    On Error Resume Next
    If Mid$(folder, 2, 1) = ":" Then ChDrive folder
    ChDir folder
    On Error GoTo 0
End Sub

' ---- words ----------------------------------------------------------------------------------------------------------

Public Sub Beritahu(ByVal pesan As String)
    MsgBox pesan, vbExclamation, JUDUL
End Sub

' A text as a Python literal of letters, digits and escapes alone: command lines and Python hand it on as it is.
Public Function TeksPython(ByVal teks As String) As String
    Dim n As Long
    Dim kode As Long
    Dim hasil As String
    n = 1
    Do While n <= Len(teks)
        kode = Satuan16(teks, n)
        If kode >= 55296 And kode <= 56319 And Satuan16(teks, n + 1) >= 56320 And Satuan16(teks, n + 1) <= 57343 Then
            kode = 65536 + (kode - 55296) * 1024 + Satuan16(teks, n + 1) - 56320 ' a pair is one character
            n = n + 1
        End If
        Select Case kode
            Case 32, 46, 48 To 57, 65 To 90, 97 To 122
                hasil = hasil & Chr$(kode)
            Case Else
                hasil = hasil & "\U" & Right$("0000000" & Hex$(kode), 8)
        End Select
        n = n + 1
    Loop
    TeksPython = "'" & hasil & "'"
End Function

' A UTF-16 unit of a text; 0 after its end.
Private Function Satuan16(ByVal teks As String, ByVal n As Long) As Long
    If n > Len(teks) Then Exit Function
    Satuan16 = AscW(Mid$(teks, n, 1))
    If Satuan16 < 0 Then Satuan16 = Satuan16 + 65536
End Function
