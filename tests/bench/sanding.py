"""Planted-pairs benchmark of ``sanding``: ``python -m tests.bench.sanding``.

Correct plans of made-up agencies are drawn, copies of them are edited by code that knows nothing of the matcher (one
operation, or several at once), and what ``sanding --json`` says of the two workbooks is held against what was planted.
Every third pair is of two origins: the second workbook counts all its ids anew, in another order.

    --banyak N   pairs (default 500)
    --benih N    another drawing (default 1)
    --rinci      list every operation that was missed or made up
"""

from __future__ import annotations

import argparse
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl.utils import get_column_letter

from renja_xl.banding import Sisi, baca_sisi, bandingkan
from renja_xl.core.buku import Buku, Indikator, Level, Sel, Simpul
from renja_xl.core.hitung import hitung
from renja_xl.core.perbarui import perbarui
from renja_xl.excel.bangun import bangun
from renja_xl.excel.lembar_xml import IsiSel
from renja_xl.excel.paket import Paket
from renja_xl.excel.tambal import tambal
from renja_xl.laporan_sanding import ke_json
from renja_xl.tabel import MENURUT_KUNCI
from tests.bench.sebar.rencana import rencana
from tests.core.test_padankan import dengan_id_lain

Operasi = tuple[str, ...]
"""Kind of an operation, and what it was done to."""

KATA = (
    "Penguatan", "Inovasi", "Layanan", "Terpadu", "Kawasan", "Pesisir", "Digital", "Lintas", "Sektor", "Mandiri", "Berjenjang",
)  # fmt: skip
HAL = (
    "Arsip",
    "Armada",
    "Bantuan",
    "Data",
    "Gedung",
    "Jaringan",
    "Kader",
    "Laboratorium",
    "Pelabuhan",
    "Regulasi",
    "Wisata",
)


@dataclass
class Salinan:
    """A copy that is being edited.

    Attributes:
        tersentuh: nodes that an operation was done to; one operation a node, so that what was planted is unambiguous.
    """

    buku: Buku
    acak: Random
    operasi: list[Operasi] = field(default_factory=list)
    sel: dict[str, dict[tuple[int, int], IsiSel]] = field(default_factory=dict)
    lembar: dict[str, str] = field(default_factory=dict)
    tersentuh: set[str] = field(default_factory=set)

    def simpul(self, *level: Level) -> Simpul | None:
        """A node to do something to, whose parents and children nothing was done to."""
        ada = [
            s
            for s in self.buku.simpul
            if s.level in level and s.id not in self.tersentuh and s.induk not in self.tersentuh
            and not any(x.induk == s.id and x.id in self.tersentuh for x in self.buku.simpul)
        ]  # fmt: skip
        if not ada:
            return None
        s = self.acak.choice(ada)
        self.tersentuh.add(s.id)
        return s

    def ganti(self, s: Simpul, **sifat: Any) -> None:
        self.buku = replace(
            self.buku, simpul=tuple(replace(x, **sifat) if x.id == s.id else x for x in self.buku.simpul)
        )

    def nama_baru(self) -> str:
        while True:
            nama = " ".join([*self.acak.sample(KATA, 3), *self.acak.sample(HAL, 2)])
            if nama not in {s.nama for s in self.buku.simpul}:
                return nama

    def kode_baru(self, induk: str | None) -> str | None:
        if not induk:
            return None
        ada = {s.kode for s in self.buku.simpul}
        return next(k for n in range(self.acak.randrange(30, 60), 9999) if (k := f"{induk}.{n:04d}") not in ada)


# ── operations ────────────────────────────────────────────────────────────────────────────────────────────────


def sisip(s: Salinan) -> None:
    keg = s.simpul(Level.KEGIATAN)
    if keg is None:
        return
    nama = s.nama_baru()
    baru = Simpul(f"s-{9000 + len(s.operasi)}", Level.SUB_KEGIATAN, nama, s.kode_baru(keg.kode), keg.id)
    ind = Indikator(
        f"i-{9000 + len(s.operasi)}", baru.id, f"Jumlah {nama.lower()}", "Dokumen", di_evaluasi=True, di_rencana=True
    )
    daftar = list(s.buku.simpul)
    saudara = [n for n, x in enumerate(daftar) if x.induk == keg.id]
    daftar.insert(s.acak.choice([n + 1 for n in saudara] or [daftar.index(keg) + 1]), baru)
    s.buku = replace(s.buku, simpul=tuple(daftar), indikator=(*s.buku.indikator, ind))
    s.tersentuh.add(baru.id)
    s.operasi.append(("ditambah", nama))


def hapus(s: Salinan) -> None:
    sub = s.simpul(Level.SUB_KEGIATAN)
    if sub is None:
        return
    s.buku = replace(
        s.buku,
        simpul=tuple(x for x in s.buku.simpul if x.id != sub.id),
        indikator=tuple(i for i in s.buku.indikator if i.simpul != sub.id),
    )
    s.operasi.append(("dihapus", sub.nama))


def pindah(s: Salinan) -> None:
    sub = s.simpul(Level.SUB_KEGIATAN)
    tujuan = [x for x in s.buku.simpul if x.level is Level.KEGIATAN and sub and x.id != sub.induk]
    if sub is None or not tujuan:
        return
    ke = s.acak.choice(tujuan)
    kode = s.kode_baru(ke.kode) if s.acak.random() < 0.5 else sub.kode
    s.ganti(sub, induk=ke.id, kode=kode)
    s.operasi.append(("dipindah", sub.nama))
    if kode != sub.kode:
        s.operasi.append(("kode", sub.nama, kode or ""))


def kode(s: Salinan) -> None:
    sub = s.simpul(Level.SUB_KEGIATAN)
    if sub is None or not sub.kode:
        return
    baru = s.kode_baru(sub.kode.rpartition(".")[0]) or ""
    s.ganti(sub, kode=baru)
    s.operasi.append(("kode", sub.nama, baru))


def nama(s: Salinan) -> None:
    x = s.simpul(Level.SUB_KEGIATAN, Level.KEGIATAN, Level.PROGRAM)
    if x is None:
        return
    baru = s.acak.choice((s.nama_baru(), f"{x.nama} Terpadu", x.nama.replace("an ", "n ", 1) + " (Lanjutan)"))
    s.ganti(x, nama=baru)
    s.operasi.append(("nama", x.nama, baru))


def indikator(s: Salinan) -> None:
    x = s.simpul(Level.SUB_KEGIATAN)
    milik = [i for i in s.buku.indikator if x and i.simpul == x.id and i.teks]
    if x is None or not milik:
        return
    i, baru = milik[0], f"Jumlah {s.nama_baru().lower()}"
    s.buku = replace(s.buku, indikator=tuple(replace(y, teks=baru) if y.id == i.id else y for y in s.buku.indikator))
    s.operasi.append(("sel", "Program & Sub Kegiatan", x.nama, i.teks or "", baru))


def nilai(s: Salinan) -> None:
    """A pagu, a target or a place typed otherwise."""
    x = s.simpul(Level.SUB_KEGIATAN)
    if x is None:
        return
    calon = [
        (t, n, k)
        for t, k in (("T-C.33", "pagu_n"), ("T-C.33", "lokasi"), ("T-C.31", "kebutuhan_dana"), ("T-C.29", "target_n1"))
        for n, b in enumerate(s.buku.baris(t))
        if b.simpul == x.id and not b[k].rumus and b[k].nilai is not None
    ]
    if not calon:
        return
    tabel, n, k = s.acak.choice(calon)
    rows = list(s.buku.baris(tabel))
    lama = rows[n][k].nilai
    baru = (
        f"{lama} dan sekitarnya"
        if isinstance(lama, str)
        else (lama or 0) + (125_000_000 if isinstance(lama, int) else 3)
    )
    rows[n] = rows[n].dengan({k: Sel(baru)})
    s.buku = s.buku.ganti({tabel: rows})
    s.operasi.append(("isian", tabel, x.nama, MENURUT_KUNCI[tabel].menurut_kunci[k].sebutan(s.buku.tahun)))


ATAS_BUKU: tuple[Callable[[Salinan], None], ...] = (sisip, hapus, pindah, kode, nama, indikator, nilai)


def rumus(s: Salinan) -> None:
    """A constant, or another formula, over a computed cell."""
    tabel, kolom = s.acak.choice((("T-C.29", "tingkat_realisasi_n2"), ("T-C.31", "selisih"), ("T-C.33", "pagu_n")))
    spec = MENURUT_KUNCI[tabel]
    rows = [
        (n, b)
        for n, b in enumerate(s.buku.baris(tabel))
        if b[kolom].rumus and b[kolom].angka is not None
    ]  # fmt: skip
    if not rows:
        return
    n, _ = s.acak.choice(rows)
    tempat = (spec.baris_pertama + n, spec.letak_kolom[kolom])
    if tempat in s.sel.get(spec.lembar, {}):
        return
    isi = IsiSel(77.5, "") if s.acak.random() < 0.5 else IsiSel(77.5, "70+7.5")
    s.sel.setdefault(spec.lembar, {})[tempat] = isi
    s.operasi.append(("rumus", spec.lembar, _alamat(tempat)))


def judul(s: Salinan) -> None:
    lembar, tempat = s.acak.choice((("T-C.33", (2, 1)), ("T-C.29", (2, 1)), ("T-C.31", (2, 1))))
    baru = f"{lembar} {s.nama_baru()}"
    if lembar in s.sel and tempat in s.sel[lembar]:
        return
    s.sel.setdefault(lembar, {})[tempat] = IsiSel(baru)
    s.operasi.append(("judul", lembar, baru))


def lembar(s: Salinan) -> None:
    lama = s.acak.choice(("T-C.29", "T-C.32", "RKT", "Pegawai", "Renstra"))
    if lama in s.lembar:
        return
    s.lembar[lama] = f"{lama} {s.acak.choice(HAL)}"
    s.operasi.append(("lembar", lama, s.lembar[lama]))


ATAS_BERKAS: tuple[Callable[[Salinan], None], ...] = (rumus, judul, lembar)


def _alamat(tempat: tuple[int, int]) -> str:
    return f"{get_column_letter(tempat[1])}{tempat[0]}"


# ── one pair ──────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def dasar(nomor: int) -> tuple[Buku, bytes]:
    buku = rencana(nomor, 4)
    return buku, bangun(buku)


def pasangan(benih: str, nomor: int) -> tuple[bytes, bytes, list[Operasi], bool]:
    """Two workbooks, what was planted in the second, and whether it has another origin."""
    acak = Random(f"{benih} {nomor}")
    lama, isi_lama = dasar(nomor % 20)
    asing = nomor % 3 == 2
    s = Salinan(lama, acak)
    banyak = acak.choice((1, 1, 2, 3, 5, 8))
    di_buku = [acak.choice(ATAS_BUKU) for _ in range(banyak)]
    di_berkas = [] if asing else [acak.choice(ATAS_BERKAS) for _ in range(acak.choice((0, 1, 1, 2)))]
    for op in di_buku:
        op(s)
    s.buku = hitung(perbarui(s.buku))
    if asing:
        s.buku = dengan_id_lain(s.buku)
    for op in di_berkas:
        op(s)
    isi = bangun(s.buku)
    if s.sel:
        isi = tambal(Paket(Path("baru.xlsx"), isi), s.sel)
    return isi_lama, _ganti_nama(isi, s.lembar), s.operasi, asing


def _ganti_nama(isi: bytes, nama: dict[str, str]) -> bytes:
    """Sheets under other names, in the workbook and in every formula, as Excel does it."""
    if not nama:
        return isi
    keluaran = BytesIO()
    with zipfile.ZipFile(BytesIO(isi)) as asal, zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as z:
        for info in asal.infolist():
            data = asal.read(info)
            if info.filename.endswith(".xml"):
                for lama, baru in nama.items():
                    if info.filename == "xl/workbook.xml":
                        data = data.replace(f'name="{lama}"'.encode(), f'name="{baru}"'.encode())
                    for dulu in (
                        f"'{lama}'!",
                        f"&apos;{lama}&apos;!",
                        *([f"{lama}!"] if re.fullmatch(r"\w+", lama) else []),
                    ):
                        data = data.replace(dulu.encode(), f"'{baru}'!".encode())
            z.writestr(info, data)
    return keluaran.getvalue()


def terbaca(j: dict[str, Any]) -> list[Operasi]:
    """The operations that a comparison tells of; a cell by its place, or by what it held and holds."""
    hasil: list[Operasi] = [("ditambah", x["nama"]) for x in j["ditambah"]]
    hasil += [("dihapus", x["nama"]) for x in j["dihapus"]]
    hasil += [("dipindah", x["nama"]) for x in j["dipindah"]]
    for x in j["diganti_nama"]:
        if x["level"] == "lembar":
            hasil.append(("lembar", x["nama_lama"], x["nama"]))
        elif x["level"] == "judul":
            hasil.append(("judul", x["lembar"], x["nama"]))
        else:
            hasil += [("nama", x["nama_lama"], x["nama"])] if x["nama"] != x["nama_lama"] else []
            hasil += [("kode", x["nama"], x["kode"] or "")] if x["kode"] != x["kode_lama"] else []
    for x in j["diubah"]:
        if x["lama"].startswith("="):
            hasil.append(("rumus", x["lembar"], x["sel"]))
        elif x["lembar"] == "Program & Sub Kegiatan":
            hasil.append(("sel", x["lembar"], x["nama"], x["lama"], x["baru"]))
        else:
            hasil.append(("isian", x["lembar"], x["nama"], x["kolom"]))
    return hasil


@dataclass
class Nilai:
    """How well pairs were told."""

    benar: Counter[str] = field(default_factory=Counter)
    luput: Counter[str] = field(default_factory=Counter)
    palsu: Counter[str] = field(default_factory=Counter)
    rinci: list[str] = field(default_factory=list)

    def catat(self, nomor: int, tertanam: Iterable[Operasi], tersebut: Iterable[Operasi]) -> None:
        a, z = Counter(tertanam), Counter(tersebut)
        for apa, daftar in ((self.benar, a & z), (self.luput, a - z), (self.palsu, z - a)):
            for op, n in daftar.items():
                apa[op[0]] += n
                if apa is not self.benar:
                    self.rinci.append(f"{nomor}: {'luput' if apa is self.luput else 'palsu'} {op}")

    @property
    def f1(self) -> float:
        benar, luput, palsu = (sum(x.values()) for x in (self.benar, self.luput, self.palsu))
        return 2 * benar / (2 * benar + luput + palsu) if benar else 0.0

    @property
    def sel_palsu(self) -> int:
        """Cells that were said to differ and do not."""
        return sum(self.palsu[k] for k in ("sel", "isian", "rumus"))


@cache
def _sisi_lama(isi: bytes, folder: Path) -> Sisi:
    path = folder / "lama.xlsx"
    path.write_bytes(isi)
    return baca_sisi(str(path))


def uji(benih: str, nomor: int, folder: Path, nilai_: Nilai) -> None:
    """One pair through files."""
    lama, baru, operasi, _ = pasangan(benih, nomor)
    dua = folder / "baru.xlsx"
    dua.write_bytes(baru)
    b = bandingkan(_sisi_lama(lama, folder), baca_sisi(str(dua)))
    nilai_.catat(nomor, operasi, terbaca(ke_json(b.sanding, b.bentuk)))


def utama() -> None:
    urai = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    urai.add_argument("--banyak", type=int, default=500)
    urai.add_argument("--benih", default="1")
    urai.add_argument("--rinci", action="store_true")
    a = urai.parse_args()
    n = Nilai()
    with TemporaryDirectory() as folder:
        for nomor in range(a.banyak):
            ada = len(n.rinci)
            uji(a.benih, nomor, Path(folder), n)
            if a.rinci:
                sys.stdout.writelines(f"{x}\n" for x in n.rinci[ada:])
                sys.stdout.flush()
    jenis = sorted(n.benar.keys() | n.luput.keys() | n.palsu.keys())
    sys.stdout.write(f"{a.banyak} pairs\n{'operation':12}{'right':>8}{'missed':>8}{'made up':>9}\n")
    for j in jenis:
        sys.stdout.write(f"{j:12}{n.benar[j]:8}{n.luput[j]:8}{n.palsu[j]:9}\n")
    sys.stdout.write(f"F1 {n.f1:.4f}, cells made up {n.sel_palsu}\n")


if __name__ == "__main__":
    utama()
