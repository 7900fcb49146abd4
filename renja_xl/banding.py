"""The two sides of a comparison as people name them: a workbook of any kind, or a stage kept in one (``BUKU@NAMA``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from renja_xl.core.buku import Buku
from renja_xl.core.dua_sisi import sandingkan_t_c_31
from renja_xl.core.letak import Letak
from renja_xl.core.padankan import ID, Padanan, samakan
from renja_xl.core.sanding import Sanding, sandingkan
from renja_xl.core.sebab import Ukuran, pilih_ukuran
from renja_xl.core.tahapan import Tahap, ambil_tahapan, cari_tahap
from renja_xl.core.tambalan import TABEL_ISIAN
from renja_xl.core.tiga_arah import Tiga, gabung_tiga
from renja_xl.errors import TahapanError
from renja_xl.tabel.berbagi import MANIFES

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
    asing: bool = False
    """Whether it is somebody else's workbook of official layouts."""

    @property
    def nama(self) -> str:
        """What the side is called on paper: its stage, else its file."""
        return f"{self.tahap.nama} {self.tahap.tahun}" if self.tahap else Path(self.sebutan).name


@dataclass(frozen=True)
class BandingTiga:
    """Two sides over their base: joined, and each compared with the base."""

    tiga: Tiga
    dasar: Buku
    kiri: Sanding
    kanan: Sanding


@dataclass(frozen=True)
class Banding:
    """A comparison, the newer plan with the ids of the older one, and what of two masters' form differs."""

    sanding: Sanding
    lama: Buku
    baru: Buku
    bentuk: BentukBeda | None = None
    dilewati: tuple[str, ...] = ()
    """Sheets that one side does not have: nothing is said of them."""


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
            return Sisi(sebutan, terbaca.buku, terbaca.letak, asing=True)
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
    a, z = _rincian(lama), _rincian(baru)
    dilewati = _tanpa(lama, a) ^ _tanpa(baru, z)
    a, z = (_pilih(b, dilewati) for b in (a, z))
    hasil, letak, padanan = samakan(a, z, baru.letak)
    pasangan = {k: p for k, p in padanan.pasangan.items() if p.menurut != ID}
    s = sandingkan(a, hasil, letak or baru.letak, pasangan, ukuran)
    return Banding(
        s, a, hasil, _bentuk(lama, baru, padanan), tuple(x.lembar for x in TABEL_ISIAN if x.kunci in dilewati)
    )


def _tanpa(sisi: Sisi, buku: Buku) -> set[str]:
    """Tables that a side does not hold; one of somebody else's workbook that has no rows was not in it."""
    return {s.kunci for s in TABEL_ISIAN if s.kunci not in buku.tabel or (sisi.asing and not buku.baris(s.kunci))}


def _pilih(buku: Buku, dilewati: set[str]) -> Buku:
    return replace(buku, tabel={k: rows for k, rows in buku.tabel.items() if k not in dilewati})


def _rincian(sisi: Sisi) -> Buku:
    if sisi.buku is None:
        nama = f"{sisi.tahap.nama} {sisi.tahap.tahun}" if sisi.tahap else sisi.sebutan
        raise TahapanError(
            f"Dari tahapan {nama} hanya jumlahnya yang diketahui; mohon bandingkan dengan tahapan lain yang juga hanya diketahui "
            "jumlahnya, atau simpan rinciannya dengan tahapan simpan."
        )
    return sisi.buku


def _bentuk(lama: Sisi, baru: Sisi, padanan: Padanan) -> BentukBeda | None:
    """Form is compared within one origin: another workbook's form is its own."""
    if lama.terbaca is None or baru.terbaca is None or not padanan.seasal:
        return None
    if (MANIFES.lembar in lama.terbaca.paket.lembar) != (MANIFES.lembar in baru.terbaca.paket.lembar):
        return None  # a share copy has titles and formulas of its own
    from renja_xl.excel.bentuk_buku import banding_bentuk  # noqa: PLC0415 - heavy

    return banding_bentuk(lama.terbaca, baru.terbaca, lama.lembar, baru.lembar, padanan.baris)


def bandingkan_t_c_31(sisi: Sisi) -> Banding:
    """The two sides of one workbook's T-C.31."""
    s, kiri, kanan = sandingkan_t_c_31(_rincian(sisi), sisi.letak)
    return Banding(s, kiri, kanan)


def bandingkan_tiga(dasar: Sisi, kiri: Sisi, kanan: Sisi) -> BandingTiga:
    """Two sides over their base.

    Raises:
        TahapanError: only the totals of a side are known.
    """
    rencana = [_rincian(s) for s in (dasar, kiri, kanan)]
    dilewati = set().union(*(_tanpa(s, b) for s, b in zip((dasar, kiri, kanan), rencana, strict=True)))
    a, *sisi = (_pilih(b, dilewati) for b in rencana)
    t = gabung_tiga(a, *sisi)
    ukuran = pilih_ukuran(t.kiri, t.kanan)
    return BandingTiga(
        t, a, sandingkan(a, t.kiri, Letak({}, {}), ukuran=ukuran), sandingkan(a, t.kanan, Letak({}, {}), ukuran=ukuran)
    )
