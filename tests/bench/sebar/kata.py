"""Words that made-up plans are written with: agencies of every bidang urusan, and what offices of that kind do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Instansi:
    """An agency: kode of its bidang urusan, the name of that bidang, its own name, and what it works on."""

    kode: str
    bidang: str
    nama: str
    hal: tuple[str, ...]
    orang: str


URUSAN = {
    "1": "URUSAN PEMERINTAHAN WAJIB YANG BERKAITAN DENGAN PELAYANAN DASAR",
    "2": "URUSAN PEMERINTAHAN WAJIB YANG TIDAK BERKAITAN DENGAN PELAYANAN DASAR",
    "3": "URUSAN PEMERINTAHAN PILIHAN",
    "4": "UNSUR PENDUKUNG URUSAN PEMERINTAHAN",
    "5": "UNSUR PENUNJANG URUSAN PEMERINTAHAN",
    "6": "UNSUR PENGAWASAN URUSAN PEMERINTAHAN",
    "7": "UNSUR KEWILAYAHAN",
    "8": "UNSUR PEMERINTAHAN UMUM",
}

_DAFTAR = """
1.01|Pendidikan|Dinas Pendidikan dan Kebudayaan|\
Sekolah Dasar;Sekolah Menengah Pertama;Pendidikan Anak Usia Dini;Kurikulum Muatan Lokal|Guru
1.02|Kesehatan|Dinas Kesehatan|\
Pelayanan Kesehatan Dasar;Pencegahan Penyakit Menular;Kesehatan Ibu dan Anak;Sediaan Farmasi|Tenaga Kesehatan
1.03|Pekerjaan Umum dan Penataan Ruang|Dinas Pekerjaan Umum dan Tata Ruang|\
Jalan Kabupaten;Jaringan Irigasi;Sistem Drainase;Bangunan Gedung|Pekerja Konstruksi
1.04|Perumahan dan Kawasan Permukiman|Dinas Perumahan Rakyat dan Kawasan Permukiman|\
Rumah Tidak Layak Huni;Kawasan Kumuh;Prasarana Permukiman|Penerima Bantuan
1.05|Ketenteraman dan Ketertiban Umum|Satuan Polisi Pamong Praja|\
Ketertiban Umum;Penegakan Peraturan Daerah;Perlindungan Masyarakat|Anggota Linmas
1.05|Ketenteraman dan Ketertiban Umum|Badan Penanggulangan Bencana Daerah|\
Pencegahan Bencana;Kesiapsiagaan Bencana;Pemulihan Pascabencana|Relawan
1.06|Sosial|Dinas Sosial|Rehabilitasi Sosial;Perlindungan Sosial;Potensi Sumber Kesejahteraan Sosial|Penerima Manfaat
2.07|Tenaga Kerja|Dinas Tenaga Kerja dan Transmigrasi|\
Pelatihan Kerja;Penempatan Tenaga Kerja;Hubungan Industrial|Pencari Kerja
2.08|Pemberdayaan Perempuan dan Perlindungan Anak|Dinas Pemberdayaan Perempuan dan Perlindungan Anak|\
Pengarusutamaan Gender;Perlindungan Perempuan;Pemenuhan Hak Anak|Perempuan Korban Kekerasan
2.09|Pangan|Dinas Ketahanan Pangan|Cadangan Pangan;Penganekaragaman Konsumsi Pangan;Keamanan Pangan|Kader Pangan
2.11|Lingkungan Hidup|Dinas Lingkungan Hidup|\
Pengelolaan Persampahan;Pengendalian Pencemaran;Keanekaragaman Hayati|Kader Lingkungan
2.12|Administrasi Kependudukan dan Pencatatan Sipil|Dinas Kependudukan dan Pencatatan Sipil|\
Pendaftaran Penduduk;Pencatatan Sipil;Informasi Administrasi Kependudukan|Penduduk
2.13|Pemberdayaan Masyarakat dan Desa|Dinas Pemberdayaan Masyarakat dan Desa|\
Administrasi Pemerintahan Desa;Lembaga Kemasyarakatan;Badan Usaha Milik Desa|Aparatur Desa
2.14|Pengendalian Penduduk dan Keluarga Berencana|Dinas Pengendalian Penduduk dan Keluarga Berencana|\
Pengendalian Penduduk;Keluarga Sejahtera;Pembinaan Keluarga Berencana|Akseptor
2.15|Perhubungan|Dinas Perhubungan|Lalu Lintas Jalan;Angkutan Sungai dan Danau;Pengujian Kendaraan Bermotor|Pengemudi
2.16|Komunikasi dan Informatika|Dinas Komunikasi dan Informatika|\
Informasi Publik;Aplikasi Informatika;Infrastruktur Jaringan|Anggota KIM
2.17|Koperasi, Usaha Kecil, dan Menengah|Dinas Koperasi dan Usaha Mikro|\
Pengawasan Koperasi;Pengembangan Usaha Mikro;Pendidikan Perkoperasian|Pelaku Usaha Mikro
2.18|Penanaman Modal|Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu|\
Promosi Penanaman Modal;Pelayanan Perizinan;Pengendalian Pelaksanaan Penanaman Modal|Pelaku Usaha
2.19|Kepemudaan dan Olahraga|Dinas Kepemudaan dan Olahraga|Daya Saing Kepemudaan;Olahraga Prestasi;Kepramukaan|Atlet
2.22|Kebudayaan|Dinas Kebudayaan|Cagar Budaya;Kesenian Tradisional;Sejarah Lokal|Pelaku Budaya
2.23|Perpustakaan|Dinas Perpustakaan dan Kearsipan|Pembinaan Perpustakaan;Koleksi Daerah;Pengelolaan Arsip|Pemustaka
3.25|Kelautan dan Perikanan|Dinas Perikanan|Perikanan Tangkap;Perikanan Budi Daya;Pengolahan Hasil Perikanan|Nelayan
3.26|Pariwisata|Dinas Pariwisata, Pemuda, dan Olahraga|\
Daya Tarik Destinasi Pariwisata;Pemasaran Pariwisata;Ekonomi Kreatif|Pelaku Pariwisata
3.27|Pertanian|Dinas Pertanian|Sarana Pertanian;Prasarana Pertanian;Kesehatan Hewan;Penyuluhan Pertanian|Petani
3.30|Perdagangan|Dinas Perindustrian dan Perdagangan|\
Sarana Distribusi Perdagangan;Stabilisasi Harga;Metrologi Legal|Pedagang
3.31|Perindustrian|Dinas Perindustrian|Perencanaan Pembangunan Industri;Informasi Industri Nasional|Pelaku Industri
4.01|Sekretariat Daerah|Sekretariat Daerah|\
Pemerintahan dan Kesejahteraan Rakyat;Perekonomian dan Pembangunan;Bantuan Hukum|Aparatur
4.02|Sekretariat DPRD|Sekretariat Dewan Perwakilan Rakyat Daerah|\
Pembentukan Peraturan Daerah;Pembahasan Anggaran;Penyerapan Aspirasi Masyarakat|Anggota Dewan
5.01|Perencanaan|Badan Perencanaan Pembangunan Daerah|\
Perencanaan Pembangunan Daerah;Koordinasi Perencanaan Ekonomi;Evaluasi Pembangunan|Perencana
5.02|Keuangan|Badan Pengelolaan Keuangan dan Aset Daerah|\
Pengelolaan Keuangan Daerah;Barang Milik Daerah;Pendapatan Daerah|Bendahara
5.03|Kepegawaian|Badan Kepegawaian dan Pengembangan Sumber Daya Manusia|Kepegawaian Daerah|ASN
5.04|Pendidikan dan Pelatihan|Badan Pengembangan Sumber Daya Manusia|Pengembangan Sumber Daya Manusia|ASN
5.05|Penelitian dan Pengembangan|Badan Riset dan Inovasi Daerah|\
Penelitian Pemerintahan;Inovasi Daerah;Kajian Ekonomi|Peneliti
6.01|Inspektorat Daerah|Inspektorat Daerah|\
Penyelenggaraan Pengawasan;Perumusan Kebijakan Pengawasan;Pendampingan dan Asistensi|Auditor
7.01|Kecamatan|Kecamatan Sungai Raya|\
Penyelenggaraan Pelayanan Publik;Pemberdayaan Masyarakat Kelurahan;Ketertiban Wilayah|Warga
8.01|Kesatuan Bangsa dan Politik|Badan Kesatuan Bangsa dan Politik|\
Wawasan Kebangsaan;Pendidikan Politik;Kewaspadaan Dini|Tokoh Masyarakat
"""

INSTANSI = tuple(
    Instansi(kode, bidang, nama, tuple(hal.split(";")), orang)
    for kode, bidang, nama, hal, orang in (b.split("|") for b in _DAFTAR.strip().splitlines())
)

KABUPATEN = ("Kabupaten Tanah Merah", "Kabupaten Sungai Raya", "Kota Bukit Indah", "Kabupaten Pulau Seribu Rumah")
PROVINSI = "Provinsi Nusantara Tengah"

PROGRAM = (
    "PROGRAM PENGELOLAAN",
    "PROGRAM PENINGKATAN",
    "PROGRAM PEMBINAAN",
    "PROGRAM PENGEMBANGAN",
    "PROGRAM PENGUATAN",
)
KEGIATAN = (
    "Perencanaan {hal} Kewenangan Kabupaten/Kota",
    "Penyelenggaraan {hal} dalam Daerah Kabupaten/Kota",
    "Pembinaan dan Pengawasan {hal}",
    "Peningkatan Kapasitas Pengelola {hal}",
    "Penyediaan Data dan Informasi {hal}",
    "Fasilitasi {hal} Lintas Daerah Kabupaten/Kota dalam 1 (Satu) Daerah Provinsi",
)
SUB = (
    ("Penyusunan Rencana Aksi {hal}", "Jumlah Dokumen Rencana Aksi {hal} yang Disusun", "Dokumen"),
    ("Koordinasi dan Sinkronisasi {hal}", "Jumlah Laporan Hasil Koordinasi dan Sinkronisasi {hal}", "Laporan"),
    ("Pelatihan {orang} Bidang {hal}", "Jumlah {orang} yang Mengikuti Pelatihan {hal}", "Orang"),
    ("Pengadaan Sarana {hal}", "Jumlah Sarana {hal} yang Tersedia", "Unit"),
    ("Pemeliharaan Prasarana {hal}", "Jumlah Paket Pemeliharaan Prasarana {hal}", "Paket"),
    ("Sosialisasi Kebijakan {hal} kepada {orang}", "Jumlah {orang} yang Mengikuti Sosialisasi {hal}", "Orang"),
    ("Monitoring dan Evaluasi {hal}", "Jumlah Laporan Hasil Monitoring dan Evaluasi {hal}", "Laporan"),
    ("Pemutakhiran Basis Data {hal}", "Persentase Data {hal} yang Dimutakhirkan", "%"),
    ("Pendampingan Teknis {hal} bagi {orang}", "Jumlah {orang} yang Didampingi dalam {hal}", "Orang"),
)
INDIKATOR_KEGIATAN = (
    ("Persentase {nama} yang terlaksana sesuai rencana", "%"),
    ("Tingkat keterlaksanaan {nama}", "%"),
    ("Jumlah dokumen hasil {nama}", "Dokumen"),
    ("Persentase {nama} yang selesai tepat waktu", "%"),
)
INDIKATOR_PROGRAM = (
    ("Persentase layanan {nama} yang memenuhi standar", "%"),
    ("Indeks kualitas {nama}", "Indeks"),
    ("Nilai evaluasi {nama}", "Nilai"),
    ("Cakupan {nama}", "%"),
)
MAKIN_RENDAH = (
    ("Persentase pengaduan {nama} yang berulang", "%"),
    ("Persentase temuan {nama} yang belum ditindaklanjuti", "%"),
)
SASARAN = (
    "Meningkatnya kualitas pelayanan {bidang}",
    "Meningkatnya akuntabilitas kinerja {bidang} perangkat daerah",
    "Meningkatnya kapasitas {orang} bidang {bidang}",
)
IKU = (
    ("Persentase capaian layanan {bidang}", "%"),
    ("Indeks kepuasan masyarakat atas layanan {bidang}", "Indeks"),
    ("Persentase {orang} yang terlayani", "%"),
    ("Nilai kematangan penyelenggaraan {bidang}", "Nilai"),
    ("Cakupan pembinaan {orang}", "%"),
)
SAKIP = "Nilai SAKIP Perangkat Daerah"
IKU_TURUN = "Persentase keluhan layanan {bidang} yang berulang"
PENDIDIKAN = ("S3", "S2", "S1", "Diploma IV", "Diploma III", "SLTA", "SLTP")
LOKASI = ("Kecamatan Kota", "12 Kecamatan", "Seluruh kecamatan", "Kec. Sungai Raya", "Ibu kota kabupaten")
SUMBER_DANA = ("APBD", "DAU", "PAD", "DAK Nonfisik", "DBH")
