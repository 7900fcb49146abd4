"""The tables around the plan: computed cells (HIT), criteria and status (KAT), and what they were taken from (LNK)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from renja_xl.core.baris import indikator_baris, nama_baris, teks_sel
from renja_xl.core.buku import Baris, Level, Nilai, Sel
from renja_xl.core.capaian import BATAS_SAKIP, PREDIKAT_SAKIP, kriteria, predikat_sakip, rata_rata
from renja_xl.core.hitung import pilihan
from renja_xl.core.nilai import langkah_cetak, sesuai_cetak, tercetak, terpotong, urai
from renja_xl.core.pemenuhan import baca_status, status
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.core.terhitung import REKAP, sel_dihitung
from renja_xl.core.turunan import RUMUS_BARIS
from renja_xl.periksa.hit import sepakat
from renja_xl.periksa.konteks import Konteks, desimal, teks_nilai, tertulis
from renja_xl.tabel import (
    CAPAIAN_IKU,
    DAFTAR_PROGRAM,
    EFISIENSI,
    MENURUT_KUNCI,
    PEMENUHAN_TARGET,
    T_C_29,
    T_C_30,
    TABEL_RENCANA,
    TUJUAN_SASARAN,
)
from renja_xl.tabel.efisiensi import BELUM_EFISIEN, EFISIEN
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe
from renja_xl.tabel.struktur import SAKIP

_AKIP = re.compile(r"\bs?akip\b|akuntabilitas kinerja", re.IGNORECASE)
"""Words that tell the indicator of the SAKIP evaluation."""


def angka_dan_kriteria(k: Konteks) -> Iterator[Temuan]:
    """Rates, sums, means and criteria that do not follow from what their own row, or the rows above, show."""
    dasar = pilihan(k.buku).dasar
    for kunci, rumus in RUMUS_BARIS.items():
        spec = MENURUT_KUNCI[kunci]
        rows = k.buku.baris(kunci)
        kelompok: list[Baris] = []
        for b, benar in zip(rows, rumus(rows, dasar), strict=True):
            for kolom in spec.kolom:
                sel = b[kolom.kunci]
                if kolom.tersembunyi or sel.kosong or not sel_dihitung(spec, b, kolom) or kolom.peran is Peran.TURUNAN:
                    continue
                nilai = benar[kolom.kunci].nilai
                if kolom.tipe is Tipe.TEKS:
                    lazim = {str(nilai).casefold(), _menurut_tampak(spec, b, dasar).casefold()}
                    if str(sel.nilai).casefold() not in lazim:
                        yield _kriteria(k, spec, b, benar, kolom, nilai)
                elif not sepakat(kolom, sel, nilai) and not (
                    _menurut_tertulis(spec, b, kolom, kelompok) or _dalam_pembulatan(spec, b, kolom, kunci, dasar)
                ):
                    yield _angka(k, spec, b, kolom, nilai)
            kelompok = [] if b.level in REKAP else [*kelompok, b]


def _menurut_tampak(spec: TabelSpec, b: Baris, dasar: Mapping[str, float]) -> str:
    """The criterion or conclusion of the figure as the row shows it: where that is wrong, it is the figure's own finding."""
    if spec is EFISIENSI:
        nilai = b["nilai_efisiensi"].angka
        return "" if nilai is None else EFISIEN if nilai >= dasar["batas_efisien"] else BELUM_EFISIEN
    return kriteria(
        b["capaian_persen"].angka, [dasar[f"kriteria_{k}"] for k in ("sangat_tinggi", "tinggi", "sedang", "rendah")]
    )


def _menurut_tertulis(spec: TabelSpec, b: Baris, kolom: KolomSpec, kelompok: list[Baris]) -> bool:
    """Whether a mean agrees with the figures written above it: their faults are findings of their own."""
    if spec is not CAPAIAN_IKU or b.level not in REKAP:
        return False
    rata = rata_rata(x[kolom.kunci].angka for x in kelompok)
    return sepakat(kolom, b[kolom.kunci], rata)


def _dalam_pembulatan(spec: TabelSpec, b: Baris, kolom: KolomSpec, kunci: str, dasar: Mapping[str, float]) -> bool:
    """Whether a printed figure follows from what the printed rates beside it were before they were rounded."""
    bahan = [
        (c.kunci, float(b[c.kunci].angka or 0), langkah)
        for c in spec.kolom
        if c.tipe is Tipe.PERSEN and c is not kolom and b[c.kunci].angka is not None
        and (cetak := tercetak(b[c.kunci])) and (langkah := langkah_cetak(cetak)) is not None
    ]  # fmt: skip
    cetak = tercetak(b[kolom.kunci])
    if not bahan or cetak is None or b.level in REKAP:
        return False
    hasil = []
    for arah in product((-0.5, 0.5), repeat=len(bahan)):
        geser = {c: Sel(n + a * float(step)) for a, (c, n, step) in zip(arah, bahan, strict=True)}
        nilai = RUMUS_BARIS[kunci]([b.dengan(geser)], dasar)[0][kolom.kunci].angka
        if nilai is None:
            return False
        hasil.append(float(nilai))
    tertera, toleransi = float(b[kolom.kunci].angka or 0), float(langkah_cetak(cetak) or 0) / 2
    return min(hasil) - toleransi <= tertera <= max(hasil) + toleransi


def _angka(k: Konteks, spec: TabelSpec, b: Baris, kolom: KolomSpec, nilai: Nilai) -> Temuan:
    sel = b[kolom.kunci]
    isi, seharusnya = tertulis(kolom, sel), teks_nilai(kolom, nilai)
    cetak = tercetak(sel, rupiah=kolom.tipe is Tipe.RUPIAH)
    potong = cetak is not None and isinstance(nilai, float) and terpotong(cetak, desimal(kolom, nilai))
    sebutan = f"{kolom.sebutan(k.tahun)} untuk “{k.nama(spec, b)}”"
    alasan = f"hasil hitungannya {seharusnya}. {kolom.catatan or ''}".strip()
    pesan = (
        f"{sebutan} tertulis {isi}: angkanya dipotong, bukan dibulatkan; {alasan}"
        if potong
        else f"{sebutan} tertulis {isi}, padahal {alasan}"
    )
    tingkat = Tingkat.PERLU_DICEK if potong else Tingkat.HARUS_DIPERBAIKI
    return k.temuan("HIT-21", tingkat, spec, b, kolom.kunci, pesan, k.saran_hitungan, isi, seharusnya)


def _kriteria(k: Konteks, spec: TabelSpec, b: Baris, benar: Baris, kolom: KolomSpec, nilai: Nilai) -> Temuan:
    dari, sebutan = ("nilai_efisiensi", "nilai efisiensi") if spec is EFISIENSI else ("capaian_persen", "capaian")
    capaian = teks_nilai(spec.menurut_kunci[dari], benar[dari].nilai)
    isi = str(b[kolom.kunci].nilai)
    return k.temuan(
        "KAT-01", Tingkat.HARUS_DIPERBAIKI, spec, b, kolom.kunci,
        f"{kolom.sebutan(k.tahun)} untuk “{k.nama(spec, b)}” tertulis {isi}, padahal {sebutan} {capaian} termasuk {nilai} menurut "
        "batas di lembar Dasar Perhitungan.",
        k.saran_hitungan, isi, str(nilai),
    )  # fmt: skip


def status_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """A printed status differs from what column 8 of T-C.29 says of the sub kegiatan."""
    tingkat: dict[str, list[float | int | None]] = defaultdict(list)
    for b in k.terhitung.baris(T_C_29.kunci):
        tingkat[b.simpul or ""].append(b["tingkat_realisasi_n2"].angka)
    kolom = T_C_29.menurut_kunci["tingkat_realisasi_n2"]
    for b in k.buku.baris(PEMENUHAN_TARGET.kunci):
        tercatat = baca_status(str(b["status"].nilai)) if b.level is Level.SUB_KEGIATAN and b.simpul else None
        if tercatat is None:
            continue
        rates = tingkat.get(b.simpul or "", [])
        benar = status(rates)
        if tercatat == benar:
            continue
        rinci = "; ".join(teks_nilai(kolom, r) for r in rates if r is not None) or "tidak ada"
        yield k.temuan(
            "KAT-02", Tingkat.HARUS_DIPERBAIKI, PEMENUHAN_TARGET, b, "status",
            f"“{nama_baris(PEMENUHAN_TARGET, b)}” tercatat {tercatat}, padahal tingkat realisasinya di kolom 8 T-C.29 {rinci}, jadi "
            f"{benar}.",
            "Jalankan Perbarui Tabel agar daftarnya mengikuti T-C.29; periksa target dan realisasinya bila hasilnya meragukan.",
            tercatat, benar,
        )  # fmt: skip


def turunan_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """A printed figure of Capaian IKU or Efisiensi differs from the table that it now follows."""
    for spec in (CAPAIAN_IKU, EFISIENSI):
        kolom_turunan = [c for c in spec.kolom if c.peran is Peran.TURUNAN and c.bernilai_angka]
        for b in k.buku.baris(spec.kunci):
            for kolom in kolom_turunan:
                sel = b[kolom.kunci]
                semula = urai(sel.asli).nilai if sel.rumus and sel.asli else None
                if semula is None or (
                    sel.angka is not None and sesuai_cetak(sel.asli or "", desimal(kolom, float(sel.angka)))
                ):
                    continue
                kini = teks_nilai(kolom, sel.nilai)
                yield k.temuan(
                    "LNK-06", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                    f"{kolom.sebutan(k.tahun)} untuk “{k.nama(spec, b)}” semula tertulis {sel.asli}; kini mengikuti tabel sumbernya, "
                    f"yaitu {kini}.",
                    "Pastikan angka di tabel sumbernya benar (T-C.30, Renstra, atau Capaian IKU).", sel.asli or "", kini,
                )  # fmt: skip


def predikat_menyimpang(k: Konteks) -> Iterator[Temuan]:
    """A SAKIP grade that does not belong to the number beside it; at the very bound a rounded number decides nothing."""
    indikator = k.buku.indikator_menurut_id()
    for spec in TABEL_RENCANA:
        kolom_nilai = [(c, spec.menurut_kunci[c.predikat]) for c in spec.kolom if c.predikat]
        for b in k.buku.baris(spec.kunci):
            for kolom, kolom_predikat in kolom_nilai:
                tertera, angka = b[kolom_predikat.kunci].nilai, b[kolom.kunci].angka
                if tertera not in PREDIKAT_SAKIP or angka is None or not 0 <= angka <= 100:
                    continue
                i = indikator.get(b.indikator or "")
                teks = teks_sel(b, "indikator_sasaran") if kolom.kunci == "target_sasaran" else indikator_baris(spec, b)
                if not (i and i.skala == SAKIP and kolom.kunci != "target_sasaran") and not _AKIP.search(teks or ""):
                    continue
                benar = predikat_sakip(float(angka))
                if benar == tertera or b[kolom_predikat.kunci].rumus:
                    continue
                batas = float(angka) in BATAS_SAKIP
                isi = f"{tertera} ({teks_nilai(kolom, angka)})"
                yield k.temuan(
                    "KAT-03", Tingkat.PERLU_DICEK if batas else Tingkat.HARUS_DIPERBAIKI, spec, b, kolom.kunci,
                    f"{kolom.sebutan(k.tahun)} “{teks or k.nama(spec, b)}” tertulis {isi}, padahal nilai "
                    f"{teks_nilai(kolom, angka)} berpredikat {benar}" + (", tepat di batasnya." if batas else "."),
                    "Perbaiki predikatnya, atau nilainya bila predikatnya yang benar.", isi,
                    f"{benar} ({teks_nilai(kolom, angka)})",
                )  # fmt: skip


_NILAI_BERPREDIKAT = re.compile(r"\b(AA|A|BB|B|CC|C|D)\s*\(?\s*(\d{1,3}(?:,\d+)?)\b(?!\s*%)")


def predikat_dalam_teks(k: Konteks) -> Iterator[Temuan]:
    """A SAKIP grade in the words of Tujuan-Sasaran that does not belong to its number: ``Nilai SAKIP … (B 75)``."""
    for b in k.buku.baris(TUJUAN_SASARAN.kunci):
        teks = teks_sel(b, "indikator") or ""
        akip = _AKIP.search(teks)
        m = _NILAI_BERPREDIKAT.search(teks, akip.end()) if akip else None
        nilai = urai(m[2]).nilai if m else None
        if m is None or nilai is None or nilai > 100 or predikat_sakip(float(nilai)) == m[1]:
            continue
        benar = predikat_sakip(float(nilai))
        yield k.temuan(
            "KAT-03", Tingkat.PERLU_DICEK if float(nilai) in BATAS_SAKIP else Tingkat.HARUS_DIPERBAIKI,
            TUJUAN_SASARAN, b, "indikator",
            f"Indikator di {TUJUAN_SASARAN.lembar} menyebut nilai SAKIP {m[1]} {m[2]}, padahal nilai {m[2]} berpredikat {benar}.",
            "Perbaiki predikatnya, atau nilainya bila predikatnya yang benar.", f"{m[1]} {m[2]}", f"{benar} {m[2]}",
        )  # fmt: skip


def predikat_tidak_runtut(k: Konteks) -> Iterator[Temuan]:
    """Grades of one row that contradict each other, on any scale: a higher number with a lower grade."""
    for b in k.buku.baris(T_C_30.kunci):
        nilai = []
        for kolom in T_C_30.kolom:
            tertera = b[kolom.predikat or ""].nilai
            if kolom.predikat and tertera in PREDIKAT_SAKIP and b[kolom.kunci].angka is not None:
                nilai.append((kolom, float(b[kolom.kunci].angka or 0), PREDIKAT_SAKIP.index(str(tertera))))
        langgar = {
            kolom.kunci: sum((n - m) * (q - p) < 0 or (n == m and p != q) for _, m, q in nilai) for kolom, n, p in nilai
        }
        terbanyak = max(langgar.values(), default=0)
        # with two of them contradicting each other nobody can tell which is wrong
        if terbanyak < 2 or list(langgar.values()).count(terbanyak) > 1 or _AKIP.search(teks_sel(b, "indikator") or ""):
            continue
        kolom, n, p = next(x for x in nilai if langgar[x[0].kunci] == terbanyak)
        isi = f"{PREDIKAT_SAKIP[p]} ({teks_nilai(kolom, n)})"
        yield k.temuan(
            "KAT-04", Tingkat.PERLU_DICEK, T_C_30, b, kolom.kunci,
            f"{kolom.sebutan(k.tahun)} “{k.nama(T_C_30, b)}” tertulis {isi}, padahal predikat lain pada baris itu tidak runtut "
            "dengannya: nilai yang lebih tinggi berpredikat lebih rendah, atau nilai sama berpredikat lain.",
            "Periksa predikat dan nilainya.", isi,
        )  # fmt: skip


def butir_tak_dikenal(k: Konteks) -> Iterator[Temuan]:
    """A printed line of a list names nothing of the struktur, or names it again."""
    for spec in (DAFTAR_PROGRAM, PEMENUHAN_TARGET):
        kolom = next(c.kunci for c in spec.kolom if c.tautan == "nama")
        for b in k.buku.baris(spec.kunci):
            if b.simpul or not b.asal:
                continue
            nama = nama_baris(spec, b) or b.level.judul
            yield k.temuan(
                "LNK-07", Tingkat.PERLU_DICEK, spec, b, kolom,
                f"“{nama}” di {spec.lembar} tidak ditemukan di antara {b.level.judul.lower()} pada Program & Sub Kegiatan, atau sudah "
                "tercantum sebelumnya.",
                "Periksa namanya; Perbarui Tabel menyusun daftar ini dari Program & Sub Kegiatan.", nama,
            )  # fmt: skip


ATURAN_LAIN = (
    Aturan(
        "HIT-21",
        Tingkat.HARUS_DIPERBAIKI,
        "angka Capaian IKU, Pegawai, Anggaran, atau Efisiensi tidak mengikuti rumusnya",
        "rumus pada judul kolomnya",
    ),
    Aturan(
        "KAT-01",
        Tingkat.HARUS_DIPERBAIKI,
        "kriteria tidak sesuai dengan capaiannya",
        "Dasar Perhitungan: batas kriteria",
    ),
    Aturan(
        "KAT-02",
        Tingkat.HARUS_DIPERBAIKI,
        "status pemenuhan target tidak sesuai dengan T-C.29",
        "Dasar Perhitungan: pemenuhan target",
    ),
    Aturan("KAT-03", Tingkat.HARUS_DIPERBAIKI, "predikat SAKIP tidak sesuai dengan nilainya", "Permen PANRB 88/2021"),
    Aturan(
        "KAT-04", Tingkat.PERLU_DICEK, "predikat tidak runtut dengan nilainya", "skala yang sama pada satu indikator"
    ),
    Aturan(
        "LNK-06",
        Tingkat.PERLU_DICEK,
        "angka tercetak berbeda dari tabel yang kini menjadi sumbernya",
        "tabel sumbernya",
    ),
    Aturan("LNK-07", Tingkat.PERLU_DICEK, "butir dalam daftar tidak dikenal atau berulang", "Program & Sub Kegiatan"),
)

PERIKSA_LAIN = (
    angka_dan_kriteria,
    status_menyimpang,
    predikat_menyimpang,
    predikat_dalam_teks,
    predikat_tidak_runtut,
    turunan_menyimpang,
    butir_tak_dikenal,
)
