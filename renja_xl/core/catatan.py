"""Findings as rows of the sheet *Catatan Perbaikan*: their order, their states, and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.core.letak import Letak, letak_bawaan
from renja_xl.core.nilai import BATAS_TEKS, urai
from renja_xl.core.struktur import PembuatId
from renja_xl.core.temuan import Anggota, Temuan, Tingkat
from renja_xl.core.turunan import isi_ringkasan
from renja_xl.tabel import BARIS_DIHAPUS, CATATAN_PERBAIKAN, MENURUT_KUNCI, SEMUA
from renja_xl.tabel.kendali import BELUM, DIJELASKAN, DIPERBAIKI
from renja_xl.tabel.spec import Tipe

TETAP_DICEK = frozenset({"LNK-02"})
"""Findings that a recompute rearranges but does not settle: a person does, by an explanation."""

TERPENTING = 10
"""Findings that head the list."""

_URUTAN = {t: n for n, t in enumerate(Tingkat)}
_MENURUT_JUDUL = {t.judul: n for t, n in _URUTAN.items()}
_URUTAN_LEMBAR = {spec.lembar: n for n, spec in enumerate(SEMUA)}

# ── states ────────────────────────────────────────────────────────────────────────────────────────────────────

_TERBUKA, _DIJELASKAN, _USAI = range(3)
_PENJELASAN = re.compile(r"\s*dijelaskan\b\s*[:\-–—]?\s*(.*?)\s*", re.IGNORECASE | re.DOTALL)
_SEMULA = re.compile(r".*\(semula dijelaskan: (.*)\)\s*", re.IGNORECASE | re.DOTALL)


def penjelasan(keadaan: Nilai) -> str:
    """The explanation that a state gives, however its first word is typed; empty where it gives none."""
    m = _PENJELASAN.fullmatch(keadaan) if isinstance(keadaan, str) else None
    return m[1] if m else ""


def masih_terbuka(keadaan: Nilai) -> bool:
    """Whether a finding in this state waits for somebody."""
    return _golongan(keadaan) == _TERBUKA


def menyangkut(b: Baris, lembar: str, sel: str) -> bool:
    """Whether an open finding's row speaks of a cell, alone or among others."""
    milik = (b["lembar"].nilai, b["sel"].nilai) == (lembar, sel) or f";{lembar}!{sel};" in str(b["anggota"].nilai or "")
    return milik and masih_terbuka(b["keadaan"].nilai)


def keadaan_temuan(buku: Buku, temuan: Iterable[Temuan]) -> dict[str, str]:
    """State of each open finding by its ``rujukan``, as the plan's *Catatan Perbaikan* tells: *Belum* or *Dijelaskan: …*."""
    catatan = _menurut_rujukan(buku.baris(CATATAN_PERBAIKAN.kunci))
    hasil = {}
    for t in temuan:
        keadaan = _keadaan(catatan.get(t.rujukan), t)
        hasil[t.rujukan] = keadaan if keadaan.startswith((BELUM, DIJELASKAN)) else BELUM
    return hasil


def _golongan(keadaan: Nilai) -> int:
    if penjelasan(keadaan):
        return _DIJELASKAN
    return _USAI if isinstance(keadaan, str) and keadaan.casefold().startswith(DIPERBAIKI.casefold()) else _TERBUKA


def _menurut_rujukan(rows: Iterable[Baris]) -> dict[Nilai, Baris]:
    return {b["rujukan"].nilai: b for b in rows}


def _keadaan(ada: Baris | None, t: Temuan) -> str:
    """State of an open finding, from what its row said until now; what else a planner wrote there stays."""
    tertulis = ada["keadaan"].nilai if ada else None
    if ada is None or not isinstance(tertulis, str):
        return BELUM
    alasan = penjelasan(tertulis)
    if alasan:
        return f"{DIJELASKAN}{alasan}" if _angka_tetap(ada, t) else _semula(BELUM, alasan)
    if _golongan(tertulis) == _USAI:
        m = _SEMULA.fullmatch(tertulis)
        return _semula(BELUM, m[1]) if m else BELUM
    return BELUM if _PENJELASAN.fullmatch(tertulis) else tertulis


def _semula(keadaan: str, alasan: str) -> str:
    """A state that keeps an explanation visible which no longer holds."""
    return f"{keadaan} (semula dijelaskan: {alasan})"


def _angka_tetap(ada: Baris, t: Temuan) -> bool:
    """Whether a finding has the numbers that its row was written with; older masters kept only those that one sees."""
    sidik = ada["sidik"].nilai
    if sidik is not None:
        return sidik == sidik_angka(t)
    return [str(ada[k].nilai or "") for k in ("tertulis", "seharusnya")] == [t.tertulis, t.seharusnya]


def sidik_angka(t: Temuan) -> str:
    """A fingerprint of a finding's numbers, those of its members too; a word, so that no program takes it for a number."""
    anggota = sorted((a.tabel, a.baris, a.kolom, a.lembar, a.sel, a.tertulis, a.seharusnya) for a in t.anggota)
    return f"s{sha256(repr((t.tertulis, t.seharusnya, anggota)).encode()).hexdigest()[:15]}"


# ── order ─────────────────────────────────────────────────────────────────────────────────────────────────────


def terpenting(temuan: Sequence[Temuan], banyak: int | None = None) -> list[Temuan]:
    """Findings by their weight: graver ones before others, money before rates before words, larger amounts first; what follows
    from another finding comes after all that do not.

    Args:
        banyak: how many, a cell named once while others are left; all, without.
    """
    ada = {t.rujukan for t in temuan}
    urut = sorted(
        temuan, key=lambda t: (_URUTAN[t.tingkat], t.sebab in ada and t.sebab != t.rujukan, _jenis(t), -_taruhan(t))
    )
    if banyak is None:
        return urut
    pertama = {(t.tabel, t.lembar, *t.tempat): t.rujukan for t in reversed(urut)}
    return sorted(urut, key=lambda t: pertama[(t.tabel, t.lembar, *t.tempat)] != t.rujukan)[:banyak]


_JENIS_KELUARGA = {"ROL": 0, "RMS": 0, "HIT": 1, "JML": 1, "KAT": 1}
_UANG, _ANGKA, _KATA = range(3)


def _jenis(t: Temuan) -> int:
    """Whether money, another figure, or words are at stake."""
    kolom = MENURUT_KUNCI[t.tabel].menurut_kunci.get(t.kolom) if t.tabel in MENURUT_KUNCI else None
    if kolom is None:
        return _JENIS_KELUARGA.get(t.aturan[:3], _KATA)
    if kolom.tipe is Tipe.RUPIAH:
        return _UANG
    return min(_ANGKA if kolom.bernilai_angka else _KATA, _JENIS_KELUARGA.get(t.aturan[:3], _KATA))


def _taruhan(t: Temuan) -> Decimal:
    """By how much the figures differ, in their own unit; of a group, all of its members together."""
    return sum((_selisih(a.tertulis, a.seharusnya) for a in t.anggota or (t,)), Decimal(0))


def _selisih(tertulis: str, seharusnya: str) -> Decimal:
    a, z = urai(tertulis).nilai, urai(seharusnya).nilai
    return abs((a or Decimal(0)) - (z or Decimal(0)))


def _diurutkan(rows: Iterable[Baris], temuan: Sequence[Temuan]) -> list[Baris]:
    """Rows as the sheet shows them: the most important, then the other open ones by sheet, the explained, the settled.

    Args:
        temuan: the findings that are open.
    """
    daftar = list(rows)
    terbuka = {b["rujukan"].nilai for b in daftar if masih_terbuka(b["keadaan"].nilai)}
    utama = {t.rujukan: n for n, t in enumerate(terpenting([t for t in temuan if t.rujukan in terbuka], TERPENTING))}

    def kunci(b: Baris) -> tuple[int, int, int, int]:
        n = utama.get(str(b["rujukan"].nilai))
        if n is not None:
            return -1, n, 0, 0
        tingkat = _MENURUT_JUDUL.get(str(b["tingkat"].nilai), len(Tingkat))
        sendiri = tingkat == len(Tingkat)
        lembar = _URUTAN_LEMBAR.get(str(b["lembar"].nilai), len(SEMUA))
        return _golongan(b["keadaan"].nilai), sendiri, lembar, tingkat

    return sorted(daftar, key=kunci)


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────


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
    tetap = [t for t in usai if t.aturan in TETAP_DICEK]
    letak = letak or letak_bawaan(buku)
    rows = [_baris(t, BELUM, buku, letak) for t in (*temuan, *tetap)]
    rows += [_baris(t, DIPERBAIKI, buku, letak) for t in usai if t.aturan not in TETAP_DICEK]
    return _isi(buku, _diurutkan(rows, [*temuan, *tetap]), ())


def segarkan_catatan(buku: Buku, temuan: Sequence[Temuan], letak: Letak | None = None) -> Buku:
    """The plan with *Catatan Perbaikan* brought up to date.

    Open findings stand where their cells are now and keep their row and what was said of them; an explanation that was given
    for other numbers is kept in words, and the finding waits again. Those gone become *Diperbaiki*, save where another finding
    took their place, or a recompute settles nothing. A planner's own rows stay.
    """
    lama = buku.baris(CATATAN_PERBAIKAN.kunci)
    letak = letak or letak_bawaan(buku)
    semula = _menurut_rujukan(lama)
    tempat = {t.tempat for t in temuan}
    hasil: list[Baris] = []
    for t in temuan:
        ada = semula.get(t.rujukan)
        hasil.append(replace(_baris(t, _keadaan(ada, t), buku, letak), id=ada.id if ada else ""))
    terbuka = {t.rujukan for t in temuan}
    for b in lama:
        rujukan = b["rujukan"].nilai
        asal = _urai_rujukan(rujukan) if isinstance(rujukan, str) else None
        if asal is None:
            hasil.append(b)
        elif rujukan not in terbuka:
            aturan, tabel, *sel = asal
            keadaan = b["keadaan"].nilai
            if tuple(sel) in tempat and masih_terbuka(keadaan):
                continue
            hasil.append(_usai(b, aturan).dengan(_tempat_baris(tabel, sel[0], sel[1], buku, letak)))
    return _isi(buku, _diurutkan(hasil, temuan), lama)


def _isi(buku: Buku, rows: Iterable[Baris], lama: Sequence[Baris]) -> Buku:
    pembuat = PembuatId(CATATAN_PERBAIKAN.awalan_id, (b.id for b in lama))
    isi = [replace(b.dengan({"no": Sel(float(n))}), id=b.id or pembuat()) for n, b in enumerate(rows, 1)]
    return isi_ringkasan(buku.ganti({CATATAN_PERBAIKAN.kunci: isi}))


def _urai_rujukan(rujukan: str) -> tuple[str, str, str, str] | None:
    """Rule, table and the cell's two parts; a sheet of somebody else's may have any name."""
    aturan, _, sisa = rujukan.partition("|")
    tabel, ada, sisa = sisa.partition("|")
    kiri, pisah, kanan = sisa.rpartition("|")
    return (aturan, tabel, kiri, kanan) if aturan and ada and pisah else None


def _usai(b: Baris, aturan: str) -> Baris:
    """The row of a finding that is no more."""
    keadaan = b["keadaan"].nilai
    if aturan in TETAP_DICEK:
        return b
    alasan = penjelasan(keadaan)
    if alasan:
        return b.dengan({"keadaan": Sel(_semula(DIPERBAIKI, alasan))})
    m = _SEMULA.fullmatch(keadaan) if isinstance(keadaan, str) else None
    if m or keadaan in {None, BELUM}:
        return b.dengan({"keadaan": Sel(_semula(DIPERBAIKI, m[1]) if m else DIPERBAIKI)})
    return b


def tempat_kini(tabel: str, baris: str, kolom: str, buku: Buku, letak: Letak) -> tuple[str, str]:
    """Sheet and cell of a finding; a row that was moved to *Baris Dihapus* is named there."""
    sel = letak.sel(tabel, baris, kolom)
    if sel:
        return letak.lembar_baris(tabel, baris), sel
    for b in buku.baris(BARIS_DIHAPUS.kunci):
        if b["baris_id"].nilai == baris:
            return BARIS_DIHAPUS.lembar, letak.sel(BARIS_DIHAPUS.kunci, b.id, "nilai")
    return letak.lembar_baris(tabel, baris), ""


def _tempat_baris(tabel: str, baris: str, kolom: str, buku: Buku, letak: Letak) -> Mapping[str, Sel]:
    if not tabel:
        return {}
    lembar, sel = tempat_kini(tabel, baris, kolom, buku, letak) if tabel in MENURUT_KUNCI else ("", "")
    return {"lembar": Sel(lembar or None), "sel": Sel(sel or None)}


def sel_temuan(t: Temuan | Anggota, letak: Letak) -> tuple[str, str]:
    """Sheet and cell of a finding, or of a member, in the workbook; the cell is empty where it has none."""
    if t.sel or not t.tabel:
        return t.lembar, t.sel
    return letak.lembar_baris(t.tabel, t.baris), letak.sel(t.tabel, t.baris, t.kolom)


def sebutan_kolom(t: Temuan, tahun: int) -> str:
    """Header of a finding's column."""
    kolom = MENURUT_KUNCI[t.tabel].menurut_kunci.get(t.kolom) if t.tabel in MENURUT_KUNCI else None
    return kolom.sebutan(tahun) if kolom else t.kolom


def pesan_berkelompok(t: Temuan) -> str:
    """A finding's message, led by how many cells it speaks of where they are several."""
    return f"{len(t.anggota)} sel: {t.pesan}" if len(t.anggota) > 1 else t.pesan


def _daftar_anggota(t: Temuan, letak: Letak) -> str:
    """Cells of a group, each between semicolons for the marks to look up; as many as a cell holds."""
    bagian, panjang = [";"], 1
    for a in t.anggota:
        lembar, sel = sel_temuan(a, letak)
        teks = f"{lembar}!{sel};"
        panjang += len(teks)
        if sel and panjang <= BATAS_TEKS // 2:
            bagian.append(teks)
    return "".join(bagian) if len(bagian) > 1 else ""


def _baris(t: Temuan, keadaan: str, buku: Buku, letak: Letak) -> Baris:
    lembar, sel = tempat_kini(t.tabel, t.baris, t.kolom, buku, letak) if t.tabel else (t.lembar, t.sel)
    isi: dict[str, Nilai] = {
        "tingkat": t.tingkat.judul,
        "lembar": lembar,
        "sel": sel,
        "kode": t.kode,
        "kolom": sebutan_kolom(t, buku.tahun),
        "tertulis": t.tertulis,
        "seharusnya": t.seharusnya,
        "pesan": pesan_berkelompok(t),
        "perbaikan": t.perbaikan,
        "keadaan": keadaan,
        "aturan": t.aturan,
        "dasar": t.dasar,
        "asal": f"{t.asal.berkas} baris {t.asal.baris}" if t.asal else None,
        "rujukan": t.rujukan,
        "anggota": _daftar_anggota(t, letak),
        "sidik": sidik_angka(t),
    }
    return Baris("", Level.DATA, {k: Sel(v) for k, v in isi.items() if v not in {None, ""}})
