"""Writing a file: all or nothing, and the version before is kept."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from renja_xl.errors import TidakDapatDitulisError
from renja_xl.excel.tulis import CADANGAN, tulis_aman

LAMA, BARU = b"versi lama", b"versi baru yang lebih panjang"


def _gagal(*_a: object, **_k: object) -> None:
    raise OSError(28, "No space left on device")


def _fsync(m: pytest.MonkeyPatch) -> None:
    m.setattr(os, "fsync", _gagal)


def _replace(m: pytest.MonkeyPatch) -> None:
    m.setattr(os, "replace", _gagal)


def _mkdir(m: pytest.MonkeyPatch) -> None:
    m.setattr(os, "mkdir", _gagal)


def _beri_nama(m: pytest.MonkeyPatch) -> None:
    m.setattr(os, "link", _gagal)
    m.setattr(os, "replace", _gagal)


def _saat(m: pytest.MonkeyPatch, nama: str, lakukan: Callable[[], object]) -> None:
    """Do something just before the first call of a function of ``os``: what another program does meanwhile."""
    asli: Callable[..., Any] = getattr(os, nama)
    sudah: list[bool] = []

    def pengganti(*a: Any, **k: Any) -> Any:
        if not sudah:
            sudah.append(True)
            lakukan()
        return asli(*a, **k)

    m.setattr(os, nama, pengganti)


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


@pytest.mark.parametrize("gagalkan", [_fsync, _replace, _mkdir, _beri_nama])
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
    assert [p.name for p in tmp_path.iterdir()] == ["Renja.xlsx"]  # a copy of what is still there is rubbish too


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


def test_all_is_on_disk_before_the_old_file_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cadangan = tmp_path / "Renja.xlsx", tmp_path / CADANGAN
    path.write_bytes(LAMA)
    urutan: list[str] = []
    tertulis: dict[int, str] = {}
    fsync, replace = os.fsync, os.replace

    def catat_fsync(fd: int) -> None:
        tertulis[os.fstat(fd).st_ino] = "fsync"
        fsync(fd)

    def catat_replace(asal: Path, tujuan: Path) -> None:
        urutan.append("replace")
        assert asal.parent == tujuan.parent  # a rename over file systems is no rename
        assert (asal.read_bytes(), tujuan.read_bytes()) == (BARU, LAMA)
        (salinan,) = cadangan.iterdir()  # complete, under its final name, and alone
        assert salinan.read_bytes() == LAMA
        if os.name != "nt":
            for p in (asal, salinan, cadangan, tmp_path):
                assert tertulis.get(p.stat().st_ino) == "fsync", p
            tertulis.clear()
        replace(asal, tujuan)

    monkeypatch.setattr(os, "fsync", catat_fsync)
    monkeypatch.setattr(os, "replace", catat_replace)
    tulis_aman(path, BARU)
    assert urutan == ["replace"]
    if os.name != "nt":
        assert list(tertulis) == [tmp_path.stat().st_ino]  # the rename itself


def test_a_rename_reported_as_failed_that_took_place_keeps_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network drive that repeats a request may do so; the copy is then all that is left of the old version."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    replace = os.replace

    def bohong(asal: Path, tujuan: Path) -> None:
        replace(asal, tujuan)
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "replace", bohong)
    with pytest.raises(TidakDapatDitulisError):
        tulis_aman(path, BARU)
    assert path.read_bytes() == BARU
    assert [p.read_bytes() for p in (tmp_path / CADANGAN).iterdir()] == [LAMA]


# ── saved meanwhile ───────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_read_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    assert tulis_aman(path, BARU, semula=LAMA) is not None
    assert path.read_bytes() == BARU


def test_a_file_saved_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(b"disimpan Bu Rina")
    with pytest.raises(TidakDapatDitulisError, match=r"berubah sejak dibaca.*mohon ulangi"):
        tulis_aman(path, BARU, semula=LAMA)
    assert path.read_bytes() == b"disimpan Bu Rina"
    assert _isi(tmp_path) == {"Renja.xlsx"}


def test_a_file_moved_since_it_was_read_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(TidakDapatDitulisError, match="berubah sejak dibaca"):
        tulis_aman(tmp_path / "Renja.xlsx", BARU, semula=LAMA)
    assert _isi(tmp_path) == set()


@pytest.mark.parametrize("semula", [None, LAMA])
@pytest.mark.parametrize("saat", ["fsync", "mkdir", "link"])
def test_a_file_saved_during_the_write_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saat: str, semula: bytes | None
) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    with monkeypatch.context() as m:
        _saat(m, saat, lambda: path.write_bytes(b"disimpan Bu Rina"))
        with pytest.raises(TidakDapatDitulisError, match="berubah sejak dibaca"):
            tulis_aman(path, BARU, semula)
    assert path.read_bytes() == b"disimpan Bu Rina"
    # LAMA is gone from its place by the other's doing, so the copy of it stays.
    assert [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p != path] == [LAMA]


def test_a_file_made_during_the_write_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Renja.xlsx"
    with monkeypatch.context() as m:
        _saat(m, "fsync", lambda: path.write_bytes(b"disimpan Bu Rina"))
        with pytest.raises(TidakDapatDitulisError, match="berubah sejak dibaca"):
            tulis_aman(path, BARU)
    assert path.read_bytes() == b"disimpan Bu Rina"
    assert _isi(tmp_path) == {"Renja.xlsx"}


# ── open in a program ─────────────────────────────────────────────────────────────────────────────────────────


def test_open_in_excel_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    (tmp_path / "~$Renja.xlsx").write_bytes(b"")
    with pytest.raises(TidakDapatDitulisError, match="sedang terbuka di Excel"):
        tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA
    assert _isi(tmp_path) == {"Renja.xlsx", "~$Renja.xlsx"}


def _kunci_excel(nama: str) -> bytes:
    """An owner file as Excel writes it: 165 bytes, the name in bytes and once more in UTF-16."""
    pendek = bytes([len(nama)]) + nama.encode("cp1252")
    panjang = bytes([len(nama), 0]) + nama.encode("utf-16-le")
    return (pendek.ljust(55) + panjang).ljust(165)


LIBRE = ".~lock.Renja.xlsx#"
JEJAK = b",01.02.2025 08:15,file:///home/rina/.config/libreoffice/4;"

KUNCI = [
    pytest.param(LIBRE, b"Rina Wati,rina,pc-7" + JEJAK, "LibreOffice, oleh Rina Wati;", id="libre"),
    pytest.param(LIBRE, b",rina,pc-7" + JEJAK, "LibreOffice, oleh rina;", id="libre-tanpa-nama"),
    pytest.param(LIBRE, rb"Rina\, S.Sos\; MM,rina,pc" + JEJAK, "LibreOffice, oleh Rina, S.Sos; MM;", id="libre-koma"),
    pytest.param(LIBRE, "Ñoño,x,y".encode() + JEJAK, "LibreOffice, oleh Ñoño;", id="libre-utf8"),
    pytest.param(LIBRE, b"", "LibreOffice;", id="libre-kosong"),
    pytest.param(LIBRE, b"\xff\xfe\x00\x01\n,;", "LibreOffice;", id="libre-rusak"),
    pytest.param(LIBRE, b"a" * 100_000, "LibreOffice;", id="libre-panjang"),
    pytest.param(LIBRE, b"x" * 500 + b",", f"LibreOffice, oleh {'x' * 60};", id="libre-nama-panjang"),
    pytest.param("~$Renja.xlsx", _kunci_excel("Bu Rina"), "Excel atau program sejenisnya, oleh Bu Rina;", id="excel"),
    pytest.param("~$Renja.xlsx", b"", "Excel atau program sejenisnya;", id="excel-kosong"),
    pytest.param("~$Renja.xlsx", b"\xff" * 165, "Excel atau program sejenisnya;", id="excel-rusak"),
    pytest.param("~$Renja.xlsx", b"Bu Rina", "Excel atau program sejenisnya;", id="excel-pendek"),
    pytest.param(".~Renja.xlsx", _kunci_excel("Rina"), "WPS, oleh Rina;", id="wps"),
]


@pytest.mark.parametrize(("nama", "kunci", "sebutan"), KUNCI)
def test_the_sentence_names_program_person_and_lock(tmp_path: Path, nama: str, kunci: bytes, sebutan: str) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    (tmp_path / nama).write_bytes(kunci)
    with pytest.raises(TidakDapatDitulisError) as galat:
        tulis_aman(path, BARU)
    assert f"sedang terbuka di {sebutan} mohon tutup dahulu" in str(galat.value)
    assert f"hapus berkas {tmp_path / nama}" in str(galat.value)  # how to mend a stale one
    assert str(galat.value).isprintable()
    assert path.read_bytes() == LAMA
    assert _isi(tmp_path) == {"Renja.xlsx", nama}


def test_libreoffice_is_named_though_it_writes_the_lock_of_excel_too(tmp_path: Path) -> None:
    (tmp_path / LIBRE).write_bytes(b"Rina,rina,pc" + JEJAK)
    (tmp_path / "~$Renja.xlsx").write_bytes(_kunci_excel("Rina"))
    with pytest.raises(TidakDapatDitulisError, match="LibreOffice, oleh Rina"):
        tulis_aman(tmp_path / "Renja.xlsx", BARU)


def test_locks_of_other_files_do_not_matter(tmp_path: Path) -> None:
    for nama in ("~$Senja.xlsx", ".~lock.Renja.xls#", "~$nja.xlsx", ".~Senja.xlsx"):
        (tmp_path / nama).write_bytes(b"")
    tulis_aman(tmp_path / "Renja.xlsx", BARU)
    assert (tmp_path / "Renja.xlsx").read_bytes() == BARU


@pytest.mark.skipif(os.name == "nt", reason="no pipes and links on Windows")
@pytest.mark.parametrize("apa", ["pipa", "tautan putus", "folder"])
def test_a_lock_that_is_no_file_is_a_lock(tmp_path: Path, apa: str) -> None:
    kunci = tmp_path / "~$Renja.xlsx"
    if apa == "pipa":
        os.mkfifo(kunci)
    elif apa == "folder":
        kunci.mkdir()
    else:
        kunci.symlink_to("rina@pc-7:1234")
    _berhenti_sendiri(lambda: tulis_aman(tmp_path / "Renja.xlsx", BARU), "sedang terbuka di Excel")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("di", ["asal", "tautan"])
def test_a_lock_beside_the_link_or_its_file(tmp_path: Path, di: str) -> None:
    for nama in ("asal", "tautan"):
        (tmp_path / nama).mkdir()
    asal, tautan = tmp_path / "asal" / "asal.xlsx", tmp_path / "tautan" / "tautan.xlsx"
    asal.write_bytes(LAMA)
    tautan.symlink_to(asal)
    (tmp_path / di / f"~${di}.xlsx").write_bytes(b"")
    with pytest.raises(TidakDapatDitulisError, match="sedang terbuka"):
        tulis_aman(tautan, BARU)
    assert asal.read_bytes() == LAMA


def test_opened_during_the_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    _saat(monkeypatch, "link", lambda: (tmp_path / LIBRE).write_bytes(b"Rina,rina,pc" + JEJAK))
    with pytest.raises(TidakDapatDitulisError, match="sedang terbuka di LibreOffice"):
        tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA
    assert _isi(tmp_path) == {"Renja.xlsx", LIBRE}


# ── targets that are no file to be written ────────────────────────────────────────────────────────────────────


def _berhenti_sendiri(lakukan: Callable[[], object], sebutan: str) -> None:
    """It refuses at once; a write that waits would hold up the tests, so it runs beside them."""
    pesan: list[str] = []

    def coba() -> None:
        try:
            lakukan()
        except TidakDapatDitulisError as galat:
            pesan.append(str(galat))

    utas = threading.Thread(target=coba, daemon=True)
    utas.start()
    utas.join(10)
    assert not utas.is_alive()
    assert pesan
    assert sebutan in pesan[0]


@pytest.mark.skipif(os.name == "nt", reason="no pipes on Windows")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "Renja.xlsx")
    _berhenti_sendiri(lambda: tulis_aman(tmp_path / "Renja.xlsx", BARU), "bukan berkas biasa")
    assert (tmp_path / "Renja.xlsx").is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="no such devices on Windows")
@pytest.mark.parametrize("perangkat", ["/dev/null", "/dev/full", "/dev/zero"])
def test_a_device_is_refused_at_once(tmp_path: Path, perangkat: str) -> None:
    (tmp_path / "Renja.xlsx").symlink_to(perangkat)
    _berhenti_sendiri(lambda: tulis_aman(tmp_path / "Renja.xlsx", BARU), "bukan berkas biasa")
    assert Path(perangkat).is_char_device()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to("b.xlsx")
    (tmp_path / "b.xlsx").symlink_to("a.xlsx")
    with pytest.raises(TidakDapatDitulisError, match="tidak ada yang ditulis"):
        tulis_aman(tmp_path / "a.xlsx", BARU)


def test_a_file_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(TidakDapatDitulisError):
        tulis_aman(tmp_path / "a" / "Renja.xlsx", BARU)
    assert _isi(tmp_path) == {"a"}


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(TidakDapatDitulisError, match="lebih pendek"):
        tulis_aman(tmp_path / f"{'x' * 300}.xlsx", BARU)
    path = tmp_path / f"{'x' * 245}.xlsx"  # the file has room for its name, its copy has not
    path.write_bytes(LAMA)
    with pytest.raises(TidakDapatDitulisError, match="lebih pendek"):
        tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA
    assert _isi(tmp_path) == {path.name}


def test_folder_as_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TidakDapatDitulisError, match="adalah folder"):
        tulis_aman(tmp_path, BARU)
    assert _isi(tmp_path) == set()


def test_missing_folder_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(TidakDapatDitulisError, match="tidak ditemukan"):
        tulis_aman(tmp_path / "tak ada" / "Renja.xlsx", BARU)
    assert list(tmp_path.iterdir()) == []


def test_read_only_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    path.chmod(0o444)  # meant also for root, who may write whatever the mode says
    with pytest.raises(TidakDapatDitulisError, match="hanya dapat dibaca"):
        tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA
    assert _isi(tmp_path) == {"Renja.xlsx"}


def test_a_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(TidakDapatDitulisError, match="hanya dapat dibaca"):
        tulis_aman(path, BARU)
    assert path.read_bytes() == LAMA


@pytest.mark.parametrize(
    ("nomor", "sebutan"),
    [
        (errno.ENOSPC, "ruang penyimpanan habis.*kosongkan"),
        (errno.EDQUOT, "jatah ruang penyimpanan habis.*kosongkan"),
        (errno.EIO, "media penyimpanan bermasalah.*periksa folder dan media"),
        (errno.EROFS, "media hanya dapat dibaca.*periksa izin"),
    ],
)
def test_the_sentence_says_why_and_how_to_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nomor: int, sebutan: str
) -> None:
    def gagal(_fd: int) -> None:
        raise OSError(nomor, "")

    monkeypatch.setattr(os, "fsync", gagal)
    with pytest.raises(TidakDapatDitulisError, match=sebutan):
        tulis_aman(tmp_path / "Renja.xlsx", BARU)


def test_a_file_that_windows_holds_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses the rename itself where a program without a lock file has the target open."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)

    def gagal(asal: Path, tujuan: Path) -> None:
        raise PermissionError(errno.EACCES, "Access is denied", str(asal), 5, str(tujuan))

    monkeypatch.setattr(os, "replace", gagal)
    with pytest.raises(TidakDapatDitulisError) as galat:
        tulis_aman(path, BARU)
    assert "mohon tutup program yang mungkin membukanya" in str(galat.value)
    assert f"folder {tmp_path}," in str(galat.value)
    assert [p.name for p in tmp_path.iterdir()] == ["Renja.xlsx"]
    assert path.read_bytes() == LAMA


def test_a_file_where_the_copies_should_go(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    (tmp_path / CADANGAN).write_bytes(b"bukan folder")
    with pytest.raises(TidakDapatDitulisError, match=r"bukan folder.*ganti nama"):
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


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_to_a_file_that_is_to_be_made(tmp_path: Path) -> None:
    tautan = tmp_path / "tautan.xlsx"
    tautan.symlink_to("asal.xlsx")
    tulis_aman(tautan, BARU)
    assert tautan.is_symlink()
    assert (tmp_path / "asal.xlsx").read_bytes() == BARU


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_file_has_the_mode_that_the_user_wants_for_new_files(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        tulis_aman(tmp_path / "Renja.xlsx", BARU)
    finally:
        os.umask(umask)
    assert (tmp_path / "Renja.xlsx").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_confidential_plan_is_at_no_moment_readable_by_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    path.chmod(0o600)
    fsync = os.fsync
    terlihat: list[int] = []

    def catat(fd: int) -> None:
        terlihat.extend(p.stat().st_mode & 0o077 for p in tmp_path.rglob("*") if p.is_file())
        fsync(fd)

    monkeypatch.setattr(os, "fsync", catat)
    salinan = tulis_aman(path, BARU)
    assert set(terlihat) == {0}
    assert salinan is not None
    assert salinan.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    os.chown(path, 12345, 23456)
    salinan = tulis_aman(path, BARU)
    assert salinan is not None
    assert {(p.stat().st_uid, p.stat().st_gid) for p in (path, salinan)} == {(12345, 23456)}


@pytest.mark.parametrize("nama", ["chown", "chmod", "utime"])
def test_a_drive_without_owners_modes_and_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nama: str) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    monkeypatch.setattr(os, nama, _gagal, raising=False)
    assert tulis_aman(path, BARU) is not None
    assert path.read_bytes() == BARU


# ── copies ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_copy_has_the_time_of_its_version(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    salinan = tulis_aman(path, BARU)
    assert salinan is not None
    assert salinan.stat().st_mtime == 1_700_000_000
    assert abs(path.stat().st_mtime - time.time()) < 60


@pytest.mark.parametrize("tautan", [True, False])
def test_a_copy_never_overwrites_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tautan: bool) -> None:
    """Two runs may choose the same name at the same moment; some drives have no links to tell them apart."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    pertama = tulis_aman(path, b"kedua")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert pertama is not None
    if tautan:  # the name was still free when it was looked for
        lexists = os.path.lexists
        monkeypatch.setattr(os.path, "lexists", lambda p: p != pertama and lexists(p))
    else:
        monkeypatch.setattr(os, "link", _gagal)
    kedua = tulis_aman(path, BARU)
    assert kedua is not None
    assert (pertama.read_bytes(), kedua.read_bytes(), path.read_bytes()) == (LAMA, b"kedua", BARU)
    assert len(_isi(tmp_path)) == 3


def test_rubbish_of_killed_runs_goes_after_a_day(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    (tmp_path / CADANGAN).mkdir()
    kini = time.time()
    for folder in (tmp_path, tmp_path / CADANGAN):
        for nama, umur in ((".renja-lama.tmp", 25), (".renja-baru.tmp", 23), ("renja.tmp", 99), (".renja-x.xlsx", 99)):
            (folder / nama).write_bytes(b"setengah")
            os.utime(folder / nama, (kini - umur * 3600, kini - umur * 3600))
    (tmp_path / ".renja-folder.tmp").mkdir()
    os.utime(tmp_path / ".renja-folder.tmp", (0, 0))
    salinan = tulis_aman(path, BARU)
    assert salinan is not None
    tinggal = {".renja-baru.tmp", "renja.tmp", ".renja-x.xlsx"}
    assert {p.name for p in tmp_path.iterdir()} == {"Renja.xlsx", CADANGAN, ".renja-folder.tmp", *tinggal}
    assert {p.name for p in (tmp_path / CADANGAN).iterdir()} == {salinan.name, *tinggal}


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second file system")
@pytest.mark.parametrize("sementara", ["/dev/shm", "/tidak/ada"])
def test_the_folder_for_temporary_files_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sementara: str
) -> None:
    if sementara == "/dev/shm" and Path(sementara).stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("same file system")
    for nama in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(nama, sementara)
    monkeypatch.setattr("tempfile.tempdir", None)
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(LAMA)
    assert tulis_aman(path, BARU) is not None
    assert path.read_bytes() == BARU


def test_a_relative_path_and_a_folder_that_vanished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kerja"
    folder.mkdir()
    monkeypatch.chdir(folder)
    tulis_aman(Path("Renja.xlsx"), LAMA)
    assert tulis_aman(Path("Renja.xlsx"), BARU) is not None
    assert (folder / "Renja.xlsx").read_bytes() == BARU
    if os.name != "nt":  # where the working folder cannot go
        (tmp_path / "lain").mkdir()
        monkeypatch.chdir(tmp_path / "lain")
        (tmp_path / "lain").rmdir()
        with pytest.raises(TidakDapatDitulisError):
            tulis_aman(Path("Renja.xlsx"), BARU)
        monkeypatch.chdir(tmp_path)
