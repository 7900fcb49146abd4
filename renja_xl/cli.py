"""Command line: parse, call, print, exit code. Heavy imports stay inside the commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from renja_xl import __version__
from renja_xl.bahasa import Grup, Perintah, jalankan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renja_xl.core.buku import Buku
    from renja_xl.core.sanding import Sanding
    from renja_xl.core.temuan import Temuan
    from renja_xl.excel.baca import Terbaca
    from renja_xl.excel.setempat import Tambalan
    from renja_xl.tabel.spec import TabelSpec

_BATAS_SEBUT = 5
_BATAS_VERSI = 20
_BERKAS = click.Path(path_type=Path, readable=False)  # what cannot be read is said in our own words
_keluaran = click.option(
    "-o",
    "keluaran",
    type=_BERKAS,
    required=True,
    metavar="BUKU",
    help="Buku yang ditulis: .xlsm dengan tombol RENJA, .xlsx tanpa makro.",
)
_keluaran_pilihan = click.option(
    "-o", "keluaran", type=_BERKAS, metavar="B2", help="Tulis ke buku lain; bawaannya buku itu sendiri."
)


@click.group(cls=Grup, context_settings={"help_option_names": ["--help"], "max_content_width": 100})
@click.version_option(__version__, message="renja-xl %(version)s", help="Tampilkan versi.")
def cli() -> None:
    """Menyusun, menghitung, dan memeriksa Renja perangkat daerah dalam buku kerja Excel.

    \b
    Contoh:
      renja-xl demo
      renja-xl periksa Renja.xlsx
    """


def utama() -> None:
    """Entry point."""
    jalankan(cli)


def _kabar(pesan: str) -> None:
    """A message, apart from results."""
    click.echo(pesan, err=True)


def _baca(path: Path) -> Terbaca:
    from renja_xl.excel.baca import baca

    return baca(path)


def _pastikan_buku(path: Path) -> None:
    from renja_xl.errors import TidakDapatDitulisError

    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise TidakDapatDitulisError(
            f"{path}: nama buku harus berakhiran .xlsm (dengan tombol RENJA) atau .xlsx (tanpa makro); mohon ganti akhirannya."
        )


def _tulis_buku(path: Path, buku: Buku) -> None:
    from renja_xl.excel.induk import bangun_induk

    _pastikan_buku(path)
    _tulis(path, bangun_induk(buku, path))


def _tulis(path: Path, isi: bytes, semula: bytes | None = None) -> None:
    from renja_xl.excel.tulis import tulis_aman

    salinan = tulis_aman(path, isi, semula)
    if salinan is not None:
        _kabar(f"Versi sebelumnya disimpan: {salinan}")
    _kabar(f"Ditulis: {path}")


def _impor(sumber: Path) -> Buku:
    from renja_xl.isi import nomenklatur
    from renja_xl.tsv import impor_folder

    return impor_folder(sumber, nomenklatur())


@cli.command(cls=Perintah)
@click.option(
    "--keluaran",
    type=_BERKAS,
    default=Path("demo-renja"),
    metavar="DIR",
    help="Folder hasil (bawaan: demo-renja).",
)
def demo(keluaran: Path) -> None:
    """Kerjakan rencana nyata BKPSDM Kabupaten Paser 2025 dari awal sampai buku jadi.

    Tabel tercetak diimpor, diperiksa, dihitung ulang, lalu ditulis sebagai buku induk beserta daftar catatannya.

    \b
    Contoh:
      renja-xl demo --keluaran hasil
    """
    import json
    from datetime import datetime

    from renja_xl.alur import catat_tercetak, rapikan_tercetak
    from renja_xl.core.letak import letak_bawaan
    from renja_xl.core.waktu import catat_susunan
    from renja_xl.isi import folder_contoh
    from renja_xl.periksa import periksa
    from renja_xl.periksa.laporan import kalimat_ringkas, ke_json, tabel_teks

    _buat_folder(keluaran)
    tercetak = _impor(folder_contoh("paser-2025"))
    temuan = periksa(tercetak)
    letak = letak_bawaan(tercetak)
    nama_tercetak, nama_induk, nama_makro = (
        "Renja-Paser-2025 apa adanya.xlsx",
        "Renja-Paser-2025.xlsx",
        "Renja-Paser-2025.xlsm",
    )
    _tulis_buku(keluaran / nama_tercetak, catat_tercetak(tercetak))
    normal = catat_susunan(rapikan_tercetak(tercetak), datetime.now())
    _tulis_buku(keluaran / nama_induk, normal)
    _tulis_buku(keluaran / nama_makro, normal)
    isi = json.dumps(ke_json(nama_tercetak, tercetak, temuan, letak), ensure_ascii=False, indent=2)
    _tulis(keluaran / "catatan.json", f"{isi}\n".encode())

    click.echo("Rencana tercetak BKPSDM Kabupaten Paser 2025")
    click.echo(f"  {kalimat_ringkas(temuan)}")
    click.echo("\nSepuluh yang terpenting (pada buku apa adanya):\n")
    berat = [t for t in temuan if t.tingkat.value == "harus_diperbaiki"]
    berat.sort(key=lambda t: t.aturan.startswith("HIT"))  # amounts before rates
    for baris in tabel_teks(berat[:10], letak, _lebar()):
        click.echo(baris)
    click.echo("\nJumlah yang berubah setelah dihitung ulang:\n")
    _cetak_perubahan(tercetak, normal)
    click.echo("\nHasil:")
    click.echo(f"  {keluaran / nama_induk}: buku induk, semua angka sudah dihitung ulang")
    click.echo(f"  {keluaran / nama_makro}: buku yang sama dengan tombol RENJA, untuk Excel")
    click.echo(f"  {keluaran / nama_tercetak}: angka seperti tercetak, untuk diperiksa")
    click.echo(f"  {keluaran / 'catatan.json'}: seluruh catatan")


def _buat_folder(folder: Path) -> None:
    from renja_xl.errors import TidakDapatDitulisError, sebab

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as galat:
        raise TidakDapatDitulisError(
            f"Folder {folder} tidak dapat dibuat ({sebab(galat)}); mohon pilih folder lain."
        ) from galat


def _lebar() -> int:
    import shutil

    return max(shutil.get_terminal_size((140, 24)).columns, 120)


def _cetak_perubahan(lama: Buku, baru: Buku) -> None:
    from renja_xl.core.baris import sebutan_baris
    from renja_xl.core.hitung import isi_tanpa_nilai, perubahan_total
    from renja_xl.core.nilai import tulis
    from renja_xl.tabel import MENURUT_KUNCI

    simpul = baru.simpul_menurut_id()
    perubahan = perubahan_total(isi_tanpa_nilai(lama), baru)
    for p in perubahan:
        spec = MENURUT_KUNCI[p.tabel]
        semula = tulis(p.lama, rupiah=True) or "(kosong)"
        nama = sebutan_baris(spec, p.baris, simpul)
        kolom = p.kolom.sebutan(baru.tahun)
        click.echo(f"{spec.lembar}, {nama}: {kolom} {semula} → {tulis(p.baru, rupiah=True)}")
    if not perubahan:
        click.echo("Tidak ada jumlah yang berubah.")


@cli.command(cls=Perintah)
@_keluaran
@click.option("--contoh", metavar="NAMA", help="Isi dengan rencana contoh: paser-2025.")
@click.option("--tahun", type=click.IntRange(1990, 2199), metavar="N", help="Tahun rencana (bawaan: tahun depan).")
def baru(keluaran: Path, contoh: str | None, tahun: int | None) -> None:
    """Buat buku induk baru.

    \b
    Contoh:
      renja-xl baru -o Renja-2026.xlsm --tahun 2026
      renja-xl baru -o Contoh.xlsx --contoh paser-2025
    """
    from datetime import date

    from renja_xl.alur import buku_baru, rapikan_tercetak
    from renja_xl.isi import daftar_contoh, folder_contoh, nomenklatur

    _pastikan_buku(keluaran)
    if contoh is None:
        _tulis_buku(keluaran, buku_baru(tahun or date.today().year + 1, nomenklatur()))
        return
    if contoh not in daftar_contoh():
        raise click.BadParameter(
            f"'{contoh}' tidak ada; yang tersedia: {', '.join(daftar_contoh())}", param_hint="--contoh"
        )
    if tahun is not None:
        raise click.UsageError("--tahun tidak dapat dipakai bersama --contoh: tahunnya mengikuti contoh.")
    _tulis_buku(keluaran, rapikan_tercetak(_impor(folder_contoh(contoh))))


@cli.command(cls=Perintah)
@click.argument("sumber", type=_BERKAS, nargs=-1, required=True)
@_keluaran
@click.option("--apa-adanya", is_flag=True, help="Pertahankan angka tercetak, juga di sel hitungan, untuk diperiksa.")
def impor(sumber: tuple[Path, ...], keluaran: Path, apa_adanya: bool) -> None:
    """Jadikan folder tabel TSV sebuah buku induk.

    Tanpa --apa-adanya, tabel dirapikan menurut strukturnya dan semua angka dihitung ulang; yang salah pada
    sumbernya tercatat di lembar Catatan Perbaikan.

    \b
    Contoh:
      renja-xl impor tabel-2025/ -o Renja-2025.xlsx
      renja-xl impor tabel-2025/ -o Tercetak.xlsx --apa-adanya
    """
    from datetime import datetime

    from renja_xl.alur import catat_tercetak, rapikan_tercetak
    from renja_xl.core.waktu import catat_susunan
    from renja_xl.errors import SumberTidakTerbacaError
    from renja_xl.periksa import periksa
    from renja_xl.periksa.laporan import kalimat_ringkas

    _pastikan_buku(keluaran)
    if len(sumber) > 1:
        raise SumberTidakTerbacaError("Baru satu folder yang dapat diimpor sekaligus; mohon sebut satu folder saja.")
    if sumber[0].is_file():
        raise SumberTidakTerbacaError(
            f"{sumber[0]} adalah berkas; versi ini mengimpor folder berisi tabel TSV. Mohon tunjuk foldernya."
        )
    tercetak = _impor(sumber[0])
    _kabar(f"Terbaca dari {sumber[0]}. {kalimat_ringkas(periksa(tercetak))}")
    if apa_adanya:
        _tulis_buku(keluaran, catat_tercetak(tercetak))
        return
    normal = catat_susunan(rapikan_tercetak(tercetak), datetime.now())
    _tulis_buku(keluaran, normal)
    _cetak_perubahan(tercetak, normal)


def _tulis_kembali(buku: Path, keluaran: Path | None, semula: bytes, isi: bytes) -> None:
    """Write a changed workbook in its place, or beside it."""
    if keluaran is not None and not _sama(buku, keluaran):
        _pastikan_akhiran_sama(buku, keluaran)
        _tulis(keluaran, isi)
    elif isi == semula:
        _kabar(f"{buku} sudah mutakhir; tidak ada yang ditulis.")
    else:
        _tulis(buku, isi, semula)


def _tulis_tambalan(buku: Path, keluaran: Path | None, semula: bytes, tambalan: Tambalan) -> None:
    """Write a recomputed workbook, and say what a planner should know of it."""
    _tulis_kembali(buku, keluaran, semula, tambalan.isi)
    if tambalan.dipulihkan:
        tempat = "di buku sebelumnya" if tambalan.tanpa_asli else "di lembar _asli"
        _kabar(f"Rumus dipulihkan di {_sebut(tambalan.dipulihkan)}; yang diketik di sana tersimpan {tempat}.")
    if tambalan.asing:
        _kabar(f"Rumus lain dibiarkan di {_sebut(tambalan.asing)}; mohon periksa, lalu perbarui tabelnya.")
    if tambalan.hitung_saat_buka:
        _kabar("Buku ini memuat rumus atau grafik lain; Excel akan menghitung ulang semuanya saat buku dibuka.")


def _sebut(tempat: Sequence[str]) -> str:
    """The first of some cells, and how many more."""
    lebih = f", dan {len(tempat) - _BATAS_SEBUT} sel lain" if len(tempat) > _BATAS_SEBUT else ""
    return ", ".join(tempat[:_BATAS_SEBUT]) + lebih


def _sama(a: Path, b: Path) -> bool:
    return a.resolve() == b.resolve()


def _pastikan_akhiran_sama(buku: Path, keluaran: Path) -> None:
    from renja_xl.errors import TidakDapatDitulisError

    if keluaran.suffix.lower() != buku.suffix.lower():
        raise TidakDapatDitulisError(
            f"{keluaran}: isinya tetap seperti {buku.name}, jadi namanya harus berakhiran {buku.suffix}; mohon ganti akhirannya."
        )


def _baca_untuk_ditulis(path: Path, tabel: Sequence[TabelSpec] | None = None) -> tuple[Terbaca, bytes]:
    """A master in the present layout, and the bytes on disk that it comes from."""
    from renja_xl.excel.baca import baca, baca_paket
    from renja_xl.tabel import NOMENKLATUR, SEMUA
    from renja_xl.tabel.profil import VERSI_SKEMA

    terbaca = baca(path, tabel or SEMUA)
    if terbaca.versi == VERSI_SKEMA:
        return terbaca, terbaca.paket.data
    from renja_xl.core.awal import baris_nomenklatur
    from renja_xl.core.hitung import isi_tanpa_nilai
    from renja_xl.excel.asing import pastikan_tak_hilang
    from renja_xl.excel.induk import bangun_induk
    from renja_xl.excel.paket import Paket
    from renja_xl.isi import nomenklatur

    terbaca = baca(path)
    kini = terbaca.buku
    if not kini.baris(NOMENKLATUR.kunci):
        kini = kini.ganti({NOMENKLATUR.kunci: baris_nomenklatur(nomenklatur())})
    baru = bangun_induk(isi_tanpa_nilai(kini), path)
    pastikan_tak_hilang(path, terbaca, baru)
    _kabar(f"Susunan buku dimutakhirkan dari versi {terbaca.versi} ke versi {VERSI_SKEMA}.")
    return baca_paket(Paket(path, baru), tabel or SEMUA), terbaca.paket.data


@cli.command(cls=Perintah)
@click.argument("buku", type=_BERKAS)
@_keluaran_pilihan
def hitung(buku: Path, keluaran: Path | None) -> None:
    """Hitung ulang semua sel hitungan di tempatnya; setiap jumlah yang berubah dicetak, lama → baru.

    Hanya nilai sel hitungan yang berubah; lembar, format, dan rumus lain tetap seperti semula. Versi sebelumnya disimpan
    di folder Cadangan.

    \b
    Contoh:
      renja-xl hitung Renja.xlsx
      renja-xl hitung Renja.xlsx -o Renja-hitung.xlsx
    """
    from datetime import datetime

    from renja_xl.core.hitung import hitung as hitung_buku
    from renja_xl.core.waktu import catat_waktu
    from renja_xl.excel.setempat import tulis_setempat
    from renja_xl.tabel import ASLI, PERHITUNGAN

    terbaca, semula = _baca_untuk_ditulis(buku, PERHITUNGAN)
    hasil = hitung_buku(terbaca.buku, terbaca.letak)
    tambalan = tulis_setempat(terbaca, hasil)
    if tambalan.perlu_semua:
        terbaca, semula = _baca_untuk_ditulis(buku)
        hasil = hitung_buku(terbaca.buku, terbaca.letak)
    if tambalan.sel:
        hasil = catat_waktu(hasil, datetime.now())
        perlu_semua = tambalan.perlu_semua
        tambalan = tulis_setempat(terbaca, hasil)
        if perlu_semua:
            tambalan.tanpa_asli = ASLI.lembar not in terbaca.paket.lembar
            tambalan.isi = _simpan_ketikan(buku, tambalan.isi, hasil)
    _tulis_tambalan(buku, keluaran, semula, tambalan)
    _cetak_perubahan(terbaca.buku, hasil)


def _simpan_ketikan(path: Path, isi: bytes, hasil: Buku) -> bytes:
    """The package with ``_asli`` holding what was typed over computed cells."""
    from renja_xl.excel.baca import baca_paket
    from renja_xl.excel.paket import Paket
    from renja_xl.excel.susun_tabel import susun_tabel
    from renja_xl.tabel import ASLI

    return susun_tabel(baca_paket(Paket(path, isi)), hasil, [ASLI])


def _susun(path: Path, terbaca: Terbaca, hasil: Buku) -> bytes:
    """The workbook with its tables laid out anew: in place, or rebuilt where nothing foreign would be lost."""
    from renja_xl.errors import AkanHilangError, TidakDapatDitambalError
    from renja_xl.excel.asing import pastikan_tak_hilang
    from renja_xl.excel.induk import bangun_induk, bermakro
    from renja_xl.excel.susun_tabel import DISUSUN, susun_tabel

    try:
        isi = susun_tabel(terbaca, hasil, DISUSUN)
    except TidakDapatDitambalError as galat:
        if terbaca.paket.bertanda_tangan or path.suffix.lower() not in {".xlsx", ".xlsm"}:
            raise
        try:
            pastikan_tak_hilang(path, terbaca, bangun_induk(terbaca.buku, path))
        except AkanHilangError:
            raise galat from None
        return bangun_induk(hasil, path)
    if not bermakro(path):
        return isi
    from renja_xl.excel.vba import makro_baru

    return makro_baru(isi, path)


@cli.command(cls=Perintah)
@click.argument("buku", type=_BERKAS)
@_keluaran_pilihan
def perbarui(buku: Path, keluaran: Path | None) -> None:
    """Susun ulang tabel menurut lembar Program & Sub Kegiatan, lalu hitung ulang.

    Isian tetap pada barisnya; isian dari baris yang hilang disimpan di lembar Baris Dihapus. Lembar, kolom, dan format
    tambahan tetap ada; bila tidak pasti, buku dibiarkan dan sebabnya disebut.

    \b
    Contoh:
      renja-xl perbarui Renja.xlsx
      renja-xl perbarui Renja.xlsx -o Renja-baru.xlsx
    """
    from datetime import datetime

    from renja_xl.core.catatan import segarkan_catatan
    from renja_xl.core.hitung import hitung as hitung_buku
    from renja_xl.core.perbarui import perbarui as perbarui_buku
    from renja_xl.core.waktu import catat_susunan, sidik_susunan
    from renja_xl.excel.susun_tabel import DISUSUN, letak_susunan
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.tabel import BARIS_DIHAPUS, CATATAN_PERBAIKAN, TABEL_TERTAUT
    from renja_xl.tabel.profil import YA

    terbaca, semula = _baca_untuk_ditulis(buku)
    lama = terbaca.buku
    hasil = perbarui_buku(lama)
    letak = letak_susunan(terbaca, hasil, DISUSUN)
    hasil = hitung_buku(hasil, letak)
    if lama.baris(CATATAN_PERBAIKAN.kunci):
        hasil = segarkan_catatan(hasil, periksa_buku(hasil), letak)
    isi = _susun(buku, terbaca, hasil)
    dahulu = lama.profil("sidik_susunan")
    if isi != semula or lama.profil("tabel_basi") == YA or dahulu not in {None, sidik_susunan(hasil)}:
        isi = _susun(buku, terbaca, catat_susunan(hasil, datetime.now()))
    _tulis_kembali(buku, keluaran, semula, isi)
    for spec in TABEL_TERTAUT:
        sebelum, sesudah = ({b.id for b in x.baris(spec.kunci)} for x in (lama, hasil))
        if sebelum != sesudah:
            click.echo(
                f"{spec.lembar}: {len(sesudah - sebelum)} baris ditambah, {len(sebelum - sesudah)} baris dikeluarkan."
            )
    simpanan = len(hasil.baris(BARIS_DIHAPUS.kunci)) - len(lama.baris(BARIS_DIHAPUS.kunci))
    if simpanan:
        click.echo(f"{simpanan} isian dari baris yang dikeluarkan disimpan di lembar {BARIS_DIHAPUS.lembar}.")
    _cetak_perubahan(lama, hasil)


def _tulis_catatan(path: Path) -> tuple[Terbaca, Sequence[Temuan]]:
    """Audit a workbook and bring its *Catatan Perbaikan* up to date; explanations stay with their findings."""
    from renja_xl.core.catatan import segarkan_catatan
    from renja_xl.excel.susun_tabel import susun_tabel
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.tabel import CATATAN_PERBAIKAN

    terbaca, semula = _baca_untuk_ditulis(path)
    temuan = periksa_buku(terbaca.buku)
    hasil = segarkan_catatan(terbaca.buku, temuan, terbaca.letak)
    _tulis_kembali(path, None, semula, susun_tabel(terbaca, hasil, [CATATAN_PERBAIKAN]))
    return terbaca, temuan


@cli.command(cls=Perintah)
@click.argument("buku", type=_BERKAS, nargs=-1, required=True)
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option("--aturan", multiple=True, metavar="ID", help="Hanya aturan atau kelompok ini, misalnya HIT-08 atau ROL.")
@click.option("--tulis", "ditulis", is_flag=True, help="Isi lembar Catatan Perbaikan di buku itu dan tandai selnya.")
def periksa(buku: tuple[Path, ...], sebagai_json: bool, aturan: tuple[str, ...], ditulis: bool) -> None:
    """Periksa angka dan teks buku induk: apa yang tertulis, apa yang seharusnya, dan cara memperbaikinya.

    Kode keluar 1 bila ada yang harus diperbaiki.

    \b
    Contoh:
      renja-xl periksa Renja.xlsx
      renja-xl periksa Renja.xlsx --aturan HIT --json
      renja-xl periksa Renja.xlsx --tulis
    """
    import json

    from renja_xl.periksa import KETERANGAN
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.periksa.laporan import TIDAK_DIPERIKSA, kalimat_ringkas, ke_json, tabel_teks

    for a in aturan:
        if not any(k == a.upper() or k.startswith(f"{a.upper()}-") for k in KETERANGAN):
            raise click.BadParameter(f"'{a}' tidak dikenal; yang ada {', '.join(KETERANGAN)}", param_hint="--aturan")
    if aturan and ditulis:
        raise click.UsageError("--tulis tidak dapat dipakai bersama --aturan: lembar catatan memuat semua aturan.")
    hasil: list[tuple[Path, Terbaca, Sequence[Temuan]]] = []
    for path in buku:
        if ditulis:
            hasil.append((path, *_tulis_catatan(path)))
            continue
        terbaca = _baca(path)
        hasil.append((path, terbaca, periksa_buku(terbaca.buku, tuple(a.upper() for a in aturan))))
    if sebagai_json:
        objek = [ke_json(str(p), t.buku, temuan, t.letak) for p, t, temuan in hasil]
        click.echo(json.dumps(objek[0] if len(objek) == 1 else objek, ensure_ascii=False, indent=2))
    else:
        for path, terbaca, temuan in hasil:
            click.echo(f"{path}: {kalimat_ringkas(temuan)}")
            if temuan:
                click.echo()
                for baris in tabel_teks(temuan, terbaca.letak, _lebar()):
                    click.echo(baris)
                click.echo()
        _kabar(TIDAK_DIPERIKSA)
    if any(t.tingkat.value == "harus_diperbaiki" for _, _, temuan in hasil for t in temuan):
        sys.exit(1)


@cli.command(cls=Perintah)
@click.argument("buku", type=_BERKAS)
@click.option("-o", "keluaran", type=_BERKAS, required=True, metavar="DIR", help="Folder hasil.")
def ekspor(buku: Path, keluaran: Path) -> None:
    """Ekspor setiap tabel ke CSV beserta datapackage.json; tiap baris memuat id, kode, dan asalnya.

    \b
    Contoh:
      renja-xl ekspor Renja.xlsx -o data/
    """
    from renja_xl.ekspor import ekspor as ekspor_buku

    terbaca = _baca(buku)
    _buat_folder(keluaran)
    for nama, isi in ekspor_buku(terbaca.buku):
        _tulis(keluaran / nama, isi)


@cli.command(cls=Perintah)
@click.argument("lama", type=_BERKAS)
@click.argument("baru", type=_BERKAS, required=False)
@click.option("--json", "sebagai_json", is_flag=True, help="Cetak sebagai JSON.")
def sanding(lama: Path, baru: Path | None, sebagai_json: bool) -> None:
    """Sandingkan dua versi buku: baris, isian, dan jumlah yang berubah, lama → baru.

    Dengan satu buku saja, dibandingkan dengan versi terakhir di folder Cadangan yang isiannya berbeda.

    \b
    Contoh:
      renja-xl sanding Renja.xlsx
      renja-xl sanding "Cadangan/Renja (2026-11-24 10.00.00).xlsx" Renja.xlsx
    """
    import json

    from renja_xl.laporan_sanding import ke_json, ke_teks

    if baru is None:
        sumber, terbaca, s = _sanding_cadangan(lama)
    else:
        from renja_xl.core.sanding import sandingkan

        terbaca, sumber = _baca(baru), lama
        s = sandingkan(_baca(lama).buku, terbaca.buku, terbaca.letak)
    if sebagai_json:
        click.echo(json.dumps(ke_json(s), ensure_ascii=False, indent=2))
        return
    _kabar(f"Dibandingkan dengan {sumber}.")
    if s.isian_sama and not s.total:
        click.echo("Tidak ada isian atau jumlah yang berbeda.")
        return
    for baris in ke_teks(s, terbaca.buku):
        click.echo(baris)


def _sanding_cadangan(path: Path) -> tuple[Path, Terbaca, Sanding]:
    """A workbook beside the newest of its copies in which something typed differs, else beside the oldest looked at."""
    from renja_xl.core.sanding import sandingkan
    from renja_xl.errors import SumberTidakTerbacaError
    from renja_xl.excel.tulis import versi_sebelumnya

    terbaca = _baca(path)
    versi = versi_sebelumnya(path)[:_BATAS_VERSI]
    if not versi:
        raise SumberTidakTerbacaError(
            f"Belum ada versi sebelumnya dari {path} di folder Cadangan; mohon sebut buku lamanya: renja-xl sanding LAMA BARU."
        )
    for sumber in versi:
        hasil = sandingkan(_baca(sumber).buku, terbaca.buku, terbaca.letak)
        if not hasil.isian_sama:
            break
    return sumber, terbaca, hasil


@cli.command(cls=Perintah)
@click.option("--coba", is_flag=True, help="Tampilkan yang akan dikerjakan tanpa mengerjakannya.")
@click.option("--sistem", type=click.Choice(["windows", "mac"]), help="Sistem yang dicoba (bersama --coba).")
def pasang(coba: bool, sistem: str | None) -> None:
    """Siapkan Excel pengguna ini agar menemukan Python, tanpa izin administrator.

    \b
    Contoh:
      renja-xl pasang
      renja-xl pasang --coba --sistem windows
    """
    from renja_xl.pasang import lingkungan
    from renja_xl.pasang.pasang import jalankan, rencana

    if sistem is not None and not coba:
        raise click.UsageError("--sistem hanya dapat dipakai bersama --coba.")
    langkah = rencana(lingkungan.untuk(sistem))
    if not langkah:
        click.echo("Tidak ada yang perlu dikerjakan: Excel sudah mengenal Python ini.")
        return
    click.echo("Yang akan dikerjakan:" if coba else "Dikerjakan:")
    for bagian in langkah:
        click.echo(f"  {bagian.kalimat}")
        for baris in bagian.rincian:
            click.echo(f"    {baris}")
    if not coba:
        for salinan in jalankan(langkah):
            _kabar(f"Versi sebelumnya disimpan: {salinan}")


@cli.command("cek-pemasangan", cls=Perintah)
@click.argument("buku", type=_BERKAS, required=False)
def cek_pemasangan(buku: Path | None) -> None:
    """Periksa pemasangan Excel, makro, dan Python, beserta cara memperbaikinya.

    \b
    Contoh:
      renja-xl cek-pemasangan Renja.xlsm
    """
    from renja_xl.pasang.cek import periksa_pemasangan

    hasil = periksa_pemasangan(buku)
    for b in hasil:
        click.echo(f"{'Baik ' if b.baik else 'Perlu'}  {b.nama}: {b.pesan}")
        if b.perbaikan:
            click.echo(f"       {b.perbaikan}")
    kurang = sum(not b.baik for b in hasil)
    click.echo(f"{kurang} hal perlu diperbaiki." if kurang else "Semua yang diperiksa baik.")
