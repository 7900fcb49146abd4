"""The ribbon's edits of the struktur, on plans: what is added, moved and deleted, and where inputs go."""

from __future__ import annotations

import pytest

from renja_xl.core.awal import baris_nomenklatur
from renja_xl.core.buku import Buku, Level
from renja_xl.core.hitung import hitung
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.perbarui import perbarui
from renja_xl.core.sunting import SuntinganDitolakError, hapus_sub_kegiatan, pindah_sub_kegiatan, tambah_sub_kegiatan
from renja_xl.tabel import BARIS_DIHAPUS, NOMENKLATUR, T_C_29, T_C_33
from tests.conftest import baris_simpul, ganti_baris

BUTIR = (
    Butir("X.XX.01", Level.PROGRAM, "PROGRAM PENUNJANG"),
    Butir("X.XX.01.2.01", Level.KEGIATAN, "Perencanaan"),
    Butir("X.XX.01.2.01.0001", Level.SUB_KEGIATAN, "Penyusunan Dokumen", "Jumlah Dokumen Perencanaan", "Dokumen"),
    Butir("5.03.02", Level.PROGRAM, "PROGRAM KEPEGAWAIAN DAERAH"),
    Butir("5.03.02.2.01", Level.KEGIATAN, "Pengadaan dan Pemberhentian"),
    Butir("5.03.02.2.01.0004", Level.SUB_KEGIATAN, "Evaluasi Pengadaan", "Jumlah Laporan Evaluasi", "Laporan"),
    Butir("5.03.02.2.03", Level.KEGIATAN, "Pengembangan Kompetensi"),
    Butir("5.03.02.2.03.0001", Level.SUB_KEGIATAN, "Peningkatan Kapasitas", "Jumlah ASN", "Orang"),
)


@pytest.fixture(scope="module")
def buku(kecil: Buku) -> Buku:
    return kecil.ganti({NOMENKLATUR.kunci: baris_nomenklatur(BUTIR)})


def kode(buku: Buku) -> list[str | None]:
    return [s.kode for s in buku.simpul]


def test_tambah_di_tempatnya_menurut_kode(buku: Buku) -> None:
    hasil = tambah_sub_kegiatan(buku, " 5.03.02.2.01.0004. ")
    assert kode(hasil)[3:7] == ["5.03.02.2.01", "5.03.02.2.01.0003", "5.03.02.2.01.0004", "5.03.02.2.01.0006"]
    s = next(s for s in hasil.simpul if s.kode == "5.03.02.2.01.0004")
    assert (s.nama, s.level, s.induk) == ("Evaluasi Pengadaan", Level.SUB_KEGIATAN, "s-4")
    (i,) = [i for i in hasil.indikator if i.simpul == s.id]
    assert (i.teks, i.satuan, i.di_evaluasi, i.di_rencana) == ("Jumlah Laporan Evaluasi", "Laporan", True, True)
    pengenal = [*(x.id for x in hasil.simpul), *(x.id for x in hasil.indikator)]
    assert len(set(pengenal)) == len(pengenal)
    tabel = hitung(perbarui(hasil))
    assert baris_simpul(tabel, T_C_33.kunci, s.id)["no"].nilai == "1.2"
    assert baris_simpul(tabel, T_C_29.kunci, s.id)["satuan_target_n2"].nilai == "Laporan"
    assert (
        baris_simpul(tabel, T_C_33.kunci, "s-3")["pagu_n"].nilai
        == baris_simpul(buku, T_C_33.kunci, "s-3")["pagu_n"].nilai
    )


def test_tambah_membawa_kegiatan_dan_program_yang_belum_ada(buku: Buku) -> None:
    hasil = tambah_sub_kegiatan(buku, "5.03.02.2.03.0001")
    assert kode(hasil)[-2:] == ["5.03.02.2.03", "5.03.02.2.03.0001"]
    assert next(s for s in hasil.simpul if s.kode == "5.03.02.2.03").induk == "s-3"
    # the agency's own bidang urusan stands for X.XX, also as typed; the program comes before those after it
    hasil = tambah_sub_kegiatan(buku, "X.XX.01.2.01.0001")
    assert kode(hasil)[2:5] == ["5.03.01", "5.03.01.2.01", "5.03.01.2.01.0001"]
    program, kegiatan, sub = hasil.simpul[2:5]
    assert (program.induk, kegiatan.induk, sub.induk) == ("s-1", program.id, kegiatan.id)
    assert [s.id for s in perbarui(hasil).simpul] == [s.id for s in hasil.simpul]


def test_tambah_tidak_memakai_id_yang_masih_dikenal(buku: Buku) -> None:
    terhapus = hitung(perbarui(hapus_sub_kegiatan(buku, "s-8")))
    baru = tambah_sub_kegiatan(terhapus, "5.03.02.2.01.0004")
    assert next(s.id for s in baru.simpul if s.kode == "5.03.02.2.01.0004") not in {s.id for s in buku.simpul}


@pytest.mark.parametrize(
    ("diketik", "pesan"),
    [
        ("abc", "'abc' bukan kode sub kegiatan"),
        ("5.03.02.2.01", "bukan kode sub kegiatan"),
        ("5.03.02.2.01.0003", "sudah dipakai “Koordinasi Pengadaan”"),
        ("5.03.02.2.01.0009", "tidak ada di lembar Nomenklatur"),
    ],
)
def test_tambah_menolak_dengan_satu_kalimat(buku: Buku, diketik: str, pesan: str) -> None:
    with pytest.raises(SuntinganDitolakError, match="mohon") as galat:
        tambah_sub_kegiatan(buku, diketik)
    assert pesan in str(galat.value)


def test_pindah_membawa_isian(buku: Buku) -> None:
    hasil = hitung(perbarui(pindah_sub_kegiatan(buku, "s-6", "5.03.02.2.02.0004")))
    s = next(s for s in hasil.simpul if s.id == "s-6")
    assert (s.kode, s.induk, s.keterangan_kode) == ("5.03.02.2.02.0004", "s-7", "perlu konfirmasi")
    assert [s.id for s in hasil.simpul][-3:] == ["s-7", "s-8", "s-6"]
    semula, kini = (baris_simpul(b, T_C_33.kunci, "s-6") for b in (buku, hasil))
    assert kini.id == semula.id
    assert kini["pagu_n"] == semula["pagu_n"]
    assert kini["kode"].nilai == "5.03.02.2.02.0004"
    assert baris_simpul(hasil, T_C_33.kunci, "s-7")["pagu_n"].nilai == 57_000_00
    assert baris_simpul(hasil, T_C_33.kunci, "s-4")["pagu_n"].nilai == 100_000_00
    assert not hasil.baris(BARIS_DIHAPUS.kunci)


def test_pindah_membuat_kegiatan_dari_nomenklatur(buku: Buku) -> None:
    hasil = pindah_sub_kegiatan(buku, "s-5", "5.03.02.2.03.0001")
    s = next(s for s in hasil.simpul if s.id == "s-5")
    assert next(i for i in hasil.simpul if i.id == s.induk).nama == "Pengembangan Kompetensi"
    with pytest.raises(SuntinganDitolakError, match=r"Kegiatan 5\.03\.02\.2\.09 tidak ada"):
        pindah_sub_kegiatan(buku, "s-5", "5.03.02.2.09.0001")
    with pytest.raises(SuntinganDitolakError, match="sudah dipakai"):
        pindah_sub_kegiatan(buku, "s-5", "5.03.02.2.01.0006")


def test_hapus_menyimpan_isian(buku: Buku) -> None:
    hasil = hitung(perbarui(hapus_sub_kegiatan(buku, "s-6")))
    assert "s-6" not in {s.id for s in hasil.simpul} | {i.simpul for i in hasil.indikator}
    simpanan = {(b["tabel"].nilai, b["kolom"].nilai): b["nilai"].nilai for b in hasil.baris(BARIS_DIHAPUS.kunci)}
    assert simpanan[T_C_33.kunci, "pagu_n"] == 50_000.0
    assert baris_simpul(hasil, T_C_33.kunci, "s-4")["pagu_n"].nilai == 100_000_00


@pytest.mark.parametrize("simpul", ["s-4", "s-99"])
def test_hanya_sub_kegiatan_yang_dipindah_dan_dihapus(buku: Buku, simpul: str) -> None:
    pesan = "mohon pilih baris sebuah sub kegiatan"
    with pytest.raises(SuntinganDitolakError, match=pesan):
        hapus_sub_kegiatan(buku, simpul)
    with pytest.raises(SuntinganDitolakError, match=pesan):
        pindah_sub_kegiatan(buku, simpul, "5.03.02.2.01.0001")


def test_tanpa_kode_bidang_urusan(buku: Buku) -> None:
    kosong = ganti_baris(buku, "Profil", "kode_bidang_urusan", None)
    assert tambah_sub_kegiatan(kosong, "5.03.02.2.03.0001").simpul[-1].nama == "Peningkatan Kapasitas"
    with pytest.raises(SuntinganDitolakError, match="tidak ada di lembar Nomenklatur"):
        tambah_sub_kegiatan(kosong, "5.03.01.2.01.0001")
