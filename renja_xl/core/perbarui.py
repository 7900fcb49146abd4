"""Regenerate the linked tables from the struktur: inputs stay with their row, nothing gets lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from renja_xl.core import kode as kd
from renja_xl.core.baris import indikator_baris, nama_baris, teks_sel
from renja_xl.core.buku import Baris, Buku, Indikator, Level, Nilai, Sel, Simpul
from renja_xl.core.hitung import cara_bawaan
from renja_xl.core.nilai import rupiah_dari_sen
from renja_xl.core.satuan import cara_hitung_bawaan
from renja_xl.core.sekitar import susun_sekitar
from renja_xl.core.struktur import (
    PembuatId,
    anggota,
    id_simpul_terpakai,
    indikator_menurut_simpul,
    nomor_urut,
    rapikan_urutan,
)
from renja_xl.core.usulan import segarkan_usulan
from renja_xl.tabel import BARIS_DIHAPUS, T_C_29, T_C_31, TABEL_BERPOHON, TABEL_TERTAUT
from renja_xl.tabel.spec import DIKETIK, KolomSpec, Peran, TabelSpec

ALASAN_HILANG = "Baris ini tidak ada lagi di Program & Sub Kegiatan atau tidak ditandai untuk tabelnya."
ALASAN_INDIKATOR = "Indikator ini tidak ada lagi di Program & Sub Kegiatan atau tidak ditandai untuk tabelnya."
ALASAN_TANPA_INDIKATOR = "Baris ini tidak menyebut indikator, sehingga tidak punya tempat di tabelnya."
ALASAN_LEVEL = "Levelnya berubah; pagu yang diketik pada sub kegiatan digantikan jumlah rinciannya."
ALASAN_TAK_DIKENAL = "Baris tercetak ini tidak menyebut butir yang ada di tabelnya menurut Program & Sub Kegiatan."
ALASAN_GANDA = "Baris ganda: simpul atau indikator ini sudah ada pada baris lain di tabelnya."


def perbarui(buku: Buku) -> Buku:
    """The plan with every linked table laid out by the struktur; computed cells are left to ``hitung``.

    Rows keep their id, origin and inputs; linked cells show the struktur's values; a row without a place goes to
    *Baris Dihapus*, cell by cell; a row typed straight into a linked table joins the struktur when its kode and
    parent are known, else it stays where it is.
    """
    buku = lengkapi_cara_hitung(rapikan_urutan(_adopsi(buku)))
    tabel: dict[str, list[Baris]] = {}
    dihapus: list[Baris] = []
    id_hapus = PembuatId(BARIS_DIHAPUS.awalan_id, (b.id for b in buku.baris(BARIS_DIHAPUS.kunci)))
    nomor = nomor_urut(buku)
    for spec in TABEL_BERPOHON:
        penyusun = _Penyusun(spec, buku, nomor)
        tabel[spec.kunci] = penyusun.susun()
        for b, alasan in penyusun.tersisa:
            dihapus.extend(_simpan_terhapus(spec, b, alasan, buku, id_hapus))
    buku, tersisa = susun_sekitar(buku.ganti(tabel))
    for spec, b in tersisa:
        dihapus.extend(_simpan_terhapus(spec, b, ALASAN_TAK_DIKENAL, buku, id_hapus))
    return segarkan_usulan(buku.ganti({BARIS_DIHAPUS.kunci: [*buku.baris(BARIS_DIHAPUS.kunci), *dihapus]}))


def susun_satu(buku: Buku, spec: TabelSpec) -> list[Baris]:
    """One table laid out by the struktur; meant for a table without rows yet, of which none can be left without a place."""
    return _Penyusun(spec, buku, nomor_urut(buku)).susun()


def lengkapi_cara_hitung(buku: Buku) -> Buku:
    """The plan with a default cara hitung written for every indicator that has none."""
    baris_29 = {b.indikator: b for b in reversed(buku.baris(T_C_29.kunci)) if b.indikator}

    def lengkap(i: Indikator) -> Indikator:
        if i.cara_hitung or not i.teks:
            return i
        b = baris_29.get(i.id)
        cara = cara_bawaan(b, i.satuan, i.teks) if b else cara_hitung_bawaan([i.satuan], i.teks)
        return replace(i, cara_hitung=cara)

    return replace(buku, indikator=tuple(lengkap(i) for i in buku.indikator))


# ── rows typed straight into a linked table ───────────────────────────────────────────────────────────────────


def _adopsi(buku: Buku) -> Buku:
    simpul, indikator = list(buku.simpul), list(buku.indikator)
    menurut_kode = {s.kode: s for s in simpul if s.kode}
    dikenal = set(id_simpul_terpakai(buku))
    id_simpul, id_indikator = PembuatId("s", dikenal), PembuatId("i", dikenal)
    tabel: dict[str, list[Baris]] = {}
    for spec in TABEL_TERTAUT:
        rows = []
        for b in buku.baris(spec.kunci):
            rows.append(_tautkan(b, spec, simpul, indikator, menurut_kode, id_simpul, id_indikator))
        tabel[spec.kunci] = rows
    return replace(buku, simpul=tuple(simpul), indikator=tuple(indikator)).ganti(tabel)


def _tautkan(
    b: Baris,
    spec: TabelSpec,
    simpul: list[Simpul],
    indikator: list[Indikator],
    menurut_kode: dict[str, Simpul],
    id_simpul: PembuatId,
    id_indikator: PembuatId,
) -> Baris:
    teks = b["kode"].nilai
    kode = kd.rapikan(teks) if isinstance(teks, str) and not b.simpul else None
    level = kd.level(kode) if kode else None
    if kode is None or level is None:
        return b
    s = menurut_kode.get(kode)
    nama = nama_baris(spec, b)
    if s is None:
        induk = menurut_kode.get(kd.induk(kode) or "")
        if induk is None or nama is None:
            return b
        s = Simpul(id_simpul(), level, nama, kode, induk.id)
        simpul.append(s)
        menurut_kode[kode] = s
        i = Indikator(id_indikator(), s.id, indikator_baris(spec, b), **{f"di_{spec.keanggotaan}": True})  # type: ignore[arg-type]
        indikator.append(i)
        return replace(b, simpul=s.id, indikator=i.id, level=level)
    return replace(b, simpul=s.id, level=s.level)


# ── laying out one table ──────────────────────────────────────────────────────────────────────────────────────


def nilai_tautan(
    kolom: KolomSpec, level: Level, s: Simpul | None, i: Indikator | None, nomor: Mapping[str, str]
) -> str | None:
    """What a linked cell shows for a node and an indicator on a row of this level."""
    if s is None or (kolom.level and level not in kolom.level):
        return None
    if kolom.tautan == "indikator":
        return i.teks if i else None
    if kolom.tautan == "satuan":
        return i.satuan if i else None
    if kolom.tautan == "sasaran":
        return i.sasaran if i else None
    if level is Level.INDIKATOR_LANJUTAN:
        return None
    return {"kode": s.kode, "nama": s.nama or None, "nomor": nomor.get(s.id)}.get(kolom.tautan or "")


@dataclass
class _Penyusun:
    """Lays out one table; ``tersisa`` holds rows without a place, with the reason."""

    spec: TabelSpec
    buku: Buku
    nomor: Mapping[str, str]
    tersisa: list[tuple[Baris, str]] = field(default_factory=list)

    def susun(self) -> list[Baris]:
        spec = self.spec
        self._indikator = self.buku.indikator_menurut_id()
        lama = list(self._pecah_sisi(self.buku.baris(spec.kunci)))
        dihapus = (str(b["baris_id"].nilai) for b in self.buku.baris(BARIS_DIHAPUS.kunci))
        self._id = PembuatId(spec.awalan_id, (*(b.id for b in lama), *dihapus))
        lama = [self._ikut_indikator(b if b.id else replace(b, id=self._id())) for b in lama]
        menurut_simpul: dict[str, list[Baris]] = defaultdict(list)
        bebas: list[tuple[tuple[str, ...], Baris]] = []  # unlinked rows, each with the linked rows above it
        total: list[Baris] = []
        rata_rata: list[Baris] = []
        di_atas: list[str] = []
        for b in lama:
            if b.level is Level.TOTAL:
                total.append(b)
            elif b.level is Level.RATA_RATA:
                rata_rata.append(b)
            elif b.simpul:
                menurut_simpul[b.simpul].append(b)
                di_atas.append(b.id)
            else:
                bebas.append((tuple(di_atas), b))
        hasil = self._menurut_struktur(menurut_simpul)
        ada = {b.simpul for b in hasil}
        for rows in menurut_simpul.values():
            self.tersisa.extend((b, ALASAN_GANDA if b.simpul in ada else ALASAN_HILANG) for b in rows)
        hasil = self._selipkan(hasil, bebas)
        if spec.baris_total:
            hasil.append(self._baris_total(total))
            self.tersisa.extend((b, ALASAN_GANDA) for b in total[1:])
        else:
            self.tersisa.extend((b, ALASAN_HILANG) for b in total)
        if spec.rata_rata:
            b = rata_rata.pop(0) if rata_rata else Baris(self._id(), Level.RATA_RATA, {})
            kolom = next(k.kunci for k in spec.kolom if k.tautan == "nama")
            hasil.append(b.dengan({kolom: replace(b[kolom], nilai=spec.rata_rata)}))
        self.tersisa.extend((b, ALASAN_HILANG) for b in rata_rata)
        return hasil

    def _ikut_indikator(self, b: Baris) -> Baris:
        """A row follows its indicator to another node, unless it holds its old node's money."""
        i = self._indikator.get(b.indikator or "")
        beruang = any(b[k.kunci].nilai is not None for k in self.spec.kolom_uang)
        return replace(b, simpul=i.simpul) if i and i.simpul != b.simpul and not beruang else b

    def _menurut_struktur(self, menurut_simpul: dict[str, list[Baris]]) -> list[Baris]:
        spec = self.spec
        keanggotaan = spec.keanggotaan or ""
        anggota_tabel = anggota(self.buku, keanggotaan)
        indikator = indikator_menurut_simpul(self.buku)
        hasil: list[Baris] = []
        for s in self.buku.simpul:
            if s.id not in anggota_tabel or s.level not in spec.level_tampil:
                continue
            tampil = [i for i in indikator.get(s.id, ()) if getattr(i, f"di_{keanggotaan}")]
            dipakai: list[Indikator | None] = [*tampil] or [None]
            tersedia = menurut_simpul.get(s.id, [])
            pasangan = zip(self._pasangkan(dipakai, tersedia), dipakai, strict=True)
            rows = [self._isi(b, s, i, n == 0) for n, (b, i) in enumerate(pasangan)]
            rows[0] = self._warisi(rows[0], tersedia, dipakai)
            hasil.extend(self._satukan_uang(rows))
        return hasil

    @staticmethod
    def _pasangkan(dipakai: Sequence[Indikator | None], tersedia: list[Baris]) -> list[Baris | None]:
        """An existing row for each wanted indicator: by link, else in order among rows that link to none."""
        pasangan: list[Baris | None] = []
        for i in dipakai:
            cocok = next((b for b in tersedia if i and b.indikator == i.id), None)
            pasangan.append(cocok)
            if cocok:
                tersedia.remove(cocok)
        for n, b in enumerate(pasangan):
            cocok = None if b else next((t for t in tersedia if t.indikator is None), None)
            if cocok:
                pasangan[n] = cocok
                tersedia.remove(cocok)
        return pasangan

    def _warisi(self, pertama: Baris, tersedia: list[Baris], dipakai: Sequence[Indikator | None]) -> Baris:
        """Inputs of the node (money, place, …) move from rows whose indicator is gone to the node's first row."""
        terpakai = {i.id for i in dipakai if i}
        for b in [t for t in tersedia if t.indikator not in terpakai]:
            tersedia.remove(b)
            warisan = {
                k.kunci: b[k.kunci]
                for k in self.spec.kolom
                if k.peran in DIKETIK and not k.milik_indikator and not b[k.kunci].kosong and pertama[k.kunci].kosong
            }
            pertama = replace(pertama.dengan(warisan), asal=pertama.asal or b.asal)
            alasan = ALASAN_INDIKATOR if b.indikator else ALASAN_TANPA_INDIKATOR
            self.tersisa.append((b.dengan(dict.fromkeys(warisan, Sel())), alasan))
        return pertama

    def _isi(self, b: Baris | None, s: Simpul, i: Indikator | None, pertama: bool) -> Baris:
        level = s.level if pertama else Level.INDIKATOR_LANJUTAN
        baru = b is None
        b = b or Baris(self._id(), level, {})
        b = replace(self._lepas_uang(b, level), level=level, simpul=s.id, indikator=i.id if i else None)
        perubahan: dict[str, Sel] = {}
        for kolom in self.spec.kolom:
            if kolom.peran is Peran.TAUTAN:
                nilai = nilai_tautan(kolom, level, s, i, self.nomor)
                lama = b[kolom.kunci]
                if lama.nilai != nilai:
                    perubahan[kolom.kunci] = Sel(nilai, lama.asli or _teks_lama(lama.nilai, nilai))
            elif baru and kolom.bawaan == "satuan" and i and i.satuan:
                perubahan[kolom.kunci] = Sel(i.satuan)
        return b.dengan(perubahan)

    def _lepas_uang(self, b: Baris, level: Level) -> Baris:
        """Money of a row whose level changed: a sum is no typed amount, and a typed amount no sum."""
        if b.level is level or Level.INDIKATOR_LANJUTAN in {b.level, level}:
            return b
        uang = {k.kunci: b[k.kunci] for k in self.spec.kolom_uang if b[k.kunci].nilai is not None}
        diketik = {k: sel for k, sel in uang.items() if not sel.rumus and b.level is Level.SUB_KEGIATAN}
        if diketik and not self.spec.kolom_uang[0].sub_diturunkan:
            self.tersisa.append((replace(b, sel={**_tautan(self.spec, b), **diketik}), ALASAN_LEVEL))
        lepas = {k: Sel(None, sel.asli) for k, sel in uang.items() if sel.rumus or k in diketik}
        return b.dengan(lepas)

    def _satukan_uang(self, rows: list[Baris]) -> list[Baris]:
        """Money moves to the node's first row when it stands alone on another; two filled cells stay as they are."""
        for kolom in self.spec.kolom_uang:
            terisi = [n for n, b in enumerate(rows) if not b[kolom.kunci].kosong]
            if len(terisi) == 1 and terisi[0] != 0:
                asal, pindah = terisi[0], rows[terisi[0]][kolom.kunci]
                semula = rows[0][kolom.kunci]
                rows[asal] = rows[asal].dengan({kolom.kunci: semula})
                rows[0] = rows[0].dengan({kolom.kunci: pindah})
        return rows

    def _pecah_sisi(self, rows: Iterable[Baris]) -> Iterable[Baris]:
        """A row that names one node on its left and another on its right becomes two rows."""
        if self.spec is not T_C_31:
            yield from rows
            return
        daftar = list(rows)
        id_baru = PembuatId(self.spec.awalan_id, (b.id for b in daftar))
        kanan = [k.kunci for k in self.spec.kolom if k.sisi == "kebutuhan"]
        for b in daftar:
            lain = b["simpul_kebutuhan"].nilai
            if not isinstance(lain, str):
                yield b
                continue
            kosong = dict.fromkeys((*kanan, "simpul_kebutuhan"), Sel())
            yield b.dengan(kosong)
            yield replace(
                Baris(id_baru(), b.level, {}, lain, None, b.asal).dengan({k: b[k] for k in kanan}),
                level=b.level,
            )

    def _baris_total(self, total: list[Baris]) -> Baris:
        b = total[0] if total else Baris(self._id(), Level.TOTAL, {})
        return b.dengan({self.spec.kolom[0].kunci: replace(b[self.spec.kolom[0].kunci], nilai="Total")})

    @staticmethod
    def _selipkan(hasil: list[Baris], bebas: Iterable[tuple[tuple[str, ...], Baris]]) -> list[Baris]:
        """Unlinked rows stay below the nearest row above them that is still there, or at the top."""
        setelah: dict[str | None, list[Baris]] = defaultdict(list)
        letak = {b.id for b in hasil}
        for di_atas, b in bebas:
            setelah[next((i for i in reversed(di_atas) if i in letak), None)].append(b)
        keluar = list(setelah[None])
        for b in hasil:
            keluar.append(b)
            keluar.extend(setelah[b.id])
        return keluar


def _teks_lama(lama: Nilai, baru: str | None) -> str | None:
    """A replaced local text, kept as original."""
    return lama if isinstance(lama, str) and lama.strip() and lama != baru else None


def _tautan(spec: TabelSpec, b: Baris) -> dict[str, Sel]:
    return {k.kunci: b[k.kunci] for k in spec.kolom if k.peran is Peran.TAUTAN}


# ── Baris Dihapus ─────────────────────────────────────────────────────────────────────────────────────────────


def _simpan_terhapus(spec: TabelSpec, b: Baris, alasan: str, buku: Buku, id_baru: PembuatId) -> Iterable[Baris]:
    tahun = buku.tahun
    nama = nama_baris(spec, b)
    diketik = [k for k in spec.kolom if k.peran in DIKETIK and not b[k.kunci].rumus and b[k.kunci].nilai is not None]
    if not diketik and (b.asal or spec.per_simpul):  # a printed row without inputs is named all the same
        diketik = [k for k in spec.kolom if k.tautan == "nama"][:1]
    for kolom in diketik:
        sel = b[kolom.kunci]
        isi: dict[str, Nilai] = {
            "tabel": spec.kunci,
            "kode": teks_sel(b, "kode"),
            "nama": nama,
            "indikator": indikator_baris(spec, b),
            "judul": kolom.sebutan(tahun),
            "nilai": sel.nilai,
            "asli": sel.asli,
            "alasan": alasan,
            "asal_berkas": b.asal.berkas if b.asal else None,
            "asal_baris": b.asal.baris if b.asal else None,
            "kolom": kolom.kunci,
            "baris_id": b.id,
            "simpul": b.simpul,
            "indikator_id": b.indikator,
        }
        if isinstance(sel.nilai, int):  # sen: shown in rupiah like any amount
            isi["nilai"] = float(rupiah_dari_sen(sel.nilai))
        yield Baris(id_baru(), Level.DATA, {k: Sel(v) for k, v in isi.items() if v is not None})
