"""Where money comes from: sums of children, proposed forward estimates, and what RKT takes over."""

from __future__ import annotations

from dataclasses import dataclass

from renja_xl.core.buku import Baris, Level
from renja_xl.core.hitung import POLA_TARGET, SUMBER_TARGET_RKT, Pilihan, baris_target, sumber_uang_rkt
from renja_xl.core.nilai import tulis_angka, tulis_rp
from renja_xl.core.telusur.rujukan import PencariSel, Tempat
from renja_xl.tabel import DASAR_PERHITUNGAN, T_C_31, T_C_33
from renja_xl.tabel.spec import KolomSpec, TabelSpec

_BATAS_SEBUT = 6
"""Parts that a sum is written out with."""


@dataclass(frozen=True, slots=True)
class AsalUang:
    """How a computed amount or target comes about."""

    cara: str
    dari: tuple[Tempat, ...]
    jumlah: bool = False
    hitungan: str | None = None


def asal_uang(cari: PencariSel, p: Pilihan, spec: TabelSpec, b: Baris, k: KolomSpec) -> AsalUang:
    """Of an amount that a formula of ours shows."""
    if b.level is not Level.SUB_KEGIATAN:
        return _anak(cari, spec, b, k)
    if k.rumus:
        return AsalUang(k.catatan or "", tuple(x for x in cari.rujukan(spec, b, k) if isinstance(x, Tempat)))
    return _anggaran_rkt(cari, p, b) if k.sub_diturunkan else _prakiraan(cari, p, b, k)


def _anak(cari: PencariSel, spec: TabelSpec, b: Baris, k: KolomSpec) -> AsalUang:
    rows = cari.buku.baris(spec.kunci)
    pos = next(x for x in cari.tata(spec, k.kunci) if rows[x.baris[0]].id == b.id)
    anak = [rows[x.sel] for x in pos.anak]
    nilai = [int(x[k.kunci].angka or 0) for x in anak]
    tulis = " + ".join(map(tulis_rp, nilai)) if 1 < len(nilai) <= _BATAS_SEBUT else None
    semua = "seluruh program" if b.level in {Level.TOTAL, Level.PERANGKAT_DAERAH} else "rincian di bawahnya"
    cara = f"Jumlah {len(anak)} {semua}." if anak else "Belum ada rincian yang dijumlahkan."
    return AsalUang(
        cara, tuple(Tempat(spec.kunci, x.id, k.kunci) for x in anak), True,
        f"{tulis} = {tulis_rp(sum(nilai))}" if tulis else None,
    )  # fmt: skip


def _prakiraan(cari: PencariSel, p: Pilihan, b: Baris, k: KolomSpec) -> AsalUang:
    pagu = cari.sel_uang(T_C_33, "pagu_n", b.simpul or f"baris:{b.id}")
    butuh = cari.sel_uang(T_C_31, "kebutuhan_dana", b.simpul)
    dasar = pagu if p.prakiraan_dari_pagu else butuh
    tetapan = [x for d in ("dasar_prakiraan", "pertumbuhan_prakiraan", "pembulatan_prakiraan") for x in cari.dasar(d)]
    dari = dict.fromkeys(x for x in (dasar, pagu, *tetapan) if x is not None)
    hasil = b[k.kunci].angka
    sen = None if dasar is None else cari.baris(dasar.tabel)[dasar.baris][dasar.kolom].angka
    hitung = None
    if sen is not None and hasil is not None:
        bulat = f", dibulatkan ke {tulis_rp(round(p.pembulatan * 100))}" if p.pembulatan > 0 else ""
        hitung = f"{tulis_rp(int(sen))} × (100 + {tulis_angka(p.pertumbuhan)}) ÷ 100 = {tulis_rp(int(hasil))}{bulat}"
    nama = "pagu tahun rencana" if p.prakiraan_dari_pagu else "kebutuhan dana"
    cara = f"Usulan: {nama} ditambah pertumbuhan, dibulatkan; menurut {DASAR_PERHITUNGAN.lembar}."
    return AsalUang(cara, tuple(dari), hitungan=hitung)


def _anggaran_rkt(cari: PencariSel, p: Pilihan, b: Baris) -> AsalUang:
    spec, kolom = sumber_uang_rkt(p)
    sumber = cari.sel_uang(spec, kolom.kunci, b.simpul)
    dari = tuple(x for x in (sumber, *cari.profil("dasar_rkt")) if x is not None)
    return AsalUang(f"Diambil dari {spec.lembar} menurut pilihan di Profil.", dari)


def asal_target_rkt(cari: PencariSel, b: Baris, kolom: str) -> AsalUang:
    """Of a target, its unit or its grade in RKT."""
    pola = next(x for x in POLA_TARGET if x.format("target") == kolom)
    dari: list[Tempat] = []
    for spec, kunci in SUMBER_TARGET_RKT:
        rows = cari.buku.baris(spec.kunci)
        n = baris_target(rows).get(b.indikator or "")
        if n is None:
            continue
        dari += dict.fromkeys(
            [Tempat(spec.kunci, rows[n].id, pola.format(kunci)), Tempat(spec.kunci, rows[n].id, kunci)]
        )
        if rows[n][kunci].angka is not None:
            return AsalUang(f"Diambil dari {spec.lembar}.", tuple(dari))
    return AsalUang("Belum ada target di T-C.33 maupun T-C.31.", tuple(dari))
