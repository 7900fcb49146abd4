"""Consolidation: totals are exactly the sum of the parts, each number has its cell, and no file stops the others."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from openxml_audit import FileFormat, OpenXmlValidator
from python_calamine import CalamineWorkbook

from renja_xl.bappeda.rekap.bentuk import UKURAN_BERJUDUL
from renja_xl.bappeda.rekap.berkas import baca_satu
from renja_xl.bappeda.rekap.daftar import baca_pagu, cocokkan
from renja_xl.bappeda.rekap.hasil import HasilRekap
from renja_xl.bappeda.rekap.jalan import Jalan, Permintaan
from renja_xl.bappeda.rekap.lembar import susun_rekap
from renja_xl.bappeda.rekap.ringan import ambil
from renja_xl.cli import cli
from renja_xl.core.bahan import Bahan
from renja_xl.core.buku import Buku, Sel
from renja_xl.core.catatan import keadaan_temuan
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.errors import SumberTidakTerbacaError
from renja_xl.excel.paket import Paket
from renja_xl.excel.tambal import rakit
from renja_xl.periksa import periksa
from renja_xl.periksa.laporan import ringkas
from renja_xl.sumber import baca_apa_saja
from tests import PANJANG
from tests.bench.rekap import UANG, Cetakan
from tests.conftest import ganti_baris
from tests.excel import CONTOH, berkas
from tests.excel.berbahaya import KATALOG, Sikap
from tests.libre import hitung_ulang
from tests.resmi.dinas import Ubahan, buat_dinas

KALI = (1, 3, 7)
"""Factors of the amounts of three agencies."""
UKURAN = {"pagu_n": ("T-C.33", "pagu_n"), "pagu_p1": ("T-C.33", "pagu_p1"), "pagu_rkpd": ("T-C.31", "pagu_rkpd"),
          "kebutuhan": ("T-C.31", "kebutuhan_dana")}  # fmt: skip


def dinas(n: int) -> str:
    return f"Dinas Contoh {n:03d}"


@pytest.fixture(scope="module")
def cetakan(kecil: Buku) -> Cetakan:
    """A small master, from which agencies are cast; amounts with sen, and one sub kegiatan of the right side elsewhere."""
    buku = ganti_baris(kecil, "Profil", "perangkat_daerah", "Dinas Contoh")
    buku = ganti_baris(buku, "Profil", "kabupaten", "Kabupaten Contoh")
    rows = [b.dengan({"pagu_n": Sel(7_000_05)}) if b.simpul == "s-8" else b for b in buku.baris("T-C.33")]
    return Cetakan(hitung(perbarui(buku.ganti({"T-C.33": rows}))))


@pytest.fixture
def masuk(tmp_path: Path, cetakan: Cetakan) -> Path:
    """A folder with the workbooks of three agencies."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    for n, kali in enumerate(KALI):
        (folder / f"renja-{n}.xlsx").write_bytes(cetakan.buat(dinas(n), kali))
    return folder


@pytest.fixture(scope="module")
def induk() -> bytes:
    """The master that hostile files are made from."""
    return berkas(CONTOH)


def jalankan(*arg: object) -> Result:
    hasil = CliRunner().invoke(cli, ["rekap", *map(str, arg)])
    assert hasil.exception is None or isinstance(hasil.exception, SystemExit), hasil.exception
    return hasil


def isi_lembar(path: Path, lembar: str) -> list[dict[str, Any]]:
    """Rows of a sheet of the rekap by heading."""
    deret = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(lembar).to_python(skip_empty_area=False)
    kepala = [str(x) for x in deret[3]]
    return [dict(zip(kepala, b, strict=True)) for b in deret[4:] if any(x != "" for x in b)]


def sen(nilai: Any) -> int:
    return round(float(nilai) * 100)


def harapan(cetakan: Cetakan) -> dict[str, int]:
    """Sums of the pattern by ``ukuran``, computed apart from the rekap."""
    return {u: cetakan.sen(*tempat) for u, tempat in UKURAN.items()}


# ── totals and places ─────────────────────────────────────────────────────────────────────────────────────────


def test_jumlah_dan_tempat(masuk: Path, cetakan: Cetakan, tmp_path: Path) -> None:
    keluar = tmp_path / "Rekap.xlsx"
    hasil = jalankan(masuk, "-o", keluar, "--tanpa-periksa")
    assert hasil.exit_code == 0, hasil.output
    dasar = harapan(cetakan)
    assert dasar["pagu_n"] % 100 == 5
    daerah = {b["Perangkat daerah"]: b for b in isi_lembar(keluar, "Per Perangkat Daerah")}
    assert set(daerah) == {dinas(n) for n in range(3)}
    for u, judul in UKURAN_BERJUDUL:
        for n, kali in enumerate(KALI):
            assert sen(daerah[dinas(n)][judul]) == dasar[u] * kali
        for lembar in ("Ringkasan", "Per Urusan", "Per Program"):
            rows = [b for b in isi_lembar(keluar, lembar) if b[judul] != ""]
            if lembar == "Ringkasan":
                rows = [b for b in rows if str(b["Tahun rencana"]) == "Tahun 2025"]
            assert sum(sen(b[judul]) for b in rows) == dasar[u] * sum(KALI), lembar
    # every number is where the rekap says it is, and none is told twice
    rincian = isi_lembar(keluar, "Rincian")
    tempat = [(b["Berkas"], b["Lembar"], b["Sel"]) for b in rincian]
    assert len(set(tempat)) == len(tempat) > 100
    asal = {p.name: load_workbook(p, data_only=True, read_only=False) for p in masuk.glob("*.xlsx")}
    for b in rincian:
        assert asal[b["Berkas"]][b["Lembar"]][b["Sel"]].value == pytest.approx(b["Nilai"], abs=0)
    # and no typed amount of the sources is missing
    for nama, wb in asal.items():
        for spec_kunci, kolom in UANG.items():
            ada = {b["Sel"] for b in rincian if b["Berkas"] == nama and b["Lembar"] == spec_kunci}
            for k in kolom:
                huruf = next(
                    c.column_letter
                    for c in wb[spec_kunci][_baris_nomor(wb[spec_kunci])]
                    if c.value == _nomor(spec_kunci, k)
                )
                terisi = {
                    f"{huruf}{r}"
                    for r in range(8, wb[spec_kunci].max_row + 1)
                    if isinstance(wb[spec_kunci][f"{huruf}{r}"].value, int | float)
                }
                assert terisi <= ada


def _nomor(tabel: str, kolom: str) -> str:
    from renja_xl.tabel import MENURUT_KUNCI  # noqa: PLC0415

    return MENURUT_KUNCI[tabel].menurut_kunci[kolom].nomor


def _baris_nomor(ws: Any) -> int:
    return next(r for r in range(1, 20) if ws.cell(r, 1).value == "1")


def test_rumus_sama_di_libreoffice_dan_terbagi_lembar(masuk: Path, tmp_path: Path) -> None:
    """The formulas give the cached values when recalculated, also where the rows fill more than one sheet."""
    pagu = tmp_path / "pagu.csv"
    pagu.write_text(f"Perangkat Daerah;Pagu\n{dinas(0)};Rp100.000,00\n{dinas(2)};9.000.000.000\n", encoding="utf-8")
    keluar = tmp_path / "Rekap.xlsx"
    jalan = Jalan(Permintaan([str(masuk)], keluar, pagu=pagu, periksa=False))

    def tulis(hasil: HasilRekap, ambil: Any) -> None:
        keluar.write_bytes(susun_rekap(hasil, ambil, batas=80))

    jalan.baca(lambda _: None, tulis)
    rumus, semula = load_workbook(keluar), load_workbook(keluar, data_only=True)
    lembar = [n for n in rumus.sheetnames if n.startswith("Rincian")]
    assert len(lembar) == 3
    assert OpenXmlValidator(file_format=FileFormat.OFFICE_2013, max_errors=5).validate(keluar).is_valid
    kini = load_workbook(hitung_ulang([keluar], tmp_path / "lo", "id-ID")[keluar.name], data_only=True)
    banyak = 0
    for ws in rumus:
        for deret in ws.iter_rows():
            for c in deret:
                if c.data_type == "f":
                    banyak += 1
                    a, b = semula[ws.title][c.coordinate].value, kini[ws.title][c.coordinate].value
                    assert a == b or abs(a - b) < 0.001, (ws.title, c.coordinate, c.value, a, b)
    assert banyak > 40
    keadaan = {b["Nama"]: (b["Keadaan"], b["Selisih\n(Rp)"]) for b in isi_lembar(keluar, "Pagu")}
    assert keadaan[dinas(0)][0] == "melampaui pagu"
    assert keadaan[dinas(2)][0] == "dalam pagu"


def test_teks_bukan_rumus(cetakan: Cetakan, tmp_path: Path) -> None:
    jahat = '=HYPERLINK("http://x","y")&lt;&amp;'
    (tmp_path / "a.xlsx").write_bytes(
        cetakan.buat(jahat, 1, {"PROGRAM KEPEGAWAIAN DAERAH": "@SUM(1+1)*cmd|' /C calc'!A0"})
    )
    keluar = tmp_path / "Rekap.xlsx"
    assert jalankan(tmp_path / "a.xlsx", "-o", keluar, "--tanpa-periksa").exit_code == 0
    asal = '=HYPERLINK("http://x","y")<&'
    assert [b["Perangkat daerah"] for b in isi_lembar(keluar, "Per Perangkat Daerah")] == [asal]
    assert isi_lembar(keluar, "Rincian")[0]["Perangkat daerah"] == asal
    with zipfile.ZipFile(keluar) as z:
        xml = "".join(z.read(n).decode() for n in z.namelist() if n.startswith("xl/worksheets/sheet"))
    rumus = re.findall(r"<f>(.*?)</f>", xml)
    assert rumus
    assert not any("HYPERLINK" in f or "cmd" in f for f in rumus)


# ── which file counts ─────────────────────────────────────────────────────────────────────────────────────────


def test_revisi_bukan_tanggal(cetakan: Cetakan, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    asli = "Persiapan"
    for nama, kali, tahapan, jam in (
        ("a", 2, "Penetapan", 1),
        ("b", 5, "Rancangan", 9),
        ("c", 11, "Rancangan akhir", 5),
    ):
        p = folder / f"{nama}.xlsx"
        p.write_bytes(cetakan.buat(dinas(1), kali, {asli: tahapan}))
        os.utime(p, (jam * 10**6, jam * 10**6))
    keluar = tmp_path / "Rekap.xlsx"
    jalankan(folder, "-o", keluar, "--tanpa-periksa")
    satu = isi_lembar(keluar, "Per Perangkat Daerah")
    assert [(b["Berkas"], b["Tahapan"]) for b in satu] == [("a.xlsx", "Penetapan")]
    assert sen(satu[0][dict(UKURAN_BERJUDUL)["pagu_n"]]) == 2 * cetakan.sen("T-C.33", "pagu_n")
    assert [(b["Berkas"], b["Keadaan"]) for b in isi_lembar(keluar, "Kelengkapan")] == [
        ("a.xlsx", "dihitung"), ("c.xlsx", "tidak dihitung"), ("b.xlsx", "tidak dihitung"),
    ]  # fmt: skip


def test_kembar_dihitung_sekali(cetakan: Cetakan, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    (folder / "Cadangan").mkdir(parents=True)
    (folder / "a.xlsx").write_bytes(cetakan.buat(dinas(1), 2))
    shutil.copy(folder / "a.xlsx", folder / "b.xlsx")
    for lain in ("~$a.xlsx", "Cadangan/a lama.xlsx"):
        shutil.copy(folder / "a.xlsx", folder / lain)
    keluar = tmp_path / "Rekap.xlsx"
    assert "1 salinan yang isinya sama persis" in jalankan(folder, "-o", keluar, "--tanpa-periksa").output
    assert len(isi_lembar(keluar, "Berkas")) == 2
    (folder / "b.xlsx").write_bytes(cetakan.buat(dinas(1), 3))
    hasil = jalankan(folder, "-o", keluar, "--tanpa-periksa").output
    assert "isinya berbeda: a.xlsx dan b.xlsx; yang dihitung hanya a.xlsx" in hasil
    assert "1 dari 2 berkas tidak berubah" in hasil


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_pagu_dan_daftar(masuk: Path, cetakan: Cetakan, tmp_path: Path) -> None:
    daftar = tmp_path / "opd.xlsx"
    wb = Workbook()
    for deret in (("Daftar OPD",), (), ("No", "Nama OPD"), (1, dinas(0).upper()), (2, "Dinas Lain")):
        wb.active.append(deret)  # type: ignore[union-attr]
    wb.save(daftar)
    pagu = tmp_path / "pagu.tsv"
    total = cetakan.sen("T-C.33", "pagu_n") * sum(KALI)
    pagu.write_text(f"Sumber Dana\tPlafon Anggaran\nAPBD\t{(total - 150) // 100},00\nDAK\t1.000\n", encoding="utf-8")
    keluar = tmp_path / "Rekap.xlsx"
    hasil = jalankan(masuk, "-o", keluar, "--tanpa-periksa", "--pagu", pagu, "--daftar", daftar).output
    assert "Belum mengirim: Dinas Lain." in hasil
    assert "Pagu terlampaui: APBD, lebih Rp1," in hasil
    baris = {b["Nama"]: b for b in isi_lembar(keluar, "Pagu")}
    assert sen(baris["APBD"]["Rencana\n(Rp)"]) == total
    assert baris["DAK"]["Keadaan"] == "belum ada rencana"
    assert [b["Keadaan"] for b in isi_lembar(keluar, "Kelengkapan")][-1] == "belum mengirim"
    assert "-" not in {b["Bidang urusan"] for b in isi_lembar(keluar, "Per Urusan")}  # from the nomenclature at least
    assert {b["Yang dibuka"] for b in isi_lembar(keluar, "Berkas")} == {"lembar pagu saja"}
    pagu.write_text("Perangkat Daerah\tPagu\nDinas\t1.2.3\n", encoding="utf-8")
    with pytest.raises(SumberTidakTerbacaError, match=r"baris 2: pagu “1\.2\.3” untuk Dinas"):
        baca_pagu(pagu)


@pytest.mark.parametrize(
    ("nama", "milik"),
    [
        ("Dinas Perikanan", (0,)),
        ("Dinas Perikanan Kab. Bulungan", (0,)),
        ("Dinas Perikann", (0,)),
        ("Dinas Pertanian", ()),  # as like as many a misspelling, and another agency
        ("Dinas Pertanian Kabupaten Bulungan", ()),
        ("Dinas Sosial", (1, 2)),
        ("Dinas Sosial Kabupaten Malinau", (1,)),
        ("Dinas Sosial Kabupaten Tarakan", ()),
        ("Kecamatan Palas Timur", ()),
    ],
)
def test_nama_dalam_daftar(nama: str, milik: tuple[int, ...]) -> None:
    instansi = [
        ("DINAS PERIKANAN", "KABUPATEN BULUNGAN"),
        ("Dinas Sosial Kabupaten Malinau", "Kabupaten Malinau"),
        ("Dinas Sosial", "Kabupaten Bulungan"),
        ("Kecamatan Palas Barat", ""),
    ]
    assert cocokkan(nama, instansi) == milik


def test_catatan_sama_dengan_periksa(tmp_path: Path) -> None:
    path = tmp_path / "Renja Dinas.xlsx"
    buat_dinas(path, Ubahan({("T-C 29", "2.23.02.2.01.0012", "I"): 98.96}))  # right, but typed over its formula
    h = baca_apa_saja(path)
    temuan = periksa(h.buku, bahan=Bahan(h.letak, h.kisi))
    assert "RMS-01" in {t.aturan for t in temuan}
    assert baca_satu(str(path), True)[0]["temuan"] == ringkas(temuan, keadaan_temuan(h.buku, temuan))


# ── damaged files ─────────────────────────────────────────────────────────────────────────────────────────────

_RUSAK = sorted(n for n, k in KATALOG.items() if k.sikap is Sikap.TOLAK and not k.panjang and k.letakkan is None)


def rusak_bermacam(asli: bytes, banyak: int) -> dict[str, bytes]:
    """Damaged files of so many kinds, spread over all that are known."""
    langkah = max(1, len(_RUSAK) // banyak)
    return {n: KATALOG[n].buat(asli) for n in _RUSAK[::langkah][:banyak]}


def test_berkas_rusak_tidak_menghentikan(masuk: Path, cetakan: Cetakan, induk: bytes, tmp_path: Path) -> None:
    rusak = rusak_bermacam(induk, 20)
    assert len(rusak) == 20
    for n, isi in enumerate(rusak.values()):
        (masuk / f"rusak-{n:02d}{Path(KATALOG[list(rusak)[n]].berkas).suffix}").write_bytes(isi)
    keluar = tmp_path / "Rekap.xlsx"
    hasil = jalankan(masuk, "-o", keluar)
    assert hasil.exit_code == 1
    ditolak = [b for b in isi_lembar(keluar, "Berkas") if b["Keadaan"] == "tidak dapat dibaca"]
    disebut = {b["Berkas"]: b["Keterangan"] for b in ditolak}
    lolos = set(range(20)) - {int(b[6:8]) for b in disebut}
    assert not lolos, [list(rusak)[n] for n in lolos]
    for keterangan in disebut.values():
        assert keterangan.endswith(".")
        assert ";" in keterangan  # what is wrong; what to do
        assert "Error" not in keterangan
    total = next(b for b in isi_lembar(keluar, "Ringkasan") if b["Tahun rencana"] == "Tahun 2025")
    assert sen(total[dict(UKURAN_BERJUDUL)["pagu_n"]]) == cetakan.sen("T-C.33", "pagu_n") * sum(KALI)


def _ubah(isi: bytes, lembar: str, lama: str, baru: str) -> Paket:
    paket = Paket(Path("x.xlsx"), isi)
    xml = paket.isi(paket.lembar[lembar]).decode()
    assert re.search(lama, xml)
    return Paket(Path("x.xlsx"), rakit(paket, {paket.lembar[lembar]: re.sub(lama, baru, xml, count=1).encode()}))


@pytest.mark.parametrize(
    ("lama", "baru"),
    [
        (r"<worksheet", "<!DOCTYPE x []><worksheet"),
        (r"<sheetData>", "<sheetData><!-- x -->"),
        (r"<v>\d+</v>", "<v><![CDATA[1]]></v>"),
        (r"<v>\d+</v></c>", r'\g<0><c r="XFD1000000" s="1"><v>1</v></c>'),
        (r'<c r="B1[0-9]"[^>]*><v>\d+</v></c>', r"\g<0>\g<0>"),
        (r'(<c r="I1[34]" s="\d+")>(?:<f>.*?</f>)?<v>\d+</v>', r'\1 t="e"><v>#N/A</v>'),
        (r'(<c r="I1[34]" s="\d+")>', r"\1 cm='1'>"),
        (r"</worksheet>", "<row"),
    ],
)
def test_jalan_ringan_hanya_yang_polos(cetakan: Cetakan, lama: str, baru: str) -> None:
    """What is not plain is left to the long way, which decides."""
    isi = cetakan.buat(dinas(0), 1)
    assert ambil(Paket(Path("x.xlsx"), isi)) is not None
    assert ambil(_ubah(isi, "T-C.33", lama, baru)) is None


# ── the next run ──────────────────────────────────────────────────────────────────────────────────────────────


def test_jalan_berikutnya(masuk: Path, cetakan: Cetakan, tmp_path: Path) -> None:
    keluar = tmp_path / "Rekap.xlsx"
    jalankan(masuk, "-o", keluar, "--tanpa-periksa")
    dahulu = keluar.stat().st_mtime_ns
    tetap = jalankan(masuk, "-o", keluar, "--tanpa-periksa").output
    assert "sudah mutakhir: 3 berkas tidak berubah" in tetap
    assert "3 perangkat daerah dihitung" in tetap
    assert keluar.stat().st_mtime_ns == dahulu
    os.utime(masuk / "renja-0.xlsx", (1, 1))  # touched, not changed: its content decides
    assert "3 dari 3 berkas tidak berubah" in jalankan(masuk, "-o", keluar, "--tanpa-periksa").output
    (masuk / "renja-1.xlsx").write_bytes(cetakan.buat(dinas(1), 30))
    (masuk / "renja-2.xlsx").unlink()
    assert "1 dari 2 berkas tidak berubah" in jalankan(masuk, "-o", keluar, "--tanpa-periksa").output
    judul = dict(UKURAN_BERJUDUL)["pagu_n"]
    isi = {b["Perangkat daerah"]: sen(b[judul]) for b in isi_lembar(keluar, "Per Perangkat Daerah")}
    assert isi == {dinas(n): k * cetakan.sen("T-C.33", "pagu_n") for n, k in ((0, 1), (1, 30))}
    for p in (tmp_path / ".renja-rekap").iterdir():  # a store that makes no sense is no store
        p.write_text('{"berkas": [1')
    assert jalankan(masuk, "-o", keluar, "--tanpa-periksa").exit_code == 0
    assert {b["Perangkat daerah"]: sen(b[judul]) for b in isi_lembar(keluar, "Per Perangkat Daerah")} == isi


def test_diperiksa(masuk: Path, tmp_path: Path) -> None:
    """Findings are those of the audit, and the records the same as without it."""
    keluar = tmp_path / "Rekap.xlsx"
    satu = masuk / "renja-0.xlsx"
    jalankan(satu, "-o", keluar, "--tanpa-periksa")
    tanpa = isi_lembar(keluar, "Rincian")
    hasil = jalankan(satu, "-o", keluar)
    catatan = isi_lembar(keluar, "Catatan")[0]
    assert isinstance(catatan["Harus diperbaiki"], float)
    assert hasil.exit_code == int(catatan["Harus diperbaiki"] > 0)
    assert f"Catatan yang harus diperbaiki: {int(catatan['Harus diperbaiki'])}." in hasil.output
    assert isi_lembar(keluar, "Rincian") == tanpa


# ── at scale ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(not PANJANG, reason="RENJA_PANJANG=1")
def test_lima_ratus(cetakan: Cetakan, induk: bytes, tmp_path: Path) -> None:
    """500 different agencies with damaged files among them, over processes: totals are exactly the sum of the parts."""
    masuk = tmp_path / "masuk"
    masuk.mkdir()
    kali = {f"{dinas(n)} {n}": n * 13 % 997 + 1 for n in range(500)}
    for n, (nama, k) in enumerate(kali.items()):
        (masuk / f"{n:03d}.xlsx").write_bytes(cetakan.buat(nama, k))
    for n, isi in enumerate(rusak_bermacam(induk, 20).values()):
        (masuk / f"rusak-{n:02d}.xlsx").write_bytes(isi)
    keluar = tmp_path / "Rekap.xlsx"
    hasil = jalankan(masuk, "-o", keluar)
    assert "500 perangkat daerah dihitung, 20 berkas tidak dapat dibaca" in hasil.output
    dasar = harapan(cetakan)
    daerah = {b["Perangkat daerah"]: b for b in isi_lembar(keluar, "Per Perangkat Daerah")}
    total = next(b for b in isi_lembar(keluar, "Ringkasan") if b["Tahun rencana"] == "Tahun 2025")
    for u, judul in UKURAN_BERJUDUL:
        assert {n: sen(b[judul]) for n, b in daerah.items()} == {n: k * dasar[u] for n, k in kali.items()}
        assert sen(total[judul]) == sum(kali.values()) * dasar[u]
