"""``hitung`` in its place: the cells that depend on what was typed, and not one byte more, whoever saved the workbook."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from renja_xl.core import waktu
from renja_xl.core.buku import Baris, Buku, Level
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.core.terhitung import REKAP
from renja_xl.core.waktu import catat_waktu
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket, nomor_kolom
from renja_xl.excel.tambal import tambal
from renja_xl.tabel import (
    ANGGARAN,
    BERANDA,
    DASAR_PERHITUNGAN,
    DATA_GRAFIK,
    KALIMAT,
    MENURUT_KUNCI,
    PERBANDINGAN,
    PROFIL,
    SEMUA,
    T_C_29,
    T_C_31,
    T_C_33,
    TABEL_BERPOHON,
    TABEL_RENCANA,
)
from renja_xl.tabel.profil import DARI_PAGU, KOLOM_10_FORMULIR
from renja_xl.tabel.spec import Tipe
from tests import PANJANG
from tests.conftest import isi as isi_sel
from tests.excel import ragam
from tests.excel.ragam import RAGAM, TAMBAHAN, TANPA_NILAI, akhiran, bagian_sama, sama_isi
from tests.fuzz import Hasil, perintah
from tests.libre import hitung_ulang, soffice
from tests.strategi import buku_normal, kolom_masukan
from tests.test_paritas import beda_sel, galat

Perubahan = Mapping[str, Mapping[tuple[int, int], IsiSel]]
Tempat = tuple[str, str]
"""Sheet and cell."""

_PROGRAM_LAIN = {"openpyxl", "openpyxl-dengan-nilai", "libreoffice"}
_SINGKAT = {"polos", "excel", "libreoffice", "rumus-bersama"}
"""Ways in which workbooks with a planner's own work are tried where time is short."""

_PENDEK = (
    *("polos", "excel", "wps", "wps-tanpa-nilai", "libreoffice", "openpyxl", "rumus-bersama", "tanpa-alamat", "utf-16"),
    *("awalan-semua", "nama-bagian-lain", "komentar-xml"),
)
"""Ways of saving that differ most."""

MENGIKUTI = (*TABEL_BERPOHON, ANGGARAN, KALIMAT, PERBANDINGAN, DATA_GRAFIK, BERANDA)
"""Tables that follow from the inputs that change below."""

_ASING = re.compile(
    r"traceback|\berror\b|\binvalid\b|\bfailed\b|\bcannot\b|\bNone\b|\bwritten\b|\bfile\b", re.IGNORECASE
)


def _sel(alamat: str) -> tuple[int, int]:
    return int(re.sub(r"\D", "", alamat)), nomor_kolom(re.sub(r"\d", "", alamat))


def _ubah(isi: bytes, *ubahan: tuple[str, str, IsiSel]) -> bytes:
    """The workbook as if somebody had typed: sheet, address, what."""
    per: dict[str, dict[tuple[int, int], IsiSel]] = {}
    for lembar, alamat, apa in ubahan:
        per.setdefault(lembar, {})[_sel(alamat)] = apa
    return tambal(Paket(Path(f"Renja{akhiran(isi)}"), isi), per)


def _bagian(isi: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(isi)) as z:
        return {n: z.read(n) for n in z.namelist()}


SAAT = datetime(2026, 11, 4, 9, 5)


@pytest.fixture(autouse=True)
def jam(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A clock that stands still: the time of a recompute is always the one that the plans below were made at."""
    monkeypatch.setattr(waktu, "catat_waktu", lambda buku, _kini: catat_waktu(buku, SAAT))
    return monkeypatch


@dataclass(frozen=True)
class Jadi:
    """A run of ``hitung`` on a file in a folder of its own."""

    hasil: Hasil
    isi: bytes
    """The file afterwards."""
    cadangan: tuple[bytes, ...]
    lain: tuple[str, ...]
    """Other files that lie in the folder."""


def _hitung(isi: bytes, *opsi: str, jalankan: Callable[..., Hasil] = perintah) -> Jadi:
    with tempfile.TemporaryDirectory(prefix="renja-setempat-") as nama:
        folder = Path(nama)
        path = folder / f"Renja{akhiran(isi)}"
        path.write_bytes(isi)
        hasil = jalankan("hitung", path, *(o.replace("FOLDER", nama) for o in opsi))
        cadangan = tuple(p.read_bytes() for p in sorted((folder / "Cadangan").glob("*")))
        lain = [p for p in folder.rglob("*") if p.is_file() and p != path and p.parent.name != "Cadangan"]
        return Jadi(hasil, path.read_bytes(), cadangan, tuple(sorted(p.name for p in lain)))


def _pastikan_sopan(hasil: Hasil, kode: int = 0) -> None:
    assert hasil.kode == kode, hasil.pesan
    assert not _ASING.search(hasil.pesan), hasil.pesan
    if kode == 2:
        assert hasil.keluaran == ""
        (maaf,) = [b for b in hasil.pesan.splitlines() if b.startswith("Maaf:")]
        assert "mohon" in maaf.lower()


def _pastikan_ditolak(isi: bytes, *kata: str) -> None:
    """Refused with these words, and nothing is another byte."""
    jadi = _hitung(isi)
    _pastikan_sopan(jadi.hasil, 2)
    for k in kata:
        assert k in jadi.hasil.pesan
    assert (jadi.isi, jadi.cadangan, jadi.lain) == (isi, (), ())


# ── what a change of inputs means, computed without writing into a workbook ───────────────────────────────────


@cache
def _tampil(isi: bytes) -> Mapping[Tempat, Any]:
    """Every value that a workbook shows, as openpyxl reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wb: Any = load_workbook(BytesIO(isi), data_only=True)
    return {(ws.title, c.coordinate): c.value for ws in wb for c in ws._cells.values() if c.value is not None}


@lru_cache(maxsize=8)
def _rumus(isi: bytes) -> Mapping[Tempat, str]:
    wb = ragam.muat(isi)
    return {
        (ws.title, c.coordinate): str(getattr(c.value, "text", c.value)).removeprefix("=")
        for ws in wb
        for c in ws._cells.values()
        if c.data_type == "f"
    }


@dataclass(frozen=True)
class Kasus:
    """A plan, inputs that change, and what then must change."""

    polos: bytes
    masukan: tuple[tuple[str, str, IsiSel], ...]
    harapan: Mapping[Tempat, Any]
    """Dependent cells with their new values."""
    seharusnya: bytes
    """The workbook built from the changed plan."""


@pytest.fixture(scope="module")
def kasus(kecil: Buku) -> Kasus:
    """Money and targets of two sub kegiatan change; parents, rates, differences and RKT follow."""
    letak = letak_bawaan(kecil)
    ubahan: list[tuple[str, str, str, float | int]] = [
        (T_C_33.kunci, "s-5", "pagu_n", 123_456_78),
        (T_C_31.kunci, "s-8", "kebutuhan_dana", 9_000_000_00),
        (T_C_29.kunci, "s-6", "realisasi_n2", 4.5),
    ]
    baru, masukan = kecil, []
    for tabel, simpul, kolom, nilai in ubahan:
        b = next(b for b in kecil.baris(tabel) if b.simpul == simpul)
        baru = isi_sel(baru, tabel, simpul, {kolom: nilai})
        rupiah = MENURUT_KUNCI[tabel].menurut_kunci[kolom].tipe is Tipe.RUPIAH
        tulis = rupiah_dari_sen(int(nilai)) if rupiah else nilai
        masukan.append((MENURUT_KUNCI[tabel].lembar, letak.sel(tabel, b.id, kolom), IsiSel(tulis)))
    polos, jadi = (bangun(catat_waktu(b, SAAT)) for b in (kecil, hitung(baru)))
    a, z = _tampil(polos), _tampil(jadi)
    diketik = {(lembar, alamat) for lembar, alamat, _ in masukan}
    harapan = {k: z[k] for k in z if a.get(k) != z[k] and k not in diketik}
    assert a.keys() == z.keys()
    assert {lembar for lembar, _ in harapan} == {s.lembar for s in MENGIKUTI}
    return Kasus(polos, tuple(masukan), harapan, jadi)


def _variasi() -> list[Any]:
    """Every way of saving, of the plain workbook and of those with a planner's own work."""
    hasil = []
    for nama in ("polos", *RAGAM) if PANJANG else _PENDEK:
        for tambahan in ("", *TAMBAHAN):
            if tambahan == "tambahan-makro" and nama in _PROGRAM_LAIN:
                continue  # other programs drop macros, or save them under another name
            if tambahan and not PANJANG and nama not in _SINGKAT:
                continue
            hasil.append(pytest.param(nama, tambahan, id="-".join(x for x in (nama, tambahan) if x)))
    return hasil


def _simpan(isi: bytes, nama: str, tambahan: str = "") -> bytes:
    isi = TAMBAHAN[tambahan](isi) if tambahan else isi
    return isi if nama == "polos" else RAGAM[nama](isi)


# ── in every way of saving ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("nama", "tambahan"), _variasi())
def test_hanya_yang_mengikuti_yang_berubah(kasus: Kasus, nama: str, tambahan: str) -> None:
    asal = _ubah(_simpan(kasus.polos, nama, tambahan), *kasus.masukan)
    with tempfile.TemporaryDirectory(prefix="renja-setempat-") as folder:
        path = Path(folder) / f"Renja{akhiran(asal)}"
        path.write_bytes(asal)
        _pastikan_sopan(hasil := perintah("hitung", path))
        jadi, saat = path.read_bytes(), path.stat().st_mtime_ns
        cadangan = list((Path(folder) / "Cadangan").iterdir())
        assert [p.read_bytes() for p in cadangan] == [asal]
        assert [b.partition(":")[0] for b in hasil.pesan.splitlines()[:2]] == ["Versi sebelumnya disimpan", "Ditulis"]
        _pastikan_sopan(lagi := perintah("hitung", path))
        assert "tidak ada yang ditulis" in lagi.pesan
        assert lagi.keluaran == "Tidak ada jumlah yang berubah.\n"
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (jadi, saat)
        assert list((Path(folder) / "Cadangan").iterdir()) == cadangan
    _pastikan_bagian(asal, jadi, bool(tambahan))
    if nama.startswith("zip-") and not PANJANG:  # the same parts, differently packed
        assert _bagian(jadi) == _bagian(
            RAGAM[nama](_hitung(_ubah(_simpan(kasus.polos, "polos", tambahan), *kasus.masukan)).isi)
        )
    else:
        _pastikan_sel(kasus, asal, jadi, nama)


def _pastikan_sel(kasus: Kasus, asal: bytes, jadi: bytes, nama: str) -> None:
    """Cells by their cached values, and sentences; formulas, formats and all else are as before."""
    satu, dua = ragam._ringkas(asal), ragam._ringkas(jadi)
    berubah = {k for k in {**satu, **dua} if satu.get(k) != dua.get(k)}
    berumus = _rumus(kasus.polos)
    kalimat = {k: v for k, v in kasus.harapan.items() if k not in berumus}
    assert {lembar for lembar, _ in kalimat} == {KALIMAT.lembar}
    benar = {k: v for k, v in kasus.harapan.items() if k in berumus}
    if nama in TANPA_NILAI:
        benar = {k: _tampil(kasus.seharusnya)[k] for k in berumus}
    assert {k: dua[k] for k in berubah} == {
        **{("nilai", f"{lembar}!{sel}"): ragam._bernilai(v) for (lembar, sel), v in benar.items()},
        **{("isi", f"{lembar}!{sel}"): (False, ragam._bernilai(v)) for (lembar, sel), v in kalimat.items()},
    }


def _pastikan_bagian(asal: bytes, jadi: bytes, ada_rumus_lain: bool) -> None:
    """Our sheets alone, and what asks Excel to recompute where formulas of others may follow."""
    paket = Paket(Path("Renja.xlsx"), asal)
    beda = bagian_sama(asal, jadi)
    resmi = {paket.lembar[s.lembar] for s in MENGIKUTI}
    assert (
        resmi <= beda <= resmi | {paket.lembar[s.lembar] for s in SEMUA} | ({paket.buku} if ada_rumus_lain else set())
    )
    minta = [b'fullCalcOnLoad="1"' in _bagian(x)[paket.buku] for x in (asal, jadi)]
    assert (paket.buku in beda) == (ada_rumus_lain and not minta[0])  # openpyxl always asks
    assert minta[1] == (minta[0] or ada_rumus_lain)


def test_lewat_proses_sendiri(kasus: Kasus, jam: pytest.MonkeyPatch) -> None:
    """The command as installed does the same."""
    jam.undo()

    def jalankan(*isian: str | Path) -> Hasil:
        hasil = subprocess.run(
            [sys.executable, "-m", "renja_xl", *map(str, isian)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Hasil(hasil.returncode, hasil.stdout, hasil.stderr)

    for tambahan in ("", "tambahan-makro"):
        asal = _ubah(_simpan(kasus.polos, "excel", tambahan), *kasus.masukan)
        a, z, lagi = _hitung(asal), _hitung(asal, jalankan=jalankan), _hitung(asal)
        assert (a.hasil.kode, a.hasil.keluaran) == (z.hasil.kode, z.hasil.keluaran)
        assert z.isi in {a.isi, lagi.isi}  # the clock may go on to the next minute, once
        assert z.cadangan == (asal,)
        assert "→" in z.hasil.keluaran
    rusak = _zip({n: b for n, b in _bagian(asal).items() if not n.endswith("sheet4.xml")})
    ditolak = _hitung(rusak, jalankan=jalankan)
    _pastikan_sopan(ditolak.hasil, 2)


def _zip(bagian: Mapping[str, bytes]) -> bytes:
    keluaran = BytesIO()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as z:
        for nama, isi in bagian.items():
            z.writestr(zipfile.ZipInfo(nama), isi)
    return keluaran.getvalue()


# ── LibreOffice agrees ────────────────────────────────────────────────────────────────────────────────────────

_DIHITUNG_ULANG = {
    "polos": ("polos", ""),
    "tambahan": ("polos", "tambahan"),
    "rumus-bersama": ("rumus-bersama", ""),
    "libreoffice": ("libreoffice", ""),
    "openpyxl": ("openpyxl", ""),
    "wps-tanpa-nilai": ("wps-tanpa-nilai", ""),
}


def test_libreoffice_menghitung_yang_sama(kasus: Kasus, tmp_path: Path) -> None:
    """What ``hitung`` leaves beside every formula of ours is what a full recalculation gives."""
    soffice()
    berkas = []
    for nama, cara in _DIHITUNG_ULANG.items():
        path = tmp_path / f"{nama}.xlsx"
        path.write_bytes(_hitung(_ubah(_simpan(kasus.polos, *cara), *kasus.masukan)).isi)
        berkas.append(path)
    dihitung = hitung_ulang(berkas, tmp_path / "jadi", "id-ID")
    milik: dict[str, set[tuple[int, int]]] = {}
    for lembar, alamat in _rumus(kasus.polos):
        milik.setdefault(lembar, set()).add(_sel(alamat))
    for path in berkas:
        assert galat(path) == []
        assert beda_sel(path, dihitung[path.name], milik) == [], path.name


# ── what somebody wrote into computed cells ───────────────────────────────────────────────────────────────────


_DIKETIK = [
    ("polos", 777_777.25),
    ("polos", "dua ratus juta"),
    ("excel", 777_777.25),
    ("tanpa-alamat", "dua ratus juta"),
] + (
    [(nama, d) for nama in ("excel", "tanpa-alamat", "utf-16", "awalan-semua") for d in (777_777.25, "dua ratus juta")]
    if PANJANG
    else []
)


def _induk(buku: Buku, tabel: str, simpul: str, kolom: str) -> tuple[Baris, str]:
    b = next(b for b in buku.baris(tabel) if b.simpul == simpul)
    return b, letak_bawaan(buku).sel(tabel, b.id, kolom)


@pytest.mark.parametrize(("nama", "diketik"), _DIKETIK)
def test_ketikan_di_sel_hitungan_dipulihkan(kecil: Buku, kasus: Kasus, nama: str, diketik: float | str) -> None:
    b, alamat = _induk(kecil, T_C_33.kunci, "s-4", "pagu_n")
    asal = _ubah(_simpan(kasus.polos, nama), (T_C_33.lembar, alamat, IsiSel(diketik, "")))
    jadi = _hitung(asal)
    _pastikan_sopan(jadi.hasil)
    assert f"Rumus dipulihkan di {T_C_33.lembar}!{alamat};" in jadi.hasil.pesan
    assert jadi.cadangan == (asal,)
    tempat = (T_C_33.lembar, alamat)
    assert _rumus(jadi.isi)[tempat] == _rumus(kasus.polos)[tempat]
    assert _tampil(jadi.isi)[tempat] == _tampil(kasus.polos)[tempat]
    assert not [x for x in sama_isi(_simpan(kasus.polos, nama), jadi.isi) if "_asli" not in x]
    terbaca = _baca(jadi.isi)
    asli = next(x for x in terbaca.baris(T_C_33.kunci) if x.id == b.id)["pagu_n"]
    assert asli.rumus
    assert asli.asli is not None
    assert ("777" in asli.asli) if isinstance(diketik, float) else (asli.asli == diketik)
    _pastikan_diam(jadi.isi)


def _baca(isi: bytes) -> Buku:
    with tempfile.TemporaryDirectory(prefix="renja-setempat-") as folder:
        path = Path(folder) / f"Renja{akhiran(isi)}"
        path.write_bytes(isi)
        return baca(path).buku


def _pastikan_diam(isi: bytes) -> None:
    """A second ``hitung`` finds nothing to do."""
    lagi = _hitung(isi)
    assert (lagi.hasil.kode, lagi.isi, lagi.cadangan, lagi.lain) == (0, isi, (), ())


@pytest.mark.parametrize("nama", ["polos", "excel", "tanpa-alamat"])
def test_sel_hitungan_yang_dikosongkan_terisi_lagi(kecil: Buku, kasus: Kasus, nama: str) -> None:
    _, alamat = _induk(kecil, T_C_33.kunci, "s-4", "pagu_n")
    jadi = _hitung(_ubah(_simpan(kasus.polos, nama), (T_C_33.lembar, alamat, IsiSel(None, ""))))
    _pastikan_sopan(jadi.hasil)
    assert sama_isi(_simpan(kasus.polos, nama), jadi.isi) == []
    _pastikan_diam(jadi.isi)


def test_rumus_sendiri_di_sel_hitungan_dibiarkan(kecil: Buku, kasus: Kasus) -> None:
    _, alamat = _induk(kecil, T_C_33.kunci, "s-4", "pagu_n")
    asal = _ubah(kasus.polos, (T_C_33.lembar, alamat, IsiSel(5, "2+3")), *kasus.masukan)
    jadi = _hitung(asal)
    _pastikan_sopan(jadi.hasil)
    assert f"Rumus lain dibiarkan di {T_C_33.lembar}!{alamat};" in jadi.hasil.pesan
    assert "Excel akan menghitung ulang" in jadi.hasil.pesan
    assert _rumus(jadi.isi)[T_C_33.lembar, alamat] == "2+3"
    assert _tampil(jadi.isi)[T_C_33.lembar, alamat] == 5
    assert b'fullCalcOnLoad="1"' in _bagian(jadi.isi)["xl/workbook.xml"]
    lain = {k: v for k, v in kasus.harapan.items() if k != (T_C_33.lembar, alamat)}
    assert {k: _tampil(jadi.isi)[k] for k in lain} == lain
    _pastikan_diam(jadi.isi)


def test_nama_di_judul_ikut(kasus: Kasus, kecil: Buku) -> None:
    """The line under every title follows what Profil says."""
    alamat = letak_bawaan(kecil).sel(PROFIL.kunci, "perangkat_daerah", "nilai")
    nama = 'Badan <Kepegawaian> & "Pengembangan" SDM'
    asal = _ubah(kasus.polos, (PROFIL.lembar, alamat, IsiSel(nama)))
    jadi = _hitung(asal)
    _pastikan_sopan(jadi.hasil)
    tampil = _tampil(jadi.isi)
    penyusun = {k: f for k, f in _rumus(kasus.polos).items() if "profil_perangkat_daerah" in f}
    judul = {lembar: tampil[lembar, sel] for (lembar, sel), f in penyusun.items() if "profil_kabupaten" in f}
    assert judul.keys() >= {s.lembar for s in SEMUA}
    assert all(v.startswith(f"{nama} ") for v in judul.values())
    assert [tampil[k] for k, f in penyusun.items() if "profil_kabupaten" not in f] == [nama]  # on Beranda
    assert {b.partition(" ")[0] for b in sama_isi(asal, jadi.isi)} == {"nilai"}
    _pastikan_diam(jadi.isi)


# ── what is refused ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nama", ["polos", "wps-tanpa-nilai", "openpyxl", "utf-16"])
def test_masukan_berumus_tanpa_nilai_ditolak(kasus: Kasus, nama: str) -> None:
    """Counted as blank it would give wrong sums."""
    lembar, alamat, _ = kasus.masukan[0]
    asal = _ubah(_simpan(kasus.polos, nama), (lembar, alamat, IsiSel(None, "100+1")))
    _pastikan_ditolak(asal, f"Lembar {lembar} sel {alamat} ", "tanpa nilainya")


def test_masukan_berumus_dengan_nilai_dihitung(kasus: Kasus) -> None:
    (lembar, alamat, apa), *lain = kasus.masukan
    asal = _ubah(kasus.polos, (lembar, alamat, replace(apa, rumus="100+1")), *lain)
    jadi = _hitung(asal)
    _pastikan_sopan(jadi.hasil)
    assert {k: _tampil(jadi.isi)[k] for k in kasus.harapan} == kasus.harapan
    assert _rumus(jadi.isi)[lembar, alamat] == "100+1"


def test_bertanda_tangan_ditolak(kasus: Kasus) -> None:
    tanda = {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    basi = _ubah(kasus.polos, *kasus.masukan)
    _pastikan_ditolak(_zip({**_bagian(basi), **tanda}), "Renja.xlsx bertanda tangan digital")


# ── into another file ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tambahan", ["", "tambahan-makro"])
def test_ke_berkas_lain(kasus: Kasus, tambahan: str) -> None:
    asal = _ubah(_simpan(kasus.polos, "polos", tambahan), *kasus.masukan)
    nama = f"Hasil{akhiran(asal)}"
    with tempfile.TemporaryDirectory(prefix="renja-setempat-") as folder:
        path, lain = Path(folder) / f"Renja{akhiran(asal)}", Path(folder) / nama
        path.write_bytes(asal)
        _pastikan_sopan(perintah("hitung", path, "-o", lain))
        assert sorted(p.name for p in Path(folder).iterdir()) == sorted([path.name, nama])
        assert path.read_bytes() == asal
        assert lain.read_bytes() == _hitung(asal).isi
        salah = lain.with_suffix(".xlsx" if tambahan else ".xlsm").with_stem("Salah")
        _pastikan_sopan(ditolak := perintah("hitung", path, "-o", salah), 2)
        assert path.suffix in ditolak.pesan
        assert not salah.exists()
    sama = _hitung(asal, "-o", f"FOLDER/Renja{akhiran(asal)}")
    assert (sama.isi, sama.cadangan, sama.lain) == (_hitung(asal).isi, (asal,), ())


def test_ke_berkas_lain_tanpa_perubahan(kasus: Kasus) -> None:
    """Nothing to recompute is still a file that was asked for."""
    jadi = _hitung(kasus.polos, "-o", "FOLDER/Hasil.xlsx")
    assert (jadi.hasil.kode, jadi.isi, jadi.lain) == (0, kasus.polos, ("Hasil.xlsx",))


# ── any plan ──────────────────────────────────────────────────────────────────────────────────────────────────

_PILIHAN: Mapping[tuple[str, str], tuple[str | float | None, ...]] = {
    (PROFIL.kunci, "cara_kolom_10"): (KOLOM_10_FORMULIR, None),
    (PROFIL.kunci, "dasar_rkt"): (DARI_PAGU, None),
    (DASAR_PERHITUNGAN.kunci, "dasar_prakiraan"): (DARI_PAGU, None),
    (DASAR_PERHITUNGAN.kunci, "pertumbuhan_prakiraan"): (0.0, 7.5, "x", None),
    (DASAR_PERHITUNGAN.kunci, "pembulatan_prakiraan"): (0.0, 1000.0, None),
}
_ISI_ACAK = {
    Tipe.RUPIAH: (0, 1_000_000, 123_456.78, -5_000, None, "-", "dua juta", 9_999_999_999.99),
    Tipe.ANGKA: (0.0, 1.0, 65.18, -3.5, 1e-6, None, "-", "80%"),
}


def _masukan_acak(buku: Buku, a: Random) -> list[tuple[str, str, IsiSel]]:
    """Some inputs typed anew, emptied, or mistyped."""
    letak = letak_bawaan(buku)
    semua: list[tuple[str, str, Collection[Any]]] = []
    for spec in TABEL_RENCANA:
        for b in buku.baris(spec.kunci):
            for kolom in kolom_masukan(spec):
                if b.level in REKAP and kolom.rumus_rekap:
                    continue
                uang = kolom in spec.kolom_uang
                if (uang and b.level is not Level.SUB_KEGIATAN) or b[kolom.kunci].rumus:
                    continue
                pilihan = _ISI_ACAK.get(kolom.tipe)
                if pilihan:
                    semua.append((spec.lembar, letak.sel(spec.kunci, b.id, kolom.kunci), pilihan))
    for (tabel, kunci), isi in _PILIHAN.items():
        alamat = letak.sel(tabel, kunci, "nilai")
        if alamat:
            semua.append((MENURUT_KUNCI[tabel].lembar, alamat, isi))
    terpilih = a.sample(semua, min(len(semua), a.choice((1, 3, 12))))
    return [(lembar, alamat, IsiSel(a.choice(tuple(isi)))) for lembar, alamat, isi in terpilih]


@given(buku=buku_normal(ukuran=8, minimal=3), benih=st.integers(0, 2**32 - 1))
@settings(
    max_examples=600 if PANJANG else 5,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_rencana_apa_pun(buku: Buku, benih: int) -> None:
    """In its place or built anew, the recomputed plan is the same."""
    a = Random(benih)
    nama = a.choice(("polos", *sorted(RAGAM.keys() - {"libreoffice", "tanggal-1904"})))
    asal = _ubah(_simpan(bangun(buku), nama), *_masukan_acak(buku, a))
    jadi = _hitung(asal)
    _pastikan_sopan(jadi.hasil)
    benar = hitung(_baca(asal))
    assert _baca(jadi.isi) == _baca(bangun(benar if jadi.isi == asal else catat_waktu(benar, SAAT)))
    _pastikan_diam(jadi.isi)
