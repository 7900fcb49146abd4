"""A whole scripted year on one workbook, by the commands that a planner uses, each step read back from its file.

Empty master → struktur and inputs → rancangan awal → copy to Bappeda → its decisions → taken back and applied → penetapan →
four quarters → perubahan → next year's master; audited at each step, and every change in the history.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from renja_xl.cli import cli
from renja_xl.core.buku import Buku, Nilai
from renja_xl.core.tahapan import ambil_tahapan, daftar_tahapan
from renja_xl.core.telusur import Jenis, Penelusur, semua_langkah
from renja_xl.excel.baca import baca
from renja_xl.excel.susun_tabel import susun_tabel
from renja_xl.tabel import PROFIL, PROGRAM_SUB_KEGIATAN, T_C_29, T_C_31, T_C_33, TUGAS
from renja_xl.tabel.spec import TabelSpec
from tests.bappeda.kembali import kembali
from tests.conftest import baris_simpul, ganti_baris, isi

SUB = ("s-5", "s-6", "s-8")
KODE = {"s-5": "5.03.02.2.01.0003", "s-6": "5.03.02.2.01.0006", "s-8": "5.03.02.2.02.0001"}


def jalan(*isian: str | Path, kode: int = 0) -> Result:
    hasil = CliRunner().invoke(cli, list(map(str, isian)))
    assert hasil.exit_code == kode, (isian, hasil.output, hasil.exception)
    return hasil


def ketik(path: Path, ubah: Callable[[Buku], Buku], *tabel: TabelSpec) -> None:
    """Type into a workbook as a planner would: only these tables' inputs change."""
    t = baca(path)
    path.write_bytes(susun_tabel(t, ubah(t.buku), tabel))


def isi_profil(buku: Buku, **isian: str | float) -> Buku:
    for k, v in isian.items():
        buku = ganti_baris(buku, PROFIL.kunci, k, v)
    return buku


def pastikan_bersih(path: Path, boleh: Sequence[str] = ()) -> None:
    """Nothing that must be mended, save the rules that this step still has to answer."""
    hasil = CliRunner().invoke(cli, ["periksa", str(path), "--json"])
    temuan = json.loads(hasil.stdout)["temuan"]
    berat = {(t["aturan"], t["lembar"], t["sel"], t["pesan"]) for t in temuan if t["tingkat"] == "harus_diperbaiki"}
    assert {t for t in berat if t[0] not in boleh} == set()


def pagu(path: Path) -> list[float | int | None]:
    """Amounts of the sub kegiatan in sen."""
    buku = baca(path).buku
    return [baris_simpul(buku, T_C_33.kunci, s)["pagu_n"].angka for s in SUB]


def susunan(kecil: Buku) -> Callable[[Buku], Buku]:
    return lambda b: replace(b, simpul=kecil.simpul, indikator=kecil.indikator)


def isian(buku: Buku) -> Buku:
    """The inputs of the plan: last year's evaluation, needs and plan."""
    for s, uang, target in (("s-5", 100_000_00, 3.0), ("s-6", 50_000_00, 2.0), ("s-8", 7_000_00, 5.0)):
        evaluasi: dict[str, Nilai] = {
            "target_renstra": 20.0,
            "realisasi_sd_n3": 4.0,
            "target_n2": 5.0,
            "realisasi_n2": target,
            "target_n1": 6.0,
        }
        buku = isi(buku, T_C_29.kunci, s, evaluasi)
        kiri: dict[str, Nilai] = {"lokasi_rkpd": "Tanah Grogot", "target_rkpd": target, "pagu_rkpd": uang}
        buku = isi(buku, T_C_31.kunci, s, {**kiri, "target_kebutuhan": target, "kebutuhan_dana": 2 * uang})
        rencana: dict[str, Nilai] = {
            "lokasi": "Tanah Grogot",
            "target_n": target,
            "pagu_n": uang,
            "sumber_dana": "APBD",
            "target_p1": target + 1,
        }
        buku = isi(buku, T_C_33.kunci, s, rencana)
    for i, target in (("i-3", 85.0), ("i-4", 250.0)):
        buku = isi(buku, T_C_33.kunci, "s-3", {"target_n": target}, indikator=i)
        buku = isi(buku, T_C_29.kunci, "s-3", {"target_renstra": 300.0, "target_n1": target}, indikator=i)
    return buku


def test_setahun(  # noqa: PLR0915 - one year is one story
    kecil: Buku, tmp_path: Path
) -> None:
    buku, kiriman, hasil = (tmp_path / n for n in ("Renja 2026.xlsx", "Kirim.xlsx", "Hasil.xlsx"))

    # new: the struktur and who plans
    jalan("baru", "-o", buku, "--tahun", "2026")
    ketik(buku, susunan(kecil), PROGRAM_SUB_KEGIATAN)
    ketik(buku, lambda b: isi_profil(b, perangkat_daerah="Badan Kepegawaian", kabupaten="Kabupaten Paser"), PROFIL)
    jalan("perbarui", buku)
    ketik(buku, isian, T_C_29, T_C_31, T_C_33)

    # rancangan awal
    ketik(buku, lambda b: isi_profil(b, tahapan="Rancangan awal"), PROFIL)
    jalan("hitung", buku)
    pastikan_bersih(buku)
    jalan("tahapan", "simpan", "Rancangan awal", buku)
    jalan("periksa", buku, "--tulis")

    # to Bappeda, who decides on each sub kegiatan
    kode = jalan("kirim", buku, "-o", kiriman, "--tetap").stdout.strip()
    jalan("cek-berkas", kiriman, "--kode", kode)
    putusan = {("Verifikasi Bappeda", s, "keputusan"): "Sesuai" for s in ("s-6", "s-8")}
    putusan |= {("Verifikasi Bappeda", "s-5", "keputusan"): "Perlu perbaikan"}
    hasil.write_bytes(
        kembali(kiriman.read_bytes(), {**putusan, ("Verifikasi Bappeda", "s-5", "usulan_pagu"): 90_000.0}).data
    )

    # taken back: beside the inputs first, then applied
    jalan("terima", buku, hasil, "--kode", kode)
    assert pagu(buku) == [100_000_00, 50_000_00, 7_000_00]
    jalan("terima", buku, "--terapkan", "--semua")
    assert pagu(buku) == [90_000_00, 50_000_00, 7_000_00]
    pastikan_bersih(buku)

    # penetapan
    ketik(buku, lambda b: isi_profil(b, tahapan="Penetapan"), PROFIL)
    jalan("perbarui", buku)
    jalan("tahapan", "simpan", "Penetapan", buku)
    pastikan_bersih(buku)
    beda = json.loads(jalan("sanding", f"{buku}@Rancangan awal", f"{buku}@Penetapan", "--json").stdout)
    assert beda["ringkas"]["selisih"] == -10_000

    # four quarters, each from the finance office's table
    for tw in (1, 2, 3, 4):
        data = tmp_path / f"tw{tw}.csv"
        uang = {s: int(p) // 400 for s, p in zip(SUB, pagu(buku), strict=True) if p}
        data.write_text("Kode;TW;K;Rp\n" + "".join(f"{KODE[s]};{tw};1;{uang[s]}\n" for s in SUB), encoding="utf-8")
        jalan("triwulan", "impor", buku, data, "--nilai", "triwulan")
        pastikan_bersih(buku)

    # perubahan: one pagu raised
    ketik(buku, lambda b: isi(b, T_C_33.kunci, "s-8", {"pagu_n": 9_000_00}), T_C_33)
    ketik(buku, lambda b: isi_profil(b, tahapan="Perubahan"), PROFIL)
    jalan("hitung", buku)
    jalan("tahapan", "simpan", "Perubahan", buku)
    pastikan_bersih(buku)
    b = baca(buku).buku
    assert [t.nama for t in daftar_tahapan(b) if t.tersimpan] == ["Rancangan awal", "Penetapan", "Perubahan"]
    lama = ambil_tahapan(b, "Rancangan awal", 2026)
    assert baris_simpul(lama, T_C_33.kunci, "s-5")["pagu_n"].nilai == 100_000_00

    # the history tells every change of the year, by its meaning
    riwayat = json.loads(jalan("riwayat", buku, "--cari", "Kebutuhan Dana/Pagu", "--json").stdout)
    tercatat = [(r["lembar"], r["kode"], r["lama"], r["baru"]) for r in reversed(riwayat) if r["lama"]]
    assert ("T-C.33", KODE["s-5"], "100.000", "90.000") in tercatat
    assert tercatat[-1] == ("T-C.33", KODE["s-8"], "7.000", "9.000")

    # next year: forward estimates become the plan, evaluation moves to the right
    baru = tmp_path / "Renja 2027.xlsx"
    semula = buku.read_bytes()
    jalan("tahun-berikutnya", buku, "-o", baru)
    assert buku.read_bytes() == semula
    z = baca(baru).buku
    assert z.tahun == 2027
    assert z.baris(TUGAS.kunci)
    for s in SUB:
        assert baris_simpul(z, T_C_33.kunci, s)["pagu_n"].nilai == baris_simpul(b, T_C_33.kunci, s)["pagu_p1"].nilai
        assert (
            baris_simpul(z, T_C_29.kunci, s)["target_n2"].nilai == baris_simpul(b, T_C_29.kunci, s)["target_n1"].nilai
        )
    x = Penelusur(z).langkah(T_C_33.kunci, baris_simpul(z, T_C_33.kunci, "s-3").id, "pagu_n")
    assert {d.jenis for d in semua_langkah(x)} <= {Jenis.JUMLAH, Jenis.DIKETIK}
    assert all(d.asal is not None for d in semua_langkah(x) if d.jenis is Jenis.DIKETIK)
