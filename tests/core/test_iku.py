"""Main indicators: from a print or from typing into Renstra, T-C.30 and Capaian IKU, without losing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from renja_xl.alur import buku_baru
from renja_xl.core.buku import Asal, Baris, Buku, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from tests.conftest import angka, ganti_baris

Tsv = Mapping[str, list[dict[str, str]]]
TAHUN = ("n2", "n1", "n", "p1")
TARGET = {"n2": 3, "n1": 4, "n": 5, "p1": 6}
"""Year of a target in T-C.30 → its number in the period 2021–2026."""


def cetak(pengenal: str, level: Level = Level.DATA, **isian: Nilai | Sel) -> Baris:
    """A printed row."""
    sel = {k: v if isinstance(v, Sel) else Sel(v) for k, v in isian.items() if v is not None}
    return Baris(pengenal, level, sel, asal=Asal("cetak.tsv", pengenal))


def renstra(pengenal: str, indikator: str, sasaran: str | None = "Akuntabilitas kinerja", **isian: Nilai) -> Baris:
    isi: dict[str, Nilai] = {"sasaran": sasaran, "indikator": indikator, **isian}
    return Baris(pengenal, Level.DATA, {k: Sel(v) for k, v in isi.items() if v is not None})


def susun(buku: Buku) -> Buku:
    return hitung(perbarui(buku))


def rencana(**tabel: list[Baris]) -> Buku:
    """A plan of 2025 in the period 2021–2026; ``t_c_30`` stands for T-C.30, ``capaian`` for Capaian IKU."""
    nama = {"renstra": "Renstra", "t_c_30": "T-C.30", "capaian": "Capaian IKU"}
    buku = ganti_baris(buku_baru(2025), "Profil", "tahun_renstra", "2021 s.d. 2026")
    return susun(buku.ganti({nama[k]: rows for k, rows in tabel.items()}))


def nama(buku: Buku, tabel: str) -> list[Nilai]:
    return [b["indikator"].nilai for b in buku.baris(tabel) if b.level is Level.DATA]


def satu(buku: Buku, tabel: str, pengenal: str) -> Baris:
    (b,) = (b for b in buku.baris(tabel) if b.id == pengenal)
    return b


def utuh(buku: Buku) -> None:
    """Every main indicator stands once in each of the three tables, linked, and doing it again changes nothing."""
    pengenal = [b.id for b in buku.baris("Renstra") if b["kode"].kosong]
    assert len(set(pengenal)) == len(pengenal)
    assert sorted(b.indikator or "" for b in buku.baris("T-C.30") if b.indikator) == sorted(pengenal)
    assert [b.indikator for b in buku.baris("Capaian IKU") if b.level is Level.DATA] == pengenal
    assert susun(buku) == buku
    assert perbarui(perbarui(buku)) == perbarui(buku)


# ── T-C.30 ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_baris_t_c_30_masuk_renstra_dengan_targetnya() -> None:
    b = cetak("1", indikator="Nilai SAKIP", satuan="Nilai", target_n2=Sel(65.0, "B (65)"), predikat_target_n2="B",
              target_n1=Sel(70.0, "BB (70)"), predikat_target_n1="BB", target_n=72.0, target_p1=Sel(75.0, "75"),
              realisasi_n2=Sel(65.18, "B(65,18)"), predikat_realisasi_n2="B", catatan_analisis="naik")  # fmt: skip
    buku = rencana(t_c_30=[b])
    (r,) = buku.baris("Renstra")
    assert {k: r[k].nilai for k in ("sasaran", "indikator", "satuan", "cara_hitung")} == {
        "sasaran": "Belum ditentukan",
        "indikator": "Nilai SAKIP",
        "satuan": "Nilai",
        "cara_hitung": "Posisi akhir",
    }
    assert [r[f"target_r{n}"].nilai for n in range(1, 7)] == [None, None, 65.0, 70.0, 72.0, 75.0]
    assert [r[f"predikat_r{n}"].nilai for n in range(1, 7)] == [None, None, "B", "BB", None, None]
    kini = satu(buku, "T-C.30", "1")
    assert kini.asal == Asal("cetak.tsv", "1")
    assert [kini[f"target_{t}"] for t in TAHUN] == [
        Sel(65.0, "B (65)", rumus=True),
        Sel(70.0, "BB (70)", rumus=True),
        Sel(72.0, None, rumus=True),
        Sel(75.0, "75", rumus=True),
    ]
    assert kini["predikat_target_n2"] == Sel("B", None, rumus=True)
    assert (kini["realisasi_n2"], kini["catatan_analisis"]) == (Sel(65.18, "B(65,18)"), Sel("naik"))
    utuh(buku)


def test_target_di_luar_periode_atau_bukan_angka_tetap_di_t_c_30() -> None:
    """A period that begins in 2024 has no column for 2023."""
    b = cetak("1", indikator="Nilai SAKIP", target_n2=65.0, target_n1="belum ada", target_n=72.0)
    awal = ganti_baris(buku_baru(2025), "Profil", "tahun_renstra", "2024 s.d. 2029")
    buku = susun(awal.ganti({"T-C.30": [b]}))
    (r,) = buku.baris("Renstra")
    assert [r[f"target_r{n}"].nilai for n in range(1, 7)] == [None, 72.0, None, None, None, None]
    kini = satu(buku, "T-C.30", "1")
    assert [kini[f"target_{t}"] for t in TAHUN[:3]] == [Sel(65.0), Sel("belum ada"), Sel(72.0, None, rumus=True)]
    utuh(buku)


@pytest.mark.parametrize("teks", ["Nilai SAKIP PD", "nilai sakip, perangkat daerah", "  NILAI  SAKIP PD."])
def test_baris_t_c_30_bertaut_ke_renstra_menurut_teksnya(teks: str) -> None:
    buku = rencana(
        renstra=[renstra("r-1", "Nilai SAKIP Perangkat Daerah", target_r5=72.0)],
        t_c_30=[cetak("1", indikator=teks, target_n1=70.0, realisasi_n2=65.0)],
    )
    (r,) = buku.baris("Renstra")
    kini = satu(buku, "T-C.30", "1")
    assert (r.id, kini.indikator, kini["indikator"].nilai) == ("r-1", "r-1", teks)
    # what is typed wins over Renstra, and what is not is taken from there
    assert (kini["target_n1"], kini["target_n"]) == (Sel(70.0), Sel(72.0, None, rumus=True))
    assert r["target_r4"].nilai is None
    utuh(buku)


def test_indikator_yang_mirip_saja_tidak_disatukan() -> None:
    buku = rencana(
        renstra=[renstra("r-1", "Persentase pejabat yang mengikuti pelatihan formal")],
        t_c_30=[cetak("1", indikator="Persentase pejabat yang mengikuti pelatihan")],
    )
    assert len(buku.baris("Renstra")) == 2
    assert satu(buku, "T-C.30", "1").indikator != "r-1"
    utuh(buku)


def test_baris_t_c_30_yang_berulang_tetap_dengan_isiannya() -> None:
    rows = [
        cetak("1", indikator="Nilai SAKIP", target_n=72.0),
        cetak("2", indikator="NILAI SAKIP", target_n=73.0, ikk="x"),
    ]
    buku = rencana(renstra=[renstra("r-1", "Nilai SAKIP", target_r5=74.0)], t_c_30=rows)
    assert [b.id for b in buku.baris("Renstra")] == ["r-1"]
    satu_, dua = (satu(buku, "T-C.30", n) for n in ("1", "2"))
    assert (satu_.indikator, satu_["target_n"]) == ("r-1", Sel(72.0))
    assert (dua.indikator, dua["target_n"], dua["ikk"]) == (None, Sel(73.0), Sel("x"))
    assert susun(buku) == buku


def test_setiap_iku_renstra_punya_baris_di_t_c_30() -> None:
    rows = [
        renstra("r-1", "Nilai SAKIP", satuan="Nilai", target_r5=72.0),
        renstra("r-2", "Indeks merit", target_r5=250.0),
        renstra("r-3", "Jumlah dokumen", kode="5.03.02"),  # of a program, no main indicator
        renstra("r-4", "", target_r5=1.0),
    ]
    buku = rencana(renstra=rows, t_c_30=[cetak("1", indikator="Indeks merit", no="7.")])
    isi = [(b.indikator, b["no"].nilai, b["indikator"].nilai, b["satuan"].nilai) for b in buku.baris("T-C.30")]
    assert isi == [("r-2", "7.", "Indeks merit", None), ("r-1", "2", "Nilai SAKIP", "Nilai")]
    assert nama(buku, "Capaian IKU") == ["Nilai SAKIP", "Indeks merit"]
    assert susun(buku) == buku


def test_indikator_yang_diganti_namanya_tetap_bertaut() -> None:
    buku = rencana(renstra=[renstra("r-1", "Nilai SAKIP", target_r5=72.0)])
    (t30,) = buku.baris("T-C.30")
    isian = {"realisasi_n2": Sel(65.0), "target_n": Sel(70.0)}
    rows = [b.dengan({"indikator": Sel("Indeks akuntabilitas")}) for b in buku.baris("Renstra")]
    buku = susun(buku.ganti({"T-C.30": [t30.dengan(isian)], "Renstra": rows}))
    (kini,) = buku.baris("T-C.30")
    assert (kini.id, kini.indikator, kini["realisasi_n2"].nilai, kini["target_n"]) == (t30.id, "r-1", 65.0, Sel(70.0))
    assert nama(buku, "Capaian IKU") == ["Indeks akuntabilitas"]
    utuh(buku)


# ── Capaian IKU as printed ────────────────────────────────────────────────────────────────────────────────────

STRUKTURAL = "Presentase Pejabat ASN yang telah mengikuti Pelatihan Struktural"


def bertaut(buku: Buku, pengenal: str) -> str | None:
    return satu(buku, "Capaian IKU", pengenal).indikator


@pytest.mark.parametrize(
    ("teks", "target", "sama"),
    [
        (STRUKTURAL, None, True),
        ("Persentase pejabat ASN yang telah mengikuti pelatihan struktural", 98.0, True),  # alike
        ("persentase pejabat ASN yang telah mengikuti pelatihan struktural", 1.0, True),  # alike, whatever the target
        ("Presentase Pejabat ASN yang telah", 98.0, True),  # cut off, the same target
        ("Pejabat ASN telah", 98.0, True),
        ("Presentase Pejabat ASN yang telah", 97.0, False),  # cut off, another target
        ("Presentase Pejabat ASN yang telah", None, False),
        ("Pelatihan Struktural", 98.0, False),  # two words are no sign
        ("Indeks kepuasan pegawai dan masyarakat", 98.0, False),
    ],
)
def test_baris_tercetak_menemukan_indikatornya(teks: str, target: float | None, sama: bool) -> None:
    buku = rencana(
        renstra=[renstra("r-1", "Nilai SAKIP", target_r6=75.0), renstra("r-2", STRUKTURAL, target_r6=98.0)],
        capaian=[cetak("1", indikator=teks, sasaran="Tata kelola manajemen", target_akhir_renstra_re=target)],
    )
    assert (bertaut(buku, "1") == "r-2") is sama
    assert len(buku.baris("Renstra")) == (2 if sama else 3)
    if sama:
        assert satu(buku, "Renstra", "r-2")["sasaran"].nilai == "Akuntabilitas kinerja"  # what Renstra says stays
    else:
        baru = buku.baris("Renstra")[-1]
        assert (baru["indikator"].nilai, baru["sasaran"].nilai) == (teks, "Tata kelola manajemen")
        assert baru["target_akhir"].nilai == target
    utuh(buku)


def test_setiap_indikator_dipakai_sekali_yang_termirip_dahulu() -> None:
    buku = rencana(
        renstra=[
            renstra("r-1", "Persentase pejabat pelatihan formal"),
            renstra("r-2", "Persentase pejabat pelatihan formil"),
        ],
        capaian=[
            cetak("1", indikator="Presentase pejabat pelatihan formil"),
            cetak("2", indikator="Persentase pejabat pelatihan formil"),
        ],
    )
    assert (bertaut(buku, "1"), bertaut(buku, "2")) == ("r-1", "r-2")
    utuh(buku)


def test_cetakan_melengkapi_renstra() -> None:
    """Sasaran where none was known, the unit, a target at the end only where it differs, and a realisation."""
    buku = rencana(
        t_c_30=[
            cetak("1", indikator="Nilai SAKIP", target_p1=75.0, realisasi_n2=65.0),
            cetak("2", indikator="Indeks merit", target_p1=300.0),
        ],
        capaian=[
            cetak("1", sasaran="Akuntabilitas", indikator="Nilai SAKIP", satuan="Indeks", realisasi_sd_n2=Sel(65.18, "B (65,18)"),
                  target_akhir_renstra_re=Sel(75.0, "BB (75)"), predikat_target="BB"),
            cetak("2", Level.RATA_RATA, indikator="Rata-rata capaian sasaran I"),
            cetak("3", sasaran="Tata kelola", indikator="Indeks merit", realisasi_sd_n2=Sel(185.5, "185,5"),
                  target_akhir_renstra_re=Sel(310.0, "310")),
        ],
    )  # fmt: skip
    sakip, merit = buku.baris("Renstra")
    assert [b["sasaran"].nilai for b in (sakip, merit)] == ["Akuntabilitas", "Tata kelola"]
    assert (sakip["satuan"].nilai, sakip["predikat_akhir"].nilai) == ("Indeks", "BB")
    assert sakip["target_akhir"] == Sel(75.0, None, rumus=True)
    assert merit["target_akhir"] == Sel(310.0, "310")  # typed: the print says another than its last year
    # T-C.30 keeps its own realisation, and takes the printed one where it has none
    assert satu(buku, "T-C.30", "1")["realisasi_n2"] == Sel(65.0)
    assert satu(buku, "T-C.30", "2")["realisasi_n2"] == Sel(185.5, "185,5")
    assert satu(buku, "Capaian IKU", "1")["realisasi_sd_n2"] == Sel(65.0, "B (65,18)", rumus=True)
    assert satu(buku, "Capaian IKU", "3")["realisasi_sd_n2"] == Sel(185.5, "185,5", rumus=True)
    utuh(buku)


def test_sasaran_belum_ditentukan_di_akhir() -> None:
    """What no print of Capaian IKU names stands apart, after the others."""
    buku = rencana(
        t_c_30=[
            cetak("1", indikator="Indeks Kepuasan Masyarakat", target_p1=80.0),
            cetak("2", indikator="Nilai SAKIP"),
        ],
        capaian=[
            cetak("1", sasaran="Akuntabilitas", indikator="Nilai SAKIP"),
            cetak("2", indikator="Indeks Survei Kepuasan Pegawai", target_akhir_renstra_re=80.0),
        ],
    )
    assert [(b["sasaran"].nilai, b["indikator"].nilai) for b in buku.baris("Renstra")] == [
        ("Akuntabilitas", "Nilai SAKIP"),
        ("Akuntabilitas", "Indeks Survei Kepuasan Pegawai"),  # a blank sasaran is that of the row above
        ("Belum ditentukan", "Indeks Kepuasan Masyarakat"),
    ]
    # one that stands apart counts in no efficiency
    assert [b["uraian_sasaran"].nilai for b in buku.baris("Efisiensi")] == ["Akuntabilitas"]
    utuh(buku)


def test_cetakan_tanpa_kolom_sasaran_terisi() -> None:
    """A print that names no sasaran at all does not put its indicators under somebody else's."""
    buku = rencana(
        renstra=[renstra("r-1", "Nilai SAKIP", "Akuntabilitas", target_r6=75.0)],
        capaian=[cetak("1", indikator="Indeks Survei Kepuasan Pegawai", realisasi_sd_n2=80.92)],
    )
    assert [(b["sasaran"].nilai, b["indikator"].nilai) for b in buku.baris("Renstra")] == [
        ("Akuntabilitas", "Nilai SAKIP"),
        ("Belum ditentukan", "Indeks Survei Kepuasan Pegawai"),
    ]


def test_cetakan_tidak_mengganti_predikat_yang_diketik() -> None:
    """T-C.30 holds the predikat, Capaian IKU the number and another predikat: only the blank cell is filled."""
    buku = rencana(
        renstra=[renstra("r-1", "Nilai SAKIP")],
        t_c_30=[cetak("1", indikator="Nilai SAKIP", predikat_realisasi_n2="BB")],
        capaian=[cetak("1", indikator="Nilai SAKIP", realisasi_sd_n2=Sel(65.18, "B (65,18)"), predikat_realisasi="B")],
    )
    kini = satu(buku, "T-C.30", "1")
    assert (kini["realisasi_n2"], kini["predikat_realisasi_n2"]) == (Sel(65.18, "B (65,18)"), Sel("BB"))
    utuh(buku)


def test_iku_yang_dihapus_tidak_kembali() -> None:
    """Deleted from Renstra and T-C.30, an indicator leaves Capaian IKU, which only follows them."""
    buku = rencana(renstra=[renstra("r-1", "Nilai SAKIP"), renstra("r-2", "Jumlah kasus disiplin")])
    buku = susun(
        buku.ganti(
            {
                "Renstra": [b for b in buku.baris("Renstra") if b.id != "r-2"],
                "T-C.30": [b for b in buku.baris("T-C.30") if b.indikator != "r-2"],
            }
        )
    )
    for tabel in ("Renstra", "T-C.30", "Capaian IKU"):
        assert nama(buku, tabel) == ["Nilai SAKIP"], tabel


@pytest.mark.parametrize("tercetak", [False, True])
def test_baris_iku_yang_dihapus_tidak_menjadi_milik_yang_baru(tercetak: bool) -> None:
    """Taken out of Renstra alone, its row in T-C.30 stays as it is, though a new indicator is typed or printed."""
    buku = rencana(renstra=[renstra("rst-0001", "Nilai SAKIP"), renstra("rst-0002", "Jumlah kasus disiplin")])
    t30 = [b.dengan({"realisasi_n2": Sel(7.0)}) if b.indikator == "rst-0002" else b for b in buku.baris("T-C.30")]
    buku = buku.ganti({"Renstra": buku.baris("Renstra")[:1], "T-C.30": t30})
    baru = cetak("baru", indikator="Indeks merit" if not tercetak else "Jumlah kasus disiplin")
    tabel = "Capaian IKU" if tercetak else "T-C.30"
    buku = susun(buku.ganti({tabel: [*buku.baris(tabel), baru]}))
    assert [b.id for b in buku.baris("Renstra")] == ["rst-0001", "rst-0003"]
    (lama,) = (b for b in buku.baris("T-C.30") if b["realisasi_n2"].nilai == 7.0)
    assert lama.indikator == "rst-0002"
    assert satu(buku, tabel, "baru").indikator == "rst-0003"
    assert susun(buku) == buku


def test_salinan_baris_t_c_30_berteks_lain_masuk_renstra() -> None:
    """Two rows linked to one indicator: the second speaks for itself by its own text, at once."""
    rows = [replace(cetak(n, indikator=teks), indikator="r-1") for n, teks in (("1", "Nilai SAKIP"), ("2", "Merit"))]
    buku = rencana(renstra=[renstra("r-1", "Nilai SAKIP")], t_c_30=rows)
    assert nama(buku, "Renstra") == ["Nilai SAKIP", "Merit"]
    utuh(buku)


def test_baris_efisiensi_tidak_bertambah_setiap_kali() -> None:
    """Labels such as *Sasaran II* say a number, though a sasaran may be called nearly so."""
    rows = [renstra("r-1", "Nilai SAKIP", "Sasaran pertama"), renstra("r-2", "Indeks merit", "Sasaran inti")]
    buku = rencana(renstra=rows)
    assert len(buku.baris("Efisiensi")) == 2
    assert [b.id for b in susun(susun(buku)).baris("Efisiensi")] == [b.id for b in buku.baris("Efisiensi")]


# ── the real plan ─────────────────────────────────────────────────────────────────────────────────────────────


def test_pasangan_pada_rencana_nyata(normal: Buku) -> None:
    """Of six printed rows four are found again, one by its first words and its target; two stand for themselves."""
    t30 = {b.indikator: b.asal.baris if b.asal else None for b in normal.baris("T-C.30")}
    pasangan = {b.asal.baris: t30[b.indikator] for b in normal.baris("Capaian IKU") if b.asal and b.level is Level.DATA}
    assert pasangan == {"1": "1", "3": "2", "4": "3", "5": "4", "6": None}
    assert [b["indikator"].nilai for b in normal.baris("Renstra") if b["sasaran"].nilai == "Belum ditentukan"] == [
        "Indeks Kepuasan Masyarakat"
    ]
    utuh(hitung(normal))


def ditemukan(b: Baris, teks: str) -> bool:
    """Whether a row still holds a printed text: as a value, as the number it means, or as original text."""
    n = angka(teks.partition("(")[2].rstrip(")") or teks)
    return any(
        teks in {s.nilai, s.asli} or (n is not None and s.angka is not None and Fraction(str(s.angka)) == n)
        for s in b.sel.values()
    )


@pytest.mark.parametrize(("tabel", "stem"), [("T-C.30", "t_c_30"), ("Capaian IKU", "t_2_2_1")])
def test_tidak_ada_yang_tercetak_yang_hilang(normal: Buku, paser_tsv: Tsv, tabel: str, stem: str) -> None:
    menurut_asal = {b.asal.baris: b for b in normal.baris(tabel) if b.asal}
    diperiksa = 0
    for s in paser_tsv[stem]:
        for kolom, teks in s.items():
            # the indicators are numbered through where the print numbered the sasaran
            if kolom in {"baris", "level"} or not teks or (stem, kolom) == ("t_2_2_1", "no"):
                continue
            assert ditemukan(menurut_asal[s["baris"]], teks), (s["baris"], kolom, teks)
            diperiksa += 1
    assert diperiksa == {"t_c_30": 60, "t_2_2_1": 36}[stem]


def test_setiap_angka_t_c_30_masih_berlaku(normal: Buku, paser_tsv: Tsv) -> None:
    """Targets stand in Renstra and show in T-C.30; realisations and projections are where they were typed."""
    renstra = {b.id: b for b in normal.baris("Renstra")}
    baris = {b.asal.baris: b for b in normal.baris("T-C.30") if b.asal}
    for s in paser_tsv["t_c_30"]:
        b = baris[s["baris"]]
        for t, tahun in zip(TAHUN, range(2023, 2027), strict=True):
            teks = s[f"target_{tahun}"]
            n = angka(teks.partition("(")[2].rstrip(")") or teks)
            assert n is not None
            assert b[f"target_{t}"].rumus
            assert b[f"target_{t}"].nilai == renstra[b.indikator or ""][f"target_r{TARGET[t]}"].nilai == float(n)
        for k, t in (("realisasi", "n2"), ("realisasi", "n1"), ("proyeksi", "n1"), ("proyeksi", "n")):
            teks = s[f"{k}_{ {'n2': 2023, 'n1': 2024, 'n': 2025}[t] }"]
            n = angka(teks.partition("(")[2].rstrip(")") or teks)
            assert n is not None
            assert (b[f"{k}_{t}"].nilai, b[f"{k}_{t}"].rumus) == (float(n), False)


def test_memperbarui_rencana_tercetak_dua_kali_sama_dengan_sekali(tercetak: Buku) -> None:
    sekali = perbarui(tercetak)
    assert perbarui(sekali) == sekali
    assert susun(hitung(sekali)) == hitung(sekali)
