"""LOG: contradictions that only the planner can decide."""

from __future__ import annotations

from collections.abc import Iterator

from renja_xl.core.nilai import tulis_angka, urai_rupiah
from renja_xl.core.pagu import berpagu, nilai_pos
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks, tertulis
from renja_xl.tabel import DASAR_PERHITUNGAN, T_C_29
from renja_xl.tabel.dasar import DASAR


def induk_tanpa_rincian(k: Konteks) -> Iterator[Temuan]:
    """An amount was printed on a parent without priced children; after a recompute it stands only in its original."""
    for spec, kolom, rows, tata in k.pagu():
        sub = {p.kunci: nilai_pos(p, rows, kolom.kunci) for p in tata if p.sub}
        for pos in tata:
            if pos.sub or berpagu(pos, sub):
                continue
            for i in pos.baris:
                sel = rows[i][kolom.kunci]
                semula = urai_rupiah(sel.asli)[0] if sel.asli else None
                if not semula or sel.angka:
                    continue
                pesan = (
                    f"{kolom.sebutan(k.tahun)} “{k.nama(spec, rows[pos.baris[0]])}” semula tertulis {sel.asli}, tetapi tidak satu pun "
                    "rinciannya berpagu sehingga jumlahnya 0."
                )
                perbaikan = "Isi pagu pada sub kegiatannya, atau jelaskan bahwa jumlah ini memang tidak dianggarkan."
                yield k.temuan(
                    "LOG-01",
                    Tingkat.HARUS_DIPERBAIKI,
                    spec,
                    rows[i],
                    kolom.kunci,
                    pesan,
                    perbaikan,
                    sel.asli or "",
                    "0",
                )


def realisasi_tanpa_target(k: Konteks) -> Iterator[Temuan]:
    """A realisasi in T-C.29 that no target stands beside, so that no rate can be given."""
    for b in k.buku.baris(T_C_29.kunci):
        realisasi, target = b["realisasi_n2"], b["target_n2"]
        if not realisasi.angka or target.angka:
            continue
        kolom = T_C_29.menurut_kunci["target_n2"]
        isi = tertulis(T_C_29.menurut_kunci["realisasi_n2"], realisasi)
        yield k.temuan(
            "LOG-02", Tingkat.PERLU_DICEK, T_C_29, b, "target_n2",
            f"Realisasi Renja Tahun {k.tahun - 2} “{k.nama(T_C_29, b)}” tertulis {isi}, tetapi targetnya kosong atau nol.",
            "Isi target tahun itu, atau kosongkan realisasinya.", tertulis(kolom, target),
        )  # fmt: skip


def dasar_bukan_angka(k: Konteks) -> Iterator[Temuan]:
    """A rate in Dasar Perhitungan that is no number, so that its default is used."""
    angka = {d.kunci: d.bawaan for d in DASAR if not isinstance(d.bawaan, str)}
    for b in k.buku.baris(DASAR_PERHITUNGAN.kunci):
        kunci, sel = str(b["kunci"].nilai), b["nilai"]
        if kunci in angka and sel.angka is None:
            bawaan = tulis_angka(float(angka[kunci]))
            yield k.temuan(
                "LOG-03", Tingkat.PERLU_DICEK, DASAR_PERHITUNGAN, b, "nilai",
                f"{b['uraian'].nilai} {f'tertulis {sel.nilai}' if sel.nilai is not None else 'kosong'}; yang dipakai {bawaan}.",
                f"Tulis angkanya saja, misalnya {bawaan}.", str(sel.nilai or ""), bawaan,
            )  # fmt: skip


ATURAN_LOG = (
    Aturan("LOG-01", Tingkat.HARUS_DIPERBAIKI, "jumlah semula pada induk tanpa rincian berpagu", "jumlah rincian"),
    Aturan("LOG-02", Tingkat.PERLU_DICEK, "realisasi tanpa target", "Permendagri 86/2017, T-C.29"),
    Aturan("LOG-03", Tingkat.PERLU_DICEK, "dasar perhitungan bukan angka", "Dasar Perhitungan"),
)

PERIKSA_LOG = (induk_tanpa_rincian, realisasi_tanpa_target, dasar_bukan_angka)
