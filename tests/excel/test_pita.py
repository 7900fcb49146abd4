"""The ribbon tab RENJA: well made, each button a macro, each macro a real Python function with arguments that fit."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopenvba.interpreter import MISSING, parse_module

from renja_xl.core.buku import Buku
from renja_xl.excel import makro as makro_python
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
    "FileSendAsAttachment", "ReviewProtectWorkbook",
    "TracePrecedents", "FileCheckIn", "ReviewAcceptChange",
    "CalendarInsert", "GetExternalDataFromText",
    "FileSave", "ReviewCompareMajorVersion", "ReviewCompareTwoVersions",
    "ReviewHighlightChanges",
}  # fmt: skip
"""Icons in use, each looked up in Microsoft's list of control names: an unknown one shows as nothing, without a message."""

KELOMPOK = ("Isi", "Periksa", "Kirim & Terima", "Tahapan", "Bantuan")
"""Groups in their order; one without a command that works is not there."""

_TANDA = r"\w+\.\w+"
TANDA = {
    "PitaJalankan": _TANDA,
    "PitaTanya": rf"{_TANDA}\|[^|]{{20,250}}",
    "PitaPastikan": rf"{_TANDA}\|[^|]{{20,250}}",
    "PitaBerkas": rf"{_TANDA}\|[^|,]{{5,60}}\|\*\.\w+(;\*\.\w+)*",
}
"""Form of the tag of a button, by what its macro asks."""

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
        if not re.fullmatch(TANDA.get(u.get("onAction", ""), f"({_TANDA})?"), u.get("tag", "")):
            yield f"{u.get('id')}: tag {u.get('tag')!r}"
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
        ('onAction="PitaPanduan"', ""),
        ('onAction="PitaPanduan"', 'onAction="PitaPanduann"'),
        ('onAction="PitaPanduan"', 'onAction="PitaOtomatis"'),
        ('tag="periksa.periksa"', 'tag="periksa"'),
        ('tag="periksa.periksa"', ""),
        ('tag="periksa.jelaskan|', 'tag="periksa.jelaskan" title="'),
        ('onAction="PitaOtomatis"', 'onAction="PitaJalankan"'),
        ('getPressed="PitaOtomatisAktif"', 'getPressed="PitaPanduan"'),
        ('onLoad="PitaDimuat"', 'onLoad="Segarkan"'),
        ('onAction="PitaPanduan"', 'onAction="PitaPanduan" getSuka="PitaOtomatisAktif"'),
    ],
)
def test_pemeriksa_pita_melihat_cacat(semula: str, jadi: str) -> None:
    xml = ribbon().decode()
    assert semula in xml
    assert periksa_pita(xml.replace(semula, jadi, 1).encode(), makro(modul()))


def test_kelompok_menurut_urutannya() -> None:
    label = [str(u.get("label")) for u in ElementTree.fromstring(ribbon()).iter(f"{_NS}group")]
    assert label == [k for k in KELOMPOK if k in label]


def test_setiap_makro_pita_dipakai() -> None:
    """A callback that no button calls any more would be dead code in every workbook."""
    dipanggil = {
        v for u in ElementTree.fromstring(ribbon()).iter() for k, v in u.attrib.items() if re.match("on|get", k)
    }
    assert {n for n in makro(modul()) if n.startswith("Pita")} == dipanggil | set(TANDA)


# ── pressing the buttons ──────────────────────────────────────────────────────────────────────────────────────

JAWABAN: dict[str, object] = {
    "PitaTanya": " Sesuai DPA-P: 'naik' 10% & \"tetap\"\\ – é 😀 ",
    "PitaPastikan": 6,
    "PitaBerkas": "D:\\Unduhan\\Renja (2) – 'kirim'.xlsx",
}
BATAL: dict[str, object] = {"PitaTanya": "  ", "PitaPastikan": 7, "PitaBerkas": False}
"""What dialogs give back, by the macro that opens them."""
TANPA_PYTHON = {"Otomatis", "Panduan", "LembarKendali"}


def tombol() -> Iterator[tuple[str, ElementTree.Element]]:
    """Buttons by the id that ``klik`` takes."""
    for u in ElementTree.fromstring(ribbon()).iter():
        if u.tag.removeprefix(_NS) in _TOMBOL:
            yield str(u.get("id")).removeprefix("renja"), u


@pytest.fixture(scope="module")
def terbuka(kecil: Buku, tmp_path_factory: pytest.TempPathFactory) -> Excel:
    path = tmp_path_factory.mktemp("pita") / "R.xlsm"
    path.write_bytes(dengan_makro(dibangun(kecil, makro=True)))
    return Excel(path, modul())


@pytest.fixture
def excel(terbuka: Excel) -> Excel:
    """The workbook as just opened, Otomatis on."""
    terbuka.mulai_ulang()
    terbuka.klik("Otomatis", True)
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
        assert PINTU_MASUK.match(teks)
        assert re.fullmatch(r"[\w .;()'\\]*", teks, re.ASCII), "passes through a command line as it is"
        _, panggilan = ast.parse(teks).body
        assert isinstance(panggilan, ast.Expr)
        assert isinstance(panggilan.value, ast.Call)
        assert isinstance(panggilan.value.func, ast.Attribute)
        assert not panggilan.value.keywords
        hasil.append((ast.unparse(panggilan.value.func), [ast.literal_eval(a) for a in panggilan.value.args]))
    return hasil


def _tekan(excel: Excel) -> dict[str, list[tuple[str, list[object]]]]:
    """Every button pressed once (a toggle: on, then off), and what each ran."""
    hasil = {}
    for nama, u in tombol():
        excel.xlwings.perintah.clear()
        jawab = [utf16(j) if isinstance(j, str) else j for k, j in JAWABAN.items() if k == u.get("onAction")]
        for ditekan in ([True], [False]) if u.tag.endswith("toggleButton") else ([],):
            excel.klik(nama, *ditekan, jawab=jawab)
        hasil[nama] = perintah_python(excel)
    return hasil


def test_setiap_tombol_menjalankan_fungsi_python(excel: Excel) -> None:
    """What a button asks for reaches its function, which is there and takes it; the tag names the function that is run."""
    dijalankan = _tekan(excel)
    assert {nama for nama, perintah in dijalankan.items() if not perintah} == TANPA_PYTHON
    assert dijalankan["Tambah"] == [("isi.tambah_sub_kegiatan", [str(JAWABAN["PitaTanya"]).strip()])]
    assert dijalankan["Hapus"] == [("isi.hapus_sub_kegiatan", [])]
    assert dijalankan["RumusPython"] == [("bantuan.rumus_python", [True]), ("bantuan.rumus_python", [False])]
    for nama, u in tombol():
        for fungsi, isian in dijalankan[nama]:
            assert fungsi == (u.get("tag", "").split("|")[0] or "isi.perbarui_tabel")
            kelompok, _, f = fungsi.partition(".")
            pintu = getattr(importlib.import_module(f"renja_xl.excel.makro.{kelompok}"), f)
            assert pintu.__module__ == f"renja_xl.excel.makro.{kelompok}"
            inspect.signature(pintu).bind(*isian)
            if u.get("onAction") == "PitaBerkas":
                assert isian == [JAWABAN["PitaBerkas"]]


def test_setiap_pintu_masuk_punya_tombol(excel: Excel) -> None:
    """A function that no button and no event calls would be dead."""
    dipanggil = {n for perintah in _tekan(excel).values() for n, _ in perintah} | {
        "isi.perbarui_bila_basi",
        "riwayat.catat",
    }
    ada = set()
    for m in pkgutil.iter_modules(makro_python.__path__):
        isi = vars(importlib.import_module(f"{makro_python.__name__}.{m.name}"))
        ada |= {
            f"{m.name}.{n}"
            for n, f in isi.items()
            if inspect.isfunction(f)
            and f.__module__.endswith(f".{m.name}")
            and n[0] != "_"
            and "book" in inspect.signature(f).parameters
            and m.name != "dasar"
        }
    assert ada == dipanggil


def test_batal_berarti_tidak(excel: Excel) -> None:
    for nama, u in tombol():
        if u.get("onAction") in BATAL:
            excel.app.dialogs.clear()
            excel.klik(nama, jawab=[BATAL[u.attrib["onAction"]]])
            assert excel.xlwings.perintah == []
            assert len(excel.pesan) == 1


def test_pilih_berkas_di_mac(excel: Excel) -> None:
    """A filter in the form of Windows makes Excel for Mac refuse the dialog."""
    with di_mac():
        excel.mulai_ulang()
    for nama, u in tombol():
        if u.get("onAction") == "PitaBerkas":
            excel.app.dialogs.clear()
            excel.klik(nama, jawab=["/Users/a/Renja.xlsx"])
            assert excel.app.dialogs[0][1:3] == (str(MISSING), str(MISSING))


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_teks_apa_pun_sampai_utuh(terbuka: Excel, teks: str) -> None:
    literal = str(terbuka.panggil("TeksPython", utf16(teks)))
    assert re.fullmatch(r"'(?:[A-Za-z0-9 .]|\\U[0-9A-F]{8})*'", literal)
    assert ast.literal_eval(literal) == teks


# ── what the buttons show ─────────────────────────────────────────────────────────────────────────────────────


def test_otomatis_tinggal_di_buku(excel: Excel) -> None:
    assert excel.tanya("PitaOtomatisAktif") is True
    excel.klik("Otomatis", False)
    excel.mulai_ulang()
    assert excel.tanya("PitaOtomatisAktif") is False
    excel.klik("Otomatis", True)
    assert excel.tanya("PitaOtomatisAktif") is True
    assert excel.pita.disegarkan == 1


@pytest.mark.parametrize("nilai", [0, 1])
def test_rumus_python_menurut_buku(excel: Excel, nilai: int) -> None:
    """Where Python could not switch the formulas, the button shows the state that is."""
    excel.buku.names_.find("rumus_python").entry.refers_to = f"={nilai}"
    excel.xlwings.selagi = lambda _: -1
    excel.klik("RumusPython", not nilai)
    assert excel.tanya("PitaRumusPythonAktif") is bool(nilai)
    assert excel.pita.disegarkan == 1
    assert len(excel.pesan) == 1


def test_lembar_kendali_tampil_lalu_tersembunyi(excel: Excel) -> None:
    def terlihat() -> set[str]:
        return {s.name for s in excel.buku.sheets_ if s.visible == -1}

    semula = terlihat()
    assert excel.tanya("PitaLabelLembarKendali") == "Tampilkan Lembar Kendali"
    excel.klik("LembarKendali")
    assert terlihat() == {s.name for s in excel.buku.sheets_}
    assert excel.tanya("PitaLabelLembarKendali") == "Sembunyikan Lembar Kendali"
    excel.klik("LembarKendali")
    assert terlihat() == semula
    assert excel.pesan == []


def test_panduan_tanpa_python(excel: Excel) -> None:
    excel.xlwings.interpreter_pengguna = ""
    excel.klik("Panduan")
    assert excel.buku.active_sheet.name == "Panduan"
    assert excel.pesan == []


def test_panduan_hilang(excel: Excel) -> None:
    lembar = excel.buku.sheet_named("Panduan")
    lembar.name = "Catatan saya"
    try:
        excel.klik("Panduan")
    finally:
        lembar.name = "Panduan"
    assert len(excel.pesan) == 1


def test_pita_tanpa_ingatan(excel: Excel) -> None:
    """After a reset of VBA the ribbon is out of reach; its buttons work all the same."""
    excel.mulai_ulang(pita=False)
    excel.klik("Otomatis", False)
    excel.klik("Otomatis", True)
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
    for nama, u in tombol():
        if u.tag.endswith("}button"):
            excel.klik(nama, jawab=[j for k, j in JAWABAN.items() if k == u.get("onAction")])
    assert not [p for p in excel.pesan if "Traceback" in p]
