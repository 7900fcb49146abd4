"""What a regenerated table looks like in a planner's own file: as a newly built one, save what the planner formatted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

from renja_xl.alur import buku_baru
from renja_xl.core.baris import baris_lembar
from renja_xl.core.buku import Baris, Buku, Level, Sel
from renja_xl.core.hitung import hitung
from renja_xl.core.letak import Letak
from renja_xl.core.perbarui import perbarui
from renja_xl.excel.baca import Terbaca, baca_paket
from renja_xl.excel.bangun import bangun
from renja_xl.excel.baris_hasil import baris_hasil
from renja_xl.excel.lembar_xml import IsiSel, LembarXml
from renja_xl.excel.paket import Paket
from renja_xl.excel.susun_lembar import _bergaya
from renja_xl.excel.susun_tabel import DISUSUN, letak_susunan, susun_tabel
from renja_xl.excel.tambal import susun_paket, tambal
from renja_xl.tabel import ASLI, BARIS_DIHAPUS, PROGRAM_SUB_KEGIATAN, RENSTRA, T_C_29, T_C_32, T_C_33
from renja_xl.tabel.spec import TabelSpec
from tests.conftest import baris_simpul
from tests.excel.ragam import RAGAM

BAGIAN = (("fonts", "font"), ("fills", "fill"), ("borders", "border"))
"""Parts of a style that it names by number."""


def terbuka(isi: bytes) -> Terbaca:
    return baca_paket(Paket(Path("Renja.xlsx"), isi))


def susun(t: Terbaca, buku: Buku | None = None) -> tuple[Buku, bytes]:
    """What ``perbarui`` makes of a workbook, or of an edited plan of it, in its place."""
    hasil = perbarui(buku or t.buku)
    hasil = hitung(hasil, letak_susunan(t, hasil, DISUSUN))
    return hasil, susun_tabel(t, hasil, DISUSUN)


def ketik(t: Terbaca, spec: TabelSpec, isi: Mapping[str | int, Mapping[str, str | float]]) -> bytes:
    """The workbook with cells typed, by row (an id, or how far below the last row) and column."""
    nomor = t.letak.baris[spec.kunci]
    sel = {
        (nomor[b] if isinstance(b, str) else max(nomor.values()) + b, t.letak.kolom[spec.kunci][k]): IsiSel(v)
        for b, milik in isi.items()
        for k, v in milik.items()
    }
    return tambal(t.paket, {spec.lembar: sel})


def baru(kode: str, nama: str) -> dict[str, str | float]:
    """A row of the struktur as a planner types it."""
    return {"kode": kode, "nama": nama, "indikator": f"Jumlah {nama}", "satuan": "Dokumen"}


class Rupa:
    """What the cells of a workbook look like: their styles spelled out."""

    def __init__(self, t: Terbaca) -> None:
        self._t = t
        akar = ET.fromstring(t.paket.isi("xl/styles.xml"))
        anak = {x.tag.rpartition("}")[2]: list(x) for x in akar}
        bentuk = {x.get("numFmtId"): x.get("formatCode") for x in anak.get("numFmts", ())}
        self._gaya = [
            (
                bentuk.get(xf.get("numFmtId"), xf.get("numFmtId")),
                *(ET.tostring(anak[k][int(xf.get(f"{n}Id", "0"))]) for k, n in BAGIAN),
                *sorted(ET.tostring(x).strip() for x in xf),
            )
            for xf in anak["cellXfs"]
        ]
        self._lembar: dict[str, LembarXml] = {}

    def lembar(self, spec: TabelSpec) -> LembarXml:
        if spec.kunci not in self._lembar:
            self._lembar[spec.kunci] = LembarXml(self._t.paket.isi(self._t.paket.lembar[spec.lembar]))
        return self._lembar[spec.kunci]

    def baris(self, spec: TabelSpec, r: int) -> list[tuple[object, ...]]:
        """The looks of a row's cells in our columns."""
        x = self.lembar(spec)
        sel = x.sel_baris(r)
        nomor = {c: int(x.atribut(a).get(b"s", b"0")) for c, (a, _) in sel.items()}
        return [self._gaya[nomor.get(c, 0)] for c in range(1, len(spec.kolom) + 1)]

    def sel(self, spec: TabelSpec, baris: str, kolom: str) -> tuple[object, ...]:
        return self.baris(spec, self._t.letak.baris[spec.kunci][baris])[spec.letak_kolom[kolom] - 1]

    def bersyarat(self, spec: TabelSpec) -> set[bytes]:
        """Ranges with conditional formats."""
        return set(re.findall(rb'<conditionalFormatting sqref="([^"]*)"', self.lembar(spec).xml))

    @cached_property
    def cetak(self) -> dict[str, str]:
        """Printed areas by sheet."""
        xml = unescape(self._t.paket.isi(self._t.paket.buku).decode())
        luas = re.findall(r'<definedName name="_xlnm.Print_Area"[^>]*>([^<]*)!([^<]*)<', xml)
        return {lembar.strip("'"): daerah for lembar, daerah in luas}


def terkunci(rupa: tuple[object, ...]) -> bool:
    return not any(b"protection" in x and b'locked="0"' in x for x in rupa if isinstance(x, bytes))


def beda_rupa(jadi: bytes, hasil: Buku, tanpa_cetak: TabelSpec) -> list[str]:
    """Cells, and ranges that cover tables, which differ from a workbook built anew.

    Args:
        tanpa_cetak: a table whose printed area is not compared; *Baris Dihapus* is hidden until it holds something.
    """
    a, z = Rupa(terbuka(jadi)), Rupa(terbuka(bangun(hasil)))
    beda: list[str] = []
    for spec in DISUSUN:
        if spec is ASLI:
            continue
        for r in range(spec.baris_pertama, spec.baris_pertama + (len(baris_lembar(hasil, spec.kunci)) or 1)):
            pasangan = zip(spec.kolom, a.baris(spec, r), z.baris(spec, r), strict=True)
            beda += [f"{spec.lembar} {k.kunci}{r}: {p} | {q}" for k, p, q in pasangan if p != q]
        if a.bersyarat(spec) != z.bersyarat(spec):
            beda.append(f"{spec.lembar} bersyarat: {a.bersyarat(spec) ^ z.bersyarat(spec)!r}")
        p, q = a.cetak.get(spec.lembar), z.cetak.get(spec.lembar)
        if p != q and spec not in {BARIS_DIHAPUS, tanpa_cetak}:
            beda.append(f"{spec.lembar} cetak: {p} | {q}")
    return beda


def test_rupa_seperti_dibangun_baru(kecil: Buku) -> None:
    """Levels changed both ways, rows new, gone, and typed right below tables; saved by a program that leaves addresses out."""
    sel = {"sasaran": Sel("Sasaran 1"), "indikator": Sel("Indeks 1"), "satuan": Sel("Indeks")}
    renstra = Baris(f"{RENSTRA.awalan_id}-0001", Level.DATA, sel, None, f"{RENSTRA.awalan_id}-0001")
    t = terbuka(RAGAM["tanpa-alamat"](bangun(hitung(perbarui(kecil.ganti({RENSTRA.kunci: [renstra]}))))))
    nomor = {i.simpul: i.id for i in reversed(t.buku.indikator)}
    ubah: dict[str | int, Mapping[str, str | float]] = {
        nomor["s-6"]: {"level": "Kegiatan"},
        nomor["s-7"]: {"level": "Sub kegiatan"},
        nomor["s-8"]: {"di_evaluasi": "Tidak"},
        1: baru("5.03.02.2.01.0099", "naskah"),
        2: baru("5.03.02.2.03", "kegiatan"),
        3: baru("5.03.02.2.03.0001", "naskah lain"),
    }
    t = terbuka(ketik(t, PROGRAM_SUB_KEGIATAN, ubah))
    isian: dict[str, str | float] = {
        "sasaran": "Sasaran 2",
        "indikator": "Indeks 2",
        "satuan": "Indeks",
        "target_r1": 7.0,
    }
    hasil, jadi = susun(terbuka(ketik(t, RENSTRA, {1: isian})))
    assert len(hasil.baris(RENSTRA.kunci)) == 2
    # that row took the blank line above the foot note, so that the printed area covers both as it is
    assert beda_rupa(jadi, hasil, tanpa_cetak=RENSTRA) == []
    kini = terbuka(jadi)
    rupa = Rupa(kini)
    assert rupa.cetak[RENSTRA.lembar] == "$A$2:$AA$12"
    assert susun(kini)[1] == jadi
    pagu = {b["nama"].nilai: rupa.sel(T_C_33, b.id, "pagu_n") for b in kini.buku.baris(T_C_33.kunci)}
    nama = ("Administrasi Pemberhentian", "Mutasi dan Promosi", "naskah", "kegiatan", "naskah lain")
    assert [terkunci(pagu[n]) for n in nama] == [True, False, False, True, False]


def test_tabel_kosong_menyisakan_baris_seperti_dibangun_baru(kecil: Buku) -> None:
    t = terbuka(bangun(kecil))
    hasil, jadi = susun(t, replace(t.buku, simpul=(), indikator=()))
    assert not hasil.baris(T_C_33.kunci)
    assert beda_rupa(jadi, hasil, tanpa_cetak=PROGRAM_SUB_KEGIATAN) == []  # a new one has more rows to type into


def test_format_perencana_tetap_dan_kunci_yang_keliru_dibetulkan(kecil: Buku) -> None:
    """A cell that a planner formatted keeps it; one that was left locked although it is typed can be typed again."""
    t = terbuka(bangun(kecil))
    baris = {s: baris_simpul(t.buku, T_C_33.kunci, s).id for s in ("s-4", "s-5", "s-6")}
    x = Rupa(t).lembar(T_C_33)
    tempat = {s: (t.letak.baris[T_C_33.kunci][b], t.letak.kolom[T_C_33.kunci]["pagu_n"]) for s, b in baris.items()}
    gaya = {s: x.atribut(x.sel_baris(r)[c][0])[b"s"] for s, (r, c) in tempat.items()}
    r = tempat["s-5"][0]
    sendiri = x.atribut(x.sel_baris(r)[T_C_33.letak_kolom["sumber_dana"]][0])[b"s"]  # typed too, but it looks otherwise
    assert len({*gaya.values(), sendiri}) == 3
    diubah = _bergaya(x, {tempat["s-5"]: sendiri, tempat["s-6"]: gaya["s-4"], (r, 45): sendiri})
    t = terbuka(susun_paket(t.paket, {t.paket.lembar[T_C_33.lembar]: diubah.xml}))
    _, jadi = susun(t)
    x = Rupa(terbuka(jadi)).lembar(T_C_33)
    kini = {s: x.atribut(x.sel_baris(r)[c][0])[b"s"] for s, (r, c) in tempat.items()}
    assert kini == {**gaya, "s-5": sendiri}
    assert x.atribut(x.sel_baris(r)[45][0])[b"s"] == sendiri


def test_buku_kosong_dengan_indikator_lanjutan() -> None:
    """Kinds of cells that no row of the workbook had until now."""
    t = terbuka(bangun(buku_baru(2026)))
    spec = PROGRAM_SUB_KEGIATAN
    kolom = t.letak.kolom[spec.kunci]
    pohon: tuple[dict[str, str], ...] = (
        {"level": "Urusan", "kode": "5", "nama": "Urusan penunjang"},
        {
            "level": "Program",
            "kode": "5.03.02",
            "nama": "Program kepegawaian",
            "indikator": "Persentase",
            "satuan": "%",
        },
        {"level": "Indikator lanjutan", "indikator": "Indeks", "satuan": "Indeks"},
        {"level": "Kegiatan", "kode": "5.03.02.2.01", "nama": "Pengadaan", "indikator": "Jumlah", "satuan": "Dokumen"},
        {"level": "Sub kegiatan", "kode": "5.03.02.2.01.0001", "nama": "Rencana", "indikator": "Jumlah"},
        {"level": "Indikator lanjutan", "indikator": "Jumlah laporan", "satuan": "Laporan"},
    )
    sel = {(spec.baris_pertama + n, kolom[k]): IsiSel(v) for n, b in enumerate(pohon) for k, v in b.items()}
    hasil, jadi = susun(terbuka(tambal(t.paket, {spec.lembar: sel})))
    assert beda_rupa(jadi, hasil, tanpa_cetak=spec) == []  # blank rows are left to type into


# ── original texts ────────────────────────────────────────────────────────────────────────────────────────────


def test_baris_baru_tidak_mewarisi_teks_asli(kecil: Buku) -> None:
    """A row without inputs goes; a later one may get its id, but not its texts, and these are not lost."""
    s = replace(kecil.simpul[-1], id="s-9", kode="5.03.02.2.02.0009")
    i = replace(kecil.indikator[-1], id="i-99", simpul="s-9", satuan=None)
    buku = perbarui(replace(kecil, simpul=(*kecil.simpul, s), indikator=(*kecil.indikator, i)))
    lama = baris_simpul(buku, T_C_29.kunci, "s-9")
    rows = [
        b.dengan({"nama": replace(b["nama"], asli="Nama setempat")}) if b is lama else b
        for b in buku.baris(T_C_29.kunci)
    ]
    t = terbuka(bangun(hitung(buku.ganti({T_C_29.kunci: rows}))))
    keluar, isi = susun(t, replace(t.buku, simpul=t.buku.simpul[:-1], indikator=t.buku.indikator[:-1]))
    assert lama.id not in {b.id for b in keluar.baris(T_C_29.kunci)}
    t = terbuka(isi)
    assert susun(t)[1] == isi
    s, i = replace(s, id="s-10"), replace(i, id="i-100", simpul="s-10")
    _, isi = susun(t, replace(t.buku, simpul=(*t.buku.simpul, s), indikator=(*t.buku.indikator, i)))
    b = baris_simpul(terbuka(isi).buku, T_C_29.kunci, "s-10")
    assert b.id == lama.id
    assert b["nama"].asli is None
    lembar = CalamineWorkbook.from_filelike(BytesIO(isi)).get_sheet_by_name(ASLI.lembar)
    assert "Nama setempat" in {x for baris in lembar.to_python() for x in baris}


def test_baris_baru_renstra_tidak_mewarisi_tautan(kecil: Buku) -> None:
    """An indicator typed where another was deleted does not get what T-C.30 still holds of that one."""
    rows = [Baris(f"rst-000{n}", Level.DATA, {"indikator": Sel(f"Indikator {n}")}) for n in (1, 2)]
    buku = perbarui(kecil.ganti({RENSTRA.kunci: rows}))
    t = terbuka(bangun(hitung(buku.ganti({RENSTRA.kunci: buku.baris(RENSTRA.kunci)[:1]}))))
    kini = terbuka(ketik(t, RENSTRA, {1: {"indikator": "Indikator lain"}})).buku
    assert [b.id for b in kini.baris(RENSTRA.kunci)] == ["rst-0001", "rst-0003"]


def test_teks_asli_dari_baris_yang_dihapus_sendiri() -> None:
    """A row that a planner deleted, and one that came in its place: told apart in every table, as often as it happens."""

    def buku(*pengenal: str) -> Buku:
        return Buku(tabel={T_C_32.kunci: tuple(Baris(p, Level.DATA, {}) for p in pengenal)})

    ada = ("c32-0001|lokasi", "c32-0002|lokasi", "c32-0002 (dikeluarkan)|lokasi", "c30-0001|lokasi", "beranda|nilai")
    letak = Letak({ASLI.kunci: {k: n for n, k in enumerate(ada, 10)}}, {})

    def kini(lama: Buku, hasil: Buku) -> list[object]:
        return [b["baris_id"].nilai for b in baris_hasil(lama, hasil, letak, ASLI)]

    satu = f"{T_C_32.awalan_id}-0001"
    assert satu == "c32-0001"
    assert kini(buku(satu), buku(satu, "c32-0002")) == [None, "c32-0002 (dikeluarkan 2)", None, None, None]
    assert kini(buku(satu, "c32-0002"), buku(satu, "c32-0002")) == [None] * 5
    assert kini(buku(satu, "c32-0002"), Buku()) == [None] * 5  # a table that is not at hand
