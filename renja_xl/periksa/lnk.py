"""LNK: tables that disagree with each other or with the struktur."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import LEVEL_SIMPUL, Baris, Level, Nilai
from renja_xl.core.nilai import urai
from renja_xl.core.perbarui import ALASAN_GANDA
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.hit import sepakat
from renja_xl.periksa.konteks import Konteks, desimal, teks_nilai, tertulis
from renja_xl.tabel import BARIS_DIHAPUS, BELUM_TERPETAKAN, RKT, T_C_31, TABEL_TERTAUT
from renja_xl.tabel.spec import KolomSpec, Tipe


def rkt_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """A printed RKT target or amount differs from the table that RKT is derived from."""
    kolom_turunan = [RKT.menurut_kunci[c] for c in ("target", "anggaran")]
    for b, benar in k.pasangan(RKT):
        for kolom in kolom_turunan:
            if kolom.tipe is Tipe.RUPIAH and b.level is not Level.SUB_KEGIATAN:
                continue
            temuan = _turunan_menyimpang(k, b, kolom, benar[kolom.kunci].nilai)
            if temuan:
                yield temuan


def _turunan_menyimpang(k: Konteks, b: Baris, kolom: KolomSpec, nilai: Nilai) -> Temuan | None:
    """A typed or printed cell against its source.

    Once the cell follows its source, a printed target is for information; a printed amount stays a question.
    """
    sel = b[kolom.kunci]
    semula = sel.asli if sel.rumus else tertulis(kolom, sel)
    angka = urai(semula).nilai if semula else None
    if angka is None or (isinstance(nilai, (int, float)) and angka == desimal(kolom, nilai)):
        return None
    if not sel.rumus and sepakat(kolom, sel, nilai):
        return None
    seharusnya = teks_nilai(kolom, nilai)
    sebutan = f"{kolom.sebutan(k.tahun)} “{k.nama(RKT, b)}” di RKT"
    if sel.rumus:
        return k.temuan(
            "LNK-01", Tingkat.PERLU_DICEK if kolom.tipe is Tipe.RUPIAH else Tingkat.INFORMASI, RKT, b, kolom.kunci,
            f"{sebutan} semula tertulis {semula}; kini mengikuti tabel sumbernya, yaitu {seharusnya}.",
            "Pastikan angka di tabel sumbernya benar.", semula or "", seharusnya,
        )  # fmt: skip
    ikut = "perbaiki isi sel ini" if k.buku_lain else "jalankan Hitung Ulang"
    return k.temuan(
        "LNK-01", Tingkat.PERLU_DICEK, RKT, b, kolom.kunci,
        f"{sebutan} tertulis {semula}, sedangkan di tabel sumbernya {seharusnya}.",
        f"Perbaiki angka di tabel sumbernya, atau {ikut} agar RKT mengikutinya.", semula or "", seharusnya,
    )  # fmt: skip


def sisi_berbeda(k: Konteks) -> Iterator[Temuan]:
    """One row of T-C.31 names different items left and right."""
    for b in k.buku.baris(T_C_31.kunci):
        lain = k.simpul.get(str(b["simpul_kebutuhan"].nilai or ""))
        if lain is None:
            continue
        kiri, kanan = teks_sel(b, "nama_rkpd") or "", teks_sel(b, "nama_kebutuhan") or lain.nama
        yield k.temuan(
            "LNK-02", Tingkat.HARUS_DIPERBAIKI, T_C_31, b, "nama_kebutuhan",
            f"Satu baris memuat “{kiri}” di sisi RKPD dan “{kanan}” di sisi kebutuhan.",
            "Pastikan pasangannya; Perbarui Tabel memisahkan keduanya menjadi dua baris.", kanan, kiri,
        )  # fmt: skip


def belum_terpetakan(k: Konteks) -> Iterator[Temuan]:
    """Source rows that have no place in this workbook, one finding per file and reason."""
    kelompok = defaultdict(list)
    for b in k.buku.baris(BELUM_TERPETAKAN.kunci):
        kelompok[(b["asal_berkas"].nilai, b["alasan"].nilai)].append(b)
    for (berkas, alasan), rows in kelompok.items():
        yield k.temuan(
            "LNK-03", Tingkat.INFORMASI, BELUM_TERPETAKAN, rows[0], "asal_berkas",
            f"{len(rows)} baris {berkas} belum terpetakan. {alasan}",
            "Lihat lembar Belum Terpetakan; pindahkan yang diperlukan ke tabelnya.", str(berkas),
        )  # fmt: skip


def baris_lepas(k: Konteks) -> Iterator[Temuan]:
    """A row of a linked table belongs to nothing in the struktur."""
    for spec in TABEL_TERTAUT:
        for b in k.buku.baris(spec.kunci):
            if b.level is Level.TOTAL or (b.simpul and b.simpul in k.simpul):
                continue
            nama = k.nama(spec, b)
            kolom = next(c.kunci for c in spec.kolom if c.tautan == "nama")
            yield k.temuan(
                "LNK-04", Tingkat.PERLU_DICEK, spec, b, kolom,
                f"Baris “{nama}” di {spec.lembar} belum tertaut ke Program & Sub Kegiatan.",
                "Tulis kodenya agar Perbarui Tabel menautkannya, atau tambahkan di Program & Sub Kegiatan.", nama,
            )  # fmt: skip


def baris_dikeluarkan(k: Konteks) -> Iterator[Temuan]:
    """Imported rows whose inputs wait in Baris Dihapus for another reason than repetition."""
    kelompok = defaultdict(list)
    for b in k.buku.baris(BARIS_DIHAPUS.kunci):
        if b["asal_berkas"].nilai and b["alasan"].nilai != ALASAN_GANDA:
            kelompok[b["baris_id"].nilai].append(b)
    for rows in kelompok.values():
        b = rows[0]
        nama = b["nama"].nilai or b["indikator"].nilai or "tanpa nama"
        yield k.temuan(
            "LNK-05", Tingkat.INFORMASI, BARIS_DIHAPUS, b, "tabel",
            f"Baris “{nama}” dari {b['tabel'].nilai} ({b['asal_berkas'].nilai} baris {b['asal_baris'].nilai}) tidak ada di "
            f"tabelnya; {len(rows)} isiannya disimpan di sini. {b['alasan'].nilai}",
            "Pindahkan isian yang masih diperlukan ke tabelnya, lalu hapus baris ini.",
        )  # fmt: skip


def letak_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """A row stands below another program or kegiatan than the struktur puts its node."""
    for spec in TABEL_TERTAUT:
        atas: dict[Level, str] = {}
        for b in k.buku.baris(spec.kunci):
            s = k.simpul.get(b.simpul or "")
            if s is None or b.level not in {Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN}:
                continue
            di_atas = next(
                (lv for lv in (Level.KEGIATAN, Level.PROGRAM) if lv in atas and _lebih_tinggi(lv, b.level)), None
            )
            induk, tertera = k.simpul.get(s.induk or ""), k.simpul.get(atas.get(di_atas, "") if di_atas else "")
            if induk is not None and tertera is not None and induk.level is di_atas and induk.id != tertera.id:
                kolom = next(
                    (c.kunci for c in spec.kolom if c.tautan == "nama" and teks_sel(b, c.kunci)), spec.kolom[0].kunci
                )
                yield k.temuan(
                    "LNK-21", Tingkat.PERLU_DICEK, spec, b, kolom,
                    f"“{k.nama(spec, b)}” di {spec.lembar} berada di bawah “{tertera.nama}”, sedangkan di Program & Sub Kegiatan di bawah "
                    f"“{induk.nama}”.",
                    "Pindahkan barisnya; Perbarui Tabel menyusunnya menurut Program & Sub Kegiatan.", tertera.nama, induk.nama,
                )  # fmt: skip
            atas = {lv: x for lv, x in atas.items() if _lebih_tinggi(lv, b.level)} | {b.level: s.id}


def _lebih_tinggi(a: Level, b: Level) -> bool:
    return LEVEL_SIMPUL.index(a) < LEVEL_SIMPUL.index(b)


ATURAN_LNK = (
    Aturan("LNK-01", Tingkat.PERLU_DICEK, "RKT berbeda dari tabel sumbernya", "sumber RKT menurut Profil"),
    Aturan(
        "LNK-02",
        Tingkat.HARUS_DIPERBAIKI,
        "sisi kiri dan kanan T-C.31 menyebut butir berbeda",
        "Permendagri 86/2017, T-C.31",
    ),
    Aturan("LNK-03", Tingkat.INFORMASI, "baris sumber belum terpetakan", "hasil impor"),
    Aturan("LNK-04", Tingkat.PERLU_DICEK, "baris belum tertaut ke Program & Sub Kegiatan", "Program & Sub Kegiatan"),
    Aturan("LNK-21", Tingkat.PERLU_DICEK, "baris berada di bawah induk lain", "Program & Sub Kegiatan"),
    Aturan("LNK-05", Tingkat.INFORMASI, "isian baris impor yang dikeluarkan disimpan di Baris Dihapus", "hasil impor"),
)

PERIKSA_LNK = (rkt_menyimpang, sisi_berbeda, belum_terpetakan, baris_lepas, baris_dikeluarkan, letak_menyimpang)
