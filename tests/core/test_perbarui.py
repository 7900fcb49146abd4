"""*Perbarui Tabel*: what changes in the struktur reaches every linked table, and no input gets lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from renja_xl.core.buku import Asal, Baris, Buku, Indikator, Level, Nilai, Sel, Simpul
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import ALASAN_GANDA, ALASAN_HILANG, ALASAN_INDIKATOR, perbarui
from renja_xl.core.struktur import BarisStruktur, dari_baris, ke_baris
from renja_xl.tabel import TABEL_TERTAUT
from renja_xl.tabel.spec import GULUNGAN, KolomSpec, Peran, TabelSpec
from tests.conftest import baris_simpul, isi

RENCANA = ("T-C.31", "T-C.33", "RKT")
SEMUA = ("T-C.29", *RENCANA)
NAMA = {
    "T-C.29": ("nama",),
    "T-C.31": ("nama_rkpd", "nama_kebutuhan"),
    "T-C.33": ("nama",),
    "RKT": ("program_kegiatan", "sub_kegiatan"),
}
INDIKATOR = {
    "T-C.29": ("indikator",),
    "T-C.31": ("indikator_rkpd", "indikator_kebutuhan"),
    "T-C.33": ("indikator",),
    "RKT": ("output_outcome",),
}


def diketik(spec: TabelSpec, b: Baris, kolom: KolomSpec) -> bool:
    """Whether a planner typed this cell."""
    uang = kolom.peran in GULUNGAN and b.level in {Level.SUB_KEGIATAN, Level.INDIKATOR_LANJUTAN}
    masukan = kolom.peran in {Peran.MASUKAN, Peran.RUJUKAN}
    return (masukan or (uang and spec.kunci != "RKT")) and not b[kolom.kunci].rumus


def masukan(buku: Buku) -> dict[tuple[str, str, str], Nilai]:
    """Every typed cell by (table, row id, column)."""
    return {
        (spec.kunci, b.id, k.kunci): b[k.kunci].nilai
        for spec in TABEL_TERTAUT
        for b in buku.baris(spec.kunci)
        for k in spec.kolom
        if diketik(spec, b, k) and b[k.kunci].nilai is not None
    }


def ganti_simpul(buku: Buku, pengenal: str, **sifat: object) -> Buku:
    return replace(
        buku,
        simpul=tuple(replace(s, **sifat) if s.id == pengenal else s for s in buku.simpul),  # type: ignore[arg-type]
    )


def ganti_indikator(buku: Buku, pengenal: str, **sifat: object) -> Buku:
    daftar = [replace(i, **sifat) if i.id == pengenal else i for i in buku.indikator]  # type: ignore[arg-type]
    return replace(buku, indikator=tuple(daftar))


def tanpa(buku: Buku, *, simpul: str | None = None, indikator: str | None = None) -> Buku:
    return replace(
        buku,
        simpul=tuple(s for s in buku.simpul if s.id != simpul),
        indikator=tuple(i for i in buku.indikator if i.simpul != simpul and i.id != indikator),
    )


def urutan(buku: Buku, tabel: str) -> list[str | None]:
    return [b.simpul for b in buku.baris(tabel) if b.simpul]


def nama(buku: Buku, tabel: str, simpul: str) -> set[Nilai]:
    b = baris_simpul(buku, tabel, simpul)
    return {b[k].nilai for k in NAMA[tabel]} - {None}


def terhapus(buku: Buku) -> dict[tuple[Nilai, Nilai], Nilai]:
    """Saved inputs: (table, column) → value; only where each stands once."""
    rows = buku.baris("Baris Dihapus")
    assert len({(b["tabel"].nilai, b["kolom"].nilai) for b in rows}) == len(rows)
    return {(b["tabel"].nilai, b["kolom"].nilai): b["nilai"].nilai for b in rows}


# ── what must always hold ─────────────────────────────────────────────────────────────────────────────────────


def test_tanpa_perubahan_tidak_ada_yang_berubah(kecil: Buku, normal: Buku) -> None:
    for buku in (kecil, normal):
        assert hitung(perbarui(buku)) == buku


def test_dari_tercetak_setiap_isian_tetap_pada_barisnya(tercetak: Buku) -> None:
    """Of the real plan: each typed value stays with its printed row, or is saved under it in Baris Dihapus."""
    hasil = perbarui(tercetak)
    asal = {(spec.kunci, b.id): b.asal.baris for spec in TABEL_TERTAUT for b in tercetak.baris(spec.kunci) if b.asal}
    semula = Counter((t, asal[t, b], k, n) for (t, b, k), n in masukan(tercetak).items())
    kini: Counter[tuple[str, str, str, Nilai]] = Counter(
        (spec.kunci, b.asal.baris, k, s.nilai)
        for spec in TABEL_TERTAUT
        for b in hasil.baris(spec.kunci)
        if b.asal
        for k, s in b.sel.items()
    )
    dihapus = hasil.baris("Baris Dihapus")
    for b in dihapus:
        nilai, kolom = b["nilai"].nilai, str(b["kolom"].nilai)
        if isinstance(nilai, float) and kolom.startswith(("pagu", "kebutuhan_dana")):
            nilai = round(nilai * 100)
        kini[str(b["tabel"].nilai), str(b["asal_baris"].nilai), kolom, nilai] += 1
    # the amounts of the first program are printed on its second indicator's row and move to its first
    pindah = {"pagu_n": 8_963_647_000_00, "pagu_p1": 12_779_272_220_00}
    assert semula - kini == Counter(("T-C.33", "4", k, n) for k, n in pindah.items())
    assert all(kini["T-C.33", "3", k, n] == 1 for k, n in pindah.items())
    assert {b["asal_baris"].nilai for b in dihapus if b["tabel"].nilai == "T-C.31"} == {"60"}
    # printed in Bab IV but in no table; and a sub kegiatan that two lists of Bab II name
    assert {(b["asal_berkas"].nilai, b["asal_baris"].nilai) for b in dihapus if b["tabel"].nilai != "T-C.31"} == {
        ("daftar_4_1.tsv", "34"),
        ("daftar_4_1.tsv", "45"),
        ("capaian_status.tsv", "41"),
    }


# ── renamed, moved ────────────────────────────────────────────────────────────────────────────────────────────


def test_nama_baru_sampai_ke_semua_tabel(kecil: Buku) -> None:
    hasil = perbarui(ganti_simpul(kecil, "s-5", nama="Pengadaan ASN", kode="5.03.02.2.01.0004"))
    for tabel in SEMUA:
        assert nama(hasil, tabel, "s-5") == {"Pengadaan ASN"}
        assert baris_simpul(hasil, tabel, "s-5")["kode"].nilai == "5.03.02.2.01.0004"
    assert masukan(hasil) == masukan(kecil)
    assert hasil.baris("Baris Dihapus") == ()


def test_indikator_dan_sasaran_baru_sampai_ke_semua_tabel(kecil: Buku) -> None:
    buku = ganti_indikator(kecil, "i-3", teks="Persentase baru", sasaran="Sasaran baru")
    hasil = perbarui(buku)
    for tabel in SEMUA:
        b = baris_simpul(hasil, tabel, "s-3", "i-3")
        assert {b[k].nilai for k in INDIKATOR[tabel]} == {"Persentase baru"}
    assert baris_simpul(hasil, "RKT", "s-3")["sasaran"].nilai == "Sasaran baru"
    assert masukan(hasil) == masukan(kecil)


def test_simpul_pindah_induk_di_semua_tabel(kecil: Buku) -> None:
    hasil = hitung(perbarui(ganti_simpul(kecil, "s-6", induk="s-7")))
    inti = ["s-3", "s-4", "s-5", "s-7", "s-6", "s-8"]
    for tabel in SEMUA:
        assert [s for s in dict.fromkeys(urutan(hasil, tabel)) if s not in {"s-1", "s-2"}] == inti
    assert {k: n for k, n in masukan(hasil).items() if k[2] != "pagu_p1"} == {
        k: n for k, n in masukan(kecil).items() if k[2] != "pagu_p1"
    }
    assert baris_simpul(hasil, "T-C.33", "s-4")["pagu_n"].nilai == 100_000_00
    assert baris_simpul(hasil, "T-C.33", "s-7")["pagu_n"].nilai == 57_000_00
    assert baris_simpul(hasil, "T-C.33", "s-6")["no"].nilai == "2.1"


def test_kegiatan_pindah_bersama_rinciannya(kecil: Buku) -> None:
    program = Simpul("s-9", Level.PROGRAM, "PROGRAM LAIN", "5.04.02", "s-1")
    buku = replace(kecil, simpul=(*kecil.simpul, program), indikator=kecil.indikator)
    buku = replace(buku, indikator=(*buku.indikator, Indikator("i-10", "s-9", "Indeks", "Indeks", di_rencana=True)))
    hasil = hitung(perbarui(ganti_simpul(buku, "s-7", induk="s-9")))
    assert urutan(hasil, "T-C.33")[-3:] == ["s-9", "s-7", "s-8"]
    assert baris_simpul(hasil, "T-C.33", "s-9")["pagu_n"].nilai == 7_000_00
    assert baris_simpul(hasil, "T-C.33", "s-3")["pagu_n"].nilai == 150_000_00
    assert baris_simpul(hasil, "T-C.33", "s-2")["pagu_n"].nilai == 157_000_00
    # T-C.29 lists the ancestors of what it lists, so the moved kegiatan brings its program along
    assert urutan(hasil, "T-C.29")[-3:] == ["s-9", "s-7", "s-8"]


def test_nama_setempat_dikembalikan_dan_teks_semulanya_disimpan(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.33", "s-5", {"nama": "Nama lain sama sekali"})
    buku = isi(buku, "T-C.29", "s-5", {"nama": "KOORDINASI  pengadaan"})
    hasil = perbarui(buku)
    assert baris_simpul(hasil, "T-C.33", "s-5")["nama"] == Sel("Koordinasi Pengadaan", "Nama lain sama sekali")
    assert baris_simpul(hasil, "T-C.29", "s-5")["nama"] == Sel("Koordinasi Pengadaan", "KOORDINASI  pengadaan")


# ── added ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sub_kegiatan_baru_muncul_di_setiap_tabel_pada_tempatnya(kecil: Buku) -> None:
    rows = [
        BarisStruktur(b.level, {k: str(s.nilai) for k, s in b.sel.items() if s.nilai is not None})
        for b in ke_baris(kecil)
    ]
    baru = {"kode": "5.03.02.2.01.0007", "nama": "Evaluasi", "indikator": "Jumlah laporan", "satuan": "Laporan"}
    simpul, indikator = dari_baris([*rows, BarisStruktur(Level.SUB_KEGIATAN, baru)])
    hasil = hitung(perbarui(replace(kecil, simpul=simpul, indikator=indikator)))
    pengenal = simpul[-1].id
    for tabel in SEMUA:
        daftar = urutan(hasil, tabel)
        assert daftar[daftar.index(pengenal) - 1] == "s-6"
        assert nama(hasil, tabel, pengenal) == {"Evaluasi"}
        assert {baris_simpul(hasil, tabel, pengenal)[k].nilai for k in INDIKATOR[tabel]} == {"Jumlah laporan"}
        assert baris_simpul(hasil, tabel, pengenal).level is Level.SUB_KEGIATAN
    b = baris_simpul(hasil, "T-C.33", pengenal)
    assert (b["satuan_target_n"].nilai, b["target_n"].nilai, b["pagu_n"].nilai) == ("Laporan", None, None)
    assert b["no"].nilai == "1.3"
    lama = masukan(kecil)
    assert {k: n for k, n in masukan(hasil).items() if k in lama} == lama
    for spec in TABEL_TERTAUT:
        daftar_id = [x.id for x in hasil.baris(spec.kunci)]
        assert len(set(daftar_id)) == len(daftar_id)


def test_indikator_kedua_menjadi_baris_lanjutan(kecil: Buku) -> None:
    kedua = Indikator("i-20", "s-5", "Jumlah laporan", "Laporan", di_evaluasi=True, di_rencana=True)
    hasil = hitung(perbarui(replace(kecil, indikator=(*kecil.indikator, kedua))))
    for tabel in SEMUA:
        rows = [b for b in hasil.baris(tabel) if b.simpul == "s-5"]
        assert [b.level for b in rows] == [Level.SUB_KEGIATAN, Level.INDIKATOR_LANJUTAN]
        assert {rows[1][k].nilai for k in INDIKATOR[tabel]} == {"Jumlah laporan"}
        assert {rows[1][k].nilai for k in NAMA[tabel]} == {None}
    pertama, lanjutan = (b for b in hasil.baris("T-C.33") if b.simpul == "s-5")
    assert (pertama["pagu_n"].nilai, lanjutan["pagu_n"].nilai) == (100_000_00, None)
    assert lanjutan["satuan_target_n"].nilai == "Laporan"
    assert baris_simpul(hasil, "T-C.33", "s-4")["pagu_n"].nilai == 150_000_00


def test_urutan_indikator_ditukar(kecil: Buku) -> None:
    """The node's money stays on its first row, the targets go with their indicator."""
    indikator = list(kecil.indikator)
    a, b = (n for n, i in enumerate(indikator) if i.simpul == "s-3")
    indikator[a], indikator[b] = indikator[b], indikator[a]
    hasil = hitung(perbarui(replace(kecil, indikator=tuple(indikator))))
    pertama, kedua = (x for x in hasil.baris("T-C.33") if x.simpul == "s-3")
    assert (pertama.level, pertama.indikator, pertama["target_n"].nilai) == (Level.PROGRAM, "i-4", 250)
    assert (kedua.level, kedua.indikator, kedua["target_n"].nilai) == (Level.INDIKATOR_LANJUTAN, "i-3", 85)
    assert (pertama["pagu_n"].nilai, kedua["pagu_n"].nilai) == (157_000_00, None)
    assert pertama["nama"].nilai == "PROGRAM KEPEGAWAIAN DAERAH"
    assert kedua["nama"].nilai is None


# ── removed ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_sub_kegiatan_dihapus_isiannya_disimpan(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.33", "s-8", {"pagu_p1": 9_999_99, "catatan_penting": "Prioritas"})
    hasil = hitung(perbarui(tanpa(buku, simpul="s-8")))
    for tabel in SEMUA:
        assert "s-8" not in urutan(hasil, tabel)
    simpanan = terhapus(hasil)
    harapan = {(t, k): n for (t, b, k), n in masukan(buku).items() if b in _id_baris(buku, "s-8")}
    assert set(simpanan) == set(harapan)
    assert simpanan["T-C.33", "pagu_n"] == 7_000
    assert simpanan["T-C.33", "pagu_p1"] == 9_999.99
    assert simpanan["T-C.33", "catatan_penting"] == "Prioritas"
    assert simpanan["T-C.29", "realisasi_n2"] == 5
    assert simpanan["T-C.31", "kebutuhan_dana"] == 14_000
    for b in hasil.baris("Baris Dihapus"):
        assert b["alasan"].nilai == ALASAN_HILANG
        assert (b["kode"].nilai, b["nama"].nilai) == ("5.03.02.2.02.0001", "Pengelolaan Mutasi")
        assert b["simpul"].nilai == "s-8"
    sisa = _id_baris(buku, "s-8")
    assert masukan(hasil) == {k: n for k, n in masukan(buku).items() if k[1] not in sisa}
    assert baris_simpul(hasil, "T-C.33", "s-7")["pagu_n"].nilai == 0
    assert baris_simpul(hasil, "T-C.33", "s-2")["pagu_n"].nilai == 150_000_00


def _id_baris(buku: Buku, simpul: str) -> set[str]:
    return {b.id for spec in TABEL_TERTAUT for b in buku.baris(spec.kunci) if b.simpul == simpul}


def test_yang_tersimpan_bertahan_pada_pembaruan_berikutnya(kecil: Buku) -> None:
    sekali = hitung(perbarui(tanpa(kecil, simpul="s-8")))
    lagi = hitung(perbarui(tanpa(sekali, simpul="s-6")))
    pertama, semua = sekali.baris("Baris Dihapus"), lagi.baris("Baris Dihapus")
    assert semua[: len(pertama)] == pertama
    assert len(semua) > len(pertama)
    assert len({b.id for b in semua}) == len(semua)


def test_uang_simpul_selamat_bila_indikator_pertamanya_dihapus(kecil: Buku) -> None:
    kedua = Indikator("i-20", "s-5", "Jumlah laporan", "Laporan", di_evaluasi=True, di_rencana=True)
    buku = hitung(perbarui(replace(kecil, indikator=(*kecil.indikator, kedua))))
    buku = isi(buku, "T-C.33", "s-5", {"target_n": 12.0}, indikator="i-20")
    hasil = hitung(perbarui(tanpa(buku, indikator="i-6")))
    (b,) = (b for b in hasil.baris("T-C.33") if b.simpul == "s-5")
    assert (b.level, b.indikator, b["indikator"].nilai) == (Level.SUB_KEGIATAN, "i-20", "Jumlah laporan")
    assert (b["pagu_n"].nilai, b["lokasi"].nilai, b["sumber_dana"].nilai) == (100_000_00, "Tanah Grogot", "APBD")
    assert b["target_n"].nilai == 12
    assert baris_simpul(hasil, "T-C.31", "s-5")["kebutuhan_dana"].nilai == 200_000_00
    assert baris_simpul(hasil, "T-C.33", "s-2")["pagu_n"].nilai == 157_000_00
    # what belonged to the indicator is saved, nothing of it moves to the other indicator
    simpanan = terhapus(hasil)
    assert simpanan["T-C.33", "target_n"] == 3
    assert simpanan["T-C.29", "realisasi_n2"] == 3
    assert ("T-C.33", "pagu_n") not in simpanan
    assert ("T-C.33", "lokasi") not in simpanan
    assert baris_simpul(hasil, "T-C.29", "s-5")["realisasi_n2"].nilai is None
    assert {b["alasan"].nilai for b in hasil.baris("Baris Dihapus")} == {ALASAN_INDIKATOR}


def test_indikator_satu_satunya_diganti_yang_lain(kecil: Buku) -> None:
    """The planner deletes the indicator's row and types another: the money still belongs to the sub kegiatan."""
    baru = Indikator("i-21", "s-8", "Jumlah orang dimutasi", "Orang", di_evaluasi=True, di_rencana=True)
    rows = [replace(b, asal=Asal("t_3_1_4.tsv", "44")) if b.simpul == "s-8" else b for b in kecil.baris("T-C.33")]
    buku = tanpa(kecil.ganti({"T-C.33": rows}), indikator="i-9")
    hasil = hitung(perbarui(replace(buku, indikator=(*buku.indikator, baru))))
    (b,) = (b for b in hasil.baris("T-C.33") if b.simpul == "s-8")
    assert (b["pagu_n"].nilai, b["indikator"].nilai, b["target_n"].nilai) == (7_000_00, "Jumlah orang dimutasi", None)
    assert b.asal == Asal("t_3_1_4.tsv", "44")  # the amount still says where it came from
    assert terhapus(hasil)["T-C.33", "target_n"] == 5


def test_tidak_lagi_dievaluasi_hanya_keluar_dari_t_c_29(kecil: Buku) -> None:
    hasil = perbarui(ganti_indikator(kecil, "i-9", di_evaluasi=False))
    assert "s-8" not in urutan(hasil, "T-C.29")
    assert all("s-8" in urutan(hasil, t) for t in RENCANA)
    assert {t for t, _ in terhapus(hasil)} == {"T-C.29"}


def test_induk_dihapus_rinciannya_tidak_hilang(kecil: Buku) -> None:
    hasil = hitung(perbarui(tanpa(kecil, simpul="s-7")))
    for tabel in SEMUA:
        assert "s-8" in urutan(hasil, tabel)
    b = baris_simpul(hasil, "T-C.33", "s-8")
    assert (b["pagu_n"].nilai, b["target_n"].nilai) == (7_000_00, 5)


def test_dua_pagu_tidak_digabung(kecil: Buku) -> None:
    buku = isi(kecil, "T-C.33", "s-3", {"pagu_n": 1_00}, indikator="i-4")
    hasil = perbarui(buku)
    pertama, kedua = (b for b in hasil.baris("T-C.33") if b.simpul == "s-3")
    assert (pertama["pagu_n"].nilai, kedua["pagu_n"].nilai) == (157_000_00, 1_00)


def test_baris_ganda_keluar_beserta_isiannya(kecil: Buku) -> None:
    rows = list(kecil.baris("T-C.33"))
    asli = baris_simpul(kecil, "T-C.33", "s-8")
    rows.append(replace(asli, id="c33-0099").dengan({"pagu_n": Sel(8_000_00), "target_n": Sel(4.0)}))
    hasil = hitung(perbarui(kecil.ganti({"T-C.33": rows})))
    assert [b.id for b in hasil.baris("T-C.33") if b.simpul == "s-8"] == [asli.id]
    assert baris_simpul(hasil, "T-C.33", "s-8")["pagu_n"].nilai == 7_000_00
    simpanan = terhapus(hasil)
    assert (simpanan["T-C.33", "pagu_n"], simpanan["T-C.33", "target_n"]) == (8_000, 4)
    assert {b["alasan"].nilai for b in hasil.baris("Baris Dihapus")} == {ALASAN_GANDA}


def test_dua_sisi_berbeda_menjadi_dua_baris(kecil: Buku) -> None:
    """T-C.31's row of s-6 carries s-8's need on its right side; s-8 has no row of its own there."""
    rows = [b for b in kecil.baris("T-C.31") if b.simpul != "s-8"]
    buku = isi(kecil.ganti({"T-C.31": rows}), "T-C.31", "s-6", {"simpul_kebutuhan": "s-8", "nama_kebutuhan": "Mutasi"})
    hasil = hitung(perbarui(buku))
    kiri, kanan = baris_simpul(hasil, "T-C.31", "s-6"), baris_simpul(hasil, "T-C.31", "s-8")
    assert (kiri["pagu_rkpd"].nilai, kiri["kebutuhan_dana"].nilai) == (50_000_00, None)
    assert (kanan["pagu_rkpd"].nilai, kanan["kebutuhan_dana"].nilai) == (None, 100_000_00)
    assert (kiri["simpul_kebutuhan"].nilai, kanan["simpul_kebutuhan"].nilai) == (None, None)
    assert nama(hasil, "T-C.31", "s-8") == {"Pengelolaan Mutasi"}
    assert baris_simpul(hasil, "T-C.31", "s-7")["kebutuhan_dana"].nilai == 100_000_00


# ── typed straight into a linked table ────────────────────────────────────────────────────────────────────────


def ketik(buku: Buku, tabel: str, sel: dict[str, Nilai], setelah: str | None = None) -> Buku:
    """The plan with an unlinked row typed below everything, or after a node's row."""
    rows = list(buku.baris(tabel))
    baru = Baris("baru-1", Level.DATA, {k: Sel(v) for k, v in sel.items()})
    n = len(rows) if setelah is None else next(n for n, b in enumerate(rows) if b.simpul == setelah) + 1
    return buku.ganti({tabel: [*rows[:n], baru, *rows[n:]]})


def test_baris_yang_diketik_di_tabel_diangkat_lewat_kodenya(kecil: Buku) -> None:
    buku = ketik(
        kecil,
        "T-C.33",
        {
            "kode": " 5.03.02.2.02.0003 ",
            "nama": "Pengelolaan Promosi",
            "indikator": "Jumlah dokumen promosi",
            "target_n": 2.0,
            "pagu_n": 11_000_00,
        },
    )
    hasil = hitung(perbarui(buku))
    s = next(s for s in hasil.simpul if s.kode == "5.03.02.2.02.0003")
    assert (s.level, s.induk, s.nama) == (Level.SUB_KEGIATAN, "s-7", "Pengelolaan Promosi")
    b = baris_simpul(hasil, "T-C.33", s.id)
    assert (b.id, b.level, b["target_n"].nilai, b["pagu_n"].nilai) == ("baru-1", Level.SUB_KEGIATAN, 2, 11_000_00)
    for tabel in RENCANA:
        assert urutan(hasil, tabel)[-1] == s.id
        assert nama(hasil, tabel, s.id) == {"Pengelolaan Promosi"}
        assert {baris_simpul(hasil, tabel, s.id)[k].nilai for k in INDIKATOR[tabel]} == {"Jumlah dokumen promosi"}
    assert s.id not in urutan(hasil, "T-C.29")
    assert baris_simpul(hasil, "T-C.33", "s-7")["pagu_n"].nilai == 18_000_00
    assert hasil.baris("Baris Dihapus") == ()


def test_kegiatan_dan_sub_kegiatan_diketik_berurutan(kecil: Buku) -> None:
    buku = ketik(kecil, "T-C.33", {"kode": "5.03.02.2.04", "nama": "Penilaian"})
    rows = [
        *buku.baris("T-C.33"),
        Baris("baru-2", Level.DATA, {"kode": Sel("5.03.02.2.04.0001"), "nama": Sel("Kebijakan")}),
    ]
    hasil = perbarui(buku.ganti({"T-C.33": rows}))
    kegiatan, sub = hasil.simpul[-2:]
    assert [(s.nama, s.level) for s in (kegiatan, sub)] == [
        ("Penilaian", Level.KEGIATAN),
        ("Kebijakan", Level.SUB_KEGIATAN),
    ]
    assert sub.induk == kegiatan.id
    assert urutan(hasil, "T-C.31")[-2:] == [kegiatan.id, sub.id]


def test_kode_yang_sudah_ada_menaut_ke_simpulnya(kecil: Buku) -> None:
    """The struktur has the node already but the table lost its row: the typed row becomes it."""
    rows = [b for b in kecil.baris("T-C.33") if b.simpul != "s-8"]
    buku = ketik(kecil.ganti({"T-C.33": rows}), "T-C.33", {"kode": "5.03.02.2.02.0001", "pagu_n": 3_00})
    hasil = perbarui(buku)
    assert len(hasil.simpul) == len(kecil.simpul)
    b = baris_simpul(hasil, "T-C.33", "s-8")
    assert (b.id, b.indikator, b["pagu_n"].nilai, b["nama"].nilai) == ("baru-1", "i-9", 3_00, "Pengelolaan Mutasi")


@pytest.mark.parametrize(
    "sel",
    [
        {"nama": "Tanpa kode", "pagu_n": 5_00},
        {"kode": "5.09.01.2.01.0001", "nama": "Induk tidak dikenal", "pagu_n": 5_00},
        {"kode": "bukan kode", "nama": "Salah ketik", "pagu_n": 5_00},
        {"kode": "5.03.02.2.02.0009", "pagu_n": 5_00},  # a known parent, but nothing to call it
    ],
)
@pytest.mark.parametrize("setelah", [None, "s-5"])
def test_baris_yang_tidak_dapat_diangkat_tetap_di_tempatnya(
    kecil: Buku, sel: dict[str, Nilai], setelah: str | None
) -> None:
    hasil = perbarui(ketik(kecil, "T-C.33", sel, setelah))
    rows = hasil.baris("T-C.33")
    (n,) = (n for n, b in enumerate(rows) if b.id == "baru-1")
    assert rows[n - 1].simpul == (setelah or "s-8")
    assert {k: s.nilai for k, s in rows[n].sel.items()} == sel
    assert len(hasil.simpul) == len(kecil.simpul)


def test_baris_sendiri_di_bawah_baris_yang_dihapus_tetap_di_tempatnya(kecil: Buku) -> None:
    """The row it followed is gone; its place between the neighbours that remain is not."""
    buku = ketik(kecil, "T-C.33", {"nama": "Baris sendiri", "pagu_n": 5_00}, setelah="s-5")
    hasil = hitung(perbarui(tanpa(buku, simpul="s-5")))
    daftar = [b.simpul or b.id for b in hasil.baris("T-C.33")]
    assert daftar == ["s-1", "s-2", "s-3", "s-3", "s-4", "baru-1", "s-6", "s-7", "s-8"]


def test_total_tetap_terakhir_walau_baris_di_atasnya_dihapus(kecil: Buku) -> None:
    buku = ketik(kecil, "RKT", {"program_kegiatan": "Baris sendiri"}, setelah="s-8")
    hasil = hitung(perbarui(tanpa(buku, simpul="s-8")))
    assert [b.simpul or b.id for b in hasil.baris("RKT")][-2:] == ["baru-1", "rkt-0008"]
    assert hasil.baris("RKT")[-1].level is Level.TOTAL
    assert hitung(perbarui(hasil)) == hasil


# ── RKT's total, default cara hitung ──────────────────────────────────────────────────────────────────────────


def test_rkt_selalu_punya_satu_baris_total_di_akhir(kecil: Buku) -> None:
    def total(buku: Buku) -> list[int]:
        rows = buku.baris("RKT")
        return [n - len(rows) for n, b in enumerate(rows) if b.level is Level.TOTAL]

    tanpa_total = [b for b in kecil.baris("RKT") if b.level is not Level.TOTAL]
    dua = [*kecil.baris("RKT"), Baris("rkt-0099", Level.TOTAL, {"no": Sel("Total")})]
    for rows in (kecil.baris("RKT"), tanpa_total, dua):
        hasil = hitung(perbarui(kecil.ganti({"RKT": rows})))
        assert total(hasil) == [-1]
        assert hasil.baris("RKT")[-1]["anggaran"].nilai == 314_000_00


@pytest.mark.parametrize(
    ("teks", "satuan", "cara"),
    [("Jumlah dokumen", None, "dijumlahkan"), ("Persentase", None, "posisi_akhir"), ("Jumlah", "%", "posisi_akhir")],
)
def test_cara_hitung_bawaan_dituliskan(kecil: Buku, teks: str, satuan: str | None, cara: str) -> None:
    baru = Indikator("i-30", "s-8", teks, satuan, di_rencana=True)
    hasil = perbarui(replace(kecil, indikator=(*kecil.indikator, baru)))
    (i,) = (i for i in hasil.indikator if i.id == "i-30")
    assert i.cara_hitung is not None
    assert i.cara_hitung.value == cara


@pytest.mark.parametrize(
    "ubah",
    [
        lambda b: ganti_simpul(b, "s-5", nama="X"),
        lambda b: ganti_simpul(b, "s-6", induk="s-7"),
        lambda b: tanpa(b, simpul="s-8"),
        lambda b: tanpa(b, indikator="i-3"),
        lambda b: ketik(b, "T-C.31", {"kode": "5.03.02.2.02.0003", "nama_rkpd": "Promosi"}),
        lambda b: ketik(b, "T-C.29", {"nama": "Tanpa kode"}, setelah="s-4"),
    ],
)
def test_memperbarui_dua_kali_sama_dengan_sekali(kecil: Buku, ubah: Callable[[Buku], Buku]) -> None:
    sekali = hitung(perbarui(ubah(kecil)))
    assert hitung(perbarui(sekali)) == sekali
