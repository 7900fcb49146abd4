"""Export: what Frictionless accepts, reads back and refuses, and what an analyst of budgets may rely on."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import frictionless
import pytest
from frictionless.resources import TableResource

from renja_xl.alur import buku_baru, catat_tercetak
from renja_xl.core.baris import baris_lembar, isi_sel
from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel, Simpul
from renja_xl.ekspor import ekspor
from renja_xl.excel.baca import baca_paket
from renja_xl.excel.bangun import bangun
from renja_xl.excel.paket import Paket
from renja_xl.paket_data import KOLOM_UMUM, SIMPUL, TabelCsv, nama_kolom, tahun_kolom
from renja_xl.tabel import (
    ANGGARAN,
    ASLI,
    PENAMPIL,
    PROGRAM_SUB_KEGIATAN,
    RENSTRA,
    RKT,
    SEMUA,
    T_C_29,
    T_C_33,
    TAHAPAN_TERSIMPAN,
)
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe
from tests.conftest import isi
from tests.excel import dibangun
from tests.strategi import buku_berubah, buku_tercetak, contoh

Deskripsi = dict[str, Any]

TAKSONOMI = {
    *("budget-line-id", "date:fiscal-year", "direction", "phase:id", "value", "value-currency:code"),
    *("value-kind:code", "value-kind:label", "fin-source:generic:code", "administrative-classification:generic:code"),
    *(f"functional-classification:generic:level{n}:{x}" for n in (1, 2) for x in ("code", "label")),
    *(f"activity:generic:{a}:{x}" for a in ("program", "subprogram", "project") for x in ("code", "label")),
}
"""Column types of the published budget taxonomy that a plan has a use for."""


def tersimpan(buku: Buku) -> Buku:
    """The plan as read from its workbook: what a command exports."""
    return baca_paket(Paket(Path("Renja.xlsx"), bangun(buku))).buku


def tulis(folder: Path, buku: Buku) -> Deskripsi:
    """Export into a folder; the description."""
    folder.mkdir(exist_ok=True)
    for nama, data in ekspor(buku):
        (folder / nama).write_bytes(data)
    hasil: Deskripsi = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return hasil


def kesalahan(folder: Path) -> set[tuple[str, str]]:
    """What Frictionless finds wrong: (resource, kind of error)."""
    laporan = frictionless.validate(str(folder / "datapackage.json"))
    hasil = {("", e.type) for e in laporan.errors}
    hasil |= {(t.name, e.type) for t in laporan.tasks for e in t.errors}
    assert laporan.valid == (not hasil)
    assert len(laporan.tasks) == len(list(folder.glob("*.csv")))
    return hasil


def terbaca(folder: Path, *nama: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of the named resources, or of all, as Frictionless reads them, values in their types."""
    paket = frictionless.Package(str(folder / "datapackage.json"))
    hasil = {}
    for r in paket.resources:
        if not nama or r.name in nama:
            assert isinstance(r, TableResource)
            hasil[r.name] = [b.to_dict() for b in r.read_rows()]
    return hasil


DIEKSPOR = tuple(s for s in SEMUA if s not in {ASLI, TAHAPAN_TERSIMPAN, *PENAMPIL})


def sumber_daya(deskripsi: Deskripsi, spec: TabelSpec) -> Deskripsi:
    return next(r for r in deskripsi["resources"] if r["name"] == TabelCsv(spec, ()).nama)


def kolom(deskripsi: Deskripsi, spec: TabelSpec, nama: str) -> Deskripsi:
    return next(f for f in sumber_daya(deskripsi, spec)["schema"]["fields"] if f["name"] == nama)


def kunci_asing(deskripsi: Deskripsi, spec: TabelSpec) -> dict[str, str]:
    return {f["fields"][0]: f["reference"]["resource"] for f in sumber_daya(deskripsi, spec)["schema"]["foreignKeys"]}


@pytest.fixture(scope="module")
def janggal(kecil: Buku) -> Buku:
    """The small plan with what people type in the wrong place, and texts that trip readers of CSV."""
    buku = isi(kecil, "T-C.33", "s-5", {"pagu_n": "259.987.00,00", "target_n": "-", "lokasi": '=HYPERLINK("a")'})
    buku = isi(buku, "T-C.33", "s-6", {"lokasi": "+62", "catatan_penting": 'kata "kutip", koma;\ndua baris'})
    buku = isi(buku, "T-C.33", "s-8", {"lokasi": "@x", "catatan_penting": " cr\rdi tengah\r\ndan\ttab "})
    buku = isi(buku, "T-C.29", "s-5", {"target_n2": "lima", "satuan_target_n2": "-1"})
    struktur = tuple(replace(i, skala="Skala sendiri") if i.id == "i-6" else i for i in buku.indikator)
    return tersimpan(replace(buku, indikator=struktur))


@pytest.fixture(scope="module")
def paket_sampel(normal: Buku) -> Paket:
    """The sample plan's workbook."""
    return Paket(Path("Renja.xlsx"), dibangun(normal))


@pytest.fixture(scope="module")
def sampel(paket_sampel: Paket) -> Buku:
    return baca_paket(paket_sampel).buku


@pytest.fixture(scope="module")
def data(sampel: Buku, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Deskripsi]:
    """The sample plan exported; read only."""
    folder = tmp_path_factory.mktemp("data")
    return folder, tulis(folder, sampel)


@pytest.fixture(scope="module")
def isi_data(data: tuple[Path, Deskripsi]) -> dict[str, list[dict[str, Any]]]:
    return terbaca(data[0])


# ── accepted, and for a reason ────────────────────────────────────────────────────────────────────────────────


def test_contoh_diterima_frictionless(data: tuple[Path, Deskripsi]) -> None:
    folder, deskripsi = data
    assert kesalahan(folder) == set()
    assert {r["path"] for r in deskripsi["resources"]} == {p.name for p in folder.glob("*.csv")}
    assert len(deskripsi["resources"]) == len(DIEKSPOR) + 1
    assert deskripsi["name"] == "renja-bkpsdm-2025"
    assert deskripsi["contributors"][0]["title"] == "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    for spec in (T_C_29, T_C_33, RKT):
        assert kunci_asing(deskripsi, spec) == {"simpul": "simpul", "indikator_id": "program_sub_kegiatan"}
    assert sumber_daya(deskripsi, T_C_33)["title"].startswith("Tabel 3.1.4 Rumusan Rencana")


def test_tercetak_diterima_frictionless(tercetak: Buku, tmp_path: Path) -> None:
    """As printed, with everything that is wrong in it."""
    deskripsi = tulis(tmp_path / "data", tersimpan(catat_tercetak(tercetak)))
    assert kesalahan(tmp_path / "data") == set()
    pagu = {
        b["asal_baris"]: (b["pagu_2025"], b["pagu_2025_teks"]) for b in terbaca(tmp_path / "data", "t_c_33")["t_c_33"]
    }
    assert pagu["5"] == (None, "259.987.00,00")
    assert pagu["6"] == (142373000, None)
    assert kunci_asing(deskripsi, T_C_33)["simpul"] == "simpul"


def test_rencana_kosong_diterima_dan_bersusunan_sama(data: tuple[Path, Deskripsi], tmp_path: Path) -> None:
    """Programs that read one plan read them all: the columns do not hang on what a plan holds."""
    kosong = tulis(tmp_path, buku_baru(2025))
    assert kesalahan(tmp_path) == set()
    for a, b in zip(kosong["resources"], data[1]["resources"], strict=True):
        assert [(f["name"], f["type"]) for f in a["schema"]["fields"]] == [
            (f["name"], f["type"]) for f in b["schema"]["fields"]
        ]
    assert kosong["name"] == "renja-2025"
    assert "contributors" not in kosong


def test_rencana_janggal_diterima(janggal: Buku, tmp_path: Path) -> None:
    deskripsi = tulis(tmp_path, janggal)
    assert kesalahan(tmp_path) == set()
    mentah = (tmp_path / "t_c_33.csv").read_bytes()
    for teks in (b'"=HYPERLINK(""a"")"', b",+62,", b",@x,", b'"kata ""kutip"", koma;\ndua baris"'):
        assert teks in mentah
    skala = kolom(deskripsi, PROGRAM_SUB_KEGIATAN, "skala")
    assert skala["choices"] == ["SAKIP", "Lainnya"]
    assert "constraints" not in skala  # one may type past the list
    dibaca = terbaca(tmp_path)
    baris = {b["simpul"]: b for b in dibaca["t_c_33"]}
    assert (baris["s-5"]["pagu_2025"], baris["s-5"]["pagu_2025_teks"]) == (None, "259.987.00,00")
    assert (baris["s-5"]["target_2025"], baris["s-5"]["target_2025_teks"]) == (None, "-")
    assert baris["s-8"]["catatan_penting"] == " cr\rdi tengah\r\ndan\ttab "
    assert list(tak_kembali(dibaca, janggal)) == []


@pytest.mark.parametrize(
    ("nama", "nilai", "jenis"),
    [
        ("pagu_2025", "-", "type-error"),
        ("id", "c33-0001", "primary-key"),
        ("id", "", "constraint-error"),
        ("simpul", "s-9999", "foreign-key"),
        ("indikator_id", "i-9999", "foreign-key"),
        ("level", "Program", "constraint-error"),
    ],
)
def test_yang_salah_ditolak(sampel: Buku, tmp_path: Path, nama: str, nilai: str, jenis: str) -> None:
    """The description says enough for a broken file to be found."""
    tulis(tmp_path, sampel)
    path = tmp_path / "t_c_33.csv"
    with path.open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    rows[5][nama] = nilai
    with path.open("w", encoding="utf-8", newline="") as f:
        penulis = csv.DictWriter(f, list(rows[0]))
        penulis.writeheader()
        penulis.writerows(rows)
    laporan = frictionless.Package(str(tmp_path / "datapackage.json")).get_resource("t_c_33").validate()
    assert jenis in {e.type for t in laporan.tasks for e in t.errors}


# ── values ────────────────────────────────────────────────────────────────────────────────────────────────────


def sama(terbaca: object, nilai: Nilai) -> bool:
    """Whether a value came back: amounts exact, numbers to the last digit, texts letter by letter."""
    if isinstance(nilai, int):
        return isinstance(terbaca, (Decimal, str)) and Fraction(Decimal(terbaca)) == Fraction(nilai, 100)
    if isinstance(nilai, float):
        return isinstance(terbaca, (Decimal, str)) and float(terbaca) == nilai
    return terbaca == (nilai or None)


def tak_kembali(dibaca: Mapping[str, list[dict[str, Any]]], buku: Buku) -> Iterator[tuple[str, str, str]]:
    """Cells that Frictionless does not read back as the plan holds them."""
    for spec in SEMUA:
        if spec not in DIEKSPOR:
            continue
        rows = baris_lembar(buku, spec.kunci)
        hasil = dibaca[TabelCsv(spec, ()).nama]
        assert [b["id"] for b in hasil] == [b.id for b in rows]
        for b, ada in zip(rows, hasil, strict=True):
            if ada["level"] != b.level.value:
                yield spec.kunci, b.id, "level"
            for k in spec.kolom:
                nilai, nama = isi_sel(b, k).nilai, nama_kolom(k, buku)
                if k.kunci == "level" or (k.kunci == "kode" and nilai is None):  # of the node, on each of its rows
                    continue
                if k.kunci == "kode" and k.tautan:
                    nama = "kode_tertulis"
                if k.bernilai_angka and isinstance(nilai, str):
                    benar = ada[nama] is None and sama(ada[f"{nama}_teks"], nilai)
                else:
                    benar = sama(ada[nama], nilai) and not (k.bernilai_angka and ada[f"{nama}_teks"])
                if not benar:
                    yield spec.kunci, b.id, k.kunci


def test_nilai_contoh_kembali(isi_data: dict[str, list[dict[str, Any]]], sampel: Buku) -> None:
    assert list(tak_kembali(isi_data, sampel)) == []


@pytest.mark.parametrize("strategi", [buku_tercetak(), buku_berubah()], ids=["tercetak", "berubah"])
def test_rencana_acak_diterima_dan_kembali(strategi: Any, tmp_path: Path) -> None:
    """Odd plans: rows repeated, moved and unlinked; links to nodes that are gone."""
    (buku,) = contoh(strategi, 1, 20)
    tulis(tmp_path, buku)
    assert kesalahan(tmp_path) == set()
    assert list(tak_kembali(terbaca(tmp_path), buku)) == []


def test_uang_tepat_sampai_sen(kecil: Buku, tmp_path: Path) -> None:
    besar = isi(kecil, "T-C.33", "s-1", {"pagu_n": 123_456_789_012_345_678_05})  # more digits than a double has
    tulis(tmp_path, besar)
    baris = next(b for b in terbaca(tmp_path, "t_c_33")["t_c_33"] if b["simpul"] == "s-1")
    assert baris["pagu_2025"] == Decimal("123456789012345678.05")


def test_byte_sama_bila_bukunya_sama(sampel: Buku, paket_sampel: Paket) -> None:
    assert dict(ekspor(sampel)) == dict(ekspor(baca_paket(paket_sampel).buku))
    assert "created" not in json.loads(dict(ekspor(sampel))["datapackage.json"])


# ── the schema follows the declarations ───────────────────────────────────────────────────────────────────────


def test_satuan_dan_penjelasan_kolom(data: tuple[Path, Deskripsi]) -> None:
    _, deskripsi = data
    assert kolom(deskripsi, T_C_33, "pagu_2025")["unit"] == "IDR"
    tingkat = kolom(deskripsi, T_C_29, "tingkat_realisasi_2023")
    assert (tingkat["type"], tingkat["unit"]) == ("number", "percent")
    assert tingkat["title"].endswith("Tahun Lalu (2023) – Tingkat Realisasi (%)")
    assert tingkat["description"].startswith("Realisasi (7) ÷ target (6) × 100.")
    target = kolom(deskripsi, T_C_33, "target_2026")
    assert (target["unitField"], "unit" in target) == ("satuan_target_2026", False)
    assert kolom(deskripsi, PROGRAM_SUB_KEGIATAN, "sifat")["constraints"]["enum"][0] == "Makin tinggi makin baik"


def test_nama_kolom_tidak_bertabrakan(data: tuple[Path, Deskripsi]) -> None:
    """Among the fields, the columns of texts, and the fields that only the budget model knows."""
    for r in data[1]["resources"]:
        nama = [f["name"] for f in (*r["schema"]["fields"], *r["schema"].get("extraFields", ()))]
        assert len(set(nama)) == len(nama), r["name"]


@pytest.mark.parametrize("spec", SEMUA, ids=lambda s: s.kunci)
def test_kolom_umum_tidak_menutupi_isian(spec: TabelSpec) -> None:
    """A declared column of a common name must be what the common column shows."""
    for k in spec.kolom:
        if k.kunci in {u.kunci for u in KOLOM_UMUM}:
            teks = k.kunci in {"kode", "asal_berkas", "asal_baris"} and k.tipe is Tipe.TEKS
            assert k.peran is Peran.KUNCI or teks or spec is PROGRAM_SUB_KEGIATAN


def test_tautan_putus_tetap_diekspor(kecil: Buku, tmp_path: Path) -> None:
    """A node taken out of the struktur before ``perbarui``: the id stays, the key is no longer claimed."""
    sisa = tuple(s for s in kecil.simpul if s.id != "s-8")
    indikator = tuple(i for i in kecil.indikator if i.simpul != "s-8")
    deskripsi = tulis(tmp_path, replace(kecil, simpul=sisa, indikator=indikator))
    assert "foreignKeys" not in sumber_daya(deskripsi, T_C_33)["schema"]
    assert kunci_asing(deskripsi, PROGRAM_SUB_KEGIATAN) == {"simpul": "simpul"}
    assert "s-8" in {b["simpul"] for b in terbaca(tmp_path, "t_c_33")["t_c_33"]}
    assert kesalahan(tmp_path) == set()


def test_jalur_simpul_yang_janggal(kecil: Buku, tmp_path: Path) -> None:
    """Of two programs one below the other, a node shows the nearest; a ring of parents has an end."""
    atas, bawah = (Simpul(f"s-{n}", Level.PROGRAM, f"P{n}", f"5.03.0{n}", f"s-{3 - n}") for n in (1, 2))
    tulis(tmp_path, replace(kecil, simpul=(atas, bawah), indikator=()))
    assert [(b["nama_program"], b["induk"]) for b in terbaca(tmp_path, "simpul")["simpul"]] == [
        ("P1", "s-2"),
        ("P2", "s-1"),
    ]


BEBAS = TabelSpec(
    kunci="Tabel Uji 9.9",
    lembar="Uji",
    nama_tabel="tbl_uji",
    judul="Tabel uji tahun {n}",
    kelompok="resmi",
    awalan_id="uji",
    sumber="Uji",
    penjelasan="Tabel bebas.",
    kolom=(
        KolomSpec("uraian", ("Uraian",), "1", pilihan=("A", "B")),
        KolomSpec("jumlah_n1", ("Jumlah {n1}",), "2", Tipe.ANGKA, satuan="satuan_n1"),
        KolomSpec("satuan_n1", ("Satuan {n1}",), "3"),
        KolomSpec("persen", ("Persen\n(%)",), "4", Tipe.PERSEN),
        KolomSpec("belanja_n1", ("Belanja\n(Rp)",), "5", Tipe.RUPIAH),
        KolomSpec("bebas", ("Bebas",), "6", Tipe.BEBAS),
        KolomSpec("id", (), "id baris", peran=Peran.KUNCI, tersembunyi=True),
    ),
)


def test_tabel_bebas_yang_baru_dideklarasikan(kecil: Buku, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new declaration is exported and described without an edit here."""
    monkeypatch.setattr("renja_xl.ekspor.SEMUA", (*SEMUA, BEBAS))
    satu: dict[str, Nilai] = {"uraian": "C", "jumlah_n1": 1.5, "persen": 12.5, "belanja_n1": 1_05, "bebas": 3.0}
    dua: dict[str, Nilai] = {"uraian": "A", "jumlah_n1": "dua", "persen": "-", "belanja_n1": "=1", "bebas": "-"}
    rows = [Baris(f"uji-{n}", Level.DATA, {k: Sel(v) for k, v in x.items()}) for n, x in enumerate((satu, dua), 1)]
    deskripsi = tulis(tmp_path, kecil.ganti({BEBAS.kunci: rows}))
    assert kesalahan(tmp_path) == set()
    a, b = terbaca(tmp_path, "tabel_uji_9_9")["tabel_uji_9_9"]
    assert (a["jumlah_2024"], a["persen"], a["belanja_2024"], a["bebas"]) == (1.5, 12.5, Decimal("1.05"), "3")
    assert (b["jumlah_2024_teks"], b["persen_teks"], b["belanja_2024_teks"], b["bebas"]) == ("dua", "-", "=1", "-")
    assert [b["jumlah_2024"], b["persen"], b["belanja_2024"]] == [None] * 3
    assert sumber_daya(deskripsi, BEBAS)["title"] == "Tabel uji tahun 2025"
    assert kolom(deskripsi, BEBAS, "jumlah_2024")["unitField"] == "satuan_2024"
    assert "extraFields" not in sumber_daya(deskripsi, BEBAS)["schema"]  # no money that rolls up


# ── money: the Fiscal Data Package ────────────────────────────────────────────────────────────────────────────


def satu_nilai_per_baris(deskripsi: Deskripsi, rows: Mapping[str, Sequence[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The budget tables as their descriptions say: nodes joined, one amount per row, all by column type."""
    hasil = []
    simpul = {b["id"]: b for b in rows["simpul"]}
    jenis_simpul = sumber_daya(deskripsi, SIMPUL)["schema"]["fields"]
    for r in deskripsi["resources"]:
        tambahan = r["schema"].get("extraFields", [])
        jenis = {f["name"]: f["columnType"] for f in (*r["schema"]["fields"], *tambahan) if "columnType" in f}
        tetap = {jenis[f["name"]]: f["constant"] for f in tambahan if "constant" in f}
        for f in (f for f in r["schema"]["fields"] if "normalize" in f):
            pisah = {jenis[k]: v for k, v in f["normalize"].items()}
            for b in rows[r["name"]]:
                if b[f["name"]] is None:
                    continue
                s = simpul.get(b["simpul"], {})
                induk = {j["columnType"]: s.get(j["name"]) for j in jenis_simpul if "columnType" in j}
                sendiri = {j: b[nama] for nama, j in jenis.items() if nama in b}
                hasil.append({"value": b[f["name"]], **tetap, **pisah, **induk, **sendiri})
    return hasil


def test_jumlah_rincian_sama_dengan_tercetak(
    data: tuple[Path, Deskripsi],
    isi_data: dict[str, list[dict[str, Any]]],
    sen_sub_kegiatan: dict[str, dict[str, int]],
) -> None:
    """Summing what the description calls facts of the lowest level gives the budget, per kode and in total."""
    fakta = satu_nilai_per_baris(data[1], isi_data)
    assert len({(f["budget-line-id"], f["value-kind:code"]) for f in fakta}) == len(fakta)
    for jenis, tercetak, tahun in (
        ("T-C.31 pagu_rkpd", "pagu_rkpd", 2025),
        ("T-C.31 kebutuhan_dana", "kebutuhan_dana", 2025),
        ("T-C.33 pagu_n", "pagu_2025", 2025),
    ):
        jumlah: dict[str, Decimal] = defaultdict(Decimal)
        rincian = [f for f in fakta if f["value-kind:code"] == jenis and f["aggregation-level"] == "sub_kegiatan"]
        for f in rincian:
            assert f["date:fiscal-year"] == tahun
            assert f["value-currency:code"] == "IDR"
            assert f["direction"] == "expenditure"
            assert f["phase:id"] == "Persiapan"
            kode = f["activity:generic:project:code"]
            assert kode.startswith(f["activity:generic:subprogram:code"] + ".")
            assert f["activity:generic:subprogram:code"].startswith(f["activity:generic:program:code"] + ".")
            jumlah[kode] += f["value"]
        harapan = {kode: Decimal(sen) / 100 for kode, sen in sen_sub_kegiatan[tercetak].items()}
        assert dict(jumlah) == harapan
    assert {f["fin-source:generic:code"] for f in fakta if f["value-kind:code"] == "T-C.33 pagu_n"} >= {"APBD"}
    semua = {f["value-kind:code"]: f["date:fiscal-year"] for f in fakta}
    assert semua["T-C.33 pagu_p1"] == 2026
    assert semua["RKT anggaran"] == 2025


def test_setiap_kolom_uang_dimodelkan(data: tuple[Path, Deskripsi]) -> None:
    _, deskripsi = data
    sendiri = {c["name"] for c in deskripsi["columnTypes"] if isinstance(c, dict)}
    for spec in [*DIEKSPOR, SIMPUL]:
        skema = sumber_daya(deskripsi, spec)["schema"]
        dimodelkan = {f["name"]: f["normalize"] for f in skema["fields"] if "normalize" in f}
        assert set(dimodelkan) == {k.nama(2025) for k in spec.kolom_anggaran}
        tambahan = skema.get("extraFields", [])
        assert bool(tambahan) == bool(spec.kolom_anggaran)
        assert [f["name"] for f in tambahan if f.get("normalizationTarget")] == ["nilai_rupiah"] * bool(tambahan)
        terpisah = {f["name"] for f in tambahan if "constant" not in f and "normalizationTarget" not in f}
        assert all(set(n) == terpisah for n in dimodelkan.values())
        jenis = [f["columnType"] for f in (*skema["fields"], *tambahan) if "columnType" in f]
        assert len(set(jenis)) == len(jenis)
        assert set(jenis) <= TAKSONOMI | sendiri


def test_tahun_dan_tahapan_menurut_baris_atau_kolom(data: tuple[Path, Deskripsi]) -> None:
    _, deskripsi = data
    pagu = {f["name"]: f.get("normalize", {}) for f in sumber_daya(deskripsi, RENSTRA)["schema"]["fields"]}
    assert [pagu[f"pagu_r{n}"]["tahun_anggaran"] for n in range(1, 7)] == [*range(2021, 2027)]
    jenis = {f["name"]: f.get("columnType") for f in sumber_daya(deskripsi, ANGGARAN)["schema"]["fields"]}
    assert (jenis["tahun"], jenis["tahap"]) == ("date:fiscal-year", "phase:id")


def test_tahun_anggaran_menurut_peran() -> None:
    def kolom_uang(kunci: str, *judul: str) -> KolomSpec:
        return KolomSpec(kunci, judul, "1", Tipe.RUPIAH, Peran.GULUNG)

    assert tahun_kolom(kolom_uang("pagu_n1"), 2025) == 2024
    assert tahun_kolom(kolom_uang("pagu_p1"), 2025) == 2026
    assert tahun_kolom(kolom_uang("pagu", "Realisasi {n2}", "(Rp)"), 2025) == 2023
    assert tahun_kolom(kolom_uang("pagu_n", "Dibanding {n1}"), 2025) == 2025
    assert tahun_kolom(kolom_uang("anggaran", "Anggaran\n(Rp)"), 2031) == 2031


@pytest.mark.parametrize(("isian", "harapan"), [("Perubahan Renja", "Perubahan Renja"), (None, "Renja")])
def test_tahapan_dari_profil(kecil: Buku, isian: str | None, harapan: str) -> None:
    profil = Baris("tahapan", Level.DATA, {"kunci": Sel("tahapan"), "nilai": Sel(isian)})
    buku = kecil.ganti({"Profil": [*(b for b in kecil.baris("Profil") if b.id != "tahapan"), profil]})
    deskripsi = json.loads(dict(ekspor(buku))["datapackage.json"])
    fase = [f for f in sumber_daya(deskripsi, T_C_33)["schema"]["extraFields"] if f["columnType"] == "phase:id"]
    assert [f["constant"] for f in fase] == [harapan]
