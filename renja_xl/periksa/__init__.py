"""The audit: small rules from a plan to findings, one file per family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from renja_xl.core.bahan import TANPA_BAHAN, Bahan
from renja_xl.core.buku import Buku
from renja_xl.core.hitung import isi_tanpa_nilai
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.pengumpul import tanpa_pengumpul
from renja_xl.core.temuan import Aturan, Temuan
from renja_xl.periksa.acuan import ATURAN_ACUAN, PERIKSA_ACUAN
from renja_xl.periksa.daftar import ATURAN_DAFTAR, PERIKSA_DAFTAR
from renja_xl.periksa.dup import ATURAN_DUP, PERIKSA_DUP
from renja_xl.periksa.evaluasi import ATURAN_EVALUASI, PERIKSA_EVALUASI
from renja_xl.periksa.fmt import ATURAN_FMT, PERIKSA_FMT
from renja_xl.periksa.hit import ATURAN_HIT, PERIKSA_HIT
from renja_xl.periksa.jml import ATURAN_JML, PERIKSA_JML
from renja_xl.periksa.kep import ATURAN_KEP, PERIKSA_KEP
from renja_xl.periksa.kod import ATURAN_KOD, PERIKSA_KOD
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.ksg import ATURAN_KSG, PERIKSA_KSG
from renja_xl.periksa.lain import ATURAN_LAIN, PERIKSA_LAIN
from renja_xl.periksa.lnk import ATURAN_LNK, PERIKSA_LNK
from renja_xl.periksa.log import ATURAN_LOG, PERIKSA_LOG
from renja_xl.periksa.rms import ATURAN_RMS, PERIKSA_RMS, sebab_rumus
from renja_xl.periksa.rol import ATURAN_ROL, PERIKSA_ROL
from renja_xl.periksa.sat import ATURAN_SAT, PERIKSA_SAT
from renja_xl.periksa.silang import ATURAN_SILANG, PERIKSA_SILANG
from renja_xl.periksa.verifikasi import ATURAN_VERIFIKASI, PERIKSA_VERIFIKASI
from renja_xl.tabel import SEMUA

KELUARGA = ("HIT", "ROL", "FMT", "SAT", "DUP", "LNK", "JML", "KAT", "KSG", "KOD", "RMS", "LOG")
"""Families of rules, in the order in which they are listed."""

PERIKSA = (
    *PERIKSA_HIT,
    *PERIKSA_ROL,
    *PERIKSA_FMT,
    *PERIKSA_SAT,
    *PERIKSA_DUP,
    *PERIKSA_LNK,
    *PERIKSA_SILANG,
    *PERIKSA_ACUAN,
    *PERIKSA_DAFTAR,
    *PERIKSA_LAIN,
    *PERIKSA_JML,
    *PERIKSA_KSG,
    *PERIKSA_KOD,
    *PERIKSA_RMS,
    *PERIKSA_LOG,
    *PERIKSA_KEP,
    *PERIKSA_VERIFIKASI,
    *PERIKSA_EVALUASI,
)
"""Every rule function."""

ATURAN: Mapping[str, Aturan] = {
    a.id: a
    for a in sorted(
        (
            *ATURAN_HIT,
            *ATURAN_ROL,
            *ATURAN_FMT,
            *ATURAN_SAT,
            *ATURAN_DUP,
            *ATURAN_LNK,
            *ATURAN_SILANG,
            *ATURAN_ACUAN,
            *ATURAN_DAFTAR,
            *ATURAN_LAIN,
            *ATURAN_JML,
            *ATURAN_KSG,
            *ATURAN_KOD,
            *ATURAN_RMS,
            *ATURAN_LOG,
            *ATURAN_KEP,
            *ATURAN_VERIFIKASI,
            *ATURAN_EVALUASI,
        ),
        key=lambda a: (KELUARGA.index(a.id[:3]), a.id),
    )
}
"""Every rule by its id, in the order of the families."""

_URUTAN_TABEL = {spec.kunci: n for n, spec in enumerate(SEMUA)}


def periksa(buku: Buku, aturan: tuple[str, ...] = (), bahan: Bahan = TANPA_BAHAN) -> list[Temuan]:
    """Findings of a plan in sheet order; those of cells that no table owns come last.

    Args:
        aturan: ids (``HIT-08``) or families (``HIT``) to keep; empty keeps all.
        bahan: what is known beside the plan.
    """
    with tanpa_pengumpul():
        return _periksa(buku, aturan, bahan)


def _periksa(buku: Buku, aturan: tuple[str, ...], bahan: Bahan) -> list[Temuan]:
    konteks = Konteks(isi_tanpa_nilai(buku), bahan)
    temuan = [replace(t, dasar=ATURAN[t.aturan].dasar) for rule in PERIKSA for t in rule(konteks)]
    if aturan:
        temuan = [t for t in temuan if any(t.aturan == a or t.aturan.startswith(f"{a}-") for a in aturan)]
    letak = bahan.letak or letak_bawaan(buku)
    return sorted(
        sebab_rumus(temuan),
        key=lambda t: (
            _URUTAN_TABEL.get(t.tabel, len(SEMUA)),
            t.lembar,
            letak.baris.get(t.tabel, {}).get(t.baris, 0),
            letak.kolom.get(t.tabel, {}).get(t.kolom, 0),
            t.aturan,
        ),
    )


__all__ = ["ATURAN", "KELUARGA", "Konteks", "periksa"]
