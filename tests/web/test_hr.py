"""HR: figures that lead to people, a table and a file that agree, and nothing outside the scope."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from elearning.services.people_filter import SortKey, StatusFilter
from elearning.storage.learning_state import (
    Attempt,
    AttemptStep,
    LearningLink,
    ModulePage,
    PublishedScenario,
)
from elearning.storage.people import Account, Person, Role, Unit
from elearning.web.extensions import db
from tests.builders import (
    PASSWORD,
    a_person,
    a_role,
    a_unit,
    an_absence,
    an_account,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY
from tests.pages.hr import OverviewPage, PeoplePage
from tests.pages.page import visit
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

DAY = TODAY.date()
LATE = DAY - timedelta(days=15)
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')
ADDRESSES = ("/hr", "/hr/eenheid/arts", "/hr/mensen", "/hr/mensen.csv", "/hr/herinneringen")
NewClient = Callable[[], StrictClient]


@pytest.fixture
def units(arrange: Arrange) -> dict[str, Unit]:
    with arrange() as session:
        root = a_unit(session, code="institution")
        arts = a_unit(session, code="arts", parent=root)
        law = a_unit(session, code="law", parent=root)
        history = a_unit(session, code="history", parent=arts)
        return {each.code: each for each in (root, arts, law, history)}


@pytest.fixture
def staff(arrange: Arrange, units: dict[str, Unit]) -> None:
    """Add somebody of every status, of whom one works in two faculties."""
    with arrange() as session:
        done = a_learner(session, "Aisha", units["history"], units["law"])
        an_award(session, person=done)
        expiring = a_learner(session, "Bram", units["arts"])
        an_award(session, person=expiring, valid_until=DAY + timedelta(days=9))
        a_learner(session, "Chen", units["arts"])
        a_learner(session, "Daan", units["law"], due_on=DAY - timedelta(days=1))
        a_learner(session, "Esra", units["law"], due_on=LATE)
        lapsed = a_learner(session, "Femke", units["history"], due_on=date(2026, 1, 1))
        an_award(session, person=lapsed, valid_until=LATE)
        away = a_learner(session, "Gijs", units["law"])
        an_absence(session, person=away, from_on=DAY, until_on=DAY + timedelta(days=28))
        exempt = an_obligation(session, person=a_colleague(session, "Hanna", units["law"]))
        an_exemption(session, obligation=exempt, from_on=DAY, until_on=date(2028, 1, 1))


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


@pytest.fixture
def of_arts(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_UNIT, units["arts"])


def a_colleague(session: Session, name: str, *units: Unit) -> Person:
    person = a_person(session, name=name)
    for number, unit in enumerate(units):
        an_appointment(session, person=person, unit=unit, is_primary=number == 0)
    return person


def a_learner(session: Session, name: str, *units: Unit, due_on: date = date(2027, 4, 1)) -> Person:
    person = a_colleague(session, name, *units)
    an_obligation(session, person=person, due_on=due_on)
    return person


def signed_in_as(
    client: StrictClient, arrange: Arrange, role: Role, unit: Unit | None = None
) -> StrictClient:
    with arrange() as session:
        person = a_person(session, name="Petra Personeel")
        a_role(session, person=person, role=role, unit=unit)
        account: Account = an_account(session, person=person)
    page = SignInPage.open(client, "/inloggen?next=/privacy")
    assert page.send(account.sign_in_name, PASSWORD).status_code == 303
    return client


def csv_rows(client: StrictClient, address: str, delimiter: str = ";") -> list[list[str]]:
    text = client.get(address).get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def people_in(rows: list[list[str]]) -> list[list[str]]:
    return rows[rows.index([]) + 2 :]


@pytest.mark.usefixtures("staff")
class TestTheFigures:
    """What the first page says, and where it leads."""

    def test_text_comes_first_and_names_the_day(self, central: StrictClient) -> None:
        found = OverviewPage.open(central)
        assert list(found.figures) == [
            "2 van 6 medewerkers voldaan (33%)",
            "2 over de datum van wie 1 verlopen",
            "1 verlopen binnen 60 dagen",
        ]
        assert "institution nl. Eerste reactie: de basis, stand op 3 maart 2027" in found.page.text
        assert "Op schema: 50%." in found.page.text
        assert "Tellen niet mee: 1 vrijgesteld, 1 gepauzeerd." in found.page.text

    def test_each_figure_leads_to_the_people_that_it_counts(self, central: StrictClient) -> None:
        found = OverviewPage.open(central)
        for words, address in found.figures.items():
            people = PeoplePage.open(central, address)
            assert len(people.names) == int(words.split()[0])

    def test_units_add_up_with_a_note_about_who_counts_twice(self, central: StrictClient) -> None:
        found = OverviewPage.open(central)
        assert found.tables[0].rows == [
            ["arts nl", "50%", "4", "2", "1"],
            ["law nl", "33%", "3", "2", "1"],
        ]
        assert "Samen tellen de eenheden er 1 meer dan het totaal" in found.page.text

    def test_the_five_statuses_add_up_to_everyone_counted(self, central: StrictClient) -> None:
        spread = OverviewPage.open(central).tables[1]
        assert spread.caption == "Zo staat het met 6 medewerkers"
        assert [row[:2] for row in spread.rows] == [
            ["Voldaan", "2"],
            ["Open", "1"],
            ["Net over de datum", "1"],
            ["Over de datum", "1"],
            ["Verlopen", "1"],
        ]

    def test_a_unit_has_the_same_page_and_a_way_up(self, central: StrictClient) -> None:
        arts = OverviewPage(OverviewPage.open(central).page.follow("arts nl"))
        assert arts.page.heading == "arts nl"
        assert next(iter(arts.figures)) == "2 van 4 medewerkers voldaan (50%)"
        assert [row[0] for row in arts.tables[0].rows] == ["history nl", "arts nl zelf"]
        history = arts.page.follow("history nl")
        assert history.follow("arts nl").heading == "arts nl"
        assert arts.page.follow("Voortgangsoverzicht").heading == "Voortgangsoverzicht"

    def test_an_earlier_day_can_be_asked_for_and_stays(self, central: StrictClient) -> None:
        before = OverviewPage(OverviewPage.open(central).page.form("Toon").submit(dag="2027-02-01"))
        assert "stand op 1 februari 2027" in before.page.text
        assert before.tables[1].rows[0][:2] == ["Voldaan", "3"]
        assert "stand op 1 februari 2027" in before.page.follow("Bekijk alle medewerkers").text

    def test_no_quick_exit_stands_on_these_pages(self, central: StrictClient) -> None:
        assert not visit(central, "/hr").has_exit()
        assert not visit(central, "/hr/mensen").has_exit()


@pytest.mark.usefixtures("staff")
class TestThePeople:
    """The table with names."""

    def test_holds_name_unit_status_and_dates_and_nothing_else(self, central: StrictClient) -> None:
        table = PeoplePage.open(central).table
        assert table.columns == [
            "Naam",
            "Eenheid",
            "Status",
            "Behaald op",
            "Voldaan uiterlijk",
            "Geldig tot en met",
        ]
        assert table.rows[:2] == [
            ["Aisha", "law nl, history nl", "Voldaan", "15 jan 2027", "–", "14 jan 2029"],
            [
                "Bram",
                "arts nl",
                "Voldaan, verloopt binnenkort",
                "15 jan 2027",
                "–",
                "11 mrt 2027",
            ],
        ]
        assert table.rows[4] == ["Esra", "law nl", "Over de datum", "–", "16 feb 2027", "–"]

    def test_shows_no_key_no_address_and_no_reason(
        self, central: StrictClient, arrange: Arrange
    ) -> None:
        with arrange() as session:
            keys = [
                text
                for person in session.query(Person).filter(Person.display_name != "Petra Personeel")
                for text in (str(person.id), person.id.hex, person.external_id, str(person.email))
            ]
        shown = central.get("/hr/mensen").text + central.get("/hr/mensen.csv").text
        assert [key for key in keys if f'"{key}"' in shown or f">{key}<" in shown] == []
        assert "out_of_scope_role" not in shown

    def test_narrows_by_name_unit_and_status(self, central: StrictClient) -> None:
        people = PeoplePage.open(central)
        assert people.narrow(naam="ESR").names == ["Esra"]
        assert people.narrow(eenheid="arts").names == ["Aisha", "Bram", "Chen", "Femke"]
        assert people.narrow(eenheid="arts", status="late").names == ["Femke"]
        assert people.narrow(status="to_do").names == ["Chen", "Daan", "Esra", "Femke"]
        assert people.narrow(training="adviser").names == []

    def test_no_hits_offers_to_clear_the_filters(self, central: StrictClient) -> None:
        nobody = PeoplePage.open(central).narrow(naam="nobody by this name")
        assert "Niemand voldoet aan dit filter" in nobody.page.text
        assert len(PeoplePage(nobody.page.follow("Wis filters")).names) == 8

    def test_sorts_by_links_that_say_so_and_turn_around(self, central: StrictClient) -> None:
        people = PeoplePage.open(central)
        assert people.table.sorted_by == {"Naam": "ascending"}
        due = people.narrow(status="to_do").sort("Voldaan uiterlijk")
        assert due.table.sorted_by == {"Voldaan uiterlijk": "ascending"}
        assert due.names == ["Femke", "Esra", "Daan", "Chen"]
        turned = due.sort("Voldaan uiterlijk")
        assert turned.table.sorted_by == {"Voldaan uiterlijk": "descending"}
        assert turned.names == ["Chen", "Daan", "Esra", "Femke"]
        assert turned.narrow(naam="s").names == ["Esra"]

    def test_keeps_its_filters_in_the_other_language(self, central: StrictClient) -> None:
        dutch = PeoplePage.open(central, "/hr/mensen?status=late&eenheid=law&volgorde=-name")
        english = PeoplePage(dutch.page.switch_language())
        assert (english.page.lang, english.names) == ("en", dutch.names)
        assert english.table.rows[0][1] == "law en"

    @pytest.mark.parametrize(
        "query",
        [
            "pagina=0",
            "pagina=999999999999",
            "pagina=-1",
            "pagina=x",
            "pagina=²",
            "dag=2027-02-30",
            "dag=0001-01-01",
            "dag=9999-12-31",
            "status=nonsense",
            "volgorde=--name",
            "volgorde=password_hash",
            "naam=%00%F0%9F%99%82",
            "naam=" + "x" * 2000,
        ],
    )
    def test_an_odd_address_is_answered_calmly(self, central: StrictClient, query: str) -> None:
        assert central.get(f"/hr/mensen?{query}").status_code == 200
        assert central.get(f"/hr/mensen.csv?{query}").status_code == 200

    @pytest.mark.parametrize("page", ["/hr", "/hr/mensen", "/hr/eenheden", "/hr/vrijstellingen"])
    @pytest.mark.parametrize(
        ("day", "words"),
        [
            ("2030-01-01", "Die dag is nog niet geweest. Je ziet nu vandaag."),
            ("27-11-2026", "We konden de dag niet lezen. Schrijf 2026-09-01. Je ziet nu vandaag."),
            ("1999-12-31", "Van voor 2000 zijn er geen cijfers. Je ziet nu vandaag."),
        ],
    )
    def test_a_day_that_cannot_be_is_today_and_the_page_says_so(
        self, central: StrictClient, page: str, day: str, words: str
    ) -> None:
        shown = visit(central, f"{page}?dag={day}").text
        assert "stand op 3 maart 2027" in shown
        assert words in shown
        assert "Je ziet nu" not in visit(central, f"{page}?dag=2027-03-01&bekend=2027-03-03").text

    def test_what_can_not_be_known_yet_is_what_is_known_now_and_the_page_says_so(
        self, central: StrictClient
    ) -> None:
        shown = visit(central, "/hr?bekend=2030-01-01").text
        assert "Je ziet nu wat nu bekend is." in shown


class TestManyPeople:
    """Pages of fifty, and the same effort for any number."""

    @pytest.fixture
    def many(self, arrange: Arrange, units: dict[str, Unit]) -> None:
        with arrange() as session:
            for number in range(120):
                an_award(session, person=a_learner(session, f"p{number:03}", units["arts"]))

    @pytest.mark.usefixtures("many")
    def test_are_shown_fifty_at_a_time(self, central: StrictClient) -> None:
        first = PeoplePage.open(central, "/hr/mensen?volgorde=-name")
        assert (len(first.names), first.names[0]) == (50, "p119")
        assert first.table.caption == "120 medewerkers"
        assert "Pagina 1 van 3" in first.page.text
        third = PeoplePage(first.page.follow("Volgende pagina").follow("Volgende pagina"))
        assert (len(third.names), third.names[-1]) == (20, "p000")
        assert "Volgende pagina" not in third.page.text

    def test_take_as_many_statements_as_one(
        self, app: Flask, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            a_learner(session, "first", units["arts"])
        few = [statements_of(app, central, address) for address in ADDRESSES]
        with arrange() as session:
            for number in range(60):
                an_award(session, person=a_learner(session, f"p{number}", units["arts"]))
        assert [statements_of(app, central, address) for address in ADDRESSES] == few
        assert max(few) <= 37


def statements_of(app: Flask, client: StrictClient, address: str) -> int:
    with counted(app) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield seen
    event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.usefixtures("staff")
class TestTheFile:
    """The CSV: the screen, whole, and what it was made from."""

    def test_has_the_rows_of_the_screen_in_its_order(self, central: StrictClient) -> None:
        orders = ("", f"-{SortKey.STATUS}", SortKey.DUE_ON)
        for status, order in product(("", *StatusFilter), orders):
            asked = f"?status={status}&volgorde={order}"
            people = PeoplePage.open(central, f"/hr/mensen{asked}")
            screen = people.table.rows if people.has_table else []
            rows = people_in(csv_rows(central, f"/hr/mensen.csv{asked}"))
            assert [row[:3] for row in rows] == [row[:3] for row in screen], asked
            assert [[bool(cell) for cell in row[3:]] for row in rows] == [
                [cell != "–" for cell in row[3:]] for row in screen
            ], asked

    def test_says_what_it_holds_for_which_day_by_whom(self, central: StrictClient) -> None:
        people = PeoplePage.open(central).narrow(status="late", eenheid="law", naam="e")
        rows = csv_rows(central, people.csv_address())
        head = dict(rows[: rows.index([])])
        assert head.pop("Wat telt").endswith("Definitie 1.")
        assert head == {
            "Training": "Eerste reactie: de basis",
            "Eenheid": "law nl",
            "Status": "Over de datum of verlopen",
            "Verloopt": "Maakt niet uit",
            "Naam bevat": "e",
            "Stand op": "2027-03-03",
            "Zoals bekend op": "2027-03-03",
            "Personeelsbestand": "er is geen personeelsbestand verwerkt",
            "Gemaakt door": "Petra Personeel",
            "Gemaakt op": "2027-03-03T10:00+01:00",
            "Rijen": "1",
        }
        assert rows[rows.index([]) + 1] == PeoplePage.open(central).table.columns
        assert people_in(rows) == [["Esra", "law nl", "Over de datum", "", "2027-02-16", ""]]

    def test_suits_a_spreadsheet_in_its_language(self, central: StrictClient) -> None:
        dutch = central.get("/hr/mensen.csv?lang=nl")
        english = central.get("/hr/mensen.csv?lang=en")
        assert dutch.data.startswith("\N{BYTE ORDER MARK}Training;Eerste reactie".encode())
        assert english.data.startswith("\N{BYTE ORDER MARK}Training,First response".encode())
        assert dutch.content_type == "text/csv; charset=utf-8"
        saved_as = [each.headers["Content-Disposition"] for each in (dutch, english)]
        assert saved_as == [
            'attachment; filename="medewerkers-2027-03-03.csv"',
            'attachment; filename="staff-2027-03-03.csv"',
        ]

    def test_holds_every_row_and_not_one_page(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            for number in range(60):
                a_learner(session, f"p{number}", units["arts"])
        assert len(people_in(csv_rows(central, "/hr/mensen.csv?pagina=2"))) == 68

    def test_holds_no_cell_that_a_spreadsheet_would_run(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            a_learner(session, '=HYPERLINK("https://evil.example";"x")', units["arts"])
        rows = csv_rows(central, "/hr/mensen.csv?naam=%3DHYPER")
        assert [row[0][:11] for row in people_in(rows)] == ["'=HYPERLINK"]
        assert ["Naam bevat", "'=HYPER"] in rows


class TestAnEmptyInstitution:
    """Nobody must hold the training."""

    @pytest.mark.usefixtures("units")
    def test_says_so_without_figures(self, central: StrictClient) -> None:
        found = OverviewPage.open(central)
        assert "Nog niemand toegewezen" in found.page.text
        assert found.figures == {}
        assert "Nog niemand toegewezen" in visit(central, "/hr/mensen").text
        assert people_in(csv_rows(central, "/hr/mensen.csv")) == []

    def test_a_unit_where_nobody_counts_has_a_dash(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            a_learner(session, "Chen", units["arts"])
        assert ["law nl", "–", "0", "0", "0"] in OverviewPage.open(central).tables[0].rows


@pytest.mark.usefixtures("staff")
class TestTheScope:
    """Who sees whom."""

    def test_hr_of_a_unit_sees_that_unit_and_below(self, of_arts: StrictClient) -> None:
        found = OverviewPage.open(of_arts)
        assert next(iter(found.figures)) == "2 van 4 medewerkers voldaan (50%)"
        people = PeoplePage.open(of_arts)
        assert [row[:2] for row in people.table.rows] == [
            ["Aisha", "history nl"],
            ["Bram", "arts nl"],
            ["Chen", "arts nl"],
            ["Femke", "history nl"],
        ]
        assert people.page.form().offered("eenheid") == ["", "arts", "history"]
        assert "law" not in people.page.response.text + found.page.response.text
        assert "law" not in of_arts.get("/hr/mensen.csv").text

    @pytest.mark.parametrize(
        "address", ["/hr/eenheid/{}", "/hr/mensen?eenheid={}", "/hr/mensen.csv?eenheid={}"]
    )
    @pytest.mark.parametrize("code", ["law", "institution"])
    def test_a_unit_elsewhere_is_answered_as_one_that_does_not_exist(
        self, of_arts: StrictClient, address: str, code: str
    ) -> None:
        refused = of_arts.get(address.format(code))
        missing = of_arts.get(address.format("nowhere"))
        assert (refused.status_code, missing.status_code) == (404, 404)
        answers = [TOKEN.sub("", each.text) for each in (refused, missing)]
        assert answers[0].replace(code, "nowhere") == answers[1]

    def test_an_unknown_training_is_not_there(self, central: StrictClient) -> None:
        assert central.get("/hr?training=retired").status_code == 404

    @pytest.mark.parametrize("role", [Role.LEARNER, Role.ADVISER, Role.AUTHOR, Role.ADMIN])
    def test_nobody_else_finds_these_pages(
        self, new_client: NewClient, arrange: Arrange, role: Role
    ) -> None:
        other = signed_in_as(new_client(), arrange, role)
        for address in ADDRESSES:
            refused = other.get(address)
            missing = other.get(f"{address}x")
            assert refused.status_code == missing.status_code == 404
            answers = [TOKEN.sub("", each.text) for each in (refused, missing)]
            assert answers[0] == answers[1].replace(f"{address}x", address)

    def test_who_is_not_signed_in_is_led_to_sign_in(self, client: StrictClient) -> None:
        for address in ADDRESSES:
            assert str(client.get(address).location).startswith("/inloggen?next=")

    def test_a_grant_that_has_ended_opens_nothing(
        self, client: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            person = a_person(session)
            a_role(session, person=person, role=Role.HR_UNIT, unit=units["arts"]).until_on = DAY
            account = an_account(session, person=person)
        SignInPage.open(client, "/inloggen?next=/privacy").send(account.sign_in_name, PASSWORD)
        assert client.get("/hr").status_code == 404


class TestNobodyCanTellHowSomebodyLearned:
    """Learning state differs as much as it can; what HR gets does not differ in a byte."""

    @pytest.fixture
    def pair(self, arrange: Arrange, units: dict[str, Unit]) -> tuple[UUID, UUID]:
        with arrange() as session:
            session.add(
                PublishedScenario(scenario_id="s", version="1", sources="{}", published_on=DAY)
            )
            people = [a_learner(session, name, units["history"]) for name in ("Anna", "Bart")]
            for person in people:
                an_award(session, person=person, obtained_on=DAY, valid_until=date(2029, 3, 3))
            return people[0].id, people[1].id

    def everything(self, client: StrictClient, name: str) -> list[str]:
        """Return every page and file that HR can get about one person."""
        addresses = [
            *ADDRESSES,
            "/hr/eenheid/history",
            *(f"{path}?naam={name}" for path in ("/hr/mensen", "/hr/mensen.csv")),
            *(f"/hr/mensen?naam={name}&status={status}" for status in StatusFilter),
            *(f"/hr/mensen?naam={name}&volgorde=-{column}" for column in SortKey),
        ]
        return [TOKEN.sub("", client.get(address).text) for address in addresses]

    def test_two_people_who_finished_on_one_day_by_other_ways_get_the_same_bytes(
        self, central: StrictClient, arrange: Arrange, pair: tuple[UUID, UUID]
    ) -> None:
        with arrange() as session:
            by_conversation(session, pair[0])
            by_reading(session, pair[1])
        narrowed = slice(len(ADDRESSES) + 1, None)
        anna = self.everything(central, "Anna")[narrowed]
        bart = self.everything(central, "Bart")[narrowed]
        assert [page.replace("Anna", "Bart") for page in anna] == bart

    def test_no_way_of_learning_changes_a_byte(
        self, central: StrictClient, arrange: Arrange, pair: tuple[UUID, UUID]
    ) -> None:
        before = self.everything(central, "Anna")
        for journey in (by_conversation, by_reading, by_both_with_many_tries):
            with arrange() as session:
                journey(session, pair[0])
            assert self.everything(central, "Anna") == before, journey.__name__
            with arrange() as session:
                for table in (AttemptStep, Attempt, ModulePage, LearningLink):
                    session.execute(delete(table))


def by_conversation(session: Session, person_id: UUID, *, tries: int = 1) -> UUID:
    key = a_learning_key(session, person_id)
    for number in range(tries):
        attempt = Attempt(
            id=uuid4(),
            learning_key=key,
            scenario_id="s",
            content_version="1",
            seed=number,
            forked_from=None,
            forked_at_turn=None,
            last_played_on=DAY - timedelta(days=number),
            ended_on=DAY,
        )
        session.add(attempt)
        session.flush()
        session.add(AttemptStep(attempt_id=attempt.id, turn=1, choice_id=f"choice-{number}"))
    session.flush()
    return key


def by_reading(session: Session, person_id: UUID) -> UUID:
    key = a_learning_key(session, person_id)
    for page in range(5):
        session.add(
            ModulePage(
                learning_key=key, module_id="m1", page_id=f"p{page}", option_id=None, done_on=DAY
            )
        )
    session.flush()
    return key


def by_both_with_many_tries(session: Session, person_id: UUID) -> UUID:
    key = by_conversation(session, person_id, tries=9)
    session.add(
        ModulePage(learning_key=key, module_id="m1", page_id="p", option_id="wrong", done_on=None)
    )
    session.flush()
    return key


def a_learning_key(session: Session, person_id: UUID) -> UUID:
    link = LearningLink(person_id=person_id, learning_key=uuid4())
    session.add(link)
    session.flush()
    return link.learning_key
