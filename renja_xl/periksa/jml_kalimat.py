"""Claims of running text: amounts and rates, the sentences of ``tabel.kalimat``, and what needs no table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from renja_xl.core.buku import Level
from renja_xl.core.klaim import Bilangan, KalimatBaku, bilangan, hitungan, kalimat, kalimat_baku, tahun_disebut
from renja_xl.core.nilai import sama_teks, tulis, tulis_desimal
from renja_xl.core.temuan import Tingkat
from renja_xl.periksa.jml_dasar import CEK, HARUS, SUMBER, Rujuk, Selisih, kata_depan, samarkan, tulis_nilai
from renja_xl.periksa.jml_hitungan import (
    banding_anggaran,
    banding_rencana,
    banding_status,
    baris_anggaran,
    jumlah_rincian,
    menurut_level,
    pegawai_kalimat,
    pendidikan_kalimat,
    tahap_anggaran,
)
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import ANGGARAN, EFISIENSI
from renja_xl.tabel.efisiensi import EFISIEN
from renja_xl.tabel.pemenuhan import MELEBIHI, MEMENUHI, TIDAK_MEMENUHI

# ── amounts and rates in sentences ────────────────────────────────────────────────────────────────────────────

_SEBESAR = r"(?:\s+(?:adalah|yaitu|yakni|ditetapkan))?\s+(?:sebesar|senilai|sejumlah)\s*:?\s*$"
_TAHUN = r"(?:\s+(?:pada\s+)?(?:tahun(?:\s+anggaran)?|ta\.?)\s+(?P<tahun>\d{4}))?"
_UANG = (
    (
        "total_rkpd",
        0,
        re.compile(rf"\bpagu\s+indikatif(?:\s+rancangan\s+awal)?\s+rkpd{_TAHUN}{_SEBESAR}", re.IGNORECASE),
    ),
    ("total_kebutuhan", 0, re.compile(rf"\b(?:total\s+)?kebutuhan\s+dana{_TAHUN}{_SEBESAR}", re.IGNORECASE)),
    ("total_p1", 1, re.compile(rf"\bprakiraan\s+maju{_TAHUN}{_SEBESAR}", re.IGNORECASE)),
    ("total_pagu", 0, re.compile(rf"\bpagu\s+(?:rencana|renja){_TAHUN}{_SEBESAR}", re.IGNORECASE)),
)
_ANGGARAN_TAHAP = re.compile(
    r"\b(?:(?:total|jumlah)\s+)?(?:pagu\s+)?anggaran\s+(?P<tahap>(?:pada\s+)?(?:apbd[\s\-]*p(?:erubahan)?|apbd\s+perubahan|apbd|renja))"
    rf"{_TAHUN}{_SEBESAR}",
    re.IGNORECASE,
)
_SELURUHNYA = re.compile(
    r"\b(?:(?P<total>total|jumlah|seluruh)\s+)?(?:kebutuhan\s+(?:dana|anggaran|pendanaan)|pagu(?:\s+indikatif|\s+anggaran)?|pendanaan)"
    r"(?P<antara>(?:\s+(?:untuk|melaksanakan|membiayai|seluruh|semua|program|dan|kegiatan|sub|pada|dalam|renja|rencana|kerja|perangkat|"
    r"daerah|keseluruhan|indikatif))*)\s*(?:adalah|yaitu|yakni|ditetapkan|direncanakan)?\s+(?:sebesar|senilai|sejumlah)\s*:?\s*$",
    re.IGNORECASE,
)
"""Money that a sentence says the whole plan needs."""
_REALISASI = re.compile(r"\b(?:realisasi|terealisasi|terserap|penyerapan|serapan)\b", re.IGNORECASE)


def _uang(r: Rujuk, teks: str) -> Iterator[Selisih]:
    """Amounts whose words before them name a table's total."""
    for s in kalimat(teks):
        for b in bilangan(s):
            if b.jenis != "rp":
                continue
            depan = kata_depan(s, b)
            for kunci, geser, pola in _UANG:
                m = pola.search(depan)
                if m and (not m["tahun"] or int(m["tahun"]) == r.k.tahun + geser):
                    yield from banding_uang(b, r.nilai(kunci), f"jumlah tabelnya ({SUMBER[kunci]})", CEK)
            yield from _uang_seluruhnya(r, s, b)
            m = _ANGGARAN_TAHAP.search(depan)
            if m and m["tahun"]:
                rows = baris_anggaran(r.k, (int(m["tahun"]),), tahap_anggaran(m["tahap"]))
                sen = [b_["anggaran"].angka for b_ in rows]
                yield from banding_uang(
                    b, [Decimal(n) / 100 for n in sen if n is not None], f"jumlah di {ANGGARAN.lembar}", CEK
                )


_UTUH = re.compile(r"seluruh|semua|program\s+dan\s+kegiatan|renja|rencana\s+kerja", re.IGNORECASE)


def _uang_seluruhnya(r: Rujuk, s: str, b: Bilangan) -> Iterator[Selisih]:
    """What the whole plan needs, against every table that sums it up: doubtful where none does so."""
    samar = samarkan(r.k, s)
    m = _SELURUHNYA.search(samar[: b.awal])
    utuh = m and (m["total"] or _UTUH.search(m["antara"]))
    lain = _BAGIAN_SAJA.search(
        re.sub(r"bersumber\s+dari\s+apbd\b(?!\s*(?:provinsi|perubahan))", " ", samar, flags=re.IGNORECASE)
    ) or re.search(r"\b(?:apbd|rkpd)\b", samar[: b.awal], re.IGNORECASE)
    if not utuh or lain or tahun_disebut(s) - {r.k.tahun}:
        return
    benar = [n for kunci in ("total_pagu", "total_kebutuhan", "total_rkt") for n in r.nilai(kunci) if n]
    yield from banding_uang(b, benar, f"jumlah tabelnya ({SUMBER['total_pagu']})", CEK)


def banding_uang(b: Bilangan, benar: Sequence[Decimal], sebutan: str, tingkat: Tingkat) -> Iterator[Selisih]:
    if any(benar) and not any(b.sepakat(n) for n in benar):
        seharusnya = tulis_nilai(benar[0], "rp")
        yield Selisih("JML-03", tingkat, f"{b.teks} berbeda dari {sebutan} {seharusnya}", b.teks, seharusnya)


def _persen_kalimat(r: Rujuk, teks: str) -> Iterator[Selisih]:
    """``anggaran sebesar Rp A terealisasi Rp B atau P%``: the sentence's own arithmetic."""
    for s in kalimat(teks):
        angka = [b for b in bilangan(s) if b.jenis]
        yield from _persen_dari(r, s, angka)
        if [b.jenis for b in angka] != ["rp", "rp", "%"]:
            continue
        a, b, p = angka
        antara, sebelum = s[a.akhir : b.awal], s[: a.awal]
        if not re.search(r"\b(?:anggaran|pagu)\b", sebelum, re.IGNORECASE) or _REALISASI.search(sebelum):
            continue
        sesudah = s[b.akhir : p.awal]
        if _REALISASI.search(antara) and re.fullmatch(
            r"[\s,(]*(?:atau|yaitu|yakni|dengan\s+persentase)?\s*(?:sebesar|sekitar)?\s*", sesudah
        ):
            yield from banding_persen(p, b, a)
            yield from _realisasi_tahun(r, s, a, b)


_DARI_PAGU = re.compile(
    r"[\s,(%)]*(?:\w+\s+){0,2}dari\s+(?:total\s+|jumlah\s+)?(?:pagu|anggaran)(?:\s+\w+)?(?:\s+sebesar|\s+senilai)?\s*",
    re.IGNORECASE,
)


def _persen_dari(r: Rujuk, s: str, angka: Sequence[Bilangan]) -> Iterator[Selisih]:
    """``mencapai P%, yakni Rp B dari pagu Rp A``: spending before its budget, the rate before, between or behind them."""
    uang, persen = [b for b in angka if b.jenis == "rp"], [b for b in angka if b.jenis == "%"]
    if len(uang) != 2 or len(persen) != 1 or not _REALISASI.search(s[: uang[0].awal]):
        return
    (b, a), (p,) = uang, persen
    antara = s[b.akhir : a.awal]
    if b.akhir <= p.awal < a.awal:
        antara = antara.replace(s[p.awal : p.akhir], " ")
    if _DARI_PAGU.fullmatch(antara):
        yield from banding_persen(p, b, a)
        yield from _realisasi_tahun(r, s, a, b)


def _realisasi_tahun(r: Rujuk, s: str, anggaran: Bilangan, realisasi: Bilangan) -> Iterator[Selisih]:
    """What was spent of a budget that Anggaran has for the year that the sentence names."""
    for b in baris_anggaran(r.k, tahun_disebut(s)):
        sen, belanja = b["anggaran"].angka, b["realisasi"].angka
        if sen and belanja and anggaran.sepakat(Decimal(sen) / 100):
            yield from banding_uang(realisasi, [Decimal(belanja) / 100], f"realisasi di {ANGGARAN.lembar}", CEK)


def banding_persen(p: Bilangan, bagian: Bilangan, seluruh: Bilangan) -> Iterator[Selisih]:
    """A rate against the two numbers it was made of, each at its own precision."""
    if not seluruh.nilai:
        return
    benar = bagian.nilai / seluruh.nilai * 100
    kabur = (
        abs(benar) * (bagian.langkah / max(abs(bagian.nilai), Decimal(1)) + seluruh.langkah / abs(seluruh.nilai)) / 2
    )
    if p.sepakat(benar, kabur):
        return
    terpotong = p.terpotong(benar)
    hasil = tulis_nilai(benar, "%", max(2, -int(p.langkah.as_tuple().exponent)))
    yield Selisih(
        "JML-04", CEK if terpotong else HARUS,
        f"{bagian.teks} dari {seluruh.teks} adalah {hasil}, bukan {p.teks}" + (" (dipotong, bukan dibulatkan)" if terpotong else ""),
        p.teks, hasil,
    )  # fmt: skip


# ── known sentences ───────────────────────────────────────────────────────────────────────────────────────────

_GESER = {"n": 0, "n1": -1, "n2": -2, "n3": -3, "p1": 1}
_ATURAN_BENTUK = {"kata": "JML-01", "persen": "JML-04", "angka": "JML-04"}


_ARAH = {
    "arah": ("lebih kecil", "lebih besar", "tidak berbeda, yaitu"),
    "naikturun": ("turun", "naik", "tidak berubah, dengan selisih"),
}
"""Words for less, more and equal, by form."""


def _baku(r: Rujuk, kb: KalimatBaku) -> Iterator[Selisih]:
    """Each blank of a sentence of ours against its quantity; a sentence about other years says nothing of this plan."""
    if any(tahun != r.k.tahun + _GESER.get(peran, 0) for peran, tahun in kb.tahun):
        return
    for i in kb.isian:
        benar = r.nilai(i.besaran)
        if not benar:
            continue
        if i.bilangan is None:
            kurang, lebih, sama = _ARAH[i.bentuk]
            arah = {kurang if n < 0 else lebih if n else sama for n in benar}
            tertulis = " ".join(i.teks.casefold().split())
            if tertulis not in arah:
                yield Selisih("JML-09", HARUS, f"menurut tabelnya {sorted(arah)[0]}", tertulis, sorted(arah)[0])
            continue
        if i.bentuk in {"persen", "rpmutlak"}:
            benar = [abs(n) for n in benar]
        toleransi = Decimal("0.5") if i.bentuk == "rpbulat" else Decimal(0)
        if any(i.bilangan.sepakat(n, toleransi) for n in benar):
            continue
        jenis = i.bilangan.jenis
        seharusnya = tulis_nilai(benar[0], jenis, 3 if i.bentuk == "angka" else 2)
        yield Selisih(
            _ATURAN_BENTUK.get(i.bentuk, "JML-03"),
            CEK if i.bentuk == "rpkata" and i.bilangan.nilai_kata is None else HARUS,  # its words are few without them
            f"{i.bilangan.teks} berbeda dari hasil hitungan tabel {seharusnya}", i.bilangan.teks, seharusnya,
        )  # fmt: skip


# ── sentences ─────────────────────────────────────────────────────────────────────────────────────────────────

_STATUS_KALIMAT = (
    ("tidak", TIDAK_MEMENUHI, re.compile(r"\b(?:tidak|belum)\s+(?:memenuhi|mencapai)\s+target\b", re.IGNORECASE)),
    ("memenuhi", MEMENUHI, re.compile(r"(?<!tidak )(?<!belum )\bmemenuhi\s+target\b", re.IGNORECASE)),
    ("melebihi", MELEBIHI, re.compile(r"(?<!tidak )(?<!belum )\bmelebihi\s+target\b", re.IGNORECASE)),
)
_BAGIAN_SAJA = re.compile(
    r"\b(?:bidang|seksi|subbag\w*|sekretariat|uptd?|triwulan|semester|sasaran|tujuan|prioritas|dak|bersumber|masing|antara\s+lain|"
    r"termasuk|baru|tambahan|realisasi|terealisasi|hanya|sisa|diantaranya|kecuali|usulan)\b",
    re.IGNORECASE,
)
_TIGA = {Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN}
_MEMUAT = re.compile(
    r"\b(?:rencana\s+kerja|renja)\b.{0,60}?\b(?:memuat|terdiri|meliputi|mencakup|berisi|sebanyak|berjumlah)\b",
    re.IGNORECASE,
)


def _hitungan_kalimat(r: Rujuk, teks: str) -> Iterator[Selisih]:
    """Counts of program, kegiatan and sub kegiatan in a sentence that says of which year, or that it is the plan."""
    for s in kalimat(teks):
        daftar = hitungan(s)
        polos = menurut_level(daftar)
        if len(daftar) != sum(len(x) for x in polos.values()) or any(len(x) > 1 for x in polos.values()):
            continue
        tahun = tahun_disebut(s)
        if _BAGIAN_SAJA.search(samarkan(r.k, s)) or (
            Level.PROGRAM not in polos and re.search(r"\bprogram\b", s, re.IGNORECASE)
        ):
            continue  # a part of the plan may be meant
        status = [(nama, sebutan) for nama, sebutan, pola in _STATUS_KALIMAT for _ in pola.finditer(s)]
        if status:
            if len(status) == 1 and {Level.PROGRAM, Level.SUB_KEGIATAN} <= set(polos) and tahun == {r.k.tahun - 2}:
                yield from banding_status(r, *status[0], daftar)
            continue
        if len(_TIGA & set(polos)) < 2:
            continue
        tahap = tahap_anggaran(s)
        if (tahun == {r.k.tahun} and tahap not in {"apbd", "apbdp"}) or (not tahun and _MEMUAT.search(s)):
            yield from banding_rencana(r, daftar, HARUS if tahun and _MEMUAT.search(s) else CEK)
        elif len(tahun) == 1:
            yield from banding_anggaran(baris_anggaran(r.k, tahun, tahap), daftar, CEK, lambda _: set())


def klaim_bebas(r: Rujuk, teks: str) -> Iterator[Selisih]:
    """Every claim of a running text; known sentences are read as such and nothing else."""
    baku = kalimat_baku(teks)
    sisa = teks
    for kb in baku:
        yield from _baku(r, kb)
        sisa = sisa[: kb.awal] + " " * (kb.akhir - kb.awal) + sisa[kb.akhir :]
    yield from _hitungan_kalimat(r, sisa)
    yield from pegawai_kalimat(r, sisa, CEK)
    yield from pendidikan_kalimat(r, sisa)
    yield from _uang(r, sisa)
    yield from _persen_kalimat(r, sisa)
    yield from tahun_peran(r.k, sisa)
    yield from klaim_umum(r, sisa)


def klaim_umum(r: Rujuk, teks: str) -> Iterator[Selisih]:
    """What needs no key: parts of a whole, conclusions, the name of the document."""
    yield from jumlah_rincian(teks)
    yield from _simpulan(r.k, teks)
    if m := re.search(r"\brancangan\s+kerja(?:\s+perangkat\s+daerah)?\s*\(\s*renja\b", teks, re.IGNORECASE):
        yield Selisih(
            "JML-05",
            HARUS,
            "Renja adalah Rencana Kerja, bukan Rancangan Kerja",
            f"{m[0].strip()})",
            "Rencana Kerja (Renja)",
        )


def angka_dan_huruf(teks: str) -> Iterator[Selisih]:
    for b in bilangan(teks):
        if b.kata_berbeda and b.nilai_kata is not None:
            kata = tulis_desimal(b.nilai_kata)
            yield Selisih(
                "JML-02", HARUS, f"angkanya {b.teks}, hurufnya “{b.kurung}” ({kata})", f"{b.teks} ({b.kurung})"
            )


_PERAN_TAHUN = re.compile(
    r"\(\s*n\s*(?:(?P<tanda>[-–−+])\s*(?P<geser>\d))?\s*\)\s*:?\s*(?P<tahun>\d{4})(?!\d)", re.IGNORECASE
)


def tahun_peran(k: Konteks, teks: str) -> Iterator[Selisih]:
    """``(n-3) 2023``: a year that is not the one its role gives."""
    for m in _PERAN_TAHUN.finditer(teks):
        geser = int(m["geser"] or 0) * (1 if m["tanda"] == "+" else -1)
        if int(m["tahun"]) != k.tahun + geser:
            peran = re.sub(r"\s", "", m[0][: m.start("tahun") - m.start()])
            yield Selisih(
                "JML-08",
                HARUS,
                f"{peran} adalah {k.tahun + geser}, bukan {m['tahun']}",
                m["tahun"],
                str(k.tahun + geser),
            )


def _simpulan(k: Konteks, teks: str) -> Iterator[Selisih]:
    """Words about efficiency that the values of Efisiensi do not bear out."""
    kata = teks.casefold()
    if "efisien" not in kata:
        return
    nilai = [(str(b["sasaran"].nilai or ""), b["nilai_efisiensi"].angka) for b in k.buku.baris(EFISIENSI.kunci)]
    angka = [(s, n) for s, n in nilai if n is not None]
    rinci = ", ".join(f"{s} {tulis(float(n), desimal=3)}" for s, n in angka)
    if re.search(r"\bnilai(?:nya)?\s+(?:\w+\s+)?negatif\b", kata) and angka and all(n >= 0 for _, n in angka):
        yield Selisih(
            "JML-09",
            HARUS,
            f"disebut nilai negatif, sedangkan tidak satu pun nilai di {EFISIENSI.lembar} negatif ({rinci})",
        )
    semua_tidak = re.search(
        r"\b(?:kedua|ketiga|semua|seluruh|setiap)\s+sasaran\b[^.]{0,200}?\b(?:inefisien\w*|tidak efisien|belum efisien)",
        kata,
    )
    efisien = [
        str(b["sasaran"].nilai or "") for b in k.buku.baris(EFISIENSI.kunci) if sama_teks(b["simpulan"].nilai, EFISIEN)
    ]
    if semua_tidak and efisien:
        yield Selisih(
            "JML-09",
            HARUS,
            f"semua sasaran disebut tidak efisien, sedangkan {', '.join(efisien)} efisien menurut {EFISIENSI.lembar} ({rinci})",
        )
