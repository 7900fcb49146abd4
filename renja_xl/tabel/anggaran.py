"""Anggaran (printed in 2.1.1): counts and totals per year and stage of the budget."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

RENJA, APBD, APBDP = "Renja", "APBD", "APBDP"
TAHAP = (RENJA, APBD, APBDP)

_BANYAK = "Angka bulat. Dikosongkan pada baris Renja tahun rencana: dihitung dari Daftar Program."


def _banyak(kunci: str, judul: str, nomor: str, level: str) -> KolomSpec:
    return KolomSpec(
        kunci, ("Jumlah", judul), nomor, Tipe.ANGKA, Peran.RUJUKAN, 13, petunjuk=_BANYAK,
        rumus=f'COUNTIFS({{Indeks.jenjang}},"{level}",{{Indeks.di_rencana}},"Ya")',
        catatan="Baris Renja tahun rencana yang dikosongkan: dihitung dari Program & Sub Kegiatan.", sumber="Renja-XL",
    )  # fmt: skip


ANGGARAN = TabelSpec(
    kunci="Anggaran",
    lembar="Anggaran",
    nama_tabel="tbl_Anggaran",
    judul="Jumlah Program, Kegiatan, Sub Kegiatan, dan Anggaran Menurut Tahapan",
    kelompok="resmi",
    awalan_id="ang",
    sejak=3,
    beranggaran=True,
    sumber="Permendagri 86/2017, Bab II evaluasi pelaksanaan Renja",
    berkas="anggaran_[0-9][0-9][0-9][0-9]",
    kolom_berkas="tahun",
    tumbuh=True,
    kolom_beku=2,
    penjelasan="Jumlah urusan, program, kegiatan, sub kegiatan, dan anggaran tiap tahun: Renja, APBD, dan APBDP.",
    catatan_kaki=(
        "Tahun lalu dan tahun berjalan diketik dari dokumennya. Baris Renja tahun rencana dihitung dari T-C.33.",
        "Realisasi diisi pada tahap terakhir tiap tahun; persennya dihitung.",
    ),
    kolom=(
        KolomSpec("tahun", ("Tahun",), "1", Tipe.ANGKA, lebar=9, tengah=True, cetak=False, petunjuk="Empat angka."),
        KolomSpec("tahap", ("Tahapan",), "2", lebar=20, petunjuk="Renja, APBD, atau APBDP."),
        _banyak("urusan", "Urusan", "3", "Urusan"),
        _banyak("program", "Program", "4", "Program"),
        _banyak("kegiatan", "Kegiatan", "5", "Kegiatan"),
        _banyak("sub_kegiatan", "Sub Kegiatan", "6", "Sub kegiatan"),
        KolomSpec("anggaran", ("Anggaran\n(Rp)",), "7", Tipe.RUPIAH, Peran.RUJUKAN, 22,
                  rumus='SUMIFS({T-C.33.pagu_n},{T-C.33.level},"Program")',
                  petunjuk="Rupiah penuh. Dikosongkan pada baris Renja tahun rencana: jumlah seluruh program di T-C.33.",
                  catatan="Baris Renja tahun rencana yang dikosongkan: jumlah seluruh program di T-C.33.", sumber="Renja-XL"),
        KolomSpec("realisasi", ("Realisasi\n(Rp)",), "8", Tipe.RUPIAH, lebar=22, cetak=False,
                  petunjuk="Rupiah penuh; hanya pada tahap terakhir tahun itu."),
        KolomSpec("persen_realisasi", ("Realisasi\n(%)",), "9=(8/7)", Tipe.PERSEN, Peran.HITUNG, 12, cetak=False,
                  rumus='IF(AND(ISNUMBER({realisasi}),ISNUMBER({anggaran})),IF({anggaran}=0,"-",{realisasi}/{anggaran}*100),"-")',
                  catatan="Realisasi (8) ÷ anggaran (7) × 100.", sumber="Permendagri 86/2017, Bab II"),
        *kolom_kunci(),
    ),
)  # fmt: skip
