"""History of a plan: what differs from the last recorded state, as rows of *Riwayat*.

The last state lies packed in cells of its own workbook (``core.kemas``), because nothing else is always at hand when a
difference is to be told: a copy in ``Cadangan/`` is older than what was written last, and does not travel with the file. A
fingerprint of the inputs in Profil tells without unpacking whether there is anything to record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Nilai, Sel, Simpul
from renja_xl.core.kemas import RusakError, buka_kemasan, kemas
from renja_xl.core.letak import Letak
from renja_xl.core.nilai import BATAS_TEKS, sama_teks, urai
from renja_xl.core.sanding import sandingkan
from renja_xl.core.struktur import PembuatId
from renja_xl.core.waktu import diketik, sidik_isian
from renja_xl.tabel import (
    DASAR_PERHITUNGAN,
    KEADAAN_TERAKHIR,
    MENURUT_KUNCI,
    PROFIL,
    RIWAYAT,
    TABEL_BEBAS,
    TABEL_EVALUASI,
    TABEL_TERTAUT,
)
from renja_xl.tabel.profil import TIDAK
from renja_xl.tabel.riwayat import BATAS_RIWAYAT, SISA_RIWAYAT

BERISIAN = (PROFIL, DASAR_PERHITUNGAN, *TABEL_BEBAS, *TABEL_TERTAUT, *TABEL_EVALUASI)
"""Tables with inputs, beside the struktur: what must be read to tell what changed."""
DICATAT = (PROFIL, RIWAYAT, KEADAAN_TERAKHIR)
"""Tables that a record changes."""
_PANJANG_BAGIAN = 8_000
_BATAS_ISI = 3_000
"""Characters of one value that the history keeps."""
MULAI, MULAI_LAGI = "Riwayat mulai dicatat", "Riwayat mulai dicatat lagi; keadaan sebelumnya tidak terbaca"


@dataclass(frozen=True, slots=True)
class Pencatat:
    """Who changes something, by what means, and when."""

    waktu: datetime
    oleh: str
    lewat: str

    @property
    def saat(self) -> str:
        return f"{self.waktu:%Y-%m-%d %H.%M.%S}"


def aktif(buku: Buku) -> bool:
    """Whether changes are recorded: a choice in Profil."""
    return not sama_teks(buku.profil("riwayat"), TIDAK)


def dimulai(buku: Buku) -> bool:
    """Whether there is a recorded state to compare with."""
    return buku.profil("sidik_riwayat") is not None


def ada_perubahan(buku: Buku) -> bool:
    """Whether something typed differs from the last recorded state."""
    return buku.profil("sidik_riwayat") != sidik_isian(buku)


def mulai(buku: Buku, p: Pencatat | None = None) -> Buku:
    """The plan whose history begins with its present state, unless it has begun.

    Args:
        p: who begins it; without, no row tells of it: a new workbook holds neither a name nor a time, so that two builds of
            one plan are the same.
    """
    if not aktif(buku) or dimulai(buku):
        return buku
    return _dengan_keadaan(_tambah(buku, [_baris(p, kolom=MULAI)]) if p else buku)


def keadaan_terakhir(buku: Buku) -> Buku | None:
    """The last recorded state; None where it cannot be read."""
    rows = sorted(buku.baris(KEADAAN_TERAKHIR.kunci), key=lambda b: float(b["bagian"].angka or 0))
    try:
        return buka_kemasan([str(b["isi"].nilai or "") for b in rows])
    except RusakError:
        return None


def catat(buku: Buku, letak: Letak, p: Pencatat, luar: tuple[Buku, Pencatat] | None = None) -> Buku:
    """The plan with a row for each input that differs from the last recorded state, which it now is itself.

    Args:
        letak: where the rows stand.
        luar: the plan as it was before this change, and who had made it so: what other programs changed since the last
            record is theirs.
    """
    lama = keadaan_terakhir(buku)
    if lama is None:
        return _dengan_keadaan(_tambah(buku, [_baris(p, kolom=MULAI_LAGI)]))
    baru = []
    if luar is not None and luar[0].profil("sidik_riwayat") != sidik_isian(luar[0]):
        baru += list(_perubahan(lama, luar[0], letak, luar[1]))
        lama = luar[0]
    return _dengan_keadaan(_tambah(buku, [*baru, *_perubahan(lama, buku, letak, p)]))


def _dengan_keadaan(buku: Buku) -> Buku:
    rows = [
        Baris(f"{KEADAAN_TERAKHIR.awalan_id}-{n:04d}", Level.DATA, {"bagian": Sel(float(n)), "isi": Sel(isi)})
        for n, isi in enumerate(_potong(kemas(_isian(buku))), 1)
    ]
    sidik = Sel(sidik_isian(buku))
    profil = [
        b.dengan({"nilai": sidik}) if b["kunci"].nilai == "sidik_riwayat" else b for b in buku.baris(PROFIL.kunci)
    ]
    return buku.ganti({KEADAAN_TERAKHIR.kunci: rows, PROFIL.kunci: profil})


def _isian(buku: Buku) -> Buku:
    """What a planner typed, and what tells its rows apart; what formulas show is left out."""
    return Buku(
        buku.simpul,
        buku.indikator,
        {
            spec.kunci: tuple(replace(b, sel={k: Sel(s.nilai) for k, s in b.sel.items() if not s.rumus}) for b in rows)
            for spec in BERISIAN
            if (rows := [b for b in buku.baris(spec.kunci) if spec not in TABEL_EVALUASI or diketik(spec, b)])
        },
    )


def _potong(bagian: Sequence[str]) -> Iterator[str]:
    """Packed texts in shorter ones: older Excels take no more than 8,203 characters a cell from a program."""
    awalan, isi = bagian[0][0], "".join(b[1:] for b in bagian)
    for n in range(0, len(isi), _PANJANG_BAGIAN):
        yield awalan + isi[n : n + _PANJANG_BAGIAN]


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _tambah(buku: Buku, baru: list[dict[str, str]]) -> Buku:
    ada = buku.baris(RIWAYAT.kunci)
    pengenal = PembuatId(RIWAYAT.awalan_id, (b.id for b in ada))
    rows = [Baris(pengenal(), Level.DATA, {k: Sel(_muat(v)) for k, v in isi.items() if v}) for isi in baru]
    return buku.ganti({RIWAYAT.kunci: [*ada, *rows]})


def _muat(teks: str) -> str:
    return teks if len(teks) <= min(_BATAS_ISI, BATAS_TEKS) else f"{teks[: _BATAS_ISI - 1]}…"


def _baris(p: Pencatat, **isi: str) -> dict[str, str]:
    return {"waktu": p.saat, "oleh": p.oleh, "lewat": p.lewat, **isi}


def _perubahan(lama: Buku, baru: Buku, letak: Letak, p: Pencatat) -> Iterator[dict[str, str]]:
    """Each difference by its meaning: nodes first, then typed cells; what a new or removed node brought comes with it."""
    s = sandingkan(lama, baru, letak)
    nama = {x.id: x.nama for x in (*lama.simpul, *baru.simpul)}

    def simpul(x: Simpul, kolom: str, a: str = "", z: str = "") -> dict[str, str]:
        return _baris(
            p,
            lembar=STRUKTUR,
            kode=x.kode or "",
            nama=x.nama,
            kolom=kolom,
            lama=a,
            baru=z,
            rujukan=f"{STRUKTUR}|{x.id}|",
        )

    for x in s.ditambah:
        yield simpul(x, "Ditambah", z=f"{x.level.judul} {x.nama}")
    for x in s.dihapus:
        yield simpul(x, "Dihapus", a=f"{x.level.judul} {x.nama}")
    for x, y in s.dipindah:
        yield simpul(y, "Dipindah", nama.get(x.induk or "", "(paling atas)"), nama.get(y.induk or "", "(paling atas)"))
    for x, y in s.diganti_nama:
        if x.nama != y.nama:
            yield simpul(y, "Nama", x.nama, y.nama)
        if x.kode != y.kode:
            yield simpul(y, "Kode", x.kode or "", y.kode or "")
    for i in s.diubah:
        if i.lama != i.baru and not _sama_angka(i.lama, i.baru):
            lembar = MENURUT_KUNCI[i.tabel].lembar
            yield _baris(
                p, lembar=lembar, kode=i.kode, nama=i.nama, kolom=i.kolom, lama=i.lama, baru=i.baru,
rujukan=f"{i.tabel}|{i.baris}|{i.kunci}",
            )  # fmt: skip


def _sama_angka(a: str, z: str) -> bool:
    """Whether two texts are one number to 12 digits: some programs save no more than 15."""
    x, y = urai(a).nilai, urai(z).nilai
    return x is not None and y is not None and f"{x:.12g}" == f"{y:.12g}"


# ── keeping it within bounds, and finding in it ───────────────────────────────────────────────────────────────


def ringkaskan(buku: Buku) -> tuple[Buku, tuple[Baris, ...]]:
    """The plan with a history of bounded length, and the oldest rows that must be kept elsewhere first."""
    rows = buku.baris(RIWAYAT.kunci)
    if len(rows) <= BATAS_RIWAYAT:
        return buku, ()
    n = len(rows) - SISA_RIWAYAT
    return buku.ganti({RIWAYAT.kunci: rows[n:]}), tuple(rows[:n])


def isi_baris(b: Baris) -> Mapping[str, str]:
    """A row as texts by column."""
    return {k.kunci: _teks(b[k.kunci].nilai) for k in RIWAYAT.kolom if not k.tersembunyi}


def _teks(nilai: Nilai) -> str:
    return "" if nilai is None else str(nilai)


def cari(rows: Iterator[Mapping[str, str]], teks: str | None, sejak: str | None) -> Iterator[Mapping[str, str]]:
    """Rows in which every word of a text occurs somewhere, from a day (``2026-11-29``) on."""
    kata = (teks or "").casefold().split()
    for isi in rows:
        polos = " ".join(isi.values()).casefold()
        if all(k in polos for k in kata) and (sejak is None or isi["waktu"][:10] >= sejak):
            yield isi
