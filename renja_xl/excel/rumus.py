"""Formulas of owned cells, as text. Native ones use functions of Excel 2013 only and return no empty text.

In a macro workbook a cell whose column declares a Python function holds ``IFERROR(FUNCTION(…),native)``: both compute
the same, and everything that compares formulas takes the two for one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from renja_xl.core.besaran import besaran_catatan
from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Sifat
from renja_xl.core.hitung import (
    POLA_TARGET,
    SUMBER_TARGET_RKT,
    baris_target,
    bawaan_dasar,
    cara_bawaan,
    cara_sifat,
    kunci_simpul,
    nilai_simpul,
)
from renja_xl.core.kalimat import acuan
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.nilai import teks_angka
from renja_xl.core.pagu import Pos, tata_pagu
from renja_xl.core.renstra import kolom_tahun
from renja_xl.core.terhitung import REKAP
from renja_xl.errors import RenjaError
from renja_xl.tabel import BERANDA, CATATAN_PERBAIKAN, KALIMAT, MENURUT_KUNCI, PROFIL, SEMUA, T_C_31, T_C_33
from renja_xl.tabel.beranda import BUTIR_BERANDA
from renja_xl.tabel.besaran import BESARAN_MENURUT_KUNCI
from renja_xl.tabel.kalimat import BASI, BELUM, BELUM_LENGKAP, KALIMAT_BAKU, SESUAI
from renja_xl.tabel.profil import DARI_PAGU
from renja_xl.tabel.spec import NAMA_TAHUN, KolomSpec, Peran, TabelSpec

_PENYUSUN = ("perangkat_daerah", "kabupaten")
_URUTAN_CATATAN = ". Sepuluh yang terpenting di atas, selebihnya menurut lembar."
_SEJAK, _KLIK = " — Tabel belum diperbarui sejak ", ": klik Perbarui Tabel"
BATAS_RUMUS = 8192
BATAS_ARGUMEN = 255
_KHUSUS = re.compile(r"(['#\[\]])")
_PERLU_KURUNG = re.compile(r"[^A-Za-z0-9 ]")
_USULAN_DASAR = "{usulan dasar}"
_MAKRO = re.compile(r"\{([^{}]+)\}")
_TAHUN_RENSTRA = re.compile(r"TBL_RENSTRA\[\[?\d+(?:PREDIKAT)?\]?\]")


class RumusTerlaluPanjangError(RenjaError):
    """A sum with more scattered details than a cell's formula can name."""


def rujukan_baris(spec: TabelSpec, kunci: str) -> str:
    """Structured reference to a column's cell in the same row."""
    nomor = _KHUSUS.sub(r"'\1", spec.menurut_kunci[kunci].nomor)
    return f"{spec.nama_tabel}[[#This Row],[{nomor}]]"


def rujukan_kolom(spec: TabelSpec, kunci: str) -> str:
    """Structured reference to all data cells of a column."""
    nomor = spec.menurut_kunci[kunci].nomor
    bersih = _KHUSUS.sub(r"'\1", nomor)
    return f"{spec.nama_tabel}[[{bersih}]]" if _PERLU_KURUNG.search(nomor) else f"{spec.nama_tabel}[{bersih}]"


@cache
def _rumus_baris(tabel: str, pola: str) -> str:
    """A formula that is the same on every row of its table; see ``KolomSpec.rumus`` for what a pattern holds."""
    return _MAKRO.sub(lambda m: _makro(MENURUT_KUNCI[tabel], m[1]), pola)


def _makro(spec: TabelSpec, isi: str) -> str:
    if isi.startswith("="):
        return _rumus_baris(spec.kunci, BESARAN_MENURUT_KUNCI[isi[1:]].rumus)
    if isi.startswith("dasar."):
        return _angka_dasar(isi.removeprefix("dasar."))
    if isi.startswith("cari "):
        tabel, _, kunci = isi.removeprefix("cari ").rpartition(".")
        sumber = MENURUT_KUNCI[tabel]
        cari = f"MATCH({rujukan_baris(spec, 'indikator_id')},{rujukan_kolom(sumber, 'indikator_id')},0)"
        return f"INDEX({rujukan_kolom(sumber, kunci)},{cari})"
    tabel, titik, kunci = isi.rpartition(".")
    return rujukan_kolom(MENURUT_KUNCI[tabel], kunci) if titik else rujukan_baris(spec, kunci)


def rumus_rujukan(spec: TabelSpec, kolom: KolomSpec, tertulis: str) -> bool:
    """Whether a formula in a cell that may be typed is ours; the year of the Renstra, or the row with a node's money, may
    be another."""
    if "{uang " in (kolom.rumus or ""):
        return _BERUANG.fullmatch(bentuk_rumus(tertulis)) is not None
    pola = re.sub(r"\{renstra (\w+) (target|predikat)\}", r"{cari Renstra.\2_r1}", kolom.rumus or "")
    a, z = (_TAHUN_RENSTRA.sub("", bentuk_rumus(r)) for r in (tertulis, _rumus_baris(spec.kunci, pola)))
    return bool(kolom.rumus) and a == z


_BERUANG = re.compile(r"""IF\(ISNUMBER\(('T-C\.33'![A-Z]+\d+)\),\1,"-"\)|IF\(ISNUMBER\("-"\),"-","-"\)""")
"""A node's money in T-C.33, or that it has none there."""
_DALAM_KUTIP = re.compile(r'("(?:[^"]|"")*")')


_UDF = sorted({k.udf.partition("(")[0] for spec in SEMUA for k in spec.kolom if k.udf})
"""Python functions that computed cells call."""
_AWAL_UDF = re.compile(rf"\s*=?\s*IFERROR\s*\(\s*(?:{'|'.join(_UDF)})\s*\(", re.IGNORECASE)
_BAGIAN_RUMUS = re.compile(
    r"""
    "(?:[^"]|"")*" | '(?:[^']|'')*' | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]  # texts, sheet names, structured references
    | (?P<buka>\() | (?P<tutup>\)) | (?P<koma>,)
    """,
    re.VERBOSE,
)
_RUMUS_PYTHON = re.compile(
    rb"<(?:[\w.-]+:)?definedName\b[^>]*\bname=[\"']rumus_python[\"'][^>]*>\s*1\s*<", re.IGNORECASE
)


def banyak_sel_udf(buku: Buku) -> int:
    """How many cells of a plan would call a Python function."""
    return sum(len(buku.baris(spec.kunci)) * sum(k.udf is not None for k in spec.kolom) for spec in SEMUA)


def udf_aktif(kerangka: bytes) -> bool:
    """Whether a workbook's computed cells are to call Python functions.

    Args:
        kerangka: its part ``workbook.xml``, where the name ``rumus_python`` says so.
    """
    return _RUMUS_PYTHON.search(kerangka) is not None


def tanpa_udf(rumus: str) -> str:
    """The native formula inside ``IFERROR(FUNCTION(…),native)`` of ours; any other formula as it is."""
    awal = _AWAL_UDF.match(rumus)
    if awal is None:
        return rumus
    dalam, koma = 2, -1
    for m in _BAGIAN_RUMUS.finditer(rumus, awal.end()):
        if m["buka"]:
            dalam += 1
        elif m["tutup"]:
            dalam -= 1
            if dalam == 0:
                utuh = koma >= 0 and not rumus[m.end() :].strip()
                return rumus[koma + 1 : m.start()].strip() if utuh else rumus
        elif m["koma"] and dalam == 1:
            if koma >= 0:
                return rumus
            koma = m.start()
    return rumus


def bentuk_rumus(rumus: str) -> str:
    """A formula without what programs write differently: spaces, letter case, dollar signs, outside of texts.

    The form with a Python function is that of its native formula.
    """
    bagian = _DALAM_KUTIP.split(tanpa_udf(rumus).removeprefix("="))
    return "".join(b if n % 2 else re.sub(r"[\s$]", "", b).upper() for n, b in enumerate(bagian))


def jumlah(spec: TabelSpec, kolom: str, baris: Sequence[int], fungsi: str = "SUM") -> str:
    """``SUM`` of a column's cells in some sheet rows, contiguous ones as ranges, in nested groups of at most 255 arguments.

    Raises:
        RumusTerlaluPanjangError: more references than a formula holds.
    """
    bagian: list[str] = []
    urut = sorted(baris)
    mulai = 0
    for n in range(1, len(urut) + 1):
        if n == len(urut) or urut[n] != urut[n - 1] + 1:
            awal, akhir = f"{kolom}{urut[mulai]}", f"{kolom}{urut[n - 1]}"
            bagian.append(awal if awal == akhir else f"{awal}:{akhir}")
            mulai = n
    while len(bagian) > BATAS_ARGUMEN:
        bagian = [f"SUM({','.join(bagian[i : i + BATAS_ARGUMEN])})" for i in range(0, len(bagian), BATAS_ARGUMEN)]
    rumus = f"{fungsi}({','.join(bagian) or '0'})"
    if len(rumus) >= BATAS_RUMUS:
        raise RumusTerlaluPanjangError(
            f"Lembar {spec.lembar}: rincian yang dijumlahkan tersebar di {len(baris)} baris, lebih banyak daripada yang "
            "muat dalam satu rumus; mohon kelompokkan rinciannya agar berurutan."
        )
    return rumus


def _angka_dasar(kunci: str) -> str:
    """A rate of Dasar Perhitungan; what is no number means its default."""
    return f"IF(ISNUMBER(dasar_{kunci}),dasar_{kunci},{bawaan_dasar(kunci):g})"


def rumus_judul(spec: TabelSpec) -> str:
    """Formula of the line below a sheet's title: who plans, and whether the table waits to be laid out anew."""
    nama, daerah = (f'IF(profil_{k}="","-",profil_{k})' for k in _PENYUSUN)
    rumus = f'{nama}&" "&{daerah}'
    if spec is CATATAN_PERBAIKAN:
        return f'{rumus}&" — "&{_rumus_baris(spec.kunci, "{=catatan_ringkas}")}&"{_URUTAN_CATATAN}"'
    if spec.tumbuh:
        return rumus
    sejak = 'IF(profil_terakhir_disusun="","-",profil_terakhir_disusun)'
    return f'IF(profil_tabel_basi="Ya",{rumus}&"{_SEJAK}"&{sejak}&"{_KLIK}",{rumus})'


def nilai_judul(spec: TabelSpec, buku: Buku) -> str:
    """What that formula shows: ``-`` only where the cell is blank."""
    isi = {b["kunci"].nilai: b["nilai"].nilai for b in reversed(buku.baris(PROFIL.kunci))}
    teks = {
        k: "-" if isi.get(k) is None else teks_angka(isi[k]) for k in (*_PENYUSUN, "terakhir_disusun", "tabel_basi")
    }
    if spec is CATATAN_PERBAIKAN:
        sisa = besaran_catatan(buku.ganti({spec.kunci: buku.baris(spec.kunci)}))["catatan_ringkas"]
        return f"{' '.join(teks[k] for k in _PENYUSUN)} — {sisa}{_URUTAN_CATATAN}"
    basi = not spec.tumbuh and teks["tabel_basi"].casefold() == "ya"
    return " ".join(teks[k] for k in _PENYUSUN) + (f"{_SEJAK}{teks['terakhir_disusun']}{_KLIK}" if basi else "")


def _ringkasan(spec: TabelSpec, b: Baris, kolom: KolomSpec) -> str:
    """Formulas of Beranda and Kalimat: a quantity, or whether a sentence still tells the present ones."""
    kunci = str(b["kunci"].nilai)
    if spec is BERANDA:
        butir = next(x for x in BUTIR_BERANDA if x.kunci == kunci)
        besaran = butir.selisih or kunci if kolom.kunci == "selisih" else kunci
        return _rumus_baris(spec.kunci, BESARAN_MENURUT_KUNCI[besaran].rumus)
    pola = next(k.pola for k in KALIMAT_BAKU if k.kunci == kunci)
    syarat = []
    for n, k in enumerate(acuan(pola), 1):
        kini = BESARAN_MENURUT_KUNCI[k].rumus
        syarat.append(f"IFERROR(ROUND(({kini})-{{acuan_{n}}},3)=0,({kini})={{acuan_{n}}})")
    sesuai = f'IF({{kalimat}}="{BELUM_LENGKAP}","{BELUM}","{SESUAI}")'
    return _rumus_baris(spec.kunci, f'IF(AND({",".join(syarat)}),{sesuai},"{BASI}")')


class PenyusunRumus:
    """Formulas of one plan, for the places where its cells stand; row indices are those of its tables.

    Args:
        udf: whether cells call the Python function that their column declares, with the native formula behind it.
    """

    def __init__(self, buku: Buku, letak: Letak, udf: bool = False) -> None:
        self._buku, self._letak, self._udf = buku, letak, udf
        self._indikator = buku.indikator_menurut_id()
        self._uang = {
            (spec.kunci, kolom): nilai_simpul(spec, buku.baris(spec.kunci), spec.menurut_kunci[kolom])[0]
            for spec, kolom in ((T_C_31, "kebutuhan_dana"), (T_C_33, "pagu_n"))
        }
        self._target = {spec.kunci: baris_target(buku.baris(spec.kunci)) for spec, _ in SUMBER_TARGET_RKT}
        self._induk: dict[tuple[str, str], Mapping[int, Pos]] = {}

    def rumus(self, spec: TabelSpec, indeks: int, b: Baris, kolom: KolomSpec) -> str:
        """Formula of a computed cell, without its equals sign."""
        asli = self._asli(spec, indeks, b, kolom)
        fungsi = self._fungsi(spec, indeks, b, kolom) if self._udf else None
        return asli if fungsi is None else f"IFERROR({fungsi},{asli})"

    def _fungsi(self, spec: TabelSpec, indeks: int, b: Baris, kolom: KolomSpec) -> str | None:
        """Call of the cell's Python function; None where it has none."""
        if kolom.udf is None or (b.level in REKAP and kolom.rumus_rekap):
            return None
        if kolom.peran is not Peran.USULAN:
            return _rumus_baris(spec.kunci, self._pola(spec, indeks, kolom.udf))
        if b.level is not Level.SUB_KEGIATAN:
            return None
        pagu, dasar = self._dasar_prakiraan(b, indeks)
        kiri, _, kanan = kolom.udf.partition(_USULAN_DASAR)
        return f'{kiri}IF(ISNUMBER({pagu}),{dasar},"-"){_rumus_baris(spec.kunci, kanan)}'

    def _asli(self, spec: TabelSpec, indeks: int, b: Baris, kolom: KolomSpec) -> str:
        if b.level in REKAP and kolom.rumus_rekap:
            return self._rekap(spec, indeks, b, kolom)
        if spec in {BERANDA, KALIMAT}:
            return _ringkasan(spec, b, kolom)
        if kolom.rumus and not (kolom in spec.kolom_uang and b.level is not Level.SUB_KEGIATAN):
            return _rumus_baris(spec.kunci, self._pola(spec, indeks, kolom.rumus))
        if kolom.peran is Peran.TURUNAN and kolom.tautan:
            return self._tautan_indikator(spec, b, kolom.tautan)
        if kolom in spec.kolom_uang:
            return self._uang_rumus(spec, indeks, b, kolom)
        return self._target_rkt(b, kolom.kunci)

    def _pola(self, spec: TabelSpec, indeks: int, pola: str) -> str:
        """A pattern with what differs by row or by plan filled in: the cell above, a year of the Renstra."""
        if "{sebelum " in pola:
            nomor = self._baris(spec, indeks) - 1
            pola = re.sub(r"\{sebelum (\w+)\}", lambda m: f"{self._kolom(spec, m[1])}{nomor}", pola)
        if "{uang " in pola:
            simpul = self._buku.baris(spec.kunci)[indeks].simpul
            pola = re.sub(
                r"\{uang ([\w.-]+)\.(\w+)\}", lambda m: self._sel_uang(MENURUT_KUNCI[m[1]], m[2], simpul) or '"-"', pola
            )
        return (
            re.sub(r"\{renstra (\w+) (target|predikat)\}", self._tahun_renstra, pola) if "{renstra " in pola else pola
        )

    def _tahun_renstra(self, m: re.Match[str]) -> str:
        r = kolom_tahun(self._buku, self._buku.tahun + NAMA_TAHUN[m[1]])
        return f"{{cari Renstra.{m[2]}_r{r}}}" if r is not None else '"-"'

    def _rekap(self, spec: TabelSpec, indeks: int, b: Baris, kolom: KolomSpec) -> str:
        """Sum or mean of the rows above, back to the row that sums or averages before."""
        rows = self._buku.baris(spec.kunci)
        batas = [i for i in range(indeks) if rows[i].level in REKAP] if b.level is Level.RATA_RATA else []
        bukan = REKAP | {Level.TOTAL}
        atas = [i for i in range(batas[-1] + 1 if batas else 0, indeks) if rows[i].level not in bukan]
        fungsi = kolom.rumus_rekap or "SUM"
        rumus = jumlah(spec, self._kolom(spec, kolom.kunci), [self._baris(spec, i) for i in atas], fungsi)
        return f'IFERROR({rumus},"-")' if fungsi == "AVERAGE" and atas else '"-"' if fungsi == "AVERAGE" else rumus

    def _baris(self, spec: TabelSpec, indeks: int) -> int:
        return self._letak.baris[spec.kunci][self._buku.baris(spec.kunci)[indeks].id]

    def _kolom(self, spec: TabelSpec, kunci: str) -> str:
        return huruf_kolom(self._letak.kolom[spec.kunci][kunci])

    def _rujukan(self, spec: TabelSpec, indeks: int, kunci: str, *, lembar: bool = False) -> str:
        """A1 reference to a cell, with its sheet where the formula stands on another."""
        sel = f"{self._kolom(spec, kunci)}{self._baris(spec, indeks)}"
        return f"'{spec.lembar}'!{sel}" if lembar else sel

    def _uang_rumus(self, spec: TabelSpec, indeks: int, b: Baris, kolom: KolomSpec) -> str:
        if b.level is not Level.SUB_KEGIATAN:
            pos = self._pos(spec, kolom)[indeks]
            return jumlah(spec, self._kolom(spec, kolom.kunci), [self._baris(spec, anak.sel) for anak in pos.anak])
        if kolom.peran is Peran.USULAN:
            return self._prakiraan(b, indeks)
        return self._anggaran_rkt(b)

    def _pos(self, spec: TabelSpec, kolom: KolomSpec) -> Mapping[int, Pos]:
        kunci = (spec.kunci, kolom.kunci)
        if kunci not in self._induk:
            tata = tata_pagu(self._buku.baris(spec.kunci), kolom.kunci, kunci_simpul(spec, kolom))
            self._induk[kunci] = {pos.sel: pos for pos in tata}
        return self._induk[kunci]

    def _tautan_indikator(self, spec: TabelSpec, b: Baris, tautan: str) -> str:
        struktur = MENURUT_KUNCI[STRUKTUR]
        i = self._indikator.get(b.indikator or "")
        cara, sifat = cara_sifat(b, None) if i is None else (cara_bawaan(b, i.satuan, i.teks), Sifat.MAKIN_TINGGI)
        bawaan = (sifat if tautan == "sifat" else cara).judul
        kolom, kunci = struktur.menurut_kunci[tautan].nomor, struktur.menurut_kunci["indikator_id"].nomor
        cari = (
            f"INDEX({struktur.nama_tabel}[{kolom}],"
            f"MATCH({rujukan_baris(spec, 'indikator_id')},{struktur.nama_tabel}[{kunci}],0))"
        )
        return f'IFERROR(IF({cari}="","{bawaan}",{cari}),"{bawaan}")'

    def _sel_uang(self, spec: TabelSpec, kolom: str, simpul: str | None) -> str | None:
        n = self._uang[spec.kunci, kolom].get(simpul or "")
        return None if n is None else self._rujukan(spec, n, kolom, lembar=True)

    def _dasar_prakiraan(self, b: Baris, indeks: int) -> tuple[str, str]:
        """The cell with the sub kegiatan's pagu, and what its proposed forward estimate starts from."""
        baris_pagu = self._uang[T_C_33.kunci, "pagu_n"].get(b.simpul or f"baris:{b.id}", indeks)
        pagu = self._rujukan(T_C_33, baris_pagu, "pagu_n")
        butuh = self._sel_uang(T_C_31, "kebutuhan_dana", b.simpul) or '"-"'
        return pagu, f'IF(dasar_dasar_prakiraan="{DARI_PAGU}",{pagu},{butuh})'

    def _prakiraan(self, b: Baris, indeks: int) -> str:
        pagu, dasar = self._dasar_prakiraan(b, indeks)
        tumbuh, bulat = f"(100+{_angka_dasar('pertumbuhan_prakiraan')})", _angka_dasar("pembulatan_prakiraan")
        return (
            f"IF(ISNUMBER({pagu}),IF(ISNUMBER({dasar}),IF({bulat}>0,"
            f"ROUND({dasar}*{tumbuh}/(100*{bulat}),0)*{bulat},"
            f'ROUND({dasar}*{tumbuh}/100,2)),"-"),"-")'
        )

    def _anggaran_rkt(self, b: Baris) -> str:
        def angka(sel: str | None) -> str:
            return f'IF(ISNUMBER({sel}),{sel},"-")' if sel else '"-"'

        pagu = angka(self._sel_uang(T_C_33, "pagu_n", b.simpul))
        butuh = angka(self._sel_uang(T_C_31, "kebutuhan_dana", b.simpul))
        return f'IF(profil_dasar_rkt="{DARI_PAGU}",{pagu},{butuh})'

    def _target_rkt(self, b: Baris, kolom: str) -> str:
        pola = next(p for p in POLA_TARGET if p.format("target") == kolom)
        rumus = '"-"'
        for spec, kunci in reversed(SUMBER_TARGET_RKT):
            n = self._target[spec.kunci].get(b.indikator or "")
            if n is not None:
                nilai = self._rujukan(spec, n, kunci, lembar=True)
                isi = self._rujukan(spec, n, pola.format(kunci), lembar=True)
                tampil = isi if pola == "{}" else f'IF({isi}="","-",{isi})'
                rumus = f"IF(ISNUMBER({nilai}),{tampil},{rumus})"
        return rumus
