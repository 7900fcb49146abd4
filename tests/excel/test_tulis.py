"""Writing a file: all or nothing, and the version before is kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from renja_xl.errors import TidakDapatDitulisError
from renja_xl.excel.tulis import CADANGAN, tulis_aman

LAMA, BARU = b"versi lama", b"versi baru yang lebih panjang"


def _gagal(*_a: object, **_k: object) -> None:
    raise OSError(28, "No space left on device")


def _fsync(m: pytest.MonkeyPatch) -> None:
    m.setattr(os, "fsync", _gagal)


def _replace(m: pytest.MonkeyPatch) -> None:
    m.setattr(Path, "replace", _gagal)
    m.setattr(os, "replace", _gagal)


def _salin(m: pytest.MonkeyPatch) -> None:
    m.setattr("shutil.copy2", _gagal)


def _isi(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_new_file(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    assert tulis_aman(path, BARU) is None
    assert path.read_bytes() == BARU
    assert _isi(tmp_path) == {"Renja.xlsx"}


def test_previous_version_is_kept_with_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    salinan = tulis_aman(path, BARU)
    assert path.read_bytes() == BARU
    assert salinan is not None
    assert salinan.parent == tmp_path / CADANGAN
    assert salinan.read_bytes() == LAMA
    assert salinan.suffix == ".xlsx"
    assert len(_isi(tmp_path)) == 2


def test_quick_writes_keep_a_copy_each(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    versi = [b"satu", b"dua", b"tiga", b"empat"]
    salinan = [tulis_aman(path, v) for v in versi]
    assert salinan[0] is None
    assert [s.read_bytes() for s in salinan if s is not None] == versi[:-1]
    assert len(set(salinan)) == len(versi)


@pytest.mark.parametrize("gagalkan", [_fsync, _replace, _salin])
def test_failure_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gagalkan: Callable[[pytest.MonkeyPatch], None]
) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    with monkeypatch.context() as m:
        gagalkan(m)
        with pytest.raises(TidakDapatDitulisError, match="berkas lama tetap utuh"):
            tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA
    assert {p for p in _isi(tmp_path) if not p.startswith(CADANGAN)} == {"Renja.xlsx"}
    assert all((tmp_path / p).read_bytes() == LAMA for p in _isi(tmp_path))


@pytest.mark.parametrize("gagalkan", [_fsync, _replace])
def test_failure_leaves_nothing_where_nothing_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gagalkan: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with monkeypatch.context() as m:
        gagalkan(m)
        with pytest.raises(TidakDapatDitulisError):
            tulis_aman(tmp_path / "Renja.xlsx", BARU)
    assert _isi(tmp_path) == set()


def test_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hentikan(_fd: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    monkeypatch.setattr(os, "fsync", hentikan)
    with pytest.raises(KeyboardInterrupt):
        tulis_aman(path, BARU)
    assert _isi(tmp_path) == {"Renja.xlsx"}
    assert path.read_bytes() == LAMA


def test_the_new_bytes_are_on_disk_before_the_old_file_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    urutan: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def catat_fsync(fd: int) -> None:
        urutan.append("fsync")
        fsync(fd)

    def catat_replace(self: Path, tujuan: Path) -> Path:
        urutan.append("replace")
        assert self.parent == tujuan.parent  # a rename over file systems is no rename
        assert self.read_bytes() == BARU
        assert tujuan.read_bytes() == LAMA
        return replace(self, tujuan)

    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    monkeypatch.setattr(os, "fsync", catat_fsync)
    monkeypatch.setattr(Path, "replace", catat_replace)
    tulis_aman(path, BARU)
    assert urutan[:2] == ["fsync", "replace"]


def test_open_in_excel_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    (tmp_path / "~$Renja.xlsx").write_bytes(b"")
    with pytest.raises(TidakDapatDitulisError, match="sedang terbuka di Excel"):
        tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA
    assert _isi(tmp_path) == {"Renja.xlsx", "~$Renja.xlsx"}


def test_folder_as_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TidakDapatDitulisError, match="adalah folder"):
        tulis_aman(tmp_path, BARU)
    assert _isi(tmp_path) == set()


def test_missing_folder_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(TidakDapatDitulisError, match="tidak ditemukan"):
        tulis_aman(tmp_path / "tak ada" / "Renja.xlsx", BARU)
    assert list(tmp_path.iterdir()) == []


def test_read_only_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write whatever the mode says
    with pytest.raises(TidakDapatDitulisError, match="hanya dapat dibaca"):
        tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA


def test_a_file_where_the_copies_should_go(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    (tmp_path / CADANGAN).write_bytes(b"bukan folder")
    with pytest.raises(TidakDapatDitulisError):
        tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA
    assert _isi(tmp_path) == {"Renja.xlsx", CADANGAN}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_mode_of_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    path.chmod(0o640)
    tulis_aman(path, BARU)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    """A plan kept in a synchronised folder and linked from elsewhere must not fork."""
    asal, tautan = tmp_path / "asal.xlsx", tmp_path / "tautan.xlsx"
    asal.write_bytes(LAMA)
    tautan.symlink_to(asal)
    tulis_aman(tautan, BARU)
    assert tautan.is_symlink()
    assert asal.read_bytes() == BARU
