"""From rows as printed, whatever they were read from, to one plan: texts into cells, sources joined, rows linked."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from renja_xl.core.awal import baris_dasar, baris_nomenklatur, baris_profil
from renja_xl.core.baris import nama_baris, teks_sel
from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel, Sifat
from renja_xl.core.daftar import taut_daftar
from renja_xl.core.hitung import hitung_tak_tercetak
from renja_xl.core.nilai import BATAS_TEKS, urai, urai_rupiah
from renja_xl.core.nomenklatur import Butir, Pengusul
from renja_xl.core.pemenuhan import baca_status
from renja_xl.core.perbarui import nilai_tautan
from renja_xl.core.sekitar import susun_tercetak
from renja_xl.core.struktur import nomor_urut
from renja_xl.core.susun import TINGKAT_IKU, sifat_tercetak, susun
from renja_xl.errors import SumberTidakTerbacaError
from renja_xl.tabel import (
    BELUM_TERPETAKAN,
    CAPAIAN_IKU,
    DASAR_PERHITUNGAN,
    MENURUT_KUNCI,
    NOMENKLATUR,
    PROFIL,
    T_C_31,
    T_C_33,
    TABEL_DAFTAR,
    TABEL_TERTAUT,
)
from renja_xl.tabel.profil import DARI_PAGU
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe


@dataclass(frozen=True, slots=True)
class Belum:
    """A source row, or what of it, that was not understood."""

    berkas: str
    baris: str
    isi: str
    alasan: str


@dataclass(frozen=True)
class BahanImpor:
    """What one source holds of a plan.

    Attributes:
        sumber: its name, for messages.
        tabel: rows by table, as printed; ids unique in their table.
        isian: declared fields of Profil by key, without the year.
        fakta: further rows of Profil.
        daftar_nama: the plan's own list: printed name, kode, how sure.
    """

    sumber: str
    tahun: int
    tabel: Mapping[str, Sequence[Baris]]
    isian: Mapping[str, Nilai] = field(default_factory=dict)
    fakta: Sequence[Baris] = ()
    daftar_nama: Sequence[tuple[str, str, str]] = ()
    belum: Sequence[Belum] = ()


def isi_sel(kolom: KolomSpec, teks: str, sel: dict[str, Sel]) -> None:
    """Read one printed cell; its unit and grade go to their own columns where those are empty."""
    if not teks.strip():
        return
    if kolom.tipe is Tipe.RUPIAH:
        sen, _ = urai_rupiah(teks)
        sel[kolom.kunci] = Sel(teks) if sen is None else Sel(sen, teks)
        return
    if not kolom.bernilai_angka:
        sel[kolom.kunci] = Sel(teks)  # a printed unit wins over one found in the value beside it
        return
    hasil = urai(teks)
    if hasil.nilai is None or not math.isfinite(float(hasil.nilai)):
        sel[kolom.kunci] = Sel(teks)
        return
    sel[kolom.kunci] = Sel(float(hasil.nilai), teks)
    isi_pendamping(kolom, hasil.satuan, hasil.predikat, sel)


def isi_pendamping(kolom: KolomSpec, satuan: str | None, predikat: str | None, sel: dict[str, Sel]) -> None:
    """Unit and grade of a value in their own columns, where those are empty."""
    for kunci, isi in ((kolom.satuan, satuan), (kolom.predikat, predikat)):
        if kunci and isi and kunci not in sel:
            sel[kunci] = Sel(isi)


def dengan_status(b: Baris) -> Baris:
    """A status in the words of the sheet; the printed ones stay its original."""
    teks = b["status"].nilai
    baku = baca_status(teks) if isinstance(teks, str) else None
    return b.dengan({"status": Sel(baku, str(teks))}) if baku else b


# ── several sources ───────────────────────────────────────────────────────────────────────────────────────────


def satukan(bahan: Sequence[BahanImpor]) -> BahanImpor:
    """Several sources as one.

    Raises:
        SumberTidakTerbacaError: they are of different years, or two of them hold the same table.
    """
    if len(bahan) == 1:
        return bahan[0]
    tahun = Counter(b.tahun for b in bahan)
    if len(tahun) > 1:
        rinci = ", ".join(f"{b.sumber} ({b.tahun})" for b in bahan)
        raise SumberTidakTerbacaError(f"Tahun rencana sumbernya berbeda: {rinci}; mohon impor yang setahun saja.")
    tabel: dict[str, list[Baris]] = {}
    pemilik: dict[str, str] = {}
    for b in bahan:
        for kunci, rows in b.tabel.items():
            spec = MENURUT_KUNCI[kunci]
            ada = tabel.setdefault(kunci, [])
            if ada and not _saling_melengkapi(spec, ada, rows):
                raise SumberTidakTerbacaError(
                    f"Tabel {spec.lembar} ada di {pemilik[kunci]} dan di {b.sumber}; mohon sisakan satu, karena isinya dapat "
                    "berbeda."
                )
            pemilik.setdefault(kunci, b.sumber)
            ada.extend(replace(r, id=f"{spec.awalan_id}-{len(ada) + n:04d}") for n, r in enumerate(rows, 1))
    fakta = [f for b in bahan for f in b.fakta]
    return BahanImpor(
        " dan ".join(b.sumber for b in bahan),
        bahan[0].tahun,
        tabel,
        {k: v for b in reversed(bahan) for k, v in b.isian.items()},
        [replace(f, id=f"{PROFIL.awalan_id}-{n:04d}") for n, f in enumerate(fakta, 1)],
        [d for b in bahan for d in b.daftar_nama],
        [x for b in bahan for x in b.belum],
    )


def _saling_melengkapi(spec: TabelSpec, ada: Sequence[Baris], baru: Sequence[Baris]) -> bool:
    """Whether two parts of a table are numbered apart (budgets of several years)."""
    kunci = spec.kolom_berkas
    return bool(kunci) and not {b[kunci or ""].nilai for b in ada} & {b[kunci or ""].nilai for b in baru}


# ── one plan ──────────────────────────────────────────────────────────────────────────────────────────────────


def jadikan_buku(bahan: BahanImpor, nomenklatur: Iterable[Butir]) -> Buku:
    """The plan as printed: rows linked to a struktur, every printed cell with its original text."""
    butir = list(nomenklatur)
    tabel = {k: list(v) for k, v in bahan.tabel.items()}
    tabel |= {k: list(map(_bersifat, tabel[k])) for k in (CAPAIAN_IKU.kunci,) if k in tabel}
    isian: dict[str, Nilai] = {"tahun_anggaran": float(bahan.tahun)}
    if T_C_33.kunci in tabel and T_C_31.kunci not in tabel:
        isian["dasar_rkt"] = DARI_PAGU  # the only amounts there are
    isian |= bahan.isian
    bidang = _bidang_urusan(isian, bahan.daftar_nama, tabel, butir)
    if bidang:
        isian["kode_bidang_urusan"] = bidang
    pengusul = Pengusul(butir, bahan.daftar_nama, bidang)
    hasil = susun({k: rows for k, rows in tabel.items() if MENURUT_KUNCI[k] in TABEL_TERTAUT}, pengusul)
    for spec in TABEL_DAFTAR:
        if spec.kunci in tabel:
            tabel[spec.kunci] = taut_daftar(spec, tabel[spec.kunci], hasil.simpul, pengusul)
    buku = Buku(hasil.simpul, hasil.indikator).ganti(
        {
            **tabel,
            PROFIL.kunci: [*baris_profil(isian), *bahan.fakta],
            DASAR_PERHITUNGAN.kunci: baris_dasar(),
            NOMENKLATUR.kunci: baris_nomenklatur(butir),
            **{spec.kunci: hasil.tabel.get(spec.kunci, ()) for spec in TABEL_TERTAUT},
            BELUM_TERPETAKAN.kunci: _baris_belum(bahan.belum),
        }
    )
    return hitung_tak_tercetak(susun_tercetak(_isi_tautan_tak_tercetak(buku)))


def _bersifat(b: Baris) -> Baris:
    """A row of Capaian IKU with its sifat, where its printed rate tells that it should fall."""
    sifat = sifat_tercetak(b, teks_sel(b, "indikator"), TINGKAT_IKU)
    return b.dengan({"sifat": Sel(sifat.judul)}) if sifat is Sifat.MAKIN_RENDAH and b["sifat"].kosong else b


def _baris_belum(belum: Sequence[Belum]) -> list[Baris]:
    hasil = []
    potongan = [
        replace(x, isi=x.isi[i : i + BATAS_TEKS // 2])  # a letter may take two of Excel's units
        for x in belum
        for i in range(0, max(len(x.isi), 1), BATAS_TEKS // 2)
    ]
    for n, x in enumerate(potongan, 1):
        nilai = {"asal_berkas": x.berkas, "asal_baris": x.baris, "isi": x.isi, "alasan": x.alasan}
        sel = {k: Sel(v) for k, v in nilai.items() if v}
        hasil.append(Baris(f"{BELUM_TERPETAKAN.awalan_id}-{n:04d}", Level.DATA, sel))
    return hasil


def _bidang_urusan(
    isian: Mapping[str, Nilai],
    daftar_nama: Sequence[tuple[str, str, str]],
    tabel: Mapping[str, Sequence[Baris]],
    butir: Sequence[Butir],
) -> str | None:
    """The agency's own bidang urusan: as given, else of its support program's kode, else of its first own program."""
    diberikan = isian.get("kode_bidang_urusan")
    if diberikan is not None and str(diberikan).strip(" -"):
        return str(diberikan).strip()
    tercetak = [str(b["kode"].nilai or "") for spec in TABEL_TERTAUT for b in tabel.get(spec.kunci, ())]
    for kode in (*(kode for _, kode, _ in daftar_nama), *tercetak):
        if re.fullmatch(r"\d\.\d\d\.01", kode):
            return kode.removesuffix(".01")
    pengusul = Pengusul([b for b in butir if not b.kode.startswith("X")])
    for spec in TABEL_TERTAUT:
        for b in tabel.get(spec.kunci, ()):
            nama = nama_baris(spec, b) if b.level is Level.PROGRAM else None
            usulan = pengusul.usul(nama, Level.PROGRAM, None) if nama else None
            if usulan:
                return ".".join(usulan.kode.split(".")[:2])
    return None


def _isi_tautan_tak_tercetak(buku: Buku) -> Buku:
    """Linked cells that the print does not have (kode in most tables) show the struktur's value."""
    simpul, indikator, nomor = buku.simpul_menurut_id(), buku.indikator_menurut_id(), nomor_urut(buku)
    tabel = {}
    for spec in TABEL_TERTAUT:
        kolom = [k for k in spec.kolom if k.tautan and k not in spec.kolom_tercetak]
        rows = []
        for b in buku.baris(spec.kunci):
            s, i = simpul.get(b.simpul or ""), indikator.get(b.indikator or "")
            nilai = {k.kunci: nilai_tautan(k, b.level, s, i, nomor) for k in kolom}
            rows.append(b.dengan({k: Sel(v) for k, v in nilai.items() if v is not None}))
        tabel[spec.kunci] = rows
    return buku.ganti(tabel)
