"""Layout of the tables around the plan: what follows from the struktur, from Renstra, or from a declaration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.core.daftar import susun_daftar
from renja_xl.core.iku import TANPA_SASARAN, romawi, susun_iku, tulis_tautan
from renja_xl.core.renstra import iku, sasaran_iku
from renja_xl.core.struktur import PembuatId, anak_menurut_induk
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.teks import mirip
from renja_xl.core.terhitung import REKAP
from renja_xl.tabel import (
    ANGGARAN,
    BERANDA,
    CAPAIAN_IKU,
    CARI,
    DATA_GRAFIK,
    EFISIENSI,
    INDEKS,
    KALIMAT,
    PEGAWAI,
    PERBANDINGAN,
    REKAP_TRIWULAN,
    TABEL_DAFTAR,
    TUJUAN_SASARAN,
)
from renja_xl.tabel.anggaran import RENJA
from renja_xl.tabel.beranda import BUTIR_BERANDA
from renja_xl.tabel.kalimat import KALIMAT_BAKU
from renja_xl.tabel.spec import Peran, TabelSpec, isi_tahun
from renja_xl.tabel.triwulan import ROMAWI, TRIWULAN_KE

AMBANG_SASARAN = 0.85
"""Spellings of a sasaran at least this alike are one."""


def susun_sekitar(buku: Buku) -> tuple[Buku, list[tuple[TabelSpec, Baris]]]:
    """The plan with these tables laid out, and printed rows that found no place."""
    buku = susun_iku(buku)
    tersisa: list[tuple[TabelSpec, Baris]] = []
    hasil: dict[str, list[Baris]] = {}
    for spec in TABEL_DAFTAR:
        hasil[spec.kunci], sisa = susun_daftar(spec, buku)
        tersisa.extend((spec, b) for b in sisa)
    buku = buku.ganti(hasil)
    buku = buku.ganti(
        {
            PEGAWAI.kunci: _jumlah_terakhir(buku.baris(PEGAWAI.kunci)),
            TUJUAN_SASARAN.kunci: _tujuan(buku),
            ANGGARAN.kunci: _anggaran(buku),
            EFISIENSI.kunci: _efisiensi(buku),
        }
    )
    return susun_ringkasan(buku), tersisa


def susun_tercetak(buku: Buku) -> Buku:
    """A plan as printed with the tables of our own that show it: index, find box, charts and Beranda."""
    hasil = {spec.kunci: susun_daftar(spec, buku)[0] for spec in (INDEKS, DATA_GRAFIK, PERBANDINGAN)}
    return susun_ringkasan(buku.ganti(hasil), kalimat=False)


def susun_ringkasan(buku: Buku, *, kalimat: bool = True) -> Buku:
    """The plan with the declared rows of Beranda, Kalimat and Cari."""
    hasil = {BERANDA.kunci: _beranda(buku), CARI.kunci: _cari(buku), REKAP_TRIWULAN.kunci: _rekap_triwulan(buku)}
    return buku.ganti({**hasil, KALIMAT.kunci: _kalimat(buku)} if kalimat else hasil)


def _menurut_kunci(buku: Buku, spec: TabelSpec) -> dict[Nilai, Baris]:
    return {b["kunci"].nilai: b for b in reversed(buku.baris(spec.kunci))}


def _beranda(buku: Buku) -> list[Baris]:
    lama = _menurut_kunci(buku, BERANDA)
    hasil = []
    for butir in BUTIR_BERANDA:
        b = lama.get(butir.kunci) or Baris(
            f"{BERANDA.awalan_id}-{butir.kunci}", Level.DATA, {"kunci": Sel(butir.kunci)}
        )
        isi: dict[str, Nilai] = {
            "bagian": isi_tahun(butir.bagian, buku.tahun),
            "uraian": isi_tahun(butir.uraian, buku.tahun),
            "buka": butir.lembar,
        }
        hasil.append(_tanpa_asli(tulis_tautan(b, isi)))
    return [*hasil, *_lain(buku.baris(BERANDA.kunci), hasil)]


def _lain(rows: Sequence[Baris], milik: Sequence[Baris]) -> list[Baris]:
    """Rows that somebody added to a declared table, with what they show."""
    dikenal = {b.id for b in milik}
    return [
        b.dengan({k: Sel(s.nilai, s.asli) for k, s in b.sel.items() if s.rumus}) for b in rows if b.id not in dikenal
    ]


def _tanpa_asli(b: Baris) -> Baris:
    """A declared row: its words are ours, so that nothing is kept of the words before."""
    return b.dengan({k: Sel(s.nilai, None, s.rumus) for k, s in b.sel.items() if s.asli is not None})


def _kalimat(buku: Buku) -> list[Baris]:
    lama = _menurut_kunci(buku, KALIMAT)
    hasil = []
    for k in KALIMAT_BAKU:
        b = lama.get(k.kunci) or Baris(f"{KALIMAT.awalan_id}-{k.kunci}", Level.DATA, {"kunci": Sel(k.kunci)})
        hasil.append(_tanpa_asli(tulis_tautan(b, {"bagian": k.bagian})))
    return [*hasil, *_lain(buku.baris(KALIMAT.kunci), hasil)]


def _cari(buku: Buku) -> list[Baris]:
    lama = {b["no"].nilai: b for b in reversed(buku.baris(CARI.kunci))}
    hasil = []
    for n in range(1, CARI.baris_tetap + 1):
        level = Level.JUMLAH if n == 1 else Level.DATA  # the first row holds what is looked for
        b = lama.get(float(n)) or Baris(f"{CARI.awalan_id}-{n:02d}", level, {"no": Sel(float(n))})
        hasil.append(replace(b, level=level))
    return hasil


def _rekap_triwulan(buku: Buku) -> list[Baris]:
    lama = {b["no"].nilai: b for b in reversed(buku.baris(REKAP_TRIWULAN.kunci))}
    hasil = []
    for q, angka in zip(TRIWULAN_KE, ROMAWI, strict=True):
        b = lama.get(float(q)) or Baris(f"{REKAP_TRIWULAN.awalan_id}-{q}", Level.DATA, {"no": Sel(float(q))})
        hasil.append(_tanpa_asli(tulis_tautan(b, {"triwulan": f"Triwulan {angka}"})))
    return [*hasil, *_lain(buku.baris(REKAP_TRIWULAN.kunci), hasil)]


def _jumlah_terakhir(rows: Sequence[Baris]) -> list[Baris]:
    """Staff with its sum as the last row."""
    data = [b for b in rows if b.level not in REKAP]
    jumlah = [b for b in rows if b.level in REKAP]
    if not rows:
        return []
    if not jumlah:
        jumlah = [Baris(PembuatId(PEGAWAI.awalan_id, (b.id for b in rows))(), Level.JUMLAH, {})]
    if jumlah[0]["tingkat_pendidikan"].kosong:  # what somebody calls it stays
        jumlah[0] = jumlah[0].dengan({"tingkat_pendidikan": Sel("Jumlah")})
    jumlah[0] = replace(jumlah[0], level=Level.JUMLAH)
    return [*data, *jumlah]


def _tujuan(buku: Buku) -> list[Baris]:
    """Tujuan-Sasaran with the programs that serve each sasaran, and their kegiatan."""
    anak = anak_menurut_induk(buku.simpul)
    sasaran_program: dict[str, str] = {}
    for i in buku.indikator:
        if i.sasaran:
            sasaran_program.setdefault(i.simpul, i.sasaran)
    program = [s for s in buku.simpul if s.level is Level.PROGRAM and s.id in sasaran_program]
    hasil = []
    for b in buku.baris(TUJUAN_SASARAN.kunci):
        sasaran = teks_sel(b, "sasaran")
        baris: list[str] = []
        for s in program:
            if sasaran and mirip(sasaran_program[s.id], sasaran, AMBANG_SASARAN):
                baris.append(s.nama)
                kegiatan = [k.nama for k in anak.get(s.id, ()) if k.level is Level.KEGIATAN]
                baris.extend(f"{n}. {nama}" for n, nama in enumerate(kegiatan, 1))
        hasil.append(tulis_tautan(b, {"kegiatan": "\n".join(baris) or None}))
    return hasil


def _anggaran(buku: Buku) -> list[Baris]:
    """Anggaran with the row of the plan itself."""
    tahun = float(buku.tahun)
    rujukan = [k.kunci for k in ANGGARAN.kolom if k.peran is Peran.RUJUKAN]
    # what was computed for another year stays as the figure of that year
    rows = [
        b if b["tahun"].angka == tahun else b.dengan({k: Sel(b[k].nilai, b[k].asli) for k in rujukan if b[k].rumus})
        for b in buku.baris(ANGGARAN.kunci)
    ]
    ada = any(b["tahun"].angka == tahun and kunci_teks(str(b["tahap"].nilai)) == kunci_teks(RENJA) for b in rows)
    if not ada:
        pengenal = PembuatId(ANGGARAN.awalan_id, (b.id for b in rows))()
        rows.append(Baris(pengenal, Level.DATA, {"tahun": Sel(tahun), "tahap": Sel(RENJA)}))
    return rows


def _efisiensi(buku: Buku) -> list[Baris]:
    """Efisiensi linked to the means of Capaian IKU; a sasaran without a row gets one."""
    rata = [b for b in buku.baris(CAPAIAN_IKU.kunci) if b.level is Level.RATA_RATA]
    sasaran = [nama for nama, _ in sasaran_iku(iku(buku))]
    rows = list(buku.baris(EFISIENSI.kunci))
    terpakai: set[int] = set()
    hasil = []
    for b in rows:
        n = _nomor_sasaran(b, [r.id for r in rata], sasaran)
        if n is None or n in terpakai:
            hasil.append(replace(b, indikator=None))
            continue
        terpakai.add(n)
        hasil.append(tulis_tautan(replace(b, indikator=rata[n].id), {"uraian_sasaran": sasaran[n] or None}))
    id_baru = PembuatId(EFISIENSI.awalan_id, (b.id for b in rows))
    for n, nama in enumerate(sasaran):
        if n not in terpakai and nama and nama != TANPA_SASARAN:
            sel = {"sasaran": Sel(f"Sasaran {romawi(n + 1)}"), "uraian_sasaran": Sel(nama)}
            hasil.append(Baris(id_baru(), Level.DATA, sel, None, rata[n].id))
    return hasil


def _nomor_sasaran(b: Baris, rata: Sequence[str], sasaran: Sequence[str]) -> int | None:
    """Which sasaran a row speaks of: as linked, by its number (``Sasaran I``), or by its name."""
    teks = teks_sel(b, "sasaran") or ""
    nomor = re.fullmatch(r"(?:sasaran\s*)?(?:ke-?\s*)?([ivxlc]+|\d{1,3})\.?", teks.strip(), re.IGNORECASE)
    for n in range(len(sasaran)):
        if nomor and nomor[1].upper() in {romawi(n + 1), str(n + 1)}:
            return n
    for n, nama in enumerate(sasaran):
        if teks and nama and mirip(teks, nama, AMBANG_SASARAN):
            return n
    return rata.index(b.indikator) if b.indikator in rata else None
