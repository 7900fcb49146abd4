"""The quantities of ``tabel.besaran``, from the rows of a recomputed plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from renja_xl.core.buku import Baris, Buku, Level, Nilai
from renja_xl.core.capaian import TANPA_NILAI, nilai_efisiensi, persen, rata_rata
from renja_xl.core.nilai import rupiah_dari_sen, sama_teks
from renja_xl.core.temuan import Tingkat
from renja_xl.tabel import (
    ANGGARAN,
    CAPAIAN_IKU,
    CATATAN_PERBAIKAN,
    EFISIENSI,
    INDEKS,
    PEGAWAI,
    PEMENUHAN_TARGET,
    PROFIL,
    RKT,
    T_C_31,
    T_C_33,
)
from renja_xl.tabel.besaran import BERBEDA, MENUNGGU, MUTAKHIR, SAMA, TAHAP_ANGGARAN, TAHUN_ANGGARAN, TIDAK_AKTIF
from renja_xl.tabel.kendali import DIJELASKAN, DIPERBAIKI, KELUARGA_CATATAN
from renja_xl.tabel.pemenuhan import BELUM_DINILAI, MELEBIHI, MEMENUHI, TIDAK_MEMENUHI
from renja_xl.tabel.struktur import YA


def angka(nilai: Nilai) -> float | None:
    """A number, None for text and blanks."""
    return None if nilai is None or isinstance(nilai, str) else float(nilai)


def bulat(nilai: float) -> float:
    """To two decimals, half away from zero, as ROUND does."""
    return float(Decimal(repr(float(nilai))).quantize(Decimal("0.01"), ROUND_HALF_UP))


def hitung_besaran(buku: Buku) -> dict[str, Nilai]:
    """Every quantity by its key: counts and amounts in rupiah as float, texts as they are."""
    sen = {
        "total_rkpd": _jumlah(buku, T_C_31.kunci, "pagu_rkpd", Level.PROGRAM),
        "total_kebutuhan": _jumlah(buku, T_C_31.kunci, "kebutuhan_dana", Level.PROGRAM),
        "total_pagu": _jumlah(buku, T_C_33.kunci, "pagu_n", Level.PROGRAM),
        "total_rkt": _jumlah(buku, RKT.kunci, "anggaran", Level.PROGRAM),
        "total_p1": _jumlah(buku, T_C_33.kunci, "pagu_p1", Level.PROGRAM),
        "pagu_efisiensi": _jumlah(buku, EFISIENSI.kunci, "pagu_anggaran"),
    }
    butuh = sen["total_kebutuhan"]
    sen |= {
        "selisih_rkpd": sen["total_rkpd"] - butuh,
        "selisih_pagu": sen["total_pagu"] - butuh,
        "selisih_rkt": sen["total_rkt"] - butuh,
        "kenaikan_kebutuhan": butuh - sen["total_rkpd"],
    }
    uang = {k: float(rupiah_dari_sen(v)) for k, v in sen.items()}
    rata = rata_rata(b["capaian_persen"].angka for b in buku.baris(CAPAIAN_IKU.kunci) if b.level is Level.DATA)
    serapan = bulat(sum(b["serapan"].angka or 0 for b in buku.baris(EFISIENSI.kunci)))
    serap = persen(serapan, uang["pagu_efisiensi"])
    return {
        **_profil(buku),
        **uang,
        "keadaan_jumlah": BERBEDA if sen["selisih_pagu"] or sen["selisih_rkt"] else SAMA,
        "persen_kenaikan": persen(uang["total_kebutuhan"] - uang["total_rkpd"], uang["total_rkpd"]),
        "persen_p1": persen(uang["total_p1"] - uang["total_kebutuhan"], uang["total_kebutuhan"]),
        **_sub_t_c_31(buku),
        **_tahap_anggaran(buku),
        **_isi_rencana(buku),
        **_pemenuhan(buku),
        "rata_capaian": rata,
        "jumlah_iku": _banyak(buku, CAPAIAN_IKU.kunci, lambda b: b.level is Level.DATA),
        "jumlah_sasaran": _banyak(buku, CAPAIAN_IKU.kunci, lambda b: b.level is Level.RATA_RATA),
        "serapan": serapan,
        "persen_serapan": serap,
        "nilai_efisiensi": nilai_efisiensi(angka(rata), angka(serap)),
        "pegawai": float(_jumlah(buku, PEGAWAI.kunci, "jumlah", Level.DATA)),
        "pegawai_laki": float(_jumlah(buku, PEGAWAI.kunci, "laki_laki", Level.DATA)),
        "pegawai_perempuan": float(_jumlah(buku, PEGAWAI.kunci, "perempuan", Level.DATA)),
        **besaran_catatan(buku),
    }


def _jumlah(buku: Buku, tabel: str, kolom: str, level: Level | None = None) -> int:
    """Sum of a column's numbers, on rows of one level."""
    isi = (b[kolom].angka for b in buku.baris(tabel) if level in {None, b.level})
    return sum(n for n in isi if n is not None)  # type: ignore[misc]


def _banyak(buku: Buku, tabel: str, syarat: Callable[[Baris], bool]) -> float:
    return float(sum(map(syarat, buku.baris(tabel))))


def _profil(buku: Buku) -> dict[str, Nilai]:
    isi: Mapping[Nilai, Nilai] = {b["kunci"].nilai: b["nilai"].nilai for b in reversed(buku.baris(PROFIL.kunci))}
    kunci = ("perangkat_daerah", "kabupaten", "tahun_renstra", "tahapan", "terakhir_dihitung", "terakhir_disusun")
    hasil = {k: TANPA_NILAI if isi.get(k) is None else isi[k] for k in kunci}
    basi = isi.get("tabel_basi")
    hasil["keadaan_tabel"] = MENUNGGU if isinstance(basi, str) and basi.casefold() == "ya" else MUTAKHIR
    hasil |= {"keadaan_makro": TIDAK_AKTIF, "keadaan_python": TIDAK_AKTIF}  # what a file shows that no macro looks into
    return {**hasil, "tahun_rencana": isi.get("tahun_anggaran")}


def _sub_t_c_31(buku: Buku) -> dict[str, Nilai]:
    """Sub kegiatan whose needs lie above or below the RKPD, and by how much together."""
    rows = [b for b in buku.baris(T_C_31.kunci) if b.level in {Level.SUB_KEGIATAN, Level.INDIKATOR_LANJUTAN}]
    sen = [int(n) for b in rows if (n := b["selisih"].angka) is not None]
    naik, turun = [n for n in sen if n > 0], [n for n in sen if n < 0]
    hasil: dict[str, Nilai] = {"sub_naik": float(len(naik)), "sub_turun": float(len(turun))}
    return hasil | {"nilai_naik": float(rupiah_dari_sen(sum(naik))), "nilai_turun": float(rupiah_dari_sen(sum(turun)))}


def _tahap_anggaran(buku: Buku) -> dict[str, Nilai]:
    """Budgets of the last two years by their stage, and the difference of each to the stage before."""
    tahun = angka(
        next((b["nilai"].nilai for b in buku.baris(PROFIL.kunci) if b["kunci"].nilai == "tahun_anggaran"), None)
    )
    hasil: dict[str, Nilai] = {}
    for t, mundur in TAHUN_ANGGARAN.items():
        rows = [b for b in buku.baris(ANGGARAN.kunci) if tahun is not None and b["tahun"].angka == tahun - mundur]
        sebelum: int | None = None
        for kunci, nama in TAHAP_ANGGARAN.items():
            jumlah = (sum(int(b["anggaran"].angka or 0) for b in rows if sama_teks(b["tahap"].nilai, n)) for n in nama)
            sen = next((j for j in jumlah if j), None)
            hasil[f"{kunci}_{t}"] = TANPA_NILAI if sen is None else float(rupiah_dari_sen(sen))
            if kunci != next(iter(TAHAP_ANGGARAN)):
                ada = sen is not None and sebelum is not None
                hasil[f"selisih_{kunci}_{t}"] = (
                    float(rupiah_dari_sen((sen or 0) - (sebelum or 0))) if ada else TANPA_NILAI
                )
            sebelum = sen
    return hasil


def _isi_rencana(buku: Buku) -> dict[str, Nilai]:
    def rencana(level: Level) -> float:
        return _banyak(buku, INDEKS.kunci, lambda b: b["jenjang"].nilai == level.judul and b["di_rencana"].nilai == YA)

    return {
        "jumlah_urusan": rencana(Level.URUSAN),
        "jumlah_program": rencana(Level.PROGRAM),
        "jumlah_kegiatan": rencana(Level.KEGIATAN),
        "jumlah_sub": rencana(Level.SUB_KEGIATAN),
    }


def _pemenuhan(buku: Buku) -> dict[str, Nilai]:
    rows = buku.baris(PEMENUHAN_TARGET.kunci)
    hasil: dict[str, Nilai] = {"sub_evaluasi": float(sum(b.level is Level.SUB_KEGIATAN for b in rows))}
    for nama, status in (("melebihi", MELEBIHI), ("memenuhi", MEMENUHI), ("tidak", TIDAK_MEMENUHI)):
        kepala = [b for b in rows if b.level is Level.JUMLAH and b["status"].nilai == status]
        for kunci in ("program", "kegiatan"):
            hasil[f"{kunci}_{nama}"] = float(sum(b[f"jumlah_{kunci}"].angka or 0 for b in kepala))
    for nama, status in (
        ("melebihi", MELEBIHI),
        ("memenuhi", MEMENUHI),
        ("tidak", TIDAK_MEMENUHI),
        ("belum", BELUM_DINILAI),
    ):
        hasil[f"sub_{nama}"] = float(sum(b.level is Level.SUB_KEGIATAN and b["status"].nilai == status for b in rows))
    return hasil


def besaran_catatan(buku: Buku) -> dict[str, Nilai]:
    """Findings counted as the workbook's own formulas count them; nothing where the sheet was not read."""
    if CATATAN_PERBAIKAN.kunci not in buku.tabel:
        return {}
    rows = buku.baris(CATATAN_PERBAIKAN.kunci)
    kunci = {
        "catatan_berat": Tingkat.HARUS_DIPERBAIKI,
        "catatan_cek": Tingkat.PERLU_DICEK,
        "catatan_informasi": Tingkat.INFORMASI,
    }
    terbuka = [b for b in rows if not _berpola(b, DIPERBAIKI, 0) and not _berpola(b, DIJELASKAN.rstrip(), 1)]
    bertingkat = [b for b in rows if isinstance(b["tingkat"].nilai, str) and b["tingkat"].nilai]
    hasil = {k: float(sum(sama_teks(b["tingkat"].nilai, t.judul) for b in terbuka)) for k, t in kunci.items()}
    semua, jelas = len(bertingkat), sum(_berpola(b, DIJELASKAN.rstrip(), 1) for b in bertingkat)
    berat, cek, informasi = (int(n) for n in hasil.values())
    sisa = f"{berat + cek + informasi} dari {semua} catatan"
    keluarga = {
        f"catatan_{k.lower()}": float(
            sum(str(b["aturan"].nilai).casefold().startswith(f"{k}-".casefold()) for b in terbuka)
        )
        for k in KELUARGA_CATATAN
    }
    return {
        **hasil,
        "catatan_semua": float(semua),
        "catatan_dijelaskan": float(jelas),
        "catatan_sisa": sisa,
        "catatan_ringkas": f"Sisa {sisa} ({berat} harus diperbaiki, {cek} perlu dicek, {informasi} informasi; {jelas} dijelaskan)",
        **keluarga,
    }


def _berpola(b: Baris, awalan: str, lebih: int) -> bool:
    """Whether a finding's state begins with a word, with so many characters more, as COUNTIFS finds it."""
    keadaan = b["keadaan"].nilai
    return (
        isinstance(keadaan, str)
        and keadaan.casefold().startswith(awalan.casefold())
        and len(keadaan) >= len(awalan) + lebih
    )
