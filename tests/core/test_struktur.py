"""The struktur as rows of its sheet, read back as a tree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from renja_xl.core.buku import Buku, CaraHitung, Indikator, Level, Sifat, Simpul
from renja_xl.core.struktur import (
    BarisStruktur,
    PembuatId,
    anggota,
    dari_baris,
    ke_baris,
    nomor_urut,
    rapikan_urutan,
    urut_pohon,
)


def lembar(buku: Buku) -> list[BarisStruktur]:
    """The rows of the sheet as the reader hands them on."""
    return [
        BarisStruktur(b.level, {k: str(s.nilai) for k, s in b.sel.items() if s.nilai is not None})
        for b in ke_baris(buku)
    ]


def baru(level: Level, **isi: str) -> BarisStruktur:
    return BarisStruktur(level, isi)


def cari(simpul: tuple[Simpul, ...], nama: str) -> Simpul:
    (s,) = (s for s in simpul if s.nama == nama)
    return s


def test_bolak_balik(kecil: Buku, normal: Buku) -> None:
    """Writing the sheet and reading it loses nothing, on the real plan too."""
    for buku in (kecil, normal):
        simpul, indikator = dari_baris(lembar(buku))
        assert simpul == buku.simpul
        assert indikator == buku.indikator


def test_baris_lembar_satu_per_indikator(kecil: Buku) -> None:
    rows = [b for b in ke_baris(kecil) if b.simpul == "s-3"]
    assert [(b["nama"].nilai, b["level"].nilai, b["indikator"].nilai) for b in rows] == [
        ("PROGRAM KEPEGAWAIAN DAERAH", "Program", "Persentase kesesuaian jabatan"),
        (None, "Indikator lanjutan", "Indeks sistem merit"),
    ]


def test_baris_baru_di_akhir_menemukan_induknya_lewat_kode(kecil: Buku) -> None:
    """Typed below everything, a sub kegiatan of the first kegiatan belongs to it all the same."""
    rows = [*lembar(kecil), baru(Level.SUB_KEGIATAN, kode="5.03.02.2.01.0007", nama="Evaluasi", indikator="Jumlah")]
    simpul, indikator = dari_baris(rows)
    s = cari(simpul, "Evaluasi")
    assert s.induk == "s-4"
    assert s.id not in {x.id for x in kecil.simpul}
    (i,) = (i for i in indikator if i.simpul == s.id)
    assert (i.teks, i.di_evaluasi, i.di_rencana) == ("Jumlah", True, True)  # a blank choice means yes
    assert i.id not in {x.id for x in kecil.indikator}


def test_baris_baru_tanpa_kode_atau_berinduk_tak_dikenal_ikut_letaknya(kecil: Buku) -> None:
    rows = lembar(kecil)
    rows.insert(6, baru(Level.SUB_KEGIATAN, nama="Tanpa kode"))  # after s-5, below s-4
    rows.append(baru(Level.SUB_KEGIATAN, nama="Kode asing", kode="5.03.02.2.09.0001"))
    simpul, _ = dari_baris(rows)
    assert cari(simpul, "Tanpa kode").induk == "s-4"
    assert cari(simpul, "Kode asing").induk == "s-7"


def test_kegiatan_baru_beserta_sub_kegiatannya(kecil: Buku) -> None:
    rows = [
        *lembar(kecil),
        baru(Level.KEGIATAN, kode=" 5.03.02.2.03. ", nama="Pengembangan"),
        baru(Level.SUB_KEGIATAN, nama="Pendidikan"),
        baru(Level.SUB_KEGIATAN, kode="5.03.02.2.03.0002", nama="Assessment"),
    ]
    simpul, _ = dari_baris(rows)
    kegiatan = cari(simpul, "Pengembangan")
    assert (kegiatan.kode, kegiatan.induk) == ("5.03.02.2.03", "s-3")
    assert cari(simpul, "Pendidikan").induk == kegiatan.id
    assert cari(simpul, "Assessment").induk == kegiatan.id


def test_baris_yang_dipindah_ikut_letaknya_walau_kodenya_lain(kecil: Buku) -> None:
    """A known row follows its place; that its kode disagrees is for a finding to say."""
    rows = lembar(kecil)
    (n,) = (n for n, r in enumerate(rows) if r.isi.get("simpul") == "s-6")
    rows.append(rows.pop(n))
    simpul, indikator = dari_baris(rows)
    s = cari(simpul, "Administrasi Pemberhentian")
    assert (s.id, s.induk, s.kode) == ("s-6", "s-7", "5.03.02.2.01.0006")
    assert [i.id for i in indikator if i.simpul == "s-6"] == ["i-7"]


def test_baris_salinan_mendapat_id_baru(kecil: Buku) -> None:
    rows = lembar(kecil)
    salinan = BarisStruktur(rows[5].level, {**rows[5].isi, "nama": "Salinan", "kode": "5.03.02.2.02.0002"})
    simpul, indikator = dari_baris([*rows, salinan])
    assert len({s.id for s in simpul}) == len(simpul) == len(kecil.simpul) + 1
    assert len({i.id for i in indikator}) == len(indikator) == len(kecil.indikator) + 1
    assert cari(simpul, "Koordinasi Pengadaan").id == "s-5"
    assert cari(simpul, "Salinan").induk == "s-7"


def test_indikator_lanjutan_milik_simpul_di_atasnya(kecil: Buku) -> None:
    rows = lembar(kecil)
    rows.insert(6, baru(Level.INDIKATOR_LANJUTAN, indikator="Jumlah laporan", satuan="Laporan"))
    _, indikator = dari_baris(rows)
    assert [i.teks for i in indikator if i.simpul == "s-5"] == ["Jumlah dokumen pengadaan", "Jumlah laporan"]


def test_perangkat_daerah_bukan_induk(kecil: Buku) -> None:
    simpul, _ = dari_baris(lembar(kecil))
    assert cari(simpul, "PROGRAM KEPEGAWAIAN DAERAH").induk == "s-1"


@pytest.mark.parametrize(
    ("kolom", "teks", "atribut", "nilai"),
    [
        ("cara_hitung", "posisi akhir", "cara_hitung", CaraHitung.POSISI_AKHIR),
        ("cara_hitung", "RATA-RATA", "cara_hitung", CaraHitung.RATA_RATA),
        ("cara_hitung", "kira-kira", "cara_hitung", None),
        ("sifat", "makin rendah makin baik", "sifat", Sifat.MAKIN_RENDAH),
        ("sifat", "entah", "sifat", Sifat.MAKIN_TINGGI),
        ("di_evaluasi", "ya", "di_evaluasi", True),
        ("di_evaluasi", " YA ", "di_evaluasi", True),
        ("di_evaluasi", "Tidak", "di_evaluasi", False),
        ("di_rencana", " ", "di_rencana", True),
        ("di_rencana", "tidak", "di_rencana", False),
    ],
)
def test_pilihan_bagaimana_pun_ejaannya(kolom: str, teks: str, atribut: str, nilai: object) -> None:
    _, (i,) = dari_baris([BarisStruktur(Level.PROGRAM, {"nama": "P", kolom: teks})])
    assert getattr(i, atribut) == nilai


def test_id_baru_melanjutkan_yang_tertinggi() -> None:
    buat = PembuatId("s", ["s-0007", "s-12", "i-0099", "asing", ""])
    assert (buat(), buat()) == ("s-0013", "s-0014")


def test_nomor_urut(kecil: Buku) -> None:
    nomor = nomor_urut(kecil)
    assert nomor == {"s-3": "A", "s-4": "1", "s-5": "1.1", "s-6": "1.2", "s-7": "2", "s-8": "2.1"}
    banyak = Buku(tuple(Simpul(f"p{n}", Level.PROGRAM, "P") for n in range(28)))
    assert [nomor_urut(banyak)[p] for p in ("p0", "p25", "p26", "p27")] == ["A", "Z", "AA", "AB"]


def test_anggota_beserta_leluhurnya() -> None:
    simpul = (
        Simpul("p", Level.PROGRAM, "P"),
        Simpul("k", Level.KEGIATAN, "K", induk="p"),
        Simpul("s", Level.SUB_KEGIATAN, "S", induk="k"),
        Simpul("t", Level.SUB_KEGIATAN, "T", induk="k"),
    )
    indikator = (Indikator("i", "s", di_evaluasi=True), Indikator("j", "t", di_rencana=True))
    buku = Buku(simpul, indikator)
    assert anggota(buku, "evaluasi") == {"s", "k", "p"}
    assert anggota(buku, "rencana") == {"t", "k", "p"}


def test_tidak_ada_simpul_yang_hilang_karena_induknya() -> None:
    """An unknown parent, or a ring of parents, loses nobody."""
    simpul = (
        Simpul("a", Level.KEGIATAN, "A", induk="b"),
        Simpul("b", Level.PROGRAM, "B", induk="a"),
        Simpul("c", Level.SUB_KEGIATAN, "C", induk="tak ada"),
        Simpul("d", Level.PROGRAM, "D", induk="d"),
    )
    assert sorted(s.id for s in urut_pohon(simpul)) == ["a", "b", "c", "d"]


def test_urutan_pohon_induk_dahulu(kecil: Buku) -> None:
    acak = replace(kecil, simpul=tuple(reversed(kecil.simpul)), indikator=tuple(reversed(kecil.indikator)))
    rapi = rapikan_urutan(acak)
    letak = {s.id: n for n, s in enumerate(rapi.simpul)}
    assert all(letak[s.induk] < letak[s.id] for s in rapi.simpul if s.induk)
    urut = [letak[i.simpul] for i in rapi.indikator]
    assert urut == sorted(urut)
