"""From tables as printed to one plan: build the struktur and link every row to it. Nothing is renamed or dropped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from renja_xl.core import kode as kd
from renja_xl.core.baris import indikator_baris, nama_baris, teks_sel
from renja_xl.core.buku import LEVEL_SIMPUL, Baris, Indikator, Level, Sel, Sifat, Simpul
from renja_xl.core.hitung import cara_bawaan
from renja_xl.core.nilai import sesuai_cetak, tercetak, tulis_angka
from renja_xl.core.nomenklatur import AMBANG_MIRIP, PERLU_KONFIRMASI, SAMA_PERSIS, Pengusul, UsulanKode, setara
from renja_xl.core.satuan import PREDIKAT, baku, cara_hitung_bawaan
from renja_xl.core.struktur import PembuatId
from renja_xl.core.teks import kemiripan, mirip
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.tabel import RKT, T_C_29, T_C_31, T_C_33
from renja_xl.tabel.spec import TabelSpec
from renja_xl.tabel.struktur import SAKIP

AMBANG_INDIKATOR = 0.85
"""Indicators of one node at least this alike, from different tables, are one."""

AMBANG_SATU_INDIKATOR = 0.6
"""The same for a node whose plan tables so far show a single indicator."""

AMBANG_NAMA = 0.92
"""Names of one level below one parent at least this alike are one node when no kode is known."""

AMBANG_SISI = 0.8
"""Names left and right on one row of T-C.31 at least this alike are spellings of one node."""

AMBANG_SATU_TABEL = 0.8
"""Two names with one kode in one table less alike than this are two nodes, unless one shortens the other; the kode is then
doubtful."""

URUTAN_TABEL = (T_C_33, T_C_31, RKT, T_C_29)
"""Where struktur takes its names from: the plan itself first."""

KEANGGOTAAN = ("evaluasi", "rencana")

_TINGGI = {level: i for i, level in enumerate(LEVEL_SIMPUL)}


class Ejaan:
    """Spellings of one name or indicator in several tables; the commonest wins, of equals the first met."""

    def __init__(self) -> None:
        self._jumlah: Counter[str] = Counter()
        self._tulisan: dict[str, str] = {}

    def catat(self, teks: str) -> None:
        self._jumlah[kunci_teks(teks)] += 1
        self._tulisan.setdefault(kunci_teks(teks), teks)

    def memuat(self, kunci: str) -> bool:
        return kunci in self._tulisan

    @property
    def tulisan(self) -> Iterable[str]:
        return self._tulisan.values()

    def terpilih(self) -> str:
        return self._tulisan[self._jumlah.most_common(1)[0][0]]


@dataclass
class _Simpul:
    """A node while it is being collected."""

    id: str
    level: Level
    nama: str
    kode: str | None
    induk: _Simpul | None
    keyakinan: str | None
    nama_baku: bool
    ejaan: Ejaan = field(default_factory=Ejaan)
    indikator: list[_Indikator] = field(default_factory=list)
    muncul: set[str] = field(default_factory=set)


@dataclass
class _Indikator:
    id: str
    teks: str | None
    satuan: str | None = None
    sasaran: str | None = None
    di_evaluasi: bool = False
    di_rencana: bool = False
    baris_29: Baris | None = None
    ejaan: Ejaan = field(default_factory=Ejaan)


@dataclass(frozen=True, slots=True)
class HasilSusun:
    """Struktur and linked tables."""

    simpul: tuple[Simpul, ...]
    indikator: tuple[Indikator, ...]
    tabel: Mapping[str, tuple[Baris, ...]]


def susun(tabel: Mapping[str, Sequence[Baris]], pengusul: Pengusul) -> HasilSusun:
    """Build the struktur from printed tables and link their rows.

    Nodes of different tables are one when their kode is the same; without a kode, when they have the same level
    and parent and (nearly) the same whole name. Siblings are put in the order of the nomenclature.
    """
    penyusun = _Penyusun(pengusul)
    hasil: dict[str, tuple[Baris, ...]] = {}
    for spec in URUTAN_TABEL:
        if spec.kunci in tabel:
            hasil[spec.kunci] = penyusun.telusuri(spec, tabel[spec.kunci])
    simpul, indikator = penyusun.selesai()
    return HasilSusun(simpul, indikator, hasil)


def _memendekkan(a: str, b: str) -> bool:
    """Whether all words of one name are among those of the other."""
    satu, lain = set(kunci_teks(a).split()), set(kunci_teks(b).split())
    return satu <= lain or lain <= satu


class _Penyusun:
    def __init__(self, pengusul: Pengusul) -> None:
        self._pengusul = pengusul
        self._simpul: list[_Simpul] = []
        self._menurut_tempat: dict[tuple[Level, str], list[_Simpul]] = defaultdict(list)
        """Nodes by level and parent's id; programs, which may stand under another urusan, by level alone."""
        self._menurut_kode: dict[str, _Simpul] = {}
        self._id_simpul = PembuatId("s", ())
        self._id_indikator = PembuatId("i", ())
        self._di_tabel: set[str] = set()
        """Nodes that the table being read has named so far."""
        self._kode_pasti: set[str] = set()
        self._kanan_dari: dict[str, _Simpul] = {}
        """Nodes on the right of T-C.31 by the node on their left, where the two differ."""

    def telusuri(self, spec: TabelSpec, rows: Sequence[Baris]) -> tuple[Baris, ...]:
        self._di_tabel = set()
        self._kode_pasti = self._kode_tanpa_ragu(spec, rows)
        jejak: list[_Simpul] = []
        kini: _Simpul | None = None
        terpakai: dict[str, set[str]] = defaultdict(set)  # node → indicators this table has used
        hasil: list[Baris] = []
        for b in rows:
            if b.level is Level.INDIKATOR_LANJUTAN and kini is not None:
                hasil.append(self._taut(spec, b, kini, terpakai))
                continue
            nama = nama_baris(spec, b)
            if b.level not in _TINGGI or not nama:
                kini = None if b.level not in _TINGGI else kini
                hasil.append(b)
                continue
            while jejak and _TINGGI[jejak[-1].level] >= _TINGGI[b.level]:
                jejak.pop()
            induk = next((j for j in reversed(jejak) if j.level is not Level.PERANGKAT_DAERAH), None)
            kini = self._simpul_untuk(b.level, nama, teks_sel(b, "kode"), induk)
            if kini.induk is None and induk is not None and _TINGGI[induk.level] < _TINGGI[kini.level]:
                kini.induk = induk  # the table that named it first began below the headings of urusan
            jejak.append(kini)
            self._di_tabel.add(kini.id)
            kanan = self._simpul_kanan(b, kini, induk) if spec is T_C_31 else None
            if kanan is None:
                hasil.append(self._taut(spec, b, kini, terpakai))
            else:
                self._taut(spec, b, kanan, terpakai, sisi="kebutuhan")
                kiri = self._taut(spec, b, kini, terpakai, sisi="rkpd")
                hasil.append(kiri.dengan({"simpul_kebutuhan": Sel(kanan.id)}))
        return tuple(hasil)

    def _kode_tanpa_ragu(self, spec: TabelSpec, rows: Sequence[Baris]) -> set[str]:
        """Kode that rows of this table have without doubt: a merely similar name may not take them."""
        nama = ((nama_baris(spec, b), b.level) for b in rows if b.level in _TINGGI)
        usulan = (self._pengusul.usul(n, level, None) for n, level in nama if n)
        return {u.kode for u in usulan if u and u.pasti}

    def _simpul_kanan(self, b: Baris, kiri: _Simpul, induk: _Simpul | None) -> _Simpul | None:
        """Node on the right side of T-C.31 where it is another than on the left."""
        nama, nama_kiri = teks_sel(b, "nama_kebutuhan"), teks_sel(b, "nama_rkpd")
        if not nama or not nama_kiri:
            return None
        usulan = self._pengusul.usul(nama, b.level, induk.kode if induk else None)
        lain = bool(usulan and usulan.pasti and usulan.kode != kiri.kode)
        if b.level is Level.PERANGKAT_DAERAH or (not lain and mirip(nama, nama_kiri, AMBANG_SISI)):
            return None
        if induk is not None:
            induk = self._kanan_dari.get(induk.id, induk)
        kanan = self._simpul_untuk(b.level, nama, None, induk)
        if kanan is kiri:
            return None
        self._kanan_dari[kiri.id] = kanan
        return kanan

    def _simpul_untuk(self, level: Level, nama: str, kode_tercetak: str | None, induk: _Simpul | None) -> _Simpul:
        """The node that a printed name stands for: by kode, else by its whole name below its parent; else a new one."""
        if level is Level.PERANGKAT_DAERAH:
            ada = next((s for s in self._simpul if s.level is level), None)
            return ada or self._baru(level, nama, None, induk)
        usulan = self._usulan(level, nama, kode_tercetak, induk)
        if usulan and not usulan.pasti and usulan.kode in self._kode_pasti:
            usulan = None
        s = self._menurut_kode.get(usulan.kode) if usulan else None
        if s is not None and usulan is not None:
            if self._sama(s, level, nama, usulan):
                self._catat_nama(s, nama, usulan)
                return s
            usulan = replace(usulan, keyakinan=PERLU_KONFIRMASI) if usulan.pasti else None
        s = self._menurut_nama(level, nama, usulan, induk)
        if s is None:
            return self._baru(level, nama, usulan, induk)
        if usulan and s.kode is None:
            s.kode, s.keyakinan = usulan.kode, usulan.keyakinan
            self._menurut_kode.setdefault(usulan.kode, s)
        self._catat_nama(s, nama, usulan)
        return s

    def _usulan(self, level: Level, nama: str, kode_tercetak: str | None, induk: _Simpul | None) -> UsulanKode | None:
        tercetak = kd.rapikan(kode_tercetak) if kode_tercetak else None
        if tercetak is None:
            return self._pengusul.usul(nama, level, induk.kode if induk else None)
        sesuai = kd.level(tercetak) in setara(level)
        return UsulanKode(tercetak, "tercetak" if sesuai else PERLU_KONFIRMASI)

    def _sama(self, s: _Simpul, level: Level, nama: str, usulan: UsulanKode) -> bool:
        """Whether a name with the kode of a known node is that node.

        Within one table another spelling must be close: likeness to the nomenclature alone may mistake two
        sub kegiatan for one, and the second would not be summed.
        """
        if s.level not in setara(level):
            return False
        if s.ejaan.memuat(kunci_teks(nama)):
            return True
        mirip = max(kemiripan(nama, lain) for lain in s.ejaan.tulisan)
        if s.id in self._di_tabel:
            return usulan.pasti and (
                mirip >= AMBANG_SATU_TABEL or any(_memendekkan(nama, lain) for lain in s.ejaan.tulisan)
            )
        return usulan.pasti or mirip >= AMBANG_MIRIP

    def _menurut_nama(
        self, level: Level, nama: str, usulan: UsulanKode | None, induk: _Simpul | None
    ) -> _Simpul | None:
        setingkat = [
            s
            for s in self._menurut_tempat[_tempat(level, induk)]
            if (s.induk is induk or s.id not in self._di_tabel) and not (usulan and s.kode and s.kode != usulan.kode)
        ]
        setingkat.sort(key=lambda s: s.induk is not induk)
        kunci = kunci_teks(nama)
        sama = next((s for s in setingkat if s.ejaan.memuat(kunci)), None)
        if sama is not None or usulan is not None:
            return sama
        calon = [s for s in setingkat if s.kode is None and s.id not in self._di_tabel]
        return next((s for s in calon if mirip(s.nama, nama, AMBANG_NAMA)), None)

    def _baru(self, level: Level, nama: str, usulan: UsulanKode | None, induk: _Simpul | None) -> _Simpul:
        s = _Simpul(
            self._id_simpul(),
            level,
            nama,
            usulan.kode if usulan else None,
            induk,
            usulan.keyakinan if usulan else None,
            nama_baku=False,
        )
        self._catat_nama(s, nama, usulan)
        self._simpul.append(s)
        self._menurut_tempat[_tempat(level, induk)].append(s)
        if s.kode:
            self._menurut_kode.setdefault(s.kode, s)
        return s

    def _baku(self, nama: str, usulan: UsulanKode | None) -> bool:
        butir = self._pengusul.dikenali(usulan.kode) if usulan else None
        return bool(butir and kunci_teks(butir.nama) == kunci_teks(nama))

    def _catat_nama(self, s: _Simpul, nama: str, usulan: UsulanKode | None) -> None:
        """Of several printed spellings, the one that the nomenclature has, else the commonest."""
        baku_ = self._baku(nama, usulan)
        if baku_ and not s.nama_baku:
            s.nama, s.nama_baku = nama, True
        s.ejaan.catat(nama)
        if not s.nama_baku:
            s.nama = s.ejaan.terpilih()
        if usulan and usulan.keyakinan == SAMA_PERSIS:
            s.keyakinan = SAMA_PERSIS

    def _taut(
        self,
        spec: TabelSpec,
        b: Baris,
        s: _Simpul,
        terpakai: Mapping[str, set[str]],
        sisi: str | None = None,
    ) -> Baris:
        s.muncul.add(spec.keanggotaan or "")
        teks = indikator_baris(spec, b, sisi)
        if teks is None:
            return replace(b, simpul=s.id)
        i = self._indikator_untuk(spec, s, teks, terpakai[s.id], b)
        terpakai[s.id].add(i.id)
        return replace(b, simpul=s.id, indikator=i.id)

    def _indikator_untuk(self, spec: TabelSpec, s: _Simpul, teks: str, terpakai: Iterable[str], b: Baris) -> _Indikator:
        dipakai = set(terpakai)
        i = next((c for c in s.indikator if kunci_teks(c.teks or "") == kunci_teks(teks)), None)
        if i is None:
            calon = [c for c in s.indikator if c.teks and c.id not in dipakai]
            mirip = [(kemiripan(c.teks or "", teks), n, c) for n, c in enumerate(calon)]
            nilai, _, terbaik = max(mirip, key=lambda m: (m[0], -m[1]), default=(0.0, 0, None))
            ambang = AMBANG_INDIKATOR
            if spec.keanggotaan == "rencana" and [c.di_rencana for c in calon] == [True] and not dipakai:
                ambang = AMBANG_SATU_INDIKATOR
            i = terbaik if nilai >= ambang else None
        if i is None:
            i = _Indikator(self._id_indikator(), teks)
            s.indikator.append(i)
        i.ejaan.catat(teks)
        if spec.keanggotaan == "evaluasi":
            i.di_evaluasi = True
            i.baris_29 = i.baris_29 or b
        else:
            i.di_rencana = True
        i.satuan = i.satuan or satuan_baris(spec, b)
        i.sasaran = i.sasaran or teks_sel(b, "sasaran")
        return i

    def selesai(self) -> tuple[tuple[Simpul, ...], tuple[Indikator, ...]]:
        self._pindah_menurut_kode()
        urut: list[_Simpul] = []
        terkecil: dict[str, tuple[int, tuple[str, ...]]] = {}
        for s in self._simpul:  # a node without a kode stands where the kode below it belong
            atas: _Simpul | None = s
            while atas is not None:
                terkecil[atas.id] = min(terkecil.get(atas.id, kd.urutan(atas.kode)), kd.urutan(s.kode))
                atas = atas.induk

        anak: dict[str, list[_Simpul]] = defaultdict(list)
        for s in self._simpul:
            anak[s.induk.id if s.induk else ""].append(s)

        def telusuri(induk: _Simpul | None) -> None:
            milik = anak[induk.id if induk else ""]
            milik.sort(key=lambda s: (s.level is not Level.PERANGKAT_DAERAH, terkecil[s.id]))
            for s in milik:
                urut.append(s)
                telusuri(s)

        telusuri(None)
        simpul = tuple(
            Simpul(s.id, s.level, s.nama, s.kode, s.induk.id if s.induk else None, s.keyakinan) for s in urut
        )
        return simpul, tuple(i for s in urut for i in self._indikator_akhir(s))

    def _pindah_menurut_kode(self) -> None:
        """A program printed under another urusan in some tables belongs to the urusan that its kode names."""
        for s in self._simpul:
            if s.level is Level.PROGRAM and s.kode:
                induk = self._menurut_kode.get(kd.induk(s.kode) or "")
                if induk is not None and induk.level in {Level.URUSAN, Level.BIDANG_URUSAN}:
                    s.induk = induk

    def _indikator_akhir(self, s: _Simpul) -> Iterable[Indikator]:
        for i in s.indikator:
            satuan = [i.satuan]
            cara = cara_bawaan(i.baris_29, i.satuan, i.teks) if i.baris_29 else cara_hitung_bawaan(satuan, i.teks)
            yield Indikator(
                i.id,
                s.id,
                i.ejaan.terpilih(),
                baku(i.satuan) if i.satuan else None,
                cara,
                sifat_tercetak(i.baris_29, i.teks) if i.baris_29 else Sifat.MAKIN_TINGGI,
                skala=SAKIP if i.teks and "sakip" in i.teks.casefold() else None,
                sasaran=i.sasaran,
                di_evaluasi=i.di_evaluasi,
                di_rencana=i.di_rencana,
            )
        # a node printed without an indicator in some kind of table still has its row there
        tanpa = {k: k in s.muncul and not any(getattr(i, f"di_{k}") for i in s.indikator) for k in KEANGGOTAAN}
        if not s.indikator or any(tanpa.values()):
            yield Indikator(self._id_indikator(), s.id, di_evaluasi=tanpa["evaluasi"], di_rencana=tanpa["rencana"])


def _tempat(level: Level, induk: _Simpul | None) -> tuple[Level, str]:
    return level, induk.id if induk is not None and level is not Level.PROGRAM else ""


_KATA_RENDAH = re.compile(
    r"\b(?:pengaduan|keluhan|temuan|pelanggaran|kasus|kematian|kemiskinan|miskin|pengangguran|stunting|kesenjangan|gini|inflasi|"
    r"kehilangan|kebocoran|kerusakan|kecelakaan|keterlambatan|putus sekolah|penurunan|menurun\w*|waktu tunggu|lama)\b",
    re.IGNORECASE,
)


def berkata_rendah(teks: str | None) -> bool:
    """Whether an indicator's words speak of what should become less."""
    return bool(_KATA_RENDAH.search(teks or ""))


TINGKAT_29 = (
    ("tingkat_realisasi_n2", "realisasi_n2", "target_n2"),
    ("tingkat_capaian_renstra", "realisasi_sd_n1", "target_renstra"),
)
"""Rates of T-C.29 with what they are made of: realisasi, target."""
TINGKAT_IKU = (("capaian_persen", "realisasi_sd_n2", "target_akhir_renstra_re"),)


def sifat_tercetak(b: Baris, teks: str | None, tingkat: Sequence[tuple[str, str, str]] = TINGKAT_29) -> Sifat:
    """Whether a row's printed rates are those of an indicator that should fall: (2 × target − realisasi) ÷ target.

    One whole number may agree by chance; it counts where the indicator's words say so too.
    """
    rendah: list[bool] = []
    for kunci, atas, bawah in tingkat:
        r, t, sel = b[atas].angka, b[bawah].angka, b[kunci]
        if r is None or not t or r == t or sel.angka is None:
            continue
        cetak = tercetak(sel) or tulis_angka(float(sel.angka), 12)
        if sesuai_cetak(cetak, Decimal(repr(r / t * 100))):
            return Sifat.MAKIN_TINGGI
        if sesuai_cetak(cetak, Decimal(repr(max(0.0, (2 * t - r) / t * 100)))):
            rendah.append(float(sel.angka).is_integer())
    yakin = len(rendah) > 1 or False in rendah or (bool(rendah) and berkata_rendah(teks))
    return Sifat.MAKIN_RENDAH if yakin else Sifat.MAKIN_TINGGI


def satuan_baris(spec: TabelSpec, b: Baris) -> str | None:
    """The unit that a printed row states: T-C.29 columns 4, 6, 7, 5; elsewhere the plan's target first.

    A grade that stands where a unit is expected (``B``) is none.
    """
    urutan = {
        T_C_29.kunci: ("target_renstra", "target_n2", "realisasi_n2", "realisasi_sd_n3"),
        T_C_31.kunci: ("target_kebutuhan", "target_rkpd"),
        T_C_33.kunci: ("target_n", "target_p1"),
        RKT.kunci: ("target",),
    }[spec.kunci]
    semua = (teks_sel(b, f"satuan_{k}") for k in urutan)
    return next((s for s in semua if s and s.strip().upper() not in PREDIKAT), None)
