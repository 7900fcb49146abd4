"""HIT: computed values that do not follow their formula (T-C.29 columns 8, 10, 11; T-C.31 comparison)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from renja_xl.core.buku import Baris, CaraHitung, Level, Nilai, Sel, Sifat
from renja_xl.core.capaian import realisasi_sd, tingkat
from renja_xl.core.hitung import cara_sifat
from renja_xl.core.nilai import sesuai_cetak, tercetak, terpotong, tulis_angka
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.konteks import Konteks, desimal, teks_nilai, tertulis
from renja_xl.tabel import T_C_29, T_C_33, TABEL_TERTAUT
from renja_xl.tabel.spec import KolomSpec, Peran, Tipe


def sepakat(kolom: KolomSpec, sel: Sel, benar: Nilai) -> bool:
    """Whether a cell shows the right value: printed figures within half a unit of their last digit."""
    if isinstance(benar, str) or benar is None:
        return sel.kosong
    if sel.kosong or isinstance(sel.nilai, str) or sel.nilai is None:
        return False
    cetak = tercetak(sel, rupiah=kolom.tipe is Tipe.RUPIAH)
    if cetak is not None:
        return sesuai_cetak(cetak, desimal(kolom, benar))
    if kolom.tipe is Tipe.RUPIAH:
        return sel.nilai == benar
    return math.isclose(float(sel.nilai), float(benar), rel_tol=1e-9, abs_tol=1e-9)


def _nomor(kolom: KolomSpec) -> str:
    angka = re.match(r"\d+", kolom.nomor)
    return f"HIT-{int(angka[0]):02d}" if angka else "HIT-00"


def kolom_hitung(k: Konteks) -> Iterator[Temuan]:
    """A computed cell differs from its formula."""
    for spec in TABEL_TERTAUT:
        kolom_hitung = [c for c in spec.kolom if c.peran is Peran.HITUNG]
        tampak = k.per_baris.baris(spec.kunci)
        for n, (b, terhitung) in enumerate(k.pasangan(spec) if kolom_hitung else ()):
            for kolom in kolom_hitung:
                # what was never printed is a formula over its row: a wrong sum beside it is that sum's finding
                benar = terhitung if kolom.cetak else tampak[n]
                sel, nilai = b[kolom.kunci], benar[kolom.kunci].nilai
                if sepakat(kolom, sel, nilai) or (sel.nilai is None and k.tanpa_kolom(spec, b, kolom.kunci)):
                    continue
                yield _temuan(k, b, benar, kolom, sel, nilai, _nomor(kolom))


def _temuan(k: Konteks, b: Baris, benar: Baris, kolom: KolomSpec, sel: Sel, nilai: Nilai, aturan: str) -> Temuan:
    spec = next(s for s in TABEL_TERTAUT if kolom in s.kolom)
    sebutan = f"{kolom.sebutan(k.tahun).rpartition(' – ')[2]} untuk “{k.nama(spec, b)}”"
    isi, seharusnya = tertulis(kolom, sel), teks_nilai(kolom, nilai)
    alasan = _alasan(benar, kolom, k)
    cetak = tercetak(sel, rupiah=kolom.tipe is Tipe.RUPIAH)
    tingkat_temuan, pesan = Tingkat.HARUS_DIPERBAIKI, f"{sebutan} tertulis {isi}, padahal {alasan}."
    if sel.kosong:
        tingkat_temuan = Tingkat.PERLU_DICEK
        pesan = f"{sebutan} {'tertulis ' + isi if isi else 'kosong'}, padahal {alasan}."
    elif _literal(b, kolom, sel):
        tingkat_temuan = Tingkat.INFORMASI
        pesan = f"{sebutan} tertulis {isi} menurut rumus formulir 5+7+9; menurut jenis indikatornya {alasan}."
    elif cetak is not None and isinstance(nilai, float) and terpotong(cetak, desimal(kolom, nilai)):
        tingkat_temuan = Tingkat.PERLU_DICEK
        pesan = f"{sebutan} tertulis {isi}: angkanya dipotong, bukan dibulatkan; {alasan}."
    t = k.temuan(aturan, tingkat_temuan, spec, b, kolom.kunci, pesan, k.saran_hitungan, isi, seharusnya)
    return _menurut_kolom_10(t, b, benar, kolom)


def _menurut_kolom_10(t: Temuan, b: Baris, benar: Baris, kolom: KolomSpec) -> Temuan:
    """A rate in column 11 that follows from what column 10 shows is mended there."""
    sd = b["realisasi_sd_n1"]
    if kolom.kunci != "tingkat_capaian_renstra" or sd.angka is None or sd.angka == benar["realisasi_sd_n1"].nilai:
        return t
    if not sepakat(kolom, b[kolom.kunci], tingkat(sd.angka, b["target_renstra"].angka, cara_sifat(benar, None)[1])):
        return t
    kolom_10 = T_C_29.menurut_kunci["realisasi_sd_n1"]
    if sepakat(kolom_10, sd, benar["realisasi_sd_n1"].nilai):
        return t
    pesan = t.pesan.removesuffix(".") + f"; angkanya mengikuti kolom 10 yang tertulis {tertulis(kolom_10, sd)}."
    return replace(t, pesan=pesan, sebab=f"HIT-10|{t.tabel}|{t.baris}|{kolom_10.kunci}")


def _alasan(b: Baris, kolom: KolomSpec, k: Konteks) -> str:
    """How the right value comes about, with its numbers."""

    def n(kunci: str) -> str:
        angka = b[kunci].angka
        return "-" if angka is None else tulis_angka(float(angka))

    hasil = teks_nilai(kolom, b[kolom.kunci].nilai)
    if kolom.kunci == "tingkat_realisasi_n2":
        return _alasan_tingkat(b, "realisasi_n2", "target_n2", "realisasi", "target", hasil)
    if kolom.kunci == "tingkat_capaian_renstra":
        return _alasan_tingkat(b, "realisasi_sd_n1", "target_renstra", "kolom 10 sebesar", "target Renstra", hasil)
    if kolom.kunci == "realisasi_sd_n1":
        if hasil == "-":
            return "kolom 5, 7, dan 9 kosong sehingga hasilnya -"
        cara = b["cara_hitung"].nilai
        tiga = f"{n('realisasi_sd_n3')}, {n('realisasi_n2')}, {n('target_n1')}"
        if cara == CaraHitung.POSISI_AKHIR.judul:
            return f"posisi terakhir dari kolom 5, 7, 9 ({tiga}) adalah {hasil}"
        if cara == CaraHitung.RATA_RATA.judul:
            return f"rata-rata kolom 5, 7, 9 ({tiga}) adalah {hasil}"
        return f"jumlah kolom 5, 7, 9 ({tiga}) adalah {hasil}"
    return f"hasil hitungannya {hasil}"


def _alasan_tingkat(b: Baris, pembilang: str, penyebut: str, a: str, z: str, hasil: str) -> str:
    atas, bawah = b[pembilang].angka, b[penyebut].angka
    if hasil == "-":
        return (
            f"{z} kosong atau nol sehingga hasilnya -"
            if not bawah
            else f"{a.removesuffix(' sebesar')} kosong sehingga hasilnya -"
        )
    if b["sifat"].nilai == Sifat.MAKIN_RENDAH.judul:
        return f"(2 × {z} {tulis_angka(float(bawah or 0))} − {a} {tulis_angka(float(atas or 0))}) ÷ {z} × 100 = {hasil}"
    return f"{a} {tulis_angka(float(atas or 0))} ÷ {z} {tulis_angka(float(bawah or 0))} × 100 = {hasil}"


def _literal(b: Baris, kolom: KolomSpec, sel: Sel) -> bool:
    """Whether a printed value follows the form's literal 5+7+9 (column 10, and 11 built on it)."""
    if kolom not in T_C_29.kolom or kolom.kunci == "tingkat_realisasi_n2":
        return False
    harfiah: float | str = realisasi_sd(
        b["realisasi_sd_n3"].angka, b["realisasi_n2"].angka, b["target_n1"].angka, CaraHitung.DIJUMLAHKAN
    )
    if kolom.kunci == "tingkat_capaian_renstra":
        sifat = cara_sifat(b, None)[1]
        harfiah = tingkat(None if isinstance(harfiah, str) else harfiah, b["target_renstra"].angka, sifat)
    return not isinstance(harfiah, str) and sepakat(kolom, sel, harfiah)


def usulan_prakiraan(k: Konteks) -> Iterator[Temuan]:
    """A proposed forward estimate that no longer follows its basis."""
    kolom = T_C_33.menurut_kunci["pagu_p1"]
    for b, benar in k.pasangan(T_C_33):
        sel, nilai = b["pagu_p1"], benar["pagu_p1"].nilai
        if b.level is not Level.SUB_KEGIATAN or not sel.rumus or sel.nilai == nilai:
            continue
        isi, seharusnya = tertulis(kolom, sel), teks_nilai(kolom, nilai)
        pesan = (
            f"Usulan prakiraan maju untuk “{k.nama(T_C_33, b)}” tertulis {isi}, padahal menurut Dasar Perhitungan "
            f"{seharusnya or '-'}."
        )
        yield k.temuan(
            "HIT-20", Tingkat.HARUS_DIPERBAIKI, T_C_33, b, "pagu_p1", pesan, k.saran_hitungan, isi, seharusnya
        )


ATURAN_HIT = (
    Aturan(
        "HIT-08",
        Tingkat.HARUS_DIPERBAIKI,
        "tingkat realisasi (kolom 8 T-C.29) tidak mengikuti rumusnya",
        "Permendagri 86/2017, T-C.29 kolom 8",
    ),
    Aturan(
        "HIT-10",
        Tingkat.HARUS_DIPERBAIKI,
        "realisasi s/d tahun berjalan (kolom 10 T-C.29) tidak mengikuti cara hitungnya",
        "Permendagri 86/2017, T-C.29 kolom 10",
    ),
    Aturan(
        "HIT-11",
        Tingkat.HARUS_DIPERBAIKI,
        "tingkat capaian Renstra (kolom 11 T-C.29) tidak mengikuti rumusnya",
        "Permendagri 86/2017, T-C.29 kolom 11",
    ),
    Aturan(
        "HIT-13", Tingkat.HARUS_DIPERBAIKI, "selisih T-C.31 tidak mengikuti rumusnya", "Permendagri 86/2017, T-C.31"
    ),
    Aturan(
        "HIT-14",
        Tingkat.HARUS_DIPERBAIKI,
        "persen selisih T-C.31 tidak mengikuti rumusnya",
        "Permendagri 86/2017, T-C.31",
    ),
    Aturan(
        "HIT-20",
        Tingkat.HARUS_DIPERBAIKI,
        "usulan prakiraan maju tidak mengikuti dasarnya",
        "Dasar Perhitungan: prakiraan maju",
    ),
)

PERIKSA_HIT = (kolom_hitung, usulan_prakiraan)
