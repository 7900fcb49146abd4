"""Renstra: targets and pagu per year of the period, typed once; T-C.29, T-C.30 and Capaian IKU take theirs from here."""

from renja_xl.core.buku import CaraHitung, Sifat
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

TAHUN_PERIODE = 6
"""Years that the sheet has room for: the base year and five more."""

_TARGET = "Target Kinerja"
_PAGU = "Pagu Indikatif (Rp)"
_ANGKA = "Angka saja, misalnya 75 atau 65,18. Predikat diketik di kolom sebelahnya."

_TARGET_TAHUN = [f"{{target_r{n}}}" for n in range(1, TAHUN_PERIODE + 1)]
_SEMUA = ",".join(_TARGET_TAHUN)
_TERAKHIR = (
    "".join(f"IF(ISNUMBER({t}),{t}," for t in _TARGET_TAHUN[:0:-1]) + _TARGET_TAHUN[0] + ")" * (TAHUN_PERIODE - 1)
)
_AKHIR = (
    f'IF(COUNT({_SEMUA})=0,"-",IF({{cara_hitung}}="Dijumlahkan",SUM({_SEMUA}),'
    f'IF({{cara_hitung}}="Rata-rata",AVERAGE({_SEMUA}),{_TERAKHIR})))'
)
"""Native form of ``core.renstra.target_akhir``."""

RENSTRA = TabelSpec(
    kunci="Renstra",
    lembar="Renstra",
    nama_tabel="tbl_Renstra",
    judul="Target dan Pagu Rencana Strategis",
    kelompok="isian",
    awalan_id="rst",
    sejak=3,
    beranggaran=True,
    sumber="Permendagri 86/2017; Renstra perangkat daerah",
    tumbuh=True,
    kolom_beku=5,
    penjelasan="Target dan pagu Renstra tiap tahun: indikator sasaran (IKU) tanpa kode, dan indikator program, kegiatan, "
    "serta sub kegiatan dengan kodenya.",
    catatan_kaki=(
        "Indikator sasaran (IKU): kode dikosongkan, sasaran diisi. T-C.30 dan Capaian IKU mengambil targetnya dari sini.",
        "Indikator program, kegiatan, dan sub kegiatan: kode dan indikator seperti di Program & Sub Kegiatan. Kolom 4 T-C.29 "
        "yang kosong mengambil target akhir dari sini.",
        "Target akhir yang dikosongkan dihitung menurut cara hitungnya; target akhir yang diketik tetap dipakai.",
    ),
    kolom=(
        KolomSpec("no", ("No",), "1", lebar=5, tengah=True),
        KolomSpec("sasaran", ("Sasaran",), "2", lebar=30, petunjuk="Sasaran Renstra; baris di bawahnya boleh dikosongkan bila sama."),
        KolomSpec("kode", ("Kode",), "3", lebar=18,
                  petunjuk="Kode program, kegiatan, atau sub kegiatan. Dikosongkan untuk indikator sasaran (IKU)."),
        KolomSpec("indikator", ("Indikator Kinerja",), "4", lebar=36, petunjuk="Satu indikator per baris."),
        KolomSpec("satuan", ("Satuan",), "5", lebar=9.5, tengah=True),
        KolomSpec("cara_hitung", ("Cara Hitung",), "6", lebar=12, pilihan=tuple(c.judul for c in CaraHitung),
                  petunjuk="Cara target akhir dibentuk dari target tahunan. Dikosongkan: menurut satuannya."),
        KolomSpec("sifat", ("Sifat",), "7", lebar=14, pilihan=tuple(s.judul for s in Sifat),
                  petunjuk="Pilih makin rendah makin baik, misalnya untuk jumlah kasus."),
        *(
            k
            for n in range(1, TAHUN_PERIODE + 1)
            for k in (
                KolomSpec(f"target_r{n}", (_TARGET, f"{{r{n}}}", "Nilai"), f"{7 + n}", Tipe.ANGKA, lebar=8,
                          predikat=f"predikat_r{n}", satuan="satuan", petunjuk=_ANGKA),
                KolomSpec(f"predikat_r{n}", (_TARGET, f"{{r{n}}}", "Predi-\nkat"), f"{7 + n} predikat", lebar=6.5, tengah=True),
            )
        ),
        KolomSpec("target_akhir", ("Target Akhir Periode", "Nilai"), "14", Tipe.ANGKA, Peran.RUJUKAN, 9,
                  predikat="predikat_akhir", satuan="satuan", rumus=_AKHIR, petunjuk=_ANGKA,
                  catatan="Dikosongkan: dihitung dari target tahunan. Dijumlahkan: jumlahnya. Posisi akhir: tahun terakhir yang "
                          "diisi. Rata-rata: rata-ratanya.", sumber="Permendagri 86/2017, Tabel T-C.29 kolom 4"),
        KolomSpec("predikat_akhir", ("Target Akhir Periode", "Predi-\nkat"), "14 predikat", lebar=6.5, tengah=True),
        *(
            KolomSpec(f"pagu_r{n}", (_PAGU, f"{{r{n}}}"), f"{14 + n}", Tipe.RUPIAH, lebar=17,
                      petunjuk="Rupiah penuh menurut Renstra; kosong untuk indikator sasaran.")
            for n in range(1, TAHUN_PERIODE + 1)
        ),
        *kolom_kunci(),
    ),
)  # fmt: skip
