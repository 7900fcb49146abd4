"""Finding the workbooks, and reading one: the unit of work that any executor runs."""

from __future__ import annotations

import glob
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from renja_xl.bappeda.rekap.rekaman import HasilRekaman, Jumlah, Rekaman, jumlahkan, ke_json, susun_rekaman
from renja_xl.core import kode as kd
from renja_xl.core.buku import Level, Nilai
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.errors import RenjaError, SumberTidakTerbacaError

VERSI = 2
"""Of what is kept of a file from one run to the next."""

AKHIRAN = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_DILEWATI = frozenset({"Cadangan"})


# ── which files ───────────────────────────────────────────────────────────────────────────────────────────────


def cari_berkas(sumber: Iterable[str]) -> list[Path]:
    """Workbooks of folders (with all below them), files and patterns, each once, in the order of their names.

    Raises:
        SumberTidakTerbacaError: a source that is not there.
    """
    hasil: dict[Path, None] = {}
    for teks in sumber:
        path = Path(teks)
        if path.is_dir():
            daftar = [p for p in path.rglob("*") if _buku(p, path)]
        elif path.exists():
            daftar = [path]
        else:
            daftar = [p for n in glob.glob(teks, recursive=True) if _buku(p := Path(n), p.parent)]
            daftar += [p for n in glob.glob(teks, recursive=True) if Path(n).is_dir() for p in cari_berkas([n])]
            if not daftar:
                raise SumberTidakTerbacaError(f"{teks} tidak ditemukan; mohon periksa nama folder atau berkasnya.")
        hasil |= dict.fromkeys(sorted(daftar))
    return list(hasil)


def _buku(p: Path, akar: Path) -> bool:
    if p.suffix.lower() not in AKHIRAN or p.name.startswith(("~$", ".")):
        return False
    bagian = p.relative_to(akar).parts[:-1]
    return not any(b in _DILEWATI or b.startswith(".") for b in bagian) and p.is_file()


# ── one file ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Ringkas:
    """What is kept in memory of one file.

    Attributes:
        galat: why it could not be read, a sentence.
        temuan: open findings by level; None where it was not audited.
        program: urusan, kode, name, and sen by ``ukuran``.
        nomenklatur: kode, name, official name (empty: unknown kode), sheet, row.
        sidik: SHA-256 of the file's bytes.
        sebagian: whether only the sheets that hold the amounts were opened; damage in another goes unseen.
    """

    galat: str = ""
    jenis: str = ""
    perangkat_daerah: str = ""
    kabupaten: str = ""
    provinsi: str = ""
    bidang: str = ""
    tahun: int = 0
    tahapan: str = ""
    revisi: int = 0
    temuan: dict[str, int] | None = None
    catatan: list[str] = field(default_factory=list)
    program: list[tuple[str, str, str, dict[str, int]]] = field(default_factory=list)
    sumber_dana: dict[str, int] = field(default_factory=dict)
    urusan: dict[str, str] = field(default_factory=dict)
    tertulis: dict[str, int] = field(default_factory=dict)
    nomenklatur: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    banyak: int = 0
    sub_kegiatan: int = 0
    sidik: str = ""
    sebagian: bool = False


def baca_banyak(tugas: Sequence[str], periksa: bool) -> list[tuple[dict[str, Any], bytes]]:
    """Several files: a chunk of work for an executor; see ``baca_satu``."""
    from renja_xl.core.pengumpul import tanpa_pengumpul  # noqa: PLC0415 - workers load what they need

    hasil = []
    for t in tugas:
        with tanpa_pengumpul():
            hasil.append(baca_satu(t, periksa))
    return hasil


def baca_satu(path: str, periksa: bool) -> tuple[dict[str, Any], bytes]:
    """One file, whatever is in it.

    Args:
        periksa: whether to audit it, too.

    Returns:
        ``Ringkas`` as a dict, and its records as packed JSON (empty where it could not be read).
    """
    ringkas = Ringkas()
    try:
        hasil = _baca(Path(path), periksa, ringkas)
    except RenjaError as galat:
        ringkas.galat = str(galat)
    except (MemoryError, RecursionError):
        ringkas.galat = (
            f"Berkas {path} terlalu besar atau terlalu rumit untuk dibaca; mohon minta salinan yang lebih ringkas."
        )
    except Exception as galat:  # one file that nobody foresaw must not stop the others
        ringkas.galat = (
            f"Berkas {path} tidak dapat dibaca ({type(galat).__name__}); mohon buka dan simpan ulang di Excel."
        )
    else:
        return vars(ringkas), zlib.compress(
            json.dumps(ke_json(hasil), ensure_ascii=False, separators=(",", ":")).encode(), 1
        )
    return vars(ringkas), b""


def baca_rekaman(isi: bytes) -> list[Any]:
    """Records of a file as JSON lists (see ``rekaman.Rekaman``)."""
    return list(json.loads(zlib.decompress(isi))) if isi else []


def _baca(path: Path, periksa: bool, ringkas: Ringkas) -> list[Rekaman]:
    from renja_xl.bappeda.rekap.ringan import ambil, milik_kita  # noqa: PLC0415 - workers load what they need
    from renja_xl.excel.kenali import AKHIRAN as AKHIRAN_PAKET  # noqa: PLC0415
    from renja_xl.excel.kenali import baca_berkas  # noqa: PLC0415
    from renja_xl.excel.paket import Paket  # noqa: PLC0415

    data = baca_berkas(path, lama=True)
    ringkas.sidik = hashlib.sha256(data).hexdigest()
    if data.startswith(b"PK") and path.suffix.lower() in AKHIRAN_PAKET:
        paket = Paket(path, data)
        if milik_kita(paket):
            if any(n.startswith("xl/externalLinks/") for n in paket.entri):
                ringkas.catatan.append(
                    "Buku ini memuat tautan ke buku lain; yang dipakai nilai terakhir yang tersimpan."
                )
            if not periksa and (terambil := ambil(paket)) is not None:
                ringkas.jenis, ringkas.sebagian = _jenis(paket), True
                _identitas(ringkas, terambil.profil, terambil.revisi)
                return _selesai(path, ringkas, susun_rekaman(terambil.tabel, terambil.letak, ringkas.bidang))
            return _induk(path, paket, periksa, ringkas)
    return _asing(path, periksa, ringkas)


def _jenis(paket: Any) -> str:
    from renja_xl.tabel.berbagi import SAMPUL  # noqa: PLC0415

    return "Salinan kirim" if SAMPUL in paket.lembar else "Buku induk"


def _induk(path: Path, paket: Any, periksa: bool, ringkas: Ringkas) -> list[Rekaman]:
    """One of ours, the long way."""
    from renja_xl.bappeda.rekap.ringan import ambil  # noqa: PLC0415
    from renja_xl.excel.baca import baca  # noqa: PLC0415

    terbaca = baca(path)
    ringkas.jenis = _jenis(paket)
    buku = terbaca.buku
    terambil = ambil(paket)
    profil = {str(b["kunci"].nilai): b["nilai"].nilai for b in buku.baris("Profil")}
    _identitas(ringkas, profil, terambil.revisi if terambil else profil.get("revisi"))
    if periksa:
        from renja_xl.excel.kisi_induk import kisi_induk  # noqa: PLC0415

        _periksa(ringkas, buku, terbaca.letak, kisi_induk(terbaca))
    if terambil is not None:  # the same records as without the audit
        return _selesai(path, ringkas, susun_rekaman(terambil.tabel, terambil.letak, ringkas.bidang))
    tabel = {k: v for k, v in buku.tabel.items() if k != "RKT"}
    return _selesai(path, ringkas, susun_rekaman(tabel, terbaca.letak, ringkas.bidang, _kode(buku)))


def _asing(path: Path, periksa: bool, ringkas: Ringkas) -> list[Rekaman]:
    """A workbook of official layouts; its headings are matched by meaning."""
    from renja_xl.sumber import baca_asing  # noqa: PLC0415

    hasil = baca_asing(path, _butir())
    ringkas.jenis = "Buku lain"
    buku = hasil.buku
    profil = {str(b["kunci"].nilai): b["nilai"].nilai for b in buku.baris("Profil")}
    _identitas(ringkas, profil, profil.get("revisi"))
    ada = [k for k in ("T-C.33", "T-C.31") if buku.baris(k)]
    if not ada:
        ringkas.catatan.append("Tabel T-C.33 dan T-C.31 tidak ditemukan di buku ini; pagunya belum terjumlah.")
    belum = len(buku.baris("Belum Terpetakan"))
    if belum:
        ringkas.catatan.append(
            f"{belum} baris atau kolom tidak dikenali kedudukannya dan belum ikut; mohon periksa kepala tabelnya."
        )
    if hasil.peta is not None:
        ringkas.catatan += list(hasil.peta.catatan)
    if periksa:
        _periksa(ringkas, buku, hasil.letak, hasil.kisi)
    tabel = dict(buku.tabel)
    if "T-C.33" in ada:
        tabel.pop("RKT", None)  # repeats the same plan
    return _selesai(path, ringkas, susun_rekaman(tabel, hasil.letak, ringkas.bidang, _kode(buku)))


def _kode(buku: Any) -> dict[str, str]:
    return {s.id: s.kode for s in buku.simpul if s.kode}


def _periksa(ringkas: Ringkas, buku: Any, letak: Any, kisi: Any) -> None:
    """The same findings as ``periksa`` has of the file."""
    from renja_xl.core.bahan import Bahan  # noqa: PLC0415
    from renja_xl.core.catatan import keadaan_temuan  # noqa: PLC0415
    from renja_xl.periksa import periksa  # noqa: PLC0415
    from renja_xl.periksa.laporan import ringkas as hitung_temuan  # noqa: PLC0415

    temuan = periksa(buku, bahan=Bahan(letak, kisi))
    ringkas.temuan = dict(hitung_temuan(temuan, keadaan_temuan(buku, temuan)))


def _identitas(ringkas: Ringkas, profil: Mapping[str, Nilai], revisi: Any) -> None:
    def teks(kunci: str) -> str:
        v = profil.get(kunci)
        return "" if v is None else str(int(v) if isinstance(v, float) and v.is_integer() else v).strip().strip("-")

    ringkas.perangkat_daerah, ringkas.kabupaten, ringkas.provinsi = (
        teks(k) for k in ("perangkat_daerah", "kabupaten", "provinsi")
    )
    ringkas.bidang, ringkas.tahapan = teks("kode_bidang_urusan"), teks("tahapan")
    tahun = re.search(r"\b(?:19|20|21)\d\d\b", teks("tahun_anggaran"))
    if tahun is None:
        raise SumberTidakTerbacaError(
            "Lembar Profil: Tahun rencana (n) kosong atau bukan empat angka; mohon isi, misalnya 2026."
        )
    ringkas.tahun = int(tahun[0])
    nomor = re.search(
        r"\d{1,6}", str(int(revisi) if isinstance(revisi, float) and revisi == revisi // 1 else revisi or "")
    )
    ringkas.revisi = int(nomor[0]) if nomor else 0


def _selesai(path: Path, ringkas: Ringkas, hasil: HasilRekaman) -> list[Rekaman]:
    """Names, totals and what was noticed."""
    if not ringkas.perangkat_daerah:
        ringkas.perangkat_daerah = hasil.perangkat_daerah or path.stem
        asal = "baris perangkat daerah pada tabelnya" if hasil.perangkat_daerah else "nama berkasnya"
        ringkas.catatan.append(f"Nama perangkat daerah tidak tertulis di Profil; dipakai dari {asal}.")
    jumlah: Jumlah = jumlahkan(hasil.rekaman)
    ringkas.program = [(*k, v) for k, v in jumlah.program.items()]
    ringkas.sumber_dana, ringkas.banyak, ringkas.sub_kegiatan = jumlah.sumber_dana, jumlah.banyak, jumlah.sub_kegiatan
    resmi = _resmi()[0]
    ringkas.tertulis = hasil.tertulis
    ringkas.urusan = {**{u: resmi[u] for u, *_ in ringkas.program if u in resmi}, **jumlah.urusan}
    ringkas.catatan += hasil.catatan
    ringkas.nomenklatur = list(_nomenklatur(hasil.rekaman, ringkas.bidang))
    if not ringkas.banyak:
        ringkas.catatan.append(
            "Tidak ada angka pagu atau target di tabel rencananya; mohon pastikan tabelnya sudah diisi."
        )
    return hasil.rekaman


# ── nomenclature ──────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=1)
def _butir() -> tuple[Any, ...]:
    from renja_xl.isi import nomenklatur  # noqa: PLC0415

    return tuple(nomenklatur())


@lru_cache(maxsize=1)
def _resmi() -> tuple[dict[str, str], frozenset[str]]:
    """Official name by kode, and the programs that the list reaches."""
    nama = {b.kode: b.nama for b in _butir()}
    return nama, frozenset(b.kode for b in _butir() if b.level is Level.PROGRAM)


def _nomenklatur(rekaman: Sequence[Rekaman], bidang: str) -> Iterable[tuple[str, str, str, str, int]]:
    """Kode that the official list lacks or names otherwise; only where the list reaches that deep."""
    nama, program = _resmi()
    sudah: Counter[str] = Counter()
    for r in rekaman:
        kode = kd.rapikan(r.kode)
        if kode is None or r.level not in {"program", "kegiatan", "sub_kegiatan"} or sudah[kode]:
            continue
        sudah[kode] += 1
        bagian = kode.split(".")
        umum = ".".join(("X.XX", *bagian[2:])) if len(bagian) > 2 and bagian[2] == "01" else kode
        if not {".".join(umum.split(".")[:3]), ".".join(bagian[:3])} & program:
            continue
        resmi = nama.get(umum, nama.get(kode))
        if resmi is None:
            yield kode, r.nama, "", r.lembar, r.baris
        elif r.nama and kunci_teks(resmi) != kunci_teks(r.nama):
            yield kode, r.nama, resmi, r.lembar, r.baris
