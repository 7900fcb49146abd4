"""The two sides of a comparison as people name them: a workbook of any kind, or a stage kept in one (``BUKU@NAMA``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.core.buku import Buku
from renja_xl.core.letak import Letak
from renja_xl.core.padankan import ID, Padanan, samakan
from renja_xl.core.sanding import Sanding, sandingkan
from renja_xl.core.sebab import Ukuran
from renja_xl.core.tahapan import Tahap, ambil_tahapan, cari_tahap
from renja_xl.errors import TahapanError

if TYPE_CHECKING:
    from renja_xl.excel.baca import Terbaca
    from renja_xl.excel.bentuk_buku import BentukBeda

TANDA = "@"


@dataclass(frozen=True)
class Sisi:
    """One side.

    Attributes:
        buku: None for a stage of which only its totals are known.
        tahap: the stage, where it is one.
        terbaca: a master's own file; lembar: names of our sheets in it, where they are others.
    """

    sebutan: str
    buku: Buku | None
    letak: Letak
    tahap: Tahap | None = None
    terbaca: Terbaca | None = None
    lembar: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Banding:
    """A comparison, the newer plan with the ids of the older one, and what of two masters' form differs."""

    sanding: Sanding
    lama: Buku
    baru: Buku
    bentuk: BentukBeda | None = None


def berkas_sisi(sebutan: str) -> tuple[Path, str | None]:
    """File and stage that a side names; a file whose own name has an ``@`` is that file."""
    path = Path(sebutan)
    depan, tanda, nama = sebutan.rpartition(TANDA)
    if path.exists() or not tanda or not depan or not nama.strip():
        return path, None
    return Path(depan), nama


def baca_sisi(sebutan: str) -> Sisi:
    """Read a side.

    Raises:
        RenjaError: no such file or stage, or it cannot be used.
    """
    from renja_xl.excel.baca import baca, baca_paket  # noqa: PLC0415 - heavy
    from renja_xl.excel.bentuk_buku import kenali_lembar  # noqa: PLC0415
    from renja_xl.sumber import baca_apa_saja, paket_induk  # noqa: PLC0415

    path, nama = berkas_sisi(sebutan)
    if nama is None:
        paket = paket_induk(path)
        if paket is None:
            terbaca = baca_apa_saja(path)
            return Sisi(sebutan, terbaca.buku, terbaca.letak)
        paket, lembar = kenali_lembar(paket)
        induk = baca_paket(paket)
        return Sisi(sebutan, induk.buku, induk.letak, None, induk, lembar)
    buku = baca(path).buku
    tahap = cari_tahap(buku, nama)
    isi = ambil_tahapan(buku, tahap.nama, tahap.tahun) if tahap.tersimpan else None
    return Sisi(sebutan, isi, Letak({}, {}), tahap)


def bandingkan(lama: Sisi, baru: Sisi, ukuran: Ukuran | None = None) -> Banding:
    """The comparison of two sides.

    Raises:
        TahapanError: only the totals of a side are known.
    """
    for sisi in (lama, baru):
        if sisi.buku is None and sisi.tahap is not None:
            raise TahapanError(
                f"Dari tahapan {sisi.tahap.nama} {sisi.tahap.tahun} hanya jumlahnya yang diketahui; mohon bandingkan dengan "
                "tahapan lain yang juga hanya diketahui jumlahnya, atau simpan rinciannya dengan tahapan simpan."
            )
    assert lama.buku is not None
    assert baru.buku is not None
    hasil, letak, padanan = samakan(lama.buku, baru.buku, baru.letak)
    pasangan = {k: p for k, p in padanan.pasangan.items() if p.menurut != ID}
    s = sandingkan(lama.buku, hasil, letak or baru.letak, pasangan, ukuran)
    return Banding(s, lama.buku, hasil, _bentuk(lama, baru, padanan))


def _bentuk(lama: Sisi, baru: Sisi, padanan: Padanan) -> BentukBeda | None:
    """Form is compared within one origin: another workbook's form is its own."""
    if lama.terbaca is None or baru.terbaca is None or not padanan.seasal:
        return None
    from renja_xl.excel.bentuk_buku import banding_bentuk  # noqa: PLC0415 - heavy

    return banding_bentuk(lama.terbaca, baru.terbaca, lama.lembar, baru.lembar, padanan.baris)
