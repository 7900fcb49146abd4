"""Share copies: what is in them, what is not, and that they read as the plan they were made from."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import click
import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from renja_xl.bappeda.kirim import Kiriman, kirim
from renja_xl.bappeda.siap_kirim import kalimat_terbuka
from renja_xl.cli import berbagi, cli
from renja_xl.core.buku import Buku
from renja_xl.core.hitung import hitung
from renja_xl.core.manifes import BukuMentah
from renja_xl.core.samaran import kontras
from renja_xl.errors import RenjaError
from renja_xl.excel.baca import Terbaca, baca_paket
from renja_xl.excel.bangun import bangun
from renja_xl.excel.bangun_berbagi import Keterangan
from renja_xl.excel.mentah import baca_mentah
from renja_xl.excel.paket import Paket
from renja_xl.excel.rumus_a1 import rumus_kita
from renja_xl.tabel import ANGGARAN, RENSTRA, T_C_29, T_C_30, T_C_33, TABEL_EVALUASI, TABEL_RESMI
from renja_xl.tabel.berbagi import LEMBAR_BERBAGI, MANIFES, SAMPUL, TABEL_BERBAGI, TERKUNCI_SELURUHNYA, VERIFIKASI
from renja_xl.tabel.spec import DIKETIK, Peran
from tests.bappeda.conftest import KETERANGAN

TANPA_EVALUASI = [s for s in LEMBAR_BERBAGI if s not in TABEL_EVALUASI]


@pytest.fixture(scope="module")
def paket(kiriman: Kiriman) -> Paket:
    return Paket(Path("salinan.xlsx"), kiriman.isi)


@pytest.fixture(scope="module")
def mentah(paket: Paket) -> BukuMentah:
    return baca_mentah(paket)


@pytest.fixture(scope="module")
def terbaca(paket: Paket) -> Terbaca:
    return baca_paket(paket)


def test_lembar_dan_urutannya(paket: Paket, mentah: BukuMentah) -> None:
    """Without a typed quarter the evaluation is not sent."""
    assert list(paket.lembar) == [SAMPUL, *(s.lembar for s in TANPA_EVALUASI), MANIFES.lembar]
    assert [n for n, x in mentah.lembar.items() if x.tersembunyi] == ["Indeks"]
    assert all(x.terlindung for x in mentah.lembar.values())
    assert mentah.bagian_asing == ()
    assert mentah.nama == {}


def test_rumus_hanya_rujukan_a1_dan_bernilai(mentah: BukuMentah) -> None:
    rumus = [(n, s.rumus, s.nilai) for n, x in mentah.lembar.items() for s in x.sel.values() if s.rumus is not None]
    assert len(rumus) > 100
    for lembar, teks, nilai in rumus:
        assert not re.search(r"tbl_|profil_|dasar_|cari_|\[", teks), (lembar, teks)
        assert nilai is not None, (lembar, teks)


def test_sel_terbuka_hanya_isian(mentah: BukuMentah, terbaca: Terbaca) -> None:
    """Bappeda may mark changes where the agency types; computed, linked and hidden cells are locked."""
    for spec in TANPA_EVALUASI:
        diketik = {n for n, k in enumerate(spec.kolom, 1) if k.peran in DIKETIK and not k.tersembunyi}
        terbuka = {t for t, s in mentah.lembar[spec.lembar].sel.items() if not s.rupa.terkunci}
        assert {c for _, c in terbuka} <= diketik
        assert bool(terbuka) is (spec not in TERKUNCI_SELURUHNYA and bool(diketik)), spec.lembar


def test_dibaca_sebagai_rencana_yang_sama(buku_kecil: Buku, terbaca: Terbaca) -> None:
    """Values, inputs and which cells are computed come back as they were; nothing is left to recompute."""
    asal, buku = hitung(buku_kecil), terbaca.buku
    assert buku.simpul == asal.simpul
    assert buku.indikator == asal.indikator
    for spec in TABEL_RESMI:
        for a, z in zip(asal.baris(spec.kunci), buku.baris(spec.kunci), strict=True):
            assert a.id == z.id
            assert a.simpul == z.simpul
            assert a.level == z.level
            for k in spec.kolom:
                if not k.tanpa_rumus:
                    assert (a[k.kunci].nilai, a[k.kunci].rumus) == (z[k.kunci].nilai, z[k.kunci].rumus), (
                        spec.lembar,
                        a.id,
                        k.kunci,
                    )
    ulang = hitung(buku)
    assert all(ulang.baris(s.kunci) == buku.baris(s.kunci) for s in TABEL_BERBAGI if s.lembar != "Indeks")


def test_usulan_dan_rujukan_dikenal() -> None:
    """A formula of ours in a cell that may be typed is told from a planner's own."""
    prakiraan = T_C_33.menurut_kunci["pagu_p1"]
    milik = 'IF(ISNUMBER(I11),IF(ISNUMBER(IF(\'Dasar Perhitungan\'!$B$5="x",I11,\'T-C.31\'!M9)),1,"-"),"-")'
    assert rumus_kita(T_C_33, prakiraan, milik)
    assert not rumus_kita(T_C_33, prakiraan, "'Dasar Perhitungan'!$B$6*2")
    target = T_C_29.menurut_kunci["target_renstra"]
    assert target.rumus is not None
    assert not rumus_kita(T_C_29, target, "Renstra!N9*2")


def test_salinan_contoh_sama_rumusnya(normal: Buku, kiriman_contoh: Kiriman) -> None:
    """Looked-up targets of the Renstra and counts of the struktur, which the small plan has not, come back as formulas."""
    asal, buku = hitung(normal), baca_paket(Paket(Path("contoh.xlsx"), kiriman_contoh.isi)).buku
    for spec in (RENSTRA, *TABEL_RESMI):
        berumus, kini = (
            {(b.id, k) for b in x.baris(spec.kunci) for k, sel in b.sel.items() if sel.rumus} for x in (asal, buku)
        )
        assert berumus == kini, spec.lembar
    assert any(
        sel.rumus
        for b in buku.baris(T_C_30.kunci)
        for k, sel in b.sel.items()
        if T_C_30.menurut_kunci[k].peran is Peran.RUJUKAN
    )
    assert any(b["sub_kegiatan"].rumus for b in buku.baris(ANGGARAN.kunci))


def test_sampul_menyebut_pengirim(kiriman: Kiriman, mentah: BukuMentah) -> None:
    isi = {x.nilai for x in mentah.lembar[SAMPUL].sel.values()}
    assert {"Badan Kepegawaian", "2025", "Persiapan", "2", "3 Maret 2025", kiriman.kode, "5", "7", "1"} <= isi
    assert "????" not in str(isi)


def test_tautan_kembali_tidak_tertutup_legenda(kiriman: Kiriman) -> None:
    """The link's words have the blank columns that they run over."""
    wb = openpyxl.load_workbook(BytesIO(kiriman.isi))
    for ws in wb.worksheets[1:-1]:
        terisi = next((c.column for c in ws[2][1:] if c.value is not None), 50)
        lebar = sum(ws.column_dimensions[get_column_letter(c)].width for c in range(1, terisi))
        assert str(ws["A2"].value).startswith("« Kembali"), ws.title
        assert lebar >= len(str(ws["A2"].value)), ws.title


def test_verifikasi_satu_baris_tiap_simpul(kiriman: Kiriman) -> None:
    wb = openpyxl.load_workbook(BytesIO(kiriman.isi), data_only=True)
    ws = wb[VERIFIKASI.lembar]
    rows = [[c.value for c in r] for r in ws.iter_rows(min_row=VERIFIKASI.baris_pertama, max_row=ws.max_row)]
    assert [r[-1] for r in rows] == ["s-3", "s-4", "s-5", "s-6", "s-7", "s-8"]
    assert rows[0][3] == "1) Persentase kesesuaian jabatan\n2) Indeks sistem merit"
    assert rows[0][4] == "1) 85 %\n2) 250 Indeks"
    assert [r[5] for r in rows] == [157_000, 150_000, 100_000, 50_000, 7_000, 7_000]
    assert "belum diputuskan: 6 dari 6 baris" in str(ws["A3"].value)
    pilihan = [v.formula1 for v in ws.data_validations.dataValidation if v.type == "list"]
    assert pilihan == ['"Sesuai,Perlu perbaikan,Tidak sesuai,Perlu penjelasan"']


# ── for everybody, and about nobody ───────────────────────────────────────────────────────────────────────────


def test_dapat_dibaca_semua_orang(kiriman: Kiriman, mentah: BukuMentah) -> None:
    """Title in A1, table names, links that say where they lead, contrast of every pair of letters and ground."""
    wb = openpyxl.load_workbook(BytesIO(kiriman.isi))
    for ws in wb.worksheets:
        a1: Cell = ws["A1"]
        assert len(str(a1.value or "")) > 2, ws.title
        for nama in ws.tables:
            assert re.fullmatch(r"tbl_\w{3,}", nama)
        for tautan in ws._hyperlinks:  # type: ignore[attr-defined]
            teks = str(ws[tautan.ref].value)
            tujuan = str(tautan.location).partition("'!")[0].strip("'")
            assert tujuan in wb.sheetnames, ws.title
            assert tujuan in teks, (ws.title, teks)
    pasangan = {(s.rupa.huruf, s.rupa.latar) for x in mentah.lembar.values() for s in x.sel.values()}
    assert len(pasangan) > 5
    assert min(kontras(h, lt) for h, lt in pasangan if h and lt) >= 4.5
    assert all(h and lt for h, lt in pasangan)


def test_warna_bersyarat_tetap_terbaca(paket: Paket) -> None:
    """Letters of every conditional format on its ground, and on the grounds of typed and computed cells."""
    pohon = ElementTree.fromstring(paket.isi("xl/styles.xml"))
    ns = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    for dxf in pohon.findall(".//m:dxf", ns):
        huruf, latar = dxf.find("m:font/m:color", ns), dxf.find("m:fill/m:patternFill/m:bgColor", ns)
        assert dxf.find("m:numFmt", ns) is None
        h = huruf.attrib["rgb"][-6:] if huruf is not None else "1F3864"
        for dasar in [latar.attrib["rgb"][-6:]] if latar is not None else ["FFF8DC", "EDEDED", "FFFFFF"]:
            assert kontras(h, dasar) >= 4.5


def test_grafik_induk_beruraian(buku_kecil: Buku) -> None:
    with zipfile.ZipFile(BytesIO(bangun(buku_kecil))) as z:
        gambar = [z.read(n).decode() for n in z.namelist() if n.startswith("xl/drawings/drawing")]
    uraian = re.findall(r"<xdr:cNvPr [^>]*?/?>", "".join(gambar))
    assert uraian
    assert all(re.search(r'descr="[^"]{10,}"', u) for u in uraian)


def test_tanpa_data_pribadi_dan_jejak_komputer(kiriman: Kiriman) -> None:
    with zipfile.ZipFile(BytesIO(kiriman.isi)) as z:
        inti = z.read("docProps/core.xml").decode()
        semua = b"".join(z.read(n) for n in z.namelist())
        nama = z.namelist()
        assert z.testzip() is None
    assert "<dc:language>id-ID</dc:language>" in inti
    assert "<dc:title>Renja Badan Kepegawaian Tahun 2025</dc:title>" in inti
    assert re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>(.*?)</", inti) == ["Badan Kepegawaian"] * 2
    assert not any(re.search(r"vba|externalLink|custom|connections|printerSettings", n) for n in nama)
    assert not re.search(rb"file:///|[A-Z]:\\\\|/home/|/root/|/tmp/|absPath|TargetMode", semua)


def test_byte_yang_sama(buku_kecil: Buku, kiriman: Kiriman) -> None:
    assert kirim(buku_kecil, KETERANGAN) == kiriman
    lain = kirim(buku_kecil, Keterangan("3 Maret 2025", 3, KETERANGAN.catatan))
    assert lain.kode != kiriman.kode


def test_dengan_catatan(buku_kecil: Buku) -> None:
    isi = kirim(buku_kecil, Keterangan("3 Maret 2025", 1, {}, dengan_catatan=True)).isi
    assert "Catatan Perbaikan" in Paket(Path("x.xlsx"), isi).lembar


# ── command ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def induk(buku_kecil: Buku, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kirim") / "Renja.xlsx"
    path.write_bytes(bangun(buku_kecil))
    return path


def test_perintah(induk: Path, tmp_path: Path) -> None:
    salinan = tmp_path / "Kirim.xlsx"
    jalan = CliRunner()
    pertama = jalan.invoke(cli, ["kirim", str(induk), "-o", str(salinan), "--tetap"])
    assert pertama.exit_code == 0, pertama.output
    kode = pertama.stdout.strip()
    dicek = jalan.invoke(cli, ["cek-berkas", str(salinan), "--kode", kode])
    assert ": utuh." in dicek.output
    assert "revisi 1" in dicek.output
    assert "sama dengan surat pengantar" in dicek.output
    kedua = jalan.invoke(cli, ["kirim", str(induk), "-o", str(salinan), "--tetap"])
    assert "Revisi 2" in kedua.output
    assert jalan.invoke(cli, ["cek-berkas", str(salinan), "--kode", kode]).exit_code == 1


def test_perintah_bertanya_bila_masih_ada_catatan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked on a terminal; where nobody can answer, told how to send all the same. Nothing open, nothing asked."""
    terbuka = {"harus_diperbaiki": 5, "perlu_dicek": 7, "informasi": 0}
    with pytest.raises(RenjaError, match=r"Masih ada 12 catatan \(5 harus diperbaiki\).*--tetap"):
        berbagi._tanya(kalimat_terbuka(terbuka))
    berbagi._tanya(kalimat_terbuka(dict.fromkeys(terbuka, 0)))

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    for jawaban, dikirim in (("y\n", True), ("\n", False), ("t\n", False)):
        monkeypatch.setattr("sys.stdin", Terminal(jawaban))
        if dikirim:
            berbagi._tanya(kalimat_terbuka(terbuka))
        else:
            with pytest.raises(click.Abort):
                berbagi._tanya(kalimat_terbuka(terbuka))


def test_perintah_menolak_nama_yang_keliru(induk: Path) -> None:
    for keluaran in (induk.with_name("Kirim.xlsm"), induk):
        hasil = CliRunner().invoke(cli, ["kirim", str(induk), "-o", str(keluaran)])
        assert isinstance(hasil.exception, RenjaError)
        assert "mohon" in str(hasil.exception)
