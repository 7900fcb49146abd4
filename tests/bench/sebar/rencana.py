"""Made-up plans in which everything is right: typed inputs drawn here, everything else computed by the project's own core.

A plan is drawn from its number alone, so a number names the same plan on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from renja_xl.core.awal import baris_dasar, baris_nomenklatur, baris_profil
from renja_xl.core.buku import Baris, Buku, CaraHitung, Indikator, Level, Nilai, Sel, Sifat, Simpul
from renja_xl.core.capaian import predikat_sakip
from renja_xl.core.hitung import hitung
from renja_xl.core.nilai import tulis_angka, tulis_rp
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.perbarui import perbarui
from renja_xl.core.satuan import cara_hitung_bawaan
from renja_xl.core.struktur import anggota
from renja_xl.core.terbilang import terbilang
from renja_xl.core.waktu import catat_sidik
from renja_xl.isi import nomenklatur
from renja_xl.tabel import (
    ANGGARAN,
    CATATAN_PERBAIKAN,
    DASAR_PERHITUNGAN,
    EFISIENSI,
    NOMENKLATUR,
    PEGAWAI,
    PROFIL,
    RENSTRA,
    RKT,
    T_C_29,
    T_C_30,
    T_C_31,
    T_C_32,
    T_C_33,
    TELAAHAN,
    TUJUAN_SASARAN,
)
from renja_xl.tabel.profil import DARI_PAGU, TAHAPAN
from tests.bench.sebar import kata
from tests.bench.sebar.kata import INSTANSI, Instansi

RIBU = 100_000
"""Sen in a thousand rupiah."""


@dataclass(frozen=True, slots=True)
class Jalur:
    """An indicator over the years of the Renstra: targets of all six, realisations of those past."""

    target: tuple[float, ...]
    realisasi: tuple[float, ...]


@dataclass
class Rancangan:
    """A plan being drawn."""

    nomor: int
    acak: Random
    instansi: Instansi
    tahun: int
    awal: int
    batas: int
    simpul: list[Simpul] = field(default_factory=list)
    indikator: list[Indikator] = field(default_factory=list)
    jalur: dict[str, Jalur] = field(default_factory=dict)
    dihentikan: set[str] = field(default_factory=set)
    menyusul: set[str] = field(default_factory=set)
    """Indicators without a target before the running year."""

    def mungkin(self, peluang: float) -> bool:
        return self.acak.random() < peluang

    @property
    def n(self) -> int:
        """Index of the plan year among the years of the Renstra."""
        return self.tahun - self.awal


def rencana(nomor: int, batas: int = 5) -> Buku:
    """The correct plan of this number.

    Args:
        batas: most kegiatan of a program, and sub kegiatan of a kegiatan.
    """
    acak = Random(f"rencana {nomor}")
    tahun = acak.choice((2024, 2025, 2026, 2027))
    r = Rancangan(nomor, acak, INSTANSI[nomor % len(INSTANSI)], tahun, tahun - acak.choice((2, 3, 3, 4)), batas)
    _struktur(r)
    butir = nomenklatur()
    tanpa_31 = nomor % 7 == 3
    sasaran = _sasaran(r)
    awal = Buku(tuple(r.simpul), tuple(r.indikator)).ganti(
        {
            PROFIL.kunci: baris_profil(_isian(r, tanpa_31)),
            DASAR_PERHITUNGAN.kunci: _dasar(tanpa_31),
            NOMENKLATUR.kunci: baris_nomenklatur(butir),
            CATATAN_PERBAIKAN.kunci: (),
            RENSTRA.kunci: _renstra(r, sasaran),
            PEGAWAI.kunci: _pegawai(r),
            T_C_32.kunci: _usulan(r),
            TELAAHAN.kunci: _telaahan(r),
            TUJUAN_SASARAN.kunci: _tujuan(r, sasaran),
            EFISIENSI.kunci: _efisiensi(r, sasaran),
        }
    )
    rangka = perbarui(awal)
    uang = _uang(r, rangka)
    terisi = _isi_tertaut(r, rangka, uang, tanpa_31)
    terisi = terisi.ganti({T_C_30.kunci: _t_c_30(r, terisi), ANGGARAN.kunci: _anggaran(r, terisi)})
    terisi = _pagu_renstra(r, hitung(perbarui(terisi)))
    hasil = hitung(perbarui(terisi))
    return catat_sidik(hitung(hasil.ganti({PROFIL.kunci: [*hasil.baris(PROFIL.kunci), *_fakta(r, hasil)]})))


# ── struktur ──────────────────────────────────────────────────────────────────────────────────────────────────


def _struktur(r: Rancangan) -> None:
    i = r.instansi
    urusan = _simpul(r, Level.URUSAN, kata.URUSAN[i.kode[0]], i.kode[0], None)
    bidang = _simpul(r, Level.BIDANG_URUSAN, f"URUSAN PEMERINTAHAN BIDANG {i.bidang.upper()}", i.kode, urusan)
    _simpul(r, Level.PERANGKAT_DAERAH, i.nama, None, bidang)
    resmi = nomenklatur()
    anak = _cabang(resmi, "X.XX.01", i.kode)
    _program(r, bidang, f"{i.kode}.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA", anak)
    for b in resmi:  # programs that the nomenclature has for this bidang
        if b.level is Level.PROGRAM and b.kode.startswith(f"{i.kode}."):
            _program(r, bidang, b.kode, b.nama, _cabang(resmi, b.kode, i.kode))
    sudah = sum(s.level is Level.PROGRAM for s in r.simpul)
    for n in range(
        r.acak.randint(max(1, 2 - sudah), max(1, 4 - sudah)) if sudah < 4 and i.kode not in {"5.03", "5.04"} else 0
    ):
        hal = i.hal[n % len(i.hal)]
        if n >= len(i.hal):
            break
        nama = f"{kata.PROGRAM[(r.nomor + n) % len(kata.PROGRAM)]} {hal.upper()}"
        _program(r, bidang, f"{i.kode}.{n + 2:02d}", nama, _karangan(r, f"{i.kode}.{n + 2:02d}", hal))
    lain = next((x for x in INSTANSI if x.kode[0] == i.kode[0] and x.kode != i.kode), None)
    if lain and r.nomor % 6 == 5:  # an agency that serves a second bidang of the same urusan
        bidang = _simpul(r, Level.BIDANG_URUSAN, f"URUSAN PEMERINTAHAN BIDANG {lain.bidang.upper()}", lain.kode, urusan)
        nama = f"PROGRAM PENATAAN {lain.hal[0].upper()}"
        _program(r, bidang, f"{lain.kode}.02", nama, _karangan(r, f"{lain.kode}.02", lain.hal[0]))


Cabang = list[tuple[str, str, list[tuple[str, str, str, str]]]]
"""Kegiatan below a program: kode, name, and its sub kegiatan: kode, name, indicator, unit."""


def _cabang(butir: Sequence[Butir], program: str, bidang: str) -> Cabang:
    """A program's kegiatan and sub kegiatan by the nomenclature, in the agency's own kode."""
    hasil: Cabang = []
    for b in butir:
        kode = b.kode.replace("X.XX", bidang)
        if not b.kode.startswith(f"{program}."):
            continue
        if b.level is Level.KEGIATAN:
            if any(b.nama == nama for _, nama, _ in hasil):
                break  # a variant for other regions, which no agency plans beside the first
            hasil.append((kode, b.nama, []))
        elif hasil and b.level is Level.SUB_KEGIATAN:
            hasil[-1][2].append((kode, b.nama, b.indikator or f"Jumlah Dokumen {b.nama}", b.satuan or "Dokumen"))
    return hasil


def _karangan(r: Rancangan, program: str, hal: str) -> Cabang:
    """A made-up program in the shape of the nomenclature."""
    hasil: Cabang = []
    for k, pola in enumerate(r.acak.sample(kata.KEGIATAN, r.acak.randint(2, r.batas)), 1):
        kode = f"{program}.2.{k:02d}"
        # sub kegiatan of two kegiatan never share a name: which kegiatan it belongs to is part of it
        ruang = f"{hal} pada {('Tahap Perencanaan', 'Wilayah Layanan', 'Satuan Kerja', 'Lembaga Mitra', 'Pusat Data')[k - 1]}"
        sub = [
            (f"{kode}.{n:04d}", *(t.format(hal=ruang, orang=r.instansi.orang) for t in pilihan))
            for n, pilihan in enumerate(r.acak.sample(kata.SUB, r.acak.randint(1, r.batas)), 1)
        ]
        hasil.append((kode, pola.format(hal=hal), [(a, b, c, d) for a, b, c, d in sub]))
    return hasil


def _program(r: Rancangan, bidang: str, kode: str, nama: str, cabang: Cabang) -> None:
    bab = nama.removeprefix("PROGRAM ").capitalize()
    program = _simpul(r, Level.PROGRAM, nama, kode, bidang, r.acak.choice(kata.INDIKATOR_PROGRAM), bab)
    dipakai = sorted(r.acak.sample(range(len(cabang)), min(len(cabang), r.acak.randint(2, r.batas))))
    for k in dipakai:
        kode_k, nama_k, sub = cabang[k]
        if not sub:
            continue
        bentuk = r.acak.choice(kata.MAKIN_RENDAH if r.mungkin(0.12) else kata.INDIKATOR_KEGIATAN)
        kegiatan = _simpul(r, Level.KEGIATAN, nama_k, kode_k, program, bentuk, nama_k)
        for n, m in enumerate(sorted(r.acak.sample(range(len(sub)), min(len(sub), r.acak.randint(1, r.batas))))):
            kode_s, nama_s, indikator, satuan = sub[m]
            _simpul(r, Level.SUB_KEGIATAN, nama_s, kode_s, kegiatan, (indikator, satuan), nama_s)
            if n:  # the first of a kegiatan is both evaluated and planned
                _sebagian(r)


def _simpul(
    r: Rancangan,
    level: Level,
    nama: str,
    kode: str | None,
    induk: str | None,
    indikator: tuple[str, str] | None = None,
    bahan: str = "",
) -> str:
    pengenal = f"s-{len(r.simpul) + 1:04d}"
    r.simpul.append(Simpul(pengenal, level, nama, kode, induk))
    daftar: list[tuple[str | None, str | None]] = [indikator] if indikator else []
    if indikator and level is not Level.SUB_KEGIATAN and r.mungkin(0.15):
        daftar.append(("Nilai kepuasan atas {nama}", "Nilai"))
    for teks, satuan in daftar or [(None, None)]:
        i = Indikator(
            f"i-{len(r.indikator) + 1:04d}", pengenal, teks and teks.format(nama=bahan[:1].lower() + bahan[1:]), satuan
        )
        turun = bool(teks) and (teks, satuan) in kata.MAKIN_RENDAH
        i = replace(i, sifat=Sifat.MAKIN_RENDAH if turun else Sifat.MAKIN_TINGGI, di_evaluasi=True, di_rencana=True)
        if teks:
            i = replace(i, cara_hitung=cara_hitung_bawaan([satuan], i.teks))
            r.jalur[i.id] = _jalur(r, i)
        r.indikator.append(i)
    return pengenal


def _sebagian(r: Rancangan) -> None:
    """Now and then the sub kegiatan just added ended last year, is new, or began only with the running year."""
    i = r.indikator[-1]
    nasib = r.acak.random()
    if nasib < 0.06:
        r.indikator[-1] = replace(i, di_rencana=False)
    elif nasib < 0.12:
        r.indikator[-1] = replace(i, di_evaluasi=False)
    elif nasib < 0.18:
        r.menyusul.add(i.id)


def _jalur(r: Rancangan, i: Indikator) -> Jalur:
    """Targets that rise (or fall) through the years, and what was reached of them."""
    acak = r.acak
    if i.cara_hitung is CaraHitung.DIJUMLAHKAN:
        dasar = (
            acak.choice((1, 2, 3, 4, 6, 12, 12))
            if i.satuan in {"Dokumen", "Laporan"}
            else acak.choice((5, 12, 30, 75, 120, 240))
        )
        target = [
            float(dasar if acak.random() < 0.6 else dasar + acak.randint(0, max(1, dasar // 4))) for _ in range(6)
        ]
        realisasi = [
            t if acak.random() < 0.6 else float(max(1, round(t * acak.choice((0.8, 0.9, 1.1))))) for t in target
        ]
        return Jalur(tuple(target), tuple(realisasi))
    if i.sifat is Sifat.MAKIN_RENDAH:
        mulai = acak.choice((12.0, 15.0, 20.0))
        target = [mulai - n * acak.choice((1.0, 1.5)) for n in range(6)]
        return Jalur(tuple(target), tuple(round(t * acak.choice((0.9, 1.0, 1.05)), 2) for t in target))
    if i.satuan == "Indeks" and acak.random() < 0.4:
        target = [round(2.9 + 0.12 * n, 2) for n in range(6)]
        return Jalur(tuple(target), tuple(round(t + acak.choice((-0.14, -0.03, 0.0, 0.06)), 2) for t in target))
    mulai = acak.choice((62.0, 70.0, 75.0, 80.0))
    target = [mulai + n * acak.choice((2.0, 2.5, 3.0)) for n in range(6)]
    return Jalur(tuple(target), tuple(round(t + acak.choice((-4.37, -1.18, 0.0, 0.45, 1.28)), 2) for t in target))


# ── Profil, Renstra and the free tables ───────────────────────────────────────────────────────────────────────


def _isian(r: Rancangan, tanpa_31: bool) -> dict[str, Nilai]:
    isian: dict[str, Nilai] = {
        "perangkat_daerah": r.instansi.nama,
        "singkatan": "".join(k[0] for k in r.instansi.nama.split() if k[0].isupper()),
        "kabupaten": kata.KABUPATEN[r.nomor % len(kata.KABUPATEN)],
        "provinsi": kata.PROVINSI,
        "tahun_anggaran": float(r.tahun),
        "tahun_renstra": f"{r.awal} s.d. {r.awal + 5}",
        "kode_bidang_urusan": r.instansi.kode,
        "tahapan": TAHAPAN[r.nomor % len(TAHAPAN)],
    }
    if tanpa_31 or r.nomor % 5 == 0:
        isian["dasar_rkt"] = DARI_PAGU
    return isian


def _dasar(tanpa_31: bool) -> list[Baris]:
    """Without T-C.31 the forward estimate rests on the plan's own amounts."""
    return [b.dengan({"nilai": Sel(DARI_PAGU)}) if tanpa_31 and b.id == "dasar_prakiraan" else b for b in baris_dasar()]


@dataclass(frozen=True, slots=True)
class Utama:
    """A main indicator with its sasaran."""

    sasaran: str
    teks: str
    satuan: str
    turun: bool
    jalur: Jalur


def _sasaran(r: Rancangan) -> list[Utama]:
    """Main indicators, below one to three sasaran; one plan in nine has none (it came without its Renstra)."""
    if r.nomor % 9 == 4:
        return []
    isi = {"bidang": r.instansi.bidang.lower(), "orang": r.instansi.orang.lower()}
    daftar = list(kata.IKU)
    r.acak.shuffle(daftar)
    hasil = []
    for n in range(r.acak.randint(1, 3)):
        sasaran = kata.SASARAN[n].format(**isi)
        pilihan = [(kata.SAKIP, "Nilai", False)] if n == 1 else []
        pilihan += [(*daftar.pop(), False) for _ in range(r.acak.randint(1, 2)) if daftar]
        if n == 0 and r.nomor % 4 == 1:
            pilihan.append((kata.IKU_TURUN, "%", True))
        for teks, satuan, turun in pilihan:
            i = Indikator(
                "", "", teks, satuan, CaraHitung.POSISI_AKHIR, Sifat.MAKIN_RENDAH if turun else Sifat.MAKIN_TINGGI
            )
            hasil.append(Utama(sasaran, teks.format(**isi), satuan, turun, _jalur(r, i)))
    return hasil


def _predikat(u: Utama, nilai: float) -> str | None:
    return predikat_sakip(nilai) if u.teks == kata.SAKIP else None


def _baris(awalan: str, n: int, isi: Mapping[str, Nilai], level: Level = Level.DATA) -> Baris:
    return Baris(f"{awalan}-{n:04d}", level, {k: Sel(v) for k, v in isi.items() if v is not None})


def _renstra(r: Rancangan, utama: Sequence[Utama]) -> list[Baris]:
    hasil = []
    sebelum = ""
    for n, u in enumerate(utama, 1):
        isi: dict[str, Nilai] = {
            "no": f"{n}.",
            "indikator": u.teks,
            "satuan": u.satuan,
            "cara_hitung": CaraHitung.POSISI_AKHIR.judul,
        }
        isi["sasaran"] = u.sasaran if u.sasaran != sebelum or n % 2 else None
        isi["sifat"] = (Sifat.MAKIN_RENDAH if u.turun else Sifat.MAKIN_TINGGI).judul
        for k, t in enumerate(u.jalur.target, 1):
            isi[f"target_r{k}"], isi[f"predikat_r{k}"] = t, _predikat(u, t)
        isi["predikat_akhir"] = _predikat(u, u.jalur.target[-1])
        hasil.append(_baris(RENSTRA.awalan_id, n, isi))
        sebelum = u.sasaran
    if not _berenstra(r):
        return hasil
    kode = {s.id: s for s in r.simpul}
    for i in r.indikator:
        s = kode[i.simpul]
        if i.id not in r.jalur or (s.level is Level.SUB_KEGIATAN and r.nomor % 2):
            continue
        isi = {
            "kode": s.kode,
            "indikator": i.teks,
            "satuan": i.satuan,
            "cara_hitung": i.cara_hitung.judul if i.cara_hitung else None,
        }
        isi["sifat"] = i.sifat.judul
        mulai = r.n if i.id in r.menyusul else 1
        isi |= {f"target_r{k}": t for k, t in enumerate(r.jalur[i.id].target, 1) if k >= mulai}
        hasil.append(_baris(RENSTRA.awalan_id, len(hasil) + 1, isi))
    return hasil


def _berenstra(r: Rancangan) -> bool:
    """Whether the Renstra of programs, kegiatan and sub kegiatan is typed; else T-C.29 holds its targets."""
    return r.nomor % 3 != 1 and r.nomor % 9 != 4


def _pagu_renstra(r: Rancangan, buku: Buku) -> Buku:
    """Pagu of the Renstra's programs: above what the plan asks for, in whole thousands."""
    if not _berenstra(r):
        return buku
    pagu = {b.simpul: b["pagu_n"].angka for b in buku.baris(T_C_33.kunci) if b.level is Level.PROGRAM}
    rows, sudah = [], set()
    for b in buku.baris(RENSTRA.kunci):
        dasar = pagu.get(b.simpul) if b.simpul else None
        if dasar is None or b.simpul in sudah or b["kode"].kosong:
            rows.append(b)
            continue
        sudah.add(b.simpul)
        isi = {f"pagu_r{k}": Sel(int(dasar * (1.12 + 0.05 * (k - r.n))) // RIBU * RIBU) for k in range(1, 7)}
        rows.append(b.dengan(isi))
    return buku.ganti({RENSTRA.kunci: rows})


def _pegawai(r: Rancangan) -> list[Baris]:
    hasil = []
    for n, jenjang in enumerate(kata.PENDIDIKAN[r.nomor % 2 :], 1):
        laki, perempuan = float(r.acak.randint(0, 18)), float(r.acak.randint(0, 22))
        hasil.append(
            _baris(
                PEGAWAI.awalan_id,
                n,
                {"no": str(n), "tingkat_pendidikan": jenjang, "laki_laki": laki, "perempuan": perempuan},
            )
        )
    return hasil


def _usulan(r: Rancangan) -> list[Baris]:
    if r.nomor % 3:
        isi = {"no": "1.", "program_kegiatan": "Nihil", "lokasi": "-", "indikator": "Nihil", "besaran_volume": "Nihil"}
        return [_baris(T_C_32.awalan_id, 1, isi)]
    isi = {
        "program_kegiatan": f"Bantuan sarana {r.instansi.hal[0].lower()}",
        "indikator": "Jumlah sarana yang diserahkan",
    }
    return [
        _baris(
            T_C_32.awalan_id, n, {**isi, "no": f"{n}.", "lokasi": kata.LOKASI[n], "besaran_volume": f"{n * 2} paket"}
        )
        for n in range(1, 3)
    ]


def _telaahan(r: Rancangan) -> list[Baris]:
    isi = {
        "nomor_tabel": "3.1.1",
        "dokumen": f"Renstra Kementerian bidang {r.instansi.bidang.lower()}",
        "no": "1.",
        "sasaran_jangka_menengah": f"Meningkatnya mutu layanan {r.instansi.bidang.lower()}",
        "permasalahan": f"Data {r.instansi.hal[0].lower()} belum terpadu",
        "faktor_penghambat": "Jumlah tenaga teknis terbatas",
        "faktor_pendorong": "Dukungan pemerintah daerah dan mitra",
    }
    return [_baris(TELAAHAN.awalan_id, 1, isi)]


def _tujuan(r: Rancangan, utama: Sequence[Utama]) -> list[Baris]:
    hasil: list[Baris] = []
    for sasaran in dict.fromkeys(u.sasaran for u in utama):
        isi = {
            "no": f"{len(hasil) + 1}.",
            "tujuan": f"Terwujudnya tata kelola {r.instansi.bidang.lower()} yang berkualitas",
            "sasaran": sasaran,
            "indikator": "; ".join(u.teks for u in utama if u.sasaran == sasaran),
        }
        hasil.append(_baris(TUJUAN_SASARAN.awalan_id, len(hasil) + 1, isi))
    program = [s.id for s in r.simpul if s.level is Level.PROGRAM]
    pilihan = list(dict.fromkeys(u.sasaran for u in utama))
    if pilihan:
        for n, i in enumerate(r.indikator):
            if i.simpul in program:
                r.indikator[n] = replace(i, sasaran=pilihan[program.index(i.simpul) % len(pilihan)])
    return hasil


def _efisiensi(r: Rancangan, utama: Sequence[Utama]) -> list[Baris]:
    hasil: list[Baris] = []
    for n in range(1, len(dict.fromkeys(u.sasaran for u in utama)) + 1):
        pagu = r.acak.randint(900_000, 9_000_000) * RIBU
        realisasi = int(pagu * r.acak.uniform(0.84, 0.97)) // 100 * 100
        isi: dict[str, Nilai] = {
            "sasaran": f"Sasaran {'I' * n}",
            "pagu_anggaran": pagu,
            "realisasi_anggaran": realisasi,
        }
        hasil.append(_baris(EFISIENSI.awalan_id, n, isi))
    return hasil


def _terlaksana(r: Rancangan, buku: Buku, mundur: int) -> list[float]:
    """How many urusan, program, kegiatan and sub kegiatan had a target in a year past."""
    kolom = f"target_n{mundur}"
    simpul = buku.simpul_menurut_id()
    ada: set[str] = set()
    for b in buku.baris(T_C_29.kunci):
        s = simpul.get(b.simpul or "") if b[kolom].angka is not None else None
        while s is not None:
            ada.add(s.id)
            s = simpul.get(s.induk or "")
    return [
        float(sum(s.level is x and s.id in ada for s in r.simpul))
        for x in (Level.URUSAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
    ]


def _anggaran(r: Rancangan, buku: Buku) -> list[Baris]:
    """Counts and totals of the years past; the row of the plan itself is computed."""
    hasil: list[Baris] = []
    total = r.acak.randint(4_000_000, 30_000_000) * RIBU
    for tahun, tahap in ((2, "Renja"), (2, "APBD"), (2, "APBDP"), (1, "Renja"), (1, "APBD")):
        total = int(total * r.acak.uniform(0.97, 1.06)) // RIBU * RIBU
        isi: dict[str, Nilai] = {"tahun": float(r.tahun - tahun), "tahap": tahap, "anggaran": total}
        isi |= dict(zip(("urusan", "program", "kegiatan", "sub_kegiatan"), _terlaksana(r, buku, tahun), strict=True))
        if (tahun, tahap) == (2, "APBDP"):
            isi["realisasi"] = int(total * r.acak.uniform(0.86, 0.96)) // 100 * 100
        hasil.append(_baris(ANGGARAN.awalan_id, len(hasil) + 1, isi))
    return hasil


# ── linked tables ─────────────────────────────────────────────────────────────────────────────────────────────


def _uang(r: Rancangan, rangka: Buku) -> dict[str, tuple[int, int]]:
    """Pagu of the RKPD and kebutuhan of each sub kegiatan, in sen."""
    hasil: dict[str, tuple[int, int]] = {}
    rencana = anggota(rangka, "rencana")
    for s in rangka.simpul:
        if s.level is not Level.SUB_KEGIATAN or s.id not in rencana:
            continue
        pagu = r.acak.choice((r.acak.randint(15_000, 900_000), r.acak.randint(1_000_000, 6_000_000), 75_000)) * RIBU
        if r.mungkin(0.3):
            pagu += r.acak.randint(1, 999) * 100
        butuh = pagu if r.mungkin(0.7) else int(pagu * r.acak.choice((0.9, 1.05, 1.2))) // RIBU * RIBU
        hasil[s.id] = (pagu, butuh)
    calon = [s for s in hasil if _punya_saudara(rangka, s, hasil)]
    if calon and r.nomor % 4 == 2:  # one that the plan drops, and says so
        henti = r.acak.choice(calon)
        hasil[henti] = (0, 0)
        r.dihentikan.add(henti)
    return hasil


def _punya_saudara(buku: Buku, simpul: str, daftar: Mapping[str, object]) -> bool:
    induk = {s.id: s.induk for s in buku.simpul}
    return sum(induk.get(s) == induk[simpul] for s in daftar) > 1


def _isi_tertaut(r: Rancangan, buku: Buku, uang: Mapping[str, tuple[int, int]], tanpa_31: bool) -> Buku:
    indikator = buku.indikator_menurut_id()
    lokasi, dana = kata.LOKASI[r.nomor % len(kata.LOKASI)], kata.SUMBER_DANA[r.nomor % len(kata.SUMBER_DANA)]
    utama = {b["sasaran"].nilai: b for b in reversed(buku.baris(RENSTRA.kunci)) if not b["sasaran"].kosong}
    tabel: dict[str, list[Baris]] = {k: [] for k in (T_C_29.kunci, T_C_31.kunci, T_C_33.kunci, RKT.kunci)}
    renstra = {b.indikator for b in buku.baris(RENSTRA.kunci)}
    for b in buku.baris(T_C_29.kunci):
        i = indikator.get(b.indikator or "")
        tabel[T_C_29.kunci].append(b.dengan(_evaluasi(r, i, b.indikator in renstra)) if i and i.id in r.jalur else b)
    for b in buku.baris(T_C_31.kunci):
        i = indikator.get(b.indikator or "")
        isi: dict[str, Sel] = {}
        if tanpa_31:
            tabel[T_C_31.kunci].append(b.dengan({k: Sel() for k in ("satuan_target_rkpd", "satuan_target_kebutuhan")}))
            continue
        if i and i.id in r.jalur and b.simpul not in r.dihentikan:
            isi |= {f"target_{x}": Sel(r.jalur[i.id].target[r.n]) for x in ("rkpd", "kebutuhan")}
        if b.level is Level.SUB_KEGIATAN and b.simpul:
            isi |= {"pagu_rkpd": Sel(uang[b.simpul][0]), "kebutuhan_dana": Sel(uang[b.simpul][1])}
            isi |= {"lokasi_rkpd": Sel(lokasi), "lokasi_kebutuhan": Sel(lokasi)}
            if b.simpul in r.dihentikan:
                isi["catatan_penting"] = Sel("Tidak dilaksanakan pada tahun rencana")
        tabel[T_C_31.kunci].append(b.dengan(isi))
    for b in buku.baris(T_C_33.kunci):
        i, isi = indikator.get(b.indikator or ""), {}
        if i and i.id in r.jalur and b.simpul not in r.dihentikan:
            isi |= {"target_n": Sel(r.jalur[i.id].target[r.n]), "target_p1": Sel(r.jalur[i.id].target[r.n + 1])}
        if b.level is Level.SUB_KEGIATAN and b.simpul:
            isi |= {"pagu_n": Sel(uang[b.simpul][1]), "lokasi": Sel(lokasi), "sumber_dana": Sel(dana)}
            if b.simpul in r.dihentikan:
                isi |= {"catatan_penting": Sel("Tidak dilaksanakan pada tahun rencana"), "pagu_p1": Sel(0)}
        tabel[T_C_33.kunci].append(b.dengan(isi))
    for b in buku.baris(RKT.kunci):
        isi = {}
        if b.level is Level.PROGRAM and (u := utama.get(b["sasaran"].nilai)):
            isi = {
                "indikator_sasaran": u["indikator"],
                "target_sasaran": u[f"target_r{r.n + 1}"],
                "satuan_target_sasaran": u["satuan"],
            }
            isi["predikat_target_sasaran"] = u[f"predikat_r{r.n + 1}"]
        tabel[RKT.kunci].append(b.dengan(isi))
    return buku.ganti(tabel)


def _evaluasi(r: Rancangan, i: Indikator, dari_renstra: bool) -> dict[str, Sel]:
    """Inputs of T-C.29: realisations to n-3, target and realisation of n-2, target of n-1."""
    j, n = r.jalur[i.id], r.n
    dijumlahkan = i.cara_hitung is CaraHitung.DIJUMLAHKAN
    lalu = j.realisasi[: n - 2]
    if i.id in r.menyusul:
        isi = {k: Sel("-") for k in ("realisasi_sd_n3", "target_n2", "realisasi_n2")}
        akhir = sum(j.target[n - 1 :]) if dijumlahkan else j.target[-1]
        return {**isi, "target_n1": Sel(j.target[n - 1]), **({} if dari_renstra else {"target_renstra": Sel(akhir)})}
    isi = {
        "target_n2": Sel(j.target[n - 2]),
        "realisasi_n2": Sel(j.realisasi[n - 2]),
        "target_n1": Sel(j.target[n - 1]),
    }
    if lalu:
        isi["realisasi_sd_n3"] = Sel(sum(lalu) if dijumlahkan else lalu[-1])
    elif r.nomor % 2:
        isi["realisasi_sd_n3"] = Sel("-")
    if not dari_renstra:
        isi["target_renstra"] = Sel(sum(j.target) if dijumlahkan else j.target[-1])
    return isi


def _t_c_30(r: Rancangan, buku: Buku) -> list[Baris]:
    renstra = {b.id: b for b in buku.baris(RENSTRA.kunci)}
    hasil = []
    for b in buku.baris(T_C_30.kunci):
        u = renstra.get(b.indikator or "")
        if u is None:
            hasil.append(b)
            continue
        isi: dict[str, Sel] = {"spm_standar_nasional": Sel("-"), "ikk": Sel("-")}
        sakip = u["indikator"].nilai == kata.SAKIP
        turun = u["sifat"].nilai == Sifat.MAKIN_RENDAH.judul
        for kunci, mundur in (("realisasi_n2", 2), ("realisasi_n1", 1), ("proyeksi_n1", 1), ("proyeksi_n", 0)):
            target = float(u[f"target_r{r.n + 1 - mundur}"].angka or 0)
            geser = r.acak.choice((-2.14, -0.5, 0.36, 1.2)) if kunci.startswith("realisasi") else 0.0
            nilai = round(target + (-geser if turun else geser) * (0.05 if target < 10 else 1), 2)
            isi[kunci] = Sel(nilai)
            if sakip:
                isi[f"predikat_{kunci}"] = Sel(predikat_sakip(nilai))
        hasil.append(b.dengan(isi))
    return hasil


# ── facts of the document ─────────────────────────────────────────────────────────────────────────────────────


def _fakta(r: Rancangan, buku: Buku) -> list[Baris]:
    """Claims of the narrative, as planners note them in Profil; every one agrees with its table."""

    def kata_angka(n: int) -> str:
        return f"{n} ({terbilang(n)})"

    rencana = anggota(buku, "rencana")
    banyak = {
        x: sum(s.level is x and s.id in rencana for s in buku.simpul)
        for x in (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
    }
    pegawai = round(
        float(next((b["jumlah"].angka or 0 for b in buku.baris(PEGAWAI.kunci) if b.level is Level.JUMLAH), 0))
    )
    apbdp = next(b for b in buku.baris(ANGGARAN.kunci) if not b["realisasi"].kosong)
    daerah = next(b for b in buku.baris(T_C_33.kunci) if b.level is Level.PERANGKAT_DAERAH)
    t31 = next(b for b in buku.baris(T_C_31.kunci) if b.level is Level.PERANGKAT_DAERAH)
    lalu = r.tahun - 2
    kabupaten = kata.KABUPATEN[r.nomor % len(kata.KABUPATEN)]
    fakta: list[tuple[str, str, str]] = [
        ("klaim_isi_bab_iv", f"{kata_angka(banyak[Level.PROGRAM])} program, {kata_angka(banyak[Level.KEGIATAN])} kegiatan, dan "
         f"{kata_angka(banyak[Level.SUB_KEGIATAN])} sub kegiatan", "4.2"),
        ("klaim_isi_bab_v", f"{banyak[Level.PROGRAM]} Program {banyak[Level.KEGIATAN]} Kegiatan dan {banyak[Level.SUB_KEGIATAN]} "
         "Sub Kegiatan", "BAB V"),
        ("klaim_jumlah_pegawai", f"{kata_angka(pegawai)} orang", "2.3"),
        (f"anggaran_{lalu}_total", f"Rp. {tulis_rp(int(apbdp['anggaran'].angka or 0))[2:]},-", "2.1.1"),
        (f"anggaran_{lalu}_realisasi", f"Rp. {tulis_rp(int(apbdp['realisasi'].angka or 0))[2:]},-", "2.1.1"),
        (f"anggaran_{lalu}_persen_realisasi", f"{tulis_angka(float(apbdp['persen_realisasi'].angka or 0), 2)}%", "2.1.1"),
        ("total_t_c_33", tulis_rp(int(daerah["pagu_n"].angka or 0)), "Tabel T-C.33"),
        ("situs", "www.contoh.go.id", "sampul"),
        ("keputusan_bupati_tanggal_ditetapkan", f"{2 + r.nomor % 20} Agustus {r.tahun - 1}", "keputusan"),
        ("keputusan_bupati_tanggal_lampiran", f"{2 + r.nomor % 20} AGUSTUS {r.tahun - 1}", "lampiran keputusan"),
        *((f"perda_rpjmd_{di}", f"Peraturan Daerah {kabupaten} Nomor {3 + r.nomor % 9} Tahun {r.awal} "
           f"tentang Rencana Pembangunan Jangka Menengah Daerah Tahun {r.awal}-{r.awal + 5}", bagian)
          for di, bagian in (("landasan_hukum", "1.2"), ("latar_belakang", "1.1"), ("keputusan", "keputusan"))),
        *((f"perbup_rkpd_{di}", f"Peraturan Bupati {kabupaten.split(' ', 1)[1]} Nomor {11 + r.nomor % 30} "
           f"Tahun {r.tahun - 1} tentang Rencana Kerja Pemerintah Daerah Tahun {r.tahun}", bagian)
          for di, bagian in (("landasan_hukum", "1.2"), ("keputusan", "keputusan"))),
    ]  # fmt: skip
    if t31["kebutuhan_dana"].angka:
        fakta.append((f"total_kebutuhan_{r.tahun}", tulis_rp(int(t31["kebutuhan_dana"].angka)), "Tabel T-C.31"))
    return [
        _baris(PROFIL.awalan_id, n, {"uraian": k.replace("_", " ").capitalize(), "nilai": v, "bagian": b, "kunci": k})
        for n, (k, v, b) in enumerate(fakta, 1)
    ]
