"""Which file of an agency counts: the one whose written tahapan and revision are highest, never the newest date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from renja_xl.bappeda.rekap.berkas import Ringkas
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.tabel.profil import TAHAPAN

_URUTAN = {kunci_teks(t): n for n, t in enumerate(TAHAPAN, 1)}


@dataclass
class Berkas:
    """One file: its name as users know it, what was read of it, and where its records lie in the store."""

    nama: str
    ringkas: Ringkas
    letak: tuple[int, int] = (0, 0)


@dataclass
class Instansi:
    """One agency in one plan year.

    Attributes:
        dipakai: the file that counts.
        lain: its other files, highest first.
        catatan: what a reader should know of the choice.
    """

    nama: str
    kabupaten: str
    tahun: int
    dipakai: Berkas
    lain: list[Berkas] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)

    @property
    def ringkas(self) -> Ringkas:
        return self.dipakai.ringkas


def urutan_tahapan(tahapan: str) -> int:
    """Place of a tahapan in the cycle, 0 where it is unknown."""
    return _URUTAN.get(kunci_teks(tahapan), 0)


def pilih(berkas: Iterable[Berkas]) -> list[Instansi]:
    """Agencies in the order of year, kabupaten and kode, each with the file that counts.

    Args:
        berkas: files that could be read, in the order of their names.
    """
    kelompok: dict[tuple[str, ...], list[Berkas]] = defaultdict(list)
    for b in berkas:
        r = b.ringkas
        if not r.galat:
            kelompok[
                kunci_teks(r.provinsi), kunci_teks(r.kabupaten), kunci_teks(r.perangkat_daerah), str(r.tahun)
            ].append(b)
    hasil = [_pilih_satu(daftar) for daftar in kelompok.values()]
    return sorted(hasil, key=lambda i: (i.tahun, i.ringkas.provinsi, i.kabupaten, i.ringkas.bidang, i.nama))


def _pilih_satu(daftar: Sequence[Berkas]) -> Instansi:
    urut = sorted(daftar, key=lambda b: (urutan_tahapan(b.ringkas.tahapan), b.ringkas.revisi), reverse=True)
    atas = urut[0]
    r = atas.ringkas
    instansi = Instansi(r.perangkat_daerah, r.kabupaten, r.tahun, atas, urut[1:])
    seri = [b for b in urut[1:] if _tingkat(b) == _tingkat(atas)]
    beda = [b for b in seri if b.ringkas.sidik != r.sidik]
    if beda:
        instansi.catatan.append(
            f"{len(beda) + 1} berkas mengaku {r.tahapan or 'tanpa tahapan'} revisi {r.revisi} tetapi isinya berbeda: {atas.nama} dan "
            f"{', '.join(b.nama for b in beda[:3])}; yang dihitung hanya {atas.nama}. Mohon pastikan berkas yang benar."
        )
    elif seri:
        instansi.catatan.append(f"{len(seri)} salinan yang isinya sama persis tidak dihitung lagi.")
    return instansi


def _tingkat(b: Berkas) -> tuple[int, int]:
    return urutan_tahapan(b.ringkas.tahapan), b.ringkas.revisi
