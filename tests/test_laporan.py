"""What is told of findings: text table, JSON, the Kertas Kerja in HTML, and what was not looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from renja_xl.cli import cli
from renja_xl.core.awal import baris_nomenklatur
from renja_xl.core.bahan import Bahan, Paragraf
from renja_xl.core.buku import Asal, Baris, Buku, Level, Sel
from renja_xl.core.catatan import dengan_catatan
from renja_xl.core.kisi import Kisi
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.temuan import Anggota, Temuan, Tingkat
from renja_xl.excel.bangun import bangun
from renja_xl.laporan_html import ANGGOTA_TERTULIS, Bagian, laporan_html
from renja_xl.periksa import ATURAN, KELUARGA, periksa
from renja_xl.periksa.laporan import kalimat_ringkas, ke_json, ringkas, tabel_teks, tidak_diperiksa
from renja_xl.tabel import CATATAN_PERBAIKAN, NOMENKLATUR, T_C_29, T_C_33
from renja_xl.tabel.kendali import KELUARGA_CATATAN
from tests.conftest import ganti_baris, isi

SAAT = datetime(2026, 11, 24, 20, 6)
JAHAT = "<script>alert('x')</script> & \"kutip\" \x07]]>"


@pytest.fixture
def salah(kecil: Buku) -> Buku:
    """The small plan with a wrong rate and a wrong total."""
    buku = isi(kecil, T_C_29.kunci, "s-5", {"tingkat_realisasi_n2": 75.0})
    return isi(buku, T_C_33.kunci, "s-4", {"pagu_n": Sel(1_00)})


def dijelaskan(buku: Buku, aturan: str) -> Buku:
    """The plan, its findings listed, those of one rule explained."""
    buku = dengan_catatan(buku, periksa(buku))
    rows = [
        b.dengan({"keadaan": Sel("Dijelaskan: menurut DPA")}) if b["aturan"].nilai == aturan else b
        for b in buku.baris(CATATAN_PERBAIKAN.kunci)
    ]
    return buku.ganti({CATATAN_PERBAIKAN.kunci: rows})


@pytest.fixture
def asing() -> Temuan:
    """A finding on a sheet that no table of ours owns."""
    return Temuan("RMS-01", Tingkat.PERLU_DICEK, "", "", "", "Rumusnya meleset.", "Perbaiki.", lembar="Rekap", sel="C7")


# ── text ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tabel_menurut_tingkat_dan_muat(salah: Buku, asing: Temuan) -> None:
    temuan = periksa(salah)
    anggota = tuple(Anggota(T_C_29.kunci, b.id, "realisasi_n2") for b in salah.baris(T_C_29.kunci)[:3])
    temuan = [replace(temuan[0], anggota=anggota), *temuan[1:], asing]
    keadaan = {temuan[1].rujukan: "Dijelaskan: menurut DPA"}
    for lebar in (80, 100, 140):
        baris = list(tabel_teks(temuan, letak_bawaan(salah), lebar, keadaan))
        assert max(map(len, baris)) <= lebar
        kepala = [b for b in baris if re.fullmatch(r"[A-Z][a-z ]+ \(\d+\)", b)]
        berat = sum(t.tingkat is Tingkat.HARUS_DIPERBAIKI for t in temuan) - 1
        assert kepala[0] == f"Harus diperbaiki ({berat})"
        assert kepala[-1] == "Sudah dijelaskan (1)"
        teks = " ".join(" ".join(baris).split())
        assert "3 sel: " in teks
        assert "Rekap!C7" in teks
        assert "menurut DPA" in teks


def test_kalimat_ringkas(salah: Buku) -> None:
    temuan = periksa(salah)
    n = len(temuan)
    assert kalimat_ringkas([]) == "Tidak ada catatan."
    assert kalimat_ringkas(temuan) == f"{n} catatan: {n} harus diperbaiki, 0 perlu dicek, 0 informasi."
    satu = {temuan[0].rujukan: "Dijelaskan: a"}
    assert kalimat_ringkas(temuan, satu).endswith(
        f"{n - 1} harus diperbaiki, 0 perlu dicek, 0 informasi; 1 sudah dijelaskan."
    )
    assert ringkas(temuan, {temuan[0].rujukan: "Belum (semula dijelaskan: a)"})["dijelaskan"] == 0


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_json_mengenal_keadaan(salah: Buku, asing: Temuan) -> None:
    buku = dijelaskan(salah, "ROL-01")
    temuan = [*periksa(buku), asing]
    objek = ke_json("x.xlsx", buku, temuan, letak_bawaan(buku))
    json.dumps(objek)
    jelas = [t for t in objek["temuan"] if t["keadaan"] == "Dijelaskan: menurut DPA"]
    assert {t["aturan"] for t in jelas} == {"ROL-01"}
    assert {t["keadaan"] for t in objek["temuan"] if t not in jelas} == {"Belum"}
    assert objek["ringkas"]["dijelaskan"] == len(jelas) > 0
    assert objek["ringkas"]["harus_diperbaiki"] == len(temuan) - len(jelas) - 1
    akhir = objek["temuan"][-1]
    assert [akhir[k] for k in ("lembar", "sel", "tabel", "kolom")] == ["Rekap", "C7", "", ""]
    assert objek["tidak_diperiksa"] == tidak_diperiksa(buku)


# ── what was not looked at ────────────────────────────────────────────────────────────────────────────────────


def test_tidak_diperiksa_menyebut_sebabnya(kecil: Buku) -> None:
    semua = " ".join(tidak_diperiksa(kecil))
    for kata in ("narasi", "Rumus", "Pegawai", "lembar Nomenklatur belum berisi", "DPA"):
        assert kata in semua
    assert "Isi uraian" not in semua
    bahan = Bahan(kisi=(Kisi("T-C.29", {}),), narasi=(Paragraf("n.txt", 1, "a"),))
    baris = Baris("x-1", Level.DATA, {"usulan": Sel("a")})
    buku = kecil.ganti({"T-C.32": [baris], "Pegawai": [baris]})
    lebih = " ".join(tidak_diperiksa(buku, bahan))
    assert "narasi" not in lebih
    assert "Rumus" not in lebih
    assert "Isi uraian di T-C.32 tidak dinilai" in lebih
    assert "Pegawai" not in lebih


@pytest.mark.parametrize(("kode", "disebut"), [("5.03.02", False), ("X.XX.02", False), ("5.04.02", True)])
def test_tidak_diperiksa_menyebut_bidang_yang_belum_dimuat(kecil: Buku, kode: str, disebut: bool) -> None:
    butir = baris_nomenklatur([Butir(kode, Level.PROGRAM, "Program")])
    teks = " ".join(tidak_diperiksa(kecil.ganti({NOMENKLATUR.kunci: butir})))
    assert ("Kode bidang urusan 5.03 tidak dibandingkan" in teks) is disebut


def test_setiap_keluarga_bernama() -> None:
    assert tuple(KELUARGA_CATATAN) == KELUARGA


# ── HTML ──────────────────────────────────────────────────────────────────────────────────────────────────────


class _Pengurai(HTMLParser):
    """Tags balanced, and what could fetch or run anything."""

    def __init__(self) -> None:
        super().__init__()
        self.tumpuk: list[str] = []
        self.teks: list[str] = []
        self.atribut: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.atribut += [(tag, k, v or "") for k, v in attrs]
        if tag not in {"meta", "br"}:
            self.tumpuk.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.tumpuk.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.tumpuk[-1:] != ["style"]:
            self.teks.append(data)


def urai(html: str) -> _Pengurai:
    p = _Pengurai()
    p.feed(html)
    p.close()
    assert p.tumpuk == []
    return p


def bagian(buku: Buku, temuan: list[Temuan] | None = None, nama: str = "Renja.xlsx") -> Bagian:
    return Bagian(nama, buku, periksa(buku) if temuan is None else temuan, letak_bawaan(buku))


def test_html_kertas_kerja(salah: Buku) -> None:
    buku = dijelaskan(ganti_baris(salah, "Profil", "perangkat_daerah", "Badan Kepegawaian"), "ROL-01")
    html = laporan_html([bagian(buku)], SAAT)
    p = urai(html)
    teks = " ".join(" ".join(p.teks).split())
    for kata in ("Badan Kepegawaian", "24-11-2026 pukul 20.06", "Tahun rencana", "Tahapan", "Kondisi", "Seharusnya", "Dasar",
                 "Cara memperbaiki", "Tindak lanjut", "Sudah dijelaskan (", "Dijelaskan: menurut DPA", "Tertulis 75",
                 "Yang tidak diperiksa", ATURAN["HIT-08"].dasar, "T-C.29!"):  # fmt: skip
        assert kata in teks, kata
    assert "<nav>" not in html
    # nothing from outside, nothing that runs
    assert not {tag for tag, _, _ in p.atribut} & {"script", "link", "img", "iframe", "object", "form"}
    assert not [a for a in p.atribut if a[1] in {"src", "srcset", "action"} or a[1].startswith("on")]
    assert not re.search(r"https?:|@import|url\(", html)
    # cards need the head of each cell
    judul = [v for tag, k, v in p.atribut if (tag, k) == ("td", "data-judul")]
    assert len(judul) == 7 * len(periksa(buku))
    assert judul[:7] == ["No", "Tempat", "Kondisi", "Seharusnya", "Dasar", "Cara memperbaiki", "Tindak lanjut"]


def test_html_tidak_mengartikan_isi(salah: Buku) -> None:
    buku = ganti_baris(salah, "Profil", "perangkat_daerah", JAHAT)
    t = Temuan("HIT-08", Tingkat.INFORMASI, "", "", JAHAT, JAHAT, JAHAT, JAHAT, JAHAT, JAHAT, Asal(JAHAT, JAHAT),
               lembar=JAHAT, sel=JAHAT)  # fmt: skip
    html = laporan_html(
        [bagian(buku, [replace(t, anggota=(Anggota("", "", "", JAHAT, JAHAT, lembar=JAHAT),) * 2)], JAHAT)], SAAT
    )
    p = urai(html)
    assert "<script" not in html
    assert "\x07" not in html
    assert "<script>alert('x')</script> & \"kutip\" ]]>" in "".join(p.teks)
    assert {tag for tag, _, _ in p.atribut} <= {"html", "meta", "section", "h2", "p", "table", "th", "td", "span"}


def test_html_anggota_dan_beberapa_buku(salah: Buku, kecil: Buku) -> None:
    (t, *_) = periksa(salah)
    anggota = tuple(Anggota("", "", "", "1", "2", lembar="X", sel=f"A{n}") for n in range(1, ANGGOTA_TERTULIS + 3))
    html = laporan_html([bagian(salah, [replace(t, anggota=anggota)]), bagian(kecil, nama="Lain.xlsx")], SAAT)
    teks = " ".join(urai(html).teks)
    assert f"{len(anggota)} sel: " in teks
    assert "X!A1 (1 → 2); X!A2" in teks
    assert f"X!A{ANGGOTA_TERTULIS + 1} " not in teks
    assert "dan 2 sel lain" in teks
    assert re.findall(r'(?:id="|href="#)(buku-\d)"', html) == ["buku-1", "buku-2", "buku-1", "buku-2"]
    assert "Lain.xlsx: Tidak ada catatan." in " ".join("".join(urai(html).teks).split())


def _terang(warna: str) -> float:
    """Relative luminance (WCAG 2) of a colour."""
    hexa = warna.lstrip("#")
    hexa = "".join(2 * c for c in hexa) if len(hexa) == 3 else hexa
    kanal = (int(hexa[n : n + 2], 16) / 255 for n in (0, 2, 4))
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in kanal)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_html_kontras(kecil: Buku) -> None:
    """Every colour of text is readable on every background of the page."""
    html = laporan_html([bagian(kecil)], SAAT)
    latar = set(re.findall(r"background:(#\w+)", html))
    tulisan = set(re.findall(r"[;{]color:(#\w+)", html))
    assert len(latar) == 2
    assert len(tulisan) >= 3
    for a in latar:
        for z in tulisan:
            assert (_terang(a) + 0.05) / (_terang(z) + 0.05) >= 4.5, (a, z)


# ── the command ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def jalan(tmp_path: Path) -> Callable[..., Result]:
    return lambda *argumen: CliRunner().invoke(cli, ["periksa", *map(str, argumen)])


def test_perintah_menghitung_yang_dijelaskan_tersendiri(
    jalan: Callable[..., Result], tmp_path: Path, kecil: Buku
) -> None:
    buku = isi(kecil, T_C_29.kunci, "s-5", {"tingkat_realisasi_n2": 75.0})
    path, html = tmp_path / "Renja.xlsx", tmp_path / "catatan.html"
    path.write_bytes(bangun(dengan_catatan(buku, periksa(buku))))
    belum = jalan(path, "--html", html)
    assert belum.exit_code == 1
    assert "Yang tidak diperiksa:" in belum.stderr
    assert "Belum" in "".join(urai(html.read_text(encoding="utf-8")).teks)
    path.write_bytes(bangun(dijelaskan(buku, "HIT-08")))
    hasil = jalan(path, "--json", "--html", html)
    assert hasil.exit_code == 0
    objek = json.loads(hasil.stdout)
    assert objek["ringkas"] == {"harus_diperbaiki": 0, "perlu_dicek": 0, "informasi": 0, "dijelaskan": 1}
    assert "Dijelaskan: menurut DPA" in html.read_text(encoding="utf-8")
    semula = path.read_bytes()
    assert jalan(path, path, "--html", html).exit_code == 0
    assert html.read_text(encoding="utf-8").count("<section") == 2
    assert path.read_bytes() == semula
    # the numbers change: it waits again, and the old explanation stays in sight
    lain = isi(kecil, T_C_29.kunci, "s-5", {"tingkat_realisasi_n2": 80.0})
    catatan = dijelaskan(buku, "HIT-08").baris(CATATAN_PERBAIKAN.kunci)
    path.write_bytes(bangun(lain.ganti({CATATAN_PERBAIKAN.kunci: catatan})))
    hasil = jalan(path, "--json")
    assert hasil.exit_code == 1
    assert json.loads(hasil.stdout)["temuan"][0]["keadaan"] == "Belum (semula dijelaskan: menurut DPA)"


def test_html_tidak_menimpa_buku(jalan: Callable[..., Result], tmp_path: Path, kecil: Buku) -> None:
    path = tmp_path / "Renja.xlsx"
    path.write_bytes(bangun(kecil))
    semula = path.read_bytes()
    hasil = jalan(path, "--html", path)
    assert hasil.exit_code == 2
    assert ".html" in hasil.stderr
    assert path.read_bytes() == semula
