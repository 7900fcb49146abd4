"""The exported tables as a Frictionless Data Package (version 1), described from their declarations alone.

Money is described by the Fiscal Data Package 1.0 (``columnType``, ``normalize``, ``extraFields``), which replaced the
``model`` of 0.3. The JSON profile published as ``fiscal-data-package`` is still that of 0.3 and demands a ``model``;
the package therefore calls itself a tabular one, of which 1.0 is an extension.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from renja_xl.core.baris import isi_sel, judul_tabel
from renja_xl.core.buku import LEVEL_SIMPUL, STRUKTUR, Baris, Buku, Level
from renja_xl.core.renstra import awal_renstra
from renja_xl.tabel import PROGRAM_SUB_KEGIATAN
from renja_xl.tabel.profil import VERSI_SKEMA
from renja_xl.tabel.spec import NAMA_TAHUN, KolomSpec, Peran, TabelSpec, Tipe, isi_tahun, satu_baris

TAKSONOMI = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
"""Fiscal column types that are used besides our own."""

TINGKAT_JUMLAH = "aggregation-level"
"""Our own column type: the level of a node, without which sums and their parts would be added up together."""

_ID = KolomSpec("id", (), "Id baris", peran=Peran.KUNCI, petunjuk="Unik di tabelnya.")
_LEVEL = KolomSpec("level", (), "Level", pilihan=tuple(x.value for x in Level), petunjuk="data: bukan baris pohon.")

KOLOM_UMUM = (
    _ID,
    KolomSpec("kode", (), "Kode", petunjuk="Kode simpul baris itu di Program & Sub Kegiatan, atau yang tertulis."),
    _LEVEL,
    KolomSpec("asal_berkas", (), "Asal berkas", petunjuk="Berkas sumber baris yang diimpor."),
    KolomSpec("asal_baris", (), "Asal baris", petunjuk="Nomor baris di berkas sumbernya."),
)
"""Columns that every exported table begins with."""

KODE_TERTULIS = KolomSpec("kode_tertulis", (), "Kode tertulis", petunjuk="Kode yang tertulis di baris itu sendiri.")
"""The kode on a linked row, where ``kode`` is that of its node."""

_BERKODE = tuple(x for x in LEVEL_SIMPUL if x is not Level.PERANGKAT_DAERAH)

SIMPUL = TabelSpec(
    kunci="Simpul",
    lembar=STRUKTUR,
    nama_tabel="",
    judul="Simpul Program & Sub Kegiatan",
    kelompok="",
    awalan_id="s",
    sumber=PROGRAM_SUB_KEGIATAN.sumber,
    penjelasan="Pohon Program & Sub Kegiatan, satu baris per simpul, dengan induk dan jalurnya dari urusan.",
    kolom=(
        KolomSpec("nama", (), "Nama"),
        KolomSpec("induk", (), "Id simpul induk", peran=Peran.KUNCI),
        *(
            kolom
            for x in _BERKODE
            for kolom in (
                KolomSpec(f"kode_{x.value}", (), f"Kode {x.judul.lower()}"),
                KolomSpec(f"nama_{x.value}", (), x.judul),
            )
        ),
    ),
)
"""The nodes, a table of the export alone: the sheet of the struktur has one row per indicator, so that a node's id comes
again there and no key could refer to it."""

_RUJUKAN = {
    "simpul": SIMPUL,
    "simpul_kebutuhan": SIMPUL,
    "induk": SIMPUL,
    "indikator_id": PROGRAM_SUB_KEGIATAN,
}
"""Tables that identity columns refer to, by their ``id``."""

_TERTUTUP = frozenset({"cara_hitung", "sifat", "di_evaluasi", "di_rencana"})
"""Columns of the struktur that a plan holds as one of their choices. In any other column a planner may type past the
list; its choices are told, not demanded."""

_SATUAN = {Tipe.RUPIAH: "IDR", Tipe.PERSEN: "percent"}

_FUNGSI, _KEGIATAN = "functional-classification:generic", "activity:generic"
_KLASIFIKASI = {
    Level.URUSAN: f"{_FUNGSI}:level1",
    Level.BIDANG_URUSAN: f"{_FUNGSI}:level2",
    Level.PROGRAM: f"{_KEGIATAN}:program",
    Level.KEGIATAN: f"{_KEGIATAN}:subprogram",
    Level.SUB_KEGIATAN: f"{_KEGIATAN}:project",
}

_JENIS_SIMPUL = {
    "level": TINGKAT_JUMLAH,
    **{f"kode_{x.value}": f"{jenis}:code" for x, jenis in _KLASIFIKASI.items()},
    **{f"nama_{x.value}": f"{jenis}:label" for x, jenis in _KLASIFIKASI.items()},
}
_JENIS_ANGGARAN = {
    "id": "budget-line-id",
    "sumber_dana": "fin-source:generic:code",
    "tahun": "date:fiscal-year",
    "tahap": "phase:id",
}

_CARA_JUMLAH = (
    "Baris di atas sub kegiatan memuat jumlah rinciannya; untuk menjumlah, pakai hanya baris yang simpulnya ber-level "
    "sub_kegiatan."
)
_BUKAN_ANGKA = "Isi sel bila bukan angka, misalnya - atau angka yang tidak terbaca."


@dataclass(frozen=True, slots=True)
class TabelCsv:
    """One exported table. A column of numbers has a second one in the file, for what is no number."""

    spec: TabelSpec
    baris: Sequence[Baris]

    @property
    def nama(self) -> str:
        """``T-C.29`` → ``t_c_29``."""
        return re.sub(r"[^a-z0-9]+", "_", self.spec.kunci.casefold()).strip("_")

    @property
    def kolom(self) -> tuple[KolomSpec, ...]:
        umum = {k.kunci for k in KOLOM_UMUM}
        tertulis = [KODE_TERTULIS for k in self.spec.kolom if k.tautan == "kode"]
        return (*KOLOM_UMUM, *tertulis, *(k for k in self.spec.kolom if k.kunci not in umum))


def nama_kolom(kolom: KolomSpec, buku: Buku) -> str:
    """Name of a column in the files of a plan: the same for all plans of a year, whatever their Renstra."""
    return kolom.nama(buku.tahun)


def nama_teks(kolom: KolomSpec, buku: Buku) -> str:
    """Name of the column with the texts of a number column.

    It is there whether or not a plan has such texts, so that the files of all plans have the same columns.
    """
    return f"{nama_kolom(kolom, buku)}_teks"


def paket(buku: Buku, tabel: Sequence[TabelCsv]) -> bytes:
    """``datapackage.json``: the same bytes for the same plan, hence without a date.

    It grants no licence: that is for the agency to say.
    """
    tahun = buku.tahun
    dinas, singkatan = _profil(buku, "perangkat_daerah"), _profil(buku, "singkatan")
    sebutan = dinas or singkatan or "perangkat daerah"
    isi: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "-".join(filter(None, ("renja", _slug(singkatan or dinas), str(tahun)))),
        "title": f"Renja {sebutan} Tahun {tahun}",
        "description": f"Tabel Renja {sebutan} tahun {tahun}, satu berkas CSV per tabel, diekspor dari buku Renja-XL.",
        "version": f"{VERSI_SKEMA}.0.0",  # what a consumer depends on: the layout of the tables
        "keywords": list(dict.fromkeys(filter(None, ("renja", "rencana kerja", str(tahun), singkatan, dinas)))),
        "sources": [{"title": s} for s in dict.fromkeys(t.spec.sumber for t in tabel)],
        "columnTypes": [TAKSONOMI, {"name": TINGKAT_JUMLAH, "dataType": "string", "unique": True}],
    }
    if dinas:
        isi["contributors"] = [{"title": dinas, "role": "publisher"}]
    dikenal = {t.spec.kunci: {b.id for b in t.baris} for t in tabel}
    nama = {t.spec.kunci: t.nama for t in tabel}
    isi["resources"] = [_sumber_daya(buku, t, dikenal, nama) for t in tabel]
    return f"{json.dumps(isi, ensure_ascii=False, indent=2)}\n".encode()


def _sumber_daya(buku: Buku, t: TabelCsv, dikenal: Mapping[str, set[str]], nama: Mapping[str, str]) -> dict[str, Any]:
    """A table as a resource.

    Args:
        dikenal: ids of every table.
        nama: resource names by table.
    """
    uang = bool(t.spec.kolom_anggaran)
    skema: dict[str, Any] = {
        "fields": [f for k in t.kolom for f in _kolom(t.spec, k, buku)],
        "missingValues": [""],  # "-" is what somebody wrote, and stands in a column of texts
        "primaryKey": ["id"],
    }
    rujukan = list(_kunci_asing(t, dikenal, nama))
    if rujukan:
        skema["foreignKeys"] = rujukan
    if uang:
        skema["extraFields"] = list(_kolom_fiskal(t.spec, buku))
    return {
        "profile": "tabular-data-resource",
        "name": t.nama,
        "path": f"{t.nama}.csv",
        "title": judul_tabel(t.spec, buku),
        "description": f"{t.spec.penjelasan} {_CARA_JUMLAH if t.spec.kolom_uang else ''}".strip(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        # in full: readers guess what is not said, and a text may begin with a space or hold line ends
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "sources": [{"title": t.spec.sumber}],
        "schema": skema,
    }


# ── columns ───────────────────────────────────────────────────────────────────────────────────────────────────


def _kolom(spec: TabelSpec, k: KolomSpec, buku: Buku) -> Iterator[dict[str, Any]]:
    """A column as a field; a number column and the column of its texts as two."""
    tahun, awal = buku.tahun, awal_renstra(buku)
    judul = " – ".join(satu_baris(j) for j in k.judul_tahun(tahun, awal)) or k.nomor
    jenis = _JENIS_SIMPUL if spec is SIMPUL else _JENIS_ANGGARAN if spec.kolom_anggaran else {}
    satuan = spec.menurut_kunci.get(k.satuan or "")
    isi: dict[str, Any] = {
        "name": nama_kolom(k, buku),
        "title": judul,
        "description": isi_tahun(" ".join(filter(None, (k.catatan, k.petunjuk))), tahun, awal),
        "type": "number" if k.bernilai_angka else "string",
        "unit": _SATUAN.get(k.tipe),
        "unitField": nama_kolom(satuan, buku) if satuan else None,
        "source": k.sumber,
        "columnType": jenis.get(k.kunci),
    }
    if k in spec.kolom_anggaran:
        isi["normalize"] = {"jenis_nilai": f"{spec.kunci} {k.kunci}", "uraian_nilai": judul}
        if "tahun" not in spec.menurut_kunci:
            isi["normalize"]["tahun_anggaran"] = tahun_kolom(k, tahun, awal)
    if k is _ID:
        isi["constraints"] = {"required": True}
    elif k is _LEVEL or (spec is PROGRAM_SUB_KEGIATAN and k.kunci in _TERTUTUP):
        isi["constraints"] = {"enum": list(k.pilihan)}
    elif k.pilihan:
        isi["choices"] = list(k.pilihan)
    yield {kunci: nilai for kunci, nilai in isi.items() if nilai}
    if k.bernilai_angka:
        yield {
            "name": nama_teks(k, buku),
            "title": f"{judul} – teks",
            "description": _BUKAN_ANGKA,
            "type": "string",
        }


def _kunci_asing(t: TabelCsv, dikenal: Mapping[str, set[str]], nama: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Keys that hold on every row.

    A row whose node was taken out of the struktur keeps its link until ``perbarui``: the id is exported, the key is
    then not declared.
    """
    for k in t.spec.kolom:
        tujuan = _RUJUKAN.get(k.kunci)
        if tujuan is None or k.peran is not Peran.KUNCI or (tujuan is t.spec and k.kunci != "induk"):
            continue
        nilai = {str(v) for b in t.baris if (v := isi_sel(b, k).nilai) not in {None, ""}}
        if nilai and nilai <= dikenal[tujuan.kunci]:
            sumber = "" if tujuan is t.spec else nama[tujuan.kunci]
            yield {"fields": [k.kunci], "reference": {"resource": sumber, "fields": ["id"]}}


# ── money ─────────────────────────────────────────────────────────────────────────────────────────────────────


def tahun_kolom(kolom: KolomSpec, tahun: int, awal_renstra: int | None = None) -> int:
    """Fiscal year of a money column: by the year role of its key, else of its header, else the plan year.

    Args:
        awal_renstra: base year of the Renstra, for its own years.
    """
    renstra = re.search(r"_r(\d)$", kolom.kunci)
    if renstra and awal_renstra:
        return awal_renstra + int(renstra[1]) - 1
    peran = [kolom.kunci.rpartition("_")[2], *re.findall(r"\{(\w+)\}", " ".join(kolom.judul))]
    return tahun + next((NAMA_TAHUN[p] for p in peran if p in NAMA_TAHUN), 0)


def _kolom_fiskal(spec: TabelSpec, buku: Buku) -> Iterator[dict[str, Any]]:
    """What a budget table would have as columns with one amount per row: of each money column, or of the whole plan.

    A table whose rows say their own year or phase needs no such column.
    """
    yield {"name": "nilai_rupiah", "type": "number", "columnType": "value", "normalizationTarget": True}
    yield {"name": "jenis_nilai", "type": "string", "columnType": "value-kind:code"}
    yield {"name": "uraian_nilai", "type": "string", "columnType": "value-kind:label"}
    if "tahun" not in spec.menurut_kunci:
        yield {"name": "tahun_anggaran", "type": "integer", "columnType": "date:fiscal-year"}
    tetap = (
        ("mata_uang", "value-currency:code", "IDR"),
        ("arah", "direction", "expenditure"),
        ("tahapan", "phase:id", _profil(buku, "tahapan") or "Renja"),
        ("perangkat_daerah", "administrative-classification:generic:code", _profil(buku, "perangkat_daerah")),
    )
    for nama, jenis, nilai in tetap:
        if nilai and not (nama == "tahapan" and "tahap" in spec.menurut_kunci):
            yield {"name": nama, "type": "string", "columnType": jenis, "constant": nilai}


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _profil(buku: Buku, kunci: str) -> str:
    nilai = buku.profil(kunci)
    return "" if nilai is None else str(nilai).strip()


def _slug(teks: str) -> str:
    polos = unicodedata.normalize("NFKD", teks).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", polos).strip("-")
