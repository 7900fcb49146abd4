"""What the architecture promises, read from the source: who imports what, and what a declaration must hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import renja_xl
from renja_xl.alur import buku_baru
from renja_xl.core.besaran import hitung_besaran
from renja_xl.core.buku import LEVEL_SIMPUL
from renja_xl.core.kalimat import acuan
from renja_xl.excel.panduan import PANDUAN
from renja_xl.tabel import BERANDA, KALIMAT, MENURUT_KUNCI, SEMUA, TABEL_RESMI, TABEL_TERTAUT
from renja_xl.tabel.beranda import BUTIR_BERANDA
from renja_xl.tabel.besaran import BESARAN, BESARAN_MENURUT_KUNCI
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.kalimat import ACUAN, KALIMAT_BAKU
from renja_xl.tabel.spec import GULUNGAN, NAMA_TAHUN, KolomSpec, Peran, TabelSpec, Tipe

PAKET = Path(renja_xl.__file__).resolve().parent
MURNI = [p for bagian in ("core", "tabel", "periksa") for p in sorted((PAKET / bagian).rglob("*.py"))]

BERKAS_DAN_EXCEL = {
    *("openpyxl", "xlsxwriter", "python_calamine", "xlwings", "pandas", "click"),
    *("pathlib", "os", "zipfile", "io", "shutil", "tempfile", "subprocess", "socket", "urllib", "importlib"),
}
"""Modules that touch files, processes or Excel."""

LUAR_INTI = {
    f"renja_xl.{m}"
    for m in (
        "alur",
        "banding",
        "bahasa",
        "bappeda",
        "cli",
        "ekspor",
        "excel",
        "isi",
        "laporan_html",
        "laporan_pemetaan",
        "laporan_perubahan",
        "laporan_sanding",
        "laporan_riwayat",
        "laporan_telusur",
        "narasi",
        "paket_data",
        "pasang",
        "resmi",
        "sumber",
        "tsv",
    )
}
BERAT = {"openpyxl", "xlsxwriter", "python_calamine", "xlwings", "pandas", "lxml"}


def pohon(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def diimpor(simpul: ast.AST) -> Iterator[str]:
    """Full names that an import statement anywhere below a node brings in, modules and members alike."""
    for n in ast.walk(simpul):
        if isinstance(n, ast.Import):
            yield from (a.name for a in n.names)
        elif isinstance(n, ast.ImportFrom):
            assert n.level == 0, "imports are absolute"
            yield str(n.module)
            yield from (f"{n.module}.{a.name}" for a in n.names)


def termasuk(nama: str, daftar: set[str]) -> bool:
    return any(nama == d or nama.startswith(f"{d}.") for d in daftar)


def sebut(path: Path) -> str:
    return path.relative_to(PAKET).as_posix()


# ── imports ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_ada_yang_diperiksa() -> None:
    """Guards the tests below against a moved folder."""
    assert {"core/buku.py", "tabel/spec.py", "periksa/hit.py"} <= {sebut(p) for p in MURNI}


@pytest.mark.parametrize("path", MURNI, ids=sebut)
def test_inti_tidak_mengenal_berkas_dan_excel(path: Path) -> None:
    terlarang = {n for n in diimpor(pohon(path)) if termasuk(n, BERKAS_DAN_EXCEL | LUAR_INTI)}
    assert terlarang == set()


@pytest.mark.parametrize("path", MURNI, ids=sebut)
def test_inti_hanya_memakai_pustaka_baku(path: Path) -> None:
    luar = {n.partition(".")[0] for n in diimpor(pohon(path))} - set(sys.stdlib_module_names) - {"renja_xl"}
    assert luar == set()


@pytest.mark.parametrize("path", MURNI, ids=sebut)
def test_inti_tidak_membuka_mencetak_atau_mengimpor_diam_diam(path: Path) -> None:
    panggilan = {n.func.id for n in ast.walk(pohon(path)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert not panggilan & {"open", "print", "input", "exec", "eval", "__import__"}


@pytest.mark.parametrize("path", [p for p in MURNI if sebut(p).startswith("tabel/")], ids=sebut)
def test_deklarasi_hanya_mengenal_model_data(path: Path) -> None:
    """Declarations have no behaviour to borrow: of the core they know the data model alone."""
    inti = {n for n in diimpor(pohon(path)) if termasuk(n, {"renja_xl.core", "renja_xl.periksa"})}
    assert all(termasuk(n, {"renja_xl.core.buku"}) for n in inti), inti


@pytest.mark.parametrize("path", [p for p in MURNI if sebut(p).startswith("core/")], ids=sebut)
def test_inti_tidak_mengenal_pemeriksaan(path: Path) -> None:
    assert not [n for n in diimpor(pohon(path)) if termasuk(n, {"renja_xl.periksa"})]


@pytest.mark.parametrize("path", sorted((PAKET / "cli").glob("*.py")), ids=sebut)
def test_baris_perintah_ringan_di_tingkat_modul(path: Path) -> None:
    """Heavy imports stay inside the commands, so that ``--help`` answers at once."""
    boleh = {"click", "renja_xl.__version__", "renja_xl.bahasa", "renja_xl.cli"}
    for pernyataan in pohon(path).body:
        if isinstance(pernyataan, ast.If) and ast.unparse(pernyataan.test) == "TYPE_CHECKING":
            continue
        if isinstance(pernyataan, (ast.Import, ast.ImportFrom, ast.If, ast.Try)):
            for nama in diimpor(pernyataan):
                assert (
                    nama == "renja_xl" or nama.partition(".")[0] in sys.stdlib_module_names or termasuk(nama, boleh)
                ), nama


def test_bantuan_tidak_memuat_pustaka_berat() -> None:
    kode = (
        "import sys\n"
        "from renja_xl.cli import cli\n"
        "cli.main(['periksa', '--help'], standalone_mode=False)\n"
        "print('|'.join(sorted({m.partition('.')[0] for m in sys.modules} | "
        "{m for m in sys.modules if m.startswith('renja_xl.')})))"
    )
    keluar = subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, encoding="utf-8", check=True)
    dimuat = set(keluar.stdout.splitlines()[-1].split("|"))
    assert "renja_xl.cli" in dimuat
    assert dimuat & BERAT == set()
    assert not [m for m in dimuat if m.startswith(("renja_xl.core", "renja_xl.excel", "renja_xl.periksa"))]


def test_openpyxl_hanya_dibaca_di_bagian_excel() -> None:
    """Nothing outside ``excel/`` knows a library of workbooks."""
    for path in PAKET.rglob("*.py"):
        if not sebut(path).startswith("excel/"):
            pustaka = {n for n in diimpor(pohon(path)) if termasuk(n, {"openpyxl", "xlsxwriter", "python_calamine"})}
            assert pustaka == set(), sebut(path)


# ── no year in code ───────────────────────────────────────────────────────────────────────────────────────────


def _docstring(modul: ast.Module) -> set[int]:
    """Identities of texts that stand as a statement of their own: docstrings, also of attributes."""
    return {
        id(n.value)
        for n in ast.walk(modul)
        if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) and isinstance(n.value.value, str)
    }


@pytest.mark.parametrize("path", MURNI, ids=sebut)
def test_tidak_ada_tahun_di_kode(path: Path) -> None:
    """Years follow from the plan year by role. Sentences for people may name a regulation or an example."""
    modul = pohon(path)
    docstring = _docstring(modul)
    for n in ast.walk(modul):
        if not isinstance(n, ast.Constant) or id(n) in docstring:
            continue
        if isinstance(n.value, (int, float)) and not isinstance(n.value, bool):
            assert not 1990 <= n.value <= 2199, f"baris {n.lineno}: {n.value}"
        elif isinstance(n.value, str) and not re.search(r"\s", n.value.strip()):
            assert not re.search(r"(?<!\d)20\d\d(?!\d)", n.value), f"baris {n.lineno}: {n.value}"


# ── declarations ──────────────────────────────────────────────────────────────────────────────────────────────

SEMUA_KOLOM = [pytest.param(spec, k, id=f"{spec.kunci}.{k.kunci}") for spec in SEMUA for k in spec.kolom]


def test_tabel_dapat_dibedakan() -> None:
    for apa in ("kunci", "lembar", "nama_tabel", "awalan_id"):
        daftar = [str(getattr(spec, apa)).casefold() for spec in SEMUA]
        assert len(set(daftar)) == len(daftar), apa
    berkas = [spec.berkas for spec in SEMUA if spec.berkas]
    assert len(set(berkas)) == len(berkas)
    assert list(MENURUT_KUNCI.values()) == list(SEMUA)


@pytest.mark.parametrize("spec", SEMUA, ids=lambda s: s.kunci)
def test_nama_lembar_dan_tabel_diterima_excel(spec: TabelSpec) -> None:
    assert 0 < len(spec.lembar) <= 31
    assert not re.search(r"[\[\]:*?/\\]", spec.lembar)
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", spec.nama_tabel)
    assert not re.fullmatch(r"[A-Za-z]{1,3}\d+", spec.nama_tabel)  # would be a cell address
    assert spec.judul
    assert spec.penjelasan.endswith(".")
    assert spec.sumber


@pytest.mark.parametrize("spec", TABEL_TERTAUT, ids=lambda s: s.kunci)
def test_tabel_resmi_lengkap(spec: TabelSpec) -> None:
    assert spec.berkas
    assert re.fullmatch(r"t_[a-z0-9_]+", spec.berkas)
    assert spec.keanggotaan in {"evaluasi", "rencana"}
    assert set(spec.level_tampil) <= set(LEVEL_SIMPUL)
    assert {k.tautan for k in spec.kolom} >= {"kode", "nama", "indikator"}
    for kunci in ("id", "level", "simpul", "indikator_id", "asal_berkas", "asal_baris"):
        assert spec.menurut_kunci[kunci].tersembunyi
    assert re.search(r"T-C\.\d\d|\{nomor\}", spec.judul)


@pytest.mark.parametrize("spec", SEMUA, ids=lambda s: s.kunci)
def test_kepala_kolom_unik(spec: TabelSpec) -> None:
    """A header path names one column, for people and for findings; the column number is the table's own header."""
    for tahun in (2025, 2031):
        tampak = [k.judul_tahun(tahun) for k in spec.kolom if not k.tersembunyi and k.judul]
        assert len(set(tampak)) == len(tampak)
        nama = [k.nama(tahun) for k in spec.kolom]
        assert len(set(nama)) == len(nama)
    nomor = [k.nomor.casefold() for k in spec.kolom]
    assert len(set(nomor)) == len(nomor)


@pytest.mark.parametrize("spec", SEMUA, ids=lambda s: s.kunci)
def test_kolom_tersembunyi_di_luar_blok_yang_ditempeli(spec: TabelSpec) -> None:
    """People paste blocks; no hidden column may lie inside one."""
    tersembunyi = [k.tersembunyi for k in spec.kolom]
    assert tersembunyi == sorted(tersembunyi)


@pytest.mark.parametrize(("spec", "kolom"), SEMUA_KOLOM)
def test_kolom_merujuk_kolom_yang_ada(spec: TabelSpec, kolom: KolomSpec) -> None:
    for rujukan in (kolom.satuan, kolom.predikat):
        assert rujukan is None or rujukan in spec.menurut_kunci
    for pengisi in re.findall(r"\{(\w+)\}", kolom.rumus or ""):
        assert pengisi in spec.menurut_kunci, pengisi
        assert pengisi != kolom.kunci
    for peran in re.findall(r"\{(\w+)\}", " ".join(kolom.judul)):
        assert peran in NAMA_TAHUN or re.fullmatch(r"r[1-6]", peran), peran
    assert kolom.nomor == kolom.nomor.strip() != ""
    assert kolom.lebar > 0
    assert kolom.tersembunyi == (not kolom.judul) or spec.kedalaman == 0


@pytest.mark.parametrize(("spec", "kolom"), SEMUA_KOLOM)
def test_peran_dan_tipe_sejalan(spec: TabelSpec, kolom: KolomSpec) -> None:
    if kolom.peran in GULUNGAN:
        assert kolom.tipe is Tipe.RUPIAH
    berumus = kolom.rumus or kolom.tanpa_rumus
    if kolom.peran is Peran.HITUNG and spec not in {BERANDA, KALIMAT}:  # theirs follow from ``besaran``
        assert berumus
    if kolom.peran is Peran.RUJUKAN:
        assert berumus
    if kolom.rumus:
        assert kolom.peran in {Peran.HITUNG, Peran.TURUNAN, Peran.RUJUKAN, Peran.USULAN}
    if (
        kolom.peran in {Peran.HITUNG, Peran.RUJUKAN}
        and kolom.bernilai_angka
        and not kolom.tersembunyi
        and spec in TABEL_RESMI
    ):
        assert kolom.catatan, "a computed header says its rule"
        assert kolom.sumber, "and where the rule stands"
    assert kolom.rumus_rekap in {None, "SUM", "AVERAGE"}
    if kolom.peran is Peran.KUNCI:
        assert kolom.tersembunyi
    if kolom.tipe is Tipe.RUPIAH and not kolom.tersembunyi and kolom.judul:
        assert any("(Rp)" in j for j in kolom.judul), "units stand in the header"
    if kolom.tipe is Tipe.PERSEN and kolom.judul:
        assert "(%)" in kolom.judul[-1]


MAKRO = re.compile(r"\{([^{}]+)\}")
"""What stands in braces in a pattern of a formula; see ``KolomSpec.rumus``."""

FUNGSI_2013 = frozenset(
    {"IF", "IFERROR", "AND", "OR", "CHOOSE", "NOT", "ISNUMBER", "COUNT", "SUM", "AVERAGE", "MAX", "MIN", "ROUND", "ABS"}
    | {"COUNTIFS", "SUMIFS", "AVERAGEIFS", "SUMPRODUCT", "INDEX", "MATCH", "SEARCH", "LEN", "N", "ROW", "HYPERLINK"}
)
RUMUS = [
    *(pytest.param(s, k.rumus, id=f"{s.kunci}.{k.kunci}") for s in SEMUA for k in s.kolom if k.rumus),
    *(pytest.param(BERANDA, b.rumus, id=f"besaran.{b.kunci}") for b in BESARAN),
]


@pytest.mark.parametrize(("spec", "rumus"), RUMUS)
def test_rumus_bawaan_memakai_fungsi_excel_2013(spec: TabelSpec, rumus: str) -> None:
    polos = re.sub(r'"[^"]*"', '""', MAKRO.sub("x", rumus))
    fungsi = set(re.findall(r"\b([A-Z][A-Z0-9.]*)\(", polos))
    assert fungsi <= FUNGSI_2013, fungsi - FUNGSI_2013
    assert polos.count("(") == polos.count(")")
    assert ";" not in polos
    assert ',"")' not in rumus, "no formula returns an empty text"
    assert not rumus.startswith("=")


@pytest.mark.parametrize(("spec", "rumus"), RUMUS)
def test_rumus_merujuk_yang_ada(spec: TabelSpec, rumus: str) -> None:
    """Every name in a pattern is a column, a table's column, a rate, a year of the Renstra, or another quantity."""
    for isi in MAKRO.findall(rumus):
        if isi.startswith("="):
            assert isi[1:] in BESARAN_MENURUT_KUNCI
        elif isi.startswith("dasar."):
            assert isi.removeprefix("dasar.") in {d.kunci for d in DASAR}
        elif isi.startswith("renstra "):
            assert re.fullmatch(r"renstra (n2|n1|n|p1) (target|predikat)", isi)
        elif isi.startswith("uang "):
            tabel, _, kunci = isi.removeprefix("uang ").rpartition(".")
            assert MENURUT_KUNCI[tabel].menurut_kunci[kunci] in MENURUT_KUNCI[tabel].kolom_uang
        elif isi.startswith("sebelum "):
            assert isi.removeprefix("sebelum ") in spec.menurut_kunci
        else:
            tabel, titik, kunci = isi.removeprefix("cari ").rpartition(".")
            assert kunci in (MENURUT_KUNCI[tabel] if titik else spec).menurut_kunci, isi


def test_setiap_besaran_dan_kalimat_dapat_dihitung() -> None:
    dihitung = hitung_besaran(buku_baru(2025))
    assert {b.kunci for b in BESARAN} == set(dihitung)
    assert {b.kunci for b in BUTIR_BERANDA} <= set(dihitung)
    assert {b.lembar for b in BUTIR_BERANDA} <= {*(s.lembar for s in SEMUA), PANDUAN}
    for k in KALIMAT_BAKU:
        assert {*acuan(k.pola), k.syarat} <= set(dihitung), k.kunci
        assert len(acuan(k.pola)) <= ACUAN
