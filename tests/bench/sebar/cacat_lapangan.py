"""More faults of the kind that offices make: columns sorted apart, rows swapped, years copied, numbers mistyped, lists not kept.

Like those in ``cacat``, each says where it was done, and nothing here reads the rules of the audit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from renja_xl.core.buku import Baris, CaraHitung, Level, Sel, Sifat
from renja_xl.core.nilai import tulis_angka, tulis_rupiah
from renja_xl.core.struktur import PembuatId
from renja_xl.tabel import DAFTAR_PROGRAM, MENURUT_KUNCI, PEMENUHAN_TARGET
from renja_xl.tabel.pemenuhan import STATUS
from tests.bench.sebar.cacat import (
    ANG,
    C29,
    C31,
    C33,
    RK,
    TINGKAT,
    UANG,
    Kebenaran,
    _berangka,
    _fakta,
    _struktur,
    _ubah_fakta,
    cacat,
    di,
)  # fmt: skip
from tests.bench.sebar.papan import CETAK, Papan

_BARIS_29 = (*TINGKAT, "realisasi_sd_n1")


def _sub(p: Papan, tabel: str, *kolom: str) -> list[Baris]:
    return p.baris(tabel, lambda b: b.level is Level.SUB_KEGIATAN and all(b[k].angka for k in kolom))


def _lawan(p: Papan, *baris: Baris) -> Kebenaran:
    """The amounts and targets of nodes in every plan table: where tables disagree, each of them may be named."""
    kolom = {C31: ("target_rkpd", "target_kebutuhan", "pagu_rkpd", "kebutuhan_dana"), C33: ("target_n", "target_p1", "pagu_n", "pagu_p1"),
             RK: ("target", "anggaran")}  # fmt: skip
    return frozenset().union(*(di(t, p.milik(t, b.simpul), *k) for b in baris for t, k in kolom.items()))


# ── columns and rows out of place ─────────────────────────────────────────────────────────────────────────────


@cacat("LOG", CETAK)
def kolom_diurutkan_sendiri(p: Papan) -> Kebenaran | None:
    """One column of T-C.29 sorted without the others."""
    kolom = p.acak.choice(("target_n2", "realisasi_n2"))
    rows = [b for b in p.buku.baris(C29) if b[kolom].angka is not None]
    urut = sorted(rows, key=lambda b: float(b[kolom].angka or 0), reverse=p.acak.random() < 0.5)
    kena = [(b, z) for b, z in zip(rows, urut, strict=True) if b[kolom].angka != z[kolom].angka]
    if len(kena) < 3:
        return None
    for b, z in kena:
        p.taruh(C29, b.id, {kolom: z[kolom]})
    return di(C29, [b for b, _ in kena], kolom, *_BARIS_29)


@cacat("LOG", CETAK)
def angka_turun_sebaris(p: Papan) -> Kebenaran | None:
    """Several figures of one column, one row too low."""
    kolom = p.acak.choice(("target_n2", "realisasi_n2"))
    rows = p.baris(C29, _berangka("target_n2", "realisasi_n2"))
    if len(rows) < 6:
        return None
    awal = p.acak.randrange(len(rows) - 5)
    potong = rows[awal : awal + p.acak.randint(4, 5)]
    if len({b[kolom].angka for b in potong}) < 3:
        return None
    for b, atas in zip(potong[1:], potong, strict=False):
        p.taruh(C29, b.id, {kolom: atas[kolom]})
    return di(C29, potong, kolom, *_BARIS_29)


def _tukar(p: Papan, tabel: str, a: Baris, b: Baris, kolom: Sequence[str]) -> None:
    p.taruh(tabel, a.id, {k: b[k] for k in kolom})
    p.taruh(tabel, b.id, {k: a[k] for k in kolom})


@cacat("LNK", CETAK)
def isi_dua_baris_tertukar(p: Papan) -> Kebenaran | None:
    """Target and money of two sub kegiatan of one kegiatan in each other's row of T-C.33."""
    induk = {s.id: s.induk for s in p.buku.simpul}
    kolom = ("target_n", "satuan_target_n", "pagu_n", "target_p1", "satuan_target_p1", "pagu_p1")
    sub = _sub(p, C33, "pagu_n")
    pasangan = [
        (a, b) for a in sub for b in sub
        if a.id < b.id and induk.get(a.simpul or "") == induk.get(b.simpul or "") and a["pagu_n"].angka != b["pagu_n"].angka
    ]  # fmt: skip
    if not pasangan:
        return None
    a, b = p.acak.choice(pasangan)
    _tukar(p, C33, a, b, kolom)
    return _lawan(p, a, b)


@cacat("LNK", CETAK)
def pagu_diurutkan_sendiri(p: Papan) -> Kebenaran | None:
    """The amounts of one kegiatan sorted apart from its sub kegiatan."""
    tabel, kolom = p.acak.choice(((C33, "pagu_n"), (RK, "anggaran")))
    calon = []
    for b in p.baris(tabel, lambda b: b.level is Level.KEGIATAN):
        anak = [a for a in p.anak(tabel, b.simpul, Level.SUB_KEGIATAN) if a[kolom].angka]
        urut = sorted(anak, key=lambda a: int(a[kolom].angka or 0), reverse=True)
        if (
            len(anak) > 1
            and urut != anak
            and any(x[k].angka for a in anak for t, k in UANG if t == C31 for x in p.milik(t, a.simpul))
        ):
            calon.append((anak, urut))
    if not calon:
        return None
    anak, urut = p.acak.choice(calon)
    for a, z in zip(anak, urut, strict=True):
        p.taruh(tabel, a.id, {kolom: z[kolom]})
    return _lawan(p, *anak)


@cacat("LNK", CETAK)
def sub_di_bawah_kegiatan_lain(p: Papan) -> Kebenaran | None:
    """A sub kegiatan that one table lists below another kegiatan, whose total follows."""
    tabel, kolom = p.acak.choice(((C33, "pagu_n"), (RK, "anggaran"), (C31, "kebutuhan_dana")))
    kegiatan = p.baris(tabel, lambda b: b.level is Level.KEGIATAN and bool(b[kolom].angka))
    b = p.acak.choice(_sub(p, tabel, kolom) or [None])
    asal = p.leluhur(b.simpul)[0] if b else ""
    lain = [k for k in kegiatan if k.simpul != asal]
    if b is None or not lain or len([a for a in p.anak(tabel, asal, Level.SUB_KEGIATAN) if a[kolom].angka]) < 2:
        return None
    tujuan = p.acak.choice(lain)
    milik = [x for x in p.buku.baris(tabel) if x.simpul == b.simpul]
    rows = [x for x in p.buku.baris(tabel) if x.simpul != b.simpul]
    n = next(n for n, x in enumerate(rows) if x.id == tujuan.id) + 1
    while n < len(rows) and rows[n].level is Level.INDIKATOR_LANJUTAN:
        n += 1
    for t, k in UANG:
        beda = int(b[k].angka or 0) if t == tabel else 0
        atas = {*p.leluhur(b.simpul)} ^ {str(tujuan.simpul), *p.leluhur(tujuan.simpul)}
        for x in p.buku.baris(t) if beda else ():
            if x.simpul in atas and isinstance(x[k].nilai, int):
                tambah = beda if x.simpul in {tujuan.simpul, *p.leluhur(tujuan.simpul)} else -beda
                p.taruh(t, x.id, {k: int(x[k].nilai or 0) + tambah})
    kini = {x.id: x for x in p.buku.baris(tabel)}
    p.ganti(tabel, [kini[x.id] for x in (*rows[:n], *milik, *rows[n:])])
    # where tables disagree, each may be named
    return di(tabel, [*milik, *p.milik(tabel, asal), tujuan]) | frozenset().union(
        *(di(t, p.milik(t, b.simpul)) for t in (C29, C31, C33, RK))
    )


# ── what is missing ───────────────────────────────────────────────────────────────────────────────────────────


@cacat("KSG")
def satuan_kosong(p: Papan) -> Kebenaran | None:
    """A figure without its unit."""
    kolom = p.acak.choice(("target_renstra", "target_n2", "realisasi_n2"))
    b = p.pilih(C29, lambda b: b[kolom].angka is not None and not b[f"satuan_{kolom}"].kosong)
    if b is None:
        return None
    p.taruh(C29, b.id, {f"satuan_{kolom}": None})
    return di(C29, [b], kolom, f"satuan_{kolom}")


@cacat("KSG")
def realisasi_kosong(p: Papan) -> Kebenaran | None:
    """A target whose realisation nobody wrote."""
    b = p.pilih(C29, _berangka("target_n2", "realisasi_n2"))
    if b is None:
        return None
    p.taruh(C29, b.id, {"realisasi_n2": None, **({"tingkat_realisasi_n2": "-"} if p.cetak else {})})
    p.ikutkan()
    return di(C29, [b], "realisasi_n2", *_BARIS_29)


@cacat("KSG", CETAK)
def target_renstra_kosong(p: Papan) -> Kebenaran | None:
    """A row without the target at the end of the Renstra."""
    b = p.pilih(C29, _berangka("target_renstra", "target_n2"))
    if b is None:
        return None
    p.taruh(C29, b.id, {"target_renstra": None, "satuan_target_renstra": None, "tingkat_capaian_renstra": "-"})
    return di(C29, [b], "target_renstra", "tingkat_capaian_renstra")


@cacat("KSG", CETAK)
def prakiraan_kosong(p: Papan) -> Kebenaran | None:
    """A sub kegiatan without forward estimate; its kegiatan still has one."""
    b = p.acak.choice(_sub(p, C33, "pagu_n", "pagu_p1") or [None])
    if b is None:
        return None
    p.tambah_uang(C33, "pagu_p1", b.simpul, -int(b["pagu_p1"].angka or 0))
    p.taruh(C33, b.id, {"pagu_p1": None})
    return di(C33, [b], "pagu_p1")


@cacat("KSG")
def lokasi_kosong(p: Papan) -> Kebenaran | None:
    """A sub kegiatan without its place or source of money."""
    tabel, kolom = p.acak.choice(((C33, "lokasi"), (C33, "sumber_dana"), (C31, "lokasi_kebutuhan")))
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and not b[kolom].kosong)
    if b is None:
        return None
    p.taruh(tabel, b.id, {kolom: None})
    return di(tabel, [b], kolom)


# ── numbers mistyped ──────────────────────────────────────────────────────────────────────────────────────────


@cacat("SAT")
def persen_masukan_pecahan(p: Papan) -> Kebenaran | None:
    """85% typed into a cell whose column holds 85: Excel keeps 0,85."""
    kolom = p.acak.choice(("target_n2", "realisasi_n2", "target_n1", "realisasi_sd_n3"))
    b = p.pilih(C29, lambda b: (b[kolom].angka or 0) > 20 and b["satuan_target_n2"].nilai == "%")
    if b is None:
        return None
    p.taruh(C29, b.id, {kolom: float(b[kolom].angka or 0) / 100})
    p.ikutkan()
    return di(C29, [b], "target_n2", "realisasi_n2", "target_n1", "realisasi_sd_n3", *_BARIS_29)


@cacat("LOG")
def ribuan_jadi_desimal(p: Papan) -> Kebenaran | None:
    """1.400 typed into an English Excel: 1,4 of something that is counted."""
    kolom = p.acak.choice(("target_renstra", "realisasi_sd_n3"))
    b = p.pilih(C29, lambda b: (b[kolom].angka or 0) >= 1_000 and not b[kolom].rumus)
    if b is None:
        return None
    p.taruh(C29, b.id, {kolom: float(b[kolom].angka or 0) / 1000})
    p.ikutkan()
    return di(C29, [b], kolom, *_BARIS_29)


@cacat("FMT", CETAK)
def ribuan_koma(p: Papan) -> Kebenaran | None:
    """An amount written the English way."""
    tabel, kolom = p.acak.choice(UANG)
    b = p.acak.choice(_sub(p, tabel, kolom) or [None])
    if b is None or (b[kolom].angka or 0) < 100_000_000:
        return None
    p.taruh(tabel, b.id, {kolom: f"{int(b[kolom].angka or 0) // 100:,}" + p.acak.choice(("", ".00"))})
    return di(tabel, [b], kolom)


@cacat("FMT", CETAK)
def huruf_di_angka(p: Papan) -> Kebenaran | None:
    """A letter for a digit, two figures in one cell, or a date that Excel made."""
    jenis = p.acak.choice(("huruf", "dua", "tanggal"))
    if jenis == "huruf":
        tabel, kolom = p.acak.choice(UANG)
        b = p.acak.choice(_sub(p, tabel, kolom) or [None])
        teks = tulis_rupiah(int(b[kolom].angka or 0) // 100 * 100) if b else ""
        if b is None or "0" not in teks:
            return None
        p.taruh(tabel, b.id, {kolom: Sel(teks.replace("0", "O", 1))})
        return di(tabel, [b], kolom)
    kolom = p.acak.choice(("target_n2", "realisasi_n2"))
    b = p.pilih(C29, lambda b: bool(b[kolom].angka) and b.level is Level.SUB_KEGIATAN)
    if b is None:
        return None
    teks = tulis_angka(float(b[kolom].angka or 0))
    p.taruh(C29, b.id, {kolom: Sel(f"{teks} dan 2" if jenis == "dua" else "2024-05-12 00:00:00")})
    return di(C29, [b], kolom)


@cacat("LOG")
def pagu_negatif(p: Papan) -> Kebenaran | None:
    """An amount below zero; what adds it up follows."""
    b = p.acak.choice(_sub(p, C33, "pagu_n") or [None])
    if b is None:
        return None
    nilai = int(b["pagu_n"].angka or 0)
    p.taruh(C33, b.id, {"pagu_n": -nilai})
    if p.cetak:
        p.tambah_uang(C33, "pagu_n", b.simpul, -2 * nilai)
    p.ikutkan()
    return di(C33, [b], "pagu_n") | _lawan(p, b)


@cacat("LNK")
def faktor_prakiraan_beda(p: Papan) -> Kebenaran | None:
    """A forward estimate that grows otherwise than the rest."""
    b = p.acak.choice(_sub(p, C33, "pagu_n", "pagu_p1") or [None])
    if b is None:
        return None
    lama = int(b["pagu_p1"].angka or 0)
    baru = int(lama / 1.1 * p.acak.choice((1.05, 1.2, 1.5))) // 10_000 * 10_000
    p.taruh(C33, b.id, {"pagu_p1": Sel(baru) if not p.cetak else baru})
    if p.cetak:
        p.tambah_uang(C33, "pagu_p1", b.simpul, baru - lama)
    p.ikutkan()
    return di(C33, [b], "pagu_p1")


# ── rules of the form not kept ────────────────────────────────────────────────────────────────────────────────


@cacat("HIT", CETAK)
def persen_dijumlahkan(p: Papan) -> Kebenaran | None:
    """Column 10 of a percentage or index added up over the years."""
    b = p.pilih(
        C29,
        lambda b: (
            b["cara_hitung"].nilai == CaraHitung.POSISI_AKHIR.judul
            and bool(b["realisasi_n2"].angka and b["target_n1"].angka)
        ),
    )
    if b is None:
        return None
    jumlah = sum(float(b[k].angka or 0) for k in ("realisasi_sd_n3", "realisasi_n2", "target_n1"))
    p.taruh(C29, b.id, {"realisasi_sd_n1": jumlah})
    return di(C29, [b], "realisasi_sd_n1")


@cacat("HIT", CETAK)
def rendah_dihitung_tinggi(p: Papan) -> Kebenaran | None:
    """The rate of an indicator that should fall, computed as if it should rise."""
    b = p.pilih(
        C29, lambda b: b["sifat"].nilai == Sifat.MAKIN_RENDAH.judul and bool(b["realisasi_n2"].angka and b["target_n2"].angka)
        and b["realisasi_n2"].angka != b["target_n2"].angka,
    )  # fmt: skip
    if b is None:
        return None
    p.taruh(
        C29,
        b.id,
        {
            "tingkat_realisasi_n2": round(
                float(b["realisasi_n2"].angka or 0) / float(b["target_n2"].angka or 1) * 100, 2
            )
        },
    )
    return di(
        C29, [b], "tingkat_realisasi_n2", "tingkat_capaian_renstra"
    )  # the two rates of the row contradict each other


@cacat("LOG")
def tahun_tersalin(p: Papan) -> Kebenaran | None:
    """Targets of year n-1 copied from year n-2, all of them."""
    rows = p.baris(C29, _berangka("target_n2", "target_n1"))
    if len(rows) < 6 or all(b["target_n2"].angka == b["target_n1"].angka for b in rows):
        return None
    for b in rows:
        p.taruh(C29, b.id, {"target_n1": Sel(b["target_n2"].angka, b["target_n2"].asli)})
    p.ikutkan()
    return di(C29, rows, "target_n1", *_BARIS_29)


@cacat("LNK")
def anggaran_tersalin(p: Papan) -> Kebenaran | None:
    """The total of one year copied into the next."""
    lalu = p.pilih(ANG, lambda b: b["tahun"].angka == p.buku.tahun - 2 and bool(b["anggaran"].angka))
    b = p.pilih(ANG, lambda b: b["tahun"].angka == p.buku.tahun - 1 and bool(b["anggaran"].angka))
    if lalu is None or b is None:
        return None
    p.taruh(ANG, b.id, {"anggaran": lalu["anggaran"]})
    p.ikutkan()
    return di(ANG, [lalu, b], "anggaran")


@cacat("LOG")
def serapan_berlebih(p: Papan) -> Kebenaran | None:
    """Spending with a zero too many."""
    b = p.pilih(ANG, lambda b: 0 < (b["realisasi"].angka or 0) < 10**13)
    if b is None:
        return None
    p.taruh(ANG, b.id, {"realisasi": int(b["realisasi"].angka or 0) * 10})
    p.ikutkan()
    return di(ANG, [b], "realisasi", "persen_realisasi") | frozenset(
        x
        for k in ("realisasi", "persen_realisasi", "total")
        if (f := _fakta(p, f"anggaran_{p.buku.tahun - 2}_{k}"))
        for x in di("Profil", [f], "nilai")
    )


@cacat("JML")
def hitungan_tahun_lalu_salah(p: Papan) -> Kebenaran | None:
    """Counts of the evaluated year in Anggaran that T-C.29 does not bear out, in all its rows."""
    rows = p.baris(ANG, lambda b: b["tahun"].angka == p.buku.tahun - 2)
    kolom = p.acak.choice(("program", "kegiatan", "sub_kegiatan"))
    beda = p.acak.choice((1, 2, -1))
    for b in rows:
        p.taruh(ANG, b.id, {kolom: max(1.0, float(b[kolom].angka or 0) + beda)})
    return di(ANG, rows, kolom)


# ── names, lists, citations ───────────────────────────────────────────────────────────────────────────────────


@cacat("LNK")
def nama_perangkat_beda(p: Papan) -> Kebenaran | None:
    """The agency under the name it had before, in one table."""
    tabel, kolom = p.acak.choice(((C29, "nama"), (C33, "nama")))
    b = p.pilih(tabel, lambda b: b.level is Level.PERANGKAT_DAERAH)
    if b is None:
        return None
    p.taruh(tabel, b.id, {kolom: Sel(f"{b[kolom].nilai} dan Penelitian")})
    return di(tabel, [b], kolom)


@cacat("DUP", CETAK)
def indikator_kembar(p: Papan) -> Kebenaran | None:
    """A second indicator of a node that repeats the first."""
    tabel, kolom = p.acak.choice(((C33, "indikator"), (C29, "indikator")))
    calon = [b for b in p.baris(tabel) if b.level is Level.INDIKATOR_LANJUTAN and not b[kolom].kosong]
    if not calon:
        return None
    b = p.acak.choice(calon)
    pertama = p.milik(tabel, b.simpul)[0]
    p.taruh(tabel, b.id, {kolom: pertama[kolom]})
    rows = [replace(x, indikator=pertama.indikator) if x.id == b.id else x for x in p.buku.baris(tabel)]
    p.ganti(tabel, rows)
    return di(tabel, [pertama, b])


@cacat("KAT", CETAK)
def status_ganda(p: Papan) -> Kebenaran | None:
    """A sub kegiatan in two lists of the fulfilment of targets."""
    tabel = PEMENUHAN_TARGET.kunci
    b = p.pilih(tabel, lambda b: b.level is Level.SUB_KEGIATAN and not b["status"].kosong)
    if b is None:
        return None
    lain = p.acak.choice([s for s in STATUS[:3] if s != b["status"].nilai])
    baru = replace(b, id=PembuatId(MENURUT_KUNCI[tabel].awalan_id, (x.id for x in p.buku.baris(tabel)))()).dengan(
        {"status": Sel(lain, lain)}
    )
    p.ganti(tabel, [*p.buku.baris(tabel), baru])
    return di(tabel, [b, baru])


@cacat("LNK", CETAK)
def daftar_kurang(p: Papan) -> Kebenaran | None:
    """A program, kegiatan or sub kegiatan that the list of Bab IV leaves out."""
    tabel = DAFTAR_PROGRAM.kunci
    b = p.pilih(tabel, lambda b: b.level in {Level.KEGIATAN, Level.SUB_KEGIATAN} and bool(p.milik(RK, b.simpul)))
    if b is None:
        return None
    p.ganti(tabel, [x for x in p.buku.baris(tabel) if x.id != b.id])
    return di(RK, p.milik(RK, b.simpul)) | di(tabel, p.buku.baris(tabel))


@cacat("KOD")
def kode_bukan_susunan(p: Papan) -> Kebenaran | None:
    """A kode with commas, or one part too short."""
    sub = [s for s in p.buku.simpul if s.level is Level.SUB_KEGIATAN and s.kode]
    if not sub:
        return None
    s = p.acak.choice(sub)
    kode = str(s.kode)
    baru = p.acak.choice((kode.replace(".", ","), kode[:-5], re.sub(r"\.", "-", kode), kode.replace(".2.", ".II.", 1)))
    if baru == kode:
        return None
    p.buku = replace(p.buku, simpul=tuple(replace(x, kode=baru) if x.id == s.id else x for x in p.buku.simpul))
    kena: set[tuple[str, str, str]] = set(_struktur(p, s.id))
    for tabel in (C29, C31, C33, RK):
        for x in p.milik(tabel, s.id):
            if not x["kode"].kosong:
                p.taruh(tabel, x.id, {"kode": Sel(baru)})
                kena |= di(tabel, [x], "kode")
    return frozenset(kena)


@cacat("JML")
def peraturan_beda(p: Papan) -> Kebenaran | None:
    """A regulation cited by another number or year in a second place."""

    def ubah(teks: str) -> str:
        m = p.acak.choice(list(re.finditer(r"(?<=Nomor )\d+|(?<=Tahun )\d{4}(?= tentang)", teks)))
        return teks[: m.start()] + str(int(m[0]) + p.acak.choice((-1, 1, 2))) + teks[m.end() :]

    b = _fakta(p, p.acak.choice(("perda_rpjmd_latar_belakang", "perbup_rkpd_landasan_hukum")))
    if b is None:
        return None
    kunci = str(b["kunci"].nilai)
    pokok = "perda_rpjmd" if kunci.startswith("perda") else "perbup_rkpd"
    kena = _ubah_fakta(p, b, ubah)
    semua = [x for x in p.buku.baris("Profil") if str(x["kunci"].nilai or "").startswith(pokok)]
    return kena and di("Profil", semua, "nilai")


@cacat("JML")
def tanggal_keputusan_beda(p: Papan) -> Kebenaran | None:
    """The date of the decree in its annex is another than on its first page."""
    b = _fakta(p, "keputusan_bupati_tanggal_lampiran")
    kena = _ubah_fakta(p, b, lambda t: re.sub(r"^\d+", lambda m: str(int(m[0]) % 28 + 1), t))
    return kena and di(
        "Profil", [x for x in p.buku.baris("Profil") if "keputusan_bupati_tanggal" in str(x["kunci"].nilai)], "nilai"
    )


@cacat("JML")
def periode_beda(p: Papan) -> Kebenaran | None:
    """The period of the RPJMD is not that of the Renstra."""

    def ubah(teks: str) -> str:
        return re.sub(r"(\d{4})-(\d{4})$", lambda m: f"{int(m[1]) - 5}-{int(m[2]) - 5}", teks)

    b = _fakta(p, "perda_rpjmd_latar_belakang")
    kena = _ubah_fakta(p, b, ubah)
    return kena and di(
        "Profil", [x for x in p.buku.baris("Profil") if str(x["kunci"].nilai or "").startswith("perda_rpjmd")], "nilai"
    )
