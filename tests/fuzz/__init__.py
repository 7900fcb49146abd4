"""Damaged and odd masters by the thousand: a command answers with a sentence or does its work, and leaves no mess.

What ``berkas_acak`` makes of a master is decided by one number, so that a finding is told as that number alone.
"""

from __future__ import annotations

import re
import signal
import sys
import tempfile
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from random import Random
from types import FrameType
from unittest.mock import patch

from lxml import etree  # type: ignore[import-untyped]
from openpyxl import load_workbook

from renja_xl.bahasa import jalankan
from renja_xl.cli import cli
from renja_xl.core.buku import Level
from renja_xl.core.letak import letak_bawaan
from renja_xl.excel.bangun import bangun
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket, nomor_kolom
from renja_xl.excel.tambal import tambal
from renja_xl.tabel import SEMUA, T_C_33
from tests import strategi
from tests.excel.ragam import RAGAM, TAMBAHAN, akhiran, bagian_sama

BATAS_DETIK = 10.0

_DASAR = (
    *("polos", "excel", "wps-tanpa-nilai", "openpyxl", "rumus-bersama", "rumus-larik", "teks-kaya-sebaris"),
    *("awalan-semua", "tanpa-alamat", "utf-16", "iso-8859-1", "komentar-xml", "cdata", "sifat-berbaris"),
    *("zip-deskriptor", "zip-64-penuh", "zip-ekstra", "zip-komentar", "nama-bagian-lain", "tambahan", "tambahan-makro"),
)
"""Ways of saving that are damaged."""


# ── the command line, in this process ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Hasil:
    """What a run left behind."""

    kode: int
    keluaran: str
    pesan: str


class TerlaluLamaError(Exception):
    """A command that does not come to an end."""


@contextmanager
def _dibatasi(detik: float) -> Iterator[None]:
    def habis(_nomor: int, _bingkai: FrameType | None) -> None:
        raise TerlaluLamaError

    lama = signal.signal(signal.SIGALRM, habis)
    signal.setitimer(signal.ITIMER_REAL, detik)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, lama)


def perintah(*isian: str | Path) -> Hasil:
    """Run a command as the entry point does. Any exception but the exit comes through: it would be a traceback."""
    keluar, pesan = TextIOWrapper(BytesIO(), "utf-8", write_through=True), StringIO()
    kode: object = None
    with patch.object(sys, "argv", ["renja-xl", *map(str, isian)]), redirect_stdout(keluar), redirect_stderr(pesan):
        try:
            jalankan(cli)
        except SystemExit as selesai:
            kode = selesai.code
    assert isinstance(kode, int)
    keluar.seek(0)
    return Hasil(kode, keluar.read(), pesan.getvalue())


# ── masters ───────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _polos() -> bytes:
    buku = strategi.buku_pasti(14)
    isi = bangun(buku)
    letak = letak_bawaan(buku)
    b = next(b for b in buku.baris(T_C_33.kunci) if b.level is Level.SUB_KEGIATAN)
    alamat = letak.sel(T_C_33.kunci, b.id, "pagu_n")
    r, c = int(re.sub(r"\D", "", alamat)), nomor_kolom(re.sub(r"\d", "", alamat))
    return tambal(Paket(Path("dasar.xlsx"), isi), {T_C_33.lembar: {(r, c): IsiSel(123_456_789)}})


@cache
def dasar(nama: str) -> bytes:
    """A small plan in one way of saving, in which an amount was typed that nothing follows yet."""
    return _polos() if nama == "polos" else {**RAGAM, **TAMBAHAN}[nama](_polos())


def _bagian(isi: bytes) -> dict[str, bytes]:
    """Parts by name, without those that are damaged where they lie."""
    hasil: dict[str, bytes] = {}
    with zipfile.ZipFile(BytesIO(isi)) as z:
        for nama in z.namelist():
            with suppress(zipfile.BadZipFile, zlib.error, EOFError):
                hasil[nama] = z.read(nama)
    return hasil


def _zip(bagian: Mapping[str, bytes]) -> bytes:
    keluaran = BytesIO()
    with zipfile.ZipFile(keluaran, "w") as z:
        for nama, isi in bagian.items():
            z.writestr(zipfile.ZipInfo(nama), isi, zipfile.ZIP_DEFLATED)
    return keluaran.getvalue()


# ── damage ────────────────────────────────────────────────────────────────────────────────────────────────────


def _balik(isi: bytes, a: Random) -> bytes:
    """Some bytes changed."""
    data = bytearray(isi)
    for _ in range(a.choice((1, 1, 2, 8))):
        if data:
            data[a.randrange(len(data))] = a.choice((0, 0xFF, a.randrange(256), *b"<>&\"'/ =19A"))
    return bytes(data)


def _potong(isi: bytes, a: Random) -> bytes:
    n = a.randrange(len(isi) + 1)
    return isi[:n] if a.random() < 0.7 else isi[:n] + isi[n + a.randrange(1, 200) :]


def _gandakan(isi: bytes, a: Random) -> bytes:
    n, m = sorted((a.randrange(len(isi) + 1), a.randrange(len(isi) + 1)))
    m = min(m, n + 400)
    return isi[:m] + isi[n:m] + isi[m:]


_SIFAT = re.compile(rb"""=\s*(["'])(.*?)\1""", re.DOTALL)
_ISI = re.compile(rb">([^<>]+)<")
_TANDA = re.compile(rb"<(/?[\w:]+)")
_ANEH = (
    *(b"", b" ", b"0", b"-1", b"1", b"1e308", b"99999999999999999999", b"1048576", b"1048577", b"NaN", b"INF", b"A0"),
    *(b"XFD1048576", b"XFE1", b"ZZZZ99", b"A1:A1048576", b"B:B", b"$A$1", b"s", b"str", b"e", b"b", b"inlineStr", b"d"),
    *(
        b"shared",
        b"array",
        b"true",
        b"&#65;",
        b"&#0;",
        b"&x;",
        b"_x0000_",
        b"_xFFFF_",
        b"_xD800_",
        b"=1",
        b"\xff",
        b"*",
    ),
    *(b"../../x", b"rId1", b"rId999", b"{}", b"'", "ⅷ".encode(), "１".encode(), "²".encode(), b"#REF!", b"SUM(I9:I9"),
)
"""Values that stand for something else than what is expected."""


def _ganti_cocok(pola: re.Pattern[bytes], kelompok: int) -> Callable[[bytes, Random], bytes]:
    def ubah(isi: bytes, a: Random) -> bytes:
        semua = list(pola.finditer(isi))
        for _ in range(min(len(semua), a.choice((1, 1, 3)))):
            m = a.choice(semua)
            pengganti = a.choice(_ANEH) if a.random() < 0.7 else a.choice(semua)[kelompok]
            if len(isi) > m.end():
                isi = isi[: m.start(kelompok)] + pengganti + isi[m.end(kelompok) :]
                semua = list(pola.finditer(isi)) or semua
        return isi

    return ubah


def _unsur(isi: bytes, a: Random) -> bytes:
    """An element deleted, doubled, moved or emptied; what is no XML stays."""
    try:
        akar = etree.fromstring(isi)
    except (etree.XMLSyntaxError, ValueError):
        return isi
    semua = [u for u in akar.iter() if u.getparent() is not None and isinstance(u.tag, str)]
    for _ in range(min(len(semua), a.choice((1, 1, 2)))):
        u = a.choice(semua)
        induk = u.getparent()
        if induk is None:
            continue
        cara = a.randrange(5)
        if cara == 0:
            induk.remove(u)
        elif cara == 1:
            induk.insert(induk.index(u), etree.fromstring(etree.tostring(u, with_tail=False)))
        elif cara == 2:
            u.clear()
        elif cara == 3 and u.attrib:
            del u.attrib[a.choice(list(u.attrib))]
        else:
            tempat = a.choice(semua)
            if tempat is not u and u not in tempat.iterancestors():
                tempat.append(u)
    return bytes(etree.tostring(akar, encoding="UTF-8", xml_declaration=True, standalone=True))


_DI_BAGIAN: tuple[Callable[[bytes, Random], bytes], ...] = (
    _balik,
    _potong,
    _gandakan,
    _ganti_cocok(_SIFAT, 2),
    _ganti_cocok(_SIFAT, 2),
    _ganti_cocok(_ISI, 1),
    _ganti_cocok(_TANDA, 1),
    _unsur,
    _unsur,
    _unsur,
)


def _ubah_bagian(isi: bytes, a: Random) -> bytes:
    """Some parts damaged, most often sheets and what tells how the package hangs together."""
    bagian = _bagian(isi)
    utama = [n for n in bagian if re.search(r"worksheets/|workbook|sharedStrings|Content_Types|\.rels$|tables/", n)]
    for _ in range(a.choice((1, 1, 1, 2, 4))):
        nama = a.choice(utama if utama and a.random() < 0.85 else list(bagian))
        if nama in bagian:
            bagian[nama] = a.choice(_DI_BAGIAN)(bagian[nama], a)
    return _zip(bagian)


def _ubah_daftar(isi: bytes, a: Random) -> bytes:
    """Parts missing, of another name, or with another's content."""
    bagian = _bagian(isi)
    nama, lain = a.choice(list(bagian)), a.choice(list(bagian))
    cara = a.randrange(4)
    if cara == 0:
        del bagian[nama]
    elif cara == 1:
        bagian[a.choice((nama.upper(), f"{nama}x", nama.replace("/", "\\"), f"/{nama}", nama.lower()))] = bagian.pop(
            nama
        )
    elif cara == 2:
        bagian[nama], bagian[lain] = bagian[lain], bagian[nama]
    else:
        bagian[nama] = a.choice((b"", b"\0" * 100, b"<", b"<a/>", b"\xff\xfe", b"PK\3\4", bagian[lain]))
    return _zip(bagian)


def berkas_acak(benih: int) -> bytes:
    """A damaged master; always the same one for a number."""
    a = Random(benih)
    isi = dasar(a.choice(_DASAR))
    cara = a.random()
    if cara < 0.1:
        return _balik(isi, a)
    if cara < 0.14:
        return _potong(isi, a)
    if cara < 0.17:
        return _gandakan(isi, a)
    return _ubah_daftar(isi, a) if cara < 0.25 else _ubah_bagian(isi, a)


# ── what must hold ────────────────────────────────────────────────────────────────────────────────────────────


def _potret(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _pastikan_sopan(hasil: Hasil, kode: set[int]) -> None:
    assert hasil.kode in kode | {2}, f"kode keluar {hasil.kode}"
    assert "Traceback" not in hasil.pesan, hasil.pesan[-800:]
    if hasil.kode == 2:
        maaf = [b for b in hasil.pesan.splitlines() if b.startswith("Maaf:")]
        assert len(maaf) == 1, hasil.pesan[-800:]
        assert hasil.keluaran == ""


def _dibuka_openpyxl(isi: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            load_workbook(BytesIO(isi), data_only=True)
    except Exception:  # whatever openpyxl thinks of a damaged file
        return False
    return True


def _milik(lama: bytes) -> set[str]:
    """Parts that recomputing may touch."""
    paket = Paket(Path("x.xlsx"), lama)
    sekitar = {n for n in paket.entri if re.search(r"calcChain|Content_Types|workbook\.xml\.rels$|tables/", n)}
    milik = {paket.lembar[s.lembar] for s in SEMUA if s.lembar in paket.lembar} | {paket.buku} | sekitar
    return {paket.entri[n].info.filename for n in milik}


def uji(isi: bytes, folder: Path, *, teliti: bool = True) -> str:
    """Put a file through ``periksa`` and ``hitung``; says in one word what became of it.

    Args:
        teliti: whether openpyxl shall open what was written, which takes longer than all the rest.

    Raises:
        AssertionError: what should hold does not.
        TerlaluLamaError: neither an answer nor an end.
    """
    path = folder / f"Renja{_akhiran(isi)}"
    path.write_bytes(isi)
    with _dibatasi(2 * BATAS_DETIK), warnings.catch_warnings():
        warnings.simplefilter("error")
        mulai = time.monotonic()
        periksa = perintah("periksa", path, "--json")
        tengah = time.monotonic()
        assert _potret(folder) == {path.name: isi}, "periksa menulis"
        hitung = perintah("hitung", path)
        selesai = time.monotonic()
    _pastikan_sopan(periksa, {0, 1})
    _pastikan_sopan(hitung, {0})
    assert max(tengah - mulai, selesai - tengah) < BATAS_DETIK, "terlalu lama"
    kini = _potret(folder)
    baru = kini.pop(path.name)
    if hitung.kode == 2 or baru == isi:
        assert baru == isi, "berkas yang ditolak berubah"
        assert kini == {}, f"sisa {sorted(kini)}"
        return "ditolak" if hitung.kode == 2 else "tetap"
    assert list(kini.values()) == [isi], f"cadangan {sorted(kini)}"
    _pastikan_utuh(isi, baru)
    assert not teliti or not _dibuka_openpyxl(isi) or _dibuka_openpyxl(baru), "openpyxl tidak dapat membukanya lagi"
    lagi = perintah("hitung", path)
    assert lagi.kode == 0, f"hasilnya sendiri ditolak: {lagi.pesan[-400:]}"
    assert path.read_bytes() == baru, "hitung kedua menulis lagi"
    return "ditulis"


def _pastikan_utuh(lama: bytes, baru: bytes) -> None:
    """What was written opens wherever the original did, and differs in our parts alone."""
    semula, kini = _bagian(lama), _bagian(baru)
    assert not {n for n in semula if n not in kini and "calcChain" not in n}, "bagian hilang"
    for nama, b in kini.items():
        if nama.endswith((".xml", ".rels")) and b != semula.get(nama) and _urai(semula.get(nama, b"")):
            assert _urai(b), f"{nama} bukan XML lagi"
    assert bagian_sama(lama, baru) <= _milik(lama), "bagian lain ikut berubah"


def _urai(isi: bytes) -> bool:
    try:
        etree.fromstring(isi)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def _akhiran(isi: bytes) -> str:
    try:
        return akhiran(isi)
    except Exception:  # not even a zip
        return ".xlsx"


def uji_benih(benih: int) -> str:
    """Make and try the file of one number, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="renja-fuzz-") as folder:
        return uji(berkas_acak(benih), Path(folder), teliti=benih % 5 == 0)
