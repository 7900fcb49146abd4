"""A simulated computer: real files and processes in a folder of the test, a registry and streams that are told."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress

from renja_xl import __version__
from renja_xl.excel.bangun import bangun
from renja_xl.excel.lembar_xml import IsiSel, LembarXml
from renja_xl.excel.paket import Paket
from renja_xl.excel.tambal import rakit
from renja_xl.excel.vba import BAGIAN_VBA, LEMBAR_KONF, dengan_makro
from renja_xl.pasang.lingkungan import MAC, WINDOWS, Keluaran, Nyata
from tests.excel import BARU, rencana

APP_PATHS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
EXCEL = r"HKCU\Software\Microsoft\Office\16.0\Excel"

Jalan = Callable[[Sequence[str], float], Keluaran]


@dataclass(frozen=True)
class Komputer(Nyata):
    """This computer's files and processes, with all else as the test says; it is changed in place."""

    lingkungan: dict[str, str] = field(default_factory=dict)
    kunci: dict[str, dict[str, Any]] = field(default_factory=dict)
    tanda: dict[str, str] = field(default_factory=dict)
    jawaban: dict[str, str] = field(default_factory=dict)
    jalan: list[Jalan] = field(default_factory=list)
    """What running a program does instead of giving the answers."""
    terlarang: set[Path] = field(default_factory=set)
    """Folders that cannot be written, and files that another program holds."""
    diam: set[Path] = field(default_factory=set)
    """Paths whose file system does not answer."""
    pustaka: list[Path] = field(default_factory=list)
    paket: dict[str, str | None] = field(default_factory=dict)
    dijalankan: list[Sequence[str]] = field(default_factory=list)

    @property
    def folder_pustaka(self) -> Sequence[PurePath]:
        return self.pustaka

    def variabel(self, nama: str) -> str:
        return self.lingkungan.get(nama, "")

    def ada(self, path: PurePath) -> bool:
        if path in self.diam:
            time.sleep(30)
        return super().ada(path)

    def dapat_menulis(self, folder: PurePath) -> bool:
        return folder not in self.terlarang and super().dapat_menulis(folder)

    def dapat_membuka(self, path: PurePath) -> bool:
        return path not in self.terlarang and super().dapat_membuka(path)

    def aliran(self, path: PurePath, nama: str) -> str:
        return self.tanda.get(nama, "") or super().aliran(path, nama)

    def registri(self, kunci: str) -> Mapping[str, Any]:
        return next((v for k, v in self.kunci.items() if k.casefold() == kunci.casefold()), {})

    def subkunci(self, kunci: str) -> Sequence[str]:
        awal = f"{kunci}\\".casefold()
        return [k[len(awal) :].partition("\\")[0] for k in self.kunci if k.casefold().startswith(awal)]

    def jalankan(self, argumen: Sequence[str], batas: float) -> Keluaran:
        self.dijalankan.append(argumen)
        if self.jalan:
            return self.jalan[0](argumen, batas)
        if not Path(argumen[0]).exists():
            raise FileNotFoundError(2, "tidak ada", argumen[0])
        return Keluaran("".join(f"{k}\t{v}\n" for k, v in self.jawaban.items()), 0)

    def versi_paket(self, nama: str) -> str | None:
        return self.paket[nama] if nama in self.paket else super().versi_paket(nama)


def windows(akar: Path) -> Komputer:
    """A Windows computer on which all is set up, with the workbook ``Dokumen/Renja.xlsm``."""
    rumah, python = akar / "pengguna", akar / "Python"
    k = Komputer(WINDOWS, rumah, python / "python.exe", "cp1252")
    versi = k.versi_paket("xlwings")
    for nama in ("python.exe", "pythonw.exe", f"xlwings32-{versi}.dll", f"xlwings64-{versi}.dll"):
        tulis(python / nama, nama.encode())
    tulis(akar / "Office" / "EXCEL.EXE", kepala_program(0x8664))
    isi = f'"INTERPRETER_WIN","{python / "pythonw.exe"}"\r\n"USE UDF SERVER","True"\r\n'
    tulis(rumah / ".xlwings" / "xlwings.conf", isi.encode("cp1252"))
    k.kunci[APP_PATHS] = {"": str(akar / "Office" / "EXCEL.EXE")}
    k.kunci[CLICK_TO_RUN] = {"InstallationPath": str(akar / "Office"), "Platform": "x64"}
    k.lingkungan["APPDATA"] = str(rumah / "AppData" / "Roaming")
    k.jawaban.update(_jawaban(versi), pywin32="ada")
    tulis(akar / "Dokumen" / "Renja.xlsm", buku_bermakro())
    return k


def mac(akar: Path) -> Komputer:
    """A Mac on which all is set up, with the same workbook."""
    rumah, python = akar / "pengguna", akar / "renja" / "bin" / "python3"
    k = Komputer(MAC, rumah, python)
    tulis(python, b"python")
    data = rumah / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
    tulis(data / "xlwings.conf", f'"INTERPRETER_MAC","{python}"\n'.encode())
    nama, isi = k.skrip_mac
    tulis(rumah / "Library" / "Application Scripts" / "com.microsoft.Excel" / nama, isi)
    k.jawaban.update(_jawaban(k.versi_paket("xlwings")))
    tulis(akar / "Dokumen" / "Renja.xlsm", buku_bermakro())
    return k


def _jawaban(versi: str | None) -> dict[str, str]:
    return {"python": "3.11", "xlwings": versi or "", "renja": __version__, "siap": "ya"}


def tulis(path: Path, isi: bytes) -> Path:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(isi)
    return path


def kepala_program(mesin: int) -> bytes:
    """The first bytes of a Windows program for a processor."""
    return b"MZ".ljust(60, b"\0") + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", mesin) + bytes(200)


# ── workbooks ─────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def buku_bermakro() -> bytes:
    """The empty master with macros."""
    return dengan_makro(bangun(rencana(BARU), makro=True))


def ubah_bagian(data: bytes, nama: str, ubah: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    paket = Paket(Path("Renja.xlsm"), data)
    return rakit(paket, {nama: ubah(paket.isi(nama))})


def tanpa_bagian(data: bytes, nama: str) -> bytes:
    """The workbook with no relationship that leads to a part, as programs leave it that do not know the part."""
    paket = Paket(Path("Renja.xlsm"), data)
    akar = paket.isi("_rels/.rels")
    awal = akar.rindex(b"<Relationship ", 0, akar.index(nama.encode()))
    return rakit(paket, {"_rels/.rels": akar[:awal] + akar[akar.index(b"/>", awal) + 2 :]})


def dengan_konf(data: bytes, baris: int, isi: tuple[str, str]) -> bytes:
    """The workbook with a row of its settings sheet written."""
    bagian = Paket(Path("Renja.xlsm"), data).lembar[LEMBAR_KONF]
    sel = {(baris, n): IsiSel(teks) for n, teks in enumerate(isi, 1)}
    return ubah_bagian(data, bagian, lambda xml: LembarXml(xml).ubah_sel(sel))


def ubah_modul(data: bytes, nama: str, lama: str, baru: str) -> bytes:
    """The workbook with a text in a VBA module replaced."""

    def ubah(isi: bytes) -> bytes:
        berkas = CFB.from_bytes(isi)
        aliran = berkas.get_stream_in_storage("VBA", nama)
        # our modules have no cache before their source
        sumber = decompress(aliran).replace(lama.encode(), baru.encode())
        berkas.write_stream_in_storage("VBA", nama, compress(sumber))
        return bytes(berkas.to_bytes())

    return ubah_bagian(data, BAGIAN_VBA, ubah)


def ubah_daftar(data: bytes, ubah: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the list of its VBA project (modules and references) changed."""

    def tulis_ulang(isi: bytes) -> bytes:
        berkas = CFB.from_bytes(isi)
        daftar = decompress(berkas.get_stream_in_storage("VBA", "dir"))
        berkas.write_stream_in_storage("VBA", "dir", compress(ubah(daftar)))
        return bytes(berkas.to_bytes())

    return ubah_bagian(data, BAGIAN_VBA, tulis_ulang)


def dengan_acuan(data: bytes, nama: str, path: str) -> bytes:
    """The workbook with a VBA project that refers to another one, as the editor's *References* writes it."""

    def catatan(jenis: int, isi: bytes) -> bytes:
        return struct.pack("<HI", jenis, len(isi)) + isi

    def sisip(daftar: bytes) -> bytes:
        lib = f"*\\C{path}".encode("cp1252")
        panjang = struct.pack("<I", len(lib)) + lib
        acuan = catatan(0x16, nama.encode()) + catatan(0x3E, nama.encode("utf-16-le"))
        acuan += catatan(0x0E, panjang + panjang + struct.pack("<IH", 1, 0))
        di = daftar.index(struct.pack("<HIH", 0x0F, 2, daftar.count(struct.pack("<HI", 0x31, 4))))  # before the modules
        return daftar[:di] + acuan + daftar[di:]

    return ubah_daftar(data, sisip)
