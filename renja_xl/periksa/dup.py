"""DUP: repetition. A repeated sub kegiatan is not summed again; two amounts of one node are never added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from renja_xl.core.buku import STRUKTUR, Level
from renja_xl.core.pagu import tata_pagu
from renja_xl.core.perbarui import ALASAN_GANDA
from renja_xl.core.struktur import ke_baris
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks, tertulis
from renja_xl.tabel import BARIS_DIHAPUS, PROGRAM_SUB_KEGIATAN, TABEL_TERTAUT


def sub_kegiatan_berulang(k: Konteks) -> Iterator[Temuan]:
    """A sub kegiatan stands in one table a second time."""
    for spec in TABEL_TERTAUT:
        rows = k.buku.baris(spec.kunci)
        nama = next(
            c.kunci
            for c in reversed(spec.kolom)
            if c.tautan == "nama" and (not c.level or Level.SUB_KEGIATAN in c.level)
        )
        for pos in tata_pagu(rows, ""):
            for i in pos.ulangan:
                if rows[i].level is not Level.SUB_KEGIATAN:
                    continue
                pertama = rows[pos.baris[0]]
                dimana = f" (baris {pertama.asal.baris} {pertama.asal.berkas})" if pertama.asal else ""
                isi = str(rows[i][nama].nilai or k.nama(spec, rows[i]))
                akibat = "pagunya tidak dijumlahkan lagi" if spec.kolom_uang else "hanya satu baris yang dipakai"
                yield k.temuan(
                    "DUP-01", Tingkat.HARUS_DIPERBAIKI, spec, rows[i], nama,
                    f"Sub kegiatan “{isi}” sudah ada di {spec.lembar}{dimana}; {akibat}.",
                    "Hapus salah satu barisnya, atau ganti dengan sub kegiatan yang dimaksud.", isi,
                )  # fmt: skip


def pagu_ganda(k: Konteks) -> Iterator[Temuan]:
    """One node has amounts in two cells of a column."""
    for spec, kolom, rows, tata in k.pagu():
        for pos in tata:
            for i in pos.sel_lain:
                isi = tertulis(kolom, rows[i][kolom.kunci])
                dipakai = tertulis(kolom, rows[pos.sel][kolom.kunci])
                yield k.temuan(
                    "DUP-02", Tingkat.HARUS_DIPERBAIKI, spec, rows[i], kolom.kunci,
                    f"{kolom.sebutan(k.tahun)} “{k.nama(spec, rows[pos.baris[0]])}” terisi pada dua baris: "
                    f"{dipakai} dan {isi}; yang dipakai {dipakai}.",
                    "Sisakan satu angka pada baris pertama butir itu.", isi, dipakai,
                )  # fmt: skip


def indikator_berulang(k: Konteks) -> Iterator[Temuan]:
    """One indicator stands on two rows of a node."""
    for spec in TABEL_TERTAUT:
        kolom = next(c.kunci for c in spec.kolom if c.tautan == "indikator")
        terlihat: set[tuple[str, str]] = set()
        for b in k.buku.baris(spec.kunci):
            if not b.simpul or not b.indikator:
                continue
            if (b.simpul, b.indikator) in terlihat and b.level is Level.INDIKATOR_LANJUTAN:
                isi = str(b[kolom].nilai or "")
                yield k.temuan(
                    "DUP-03", Tingkat.PERLU_DICEK, spec, b, kolom,
                    f"Indikator “{isi}” tertulis dua kali pada butir yang sama.",
                    "Hapus salah satu barisnya, atau perbaiki indikatornya.", isi,
                )  # fmt: skip
            terlihat.add((b.simpul, b.indikator))


def kode_berulang(k: Konteks) -> Iterator[Temuan]:
    """One kode stands for two nodes of the struktur."""
    jumlah = Counter(s.kode for s in k.buku.simpul if s.kode)
    pertama: dict[str, str] = {}
    for b in ke_baris(k.buku):
        s = k.simpul.get(b.simpul or "")
        if s is None or not s.kode or b.level is Level.INDIKATOR_LANJUTAN or jumlah[s.kode] < 2:
            continue
        if s.kode in pertama:
            yield k.temuan(
                "DUP-04", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {s.kode} dipakai “{pertama[s.kode]}” dan “{s.nama}”.",
                f"Perbaiki salah satu kodenya di {STRUKTUR}.", s.kode,
            )  # fmt: skip
        pertama.setdefault(s.kode, s.nama)


def ganda_tersimpan(k: Konteks) -> Iterator[Temuan]:
    """Inputs of repeated rows wait in Baris Dihapus for a decision."""
    kelompok = defaultdict(list)
    for b in k.buku.baris(BARIS_DIHAPUS.kunci):
        if b["alasan"].nilai == ALASAN_GANDA:
            kelompok[b["baris_id"].nilai].append(b)
    for rows in kelompok.values():
        b = rows[0]
        nama, tabel = b["nama"].nilai or b["indikator"].nilai or "tanpa nama", b["tabel"].nilai
        asal = f" ({b['asal_berkas'].nilai} baris {b['asal_baris'].nilai})" if b["asal_berkas"].nilai else ""
        yield k.temuan(
            "DUP-05", Tingkat.PERLU_DICEK, BARIS_DIHAPUS, b, "tabel",
            f"Baris ganda “{nama}” dari {tabel}{asal} tidak dipakai; {len(rows)} isiannya disimpan di sini.",
            "Pindahkan isian yang masih diperlukan ke tabelnya, lalu hapus baris ini.",
        )  # fmt: skip


ATURAN_DUP = (
    Aturan("DUP-01", Tingkat.HARUS_DIPERBAIKI, "sub kegiatan berulang dalam satu tabel", "satu butir, satu baris"),
    Aturan("DUP-02", Tingkat.HARUS_DIPERBAIKI, "pagu satu butir terisi pada dua baris", "satu butir, satu pagu"),
    Aturan("DUP-03", Tingkat.PERLU_DICEK, "indikator berulang pada butir yang sama", "satu indikator, satu baris"),
    Aturan("DUP-04", Tingkat.PERLU_DICEK, "satu kode dipakai dua butir", "nomenklatur: satu kode, satu butir"),
    Aturan(
        "DUP-05", Tingkat.PERLU_DICEK, "isian baris ganda menunggu keputusan di Baris Dihapus", "satu butir, satu baris"
    ),
)

PERIKSA_DUP = (sub_kegiatan_berulang, pagu_ganda, indikator_berulang, kode_berulang, ganda_tersimpan)
