"""Main indicators (IKU): typed once in Renstra; T-C.30 and Capaian IKU list them.

An indicator that was typed or printed in T-C.30 or Capaian IKU alone joins Renstra; nothing is merged by a guess that
is not close.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from renja_xl.core import kode as kd
from renja_xl.core.baris import teks_sel
from renja_xl.core.buku import Baris, Buku, Level, Nilai, Sel
from renja_xl.core.renstra import iku, kolom_tahun, menurut_indikator, sasaran_iku, target_akhir
from renja_xl.core.satuan import cara_hitung_bawaan
from renja_xl.core.struktur import PembuatId, id_simpul_terpakai, indikator_menurut_simpul
from renja_xl.core.teks import kemiripan
from renja_xl.core.teks import kunci as kunci_teks
from renja_xl.core.turunan import TAHUN_T_C_30
from renja_xl.tabel import CAPAIAN_IKU, RENSTRA, T_C_30
from renja_xl.tabel.spec import NAMA_TAHUN

AMBANG_IKU = 0.8
"""Indicators of Capaian IKU and T-C.30 at least this alike are one."""

TANPA_SASARAN = "Belum ditentukan"
"""Sasaran of an indicator whose print names none."""


def susun_iku(buku: Buku) -> Buku:
    """The plan with Renstra linked to the struktur, T-C.30 to Renstra, and Capaian IKU laid out by Renstra."""
    buku = _taut_renstra(buku)
    buku = _taut_t_c_30(buku)
    buku = _terima_capaian(buku)
    buku = _lengkapi(buku)
    return buku.ganti({CAPAIAN_IKU.kunci: _baris_capaian(buku)})


def _taut_renstra(buku: Buku) -> Buku:
    """Rows of Renstra by kode and indicator; a main indicator stands for itself."""
    menurut_kode = {s.kode: s for s in reversed(buku.simpul) if s.kode}
    indikator = indikator_menurut_simpul(buku)
    rows = []
    for b in buku.baris(RENSTRA.kunci):
        kode = teks_sel(b, "kode")
        if kode is None:
            rows.append(replace(b, simpul=None, indikator=b.id))
            continue
        s = menurut_kode.get(kd.rapikan(kode) or kode)
        teks = teks_sel(b, "indikator")
        calon = [i for i in indikator.get(s.id, ()) if i.teks] if s else []
        i = next((i for i in calon if teks and kunci_teks(i.teks or "") == kunci_teks(teks)), None)
        if i is None and teks is None and len(calon) == 1:
            i = calon[0]
        rows.append(replace(b, simpul=s.id if s else None, indikator=i.id if i else None))
    return buku.ganti({RENSTRA.kunci: rows})


def _baris_renstra(pengenal: str, isi: dict[str, Nilai]) -> Baris:
    sel = {k: Sel(v) for k, v in isi.items() if v is not None}
    return Baris(pengenal, Level.DATA, sel, None, pengenal)


def _taut_t_c_30(buku: Buku) -> Buku:
    """T-C.30 by the text of its indicators; one that Renstra does not have joins it with its targets."""
    renstra = list(buku.baris(RENSTRA.kunci))
    ada = {b.id: b for b in iku(buku)}
    menurut_teks = {kunci_teks(str(b["indikator"].nilai)): b.id for b in reversed(list(ada.values()))}
    id_baru = PembuatId(RENSTRA.awalan_id, (*(b.id for b in renstra), *id_simpul_terpakai(buku)))
    terpakai: set[str] = set()
    tertaut = {b.indikator for b in buku.baris(T_C_30.kunci)}  # a row that is linked keeps its indicator from namesakes
    rows = []
    for b in buku.baris(T_C_30.kunci):
        teks = teks_sel(b, "indikator")
        dicabut = b.indikator is not None and b.indikator not in ada
        tautan = b.indikator if b.indikator in ada and b.indikator not in terpakai else None
        if tautan is None and teks is not None:
            tautan = menurut_teks.get(kunci_teks(teks))
        if dicabut and (tautan is None or tautan in terpakai or tautan in tertaut):
            rows.append(b)  # its indicator was taken out of Renstra: it does not come back
            continue
        if tautan is not None and tautan not in terpakai and (tautan == b.indikator or tautan not in tertaut):
            terpakai.add(tautan)
            rows.append(replace(b, indikator=tautan))
            continue
        if teks is None or tautan is not None:
            rows.append(replace(b, indikator=None))
            continue
        target, kosongkan = _target_t_c_30(buku, b)
        baru = _baris_renstra(
            id_baru(), {"sasaran": TANPA_SASARAN, "indikator": teks, "satuan": b["satuan"].nilai, **target}
        )
        renstra.append(baru)
        terpakai.add(baru.id)
        rows.append(replace(b.dengan(kosongkan), indikator=baru.id))
    return buku.ganti({RENSTRA.kunci: renstra, T_C_30.kunci: rows})


def _target_t_c_30(buku: Buku, b: Baris) -> tuple[dict[str, Nilai], dict[str, Sel]]:
    """Targets of a T-C.30 row as Renstra holds them, and the cells that from now on take them from there."""
    isi: dict[str, Nilai] = {}
    kosongkan: dict[str, Sel] = {}
    for t in TAHUN_T_C_30:
        r = kolom_tahun(buku, buku.tahun + NAMA_TAHUN[t])
        sel, predikat = b[f"target_{t}"], b[f"predikat_target_{t}"]
        if r is None or sel.angka is None:
            continue
        isi[f"target_r{r}"], isi[f"predikat_r{r}"] = sel.nilai, predikat.nilai
        kosongkan[f"target_{t}"] = Sel(None, sel.asli)
        kosongkan[f"predikat_target_{t}"] = Sel(None, predikat.asli)
    return isi, kosongkan


def _terima_capaian(buku: Buku) -> Buku:
    """Printed rows of Capaian IKU by the nearest indicator; one that nothing resembles joins Renstra and T-C.30."""
    renstra = {b.id: b for b in buku.baris(RENSTRA.kunci)}
    t30 = {b.id: b for b in buku.baris(T_C_30.kunci)}
    milik_t30 = {b.indikator: b.id for b in reversed(list(t30.values())) if b.indikator}
    id_renstra = PembuatId(RENSTRA.awalan_id, (*renstra, *id_simpul_terpakai(buku)))
    id_t30 = PembuatId(T_C_30.awalan_id, t30)
    tercetak = [b for b in buku.baris(CAPAIAN_IKU.kunci) if b.level is Level.DATA and b.indikator is None]
    tercetak = [b for b in tercetak if teks_sel(b, "indikator")]
    sasaran = _sasaran_tercetak(buku.baris(CAPAIAN_IKU.kunci))
    tertaut = {b.indikator for b in buku.baris(CAPAIAN_IKU.kunci) if b.indikator in renstra}
    pasangan = _pasangan(tercetak, [b for b in iku(buku) if b.id not in tertaut])
    taut: dict[str, str] = {}
    for b in tercetak:
        r = (
            renstra[pasangan[b.id]]
            if b.id in pasangan
            else _baris_renstra(id_renstra(), {"sasaran": TANPA_SASARAN, "indikator": b["indikator"].nilai})
        )
        taut[b.id] = r.id
        renstra[r.id] = _lengkapi_renstra(r, b, sasaran.get(b.id))
        if r.id not in milik_t30:
            baru = Baris(id_t30(), Level.DATA, {"indikator": Sel(b["indikator"].nilai)}, None, r.id)
            t30[baru.id], milik_t30[r.id] = baru, baru.id
        lama = t30[milik_t30[r.id]]
        if lama["realisasi_n2"].kosong and b["realisasi_sd_n2"].angka is not None:
            isi = {"realisasi_n2": b["realisasi_sd_n2"], "predikat_realisasi_n2": b["predikat_realisasi"]}
            # a predikat typed beside a blank number stays: each cell is filled for itself
            t30[lama.id] = lama.dengan({k: Sel(s.nilai, s.asli) for k, s in isi.items() if lama[k].kosong})
    rows = [replace(b, indikator=taut[b.id]) if b.id in taut else b for b in buku.baris(CAPAIAN_IKU.kunci)]
    urut = _urut_sasaran(list(renstra.values()))
    return buku.ganti({RENSTRA.kunci: urut, T_C_30.kunci: list(t30.values()), CAPAIAN_IKU.kunci: rows})


def _sasaran_tercetak(rows: Sequence[Baris]) -> dict[str, str]:
    """Sasaran of each printed row; a blank one is that of the row above."""
    hasil: dict[str, str] = {}
    kini: str | None = None
    for b in rows:
        kini = teks_sel(b, "sasaran") or kini
        if kini:
            hasil[b.id] = kini
    return hasil


def _pasangan(tercetak: Sequence[Baris], calon: Sequence[Baris]) -> dict[str, str]:
    """Printed row → main indicator, each used once, the most alike first."""
    mirip = sorted((-_mirip(b, c), n, m) for n, b in enumerate(tercetak) for m, c in enumerate(calon))
    hasil: dict[str, str] = {}
    for nilai, n, m in mirip:
        if -nilai >= AMBANG_IKU and tercetak[n].id not in hasil and calon[m].id not in hasil.values():
            hasil[tercetak[n].id] = calon[m].id
    return hasil


def _mirip(b: Baris, c: Baris) -> float:
    """How alike a printed indicator and one of Renstra are; of one target, a text cut off short will do."""
    a, z = str(b["indikator"].nilai), str(c["indikator"].nilai)
    kata_a, kata_z = set(kunci_teks(a).split()), set(kunci_teks(z).split())
    sama = len(kata_a & kata_z)
    terpotong = sama >= 3 and sama >= 0.75 * min(len(kata_a), len(kata_z))
    setarget = b["target_akhir_renstra_re"].angka is not None and b["target_akhir_renstra_re"].angka == target_akhir(c)
    return max(kemiripan(a, z), AMBANG_IKU if terpotong and setarget else 0.0)


def _lengkapi_renstra(r: Baris, b: Baris, sasaran: str | None) -> Baris:
    """A row of Renstra with what the print of Capaian IKU adds: sasaran, unit, and a target at the end that differs."""
    ubah: dict[str, Sel] = {}
    if sasaran and (r["sasaran"].kosong or r["sasaran"].nilai == TANPA_SASARAN):
        ubah["sasaran"] = Sel(sasaran)
    if r["satuan"].kosong and not b["satuan"].kosong:
        ubah["satuan"] = Sel(b["satuan"].nilai)
    if r["sifat"].kosong and not b["sifat"].kosong:
        ubah["sifat"] = Sel(b["sifat"].nilai)
    target = b["target_akhir_renstra_re"]
    if r["target_akhir"].nilai is None and target.angka is not None:
        if target_akhir(r) != target.angka:
            ubah["target_akhir"] = Sel(target.nilai, target.asli)
        if r["predikat_akhir"].kosong and not b["predikat_target"].kosong:
            ubah["predikat_akhir"] = Sel(b["predikat_target"].nilai)
    return r.dengan(ubah)


def _urut_sasaran(rows: list[Baris]) -> list[Baris]:
    """Main indicators of one sasaran stand together, in the order in which the sasaran first appear."""
    urutan: dict[str, int] = {}
    kunci: list[tuple[int, int]] = []
    kini = ""
    for n, b in enumerate(rows):
        if b["kode"].kosong:
            kini = kunci_teks(str(b["sasaran"].nilai)) if not b["sasaran"].kosong else kini
            tanpa = kini == kunci_teks(TANPA_SASARAN)
            kunci.append((10**6 if tanpa else urutan.setdefault(kini, len(urutan)), n))
        else:
            kunci.append((10**7, n))
    return [rows[n] for _, n in sorted(kunci)]


def _lengkapi(buku: Buku) -> Buku:
    """Blank cara hitung filled by unit; every main indicator has its row in T-C.30; numbers of both lists."""
    rows = []
    for b in buku.baris(RENSTRA.kunci):
        teks, satuan = teks_sel(b, "indikator"), teks_sel(b, "satuan")
        kosong = teks is not None and b["cara_hitung"].nilai is None
        rows.append(b.dengan({"cara_hitung": Sel(cara_hitung_bawaan([satuan], teks).judul)}) if kosong else b)
    ada = {b.indikator for b in buku.baris(T_C_30.kunci)}
    t30 = list(buku.baris(T_C_30.kunci))
    id_baru = PembuatId(T_C_30.awalan_id, (b.id for b in t30))
    for b in iku(buku):
        if b.id not in ada:
            sel = {k: b[k] for k in ("indikator", "satuan") if not b[k].kosong}
            t30.append(Baris(id_baru(), Level.DATA, {k: Sel(s.nilai) for k, s in sel.items()}, None, b.id))
    return buku.ganti({RENSTRA.kunci: _bernomor(rows), T_C_30.kunci: _bernomor(t30)})


def _bernomor(rows: Sequence[Baris]) -> list[Baris]:
    """Rows with a number where none was typed."""
    return [b.dengan({"no": Sel(str(n))}) if b["no"].kosong else b for n, b in enumerate(rows, 1)]


def _baris_capaian(buku: Buku) -> list[Baris]:
    lama = buku.baris(CAPAIAN_IKU.kunci)
    data = menurut_indikator([b for b in lama if b.level is Level.DATA])
    rata = [b for b in lama if b.level is Level.RATA_RATA]
    id_baru = PembuatId(CAPAIAN_IKU.awalan_id, (b.id for b in lama))
    hasil: list[Baris] = []
    n = 0
    for nomor, (sasaran, rows) in enumerate(sasaran_iku(iku(buku))):
        for k, r in enumerate(rows):
            n += 1
            b = data.get(r.id) or Baris(id_baru(), Level.DATA, {}, None, r.id)
            isi: dict[str, Nilai] = {
                "no": str(n),
                "sasaran": sasaran or None if k == 0 else None,
                "indikator": r["indikator"].nilai,
                "satuan": r["satuan"].nilai,
            }
            hasil.append(tulis_tautan(replace(b, level=Level.DATA), isi))
        b = rata[nomor] if nomor < len(rata) else Baris(id_baru(), Level.RATA_RATA, {})
        # a mean is looked up by its own id
        hasil.append(tulis_tautan(replace(b, indikator=b.id), {
            "no": None, "sasaran": None, "satuan": None, "indikator": f"Rata-rata capaian {sebutan_sasaran(nomor)}",
        }))  # fmt: skip
    return hasil


def sebutan_sasaran(nomor: int) -> str:
    """``sasaran I`` for the first."""
    return f"sasaran {romawi(nomor + 1)}"


def romawi(n: int) -> str:
    """A positive number in Roman numerals."""
    hasil = ""
    for nilai, huruf in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        hasil += huruf * (n // nilai)
        n %= nilai
    return hasil


def tulis_tautan(b: Baris, isi: dict[str, Nilai]) -> Baris:
    """A row with linked texts; one that they replace is kept as original."""
    ubah = {}
    for k, teks in isi.items():
        lama, v = b[k], None if teks == "" else teks
        if lama.nilai != v:
            semula = lama.nilai if isinstance(lama.nilai, str) and lama.nilai.strip() else None
            ubah[k] = Sel(v, lama.asli or semula)
    return b.dengan(ubah) if ubah else b
