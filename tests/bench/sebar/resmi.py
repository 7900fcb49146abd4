"""A plan as an office's own workbook: official forms with stacked, merged headers and native formulas.

Written from Permendagri 86/2017's forms alone, not by the project's builder. Formulas are data (``Rumus``), so that a
damaged one still gets the value that Excel would show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from renja_xl.core.buku import Baris, Buku, CaraHitung, Level, Sifat
from renja_xl.core.nilai import tulis_angka
from renja_xl.core.renstra import akhir_renstra
from renja_xl.tabel import RKT, T_C_29, T_C_31, T_C_33

Sel = tuple[str, int, int]
"""Sheet, row and column, both 0-based."""

C29, C31, C33, RK = T_C_29.kunci, T_C_31.kunci, T_C_33.kunci, RKT.kunci

_PEMISAH_URAI = "+-*/()"


@dataclass(frozen=True)
class Rumus:
    """A formula: what kind, over which cells. ``jumlah`` of ranges, ``tambah`` cell by cell, ``bagi`` a rate in percent,
    ``balik`` the rate of an indicator that should fall, ``tautan`` a link, ``kali`` growth rounded to 100."""

    jenis: str
    sel: tuple[Sel, ...]
    faktor: float = 1.0

    def hitung(self, n: Sequence[float]) -> float:
        """Value for the numbers in its cells."""
        if self.jenis == "bagi":
            return n[0] / n[1] * 100 if n[1] else 0.0
        if self.jenis == "balik":
            return max(0.0, (2 * n[1] - n[0]) / n[1] * 100) if n[1] else 0.0
        if self.jenis == "kali":
            return float(round(n[0] * self.faktor / 100) * 100)
        return sum(n)

    def teks(self, lembar: str) -> str:
        """The formula as it stands on a sheet, without ``=``."""
        a = [_alamat(s, lembar) for s in self.sel]
        if self.jenis == "jumlah":
            return f"SUM({','.join(_rentang(self.sel, lembar))})"
        if self.jenis == "bagi":
            return f"IF({a[1]}=0,0,{a[0]}/{a[1]}*100)"
        if self.jenis == "balik":
            return f"IF({a[1]}=0,0,MAX(0,(2*{a[1]}-{a[0]})/{a[1]}*100))"
        if self.jenis == "kali":
            return f"ROUND({a[0]}*{self.faktor:g},-2)"
        return "+".join(a)


def _alamat(s: Sel, lembar: str) -> str:
    sel = str(xl_rowcol_to_cell(s[1], s[2]))
    return sel if s[0] == lembar else f"'{s[0]}'!{sel}"


def _rentang(sel: Sequence[Sel], lembar: str) -> list[str]:
    """Addresses, neighbours below each other as one range."""
    hasil: list[list[Sel]] = []
    for s in sel:
        if hasil and hasil[-1][-1] == (s[0], s[1] - 1, s[2]):
            hasil[-1].append(s)
        else:
            hasil.append([s])
    return [_alamat(d[0], lembar) + (f":{xl_rowcol_to_cell(d[-1][1], d[-1][2])}" if len(d) > 1 else "") for d in hasil]


Isi = str | float | Rumus


@dataclass(frozen=True, slots=True)
class BarisResmi:
    """A row of a form: which row of the plan it shows."""

    r: int
    level: Level
    simpul: str | None
    pengenal: str


@dataclass
class Lembar:
    """One sheet: cells, merged ranges, and where rows and columns stand."""

    nama: str
    tabel: str
    isi: dict[tuple[int, int], Isi] = field(default_factory=dict)
    gabungan: list[tuple[int, int, int, int]] = field(default_factory=list)
    kolom: dict[str, int] = field(default_factory=dict)
    baris: list[BarisResmi] = field(default_factory=list)
    judul_tahun: list[tuple[int, int]] = field(default_factory=list)

    def salin(self) -> Lembar:
        baru = copy(self)
        baru.isi, baru.baris = dict(self.isi), list(self.baris)
        return baru


@dataclass
class BukuResmi:
    """The workbook; ``gaya`` varies what offices do differently."""

    lembar: dict[str, Lembar]
    gaya: int

    def salin(self) -> BukuResmi:
        return BukuResmi({k: v.salin() for k, v in self.lembar.items()}, self.gaya)

    def nilai(self, s: Sel, jejak: dict[Sel, float] | None = None) -> float:
        """The number that a cell shows; texts and blanks count 0, as in a SUM."""
        jejak = {} if jejak is None else jejak
        if s not in jejak:
            isi = next((x.isi.get((s[1], s[2])) for x in self.lembar.values() if x.nama == s[0]), None)
            if isinstance(isi, Rumus):
                jejak[s] = isi.hitung([self.nilai(x, jejak) for x in isi.sel])
            else:
                jejak[s] = float(isi) if isinstance(isi, float | int) else 0.0
        return jejak[s]

    def tulis(self, path: Path) -> None:
        """Write the file, every formula with its value."""
        jejak: dict[Sel, float] = {}
        wb = Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False})
        uang, pecahan = wb.add_format({"num_format": "#,##0"}), wb.add_format({"num_format": "0.00"})
        kepala = wb.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center"})
        for x in self.lembar.values():
            ws = wb.add_worksheet(x.nama)
            for r1, c1, r2, c2 in x.gabungan:
                ws.merge_range(r1, c1, r2, c2, "", kepala)
            for (r, c), isi in x.isi.items():
                if isinstance(isi, Rumus):
                    rupiah = isi.jenis in {"jumlah", "kali", "tautan"}
                    ws.write_formula(
                        r, c, "=" + isi.teks(x.nama), uang if rupiah else pecahan, self.nilai((x.nama, r, c), jejak)
                    )
                elif isinstance(isi, str):
                    ws.write_string(r, c, isi, kepala if x.baris and r < x.baris[0].r else None)
                else:
                    ws.write_number(r, c, isi, uang if abs(isi) >= 10_000 else None)
        wb.close()


# ── forms ─────────────────────────────────────────────────────────────────────────────────────────────────────

_KODE, _NAMA = "Kode", "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan/Sub Kegiatan"


def _form(tabel: str, th: int, akhir: int) -> tuple[str, list[tuple[str, tuple[str, ...], str]]]:
    """Title and columns of a form: key, header path, column number."""
    if tabel == C29:
        lalu = f"Target dan Realisasi Kinerja Program dan Kegiatan Tahun Lalu ({th - 2})"
        jalan = f"Perkiraan Realisasi Capaian Target Renstra Perangkat Daerah s/d Tahun Berjalan ({th - 1})"
        return (
            f"Rekapitulasi Evaluasi Hasil Pelaksanaan Renja Perangkat Daerah dan Pencapaian Renstra Perangkat Daerah s/d Tahun {th - 1}",
            [
                ("kode", (_KODE,), "1"),
                ("nama", (_NAMA,), "2"),
                ("indikator", ("Indikator Kinerja Program (outcomes)/Kegiatan (output)",), "3"),
                ("satuan", ("Satuan",), ""),
                ("target_renstra", (f"Target Kinerja Capaian Program (Renstra Perangkat Daerah) Tahun {akhir}",), "4"),
                (
                    "realisasi_sd_n3",
                    (f"Realisasi Target Kinerja Hasil Program dan Keluaran Kegiatan s/d Tahun {th - 3}",),
                    "5",
                ),
                ("target_n2", (lalu, f"Target Renja Perangkat Daerah Tahun {th - 2}"), "6"),
                ("realisasi_n2", (lalu, f"Realisasi Renja Perangkat Daerah Tahun {th - 2}"), "7"),
                ("tingkat_realisasi_n2", (lalu, "Tingkat Realisasi (%)"), "8=(7/6)"),
                ("target_n1", (f"Target Program dan Kegiatan (Renja Perangkat Daerah Tahun {th - 1})",), "9"),
                (
                    "realisasi_sd_n1",
                    (jalan, f"Realisasi Capaian Program dan Kegiatan s/d Tahun Berjalan (Tahun {th - 1})"),
                    "10=(5+7+9)",
                ),
                ("tingkat_capaian_renstra", (jalan, "Tingkat Capaian Realisasi Target Renstra (%)"), "11=(10/4)"),
            ],
        )
    if tabel == C31:
        kiri, kanan = f"Rancangan Awal RKPD Tahun {th}", "Hasil Analisis Kebutuhan"
        nama = "Program/Kegiatan/Sub Kegiatan"
        return f"Review terhadap Rancangan Awal RKPD Tahun {th}", [
            ("no", ("No",), "1"),
            ("nama_rkpd", (kiri, nama), "2"),
            ("lokasi_rkpd", (kiri, "Lokasi"), "3"),
            ("indikator_rkpd", (kiri, "Indikator Kinerja"), "4"),
            ("target_rkpd", (kiri, "Target Capaian"), "5"),
            ("pagu_rkpd", (kiri, "Pagu Indikatif (Rp)"), "6"),
            ("nama_kebutuhan", (kanan, nama), "7"),
            ("lokasi_kebutuhan", (kanan, "Lokasi"), "8"),
            ("indikator_kebutuhan", (kanan, "Indikator Kinerja"), "9"),
            ("target_kebutuhan", (kanan, "Target Capaian"), "10"),
            ("kebutuhan_dana", (kanan, "Kebutuhan Dana (Rp)"), "11"),
            ("catatan_penting", ("Catatan Penting",), "12"),
        ]
    if tabel == C33:
        ini, maju = f"Rencana Tahun {th}", f"Prakiraan Maju Rencana Tahun {th + 1}"
        return f"Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun {th} dan Prakiraan Maju Tahun {th + 1}", [
            ("kode", (_KODE,), "1"),
            ("nama", (_NAMA,), "2"),
            ("indikator", ("Indikator Kinerja Program/Kegiatan/Sub Kegiatan",), "3"),
            ("lokasi", (ini, "Lokasi"), "4"),
            ("target_n", (ini, "Target Capaian Kinerja"), "5"),
            ("pagu_n", (ini, "Kebutuhan Dana/Pagu Indikatif (Rp)"), "6"),
            ("sumber_dana", (ini, "Sumber Dana"), "7"),
            ("catatan_penting", ("Catatan Penting",), "8"),
            ("target_p1", (maju, "Target Capaian Kinerja"), "9"),
            ("pagu_p1", (maju, "Kebutuhan Dana/Pagu Indikatif (Rp)"), "10"),
        ]
    return f"Rencana Kinerja Tahunan Tahun {th}", [
        ("no", ("No",), "1"),
        ("sasaran", ("Sasaran",), "2"),
        ("program_kegiatan", ("Program/Kegiatan",), "3"),
        ("sub_kegiatan", ("Sub Kegiatan",), "4"),
        ("output_outcome", ("Indikator Output/Outcome",), "5"),
        ("target", ("Target",), "6"),
        ("anggaran", ("Anggaran (Rp)",), "7"),
    ]


UANG = {C31: ("pagu_rkpd", "kebutuhan_dana"), C33: ("pagu_n", "pagu_p1"), RK: ("anggaran",)}
_NOMOR = {C29: "Tabel T-C.29", C31: "Tabel T-C.31", C33: "Tabel T-C.33", RK: "Tabel 4.1"}


def resmi(buku: Buku, nomor: int) -> BukuResmi:
    """A correct plan in official forms; what varies between offices is drawn from the plan's number."""
    acak = Random(f"resmi {nomor}")
    gaya = acak.randrange(4)
    tabel = [C29, C31, C33, RK]
    if not any(b["pagu_rkpd"].angka for b in buku.baris(C31)):
        tabel.remove(C31)
    nama = {t: (t if gaya != 1 else f"Tabel {t}") for t in tabel}
    hasil = BukuResmi({t: Lembar(nama[t], t) for t in tabel}, gaya)
    for t in tabel:
        _susun(buku, hasil, hasil.lembar[t], kolom_awal=1 if gaya == 2 else 0)
    return hasil


def _susun(buku: Buku, wb: BukuResmi, x: Lembar, kolom_awal: int) -> None:
    th = buku.tahun
    judul, kolom = _form(x.tabel, th, akhir_renstra(buku) or th + 1)
    x.kolom = {k: kolom_awal + n for n, (k, _, _) in enumerate(kolom)}
    x.isi[0, kolom_awal], x.isi[1, kolom_awal] = _NOMOR[x.tabel], judul
    x.isi[2, kolom_awal] = f"{buku.profil('perangkat_daerah')} {buku.profil('kabupaten')}"
    atas = 4
    _kepala(x, kolom, atas, kolom_awal)
    r = atas + 3
    for b in buku.baris(x.tabel):
        x.baris.append(BarisResmi(r, b.level, b.simpul, b.id))
        for k, c in x.kolom.items():
            isi = _isi(buku, x, b, k, r)
            if isi is not None:
                x.isi[r, c] = isi
        r += 1
    for k in UANG.get(x.tabel, ()):
        _jumlahkan(buku, x, k)
    if x.tabel == C33:
        for y in x.baris:
            if y.level is Level.SUB_KEGIATAN and (y.r, x.kolom["pagu_p1"]) in x.isi:
                x.isi[y.r, x.kolom["pagu_p1"]] = Rumus("kali", ((x.nama, y.r, x.kolom["pagu_n"]),), 1.1)
    if x.tabel == RK:
        sumber = wb.lembar[C33]
        letak = {y.simpul: y.r for y in reversed(sumber.baris) if y.level is not Level.INDIKATOR_LANJUTAN}
        for y in x.baris:
            if y.level is Level.SUB_KEGIATAN and y.simpul in letak and (y.r, x.kolom["anggaran"]) in x.isi:
                x.isi[y.r, x.kolom["anggaran"]] = Rumus(
                    "tautan", ((sumber.nama, letak[y.simpul], sumber.kolom["pagu_n"]),)
                )


def _kepala(x: Lembar, kolom: Sequence[tuple[str, tuple[str, ...], str]], atas: int, kiri: int) -> None:
    """Two stacked rows of headers and the row of column numbers."""
    n = 0
    while n < len(kolom):
        jalur = kolom[n][1]
        lebar = 1
        if len(jalur) > 1:
            while n + lebar < len(kolom) and kolom[n + lebar][1][0] == jalur[0]:
                lebar += 1
            x.isi[atas, kiri + n] = jalur[0]
            if lebar > 1:
                x.gabungan.append((atas, kiri + n, atas, kiri + n + lebar - 1))
            for k in range(lebar):
                x.isi[atas + 1, kiri + n + k] = kolom[n + k][1][1]
        else:
            x.isi[atas, kiri + n] = jalur[0]
            x.gabungan.append((atas, kiri + n, atas + 1, kiri + n))
        n += lebar
    for k, (_, _, nomor) in enumerate(kolom):
        if nomor:
            x.isi[atas + 2, kiri + k] = nomor
    x.judul_tahun = [
        (r, c) for (r, c), isi in x.isi.items() if r in {atas, atas + 1} and isinstance(isi, str) and "20" in isi
    ]


def _isi(buku: Buku, x: Lembar, b: Baris, k: str, r: int) -> Isi | None:
    """A cell of a form."""
    if x.tabel == C29 and k in {"tingkat_realisasi_n2", "realisasi_sd_n1", "tingkat_capaian_renstra"}:
        return _rumus_29(buku, x, b, k, r)
    if k == "satuan":
        return next(
            (str(s.nilai) for k2 in ("satuan_target_n2", "satuan_target_renstra") if not (s := b[k2]).kosong), None
        )
    nilai = b[k].nilai
    if nilai is None or isinstance(nilai, str):
        return nilai
    if isinstance(nilai, int):
        return nilai / 100 if nilai % 100 else float(nilai // 100)
    satuan = b[f"satuan_{k}"].nilai
    if x.tabel != C29 and isinstance(satuan, str):  # these forms have no column for the unit
        return f"{tulis_angka(nilai, 2)}{'' if satuan == '%' else ' '}{satuan}"
    return nilai


def _rumus_29(buku: Buku, x: Lembar, b: Baris, k: str, r: int) -> Isi | None:
    if b[k].angka is None:
        return "-" if b[k].nilai == "-" and b.indikator else None
    i = buku.indikator_menurut_id().get(b.indikator or "")

    def s(kolom: str) -> Sel:
        return x.nama, r, x.kolom[kolom]

    if k == "realisasi_sd_n1":
        if i and i.cara_hitung is CaraHitung.DIJUMLAHKAN:
            return Rumus("tambah", (s("realisasi_sd_n3"), s("realisasi_n2"), s("target_n1")))
        return Rumus("tautan", (s("target_n1"),))
    atas, bawah = (
        ("realisasi_n2", "target_n2") if k == "tingkat_realisasi_n2" else ("realisasi_sd_n1", "target_renstra")
    )
    return Rumus("balik" if i and i.sifat is Sifat.MAKIN_RENDAH else "bagi", (s(atas), s(bawah)))


def _jumlahkan(buku: Buku, x: Lembar, k: str) -> None:
    """Sums of direct children in the parents' cells; the agency's and total rows add the programs."""
    c = x.kolom[k]
    induk = {s.id: s.induk for s in buku.simpul}
    simpul = [b for b in x.baris if b.simpul and b.level is not Level.INDIKATOR_LANJUTAN and (b.r, c) in x.isi]
    program = [b for b in simpul if b.level is Level.PROGRAM]
    for b in x.baris:
        if b.level in {Level.SUB_KEGIATAN, Level.INDIKATOR_LANJUTAN} or (b.r, c) not in x.isi:
            continue
        anak: Iterable[BarisResmi] = [
            a for a in simpul if induk.get(a.simpul or "") == b.simpul and a.level is not Level.PERANGKAT_DAERAH
        ]
        if b.level in {Level.TOTAL, Level.PERANGKAT_DAERAH}:
            anak = program
        x.isi[b.r, c] = Rumus("jumlah", tuple((x.nama, a.r, c) for a in anak))
