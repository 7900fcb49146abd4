"""Values as people type them, read by one parser that never guesses silently.

``urai`` gives number, unit, grade and notes on what it repaired or could not read; callers keep the original text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache

from renja_xl.core.buku import Nilai, Sel

BATAS_RUPIAH = 10**13
"""Amounts are smaller than this many rupiah, so that sen stay exact in a cell's double."""


_LUAS = Context(prec=700)
"""Digits enough for any double and any printed number."""


BATAS_TEKS = 32_767
"""UTF-16 units of text that one cell of a workbook holds."""


class Catatan(StrEnum):
    """What the parser noticed; each becomes a finding of family FMT."""

    TIDAK_TERBACA = "tidak_terbaca"
    TITIK_DESIMAL = "titik_desimal"
    RIBUAN_KOMA = "ribuan_koma"
    RIBUAN_SPASI = "ribuan_spasi"
    KOMA_MERAGUKAN = "koma_meragukan"
    PECAHAN_SEN = "pecahan_sen"
    TERLALU_BESAR = "terlalu_besar"


@dataclass(frozen=True, slots=True)
class Terurai:
    """A typed value taken apart. ``nilai`` is None for blanks and for text that holds no readable number."""

    nilai: Decimal | None = None
    satuan: str | None = None
    predikat: str | None = None
    catatan: tuple[Catatan, ...] = ()

    @property
    def terbaca(self) -> bool:
        return Catatan.TIDAK_TERBACA not in self.catatan


_KOSONG = frozenset({"", "-", "–", "—"})
_ANGKA = r"(?P<tanda>[-−(]?\s*)(?P<angka>\d(?:[\d.,  ]*\d)?)(?P<tutup>\)?)"
_RUPIAH = re.compile(r"^\s*(?:rp\.?|idr)\s*", re.IGNORECASE)
_EKOR_RUPIAH = re.compile(r",\s*[-–—]+\s*$")
_PREDIKAT_NILAI = re.compile(rf"^(?P<predikat>[^\W\d][^\d()]*?)\s*\(\s*{_ANGKA}\s*\)$")
_NILAI_PREDIKAT = re.compile(rf"^{_ANGKA}\s*\(\s*(?P<predikat>[^\W\d][^\d()]*?)\s*\)$")
_NILAI_SATUAN = re.compile(rf"^{_ANGKA}\s*(?P<satuan>%|[^\W\d][^\d]*?)?\.?$")

_BENTUK: tuple[tuple[re.Pattern[str], str, Catatan | None], ...] = (
    (re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?"), ".", None),  # 1.400 and 1.400,5
    (re.compile(r"\d+"), "", None),
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?"), ",", Catatan.RIBUAN_KOMA),  # 1,400,000.5
    (re.compile(r"[1-9]\d{0,2},\d{3}\.\d+"), ",", Catatan.RIBUAN_KOMA),  # 1,400.50
    (re.compile(r"[1-9]\d{0,2},\d{3}"), ".", Catatan.KOMA_MERAGUKAN),  # 1,400: a comma decimal or a thousand
    (re.compile(r"\d+,\d+"), ".", None),
    (re.compile(r"\d+\.\d+"), "", Catatan.TITIK_DESIMAL),  # 7.13
    (re.compile(r"[1-9]\d{0,2}(?:[  ]\d{3})+(?:,\d+)?"), "  .", Catatan.RIBUAN_SPASI),  # 1 400 000
)
"""Shapes of a number, what separates its thousands, and what the shape gives to notice; the first match decides."""


def _angka(teks: str) -> tuple[Decimal, Catatan | None] | None:
    for pola, ribuan, catatan in _BENTUK:
        if pola.fullmatch(teks):
            polos = "".join(ch for ch in teks if ch not in ribuan)
            return Decimal(polos.replace(",", ".")), catatan
    return None


@lru_cache(maxsize=20_000)  # import, recompute and several rules read the same texts
def urai(teks: str) -> Terurai:
    """Take a typed value apart.

    Examples: ``1.400`` → 1400; ``65,18`` → 65.18; ``85%`` → 85 with unit %; ``B (78)`` → 78 with predikat B;
    ``5 dok`` → 5 with unit dok; ``Rp. 26.254.031.882,-`` → 26254031882; ``259.987.00,00`` → unreadable.
    """
    bersih = re.sub(r"[\s ]+", " ", teks).strip()
    if bersih in _KOSONG:
        return Terurai()
    polos = _EKOR_RUPIAH.sub("", _RUPIAH.sub("", bersih)).strip()
    for pola in (_PREDIKAT_NILAI, _NILAI_PREDIKAT, _NILAI_SATUAN):
        cocok = pola.match(polos)
        if not cocok:
            continue
        tanda, tutup = cocok["tanda"].strip(), cocok["tutup"]
        terbaca = _angka(cocok["angka"].strip())
        bagian = cocok.groupdict()
        if terbaca is None or (tanda == "(") != bool(tutup) or (tanda == "(" and bagian.get("satuan")):
            continue
        nilai, catatan = terbaca
        return Terurai(
            -nilai if tanda else nilai,
            (bagian.get("satuan") or "").strip() or None,
            (bagian.get("predikat") or "").strip() or None,
            (catatan,) if catatan else (),
        )
    return Terurai(catatan=(Catatan.TIDAK_TERBACA,))


def urai_rupiah(teks: str) -> tuple[int | None, tuple[Catatan, ...]]:
    """A typed amount in sen, exact, with the parser's notes; None where blank or unreadable."""
    hasil = urai(teks)
    if hasil.nilai is None:
        return None, hasil.catatan
    if hasil.satuan or hasil.predikat:
        return None, (Catatan.TIDAK_TERBACA,)
    sen, catatan = sen_dari_rupiah(hasil.nilai)
    return sen, hasil.catatan + ((catatan,) if catatan else ())


def sen_dari_rupiah(rupiah: Decimal) -> tuple[int | None, Catatan | None]:
    """Rupiah to whole sen; None, with the reason, for fractions of a sen and amounts of 10^13 rupiah or more."""
    if abs(rupiah) >= BATAS_RUPIAH:
        return None, Catatan.TERLALU_BESAR
    sen = rupiah * 100
    return (int(sen), None) if sen == sen.to_integral_value() else (None, Catatan.PECAHAN_SEN)


def rupiah_dari_sen(sen: int) -> int | float:
    """Sen as the number that a cell shows (rupiah); the nearest double gives the same sen back."""
    return sen // 100 if sen % 100 == 0 else sen / 100


def _kelompok(bulat: str) -> str:
    return f"{int(bulat):,}".replace(",", ".")


def tulis_desimal(nilai: Decimal) -> str:
    """A number in Indonesian notation: ``1.400``, ``65,18``."""
    tanda = "-" if nilai < 0 else ""
    bulat, _, pecahan = format(abs(nilai), "f").partition(".")
    pecahan = pecahan.rstrip("0")
    return f"{tanda}{_kelompok(bulat)}{',' + pecahan if pecahan else ''}"


def tulis_rupiah(sen: int) -> str:
    """An amount in Indonesian notation, sen only where there are any: ``20.345.704.066,95``."""
    bulat, sisa = divmod(abs(sen), 100)
    return f"{'-' if sen < 0 else ''}{_kelompok(str(bulat))}{f',{sisa:02d}' if sisa else ''}"


def tulis_rp(sen: int) -> str:
    """An amount with its currency: ``Rp1.500``, ``-Rp0,05``."""
    return f"{'-' if sen < 0 else ''}Rp{tulis_rupiah(abs(sen))}"


def tulis_angka(nilai: float, desimal: int = 6) -> str:
    """A number in Indonesian notation, rounded half up to at most ``desimal`` places, of 15 digits as Excel shows them."""
    satuan = Decimal(1).scaleb(-desimal)
    return tulis_desimal(Decimal(f"{nilai:.15g}").quantize(satuan, ROUND_HALF_UP, _LUAS))


def tulis(nilai: Nilai, *, rupiah: bool = False, desimal: int = 6) -> str:
    """Any cell value as a planner reads it."""
    if nilai is None:
        return ""
    if isinstance(nilai, str):
        return nilai
    return tulis_rupiah(int(nilai)) if rupiah else tulis_angka(float(nilai), desimal)


def teks_angka(nilai: Nilai) -> str:
    """A value as a formula joins it to a text."""
    return str(int(nilai)) if isinstance(nilai, float) and nilai.is_integer() else str(nilai)


def sama_teks(nilai: Nilai, teks: str) -> bool:
    """Whether a cell holds a text, as a formula compares: letter case does not matter, spaces do."""
    return isinstance(nilai, str) and nilai.casefold() == teks.casefold()


def teks_semula(sel: Sel, *, rupiah: bool = False) -> str | None:
    """Text to keep when a cell's value is replaced: what somebody typed there, else its original."""
    if sel.rumus or sel.nilai is None or (sel.asli is not None and tercetak(sel, rupiah=rupiah) == sel.asli):
        return sel.asli
    return tulis(sel.nilai, rupiah=rupiah, desimal=15)


def tercetak(sel: Sel, *, rupiah: bool = False) -> str | None:
    """The cell's original text while the cell still holds its value; None once the value has changed."""
    if isinstance(sel.nilai, str) and not sel.rumus:
        return sel.nilai
    if sel.asli is None:
        return None
    if rupiah:
        sen = urai_rupiah(sel.asli)[0]
        return sel.asli if sen is not None and sen == sel.nilai else None
    nilai = urai(sel.asli).nilai
    return sel.asli if nilai is not None and float(nilai) == sel.nilai else None


def _langkah(teks: str) -> tuple[Decimal, int] | None:
    """The printed number, and the exponent of its last printed digit."""
    hasil = urai(teks)
    if hasil.nilai is None:
        return None
    return hasil.nilai, int(hasil.nilai.as_tuple().exponent)


def langkah_cetak(teks: str) -> Decimal | None:
    """One unit of a printed number's last digit: 86,38 → 0,01; None where it is no number."""
    langkah = _langkah(teks)
    return None if langkah is None else Decimal(1).scaleb(langkah[1])


def sesuai_cetak(teks: str, seharusnya: Decimal) -> bool:
    """Whether a printed figure agrees: within half a unit of its own last printed digit."""
    langkah = _langkah(teks)
    if langkah is None:
        return False
    nilai, pangkat = langkah
    toleransi = Decimal(1).scaleb(pangkat) / 2 + Decimal("1e-9")
    return abs(nilai - seharusnya) <= toleransi


def terpotong(teks: str, seharusnya: Decimal) -> bool:
    """Whether a printed figure is the right one cut off instead of rounded."""
    langkah = _langkah(teks)
    if langkah is None:
        return False
    nilai, pangkat = langkah
    return seharusnya.quantize(Decimal(1).scaleb(pangkat), ROUND_DOWN, _LUAS) == nilai
