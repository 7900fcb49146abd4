"""Group *Periksa*: audit, and the walk through its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renja_xl.excel.makro.dasar import PerintahDitolakError, alamat, jalankan

if TYPE_CHECKING:
    import xlwings as xw

    from renja_xl.core.buku import Baris
    from renja_xl.excel.langsung import Langsung


def periksa(book: xw.Book | None = None) -> None:
    """Audit the plan into *Catatan Perbaikan*; explanations stay with their findings."""
    jalankan(book, _periksa)


def _periksa(book: xw.Book) -> str:
    from renja_xl.core.bahan import Bahan
    from renja_xl.core.catatan import keadaan_temuan, segarkan_catatan
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.kisi_induk import kisi_langsung, lembar_lain
    from renja_xl.excel.langsung import baca_langsung
    from renja_xl.excel.tulis_langsung import Rencana, tulis_langsung
    from renja_xl.periksa import periksa as periksa_buku
    from renja_xl.periksa.laporan import kalimat_ringkas, tidak_diperiksa
    from renja_xl.tabel import CATATAN_PERBAIKAN

    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book)
        tulis("memeriksa")
        kisi = kisi_langsung(t)
        bahan = Bahan(t.letak, kisi, lembar_lain=lembar_lain(t.tersedia, kisi))
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
    jalankan(book, _catatan_berikutnya)


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
        di_sini = (kini, alamat(dipilih.row, dipilih.column))
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
    jalankan(book, lambda b: _jelaskan(b, penjelasan))


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
        tempat = (book.sheets.active.name, alamat(dipilih.row, dipilih.column))
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


def telusuri(book: xw.Book | None = None) -> None:
    """Tell where the selected cell's value comes from, down to what was typed."""
    jalankan(book, _telusuri)


def _telusuri(book: xw.Book) -> str:
    from renja_xl.core.telusur import Penelusur
    from renja_xl.core.telusur.lain import PenelusurLembar
    from renja_xl.excel.aplikasi import kabar
    from renja_xl.excel.langsung import baca_langsung, kisi_langsung
    from renja_xl.laporan_telusur import ke_pesan

    sheet, dipilih = book.sheets.active, book.app.selection
    if dipilih is None:
        raise PerintahDitolakError("Belum ada sel yang dipilih; mohon pilih sel yang ingin ditelusuri, lalu ulangi.")
    with kabar(book.app) as tulis:
        tulis("membaca buku")
        t = baca_langsung(book)
        tulis("menelusuri")
        penelusur = PenelusurLembar(Penelusur(t.buku, t.letak), lambda nama: kisi_langsung(book, nama))
        langkah = penelusur.di(sheet.name, dipilih.row, dipilih.column)
    return ke_pesan(langkah, f'renja-xl telusuri "{book.name}" "{langkah.tempat}"')
