"""The plan of year n+1 from that of year n, without retyping.

Every year moves by its role: the running year of T-C.29 becomes last year, this year's plan becomes the running year,
the forward estimate becomes the plan. What the new year must collect anew is blank. Nothing is guessed: what a person has
to decide or gather is in ``tugas``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from renja_xl.core.awal import baris_nomenklatur, baris_profil
from renja_xl.core.buku import Asal, Baris, Buku, CaraHitung, Level, Nilai, Sel
from renja_xl.core.hitung import cara_sifat, hitung
from renja_xl.core.letak import Letak, letak_bawaan
from renja_xl.core.nomenklatur import Butir, Pengusul
from renja_xl.core.perbarui import perbarui
from renja_xl.core.renstra import akhir_renstra, awal_renstra
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.terhitung import REKAP
from renja_xl.tabel import (
    BARIS_DIHAPUS,
    BELUM_TERPETAKAN,
    CATATAN_PERBAIKAN,
    EFISIENSI,
    KEADAAN_TERAKHIR,
    NOMENKLATUR,
    PEGAWAI,
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    REKAP_TRIWULAN,
    RENSTRA,
    RIWAYAT,
    RKT,
    T_C_29,
    T_C_30,
    T_C_31,
    T_C_32,
    T_C_33,
    TABEL_BEBAS,
    TABEL_BERPOHON,
    TABEL_RENCANA,
    TRIWULAN,
    TUGAS,
    USULAN_BAPPEDA,
)
from renja_xl.tabel.kendali import TUGAS_SELESAI
from renja_xl.tabel.profil import DIISI_SENDIRI, ISIAN, TAHAPAN
from renja_xl.tabel.spec import DIKETIK, TabelSpec
from renja_xl.tabel.triwulan import TRIWULAN_KE

PRAKIRAAN, PAGU, KOSONG = "prakiraan", "pagu", "kosong"
"""What the new plan's amounts and targets start from: the forward estimate, this year's plan, or nothing."""

_MULAI = {PRAKIRAAN: "p1", PAGU: "n"}
_TINGGAL = (USULAN_BAPPEDA, BARIS_DIHAPUS, BELUM_TERPETAKAN, RIWAYAT)
"""What belongs to the old year alone, and is told to stay there."""
_KOSONG = Sel()


@dataclass(frozen=True, slots=True)
class Tugas:
    """Something that a person has to do, or to know, and the sheet where."""

    lembar: str
    tugas: str


@dataclass(frozen=True, slots=True)
class TahunBaru:
    """The plan of the next year, codes that the new nomenclature does not have so, and what is left to do."""

    buku: Buku
    nomenklatur: tuple[str, ...]
    tugas: tuple[Tugas, ...]


@dataclass(frozen=True, slots=True)
class Evaluasi:
    """A plan whose year is over: what was reached and spent, by its own quarters.

    Attributes:
        nama: how it is called in what is left to do, its file's name.
    """

    buku: Buku
    nama: str


def tahun_berikutnya(
    lama: Buku,
    nomenklatur: Iterable[Butir],
    mulai: str = PRAKIRAAN,
    berkas: str = "",
    letak: Letak | None = None,
    evaluasi: Evaluasi | None = None,
) -> TahunBaru:
    """The plan of year n+1.

    Args:
        lama: the plan of year n, laid out and computed.
        nomenklatur: the nomenclature in force; empty keeps the plan's own.
        mulai: PRAKIRAAN, PAGU or KOSONG.
        berkas: name of the workbook of year n; rows say that they come from there.
        letak: where its rows stand; where the builder puts them, without.
        evaluasi: the plan of year n-1, whose quarters give the realisasi of that year.

    Raises:
        ValueError: ``evaluasi`` is of another year.
    """
    if evaluasi is not None and evaluasi.buku.tahun != lama.tahun - 1:
        raise ValueError("evaluasi")
    nomenklatur = list(nomenklatur)
    berganti = _periode_berganti(lama)
    indikator = tuple(replace(i, di_evaluasi=i.di_evaluasi or i.di_rencana) for i in lama.indikator)
    kini = perbarui(replace(lama, indikator=indikator))  # what is planned this year is evaluated in the next
    kini = _dengan_asal(kini, lama, berkas, letak or letak_bawaan(lama))
    capaian = _Capaian(evaluasi)
    tabel: dict[str, list[Baris]] = {
        PROFIL.kunci: _profil(lama, berganti),
        T_C_29.kunci: _t_c_29(kini, capaian, beku=berganti),
        T_C_30.kunci: [_geser(b, T_C_30, _t_c_30) for b in kini.baris(T_C_30.kunci)],
        T_C_31.kunci: _t_c_31(kini, mulai),
        T_C_33.kunci: [_geser(b, T_C_33, lambda s: _t_c_33(s, mulai)) for b in kini.baris(T_C_33.kunci)],
        RKT.kunci: _rkt(kini),
        TRIWULAN.kunci: [
            _geser(b, TRIWULAN, partial(_triwulan, berganti=berganti)) for b in kini.baris(TRIWULAN.kunci)
        ],
        REKAP_TRIWULAN.kunci: [_hanya(b, ("triwulan", "no")) for b in kini.baris(REKAP_TRIWULAN.kunci)],
        EFISIENSI.kunci: [_efisiensi(b, capaian) for b in kini.baris(EFISIENSI.kunci)],
        T_C_32.kunci: [],
        **{spec.kunci: [] for spec in (CATATAN_PERBAIKAN, KEADAAN_TERAKHIR, *_TINGGAL)},
    }
    if berganti:
        tetap = ("no", "sasaran", "kode", "indikator", "satuan", "cara_hitung", "sifat")
        tabel[RENSTRA.kunci] = [_hanya(b, tetap) for b in kini.baris(RENSTRA.kunci)]
    catatan: tuple[str, ...] = ()
    if nomenklatur:
        catatan = tuple(_beda_nomenklatur(lama, nomenklatur))
        tabel[NOMENKLATUR.kunci] = baris_nomenklatur(nomenklatur)
    tugas = [*_tugas(lama, berganti, mulai), *capaian.tugas(), *_tidak_dibawa(lama)]
    tugas += [Tugas(PROGRAM_SUB_KEGIATAN.lembar, c) for c in catatan]
    tabel[TUGAS.kunci] = [
        Baris(
            f"{TUGAS.awalan_id}-{n:03d}",
            Level.DATA,
            {"no": Sel(float(n)), "lembar": Sel(t.lembar), "tugas": Sel(t.tugas), "keadaan": Sel(TUGAS_SELESAI[0])},
        )
        for n, t in enumerate(tugas, 1)
    ]
    baru = _tanpa_asli(kini.ganti(tabel))
    baru = hitung(perbarui(hitung(perbarui(baru))))  # lists are laid out by what is computed
    return TahunBaru(baru, catatan, tuple(tugas))


def _periode_berganti(lama: Buku) -> bool:
    akhir = akhir_renstra(lama)
    return akhir is not None and lama.tahun + 1 > akhir


# ── what the year before reached and spent ────────────────────────────────────────────────────────────────────


class _Capaian:
    """Realisasi of a year that is over, from its quarters: of indicators whose four quarters are told, and of sasaran."""

    def __init__(self, evaluasi: Evaluasi | None) -> None:
        self.evaluasi = evaluasi
        self.k: dict[tuple[str, str], float] = {}
        self.belum = 0
        self.uang: dict[str, tuple[int, int]] = {}
        """Budget and spending of each sasaran in sen."""
        self.terpakai = 0
        if evaluasi is not None:
            self._kumpulkan(evaluasi.buku)

    def _kumpulkan(self, buku: Buku) -> None:
        simpul, rows = buku.simpul_menurut_id(), buku.baris(TRIWULAN.kunci)
        sasaran: dict[str, str] = {}
        for i in buku.indikator:
            if i.sasaran:
                sasaran.setdefault(i.simpul, kunci_teks(i.sasaran))
        for b in rows:
            s = simpul.get(b.simpul or "")
            kode, teks = s.kode if s else None, b["indikator"].nilai
            realisasi = b["realisasi"].angka
            if kode and isinstance(teks, str) and b["tw_akhir"].angka == TRIWULAN_KE[-1] and realisasi is not None:
                self.k.setdefault((kode, kunci_teks(teks)), float(realisasi))
            elif b["target_n"].angka is not None:
                self.belum += 1
        lengkap = any(b.level is Level.SUB_KEGIATAN and b[f"rp_tw{TRIWULAN_KE[-1]}"].angka is not None for b in rows)
        for b in rows if lengkap else ():
            milik = sasaran.get(b.simpul or "")
            if b.level is Level.PROGRAM and milik:
                pagu, rp = self.uang.get(milik, (0, 0))
                self.uang[milik] = pagu + int(b["pagu_n"].angka or 0), rp + int(b["realisasi_rp"].angka or 0)

    def realisasi(self, kode: str | None, indikator: Nilai) -> float | None:
        nilai = self.k.get((kode, kunci_teks(indikator))) if kode and isinstance(indikator, str) else None
        self.terpakai += nilai is not None
        return nilai

    def tugas(self) -> Iterable[Tugas]:
        if self.evaluasi is None:
            return
        tahun, nama = self.evaluasi.buku.tahun, self.evaluasi.nama
        yield Tugas(
            T_C_29.lembar,
            f"{self.terpakai} realisasi {tahun} (kolom 7) diambil dari lembar {TRIWULAN.lembar} di {nama}; mohon cocokkan.",
        )
        if self.belum:
            yield Tugas(
                T_C_29.lembar,
                f"{self.belum} indikator di {nama} belum lengkap sampai triwulan IV; realisasi {tahun}-nya belum terisi.",
            )


def _efisiensi(b: Baris, capaian: _Capaian) -> Baris:
    """A sasaran with the budget and spending of its programs, where the year before told them."""
    hasil = _hanya(b, ("sasaran",))
    uang = capaian.uang.get(kunci_teks(str(b["uraian_sasaran"].nilai or "")))
    return hasil if uang is None else hasil.dengan({"pagu_anggaran": Sel(uang[0]), "realisasi_anggaran": Sel(uang[1])})


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


def _t_c_29(kini: Buku, capaian: _Capaian, *, beku: bool) -> list[Baris]:
    """Columns 5 to 9 one year on; the target of this year's plan becomes that of the running year.

    The table evaluates the Renstra that its running year belongs to, so that the first plan of a new period still closes
    the old one, and the second starts from nothing: the base year of a period belongs to the one before.

    Args:
        beku: whether Renstra is being emptied for a new period: targets taken from there stay as numbers.
    """
    indikator, simpul = kini.indikator_menurut_id(), kini.simpul_menurut_id()
    rencana: dict[str | None, Baris] = {b.indikator: b for b in reversed(kini.baris(RKT.kunci)) if b.indikator}
    awal, terhitung = awal_renstra(kini), kini.tahun - 2
    mulai_baru = awal is not None and kini.tahun == awal + 1
    lewat = awal is not None and terhitung <= awal

    def geser(b: Baris) -> Mapping[str, Sel]:
        i, s = indikator.get(b.indikator or ""), simpul.get(b.simpul or "")
        plan = rencana.get(b.indikator)
        cara, _ = cara_sifat(b, i)
        sd = None if mulai_baru else b["realisasi_sd_n3"].angka
        banyak = max(terhitung - 1 - awal, 1) if awal is not None else 1
        dicapai = capaian.realisasi(s.kode if s else None, b["indikator"].nilai)
        hasil = {
            # a planner who has begun the sum before the base year ended wants that year in it too
            "realisasi_sd_n3": Sel(gabung(sd, None if lewat and sd is None else b["realisasi_n2"].angka, cara, banyak)),
            "satuan_realisasi_sd_n3": _pertama(b, "satuan_realisasi_n2", "satuan_realisasi_sd_n3"),
            "target_n2": Sel(b["target_n1"].angka),
            "satuan_target_n2": b["satuan_target_n2"],
            "realisasi_n2": Sel(dicapai),
            "satuan_realisasi_n2": b["satuan_realisasi_n2"] if dicapai is not None else _KOSONG,
            "target_n1": Sel(plan["target"].angka if plan else None),
        }
        if not mulai_baru:
            target = b["target_renstra"]
            hasil |= {
                "target_renstra": Sel(target.angka) if beku else target,
                "satuan_target_renstra": b["satuan_target_renstra"],
            }
        return hasil

    return [_geser(b, T_C_29, geser) for b in kini.baris(T_C_29.kunci)]


def _triwulan(b: Baris, *, berganti: bool) -> Mapping[str, Sel]:
    """What goes on: who is responsible, targets of the period, and, where all four quarters are told, what was reached."""
    hasil = {"penanggung_jawab": b["penanggung_jawab"]}
    if berganti:
        return hasil
    hasil |= {k: b[k] for k in ("target_renstra", "pagu_renstra") if not b[k].rumus}
    if b["tw_akhir"].angka == TRIWULAN_KE[-1]:
        hasil["realisasi_sd_n1"] = Sel(b["realisasi_sd"].angka)
    if b.level is Level.SUB_KEGIATAN:
        lengkap = b[f"rp_tw{TRIWULAN_KE[-1]}"].angka is not None
        hasil["realisasi_rp_sd_n1"] = Sel(b["realisasi_rp_sd" if lengkap else "realisasi_rp_sd_n1"].angka)
    return hasil


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
    for spec in (*TABEL_BERPOHON, *TABEL_BEBAS) if berkas else ():
        baris = letak.baris.get(spec.kunci, {})
        ada = {b.id for b in lama.baris(spec.kunci) if b.level not in REKAP}
        tabel[spec.kunci] = [
            replace(b, asal=Asal(f"{berkas} [{spec.lembar}]", str(baris[b.id]))) if b.id in ada and b.id in baris else b
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


def _tugas(lama: Buku, berganti: bool, mulai: str) -> Iterable[Tugas]:
    n, awal = lama.tahun + 1, awal_renstra(lama)
    if berganti:
        akhir = akhir_renstra(lama)
        yield Tugas(
            RENSTRA.lembar,
            f"Periode Renstra berakhir {akhir}. Pastikan periode baru di {PROFIL.lembar}, lalu isi target dan pagunya; yang lama tetap "
            f"ada di buku tahun {n - 1}.",
        )
        yield Tugas(
            T_C_29.lembar,
            f"Tabel ini masih menutup evaluasi Renstra s/d {akhir}: target akhirnya (kolom 4) dibawa sebagai angka.",
        )
    elif awal is not None and lama.tahun == awal + 1:
        yield Tugas(
            T_C_29.lembar,
            f"Kolom kumulatif periode yang berakhir {awal} ditutup: kolom 4 dan 5 dimulai dari awal untuk Renstra baru. Kolom 10 tahun ini "
            f"masih memuat realisasi {n - 2} dari periode lama; mohon jelaskan atau sesuaikan.",
        )
    yield Tugas(
        T_C_29.lembar, f"Isi realisasi {n - 2} (kolom 7); target {n - 1} (kolom 9) diambil dari rencana {n - 1}."
    )
    yield Tugas(T_C_30.lembar, f"Isi realisasi {n - 1} dan proyeksi {n}.")
    if mulai == KOSONG:
        yield Tugas(T_C_33.lembar, f"Isi target dan pagu {n}, juga di {T_C_31.lembar}.")
    else:
        asal = f"prakiraan maju {n}" if mulai == PRAKIRAAN else f"rencana {n - 1}"
        yield Tugas(
            T_C_33.lembar,
            f"Target dan pagu {n} di sini dan di {T_C_31.lembar} berangkat dari {asal}; sesuaikan dengan rancangan awal RKPD.",
        )
        kurang = sum(
            b.level is Level.SUB_KEGIATAN
            and b["pagu_n"].angka is not None
            and b[f"pagu_{_MULAI[mulai]}"].angka is not None
            and b[f"target_{_MULAI[mulai]}"].angka is None
            for b in lama.baris(T_C_33.kunci)
        )
        if kurang:
            yield Tugas(
                T_C_33.lembar, f"{kurang} sub kegiatan berpagu tetapi belum bertarget di {asal}; isi targetnya."
            )
    yield Tugas(T_C_33.lembar, f"Isi target {n + 1}; prakiraan majunya diusulkan dari Dasar Perhitungan.")
    yield Tugas(PEGAWAI.lembar, "Perbarui jumlah pegawai.")
    yield Tugas(T_C_32.lembar, f"Isi usulan masyarakat tahun {n}.")
    yield Tugas(EFISIENSI.lembar, f"Isi pagu dan realisasi {n - 2}.")
    for b in lama.baris(REKAP_TRIWULAN.kunci):
        if not b["tindak_lanjut_renja"].kosong:
            teks = b["tindak_lanjut_renja"].nilai
            yield Tugas(REKAP_TRIWULAN.lembar, f"Tindak lanjut dari {b['triwulan'].nilai} {n - 1}: {teks}")


def _tidak_dibawa(lama: Buku) -> Iterable[Tugas]:
    """Inputs that have no place in the new year; they stay in the old workbook."""
    tahun = lama.tahun
    fakta = [
        b
        for b in lama.baris(PROFIL.kunci)
        if b["kunci"].nilai not in {i.kunci for i in ISIAN} and not b["nilai"].kosong
    ]
    if fakta:
        yield Tugas(
            PROFIL.lembar,
            f"{len(fakta)} fakta yang dikutip dari dokumen {tahun} tidak dibawa; isi yang baru bila perlu.",
        )
    for spec in (T_C_32, *_TINGGAL):
        if banyak := len(lama.baris(spec.kunci)):
            yield Tugas(spec.lembar, f"{banyak} baris tidak dibawa; tetap ada di buku tahun {tahun}.")
    teks = [
        b
        for b in lama.baris(T_C_29.kunci)
        for k in ("realisasi_sd_n3", "realisasi_n2", "target_n1")
        if isinstance(b[k].nilai, str) and not b[k].kosong
    ]
    if teks:
        yield Tugas(
            T_C_29.lembar,
            f"{len(teks)} isian yang bukan angka di kolom 5, 7, dan 9 tidak dibawa; mohon salin dari buku tahun {tahun}.",
        )
