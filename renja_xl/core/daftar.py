"""Tables with one row per node of the struktur: Daftar Program, Pemenuhan Target, Indeks, Data Grafik."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from renja_xl.core.baris import nama_baris, teks_sel
from renja_xl.core.buku import LEVEL_SIMPUL, Baris, Buku, Level, Nilai, Sel, Simpul
from renja_xl.core.hitung import hitung_evaluasi
from renja_xl.core.iku import tulis_tautan
from renja_xl.core.nomenklatur import Pengusul
from renja_xl.core.pemenuhan import status
from renja_xl.core.struktur import PembuatId, anggota
from renja_xl.core.teks import kemiripan
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.tabel import DAFTAR_PROGRAM, DATA_GRAFIK, PEMENUHAN_TARGET
from renja_xl.tabel.pemenuhan import BELUM_DINILAI, STATUS
from renja_xl.tabel.spec import Peran, TabelSpec
from renja_xl.tabel.struktur import TIDAK, YA

AMBANG_NAMA = 0.85
"""A printed name at least this like a node's names it."""

_BATAS_LABEL = 38
_TINGGI = {level: n for n, level in enumerate(LEVEL_SIMPUL)}


def susun_daftar(spec: TabelSpec, buku: Buku) -> tuple[list[Baris], list[Baris]]:
    """Rows of such a table by the struktur, and printed rows that belong to none of its nodes."""
    penyusun = _Penyusun(spec, buku)
    return penyusun.susun(), penyusun.tersisa


class _Penyusun:
    def __init__(self, spec: TabelSpec, buku: Buku) -> None:
        self.spec, self.buku = spec, buku
        self.simpul = buku.simpul_menurut_id()
        self.anggota = {k: anggota(buku, k) for k in ("evaluasi", "rencana")}
        self.lama: dict[str, list[Baris]] = defaultdict(list)
        for b in buku.baris(spec.kunci):
            self.lama[b.simpul or f"baris:{b.id}"].append(b)
        self._id = PembuatId(spec.awalan_id, (b.id for b in buku.baris(spec.kunci)))
        self.tersisa: list[Baris] = []

    def susun(self) -> list[Baris]:
        dipilih = self.anggota.get(self.spec.keanggotaan or "")
        simpul = [
            s for s in self.buku.simpul if s.level in self.spec.level_tampil and (dipilih is None or s.id in dipilih)
        ]
        if self.spec in {DAFTAR_PROGRAM, DATA_GRAFIK}:
            simpul.sort(key=lambda s: _TINGGI[s.level])
        hasil = self._menurut_status(simpul) if self.spec is PEMENUHAN_TARGET else self._bernomor(simpul)
        dipakai = {b.id for b in hasil}
        # a row that was derived from a node goes with it; what was printed or typed does not go unnoticed
        self.tersisa = [
            b
            for b in self.buku.baris(self.spec.kunci)
            if b.id not in dipakai and (b.asal or (not b.simpul and nama_baris(self.spec, b)))
        ]
        return hasil

    def _bernomor(self, simpul: Iterable[Simpul]) -> list[Baris]:
        urutan: Counter[Level] = Counter()
        hasil = []
        for s in simpul:
            urutan[s.level] += 1
            hasil.append(self._baris(s, {"nomor_level": str(urutan[s.level])}))
        return hasil

    def _menurut_status(self, simpul: Sequence[Simpul]) -> list[Baris]:
        """Lists by status; those that cannot be judged come last, where there are any."""
        tingkat: dict[str, list[float | int | None]] = defaultdict(list)
        for b in hitung_evaluasi(self.buku)[1]:
            tingkat[b.simpul or ""].append(b["tingkat_realisasi_n2"].angka)
        menurut_status: dict[str, list[Simpul]] = defaultdict(list)
        for s in simpul:
            menurut_status[status(tingkat.get(s.id, ()))].append(s)
        hasil = []
        for n, nama in enumerate(STATUS):
            daftar = menurut_status.get(nama, [])
            if not daftar and (nama == BELUM_DINILAI or not simpul):
                continue
            kepala = self.lama.get(f"baris:{self.spec.awalan_id}-k{n}") or [
                Baris(f"{self.spec.awalan_id}-k{n}", Level.JUMLAH, {})
            ]
            hasil.append(tulis_tautan(kepala[0], {"status": nama, "id_program": "-", "id_kegiatan": "-"}))
            program: dict[str | None, int] = {}
            for k, s in enumerate(daftar, 1):
                _, induk_program = self._induk(s)
                nomor = program.setdefault(induk_program.id if induk_program else None, len(program) + 1)
                hasil.append(self._baris(s, {"nomor_program": f"{nomor}.", "nomor_dalam_daftar": str(k)}))
        return hasil

    def _induk(self, s: Simpul) -> tuple[Simpul | None, Simpul | None]:
        """The kegiatan and the program above a node."""
        kegiatan = program = None
        atas = self.simpul.get(s.induk or "")
        langkah = len(self.simpul)
        while atas is not None and langkah:  # a ring of parents ends too
            kegiatan = atas if atas.level is Level.KEGIATAN and kegiatan is None else kegiatan
            program = atas if atas.level is Level.PROGRAM and program is None else program
            atas, langkah = self.simpul.get(atas.induk or ""), langkah - 1
        return kegiatan, program

    def _baris(self, s: Simpul, lain: Mapping[str, str]) -> Baris:
        b = next(iter(self.lama.get(s.id, ())), None) or Baris(self._id(), s.level, {}, s.id)
        kegiatan, program = self._induk(s)
        nilai: dict[str, Callable[[], Nilai]] = {
            "kode": lambda: s.kode,
            "nama": lambda: s.nama or None,
            "level": lambda: s.level.judul,
            "nama_pendek": lambda: nama_pendek(s.nama or s.level.judul),
            "nama_program": lambda: program.nama if program else None,
            "nama_kegiatan": lambda: kegiatan.nama if kegiatan else None,
            "id_program": lambda: program.id if program else "-",
            "id_kegiatan": lambda: kegiatan.id if kegiatan else "-",
            "di_evaluasi": lambda: YA if s.id in self.anggota["evaluasi"] else TIDAK,
            "di_rencana": lambda: YA if s.id in self.anggota["rencana"] else TIDAK,
        }
        isi: dict[str, Nilai] = {}
        for k in self.spec.kolom:
            if k.peran is Peran.TAUTAN and k.tautan:
                isi[k.kunci] = lain[k.tautan] if k.tautan in lain else nilai[k.tautan]()
        return tulis_tautan(replace(b, level=s.level, simpul=s.id, indikator=None), isi)


def nama_pendek(nama: str) -> str:
    """A name short enough for the axis of a chart."""
    pendek = nama.strip()
    if pendek.isupper():
        pendek = pendek.capitalize()
    return pendek if len(pendek) <= _BATAS_LABEL else pendek[: _BATAS_LABEL - 1].rsplit(" ", 1)[0].rstrip(",") + "…"


def taut_daftar(spec: TabelSpec, rows: Sequence[Baris], simpul: Sequence[Simpul], pengusul: Pengusul) -> list[Baris]:
    """Printed rows linked to the nodes that they name, each node once; a row that names none stays unlinked."""
    kenali = _Pengenal(simpul, pengusul)
    hasil = []
    for b in rows:
        nama, induk = nama_baris(spec, b), teks_sel(b, "kegiatan")
        s = kenali(b.level, nama, induk) if nama else None
        tautan = {"kode": s.kode, "jenjang": s.level.judul} if s else {}
        isi = {k: Sel(v) for k, v in tautan.items() if v and k in spec.menurut_kunci and b[k].nilai is None}
        hasil.append(replace(b.dengan(isi), simpul=s.id if s else None))
    return hasil


class _Pengenal:
    """Finds the node that a printed name means."""

    def __init__(self, simpul: Sequence[Simpul], pengusul: Pengusul) -> None:
        self._simpul, self._pengusul = simpul, pengusul
        self._terpakai: set[str] = set()

    def __call__(self, level: Level, nama: str, kegiatan: str | None) -> Simpul | None:
        calon = [s for s in self._simpul if s.level is level and s.id not in self._terpakai]
        induk = self._terdekat([s for s in self._simpul if s.level is Level.KEGIATAN], kegiatan) if kegiatan else None
        if induk is not None:
            calon.sort(key=lambda s: s.induk != induk.id)
        usulan = self._pengusul.usul(nama, level, induk.kode if induk else None)
        s = (
            next((s for s in calon if kunci_teks(s.nama) == kunci_teks(nama)), None)
            or next((s for s in calon if usulan and usulan.pasti and s.kode == usulan.kode), None)
            or self._terdekat(calon, nama)
        )
        if s is not None:
            self._terpakai.add(s.id)
        return s

    @staticmethod
    def _terdekat(calon: Sequence[Simpul], nama: str) -> Simpul | None:
        terbaik = max(calon, key=lambda s: kemiripan(s.nama, nama), default=None)
        return terbaik if terbaik is not None and kemiripan(terbaik.nama, nama) >= AMBANG_NAMA else None
