"""Roles are given in the browser: in four steps, by administrators, to others, and told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from elearning.clock import SetClock
from elearning.services.grant_role import give_role
from elearning.services.role_wish import Wish
from elearning.services.sign_in import PER_ACCOUNT
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.outbox import MessageTemplate, OutboxMessage
from elearning.storage.people import Level, Person, Role, RoleGrant, Unit
from elearning.web.hr.give_views import LOOK_UPS
from tests.builders import PASSWORD, a_person, a_role, an_account, an_appointment
from tests.databases import TODAY
from tests.pages.access import CONFIRM, AccessPage, GivePage
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, visit
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import NewClient, signed_in_as, statements_of, units

__all__ = ["units"]
DAY = TODAY.date()
GIVEN = "heeft nu de rol"


@dataclass(frozen=True, slots=True)
class Lea:
    """Who gets a role: her number, her key, and her own browser."""

    number: str
    person: Person
    browser: StrictClient


@pytest.fixture
def admin(new_client: NewClient, arrange: Arrange) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.ADMIN)


@pytest.fixture
def lea(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> Lea:
    with arrange() as session:
        person = a_person(session, name="Lea")
        an_appointment(session, person=person, unit=units["arts"])
        name = an_account(session, person=person).sign_in_name
    browser = new_client()
    SignInPage.open(browser, "/inloggen?next=/privacy").send(name, PASSWORD)
    return Lea(person.external_id, person, browser)


def start(admin: StrictClient) -> GivePage:
    return AccessPage.open(admin).give()


def grants(arrange: Arrange) -> list[RoleGrant]:
    with arrange() as session:
        wanted = select(RoleGrant).where(RoleGrant.given_by.is_not(None))
        return list(session.scalars(wanted))


def entries(arrange: Arrange) -> list[AuditKind | None]:
    with arrange() as session:
        return list(session.scalars(select(AuditEntry.kind)))


class TestGiving:
    """Who, which, over what, check, done."""

    def test_takes_four_steps_and_works_at_once_where_the_receiver_is_signed_in(
        self, admin: StrictClient, lea: Lea, arrange: Arrange
    ) -> None:
        visit(lea.browser, "/hr", status=404)
        over = start(admin).to(lea.number).as_role("hr_unit")
        check = over.over(eenheid="arts", namen="named", tot="2027-09-01")
        assert check.page.heading == "Controleer de rol"
        assert check.facts == {
            "Naam": "Lea",
            "Personeelsnummer": lea.number,
            "Eenheid": "arts nl",
            "Rollen nu": "Geen",
            "Rol": "HR van een eenheid",
            "Waarover": "arts nl",
            "Training": "Elke training",
            "Namen": "Met namen",
            "Vanaf": "3 maart 2027",
            "Tot en met": "1 september 2027",
        }
        assert "Lea ziet met naam wie de training heeft afgerond" in check.page.text
        assert grants(arrange) == []
        after = AccessPage(check.confirm())
        assert "Lea heeft nu de rol: HR van een eenheid, tot en met 1 september 2027." in (
            after.page.text
        )
        assert [row[:6] for row in after.rows if row[0] == "Lea"] == [
            ["Lea", "HR van een eenheid", "arts nl", "Met namen", "1 sep 2027",
             "Petra Personeel, 3 mrt 2027"]
        ]  # fmt: skip
        assert "arts nl" in visit(lea.browser, "/hr").text
        assert AuditKind.ROLE_GIVEN in entries(arrange)

    def test_is_told_by_a_message_and_under_my_data(
        self, admin: StrictClient, lea: Lea, arrange: Arrange
    ) -> None:
        assert "Je rollen" not in visit(lea.browser, "/gegevens").text
        start(admin).to(lea.number).as_role("board").over().confirm()
        own = visit(lea.browser, "/gegevens")
        assert "Je rollen" in own.headings
        assert TableOnPage(next(elements(own.root, "table"))).rows == [
            ["Bestuur", "De instelling", "Geen namen", "2 maart 2028", "Petra Personeel"]
        ]
        with arrange() as session:
            message = session.scalars(select(OutboxMessage)).one()
        assert (message.person_id, message.template) == (lea.person.id, MessageTemplate.ROLE)

    def test_asks_only_for_a_day_where_a_role_has_no_limits(
        self, admin: StrictClient, lea: Lea, arrange: Arrange
    ) -> None:
        over = start(admin).to(lea.number).as_role("admin")
        assert over.page.heading == "Tot wanneer?"
        assert sorted(over.page.form("Controleer").values) == ["rol", "tot"]
        check = over.over()
        assert "ook een rol waarmee een ander namen ziet" in check.page.text
        check.confirm()
        (grant,) = grants(arrange)
        assert (grant.role, grant.until_on) == (Role.ADMIN, DAY.replace(year=2028))
        assert AccessPage.open(lea.browser).may_give()

    def test_offers_the_units_and_trainings_that_there_are_and_a_year(
        self, admin: StrictClient, lea: Lea
    ) -> None:
        form = start(admin).to(lea.number).as_role("manager").page.form("Controleer")
        assert form.offered("eenheid") == ["", "institution", "arts", "history", "law"]
        assert form.offered("training")[0] == ""
        assert "lecturer-basis" in form.offered("training")
        assert form.values["tot"] == "2028-03-02"

    def test_shows_what_somebody_has_already(
        self, admin: StrictClient, lea: Lea, arrange: Arrange
    ) -> None:
        with arrange() as session:
            a_role(session, person=lea.person, role=Role.AUTHOR)
        step = start(admin).to(lea.number)
        assert step.facts["Rollen nu"] == "Auteur, geen laatste dag"

    def test_keeps_the_answers_on_the_way_back_and_in_the_other_language(
        self, admin: StrictClient, lea: Lea
    ) -> None:
        over = start(admin).to(lea.number).as_role("hr_unit")
        check = over.over(eenheid="law", namen="counts", tot="2027-04-01")
        english = check.page.switch_language()
        assert "1 April 2027" in english.text
        back = english.follow("Change something")
        assert back.form("Check it").values == {
            "rol": "hr_unit", "eenheid": "law", "training": "", "namen": "counts",
            "tot": "2027-04-01",
        }  # fmt: skip
        assert back.follow("Choose another role").form("Next").values == {"rol": "hr_unit"}

    def test_has_no_staff_number_in_an_address(self, admin: StrictClient, lea: Lea) -> None:
        step = start(admin).to(lea.number)
        assert str(lea.person.id) in step.page.address
        assert lea.number not in step.page.address


class TestWhatIsRefused:
    """Stands at its own field, with what was typed."""

    @pytest.mark.parametrize("number", ["", "9999999", "x\0y", "'; --", "n" * 4000])
    def test_is_a_number_that_nobody_has(self, admin: StrictClient, number: str) -> None:
        page = start(admin).to(number, status=422)
        assert page.error_at_fields == ["nummer"]
        kept = page.page.form("Verder").values["nummer"]
        assert kept == number.replace("\0", "")[:100]

    def test_is_oneself_and_who_has_left_also_by_their_address(
        self, admin: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            own = session.scalars(
                select(Person).where(Person.display_name == "Petra Personeel")
            ).one()
            left = a_person(session, name="Oud")
            an_appointment(session, person=left, unit=units["law"], ends_on=DAY)
        for person, why in ((own, "Dit ben je zelf"), (left, "Niemand met dit personeelsnummer")):
            by_number = start(admin).to(person.external_id, status=422)
            address = f"/hr/toegang/geven/{person.id}"
            query = "?rol=board&tot=2027-09-01"
            pages = [by_number.page, visit(admin, address, status=422)]
            pages += [
                visit(admin, f"{address}/{step}{query}", status=422)
                for step in ("waarover", "controle")
            ]
            for page in pages:
                assert why in GivePage(page).errors["nummer"]
                assert "Oud" not in page.text

    def test_is_no_role_and_no_learner(self, admin: StrictClient, lea: Lea) -> None:
        step = start(admin).to(lea.number)
        for role in ("", "learner", "koning"):
            page = visit(admin, f"{step.page.address}/waarover?rol={role}", status=422)
            assert GivePage(page).error_at_fields == ["rol"]
            wrong = f"{step.page.address}/controle?rol={role}&eenheid=nergens&tot=straks"
            assert GivePage(visit(admin, wrong, status=422)).error_at_fields == ["rol"]

    @pytest.mark.parametrize(
        ("query", "fields"),
        [
            ("rol=manager&tot=2027-09-01", ["eenheid"]),
            ("rol=manager&eenheid=nergens&tot=2027-09-01", ["eenheid"]),
            ("rol=board&training=geen&tot=2027-09-01", ["training"]),
            ("rol=board&namen=named&tot=2027-09-01", ["namen"]),
            ("rol=hr_central&tot=2027-09-01", ["namen"]),
            ("rol=author&eenheid=law&tot=2027-09-01", ["eenheid"]),
            ("rol=author&training=lecturer-basis&tot=2027-09-01", ["training"]),
            ("rol=board&tot=2027-03-02", ["tot"]),
            ("rol=board&tot=2028-03-03", ["tot"]),
            ("rol=board&tot=9999-12-31", ["tot"]),
            ("rol=board&tot=straks", ["tot"]),
            ("rol=board", ["tot"]),
            ("rol=hr_unit&eenheid=nergens&tot=straks", ["eenheid", "namen", "tot"]),
            ("rol=manager&eenheid=nergens&training=geen&namen=named&tot=2020-01-01",
             ["eenheid", "training", "namen", "tot"]),
        ],
    )  # fmt: skip
    def test_is_what_the_role_cannot_be(
        self, admin: StrictClient, lea: Lea, arrange: Arrange, query: str, fields: list[str]
    ) -> None:
        address = f"{start(admin).to(lea.number).page.address}/controle?{query}"
        page = GivePage(visit(admin, address, status=422))
        assert page.error_at_fields == fields
        assert "precies deze rol" not in page.page.text
        assert sorted(page.errors) == sorted(fields)
        typed = dict(each.split("=") for each in query.split("&"))
        kept = page.page.form("Controleer").values
        assert {name: kept.get(name) for name in typed} == typed
        assert grants(arrange) == []

    @pytest.mark.parametrize(("role", "field"), [("author", "rol"), ("board", "eenheid")])
    def test_is_a_role_that_this_person_has_already(
        self, admin: StrictClient, lea: Lea, arrange: Arrange, role: str, field: str
    ) -> None:
        with arrange() as session:
            a_role(session, person=lea.person, role=Role(role))
        over = start(admin).to(lea.number).as_role(role)
        assert "heeft precies deze rol al" in over.over(status=422).errors[field]

    def test_is_what_another_administrator_gave_since_the_check(
        self, admin: StrictClient, lea: Lea, arrange: Arrange, clock: SetClock
    ) -> None:
        check = start(admin).to(lea.number).as_role("hr_central").over(namen="named")
        with arrange() as session:
            other = a_person(session, name="Ad Beheer")
            wish = Wish(lea.number, Role.HR_CENTRAL, None, None, Level.NAMED, None)
            give_role(session, wish=wish, trainings=(), given_by=other.id, clock=clock)
        page = GivePage(check.confirm(status=422))
        assert "heeft precies deze rol al" in page.errors["eenheid"]
        assert len(grants(arrange)) == 1

    def test_is_not_the_same_button_pressed_twice(
        self, admin: StrictClient, lea: Lea, arrange: Arrange
    ) -> None:
        check = start(admin).to(lea.number).as_role("board").over()
        assert GIVEN in check.confirm().text
        assert GIVEN in check.confirm().text
        assert len(grants(arrange)) == 1
        assert entries(arrange).count(AuditKind.ROLE_GIVEN) == 1


class TestAnOpenBrowser:
    """Is not enough to give a role: the password is asked for, and cannot be guessed."""

    def check(self, admin: StrictClient, lea: Lea) -> GivePage:
        return start(admin).to(lea.number).as_role("hr_central").over(namen="named")

    def test_gives_nothing_without_the_password(
        self, admin: StrictClient, lea: Lea, arrange: Arrange
    ) -> None:
        check = self.check(admin, lea)
        for wrong in ("", "geraden", "x" * 5000):
            page = GivePage(check.confirm(wrong, status=422))
            assert page.errors == {"wachtwoord": "Dit is niet je wachtwoord."}
            assert page.page.form(CONFIRM).values["wachtwoord"] == ""
        assert grants(arrange) == []
        assert GIVEN in GivePage(visit(admin, check.page.address)).confirm().text

    def test_cannot_guess_it_also_not_on_the_sign_in_page(
        self, admin: StrictClient, lea: Lea, arrange: Arrange, new_client: NewClient
    ) -> None:
        check = self.check(admin, lea)
        for _ in range(PER_ACCOUNT.tries):
            check.confirm("geraden", status=422)
        page = GivePage(check.confirm(status=429))
        assert page.errors == {"wachtwoord": "Probeer het over 15 minuten opnieuw."}
        with arrange() as session:
            own = session.scalars(
                select(Person).where(Person.display_name == "Petra Personeel")
            ).one()
        elsewhere = SignInPage.open(new_client())
        elsewhere.try_to_sign_in(str(own.email), "geraden", status=429)
        assert grants(arrange) == []

    def test_cannot_try_all_staff_numbers(self, admin: StrictClient, clock: SetClock) -> None:
        page = start(admin)
        for number in range(LOOK_UPS.tries):
            page.to(f"zz{number}", status=422)
        page.page.form("Verder").submit(nummer="zz", status=429)
        clock.instant += timedelta(minutes=15)
        start(admin).to("zz", status=422)


class TestWhoMayLook:
    """And not give."""

    def test_hr_of_the_institution_sees_no_link_and_no_page(
        self, new_client: NewClient, arrange: Arrange, lea: Lea
    ) -> None:
        hr = signed_in_as(new_client(), arrange, Role.HR_CENTRAL)
        assert not AccessPage.open(hr).may_give()
        for address in ("", f"/{lea.person.id}", f"/{lea.person.id}/controle?rol=admin"):
            visit(hr, f"/hr/toegang/geven{address}", status=404)

    def test_a_reviewer_sees_that_a_role_was_given_since_the_last_review(
        self, admin: StrictClient, lea: Lea, clock: SetClock
    ) -> None:
        AccessPage.open(admin).page.form("Deze rollen kloppen").submit()
        assert "Sindsdien" not in AccessPage.open(admin).page.text
        clock.instant += timedelta(minutes=1)
        after = start(admin).to(lea.number).as_role("author").over().confirm()
        assert "Sindsdien gegeven: 1 rol." in after.text

    def test_a_role_that_ended_opens_the_pages_no_more(
        self, admin: StrictClient, arrange: Arrange
    ) -> None:
        step = start(admin)
        with arrange() as session:
            own = session.scalars(select(RoleGrant).where(RoleGrant.role == Role.ADMIN)).one()
            own.until_on = DAY
        step.page.form("Verder").submit(nummer="1", status=404)

    def test_the_number_of_statements_does_not_grow_with_units_and_roles(
        self, app: Flask, admin: StrictClient, lea: Lea, arrange: Arrange
    ) -> None:
        address = f"/hr/toegang/geven/{lea.person.id}/controle?rol=board&tot=2027-09-01"
        few = statements_of(app, admin, address)
        with arrange() as session:
            for role in (Role.AUTHOR, Role.ADVISER, Role.WORKS_COUNCIL):
                a_role(session, person=lea.person, role=role)
                a_role(session, person=a_person(session), role=role)
        assert statements_of(app, admin, address) == few


def test_the_pages_are_all_there_in_english(admin: StrictClient, lea: Lea) -> None:
    page: Page = start(admin).page.switch_language()
    assert page.heading == "Who gets a role?"
    page = page.form("Next").submit(nummer=lea.number)
    assert page.heading == "Which role?"
    page = page.form("Next").submit(rol="manager")
    assert page.heading == "Over what, and until when?"
    page = page.form("Check it").submit(eenheid="arts")
    assert page.heading == "Check the role"
    assert "Lea can read the frozen reports of this." in page.text
