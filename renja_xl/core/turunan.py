"""Recompute of the tables around the plan: Renstra, IKU, staff, status, efficiency, find box, Kalimat and Beranda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from renja_xl.core import cari
from renja_xl.core.baris import baris_lembar
from renja_xl.core.besaran import angka, hitung_besaran
from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel, Sifat
from renja_xl.core.capaian import TANPA_NILAI, kriteria, nilai_efisiensi, persen, rata_rata, sifat_sel, tingkat
from renja_xl.core.kalimat import acuan, susun_kalimat
from renja_xl.core.letak import Letak, letak_bawaan
from renja_xl.core.nilai import rupiah_dari_sen, teks_angka
from renja_xl.core.pemenuhan import status
from renja_xl.core.renstra import kolom_tahun, menurut_indikator, target_akhir
from renja_xl.core.terhitung import REKAP, rujukan, terhitung
from renja_xl.core.triwulan import isi_rekap
from renja_xl.tabel import (
    ANGGARAN,
    BERANDA,
    CAPAIAN_IKU,
    CARI,
    DATA_GRAFIK,
    EFISIENSI,
    INDEKS,
    KALIMAT,
    MENURUT_KUNCI,
    PEGAWAI,
    PEMENUHAN_TARGET,
    PERBANDINGAN,
    PROGRAM_SUB_KEGIATAN,
    REKAP_TRIWULAN,
    RENSTRA,
    RKT,
    T_C_29,
    T_C_30,
    T_C_31,
    T_C_33,
    TRIWULAN,
)
from renja_xl.tabel.anggaran import RENJA
from renja_xl.tabel.beranda import BUTIR_BERANDA
from renja_xl.tabel.efisiensi import BELUM_EFISIEN, EFISIEN
from renja_xl.tabel.indeks import TIDAK_DITEMUKAN
from renja_xl.tabel.kalimat import ACUAN, BELUM, BELUM_LENGKAP, KALIMAT_BAKU, SESUAI
from renja_xl.tabel.spec import NAMA_TAHUN, TabelSpec
from renja_xl.tabel.struktur import YA

TAHUN_T_C_30 = ("n2", "n1", "n", "p1")
"""Years whose targets T-C.30 takes from Renstra."""


def isi_renstra(rows: Sequence[Baris]) -> list[Baris]:
    """Renstra with its targets at the end of the period."""
    hasil = []
    for b in rows:
        nilai = target_akhir(b)
        sel = rujukan(b["target_akhir"], None if nilai == TANPA_NILAI else nilai)
        hasil.append(b if sel is None else b.dengan({"target_akhir": sel}))
    return hasil


def isi_target_renstra(rows: Sequence[Baris], renstra: Mapping[str, Baris]) -> list[Baris]:
    """T-C.29 with column 4 from Renstra where nothing is typed."""
    hasil = []
    for b in rows:
        sumber = renstra.get(b.indikator or "")
        sel = rujukan(b["target_renstra"], _atau_strip(sumber["target_akhir"].angka) if sumber else None)
        hasil.append(b if sel is None else b.dengan({"target_renstra": sel}))
    return hasil


def _atau_strip(nilai: Nilai) -> Nilai:
    """A number, else ``"-"``."""
    return TANPA_NILAI if nilai is None or isinstance(nilai, str) else nilai


def _tampil(sel: Sel) -> Nilai:
    """What a formula shows of another cell: its value, ``"-"`` for a blank."""
    return TANPA_NILAI if sel.nilai is None else sel.nilai


@dataclass
class _Turunan:
    """The tables of one plan; each property takes what it needs from the others."""

    buku: Buku
    dasar: Mapping[str, float]
    letak: Letak | None

    def baris(self, spec: TabelSpec) -> Sequence[Baris]:
        return self.buku.baris(spec.kunci)

    @cached_property
    def renstra(self) -> dict[str, Baris]:
        return menurut_indikator(self.baris(RENSTRA))

    @cached_property
    def t_c_30(self) -> list[Baris]:
        n = self.buku.tahun
        kolom = {t: kolom_tahun(self.buku, n + NAMA_TAHUN[t]) for t in TAHUN_T_C_30}
        return [self._baris_t_c_30(b, kolom) for b in self.baris(T_C_30)]

    def _baris_t_c_30(self, b: Baris, kolom: Mapping[str, int | None]) -> Baris:
        sumber = self.renstra.get(b.indikator or "")
        ubah: dict[str, Sel] = {}
        for t, r in kolom.items():
            if r is None:  # a year outside of the period has no source, now or later
                for k in (f"target_{t}", f"predikat_target_{t}"):
                    if b[k].rumus:
                        ubah[k] = Sel(None, b[k].asli)
                continue
            ada = sumber is not None
            nilai = _atau_strip(sumber[f"target_r{r}"].angka) if sumber is not None and ada else None
            target = rujukan(b[f"target_{t}"], nilai)
            if target is None:
                continue
            ubah[f"target_{t}"] = target
            kunci = f"predikat_target_{t}"
            isi = sumber[f"predikat_r{r}"] if sumber is not None and ada else Sel()
            predikat = rujukan(b[kunci], None if isi.kosong and not b[kunci].rumus else _tampil(isi))
            if predikat is not None:
                ubah[kunci] = predikat
        return b.dengan(ubah) if ubah else b

    @cached_property
    def capaian_iku(self) -> list[Baris]:
        t30, kosong = menurut_indikator(self.t_c_30), Baris("", Level.DATA, {})
        hasil: list[Baris] = []
        for b in self.baris(CAPAIAN_IKU):
            if b.level in REKAP:
                hasil.append(b)
                continue
            iku, renstra = t30.get(b.indikator or "", kosong), self.renstra.get(b.indikator or "", kosong)
            sifat = renstra["sifat"].nilai
            nilai: dict[str, Nilai] = {
                "realisasi_sd_n2": _tampil(iku["realisasi_n2"]),
                "predikat_realisasi": _tampil(iku["predikat_realisasi_n2"]),
                "target_akhir_renstra_re": _tampil(renstra["target_akhir"]),
                "predikat_target": _tampil(renstra["predikat_akhir"]),
                "sifat": Sifat.MAKIN_TINGGI.judul if sifat is None else sifat,
            }
            hasil.append(b.dengan(terhitung(CAPAIAN_IKU, b, nilai)))
        return baris_iku(hasil, self.dasar)

    @cached_property
    def dicari(self) -> str | None:
        """What somebody looks for."""
        kata = next((b["kata"].nilai for b in self.baris(CARI) if b.level is Level.JUMLAH), None)
        return None if kata is None else teks_angka(kata)

    @cached_property
    def indeks(self) -> list[Baris]:
        hasil, jumlah = [], 0
        for b in self.baris(INDEKS):
            teks = [None if b[k].nilai is None else str(b[k].nilai) for k in ("nama", "kode")]
            jumlah += cari.cocok(self.dicari, *teks)
            hasil.append(b.dengan(terhitung(INDEKS, b, {"cocok": float(jumlah)})))
        return hasil

    @cached_property
    def cari(self) -> list[Baris]:
        pertama: dict[float, int] = {}
        for n, b in enumerate(self.indeks, 1):
            pertama.setdefault(float(b["cocok"].angka or 0), n)
        hasil = []
        for b in self.baris(CARI):
            posisi = pertama.get(b["no"].angka or 0) if b["no"].angka else None
            butir = self.indeks[posisi - 1] if posisi else None
            nilai: dict[str, Nilai] = {"posisi": float(posisi) if posisi else TANPA_NILAI}
            for k in ("kode", "jenjang", "nama"):
                nilai[k] = _tampil(butir[k]) if butir else TANPA_NILAI
            for k, tabel in TAUTAN_CARI.items():
                baris = self._nomor_baris(tabel, butir.simpul) if butir else None
                nilai[k] = f"baris {baris}" if baris else TANPA_NILAI
            if butir is None and b["no"].angka == 1 and self.dicari:
                nilai["nama"] = TIDAK_DITEMUKAN
            hasil.append(b.dengan(terhitung(CARI, b, nilai)))
        return hasil

    def _nomor_baris(self, tabel: str, simpul: str | None) -> int | None:
        """Sheet row where a node begins."""
        self.letak = self.letak or letak_bawaan(self.buku)
        b = next((b for b in baris_lembar(self.buku, tabel) if b.simpul == simpul), None)
        return self.letak.baris.get(tabel, {}).get(b.id) if b else None

    @cached_property
    def pemenuhan(self) -> list[Baris]:
        menurut_simpul: dict[str, list[float | int | None]] = defaultdict(list)
        for b in self.baris(T_C_29):
            menurut_simpul[b.simpul or ""].append(b["tingkat_realisasi_n2"].angka)
        rows = [
            b
            if b.level is Level.JUMLAH
            else b.dengan(terhitung(PEMENUHAN_TARGET, b, {"status": status(menurut_simpul.get(b.simpul or "-", ()))}))
            for b in self.baris(PEMENUHAN_TARGET)
        ]
        daftar: dict[Nilai, list[Baris]] = defaultdict(list)
        for b in rows:
            if b.level is Level.SUB_KEGIATAN:
                daftar[b["status"].nilai].append(b)
        return [
            b.dengan(terhitung(PEMENUHAN_TARGET, b, self._jumlah(daftar[b["status"].nilai])))
            if b.level is Level.JUMLAH
            else b
            for b in rows
        ]

    @staticmethod
    def _jumlah(rows: Iterable[Baris]) -> dict[str, Nilai]:
        rows = list(rows)
        return {
            "jumlah_program": float(len({b["id_program"].nilai for b in rows})),
            "jumlah_kegiatan": float(len({b["id_kegiatan"].nilai for b in rows})),
            "jumlah_sub": float(len(rows)),
        }

    @cached_property
    def anggaran(self) -> list[Baris]:
        level = {
            "urusan": Level.URUSAN,
            "program": Level.PROGRAM,
            "kegiatan": Level.KEGIATAN,
            "sub_kegiatan": Level.SUB_KEGIATAN,
        }
        hasil = []
        for b in self.baris(ANGGARAN):
            kini = (
                b["tahun"].angka == self.buku.tahun
                and str(b["tahap"].nilai or "").strip().casefold() == RENJA.casefold()
            )
            ubah: dict[str, Sel] = {}
            for k, tingkat_simpul in level.items():
                banyak = float(
                    sum(
                        i["jenjang"].nilai == tingkat_simpul.judul and i["di_rencana"].nilai == YA
                        for i in self.baris(INDEKS)
                    )
                )
                if (sel := rujukan(b[k], banyak if kini or b[k].rumus else None)) is not None:
                    ubah[k] = sel
            total = sum(int(x["pagu_n"].angka or 0) for x in self.baris(T_C_33) if x.level is Level.PROGRAM)
            if (sel := rujukan(b["anggaran"], total if kini or b["anggaran"].rumus else None)) is not None:
                ubah["anggaran"] = sel
            hasil.append(b.dengan(ubah) if ubah else b)
        return baris_anggaran(hasil, self.dasar)

    @cached_property
    def efisiensi(self) -> list[Baris]:
        iku = menurut_indikator(self.capaian_iku)
        hasil = []
        for b in self.baris(EFISIENSI):
            sasaran = iku.get(b.indikator or "")
            capaian = angka(sasaran["capaian_persen"].nilai) if sasaran else None
            pagu, realisasi = _rupiah(b["pagu_anggaran"]), _rupiah(b["realisasi_anggaran"])
            sel = rujukan(b["persen_realisasi_anggaran"], persen(realisasi, pagu) if realisasi is not None else None)
            ubah = terhitung(EFISIENSI, b, {"capaian_persen": TANPA_NILAI if capaian is None else capaian})
            hasil.append(b.dengan(ubah if sel is None else {**ubah, "persen_realisasi_anggaran": sel}))
        return baris_efisiensi(hasil, self.dasar)

    @cached_property
    def uang_simpul(self) -> dict[str, dict[str, int]]:
        """Money of each node in sen, by the columns of Perbandingan and Data Grafik."""
        return {
            kunci: _jumlah_simpul(self.baris(spec), kunci)
            for kunci, spec in (
                ("pagu_rkpd", T_C_31),
                ("kebutuhan_dana", T_C_31),
                ("pagu_n", T_C_33),
                ("anggaran", RKT),
            )
        }

    @cached_property
    def perbandingan(self) -> list[Baris]:
        hasil = []
        for b in self.baris(PERBANDINGAN):
            uang = {k: isi.get(b.simpul or "", 0) for k, isi in self.uang_simpul.items()}
            butuh = uang["kebutuhan_dana"]
            selisih = {"selisih_pagu": uang["pagu_n"] - butuh, "selisih_rkt": uang["anggaran"] - butuh}
            hasil.append(b.dengan(terhitung(PERBANDINGAN, b, {**uang, **selisih})))
        return hasil

    @cached_property
    def rekap_triwulan(self) -> list[Baris]:
        return isi_rekap(self.baris(REKAP_TRIWULAN), self.baris(TRIWULAN))

    @cached_property
    def data_grafik(self) -> list[Baris]:
        uang = {k: self.uang_simpul[k] for k in ("pagu_rkpd", "kebutuhan_dana", "pagu_n")}
        capaian: dict[str, list[float | int | None]] = defaultdict(list)
        for b in self.baris(T_C_29):
            capaian[b.simpul or ""].append(b["tingkat_capaian_renstra"].angka)
        hasil = []
        for b in self.baris(DATA_GRAFIK):
            nilai: dict[str, Nilai] = {k: isi.get(b.simpul or "", 0) for k, isi in uang.items()}
            nilai["capaian"] = rata_rata(capaian.get(b.simpul or "", ()))
            hasil.append(b.dengan(terhitung(DATA_GRAFIK, b, nilai)))
        return hasil


TAUTAN_CARI = {
    "di_struktur": PROGRAM_SUB_KEGIATAN.kunci,
    "di_t_c_29": T_C_29.kunci,
    "di_t_c_31": T_C_31.kunci,
    "di_t_c_33": T_C_33.kunci,
    "di_rkt": RKT.kunci,
}
"""Link columns of the find box, and the tables that they lead to."""


def _rupiah(sel: Sel) -> float | None:
    """An amount in rupiah, as formulas see it."""
    return None if sel.angka is None else float(rupiah_dari_sen(int(sel.angka)))


def _jumlah_simpul(rows: Sequence[Baris], kolom: str) -> dict[str, int]:
    """Money of each node in a column, in sen."""
    hasil: dict[str, int] = defaultdict(int)
    for b in rows:
        hasil[b.simpul or ""] += int(b[kolom].angka or 0)
    return hasil


# ── formulas over a row of its own table ──────────────────────────────────────────────────────────────────────


def baris_iku(rows: Sequence[Baris], dasar: Mapping[str, float]) -> list[Baris]:
    """Capaian IKU with its rates, their means per sasaran, and criteria, from what the rows show."""
    batas = [dasar[f"kriteria_{k}"] for k in ("sangat_tinggi", "tinggi", "sedang", "rendah")]
    hasil: list[Baris] = []
    kelompok: list[Nilai] = []
    for b in rows:
        if b.level in REKAP:
            capaian = rata_rata(angka(n) for n in kelompok)
            kelompok = []
        else:
            sifat = sifat_sel(b["sifat"].nilai)
            capaian = tingkat(b["realisasi_sd_n2"].angka, b["target_akhir_renstra_re"].angka, sifat)
            kelompok.append(capaian)
        nilai: dict[str, Nilai] = {"capaian_persen": capaian, "kategori": kriteria(angka(capaian), batas)}
        hasil.append(b.dengan(terhitung(CAPAIAN_IKU, b, nilai)))
    return hasil


def baris_pegawai(rows: Sequence[Baris], _dasar: Mapping[str, float]) -> list[Baris]:
    """Pegawai with its sums."""
    hasil: list[Baris] = []
    for b in rows:
        if b.level in REKAP:
            jumlah: dict[str, Nilai] = {
                k: float(sum(x[k].angka or 0 for x in hasil if x.level not in REKAP))
                for k in ("laki_laki", "perempuan", "jumlah")
            }
        else:
            isi = [n for k in ("laki_laki", "perempuan") if (n := b[k].angka) is not None]
            jumlah = {"jumlah": float(sum(isi)) if isi else TANPA_NILAI}
        hasil.append(b.dengan(terhitung(PEGAWAI, b, jumlah)))
    return hasil


def baris_anggaran(rows: Sequence[Baris], _dasar: Mapping[str, float]) -> list[Baris]:
    """Anggaran with the share that was spent."""
    return [
        b.dengan(terhitung(ANGGARAN, b, {"persen_realisasi": persen(_rupiah(b["realisasi"]), _rupiah(b["anggaran"]))}))
        for b in rows
    ]


def baris_efisiensi(rows: Sequence[Baris], dasar: Mapping[str, float]) -> list[Baris]:
    """Efisiensi from the achievement and the absorption that its rows show."""
    hasil = []
    for b in rows:
        capaian, serap = b["capaian_persen"].angka, b["persen_realisasi_anggaran"].angka
        pagu, realisasi = _rupiah(b["pagu_anggaran"]), _rupiah(b["realisasi_anggaran"])
        nilai = nilai_efisiensi(capaian, serap)
        diketik = None if pagu is None or serap is None else pagu * serap / 100
        isi: dict[str, Nilai] = {
            "capaian_desimal": TANPA_NILAI if capaian is None else capaian / 100,
            "serapan": _atau_strip(diketik if realisasi is None else realisasi),
            "nilai_efisiensi": nilai,
            "simpulan": _simpulan(angka(nilai), dasar),
        }
        hasil.append(b.dengan(terhitung(EFISIENSI, b, isi)))
    return hasil


def _simpulan(nilai: float | None, dasar: Mapping[str, float]) -> str:
    """Whether an efficiency counts as such."""
    if nilai is None:
        return TANPA_NILAI
    return EFISIEN if nilai >= dasar["batas_efisien"] else BELUM_EFISIEN


RUMUS_BARIS: Mapping[str, Callable[[Sequence[Baris], Mapping[str, float]], list[Baris]]] = {
    CAPAIAN_IKU.kunci: baris_iku,
    PEGAWAI.kunci: baris_pegawai,
    ANGGARAN.kunci: baris_anggaran,
    EFISIENSI.kunci: baris_efisiensi,
}
"""Tables whose rows compute from what they show themselves."""


# ── all of them ───────────────────────────────────────────────────────────────────────────────────────────────


def hitung_turunan(buku: Buku, dasar: Mapping[str, float], letak: Letak | None) -> Buku:
    """The plan with these tables right; Renstra and the tables of the plan itself are so already.

    Args:
        dasar: rates in force, by their key.
        letak: where the rows stand, for the find box; where the builder puts them, without.
    """
    t = _Turunan(buku, dasar, letak)
    buku = buku.ganti(
        {
            T_C_30.kunci: t.t_c_30,
            CAPAIAN_IKU.kunci: t.capaian_iku,
            PEGAWAI.kunci: baris_pegawai(buku.baris(PEGAWAI.kunci), dasar),
            INDEKS.kunci: t.indeks,
            CARI.kunci: t.cari,
            PEMENUHAN_TARGET.kunci: t.pemenuhan,
            ANGGARAN.kunci: t.anggaran,
            EFISIENSI.kunci: t.efisiensi,
            PERBANDINGAN.kunci: t.perbandingan,
            DATA_GRAFIK.kunci: t.data_grafik,
            REKAP_TRIWULAN.kunci: t.rekap_triwulan,
        }
    )
    return isi_ringkasan(buku)


def _tersimpan(nilai: Nilai) -> Nilai:
    """A number with the digits that every program saves."""
    return float(f"{nilai:.15g}") if isinstance(nilai, float) else nilai


def hitung_turunan_tercetak(buku: Buku, dasar: Mapping[str, float]) -> Buku:
    """The plan as printed with what no print has: the tables of our own, and unprinted columns over their own row."""
    t = _Turunan(buku, dasar, None)
    hasil: dict[str, list[Baris]] = {}
    for kunci, rumus in RUMUS_BARIS.items():
        tercetak = {k.kunci for k in MENURUT_KUNCI[kunci].kolom_tercetak}
        lama = buku.baris(kunci)
        hasil[kunci] = [
            b.dengan({k: sel for k, sel in baru.sel.items() if k not in tercetak})
            for b, baru in zip(lama, rumus(lama, dasar), strict=True)
        ]
    hasil[EFISIENSI.kunci] = [  # from the printed figure, as its formula is
        b.dengan(terhitung(EFISIENSI, b, {"simpulan": _simpulan(b["nilai_efisiensi"].angka, dasar)}))
        for b in hasil[EFISIENSI.kunci]
    ]
    milik = {
        INDEKS.kunci: t.indeks,
        CARI.kunci: t.cari,
        DATA_GRAFIK.kunci: t.data_grafik,
        PERBANDINGAN.kunci: t.perbandingan,
        REKAP_TRIWULAN.kunci: t.rekap_triwulan,
    }
    return isi_ringkasan(buku.ganti({**hasil, **milik}))


def isi_ringkasan(buku: Buku) -> Buku:
    """The plan with Beranda and Kalimat right, all other tables being so."""
    besaran = hitung_besaran(buku)
    pola = {k.kunci: k for k in KALIMAT_BAKU}
    kalimat = []
    for b in buku.baris(KALIMAT.kunci):
        p = pola.get(str(b["kunci"].nilai))
        if p is None:
            kalimat.append(b)
            continue
        teks = susun_kalimat(p, besaran, buku.tahun)
        nilai: dict[str, Nilai] = {"kalimat": teks, "keadaan": BELUM if teks == BELUM_LENGKAP else SESUAI}
        nilai |= dict(
            zip(
                (f"acuan_{n}" for n in range(1, ACUAN + 1)),
                (_tersimpan(besaran.get(k)) for k in acuan(p.pola)),
                strict=False,
            )
        )
        kalimat.append(b.dengan(terhitung(KALIMAT, b, nilai)))
    butir = {k.kunci: k for k in BUTIR_BERANDA}
    beranda = []
    for b in buku.baris(BERANDA.kunci):
        p_beranda = butir.get(str(b["kunci"].nilai))
        if p_beranda is None:
            beranda.append(b)
            continue
        isi: dict[str, Nilai] = {"nilai": besaran[p_beranda.kunci]} if p_beranda.kunci in besaran else {}
        if p_beranda.selisih:
            isi["selisih"] = besaran[p_beranda.selisih]
        beranda.append(b.dengan(terhitung(BERANDA, b, isi)))
    return buku.ganti({KALIMAT.kunci: kalimat, BERANDA.kunci: beranda})
