"""The audit: small rules from a plan to findings, one file per family."""

from __future__ import annotations

from renja_xl.core.buku import Buku
from renja_xl.core.hitung import isi_tanpa_nilai
from renja_xl.core.letak import letak_bawaan
from renja_xl.core.temuan import Temuan
from renja_xl.periksa.dup import ATURAN_DUP
from renja_xl.periksa.fmt import ATURAN_FMT
from renja_xl.periksa.hit import ATURAN_HIT
from renja_xl.periksa.kod import ATURAN_KOD
from renja_xl.periksa.konteks import Konteks
from renja_xl.periksa.lain import ATURAN_LAIN
from renja_xl.periksa.lnk import ATURAN_LNK
from renja_xl.periksa.log import ATURAN_LOG
from renja_xl.periksa.rol import ATURAN_ROL
from renja_xl.tabel import SEMUA

ATURAN = (*ATURAN_HIT, *ATURAN_ROL, *ATURAN_FMT, *ATURAN_DUP, *ATURAN_LNK, *ATURAN_LAIN, *ATURAN_KOD, *ATURAN_LOG)
"""Every rule, in the order of its family."""

_URUTAN_TABEL = {spec.kunci: n for n, spec in enumerate(SEMUA)}


KETERANGAN = {
    "HIT-08": "tingkat realisasi (kolom 8 T-C.29) tidak mengikuti rumusnya",
    "HIT-10": "realisasi s/d tahun berjalan (kolom 10 T-C.29) tidak mengikuti cara hitungnya",
    "HIT-11": "tingkat capaian Renstra (kolom 11 T-C.29) tidak mengikuti rumusnya",
    "HIT-13": "selisih T-C.31 tidak mengikuti rumusnya",
    "HIT-14": "persen selisih T-C.31 tidak mengikuti rumusnya",
    "HIT-20": "usulan prakiraan maju tidak mengikuti dasarnya",
    "HIT-21": "angka Capaian IKU, Pegawai, Anggaran, atau Efisiensi tidak mengikuti rumusnya",
    "ROL-01": "jumlah berbeda dari rinciannya",
    "ROL-02": "jumlah kosong padahal rinciannya berpagu",
    "ROL-03": "jumlah tertulis padahal tidak satu pun rinciannya berpagu",
    "FMT-01": "isi sel angka tidak terbaca",
    "FMT-02": "angka dengan titik, koma, atau spasi yang meragukan",
    "FMT-03": "satuan ikut tertulis di sel angka",
    "FMT-04": "angka tersimpan sebagai teks",
    "FMT-05": "angka di kolom satuan",
    "FMT-06": "rupiah dengan pecahan sen atau terlalu besar",
    "DUP-01": "sub kegiatan berulang dalam satu tabel",
    "DUP-02": "pagu satu butir terisi pada dua baris",
    "DUP-03": "indikator berulang pada butir yang sama",
    "DUP-04": "satu kode dipakai dua butir",
    "DUP-05": "isian baris ganda menunggu keputusan di Baris Dihapus",
    "LNK-01": "RKT berbeda dari tabel sumbernya",
    "LNK-02": "sisi kiri dan kanan T-C.31 menyebut butir berbeda",
    "LNK-03": "baris sumber belum terpetakan",
    "LNK-04": "baris belum tertaut ke Program & Sub Kegiatan",
    "LNK-05": "isian baris impor yang dikeluarkan disimpan di Baris Dihapus",
    "LNK-06": "angka tercetak berbeda dari tabel yang kini menjadi sumbernya",
    "LNK-07": "butir dalam daftar tidak dikenal atau berulang",
    "KAT-01": "kriteria tidak sesuai dengan capaiannya",
    "KAT-02": "status pemenuhan target tidak sesuai dengan T-C.29",
    "KOD-01": "butir belum berkode",
    "KOD-02": "kode perlu konfirmasi",
    "KOD-03": "kode berada di bawah induk lain",
    "LOG-01": "jumlah semula pada induk tanpa rincian berpagu",
    "LOG-02": "realisasi tanpa target",
    "LOG-03": "dasar perhitungan bukan angka",
}
"""Every rule id with what it finds."""


def periksa(buku: Buku, aturan: tuple[str, ...] = ()) -> list[Temuan]:
    """Findings of a plan in sheet order.

    Args:
        aturan: ids (``HIT-08``) or families (``HIT``) to keep; empty keeps all.
    """
    konteks = Konteks(isi_tanpa_nilai(buku))
    temuan = [t for rule in ATURAN for t in rule(konteks)]
    if aturan:
        temuan = [t for t in temuan if any(t.aturan == a or t.aturan.startswith(f"{a}-") for a in aturan)]
    letak = letak_bawaan(buku)
    return sorted(
        temuan,
        key=lambda t: (
            _URUTAN_TABEL[t.tabel],
            letak.baris[t.tabel].get(t.baris, 0),
            letak.kolom[t.tabel].get(t.kolom, 0),
            t.aturan,
        ),
    )


__all__ = ["ATURAN", "KETERANGAN", "Konteks", "periksa"]
