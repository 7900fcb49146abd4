"""Three-way: on random triples no change is overwritten silently, and a removal against an edit is always a conflict."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest

from renja_xl.core.buku import STRUKTUR, Baris, Buku, Indikator, Level, Sel, Simpul
from renja_xl.core.tambalan import isian
from renja_xl.core.tiga_arah import HAPUS, Tiga, gabung_tiga
from tests import PANJANG
from tests.conftest import isi

Atom = tuple[str, str, str]

BANYAK = 1_000 if PANJANG else 250
"""Random triples."""


@pytest.fixture(scope="module")
def dasar(kecil: Buku) -> Buku:
    """The small plan with one table, so that a thousand triples are quick."""
    for s in ("s-5", "s-6", "s-8"):
        kecil = isi(kecil, "T-C.33", s, {"pagu_n": 1_000_00})
    return replace(kecil, tabel={"T-C.33": kecil.tabel["T-C.33"]})


def sunting(buku: Buku, acak: Random, awalan: str) -> Buku:
    """A few edits of a planner, in ways that know nothing of how they are joined."""
    for n in range(acak.choice((0, 1, 1, 2, 3))):
        sub = [s for s in buku.simpul if s.level is Level.SUB_KEGIATAN]
        keg = [s for s in buku.simpul if s.level is Level.KEGIATAN]
        apa = acak.choice(
            ("nama", "kode", "pindah", "hapus", "hapus", "pagu", "pagu", "lokasi", "indikator", "tambah", "keg")
        )
        s = acak.choice(sub) if sub else None
        if apa == "tambah":
            baru = (
                Simpul(f"s-{20 + acak.randrange(3)}", Level.SUB_KEGIATAN, f"{awalan} {n}", None, acak.choice(keg).id)
                if keg
                else None
            )
            if baru is None or baru.id in {x.id for x in buku.simpul}:
                continue
            i = Indikator(f"i-{baru.id}", baru.id, f"Jumlah {awalan} {n}", di_rencana=True)
            b = Baris(f"c33-{baru.id}", Level.SUB_KEGIATAN, {"pagu_n": Sel(acak.randrange(9) * 100)}, baru.id, i.id)
            buku = replace(buku, simpul=(*buku.simpul, baru), indikator=(*buku.indikator, i))
            buku = buku.ganti({"T-C.33": [*buku.baris("T-C.33"), b]})
        elif apa == "keg" and keg:
            buku = hapus(buku, acak.choice(keg).id)
        elif s is None:
            continue
        elif apa == "hapus":
            buku = hapus(buku, s.id)
        elif apa in {"pagu", "lokasi"}:
            nilai: Any = acak.randrange(5) * 100 if apa == "pagu" else f"Lokasi {acak.randrange(3)}"
            kolom = "pagu_n" if apa == "pagu" else "lokasi"
            rows = [b.dengan({kolom: Sel(nilai)}) if b.simpul == s.id else b for b in buku.baris("T-C.33")]
            buku = buku.ganti({"T-C.33": rows})
        elif apa == "indikator":
            teks = f"Indikator {acak.randrange(3)}"
            ubah = tuple(replace(i, teks=teks) if i.simpul == s.id else i for i in buku.indikator)
            buku = replace(buku, indikator=ubah)
        else:
            sifat = {
                "nama": {"nama": f"Nama {acak.randrange(3)}"},
                "kode": {"kode": f"5.03.02.2.01.00{acak.randrange(70, 73)}"},
                "pindah": {"induk": acak.choice(keg).id if keg else s.induk},
            }[apa]
            buku = replace(buku, simpul=tuple(replace(x, **sifat) if x.id == s.id else x for x in buku.simpul))  # type: ignore[arg-type]
    return buku


def hapus(buku: Buku, pengenal: str) -> Buku:
    """A node with all that is below it."""
    keluar = {pengenal} | {s.id for s in buku.simpul if s.induk == pengenal}
    return Buku(
        tuple(s for s in buku.simpul if s.id not in keluar),
        tuple(i for i in buku.indikator if i.simpul not in keluar),
        {k: tuple(b for b in rows if b.simpul not in keluar) for k, rows in buku.tabel.items()},
    )


def atom(buku: Buku) -> dict[Atom, Any]:
    """Every single thing that was typed."""
    hasil: dict[Atom, Any] = {}
    semua: tuple[Simpul | Indikator, ...] = (*buku.simpul, *buku.indikator)
    for x in semua:
        hasil |= {(STRUKTUR, x.id, f.name): getattr(x, f.name) for f in fields(x)}
    for tabel, rows in isian(buku).tabel.items():
        for b in rows:
            hasil |= {
                (tabel, b.id, k): v for k, v in (("level", b.level), ("simpul", b.simpul), ("indikator", b.indikator))
            }
            hasil |= {(tabel, b.id, k): s.nilai for k, s in b.sel.items()}
    return hasil


def periksa(dasar: Buku, t: Tiga) -> None:
    d, k, n, m = (atom(b) for b in (dasar, t.kiri, t.kanan, t.gabungan))
    utuh = {(b.tabel, b.pengenal) for b in t.bentrok if not b.medan}
    medan = {(b.tabel, b.pengenal, b.medan) for b in t.bentrok}
    tertahan = {b.simpul for b in t.bentrok if b.jenis == HAPUS}
    for a in {*d, *k, *n, *m}:
        b, x, y, z = d.get(a), k.get(a), n.get(a), m.get(a)
        if a[:2] in utuh or a in medan:
            assert z == b or b is None, a  # the base stays; of two additions the first is shown, and both are named
        elif x == y:
            assert z == x or pemilik(dasar, a) in tertahan, a
        elif x == b:
            assert z == y or (y is None and pemilik(dasar, a) in tertahan), a
        else:
            assert y == b, ("a silent overwrite", a)
            assert z == x or (x is None and pemilik(dasar, a) in tertahan), a


def pemilik(buku: Buku, a: Atom) -> str | None:
    for i in buku.indikator:
        if i.id == a[1]:
            return i.simpul
    for b in buku.baris(a[0]):
        if b.id == a[1]:
            return b.simpul
    return a[1]


def hapus_lawan_ubah(dasar: Buku, satu: Buku, dua: Buku) -> set[str]:
    """Nodes that the first removed and the second edited: the node, its indicators, its cells, or what is below it."""
    keluar = {s.id for s in dasar.simpul} - {s.id for s in satu.simpul}
    a, z = atom(dasar), atom(dua)
    hasil = set()
    for x in keluar & {s.id for s in dua.simpul}:
        milik = {
            x,
            *(i.id for i in dua.indikator if i.simpul == x),
            *(b.id for b in dua.baris("T-C.33") if b.simpul == x),
        }
        berubah = any(v != a.get(k) for k, v in z.items() if k[1] in milik)
        baru_di_bawah = any(s.induk == x and a.get((STRUKTUR, s.id, "induk")) != x for s in dua.simpul)
        if berubah or baru_di_bawah:
            hasil.add(x)
    return hasil


def test_tiga_serangkai_acak(dasar: Buku) -> None:
    bentrok = lancar = lawan = 0
    for nomor in range(BANYAK):
        acak = Random(nomor)
        kiri, kanan = sunting(dasar, acak, "Kiri"), sunting(dasar, acak, "Kanan")
        t = gabung_tiga(dasar, kiri, kanan)
        try:
            periksa(dasar, t)
            harus = hapus_lawan_ubah(dasar, t.kiri, t.kanan) | hapus_lawan_ubah(dasar, t.kanan, t.kiri)
            assert harus <= {b.simpul for b in t.bentrok if b.jenis == HAPUS}
            assert harus <= {s.id for s in t.gabungan.simpul}
        except AssertionError as galat:
            raise AssertionError(f"triple {nomor}") from galat
        bentrok += bool(t.bentrok)
        lancar += not t.bentrok
        lawan += bool(harus)
    assert min(bentrok, lancar, lawan) > BANYAK // 10  # all kinds were met


def test_satu_sisi_saja(dasar: Buku) -> None:
    for nomor in range(40):
        sisi = sunting(dasar, Random(nomor), "Satu")
        for t in (gabung_tiga(dasar, sisi, dasar), gabung_tiga(dasar, dasar, sisi), gabung_tiga(dasar, sisi, sisi)):
            assert t.bentrok == ()
            assert atom(t.gabungan) == atom(sisi)


def test_dua_tambahan_ber_id_sama_tetap_dua(dasar: Buku) -> None:
    def tambah(nama: str) -> Buku:
        s = Simpul("s-9", Level.SUB_KEGIATAN, nama, None, "s-7")
        i = Indikator("i-99", "s-9", f"Jumlah {nama.lower()}", di_rencana=True)
        return replace(dasar, simpul=(*dasar.simpul, s), indikator=(*dasar.indikator, i))

    t = gabung_tiga(dasar, tambah("Promosi Jabatan"), tambah("Bantuan Hukum"))
    assert t.bentrok == ()
    assert [s.nama for s in t.gabungan.simpul][-2:] == ["Promosi Jabatan", "Bantuan Hukum"]
    assert len({s.id for s in t.gabungan.simpul}) == len(dasar.simpul) + 2
