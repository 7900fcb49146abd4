"""Group *Kirim & Terima*: the share copy for Bappeda, the check of a received one, and what it proposes taken into the plan."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.excel.makro.dasar import (
    BATAS_BARIS,
    TAK_BATAL,
    PerintahDitolakError,
    cadangkan,
    jalankan,
    jumlah_berubah,
    path_buku,
    ringkas,
    setuju,
)

if TYPE_CHECKING:
    import xlwings as xw

    from renja_xl.core.buku import Buku


def kirim(book: xw.Book | None = None) -> None:
    """Make the share copy beside the workbook; asked first where findings are open."""
    jalankan(book, _kirim)


def _kirim(book: xw.Book) -> str | None:
    from renja_xl.bappeda.siap_kirim import buat_kiriman, revisi_berikutnya, siapkan_kiriman
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis import tulis_aman

    asal = path_buku(book)
    keluaran = asal.with_name(f"{asal.stem} untuk Bappeda.xlsx")
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book)
        tulis("memeriksa")
        siap = siapkan_kiriman(t.buku)
        if siap.peringatan and not setuju(book, f"{siap.peringatan} Kirim juga?"):
            return None
        tulis("membuat salinan")
        nomor = revisi_berikutnya(keluaran, siap.buku)
        kiriman = buat_kiriman(siap, datetime.now(), nomor)
        cadangan = tulis_aman(keluaran, kiriman.isi, keluaran.read_bytes() if keluaran.is_file() else None)
    return "\n".join(
        [
            f"Salinan untuk Bappeda sudah dibuat: {keluaran}",
            f"Revisi {nomor}. Mohon tulis kode verifikasi ini di surat pengantar:",
            kiriman.kode,
            "Kode itu tercetak juga di sampul salinannya. Buku ini sendiri tidak berubah.",
            *([f"Salinan sebelumnya disimpan: {cadangan}"] if cadangan else []),
        ]
    )


def cek_berkas(berkas: str, book: xw.Book | None = None) -> None:
    """Tell whether a received share copy is whole and unchanged; the open workbook is not touched."""
    jalankan(book, lambda _: _cek_berkas(Path(berkas)))


def _cek_berkas(berkas: Path) -> str:
    from renja_xl.bappeda.cek_berkas import cek_berkas as cek
    from renja_xl.bappeda.cek_berkas import ke_teks

    return "\n".join(ke_teks(cek(berkas), None, BATAS_BARIS, "dengan perintah renja-xl cek-berkas"))


def terima(berkas: str, book: xw.Book | None = None) -> None:
    """Take a verified copy back: its decisions and proposals as lines of *Usulan Bappeda*; no table changes."""
    jalankan(book, lambda b: _terima(b, Path(berkas)))


def _terima(book: xw.Book, berkas: Path) -> str:
    from renja_xl.bappeda.cek_berkas import cek_paket
    from renja_xl.bappeda.terima import terima as terima_salinan
    from renja_xl.core.terap_usulan import baris_usulan
    from renja_xl.excel.aplikasi import buka_lembar, kabar
    from renja_xl.excel.komentar import baca_komentar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.paket import buka
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.tabel import USULAN_BAPPEDA

    with kabar(book.app) as tulis:
        tulis("membaca salinan")
        paket = buka(berkas)
        h = cek_paket(paket)
        komentar = baca_komentar(paket)
        tulis("membaca buku")
        t = baca_langsung(book)
        if USULAN_BAPPEDA.lembar not in t.tersedia:
            raise PerintahDitolakError(_TANPA_LEMBAR)
        diterima = terima_salinan(t.buku, h, komentar, berkas.name)
        rencana = Rencana(t, diterima.buku, [USULAN_BAPPEDA])
        salinan = cadangkan(book) if rencana.berubah else []
        if rencana.berubah:
            tulis_langsung(rencana, tulis)
    if diterima.buku.baris(USULAN_BAPPEDA.kunci):
        sheet = book.sheets[USULAN_BAPPEDA.lembar]
        sheet.visible = True
        buka_lembar(sheet)
    if not diterima.baru:
        return "\n".join([f"Tidak ada yang baru untuk lembar {USULAN_BAPPEDA.lembar}.", *diterima.peringatan])
    return "\n".join(
        [
            f"{len(diterima.baru)} baris baru di lembar {USULAN_BAPPEDA.lembar}; isian tabel tidak berubah:",
            *ringkas(f"- {b}" for b in baris_usulan(diterima.buku, diterima.baru)),
            "Pilih Terima atau Tolak di kolom Pilihan, lalu tekan Terapkan Usulan.",
            *diterima.peringatan,
            *salinan,
        ]
    )


_TANPA_LEMBAR = (
    "Lembar Usulan Bappeda tidak ada di buku ini; mohon kembalikan dari salinan di folder Cadangan, atau mutakhirkan bukunya dengan "
    "renja-xl perbarui."
)


def terapkan_usulan(book: xw.Book | None = None) -> None:
    """Put the proposals whose *Pilihan* is *Terima* into the plan; all that wait, after a question, where none is chosen."""
    jalankan(book, _terapkan_usulan)


def _terapkan_usulan(book: xw.Book) -> str | None:
    from renja_xl.core.hitung import hitung
    from renja_xl.core.terap_usulan import terapkan_usulan as terapkan
    from renja_xl.core.usulan import segarkan_usulan
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.susun_tabel import DISUSUN
    from renja_xl.excel.tulis_langsung import Rencana, letak_langsung, simpan_tambahan, tulis_langsung
    from renja_xl.tabel import USULAN_BAPPEDA

    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book)
        if not t.buku.baris(USULAN_BAPPEDA.kunci):
            raise PerintahDitolakError(
                f"Lembar {USULAN_BAPPEDA.lembar} masih kosong; mohon tekan Terima dan pilih salinan dari Bappeda dahulu."
            )
        hasil = terapkan(t.buku, semua=_semua(book, t.buku))
        baru = simpan_tambahan(t, hasil.buku, DISUSUN)
        baru = segarkan_usulan(hitung(baru, letak_langsung(t, baru, DISUSUN)))
        rencana = Rencana(t, baru, DISUSUN if hasil.diterapkan else [USULAN_BAPPEDA], biarkan_asing=True)
        salinan = cadangkan(book) if rencana.berubah else []
        if rencana.berubah:
            tulis_langsung(rencana, tulis)
    pesan = [f"{len(hasil.diterapkan)} usulan diterapkan." if hasil.diterapkan else "Tidak ada usulan yang diterapkan."]
    pesan += ringkas(f"- {b}" for b in hasil.diterapkan)
    if hasil.ditunda:
        pesan += [
            f"{len(hasil.ditunda)} usulan yang dipilih belum diterapkan:",
            *ringkas(f"- {b}" for b in hasil.ditunda),
        ]
    if hasil.menunggu:
        pesan.append(f"{hasil.menunggu} baris masih menunggu pilihan atau tanggapan.")
    if hasil.diterapkan:
        pesan += [*jumlah_berubah(t.buku, baru), *([_PERLU_PERBARUI] if hasil.perlu_perbarui else []), TAK_BATAL]
    return "\n".join([*pesan, *salinan])


_PERLU_PERBARUI = "Tekan Perbarui Tabel agar tabel lain mengikuti nama, indikator, atau baris yang baru."


def _semua(book: xw.Book, buku: Buku) -> bool:
    """Whether to accept all that wait without a conflict: asked where nothing is chosen."""
    from renja_xl.core.terap_usulan import terapkan_usulan as terapkan

    dipilih, semua = terapkan(buku), terapkan(buku, semua=True)
    if dipilih.diterapkan or dipilih.ditunda or not semua.diterapkan:
        return False
    return setuju(
        book,
        f"Belum ada usulan yang dipilih Terima. Terapkan semua {len(semua.diterapkan)} usulan yang menunggu? Yang bentrok dan yang "
        "ditolak tidak ikut.",
    )
