"""Names of quantities, and what sentences speak of."""

from __future__ import annotations

from renja_xl.core.buku import Baris
from renja_xl.core.kalimat import acuan
from renja_xl.tabel.beranda import BUTIR_BERANDA
from renja_xl.tabel.besaran import BESARAN_MENURUT_KUNCI
from renja_xl.tabel.kalimat import KALIMAT_BAKU
from renja_xl.tabel.spec import isi_tahun

RUMUS_KEADAAN = "Sesuai bila besaran di dalam kalimat sama dengan besaran di tabel sekarang."
_NAMA = {x.kunci: x.uraian for x in BUTIR_BERANDA} | {
    "selisih_rkpd": "Selisih Rancangan Awal RKPD dari kebutuhan", "selisih_pagu": "Selisih pagu T-C.33 dari kebutuhan",
    "selisih_rkt": "Selisih anggaran RKT dari kebutuhan", "kenaikan_kebutuhan": "Kebutuhan dikurangi Rancangan Awal RKPD",
    "persen_kenaikan": "Kenaikan kebutuhan (%)", "persen_p1": "Kenaikan prakiraan maju (%)", "serapan": "Anggaran terserap",
    "persen_serapan": "Penyerapan anggaran (%)", "jumlah_iku": "Banyaknya indikator kinerja utama",
    "jumlah_sub": "Sub kegiatan", "pagu_efisiensi": "Jumlah pagu di Efisiensi", "tahun_rencana": "Tahun rencana",
}  # fmt: skip
_KATA = {"tidak": "tidak memenuhi target", "memenuhi": "memenuhi target", "melebihi": "melebihi target"}


def nama_besaran(kunci: str, tahun: int) -> str:
    """What a quantity is called."""
    nama = _NAMA.get(kunci)
    if nama is None:
        kata = kunci.split("_")
        nama = " ".join([*kata[:-1], _KATA.get(kata[-1], kata[-1])])
        nama = nama[:1].upper() + nama[1:]
    return isi_tahun(nama, tahun)


def kata_besaran(kunci: str, *, jumlah: bool, ada: bool) -> str:
    """How a quantity comes about."""
    rumus = BESARAN_MENURUT_KUNCI[kunci].rumus
    if jumlah:
        return "Jumlah sel berikut."
    if not ada:
        return "Diisi Renja-XL, atau tidak ada baris yang memenuhi syaratnya."
    if rumus.startswith("COUNTIFS("):
        return "Banyaknya baris berikut."
    return "Rata-rata sel berikut yang berangka." if "AVERAGEIFS(" in rumus else "Dihitung dari yang berikut."


def acuan_kalimat(b: Baris, kolom: str) -> list[str]:
    """Keys of the quantities that a sentence, or one of its remembered numbers, speaks of."""
    pola = next((p for p in KALIMAT_BAKU if p.kunci == b["kunci"].nilai), None)
    if pola is None:
        return []
    semua = acuan(pola.pola)
    if kolom.startswith("acuan_"):
        n = int(kolom.removeprefix("acuan_"))
        return semua[n - 1 : n]
    return list(dict.fromkeys([*semua, pola.syarat]))
