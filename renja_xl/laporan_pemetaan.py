"""The mapping report of a foreign workbook as lines of text: what was taken from where, how sure, and what was not."""

from __future__ import annotations

from collections.abc import Iterator

from renja_xl.core.letak import huruf_kolom
from renja_xl.resmi.cari import SATUAN_UMUM
from renja_xl.resmi.peta import DUGAAN, KolomTerpeta, Peta, TabelTerpeta
from renja_xl.tabel import MENURUT_KUNCI


def laporan_pemetaan(peta: Peta, *, rinci: bool = True) -> Iterator[str]:
    """Lines of the report.

    Args:
        rinci: whether every column is listed; else those that need a look.
    """
    yield f"Pemetaan {peta.berkas}: tahun rencana {peta.tahun} ({peta.asal_tahun}); {len(peta.tabel)} tabel dikenali."
    lalu = None
    for t in peta.tabel:
        kolom = (t.tabel, tuple((k.kunci, k.kolom) for k in t.kolom))
        yield from _tabel(t, peta.tahun, rinci=rinci, lanjutan=kolom == lalu)
        lalu = kolom
    yield from (f"  {c}" for c in peta.catatan)
    belum = {k: n for k, n in (peta.belum or {}).items() if n}
    if belum:
        daftar = ", ".join(f"{lembar} ({n} baris)" for lembar, n in belum.items())
        yield f"  Belum terpetakan, disimpan di lembar Belum Terpetakan: {daftar}."


def _tabel(t: TabelTerpeta, tahun: int, *, rinci: bool, lanjutan: bool) -> Iterator[str]:
    a, b, c, d = t.rentang
    spec = MENURUT_KUNCI[t.tabel]
    yield f"  {spec.lembar} dari {t.lembar}!{huruf_kolom(b)}{a}:{huruf_kolom(d)}{c}: {t.jumlah_baris} baris."
    if lanjutan:
        yield from (f"    {c}" for c in t.catatan)
        return
    for k in t.kolom:
        if rinci or k.yakin < DUGAAN:
            kolom = spec.menurut_kunci.get(k.kunci)
            sebutan = "satuan semua nilai" if k.kunci == SATUAN_UMUM or kolom is None else kolom.sebutan(tahun)
            yield f"    {_huruf(k)} “{k.kepala}” dibaca sebagai {sebutan} ({k.keyakinan})."
    for nomor, kepala in t.asing:
        yield f"    {huruf_kolom(nomor)} “{kepala}” tidak ada pada tabel ini; isinya disimpan di Belum Terpetakan."
    if t.hilang:
        daftar = "; ".join(spec.menurut_kunci[k].sebutan(tahun) for k in t.hilang)
        yield f"    Tidak ditemukan: {daftar}."
    yield from (f"    {c}" for c in t.catatan)


def _huruf(k: KolomTerpeta) -> str:
    return ", ".join(huruf_kolom(c) for c in k.kolom)
