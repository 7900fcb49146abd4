"""History of a workbook: what is recorded, by whom, where it goes, and how it is found again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from renja_xl.cli import cli
from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Sel, Simpul
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.riwayat import (
    MULAI,
    MULAI_LAGI,
    Pencatat,
    ada_perubahan,
    cari,
    catat,
    dimulai,
    isi_baris,
    keadaan_terakhir,
    mulai,
    ringkaskan,
)
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.catat_riwayat import berkas_lama, simpan_lama
from renja_xl.excel.langsung import baca_langsung
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.makro import riwayat as grup_riwayat
from renja_xl.excel.paket import buka
from renja_xl.excel.tambal import tambal
from renja_xl.tabel import KEADAAN_TERAKHIR, MENURUT_KUNCI, PROFIL, RIWAYAT, T_C_29, T_C_33, TRIWULAN
from renja_xl.tabel.riwayat import BATAS_RIWAYAT, SISA_RIWAYAT
from tests.conftest import isi
from tests.excel import mesin

SAAT = datetime(2026, 11, 29, 10, 30, 5)
DIA = Pencatat(SAAT, "Sari", "Excel")


@pytest.fixture(scope="module")
def awal(kecil: Buku) -> Buku:
    return mulai(hitung(isi(kecil, T_C_33.kunci, "s-5", {"pagu_n": 100_000_00})), DIA)


def ubah(buku: Buku, tabel: str, simpul: str, sel: Mapping[str, object]) -> Buku:
    return hitung(isi(buku, tabel, simpul, sel))  # type: ignore[arg-type]


def tercatat(buku: Buku, dari: int = 1) -> list[tuple[str, ...]]:
    rows = [isi_baris(b) for b in buku.baris(RIWAYAT.kunci)[dari:]]
    return [tuple(r[k] for k in ("lembar", "kode", "kolom", "lama", "baru")) for r in rows]


def profil(buku: Buku, kunci: str, nilai: str) -> Buku:
    rows = [b.dengan({"nilai": Sel(nilai)}) if b["kunci"].nilai == kunci else b for b in buku.baris(PROFIL.kunci)]
    return buku.ganti({PROFIL.kunci: rows})


# ── what is recorded ──────────────────────────────────────────────────────────────────────────────────────────


def test_mulai(awal: Buku, kecil: Buku) -> None:
    assert not dimulai(kecil)
    assert dimulai(awal)
    assert not ada_perubahan(awal)
    assert [isi_baris(b)["kolom"] for b in awal.baris(RIWAYAT.kunci)] == [MULAI]
    assert len(awal.baris(KEADAAN_TERAKHIR.kunci)) >= 1
    assert all(len(str(b["isi"].nilai)) <= 8_203 for b in awal.baris(KEADAAN_TERAKHIR.kunci))
    assert mulai(profil(kecil, "riwayat", "tidak"), DIA).baris(RIWAYAT.kunci) == ()


def test_isian_menurut_artinya(awal: Buku) -> None:
    """Each typed cell that differs, by table, kode and column; what formulas show is not recorded."""
    kini = ubah(awal, T_C_33.kunci, "s-5", {"pagu_n": 250_000_50, "sumber_dana": "DAK"})
    kini = ubah(kini, T_C_29.kunci, "s-5", {"realisasi_n2": 77.5})
    kini = profil(kini, "tahapan", "Penetapan")
    assert ada_perubahan(kini)
    hasil = catat(kini, letak_bawaan(kini), DIA)
    kode = "5.03.02.2.01.0003"
    assert sorted((*t[:2], t[2].rpartition(" – ")[2], *t[3:]) for t in tercatat(hasil)) == [
        ("Profil", "", "Isian", "Persiapan", "Penetapan"),
        ("T-C.29", kode, "Nilai", "3", "77,5"),
        ("T-C.33", kode, "Kebutuhan Dana/Pagu Indikatif (Rp)", "100.000", "250.000,50"),
        ("T-C.33", kode, "Sumber Dana", "APBD", "DAK"),
    ]
    assert {isi_baris(b)["oleh"] for b in hasil.baris(RIWAYAT.kunci)} == {"Sari"}
    assert isi_baris(hasil.baris(RIWAYAT.kunci)[-1])["waktu"] == "2026-11-29 10.30.05"
    assert not ada_perubahan(hasil)
    assert catat(hasil, letak_bawaan(hasil), DIA).baris(RIWAYAT.kunci) == hasil.baris(RIWAYAT.kunci)


def test_struktur(awal: Buku) -> None:
    baru = Simpul("s-99", Level.SUB_KEGIATAN, "Promosi Jabatan", "5.03.02.2.02.0002", "s-7")
    simpul = [replace(s, nama="Nama lain") if s.id == "s-6" else s for s in awal.simpul if s.id != "s-8"]
    indikator = [i for i in awal.indikator if i.simpul != "s-8"]
    kini = replace(awal, simpul=(*simpul, baru), indikator=tuple(indikator))
    t = tercatat(catat(kini, letak_bawaan(kini), DIA))
    assert (STRUKTUR, "5.03.02.2.02.0002", "Ditambah", "", "Sub kegiatan Promosi Jabatan") in t
    assert any(x[2] == "Dihapus" and x[0] == STRUKTUR for x in t)
    assert any(x[2] == "Nama" and x[4] == "Nama lain" for x in t)


def test_perubahan_program_lain_milik_yang_menyimpannya(awal: Buku) -> None:
    """What another program changed before a command is not that command's."""
    luar = ubah(awal, T_C_33.kunci, "s-5", {"pagu_n": 200_000_00})
    kini = ubah(luar, T_C_33.kunci, "s-6", {"pagu_n": 5_00})
    hasil = catat(kini, letak_bawaan(kini), DIA, (luar, Pencatat(SAAT, "Budi", "Excel atau program lain")))
    rows = [isi_baris(b) for b in hasil.baris(RIWAYAT.kunci)[1:]]
    assert [(r["oleh"], r["baru"]) for r in rows] == [("Budi", "200.000"), ("Sari", "5")]


def test_triwulan_dicatat_sekali_dan_oleh_yang_mengisinya(awal: Buku) -> None:
    kini = ubah(awal, TRIWULAN.kunci, "s-5", {"k_tw1": 2.0})
    assert ada_perubahan(kini)
    kini = catat(kini, letak_bawaan(kini), DIA)
    assert tercatat(kini)[-1][0] == TRIWULAN.lembar
    assert tercatat(kini)[-1][3:] == ("", "2")
    lagi = ubah(kini, T_C_33.kunci, "s-6", {"pagu_n": 5_00})
    lagi = catat(lagi, letak_bawaan(lagi), DIA, (kini, DIA))
    assert [t[0] for t in tercatat(lagi, len(kini.baris(RIWAYAT.kunci)))] == [T_C_33.lembar]
    kosong = ubah(lagi, TRIWULAN.kunci, "s-5", {"k_tw1": None})
    assert tercatat(catat(kosong, letak_bawaan(kosong), DIA))[-1][3:] == ("2", "")


def test_angka_yang_disimpan_lebih_pendek_bukan_perubahan(awal: Buku) -> None:
    """LibreOffice saves 15 digits."""
    a = ubah(awal, T_C_29.kunci, "s-5", {"realisasi_n2": 100 / 3})
    a = catat(a, letak_bawaan(a), DIA)
    z = ubah(a, T_C_29.kunci, "s-5", {"realisasi_n2": float(f"{100 / 3:.15g}")})
    assert not ada_perubahan(z)


def test_keadaan_rusak_dimulai_lagi(awal: Buku) -> None:
    kini = ubah(awal, T_C_33.kunci, "s-5", {"pagu_n": 1_00})
    rusak = kini.ganti(
        {KEADAAN_TERAKHIR.kunci: [b.dengan({"isi": Sel("rusak")}) for b in kini.baris(KEADAAN_TERAKHIR.kunci)]}
    )
    assert keadaan_terakhir(rusak) is None
    hasil = catat(rusak, letak_bawaan(rusak), DIA)
    assert isi_baris(hasil.baris(RIWAYAT.kunci)[-1])["kolom"] == MULAI_LAGI
    assert keadaan_terakhir(hasil) is not None
    assert (
        catat(kini.ganti({KEADAAN_TERAKHIR.kunci: []}), letak_bawaan(kini), DIA).baris(RIWAYAT.kunci)[-1]["kolom"].nilai
        == MULAI_LAGI
    )


def test_cari(awal: Buku) -> None:
    kolom = ("waktu", "oleh", "lewat", "lembar", "kode", "nama", "kolom", "lama", "baru")
    isian = (
        ("2026-01-02 08.00.00", "Sari", "Excel", "T-C.33", "5.03.02", "Program", "Pagu", "1", "2"),
        ("2026-03-02 08.00.00", "Budi", "Excel", "T-C.29", "5.03.01", "Gaji", "Realisasi", "", "9"),
    )
    rows = [dict(zip(kolom, r, strict=True)) for r in isian]

    def banyak(teks: str | None, sejak: str | None = None) -> int:
        return len(list(cari(iter(rows), teks, sejak)))

    assert [banyak(t) for t in (None, "gaji", "5.03", "PAGU t-c.33", "pagu budi")] == [2, 1, 2, 1, 0]
    assert [banyak(None, s) for s in ("2026-01-01", "2026-01-02", "2026-01-03", "2027-01-01")] == [2, 2, 1, 0]


# ── within bounds, nothing dropped ────────────────────────────────────────────────────────────────────────────


def test_yang_terlama_dipindah_ke_berkas(awal: Buku, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert BATAS_RIWAYAT > SISA_RIWAYAT > 1_000
    monkeypatch.setattr("renja_xl.core.riwayat.BATAS_RIWAYAT", 50)
    monkeypatch.setattr("renja_xl.core.riwayat.SISA_RIWAYAT", 40)
    banyak = 51
    rows = [
        Baris(f"riw-{n:05d}", Level.DATA, {"waktu": Sel(f"{n:05d}"), "lama": Sel("=1+1"), "baru": Sel('a;"b"\n')})
        for n in range(banyak)
    ]
    penuh = awal.ganti({RIWAYAT.kunci: rows})
    assert ringkaskan(penuh.ganti({RIWAYAT.kunci: rows[1:]}))[1] == ()
    sisa, lebih = ringkaskan(penuh)
    assert len(sisa.baris(RIWAYAT.kunci)) == 40
    assert [*lebih, *sisa.baris(RIWAYAT.kunci)] == rows
    buku = tmp_path / "R.xlsx"
    simpan_lama(buku, lebih[:2])
    simpan_lama(buku, lebih[2:])
    teks = berkas_lama(buku).read_text(encoding="utf-8")
    assert teks.count("Waktu,Oleh") == 1
    assert "'=1+1" in teks  # no program takes it for a formula
    buku.write_bytes(bangun(sisa))
    hasil = json.loads(jalankan("riwayat", buku, "--json").stdout)
    assert [r["waktu"] for r in reversed(hasil)] == [f"{n:05d}" for n in range(banyak)]


# ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────


def jalankan(perintah: str, *argumen: Path | str) -> Result:
    hasil = CliRunner().invoke(cli, [perintah, *map(str, argumen)])
    assert hasil.exit_code == 0, hasil.exception
    return hasil


def ketik(path: Path, tabel: str, simpul: str, kolom: str, nilai: str | float) -> None:
    """Type into a cell as another program would."""
    t = baca(path)
    b = next(b for b in t.buku.baris(tabel) if b.simpul == simpul)
    tempat = t.letak.baris[tabel][b.id], t.letak.kolom[tabel][kolom]
    path.write_bytes(tambal(t.paket, {MENURUT_KUNCI[tabel].lembar: {tempat: IsiSel(nilai)}}))


def test_perintah_mencatat(awal: Buku, tmp_path: Path) -> None:
    """A day: begun, typed in, recomputed; a second run has nothing to add; the share copy knows nothing of it."""
    path = tmp_path / "R.xlsx"
    path.write_bytes(bangun(awal))
    ketik(path, T_C_33.kunci, "s-5", "pagu_n", 300_000)
    assert "belum dicatat" in jalankan("riwayat", path).stderr
    jalankan("hitung", path)
    hasil = jalankan("riwayat", path)
    assert hasil.stderr == ""
    assert "100.000 → 300.000" in hasil.stdout
    assert "Excel atau program lain" in hasil.stdout
    isi_kini = path.read_bytes()
    assert "tidak ada yang ditulis" in jalankan("hitung", path).stderr
    assert path.read_bytes() == isi_kini
    rows = json.loads(jalankan("riwayat", path, "--cari", "5.03.02.2.01.0003 pagu", "--json").stdout)
    assert [(r["lembar"], r["lama"], r["baru"]) for r in rows] == [("T-C.33", "100.000", "300.000")]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d", rows[0]["waktu"])
    assert jalankan("riwayat", path, "--sejak", "31-12-2199").stdout == "Tidak ada riwayat yang cocok.\n"
    kirim = tmp_path / "Kirim.xlsx"
    jalankan("kirim", path, "-o", kirim, "--tetap")
    assert RIWAYAT.lembar not in (lembar := baca_lembar(kirim))
    assert KEADAAN_TERAKHIR.lembar not in lembar
    assert CliRunner().invoke(cli, ["riwayat", str(path), "--sejak", "kemarin"]).exit_code == 2


def baca_lembar(path: Path) -> list[str]:
    return list(buka(path).lembar)


def test_riwayat_padam(awal: Buku, tmp_path: Path) -> None:
    path = tmp_path / "R.xlsx"
    path.write_bytes(bangun(profil(awal, "riwayat", "Tidak")))
    ketik(path, T_C_33.kunci, "s-5", "pagu_n", 300_000)
    jalankan("hitung", path)
    hasil = jalankan("riwayat", path)
    assert "dipilih Tidak" in hasil.stderr
    assert "300.000" not in hasil.stdout


def test_mulai_bila_diminta(kecil: Buku, tmp_path: Path) -> None:
    """A workbook from an older version, or from the empty template: commands leave it without a history until asked."""
    path = tmp_path / "R.xlsx"
    path.write_bytes(bangun(kecil))
    assert "belum dimulai" in jalankan("riwayat", path).stderr
    ketik(path, T_C_33.kunci, "s-5", "pagu_n", 7)
    jalankan("hitung", path)
    assert "belum dimulai" in jalankan("riwayat", path).stderr
    assert jalankan("riwayat", path, "--mulai").stdout.splitlines()[1] == f"  {MULAI}"
    semula = path.read_bytes()
    jalankan("riwayat", path, "--mulai")
    assert path.read_bytes() == semula


def test_waktu_ubah_berkas_dipakai(awal: Buku, tmp_path: Path) -> None:
    path = tmp_path / "R.xlsx"
    path.write_bytes(bangun(awal))
    ketik(path, T_C_33.kunci, "s-5", "pagu_n", 7)
    saat = datetime(2026, 2, 3, 4, 5, 6).timestamp()
    os.utime(path, (saat, saat))
    jalankan("perbarui", path)
    assert jalankan("riwayat", path).stdout.startswith("2026-02-03 04.05.06  ")


# ── in Excel ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_langsung_mencatat_dan_membuka(awal: Buku) -> None:
    book = mesin.Buku(bangun(awal))
    grup_riwayat.catat(book=book.xw)
    assert not book.tulis
    t = baca_langsung(book.xw)
    b = next(b for b in t.buku.baris(T_C_33.kunci) if b.simpul == "s-5")
    sel = t.letak.sel(T_C_33.kunci, b.id, "pagu_n")
    book[T_C_33.lembar].di(sel).nilai = 400_000.0
    book.nol()
    grup_riwayat.catat(book=book.xw)
    assert max(book.tulis.values()) <= 1
    assert max(book.baca.values()) <= 1
    assert set(book.tulis) == {PROFIL.lembar, RIWAYAT.lembar, KEADAAN_TERAKHIR.lembar}
    assert book.app.pesan == []
    t = baca_langsung(book.xw)
    assert not ada_perubahan(t.buku)
    (r,) = tercatat(t.buku)
    assert r[3:] == ("100.000", "400.000")
    book.pilih(T_C_33.lembar, sel)
    grup_riwayat.buka(book=book.xw)
    ((pesan, _),) = book.app.pesan
    assert pesan.startswith("0 perubahan baru dicatat; semuanya 2, ")
    assert "100.000 → 400.000" in pesan
    assert book.aktif.name == RIWAYAT.lembar
    assert RIWAYAT.lembar in {x.name for x in book.lembar if x.tampak}
