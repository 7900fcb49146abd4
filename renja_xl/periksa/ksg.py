"""KSG: what a plan needs and does not have.

A blank among filled ones is a question; a column that is blank throughout is work not yet begun, and one piece of information.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Baris, Level
from renja_xl.core.pagu import Pos, tata_pagu
from renja_xl.core.struktur import anak_menurut_induk
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.kelompok import kelompokkan, ringkas_teks, satukan
from renja_xl.periksa.konteks import Konteks
from renja_xl.tabel import PROFIL, PROGRAM_SUB_KEGIATAN, RKT, T_C_29, T_C_31, T_C_33
from renja_xl.tabel.profil import TAHAPAN
from renja_xl.tabel.spec import DIKETIK, KolomSpec, TabelSpec

_SEBAGIAN_BESAR = 0.6
"""Share of filled cells from which a blank one among them is a question of its own."""


def _kosong(b: Baris, kolom: str) -> bool:
    """Whether nothing at all stands in a cell; a dash was written on purpose."""
    nilai = b[kolom].nilai
    return nilai is None or (isinstance(nilai, str) and not nilai.strip())


@dataclass(frozen=True)
class _Kolom:
    """What is wanted of a column."""

    aturan: str
    spec: TabelSpec
    kunci: str
    sebutan: str
    saran: str
    mulai: bool = False
    """Whether a column blank throughout is worth a word."""


def _periksa_kolom(k: Konteks, w: _Kolom, rows: Sequence[Baris]) -> Iterator[Temuan]:
    """Blanks of a column on rows that should have it filled."""
    kosong = [b for b in rows if _kosong(b, w.kunci)]
    terisi = len(rows) - len(kosong)
    if not kosong or not (terisi or w.mulai):
        return
    temuan = [
        k.temuan(
            w.aturan, Tingkat.PERLU_DICEK, w.spec, b, w.kunci,
            f"{w.sebutan} “{ringkas_teks(k.nama(w.spec, b))}” di {w.spec.lembar} kosong.", w.saran,
        )
        for b in kosong
    ]  # fmt: skip

    def kalimat(daftar: Sequence[Temuan]) -> tuple[str, str]:
        return f"{w.sebutan} di {w.spec.lembar} kosong pada {len(daftar)} dari {len(rows)} baris.", w.saran

    if terisi < _SEBAGIAN_BESAR * len(rows):
        yield satukan(temuan, *kalimat(temuan), Tingkat.INFORMASI)
    else:
        yield from kelompokkan(temuan, kalimat)


# ── sub kegiatan of the plan tables ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Sub:
    """A sub kegiatan in a plan table: its rows, the one that holds its money first."""

    pos: Pos
    rows: tuple[Baris, ...]

    def terisi(self, *kolom: str) -> bool:
        """Whether any of its rows has anything in these columns."""
        return any(not _kosong(b, c) for b in self.rows for c in kolom)


def _sub(k: Konteks, spec: TabelSpec, kolom: str) -> list[_Sub]:
    rows = k.buku.baris(spec.kunci)
    return [
        _Sub(p, tuple(rows[i] for i in sorted(p.baris, key=lambda i: i != p.sel)))
        for p in tata_pagu(rows, kolom)
        if p.sub and rows[p.baris[0]].simpul
    ]


_ISIAN: Mapping[str, tuple[str, ...]] = {
    spec.kunci: tuple(
        c.kunci for c in spec.kolom if c.peran in DIKETIK and not c.kunci.startswith(("satuan_", "predikat_"))
    )
    for spec in (T_C_31, T_C_33)
}
"""Columns that show whether somebody worked on a row."""


def isian_sub_kegiatan(k: Konteks) -> Iterator[Temuan]:
    """Pagu, target, lokasi, sumber dana and forward estimate of sub kegiatan that somebody began to fill in."""
    mulai = [s for s in _sub(k, T_C_33, "pagu_n") if s.terisi(*_ISIAN["T-C.33"])]
    pertama = [s.rows[0] for s in mulai]
    yield from _periksa_kolom(
        k, _Kolom("KSG-01", T_C_33, "pagu_n", f"Pagu Tahun {k.tahun}", "Isi pagunya, atau ketik - bila memang tidak dianggarkan.", True),
        pertama,
    )  # fmt: skip
    # a target beside an amount is a contradiction, and that rule's
    tanpa_pagu = [s.rows[0] for s in mulai if not s.terisi("target_n") and s.rows[0]["pagu_n"].angka is None]
    if tanpa_pagu and len(tanpa_pagu) < len(mulai):
        for b in tanpa_pagu:
            yield k.temuan(
                "KSG-02", Tingkat.PERLU_DICEK, T_C_33, b, "target_n",
                f"Target Tahun {k.tahun} “{ringkas_teks(k.nama(T_C_33, b))}” di {T_C_33.lembar} kosong.",
                "Isi target dan satuannya.",
            )  # fmt: skip
    bertarget = [b for s in mulai for b in s.rows if b["target_n"].angka is not None]
    maju = _Kolom(
        "KSG-08", T_C_33, "target_p1", f"Target prakiraan maju Tahun {k.tahun + 1}", "Isi target prakiraan majunya."
    )
    yield from _periksa_kolom(k, maju, bertarget)
    berpagu = [b for b in pertama if b["pagu_n"].angka]
    saran = "Isi prakiraan majunya, atau jalankan Hitung Ulang agar diusulkan."
    uang = _Kolom("KSG-08", T_C_33, "pagu_p1", f"Prakiraan maju Tahun {k.tahun + 1}", saran)
    yield from _periksa_kolom(k, uang, [b for b in berpagu if not b["pagu_p1"].rumus])
    for kunci in ("sumber_dana", "lokasi"):
        yield from _periksa_kolom(k, _lengkapi(k, T_C_33, kunci), pertama)


_SISI = (("lokasi_rkpd", "target_rkpd", "pagu_rkpd"), ("lokasi_kebutuhan", "target_kebutuhan", "kebutuhan_dana"))


def isian_rkpd(k: Konteks) -> Iterator[Temuan]:
    """Amount and lokasi on each side of T-C.31 that somebody began to fill in."""
    for lokasi, target, uang in _SISI:
        rows = [s.rows[0] for s in _sub(k, T_C_31, uang) if s.terisi(target, uang)]
        judul = T_C_31.menurut_kunci[uang].sebutan(k.tahun)
        w = _Kolom("KSG-01", T_C_31, uang, judul, "Isi jumlahnya, atau ketik - bila memang tidak dianggarkan.", True)
        yield from _periksa_kolom(k, w, rows)
        yield from _periksa_kolom(k, _lengkapi(k, T_C_31, lokasi), rows)


def _lengkapi(k: Konteks, spec: TabelSpec, kunci: str) -> _Kolom:
    nama = spec.menurut_kunci[kunci].sebutan(k.tahun).rpartition(" – ")[2]
    return _Kolom("KSG-05", spec, kunci, nama, f"Isi {nama.lower()}nya.")


def indikator_dan_satuan(k: Konteks) -> Iterator[Temuan]:
    """A row without indicator, or a figure without unit, where most others have one."""
    for spec in (T_C_29, T_C_31, T_C_33, RKT):
        rows = [b for b in k.buku.baris(spec.kunci) if b.level in _BERINDIKATOR]
        for kolom in spec.kolom:
            if kolom.tautan == "indikator":
                w = _Kolom(
                    "KSG-03", spec, kolom.kunci, _nama_kolom(k, kolom), "Isi indikatornya di Program & Sub Kegiatan."
                )
                yield from _periksa_kolom(k, w, rows)
            if kolom.satuan and kolom.milik_indikator:
                w = _Kolom("KSG-04", spec, kolom.satuan, f"Satuan {_nama_kolom(k, kolom)}", "Isi satuannya.")
                angka = [b for b in rows if b[kolom.kunci].angka is not None and not _predikat(b, kolom)]
                yield from _periksa_kolom(k, w, angka)


_BERINDIKATOR = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.INDIKATOR_LANJUTAN})


def _nama_kolom(k: Konteks, kolom: KolomSpec) -> str:
    return kolom.sebutan(k.tahun).removesuffix(" – Nilai")


def _predikat(b: Baris, kolom: KolomSpec) -> bool:
    """Whether a grade stands beside a figure: it needs no unit."""
    return bool(kolom.predikat and kolom.predikat != kolom.satuan and teks_sel(b, kolom.predikat))


# ── evaluation ────────────────────────────────────────────────────────────────────────────────────────────────


def isian_evaluasi(k: Konteks) -> Iterator[Temuan]:
    """T-C.29: a target of the past year without realisasi, figures without a Renstra target."""
    rows = k.buku.baris(T_C_29.kunci)
    bertarget = [b for b in rows if b["target_n2"].angka is not None]
    saran = "Isi realisasinya, atau ketik 0 bila memang belum ada."
    w = _Kolom("KSG-07", T_C_29, "realisasi_n2", f"Realisasi Tahun {k.tahun - 2}", saran, True)
    yield from _periksa_kolom(k, w, bertarget)
    berisi = [
        b
        for b in rows
        if any(b[c].angka is not None for c in ("realisasi_sd_n3", "target_n2", "realisasi_n2", "target_n1"))
    ]
    saran = "Isi target akhir Renstra, agar tingkat capaiannya dapat dihitung."
    akhir = _Kolom("KSG-02", T_C_29, "target_renstra", "Target akhir Renstra", saran, True)
    yield from _periksa_kolom(k, akhir, [b for b in berisi if not b["target_renstra"].rumus])


# ── rows of one table that another has not ────────────────────────────────────────────────────────────────────


def butir_antartabel(k: Konteks) -> Iterator[Temuan]:
    """A sub kegiatan is planned in one table and missing, or left blank, in another."""
    ada = {
        "T-C.31": _terencana(k, T_C_31, "kebutuhan_dana"),
        "T-C.33": _terencana(k, T_C_33, "pagu_n"),
        "RKT": {b.simpul: b for b in k.buku.baris(RKT.kunci) if b.level is Level.SUB_KEGIATAN and b.simpul},
    }
    nama_spec = {s.kunci: s for s in (T_C_31, T_C_33, RKT)}
    if not ada["T-C.33"]:
        return
    hasil: dict[tuple[str, str], list[Temuan]] = defaultdict(list)
    tercatat: set[tuple[str, str]] = set()
    for asal, tujuan in (("T-C.33", "T-C.31"), ("T-C.31", "T-C.33"), ("T-C.33", "RKT"), ("RKT", "T-C.33")):
        if not ada[tujuan]:
            continue
        for simpul, b in ada[asal].items():
            if simpul in ada[tujuan] or (simpul, tujuan) in tercatat:
                continue
            tercatat.add((simpul, tujuan))
            spec = nama_spec[asal]
            kolom = next(
                (c.kunci for c in spec.kolom if c.tautan == "nama" and teks_sel(b, c.kunci)), spec.kolom[0].kunci
            )
            hasil[asal, tujuan].append(k.temuan(
                "KSG-06", Tingkat.PERLU_DICEK, spec, b, kolom,
                f"Sub kegiatan “{k.nama(spec, b)}” ada di {asal}, tetapi di {tujuan} tidak ada atau belum diisi.",
                "Samakan daftar sub kegiatannya: lengkapi tabel itu, atau keluarkan dari rencana bila memang tidak jadi.",
                tujuan,
            ))  # fmt: skip
    yield from _sekali_sel(hasil)


def _sekali_sel(hasil: Mapping[tuple[str, str], Sequence[Temuan]]) -> Iterator[Temuan]:
    """One finding per row, whatever the number of tables that lack it; many of one pair of tables are one finding."""
    terlihat: set[tuple[str, str]] = set()
    for (asal, tujuan), daftar in hasil.items():
        baru = [t for t in daftar if (t.tabel, t.baris) not in terlihat]
        terlihat |= {(t.tabel, t.baris) for t in baru}

        def kalimat(d: Sequence[Temuan], asal: str = asal, tujuan: str = tujuan) -> tuple[str, str]:
            return f"{len(d)} sub kegiatan di {asal} tidak ada atau belum diisi di {tujuan}.", d[0].perbaikan

        yield from kelompokkan(baru, kalimat)


def _terencana(k: Konteks, spec: TabelSpec, kolom: str) -> dict[str, Baris]:
    """Sub kegiatan that a table plans for, each with its row: the right side of T-C.31 may name another than the left."""
    hasil: dict[str, Baris] = {}
    for s in _sub(k, spec, kolom):
        if s.terisi(*_ISIAN[spec.kunci]):
            for b in s.rows:
                for simpul in (b.simpul, teks_sel(b, "simpul_kebutuhan")):
                    if simpul:
                        hasil.setdefault(simpul, b)
    return hasil


def induk_tanpa_anak(k: Konteks) -> Iterator[Temuan]:
    """A program without kegiatan, a kegiatan without sub kegiatan."""
    anak = anak_menurut_induk(k.buku.simpul)
    isi = {Level.PROGRAM: "kegiatan", Level.KEGIATAN: "sub kegiatan"}
    for b in k.struktur:
        if b.level in isi and not anak.get(b.simpul):
            s = k.simpul[b.simpul or ""]
            yield k.temuan(
                "KSG-09", Tingkat.PERLU_DICEK, PROGRAM_SUB_KEGIATAN, b, "nama",
                f"{s.level.judul} “{s.nama}” belum memuat {isi[b.level]}.",
                f"Tambahkan {isi[b.level]}nya, atau hapus barisnya bila tidak direncanakan.", s.nama,
            )  # fmt: skip


_WAJIB_PROFIL = ("perangkat_daerah", "tahun_renstra")


def profil(k: Konteks) -> Iterator[Temuan]:
    """Identity fields that titles and period checks need, once the plan is past its preparation."""
    rencana = k.buku.baris(T_C_33.kunci)
    lewat_persiapan = k.buku.profil("tahapan") not in {None, TAHAPAN[0]} or any(b.asal for b in rencana)
    if not lewat_persiapan or not any(b.level is Level.SUB_KEGIATAN for b in rencana):
        return
    for b in k.buku.baris(PROFIL.kunci):
        if b["kunci"].nilai in _WAJIB_PROFIL and b["nilai"].kosong:
            yield k.temuan(
                "KSG-10", Tingkat.INFORMASI, PROFIL, b, "nilai",
                f"{b['uraian'].nilai} di Profil masih kosong.", "Isi di lembar Profil; judul tabel memakainya.",
            )  # fmt: skip


ATURAN_KSG = (
    Aturan("KSG-01", Tingkat.PERLU_DICEK, "sub kegiatan tanpa pagu", "Permendagri 86/2017, T-C.33 kolom 6"),
    Aturan("KSG-02", Tingkat.PERLU_DICEK, "target kosong", "Permendagri 86/2017, T-C.33 kolom 5, T-C.29 kolom 4"),
    Aturan("KSG-03", Tingkat.PERLU_DICEK, "indikator kosong", "Permendagri 86/2017"),
    Aturan("KSG-04", Tingkat.PERLU_DICEK, "angka tanpa satuan", "Permendagri 86/2017"),
    Aturan("KSG-05", Tingkat.PERLU_DICEK, "lokasi atau sumber dana kosong", "Permendagri 86/2017, T-C.33 kolom 4, 7"),
    Aturan("KSG-06", Tingkat.PERLU_DICEK, "sub kegiatan tidak ada di tabel rencana lain", "satu daftar di semua tabel"),
    Aturan("KSG-07", Tingkat.PERLU_DICEK, "realisasi kosong", "Permendagri 86/2017, T-C.29 kolom 7"),
    Aturan("KSG-08", Tingkat.PERLU_DICEK, "prakiraan maju kosong", "Permendagri 86/2017, T-C.33 kolom 9, 10"),
    Aturan("KSG-09", Tingkat.PERLU_DICEK, "program atau kegiatan tanpa rincian", "jenjang nomenklatur"),
    Aturan("KSG-10", Tingkat.INFORMASI, "isian Profil kosong", "judul tabel"),
)  # fmt: skip

PERIKSA_KSG: tuple[Callable[[Konteks], Iterator[Temuan]], ...] = (
    isian_sub_kegiatan, isian_rkpd, indikator_dan_satuan, isian_evaluasi, butir_antartabel, induk_tanpa_anak, profil,
)  # fmt: skip
