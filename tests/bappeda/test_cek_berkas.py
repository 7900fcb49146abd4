"""Received share copies: untouched ones raise no alarm, and no tampered cell escapes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from renja_xl.bappeda.cek_berkas import HasilCek, cek_paket, ke_json, ke_teks
from renja_xl.bappeda.kirim import Kiriman
from renja_xl.errors import BukuTidakTerbacaError
from renja_xl.excel.paket import Paket
from tests import PANJANG
from tests.bappeda.rusak import Perusak
from tests.libre import LOKAL, hitung_ulang


def cek(isi: bytes, kode: str | None = None) -> HasilCek:
    return cek_paket(Paket(Path("salinan.xlsx"), isi), kode)


def sel_disebut(h: HasilCek) -> set[tuple[str, str]]:
    return {(p.lembar, p.sel) for p in (*h.perubahan, *h.hitungan)}


def test_berkas_utuh(kiriman: Kiriman) -> None:
    h = cek(kiriman.isi, kiriman.kode)
    assert h.utuh
    assert not h.isian
    assert h.kode_cocok
    assert h.kode == kiriman.kode
    assert (h.diakui["perangkat_daerah"], h.diakui["revisi"], h.diakui["tahapan"]) == (
        "Badan Kepegawaian",
        "2",
        "Persiapan",
    )
    assert h.keputusan["Belum diputuskan"] == 6
    assert next(ke_teks(h, None)) == "salinan.xlsx: utuh."


def test_kode_lain(kiriman: Kiriman) -> None:
    h = cek(kiriman.isi, "AAAA-BBBB-CCCC")
    assert h.kode_cocok is False
    assert not h.utuh
    assert cek(kiriman.isi, f" {kiriman.kode.lower().replace('-', ' ')}").kode_cocok


def test_disimpan_openpyxl(kiriman: Kiriman) -> None:
    """openpyxl drops every cached value, and nothing else that counts."""
    keluaran = BytesIO()
    openpyxl.load_workbook(BytesIO(kiriman.isi)).save(keluaran)
    h = cek(keluaran.getvalue(), kiriman.kode)
    assert h.utuh, (h.perubahan, h.hitungan, h.ketidakcocokan)
    assert not h.isian


def test_disimpan_libreoffice(
    kiriman: Kiriman, kiriman_contoh: Kiriman, kiriman_evaluasi: Kiriman, tmp_path: Path
) -> None:
    """LibreOffice computes every native formula anew: the same values, and no change."""
    semua = (kiriman, kiriman_contoh, kiriman_evaluasi)
    for n, k in enumerate(semua):
        (tmp_path / f"{n}.xlsx").write_bytes(k.isi)
    sumber = [tmp_path / f"{n}.xlsx" for n in range(len(semua))]
    for lokal in LOKAL if PANJANG else LOKAL[1:]:
        sumber = list(hitung_ulang(sumber, tmp_path / lokal, lokal).values())
        for path, k in zip(sumber, semua, strict=True):
            h = cek(path.read_bytes(), k.kode)
            assert h.utuh, (h.perubahan[:5], h.hitungan[:5], h.ketidakcocokan)
            assert not h.isian


def test_setiap_perubahan_disebut(request: pytest.FixtureRequest) -> None:
    """200 locked values, formulas, formats, locks and cached values changed at random: none missed, each named.

    The everyday run changes several cells of one copy, each on a sheet of its own; the long one a single cell of a copy.
    """
    kiriman: Kiriman = request.getfixturevalue("kiriman_contoh" if PANJANG else "kiriman")
    perusak, sekaligus = Perusak(kiriman.isi, 20), 1 if PANJANG else 8
    lolos = []
    for _ in range(200 // sekaligus):
        rusakan, isi = perusak.rusak(sekaligus)
        h = cek(isi)
        disebut = sel_disebut(h)
        for r in rusakan:
            # beside a change by which no table can be read any more, cached values cannot be checked: that is said instead
            buta = r.cara == "simpanan" and h.isi is None and sekaligus > 1
            if h.utuh or not (buta or (r.lembar, r.sel) in disebut):
                lolos.append((r, h.perubahan[:3]))
            assert not buta or any("tidak dapat dihitung ulang" in k for k in h.ketidakcocokan)
    assert lolos == []


def test_isian_diubah_disebut_terpisah(kiriman: Kiriman) -> None:
    wb = openpyxl.load_workbook(BytesIO(kiriman.isi))
    ws = wb["Verifikasi Bappeda"]
    ws["G6"], ws["H7"], ws["J6"] = "Perlu perbaikan", 250_000, "=bukan rumus"
    ws["J6"].data_type = "s"
    keluaran = BytesIO()
    wb.save(keluaran)
    h = cek(keluaran.getvalue())
    assert h.utuh, (h.perubahan, h.hitungan)
    assert {(p.sel, p.semula, p.kini) for p in h.isian} == {
        ("G6", "(kosong)", "Perlu perbaikan"), ("H7", "(kosong)", "Rp250.000"), ("J6", "(kosong)", "=bukan rumus"),
    }  # fmt: skip
    assert h.keputusan["Perlu perbaikan"] == 1


def test_pelindung_lembar_dan_nama_tambahan(kiriman: Kiriman) -> None:
    wb = openpyxl.load_workbook(BytesIO(kiriman.isi))
    wb["T-C.33"].protection.sheet = False
    wb["T-C.31"].row_dimensions[10].hidden = True
    wb["T-C.31"].column_dimensions["C"].hidden = True
    wb["RKT"].sheet_state = "hidden"
    wb.create_sheet("Baru")
    wb.defined_names["profil_lain"] = openpyxl.workbook.defined_name.DefinedName("profil_lain", attr_text="Profil!$B$5")
    keluaran = BytesIO()
    wb.save(keluaran)
    h = cek(keluaran.getvalue())
    kini = {(p.lembar, p.sel): p.kini for p in h.perubahan}
    assert kini[("T-C.33", "")] == "perlindungan lembar dibuka"
    assert kini[("T-C.31", "baris 10")] == "baris disembunyikan"
    assert kini[("T-C.31", "kolom C")] == "kolom disembunyikan"
    assert kini[("RKT", "")] == "lembar tersembunyi"
    assert kini[("Baru", "")] == "lembar tambahan"
    assert ("", "nama profil_lain") in kini


def test_lembar_hilang_dan_bukan_salinan(kiriman: Kiriman) -> None:
    wb = openpyxl.load_workbook(BytesIO(kiriman.isi))
    del wb["RKT"]
    keluaran = BytesIO()
    wb.save(keluaran)
    h = cek(keluaran.getvalue())
    assert ("RKT", "", "lembar ada", "lembar tidak ada") in {(p.lembar, p.sel, p.semula, p.kini) for p in h.perubahan}
    assert h.isi is None
    assert "RKT" in h.ketidakcocokan[-1]
    assert h.ketidakcocokan[-1].endswith("; mohon minta salinannya lagi kepada perangkat daerah.")
    assert "0 harus diperbaiki" not in list(ke_teks(h, None))[-1]  # nobody looked
    del wb["_manifes"]
    keluaran = BytesIO()
    wb.save(keluaran)
    with pytest.raises(BukuTidakTerbacaError, match="bukan salinan untuk Bappeda"):
        cek(keluaran.getvalue())


def test_json(kiriman: Kiriman) -> None:
    isi = ke_json(cek(kiriman.isi))
    assert isi["berkas"] == "salinan.xlsx"
    assert isi["utuh"] is True
    assert isi["perubahan"] == []
    assert isinstance(isi["temuan"], list)
    assert isi["kode"] == kiriman.kode
