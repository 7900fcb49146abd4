"""The sheet Panduan: how to use the workbook; what each sheet and column is follows from the declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from renja_xl.excel.kalender import CATATAN_KALENDER, KALENDER
from renja_xl.excel.pita import tombol
from renja_xl.excel.tinggi import taksir_baris
from renja_xl.tabel import ASLI, BERANDA, CARI, DATA_GRAFIK, INDEKS, SEMUA
from renja_xl.tabel.spec import GULUNGAN, KolomSpec, Peran, TabelSpec, isi_tahun, satu_baris

if TYPE_CHECKING:
    from renja_xl.excel.gaya import Gaya

PANDUAN = "Panduan"

_LEBAR = (38, 25, 44, 18, 78, 44)
"""Widths of its columns."""


@dataclass(frozen=True, slots=True)
class Langkah:
    """One line of advice: what for, where, and how."""

    tujuan: str
    lembar: str
    cara: str


PERINTAH = (
    (
        "Perbarui Tabel",
        'renja-xl perbarui "NAMA BUKU.xlsx"',
        "Menyusun ulang semua tabel menurut Program & Sub Kegiatan dan Renstra, lalu menghitung.",
    ),
    (
        "Hitung Ulang",
        'renja-xl hitung "NAMA BUKU.xlsx"',
        "Menghitung ulang semuanya. Rumus sudah mengikuti sendiri di Excel; yang memerlukannya: kalimat di lembar Kalimat dan "
        "usulan prakiraan maju sub kegiatan yang baru diberi pagu.",
    ),
    (
        "Periksa",
        'renja-xl periksa "NAMA BUKU.xlsx" --tulis',
        "Mengisi lembar Catatan Perbaikan dan menandai selnya.",
    ),
    (
        "Bandingkan",
        'renja-xl sanding "NAMA BUKU.xlsx"',
        "Menyebut apa yang berubah sejak versi sebelumnya di folder Cadangan: baris, isian, dan jumlah, lama → baru.",
    ),
    (
        "Simpan tahapan",
        'renja-xl tahapan simpan "Rancangan awal" "NAMA BUKU.xlsx"',
        "Menyimpan rencana sebagaimana adanya di dalam buku ini, dan barisnya di Anggaran.",
    ),
    (
        "Sandingkan",
        'renja-xl sanding "NAMA BUKU.xlsx@Rancangan awal" "NAMA BUKU.xlsx" -o Persandingan.xlsx',
        "Membandingkan tahapan atau buku lain dengan buku ini: sebelum, setelah, bertambah/(berkurang), dan sebabnya.",
    ),
    (
        "Kirim",
        'renja-xl kirim "NAMA BUKU.xlsx" -o "NAMA BUKU untuk Bappeda.xlsx"',
        "Membuat salinan tanpa makro untuk Bappeda dan menyebut kode verifikasinya.",
    ),
    (
        "Terima",
        'renja-xl terima "NAMA BUKU.xlsx" "HASIL DARI BAPPEDA.xlsx"',
        "Mengambil keputusan, usulan, dan catatan Bappeda ke lembar Usulan Bappeda; isian tabel tidak berubah.",
    ),
    (
        "Terapkan Usulan",
        'renja-xl terima "NAMA BUKU.xlsx" --terapkan',
        "Mengisikan usulan yang Pilihannya Terima ke tabelnya, lalu menghitung ulang.",
    ),
    (
        "Telusuri",
        'renja-xl telusuri "NAMA BUKU.xlsx" "T-C.33!I12"',
        "Menjelaskan dari mana angka di sel itu: rumusnya, sel yang dipakainya, sampai ke isian yang diketik dan berkas asalnya.",
    ),
    (
        "Impor Triwulan",
        'renja-xl triwulan impor "NAMA BUKU.xlsx" "REALISASI.csv"',
        "Mengisi lembar Triwulan dari tabel; bila ada baris yang meragukan, tidak ada yang ditulis.",
    ),
    (
        "Tahun Berikutnya",
        'renja-xl tahun-berikutnya "NAMA BUKU.xlsx" -o "BUKU BARU.xlsx"',
        "Membuat buku tahun berikutnya; buku ini tidak berubah.",
    ),
    (
        "Riwayat",
        'renja-xl riwayat "NAMA BUKU.xlsx" --cari "5.03.02 pagu"',
        "Menyebut siapa mengubah apa dan kapan, semula → menjadi, menurut lembar Riwayat; yang terbaru lebih dahulu.",
    ),
    (
        "Ekspor",
        'renja-xl ekspor "NAMA BUKU.xlsx" -o FOLDER',
        "Menyimpan tiap tabel sebagai CSV.",
    ),
)
"""The commands behind the words of this guide."""

CARA_PERINTAH = (
    "Cara menjalankan perintah: 1. Simpan lalu tutup buku ini di Excel. 2. Buka folder tempat buku ini di File Explorer, ketik cmd di "
    "kotak alamatnya, tekan Enter. 3. Ketik perintahnya dengan nama buku ini di antara tanda kutip, tekan Enter. 4. Buka lagi bukunya. "
    "Versi sebelumnya selalu disimpan di folder Cadangan."
)

TUGAS = (
    Langkah(
        "Mengubah target atau pagu tahun rencana",
        "T-C.33",
        "Temukan barisnya lewat lembar Cari, lalu ketik angka baru di sel kuning: target di kolom 5, pagu di kolom 6. Jumlah "
        "kegiatan, program, dan total mengikuti sendiri. Target RKT ikut; anggaran RKT mengikuti kebutuhan (T-C.31 kolom 11), kecuali di "
        "Profil dipilih Pagu Renja (T-C.33).",
    ),
    Langkah(
        "Mengubah pagu Rancangan Awal RKPD atau kebutuhan",
        "T-C.31",
        "Sisi kiri untuk RKPD (target kolom 5, pagu kolom 6), sisi kanan untuk kebutuhan (target kolom 10, dana kolom 11).",
    ),
    Langkah(
        "Mengubah target Renstra",
        "Renstra",
        "Ketik di kolom tahunnya. T-C.30 mengambil target tahun itu; Capaian IKU dan kolom 4 T-C.29 mengambil Target Akhir Periode "
        "(kolom 14), yang dihitung sendiri bila tidak diketik.",
    ),
    Langkah(
        "Mengisi realisasi tahun lalu",
        "T-C.29",
        "Ketik di kolom 7; kolom 8, 10, dan 11 dihitung sendiri. Realisasi IKU diketik di T-C.30 kolom 9.",
    ),
    Langkah(
        "Menambah sub kegiatan",
        "Program & Sub Kegiatan",
        "Sisipkan baris di bawah kegiatannya (atau ketik di baris kosong paling bawah bila kodenya lengkap): isi kode, level, nama, "
        "indikator, dan satuan. Bila tahun lalu belum ada, pilih Di evaluasi? Tidak. Lalu Perbarui Tabel: barisnya muncul di "
        "semua tabel. Isi kebutuhannya di T-C.31, lalu lokasi, target, pagu, dan sumber dananya di T-C.33.",
    ),
    Langkah(
        "Menambah indikator kedua",
        "Program & Sub Kegiatan",
        "Sisipkan baris di bawahnya, pilih level Indikator lanjutan, isi indikator dan satuan, lalu Perbarui Tabel.",
    ),
    Langkah(
        "Mengganti nama, memindah, atau menghapus",
        "Program & Sub Kegiatan",
        "Ubah di sini saja, lalu Perbarui Tabel. Isian di tabel lain tetap pada barisnya; isian dari baris yang dihapus disimpan di "
        "lembar Baris Dihapus.",
    ),
    Langkah(
        "Mencari sub kegiatan",
        "Cari",
        "Ketik sebagian nama atau kode di sel kuning, lalu klik “baris …” pada lembar yang dituju.",
    ),
    Langkah(
        "Melihat apa yang berubah",
        "Beranda",
        "Jalankan perintah sanding: setiap baris, isian, dan jumlah yang berubah sejak versi sebelumnya disebut, lama → baru. "
        "Versi sebelumnya tersimpan di folder Cadangan tiap kali Perbarui Tabel atau Hitung Ulang mengubah buku ini, lewat tombol atau "
        "perintah.",
    ),
    Langkah(
        "Mengetahui siapa mengubah apa",
        "Riwayat",
        "Tekan Riwayat pada tab RENJA, atau jalankan perintah riwayat: tiap isian yang berubah, semula → menjadi, oleh siapa dan kapan. "
        "Dicatat saat buku disimpan di Excel (Windows) dan tiap kali perintah menulis buku; di Profil dapat dimatikan. Saring kolomnya.",
    ),
    Langkah(
        "Mengetahui dari mana sebuah angka",
        "Beranda",
        "Pilih selnya, lalu tekan Telusuri Angka pada tab RENJA, atau jalankan perintah telusuri dengan alamatnya: tiap langkah disebut "
        "sampai ke sel yang diketik dan berkas asalnya.",
    ),
    Langkah(
        "Melihat di mana jumlah antartabel berbeda",
        "Perbandingan",
        "Saring kolom Selisih: tiap program, kegiatan, dan sub kegiatan menurut RKPD, kebutuhan, T-C.33, dan RKT.",
    ),
    Langkah(
        "Melihat yang harus diperbaiki",
        "Catatan Perbaikan",
        "Sepuluh yang terpenting di atas; selebihnya menurut lembar, dapat disaring menurut Tingkat atau Lembar. Klik alamat selnya. "
        "Selnya bertanda tebal berbingkai oranye selama catatannya Belum. Bila angkanya memang benar, tulis di kolom Keadaan, misalnya: "
        "Dijelaskan: menurut DPA. Catatannya tetap terdaftar dan dihitung tersendiri; bila angkanya berubah, ia kembali Belum.",
    ),
    Langkah(
        "Mengirim ke Bappeda",
        "Profil",
        "Pastikan Tahapan di Profil benar, lalu tekan Kirim pada tab RENJA, atau jalankan perintah kirim. Salinannya tanpa makro; tulis "
        "kode verifikasinya di surat pengantar. Lembar Triwulan dan Rekap Triwulan ikut dikirim begitu ada isinya.",
    ),
    Langkah(
        "Menerima hasil verifikasi Bappeda",
        "Usulan Bappeda",
        "Tekan Terima pada tab RENJA dan pilih berkas yang kembali. Tiap keputusan, usulan, catatan, dan komentar mendapat satu baris di "
        "samping isian saat dikirim dan kini; isian tidak berubah. Pilih Terima atau Tolak, lalu tekan Terapkan Usulan. Bentrok: isiannya "
        "sudah Anda ubah sejak dikirim. Keputusan selain Sesuai dijawab di kolom Tanggapan; sebelum dijawab ia menjadi catatan "
        "perbaikan.",
    ),
    Langkah(
        "Menyalin kalimat untuk naskah Bab II–IV",
        "Kalimat",
        "Salin kalimat yang keadaannya Sesuai.",
    ),
    Langkah(
        "Melaporkan triwulan (Formulir E.81)",
        "Triwulan",
        "Ketik K (kinerja) dan Rp pada kolom triwulannya; Rp hanya pada sub kegiatan. Target dan anggaran diambil dari T-C.33; ketik "
        "angka DPA bila lain. Atau impor dari tabel berkolom Kode, TW, K, dan Rp: tombol Impor Triwulan, atau perintah Impor Triwulan. "
        "Rencana kas dan target tiap triwulan boleh diisi di sebelah kanan; faktor pendorong, penghambat, tindak lanjut, dan tanda tangan "
        "ada di lembar Rekap Triwulan.",
    ),
    Langkah(
        "Memulai tahun berikutnya",
        "Beranda",
        "Tombol Tahun Berikutnya, atau perintahnya, membuat buku baru dari buku ini: prakiraan maju menjadi angka awal, kolom T-C.29 "
        "bergeser ke kanan, dan yang harus dikumpulkan dikosongkan. Lembar Tugas di buku baru menyebut yang perlu dikerjakan. Realisasi "
        "tahun lalu diambil dari triwulan buku tahun itu dengan pilihan --evaluasi. Buku ini tidak berubah.",
    ),
    Langkah(
        "Mencetak",
        "Profil",
        "Pilih ukuran kertas (Folio atau A4) dan Tandai sel bercatatan: Tidak, Perbarui Tabel, lalu cetak tiap lembar: mendatar, "
        "satu halaman lebarnya, kepala tabel berulang. Tabel resmi tercetak hitam putih tanpa warna sel.",
    ),
    Langkah(
        "Membuka lembar yang tersembunyi",
        "Beranda",
        "Klik kanan nama lembar di bawah, pilih Tampilkan (Unhide), lalu pilih misalnya Dasar Perhitungan.",
    ),
)
"""What a planner comes for."""

SETAHUN = (
    Langkah(
        "1. Persiapan",
        "Profil",
        "Isi perangkat daerah, tahun rencana, dan periode Renstra; pilih tahapan.",
    ),
    Langkah(
        "2. Susunan program",
        "Program & Sub Kegiatan",
        "Tulis urusan, perangkat daerah, program, kegiatan, dan sub kegiatan beserta indikatornya. Pada baris program isi pula "
        "Sasaran. Lalu Perbarui Tabel.",
    ),
    Langkah(
        "3. Renstra",
        "Renstra",
        "Ketik target tiap tahun: indikator sasaran (IKU) dan indikator program sampai sub kegiatan. Perbarui Tabel lagi agar T-C.30 "
        "dan Capaian IKU mendapat barisnya.",
    ),
    Langkah(
        "4. Evaluasi tahun lalu",
        "T-C.29",
        "Isi target dan realisasi; lalu T-C.30, Pegawai, Anggaran, dan Efisiensi. Capaian IKU dan Pemenuhan Target terhitung sendiri.",
    ),
    Langkah(
        "5. Rancangan awal",
        "T-C.31",
        "Isi pagu indikatif Rancangan Awal RKPD dan hasil analisis kebutuhan; lengkapi T-C.32, Telaahan, dan Tujuan-Sasaran.",
    ),
    Langkah(
        "6. Rencana",
        "T-C.33",
        "Isi lokasi, target, pagu, dan sumber dana. Prakiraan maju diusulkan saat Hitung Ulang dan boleh diketik.",
    ),
    Langkah(
        "7. Periksa",
        "Catatan Perbaikan",
        "Jalankan Periksa, perbaiki dari yang Harus diperbaiki, ulangi sampai habis.",
    ),
    Langkah(
        "8. Bandingkan dan tetapkan",
        "Beranda",
        "Pastikan jumlah antartabel sama atau selisihnya dapat dijelaskan, lalu cetak atau kirim ke Bappeda.",
    ),
    Langkah(
        "9. Tiap triwulan",
        "Triwulan",
        "Isi realisasi kinerja dan anggaran, lalu faktor dan tindak lanjutnya di Rekap Triwulan; Beranda menggambar penyerapannya.",
    ),
    Langkah(
        "10. Tahun berikutnya",
        "Beranda",
        "Buat buku baru dengan Tahun Berikutnya, lalu kerjakan lembar Tugas-nya.",
    ),
)
"""The steps of a year."""

PASANG_EXCEL = (
    (
        "1. Pasang Python",
        "Unduh Python 3.11 atau lebih baru dari python.org, pilih pasang untuk pengguna ini saja; izin administrator tidak perlu.",
    ),
    (
        "2. Pasang Renja-XL",
        "Buka Command Prompt, ketik: py -m pip install, spasi, lalu seret berkas .whl Renja-XL yang Anda terima ke jendelanya, Enter.",
    ),
    (
        "3. Sambungkan Excel",
        "Ketik: renja-xl pasang. Yang dikerjakan disebut satu per satu; pengaturan lain tidak berubah.",
    ),
    (
        "4. Buat bukunya",
        "Ketik: renja-xl baru -o Renja.xlsm. Buku .xlsx yang sudah terisi: renja-xl perbarui Renja.xlsx -o Renja.xlsm; isinya sama.",
    ),
    (
        "5. Aktifkan makro",
        "Buka bukunya, klik Aktifkan Konten (Enable Content) di bilah kuning. Bila bilahnya merah: tutup buku, klik kanan berkasnya, "
        "pilih Properti, centang Buka blokir (Unblock), lalu buka lagi. Lalu klik Cek Pemasangan pada tab RENJA.",
    ),
    (
        "Bila tidak aktif",
        "Angka tetap benar: setiap sel hitungan berumus Excel. Hanya tombolnya tidak dapat dipakai; yang dikerjakan tombol dapat "
        "dijalankan sebagai perintah di atas. Sebabnya disebut oleh: renja-xl cek-pemasangan, diikuti nama buku ini.",
    ),
)
"""Once per computer."""

_WARNA = (
    ("masukan", "Isian", "Sel kuning: diketik perencana. Angka tanpa satuan dan tanpa Rp; ketik - bila memang tidak ada."),
    ("hitung", "Dihitung",
     "Sel abu-abu: dihitung dari sel lain; terkunci di tabel yang mengikuti Program & Sub Kegiatan. "
        "Arahkan penunjuk ke nomor kolomnya untuk rumus dan sumbernya."),
    ("tautan", "Tautan", "Sel putih: mengikuti lembar lain, biasanya Program & Sub Kegiatan; diubah di sana."),
)  # fmt: skip


_BAWAAN_ISI = {
    "satuan": "Satuan angka di sampingnya, misalnya Dokumen, Orang, atau %.",
    "predikat": "Predikat angka di sampingnya, misalnya BB; kosong bila tidak ada.",
}
_BAWAAN_TAUTAN = dict.fromkeys(
    ("kode", "nama", "indikator", "sasaran", "nama_program", "nama_kegiatan", "level"),
    "Mengikuti Program & Sub Kegiatan.",
) | dict.fromkeys(("nomor", "nomor_level", "nomor_program", "nomor_dalam_daftar"), "Nomor urut; diisi Perbarui Tabel.")


def diisi_oleh(kolom: KolomSpec) -> str:
    """Who writes a column, in words."""
    if kolom.peran in GULUNGAN:
        return "Dihitung" if kolom.sub_diturunkan else "Isian dan jumlah"
    return {
        Peran.MASUKAN: "Isian",
        Peran.RUJUKAN: "Isian atau hitungan",
        Peran.HITUNG: "Dihitung",
        Peran.TURUNAN: "Dihitung",
        Peran.TAUTAN: "Tautan",
        Peran.KUNCI: "Pengenal",
    }[kolom.peran]


def aturan_kolom(kolom: KolomSpec) -> str:
    """What a column holds: its rule, how to type it, and what it may be."""
    bagian = [kolom.catatan, kolom.petunjuk]
    if not any(bagian):
        bagian = [_BAWAAN_ISI.get(kolom.kunci.partition("_")[0]), _BAWAAN_TAUTAN.get(kolom.tautan or "")]
    if kolom.pilihan:
        bagian.append(f"Pilihan: {', '.join(kolom.pilihan)}.")
    kalimat = (k for b in bagian if b for k in re.split(r"(?<=[.!?]) ", b))
    return " ".join(dict.fromkeys(kalimat))


def lembar_terlihat() -> list[TabelSpec]:
    """Sheets that a planner sees."""
    return [s for s in SEMUA if not s.tersembunyi]


def tulis_panduan(wb: Any, gaya: Gaya, tahun: int, kertas: int) -> None:
    """Add the sheet."""
    ws = wb.add_worksheet(PANDUAN)
    _Penulis(ws, gaya, tahun).tulis()
    ws.set_landscape()
    ws.set_paper(kertas)
    ws.fit_to_pages(1, 0)
    ws.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    ws.set_footer(f"&L&8{PANDUAN}&C&8Renja Tahun {tahun}&R&8Halaman &P dari &N")


class _Penulis:
    def __init__(self, ws: Any, gaya: Gaya, tahun: int) -> None:
        self.ws, self.gaya, self.tahun = ws, gaya, tahun
        self.r = 0

    def tulis(self) -> None:
        ws = self.ws
        ws.hide_gridlines(2)
        for c, lebar in enumerate(_LEBAR):
            ws.set_column(c, c, lebar)
        ws.write_string(0, 0, "Panduan", self.gaya.judul())
        ws.write_string(1, 0, "Cara mengisi, memeriksa, dan mencetak buku Renja ini.", self.gaya.anak_judul())
        ws.write_url(2, 0, f"internal:'{BERANDA.lembar}'!A1", self.gaya.kembali(), f"« {BERANDA.lembar}")
        self.r = 3
        self._bagian("Saya ingin …", ("Keperluan", "Lembar", "Caranya", "", "", ""))
        for t in TUGAS:
            self._tugas(t)
        self._bagian("Perintah", ("Sebutan", "Perintah", "", "Gunanya", "", ""))
        for sebutan, perintah, guna in PERINTAH:
            self._baris([(0, 0, sebutan), (1, 2, perintah), (3, 5, guna)])
        self._baris([(0, 5, CARA_PERINTAH)])
        self._bagian("Tombol RENJA (buku .xlsm di Excel)", ("Memasang, sekali saja", "Caranya", "", "", "", ""))
        for langkah, cara in PASANG_EXCEL:
            self._baris([(0, 0, langkah), (1, 5, cara)])
        self._bagian("Tiap tombol", ("Tombol", "Kelompok", "Akibatnya", "", "", ""))
        for b in tombol():
            self._baris([(0, 0, b.sebutan), (1, 1, b.kelompok), (2, 5, b.akibat)])
        self._bagian("Langkah dalam setahun", ("Langkah", "Lembar", "Yang dikerjakan", "", "", ""))
        for t in SETAHUN:
            self._tugas(t)
        self._bagian("Kalender tahapan", ("Tahapan", "Biasanya", "Yang dikerjakan di buku ini", "", "", ""))
        for k in KALENDER:
            self._baris([(0, 0, k.nama), (1, 1, k.waktu), (2, 5, k.kerjakan)])
        self._baris([(0, 5, CATATAN_KALENDER)])
        self._bagian("Warna sel", ("Warna", "Arti", "", "", "", ""))
        for peran, sebutan, arti in _WARNA:
            self._baris([(0, 0, sebutan), (1, 5, arti)], {0: self.gaya.legenda(peran)})
        self._baris([(0, 0, "Bertanda"), (1, 5, "Tebal, oranye, berbingkai putus-putus: masih ada catatan di lembar Catatan Perbaikan.")],
                    {0: self.gaya.tanda_legenda()})  # fmt: skip
        self._bagian("Tiap lembar", ("Lembar", "Isinya", "", "", "", ""))
        for spec in SEMUA:
            if spec not in {ASLI, INDEKS, DATA_GRAFIK}:
                self._lembar(spec)
        self._bagian("Tiap kolom", ("Lembar", "Nomor", "Judul kolom", "Jenis", "Aturan dan cara mengisi", "Sumber"))
        for spec in lembar_terlihat():
            for kolom in spec.kolom:
                if not kolom.tersembunyi and spec not in {BERANDA, CARI}:
                    self._kolom(spec, kolom)

    def _bagian(self, judul: str, kepala: Sequence[str]) -> None:
        self.r += 1
        self.ws.write_string(self.r, 0, judul, self.gaya.bagian())
        self.ws.set_row(self.r, 20)
        self.r += 1
        rentang = _rentang(kepala)
        for awal, akhir, teks in rentang:
            self._sel(awal, akhir, teks, self.gaya.kepala())
        self.r += 1

    def _tugas(self, t: Langkah) -> None:
        self._baris([(0, 0, t.tujuan), (1, 1, t.lembar), (2, 5, t.cara)], tautan={1: t.lembar})

    def _lembar(self, spec: TabelSpec) -> None:
        teks = spec.penjelasan
        if spec.aturan and spec is not CARI:
            teks = f"{teks} {isi_tahun(spec.aturan, self.tahun)}"
        if spec.tersembunyi:
            teks = f"{teks} Tersembunyi: klik kanan nama lembar di bawah, pilih Tampilkan."
        self._baris([(0, 0, spec.lembar), (1, 5, teks)], tautan={} if spec.tersembunyi else {0: spec.lembar})

    def _kolom(self, spec: TabelSpec, kolom: KolomSpec) -> None:
        judul = " – ".join(satu_baris(j) for j in kolom.judul_tahun(self.tahun)) or kolom.nomor
        nomor = kolom.nomor if spec.kedalaman else ""
        isi = (spec.lembar, nomor, judul, diisi_oleh(kolom), aturan_kolom(kolom), kolom.sumber or "")
        self._baris([(c, c, t) for c, t in enumerate(isi)])

    def _baris(
        self,
        isi: Sequence[tuple[int, int, str]],
        gaya: dict[int, Any] | None = None,
        tautan: dict[int, str] | None = None,
    ) -> None:
        tinggi = 1
        for awal, akhir, teks in isi:
            tinggi = max(tinggi, taksir_baris(teks, sum(_LEBAR[awal : akhir + 1])))
            pola = (gaya or {}).get(awal) or self.gaya.panduan()
            if tautan and awal in tautan:
                self._sel(awal, akhir, "", pola)
                self.ws.write_url(self.r, awal, f"internal:'{tautan[awal]}'!A1", self.gaya.tautan_panduan(), teks)
            else:
                self._sel(awal, akhir, teks, pola)
        self.ws.set_row(self.r, 14.0 * tinggi + 3)
        self.r += 1

    def _sel(self, awal: int, akhir: int, teks: str, gaya: Any) -> None:
        if akhir > awal:
            self.ws.merge_range(self.r, awal, self.r, akhir, teks, gaya)
        elif teks:
            self.ws.write_string(self.r, awal, teks, gaya)
        else:
            self.ws.write_blank(self.r, awal, None, gaya)


def _rentang(kepala: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Header cells: a blank one belongs to the cell on its left."""
    awal = 0
    for c in range(1, len(kepala) + 1):
        if c == len(kepala) or kepala[c]:
            yield awal, c - 1, kepala[awal]
            awal = c
