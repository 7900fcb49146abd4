"""Checks of the Python that Excel starts: where it is, whether it starts, what it has."""

from __future__ import annotations

import re

from renja_xl import __version__
from renja_xl.pasang.butir import Keadaan, Pemeriksaan
from renja_xl.pasang.cek_excel import bit_excel
from renja_xl.pasang.konteks import Konteks
from renja_xl.pasang.lingkungan import LINUX, MAC, WINDOWS
from renja_xl.pasang.pasang import BUAT_LINGKUNGAN, aman_di_mac, berkas_skrip, dari_toko, nama_pustaka, tempat_pustaka
from renja_xl.pasang.setelan import NAMA_BERKAS, berkas_pengguna, cacat, kunci_python

PYTHON_TERENDAH = (3, 11)
_PASANG = "jalankan: renja-xl pasang"
_HIDUP = frozenset({"true", "1", "-1", "yes"})


def letak_python(k: Konteks) -> Keadaan | None:
    """The interpreter in the user's settings: named, there, and of a kind that Excel can start."""
    if k.lingkungan.sistem == LINUX:
        return None
    path, setelan = berkas_pengguna(k.lingkungan), k.setelan
    if setelan.galat:
        return Keadaan(
            f"Berkas pengaturan {path} tidak dapat dibaca ({setelan.galat}), sehingga Excel tidak menemukan Python.",
            f"Mohon periksa izin berkas itu, lalu {_PASANG}",
        )
    tertulis = setelan.nilai.get(kunci_python(k.lingkungan), "")
    if not tertulis:
        return Keadaan(
            f"Letak Python belum tertulis di {path}, sehingga tombol RENJA tidak dapat menjalankan Python.",
            f"Mohon {_PASANG}",
        )
    python = k.python
    if not python.is_absolute():
        return Keadaan(
            f"Pengaturan hanya menulis '{tertulis}' tanpa foldernya, sehingga Excel dapat memilih Python yang lain.",
            f"Mohon {_PASANG}",
        )
    if not k.lingkungan.ada(python):
        return Keadaan(
            f"Python di {python} tidak ada lagi, mungkin dipindahkan atau dihapus, sehingga tombol RENJA tidak bekerja.",
            f"Mohon {_PASANG} (dari Python yang sekarang dipakai)",
        )
    if k.lingkungan.sistem == MAC and not aman_di_mac(python):
        return Keadaan(
            f"Letak Python {python} memuat spasi atau tanda yang tidak dapat dibaca Excel di Mac.",
            f"Mohon pindah ke folder lain dengan: {BUAT_LINGKUNGAN[MAC]}",
        )
    return Keadaan(f"Excel memakai Python di {python}.")


def python_toko(k: Konteks) -> Keadaan | None:
    """Python of the Microsoft Store."""
    if k.lingkungan.sistem != WINDOWS:
        return None
    if dari_toko(k.python):
        return Keadaan(
            f"Python di {k.python} berasal dari Microsoft Store, dan Excel tidak dapat memuat pustaka di sampingnya.",
            "Mohon pasang Python dari python.org untuk pengguna ini (tanpa izin administrator), lalu pasang renja-xl di sana "
            f"dan {_PASANG}",
        )
    return Keadaan("Python bukan dari Microsoft Store.")


def berkas_pengaturan(k: Konteks) -> Keadaan | None:
    """Settings of the user that stop VBA from reading the file, or stop Python from starting."""
    if k.lingkungan.sistem == LINUX or k.setelan.isi is None:
        return None
    path, nilai = berkas_pengguna(k.lingkungan), k.setelan.nilai
    salah = cacat(k.setelan.isi)
    if salah:
        return Keadaan(
            f"Berkas {path} memuat {salah}, sehingga Excel salah membacanya dan dapat berhenti beberapa menit.",
            f"Mohon {_PASANG} (berkas itu dirapikan, yang lama disimpan)",
        )
    if nilai.get("DEBUG UDFS", "").casefold() in _HIDUP:
        return Keadaan(
            f"Pengaturan DEBUG UDFS di {path} menyala, sehingga Excel menunggu Python yang tidak pernah dijalankan.",
            f"Mohon hapus baris DEBUG UDFS dari {path}.",
        )
    if nilai.get("CONDA PATH") and nilai.get("CONDA ENV"):
        return Keadaan(
            f"Pengaturan CONDA PATH di {path} membuat Excel menjalankan Conda lebih dahulu, bukan langsung Python yang dipasang.",
            f"Mohon hapus baris CONDA PATH dan CONDA ENV dari {path}, lalu {_PASANG}",
        )
    return Keadaan(f"Berkas {path} dapat dibaca Excel.")


def pengaturan_samping(k: Konteks) -> Keadaan | None:
    """A settings file beside the workbook: it goes before the user's, and may come from anybody."""
    if k.buku is None or k.lingkungan.sistem == LINUX:
        return None
    path = k.buku.parent / NAMA_BERKAS
    if path != berkas_pengguna(k.lingkungan) and k.lingkungan.ada(path):
        return Keadaan(
            f"Ada berkas {path}, dan Excel mendahulukannya, sehingga program yang ditulis orang lain di sana dapat dijalankan.",
            f"Mohon hapus berkas {path} bila bukan Anda yang membuatnya, sebelum memakai makro.",
        )
    return Keadaan(f"Tidak ada {NAMA_BERKAS} di folder buku.")


def versi_python(k: Konteks) -> Keadaan | None:
    """The version of the interpreter that Excel starts."""
    tertulis = k.jawaban.isi.get("python", "")
    m = re.fullmatch(r"(\d+)\.(\d+)", tertulis)
    if m is None:
        return None  # it did not start: ``penghubung`` says so
    perlu = ".".join(map(str, PYTHON_TERENDAH))
    if (int(m[1]), int(m[2])) < PYTHON_TERENDAH:
        return Keadaan(
            f"Python di {k.python} versi {tertulis}, padahal Renja-XL memerlukan versi {perlu} atau lebih baru.",
            f"Mohon pasang Python yang lebih baru dari python.org, pasang renja-xl di sana, lalu {_PASANG}",
        )
    return Keadaan(f"Python versi {tertulis}.")


def beberapa_python(k: Konteks) -> Keadaan | None:
    """Whether Excel and the command line use one Renja-XL."""
    versi = k.jawaban.isi.get("renja")
    if k.lingkungan.sistem == LINUX or versi is None:
        return None
    if versi != __version__:
        return Keadaan(
            f"Excel memakai Renja-XL versi {versi} di {k.python}, sedangkan perintah ini versi {__version__} di "
            f"{k.lingkungan.python}, sehingga hasilnya dapat berbeda.",
            f"Mohon {_PASANG} (dari Python yang ingin dipakai Excel)",
        )
    return Keadaan(f"Excel dan baris perintah sama-sama memakai Renja-XL versi {versi}.")


def pywin32(k: Konteks) -> Keadaan | None:
    """The library through which Python speaks with Excel on Windows."""
    if k.lingkungan.sistem != WINDOWS or "pywin32" not in k.jawaban.isi:
        return None
    if not k.jawaban.isi["pywin32"]:
        return Keadaan(
            f"Pustaka pywin32 tidak ada atau rusak pada Python di {k.python}, sehingga Python tidak dapat berbicara dengan Excel.",
            f'Mohon tutup Excel, lalu jalankan: "{k.python_berlayar}" -m pip install --force-reinstall pywin32',
        )
    return Keadaan("Pustaka pywin32 terpasang.")


def penghubung(k: Konteks) -> Keadaan | None:
    """Whether Excel's Python can load what the workbook asks of it."""
    j = k.jawaban
    if j.isi.get("pywin32") == "":
        return None  # what follows from it is no fault of its own
    if "siap" in j.isi:
        return Keadaan("Python dapat memuat xlwings dan fungsi Renja-XL.")
    if not j.selesai:
        return Keadaan(
            f"Python di {k.python} belum menjawab pada waktunya, sehingga rumus dan tombol RENJA dapat membuat Excel menunggu lama.",
            "Mohon ulangi sekali lagi (yang pertama sering lambat); bila tetap begitu, minta agar antivirus tidak menahan folder "
            f"{k.python.parent}.",
        )
    if j.galat:
        if k.lingkungan.sistem != LINUX and not (k.python.is_absolute() and k.lingkungan.ada(k.python)):
            return None  # ``letak_python`` says so
        return Keadaan(
            f"Python di {k.python} tidak dapat dijalankan ({j.galat}), mungkin dicegah antivirus atau aturan kantor.",
            f"Mohon minta pengelola komputer mengizinkan {k.python}, lalu ulangi.",
        )
    apa = j.isi.get("kurang") or "renja-xl"
    return Keadaan(
        f"Python di {k.python} tidak dapat memuat bagian {apa}, sehingga rumus dan tombol RENJA tidak bekerja.",
        f'Mohon jalankan: "{k.python_berlayar}" -m pip install --force-reinstall BERKAS.whl, '
        "yaitu berkas .whl Renja-XL yang Anda terima.",
    )


def pustaka(k: Konteks) -> Keadaan | None:
    """xlwings' library for the Excel that is installed: 32 and 64 bits have one each, found by folder and version."""
    if k.lingkungan.sistem != WINDOWS:
        return None
    versi, bit = k.versi_xlwings, bit_excel(k.lingkungan)
    perlu = [nama_pustaka(versi, b) for b in ([bit] if bit else [32, 64])]
    tempat = tempat_pustaka(k.python)
    hilang = [p for p in perlu if not any(k.lingkungan.ada(f / p) for f in tempat)]
    if hilang and k.lingkungan.ada(k.python) and not dari_toko(k.python):
        jenis = f"Excel {bit} bit" if bit else "Excel"
        return Keadaan(
            f"{jenis} memerlukan {hilang[0]} di {tempat[0]}, tetapi berkas itu tidak ada, mungkin dihapus antivirus atau "
            "tersimpan di folder lain.",
            f"Mohon {_PASANG}; bila tetap tidak ada, minta antivirus mengizinkan berkas itu, atau siapkan Python sendiri: "
            f"{BUAT_LINGKUNGAN[WINDOWS]}",
        )
    return Keadaan(f"Pustaka xlwings versi {versi} tersedia untuk Excel.")


def skrip_mac(k: Konteks) -> Keadaan | None:
    """xlwings' AppleScript of the installed version."""
    if k.lingkungan.sistem != MAC:
        return None
    path = berkas_skrip(k.lingkungan, f"xlwings-{k.versi_xlwings}.applescript")
    if not k.lingkungan.ada(path):
        return Keadaan(
            f"Skrip {path.name} belum ada di {path.parent}, sehingga Excel tidak diizinkan menjalankan Python.",
            f"Mohon {_PASANG}",
        )
    return Keadaan(f"Skrip {path.name} tersedia.")


SEMUA = (
    Pemeriksaan("letak_python", "Letak Python dalam pengaturan", letak_python),
    Pemeriksaan("python_toko", "Python dari Microsoft Store", python_toko),
    Pemeriksaan("berkas_pengaturan", "Isi berkas pengaturan xlwings", berkas_pengaturan),
    Pemeriksaan("pengaturan_samping", "Pengaturan di samping buku", pengaturan_samping),
    Pemeriksaan("versi_python", "Versi Python", versi_python),
    Pemeriksaan("beberapa_python", "Beberapa Python", beberapa_python),
    Pemeriksaan("pywin32", "Pustaka pywin32", pywin32),
    Pemeriksaan("penghubung", "Python siap dipakai", penghubung),
    Pemeriksaan("pustaka", "Pustaka xlwings untuk Excel", pustaka),
    Pemeriksaan("skrip_mac", "Skrip xlwings di Mac", skrip_mac),
)
