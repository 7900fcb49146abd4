# ruff: noqa: N802 - these names are what a planner types into a cell
"""Functions that cells call (xlwings): one thin wrapper each round a function of ``core``.

Arguments come as Excel gives them: None for a blank, float, str, bool, nested lists for ranges, an error as its text
(``#REF!``). What is no number, as ISNUMBER sees it, counts as unknown; a result that is unknown is ``"-"``. An error
in an argument is raised: the cell then shows its native formula, which tells the same error.

Annotations are read by xlwings on Windows, which knows ``Any`` but no unions: all arguments and results are ``Any``.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlwings as xw

from renja_xl import __version__
from renja_xl.core import kode as kd
from renja_xl.core import nilai as ni
from renja_xl.core.buku import CaraHitung, Nilai
from renja_xl.core.capaian import (
    BATAS_SAKIP,
    TANPA_NILAI,
    cara_sel,
    kriteria,
    nilai_efisiensi,
    predikat_sakip,
    realisasi_sd,
    sifat_sel,
    tingkat,
)
from renja_xl.core.pagu import jumlah_kode, prakiraan_maju
from renja_xl.core.pemenuhan import status
from renja_xl.core.satuan import baku
from renja_xl.core.terbilang import terbilang_angka
from renja_xl.tabel.pemenuhan import BELUM_DINILAI
from renja_xl.tabel.profil import KOLOM_10_FORMULIR

KATEGORI = "RENJA"
"""Category of the functions in Excel's function dialog."""

_GALAT = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_BATAS_TERBILANG = 10**15
_KRITERIA_POLOS = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Argumen:
    """One argument: its name in Python and in VBA, its help, and whether it may be left out."""

    nama: str
    bantuan: str
    opsional: bool


@dataclass(frozen=True, slots=True)
class Fungsi:
    """One function as Excel's function dialog shows it."""

    nama: str
    uraian: str
    argumen: tuple[Argumen, ...]


_terdaftar: list[Fungsi] = []


def _udf(**bantuan: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function one that cells can call.

    Its docstring describes it; the one source of the helps of its arguments, in their order, is here.
    """

    def daftarkan(f: Callable[..., Any]) -> Callable[..., Any]:
        parameter = inspect.signature(f).parameters
        if list(parameter) != list(bantuan):
            raise TypeError(f"{f.__name__}: bantuan argumennya tidak lengkap")
        argumen = tuple(Argumen(k, b, parameter[k].default is not inspect.Parameter.empty) for k, b in bantuan.items())
        _terdaftar.append(Fungsi(f.__name__, " ".join((f.__doc__ or "").split()), argumen))
        for a in argumen:
            f = xw.arg(a.nama, doc=a.bantuan, err_to_str=True)(f)
        return xw.func(category=KATEGORI)(f)  # last: xw.arg resets the category

    return daftarkan


# ── what cells hold ───────────────────────────────────────────────────────────────────────────────────────────


def _nilai(isi: Any) -> Any:
    """A single value.

    Raises:
        ValueError: a formula error, or a range of several cells.
    """
    if isinstance(isi, (list, tuple)) or (isinstance(isi, str) and isi in _GALAT):
        raise ValueError(isi)
    return isi


def _angka(isi: Any) -> float | None:
    """A number as ISNUMBER sees one."""
    isi = _nilai(isi)
    return None if isi is None or isinstance(isi, (str, bool)) else float(isi)


def _teks(isi: Any) -> Nilai:
    """A text; what is none is no word that anybody looks for."""
    isi = _nilai(isi)
    return isi if isinstance(isi, str) else None


def _deret(isi: Any) -> Iterator[Any]:
    """The cells of a range, row by row; a single cell comes without a list."""
    if isinstance(isi, (list, tuple)):
        for x in isi:
            yield from _deret(x)
    else:
        yield isi


def _deret_angka(isi: Any) -> list[float | None]:
    """The numbers of a range; text and errors are none, as COUNTIFS takes them."""
    return [None if isinstance(x, (str, bool)) else _angka(x) for x in _deret(isi)]


def _kode(isi: Any) -> str | None:
    """A kode; one that Excel took for a number, too."""
    return None if isi is None or isinstance(isi, bool) else kd.rapikan(ni.teks_angka(isi))


def _hasil(nilai: Nilai) -> float | str:
    """A result that a cell can show.

    Raises:
        OverflowError: a number too large for a cell.
    """
    if nilai is None:
        return TANPA_NILAI
    if isinstance(nilai, str):
        return nilai
    if not math.isfinite(nilai):
        raise OverflowError(nilai)
    return float(nilai)


# ── rates ─────────────────────────────────────────────────────────────────────────────────────────────────────

_SIFAT = 'Sifat indikator: "Makin tinggi makin baik" atau "Makin rendah makin baik"; selain itu dianggap makin tinggi.'


@_udf(
    realisasi="Realisasi, berupa angka. Kosong atau teks berarti belum diketahui.",
    target="Target, berupa angka. Kosong, teks, atau nol berarti tidak dapat dibandingkan.",
    sifat=_SIFAT,
)
def TINGKAT_REALISASI(realisasi: Any, target: Any, sifat: Any) -> Any:
    """Tingkat realisasi terhadap target dalam persen (kolom 8 T-C.29); "-" bila belum dapat dihitung."""
    return _hasil(tingkat(_angka(realisasi), _angka(target), sifat_sel(_teks(sifat))))


@_udf(
    realisasi_sebelumnya="Realisasi sampai dengan tahun n-3 (kolom 5).",
    realisasi_lalu="Realisasi tahun lalu, n-2 (kolom 7).",
    target_berjalan="Target tahun berjalan, n-1 (kolom 9).",
    cara_hitung='Cara hitung: "Dijumlahkan", "Posisi akhir", atau "Rata-rata"; selain itu dianggap posisi akhir.',
    cara_kolom_10=f'Pilihan Kolom 10 T-C.29 di Profil; "{KOLOM_10_FORMULIR}" selalu menjumlahkan.',
)
def REALISASI_SD(
    realisasi_sebelumnya: Any, realisasi_lalu: Any, target_berjalan: Any, cara_hitung: Any, cara_kolom_10: Any
) -> Any:
    """Perkiraan realisasi sampai dengan tahun berjalan (kolom 10 T-C.29); "-" bila ketiganya belum diketahui."""
    formulir = ni.sama_teks(_teks(cara_kolom_10), KOLOM_10_FORMULIR)
    cara = CaraHitung.DIJUMLAHKAN if formulir else cara_sel(_teks(cara_hitung))
    return _hasil(realisasi_sd(_angka(realisasi_sebelumnya), _angka(realisasi_lalu), _angka(target_berjalan), cara))


@_udf(
    realisasi="Realisasi sampai dengan tahun berjalan, berupa angka.",
    target_akhir="Target akhir Renstra, berupa angka. Kosong, teks, atau nol berarti tidak dapat dibandingkan.",
    sifat=_SIFAT,
)
def TINGKAT_CAPAIAN(realisasi: Any, target_akhir: Any, sifat: Any) -> Any:
    """Tingkat capaian terhadap target akhir Renstra dalam persen (kolom 11 T-C.29); "-" bila belum dapat dihitung."""
    return _hasil(tingkat(_angka(realisasi), _angka(target_akhir), sifat_sel(_teks(sifat))))


@_udf(
    capaian="Capaian dalam persen.",
    sangat_tinggi="Batas bawah Sangat Tinggi, menurut lembar Dasar Perhitungan.",
    tinggi="Batas bawah Tinggi.",
    sedang="Batas bawah Sedang.",
    rendah="Batas bawah Rendah; di bawahnya Sangat Rendah.",
)
def KRITERIA_CAPAIAN(capaian: Any, sangat_tinggi: Any, tinggi: Any, sedang: Any, rendah: Any) -> Any:
    """Kriteria capaian, dari Sangat Tinggi sampai Sangat Rendah; "-" bila capaian atau batasnya belum diketahui."""
    batas = [b for x in (sangat_tinggi, tinggi, sedang, rendah) if (b := _angka(x)) is not None]
    return kriteria(_angka(capaian), batas) if len(batas) == 4 else TANPA_NILAI


@_udf(
    nilai="Nilai hasil evaluasi SAKIP, 0 sampai 100.",
    batas="Enam batas yang harus dilampaui untuk AA, A, BB, B, CC, dan C. Dikosongkan: 90, 80, 70, 60, 50, 30.",
)
def PREDIKAT_SAKIP(nilai: Any, batas: Any = None) -> Any:
    """Predikat SAKIP (AA, A, BB, B, CC, C, D) menurut Permen PANRB 88/2021; "-" bila nilainya belum diketahui."""
    angka = _angka(nilai)
    berlaku = BATAS_SAKIP if batas is None else [b for x in _deret(batas) if (b := _angka(x)) is not None]
    return predikat_sakip(angka, berlaku) if len(berlaku) == len(BATAS_SAKIP) else TANPA_NILAI


@_udf(
    kolom_tingkat="Tingkat realisasi dalam persen dari semua indikator, satu sel atau lebih.",
    pengenal="Boleh dikosongkan. Yang diisi: hanya baris dengan pengenal ini yang dinilai.",
    kolom_pengenal="Pengenal tiap baris, sebanyak baris tingkat realisasinya.",
)
def STATUS_PEMENUHAN(kolom_tingkat: Any, pengenal: Any = None, kolom_pengenal: Any = None) -> Any:
    """Status pemenuhan target: tidak memenuhi, memenuhi, atau melebihi target; atau belum dapat dinilai."""
    daftar = _deret_angka(kolom_tingkat)
    if kolom_pengenal is None and pengenal is None:
        return status(daftar)
    dicari = _nilai(pengenal)
    if dicari is None:
        return BELUM_DINILAI
    if not isinstance(dicari, str) or not _KRITERIA_POLOS.fullmatch(dicari):
        raise ValueError(dicari)  # COUNTIFS would read it as a comparison or a wildcard
    return status(n for n, p in zip(daftar, _deret(kolom_pengenal), strict=True) if ni.sama_teks(p, dicari))


@_udf(
    capaian="Rata-rata capaian dalam persen.",
    penyerapan="Penyerapan anggaran dalam persen. Nol berarti belum dapat dihitung.",
)
def NILAI_EFISIENSI(capaian: Any, penyerapan: Any) -> Any:
    """Nilai efisiensi: rata-rata capaian dibagi penyerapan anggaran; "-" bila belum dapat dihitung."""
    return _hasil(nilai_efisiensi(_angka(capaian), _angka(penyerapan)))


# ── money ─────────────────────────────────────────────────────────────────────────────────────────────────────


@_udf(
    dasar="Anggaran yang menjadi dasar, dalam rupiah.",
    pertumbuhan="Pertumbuhan dalam persen per tahun, misalnya 10.",
    pembulatan="Kelipatan pembulatan dalam rupiah, misalnya 100. Nol berarti tidak dibulatkan.",
)
def PRAKIRAAN_MAJU(dasar: Any, pertumbuhan: Any, pembulatan: Any) -> Any:
    """Prakiraan maju dalam rupiah: dasar ditambah pertumbuhannya, lalu dibulatkan; "-" bila belum dapat dihitung."""
    rupiah, tumbuh, bulat = _angka(dasar), _angka(pertumbuhan), _angka(pembulatan)
    if rupiah is None or tumbuh is None or bulat is None:
        return TANPA_NILAI
    return _hasil(ni.rupiah_dari_sen(prakiraan_maju(Decimal(repr(rupiah)) * 100, tumbuh, bulat)))


@_udf(
    kode="Kode program, kegiatan, atau sub kegiatan, misalnya 5.03.02.",
    kolom_kode="Kolom kode pada tabel yang memuat pagunya.",
    kolom_pagu="Kolom pagu pada tabel itu, sebanyak baris kodenya.",
)
def JUMLAH_PAGU(kode: Any, kolom_kode: Any, kolom_pagu: Any) -> Any:
    """Jumlah pagu sub kegiatan di bawah suatu kode, masing-masing satu kali; "-" bila tidak ada sub kegiatannya."""
    dicari = _kode(_nilai(kode))
    if dicari is None:
        return TANPA_NILAI
    sen = (None if n is None else round(n * 100) for n in _deret_angka(kolom_pagu))
    jumlah = jumlah_kode(dicari, zip(map(_kode, _deret(kolom_kode)), sen, strict=True))
    return TANPA_NILAI if jumlah is None else _hasil(ni.rupiah_dari_sen(jumlah))


@_udf(nilai="Jumlah uang dalam rupiah.")
def RUPIAH(nilai: Any) -> Any:
    """Jumlah uang sebagai teks, misalnya Rp1.250.000 atau Rp1.250.000,50; "-" bila bukan angka."""
    angka = _angka(nilai)
    return TANPA_NILAI if angka is None else ni.tulis_rp(round(angka * 100))


@_udf(nilai="Angka yang ditulis dengan huruf, di bawah satu kuadriliun; pecahannya paling banyak enam angka.")
def TERBILANG(nilai: Any) -> Any:
    """Angka dengan huruf, misalnya 43 menjadi empat puluh tiga; "-" bila bukan angka."""
    angka = _angka(nilai)
    return TANPA_NILAI if angka is None or abs(angka) >= _BATAS_TERBILANG else terbilang_angka(angka)


# ── words and kode ────────────────────────────────────────────────────────────────────────────────────────────


@_udf(isi="Isian seperti diketik orang, misalnya 1.400, 65,18 %, 5 dok, B (78), atau Rp 1.250.000,00.")
def ANGKA(isi: Any) -> Any:
    """Angka dari isian yang bercampur satuan, predikat, atau Rp; "-" bila angkanya tidak terbaca."""
    angka = _angka(isi)
    if angka is not None:
        return angka
    terurai = ni.urai(str(_teks(isi) or "")).nilai
    return TANPA_NILAI if terurai is None else _hasil(float(terurai))


@_udf(isi="Isian seperti diketik orang, misalnya 5 dok atau 65,18 %.")
def SATUAN(isi: Any) -> Any:
    """Satuan dalam ejaan baku dari isian seperti 5 dok (Dokumen) atau 65 persen (%); "-" bila tidak ada satuannya."""
    satuan = ni.urai(str(_teks(isi) or "")).satuan
    return baku(satuan) if satuan else TANPA_NILAI


def _menurut_kode(kode: Any, kolom_kode: Any, kolom_isi: Any) -> float | str:
    dicari = _kode(_nilai(kode))
    if dicari is None:
        return TANPA_NILAI
    baris = list(zip(map(_kode, _deret(kolom_kode)), _deret(kolom_isi), strict=True))
    return _hasil(_nilai(kd.isi_menurut_kode(dicari, baris)))


_KOLOM_KODE = "Kolom kode, misalnya di lembar Program & Sub Kegiatan atau Nomenklatur."


@_udf(
    kode="Kode program, kegiatan, atau sub kegiatan, misalnya 5.03.02.",
    kolom_kode=_KOLOM_KODE,
    kolom_nama="Kolom nama pada tabel itu, sebanyak baris kodenya.",
)
def NAMA_KODE(kode: Any, kolom_kode: Any, kolom_nama: Any) -> Any:
    """Nama program, kegiatan, atau sub kegiatan menurut kodenya; "-" bila kodenya tidak ditemukan."""
    return _menurut_kode(kode, kolom_kode, kolom_nama)


@_udf(
    kode="Kode program, kegiatan, atau sub kegiatan, misalnya 5.03.02.",
    kolom_kode=_KOLOM_KODE,
    kolom_indikator="Kolom indikator pada tabel itu, sebanyak baris kodenya.",
)
def INDIKATOR_KODE(kode: Any, kolom_kode: Any, kolom_indikator: Any) -> Any:
    """Indikator pertama suatu program, kegiatan, atau sub kegiatan menurut kodenya; "-" bila tidak ditemukan."""
    return _menurut_kode(kode, kolom_kode, kolom_indikator)


@_udf(
    kode="Kode program, kegiatan, atau sub kegiatan, misalnya 5.03.02.",
    kolom_kode=_KOLOM_KODE,
    kolom_satuan="Kolom satuan pada tabel itu, sebanyak baris kodenya.",
)
def SATUAN_KODE(kode: Any, kolom_kode: Any, kolom_satuan: Any) -> Any:
    """Satuan indikator pertama suatu program, kegiatan, atau sub kegiatan menurut kodenya; "-" bila tidak ditemukan."""
    return _menurut_kode(kode, kolom_kode, kolom_satuan)


@_udf()
def RENJA_VERSI() -> Any:
    """Versi Renja-XL yang terpasang di komputer ini."""
    return __version__


FUNGSI = tuple(_terdaftar)
"""Every function, in the order of this file."""
