"""What prose claims: numbers with their words, counts, citations of decrees, dates, and the sentences that we know.

Everything here reads text alone; nothing is compared with a table. A number is a claim only where the words beside it
say plainly what it counts; what is doubtful is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from renja_xl.core.buku import Level
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.terbilang import urai_terbilang
from renja_xl.tabel.kalimat import KALIMAT_BAKU, PolaKalimat

# ── numbers ───────────────────────────────────────────────────────────────────────────────────────────────────

_ANGKA = r"(?:[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_SKALA = {"ribu": 3, "juta": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12}
_PAKAI_SKALA = rf"(?:\s*(?P<skala>{'|'.join(_SKALA)})\b)?"
_BENDA = r"(?:orang|personil|personel|pegawai|unit|buah|dokumen|persen|rupiah|tahun|bulan)"
_BILANGAN = re.compile(
    rf"(?<![\w.,/\-–])(?P<minus>[-−])?(?P<rp>(?:rp|idr)\.?\s*)?(?P<n>{_ANGKA})(?![\d/]|[.,]\d|[-–]\d)"
    rf"(?P<strip>,\s?[-–]+)?{_PAKAI_SKALA}(?P<satuan>\s*(?:%|persen\b|rupiah\b))?"
    rf"(?:(?P<benda>\s*{_BENDA})?\s*\((?P<kurung>[^()]{{1,300}})\))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bilangan:
    """A number in a text.

    Attributes:
        nilai: its value; rupiah, percent, or a plain number.
        langkah: one unit of its last written digit (``Rp27,5 miliar`` → 10^8).
        jenis: ``rp``, ``%`` or empty.
        teks: the number as written, without its words.
        kurung: what stands in brackets right behind it.
        nilai_kata: the number that those brackets spell, None where they spell none.
        awal, akhir: where it stands, brackets included.
    """

    nilai: Decimal
    langkah: Decimal
    jenis: str
    teks: str
    kurung: str
    nilai_kata: Decimal | None
    awal: int
    akhir: int

    @property
    def bulat(self) -> int | None:
        """Its value where it is a plain whole number."""
        return int(self.nilai) if not self.jenis and self.nilai == self.nilai.to_integral_value() else None

    @property
    def kata_berbeda(self) -> bool:
        """Whether its words spell another number; words may leave out the decimals."""
        return self.nilai_kata not in {None, self.nilai, Decimal(round(self.nilai))}

    def sepakat(self, benar: Decimal, toleransi: Decimal = Decimal(0)) -> bool:
        """Whether it is that value at its own precision, in digits or in words."""
        return abs(self.nilai - benar) <= self.langkah / 2 + toleransi or self.nilai_kata == benar

    def terpotong(self, benar: Decimal) -> bool:
        """Whether it is that value cut off instead of rounded."""
        return (benar / self.langkah).to_integral_value(ROUND_DOWN) * self.langkah == self.nilai


@lru_cache(maxsize=256)  # each rule reads the same text
def bilangan(teks: str) -> tuple[Bilangan, ...]:
    """The numbers of a text in order; not those inside codes, references and ranges (``3.1.4``, ``2021-2026``)."""
    hasil = []
    for m in _BILANGAN.finditer(teks):
        satuan = (m["satuan"] or "").strip().casefold()
        benda = (m["benda"] or "").strip().casefold()
        polos = m["n"].replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", m["n"]) else m["n"]
        if m["n"].startswith("0."):
            polos = m["n"]
        nilai = Decimal(polos.replace(",", "."))
        pangkat = _SKALA[m["skala"].casefold()] if m["skala"] else 0
        pecahan = len(re.split(r"[.,]", polos)[1]) if re.search(r"[.,]", polos) else 0
        nilai = nilai.scaleb(pangkat) * (-1 if m["minus"] else 1)
        kurung = m["kurung"] or ""
        jenis = "rp" if m["rp"] or "rupiah" in {satuan, benda} else "%" if satuan or benda == "persen" else ""
        akhir_teks = max(m.end(g) for g in ("n", "strip", "skala", "satuan") if m[g] is not None)
        hasil.append(
            Bilangan(
                nilai,
                Decimal(1).scaleb(pangkat - pecahan),
                jenis,
                teks[m.start() : akhir_teks].strip(),
                kurung.strip(),
                urai_terbilang(kurung),
                m.start(),
                m.end() if kurung else akhir_teks,
            )
        )
    return tuple(hasil)


# ── sentences and counts ──────────────────────────────────────────────────────────────────────────────────────

_AKHIR_KALIMAT = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"(])")
_SINGKATAN = re.compile(
    r"(?:\b(?:rp|no|nomor|s\.d|jl|dr|drs|dra|ir|h|hj|st|tgl|tel[ph]?|\w)|^\s*\d+)\.$", re.IGNORECASE
)


def kalimat(teks: str) -> Iterator[str]:
    """The sentences of a text; an abbreviation's dot ends none."""
    awal = 0
    for m in _AKHIR_KALIMAT.finditer(teks):
        if not _SINGKATAN.search(teks[max(awal, m.start() - 12) : m.start()]):
            yield teks[awal : m.start()]
            awal = m.end()
    yield teks[awal:]


_UNSUR = r"sub[\s\-]*kegiatan|kegiatan|program|urusan"
_SESUDAH = re.compile(rf"\s*(?P<apa>{_UNSUR})\b(?P<ekor>.{{0,40}})", re.IGNORECASE | re.DOTALL)
_EKOR_POLOS = re.compile(
    r"\s*(?:$|[,.;:)\d]|(?:dan|serta|dengan|yakni|yaitu|pada|tahun|sebagaimana|melebihi|memenuhi|tidak|belum)\b"
    r"|(?:yang\s+)?(?:di)?(?:jabarkan|rinci|uraikan|terdiri|terbagi|meliputi|mencakup|bagi)\b"
    r"|yang\s+(?:tidak\s+|belum\s+)?(?:memenuhi|melebihi|mencapai)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hitungan:
    """A count of nodes of one level."""

    level: Level
    bilangan: Bilangan
    polos: bool
    """Whether nothing narrows it (``3 program``, not ``2 program prioritas``)."""


def _level(teks: str) -> Level:
    kata = re.sub(r"[\s\-]+", "_", teks.strip().casefold())
    return Level.SUB_KEGIATAN if kata.startswith("sub") else Level(kata)


_KATA_BILANGAN = (
    r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|seratus|seribu|belas|puluh|ratus|ribu)"
)
_TERBILANG = re.compile(
    rf"(?<!salah )\b(?P<kata>{_KATA_BILANGAN}(?:\s+{_KATA_BILANGAN})*)(?=\s+(?:{_UNSUR})\b)", re.IGNORECASE
)


def _terbilang_saja(teks: str) -> Iterator[Bilangan]:
    """Counts in words alone (``tiga program``); words in brackets belong to the digits before them."""
    polos = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), teks)
    for m in _TERBILANG.finditer(polos):
        nilai = urai_terbilang(m["kata"])
        if nilai is not None:
            yield Bilangan(nilai, Decimal(1), "", m["kata"], "", None, m.start(), m.end())


def hitungan(teks: str) -> list[Hitungan]:
    """Counts of urusan, program, kegiatan, sub kegiatan, in digits or words; the noun may stand in the brackets (``12 (Kegiatan)``)."""
    hasil = []
    for b in sorted((*bilangan(teks), *_terbilang_saja(teks)), key=lambda b: b.awal):
        if b.bulat is None:
            continue
        if re.fullmatch(_UNSUR, b.kurung, re.IGNORECASE):
            hasil.append(Hitungan(_level(b.kurung), b, polos=True))
        elif m := _SESUDAH.match(teks, b.akhir):
            hasil.append(Hitungan(_level(m["apa"]), b, polos=bool(_EKOR_POLOS.match(m["ekor"]))))
    return hasil


def tahun_disebut(teks: str) -> set[int]:
    """Years that a sentence speaks of; those of regulations and of periods are none."""
    tanpa = re.sub(r"\bnomor\s+\S+\s+tahun\s+\d{4}", " ", teks, flags=re.IGNORECASE)
    tanpa = re.sub(r"\b\d{4}\s*(?:[-–/]|s\.?\s?/?d\.?)\s*\d{4}\b", " ", tanpa)
    return {int(t) for t in re.findall(r"(?<![\d.,/\-])(?:19|20|21)\d\d(?![\d/]|[.,]\d)", tanpa)}


def butir(teks: str) -> list[str]:
    """Items of a list numbered 1, 2, 3 … in one text; empty where the numbers do not follow each other."""
    potongan = re.split(r"(?:^|[;,\n]\s*|\s{2,})(\d{1,2})[.)]\s+", teks)
    nomor, isi = potongan[1::2], potongan[2::2]
    return isi if nomor == [str(n) for n in range(1, len(nomor) + 1)] else []


# ── our own sentences ─────────────────────────────────────────────────────────────────────────────────────────

_ISIAN = re.compile(r"\{(\w+)\|(\w+)\}|\{(\w+)\}|\s+")
_BENTUK = {
    "kata": rf"{_ANGKA}(?:\s*\([^()]*\))?",
    "persen": rf"{_ANGKA}\s*%",
    "angka": rf"[-−]?{_ANGKA}",
    "arah": r"lebih kecil|lebih besar|tidak berbeda, yaitu",
    "naikturun": r"naik|turun|tidak berubah, dengan selisih",
}
_UANG = rf"[-−]?rp\.?\s*{_ANGKA}(?:,\s?-+)?(?:\s*(?:ribu|juta|miliar|milyar|triliun)\b)?(?:\s*\([^()]*\))?"


@dataclass(frozen=True, slots=True)
class Isian:
    """One blank of a known sentence as somebody filled it; ``bilangan`` is None for words (lebih besar)."""

    besaran: str
    bentuk: str
    teks: str
    bilangan: Bilangan | None


@dataclass(frozen=True, slots=True)
class KalimatBaku:
    """A known sentence found in a text; ``tahun`` are the years it names, by role (``n``, ``n2`` …)."""

    kunci: str
    isian: tuple[Isian, ...]
    tahun: tuple[tuple[str, int], ...]
    awal: int
    akhir: int


@lru_cache(maxsize=1)
def _pola_baku() -> tuple[tuple[PolaKalimat, re.Pattern[str], tuple[tuple[str, str], ...], tuple[str, ...]], ...]:
    """Each known sentence as a pattern, its blanks as (quantity, form) and its years, in the order of the groups."""
    hasil = []
    for p in KALIMAT_BAKU:
        pola, akhir = "", 0
        isian: list[tuple[str, str]] = []
        tahun: list[str] = []
        for m in _ISIAN.finditer(p.pola):
            pola += re.escape(p.pola[akhir : m.start()])
            akhir = m.end()
            if m[1]:
                pola += f"(?P<i{len(isian)}>{_BENTUK.get(m[2], _UANG)})"
                isian.append((m[1], m[2]))
            elif m[3]:
                pola += rf"(?P<t{len(tahun)}>\d{{4}})"
                tahun.append(m[3])
            else:
                pola += r"\s+"
        pola += re.escape(p.pola[akhir:].removesuffix("."))
        hasil.append((p, re.compile(pola, re.IGNORECASE), tuple(isian), tuple(tahun)))
    return tuple(hasil)


_AWAL = re.compile(r"(?:^|[.!?;])\s*$")
_AKHIR = re.compile(r"\s*(?:[.;,]|$)")


def kalimat_baku(teks: str) -> list[KalimatBaku]:
    """Sentences of ``tabel.kalimat`` in a text, whatever numbers stand in them."""
    hasil = []
    for p, pola, isian, tahun in _pola_baku():
        for m in pola.finditer(teks):
            if not _AWAL.search(teks[: m.start()][-3:]) or not _AKHIR.match(teks, m.end()):
                continue
            isi = tuple(
                Isian(
                    besaran,
                    bentuk,
                    m[f"i{n}"],
                    next(iter(bilangan(m[f"i{n}"])), None) if bentuk not in {"arah", "naikturun"} else None,
                )
                for n, (besaran, bentuk) in enumerate(isian)
            )
            hasil.append(
                KalimatBaku(p.kunci, isi, tuple((t, int(m[f"t{n}"])) for n, t in enumerate(tahun)), m.start(), m.end())
            )
    return hasil


# ── decrees and dates ─────────────────────────────────────────────────────────────────────────────────────────

_BULAN = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
_TANGGAL = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(_BULAN)})\s+(\d{{4}})(?!\d)", re.IGNORECASE)
_RUJUKAN = re.compile(
    r"(?P<jenis>(?:Peraturan|Keputusan|Undang[\s-]*Undang|Instruksi|Surat Edaran)(?:\s+[A-Z][\w\-/]*){0,8}?)\s+"
    r"(?:Nomor|No\.?)\s*:?\s*(?P<nomor>\d[\w./\-]*)(?:\s+Tahun\s+(?P<tahun>\d{4}))?"
    rf"(?:,?\s+tanggal\s+(?P<tanggal>\d{{1,2}}\s+(?:{'|'.join(_BULAN)})\s+\d{{4}}))?"
    r"(?:\s+tentang\s+(?P<tentang>[^;\n]+))?",
    re.IGNORECASE,
)


def tanggal(teks: str) -> list[tuple[int, int, int]]:
    """Dates in a text as (year, month, day)."""
    return [(int(m[3]), _BULAN.index(m[2].casefold()) + 1, int(m[1])) for m in _TANGGAL.finditer(teks)]


@dataclass(frozen=True, slots=True)
class Rujukan:
    """A cited regulation; all parts in a form for comparing, ``sebutan`` as people write it."""

    jenis: str
    nomor: str
    tahun: str
    tentang: str
    sebutan: str
    tanggal: tuple[tuple[int, int, int], ...] = ()


def rujukan(teks: str) -> list[Rujukan]:
    """Regulations and decrees that a text cites by number."""
    hasil = []
    for m in _RUJUKAN.finditer(teks):
        nomor = re.sub(r"^0+(?=\d)", "", m["nomor"].rstrip(".,;/-"))
        tentang = re.split(r"\s*\((?:Lembaran|Berita|Tambahan)|\.(?:\s|$)", m["tentang"] or "")[0]
        tentang = kunci_teks(re.sub(r"\([^()]*\)", " ", tentang))
        sebutan = f"Nomor {m['nomor'].rstrip('.,;')}" + (f" Tahun {m['tahun']}" if m["tahun"] else "")
        jenis = re.sub(r"\b(?:kabupaten|kota|provinsi)\b", " ", m["jenis"], flags=re.IGNORECASE)
        ekor = re.search(r"/(\d{4})$", nomor)
        tahun = m["tahun"] or (ekor[1] if ekor else "")
        waktu = tuple(tanggal(m["tanggal"] or ""))
        if waktu:
            sebutan += f" tanggal {m['tanggal']}"
        hasil.append(Rujukan(kunci_teks(jenis), nomor.casefold(), tahun, tentang, sebutan, waktu))
    return hasil


# ── facts of Profil ───────────────────────────────────────────────────────────────────────────────────────────

_TEMPAT = (
    "keputusan", "lampiran", "landasan_hukum", "latar_belakang", "analisis", "ditetapkan", "daftar_isi", "isi", "sampul",
    "kata_pengantar", "pendahuluan", "penutup", "narasi",
)  # fmt: skip
_NOMOR_BAB = re.compile(r"_(?:bab_[ivx\d]+|\d{1,2}(?:_\d{1,2})*)$")


def pangkal(kunci: str, bagian: str = "") -> str:
    """A fact's key without its last part where that only names the place in the document (``…_bab_v``, ``…_2_1``)."""
    akhiran = re.sub(r"\W+", "_", bagian.casefold()).strip("_")
    for a in sorted((*_TEMPAT, *([akhiran] if akhiran else ())), key=len, reverse=True):
        if kunci.endswith(f"_{a}") and not re.search(r"(?:^|_)(?:bab|tabel)$", kunci.removesuffix(f"_{a}")):
            return kunci.removesuffix(f"_{a}")
    m = _NOMOR_BAB.search(kunci)
    return kunci[: m.start()] if m and not re.search(r"(?:^|_)(?:bab|tabel)$", kunci[: m.start()]) else kunci


def bagian_rencana(bagian: str) -> bool | None:
    """Whether a part of the document speaks of the plan year (Bab III and later); None where it cannot be told."""
    m = re.match(r"\s*(?:bab\s+)?([ivx]+|\d)\b", bagian, re.IGNORECASE)
    if not m:
        return None
    nomor = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}.get(
        m[1].casefold(), int(m[1]) if m[1].isdigit() else 0
    )
    return None if nomor < 2 else nomor > 2


def penomoran(teks: str) -> Sequence[int]:
    """A list of bare numbers (``1, 2, 3``); empty where a text is something else."""
    return [int(n) for n in re.findall(r"\d+", teks)] if re.fullmatch(r"\s*\d+(?:\s*[,;]\s*\d+)+\s*", teks) else ()
