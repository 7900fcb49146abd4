"""SAT: units that do not fit the target, its neighbours, or the indicator."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from renja_xl.core.baris import indikator_baris, teks_sel
from renja_xl.core.buku import Baris, Level, Sifat
from renja_xl.core.hitung import Pilihan, pilihan
from renja_xl.core.nilai import tulis_angka, tulis_rp, urai_rupiah
from renja_xl.core.pagu import Pos, nilai_pos, prakiraan_maju
from renja_xl.core.satuan import (
    PREDIKAT,
    Golongan,
    baku,
    berlawanan,
    golongan,
    golongan_indikator,
    saran_ejaan,
    satuan_indikator,
)
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.kelompok import contoh, kelompokkan, ringkas_teks, satukan
from renja_xl.periksa.konteks import Konteks, tertulis
from renja_xl.tabel import PROFIL, RKT, T_C_29, T_C_31, T_C_33, TABEL_TERTAUT
from renja_xl.tabel.profil import ISIAN
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec

_DILUAR = frozenset({"target_sasaran"})
"""Targets of another indicator than the row's own."""


@dataclass(frozen=True, slots=True)
class _Isi:
    """A unit on a row: its column, and what is written."""

    kolom: KolomSpec
    teks: str

    @property
    def baku(self) -> str:
        return baku(self.teks).casefold()


_BERSATUAN: Mapping[str, tuple[tuple[KolomSpec, KolomSpec], ...]] = {
    spec.kunci: tuple(
        (c, spec.menurut_kunci[c.satuan])
        for c in spec.kolom
        if c.satuan and c.kunci not in _DILUAR and c.milik_indikator
    )
    for spec in TABEL_TERTAUT
}
"""Columns of a table that hold a figure of the row's indicator, each with that of its unit."""


def _satuan_baris(spec: TabelSpec, b: Baris) -> list[_Isi]:
    """Units typed on a row; computed ones follow their source, numbers are another rule's."""
    hasil = []
    for _, kolom in _BERSATUAN[spec.kunci]:
        teks = teks_sel(b, kolom.kunci)
        if teks and not b[kolom.kunci].rumus and golongan(teks) is not None:
            hasil.append(_Isi(kolom, teks))
    return hasil


def _sebutan(k: Konteks, kolom: KolomSpec) -> str:
    """A column for messages: its own header, with the one above where several columns are called the same."""
    judul = kolom.sebutan(k.tahun).removesuffix(" – Satuan").removesuffix(" – Nilai")
    return judul.rpartition(" – ")[2] if kolom in T_C_29.kolom else judul


def _saran(teks: str) -> str:
    """A unit to suggest: rightly spelt, and never a grade."""
    return "Nilai" if baku(teks).upper() in PREDIKAT else saran_ejaan(teks) or teks


def _nama(k: Konteks, spec: TabelSpec, b: Baris) -> str:
    return ringkas_teks(indikator_baris(spec, b) or k.nama(spec, b))


# ── units of a row, of its neighbours, and of other tables ────────────────────────────────────────────────────


def satuan(k: Konteks) -> Iterator[Temuan]:
    """Units against the row, the row below, the indicator's words, and the same indicator elsewhere.

    One cell is spoken of once: first as swapped, then as unlike its row, then as unlike its indicator.
    """
    hasil: list[Temuan] = []
    for spec in TABEL_TERTAUT:
        hasil.extend(_satuan_tabel(k, spec))
    tercatat = {(t.tabel, t.baris) for t in hasil} | {(a.tabel, a.baris) for t in hasil for a in t.anggota}
    hasil.extend(_antartabel(k, tercatat))
    yield from kelompokkan(hasil, lambda daftar: _kalimat_kelompok(k, daftar))


def _kalimat_kelompok(k: Konteks, daftar: Sequence[Temuan]) -> tuple[str, str]:
    t = daftar[0]
    kolom = next(c for s in TABEL_TERTAUT if s.kunci == t.tabel for c in s.kolom if c.kunci == t.kolom)
    apa = {
        "SAT-01": "berbeda dari satuan angka lain pada barisnya",
        "SAT-02": "berbeda dari satuan indikator yang sama di tabel lain",
        "SAT-03": "belum sesuai dengan kata indikatornya",
    }.get(t.aturan, "perlu dicek")
    return (
        f"Satuan {_sebutan(k, kolom)} {apa} pada {len(daftar)} baris, antara lain tertulis {contoh(daftar)}.",
        "Samakan satuan dan angkanya untuk tiap baris yang disebut, mulai dari kolom ini.",
    )


def _satuan_tabel(k: Konteks, spec: TabelSpec) -> Iterator[Temuan]:
    rows = k.buku.baris(spec.kunci)
    isi = [_satuan_baris(spec, b) for b in rows]
    tertukar: set[tuple[int, str]] = set()
    for i, j, kolom, kiri, kanan in _cari_tertukar(spec, rows, isi):
        tertukar |= {(i, kolom.kunci), (j, kolom.kunci)}
        yield _temuan_tertukar(k, spec, rows[i], rows[j], kolom, kiri, kanan)
    for n, b in enumerate(rows):
        sisa = [s for s in isi[n] if (n, s.kolom.kunci) not in tertukar]
        menyimpang = yield from _dalam_baris(k, spec, b, sisa)
        yield from _lawan_indikator(k, spec, b, [s for s in sisa if s not in menyimpang])
        yield from _predikat_pada_persen(k, spec, b)


def _teks_indikator(spec: TabelSpec, b: Baris, kolom: KolomSpec) -> str:
    return indikator_baris(spec, b, kolom.sisi) or indikator_baris(spec, b) or ""


def _cari_tertukar(
    spec: TabelSpec, rows: Sequence[Baris], isi: Sequence[Sequence[_Isi]]
) -> Iterator[tuple[int, int, KolomSpec, str, str]]:
    """Neighbouring rows whose units in one column contradict each its own row, and fit the other's."""
    for _, kolom in _BERSATUAN[spec.kunci]:
        terakhir: tuple[int, str] | None = None
        for j, daftar in enumerate(isi):
            sel = next((s.teks for s in daftar if s.kolom is kolom), None)
            if sel is None:
                continue
            if terakhir is not None and baku(terakhir[1]) != baku(sel):
                i, lain = terakhir
                a, b = (spec, rows[i], isi[i], kolom), (spec, rows[j], daftar, kolom)
                if _menolak(lain, *a) and _menolak(sel, *b) and _menerima(sel, *a) and _menerima(lain, *b):
                    yield i, j, kolom, lain, sel
                    terakhir = None
                    continue
            terakhir = (j, sel)


def _satuan_lain(isi: Sequence[_Isi], kolom: KolomSpec) -> str | None:
    """The unit that all other figures of a row agree on."""
    lain = {s.baku for s in isi if s.kolom is not kolom}
    return lain.pop() if len(lain) == 1 else None


def _menolak(teks: str, spec: TabelSpec, b: Baris, isi: Sequence[_Isi], kolom: KolomSpec) -> bool:
    lain = _satuan_lain(isi, kolom)
    return berlawanan(teks, _teks_indikator(spec, b, kolom)) or (
        lain is not None and len(isi) > 2 and lain != baku(teks).casefold()
    )


def _menerima(teks: str, spec: TabelSpec, b: Baris, isi: Sequence[_Isi], kolom: KolomSpec) -> bool:
    indikator = _teks_indikator(spec, b, kolom)
    if berlawanan(teks, indikator):
        return False
    if _satuan_lain(isi, kolom) == baku(teks).casefold():
        return True
    benda = satuan_indikator(indikator)
    return golongan_indikator(indikator) is golongan(teks) and benda in {None, baku(teks)}


def _temuan_tertukar(
    k: Konteks, spec: TabelSpec, a: Baris, b: Baris, kolom: KolomSpec, kiri: str, kanan: str
) -> Temuan:
    pesan = (
        f"Satuan {_sebutan(k, kolom)} “{_nama(k, spec, a)}” tertulis {kiri} dan “{_nama(k, spec, b)}” tertulis {kanan}; "
        "keduanya tampak tertukar."
    )
    perbaikan = f"Mohon tukar kembali: {kanan} untuk yang pertama dan {kiri} untuk yang kedua."
    dasar = (spec, a, kolom.kunci, pesan, perbaikan, kiri, kanan)
    pertama = k.temuan("SAT-07", Tingkat.PERLU_DICEK, *dasar)
    kedua = k.temuan("SAT-07", Tingkat.PERLU_DICEK, spec, b, kolom.kunci, pesan, perbaikan, kanan, kiri)
    return satukan([pertama, kedua], pesan, perbaikan)


def _dalam_baris(
    k: Konteks, spec: TabelSpec, b: Baris, isi: Sequence[_Isi]
) -> Generator[Temuan, None, tuple[_Isi, ...]]:
    """Units that differ along a row; returns those that deviate."""
    jumlah = Counter(s.baku for s in isi)
    if len(jumlah) < 2:
        return ()
    acuan = _acuan(isi, jumlah, _teks_indikator(spec, b, isi[0].kolom))
    menyimpang = tuple(s for s in isi if s.baku != acuan.baku)
    rinci = ", ".join(f"{_sebutan(k, s.kolom)} {s.teks}" for s in isi)
    jenis = {golongan(s.teks) for s in isi}
    tingkat = Tingkat.INFORMASI if jenis == {Golongan.NILAI} else Tingkat.PERLU_DICEK
    yield k.temuan(
        "SAT-01", tingkat, spec, b, menyimpang[0].kolom.kunci,
        f"Satuan “{_nama(k, spec, b)}” tidak sama dalam satu baris: {rinci}.",
        f"Samakan satuannya, misalnya {_saran(acuan.teks)}, beserta angkanya.", menyimpang[0].teks, _saran(acuan.teks),
    )  # fmt: skip
    return menyimpang


def _acuan(isi: Sequence[_Isi], jumlah: Counter[str], indikator: str) -> _Isi:
    """The unit to measure a row by: what most of it has, else what fits the indicator's words, else the first."""
    terbanyak = max(jumlah.values())
    calon = [s for s in isi if jumlah[s.baku] == terbanyak]
    diminta, benda = golongan_indikator(indikator), satuan_indikator(indikator)
    return next(
        (s for s in calon if benda and baku(s.teks) == benda),
        next((s for s in calon if diminta and golongan(s.teks) is diminta), calon[0]),
    )


def _lawan_indikator(k: Konteks, spec: TabelSpec, b: Baris, isi: Sequence[_Isi]) -> Iterator[Temuan]:
    """The unit of a row does not fit the indicator's words."""
    for s in isi:
        indikator = _teks_indikator(spec, b, s.kolom)
        if not berlawanan(s.teks, indikator):
            continue
        grade = baku(s.teks).upper() in PREDIKAT
        saran = {Golongan.PERSEN: "%", Golongan.NILAI: "Nilai"}.get(
            golongan_indikator(indikator) or Golongan.HITUNGAN, satuan_indikator(indikator) or ""
        )
        yield k.temuan(
            "SAT-04" if grade and saran == "%" else "SAT-03", Tingkat.PERLU_DICEK, spec, b, s.kolom.kunci,
            f"Satuan {_sebutan(k, s.kolom)} “{ringkas_teks(indikator)}” tertulis {s.teks}, belum sesuai dengan kata indikatornya.",
            f"Pastikan satuannya{f' (mungkin {saran})' if saran else ''}, atau perbaiki indikatornya.", s.teks, saran,
        )  # fmt: skip
        return  # the rest of the row has the same unit


def _predikat_pada_persen(k: Konteks, spec: TabelSpec, b: Baris) -> Iterator[Temuan]:
    for target, kolom_satuan in _BERSATUAN[spec.kunci]:
        kolom = spec.menurut_kunci.get(target.predikat or "")
        if kolom is None or kolom is kolom_satuan:
            continue
        predikat, satuan_ = teks_sel(b, kolom.kunci), teks_sel(b, kolom_satuan.kunci) or ""
        indikator = _teks_indikator(spec, b, kolom)
        if (
            predikat
            and not b[kolom.kunci].rumus
            and Golongan.PERSEN in {golongan(satuan_), golongan_indikator(indikator)}
        ):
            yield k.temuan(
                "SAT-04", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                f"{_sebutan(k, target)} “{ringkas_teks(indikator) or k.nama(spec, b)}” berpredikat {predikat}, padahal "
                "satuannya persen.",
                "Kosongkan predikatnya, atau perbaiki satuannya.", predikat,
            )  # fmt: skip


def _antartabel(k: Konteks, tercatat: set[tuple[str, str]]) -> Iterator[Temuan]:
    """One indicator with different units in different tables; the plan's own table is what others are measured by.

    Args:
        tercatat: rows (table, id) whose units are in question already.
    """
    menurut_indikator: dict[str, list[tuple[TabelSpec, Baris, _Isi]]] = defaultdict(list)
    for spec in (T_C_33, T_C_31, RKT, T_C_29):
        for b in k.buku.baris(spec.kunci):
            isi = _satuan_baris(spec, b)
            if b.indikator and isi and (spec.kunci, b.id) not in tercatat:
                menurut_indikator[b.indikator].append((spec, b, isi[0]))
    for daftar in menurut_indikator.values():
        acuan_spec, _, acuan = daftar[0]
        for spec, b, s in daftar[1:]:
            if s.baku == acuan.baku or spec is acuan_spec:
                continue
            sejenis = golongan(s.teks) is golongan(acuan.teks)
            ringan = sejenis and (golongan(s.teks) is Golongan.NILAI or {s.baku, acuan.baku} <= {"dokumen", "laporan"})
            yield k.temuan(
                "SAT-02", Tingkat.INFORMASI if ringan else Tingkat.PERLU_DICEK, spec, b, s.kolom.kunci,
                f"Satuan “{_nama(k, spec, b)}” tertulis {s.teks} di {spec.lembar}, sedangkan di {acuan_spec.lembar} {acuan.teks}.",
                "Pakai satu satuan untuk indikator yang sama di semua tabel.", s.teks, _saran(acuan.teks),
            )  # fmt: skip


# ── percentages ───────────────────────────────────────────────────────────────────────────────────────────────

_BOLEH_LEBIH = re.compile(
    r"tumbuh|naik|turun|tingkat|laju|rasio|capaian|pencapaian|realisasi|selisih|perubahan|tambah|serap|dibanding|terhadap",
    re.IGNORECASE,
)
"""Words of percentages that may pass 100: growth, ratios, achievement."""


def persen_lewat_batas(k: Konteks) -> Iterator[Temuan]:
    """A share of a whole above 100 percent. Renstra and accumulated columns are left out: some forms add them up."""
    hasil = []
    for spec in (T_C_29, T_C_31, T_C_33):
        for b in k.buku.baris(spec.kunci):
            for kolom, satuan_ in _kolom_persen(spec):
                angka = b[kolom.kunci].angka
                if angka is None or angka <= 100:
                    continue
                teks = _teks_indikator(spec, b, kolom)
                if golongan_indikator(teks) is not Golongan.PERSEN:
                    continue
                isi = teks_sel(b, satuan_.kunci) if satuan_ else "%"
                if _BOLEH_LEBIH.search(teks) or (isi and golongan(isi) is not Golongan.PERSEN):
                    continue
                tulis = tertulis(kolom, b[kolom.kunci])
                hasil.append(k.temuan(
                    "SAT-05", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                    f"{_sebutan(k, satuan_ or kolom)} “{ringkas_teks(teks)}” tertulis {tulis}, padahal persentase bagian dari "
                    "keseluruhan tidak melebihi 100.",
                    "Pastikan angkanya, atau perbaiki satuan dan kata indikatornya.", tulis,
                ))  # fmt: skip
    yield from kelompokkan(hasil, lambda d: (
        f"{len(d)} persentase tertulis lebih dari 100, antara lain {contoh(d)}.",
        "Pastikan angkanya, atau perbaiki satuan dan kata indikatornya.",
    ))  # fmt: skip


def _kolom_persen(spec: TabelSpec) -> Iterator[tuple[KolomSpec, KolomSpec | None]]:
    for kolom, satuan_ in _BERSATUAN[spec.kunci]:
        if kolom.kunci not in {"target_renstra", "realisasi_sd_n3"}:
            yield kolom, satuan_
    if spec is T_C_29:
        yield spec.menurut_kunci["target_n1"], None


_AMBANG_PERSEN = 20.0
"""Percentages of at least this size make a fraction beside them doubtful."""


def persen_pecahan(k: Konteks) -> Iterator[Temuan]:
    """A percentage typed as a fraction (0,85 among 85s)."""
    for spec in (T_C_29, T_C_31, T_C_33):
        kolom_angka = {c.kunci: (c, s) for c, s in (*_BERSATUAN[spec.kunci], *_kolom_persen(spec))}
        for b in k.buku.baris(spec.kunci):
            isi = {kunci: float(n) for kunci in kolom_angka if (n := b[kunci].angka) is not None}
            if not any(0 < n < 1 for n in isi.values()):
                continue
            teks = indikator_baris(spec, b) or ""
            sebaris = next((s.teks for s in _satuan_baris(spec, b)), "")
            angka = {}
            for kunci, n in isi.items():
                kolom, satuan_ = kolom_angka[kunci]
                tertulis_ = (teks_sel(b, satuan_.kunci) if satuan_ else sebaris) or ""
                if (golongan(tertulis_) if tertulis_ else golongan_indikator(teks)) is Golongan.PERSEN:
                    angka[kunci] = (kolom, n)
            yield from _pecahan_baris(k, spec, b, angka)


def _pecahan_baris(
    k: Konteks, spec: TabelSpec, b: Baris, angka: dict[str, tuple[KolomSpec, float]]
) -> Iterator[Temuan]:
    for kunci, (kolom, n) in angka.items():
        lain = [v for c, (_, v) in angka.items() if c != kunci]
        if not 0 < n < 1 or b[kunci].rumus or not lain or min(lain) < _AMBANG_PERSEN:
            continue
        if b["sifat"].nilai == Sifat.MAKIN_RENDAH.judul or not 0.5 <= n * 100 / median(lain) <= 2:
            continue
        pasti = any(math.isclose(v, n * 100, rel_tol=1e-9) for v in lain)
        isi, saran = tertulis(kolom, b[kunci]), tulis_angka(n * 100)
        yield k.temuan(
            "SAT-08", Tingkat.HARUS_DIPERBAIKI if pasti else Tingkat.PERLU_DICEK, spec, b, kunci,
            f"{_sebutan(k, kolom)} “{_nama(k, spec, b)}” tertulis {isi}, sedangkan persen lain pada barisnya sekitar "
            f"{tulis_angka(median(lain), 2)}; tampaknya pecahan, bukan persen.",
            f"Mohon tulis {saran} bila itu yang dimaksud.", isi, saran,
        )  # fmt: skip


_DIHITUNG = frozenset(
    {
        "dokumen", "laporan", "orang", "unit", "paket", "buah", "kali", "kegiatan", "lembaga", "berkas", "gedung", "peserta",
        "pegawai", "kendaraan", "aplikasi", "sekolah", "desa", "kecamatan",
    }
)  # fmt: skip
"""Units of which there is no half."""


def pecahan_hitungan(k: Konteks) -> Iterator[Temuan]:
    """A fraction of what is counted (1,4 Orang): a dot for thousands that was taken for a decimal point, or a slip."""
    hasil = []
    for spec in TABEL_TERTAUT:
        for b in k.buku.baris(spec.kunci):
            for kolom, satuan_ in _BERSATUAN[spec.kunci]:
                angka, teks = b[kolom.kunci].angka, teks_sel(b, satuan_.kunci)
                if angka is None or b[kolom.kunci].rumus or float(angka).is_integer() or not teks:
                    continue
                if baku(teks).casefold() not in _DIHITUNG:
                    continue
                isi = tertulis(kolom, b[kolom.kunci])
                seribu = float(angka) * 1000
                saran = tulis_angka(seribu) if seribu.is_integer() and float(angka) < 1000 else ""
                hasil.append(k.temuan(
                    "SAT-10", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                    f"{_sebutan(k, kolom)} “{_nama(k, spec, b)}” tertulis {isi} {teks}, padahal {teks.lower()} dihitung bulat.",
                    f"Mohon tulis {saran} bila titik ribuannya terbaca desimal; bila tidak, perbaiki angka atau satuannya."
                    if saran else "Perbaiki angka atau satuannya.", isi, saran,
                ))  # fmt: skip
    yield from kelompokkan(hasil, lambda d: (
        f"{len(d)} angka berpecahan pada satuan yang dihitung bulat, antara lain {contoh(d)}.", "Perbaiki angka atau satuannya.",
    ))  # fmt: skip


# ── spelling ──────────────────────────────────────────────────────────────────────────────────────────────────


def ejaan_satuan(k: Konteks) -> Iterator[Temuan]:
    """A misspelt unit, one finding per spelling and table."""
    for spec in TABEL_TERTAUT:
        menurut_ejaan: dict[str, list[Temuan]] = defaultdict(list)
        kolom_satuan = [c for _, c in _BERSATUAN[spec.kunci] if c.peran is not Peran.TURUNAN]
        for b in k.buku.baris(spec.kunci):
            for kolom in kolom_satuan:
                teks = teks_sel(b, kolom.kunci)
                saran = saran_ejaan(teks) if teks and not b[kolom.kunci].rumus else None
                if teks and saran:
                    menurut_ejaan[teks].append(k.temuan(
                        "SAT-06", Tingkat.INFORMASI, spec, b, kolom.kunci,
                        f"Satuan {_sebutan(k, kolom)} “{_nama(k, spec, b)}” tertulis {teks}, mungkin maksudnya {saran}.",
                        f"Mohon tulis {saran} bila itu yang dimaksud.", teks, saran,
                    ))  # fmt: skip
        for teks, daftar in menurut_ejaan.items():
            if len(daftar) == 1:
                yield daftar[0]
            else:
                pesan = f"Satuan tertulis {teks} pada {len(daftar)} sel di {spec.lembar}, mungkin maksudnya {daftar[0].seharusnya}."
                yield satukan(daftar, pesan, daftar[0].perbaikan)


# ── amounts in thousands ──────────────────────────────────────────────────────────────────────────────────────

_SEPERSEKIAN = 500
"""An amount smaller than its peers' median by more than this may be in thousands."""

_TERPENCIL = 12
"""So may one that is smaller than every peer by more than this."""

_CUKUP = 4
"""Peers needed for that to mean anything."""

Jumlah = Mapping[str, Sequence[tuple[str, int]]]
"""Typed amounts of each node: (money column, sen)."""


def dalam_ribuan(k: Konteks) -> Iterator[Temuan]:
    """An amount in thousands among rupiah: sure where a thousand times it is what another table or the parent's sum has."""
    pagu, total = list(k.pagu), _total_profil(k)
    lain, p = _jumlah_tabel_lain(pagu), pilihan(k.buku)
    ragu: dict[str, list[Temuan]] = defaultdict(list)
    for spec, kolom, rows, tata in pagu:
        sub = {q.kunci: n for q in tata if q.sub and (n := nilai_pos(q, rows, kolom.kunci))}
        urut = sorted(sub.values())
        tengah, jumlah = median(urut) if urut else 0, sum(urut)
        induk = {a.kunci: q for q in tata if q.level is Level.KEGIATAN for a in q.anak}
        for pos in (q for q in tata if sub.get(q.kunci, 0) > 0):
            b, n = rows[pos.sel], sub[pos.kunci]
            if b[kolom.kunci].rumus:
                continue
            sebab = _sebab_ribuan(p, kolom.kunci, n, lain.get(pos.kunci, ()))
            if not sebab and _cocok_induk(induk.get(pos.kunci), pos, rows, kolom, sub):
                sebab = "seribu kalinya membuat jumlah tercetak pada kegiatannya tepat"
            if not sebab and any(_seribu_kali(n, t - jumlah + n) for t in total):
                sebab = "seribu kalinya membuat jumlah di Profil tepat"
            if not sebab and not _terlalu_kecil(n, urut, tengah):
                continue
            isi, saran = tertulis(kolom, b[kolom.kunci]), tulis_rp(n * 1000)
            alasan = sebab or f"jauh di bawah sub kegiatan lain (nilai tengahnya {tulis_rp(int(tengah))})"
            t = k.temuan(
                "SAT-09", Tingkat.HARUS_DIPERBAIKI if sebab else Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                f"{kolom.sebutan(k.tahun)} “{ringkas_teks(k.nama(spec, b))}” tertulis {isi}, {alasan}; tampaknya dalam ribuan.",
                f"Mohon tulis {saran} bila itu yang dimaksud.", isi, saran if sebab else "",
            )  # fmt: skip
            if sebab:
                yield t
            else:
                ragu[pos.kunci].append(t)
    for daftar in ragu.values():
        t = next((t for t in daftar if t.tabel == T_C_33.kunci), daftar[0])
        yield t if len(daftar) == 1 else satukan([t, *(x for x in daftar if x is not t)], t.pesan, t.perbaikan)


def _terlalu_kecil(n: int, urut: Sequence[int], tengah: float) -> bool:
    """Whether an amount is far below its peers (sorted, itself among them), and would be one of them a thousand times."""
    if len(urut) <= _CUKUP:
        return False
    terkecil_lain = urut[1] if n == urut[0] else urut[0]
    wajar = n * 1000 <= 3 * urut[-1]
    ganjil = (
        n % _SERIBU != 0
        and n * _GANJIL_TERPENCIL < terkecil_lain  # of all peers this leaves one to be counted against
        and sum(m % _SERIBU == 0 for m in urut) >= _BAGIAN_BULAT * len(urut)
    )
    return n * _SEPERSEKIAN < tengah or (wajar and (n * _TERPENCIL < terkecil_lain or ganjil))


_SERIBU = 1000_00
"""A thousand rupiah in sen."""

_BAGIAN_BULAT = 0.6
"""Share of amounts in whole thousands from which one that is not stands out."""

_GANJIL_TERPENCIL = 3
"""So many times smaller than every peer such a one must be."""


def _sebab_ribuan(p: Pilihan, kolom: str, n: int, lain: Sequence[tuple[str, int]]) -> str:
    """Why an amount is surely in thousands, from the same node's amounts elsewhere; empty where they do not say so."""
    seribu = n * 1000
    dasar = [m for c, m in lain if c not in {kolom, "pagu_p1"}]
    if seribu in [m for c, m in lain if c != kolom]:
        return "seribu kalinya sama dengan jumlah butir itu di kolom lain"
    if kolom == "pagu_p1":
        sesuai = any(n * 500 <= m and prakiraan_maju(m, p.pertumbuhan, p.pembulatan) == seribu for m in dasar)
    else:
        maju = [m for c, m in lain if c == "pagu_p1"]
        sesuai = bool(maju) and prakiraan_maju(seribu, p.pertumbuhan, p.pembulatan) in maju
    return "seribu kalinya sesuai dengan prakiraan majunya" if sesuai else ""


def _jumlah_tabel_lain(pagu: Iterable[tuple[TabelSpec, KolomSpec, tuple[Baris, ...], list[Pos]]]) -> Jumlah:
    hasil: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for _, kolom, rows, tata in pagu:
        for q in tata:
            n = nilai_pos(q, rows, kolom.kunci) if q.sub else None
            if n and not rows[q.sel][kolom.kunci].rumus:
                hasil[q.kunci].append((kolom.kunci, n))
    return hasil


def _total_profil(k: Konteks) -> frozenset[int]:
    """Amounts that Profil quotes from the document, in sen."""
    isi = (b["nilai"].nilai for b in k.buku.baris(PROFIL.kunci) if b["kunci"].nilai not in _ISIAN_PROFIL)
    sen = (urai_rupiah(v)[0] if isinstance(v, str) else round(v * 100) for v in isi if v is not None)
    return frozenset(n for n in sen if n and n >= _TERKECIL_TOTAL)


_ISIAN_PROFIL = frozenset(i.kunci for i in ISIAN)
_TERKECIL_TOTAL = 10_000_000_00


def _seribu_kali(n: int, semula: int) -> bool:
    """Whether an amount is another one in thousands, its last three digits cut off or rounded."""
    return n > 0 and abs(semula - n * 1000) < 1000_00


def _cocok_induk(induk: Pos | None, pos: Pos, rows: Sequence[Baris], kolom: KolomSpec, sub: dict[str, int]) -> bool:
    """Whether a parent's printed amount is the sum of its children only once this child counts a thousand times."""
    if induk is None or len(induk.anak) < 2:
        return False
    sel = rows[induk.sel][kolom.kunci]
    if sel.rumus or sel.angka is None:
        return False
    n = sub[pos.kunci]
    lain = sum(sub.get(a.kunci, 0) for a in induk.anak) - n
    return lain + n != sel.angka and _seribu_kali(n, int(sel.angka) - lain)


ATURAN_SAT = (
    Aturan("SAT-01", Tingkat.PERLU_DICEK, "satuan berbeda dalam satu baris", "Permendagri 86/2017, kolom target"),
    Aturan("SAT-02", Tingkat.PERLU_DICEK, "satuan indikator yang sama berbeda antartabel", "satu indikator, satu satuan"),
    Aturan("SAT-03", Tingkat.PERLU_DICEK, "satuan belum sesuai dengan kata indikatornya", "kata pertama indikator"),
    Aturan("SAT-04", Tingkat.PERLU_DICEK, "predikat pada indikator persentase", "kata pertama indikator"),
    Aturan("SAT-05", Tingkat.PERLU_DICEK, "persentase lebih dari 100", "bagian dari keseluruhan"),
    Aturan("SAT-06", Tingkat.INFORMASI, "ejaan satuan", "daftar satuan"),
    Aturan("SAT-07", Tingkat.PERLU_DICEK, "satuan dua baris berdampingan tertukar", "kata pertama indikator"),
    Aturan("SAT-08", Tingkat.HARUS_DIPERBAIKI, "persen tertulis sebagai pecahan", "persen lain pada baris yang sama"),
    Aturan("SAT-10", Tingkat.PERLU_DICEK, "pecahan pada satuan yang dihitung bulat", "arti satuannya"),
    Aturan("SAT-09", Tingkat.HARUS_DIPERBAIKI, "jumlah dalam ribuan di antara rupiah penuh", "jumlah butir yang sama"),
)  # fmt: skip

PERIKSA_SAT = (satuan, persen_lewat_batas, persen_pecahan, pecahan_hitungan, ejaan_satuan, dalam_ribuan)
