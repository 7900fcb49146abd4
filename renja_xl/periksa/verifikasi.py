"""What Bappeda decided or proposed and nobody has answered yet, so that it is not forgotten (KSG)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.core.usulan import keadaan, keputusan_terbuka, teks, usulan_terbuka
from renja_xl.periksa.kelompok import kelompokkan, ringkas_teks
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import USULAN_BAPPEDA
from renja_xl.tabel.berbagi import KEPUTUSAN
from renja_xl.tabel.usulan import Keadaan

_SUMBER = "Permendagri 86/2017, verifikasi rancangan Renja oleh Bappeda"
_TINGKAT = {KEPUTUSAN[1]: Tingkat.HARUS_DIPERBAIKI, KEPUTUSAN[2]: Tingkat.HARUS_DIPERBAIKI}


def keputusan_bappeda(k: Konteks) -> Iterator[Temuan]:
    """Decisions other than *Sesuai* without an answer."""
    for b in keputusan_terbuka(k.buku.baris(USULAN_BAPPEDA.kunci)):
        kata, catatan = teks(b, "keputusan"), ringkas_teks(teks(b, "catatan"))
        yield k.temuan(
            "KSG-11", _TINGKAT.get(kata, Tingkat.PERLU_DICEK), USULAN_BAPPEDA, b, "tanggapan",
            f"Bappeda menyatakan “{kata}” untuk “{ringkas_teks(teks(b, 'nama'))}”" + (f": {catatan}" if catatan else "")
            + ("" if catatan.endswith((".", "!", "?")) else "."),
            f"Perbaiki isiannya atau jelaskan, lalu tulis jawabannya di kolom Tanggapan lembar {USULAN_BAPPEDA.lembar}.", kata,
        )  # fmt: skip


def usulan_bappeda(k: Konteks) -> Iterator[Temuan]:
    """Proposals and remarks that nobody has chosen or answered."""
    saran = f"Pilih Terima atau Tolak di lembar {USULAN_BAPPEDA.lembar}, atau tulis tanggapannya."
    temuan = []
    for b in usulan_terbuka(k.buku.baris(USULAN_BAPPEDA.kunci)):
        apa = f"{teks(b, 'jenis')} dari Bappeda untuk “{ringkas_teks(teks(b, 'nama') or teks(b, 'lembar'))}”"
        akhir = "bentrok dengan isian kini." if keadaan(b) is Keadaan.BENTROK else "menunggu pilihan atau tanggapan."
        temuan.append(
            k.temuan(
                "KSG-12", Tingkat.PERLU_DICEK, USULAN_BAPPEDA, b, "pilihan", f"{apa} {akhir}", saran, teks(b, "usulan")
            )
        )
    yield from kelompokkan(
        temuan, lambda d: (f"{len(d)} usulan dan catatan Bappeda menunggu pilihan atau tanggapan.", saran), batas=3
    )


ATURAN_VERIFIKASI = (
    Aturan("KSG-11", Tingkat.HARUS_DIPERBAIKI, "keputusan Bappeda belum ditanggapi", _SUMBER),
    Aturan("KSG-12", Tingkat.PERLU_DICEK, "usulan atau catatan Bappeda menunggu", _SUMBER),
)

PERIKSA_VERIFIKASI: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = (keputusan_bappeda, usulan_bappeda)
