"""The ribbon tab RENJA: well made, each button a macro, each macro a real Python function with arguments that fit."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopenvba.interpreter import parse_module

from renja_xl.core.buku import Buku
from renja_xl.excel.pita import ribbon
from renja_xl.excel.vba import dengan_makro, modul
from tests.excel import dibangun
from tests.excel.runtime_vba import PINTU_MASUK, Excel, di_mac, galat_vba

_NS = "{http://schemas.microsoft.com/office/2009/07/customui}"
_WADAH = {"tabs", "ribbon", "customUI"}
_TOMBOL = {"button", "toggleButton"}

_KONTROL = ("control", "iribboncontrol", False)
_JAWABAN = (_KONTROL, ("returnedval", "variant", False))
TANDA_TANGAN = {
    "onLoad": (("ribbon", "iribbonui", False),),
    "button": (_KONTROL,),
    "toggleButton": (_KONTROL, ("pressed", "boolean", False)),
    "getPressed": _JAWABAN,
    "getEnabled": _JAWABAN,
    "getLabel": _JAWABAN,
}
"""Parameters (name, type, by value) that Excel calls a macro with; a toggle's ``onAction`` gets its new state too."""

IKON = {
    "CalculateNow", "RefreshAll", "MacroPlay", "FormatPainter", "CellsInsertDialog", "OutlineMoveDown", "CellsDelete",
    "DataValidationCircleInvalid", "ReviewNextComment", "ReviewEditComment", "Help", "PropertySheet", "FunctionWizard", "WindowUnhide",
}  # fmt: skip
"""Icons in use, each looked up in Microsoft's list of control names: an unknown one shows as nothing, without a message."""

BELUM_ADA = ("Kirim", "Terima", "Tahapan", "Sanding")
"""What has no command yet has no button."""

Makro = dict[str, tuple[tuple[str, str, bool], ...]]


def makro(sumber: dict[str, str]) -> Makro:
    """Public Subs of the standard modules, with their parameters."""
    return {
        p.name: tuple((x.name.casefold(), x.declared.casefold(), x.by_val) for x in p.params)
        for nama, isi in sumber.items()
        if nama != "ThisWorkbook"
        for p in parse_module(isi, name=nama).procedures
        if p.kind == "sub" and p.scope == "public"
    }


def periksa_pita(xml: bytes, ada: Makro) -> list[str]:
    """What Excel would silently drop a tab for, or a planner stumble over."""
    try:
        akar = ElementTree.fromstring(xml)
    except ElementTree.ParseError as galat:
        return [f"not well-formed: {galat}"]
    return [*_kerangka(akar), *_tulisan(akar), *_panggilan(akar, ada)]


def _kerangka(akar: ElementTree.Element) -> Iterator[str]:
    id_ada: set[str] = set()
    for u in akar.iter():
        nama = u.tag.removeprefix(_NS)
        if nama == u.tag:
            yield f"{nama}: not of the ribbon's namespace"
        pengenal = u.get("id")
        if nama not in _WADAH and (not pengenal or not re.fullmatch(r"[A-Za-z_]\w*", pengenal)):
            yield f"{nama}: id {pengenal!r}"
        if pengenal in id_ada:
            yield f"{pengenal}: id twice"
        id_ada.add(pengenal or "")
    for grup in akar.iter(f"{_NS}group"):
        if not grup.get("label") or len(grup) == 0:
            yield f"{grup.get('id')}: a group without a name or buttons"


def _tulisan(akar: ElementTree.Element) -> Iterator[str]:
    tombol = [u for u in akar.iter() if u.tag.removeprefix(_NS) in _TOMBOL]
    for sifat in ("label", "keytip", "screentip", "imageMso"):
        nilai = [u.get(sifat, "").casefold() for u in tombol if u.get(sifat)]
        yield from (f"{sifat} {n!r} twice" for n in set(nilai) if nilai.count(n) > 1)
    for u in tombol:
        i = u.get("id")
        if bool(u.get("label")) == bool(u.get("getLabel")):
            yield f"{i}: one of label and getLabel"
        for sifat in ("screentip", "supertip"):
            if not 10 <= len(u.get(sifat, "").strip()) <= 1024:
                yield f"{i}: {sifat}"
        if not re.fullmatch(r"[A-Z0-9]{1,3}", u.get("keytip", "")):
            yield f"{i}: keytip"
        if u.get("imageMso") not in IKON:
            yield f"{i}: icon {u.get('imageMso')!r}"


def _panggilan(akar: ElementTree.Element, ada: Makro) -> Iterator[str]:
    for u in akar.iter():
        nama = u.tag.removeprefix(_NS)
        if nama in _TOMBOL and not u.get("onAction"):
            yield f"{u.get('id')}: does nothing"
        for sifat, sub in u.attrib.items():
            if not re.match(r"on[A-Z]|get[A-Z]", sifat):
                continue
            harapan = TANDA_TANGAN.get(nama if sifat == "onAction" else sifat)
            if harapan is None:
                yield f"{u.get('id')}: {sifat} is not known"
            elif sub not in ada:
                yield f"{u.get('id')}: {sifat} calls {sub}, which is no Public Sub"
            elif ada[sub] != harapan:
                yield f"{u.get('id')}: {sub} takes {ada[sub]}"


# ── the file ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_pita_bersih() -> None:
    assert periksa_pita(ribbon(), makro(modul())) == []


@pytest.mark.parametrize(
    ("semula", "jadi"),
    [
        ("</customUI>", ""),
        ("2009/07/customui", "2006/01/customui"),
        ('id="renjaPindah"', 'id="renjaTambah"'),
        ('id="renjaPindah"', ""),
        ('keytip="D"', 'keytip="T"'),
        ('label="Rapikan"', 'label="Periksa"'),
        ('label="Rapikan"', ""),
        ('screentip="Buka lembar Panduan"', 'screentip=""'),
        ('imageMso="Help"', 'imageMso="Helpp"'),
        ('onAction="PitaPeriksa"', ""),
        ('onAction="PitaPeriksa"', 'onAction="PitaPeriksaBuku"'),
        ('onAction="PitaPeriksa"', 'onAction="PitaOtomatis"'),
        ('onAction="PitaOtomatis"', 'onAction="PitaRapikan"'),
        ('getPressed="PitaOtomatisAktif"', 'getPressed="PitaRapikan"'),
        ('onLoad="PitaDimuat"', 'onLoad="Segarkan"'),
        ('onAction="PitaRapikan"', 'onAction="PitaRapikan" getSuka="PitaOtomatisAktif"'),
    ],
)
def test_pemeriksa_pita_melihat_cacat(semula: str, jadi: str) -> None:
    xml = ribbon().decode()
    assert semula in xml
    assert periksa_pita(xml.replace(semula, jadi, 1).encode(), makro(modul()))


def test_hanya_perintah_yang_ada() -> None:
    label = [u.get("label", "") for u in ElementTree.fromstring(ribbon()).iter()]
    assert [x for x in label if x in {"Isi", "Periksa", "Bantuan"}] == ["Isi", "Periksa", "Periksa", "Bantuan"]
    assert not [x for x in label if x.startswith(BELUM_ADA)]


def test_setiap_makro_pita_dipakai() -> None:
    """A callback that no button calls any more would be dead code in every workbook."""
    dipanggil = {
        v for u in ElementTree.fromstring(ribbon()).iter() for k, v in u.attrib.items() if re.match("on|get", k)
    }
    assert {n for n in makro(modul()) if n.startswith("Pita")} == dipanggil


# ── pressing the buttons ──────────────────────────────────────────────────────────────────────────────────────

JAWABAN: dict[str, list[object]] = {
    "PitaTambahSubKegiatan": ["5.03.02.2.01.0004"],
    "PitaPindahSubKegiatan": [" 5.03.02.2.02.0004 "],
    "PitaHapusSubKegiatan": [6],
    "PitaJelaskan": ["Sesuai DPA-P: 'naik' 10% & \"tetap\"\\ – é 😀"],
}
TANPA_PYTHON = {"PitaOtomatis", "PitaPanduan", "PitaLembarKendali"}


@pytest.fixture(scope="module")
def terbuka(kecil: Buku, tmp_path_factory: pytest.TempPathFactory) -> Excel:
    path = tmp_path_factory.mktemp("pita") / "R.xlsm"
    path.write_bytes(dengan_makro(dibangun(kecil, makro=True)))
    return Excel(path, modul())


@pytest.fixture
def excel(terbuka: Excel) -> Excel:
    """The workbook as just opened, Otomatis on."""
    terbuka.mulai_ulang()
    terbuka.klik("PitaOtomatis", True)
    terbuka.mulai_ulang()
    return terbuka


def utf16(teks: str) -> str:
    """A text as VBA holds it: characters beyond the first plane as pairs."""
    b = teks.encode("utf-16-le")
    return "".join(chr(b[n] | b[n + 1] << 8) for n in range(0, len(b), 2))


def perintah_python(excel: Excel) -> list[tuple[str, list[object]]]:
    """What was run: the function's name and its arguments, from commands of exactly the agreed form."""
    hasil = []
    for teks in excel.xlwings.perintah:
        assert teks.startswith(PINTU_MASUK)
        assert re.fullmatch(r"[\w .;()'\\]*", teks, re.ASCII), "passes through a command line as it is"
        impor, panggilan = ast.parse(teks).body
        assert ast.unparse(impor) == "from renja_xl.excel import makro"
        assert isinstance(panggilan, ast.Expr)
        assert isinstance(panggilan.value, ast.Call)
        assert isinstance(panggilan.value.func, ast.Attribute)
        assert not panggilan.value.keywords
        hasil.append((panggilan.value.func.attr, [ast.literal_eval(a) for a in panggilan.value.args]))
    return hasil


def _tekan(excel: Excel) -> dict[str, list[tuple[str, list[object]]]]:
    """Every button pressed once (a toggle: on, then off), and what each ran."""
    hasil = {}
    for u in ElementTree.fromstring(ribbon()).iter():
        if u.tag.removeprefix(_NS) not in _TOMBOL:
            continue
        sub = str(u.get("onAction"))
        excel.xlwings.perintah.clear()
        for ditekan in ([True], [False]) if u.tag.endswith("toggleButton") else ([],):
            excel.klik(sub, *ditekan, jawab=[utf16(j) if isinstance(j, str) else j for j in JAWABAN.get(sub, [])])
        hasil[sub] = perintah_python(excel)
    return hasil


def test_setiap_tombol_menjalankan_fungsi_python(excel: Excel) -> None:
    dijalankan = _tekan(excel)
    assert {sub for sub, perintah in dijalankan.items() if not perintah} == TANPA_PYTHON
    assert dijalankan["PitaTambahSubKegiatan"] == [("tambah_sub_kegiatan", ["5.03.02.2.01.0004"])]
    assert dijalankan["PitaPindahSubKegiatan"] == [("pindah_sub_kegiatan", ["5.03.02.2.02.0004"])]
    assert dijalankan["PitaJelaskan"] == [("jelaskan", JAWABAN["PitaJelaskan"])]
    assert dijalankan["PitaRumusPython"] == [("rumus_python", [True]), ("rumus_python", [False])]
    from renja_xl.excel import makro as pintu  # noqa: PLC0415  # loads what a process of Python's own would

    for perintah in dijalankan.values():
        for nama, isian in perintah:
            inspect.signature(getattr(pintu, nama)).bind(*isian)


def test_perintah_python_yang_dibuat(excel: Excel) -> None:
    """The commands, by the names that the two sides agreed on."""
    assert {n for perintah in _tekan(excel).values() for n, _ in perintah} == {
        "hitung_ulang", "perbarui_tabel", "rapikan", "tambah_sub_kegiatan", "pindah_sub_kegiatan", "hapus_sub_kegiatan", "periksa",
        "catatan_berikutnya", "jelaskan", "rumus_python", "cek_pemasangan",
    }  # fmt: skip


@pytest.mark.parametrize("sub", [*JAWABAN])
def test_batal_berarti_tidak(excel: Excel, sub: str) -> None:
    excel.klik(sub, jawab=[7 if sub == "PitaHapusSubKegiatan" else "  "])
    assert excel.xlwings.perintah == []
    assert len(excel.pesan) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_teks_apa_pun_sampai_utuh(terbuka: Excel, teks: str) -> None:
    literal = str(terbuka.panggil("TeksPython", utf16(teks)))
    assert re.fullmatch(r"'(?:[A-Za-z0-9 .]|\\U[0-9A-F]{8})*'", literal)
    assert ast.literal_eval(literal) == teks


# ── what the buttons show ─────────────────────────────────────────────────────────────────────────────────────


def test_otomatis_tinggal_di_buku(excel: Excel) -> None:
    assert excel.tanya("PitaOtomatisAktif") is True
    excel.klik("PitaOtomatis", False)
    excel.mulai_ulang()
    assert excel.tanya("PitaOtomatisAktif") is False
    excel.klik("PitaOtomatis", True)
    assert excel.tanya("PitaOtomatisAktif") is True
    assert excel.pita.disegarkan == 1


@pytest.mark.parametrize("nilai", [0, 1])
def test_rumus_python_menurut_buku(excel: Excel, nilai: int) -> None:
    """Where Python could not switch the formulas, the button shows the state that is."""
    excel.buku.names_.find("rumus_python").entry.refers_to = f"={nilai}"
    excel.xlwings.selagi = lambda _: -1
    excel.klik("PitaRumusPython", not nilai)
    assert excel.tanya("PitaRumusPythonAktif") is bool(nilai)
    assert excel.pita.disegarkan == 1
    assert len(excel.pesan) == 1


def test_lembar_kendali_tampil_lalu_tersembunyi(excel: Excel) -> None:
    def terlihat() -> set[str]:
        return {s.name for s in excel.buku.sheets_ if s.visible == -1}

    semula = terlihat()
    assert excel.tanya("PitaLabelLembarKendali") == "Tampilkan Lembar Kendali"
    excel.klik("PitaLembarKendali")
    assert terlihat() == {s.name for s in excel.buku.sheets_}
    assert excel.tanya("PitaLabelLembarKendali") == "Sembunyikan Lembar Kendali"
    excel.klik("PitaLembarKendali")
    assert terlihat() == semula
    assert excel.pesan == []


def test_panduan_tanpa_python(excel: Excel) -> None:
    excel.xlwings.interpreter_pengguna = ""
    excel.klik("PitaPanduan")
    assert excel.buku.active_sheet.name == "Panduan"
    assert excel.pesan == []


def test_panduan_hilang(excel: Excel) -> None:
    lembar = excel.buku.sheet_named("Panduan")
    lembar.name = "Catatan saya"
    try:
        excel.klik("PitaPanduan")
    finally:
        lembar.name = "Panduan"
    assert len(excel.pesan) == 1


def test_pita_tanpa_ingatan(excel: Excel) -> None:
    """After a reset of VBA the ribbon is out of reach; its buttons work all the same."""
    excel.mulai_ulang(pita=False)
    excel.klik("PitaOtomatis", False)
    excel.klik("PitaOtomatis", True)
    assert excel.pesan == []


def test_di_mac_tombol_windows_padam(excel: Excel) -> None:
    assert excel.tanya("PitaDiWindows") is True
    with di_mac():
        excel.mulai_ulang()
    assert excel.tanya("PitaDiWindows") is False


def test_galat_tidak_sampai_ke_pengguna(excel: Excel) -> None:
    def gagal(_: str) -> object:
        raise galat_vba("Traceback (most recent call last)")

    excel.xlwings.selagi = gagal
    for u in ElementTree.fromstring(ribbon()).iter(f"{_NS}button"):
        sub = str(u.get("onAction"))
        excel.klik(sub, jawab=JAWABAN.get(sub, []))
    assert not [p for p in excel.pesan if "Traceback" in p]
