"""One run from sources to outputs: read what changed, choose, sum, write."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from renja_xl.bappeda.rekap.bentuk import BERKAS, RINGKASAN
from renja_xl.bappeda.rekap.berkas import baca_rekaman, cari_berkas
from renja_xl.bappeda.rekap.daftar import baca_daftar, baca_pagu
from renja_xl.bappeda.rekap.hasil import HasilRekap, susun_hasil
from renja_xl.bappeda.rekap.mesin import baca_semua
from renja_xl.bappeda.rekap.parquet import banyak_berkas
from renja_xl.bappeda.rekap.pilih import Berkas, Instansi, pilih
from renja_xl.bappeda.rekap.simpanan import Keadaan, Penulis, Simpanan, keadaan, ringkas_dari, sidik_jalan
from renja_xl.errors import RenjaError, SumberTidakTerbacaError, TidakDapatDitulisError, sebab


@dataclass(frozen=True)
class Permintaan:
    """What is asked for.

    Attributes:
        sumber: folders, files or patterns.
        keluaran: the workbook; None writes the dataset only.
    """

    sumber: Sequence[str]
    keluaran: Path | None
    parquet: Path | None = None
    mesin: str | None = None
    pagu: Path | None = None
    daftar: Path | None = None
    periksa: bool = True
    pekerja: int | None = None

    @property
    def simpanan(self) -> Simpanan:
        """Beside the dataset, else beside the workbook."""
        if self.parquet is not None:
            return Simpanan(self.parquet, "rekap")
        assert self.keluaran is not None
        return Simpanan(self.keluaran.parent, self.keluaran.stem)


class Jalan:
    """A run; ``mutakhir`` tells whether there is anything to do."""

    def __init__(self, p: Permintaan) -> None:
        self.p, self.simpanan = p, p.simpanan
        tolak = {x.resolve() for x in (p.keluaran, p.pagu, p.daftar) if x is not None}
        semua = cari_berkas(p.sumber)
        if (
            p.keluaran is not None
            and p.keluaran.resolve() in {b.resolve() for b in semua}
            and not rekap_lama(p.keluaran)
        ):
            raise TidakDapatDitulisError(
                f"{p.keluaran} adalah salah satu berkas yang direkap dan tidak boleh tertimpa; mohon pilih nama lain."
            )
        self.berkas = [b for b in semua if b.resolve() not in tolak]
        if not self.berkas:
            raise SumberTidakTerbacaError(
                f"Tidak ada buku kerja (.xlsx, .xlsm, .xls, .ods) di {', '.join(p.sumber)}; mohon tunjuk folder berkas perangkat daerah."
            )
        self.keadaan: list[tuple[str, Keadaan]] = [(str(b), keadaan(b)) for b in self.berkas]
        lain = {str(x): keadaan(x) for x in (p.pagu, p.daftar) if x is not None}
        self.sidik = sidik_jalan(self.keadaan, {"periksa": p.periksa, "lain": lain, "parquet": str(p.parquet or "")})

    def mutakhir(self) -> dict[str, Any] | None:
        """What the last run said, where nothing has changed since: neither its files, its options, nor its outputs."""
        lalu = self.simpanan.jalan_terakhir()
        if lalu.get("sidik") != self.sidik or not isinstance(lalu.get("keluaran"), dict):
            return None
        kini = self._keluaran()
        return lalu if kini == {k: tuple(v) for k, v in lalu["keluaran"].items()} else None

    def _keluaran(self) -> dict[str, Keadaan]:
        hasil = {}
        if self.p.keluaran is not None:
            hasil[str(self.p.keluaran)] = keadaan(self.p.keluaran)
        if self.p.parquet is not None:
            hasil[str(self.p.parquet)] = banyak_berkas(self.p.parquet), 0
        return hasil

    @cached_property
    def perlu_dibaca(self) -> list[str]:
        """Paths whose content the store does not know: by size and time, else by their hash."""
        lama = self.simpanan.lama(self.p.periksa)
        return [p for p, k in self.keadaan if not _sama(lama.get(p), k) and not _seisi(p, lama.get(p), k)]

    def baca(
        self, selesai: Callable[[int], None], tulis: Callable[[HasilRekap, Callable[[Instansi], list[Any]]], None]
    ) -> HasilRekap:
        """Read what changed, then let ``tulis`` write the outputs while the records are at hand.

        Raises:
            RenjaError: unusable lists, no cluster, or nowhere to write.
        """
        plafon = baca_pagu(self.p.pagu) if self.p.pagu else []
        daftar = baca_daftar(self.p.daftar) if self.p.daftar else []
        try:
            with self.simpanan.penulis(self.p.periksa) as penulis:
                terbaca = self._terbaca(penulis, selesai)
                berkas = [terbaca[p] for p, _ in self.keadaan]
                hasil = susun_hasil(berkas, pilih(berkas), plafon, daftar, self.p.periksa)
                tulis(hasil, lambda i: baca_rekaman(penulis.baca(i.dipakai.letak)))
        except OSError as galat:
            raise TidakDapatDitulisError(
                f"Simpanan rekap di {self.simpanan.folder} tidak dapat ditulis ({sebab(galat)}); mohon pilih folder keluaran lain."
            ) from galat
        return hasil

    def _terbaca(self, penulis: Penulis, selesai: Callable[[int], None]) -> dict[str, Berkas]:
        menurut_path = dict(self.keadaan)
        nama = _nama_berkas([p for p, _ in self.keadaan])
        lama = self.simpanan.lama(self.p.periksa)
        hasil: dict[str, Berkas] = {}
        isi_lama = self.simpanan.buka_lama() if lama else None
        perlu = set(self.perlu_dibaca)
        if isi_lama is not None:
            with isi_lama:
                for p, k in self.keadaan:
                    if p in perlu:
                        continue
                    *_, letak, panjang, data = lama[p]
                    isi_lama.seek(letak)
                    hasil[p] = penulis.tambah(p, k, ringkas_dari(data), isi_lama.read(panjang), nama[p])
        else:
            perlu = set(menurut_path)
        urut = [p for p, _ in self.keadaan if p in perlu]
        for p, data, isi in baca_semua(urut, self.p.periksa, self.p.mesin, self.p.pekerja, selesai):
            hasil[p] = penulis.tambah(p, menurut_path[p], ringkas_dari(data), isi, nama[p])
        return hasil

    def catat(self, pesan: Sequence[str], kode: int) -> None:
        """Remember the run, so that an unchanged one has nothing to do."""
        self.simpanan.catat_jalan(
            {"sidik": self.sidik, "keluaran": self._keluaran(), "pesan": list(pesan), "kode": kode}
        )


def rekap_lama(path: Path) -> bool:
    """Whether a workbook is a rekap that was written before, and not somebody's plan."""
    from renja_xl.excel.paket import buka  # noqa: PLC0415 - only where the rekap lies among its sources

    try:
        return {BERKAS.nama, RINGKASAN.nama} <= set(buka(path).lembar)
    except RenjaError:
        return False


def _sama(lama: Any, kini: Keadaan) -> bool:
    return isinstance(lama, list) and len(lama) == 5 and tuple(lama[:2]) == kini and kini != (0, 0)


def _seisi(path: str, lama: Any, kini: Keadaan) -> bool:
    """Whether a file that was touched still has its content."""
    if not (isinstance(lama, list) and len(lama) == 5 and lama[0] == kini[0] and isinstance(lama[4], dict)):
        return False
    try:
        with open(path, "rb") as f:
            return bool(hashlib.file_digest(f, "sha256").hexdigest() == lama[4].get("sidik"))
    except OSError:
        return False


def _nama_berkas(path: Sequence[str]) -> dict[str, str]:
    """Names as users know them: below the folder that all of them share."""
    induk = Path(path[0]).parent
    for p in path:
        while induk not in Path(p).parents:
            if induk.parent == induk:
                return {p: p for p in path}
            induk = induk.parent
    return {p: Path(p).relative_to(induk).as_posix() for p in path}
