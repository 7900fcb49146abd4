"""When a plan was recomputed and its tables laid out last, in words; and for which inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from renja_xl.core.buku import Baris, Buku, Nilai, Sel
from renja_xl.core.struktur import ke_baris
from renja_xl.core.turunan import isi_ringkasan
from renja_xl.tabel import DASAR_PERHITUNGAN, PROFIL, TABEL_BEBAS, TABEL_EVALUASI, TABEL_TERTAUT
from renja_xl.tabel.profil import DIISI_SENDIRI, TIDAK
from renja_xl.tabel.spec import DIKETIK, TabelSpec

_ISIAN = (PROFIL, *TABEL_BEBAS, *TABEL_TERTAUT)
_BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def catat_waktu(buku: Buku, kini: datetime) -> Buku:
    """The plan with the time of its last recompute in Profil, as Beranda shows it."""
    return _isi(buku, {"terakhir_dihitung": kata_waktu(kini)})


def catat_susunan(buku: Buku, kini: datetime) -> Buku:
    """The plan whose tables were just laid out."""
    saat = kata_waktu(kini)
    return catat_sidik(_isi(buku, {"terakhir_dihitung": saat, "terakhir_disusun": saat}))


def catat_sidik(buku: Buku) -> Buku:
    """The plan whose tables follow its inputs as they are."""
    return _isi(buku, {"tabel_basi": TIDAK, "sidik_susunan": sidik_susunan(buku)})


def sidik_susunan(buku: Buku) -> str:
    """A fingerprint of what the tables follow: the struktur and every typed cell; numbers to 12 digits, as files keep them."""
    return _sidik(buku, _ISIAN)


def sidik_isian(buku: Buku) -> str:
    """The same of everything that a planner types, rates and quarters too."""
    return _sidik(buku, (*_ISIAN, DASAR_PERHITUNGAN, *TABEL_EVALUASI))


def diketik(spec: TabelSpec, b: Baris) -> bool:
    """Whether somebody typed something into a row."""
    return any(not (b[k.kunci].kosong or b[k.kunci].rumus) for k in spec.kolom if k.peran in DIKETIK)


def _sidik(buku: Buku, tabel: Iterable[TabelSpec]) -> str:
    isi = [(b.id, b.level.value, *((k, str(s.nilai)) for k, s in sorted(b.sel.items()))) for b in ke_baris(buku)]
    for spec in tabel:
        kolom = [k.kunci for k in spec.kolom if k.peran in DIKETIK]
        for b in buku.baris(spec.kunci):
            if spec is PROFIL and b["kunci"].nilai in DIISI_SENDIRI:
                continue
            if spec in TABEL_EVALUASI and not diketik(spec, b):
                continue
            sel = ((k, b[k]) for k in kolom)
            isi.append((b.id, b.level.value, *((k, _angka(s.nilai)) for k, s in sel if not (s.kosong or s.rumus))))
    return sha256(repr(isi).encode()).hexdigest()[:16]


def _angka(nilai: Nilai) -> str:
    return f"{nilai:.12g}" if isinstance(nilai, float) else str(nilai)


def kata_waktu(kini: datetime) -> str:
    """A moment in words: ``24 November 2026 pukul 09.05``."""
    return f"{kini.day} {_BULAN[kini.month - 1]} {kini.year} pukul {kini:%H.%M}"


def _isi(buku: Buku, nilai: Mapping[str, Nilai]) -> Buku:
    rows = [
        b.dengan({"nilai": Sel(nilai[k])}) if (k := str(b["kunci"].nilai)) in nilai else b
        for b in buku.baris(PROFIL.kunci)
    ]
    return isi_ringkasan(buku.ganti({PROFIL.kunci: rows}))
