"""FMT of headings: years and numbers of title and header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from renja_xl.core.bahan import Bahan
from renja_xl.core.buku import Buku
from renja_xl.core.catatan import sel_temuan
from renja_xl.core.kisi import IsiKisi, Kisi
from renja_xl.core.letak import Letak, TempatBaris, letak_bawaan
from renja_xl.core.temuan import Temuan
from renja_xl.excel.kepala import sel_kepala
from renja_xl.periksa.kep import kepala_di_profil, tahun_kepala
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import RKT, T_C_29, T_C_33
from renja_xl.tabel.spec import TabelSpec
from tests.conftest import ganti_baris


def kisi(buku: Buku, spec: TabelSpec, ganti: Mapping[str, str] | None = None, lembar: str | None = None) -> Kisi:
    """The head of a sheet as the builder writes it, some texts replaced."""
    sel, gabungan = {}, []
    for s in sel_kepala(spec, buku):
        teks = s.teks
        for lama, baru in (ganti or {}).items():
            teks = teks.replace(lama, baru)
        sel[s.atas + 1, s.kiri + 1] = IsiKisi(teks)
        gabungan.append((s.atas + 1, s.kiri + 1, s.bawah + 1, s.kanan + 1))
    return Kisi(lembar or spec.lembar, sel, tuple(gabungan))


def periksa(buku: Buku, *lembar: Kisi, letak: Letak | None = None) -> list[Temuan]:
    return list(tahun_kepala(Konteks(buku, Bahan(letak or letak_bawaan(buku), lembar))))


def letak_asing(spec: TabelSpec, lembar: str) -> Letak:
    """One row of a table on a sheet of a foreign workbook."""
    return Letak({}, {}, {spec.kunci: {"x-1": TempatBaris(lembar, spec.baris_pertama, spec.letak_kolom)}})


def test_kepala_yang_benar(kecil: Buku) -> None:
    assert periksa(kecil, *(kisi(kecil, s) for s in (T_C_29, T_C_33, RKT))) == []
    assert list(tahun_kepala(Konteks(kecil))) == []  # no sheets were read


@pytest.mark.parametrize(
    ("spec", "lama", "baru", "kolom", "benar"),
    [
        (T_C_29, "Renja Tahun 2024", "Renja Tahun 2023", "target_n1", "2024"),
        (T_C_29, "Tahun Lalu (2023)", "Tahun Lalu (2024)", "target_n2", "2023"),
        (T_C_29, "Renstra s/d Tahun 2024", "Renstra s/d Tahun 2025", "kode", "2024"),  # the title
        (T_C_33, "Rencana Tahun 2025", "Rencana Tahun 2024", "lokasi", "2025"),
    ],
)
@pytest.mark.parametrize("bentuk", ["bergabung", "tanpa gabungan", "lembar asing"])
def test_fmt_07_tahun_yang_bukan_kolomnya(
    kecil: Buku, spec: TabelSpec, lama: str, baru: str, kolom: str, benar: str, bentuk: str
) -> None:
    lembar = kisi(kecil, spec, {lama: baru}, "Lampiran 1" if bentuk == "lembar asing" else None)
    if bentuk == "tanpa gabungan":
        lembar = replace(lembar, gabungan=())
    temuan = periksa(kecil, lembar, letak=letak_asing(spec, lembar.lembar) if bentuk == "lembar asing" else None)
    assert [(t.aturan, t.kolom, t.seharusnya, t.lembar) for t in temuan] == [("FMT-07", kolom, benar, lembar.lembar)]
    assert temuan[0].sel
    assert sel_temuan(temuan[0], Letak({}, {})) == (lembar.lembar, temuan[0].sel)  # no row of the table stands there
    assert "padahal kolom ini Lokasi" not in temuan[0].pesan  # a heading over several is called by what they share


@pytest.mark.parametrize("teks", ["Renstra 2021-2026", "Perda Nomor 4 Tahun 2021", "Target akhir", "Tahun 2024"])
def test_fmt_07_tahun_yang_tidak_berkata_apa_apa(kecil: Buku, teks: str) -> None:
    """Periods, citations, and the right year."""
    assert periksa(kecil, kisi(kecil, T_C_29, {"Target Program dan Kegiatan (Renja Tahun 2024)": teks})) == []


@pytest.mark.parametrize(
    ("teks", "benar"), [("(n-1) 2023", "2024"), ("(n - 1) 2024", None), ("(n-2) 2024", "(n-2) 2023")]
)
def test_fmt_07_tahun_di_samping_perannya(kecil: Buku, teks: str, benar: str | None) -> None:
    temuan = periksa(kecil, kisi(kecil, T_C_29, {"Target Program dan Kegiatan (Renja Tahun 2024)": teks}))
    assert [t.seharusnya for t in temuan] == ([benar] if benar else [])


def test_fmt_07_kepala_yang_dicatat_di_profil(tercetak: Buku, kecil: Buku) -> None:
    """The sample's T-C.30 calls 2023 (n-3) beside (n-1) 2024."""
    (t,) = kepala_di_profil(Konteks(tercetak))
    assert (t.aturan, t.tertulis, t.seharusnya) == ("FMT-07", "(n-3) 2023", "(n-3) 2022")
    assert list(kepala_di_profil(Konteks(kecil))) == []


def test_fmt_08_nomor_tabel(kecil: Buku) -> None:
    buku = ganti_baris(kecil, "Profil", "nomor_t_c_33", "3.1.4")
    assert periksa(buku, kisi(buku, T_C_33)) == []
    (t,) = periksa(buku, kisi(buku, T_C_33, {"Tabel 3.1.4": "Tabel 3.1.5"}))
    assert (t.aturan, t.tertulis, t.seharusnya) == ("FMT-08", "3.1.5", "3.1.4")
    # another layout's number, where Profil was never asked
    assert periksa(kecil, kisi(kecil, T_C_33, {"Tabel T-C.33": "Tabel 4.2"}, "Sheet1")) == []


def test_tahun_sebagai_angka_tidak_dihitung_dua_kali(kecil: Buku) -> None:
    """A title and a bare year stored as a number below it are one finding."""
    lembar = Kisi(
        RKT.lembar, {(2, 1): IsiKisi("Tabel RKT Rencana Kinerja Tahunan Tahun 2024"), (3, 1): IsiKisi(2024.0)}
    )
    assert [t.seharusnya for t in periksa(kecil, lembar)] == [
        "2025",
    ]
