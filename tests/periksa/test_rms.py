"""The formula audit: each fault put into sheets that have none, ours and anybody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from renja_xl.core.bahan import Bahan
from renja_xl.core.buku import Buku, Sel
from renja_xl.core.kisi import IsiKisi, Kisi
from renja_xl.core.letak import Letak, TempatBaris, huruf_kolom
from renja_xl.core.nilai import rupiah_dari_sen, tulis_angka
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.excel.baca import Terbaca, baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.kisi_induk import kisi_induk
from renja_xl.excel.paket import nomor_kolom
from renja_xl.periksa import periksa
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.rms import ATURAN_RMS, rumus_buku, sebab_rumus
from renja_xl.periksa.rms.taksir import Penaksir

HARUS, CEK, INFO = Tingkat.HARUS_DIPERBAIKI, Tingkat.PERLU_DICEK, Tingkat.INFORMASI

Isi = str | float | None
Deret = Sequence[Isi]


def kisi(
    lembar: str, deret: Sequence[Deret], lain: Sequence[Kisi] = (), tetap: Mapping[str, Isi] | None = None
) -> Kisi:
    """A sheet from its rows; what begins with ``=`` is a formula, saved with the value that it gives.

    Args:
        lain: sheets that its formulas look into.
        tetap: values saved beside formulas instead of what they give.
    """
    sel = {
        (r, c): IsiKisi(None, v[1:]) if isinstance(v, str) and v.startswith("=") else IsiKisi(v)
        for r, isi in enumerate(deret, 1)
        for c, v in enumerate(isi, 1)
        if v is not None
    }
    for tempat in list(sel):
        nilai = (tetap or {}).get(alamat(*tempat))
        if nilai is not None:
            sel[tempat] = IsiKisi(nilai, sel[tempat].rumus)
    while True:
        p = Penaksir((Kisi(lembar, sel), *lain))
        baru = {
            t: IsiKisi(v, x.rumus)
            for t, x in sel.items()
            if x.rumus is not None and x.nilai is None and (v := p.taksir(x.rumus, lembar)) is not None
        }
        if not baru:
            return Kisi(lembar, sel)
        sel |= baru


def alamat(r: int, c: int) -> str:
    return f"{huruf_kolom(c)}{r}"


def audit(*kisi: Kisi) -> list[Temuan]:
    return list(rumus_buku(Konteks(Buku(), Bahan(kisi=kisi))))


def ringkas(temuan: Sequence[Temuan]) -> list[tuple[str, Tingkat, str]]:
    return [(t.aturan, t.tingkat, t.sel) for t in temuan]


def ubah(deret: Sequence[Deret], **sel: Isi) -> list[list[Isi]]:
    """Rows with cells replaced, by address."""
    hasil = [list(d) for d in deret]
    for a, v in sel.items():
        huruf = a.rstrip("0123456789")
        hasil[int(a.removeprefix(huruf)) - 1][nomor_kolom(huruf) - 1] = v
    return hasil


# ── official tables ───────────────────────────────────────────────────────────────────────────────────────────


def t33() -> list[Deret]:
    """T-C.33 with kode: sums on every parent, forward estimates × 1,1, two programs of two kegiatan."""
    kepala: list[Deret] = [
        ["Tabel T-C.33 Rumusan Rencana Program dan Kegiatan"],
        ["Kode", "Program/Kegiatan", "Target", "Pagu", "Sumber", "Prakiraan Maju"],
        ["1", "2", "3", "4", "5", "6"],
    ]
    isi: list[Deret] = [
        ["5.03", "KEPEGAWAIAN", None, "=SUM(D5,D12)", None, "=SUM(F5,F12)"],  # 4
        ["5.03.01", "PROGRAM PENUNJANG", 100.0, "=D6+D9", None, "=F6+F9"],  # 5
        ["5.03.01.2.01", "Perencanaan", 100.0, "=SUM(D7:D8)", None, "=SUM(F7:F8)"],  # 6
        ["5.03.01.2.01.0001", "Penyusunan Dokumen", 4.0, 10_000_000.0, "PAD", "=D7*1.1"],
        ["5.03.01.2.01.0006", "Koordinasi Laporan", 2.0, 20_000_000.0, "PAD", "=D8*1.1"],
        ["5.03.01.2.02", "Keuangan", 100.0, "=SUM(D10:D11)", None, "=SUM(F10:F11)"],  # 9
        ["5.03.01.2.02.0001", "Gaji", 12.0, 900_000_000.0, "DAU", "=D10*1.1"],
        ["5.03.01.2.02.0005", "Laporan Akhir Tahun", 1.0, 5_000_000.0, "PAD", "=D11*1.1"],
        ["5.03.02", "PROGRAM KEPEGAWAIAN DAERAH", 80.0, "=SUM(D13,D16)", None, "=SUM(F13,F16)"],  # 12
        ["5.03.02.2.01", "Pengadaan", 80.0, "=SUM(D14:D15)", None, "=SUM(F14:F15)"],
        ["5.03.02.2.01.0003", "Koordinasi Pengadaan", 3.0, 30_000_000.0, "PAD", "=D14*1.1"],
        ["5.03.02.2.01.0006", "Pemberhentian", 3.0, 40_000_000.0, "PAD", "=D15*1.1"],
        ["5.03.02.2.02", "Mutasi", 80.0, "=SUM(D17:D18)", None, "=SUM(F17:F18)"],  # 16
        ["5.03.02.2.02.0001", "Pengelolaan Mutasi", 5.0, 7_000_000.0, "PAD", "=D17*1.1"],
        ["5.03.02.2.02.0002", "Kenaikan Pangkat", 5.0, 8_000_000.0, "PAD", "=D18*1.1"],
        [None, "JUMLAH", None, "=D4", None, "=F4"],  # 19
    ]
    return kepala + isi


def t29() -> list[Deret]:
    """T-C.29 with formulas in 8, 10 and 11; percent rows take the last position, one indicator is better lower."""
    isi: list[Deret] = [
        [
            "Kode",
            "Program",
            "Target",
            "s/d 2022",
            "Target 2023",
            "Realisasi 2023",
            "Tingkat",
            "2024",
            "s/d 2024",
            "Capaian",
        ],
        ["1", "2", "4", "5", "6", "7", "8=(7/6)x100", "9", "10=5+7+9", "11=10/4x100"],
    ]
    for n in range(3, 15):
        persen = n % 5 == 0
        baik = f"=(2*E{n}-F{n})/E{n}*100" if n == 8 else f"=F{n}/E{n}*100"
        isi.append([
            f"5.03.02.2.01.00{n:02d}", f"Jumlah dokumen {n}" if not persen else f"Persentase pegawai {n}", 20.0 + n, 3.0, 5.0,
            4.0 + n % 3, baik, 6.0, 6.0 if persen else f"=D{n}+F{n}+H{n}", f"=I{n}/C{n}*100",
        ])  # fmt: skip
    return isi


def pegawai() -> list[Deret]:
    """No kode: a column of counts with a total below, and one of money."""
    return [
        ["No", "Pendidikan", "L", "P", "Jumlah"],
        [1.0, "SMA", 3.0, 2.0, "=C2+D2"],
        [2.0, "D3", 5.0, 1.0, "=C3+D3"],
        [3.0, "S1", 20.0, 12.0, "=C4+D4"],
        [4.0, "S2", 6.0, 4.0, "=C5+D5"],
        [5.0, "S3", 1.0, 0.0, "=C6+D6"],
        [None, "Jumlah", "=SUM(C2:C6)", "=SUM(D2:D6)", "=SUM(E2:E6)"],
    ]


def _sub(n: int, nilai: Isi) -> list[Isi]:
    return [f"5.03.02.2.01.00{n:02d}", f"Sub kegiatan nomor {n}", nilai]


def rka() -> list[Deret]:
    return [
        ["Kode", "Nama Sub Kegiatan", "Pagu"],
        *(_sub(n, 1_000_000.0 * n) for n in range(2, 12)),
    ]


def tertaut() -> list[Deret]:
    """Rows in another order than in the sheet that they are linked to."""
    urutan = (5, 4, 3, 2, 6, 7, 8, 11, 9, 10)
    return [["Kode", "Nama", "Pagu"], *(_sub(n, f"='RKA 2025'!C{n}") for n in urutan)]


def test_lembar_yang_benar_tanpa_temuan() -> None:
    sumber = kisi("RKA 2025", rka())
    assert audit(kisi("a", t33()), kisi("b", t29()), kisi("c", pegawai()), sumber, kisi("d", tertaut(), [sumber])) == []


@pytest.mark.parametrize(
    ("dasar", "sel", "harapan"),
    [
        # a number typed over a formula: a parent, a leaf, an equal value, a rate
        (t33, {"D9": 900_000_000.0}, [("RMS-01", HARUS, "D9")]),
        (t33, {"D9": 905_000_000.0}, [("RMS-01", CEK, "D9")]),
        (t33, {"F10": 950_000_000.0}, [("RMS-01", CEK, "F10")]),
        (t29, {"G6": 150.0}, [("RMS-01", HARUS, "G6")]),
        (t29, {"G6": 80.0}, [("RMS-01", CEK, "G6")]),
        (pegawai, {"D7": 18.0}, [("RMS-01", CEK, "D7")]),
        (pegawai, {"E4": 31.0}, [("RMS-01", HARUS, "E4")]),
        # what has no inputs is no gap
        (t29, {"F6": None, "G6": None}, []),
        (t29, {"F6": "-", "G6": "-"}, []),
        # a sum that misses a row: one column, every column
        (t33, {"D6": "=SUM(D7:D7)"}, [("RMS-02", HARUS, "D6")]),
        (t33, {"D9": "=SUM(D10:D10)", "F9": "=SUM(F10:F10)"}, [("RMS-02", HARUS, "D9")]),
        (t33, {"D5": "=D6"}, []),  # a link is no sum
        (t33, {"D13": "=SUM(D14:D16)"}, [("RMS-02", HARUS, "D13")]),
        (pegawai, {"C7": "=SUM(C3:C6)"}, [("RMS-02", HARUS, "C7")]),
        (pegawai, {a: f"=SUM({a[0]}2:{a[0]}5)" for a in ("C7", "D7", "E7")}, [("RMS-02", HARUS, "C7")]),
        # a program left out of the total, in every column alike
        (t33, {"D4": "=SUM(D5)", "F4": "=SUM(F5)"}, [("RMS-07", HARUS, "D4")]),
        (t33, {"D19": "=SUM(D12)"}, [("RMS-07", HARUS, "D19")]),
        # sums of another depth are sums as well
        (t33, {"D4": "=SUM(D7:D8,D10:D11,D14:D15,D17:D18)", "D19": "=D5+D12"}, []),
        # counted twice, or in a circle
        (t33, {"D5": "=SUM(D6:D11)"}, [("RMS-09", HARUS, "D5")]),
        (t33, {"D6": "=SUM(D6:D8)"}, [("RMS-09", HARUS, "D6")]),
        # another formula, another factor, another row
        (t29, {"G6": "=E6/F6*100"}, [("RMS-03", CEK, "G6")]),
        (t29, {"J7": "=I7/D7*100"}, [("RMS-03", CEK, "J7")]),
        (t29, {"I4": "=D4+F4"}, [("RMS-02", HARUS, "I4")]),
        (t29, {"I4": "=H4", "G5": '=IF(E5=0,"-",F5/E5*100)', "J4": "=ROUND(I4/C4*100,2)"}, []),
        (t33, {"F10": "=D10*1.15"}, [("RMS-04", CEK, "F10")]),
        (t29, {"G6": "=F7/E6*100"}, [("RMS-06", HARUS, "G6")]),
        (t33, {"F10": "=D11*1.1"}, [("RMS-06", HARUS, "F10")]),
        # a whole column of values
        (t29, {f"G{n}": 80.0 for n in range(3, 15)}, [("RMS-05", CEK, "G3")]),
        (pegawai, {"D7": 19.0}, [("RMS-05", CEK, "D7")]),
        # error values, and those that follow from them
        (t33, {"D7": "=#REF!*2"}, [("RMS-08", HARUS, "D7")]),
        (t33, {"F10": "=[1]Data!C5*1.1"}, [("RMS-03", CEK, "F10"), ("RMS-11", INFO, "F10")]),
    ],
)  # fmt: skip
def test_salah_dan_tetangganya(
    dasar: Callable[[], list[Deret]], sel: Mapping[str, Isi], harapan: list[tuple[str, Tingkat, str]]
) -> None:
    assert ringkas(audit(kisi("Lembar1", ubah(dasar(), **sel)))) == harapan


def test_pesan_menyebut_tempat_dan_akibat() -> None:
    (t,) = audit(kisi("T.33", ubah(t33(), D4="=SUM(D5)", F4="=SUM(F5)")))
    assert (t.lembar, t.sel, t.kode, t.tabel) == ("T.33", "D4", "5.03", "")
    assert (t.tertulis, t.seharusnya) == ("=SUM(D5)", "1.020.000.000")
    assert "PROGRAM KEPEGAWAIAN DAERAH" in t.pesan
    assert "85.000.000" in t.pesan
    assert [(a.lembar, a.sel) for a in t.anggota] == [("T.33", "D4"), ("T.33", "F4")]


def tanpa_kode(deret: Sequence[Deret]) -> list[Deret]:
    return [d if n < 3 else [None, *d[1:]] for n, d in enumerate(deret)]


@pytest.mark.parametrize(
    ("sel", "harapan"),
    [
        ({}, []),
        ({"D9": "=SUM(D10:D10)", "F9": "=SUM(F10:F10)"}, [("RMS-02", CEK, "D9")]),
        ({"D4": "=SUM(D5)", "F4": "=SUM(F5)"}, [("RMS-07", HARUS, "D4")]),
        ({"D5": "=SUM(D6:D11)"}, [("RMS-09", HARUS, "D5")]),
        ({"D16": 15_000_000.0}, [("RMS-01", CEK, "D16")]),
        ({"D4": None, "F4": None, "D19": None, "F19": None}, []),  # no total at all
    ],
)
def test_tanpa_kode(sel: Mapping[str, Isi], harapan: list[tuple[str, Tingkat, str]]) -> None:
    """Where no kode tells the levels, the block of numbers and the sums of other columns do."""
    assert ringkas(audit(kisi("a", ubah(tanpa_kode(t33()), **sel)))) == harapan


def triwulan() -> list[Deret]:
    """Quarters: a sum along the row, or the last quarter; a mean below."""
    deret: list[Deret] = [
        ["No", "Indikator", "Target", "TW I", "TW II", "TW III", "TW IV", "Realisasi", "Capaian"],
        [f"({n})" for n in range(1, 10)],
    ]
    for n in range(3, 11):
        realisasi = f"=G{n}" if n == 4 else f"=SUM(D{n}:G{n})"
        deret.append([n - 2.0, f"Jumlah layanan {n}", 100.0, 10.0, 20.0, 25.0, 30.0, realisasi, f"=H{n}/C{n}*100"])
    return [*deret, [None, "Rata-rata capaian kinerja", None, None, None, None, None, None, "=AVERAGE(I3:I10)"]]


def test_rantai_panjang_dan_melingkar() -> None:
    """Thousands of sums of sums, and sums that lead back to each other, are read like any others."""
    sel = {(n, 1): IsiKisi(1.0, f"SUM(A{n - 1})" if n > 1 else None) for n in range(1, 3000)}
    assert audit(Kisi("a", sel)) == []
    audit(Kisi("a", {(1, 1): IsiKisi(1.0, "SUM(A2,A3)"), (2, 1): IsiKisi(1.0, "SUM(A1,A3)"), (3, 1): IsiKisi(1.0)}))


def test_jumlah_mendatar() -> None:
    assert audit(kisi("e", triwulan())) == []
    (t,) = audit(kisi("e", ubah(triwulan(), H5="=SUM(D5:F5)")))
    assert (t.aturan, t.tingkat, t.sel, t.seharusnya) == ("RMS-02", HARUS, "H5", "85")


def test_subjumlah_dan_tabel_bertumpuk() -> None:
    """Totals of subtotals, twice on one sheet: neither belongs to the other."""

    def tabel(n: int) -> list[Deret]:
        return [
            ["Golongan", "L"], ["IV/a", 2.0], ["IV/b", 3.0], ["Jumlah IV", f"=SUM(B{n + 1}:B{n + 2})"], ["III/a", 4.0],
            ["III/b", 1.0], ["Jumlah III", f"=SUM(B{n + 4}:B{n + 5})"], ["Total", f"=B{n + 3}+B{n + 6}"],
        ]  # fmt: skip

    deret = [*tabel(1), *tabel(9)]
    assert audit(kisi("a", deret)) == []
    assert ringkas(audit(kisi("a", ubah(deret, B16="=B15+0")))) == [("RMS-07", HARUS, "B16")]
    assert ringkas(audit(kisi("a", ubah(deret, B8="=SUM(B2:B7)")))) == [("RMS-09", HARUS, "B8")]


def test_tabel_asing_yang_terpetakan(kecil: Buku) -> None:
    """On a foreign sheet the findings of mapped rows name table, row and column; levels come from the plan."""
    rows = [b for b in kecil.baris("T-C.33") if b.level.value != "indikator_lanjutan"]
    deret: list[Deret] = [["Uraian", "Pagu Indikatif"]]
    tempat = {b.id: TempatBaris("Rencana", n, {"nama": 1, "pagu_n": 2}) for n, b in enumerate(rows, 2)}
    nomor = {b.simpul: tempat[b.id].baris for b in rows}
    anak = {"s-1": ["s-3"], "s-2": ["s-3"], "s-3": ["s-4", "s-7"], "s-4": ["s-5", "s-6"], "s-7": ["s-8"]}
    for b in rows:
        rincian = anak.get(b.simpul or "")
        deret.append(
            [f"Butir {b.simpul}", "=" + "+".join(["0", *(f"B{nomor[a]}" for a in rincian)]) if rincian else 9e6]
        )
    letak = Letak({}, {}, {"T-C.33": tempat})

    def periksa_lembar(isi: Sequence[Deret]) -> list[Temuan]:
        return list(rumus_buku(Konteks(kecil, Bahan(letak, (kisi("Rencana", isi),)))))

    assert periksa_lembar(deret) == []
    (t,) = periksa_lembar(ubah(deret, **{f"B{nomor['s-4']}": f"=SUM(B{nomor['s-5']})"}))
    b = next(b for b in rows if b.simpul == "s-4")
    assert (t.aturan, t.tabel, t.baris, t.kolom, t.sel) == ("RMS-02", "T-C.33", b.id, "pagu_n", "")


def test_lembar_tanpa_rumus() -> None:
    """A table typed throughout is one piece of information, not a finding per cell."""
    deret = [[80.0 if isinstance(v, str) and v.startswith("=") else v for v in d] for d in t29()]
    (t,) = audit(kisi("b", deret))
    assert (t.aturan, t.tingkat, t.sel) == ("RMS-05", INFO, "G3")
    assert [a.sel for a in t.anggota] == ["G3", "I3", "J3"]
    deret = [[1.0 if isinstance(v, str) and v.startswith("=") else v for v in d] for d in pegawai()]
    assert audit(kisi("c", deret)) == []


def test_galat_turunan_bukan_temuan_sendiri() -> None:
    lembar = kisi("a", t33(), tetap={"D6": "#DIV/0!", "D5": "#DIV/0!", "D4": "#DIV/0!", "D19": "#DIV/0!"})
    assert ringkas(audit(lembar)) == [("RMS-08", HARUS, "D6")]


def test_angka_tersimpan_basi() -> None:
    (t,) = audit(kisi("a", pegawai(), tetap={"C7": 34.0}))
    assert (t.aturan, t.tingkat, t.sel, t.tertulis, t.seharusnya) == ("RMS-10", HARUS, "C7", "34", "35")
    assert audit(kisi("a", ubah(pegawai(), C2="3 orang"), tetap={"E2": 2.0, "C7": 32.0})) == []


def test_tautan_lembar() -> None:
    """A link to the row below: told by kode, by name, and where there is neither by its distance."""
    sumber = kisi("RKA 2025", rka())
    (t,) = audit(sumber, kisi("d", ubah(tertaut(), C4="='RKA 2025'!C4"), [sumber]))
    assert (t.aturan, t.tingkat, t.sel, t.seharusnya) == ("RMS-06", HARUS, "C4", "RKA 2025!C3")
    polos_kode = [[None, *d[1:]] for d in tertaut()]
    sumber_nama = kisi("RKA 2025", [[None, *d[1:]] for d in rka()])
    assert audit(sumber_nama, kisi("d", polos_kode, [sumber_nama])) == []
    (t,) = audit(sumber_nama, kisi("d", ubah(polos_kode, C4="='RKA 2025'!C4"), [sumber_nama]))
    assert (t.aturan, t.sel, t.seharusnya) == ("RMS-06", "C4", "RKA 2025!C3")
    polos = kisi("P", [[float(n)] for n in range(1, 12)])
    deret: list[list[Isi]] = [[f"=P!A{n}"] for n in range(2, 10)]
    assert audit(polos, kisi("q", deret, [polos])) == []
    assert ringkas(audit(polos, kisi("q", ubah(deret, A5="=P!A7"), [polos]))) == [("RMS-06", CEK, "A5")]


def test_tautan_seluruh_kolom_bergeser() -> None:
    """Every link one row off, alike: the rows with the right kode stand elsewhere."""
    sumber = kisi("RKA 2025", rka())
    geser = [
        [*d[:2], f"='RKA 2025'!C{int(str(d[2]).rpartition('C')[2]) - 1}"] if n else d for n, d in enumerate(tertaut())
    ]
    (t,) = audit(sumber, kisi("d", geser, [sumber]))
    assert (t.aturan, t.tingkat, len(t.anggota)) == ("RMS-06", HARUS, 10)


def test_pengali_pada_angka_yang_diketik() -> None:
    deret: list[Deret] = [["Nama", "Pagu", "Maju"]]
    deret += [[f"Sub kegiatan {n}", 1_000_000.0 * n, 1_100_000.0 * n] for n in range(2, 12)]
    assert audit(kisi("a", deret)) == []
    assert ringkas(audit(kisi("a", ubah(deret, C5=5_750_000.0)))) == [("RMS-04", INFO, "C5")]
    assert audit(kisi("a", ubah(deret, C5=5_500_450.0))) == []  # 1,1 times all the same, as a sum of rounded amounts is


# ── our own workbook ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def induk(normal: Buku, tmp_path_factory: pytest.TempPathFactory) -> Terbaca:
    path = tmp_path_factory.mktemp("rms") / "induk.xlsx"
    path.write_bytes(bangun(normal))
    return baca(path)


def _timpa(
    t: Terbaca, tabel: str, baris: str, kolom: str, *, rumus: str | None = None, nilai: float | None = None
) -> Konteks:
    """The workbook with one cell's formula replaced, or overwritten."""
    k, tempat = kisi_induk(t), (t.letak.baris[tabel][baris], t.letak.kolom[tabel][kolom])
    (lembar,) = [x for x in k if x.lembar == t.letak.lembar(tabel)]
    isi = replace(lembar.sel[tempat], rumus=rumus)
    isi = isi if nilai is None else replace(isi, nilai=nilai)
    baru = replace(lembar, sel={**lembar.sel, tempat: isi})
    rows = list(t.buku.baris(tabel))
    if rumus is None:
        n = next(n for n, b in enumerate(rows) if b.id == baris)
        rows[n] = rows[n].dengan({kolom: Sel(rows[n][kolom].nilai if nilai is None else nilai)})
    return Konteks(t.buku.ganti({tabel: rows}), Bahan(t.letak, tuple(baru if x is lembar else x for x in k)))


def test_induk_yang_benar_tanpa_temuan(induk: Terbaca, kecil: Buku, tmp_path: Path) -> None:
    assert list(rumus_buku(Konteks(induk.buku, Bahan(induk.letak, kisi_induk(induk))))) == []
    path = tmp_path / "makro.xlsx"
    path.write_bytes(bangun(kecil, makro=True))
    t = baca(path)
    assert list(rumus_buku(Konteks(t.buku, Bahan(t.letak, kisi_induk(t))))) == []


def test_kisi_induk(induk: Terbaca) -> None:
    """The same cells as openpyxl reads: formulas, and values of rows and headings."""
    wb = load_workbook(induk.paket.path)
    for k in kisi_induk(induk):
        if k.lembar not in {"T-C.33", "T-C.29", "Pegawai", "Beranda"}:
            continue
        ws = wb[k.lembar]
        rumus = {(c.row, c.column): c.value for row in ws.iter_rows() for c in row if c.data_type == "f"}
        assert {t: f"={i.rumus}" for t, i in k.sel.items() if i.rumus is not None} == rumus
        beda = {
            t: (i.nilai, v)
            for t, i in k.sel.items()
            if i.rumus is None and (v := ws.cell(*t).value) != i.nilai and str(v) != str(i.nilai)
        }
        assert not beda, k.lembar


def test_sel_hitung_induk_ditimpa(induk: Terbaca) -> None:
    b = next(b for b in induk.buku.baris("T-C.29") if isinstance(b["tingkat_realisasi_n2"].nilai, float))
    nilai = b["tingkat_realisasi_n2"].nilai
    k = _timpa(induk, "T-C.29", b.id, "tingkat_realisasi_n2")
    (t,) = rumus_buku(k)
    assert (t.aturan, t.tingkat, t.tabel, t.baris, t.kolom) == ("RMS-01", CEK, "T-C.29", b.id, "tingkat_realisasi_n2")
    assert isinstance(nilai, float)
    k = _timpa(induk, "T-C.29", b.id, "tingkat_realisasi_n2", nilai=nilai + 5)
    (t,) = rumus_buku(k)
    assert (t.aturan, t.tingkat) == ("RMS-01", HARUS)
    semula = periksa(k.buku, (), k.bahan)
    hasil = [t for t in sebab_rumus(semula) if (t.baris, t.kolom) == (b.id, "tingkat_realisasi_n2")]
    assert [t.aturan for t in hasil] == ["HIT-08"]
    assert "diketik di atas rumus" in hasil[0].pesan


def test_rumus_induk_diganti(induk: Terbaca) -> None:
    program = [b for b in induk.buku.baris("T-C.33") if b.level.value == "program"]
    b = max(program, key=lambda b: b["pagu_n"].angka or 0)
    r, c = induk.letak.baris["T-C.33"][b.id], induk.letak.kolom["T-C.33"]["pagu_n"]
    k = _timpa(induk, "T-C.33", b.id, "pagu_n", rumus=f"SUM({alamat(r + 1, c)})")
    temuan = [(t.aturan, t.tabel, t.baris, t.kolom) for t in rumus_buku(k)]
    assert ("RMS-02", "T-C.33", b.id, "pagu_n") in temuan
    total = next(b for b in induk.buku.baris("T-C.33") if b.level.value == "perangkat_daerah")
    anak = [alamat(induk.letak.baris["T-C.33"][p.id], c) for p in program]
    lengkap = partial(_timpa, induk, "T-C.33", total.id, "pagu_n")
    assert list(rumus_buku(lengkap(rumus="+".join(anak)))) == []
    kurang = list(rumus_buku(lengkap(rumus="+".join(anak[1:]))))
    assert [(t.aturan, t.tabel, t.baris) for t in kurang] == [("RMS-07", "T-C.33", total.id)]
    assert tulis_angka(rupiah_dari_sen(int(program[0]["pagu_n"].nilai or 0)), 2) in kurang[0].pesan
    h = next(b for b in induk.buku.baris("T-C.29") if isinstance(b["tingkat_realisasi_n2"].nilai, float))
    (t,) = rumus_buku(_timpa(induk, "T-C.29", h.id, "tingkat_realisasi_n2", rumus="F20/E20"))
    assert (t.aturan, t.tingkat, t.baris) == ("RMS-03", CEK, h.id)


def test_aturan_terdaftar() -> None:
    gravest = {a.id: a.tingkat for a in ATURAN_RMS}
    assert len(gravest) == len(ATURAN_RMS)
    urutan = list(Tingkat)
    for dasar, sel in ((t33, {"D6": "=SUM(D7:D7)"}), (t29, {"G6": 150.0})):
        for t in audit(kisi("a", ubah(dasar(), **sel))):
            assert urutan.index(gravest[t.aturan]) <= urutan.index(t.tingkat)
