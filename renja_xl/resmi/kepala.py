"""Header words compared by meaning: spelling, synonyms, years by their role, weights of common words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from renja_xl.tabel import MENURUT_KUNCI, TABEL_RESMI
from renja_xl.tabel.spec import NAMA_TAHUN, KolomSpec, TabelSpec, satu_baris

_SINONIM = {
    "nomor": "no", "realiasi": "realisasi", "pencapaian": "capaian", "perkiraan": "prakiraan", "proyeksi": "proyeksi",
    "anggaran": "dana", "pagu": "dana", "biaya": "dana", "pendanaan": "dana", "alokasi": "dana",
    "subkegiatan": "sub kegiatan", "opd": "perangkat daerah", "skpd": "perangkat daerah", "pd": "perangkat daerah",
    "persentase": "%", "persen": "%", "prosentase": "%", "keterangan": "catatan", "ket": "catatan",
    "kondisi": "realisasi", "pria": "laki", "wanita": "perempuan", "kriteria": "kategori", "vol": "volume",
    "nasional": "nasional", "tahapan": "tahap", "uraian": "nama", "satuan": "satuan", "ttg": "tentang",
    "kab": "kabupaten", "kemajuan": "maju", "progress": "capaian", "sumberdana": "sumber dana",
}  # fmt: skip
_RINGAN = frozenset(
    {"tahun", "dan", "kinerja", "pada", "terhadap", "dari", "yang", "atas", "ini", "rp", "rupiah", "daerah", "perangkat",
     "orang", "penting", "%", "ke", "nama", "atau", "menurut", "pemerintahan", "outcome", "output"}
)  # fmt: skip
_BERAT_RINGAN, _BERAT_TAHUN = 0.25, 1.5
_PERAN_TERTULIS = re.compile(r"\bn\s*([-–+])\s*([1-3])\b")
_TOKEN = re.compile(r"@\w+|%|[^\W\d_]+|\d{4}")
_PERAN = {jarak: f"@{nama}" for nama, jarak in NAMA_TAHUN.items()}


def rapikan(teks: str) -> str:
    """A header in one line; words broken at a line's end made whole."""
    return re.sub(r"\s+", " ", re.sub(r"(\w)-\s*\n\s*(?=[a-z])", r"\1", teks)).strip()


def kata(teks: str, tahun: int | None) -> frozenset[str]:
    """Words of a header in normal form; years as roles (``@n2``) of the plan year, other years dropped."""
    return _kata(teks, tahun if tahun and tahun_tertulis(teks) else None)


@lru_cache(maxsize=50_000)
def _kata(teks: str, tahun: int | None) -> frozenset[str]:
    isi = (
        rapikan(teks)
        .casefold()
        .replace("s.d.", "sd")
        .replace("s/d", "sd")
        .replace("s.d", "sd")
        .replace("sampai dengan", "sd")
    )
    isi = _PERAN_TERTULIS.sub(lambda m: _peran(int(m[2]) * (1 if m[1] == "+" else -1)), isi)
    isi = re.sub(r"\(n\)|\btahun n\b", _PERAN[0], isi)
    hasil: set[str] = set()
    for t in _TOKEN.findall(isi):
        if t.isdigit():
            peran = _PERAN.get(int(t) - tahun) if tahun else None
            hasil.update([peran] if peran else [])
        else:
            hasil.update(_SINONIM.get(t, t).split())
    return frozenset(_baku(t) for t in hasil)


def _peran(jarak: int) -> str:
    return f" {_PERAN.get(jarak, '')} "


@lru_cache(maxsize=10_000)
def _baku(t: str) -> str:
    """A word in the spelling of our headers, where it is nearly one."""
    if t in _kosakata() or len(t) < 5 or t.startswith("@"):
        return t
    mirip = get_close_matches(t, _kosakata(), n=1, cutoff=0.85)
    return mirip[0] if mirip else t


@lru_cache(maxsize=1)
def _kosakata() -> frozenset[str]:
    teks = [j for spec in TABEL_RESMI for k in spec.kolom for j in k.judul] + [spec.judul for spec in TABEL_RESMI]
    semua = {t for j in teks for t in _TOKEN.findall(satu_baris(j).casefold())}
    return frozenset(x for t in semua for x in _SINONIM.get(t, t).split())


@lru_cache(maxsize=100_000)
def _berat(kata_kata: frozenset[str]) -> float:
    return sum(_BERAT_TAHUN if k.startswith("@") else _BERAT_RINGAN if k in _RINGAN else 1.0 for k in kata_kata)


def mirip(a: frozenset[str], b: frozenset[str]) -> float:
    """How alike two sets of header words are, 0 to 1 (weighted Dice)."""
    if a.isdisjoint(b):
        return 0.0
    return 2 * _berat(a & b) / (_berat(a) + _berat(b))


def jalur_resmi(kolom: KolomSpec) -> tuple[tuple[str, ...], ...]:
    """Header paths under which a column may be printed: as declared, and without the words that only our sheets have."""
    dasar = tuple(_berperan(satu_baris(j)) for j in kolom.judul)
    lain = [dasar]
    if len(dasar) > 1 and dasar[-1] in {"Nilai", "Predikat"}:
        lain.insert(0, dasar[:-1])
    return (*lain, *((x,) for x in SEBUTAN_LAIN.get(kolom.kunci, ())))


def _berperan(judul: str) -> str:
    return re.sub(r"\{(n3|n2|n1|n|p1)\}", r" @\1 ", judul)


SEBUTAN_LAIN: dict[str, tuple[str, ...]] = {
    "nama": ("Program/Kegiatan/Sub Kegiatan", "Program/Kegiatan", "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan", "Uraian"),
    "program_kegiatan": ("Program/Kegiatan", "Program"),
    "output_outcome": ("Output/Outcome", "Outcome/Output", "Indikator Kinerja", "Indikator Program/Kegiatan/Sub Kegiatan", "Indikator"),
    "indikator": ("Indikator Kinerja", "Indikator"),
    "indikator_sasaran": ("Indikator Kinerja Sasaran", "Indikator Kinerja Utama"),
    "kode": ("Kode", "Kode Rekening", "Kode Program/Kegiatan/Sub Kegiatan"),
    "tingkat_pendidikan": ("Pendidikan", "Tingkat Pendidikan Terakhir"),
    "jumlah": ("Jumlah", "Total"),
    "catatan_penting": ("Catatan", "Keterangan"),
    "target_renstra": (
        "Target Kinerja Capaian Program (Renstra Perangkat Daerah) Tahun", "Target Capaian Renstra", "Target Kinerja Renstra",
        "Target Renstra pada Akhir Periode",
    ),
    "realisasi_sd_n3": (
        "Realisasi Target Kinerja Hasil Program dan Keluaran Kegiatan s/d Tahun @n3", "Realisasi Capaian Kinerja Renstra s/d Tahun @n3",
        "Realisasi s/d Tahun @n3",
    ),
    "target_n2": ("Target Renja @n2",),
    "realisasi_n2": ("Realisasi Renja @n2",),
    "target_n1": ("Target Renja @n1", "Target Program dan Kegiatan Renja Tahun Berjalan @n1"),
    "realisasi_sd_n1": (
        "Realisasi Capaian Program dan Kegiatan s/d Tahun Berjalan @n1", "Perkiraan Realisasi Capaian s/d Tahun @n1",
    ),
    "tingkat_capaian_renstra": ("Tingkat Capaian (%)", "Tingkat Capaian Renstra (%)", "Tingkat Capaian Target Renstra (%)"),
    "target_sasaran": ("Target Sasaran", "Target"),
    "target_p1": ("Prakiraan Maju @p1 Target",),
    "pagu_p1": ("Prakiraan Maju @p1 Pagu Indikatif",),
    "target_n": ("Target Capaian", "Target"),
    "pagu_n": ("Pagu Indikatif", "Kebutuhan Dana"),
    "anggaran": ("Pagu Anggaran", "Pagu Indikatif", "Anggaran"),
    "kategori": ("Kategori", "Kriteria", "Predikat Capaian"),
    "capaian_persen": ("Capaian", "Tingkat Capaian", "Rata-rata Capaian"),
    "persen_realisasi_anggaran": ("Persentase Realisasi Anggaran", "Penyerapan Anggaran"),
    "realisasi_sd_n2": ("Realisasi Tahun @n2", "Realisasi @n2"),
    "target_akhir_renstra_re": ("Target Akhir Renstra", "Target Renstra"),
    "pagu_anggaran": ("Pagu Anggaran",),
    "target_kinerja": ("Target Kinerja",),
    "realisasi_kinerja": ("Realisasi Kinerja",),
    "tahap": ("Tahapan", "Dokumen"),
}  # fmt: skip
"""Other headers under which a column is met."""


def cocok(jalur: tuple[str, ...], spec: TabelSpec, kolom: KolomSpec, tahun: int | None) -> float:
    """How well a header path of a sheet fits a column, 0 to 1.

    The whole path counts most; the lowest header alone, a little less (groups are often left out or worded otherwise).
    """
    if tahun and not any(map(tahun_tertulis, jalur)):
        tahun = None  # the year changes nothing: one answer for all years
    return _cocok(jalur, spec.kunci, kolom.kunci, tahun)


@lru_cache(maxsize=200_000)
def _cocok(jalur: tuple[str, ...], tabel: str, kunci: str, tahun: int | None) -> float:
    penuh, daun = kata(" ".join(jalur), tahun), kata(jalur[-1], tahun)
    return max(
        (
            max(mirip(penuh, penuh_resmi), 0.9 * mirip(daun, daun_resmi), 0.88 * mirip(daun, penuh_resmi))
            for penuh_resmi, daun_resmi in _kata_resmi(tabel, kunci)
        ),
        default=0.0,
    )


@lru_cache(maxsize=2_000)
def _kata_resmi(tabel: str, kunci: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Words of each official path of a column, and of its lowest header."""
    jalur = jalur_resmi(MENURUT_KUNCI[tabel].menurut_kunci[kunci])
    return tuple((kata(" ".join(j), None), kata(j[-1], None)) for j in jalur)


@lru_cache(maxsize=1)
def _potongan() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Headers of the official tables, whole and by level, without their years, by each of their words."""
    semua = {
        frozenset(t for t in kata(j, None) if not t.startswith("@"))
        for spec in TABEL_RESMI
        for k in spec.kolom
        if not k.tersembunyi
        for jalur in jalur_resmi(k)
        for j in (*jalur, " ".join(jalur))
    }
    hasil: dict[str, list[frozenset[str]]] = defaultdict(list)
    for p in semua:
        for t in p:
            hasil[t].append(p)
    return {t: tuple(p) for t, p in hasil.items()}


@lru_cache(maxsize=20_000)
def potongan_kepala(teks: str) -> bool:
    """Whether a text reads like (part of) a header of some official table."""
    if len(teks) > 160 or not re.search(r"[^\W\d_]", teks):
        return False
    if re.match(r"\s*(?!(?:19|20|21)\d\d\b)\d[\d.,]*\s*[^\W\d_]", teks):
        return False  # a figure with its unit
    isi = frozenset(k for k in kata(re.sub(r"\d{4}", " ", teks), None) if not k.startswith("@"))
    return any(mirip(isi, p) >= 0.72 for p in {p for t in isi for p in _potongan().get(t, ())})


def mirip_judul(teks: str, spec: TabelSpec) -> float:
    """How much a text reads like a table's title: its number decides, else its words."""
    if re.search(rf"\b{re.escape(spec.kunci)}\b", teks, re.IGNORECASE) and "." in spec.kunci:
        return 1.0
    if re.search(r"\bT-C\.\d\d\b", teks) and "." in spec.kunci:
        return 0.0
    judul = kata(re.sub(r"\{\w+\}|\d{4}|Tabel", " ", spec.judul), None)
    isi = frozenset(k for k in kata(re.sub(r"\d{4}|(?i:tabel)\s*[\d.]*", " ", teks), None) if not k.startswith("@"))
    return mirip(isi, judul)


def tahun_tertulis(teks: str) -> list[int]:
    """Years that a text names."""
    return [int(t) for t in re.findall(r"(?<![\d.,])((?:19|20|21)\d\d)(?![\d.,]\d)", teks)]


_RIBU = re.compile(
    r"\b(?:dalam|x|satuan)\s*:?\s*\(?\s*(?:rp\.?\s*)?(ribu|juta|miliar|milyar)(?:an)?\b|\b(ribu|juta|miliar|milyar)(?:an)?\s+(?:rupiah|rp)\b",
    re.IGNORECASE,
)
_NOL = re.compile(r"\brp\.?\s*,?\s*((?:[.,]?000)+)\b", re.IGNORECASE)


def kelipatan(teks: str) -> int:
    """By what amounts under a header or title are to be multiplied: 1,000 for "dalam ribuan rupiah"; 1 where nothing is said."""
    m = _RIBU.search(teks)
    if m:
        return {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9}[(m[1] or m[2]).casefold()]
    m = _NOL.search(teks)
    return 10 ** m[1].count("0") if m else 1
