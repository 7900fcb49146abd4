"""Tables laid out anew in a planner's own file: ``perbarui`` and ``periksa --tulis`` in place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from renja_xl.cli import cli
from renja_xl.core.buku import Buku
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.excel.baca import Terbaca, baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.tambal import tambal
from renja_xl.periksa import periksa
from renja_xl.tabel import CATATAN_PERBAIKAN, PROGRAM_SUB_KEGIATAN, T_C_29, T_C_33, TABEL_TERTAUT
from renja_xl.tabel.kendali import BELUM, DIJELASKAN
from tests.excel.ragam import RAGAM, akhiran, bagian_sama, dengan_tambahan
from tests.libre import LOKAL, hitung_ulang
from tests.test_paritas import beda_sel

CARA = ("rumus-bersama", "awalan-lembar", "tanpa-alamat", "wps", "teks-sebaris", "excel")
BARU = {"kode": "5.03.02.2.01.0099", "level": "Sub kegiatan", "nama": "Sub baru", "indikator": "Jumlah naskah",
        "satuan": "Naskah", "di_evaluasi": "Ya", "di_rencana": "Ya"}  # fmt: skip


def seperti(cara: str, isi: bytes) -> bytes:
    """The workbook as another program saves it."""
    return RAGAM[cara](isi) if cara in RAGAM else isi


def jalan(*argumen: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in argumen])


def ubah(path: Path, isi: Mapping[tuple[str, str, str], str | float]) -> Terbaca:
    """Type into cells given by table, row id and column; the row ``+`` stands right below the table."""
    t = baca(path)
    per_lembar: dict[str, dict[tuple[int, int], IsiSel]] = {}
    for (tabel, baris, kolom), nilai in isi.items():
        nomor = t.letak.baris[tabel]
        tempat = nomor[baris] if baris != "+" else max(nomor.values()) + 1, t.letak.kolom[tabel][kolom]
        per_lembar.setdefault(t.letak.lembar(tabel), {})[tempat] = IsiSel(nilai)
    path.write_bytes(tambal(t.paket, per_lembar))
    return baca(path)


def struktur_baru(path: Path) -> Terbaca:
    """A sub kegiatan added at the end of the struktur, another renamed."""
    t = baca(path)
    pertama = next(i for i in t.buku.indikator if i.simpul == "s-5")
    isi: dict[tuple[str, str, str], str | float] = {(PROGRAM_SUB_KEGIATAN.kunci, "+", k): v for k, v in BARU.items()}
    isi[PROGRAM_SUB_KEGIATAN.kunci, pertama.id, "nama"] = "Nama yang diganti"
    return ubah(path, isi)


def polos(buku: Buku) -> dict[str, list[tuple[object, ...]]]:
    """What a plan says, without where it came from."""
    return {
        s.kunci: [(b.level, b.simpul, b.indikator, {k: (v.nilai, v.rumus) for k, v in b.sel.items()}) for b in buku.baris(s.kunci)]
        for s in TABEL_TERTAUT
    }  # fmt: skip


@pytest.fixture
def berkas(tmp_path: Path, kecil: Buku) -> Path:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(bangun(kecil))
    return path


@pytest.mark.parametrize("cara", ["polos", *CARA])
def test_perbarui_di_tempatnya(berkas: Path, cara: str) -> None:
    isi = seperti(cara, berkas.read_bytes())
    berkas.write_bytes(isi)
    t = struktur_baru(berkas)
    semula = berkas.read_bytes()
    seharusnya = hitung(perbarui(t.buku))
    hasil = jalan("perbarui", berkas)
    assert hasil.exit_code == 0, hasil.stderr
    assert "T-C.33: 1 baris ditambah, 0 baris dikeluarkan." in hasil.stdout
    kini = baca(berkas)
    assert polos(kini.buku) == polos(seharusnya)
    assert [s.nama for s in kini.buku.simpul] == [s.nama for s in seharusnya.simpul]
    # only what had to change: no style, no text, no other part
    boleh = re.compile(r"worksheets/|tables/|workbook\.xml$|calcChain|Content_Types|_rels/workbook")
    assert all(boleh.search(n) for n in bagian_sama(semula, berkas.read_bytes()))
    assert next((berkas.parent / "Cadangan").iterdir()).read_bytes() == semula
    kedua = berkas.read_bytes()
    assert "tidak ada yang ditulis" in jalan("perbarui", berkas).stderr
    assert berkas.read_bytes() == kedua


def test_perbarui_sama_dengan_hitung_ulang_libreoffice(berkas: Path, tmp_path: Path) -> None:
    struktur_baru(berkas)
    assert jalan("perbarui", berkas).exit_code == 0
    for lokal in LOKAL:
        assert beda_sel(berkas, hitung_ulang([berkas], tmp_path / lokal, lokal)[berkas.name]) == []


def test_baris_membawa_format_dan_kolom_tambahan(berkas: Path) -> None:
    """A restyled cell and a planner's own column go where their row goes; a removed row's inputs are kept."""
    wb = load_workbook(berkas)
    ws = wb[T_C_33.lembar]
    t = baca(berkas)
    r = t.letak.baris[T_C_33.kunci][next(b.id for b in t.buku.baris(T_C_33.kunci) if b.simpul == "s-8")]
    ws.cell(r, 40).value = "lihat T-C.33!I12"
    wb.save(berkas)
    jalan("hitung", berkas)
    struktur_baru(berkas)
    assert jalan("perbarui", berkas).exit_code == 0
    t = baca(berkas)
    r = t.letak.baris[T_C_33.kunci][next(b.id for b in t.buku.baris(T_C_33.kunci) if b.simpul == "s-8")]
    assert load_workbook(berkas)[T_C_33.lembar].cell(r, 40).value == "lihat T-C.33!I12"


def test_rumus_asing_yang_menunjuk_baris_menolak(berkas: Path) -> None:
    isi = dengan_tambahan(berkas.read_bytes())
    path = berkas.with_name(f"Tambahan{akhiran(isi)}")
    path.write_bytes(isi)
    struktur_baru(path)
    semula = path.read_bytes()
    hasil = jalan("perbarui", path)
    assert hasil.exit_code != 0
    assert "Perbarui Tabel" in str(hasil.exception)
    assert path.read_bytes() == semula


def test_buku_kosong_terisi_di_tempatnya(tmp_path: Path) -> None:
    """The first step of a new plan: the tree is typed into an empty master."""
    path = tmp_path / "Baru.xlsx"
    assert jalan("baru", "-o", path, "--tahun", "2026").exit_code == 0
    t = baca(path)
    spec = PROGRAM_SUB_KEGIATAN
    pohon = (
        ("5", "Urusan", "Urusan penunjang"),
        ("5.03", "Perangkat daerah", "Badan kepegawaian"),
        ("5.03.02", "Program", "Program kepegawaian"),
        ("5.03.02.2.01", "Kegiatan", "Pengadaan"),
        ("5.03.02.2.01.0001", "Sub kegiatan", "Rencana kebutuhan"),
    )
    sel: dict[tuple[int, int], IsiSel] = {}
    for n, (kode, level, nama) in enumerate(pohon):
        isi = {"kode": kode, "level": level, "nama": nama, "indikator": "Jumlah", "satuan": "Dokumen",
               "di_evaluasi": "Ya", "di_rencana": "Ya"}  # fmt: skip
        sel |= {(spec.baris_pertama + n, t.letak.kolom[spec.kunci][k]): IsiSel(v) for k, v in isi.items()}
    path.write_bytes(tambal(t.paket, {spec.lembar: sel}))
    semula = path.read_bytes()
    hasil = jalan("perbarui", path)
    assert hasil.exit_code == 0, hasil.stderr
    assert "xl/styles.xml" not in bagian_sama(semula, path.read_bytes())
    kini = baca(path)
    assert [b.level.judul for b in kini.buku.baris(T_C_33.kunci)][-1] == "Sub kegiatan"
    assert polos(kini.buku) == polos(hitung(perbarui(baca(path).buku)))


# ── periksa --tulis ───────────────────────────────────────────────────────────────────────────────────────────


def salah(path: Path) -> None:
    """A rate typed over its formula, wrong."""
    ubah(
        path,
        {
            (
                T_C_29.kunci,
                next(b.id for b in baca(path).buku.baris(T_C_29.kunci) if b.simpul == "s-5"),
                "tingkat_realisasi_n2",
            ): 75.0
        },
    )
    t = baca(path)
    b = next(b for b in t.buku.baris(T_C_29.kunci) if b.simpul == "s-5")
    tempat = t.letak.baris[T_C_29.kunci][b.id], t.letak.kolom[T_C_29.kunci]["tingkat_realisasi_n2"]
    path.write_bytes(tambal(t.paket, {T_C_29.lembar: {tempat: IsiSel(75.0, "")}}))


@pytest.mark.parametrize("cara", ["polos", *CARA])
def test_tulis_mengisi_catatan_dan_tidak_menyentuh_lembar_lain(berkas: Path, cara: str) -> None:
    berkas.write_bytes(seperti(cara, berkas.read_bytes()))
    salah(berkas)
    semula = berkas.read_bytes()
    temuan = periksa(baca(berkas).buku)
    hasil = jalan("periksa", berkas, "--tulis")
    assert hasil.exit_code == 1
    t = baca(berkas)
    rows = t.buku.baris(CATATAN_PERBAIKAN.kunci)
    assert {b["rujukan"].nilai for b in rows} == {x.rujukan for x in temuan}
    lembar = t.paket.lembar[CATATAN_PERBAIKAN.lembar]
    tabel = {n for n, _, _ in t.paket.relasi(lembar) if "/tables/" in n}
    assert bagian_sama(semula, berkas.read_bytes()) <= {lembar, t.paket.buku, *tabel}
    ws = load_workbook(berkas)[CATATAN_PERBAIKAN.lembar]
    c = t.letak.kolom[CATATAN_PERBAIKAN.kunci]["sel"]
    for b in rows:
        sel = ws.cell(t.letak.baris[CATATAN_PERBAIKAN.kunci][b.id], c)
        assert sel.value == b["sel"].nilai
        if sel.value:
            assert sel.hyperlink is not None
            assert sel.hyperlink.location == f"'{b['lembar'].nilai}'!{sel.value}"
    kedua = berkas.read_bytes()
    jalan("periksa", berkas, "--tulis")
    assert berkas.read_bytes() == kedua


def test_penjelasan_tetap_dan_yang_usai_diperbaiki(berkas: Path) -> None:
    salah(berkas)
    jalan("periksa", berkas, "--tulis")
    t = baca(berkas)
    rate = next(b for b in t.buku.baris(CATATAN_PERBAIKAN.kunci) if str(b["rujukan"].nilai).startswith("HIT"))
    lain = next((b for b in t.buku.baris(CATATAN_PERBAIKAN.kunci) if b.id != rate.id), None)
    if lain is not None:
        ubah(berkas, {(CATATAN_PERBAIKAN.kunci, lain.id, "keadaan"): f"{DIJELASKAN}sesuai rapat"})
    jalan("hitung", berkas)
    jalan("periksa", berkas, "--tulis")
    keadaan = {b["rujukan"].nilai: b["keadaan"].nilai for b in baca(berkas).buku.baris(CATATAN_PERBAIKAN.kunci)}
    assert keadaan[rate["rujukan"].nilai] == "Diperbaiki"
    if lain is not None:
        assert keadaan[lain["rujukan"].nilai] == f"{DIJELASKAN}sesuai rapat"


def test_sel_bercatatan_ditandai(berkas: Path) -> None:
    """The mark is one conditional format that looks into the sheet of findings; LibreOffice evaluates it the same."""
    salah(berkas)
    jalan("periksa", berkas, "--tulis")
    t = baca(berkas)
    b = next(b for b in t.buku.baris(CATATAN_PERBAIKAN.kunci) if str(b["rujukan"].nilai).startswith("HIT"))
    assert (b["lembar"].nilai, b["keadaan"].nilai) == (T_C_29.lembar, BELUM)
    with zipfile.ZipFile(BytesIO(berkas.read_bytes())) as z:
        xml = z.read(t.paket.lembar[T_C_29.lembar]).decode()
        nama = z.read(t.paket.buku).decode()
    assert 'COUNTIFS(catatan_lembar,"T-C.29",catatan_sel,ADDRESS(ROW(),COLUMN(),4),catatan_keadaan,' in xml
    assert 'COUNTIFS(catatan_anggota,"*;T-C.29!"&amp;ADDRESS(ROW(),COLUMN(),4)&amp;";*",catatan_keadaan,' in xml
    for k in ("lembar", "sel", "keadaan", "anggota"):
        m = re.search(rf'name="catatan_{k}">([^<]*)<', nama)
        assert m is not None
        huruf = re.search(r"\$([A-Z]+)\$(\d+):", m[1])
        assert huruf is not None
        assert int(huruf[2]) == CATATAN_PERBAIKAN.baris_pertama
