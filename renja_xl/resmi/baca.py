"""From the sheets of a foreign workbook to the rows of a plan as printed, with a report of what was taken from where."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from renja_xl.core.buku import Asal, Baris, Level, Nilai, Sel
from renja_xl.core.kisi import IsiKisi, Kisi
from renja_xl.core.letak import TempatBaris
from renja_xl.core.nomenklatur import Butir
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.errors import SumberTidakTerbacaError
from renja_xl.resmi.bahan import BahanImpor, Belum, dengan_status
from renja_xl.resmi.baris import (
    BarisMentah,
    IsiBlok,
    baca_blok,
    isi_gabungan,
    kolom_angka_nyata,
    tulisan_baris,
)
from renja_xl.resmi.cari import (
    SATUAN_UMUM,
    Blok,
    baris_kisi,
    cari_blok,
    dengan_judul,
    kenali,
    suara_tahun,
)
from renja_xl.resmi.isi import isi_angka, isi_teks
from renja_xl.resmi.jenjang import JUMLAH, RATA_RATA, Ciri, Penjenjang, Putusan
from renja_xl.resmi.kepala import mirip_judul, tahun_tertulis
from renja_xl.resmi.peta import Peta, TabelTerpeta
from renja_xl.tabel import (
    CAPAIAN_IKU,
    DAFTAR_PROGRAM,
    MENURUT_KUNCI,
    PEGAWAI,
    PEMENUHAN_TARGET,
    TABEL_TERTAUT,
)
from renja_xl.tabel.pemenuhan import MELEBIHI, MEMENUHI, TIDAK_MEMENUHI
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe

ALASAN_LUAR = "Baris ini di luar tabel yang dikenali; isinya disimpan apa adanya."
ALASAN_KOLOM = "Kolom ini tidak ada pada tabelnya; isinya disimpan apa adanya."
ALASAN_BARIS = "Kedudukan baris ini dalam tabelnya tidak dikenali; isinya disimpan apa adanya."
ALASAN_ANTARA = "Baris ini jumlah antara dalam tabelnya; isinya disimpan apa adanya."
ALASAN_GANDA = "Tabel yang sama sudah dibaca dari tempat lain di buku ini; isinya disimpan apa adanya."

TERCETAK = "tercetak"
"""How sure a kode is that stands in the workbook beside its name."""

_TURUN = {"program", "kegiatan", "status", "no_program", "tahun", "nomor_tabel", "dokumen"}
"""Columns whose blank cells repeat what stands above."""
_SERUPA = 0.6
"""Share of rows that two parts of one table may have in common before they are taken for copies."""


@dataclass(frozen=True)
class HasilBaca:
    """What a workbook holds: the plan's rows, where each stands, and the mapping report."""

    bahan: BahanImpor
    tempat: Mapping[str, Mapping[str, TempatBaris]]
    peta: Peta
    lembar: Mapping[str, str]
    """Sheet by the name of a source (``Asal.berkas``)."""


def baca_resmi(kisi: Sequence[Kisi], berkas: str, nomenklatur: Sequence[Butir], tahun: int | None = None) -> HasilBaca:
    """The official tables in a workbook's sheets.

    Args:
        berkas: its file name.
        tahun: the plan year where it is known; without it titles and headers tell.

    Raises:
        SumberTidakTerbacaError: no official table, or no year anywhere.
    """
    return _Pembaca(kisi, berkas, nomenklatur).baca(tahun)


@dataclass
class _Pembaca:
    kisi: Sequence[Kisi]
    berkas: str
    nomenklatur: Sequence[Butir]
    belum: list[tuple[str, int, Belum]] = field(default_factory=list)
    tempat: dict[str, dict[str, TempatBaris]] = field(default_factory=lambda: defaultdict(dict))
    catatan: list[str] = field(default_factory=list)
    _ragu: dict[str, list[tuple[Blok, int]]] = field(default_factory=lambda: defaultdict(list))

    def baca(self, tahun: int | None) -> HasilBaca:
        self.penjenjang = Penjenjang(self.nomenklatur)
        self.baris = {k.lembar: baris_kisi(k) for k in self.kisi}
        mentah = {k.lembar: cari_blok(k) for k in self.kisi}
        mentah = {nama: [dengan_judul(b, self.baris[nama], _akhir_lalu(n, daftar)) for n, b in enumerate(daftar)]
                  for nama, daftar in mentah.items()}  # fmt: skip
        tahun, asal_tahun = self._tahun(mentah, tahun)
        blok = [b for k in self.kisi for b in self._blok_lembar(k, mentah[k.lembar], tahun)]
        if not any(b.spec for b in blok):
            raise self._tanpa_tabel()
        isi = [(b, baca_blok(b, self.baris[b.kisi.lembar], self.penjenjang.dikenal)) for b in blok if b.spec]
        isi = self._tanpa_ganda(isi)
        self._ajari(isi)
        tabel: dict[str, list[Baris]] = {}
        terpeta: list[TabelTerpeta] = []
        for spec in MENURUT_KUNCI.values():
            milik = [(b, x) for b, x in isi if b.spec is spec]
            if milik:
                tabel[spec.kunci] = self._tabel(spec, milik)
                terpeta += [self._peta(b, x) for b, x in milik]
        self._luar(blok, isi)
        self.belum.sort(key=lambda p: ([k.lembar for k in self.kisi].index(p[0]), p[1]))
        bahan = BahanImpor(
            self.berkas,
            tahun,
            {k: v for k, v in tabel.items() if v},
            self._isian(blok),
            daftar_nama=list(_kode_tercetak(x.baris for _, x in isi)),
            belum=[x for _, _, x in self.belum],
        )
        urutan = {k.lembar: n for n, k in enumerate(self.kisi)}
        terpeta.sort(key=lambda t: (urutan[t.lembar], t.rentang))
        peta = Peta(
            self.berkas,
            tahun,
            asal_tahun,
            tuple(terpeta),
            tuple(self.catatan),
            Counter(nama for nama, _, _ in self.belum),
        )
        return HasilBaca(bahan, self.tempat, peta, {self._asal(k.lembar): k.lembar for k in self.kisi})

    def _tanpa_tabel(self) -> SumberTidakTerbacaError:
        return SumberTidakTerbacaError(
            f"Berkas {self.berkas} tidak memuat tabel Renja yang dikenali (T-C.29 s.d. T-C.33, RKT, dan lainnya); mohon "
            "periksa kepala tabelnya."
        )

    def _asal(self, lembar: str) -> str:
        return f"{self.berkas} [{lembar}]" if len(self.kisi) > 1 else self.berkas

    # ── the year, and whose table ─────────────────────────────────────────────────────────────────────────────

    def _tahun(self, mentah: Mapping[str, Sequence[Blok]], tahun: int | None) -> tuple[int, str]:
        """The plan year under which headers and titles fit best, and how it was found."""
        if tahun is not None:
            return tahun, "disebutkan"
        semua = [b for daftar in mentah.values() for b in daftar]
        dikenal = [k for b in semua if (k := kenali(b, None)) is not None]
        if not dikenal:
            raise self._tanpa_tabel()
        tertulis = {
            t
            for b in dikenal
            for j in (b.teks_judul, *(" ".join(x) for x in b.jalur.values()))
            for t in tahun_tertulis(j)
        }
        nilai: Counter[int] = Counter()
        for n in {t + j for t in tertulis for j in range(-1, 4)}:
            for b in dikenal:
                k = kenali(b, n, [b.spec] if b.spec else ())
                nilai[n] += int(1000 * sum(x.yakin for x in k.kolom)) if k is not None else 0
        for b in dikenal:
            for n in suara_tahun(b):
                nilai[n] += 1000
        dari_nama = tahun_tertulis(self.berkas.replace("_", " ").replace("-", " "))
        for n in dari_nama:
            nilai[n] += 10  # decides only between years that fit equally well
        if tertulis:
            return max(sorted(nilai), key=lambda n: nilai[n]), "dari judul dan kepala tabel"
        if dari_nama:
            return dari_nama[0], "dari nama berkas; judul dan kepala tabel tidak menyebut tahun"
        raise SumberTidakTerbacaError(
            f"Tahun rencana tidak ditemukan di {self.berkas}; mohon tulis tahunnya di judul tabel, misalnya Tahun 2025."
        )

    def _blok_lembar(self, kisi: Kisi, mentah: Sequence[Blok], tahun: int) -> list[Blok]:
        """The blocks of a sheet with their tables, each down to where the next begins."""
        hasil: list[Blok] = []
        for m in mentah:
            b = kenali(m, tahun) or m
            lalu = hasil[-1] if hasil else None
            if b.spec is None and lalu is not None and lalu.spec is not None and len(b.jalur) < 4:
                continue  # a row of words within a table
            if b.spec is None and lalu is not None and lalu.spec is not None and m.awal - 1 in self.baris[kisi.lembar]:
                continue  # no gap above it: a row of the table, however much it reads like a header
            ulangan = (
                lalu is not None
                and b.spec is not None
                and lalu.spec is b.spec
                and not any(mirip_judul(t, b.spec) >= 0.5 or re.match(r"(?i)tabel\b", t) for _, t in b.judul)
                and not tahun_tertulis(b.teks_judul)
            )
            hasil.append(replace(b, judul=(), ulangan=True) if ulangan else b)
        bawah = max(self.baris[kisi.lembar], default=0)
        akhir = [(b.judul[0][0] if b.judul else b.awal) - 1 for b in hasil[1:]]
        return [replace(b, akhir_data=a) for b, a in zip(hasil, [*akhir, bawah], strict=False)]

    def _tanpa_ganda(self, isi: list[tuple[Blok, IsiBlok]]) -> list[tuple[Blok, IsiBlok]]:
        """Without copies of a table that another place has already; they are kept as not understood, and said."""
        hasil: list[tuple[Blok, IsiBlok]] = []
        dibaca: dict[str, list[tuple[Blok, set[str]]]] = defaultdict(list)
        for b, x in sorted(isi, key=lambda p: p[0].kisi.tersembunyi):
            assert b.spec is not None
            sidik = {t for r in x.baris if (t := _sidik(r))}
            sama = next(
                (a for a, s in dibaca[b.spec.kunci] if not b.ulangan and len(sidik & s) > _SERUPA * max(len(sidik), 1) and sidik
                 and (_nomor_judul(a), _dari_judul(b.spec, a)) == (_nomor_judul(b), _dari_judul(b.spec, b))),
                None,
            )  # fmt: skip
            if sama is None:
                dibaca[b.spec.kunci].append((b, sidik))
                hasil.append((b, x))
                continue
            self.catatan.append(
                f"{b.spec.lembar} di lembar {b.kisi.lembar} baris {b.awal} isinya sama dengan yang di lembar {sama.kisi.lembar} "
                f"baris {sama.awal}; yang dipakai lembar {sama.kisi.lembar}. Mohon pastikan."
            )
            for r in x.baris:
                self._catat_belum(b, r.nomor, ALASAN_GANDA)
        urutan = {id(b): n for n, (b, _) in enumerate(isi)}
        return sorted(hasil, key=lambda p: urutan[id(p[0])])

    def _ajari(self, isi: Sequence[tuple[Blok, IsiBlok]]) -> None:
        """Names whose kode or column tells their level help where a table has neither."""
        for _, x in isi:
            for r in x.baris:
                nama = _nama(r)
                if (
                    nama
                    and (level := _ciri(r, nama))
                    and (p := self.penjenjang.sendiri(level))
                    and p.cara in {"kode", "kolom"}
                ):
                    self.penjenjang.catat(nama, p.level)

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _tabel(self, spec: TabelSpec, milik: Sequence[tuple[Blok, IsiBlok]]) -> list[Baris]:
        rows = [r for _, x in milik for r in x.baris]
        self._turunkan(spec, milik)
        if spec in TABEL_TERTAUT:
            berlevel = list(self._tertaut(spec, rows))
        elif spec is DAFTAR_PROGRAM:
            berlevel = list(self._daftar(rows, milik))
        else:
            berlevel = [(r, _level_bebas(spec, r)) for r in rows]
        nyata = {id(b): kolom_angka_nyata(x.baris) for b, x in milik}
        hasil: list[Baris] = []
        for r, level in berlevel:
            b = self._baris(spec, r, level, f"{spec.awalan_id}-{len(hasil) + 1:04d}", nyata[id(r.blok)])
            hasil.append(b)
        return [dengan_status(b) for b in hasil] if spec is PEMENUHAN_TARGET else hasil

    def _turunkan(self, spec: TabelSpec, milik: Sequence[tuple[Blok, IsiBlok]]) -> None:
        """Values that stand once for several rows: by merged cells, by blanks below them, or in the title."""
        for b, x in milik:
            ada = {k.kunci: k.kolom for k in b.kolom}
            lalu: dict[str, str] = {}
            for r in x.baris:
                for kunci, kolom in ada.items():
                    if kunci in r.isi or kunci not in spec.menurut_kunci:
                        continue
                    if kunci in _TURUN and spec not in TABEL_TERTAUT:
                        atas = isi_gabungan(b, r.nomor, kolom)
                        r.teks.setdefault(kunci, "" if atas is None else str(atas.nilai))
                        if not r.teks[kunci] and kunci in lalu and len(r.isi) > 1:
                            r.teks[kunci] = lalu[kunci]
                lalu |= {k: r.tulisan(k) for k in _TURUN & ada.keys() if r.tulisan(k)}
                for kunci, isi in _dari_judul(spec, b).items():
                    if kunci not in ada:
                        r.teks[kunci] = isi

    def _tertaut(self, spec: TabelSpec, rows: Sequence[BarisMentah]) -> Iterator[tuple[BarisMentah, Level]]:
        """Rows of a table of the struktur with their levels; those that have none are kept as not understood."""
        pecah = [p for r in rows for p in _pecah(spec, r)]
        bernama = [(n, r, nama) for n, r in enumerate(pecah) if (nama := _nama(r)) and not _jumlah(r)]
        putusan: dict[int, Putusan] = dict(
            zip(
                (n for n, _, _ in bernama),
                self.penjenjang.tentukan([_ciri(r, nama) for _, r, nama in bernama]),
                strict=True,
            )
        )
        ada_simpul = False
        antara = _jumlah_antara([_jumlah(r) for r in pecah], max(putusan, default=0))
        for n, r in enumerate(pecah):
            if n in antara:
                self._catat_belum(r.blok, r.nomor, ALASAN_ANTARA)
            elif _jumlah(r):
                yield r, Level.TOTAL
            elif n in putusan:
                ada_simpul = True
                if RATA_RATA.match(_nama(r) or ""):
                    self._catat_belum(r.blok, r.nomor, ALASAN_BARIS)
                    continue
                if not putusan[n].pasti:
                    self._ragu[putusan[n].cara].append((r.blok, r.nomor))
                yield r, putusan[n].level
            elif ada_simpul and r.isi:
                yield r, Level.INDIKATOR_LANJUTAN
            else:
                self._catat_belum(r.blok, r.nomor, ALASAN_BARIS)

    def _daftar(
        self, rows: Sequence[BarisMentah], milik: Sequence[tuple[Blok, IsiBlok]]
    ) -> Iterator[tuple[BarisMentah, Level]]:
        """Rows of the lists of Bab IV: by their column, by the heading of their list, else by their name."""
        menurut_kata = {"program": Level.PROGRAM, "kegiatan": Level.KEGIATAN, "sub kegiatan": Level.SUB_KEGIATAN}
        kini: dict[int, Level | None] = {}
        for b, _ in milik:
            judul = re.sub(r"(?i)^[\W\d]*(?:[a-c][.)]\s*)?(?:daftar\s+)?", "", b.judul[-1][1] if b.judul else "")
            kini[id(b)] = menurut_kata.get(kunci_teks(judul))
        kelompok: list[list[BarisMentah]] = []
        hasil: dict[int, Level] = {}
        for r in rows:
            nama = _nama(r) or r.tulisan("no")
            kata = kunci_teks(re.sub(r"^[\W\d]*(?:[A-Ca-c][.)]\s*)?", "", nama))
            if kata in menurut_kata and len(r.isi) <= 2:
                kini[id(r.blok)] = menurut_kata[kata]
                continue
            level = menurut_kata.get(kunci_teks(r.tulisan("jenjang"))) or kini[id(r.blok)]
            if level is not None and _nama(r):
                hasil[id(r)] = level
            elif not _nama(r):
                self._catat_belum(r.blok, r.nomor, ALASAN_BARIS)
            elif not kelompok or r.tulisan("no").strip(".) ") == "1" or r.blok is not kelompok[-1][-1].blok:
                kelompok.append([r])
            else:
                kelompok[-1].append(r)
        for daftar in kelompok:
            suara = Counter(p.level for r in daftar if (p := self._duga(r)))
            level = suara.most_common(1)[0][0] if suara else Level.SUB_KEGIATAN
            hasil |= {id(r): level for r in daftar}
        yield from ((r, hasil[id(r)]) for r in rows if id(r) in hasil)

    def _duga(self, r: BarisMentah) -> Putusan | None:
        c = _ciri(r, _nama(r) or "")
        return self.penjenjang.sendiri(c) or self.penjenjang.dari_kemiripan(c)

    def _baris(self, spec: TabelSpec, r: BarisMentah, level: Level, id_: str, nyata: frozenset[str]) -> Baris:
        sel: dict[str, Sel] = {}
        asal = self._asal(r.blok.kisi.lembar)
        kolom_letak = {k.kunci: k.kolom[0] for k in r.blok.kolom} | {k: c for k, (c, _) in r.isi.items()}
        urut = sorted(
            {*r.isi, *r.teks} & spec.menurut_kunci.keys(), key=lambda k: (not k.startswith(("satuan", "predikat")), k)
        )
        for kunci in urut:
            self._isi(spec.menurut_kunci[kunci], r, kunci, nyata, sel)
        umum = r.tulisan(SATUAN_UMUM)
        for kolom in spec.kolom if umum else ():
            if kolom.satuan and kolom.kunci in sel and kolom.satuan not in sel:
                sel[kolom.satuan] = Sel(umum)
        if level in {Level.TOTAL, Level.JUMLAH, Level.RATA_RATA}:
            _pindahkan_label(spec, level, sel)
        if r.asing:
            self._catat_belum(r.blok, r.nomor, ALASAN_KOLOM, r.asing)
        self.tempat[spec.kunci][id_] = TempatBaris(r.blok.kisi.lembar, r.nomor, kolom_letak)
        return Baris(id_, level, sel, asal=Asal(asal, str(r.nomor)))

    def _isi(self, kolom: KolomSpec, r: BarisMentah, kunci: str, nyata: frozenset[str], sel: dict[str, Sel]) -> None:
        letak = r.isi.get(kunci)
        if kolom.bernilai_angka and letak is not None and kunci not in r.teks:
            kali = r.blok.kelipatan([letak[0]]) if kolom.tipe is Tipe.RUPIAH else 1
            if isinstance(letak[1].nilai, float):
                isi_angka(kolom, letak[1], kali, sel)
            else:
                isi_teks(kolom, _satu_baris(str(letak[1].nilai)), kali, sebagai_teks=kunci in nyata, sel=sel)
            return
        teks = r.tulisan(kunci) or (str(letak[1].nilai) if letak is not None and kunci not in r.teks else "")
        if kolom.bernilai_angka:
            isi_teks(kolom, teks, 1, sebagai_teks=False, sel=sel)
        elif teks.strip():
            sel[kunci] = Sel(_satu_baris(teks) if kolom.tautan or kunci == "no" else teks)

    # ── what is left ──────────────────────────────────────────────────────────────────────────────────────────

    def _catat_belum(self, b: Blok, r: int, alasan: str, isi: Mapping[int, IsiKisi] | None = None) -> None:
        isi = isi if isi is not None else self.baris[b.kisi.lembar].get(r, {})
        tulisan = " | ".join(tulisan_baris(isi, b))
        self.belum.append((b.kisi.lembar, r, Belum(self._asal(b.kisi.lembar), str(r), tulisan, alasan)))

    def _luar(self, blok: Sequence[Blok], isi: Sequence[tuple[Blok, IsiBlok]]) -> None:
        """Rows of the sheets that no table owns."""
        dimengerti: dict[str, set[int]] = defaultdict(set)
        for b in blok:
            nama = b.kisi.lembar
            dimengerti[nama] |= {r for r, _ in b.judul}
            if b.spec is not None:
                dimengerti[nama] |= set(range(b.awal, b.akhir + 1))
                dimengerti[nama] |= {r for r in self.baris[nama] if b.akhir < r <= b.akhir_data}
        for b, x in isi:
            for r in x.luar:
                self._catat_belum(b, r, ALASAN_LUAR)
        for k in self.kisi:
            for r, sel in self.baris[k.lembar].items():
                if r not in dimengerti[k.lembar]:
                    self.belum.append(
                        (k.lembar, r, Belum(self._asal(k.lembar), str(r), " | ".join(tulisan_baris(sel)), ALASAN_LUAR))
                    )

    def _isian(self, blok: Sequence[Blok]) -> dict[str, Nilai]:
        """Fields of Profil that titles tell: who plans, and the numbers that tables are printed under."""
        hasil: dict[str, Nilai] = {}
        for b in blok:
            if b.spec is None:
                continue
            nomor = _nomor_judul(b)
            if nomor and b.spec.isian_nomor:
                hasil.setdefault(b.spec.isian_nomor, nomor)
            for _, t in b.judul:
                for kunci, isi in _dari_kop(t):
                    hasil.setdefault(kunci, isi)
        return hasil

    def _peta(self, b: Blok, x: IsiBlok) -> TabelTerpeta:
        assert b.spec is not None
        kolom = sorted(b.jalur)
        terpakai = {c for k in b.kolom for c in k.kolom}
        ada = {k.kunci for k in b.kolom}
        catatan = list(x.catatan)
        tersembunyi = sorted(r.nomor for r in x.baris if r.nomor in b.kisi.baris_tersembunyi)
        if tersembunyi:
            catatan.append(f"Baris tersembunyi ikut dibaca: {_deret(tersembunyi)}.")
        kali = max(
            (b.kelipatan(k.kolom) for k in b.kolom if b.spec.menurut_kunci.get(k.kunci, _BUKAN).tipe is Tipe.RUPIAH),
            default=1,
        )
        if kali > 1:
            catatan.append(
                f"Jumlah uang dikalikan {kali:,}".replace(",", ".") + ", sesuai satuan di judul atau kepalanya."
            )
        for cara, daftar in self._ragu.items():
            milik = sorted(r for a, r in daftar if a is b)
            if milik:
                catatan.append(f"Level baris {_deret(milik)} diduga dari {cara}; mohon periksa.")
        return TabelTerpeta(
            b.spec.kunci,
            b.kisi.lembar,
            b.teks_judul,
            (b.awal, kolom[0], max([b.akhir, *(r.nomor for r in x.baris)]), kolom[-1]),
            b.kolom,
            tuple(
                k.kunci
                for k in b.spec.kolom_tercetak
                if k.wajib and k.kunci not in ada and not k.kunci.startswith("satuan_")
            ),
            tuple((c, " – ".join(b.jalur[c])) for c in kolom if c not in terpakai),
            len(x.baris),
            tuple(catatan),
        )


_BUKAN = KolomSpec("-", (), "-")


def _kode_tercetak(bagian: Iterable[Sequence[BarisMentah]]) -> Iterator[tuple[str, str, str]]:
    """Names with the one kode that the workbook prints for them, for its tables without kode."""
    kode: dict[str, tuple[str, set[str]]] = {}
    for rows in bagian:
        for r in rows:
            if r.kode and (nama := _nama(r)):
                kode.setdefault(kunci_teks(nama), (nama, set()))[1].add(r.kode)
    yield from ((nama, next(iter(k)), TERCETAK) for nama, k in kode.values() if len(k) == 1)


def _akhir_lalu(n: int, daftar: Sequence[Blok]) -> int:
    return daftar[n - 1].akhir if n else 0


def _satu_baris(teks: str) -> str:
    return re.sub(r"\s*\n\s*", " ", teks).strip()


def _nama(r: BarisMentah) -> str | None:
    """A row's name: the first filled column that names a node."""
    return next((t for k in r.spec.kolom if k.tautan == "nama" and (t := _satu_baris(r.tulisan(k.kunci)))), None)


def _sidik(r: BarisMentah) -> str:
    """What tells a row from others of its table."""
    nama = _nama(r)
    if nama:
        return kunci_teks(nama)
    return kunci_teks(" ".join(r.tulisan(k.kunci) for k in r.spec.kolom if k.tipe is Tipe.TEKS and k.kunci != "no"))


def _ciri(r: BarisMentah, nama: str) -> Ciri:
    kunci = next(k.kunci for k in r.spec.kolom if k.tautan == "nama" and r.tulisan(k.kunci))
    letak = r.isi.get(kunci)
    mentah = str(letak[1].nilai) if letak else ""
    tetap = _level_kolom(r, kunci, letak[0] if letak else 0)
    lain = [k for k in r.isi if k not in {kunci, "no", "kode"} and r.spec.menurut_kunci.get(k, _BUKAN).tautan != "nama"]
    isi = [
        k
        for k in lain
        if r.spec.menurut_kunci.get(k, _BUKAN).tipe is not Tipe.RUPIAH and r.tulisan(k) not in {"", "-", "–", "—"}
    ]
    return Ciri(nama, r.kode, r.tulisan("no"), r.posisi(kunci), len(mentah) - len(mentah.lstrip()), bool(isi), tetap)


def _level_kolom(r: BarisMentah, kunci: str, kolom: int) -> Level | None:
    """Level that the column of a name stands for, where its table has one per level."""
    level = r.spec.menurut_kunci[kunci].level
    if len(level) == 1:
        return next(iter(level))
    kepala = kunci_teks(r.blok.jalur.get(kolom, ("",))[-1])
    beda = len({r.blok.jalur.get(c) for k in r.blok.kolom if k.kunci == kunci for c in k.kolom}) > 1
    kata = {"program": Level.PROGRAM, "kegiatan": Level.KEGIATAN, "sub kegiatan": Level.SUB_KEGIATAN}
    return kata.get(kepala) if beda else None


def _jumlah(r: BarisMentah) -> bool:
    """Whether a row is the table's total."""
    if r.kode:
        return False
    teks = [k for k in r.isi if k in r.spec.menurut_kunci and r.spec.menurut_kunci[k].tipe is Tipe.TEKS]
    label = [k for k in teks if k in {"no", "kode"} or r.spec.menurut_kunci[k].tautan == "nama"] or (
        teks if len(teks) == 1 else []
    )
    return any(JUMLAH.fullmatch(r.tulisan(k).strip()) for k in label)


def _jumlah_antara(jumlah: Sequence[bool], akhir: int) -> set[int]:
    """Rows of totals that only sum up what stands above them: a table that has them ends with one for its last part, and the whole.

    Args:
        jumlah: which rows are totals.
        akhir: the last row that names a node.
    """
    antara = {n for n, x in enumerate(jumlah) if x and n < akhir}
    penutup = [n for n, x in enumerate(jumlah) if x and n > akhir]
    return antara | set(penutup[:-1]) if antara else set()


def _pecah(spec: TabelSpec, r: BarisMentah) -> Iterator[BarisMentah]:
    """A row that names two nodes, in columns of different levels, as two rows."""
    kolom = [k.kunci for k in spec.kolom if k.tautan == "nama" and len(k.level) > 0 and r.tulisan(k.kunci)]
    if len(kolom) < 2:
        yield r
        return
    yield BarisMentah(r.blok, r.nomor, {kolom[0]: r.isi[kolom[0]]} if kolom[0] in r.isi else {}, {})
    yield replace(r, isi={k: v for k, v in r.isi.items() if k != kolom[0]})


def _level_bebas(spec: TabelSpec, r: BarisMentah) -> Level:
    if spec is PEMENUHAN_TARGET:
        return Level.SUB_KEGIATAN if r.tulisan("sub_kegiatan") else Level.JUMLAH
    label = [r.tulisan(k) for k in r.isi if spec.menurut_kunci.get(k, _BUKAN).tipe is Tipe.TEKS]
    if spec is PEGAWAI and any(JUMLAH.fullmatch(t.strip()) for t in label):
        return Level.JUMLAH
    if spec is CAPAIAN_IKU and any(RATA_RATA.match(t.strip()) for t in label):
        return Level.RATA_RATA
    return Level.DATA


def _pindahkan_label(spec: TabelSpec, level: Level, sel: dict[str, Sel]) -> None:
    """The word of a total in the column where the table's names stand."""
    tujuan = {PEGAWAI.kunci: "tingkat_pendidikan", CAPAIAN_IKU.kunci: "indikator"}.get(spec.kunci)
    pola = RATA_RATA if level is Level.RATA_RATA else JUMLAH
    asal = next((k for k, s in sel.items() if isinstance(s.nilai, str) and pola.match(s.nilai.strip())), None)
    if asal and tujuan and asal != tujuan and tujuan not in sel:
        sel[tujuan] = sel.pop(asal)


def _nomor_judul(b: Blok) -> str:
    """Number that a table is printed under: ``3.1.4``, ``T-C.33``."""
    m = re.search(r"(?i)\btabel\s*:?\s*((?:T-?C\.?\s*\d\d)|\d+(?:\.\d+)+)", b.teks_judul)
    return m[1].upper().replace(" ", "") if m else ""


def _dari_judul(spec: TabelSpec, b: Blok) -> dict[str, str]:
    """Values of columns that the print has in its title instead."""
    hasil: dict[str, str] = {}
    judul = b.teks_judul
    if spec.kolom_berkas:
        if spec.menurut_kunci[spec.kolom_berkas].tipe is Tipe.ANGKA:
            hasil[spec.kolom_berkas] = next((str(t) for t in tahun_tertulis(f"{judul} {b.kisi.lembar}")), "")
        else:
            hasil[spec.kolom_berkas] = _nomor_judul(b)
    if spec is PEMENUHAN_TARGET:
        hasil["status"] = next((s for s in (TIDAK_MEMENUHI, MELEBIHI, MEMENUHI) if s in judul.casefold()), "")
    return {k: v for k, v in hasil.items() if v}


_KOP = re.compile(
    r"\s*(?:rencana\s+kerja\s*(?:\(renja\))?\s*)?"
    r"((?:badan|dinas|sekretariat|inspektorat|kecamatan|satuan polisi|rumah sakit|kantor)\b.*?)?\s*,?\s*"
    r"((?:kabupaten|kota)\s+[^,]+?)?\s*(?:,?\s*(provinsi\s+.+?))?\s*(?:tahun\b.*)?$",
    re.IGNORECASE,
)


def _dari_kop(teks: str) -> Iterator[tuple[str, str]]:
    """Agency and region that a title line names."""
    m = _KOP.match(teks) if len(teks) <= 160 else None
    if m is not None:
        for kunci, isi in zip(("perangkat_daerah", "kabupaten", "provinsi"), m.groups(), strict=True):
            if isi:
                yield kunci, isi.strip()


def _deret(nomor: Sequence[int]) -> str:
    """Row numbers in short: ``5–7, 9``."""
    hasil: list[list[int]] = []
    for n in nomor:
        if hasil and n == hasil[-1][-1] + 1:
            hasil[-1].append(n)
        elif not hasil or n != hasil[-1][-1]:
            hasil.append([n])
    return ", ".join(f"{d[0]}–{d[-1]}" if len(d) > 1 else str(d[0]) for d in hasil)
