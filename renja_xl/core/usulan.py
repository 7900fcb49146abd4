"""Lines of *Usulan Bappeda*: what came back, beside what was sent and what the plan holds now; and what became of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Nilai, Sel
from renja_xl.core.isi_usulan import baku, baku_nilai, sama, sebut
from renja_xl.core.nilai import BATAS_TEKS, sama_teks
from renja_xl.core.struktur import PembuatId
from renja_xl.core.terhitung import sel_dihitung
from renja_xl.tabel import MENURUT_KUNCI, PROFIL, TABEL_BEBAS, TABEL_TERTAUT, USULAN_BAPPEDA
from renja_xl.tabel.berbagi import KEPUTUSAN
from renja_xl.tabel.profil import DIISI_SENDIRI
from renja_xl.tabel.spec import DIKETIK, TabelSpec
from renja_xl.tabel.usulan import TERBUKA, TERIMA, TOLAK, JenisUsulan, Keadaan

BARIS = "baris:"
"""How the content of a whole new row begins; its cells follow as JSON."""

STRUKTUR_DIKETIK = ("nama", "indikator", "satuan")
"""Columns of the struktur that a proposal may change; all others decide where rows stand."""

_TAK_ADA = "(barisnya tidak ada lagi)"
_BELUM_ADA = "(belum ada)"
_PENJELASAN_HITUNGAN = " (dihitung dari isian lain)"
PANJANG_TAMPIL = 1_500
"""Signs of a text that a line shows; the whole stands in the copy."""


@dataclass(frozen=True, slots=True)
class Usulan:
    """One line, as it came.

    Attributes:
        lembar, kolom, kode, nama: where it stood in the copy, in words.
        tabel, baris, kunci_kolom: the cell that it would change, by ids; a remark has none. A new row names its table alone.
        simpul: node that it is about.
        dikirim, usulan: canonical contents (``core.isi_usulan``).
        tampil: how the proposal reads.
    """

    jenis: JenisUsulan
    lembar: str
    kolom: str = ""
    kode: str = ""
    nama: str = ""
    tabel: str = ""
    baris: str = ""
    kunci_kolom: str = ""
    simpul: str = ""
    dikirim: str = ""
    usulan: str = ""
    tampil: str = ""
    keputusan: str = ""
    catatan: str = ""


@dataclass(frozen=True, slots=True)
class Kiriman:
    """The copy that lines came with: its code, and file, revision and day in words."""

    kode: str
    dari: str


# ── the plan's cells by their ids ─────────────────────────────────────────────────────────────────────────────


class Isian:
    """Cells of a plan by table, row id and column key."""

    def __init__(self, buku: Buku) -> None:
        self.buku = buku
        self._baris: dict[str, dict[str, Baris]] = {}

    def baris(self, tabel: str, pengenal: str) -> Baris | None:
        if tabel not in self._baris:
            self._baris[tabel] = {b.id: b for b in baris_lembar(self.buku, tabel)}
        return self._baris[tabel].get(pengenal)

    def sel(self, tabel: str, pengenal: str, kolom: str) -> Sel | None:
        """A cell; None where its row or column is not there."""
        spec = MENURUT_KUNCI.get(tabel)
        b = self.baris(tabel, pengenal) if spec and kolom in spec.menurut_kunci else None
        return None if b is None else b[kolom]

    def diketik(self, tabel: str, pengenal: str, kolom: str) -> bool:
        """Whether a cell is the planner's to type."""
        b = self.baris(tabel, pengenal)
        return b is not None and dapat_diketik(MENURUT_KUNCI[tabel], b, kolom)


def dapat_diketik(spec: TabelSpec, b: Baris, kolom: str) -> bool:
    """Whether a cell of a row is the planner's to type."""
    k = spec.menurut_kunci[kolom]
    if spec.kunci == STRUKTUR:
        return kolom in STRUKTUR_DIKETIK and (kolom != "nama" or b.level is not Level.INDIKATOR_LANJUTAN)
    if spec is PROFIL and b["kunci"].nilai in {*DIISI_SENDIRI, "tahun_anggaran"}:
        return False  # the year decides what every table is about
    if k.peran not in DIKETIK or sel_dihitung(spec, b, k):
        return False
    return not k.level or b.level in {*k.level, Level.INDIKATOR_LANJUTAN}


def dapat_ditambah(tabel: str) -> bool:
    """Whether a new row may join a table: one of the planner's own, or one whose rows the struktur can adopt."""
    return any(spec.kunci == tabel for spec in (*TABEL_BEBAS, *TABEL_TERTAUT))


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────────────────


def terima_usulan(buku: Buku, daftar: Iterable[Usulan], kiriman: Kiriman) -> tuple[Buku, list[str]]:
    """The plan with the lines of a copy, and the ids of those that are new.

    The same copy again changes nothing; a later word on the same cell takes the place of an earlier one that still waited.
    """
    rows = list(buku.baris(USULAN_BAPPEDA.kunci))
    pembuat = PembuatId(USULAN_BAPPEDA.awalan_id, (b.id for b in rows))
    nomor = max((int(n) for b in rows if isinstance(n := b["no"].nilai, float) and 0 < n < 1e9), default=0)
    baru: list[str] = []
    for u in daftar:
        isi = _isi_baris(u, kiriman)
        tempat = [n for n, b in enumerate(rows) if _tempat(b) == _tempat(Baris("", Level.DATA, isi))]
        if any(_sama_isi(rows[n].sel, isi) for n in tempat):
            continue
        for n in tempat:
            if _keadaan_tertulis(rows[n]) in TERBUKA:
                rows[n] = rows[n].dengan({"keadaan": Sel(Keadaan.DIGANTIKAN.value)})
        nomor += 1
        rows.append(Baris(pembuat(), Level.DATA, {"no": Sel(float(nomor)), **isi}))
        baru.append(rows[-1].id)
    return segarkan_usulan(buku.ganti({USULAN_BAPPEDA.kunci: rows})), baru


def _isi_baris(u: Usulan, kiriman: Kiriman) -> dict[str, Sel]:
    isi: dict[str, Nilai] = {
        "jenis": u.jenis.value,
        "kode": u.kode,
        "nama": u.nama,
        "lembar": u.lembar,
        "kolom": u.kolom,
        "dikirim": sebut(u.dikirim) if u.kunci_kolom or u.dikirim else "",
        "usulan": u.tampil,
        "keputusan": u.keputusan,
        "catatan": u.catatan,
        "dari": kiriman.dari,
        "tabel": u.tabel,
        "baris": u.baris,
        "kunci_kolom": u.kunci_kolom,
        "simpul": u.simpul,
        "nilai_dikirim": u.dikirim,
        "nilai_usulan": u.usulan,
        "salinan": kiriman.kode,
    }
    panjang = {"nilai_usulan": BATAS_TEKS, "nilai_dikirim": BATAS_TEKS}
    return {k: Sel(_pendek(v, panjang.get(k, PANJANG_TAMPIL))) for k, v in isi.items() if v not in {None, ""}}


def _pendek(v: Nilai, batas: int) -> Nilai:
    return v if not isinstance(v, str) or len(v) <= batas else f"{v[: batas - 1]}…"


def teks(b: Baris, kolom: str) -> str:
    """A cell of a line as text; empty for a blank one."""
    v = b[kolom].nilai
    return "" if v is None else str(v)


_PENCATAT = {JenisUsulan.CATATAN, JenisUsulan.KOMENTAR, JenisUsulan.BARIS_BARU, JenisUsulan.BARIS_HILANG}
"""Kinds of which one place may have several lines: each is told from others by its words."""


def _tempat(b: Baris) -> tuple[str, ...]:
    """What a line is about: two lines with the same are two words on one thing."""
    jenis = teks(b, "jenis")
    kata = (teks(b, "usulan"), teks(b, "catatan")) if jenis in _PENCATAT else ()
    tempat = tuple(teks(b, k) for k in ("tabel", "baris", "kunci_kolom", "simpul"))
    lembar = () if teks(b, "kunci_kolom") else (teks(b, "lembar"), teks(b, "kolom"))
    return jenis, *tempat, *lembar, *kata


def _sama_isi(a: Mapping[str, Sel], b: Mapping[str, Sel]) -> bool:
    """Whether two lines came with the same copy and say the same."""
    kunci = ("salinan", "usulan", "nilai_usulan", "keputusan", "catatan")
    return all(str(a.get(k, Sel()).nilai or "") == str(b.get(k, Sel()).nilai or "") for k in kunci)


# ── what has become of them ───────────────────────────────────────────────────────────────────────────────────

_URUTAN = {k.value: n for n, k in enumerate(Keadaan)}


def segarkan_usulan(buku: Buku) -> Buku:
    """The plan with every line's present content and state, those that wait first; what the planner typed there stays."""
    rows = buku.baris(USULAN_BAPPEDA.kunci)
    if not rows:
        return buku
    isian = Isian(buku)
    berbeda = _berselisih(rows)
    hasil = [_segarkan(b, isian, (_sasaran(b) in berbeda)) for b in rows]
    hasil.sort(key=lambda b: _URUTAN.get(_keadaan_tertulis(b) or "", len(_URUTAN)))
    return buku.ganti({USULAN_BAPPEDA.kunci: hasil})


def _sasaran(b: Baris) -> tuple[str, str, str]:
    return teks(b, "tabel"), teks(b, "baris"), teks(b, "kunci_kolom")


def _berselisih(rows: Sequence[Baris]) -> set[tuple[str, str, str]]:
    """Cells for which lines that wait propose different contents."""
    terbuka = [b for b in rows if teks(b, "kunci_kolom") and _keadaan_tertulis(b) in {None, *TERBUKA}]
    banyak = Counter(s for s, _ in {(_sasaran(b), teks(b, "nilai_usulan")) for b in terbuka if not ditolak(b)})
    return {s for s, n in banyak.items() if n > 1}


def _segarkan(b: Baris, isian: Isian, berselisih: bool) -> Baris:
    if not teks(b, "kunci_kolom"):
        kini = _BELUM_ADA if teks(b, "nilai_usulan").startswith(BARIS) else None
        return b.dengan({"kini": Sel(kini), "keadaan": Sel(str(_keadaan_catatan(b)))})
    sel = isian.sel(*_sasaran(b))
    keadaan = teks(b, "keadaan")
    if _keadaan_tertulis(b) not in {Keadaan.DITERIMA, Keadaan.DIGANTIKAN}:
        keadaan = _keadaan_nilai(b, sel, berselisih, isian.diketik(*_sasaran(b)))
    kini = _TAK_ADA if sel is None else sebut(baku_nilai(sel.nilai)) + (_PENJELASAN_HITUNGAN if sel.rumus else "")
    return b.dengan({"kini": Sel(_pendek(kini, PANJANG_TAMPIL)), "keadaan": Sel(str(keadaan))})


def _keadaan_nilai(b: Baris, sel: Sel | None, berselisih: bool, diketik: bool) -> Keadaan:
    if sel is not None and sama(baku_nilai(sel.nilai), teks(b, "nilai_usulan")):
        return Keadaan.DITERIMA
    if ditolak(b):
        return Keadaan.DITOLAK
    if sel is None or berselisih or not sama(baku(sel), teks(b, "nilai_dikirim")):
        return Keadaan.BENTROK
    return Keadaan.MENUNGGU if diketik or not teks(b, "tanggapan").strip() else Keadaan.DITANGGAPI


def _keadaan_catatan(b: Baris) -> str:
    tertulis = _keadaan_tertulis(b)
    if tertulis in {Keadaan.DIGANTIKAN, Keadaan.DITERIMA}:
        return teks(b, "keadaan")
    if ditolak(b):
        return Keadaan.DITOLAK
    if teks(b, "nilai_usulan").startswith(BARIS):
        return Keadaan.DITANGGAPI if teks(b, "tanggapan").strip() and not disetujui(b) else Keadaan.MENUNGGU
    if sama_teks(teks(b, "keputusan"), KEPUTUSAN[0]):
        return Keadaan.SELESAI
    return Keadaan.DITANGGAPI if teks(b, "tanggapan").strip() or disetujui(b) else Keadaan.MENUNGGU


def _keadaan_tertulis(b: Baris) -> Keadaan | None:
    """The state that a line's words begin with."""
    kata = teks(b, "keadaan").partition(";")[0].strip()
    return next((k for k in Keadaan if k.value.casefold() == kata.casefold()), None)


def keadaan(b: Baris) -> Keadaan:
    """State of a line; one that says none waits."""
    return _keadaan_tertulis(b) or Keadaan.MENUNGGU


def disetujui(b: Baris) -> bool:
    return sama_teks(teks(b, "pilihan").strip(), TERIMA)


def ditolak(b: Baris) -> bool:
    return sama_teks(teks(b, "pilihan").strip(), TOLAK)


def keputusan_terbuka(rows: Sequence[Baris]) -> list[Baris]:
    """Decisions other than *Sesuai* that nobody has answered: neither in words, nor by accepting what came with them."""
    diterima = {(teks(b, "simpul"), teks(b, "salinan")) for b in rows if keadaan(b) is Keadaan.DITERIMA}
    menunggu = {(teks(b, "simpul"), teks(b, "salinan")) for b in usulan_terbuka(rows) if teks(b, "kunci_kolom")}
    return [
        b
        for b in rows
        if teks(b, "jenis") == JenisUsulan.KEPUTUSAN
        and keadaan(b) in TERBUKA
        and not sama_teks(teks(b, "keputusan"), KEPUTUSAN[0])
        and not (teks(b, "tanggapan").strip() or teks(b, "pilihan").strip())
        and not ((s := (teks(b, "simpul"), teks(b, "salinan"))) in diterima and s not in menunggu)
    ]


def usulan_terbuka(rows: Sequence[Baris]) -> list[Baris]:
    """Lines other than decisions that wait for the planner's choice or answer."""
    return [
        b
        for b in rows
        if teks(b, "jenis") != JenisUsulan.KEPUTUSAN
        and keadaan(b) in TERBUKA
        and not (teks(b, "pilihan").strip() or (not _dapat_diterapkan(b) and teks(b, "tanggapan").strip()))
    ]


def _dapat_diterapkan(b: Baris) -> bool:
    return bool(teks(b, "kunci_kolom")) or teks(b, "nilai_usulan").startswith(BARIS)


def isi_baris_baru(b: Baris) -> dict[str, str]:
    """Canonical contents of a proposed row by column; empty where the line holds none."""
    try:
        isi = json.loads(teks(b, "nilai_usulan").removeprefix(BARIS))
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in isi.items()} if isinstance(isi, dict) else {}
