"""Checks of the workbook: of the right kind, with its macros and ribbon, of this version, free and writable."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from renja_xl import __version__
from renja_xl.excel.isi_buku import konstanta
from renja_xl.excel.vba import KONF, LEMBAR_KONF
from renja_xl.pasang.butir import Keadaan, Pemeriksaan
from renja_xl.pasang.konteks import Konteks
from renja_xl.pasang.lingkungan import LINUX
from renja_xl.pasang.setelan import berkas_pengguna
from renja_xl.tabel import PROFIL, PROGRAM_SUB_KEGIATAN

_PERBARUI = 'jalankan: renja-xl perbarui "{buku}"'
_MODUL = frozenset({"xlwings", "FungsiRenja"})
_MENUNJUK_PROGRAM = ("INTERPRETER_WIN", "INTERPRETER_MAC", "INTERPRETER", "PYTHONPATH", "CONDA PATH", "CONDA ENV")


def buku(k: Konteks) -> Keadaan | None:
    """Whether the file is a workbook of Renja-XL."""
    if k.buku is None or k.alamat_web:
        return None
    if k.isi.galat:
        pesan, mohon, saran = k.isi.galat.partition("; mohon ")
        return Keadaan(f"{pesan.rstrip('.')}.", f"Mohon {saran}" if mohon else "Mohon tunjuk buku induk.")
    hilang = [s.lembar for s in (PROFIL, PROGRAM_SUB_KEGIATAN) if s.lembar not in k.isi.lembar]
    if hilang:
        return Keadaan(
            f"{k.buku.name} bukan buku induk Renja-XL karena lembar {hilang[0]} tidak ada.",
            "Mohon buka buku yang dibuat dengan: renja-xl baru, atau: renja-xl impor",
        )
    return Keadaan(f"{k.buku.name} adalah buku induk Renja-XL.")


def bermakro(k: Konteks) -> Keadaan | None:
    """Whether the workbook carries macros at all."""
    if not _terbaca(k):
        return None
    assert k.buku is not None
    if k.buku.suffix.lower() != ".xlsm":
        return Keadaan(
            f"{k.buku.name} disimpan tanpa makro ({k.buku.suffix}), sehingga tab RENJA tidak muncul.",
            "Mohon buka buku yang berakhiran .xlsm; bila belum ada, buat dengan: renja-xl baru -o Renja.xlsm",
        )
    return Keadaan(f"{k.buku.name} disimpan dengan makro.")


def isi_makro(k: Konteks) -> Keadaan | None:
    """Whether macros and ribbon are all there: a program that does not know them drops them on saving."""
    if not _bermakro(k):
        return None
    assert k.buku is not None
    perbaikan = f"Mohon tutup buku, lalu {_PERBARUI.format(buku=k.buku)}"
    if k.isi.proyek_rusak:
        pesan = f"Makro di {k.buku.name} rusak, sehingga Excel akan membuangnya saat membuka buku."
    elif k.isi.proyek is None or not k.isi.modul >= _MODUL:
        pesan = (
            f"Makro di {k.buku.name} tidak lengkap, mungkin disimpan program lain, sehingga tombol RENJA tidak bekerja."
        )
    elif not k.isi.ribbon:
        pesan = f"Tab RENJA hilang dari {k.buku.name}, mungkin karena disimpan program lain."
    else:
        return Keadaan(f"Makro dan tab RENJA lengkap di {k.buku.name}.")
    return Keadaan(pesan, perbaikan)


def versi_makro(k: Konteks) -> Keadaan | None:
    """Whether the workbook's macros are of the versions that are installed."""
    if not _bermakro(k) or k.isi.proyek is None:
        return None
    assert k.buku is not None
    dari_buku = {
        "xlwings": konstanta(k.isi.proyek.modul.get("xlwings", ""), "XLWINGS_VERSION"),
        "Renja-XL": (k.isi.konf or {}).get("RENJA_XL_VERSION"),
    }
    terpasang = {"xlwings": k.versi_xlwings, "Renja-XL": __version__}
    for apa, versi in dari_buku.items():
        kini = terpasang[apa]
        if versi is None or not kini or versi == kini:
            continue
        baru = _angka(versi) > _angka(kini)
        return Keadaan(
            f"Makro {k.buku.name} memakai {apa} versi {versi}, sedangkan yang terpasang versi {kini}, sehingga rumus dan tombol "
            "RENJA tidak bekerja.",
            f'Mohon jalankan: "{k.python_berlayar}" -m pip install --upgrade BERKAS.whl (berkas .whl Renja-XL yang baru), '
            "lalu: renja-xl pasang"
            if baru
            else f"Mohon tutup buku, lalu {_PERBARUI.format(buku=k.buku)}",
        )
    return Keadaan("Versi makro buku sama dengan yang terpasang.")


def pengaturan_buku(k: Konteks) -> Keadaan | None:
    """The settings sheet: ours as built, and no program named in it."""
    if not _bermakro(k):
        return None
    assert k.buku is not None
    konf = k.isi.konf
    if konf is None:
        return Keadaan(
            f"Lembar {LEMBAR_KONF} hilang dari {k.buku.name}, sehingga Excel tidak tahu cara memanggil Renja-XL.",
            "Mohon pakai salinan sebelumnya dari folder Cadangan, atau buat buku baru dan impor isinya.",
        )
    menunjuk = next((s for s in _MENUNJUK_PROGRAM if konf.get(s)), None)
    if menunjuk is not None:
        return Keadaan(
            f"Lembar {LEMBAR_KONF} menulis {menunjuk}, yang didahulukan Excel, sehingga program dari komputer lain dapat dijalankan.",
            f"Mohon hapus baris {menunjuk} dari lembar {LEMBAR_KONF} bila bukan Anda yang menulisnya, sebelum memakai makro.",
        )
    beda = next(
        (s for s, n in KONF.items() if s != "RENJA_XL_VERSION" and konf.get(s, "").casefold() != n.casefold()), None
    )
    if beda is not None:
        return Keadaan(
            f"Baris {beda} pada lembar {LEMBAR_KONF} tidak ada atau berubah, sehingga Python dapat salah dipanggil.",
            f"Mohon isi {beda} dengan {KONF[beda]}, atau {_PERBARUI.format(buku=k.buku)}",
        )
    return Keadaan(f"Lembar {LEMBAR_KONF} lengkap dan tidak menunjuk program lain.")


def terkunci(k: Konteks) -> Keadaan | None:
    """Whether another program holds the workbook."""
    if k.buku is None or not k.lingkungan.ada(k.buku):
        return None
    if k.terbuka:
        return Keadaan(f"Buku {k.buku.name} sedang terbuka di Excel ini, seperti seharusnya.")
    tanda = [k.buku.with_name(f"~${k.buku.name}"), k.buku.with_name(f".~lock.{k.buku.name}#")]
    ada = next((t for t in tanda if k.lingkungan.ada(t)), None)
    if ada is not None:
        return Keadaan(
            f"Buku {k.buku.name} sedang terbuka di program lain atau di komputer lain, sehingga tidak dapat disimpan.",
            f"Mohon tutup buku itu; bila tidak ada yang membukanya, hapus berkas {ada.name} di foldernya.",
        )
    if not k.lingkungan.dapat_membuka(k.buku):
        return Keadaan(
            f"Buku {k.buku.name} tidak dapat dibuka untuk ditulis, mungkin sedang diperiksa antivirus atau hanya dapat dibaca.",
            "Mohon tunggu sebentar dan ulangi; bila tetap begitu, klik kanan berkasnya > Properti, lalu lepas centang hanya-baca.",
        )
    return Keadaan(f"Tidak ada program lain yang menahan {k.buku.name}.")


def izin_tulis(k: Konteks) -> Keadaan | None:
    """Whether this user may write where Renja-XL writes."""
    folder: list[PurePath] = []
    if k.buku is not None and k.lingkungan.ada(k.buku):
        folder.append(k.buku.parent)
    if k.lingkungan.sistem != LINUX:
        folder.append(_yang_ada(k, berkas_pengguna(k.lingkungan).parent))
    for f in folder:
        if not k.lingkungan.dapat_menulis(f):
            return Keadaan(
                f"Folder {f} tidak dapat ditulisi, sehingga buku dan pengaturan tidak dapat disimpan di sana.",
                "Mohon pindahkan buku ke folder milik Anda, atau minta perlindungan folder (antivirus) mengizinkan Excel dan Python.",
            )
    return Keadaan(f"Dapat ditulisi: {' dan '.join(map(str, folder))}.") if folder else None


def _terbaca(k: Konteks) -> bool:
    return k.buku is not None and not k.isi.galat


def _bermakro(k: Konteks) -> bool:
    """Whether macros are to be expected."""
    return k.buku is not None and k.buku.suffix.lower() == ".xlsm" and _terbaca(k)


def _yang_ada(k: Konteks, folder: PurePath) -> PurePath:
    """The folder, or the nearest one above it that is there."""
    return next((f for f in (folder, *folder.parents) if k.lingkungan.ada(f)), Path())


def _angka(versi: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", versi)[:4])


SEMUA = (
    Pemeriksaan("buku", "Buku induk", buku),
    Pemeriksaan("bermakro", "Buku dengan makro", bermakro),
    Pemeriksaan("isi_makro", "Makro dan tab RENJA", isi_makro),
    Pemeriksaan("versi_makro", "Versi makro buku", versi_makro),
    Pemeriksaan("pengaturan_buku", "Pengaturan di dalam buku", pengaturan_buku),
    Pemeriksaan("terkunci", "Buku bebas dipakai", terkunci),
    Pemeriksaan("izin_tulis", "Izin menulis", izin_tulis),
)
