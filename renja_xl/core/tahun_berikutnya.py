"""The plan of year n+1 from that of year n, without retyping.

Every year moves by its role: the running year of T-C.29 becomes last year, this year's plan becomes the running year,
the forward estimate becomes the plan. What the new year must collect anew is blank. Nothing is guessed: what a person has
to decide or gather is in ``tugas``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from renja_xl.core.awal import baris_nomenklatur, baris_profil
from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Asal, Baris, Buku, CaraHitung, Level, Nilai, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import Letak, letak_bawaan
from renja_xl.core.nomenklatur import Butir, Pengusul
from renja_xl.core.perbarui import perbarui
from renja_xl.core.renstra import akhir_renstra, awal_renstra
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.tabel import (
    BARIS_DIHAPUS,
    BELUM_TERPETAKAN,
    CATATAN_PERBAIKAN,
    EFISIENSI,
    NOMENKLATUR,
    PEGAWAI,
    PROFIL,
    RENSTRA,
    RKT,
    SEMUA,
    T_C_29,
    T_C_30,
    T_C_31,
    T_C_32,
    T_C_33,
    TABEL_RENCANA,
    USULAN_BAPPEDA,
)
from renja_xl.tabel.profil import DIISI_SENDIRI, ISIAN, TAHAPAN
from renja_xl.tabel.spec import DIKETIK, TabelSpec

PRAKIRAAN, PAGU, KOSONG = "prakiraan", "pagu", "kosong"
"""What the new plan's amounts and targets start from: the forward estimate, this year's plan, or nothing."""

_MULAI = {PRAKIRAAN: "p1", PAGU: "n"}
_KOSONG = Sel()


@dataclass(frozen=True, slots=True)
class TahunBaru:
    """The plan of the next year, codes that the new nomenclature does not have so, and what is left to do."""

    buku: Buku
    nomenklatur: tuple[str, ...]
    tugas: tuple[str, ...]


def tahun_berikutnya(
    lama: Buku, nomenklatur: Iterable[Butir], mulai: str = PRAKIRAAN, berkas: str = "", letak: Letak | None = None
) -> TahunBaru:
    """The plan of year n+1.

    Args:
        lama: the plan of year n, laid out and computed.
        nomenklatur: the nomenclature in force; empty keeps the plan's own.
        mulai: PRAKIRAAN, PAGU or KOSONG.
        berkas: name of the workbook of year n; rows say that they come from there.
        letak: where its rows stand; where the builder puts them, without.
    """
    nomenklatur = list(nomenklatur)
    berganti = _periode_berganti(lama)
    indikator = tuple(replace(i, di_evaluasi=i.di_evaluasi or i.di_rencana) for i in lama.indikator)
    kini = perbarui(replace(lama, indikator=indikator))  # what is planned this year is evaluated in the next
    kini = _dengan_asal(kini, lama, berkas, letak or letak_bawaan(lama))
    awal = akhir_renstra(lama) if berganti else awal_renstra(lama)
    tabel: dict[str, list[Baris]] = {
        PROFIL.kunci: _profil(lama, berganti),
        T_C_29.kunci: _t_c_29(kini, awal, berganti),
        T_C_30.kunci: [_geser(b, T_C_30, _t_c_30) for b in kini.baris(T_C_30.kunci)],
        T_C_31.kunci: _t_c_31(kini, mulai),
        T_C_33.kunci: [_geser(b, T_C_33, lambda s: _t_c_33(s, mulai)) for b in kini.baris(T_C_33.kunci)],
        RKT.kunci: _rkt(kini),
        EFISIENSI.kunci: [_hanya(b, ("sasaran",)) for b in kini.baris(EFISIENSI.kunci)],
        T_C_32.kunci: [],
        **{spec.kunci: [] for spec in (CATATAN_PERBAIKAN, USULAN_BAPPEDA, BARIS_DIHAPUS, BELUM_TERPETAKAN)},
    }
    if berganti:
        tetap = ("no", "sasaran", "kode", "indikator", "satuan", "cara_hitung", "sifat")
        tabel[RENSTRA.kunci] = [_hanya(b, tetap) for b in kini.baris(RENSTRA.kunci)]
    catatan: tuple[str, ...] = ()
    if nomenklatur:
        catatan = tuple(_beda_nomenklatur(lama, nomenklatur))
        tabel[NOMENKLATUR.kunci] = baris_nomenklatur(nomenklatur)
    baru = _tanpa_asli(kini.ganti(tabel))
    return TahunBaru(hitung(perbarui(baru)), catatan, tuple(_tugas(lama, berganti, mulai)))


def _periode_berganti(lama: Buku) -> bool:
    akhir = akhir_renstra(lama)
    return akhir is not None and lama.tahun + 1 > akhir


# ── one table ─────────────────────────────────────────────────────────────────────────────────────────────────


def _profil(lama: Buku, berganti: bool) -> list[Baris]:
    """Declared fields go on; facts quoted from the old document do not."""
    isian: dict[str, Nilai] = {
        i.kunci: nilai for i in ISIAN if i.kunci not in DIISI_SENDIRI and (nilai := lama.profil(i.kunci)) is not None
    }
    isian |= {"tahun_anggaran": float(lama.tahun + 1), "tahapan": TAHAPAN[0]}
    awal, akhir = awal_renstra(lama), akhir_renstra(lama)
    if berganti and awal is not None and akhir is not None:
        isian["tahun_renstra"] = f"{akhir} s.d. {2 * akhir - awal}"
    return baris_profil(isian)


def _t_c_29(kini: Buku, awal: int | None, berganti: bool) -> list[Baris]:
    """Columns 5 to 9 one year on; the target of this year's plan becomes that of the running year."""
    indikator = kini.indikator_menurut_id()
    rencana: dict[str | None, Baris] = {b.indikator: b for b in reversed(kini.baris(T_C_33.kunci)) if b.indikator}
    terhitung = kini.tahun - 2
    lewat = awal is not None and terhitung <= awal

    def geser(b: Baris) -> Mapping[str, Sel]:
        i = indikator.get(b.indikator or "")
        plan = rencana.get(b.indikator)
        cara = (i.cara_hitung if i else None) or CaraHitung.POSISI_AKHIR
        sd = None if berganti else b["realisasi_sd_n3"].angka
        banyak = max(terhitung - 1 - awal, 1) if awal is not None else 1
        hasil = {
            "realisasi_sd_n3": Sel(gabung(sd, None if lewat else b["realisasi_n2"].angka, cara, banyak)),
            "satuan_realisasi_sd_n3": _pertama(b, "satuan_realisasi_n2", "satuan_realisasi_sd_n3"),
            "target_n2": Sel(b["target_n1"].angka),
            "satuan_target_n2": b["satuan_target_n2"],
            "target_n1": Sel(plan["target_n"].angka if plan else None),
        }
        if not berganti:
            hasil |= {"target_renstra": b["target_renstra"], "satuan_target_renstra": b["satuan_target_renstra"]}
        return hasil

    return [_geser(b, T_C_29, geser) for b in kini.baris(T_C_29.kunci)]


def gabung(sd: float | None, realisasi: float | None, cara: CaraHitung, banyak: int = 1) -> float | None:
    """Realisasi up to a year from that up to the year before and that of the year itself.

    Args:
        banyak: years that ``sd`` stands for, the weight of a mean.
    """
    if sd is None or realisasi is None:
        return realisasi if sd is None else sd
    if cara is CaraHitung.DIJUMLAHKAN:
        return sd + realisasi
    return realisasi if cara is CaraHitung.POSISI_AKHIR else (sd * banyak + realisasi) / (banyak + 1)


def _pertama(b: Baris, *kolom: str) -> Sel:
    return next((b[k] for k in kolom if not b[k].kosong), _KOSONG)


def _t_c_30(b: Baris) -> Mapping[str, Sel]:
    """Targets, realisasi and proyeksi one year on; a target that Renstra gives stays with its formula."""
    pasangan = {"target_n2": "target_n1", "target_n1": "target_n", "target_n": "target_p1", "realisasi_n2": "realisasi_n1",
                "proyeksi_n1": "proyeksi_n"}  # fmt: skip
    hasil = {k: b[k] for k in ("no", "indikator", "satuan", "spm_standar_nasional", "ikk")}
    for baru, lama in pasangan.items():
        for awalan in ("", "predikat_"):
            sel = b[f"{awalan}{lama}"]
            hasil[f"{awalan}{baru}"] = _KOSONG if sel.rumus else sel
    return hasil


def _t_c_33(b: Baris, mulai: str) -> Mapping[str, Sel]:
    hasil = {k: b[k] for k in ("lokasi", "sumber_dana")}
    asal = _MULAI.get(mulai)
    if asal is None:
        return hasil
    hasil |= {pola.format("target_n"): b[pola.format(f"target_{asal}")] for pola in ("{}", "satuan_{}", "predikat_{}")}
    if b.level is Level.SUB_KEGIATAN:
        hasil["pagu_n"] = Sel(b[f"pagu_{asal}"].angka)
    return hasil


def _t_c_31(kini: Buku, mulai: str) -> list[Baris]:
    """Both sides start from the same figures as T-C.33: the draft RKPD takes over the forward estimate."""
    rencana: dict[str | None, Baris] = {b.indikator: b for b in reversed(kini.baris(T_C_33.kunci)) if b.indikator}
    asal = _MULAI.get(mulai)

    def geser(b: Baris) -> Mapping[str, Sel]:
        hasil = {k: b[k] for k in ("lokasi_rkpd", "lokasi_kebutuhan")}
        plan = rencana.get(b.indikator)
        if plan is None or asal is None:
            return hasil
        for sisi, uang in (("rkpd", "pagu_rkpd"), ("kebutuhan", "kebutuhan_dana")):
            for pola in ("{}", "satuan_{}", "predikat_{}"):
                hasil[pola.format(f"target_{sisi}")] = plan[pola.format(f"target_{asal}")]
            if b.level is Level.SUB_KEGIATAN:
                hasil[uang] = Sel(plan[f"pagu_{asal}"].angka)
        return hasil

    return [_geser(b, T_C_31, geser) for b in kini.baris(T_C_31.kunci)]


def _rkt(kini: Buku) -> list[Baris]:
    """Sasaran go on; their targets follow T-C.30, where the indicator is the same."""
    t30 = {kunci_teks(str(b["indikator"].nilai)): b for b in reversed(kini.baris(T_C_30.kunci))}

    def geser(b: Baris) -> Mapping[str, Sel]:
        acuan = t30.get(kunci_teks(str(b["indikator_sasaran"].nilai or "")))
        hasil = {"indikator_sasaran": b["indikator_sasaran"]}
        if acuan is not None and not b["indikator_sasaran"].kosong:
            hasil |= {
                "target_sasaran": Sel(acuan["target_p1"].angka),
                "satuan_target_sasaran": b["satuan_target_sasaran"],
                "predikat_target_sasaran": Sel(acuan["predikat_target_p1"].nilai),
            }
        return hasil

    return [_geser(b, RKT, geser) for b in kini.baris(RKT.kunci)]


def _geser(b: Baris, spec: TabelSpec, isi: Callable[[Baris], Mapping[str, Sel]]) -> Baris:
    """A row whose typed cells are those of ``isi`` alone; linked and computed cells are left to be shown anew."""
    baru = isi(b)
    sel = {
        k.kunci: s
        for k in spec.kolom
        if (s := baru.get(k.kunci, _KOSONG) if k.peran in DIKETIK or k.kunci in baru else b[k.kunci]).nilai is not None
    }
    return replace(b, sel=MappingProxyType(sel))


def _hanya(b: Baris, kolom: Iterable[str]) -> Baris:
    return replace(b, sel=MappingProxyType({k: b[k] for k in kolom if b[k].nilai is not None}))


def _tanpa_asli(buku: Buku) -> Buku:
    """Original texts belong to the old workbook's import."""
    tabel = {}
    for spec in TABEL_RENCANA:
        rows = buku.baris(spec.kunci)
        if any(s.asli is not None for b in rows for s in b.sel.values()):
            tabel[spec.kunci] = [
                replace(
                    b, sel=MappingProxyType({k: replace(s, asli=None) for k, s in b.sel.items() if s.nilai is not None})
                )
                for b in rows
            ]
    return buku.ganti(tabel)


def _dengan_asal(kini: Buku, lama: Buku, berkas: str, letak: Letak) -> Buku:
    """Rows that say which row of the old workbook they come from."""
    tabel = {}
    for spec in SEMUA if berkas else ():
        ada = {b.id for b in baris_lembar(lama, spec.kunci)}
        if spec in TABEL_RENCANA:
            tabel[spec.kunci] = [
                replace(b, asal=Asal(f"{berkas} [{spec.lembar}]", str(letak.baris[spec.kunci][b.id])))
                if b.id in ada and b.id in letak.baris.get(spec.kunci, {})
                else b
                for b in kini.baris(spec.kunci)
            ]
    return kini.ganti(tabel)


# ── what a person must see ────────────────────────────────────────────────────────────────────────────────────


def _beda_nomenklatur(lama: Buku, nomenklatur: Iterable[Butir]) -> Iterable[str]:
    """Codes of the plan that the nomenclature in force does not have, or names otherwise."""
    bidang = lama.profil("kode_bidang_urusan")
    dahulu = Pengusul(_butir(lama), bidang_urusan=str(bidang) if bidang else None)
    kini = Pengusul(nomenklatur, bidang_urusan=str(bidang) if bidang else None)
    for s in lama.simpul:
        if not s.kode or dahulu.dikenali(s.kode) is None:
            continue  # a kode that the old list did not have either is no change
        b = kini.dikenali(s.kode)
        if b is None:
            usul = kini.usul(s.nama, s.level, None)
            saran = f"; kini mungkin {usul.kode}" if usul else ""
            yield f"Kode {s.kode} “{s.nama}” tidak ada lagi dalam nomenklatur yang berlaku{saran}."
        elif kunci_teks(b.nama) != kunci_teks(s.nama):
            yield f"Kode {s.kode} “{s.nama}” kini bernama “{b.nama}”."


def _butir(buku: Buku) -> Iterable[Butir]:
    level = {x.judul: x for x in Level}
    for b in buku.baris(NOMENKLATUR.kunci):
        jenjang = level.get(str(b["jenjang"].nilai))
        if jenjang and b["kode"].nilai:
            yield Butir(str(b["kode"].nilai), jenjang, str(b["nama"].nilai or ""))


def _tugas(lama: Buku, berganti: bool, mulai: str) -> Iterable[str]:
    n = lama.tahun + 1
    if berganti:
        yield (
            f"Periode Renstra berakhir {akhir_renstra(lama)}: kolom kumulatif T-C.29 ditutup dan dimulai dari awal. Pastikan "
            f"periode baru di {PROFIL.lembar}, lalu isi target dan pagu Renstra yang baru; yang lama tetap ada di buku tahun {n - 1}."
        )
    yield f"{T_C_29.lembar}: isi realisasi {n - 2} (kolom 7); target {n - 1} (kolom 9) diambil dari rencana {n - 1}."
    yield f"{T_C_30.lembar}: isi realisasi {n - 1} dan proyeksi {n}."
    if mulai == KOSONG:
        yield f"{T_C_31.lembar} dan {T_C_33.lembar}: isi target dan pagu {n}."
    else:
        asal = f"prakiraan maju {n}" if mulai == PRAKIRAAN else f"rencana {n - 1}"
        yield f"{T_C_31.lembar} dan {T_C_33.lembar}: target dan pagu {n} berangkat dari {asal}; sesuaikan dengan rancangan awal RKPD."
    yield f"{T_C_33.lembar}: isi target {n + 1}; prakiraan majunya diusulkan dari Dasar Perhitungan."
    yield f"{PEGAWAI.lembar}: perbarui jumlah pegawai."
    yield f"{T_C_32.lembar}: isi usulan masyarakat tahun {n}; {EFISIENSI.lembar}: isi pagu dan realisasi {n - 2}."
    yield f"{PROFIL.lembar}: fakta yang dikutip dari dokumen {n - 1} tidak dibawa; isi yang baru bila perlu."
