"""Findings as rows of the sheet *Catatan Perbaikan*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.core.letak import Letak, letak_bawaan
from renja_xl.core.struktur import PembuatId
from renja_xl.core.temuan import Temuan, Tingkat
from renja_xl.core.turunan import isi_ringkasan
from renja_xl.tabel import BARIS_DIHAPUS, CATATAN_PERBAIKAN, MENURUT_KUNCI
from renja_xl.tabel.kendali import BELUM, DIPERBAIKI

TETAP_DICEK = frozenset({"LNK-02"})
"""Findings that a recompute rearranges but does not settle."""

_URUTAN = {t: n for n, t in enumerate(Tingkat)}


def dengan_catatan(
    buku: Buku, temuan: Sequence[Temuan], sebelum: Sequence[Temuan] = (), letak: Letak | None = None
) -> Buku:
    """The plan with *Catatan Perbaikan* filled.

    Args:
        temuan: findings that are open now.
        sebelum: findings before the plan was normalised; those gone now are listed as *Diperbaiki*.
        letak: where the cells stand; where the builder puts them, without.
    """
    terbuka = {t.rujukan for t in temuan}
    tempat = {t.tempat for t in temuan}
    usai = [t for t in sebelum if t.rujukan not in terbuka and t.tempat not in tempat]
    daftar = [(t, BELUM) for t in temuan]
    daftar += [(t, BELUM if t.aturan in TETAP_DICEK else DIPERBAIKI) for t in usai]
    daftar.sort(key=lambda p: (p[1] == DIPERBAIKI, _URUTAN[p[0].tingkat]))
    letak = letak or letak_bawaan(buku)
    rows = [_baris(n, t, keadaan, buku, letak) for n, (t, keadaan) in enumerate(daftar, 1)]
    return isi_ringkasan(buku.ganti({CATATAN_PERBAIKAN.kunci: rows}))


def segarkan_catatan(buku: Buku, temuan: Sequence[Temuan], letak: Letak | None = None) -> Buku:
    """The plan with *Catatan Perbaikan* brought up to date.

    Open findings stand where their cells are now and keep their row and what was said of them; those gone become
    *Diperbaiki*, save where another finding took their place, or a recompute settles nothing. A planner's own rows stay.
    """
    lama = buku.baris(CATATAN_PERBAIKAN.kunci)
    letak = letak or letak_bawaan(buku)
    semula = {b["rujukan"].nilai: b for b in lama}
    tempat = {t.tempat for t in temuan}
    hasil: list[Baris] = []
    for b in dengan_catatan(buku, temuan, letak=letak).baris(CATATAN_PERBAIKAN.kunci):
        ada = semula.get(b["rujukan"].nilai)
        keadaan = ada["keadaan"].nilai if ada else None
        kini = b if keadaan in {None, DIPERBAIKI} else b.dengan({"keadaan": Sel(keadaan)})
        hasil.append(replace(kini, id=ada.id if ada else ""))
    terbuka = {b["rujukan"].nilai for b in hasil}
    for b in lama:
        rujukan = b["rujukan"].nilai
        if not isinstance(rujukan, str) or rujukan.count("|") != 3:
            hasil.append(b)
            continue
        aturan, tabel, baris, kolom = rujukan.split("|")
        if rujukan in terbuka or ((baris, kolom) in tempat and b["keadaan"].nilai == BELUM):
            continue
        usai = b["keadaan"].nilai == BELUM and aturan not in TETAP_DICEK
        lembar, sel = tempat_kini(tabel, baris, kolom, buku, letak) if tabel in MENURUT_KUNCI else ("", "")
        perubahan = {"lembar": Sel(lembar or None), "sel": Sel(sel or None)}
        hasil.append(b.dengan(perubahan | ({"keadaan": Sel(DIPERBAIKI)} if usai else {})))
    menurut_judul = {t.judul: n for t, n in _URUTAN.items()}
    hasil.sort(
        key=lambda b: (b["keadaan"].nilai == DIPERBAIKI, menurut_judul.get(str(b["tingkat"].nilai), len(Tingkat)))
    )
    pembuat = PembuatId(CATATAN_PERBAIKAN.awalan_id, (b.id for b in lama))
    rows = [replace(b.dengan({"no": Sel(float(n))}), id=b.id or pembuat()) for n, b in enumerate(hasil, 1)]
    return isi_ringkasan(buku.ganti({CATATAN_PERBAIKAN.kunci: rows}))


def tempat_kini(tabel: str, baris: str, kolom: str, buku: Buku, letak: Letak) -> tuple[str, str]:
    """Sheet and cell of a finding; a row that was moved to *Baris Dihapus* is named there."""
    sel = letak.sel(tabel, baris, kolom)
    if sel:
        return Letak.lembar(tabel), sel
    for b in buku.baris(BARIS_DIHAPUS.kunci):
        if b["baris_id"].nilai == baris:
            return BARIS_DIHAPUS.lembar, letak.sel(BARIS_DIHAPUS.kunci, b.id, "nilai")
    return Letak.lembar(tabel), ""


def _baris(n: int, t: Temuan, keadaan: str, buku: Buku, letak: Letak) -> Baris:
    lembar, sel = tempat_kini(t.tabel, t.baris, t.kolom, buku, letak)
    kolom = MENURUT_KUNCI[t.tabel].menurut_kunci.get(t.kolom)
    isi: dict[str, Nilai] = {
        "no": float(n),
        "tingkat": t.tingkat.judul,
        "lembar": lembar,
        "sel": sel,
        "kode": t.kode,
        "kolom": kolom.sebutan(buku.tahun) if kolom else t.kolom,
        "tertulis": t.tertulis,
        "seharusnya": t.seharusnya,
        "pesan": t.pesan,
        "perbaikan": t.perbaikan,
        "keadaan": keadaan,
        "aturan": t.aturan,
        "asal": f"{t.asal.berkas} baris {t.asal.baris}" if t.asal else None,
        "rujukan": t.rujukan,
    }
    b = Baris(f"{CATATAN_PERBAIKAN.awalan_id}-{n:04d}", Level.DATA, {})
    return replace(b, sel={k: Sel(v) for k, v in isi.items() if v not in {None, ""}})
