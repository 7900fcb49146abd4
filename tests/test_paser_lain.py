"""The tables around the sample plan: every printed cell arrives, through a file too, and what is computed is right.

Expectations are made from the TSV files alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from fractions import Fraction
from pathlib import Path

import pytest

from renja_xl.alur import catat_tercetak
from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.isi import folder_contoh, nomenklatur
from renja_xl.tabel import TABEL_RENCANA
from renja_xl.tabel.spec import KolomSpec, TabelSpec
from renja_xl.tsv import impor_folder
from tests.conftest import CONTOH, baca_tsv, kunci_nama

Tsv = Mapping[str, list[dict[str, str]]]
AKHIR_RENSTRA = 2026


# ── reading printed texts once more ───────────────────────────────────────────────────────────────────────────


def baca_angka(teks: str) -> Fraction | None:
    """``1.400``, ``65,18``, ``B (65)``, ``65 (B)``, ``85%``, ``11,11 %``, ``5 dok``, ``Rp. 8.084.390.039,-``; None for none."""
    polos = re.sub(r"^rp\.?\s*", "", teks.strip(), flags=re.IGNORECASE)
    dalam = re.fullmatch(r"[a-z ]+\(([\d.,]+)\)", polos, re.IGNORECASE)
    m = dalam or re.match(r"([\d.,]*\d)", polos)
    if not m:
        return None
    bulat, _, pecahan = m[1].partition(",")
    if "." in bulat and not re.fullmatch(r"\d{1,3}(\.\d{3})+", bulat):
        if pecahan or not re.fullmatch(r"\d+\.\d+", bulat):
            return None
        return Fraction(bulat)
    return Fraction(bulat.replace(".", "") + (f".{pecahan}" if pecahan else ""))


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("1.400", Fraction(1400)),
        ("65,18", Fraction("65.18")),
        ("B (65)", Fraction(65)),
        ("BB(72)", Fraction(72)),
        ("65,18 (B)", Fraction("65.18")),
        ("85%", Fraction(85)),
        ("11,11 %", Fraction("11.11")),
        ("Rp. 8.084.390.039,-", Fraction(8_084_390_039)),
        ("19.347.863.577,-", Fraction(19_347_863_577)),
        ("7.13", Fraction("7.13")),
        ("0", Fraction(0)),
        ("-", None),
        ("", None),
        ("259.987.00,00", None),
    ],
)
def test_pembaca_angka(teks: str, nilai: Fraction | None) -> None:
    assert baca_angka(teks) == nilai


# ── every cell arrives ────────────────────────────────────────────────────────────────────────────────────────


def spec_berkas(stem: str) -> TabelSpec | None:
    return next((s for s in TABEL_RENCANA if s.berkas and fnmatch(stem, s.berkas)), None)


def kolom_berkas(spec: TabelSpec) -> dict[str, KolomSpec]:
    """Columns by their names in the file."""
    return {k.nama(2025, AKHIR_RENSTRA): k for k in spec.kolom_tercetak}


def terbaca(b: Baris, kolom: KolomSpec, teks: str) -> bool:
    """Whether a row holds a printed text in its column: exactly, or as its original; a status in the words of the sheet."""
    sel = b[kolom.kunci]
    if sel.asli is not None:
        return sel.asli == teks
    return sel.nilai == teks if teks.strip() else sel.nilai is None


def tidak_tiba(buku: Buku, tsv: Tsv) -> list[tuple[str, str, str, str]]:
    """Printed cells that a plan does not hold where they belong: file, row, column, text."""
    hasil = []
    for stem, rows in tsv.items():
        spec = spec_berkas(stem)
        if spec is None:
            continue
        kolom = kolom_berkas(spec)
        asal = {b.asal.baris: b for b in buku.baris(spec.kunci) if b.asal and b.asal.berkas == f"{stem}.tsv"}
        for s in rows:
            b = asal.pop(s["baris"], None)
            for nama, teks in s.items():
                if nama in {"baris", "level"}:
                    continue
                if b is None or nama not in kolom or not terbaca(b, kolom[nama], teks):
                    hasil.append((stem, s["baris"], nama, teks))
            if b is not None and b.level.value != s["level"]:
                hasil.append((stem, s["baris"], "level", s["level"]))
        hasil.extend((stem, n, "baris", "lebih") for n in asal)
    return hasil


@pytest.fixture(scope="module")
def dari_berkas(tmp_path_factory: pytest.TempPathFactory) -> Buku:
    """The plan as printed with its findings, built as a workbook and read back."""
    path = tmp_path_factory.mktemp("paser") / "Renja.xlsx"
    path.write_bytes(bangun(catat_tercetak(impor_folder(folder_contoh("paser-2025"), nomenklatur()))))
    return baca(path).buku


def test_setiap_berkas_dikenal(paser_tsv: Tsv) -> None:
    assert folder_contoh("paser-2025").resolve() == CONTOH.resolve()
    assert {stem for stem in paser_tsv if spec_berkas(stem) is None} == {"kode", "profil"}
    assert {s.kunci for stem in paser_tsv if (s := spec_berkas(stem))} == {
        "T-C.29", "T-C.30", "Capaian IKU", "Pegawai", "T-C.31", "T-C.32", "Telaahan", "Tujuan-Sasaran", "T-C.33", "RKT",
        "Daftar Program", "Anggaran", "Pemenuhan Target", "Efisiensi",
    }  # fmt: skip


def test_setiap_sel_tiba(tercetak: Buku, paser_tsv: Tsv) -> None:
    assert sum(bool(t.strip()) for stem in paser_tsv for s in paser_tsv[stem] for t in s.values()) > 2_500
    assert tidak_tiba(tercetak, paser_tsv) == []
    assert tercetak.baris("Belum Terpetakan") == ()


def test_setiap_sel_tiba_lewat_berkas(dari_berkas: Buku, paser_tsv: Tsv) -> None:
    assert tidak_tiba(dari_berkas, paser_tsv) == []
    assert dari_berkas.baris("Belum Terpetakan") == ()


def test_status_tercetak_menurut_kata_lembarnya(tercetak: Buku, dari_berkas: Buku) -> None:
    """The printed words are its original text; counts and lists need the same word everywhere."""
    baku = {"memenuhi": "memenuhi target", "tidak_memenuhi": "tidak memenuhi target", "melebihi": "melebihi target"}
    for buku in (tercetak, dari_berkas):
        status = {(b["status"].asli, b["status"].nilai) for b in buku.baris("Pemenuhan Target") if b.asal}
        assert status == set(baku.items())


def test_baris_daftar_tercetak_membawa_kodenya(
    tercetak: Buku, paser_tsv: Tsv, kode_menurut_nama: Mapping[str, str]
) -> None:
    """The print of the lists has none; a row that names its node gets the node's."""
    rows = {b.asal.baris: b for b in tercetak.baris("Daftar Program") if b.asal}
    benar = {s["baris"]: kode_menurut_nama.get(kunci_nama(s["nama"])) for s in paser_tsv["daftar_4_1"]}
    diperiksa = [n for n, kode in benar.items() if kode and rows[n].simpul]
    assert len(diperiksa) > 40
    for n in diperiksa:
        assert (rows[n]["kode"].nilai, rows[n]["jenjang"].nilai) == (benar[n], rows[n].level.judul), n


def test_pembanding_menemukan_sel_yang_hilang(tercetak: Buku, paser_tsv: Tsv) -> None:
    """The comparison itself sees one changed letter, one lost cell and one lost row."""
    rows = list(tercetak.baris("T-C.30"))
    rows[0] = rows[0].dengan({"indikator": Sel("Nilai SAKIP Perangkat daerah")})
    rows[1] = rows[1].dengan({"proyeksi_n": Sel()})
    hilang = tidak_tiba(tercetak.ganti({"T-C.30": rows[:-1]}), paser_tsv)
    assert [(s, n) for s, n, _, _ in hilang if n != "5"] == [("t_c_30", "1"), ("t_c_30", "2")]
    assert len([n for _, n, _, _ in hilang if n == "5"]) == len(paser_tsv["t_c_30"][4]) - 2


def test_angka_bernilai_seperti_tercetak(dari_berkas: Buku, paser_tsv: Tsv) -> None:
    """A number column holds the number that its text means; rupiah in sen; text stays where it means none."""
    diperiksa = 0
    for stem, rows in paser_tsv.items():
        spec = spec_berkas(stem)
        if spec is None:
            continue
        asal = {b.asal.baris: b for b in dari_berkas.baris(spec.kunci) if b.asal and b.asal.berkas == f"{stem}.tsv"}
        for s in rows:
            for nama, kolom in kolom_berkas(spec).items():
                teks = s.get(nama, "")
                sel = asal[s["baris"]][kolom.kunci]
                if not kolom.bernilai_angka or sel.angka is None:
                    continue
                n = baca_angka(teks)
                assert n is not None, (stem, s["baris"], nama, teks)
                tampil = Fraction(int(sel.angka), 100) if isinstance(sel.angka, int) else Fraction(str(sel.angka))
                assert tampil == n, (stem, s["baris"], nama, teks)
                diperiksa += 1
    assert diperiksa > 800


@pytest.mark.parametrize("lewat", ["langsung", "berkas"])
def test_profil_tiba(tercetak: Buku, dari_berkas: Buku, paser_tsv: Tsv, lewat: str) -> None:
    buku = tercetak if lewat == "langsung" else dari_berkas
    profil: dict[Nilai, Baris] = {b["kunci"].nilai: b for b in buku.baris("Profil")}
    assert len(profil) == len(buku.baris("Profil"))
    for s in paser_tsv["profil"]:
        b = profil[s["kunci"]]
        nilai = b["nilai"].nilai
        assert (f"{nilai:.0f}" if isinstance(nilai, float) else nilai) == s["nilai"], s["kunci"]
        if b.asal:  # a fact of the document: where it stood, and what was said of it
            assert (b.asal.berkas, b.asal.baris) == ("profil.tsv", s["baris"])
            assert (b["bagian"].nilai or "", b["keterangan"].nilai or "") == (s["bagian"], s["catatan"])
    asal = {b.asal.baris for b in buku.baris("Profil") if b.asal}
    assert len(asal) >= len(paser_tsv["profil"]) - 8


# ── normalised: Capaian IKU, Efisiensi ────────────────────────────────────────────────────────────────────────

TAUT = {"1": "1", "3": "2", "4": "3", "5": "4"}
"""Rows of t_2_2_1 whose indicator t_c_30 has too, by reading both."""


def dekat(nilai: Nilai, benar: Fraction | None) -> bool:
    if benar is None:
        return nilai == "-"
    return nilai == pytest.approx(float(benar), rel=1e-12, abs=1e-12)


def tingkat(realisasi: Fraction | None, target: Fraction | None) -> Fraction | None:
    return None if realisasi is None or not target else realisasi / target * 100


def kriteria(n: Fraction) -> str:
    return next(
        nama
        for nama, batas in (
            ("Sangat Tinggi", 91),
            ("Tinggi", 76),
            ("Sedang", 66),
            ("Rendah", 51),
            ("Sangat Rendah", -1),
        )
        if n >= batas
    )


@pytest.fixture(scope="module")
def capaian(paser_tsv: Tsv) -> dict[str, Fraction]:
    """Rates by row of t_2_2_1: the realisation of T-C.30 where it has the indicator; means below each sasaran."""
    t30 = {s["baris"]: s for s in paser_tsv["t_c_30"]}
    hasil: dict[str, Fraction] = {}
    kelompok: list[Fraction] = []
    for s in paser_tsv["t_2_2_1"]:
        if s["level"] == "rata_rata":
            hasil[s["baris"]] = sum(kelompok, Fraction(0)) / len(kelompok)
            kelompok = []
            continue
        taut = TAUT.get(s["baris"])
        n = tingkat(
            baca_angka(t30[taut]["realisasi_2023"] if taut else s["realisasi_sd_2023"]),
            baca_angka(s["target_akhir_renstra_2026"]),
        )
        assert n is not None
        hasil[s["baris"]] = n
        kelompok.append(n)
    return hasil


def test_capaian_iku_dan_rata_ratanya(normal: Buku, capaian: Mapping[str, Fraction]) -> None:
    rows = {b.asal.baris: b for b in normal.baris("Capaian IKU") if b.asal}
    assert rows.keys() == capaian.keys()
    for baris, benar in capaian.items():
        assert dekat(rows[baris]["capaian_persen"].nilai, benar), baris
        assert rows[baris]["kategori"].nilai == kriteria(benar), baris
    # worked out by hand: 185 ÷ 300; the mean of 61,67, 137,57, 86,73 and 101,15
    assert capaian["3"] == Fraction(185, 3)
    assert round(float(capaian["7"]), 2) == 96.78


def test_iku_yang_hanya_ada_di_t_c_30(normal: Buku) -> None:
    """The fifth of t_c_30 is in no row of t_2_2_1: 80 of 80, apart from the printed sasaran."""
    *_, b, rata = normal.baris("Capaian IKU")
    assert (b.asal, b["indikator"].nilai, b["sasaran"].nilai) == (
        None,
        "Indeks Kepuasan Masyarakat",
        "Belum ditentukan",
    )
    assert (b["capaian_persen"].nilai, rata["capaian_persen"].nilai) == (100, 100)


def test_efisiensi(normal: Buku, paser_tsv: Tsv, capaian: Mapping[str, Fraction]) -> None:
    rows = {b.asal.baris: b for b in normal.baris("Efisiensi") if b.asal}
    assert len(rows) == len(normal.baris("Efisiensi")) == 2
    for s, rata in zip(paser_tsv["efisiensi"], ("2", "7"), strict=True):
        b, serap = rows[s["baris"]], baca_angka(s["persen_realisasi_anggaran"])
        pagu = baca_angka(s["pagu_anggaran"])
        assert serap is not None
        assert pagu is not None
        nilai = capaian[rata] / serap
        assert dekat(b["capaian_persen"].nilai, capaian[rata])
        assert dekat(b["capaian_desimal"].nilai, capaian[rata] / 100)
        assert dekat(b["nilai_efisiensi"].nilai, nilai)
        assert b["simpulan"].nilai == ("Efisien" if nilai >= 1 else "Belum efisien")
        assert dekat(b["serapan"].nilai, pagu * serap / 100)
        for k in ("persen_realisasi_anggaran", "pagu_anggaran", "target_kinerja", "realisasi_kinerja"):
            assert not b[k].rumus  # typed, and stays so
            assert (b[k].asli or "") == s[k]


# ── normalised: Pegawai, Anggaran ─────────────────────────────────────────────────────────────────────────────


def test_pegawai(normal: Buku, paser_tsv: Tsv) -> None:
    rows = {b.asal.baris: b for b in normal.baris("Pegawai") if b.asal}
    jumlah: dict[str, Fraction] = defaultdict(Fraction)
    for s in paser_tsv["t_2_3_1"]:
        if s["level"] == "jumlah":
            continue
        laki, perempuan = (baca_angka(s[k]) or Fraction(0) for k in ("laki_laki", "perempuan"))
        assert rows[s["baris"]]["jumlah"].nilai == laki + perempuan
        for k, n in (("laki_laki", laki), ("perempuan", perempuan), ("jumlah", laki + perempuan)):
            jumlah[k] += n
    akhir = normal.baris("Pegawai")[-1]
    assert (akhir.level, akhir.asal and akhir.asal.baris) == (Level.JUMLAH, paser_tsv["t_2_3_1"][-1]["baris"])
    assert {k: akhir[k].nilai for k in jumlah} == {k: float(n) for k, n in jumlah.items()}
    assert jumlah["jumlah"] == 44


def test_anggaran_yang_diketik_tidak_berubah(normal: Buku, paser_tsv: Tsv) -> None:
    for tahun in (2023, 2024):
        asal = {b.asal.baris: b for b in normal.baris("Anggaran") if b.asal and str(tahun) in b.asal.berkas}
        assert len(asal) == len(paser_tsv[f"anggaran_{tahun}"])
        for s in paser_tsv[f"anggaran_{tahun}"]:
            b = asal[s["baris"]]
            assert (b["tahun"].nilai, b["tahap"].nilai) == (tahun, s["tahap"])
            for k in ("urusan", "program", "kegiatan", "sub_kegiatan", "anggaran"):
                n = baca_angka(s[k])
                assert n is not None
                assert b[k].nilai == (n * 100 if k == "anggaran" else n), (tahun, s["tahap"], k)
                assert not b[k].rumus


def test_anggaran_tahun_rencana(normal: Buku, sen_sub_kegiatan: Mapping[str, Mapping[str, int]]) -> None:
    (b,) = (b for b in normal.baris("Anggaran") if b["tahun"].nilai == 2025)
    assert b["anggaran"].nilai == sum(sen_sub_kegiatan["pagu_2025"].values())
    assert all(b[k].rumus for k in ("urusan", "program", "kegiatan", "sub_kegiatan", "anggaran"))


# ── normalised: the lists ─────────────────────────────────────────────────────────────────────────────────────


def sub_kegiatan_29(rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[list[str], str, list[Fraction | None]]]:
    """Sub kegiatan of t_c_29: their rows, name, and the rates of all their indicators."""
    kini: tuple[list[str], str, list[Fraction | None]] | None = None
    for s in rows:
        if s["level"] == "sub_kegiatan":
            if kini:
                yield kini
            kini = ([], s["nama"], [])
        elif s["level"] != "indikator_lanjutan":
            if kini:
                yield kini
            kini = None
        if kini:
            kini[0].append(s["baris"])
            kini[2].append(tingkat(baca_angka(s["realisasi_2023"]), baca_angka(s["target_2023"])))
    if kini:
        yield kini


def status(rates: Sequence[Fraction | None]) -> str:
    tahu = [n for n in rates if n is not None]
    if any(n < 100 for n in tahu):
        return "tidak memenuhi target"
    if any(n > 100 for n in tahu):
        return "melebihi target"
    return "memenuhi target" if tahu else "belum dapat dinilai"


def test_status_setiap_sub_kegiatan(normal: Buku, paser_tsv: Tsv) -> None:
    simpul = {b.asal.baris: b.simpul for b in normal.baris("T-C.29") if b.asal}
    rows = [b for b in normal.baris("Pemenuhan Target") if b.level is Level.SUB_KEGIATAN]
    tercatat = {b.simpul: b["status"].nilai for b in rows}
    assert len(tercatat) == len(rows)
    harapan = {simpul[baris[0]]: status(rates) for baris, _, rates in sub_kegiatan_29(paser_tsv["t_c_29"])}
    assert tercatat == harapan
    assert len(harapan) == sum(s["level"] == "sub_kegiatan" for s in paser_tsv["t_c_29"])
    # in the order of the lists, each under its head with the number below it
    kini: Nilai = None
    banyak: dict[Nilai, int] = defaultdict(int)
    for b in normal.baris("Pemenuhan Target"):
        if b.level is Level.JUMLAH:
            kini = b["status"].nilai
            assert b["jumlah_sub"].nilai == sum(s == kini for s in harapan.values())
        else:
            banyak[kini] += 1
            assert (b["status"].nilai, b["no_sub"].nilai) == (kini, str(banyak[kini]))
    urutan = ["tidak memenuhi target", "memenuhi target", "melebihi target", "belum dapat dinilai"]
    assert list(banyak) == [s for s in urutan if s in harapan.values()]


def test_jumlah_program_dan_kegiatan_tiap_daftar(normal: Buku, paser_tsv: Tsv) -> None:
    """Programs and kegiatan of a list, by the place of their sub kegiatan in t_c_29."""
    di_atas: dict[str, tuple[str, str]] = {}
    program = kegiatan = ""
    for s in paser_tsv["t_c_29"]:
        program = s["nama"] if s["level"] == "program" else program
        kegiatan = s["nama"] if s["level"] == "kegiatan" else kegiatan
        di_atas[s["baris"]] = (kunci_nama(program), kunci_nama(kegiatan))
    induk: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for baris, _, rates in sub_kegiatan_29(paser_tsv["t_c_29"]):
        induk[status(rates)].add(di_atas[baris[0]])
    for b in normal.baris("Pemenuhan Target"):
        if b.level is Level.JUMLAH:
            pasangan = induk[str(b["status"].nilai)]
            harapan = (len({p for p, _ in pasangan}), len(pasangan))
            assert (b["jumlah_program"].nilai, b["jumlah_kegiatan"].nilai) == harapan, b["status"].nilai


def test_daftar_program(normal: Buku, paser_tsv: Tsv, kode_menurut_nama: Mapping[str, str]) -> None:
    """Numbered 1 to n on each level, programs first; as many as the tables of the plan name between them."""
    rows = normal.baris("Daftar Program")
    urut = [Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN]
    assert [b.level for b in rows] == sorted((b.level for b in rows), key=urut.index)
    direncanakan: dict[int, set[str]] = defaultdict(set)
    for stem, kolom in (
        ("t_c_31", ("nama_rkpd", "nama_kebutuhan")),
        ("t_3_1_4", ("nama",)),
        ("t_4_1", ("program_kegiatan", "sub_kegiatan")),
    ):
        nama = {kunci_nama(s[k]) for s in paser_tsv[stem] for k in kolom}
        for kode in (kode_menurut_nama[n] for n in nama if n in kode_menurut_nama):
            direncanakan[kode.count(".")].add(kode)
    for level in urut:
        milik = [b for b in rows if b.level is level]
        assert [b["no"].nilai for b in milik] == [str(n) for n in range(1, len(milik) + 1)]
        berkode = {b["kode"].nilai for b in milik if b["kode"].nilai}
        assert berkode == direncanakan[{Level.PROGRAM: 2, Level.KEGIATAN: 4}.get(level, 5)], level
        # one that the list of codes leaves open is listed by its name
        tanpa = {kunci_nama(b["nama_dokumen"]) for b in paser_tsv["kode"] if not b["kode"]}
        assert all(kunci_nama(str(b["nama"].nilai)) in tanpa for b in milik if not b["kode"].nilai)
        assert len({b.simpul for b in milik}) == len(milik)


def test_beranda_menghitung_isi_daftar(normal: Buku) -> None:
    beranda = {b["kunci"].nilai: b["nilai"].nilai for b in normal.baris("Beranda")}
    for kunci, level in (("program", Level.PROGRAM), ("kegiatan", Level.KEGIATAN), ("sub", Level.SUB_KEGIATAN)):
        assert beranda[f"jumlah_{kunci}"] == sum(b.level is level for b in normal.baris("Daftar Program"))


def test_sumber_utuh(paser_tsv: Tsv, dari_berkas: Buku) -> None:
    assert dari_berkas.tahun == 2025
    assert baca_tsv(Path(folder_contoh("paser-2025"))) == paser_tsv
