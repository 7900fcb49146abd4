"""Evaluation per quarter (Formulir E.81): figures of the year from its quarters, aware of the indicator's type; their summary.

Rates are percent 0–100 and more; money is sen. Arguments that are no number are None; ``"-"`` means that it cannot be given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from renja_xl.core.buku import Baris, Buku, CaraHitung, Level, Nilai, Sel, Sifat
from renja_xl.core.capaian import TANPA_NILAI, cara_sel, kriteria, persen, rata_rata, realisasi_sd, sifat_sel, tingkat
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.core.pagu import tata_pagu
from renja_xl.core.renstra import menurut_indikator
from renja_xl.core.terhitung import rujukan, sel_dihitung, terhitung
from renja_xl.tabel import REKAP_TRIWULAN, RENSTRA, T_C_29, T_C_33, TABEL_EVALUASI, TRIWULAN
from renja_xl.tabel.renstra import TAHUN_PERIODE
from renja_xl.tabel.spec import DIKETIK
from renja_xl.tabel.triwulan import (
    BELUM_DILAPORKAN,
    BERJALAN,
    DI_BAWAH_RENCANA,
    SESUAI_RENCANA,
    TANPA_RENCANA,
    TANPA_TARGET,
    TERCAPAI,
    TIDAK_TERCAPAI,
    TRIWULAN_KE,
)

RATA_RATA = ("tingkat_realisasi", "tingkat_rp", "tingkat_capaian_renstra", "tingkat_capaian_rp")
"""Columns whose mean stands in the last row."""

Angka = float | int | None


def akhir_lapor(realisasi: Sequence[Angka]) -> int:
    """The last quarter (1 to 4) with a realisasi; 0 without any."""
    return max((q for q, n in enumerate(realisasi, 1) if n is not None), default=0)


def realisasi_tahun(realisasi: Sequence[Angka], cara: CaraHitung) -> float | str:
    """The year's realisasi from those of its quarters (E.81 column 12); ``"-"`` without any.

    dijumlahkan their sum; posisi_akhir the last told one, not the highest; rata_rata the mean of the told ones.
    """
    diketahui = [float(n) for n in realisasi if n is not None]
    if not diketahui:
        return TANPA_NILAI
    if cara is CaraHitung.POSISI_AKHIR:
        return diketahui[-1]
    return sum(diketahui) / len(diketahui) if cara is CaraHitung.RATA_RATA else sum(diketahui)


def rencana_sd(rencana: Sequence[Angka], akhir: int, cara: CaraHitung) -> float | str:
    """What was planned up to the quarter ``akhir``, to set beside the realisasi; ``"-"`` where that quarter has no plan."""
    if not akhir or rencana[akhir - 1] is None:
        return TANPA_NILAI
    return realisasi_tahun(rencana[:akhir], cara)


def status(tingkat_kini: Angka, realisasi: Angka, rencana: Angka, akhir: int, sifat: Sifat) -> str:
    """How an indicator stands, in words.

    Args:
        tingkat_kini: realisasi against the year's target in percent.
        akhir: the last told quarter, 0 for none.
    """
    if not akhir:
        return BELUM_DILAPORKAN
    if tingkat_kini is None:
        return TANPA_TARGET
    if akhir == TRIWULAN_KE[-1]:
        return TERCAPAI if tingkat_kini >= 100 else TIDAK_TERCAPAI
    rendah = sifat is Sifat.MAKIN_RENDAH  # few cases early in the year are no achievement yet
    if tingkat_kini >= 100 and not rendah:
        return TERCAPAI
    if rencana is None or realisasi is None:
        return BERJALAN
    return SESUAI_RENCANA if (realisasi <= rencana if rendah else realisasi >= rencana) else DI_BAWAH_RENCANA


def evaluasi_terisi(buku: Buku) -> bool:
    """Whether anything is typed into the evaluation: a quarter, its plan, a figure of E.81, or a word of the summary."""
    return any(
        k.peran in DIKETIK and not sel.rumus and not sel.kosong and not sel_dihitung(spec, b, k)
        for spec in TABEL_EVALUASI
        for b in buku.baris(spec.kunci)
        for kunci, sel in b.sel.items()
        if (k := spec.menurut_kunci.get(kunci)) is not None
    )


# ── what comes from other tables ──────────────────────────────────────────────────────────────────────────────


def isi_sumber(
    rows: Sequence[Baris],
    renstra: Sequence[Baris],
    t29: Sequence[Baris],
    t33: Sequence[Baris],
    pagu: Mapping[str, Nilai],
) -> list[Baris]:
    """Rows of Triwulan with their targets and budgets from Renstra, T-C.29 and T-C.33, where nothing is typed.

    Args:
        pagu: money of each node in T-C.33, in sen.
    """
    menurut = {s.kunci: menurut_indikator(b) for s, b in ((RENSTRA, renstra), (T_C_29, t29), (T_C_33, t33))}
    kinerja = TRIWULAN.menurut_kunci["target_n"].level
    hasil = []
    for b in rows:
        if b.level not in kinerja:
            hasil.append(b)
            continue
        r, evaluasi, rencana = (menurut[s.kunci].get(b.indikator or "") for s in (RENSTRA, T_C_29, T_C_33))
        target_renstra = _angka(evaluasi, "target_renstra")
        sumber: dict[str, Nilai] = {
            "target_renstra": _angka(r, "target_akhir") if target_renstra is None else target_renstra,
            "realisasi_sd_n1": _angka(evaluasi, "realisasi_sd_n1"),
            "target_n": _angka(rencana, "target_n"),
        }
        ubah = {k: sel for k, v in sumber.items() if (sel := rujukan(b[k], v)) is not None}
        hasil.append(b.dengan(ubah) if ubah else b)
    for kunci in ("pagu_renstra", "pagu_n"):
        for pos in tata_pagu(hasil, kunci):
            if not pos.sub:
                continue
            n = pos.baris[0]
            b = hasil[n]
            if any(not s.rumus and s.nilai is not None for s in (hasil[i][kunci] for i in pos.baris)):
                continue
            isi = _pagu_renstra(menurut[RENSTRA.kunci].get(b.indikator or "")) if kunci == "pagu_renstra" else None
            if kunci == "pagu_n":
                uang = pagu.get(pos.kunci)
                isi = None if uang is None or isinstance(uang, str) else int(uang)
            if (sel := rujukan(b[kunci], isi)) is not None:
                hasil[n] = b.dengan({kunci: sel})
    return hasil


def _angka(b: Baris | None, kunci: str) -> Nilai:
    return b[kunci].angka if b is not None else None


def _pagu_renstra(b: Baris | None) -> int | None:
    """Pagu of all years of the Renstra in sen."""
    isi = [int(n) for r in range(1, TAHUN_PERIODE + 1) if b and (n := b[f"pagu_r{r}"].angka) is not None]
    return sum(isi) if isi else None


# ── one row ────────────────────────────────────────────────────────────────────────────────────────────────────


def isi_baris(b: Baris, cara: CaraHitung, sifat: Sifat, batas: Sequence[float]) -> Baris:
    """A row with its figures of the year and its rates.

    Args:
        batas: lower bounds of the criteria, highest first.
    """
    k, uang = [b[f"k_tw{q}"].angka for q in TRIWULAN_KE], [b[f"rp_tw{q}"].angka for q in TRIWULAN_KE]
    akhir = akhir_lapor(k)
    realisasi = realisasi_tahun(k, cara)
    sd = realisasi_sd(_float(b["realisasi_sd_n1"]), _bilangan(realisasi), None, cara)
    tingkat_kini = tingkat(_bilangan(realisasi), b["target_n"].angka, sifat)
    rencana = rencana_sd([b[f"rencana_tw{q}"].angka for q in TRIWULAN_KE], akhir, cara)
    rp = _jumlah(uang)
    rp_sd = _jumlah([b["realisasi_rp_sd_n1"].angka, None if isinstance(rp, str) else rp])
    nilai: dict[str, Nilai] = {
        "cara_hitung": cara.judul,
        "sifat": sifat.judul,
        "tw_akhir": float(akhir),
        "realisasi": realisasi,
        "rencana_sd": rencana,
        "tingkat_realisasi": tingkat_kini,
        "realisasi_sd": sd,
        "tingkat_capaian_renstra": tingkat(_bilangan(sd), b["target_renstra"].angka, sifat),
        "predikat": kriteria(_bilangan(tingkat_kini), batas),
        "status": status(_bilangan(tingkat_kini), _bilangan(realisasi), _bilangan(rencana), akhir, sifat),
        "realisasi_rp": rp,
        "tingkat_rp": _persen(rp, b["pagu_n"].angka),
        "realisasi_rp_sd": rp_sd,
        "tingkat_capaian_rp": _persen(rp_sd, b["pagu_renstra"].angka),
    }
    milik = {n: v for n, v in nilai.items() if b.level in TRIWULAN.menurut_kunci[n].level}
    return b.dengan(terhitung(TRIWULAN, b, milik))


def isi_rata_rata(rows: Sequence[Baris], batas: Sequence[float]) -> list[Baris]:
    """The rows with the means of all rows above in the last one, and the predikat of the mean performance."""
    hasil: list[Baris] = []
    for b in rows:
        if b.level is not Level.RATA_RATA:
            hasil.append(b)
            continue
        rinci = [x for x in hasil if x.level not in {Level.RATA_RATA, Level.TOTAL}]
        nilai: dict[str, Nilai] = {k: rata_rata(x[k].angka for x in rinci) for k in RATA_RATA}
        nilai["predikat"] = kriteria(_bilangan(nilai["tingkat_realisasi"]), batas)
        hasil.append(b.dengan(terhitung(TRIWULAN, b, nilai)))
    return hasil


def cara_sifat_baris(b: Baris) -> tuple[CaraHitung, Sifat]:
    """What a computed row says of its indicator."""
    return cara_sel(b["cara_hitung"].nilai), sifat_sel(b["sifat"].nilai)


def _float(sel: Sel) -> float | None:
    return None if sel.angka is None else float(sel.angka)


def _bilangan(n: Nilai) -> float | None:
    return None if n is None or isinstance(n, str) else float(n)


def _jumlah(uang: Sequence[Angka]) -> Nilai:
    """Sum of the known amounts in sen; ``"-"`` without any."""
    isi = [int(n) for n in uang if n is not None]
    return sum(isi) if isi else TANPA_NILAI


def _persen(bagian: Nilai, seluruh: Angka) -> float | str:
    """A part of an amount in percent, both in sen, as formulas over rupiah compute it."""
    if isinstance(bagian, str) or bagian is None or seluruh is None:
        return TANPA_NILAI
    return persen(float(rupiah_dari_sen(int(bagian))), float(rupiah_dari_sen(int(seluruh))))


# ── summary ────────────────────────────────────────────────────────────────────────────────────────────────────


def isi_rekap(rekap: Sequence[Baris], rows: Sequence[Baris]) -> list[Baris]:
    """Rows of Rekap Triwulan from those of Triwulan."""

    def program(kolom: str) -> int:
        return sum(int(b[kolom].angka or 0) for b in rows if b.level is Level.PROGRAM)

    def terisi(kolom: str) -> int:
        return sum(b.level is Level.SUB_KEGIATAN and b[kolom].angka is not None for b in rows)

    pagu = program("pagu_n")
    hasil = []
    for b in rekap:
        q = int(b["no"].angka or 0)
        if q not in TRIWULAN_KE:
            hasil.append(b)
            continue
        terisi_kas, terisi_rp = terisi(f"kas_tw{q}"), terisi(f"rp_tw{q}")
        kas: Nilai = sum(program(f"kas_tw{x}") for x in TRIWULAN_KE[:q]) if terisi_kas else TANPA_NILAI
        rp: Nilai = sum(program(f"rp_tw{x}") for x in TRIWULAN_KE[:q]) if terisi_rp else TANPA_NILAI
        terhadap = _persen(rp, None if isinstance(kas, str) or kas is None else int(kas))
        nilai: dict[str, Nilai] = {
            "rencana_terisi": float(terisi_kas),
            "realisasi_terisi": float(terisi_rp),
            "rencana_kas": kas,
            "realisasi": rp,
            "penyerapan": _persen(rp, pagu or None),
            "terhadap_rencana": terhadap,
            "keadaan": _keadaan(rp, _bilangan(terhadap)),
        }
        hasil.append(b.dengan(terhitung(REKAP_TRIWULAN, b, nilai)))
    return hasil


def _keadaan(rp: Nilai, terhadap: float | None) -> str:
    if isinstance(rp, str):
        return BELUM_DILAPORKAN
    if terhadap is None:
        return TANPA_RENCANA
    return SESUAI_RENCANA if terhadap >= 100 else DI_BAWAH_RENCANA


def hitung_triwulan(
    rows: Sequence[Baris],
    gulung: Callable[[list[Baris], str], list[Baris]],
    cara_sifat: Callable[[Baris], tuple[CaraHitung, Sifat]],
    batas: Sequence[float],
) -> list[Baris]:
    """Rows of Triwulan with every computed cell right, their sources being so.

    Args:
        gulung: rolls up one money column.
        cara_sifat: how a row's indicator adds up and which way it is better.
    """
    hasil = list(rows)
    for kolom in TRIWULAN.kolom_uang:
        hasil = gulung(hasil, kolom.kunci)
    return isi_rata_rata([isi_baris(b, *cara_sifat(b), batas) for b in hasil], batas)
