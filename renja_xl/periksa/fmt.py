"""FMT: numbers and texts in a form that cannot be read, or that was repaired to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from renja_xl.core.buku import Baris, Sel
from renja_xl.core.nilai import Catatan, tercetak, tulis_desimal, urai, urai_rupiah
from renja_xl.core.temuan import Aturan, Temuan, Tingkat
from renja_xl.periksa.kelompok import contoh, kelompokkan
from renja_xl.periksa.konteks import Konteks, teks_nilai
from renja_xl.tabel import MENURUT_KUNCI, PROFIL, TABEL_RENCANA
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe

_PERBAIKAN = {
    Catatan.TITIK_DESIMAL: "titik dipakai sebagai koma desimal",
    Catatan.RIBUAN_KOMA: "koma dipakai sebagai pemisah ribuan",
    Catatan.RIBUAN_SPASI: "spasi dipakai sebagai pemisah ribuan",
    Catatan.KOMA_MERAGUKAN: "koma di depan tiga angka dapat berarti desimal atau ribuan",
}


def bentuk_angka(k: Konteks) -> Iterator[Temuan]:
    """A number cell holds text, or a number in a doubtful form; a whole column in one form is one finding."""
    yield from kelompokkan(
        _bentuk_angka(k),
        lambda d: (
            f"{len(d)} sel {_nama_kolom(k, d[0])} ditulis dengan cara yang sama, antara lain {contoh(d)}: "
            f"{d[0].pesan.rpartition(': ')[2] if ': ' in d[0].pesan else d[0].pesan}",
            d[0].perbaikan
            if len({t.perbaikan for t in d}) == 1
            else "Samakan cara menulis angka di kolom ini, lalu periksa kembali.",
        ),
    )


def _nama_kolom(k: Konteks, t: Temuan) -> str:
    return MENURUT_KUNCI[t.tabel].menurut_kunci[t.kolom].sebutan(k.tahun)


def _bentuk_angka(k: Konteks) -> Iterator[Temuan]:
    for spec in TABEL_RENCANA:
        kolom_angka = [c for c in spec.kolom if c.bernilai_angka]
        for b, benar in k.pasangan(spec):
            for kolom in kolom_angka:
                sel = b[kolom.kunci]
                teks = tercetak(sel, rupiah=kolom.tipe is Tipe.RUPIAH)
                if teks is None and sel.asli and not sel.rumus and Catatan.PECAHAN_SEN in urai_rupiah(sel.asli)[1]:
                    teks = sel.asli  # read as whole sen; what stood there is kept as original
                if teks is not None and not (isinstance(sel.nilai, str) and sel.kosong):
                    yield from _satu_sel(k, spec, b, kolom, teks, benar[kolom.kunci])


def _sebab_tak_terbaca(teks: str) -> str:
    if re.match(r"\d{4}-\d\d-\d\d|\d+:\d\d", teks):
        return "berupa tanggal atau waktu (Excel mengubah ketikannya)"
    if not re.search(r"\d", teks):
        return "bukan angka"
    if re.fullmatch(r"[Rp.\s]*[\d.,]+[,\-\s]*", teks):
        return "susunan ribuannya tidak terbaca"
    return "tidak terbaca sebagai angka"


def _satu_sel(k: Konteks, spec: TabelSpec, b: Baris, kolom: KolomSpec, teks: str, benar: Sel) -> Iterator[Temuan]:
    rupiah = kolom.tipe is Tipe.RUPIAH
    catatan = urai_rupiah(teks)[1] if rupiah else urai(teks).catatan
    sebutan = f"{kolom.sebutan(k.tahun)} “{k.nama(spec, b)}” tertulis {teks}"
    terbaca = urai(teks).nilai
    dibaca = tulis_desimal(terbaca) if terbaca is not None else ""
    if Catatan.TIDAK_TERBACA in catatan:
        saran = teks_nilai(kolom, benar.nilai) if benar.rumus and benar.angka is not None else ""
        perbaikan = f"Mohon tulis {saran} bila itu yang dimaksud." if saran else (
            "Mohon tulis angkanya saja, misalnya 259.987.000." if rupiah else "Mohon tulis angkanya saja, misalnya 65,18."
        )  # fmt: skip
        alasan = _sebab_tak_terbaca(teks)
        tingkat = Tingkat.HARUS_DIPERBAIKI if re.search(r"\d", teks) else Tingkat.PERLU_DICEK
        yield k.temuan("FMT-01", tingkat, spec, b, kolom.kunci, f"{sebutan}, {alasan}.", perbaikan, teks, saran)
    if Catatan.TERLALU_BESAR in catatan or Catatan.PECAHAN_SEN in catatan:
        alasan = "lebih besar dari Rp10 triliun" if Catatan.TERLALU_BESAR in catatan else "memuat pecahan sen"
        yield k.temuan(
            "FMT-06", Tingkat.HARUS_DIPERBAIKI, spec, b, kolom.kunci, f"{sebutan}, {alasan}.",
            "Mohon periksa jumlahnya; rupiah ditulis paling banyak dengan dua angka desimal.", teks,
        )  # fmt: skip
    for c in catatan:
        if c in _PERBAIKAN and not (c is Catatan.KOMA_MERAGUKAN and kolom.desimal):  # three decimals are its form
            yield k.temuan(
                "FMT-02", Tingkat.PERLU_DICEK, spec, b, kolom.kunci, f"{sebutan}: {_PERBAIKAN[c]}; dibaca {dibaca}.",
                f"Mohon tulis {dibaca} bila itu yang dimaksud.", teks, dibaca,
            )  # fmt: skip
    if terbaca is None:
        return
    if isinstance(b[kolom.kunci].nilai, str) and not catatan:
        yield k.temuan(
            "FMT-04", Tingkat.HARUS_DIPERBAIKI, spec, b, kolom.kunci,
            f"{sebutan} sebagai teks, sehingga tidak ikut dihitung.", f"Mohon ketik ulang {dibaca} sebagai angka.", teks, dibaca,
        )  # fmt: skip
    kolom_satuan = spec.menurut_kunci.get(kolom.satuan or "")
    satuan = urai(teks).satuan
    if satuan and kolom_satuan is not None and kolom_satuan.cetak and not k.tanpa_kolom(spec, b, kolom_satuan.kunci):
        yield k.temuan(
            "FMT-03", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
            f"{sebutan}: satuannya ikut tertulis di sel angka; dibaca {dibaca}.",
            f"Mohon tulis {dibaca} di kolom nilai dan {satuan} di kolom satuan.", teks, dibaca,
        )  # fmt: skip


def angka_di_satuan(k: Konteks) -> Iterator[Temuan]:
    """A unit cell holds a number."""
    for spec in TABEL_RENCANA:
        kolom_satuan = [c for c in spec.kolom if c.kunci.startswith("satuan_") and c.peran is Peran.MASUKAN]
        for b in k.buku.baris(spec.kunci):
            for kolom in kolom_satuan:
                teks = b[kolom.kunci].nilai
                if isinstance(teks, str) and re.match(r"\s*\d", teks):
                    yield k.temuan(
                        "FMT-05", Tingkat.PERLU_DICEK, spec, b, kolom.kunci,
                        f"{kolom.sebutan(k.tahun)} “{k.nama(spec, b)}” tertulis {teks}, padahal kolom ini untuk satuan.",
                        "Mohon tulis satuannya saja, misalnya %.", teks,
                    )  # fmt: skip


_PERSEN_BERTITIK = re.compile(r"\d{1,3}\.\d{1,2}\s*(?:%|persen)", re.IGNORECASE)


def persen_bertitik(k: Konteks) -> Iterator[Temuan]:
    """A percentage among the facts of Profil with a point where a comma belongs: ``6.23 %``."""
    for b in k.buku.baris(PROFIL.kunci):
        teks = b["nilai"].nilai
        if isinstance(teks, str) and _PERSEN_BERTITIK.fullmatch(teks.strip()):
            dibaca = teks.strip().replace(".", ",")
            yield k.temuan(
                "FMT-02", Tingkat.PERLU_DICEK, PROFIL, b, "nilai",
                f"{b['uraian'].nilai or b['kunci'].nilai} tertulis {teks}: titik dipakai sebagai koma desimal; dibaca {dibaca}.",
                f"Mohon tulis {dibaca} bila itu yang dimaksud.", teks, dibaca,
            )  # fmt: skip


ATURAN_FMT = (
    Aturan("FMT-01", Tingkat.HARUS_DIPERBAIKI, "isi sel angka tidak terbaca", "penulisan angka"),
    Aturan("FMT-02", Tingkat.PERLU_DICEK, "angka dengan titik, koma, atau spasi yang meragukan", "penulisan angka"),
    Aturan("FMT-03", Tingkat.PERLU_DICEK, "satuan ikut tertulis di sel angka", "penulisan angka"),
    Aturan("FMT-04", Tingkat.HARUS_DIPERBAIKI, "angka tersimpan sebagai teks", "penulisan angka"),
    Aturan("FMT-05", Tingkat.PERLU_DICEK, "angka di kolom satuan", "penulisan angka"),
    Aturan("FMT-06", Tingkat.HARUS_DIPERBAIKI, "rupiah dengan pecahan sen atau terlalu besar", "penulisan rupiah"),
)

PERIKSA_FMT = (bentuk_angka, angka_di_satuan, persen_bertitik)
