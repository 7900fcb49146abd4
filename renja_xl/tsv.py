"""Import of a folder of TSV tables (layout of ``workbook/contoh/paser-2025``) into a plan as printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path

from renja_xl.core.buku import Asal, Baris, Buku, Level, Nilai, Sel, baca_level
from renja_xl.core.nilai import BATAS_TEKS
from renja_xl.core.nomenklatur import Butir
from renja_xl.errors import SumberTidakTerbacaError, sebab
from renja_xl.resmi.bahan import BahanImpor, Belum, dengan_status, isi_sel, jadikan_buku
from renja_xl.tabel import PEMENUHAN_TARGET, PROFIL, TABEL_RENCANA, TABEL_TERTAUT
from renja_xl.tabel.profil import ISIAN
from renja_xl.tabel.spec import NAMA_TAHUN, KolomSpec, TabelSpec, Tipe

BATAS_BYTE = 50_000_000
_KODE = "kode"
ALASAN_TABEL = "Tabel ini belum dikenal Renja-XL; isinya disimpan apa adanya."
ALASAN_LEVEL = "Level baris tidak dikenal; isinya disimpan apa adanya."
ALASAN_KOLOM = "Kolom ini tidak ada pada tabelnya; isinya disimpan apa adanya."


@dataclass(frozen=True, slots=True)
class TabelTsv:
    """A TSV file: header and rows of texts, every row as long as the header."""

    berkas: str
    kepala: tuple[str, ...]
    baris: tuple[Mapping[str, str], ...]


def baca_tsv(path: Path) -> TabelTsv:
    """Read one file: UTF-8, tab separated, no quoting, first line the header.

    Raises:
        SumberTidakTerbacaError: not UTF-8, empty, too large, repeated columns, or a row with another number of cells.
    """
    nama = path.name
    try:
        if path.stat().st_size > BATAS_BYTE:
            raise SumberTidakTerbacaError(
                f"Berkas {nama} lebih besar dari {BATAS_BYTE // 1_000_000} MB; mohon periksa isinya."
            )
        mentah = path.read_bytes()
    except OSError as galat:
        raise SumberTidakTerbacaError(
            f"Berkas {nama} tidak dapat dibaca ({sebab(galat)}); mohon periksa izinnya."
        ) from galat
    try:
        teks = mentah.decode("utf-8-sig")
    except UnicodeDecodeError as galat:
        nomor = mentah[: galat.start].count(b"\n") + 1
        raise SumberTidakTerbacaError(
            f"Berkas {nama} baris {nomor} bukan teks UTF-8; mohon simpan ulang berkas itu dengan penyandian UTF-8."
        ) from galat
    teks = teks.replace("\r\n", "\n")
    deret = teks.split("\n" if "\n" in teks else "\r")
    if deret and not deret[-1]:
        deret.pop()
    if not deret or not deret[0].strip():
        raise SumberTidakTerbacaError(
            f"Berkas {nama} kosong; baris pertamanya seharusnya nama kolom. Mohon isi atau pindahkan berkas itu."
        )
    kepala = tuple(k.strip() for k in deret[0].split("\t"))
    ganda = [k for k, n in Counter(kepala).items() if n > 1]
    if ganda:
        raise SumberTidakTerbacaError(f"Berkas {nama}: kolom '{ganda[0]}' tertulis dua kali; mohon sisakan satu.")
    isi = []
    for nomor, b in enumerate(deret[1:], 2):
        if not b.strip():
            continue
        sel = b.split("\t")
        if len(sel) > len(kepala) and any(s.strip() for s in sel[len(kepala) :]):
            raise SumberTidakTerbacaError(
                f"Berkas {nama} baris {nomor} berisi {len(sel)} sel, padahal kepalanya {len(kepala)} kolom; "
                "mohon samakan jumlah tabnya."
            )
        sel += [""] * (len(kepala) - len(sel))
        isi.append(dict(zip(kepala, sel, strict=False)))
    return TabelTsv(nama, kepala, tuple(isi))


def impor_folder(folder: Path, nomenklatur: Iterable[Butir]) -> Buku:
    """The plan in a folder, as printed: rows linked to a struktur, every printed cell with its original text.

    Raises:
        SumberTidakTerbacaError: the folder holds no table that we know, or a file cannot be used.
    """
    return jadikan_buku(baca_folder(folder), nomenklatur)


def baca_folder(folder: Path) -> BahanImpor:
    """What a folder holds of a plan; see ``impor_folder``."""
    if not folder.is_dir():
        raise SumberTidakTerbacaError(f"Folder {folder} tidak ditemukan; mohon periksa nama dan letaknya.")
    tsv = {p.stem.casefold(): baca_tsv(p) for p in sorted(folder.iterdir()) if p.suffix.casefold() == ".tsv"}
    dikenal = {stem: spec for stem in tsv for spec in TABEL_RENCANA if spec.berkas and fnmatch(stem, spec.berkas)}
    if not dikenal:
        nama = ", ".join(f"{spec.berkas}.tsv" for spec in TABEL_TERTAUT)
        raise SumberTidakTerbacaError(
            f"Folder {folder} tidak memuat tabel Renja; seharusnya ada sedikitnya satu dari {nama}."
        )
    tahun = _tahun(tsv, dikenal)
    belum: list[Belum] = []
    tabel: dict[str, list[Baris]] = {}
    for stem, spec in dikenal.items():
        tabel.setdefault(spec.kunci, []).extend(_baca_tabel(spec, tsv[stem], tahun, belum, tabel.get(spec.kunci, ())))
    for stem, isi in tsv.items():
        if stem not in {*dikenal, PROFIL.berkas, _KODE}:
            for b in isi.baris:
                belum.append(Belum(isi.berkas, b.get("baris", ""), _gabung(b), ALASAN_TABEL))
    daftar_nama = _daftar_nama(tsv[_KODE]) if _KODE in tsv else []
    isian, fakta = _profil(tsv.get(PROFIL.berkas or ""), dikenal.values())
    return BahanImpor(str(folder), tahun, tabel, isian, fakta, daftar_nama, belum)


# ── one table ─────────────────────────────────────────────────────────────────────────────────────────────────


def _baca_tabel(
    spec: TabelSpec, tsv: TabelTsv, tahun: int, belum: list[Belum], sebelum: Sequence[Baris]
) -> list[Baris]:
    """Rows of one file.

    Args:
        sebelum: rows of the same table from other files.
    """
    nama = {_nama_kolom(k, tahun, tsv.kepala): k for k in spec.kolom_tercetak}
    nomor_berkas = re.sub(r"\D+", ".", Path(tsv.berkas).stem).strip(".")
    _pastikan_kolom(tsv, ["baris", "level", *(n for n, k in nama.items() if k.wajib)], [*nama])
    asing = [k for k in tsv.kepala if k not in nama and k not in {"baris", "level"}]
    hasil = []
    for n, b in enumerate(tsv.baris, 1):
        level = baca_level(b["level"])
        nomor = b["baris"].strip() or str(n)
        if level is None or (level is Level.DATA and spec in TABEL_TERTAUT):
            belum.append(Belum(tsv.berkas, nomor, _gabung(b), ALASAN_LEVEL))
            continue
        belum.extend(Belum(tsv.berkas, nomor, f"{k}: {b[k]}", ALASAN_KOLOM) for k in asing if b[k].strip())
        sel: dict[str, Sel] = {}
        for nama_kolom, kolom in nama.items():
            if len(b.get(nama_kolom, "")) > BATAS_TEKS:
                raise SumberTidakTerbacaError(
                    f"Berkas {tsv.berkas} baris {nomor} kolom '{nama_kolom}': teksnya {len(b[nama_kolom])} huruf, padahal satu sel "
                    f"Excel memuat paling banyak {BATAS_TEKS}; mohon pendekkan."
                )
            isi_sel(kolom, b.get(nama_kolom, ""), sel)
        if spec.kolom_berkas:
            tipe = spec.menurut_kunci[spec.kolom_berkas].tipe
            sel[spec.kolom_berkas] = Sel(float(nomor_berkas) if tipe is Tipe.ANGKA else nomor_berkas)
        hasil.append(Baris(f"{spec.awalan_id}-{len(sebelum) + n:04d}", level, sel, asal=Asal(tsv.berkas, nomor)))
    if spec is PEMENUHAN_TARGET:
        hasil = [dengan_status(b) for b in hasil]
    return hasil


def _nama_kolom(kolom: KolomSpec, tahun: int, kepala: Sequence[str]) -> str:
    """Name of a column in a file: with the last year of the Renstra where the file names it."""
    dasar = kolom.nama(tahun)
    if not kolom.kunci.endswith("_re"):
        return dasar
    return next((k for k in kepala if re.fullmatch(rf"{re.escape(dasar)}(?:_\d{{4}})?", k)), dasar)


def _pastikan_kolom(tsv: TabelTsv, wajib: Sequence[str], dikenal: Sequence[str]) -> None:
    kurang = [k for k in wajib if k not in tsv.kepala]
    if not kurang:
        return
    lain = [k for k in tsv.kepala if k not in dikenal]
    mirip = get_close_matches(kurang[0], lain, n=1, cutoff=0.6)
    petunjuk = f"; mungkin tertulis '{mirip[0]}'" if mirip else ""
    daftar = (
        " dan ".join(f"'{k}'" for k in kurang)
        if len(kurang) <= 3
        else f"'{kurang[0]}' dan {len(kurang) - 1} kolom lain"
    )
    raise SumberTidakTerbacaError(
        f"Berkas {tsv.berkas} tidak memuat kolom {daftar}{petunjuk}. Mohon perbaiki baris kepalanya."
    )


def _gabung(b: Mapping[str, str]) -> str:
    return " | ".join(f"{k}: {v}" for k, v in b.items() if k not in {"baris", "level"} and v.strip())


# ── year, profile, kode ───────────────────────────────────────────────────────────────────────────────────────


def _tahun(tsv: Mapping[str, TabelTsv], dikenal: Mapping[str, TabelSpec]) -> int:
    """The plan year: from the profile, else from the years in the column names."""
    dari_kepala = _tahun_dari_kepala(tsv, dikenal)
    profil = tsv.get(PROFIL.berkas or "")
    if profil is not None:
        _pastikan_kolom(profil, ["baris", "kunci", "nilai"], ["baris", "level", "kunci", "nilai", "bagian", "catatan"])
    for b in profil.baris if profil else ():
        if b["kunci"] != "tahun_anggaran":
            continue
        angka = re.fullmatch(r"\s*((?:19|20|21)\d\d)\s*", b["nilai"])
        if not angka:
            raise SumberTidakTerbacaError(
                f"Berkas {PROFIL.berkas}.tsv baris {b['baris']}: tahun_anggaran tertulis '{b['nilai']}'; "
                "mohon tulis empat angka, misalnya 2025."
            )
        tahun = int(angka[1])
        if dari_kepala and tahun not in dari_kepala:
            raise SumberTidakTerbacaError(
                f"Berkas {PROFIL.berkas}.tsv menyebut tahun rencana {tahun}, tetapi nama kolom tabelnya menunjuk tahun "
                f"{dari_kepala.most_common(1)[0][0]}; mohon samakan."
            )
        return tahun
    if not dari_kepala:
        raise SumberTidakTerbacaError(
            "Tahun rencana tidak ditemukan; mohon sertakan profil.tsv dengan kunci tahun_anggaran, misalnya 2025."
        )
    return dari_kepala.most_common(1)[0][0]


def _tahun_dari_kepala(tsv: Mapping[str, TabelTsv], dikenal: Mapping[str, TabelSpec]) -> Counter[int]:
    """Plan years that column names speak of, by how many do."""
    suara: Counter[int] = Counter()
    for stem, spec in dikenal.items():
        for kolom in spec.kolom_tercetak:
            dasar, _, peran = kolom.kunci.rpartition("_")
            if peran in NAMA_TAHUN and kolom.kunci != kolom.nama(2000):
                pola = re.compile(rf"{re.escape(dasar)}_(\d{{4}})")
                suara.update(int(m[1]) - NAMA_TAHUN[peran] for k in tsv[stem].kepala if (m := pola.fullmatch(k)))
    return suara


def _profil(tsv: TabelTsv | None, dikenal: Iterable[TabelSpec]) -> tuple[dict[str, Nilai], list[Baris]]:
    """Declared fields by key, and further facts as rows."""
    dinyatakan = {i.kunci for i in ISIAN}
    isian: dict[str, Nilai] = {}
    for spec in dikenal:
        if spec.isian_nomor and spec.berkas and "[" not in spec.berkas:
            isian[spec.isian_nomor] = spec.berkas.removeprefix("t_").replace("_", ".")
    lain: list[Baris] = []
    for b in tsv.baris if tsv else ():
        kunci, nilai = b["kunci"].strip(), b["nilai"]
        if kunci in dinyatakan and kunci not in {"tahun_anggaran", "versi_skema"} and nilai.strip():
            isian[kunci] = nilai
        if kunci in dinyatakan:
            continue
        isi = {
            "uraian": kunci.replace("_", " ").capitalize(),
            "nilai": nilai,
            "keterangan": b.get("catatan", ""),
            "bagian": b.get("bagian", ""),
            "kunci": kunci,
        }
        sel = {k: Sel(v) for k, v in isi.items() if v.strip()}
        lain.append(
            Baris(
                f"{PROFIL.awalan_id}-{len(lain) + 1:04d}",
                Level.DATA,
                sel,
                asal=Asal(tsv.berkas if tsv else "", b["baris"]),
            )
        )
    return isian, lain


def _daftar_nama(tsv: TabelTsv) -> list[tuple[str, str, str]]:
    _pastikan_kolom(tsv, ["nama_dokumen", "kode", "keyakinan"], ["nama_dokumen", "kode", "keyakinan"])
    return [(b["nama_dokumen"], b["kode"].strip(), b["keyakinan"].strip()) for b in tsv.baris]
