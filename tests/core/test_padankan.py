"""Two plans of any origin: the comparison of a plan with itself is empty, and every comparison is a complete patch."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renja_xl.core.buku import Buku, Level, Simpul
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.padankan import padankan, samakan, seasal
from renja_xl.core.perbarui import perbarui
from renja_xl.core.sanding import Sanding, sandingkan
from renja_xl.core.tambalan import isian, terapkan
from tests import strategi
from tests.conftest import baris_simpul, isi

HEMAT = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def banding(lama: Buku, baru: Buku) -> tuple[Sanding, Buku]:
    sama, _, p = samakan(lama, baru)
    return sandingkan(lama, sama, letak_bawaan(sama), p.pasangan), sama


def dengan_id_lain(buku: Buku) -> Buku:
    """The plan as another workbook would number it: every id given anew, in another order."""
    acak = Random(5)

    def nomori(awalan: str, daftar: list[str]) -> dict[str, str]:
        nomor = list(range(1, len(daftar) + 1))
        acak.shuffle(nomor)
        return {k: f"{awalan}-{n:04d}" for k, n in zip(daftar, nomor, strict=True)}

    s = nomori("s", [x.id for x in buku.simpul])
    i = nomori("i", [x.id for x in buku.indikator])
    tabel = {}
    for kunci, rows in buku.tabel.items():
        b = nomori("b", [x.id for x in rows]) if kunci not in {"Profil", "Dasar Perhitungan"} else {}
        tabel[kunci] = tuple(
            replace(
                x,
                id=b.get(x.id, x.id),
                simpul=s.get(x.simpul or "", x.simpul),
                indikator=i.get(x.indikator or "", x.indikator),
            )
            for x in rows
        )
    return Buku(
        tuple(replace(x, id=s[x.id], induk=s.get(x.induk or "", x.induk)) for x in buku.simpul),
        tuple(replace(x, id=i[x.id], simpul=s.get(x.simpul, x.simpul)) for x in buku.indikator),
        tabel,
    )


@HEMAT
@given(st.one_of(strategi.buku_normal(), strategi.buku_tercetak()))
def test_dengan_dirinya_sendiri_tidak_berbeda(buku: Buku) -> None:
    s, sama = banding(buku, buku)
    assert sama == buku
    assert s.isian_sama
    assert s.tambalan.kosong
    assert s.total == ()
    assert s.sebab.beda == ()


@HEMAT
@given(strategi.mentah(ukuran=10), st.data())
def test_sanding_adalah_tambalan_yang_lengkap(mentah: tuple[Buku, strategi.Pengisi], data: st.DataObject) -> None:
    """Of an edited copy, and of a plan that has nothing to do with it."""
    rangka, p = mentah
    lama = hitung(perbarui(rangka))
    lain = data.draw(st.booleans())
    baru = data.draw(strategi.buku_normal(ukuran=8)) if lain else hitung(perbarui(strategi.ubah_struktur(lama, p)))
    s, sama = banding(lama, baru)
    assert isian(terapkan(lama, s.tambalan)) == isian(sama)
    balik = sandingkan(sama, lama, letak_bawaan(lama))
    assert isian(terapkan(sama, balik.tambalan)) == isian(lama)
    assert balik.sebab.selisih == -s.sebab.selisih
    jumlah = {j: s.sebab.jumlah(j) for j in ("ditambah", "dihapus", "naik", "turun")}
    assert sum(jumlah.values()) == s.sebab.selisih == s.sebab.baru.total - s.sebab.lama.total
    assert jumlah["naik"] >= 0 >= jumlah["turun"]


def test_contoh_dengan_id_lain_tidak_berbeda(normal: Buku) -> None:
    """The same plan numbered by somebody else: everything is found again by kode and name."""
    lain = dengan_id_lain(normal)
    assert not seasal(normal, lain)
    s, sama = banding(normal, lain)
    assert [len(x) for x in (s.ditambah, s.dihapus, s.dipindah, s.diganti_nama, s.diubah, s.total)] == [0] * 6
    assert sama.simpul == normal.simpul
    assert {p.menurut for p in s.pasangan.values()} <= {"kode", "nama"}
    assert isian(sama) == isian(normal)


def test_contoh_tercetak_dan_normal(normal: Buku, tercetak: Buku) -> None:
    """The same plan as printed: printed sums that are wrong are no difference in what was typed."""
    s, _ = banding(normal, tercetak)
    assert (s.sebab.selisih, s.ditambah, s.dihapus, s.dipindah) == (0, (), (), ())


def test_id_sama_yang_diberi_dua_salinan(kecil: Buku) -> None:
    """Two copies of a workbook each got a new sub kegiatan, and the same id for it: these are two things."""

    def tambah(nama: str, kode: str, teks: str) -> Buku:
        s = Simpul("s-9", Level.SUB_KEGIATAN, nama, kode, "s-7")
        i = replace(kecil.indikator[-1], id="i-10", simpul="s-9", teks=teks)
        return hitung(perbarui(replace(kecil, simpul=(*kecil.simpul, s), indikator=(*kecil.indikator, i))))

    satu = tambah("Promosi Jabatan", "5.03.02.2.02.0002", "Jumlah orang yang dipromosikan")
    dua = tambah("Fasilitasi Lembaga Profesi ASN", "5.03.02.2.02.0007", "Banyaknya dokumen kelembagaan")
    assert seasal(satu, dua)
    s, sama = banding(satu, dua)
    assert [x.nama for x in s.dihapus] == ["Promosi Jabatan"]
    assert [x.nama for x in s.ditambah] == ["Fasilitasi Lembaga Profesi ASN"]
    assert s.ditambah[0].id not in {x.id for x in satu.simpul}
    assert isian(terapkan(satu, s.tambalan)) == isian(sama)


def test_yakinnya_disebut(kecil: Buku) -> None:
    """Another workbook, a name spelled otherwise and no kode: the same with less certainty."""
    lain = dengan_id_lain(kecil)
    simpul = tuple(
        replace(x, nama="Kordinasi Pengadaan ASN", kode=None) if x.nama == "Koordinasi Pengadaan" else x
        for x in lain.simpul
    )
    p = padankan(kecil, replace(lain, simpul=simpul))
    assert not p.seasal
    assert p.pasangan["s-5"].menurut == "nama"
    assert 0.7 <= p.pasangan["s-5"].yakin < 1
    assert p.pasangan["s-6"] == type(p.pasangan["s-6"])("kode", 1.0)


def test_pindah_dan_ganti_kode_bukan_hapus_dan_tambah(kecil: Buku) -> None:
    lain = dengan_id_lain(isi(kecil, "T-C.33", "s-6", {"pagu_n": 9_00}))
    induk = next(x.id for x in lain.simpul if x.nama == "Mutasi dan Promosi")
    pindah = tuple(
        replace(x, induk=induk, kode="5.03.02.2.02.0009") if x.nama == "Administrasi Pemberhentian" else x
        for x in lain.simpul
    )
    s, sama = banding(kecil, hitung(perbarui(replace(lain, simpul=pindah))))
    assert (s.ditambah, s.dihapus) == ((), ())
    assert [(a.nama, z.induk) for a, z in s.dipindah] == [("Administrasi Pemberhentian", "s-7")]
    assert [z.kode for _, z in s.diganti_nama] == ["5.03.02.2.02.0009"]
    assert baris_simpul(sama, "T-C.33", "s-6")["pagu_n"].nilai == 9_00
