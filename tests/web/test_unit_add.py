"""A new unit in the web: the institution itself on the first day, and later what lies below it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.people import Role
from tests.pages.page import Page, arrive, visit
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import signed_in_as
from tests.web.test_roster import upload
from tests.web.test_structure import listed

NewClient = Callable[[], StrictClient]
NEW = "/hr/nieuwe-eenheid"
ROSTER = (
    "personeelsnummer;dienstverband;naam;eenheid;categorie;begindatum\r\n"
    "1;1;Noor de Wit;{code};OP;01-09-2026\r\n"
)
OF_THE_FIRST_DAY = (
    *("/hr", "/hr/eenheden", "/hr/mensen", "/hr/op-tijd", "/hr/nieuw", "/hr/verloopt"),
    *("/hr/over-de-datum", "/hr/vrijstellingen", "/hr/herinneringen", "/hr/indeling"),
    "/hr/toewijzing/wie",
)


@pytest.fixture
def first(new_client: NewClient, arrange: Arrange) -> StrictClient:
    """Return HR of an institution that has no unit yet."""
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


def add(client: StrictClient, **answers: str) -> Page:
    """Fill in the page for a new unit, and press the button."""
    form = visit(client, NEW).form("Voeg deze eenheid toe")
    return arrive(client, form.send(**answers))


def add_institution(client: StrictClient) -> Page:
    return add(client, code="WHOLE", nl="De school", en="The school")


@pytest.mark.parametrize("address", OF_THE_FIRST_DAY)
def test_without_units_every_page_leads_to_the_first_one(first: StrictClient, address: str) -> None:
    answer = first.get(address)
    assert (answer.status_code, answer.location) == (303, NEW)


def test_without_units_nobody_else_learns_that_there_are_none(
    new_client: NewClient, arrange: Arrange
) -> None:
    board = signed_in_as(new_client(), arrange, Role.BOARD)
    visit(board, "/hr", status=404)
    visit(board, NEW, status=404)


def test_an_institution_begins_in_the_browser(first: StrictClient, arrange: Arrange) -> None:
    done = add_institution(first)
    assert "De eenheid staat erin" in done.text
    assert listed(done) == ["WHOLE"]
    done = add(first, code="LAW", nl="Rechten", en="Law", onder="WHOLE")
    assert listed(done) == ["WHOLE", "LAW"]
    visit(first, "/hr?dag=2020-01-01")
    with arrange() as session:
        kinds = session.scalars(select(AuditEntry.kind)).all()
        assert kinds.count(AuditKind.UNIT_CHANGED) == 2


def test_a_roster_can_name_a_unit_once_it_is_there(first: StrictClient) -> None:
    add_institution(first)
    page = upload(first, ROSTER.format(code="WHOLE").encode())
    assert "is geen eenheid" not in page.text
    assert "Verwerk dit personeelsbestand" in page.text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"code": ""}, "Vul een code in van hoogstens 40 letters en cijfers"),
        ({"code": "A B"}, "Vul een code in van hoogstens 40 letters en cijfers"),
        ({"code": "A/B"}, "Vul een code in van hoogstens 40 letters en cijfers"),
        ({"code": "WHOLE"}, "Er is al een eenheid met deze code"),
        ({"nl": ""}, "Vul een naam in van hoogstens 100 tekens"),
        ({"en": "e" * 101}, "Vul een naam in van hoogstens 100 tekens"),
        ({"onder": ""}, "Kies een eenheid die er op deze dag is"),
        ({"onder": "LAW"}, "Kies een eenheid die er op deze dag is"),
        ({"dag": "gisteren"}, "Vul een dag in van 2000 tot en met 2099"),
        ({"dag": "2126-01-01"}, "Vul een dag in van 2000 tot en met 2099"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_at_the_field(
    first: StrictClient, answers: dict[str, str], words: str
) -> None:
    add_institution(first)
    whole = {"code": "LAW", "nl": "Rechten", "en": "Law", "onder": "WHOLE"} | answers
    form = visit(first, NEW).form("Voeg deze eenheid toe")
    assert words in arrive(first, form.send(**whole), status=422).text
