"""Accepted lines of *Usulan Bappeda* put into the plan; whatever is not certain stays as it is, and is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from renja_xl.core.buku import STRUKTUR, Baris, Buku, Level, Sel, baca_level
from renja_xl.core.isi_usulan import DIHITUNG, baku, baku_nilai, nilai_baku, sama, sebut
from renja_xl.core.manifes import KOSONG
from renja_xl.core.struktur import PembuatId
from renja_xl.core.usulan import (
    BARIS,
    PANJANG_TAMPIL,
    Isian,
    dapat_ditambah,
    disetujui,
    ditolak,
    isi_baris_baru,
    keadaan,
    segarkan_usulan,
    teks,
)
from renja_xl.tabel import MENURUT_KUNCI, PROFIL, PROGRAM_SUB_KEGIATAN, TABEL_TERTAUT, USULAN_BAPPEDA
from renja_xl.tabel.spec import DIKETIK, Peran
from renja_xl.tabel.usulan import TERBUKA, TERIMA, JenisUsulan, Keadaan


@dataclass(frozen=True)
class Penerapan:
    """What came of applying.

    Attributes:
        diterapkan: lines in words, old → new; ditunda: those that were chosen and stay, with the reason.
        menunggu: lines that nobody has chosen yet.
        perlu_perbarui: whether tables wait for the struktur, or rows for their place.
    """

    buku: Buku
    diterapkan: list[str] = field(default_factory=list)
    ditunda: list[str] = field(default_factory=list)
    menunggu: int = 0
    perlu_perbarui: bool = False


def terapkan_usulan(buku: Buku, *, semua: bool = False, nomor: Collection[int] = ()) -> Penerapan:
    """The plan with accepted proposals.

    Args:
        semua: accept every proposal that waits without a conflict, beside those whose *Pilihan* is *Terima*.
        nomor: accept these lines, by the number in their first column; conflicts too.

    Raises:
        KeyError: a number that no line has.
    """
    buku = segarkan_usulan(buku)
    rows = buku.baris(USULAN_BAPPEDA.kunci)
    ada = {n for b in rows if (n := _nomor(b))}
    for n in nomor:
        if n not in ada:
            raise KeyError(n)
    hasil = _Penerap(buku)
    for b in rows:
        dapat = keadaan(b) in TERBUKA
        if not dapat:
            if _nomor(b) in nomor:
                hasil.ditunda.append(f"{_sebut(b)}: sudah {teks(b, 'keadaan').lower()}.")
            continue
        dipilih = _nomor(b) in nomor or disetujui(b)
        umum = semua and keadaan(b) is Keadaan.MENUNGGU and not ditolak(b)
        if dipilih or umum:
            hasil.terapkan(b, diam=not dipilih)
    kini = segarkan_usulan(hasil.buku)
    menunggu = sum(keadaan(b) in TERBUKA for b in kini.baris(USULAN_BAPPEDA.kunci))
    return Penerapan(kini, hasil.diterapkan, hasil.ditunda, menunggu, hasil.perlu_perbarui)


class _Penerap:
    def __init__(self, buku: Buku) -> None:
        self.buku = buku
        self.diterapkan: list[str] = []
        self.ditunda: list[str] = []
        self.perlu_perbarui = False

    def terapkan(self, b: Baris, *, diam: bool) -> None:
        """Apply one line.

        Args:
            diam: whether a line that changes no cell is passed over without a word.
        """
        if teks(b, "nilai_usulan").startswith(BARIS):
            self._tambah(b)
        elif teks(b, "kunci_kolom"):
            self._ubah(b, diam=diam)
        elif not diam and teks(b, "jenis") != JenisUsulan.KEPUTUSAN:
            self.ditunda.append(
                f"{_sebut(b)}: tidak menyebut isian yang dapat diubah; mohon kerjakan sendiri, lalu tanggapi."
            )

    def _ubah(self, b: Baris, *, diam: bool) -> None:
        tabel, baris, kolom = teks(b, "tabel"), teks(b, "baris"), teks(b, "kunci_kolom")
        isian = Isian(self.buku)
        sel = isian.sel(tabel, baris, kolom)
        if sel is None:
            self.ditunda.append(f"{_sebut(b)}: barisnya tidak ada lagi; mohon kerjakan sendiri bila masih perlu.")
            return
        if not isian.diketik(tabel, baris, kolom):
            if not diam:
                self.ditunda.append(f"{_sebut(b)}: {self._tak_diketik(tabel, kolom)}.")
            return
        if diam and not sama(baku(sel), teks(b, "nilai_dikirim")):
            return  # another line of the same run has just changed it
        try:
            nilai = nilai_baku(teks(b, "nilai_usulan"))
        except ValueError:
            self.ditunda.append(f"{_sebut(b)}: isinya tidak terbaca; mohon ketik sendiri.")
            return
        semula = sebut(baku_nilai(sel.nilai))
        if tabel == STRUKTUR:
            self._struktur(baris, kolom, nilai if isinstance(nilai, str) else None)
        else:
            rows = [x.dengan({kolom: Sel(nilai, sel.asli)}) if x.id == baris else x for x in self.buku.baris(tabel)]
            self.buku = self.buku.ganti({tabel: rows})
        self._selesai(b, semula)

    @staticmethod
    def _tak_diketik(tabel: str, kolom: str) -> str:
        spec = MENURUT_KUNCI[tabel]
        if spec in {PROFIL, PROGRAM_SUB_KEGIATAN}:
            return f"isian ini hanya diubah sendiri di lembar {spec.lembar}; mohon ubah di sana bila memang perlu, lalu tanggapi"
        if spec.menurut_kunci[kolom].peran in {Peran.TAUTAN, Peran.KUNCI}:
            return "selnya mengikuti lembar lain; mohon ubah di sana, lalu tanggapi"
        return "selnya dihitung; mohon ubah isian rinciannya, lalu tanggapi"

    def _struktur(self, pengenal: str, kolom: str, nilai: str | None) -> None:
        i = self.buku.indikator_menurut_id().get(pengenal)
        simpul = i.simpul if i else pengenal
        if kolom == "nama":
            daftar = tuple(replace(s, nama=nilai or "") if s.id == simpul else s for s in self.buku.simpul)
            self.buku = replace(self.buku, simpul=daftar)
        else:
            medan = {"indikator": "teks", "satuan": "satuan"}[kolom]
            self.buku = replace(
                self.buku,
                indikator=tuple(
                    replace(x, **{medan: nilai}) if x.id == pengenal else x  # type: ignore[arg-type]
                    for x in self.buku.indikator
                ),
            )
        self.perlu_perbarui = True

    def _tambah(self, b: Baris) -> None:
        tabel = teks(b, "tabel")
        isi = isi_baris_baru(b)
        if not dapat_ditambah(tabel) or not isi:
            self.ditunda.append(f"{_sebut(b)}: barisnya tidak dapat ditambahkan sendiri; mohon ketik di lembarnya.")
            return
        spec = MENURUT_KUNCI[tabel]
        sel: dict[str, Sel] = {}
        for k, v in isi.items():
            kolom = spec.menurut_kunci.get(k)
            if kolom is None or not (kolom.peran in DIKETIK or (spec in TABEL_TERTAUT and kolom.peran is Peran.TAUTAN)):
                continue
            try:
                sel[k] = Sel(nilai_baku(v))
            except ValueError:
                self.ditunda.append(
                    f"{_sebut(b)}: {kolom.sebutan(self.buku.tahun)} tidak terbaca; mohon ketik sendiri."
                )
                return
        rows = list(self.buku.baris(tabel))
        pembuat = PembuatId(spec.awalan_id, (x.id for x in rows))
        level = (baca_level(isi.get("level", "").partition(":")[2]) if spec in TABEL_TERTAUT else None) or Level.DATA
        baru = Baris(pembuat(), level, {}).dengan(sel)
        # above the total, which a table ends with
        di = next((n for n, x in enumerate(rows) if x.level is Level.TOTAL), len(rows))
        self.buku = self.buku.ganti({tabel: [*rows[:di], baru, *rows[di:]]})
        self.perlu_perbarui = self.perlu_perbarui or spec in TABEL_TERTAUT
        self._selesai(b, KOSONG)

    def _selesai(self, b: Baris, semula: str) -> None:
        sejak = (
            ""
            if teks(b, "nilai_dikirim") == DIHITUNG or semula == sebut(teks(b, "nilai_dikirim"))
            else f"; semula {semula}"
        )
        tanda = {"pilihan": Sel(TERIMA), "keadaan": Sel(f"{Keadaan.DITERIMA}{sejak}"[:PANJANG_TAMPIL])}
        rows = [x.dengan(tanda) if x.id == b.id else x for x in self.buku.baris(USULAN_BAPPEDA.kunci)]
        self.buku = self.buku.ganti({USULAN_BAPPEDA.kunci: rows})
        self.diterapkan.append(f"{_sebut(b)}: {semula} → {_pendek(teks(b, 'usulan'))}")


def _nomor(b: Baris) -> int:
    n = b["no"].nilai
    return int(n) if isinstance(n, float) and 0 < n < 1e9 else 0


def _pendek(t: str) -> str:
    satu = " ".join(t.split())
    return satu if len(satu) <= 90 else f"{satu[:89]}…"


def _sebut(b: Baris) -> str:
    """A line in few words: number, sheet, row, column."""
    bagian = (teks(b, "lembar"), teks(b, "kode"), _pendek(teks(b, "nama")), teks(b, "kolom"))
    return f"No {_nomor(b)} {teks(b, 'jenis')}, {' · '.join(filter(None, bagian))}"


def baris_usulan(buku: Buku, pengenal: Collection[str]) -> Iterator[str]:
    """Lines as a terminal lists them.

    Args:
        pengenal: ids of the lines.
    """
    for b in buku.baris(USULAN_BAPPEDA.kunci):
        if b.id not in pengenal:
            continue
        isi = [
            f"{_pendek(teks(b, 'dikirim'))} → {_pendek(teks(b, 'usulan'))}"
            if teks(b, "kunci_kolom")
            else _pendek(teks(b, "usulan")),
            teks(b, "keputusan"),
            f"“{_pendek(teks(b, 'catatan'))}”" if teks(b, "catatan") else "",
        ]
        kini = f"; kini {_pendek(teks(b, 'kini'))}" if keadaan(b) is Keadaan.BENTROK else ""
        yield f"{_sebut(b)}: {'; '.join(filter(None, isi))} ({teks(b, 'keadaan')}{kini})"
