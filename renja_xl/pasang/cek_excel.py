"""Checks of Excel and of what may stand in its way: edition, macro security, blocked files, other add-ins, synced folders."""

from __future__ import annotations

import struct
from pathlib import Path, PurePath, PureWindowsPath

from renja_xl.pasang.butir import Keadaan, Pemeriksaan
from renja_xl.pasang.konteks import Konteks
from renja_xl.pasang.lingkungan import LINUX, MAC, WINDOWS, Lingkungan
from renja_xl.pasang.setelan import berkas_pengguna

_OFFICE = r"Microsoft\Office\16.0"  # Excel 2016 and all that came after it
_CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_PAKET_TOKO = (
    r"HKCU\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
)
_ATURAN_DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_ANAK_OFFICE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
"""The rule of Windows Defender by which Office may start no other program."""

_MESIN = {0x14C: 32, 0x8664: 64, 0xAA64: 64}
_ADD_IN = "xlwings.xlam"


# ── Excel itself ──────────────────────────────────────────────────────────────────────────────────────────────


def _program_excel(lingkungan: Lingkungan) -> str:
    """Path of Excel as Windows knows it, empty where it is not known."""
    for akar in ("HKCU", "HKLM"):
        nilai = lingkungan.registri(rf"{akar}\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe").get("")
        if isinstance(nilai, str) and nilai:
            return nilai.strip('"')
    return ""


def bit_excel(lingkungan: Lingkungan) -> int | None:
    """Whether the installed Excel has 32 or 64 bits, None where that cannot be told."""
    program = _program_excel(lingkungan)
    kepala = lingkungan.baca(type(lingkungan.rumah)(program), 4096) if program else None
    if kepala and kepala.startswith(b"MZ") and len(kepala) >= 64:
        awal = struct.unpack_from("<I", kepala, 60)[0]
        if kepala[awal : awal + 4] == b"PE\0\0" and len(kepala) >= awal + 6:
            return _MESIN.get(struct.unpack_from("<H", kepala, awal + 4)[0])
    return {"x86": 32, "x64": 64}.get(str(lingkungan.registri(_CLICK_TO_RUN).get("Platform", "")).lower())


def excel(k: Konteks) -> Keadaan | None:
    """Whether there is an Excel that Python can speak with."""
    if k.lingkungan.sistem != WINDOWS:
        return None
    program = _program_excel(k.lingkungan)
    terpasang = bool(k.lingkungan.registri(_CLICK_TO_RUN).get("InstallationPath"))
    paket = any(s.startswith("Microsoft.Office.Desktop") for s in k.lingkungan.subkunci(_PAKET_TOKO))
    if "windowsapps" in program.casefold() or (paket and not terpasang):
        return Keadaan(
            "Excel berasal dari Microsoft Store, dan Excel itu tidak dapat dihubungkan dengan Python.",
            "Mohon hapus Office dari Microsoft Store, lalu pasang Office dari akun Microsoft Anda (office.com); sementara itu "
            "angka tetap dihitung Excel, dan perintah renja-xl tetap dapat dipakai.",
        )
    if not program and not terpasang:
        return Keadaan(
            "Excel tidak ditemukan di komputer ini.",
            "Mohon pasang Microsoft Excel 2016 atau yang lebih baru; perintah renja-xl tetap dapat dipakai tanpa Excel.",
        )
    bit = bit_excel(k.lingkungan)
    return Keadaan(f"Excel terpasang{f', {bit} bit' if bit else ''}.")


def keamanan_makro(k: Konteks) -> Keadaan | None:
    """Macro settings under which our macros never run."""
    if k.lingkungan.sistem != WINDOWS:
        return None
    for akar in ("HKCU", "HKLM"):
        umum = k.lingkungan.registri(rf"{akar}\Software\Policies\{_OFFICE}\Common")
        if umum.get("vbaoff") == 1:
            return Keadaan(
                "Aturan kantor mematikan makro untuk semua program Office, sehingga tab RENJA tidak bekerja.",
                "Mohon minta pengelola komputer menyalakan kembali makro Office untuk Anda.",
            )
    for sumber, aturan in ((rf"HKCU\Software\Policies\{_OFFICE}\Excel\Security", True),
                           (rf"HKCU\Software\{_OFFICE}\Excel\Security", False)):  # fmt: skip
        nilai = k.lingkungan.registri(sumber).get("VBAWarnings")
        if nilai is None:
            continue
        if nilai in {3, 4} and not (k.buku is not None and _tepercaya(k.lingkungan, k.buku)):
            keadaan = "mematikan semua makro" if nilai == 4 else "hanya menerima makro bertanda tangan"
            return Keadaan(
                f"{'Aturan kantor' if aturan else 'Pengaturan Excel'} {keadaan} tanpa bertanya, sehingga tab RENJA tidak bekerja.",
                "Mohon minta pengelola komputer mengizinkan makro, atau menjadikan folder buku lokasi tepercaya."
                if aturan
                else "Mohon buka Excel > Opsi > Pusat Kepercayaan > Pengaturan Makro, lalu pilih yang menonaktifkan makro dengan "
                "pemberitahuan.",
            )
        break
    return Keadaan("Pengaturan Excel mengizinkan makro setelah Anda menyetujuinya.")


def proses_anak(k: Konteks) -> Keadaan | None:
    """A rule of the antivirus that keeps Excel from starting Python."""
    if k.lingkungan.sistem != WINDOWS:
        return None
    aturan = {n.lower(): str(v) for n, v in k.lingkungan.registri(_ATURAN_DEFENDER).items()}
    if aturan.get(_ANAK_OFFICE) == "1":
        return Keadaan(
            "Antivirus Windows melarang Excel menjalankan program lain, sehingga Python tidak dapat dipanggil dari Excel.",
            f"Mohon minta pengelola komputer mengecualikan folder {k.python.parent} dari aturan itu.",
        )
    return Keadaan("Tidak ada aturan antivirus Windows yang melarang Excel memanggil Python.")


# ── the workbook as Excel meets it ────────────────────────────────────────────────────────────────────────────


def asal_luar(k: Konteks) -> Keadaan | None:
    """The mark of files that came from outside: Excel blocks their macros."""
    if k.lingkungan.sistem != WINDOWS or k.buku is None:
        return None
    zona = k.lingkungan.aliran(k.buku, "Zone.Identifier").replace(" ", "").casefold()
    if any(f"zoneid={n}" in zona for n in (3, 4)) and not _tepercaya(k.lingkungan, k.buku):
        return Keadaan(
            f"Buku {k.buku.name} ditandai berasal dari luar (unduhan, WhatsApp, surel), sehingga Excel memblokir makronya.",
            "Mohon tutup buku ini, klik kanan berkasnya > Properti > centang Buka blokir > OK, lalu buka lagi.",
        )
    return Keadaan(f"Buku {k.buku.name} tidak ditandai berasal dari luar.")


def dimatikan(k: Konteks) -> Keadaan | None:
    """What Excel switched off after a crash."""
    if k.lingkungan.sistem != WINDOWS:
        return None
    dicari = [_ADD_IN, *([k.buku.name.casefold()] if k.buku is not None else [])]
    for nilai in k.lingkungan.registri(rf"HKCU\Software\{_OFFICE}\Excel\Resiliency\DisabledItems").values():
        isi = nilai[12:].decode("utf-16-le", "replace").casefold() if isinstance(nilai, bytes) else ""
        ada = next((n for b in isi.split("\0") if (n := b.rpartition("\\")[2]) in dicari), None)
        if ada is not None:
            return Keadaan(
                f"Excel menonaktifkan {k.buku.name if k.buku and ada == k.buku.name.casefold() else ada} karena pernah berhenti "
                "mendadak, sehingga makronya tidak berjalan.",
                "Mohon buka Excel > Opsi > Add-In > Kelola: Item Dinonaktifkan > Buka, pilih barisnya, klik Aktifkan, lalu buka "
                "ulang Excel.",
            )
    return Keadaan("Excel tidak menonaktifkan buku ini.")


def add_in(k: Konteks) -> Keadaan | None:
    """xlwings' own add-in: our workbook brings what it needs, and a second copy may get in its way."""
    acuan = () if k.isi.proyek is None else k.isi.proyek.acuan
    if any(a.casefold() == "xlwings" or _ADD_IN in a.casefold() for a in acuan):
        return Keadaan(
            "Makro buku ini merujuk add-in xlwings, padahal buku sudah membawanya sendiri, sehingga keduanya dapat bertabrakan.",
            "Mohon tekan Alt+F11 > menu Tools > References, lepas centang xlwings, lalu simpan buku.",
        )
    if k.lingkungan.sistem == LINUX:
        return None
    path = _folder_mulai(k.lingkungan) / _ADD_IN
    dimuat = k.lingkungan.registri(rf"HKCU\Software\{_OFFICE}\Excel\Options").items()
    if k.lingkungan.ada(path) or any(n.upper().startswith("OPEN") and _ADD_IN in str(v).casefold() for n, v in dimuat):
        return Keadaan(
            "Add-in xlwings ikut dibuka Excel, padahal buku ini tidak memerlukannya, sehingga keduanya dapat bertabrakan.",
            "Mohon buka Excel > Opsi > Add-In > Kelola: Add-In Excel > Buka, lepas centang xlwings, dan hapus "
            f"{path} bila tidak dipakai buku lain.",
        )
    return Keadaan("Tidak ada add-in xlwings lain yang dibuka Excel.")


def awan(k: Konteks) -> Keadaan | None:
    """A workbook in a synced folder: Excel then names it by a web address, which xlwings must find back on the disk."""
    if k.buku is None or k.lingkungan.sistem == LINUX:
        return None
    if k.alamat_web:
        return Keadaan(
            f"Buku dibuka dari alamat web {k.buku}, sehingga Python tidak menemukan berkasnya di komputer ini.",
            "Mohon simpan salinannya di folder biasa, misalnya Dokumen, lalu buka dari sana.",
        )
    akar = _akar_awan(k)
    if akar is None:
        return Keadaan("Buku tidak berada di folder OneDrive atau SharePoint.")
    folder, setelan = akar
    tahu = [*(k.setelan.nilai.get(s, "") for s in setelan), *((k.isi.konf or {}).get(s, "") for s in setelan)]
    if k.lingkungan.sistem == WINDOWS:
        tahu += [k.lingkungan.variabel(v) for v in ("OneDriveConsumer", "OneDriveCommercial", "OneDrive")]
    if any(t and _di_bawah(k.buku, t) for t in tahu) or not setelan:
        return Keadaan(f"Buku berada di {folder}, dan Python tahu letaknya di komputer ini.")
    return Keadaan(
        f"Buku berada di {folder} yang disinkronkan, dan Excel menyebutnya dengan alamat web, sehingga Python tidak menemukannya.",
        f'Mohon pindahkan buku ke folder biasa, atau tambahkan baris "{setelan[0]}","{folder}" di {berkas_pengguna(k.lingkungan)}',
    )


def _akar_awan(k: Konteks) -> tuple[PurePath, tuple[str, ...]] | None:
    """The synced folder that holds the workbook, with the settings of xlwings that may name it (none needed: empty)."""
    assert k.buku is not None
    if k.lingkungan.sistem == MAC:
        for induk in k.buku.parents:
            di_awan = induk.parent.name == "CloudStorage" or induk.parent == k.lingkungan.rumah
            if induk.name.startswith("OneDrive") and di_awan:
                pribadi = induk.name in {"OneDrive", "OneDrive-Personal"}
                return induk, () if pribadi else ("ONEDRIVE_COMMERCIAL_MAC", "SHAREPOINT_MAC")
        return None
    akun = r"HKCU\Software\Microsoft\OneDrive\Accounts"
    for nama in k.lingkungan.subkunci(akun):
        folder = str(k.lingkungan.registri(rf"{akun}\{nama}").get("UserFolder", ""))
        if folder and _di_bawah(k.buku, folder):
            jenis = "CONSUMER" if nama == "Personal" else "COMMERCIAL"
            return Path(folder), (f"ONEDRIVE_{jenis}_WIN",)
    for induk in k.buku.parents:
        if induk.name.casefold() == "onedrive":
            return induk, ("ONEDRIVE_CONSUMER_WIN",)
        if induk.name.casefold().startswith("onedrive - "):
            return induk, ("ONEDRIVE_COMMERCIAL_WIN",)
    mesin = r"HKCU\Software\SyncEngines\Providers\OneDrive"
    for nama in k.lingkungan.subkunci(mesin):
        folder = str(k.lingkungan.registri(rf"{mesin}\{nama}").get("MountPoint", ""))
        if folder and _di_bawah(k.buku, folder):
            return Path(folder), ()  # xlwings looks these up by itself
    return None


def _tepercaya(lingkungan: Lingkungan, buku: Path) -> bool:
    """Whether a workbook lies in a folder that Excel trusts."""
    kunci = rf"HKCU\Software\{_OFFICE}\Excel\Security\Trusted Locations"
    for nama in lingkungan.subkunci(kunci):
        nilai = lingkungan.registri(rf"{kunci}\{nama}")
        folder = str(nilai.get("Path", ""))
        if folder and (_sama(buku.parent, folder) or (nilai.get("AllowSubFolders") == 1 and _di_bawah(buku, folder))):
            return True
    return False


def _folder_mulai(lingkungan: Lingkungan) -> PurePath:
    """The folder whose workbooks Excel opens by itself."""
    if lingkungan.sistem == MAC:
        wadah = lingkungan.rumah / "Library" / "Group Containers" / "UBF8T346G9.Office"
        return wadah / "User Content.localized" / "Startup.localized" / "Excel"
    data = lingkungan.variabel("APPDATA")
    return (type(lingkungan.rumah)(data) if data else lingkungan.rumah / "AppData" / "Roaming").joinpath(
        "Microsoft", "Excel", "XLSTART"
    )


def _bagian(path: PurePath | str) -> tuple[str, ...]:
    """Parts of a path as Windows compares them."""
    return tuple(b.casefold() for b in PureWindowsPath(path).parts)


def _sama(a: PurePath | str, b: PurePath | str) -> bool:
    return _bagian(a) == _bagian(b)


def _di_bawah(path: PurePath, folder: str) -> bool:
    atas = _bagian(folder)
    return len(_bagian(path)) > len(atas) and _bagian(path)[: len(atas)] == atas


SEMUA = (
    Pemeriksaan("excel", "Excel", excel),
    Pemeriksaan("keamanan_makro", "Pengaturan makro", keamanan_makro),
    Pemeriksaan("aturan_antivirus", "Aturan antivirus", proses_anak),
    Pemeriksaan("asal_luar", "Tanda berkas dari luar", asal_luar),
    Pemeriksaan("dimatikan", "Daftar yang dinonaktifkan Excel", dimatikan),
    Pemeriksaan("add_in", "Add-in xlwings", add_in),
    Pemeriksaan("awan", "Folder OneDrive atau SharePoint", awan),
)
