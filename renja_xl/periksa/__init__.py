"""The audit: small rules from a plan to findings, one file per family."""

from __future__ import annotations

from renja_xl.core.buku import STRUKTUR, Buku
from renja_xl.core.hitung import isi_tanpa_nilai
from renja_xl.core.struktur import ke_baris
from renja_xl.core.temuan import Temuan
from renja_xl.periksa.dup import ATURAN_DUP
from renja_xl.periksa.fmt import ATURAN_FMT
from renja_xl.periksa.hit import ATURAN_HIT
from renja_xl.periksa.kod import ATURAN_KOD
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.lnk import ATURAN_LNK
from renja_xl.periksa.log import ATURAN_LOG
from renja_xl.periksa.rol import ATURAN_ROL
from renja_xl.tabel import SEMUA

ATURAN = (*ATURAN_HIT, *ATURAN_ROL, *ATURAN_FMT, *ATURAN_DUP, *ATURAN_LNK, *ATURAN_KOD, *ATURAN_LOG)
"""Every rule, in the order of its family."""

_URUTAN_TABEL = {spec.kunci: n for n, spec in enumerate(SEMUA)}


_KELUARGA = ("HIT", "ROL", "FMT", "DUP", "LNK", "KOD", "LOG")


def keluarga() -> tuple[str, ...]:
    """Families of rules."""
    return _KELUARGA


def periksa(buku: Buku, aturan: tuple[str, ...] = ()) -> list[Temuan]:
    """Findings of a plan in sheet order.

    Args:
        aturan: ids (``HIT-08``) or families (``HIT``) to keep; empty keeps all.
    """
    konteks = Konteks(isi_tanpa_nilai(buku))
    temuan = [t for rule in ATURAN for t in rule(konteks)]
    if aturan:
        temuan = [t for t in temuan if any(t.aturan == a or t.aturan.startswith(f"{a}-") for a in aturan)]
    baris = {
        spec.kunci: {
            b.id: n for n, b in enumerate(ke_baris(buku) if spec.kunci == STRUKTUR else buku.baris(spec.kunci))
        }
        for spec in SEMUA
    }
    kolom = {spec.kunci: spec.letak_kolom for spec in SEMUA}
    return sorted(
        temuan,
        key=lambda t: (
            _URUTAN_TABEL[t.tabel],
            baris[t.tabel].get(t.baris, 0),
            kolom[t.tabel].get(t.kolom, 0),
            t.aturan,
        ),
    )


__all__ = ["ATURAN", "Konteks", "keluarga", "periksa"]
