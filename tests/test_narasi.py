"""Reading a narrative: text files, Word documents, and what is refused."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from renja_xl.errors import RenjaError
from renja_xl.narasi import BATAS_TEKS, NarasiTidakTerbacaError, baca_narasi

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELASI = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)


def docx(path: Path, isi: str, *, bagian: str = "word/document.xml", awal: str = "") -> Path:
    """A Word document with a body."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{awal}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{isi}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("_rels/.rels", RELASI.format(bagian))
        z.writestr(bagian, xml)
    return path


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def p(*teks: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{t}</w:t></w:r>' for t in teks)}</w:p>"


def isi(path: Path) -> list[str]:
    paragraf = baca_narasi(path)
    assert [x.nomor for x in paragraf] == list(range(1, len(paragraf) + 1))
    assert {x.berkas for x in paragraf} <= {path.name}
    return [x.teks for x in paragraf]


# ── text ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("teks", "paragraf"),
    [
        ("Satu.\n\nDua\nbersambung.\n\n\n  Tiga.\n", ["Satu.", "Dua bersambung.", "Tiga."]),
        ("Satu baris.\r\nBaris dua.\r\n", ["Satu baris.", "Baris dua."]),
        ("BAB IV\nRencana kerja memuat\n3 program.", ["BAB IV", "Rencana kerja memuat 3 program."]),
        ("Sebesar Rp.\n26.254 itu.", ["Sebesar Rp. 26.254 itu."]),
        ("Meliputi\n1. satu\n2. dua", ["Meliputi", "1. satu", "2. dua"]),
        ("\ufeffPegawai  45\torang", ["Pegawai 45 orang"]),
        ("", []),
    ],
)
@pytest.mark.parametrize("akhiran", ["txt", "MD"])
def test_berkas_teks(tmp_path: Path, teks: str, paragraf: list[str], akhiran: str) -> None:
    path = tmp_path / f"bab.{akhiran}"
    path.write_bytes(teks.encode())
    assert isi(path) == paragraf


def test_teks_unicode_dari_notepad(tmp_path: Path) -> None:
    path = tmp_path / "bab.txt"
    path.write_bytes("Pegawai “45”".encode("utf-16"))
    assert isi(path) == ["Pegawai “45”"]


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_paragraf_sel_tabel_dan_potongan(tmp_path: Path) -> None:
    tabel = f"<w:tbl><w:tr><w:tc>{p('S1')}</w:tc><w:tc>{p('30')}</w:tc></w:tr></w:tbl>"
    badan = p("Pegawai ", "45 ", "(empat puluh tiga)") + p() + tabel + p("A &amp; B")
    badan += "<w:p><w:r><w:t>kiri</w:t><w:tab/><w:t>kanan</w:t><w:br/><w:t>bawah</w:t></w:r></w:p>"
    assert isi(docx(tmp_path / "bab.docx", badan)) == [
        *("Pegawai 45 (empat puluh tiga)", "S1", "30", "A & B", "kiri kanan bawah")
    ]


def test_yang_dihapus_dan_yang_tidak_terbaca_dilewati(tmp_path: Path) -> None:
    badan = (
        "<w:p><w:r><w:t xml:space='preserve'>3 </w:t></w:r>"
        "<w:del><w:r><w:delText>program</w:delText><w:t>lama</w:t></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>pindah</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>kegiatan</w:t></w:r></w:ins>"
        "<w:r><w:instrText>HYPERLINK http://contoh</w:instrText></w:r>"
        "<mc:AlternateContent><mc:Fallback><w:r><w:t>ulang</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>utuh</w:t></w:r></w:p>"
    )
    assert isi(docx(tmp_path / "bab.docx", badan)) == ["3 kegiatan", "utuh"]


def test_bagian_utama_bernama_lain(tmp_path: Path) -> None:
    assert isi(docx(tmp_path / "bab.docx", p("isi"), bagian="word/document2.xml")) == ["isi"]


# ── what is refused ───────────────────────────────────────────────────────────────────────────────────────────


def _rusak(path: Path) -> None:
    path.write_bytes(docx(path, p("isi" * 500)).read_bytes()[:-40])


def _xlsx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("xl/workbook.xml", "<workbook/>")


def _bom(path: Path) -> None:
    docx(path, p("0" * (9 * 2**20)))


@pytest.mark.parametrize(
    ("nama", "buat", "alasan"),
    [
        ("tiada.txt", lambda _: None, "tidak ditemukan"),
        ("tiada.docx", lambda _: None, "tidak ditemukan"),
        ("lama.doc", lambda q: q.write_bytes(b"x"), "Word lama"),
        ("buku.xlsx", _xlsx, "bukan narasi"),
        ("folder.txt", Path.mkdir, "tidak dapat dibaca"),
        ("biner.txt", lambda q: q.write_bytes(b"a\0b"), "bukan berkas teks"),
        ("latin.txt", lambda q: q.write_bytes("é".encode("latin-1")), "UTF-8"),
        ("besar.txt", lambda q: q.write_bytes(b"a" * (BATAS_TEKS + 1)), "lebih besar"),
        ("sandi.docx", lambda q: q.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "kata sandi"),
        ("teks.docx", lambda q: q.write_bytes(b"teks biasa"), "rusak"),
        ("rusak.docx", _rusak, "rusak"),
        ("buku.docx", _xlsx, "bukan dokumen Word"),
        ("bom.docx", _bom, "tidak wajar"),
        ("entitas.docx", lambda q: docx(q, p("&a;"), awal='<!DOCTYPE d [<!ENTITY a "aaa">]>'), "tidak wajar"),
        ("cacat.docx", lambda q: docx(q, "<w:p>"), "tidak wajar"),
    ],
)
def test_yang_ditolak(tmp_path: Path, nama: str, buat: object, alasan: str) -> None:
    path = tmp_path / nama
    assert callable(buat)
    buat(path)
    with pytest.raises(NarasiTidakTerbacaError, match=alasan) as galat:
        baca_narasi(path)
    assert isinstance(galat.value, RenjaError)
    assert str(galat.value).endswith(".")
    assert nama in str(galat.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipa bernama hanya ada di sistem lain")
def test_pipa_tidak_ditunggu(tmp_path: Path) -> None:
    path = tmp_path / "pipa.txt"
    os.mkfifo(path)
    with pytest.raises(NarasiTidakTerbacaError, match="bukan berkas biasa"):
        baca_narasi(path)
