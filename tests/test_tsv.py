"""Import of a folder of TSV tables: what is refused, what is kept, and what another office may do differently."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from renja_xl.alur import rapikan_tercetak
from renja_xl.core.buku import Buku, Level, Sel
from renja_xl.core.temuan import Temuan
from renja_xl.errors import SumberTidakTerbacaError
from renja_xl.isi import nomenklatur
from renja_xl.periksa import periksa
from renja_xl.tabel import TABEL_TERTAUT
from renja_xl.tsv import impor_folder
from tests.conftest import baca_tsv, kunci_nama

Tsv = Mapping[str, list[dict[str, str]]]
RESMI = {"t_c_29": "T-C.29", "t_c_31": "T-C.31", "t_3_1_4": "T-C.33", "t_4_1": "RKT"}


@pytest.fixture
def folder(paser_folder: Path, tmp_path: Path) -> Path:
    """A copy of the sample to spoil."""
    tujuan = tmp_path / "tabel"
    shutil.copytree(paser_folder, tujuan)
    return tujuan


def ubah(path: Path, fungsi: Callable[[str], str]) -> None:
    path.write_bytes(fungsi(path.read_text(encoding="utf-8")).encode("utf-8"))


def ganti_kepala(path: Path, lama: str, baru: str) -> None:
    """Rename, or with a blank new name remove, a column."""

    def kerjakan(teks: str) -> str:
        deret = [b.split("\t") for b in teks.removesuffix("\n").split("\n")]
        n = deret[0].index(lama)
        if baru:
            deret[0][n] = baru
        else:
            for b in deret:
                del b[n]
        return "\n".join("\t".join(b) for b in deret) + "\n"

    ubah(path, kerjakan)


def ditolak(folder: Path) -> str:
    """The refusal, which must be one sentence with its mend."""
    with pytest.raises(SumberTidakTerbacaError) as galat:
        impor_folder(folder, nomenklatur())
    pesan = str(galat.value)
    assert "\n" not in pesan
    assert re.search("mohon|seharusnya", pesan.casefold())
    assert pesan.endswith(".")
    return pesan


# ── refused ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("berkas", "kolom"),
    [
        ("t_c_29.tsv", "target_2023"),
        ("t_c_29.tsv", "level"),
        ("t_c_29.tsv", "baris"),
        ("t_c_31.tsv", "kebutuhan_dana"),
        ("t_3_1_4.tsv", "pagu_2026"),
        ("t_4_1.tsv", "output_outcome"),
        ("profil.tsv", "nilai"),
        ("kode.tsv", "keyakinan"),
    ],
)
def test_kolom_yang_hilang_disebut(folder: Path, berkas: str, kolom: str) -> None:
    ganti_kepala(folder / berkas, kolom, "")
    pesan = ditolak(folder)
    assert berkas in pesan
    assert f"'{kolom}'" in pesan


@pytest.mark.parametrize(
    ("berkas", "kolom", "ejaan"),
    [
        ("t_c_29.tsv", "realisasi_2023", "realisasi_203"),
        ("t_c_31.tsv", "kebutuhan_dana", "kebutuhan dana"),
        ("t_3_1_4.tsv", "pagu_2025", "Pagu_2025"),
        ("t_4_1.tsv", "anggaran", "angaran"),
    ],
)
def test_kolom_salah_eja_disebut_bersama_dugaannya(folder: Path, berkas: str, kolom: str, ejaan: str) -> None:
    ganti_kepala(folder / berkas, kolom, ejaan)
    pesan = ditolak(folder)
    assert berkas in pesan
    assert f"'{kolom}'" in pesan
    assert f"'{ejaan}'" in pesan


def test_banyak_kolom_hilang_disebut_jumlahnya(folder: Path) -> None:
    (folder / "t_c_31.tsv").write_text("baris\tlevel\tno\n1\tprogram\tA\n", encoding="utf-8")
    pesan = ditolak(folder)
    assert "t_c_31.tsv" in pesan
    assert "'nama_rkpd'" in pesan
    assert "10 kolom lain" in pesan
    assert "''" not in pesan


def test_bukan_utf_8_disebut_barisnya(folder: Path) -> None:
    path = folder / "t_c_31.tsv"
    baris = path.read_bytes().split(b"\n")
    baris[3] = baris[3].replace(b"PROGRAM", b"PROGRAM \xe9\xff")
    path.write_bytes(b"\n".join(baris))
    pesan = ditolak(folder)
    assert "t_c_31.tsv baris 4" in pesan
    assert "UTF-8" in pesan


@pytest.mark.parametrize("isi", [b"", b"\n", b"  \t \n", b"\xef\xbb\xbf"])
def test_berkas_kosong(folder: Path, isi: bytes) -> None:
    (folder / "t_4_1.tsv").write_bytes(isi)
    pesan = ditolak(folder)
    assert "t_4_1.tsv kosong" in pesan


def test_folder_tanpa_tabel(tmp_path: Path) -> None:
    (tmp_path / "catatan.txt").write_text("bukan tabel", encoding="utf-8")
    pesan = ditolak(tmp_path)
    assert str(tmp_path) in pesan
    assert "t_c_29.tsv" in pesan


def test_folder_dengan_tabel_lain_saja(tmp_path: Path, paser_folder: Path) -> None:
    shutil.copy(paser_folder / "t_c_30.tsv", tmp_path / "tabel_lain.tsv")
    shutil.copy(paser_folder / "profil.tsv", tmp_path)
    assert "t_3_1_4.tsv" in ditolak(tmp_path)


def test_folder_tidak_ada(tmp_path: Path) -> None:
    assert "tidak ditemukan" in ditolak(tmp_path / "tidak-ada")


def test_sel_terlalu_banyak(folder: Path) -> None:
    def kerjakan(teks: str) -> str:
        baris = teks.split("\n")
        baris[7] += "\tlebih"
        return "\n".join(baris)

    ubah(folder / "t_3_1_4.tsv", kerjakan)
    pesan = ditolak(folder)
    assert "t_3_1_4.tsv baris 8" in pesan
    assert "13 sel" in pesan
    assert "12 kolom" in pesan


def test_kolom_tertulis_dua_kali(folder: Path) -> None:
    ganti_kepala(folder / "t_3_1_4.tsv", "catatan_penting", "lokasi")
    pesan = ditolak(folder)
    assert "t_3_1_4.tsv" in pesan
    assert "'lokasi'" in pesan


@pytest.mark.parametrize("tahun", ["", "dua ribu", "25", "2025/2026", "1825"])
def test_tahun_di_profil_tidak_terbaca(folder: Path, tahun: str) -> None:
    ubah(folder / "profil.tsv", lambda t: t.replace("tahun_anggaran\t2025", f"tahun_anggaran\t{tahun}"))
    pesan = ditolak(folder)
    assert "profil.tsv baris 7" in pesan
    assert "tahun_anggaran" in pesan


def test_folder_berisi_folder_bernama_tsv(folder: Path) -> None:
    (folder / "lama.tsv").mkdir()
    assert "lama.tsv" in ditolak(folder)


# ── accepted as it comes ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "bentuk",
    [
        lambda b: b"\xef\xbb\xbf" + b,
        lambda b: b.replace(b"\n", b"\r\n"),
        lambda b: b.removesuffix(b"\n"),
        lambda b: b + b"\n\n  \n",
        lambda b: b.replace(b"\n", b"\t\t\n", 3),  # trailing empty cells, as a spreadsheet saves them
    ],
)
def test_bentuk_berkas_yang_lazim(folder: Path, tercetak: Buku, bentuk: Callable[[bytes], bytes]) -> None:
    """A BOM, CRLF, no last line end, blank lines, trailing tabs: the same plan."""
    path = folder / "t_3_1_4.tsv"
    isi = path.read_bytes()
    kepala, _, badan = isi.partition(b"\n")
    path.write_bytes(bentuk(isi) if b"\t\t\n" not in bentuk(b"a\nb\n") else kepala + b"\n" + bentuk(badan))
    assert impor_folder(folder, nomenklatur()) == tercetak


def test_tanda_kutip_adalah_huruf_biasa(folder: Path) -> None:
    ubah(folder / "t_c_31.tsv", lambda t: t.replace("Pengadaan Meubel", '"Pengadaan" Meubel'))
    buku = impor_folder(folder, nomenklatur())
    assert any(b["nama_rkpd"].nilai == '"Pengadaan" Meubel' for b in buku.baris("T-C.31"))


def test_kolom_asing_masuk_belum_terpetakan(folder: Path) -> None:
    def kerjakan(teks: str) -> str:
        kepala, *baris = teks.removesuffix("\n").split("\n")
        baris = [f"{b}\t{'penting' if n == 4 else ''}" for n, b in enumerate(baris)]
        return "\n".join([f"{kepala}\tprioritas", *baris]) + "\n"

    ubah(folder / "t_3_1_4.tsv", kerjakan)
    buku = impor_folder(folder, nomenklatur())
    rows = [b for b in buku.baris("Belum Terpetakan") if b["asal_berkas"].nilai == "t_3_1_4.tsv"]
    assert [(b["asal_baris"].nilai, b["isi"].nilai) for b in rows] == [("5", "prioritas: penting")]
    assert "Kolom ini tidak ada" in str(rows[0]["alasan"].nilai)


def test_level_asing_masuk_belum_terpetakan_utuh(folder: Path) -> None:
    ubah(folder / "t_3_1_4.tsv", lambda t: t.replace("\n6\tsub_kegiatan", "\n6\tkomponen"))
    buku = impor_folder(folder, nomenklatur())
    (b,) = (b for b in buku.baris("Belum Terpetakan") if b["asal_berkas"].nilai == "t_3_1_4.tsv")
    assert b["asal_baris"].nilai == "6"
    for potong in ("Penyusunan Dokumen Perencanaan", "142.373.000,00", "5 dok"):
        assert potong in str(b["isi"].nilai)
    assert not any(r.asal and r.asal.baris == "6" for r in buku.baris("T-C.33"))


def test_tabel_lain_disimpan_apa_adanya(folder: Path, paser_tsv: Tsv) -> None:
    (folder / "t_c_30.tsv").rename(folder / "lampiran.tsv")
    tercetak = impor_folder(folder, nomenklatur())
    assert not tercetak.baris("T-C.30")
    rows = [b for b in tercetak.baris("Belum Terpetakan") if b["asal_berkas"].nilai == "lampiran.tsv"]
    assert [b["asal_baris"].nilai for b in rows] == [b["baris"] for b in paser_tsv["t_c_30"]]
    for b, sumber in zip(rows, paser_tsv["t_c_30"], strict=True):
        assert all(f"{k}: {v}" in str(b["isi"].nilai) for k, v in sumber.items() if v and k not in {"baris", "level"})


def test_satu_tabel_saja_cukup(paser_folder: Path, tmp_path: Path) -> None:
    shutil.copy(paser_folder / "t_3_1_4.tsv", tmp_path)
    buku = impor_folder(tmp_path, nomenklatur())
    assert buku.tahun == 2025
    assert len(buku.baris("T-C.33")) == 64
    normal = rapikan_tercetak(buku)
    assert normal.baris("T-C.29") == ()
    skpd = next(b for b in normal.baris("T-C.33") if b.level is Level.PERANGKAT_DAERAH)
    assert skpd["pagu_n"].nilai == 10_629_579_716_00


def test_rkt_saja_tanpa_tahun_ditolak_dengan_caranya(paser_folder: Path, tmp_path: Path) -> None:
    """RKT's columns carry no year, so nothing says which year it is."""
    shutil.copy(paser_folder / "t_4_1.tsv", tmp_path)
    assert "tahun_anggaran" in ditolak(tmp_path)


def test_tabel_tanpa_baris(folder: Path) -> None:
    ubah(folder / "t_c_29.tsv", lambda t: t.split("\n")[0] + "\n")
    buku = impor_folder(folder, nomenklatur())
    assert buku.baris("T-C.29") == ()
    assert len(buku.baris("T-C.33")) == 64


# ── another year ──────────────────────────────────────────────────────────────────────────────────────────────


def geser_tahun(folder: Path, geser: int) -> None:
    """Every year in headers and file names, and the plan year, moved; amounts, names and the facts of the profile stay."""

    def pindah(teks: str) -> str:
        return re.sub(r"(?<=_)20\d\d", lambda m: str(int(m[0]) + geser), teks)

    for path in list(folder.glob("*.tsv")):
        kepala, _, badan = path.read_text(encoding="utf-8").partition("\n")
        kepala = pindah(kepala)
        if path.stem == "profil":
            badan = badan.replace("tahun_anggaran\t2025", f"tahun_anggaran\t{2025 + geser}")
        path.unlink()
        path.with_stem(pindah(path.stem)).write_text(f"{kepala}\n{badan}", encoding="utf-8")


def tanpa_tahun(buku: Buku) -> Buku:
    rows = [b.dengan({"nilai": Sel()}) if b.id == "tahun_anggaran" else b for b in buku.baris("Profil")]
    return buku.ganti({"Profil": rows})


def butuh_profil(t: Temuan) -> bool:
    """Whether a finding compares with the facts in Profil, which keep their years."""
    return t.tabel == "Profil" or t.aturan in {"LNK-11", "LNK-12"}


@pytest.mark.parametrize("dengan_profil", [True, False])
@pytest.mark.parametrize("geser", [6, -4])
def test_rencana_tahun_lain(folder: Path, tercetak: Buku, geser: int, dengan_profil: bool) -> None:
    geser_tahun(folder, geser)
    if not dengan_profil:
        (folder / "profil.tsv").unlink()
    buku = impor_folder(folder, nomenklatur())
    assert buku.tahun == 2025 + geser
    for stem in RESMI.values():
        assert buku.baris(stem) == tercetak.baris(stem)
    assert (buku.simpul, buku.indikator) == (tercetak.simpul, tercetak.indikator)
    kini, semula = ([t for t in periksa(b) if not butuh_profil(t)] for b in (buku, tercetak))
    assert [(t.aturan, t.baris, t.kolom) for t in kini] == [(t.aturan, t.baris, t.kolom) for t in semula]
    assert any(str(2025 + geser - 2) in t.pesan for t in kini)
    assert not any("2023" in t.pesan for t in kini if t.aturan == "HIT-10")


def test_tahun_profil_yang_tidak_cocok_dengan_kepala_ditolak(folder: Path) -> None:
    """A forgotten header must not put last year's columns under this year's heads."""
    ubah(folder / "profil.tsv", lambda t: t.replace("tahun_anggaran\t2025", "tahun_anggaran\t2026"))
    pesan = ditolak(folder)
    assert ".tsv" in pesan
    assert re.search(r"'\w+_202\d'", pesan)


# ── without aids ──────────────────────────────────────────────────────────────────────────────────────────────


def test_tanpa_kode_dan_profil_kode_ditemukan_dari_nama(
    folder: Path, tercetak: Buku, kode_menurut_nama: Mapping[str, str]
) -> None:
    (folder / "kode.tsv").unlink()
    (folder / "profil.tsv").unlink()
    buku = impor_folder(folder, nomenklatur())
    assert buku.tahun == 2025
    berkode = [s for s in buku.simpul if s.level in {Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN}]
    benar = [s for s in berkode if s.kode and s.kode == kode_menurut_nama.get(kunci_nama(s.nama))]
    assert len(benar) / len(berkode) >= 0.9
    # what is called sure is right
    for s in berkode:
        if s.keterangan_kode == "sama persis":
            assert s.kode == kode_menurut_nama[kunci_nama(s.nama)], s.nama
    assert abs(len(buku.simpul) - len(tercetak.simpul)) <= 4


def test_tanpa_kode_jumlahnya_tetap_sama(folder: Path, normal: Buku) -> None:
    """Names alone must not merge, double or lose money."""
    (folder / "kode.tsv").unlink()
    hasil = rapikan_tercetak(impor_folder(folder, nomenklatur()))
    for tabel, kolom in (
        ("T-C.31", "pagu_rkpd"),
        ("T-C.31", "kebutuhan_dana"),
        ("T-C.33", "pagu_n"),
        ("T-C.33", "pagu_p1"),
    ):
        atas = [next(b for b in x.baris(tabel) if b.level is Level.PERANGKAT_DAERAH) for x in (hasil, normal)]
        assert atas[0][kolom].nilai == atas[1][kolom].nilai, (tabel, kolom)


def test_tanpa_nomenklatur_pun_terbaca(folder: Path, tercetak: Buku) -> None:
    (folder / "kode.tsv").unlink()
    buku = impor_folder(folder, [])
    assert {s.kode for s in buku.simpul} == {None}
    for spec in TABEL_TERTAUT:
        assert len(buku.baris(spec.kunci)) == len(tercetak.baris(spec.kunci))
        assert all(b.simpul for b in buku.baris(spec.kunci) if b.level is not Level.TOTAL)


# ── nothing gets lost ─────────────────────────────────────────────────────────────────────────────────────────


def asal_semua(buku: Buku) -> set[tuple[str, str]]:
    """Every (file, row) that a plan still names somewhere."""
    hasil = {(b.asal.berkas, b.asal.baris) for rows in buku.tabel.values() for b in rows if b.asal}
    for tabel in ("Belum Terpetakan", "Baris Dihapus"):
        hasil |= {(str(b["asal_berkas"].nilai), str(b["asal_baris"].nilai)) for b in buku.baris(tabel)}
    return hasil


@pytest.mark.parametrize("rapi", [False, True])
def test_tidak_ada_baris_tercetak_yang_hilang(tercetak: Buku, normal: Buku, paser_tsv: Tsv, rapi: bool) -> None:
    buku = normal if rapi else tercetak
    ada = asal_semua(buku)
    profil = {b["kunci"].nilai: b["nilai"].nilai for b in buku.baris("Profil")}
    hilang = []
    for stem, rows in paser_tsv.items():
        if stem == "kode":  # an aid to reading, no table of the plan
            continue
        for n, b in enumerate(rows, 1):
            if stem == "profil" and str(profil.get(b["kunci"])).removesuffix(".0") == b["nilai"]:
                continue
            if (f"{stem}.tsv", b.get("baris") or str(n)) not in ada:
                hilang.append((stem, b.get("baris")))
    assert hilang == []


def test_setiap_sel_tercetak_menyimpan_teksnya(tercetak: Buku, paser_tsv: Tsv) -> None:
    """Cell for cell, the text of the four official tables is still there as printed."""
    for spec in TABEL_TERTAUT:
        kolom = {k.nama(2025): k.kunci for k in spec.kolom_tercetak}
        rows = tercetak.baris(spec.kunci)
        sumber = paser_tsv[spec.berkas or ""]
        assert [b.asal.baris for b in rows if b.asal] == [s["baris"] for s in sumber]
        for b, s in zip(rows, sumber, strict=True):
            assert b.level.value == s["level"]
            for nama, teks in s.items():
                if nama in kolom:
                    sel = b[kolom[nama]]
                    assert (sel.asli if sel.asli is not None else sel.nilai or "") == teks, (spec.kunci, b.id, nama)


def test_angka_yang_tidak_muat_di_sel_bukan_tak_hingga(folder: Path) -> None:
    """A key held down too long: no cell holds 400 digits, so the text stays and a finding says so."""
    angka = "1" + "0" * 400
    ubah(folder / "t_c_29.tsv", lambda t: t.replace("\t155\t", f"\t{angka}\t", 1))
    buku = impor_folder(folder, nomenklatur())
    b = next(b for b in buku.baris("T-C.29") if b.asal and b.asal.baris == "8")
    assert b["target_renstra"].angka is None
    assert any(t.tabel == "T-C.29" and t.kolom == "target_renstra" for t in periksa(buku, ("FMT",)))


def test_satuan_dan_predikat_dari_dalam_sel(tercetak: Buku) -> None:
    t31 = {b.asal.baris: b for b in tercetak.baris("T-C.31") if b.asal}
    assert t31["3"]["target_rkpd"] == Sel(78.0, "B (78)")
    assert t31["3"]["predikat_target_rkpd"] == Sel("B")
    assert (t31["45"]["target_kebutuhan"].nilai, t31["45"]["satuan_target_kebutuhan"].nilai) == (1000, "Dokumen")
    t33 = {b.asal.baris: b for b in tercetak.baris("T-C.33") if b.asal}
    assert (t33["45"]["target_p1"].nilai, t33["45"]["satuan_target_p1"].nilai) == (1000, "dok")
    assert t33["5"]["pagu_n"] == Sel("259.987.00,00")
    assert t33["2"]["pagu_n"] == Sel(10_724_707_476_00, "10.724.707.476,00")


def test_profil_dan_nomor_tabel(tercetak: Buku) -> None:
    assert tercetak.profil("perangkat_daerah") == "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    assert tercetak.profil("kode_bidang_urusan") == "5.03"
    assert (tercetak.profil("nomor_t_c_33"), tercetak.profil("nomor_rkt")) == ("3.1.4", "4.1")
    assert tercetak.profil("klaim_pns") == "32 orang PNS"


def test_sumber_tidak_disentuh(paser_folder: Path, paser_tsv: Tsv) -> None:
    impor_folder(paser_folder, nomenklatur())
    assert baca_tsv(paser_folder) == paser_tsv
