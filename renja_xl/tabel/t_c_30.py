"""T-C.30: performance of the agency's services, one row per main indicator (IKU)."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

_SUMBER = "Permendagri 86/2017, Tabel T-C.30"
_TARGET = "Target Renstra Perangkat Daerah"
_REALISASI = "Realisasi Capaian"
_PROYEKSI = "Proyeksi"
_ANGKA = "Angka saja, misalnya 75 atau 65,18. Predikat diketik di kolom sebelahnya."


def _nilai(kunci: str, judul: str, nomor: str, *, renstra: bool = False) -> tuple[KolomSpec, KolomSpec]:
    tahun = f"{{{kunci.rpartition('_')[2]}}}"
    peran = Peran.RUJUKAN if renstra else Peran.MASUKAN
    sumber = f"{{renstra {kunci.rpartition('_')[2]} %s}}"
    return (
        KolomSpec(kunci, (judul, tahun, "Nilai"), nomor, Tipe.ANGKA, peran, 8, satuan="satuan", predikat=f"predikat_{kunci}",
                  rumus=f'IF(ISNUMBER({sumber % "target"}),{sumber % "target"},"-")' if renstra else None, petunjuk=_ANGKA,
                  catatan="Dikosongkan: target tahun itu dari lembar Renstra." if renstra else None,
                  sumber=_SUMBER if renstra else None),
        KolomSpec(f"predikat_{kunci}", (judul, tahun, "Predi-\nkat"), f"{nomor} predikat", Tipe.TEKS, peran, 6.5,
                  rumus=f'IF({sumber % "predikat"}="","-",{sumber % "predikat"})' if renstra else None, cetak=False, tengah=True),
    )  # fmt: skip


T_C_30 = TabelSpec(
    kunci="T-C.30",
    lembar="T-C.30",
    nama_tabel="tbl_T_C_30",
    judul="Tabel T-C.30 Pencapaian Kinerja Pelayanan Perangkat Daerah",
    kelompok="resmi",
    awalan_id="c30",
    sejak=3,
    sumber=_SUMBER,
    berkas="t_c_30",
    tumbuh=True,
    kolom_beku=2,
    penjelasan="Target, realisasi, dan proyeksi indikator kinerja utama (IKU) perangkat daerah.",
    catatan_kaki=(
        "Target yang dikosongkan diambil dari lembar Renstra; target yang diketik tetap dipakai.",
        "Indikator baru diketik di lembar Renstra; Perbarui Tabel menambahkan barisnya di sini.",
    ),
    kolom=(
        KolomSpec("no", ("No",), "1", lebar=5, tengah=True),
        KolomSpec("indikator", ("Indikator",), "2", lebar=36, petunjuk="Indikator kinerja utama seperti di lembar Renstra."),
        KolomSpec("satuan", ("Satuan",), "2 satuan", lebar=9.5, tengah=True, cetak=False),
        KolomSpec("spm_standar_nasional", ("SPM/Standar Nasional",), "3", lebar=10, tengah=True),
        KolomSpec("ikk", ("IKK",), "4", lebar=8, tengah=True),
        *_nilai("target_n2", _TARGET, "5", renstra=True),
        *_nilai("target_n1", _TARGET, "6", renstra=True),
        *_nilai("target_n", _TARGET, "7", renstra=True),
        *_nilai("target_p1", _TARGET, "8", renstra=True),
        *_nilai("realisasi_n2", _REALISASI, "9"),
        *_nilai("realisasi_n1", _REALISASI, "10"),
        *_nilai("proyeksi_n1", _PROYEKSI, "11"),
        *_nilai("proyeksi_n", _PROYEKSI, "12"),
        KolomSpec("catatan_analisis", ("Catatan Analisis",), "13", lebar=24),
        *kolom_kunci(),
    ),
)  # fmt: skip
