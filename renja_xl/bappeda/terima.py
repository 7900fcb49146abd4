"""Take a verified copy back: what it proposes, as lines of *Usulan Bappeda*. Nothing else of the plan changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from renja_xl.bappeda.cek_berkas import HasilCek
from renja_xl.bappeda.kirim import teks_profil
from renja_xl.core.buku import Buku
from renja_xl.core.usulan import Kiriman, terima_usulan
from renja_xl.core.usulan_salinan import Komentar, usulan_salinan
from renja_xl.errors import RenjaError

_PEMILIK = ("perangkat_daerah", "kabupaten", "tahun_anggaran")
"""Fields of Profil in which a copy must agree with the plan that takes it."""


class BukanSalinanIniError(RenjaError):
    """A copy of another plan, or not the one that the letter names."""


@dataclass(frozen=True)
class Diterima:
    """The plan with the lines of a copy; ids of the new ones, and what a planner should know, in sentences."""

    buku: Buku
    baru: tuple[str, ...]
    peringatan: tuple[str, ...]


def terima(buku: Buku, h: HasilCek, komentar: Iterable[Komentar], nama: str) -> Diterima:
    """The plan with what a checked copy proposes.

    Args:
        h: the check of the copy.
        nama: file name of the copy, as the lines name it.

    Raises:
        BukanSalinanIniError: another agency's, another year's, or not of the code asked for.
    """
    for k in _PEMILIK:
        milik, tertulis = teks_profil(buku, k), h.diakui.get(k, "")
        if milik != tertulis:
            raise BukanSalinanIniError(
                f"Berkas {h.berkas} adalah salinan Renja lain: {k.replace('_', ' ')}-nya {tertulis or '(kosong)'}, sedangkan di "
                f"buku ini {milik or '(kosong)'}; mohon pilih buku induk atau salinan yang cocok."
            )
    if h.kode_cocok is False:
        raise BukanSalinanIniError(
            f"Berkas {h.berkas} berkode verifikasi {h.kode}, bukan kode yang diminta; mohon pakai salinan yang dimaksud surat itu."
        )
    daftar = usulan_salinan(h.salinan.butir, h.salinan.beda, komentar, buku)
    dari = f"{nama}, revisi {h.diakui.get('revisi', '-')}, {h.diakui.get('tanggal', '-')}"
    hasil, baru = terima_usulan(buku, daftar, Kiriman(h.kode, dari))
    return Diterima(hasil, tuple(baru), tuple(_peringatan(buku, h)))


def _peringatan(buku: Buku, h: HasilCek) -> Iterable[str]:
    if h.salinan.beda.perubahan:
        yield (
            f"{len(h.salinan.beda.perubahan)} bagian terkunci salinan itu berubah; yang berupa isian ikut menjadi usulan, "
            "selengkapnya: renja-xl cek-berkas."
        )
    if h.hitungan:
        yield (
            f"{len(h.hitungan)} nilai tersimpan di salinan itu tidak sama dengan hasil rumusnya dan tidak diambil; selengkapnya: "
            "renja-xl cek-berkas."
        )
    yield from h.ketidakcocokan
    tahapan = teks_profil(buku, "tahapan")
    if h.diakui.get("tahapan", "") != tahapan:
        yield f"Salinan itu dikirim pada tahapan {h.diakui.get('tahapan') or '-'}, sedangkan buku ini kini {tahapan or '-'}."
