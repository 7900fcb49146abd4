"""Recompute: every computed cell of a plan, from its inputs. ``hitung`` changes nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from renja_xl.core.buku import Baris, Buku, CaraHitung, Indikator, Level, Nilai, Sel, Sifat
from renja_xl.core.capaian import TANPA_NILAI, realisasi_sd, tingkat
from renja_xl.core.letak import Letak
from renja_xl.core.nilai import sama_teks, teks_semula
from renja_xl.core.pagu import Pos, gulung, nilai_pos, prakiraan_maju, tata_pagu
from renja_xl.core.renstra import menurut_indikator
from renja_xl.core.satuan import cara_hitung_bawaan
from renja_xl.core.struktur import baca_cara_hitung, baca_sifat
from renja_xl.core.terhitung import terhitung
from renja_xl.core.triwulan import hitung_triwulan, isi_rekap, isi_sumber
from renja_xl.core.turunan import hitung_turunan, hitung_turunan_tercetak, isi_renstra, isi_target_renstra
from renja_xl.tabel import REKAP_TRIWULAN, RENSTRA, RKT, T_C_29, T_C_31, T_C_33, TABEL_RENCANA, TABEL_TERTAUT, TRIWULAN
from renja_xl.tabel.dasar import DASAR
from renja_xl.tabel.profil import DARI_PAGU, KOLOM_10_FORMULIR
from renja_xl.tabel.spec import KolomSpec, TabelSpec


@dataclass(frozen=True, slots=True)
class Pilihan:
    """Choices and rates in force, from Profil and Dasar Perhitungan."""

    kolom_10_formulir: bool
    rkt_dari_pagu: bool
    prakiraan_dari_pagu: bool
    dasar: Mapping[str, float]

    @property
    def kriteria(self) -> list[float]:
        """Lower bounds of the criteria, highest first."""
        return [self.dasar[f"kriteria_{k}"] for k in ("sangat_tinggi", "tinggi", "sedang", "rendah")]

    @property
    def pertumbuhan(self) -> float:
        return self.dasar["pertumbuhan_prakiraan"]

    @property
    def pembulatan(self) -> float:
        return self.dasar["pembulatan_prakiraan"]


def pilihan(buku: Buku) -> Pilihan:
    """The choices of a plan; a blank one means its default."""
    nilai: dict[str, Nilai] = {d.kunci: d.bawaan for d in DASAR}
    for b in buku.baris("Dasar Perhitungan"):
        kunci, isi = b["kunci"].nilai, b["nilai"]
        if isinstance(kunci, str) and kunci in nilai and not isi.kosong:
            nilai[kunci] = isi.nilai
    return Pilihan(
        sama_teks(buku.profil("cara_kolom_10"), KOLOM_10_FORMULIR),
        sama_teks(buku.profil("dasar_rkt"), DARI_PAGU),
        sama_teks(nilai["dasar_prakiraan"], DARI_PAGU),
        {d.kunci: _angka_dasar(nilai, d.kunci) for d in DASAR if not isinstance(d.bawaan, str)},
    )


def _angka_dasar(nilai: Mapping[str, Nilai], kunci: str) -> float:
    """A rate; what is no number means its default."""
    isi = nilai[kunci]
    return bawaan_dasar(kunci) if isinstance(isi, str) or isi is None else float(isi)


def bawaan_dasar(kunci: str) -> float:
    """Default of a rate in Dasar Perhitungan."""
    return next(float(d.bawaan) for d in DASAR if d.kunci == kunci)


def kunci_simpul(spec: TabelSpec, kolom: KolomSpec) -> str | None:
    """Column that may name another node for a money column: the right side of T-C.31."""
    return "simpul_kebutuhan" if spec is T_C_31 and kolom.sisi == "kebutuhan" else None


# ── one row ────────────────────────────────────────────────────────────────────────────────────────────────────


def _t_c_29(b: Baris, p: Pilihan, i: Indikator | None) -> dict[str, Nilai]:
    cara, sifat = cara_sifat(b, i)
    sd = realisasi_sd(
        b["realisasi_sd_n3"].angka,
        b["realisasi_n2"].angka,
        b["target_n1"].angka,
        CaraHitung.DIJUMLAHKAN if p.kolom_10_formulir else cara,
    )
    return {
        "cara_hitung": cara.judul,
        "sifat": sifat.judul,
        "tingkat_realisasi_n2": tingkat(b["realisasi_n2"].angka, b["target_n2"].angka, sifat),
        "realisasi_sd_n1": sd,
        "tingkat_capaian_renstra": tingkat(None if isinstance(sd, str) else sd, b["target_renstra"].angka, sifat),
    }


def cara_sifat(b: Baris, i: Indikator | None) -> tuple[CaraHitung, Sifat]:
    """How a T-C.29 row accumulates: from its indicator, else by the units of its columns 4, 6, 7, 5."""
    if i is not None:
        cara = i.cara_hitung or cara_bawaan(b, i.satuan, i.teks)
        return cara, i.sifat
    cara_teks, sifat_teks = b["cara_hitung"].nilai, b["sifat"].nilai
    cara_baris = baca_cara_hitung(cara_teks) if isinstance(cara_teks, str) else None
    sifat_baris = baca_sifat(sifat_teks) if isinstance(sifat_teks, str) else None
    teks = b["indikator"].nilai
    return (
        cara_baris or cara_bawaan(b, None, teks if isinstance(teks, str) else None),
        sifat_baris or Sifat.MAKIN_TINGGI,
    )


def cara_bawaan(b: Baris, satuan: str | None, indikator: str | None) -> CaraHitung:
    """Default cara hitung of a T-C.29 row by its units (columns 4, 6, 7, 5), then its indicator's words."""
    kolom = ("target_renstra", "target_n2", "realisasi_n2", "realisasi_sd_n3")
    isi = [b[f"satuan_{k}"].nilai for k in kolom]
    return cara_hitung_bawaan([*(s if isinstance(s, str) else None for s in isi), satuan], indikator)


def _t_c_31(b: Baris, _p: Pilihan, _i: Indikator | None) -> dict[str, Nilai]:
    pagu, butuh = b["pagu_rkpd"].angka, b["kebutuhan_dana"].angka
    if pagu is None and butuh is None:
        return {"selisih": TANPA_NILAI, "persen_selisih": TANPA_NILAI}
    selisih = int(butuh or 0) - int(pagu or 0)
    return {"selisih": selisih, "persen_selisih": selisih / pagu * 100 if pagu else TANPA_NILAI}


_PER_BARIS: Mapping[str, Callable[[Baris, Pilihan, Indikator | None], dict[str, Nilai]]] = {
    T_C_29.kunci: _t_c_29,
    T_C_31.kunci: _t_c_31,
}


def _kolom_baris(spec: TabelSpec, rows: Sequence[Baris], p: Pilihan, indikator: Mapping[str, Indikator]) -> list[Baris]:
    fungsi = _PER_BARIS.get(spec.kunci)
    if fungsi is None:
        return list(rows)
    hasil = []
    for b in rows:
        nilai = fungsi(b, p, indikator.get(b.indikator or ""))
        hasil.append(b.dengan(terhitung(spec, b, nilai)))
    return hasil


# ── money ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _gulung_kolom(spec: TabelSpec, rows: Sequence[Baris], kolom: KolomSpec) -> list[Baris]:
    tata = tata_pagu(rows, kolom.kunci, kunci_simpul(spec, kolom))
    sub = {pos.kunci: nilai_pos(pos, rows, kolom.kunci) for pos in tata if pos.sub}
    jumlah = gulung(tata, sub)
    hasil = list(rows)
    for pos in tata:
        if pos.sub:
            continue
        for i in pos.baris:
            lama = hasil[i][kolom.kunci]
            if i == pos.baris[0]:  # a parent shows its sum on its first row, wherever the print had it
                hasil[i] = hasil[i].dengan(terhitung(spec, hasil[i], {kolom.kunci: jumlah[pos.kunci]}))
            elif not lama.kosong:  # the same parent printed twice: one cell shows the sum, the other its original
                hasil[i] = hasil[i].dengan({kolom.kunci: Sel(None, teks_semula(lama, rupiah=True))})
    return hasil


def nilai_simpul(spec: TabelSpec, rows: Sequence[Baris], kolom: KolomSpec) -> tuple[dict[str, int], dict[str, Nilai]]:
    """For each node, the row that holds its money in a column, and the cell's value."""
    tata = tata_pagu(rows, kolom.kunci, kunci_simpul(spec, kolom))
    return {p.kunci: p.sel for p in tata}, {p.kunci: rows[p.sel][kolom.kunci].nilai for p in tata}


def _isi_prakiraan(rows: Sequence[Baris], butuh: Mapping[str, Nilai], p: Pilihan) -> list[Baris]:
    """Proposed forward estimates where a sub kegiatan has a pagu and nothing is typed on any of its rows."""
    hasil = list(rows)
    for pos in tata_pagu(rows, "pagu_n"):
        if not pos.sub:
            continue
        pertama = pos.baris[0]
        sel = rows[pertama]["pagu_p1"]
        diketik = any(not s.rumus and s.nilai is not None for s in (rows[i]["pagu_p1"] for i in pos.baris))
        dasar = None if diketik else _dasar_prakiraan(pos, rows, butuh, p)
        if dasar is not None:
            baru: Nilai = prakiraan_maju(dasar, p.pertumbuhan, p.pembulatan)
            hasil[pertama] = rows[pertama].dengan({"pagu_p1": Sel(baru, sel.asli, rumus=True)})
        elif sel.rumus:  # the formula stays where it stands and shows that there is nothing to start from
            hasil[pertama] = rows[pertama].dengan({"pagu_p1": Sel(TANPA_NILAI, sel.asli, rumus=True)})
    return hasil


def _dasar_prakiraan(pos: Pos, rows: Sequence[Baris], butuh: Mapping[str, Nilai], p: Pilihan) -> int | None:
    """Basis of a proposed forward estimate in sen; None for a sub kegiatan without a pagu in year n."""
    pagu = nilai_pos(pos, rows, "pagu_n")
    if pagu is None or p.prakiraan_dari_pagu:
        return pagu
    kebutuhan = butuh.get(pos.kunci)
    return None if kebutuhan is None or isinstance(kebutuhan, str) else int(kebutuhan)


# ── derived: RKT ───────────────────────────────────────────────────────────────────────────────────────────────


SUMBER_TARGET_RKT = ((T_C_33, "target_n"), (T_C_31, "target_kebutuhan"))
"""Where RKT takes a target from: the plan itself, else the analysis of needs; the first with a number."""

POLA_TARGET = ("{}", "satuan_{}", "predikat_{}")
"""Columns that make a target: value, unit, grade."""


def sumber_uang_rkt(p: Pilihan) -> tuple[TabelSpec, KolomSpec]:
    """Table and column that RKT takes its anggaran from, by the choice in Profil."""
    if p.rkt_dari_pagu:
        return T_C_33, T_C_33.menurut_kunci["pagu_n"]
    return T_C_31, T_C_31.menurut_kunci["kebutuhan_dana"]


def baris_target(rows: Sequence[Baris]) -> dict[str, int]:
    """Row of each indicator in a plan table; rows of T-C.31 that name two nodes are left out."""
    hasil: dict[str, int] = {}
    for i, b in enumerate(rows):
        if b.indikator and b["simpul_kebutuhan"].nilai is None:
            hasil.setdefault(b.indikator, i)
    return hasil


def _target_rkt(calon: Sequence[tuple[Baris | None, str]]) -> dict[str, Nilai]:
    """Target, unit and grade of an RKT row; ``"-"`` where no source has them."""
    for b, kunci in calon:
        if b is not None and b[kunci].angka is not None:
            isi = {pola.format("target"): b[pola.format(kunci)] for pola in POLA_TARGET}
            return {k: TANPA_NILAI if sel.nilai is None else sel.nilai for k, sel in isi.items()}
    return {pola.format("target"): TANPA_NILAI for pola in POLA_TARGET}


def _turunkan_rkt(rows: Sequence[Baris], sumber: Mapping[str, Sequence[Baris]], p: Pilihan) -> list[Baris]:
    spec_uang, kolom_uang = sumber_uang_rkt(p)
    _, uang = nilai_simpul(spec_uang, sumber[spec_uang.kunci], kolom_uang)
    target = {spec.kunci: baris_target(sumber[spec.kunci]) for spec, _ in SUMBER_TARGET_RKT}
    hasil = []
    for b in rows:
        if b.level is Level.TOTAL:
            hasil.append(b)
            continue
        calon: list[tuple[Baris | None, str]] = []
        for spec, kunci in SUMBER_TARGET_RKT:
            n = target[spec.kunci].get(b.indikator or "")
            calon.append((None if n is None else sumber[spec.kunci][n], kunci))
        nilai = _target_rkt(calon)
        if b.level is Level.SUB_KEGIATAN:
            isi = uang.get(b.simpul or "")
            nilai["anggaran"] = TANPA_NILAI if isi is None or isinstance(isi, str) else isi
        perubahan = terhitung(RKT, b, nilai)
        if b.level is Level.INDIKATOR_LANJUTAN:  # money stands on the node's first row alone
            perubahan["anggaran"] = Sel(None, teks_semula(b["anggaran"], rupiah=True))
        hasil.append(b.dengan(perubahan))
    return hasil


# ── the whole plan ─────────────────────────────────────────────────────────────────────────────────────────────


def hitung(buku: Buku, letak: Letak | None = None) -> Buku:
    """The plan with every computed cell right. Inputs, links and rows stay as they are.

    Args:
        letak: where the rows stand, for the find box; where the builder puts them, without.
    """
    p = pilihan(buku)
    indikator = buku.indikator_menurut_id()
    renstra, t29 = hitung_evaluasi(buku, p)

    t31: list[Baris] = list(buku.baris(T_C_31.kunci))
    for kolom in T_C_31.kolom_uang:
        t31 = _gulung_kolom(T_C_31, t31, kolom)
    t31 = _kolom_baris(T_C_31, t31, p, indikator)

    t33: list[Baris] = list(buku.baris(T_C_33.kunci))
    _, butuh = nilai_simpul(T_C_31, t31, T_C_31.menurut_kunci["kebutuhan_dana"])
    t33 = _isi_prakiraan(t33, butuh, p)
    for kolom in T_C_33.kolom_uang:
        t33 = _gulung_kolom(T_C_33, t33, kolom)

    rkt = _turunkan_rkt(buku.baris(RKT.kunci), {T_C_31.kunci: t31, T_C_33.kunci: t33}, p)
    for kolom in RKT.kolom_uang:
        rkt = _gulung_kolom(RKT, rkt, kolom)
    buku = buku.ganti({RENSTRA.kunci: renstra, T_C_29.kunci: t29, T_C_31.kunci: t31, T_C_33.kunci: t33, RKT.kunci: rkt})
    buku = buku.ganti({TRIWULAN.kunci: _evaluasi_triwulan(buku, p)})
    return hitung_turunan(buku, p.dasar, letak)


def hitung_evaluasi_triwulan(buku: Buku) -> Buku:
    """The plan with Triwulan and Rekap Triwulan right, all other tables being so."""
    rows = _evaluasi_triwulan(buku, pilihan(buku))
    return buku.ganti({TRIWULAN.kunci: rows, REKAP_TRIWULAN.kunci: isi_rekap(buku.baris(REKAP_TRIWULAN.kunci), rows)})


def _evaluasi_triwulan(buku: Buku, p: Pilihan) -> list[Baris]:
    """Rows of Triwulan, the tables of the plan being right."""
    indikator = buku.indikator_menurut_id()
    t33 = buku.baris(T_C_33.kunci)
    _, pagu = nilai_simpul(T_C_33, t33, T_C_33.menurut_kunci["pagu_n"])
    rows = isi_sumber(buku.baris(TRIWULAN.kunci), buku.baris(RENSTRA.kunci), buku.baris(T_C_29.kunci), t33, pagu)
    return hitung_triwulan(
        rows,
        lambda rows, kolom: _gulung_kolom(TRIWULAN, rows, TRIWULAN.menurut_kunci[kolom]),
        lambda b: cara_sifat(b, indikator.get(b.indikator or "")),
        p.kriteria,
    )


def hitung_evaluasi(buku: Buku, p: Pilihan | None = None) -> tuple[list[Baris], list[Baris]]:
    """Rows of Renstra and of T-C.29, recomputed."""
    renstra = isi_renstra(buku.baris(RENSTRA.kunci))
    t29 = isi_target_renstra(buku.baris(T_C_29.kunci), menurut_indikator(renstra))
    return renstra, _kolom_baris(T_C_29, t29, p or pilihan(buku), buku.indikator_menurut_id())


def hitung_tak_tercetak(buku: Buku) -> Buku:
    """The plan as printed, with only those computed columns filled that the print does not have."""
    p = pilihan(buku)
    indikator = buku.indikator_menurut_id()
    hasil = {}
    for spec in TABEL_TERTAUT:
        tercetak = {k.kunci for k in spec.kolom_tercetak}
        lama = buku.baris(spec.kunci)
        hasil[spec.kunci] = [
            b.dengan({k: s for k, s in baru.sel.items() if k not in tercetak})
            for b, baru in zip(lama, _kolom_baris(spec, lama, p, indikator), strict=True)
        ]
    return hitung_turunan_tercetak(buku.ganti(hasil), p.dasar)


def isi_tanpa_nilai(buku: Buku) -> Buku:
    """The plan with a value for every formula that was saved without one (some programs drop them)."""
    hasil = {}
    for spec in TABEL_RENCANA:
        rows = buku.baris(spec.kunci)
        if any(s.rumus and s.nilai is None for b in rows for s in b.sel.values()):
            hasil[spec.kunci] = rows
    if not hasil:
        return buku
    terhitung = hitung(buku)
    return buku.ganti(
        {
            kunci: [
                b.dengan({k: benar[k] for k, s in b.sel.items() if s.rumus and s.nilai is None})
                for b, benar in zip(rows, terhitung.baris(kunci), strict=True)
            ]
            for kunci, rows in hasil.items()
        }
    )


@dataclass(frozen=True, slots=True)
class PerubahanTotal:
    """A rolled-up amount that a recompute changed, in sen (None or text where no amount stood before)."""

    tabel: str
    baris: Baris
    kolom: KolomSpec
    lama: Nilai
    baru: Nilai


def perubahan_total(lama: Buku, baru: Buku) -> list[PerubahanTotal]:
    """Every rolled-up amount of a node that differs between two states of a plan, in sheet order.

    A formula without a saved value showed nothing that could change.
    """
    hasil: list[PerubahanTotal] = []
    for spec in TABEL_TERTAUT:
        rows = baru.baris(spec.kunci)
        for kolom in spec.kolom_uang:
            sebelum = _nilai_induk(spec, lama.baris(spec.kunci), kolom)
            for kunci, pos in _induk(spec, rows, kolom):
                a, z = sebelum.get(kunci, Sel()), rows[pos.sel][kolom.kunci]
                tanpa_nilai = a.rumus and a.nilai is None
                if a.nilai != z.nilai and not tanpa_nilai and not (a.kosong and not z.angka):
                    hasil.append(PerubahanTotal(spec.kunci, rows[pos.baris[0]], kolom, a.nilai, z.nilai))
    return hasil


def _nilai_induk(spec: TabelSpec, rows: Sequence[Baris], kolom: KolomSpec) -> dict[tuple[str, int], Sel]:
    return {kunci: rows[pos.sel][kolom.kunci] for kunci, pos in _induk(spec, rows, kolom)}


def _induk(spec: TabelSpec, rows: Sequence[Baris], kolom: KolomSpec) -> Iterator[tuple[tuple[str, int], Pos]]:
    """Places of amounts above sub kegiatan, each with its node and how many of that there were before: printed plans may
    hold a total twice."""
    banyak: Counter[str] = Counter()
    for pos in tata_pagu(rows, kolom.kunci, kunci_simpul(spec, kolom)):
        if not pos.sub:
            kunci = "total" if pos.level is Level.TOTAL else pos.kunci
            yield (kunci, banyak[kunci]), pos
            banyak[kunci] += 1
