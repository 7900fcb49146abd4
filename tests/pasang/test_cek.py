"""``cek-pemasangan``: each fault alone is found, told and mended in Indonesian; nothing hangs, nothing is changed."""

from __future__ import annotations

import ast
import os
import re
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress

import renja_xl.pasang
from renja_xl import __version__
from renja_xl.excel.isi_buku import baca_proyek, konstanta
from renja_xl.excel.paket import Paket
from renja_xl.excel.vba import BAGIAN_VBA, RIBBON
from renja_xl.pasang.butir import Butir
from renja_xl.pasang.cek import BATAS_DETIK, SEMUA, periksa_pemasangan
from renja_xl.pasang.lingkungan import LINUX, Keluaran, Nyata, kembangkan, nyata
from tests.pasang.komputer import (
    APP_PATHS,
    CLICK_TO_RUN,
    EXCEL,
    Komputer,
    buku_bermakro,
    dengan_acuan,
    dengan_konf,
    kepala_program,
    mac,
    tanpa_bagian,
    tulis,
    ubah_bagian,
    ubah_daftar,
    ubah_modul,
    windows,
)

Rusak = Callable[[Komputer, Path], Any]
"""Brings one fault to a computer on which all is well, given its folder."""

ASING = re.compile(
    r"\b(the|is|are|not|and|file|files|error|errors|failed|failure|missing|found|check|please|click|closed?|opened|version|"
    r"installed|warning|workbook|settings?|timeout|server|module|blocked|disabled|enabled?|permission|denied|unknown|trusted)\b",
    re.IGNORECASE,
)


def dokumen(akar: Path) -> Path:
    return akar / "Dokumen" / "Renja.xlsm"


def konf(akar: Path) -> Path:
    return akar / "pengguna" / ".xlwings" / "xlwings.conf"


def tambah(path: Path, isi: bytes) -> None:
    path.write_bytes(path.read_bytes() + isi)


def buruk(butir: list[Butir]) -> list[Butir]:
    return [b for b in butir if not b.baik]


def periksa(k: Komputer, buku: Path | None, **lain: Any) -> list[Butir]:
    hasil = list(periksa_pemasangan(buku, k, **lain))
    for b in hasil:
        assert b.nama
        assert b.pesan
        assert b.baik == (not b.perbaikan)
        assert b.perbaikan.startswith("Mohon ") or b.baik
    assert len({b.kunci for b in hasil}) == len(hasil)
    return hasil


def toko(path: Path) -> bytes:
    """The value by which Excel remembers that it switched something off."""
    teks = [f"{path}".lower(), path.name]
    isi = [f"{t}\0".encode("utf-16-le") for t in teks]
    return struct.pack("<III", 2, *map(len, isi)) + b"".join(isi)


def pindah(k: Komputer, akar: Path, ke: Path) -> Path:
    """The workbook moved to another folder."""
    tulis(ke, dokumen(akar).read_bytes())
    dokumen(akar).unlink()
    return ke


def tanpa_dll(k: Komputer, akar: Path, bit: int) -> None:
    (akar / "Python" / f"xlwings{bit}-{k.versi_paket('xlwings')}.dll").unlink()


def excel_32_tanpa_dll(k: Komputer, akar: Path) -> None:
    tulis(akar / "Office" / "EXCEL.EXE", kepala_program(0x14C))
    tanpa_dll(k, akar, 32)


def tanpa_bagian_python(k: Komputer, _akar: Path) -> None:
    del k.jawaban["siap"]
    k.jawaban["kurang"] = "openpyxl"


def buku(ubah: Callable[[bytes], bytes]) -> Rusak:
    return lambda _k, akar: dokumen(akar).write_bytes(ubah(buku_bermakro()))


def versi_xlwings(k: Komputer, akar: Path) -> None:
    kini = k.versi_paket("xlwings") or ""
    dokumen(akar).write_bytes(
        ubah_modul(
            buku_bermakro(), "xlwings", f'XLWINGS_VERSION As String = "{kini}"', 'XLWINGS_VERSION As String = "0.1.2"'
        )
    )


def paket_toko(k: Komputer, _akar: Path) -> None:
    k.kunci.pop(APP_PATHS)
    k.kunci.pop(CLICK_TO_RUN)
    induk = (
        r"HKCU\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
    )
    k.kunci[rf"{induk}\Microsoft.Office.Desktop_16051_x86"] = {}


def tanpa_excel(k: Komputer, _akar: Path) -> None:
    k.kunci.pop(APP_PATHS)
    k.kunci.pop(CLICK_TO_RUN)


def python_lain(k: Komputer, akar: Path) -> None:
    konf(akar).write_bytes(konf(akar).read_bytes().replace(b"pythonw.exe", b"hilang.exe"))


def python_di_toko(k: Komputer, akar: Path) -> None:
    lain = tulis(akar / "WindowsApps" / "Python" / "python.exe", b"")
    konf(akar).write_bytes(f'"INTERPRETER_WIN","{lain}"\r\n'.encode())


def tak_menjawab(k: Komputer, _akar: Path) -> None:
    k.jalan.append(lambda _argumen, _batas: Keluaran("python\t3.11\n", None))


def dilarang(k: Komputer, _akar: Path) -> None:
    def tolak(_argumen: object, _batas: float) -> Keluaran:
        raise PermissionError(13, "ditolak")

    k.jalan.append(tolak)


def tersinkron(k: Komputer, akar: Path) -> Path:
    folder = akar / "Awan Kantor"
    k.kunci[r"HKCU\Software\Microsoft\OneDrive\Accounts\Business1"] = {"UserFolder": str(folder)}
    return pindah(k, akar, folder / "Renja.xlsm")


def makro_dimatikan(nilai: int, kunci: str = rf"{EXCEL}\Security", nama: str = "VBAWarnings") -> Rusak:
    return lambda k, _akar: k.kunci.update({kunci: {nama: nilai}})


KASUS: list[tuple[str, str, Rusak, str]] = [
    # name, point that is bad, fault, what the message says
    ("excel-toko-alamat", "excel", lambda k, _: k.kunci[APP_PATHS].update({"": r"C:\Program Files\WindowsApps\X\EXCEL.EXE"}),
     "Microsoft Store"),
    ("excel-toko-paket", "excel", paket_toko, "Microsoft Store"),
    ("tanpa-excel", "excel", tanpa_excel, "tidak ditemukan"),
    ("pustaka-64", "pustaka", lambda k, a: tanpa_dll(k, a, 64), "Excel 64 bit memerlukan xlwings64"),
    ("pustaka-32", "pustaka", excel_32_tanpa_dll, "Excel 32 bit memerlukan xlwings32"),
    ("dari-luar", "asal_luar", lambda k, _: k.tanda.update({"Zone.Identifier": "[ZoneTransfer]\r\nZoneId=3\r\n"}), "memblokir"),
    ("dinonaktifkan", "dimatikan", lambda k, a: k.kunci.update(
        {rf"{EXCEL}\Resiliency\DisabledItems": {"4AB3": toko(dokumen(a))}}), "menonaktifkan Renja.xlsm"),
    ("belum-dipasang", "letak_python", lambda _k, a: konf(a).unlink(), "belum tertulis"),
    ("python-pindah", "letak_python", python_lain, "tidak ada lagi"),
    ("python-tanpa-folder", "letak_python", lambda _k, a: konf(a).write_bytes(b'"INTERPRETER_WIN","python"\r\n'), "tanpa foldernya"),
    ("python-toko", "python_toko", python_di_toko, "Microsoft Store"),
    ("baris-kosong", "berkas_pengaturan", lambda _k, a: tambah(konf(a), b"\r\n"), "baris kosong"),
    ("debug", "berkas_pengaturan", lambda _k, a: tambah(konf(a), b'"DEBUG UDFS","True"\r\n'), "DEBUG UDFS"),
    ("conda", "berkas_pengaturan", lambda _k, a: tambah(konf(a), b'"CONDA PATH","C:\\c"\r\n"CONDA ENV","base"\r\n'), "Conda"),
    ("konf-samping", "pengaturan_samping", lambda _k, a: tulis(a / "Dokumen" / "xlwings.conf", b'"INTERPRETER_WIN","x"'),
     "mendahulukannya"),
    ("xlwings-lama", "versi_makro", versi_xlwings, "xlwings versi 0.1.2"),
    ("makro-lebih-baru", "versi_makro", buku(lambda b: dengan_konf(b, 4, ("RENJA_XL_VERSION", "99.0"))), "versi 99.0"),
    ("onedrive", "awan", tersinkron, "disinkronkan"),
    ("pywin32", "pywin32", lambda k, _: k.jawaban.update(pywin32=""), "pywin32"),
    ("penghubung-gagal", "penghubung", tanpa_bagian_python, "openpyxl"),
    ("penghubung-diam", "penghubung", tak_menjawab, "belum menjawab"),
    ("penghubung-dilarang", "penghubung", dilarang, "izin ditolak"),
    ("python-tua", "versi_python", lambda k, _: k.jawaban.update(python="3.8"), "versi 3.8"),
    ("dua-renja", "beberapa_python", lambda k, _: k.jawaban.update(renja="0.0.1"), "versi 0.0.1"),
    ("add-in", "add_in", lambda _k, a: tulis(
        a / "pengguna" / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "xlwings.xlam", b""), "bertabrakan"),
    ("add-in-dicentang", "add_in", lambda k, _: k.kunci.update({rf"{EXCEL}\Options": {"OPEN1": r'"C:\x\xlwings.xlam"'}}),
     "bertabrakan"),
    ("acuan-add-in", "add_in", buku(lambda b: dengan_acuan(b, "xlwings", r"C:\x\XLSTART\xlwings.xlam")), "merujuk add-in"),
    ("terbuka", "terkunci", lambda _k, a: tulis(a / "Dokumen" / "~$Renja.xlsm", b""), "sedang terbuka"),
    ("ditahan-antivirus", "terkunci", lambda k, a: k.terlarang.add(dokumen(a)), "antivirus"),
    ("aturan-antivirus", "aturan_antivirus", lambda k, _: k.kunci.update(
        {r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules":
         {"D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "1"}}), "melarang Excel"),
    ("folder-buku", "izin_tulis", lambda k, a: k.terlarang.add(a / "Dokumen"), "Dokumen"),
    ("folder-pengaturan", "izin_tulis", lambda k, a: k.terlarang.add(a / "pengguna" / ".xlwings"), ".xlwings"),
    ("makro-mati", "keamanan_makro", makro_dimatikan(4), "mematikan semua makro"),
    ("makro-bertanda-tangan", "keamanan_makro", makro_dimatikan(3), "bertanda tangan"),
    ("makro-aturan", "keamanan_makro",
     makro_dimatikan(4, r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"), "Aturan kantor"),
    ("makro-office", "keamanan_makro",
     makro_dimatikan(1, r"HKLM\Software\Policies\Microsoft\Office\16.0\Common", "vbaoff"), "Aturan kantor"),
    ("bukan-induk", "buku", buku(lambda b: ubah_bagian(b, "xl/workbook.xml", lambda x: x.replace(b'name="Profil"', b'name="Lain"'))),
     "lembar Profil tidak ada"),
    ("rusak", "buku", lambda _k, a: dokumen(a).write_bytes(buku_bermakro()[:5000]), "rusak"),
    ("hilang", "buku", lambda _k, a: dokumen(a).unlink(), "tidak ditemukan"),
    ("vba-rusak", "isi_makro", buku(lambda b: ubah_bagian(b, BAGIAN_VBA, lambda x: x[:700])), "rusak"),
    ("modul-hilang", "isi_makro", buku(lambda b: ubah_daftar(b, lambda x: x.replace(b"FungsiRenja", b"FungsiLainn"))),
     "tidak lengkap"),
    ("ribbon-hilang", "isi_makro", buku(lambda b: tanpa_bagian(b, RIBBON)), "Tab RENJA hilang"),
    ("konf-menunjuk", "pengaturan_buku", buku(lambda b: dengan_konf(b, 5, ("Interpreter_Win", r"\\jahat\x.exe"))), "INTERPRETER_WIN"),
    ("konf-berubah", "pengaturan_buku", buku(lambda b: dengan_konf(b, 3, ("ADD_WORKBOOK_TO_PYTHONPATH", "True"))),
     "ADD_WORKBOOK_TO_PYTHONPATH"),
    ("konf-hilang", "pengaturan_buku", buku(
        lambda b: ubah_bagian(b, "xl/workbook.xml", lambda x: x.replace(b'name="xlwings.conf"', b'name="lain"'))), "hilang"),
]  # fmt: skip


def test_all_is_well_on_windows(tmp_path: Path) -> None:
    k = windows(tmp_path)
    hasil = periksa(k, dokumen(tmp_path))
    assert buruk(hasil) == []
    assert {b.kunci for b in hasil} == {p.kunci for p in SEMUA} - {"skrip_mac"}
    assert k.dijalankan[0][0] == str(tmp_path / "Python" / "python.exe")  # the one that can speak


@pytest.mark.parametrize(("kunci", "rusak", "kata"), [k[1:] for k in KASUS], ids=[k[0] for k in KASUS])
def test_one_fault_on_windows(tmp_path: Path, kunci: str, rusak: Rusak, kata: str) -> None:
    k = windows(tmp_path)
    lain = rusak(k, tmp_path)
    path = lain if kunci == "awan" else dokumen(tmp_path)
    hasil = periksa(k, path, batas=2.0)
    (salah,) = buruk(hasil)
    assert salah.kunci == kunci
    assert kata in f"{salah.pesan} {salah.perbaikan}"
    polos = f"{salah.nama} {salah.pesan} {salah.perbaikan}".replace(str(tmp_path), "")
    assert ASING.search(polos) is None, polos


def test_at_least_the_twelve_faults_that_are_reported_most() -> None:
    assert {k[1] for k in KASUS} >= {
        *("excel", "pustaka", "asal_luar", "dimatikan", "letak_python", "versi_makro", "awan", "pywin32", "penghubung"),
        *("add_in", "terkunci", "izin_tulis"),
    }
    assert {k[1] for k in KASUS} | {"bermakro", "skrip_mac"} == {p.kunci for p in SEMUA}


def test_messages_are_indonesian() -> None:
    """Every text of the package that can be shown, also those that no fault above brings up."""
    for berkas in Path(renja_xl.pasang.__file__).parent.glob("*.py"):
        modul = ast.parse(berkas.read_text(encoding="utf-8"))
        keterangan = {id(n.value) for n in ast.walk(modul) if isinstance(n, ast.Expr)}
        for n in ast.walk(modul):
            teks = (
                n.value if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in keterangan else ""
            )
            if teks.count(" ") > 1 and not teks.isupper() and "import" not in teks and "\\" not in teks:
                assert ASING.search(teks) is None, (berkas.name, teks)


# ── what is no fault ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_workbook_without_macros(tmp_path: Path) -> None:
    k = windows(tmp_path)
    hasil = periksa(k, tulis(tmp_path / "Dokumen" / "Renja.xlsx", buku_bermakro()))
    (salah,) = buruk(hasil)
    assert (salah.kunci, "disimpan tanpa makro (.xlsx)" in salah.pesan) == ("bermakro", True)
    assert not {"isi_makro", "versi_makro", "pengaturan_buku"} & {b.kunci for b in hasil}


def test_asked_from_inside_excel_the_open_workbook_is_no_lock(tmp_path: Path) -> None:
    k = windows(tmp_path)
    tulis(tmp_path / "Dokumen" / "~$Renja.xlsm", b"")
    assert buruk(periksa(k, dokumen(tmp_path), terbuka=True)) == []


def test_a_trusted_folder_lets_macros_from_outside_run(tmp_path: Path) -> None:
    k = windows(tmp_path)
    k.tanda["Zone.Identifier"] = "[ZoneTransfer]\r\nZoneId = 3\r\n"
    k.kunci[rf"{EXCEL}\Security"] = {"VBAWarnings": 4}
    k.kunci[rf"{EXCEL}\Security\Trusted Locations\Location1"] = {"Path": f"{tmp_path}/"}
    assert {b.kunci for b in buruk(periksa(k, dokumen(tmp_path)))} == {"asal_luar", "keamanan_makro"}
    k.kunci[rf"{EXCEL}\Security\Trusted Locations\Location1"]["AllowSubFolders"] = 1
    assert buruk(periksa(k, dokumen(tmp_path))) == []


def test_a_mark_of_the_own_network_blocks_nothing(tmp_path: Path) -> None:
    k = windows(tmp_path)
    k.tanda["Zone.Identifier"] = "[ZoneTransfer]\r\nZoneId=1\r\n"
    assert buruk(periksa(k, dokumen(tmp_path))) == []


def test_another_workbook_of_a_like_name_is_switched_off(tmp_path: Path) -> None:
    k = windows(tmp_path)
    k.kunci[rf"{EXCEL}\Resiliency\DisabledItems"] = {"1": toko(Path(r"C:\lama-Renja.xlsm")), "2": 7}
    assert buruk(periksa(k, dokumen(tmp_path))) == []


@pytest.mark.parametrize("cara", ["variabel", "pengaturan"])
def test_a_synced_folder_that_python_knows(tmp_path: Path, cara: str) -> None:
    k = windows(tmp_path)
    path = tersinkron(k, tmp_path)
    if cara == "variabel":
        k.lingkungan["OneDriveCommercial"] = str(path.parent).upper()
    else:
        tambah(konf(tmp_path), f'"ONEDRIVE_COMMERCIAL_WIN","{path.parent}"\r\n'.encode())
    assert buruk(periksa(k, path)) == []


def test_a_library_of_sharepoint_is_looked_up_by_xlwings(tmp_path: Path) -> None:
    k = windows(tmp_path)
    k.kunci[r"HKCU\Software\SyncEngines\Providers\OneDrive\abc"] = {"MountPoint": str(tmp_path / "Dokumen")}
    assert buruk(periksa(k, dokumen(tmp_path))) == []


def test_a_web_address_instead_of_a_file(tmp_path: Path) -> None:
    k = windows(tmp_path)
    (salah,) = buruk(periksa(k, Path("https://kantor.sharepoint.com/sites/x/Renja.xlsm")))
    assert (salah.kunci, "alamat web" in salah.pesan) == ("awan", True)


def test_bits_are_told_without_the_program_too(tmp_path: Path) -> None:
    """Excel's own program says them first, the record of its installer where that cannot be read."""
    k = windows(tmp_path)
    tulis(tmp_path / "Office" / "EXCEL.EXE", b"MZ")
    k.kunci[CLICK_TO_RUN]["Platform"] = "x86"
    tanpa_dll(k, tmp_path, 32)
    assert [b.kunci for b in buruk(periksa(k, None))] == ["pustaka"]


def test_variables_in_the_settings(tmp_path: Path) -> None:
    k = windows(tmp_path)
    k.lingkungan["DATA"] = str(tmp_path)
    assert kembangkan("%DATA%/x %LAIN%", k) == f"{tmp_path}/x %LAIN%"
    assert kembangkan("$HOME/x", mac(tmp_path)) == f"{tmp_path / 'pengguna'}/x"


# ── a program that a workbook names is never started ──────────────────────────────────────────────────────────


def test_only_the_users_own_python_is_started(tmp_path: Path) -> None:
    k = windows(tmp_path)
    jahat = tulis(tmp_path / "Dokumen" / "jahat.exe", b"")
    tulis(tmp_path / "Dokumen" / "xlwings.conf", f'"INTERPRETER_WIN","{jahat}"\r\n'.encode())
    dokumen(tmp_path).write_bytes(dengan_konf(buku_bermakro(), 5, ("INTERPRETER_WIN", str(jahat))))
    assert {b.kunci for b in buruk(periksa(k, dokumen(tmp_path)))} == {"pengaturan_samping", "pengaturan_buku"}
    assert {a[0] for a in k.dijalankan} == {str(tmp_path / "Python" / "python.exe")}


def test_a_python_without_a_folder_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare name may be a program in the folder where the check was asked for."""
    k = windows(tmp_path)
    konf(tmp_path).write_bytes(b'"INTERPRETER_WIN","python"\r\n')
    tulis(tmp_path / "python", b"")
    monkeypatch.chdir(tmp_path)
    assert "letak_python" in {b.kunci for b in buruk(periksa(k, None))}
    assert k.dijalankan == []


def test_modules_beside_the_workbook_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bukti = tmp_path / "terpasang.txt"
    for nama in ("xlwings.py", "renja_xl.py"):
        tulis(tmp_path / nama, f"open({str(bukti)!r}, 'w')".encode())
    monkeypatch.chdir(tmp_path)
    hasil = list(periksa_pemasangan(tulis(tmp_path / "Renja.xlsm", buku_bermakro()), batas=20.0))
    assert [b.pesan for b in hasil if b.kunci == "penghubung"] == ["Python dapat memuat xlwings dan fungsi Renja-XL."]
    assert not bukti.exists()


# ── Mac and Linux ─────────────────────────────────────────────────────────────────────────────────────────────


def test_all_is_well_on_a_mac(tmp_path: Path) -> None:
    hasil = periksa(mac(tmp_path), dokumen(tmp_path))
    assert buruk(hasil) == []
    assert {"letak_python", "skrip_mac", "add_in", "awan", "sistem_lain"} <= {b.kunci for b in hasil}


def mac_berspasi(_k: Komputer, akar: Path) -> None:
    python = tulis(akar / "Ruang Kerja" / "python3", b"")
    path = akar / "pengguna/Library/Containers/com.microsoft.Excel/Data/xlwings.conf"
    path.write_bytes(f'"INTERPRETER_MAC","{python}"\n'.encode())


@pytest.mark.parametrize(
    ("kunci", "rusak"),
    [
        ("skrip_mac", lambda _k, a: next((a / "pengguna").rglob("*.applescript")).rename(a / "lama.applescript")),
        ("letak_python", mac_berspasi),
        ("awan", lambda k, a: pindah(k, a, a / "pengguna" / "Library" / "CloudStorage" / "OneDrive-Kantor" / "Renja.xlsm")),
        ("add_in", lambda _k, a: tulis(
            a / "pengguna/Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/xlwings.xlam",
            b"")),
    ],
)  # fmt: skip
def test_one_fault_on_a_mac(tmp_path: Path, kunci: str, rusak: Rusak) -> None:
    k = mac(tmp_path)
    lain = rusak(k, tmp_path)
    path = lain if kunci == "awan" else dokumen(tmp_path)
    assert [b.kunci for b in buruk(periksa(k, path))] == [kunci]


def test_personal_onedrive_of_a_mac_is_known(tmp_path: Path) -> None:
    k = mac(tmp_path)
    path = pindah(k, tmp_path, tmp_path / "pengguna" / "Library" / "CloudStorage" / "OneDrive-Personal" / "Renja.xlsm")
    assert buruk(periksa(k, path)) == []


def test_linux_tells_what_can_be_told(tmp_path: Path) -> None:
    k = Komputer(LINUX, tmp_path, Path(sys.executable))
    k.jawaban.update(python="3.11", xlwings=k.versi_paket("xlwings") or "", renja=__version__, siap="ya")
    hasil = periksa(k, tulis(tmp_path / "Renja.xlsm", buku_bermakro()))
    assert buruk(hasil) == []
    assert {b.kunci for b in hasil} == {
        *("versi_python", "penghubung", "buku", "bermakro", "isi_makro", "versi_makro", "pengaturan_buku", "terkunci"),
        *("izin_tulis", "sistem_lain"),
    }
    assert "Tidak diperiksa di Linux" in hasil[-1].pesan
    dokumen_lain = tulis(tmp_path / "Lain.xlsm", tanpa_bagian(buku_bermakro(), RIBBON))
    assert [b.kunci for b in buruk(periksa(k, dokumen_lain))] == ["isi_makro"]


# ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_real_run_is_quick(tmp_path: Path) -> None:
    mulai = time.monotonic()
    hasil = list(periksa_pemasangan(tulis(tmp_path / "Renja.xlsm", buku_bermakro())))
    assert time.monotonic() - mulai < BATAS_DETIK + 0.5
    assert "izin_tulis" in {b.kunci for b in hasil}


@pytest.mark.skipif(os.name != "posix", reason="the sleeping program is a shell script")
def test_a_python_that_never_answers_is_cut_off(tmp_path: Path) -> None:
    """Also with a child of its own that keeps the output open."""
    python = tulis(tmp_path / "python.exe", b'#!/bin/sh\nprintf "python\\t3.11\\n"\nsleep 60 &\nsleep 60\n')
    python.chmod(0o755)
    k = windows(tmp_path)
    tulis(konf(tmp_path), f'"INTERPRETER_WIN","{python}"\r\n'.encode())
    for dll in (tmp_path / "Python").glob("*.dll"):
        dll.rename(tmp_path / dll.name)
    k.jalan.append(lambda argumen, batas: Nyata.jalankan(k, argumen, batas))
    mulai = time.monotonic()
    hasil = periksa(k, dokumen(tmp_path), batas=1.5)
    assert time.monotonic() - mulai < 2.0
    assert [b.kunci for b in buruk(hasil)] == ["penghubung"]
    assert "versi_python" in {b.kunci for b in hasil}, "what was said before the hang counts"


@pytest.mark.skipif(os.name != "posix", reason="asks the kernel for a process")
def test_nothing_is_left_running() -> None:
    kode = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(60)"
    keluaran = nyata().jalankan([sys.executable, "-c", kode], 1.0)
    assert keluaran.kode is None
    with pytest.raises(ProcessLookupError):
        os.kill(int(keluaran.teks), 0)


def test_a_folder_that_does_not_answer(tmp_path: Path) -> None:
    k = windows(tmp_path)
    k.diam.add(tmp_path / "Dokumen" / "xlwings.conf")
    mulai = time.monotonic()
    (salah,) = buruk(periksa(k, dokumen(tmp_path), batas=1.0))
    assert time.monotonic() - mulai < 1.5
    assert (salah.kunci, "belum selesai diperiksa dalam 1 detik" in salah.pesan) == ("pengaturan_samping", True)


def test_the_program_can_end_while_something_hangs(tmp_path: Path) -> None:
    kode = (
        "import time\n"
        "from renja_xl.pasang.konteks import di_latar\n"
        "try: di_latar(lambda: time.sleep(60)).result(0.1)\n"
        "except TimeoutError: print('selesai')\n"
    )
    mulai = time.monotonic()
    keluar = subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, check=True, timeout=30)
    assert (keluar.stdout, time.monotonic() - mulai < 20) == ("selesai\n", True)


# ── this computer ─────────────────────────────────────────────────────────────────────────────────────────────


def test_this_computers_files(tmp_path: Path) -> None:
    ini = nyata()
    berkas = tulis(tmp_path / "a.txt", b"12345")
    assert ini.baca(berkas, 3) == b"123"
    assert ini.baca(tmp_path / "tidak-ada") is None
    assert ini.baca(tmp_path) is None or os.name == "nt"
    assert (ini.ada(berkas), ini.ada(tmp_path / "tidak-ada")) == (True, False)
    assert (ini.dapat_membuka(berkas), ini.dapat_membuka(tmp_path)) == (True, False)
    assert (ini.dapat_menulis(tmp_path), ini.dapat_menulis(berkas)) == (True, False)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    if os.name != "nt":
        assert (ini.registri(EXCEL), list(ini.subkunci(EXCEL))) == ({}, [])
        tulis(tmp_path / "a.txt:Zone.Identifier", b"ZoneId=3")  # as a copy from Windows has it
        assert ini.aliran(berkas, "Zone.Identifier") == "ZoneId=3"
    assert ini.versi_paket("tidak-ada-paket-ini") is None
    with pytest.raises(FileNotFoundError):
        ini.jalankan([str(tmp_path / "tidak-ada")], 1.0)


def test_the_check_changes_nothing(tmp_path: Path) -> None:
    k = windows(tmp_path)
    sebelum = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    periksa(k, dokumen(tmp_path))
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == sebelum


# ── VBA from outside ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_source_that_would_fill_the_memory_is_read_in_part() -> None:
    """A chunk of a few bytes becomes 4096: what is read is bounded, whatever the stream promises."""
    bom = compress(b"A" * 8192)
    isi = Paket(Path("Renja.xlsm"), buku_bermakro()).isi(BAGIAN_VBA)
    berkas = CFB.from_bytes(isi)
    sumber = compress(decompress(berkas.get_stream_in_storage("VBA", "xlwings")))
    berkas.write_stream_in_storage("VBA", "xlwings", sumber + bom[1:] * 50_000)
    mulai = time.monotonic()
    _, proyek = baca_proyek(bytes(berkas.to_bytes()), ["xlwings"])
    assert time.monotonic() - mulai < 3
    assert len(proyek.modul["xlwings"]) <= 512 * 1024 + 4096
    assert konstanta(proyek.modul["xlwings"], "XLWINGS_VERSION")
