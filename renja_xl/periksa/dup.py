"""DUP: repetition. A repeated sub kegiatan is not summed again; two amounts of one node are never added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from renja_xl.core.baris import indikator_baris, teks_sel
from renja_xl.core.buku import STRUKTUR, Baris, Level
from renja_xl.core.nilai import tulis_angka
from renja_xl.core.pagu import gulung, nilai_pos, tata_pagu
from renja_xl.core.perbarui import ALASAN_GANDA
from renja_xl.core.satuan import baku
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.kelompok import anggota, kelompokkan, ringkas_teks
from renja_xl.periksa.konteks import Konteks, tertulis
from renja_xl.tabel import BARIS_DIHAPUS, PROGRAM_SUB_KEGIATAN, RKT, T_C_29, T_C_31, T_C_33, TABEL_TERTAUT
from renja_xl.tabel.spec import DIKETIK, KolomSpec, TabelSpec, Tipe


def sub_kegiatan_berulang(k: Konteks) -> Iterator[Temuan]:
    """A sub kegiatan stands in one table a second time."""
    for spec in TABEL_TERTAUT:
        rows = k.buku.baris(spec.kunci)
        nama = next(
            c.kunci
            for c in reversed(spec.kolom)
            if c.tautan == "nama" and (not c.level or Level.SUB_KEGIATAN in c.level)
        )
        for pos in tata_pagu(rows, ""):
            for i in pos.ulangan:
                if rows[i].level is not Level.SUB_KEGIATAN:
                    continue
                pertama = rows[pos.baris[0]]
                dimana = f" (baris {pertama.asal.baris} {pertama.asal.berkas})" if pertama.asal else ""
                isi = str(rows[i][nama].nilai or k.nama(spec, rows[i]))
                akibat = "pagunya tidak dijumlahkan lagi" if spec.kolom_uang else "hanya satu baris yang dipakai"
                yield k.temuan(
                    "DUP-01", Tingkat.HARUS_DIPERBAIKI, spec, rows[i], nama,
                    f"Sub kegiatan “{isi}” sudah ada di {spec.lembar}{dimana}; {akibat}.",
                    "Hapus salah satu barisnya, atau ganti dengan sub kegiatan yang dimaksud.", isi,
                )  # fmt: skip


def pagu_ganda(k: Konteks) -> Iterator[Temuan]:
    """One node has amounts in two cells of a column."""
    for spec, kolom, rows, tata in k.pagu:
        for pos in tata:
            for i in pos.sel_lain:
                isi = tertulis(kolom, rows[i][kolom.kunci])
                dipakai = tertulis(kolom, rows[pos.sel][kolom.kunci])
                yield k.temuan(
                    "DUP-02", Tingkat.HARUS_DIPERBAIKI, spec, rows[i], kolom.kunci,
                    f"{kolom.sebutan(k.tahun)} “{k.nama(spec, rows[pos.baris[0]])}” terisi pada dua baris: "
                    f"{dipakai} dan {isi}; yang dipakai {dipakai}.",
                    "Sisakan satu angka pada baris pertama butir itu.", isi, dipakai,
                )  # fmt: skip


def indikator_berulang(k: Konteks) -> Iterator[Temuan]:
    """One indicator stands on two rows of a node."""
    for spec in TABEL_TERTAUT:
        kolom = next(c.kunci for c in spec.kolom if c.tautan == "indikator")
        terlihat: set[tuple[str, str]] = set()
        for b in k.buku.baris(spec.kunci):
            if not b.simpul or not b.indikator:
                continue
            if (b.simpul, b.indikator) in terlihat and b.level is Level.INDIKATOR_LANJUTAN:
                isi = str(b[kolom].nilai or "")
                yield k.temuan(
                    "DUP-03", Tingkat.PERLU_DICEK, spec, b, kolom,
                    f"Indikator “{isi}” tertulis dua kali pada butir yang sama.",
                    "Hapus salah satu barisnya, atau perbaiki indikatornya.", isi,
                )  # fmt: skip
            terlihat.add((b.simpul, b.indikator))


def kode_berulang(k: Konteks) -> Iterator[Temuan]:
    """One kode stands for two nodes of the struktur."""
    jumlah = Counter(s.kode for s in k.buku.simpul if s.kode)
    pertama: dict[str, str] = {}
    for b in k.struktur:
        s = k.simpul.get(b.simpul or "")
        if s is None or not s.kode or b.level is Level.INDIKATOR_LANJUTAN or jumlah[s.kode] < 2:
            continue
        if s.kode in pertama:
            yield k.temuan(
                "DUP-04", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {s.kode} dipakai “{pertama[s.kode]}” dan “{s.nama}”.",
                f"Perbaiki salah satu kodenya di {STRUKTUR}.", s.kode,
            )  # fmt: skip
        pertama.setdefault(s.kode, s.nama)


def ganda_tersimpan(k: Konteks) -> Iterator[Temuan]:
    """Inputs of repeated rows wait in Baris Dihapus for a decision."""
    kelompok = defaultdict(list)
    for b in k.buku.baris(BARIS_DIHAPUS.kunci):
        if b["alasan"].nilai == ALASAN_GANDA:
            kelompok[b["baris_id"].nilai].append(b)
    for rows in kelompok.values():
        b = rows[0]
        nama, tabel = b["nama"].nilai or b["indikator"].nilai or "tanpa nama", b["tabel"].nilai
        asal = f" ({b['asal_berkas'].nilai} baris {b['asal_baris'].nilai})" if b["asal_berkas"].nilai else ""
        yield k.temuan(
            "DUP-05", Tingkat.PERLU_DICEK, BARIS_DIHAPUS, b, "tabel",
            f"Baris ganda “{nama}” dari {tabel}{asal} tidak dipakai; {len(rows)} isiannya disimpan di sini.",
            "Pindahkan isian yang masih diperlukan ke tabelnya, lalu hapus baris ini.",
        )  # fmt: skip


# ── rows copied over others ───────────────────────────────────────────────────────────────────────────────────

_CUKUP_NILAI = 4
"""Equal figures from which two rows are not alike by chance."""

_REMEH = frozenset({0.0, 1.0, 100.0})
"""Figures that many rows share."""

_SEJUTA = 1_000_000_00
_BULAT = 100_000_00
"""Sen; amounts of whole hundred thousands are estimates that repeat by themselves."""


def baris_tersalin(k: Konteks) -> Iterator[Temuan]:
    """Rows of different nodes with the same typed figures; with the same indicator, target and unit; with the same amount."""
    pasangan: set[frozenset[str]] = set()
    for spec in (T_C_29, T_C_31, T_C_33):
        temuan = [*_angka_sama(k, spec, pasangan), *_indikator_sama(k, spec, pasangan)]
        yield from kelompokkan(
            temuan, lambda d: (f"{len(d)} baris {d[0].tabel} berisi sama dengan baris butir lain.", d[0].perbaikan)
        )
    yield from kelompokkan(_pagu_sama(k, pasangan), lambda d: (
        f"{len(d)} butir berjumlah sama persis dengan butir lain pada jenjangnya.", d[0].perbaikan,
    ))  # fmt: skip


def _butir(b: Baris) -> str:
    return b.simpul or b.id


def _angka_sama(k: Konteks, spec: TabelSpec, pasangan: set[frozenset[str]]) -> Iterator[Temuan]:
    kolom = [c for c in spec.kolom if c.bernilai_angka and c.peran in DIKETIK]
    pertama: dict[tuple[tuple[str, float], ...], Baris] = {}
    for b in k.buku.baris(spec.kunci):
        if spec is not T_C_29 and b.level in _BERJUMLAH:
            continue  # amounts of a parent follow from its children's
        isi = [(c, n) for c in kolom if (n := b[c.kunci].angka) is not None and not b[c.kunci].rumus]
        lain = pertama.setdefault(tuple((c.kunci, float(n)) for c, n in isi), b)
        if lain is b or _butir(lain) == _butir(b) or (tingkat := _bobot(k, spec, isi, lain, b)) is None:
            continue
        pasangan.add(frozenset({_butir(lain), _butir(b)}))
        rinci = ", ".join(tertulis(c, b[c.kunci]) for c, _ in isi[:_CUKUP_NILAI])
        yield _temuan_pasangan(
            k, "DUP-06", tingkat, spec, (lain, b), isi[0][0],
            f"“{_nama(k, spec, b)}” berisi angka yang sama persis dengan “{_nama(k, spec, lain)}” ({rinci}).",
            "Pastikan barisnya bukan salinan; tulis angka butir itu sendiri.",
        )  # fmt: skip


def _bobot(
    k: Konteks, spec: TabelSpec, isi: Sequence[tuple[KolomSpec, float | int]], a: Baris, b: Baris
) -> Tingkat | None:
    """What equal figures tell: nothing, or how grave they are.

    A figure that comes twice in a row, a round amount, or a forward estimate (it follows from the amount) tells nothing more.
    """
    angka = [n for c, n in isi if c.tipe is not Tipe.RUPIAH and n not in _REMEH]
    uang = {n for c, n in isi if c.tipe is Tipe.RUPIAH and n and n % _BULAT and c.kunci != "pagu_p1"}
    beruang = any(c.tipe is Tipe.RUPIAH and n for c, n in isi)
    if _indikator_kembar(k, spec, a, b) and len(set(angka)) + beruang >= 2:
        return Tingkat.PERLU_DICEK
    if uang:
        return Tingkat.PERLU_DICEK if angka or len(uang) > 1 else None
    return Tingkat.INFORMASI if len(angka) >= _CUKUP_NILAI and len(set(angka)) >= 3 else None


def _indikator_kembar(k: Konteks, spec: TabelSpec, a: Baris, b: Baris) -> bool:
    """Whether two rows of different nodes have one indicator; the nomenclature itself repeats some names with theirs."""
    ta, tb = indikator_baris(spec, a), indikator_baris(spec, b)
    return bool(ta and tb and kunci_teks(ta) == kunci_teks(tb)) and not _senama(k, a, b)


def _senama(k: Konteks, a: Baris, b: Baris) -> bool:
    sa, sb = k.simpul.get(a.simpul or ""), k.simpul.get(b.simpul or "")
    return sa is not None and sb is not None and kunci_teks(sa.nama) == kunci_teks(sb.nama)


def _nama(k: Konteks, spec: TabelSpec, b: Baris) -> str:
    if b.level is Level.INDIKATOR_LANJUTAN:
        return ringkas_teks(indikator_baris(spec, b) or k.nama(spec, b))
    return ringkas_teks(k.nama(spec, b))


def _temuan_pasangan(
    k: Konteks,
    aturan: str,
    tingkat: Tingkat,
    spec: TabelSpec,
    baris: tuple[Baris, Baris],
    kolom: KolomSpec,
    pesan: str,
    perbaikan: str,
) -> Temuan:
    """One finding on the later of two rows that names both: which of them is the copy, only the planner knows."""
    a, b = (
        k.temuan(aturan, tingkat, spec, x, kolom.kunci, pesan, perbaikan, tertulis(kolom, x[kolom.kunci]))
        for x in baris
    )
    return replace(b, anggota=(anggota(b), anggota(a)))


_CUKUP_KATA = 4


def _indikator_sama(k: Konteks, spec: TabelSpec, pasangan: set[frozenset[str]]) -> Iterator[Temuan]:
    target = {"T-C.29": ("target_n2", "target_n1")}.get(spec.kunci)
    terlihat: set[str] = set()
    for kolom in (c for c in spec.kolom if c.tautan == "indikator"):
        angka = [
            c for c in spec.kolom
            if c.milik_indikator and c.bernilai_angka and c.sisi == kolom.sisi and (target is None or c.kunci in target)
        ]  # fmt: skip
        pertama: dict[tuple[object, ...], Baris] = {}
        for b in k.buku.baris(spec.kunci):
            teks = teks_sel(b, kolom.kunci)
            nilai = tuple(b[c.kunci].angka for c in angka)
            if not teks or len(kunci_teks(teks).split()) < _CUKUP_KATA or nilai[0] is None or b.id in terlihat:
                continue
            satuan = baku(teks_sel(b, angka[0].satuan or "") or "")
            lain = pertama.setdefault((kunci_teks(teks), nilai, satuan), b)
            pasang = frozenset({_butir(lain), _butir(b)})
            if len(pasang) < 2 or pasang in pasangan or _senama(k, lain, b):
                continue
            pasangan.add(pasang)
            terlihat.add(b.id)
            remeh = all(n is None or n in _REMEH for n in nilai)
            yield _temuan_pasangan(
                k, "DUP-07", Tingkat.INFORMASI if remeh else Tingkat.PERLU_DICEK, spec, (lain, b), kolom,
                f"Indikator “{ringkas_teks(teks)}” pada “{ringkas_teks(k.nama(spec, b))}” sama dengan pada “{_nama(k, spec, lain)}”, "
                f"juga target dan satuannya ({tulis_angka(float(nilai[0]))} {satuan}".rstrip() + ").",
                "Pastikan barisnya bukan salinan; tulis indikator dan target butir itu sendiri.",
            )  # fmt: skip


def _pagu_sama(k: Konteks, pasangan: set[frozenset[str]]) -> Iterator[Temuan]:
    for spec, kolom, rows, tata in k.pagu:
        if spec is RKT or kolom.kunci == "pagu_p1":  # these amounts follow from another column's
            continue
        jumlah = gulung(tata, {p.kunci: nilai_pos(p, rows, kolom.kunci) for p in tata if p.sub})
        pertama: dict[tuple[Level, float], tuple[Baris, bool]] = {}
        for pos in tata:
            b = rows[pos.sel]
            n = b[kolom.kunci].angka
            if n is None or b[kolom.kunci].rumus or n <= _SEJUTA or n % _BULAT == 0 or pos.level in _PUNCAK:
                continue
            lain, benar_lain = pertama.setdefault((pos.level, n), (b, not pos.sub and jumlah[pos.kunci] == n))
            pasang = frozenset({_butir(lain), _butir(b)})
            if len(pasang) < 2 or pasang in pasangan or (benar_lain and jumlah[pos.kunci] == n):
                continue  # one node, or two sums that are right
            pasangan.add(pasang)
            isi = tertulis(kolom, b[kolom.kunci])
            yield _temuan_pasangan(
                k, "DUP-08", Tingkat.INFORMASI, spec, (lain, b), kolom,
                f"{kolom.sebutan(k.tahun)} “{ringkas_teks(k.nama(spec, b))}” dan “{ringkas_teks(k.nama(spec, lain))}” sama persis, {isi}.",
                "Pastikan jumlahnya bukan salinan.",
            )  # fmt: skip


_PUNCAK = frozenset({Level.URUSAN, Level.BIDANG_URUSAN, Level.PERANGKAT_DAERAH, Level.TOTAL})
_BERJUMLAH = _PUNCAK | {Level.PROGRAM, Level.KEGIATAN}


ATURAN_DUP = (
    Aturan("DUP-01", Tingkat.HARUS_DIPERBAIKI, "sub kegiatan berulang dalam satu tabel", "satu butir, satu baris"),
    Aturan("DUP-02", Tingkat.HARUS_DIPERBAIKI, "pagu satu butir terisi pada dua baris", "satu butir, satu pagu"),
    Aturan("DUP-03", Tingkat.PERLU_DICEK, "indikator berulang pada butir yang sama", "satu indikator, satu baris"),
    Aturan("DUP-04", Tingkat.PERLU_DICEK, "satu kode dipakai dua butir", "nomenklatur: satu kode, satu butir"),
    Aturan(
        "DUP-05", Tingkat.PERLU_DICEK, "isian baris ganda menunggu keputusan di Baris Dihapus", "satu butir, satu baris"
    ),
    Aturan(
        "DUP-06", Tingkat.PERLU_DICEK, "angka satu baris sama persis dengan baris butir lain", "satu butir, satu isian"
    ),
    Aturan(
        "DUP-07", Tingkat.PERLU_DICEK, "indikator, target, dan satuan sama dengan butir lain", "satu butir, satu isian"
    ),
    Aturan("DUP-08", Tingkat.INFORMASI, "jumlah sama persis pada dua butir", "satu butir, satu pagu"),
)

PERIKSA_DUP = (
    sub_kegiatan_berulang, pagu_ganda, indikator_berulang, kode_berulang, ganda_tersimpan, baris_tersalin,
)  # fmt: skip
