"""Help, pause, other ways, and what the site says of itself: for everyone, without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from elearning.clock import SetClock
from elearning.content.institution import CONTACTS
from elearning.content.library import Library
from elearning.errors import ContentInvalid
from elearning.storage.base import Kept, PersonalData
from elearning.storage.models import Base
from elearning.storage.people import Account, Role
from elearning.web.support.help_page import AFTER_A_REPORT, FOR_SOMEONE_ELSE, FOR_YOURSELF
from elearning.web.support.privacy import kept_kinds
from elearning.web.support.statement import read_statement
from tests.builders import a_role, a_unit, an_appointment, an_award, an_obligation
from tests.pages.html import elements, words
from tests.pages.page import Page, visit
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

PAGES = (
    "/hulp",
    "/pauze",
    "/anders",
    "/wat-ziet-hr",
    "/bronnen",
    "/privacy",
    "/toegankelijkheid",
    "/contact",
    "/melden",
    "/feiten",
    "/zinnen",
    "/begrippen",
    "/zakkaart",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_everyone_may_read_it_in_either_language(
    client: StrictClient, address: str, lang: str
) -> None:
    assert visit(client, f"{address}?lang={lang}").lang == lang


@pytest.mark.parametrize("address", PAGES)
def test_who_is_signed_in_may_read_it_too(signed_in: StrictClient, address: str) -> None:
    page = visit(signed_in, address)
    assert page.address == address
    assert page.has_exit()


def test_every_page_has_a_title_of_its_own(client: StrictClient) -> None:
    titles = [visit(client, address).title for address in PAGES]
    assert len(set(titles)) == len(PAGES)


class TestHelp:
    """Who is there, in an order that serves someone in a hurry."""

    def test_danger_comes_first_then_talking_then_who_it_is_for(self, client: StrictClient) -> None:
        headings = visit(client, "/hulp").headings
        wanted = [
            "Hulp en verwijzing",
            "Alarmnummer 112",
            "Nu met iemand praten",
            "Centrum Seksueel Geweld",
            "Voor een collega of student",
            "Voor jezelf",
            "Wat er gebeurt na een melding",
        ]
        assert [each for each in headings if each in wanted] == wanted

    def test_every_number_can_be_read_and_tapped(
        self, client: StrictClient, library: Library
    ) -> None:
        links = dict(visit(client, "/hulp").links)
        listed = [each for each in library.directory.for_help_page() if each.phone]
        assert listed
        for resource in listed:
            dialled = "".join(sign for sign in str(resource.phone) if sign.isdigit())
            assert links[str(resource.phone)] == f"tel:{dialled}"

    def test_what_was_checked_says_when_and_what_was_not_says_so(
        self, client: StrictClient
    ) -> None:
        page = visit(client, "/hulp")
        assert "Bron gezien in november 2026" in card(page, "Centrum Seksueel Geweld")
        assert "Nog niet door ons gecontroleerd" in card(page, "Luisterlijn")
        assert "Opgegeven door je instelling" in card(page, "Vertrouwenspersoon")

    def test_what_was_checked_too_long_ago_says_so(
        self, client: StrictClient, clock: SetClock
    ) -> None:
        assert "een tijd niet bekeken" not in visit(client, "/hulp").text
        clock.instant = datetime(2027, 5, 2, 9, tzinfo=UTC)
        page = visit(client, "/hulp")
        assert "een tijd niet bekeken" in page.text
        assert "opnieuw naar moeten kijken" in card(page, "Centrum Seksueel Geweld")
        assert "Nog niet door ons gecontroleerd" in card(page, "Luisterlijn")

    def test_every_contact_of_the_institution_has_one_place(self, client: StrictClient) -> None:
        placed = [*FOR_SOMEONE_ELSE, *FOR_YOURSELF, *AFTER_A_REPORT]
        assert sorted(placed) == sorted(CONTACTS)
        assert visit(client, "/hulp").text.count("@example.org") == len(CONTACTS)

    def test_a_fact_that_nobody_checked_says_so(self, client: StrictClient) -> None:
        text = visit(client, "/hulp").text
        assert "Anoniem kan dat niet. (wordt gecontroleerd)" in text
        assert "Een aangifte kun je niet meer intrekken. [S52]" in text

    def test_is_one_click_from_every_page(self, signed_in: StrictClient) -> None:
        for address in (*PAGES, "/", "/inloggen", "/v", "/certificaat"):
            assert visit(signed_in, address).href("Hulp en verwijzing") == "/hulp"


class TestAPause:
    """A rest, and the way back."""

    def test_leads_back_to_where_one_was(self, client: StrictClient) -> None:
        page = visit(client, "/pauze?terug=/contact")
        assert page.heading == "Neem de tijd. Je plek is bewaard."
        assert page.follow("Verder").address == "/contact"

    @pytest.mark.parametrize(
        "back", ["//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"]
    )
    def test_never_leads_to_another_site(self, client: StrictClient, back: str) -> None:
        response = client.get("/pauze", query_string={"terug": back})
        assert "evil" not in response.text.replace("terug=", "").split("<main")[1]
        assert "javascript:" not in response.text

    def test_offers_three_exercises_and_three_other_ways_on(self, client: StrictClient) -> None:
        page = visit(client, "/pauze")
        assert len(list(elements(page.root, "details"))) == 3
        hrefs = [page.href(each) for each in ("Later", "Liever anders", "Hulp")]
        assert hrefs == ["/", "/anders", "/hulp"]


class TestAnotherWay:
    """Ways of equal worth, for everyone."""

    def test_is_offered_without_a_question(self, client: StrictClient) -> None:
        page = visit(client, "/anders")
        assert "Je hoeft niet te zeggen waarom." in page.text
        assert page.forms == []

    def test_shows_each_conversation_beside_what_can_be_read(
        self, signed_in: StrictClient, account: Account, arrange: Arrange
    ) -> None:
        with arrange() as session:
            an_obligation(session, person=account.person)
        page = visit(signed_in, "/anders")
        assert page.follow("Na het gala").address == "/oefenen/s01-gisteravond"
        assert page.follow("Een halve zin").address == "/oefenen/s01-gisteravond-lezen"

    def test_names_no_training_to_who_is_not_signed_in(self, client: StrictClient) -> None:
        assert "In je training" not in visit(client, "/anders").headings


class TestWhatHrSees:
    """The literal row, and nothing more."""

    def test_is_the_very_row_of_the_table_that_hr_has(
        self,
        client: StrictClient,
        account: Account,
        arrange: Arrange,
        sign_in: SignIn,
    ) -> None:
        with arrange() as session:
            unit = a_unit(session, code="LAW")
            an_appointment(session, person=account.person, unit=unit)
            an_obligation(session, person=account.person)
            an_award(session, person=account.person)
            a_role(session, person=account.person, role=Role.HR_CENTRAL)
        sign_in(client, account)
        own = rows(visit(client, "/wat-ziet-hr"))
        assert own == rows(visit(client, "/hr/mensen"))
        assert own == [
            ["Noor de Wit", "LAW nl", "Voldaan", "15 jan 2027", "–", "14 jan 2029"],
        ]

    def test_shows_what_is_still_to_be_done(
        self, signed_in: StrictClient, account: Account, arrange: Arrange
    ) -> None:
        with arrange() as session:
            an_appointment(session, person=account.person, unit=a_unit(session, code="LAW"))
            an_obligation(session, person=account.person, due_on=date(2027, 6, 30))
        assert rows(visit(signed_in, "/wat-ziet-hr")) == [
            ["Noor de Wit", "LAW nl", "Open", "–", "30 jun 2027", "–"],
        ]

    def test_shows_both_units_of_who_works_in_two(
        self, signed_in: StrictClient, account: Account, arrange: Arrange
    ) -> None:
        with arrange() as session:
            for number, code in enumerate(("ARTS", "LAW")):
                unit = a_unit(session, code=code)
                an_appointment(session, person=account.person, unit=unit, is_primary=number == 0)
            an_obligation(session, person=account.person)
        assert rows(visit(signed_in, "/wat-ziet-hr"))[0][1] == "ARTS nl, LAW nl"

    def test_says_so_when_hr_has_no_row(self, signed_in: StrictClient) -> None:
        page = visit(signed_in, "/wat-ziet-hr")
        assert rows(page) == []
        assert "HR ziet geen rij van jou." in page.text

    def test_leads_who_is_not_signed_in_to_their_own_row(self, client: StrictClient) -> None:
        href = visit(client, "/wat-ziet-hr").href("Log in om je eigen rij te zien")
        assert href == "/inloggen?next=/wat-ziet-hr"


def test_every_source_has_an_address_of_its_own(client: StrictClient, library: Library) -> None:
    page = visit(client, "/bronnen")
    for source in library.directory.sources.values():
        assert source.text in words(page.find(source.id))


class TestPrivacy:
    """The page says of every column what is true of it."""

    def test_names_every_kind_of_data_and_every_limit_there_is(self, client: StrictClient) -> None:
        text = visit(client, "/privacy").text
        with client.application.test_request_context("/privacy"):
            kinds = kept_kinds(session_hours=12, learning_days=30, account_months=24)
        columns = [column for table in Base.metadata.tables.values() for column in table.columns]
        held = {column.info["pii"] for column in columns} - {PersonalData.NONE}
        assert len(kinds) == len(held)
        for kind in kinds:
            assert all(each in text for each in (kind.name, kind.what, kind.purpose))
            assert kind.how_long
            assert all(limit in text for limit in kind.how_long)

    def test_names_every_cookie_that_is_set(self, signed_in: StrictClient) -> None:
        visit(signed_in, "/weergave").form().submit()
        page = visit(signed_in, "/privacy?lang=nl")
        names = ("session", "lang", "theme")
        assert all(signed_in.get_cookie(name) is not None for name in names)
        assert len(signed_in._cookies or ()) == len(names)  # noqa: SLF001 - the only way to count
        assert "Er zijn er drie." in page.text

    def test_says_of_answers_what_the_columns_say(self, client: StrictClient) -> None:
        columns = [column for table in Base.metadata.tables.values() for column in table.columns]
        learning = {c.info["kept"] for c in columns if c.info["pii"] is PersonalData.LEARNING}
        assert learning == {Kept.LEARNING}
        assert "Tot 30 dagen nadat je alles hebt afgerond" in visit(client, "/privacy").text


class TestTheStatement:
    """No claim about accessibility that nobody can back."""

    def test_says_that_nobody_has_examined_it(self, client: StrictClient) -> None:
        text = visit(client, "/toegankelijkheid").text
        assert "Status D: nog niet onderzocht." in text
        assert "voldoet aan de norm" not in text

    @pytest.mark.parametrize(
        ("status", "rest"),
        [
            ("A", "examined_on: null\nplanned_on: null\nexamined_by: null"),
            ("A", "examined_on: 2027-01-01\nplanned_on: null\nexamined_by: null"),
            ("B", 'examined_on: 2027-01-01\nplanned_on: null\nexamined_by: "A bureau"'),
            ("C", "examined_on: null\nplanned_on: null\nexamined_by: null"),
            ("E", "examined_on: null\nplanned_on: null\nexamined_by: null"),
        ],
    )
    def test_cannot_claim_what_has_no_date_or_examiner(self, status: str, rest: str) -> None:
        with pytest.raises(ContentInvalid, match="status"):
            read_statement(f"schema: 1\nstatus: {status}\n{rest}\ndeviations: []\n")

    def test_can_say_that_an_examination_is_planned(self) -> None:
        text = (
            "schema: 1\nstatus: C\nexamined_on: null\nplanned_on: 2027-09-01\n"
            "examined_by: null\ndeviations: []\n"
        )
        assert read_statement(text).planned_on == date(2027, 9, 1)


def test_contact_names_the_address_of_the_institution(client: StrictClient) -> None:
    page = visit(client, "/contact")
    assert page.href("leeromgeving@example.org") == "mailto:leeromgeving@example.org"
    assert "Klopt hier iets niet?" in page.headings


def test_looking_for_help_a_pause_or_another_way_leaves_no_trace(
    signed_in: StrictClient, arrange: Arrange, caplog: pytest.LogCaptureFixture
) -> None:
    def counts() -> Iterator[tuple[str, int]]:
        with arrange() as session:
            for table in Base.metadata.sorted_tables:
                counted = select(func.count()).select_from(table)
                yield table.name, session.execute(counted).scalar_one()

    before = dict(counts())
    caplog.clear()
    with caplog.at_level("DEBUG"):
        for address in ("/hulp", "/pauze?terug=/", "/anders"):
            visit(signed_in, address)
    assert not caplog.records
    assert dict(counts()) == before


def card(page: Page, name: str) -> str:
    """Return the words of one contact card."""
    sections = elements(page.root, "section")
    cards = [each for each in sections if each.get("class", "").startswith("contact")]
    return next(words(each) for each in cards if words(next(elements(each, "h2", "h3"))) == name)


def rows(page: Page) -> list[list[str]]:
    """Return the cells of every table body."""
    found = [row for body in elements(page.root, "tbody") for row in elements(body, "tr")]
    return [[words(cell) for cell in elements(row, "th", "td")] for row in found]
