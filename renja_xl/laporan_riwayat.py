"""A workbook's history as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


def ke_teks(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The newest first, under who changed it and when."""
    kepala = None
    for r in reversed(rows):
        kini = (r["waktu"], r["oleh"], r["lewat"])
        if kini != kepala:
            if kepala is not None:
                yield ""
            yield f"{r['waktu']}  {r['oleh']}  {r['lewat']}".rstrip()
            kepala = kini
        yield f"  {_satu(r)}"


def _satu(r: Mapping[str, str]) -> str:
    tentang = ", ".join(t for t in (r["lembar"], " ".join(x for x in (r["kode"], r["nama"]) if x)) if t)
    if not tentang:
        return r["kolom"]
    if r["kolom"] in {"Ditambah", "Dihapus"}:
        return f"{tentang}: {r['kolom'].lower()}"
    return f"{tentang}: {r['kolom']} {r['lama'] or '(kosong)'} → {r['baru'] or '(kosong)'}"


def ke_json(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The ``riwayat --json`` list (contract in the README), the newest first."""
    return [dict(r) for r in reversed(list(rows))]
