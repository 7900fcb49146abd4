"""Events of the macro workbook: when Python is asked, when it is not, and what is put back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from pyopenvba.interpreter import _ast as pohon
from pyopenvba.interpreter import parse_module

from renja_xl.core.buku import Buku
from renja_xl.core.letak import huruf_kolom, letak_bawaan
from renja_xl.excel.vba import LEMBAR_KONF, dengan_makro, modul
from renja_xl.tabel import (
    CAPAIAN_IKU,
    CARI,
    MENURUT_KUNCI,
    PROGRAM_SUB_KEGIATAN,
    SEMUA,
    T_C_31,
    TABEL_DAFTAR,
    TABEL_TERTAUT,
)
from renja_xl.tabel.profil import YA
from tests.conftest import baris_simpul
from tests.excel import dibangun
from tests.excel.runtime_vba import FOLDER, PYTHON, Excel, di_mac, galat_vba

STRUKTUR = PROGRAM_SUB_KEGIATAN.lembar
SEL_NAMA = f"C{PROGRAM_SUB_KEGIATAN.baris_pertama + 3}"
BILA_BASI = "isi.perbarui_bila_basi()"
CATAT = "riwayat.catat()"
CEK = "mohon tekan Cek Pemasangan"


@pytest.fixture(scope="module")
def path(kecil: Buku, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tujuan = tmp_path_factory.mktemp("peristiwa") / "R.xlsm"
    tujuan.write_bytes(dengan_makro(dibangun(kecil, makro=True)))
    return tujuan


@pytest.fixture(scope="module")
def terbuka(path: Path) -> Excel:
    return Excel(path, modul())


@pytest.fixture
def excel(terbuka: Excel) -> Excel:
    """The workbook as just opened, nothing waiting, on Beranda."""
    terbuka.mulai_ulang()
    terbuka.aplikasi.enable_events = False
    terbuka.buka("Beranda")
    terbuka.batal_salin()
    terbuka.isi_diam("profil_tabel_basi", "Tidak")
    terbuka.buku.autosave = False
    if not terbuka.tanya("PitaOtomatisAktif"):
        terbuka.klik("Otomatis", True)
    assert terbuka.keadaan == {"acara": True, "layar": True, "cara": -4105}
    return terbuka


def ubah_struktur(excel: Excel) -> None:
    excel.ketik(STRUKTUR, SEL_NAMA, "Nama lain")


# ── going to a linked sheet ───────────────────────────────────────────────────────────────────────────────────


def test_perubahan_dibawa_sekali(excel: Excel) -> None:
    ubah_struktur(excel)
    assert excel.perintah == []
    excel.buka("T-C.29")
    assert excel.perintah == [BILA_BASI]
    excel.buka("T-C.33")
    excel.buka("T-C.29")
    assert excel.perintah == [BILA_BASI]
    assert excel.pesan == []


def test_setiap_perubahan_baru_dibawa_lagi(excel: Excel) -> None:
    for _ in range(2):
        ubah_struktur(excel)
        excel.buka("RKT")
        excel.buka("Beranda")
    assert excel.perintah == [BILA_BASI] * 2


def test_tanpa_perubahan_python_ditanya_sekali_saja(excel: Excel) -> None:
    """After opening nobody knows what other programs did: Python compares the fingerprint, once."""
    for lembar in ("T-C.29", "T-C.31", "Perbandingan"):
        excel.buka(lembar)
    assert excel.perintah == [BILA_BASI]
    for _ in range(2):
        excel.simpan()
    assert excel.perintah == [BILA_BASI, CATAT], "what other programs changed is recorded at the first save, once"


def test_mengisi_tabel_tidak_menyusun_ulang(excel: Excel, kecil: Buku) -> None:
    """Typing a target and going on to the next table is daily work: the formulas follow by themselves."""
    excel.buka("T-C.29")
    sel = letak_bawaan(kecil).sel(T_C_31.kunci, baris_simpul(kecil, T_C_31.kunci, "s-5").id, "target_rkpd")
    excel.ketik(T_C_31.lembar, sel, 5)
    kata = f"{huruf_kolom(CARI.letak_kolom['kata'])}{CARI.baris_pertama}"
    excel.ketik(CARI.lembar, kata, "pegawai")
    excel.buka("T-C.33")
    assert excel.perintah == ["isi.perbarui_bila_basi()"], "asked after opening, and not again"


def test_lembar_lain_dibiarkan(excel: Excel) -> None:
    ubah_struktur(excel)
    for lembar in ("Profil", "Panduan", "Catatan Perbaikan", "Beranda"):
        excel.buka(lembar)
    assert excel.perintah == []


def test_papan_klip_tidak_dikosongkan(excel: Excel) -> None:
    ubah_struktur(excel)
    excel.salin(STRUKTUR, SEL_NAMA)
    excel.buka("T-C.29")
    assert excel.perintah == []
    assert excel.isi("profil_tabel_basi") == "Tidak", "writing a cell would empty the clipboard too"
    excel.batal_salin()
    excel.buka("T-C.33")
    assert excel.perintah == [BILA_BASI]


def test_otomatis_padam(excel: Excel) -> None:
    excel.klik("Otomatis", False)
    ubah_struktur(excel)
    excel.buka("T-C.29")
    excel.simpan()
    assert excel.perintah == []
    assert excel.isi("profil_tabel_basi") == YA, "the sheets say that they wait"
    excel.klik("PerbaruiTabel")
    assert excel.perintah == ["isi.perbarui_tabel()"]


def test_tak_tentu_bertanya_pada_buku(excel: Excel) -> None:
    """After a reset the mark is gone; what the workbook says of itself decides."""
    excel.isi_diam("profil_tabel_basi", YA)
    excel.buka("T-C.31")
    assert excel.perintah == [BILA_BASI]


def test_tidak_masuk_dua_kali(excel: Excel) -> None:
    def selagi(_: str) -> int:
        excel.aplikasi.enable_events = True  # as the live layer might leave it
        ubah_struktur(excel)
        excel.buka("T-C.33")
        excel.klik("PeriksaBuku")
        return 0

    excel.xlwings.selagi = selagi
    ubah_struktur(excel)
    excel.buka("T-C.29")
    assert excel.perintah == [BILA_BASI]


# ── saving ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("autosave", [False, None], ids=["padam", "excel-lama"])
def test_simpan_sendiri_memperbarui(excel: Excel, autosave: bool | None) -> None:
    excel.buku.autosave = autosave
    ubah_struktur(excel)
    excel.simpan()
    assert excel.perintah == [BILA_BASI, CATAT]


def test_simpan_mencatat_riwayat_bila_ada_yang_diketik(excel: Excel) -> None:
    excel.simpan()
    semula = len(excel.perintah)
    excel.ketik("Telaahan", "B9", "isian")
    excel.ketik("Telaahan", "B10", "isian lagi")
    assert len(excel.perintah) == semula, "an edit only marks"
    excel.simpan()
    excel.simpan()
    assert excel.perintah[semula:] == [CATAT]
    excel.isi_diam("profil_riwayat", "Tidak")
    excel.ketik("Telaahan", "B9", "lain")
    excel.simpan()
    assert excel.perintah[semula:] == [CATAT], "the choice in Profil turns it off"
    excel.isi_diam("profil_riwayat", YA)
    excel.xlwings.selagi = lambda _: -1
    excel.simpan()
    excel.simpan()
    assert excel.perintah[semula:] == [CATAT, CATAT], "what failed once waits for a button"


def test_simpan_otomatis_tidak(excel: Excel) -> None:
    excel.buku.autosave = True
    ubah_struktur(excel)
    excel.simpan()
    assert excel.perintah == []
    assert excel.isi("profil_tabel_basi") == "Tidak"


def test_simpan_tanpa_python_mencatat_bahwa_tabel_menunggu(excel: Excel) -> None:
    excel.xlwings.interpreter_pengguna = ""
    ubah_struktur(excel)
    excel.simpan()
    assert excel.isi("profil_tabel_basi") == YA
    assert excel.pesan == []


# ── what is put back ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cara", [-4105, -4135], ids=["otomatis", "manual"])
@pytest.mark.parametrize("gagal", ["", "galat", "-1"])
def test_setelan_excel_kembali(excel: Excel, gagal: str, cara: int) -> None:
    selama: list[dict[str, object]] = []

    def selagi(_: str) -> int:
        selama.append(excel.keadaan)
        assert not excel.aplikasi.display_alerts, "Excel would complain of waiting for another program"
        a = excel.aplikasi
        a.enable_events, a.screen_updating, a.calculation = True, False, -4135
        if gagal == "galat":
            raise galat_vba("Server tidak menjawab")
        return -1 if gagal else 0

    excel.aplikasi.calculation = cara
    excel.xlwings.selagi = selagi
    try:
        excel.klik("Rapikan")
        assert selama == [{"acara": False, "layar": True, "cara": cara}]
        assert excel.keadaan == {"acara": True, "layar": True, "cara": cara}
        assert excel.aplikasi.display_alerts
        assert len(excel.pesan) == bool(gagal)
        assert all(CEK in p for p in excel.pesan)
        excel.klik("Rapikan")
        assert len(excel.perintah) == 2, "not taken for still at work"
    finally:
        excel.aplikasi.calculation = -4105


def test_kegagalan_tidak_diulang_sendiri(excel: Excel) -> None:
    excel.xlwings.selagi = lambda _: -1
    ubah_struktur(excel)
    excel.buka("T-C.29")
    excel.buka("T-C.33")
    ubah_struktur(excel)
    excel.simpan()
    assert excel.perintah == [BILA_BASI]
    assert len(excel.pesan) == 1
    assert excel.isi("profil_tabel_basi") == YA
    excel.xlwings.selagi = lambda _: 0
    excel.klik("PerbaruiTabel")
    ubah_struktur(excel)
    excel.buka("RKT")
    assert excel.perintah == [BILA_BASI, "isi.perbarui_tabel()", BILA_BASI]


# ── Python of this user, and no other ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("interpreter", "berkas", "sebab"),
    [
        ("", {PYTHON}, "renja-xl pasang"),
        ("pythonw", {PYTHON, "pythonw"}, "renja-xl pasang"),
        (PYTHON, set(), PYTHON),
        (PYTHON, {PYTHON, f"{FOLDER}\\xlwings.conf"}, "xlwings.conf"),
    ],
    ids=["belum-dipasang", "tanpa-folder", "berpindah", "setelan-di-folder-buku"],
)
def test_python_lain_tidak_dijalankan(excel: Excel, interpreter: str, berkas: set[str], sebab: str) -> None:
    excel.xlwings.interpreter_pengguna, excel.xlwings.berkas = interpreter, berkas
    ubah_struktur(excel)
    excel.buka("T-C.29")
    assert excel.pesan == [], "nobody asked for anything yet"
    excel.klik("PeriksaBuku")
    excel.klik("PerbaruiTabel")
    assert excel.xlwings.perintah == []
    assert excel.xlwings.folder_saat_mulai == []
    assert [sebab in p for p in excel.pesan] == [True, True]
    excel.xlwings.interpreter_pengguna, excel.xlwings.berkas = PYTHON, {PYTHON}
    excel.klik("CekPemasangan")
    assert excel.perintah == ["bantuan.cek_pemasangan()"], "mended, and tried anew"


@pytest.mark.parametrize("gagal", [False, True])
def test_server_dimulai_di_folder_python(excel: Excel, gagal: bool) -> None:
    """A server imports from the folder it starts in: never from the workbook's."""
    excel.xlwings.galat_mulai = gagal
    excel.panggil("MulaiPython")
    excel.panggil("MulaiPython")
    mulai, *lagi = excel.xlwings.folder_saat_mulai
    assert mulai == PYTHON.rpartition("\\")[0]
    assert len(lagi) == (0 if gagal else 1), "once started, it is asked for its functions"
    assert excel.interpreter.folder == FOLDER
    excel.klik("PeriksaBuku")
    assert excel.perintah == ([] if gagal else ["periksa.periksa()"])
    assert [CEK.split()[1] in p for p in excel.pesan] == [True] * gagal


@pytest.mark.parametrize("ada", [True, False])
def test_rumus_hanya_memakai_python_pengguna(excel: Excel, ada: bool) -> None:
    """Formulas ask the same question as buttons, and once: without an answer the native formula shows its value."""
    if not ada:
        excel.xlwings.berkas.add(f"{FOLDER}\\xlwings.conf")
    hasil = [excel.panggil("TINGKAT_REALISASI", 5.0, 10.0, "-") for _ in range(3)]
    assert excel.xlwings.rumus == ["TINGKAT_REALISASI"] * (3 * ada)
    assert hasil == [1.0] * 3 if ada else all(str(h) == "Error 2042" for h in hasil)
    assert set(excel.xlwings.folder_saat_mulai[:1]) == ({PYTHON.rpartition("\\")[0]} if ada else set())
    assert excel.pesan == []


def test_membuka_buku_tidak_menunggu_python(excel: Excel) -> None:
    excel.buku.saved = True
    excel.buku.name = "Renja '26.xlsm"
    try:
        excel.panggil("BukuDibuka")
    finally:
        excel.buku.name = "R.xlsm"
    assert excel.buku.saved
    assert excel.pita.disegarkan == 1
    assert excel.xlwings.folder_saat_mulai == []
    assert excel.aplikasi.terjadwal == ["'Renja ''26.xlsm'!Peristiwa.MulaiPython"]


# ── Mac ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mac_hanya_dengan_tombol(excel: Excel, path: Path) -> None:
    """There Python is still at work when the call comes back: nothing is set or put back around it."""
    with di_mac():
        excel.mulai_ulang()
    ubah_struktur(excel)
    excel.buka("T-C.29")
    excel.simpan()
    excel.panggil("BukuDibuka")
    assert excel.xlwings.perintah == []
    assert excel.aplikasi.terjadwal == []
    assert excel.isi("profil_tabel_basi") == YA
    assert not excel.tanya("PitaDiWindows")
    selama: list[object] = []
    excel.xlwings.selagi = lambda _: selama.append(excel.keadaan)
    excel.klik("PerbaruiTabel")
    assert excel.perintah == ["isi.perbarui_tabel()"]
    assert selama == [excel.keadaan]
    assert excel.xlwings.folder_saat_mulai == []


# ── names in the source agree with the declarations ───────────────────────────────────────────────────────────


def test_lembar_dikenal(excel: Excel) -> None:
    tertaut = {s.lembar for s in (*TABEL_TERTAUT, *TABEL_DAFTAR, CAPAIAN_IKU) if not s.tersembunyi}
    assert {s.lembar for s in SEMUA if excel.panggil("LembarTertaut", s.lembar)} == tertaut
    sumber = {s.lembar for s in SEMUA if excel.panggil("LembarSumber", s.lembar)}
    assert {STRUKTUR, "Profil", "Renstra"} <= sumber
    assert all(MENURUT_KUNCI[k].tumbuh for k in sumber)
    kendali = excel.panggil("LembarKendali")
    assert isinstance(kendali, list)
    assert set(kendali) == {s.lembar for s in SEMUA if s.tersembunyi} | {LEMBAR_KONF}


# ── an edit only marks ────────────────────────────────────────────────────────────────────────────────────────


def simpul(n: object) -> Iterator[object]:
    """Every node below one of the syntax tree."""
    yield n
    if is_dataclass(n):
        for f in fields(n):
            isi = getattr(n, f.name)
            for anak in isi if isinstance(isi, (list, tuple)) else [isi]:
                if is_dataclass(anak):
                    yield from simpul(anak)


def terjangkau(awal: str, sumber: dict[str, str]) -> dict[str, pohon.Procedure]:
    """Procedures that one may come to, by name: whatever is named counts as called."""
    semua = {p.name.casefold(): p for nama, isi in sumber.items() for p in parse_module(isi, name=nama).procedures}
    hasil: dict[str, pohon.Procedure] = {}
    antre = [awal.casefold()]
    while antre:
        nama = antre.pop()
        if nama in semua and nama not in hasil:
            hasil[nama] = semua[nama]
            antre += [n.name.casefold() for n in simpul(semua[nama]) if isinstance(n, (pohon.Name, pohon.Member))]
    return hasil


def akibat(sumber: dict[str, str]) -> list[str]:
    """What is reachable from SheetChange and does more than set a variable: it would clear Undo, or worse."""
    hasil = []
    prosedur = terjangkau("Workbook_SheetChange", sumber)
    for p in prosedur.values():
        for n in simpul(p):
            if isinstance(n, pohon.Assign) and not isinstance(n.target, pohon.Name):
                hasil.append(f"{p.name}, line {n.line}: assigns a member")
            if isinstance(n, pohon.CallStmt):
                nama = n.callee.name if isinstance(n.callee, (pohon.Name, pohon.Member)) else ""
                if nama.casefold() not in prosedur:
                    hasil.append(f"{p.name}, line {n.line}: calls {nama or 'something'}")
            if isinstance(n, (pohon.Unsupported, pohon.With, pohon.MidAssign)):
                hasil.append(f"{p.name}, line {n.line}: {type(n).__name__}")
    return hasil


def test_sunting_hanya_menandai() -> None:
    sumber = modul()
    assert set(terjangkau("Workbook_SheetChange", sumber)) >= {"workbook_sheetchange", "isianberubah", "lembarsumber"}
    assert akibat(sumber) == []


@pytest.mark.parametrize(
    "baris",
    [
        "Application.EnableEvents = False",
        'ThisWorkbook.Worksheets("Profil").Range("A1").Value = 1',
        'ThisWorkbook.Worksheets("Profil").Range("A1").ClearContents',
        'Jalankan "isi.perbarui_tabel()"',
        "Segarkan",
    ],
)
def test_pemeriksa_melihat_akibat(baris: str) -> None:
    sumber = modul()
    kepala = "Private Function LembarSumber(ByVal lembar As String) As Boolean\r\n"
    assert kepala in sumber["Peristiwa"]
    sumber["Peristiwa"] = sumber["Peristiwa"].replace(kepala, f"{kepala}    {baris}\r\n")
    assert akibat(sumber)


def test_rumus_dicoba_lagi_oleh_tombol() -> None:
    """A server that was not there in the morning may be there now."""
    for tombol in ("PitaHitungUlang", "PitaCekPemasangan", "PitaRumusPython"):
        assert "aturulangrumus" in terjangkau(tombol, modul())
