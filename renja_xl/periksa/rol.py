"""ROL: amounts of kegiatan, program, perangkat daerah and totals that are not the sum of their details."""

from __future__ import annotations

from collections.abc import Iterator

from renja_xl.core.buku import Level
from renja_xl.core.pagu import berpagu, gulung, nilai_pos
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.hit import sepakat
from renja_xl.periksa.konteks import Konteks, teks_nilai, tertulis

_JUDUL_SAJA = frozenset({Level.URUSAN, Level.BIDANG_URUSAN})
"""Heading rows that plans usually leave unpriced: a blank there is no finding."""


def jumlah_rincian(k: Konteks) -> Iterator[Temuan]:
    """A rolled-up amount differs from the sum of its sub kegiatan."""
    for spec, kolom, rows, tata in k.pagu():
        sub = {p.kunci: nilai_pos(p, rows, kolom.kunci) for p in tata if p.sub}
        jumlah = gulung(tata, sub)
        for pos in tata:
            if pos.sub:
                continue
            b = rows[pos.sel]
            sel, benar = b[kolom.kunci], jumlah[pos.kunci]
            if sepakat(kolom, sel, benar) or (sel.kosong and not benar):
                continue
            if sel.kosong and b.level in _JUDUL_SAJA:
                continue
            isi, seharusnya = tertulis(kolom, sel), teks_nilai(kolom, benar)
            sebutan = f"{kolom.sebutan(k.tahun)} “{k.nama(spec, rows[pos.baris[0]])}”"
            rincian = (
                "jumlah seluruh program" if b.level in {Level.PERANGKAT_DAERAH, Level.TOTAL} else "jumlah rinciannya"
            )
            if sel.kosong:
                aturan, tingkat = "ROL-02", Tingkat.PERLU_DICEK
                pesan = f"{sebutan} {'tertulis ' + isi if isi else 'kosong'}, padahal {rincian} {seharusnya}."
                perbaikan = "Jalankan Hitung Ulang (perintah hitung) agar jumlahnya terisi."
            elif not berpagu(pos, sub):
                aturan, tingkat = "ROL-03", Tingkat.HARUS_DIPERBAIKI
                pesan = f"{sebutan} tertulis {isi}, tetapi tidak satu pun rinciannya berpagu."
                perbaikan = "Isi pagu pada sub kegiatannya, atau pastikan bahwa jumlah ini memang tidak dianggarkan."
            else:
                aturan, tingkat = "ROL-01", Tingkat.HARUS_DIPERBAIKI
                pesan = f"{sebutan} tertulis {isi}, padahal {rincian} {seharusnya}."
                perbaikan = (
                    "Bila rinciannya sudah benar, jalankan Hitung Ulang (perintah hitung); "
                    "bila belum, lengkapi sub kegiatannya."
                )
            if kolom.sub_diturunkan:
                perbaikan = (
                    "Jalankan Hitung Ulang (perintah hitung): rinciannya diambil dari tabel sumber, lalu dijumlahkan."
                )
            yield k.temuan(aturan, tingkat, spec, b, kolom.kunci, pesan, perbaikan, isi, seharusnya)


ATURAN_ROL = (
    Aturan("ROL-01", Tingkat.HARUS_DIPERBAIKI, "jumlah berbeda dari rinciannya", "jumlah rincian"),
    Aturan("ROL-02", Tingkat.PERLU_DICEK, "jumlah kosong padahal rinciannya berpagu", "jumlah rincian"),
    Aturan(
        "ROL-03",
        Tingkat.HARUS_DIPERBAIKI,
        "jumlah tertulis padahal tidak satu pun rinciannya berpagu",
        "jumlah rincian",
    ),
)

PERIKSA_ROL = (jumlah_rincian,)
