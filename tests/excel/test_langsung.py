"""The live layer on real workbooks in a stand-in for Excel: what it reads, what it writes, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from renja_xl.core.buku import STRUKTUR, Buku, Level, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.core.perbarui import perbarui
from renja_xl.errors import BukuTidakTerbacaError, RenjaError, TidakDapatDitulisError
from renja_xl.excel.baca import baca, baca_paket
from renja_xl.excel.bangun import bangun
from renja_xl.excel.gaya import _PERAN as GAYA_PERAN
from renja_xl.excel.kisi_induk import kisi_induk, kisi_langsung
from renja_xl.excel.langsung import Langsung, baca_langsung, bentuk_berkas
from renja_xl.excel.lembar import peran_sel
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket
from renja_xl.excel.susun_tabel import DISUSUN, letak_susunan, susun_tabel
from renja_xl.excel.tambal import tambal
from renja_xl.excel.tulis_langsung import (
    ALASAN_TAMBAHAN,
    PenulisanTerhentiError,
    Rencana,
    letak_langsung,
    perlu_petik,
    simpan_tambahan,
    tulis_langsung,
)
from renja_xl.tabel import (
    BARIS_DIHAPUS,
    BERANDA,
    DATA_GRAFIK,
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    RKT,
    SEMUA,
    T_C_29,
    T_C_31,
    T_C_33,
)
from renja_xl.tabel.spec import TabelSpec
from tests.conftest import ganti_baris
from tests.excel import dibangun, mesin
from tests.excel.mesin import ikuti, peta_hapus, peta_pindah, peta_sisip
from tests.strategi import TEKS_ANEH, cetak, contoh, mentah, ubah_struktur

# ── the stand-in itself ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ditulis", "bentuk", "isi"),
    [
        ("Dokumen", "General", "Dokumen"),
        ("'=1+1", "General", "=1+1"),
        ("''kutip", "General", "'kutip"),
        ("=1+1", "@", "=1+1"),
        ("5.03", "@", "5.03"),
        (5.0, "@", "5.0"),
        ("TRUE", "General", True),
        (7, "General", 7.0),
        ("", "General", None),
    ],
)
def test_mesin_membaca_seperti_excel(ditulis: Any, bentuk: str, isi: Any) -> None:
    s = mesin.Sel(bentuk=bentuk)
    s.tulis(ditulis)
    assert (s.nilai, s.rumus, s.galat) == (isi, None, None)


@pytest.mark.parametrize(
    "teks", ["5.03", "1.400", "85%", "(5)", "Rp 5.000", "1e5", "1 1/2", "5.03.01", "1/2", "3 Mei", "Mei 2025"]
)
def test_mesin_mengubah_yang_lupa_dipetik(teks: str) -> None:
    s = mesin.Sel()
    s.tulis(teks)
    assert not isinstance(s.nilai, str)
    assert perlu_petik(teks)


def test_mesin_menggeser_rujukan() -> None:
    sisip, hapus, pindah = peta_sisip(10, 2), peta_hapus(8, 2), peta_pindah(5, 20, 1)
    assert ikuti("SUM(K8,$K$12:K13)", "A", "A", sisip) == "SUM(K8,$K$14:K15)"
    assert ikuti("'T-C.33'!K12+K12", "A", "T-C.33", sisip) == "'T-C.33'!K14+K12"
    assert (
        ikuti('"K12"&tbl_T_C_29[[#This Row],[K12]]&dasar_x2', "A", "A", sisip)
        == '"K12"&tbl_T_C_29[[#This Row],[K12]]&dasar_x2'
    )
    assert ikuti("SUM(K7:K9)+K8+K11", "A", "A", hapus) == "SUM(K7:K7)+#REF!+K9"
    assert ikuti("K5+SUM(K5:K9)", "A", "A", pindah) == "K20+SUM(K5:K9)"


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def beku(kecil: Buku) -> bytes:
    return mesin.Buku(bangun(kecil)).beku()


@pytest.fixture
def book(beku: bytes) -> mesin.Buku:
    return mesin.Buku.cair(beku)


def letak_sel(t: Langsung, spec: TabelSpec, simpul: str, kolom: str) -> str:
    b = next(b for b in t.buku.baris(spec.kunci) if b.simpul == simpul)
    return t.letak.sel(spec.kunci, b.id, kolom)


def test_terbaca_sama_dengan_berkasnya(normal: Buku) -> None:
    """The whole sample plan: values, formulas that are ours, places."""
    isi = bangun(normal)
    book = mesin.Buku(isi)
    t, berkas = baca_langsung(book.xw), baca_paket(Paket(Path("Renja.xlsx"), isi))
    assert t.buku == berkas.buku
    assert t.letak == berkas.letak
    assert set(book.baca.values()) == {1}
    assert book.baca[PROFIL.lembar, "rumus"] == 0  # nothing is computed there


def test_nilai_yang_tidak_biasa(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    lembar = book[T_C_33.lembar]
    for simpul, nilai in (("s-5", dt.datetime(2025, 1, 3)), ("s-6", dt.datetime(1899, 12, 30, 5, 3, 1)), ("s-8", True)):
        lembar.di(letak_sel(t, T_C_33, simpul, "lokasi")).nilai = nilai
    lembar.di(letak_sel(t, T_C_33, "s-5", "pagu_n")).nilai = Decimal("1500.75")
    lembar.di(letak_sel(t, T_C_33, "s-5", "sumber_dana")).nilai = "=1+1"
    kini = {b.simpul: b for b in baca_langsung(book.xw).buku.baris(T_C_33.kunci) if b.level is Level.SUB_KEGIATAN}
    assert [kini[s]["lokasi"].nilai for s in ("s-5", "s-6", "s-8")] == ["2025-01-03", "05:03:01", "TRUE"]
    assert kini["s-5"]["pagu_n"].nilai == 1500_75
    assert kini["s-5"]["sumber_dana"] == Sel("=1+1")


def test_baris_yang_diketik_di_bawah_tabel_ikut_terbaca(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    lembar, kolom = book[STRUKTUR], t.letak.kolom[STRUKTUR]
    bawah = max(t.letak.baris[STRUKTUR].values()) + 1
    for k, v in (("kode", "5.03.02.2.02.0002"), ("level", "Sub kegiatan"), ("nama", "Sub baru")):
        lembar.di(f"{huruf_kolom(kolom[k])}{bawah}").nilai = v
    lembar.di(f"A{bawah + 5_000}").nilai = "jauh di bawah"
    kini = baca_langsung(book.xw)
    assert kini.buku.simpul[-1].nama == "Sub baru"
    assert kini.buku.simpul[-1].induk == "s-7"
    assert len(kini.lembar[STRUKTUR].semula) < bawah + 5_000


@pytest.mark.parametrize(
    ("tampak", "berkas"),
    [
        ("[@6]/[@[8=(7/6)]]", "tbl_T_C_29[[#This Row],[6]]/tbl_T_C_29[[#This Row],[8=(7/6)]]"),
        ("SUM([7])+SUM([[8=(7/6)]])", "SUM(tbl_T_C_29[7])+SUM(tbl_T_C_29[[8=(7/6)]])"),
        ("MATCH([@[id indikator]],tbl_struktur[id indikator],0)",
         "MATCH(tbl_T_C_29[[#This Row],[id indikator]],tbl_struktur[id indikator],0)"),
        ("tbl_Renstra[@14]&\"[@6]\"", "tbl_Renstra[[#This Row],[14]]&\"[@6]\""),
        ("tbl_T_C_29[[#This Row],[6]]", "tbl_T_C_29[[#This Row],[6]]"),
        ("[@['#1]]", "tbl_T_C_29[[#This Row],['#1]]"),
        ("[Lain.xlsx]Lembar!A1+'[Lain.xlsx]T-C.33'!K5", "[Lain.xlsx]Lembar!A1+'[Lain.xlsx]T-C.33'!K5"),
        ("tbl_T_C_29[#Headers]", "tbl_T_C_29[#Headers]"),
        ("SUM(K8,K12)", "SUM(K8,K12)"),
    ],
)  # fmt: skip
def test_rumus_seperti_yang_ditampilkan_excel(tampak: str, berkas: str) -> None:
    assert bentuk_berkas(tampak, T_C_29) == berkas


def test_buku_yang_bukan_milik_kami_ditolak(book: mesin.Buku) -> None:
    del book[T_C_31.lembar].tabel[T_C_31.nama_tabel]
    with pytest.raises(BukuTidakTerbacaError, match=r"Lembar T-C\.31: tabel tbl_T_C_31 tidak ada lagi"):
        baca_langsung(book.xw)
    book.lembar.remove(book[T_C_31.lembar])
    with pytest.raises(
        BukuTidakTerbacaError, match=r"Buku Renja\.xlsm bukan buku Renja-XL: lembar 'T-C\.31' tidak ada"
    ):
        baca_langsung(book.xw)


def test_kepala_yang_rusak_ditolak(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    x = t.lembar[T_C_33.kunci]
    book[T_C_33.lembar].sel[x.awal - 1, x.mentah.kolom["pagu_n"]].nilai = "Pagu"
    with pytest.raises(BukuTidakTerbacaError, match=r"Lembar T-C\.33: kolom '6' tidak ditemukan"):
        baca_langsung(book.xw)


def test_versi_lama_diarahkan_ke_perintahnya(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    b = next(b for b in t.buku.baris(PROFIL.kunci) if b["kunci"].nilai == "versi_skema")
    book[PROFIL.lembar].di(t.letak.sel(PROFIL.kunci, b.id, "nilai")).nilai = 2.0
    with pytest.raises(BukuTidakTerbacaError, match="renja-xl perbarui"):
        baca_langsung(book.xw)


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────


def susun(t: Langsung, buku: Buku) -> tuple[Buku, Rencana]:
    """A plan laid out and computed, and what must be written for it."""
    hasil = simpan_tambahan(t, perbarui(buku), DISUSUN)
    hasil = hitung(hasil, letak_langsung(t, hasil, DISUSUN))
    return hasil, Rencana(t, hasil, DISUSUN, kepala=True)


def tulis(book: mesin.Buku, t: Langsung, buku: Buku) -> Buku:
    """Write it, and hold it against the limits."""
    hasil, rencana = susun(t, buku)
    semula = book.app.keadaan()
    book.tulis.clear()
    tulis_langsung(rencana)
    assert book.app.keadaan() == semula
    for spec in rencana.tabel:  # what Excel computes when it is let to
        for b in hasil.baris(spec.kunci):
            for k, v in b.sel.items():
                if v.rumus:
                    nilai = rupiah_dari_sen(v.nilai) if isinstance(v.nilai, int) else v.nilai
                    book[spec.lembar].di(rencana.letak.sel(spec.kunci, b.id, k)).nilai = nilai
    assert set(book.tulis) <= {x.x.spec.lembar for x in rencana.lembar}
    assert max(book.tulis.values(), default=0) <= 1
    return hasil


def polos(buku: Buku, tabel: Sequence[TabelSpec] = SEMUA) -> dict[str, Any]:
    """What a plan says, without the values of formulas, which only Excel computes."""
    return {
        s.kunci: [
            (b.id, b.level, b.simpul, b.indikator, b.asal,
             {k: "rumus" if v.rumus else v.nilai for k, v in b.sel.items() if v.rumus or v.nilai is not None})
            for b in buku.baris(s.kunci)
        ]
        for s in tabel
    }  # fmt: skip


@pytest.mark.parametrize("ubah", [ubah_struktur, cetak])
def test_rencana_acak_tertulis_sama_dengan_di_tempatnya(ubah: Any) -> None:
    """Edited and printed plans: the live workbook comes to hold what the file comes to hold, cell by cell."""
    for awal, p in contoh(mentah(jinak=True, ukuran=10), 2, 12):
        isi = bangun(ubah(hitung(perbarui(awal)), p))
        berkas = baca_paket(Paket(Path("Renja.xlsx"), isi))
        seharusnya = perbarui(berkas.buku)
        seharusnya = hitung(seharusnya, letak_susunan(berkas, seharusnya, DISUSUN))
        book = mesin.Buku(isi)
        t = baca_langsung(book.xw)
        hasil = tulis(book, t, t.buku)
        assert hasil == seharusnya
        assert mesin.beda(book, mesin.Buku(susun_tabel(berkas, seharusnya, DISUSUN))) == []
        assert set(book.baca.values()) == {1}
        kini = baca_langsung(book.xw)
        assert polos(kini.buku) == polos(hasil)
        assert not susun(kini, kini.buku)[1].berubah  # done is done


def test_teks_apa_pun_tetap_teks(book: mesin.Buku) -> None:
    """Names, kode and facts that Excel would take for something else, in cells of every format."""
    teks = [
        *(x for x in TEKS_ANEH if x.strip() and "\n" not in x),
        "Mei 2025",
        "1/2",
        "'",
        "BENAR",
        "3e5",
        "(5)",
        "12:30",
    ]
    t = baca_langsung(book.xw)
    for n in range(0, len(teks), 3):
        bagian = (teks[n : n + 3] * 3)[:3]
        nama = dict(zip(("s-5", "s-6", "s-8"), bagian, strict=True))
        buku = replace(t.buku, simpul=tuple(replace(s, nama=nama.get(s.id, s.nama)) for s in t.buku.simpul))
        buku = ganti_baris(buku, PROFIL.kunci, "singkatan", bagian[0])
        tulis(book, t, buku)
        t = baca_langsung(book.xw)
        assert {s.id: s.nama for s in t.buku.simpul if s.id in nama} == nama
        assert [book[T_C_33.lembar].di(letak_sel(t, T_C_33, s, "nama")).nilai for s in nama] == bagian
        assert next(b["nilai"].nilai for b in t.buku.baris(PROFIL.kunci) if b.id == "singkatan") == bagian[0]
    assert all(s.bentuk == "@" for (r, c), s in book[T_C_33.lembar].sel.items() if c == 3 and r > 10)


def test_teks_dengan_rumus_di_kolom_teks(book: mesin.Buku) -> None:
    """Columns of text with formulas in them, such as RKT's unit: the formulas live, and the cells are text cells as before."""
    t = baca_langsung(book.xw)
    tulis(book, t, replace(t.buku, simpul=tuple(s for s in t.buku.simpul if s.id != "s-5")))
    kolom = t.letak.kolom[RKT.kunci]["satuan_target"]
    berumus = {r: s for (r, c), s in book[RKT.lembar].sel.items() if c == kolom and s.rumus}
    assert len(berumus) >= 4
    assert {s.bentuk for s in berumus.values()} == {"@"}


def test_format_baris_baru_menurut_jenisnya(book: mesin.Buku) -> None:
    """A new sub kegiatan below a kegiatan: its pagu can be typed, that of the kegiatan cannot."""
    t = baca_langsung(book.xw)
    asli = t.buku.simpul_menurut_id()
    baru = (
        replace(asli["s-7"], id="s-90", kode="5.03.02.2.03"),
        replace(asli["s-8"], id="s-91", induk="s-90", kode=None),
    )
    indikator = [
        replace(i, id=f"i-9{n}", simpul=s.id) for n, (i, s) in enumerate(zip(t.buku.indikator[-2:], baru, strict=True))
    ]
    hasil = tulis(book, t, replace(t.buku, simpul=(*t.buku.simpul, *baru), indikator=(*t.buku.indikator, *indikator)))
    kini = baca_langsung(book.xw)
    for spec in (T_C_29, T_C_31, T_C_33, RKT):
        for b in hasil.baris(spec.kunci):
            for k in spec.kolom:
                if not k.tersembunyi:
                    s, gaya = (
                        book[spec.lembar].di(kini.letak.sel(spec.kunci, b.id, k.kunci)),
                        GAYA_PERAN[peran_sel(spec, k, b)],
                    )
                    assert (s.terkunci, s.huruf) == (gaya.get("locked", True), gaya["font_color"].lstrip("#")), (
                        b.id,
                        k.kunci,
                    )
    assert not book[T_C_33.lembar].di(letak_sel(kini, T_C_33, "s-91", "pagu_n")).terkunci
    assert book[T_C_33.lembar].di(letak_sel(kini, T_C_33, "s-90", "pagu_n")).terkunci


def test_sampai_tabel_kosong_dan_kembali(book: mesin.Buku) -> None:
    """A table never loses its last row, and blank rows are used before any is inserted."""
    t = baca_langsung(book.xw)
    penuh = t.buku
    tulis(book, t, replace(penuh, simpul=(), indikator=()))
    t = baca_langsung(book.xw)
    assert t.buku.simpul == ()
    assert not t.buku.baris(T_C_33.kunci)
    batas = book[T_C_33.lembar].tabel[T_C_33.nama_tabel].batas
    assert batas[3] == batas[1] + 1
    tulis(book, t, replace(t.buku, simpul=penuh.simpul, indikator=penuh.indikator))
    assert baca_langsung(book.xw).buku.simpul == penuh.simpul


# ── what is not ours ──────────────────────────────────────────────────────────────────────────────────────────


def test_tambahan_perencana_tetap_pada_tempatnya(book: mesin.Buku) -> None:
    """A sheet of their own, columns beside and inside the tables, notes, formulas, rows below: all go where their row goes."""
    t = baca_langsung(book.xw)
    lembar = book[T_C_33.lembar]
    sel = {s: letak_sel(t, T_C_33, s, "pagu_n") for s in ("s-4", "s-6", "s-8")}
    r = {s: int("".join(filter(str.isdigit, a))) for s, a in sel.items()}
    lembar.di(f"AK{r['s-8']}").nilai = "catatan saya"
    lembar.di(f"AL{r['s-8']}").rumus = f"{sel['s-8']}*2"
    lembar.di(sel["s-8"]).komentar = "tanyakan ke bidang"
    lembar.di(letak_sel(t, T_C_33, "s-8", "target_n")).rumus = f"AK{r['s-6']}+1"
    lembar.di(letak_sel(t, T_C_33, "s-8", "target_n")).nilai = 5.0
    lembar.tinggi[r["s-8"]] = 77.0
    bawah = t.lembar[T_C_33.kunci].akhir + 8
    lembar.di(f"A{bawah}").nilai = "Mengetahui, Kepala Badan"
    sendiri = mesin.Lembar(book, "Punyaku")
    sendiri.di("A1").rumus = f"'{T_C_33.lembar}'!{sel['s-8']}+SUM('{T_C_33.lembar}'!{sel['s-4']}:{sel['s-8']})"
    book.lembar.append(sendiri)
    book.pilih("Punyaku", "B2")
    book.app.cut_copy_mode = "copy"
    terlindung = {x.name for x in book.lembar if x.terlindung is not None}

    baru = replace(t.buku.simpul_menurut_id()["s-6"], id="s-90", kode="5.03.02.2.01.0004", nama="Sub baru")
    simpul = [s for s in t.buku.simpul if s.id != "s-5"]
    simpul.insert(next(n for n, s in enumerate(simpul) if s.id == "s-6") + 1, baru)
    simpul.insert(next(n for n, s in enumerate(simpul) if s.id == "s-6") + 1, replace(baru, id="s-91"))
    contoh_i = next(i for i in t.buku.indikator if i.simpul == "s-6")
    tambahan = (replace(contoh_i, id=f"i-{s}", simpul=f"s-{s}") for s in (90, 91))
    indikator = (*(i for i in t.buku.indikator if i.simpul != "s-5"), *tambahan)
    t = baca_langsung(book.xw)
    book.baca.clear()
    tulis(book, t, replace(t.buku, simpul=tuple(simpul), indikator=indikator))

    kini = baca_langsung(book.xw)
    baru_r = int("".join(filter(str.isdigit, letak_sel(kini, T_C_33, "s-8", "pagu_n"))))
    assert baru_r == r["s-8"] + 1  # one out, two in
    assert lembar.di(f"AK{baru_r}").nilai == "catatan saya"
    assert lembar.di(f"AL{baru_r}").rumus == f"{sel['s-8'][0]}{baru_r}*2"
    assert lembar.di(letak_sel(kini, T_C_33, "s-8", "pagu_n")).komentar == "tanyakan ke bidang"
    assert lembar.di(letak_sel(kini, T_C_33, "s-8", "target_n")).rumus == f"AK{r['s-6'] - 1}+1"
    assert book.baca[T_C_33.lembar, "rumus"] == 2  # once more after the move, and now
    assert lembar.tinggi[baru_r] == 77.0
    assert lembar.di(f"A{bawah + 1}").nilai == "Mengetahui, Kepala Badan"
    kolom = sel["s-8"][0]
    assert sendiri.di("A1").rumus == f"'T-C.33'!{kolom}{baru_r}+SUM('T-C.33'!{kolom}{r['s-4']}:{kolom}{baru_r})"
    assert (book.aktif, book.pilihan) == (sendiri, (2, 2, 2, 2))
    assert {x.name for x in book.lembar if x.terlindung is not None} == terlindung
    pilihan = {"DrawingObjects": False, "Contents": True, "Scenarios": False, "AllowFormattingColumns": True,
               "AllowFormattingRows": True, "AllowFiltering": True}  # fmt: skip
    assert lembar.terlindung == pilihan


def test_kolom_perencana_di_dalam_tabel_tidak_ditimpa(book: mesin.Buku) -> None:
    lembar = book[T_C_29.lembar]
    di = baca_langsung(book.xw).letak.kolom[T_C_29.kunci]["indikator"]
    lembar.sel = {(r, c + (c >= di)): s for (r, c), s in lembar.sel.items()}
    tabel = lembar.tabel[T_C_29.nama_tabel]
    tabel.batas[2] += 1
    lembar.sel[tabel.batas[1], di] = mesin.Sel("Pembahasan")
    for r in range(tabel.batas[1] + 1, tabel.batas[3] + 1):
        lembar.sel[r, di] = mesin.Sel(f"catatan {r}")
    t = baca_langsung(book.xw)
    ganti = tuple(replace(s, nama=f"{s.nama} baru") for s in t.buku.simpul)
    hasil, rencana = susun(
        t, replace(t.buku, simpul=ganti, indikator=tuple(replace(i, teks="Baru") for i in t.buku.indikator))
    )
    tulis_langsung(rencana)
    assert [lembar.sel[r, di].nilai for r in range(tabel.batas[1] + 1, tabel.batas[3] + 1)] == [
        f"catatan {r}" for r in range(tabel.batas[1] + 1, tabel.batas[3] + 1)
    ]
    assert book.tulis[T_C_29.lembar] == 2  # a block on each side of it
    assert [b["nama"] for b in baca_langsung(book.xw).buku.baris(T_C_29.kunci)] == [
        b["nama"] for b in hasil.baris(T_C_29.kunci)
    ]


def test_tambahan_pada_baris_yang_keluar_disimpan(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    lembar, sel = book[T_C_33.lembar], letak_sel(t, T_C_33, "s-6", "pagu_n")
    r = int("".join(filter(str.isdigit, sel)))
    lembar.di(f"AK{r}").nilai = "jangan sampai hilang"
    lembar.di(f"AL{r}").nilai = 12.5
    lembar.di(sel).komentar = "sudah disetujui"
    t = baca_langsung(book.xw)
    tulis(book, t, replace(t.buku, simpul=tuple(s for s in t.buku.simpul if s.id != "s-6")))
    simpanan = baca_langsung(book.xw).buku.baris(BARIS_DIHAPUS.kunci)
    tambahan = [
        (b["judul"].nilai, b["nilai"].nilai, b["kode"].nilai) for b in simpanan if b["alasan"].nilai == ALASAN_TAMBAHAN
    ]
    kode = "5.03.02.2.01.0006"
    assert tambahan == [
        ("Kolom AK", "jangan sampai hilang", kode), ("Kolom AL", 12.5, kode),
        (f"Komentar di kolom {sel[0]}", "sudah disetujui", kode),
    ]  # fmt: skip
    assert book[BARIS_DIHAPUS.lembar].tampak


def test_grafik_dan_luas_cetak_mengikuti(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    asli = t.buku.simpul_menurut_id()
    baru = (replace(asli["s-3"], id="s-90", kode="5.03.03"), replace(asli["s-4"], id="s-91", induk="s-90", kode=None))
    hasil = tulis(book, t, perbarui(replace(t.buku, simpul=(*t.buku.simpul, *baru), indikator=(
        *t.buku.indikator, *(replace(t.buku.indikator[2], id=f"i-{s.id}", simpul=s.id) for s in baru)))))  # fmt: skip
    awal = DATA_GRAFIK.baris_pertama
    assert [b.level for b in hasil.baris(DATA_GRAFIK.kunci)] == [Level.PROGRAM] * 2 + [Level.KEGIATAN] * 3
    rumus = [d.Formula for d in book[BERANDA.lembar].deret]
    assert all(f"${awal}:" in r and f"${awal + 1}," in r for r in rumus[:4])
    assert f"${awal + 2}:" in rumus[4]
    assert f"${awal + 4}," in rumus[4]


def test_tahun_dan_kertas_mengikuti_profil(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    buku = ganti_baris(ganti_baris(t.buku, PROFIL.kunci, "tahun_anggaran", 2031.0), PROFIL.kunci, "ukuran_kertas", "A4")
    hasil, rencana = susun(t, buku)
    tulis_langsung(rencana)
    seharusnya = mesin.Buku(bangun(hasil))
    kini = book[T_C_33.lembar].isi()
    assert kini["A2"] == seharusnya[T_C_33.lembar].isi()["A2"]
    assert "2031" in kini["A2"]
    assert {x.kertas for x in book.lembar} == {9}
    assert "2031" in book[T_C_33.lembar].kaki


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────────


def sandi(book: mesin.Buku, t: Langsung) -> None:
    book[T_C_33.lembar].sandi = "rahasia"


def larik(book: mesin.Buku, t: Langsung) -> None:
    s = book[T_C_33.lembar].di(letak_sel(t, T_C_33, "s-5", "target_n"))
    s.rumus, s.larik = "SUM(A1:A2*2)", True


def tabel_samping(book: mesin.Buku, t: Langsung) -> None:
    x = t.lembar[T_C_33.kunci]
    book[T_C_33.lembar].tabel["Punyaku"] = mesin.Tabel("Punyaku", [40, x.awal, 42, x.akhir])


@pytest.mark.parametrize(
    ("rusak", "kata"), [(sandi, "kata sandi"), (larik, "rumus larik"), (tabel_samping, "tabel Punyaku")]
)
def test_ditolak_sebelum_apa_pun_ditulis(book: mesin.Buku, rusak: Any, kata: str) -> None:
    rusak(book, baca_langsung(book.xw))
    semula = mesin.Buku.cair(book.beku())
    t = baca_langsung(book.xw)
    _, rencana = susun(t, replace(t.buku, simpul=tuple(s for s in t.buku.simpul if s.id != "s-6")))
    with pytest.raises(TidakDapatDitulisError, match=rf"T-C\.33.*{kata}.*belum ada yang diubah; mohon") as galat:
        tulis_langsung(rencana)
    assert isinstance(galat.value, RenjaError)
    assert mesin.beda(book, semula) == []
    assert book.app.keadaan() == semula.app.keadaan()
    assert not book.struktur


def test_excel_menolak_di_tengah_jalan(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    _, rencana = susun(t, replace(t.buku, simpul=tuple(s for s in t.buku.simpul if s.id != "s-6")))
    terlindung = {x.name for x in book.lembar if x.terlindung is not None}
    semula = book.app.keadaan()
    book.gagal_setelah = 2
    with pytest.raises(PenulisanTerhentiError):
        tulis_langsung(rencana)
    assert book.app.keadaan() == semula
    assert {x.name for x in book.lembar if x.terlindung is not None} == terlindung


def test_penyaring_dibuka_bila_baris_berpindah(book: mesin.Buku) -> None:
    t = baca_langsung(book.xw)
    book[PROGRAM_SUB_KEGIATAN.lembar].tabel[PROGRAM_SUB_KEGIATAN.nama_tabel].tersaring = True
    simpul = (*t.buku.simpul[:3], *t.buku.simpul[6:], *t.buku.simpul[3:6])
    tulis(book, t, replace(t.buku, simpul=simpul))
    assert not book[PROGRAM_SUB_KEGIATAN.lembar].tabel[PROGRAM_SUB_KEGIATAN.nama_tabel].tersaring
    assert [s.id for s in baca_langsung(book.xw).buku.simpul] == [s.id for s in simpul]


def test_kisi_sama_dengan_dari_berkas(kecil: Buku, tmp_path: Path) -> None:
    """The formula audit sees the open workbook as it sees the file: formulas, a planner's column, errors."""
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(dibangun(kecil))
    t = baca(path)
    r = t.letak.baris[T_C_33.kunci][next(b.id for b in t.buku.baris(T_C_33.kunci) if b.simpul == "s-5")]
    jauh = max(t.letak.kolom[T_C_33.kunci].values()) + 3
    galat = (r, t.letak.kolom[T_C_33.kunci]["pagu_p1"])
    sel = {(r, jauh): IsiSel(0.0, "tbl_T_C_33[[#This Row],[6]]/0"), galat: IsiSel("#DIV/0!", "1/0")}
    path.write_bytes(tambal(t.paket, {T_C_33.lembar: sel}))
    book = mesin.Buku(path.read_bytes())
    langsung = {k.lembar: k.sel for k in kisi_langsung(baca_langsung(book.xw))}
    berkas = {k.lembar: k.sel for k in kisi_induk(baca(path))}
    assert langsung.keys() == berkas.keys()
    for lembar, isi in berkas.items():
        assert langsung[lembar] == isi, lembar
    assert langsung[T_C_33.lembar][galat].nilai == "#DIV/0!"
    assert "tbl_T_C_33" in str(langsung[T_C_33.lembar][r, jauh].rumus)
    assert book.baca.pop((T_C_33.lembar, "nilai")) == 2, "once more for errors"
    assert max(book.baca.values()) == 1
