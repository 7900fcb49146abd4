"""The quarterly evaluation (Formulir E.81) in a share copy: sent once it holds anything, checked, and taken back."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from renja_xl.bappeda.cek_berkas import HasilCek, cek_paket
from renja_xl.bappeda.kirim import Kiriman
from renja_xl.bappeda.terima import terima
from renja_xl.core.buku import Buku
from renja_xl.core.hitung import hitung
from renja_xl.core.terap_usulan import terapkan_usulan
from renja_xl.core.triwulan import evaluasi_terisi
from renja_xl.core.usulan import teks
from renja_xl.excel.baca import baca_paket
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.mentah import baca_mentah
from renja_xl.excel.paket import Paket
from renja_xl.tabel import REKAP_TRIWULAN, TABEL_EVALUASI, TRIWULAN, USULAN_BAPPEDA
from renja_xl.tabel.berbagi import SAMPUL
from renja_xl.tabel.spec import DIKETIK
from tests.bappeda.conftest import isi_rekap
from tests.bappeda.kembali import kembali
from tests.conftest import baris_simpul, isi

E81, REKAP = TRIWULAN.lembar, REKAP_TRIWULAN.lembar


@pytest.fixture(scope="module")
def paket(kiriman_evaluasi: Kiriman) -> Paket:
    return Paket(Path("salinan.xlsx"), kiriman_evaluasi.isi)


def test_dikirim_begitu_ada_ketikan(buku_kecil: Buku) -> None:
    """Looked-up and computed cells are no evaluation; one typed cell of either sheet is."""
    kosong = hitung(buku_kecil)
    sub = baris_simpul(kosong, TRIWULAN.kunci, "s-5")
    assert sub["target_n"].rumus
    assert sub["target_n"].nilai == 3.0
    assert not evaluasi_terisi(kosong)
    for kolom, nilai in (
        ("k_tw4", 0.0),
        ("rp_tw1", 0),
        ("kas_tw2", 5_00),
        ("target_n", 3.0),
        ("penanggung_jawab", "Bidang"),
    ):
        assert evaluasi_terisi(isi(kosong, TRIWULAN.kunci, "s-5", {kolom: nilai})), kolom
    assert evaluasi_terisi(isi_rekap(kosong, {"tindak_lanjut_renja": "Lelang dini"}))


def test_dibaca_sebagai_evaluasi_yang_sama(berjalan: Buku, kiriman_evaluasi: Kiriman, paket: Paket) -> None:
    """Values, inputs and which cells are computed come back; formulas are A1 with values; only inputs and signatures are open."""
    terbaca, mentah = baca_paket(paket).buku, baca_mentah(paket)
    for spec in TABEL_EVALUASI:
        for a, z in zip(berjalan.baris(spec.kunci), terbaca.baris(spec.kunci), strict=True):
            assert (a.id, a.simpul, a.level) == (z.id, z.simpul, z.level)
            for k in spec.kolom:
                assert (a[k.kunci].nilai, a[k.kunci].rumus) == (z[k.kunci].nilai, z[k.kunci].rumus), (a.id, k.kunci)
        lembar = mentah.lembar[spec.lembar]
        rumus = [s for s in lembar.sel.values() if s.rumus is not None]
        assert len(rumus) > 20
        assert all(s.nilai is not None and not re.search(r"tbl_|profil_|dasar_|\[", s.rumus or "") for s in rumus)
        diketik = {n for n, k in enumerate(spec.kolom, 1) if k.peran in DIKETIK and not k.tersembunyi}
        terbuka = {t: s.nilai for t, s in lembar.sel.items() if not s.rupa.terkunci}
        lain = {v for (_, c), v in terbuka.items() if c not in diketik}
        assert lain <= {t for blok in spec.blok_tanda_tangan for t in blok}
        assert lembar.terlindung
    sampul = {s.nilai for s in mentah.lembar[SAMPUL].sel.values()}
    assert {E81, REKAP} <= sampul
    ttd = {s.nilai for s in mentah.lembar[REKAP].sel.values()}
    assert {t for blok in REKAP_TRIWULAN.blok_tanda_tangan for t in blok if t} <= ttd
    h = cek_paket(paket, kiriman_evaluasi.kode)
    assert h.utuh
    assert not h.isian


@pytest.fixture(scope="module")
def diperiksa(berjalan: Buku, kiriman_evaluasi: Kiriman, paket: Paket) -> HasilCek:
    """The copy after Bappeda: inputs changed, a note, a signature, and a computed cell typed over."""
    a, b = (baris_simpul(berjalan, TRIWULAN.kunci, s).id for s in ("s-5", "s-8"))
    nama = max(t for t, s in baca_mentah(paket).lembar[REKAP].sel.items() if s.nilai == "(nama)")
    hasil = kembali(
        kiriman_evaluasi.isi,
        {
            (E81, a, "k_tw2"): 2.0,
            (E81, a, "rp_tw2"): 25_000.0,
            (E81, a, "tingkat_rp"): 99.0,
            (E81, b, "target_n"): 5.0,
            (REKAP, berjalan.baris(REKAP_TRIWULAN.kunci)[0].id, "faktor_penghambat"): "Lelang terlambat",
        },
        {REKAP: {nama: IsiSel("Budi", "")}},
    )
    return cek_paket(hasil, kiriman_evaluasi.kode)


def test_yang_terkunci_dan_berubah_disebut(diperiksa: HasilCek) -> None:
    """The typed-over rate is no input; what hangs on changed inputs is told where its saved value is old."""
    assert [(p.lembar, p.kini) for p in diperiksa.perubahan] == [(E81, "99")]
    assert {(p.lembar, p.semula, p.kini) for p in diperiksa.isian} == {
        (E81, "1", "2"),
        (E81, "Rp30.000", "Rp25.000"),
        (E81, "4", "5"),
        (REKAP, "(kosong)", "Lelang terlambat"),
        (REKAP, "(nama)", "Budi"),
    }
    assert {p.lembar for p in diperiksa.hitungan} == {E81, REKAP}


def test_kembali_sebagai_usulan(berjalan: Buku, diperiksa: HasilCek) -> None:
    buku = terima(berjalan, diperiksa, (), "Hasil.xlsx").buku
    kode = "5.03.02.2.01.0003"
    baris = {
        tuple(teks(b, k) for k in ("lembar", "kode", "dikirim", "usulan")) for b in buku.baris(USULAN_BAPPEDA.kunci)
    }
    assert baris == {
        (E81, kode, "1", "2"),
        (E81, kode, "Rp30.000", "Rp25.000"),
        (E81, kode, "(hitungan)", "99"),
        (E81, "5.03.02.2.02.0001", "4", "5"),
        (REKAP, "", "(kosong)", "Lelang terlambat"),
        (REKAP, "", "(nama)", "Budi"),
    }
    hasil = hitung(terapkan_usulan(buku, semua=True).buku)
    sub = baris_simpul(hasil, TRIWULAN.kunci, "s-5")
    assert (sub["k_tw2"].nilai, sub["rp_tw2"].nilai) == (2.0, 25_000_00)
    assert sub["tingkat_rp"].nilai == 45.0  # 45.000 of 100.000, never the 99 that somebody typed
    assert baris_simpul(hasil, TRIWULAN.kunci, "s-8")["target_n"].nilai == 5.0
    rekap = hasil.baris(REKAP_TRIWULAN.kunci)[0]
    assert (rekap["faktor_pendorong"].nilai, rekap["faktor_penghambat"].nilai) == (
        "Anggaran cair tepat waktu",
        "Lelang terlambat",
    )


def test_lembar_yang_dihapus_disebut(kiriman_evaluasi: Kiriman, berjalan: Buku) -> None:
    """Sheets that were sent and are gone: no copy without an evaluation, but a changed one."""
    wb = load_workbook(BytesIO(kiriman_evaluasi.isi))
    for spec in TABEL_EVALUASI:
        del wb[spec.lembar]
    keluaran = BytesIO()
    wb.save(keluaran)
    h = cek_paket(Paket(Path("x.xlsx"), keluaran.getvalue()))
    assert {p.lembar for p in h.perubahan if p.kini == "lembar tidak ada"} == {E81, REKAP}
    assert not h.utuh
    buku = terima(berjalan, h, (), "x.xlsx").buku
    assert all(buku.baris(s.kunci) == berjalan.baris(s.kunci) for s in TABEL_EVALUASI)
