"""Calculations written out in numbers, as a planner would check them: ``75 ÷ 80 × 100 = 93,75``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from renja_xl.core.buku import Baris, CaraHitung, Nilai, Sifat
from renja_xl.core.capaian import cara_sel, sifat_sel
from renja_xl.core.hitung import Pilihan
from renja_xl.core.nilai import tulis_angka, tulis_rp
from renja_xl.tabel import ANGGARAN, CAPAIAN_IKU, EFISIENSI, PEGAWAI, PERBANDINGAN, T_C_29, T_C_31
from renja_xl.tabel.spec import KolomSpec, TabelSpec, Tipe


def hitungan(spec: TabelSpec, b: Baris, k: KolomSpec, p: Pilihan) -> str | None:
    """How a cell's number follows from its row; None where it holds none, or where words say it better."""
    fungsi = _FUNGSI.get((spec.kunci, k.kunci))
    hasil = b[k.kunci].angka
    if fungsi is None or hasil is None:
        return None
    kiri = fungsi(b, p)
    return None if kiri is None else f"{kiri} = {_tulis(hasil, rupiah=k.tipe is Tipe.RUPIAH)}"


def _tulis(nilai: Nilai, *, rupiah: bool = False) -> str:
    """A number; negative ones in brackets, so that a sign is never read as an operator."""
    n = nilai if isinstance(nilai, int | float) else 0
    teks = tulis_rp(int(n)) if rupiah or isinstance(n, int) else tulis_angka(n)
    return f"({teks})" if n < 0 else teks


def _tingkat(realisasi: str, target: str) -> Callable[[Baris, Pilihan], str | None]:
    def tulis(b: Baris, _p: Pilihan) -> str | None:
        r, t = b[realisasi].angka, b[target].angka
        if r is None or not t:
            return None
        if sifat_sel(b["sifat"].nilai) is Sifat.MAKIN_RENDAH:
            return None if (2 * t - r) / t < 0 else f"(2 × {_tulis(t)} − {_tulis(r)}) ÷ {_tulis(t)} × 100"
        return f"{_tulis(r)} ÷ {_tulis(t)} × 100"

    return tulis


def _sd(b: Baris, p: Pilihan) -> str | None:
    isi = [n for k in ("realisasi_sd_n3", "realisasi_n2", "target_n1") if (n := b[k].angka) is not None]
    cara = CaraHitung.DIJUMLAHKAN if p.kolom_10_formulir else cara_sel(b["cara_hitung"].nilai)
    if not isi or cara is CaraHitung.POSISI_AKHIR:
        return None
    jumlah = " + ".join(map(_tulis, isi))
    return f"({jumlah}) ÷ {len(isi)}" if cara is CaraHitung.RATA_RATA else jumlah


def _bagi(atas: str, bawah: str, kali: str = " × 100") -> Callable[[Baris, Pilihan], str | None]:
    def tulis(b: Baris, _p: Pilihan) -> str | None:
        a, z = b[atas].angka, b[bawah].angka
        return None if a is None or not z else f"{_tulis(a)} ÷ {_tulis(z)}{kali}"

    return tulis


def _kurang(a: str, z: str) -> Callable[[Baris, Pilihan], str | None]:
    return lambda b, _p: f"{_tulis(int(b[a].angka or 0))} − {_tulis(int(b[z].angka or 0))}"


def _tambah(*kunci: str) -> Callable[[Baris, Pilihan], str | None]:
    return lambda b, _p: " + ".join(_tulis(n) for k in kunci if (n := b[k].angka) is not None)


_FUNGSI: Mapping[tuple[str, str], Callable[[Baris, Pilihan], str | None]] = {
    (T_C_29.kunci, "tingkat_realisasi_n2"): _tingkat("realisasi_n2", "target_n2"),
    (T_C_29.kunci, "realisasi_sd_n1"): _sd,
    (T_C_29.kunci, "tingkat_capaian_renstra"): _tingkat("realisasi_sd_n1", "target_renstra"),
    (CAPAIAN_IKU.kunci, "capaian_persen"): _tingkat("realisasi_sd_n2", "target_akhir_renstra_re"),
    (T_C_31.kunci, "selisih"): _kurang("kebutuhan_dana", "pagu_rkpd"),
    (T_C_31.kunci, "persen_selisih"): _bagi("selisih", "pagu_rkpd"),
    (PERBANDINGAN.kunci, "selisih_pagu"): _kurang("pagu_n", "kebutuhan_dana"),
    (PERBANDINGAN.kunci, "selisih_rkt"): _kurang("anggaran", "kebutuhan_dana"),
    (ANGGARAN.kunci, "persen_realisasi"): _bagi("realisasi", "anggaran"),
    (EFISIENSI.kunci, "capaian_desimal"): lambda b, _p: f"{_tulis(b['capaian_persen'].angka)} ÷ 100",
    (EFISIENSI.kunci, "persen_realisasi_anggaran"): _bagi("realisasi_anggaran", "pagu_anggaran"),
    (EFISIENSI.kunci, "nilai_efisiensi"): _bagi("capaian_persen", "persen_realisasi_anggaran", ""),
    (PEGAWAI.kunci, "jumlah"): _tambah("laki_laki", "perempuan"),
}
