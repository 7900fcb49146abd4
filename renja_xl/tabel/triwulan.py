"""Triwulan (Formulir E.81): the plan of year n evaluated quarter by quarter; and Rekap Triwulan, its summary and notes."""

from renja_xl.core.buku import Level
from renja_xl.tabel.renstra import TAHUN_PERIODE
from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci
from renja_xl.tabel.t_c_29 import tingkat_asli

TRIWULAN_KE = (1, 2, 3, 4)
ROMAWI = ("I", "II", "III", "IV")

BELUM_DILAPORKAN = "Belum dilaporkan"
TANPA_TARGET = "Tanpa target"
TERCAPAI = "Target tahun tercapai"
TIDAK_TERCAPAI = "Target tahun tidak tercapai"
SESUAI_RENCANA = "Sesuai rencana"
DI_BAWAH_RENCANA = "Di bawah rencana"
BERJALAN = "Berjalan"
TANPA_RENCANA = "Tanpa rencana kas"

_SUMBER = "Permendagri 86/2017, Formulir E.81"
_RENSTRA = "Target Renstra Perangkat Daerah pada Akhir Periode"
_LALU = "Realisasi Capaian Kinerja Renstra s/d Renja Tahun Lalu ({n1})"
_TARGET = "Target Kinerja dan Anggaran Renja Tahun {n}"
_TAHUN = "Realisasi Capaian Kinerja dan Anggaran Renja Tahun {n}"
_TINGKAT = "Tingkat Realisasi Renja Tahun {n}"
_SD = "Realisasi Kinerja dan Anggaran Renstra s/d Tahun {n}"
_CAPAIAN = "Tingkat Capaian Renstra s/d Tahun {n}"
_RENCANA = "Rencana per Triwulan (boleh dikosongkan)"

_KINERJA = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.INDIKATOR_LANJUTAN})
_UANG = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.TOTAL})
_DENGAN_RATA = _KINERJA | {Level.RATA_RATA}
_JUMLAH = "Kegiatan, program, dan total: jumlah rinciannya."
_ANGKA = "Angka saja, misalnya 5 atau 65,18. Ketik - bila memang tidak ada."
_RUPIAH = "Rupiah penuh, hanya pada sub kegiatan. Kegiatan, program, dan total dijumlahkan sendiri."

_K = [f"{{k_tw{q}}}" for q in TRIWULAN_KE]
_RK = [f"{{rencana_tw{q}}}" for q in TRIWULAN_KE]
_RP = [f"{{rp_tw{q}}}" for q in TRIWULAN_KE]
_SEMUA_K, _SEMUA_RP = ",".join(_K), ",".join(_RP)
_PAGU_RENSTRA = ",".join(f"{{cari Renstra.pagu_r{r}}}" for r in range(1, TAHUN_PERIODE + 1))

_AKHIR = f"IF(ISNUMBER({_K[3]}),4,IF(ISNUMBER({_K[2]}),3,IF(ISNUMBER({_K[1]}),2,IF(ISNUMBER({_K[0]}),1,0))))"
"""The last quarter of which a realisasi is told; native form of ``core.triwulan.akhir_lapor``."""

_REALISASI = (
    f'IF({{tw_akhir}}=0,"-",IF({{cara_hitung}}="Dijumlahkan",SUM({_SEMUA_K}),'
    f'IF({{cara_hitung}}="Rata-rata",AVERAGE({_SEMUA_K}),CHOOSE({{tw_akhir}},{_SEMUA_K}))))'
)
"""Native form of ``core.triwulan.realisasi_tahun``."""


def _sampai(fungsi: str) -> str:
    """A function over the plan of the quarters up to the last told one."""
    sampai = (",".join(_RK[:q]) for q in TRIWULAN_KE)
    return "CHOOSE({tw_akhir}," + ",".join(f"{fungsi}({s})" for s in sampai) + ")"


_DI_TRIWULAN = "CHOOSE({tw_akhir}," + ",".join(_RK) + ")"
_RENCANA_SD = (
    f'IF({{tw_akhir}}=0,"-",IF(ISNUMBER({_DI_TRIWULAN}),IF({{cara_hitung}}="Dijumlahkan",{_sampai("SUM")},'
    f'IF({{cara_hitung}}="Rata-rata",{_sampai("AVERAGE")},{_DI_TRIWULAN})),"-"))'
)
"""Native form of ``core.triwulan.rencana_sd``."""

_RENDAH = '{sifat}="Makin rendah makin baik"'
_STATUS = (
    f'IF({{tw_akhir}}=0,"{BELUM_DILAPORKAN}",IF(NOT(ISNUMBER({{tingkat_realisasi}})),"{TANPA_TARGET}",'
    f'IF({{tw_akhir}}=4,IF({{tingkat_realisasi}}>=100,"{TERCAPAI}","{TIDAK_TERCAPAI}"),'
    f'IF(AND({{tingkat_realisasi}}>=100,NOT({_RENDAH})),"{TERCAPAI}",'
    f'IF(NOT(ISNUMBER({{rencana_sd}})),"{BERJALAN}",'
    f'IF(IF({_RENDAH},{{realisasi}}<={{rencana_sd}},{{realisasi}}>={{rencana_sd}}),"{SESUAI_RENCANA}","{DI_BAWAH_RENCANA}"))))))'
)
"""Native form of ``core.triwulan.status``."""

_KRITERIA = (
    'IF(ISNUMBER({tingkat_realisasi}),IF({tingkat_realisasi}>={dasar.kriteria_sangat_tinggi},"Sangat Tinggi",'
    'IF({tingkat_realisasi}>={dasar.kriteria_tinggi},"Tinggi",IF({tingkat_realisasi}>={dasar.kriteria_sedang},"Sedang",'
    'IF({tingkat_realisasi}>={dasar.kriteria_rendah},"Rendah","Sangat Rendah")))),"-")'
)
"""Native form of ``core.capaian.kriteria``."""


def _bagi(atas: str, bawah: str) -> str:
    return f'IF(AND(ISNUMBER({{{atas}}}),ISNUMBER({{{bawah}}})),IF({{{bawah}}}=0,"-",{{{atas}}}/{{{bawah}}}*100),"-")'


def _triwulan(q: int) -> tuple[KolomSpec, KolomSpec]:
    judul, nomor = f"Realisasi Triwulan {ROMAWI[q - 1]}", 7 + q
    return (
        KolomSpec(f"k_tw{q}", (judul, "K"), f"{nomor} K", Tipe.ANGKA, lebar=8, level=_KINERJA, milik_indikator=True,
                  petunjuk=f"{_ANGKA} Dijumlahkan: yang dicapai pada triwulan itu saja. Posisi akhir: keadaan pada akhir triwulan."),
        KolomSpec(f"rp_tw{q}", (judul, "Rp\n(Rp)"), f"{nomor} Rp", Tipe.RUPIAH, Peran.GULUNG, 17,
                  petunjuk=f"{_RUPIAH} Yang dibelanjakan pada triwulan itu saja.", catatan=_JUMLAH, sumber=_SUMBER),
    )  # fmt: skip


def _rencana(q: int) -> tuple[KolomSpec, KolomSpec]:
    judul, nomor = f"Triwulan {ROMAWI[q - 1]}", 17 + q
    return (
        KolomSpec(f"rencana_tw{q}", (_RENCANA, judul, "K"), f"{nomor} K", Tipe.ANGKA, lebar=8, level=_KINERJA, milik_indikator=True,
                  luar_halaman=True, petunjuk=f"Target pada triwulan itu, seperti realisasinya. {_ANGKA}"),
        KolomSpec(f"kas_tw{q}", (_RENCANA, judul, "Rp\n(Rp)"), f"{nomor} Rp", Tipe.RUPIAH, Peran.GULUNG, 17, luar_halaman=True,
                  petunjuk=f"Rencana kas pada triwulan itu saja. {_RUPIAH}", catatan=_JUMLAH, sumber="Anggaran kas"),
    )  # fmt: skip


TRIWULAN = TabelSpec(
    kunci="Triwulan",
    lembar="Triwulan",
    nama_tabel="tbl_Triwulan",
    judul="Formulir E.81 Evaluasi terhadap Hasil Renja Perangkat Daerah Tahun {n}",
    kelompok="resmi",
    awalan_id="e81",
    sejak=6,
    sumber=_SUMBER,
    keanggotaan="rencana",
    level_tampil=(Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN),
    baris_total=True,
    rata_rata="Rata-rata capaian kinerja (%) dan predikat kinerja",
    kolom_beku=4,
    penjelasan="Realisasi kinerja (K) dan anggaran (Rp) tiap triwulan, dibandingkan dengan target tahun ini dan Renstra.",
    catatan_kaki=(
        "K: kinerja; Rp: anggaran. Realisasi tahun ini menurut cara hitung indikator. Dijumlahkan: jumlah triwulannya. Posisi akhir: "
        "triwulan terakhir yang dilaporkan, bukan yang tertinggi. Rata-rata: rata-rata triwulannya.",
        "Predikat menurut batas kriteria di lembar Dasar Perhitungan. Tanda - berarti belum dapat dihitung.",
        "Faktor pendorong, faktor penghambat, dan tindak lanjut tiap triwulan, serta tanda tangan, ada di lembar Rekap Triwulan.",
    ),
    kolom=(
        KolomSpec("no", ("No",), "1", peran=Peran.TAUTAN, tautan="nomor", lebar=6, tengah=True),
        KolomSpec("kode", ("Kode",), "2", peran=Peran.TAUTAN, tautan="kode", lebar=17),
        KolomSpec("nama", ("Program/Kegiatan/Sub Kegiatan",), "3", peran=Peran.TAUTAN, tautan="nama", lebar=30),
        KolomSpec("indikator", ("Indikator Kinerja Program (outcome)/Kegiatan (output)",), "4", peran=Peran.TAUTAN,
                  tautan="indikator", lebar=30),
        KolomSpec("satuan", ("Satuan",), "4 satuan", peran=Peran.TAUTAN, tautan="satuan", lebar=10, tengah=True),
        KolomSpec("target_renstra", (_RENSTRA, "K"), "5 K", Tipe.ANGKA, Peran.RUJUKAN, 9, level=_KINERJA, milik_indikator=True,
                  rumus='IF(ISNUMBER({cari T-C.29.target_renstra}),{cari T-C.29.target_renstra},'
                        'IF(ISNUMBER({cari Renstra.target_akhir}),{cari Renstra.target_akhir},"-"))',
                  petunjuk=f"{_ANGKA} Dikosongkan: dari T-C.29, lalu Renstra.",
                  catatan="Dikosongkan: kolom 4 T-C.29, atau target akhir di lembar Renstra.", sumber=_SUMBER),
        KolomSpec("pagu_renstra", (_RENSTRA, "Rp\n(Rp)"), "5 Rp", Tipe.RUPIAH, Peran.USULAN, 17,
                  rumus=f'IFERROR(IF(COUNT({_PAGU_RENSTRA})=0,"-",SUM({_PAGU_RENSTRA})),"-")',
                  petunjuk=f"{_RUPIAH} Dikosongkan: jumlah pagu Renstra.",
                  catatan=f"{_JUMLAH} Sub kegiatan yang dikosongkan: jumlah pagu semua tahun di lembar Renstra.", sumber=_SUMBER),
        KolomSpec("realisasi_sd_n1", (_LALU, "K"), "6 K", Tipe.ANGKA, Peran.RUJUKAN, 9, level=_KINERJA, milik_indikator=True,
                  rumus='IF(ISNUMBER({cari T-C.29.realisasi_sd_n1}),{cari T-C.29.realisasi_sd_n1},"-")',
                  petunjuk=f"{_ANGKA} Dikosongkan: perkiraan di kolom 10 T-C.29.",
                  catatan="Dikosongkan: perkiraan realisasi s/d tahun lalu, kolom 10 T-C.29. Ketik yang sebenarnya bila sudah ada.",
                  sumber=_SUMBER),
        KolomSpec("realisasi_rp_sd_n1", (_LALU, "Rp\n(Rp)"), "6 Rp", Tipe.RUPIAH, Peran.GULUNG, 17, petunjuk=_RUPIAH,
                  catatan=_JUMLAH, sumber=_SUMBER),
        KolomSpec("target_n", (_TARGET, "K"), "7 K", Tipe.ANGKA, Peran.RUJUKAN, 9, level=_KINERJA, milik_indikator=True,
                  rumus='IF(ISNUMBER({cari T-C.33.target_n}),{cari T-C.33.target_n},"-")',
                  petunjuk=f"{_ANGKA} Dikosongkan: target di T-C.33. Ketik target DPA bila lain.",
                  catatan="Dikosongkan: target tahun ini di T-C.33.", sumber=_SUMBER),
        KolomSpec("pagu_n", (_TARGET, "Rp\n(Rp)"), "7 Rp", Tipe.RUPIAH, Peran.USULAN, 17,
                  rumus='IF(ISNUMBER({uang T-C.33.pagu_n}),{uang T-C.33.pagu_n},"-")',
                  petunjuk=f"{_RUPIAH} Dikosongkan: pagu di T-C.33. Ketik anggaran DPA bila lain.",
                  catatan=f"{_JUMLAH} Sub kegiatan yang dikosongkan: pagu di T-C.33.", sumber=_SUMBER),
        *(k for q in TRIWULAN_KE for k in _triwulan(q)),
        KolomSpec("realisasi", (_TAHUN, "K"), "12 K", Tipe.ANGKA, Peran.HITUNG, 9, rumus=_REALISASI, level=_KINERJA,
                  catatan="Menurut cara hitung indikator. Dijumlahkan: 8+9+10+11. Posisi akhir: triwulan terakhir yang dilaporkan. "
                          "Rata-rata: rata-rata triwulan yang dilaporkan.", sumber=_SUMBER),
        KolomSpec("realisasi_rp", (_TAHUN, "Rp\n(Rp)"), "12 Rp", Tipe.RUPIAH, Peran.HITUNG, 17, level=_UANG,
                  rumus=f'IF(COUNT({_SEMUA_RP})=0,"-",SUM({_SEMUA_RP}))', catatan="8+9+10+11.", sumber=_SUMBER),
        KolomSpec("tingkat_realisasi", (_TINGKAT, "K\n(%)"), "13 K", Tipe.PERSEN, Peran.HITUNG, 9, rumus_rekap="AVERAGE",
                  rumus=tingkat_asli("realisasi", "target_n"), udf="TINGKAT_REALISASI({realisasi},{target_n},{sifat})",
                  level=_KINERJA, catatan="Realisasi (12) ÷ target (7) × 100. Untuk indikator makin rendah makin baik: (2 × target − "
                  "realisasi) ÷ target × 100, paling kecil 0. Baris terakhir: rata-rata semua indikator.", sumber=_SUMBER),
        KolomSpec("tingkat_rp", (_TINGKAT, "Rp\n(%)"), "13 Rp", Tipe.PERSEN, Peran.HITUNG, 9, rumus_rekap="AVERAGE",
                  rumus=_bagi("realisasi_rp", "pagu_n"), udf='TINGKAT_REALISASI({realisasi_rp},{pagu_n},"-")', level=_UANG,
                  catatan="Realisasi (12) ÷ anggaran (7) × 100. Baris terakhir: rata-rata semua baris selain total.", sumber=_SUMBER),
        KolomSpec("realisasi_sd", (_SD, "K"), "14 K", Tipe.ANGKA, Peran.HITUNG, 9, level=_KINERJA,
                  rumus='IF(COUNT({realisasi_sd_n1},{realisasi})=0,"-",IF({cara_hitung}="Dijumlahkan",SUM({realisasi_sd_n1},{realisasi}),'
                        'IF({cara_hitung}="Rata-rata",AVERAGE({realisasi_sd_n1},{realisasi}),'
                        "IF(ISNUMBER({realisasi}),{realisasi},{realisasi_sd_n1}))))",
                  udf='REALISASI_SD({realisasi_sd_n1},{realisasi},"-",{cara_hitung},"-")',
                  catatan="Menurut cara hitung indikator. Dijumlahkan: 6+12. Posisi akhir: yang terakhir diketahui dari 12, 6. "
                          "Rata-rata: rata-rata yang diketahui.", sumber=_SUMBER),
        KolomSpec("realisasi_rp_sd", (_SD, "Rp\n(Rp)"), "14 Rp", Tipe.RUPIAH, Peran.HITUNG, 17, level=_UANG,
                  rumus='IF(COUNT({realisasi_rp_sd_n1},{realisasi_rp})=0,"-",SUM({realisasi_rp_sd_n1},{realisasi_rp}))',
                  catatan="6+12.", sumber=_SUMBER),
        KolomSpec("tingkat_capaian_renstra", (_CAPAIAN, "K\n(%)"), "15 K", Tipe.PERSEN, Peran.HITUNG, 9, rumus_rekap="AVERAGE",
                  rumus=tingkat_asli("realisasi_sd", "target_renstra"), udf="TINGKAT_CAPAIAN({realisasi_sd},{target_renstra},{sifat})",
                  level=_KINERJA, catatan="Realisasi s/d tahun ini (14) ÷ target Renstra (5) × 100. Untuk indikator makin rendah makin "
                  "baik: (2 × target − realisasi) ÷ target × 100, paling kecil 0.", sumber=_SUMBER),
        KolomSpec("tingkat_capaian_rp", (_CAPAIAN, "Rp\n(%)"), "15 Rp", Tipe.PERSEN, Peran.HITUNG, 9, rumus_rekap="AVERAGE",
                  rumus=_bagi("realisasi_rp_sd", "pagu_renstra"), udf='TINGKAT_CAPAIAN({realisasi_rp_sd},{pagu_renstra},"-")',
                  level=_UANG, catatan="Realisasi s/d tahun ini (14) ÷ pagu Renstra (5) × 100.", sumber=_SUMBER),
        KolomSpec("predikat", ("Predikat Kinerja",), "16", Tipe.TEKS, Peran.HITUNG, 11, rumus=_KRITERIA, tengah=True,
                  level=_DENGAN_RATA, udf="KRITERIA_CAPAIAN({tingkat_realisasi},{dasar.kriteria_sangat_tinggi},{dasar.kriteria_tinggi},"
                                          "{dasar.kriteria_sedang},{dasar.kriteria_rendah})",
                  catatan="Kriteria tingkat realisasi kinerja (13), menurut batas di lembar Dasar Perhitungan.",
                  sumber="Permendagri 86/2017, skala nilai peringkat kinerja"),
        KolomSpec("penanggung_jawab", ("Unit Perangkat Daerah Penanggung Jawab",), "17", lebar=16, level=_KINERJA,
                  petunjuk="Bidang atau bagian yang melaksanakannya."),
        *(k for q in TRIWULAN_KE for k in _rencana(q)),
        KolomSpec("status", ("Keadaan",), "22", Tipe.TEKS, Peran.HITUNG, 24, rumus=_STATUS, luar_halaman=True, level=_KINERJA,
                  catatan="Dibandingkan dengan rencana triwulan yang terakhir dilaporkan; tanpa rencana hanya disebut berjalan. Setelah "
                          "triwulan IV: dengan target tahun ini.", sumber="Renja-XL"),
        *kolom_kunci(
            KolomSpec("cara_hitung", (), "cara hitung", peran=Peran.TURUNAN, tautan="cara_hitung", tersembunyi=True, cetak=False,
                      level=_KINERJA),
            KolomSpec("sifat", (), "sifat", peran=Peran.TURUNAN, tautan="sifat", tersembunyi=True, cetak=False, level=_KINERJA),
            KolomSpec("tw_akhir", (), "triwulan terakhir", Tipe.ANGKA, Peran.HITUNG, tersembunyi=True, cetak=False, rumus=_AKHIR,
                      level=_KINERJA),
            KolomSpec("rencana_sd", (), "rencana s/d", Tipe.ANGKA, Peran.HITUNG, tersembunyi=True, cetak=False, rumus=_RENCANA_SD,
                      level=_KINERJA),
        ),
    ),
)  # fmt: skip


# ── summary ───────────────────────────────────────────────────────────────────────────────────────────────────


def _program(kolom: str) -> str:
    """Sum of the programs in a column of each quarter up to the row's."""
    jumlah = [f'SUMIFS({{Triwulan.{kolom}{q}}},{{Triwulan.level}},"Program")' for q in TRIWULAN_KE]
    return "+".join([jumlah[0], *(f"IF({{no}}>{q},{j},0)" for q, j in enumerate(jumlah[1:], 1))])


def _terisi(kolom: str) -> str:
    """How many sub kegiatan tell a number in a column of the row's quarter."""
    banyak = (f'SUMPRODUCT(({{Triwulan.level}}="Sub kegiatan")*ISNUMBER({{Triwulan.{kolom}{q}}}))' for q in TRIWULAN_KE)
    return "CHOOSE({no}," + ",".join(banyak) + ")"


_PAGU = 'SUMIFS({Triwulan.pagu_n},{Triwulan.level},"Program")'

REKAP_TRIWULAN = TabelSpec(
    kunci="Rekap Triwulan",
    lembar="Rekap Triwulan",
    nama_tabel="tbl_Rekap_Triwulan",
    judul="Formulir E.81 (lanjutan) Rekap Evaluasi Triwulan Renja Tahun {n}",
    kelompok="resmi",
    awalan_id="rtw",
    sejak=6,
    sumber=_SUMBER,
    baris_tetap=4,
    kolom_beku=1,
    penjelasan="Penyerapan anggaran tiap triwulan terhadap rencana kas, beserta faktor pendorong, penghambat, dan tindak lanjut.",
    catatan_kaki=("Jumlah sampai dengan triwulan itu, dari lembar Triwulan. Triwulan tanpa realisasi anggaran belum dihitung.",),
    tanda_tangan=(("Disusun", "Kepala Perangkat Daerah"), ("Dievaluasi", "Kepala Bappeda")),
    kolom=(
        KolomSpec("triwulan", ("Triwulan",), "1", peran=Peran.TAUTAN, lebar=14),
        KolomSpec("rencana_kas", ("Rencana Kas s/d Triwulan Ini\n(Rp)",), "2", Tipe.RUPIAH, Peran.HITUNG, 20,
                  rumus=f'IF({{rencana_terisi}}=0,"-",{_program("kas_tw")})',
                  catatan="Jumlah rencana kas semua program sampai triwulan itu.",
                  sumber="Triwulan, kolom 18–21"),
        KolomSpec("realisasi", ("Realisasi s/d Triwulan Ini\n(Rp)",), "3", Tipe.RUPIAH, Peran.HITUNG, 20,
                  rumus=f'IF({{realisasi_terisi}}=0,"-",{_program("rp_tw")})',
                  catatan="Jumlah realisasi semua program sampai triwulan itu.",
                  sumber="Triwulan, kolom 8–11"),
        KolomSpec("penyerapan", ("Penyerapan\n(%)",), "4", Tipe.PERSEN, Peran.HITUNG, 12,
                  rumus=f'IF(AND(ISNUMBER({{realisasi}}),{_PAGU}<>0),{{realisasi}}/{_PAGU}*100,"-")',
                  catatan="Realisasi (3) ÷ anggaran tahun ini semua program × 100.", sumber=_SUMBER),
        KolomSpec("terhadap_rencana", ("Terhadap Rencana Kas\n(%)",), "5=(3/2)", Tipe.PERSEN, Peran.HITUNG, 13,
                  rumus=_bagi("realisasi", "rencana_kas"), udf='TINGKAT_REALISASI({realisasi},{rencana_kas},"-")',
                  catatan="Realisasi (3) ÷ rencana kas (2) × 100.", sumber="Renja-XL"),
        KolomSpec("keadaan", ("Keadaan",), "6", peran=Peran.HITUNG, lebar=18,
                  rumus=f'IF(NOT(ISNUMBER({{realisasi}})),"{BELUM_DILAPORKAN}",IF(NOT(ISNUMBER({{terhadap_rencana}})),"{TANPA_RENCANA}",'
                        f'IF({{terhadap_rencana}}>=100,"{SESUAI_RENCANA}","{DI_BAWAH_RENCANA}")))',
                  catatan="Sesuai rencana: paling sedikit sebesar rencana kasnya.", sumber="Renja-XL"),
        KolomSpec("faktor_pendorong", ("Faktor Pendorong Keberhasilan Kinerja",), "7", lebar=34, petunjuk="Apa yang mendukung."),
        KolomSpec("faktor_penghambat", ("Faktor Penghambat Pencapaian Kinerja",), "8", lebar=34, petunjuk="Apa yang menghambat."),
        KolomSpec("tindak_lanjut_triwulan", ("Tindak Lanjut yang Diperlukan dalam Triwulan Berikutnya",), "9", lebar=34,
                  petunjuk="Apa yang dikerjakan pada triwulan berikutnya."),
        KolomSpec("tindak_lanjut_renja", ("Tindak Lanjut yang Diperlukan dalam Renja Berikutnya",), "10", lebar=34,
                  petunjuk="Apa yang dibawa ke Renja tahun berikutnya."),
        *kolom_kunci(
            KolomSpec("no", (), "ke", Tipe.ANGKA, Peran.TAUTAN, tersembunyi=True, cetak=False),
            KolomSpec("rencana_terisi", (), "rencana terisi", Tipe.ANGKA, Peran.HITUNG, tersembunyi=True, cetak=False,
                      rumus=_terisi("kas_tw")),
            KolomSpec("realisasi_terisi", (), "realisasi terisi", Tipe.ANGKA, Peran.HITUNG, tersembunyi=True, cetak=False,
                      rumus=_terisi("rp_tw")),
        ),
    ),
)  # fmt: skip
