"""Build a share copy: the master's sheets without macros, Python functions and control sheets, with a cover and decisions."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from renja_xl.core.baris import baris_lembar, teks_target
from renja_xl.core.buku import Baris, Buku, Nilai, Sel
from renja_xl.core.letak import huruf_kolom, letak_bawaan
from renja_xl.core.manifes import Butir, tempat_sel
from renja_xl.core.nilai import tulis
from renja_xl.core.temuan import Tingkat
from renja_xl.core.triwulan import evaluasi_terisi
from renja_xl.excel.bangun import buku_kerja, dengan_tinggi_otomatis
from renja_xl.excel.gaya import LEGENDA, WARNA_TAB, Gaya
from renja_xl.excel.lembar import Bahan, Lembar, kertas, pastikan, tutup
from renja_xl.excel.lembar_xml import IsiSel, LembarXml, teks_xml
from renja_xl.excel.paket import Paket
from renja_xl.excel.rumus import PenyusunRumus, nilai_judul, rumus_judul
from renja_xl.excel.rumus_a1 import RumusA1
from renja_xl.excel.susunan import Susunan
from renja_xl.excel.tambal import rakit
from renja_xl.excel.tinggi import taksir_baris
from renja_xl.tabel import CATATAN_PERBAIKAN, INDEKS, PROFIL, REKAP_TRIWULAN, T_C_33, TABEL_EVALUASI, TRIWULAN
from renja_xl.tabel.berbagi import (
    KEPUTUSAN,
    LEMBAR_BERBAGI,
    LEVEL_VERIFIKASI,
    MANIFES,
    SAMPUL,
    TERKUNCI_SELURUHNYA,
    VERIFIKASI,
)
from renja_xl.tabel.spec import TabelSpec

TEMPAT_KODE = "????-????-????"
"""What the cover shows until the code is known."""

_INTI = "docProps/core.xml"
_LEBAR_SAMPUL = (30, 92)
_CARA = (
    "Buka lembar Verifikasi Bappeda; tiap baris satu program, kegiatan, atau sub kegiatan.",
    f"Pilih Keputusan: {', '.join(KEPUTUSAN[:-1])}, atau {KEPUTUSAN[-1]}.",
    "Bila perlu, isi Usulan pagu (rupiah penuh), Usulan target, dan Catatan; komentar pada sel juga boleh.",
    "Sel isian pada tabel boleh diubah untuk menunjukkan usulan; perubahannya akan disebut satu per satu kepada perangkat daerah.",
    "Simpan sebagai .xlsx, lalu kirim kembali berkas ini kepada perangkat daerah.",
)
_CARA_EVALUASI = (
    f"Evaluasi triwulan ada di lembar {TRIWULAN.lembar}; tanggal, nama, dan NIP diketik di bawah tabel di lembar "
    f"{REKAP_TRIWULAN.lembar}."
)
_ARTI_KODE = (
    "Cocokkan dengan kode pada surat pengantar, lalu periksa berkas ini dengan renja-xl cek-berkas: bila keduanya cocok, isi "
    "terkuncinya sama dengan yang dikirim. Kode ini tidak membuktikan siapa pengirimnya."
)


@dataclass(frozen=True, slots=True)
class Keterangan:
    """What the cover says of a share copy: when it was sent, which revision, open findings by level, what it claims."""

    tanggal: str
    revisi: int
    catatan: Mapping[str, int]
    dengan_catatan: bool = False


def bangun_berbagi(buku: Buku, keterangan: Keterangan) -> bytes:
    """The share copy without its manifest; the cover shows ``TEMPAT_KODE``.

    Raises:
        TeksTerlaluPanjangError: a text that no cell can hold.
        RumusTerlaluPanjangError: a sum that no formula can hold.
    """
    buku = buku.ganti(
        {
            VERIFIKASI.kunci: baris_verifikasi(buku),
            # what the find box looks for has no place here: what it marks neither
            INDEKS.kunci: [b.dengan({"cocok": Sel()}) for b in buku.baris(INDEKS.kunci)],
        }
    )
    dibagi = [s for s in LEMBAR_BERBAGI[1:] if s not in TABEL_EVALUASI or evaluasi_terisi(buku)]
    tabel = (VERIFIKASI, *((CATATAN_PERBAIKAN,) if keterangan.dengan_catatan else ()), *dibagi)
    keluaran = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter drops what it warns about
        _tulis(buku, keterangan, tabel, keluaran)
    return dengan_tinggi_otomatis(keluaran.getvalue(), (None, *tabel))


def _tulis(buku: Buku, keterangan: Keterangan, tabel: Sequence[TabelSpec], keluaran: BytesIO) -> None:
    wb = buku_kerja(keluaran, buku)
    gaya, letak = Gaya(wb), letak_bawaan(buku)
    a1 = RumusA1(buku, letak)
    verifikasi = buku.baris(VERIFIKASI.kunci)

    def anak_judul(spec: TabelSpec) -> tuple[str, str]:
        if spec is VERIFIKASI:
            return _hitungan(len(verifikasi))
        return a1(rumus_judul(PROFIL), spec, 0), nilai_judul(PROFIL, buku)

    susunan = Susunan(
        baris_judul=0,
        baris_bantu=1,
        kembali=(SAMPUL, f"« Kembali ke {SAMPUL}"),
        terkunci=TERKUNCI_SELURUHNYA,
        semua_dilindungi=True,
        tersembunyi=(INDEKS,),
        rumus=a1,
        anak_judul=anak_judul,
        bertanda=False,
        lembar={spec.lembar for spec in tabel},
    )
    bahan = Bahan(buku, wb, gaya, PenyusunRumus(buku, letak), susunan)
    sampul = wb.add_worksheet(SAMPUL)
    _sampul(sampul, gaya, buku, keterangan, [s for s in tabel if not susunan.disembunyikan(s)])
    for spec in tabel:
        Lembar(bahan, spec, baris_lembar(buku, spec.kunci)).tulis()
    _lembar_manifes(wb, gaya)
    sampul.activate()
    tutup(wb)


# ── Verifikasi Bappeda ────────────────────────────────────────────────────────────────────────────────────────


def baris_verifikasi(buku: Buku) -> list[Baris]:
    """One row per program, kegiatan and sub kegiatan in the order of the struktur, with the plan's target and pagu."""
    milik: dict[str, list[Baris]] = {}
    for b in buku.baris(T_C_33.kunci):
        milik.setdefault(b.simpul or "", []).append(b)
    hasil = []
    for s in buku.simpul:
        if s.level not in LEVEL_VERIFIKASI:
            continue
        rows = milik.get(s.id, [])
        pasangan = [(str(b["indikator"].nilai), teks_target(b, "target_n")) for b in rows if not b["indikator"].kosong]
        isi: dict[str, Nilai] = {
            "kode": s.kode,
            "level": s.level.judul,
            "nama": s.nama,
            "indikator": _bernomor([i for i, _ in pasangan]),
            "target": _bernomor([t for _, t in pasangan]),
            "pagu": next((b["pagu_n"].angka for b in rows if b["pagu_n"].angka is not None), None),
        }
        hasil.append(Baris(s.id, s.level, {k: Sel(v) for k, v in isi.items() if v is not None}, s.id))
    return hasil


def _bernomor(teks: Sequence[str]) -> str | None:
    """Several texts in one cell, numbered, since their lines wrap."""
    return "\n".join(f"{n}) {t}" for n, t in enumerate(teks, 1)) if len(teks) > 1 else next(iter(teks), None)


def _hitungan(banyak: int) -> tuple[str, str]:
    """How many rows have which decision: formula, and what it shows at first."""
    huruf, awal = huruf_kolom(VERIFIKASI.letak_kolom["keputusan"]), VERIFIKASI.baris_pertama
    rentang = f"{huruf}{awal}:{huruf}{awal + max(banyak, 1) - 1}"
    bagian = "&".join(f'"{"; " if n else ""}{k}: "&COUNTIF({rentang},"{k}")' for n, k in enumerate(KEPUTUSAN))
    return f'{bagian}&"; belum diputuskan: "&({banyak}-COUNTA({rentang}))&" dari {banyak} baris"', nilai_hitungan(
        (), banyak
    )


def nilai_hitungan(keputusan: Sequence[str], banyak: int) -> str:
    """What that formula shows.

    Args:
        keputusan: decisions taken, in any order.
        banyak: rows to decide.
    """
    kata = [k.casefold() for k in keputusan]
    bagian = "; ".join(f"{k}: {kata.count(k.casefold())}" for k in KEPUTUSAN)
    return f"{bagian}; belum diputuskan: {banyak - len(kata)} dari {banyak} baris"


# ── cover ─────────────────────────────────────────────────────────────────────────────────────────────────────


def isian_sampul(buku: Buku, keterangan: Keterangan) -> Iterator[tuple[str, str]]:
    """What the cover says of the plan, in its order; the code comes last."""

    def teks(kunci: str) -> str:
        nilai = buku.profil(kunci)
        return "-" if nilai is None else tulis(nilai)

    yield "Perangkat daerah", teks("perangkat_daerah")
    yield "Kabupaten/kota", teks("kabupaten")
    yield "Tahun rencana", str(buku.tahun)
    yield "Tahapan", teks("tahapan")
    yield "Revisi", str(keterangan.revisi)
    yield "Tanggal dikirim", keterangan.tanggal
    yield "Kode verifikasi", TEMPAT_KODE


def _sampul(ws: Any, gaya: Gaya, buku: Buku, keterangan: Keterangan, tabel: Sequence[TabelSpec]) -> None:
    ws.set_tab_color(WARNA_TAB["isian"])
    ws.hide_gridlines(2)
    for c, lebar in enumerate(_LEBAR_SAMPUL):
        pastikan(ws.set_column(c, c, lebar))
    nama = buku.profil("perangkat_daerah") or "perangkat daerah"
    pastikan(ws.write_string(0, 0, f"Renja {nama} Tahun {buku.tahun}", gaya.judul()))
    pastikan(ws.write_string(1, 0, "Salinan untuk verifikasi Bappeda, tanpa makro", gaya.anak_judul()))
    r = 3
    for label, isi in isian_sampul(buku, keterangan):
        r = _pasangan(ws, gaya, r, label, isi)
    r = _pasangan(ws, gaya, r, "Arti kode", _ARTI_KODE)
    r = _bagian(ws, gaya, r, "Catatan pemeriksaan yang masih terbuka")
    for tingkat in Tingkat:
        r = _pasangan(ws, gaya, r, tingkat.judul, str(keterangan.catatan.get(tingkat.value, 0)))
    r = _bagian(ws, gaya, r, "Isi berkas ini")
    for spec in tabel:
        pastikan(ws.write_url(r, 0, f"internal:'{spec.lembar}'!A1", gaya.tautan_panduan(), spec.lembar))
        r = _kanan(ws, gaya, r, spec.penjelasan.removesuffix("; boleh diubah.").removesuffix(".") + ".")
    r = _bagian(ws, gaya, r, f"Cara mengisi {VERIFIKASI.lembar}")
    cara_isi = (*_CARA[:-1], _CARA_EVALUASI, _CARA[-1]) if TRIWULAN in tabel else _CARA
    for n, cara in enumerate(cara_isi, 1):
        r = _pasangan(ws, gaya, r, f"Langkah {n}", cara)
    r = _bagian(ws, gaya, r, "Arti warna sel (tertulis juga di atas tiap tabel)")
    for peran, teks in LEGENDA:
        pastikan(ws.write_string(r, 0, teks.partition(":")[0], gaya.legenda(peran)))
        r = _kanan(ws, gaya, r, teks.partition(": ")[2].capitalize() + ".")
    ws.set_portrait()
    ws.set_paper(kertas(buku))
    ws.fit_to_pages(1, 0)
    ws.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    pastikan(ws.print_area(0, 0, r - 1, 1))
    ws.protect("", {"objects": True, "scenarios": True, "format_columns": True, "format_rows": True})


def _bagian(ws: Any, gaya: Gaya, r: int, judul: str) -> int:
    pastikan(ws.set_row(r + 1, 20))
    pastikan(ws.write_string(r + 1, 0, judul, gaya.bagian()))
    return r + 2


def _pasangan(ws: Any, gaya: Gaya, r: int, label: str, isi: str) -> int:
    pastikan(ws.write_string(r, 0, label, gaya.panduan()))
    return _kanan(ws, gaya, r, isi)


def _kanan(ws: Any, gaya: Gaya, r: int, isi: str) -> int:
    pastikan(ws.write_string(r, 1, isi, gaya.panduan()))
    pastikan(ws.set_row(r, 15.0 * taksir_baris(isi, _LEBAR_SAMPUL[1])))
    return r + 1


# ── manifest ──────────────────────────────────────────────────────────────────────────────────────────────────


def _lembar_manifes(wb: Any, gaya: Gaya) -> None:
    """The manifest's sheet, with no rows yet."""
    ws = wb.add_worksheet(MANIFES.lembar)
    pastikan(ws.write_string(0, 0, MANIFES.judul, gaya.judul()))
    for c, judul in enumerate(MANIFES.kolom):
        pastikan(ws.set_column(c, c, 60 if judul == "Isi" else 18))
        pastikan(ws.write_string(MANIFES.baris_kepala - 1, c, judul, gaya.kepala()))
    ws.protect()
    ws.hide()


def pasang_manifes(isi: bytes, butir: Sequence[Butir], kode: str, sel_kode: str) -> bytes:
    """The share copy with its manifest's rows, the code on its cover, and its language.

    Args:
        sel_kode: the cover's cell for the code.
    """
    paket = Paket(Path(SAMPUL), isi)
    sampul, manifes = paket.lembar[SAMPUL], paket.lembar[MANIFES.lembar]
    data = b"".join(_baris_manifes(r, b) for r, b in enumerate(butir, MANIFES.baris_pertama))
    akhir = MANIFES.baris_kepala + len(butir)
    kolom = huruf_kolom(len(MANIFES.kolom))
    lembar = paket.isi(manifes).replace(b"</sheetData>", data + b"</sheetData>")
    return rakit(
        paket,
        {
            sampul: LembarXml(paket.isi(sampul)).ubah_sel({tempat_sel(sel_kode): IsiSel(kode)}),
            manifes: re.sub(
                rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:%s%d"/>' % (kolom.encode(), akhir), lembar
            ),
            _INTI: paket.isi(_INTI).replace(b"</dc:creator>", b"</dc:creator><dc:language>id-ID</dc:language>"),
        },
    )


def _baris_manifes(r: int, b: Butir) -> bytes:
    sel = (
        b'<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
        % (huruf_kolom(c).encode(), r, teks_xml(t))
        for c, t in enumerate(b.sebaris, 1)
        if t
    )
    return b'<row r="%d">%s</row>' % (r, b"".join(sel))
