"""What a share copy that came back proposes: each decision, number, text, row and remark that was not in it when it was sent.

The manifest says what was sent; rows are known by their ids, wherever they stand now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from renja_xl.core.baris import sebutan_baris, teks_sel
from renja_xl.core.beda_manifes import BedaBaris, BedaSel, Perbandingan
from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Sel, Simpul
from renja_xl.core.isi_usulan import Ketikan, baca_ketikan, baku_butir, baku_nilai, sama
from renja_xl.core.kisi import Tempat
from renja_xl.core.letak import huruf_kolom
from renja_xl.core.manifes import RUMUS, SPEC, TEKS, Butir, SelMentah, isi_baku, kolom_rupiah, sebut_isi, tempat_sel
from renja_xl.core.nilai import BATAS_TEKS, urai
from renja_xl.core.satuan import baku as satuan_baku
from renja_xl.core.usulan import BARIS, Isian, Usulan, dapat_ditambah
from renja_xl.tabel import INDEKS, T_C_33, TABEL_TERTAUT
from renja_xl.tabel.berbagi import KEPUTUSAN, VERIFIKASI
from renja_xl.tabel.spec import DIKETIK, KolomSpec, Peran, TabelSpec
from renja_xl.tabel.usulan import JenisUsulan

_NOMOR = re.compile(r"\s*(\d{1,3})\s*[).]\s*(.+?)\s*", re.DOTALL)
_ISIAN_VERIFIKASI = ("keputusan", "usulan_pagu", "usulan_target", "catatan")
_TAUTAN_STRUKTUR = {"nama": "nama", "indikator": "indikator"}
"""Fields of the struktur that linked columns show, and its columns."""


@dataclass(frozen=True, slots=True)
class Komentar:
    """A comment on a cell of the copy, threaded ones by their whole thread."""

    lembar: str
    tempat: Tempat
    teks: str
    penulis: str = ""


def usulan_salinan(
    butir: Sequence[Butir], beda: Perbandingan, komentar: Iterable[Komentar], buku: Buku
) -> list[Usulan]:
    """The lines that a copy brings, in the order of its sheets.

    Args:
        butir: its manifest; beda: how it differs from that.
        buku: the plan that takes them.
    """
    return list(_Pembanding(butir, beda, buku).semua(komentar))


class _Pembanding:
    def __init__(self, butir: Sequence[Butir], beda: Perbandingan, buku: Buku) -> None:
        self.beda, self.buku, self.isian = beda, buku, Isian(buku)
        self.dikirim: dict[str, dict[str, dict[str, Butir]]] = {}
        for b in butir:
            if b.baris:
                self.dikirim.setdefault(b.lembar, {}).setdefault(b.baris, {})[b.kolom] = b

    def semua(self, komentar: Iterable[Komentar]) -> Iterator[Usulan]:
        verifikasi: dict[str, dict[str, BedaSel]] = {}
        for x in self.beda.sel:
            if x.lembar == VERIFIKASI.lembar and x.kolom in _ISIAN_VERIFIKASI and x.baris[:1] not in "@+?":
                verifikasi.setdefault(x.baris, {})[x.kolom] = x
        for simpul, isi in verifikasi.items():
            yield from self._verifikasi(simpul, isi)
        bawah = _baris_di_bawah(self.beda.sel)
        for x in self.beda.sel:
            if (x.lembar, x.baris) in bawah or (x.baris in verifikasi and x.kolom in _ISIAN_VERIFIKASI):
                continue
            yield from self._sel(x)
        for b in (*self.beda.baris, *bawah.values()):
            yield self._baris_hilang(b) if b.hilang else self._baris_baru(b)
        for p in self.beda.perubahan:
            if p.kini == "lembar tambahan":
                yield Usulan(JenisUsulan.CATATAN, p.lembar, catatan="Lembar tambahan; isinya ada di salinan itu.")
        yield from map(self._komentar, komentar)

    # ── Verifikasi Bappeda ────────────────────────────────────────────────────────────────────────────────────

    def _verifikasi(self, simpul: str, isi: Mapping[str, BedaSel]) -> Iterator[Usulan]:
        kata = {k: _teks(x.nilai) for k, x in isi.items()}
        keputusan = next((k for k in KEPUTUSAN if k.casefold() == kata.get("keputusan", "").casefold()), "")
        keputusan = keputusan or kata.get("keputusan", "")
        catatan = kata.get("catatan", "")
        dasar = Usulan(
            JenisUsulan.KEPUTUSAN if keputusan else JenisUsulan.CATATAN,
            VERIFIKASI.lembar,
            kode=self._kata(VERIFIKASI.lembar, simpul, "kode"),
            nama=self._kata(VERIFIKASI.lembar, simpul, "nama"),
            simpul=simpul,
            keputusan=keputusan,
            catatan=catatan,
        )
        if keputusan or catatan:
            yield dasar
        if "usulan_pagu" in isi and isi["usulan_pagu"].nilai is not None:
            yield self._pagu(replace(dasar, jenis=JenisUsulan.PAGU), isi["usulan_pagu"].nilai)
        if kata.get("usulan_target"):
            yield from self._target(replace(dasar, jenis=JenisUsulan.TARGET), kata["usulan_target"])

    def _pagu(self, u: Usulan, sel: SelMentah) -> Usulan:
        kolom = T_C_33.menurut_kunci["pagu_n"]
        rows = self._baris_simpul(u.simpul)
        pilih = next((i for i, b in rows if "pagu_n" in b), rows[0][0] if rows else "")
        ketikan = baca_ketikan(sel, kolom)
        return self._tertuju(u, T_C_33, pilih, kolom, ketikan)

    def _target(self, u: Usulan, teks: str) -> Iterator[Usulan]:
        """A proposed target: of the node's only indicator, or numbered as the sheet shows them."""
        rows = [(i, b) for i, b in self._baris_simpul(u.simpul) if "indikator" in b]
        bagian = [m for t in teks.split("\n") if t.strip() and (m := _NOMOR.fullmatch(t))]
        daftar: list[tuple[str, str]] = []
        if len(rows) == 1:
            daftar = [(rows[0][0], bagian[0][2] if len(bagian) == 1 and bagian[0][1] == "1" else teks)]
        elif bagian and len(bagian) == len([t for t in teks.split("\n") if t.strip()]):
            daftar = [(rows[n - 1][0], m[2]) for m in bagian if 1 <= (n := int(m[1])) <= len(rows)]
        if not daftar or (bagian and len(rows) > 1 and len(daftar) != len(bagian)):
            yield replace(u, kolom="Target", tampil=teks)
            return
        for pengenal, t in daftar:
            yield from self._satu_target(u, pengenal, t)

    def _satu_target(self, u: Usulan, pengenal: str, teks: str) -> Iterator[Usulan]:
        """A target with its unit and grade, each a cell of its own; those that stay as they were sent are no proposal."""
        hasil = urai(teks)
        semula = self.dikirim.get(T_C_33.lembar, {}).get(pengenal, {})
        isi = {
            "target_n": None if hasil.nilai is None or hasil.catatan else float(hasil.nilai),
            "satuan_target_n": hasil.satuan,
            "predikat_target_n": hasil.predikat,
        }
        if isi["target_n"] is None:
            yield replace(u, kolom="Target", tampil=teks)
            return
        for kunci, nilai in isi.items():
            kolom, baru = T_C_33.menurut_kunci[kunci], baku_nilai(nilai)
            dulu = baku_butir(semula.get(kunci))
            if (
                nilai is None
                or sama(dulu, baru)
                or (kunci == "satuan_target_n" and satuan_baku(_bagi(dulu)[1]) == satuan_baku(str(nilai)))
            ):
                continue
            tampil = sebut_isi(*_bagi(baru))
            yield self._tertuju(u, T_C_33, pengenal, kolom, Ketikan(baru, tampil))

    def _baris_simpul(self, simpul: str) -> list[tuple[str, Mapping[str, Butir]]]:
        """Rows of a node in T-C.33, as they were sent."""
        return [
            (i, b)
            for i, b in self.dikirim.get(T_C_33.lembar, {}).items()
            if "simpul" in b and b["simpul"].isi == simpul
        ]

    # ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _sel(self, x: BedaSel) -> Iterator[Usulan]:
        spec = SPEC.get(x.lembar)
        if spec is INDEKS:
            return
        kolom = spec.menurut_kunci.get(x.kolom) if spec else None
        if spec is None or kolom is None or x.baris[:1] in "@+?":
            yield from self._di_luar_tabel(x)
            return
        if kolom.tersembunyi:
            return
        u = self._dasar(JenisUsulan.ISIAN if x.terbuka else JenisUsulan.TERKUNCI, spec, x.baris, kolom)
        if spec is VERIFIKASI or (x.nilai and x.nilai.rumus is not None and x.dulu and x.dulu.jenis == RUMUS):
            yield replace(u, dikirim=_isi_butir(x.dulu), tampil=_sebut(x))
            return
        tujuan, pengenal, kunci = spec, x.baris, kolom
        if kolom.peran is Peran.TAUTAN and kolom.tautan in _TAUTAN_STRUKTUR and spec.kunci != STRUKTUR:
            tujuan = SPEC[STRUKTUR]
            pengenal = self._baris_struktur(x, kolom)
            kunci = tujuan.menurut_kunci[_TAUTAN_STRUKTUR[kolom.tautan or ""]]
        yield self._tertuju(u, tujuan, pengenal, kunci, baca_ketikan(x.nilai, kolom), baku_butir(x.dulu))

    def _tertuju(
        self, u: Usulan, spec: TabelSpec, pengenal: str, kolom: KolomSpec, k: Ketikan, dikirim: str | None = None
    ) -> Usulan:
        """The line with the cell that it would change; a remark where its words are no content for that cell."""
        semula = self.dikirim.get(spec.lembar, {}).get(pengenal, {})
        dasar = baku_butir(semula.get(kolom.kunci)) if dikirim is None else dikirim
        u = replace(u, kolom=u.kolom or kolom.sebutan(self.buku.tahun), dikirim=dasar, tampil=k.tampil)
        if k.isi is None:
            return u
        kini = self._baris_kini(spec, pengenal, semula)
        return replace(u, tabel=spec.kunci, baris=kini or pengenal, kunci_kolom=kolom.kunci, usulan=k.isi)

    def _baris_kini(self, spec: TabelSpec, pengenal: str, semula: Mapping[str, Butir]) -> str | None:
        """Id of the plan's row that a row of the copy is: the same id for the same node, else the same node and indicator."""
        simpul, indikator = (semula[k].isi if k in semula else None for k in ("simpul", "indikator_id"))
        b = self.isian.baris(spec.kunci, pengenal)
        if b is not None and (simpul is None or b.simpul == simpul):
            return b.id
        if simpul is None:
            return None
        return next(
            (b.id for b in self.buku.baris(spec.kunci) if (b.simpul, b.indikator or None) == (simpul, indikator)), None
        )

    def _baris_struktur(self, x: BedaSel, kolom: KolomSpec) -> str:
        """Row of the struktur that a linked cell shows."""
        semula = self.dikirim.get(x.lembar, {}).get(x.baris, {})
        if kolom.tautan == "indikator" and "indikator_id" in semula:
            return semula["indikator_id"].isi
        kunci = "simpul_kebutuhan" if kolom.sisi == "kebutuhan" and "simpul_kebutuhan" in semula else "simpul"
        simpul = semula[kunci].isi if kunci in semula else ""
        return next((i.id for i in self.buku.indikator if i.simpul == simpul), simpul)

    def _di_luar_tabel(self, x: BedaSel) -> Iterator[Usulan]:
        """Texts beside, above and below a table; changed formulas there are no words of anybody's."""
        if x.nilai is None or x.nilai.rumus is not None or not _teks(x.nilai):
            return
        if x.dulu is None:
            yield Usulan(JenisUsulan.CATATAN, x.lembar, f"sel {x.sel}", catatan=_teks(x.nilai))
        else:
            dikirim = _isi_butir(x.dulu)
            jenis = JenisUsulan.ISIAN if x.terbuka else JenisUsulan.TERKUNCI  # signatures are open
            yield Usulan(jenis, x.lembar, f"sel {x.sel}", dikirim=dikirim, tampil=_sebut(x))

    # ── rows and comments ─────────────────────────────────────────────────────────────────────────────────────

    def _baris_baru(self, x: BedaBaris) -> Usulan:
        spec = SPEC[x.lembar]
        terisi = [k for k in spec.kolom if k.kunci in x.nilai and not k.tersembunyi]
        tampil = "\n".join(f"{k.sebutan(self.buku.tahun)}: {sebut_isi(*x.isi[k.kunci])}" for k in terisi)
        lain = [sebut_isi(*v) for k, v in x.isi.items() if k not in spec.menurut_kunci and v[0] != RUMUS]
        u = Usulan(
            JenisUsulan.BARIS_BARU,
            spec.lembar,
            f"baris {x.nomor}",
            _kata(x.isi, "kode"),
            self._sebut_isi(spec, x.isi),
            tampil="\n".join((tampil, *lain)).strip(),
        )
        tertaut = spec in TABEL_TERTAUT
        isi: dict[str, str] = {}
        for k in terisi:
            if not (k.peran in DIKETIK or (tertaut and k.peran is Peran.TAUTAN)) or (
                x.nilai[k.kunci].rumus is not None and k.peran not in DIKETIK
            ):
                continue
            ketikan = baca_ketikan(x.nilai[k.kunci], k)
            if ketikan.isi is None:
                return u
            isi[k.kunci] = ketikan.isi
        if tertaut and "level" in x.isi:
            isi["level"] = f"{TEKS}:{x.isi['level'][1]}"
        muatan = BARIS + json.dumps(isi, ensure_ascii=False)
        if not isi or not dapat_ditambah(spec.kunci) or len(muatan) > BATAS_TEKS // 2:
            return u
        return replace(u, tabel=spec.kunci, usulan=muatan)

    def _baris_hilang(self, x: BedaBaris) -> Usulan:
        spec = SPEC[x.lembar]
        return Usulan(
            JenisUsulan.BARIS_HILANG,
            spec.lembar,
            f"semula baris {x.nomor}",
            _kata(x.isi, "kode"),
            self._sebut_isi(spec, x.isi),
            simpul=x.isi["simpul"][1] if "simpul" in x.isi else "",
            tampil="dihapus dari salinan",
        )

    def _komentar(self, k: Komentar) -> Usulan:
        r, c = k.tempat
        spec, d = SPEC.get(k.lembar), self.beda.denah.get(k.lembar)
        kolom = spec.menurut_kunci.get(d.nama_kolom(c)) if spec and d else None
        baris = d.nama_baris(r) if d else "@"
        tempat = f"sel {huruf_kolom(c)}{r}"
        catatan = f"{k.penulis}: {k.teks}" if k.penulis else k.teks
        if spec is None or kolom is None or baris[:1] in "@+?":
            return Usulan(JenisUsulan.KOMENTAR, k.lembar, tempat, catatan=catatan)
        u = self._dasar(JenisUsulan.KOMENTAR, spec, baris, kolom)
        return replace(
            u, dikirim=_isi_butir(self.dikirim.get(k.lembar, {}).get(baris, {}).get(kolom.kunci)), catatan=catatan
        )

    # ── in words ──────────────────────────────────────────────────────────────────────────────────────────────

    def _dasar(self, jenis: JenisUsulan, spec: TabelSpec, pengenal: str, kolom: KolomSpec) -> Usulan:
        isi = {k: (b.jenis, b.isi) for k, b in self.dikirim.get(spec.lembar, {}).get(pengenal, {}).items()}
        simpul = pengenal if spec is VERIFIKASI else _kata(isi, "simpul")
        kode = _kata(isi, "kode") or self._kode.get(simpul, "")
        nama = self._sebut_isi(spec, isi)
        return Usulan(jenis, spec.lembar, kolom.sebutan(self.buku.tahun), kode, nama, simpul=simpul)

    @cached_property
    def _kode(self) -> Mapping[str, str]:
        return {s.id: s.kode or "" for s in self.buku.simpul}

    @cached_property
    def _simpul(self) -> Mapping[str, Simpul]:
        return self.buku.simpul_menurut_id()

    def _kata(self, lembar: str, pengenal: str, kolom: str) -> str:
        b = self.dikirim.get(lembar, {}).get(pengenal, {}).get(kolom)
        return b.isi if b and b.jenis == TEKS else ""

    def _sebut_isi(self, spec: TabelSpec, isi: Mapping[str, tuple[str, str]]) -> str:
        """What a row is about: its name, or its first visible texts."""
        sel = {k: Sel(v) for k, (jenis, v) in isi.items() if jenis == TEKS}
        b = Baris("", Level.DATA, sel, _kata(isi, "simpul") or None)
        kata = sebutan_baris(spec, b, self._simpul)
        if kata != Level.DATA.judul:
            return kata
        tampak = (teks_sel(b, k.kunci) for k in spec.kolom if not k.tersembunyi)
        return next((t for t in tampak if t and len(t) > 1), "")


def _baris_di_bawah(sel: Iterable[BedaSel]) -> dict[tuple[str, str], BedaBaris]:
    """Rows typed below a table: two of its columns or more are filled; a single cell there is a remark."""
    hasil: dict[tuple[str, str], dict[str, BedaSel]] = {}
    for x in sel:
        spec = SPEC.get(x.lembar)
        if x.baris[:1] == "+" and x.dulu is None and x.nilai is not None and spec and x.kolom in spec.menurut_kunci:
            hasil.setdefault((x.lembar, x.baris), {})[x.kolom] = x
    baris = {}
    for (lembar, pengenal), isi in hasil.items():
        nilai = {k: x.nilai for k, x in isi.items() if x.nilai is not None}
        baku = {k: b for k, v in nilai.items() if (b := isi_baku(v, kolom_rupiah(lembar, k)))}
        if len(baku) > 1:
            nomor = tempat_sel(next(iter(isi.values())).sel)[0]
            baris[lembar, pengenal] = BedaBaris(lembar, pengenal, nomor, baku, nilai, False)
    return baris


def _bagi(isi: str) -> tuple[str, str]:
    jenis, _, sisa = isi.partition(":")
    return jenis, sisa


def _kata(isi: Mapping[str, tuple[str, str]], kolom: str) -> str:
    jenis, teks = isi.get(kolom, ("", ""))
    return teks if jenis == TEKS else ""


def _isi_butir(b: Butir | None) -> str:
    """What was sent, formulas with their text."""
    return "" if b is None else f"{b.jenis}:{b.isi}"


def _sebut(x: BedaSel) -> str:
    baku = isi_baku(x.nilai, kolom_rupiah(x.lembar, x.kolom)) if x.nilai else None
    return sebut_isi(*baku) if baku else "(kosong)"


def _teks(sel: SelMentah | None) -> str:
    """What somebody typed, as text."""
    if sel is None or sel.nilai is None:
        return ""
    v = sel.nilai
    if isinstance(v, float):
        return str(int(v)) if v.is_integer() and abs(v) < 1e15 else repr(v).replace(".", ",")
    return str(v).strip()
