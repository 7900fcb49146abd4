"""What the ribbon's buttons and the workbook's events call, each through ``RunPython``.

An entry point reads the open workbook, calls the core, writes the difference, and tells the planner in one message box.
Nothing leaves it: a refusal is told in its own sentence, anything unexpected in one sentence with the details in a log
file. Heavy imports stay inside: without its server, every call starts a process.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.errors import RenjaError

if TYPE_CHECKING:
    import xlwings as xw

    from renja_xl.core.buku import Baris, Buku
    from renja_xl.excel.langsung import Langsung

JUDUL = "Renja-XL"
_BATAS_BARIS = 8
"""Lines of a kind that a message box shows."""
_BATAS_LOG = 1_000_000
_TAK_BATAL = "Perubahan ini tidak dapat dibatalkan dengan Urungkan (Undo)."


class PerintahDitolakError(RenjaError):
    """A button that cannot do its work with what is selected or typed."""


# ── around every entry point ──────────────────────────────────────────────────────────────────────────────────


def _jalankan(book: xw.Book | None, kerja: Callable[[xw.Book], str | None]) -> None:
    """Do an entry point's work for the calling workbook, and tell what came of it."""
    pesan: str | None
    try:
        if book is None:
            import xlwings as xw

            book = xw.Book.caller()
        pesan = kerja(book)
    except RenjaError as galat:
        pesan = str(galat)
    except Exception as galat:
        pesan = _tak_terduga(galat)
    if not pesan:
        return
    if book is None:
        sys.exit(pesan)
    try:
        book.app.alert(pesan, JUDUL)
    except Exception as galat:
        _catat(galat)


def _tak_terduga(galat: Exception) -> str:
    from renja_xl.excel.tulis_langsung import PenulisanTerhentiError

    log = _catat(galat)
    if isinstance(galat, PenulisanTerhentiError):
        return (
            "Excel menolak sebagian perubahan, sehingga buku ini mungkin baru berubah sebagian; mohon tutup tanpa menyimpan, "
            f"lalu buka dan ulangi. Rinciannya tercatat di {log}."
        )
    return f"Perintah ini terhenti karena kesalahan yang belum dikenali; mohon kirimkan rinciannya, yang tercatat di {log}."


def berkas_log() -> Path:
    """Where details of unexpected errors are kept, in the user's own folder for such things."""
    rumah = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or rumah / "AppData" / "Local") / "Renja-XL"
    elif sys.platform == "darwin":
        folder = rumah / "Library" / "Logs"
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or rumah / ".local" / "state") / "renja-xl"
    return folder / "renja-xl.log"


def _catat(galat: Exception) -> str:
    """Append an error's details to the log; what the log is called in a message."""
    path = berkas_log()
    rincian = "".join(traceback.format_exception(galat))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        penuh = path.exists() and path.stat().st_size > _BATAS_LOG
        with path.open("w" if penuh else "a", encoding="utf-8") as f:
            f.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{rincian}\n")
    except OSError:
        return f"{path}, yang ternyata tidak dapat ditulis"
    return str(path)


# ── group Isi ─────────────────────────────────────────────────────────────────────────────────────────────────


def hitung_ulang(book: xw.Book | None = None) -> None:
    """Restore computed cells that somebody typed over; what stood there is kept in *_asli*."""
    _jalankan(book, _hitung_ulang)


def _hitung_ulang(book: xw.Book) -> str:
    from renja_xl.core.hitung import hitung
    from renja_xl.core.waktu import catat_waktu
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.laporan_perubahan import sebut
    from renja_xl.tabel import ASLI, PERHITUNGAN, PROFIL, TABEL_RENCANA

    tabel = (PROFIL, *TABEL_RENCANA, ASLI)
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book, (*PERHITUNGAN, ASLI))
        tulis("menghitung ulang")
        hasil = hitung(t.buku, t.letak)
        rencana = Rencana(t, hasil, tabel, biarkan_asing=True)
        dipulihkan, asing = rencana.dipulihkan, rencana.asing
        if rencana.berubah:
            hasil = catat_waktu(hasil, datetime.now())
            tulis_langsung(Rencana(t, hasil, tabel, biarkan_asing=True), tulis)
    pesan = ["Semua sel hitungan sudah benar." if not rencana.berubah else "Semua sel hitungan sudah dihitung ulang."]
    if dipulihkan:
        pesan.append(
            f"Rumus dipulihkan di {sebut(dipulihkan, _BATAS_BARIS)}; yang diketik di sana tersimpan di lembar {ASLI.lembar}."
        )
    if asing:
        pesan.append(
            f"Rumus lain dibiarkan di {sebut(asing, _BATAS_BARIS)}; mohon periksa, atau tekan Perbarui Tabel untuk menggantinya."
        )
    pesan += _jumlah_berubah(t.buku, hasil)
    return "\n".join([*pesan, *([_TAK_BATAL] if rencana.berubah else [])])


def perbarui_tabel(book: xw.Book | None = None) -> None:
    """Lay the tables out anew by the struktur, and recompute."""
    _jalankan(book, lambda b: _perbarui(b, lambda t: t.buku))


def perbarui_bila_basi(book: xw.Book | None = None) -> None:
    """The same, silently, where the inputs have changed since it was done last."""
    _jalankan(book, _perbarui_bila_basi)


def _perbarui_bila_basi(book: xw.Book) -> None:
    from renja_xl.core.waktu import sidik_susunan
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.tabel import PROFIL, PROGRAM_SUB_KEGIATAN, TABEL_BEBAS, TABEL_TERTAUT
    from renja_xl.tabel.profil import YA

    t = baca_langsung(book, (PROFIL, PROGRAM_SUB_KEGIATAN))
    if t.buku.profil("tabel_basi") != YA:
        t = baca_langsung(book, (PROFIL, PROGRAM_SUB_KEGIATAN, *TABEL_BEBAS, *TABEL_TERTAUT), t)
        if t.buku.profil("sidik_susunan") == sidik_susunan(t.buku):
            return
    _perbarui(book, lambda t: t.buku, t)


def rapikan(book: xw.Book | None = None) -> None:
    """Put what was typed into the form that its cell expects, and let the tables follow."""
    _jalankan(book, _rapikan)


def _rapikan(book: xw.Book) -> str:
    from renja_xl.core import rapi
    from renja_xl.tabel import MENURUT_KUNCI

    hasil: list[rapi.HasilRapi] = []

    def ubah(t: Langsung) -> Buku:
        hasil.append(rapi.rapikan(t.buku))
        return hasil[0].buku

    def sebut(d: rapi.Dirapikan) -> str:
        spec = MENURUT_KUNCI[d.tabel]
        return f"- {spec.lembar}, kolom {spec.menurut_kunci[d.kolom].nomor}: {d.semula.strip()}"

    lanjutan = _perbarui(book, ubah)
    (h,) = hasil
    pesan = [f"{len(h.diubah)} sel dirapikan." if h.diubah else "Tidak ada isian yang perlu dirapikan."]
    pesan += _ringkas(f"{sebut(d)} → {d.kini}" for d in h.diubah)
    if h.ragu:
        pesan.append(f"{len(h.ragu)} sel dibiarkan karena angkanya meragukan; mohon perbaiki sendiri.")
        pesan += _ringkas(map(sebut, h.ragu))
    return "\n".join([*pesan, lanjutan])


def tambah_sub_kegiatan(kode: str, book: xw.Book | None = None) -> None:
    """Add a sub kegiatan of the nomenclature to the struktur and to every table."""

    def ubah(t: Langsung) -> Buku:
        from renja_xl.core import sunting

        return sunting.tambah_sub_kegiatan(t.buku, kode)

    _jalankan(book, lambda b: _perbarui(b, ubah))


def pindah_sub_kegiatan(kode: str, book: xw.Book | None = None) -> None:
    """Give the selected row's sub kegiatan another kode, and thereby another kegiatan; its inputs follow."""

    def ubah(t: Langsung) -> Buku:
        from renja_xl.core import sunting

        return sunting.pindah_sub_kegiatan(t.buku, _simpul_terpilih(t), kode)

    _jalankan(book, lambda b: _perbarui(b, ubah))


def hapus_sub_kegiatan(book: xw.Book | None = None) -> None:
    """Take the selected row's sub kegiatan out of the struktur and of every table; its inputs are kept."""

    def ubah(t: Langsung) -> Buku:
        from renja_xl.core import sunting

        return sunting.hapus_sub_kegiatan(t.buku, _simpul_terpilih(t))

    _jalankan(book, lambda b: _perbarui(b, ubah))


def _perbarui(book: xw.Book, ubah: Callable[[Langsung], Buku], terbaca: Langsung | None = None) -> str:
    """Change the plan, lay its tables out anew, recompute, and write the difference.

    Args:
        terbaca: what was read of the workbook just before.
    """
    from renja_xl.core.catatan import segarkan_catatan
    from renja_xl.core.hitung import hitung
    from renja_xl.core.perbarui import perbarui
    from renja_xl.core.waktu import catat_susunan, sidik_susunan
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.susun_tabel import DISUSUN
    from renja_xl.excel.tulis_langsung import Rencana, letak_langsung, simpan_tambahan, tulis_langsung
    from renja_xl.laporan_perubahan import perubahan_baris
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.tabel import CATATAN_PERBAIKAN
    from renja_xl.tabel.profil import YA

    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book, sebelumnya=terbaca)
        lama = t.buku
        tulis("menyusun tabel")
        hasil = simpan_tambahan(t, perbarui(ubah(t)), DISUSUN)
        letak = letak_langsung(t, hasil, DISUSUN)
        hasil = hitung(hasil, letak)
        if lama.baris(CATATAN_PERBAIKAN.kunci):
            hasil = segarkan_catatan(hasil, periksa_buku(hasil), letak)
        rencana = Rencana(t, hasil, DISUSUN, kepala=True)
        basi = lama.profil("tabel_basi") == YA or lama.profil("sidik_susunan") != sidik_susunan(hasil)
        if not (rencana.berubah or basi):
            return "Tabel sudah mutakhir; tidak ada yang diubah."
        rencana = Rencana(t, catat_susunan(hasil, datetime.now()), DISUSUN, kepala=True)
        tulis_langsung(rencana, tulis)
    return "\n".join(
        ["Tabel sudah diperbarui.", *perubahan_baris(lama, hasil), *_jumlah_berubah(lama, hasil), _TAK_BATAL]
    )


# ── group Periksa ─────────────────────────────────────────────────────────────────────────────────────────────


def periksa(book: xw.Book | None = None) -> None:
    """Audit the plan into *Catatan Perbaikan*; explanations stay with their findings."""
    _jalankan(book, _periksa)


def _periksa(book: xw.Book) -> str:
    from renja_xl.core.bahan import Bahan
    from renja_xl.core.catatan import keadaan_temuan, segarkan_catatan
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.periksa.laporan import kalimat_ringkas, tidak_diperiksa
    from renja_xl.tabel import CATATAN_PERBAIKAN

    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book)
        tulis("memeriksa")
        bahan = Bahan(letak=t.letak)
        temuan = periksa_buku(t.buku, bahan=bahan)
        hasil = segarkan_catatan(t.buku, temuan, t.letak)
        tulis_langsung(Rencana(t, hasil, [CATATAN_PERBAIKAN]), tulis)
    cara = (
        f"Rinciannya di lembar {CATATAN_PERBAIKAN.lembar}; tekan Catatan Berikutnya untuk menuju selnya satu per satu."
    )
    luput = [f"- {k}" for k in tidak_diperiksa(t.buku, bahan)]
    return "\n".join(
        [
            kalimat_ringkas(temuan, keadaan_temuan(t.buku, temuan)),
            *([cara] if temuan else []),
            "Yang tidak diperiksa:",
            *luput,
        ]
    )


def catatan_berikutnya(book: xw.Book | None = None) -> None:
    """Go to the cell of the next open finding: after the selected one, or from the first."""
    _jalankan(book, _catatan_berikutnya)


def _catatan_berikutnya(book: xw.Book) -> str | None:
    t = _baca_catatan(book)
    from renja_xl.core.catatan import masih_terbuka

    terbuka = [(nomor, b) for nomor, b in _baris_catatan(t) if masih_terbuka(b["keadaan"].nilai)]
    if not terbuka:
        return "Tidak ada catatan yang masih terbuka; tekan Periksa untuk memeriksa ulang."
    from renja_xl.excel.aplikasi import buka_lembar
    from renja_xl.tabel import CATATAN_PERBAIKAN

    # several findings may stand at one cell: places are visited, each once, in the order of the sheet
    tempat: dict[tuple[str, str], int] = {}
    for nomor, b in terbuka:
        lembar, sel = str(b["lembar"].nilai or ""), str(b["sel"].nilai or "")
        if not sel or lembar not in t.tersedia:
            lembar, sel = CATATAN_PERBAIKAN.lembar, f"A{nomor}"
        tempat.setdefault((lembar, sel), nomor)
    daftar = list(tempat)
    kini, dipilih = book.sheets.active.name, book.app.selection
    n = 0
    if dipilih is not None:
        di_sini = (kini, _alamat(dipilih.row, dipilih.column))
        if di_sini in tempat:
            n = daftar.index(di_sini) + 1
        elif kini == CATATAN_PERBAIKAN.lembar:
            n = sum(nomor <= dipilih.row for nomor in tempat.values())
    lembar, sel = daftar[n % len(daftar)]
    sheet = book.sheets[lembar]
    if not sheet.visible:
        sheet.visible = True
    buka_lembar(sheet)
    sheet.range(sel).select()
    return None


def jelaskan(penjelasan: str, book: xw.Book | None = None) -> None:
    """Mark the findings of the selected rows of *Catatan Perbaikan*, or of the selected cell, as explained."""
    _jalankan(book, lambda b: _jelaskan(b, penjelasan))


def _jelaskan(book: xw.Book, penjelasan: str) -> str:
    from renja_xl.core.buku import Sel
    from renja_xl.core.catatan import menyangkut
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.tabel import CATATAN_PERBAIKAN
    from renja_xl.tabel.kendali import DIJELASKAN

    penjelasan = " ".join(penjelasan.split())
    if not penjelasan:
        raise PerintahDitolakError("Penjelasannya masih kosong; mohon tulis alasannya, lalu ulangi.")
    t = _baca_catatan(book)
    dipilih = book.app.selection
    baris, tempat = range(0), ("", "")
    if dipilih is not None and book.sheets.active.name == CATATAN_PERBAIKAN.lembar:
        baris = range(dipilih.row, dipilih.row + dipilih.shape[0])
    elif dipilih is not None:
        tempat = (book.sheets.active.name, _alamat(dipilih.row, dipilih.column))
    kena = {b.id for nomor, b in _baris_catatan(t) if nomor in baris or menyangkut(b, *tempat)}
    if not kena:
        raise PerintahDitolakError(
            f"Sel yang dipilih tidak punya catatan terbuka; mohon pilih selnya, atau barisnya di lembar {CATATAN_PERBAIKAN.lembar}."
        )
    keadaan = Sel(f"{DIJELASKAN}{penjelasan}")
    rows = [b.dengan({"keadaan": keadaan}) if b.id in kena else b for b in t.buku.baris(CATATAN_PERBAIKAN.kunci)]
    tulis_langsung(Rencana(t, t.buku.ganti({CATATAN_PERBAIKAN.kunci: rows}), [CATATAN_PERBAIKAN]))
    return f"{len(kena)} catatan ditandai “{keadaan.nilai}”."


def _baca_catatan(book: xw.Book) -> Langsung:
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.tabel import CATATAN_PERBAIKAN

    t = baca_langsung(book, [CATATAN_PERBAIKAN])
    if CATATAN_PERBAIKAN.kunci not in t.lembar:
        raise PerintahDitolakError(
            f"Lembar {CATATAN_PERBAIKAN.lembar} tidak ada lagi di buku ini; mohon kembalikan dari salinan di folder Cadangan."
        )
    return t


def _baris_catatan(t: Langsung) -> list[tuple[int, Baris]]:
    """Findings with their sheet rows, in the order of the sheet."""
    from renja_xl.tabel import CATATAN_PERBAIKAN

    nomor = t.letak.baris[CATATAN_PERBAIKAN.kunci]
    return sorted(((nomor[b.id], b) for b in t.buku.baris(CATATAN_PERBAIKAN.kunci)), key=lambda p: p[0])


# ── group Bantuan ─────────────────────────────────────────────────────────────────────────────────────────────


def rumus_python(aktif: bool, book: xw.Book | None = None) -> None:
    """Let computed cells call Python functions with the native formula behind them, or hold the native formula alone."""
    _jalankan(book, lambda b: _rumus_python(b, aktif))


def _rumus_python(book: xw.Book, aktif: bool) -> str:
    from renja_xl.core.hitung import isi_tanpa_nilai
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import NAMA_RUMUS_PYTHON, baca_langsung
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.tabel import PERHITUNGAN, SEMUA

    tabel = [spec for spec in SEMUA if any(k.udf for k in spec.kolom)]
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book, PERHITUNGAN)
        rencana = Rencana(t, isi_tanpa_nilai(t.buku), tabel, biarkan_asing=True, bentuk_python=aktif)
        tulis_langsung(rencana, tulis)
    if NAMA_RUMUS_PYTHON in book.names:
        book.names[NAMA_RUMUS_PYTHON].refers_to = f"={int(aktif)}"
    else:
        book.names.add(NAMA_RUMUS_PYTHON, f"={int(aktif)}")
    return (
        "Sel hitungan kini memakai fungsi Python; tanpa Python, rumus Excel di dalamnya yang berlaku."
        if aktif
        else "Sel hitungan kini memakai rumus Excel saja; angkanya sama."
    )


def cek_pemasangan(book: xw.Book | None = None) -> None:
    """Tell what is missing in the installation, and how to mend it."""
    _jalankan(book, _cek_pemasangan)


def _cek_pemasangan(book: xw.Book) -> str:
    from renja_xl.pasang.cek import periksa_pemasangan

    path: Path | None = None
    with suppress(Exception):  # a workbook in a cloud folder that has no path on this computer
        path = Path(book.fullname)
    butir = periksa_pemasangan(path, terbuka=True)
    buruk = [b for b in butir if not b.baik]
    if not buruk:
        return f"Pemasangan baik: {len(butir)} hal sudah diperiksa."
    rincian = [f"- {b.pesan} {b.perbaikan}".strip() for b in buruk]
    return "\n".join([f"{len(buruk)} dari {len(butir)} hal perlu diperbaiki:", *_ringkas(rincian)])


# ── in words ──────────────────────────────────────────────────────────────────────────────────────────────────


def _alamat(baris: int, kolom: int) -> str:
    from renja_xl.core.letak import huruf_kolom

    return f"{huruf_kolom(kolom)}{baris}"


def _simpul_terpilih(t: Langsung) -> str:
    """The node of the selected row, on the struktur's sheet or on that of a table."""
    from renja_xl.core.baris import baris_lembar

    lembar, dipilih = t.book.sheets.active.name, t.book.app.selection
    x = next((x for x in t.lembar.values() if x.spec.lembar == lembar), None)
    if x is not None and dipilih is not None:
        menurut_nomor = {nomor: pengenal for pengenal, nomor in t.letak.baris[x.spec.kunci].items()}
        pengenal = menurut_nomor.get(dipilih.row)
        for b in baris_lembar(t.buku, x.spec.kunci):
            if b.id == pengenal and b.simpul:
                return b.simpul
    raise PerintahDitolakError(
        "Baris yang dipilih bukan sub kegiatan; mohon pilih barisnya di lembar Program & Sub Kegiatan atau di salah satu "
        "tabelnya, lalu ulangi."
    )


def _jumlah_berubah(lama: Buku, baru: Buku) -> list[str]:
    """Amounts of parents that changed, under a heading."""
    from renja_xl.laporan_perubahan import perubahan_total

    baris = [f"- {b}" for b in perubahan_total(lama, baru)]
    return ["Jumlah yang berubah:", *_ringkas(baris)] if baris else []


def _ringkas(baris: Iterable[str]) -> list[str]:
    """The first of some lines, and how many more."""
    semua = list(baris)
    lebih = len(semua) - _BATAS_BARIS
    return semua if lebih <= 0 else [*semua[:_BATAS_BARIS], f"- dan {lebih} lagi."]
