"""LNK against the sources of indicators: T-C.30, Renstra and Capaian IKU say what other tables repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Baris, CaraHitung, Level
from renja_xl.core.iku import sebutan_sasaran
from renja_xl.core.nilai import tulis_angka
from renja_xl.core.renstra import akhir_renstra, menurut_indikator
from renja_xl.core.satuan import baku
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.teks import mirip
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.hit import sepakat
from renja_xl.periksa.konteks import Konteks, teks_nilai, tertulis
from renja_xl.tabel import CAPAIAN_IKU, EFISIENSI, RENSTRA, RKT, T_C_29, T_C_30
from renja_xl.tabel.spec import TabelSpec

_TARGET_30 = {-2: "target_n2", -1: "target_n1", 0: "target_n", 1: "target_p1"}
"""Target columns of T-C.30 by distance from the plan year."""


def _pasangan(k: Konteks) -> tuple[tuple[TabelSpec, str, Mapping[str, str]], ...]:
    """Tables that repeat figures of T-C.30: their indicator column, and which columns say the same."""
    akhir = _TARGET_30.get((akhir_renstra(k.buku) or 0) - k.tahun)
    t29 = {"target_n2": "target_n2", "realisasi_n2": "realisasi_n2", "target_n1": "target_n1"}
    iku = {"realisasi_sd_n2": "realisasi_n2"}
    return (
        (T_C_29, "indikator", t29 | ({"target_renstra": akhir} if akhir else {})),
        (CAPAIAN_IKU, "indikator", iku | ({"target_akhir_renstra_re": akhir} if akhir else {})),
        (RKT, "indikator_sasaran", {"target_sasaran": "target_n"}),
    )


def indikator_utama_berbeda(k: Konteks) -> Iterator[Temuan]:
    """A figure of a main indicator differs between T-C.30 and a table that repeats it."""
    t30 = [b for b in k.buku.baris(T_C_30.kunci) if teks_sel(b, "indikator")]
    menurut_id: dict[str | None, Baris] = {b.indikator: b for b in t30 if b.indikator}
    for spec, kolom_indikator, pasangan in _pasangan(k) if t30 else ():
        for b in k.buku.baris(spec.kunci):
            teks = teks_sel(b, kolom_indikator)
            if b.level is Level.RATA_RATA or not teks:
                continue
            acuan = (menurut_id.get(b.indikator) if spec is CAPAIAN_IKU else None) or _seindikator(teks, t30)
            if acuan is None and spec is CAPAIAN_IKU:
                acuan = _setarget(teks, b["target_akhir_renstra_re"].angka, pasangan, t30)
            if acuan is None:
                continue
            for kunci, kunci_30 in pasangan.items():
                kolom, sel, lain = spec.menurut_kunci[kunci], b[kunci], acuan[kunci_30]
                if sel.rumus or sel.angka is None or lain.angka is None or float(sel.angka) == float(lain.angka):
                    continue
                if kunci == "target_renstra" and b["cara_hitung"].nilai == CaraHitung.DIJUMLAHKAN.judul:
                    continue  # the whole period's sum beside the last year's target
                isi, seharusnya = tertulis(kolom, sel), tertulis(T_C_30.menurut_kunci[kunci_30], lain)
                nama_30 = str(acuan["indikator"].nilai)
                sebagai = "" if _kata(nama_30) == _kata(teks) else f" (“{nama_30}”)"
                yield k.temuan(
                    "LNK-11", Tingkat.PERLU_DICEK, spec, b, kunci,
                    f"{kolom.sebutan(k.tahun)} “{teks}” tertulis {isi}, sedangkan di T-C.30{sebagai} {seharusnya}.",
                    "Pastikan angka mana yang benar, lalu samakan kedua tabel.", isi, seharusnya,
                )  # fmt: skip


_HAMPA = frozenset({"yang", "telah", "dan", "di", "oleh", "untuk", "dengan", "atas", "pada", "dalam", "ke"})
_KATA_CUKUP = 4
_KATA_SETARGET = 3


def _kata(teks: str) -> frozenset[str]:
    """Words that carry the meaning of an indicator, explanations in brackets left out."""
    polos = (
        kunci_teks(re.sub(r"\([^()]*\)", " ", teks))
        .replace("presentase", "persentase")
        .replace("prosentase", "persentase")
    )
    return frozenset(polos.split()) - _HAMPA


def _seindikator(teks: str, t30: Sequence[Baris]) -> Baris | None:
    """The one main indicator of the same words, give or take one; None where none or several are."""
    cocok = [b for b in t30 if mirip(teks, str(b["indikator"].nilai), 0.95)]
    if not cocok:
        kata = _kata(teks)
        for b in t30:
            lain = _kata(str(b["indikator"].nilai))
            if len(kata & lain) >= _KATA_CUKUP and (kata <= lain or lain <= kata) and len(kata ^ lain) <= 1:
                cocok.append(b)
    return cocok[0] if len(cocok) == 1 else None


def _setarget(teks: str, target: float | int | None, pasangan: Mapping[str, str], t30: Sequence[Baris]) -> Baris | None:
    """The one main indicator that shares words and the target at the end of the period, for a text that was cut short."""
    kunci = pasangan.get("target_akhir_renstra_re")
    if target is None or kunci is None:
        return None
    cocok = [
        b
        for b in t30
        if b[kunci].angka == target and len(_kata(teks) & _kata(str(b["indikator"].nilai))) >= _KATA_SETARGET
    ]
    return cocok[0] if len(cocok) == 1 else None


def target_renstra_berbeda(k: Konteks) -> Iterator[Temuan]:
    """Column 4 of T-C.29 as typed against the target that the sheet Renstra has for the same indicator."""
    renstra = menurut_indikator(k.terhitung.baris(RENSTRA.kunci))
    kolom = T_C_29.menurut_kunci["target_renstra"]
    for b in k.buku.baris(T_C_29.kunci) if renstra else ():
        sumber, sel = renstra.get(b.indikator or ""), b["target_renstra"]
        if sumber is None or sel.rumus or sel.angka is None:
            continue
        benar = sumber["target_akhir"]
        satuan = [s for s in (teks_sel(b, "satuan_target_renstra"), teks_sel(sumber, "satuan")) if s]
        if benar.angka is None or sepakat(kolom, sel, benar.nilai) or len({baku(s) for s in satuan}) > 1:
            continue
        isi, seharusnya = tertulis(kolom, sel), teks_nilai(kolom, benar.nilai)
        yield k.temuan(
            "LNK-18", Tingkat.PERLU_DICEK, T_C_29, b, "target_renstra",
            f"{kolom.sebutan(k.tahun).removesuffix(' – Nilai')} “{k.nama(T_C_29, b)}” tertulis {isi}, sedangkan menurut lembar "
            f"Renstra {seharusnya}.",
            "Pastikan target mana yang benar; sel yang dikosongkan mengambilnya dari Renstra.", isi, seharusnya,
        )  # fmt: skip


def capaian_efisiensi_berbeda(k: Konteks) -> Iterator[Temuan]:
    """The mean achievement that Efisiensi takes differs from that of Capaian IKU, or from the figures beside it."""
    rata = [b for b in k.buku.baris(CAPAIAN_IKU.kunci) if b.level is Level.RATA_RATA]
    rows = k.buku.baris(EFISIENSI.kunci)
    kolom = EFISIENSI.menurut_kunci["capaian_persen"]
    for n, (b, r) in enumerate(zip(rows, rata, strict=False)):
        sel, benar = b[kolom.kunci], r["capaian_persen"]
        if sel.rumus or sel.angka is None or benar.angka is None or sepakat(kolom, sel, benar.nilai):
            continue
        isi, seharusnya = tertulis(kolom, sel), tertulis(CAPAIAN_IKU.menurut_kunci["capaian_persen"], benar)
        yield k.temuan(
            "LNK-11", Tingkat.PERLU_DICEK, EFISIENSI, b, kolom.kunci,
            f"Rata-rata capaian {sebutan_sasaran(n)} di Efisiensi tertulis {isi}, sedangkan di Capaian IKU {seharusnya}.",
            "Pastikan rata-rata mana yang benar; Hitung Ulang mengambilnya dari Capaian IKU.", isi, seharusnya,
        )  # fmt: skip
    for b in rows:
        target, realisasi, sel = b["target_kinerja"].angka, b["realisasi_kinerja"].angka, b[kolom.kunci]
        if not target or realisasi is None or sel.angka is None or sel.rumus:
            continue
        tingkat = realisasi / target * 100
        if abs(float(sel.angka) - tingkat) < 0.5:
            continue
        isi, lain = tertulis(kolom, sel), teks_nilai(kolom, tingkat)
        yield k.temuan(
            "LNK-20", Tingkat.INFORMASI, EFISIENSI, b, kolom.kunci,
            f"Rata-rata capaian {b['sasaran'].nilai or ''} tertulis {isi}, sedangkan realisasi {tulis_angka(float(realisasi))} ÷ target "
            f"{tulis_angka(float(target))} di sampingnya adalah {lain}; rata-ratanya dihitung terhadap target akhir Renstra.",
            "Sebut target mana yang dipakai, agar pembaca dapat menghitungnya kembali.", isi, lain,
        )  # fmt: skip


ATURAN_ACUAN = (
    Aturan(
        "LNK-11",
        Tingkat.PERLU_DICEK,
        "angka indikator utama berbeda antartabel",
        "T-C.30 sebagai sumber; Permendagri 86/2017",
    ),
    Aturan("LNK-18", Tingkat.PERLU_DICEK, "target akhir di T-C.29 berbeda dari lembar Renstra", "Renstra"),
    Aturan("LNK-20", Tingkat.INFORMASI, "capaian bukan realisasi terhadap target di sampingnya", "rumus capaian"),
)

PERIKSA_ACUAN = (indikator_utama_berbeda, target_renstra_berbeda, capaian_efisiensi_berbeda)
