"""Lists and counts against the tables that they stand for: Daftar Program, Pemenuhan Target, Tujuan-Sasaran, Anggaran."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Baris, Level, Simpul
from renja_xl.core.nilai import tulis, tulis_rp
from renja_xl.core.nomenklatur import AMBANG_MIRIP
from renja_xl.core.struktur import anggota
from renja_xl.core.teks import kemiripan, mirip
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.jml_dasar import banyak_simpul
from renja_xl.periksa.jml_hitungan import tahap_anggaran
from renja_xl.periksa.kelompok import anggota as sebagai_anggota
from renja_xl.periksa.kelompok import ringkas_teks, satukan
from renja_xl.periksa.konteks import Konteks, tertulis
from renja_xl.tabel import ANGGARAN, DAFTAR_PROGRAM, PEMENUHAN_TARGET, RKT, T_C_29, T_C_31, T_C_33, TUJUAN_SASARAN

_SEBUTAN = {Level.PROGRAM: "program", Level.KEGIATAN: "kegiatan", Level.SUB_KEGIATAN: "sub kegiatan"}


def daftar_tidak_lengkap(k: Konteks) -> Iterator[Temuan]:
    """A node of the plan is missing from the list that should name all of them."""
    for daftar, sumber, level_dimuat in (
        (PEMENUHAN_TARGET, T_C_29, (Level.SUB_KEGIATAN,)),
        (DAFTAR_PROGRAM, RKT, tuple(_SEBUTAN)),
    ):
        rows = k.buku.baris(daftar.kunci)
        ada = {b.simpul for b in rows if b.simpul}
        berjenjang = {b.level for b in rows}
        for level in level_dimuat if rows else ():
            if level not in berjenjang:
                continue
            hilang: dict[str, Baris] = {}
            for b in k.buku.baris(sumber.kunci):
                s = k.simpul.get(b.simpul or "")
                if s and b.level is level and s.id not in ada:
                    hilang.setdefault(s.id, b)
            temuan = []
            for b in hilang.values():
                kolom = next(c for c in reversed(sumber.kolom) if c.tautan == "nama" and not b[c.kunci].kosong)
                temuan.append(
                    k.temuan(
                        "LNK-16", Tingkat.PERLU_DICEK, sumber, b, kolom.kunci, "",
                        f"Jalankan Perbarui Tabel agar {daftar.lembar} disusun dari Program & Sub Kegiatan.", k.nama(sumber, b),
                    )
                )  # fmt: skip
            if temuan:
                nama = "; ".join(f"“{t.tertulis}”" for t in temuan[:3])
                lebih = f"; dan {len(temuan) - 3} lagi" if len(temuan) > 3 else ""
                pesan = f"{len(temuan)} {_SEBUTAN[level]} di {sumber.lembar} tidak tercantum di {daftar.lembar}: {nama}{lebih}."
                t = satukan(temuan, pesan, temuan[0].perbaikan)
                yield t if len(temuan) > 1 else replace(t, anggota=())


def induk_dalam_daftar(k: Konteks) -> Iterator[Temuan]:
    """Pemenuhan Target puts a sub kegiatan under another program or kegiatan than the struktur does."""
    kelompok: dict[tuple[str, str, str], list[Temuan]] = defaultdict(list)
    for b in k.buku.baris(PEMENUHAN_TARGET.kunci):
        s = k.simpul.get(b.simpul or "")
        while s is not None and b.level is Level.SUB_KEGIATAN:
            s = k.simpul.get(s.induk or "")
            teks = teks_sel(b, s.level.value) if s and s.level in {Level.PROGRAM, Level.KEGIATAN} else None
            if s is None or not teks or b[s.level.value].rumus or _sebutan_sama(teks, s.nama):
                continue
            kelompok[s.level.value, kunci_teks(teks), s.id].append(
                k.temuan("LNK-12", Tingkat.PERLU_DICEK, PEMENUHAN_TARGET, b, s.level.value, "", "", teks, s.nama)
            )
    for (kolom, _, _), daftar in kelompok.items():
        t = daftar[0]
        banyak = f" pada {len(daftar)} sub kegiatan" if len(daftar) > 1 else ""
        pesan = (
            f"{kolom.capitalize()} di {PEMENUHAN_TARGET.lembar} tertulis “{t.tertulis}”{banyak}, sedangkan di Program & Sub Kegiatan "
            f"sub kegiatannya berada di bawah “{t.seharusnya}”."
        )
        perbaikan = f"Pastikan {kolom}nya; Perbarui Tabel menyusun daftar ini dari Program & Sub Kegiatan."
        yield replace(
            t, pesan=pesan, perbaikan=perbaikan, anggota=tuple(map(sebagai_anggota, daftar)) if len(daftar) > 1 else ()
        )


def _sebutan_sama(teks: str, nama: str) -> bool:
    """Whether a list means this node: the same name, spelled otherwise or shortened."""
    kata, resmi = (set(kunci_teks(x).split()) - {"program", "kegiatan"} for x in (teks, nama))
    return bool(kata) and (kata <= resmi or mirip(teks, nama, AMBANG_MIRIP))


# ── kegiatan named in Tujuan-Sasaran ──────────────────────────────────────────────────────────────────────────

_BUTIR = re.compile(r"(?:^|(?<=\s))(?:[a-z]|\d{1,2})[.)]\s+(?=[A-Z])")
_POTONG_PROGRAM = re.compile(r"\bprogram\b", re.IGNORECASE)


def kegiatan_tujuan(k: Konteks) -> Iterator[Temuan]:
    """A kegiatan in the list of Tujuan-Sasaran that is none, or is a sub kegiatan; kegiatan of the plan that no list names."""
    menurut_level: dict[Level, dict[str, Simpul]] = defaultdict(dict)
    for simpul in k.buku.simpul:
        if simpul.level in _SEBUTAN:
            menurut_level[simpul.level][kunci_teks(simpul.nama)] = simpul
    kegiatan, sub = menurut_level[Level.KEGIATAN], menurut_level[Level.SUB_KEGIATAN]
    rows = [b for b in k.buku.baris(TUJUAN_SASARAN.kunci) if b.asal and _BUTIR.search(teks_sel(b, "kegiatan") or "")]
    tersebut: set[str] = set()
    ganjil: dict[str, list[tuple[str, str, str]]] = {b.id: [] for b in rows}
    for b in rows:
        for butir in _BUTIR.split(str(b["kegiatan"].nilai))[1:]:
            teks = _POTONG_PROGRAM.split(butir)[0].strip(" ;,.\n")
            dimaksud = _cari(teks, kegiatan)
            if dimaksud is not None:
                tersebut.add(dimaksud.id)
                if set(kunci_teks(teks).split()) <= set(kunci_teks(dimaksud.nama).split()):
                    continue
                alasan, benar = f"di Program & Sub Kegiatan bernama “{dimaksud.nama}”", dimaksud.nama
            elif (s := _cari(teks, sub)) is not None:
                induk = k.simpul.get(s.induk or "")
                alasan = f"adalah sub kegiatan{f' dari “{induk.nama}”' if induk else ''}, bukan kegiatan"
                benar = induk.nama if induk else ""
            else:
                alasan, benar = "tidak ditemukan di antara kegiatan pada Program & Sub Kegiatan", ""
            ganjil[b.id].append((f"“{ringkas_teks(teks)}” {alasan}", teks, benar))
    dipakai = anggota(k.buku, "rencana")
    hilang = [f"“{s.nama}”" for s in kegiatan.values() if s.id in dipakai and s.id not in tersebut]
    if rows and hilang and len(hilang) < len(tersebut):
        lebih = f", dan {len(hilang) - 3} lagi" if len(hilang) > 3 else ""
        ganjil[rows[-1].id].append((f"kegiatan {', '.join(hilang[:3])}{lebih} tidak tercantum", "", ""))
    for b in rows:
        if daftar := ganjil[b.id]:
            yield k.temuan(
                "LNK-19", Tingkat.PERLU_DICEK, TUJUAN_SASARAN, b, "kegiatan",
                f"Daftar kegiatan di {TUJUAN_SASARAN.lembar}: {'; '.join(isi for isi, _, _ in daftar)}.",
                "Samakan daftarnya; Perbarui Tabel menyusunnya dari Program & Sub Kegiatan.",
                "; ".join(t for _, t, _ in daftar if t), "; ".join(x for _, _, x in daftar if x),
            )  # fmt: skip


def _cari(teks: str, nama: Mapping[str, Simpul]) -> Simpul | None:
    """The node that a text names: exactly, as the beginning of its name or with more behind it, or spelled otherwise."""
    kunci = kunci_teks(teks)
    if kunci in nama:
        return nama[kunci]
    awalan = [
        s for n, s in nama.items() if len(kunci.split()) > 3 and (n.startswith(kunci) or kunci.startswith(f"{n} "))
    ]
    if len(awalan) == 1:
        return awalan[0]
    calon = max(nama.values(), key=lambda s: kemiripan(teks, s.nama, AMBANG_MIRIP), default=None)
    return calon if calon is not None and mirip(teks, calon.nama, AMBANG_MIRIP) else None


# ── counts of Anggaran ────────────────────────────────────────────────────────────────────────────────────────


def hitungan_anggaran(k: Konteks) -> Iterator[Temuan]:
    """Counts and total of Anggaran: the plan's own row against its tables, the evaluated year's against T-C.29."""
    for b in k.buku.baris(ANGGARAN.kunci):
        if b["tahun"].angka == k.tahun and tahap_anggaran(str(b["tahap"].nilai or "")) == "renja":
            yield from _baris_rencana(k, b)
    yield from _tahun_dievaluasi(k)


def _baris_rencana(k: Konteks, b: Baris) -> Iterator[Temuan]:
    for level, sebutan in _SEBUTAN.items():
        angka = b[level.value].angka
        tabel = {s.lembar: n for s in (DAFTAR_PROGRAM, T_C_33, RKT) if (n := banyak_simpul(k, s, level))}
        if angka is None or b[level.value].rumus or not tabel or any(angka in n for n in tabel.values()):
            continue
        rinci = ", ".join(f"{lembar} {' atau '.join(map(str, sorted(n)))}" for lembar, n in tabel.items())
        benar = str(min(next(iter(tabel.values()))))
        yield _temuan_anggaran(
            k, b, level.value, f"{sebutan} Renja {k.tahun} tertulis {tulis(angka)}, sedangkan di {rinci}", benar
        )
    sel = b["anggaran"]
    total = _total(k)
    if sel.angka and not sel.rumus and total and sel.angka not in total.values():
        rinci = ", ".join(f"{lembar} {tulis_rp(n)}" for lembar, n in total.items())
        benar = tulis_rp(next(iter(total.values())))
        yield _temuan_anggaran(
            k,
            b,
            "anggaran",
            f"anggaran Renja {k.tahun} tertulis {tertulis(ANGGARAN.menurut_kunci['anggaran'], sel)}, sedangkan {rinci}",
            benar,
        )


def _total(k: Konteks) -> dict[str, int]:
    """Totals of the plan tables, as they show them and recomputed."""
    hasil: dict[str, int] = {}
    for spec, kolom in ((T_C_33, "pagu_n"), (RKT, "anggaran"), (T_C_31, "kebutuhan_dana")):
        for sebutan, buku in (("jumlah", k.terhitung), ("tertulis", k.buku)):
            rows = [x for x in buku.baris(spec.kunci) if x.level in {Level.TOTAL, Level.PERANGKAT_DAERAH}]
            if rows and (n := rows[0][kolom].angka) and n not in hasil.values():
                hasil[f"{sebutan} {spec.lembar}"] = int(n)
    return hasil


def _temuan_anggaran(k: Konteks, b: Baris, kolom: str, isi: str, benar: str) -> Temuan:
    return k.temuan(
        "JML-10", Tingkat.HARUS_DIPERBAIKI, ANGGARAN, b, kolom, f"Di {ANGGARAN.lembar}, {isi}.",
        "Kosongkan selnya agar dihitung dari tabelnya, atau perbaiki tabelnya.",
        tertulis(ANGGARAN.menurut_kunci[kolom], b[kolom]), benar,
    )  # fmt: skip


def _tahun_dievaluasi(k: Konteks) -> Iterator[Temuan]:
    """Rows of year n-2 whose count no stage has as T-C.29 evaluates it."""
    rows = [b for b in k.buku.baris(ANGGARAN.kunci) if b["tahun"].angka == k.tahun - 2]
    dinilai: dict[Level, set[str]] = defaultdict(set)
    for b in k.buku.baris(T_C_29.kunci):
        if any(b[c].angka is not None for c in ("target_n2", "realisasi_n2")):
            s = k.simpul.get(b.simpul or "")
            while s is not None:
                dinilai[s.level].add(s.id)
                s = k.simpul.get(s.induk or "")
    for level, sebutan in _SEBUTAN.items():
        terisi = [b for b in rows if b[level.value].angka is not None]
        angka = {b[level.value].angka for b in terisi}
        banyak = len(dinilai[level])
        if not terisi or not banyak or banyak in angka:
            continue
        tertera = " atau ".join(dict.fromkeys(tulis(b[level.value].angka) for b in terisi))
        pesan = (
            f"Jumlah {sebutan} Tahun {k.tahun - 2} di {ANGGARAN.lembar} tertulis {tertera}, "
            f"sedangkan T-C.29 mengevaluasi {banyak} {sebutan} yang bertarget atau berealisasi tahun itu."
        )
        perbaikan = "Hitung ulang; bila sebagian tidak dianggarkan atau tidak dievaluasi, jelaskan."
        semua = [
            k.temuan("JML-10", Tingkat.PERLU_DICEK, ANGGARAN, b, level.value, pesan, perbaikan, tulis(b[level.value].angka), str(banyak))
            for b in terisi
        ]  # fmt: skip
        yield satukan(semua, pesan, perbaikan)


ATURAN_DAFTAR = (
    Aturan("LNK-16", Tingkat.PERLU_DICEK, "butir tidak tercantum dalam daftarnya", "daftar memuat semua butir"),
    Aturan("LNK-19", Tingkat.PERLU_DICEK, "daftar kegiatan di Tujuan-Sasaran berbeda", "Program & Sub Kegiatan"),
    Aturan("JML-10", Tingkat.HARUS_DIPERBAIKI, "jumlah di Anggaran berbeda dari tabelnya", "tabel yang dihitung"),
)

PERIKSA_DAFTAR = (daftar_tidak_lengkap, induk_dalam_daftar, kegiatan_tujuan, hitungan_anggaran)
