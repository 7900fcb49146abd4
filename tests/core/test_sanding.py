"""Two states of a plan side by side: each kind of difference, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from renja_xl.core.buku import Baris, Buku, Indikator, Level, Nilai, Sel, Simpul
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.perbarui import perbarui
from renja_xl.core.sanding import Sanding, sandingkan
from renja_xl.excel.bangun import bangun
from renja_xl.laporan_sanding import ke_json, ke_teks
from tests.conftest import baris_simpul, ganti_baris, isi
from tests.fuzz import perintah

KUNCI = ["ringkas", "ditambah", "dihapus", "dipindah", "diganti_nama", "diubah"]
KOSONG = {
    "ringkas": {"total_lama": 157_000.0, "total_baru": 157_000.0, "selisih": 0.0},
    "ditambah": [],
    "dihapus": [],
    "dipindah": [],
    "diganti_nama": [],
    "diubah": [],
}


def banding(lama: Buku, baru: Buku) -> Sanding:
    return sandingkan(lama, baru, letak_bawaan(baru))


def susun(buku: Buku) -> Buku:
    return hitung(perbarui(buku))


def isian(s: Sanding) -> list[tuple[str, str, str, str, str]]:
    return [(i.tabel, i.nama, i.kolom, i.lama, i.baru) for i in s.diubah]


@pytest.fixture(scope="module")
def awal(kecil: Buku) -> Buku:
    """Pagu of 157.000 in all; the forward estimates are proposals."""
    buku = kecil
    for s, pagu in (("s-5", 100_000_00), ("s-6", 50_000_00), ("s-8", 7_000_00)):
        buku = isi(buku, "T-C.33", s, {"pagu_n": pagu, "pagu_p1": None})
        buku = isi(buku, "T-C.31", s, {"pagu_rkpd": pagu, "kebutuhan_dana": pagu})
    return susun(buku)


# ── the same ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_rencana_yang_sama(awal: Buku, normal: Buku, tercetak: Buku) -> None:
    for buku in (awal, normal, tercetak):
        s = banding(buku, buku)
        assert s.isian_sama
        assert s.total == ()
        assert s.tambalan.kosong
        assert (s.sebab.selisih, s.sebab.beda) == (0, ())
    assert ke_json(banding(awal, awal)) == KOSONG
    assert list(ke_teks(banding(awal, awal), awal)) == ["Pagu T-C.33: 157.000 → 157.000"]


# ── the struktur ──────────────────────────────────────────────────────────────────────────────────────────────


def tambah_sub(buku: Buku) -> Buku:
    baru = Simpul("s-9", Level.SUB_KEGIATAN, "Promosi Jabatan", "5.03.02.2.02.0002", "s-7")
    i = Indikator("i-10", "s-9", "Jumlah orang", "Orang", di_evaluasi=True, di_rencana=True)
    return susun(replace(buku, simpul=(*buku.simpul, baru), indikator=(*buku.indikator, i)))


def tanpa_sub(buku: Buku, pengenal: str) -> Buku:
    return susun(
        replace(
            buku,
            simpul=tuple(s for s in buku.simpul if s.id != pengenal),
            indikator=tuple(i for i in buku.indikator if i.simpul != pengenal),
        )
    )


def ganti(buku: Buku, pengenal: str, **sifat: Any) -> Buku:
    return susun(replace(buku, simpul=tuple(replace(s, **sifat) if s.id == pengenal else s for s in buku.simpul)))


def test_ditambah(awal: Buku) -> None:
    s = banding(awal, tambah_sub(awal))
    (x,) = ke_json(s)["ditambah"]
    assert (x["level"], x["kode"], x["nama"]) == ("sub_kegiatan", "5.03.02.2.02.0002", "Promosi Jabatan")
    assert x["pagu"] == 0
    assert {i["baru"] for i in x["isian"]} >= {"Jumlah orang", "Orang"}
    assert ke_json(s)["diubah"] == []  # its cells came with it
    assert s.dihapus + s.dipindah + s.diganti_nama == ()
    assert not s.isian_sama
    # its unit came from the struktur; nobody typed money
    assert all(nama == "Promosi Jabatan" and lama == "" for _, nama, _, lama, _ in isian(s))


def test_dihapus_menyebut_isiannya(awal: Buku) -> None:
    s = banding(awal, tanpa_sub(awal, "s-8"))
    assert [x.id for x in s.dihapus] == ["s-8"]
    assert ke_json(s)["ringkas"] == {"total_lama": 157_000.0, "total_baru": 150_000.0, "selisih": -7_000.0}
    semua = {(i.tabel, i.nama, i.lama, i.baru, i.sel) for i in s.diubah}
    # its pagu, needs and place, and its target of T-C.29; there is no cell any more
    dulu = {("T-C.33", "7.000"), ("T-C.31", "7.000"), ("T-C.33", "Tanah Grogot"), ("T-C.29", "20")}
    assert {(tabel, "Pengelolaan Mutasi", lama, "", "") for tabel, lama in dulu} <= semua
    assert all(i.baru == "" for i in s.diubah)


def test_dipindah(awal: Buku) -> None:
    s = banding(awal, ganti(awal, "s-6", induk="s-7"))
    assert [(x.induk, y.induk) for x, y in s.dipindah] == [("s-4", "s-7")]
    assert ke_json(s)["dipindah"] == [
        {
            **{"level": "sub_kegiatan", "kode": "5.03.02.2.01.0006", "nama": "Administrasi Pemberhentian"},
            **{"dari": "Pengadaan dan Pemberhentian", "ke": "Mutasi dan Promosi", "cocok": "id", "yakin": 1.0},
        }
    ]
    assert s.ditambah + s.dihapus + s.diganti_nama + s.diubah == ()
    assert {(p.tabel, p.baris.simpul, p.lama, p.baru) for p in s.total if p.kolom.kunci == "pagu_n"} == {
        ("T-C.33", "s-4", 150_000_00, 100_000_00),
        ("T-C.33", "s-7", 7_000_00, 57_000_00),
    }


@pytest.mark.parametrize(
    ("sifat", "kode", "nama"),
    [
        ({"nama": "Mutasi ASN"}, "5.03.02.2.02.0001", "Mutasi ASN"),
        ({"kode": "5.03.02.2.02.0009"}, "5.03.02.2.02.0009", "Pengelolaan Mutasi"),
        ({"kode": None}, None, "Pengelolaan Mutasi"),
    ],
)
def test_diganti_nama_atau_kodenya(awal: Buku, sifat: dict[str, Any], kode: str | None, nama: str) -> None:
    s = banding(awal, ganti(awal, "s-8", **sifat))
    assert ke_json(s)["diganti_nama"] == [
        {
            "level": "sub_kegiatan",
            "kode": kode,
            "nama": nama,
            "kode_lama": "5.03.02.2.02.0001",
            "nama_lama": "Pengelolaan Mutasi",
            "cocok": "id",
            "yakin": 1.0,
        }
    ]
    assert s.ditambah + s.dihapus + s.dipindah + s.diubah == ()


# ── what was typed ────────────────────────────────────────────────────────────────────────────────────────────


def test_pagu_yang_diubah(awal: Buku) -> None:
    baru = hitung(isi(awal, "T-C.33", "s-8", {"pagu_n": 9_000_50}))
    s = banding(awal, baru)
    (i,) = s.diubah
    assert (i.tabel, i.kode, i.nama, i.lama, i.baru) == (
        "T-C.33",
        "5.03.02.2.02.0001",
        "Pengelolaan Mutasi",
        "7.000",
        "9.000,50",
    )
    assert "2025" in i.kolom
    assert i.sel == letak_bawaan(baru).sel("T-C.33", baris_simpul(baru, "T-C.33", "s-8").id, "pagu_n") != ""
    assert [(p.baris.simpul, p.lama, p.baru) for p in s.total] == [
        ("s-1", 157_000_00, 159_000_50),
        ("s-2", 157_000_00, 159_000_50),
        ("s-3", 157_000_00, 159_000_50),
        ("s-7", 7_000_00, 9_000_50),
    ]
    assert ke_json(s)["ringkas"] == {"total_lama": 157_000.0, "total_baru": 159_000.5, "selisih": 2_000.5}
    teks = list(ke_teks(s, baru))
    assert teks[0] == "Pagu T-C.33: 157.000 → 159.000,50"
    assert "\nIsian yang berubah (1):" in teks
    assert any(
        b.startswith(f"  T-C.33!{i.sel}, Pengelolaan Mutasi: ") and b.endswith(" 7.000 → 9.000,50") for b in teks
    )
    assert "\nJumlah yang berubah (4):" in teks


@pytest.mark.parametrize(
    ("tabel", "kolom", "nilai", "lama", "baru"),
    [
        ("T-C.33", "pagu_n", None, "7.000", ""),
        ("T-C.33", "pagu_n", "dua ribu", "7.000", "dua ribu"),
        ("T-C.33", "lokasi", "Long Ikis", "Tanah Grogot", "Long Ikis"),
        ("T-C.29", "realisasi_n2", 4.55, "5", "4,55"),
        ("T-C.29", "target_renstra", 1_400.0, "20", "1.400"),
        ("T-C.29", "realisasi_n2", 5.000000000001, "5", "5,000000000001"),
        ("T-C.31", "kebutuhan_dana", 7_000_01, "7.000", "7.000,01"),
    ],
)
def test_isian_yang_diubah(awal: Buku, tabel: str, kolom: str, nilai: Nilai, lama: str, baru: str) -> None:
    s = banding(awal, hitung(isi(awal, tabel, "s-8", {kolom: nilai})))
    assert [(t, n, a, z) for t, n, _, a, z in isian(s)] == [(tabel, "Pengelolaan Mutasi", lama, baru)]


def test_teks_asli_dan_jenis_angka_bukan_perubahan(awal: Buku) -> None:
    """Only what the cell says counts, not how it was printed."""
    baru = isi(awal, "T-C.29", "s-8", {"realisasi_n2": Sel(5.0, "5,00 dok")})
    assert banding(awal, baru).isian_sama


def test_profil_dan_dasar_perhitungan(awal: Buku) -> None:
    baru = ganti_baris(awal, "Profil", "singkatan", "BKPSDM")
    baru = ganti_baris(baru, "Profil", "terakhir_dihitung", "24 November 2026 pukul 09.05")
    baru = ganti_baris(baru, "Profil", "versi_skema", 1.0)
    baru = ganti_baris(baru, "Dasar Perhitungan", "pertumbuhan_prakiraan", 5.5)
    assert isian(banding(awal, baru)) == [
        ("Profil", "Singkatan", "Isian", "", "BKPSDM"),
        ("Dasar Perhitungan", "Pertumbuhan prakiraan maju", "Nilai", "10", "5,5"),
    ]


def test_baris_yang_diketik_di_tabel_bebas(awal: Buku) -> None:
    def pegawai(pengenal: str, **nilai: Nilai) -> Baris:
        return Baris(pengenal, Level.DATA, {k: Sel(v) for k, v in nilai.items()})

    lama = susun(awal.ganti({"Pegawai": [pegawai("p-1", tingkat_pendidikan="S1", laki_laki=3.0)]}))
    tambahan = pegawai("p-2", tingkat_pendidikan="S2", perempuan=1.0)
    baru = susun(lama.ganti({"Pegawai": [*lama.baris("Pegawai"), tambahan]}))
    dua = {(n, a, z) for _, n, _, a, z in isian(banding(lama, baru))}
    assert dua == {("S2", "", "S2"), ("S2", "", "1")}
    assert {(n, a, z) for _, n, _, a, z in isian(banding(baru, lama))} == {(n, z, a) for n, a, z in dua}


# ── what a formula shows ──────────────────────────────────────────────────────────────────────────────────────


def test_usulan_dan_rujukan_bukan_isian(awal: Buku) -> None:
    """The needs move, so do the proposed forward estimates, RKT, rates and sentences: one input differs."""
    baru = hitung(isi(awal, "T-C.31", "s-8", {"kebutuhan_dana": 8_000_00}))
    assert baris_simpul(baru, "T-C.33", "s-8")["pagu_p1"].nilai == 8_800_00
    assert baris_simpul(baru, "RKT", "s-8")["anggaran"].nilai == 8_000_00
    s = banding(awal, baru)
    assert [(t, a, z) for t, _, _, a, z in isian(s)] == [("T-C.31", "7.000", "8.000")]
    assert {(p.tabel, p.kolom.kunci) for p in s.total} == {
        ("T-C.31", "kebutuhan_dana"),
        ("T-C.33", "pagu_p1"),
        ("RKT", "anggaran"),
    }


def test_ketikan_di_atas_usulan_adalah_isian(awal: Buku) -> None:
    baru = hitung(isi(awal, "T-C.33", "s-8", {"pagu_p1": 7_700_00}))  # what the formula showed, but typed
    assert [(t, a, z) for t, _, _, a, z in isian(banding(awal, baru))] == [("T-C.33", "", "7.700")]
    assert [(t, a, z) for t, _, _, a, z in isian(banding(baru, awal))] == [("T-C.33", "7.700", "")]


def test_hitung_ulang_saja_bukan_isian(awal: Buku) -> None:
    """A computed cell that was stale: amounts differ, inputs do not."""
    lama = isi(awal, "T-C.33", "s-4", {"pagu_n": Sel(1_00, None, rumus=True)})
    s = banding(lama, awal)
    assert s.isian_sama
    assert [(p.baris.simpul, p.lama, p.baru) for p in s.total] == [("s-4", 1_00, 150_000_00)]


# ── JSON, and the command ─────────────────────────────────────────────────────────────────────────────────────


def test_bentuk_json(awal: Buku) -> None:
    baru = ganti(tambah_sub(tanpa_sub(awal, "s-6")), "s-8", nama="Mutasi ASN", induk="s-4")
    baru = hitung(isi(baru, "T-C.33", "s-8", {"pagu_n": 9_000_00}))
    objek = ke_json(banding(awal, baru))
    assert list(objek) == KUNCI
    assert list(objek["ringkas"]) == ["total_lama", "total_baru", "selisih"]
    simpul, cocok = ["level", "kode", "nama"], ["cocok", "yakin"]
    for k in ("ditambah", "dihapus"):
        assert [list(x) for x in objek[k]] == [[*simpul, "pagu", "isian"]], k
    assert [list(x) for x in objek["dipindah"]] == [[*simpul, "dari", "ke", *cocok]]
    assert [list(x) for x in objek["diganti_nama"]] == [[*simpul, "kode_lama", "nama_lama", *cocok]]
    assert objek["dipindah"][0]["nama"] == "Mutasi ASN"  # as it is called now
    assert objek["diubah"]
    for x in objek["diubah"]:
        assert list(x) == ["lembar", "sel", "kode", "nama", "kolom", "lama", "baru"]
        assert all(isinstance(v, str) for v in x.values())
    assert json.loads(json.dumps(objek)) == objek


@pytest.fixture
def folder(tmp_path: Path, awal: Buku) -> Path:
    (tmp_path / "Renja.xlsx").write_bytes(bangun(awal))
    (tmp_path / "Cadangan").mkdir()
    return tmp_path


def cadangan(folder: Path, isi_: Mapping[str, Buku]) -> None:
    for nama, buku in isi_.items():
        (folder / "Cadangan" / nama).write_bytes(bangun(buku))


def jalankan(*isian_: object) -> tuple[dict[str, Any], str]:
    hasil = perintah("sanding", *map(str, isian_), "--json")
    assert (hasil.kode, hasil.pesan) == (0, "")
    return json.loads(hasil.keluaran), perintah("sanding", *map(str, isian_)).pesan


def test_salinan_terbaru_yang_isiannya_berbeda(folder: Path, awal: Buku) -> None:
    """The newest copy differs in computed cells alone, the oldest in more; the one between is compared with."""
    basi = isi(awal, "T-C.33", "s-4", {"pagu_n": Sel(1_00, None, rumus=True)})
    dulu = hitung(isi(awal, "T-C.33", "s-8", {"pagu_n": 5_000_00}))
    cadangan(
        folder,
        {
            "Renja (2026-11-24 10.00.01).xlsx": basi,
            "Renja (2026-11-24 09.59.59).xlsx": dulu,
            "Renja (2026-11-23 23.00.00).xlsx": hitung(isi(dulu, "T-C.33", "s-5", {"pagu_n": 1_00})),
            "Renja lain (2026-11-24 11.00.00).xlsx": tanpa_sub(awal, "s-8"),
        },
    )
    objek, pesan = jalankan(folder / "Renja.xlsx")
    assert objek["ringkas"] == {"total_lama": 155_000.0, "total_baru": 157_000.0, "selisih": 2_000.0}
    assert [(x["lembar"], x["lama"], x["baru"]) for x in objek["diubah"]] == [("T-C.33", "5.000", "7.000")]
    assert "Renja (2026-11-24 09.59.59).xlsx" in pesan


def test_salinan_kedua_pada_detik_yang_sama_lebih_baru(folder: Path, awal: Buku) -> None:
    for n, nama in enumerate(["Renja (2026-11-24 10.00.00).xlsx", "Renja (2026-11-24 10.00.00, 2).xlsx"]):
        cadangan(folder, {nama: hitung(isi(awal, "T-C.33", "s-8", {"pagu_n": (n + 1) * 1_000_00}))})
    assert [x["lama"] for x in jalankan(folder / "Renja.xlsx")[0]["diubah"]] == ["2.000"]


def test_semua_salinan_sama_isinya(folder: Path, awal: Buku) -> None:
    cadangan(folder, {f"Renja (2026-11-24 10.00.0{n}).xlsx": awal for n in range(2)})
    assert jalankan(folder / "Renja.xlsx")[0] == KOSONG
    assert perintah("sanding", folder / "Renja.xlsx").keluaran == "Tidak ada isian atau jumlah yang berbeda.\n"


def test_tanpa_salinan_ditolak(folder: Path, awal: Buku) -> None:
    cadangan(folder, {"Renja.xlsx": awal, "Lain (2026-11-24 10.00.00).xlsx": awal})
    hasil = perintah("sanding", folder / "Renja.xlsx")
    assert (hasil.kode, hasil.keluaran) == (2, "")
    assert "Cadangan" in hasil.pesan
    assert "mohon sebut buku lamanya" in hasil.pesan


def test_dua_buku_disebut(folder: Path, awal: Buku) -> None:
    """The file is read as it stands: cells, addresses and all; in the other order, the other way round."""
    lama = folder / "Lama.xlsx"
    lama.write_bytes(bangun(hitung(isi(awal, "T-C.29", "s-8", {"realisasi_n2": 4.0, "target_n2": None}))))
    objek, pesan = jalankan(lama, folder / "Renja.xlsx")
    balik, _ = jalankan(folder / "Renja.xlsx", lama)
    assert [(x["lama"], x["baru"]) for x in objek["diubah"]] == [("", "5"), ("4", "5")]
    assert [(x["lama"], x["baru"]) for x in balik["diubah"]] == [("5", ""), ("5", "4")]
    assert "Lama.xlsx" in pesan
    letak, b = letak_bawaan(awal), baris_simpul(awal, "T-C.29", "s-8")
    assert alamat(objek["diubah"]) == [letak.sel("T-C.29", b.id, k) for k in ("target_n2", "realisasi_n2")]


def alamat(diubah: Iterable[Mapping[str, str]]) -> list[str]:
    return [x["sel"] for x in diubah]
