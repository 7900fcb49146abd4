"""The command line as a planner meets it: exit codes, one clear sentence for what cannot be used, nothing lost."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import click
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from pyopenvba import ExcelFile

from renja_xl import __version__
from renja_xl.alur import catat_tercetak
from renja_xl.bahasa import jalankan
from renja_xl.cli import cli
from renja_xl.core.buku import Buku, Level
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.tambal import tambal
from renja_xl.excel.vba import makro_tambahan
from renja_xl.periksa import KELUARGA, periksa
from renja_xl.tabel import MENURUT_KUNCI, PENAMPIL, PROGRAM_SUB_KEGIATAN, SEMUA, T_C_33, TABEL_TERTAUT
from tests.conftest import isi
from tests.excel import dibangun
from tests.readme import semua_perintah

PERINTAH = tuple(nama for nama, _ in semua_perintah())


class Hasil(NamedTuple):
    """What a run left behind."""

    kode: int
    keluaran: str
    pesan: str


class Jalan(Protocol):
    def __call__(self, *isian: str | Path) -> Hasil: ...


@pytest.fixture
def jalan(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Jalan:
    """Runs a command in this process, exactly as the entry point does; an exception would be a traceback."""

    def kerjakan(*isian: str | Path) -> Hasil:
        monkeypatch.setattr(sys, "argv", ["renja-xl", *map(str, isian)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as selesai:
            jalankan(cli)
        keluar = capsys.readouterr()
        assert isinstance(selesai.value.code, int)
        return Hasil(selesai.value.code, keluar.out, keluar.err)

    return kerjakan


@pytest.fixture(scope="session")
def paket_kecil(kecil: Buku) -> bytes:
    return dibangun(kecil)


@pytest.fixture(scope="session")
def paket_tercetak(tercetak: Buku) -> bytes:
    return bangun(catat_tercetak(tercetak))


@pytest.fixture(scope="session")
def paket_normal(normal: Buku) -> bytes:
    return dibangun(normal)


@pytest.fixture
def buku(tmp_path: Path, paket_kecil: bytes) -> Path:
    """The small plan's workbook."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(paket_kecil)
    return path


def ubah(path: Path, kerjakan: Callable[[Any], None]) -> None:
    """Edit a workbook with openpyxl, as another program would; it keeps no cached values."""
    wb = load_workbook(path)
    kerjakan(wb)
    wb.save(path)


def sel(buku: Buku, tabel: str, simpul: str, kolom: str) -> str:
    """Address of a cell of a node's first row."""
    n = next(n for n, b in enumerate(buku.baris(tabel)) if b.simpul == simpul)
    spec = MENURUT_KUNCI[tabel]
    huruf = ""
    nomor = spec.letak_kolom[kolom]
    while nomor:
        nomor, sisa = divmod(nomor - 1, 26)
        huruf = chr(65 + sisa) + huruf
    return f"{huruf}{spec.baris_pertama + n}"


def isi_folder(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def pastikan_maaf(hasil: Hasil, *, pemakaian: bool = False) -> str:
    """Exit 2 with exactly one apology, one sentence long, on stderr, and nothing on stdout."""
    assert hasil.kode == 2
    assert hasil.keluaran == ""
    maaf = [b for b in hasil.pesan.splitlines() if b.startswith("Maaf:")]
    assert len(maaf) == 1, hasil.pesan
    assert "Traceback" not in hasil.pesan
    if pemakaian:
        assert hasil.pesan.splitlines()[1:] == [b for b in hasil.pesan.splitlines() if b.startswith("Lihat: renja-xl")]
    else:
        assert re.search(r"[Mm]ohon|seharusnya", maaf[0]), maaf[0]
    assert maaf[0].endswith((".", "?"))
    return maaf[0]


# ── help ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("perintah", ["", *PERINTAH])
def test_bantuan_berbahasa_indonesia_dengan_contoh(jalan: Jalan, perintah: str) -> None:
    hasil = jalan(*perintah.split(), "--help")
    assert (hasil.kode, hasil.pesan) == (0, "")
    teks = hasil.keluaran
    assert "Contoh:" in teks
    assert re.search(rf"^ +renja-xl {perintah or 'periksa'}\b", teks.partition("Contoh:")[2], re.MULTILINE)
    assert teks.startswith("Pemakaian: renja-xl")
    assert "Opsi:" in teks
    asing = r"Usage|Options?:|Commands?:|Arguments?|Show (this|the)|and exit|required|default|TEXT|FILE\b|PATH\b|COMMAND|ARGS"
    assert not re.search(asing, teks), re.search(asing, teks)


@pytest.mark.parametrize("perintah", PERINTAH)
def test_setiap_perintah_dan_opsi_diterangkan(perintah: str) -> None:
    command = dict(semua_perintah())[perintah]
    assert command.help
    for p in command.params:
        if isinstance(p, click.Option):
            assert p.help, (perintah, p.name)


def test_bantuan_utama_menyebut_setiap_perintah(jalan: Jalan) -> None:
    teks = jalan("--help").keluaran
    assert all(re.search(rf"^  {p} +\S", teks, re.MULTILINE) for p in cli.commands)


def test_tanpa_perintah_menampilkan_bantuan(jalan: Jalan) -> None:
    hasil = jalan()
    assert hasil.kode == 2
    assert "Perintah:" in hasil.keluaran


def test_versi(jalan: Jalan) -> None:
    assert jalan("--version") == (0, f"renja-xl {__version__}\n", "")


@pytest.mark.parametrize(
    ("isian", "sebutan"),
    [
        (["periska"], "periska"),
        (["baru"], "-o"),
        (["hitung"], "BUKU"),
        (["periksa", "x.xlsx", "--tulis", "--aturan", "HIT"], "--tulis"),
        (["impor", "-o", "x.xlsx"], "SUMBER"),
        (["periksa"], "BUKU"),
        (["baru", "-o", "x.xlsx", "--tahun", "dua ribu"], "--tahun"),
        (["baru", "-o", "x.xlsx", "--tahun", "25"], "--tahun"),
        (["baru", "-o", "x.xlsx", "--contoh", "bogor-2025"], "paser-2025"),
        (["baru", "-o", "x.xlsx", "--contoh", "paser-2025", "--tahun", "2026"], "--tahun"),
        (["periksa", "x.xlsx", "--aturn", "HIT"], "--aturan"),
        (["periksa", "x.xlsx", "--aturan", "XYZ"], "HIT"),
        (["hitung", "x.xlsx", "y.xlsx", "-o", "z.xlsx"], "y.xlsx"),
        (["baru", "-o"], "Opsi -o"),
    ],
)
def test_pemakaian_yang_keliru(
    jalan: Jalan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isian: Sequence[str], sebutan: str
) -> None:
    monkeypatch.chdir(tmp_path)
    maaf = pastikan_maaf(jalan(*isian), pemakaian=True)
    assert sebutan in maaf
    assert not re.search(r"No such|Missing|Invalid|Got unexpected|requires|is not|option|argument", maaf)
    assert isi_folder(tmp_path) == {}


# ── as a process ──────────────────────────────────────────────────────────────────────────────────────────────


def proses(*isian: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "renja_xl", *map(str, isian)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )


def test_kode_keluar_sebagai_proses(tmp_path: Path, buku: Path, kecil: Buku) -> None:
    baik = proses("periksa", buku, cwd=tmp_path)
    assert (baik.returncode, baik.stdout) == (0, f"{buku}: Tidak ada catatan.\n")
    buruk = tmp_path / "buruk.xlsx"
    buruk.write_bytes(bangun(isi(kecil, "T-C.29", "s-5", {"tingkat_realisasi_n2": 75.0})))
    catatan = proses("periksa", buruk, "--json", cwd=tmp_path)
    assert catatan.returncode == 1
    assert json.loads(catatan.stdout)["ringkas"]["harus_diperbaiki"] == 1
    asing = proses("periksa", "tidak-ada.xlsx", cwd=tmp_path)
    assert (asing.returncode, asing.stdout) == (2, "")
    assert re.fullmatch(r"Maaf: .*tidak-ada\.xlsx.*\n", asing.stderr)


# ── demo, baru, impor ─────────────────────────────────────────────────────────────────────────────────────────


def test_demo(jalan: Jalan, tmp_path: Path, tercetak: Buku) -> None:
    folder = tmp_path / "hasil baru" / "demo"
    hasil = jalan("demo", "--keluaran", folder)
    assert hasil.kode == 0
    nama = ["Renja-Paser-2025 apa adanya.xlsx", "Renja-Paser-2025.xlsm", "Renja-Paser-2025.xlsx"]
    nama += ["catatan.html", "catatan.json"]
    assert sorted(p.name for p in folder.iterdir()) == nama
    for n in nama:
        assert n in hasil.keluaran
    temuan = periksa(tercetak)
    harus = sum(t.tingkat.value == "harus_diperbaiki" for t in temuan)
    assert f"{len(temuan)} catatan: {harus} harus diperbaiki" in hasil.keluaran
    assert "8.963.647.000 → 8.868.519.564" in hasil.keluaran
    catatan = json.loads((folder / "catatan.json").read_text(encoding="utf-8"))
    assert len(catatan["temuan"]) == len(temuan)
    polos, makro = (baca(folder / f"Renja-Paser-2025.{a}") for a in ("xlsx", "xlsm"))
    assert periksa(polos.buku, ("HIT", "ROL")) == []
    assert makro.buku == polos.buku


def test_baru_kosong(jalan: Jalan, tmp_path: Path) -> None:
    path = tmp_path / "Renja-2031.xlsx"
    hasil = jalan("baru", "-o", path, "--tahun", "2031")
    assert (hasil.kode, hasil.keluaran) == (0, "")
    terbaca = baca(path).buku
    assert terbaca.tahun == 2031
    assert terbaca.simpul == ()
    wb = load_workbook(path)
    assert "T-C.29" in wb.sheetnames
    judul = [c.value for c in wb["T-C.33"][2] if c.value]
    assert "2031" in str(judul[0])
    assert "2032" in str(judul[0])
    assert jalan("periksa", path).kode == 0


def test_baru_tanpa_tahun_untuk_tahun_depan(jalan: Jalan, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert jalan("baru", "-o", path).kode == 0
    assert baca(path).buku.tahun == date.today().year + 1


def test_baru_dengan_contoh(jalan: Jalan, tmp_path: Path, normal: Buku) -> None:
    path = tmp_path / "Contoh.xlsx"
    assert jalan("baru", "-o", path, "--contoh", "paser-2025").kode == 0
    assert len(baca(path).buku.simpul) == len(normal.simpul)


def test_buku_bermakro_disusun_ulang_di_tempatnya(jalan: Jalan, tmp_path: Path) -> None:
    """``perbarui`` on a macro workbook: rows follow, formulas keep their Python form, old VBA is renewed, added VBA stays."""
    path = tmp_path / "Renja.xlsm"
    assert jalan("baru", "-o", path, "--contoh", "paser-2025").kode == 0
    with ExcelFile(path) as berkas_vba:
        proyek = berkas_vba.vba_project()
        proyek.add_module("Milikku", "Public Sub Halo()\r\nEnd Sub\r\n")
        next(m for m in proyek.modules if m.name == "Pita").body = "Option Explicit\r\n"
        berkas_vba.save()
    terbaca = baca(path)
    struktur = PROGRAM_SUB_KEGIATAN
    sub = [b.simpul for b in terbaca.buku.baris(T_C_33.kunci) if b.level is Level.SUB_KEGIATAN][-1]
    n = terbaca.letak.baris[struktur.kunci][next(i.id for i in terbaca.buku.indikator if i.simpul == sub)]
    sel = {(n, terbaca.letak.kolom[struktur.kunci]["nama"]): IsiSel("Nama baru")}
    path.write_bytes(tambal(terbaca.paket, {struktur.lembar: sel}))
    hasil = jalan("perbarui", path)
    assert hasil.kode == 0, hasil.pesan
    kini = baca(path)
    assert "Nama baru" in {b["nama"].nilai for b in kini.buku.baris(T_C_33.kunci)}
    assert any("TINGKAT_REALISASI(" in f.teks for f in kini.rumus["T-C.29"].values())
    with ExcelFile(path) as berkas_vba:
        assert "Halo" in berkas_vba.get_module("Milikku")
        assert "PitaHitungUlang" in berkas_vba.get_module("Pita")
    assert makro_tambahan(kini.paket) == ["Milikku"]


@pytest.mark.parametrize("nama", ["Renja.xlsb", "Renja.xls", "Renja.ods", "Renja", "Renja.xlsx.txt"])
def test_akhiran_buku_yang_belum_dapat_ditulis(jalan: Jalan, tmp_path: Path, nama: str) -> None:
    maaf = pastikan_maaf(jalan("baru", "-o", tmp_path / nama))
    assert ".xlsx" in maaf
    assert isi_folder(tmp_path) == {}


def test_impor_dihitung(jalan: Jalan, tmp_path: Path, paser_folder: Path, normal: Buku) -> None:
    path = tmp_path / "Renja.xlsx"
    hasil = jalan("impor", paser_folder, "-o", path)
    assert hasil.kode == 0
    # each changed total, old → new
    assert "10.724.707.476 → 10.629.579.716" in hasil.keluaran
    terbaca = baca(path).buku
    for spec in TABEL_TERTAUT:
        assert [b.sel for b in terbaca.baris(spec.kunci)] == [b.sel for b in normal.baris(spec.kunci)]
    assert {t.rujukan for t in periksa(terbaca)} == {t.rujukan for t in periksa(normal)}


def test_impor_apa_adanya(jalan: Jalan, tmp_path: Path, paser_folder: Path, tercetak: Buku) -> None:
    path = tmp_path / "Tercetak.xlsx"
    hasil = jalan("impor", paser_folder, "-o", path, "--apa-adanya")
    assert (hasil.kode, hasil.keluaran) == (0, "")
    terbaca = baca(path).buku
    semula = [(t.aturan, t.tabel, t.baris, t.kolom, t.tertulis, t.seharusnya, t.asal) for t in periksa(tercetak)]
    kini = [(t.aturan, t.tabel, t.baris, t.kolom, t.tertulis, t.seharusnya, t.asal) for t in periksa(terbaca)]
    assert kini == semula


@pytest.mark.parametrize("cara", ["berkas", "dua folder", "tidak ada", "kosong", "tidak ada.xlsx"])
def test_impor_sumber_yang_tidak_dapat_dipakai(jalan: Jalan, tmp_path: Path, paser_folder: Path, cara: str) -> None:
    (tmp_path / "kosong").mkdir()
    sumber = {
        "berkas": [paser_folder / "t_c_29.tsv"],
        "dua folder": [paser_folder, paser_folder],
        "tidak ada": [tmp_path / "tidak ada"],
        "kosong": [tmp_path / "kosong"],
        "tidak ada.xlsx": [tmp_path / "tidak ada.xlsx"],
    }[cara]
    pastikan_maaf(jalan("impor", *sumber, "-o", tmp_path / "x.xlsx"))
    assert isi_folder(tmp_path) == {}


def test_impor_tabel_rusak_tidak_menulis_apa_pun(jalan: Jalan, tmp_path: Path, paser_folder: Path) -> None:
    folder = tmp_path / "tabel"
    shutil.copytree(paser_folder, folder)
    path = folder / "t_c_29.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("target_2023", "target_2033", 1), encoding="utf-8")
    sebelum = isi_folder(tmp_path)
    maaf = pastikan_maaf(jalan("impor", folder, "-o", tmp_path / "x.xlsx"))
    assert "t_c_29.tsv" in maaf
    assert "target_2023" in maaf
    assert isi_folder(tmp_path) == sebelum


def test_impor_teks_yang_tidak_muat_di_sel(jalan: Jalan, tmp_path: Path, paser_folder: Path) -> None:
    folder = tmp_path / "tabel"
    shutil.copytree(paser_folder, folder)
    path = folder / "t_c_31.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("Kc. Tanah Grogot", "x" * 40_000, 1), encoding="utf-8")
    hasil = jalan("impor", folder, "-o", tmp_path / "x.xlsx", "--apa-adanya")
    assert "t_c_31.tsv baris 4" in pastikan_maaf(hasil)
    assert not (tmp_path / "x.xlsx").exists()


# ── hitung, perbarui ──────────────────────────────────────────────────────────────────────────────────────────


def nilai_tampil(path: Path, lembar: str, alamat: str) -> Any:
    """The cached value of a cell: what a viewer that does not calculate shows."""
    return load_workbook(path, data_only=True)[lembar][alamat].value


def test_hitung_menulis_angka_baru_dan_menyebut_perubahannya(jalan: Jalan, buku: Path, kecil: Buku) -> None:
    buku.write_bytes(bangun(isi(kecil, "T-C.33", "s-8", {"pagu_n": 9_000_00})))
    semula = buku.read_bytes()
    keluaran = buku.with_name("Hitung.xlsx")
    hasil = jalan("hitung", buku, "-o", keluaran)
    assert hasil.kode == 0
    baris = [b for b in hasil.keluaran.splitlines() if "→" in b]
    assert len(baris) == 4  # kegiatan, program, perangkat daerah, urusan
    assert all(b.startswith("T-C.33, ") for b in baris)
    assert any(b.endswith("7.000 → 9.000") for b in baris)
    assert any(b.endswith("157.000 → 159.000") for b in baris)
    assert nilai_tampil(keluaran, "T-C.33", sel(kecil, "T-C.33", "s-7", "pagu_n")) == 9_000
    assert nilai_tampil(keluaran, "T-C.33", sel(kecil, "T-C.33", "s-2", "pagu_n")) == 159_000
    assert buku.read_bytes() == semula
    assert jalan("periksa", keluaran, "--aturan", "ROL").kode == 0


def test_masukan_yang_diubah_program_lain_diterima(jalan: Jalan, buku: Path, kecil: Buku) -> None:
    """openpyxl keeps formulas without values; only inputs were edited, so nothing would get lost."""

    def kerjakan(wb: Any) -> None:
        wb["T-C.33"][sel(kecil, "T-C.33", "s-8", "pagu_n")] = 9_000
        wb["T-C.29"][sel(kecil, "T-C.29", "s-5", "realisasi_n2")] = 4
        wb["T-C.33"][sel(kecil, "T-C.33", "s-6", "lokasi")] = "=bukan rumus"
        wb["T-C.33"][sel(kecil, "T-C.33", "s-6", "lokasi")].data_type = "s"

    ubah(buku, kerjakan)
    for perintah in ("hitung", "perbarui"):
        keluaran = buku.with_name(f"{perintah}.xlsx")
        assert jalan(perintah, buku, "-o", keluaran).kode == 0
        assert nilai_tampil(keluaran, "T-C.33", sel(kecil, "T-C.33", "s-7", "pagu_n")) == 9_000
        assert nilai_tampil(keluaran, "T-C.29", sel(kecil, "T-C.29", "s-5", "tingkat_realisasi_n2")) == 80
        terbaca = load_workbook(keluaran)["T-C.33"][sel(kecil, "T-C.33", "s-6", "lokasi")]
        assert (terbaca.value, terbaca.data_type) == ("=bukan rumus", "s")


def test_buku_tanpa_nilai_tersimpan_tidak_menambah_catatan(jalan: Jalan, tmp_path: Path, paket_normal: bytes) -> None:
    """A formula whose value nobody saved is not a wrong value; the audit must not invent findings."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(paket_normal)
    semula = {t.rujukan for t in periksa(baca(path).buku)}
    ubah(path, lambda wb: None)
    assert {t.rujukan for t in periksa(baca(path).buku)} - semula == set()


def test_angka_diketik_di_atas_rumus_dihitung_ulang(jalan: Jalan, buku: Path, kecil: Buku) -> None:
    alamat = sel(kecil, "T-C.29", "s-5", "tingkat_realisasi_n2")
    ubah(buku, lambda wb: wb["T-C.29"].__setitem__(alamat, 75))
    assert jalan("periksa", buku, "--aturan", "HIT-08").kode == 1
    keluaran = buku.with_name("Hitung.xlsx")
    assert jalan("hitung", buku, "-o", keluaran).kode == 0
    assert nilai_tampil(keluaran, "T-C.29", alamat) == 60
    assert str(load_workbook(keluaran)["T-C.29"][alamat].value).startswith("=")
    asli = [b for b in load_workbook(keluaran)["_asli"].iter_rows(values_only=True) if "75" in b]
    assert [b[2] for b in asli] == ["tingkat_realisasi_n2"]


def test_perbarui_membawa_baris_struktur_baru(jalan: Jalan, buku: Path, kecil: Buku) -> None:
    spec = MENURUT_KUNCI["Program & Sub Kegiatan"]

    def kerjakan(wb: Any) -> None:
        ws = wb[spec.lembar]
        r = spec.baris_pertama + len(kecil.indikator)  # right below the table, as one types on
        for kolom, teks in (("kode", "5.03.02.2.01.0007"), ("nama", "Evaluasi"), ("indikator", "Jumlah laporan")):
            ws.cell(r, spec.letak_kolom[kolom], teks)

    ubah(buku, kerjakan)
    keluaran = buku.with_name("Baru.xlsx")
    hasil = jalan("perbarui", buku, "-o", keluaran)
    assert hasil.kode == 0
    for tabel in ("T-C.29", "T-C.31", "T-C.33", "RKT"):
        assert f"{tabel}: 1 baris ditambah, 0 baris dikeluarkan." in hasil.keluaran
    terbaca = baca(keluaran).buku
    baru = next(s for s in terbaca.simpul if s.nama == "Evaluasi")
    assert (baru.level, baru.induk) == (Level.SUB_KEGIATAN, "s-4")
    daftar = [b.simpul for b in terbaca.baris("T-C.33")]
    assert daftar[daftar.index(baru.id) - 1] == "s-6"
    assert jalan("periksa", keluaran).kode == 0


@pytest.mark.parametrize("melebar", [False, True])
def test_baris_diketik_tepat_di_bawah_tabel(jalan: Jalan, buku: Path, kecil: Buku, melebar: bool) -> None:
    """Excel widens the table or it does not; either way the foot notes below are no rows."""
    spec = MENURUT_KUNCI["T-C.33"]
    r = spec.baris_pertama + len(kecil.baris("T-C.33"))

    def kerjakan(wb: Any) -> None:
        ws = wb["T-C.33"]
        for kolom, nilai in (("kode", "5.03.02.2.02.0003"), ("nama", "Pengelolaan Promosi"), ("pagu_n", 5_000)):
            ws.cell(r, spec.letak_kolom[kolom]).value = nilai
        if melebar:
            tabel = ws.tables[spec.nama_tabel]
            tabel.ref = re.sub(r"\d+$", str(r), tabel.ref)

    ubah(buku, kerjakan)
    terbaca = baca(buku).buku
    assert len(terbaca.baris("T-C.33")) == len(kecil.baris("T-C.33")) + 1
    assert [t.pesan.split("”")[0] for t in periksa(terbaca, ("LNK",))] == ["Baris “Pengelolaan Promosi"]
    keluaran = buku.with_name("Baru.xlsx")
    assert jalan("perbarui", buku, "-o", keluaran).kode == 0
    hasil = baca(keluaran).buku
    assert hasil.simpul[-1].nama == "Pengelolaan Promosi"
    assert hasil.baris("T-C.33")[-1].simpul == hasil.simpul[-1].id
    kolom_a = [c.value for c in load_workbook(keluaran)["T-C.33"]["A"]]
    assert [kolom_a.count(teks) for teks in spec.catatan_kaki] == [1] * len(spec.catatan_kaki)
    assert periksa(hasil, ("LNK", "ROL")) == []


def test_jumlah_di_atas_sepuluh_triliun(jalan: Jalan, buku: Path, kecil: Buku) -> None:
    """Each amount is below the limit of one cell; a total of ours may pass it and is still right."""
    besar = kecil
    for s in ("s-5", "s-6"):
        besar = isi(besar, "T-C.33", s, {"pagu_n": 6_000_000_000_000_00})
    buku.write_bytes(bangun(besar))
    keluaran = buku.with_name("Hitung.xlsx")
    assert jalan("hitung", buku, "-o", keluaran).kode == 0
    assert nilai_tampil(keluaran, "T-C.33", sel(kecil, "T-C.33", "s-4", "pagu_n")) == 12_000_000_000_000
    assert json.loads(jalan("periksa", keluaran, "--aturan", "ROL", "--json").keluaran)["temuan"] == []


def test_perbarui_menyebut_isian_yang_disimpan(jalan: Jalan, buku: Path, kecil: Buku) -> None:
    spec = MENURUT_KUNCI["Program & Sub Kegiatan"]
    ubah(buku, lambda wb: wb[spec.lembar].delete_rows(spec.baris_pertama + len(kecil.indikator) - 1))
    keluaran = buku.with_name("Baru.xlsx")
    hasil = jalan("perbarui", buku, "-o", keluaran)
    assert hasil.kode == 0
    assert "T-C.33: 0 baris ditambah, 1 baris dikeluarkan." in hasil.keluaran
    simpanan = baca(keluaran).buku.baris("Baris Dihapus")
    assert f"{len(simpanan)} isian dari baris yang dikeluarkan disimpan di lembar Baris Dihapus." in hasil.keluaran
    assert ("pagu_n", 7_000) in [(b["kolom"].nilai, b["nilai"].nilai) for b in simpanan]
    assert load_workbook(keluaran)["Baris Dihapus"].sheet_state == "visible"


@pytest.mark.parametrize("perintah", ["hitung", "perbarui"])
def test_di_tempatnya_bila_tanpa_keluaran_atau_keluarannya_sama(
    jalan: Jalan, buku: Path, kecil: Buku, perintah: str
) -> None:
    alamat = sel(kecil, "T-C.29", "s-5", "tingkat_realisasi_n2")
    for keluaran in ((), ("-o", buku), ("-o", buku.parent / "." / buku.name)):
        ubah(buku, lambda wb: wb["T-C.29"].__setitem__(alamat, 75))
        semula = buku.read_bytes()
        assert jalan(perintah, buku, *keluaran).kode == 0
        assert nilai_tampil(buku, "T-C.29", alamat) == 60
        assert semula in [p.read_bytes() for p in (buku.parent / "Cadangan").iterdir()]


# ── what somebody added ───────────────────────────────────────────────────────────────────────────────────────


def lembar_baru(wb: Any, _buku: Buku) -> str:
    wb.create_sheet("Hitungan saya")["A1"] = 5
    return "Hitungan saya"


def komentar(wb: Any, buku: Buku) -> str:
    alamat = sel(buku, "T-C.33", "s-5", "target_n")
    wb["T-C.33"][alamat].comment = Comment("Tolong dicek", "Bu Rina")
    return f"T-C.33!{alamat}"


def warna_sel(wb: Any, buku: Buku) -> str:
    alamat = sel(buku, "T-C.29", "s-5", "target_n2")
    wb["T-C.29"][alamat].fill = PatternFill("solid", fgColor="FFFFFF00")
    return f"T-C.29!{alamat}"


def rumus_di_masukan(wb: Any, buku: Buku) -> str:
    alamat = sel(buku, "T-C.31", "s-5", "pagu_rkpd")
    wb["T-C.31"][alamat] = "=50000*2"
    return f"T-C.31!{alamat}"


def catatan_di_bawah(wb: Any, _buku: Buku) -> str:
    wb["T-C.33"]["B60"] = "Rapat 3 Maret: pagu menunggu TAPD"
    return "T-C.33!B60"


def catatan_di_samping(wb: Any, _buku: Buku) -> str:
    wb["T-C.29"]["AZ12"] = 12
    return "T-C.29!AZ12"


TAMBAHAN = [lembar_baru, komentar, warna_sel, rumus_di_masukan, catatan_di_bawah, catatan_di_samping]


@pytest.mark.parametrize("tambah", TAMBAHAN)
def test_tambahan_tetap_ada_setelah_hitung_dan_perbarui(
    jalan: Jalan, buku: Path, kecil: Buku, tambah: Callable[[Any, Buku], str]
) -> None:
    wb = load_workbook(buku)
    sebutan = tambah(wb, kecil)
    wb.save(buku)
    if tambah is rumus_di_masukan:  # saved without its value: it would count as blank
        semula = isi_folder(buku.parent)
        lembar, alamat = sebutan.split("!")
        maaf = pastikan_maaf(jalan("hitung", buku))
        assert lembar in maaf
        assert alamat in maaf
        assert isi_folder(buku.parent) == semula
    else:
        for perintah in ("hitung", "perbarui"):
            assert jalan(perintah, buku).kode == 0
            tambah(pembanding := load_workbook(buku), kecil)
            assert sama_tambahan(load_workbook(buku), pembanding, sebutan)
    assert jalan("periksa", buku, "--aturan", "KOD").kode == 0


def sama_tambahan(a: Any, z: Any, tempat: str) -> bool:
    """Whether what was added at a place is still there."""
    if "!" not in tempat:
        return bool(a[tempat]["A1"].value == z[tempat]["A1"].value)
    x, y = (wb[tempat.split("!", maxsplit=1)[0]][tempat.split("!")[1]] for wb in (a, z))
    komentar_sama = (x.comment and x.comment.text) == (y.comment and y.comment.text)
    return bool(x.value == y.value and komentar_sama and x.fill.fgColor.rgb == y.fill.fgColor.rgb)


# ── periksa ───────────────────────────────────────────────────────────────────────────────────────────────────

KUNCI_TEMUAN = ["aturan", "tingkat", "lembar", "sel", "kode", "tabel", "kolom"]
KUNCI_TEMUAN += ["tertulis", "seharusnya", "pesan", "perbaikan", "asal", "anggota", "keadaan"]


def test_json_menurut_kontrak(jalan: Jalan, tmp_path: Path, paket_tercetak: bytes, tercetak: Buku) -> None:
    path = tmp_path / "Tercetak.xlsx"
    path.write_bytes(paket_tercetak)
    hasil = jalan("periksa", path, "--json")
    assert (hasil.kode, hasil.pesan) == (1, "")
    isi_json = json.loads(hasil.keluaran)
    assert list(isi_json) == ["buku", "ringkas", "temuan", "tidak_diperiksa"]
    assert isi_json["buku"] == str(path)
    assert list(isi_json["ringkas"]) == ["harus_diperbaiki", "perlu_dicek", "informasi", "dijelaskan"]
    temuan = isi_json["temuan"]
    for tingkat, n in isi_json["ringkas"].items():
        assert n == sum(t["tingkat"] == tingkat for t in temuan)
    wb = load_workbook(path, data_only=True)
    for t in temuan:
        assert list(t) == KUNCI_TEMUAN
        assert re.fullmatch(rf"(?:{'|'.join(KELUARGA)})-\d\d", t["aturan"])
        assert re.fullmatch(r"[A-Z]{1,3}\d+", t["sel"])
        assert t["lembar"] in wb.sheetnames
        assert isinstance(t["anggota"], list)
        assert all(isinstance(t[k], str) for k in KUNCI_TEMUAN if k not in {"asal", "anggota"})
        assert t["asal"] is None or (t["asal"]["berkas"].endswith(".tsv") and isinstance(t["asal"]["baris"], int))
    # the contract's own example: T-C.29 row 11
    (contoh,) = (t for t in temuan if t["aturan"] == "HIT-08" and t["asal"] == {"berkas": "t_c_29.tsv", "baris": 11})
    assert (contoh["tingkat"], contoh["lembar"], contoh["tabel"], contoh["kode"], contoh["kolom"]) == (
        "harus_diperbaiki",
        "T-C.29",
        "T-C.29",
        "5.03.01.2.05.0010",
        "tingkat_realisasi_2023",
    )
    assert (contoh["tertulis"], contoh["seharusnya"]) == ("75", "66,18")
    # the cell named holds what the finding quotes
    assert wb["T-C.29"][contoh["sel"]].value == 75
    assert wb["T-C.29"][re.sub(r"[A-Z]+", "B", contoh["sel"])].value == "Sosialisasi Peraturan Perundang-Undangan"


def test_temuan_pada_baris_yang_diketik_tanpa_asal(jalan: Jalan, buku: Path, kecil: Buku) -> None:
    """What was never imported has no origin; the address alone leads there."""
    buku.write_bytes(bangun(isi(kecil, "T-C.29", "s-5", {"tingkat_realisasi_n2": 75.0})))
    (t,) = json.loads(jalan("periksa", buku, "--json").keluaran)["temuan"]
    assert (t["asal"], t["anggota"]) == (None, [])
    assert t["sel"] == sel(kecil, "T-C.29", "s-5", "tingkat_realisasi_n2")
    assert load_workbook(buku)["T-C.29"][t["sel"]].value == 75


def test_periksa_sebagai_teks(jalan: Jalan, tmp_path: Path, paket_normal: bytes) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(paket_normal)
    hasil = jalan("periksa", path)
    assert hasil.kode == 1
    assert hasil.keluaran.startswith(f"{path}: ")
    kepala = hasil.keluaran.splitlines()[2]
    assert [k for k in re.split(r"\s{2,}", kepala) if k] == [
        "Tempat",
        "Aturan",
        "Tertulis",
        "Seharusnya",
        "Catatan",
    ]
    assert "1.770.218.000" in hasil.keluaran
    assert hasil.pesan.startswith("Yang tidak diperiksa:\n- ")  # what it does not check is said, apart from the results
    assert jalan("periksa", path, "--aturan", "hit", "--aturan", "ROL-01") == (
        0,
        f"{path}: Tidak ada catatan.\n",
        hasil.pesan,
    )


def test_periksa_beberapa_buku(jalan: Jalan, tmp_path: Path, buku: Path, kecil: Buku) -> None:
    lain = tmp_path / "lain.xlsx"
    lain.write_bytes(bangun(isi(kecil, "T-C.29", "s-5", {"tingkat_realisasi_n2": 75.0})))
    hasil = jalan("periksa", buku, lain, "--json")
    assert hasil.kode == 1
    assert [(x["buku"], len(x["temuan"])) for x in json.loads(hasil.keluaran)] == [(str(buku), 0), (str(lain), 1)]
    assert jalan("periksa", buku, buku).kode == 0
    pastikan_maaf(jalan("periksa", buku, tmp_path / "tidak ada.xlsx"))


def test_periksa_tidak_menulis_apa_pun(jalan: Jalan, buku: Path) -> None:
    semula = isi_folder(buku.parent)
    jalan("periksa", buku)
    jalan("periksa", buku, "--json")
    assert isi_folder(buku.parent) == semula


# ── ekspor ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ekspor(jalan: Jalan, tmp_path: Path, paket_normal: bytes, normal: Buku, paser_tsv: Any) -> None:
    path, folder = tmp_path / "Renja.xlsx", tmp_path / "data" / "2025"
    path.write_bytes(paket_normal)
    assert jalan("ekspor", path, "-o", folder).kode == 0
    tabel = {}
    for berkas in folder.glob("*.csv"):
        with berkas.open(encoding="utf-8", newline="") as f:
            tabel[berkas.name] = list(csv.DictReader(f))
    assert len(tabel) == len(SEMUA) - 1 - len(
        PENAMPIL
    )  # _asli is no table of its own, the nodes of the struktur are one
    assert (folder / "datapackage.json").is_file()
    for nama in ("t_c_29", "t_c_31", "t_c_33", "rkt", "program_sub_kegiatan", "profil"):
        assert list(tabel[f"{nama}.csv"][0])[:5] == ["id", "kode", "level", "asal_berkas", "asal_baris"]
    t29 = tabel["t_c_29.csv"]
    assert len(t29) == len(normal.baris("T-C.29"))
    assert len({b["id"] for b in t29}) == len(t29)
    assert {b["asal_baris"] for b in t29 if b["asal_berkas"]} == {b["baris"] for b in paser_tsv["t_c_29"]}
    baris = next(b for b in t29 if b["asal_baris"] == "11")
    assert baris["kode"] == "5.03.01.2.05.0010"
    assert baris["target_2023"] == "68"
    assert float(baris["tingkat_realisasi_2023"]) == pytest.approx(45 / 68 * 100)
    uang = {b["kode"]: b for b in tabel["t_c_31.csv"] if b["level"] != "indikator_lanjutan"}
    assert uang["5.03.02"]["kebutuhan_dana"] == "8495188000"  # rupiah, also with sen:
    assert uang["5.04.02.2.02.0007"]["pagu_rkpd"] == "7522842676.91"


# ── unusable workbooks ────────────────────────────────────────────────────────────────────────────────────────


def _bukan_milik_kami(path: Path, _paket: bytes) -> None:
    wb = Workbook()
    wb.active.title = "Anggaran"  # type: ignore[union-attr]
    wb.save(path)


def _zip_lain(path: Path, _paket: bytes) -> None:
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("surat.txt", "bukan buku kerja")


def _terpotong(path: Path, paket: bytes) -> None:
    path.write_bytes(paket[: len(paket) // 2])


def _kosong(path: Path, _paket: bytes) -> None:
    path.write_bytes(b"")


def _teks(path: Path, _paket: bytes) -> None:
    path.write_text("kode;nama\n5.03;Kepegawaian\n", encoding="utf-8")


def _xls_lama(path: Path, _paket: bytes) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def _folder(path: Path, _paket: bytes) -> None:
    path.mkdir()


def _tidak_ada(_path: Path, _paket: bytes) -> None:
    pass


def _ganti_bagian(path: Path, paket: bytes, nama: str, fungsi: Callable[[bytes], bytes | None]) -> None:
    path.write_bytes(paket)
    with zipfile.ZipFile(path) as z:
        semua = {n: z.read(n) for n in z.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for n, lama in semua.items():
            baru = fungsi(lama) if n == nama else lama
            if baru is not None:
                z.writestr(n, baru)


def _lembar_rusak(path: Path, paket: bytes) -> None:
    _ganti_bagian(path, paket, "xl/worksheets/sheet3.xml", lambda b: b[: len(b) // 2])


def _buku_rusak(path: Path, paket: bytes) -> None:
    _ganti_bagian(path, paket, "xl/workbook.xml", lambda _: b"bukan xml <<<")


def _tanpa_workbook_rels(path: Path, paket: bytes) -> None:
    _ganti_bagian(path, paket, "xl/_rels/workbook.xml.rels", lambda _: None)


def _tanpa_lembar(path: Path, paket: bytes) -> None:
    path.write_bytes(paket)
    ubah(path, lambda wb: wb.remove(wb["T-C.31"]))


def _kepala_hilang(path: Path, paket: bytes) -> None:
    path.write_bytes(paket)
    spec = MENURUT_KUNCI["T-C.29"]
    ubah(path, lambda wb: wb["T-C.29"].delete_cols(spec.letak_kolom["target_n1"]))


def _tahun_kosong(path: Path, paket: bytes) -> None:
    path.write_bytes(paket)

    def kerjakan(wb: Any) -> None:
        for r in wb["Profil"].iter_rows():
            if any(c.value == "tahun_anggaran" for c in r):
                r[MENURUT_KUNCI["Profil"].letak_kolom["nilai"] - 1].value = None

    ubah(path, kerjakan)


def _level_asing(path: Path, paket: bytes) -> None:
    path.write_bytes(paket)
    spec = MENURUT_KUNCI["Program & Sub Kegiatan"]
    ubah(path, lambda wb: wb[spec.lembar].cell(spec.baris_pertama + 2, spec.letak_kolom["level"], "komponen"))


TIDAK_TERPAKAI = [
    (_bukan_milik_kami, "'Profil'"),
    (_zip_lain, "zip"),
    (_terpotong, "rusak"),
    (_kosong, "kosong"),
    (_teks, "teks biasa"),
    (_xls_lama, ".xls"),
    (_folder, "folder"),
    (_tidak_ada, "tidak ditemukan"),
    (_lembar_rusak, "Renja.xlsx"),
    (_buku_rusak, "Renja.xlsx"),
    (_tanpa_workbook_rels, "Renja.xlsx"),
    (_tanpa_lembar, "'T-C.31'"),
    (_kepala_hilang, "T-C.29"),
    (_tahun_kosong, "Profil"),
    (_level_asing, "'komponen'"),
]
"""How a workbook is spoiled, and what the message must name."""


@pytest.mark.parametrize(("rusak", "sebutan"), TIDAK_TERPAKAI)
def test_buku_yang_tidak_dapat_dipakai(
    jalan: Jalan, tmp_path: Path, paket_kecil: bytes, rusak: Callable[[Path, bytes], None], sebutan: str
) -> None:
    path = tmp_path / "Renja.xlsx"
    rusak(path, paket_kecil)
    semula = isi_folder(tmp_path)
    tujuan = {"hitung": "Baru.xlsx", "perbarui": "Baru.xlsx", "ekspor": "data"}
    for perintah in ("periksa", *tujuan):
        keluaran = ("-o", tmp_path / tujuan[perintah]) if perintah in tujuan else ()
        maaf = pastikan_maaf(jalan(perintah, path, *keluaran))
        # the audit takes anybody's workbook: one that is not ours may still hold official tables
        asing = perintah == "periksa" and rusak is _bukan_milik_kami
        assert ("tidak memuat tabel Renja" if asing else sebutan) in maaf
        assert isi_folder(tmp_path) == semula
        assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "bagian", ["xl/comments1.xml", "xl/tables/table3.xml", "xl/styles.xml", "docProps/core.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("cara", ["hilang", "rusak"])
def test_bagian_lain_yang_rusak(jalan: Jalan, tmp_path: Path, paket_kecil: bytes, bagian: str, cara: str) -> None:
    """Parts that the values do not need may be damaged too; a rebuild reads them and must not stumble."""
    path = tmp_path / "Renja.xlsx"
    _ganti_bagian(path, paket_kecil, bagian, lambda b: None if cara == "hilang" else b[: len(b) // 2])
    hasil = jalan("hitung", path, "-o", tmp_path / "Baru.xlsx")
    if hasil.kode == 0:
        assert (tmp_path / "Baru.xlsx").exists()
    else:
        pastikan_maaf(hasil)
        assert not (tmp_path / "Baru.xlsx").exists()


# ── targets that cannot be written ────────────────────────────────────────────────────────────────────────────


def tulis(jalan: Jalan, perintah: str, buku: Path, tujuan: Path) -> Hasil:
    """Each command that writes a workbook."""
    return jalan("baru", "-o", tujuan) if perintah == "baru" else jalan(perintah, buku, "-o", tujuan)


@pytest.mark.parametrize("perintah", ["baru", "hitung"])
def test_tujuan_adalah_folder(jalan: Jalan, buku: Path, perintah: str) -> None:
    (buku.parent / "hasil.xlsx").mkdir()
    semula = isi_folder(buku.parent)
    assert "folder" in pastikan_maaf(tulis(jalan, perintah, buku, buku.parent / "hasil.xlsx"))
    assert isi_folder(buku.parent) == semula


@pytest.mark.parametrize("perintah", ["baru", "perbarui"])
def test_folder_tujuan_tidak_ada(jalan: Jalan, buku: Path, perintah: str) -> None:
    assert "tidak ditemukan" in pastikan_maaf(tulis(jalan, perintah, buku, buku.parent / "tak ada" / "x.xlsx"))
    assert not (buku.parent / "tak ada").exists()


@pytest.mark.parametrize("perintah", ["baru", "hitung"])
def test_tujuan_sedang_terbuka_di_excel(jalan: Jalan, buku: Path, perintah: str) -> None:
    tujuan = buku.with_name("Terbuka.xlsx")
    tujuan.write_bytes(b"isi lama")
    tujuan.with_name(f"~${tujuan.name}").write_bytes(b"Bu Rina")
    semula = isi_folder(buku.parent)
    assert "Excel" in pastikan_maaf(tulis(jalan, perintah, buku, tujuan))
    assert isi_folder(buku.parent) == semula


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("apa", ["berkas", "folder"])
def test_tujuan_hanya_dapat_dibaca(jalan: Jalan, buku: Path, apa: str) -> None:
    folder = buku.parent / "terkunci"
    folder.mkdir()
    tujuan = folder / "x.xlsx"
    tujuan.write_bytes(b"isi lama")
    (tujuan if apa == "berkas" else folder).chmod(0o444 if apa == "berkas" else 0o555)
    try:
        pastikan_maaf(tulis(jalan, "baru", buku, tujuan))
        assert isi_folder(folder) == {"x.xlsx": b"isi lama"}
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("perintah", ["demo", "ekspor"])
def test_folder_hasil_sudah_menjadi_berkas(jalan: Jalan, buku: Path, perintah: str) -> None:
    berkas = buku.with_name("hasil")
    berkas.write_text("catatan lama", encoding="utf-8")
    hasil = jalan("demo", "--keluaran", berkas) if perintah == "demo" else jalan("ekspor", buku, "-o", berkas)
    maaf = pastikan_maaf(hasil)
    assert not re.search(r"[Ff]ile exists|[Nn]ot a directory|directory", maaf), maaf
    assert berkas.read_text(encoding="utf-8") == "catatan lama"


# ── the previous version ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("perintah", ["baru", "hitung", "perbarui"])
def test_versi_sebelumnya_disimpan_di_cadangan(jalan: Jalan, buku: Path, perintah: str) -> None:
    tujuan = buku.with_name("Hasil.xlsx")
    tujuan.write_bytes(b"versi pertama")
    hasil = tulis(jalan, perintah, buku, tujuan)
    assert hasil.kode == 0
    (salinan,) = (buku.parent / "Cadangan").iterdir()
    assert salinan.read_bytes() == b"versi pertama"
    assert re.fullmatch(r"Hasil \(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\)\.xlsx", salinan.name)
    assert str(salinan) in hasil.pesan
    assert zipfile.is_zipfile(tujuan)
    assert {p.name for p in buku.parent.iterdir()} == {"Renja.xlsx", "Hasil.xlsx", "Cadangan"}


def test_cadangan_tidak_saling_menimpa(jalan: Jalan, tmp_path: Path) -> None:
    tujuan = tmp_path / "Hasil.xlsx"
    for isi_lama in (b"satu", b"dua", b"tiga"):
        tujuan.write_bytes(isi_lama)
        os.utime(tujuan, (1_700_000_000, 1_700_000_000))  # versions of one and the same second
        assert jalan("baru", "-o", tujuan, "--tahun", "2030").kode == 0
    assert sorted(p.read_bytes() for p in (tmp_path / "Cadangan").iterdir()) == [b"dua", b"satu", b"tiga"]
