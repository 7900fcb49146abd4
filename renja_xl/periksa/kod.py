"""KOD: kode of the nomenclature that are missing, doubtful, or out of place."""

from __future__ import annotations

from collections.abc import Iterator

from renja_xl.core import kode as kd
from renja_xl.core.buku import Level
from renja_xl.core.struktur import ke_baris
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import PROGRAM_SUB_KEGIATAN

_BERKODE = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN})


def kode_simpul(k: Konteks) -> Iterator[Temuan]:
    """A node has no kode, an unsure one, or one that belongs under another parent."""
    for b in ke_baris(k.buku):
        s = k.simpul.get(b.simpul or "")
        if s is None or b.level not in _BERKODE:
            continue
        if s.kode is None:
            yield k.temuan(
                "KOD-01", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"{s.level.judul} “{s.nama}” belum berkode.",
                "Cari kodenya di nomenklatur dan tulis di sini; bila tidak ada, mohon dikonfirmasi ke Bappeda.",
            )  # fmt: skip
            continue
        if s.keterangan_kode and s.keterangan_kode.startswith("perlu"):
            yield k.temuan(
                "KOD-02", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {s.kode} untuk “{s.nama}” masih perlu konfirmasi.",
                "Pastikan kodenya, lalu kosongkan Keterangan kode.", s.kode,
            )  # fmt: skip
        induk = k.simpul.get(s.induk or "")
        kode_induk = kd.induk(s.kode)
        if induk and induk.kode and kode_induk and induk.kode != kode_induk and induk.level in _BERKODE:
            yield k.temuan(
                "KOD-03", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {s.kode} “{s.nama}” berada di bawah {induk.kode} “{induk.nama}”.",
                "Pindahkan barisnya ke bawah induk yang benar, atau perbaiki kodenya.", s.kode,
            )  # fmt: skip


ATURAN_KOD = (
    Aturan("KOD-01", Tingkat.PERLU_DICEK, "butir belum berkode", "nomenklatur"),
    Aturan("KOD-02", Tingkat.PERLU_DICEK, "kode perlu konfirmasi", "nomenklatur"),
    Aturan("KOD-03", Tingkat.PERLU_DICEK, "kode berada di bawah induk lain", "nomenklatur"),
)

PERIKSA_KOD = (kode_simpul,)
