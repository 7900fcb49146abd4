"""Counts in prose: program, kegiatan, sub kegiatan by year and stage, the lists of targets, employees."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from renja_xl.core.buku import Baris, Level
from renja_xl.core.klaim import Bilangan, Hitungan, bilangan, hitungan, kalimat
from renja_xl.core.nilai import tulis, tulis_desimal
from renja_xl.core.temuan import Tingkat
from renja_xl.periksa.jml_dasar import (
    CEK,
    HARUS,
    NAMA_BESARAN,
    SEBUTAN_LEVEL,
    Rujuk,
    Selisih,
    banyak_simpul,
    kata_depan,
    samarkan,
    tulis_hitungan,
)
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import ANGGARAN, DAFTAR_PROGRAM, PEGAWAI, PEMENUHAN_TARGET, RKT, T_C_31, T_C_33


def menurut_level(daftar: Iterable[Hitungan]) -> dict[Level, list[Bilangan]]:
    hasil: dict[Level, list[Bilangan]] = defaultdict(list)
    for h in daftar:
        if h.polos:
            hasil[h.level].append(h.bilangan)
    return hasil


def banding_status(r: Rujuk, nama: str, status: str, daftar: Iterable[Hitungan]) -> Iterator[Selisih]:
    """Counts of one of the three lists of targets missed, met and exceeded."""
    for level, semua in menurut_level(daftar).items():
        benar = r.nilai(f"{NAMA_BESARAN[level]}_{nama}") if level in NAMA_BESARAN else []
        ganda = len({b.nilai for b in semua}) > 1
        if not benar or (not ganda and any(semua[0].sepakat(n) for n in benar)):
            continue
        ditulis = tulis_hitungan(semua)
        seharusnya = tulis_desimal(benar[0])
        yield Selisih(
            "JML-01",
            HARUS,
            f"{SEBUTAN_LEVEL[level]} tertulis {ditulis}, sedangkan daftar yang {status} di {PEMENUHAN_TARGET.lembar} "
            f"memuat {seharusnya}",
            f"{ditulis} {SEBUTAN_LEVEL[level]}",
            f"{seharusnya} {SEBUTAN_LEVEL[level]}",
        )


TABEL_RENCANA = (DAFTAR_PROGRAM, T_C_31, T_C_33, RKT)


def banding_rencana(r: Rujuk, daftar: Iterable[Hitungan], tingkat: Tingkat) -> Iterator[Selisih]:
    """Counts of the plan year: certain where no table agrees, doubtful where only some do."""
    for level, semua in menurut_level(daftar).items():
        tabel = {s.lembar: n for s in TABEL_RENCANA if (n := banyak_simpul(r.k, s, level))}
        b = semua[0]
        beda = {lembar: n for lembar, n in tabel.items() if not any(b.sepakat(Decimal(x)) for x in n)}
        if not beda or level is Level.URUSAN:
            continue
        rincian = ", ".join(f"{lembar} {' atau '.join(map(str, sorted(n)))}" for lembar, n in beda.items())
        cocok = [lembar for lembar in tabel if lembar not in beda]
        yield Selisih(
            "JML-01",
            CEK if cocok else tingkat,
            f"{SEBUTAN_LEVEL[level]} tertulis {tulis_desimal(b.nilai)}, sedangkan di {rincian}"
            + (f" (sama dengan {', '.join(cocok)})" if cocok else ""),
            f"{tulis_desimal(b.nilai)} {SEBUTAN_LEVEL[level]}",
            "" if cocok else f"{tulis_desimal(Decimal(min(next(iter(beda.values())))))} {SEBUTAN_LEVEL[level]}",
        )


def baris_anggaran(k: Konteks, tahun: Iterable[int], tahap: str = "") -> list[Baris]:
    diminta = set(tahun)
    return [
        b
        for b in k.buku.baris(ANGGARAN.kunci)
        if b["tahun"].angka in diminta and (not tahap or tahap_anggaran(str(b["tahap"].nilai or "")) == tahap)
    ]


def tahap_anggaran(teks: str) -> str:
    """The stage of a budget that a text names plainly; empty where it names none, or several."""
    kata = teks.casefold()
    perubahan = re.search(r"apbd[\s\-]*p\b|apbd perubahan|perubahan apbd|p[\s\-]apbd", kata)
    sisa = re.sub(r"apbd[\s\-]*p\b|apbd perubahan|perubahan apbd|p[\s\-]apbd", " ", kata)
    nama = [
        n
        for n, ada in (("apbdp", perubahan), ("apbd", "apbd" in sisa), ("renja", re.search(r"\brenja\b", sisa)))
        if ada
    ]
    return nama[0] if len(nama) == 1 else ""


def banding_anggaran(
    rows: Sequence[Baris], daftar: Iterable[Hitungan], tingkat: Tingkat, lain: Callable[[Level], set[int]]
) -> Iterator[Selisih]:
    """Counts of a year and stage of Anggaran, or of any other table that may be meant."""
    for level, semua in menurut_level(daftar).items():
        angka = {Decimal(repr(float(n))) for b in rows if (n := b[level.value].angka) is not None}
        b = semua[0]
        if not angka or any(b.sepakat(n) for n in (*angka, *map(Decimal, lain(level)))):
            continue
        benar = " atau ".join(tulis_desimal(n) for n in sorted(angka))
        yield Selisih(
            "JML-01",
            tingkat,
            f"{SEBUTAN_LEVEL[level]} tertulis {tulis_desimal(b.nilai)}, sedangkan di {ANGGARAN.lembar} {benar}",
            f"{tulis_desimal(b.nilai)} {SEBUTAN_LEVEL[level]}",
            f"{benar} {SEBUTAN_LEVEL[level]}" if len(angka) == 1 else "",
        )


def jumlah_rincian(teks: str) -> Iterator[Selisih]:
    """``3 program yakni 1 program … dan 2 program …``: the parts make the whole."""
    for s in kalimat(teks):
        m = re.search(r"\b(?:yakni|yaitu|terdiri\s+(?:atas|dari))\b", s, re.IGNORECASE)
        if not m:
            continue
        semua = hitungan(s)
        depan = [h for h in semua if h.bilangan.akhir <= m.start()]
        rinci = [h for h in semua if h.bilangan.awal >= m.end()]
        if len(depan) != 1 or len(rinci) < 2 or len(rinci) != len([b for b in bilangan(s) if b.awal >= m.end()]):
            continue
        utuh, jumlah = depan[0].bilangan, sum((h.bilangan.nilai for h in rinci), Decimal(0))
        if {h.level for h in rinci} == {depan[0].level} and not utuh.sepakat(jumlah):
            apa = SEBUTAN_LEVEL[depan[0].level]
            yield Selisih(
                "JML-01", HARUS, f"rinciannya berjumlah {tulis_desimal(jumlah)} {apa}, bukan {tulis_desimal(utuh.nilai)}",
                f"{tulis_desimal(utuh.nilai)} {apa}", f"{tulis_desimal(jumlah)} {apa}",
            )  # fmt: skip


_KELOMPOK_PEGAWAI = (
    ("jenis kelamin", ("laki[\\s\\-]*laki|pria", "perempuan|wanita")),
    ("status", ("pns", "cpns", "pppk|p3k", "ptt|honorer|tenaga kontrak|non[\\s\\-]*asn")),
)
_NARASI_PEGAWAI = re.compile(
    r"\b(?:jumlah\s+(?:seluruh\s+)?(?:pegawai|personil|personel|aparatur)|(?:pegawai|personil|personel|aparatur)\s+"
    r"(?:berjumlah|sebanyak|sejumlah))(?P<antara>[^\d.;:]{0,150})$",
    re.IGNORECASE,
)
_MENYEMPIT = re.compile(
    r"\b(?:asn|pns|cpns|pppk|p3k|ptt|honorer|laki|perempuan|bidang|golongan|eselon|yang|kabupaten|kota|pemerintah|pemkab|daerah|"
    r"se|seluruh\s+opd|program|kegiatan|gaji|belanja|untuk|sub|sasaran|triwulan|semester|sekretariat|seksi|subbag\w*|"
    r"struktural|fungsional|pensiun|mutasi|dari|per)\b",
    re.IGNORECASE,
)


_BERPEGAWAI = re.compile(r"\b(?:didukung(?:\s+oleh)?|memiliki|mempunyai)\s*(?:sebanyak|sejumlah)?\s*$", re.IGNORECASE)
_ORANG_PEGAWAI = re.compile(r"\s*(?:orang\s+)?(?:pegawai|personil|personel|aparatur)\b", re.IGNORECASE)


def pegawai_kalimat(r: Rujuk, teks: str, tingkat: Tingkat) -> Iterator[Selisih]:
    """Employees in sentences that say plainly that they count those of the agency."""
    for s in map(partial(samarkan, r.k), kalimat(teks)):
        angka = bilangan(s)
        for n, b in enumerate(angka):
            depan = kata_depan(s, b)
            m = _NARASI_PEGAWAI.search(depan)
            orang = _ORANG_PEGAWAI.match(s, b.akhir) if _BERPEGAWAI.search(depan) else None
            ekor = s[orang.end() if orang else b.akhir :]
            if b.bulat is None or not (orang or (m and not _MENYEMPIT.search(m["antara"]))) or _bukan_pegawai(ekor):
                continue
            yield from banding_pegawai(r, b, "pegawai", "Jumlah", tingkat)
            yield from _rincian_pegawai(r, s, b, angka[n + 1 :])
            return


_BUKAN_SENDIRI = re.compile(
    r"\b(?:kabupaten|kota|pemerintah|pemkab|formasi|mengikuti|belajar|pensiun|diklat|dibutuhkan|kebutuhan|target|mutasi)\b",
    re.IGNORECASE,
)


def pendidikan_kalimat(r: Rujuk, teks: str) -> Iterator[Selisih]:
    """``30 orang berpendidikan S1``: a level of education as Pegawai spells it."""
    for s in kalimat(teks):
        if not re.search(r"\b(?:ber)?pendidikan|\blulusan\b", s, re.IGNORECASE) or _BUKAN_SENDIRI.search(s):
            continue
        for b in r.k.buku.baris(PEGAWAI.kunci):
            nama, orang = b["tingkat_pendidikan"].nilai, b["jumlah"].angka
            if b.level is not Level.DATA or not isinstance(nama, str) or orang is None:
                continue
            pola = rf"\s*orang\s+(?:(?:yang\s+)?(?:ber|dengan\s+)?pendidikan\s+|lulusan\s+)?{re.escape(nama.strip())}(?![\w/])"
            for angka in bilangan(s):
                cocok = re.match(pola, s[angka.akhir :], re.IGNORECASE)
                if cocok and angka.bulat is not None and not angka.sepakat(Decimal(repr(float(orang)))):
                    yield Selisih(
                        "JML-01", CEK, f"{nama} tertulis {angka.teks} orang, sedangkan di tabel {PEGAWAI.lembar} {tulis(float(orang))}",
                        f"{angka.teks} {nama}", f"{tulis(float(orang))} {nama}",
                    )  # fmt: skip


def _bukan_pegawai(ekor: str) -> bool:
    kata = re.match(r"\s*(?:orang|personil|personel|pegawai)?\s*(?:(?:yang\s+)?terdiri\s+(?:dari|atas))?\s*(\w*)", ekor)
    return bool(kata and _MENYEMPIT.fullmatch(kata[1]))


def banding_pegawai(r: Rujuk, b: Bilangan, kunci: str, sebutan: str, tingkat: Tingkat) -> Iterator[Selisih]:
    benar = [*r.nilai(kunci), *(_jumlah_tercetak(r.k, kunci) if r.nilai(kunci) else ())]
    if any(benar) and not any(b.sepakat(n) for n in benar):
        yield Selisih(
            "JML-01",
            tingkat,
            f"{sebutan.casefold()} pegawai tertulis {tulis_desimal(b.nilai)} orang, sedangkan di tabel {PEGAWAI.lembar} "
            f"{tulis_desimal(benar[0])} orang",
            tulis_desimal(b.nilai),
            tulis_desimal(benar[0]),
        )


def _jumlah_tercetak(k: Konteks, kunci: str) -> list[Decimal]:
    kolom = {"pegawai": "jumlah", "pegawai_laki": "laki_laki", "pegawai_perempuan": "perempuan"}[kunci]
    rows = [b[kolom].angka for b in k.buku.baris(PEGAWAI.kunci) if b.level is Level.JUMLAH]
    return [Decimal(repr(float(n))) for n in rows if n is not None]


def _rincian_pegawai(r: Rujuk, s: str, utuh: Bilangan, angka: Sequence[Bilangan]) -> Iterator[Selisih]:
    """Sexes against the table, and parts against the whole of the same sentence."""
    for kelompok, pola in _KELOMPOK_PEGAWAI:
        bagian = [
            [
                b
                for b in angka
                if b.bulat is not None and re.match(rf"\s*(?:orang\s+)?(?:{p})\b", s[b.akhir :], re.IGNORECASE)
            ]
            for p in pola
        ]
        ada = [x[0] for x in bagian if len(x) == 1]
        if any(len(x) > 1 for x in bagian) or len(ada) < 2 or not re.search(r"terdiri|yakni|yaitu", s, re.IGNORECASE):
            continue
        if kelompok == "jenis kelamin":
            beda = [
                *banding_pegawai(r, ada[0], "pegawai_laki", "Laki-laki", CEK),
                *banding_pegawai(r, ada[1], "pegawai_perempuan", "Perempuan", CEK),
            ]
            if beda:
                yield from beda
                continue
        jumlah = sum((b.nilai for b in ada), Decimal(0))
        if not utuh.sepakat(jumlah):
            yield Selisih(
                "JML-01", HARUS if kelompok == "jenis kelamin" else CEK,
                f"rincian menurut {kelompok} berjumlah {tulis_desimal(jumlah)} orang, bukan {tulis_desimal(utuh.nilai)}",
                tulis_desimal(utuh.nilai), tulis_desimal(jumlah),
            )  # fmt: skip
