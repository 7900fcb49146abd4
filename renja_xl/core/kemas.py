"""A plan as a few texts of ASCII letters that every program keeps as they are, and back exactly.

JSON holds the plan, deflate makes it small, base64 makes it text: no formula, no line end, no letter with two spellings,
nothing that a file format escapes. Sheets that only show what others hold are left out.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from renja_xl.core.buku import Asal, Baris, Buku, CaraHitung, Indikator, Level, Sel, Sifat, Simpul
from renja_xl.tabel import DASAR_PERHITUNGAN, KALIMAT, PENAMPIL, PROFIL, TABEL_RENCANA
from renja_xl.tabel.tahapan import PANJANG_BAGIAN

DISIMPAN = (PROFIL, DASAR_PERHITUNGAN, *(s for s in TABEL_RENCANA if s not in PENAMPIL and s is not KALIMAT))
"""Tables that a stored plan holds, beside the struktur."""

_VERSI = 1
_AWALAN = "r"
"""Begins every text, so that none begins with a sign that makes a formula when somebody enters the cell."""

_BATAS = 128 * 1024 * 1024
"""Bytes that a stored plan may unpack to; none that we write comes near."""


class RusakError(ValueError):
    """A text that is no stored plan, or not a whole one."""


def saring(buku: Buku) -> Buku:
    """The part of a plan that is stored."""
    return Buku(buku.simpul, buku.indikator, {s.kunci: buku.tabel[s.kunci] for s in DISIMPAN if s.kunci in buku.tabel})


def kemas(buku: Buku) -> list[str]:
    """The plan as texts of at most ``PANJANG_BAGIAN`` characters."""
    isi = {
        "versi": _VERSI,
        "simpul": [[s.id, s.level.value, s.nama, s.kode, s.induk, s.keterangan_kode] for s in buku.simpul],
        "indikator": [_indikator(i) for i in buku.indikator],
        "tabel": {k: _tabel(rows) for k, rows in saring(buku).tabel.items()},
    }
    mentah = json.dumps(isi, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    teks = base64.b64encode(zlib.compress(mentah, 9)).decode("ascii")
    muat = PANJANG_BAGIAN - len(_AWALAN)
    return [_AWALAN + teks[n : n + muat] for n in range(0, len(teks), muat)]


def sidik(bagian: Sequence[str]) -> str:
    """A fingerprint of the texts of a stored plan."""
    return sha256("".join(bagian).encode("ascii", "replace")).hexdigest()[:16]


def buka_kemasan(bagian: Sequence[str], seharusnya: str | None = None) -> Buku:
    """The plan from its texts.

    Args:
        seharusnya: the fingerprint that they had.

    Raises:
        RusakError: they are no stored plan, or not a whole one, or of a newer program.
    """
    if seharusnya is not None and sidik(bagian) != seharusnya:
        raise RusakError("sidik")
    try:
        padat = base64.b64decode("".join(_lepas(b) for b in bagian).encode("ascii"), validate=True)
        pembuka = zlib.decompressobj()
        mentah = pembuka.decompress(padat, _BATAS)
        if pembuka.unconsumed_tail or not pembuka.eof:
            raise RusakError("ukuran")
        isi = json.loads(mentah)
        if isi["versi"] != _VERSI:
            raise RusakError("versi")
        return Buku(
            tuple(Simpul(r[0], Level(r[1]), *r[2:6]) for r in isi["simpul"]),
            tuple(_indikator_dari(r) for r in isi["indikator"]),
            {k: _rows(t) for k, t in isi["tabel"].items()},
        )
    except (
        ValueError,
        binascii.Error,
        zlib.error,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as e:
        raise e if isinstance(e, RusakError) else RusakError(str(e)) from e


def _lepas(bagian: str) -> str:
    if not bagian.startswith(_AWALAN):
        raise RusakError("awalan")
    return bagian.removeprefix(_AWALAN)


def _indikator(i: Indikator) -> list[Any]:
    cara = i.cara_hitung.value if i.cara_hitung else None
    return [i.id, i.simpul, i.teks, i.satuan, cara, i.sifat.value, i.skala, i.sasaran, i.di_evaluasi, i.di_rencana]


def _indikator_dari(r: Sequence[Any]) -> Indikator:
    cara = CaraHitung(r[4]) if r[4] is not None else None
    return Indikator(r[0], r[1], r[2], r[3], cara, Sifat(r[5]), *r[6:10])


def _tabel(rows: Sequence[Baris]) -> dict[str, Any]:
    """Rows with their cells by the place of their column in a list of keys; a plain cell is its bare value."""
    kolom: dict[str, int] = {}
    baris = []
    for b in rows:
        sel: list[Any] = []
        for k, s in b.sel.items():
            polos = s.asli is None and not s.rumus
            sel += [kolom.setdefault(k, len(kolom)), s.nilai if polos else [s.nilai, s.asli, int(s.rumus)]]
        asal = [b.asal.berkas, b.asal.baris] if b.asal else None
        baris.append([b.id, b.level.value, b.simpul, b.indikator, asal, sel])
    return {"kolom": list(kolom), "baris": baris}


def _rows(t: dict[str, Any]) -> tuple[Baris, ...]:
    kolom = t["kolom"]
    hasil = []
    for pengenal, level, simpul, indikator, asal, sel in t["baris"]:
        isi = {}
        for n, v in zip(sel[::2], sel[1::2], strict=True):
            isi[kolom[n]] = Sel(v[0], v[1], bool(v[2])) if isinstance(v, list) else Sel(v)
        hasil.append(
            Baris(pengenal, Level(level), MappingProxyType(isi), simpul, indikator, Asal(*asal) if asal else None)
        )
    return tuple(hasil)
