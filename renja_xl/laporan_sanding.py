"""Differences between two states of a plan, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from renja_xl.core.baris import nama_baris, sebutan_baris
from renja_xl.core.buku import Buku, Simpul
from renja_xl.core.nilai import rupiah_dari_sen, tulis, tulis_rp
from renja_xl.core.padankan import ID, Pasangan
from renja_xl.core.sanding import BARU, HILANG, Isian, Sanding
from renja_xl.core.sebab import Sebab
from renja_xl.core.tahapan import Tahap, rupiah
from renja_xl.core.terbilang import terbilang
from renja_xl.tabel import MENURUT_KUNCI
from renja_xl.tabel.spec import Tipe
from renja_xl.tabel.tahapan import SEBAB

if TYPE_CHECKING:
    from renja_xl.banding import BandingTiga
    from renja_xl.core.tiga_arah import Tiga
    from renja_xl.excel.bentuk_buku import BentukBeda, RumusBeda

_PASTI = Pasangan(ID, 1.0)


def ke_json(s: Sanding, bentuk: BentukBeda | None = None) -> dict[str, Any]:
    """The ``sanding --json`` object (contract in the README).

    Args:
        bentuk: what of two masters' form differs.
    """

    def sepihak(x: Simpul, keadaan: str) -> dict[str, Any]:
        sen = (s.sebab.baru if keadaan == BARU else s.sebab.lama).simpul(x.id)
        isian = [_isian(i) for i in s.diubah if i.keadaan == keadaan and i.simpul == x.id]
        return {**_simpul(x), "pagu": None if sen is None else rupiah_dari_sen(sen), "isian": isian}

    def cocok(x: Simpul) -> dict[str, Any]:
        p = s.pasangan.get(x.id, _PASTI)
        return {"cocok": p.menurut, "yakin": p.yakin}

    return {
        "ringkas": _ringkas(s.sebab.lama.total, s.sebab.baru.total),
        "ditambah": [sepihak(x, BARU) for x in s.ditambah],
        "dihapus": [sepihak(x, HILANG) for x in s.dihapus],
        "dipindah": [
            {**_simpul(y), "dari": s.nama_simpul(x.induk), "ke": s.nama_simpul(y.induk), **cocok(x)}
            for x, y in s.dipindah
        ],
        "diganti_nama": [
            *({**_simpul(y), "kode_lama": x.kode, "nama_lama": x.nama, **cocok(x)} for x, y in s.diganti_nama),
            *(_nama_bentuk(bentuk) if bentuk else ()),
        ],
        "diubah": [*(_isian(i) for i in s.isian_tetap), *(_rumus_beda(r, s) for r in (bentuk.rumus if bentuk else ()))],
    }


def _nama_bentuk(bentuk: BentukBeda) -> Iterator[dict[str, Any]]:
    """Sheets and headings under other names, in the shape of renamed nodes."""
    pasti = {"kode_lama": None, "cocok": "tempat", "yakin": 1.0}
    for lama, baru in bentuk.lembar:
        yield {"level": "lembar", "kode": None, "nama": baru, **pasti, "nama_lama": lama}
    for j in bentuk.judul:
        yield {
            "level": "judul",
            "kode": None,
            "nama": j.baru,
            **pasti,
            "nama_lama": j.lama,
            "lembar": j.lembar,
            "sel": j.sel,
        }


def _rumus_beda(r: RumusBeda, s: Sanding) -> dict[str, str]:
    spec = MENURUT_KUNCI[r.tabel]
    return {
        "lembar": spec.lembar, "sel": r.sel, "kode": "", "nama": nama_baris(spec, r.baris) or s.nama.get(r.baris.simpul or "", ""),
        "kolom": r.kolom.nomor, "lama": r.lama, "baru": r.baru,
    }  # fmt: skip


def _ringkas(lama: int, baru: int) -> dict[str, float]:
    return {
        "total_lama": float(rupiah_dari_sen(lama)),
        "total_baru": float(rupiah_dari_sen(baru)),
        "selisih": float(rupiah_dari_sen(baru - lama)),
    }


def _simpul(x: Simpul) -> dict[str, Any]:
    return {"level": x.level.value, "kode": x.kode, "nama": x.nama}


def _isian(i: Isian) -> dict[str, str]:
    return {
        "lembar": MENURUT_KUNCI[i.tabel].lembar, "sel": i.sel, "kode": i.kode, "nama": i.nama, "kolom": i.kolom,
        "lama": i.lama, "baru": i.baru,
    }  # fmt: skip


def ke_teks(s: Sanding, baru: Buku, bentuk: BentukBeda | None = None) -> Iterator[str]:
    """The differences in lines."""
    yield from ke_ringkas(s, baru, banyaknya=False)
    for nama, daftar, pagu in (("Ditambah", s.ditambah, s.sebab.baru), ("Dihapus", s.dihapus, s.sebab.lama)):
        yield from _bagian(nama, [_sebut(x) + _pagu(pagu.simpul(x.id)) for x in daftar])
    yield from _bagian(
        "Dipindah", [f"{_sebut(y)}: dari {s.nama_simpul(x.induk)} ke {s.nama_simpul(y.induk)}" for x, y in s.dipindah]
    )
    yield from _bagian("Diganti nama atau kode", [f"{_sebut(x)} → {_sebut(y)}" for x, y in s.diganti_nama])
    yield from _bagian(
        "Isian yang berubah",
        [
            f"{MENURUT_KUNCI[i.tabel].lembar}{f'!{i.sel}' if i.sel else ''}, {i.nama}: {i.kolom} "
            f"{i.lama or '(kosong)'} → {i.baru or '(kosong)'}"
            for i in s.isian_tetap
        ],
    )
    simpul = baru.simpul_menurut_id()
    yield from _bagian(
        "Jumlah yang berubah",
        [
            f"{MENURUT_KUNCI[p.tabel].lembar}, {sebutan_baris(MENURUT_KUNCI[p.tabel], p.baris, simpul)}: "
            f"{p.kolom.sebutan(baru.tahun)} {tulis(p.lama, rupiah=True) or '(kosong)'} → {tulis(p.baru, rupiah=True)}"
            for p in s.total
        ],
    )
    if bentuk is not None:
        yield from _bagian("Lembar yang diganti nama", [f"{a} → {z}" for a, z in bentuk.lembar])
        yield from _bagian("Judul yang berubah", [f"{j.lembar}!{j.sel}: {j.lama} → {j.baru}" for j in bentuk.judul])
        yield from _bagian(
            "Rumus yang diganti",
            [
                f"{MENURUT_KUNCI[r.tabel].lembar}!{r.sel}: {r.lama or '(kosong)'} → {r.baru or '(kosong)'}"
                for r in bentuk.rumus
            ],
        )
    yield from _bagian("Dicocokkan tanpa pengenal yang pasti", list(_taksiran(s.pasangan, simpul)))


def ke_ringkas(s: Sanding, baru: Buku, *, banyaknya: bool = True) -> Iterator[str]:
    """Totals and why they differ; with how much else does."""
    tabel, kolom = s.sebab.ukuran
    judul = "Pagu T-C.33" if (tabel, kolom) == ("T-C.33", "pagu_n") else _sebut_kolom(tabel, kolom, baru.tahun)
    yield f"{s.sebutan or judul}: {_rupiah(s.sebab.lama.total)} → {_rupiah(s.sebab.baru.total)}"
    yield from kalimat_sebab(s.sebab)
    if banyaknya:
        yield (
            f"{len(s.ditambah)} ditambah, {len(s.dihapus)} dihapus, {len(s.dipindah)} dipindah, {len(s.diganti_nama)} diganti nama "
            f"atau kode, {len(s.isian_tetap)} isian berubah."
        )


def kalimat_sebab(s: Sebab) -> Iterator[str]:
    """One line that says why the total differs; none where it does not."""
    kata = _kata_sebab({k: (s.banyak(k), s.jumlah(k)) for k, _ in SEBAB}, s.selisih)
    if kata:
        yield f"Total {kata}."


def _kata_sebab(sebab: Mapping[str, tuple[int, int]], selisih: int) -> str:
    """``naik Rp2.000 karena 1 (satu) sub kegiatan ditambah sebesar Rp2.000``; empty where nothing changed."""
    bagian = [
        f"{n} ({terbilang(n)}) sub kegiatan {kata} sebesar {tulis_rp(abs(sen))}"
        for k, kata in SEBAB
        for n, sen in [sebab.get(k, (0, 0))]
        if n
    ]
    if not bagian:
        return ""
    *awal, akhir = bagian
    rincian = f"{', '.join(awal)} dan {akhir}" if awal else akhir
    if not selisih:
        return f"tetap, walau {rincian}"
    return f"{'naik' if selisih > 0 else 'turun'} {tulis_rp(abs(selisih))} karena {rincian}"


def tiga_json(t: Tiga, dasar: Buku | None) -> dict[str, Any]:
    """What two sides over one base disagree on."""
    return {
        "bentrok": [
            dict(zip(("jenis", "tempat", "dasar", "kiri", "kanan"), b, strict=True)) for b in _bentrok(t, dasar)
        ]
    }


def tiga_teks(b: BandingTiga, nama: tuple[str, str, str]) -> Iterator[str]:
    """Three states in lines: totals, what each side changed, and what they disagree on."""
    tabel, kolom = b.kiri.sebab.ukuran
    yield f"{_sebut_kolom(tabel, kolom, b.dasar.tahun)}:"
    lebar = max(len(n) for n in nama)
    for n, sen in zip(nama, (b.kiri.sebab.lama.total, b.kiri.sebab.baru.total, b.kanan.sebab.baru.total), strict=True):
        yield f"  {n.ljust(lebar)}  {_rupiah(sen)}"
    for n, s in ((nama[1], b.kiri), (nama[2], b.kanan)):
        yield f"\nDari {nama[0]} ke {n}:"
        *_, banyak = ke_ringkas(s, b.dasar)
        yield f"  {banyak}"
        yield from (f"  {k}" for k in kalimat_sebab(s.sebab))
    bentrok = list(_bentrok(b.tiga, b.dasar))
    yield from _bagian(
        "Bertentangan, mohon diputuskan",
        [f"{tempat} ({jenis}): semula {a}; {nama[1]}: {x}; {nama[2]}: {y}" for jenis, tempat, a, x, y in bentrok],
    )
    if not bentrok:
        yield "\nTidak ada yang bertentangan."


def _bentrok(t: Tiga, dasar: Buku | None) -> Iterator[tuple[str, str, str, str, str]]:
    nama = {s.id: s.nama for b in (t.kanan, t.kiri, dasar) if b is not None for s in b.simpul}

    def teks(tabel: str, medan: str, nilai: Any) -> str:
        if nilai is None:
            return "(tidak ada)"
        if not medan:
            return "ada"
        if medan == "induk":
            return nama.get(str(nilai), "(paling atas)")
        k = MENURUT_KUNCI[tabel].menurut_kunci.get(medan)
        return (
            tulis(nilai, rupiah=k is not None and k.tipe is Tipe.RUPIAH, desimal=15)
            if not isinstance(nilai, bool)
            else ("Ya" if nilai else "Tidak")
        )

    for b in t.bentrok:
        spec = MENURUT_KUNCI[b.tabel]
        k = spec.menurut_kunci.get(b.medan)
        sebutan = k.sebutan(dasar.tahun) if k and dasar else b.medan.replace("_", " ")
        tempat = f"{spec.lembar}, {nama.get(b.simpul or '', b.pengenal)}" + (f", {sebutan}" if b.medan else "")
        isi = [teks(b.tabel, b.medan, n) for n in (b.dasar, b.kiri, b.kanan)]
        yield b.jenis, tempat, isi[0], isi[1], isi[2]


def tahap_json(lama: Tahap, baru: Tahap) -> dict[str, Any]:
    """The same object for stages of which only the totals are known."""
    kosong: dict[str, Any] = {k: [] for k in ("ditambah", "dihapus", "dipindah", "diganti_nama", "diubah")}
    return {"ringkas": _ringkas(lama.anggaran or 0, baru.anggaran or 0), **kosong}


def tahap_teks(lama: Tahap, baru: Tahap) -> Iterator[str]:
    """Totals and counts of two stages of which no more is known."""
    yield f"Anggaran {lama.nama} {lama.tahun} → {baru.nama} {baru.tahun}: {_uang(lama)} → {_uang(baru)}"
    if lama.anggaran is not None and baru.anggaran is not None:
        selisih = baru.anggaran - lama.anggaran
        persen = f" ({tulis(round(selisih / lama.anggaran * 100, 2), desimal=2)}%)" if lama.anggaran else ""
        yield f"{'Naik' if selisih > 0 else 'Turun' if selisih < 0 else 'Tetap'} {_rupiah(abs(selisih))}{persen}."
    for k, a in lama.banyak.items():
        z = baru.banyak[k]
        if a != z:
            yield f"  Jumlah {k.replace('_', ' ')}: {tulis(a) or '(kosong)'} → {tulis(z) or '(kosong)'}"


def daftar_teks(tahap: Iterable[Tahap]) -> Iterator[str]:
    """Stages of a plan in columns, by year, each with the difference to the one before."""
    kepala = ("Tahapan", "Urusan", "Program", "Kegiatan", "Sub Kegiatan", "Anggaran (Rp)", "Selisih (Rp)", "Rincian")
    baris: list[tuple[str, ...]] = [kepala]
    sebelum: Tahap | None = None
    semua = list(tahap)
    for t in semua:
        sama = sebelum is not None and sebelum.tahun == t.tahun and None not in {sebelum.anggaran, t.anggaran}
        selisih = _bertanda((t.anggaran or 0) - (sebelum.anggaran or 0)) if sebelum is not None and sama else "-"
        banyak = (tulis(n) or "-" for n in t.banyak.values())
        baris.append((f"{t.nama} {t.tahun}", *banyak, _uang(t), selisih, t.disimpan or "hanya jumlahnya"))
        sebelum = t
    lebar = [max(len(b[n]) for b in baris) for n in range(len(kepala))]
    for b in baris:
        sel = (
            x.ljust(w) if n in {0, len(kepala) - 1} else x.rjust(w)
            for n, (x, w) in enumerate(zip(b, lebar, strict=True))
        )
        yield "  ".join(sel).rstrip()
    for t in semua:
        kata = _kata_sebab(t.sebab, sum(sen for _, sen in t.sebab.values())) if t.terhadap else ""
        if kata:
            yield f"{t.nama} {t.tahun} dibandingkan dengan {t.terhadap} {kata}."


def _uang(t: Tahap) -> str:
    return "-" if rupiah(t) is None else _rupiah(t.anggaran or 0)


def _taksiran(pasangan: Mapping[str, Pasangan], simpul: Mapping[str, Simpul]) -> Iterator[str]:
    for k, p in pasangan.items():
        if p.yakin < 1 and k in simpul:
            yield f"{_sebut(simpul[k])}: menurut {p.menurut}, keyakinan {round(p.yakin * 100)}%"


def _sebut_kolom(tabel: str, kolom: str, tahun: int) -> str:
    spec = MENURUT_KUNCI[tabel]
    return f"{spec.lembar}, {spec.menurut_kunci[kolom].sebutan(tahun)}"


def _rupiah(sen: int) -> str:
    return tulis(sen, rupiah=True)


def _bertanda(sen: int) -> str:
    return f"+{_rupiah(sen)}" if sen > 0 else _rupiah(sen)


def _pagu(sen: int | None) -> str:
    return f" (pagu {_rupiah(sen)})" if sen else ""


def _bagian(judul: str, baris: list[str]) -> Iterator[str]:
    if baris:
        yield f"\n{judul} ({len(baris)}):"
        yield from (f"  {b}" for b in baris)


def _sebut(s: Simpul) -> str:
    return f"{s.kode or '(tanpa kode)'} {s.nama}"
