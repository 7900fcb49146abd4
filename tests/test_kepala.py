"""Heads of sheets in a planner's own file: years, numbers and paper follow Profil; what somebody else wrote stays."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from renja_xl.alur import buku_baru
from renja_xl.core.buku import Baris, Buku, Level, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.core.waktu import catat_susunan, sidik_susunan
from renja_xl.excel.baca import baca
from renja_xl.excel.bangun import bangun
from renja_xl.excel.kepala import BARIS_PENYUSUN, SelKepala, sel_kepala
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket, buka
from renja_xl.excel.rumus import nilai_judul
from renja_xl.excel.tambal import tambal
from renja_xl.tabel import PEMENUHAN_TARGET, PROFIL, SEMUA, T_C_29, T_C_30, T_C_33
from renja_xl.tabel.spec import TabelSpec
from tests.conftest import ganti_baris
from tests.excel.ragam import RAGAM
from tests.test_susun import jalan, ubah

TAHUN, BARU = "2021 s.d. 2026", "2027 s.d. 2032"
SENDIRI = {"Panduan", "Dasar Perhitungan", "Nomenklatur"}
"""Sheets that hold no table of the plan."""


@pytest.fixture(scope="module")
def polos(kecil: Buku) -> bytes:
    """A plan of 2025 in the period 2021–2026, with nothing left to do in it."""
    pegawai = Baris("p-1", Level.DATA, {"tingkat_pendidikan": Sel("S1"), "laki_laki": Sel(2.0)})
    buku = ganti_baris(kecil, "Profil", "tahun_renstra", TAHUN)
    return bangun(hitung(perbarui(buku.ganti({"Pegawai": [pegawai], "Catatan Perbaikan": ()}))))


@pytest.fixture
def berkas(tmp_path: Path, polos: bytes) -> Path:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(polos)
    return path


@pytest.fixture(scope="module")
def tahun_lain(polos: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The file after *Perbarui Tabel* for another year, period, table numbers and paper; and one built anew of the same plan."""
    path = tmp_path_factory.mktemp("kepala") / "Renja.xlsx"
    path.write_bytes(polos)
    isian(
        path, tahun_anggaran=2031.0, tahun_renstra=BARU, ukuran_kertas="A4", nomor_t_c_33="3.1.4", nomor_iku="2.2 (a)"
    )
    perbarui_buku(path)
    return path.read_bytes(), bangun(baca(path).buku)


def ketik(path: Path, lembar: str, sel: Mapping[tuple[int, int], str | float]) -> None:
    """Type into cells of a sheet by row and column."""
    path.write_bytes(tambal(buka(path), {lembar: {k: IsiSel(v) for k, v in sel.items()}}, hitung_saat_buka=False))


def isian(path: Path, **nilai: str | float) -> None:
    """Type into fields of Profil."""
    ubah(path, {("Profil", k, "nilai"): v for k, v in nilai.items()})


def perbarui_buku(path: Path) -> None:
    hasil = jalan("perbarui", path)
    assert hasil.exit_code == 0, hasil.stderr


def lembar(isi: bytes) -> dict[str, str]:
    """XML of the sheets by name."""
    paket = Paket(Path("Renja.xlsx"), isi)
    return {n: paket.isi(bagian).decode() for n, bagian in paket.lembar.items()}


def kepala(isi: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    """Every text down to the column numbers, by sheet and (row, column)."""
    with CalamineWorkbook.from_filelike(BytesIO(isi)) as wb:
        return {
            s.lembar: {
                (r, c): v
                for r, deret in enumerate(wb.get_sheet_by_name(s.lembar).to_python(nrows=s.baris_nomor), 1)
                for c, v in enumerate(deret, 1)
                if v != ""
            }
            for s in SEMUA
        }


def kaki(isi: bytes) -> dict[str, str]:
    """Footers by sheet."""
    return {n: "".join(re.findall(r"<oddFooter>(.*?)</oddFooter>", x)) for n, x in lembar(isi).items()}


def kertas(isi: bytes) -> dict[str, str]:
    """Paper numbers by sheet."""
    return {n: "".join(re.findall(r'<pageSetup[^>]*paperSize="(\d+)"', x)) for n, x in lembar(isi).items()}


def tahun_di_kepala(isi: bytes) -> set[str]:
    return {t for x in kepala(isi).values() for v in x.values() for t in re.findall(r"\b20\d\d\b", str(v))}


def teks_kepala(isi: bytes, lembar_: str) -> set[str]:
    return {str(v) for v in kepala(isi)[lembar_].values()}


# ── years ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tahun_dan_periode_baru_sampai_di_setiap_kepala(polos: bytes, tahun_lain: tuple[bytes, bytes]) -> None:
    jadi, baru = tahun_lain
    assert tahun_di_kepala(polos) == {str(t) for t in range(2021, 2027)}
    assert kepala(jadi) == kepala(baru)
    assert tahun_di_kepala(jadi) == {str(t) for t in range(2027, 2033)}


@pytest.mark.parametrize("cara", ["excel", "awalan-lembar"])
def test_juga_bila_program_lain_menyimpannya(berkas: Path, tahun_lain: tuple[bytes, bytes], cara: str) -> None:
    berkas.write_bytes(RAGAM[cara](berkas.read_bytes()))
    isian(berkas, tahun_anggaran=2031.0, tahun_renstra=BARU, nomor_t_c_33="3.1.4", nomor_iku="2.2 (a)")
    perbarui_buku(berkas)
    assert kepala(berkas.read_bytes()) == kepala(tahun_lain[1])


def test_kepala_yang_dikenal(tahun_lain: tuple[bytes, bytes]) -> None:
    """A few heads as they must read."""
    jadi, _ = tahun_lain
    assert "Pemenuhan Target Kinerja Sub Kegiatan Tahun 2029" in teks_kepala(jadi, "Pemenuhan Target")
    assert {"Target Program dan Kegiatan (Renja Tahun 2030)", "Realisasi Target Kinerja s/d Tahun 2028"} <= teks_kepala(
        jadi, "T-C.29"
    )
    assert {"2027", "2032"} <= teks_kepala(jadi, "Renstra")
    assert {"2029", "2032"} <= teks_kepala(jadi, "T-C.30")
    assert "Beranda Renja Tahun 2031" in teks_kepala(jadi, "Beranda")
    assert any(t.startswith("Tabel 3.1.4 ") for t in teks_kepala(jadi, "T-C.33"))
    assert any(t.startswith("Tabel 2.2 (a) ") for t in teks_kepala(jadi, "Capaian IKU"))


def test_tahun_saja_lalu_tanpa_periode(berkas: Path) -> None:
    """The heads of Renstra name its period, whatever the year of the plan; without one they count, and it comes back."""
    semula = kepala(berkas.read_bytes())
    isian(berkas, tahun_anggaran=2024.0)
    perbarui_buku(berkas)
    assert kepala(berkas.read_bytes()) == kepala(bangun(baca(berkas).buku))
    assert kepala(berkas.read_bytes())["Renstra"] == semula["Renstra"]
    isian(berkas, tahun_anggaran=2025.0, tahun_renstra="belum ada")
    perbarui_buku(berkas)
    assert {f"Tahun ke-{n}" for n in range(1, 7)} <= teks_kepala(berkas.read_bytes(), "Renstra")
    isian(berkas, tahun_renstra=TAHUN)
    perbarui_buku(berkas)
    assert kepala(berkas.read_bytes()) == semula


def test_tahun_di_kaki_halaman(tahun_lain: tuple[bytes, bytes]) -> None:
    jadi, baru = ({n: v for n, v in kaki(x).items() if n not in SENDIRI} for x in tahun_lain)
    assert jadi == baru
    assert all("Renja Tahun 2031" in v for v in jadi.values())


@pytest.mark.parametrize("nama", sorted(SENDIRI))
def test_tahun_di_kaki_lembar_lain(tahun_lain: tuple[bytes, bytes], nama: str) -> None:
    assert "Renja Tahun 2031" in kaki(tahun_lain[0])[nama]


# ── what a planner wrote ──────────────────────────────────────────────────────────────────────────────────────


def tempat(isi: bytes, spec: TabelSpec, teks: str) -> tuple[int, int]:
    """Row and column of a head that begins so."""
    (sel,) = (k for k, v in kepala(isi)[spec.lembar].items() if str(v).startswith(teks))
    return sel


def test_kepala_yang_ditulis_sendiri_tetap(berkas: Path) -> None:
    semula = berkas.read_bytes()
    sendiri = {
        (T_C_29, "Tabel T-C.29"): "TABEL T-C.29 EVALUASI RENJA BKPSDM S/D TAHUN 2024",
        (T_C_29, "Target Program dan Kegiatan"): "Target Renja 2024",
        (T_C_29, "Realisasi Target Kinerja"): "Realisasi Target Kinerja s/d Tahun 2022 *)",
        (T_C_30, "IKK"): "Indikator Kinerja Kunci",
        (T_C_30, "Realisasi Capaian"): "Realisasi Tahun 2023 dan 2024",
        (PEMENUHAN_TARGET, "Pemenuhan Target"): "Pemenuhan Target Kinerja Sub Kegiatan Tahun Lalu",
    }
    di: dict[str, dict[tuple[int, int], str]] = {}
    for (spec, teks), baru in sendiri.items():
        di.setdefault(spec.lembar, {})[tempat(semula, spec, teks)] = baru
    for nama, isi in di.items():
        ketik(berkas, nama, isi)
    # words of ours with another year are ours
    lama = tempat(semula, T_C_29, "Target Renja Tahun")
    ketik(berkas, T_C_29.lembar, {lama: "Target Renja Tahun 1999"})
    isian(berkas, tahun_anggaran=2031.0)
    perbarui_buku(berkas)
    jadi, benar = kepala(berkas.read_bytes()), kepala(bangun(baca(berkas).buku))
    assert jadi[T_C_29.lembar][lama] == "Target Renja Tahun 2029"
    for nama, isi in benar.items():
        assert jadi[nama] == isi | di.get(nama, {}), nama


def test_pernah_mengenali_kepala_sendiri() -> None:
    def pernah(pola: str, teks: str) -> bool:
        return SelKepala(0, 0, 0, 0, "", pola).pernah(teks)

    assert pernah("Target {n1} (%)", "Target 2019 (%)")
    assert not pernah("Target {n1} (%)", "Target 19 (%)")
    assert not pernah("Target {n1} (%)", "Target 2019 (%) baru")
    assert not pernah("Target {n1} (%)", "Target (%)")
    assert pernah("{r3}", "Tahun ke-3")
    assert pernah("{r3}", "2031")
    assert not pernah("{r3}", "Tahun ketiga")
    assert pernah("Tabel {nomor} Rencana {n}", "Tabel 3.1.4 Rencana 2025")
    assert not pernah("Tabel {nomor} Rencana {n}", "Tabel  Rencana 2025")
    assert not pernah("Tabel {nomor} Rencana {n}", f"Tabel {'9' * 60} Rencana 2025")


def test_setiap_kepala_menurut_deklarasinya(kecil: Buku) -> None:
    """Stacked heads cover their columns without overlapping, down to the row above the column numbers."""
    for spec in SEMUA:
        judul, *lain = sel_kepala(spec, kecil)
        assert judul.atas == 1
        tertutup = [(r, c) for k in lain for r in range(k.atas, k.bawah + 1) for c in range(k.kiri, k.kanan + 1)]
        assert len(set(tertutup)) == len(tertutup), spec.kunci
        tampak = {n for n, k in enumerate(spec.kolom) if k.judul and not k.tersembunyi}
        awal = spec.baris_kepala - 1
        assert set(tertutup) == {(r, c) for r in range(awal, awal + spec.kedalaman) for c in tampak}, spec.kunci
        assert all("{" not in k.teks for k in (judul, *lain)), spec.kunci


# ── paper, and files that are right already ───────────────────────────────────────────────────────────────────


def test_kertas(polos: bytes, tahun_lain: tuple[bytes, bytes]) -> None:
    assert set(kertas(polos).values()) == {"14"}
    assert set(kertas(tahun_lain[1]).values()) == {"9"}
    assert {v for n, v in kertas(tahun_lain[0]).items() if n not in SENDIRI} == {"9"}


@pytest.mark.parametrize("nama", sorted(SENDIRI))
def test_kertas_lembar_lain(tahun_lain: tuple[bytes, bytes], nama: str) -> None:
    assert kertas(tahun_lain[0])[nama] == "9"


def test_kertas_lain_yang_dipilih_sendiri_tetap(berkas: Path) -> None:
    """A3, chosen in Excel for one sheet, is nobody's business; back to Folio, all others follow."""
    bagian = buka(berkas).lembar["T-C.31"]
    keluaran = BytesIO()
    with zipfile.ZipFile(berkas) as asal, zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as z:
        for info in asal.infolist():
            isi = asal.read(info)
            z.writestr(info, isi.replace(b'paperSize="14"', b'paperSize="8"') if info.filename == bagian else isi)
    berkas.write_bytes(keluaran.getvalue())
    for pilihan, nomor in (("A4", "9"), ("Folio (F4)", "14")):
        isian(berkas, ukuran_kertas=pilihan)
        perbarui_buku(berkas)
        jadi = {n: v for n, v in kertas(berkas.read_bytes()).items() if n not in SENDIRI}
        assert jadi.pop("T-C.31") == "8"
        assert set(jadi.values()) == {nomor}


def test_berkas_yang_sudah_benar_tidak_disentuh(berkas: Path, tahun_lain: tuple[bytes, bytes]) -> None:
    for isi in (berkas.read_bytes(), tahun_lain[0]):
        berkas.write_bytes(isi)
        perbarui_buku(berkas)
        assert berkas.read_bytes() == isi
        assert not (berkas.parent / "Cadangan").exists()


def test_buku_baru_tidak_disentuh(tmp_path: Path) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(isi := bangun(buku_baru(2025)))
    perbarui_buku(path)
    assert path.read_bytes() == isi


def test_isian_lain_hanya_mengubah_profil(berkas: Path) -> None:
    """A field that no head shows: whatever else ``perbarui`` does, no sheet but Profil and its own note of the time."""
    semula = lembar(berkas.read_bytes())
    isian(berkas, provinsi="Kalimantan Timur")
    perbarui_buku(berkas)
    kini = lembar(berkas.read_bytes())
    assert {n for n in semula if semula[n] != kini[n]} <= {"Profil", "Beranda"}


def test_tabel_yang_menunggu_disebut_di_tiap_tabelnya_dan_selesai_setelah_perbarui(berkas: Path) -> None:
    """What the events mark in Profil is said below each title, also in print, until the tables are laid out anew."""
    isian(berkas, tabel_basi="Ya", terakhir_disusun="24 November 2026 pukul 10.32")
    terbaca = baca(berkas)
    for spec in (T_C_33, PROFIL):
        teks = nilai_judul(spec, terbaca.buku)
        assert ("belum diperbarui sejak 24 November 2026 pukul 10.32: klik Perbarui Tabel" in teks) is (spec is T_C_33)
    perbarui_buku(berkas)
    kini = baca(berkas)
    assert kini.buku.profil("tabel_basi") == "Tidak"
    assert kini.buku.profil("sidik_susunan") == sidik_susunan(kini.buku)
    wb = load_workbook(berkas, data_only=True)
    assert "belum diperbarui" not in str(wb[T_C_33.lembar].cell(BARIS_PENYUSUN + 1, 1).value)


def test_sidik_berubah_hanya_bila_isian_berubah(berkas: Path) -> None:
    buku = baca(berkas).buku
    sidik = sidik_susunan(buku)
    assert sidik == sidik_susunan(catat_susunan(hitung(buku), datetime(2026, 11, 4, 9, 5)))
    s = buku.simpul[-1]
    assert sidik != sidik_susunan(replace(buku, simpul=(*buku.simpul[:-1], replace(s, nama=s.nama.swapcase()))))
    rows = list(buku.baris(T_C_33.kunci))
    n = next(n for n, b in enumerate(rows) if b["pagu_n"].nilai is not None and not b["pagu_n"].rumus)
    rows[n] = rows[n].dengan({"pagu_n": Sel(1)})
    assert sidik != sidik_susunan(buku.ganti({T_C_33.kunci: rows}))
