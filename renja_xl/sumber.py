"""Whatever a plan may come from: our master, a folder of TSV tables, or a workbook of official layouts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.core.buku import STRUKTUR, Buku
from renja_xl.core.kisi import Kisi
from renja_xl.core.letak import Letak, TempatBaris
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.pengumpul import tanpa_pengumpul
from renja_xl.errors import SumberTidakTerbacaError
from renja_xl.excel.baca import baca_paket
from renja_xl.excel.kenali import AKHIRAN, baca_berkas
from renja_xl.excel.kisi_induk import kisi_induk, lembar_lain
from renja_xl.excel.paket import Paket, buka
from renja_xl.isi import nomenklatur
from renja_xl.tabel import BELUM_TERPETAKAN, DASAR_PERHITUNGAN, PROFIL, TABEL_TERTAUT

if TYPE_CHECKING:
    from renja_xl.resmi.baca import HasilBaca
    from renja_xl.resmi.bahan import BahanImpor
    from renja_xl.resmi.peta import Peta


@dataclass(frozen=True)
class HasilBuku:
    """A plan with the places of its cells, its sheets with their formulas, and for a foreign workbook its mapping."""

    buku: Buku
    letak: Letak
    kisi: tuple[Kisi, ...]
    peta: Peta | None = None
    lembar_lain: tuple[str, ...] = ()


def baca_apa_saja(path: Path) -> HasilBuku:
    """A plan from our master, or as printed from any other workbook.

    Raises:
        RenjaError: unusable input, with advice.
    """
    paket = paket_induk(path)
    if paket is not None:
        terbaca = baca_paket(paket)
        kisi = kisi_induk(terbaca)
        return HasilBuku(terbaca.buku, terbaca.letak, kisi, lembar_lain=lembar_lain(paket.lembar, kisi))
    return baca_asing(path, nomenklatur())


def baca_asing(path: Path, butir: Sequence[Butir], tahun: int | None = None) -> HasilBuku:
    """A plan as printed from a workbook of official layouts.

    Args:
        tahun: the plan year where titles and headers do not tell.
    """
    from renja_xl.excel.baca_kisi import baca_kisi  # noqa: PLC0415 - a master needs nothing of this
    from renja_xl.resmi.baca import baca_resmi  # noqa: PLC0415
    from renja_xl.resmi.bahan import jadikan_buku  # noqa: PLC0415

    with tanpa_pengumpul():
        kisi = baca_kisi(path)
        hasil = baca_resmi(kisi, path.name, butir, tahun)
        buku = jadikan_buku(hasil.bahan, butir)
        return HasilBuku(buku, letak_asing(buku, hasil), kisi, hasil.peta)


def paket_induk(path: Path) -> Paket | None:
    """The opened package where it is a master."""
    if path.suffix.lower() not in AKHIRAN or not baca_berkas(path, lama=True).startswith(b"PK"):
        return None
    paket = buka(path)
    # a master that lost a sheet is told so, not read as somebody else's
    return paket if STRUKTUR in paket.lembar or {PROFIL.lembar, DASAR_PERHITUNGAN.lembar} <= set(paket.lembar) else None


def letak_asing(buku: Buku, hasil: HasilBaca) -> Letak:
    """Where the cells of an imported plan stand in its workbook; what follows from a node stands at the node's first row."""
    asing: dict[str, dict[str, TempatBaris]] = {k: dict(v) for k, v in hasil.tempat.items()}
    pertama: dict[str, TempatBaris] = {}
    for spec in TABEL_TERTAUT:
        for b in buku.baris(spec.kunci):
            tempat = asing.get(spec.kunci, {}).get(b.id)
            if tempat is None:
                continue
            nama = next(
                (tempat.kolom[k.kunci] for k in spec.kolom if k.tautan == "nama" and k.kunci in tempat.kolom), 1
            )
            indikator = next(
                (tempat.kolom[k.kunci] for k in spec.kolom if k.tautan == "indikator" and k.kunci in tempat.kolom), nama
            )
            umum = TempatBaris(
                tempat.lembar,
                tempat.baris,
                {"kode": tempat.kolom.get("kode", nama), "nama": nama, "indikator": indikator},
            )
            for kunci in (b.simpul, b.indikator):
                if kunci:
                    pertama.setdefault(kunci, umum)
    asing[STRUKTUR] = {i.id: t for i in buku.indikator if (t := pertama.get(i.id) or pertama.get(i.simpul))}
    for kunci, rows in buku.tabel.items():
        for b in rows:
            if b.simpul in pertama and b.id not in asing.get(kunci, {}):
                t = pertama[b.simpul or ""]
                asing.setdefault(kunci, {})[b.id] = TempatBaris(t.lembar, t.baris, {"nama": t.kolom["nama"]})
    belum = asing.setdefault(BELUM_TERPETAKAN.kunci, {})
    for b in buku.baris(BELUM_TERPETAKAN.kunci):
        lembar, nomor = hasil.lembar.get(str(b["asal_berkas"].nilai)), str(b["asal_baris"].nilai)
        if lembar and nomor.isdigit():
            belum[b.id] = TempatBaris(lembar, int(nomor), {})
    return Letak({}, {}, asing)


def baca_sumber(path: Path, butir: Sequence[Butir]) -> tuple[BahanImpor, Peta | None]:
    """What a folder of TSV tables, or a workbook, holds of a plan; for a workbook with its mapping.

    Raises:
        RenjaError: unusable, or a master already.
    """
    from renja_xl.excel.baca_kisi import baca_kisi  # noqa: PLC0415
    from renja_xl.resmi.baca import baca_resmi  # noqa: PLC0415
    from renja_xl.tsv import baca_folder  # noqa: PLC0415

    if path.is_dir() or not path.exists():
        return baca_folder(path), None
    if paket_induk(path) is not None:
        raise SumberTidakTerbacaError(f"{path} sudah berupa buku induk; mohon pakai perintah hitung atau perbarui.")
    hasil = baca_resmi(baca_kisi(path), path.name, butir)
    return hasil.bahan, hasil.peta


def impor(sumber: Iterable[Path], butir: Sequence[Butir]) -> tuple[Buku, list[Peta]]:
    """One plan as printed from several sources, and the mappings of those that are workbooks.

    Raises:
        RenjaError: a source is unusable, or two of them hold the same table.
    """
    from renja_xl.resmi.bahan import jadikan_buku, satukan  # noqa: PLC0415

    with tanpa_pengumpul():
        hasil = [baca_sumber(p, butir) for p in sumber]
        return jadikan_buku(satukan([b for b, _ in hasil]), butir), [p for _, p in hasil if p is not None]
