"""KOD: kode of the nomenclature that are missing, doubtful, or out of place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from renja_xl.core import kode as kd
from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Baris, Level, Simpul, baca_level
from renja_xl.core.nomenklatur import AMBANG_MIRIP, Butir, Pengusul, setara
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.teks import mirip
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.kelompok import contoh, kelompokkan, satukan
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import NOMENKLATUR, PROGRAM_SUB_KEGIATAN

_BERKODE = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN})


def kode_simpul(k: Konteks) -> Iterator[Temuan]:
    """A node has no kode, an unsure one, or one that belongs under another parent."""
    yield from kelompokkan(
        _kode_simpul(k),
        lambda d: {
            "KOD-01": (f"{len(d)} butir belum berkode, antara lain “{_nama_di(d[0])}”.", d[0].perbaikan),
            "KOD-02": (f"{len(d)} kode masih perlu konfirmasi, antara lain {contoh(d)}.", d[0].perbaikan),
        }.get(d[0].aturan, (f"{len(d)} kode berada di bawah induk lain, antara lain {contoh(d)}.", d[0].perbaikan)),
        batas=_BANYAK,
    )


_BANYAK = 5
"""Nodes without kode that are still named one by one."""


def _nama_di(t: Temuan) -> str:
    return t.pesan.partition("“")[2].partition("”")[0]


def _kode_simpul(k: Konteks) -> Iterator[Temuan]:
    for b in k.struktur:
        s = k.simpul.get(b.simpul or "")
        if s is None or b.level not in _BERKODE:
            continue
        if s.kode is None:
            yield k.temuan(
                "KOD-01", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"{s.level.judul} “{s.nama}” belum berkode.",
                "Cari kodenya di nomenklatur dan tulis di sini; bila tidak ada, mohon dikonfirmasi ke Bappeda.",
            )  # fmt: skip
            continue
        if s.keterangan_kode and s.keterangan_kode.startswith("perlu"):
            yield k.temuan(
                "KOD-02", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {s.kode} untuk “{s.nama}” masih perlu konfirmasi.",
                "Pastikan kodenya, lalu kosongkan Keterangan kode.", s.kode,
            )  # fmt: skip
        induk = k.simpul.get(s.induk or "")
        kode_induk = kd.induk(s.kode)
        if induk and induk.kode and kode_induk and induk.kode != kode_induk and induk.level in _BERKODE:
            yield k.temuan(
                "KOD-03", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {s.kode} “{s.nama}” berada di bawah {induk.kode} “{induk.nama}”.",
                "Pindahkan barisnya ke bawah induk yang benar, atau perbaiki kodenya.", s.kode,
            )  # fmt: skip


# ── against the nomenclature ──────────────────────────────────────────────────────────────────────────────────

_LAMA = re.compile(r"(\d\.\d{2}\.\d{2}\.\d\.\d{2})\.(\d{2,3}|\d{5,})")
"""Kode of a sub kegiatan whose last part has not the four digits of the decree in force."""


class _Rujukan:
    """The loaded nomenclature, by kode and by name."""

    def __init__(self, k: Konteks) -> None:
        self.butir = [
            Butir(kode, level, nama)
            for b in k.buku.baris(NOMENKLATUR.kunci)
            if (kode := teks_sel(b, "kode"))
            and (nama := teks_sel(b, "nama"))
            and (level := baca_level(teks_sel(b, "jenjang") or ""))
        ]
        bidang = k.buku.profil("kode_bidang_urusan")
        self.bidang = str(bidang).strip() if bidang is not None else None
        self.pengusul = Pengusul(self.butir, bidang_urusan=self.bidang)
        self._menurut_nama: dict[str, list[Butir]] = defaultdict(list)
        for b in self.butir:
            self._menurut_nama[kunci_teks(b.nama)].append(b)
        self._program = {".".join(b.kode.split(".")[:3]) for b in self.butir}
        self._sisa = 60  # likeness of names is slow: so many proposals at most

    def memuat_program(self, kode: str) -> bool:
        """Whether the list reaches as deep as a kode's program at all."""
        bagian = kode.split(".")[:3]
        return ".".join(bagian) in self._program or (len(bagian) > 2 and f"X.XX.{bagian[2]}" in self._program)

    def usul(self, s: Simpul, kode_induk: str | None) -> str:
        """Kode in force for a node by its name, below its parent; empty where the name does not decide."""
        calon = {
            kode
            for b in self._menurut_nama.get(kunci_teks(s.nama), ())
            if b.level in setara(s.level)
            and kd.induk(kode := kd.untuk_perangkat_daerah(b.kode, self.bidang)) == kode_induk
        }
        if len(calon) == 1:
            return calon.pop()
        if self._sisa <= 0:
            return ""
        self._sisa -= 1
        usulan = self.pengusul.usul(s.nama, s.level, kode_induk)
        return usulan.kode if usulan and kd.induk(usulan.kode) == kode_induk else ""


def bentuk_kode(k: Konteks) -> Iterator[Temuan]:
    """A kode that the nomenclature could not have, of another level than its row, or in the form of the older decree."""
    rujukan = _Rujukan(k)
    lama, salah = [], []
    for b, s in _berkode(k):
        kode = s.kode or ""
        ditulis = re.sub(r"\s", "", kode).rstrip(".")
        m = _LAMA.fullmatch(ditulis)
        if m and s.level is Level.SUB_KEGIATAN:
            usulan = rujukan.usul(s, m[1])
            lama.append(k.temuan(
                "KOD-07", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {kode} “{s.nama}” memakai bentuk lama; kode sub kegiatan yang berlaku berakhir empat angka.",
                f"Mohon pakai {usulan} bila itu yang dimaksud." if usulan else "Cari kode barunya di nomenklatur menurut namanya.",
                kode, usulan,
            ))  # fmt: skip
            continue
        rapi = kd.rapikan(kode)
        if rapi is None:
            salah.append(k.temuan(
                "KOD-06", Tingkat.HARUS_DIPERBAIKI, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {kode} “{s.nama}” bukan susunan kode nomenklatur.",
                "Tulis kodenya sebagai teks menurut nomenklatur, misalnya 5.03.02.2.01.0004.", kode,
            ))  # fmt: skip
        elif (level := kd.level(rapi)) is not None and level not in setara(s.level):
            salah.append(k.temuan(
                "KOD-06", Tingkat.HARUS_DIPERBAIKI, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {kode} “{s.nama}” adalah kode {level.judul.lower()}, padahal barisnya {s.level.judul.lower()}.",
                "Perbaiki kodenya, atau level barisnya.", kode,
            ))  # fmt: skip
    yield from salah
    yield from kelompokkan(lama, lambda d: (
        f"{len(d)} kode sub kegiatan memakai bentuk lama; yang berlaku berakhir empat angka.",
        "Ganti dengan kode barunya di nomenklatur menurut nama sub kegiatannya.",
    ))  # fmt: skip


def _berkode(k: Konteks) -> Iterator[tuple[Baris, Simpul]]:
    """First rows of the nodes of the struktur that carry a kode of their own."""
    for b in k.struktur:
        s = k.simpul.get(b.simpul or "")
        if s is not None and s.kode and b.level in _BERKODE:
            yield b, s


def lawan_nomenklatur(k: Konteks) -> Iterator[Temuan]:
    """A kode that the loaded list has not, or has under another name; two kode that changed places."""
    rujukan = _Rujukan(k)
    if not rujukan.butir:
        return
    beda: dict[str, tuple[Baris, Simpul, str]] = {}
    asing: list[Temuan] = []
    luar: list[Temuan] = []
    for b, s in _berkode(k):
        kode = kd.rapikan(s.kode or "")
        if kode is None or kd.level(kode) not in setara(s.level) or _LAMA.fullmatch(kode):
            continue
        butir = rujukan.pengusul.dikenali(kode)
        if butir is None:
            daftar = asing if rujukan.memuat_program(kode) else luar
            daftar.append(k.temuan(
                "KOD-04", Tingkat.INFORMASI, PROGRAM_SUB_KEGIATAN, b, "kode",
                f"Kode {kode} “{s.nama}” tidak ada dalam nomenklatur yang dimuat.",
                "Bandingkan dengan nomenklatur yang berlaku di SIPD; daftar di buku ini boleh dilengkapi.", kode,
            ))  # fmt: skip
        elif kunci_teks(butir.nama) != kunci_teks(s.nama):
            beda[kode] = (b, s, butir.nama)
    yield from kelompokkan(asing, lambda d: (f"{len(d)} kode tidak ada dalam nomenklatur yang dimuat.", d[0].perbaikan))
    if luar:
        yield satukan(luar, f"Nomenklatur yang dimuat tidak memuat program dari {len(luar)} kode, sehingga namanya tidak dibandingkan.",
                      "Lengkapi lembar Nomenklatur bila ingin dibandingkan.")  # fmt: skip
    yield from _nama_berbeda(k, beda)


def _nama_berbeda(k: Konteks, beda: Mapping[str, tuple[Baris, Simpul, str]]) -> Iterator[Temuan]:
    menurut_nama = {kunci_teks(resmi): kode for kode, (_, _, resmi) in beda.items()}
    tertukar: set[str] = set()
    for kode, (b, s, resmi) in beda.items():
        lain = menurut_nama.get(kunci_teks(s.nama))
        if lain is None or lain in tertukar or kunci_teks(beda[lain][1].nama) != kunci_teks(resmi):
            continue
        tertukar |= {kode, lain}
        b2, s2, _ = beda[lain]
        pesan = (
            f"Kode “{s.nama}” tertulis {kode} dan “{s2.nama}” tertulis {lain}; menurut nomenklatur keduanya tertukar."
        )
        perbaikan = f"Mohon tukar kembali: {lain} untuk yang pertama dan {kode} untuk yang kedua."
        pasangan = [
            k.temuan("KOD-08", Tingkat.HARUS_DIPERBAIKI, PROGRAM_SUB_KEGIATAN, x, "kode", pesan, perbaikan, dari, ke)
            for x, dari, ke in ((b, kode, lain), (b2, lain, kode))
        ]
        yield satukan(pasangan, pesan, perbaikan)
    sisa = [
        (k.temuan(
            "KOD-05",
            Tingkat.INFORMASI if mirip(s.nama, resmi, AMBANG_MIRIP) else Tingkat.PERLU_DICEK,
            PROGRAM_SUB_KEGIATAN, b, "nama",
            f"Kode {kode} bernama “{resmi}” dalam nomenklatur, sedangkan di sini “{s.nama}”.",
            "Pastikan kode dan namanya; nomenklatur dapat memuat salah ketik, maka tidak diganti sendiri.", s.nama, resmi,
        ))
        for kode, (b, s, resmi) in beda.items() if kode not in tertukar
    ]  # fmt: skip
    berat = [t for t in sisa if t.tingkat is Tingkat.PERLU_DICEK]
    ringan = [t for t in sisa if t.tingkat is Tingkat.INFORMASI]
    yield from kelompokkan(
        berat, lambda d: (f"{len(d)} nama berbeda jauh dari nama kodenya dalam nomenklatur.", d[0].perbaikan)
    )
    yield from kelompokkan(
        ringan,
        lambda d: (f"{len(d)} nama sedikit berbeda ejaannya dari nama kodenya dalam nomenklatur.", d[0].perbaikan),
    )


ATURAN_KOD = (
    Aturan("KOD-01", Tingkat.PERLU_DICEK, "butir belum berkode", "nomenklatur"),
    Aturan("KOD-02", Tingkat.PERLU_DICEK, "kode perlu konfirmasi", "nomenklatur"),
    Aturan("KOD-03", Tingkat.PERLU_DICEK, "kode berada di bawah induk lain", "nomenklatur"),
    Aturan("KOD-04", Tingkat.INFORMASI, "kode tidak ada dalam nomenklatur yang dimuat", "nomenklatur"),
    Aturan("KOD-05", Tingkat.PERLU_DICEK, "nama berbeda dari nama kodenya dalam nomenklatur", "nomenklatur"),
    Aturan("KOD-06", Tingkat.HARUS_DIPERBAIKI, "susunan kode salah atau bukan levelnya", "Permendagri 90/2019"),
    Aturan("KOD-07", Tingkat.PERLU_DICEK, "kode berbentuk lama", "Kepmendagri 900.1.15.5-1317/2023"),
    Aturan("KOD-08", Tingkat.HARUS_DIPERBAIKI, "kode dua butir tertukar", "nomenklatur"),
)

PERIKSA_KOD = (kode_simpul, bentuk_kode, lawan_nomenklatur)
