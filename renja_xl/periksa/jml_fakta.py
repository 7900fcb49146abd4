"""Claims of the facts in Profil, whose keys say what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from renja_xl.core.buku import Level
from renja_xl.core.klaim import Bilangan, bagian_rencana, bilangan, butir, hitungan, pangkal, penomoran
from renja_xl.core.nilai import tulis_desimal
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.periksa.jml_dasar import (
    CEK,
    HARUS,
    STATUS_DAFTAR,
    SUMBER,
    Rujuk,
    Selisih,
    Tempat,
    banyak_simpul,
    tulis_nilai,
)
from renja_xl.periksa.jml_hitungan import (
    TABEL_RENCANA,
    banding_anggaran,
    banding_pegawai,
    banding_rencana,
    banding_status,
    baris_anggaran,
)
from renja_xl.periksa.jml_kalimat import banding_persen, banding_uang, klaim_bebas, klaim_umum, tahun_peran
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import CAPAIAN_IKU, EFISIENSI, PROFIL, T_C_30


def klaim_fakta(r: Rujuk, t: Tempat, semua: Mapping[str, Tempat]) -> Iterator[Selisih]:
    """Claims of a fact whose key says what it is about."""
    yield from _fakta_hitungan(r, t, semua)
    yield from _fakta_uang(r, t, semua)
    yield from _fakta_persen(t, semua)
    yield from _fakta_capaian(r.k, t)
    yield from _fakta_tahun(r.k, t)
    if re.search(r"(?:^|_)penomoran", t.kunci):
        nomor = penomoran(t.teks)
        salah = next(((a, b) for a, b in enumerate(nomor, 1) if a != b), None)
        if salah:
            yield Selisih(
                "JML-07", HARUS, f"nomor {salah[1]} menempati urutan ke-{salah[0]}", str(salah[1]), str(salah[0])
            )
    if (
        re.match(r"(?:klaim|narasi|total|anggaran)_", t.kunci)
        or "kepala" in t.kunci
        or len(t.teks.split()) < _KATA_KALIMAT
    ):
        yield from klaim_umum(r, t.teks)
        if "kepala" not in t.kunci:  # kept headers are judged as headers, by FMT-07
            yield from tahun_peran(r.k, t.teks)
    else:
        yield from klaim_bebas(r, t.teks)


_KATA_KALIMAT = 6
"""Words from which a fact is read as a sentence."""


_RENJA_TAHUN = re.compile(
    r"\brencana\s+kerja\b(?!\s+(?:pemerintah|pembangunan))[^\d]{0,80}?\btahun\s+(?:anggaran\s+)?(?P<tahun>\d{4})\b",
    re.IGNORECASE,
)
_PERIODE = re.compile(r"(?P<awal>\d{4})\s*(?:[-–/]|s\.?\s?/?d\.?|sampai\s+dengan)\s*(?P<akhir>\d{4})", re.IGNORECASE)


def _fakta_tahun(k: Konteks, t: Tempat) -> Iterator[Selisih]:
    """The plan's own title names its year; the RPJMD has the period of the Renstra."""
    if re.match(r"judul_", t.kunci) or t.kunci.endswith("_tentang"):
        for m in _RENJA_TAHUN.finditer(t.teks):
            if int(m["tahun"]) != k.tahun:
                yield Selisih(
                    "JML-08",
                    HARUS,
                    f"tahunnya {m['tahun']}, sedangkan tahun rencana di {PROFIL.lembar} {k.tahun}",
                    m["tahun"],
                    str(k.tahun),
                )
    if re.search(r"(?:^|_)(?:rpjmd|renstra)(?:_|$)", t.kunci):
        renstra = _PERIODE.search(str(k.buku.profil("tahun_renstra") or ""))
        periode = _PERIODE.findall(t.teks)
        if renstra and len(periode) == 1 and periode[0] != renstra.groups():
            benar = "-".join(renstra.groups())
            yield Selisih(
                "JML-08", CEK, f"periodenya {'-'.join(periode[0])}, sedangkan periode Renstra di {PROFIL.lembar} {benar}",
                "-".join(periode[0]), benar,
            )  # fmt: skip


def _fakta_hitungan(r: Rujuk, t: Tempat, semua: Mapping[str, Tempat]) -> Iterator[Selisih]:
    status = re.search(r"(?:^|_)(tidak_memenuhi|memenuhi|melebihi)(?:_|$)", t.kunci)
    daftar = hitungan(t.teks)
    angka = bilangan(t.teks)
    if status:
        nama = status[1].removesuffix("_memenuhi")
        yield from banding_status(r, nama, dict(STATUS_DAFTAR)[nama], daftar)
        return
    if re.search(r"(?:^|_)jumlah_(?:pegawai|personil|personel)$", pangkal(t.kunci, t.bagian)) and len(angka) == 1:
        yield from banding_pegawai(r, angka[0], "pegawai", "Jumlah", HARUS)
        bagian = [angka_satu(semua.get(f"{t.kunci.split('_')[0]}_{x}")) for x in ("pns", "pppk", "ptt")]
        lengkap = [b.nilai for b in bagian if b is not None]
        if len(lengkap) == len(bagian) and not angka[0].sepakat(sum(lengkap, Decimal(0))):
            jumlah = tulis_desimal(sum(lengkap, Decimal(0)))
            yield Selisih(
                "JML-01", CEK, f"PNS, PPPK, dan PTT berjumlah {jumlah} orang", tulis_desimal(angka[0].nilai), jumlah
            )
        return
    if (m := re.fullmatch(r"(?:klaim|jumlah)_(?:pegawai_)?(laki|perempuan)(?:_laki)?", t.kunci)) and len(angka) == 1:
        yield from banding_pegawai(r, angka[0], f"pegawai_{m[1]}", m[1].replace("laki", "laki-laki"), HARUS)
    if (
        re.search(r"(?:^|_)sasaran", t.kunci)
        and len(angka) == 1
        and angka[0].bulat is not None
        and t.kunci.startswith("klaim")
    ):
        benar = [*r.nilai("jumlah_sasaran"), Decimal(len(r.k.buku.baris(EFISIENSI.kunci)))]
        if len(benar) > 1 and benar[0] and not any(angka[0].sepakat(n) for n in benar):
            seharusnya = tulis_desimal(benar[0])
            yield Selisih(
                "JML-01", CEK, f"sasaran tertulis {tulis_desimal(angka[0].nilai)}, sedangkan di {CAPAIAN_IKU.lembar} {seharusnya}",
                tulis_desimal(angka[0].nilai), seharusnya,
            )  # fmt: skip
    if t.kunci.startswith("klaim_") and len(angka) == 1:
        rincian = semua.get(f"daftar_{t.kunci.removeprefix('klaim_')}")
        isi = butir(rincian.teks) if rincian else []
        if rincian and isi and not angka[0].sepakat(Decimal(len(isi))):
            yield Selisih(
                "JML-01", HARUS, f"tertulis {tulis_desimal(angka[0].nilai)}, sedangkan daftarnya memuat {len(isi)} butir",
                tulis_desimal(angka[0].nilai), str(len(isi)), (rincian.anggota(f"{len(isi)} butir"),),
            )  # fmt: skip
    if re.match(r"(?:klaim|jumlah)_", t.kunci) and daftar:
        rencana = bagian_rencana(t.bagian)
        if rencana:
            yield from banding_rencana(r, daftar, HARUS)
        elif rencana is False:
            lain = partial(_banyak_rencana, r.k)
            tahun = {int(x) for x in re.findall(r"(?:19|20|21)\d\d", t.kunci)} or {r.k.tahun - 2, r.k.tahun - 1}
            yield from banding_anggaran(baris_anggaran(r.k, tahun), daftar, CEK, lain)


def _banyak_rencana(k: Konteks, level: Level) -> set[int]:
    return set().union(*(banyak_simpul(k, s, level) for s in TABEL_RENCANA))


def angka_satu(t: Tempat | None) -> Bilangan | None:
    """The only number of a fact."""
    angka = bilangan(t.teks) if t else []
    return angka[0] if len(angka) == 1 else None


def _fakta_uang(r: Rujuk, t: Tempat, semua: Mapping[str, Tempat]) -> Iterator[Selisih]:
    b = angka_satu(t)
    if b is None or b.jenis == "%":
        return
    if kunci := _total_tabel(r.k, t.kunci):
        yield from banding_uang(b, r.nilai(kunci), f"jumlah tabelnya ({SUMBER[kunci]})", HARUS)
    m = re.fullmatch(r"anggaran_(\d{4})_(total|realisasi)", pangkal(t.kunci, t.bagian))
    if m and b.jenis == "rp":
        yield from _anggaran_tahun(r, b, int(m[1]), m[2])
    if t.kunci.endswith("_total"):
        bagian = [angka_satu(semua.get(f"{t.kunci.removesuffix('_total')}_{x}")) for x in ("cpns", "pppk")]
        lengkap = [x for x in bagian if x is not None]
        if len(lengkap) == 2 and not b.sepakat(lengkap[0].nilai + lengkap[1].nilai):
            jumlah = tulis_desimal(lengkap[0].nilai + lengkap[1].nilai)
            yield Selisih("JML-03", HARUS, f"CPNS dan PPPK berjumlah {jumlah}, bukan {b.teks}", b.teks, jumlah)


def _total_tabel(k: Konteks, kunci: str) -> str | None:
    """Which total a key names: by the table's number in Profil, or by its kind, for the plan year or the next."""
    m = re.fullmatch(r"total_(?P<apa>\w+?)(?:_(?P<tahun>\d{4}))?", kunci)
    if not m:
        return None
    geser = int(m["tahun"]) - k.tahun if m["tahun"] else 0
    apa = m["apa"].removeprefix("tabel_")
    nomor = {re.sub(r"\W+", "_", str(k.buku.profil(f"nomor_{s}") or "-").casefold()): s for s in ("t_c_33", "rkt")}
    return {
        ("rkpd", 0): "total_rkpd",
        ("kebutuhan", 0): "total_kebutuhan",
        ("t_c_33", 0): "total_pagu",
        ("t_c_33", 1): "total_p1",
        ("rkt", 0): "total_rkt",
    }.get((apa if apa in {"rkpd", "kebutuhan"} else nomor.get(apa, ""), geser))


def _anggaran_tahun(r: Rujuk, b: Bilangan, tahun: int, apa: str) -> Iterator[Selisih]:
    """A year's budget or spending: doubtful where no stage of Anggaran has it; spending also by Efisiensi of that year."""
    rows = baris_anggaran(r.k, (tahun,))
    kolom = "anggaran" if apa == "total" else "realisasi"
    uang = [(str(x["tahap"].nilai or ""), Decimal(n) / 100) for x in rows if (n := x[kolom].angka)]
    beda = [f"{tahap} {tulis_nilai(n, 'rp')}" for tahap, n in uang]
    if any(b.sepakat(n) for _, n in uang):
        return
    kunci = "pagu_efisiensi" if apa == "total" else "serapan"
    sasaran = [n for n in r.nilai(kunci) if n] if tahun == r.k.tahun - 2 else []
    if apa == "realisasi" and not uang and any(b.sepakat(n, _kabur_serapan(r.k)) for n in sasaran):
        return
    if sasaran and (uang or apa == "realisasi"):
        beda.append(f"jumlah semua sasaran di {EFISIENSI.lembar} {tulis_nilai(sasaran[0], 'rp')}")
    if beda:
        yield Selisih("JML-03", CEK, f"tidak sama dengan tabel: {', '.join(beda)}", b.teks)


def _kabur_serapan(k: Konteks) -> Decimal:
    """How far the spending of Efisiensi may be off: half a unit of each printed rate."""
    jumlah = Decimal(1)
    for b in k.buku.baris(EFISIENSI.kunci):
        persen = bilangan(b["persen_realisasi_anggaran"].asli or "")
        if (pagu := b["pagu_anggaran"].angka) and persen and b["realisasi_anggaran"].kosong:
            jumlah += Decimal(pagu) / 100 * persen[0].langkah / 200
    return jumlah


def _fakta_persen(t: Tempat, semua: Mapping[str, Tempat]) -> Iterator[Selisih]:
    """A rate against the amounts that stand beside it: ``X_persen…`` = ``X_realisasi`` ÷ ``X_total`` or ``X_pagu``."""
    p = angka_satu(t)
    awalan, ada, _ = t.kunci.partition("_persen")
    if p is None or p.jenis != "%" or not ada:
        return
    bagian = angka_satu(semua.get(f"{awalan}_realisasi"))
    seluruh = next((b for x in ("total", "pagu", "anggaran") if (b := angka_satu(semua.get(f"{awalan}_{x}")))), None)
    if bagian and seluruh:
        yield from banding_persen(p, bagian, seluruh)


_CAPAIAN = re.compile(r"(?:^|_)capaian_(?P<apa>[a-z_]+?)_(?P<tahun>\d{4})$")


def _fakta_capaian(k: Konteks, t: Tempat) -> Iterator[Selisih]:
    """What an indicator reached in a year, against T-C.30 and Capaian IKU; only where one indicator fits the key."""
    m = _CAPAIAN.search(pangkal(t.kunci, t.bagian))
    b = angka_satu(t)
    if not m or b is None or int(m["tahun"]) - k.tahun not in {-2, -1}:
        return
    geser = k.tahun - int(m["tahun"])
    kata = m["apa"].split("_")
    tercatat: list[tuple[str, str, Decimal]] = []
    for spec, kolom in ((T_C_30, f"realisasi_n{geser}"), (CAPAIAN_IKU, "realisasi_sd_n2" if geser == 2 else "")):
        cocok = [x for x in k.buku.baris(spec.kunci) if _bicara(str(x["indikator"].nilai or ""), kata)]
        if kolom and len(cocok) == 1 and (n := cocok[0][kolom].angka) is not None:
            tercatat.append((spec.lembar, str(cocok[0]["indikator"].nilai), Decimal(repr(float(n)))))
    if tercatat and not any(b.sepakat(n) for _, _, n in tercatat):
        _, nama, benar = tercatat[0]
        rinci = ", ".join(f"{lembar} {tulis_desimal(n)}" for lembar, _, n in tercatat)
        yield Selisih("JML-03", CEK, f"realisasi “{nama}” Tahun {m['tahun']} di {rinci}", b.teks, tulis_desimal(benar))


def _bicara(indikator: str, kata: Sequence[str]) -> bool:
    """Whether an indicator's words hold all of a key's, one of which may be made of initials."""
    isi = kunci_teks(indikator).split()
    inisial = "".join(x[0] for x in isi)
    return all(x in isi or (len(x) > 2 and x in inisial) for x in kata)
