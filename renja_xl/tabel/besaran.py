"""Quantities of a whole plan, each declared once: Beranda shows them, Kalimat speaks of them.

``rumus`` is the native form; ``core.besaran`` holds the other. ``{=kunci}`` stands for another quantity.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from renja_xl.tabel.kendali import KELUARGA_CATATAN, POLA_DIJELASKAN, POLA_DIPERBAIKI
from renja_xl.tabel.pemenuhan import BELUM_DINILAI, MELEBIHI, MEMENUHI, TIDAK_MEMENUHI
from renja_xl.tabel.spec import Tipe

SAMA = "Kebutuhan, T-C.33, dan RKT sama jumlahnya."
TIDAK_AKTIF = "Belum aktif: lihat Tombol RENJA di Panduan"
MUTAKHIR = "Mutakhir"
MENUNGGU = "Belum diperbarui: klik Perbarui Tabel"
BERBEDA = "Jumlahnya berbeda antartabel: lihat lembar Perbandingan."


@dataclass(frozen=True, slots=True)
class Besaran:
    """One quantity: counts and texts as they are, amounts in rupiah, ratios in percent."""

    kunci: str
    rumus: str
    tipe: Tipe = Tipe.ANGKA


def _profil(kunci: str) -> str:
    return f'IF(profil_{kunci}="","-",profil_{kunci})'


def _program(tabel: str, kolom: str) -> str:
    return f'SUMIFS({{{tabel}.{kolom}}},{{{tabel}.level}},"Program")'


def _rencana(level: str) -> str:
    return f'COUNTIFS({{Indeks.jenjang}},"{level}",{{Indeks.di_rencana}},"Ya")'


def _status(status: str) -> str:
    return f'COUNTIFS({{Pemenuhan Target.level}},"Sub kegiatan",{{Pemenuhan Target.status}},"{status}")'


def _dalam_daftar(kolom: str, status: str) -> str:
    return f'SUMIFS({{Pemenuhan Target.{kolom}}},{{Pemenuhan Target.level}},"Jumlah",{{Pemenuhan Target.status}},"{status}")'


def _catatan(kolom: str, pola: str) -> str:
    """Open findings: all but the settled and the explained."""
    semua = f'{{Catatan Perbaikan.{kolom}}},"{pola}"'
    selesai = (
        f'-COUNTIFS({semua},{{Catatan Perbaikan.keadaan}},"{keadaan}")'
        for keadaan in (POLA_DIPERBAIKI, POLA_DIJELASKAN)
    )
    return f"COUNTIFS({semua}){''.join(selesai)}"


def _bagi(pembilang: str, penyebut: str, kali: str = "*100") -> str:
    return f'IFERROR(IF(({penyebut})=0,"-",({pembilang})/({penyebut}){kali}),"-")'


def _sub_t_c_31(tanda: str, *, uang: bool) -> str:
    """Sub kegiatan whose needs lie above or below the RKPD: how many, or the sum of their differences."""
    syarat = f'{{T-C.31.level}},"{{level}}",{{T-C.31.selisih}},"{tanda}0"'
    fungsi = "SUMIFS({T-C.31.selisih}," if uang else "COUNTIFS("
    jumlah = "+".join(f"{fungsi}{syarat.replace('{level}', lv)})" for lv in ("Sub kegiatan", "Indikator lanjutan"))
    return f"ROUND({jumlah},2)" if uang else jumlah


def _anggaran(mundur: int, *tahap: str) -> str:
    """Budget of a year at a stage, by the first of its names that has one; ``-`` where none has."""
    hasil = '"-"'
    for nama in reversed(tahap):
        jumlah = f'SUMIFS({{Anggaran.anggaran}},{{Anggaran.tahun}},profil_tahun_anggaran-{mundur},{{Anggaran.tahap}},"{nama}")'
        hasil = f"IF({jumlah}<>0,{jumlah},{hasil})"
    return hasil


def _kurang(lama: str, baru: str) -> str:
    return f'IF(AND(ISNUMBER({{={lama}}}),ISNUMBER({{={baru}}})),ROUND(N({{={baru}}})-N({{={lama}}}),2),"-")'


TAHUN_ANGGARAN = {"n2": 2, "n1": 1}
"""Years whose stages of the budget sentences speak of, and how far back they lie."""

TAHAP_ANGGARAN = {"renja": ("Renja",), "apbd": ("APBD",), "apbdp": ("APBDP", "Perkiraan APBDP")}
"""Stages of the budget by key, and what they are called in *Anggaran*."""

_SELISIH = "({=total_pagu})-({=total_kebutuhan})"

BESARAN: tuple[Besaran, ...] = (
    Besaran("perangkat_daerah", _profil("perangkat_daerah"), Tipe.TEKS),
    Besaran("kabupaten", _profil("kabupaten"), Tipe.TEKS),
    Besaran("tahun_rencana", "profil_tahun_anggaran"),
    Besaran("tahun_renstra", _profil("tahun_renstra"), Tipe.TEKS),
    Besaran("tahapan", _profil("tahapan"), Tipe.TEKS),
    Besaran("terakhir_dihitung", _profil("terakhir_dihitung"), Tipe.TEKS),
    Besaran("terakhir_disusun", _profil("terakhir_disusun"), Tipe.TEKS),
    Besaran("keadaan_tabel", f'IF(profil_tabel_basi="Ya","{MENUNGGU}","{MUTAKHIR}")', Tipe.TEKS),
    Besaran("keadaan_makro", f'"{TIDAK_AKTIF}"', Tipe.TEKS),  # where they run, a conditional format shows so
    Besaran("keadaan_python", f'"{TIDAK_AKTIF}"', Tipe.TEKS),
    Besaran(
        "keadaan_jumlah",
        f'IF(AND(ROUND({_SELISIH},2)=0,ROUND(({{=total_rkt}})-({{=total_kebutuhan}}),2)=0),"{SAMA}","{BERBEDA}")',
        Tipe.TEKS,
    ),
    Besaran("total_rkpd", _program("T-C.31", "pagu_rkpd"), Tipe.RUPIAH),
    Besaran("total_kebutuhan", _program("T-C.31", "kebutuhan_dana"), Tipe.RUPIAH),
    Besaran("total_pagu", _program("T-C.33", "pagu_n"), Tipe.RUPIAH),
    Besaran("total_rkt", _program("RKT", "anggaran"), Tipe.RUPIAH),
    Besaran("total_p1", _program("T-C.33", "pagu_p1"), Tipe.RUPIAH),
    Besaran("selisih_rkpd", "ROUND(({=total_rkpd})-({=total_kebutuhan}),2)", Tipe.RUPIAH),
    Besaran("selisih_pagu", f"ROUND({_SELISIH},2)", Tipe.RUPIAH),
    Besaran("selisih_rkt", "ROUND(({=total_rkt})-({=total_kebutuhan}),2)", Tipe.RUPIAH),
    Besaran("kenaikan_kebutuhan", "ROUND(({=total_kebutuhan})-({=total_rkpd}),2)", Tipe.RUPIAH),
    Besaran("persen_kenaikan", _bagi("({=total_kebutuhan})-({=total_rkpd})", "{=total_rkpd}"), Tipe.PERSEN),
    Besaran("persen_p1", _bagi("({=total_p1})-({=total_kebutuhan})", "{=total_kebutuhan}"), Tipe.PERSEN),
    Besaran("sub_naik", _sub_t_c_31(">", uang=False)),
    Besaran("sub_turun", _sub_t_c_31("<", uang=False)),
    Besaran("nilai_naik", _sub_t_c_31(">", uang=True), Tipe.RUPIAH),
    Besaran("nilai_turun", _sub_t_c_31("<", uang=True), Tipe.RUPIAH),
    *(
        Besaran(f"{kunci}_{t}", _anggaran(mundur, *nama), Tipe.RUPIAH)
        for t, mundur in TAHUN_ANGGARAN.items()
        for kunci, nama in TAHAP_ANGGARAN.items()
    ),
    *(
        Besaran(f"selisih_{kunci}_{t}", _kurang(f"{lama}_{t}", f"{kunci}_{t}"), Tipe.RUPIAH)
        for t in TAHUN_ANGGARAN
        for lama, kunci in (("renja", "apbd"), ("apbd", "apbdp"))
    ),
    Besaran("jumlah_urusan", _rencana("Urusan")),
    Besaran("jumlah_program", _rencana("Program")),
    Besaran("jumlah_kegiatan", _rencana("Kegiatan")),
    Besaran("jumlah_sub", _rencana("Sub kegiatan")),
    *(
        Besaran(f"{kunci}_{daftar}", _dalam_daftar(f"jumlah_{kunci}", status))
        for daftar, status in (("melebihi", MELEBIHI), ("memenuhi", MEMENUHI), ("tidak", TIDAK_MEMENUHI))
        for kunci in ("program", "kegiatan")
    ),
    Besaran("sub_melebihi", _status(MELEBIHI)),
    Besaran("sub_memenuhi", _status(MEMENUHI)),
    Besaran("sub_tidak", _status(TIDAK_MEMENUHI)),
    Besaran("sub_belum", _status(BELUM_DINILAI)),
    Besaran("sub_evaluasi", 'COUNTIFS({Pemenuhan Target.level},"Sub kegiatan")'),
    Besaran(
        "rata_capaian", 'IFERROR(AVERAGEIFS({Capaian IKU.capaian_persen},{Capaian IKU.level},"Data"),"-")', Tipe.PERSEN
    ),
    Besaran("jumlah_iku", 'COUNTIFS({Capaian IKU.level},"Data")'),
    Besaran("jumlah_sasaran", 'COUNTIFS({Capaian IKU.level},"Rata-rata")'),
    Besaran("pagu_efisiensi", "SUM({Efisiensi.pagu_anggaran})", Tipe.RUPIAH),
    Besaran("serapan", "ROUND(SUM({Efisiensi.serapan}),2)", Tipe.RUPIAH),
    Besaran("persen_serapan", _bagi("{=serapan}", "{=pagu_efisiensi}"), Tipe.PERSEN),
    Besaran("nilai_efisiensi", _bagi("{=rata_capaian}", "{=persen_serapan}", ""), Tipe.ANGKA),
    Besaran("pegawai", 'SUMIFS({Pegawai.jumlah},{Pegawai.level},"Data")'),
    Besaran("pegawai_laki", 'SUMIFS({Pegawai.laki_laki},{Pegawai.level},"Data")'),
    Besaran("pegawai_perempuan", 'SUMIFS({Pegawai.perempuan},{Pegawai.level},"Data")'),
    Besaran("catatan_berat", _catatan("tingkat", "Harus diperbaiki")),
    Besaran("catatan_cek", _catatan("tingkat", "Perlu dicek")),
    Besaran("catatan_informasi", _catatan("tingkat", "Informasi")),
    Besaran("catatan_semua", 'COUNTIFS({Catatan Perbaikan.tingkat},"?*")'),
    Besaran(
        "catatan_dijelaskan",
        f'COUNTIFS({{Catatan Perbaikan.tingkat}},"?*",{{Catatan Perbaikan.keadaan}},"{POLA_DIJELASKAN}")',
    ),
    Besaran(
        "catatan_sisa",
        '(({=catatan_berat})+({=catatan_cek})+({=catatan_informasi}))&" dari "&({=catatan_semua})&" catatan"',
        Tipe.TEKS,
    ),
    Besaran(
        "catatan_ringkas",
        '"Sisa "&{=catatan_sisa}&" ("&({=catatan_berat})&" harus diperbaiki, "&({=catatan_cek})&" perlu dicek, "'
        '&({=catatan_informasi})&" informasi; "&({=catatan_dijelaskan})&" dijelaskan)"',
        Tipe.TEKS,
    ),
    *(Besaran(f"catatan_{k.lower()}", _catatan("aturan", f"{k}-*")) for k in KELUARGA_CATATAN),
)

BESARAN_MENURUT_KUNCI: Mapping[str, Besaran] = {b.kunci: b for b in BESARAN}
