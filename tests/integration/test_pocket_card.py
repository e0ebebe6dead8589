"""The pocket card as PDF: one sheet of A6 that says who is there, in either language."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from elearning.integrations.pocket_card_pdf import render_pocket_card
from elearning.learning.pocket_card import CardLine, PocketCardSheet

CARD = PocketCardSheet(
    title="Als iemand jou iets vertelt",
    institution="Voorbeeldhogeschool",
    services=(CardLine("Alarmnummer", "112", "dag en nacht", is_checked=False),),
    contacts=(CardLine("Vertrouwenspersoon", "vp@example.org", "", is_checked=True),),
    steps=(("S", "Situatie veilig", "Rust en tijd."), ("T", "Tijd", "Stilte.")),
    facts=("Zeven dagen.",),
    unchecked_note="* wordt gecontroleerd",
    printed="Zoals bekend op 3 maart 2027",
    headings=("Bij wie", "Hier", "Wat je doet", "Tijd"),
    lang="nl",
    made_on=date(2027, 3, 3),
)
MARKUP = '#strong[a] $x$ *b* <c> \\ " _d_ `e` @f = #sys.inputs'


def words_of(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def test_it_is_one_sheet_of_a6_with_a_title_and_a_language() -> None:
    reader = PdfReader(io.BytesIO(render_pocket_card(CARD)))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (298, 420)
    assert reader.metadata is not None
    assert reader.metadata.title == CARD.title
    assert str(reader.root_object["/Lang"]) == "nl"
    assert "/StructTreeRoot" in reader.root_object


def test_it_says_everything_and_marks_what_is_being_checked() -> None:
    text = words_of(render_pocket_card(CARD))
    for part in ("Alarmnummer *", "112", "vp@example.org", "Situatie veilig", "Zeven dagen."):
        assert part in text
    assert "wordt gecontroleerd" in text
    checked = replace(CARD, services=CARD.contacts)
    assert "wordt gecontroleerd" not in words_of(render_pocket_card(checked))


def test_equal_data_gives_equal_bytes() -> None:
    assert render_pocket_card(CARD) == render_pocket_card(CARD)


@pytest.mark.parametrize("text", [MARKUP, "Şerife", "Дмитро"])
def test_a_name_is_never_markup(text: str) -> None:
    shown = words_of(render_pocket_card(replace(CARD, institution=text)))
    assert text.split(maxsplit=1)[0] in shown
