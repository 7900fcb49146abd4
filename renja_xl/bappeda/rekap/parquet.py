"""The dataset for data managers: one Parquet file per agency, partitioned ``tahun=/perangkat=``."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renja_xl.bappeda.rekap.pilih import Instansi
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.errors import RenjaError

if TYPE_CHECKING:
    import pyarrow as pa

_NAMA = "rekap-{sidik}.parquet"


class BelumTerpasangError(RenjaError):
    """An extra that is not installed."""


def _pyarrow() -> Any:
    try:
        import pyarrow  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as galat:
        raise BelumTerpasangError(
            "Pilihan --parquet memerlukan pyarrow, yang belum terpasang; mohon pasang dengan: pip install pyarrow."
        ) from galat
    return pyarrow


def skema() -> pa.Schema:
    """Columns of the dataset; ``sen`` is exact rupiah × 100, ``nilai`` the number as the cell shows it.

    ``ukuran`` names the total that the number counts in (``pagu_n``, ``pagu_p1``, ``pagu_rkpd``, ``kebutuhan``), empty where
    it counts in none.
    """
    pa = _pyarrow()
    teks, angka = pa.string(), pa.int64()
    return pa.schema(
        [
            ("berkas", teks), ("lembar", teks), ("sel", teks), ("baris", pa.int32()), ("provinsi", teks), ("kabupaten", teks),
            ("perangkat_daerah", teks), ("kode_bidang_urusan", teks), ("tahapan", teks), ("revisi", pa.int32()), ("tabel", teks),
            ("level", teks), ("kode", teks), ("nama", teks), ("indikator", teks), ("urusan", teks), ("program", teks),
            ("nama_program", teks), ("sumber_dana", teks), ("kolom", teks), ("satuan", teks), ("nilai", pa.float64()), ("sen", angka),
            ("ukuran", teks), ("tertulis", teks),
        ]
    )  # fmt: skip


def pastikan_siap() -> None:
    """Raises:
    BelumTerpasangError: without pyarrow.
    """
    _pyarrow()


def nama_perangkat(i: Instansi) -> str:
    """The partition of an agency: readable, and apart from agencies of the same name elsewhere."""
    kunci = f"{kunci_teks(i.ringkas.provinsi)}|{kunci_teks(i.kabupaten)}|{kunci_teks(i.nama)}"
    polos = re.sub(r"[^a-z0-9]+", "-", kunci_teks(i.nama))[:60].strip("-")
    return f"{polos or 'tanpa-nama'}-{hashlib.sha256(kunci.encode('utf-8', 'replace')).hexdigest()[:8]}"


def banyak_berkas(folder: Path) -> int:
    """Files of a dataset."""
    return sum(1 for _ in folder.glob("tahun=*/perangkat=*/rekap-*.parquet"))


def tulis_dataset(folder: Path, isi: Iterable[tuple[Instansi, Any]]) -> int:
    """Bring the dataset up to date; agencies whose file is unchanged are left alone, others of ours are removed.

    Args:
        isi: each agency with a function that gives its records (JSON lists).

    Returns:
        How many files were written.
    """
    pa = _pyarrow()
    bentuk = skema()
    ada = {p.parent: p for p in folder.glob("tahun=*/perangkat=*/rekap-*.parquet")}
    ditulis = 0
    for i, ambil in isi:
        tempat = folder / f"tahun={i.tahun}" / f"perangkat={nama_perangkat(i)}"
        lama = ada.pop(tempat, None)
        r = i.ringkas
        sidik = hashlib.sha256(f"{r.sidik}|{i.dipakai.nama}".encode("utf-8", "replace")).hexdigest()[:16]
        baru = tempat / _NAMA.format(sidik=sidik)
        if lama == baru:
            continue
        tempat.mkdir(parents=True, exist_ok=True)
        sementara = tempat / f".{baru.name}.tmp"
        pa.parquet.write_table(_tabel(pa, bentuk, i, ambil()), sementara, compression="zstd")
        sementara.replace(baru)
        if lama is not None:
            lama.unlink()
        ditulis += 1
    for p in ada.values():
        p.unlink()
        if not any(p.parent.iterdir()):
            shutil.rmtree(p.parent)
    return ditulis


def _tabel(pa: Any, bentuk: pa.Schema, i: Instansi, rekaman: Sequence[Any]) -> Any:
    """Records of one agency as columns."""
    r = i.ringkas
    kolom: dict[str, list[Any]] = {n: [] for n in bentuk.names}
    tetap = {
        "berkas": i.dipakai.nama, "provinsi": r.provinsi, "kabupaten": i.kabupaten, "perangkat_daerah": i.nama,
        "kode_bidang_urusan": r.bidang, "tahapan": r.tahapan, "revisi": r.revisi,
    }  # fmt: skip
    nama_baris = (
        "tabel",
        "lembar",
        "baris",
        "level",
        "kode",
        "nama",
        "indikator",
        "urusan",
        "program",
        "nama_program",
        "sumber_dana",
    )
    for *baris, angka in rekaman:
        n = len(angka)
        for k, v in zip(nama_baris, baris, strict=True):
            kolom[k] += [v] * n
        for nama, nilai, satuan, sel, ukuran, tertulis in angka:
            rupiah = satuan == "Rp" and nilai is not None
            kolom["kolom"].append(nama)
            kolom["satuan"].append(satuan)
            kolom["sel"].append(sel)
            kolom["nilai"].append(nilai / 100 if rupiah else nilai)
            kolom["sen"].append(nilai if rupiah else None)
            kolom["ukuran"].append(ukuran)
            kolom["tertulis"].append(tertulis)
    banyak = len(kolom["kolom"])
    larik = [
        pa.repeat(pa.scalar(tetap[f.name], f.type), banyak) if f.name in tetap else pa.array(kolom[f.name], f.type)
        for f in bentuk
    ]
    return pa.Table.from_arrays(larik, schema=bentuk)
