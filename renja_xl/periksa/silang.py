"""LNK across tables: the same thing stated differently in two places.

Where most rows of two tables differ, one carries another ceiling or another set of targets: that is one finding with
its cells as members. Where most agree, each row that does not is a finding of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from renja_xl.core import kode as kd
from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Baris, Level, Nilai
from renja_xl.core.hitung import bawaan_dasar, kunci_simpul, pilihan
from renja_xl.core.nilai import tulis_rp
from renja_xl.core.nomenklatur import AMBANG_MIRIP
from renja_xl.core.pagu import prakiraan_maju, tata_pagu
from renja_xl.core.renstra import kolom_tahun
from renja_xl.core.satuan import baku
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.teks import mirip
from renja_xl.core.temuan import Anggota, Aturan, Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks, teks_nilai, tertulis
from renja_xl.tabel import (
    ANGGARAN,
    PROFIL,
    RENSTRA,
    RKT,
    T_C_31,
    T_C_33,
    TABEL_RENCANA,
    TABEL_TERTAUT,
)
from renja_xl.tabel.spec import KolomSpec, TabelSpec

_BAGIAN_BESAR = 0.5
"""Share of differing rows from which a difference between two tables is systematic."""
_BAGIAN_POLA = 0.8
"""Share of rows that must follow a pattern before a row that does not is doubtful."""
_MINIMUM = 5
"""Rows that it takes to speak of a pattern."""
_LEVEL_NAMA = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN})


@dataclass(frozen=True, slots=True)
class _Beda:
    """One cell that differs from its counterpart, with both as people read them."""

    spec: TabelSpec
    baris: Baris
    kolom: KolomSpec
    isi: str
    lain: str


def _anggota(beda: _Beda) -> Anggota:
    return Anggota(beda.spec.kunci, beda.baris.id, beda.kolom.kunci, beda.isi, beda.lain, beda.baris.asal)


def _sel_pagu(k: Konteks, spec: TabelSpec, kolom: KolomSpec) -> dict[str, Baris]:
    """Row that holds the amount of each sub kegiatan."""
    rows = k.buku.baris(spec.kunci)
    return {
        p.kunci: rows[p.sel]
        for p in tata_pagu(rows, kolom.kunci, kunci_simpul(spec, kolom))
        if p.sub and rows[p.sel][kolom.kunci].angka is not None
    }


def plafon_berbeda(k: Konteks) -> Iterator[Temuan]:
    """Pagu in T-C.33 against kebutuhan dana in T-C.31, sub kegiatan by sub kegiatan."""
    kolom, kolom_butuh = T_C_33.menurut_kunci["pagu_n"], T_C_31.menurut_kunci["kebutuhan_dana"]
    pagu, butuh = _sel_pagu(k, T_C_33, kolom), _sel_pagu(k, T_C_31, kolom_butuh)
    bersama = [s for s in pagu if s in butuh]
    beda = [
        _Beda(T_C_33, pagu[s], kolom, tertulis(kolom, pagu[s]["pagu_n"]), tertulis(kolom, butuh[s]["kebutuhan_dana"]))
        for s in bersama
        if pagu[s]["pagu_n"].angka != butuh[s]["kebutuhan_dana"].angka
    ]
    bertukar = _bertukar(k, {s: (pagu[s]["pagu_n"].angka, butuh[s]["kebutuhan_dana"].angka) for s in bersama})
    for b in beda:
        if b.baris.simpul in bertukar:
            yield k.temuan(
                "LNK-08", Tingkat.PERLU_DICEK, T_C_33, b.baris, kolom.kunci,
                f"{kolom.sebutan(k.tahun)} “{k.nama(T_C_33, b.baris)}” tertulis {b.isi}, sedangkan kebutuhan dananya di T-C.31 {b.lain}; "
                "jumlah kegiatannya sama, jadi pagu sub kegiatannya tampak bertukar tempat.",
                "Pastikan pasangannya, lalu kembalikan tiap pagu ke sub kegiatannya.", b.isi, b.lain,
            )  # fmt: skip
    beda = [b for b in beda if b.baris.simpul not in bertukar]
    if len(bersama) - len(beda) < max(_MINIMUM, _BAGIAN_POLA * len(bersama)):  # no rule makes pagu and kebutuhan equal
        if len(beda) < _MINIMUM:
            return
        total = [
            tulis_rp(sum(int(x[s][c.kunci].angka or 0) for s in bersama))
            for x, c in ((pagu, kolom), (butuh, kolom_butuh))
        ]
        dari_pagu = pilihan(k.buku).rkt_dari_pagu
        t = k.temuan(
            "LNK-08",
            Tingkat.INFORMASI if dari_pagu else Tingkat.PERLU_DICEK,
            T_C_33,
            beda[0].baris,
            kolom.kunci,
            f"T-C.33 memakai plafon lain daripada kebutuhan dana T-C.31 pada {len(beda)} dari {len(bersama)} sub kegiatan "
            f"yang ada di keduanya: {total[0]} dibanding {total[1]}.",
            "Tentukan plafon mana yang berlaku pada tahapan ini, lalu samakan tabelnya; bila memang berbeda, jelaskan."
            if dari_pagu
            else "Tentukan plafon mana yang berlaku pada tahapan ini: RKT memakai kebutuhan dana, jadi berbeda dari T-C.33.",
            beda[0].isi,
            beda[0].lain,
        )
        yield replace(t, anggota=tuple(map(_anggota, beda)))
        return
    for b in beda:
        yield k.temuan(
            "LNK-08", Tingkat.PERLU_DICEK, T_C_33, b.baris, kolom.kunci,
            f"{kolom.sebutan(k.tahun)} “{k.nama(T_C_33, b.baris)}” tertulis {b.isi}, sedangkan kebutuhan dananya di T-C.31 "
            f"{b.lain}; {len(bersama) - len(beda)} sub kegiatan lain sama.",
            "Pastikan angka mana yang benar, lalu samakan keduanya.", b.isi, b.lain,
        )  # fmt: skip


def _bertukar(k: Konteks, pasangan: Mapping[str, tuple[float | int | None, float | int | None]]) -> set[str]:
    """Sub kegiatan whose amounts in two tables are those of their kegiatan in another order."""
    menurut_induk: dict[str, list[str]] = defaultdict(list)
    for s in pasangan:
        menurut_induk[getattr(k.simpul.get(s), "induk", None) or ""].append(s)
    hasil: set[str] = set()
    for anak in menurut_induk.values():
        beda = [s for s in anak if pasangan[s][0] != pasangan[s][1]]
        if len(beda) > 1 and Counter(pasangan[s][0] for s in beda) == Counter(pasangan[s][1] for s in beda):
            hasil.update(beda)
    return hasil


def target_berbeda(k: Konteks) -> Iterator[Temuan]:
    """Target in T-C.33 against target in T-C.31 (kebutuhan), indicator by indicator."""
    kolom = T_C_33.menurut_kunci["target_n"]
    butuh: dict[str | None, Baris] = {
        b.indikator: b for b in reversed(k.buku.baris(T_C_31.kunci)) if b.indikator and b["simpul_kebutuhan"].kosong
    }
    bersama, beda = 0, []
    for b in k.buku.baris(T_C_33.kunci):
        lain = butuh.get(b.indikator)
        if lain is None or b["target_n"].angka is None or lain["target_kebutuhan"].angka is None:
            continue
        bersama += 1
        satuan = [_satuan(b, "satuan_target_n"), _satuan(lain, "satuan_target_kebutuhan")]
        sama = b["target_n"].angka == lain["target_kebutuhan"].angka and (satuan[0] == satuan[1] or None in satuan)
        if not sama:
            beda.append(_Beda(T_C_33, b, kolom, _target(b, "target_n"), _target(lain, "target_kebutuhan")))
    if not beda:
        return
    if len(beda) > _BAGIAN_BESAR * bersama and len(beda) >= _MINIMUM:
        t = k.temuan(
            "LNK-10", Tingkat.PERLU_DICEK, T_C_33, beda[0].baris, kolom.kunci,
            f"Target T-C.33 berbeda dari target T-C.31 (kebutuhan) pada {len(beda)} dari {bersama} indikator yang ada di keduanya.",
            "Tentukan target mana yang berlaku, lalu samakan kedua tabel.", beda[0].isi, beda[0].lain,
        )  # fmt: skip
        yield replace(t, anggota=tuple(map(_anggota, beda)))
        return
    for x in beda:
        yield k.temuan(
            "LNK-10", Tingkat.PERLU_DICEK, T_C_33, x.baris, kolom.kunci,
            f"{kolom.sebutan(k.tahun)} “{k.nama(T_C_33, x.baris)}” tertulis {x.isi}, sedangkan di T-C.31 {x.lain}.",
            "Pastikan target mana yang benar, lalu samakan keduanya.", x.isi, x.lain,
        )  # fmt: skip


def _satuan(b: Baris, kolom: str) -> str | None:
    teks = teks_sel(b, kolom)
    return baku(teks).casefold() if teks else None


def _target(b: Baris, kolom: str) -> str:
    """A target with its unit or grade, as people read it."""
    angka = teks_nilai(T_C_33.menurut_kunci["target_n"], b[kolom].nilai)
    predikat, satuan = teks_sel(b, f"predikat_{kolom}"), teks_sel(b, f"satuan_{kolom}")
    if predikat:
        return f"{predikat} ({angka})"
    return f"{angka}{satuan}" if satuan == "%" else f"{angka} {satuan}" if satuan else angka


def prakiraan_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """A forward estimate beside many that follow one growth factor."""
    p = pilihan(k.buku)
    kolom, kolom_butuh = T_C_33.menurut_kunci["pagu_p1"], T_C_31.menurut_kunci["kebutuhan_dana"]
    maju, butuh = _sel_pagu(k, T_C_33, kolom), _sel_pagu(k, T_C_31, kolom_butuh)
    pagu = _sel_pagu(k, T_C_33, T_C_33.menurut_kunci["pagu_n"])
    tumbuh, bulat = (p.dasar.get(x, bawaan_dasar(x)) for x in ("pertumbuhan_prakiraan", "pembulatan_prakiraan"))
    dasar = {s: b["kebutuhan_dana"].angka for s, b in butuh.items()}
    if len(set(dasar) & set(maju)) < _MINIMUM:
        dasar = {s: b["pagu_n"].angka for s, b in pagu.items()}
    calon = [s for s in maju if dasar.get(s)]  # those that still hold the formula say what is usual, too
    harapan = {s: prakiraan_maju(int(dasar[s] or 0), float(tumbuh), float(bulat)) for s in calon}
    ikut = [s for s in calon if abs(int(maju[s]["pagu_p1"].angka or 0) - harapan[s]) <= max(100, float(bulat) * 100)]
    if len(calon) < _MINIMUM or len(ikut) < _BAGIAN_POLA * len(calon):
        return
    for s in calon:
        if s in ikut:
            continue
        isi, seharusnya = tertulis(kolom, maju[s]["pagu_p1"]), teks_nilai(kolom, harapan[s])
        yield k.temuan(
            "LNK-09", Tingkat.PERLU_DICEK, T_C_33, maju[s], kolom.kunci,
            f"Prakiraan maju “{k.nama(T_C_33, maju[s])}” tertulis {isi}; {len(ikut)} dari {len(calon)} sub kegiatan mengikuti "
            f"pertumbuhan di Dasar Perhitungan, yang di sini menghasilkan {seharusnya}.",
            "Pastikan angkanya memang ditetapkan lain; bila tidak, kosongkan agar diusulkan dari dasarnya.", isi, seharusnya,
        )  # fmt: skip


def anggaran_terulang(k: Konteks) -> Iterator[Temuan]:
    """Two years show the same total to the rupiah: one was probably copied."""
    kolom = ANGGARAN.menurut_kunci["anggaran"]
    pertama: dict[Nilai, Baris] = {}
    for b in k.buku.baris(ANGGARAN.kunci):
        sel = b["anggaran"]
        if not sel.angka or sel.rumus or float(sel.angka) % 100_000_000 == 0:  # whole millions may meet by chance
            continue
        lama = pertama.setdefault(sel.nilai, b)
        if lama["tahun"].nilai == b["tahun"].nilai:
            continue
        isi = tertulis(kolom, sel)
        sebutan = [f"{x['tahap'].nilai} {x['tahun'].angka or 0:.0f}" for x in (b, lama)]
        yield k.temuan(
            "LNK-14", Tingkat.PERLU_DICEK, ANGGARAN, b, kolom.kunci,
            f"Anggaran {sebutan[0]} tertulis {isi}, sama persis dengan {sebutan[1]}.",
            "Pastikan angkanya tidak tersalin dari tahun lain.", isi,
        )  # fmt: skip


# ── names and indicators ──────────────────────────────────────────────────────────────────────────────────────


def nama_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """A table calls a node otherwise than the struktur does; other spellings of the same name are one finding a table."""
    for spec in TABEL_TERTAUT:
        ejaan: list[_Beda] = []
        for b in k.buku.baris(spec.kunci):
            s = k.simpul.get(b.simpul or "")
            if s is None or b.level not in _LEVEL_NAMA:
                continue
            for kolom in spec.kolom:
                teks = teks_sel(b, kolom.kunci) if kolom.tautan == "nama" else None
                lain = k.simpul.get(str(b["simpul_kebutuhan"].nilai or "")) if kolom.sisi == "kebutuhan" else None
                nama = (lain or s).nama
                if not teks or kunci_teks(teks) == kunci_teks(nama):
                    continue
                if mirip(teks, nama, AMBANG_MIRIP):
                    ejaan.append(_Beda(spec, b, kolom, teks, nama))
                    continue
                yield k.temuan(
                    "LNK-12", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                    f"Di {spec.lembar} tertulis “{teks}”, sedangkan di Program & Sub Kegiatan “{nama}”.",
                    "Pastikan nama mana yang benar; Perbarui Tabel memakai nama di Program & Sub Kegiatan.", teks, nama,
                )  # fmt: skip
        yield from _satu_kelompok(
            k, "LNK-13", spec, ejaan,
            "nama ditulis dengan ejaan lain daripada di Program & Sub Kegiatan, misalnya “{isi}” untuk “{lain}”.",
            "Samakan ejaannya; Perbarui Tabel memakai nama di Program & Sub Kegiatan.",
        )  # fmt: skip


def kode_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """The kode on a row of a table is not that of its node."""
    for spec in TABEL_RENCANA:
        if not spec.menurut_kunci.get("kode") or spec is RENSTRA:
            continue
        for b in k.buku.baris(spec.kunci):
            s, teks = k.simpul.get(b.simpul or ""), teks_sel(b, "kode")
            if s is None or not s.kode or not teks or (kd.rapikan(teks) or teks.strip()) == s.kode:
                continue
            yield k.temuan(
                "LNK-17", Tingkat.PERLU_DICEK, spec, b, "kode",
                f"Kode “{k.nama(spec, b)}” di {spec.lembar} tertulis {teks}, sedangkan di Program & Sub Kegiatan {s.kode}.",
                "Pastikan kode mana yang benar; Perbarui Tabel memakai kode di Program & Sub Kegiatan.", teks, s.kode,
            )  # fmt: skip


def melebihi_renstra(k: Konteks) -> Iterator[Temuan]:
    """This year's amount of a node is above its pagu in Renstra for the year."""
    r = kolom_tahun(k.buku, k.tahun)
    if r is None:
        return
    kolom_renstra = RENSTRA.menurut_kunci[f"pagu_r{r}"]
    batas = {
        kd.rapikan(str(b["kode"].nilai)): b[kolom_renstra.kunci]
        for b in reversed(k.buku.baris(RENSTRA.kunci))
        if not b["kode"].kosong and b[kolom_renstra.kunci].angka
    }
    terlihat: set[str] = set()
    for spec, kolom in (
        ((RKT, RKT.menurut_kunci["anggaran"]), (T_C_33, T_C_33.menurut_kunci["pagu_n"])) if batas else ()
    ):
        for b in k.buku.baris(spec.kunci):
            kode, sel = (getattr(k.simpul.get(b.simpul or ""), "kode", None) or ""), b[kolom.kunci]
            acuan = batas.get(kode)
            if acuan is None or sel.angka is None or sel.angka <= (acuan.angka or 0) or kode in terlihat:
                continue
            terlihat.add(kode)
            isi, seharusnya = tertulis(kolom, sel), tertulis(kolom_renstra, acuan)
            yield k.temuan(
                "LOG-14", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                f"{kolom.sebutan(k.tahun)} “{k.nama(spec, b)}” tertulis {isi}, lebih besar dari pagu Renstra tahun {k.tahun} "
                f"sebesar {seharusnya}.",
                "Pastikan pagunya; bila memang melebihi Renstra, jelaskan dasarnya.", isi, seharusnya,
            )  # fmt: skip


def nama_perangkat_daerah(k: Konteks) -> Iterator[Temuan]:
    """The agency's name in a table differs from Profil."""
    nama = k.buku.profil("perangkat_daerah")
    if not isinstance(nama, str):
        return
    for spec in TABEL_TERTAUT:
        kolom_nama = [c.kunci for c in spec.kolom if c.tautan == "nama"]
        for b in k.buku.baris(spec.kunci):
            for kunci in kolom_nama if b.level is Level.PERANGKAT_DAERAH else ():
                teks = teks_sel(b, kunci)
                if teks and kunci_teks(teks) != kunci_teks(nama):
                    yield k.temuan(
                        "LNK-12", Tingkat.PERLU_DICEK, spec, b, kunci,
                        f"Nama perangkat daerah di {spec.lembar} tertulis “{teks}”, sedangkan di Profil “{nama}”.",
                        f"Samakan dengan {PROFIL.lembar}.", teks, nama,
                    )  # fmt: skip


def indikator_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """A table words an indicator otherwise than the struktur: one finding a table."""
    indikator = k.buku.indikator_menurut_id()
    for spec in TABEL_TERTAUT:
        beda: list[_Beda] = []
        for b in k.buku.baris(spec.kunci):
            teks_struktur = getattr(indikator.get(b.indikator or ""), "teks", None)
            if not teks_struktur or not b["simpul_kebutuhan"].kosong:
                continue
            for kolom in spec.kolom:
                teks = teks_sel(b, kolom.kunci) if kolom.tautan == "indikator" else None
                if teks and kunci_teks(teks) != kunci_teks(teks_struktur):
                    beda.append(_Beda(spec, b, kolom, teks, teks_struktur))
        yield from _satu_kelompok(
            k, "LNK-15", spec, beda,
            "indikator ditulis lain daripada di Program & Sub Kegiatan, misalnya “{isi}” untuk “{lain}”.",
            "Samakan rumusannya; Perbarui Tabel memakai yang di Program & Sub Kegiatan.",
        )  # fmt: skip


def _satu_kelompok(
    k: Konteks, aturan: str, spec: TabelSpec, beda: Sequence[_Beda], pola: str, perbaikan: str
) -> Iterator[Temuan]:
    """One finding about all differing cells of a table."""
    if not beda:
        return
    pertama = beda[0]
    pesan = f"Di {spec.lembar} {pola.format(isi=pertama.isi, lain=pertama.lain)}"
    t = k.temuan(
        aturan, Tingkat.INFORMASI, spec, pertama.baris, pertama.kolom.kunci, pesan, perbaikan, pertama.isi, pertama.lain
    )
    yield replace(t, anggota=tuple(map(_anggota, beda)) if len(beda) > 1 else ())


ATURAN_SILANG = (
    Aturan(
        "LNK-08", Tingkat.PERLU_DICEK, "pagu T-C.33 berbeda dari kebutuhan dana T-C.31", "satu rencana, satu plafon"
    ),
    Aturan(
        "LNK-09",
        Tingkat.PERLU_DICEK,
        "prakiraan maju tidak mengikuti faktor baris lain",
        "Dasar Perhitungan: prakiraan maju",
    ),
    Aturan("LNK-10", Tingkat.PERLU_DICEK, "target T-C.33 berbeda dari target T-C.31", "satu indikator, satu target"),
    Aturan(
        "LNK-12",
        Tingkat.PERLU_DICEK,
        "nama butir atau perangkat daerah berbeda antartabel",
        "Program & Sub Kegiatan; Profil",
    ),
    Aturan("LNK-13", Tingkat.INFORMASI, "ejaan nama berbeda antartabel", "Program & Sub Kegiatan"),
    Aturan("LNK-14", Tingkat.PERLU_DICEK, "anggaran dua tahun sama persis", "angka tiap tahun berdiri sendiri"),
    Aturan("LNK-15", Tingkat.INFORMASI, "rumusan indikator berbeda antartabel", "Program & Sub Kegiatan"),
    Aturan(
        "LNK-17", Tingkat.PERLU_DICEK, "kode di tabel berbeda dari Program & Sub Kegiatan", "Program & Sub Kegiatan"
    ),
    Aturan("LOG-14", Tingkat.PERLU_DICEK, "anggaran melebihi pagu Renstra tahun itu", "Renstra sebagai batas Renja"),
)

PERIKSA_SILANG = (
    plafon_berbeda,
    target_berbeda,
    prakiraan_menyimpang,
    anggaran_terulang,
    nama_menyimpang,
    kode_menyimpang,
    melebihi_renstra,
    nama_perangkat_daerah,
    indikator_menyimpang,
)
