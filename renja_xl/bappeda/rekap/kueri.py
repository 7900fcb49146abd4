"""The sums of the workbook as SQL over the Parquet dataset, for DuckDB: the same figures, in sen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from renja_xl.bappeda.rekap.parquet import BelumTerpasangError

_SUMBER = "read_parquet('{folder}/tahun=*/perangkat=*/*.parquet', hive_partitioning = true)"

_UKURAN = """
  sum(sen) FILTER (ukuran = 'pagu_rkpd') AS pagu_rkpd,
  sum(sen) FILTER (ukuran = 'kebutuhan') AS kebutuhan,
  sum(sen) FILTER (ukuran = 'pagu_n') AS pagu_n,
  sum(sen) FILTER (ukuran = 'pagu_p1') AS pagu_p1"""

KUERI: Mapping[str, str] = {
    "per_tahun": f"SELECT tahun, count(DISTINCT perangkat) AS perangkat_daerah, {_UKURAN} FROM rekap GROUP BY tahun ORDER BY tahun",
    "per_perangkat_daerah": "SELECT tahun, kabupaten, perangkat_daerah, any_value(tahapan) AS tahapan, any_value(revisi) AS revisi, "
    f"{_UKURAN} FROM rekap GROUP BY tahun, kabupaten, perangkat_daerah, perangkat ORDER BY tahun, kabupaten, perangkat_daerah",
    "per_urusan": f"SELECT tahun, urusan, {_UKURAN} FROM rekap WHERE ukuran <> '' GROUP BY tahun, urusan ORDER BY tahun, urusan",
    "per_program": f"SELECT tahun, kabupaten, perangkat_daerah, urusan, program, {_UKURAN} FROM rekap WHERE ukuran <> '' "
    "GROUP BY tahun, kabupaten, perangkat_daerah, urusan, program ORDER BY tahun, kabupaten, perangkat_daerah, urusan, program",
    "sumber_dana": "SELECT tahun, sumber_dana, sum(sen) AS pagu_n FROM rekap WHERE ukuran = 'pagu_n' GROUP BY tahun, sumber_dana "
    "ORDER BY tahun, sumber_dana",
    "tempat": "SELECT perangkat_daerah, kode, nama, kolom, nilai, satuan, berkas, lembar, sel FROM rekap ORDER BY perangkat, tabel, baris",
}
"""Queries by name; amounts in sen. ``rekap`` is the dataset."""


def jalankan_kueri(folder: Path, nama: str) -> list[dict[str, Any]]:
    """Rows of one of ``KUERI`` over a dataset.

    Raises:
        BelumTerpasangError: without DuckDB.
    """
    try:
        import duckdb  # noqa: PLC0415
    except ImportError as galat:
        raise BelumTerpasangError(
            "Kueri ini memerlukan duckdb; mohon pasang dengan: pip install duckdb pyarrow."
        ) from galat
    with duckdb.connect() as db:
        sumber = _SUMBER.format(folder=str(folder).replace("'", "''"))
        db.execute(f"CREATE VIEW rekap AS SELECT * FROM {sumber}")
        hasil = db.execute(KUERI[nama])
        kolom = [d[0] for d in hasil.description]
        return [dict(zip(kolom, b, strict=True)) for b in hasil.fetchall()]
