"""What the ribbon's buttons do to a workbook: the scenarios of a planner's day, held against the command line on the same file."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from renja_xl.bappeda.cek_berkas import cek_berkas as cek
from renja_xl.cli import cli
from renja_xl.core.awal import baris_nomenklatur
from renja_xl.core.buku import STRUKTUR, Buku, Level, Sel
from renja_xl.core.catatan import dengan_catatan
from renja_xl.core.hitung import hitung
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.perbarui import perbarui
from renja_xl.core.tahapan import ambil_tahapan
from renja_xl.core.tambalan import isian
from renja_xl.core.usulan import teks
from renja_xl.core.waktu import catat_sidik
from renja_xl.excel import makro
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.langsung import Langsung, baca_langsung
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.makro import bantuan, kirim, sanding, tahapan
from renja_xl.excel.makro import isi as grup_isi
from renja_xl.excel.makro import periksa as grup_periksa
from renja_xl.excel.makro.dasar import berkas_log
from renja_xl.excel.rumus import tanpa_udf
from renja_xl.excel.susun_tabel import susun_tabel
from renja_xl.excel.tambal import tambal
from renja_xl.excel.tulis import versi_sebelumnya
from renja_xl.excel.vba import dengan_makro
from renja_xl.periksa import periksa
from renja_xl.tabel import (
    BARIS_DIHAPUS,
    CATATAN_PERBAIKAN,
    NOMENKLATUR,
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    T_C_29,
    T_C_31,
    T_C_33,
    TABEL_RENCANA,
    TABEL_TERTAUT,
    TRIWULAN,
    TUGAS,
    USULAN_BAPPEDA,
)
from tests.bappeda.kembali import Ketikan, kembali
from tests.conftest import baris_simpul, isi
from tests.excel import mesin
from tests.excel.test_langsung import letak_sel, polos

BUTIR = (
    Butir("5.03.02.2.01", Level.KEGIATAN, "Pengadaan dan Pemberhentian"),
    Butir("5.03.02.2.01.0004", Level.SUB_KEGIATAN, "Evaluasi Pengadaan", "Jumlah Laporan Evaluasi", "Laporan"),
    Butir("5.03.02.2.03", Level.KEGIATAN, "Pengembangan Kompetensi"),
    Butir("5.03.02.2.03.0001", Level.SUB_KEGIATAN, "Peningkatan Kapasitas", "Jumlah ASN", "Orang"),
)


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "keadaan"))
    return berkas_log()


@pytest.fixture(scope="module")
def rencana(kecil: Buku) -> Buku:
    """The small plan with a nomenclature, something to correct, and its findings listed."""
    buku = kecil.ganti({NOMENKLATUR.kunci: baris_nomenklatur(BUTIR)})
    buku = isi(buku, T_C_29.kunci, "s-8", {"realisasi_n2": "lima"})
    buku = isi(buku, T_C_33.kunci, "s-6", {"pagu_n": "1,400"})
    buku = replace(buku, simpul=tuple(replace(s, kode=None) if s.id == "s-8" else s for s in buku.simpul))
    buku = catat_sidik(hitung(perbarui(buku)))
    return dengan_catatan(buku, periksa(buku))


@pytest.fixture(scope="module")
def paket(rencana: Buku) -> bytes:
    return bangun(rencana)


@pytest.fixture(scope="module")
def beku(rencana: Buku) -> bytes:
    return mesin.Buku(dengan_makro(bangun(rencana, makro=True))).beku()


@pytest.fixture
def book(beku: bytes) -> mesin.Buku:
    return mesin.Buku.cair(beku)


def tekan(book: mesin.Buku, tombol: Callable[..., None], *argumen: Any) -> str:
    """Push a button; what the planner is told. Excel is as before, and the limits are kept."""
    semula = book.app.keadaan(), [x.name for x in book.lembar if x.terlindung is not None]
    sebelum = {x.name: x.isi() for x in book.lembar}
    book.nol()
    book.app.pesan.clear()
    tombol(*argumen, book=book.xw)
    assert (book.app.keadaan(), [x.name for x in book.lembar if x.terlindung is not None]) == semula
    assert max(book.baca.values(), default=0) <= 1  # one call for values, one for formulas
    assert max(book.tulis.values(), default=0) <= 1
    for x in book.lembar:
        if x.isi() == sebelum[x.name]:
            assert not book.tulis[x.name], x.name
    assert len(book.app.pesan) <= 1
    assert all(judul == "Renja-XL" for _, judul in book.app.pesan)
    return book.app.pesan[0][0] if book.app.pesan else ""


def sel_waktu(t: Langsung) -> set[str]:
    """Cells that say when something was done, and for which inputs."""
    waktu = {"terakhir_dihitung", "terakhir_disusun", "sidik_susunan"}
    rows = [b for b in t.buku.baris(PROFIL.kunci) if b["kunci"].nilai in waktu]
    return {f"{PROFIL.lembar}!{t.letak.sel(PROFIL.kunci, b.id, 'nilai')}" for b in rows}


def isi_profil(t: Langsung, kunci: str) -> Any:
    return next(b["nilai"].nilai for b in t.buku.baris(PROFIL.kunci) if b["kunci"].nilai == kunci)


# ── a planner's day ───────────────────────────────────────────────────────────────────────────────────────────


def ketik(path: Path, sel: dict[tuple[str, str, str], str | float], *, timpa: bool = False) -> None:
    """Type into cells given by table, row id and column; rows named ``+0``, ``+1`` … stand right below the table."""
    t = baca(path)
    per_lembar: dict[str, dict[tuple[int, int], IsiSel]] = {}
    for (tabel, baris, kolom), nilai in sel.items():
        nomor = t.letak.baris[tabel]
        r = max(nomor.values()) + 1 + int(baris) if baris.startswith("+") else nomor[baris]
        per_lembar.setdefault(t.letak.lembar(tabel), {})[r, t.letak.kolom[tabel][kolom]] = (
            IsiSel(nilai, "") if timpa else IsiSel(nilai)
        )
    path.write_bytes(tambal(t.paket, per_lembar))


def baris_id(path: Path, tabel: str, simpul: str) -> str:
    return next(b.id for b in baca(path).buku.baris(tabel) if b.simpul == simpul)


def ganti_nama(path: Path) -> None:
    ketik(path, {(STRUKTUR, "i-6", "nama"): "=Nama yang diganti", (STRUKTUR, "i-6", "indikator"): "5.03"})


def tambah(path: Path) -> None:
    baru = {
        "kode": "5.03.02.2.01.0005",
        "level": "Sub kegiatan",
        "nama": "Sub baru",
        "indikator": "Jumlah naskah",
        "satuan": "Naskah",
    }
    ketik(path, {(STRUKTUR, "+0", k): v for k, v in baru.items()})


def hapus(path: Path) -> None:
    t = baca(path)
    buku = replace(
        t.buku,
        simpul=tuple(s for s in t.buku.simpul if s.id != "s-6"),
        indikator=tuple(i for i in t.buku.indikator if i.simpul != "s-6"),
    )
    path.write_bytes(susun_tabel(t, buku, [PROGRAM_SUB_KEGIATAN]))


def ubah_pagu(path: Path) -> None:
    ketik(path, {(T_C_33.kunci, baris_id(path, T_C_33.kunci, "s-5"), "pagu_n"): 987_654_321.25})


def ubah_satuan(path: Path) -> None:
    ketik(path, {(STRUKTUR, "i-6", "satuan"): "%"})


def tempel_40(path: Path) -> None:
    sel: dict[tuple[str, str, str], str | float] = {}
    for n in range(40):
        baru = {
            "kode": f"5.03.02.2.01.{n + 10:04d}",
            "level": "Sub kegiatan",
            "nama": f"Sub ke-{n}",
            "indikator": f"Jumlah {n}",
        }
        sel |= {(STRUKTUR, f"+{n}", k): v for k, v in baru.items()}
    ketik(path, sel)


def timpa_hitungan(path: Path) -> None:
    ketik(path, {(T_C_29.kunci, baris_id(path, T_C_29.kunci, "s-5"), "tingkat_realisasi_n2"): 75.0}, timpa=True)
    ketik(path, {(T_C_33.kunci, baris_id(path, T_C_33.kunci, "s-4"), "pagu_n"): 1_000_000.0}, timpa=True)


SKENARIO = (ganti_nama, tambah, hapus, ubah_pagu, ubah_satuan, tempel_40, timpa_hitungan)


def jalan(*argumen: object) -> str:
    hasil = CliRunner().invoke(cli, [str(a) for a in argumen])
    assert hasil.exit_code in {0, 1}, hasil.exception
    return hasil.stdout


@pytest.mark.parametrize("ubah", SKENARIO)
def test_perbarui_tabel_sama_dengan_perintahnya(paket: bytes, tmp_path: Path, ubah: Callable[[Path], None]) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(paket)
    ubah(path)
    lama = baca(path).buku
    book = mesin.Buku(path.read_bytes())
    book.pilih(T_C_31.lembar, "D9")
    pesan = tekan(book, grup_isi.perbarui_tabel)
    assert (book.aktif.name, book.pilihan) == (T_C_31.lembar, (9, 4, 9, 4))
    assert pesan.startswith("Tabel sudah diperbarui.\n")
    assert pesan.endswith("tidak dapat dibatalkan dengan Urungkan (Undo).")
    cetakan = jalan("perbarui", path)
    assert [b for b in cetakan.splitlines() if "baris ditambah" in b] == [
        b for b in pesan.splitlines() if "baris ditambah" in b
    ]
    t = baca_langsung(book.xw)
    beda = mesin.beda(book, mesin.Buku(path.read_bytes()), sel_waktu(t))
    # rows typed below the struktur are printed too when Excel lays them out
    assert [b for b in beda if not b.startswith(f"{STRUKTUR} cetak")] == []
    seharusnya = hitung(perbarui(lama))
    assert polos(t.buku, TABEL_RENCANA) == polos(seharusnya, TABEL_RENCANA)
    assert [s.nama for s in t.buku.simpul] == [s.nama for s in seharusnya.simpul]
    # and then there is nothing left to do
    assert tekan(book, grup_isi.perbarui_bila_basi) == ""
    assert not book.tulis


def test_hitung_ulang_sama_dengan_perintahnya(paket: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(paket)
    timpa_hitungan(path)
    book = mesin.Buku(path.read_bytes())
    t = baca_langsung(book.xw)
    pesan = tekan(book, grup_isi.hitung_ulang)
    cetakan = jalan("hitung", path)
    assert mesin.beda(book, mesin.Buku(path.read_bytes()), sel_waktu(t)) == []
    sel = [
        f"T-C.29!{letak_sel(t, T_C_29, 's-5', 'tingkat_realisasi_n2')}",
        f"T-C.33!{letak_sel(t, T_C_33, 's-4', 'pagu_n')}",
    ]
    assert f"Rumus dipulihkan di {sel[0]}, {sel[1]}; yang diketik di sana tersimpan di lembar _asli." in pesan
    assert {b.lstrip("- ") for b in pesan.splitlines() if "→" in b} == set(cetakan.splitlines())
    assert tekan(book, grup_isi.hitung_ulang) == "Semua sel hitungan sudah benar."


def test_hitung_ulang_membiarkan_rumus_orang_lain(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    sel = letak_sel(t, T_C_29, "s-5", "tingkat_realisasi_n2")
    book[T_C_29.lembar].di(sel).rumus = "A1*2"
    pesan = tekan(book, grup_isi.hitung_ulang)
    assert f"Rumus lain dibiarkan di T-C.29!{sel}" in pesan
    assert book[T_C_29.lembar].di(sel).rumus == "A1*2"
    tekan(book, grup_isi.perbarui_tabel)
    assert str(book[T_C_29.lembar].di(sel).rumus).startswith("IFERROR(TINGKAT_REALISASI(")


def test_periksa_sama_dengan_perintahnya(paket: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(paket)
    timpa_hitungan(path)
    book = mesin.Buku(path.read_bytes())
    book.lembar.append(mesin.Lembar(book, "Hitungan saya"))
    pesan = tekan(book, grup_periksa.periksa)
    assert "- Lembar tambahan Anda (Hitungan saya) tidak diperiksa" in pesan
    book.lembar.pop()
    assert set(book.tulis) == {CATATAN_PERBAIKAN.lembar}
    cetakan = jalan("periksa", path, "--tulis")
    assert mesin.beda(book, mesin.Buku(path.read_bytes())) == [], "formulas are looked at too"
    assert any("diketik di atas rumus" in str(s.nilai) for s in book[CATATAN_PERBAIKAN.lembar].sel.values())
    assert "Rumus di buku ini tidak ditelusuri" not in pesan
    assert pesan.splitlines()[0] in cetakan
    assert "Catatan Berikutnya" in pesan
    assert "Yang tidak diperiksa:\n- " in pesan


def test_bila_basi_hanya_bila_perlu(book: mesin.Buku) -> None:
    """Nothing changed: only what tells so is read. A mark, or any other input, brings the tables up to date, silently."""
    assert tekan(book, grup_isi.perbarui_tabel) == "Tabel sudah mutakhir; tidak ada yang diubah."
    assert tekan(book, grup_isi.perbarui_bila_basi) == ""
    assert not book.tulis
    assert not any(
        lembar in {CATATAN_PERBAIKAN.lembar, NOMENKLATUR.lembar, "_asli", "Beranda"} for lembar, _ in book.baca
    )
    t = baca_langsung(book.xw)
    basi = next(b for b in t.buku.baris(PROFIL.kunci) if b["kunci"].nilai == "tabel_basi")
    book[PROFIL.lembar].di(t.letak.sel(PROFIL.kunci, basi.id, "nilai")).nilai = "Ya"
    assert tekan(book, grup_isi.perbarui_bila_basi) == ""
    assert set(book.tulis) == {PROFIL.lembar}
    assert isi_profil(baca_langsung(book.xw), "tabel_basi") == "Tidak"
    book[STRUKTUR].di(t.letak.sel(STRUKTUR, "i-6", "nama")).nilai = "Nama lain"
    assert tekan(book, grup_isi.perbarui_bila_basi) == ""
    assert book[T_C_33.lembar].di(letak_sel(t, T_C_33, "s-5", "nama")).nilai == "Nama lain"


# ── edits of the struktur ─────────────────────────────────────────────────────────────────────────────────────


def test_tambah_sub_kegiatan(book: mesin.Buku) -> None:
    pesan = tekan(book, grup_isi.tambah_sub_kegiatan, "5.03.02.2.03.0001")
    for spec in TABEL_TERTAUT:
        assert f"{spec.lembar}: 2 baris ditambah, 0 baris dikeluarkan." in pesan
    t = baca_langsung(book.xw)
    assert [(s.kode, s.nama) for s in t.buku.simpul[-2:]] == [
        ("5.03.02.2.03", "Pengembangan Kompetensi"), ("5.03.02.2.03.0001", "Peningkatan Kapasitas"),
    ]  # fmt: skip
    assert not book[T_C_33.lembar].di(letak_sel(t, T_C_33, t.buku.simpul[-1].id, "pagu_n")).terkunci
    semula = mesin.Buku.cair(book.beku())
    assert "sudah dipakai “Peningkatan Kapasitas”" in tekan(book, grup_isi.tambah_sub_kegiatan, "5.03.02.2.03.0001")
    assert mesin.beda(book, semula) == []


@pytest.mark.parametrize("lembar", [STRUKTUR, T_C_33.lembar])
def test_pindah_dan_hapus_menurut_baris_yang_dipilih(book: mesin.Buku, lembar: str) -> None:
    t = baca_langsung(book.xw)
    spec = next(x.spec for x in t.lembar.values() if x.spec.lembar == lembar)
    sel = t.letak.sel(STRUKTUR, "i-6", "nama") if lembar == STRUKTUR else letak_sel(t, spec, "s-5", "lokasi")
    book.pilih(lembar, sel)
    pagu = book[T_C_33.lembar].di(letak_sel(t, T_C_33, "s-5", "pagu_n")).nilai
    assert "Tabel sudah diperbarui." in tekan(book, grup_isi.pindah_sub_kegiatan, "5.03.02.2.02.0004")
    t = baca_langsung(book.xw)
    assert next(s.induk for s in t.buku.simpul if s.id == "s-5") == "s-7"
    assert book[T_C_33.lembar].di(letak_sel(t, T_C_33, "s-5", "pagu_n")).nilai == pagu
    book.pilih(T_C_33.lembar, letak_sel(t, T_C_33, "s-5", "nama"))
    pesan = tekan(book, grup_isi.hapus_sub_kegiatan)
    assert "T-C.33: 0 baris ditambah, 1 baris dikeluarkan." in pesan
    assert "disimpan di lembar Baris Dihapus" in pesan
    kini = baca_langsung(book.xw).buku
    assert "s-5" not in {s.id for s in kini.simpul}
    assert pagu in {b["nilai"].nilai for b in kini.baris(BARIS_DIHAPUS.kunci)}


def test_tanpa_baris_yang_dipilih(book: mesin.Buku) -> None:
    semula = mesin.Buku.cair(book.beku())
    for lembar, sel in ((T_C_33.lembar, "A2"), ("Panduan", "A5")):
        book.pilih(lembar, sel)
        assert "mohon pilih barisnya" in tekan(book, grup_isi.hapus_sub_kegiatan)
    t = baca_langsung(book.xw)
    book.pilih(T_C_33.lembar, letak_sel(t, T_C_33, "s-4", "nama"))
    assert "mohon pilih baris sebuah sub kegiatan" in tekan(book, grup_isi.pindah_sub_kegiatan, "5.03.02.2.02.0004")
    assert mesin.beda(book, semula) == []


def test_rapikan(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    pagu, target = (letak_sel(t, T_C_33, "s-5", k) for k in ("pagu_n", "target_n"))
    lembar = book[T_C_33.lembar]
    lembar.di(pagu).nilai, lembar.di(target).nilai = "Rp 1.000.000", "5 dok"
    book[STRUKTUR].di(t.letak.sel(STRUKTUR, "i-7", "nama")).nilai = " Administrasi\u00a0 Pemberhentian"
    pesan = tekan(book, grup_isi.rapikan)
    assert pesan.startswith("3 sel dirapikan.\n")
    assert "T-C.33, kolom 6: Rp 1.000.000 → 1.000.000" in pesan
    assert "2 sel dibiarkan karena angkanya meragukan" in pesan
    assert "- T-C.29, kolom 7: lima" in pesan
    assert (lembar.di(pagu).nilai, lembar.di(target).nilai) == (1_000_000.0, 5.0)
    t = baca_langsung(book.xw)
    b = next(b for b in t.buku.baris(T_C_33.kunci) if b.simpul == "s-5")
    assert b["pagu_n"] == Sel(1_000_000_00, "Rp 1.000.000")
    assert lembar.di(letak_sel(t, T_C_33, "s-6", "nama")).nilai == "Administrasi Pemberhentian"
    assert tekan(book, grup_isi.rapikan).startswith("Tidak ada isian yang perlu dirapikan.\n")


def test_versi_yang_tersimpan_tetap_ada_di_cadangan(book: mesin.Buku, tmp_path: Path) -> None:
    """Saving after a button would leave nothing of the file as it was; the same file is kept once."""
    path = tmp_path / book.name
    path.write_bytes(b"tersimpan")
    di_folder(book, tmp_path)
    t = baca_langsung(book.xw)
    nama = book[STRUKTUR].di(t.letak.sel(STRUKTUR, "i-6", "nama"))
    for n, (tersimpan, banyak) in enumerate(((b"tersimpan", 1), (b"tersimpan", 1), (b"tersimpan lagi", 2))):
        path.write_bytes(tersimpan)
        nama.nilai = f"Nama ke-{n}"
        pesan = tekan(book, grup_isi.perbarui_tabel)
        salinan = versi_sebelumnya(path)
        assert len(salinan) == banyak
        assert tersimpan in {p.read_bytes() for p in salinan}
        assert ("tetap ada di folder Cadangan: Renja (" in pesan) == (n != 1)
        assert path.read_bytes() == tersimpan
    assert tekan(book, grup_isi.perbarui_tabel) == "Tabel sudah mutakhir; tidak ada yang diubah."
    path.write_bytes(b"lain")
    (tmp_path / "Cadangan").rename(tmp_path / "Dulu")
    (tmp_path / "Cadangan").write_bytes(b"bukan folder")
    nama.nilai = "Nama lain"
    pesan = tekan(book, grup_isi.perbarui_tabel)
    assert pesan.startswith("Tabel sudah diperbarui.")
    assert "bukan folder, padahal versi sebelumnya disimpan di sana; mohon" in pesan


# ── findings ──────────────────────────────────────────────────────────────────────────────────────────────────


def di_sini(book: mesin.Buku) -> tuple[str, str]:
    return book.aktif.name, mesin.RentangXw(book.aktif, *book.pilihan).address.replace("$", "")


def test_catatan_berikutnya_mengunjungi_semua_dan_kembali(book: mesin.Buku) -> None:
    rows = baca_langsung(book.xw).buku.baris(CATATAN_PERBAIKAN.kunci)
    tempat = list(dict.fromkeys((str(b["lembar"].nilai), str(b["sel"].nilai)) for b in rows))
    assert len(tempat) >= 3
    dikunjungi = []
    for _ in range(len(tempat) + 1):
        assert tekan(book, grup_periksa.catatan_berikutnya) == ""
        dikunjungi.append(di_sini(book))
    assert dikunjungi == [*tempat, tempat[0]]
    assert set(book.baca) == {(CATATAN_PERBAIKAN.lembar, "nilai")}
    # from a row of the list: the next one after it
    t = baca_langsung(book.xw)
    book.pilih(CATATAN_PERBAIKAN.lembar, f"B{t.letak.baris[CATATAN_PERBAIKAN.kunci][rows[0].id]}")
    tekan(book, grup_periksa.catatan_berikutnya)
    assert di_sini(book) == tempat[1]


def test_telusuri_sel_yang_dipilih(book: mesin.Buku) -> None:
    """The same steps as on the command line, in a message; nothing is written, cells of no table of ours are told too."""
    semula = mesin.Buku.cair(book.beku())
    t = baca_langsung(book.xw)
    sel = letak_sel(t, T_C_33, "s-1", "pagu_n")
    book.pilih(T_C_33.lembar, sel)
    pesan = tekan(book, grup_periksa.telusuri)
    assert pesan.startswith(f"T-C.33!{sel}  kolom 6 – ")
    assert "Jumlah " in pesan
    assert f"T-C.33!{letak_sel(t, T_C_33, 's-5', 'pagu_n')}" in pesan
    assert mesin.beda(book, semula) == []
    book[T_C_33.lembar].di("AZ3").nilai, book[T_C_33.lembar].di("AZ3").rumus = 2.0, f"{sel}*2"
    for alamat, kata in (("A2", "Teks di luar tabel."), ("AZ3", f"Rumus di luar tabel Renja-XL: ={sel}*2")):
        book.pilih(T_C_33.lembar, alamat)
        book.app.pesan.clear()
        grup_periksa.telusuri(book=book.xw)
        ((pesan, _),) = book.app.pesan
        assert kata in pesan
    assert f"└─ T-C.33!{sel}" in pesan


def test_jelaskan_dari_selnya_dan_dari_barisnya(book: mesin.Buku) -> None:
    tekan(book, grup_periksa.catatan_berikutnya)
    pertama = di_sini(book)
    assert tekan(book, grup_periksa.jelaskan, " sesuai\nDPA ") == "1 catatan ditandai “Dijelaskan: sesuai DPA”."
    assert book.tulis == {CATATAN_PERBAIKAN.lembar: 1}
    t = baca_langsung(book.xw)
    rows = t.buku.baris(CATATAN_PERBAIKAN.kunci)
    dijelaskan = [b for b in rows if b["keadaan"].nilai == "Dijelaskan: sesuai DPA"]
    assert [(b["lembar"].nilai, b["sel"].nilai) for b in dijelaskan] == [pertama]
    # the place is not visited again, and there is nothing left to explain in it
    assert "tidak punya catatan terbuka" in tekan(book, grup_periksa.jelaskan, "lagi")
    nomor = t.letak.baris[CATATAN_PERBAIKAN.kunci]
    sisa = [nomor[b.id] for b in rows]
    book.pilih(CATATAN_PERBAIKAN.lembar, f"A{min(sisa)}:A{max(sisa)}")
    assert tekan(book, grup_periksa.jelaskan, "semua").startswith(f"{len(sisa)} catatan")
    assert "Tidak ada catatan yang masih terbuka" in tekan(book, grup_periksa.catatan_berikutnya)
    assert "masih kosong" in tekan(book, grup_periksa.jelaskan, "  ")
    tekan(book, grup_periksa.periksa)  # explanations stay with their findings
    assert {b["keadaan"].nilai for b in baca_langsung(book.xw).buku.baris(CATATAN_PERBAIKAN.kunci)} == {
        "Dijelaskan: semua"
    }


def test_jelaskan_dari_sel_anggota_sebuah_kelompok(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    b = t.buku.baris(CATATAN_PERBAIKAN.kunci)[0]
    sel = t.letak.sel(CATATAN_PERBAIKAN.kunci, b.id, "anggota")
    lain = letak_sel(t, T_C_33, "s-4", "lokasi")
    book[CATATAN_PERBAIKAN.lembar].di(sel).nilai = f";{T_C_33.lembar}!{lain};"
    book.pilih(T_C_33.lembar, lain)
    assert tekan(book, grup_periksa.jelaskan, "sama") == "1 catatan ditandai “Dijelaskan: sama”."


# ── sending and receiving ─────────────────────────────────────────────────────────────────────────────────────


def di_folder(book: mesin.Buku, folder: Path) -> mesin.Buku:
    book.fullname = str(folder / book.name)
    return book


def test_kirim_bertanya_lalu_menulis_di_samping_buku(book: mesin.Buku, tmp_path: Path) -> None:
    """What is open in Excel goes out, not what was saved; No leaves no file; a second copy is the next revision."""
    di_folder(book, tmp_path)
    t = baca_langsung(book.xw)
    book[T_C_33.lembar].di(letak_sel(t, T_C_33, "s-5", "pagu_n")).nilai = 123_456_789.0
    tanya = tekan(book, kirim.kirim)
    assert re.fullmatch(r"Masih ada \d+ catatan \(\d+ harus diperbaiki\)\. Kirim juga\?", tanya)
    assert list(tmp_path.glob("*.xlsx")) == []
    salinan = tmp_path / "Renja untuk Bappeda.xlsx"
    book.app.jawaban = "yes"
    for revisi in (1, 2):
        tanya_lalu, pesan = pesan_pesan(book, kirim.kirim)
        assert tanya_lalu == tanya
        assert pesan[0] == f"Salinan untuk Bappeda sudah dibuat: {salinan}"
        assert pesan[1].startswith(f"Revisi {revisi}. ")
        kode = pesan[2]
        assert (len(pesan) == 5) == (revisi == 2), "the earlier copy is kept"
    assert not book.tulis
    hasil = cek(salinan, kode)
    assert hasil.utuh
    assert hasil.kode_cocok
    assert hasil.isi is not None
    assert 123_456_789_00 in {b["pagu_n"].nilai for b in hasil.isi.buku.baris(T_C_33.kunci)}
    assert tekan(book, kirim.cek_berkas, str(salinan)).startswith(f"{salinan}: utuh.\nPengirim: ")


def pesan_pesan(book: mesin.Buku, tombol: Callable[..., None]) -> tuple[str, list[str]]:
    """A question and the lines of what is told after it."""
    book.nol()
    book.app.pesan.clear()
    tombol(book=book.xw)
    (tanya, _), (pesan, _) = book.app.pesan
    return tanya, pesan.splitlines()


def test_kirim_dan_cek_berkas_menolak_dengan_sopan(book: mesin.Buku, paket: bytes, tmp_path: Path) -> None:
    book.fullname = "Book1"
    assert "mohon simpan buku ini dulu" in tekan(book, kirim.kirim)
    di_folder(book, tmp_path).app.jawaban = "yes"
    (tmp_path / "Renja untuk Bappeda.xlsx").mkdir()
    _, pesan = pesan_pesan(book, kirim.kirim)
    assert len(pesan) == 1
    assert "mohon" in pesan[0]
    assert "mohon" in tekan(book, kirim.cek_berkas, str(tmp_path / "Tidak ada.xlsx"))
    induk = tmp_path / "Induk.xlsx"
    induk.write_bytes(paket)
    assert "bukan salinan untuk Bappeda" in tekan(book, kirim.cek_berkas, str(induk))


def test_terima_lalu_terapkan_usulan(book: mesin.Buku, tmp_path: Path) -> None:
    """Proposals come into their sheet, which shows; the planner's choice is applied as on the command line."""
    di_folder(book, tmp_path).app.jawaban = "yes"
    pesan_pesan(book, kirim.kirim)
    salinan = tmp_path / "Renja untuk Bappeda.xlsx"
    s5 = next(b.id for b in baca_langsung(book.xw).buku.baris(T_C_33.kunci) if b.simpul == "s-5")
    ketikan: Ketikan = {
        ("Verifikasi Bappeda", "s-5", "keputusan"): "Perlu perbaikan",
        ("Verifikasi Bappeda", "s-5", "usulan_pagu"): 90_000.0,
        (T_C_33.lembar, s5, "lokasi"): "Kuaro",
    }
    hasil = tmp_path / "Hasil.xlsx"
    hasil.write_bytes(kembali(salinan.read_bytes(), ketikan).data)
    assert "masih kosong" in tekan(book, kirim.terapkan_usulan)
    pesan = tekan(book, kirim.terima, str(hasil))
    assert pesan.startswith("3 baris baru di lembar Usulan Bappeda; isian tabel tidak berubah:")
    assert book[USULAN_BAPPEDA.lembar].tampak
    t = baca_langsung(book.xw)
    rows = t.buku.baris(USULAN_BAPPEDA.kunci)
    assert [(teks(b, "usulan"), teks(b, "keadaan")) for b in rows] == [
        ("", "Menunggu"), ("Rp90.000", "Menunggu"), ("Kuaro", "Menunggu"),
    ]  # fmt: skip
    assert baris_simpul(t.buku, T_C_33.kunci, "s-5")["pagu_n"].nilai == 100_000_00
    assert tekan(book, kirim.terima, str(hasil)).startswith("Tidak ada yang baru")
    assert not book.tulis
    book[USULAN_BAPPEDA.lembar].di(t.letak.sel(USULAN_BAPPEDA.kunci, rows[1].id, "pilihan")).nilai = "Terima"
    pesan = tekan(book, kirim.terapkan_usulan)
    assert pesan.startswith("1 usulan diterapkan.")
    assert "100.000 → Rp90.000" in pesan
    assert "2 baris masih menunggu" in pesan
    kini = baca_langsung(book.xw).buku
    b = baris_simpul(kini, T_C_33.kunci, "s-5")
    assert (b["pagu_n"].nilai, b["lokasi"].nilai) == (90_000_00, "Tanah Grogot")
    tanya, pesan_lain = pesan_pesan(book, kirim.terapkan_usulan)
    assert tanya.startswith("Belum ada usulan yang dipilih Terima. Terapkan semua 1 usulan")
    assert pesan_lain[0] == "1 usulan diterapkan."
    assert baris_simpul(baca_langsung(book.xw).buku, T_C_33.kunci, "s-5")["lokasi"].nilai == "Kuaro"


# ── next year, quarters ───────────────────────────────────────────────────────────────────────────────────────


def test_tahun_berikutnya_di_samping_buku(book: mesin.Buku, tmp_path: Path) -> None:
    """What is open in Excel becomes next year's workbook; a second push overwrites nothing."""
    di_folder(book, tmp_path)
    book.fullname = str(tmp_path / "Renja 2025.xlsx")
    t = baca_langsung(book.xw)
    book[T_C_33.lembar].di(letak_sel(t, T_C_33, "s-5", "pagu_p1")).nilai = 123_456_000.0
    pesan = tekan(book, tahapan.tahun_berikutnya)
    baru = tmp_path / "Renja 2026.xlsx"
    assert pesan.startswith(f"Buku tahun 2026 sudah dibuat: {baru}")
    assert not book.tulis
    hasil = baca(baru).buku
    assert hasil.tahun == 2026
    assert 123_456_000_00 in {b["pagu_n"].nilai for b in hasil.baris(T_C_33.kunci)}
    assert hasil.baris(TUGAS.kunci)
    semula = baru.read_bytes()
    assert "sudah ada; mohon pindahkan" in tekan(book, tahapan.tahun_berikutnya)
    assert baru.read_bytes() == semula


def test_impor_triwulan(book: mesin.Buku, tmp_path: Path) -> None:
    """Cells are filled, and Excel's own formulas follow; a doubtful row, or a typed number, keeps the workbook as it is."""
    data = tmp_path / "tw.csv"
    data.write_text("Kode;TW;K;Rp\n5.03.02.2.01.0003;1;1;25.000\n", encoding="utf-8")
    assert tekan(book, tahapan.impor_triwulan, str(data)).startswith("2 sel realisasi triwulan terisi dari tw.csv.")
    t = baca_langsung(book.xw)
    assert book[TRIWULAN.lembar].di(letak_sel(t, TRIWULAN, "s-5", "rp_tw1")).nilai == 25_000
    assert "tidak ada yang berubah" in tekan(book, tahapan.impor_triwulan, str(data))
    data.write_text("Kode;TW;Rp\n5.03.02.2.01.0003;1;26.000\n5.03.02.2.01.0006;1;1.000\n", encoding="utf-8")
    pesan = tekan(book, tahapan.impor_triwulan, str(data))
    assert "sehingga buku ini tidak berubah" in pesan
    assert "sudah berisi 25.000" in pesan
    assert not book.tulis


# ── stages ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_simpan_lalu_sandingkan_tahapan(book: mesin.Buku, tmp_path: Path) -> None:
    """A stage is kept in the open workbook; what changed since is written beside it, and told with its cause."""
    di_folder(book, tmp_path)
    pesan = tekan(book, sanding.simpan_tahapan, "Rancangan awal")
    assert pesan.startswith("Tahapan Rancangan awal 2025 tersimpan di buku ini, Rp")
    t = baca_langsung(book.xw)
    assert [b["tahap"].nilai for b in t.buku.baris("Anggaran")][-1] == "Rancangan awal"
    assert isian(ambil_tahapan(t.buku, "Rancangan awal", 2025)) == isian(t.buku)
    assert "sudah tersimpan" in tekan(book, sanding.simpan_tahapan, "rancangan awal")
    assert "yang ada:" in tekan(book, sanding.sandingkan_tahapan, "Forum")
    assert tekan(book, sanding.sandingkan_tahapan, "Rancangan awal").startswith("Tidak ada isian yang berbeda")
    assert list(tmp_path.glob("*persandingan*")) == []
    book[T_C_33.lembar].di(letak_sel(t, T_C_33, "s-5", "pagu_n")).nilai = 123_456_789.0
    pesan = tekan(book, sanding.sandingkan_tahapan, "Rancangan awal")
    assert "karena 1 (satu) sub kegiatan naik sebesar Rp" in pesan
    assert "1 isian berubah." in pesan
    (buku_sanding,) = tmp_path.glob("*persandingan.xlsx")
    assert load_workbook(buku_sanding).sheetnames == ["Persandingan", "Sebab Perubahan", "Isian Berubah"]


def test_sandingkan_dengan_buku_lain(book: mesin.Buku, paket: bytes, tmp_path: Path) -> None:
    di_folder(book, tmp_path)
    lama = tmp_path / "Lama.xlsx"
    lama.write_bytes(paket)
    assert tekan(book, sanding.sandingkan_buku, str(lama)).startswith("Tidak ada isian yang berbeda antara Lama.xlsx")
    t = baca_langsung(book.xw)
    book[T_C_33.lembar].di(letak_sel(t, T_C_33, "s-5", "pagu_n")).nilai = 123_456_789.0
    assert "Persandingan sudah ditulis: " in tekan(book, sanding.sandingkan_buku, str(lama))
    assert "mohon" in tekan(book, sanding.sandingkan_buku, str(tmp_path / "Tidak ada.xlsx"))


# ── formulas with Python, installation ────────────────────────────────────────────────────────────────────────


def test_rumus_python_bolak_balik(book: mesin.Buku, paket: bytes) -> None:
    polosan = mesin.Buku(paket)
    semula = mesin.Buku.cair(book.beku())
    assert book.nama["rumus_python"] == "=1"
    assert "rumus Excel saja" in tekan(book, bantuan.rumus_python, False)
    assert book.nama["rumus_python"] == "=0"
    for x in polosan.lembar:
        assert {k: s.rumus for k, s in book[x.name].sel.items() if s.rumus} == {
            k: s.rumus for k, s in x.sel.items() if s.rumus
        }
    tekan(book, grup_isi.perbarui_tabel)
    assert not any(s.rumus and tanpa_udf(s.rumus) != s.rumus for x in book.lembar for s in x.sel.values())
    assert "fungsi Python" in tekan(book, bantuan.rumus_python, True)
    assert book.nama["rumus_python"] == "=1"
    for x in semula.lembar:
        assert {k: s.rumus for k, s in book[x.name].sel.items()} == {k: s.rumus for k, s in x.sel.items()}
        assert {k: s.bentuk for k, s in book[x.name].sel.items()} == {k: s.bentuk for k, s in x.sel.items()}


def test_cek_pemasangan_menyebut_yang_kurang(book: mesin.Buku) -> None:
    pesan = tekan(book, bantuan.cek_pemasangan)
    assert "hal perlu diperbaiki:" in pesan or pesan.startswith("Pemasangan baik:")
    assert not book.tulis


# ── when it does not work ─────────────────────────────────────────────────────────────────────────────────────


def test_kata_sandi_satu_kalimat(book: mesin.Buku, log: Path) -> None:
    book[T_C_33.lembar].sandi = "rahasia"
    semula = mesin.Buku.cair(book.beku())
    pesan = tekan(book, grup_isi.tambah_sub_kegiatan, "5.03.02.2.01.0004")
    assert pesan.startswith("Lembar T-C.33 dilindungi kata sandi, jadi belum ada yang diubah; mohon")
    assert "\n" not in pesan
    assert mesin.beda(book, semula) == []
    assert not log.exists()


def test_tabel_dan_kepala_yang_rusak_satu_kalimat(book: mesin.Buku) -> None:
    semula = mesin.Buku.cair(book.beku())
    tombol: tuple[tuple[Callable[..., None], tuple[Any, ...]], ...] = (
        (grup_isi.hitung_ulang, ()), (grup_isi.perbarui_tabel, ()), (grup_isi.perbarui_bila_basi, ()), (grup_isi.rapikan, ()),
        (grup_isi.tambah_sub_kegiatan, ("5.03.02.2.01.0004",)), (grup_periksa.periksa, ()), (bantuan.rumus_python, (False,)),
    )  # fmt: skip
    del book[T_C_33.lembar].tabel[T_C_33.nama_tabel]
    del semula[T_C_33.lembar].tabel[T_C_33.nama_tabel]
    for t, argumen in tombol:
        assert (
            tekan(book, t, *argumen)
            == "Lembar T-C.33: tabel tbl_T_C_33 tidak ada lagi; mohon kembalikan dari cadangan."
        )
    assert mesin.beda(book, semula) == []


def test_excel_menolak_di_tengah_jalan(book: mesin.Buku, log: Path) -> None:
    book.gagal_setelah = 1
    pesan = tekan(book, grup_isi.tambah_sub_kegiatan, "5.03.02.2.01.0004")
    assert "mohon tutup tanpa menyimpan" in pesan
    assert str(log) in pesan
    assert "rejected by callee" in log.read_text(encoding="utf-8")


def test_kesalahan_tak_terduga_tercatat(book: mesin.Buku, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gagal(_: Buku) -> Buku:
        raise ZeroDivisionError("tak terduga")

    monkeypatch.setattr("renja_xl.core.perbarui.perbarui", gagal)
    pesan = tekan(book, grup_isi.perbarui_tabel)
    assert pesan.startswith("Perintah ini terhenti karena kesalahan yang belum dikenali; mohon kirimkan rinciannya")
    assert "Traceback" not in pesan
    assert "ZeroDivisionError: tak terduga" in log.read_text(encoding="utf-8")
    log.write_text("x" * 2_000_000, encoding="utf-8")  # an old log does not grow for ever
    tekan(book, grup_isi.perbarui_tabel)
    assert log.stat().st_size < 100_000


def test_tanpa_excel(log: Path) -> None:
    with pytest.raises(SystemExit, match="terhenti"):
        grup_isi.perbarui_tabel()
    assert log.exists()


def test_dapat_dimuat_tanpa_pustaka_berat() -> None:
    muat = "; ".join(f"import renja_xl.excel.makro.{m.name}" for m in pkgutil.iter_modules(makro.__path__))
    kode = f"import sys; {muat}; print(sorted({{m.partition('.')[0] for m in sys.modules}}))"
    keluar = subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, check=True).stdout
    assert not {m for m in ("xlwings", "openpyxl", "xlsxwriter", "python_calamine", "click") if f"'{m}'" in keluar}
