"""Tables of a plan laid out anew in the workbook that it was read from, without touching what is not ours.

Rows keep their formats, and the cells of columns that a planner added; new rows take the formats of rows of their
kind. Where it is not sure that nothing gets lost or points elsewhere, the change is refused and the file stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from html import unescape

from renja_xl.core.baris import isi_sel
from renja_xl.core.buku import Baris, Buku, Level, Sel
from renja_xl.core.letak import Letak, huruf_kolom
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.errors import TidakDapatDitambalError
from renja_xl.excel.baca import Terbaca, bagian_tabel
from renja_xl.excel.baris_hasil import baris_hasil, baris_terbaca, bertaut, kepala_berubah, tabel_yang_ada
from renja_xl.excel.beranda import bagian_grafik, grafik_baru
from renja_xl.excel.gaya_terpakai import GayaTerpakai, sama_jenis
from renja_xl.excel.kepala import BARIS_PENYUSUN
from renja_xl.excel.lembar import KERTAS_A4, KERTAS_FOLIO, kertas, peran_sel, tinggi_baris
from renja_xl.excel.lembar_xml import IsiSel, LembarXml, Rumus, teks_xml
from renja_xl.excel.panduan import PANDUAN
from renja_xl.excel.rumus import PenyusunRumus, nilai_judul, udf_aktif
from renja_xl.excel.setempat import milik_judul, setara_nilai, setara_rumus
from renja_xl.excel.susun_lembar import BarisBaru, Pindah, TidakPastiError, rentang_tabel, susun_lembar
from renja_xl.excel.tambal import susun_paket
from renja_xl.tabel import (
    ASLI,
    BARIS_DIHAPUS,
    BELUM_TERPETAKAN,
    CATATAN_PERBAIKAN,
    DATA_GRAFIK,
    PEGAWAI,
    PROFIL,
    PROGRAM_SUB_KEGIATAN,
    SEMUA,
    TABEL_RENCANA,
    USULAN_BAPPEDA,
)
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec

DISUSUN = (
    PROFIL, PROGRAM_SUB_KEGIATAN, *TABEL_RENCANA, CATATAN_PERBAIKAN, USULAN_BAPPEDA, BARIS_DIHAPUS, BELUM_TERPETAKAN, ASLI,
)  # fmt: skip
"""Tables that follow when the struktur changed."""

_LUAS = re.compile(r"((?:([^'!]+)|'((?:[^']|'')+)')!)\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)")
_SESUDAH_TAUTAN = re.compile(
    rb"<(?:[\w.-]+:)?(?:printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches|"
    rb"ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|"
    rb"extLst)[\s>/]|</(?:[\w.-]+:)?worksheet\s*>"
)


def susun_tabel(terbaca: Terbaca, hasil: Buku, tabel: Iterable[TabelSpec]) -> bytes:
    """The package with some tables laid out as in ``hasil``; the old bytes where nothing changes.

    Raises:
        TidakDapatDitambalError: names what keeps it from being done surely.
    """
    return _Penyusun(terbaca, hasil, tabel_yang_ada(terbaca.rumus, hasil, tabel)).susun()


def letak_susunan(terbaca: Terbaca, hasil: Buku, tabel: Iterable[TabelSpec]) -> Letak:
    """Where everything will stand after some tables were laid out anew."""
    return _Penyusun(terbaca, hasil, [s for s in tabel if s.lembar in terbaca.rumus]).letak


class _Penyusun:
    def __init__(self, terbaca: Terbaca, hasil: Buku, tabel: Sequence[TabelSpec]) -> None:
        self.t, self.hasil, self.tabel = terbaca, hasil, tabel
        self.paket = terbaca.paket
        self.lembar = {s.kunci: LembarXml(self.paket.isi(self.paket.lembar[s.lembar])) for s in tabel}
        self.rentang = {s.kunci: self._rentang(s) for s in tabel}
        self.baris = {s.kunci: baris_hasil(terbaca.buku, hasil, terbaca.letak, s) for s in tabel}
        self.letak = self._letak_baru()
        self.rumus = PenyusunRumus(hasil, self.letak, udf=udf_aktif(self.paket.isi(self.paket.buku)))
        self._gaya_sel: dict[str, dict[tuple[int, int], bytes]] = {}

    def susun(self) -> bytes:
        ganti: dict[str, bytes] = {}
        pindah: dict[str, Pindah] = {}
        self._kumpulkan_gaya()
        for spec in self.tabel:
            try:
                pindah[spec.kunci] = self._lembar(spec, ganti)
                self._pastikan_tak_ditunjuk(spec, pindah[spec.kunci])
            except (TidakPastiError, ValueError, KeyError) as galat:
                alasan = str(galat) if isinstance(galat, TidakPastiError) else "susunan lembarnya tidak dikenali"
                raise TidakDapatDitambalError(
                    f"Lembar {spec.lembar} belum dapat disusun ulang di tempatnya: {alasan}; mohon pindahkan tambahan itu ke "
                    "buku lain, lalu ulangi, atau buka di Excel dan tekan Perbarui Tabel."
                ) from galat
        kerangka = _area_cetak(self.paket.isi(self.paket.buku), {s.lembar: pindah[s.kunci] for s in self.tabel})
        for spec in self.tabel:
            if spec.tampil_bila_berisi and self.baris[spec.kunci] and not self.t.letak.baris.get(spec.kunci):
                kerangka = _tampilkan(kerangka, spec.lembar)
        ganti[self.paket.buku] = kerangka
        if DATA_GRAFIK in self.tabel:
            self._grafik(ganti)
        if PROFIL in self.tabel:
            for nama in (PANDUAN, *(s.lembar for s in SEMUA if s not in self.tabel)):
                if nama in self.paket.lembar:
                    bagian = self.paket.lembar[nama]
                    ganti[bagian] = _dengan_kertas(self.paket.isi(bagian), kertas(self.hasil), self.hasil.tahun)
        ganti |= self._gaya.tambahan
        semula = {n: isi for n, isi in ganti.items() if isi != self.paket.isi(n)}
        rantai = any(p.geser or not p.tetap for p in pindah.values()) or self._rumus_berubah(ganti)
        return susun_paket(self.paket, semula, tanpa_rantai=bool(semula) and rantai)

    def _grafik(self, ganti: dict[str, bytes]) -> None:
        """Charts of Beranda over the present rows of their data."""
        rows = self.hasil.baris(DATA_GRAFIK.kunci)
        program = sum(b.level is Level.PROGRAM for b in rows)
        for bagian in bagian_grafik(self.paket):
            ganti[bagian] = grafik_baru(
                self.paket.isi(bagian), self.rentang[DATA_GRAFIK.kunci][0], program, len(rows) - program
            )

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _rentang(self, spec: TabelSpec) -> tuple[int, int, int]:
        """First and last sheet row of a table's data, and the last row of the table itself."""
        bagian = bagian_tabel(self.paket, spec)
        if bagian is None:
            raise TidakDapatDitambalError(
                f"Lembar {spec.lembar}: tabel {spec.nama_tabel} tidak ada lagi; mohon kembalikan dari cadangan."
            )
        m = re.fullmatch(r"\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)", bagian[1])
        if m is None:
            raise TidakDapatDitambalError(
                f"Lembar {spec.lembar}: letak tabelnya tidak dikenali; mohon simpan ulang di Excel."
            )
        nomor = self.t.letak.baris.get(spec.kunci, {}).values()
        return int(m[1]) + 1, max(int(m[2]), *nomor, 0), int(m[2])

    def _letak_baru(self) -> Letak:
        """Where the rows will stand."""
        baris = dict(self.t.letak.baris)
        for spec in self.tabel:
            awal = self.rentang[spec.kunci][0]
            baris[spec.kunci] = {b.id: awal + n for n, b in enumerate(self.baris[spec.kunci])}
        return Letak(baris, self.t.letak.kolom)

    def _lembar(self, spec: TabelSpec, ganti: dict[str, bytes]) -> Pindah:
        x = self.lembar[spec.kunci]
        awal, akhir, akhir_tabel = self.rentang[spec.kunci]
        lama_nomor = self.t.letak.baris.get(spec.kunci, {})
        lama = {b.id: b for b in baris_terbaca(self.t.buku, spec)}
        kolom = self.t.letak.kolom[spec.kunci]
        rows: list[BarisBaru] = []
        urutan: dict[str, int] = {}
        if spec in TABEL_RENCANA:
            urutan = {b.id: n for n, b in enumerate(self.hasil.baris(spec.kunci))}
        for r, b in enumerate(self.baris[spec.kunci], awal):
            asal = lama_nomor.get(b.id)
            isi = self._isi(spec, b, lama.get(b.id), urutan.get(b.id, 0), asal, pindah=r != asal)
            if asal is None or asal > akhir_tabel:  # one typed right below the table joins it like a new one
                gaya = {c: self._gaya_baru(spec, spec.menurut_kunci[n], b) for n, c in kolom.items()}
                rows.append(BarisBaru(asal, isi, gaya, tinggi_baris(spec, b)))
            else:
                rows.append(BarisBaru(asal, isi, self._gaya_berubah(spec, b, lama.get(b.id), asal)))
        terpakai = {b.asal for b in rows}
        sisa = [r for r in range(awal, akhir + 1) if r not in terpakai]
        if spec.tumbuh and not (
            spec is PEGAWAI and self.baris[spec.kunci]
        ):  # blank rows ready for typing stay, and are used up first
            kosong = [r for r in sisa if r not in lama_nomor.values()]
            rows += [BarisBaru(r, {}, {}) for r in kosong[max(0, len(rows) - len(terpakai - {None})) :]]
        if not rows and sisa and sisa[0] not in lama_nomor.values():
            rows = [BarisBaru(sisa[0], {}, {})]
        if not rows:
            rows = [
                BarisBaru(
                    None,
                    {},
                    {c: self._gaya.cari_atau_buat(spec, spec.menurut_kunci[n], None) for n, c in kolom.items()},
                )
            ]
        self._pastikan_tak_hilang(spec, x, [r for r in sisa if r not in {b.asal for b in rows}], rows)
        hubung = self._tautan(spec, x, rows, awal) if spec is CATATAN_PERBAIKAN else None
        baru, pindah = susun_lembar(hubung[0] if hubung else x, awal, akhir, akhir_tabel, rows)
        if hubung:
            baru = _dengan_tautan(baru, hubung[1])
        ganti[self.paket.lembar[spec.lembar]] = self._kepala(spec, baru)
        bagian = bagian_tabel(self.paket, spec)
        if bagian is not None:
            ganti[bagian[0]] = _ref_tabel(self.paket.isi(bagian[0]), bagian[1], awal, awal + len(rows) - 1)
        return pindah

    def _kepala(self, spec: TabelSpec, isi: bytes) -> bytes:
        """The sheet with years, numbers and paper as Profil says now; a head that somebody else wrote stays."""
        berubah = kepala_berubah(spec, self.hasil, self.t.kepala[spec.kunci], self.t.letak.kolom[spec.kunci])
        ubah = {(r, c): IsiSel(teks) for r, c, teks in berubah}
        for (r, c), f in self.t.rumus[spec.lembar].items():
            if r == BARIS_PENYUSUN + 1 and milik_judul(spec, f):
                ubah[r, c] = IsiSel(nilai_judul(spec, self.hasil))
        if ubah:
            isi = LembarXml(isi).ubah_sel(ubah)
        return _dengan_kertas(isi, kertas(self.hasil), self.hasil.tahun)

    def _isi(
        self, spec: TabelSpec, b: Baris, lama: Baris | None, n: int, asal: int | None, *, pindah: bool
    ) -> dict[int, IsiSel]:
        """Cells of a row that change; all filled ones of a new row."""
        hasil: dict[int, IsiSel] = {}
        if spec is ASLI and not b.sel:
            return hasil
        x = self.lembar[spec.kunci]
        sel = x.sel_baris(asal) if asal is not None else {}
        for k in spec.kolom:
            c = self.t.letak.kolom[spec.kunci][k.kunci]
            z, a = isi_sel(b, k), isi_sel(lama, k) if lama is not None else Sel()
            if k.peran is Peran.KUNCI and not (c in sel and x.berisi(*sel[c])):
                a = Sel()  # an id that was given on reading, because the row had none
            f = self.t.rumus[spec.lembar].get((asal, c)) if asal is not None else None
            isi = self._sel(spec, n, b, k, a, z, f, pindah=pindah)
            if isi is not None and not (asal is None and isi.nilai is None):
                hasil[c] = isi
        return hasil

    def _sel(
        self, spec: TabelSpec, n: int, b: Baris, k: KolomSpec, a: Sel, z: Sel, f: Rumus | None, *, pindah: bool
    ) -> IsiSel | None:
        """What a cell shall hold; None where it stays as it is."""
        nilai = rupiah_dari_sen(z.nilai) if isinstance(z.nilai, int) else z.nilai
        if z.rumus and nilai is not None:
            rumus = self.rumus.rumus(spec, n, b, k)
            if f is None or f.bersama or not setara_rumus(f.teks, rumus, set(self.letak.baris[spec.kunci].values())):
                return IsiSel(nilai, rumus)
            # the formula is right where it will stand; that it was looked at is said by naming the cell
            return IsiSel(nilai) if pindah or not f.bernilai or not setara_nilai(a.nilai, z.nilai) else None
        if f is not None:
            # a formula of ours that has nothing to show any more goes; somebody else's stays with its row
            return IsiSel(nilai, "") if a.rumus else None
        return None if setara_nilai(a.nilai, z.nilai) else IsiSel(nilai)

    def _pastikan_tak_hilang(
        self, spec: TabelSpec, x: LembarXml, keluar: Sequence[int], rows: Sequence[BarisBaru]
    ) -> None:
        """Rows that go must hold nothing but our cells, and every changed shared formula must be ours to the last cell."""
        milik = set(self.t.letak.kolom[spec.kunci].values())
        for r in keluar:
            asing = [c for c, (a, z) in x.sel_baris(r).items() if c not in milik and x.berisi(a, z)]
            if asing:
                raise TidakPastiError(f"baris {r} yang dikeluarkan berisi tambahan di kolom lain")
        diganti = {(b.asal, c) for b in rows if b.asal for c, isi in b.isi.items() if isi.rumus is not None}
        for (r, c), f in x.rumus.items():
            if f.bersama and (r, c) not in diganti and r not in keluar:
                raise TidakPastiError("lembar ini memuat rumus bersama")

    def _pastikan_tak_ditunjuk(self, spec: TabelSpec, pindah: Pindah) -> None:
        """Rows may move only where nothing foreign names them: formulas of other sheets, names, charts, notes."""
        if pindah.tetap and not pindah.geser:
            return
        nama = spec.lembar.replace("'", "''")
        pola = re.compile(re.escape(nama.encode()).replace(b"&", b"&(?:amp;)?") + rb"'?(?:&apos;)?!")
        milik = {self.paket.lembar[n] for n in (PANDUAN, *(s.lembar for s in SEMUA)) if n in self.paket.lembar}
        milik |= {
            *bagian_grafik(self.paket),
            self.paket.buku,
            self.paket.teks_bersama() or "",
        }  # a mere text names no cell
        for bagian in self.paket.entri:
            if not bagian.lower().endswith(".xml") or bagian in milik or pindah.tetap:
                continue
            if pola.search(self.paket.isi(bagian)) and not bagian.startswith("docProps/"):
                raise TidakPastiError(f"rumus atau grafik di luar tabel menunjuk barisnya ({bagian})")
        for target, jenis, _ in self.paket.relasi(self.paket.lembar[spec.lembar]):
            if jenis.endswith(("/comments", "/threadedComment")) and target in self.paket:
                for u in self.paket.unsur(target):
                    r = int(re.sub(r"\D", "", u.atribut.get("ref", "0")) or 0)
                    if r >= pindah.awal and pindah.baris(r) != r:
                        raise TidakPastiError(f"komentar di {u.atribut['ref']} ikut pindah")
            elif jenis.endswith("/drawing") and pindah.geser:
                raise TidakPastiError("gambar atau grafik berdiri di lembar ini")

    def _rumus_berubah(self, ganti: Mapping[str, bytes]) -> bool:
        for spec in self.tabel:
            bagian = self.paket.lembar[spec.lembar]
            if bagian in ganti and set(LembarXml(ganti[bagian]).rumus) != set(self.t.rumus[spec.lembar]):
                return True
        return False

    # ── formats ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _gaya(self) -> GayaTerpakai:
        return GayaTerpakai(self.paket)

    def _kumpulkan_gaya(self) -> None:
        """Styles in use, by the kind of their cells."""
        for spec in SEMUA:
            if spec.lembar not in self.t.rumus:
                continue
            x = self.lembar.get(spec.kunci) or LembarXml(self.paket.isi(self.paket.lembar[spec.lembar]))
            awal, _, akhir = self.rentang.get(spec.kunci) or self._rentang(spec)
            nomor = {r: i for i, r in self.t.letak.baris.get(spec.kunci, {}).items()}
            baris = {b.id: b for b in baris_terbaca(self.t.buku, spec)}
            milik = self._gaya_sel.setdefault(spec.kunci, {})
            contoh = range(akhir, max(awal, akhir - 3) - 1, -1) if spec is ASLI else range(awal, akhir + 1)
            for r in contoh:
                b = baris.get(nomor.get(r, ""))
                sel = x.sel_baris(r)
                for n, c in self.t.letak.kolom[spec.kunci].items():
                    gaya = x.atribut(sel[c][0]).get(b"s") if c in sel else None
                    if gaya is not None:
                        milik[r, c] = gaya
                        self._gaya.catat(spec, spec.menurut_kunci[n], b, gaya)

    def _gaya_baru(self, spec: TabelSpec, k: KolomSpec, b: Baris) -> bytes | None:
        gaya = self._gaya.cari_atau_buat(spec, k, b)
        if gaya is None and not k.tersembunyi:
            raise TidakPastiError("gaya sel untuk baris baru tidak ditemukan")
        return gaya

    def _gaya_berubah(self, spec: TabelSpec, b: Baris, lama: Baris | None, asal: int) -> dict[int, bytes | None]:
        """Styles of a row's cells that became of another kind, or are locked where they are to be typed; others stay."""
        hasil: dict[int, bytes | None] = {}
        if spec is ASLI:
            return hasil
        for n, c in self.t.letak.kolom[spec.kunci].items():
            k = spec.menurut_kunci[n]
            if k.tersembunyi or bertaut(spec, k):
                continue
            peran = peran_sel(spec, k, b)
            kini = self._gaya_sel[spec.kunci].get((asal, c))
            benar = spec.tumbuh or (kini is not None and self._gaya.terkunci_benar(kini, peran))
            sejenis = sama_jenis(spec, k, lama, b)
            if benar and sejenis:
                continue
            gaya = self._gaya.cari_atau_buat(spec, k, b)
            if gaya is not None and (self._gaya.terkunci_benar(gaya, peran) or not (benar or sejenis)):
                hasil[c] = gaya
        return hasil

    # ── links of Catatan Perbaikan ────────────────────────────────────────────────────────────────────────────

    def _tautan(
        self, spec: TabelSpec, x: LembarXml, rows: Sequence[BarisBaru], awal: int
    ) -> tuple[LembarXml, list[tuple[str, str]]]:
        """The sheet without the links in column *Sel*, and the links of its rows as they shall be."""
        c = self.t.letak.kolom[spec.kunci]["sel"]
        huruf = huruf_kolom(c)
        pola = rb"""<(?:[\w.-]+:)?hyperlink\s(?=[^>]*\bref\s*=\s*["']\$?%s\$?\d+["'])[^>]*?(?:/>|>\s*</(?:[\w.-]+:)?hyperlink>)"""
        polos = re.sub(pola % huruf.encode(), b"", x.xml)
        polos = re.sub(rb"<(?:[\w.-]+:)?hyperlinks(?:\s[^>]*)?>\s*</(?:[\w.-]+:)?hyperlinks\s*>", b"", polos)
        tautan = []
        for n, b in enumerate(self.baris[spec.kunci]):
            lembar, sel = b["lembar"].nilai, b["sel"].nilai
            if isinstance(lembar, str) and isinstance(sel, str) and sel:
                tautan.append((f"{huruf}{awal + n}", f"'{lembar}'!{sel}"))
        return LembarXml(x.kembali(polos)), tautan


def _dengan_kertas(xml: bytes, nomor: int, tahun: int) -> bytes:
    """A sheet with the paper of Profil, where it is one of ours, and the year in its footer."""
    pola = rb"""(<(?:[\w.-]+:)?pageSetup\s[^>]*?\bpaperSize\s*=\s*["'])(?:%d|%d)(?=["'])""" % (KERTAS_A4, KERTAS_FOLIO)
    xml = re.sub(pola, lambda m: m[1] + b"%d" % nomor, xml)
    return re.sub(rb"(&amp;8Renja Tahun )\d{4}(?=&amp;)", lambda m: m[1] + b"%d" % tahun, xml)


def _ref_tabel(xml: bytes, lama: str, awal: int, akhir: int) -> bytes:
    """A table part with its new range, also in its filter."""
    baru = rentang_tabel(lama, awal, akhir).encode()
    return re.sub(rb"""(\bref\s*=\s*["'])%s(?=["'])""" % re.escape(lama.encode()), lambda m: m[1] + baru, xml)


def _area_cetak(xml: bytes, pindah: Mapping[str, Pindah]) -> bytes:
    """workbook.xml with print areas as long as their tables, where they covered them; other areas stay."""

    def ganti(m: re.Match[bytes]) -> bytes:
        luas = _LUAS.fullmatch(unescape(m[2].decode(errors="replace")))
        p = pindah.get(luas[2] or luas[3].replace("''", "'")) if luas else None
        if luas is None or p is None or p.sama or int(luas[5]) > p.awal or int(luas[7]) < p.akhir_tabel:
            return m[0]
        awal = m[2].rindex(luas[7].encode())
        return m[1] + m[2][:awal] + b"%d" % p.akhir_luas(int(luas[7])) + m[2][awal + len(luas[7]) :]

    return re.sub(rb"""(<(?:[\w.-]+:)?definedName\s[^>]*_xlnm\.Print_Area[^>]*>)([^<]*)(?=<)""", ganti, xml)


def _tampilkan(xml: bytes, lembar: str) -> bytes:
    """workbook.xml with a sheet visible."""
    pola = rb"""<(?:[\w.-]+:)?sheet\s(?=[^>]*\bname\s*=\s*["']%s["'])[^>]*>""" % re.escape(lembar.encode())
    return re.sub(pola, lambda m: re.sub(rb"""\s+state\s*=\s*["'][^"']*["']""", b"", m[0]), xml)


def _dengan_tautan(isi: bytes, tautan: Sequence[tuple[str, str]]) -> bytes:
    """The sheet with links added to those that it has."""
    if not tautan:
        return isi
    x = LembarXml(isi)
    p = x.awalan
    baris = b"".join(
        b'<%shyperlink ref="%s" location="%s" display="%s"/>'
        % (p, ref.encode(), teks_xml(ke), teks_xml(ke.rpartition("!")[2]))
        for ref, ke in tautan
    )
    ada = re.search(rb"</%shyperlinks\s*>" % p, x.xml)
    if ada:
        return x.kembali(x.xml[: ada.start()] + baris + x.xml[ada.start() :])
    tempat = _SESUDAH_TAUTAN.search(x.xml, x.akhir)
    if tempat is None:
        raise ValueError("worksheet")
    return x.kembali(
        x.xml[: tempat.start()] + b"<%shyperlinks>%s</%shyperlinks>" % (p, baris, p) + x.xml[tempat.start() :]
    )
