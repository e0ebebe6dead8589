"""Exemptions in the browser: found, checked, given, seen by whom they are about, and ended."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import ExemptionCode
from elearning.storage.people import Person, Role, Unit
from elearning.web.hr.sheet import FileKind
from tests.builders import (
    PASSWORD,
    TRAINING,
    an_account,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY
from tests.pages.hr import PeoplePage
from tests.pages.page import Page, visit
from tests.pages.sign_in import SignInPage
from tests.pages.workbook import read_workbook
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import (
    NewClient,
    a_colleague,
    a_learner,
    csv_rows,
    people_in,
    signed_in_as,
    statements_of,
    units,
)
from tests.web.test_hr_files import as_text, of_width

__all__ = ["units"]
DAY = TODAY.date()
LIST = "/hr/vrijstellingen"


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


@pytest.fixture
def of_arts(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_UNIT, units["arts"])


@pytest.fixture
def noor(arrange: Arrange, units: dict[str, Unit]) -> Person:
    with arrange() as session:
        person = a_learner(session, "Noor", units["arts"])
        an_account(session, person=person)
        return person


@pytest.fixture
def some(arrange: Arrange, units: dict[str, Unit]) -> None:
    """Add one that holds, one that ended and one that lies ahead."""
    with arrange() as session:
        for name, from_days, until_days, unit in (
            ("Aad", -9, 30, "arts"),
            ("Bea", -30, -1, "law"),
            ("Cor", 9, 20, "law"),
        ):
            an_exemption(
                session,
                obligation=an_obligation(session, person=a_colleague(session, name, units[unit])),
                from_on=DAY + timedelta(days=from_days),
                until_on=DAY + timedelta(days=until_days),
                code=ExemptionCode.OTHER_EMPLOYER
                if name == "Aad"
                else ExemptionCode.OUT_OF_SCOPE_ROLE,
            )


def to_the_reason(client: StrictClient, name: str = "Noor") -> Page:
    search = visit(client, LIST).follow("Vrijstelling geven")
    return search.form("Zoeken").submit(zoek=name).follow(name)


def kinds(arrange: Arrange) -> list[str | None]:
    with arrange() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


class TestGivingOne:
    """Whom, why and until when, check, done."""

    @pytest.mark.usefixtures("noor")
    def test_takes_three_short_steps_and_then_counts(
        self, central: StrictClient, arrange: Arrange
    ) -> None:
        check = (
            to_the_reason(central)
            .form("Controleer")
            .submit(reden="other_employer", tot="2027-09-01")
        )
        assert check.heading == "Controleer de vrijstelling"
        assert "Een andere werkgever zorgt ervoor" in check.text
        assert PeoplePage.open(central, "/hr/mensen?status=exempt").names == []
        done = check.form("Geef deze vrijstelling").submit()
        assert "Noor is vrijgesteld." in done.text
        assert PeoplePage(done).table.rows == [
            [
                "Noor",
                "arts nl",
                "Een andere werkgever zorgt ervoor",
                "3 mrt 2027",
                "1 sep 2027",
                "Geldt nu",
                "Petra Personeel",
                "Beëindig die van Noor",
            ]
        ]
        assert PeoplePage.open(central, "/hr/mensen?status=exempt").names == ["Noor"]
        assert AuditKind.EXEMPTION_GIVEN in kinds(arrange)

    @pytest.mark.usefixtures("noor")
    @pytest.mark.parametrize(
        ("reason", "day", "said"),
        [
            ("", "2027-04-01", "Kies een reden"),
            ("illness", "2027-04-01", "Kies een reden"),
            ("other_employer", "", "Vul een dag in"),
            ("other_employer", "tomorrow", "Vul een dag in"),
            ("other_employer", "2027-03-02", "tot en met 2 maart 2028"),
            ("other_employer", "2028-03-03", "tot en met 2 maart 2028"),
            ("ends_within_30_days", "2027-04-02", "tot en met 1 april 2027"),
        ],
    )
    def test_asks_again_for_what_cannot_be(
        self, central: StrictClient, reason: str, day: str, said: str
    ) -> None:
        form = to_the_reason(central).form("Controleer")
        again = form.submit(status=422, reden=reason, tot=day)
        assert said in again.text
        assert again.title.startswith("Fout: ")

    def test_offers_three_reasons_and_no_text(self, central: StrictClient, noor: Person) -> None:
        page = to_the_reason(central, noor.display_name)
        assert set(page.form("Controleer").offered("reden")) == set(ExemptionCode)
        assert set(page.form("Controleer").values) <= {"training", "reden", "tot"}

    def test_is_refused_for_oneself(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            me = session.scalars(
                select(Person).where(Person.display_name == "Petra Personeel")
            ).one()
            an_obligation(session, person=me)
            an_appointment(session, person=me, unit=units["law"])
        again = (
            to_the_reason(central, "Petra Personeel")
            .form("Controleer")
            .submit(status=422, reden="other_employer", tot="2027-09-01")
        )
        assert "Dit ben jij zelf" in again.text

    def test_is_refused_where_one_holds_already(
        self, central: StrictClient, arrange: Arrange, noor: Person
    ) -> None:
        check = (
            to_the_reason(central)
            .form("Controleer")
            .submit(reden="other_employer", tot="2027-09-01")
        )
        check.form("Geef deze vrijstelling").submit()
        again = check.form("Geef deze vrijstelling").submit(status=422)
        assert "geldt al een andere vrijstelling" in again.text
        why = to_the_reason(central)
        assert "is al vrijgesteld, tot en met 1 september 2027" in why.text
        second = why.form("Controleer").submit(status=422, reden="other_employer", tot="2027-05-01")
        assert "geldt al een andere vrijstelling" in second.text
        assert kinds(arrange).count(AuditKind.EXEMPTION_GIVEN) == 1
        assert noor.display_name == "Noor"

    def test_says_of_the_last_day_that_it_was_the_first_time(
        self, central: StrictClient, arrange: Arrange, noor: Person
    ) -> None:
        with arrange() as session:
            an_award(session, person=noor, training_id=TRAINING, obtained_on=DAY)
        assert PeoplePage.open(central, "/hr/mensen").table.rows[0][4] == "–"
        page = to_the_reason(central)
        assert "De eerste keer uiterlijk" in page.text
        assert "Voldaan uiterlijk" not in page.text

    def test_looks_for_people_within_the_scope_only(
        self, of_arts: StrictClient, arrange: Arrange, units: dict[str, Unit], noor: Person
    ) -> None:
        with arrange() as session:
            elsewhere = a_learner(session, "Elsewhere", units["law"])
        search = visit(of_arts, f"{LIST}/nieuw")
        assert "is er niemand met deze naam" in search.form("Zoeken").submit(zoek="elsew").text
        assert "minstens 2 letters" in search.form("Zoeken").submit(zoek="e").text
        assert search.form("Zoeken").submit(zoek=noor.external_id).follow("Noor").heading
        assert of_arts.get(f"{LIST}/nieuw/{elsewhere.id}").status_code == 404

    def test_notes_a_search_that_showed_names_and_no_other(
        self, central: StrictClient, arrange: Arrange, noor: Person
    ) -> None:
        central.get(f"{LIST}/nieuw?zoek=nobody")
        central.get(f"{LIST}/nieuw")
        assert kinds(arrange) == []
        central.get(f"{LIST}/nieuw?zoek={noor.display_name}")
        assert kinds(arrange) == [AuditKind.PEOPLE_READ]


@pytest.mark.usefixtures("some")
class TestTheList:
    """Who is exempt, was, or will be."""

    def test_can_be_narrowed(self, central: StrictClient) -> None:
        found = PeoplePage.open(central, LIST)
        assert found.names == ["Bea", "Cor", "Aad"]
        for asked, names in (
            ({"stand": "now"}, ["Aad"]),
            ({"stand": "ended"}, ["Bea"]),
            ({"stand": "ahead"}, ["Cor"]),
            ({"reden": "out_of_scope_role"}, ["Bea", "Cor"]),
            ({"eenheid": "law"}, ["Bea", "Cor"]),
            ({"naam": "aa"}, ["Aad"]),
            ({"naam": "niemand"}, []),
        ):
            assert found.narrow(**asked).names == names

    def test_shows_nobody_elsewhere(self, of_arts: StrictClient) -> None:
        assert PeoplePage.open(of_arts, LIST).names == ["Aad"]

    def test_is_of_another_day_when_asked_and_then_ends_nothing(
        self, central: StrictClient
    ) -> None:
        before = PeoplePage.open(central, f"{LIST}?dag=2027-02-10")
        assert [row[5] for row in before.table.rows] == ["Geldt nu", "Begint later", "Begint later"]
        assert "Beëindigen" not in before.table.columns

    @pytest.mark.parametrize("asked", ["", "?stand=now", "?reden=other_employer&naam=a"])
    def test_is_the_same_on_the_page_and_in_every_file(
        self, central: StrictClient, asked: str
    ) -> None:
        page = PeoplePage.open(central, f"{LIST}{asked}")
        rows = people_in(csv_rows(central, f"{LIST}.csv{asked}"))
        assert [row[:3] for row in rows] == [row[:3] for row in page.table.rows]
        found = json.loads(central.get(f"{LIST}.json{asked}").get_data())
        assert [as_text(list(each.values())) for each in found["rows"]] == rows
        book = read_workbook(central.get(f"{LIST}.xlsx{asked}").get_data())
        assert [of_width(line, 7) for line in book[1:]] == rows
        assert isinstance(book[1][3], date)

    def test_takes_as_many_statements_for_many_as_for_one(
        self, app: Flask, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        addresses = [LIST, *(f"{LIST}.{kind}" for kind in FileKind)]
        few = [statements_of(app, central, each) for each in addresses]
        with arrange() as session:
            for number in range(60):
                an_exemption(
                    session,
                    obligation=an_obligation(
                        session, person=a_colleague(session, f"p{number}", units["law"])
                    ),
                    from_on=DAY,
                    until_on=DAY + timedelta(days=1 + number),
                )
        assert [statements_of(app, central, each) for each in addresses] == few
        page = PeoplePage.open(central, LIST)
        assert (len(page.names), page.table.caption) == (50, "63 vrijstellingen")
        assert len(PeoplePage(page.page.follow("Volgende pagina")).names) == 13


class TestEndingOne:
    """After a check; what it was stays."""

    @pytest.mark.usefixtures("some")
    def test_ends_it_from_today_and_keeps_it_in_the_list(
        self, central: StrictClient, arrange: Arrange
    ) -> None:
        check = visit(central, LIST).follow("Beëindig die van Aad")
        assert "Vanaf vandaag telt de training weer mee voor Aad." in check.text
        done = check.form("Beëindig vandaag").submit()
        assert "De vrijstelling is beëindigd." in done.text
        ended = {row[0]: row for row in PeoplePage(done).table.rows}["Aad"]
        assert ended[3:6] == ["22 feb 2027", "2 mrt 2027", "Afgelopen"]
        assert PeoplePage.open(central, "/hr/mensen?status=exempt").names == []
        assert AuditKind.EXEMPTION_ENDED in kinds(arrange)
        assert check.form("Beëindig vandaag").send().status_code == 404

    @pytest.mark.usefixtures("some")
    def test_takes_back_what_has_not_begun(self, central: StrictClient) -> None:
        check = visit(central, LIST).follow("Beëindig die van Cor")
        assert "gaat dus helemaal weg" in check.text
        done = check.form("Beëindig vandaag").submit()
        assert "De vrijstelling is teruggenomen" in done.text
        assert PeoplePage.open(central, LIST).names == ["Bea", "Aad"]

    def test_says_only_what_holds_for_who_completed_it_as_well(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            person = a_colleague(session, "Dex", units["law"])
            row = an_obligation(session, person=person, due_on=DAY - timedelta(days=9))
            an_award(session, person=person)
            an_exemption(session, obligation=row, from_on=DAY, until_on=DAY + timedelta(days=9))
        check = visit(central, LIST).follow("Beëindig die van Dex")
        assert "moest de training uiterlijk op 22 februari 2027 klaar zijn" in check.text
        assert "blijft open" not in check.text


def test_whoever_is_exempt_sees_it_with_its_reason_and_in_their_own_data(
    new_client: NewClient, central: StrictClient, noor: Person
) -> None:
    check = (
        to_the_reason(central)
        .form("Controleer")
        .submit(reden="out_of_scope_role", tot="2027-09-01")
    )
    check.form("Geef deze vrijstelling").submit()
    client = new_client()
    SignInPage.open(client, "/inloggen?next=/privacy").send(str(noor.email), PASSWORD)
    seen = visit(client, "/wat-ziet-hr")
    for words in ("Het werk is niet waar deze training voor is", "3 mrt 2027", "1 sep 2027"):
        assert words in seen.text
    kept = json.loads(client.get("/gegevens/json").get_data())
    assert "out_of_scope_role" in json.dumps(kept)
