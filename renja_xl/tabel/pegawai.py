"""Pegawai (printed as 2.3.1): staff by education."""

from renja_xl.tabel.spec import KolomSpec, Peran, TabelSpec, Tipe, kolom_kunci

_ORANG = "Jumlah orang, angka bulat."

PEGAWAI = TabelSpec(
    kunci="Pegawai",
    lembar="Pegawai",
    nama_tabel="tbl_Pegawai",
    judul="Tabel {nomor} Jumlah Pegawai Menurut Tingkat Pendidikan",
    kelompok="resmi",
    awalan_id="peg",
    sejak=3,
    sumber="Permendagri 86/2017, Bab II",
    berkas="t_2_3_1",
    isian_nomor="nomor_pegawai",
    tumbuh=True,
    penjelasan="Pegawai menurut tingkat pendidikan dan jenis kelamin; jumlahnya dihitung.",
    catatan_kaki=("Baris baru diketik di bawah; Perbarui Tabel menempatkan baris Jumlah paling akhir.",),
    kolom=(
        KolomSpec("no", ("No",), "1", lebar=6, tengah=True),
        KolomSpec("tingkat_pendidikan", ("Tingkat Pendidikan",), "2", lebar=34, petunjuk="Misalnya S2, S1, Diploma III, SLTA."),
        KolomSpec("laki_laki", ("Jenis Kelamin", "Laki-laki\n(orang)"), "3", Tipe.ANGKA, lebar=16, petunjuk=_ORANG, rumus_rekap="SUM"),
        KolomSpec("perempuan", ("Jenis Kelamin", "Perempuan\n(orang)"), "4", Tipe.ANGKA, lebar=16, petunjuk=_ORANG, rumus_rekap="SUM"),
        KolomSpec("jumlah", ("Jumlah\n(orang)",), "5=(3+4)", Tipe.ANGKA, Peran.HITUNG, 16,
                  rumus='IF(COUNT({laki_laki},{perempuan})=0,"-",SUM({laki_laki},{perempuan}))', rumus_rekap="SUM",
                  catatan="Laki-laki (3) + perempuan (4).", sumber="Permendagri 86/2017, Bab II"),
        *kolom_kunci(),
    ),
)  # fmt: skip
