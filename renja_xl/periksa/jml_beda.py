"""The same fact stated differently in several places: facts of Profil, and regulations cited in a narrative."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from renja_xl.core.klaim import Bilangan, Rujukan, bagian_rencana, bilangan, hitungan, pangkal, rujukan, tanggal
from renja_xl.core.nilai import tulis_desimal
from renja_xl.core.teks import kemiripan, mirip
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.temuan import Tingkat
from renja_xl.periksa.jml_dasar import CEK, HARUS, SEBUTAN_LEVEL, Selisih, Tempat, fakta_profil, paragraf_narasi, potong
from renja_xl.periksa.jml_fakta import angka_satu
from renja_xl.periksa.jml_hitungan import menurut_level
from renja_xl.periksa.konteks import Konteks


def beda_fakta(k: Konteks) -> Iterator[tuple[Tempat, Selisih]]:
    """Facts whose keys differ only in the place, or not at all."""
    kelompok: dict[str, list[Tempat]] = defaultdict(list)
    for t in fakta_profil(k):
        if not t.kunci.startswith("total_tabel"):
            kelompok[_fakta_apa(t)].append(t)
    for semua in kelompok.values():
        if len(semua) > 1:
            yield from _beda_sekelompok(semua)
    for kunci, semua in kelompok.items():
        if kunci.endswith("_nomor"):
            yield from _tahun_keputusan(semua, kelompok.get(f"{kunci.removesuffix('_nomor')}_tanggal", []))


def _fakta_apa(t: Tempat) -> str:
    pokok = pangkal(t.kunci, t.bagian)
    return f"{pokok}|{bagian_rencana(t.bagian)}" if hitungan(t.teks) else pokok


_KATA_ANGKA = 8
"""Words of the longest fact that is a number with its unit; Rp 1.234.567,- has four."""


def _berupa_angka(t: Tempat) -> bool:
    """Whether a fact is a number with its unit, not a numbered heading."""
    angka = bilangan(t.teks.strip())
    pendek = len(kunci_teks(t.teks).split()) <= _KATA_ANGKA
    return bool(angka) and angka[0].awal == 0 and pendek and not t.kunci.startswith("judul")


def _beda_sekelompok(semua: Sequence[Tempat]) -> Iterator[tuple[Tempat, Selisih]]:
    kutipan = [rujukan(t.teks) for t in semua]
    if all(len(x) == 1 for x in kutipan):
        satu = [x[0] for x in kutipan]
        nomor = [(x.nomor, x.tahun) for x in satu]
        if len(set(nomor)) > 1:
            yield _sengketa("JML-06", HARUS, semua, nomor, [x.sebutan for x in satu], "peraturan yang sama disebut")
        elif s := _beda_judul(semua, satu):
            yield s
        return
    waktu = [tanggal(t.teks) for t in semua]
    if all(len(x) == 1 for x in waktu):
        hari = [x[0] for x in waktu]
        if len(set(hari)) > 1:
            yield _sengketa(
                "JML-06", HARUS, semua, hari, [t.teks for t in semua], "tanggal keputusan yang sama disebut"
            )
        return
    if re.search(r"(?:^|_)nomor$", pangkal(semua[0].kunci, semua[0].bagian)):
        nomor_teks = [kunci_teks(t.teks) for t in semua]
        if len(set(nomor_teks)) > 1:
            yield _sengketa(
                "JML-06", HARUS, semua, nomor_teks, [t.teks for t in semua], "nomor keputusan yang sama disebut"
            )
        return
    if all(hitungan(t.teks) for t in semua):
        yield from _beda_hitungan(semua)
        return
    angka = [angka_satu(t) if _berupa_angka(t) else None for t in semua]
    if all(b is not None for b in angka):
        yield from _beda_angka(semua, [b for b in angka if b is not None])
        return
    teks = [kunci_teks(t.teks) for t in semua]
    berbeda = [a for a in teks if not any(a.startswith(b) or b.startswith(a) for b in teks if b is not a)]
    if len(set(teks)) > 1 and berbeda and pangkal(semua[0].kunci, semua[0].bagian) != "judul":  # covers differ in form
        lain = max(kemiripan(a, b) for a in berbeda for b in teks if a != b)
        tingkat = HARUS if semua[0].kunci.startswith("judul_") and lain < _MIRIP else CEK
        yield _sengketa("JML-05", tingkat, semua, teks, [t.teks for t in semua], "hal yang sama disebut")


def _sengketa(
    aturan: str, tingkat: Tingkat, semua: Sequence[Tempat], nilai: Sequence[object], tertulis: Sequence[str], apa: str
) -> tuple[Tempat, Selisih]:
    """One finding at the first place that differs from the most frequent value; at the last one where none is."""
    banyak = Counter(nilai).most_common()
    unggul = banyak[0][0] if banyak[0][1] > banyak[1][1] else None
    menyimpang = next(n for n, x in enumerate(nilai) if x != unggul) if unggul is not None else len(nilai) - 1
    lain = dict.fromkeys(
        f"{potong(x, 70)} ({t.bagian or t.sebutan})"
        for t, x, v in zip(semua, tertulis, nilai, strict=True)
        if v != nilai[menyimpang]
    )
    benar = tertulis[list(nilai).index(unggul)] if unggul is not None else ""
    anggota = tuple(t.anggota(x) for t, x in zip(semua, tertulis, strict=True))
    return semua[menyimpang], Selisih(
        aturan, tingkat, f"{apa} lain di tempat lain: {', '.join(lain)}", potong(tertulis[menyimpang]), benar, anggota
    )


_MIRIP = 0.85
"""How alike two titles are that differ in spelling alone."""


def _beda_judul(semua: Sequence[Tempat], satu: Sequence[Rujukan]) -> tuple[Tempat, Selisih] | None:
    """One number and year, two subjects: doubtful, since people shorten titles."""
    judul = [x.tentang for x in satu]
    pertama = judul[0]
    for n, lain in enumerate(judul):
        if n and pertama and lain and not _judul_sama(pertama, lain):
            tulisan = [f"{x.sebutan} tentang {potong(x.tentang, 60)}" for x in (satu[0], satu[n])]
            return _sengketa(
                "JML-06",
                CEK,
                (semua[0], semua[n]),
                (pertama, lain),
                tulisan,
                "peraturan bernomor sama disebut dengan judul",
            )
    return None


def _judul_sama(a: str, b: str) -> bool:
    """Whether two titles are one, shortened or spelled otherwise."""
    ka, kb = set(a.split()), set(b.split())
    return ka <= kb or kb <= ka or mirip(a, b, _MIRIP)


def _beda_hitungan(semua: Sequence[Tempat]) -> Iterator[tuple[Tempat, Selisih]]:
    menurut = [menurut_level(hitungan(t.teks)) for t in semua]
    bersama = [lv for lv in SEBUTAN_LEVEL if all(len(m.get(lv, ())) == 1 for m in menurut)]
    beda = [lv for lv in bersama if len({m[lv][0].nilai for m in menurut}) > 1]
    if beda:
        nilai = [tuple(m[lv][0].nilai for lv in beda) for m in menurut]
        tulisan = [", ".join(f"{tulis_desimal(m[lv][0].nilai)} {SEBUTAN_LEVEL[lv]}" for lv in beda) for m in menurut]
        yield _sengketa("JML-05", HARUS, semua, nilai, tulisan, "jumlah yang sama disebut")


def _beda_angka(semua: Sequence[Tempat], angka: Sequence[Bilangan]) -> Iterator[tuple[Tempat, Selisih]]:
    """Numbers that differ more than the coarser of them can show."""
    kasar = max(angka, key=lambda b: b.langkah)
    if len({b.jenis for b in angka}) == 1 and any(not kasar.sepakat(b.nilai) for b in angka):
        yield _sengketa(
            "JML-05", HARUS, semua, [b.nilai for b in angka], [b.teks for b in angka], "angka yang sama disebut"
        )


def _tahun_keputusan(nomor: Sequence[Tempat], waktu: Sequence[Tempat]) -> Iterator[tuple[Tempat, Selisih]]:
    """A decree's number ends in the year in which it was made."""
    for t in nomor:
        m = re.search(r"/(\d{4})\s*$", t.teks)
        tahun = {x[0] for w in waktu for x in tanggal(w.teks)}
        if m and len(tahun) == 1 and int(m[1]) not in tahun:
            ditetapkan = str(next(iter(tahun)))
            yield t, Selisih(
                "JML-06", CEK, f"nomornya bertahun {m[1]}, tanggalnya bertahun {ditetapkan}", m[1], ditetapkan,
                tuple(w.anggota(w.teks) for w in waktu),
            )  # fmt: skip


_JUDUL_PANJANG = 4
"""Words of a title from which two regulations of that title are taken for one."""


def beda_rujukan(k: Konteks) -> Iterator[tuple[Tempat, Selisih]]:
    """Regulations in a narrative, cited elsewhere by another number or with another subject."""
    narasi = [(t, x) for t in paragraf_narasi(k) for x in rujukan(t.teks)]
    if not narasi:
        return
    semua = [*((t, x) for t in fakta_profil(k) for x in rujukan(t.teks)), *narasi]
    yield from _beda_tanggal(k, narasi)
    judul: dict[tuple[str, str], list[tuple[Tempat, Rujukan]]] = defaultdict(list)
    nomor: dict[tuple[str, str, str], list[tuple[Tempat, Rujukan]]] = defaultdict(list)
    for t, x in semua:
        if len(x.tentang.split()) >= _JUDUL_PANJANG and x.tahun:
            judul[x.jenis, x.tentang].append((t, x))
            nomor[x.jenis, x.nomor, x.tahun].append((t, x))
    for kelompok in judul.values():
        nilai = [(x.nomor, x.tahun) for _, x in kelompok]
        if len(set(nilai)) > 1 and any(t.lembar for t, _ in kelompok):
            yield _sengketa(
                "JML-06",
                CEK,
                [t for t, _ in kelompok],
                nilai,
                [x.sebutan for _, x in kelompok],
                "peraturan berjudul sama disebut",
            )
    for kelompok in nomor.values():
        if any(t.lembar for t, _ in kelompok) and (
            s := _beda_judul([t for t, _ in kelompok], [x for _, x in kelompok])
        ):
            yield s


def _beda_tanggal(k: Konteks, narasi: Sequence[tuple[Tempat, Rujukan]]) -> Iterator[tuple[Tempat, Selisih]]:
    """Dates of one decree, in the narrative and in the facts (``X_nomor`` beside ``X_tanggal``)."""
    kelompok: dict[str, list[tuple[Tempat, tuple[int, int, int], str]]] = defaultdict(list)
    fakta = [(pangkal(t.kunci, t.bagian), t) for t in fakta_profil(k)]
    for pokok, t in fakta:
        nomor = t.teks.strip().casefold()
        if pokok.endswith("_nomor") and not any(t.teks == lain.teks for lain, _, _ in kelompok[nomor]):
            waktu = [w for p, w in fakta if p == f"{pokok.removesuffix('_nomor')}_tanggal"]
            kelompok[nomor] = [(w, x, w.teks) for w in waktu for x in tanggal(w.teks)]
    for t, x in narasi:
        if x.tanggal and "/" in x.nomor:
            kelompok[x.nomor].append((t, x.tanggal[0], x.sebutan))
    for semua in kelompok.values():
        fakta_saja = {x for t, x, _ in semua if not t.lembar}
        baru = [(t, x, s) for t, x, s in semua if not fakta_saja or not t.lembar or x not in fakta_saja]
        if any(t.lembar for t, _, _ in baru) and len({x for _, x, _ in baru}) > 1:
            yield _sengketa(
                "JML-06",
                HARUS,
                [t for t, _, _ in baru],
                [x for _, x, _ in baru],
                [s for _, _, s in baru],
                "keputusan yang sama disebut bertanggal",
            )
