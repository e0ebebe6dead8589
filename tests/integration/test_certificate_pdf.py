"""The printed certificate: both standards, any name, equal bytes, and a QR code that is the URL."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import page
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from elearning.errors import CertificateNotPrintable
from elearning.integrations.pdf_attachments import attachments
from elearning.integrations.qr import qr_svg
from elearning.integrations.typst_pdf import (
    BADGE_FILE,
    STATEMENT_FILE,
    badge_attachment,
    render_certificate,
    statement_attachment,
)
from elearning.learning.certificate import CertificateDocument
from elearning.learning.certificate_code import make_code
from elearning.learning.theme import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = str(make_code(bytes(range(15))))
DUTCH = CertificateDocument(
    name="Şerife Gökçe-Łukasiewicz",
    training_title="Eerste reactie: basis voor docenten",
    content_version="1.2",
    proof="9f8e7d6c",
    obtained_on=date(2027, 3, 3),
    valid_until=date(2029, 3, 3),
    study_load_minutes=90,
    issuer="Voorbeeldhogeschool",
    goals=("Luisteren zonder door te vragen", "Goed doorverwijzen: naar wie, wanneer en hoe"),
    code=CODE,
    verify_url=f"https://leren.voorbeeld.example/v/{CODE}",
    lang="nl",
    theme=OWN,
)
ENGLISH = replace(
    DUTCH,
    training_title="First response: basics for lecturers",
    issuer="Example University",
    goals=("Listen without probing", "Refer well: to whom, when and how"),
    lang="en",
)
MARKUP = '#strong[a] $x$ *b* <c> \\ " _d_ `e` @f ~ -- // /* */ = #sys.inputs'
PRINTABLE = [
    "Şerife Gökçe-Łukasiewicz",
    "Siobhán O\u2019Brien",
    "Nguyễn Thị Ánh",
    "İpek Işık",
    "Ελένη Παπαδοπούλου",
    "Дмитро Їжакевич",
    "משה כהן",
    "محمد بن أحمد",
    MARKUP,
    "W" * 100,
    "Maria Wilhelmina Antoinette Hendrika Johanna van der Berg-van Nieuwenhuizen tot Oldenzaal",
]
A4_LANDSCAPE = (842, 595)
NO_OTHER_FONTS: tuple[str, ...] = ()


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return " ".join(read(pdf).pages[0].extract_text().split())


def unprintable(name: str) -> set[str]:
    return {
        character for character in name if not (character.isascii() and character.isprintable())
    }


def failures(pdf: bytes) -> list[str]:
    reports = (page.validate_pdf_bytes(pdf, profile=profile) for profile in ("3a", "ua1"))
    return [failure.message for report in reports for failure in report.failures]


@pytest.mark.parametrize("document", [DUTCH, ENGLISH], ids=["nl", "en"])
@pytest.mark.parametrize("name", PRINTABLE)
def test_a_certificate_meets_both_standards_on_one_sheet(
    document: CertificateDocument, name: str
) -> None:
    pdf = render_certificate(replace(document, name=name), font_folders=NO_OTHER_FONTS)
    box = read(pdf).pages[0].mediabox
    assert failures(pdf) == []
    assert len(read(pdf).pages) == 1
    assert (round(box.width), round(box.height)) == A4_LANDSCAPE


@pytest.mark.parametrize("name", ["王小明", "\U0001f600 Jan", "\ue000", "a\x00b", "a\ud800"])
def test_a_name_without_a_font_is_refused_and_not_repeated_in_the_error(name: str) -> None:
    with pytest.raises(CertificateNotPrintable) as refusal:
        render_certificate(replace(DUTCH, name=name), font_folders=NO_OTHER_FONTS)
    assert unprintable(name).isdisjoint(str(refusal.value))


@pytest.mark.parametrize("name", ["王小明", "張美玲", "田中さくら", "김민준"])
def test_an_optional_font_package_prints_chinese_japanese_and_korean_names(name: str) -> None:
    pytest.importorskip("justmytype_intl_cjk", reason="the optional fonts are not installed")
    pdf = render_certificate(replace(DUTCH, name=name))
    assert failures(pdf) == []
    assert name in text_of(pdf)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=100))
def test_any_name_is_printed_or_refused(name: str) -> None:
    try:
        pdf = render_certificate(replace(DUTCH, name=name), font_folders=NO_OTHER_FONTS)
    except CertificateNotPrintable:
        return
    assert len(read(pdf).pages) == 1


def test_the_sheet_says_everything_and_nothing_else() -> None:
    assert text_of(render_certificate(DUTCH)) == (
        "Certificaat Şerife Gökçe-Łukasiewicz heeft de training "
        "Eerste reactie: basis voor docenten afgerond "
        "Leerdoelen – Luisteren zonder door te vragen "
        "– Goed doorverwijzen: naar wie, wanneer en hoe "
        "Uitgegeven door Voorbeeldhogeschool Behaald op 3 maart 2027 "
        "Geldig tot en met 2 maart 2029 Studielast 90 minuten Versie 1.2 · bewijs 9f8e7d6c "
        f"Controleren Scan de code of ga naar leren.voorbeeld.example/v/ {CODE}"
    )


def test_the_english_sheet_speaks_english() -> None:
    text = text_of(render_certificate(ENGLISH))
    assert "has completed the training First response: basics for lecturers Learning" in text
    assert "Obtained on 3 March 2027 Valid through 2 March 2029 Study load 90 minutes" in text


def test_markup_in_any_field_is_printed_as_it_is() -> None:
    document = replace(
        DUTCH, name=MARKUP, training_title=MARKUP, issuer="#a *b*", goals=("#x", "$y$ \\ <z>")
    )
    text = text_of(render_certificate(document))
    assert text.count(MARKUP) == len(("name", "title"))
    assert "– #x – $y$ \\ <z> Uitgegeven door #a *b* Behaald" in text


def test_the_same_certificate_is_the_same_bytes_in_every_thread() -> None:
    documents = [replace(DUTCH, name=f"Jan de Vries {number}") for number in range(4)] * 4
    expected = [render_certificate(document) for document in documents]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(render_certificate, documents)) == expected


def test_no_font_of_the_machine_is_used() -> None:
    resources: Any = read(render_certificate(DUTCH)).pages[0]["/Resources"]
    names = {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}
    assert names
    assert all("LibertinusSerif" in name for name in names)


@pytest.mark.parametrize(
    ("document", "title"),
    [
        (DUTCH, "Certificaat: Eerste reactie: basis voor docenten"),
        (ENGLISH, "Certificate: First response: basics for lecturers"),
    ],
)
def test_the_file_states_its_language_and_title_but_not_the_name(
    document: CertificateDocument, title: str
) -> None:
    reader = read(render_certificate(document))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == document.lang
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert document.name not in str(reader.metadata)


class TestTheFilesInside:
    """The signed statement and the badge travel in the PDF, for programs."""

    STATEMENT = '{"name":"Şerife 王"}'
    BADGE = '{"@context":[]}'

    def made(self, document: CertificateDocument = DUTCH) -> bytes:
        return render_certificate(
            document,
            attachments=(
                statement_attachment(document, self.STATEMENT),
                badge_attachment(document, self.BADGE),
            ),
        )

    @pytest.mark.parametrize("document", [DUTCH, ENGLISH], ids=["nl", "en"])
    def test_leave_both_standards_met(self, document: CertificateDocument) -> None:
        assert failures(self.made(document)) == []

    def test_are_the_very_bytes_that_were_signed(self) -> None:
        assert attachments(self.made()) == {
            STATEMENT_FILE: self.STATEMENT,
            BADGE_FILE: self.BADGE,
        }

    def test_say_what_they_are_and_that_they_are_data(self) -> None:
        catalogue: Any = read(self.made()).trailer["/Root"]
        found = {str(each.get_object()["/F"]): each.get_object() for each in catalogue["/AF"]}
        assert {str(each["/AFRelationship"]) for each in found.values()} == {"/Data"}
        assert str(found[BADGE_FILE]["/EF"]["/F"]["/Subtype"]) == "/application/ld+json"
        assert "Open Badge" in str(found[BADGE_FILE]["/Desc"])

    def test_are_the_same_bytes_every_time(self) -> None:
        assert self.made() == self.made()

    @pytest.mark.parametrize("content", [b"", b"%PDF-", b"%PDF-1.7\n%%EOF", b"not a pdf"])
    def test_of_something_else_are_none(self, content: bytes) -> None:
        assert attachments(content) == {}


def test_a_screen_reader_meets_headings_goals_and_a_described_qr_code() -> None:
    catalogue: Any = read(render_certificate(DUTCH)).trailer["/Root"]
    tags = list(structure(catalogue["/StructTreeRoot"]))
    assert [tag for tag, _ in tags if re.fullmatch(r"/H\d", tag)] == ["/H1", "/H2", "/H2"]
    assert sum(tag == "/LI" for tag, _ in tags) == len(DUTCH.goals)
    assert ("/Figure", "QR-code naar de controlepagina") in tags


def structure(node: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 (pypdf does not type its trees)
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), str(node.get("/Alt", ""))
        yield from structure(node.get("/K", []))


@pytest.mark.parametrize("quiet_zone", [0, 4])
def test_the_drawn_qr_code_is_the_code_of_the_url(quiet_zone: int) -> None:
    svg = qr_svg(DUTCH.verify_url, alt="QR", quiet_zone=quiet_zone)
    expected = segno.make_qr(DUTCH.verify_url, error="m").matrix_iter(border=quiet_zone)
    drawn = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg)
        for step in range(int(length))
    }
    assert drawn == {
        (x, y) for y, row in enumerate(expected) for x, is_dark in enumerate(row) if is_dark
    }


def test_a_qr_code_in_a_page_has_a_name_and_no_style() -> None:
    svg = qr_svg(DUTCH.verify_url, alt='<b> & "c"')
    assert 'role="img"' in svg
    assert "<title>&lt;b&gt; &amp; &#34;c&#34;</title>" in svg
    assert "style" not in svg
