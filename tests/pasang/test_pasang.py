"""``pasang``: the user's settings for Excel, merged, safely replaced, and only shown where that is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePath

import pytest

from renja_xl.errors import RenjaError, TidakDapatDitulisError
from renja_xl.excel.tulis import CADANGAN
from renja_xl.pasang import lingkungan
from renja_xl.pasang.lingkungan import LINUX, MAC, WINDOWS
from renja_xl.pasang.pasang import jalankan, rencana
from renja_xl.pasang.setelan import baca_setelan, cacat, gabung
from tests.pasang.komputer import Komputer, mac, tulis, windows


def isi(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def konf(k: Komputer) -> Path:
    rumah = Path(k.rumah)
    if k.sistem == MAC:
        return rumah / "Library" / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf"
    return rumah / ".xlwings" / "xlwings.conf"


# ── Windows ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_windows_from_nothing(tmp_path: Path) -> None:
    k = windows(tmp_path)
    konf(k).unlink()
    konf(k).parent.rmdir()
    assert jalankan(rencana(k)) == []
    python = tmp_path / "Python" / "pythonw.exe"
    assert konf(k).read_bytes() == f'"INTERPRETER_WIN","{python}"\r\n"USE UDF SERVER","True"\r\n'.encode()
    assert rencana(k) == []


def test_python_without_its_windowless_twin(tmp_path: Path) -> None:
    k = windows(tmp_path)
    (tmp_path / "Python" / "pythonw.exe").unlink()
    jalankan(rencana(k))
    assert baca_setelan(konf(k).read_bytes(), "cp1252")["INTERPRETER_WIN"] == str(tmp_path / "Python" / "python.exe")


def test_other_settings_keep_their_bytes_and_the_old_file_is_kept(tmp_path: Path) -> None:
    k = windows(tmp_path)
    lain = [b'"PYTHONPATH","D:\\Data, lama\\caf\xe9"', b'"SHOW CONSOLE","False"', b"tanpa nilai"]
    lama = b"\r\n".join([b'"Interpreter_Win","C:\\lama\\python.exe"', lain[0], b"", *lain[1:], b""])
    tulis(konf(k), lama)
    (salinan,) = jalankan(rencana(k))
    baru = konf(k).read_bytes().split(b"\r\n")
    assert baru[: len(lain)] == lain
    assert baru[len(lain) :] == [
        f'"INTERPRETER_WIN","{tmp_path / "Python" / "pythonw.exe"}"'.encode(),
        b'"USE UDF SERVER","True"',
        b"",
    ]
    assert salinan.parent == konf(k).parent / CADANGAN
    assert salinan.read_bytes() == lama


def test_nothing_to_do_twice(tmp_path: Path) -> None:
    k = windows(tmp_path)
    sebelum = isi(tmp_path)
    assert rencana(k) == []
    assert jalankan([]) == []
    assert isi(tmp_path) == sebelum


@pytest.mark.parametrize("awal", [b"\xef\xbb\xbf", b"\r\n\r\n"], ids=["bom", "baris-kosong"])
def test_what_excel_cannot_read_is_put_right(tmp_path: Path, awal: bytes) -> None:
    """A file with the right settings is no use where Excel stumbles over its first bytes."""
    k = windows(tmp_path)
    baik = konf(k).read_bytes()
    konf(k).write_bytes(awal + baik)
    jalankan(rencana(k))
    assert konf(k).read_bytes() == baik


def test_a_file_that_changed_since_the_plan_is_left_alone(tmp_path: Path) -> None:
    k = windows(tmp_path)
    konf(k).write_bytes(b'"A","1"\r\n')
    langkah = rencana(k)
    konf(k).write_bytes(b'"A","2"\r\n')
    with pytest.raises(TidakDapatDitulisError, match="berubah sejak dibaca"):
        jalankan(langkah)
    assert isi(konf(k).parent) == {"xlwings.conf": b'"A","2"\r\n'}


def test_a_failed_write_leaves_the_old_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    k = windows(tmp_path)
    konf(k).write_bytes(b'"A","1"\r\n')
    langkah = rencana(k)

    def gagal(*_a: object, **_k: object) -> None:
        raise OSError(28, "penuh")

    with monkeypatch.context() as m:
        m.setattr(os, "replace", gagal)
        with pytest.raises(TidakDapatDitulisError, match="ruang penyimpanan habis"):
            jalankan(langkah)
    assert isi(konf(k).parent) == {"xlwings.conf": b'"A","1"\r\n'}


def test_libraries_that_pip_put_elsewhere_are_brought_to_python(tmp_path: Path) -> None:
    k = windows(tmp_path)
    versi = k.versi_paket("xlwings")
    for bit in (32, 64):
        nama = f"xlwings{bit}-{versi}.dll"
        (tmp_path / "Python" / nama).rename(tulis(tmp_path / "AppData" / nama, b""))
    k.pustaka.append(tmp_path / "AppData")
    jalankan(rencana(k))
    for bit in (32, 64):
        assert (tmp_path / "Python" / f"xlwings{bit}-{versi}.dll").read_bytes() == f"xlwings{bit}-{versi}.dll".encode()
    assert rencana(k) == []


def test_libraries_of_a_venv_stand_one_folder_above(tmp_path: Path) -> None:
    k = windows(tmp_path)
    python = tulis(tmp_path / "Python" / "Scripts" / "python.exe", b"")
    k = Komputer(WINDOWS, k.rumah, python, "cp1252")
    assert [Path(langkah.path).name for langkah in rencana(k)] == ["xlwings.conf"]


def test_libraries_are_left_where_python_stands_in_a_protected_folder(tmp_path: Path) -> None:
    k = windows(tmp_path)
    nama = f"xlwings64-{k.versi_paket('xlwings')}.dll"
    (tmp_path / "Python" / nama).rename(tulis(tmp_path / "AppData" / nama, b""))
    k.pustaka.append(tmp_path / "AppData")
    k.terlarang.add(tmp_path / "Python")
    assert rencana(k) == []


@pytest.mark.parametrize(
    ("folder", "kata"),
    [("WindowsApps/PythonSoftwareFoundation", "Microsoft Store"), ("Пайтон", "tidak dapat dibaca Excel")],
)
def test_a_python_that_excel_cannot_start_is_refused(tmp_path: Path, folder: str, kata: str) -> None:
    k = Komputer(WINDOWS, windows(tmp_path).rumah, tulis(tmp_path / folder / "python.exe", b""), "cp1252")
    sebelum = isi(tmp_path)
    with pytest.raises(RenjaError, match=kata):
        rencana(k)
    assert isi(tmp_path) == sebelum


def test_settings_that_are_no_text_are_not_overwritten(tmp_path: Path) -> None:
    k = windows(tmp_path)
    konf(k).write_bytes('"A","1"\r\n'.encode("utf-16"))
    with pytest.raises(RenjaError, match="bukan teks biasa"):
        rencana(k)


# ── Mac ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mac_from_nothing(tmp_path: Path) -> None:
    k = mac(tmp_path)
    konf(k).unlink()
    skrip = next(Path(k.rumah).rglob("*.applescript"))
    asli = skrip.read_bytes()
    skrip.unlink()
    skrip.parent.rmdir()
    jalankan(rencana(k))
    assert konf(k).read_bytes() == f'"INTERPRETER_MAC","{k.python}"\n'.encode()
    assert skrip.read_bytes() == asli
    assert rencana(k) == []


def test_mac_before_excel_was_ever_opened(tmp_path: Path) -> None:
    """A container that somebody else makes is not Excel's."""
    k = mac(tmp_path)
    konf(k).unlink()
    konf(k).parent.rmdir()
    with pytest.raises(RenjaError, match="buka Excel sekali"):
        rencana(k)


def test_mac_path_that_the_shell_would_split(tmp_path: Path) -> None:
    k = Komputer(MAC, mac(tmp_path).rumah, tulis(tmp_path / "Ruang Kerja" / "python3", b""))
    with pytest.raises(RenjaError, match="spasi"):
        rencana(k)


# ── elsewhere, and only shown ─────────────────────────────────────────────────────────────────────────────────


def test_no_excel_on_this_system(tmp_path: Path) -> None:
    with pytest.raises(RenjaError, match="Excel tidak ada di sistem ini"):
        rencana(Komputer(LINUX, tmp_path, tmp_path / "python3"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("buat", [windows, mac])
def test_a_plan_changes_nothing(tmp_path: Path, buat: Callable[[Path], Komputer]) -> None:
    k = buat(tmp_path)
    konf(k).unlink()
    sebelum = isi(tmp_path)
    assert [langkah.path for langkah in rencana(k)] == [konf(k)]
    assert isi(tmp_path) == sebelum


@pytest.mark.parametrize(
    ("sistem", "berkas"),
    [(WINDOWS, ["xlwings.conf"]), (MAC, ["xlwings.conf", "xlwings-{}.applescript"])],
)
def test_what_would_be_done_on_another_system(sistem: str, berkas: list[str]) -> None:
    contoh = lingkungan.untuk(sistem)
    langkah = rencana(contoh)
    if lingkungan.nyata().sistem != sistem:
        nama = [b.format(contoh.versi_paket("xlwings")) for b in berkas]
        assert [PurePath(str(x.path).replace("\\", "/")).name for x in langkah] == nama
        assert any("INTERPRETER" in baris for baris in langkah[0].rincian)


# ── the settings file ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_line_of_a_name_decides_as_in_excel() -> None:
    assert baca_setelan(b'"a","1"\nA,2\n b , "x, y" \n', "cp1252") == {"A": "1", "B": "x, y"}


@pytest.mark.parametrize(
    ("teks", "kata"),
    [(b'"A","1"\n\n', "baris kosong"), (b'\xef\xbb\xbf"A","1"\n', "tanda"), (b"A\0,1", "huruf"), (b'"A","1"\n', "")],
)
def test_faults_of_the_settings_file(teks: bytes, kata: str) -> None:
    assert cacat(teks).startswith(kata)
    assert bool(cacat(teks)) == bool(kata)


def test_repeated_names_become_one_line() -> None:
    assert gabung(b'"A","1"\n"B","2"\n"a","3"\n', {"A": "9"}, "utf-8") == b'"B","2"\n"A","9"\n'
