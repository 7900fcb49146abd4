"""Telaahan (printed as 3.1.1 and 3.1.2): what the plans of ministries and of the province mean for the agency."""

from renja_xl.tabel.spec import KolomSpec, TabelSpec, kolom_kunci

TELAAHAN = TabelSpec(
    kunci="Telaahan",
    lembar="Telaahan",
    nama_tabel="tbl_Telaahan",
    judul="Telaahan terhadap Kebijakan Nasional dan Renstra Kementerian/Lembaga",
    kelompok="resmi",
    awalan_id="tel",
    sejak=3,
    sumber="Permendagri 86/2017, Bab III",
    berkas="t_3_1_[12]",
    kolom_berkas="nomor_tabel",
    tumbuh=True,
    kolom_beku=3,
    penjelasan="Permasalahan pelayanan menurut sasaran kementerian/lembaga, dengan faktor penghambat dan pendorongnya.",
    kolom=(
        KolomSpec("nomor_tabel", ("Tabel",), "1", lebar=8, tengah=True, cetak=False,
                  petunjuk="Nomor tabel yang dicetak, misalnya 3.1.1 untuk satu kementerian/lembaga."),
        KolomSpec("dokumen", ("Dokumen yang Ditelaah",), "2", lebar=22, cetak=False, petunjuk="Misalnya Renstra BKN."),
        KolomSpec("no", ("No",), "3", lebar=6, tengah=True),
        KolomSpec("sasaran_jangka_menengah", ("Sasaran Jangka Menengah Renstra K/L",), "4", lebar=28),
        KolomSpec("permasalahan", ("Permasalahan Pelayanan Perangkat Daerah",), "5", lebar=46),
        KolomSpec("faktor_penghambat", ("Sebagai Faktor", "Penghambat"), "6", lebar=46),
        KolomSpec("faktor_pendorong", ("Sebagai Faktor", "Pendorong"), "7", lebar=40),
        *kolom_kunci(),
    ),
)  # fmt: skip
