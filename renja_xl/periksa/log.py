"""LOG: contradictions that only the planner can decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from renja_xl.core.baris import indikator_baris, teks_sel
from renja_xl.core.buku import SEL_KOSONG, Baris, CaraHitung, Level, Sel, Sifat
from renja_xl.core.nilai import sesuai_cetak, tercetak, tulis_angka, tulis_rp, urai, urai_rupiah
from renja_xl.core.pagu import berpagu, nilai_pos, tata_pagu
from renja_xl.core.satuan import Golongan, baku, golongan
from renja_xl.core.susun import berkata_rendah
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.kelompok import contoh, kelompokkan, ringkas_teks, satukan
from renja_xl.periksa.konteks import Konteks, desimal, tertulis
from renja_xl.tabel import ANGGARAN, DASAR_PERHITUNGAN, EFISIENSI, T_C_29, T_C_31, T_C_33
from renja_xl.tabel.dasar import DASAR


def induk_tanpa_rincian(k: Konteks) -> Iterator[Temuan]:
    """An amount was printed on a parent without priced children; after a recompute it stands only in its original."""
    for spec, kolom, rows, tata in k.pagu:
        sub = {p.kunci: nilai_pos(p, rows, kolom.kunci) for p in tata if p.sub}
        for pos in tata:
            if pos.sub or berpagu(pos, sub):
                continue
            for i in pos.baris:
                sel = rows[i][kolom.kunci]
                semula = urai_rupiah(sel.asli)[0] if sel.asli else None
                if not semula or sel.angka:
                    continue
                pesan = (
                    f"{kolom.sebutan(k.tahun)} “{k.nama(spec, rows[pos.baris[0]])}” semula tertulis {sel.asli}, tetapi tidak satu pun "
                    "rinciannya berpagu sehingga jumlahnya 0."
                )
                perbaikan = "Isi pagu pada sub kegiatannya, atau jelaskan bahwa jumlah ini memang tidak dianggarkan."
                yield k.temuan(
                    "LOG-01",
                    Tingkat.HARUS_DIPERBAIKI,
                    spec,
                    rows[i],
                    kolom.kunci,
                    pesan,
                    perbaikan,
                    sel.asli or "",
                    "0",
                )


def realisasi_tanpa_target(k: Konteks) -> Iterator[Temuan]:
    """A realisasi in T-C.29 that no target stands beside, so that no rate can be given."""
    for b in k.buku.baris(T_C_29.kunci):
        realisasi, target = b["realisasi_n2"], b["target_n2"]
        if not realisasi.angka or target.angka:
            continue
        kolom = T_C_29.menurut_kunci["target_n2"]
        isi = tertulis(T_C_29.menurut_kunci["realisasi_n2"], realisasi)
        yield k.temuan(
            "LOG-02", Tingkat.PERLU_DICEK, T_C_29, b, "target_n2",
            f"Realisasi Renja Tahun {k.tahun - 2} “{k.nama(T_C_29, b)}” tertulis {isi}, tetapi targetnya kosong atau nol.",
            "Isi target tahun itu, atau kosongkan realisasinya.", tertulis(kolom, target),
        )  # fmt: skip


def dasar_bukan_angka(k: Konteks) -> Iterator[Temuan]:
    """A rate in Dasar Perhitungan that is no number, so that its default is used."""
    angka = {d.kunci: d.bawaan for d in DASAR if not isinstance(d.bawaan, str)}
    for b in k.buku.baris(DASAR_PERHITUNGAN.kunci):
        kunci, sel = str(b["kunci"].nilai), b["nilai"]
        if kunci in angka and sel.angka is None:
            bawaan = tulis_angka(float(angka[kunci]))
            yield k.temuan(
                "LOG-03", Tingkat.PERLU_DICEK, DASAR_PERHITUNGAN, b, "nilai",
                f"{b['uraian'].nilai} {f'tertulis {sel.nilai}' if sel.nilai is not None else 'kosong'}; yang dipakai {bawaan}.",
                f"Tulis angkanya saja, misalnya {bawaan}.", str(sel.nilai or ""), bawaan,
            )  # fmt: skip


# ── budget and target ─────────────────────────────────────────────────────────────────────────────────────────

_PASANGAN = (
    (T_C_33, "target_n", "pagu_n"),
    (T_C_31, "target_rkpd", "pagu_rkpd"),
    (T_C_31, "target_kebutuhan", "kebutuhan_dana"),
)


def pagu_dan_target(k: Konteks) -> Iterator[Temuan]:
    """A sub kegiatan with budget and no target, or with a target and a budget of 0 or a dash (a blank is missing, not this)."""
    hasil: list[Temuan] = []
    for spec, target, uang in _PASANGAN:
        rows = k.buku.baris(spec.kunci)
        for pos in tata_pagu(rows, uang):
            if not pos.sub:
                continue
            b = rows[pos.sel]
            nama, sel = ringkas_teks(k.nama(spec, rows[pos.baris[0]])), b[uang]
            bertarget = next((rows[i] for i in pos.baris if rows[i][target].angka), None)
            judul_uang = spec.menurut_kunci[uang].sebutan(k.tahun)
            if sel.angka and all(rows[i][target].kosong for i in pos.baris):
                hasil.append(k.temuan(
                    "LOG-04", Tingkat.PERLU_DICEK, spec, rows[pos.baris[0]], target,
                    f"“{nama}” berpagu {tulis_rp(int(sel.angka))} ({judul_uang}), tetapi targetnya kosong.",
                    "Isi targetnya, atau pindahkan pagunya.", "",
                ))  # fmt: skip
            elif bertarget is not None and not sel.angka and sel.nilai is not None and (sel.kosong or sel.angka == 0):
                isi = tertulis(spec.menurut_kunci[uang], sel)
                hasil.append(k.temuan(
                    "LOG-05", Tingkat.PERLU_DICEK, spec, b, uang,
                    f"“{nama}” bertarget {tertulis(spec.menurut_kunci[target], bertarget[target])}, tetapi {judul_uang} tertulis {isi}.",
                    "Isi pagunya, atau kosongkan targetnya bila memang tidak dilaksanakan.", isi,
                ))  # fmt: skip
    yield from kelompokkan(hasil, lambda d: (
        f"{len(d)} sub kegiatan " + ("berpagu tanpa target." if d[0].aturan == "LOG-04" else "bertarget tanpa pagu."),
        d[0].perbaikan,
    ))  # fmt: skip


_KALI_JAUH = 3


def prakiraan_jauh(k: Konteks) -> Iterator[Temuan]:
    """A typed forward estimate that is negative, or three times off every amount that it could rest on."""
    dasar: dict[str, list[int]] = defaultdict(list)
    for spec, kolom, rows, tata in k.pagu:
        if spec in {T_C_31, T_C_33} and kolom.kunci != "pagu_p1":
            for q in tata:
                if q.sub and (n := nilai_pos(q, rows, kolom.kunci)):
                    dasar[q.kunci].append(n)
    rows = k.buku.baris(T_C_33.kunci)
    kolom = T_C_33.menurut_kunci["pagu_p1"]
    hasil = []
    for pos in tata_pagu(rows, "pagu_p1"):
        sel, b = rows[pos.sel]["pagu_p1"], rows[pos.sel]
        n = nilai_pos(pos, rows, "pagu_p1")
        if not pos.sub or n is None or sel.rumus:
            continue
        pembanding = [m for m in dasar.get(pos.kunci, ()) if m > 0]
        jauh = bool(n and pembanding) and all(n > m * _KALI_JAUH or n * _KALI_JAUH < m for m in pembanding)
        if n >= 0 and not jauh:
            continue
        isi = tertulis(kolom, sel)
        sebab = "kurang dari nol" if n < 0 else f"sedangkan pagu tahun ini {tulis_rp(pembanding[-1])}"
        hasil.append(k.temuan(
            "LOG-06", Tingkat.PERLU_DICEK, T_C_33, b, "pagu_p1",
            f"Prakiraan maju “{ringkas_teks(k.nama(T_C_33, b))}” tertulis {isi}, {sebab}.",
            "Pastikan jumlahnya, terutama banyaknya angka nol.", isi,
        ))  # fmt: skip
    yield from kelompokkan(hasil, lambda d: (
        f"{len(d)} prakiraan maju jauh berbeda dari pagu tahun ini, antara lain {contoh(d)}.", d[0].perbaikan,
    ))  # fmt: skip


def pagu_negatif(k: Konteks) -> Iterator[Temuan]:
    """An amount of this year's plan below zero."""
    for spec, kolom, rows, tata in k.pagu:
        for pos in tata if kolom.kunci != "pagu_p1" else ():
            b = rows[pos.sel]
            if pos.sub and (b[kolom.kunci].angka or 0) < 0 and not b[kolom.kunci].rumus:
                isi = tertulis(kolom, b[kolom.kunci])
                yield k.temuan(
                    "LOG-06", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                    f"{kolom.sebutan(k.tahun)} “{ringkas_teks(k.nama(spec, b))}” tertulis {isi}, kurang dari nol.",
                    "Pastikan jumlahnya; pengurangan pagu ditulis sebagai pagu yang baru, bukan selisihnya.", isi,
                )  # fmt: skip


def realisasi_tanpa_anggaran(k: Konteks) -> Iterator[Temuan]:
    """Money spent where none was budgeted, or more than was budgeted, in the tables that show both."""
    for spec, anggaran, realisasi in (
        (ANGGARAN, "anggaran", "realisasi"),
        (EFISIENSI, "pagu_anggaran", "realisasi_anggaran"),
    ):
        kolom = spec.menurut_kunci[realisasi]
        for b in k.buku.baris(spec.kunci):
            if (b[realisasi].angka or 0) > 0 and b[anggaran].angka == 0:
                isi = tertulis(kolom, b[realisasi])
                yield k.temuan(
                    "LOG-07", Tingkat.PERLU_DICEK, spec, b, realisasi,
                    f"Realisasi anggaran tertulis {isi}, padahal anggarannya 0.",
                    "Isi anggarannya, atau perbaiki realisasinya.", isi,
                )  # fmt: skip
            elif (pagu := b[anggaran].angka) and (b[realisasi].angka or 0) > pagu:
                isi, batas = tertulis(kolom, b[realisasi]), tertulis(spec.menurut_kunci[anggaran], b[anggaran])
                yield k.temuan(
                    "LOG-07", Tingkat.PERLU_DICEK, spec, b, realisasi,
                    f"Realisasi anggaran tertulis {isi}, lebih besar dari anggarannya {batas}.",
                    "Pastikan kedua angkanya, terutama banyaknya angka nol.", isi,
                )  # fmt: skip


# ── evaluation ────────────────────────────────────────────────────────────────────────────────────────────────

_PERSEN_WAJAR = 1000
_KALI_KUMULATIF = 2


def capaian_tak_wajar(k: Konteks) -> Iterator[Temuan]:
    """T-C.29: what was reached before the period's last years is more than twice its end target; rates above 1000 percent.

    One finding per row, at the cause: where the units of both figures differ, that is another rule's.
    """
    hasil = []
    for b, benar in k.pasangan(T_C_29):
        akhir, sd = b["target_renstra"].angka, b["realisasi_sd_n3"].angka
        jumlah = benar["cara_hitung"].nilai == CaraHitung.DIJUMLAHKAN.judul
        if (
            jumlah
            and akhir
            and sd
            and akhir > 0
            and sd > _KALI_KUMULATIF * akhir
            and _sebanding(b, "target_renstra", "realisasi_sd_n3")
        ):
            isi = tertulis(T_C_29.menurut_kunci["realisasi_sd_n3"], b["realisasi_sd_n3"])
            hasil.append(k.temuan(
                "LOG-10", Tingkat.PERLU_DICEK, T_C_29, b, "realisasi_sd_n3",
                f"Realisasi s/d Tahun {k.tahun - 3} “{_nama(k, b)}” tertulis {isi}, lebih dari dua kali target akhir Renstra "
                f"({tulis_angka(float(akhir))}).",
                "Pastikan target akhir Renstra memuat seluruh periode, atau perbaiki realisasinya.", isi,
            ))  # fmt: skip
            continue
        melampaui = next(
            (c for c in ("target_n2", "target_n1") if akhir and _melampaui(b, benar, c, float(akhir))), None
        )
        if melampaui:
            isi = tertulis(T_C_29.menurut_kunci[melampaui], b[melampaui])
            tahun = k.tahun - (2 if melampaui == "target_n2" else 1)
            hasil.append(k.temuan(
                "LOG-15", Tingkat.PERLU_DICEK, T_C_29, b, melampaui,
                f"Target Tahun {tahun} “{_nama(k, b)}” tertulis {isi}, lebih besar dari target akhir Renstra "
                f"({tulis_angka(float(akhir or 0))}).",
                "Pastikan target tahunannya, atau target akhir Renstranya.", isi,
            ))  # fmt: skip
            continue
        for kunci, target in (("tingkat_realisasi_n2", "target_n2"), ("tingkat_capaian_renstra", "target_renstra")):
            tertulis_, hitungan = b[kunci].angka or 0, benar[kunci].angka or 0
            if min(tertulis_, hitungan) <= _PERSEN_WAJAR or not _sebanding(b):
                continue
            judul = T_C_29.menurut_kunci[kunci].sebutan(k.tahun).rpartition(" – ")[2]
            isi = tertulis(T_C_29.menurut_kunci[target], b[target])
            hasil.append(k.temuan(
                "LOG-08", Tingkat.PERLU_DICEK, T_C_29, b, target,
                f"Dengan target {isi}, {judul} “{_nama(k, b)}” menjadi {tulis_angka(float(hitungan), 2)}, lebih dari "
                f"{_PERSEN_WAJAR} persen.",
                "Pastikan target dan realisasinya bersatuan sama dan tidak salah ketik.", isi,
            ))  # fmt: skip
            break
    yield from kelompokkan(hasil, lambda d: (
        f"{len(d)} baris T-C.29 berisi capaian yang jauh melampaui targetnya, antara lain {contoh(d)}.", d[0].perbaikan,
    ))  # fmt: skip


def _melampaui(b: Baris, benar: Baris, kolom: str, akhir: float) -> bool:
    """Whether one year's target already passes what the whole period aims at; a falling indicator comes down to it."""
    naik = benar["sifat"].nilai != Sifat.MAKIN_RENDAH.judul and not berkata_rendah(indikator_baris(T_C_29, b))
    return naik and (b[kolom].angka or 0) > akhir and _sebanding(b, "target_renstra", kolom)


_BERSATUAN = ("target_renstra", "realisasi_sd_n3", "target_n2", "realisasi_n2")


def _sebanding(b: Baris, *kolom: str) -> bool:
    """Whether figures of a row are in one unit, grades and scores being one; without ``kolom`` all of them."""
    satuan = [s for c in kolom or _BERSATUAN if (s := teks_sel(b, f"satuan_{c}"))]
    return len({Golongan.NILAI if golongan(s) is Golongan.NILAI else baku(s).casefold() for s in satuan}) <= 1


def _nama(k: Konteks, b: Baris) -> str:
    return ringkas_teks(indikator_baris(T_C_29, b) or k.nama(T_C_29, b))


_CUKUP_SAMA = 5
"""Rows that must agree before a whole column is said to repeat another."""

_KOLOM_KEMBAR = ((T_C_29, "target_n2", "target_n1", False), (T_C_33, "pagu_n", "pagu_p1", True))


def kolom_kembar(k: Konteks) -> Iterator[Temuan]:
    """A year's column repeats another year's on every row."""
    for spec, kiri, kanan, sub_saja in _KOLOM_KEMBAR:
        rows = [b for b in k.buku.baris(spec.kunci) if not sub_saja or b.level is Level.SUB_KEGIATAN]
        terisi = [b for b in rows if b[kiri].angka and b[kanan].angka and not b[kanan].rumus]
        nilai = {b[kanan].angka for b in terisi}
        if len(terisi) < _CUKUP_SAMA or len(nilai) < 3 or any(b[kiri].angka != b[kanan].angka for b in terisi):
            continue
        a, z = (spec.menurut_kunci[c].sebutan(k.tahun).removesuffix(" – Nilai") for c in (kiri, kanan))
        pesan = f"{z} sama dengan {a} pada semua {len(terisi)} baris {spec.lembar}."
        perbaikan = "Pastikan angkanya memang dari tahun atau tahapan itu, bukan salinan."
        temuan = [
            k.temuan(
                "LOG-12",
                Tingkat.INFORMASI,
                spec,
                b,
                kanan,
                pesan,
                perbaikan,
                tertulis(spec.menurut_kunci[kanan], b[kanan]),
            )
            for b in terisi
        ]
        yield satukan(temuan, pesan, perbaikan)


def sifat_disimpulkan(k: Konteks) -> Iterator[Temuan]:
    """Imported indicators taken for falling ones, because their printed rates are computed so."""
    indikator = k.buku.indikator_menurut_id()
    kolom = T_C_29.menurut_kunci["tingkat_realisasi_n2"]
    for b in k.buku.baris(T_C_29.kunci):
        i = indikator.get(b.indikator or "")
        if i is None or i.sifat is not Sifat.MAKIN_RENDAH or b.asal is None:
            continue
        yield k.temuan(
            "LOG-16", Tingkat.INFORMASI, T_C_29, b, kolom.kunci,
            f"“{_nama(k, b)}” dinilai makin rendah makin baik: (2 × target − realisasi) ÷ target × 100.",
            "Pastikan sifatnya di Program & Sub Kegiatan; ubah bila keliru.", tertulis(kolom, b[kolom.kunci]),
        )  # fmt: skip


# ── figures that slipped into a neighbouring cell ─────────────────────────────────────────────────────────────


def bergeser_kolom(k: Konteks) -> Iterator[Temuan]:
    """A T-C.29 row whose printed rate fits its neighbouring columns and not its own, also once it has been recomputed."""
    kolom = T_C_29.menurut_kunci["tingkat_realisasi_n2"]
    for b in k.buku.baris(T_C_29.kunci):
        sel = _tercetak_semula(b["tingkat_realisasi_n2"])
        if sel.angka is None or sel.angka in {0, 100} or _cocok(b, sel, "target_n2", "realisasi_n2"):
            continue
        # a slip to the right leaves target in the realisasi cell; to the left, realisasi in the target cell
        for arah, t, r in (
            ("satu kolom ke kanan", "realisasi_n2", "target_n1"),
            ("satu kolom ke kiri", "realisasi_sd_n3", "target_n2"),
            ("bertukar tempat", "realisasi_n2", "target_n2"),
        ):
            if not _cocok(b, sel, t, r) or _bersatuan_lain(b, t, r):
                continue
            isi = tertulis(kolom, sel)
            yield k.temuan(
                "LOG-13", Tingkat.PERLU_DICEK, T_C_29, b, "target_n2",
                f"Angka “{_nama(k, b)}” tampak {arah if arah.startswith('bertukar') else f'bergeser {arah}'}: tingkat realisasi tertulis "
                f"{isi} cocok dengan {tulis_angka(float(b[r].angka or 0))} ÷ {tulis_angka(float(b[t].angka or 0))}, bukan dengan "
                "kolom 7 ÷ kolom 6.",
                "Bandingkan dengan dokumen sumbernya, lalu kembalikan tiap angka ke kolomnya.",
                tertulis(T_C_29.menurut_kunci["target_n2"], b["target_n2"]),
            )  # fmt: skip
            break


def _tercetak_semula(sel: Sel) -> Sel:
    """A rate as it was printed, where a formula has taken its place."""
    nilai = urai(sel.asli).nilai if sel.rumus and sel.asli else None
    return (SEL_KOSONG if nilai is None else Sel(float(nilai), sel.asli)) if sel.rumus else sel


def _bersatuan_lain(b: Baris, *kolom: str) -> bool:
    satuan = {baku(s) for c in kolom if (s := teks_sel(b, f"satuan_{c}"))}
    return len(satuan) > 1


def _cocok(b: Baris, sel: Sel, target: str, realisasi: str) -> bool:
    """Whether a rate as written is that of two figures, to the last digit written (two decimals where it was never printed)."""
    t, r, tingkat = b[target].angka, b[realisasi].angka, float(sel.angka or 0)
    if not t or r is None or t == r:
        return False
    cetak = tercetak(sel) or tulis_angka(tingkat, 2)
    kolom = T_C_29.menurut_kunci["tingkat_realisasi_n2"]
    return sesuai_cetak(cetak, desimal(kolom, r / t * 100)) and (tingkat % 1 != 0 or abs(r / t * 100 - tingkat) < 1e-9)


_BERUNTUN = 3
"""Rows in a row that must fit before a column is said to have slipped."""


def bergeser_baris(k: Konteks) -> Iterator[Temuan]:
    """Figures of one T-C.29 column that stand one row off, over several rows: the printed rates fit the neighbours' figures."""
    rows = k.buku.baris(T_C_29.kunci)
    for kunci in ("realisasi_n2", "target_n2"):
        for arah, langkah in (("ke bawah", 1), ("ke atas", -1)):
            runtun: list[Baris] = []
            for n in range(len(rows) + 1):
                if (
                    n < len(rows)
                    and 0 <= n + langkah < len(rows)
                    and _cocok_tetangga(rows[n], rows[n + langkah], kunci)
                ):
                    runtun.append(rows[n])
                    continue
                if len(runtun) >= _BERUNTUN:
                    yield _temuan_runtun(k, runtun, kunci, arah)
                runtun = []


def _cocok_tetangga(b: Baris, tetangga: Baris, kunci: str) -> bool:
    sel = _tercetak_semula(b["tingkat_realisasi_n2"])
    if sel.angka in {None, 0, 100} or _cocok(b, sel, "target_n2", "realisasi_n2"):
        return False
    return _cocok(b.dengan({kunci: tetangga[kunci]}), sel, "target_n2", "realisasi_n2")


def _temuan_runtun(k: Konteks, runtun: Sequence[Baris], kunci: str, arah: str) -> Temuan:
    kolom = T_C_29.menurut_kunci[kunci]
    pesan = (
        f"{kolom.sebutan(k.tahun).removesuffix(' – Nilai').rpartition(' – ')[2]} pada {len(runtun)} baris berturut-turut tampak "
        f"bergeser satu baris {arah}: tingkat realisasinya cocok dengan angka baris sebelahnya."
    )
    perbaikan = "Geser kembali angkanya, lalu jalankan Hitung Ulang."
    return satukan(
        [k.temuan("LOG-13", Tingkat.PERLU_DICEK, T_C_29, b, kunci, pesan, perbaikan, tertulis(kolom, b[kunci])) for b in runtun],
        pesan, perbaikan,
    )  # fmt: skip


ATURAN_LOG = (
    Aturan("LOG-01", Tingkat.HARUS_DIPERBAIKI, "jumlah semula pada induk tanpa rincian berpagu", "jumlah rincian"),
    Aturan("LOG-02", Tingkat.PERLU_DICEK, "realisasi tanpa target", "Permendagri 86/2017, T-C.29"),
    Aturan("LOG-03", Tingkat.PERLU_DICEK, "dasar perhitungan bukan angka", "Dasar Perhitungan"),
    Aturan("LOG-04", Tingkat.PERLU_DICEK, "pagu tanpa target", "Permendagri 86/2017, T-C.31 dan T-C.33"),
    Aturan("LOG-05", Tingkat.PERLU_DICEK, "target tanpa pagu", "Permendagri 86/2017, T-C.31 dan T-C.33"),
    Aturan("LOG-06", Tingkat.PERLU_DICEK, "pagu kurang dari nol, atau prakiraan maju jauh dari pagu", "Dasar Perhitungan: prakiraan maju"),
    Aturan("LOG-07", Tingkat.PERLU_DICEK, "realisasi anggaran tanpa anggaran, atau melebihinya", "Permendagri 86/2017, Bab II"),
    Aturan("LOG-08", Tingkat.PERLU_DICEK, "tingkat capaian lebih dari 1.000 persen", "Permendagri 86/2017, T-C.29"),
    Aturan("LOG-10", Tingkat.PERLU_DICEK, "realisasi kumulatif lebih dari dua kali target akhir", "Permendagri 86/2017, T-C.29"),
    Aturan("LOG-15", Tingkat.PERLU_DICEK, "target setahun melebihi target akhir Renstra", "Permendagri 86/2017, T-C.29 kolom 4"),
    Aturan("LOG-12", Tingkat.INFORMASI, "kolom dua tahun sama pada semua baris", "tahun dan tahapan dokumen"),
    Aturan("LOG-13", Tingkat.PERLU_DICEK, "angka bergeser ke kolom atau baris sebelah", "Permendagri 86/2017, T-C.29 kolom 8"),
    Aturan("LOG-16", Tingkat.INFORMASI, "indikator dinilai makin rendah makin baik", "tingkat tercetaknya"),
)  # fmt: skip

PERIKSA_LOG = (
    induk_tanpa_rincian, realisasi_tanpa_target, dasar_bukan_angka, pagu_dan_target, prakiraan_jauh, pagu_negatif, realisasi_tanpa_anggaran,
    capaian_tak_wajar, kolom_kembar, sifat_disimpulkan, bergeser_kolom, bergeser_baris,
)  # fmt: skip
