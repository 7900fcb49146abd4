"""Pemenuhan Target (printed in 2.1.1): the sub kegiatan that exceed, meet or miss their targets of year n-2."""

from renja_xl.core.buku import Level
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

TIDAK_MEMENUHI = "tidak memenuhi target"
MEMENUHI = "memenuhi target"
MELEBIHI = "melebihi target"
BELUM_DINILAI = "belum dapat dinilai"
STATUS = (TIDAK_MEMENUHI, MEMENUHI, MELEBIHI, BELUM_DINILAI)
"""In the order of the printed lists."""

_SUB = frozenset({Level.SUB_KEGIATAN})
_KEPALA = frozenset({Level.JUMLAH})
_TINGKAT = 'COUNTIFS({T-C.29.simpul},{simpul},{T-C.29.tingkat_realisasi_n2},"%s")'
_STATUS = (
    f'IF({_TINGKAT % "<100"}>0,"{TIDAK_MEMENUHI}",IF({_TINGKAT % ">100"}>0,"{MELEBIHI}",'
    f'IF({_TINGKAT % "<=100"}>0,"{MEMENUHI}","{BELUM_DINILAI}")))'
)
"""Native form of ``core.pemenuhan.status``; what is left at most 100 is 100 (a criterion =100 would count texts too)."""


def _banyak(kunci: str, judul: str, nomor: str, pengenal: str | None) -> KolomSpec:
    sama = '({Pemenuhan Target.level}="Sub kegiatan")*({Pemenuhan Target.status}={status})'
    id_kolom = f"{{Pemenuhan Target.{pengenal}}}"
    rumus = (
        f"ROUND(SUMPRODUCT({sama}/COUNTIFS({id_kolom},{id_kolom},{{Pemenuhan Target.status}},{{Pemenuhan Target.status}})),0)"
        if pengenal
        else 'COUNTIFS({Pemenuhan Target.level},"Sub kegiatan",{Pemenuhan Target.status},{status})'
    )
    return KolomSpec(
        kunci, ("Jumlah", judul), nomor, Tipe.ANGKA, Peran.HITUNG, 10, rumus=rumus, level=_KEPALA, cetak=False,
        catatan=f"Banyaknya {judul.lower()} dalam daftar itu.", sumber="Renja-XL",
    )  # fmt: skip


PEMENUHAN_TARGET = TabelSpec(
    kunci="Pemenuhan Target",
    lembar="Pemenuhan Target",
    nama_tabel="tbl_Pemenuhan",
    judul="Pemenuhan Target Kinerja Sub Kegiatan Tahun {n2}",
    kelompok="resmi",
    awalan_id="pmn",
    sejak=3,
    sumber="Permendagri 86/2017, Bab II evaluasi pelaksanaan Renja",
    berkas="capaian_status",
    keanggotaan="evaluasi",
    level_tampil=(Level.SUB_KEGIATAN,),
    per_simpul=True,
    kolom_beku=1,
    penjelasan="Sub kegiatan yang tidak memenuhi, memenuhi, dan melebihi target, beserta jumlahnya.",
    aturan=(
        "Aturan: dinilai dari kolom 8 T-C.29 semua indikator sub kegiatan itu. Ada yang di bawah 100%: tidak memenuhi target. "
        "Selain itu, ada yang di atas 100%: melebihi target. Semuanya 100%: memenuhi target. Tanpa tingkat realisasi: belum "
        "dapat dinilai."
    ),
    kolom=(
        KolomSpec("status", ("Status",), "1", peran=Peran.HITUNG, lebar=22, rumus=_STATUS, level=_SUB,
                  udf="STATUS_PEMENUHAN({T-C.29.tingkat_realisasi_n2},{simpul},{T-C.29.simpul})",
                  catatan="Ada indikator di bawah 100%: tidak memenuhi; selain itu ada yang di atas 100%: melebihi; semuanya "
                          "100%: memenuhi.", sumber="T-C.29, kolom 8"),
        KolomSpec("no_program", ("No Pro-\ngram",), "2", peran=Peran.TAUTAN, tautan="nomor_program", lebar=6, tengah=True, level=_SUB),
        KolomSpec("program", ("Program",), "3", peran=Peran.TAUTAN, tautan="nama_program", lebar=38, level=_SUB),
        KolomSpec("kegiatan", ("Kegiatan",), "4", peran=Peran.TAUTAN, tautan="nama_kegiatan", lebar=38, level=_SUB),
        KolomSpec("no_sub", ("No Sub",), "5", peran=Peran.TAUTAN, tautan="nomor_dalam_daftar", lebar=6, tengah=True, level=_SUB),
        KolomSpec("sub_kegiatan", ("Sub Kegiatan",), "6", peran=Peran.TAUTAN, tautan="nama", lebar=50, level=_SUB),
        _banyak("jumlah_program", "Program", "7", "id_program"),
        _banyak("jumlah_kegiatan", "Kegiatan", "8", "id_kegiatan"),
        _banyak("jumlah_sub", "Sub Kegiatan", "9", None),
        *kolom_kunci(
            KolomSpec("id_program", (), "id program", peran=Peran.TAUTAN, tautan="id_program", tersembunyi=True, cetak=False),
            KolomSpec("id_kegiatan", (), "id kegiatan", peran=Peran.TAUTAN, tautan="id_kegiatan", tersembunyi=True, cetak=False),
            KolomSpec("tertulis_asli", (), "tertulis semula", peran=Peran.TAUTAN, tersembunyi=True, wajib=False),
        ),
    ),
)  # fmt: skip
