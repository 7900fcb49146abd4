"""The plan of the next year: what starts from what, what moves, what is blank, and where every number comes from."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renja_xl.core.awal import baris_nomenklatur
from renja_xl.core.buku import Baris, Buku, CaraHitung, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.perbarui import perbarui
from renja_xl.core.tahun_berikutnya import KOSONG, PAGU, Evaluasi, TahunBaru, gabung, tahun_berikutnya
from renja_xl.core.temuan import Tingkat
from renja_xl.isi import nomenklatur
from renja_xl.periksa import periksa
from renja_xl.tabel import EFISIENSI, REKAP_TRIWULAN, TRIWULAN, TUGAS
from tests.conftest import baris_simpul, ganti_baris, isi

KOLOM = ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2", "target_n1")


@pytest.fixture(scope="module")
def paser(normal: Buku) -> TahunBaru:
    """The master of 2026 from the real plan of 2025."""
    return tahun_berikutnya(normal, nomenklatur(), berkas="Renja 2025.xlsx")


def _baris(buku: Buku, tabel: str, indikator: str) -> Baris:
    return next(b for b in buku.baris(tabel) if b["indikator"].nilai == indikator)


def test_rencana_berangkat_dari_prakiraan_maju(paser: TahunBaru, normal: Buku) -> None:
    """As printed: gaji 7.850.169.800 for 48 orang; all sub kegiatan together what 2025 called prakiraan maju 2026."""
    b = _baris(paser.buku, "T-C.33", "Jumlah orang yang menerima gaji dan tunjangan ASN")
    assert paser.buku.tahun == 2026
    assert (b["pagu_n"].nilai, b["target_n"].nilai, b["sumber_dana"].nilai) == (7_850_169_800_00, 48.0, "APBD")
    assert not b["pagu_n"].rumus
    assert b["target_p1"].nilai is None
    for tabel, kolom in (("T-C.33", "pagu_n"), ("T-C.31", "pagu_rkpd"), ("T-C.31", "kebutuhan_dana")):
        jumlah = sum(int(x[kolom].angka or 0) for x in paser.buku.baris(tabel) if x.level is Level.PROGRAM)
        assert jumlah == 29_708_058_820_00, kolom
    assert sum(int(x["pagu_p1"].angka or 0) for x in normal.baris("T-C.33") if x.level is Level.PROGRAM) == jumlah


@pytest.mark.parametrize(
    ("indikator", "benar"),
    [
        # as printed: 80, 70, 72, 99,53, 72; an index keeps its last value; the target of 2025 is that of the plan
        ("Indeks Kepuasan Pelayanan Sekretariat", (80.0, 99.53, 72.0, None, 76.0)),
    ],
)
def test_kolom_t_c_29_bergeser(paser: TahunBaru, indikator: str, benar: tuple[float | None, ...]) -> None:
    b = _baris(paser.buku, "T-C.29", indikator)
    assert tuple(b[k].nilai for k in KOLOM) == benar


def test_yang_dijumlahkan_bertambah(paser: TahunBaru, normal: Buku) -> None:
    """Of every countable indicator column 5 is what was reached up to the year before, and that year's own."""
    banyak = 0
    lama = {b.indikator: b for b in normal.baris("T-C.29")}
    for b in paser.buku.baris("T-C.29"):
        dahulu = lama.get(b.indikator)
        if dahulu is None or b["cara_hitung"].nilai != CaraHitung.DIJUMLAHKAN.judul:
            continue
        sd, lalu = (dahulu[k].angka for k in ("realisasi_sd_n3", "realisasi_n2"))
        assert b["realisasi_sd_n3"].nilai == (None if sd is None and lalu is None else (sd or 0) + (lalu or 0))
        banyak += sd is not None and lalu is not None
    assert banyak >= 20


def test_periksa_menyebut_yang_harus_dikumpulkan(paser: TahunBaru, normal: Buku) -> None:
    """No computed or rolled-up number is wrong; of what must be mended only what the print brought along is left."""
    temuan = periksa(paser.buku)
    berat = {t.aturan for t in temuan if t.tingkat is Tingkat.HARUS_DIPERBAIKI}
    assert berat <= {t.aturan for t in periksa(normal) if t.tingkat is Tingkat.HARUS_DIPERBAIKI}
    assert not [t for t in temuan if t.aturan.startswith(("HIT", "ROL", "RMS", "DUP"))]
    assert any(t.aturan.startswith("KSG") for t in temuan)


def test_tugas_dan_yang_tidak_dibawa(paser: TahunBaru) -> None:
    rows = paser.buku.baris(TUGAS.kunci)
    assert [(b["lembar"].nilai, b["tugas"].nilai) for b in rows] == [(t.lembar, t.tugas) for t in paser.tugas]
    teks = "\n".join(t.tugas for t in paser.tugas)
    assert "Isi realisasi 2024 (kolom 7)" in teks
    assert "berangkat dari prakiraan maju 2026" in teks
    assert "fakta yang dikutip dari dokumen 2025 tidak dibawa" in teks
    assert [c for c in paser.nomenklatur if "Pengeloaan" in c], "the decree's own spelling is told"


def test_tiap_baris_menyebut_asalnya(paser: TahunBaru, normal: Buku) -> None:
    ada = {b.id for b in normal.baris("T-C.29")}
    asal = [b.asal for b in paser.buku.baris("T-C.29") if b.id in ada]
    assert {a.berkas for a in asal if a} == {"Renja 2025.xlsx [T-C.29]"}
    assert all(a and a.baris.isdigit() for a in asal)


def test_pilihan_angka_awal(kecil: Buku) -> None:
    for mulai, pagu, target in ((PAGU, 100_000_00, 3.0), (KOSONG, None, None)):
        b = baris_simpul(tahun_berikutnya(kecil, (), mulai).buku, "T-C.33", "s-5")
        assert (b["pagu_n"].nilai, b["target_n"].nilai) == (pagu, target)


def test_nomenklatur_yang_berubah_dilaporkan(kecil: Buku) -> None:
    lama = [
        Butir("5.03.02.2.01.0003", Level.SUB_KEGIATAN, "Koordinasi Pengadaan"),
        Butir("5.03.02.2.02", Level.KEGIATAN, "Mutasi dan Promosi"),
    ]
    buku = kecil.ganti({"Nomenklatur": baris_nomenklatur(lama)})
    baru = tahun_berikutnya(buku, [Butir("5.03.02.2.01.0003", Level.SUB_KEGIATAN, "Koordinasi Pengadaan ASN")])
    assert len(baru.nomenklatur) == 2
    assert any("kini bernama “Koordinasi Pengadaan ASN”" in c for c in baru.nomenklatur)
    assert any("5.03.02.2.02 " in c and "tidak ada lagi" in c for c in baru.nomenklatur)
    assert len(baru.buku.baris("Nomenklatur")) == 1


# ── many years ────────────────────────────────────────────────────────────────────────────────────────────────


def _tahun(buku: Buku, realisasi: Mapping[str, float]) -> Buku:
    for s, nilai in realisasi.items():
        buku = isi(buku, "T-C.29", s, {"realisasi_n2": nilai})
    return hitung(buku)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=4))
def test_kumulatif_adalah_jumlah_realisasi_tiap_tahun(kecil: Buku, tahunan: list[tuple[int, int]]) -> None:
    """After k years, of dijumlahkan rows; and each row still names the workbook before."""
    buku = kecil
    awal = baris_simpul(buku, "T-C.29", "s-5")["realisasi_sd_n3"].angka or 0.0
    for n, (a, z) in enumerate(tahunan):
        buku = _tahun(buku, {"s-5": float(a), "s-8": float(z)})
        buku = tahun_berikutnya(buku, (), berkas=f"Renja {2025 + n}.xlsx").buku
        b = baris_simpul(buku, "T-C.29", "s-5")
        assert b["realisasi_sd_n3"].nilai == awal + sum(x for x, _ in tahunan[: n + 1])
        assert b.asal is not None
        assert b.asal.berkas == f"Renja {2025 + n}.xlsx [T-C.29]"
    assert buku.tahun == 2025 + len(tahunan)


def test_rata_rata_ditimbang_tahunnya() -> None:
    """The mean of 80 over two years and of 50 in the third."""
    assert gabung(80.0, 50.0, CaraHitung.RATA_RATA, 2) == 70.0
    assert gabung(80.0, 50.0, CaraHitung.POSISI_AKHIR) == 50.0
    assert gabung(80.0, None, CaraHitung.POSISI_AKHIR) == 80.0


def test_pergantian_periode_renstra(kecil: Buku) -> None:
    """Renstra 2021 (base) to 2026. The plan of 2027 closes its evaluation, that of 2028 starts the new one from nothing, and
    in the plan of 2030 the first year of the new period (2027) is in column 5."""
    buku = ganti_baris(kecil, "Profil", "tahun_renstra", "2021 s.d. 2026")
    hasil: dict[int, tuple[Nilai, ...]] = {}
    for n in range(2025, 2030):
        buku = _tahun(buku, {"s-5": float(n - 2000 - 2)})  # 23 in 2023, 24 in 2024, …
        baru = tahun_berikutnya(buku, ())
        buku = baru.buku
        b = baris_simpul(buku, "T-C.29", "s-5")
        hasil[buku.tahun] = (b["target_renstra"].nilai, b["realisasi_sd_n3"].nilai)
        if buku.tahun == 2027:
            assert buku.profil("tahun_renstra") == "2026 s.d. 2031"
            assert any("masih menutup evaluasi Renstra s/d 2026" in t.tugas for t in baru.tugas)
        if buku.tahun == 2028:
            assert any("Kolom kumulatif periode yang berakhir 2026 ditutup" in t.tugas for t in baru.tugas)
    # column 5 of the plan of year n is up to n-3: 4 up to 2022, then 23, 24
    assert hasil == {
        2026: (20.0, 27.0), 2027: (20.0, 51.0), 2028: (None, None), 2029: (None, None), 2030: (None, 27.0),
    }  # fmt: skip


def test_kumulatif_yang_sudah_dimulai_memuat_tahun_dasar(kecil: Buku) -> None:
    """Somebody sums from before the base year on: what column 5 is up to, it holds."""
    buku = ganti_baris(kecil, "Profil", "tahun_renstra", "2023 s.d. 2028")
    buku = isi(buku, "T-C.29", "s-5", {"realisasi_sd_n3": 4.0, "realisasi_n2": 3.0})
    assert baris_simpul(tahun_berikutnya(hitung(buku), ()).buku, "T-C.29", "s-5")["realisasi_sd_n3"].nilai == 7.0


# ── quarters feed the next years ──────────────────────────────────────────────────────────────────────────────


def _lengkap(buku: Buku) -> Buku:
    for q in range(1, 5):
        buku = isi(buku, TRIWULAN.kunci, "s-5", {f"k_tw{q}": float(q), f"rp_tw{q}": 20_000_00})
    buku = isi(buku, TRIWULAN.kunci, "s-6", {"k_tw1": 1.0})
    rekap = [
        b.dengan({"tindak_lanjut_renja": Sel("Tambah anggaran diklat")}) for b in buku.baris(REKAP_TRIWULAN.kunci)[:1]
    ]
    return hitung(buku.ganti({REKAP_TRIWULAN.kunci: [*rekap, *buku.baris(REKAP_TRIWULAN.kunci)[1:]]}))


def test_triwulan_lengkap_menjadi_realisasi_tahun_lalu(kecil: Buku) -> None:
    """Quarters of 2025 fill column 7 of the plan of 2027; and at once what Formulir E.81 of 2026 calls s/d 2025."""
    lalu = _lengkap(kecil)
    satu = tahun_berikutnya(lalu, ())
    b = baris_simpul(satu.buku, TRIWULAN.kunci, "s-5")
    assert b["realisasi_sd_n1"].nilai == (4.0 + 3.0 + 6.0) + (1 + 2 + 3 + 4)
    assert b["realisasi_rp_sd_n1"].nilai == 80_000_00
    assert all(b[f"{k}_tw{q}"].nilai is None for k in ("k", "rp") for q in range(1, 5))
    assert any("Tambah anggaran diklat" in t.tugas for t in satu.tugas)

    efisiensi = [Baris("efs-1", Level.DATA, {"sasaran": Sel("Sasaran I"), "uraian_sasaran": Sel("Tata kelola ASN")})]
    kini = satu.buku.ganti({EFISIENSI.kunci: efisiensi})
    dua = tahun_berikutnya(kini, (), evaluasi=Evaluasi(lalu, "Renja 2025.xlsx"))
    assert baris_simpul(dua.buku, "T-C.29", "s-5")["realisasi_n2"].nilai == 10.0
    assert baris_simpul(dua.buku, "T-C.29", "s-6")["realisasi_n2"].nilai is None  # one quarter alone is no year
    e = dua.buku.baris(EFISIENSI.kunci)[0]
    assert (e["pagu_anggaran"].nilai, e["realisasi_anggaran"].nilai) == (157_000_00, 80_000_00)
    assert any(
        "1 realisasi 2025 (kolom 7) diambil dari lembar Triwulan di Renja 2025.xlsx" in t.tugas for t in dua.tugas
    )
    with pytest.raises(ValueError, match="evaluasi"):
        tahun_berikutnya(lalu, (), evaluasi=Evaluasi(lalu, "Renja 2025.xlsx"))


def test_hasilnya_tetap_bila_diperbarui_lagi(paser: TahunBaru) -> None:
    lagi = hitung(perbarui(paser.buku))
    assert {k: [b.sel for b in v] for k, v in lagi.tabel.items()} == {
        k: [b.sel for b in v] for k, v in paser.buku.tabel.items()
    }
