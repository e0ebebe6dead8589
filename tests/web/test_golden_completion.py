"""The golden tests of completion, each by its name in the design, in one place.

Every case is looked at three times on both databases, and all three must say the same: the pure
function over the facts, the counting in SQL, and the pages that HR opens.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM, SetClock
from elearning.content.library import Library
from elearning.learning.award import AwardDates, add_months, valid_until
from elearning.learning.award_change import Effect
from elearning.learning.rates import Rates, Share, rates_of
from elearning.learning.status import CompletionStatus as Is
from elearning.learning.status import Standing
from elearning.learning.suppression import Cell, hide
from elearning.learning.validity import Asks
from elearning.services.change_units import change_unit
from elearning.services.completion_counts import tally
from elearning.services.completion_overview import overview
from elearning.services.completion_people import everything_about
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.derive_obligations import derive_obligations
from elearning.services.hr_scope import hr_scope
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.publish_content import publish_content
from elearning.services.replace_award import reissue_under_present_name
from elearning.services.seal import Issuing
from elearning.services.sign_in import Grant
from elearning.services.unit_change import ChangeKind, UnitChange
from elearning.storage.completion import Award, Obligation
from elearning.storage.people import Account, Person, Role, Unit
from elearning.storage.rules import AssignmentRule
from tests.builders import (
    PASSWORD,
    TRAINING,
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
from tests.integration.services.changes import an_office, with_major
from tests.integration.services.learner import Learner
from tests.pages.hr import OverviewPage
from tests.pages.learner import HomePage
from tests.pages.sign_in import SignInPage
from tests.pages.verify import VerifyPage
from tests.practice_content import BOOSTER_MODULE
from tests.trainings import USUAL
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

pytestmark = pytest.mark.both_databases
CENTRAL = Grant(Role.HR_CENTRAL, None)
ONE = timedelta(days=1)
DAY = date(2027, 3, 3)
DUE = date(2027, 4, 1)
# Pages foretell nothing, so they are looked at from a day after everything here.
MUCH_LATER = datetime(2031, 6, 2, 9, tzinfo=UTC)
WORDS = {
    Is.VALID: "Voldaan",
    Is.OPEN: "Open",
    Is.IN_GRACE: "Net over de datum",
    Is.OVERDUE: "Over de datum",
    Is.LAPSED: "Verlopen",
    Is.EXEMPT: "Vrijgesteld",
    Is.PAUSED: "Gepauzeerd",
}
EXPIRING = "Voldaan, verloopt binnenkort"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a day looks like: everybody in scope, the institution, its units."""

    standings: Mapping[str, Standing]
    rates: Rates
    units: Mapping[str, Rates]
    counted_twice: int

    def status(self, name: str = "Noor") -> Is:
        """Return where somebody stands."""
        return self.standings[name].status if name in self.standings else Is.NOT_IN_SCOPE


@dataclass(frozen=True, slots=True)
class World:
    """An institution with two faculties, seen by HR of the whole of it."""

    arrange: Arrange
    library: Library
    clock: SetClock
    new_client: Callable[[], StrictClient]
    officer: Account
    arts: Unit
    law: Unit

    def on(self, day: date, *, known_on: date | None = None) -> Seen:
        """Look three times, and say what all three agree on."""
        with self.arrange() as session:
            query = self._ask(session, day, known_on)
            standings = pure(session, query)
            found, counted = overview(session, query), tally(session, query).rates()
        assert counted == rates_of(standings.values()) == found.rates
        self._is_on_the_pages(day, known_on, standings, found.rates)
        units = {each.unit.code: each.rates for each in found.units}
        return Seen(standings, found.rates, units, found.counted_twice)

    def statuses(self, *days: date) -> list[Is]:
        """Return where Noor stands on these days."""
        return [self.on(day).status() for day in days]

    def learner(
        self, *units: Unit, name: str = "Noor", due_on: date = DUE, ends_on: date | None = None
    ) -> Person:
        """Return somebody who works in these units and must hold the training."""
        with self.arrange() as session:
            person = a_person(session, name=name)
            for number, unit in enumerate(units or (self.arts,)):
                an_appointment(
                    session, person=person, unit=unit, is_primary=number == 0, ends_on=ends_on
                )
            an_obligation(session, person=person, due_on=due_on)
            return person

    def award(
        self, person: Person, on: date, until: date | None, replaces: Award | None = None
    ) -> Award:
        """Return an award."""
        with self.arrange() as session:
            return an_award(
                session, person=person, obtained_on=on, valid_until=until, replaces=replaces
            )

    def _ask(self, session: Session, day: date, known_on: date | None) -> CompletionQuery:
        known_at = None
        if known_on is not None:
            known_at = datetime.combine(known_on + ONE, time(), AMSTERDAM)
        scope = hr_scope(session, grants=[CENTRAL], day=day, known_at=known_at)
        return completion_query(
            self.library.trainings, training_id=TRAINING, scope=scope, day=day, known_at=known_at
        )

    def _is_on_the_pages(
        self, day: date, known_on: date | None, standings: Mapping[str, Standing], rates: Rates
    ) -> None:
        self.clock.instant = max(self.clock.instant, MUCH_LATER)
        browser = self.new_client()
        page = SignInPage.open(browser, "/inloggen?next=/privacy")
        assert page.send(self.officer.sign_in_name, PASSWORD).status_code == 303
        asked = f"training={TRAINING}&dag={day}" + (f"&bekend={known_on}" if known_on else "")
        assert listed(browser, f"/hr/mensen.csv?{asked}") == {
            name: EXPIRING if each.is_expiring else WORDS[each.status]
            for name, each in standings.items()
        }
        if rates.counted:
            headline = next(iter(OverviewPage.open(browser, f"/hr?{asked}").figures))
            assert headline.startswith(f"{rates.valid} van {rates.counted} medewerker")
            assert headline.endswith(f"({rates.coverage})")


def pure(session: Session, query: CompletionQuery) -> dict[str, Standing]:
    """Return where everybody stands by the pure function over all their facts."""
    found = everything_about(session, query, select(Person.id).where(true()))
    names = {str(each.id): each.display_name for each in session.scalars(select(Person))}
    names |= {each.replace("-", ""): name for each, name in names.items()}
    return {names[str(each.key)]: each.standing() for each in found}


def listed(browser: StrictClient, address: str) -> dict[str, str]:
    """Return the status in words of everybody in the file of people."""
    text = browser.get(address).get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    table = rows[rows.index([]) + 1 :]
    name, status = (table[0].index(column) for column in ("Naam", "Status"))
    return {row[name]: row[status] for row in table[1:]}


@pytest.fixture
def library(practice: Library) -> Library:
    """Return the miniature content; a class of tests may change it."""
    return practice


@pytest.fixture
def world(
    arrange: Arrange,
    library: Library,
    clock: SetClock,
    new_client: Callable[[], StrictClient],
) -> World:
    """Return an institution in which nobody must hold anything yet."""
    with arrange() as session:
        publish_content(session, library=library, clock=clock)
        root = a_unit(session, code="institution")
        arts, law = (a_unit(session, code=code, parent=root) for code in ("arts", "law"))
        person = a_person(session, name="Petra Personeel")
        a_role(session, person=person, role=Role.HR_CENTRAL)
        officer = an_account(session, person=person)
        session.refresh(officer)
    return World(arrange, library, clock, new_client, officer, arts, law)


def obtained(on: date, until: date) -> AwardDates:
    """Return the dates of an award."""
    return AwardDates(on, on, until, None, None)


def test_early_renewal_keeps_the_anchor(world: World) -> None:
    noor = world.learner()
    first, end = date(2027, 3, 3), date(2029, 3, 3)
    renewed_on = date(2029, 2, 1)
    later = valid_until(renewed_on, obtained(first, end), USUAL)
    assert later == date(2031, 3, 3)
    world.award(noor, renewed_on, later, replaces=world.award(noor, first, end))
    assert world.on(renewed_on - ONE).standings["Noor"].is_expiring
    assert world.statuses(renewed_on, date(2031, 3, 2), date(2031, 3, 3)) == [
        Is.VALID,
        Is.VALID,
        Is.IN_GRACE,
    ]


def test_renewal_a_day_late(world: World) -> None:
    noor = world.learner()
    first, end = date(2027, 3, 3), date(2029, 3, 3)
    late_on = end + ONE
    later = valid_until(late_on, obtained(first, end), USUAL)
    assert later == date(2031, 3, 4)
    world.award(noor, late_on, later, replaces=world.award(noor, first, end))
    assert world.statuses(end - ONE, end, late_on) == [Is.VALID, Is.IN_GRACE, Is.VALID]


def test_29_feb_plus_24_months(world: World) -> None:
    leap = date(2028, 2, 29)
    world.award(world.learner(), leap, add_months(leap, 24))
    assert world.statuses(date(2030, 2, 27), date(2030, 2, 28)) == [Is.VALID, Is.IN_GRACE]


def test_leaver_on_d_and_d_plus_1(world: World) -> None:
    world.learner(ends_on=DAY + ONE)
    assert world.statuses(DAY, DAY + ONE) == [Is.OPEN, Is.NOT_IN_SCOPE]
    assert (world.on(DAY).rates.counted, world.on(DAY + ONE).rates.counted) == (1, 0)


def test_rehire(world: World) -> None:
    noor, again = world.learner(ends_on=date(2027, 6, 1)), date(2028, 1, 10)
    world.award(noor, DAY, add_months(DAY, 24))
    with world.arrange() as session:
        an_appointment(session, person=noor, unit=world.law, starts_on=again)
    assert world.statuses(date(2027, 5, 31), date(2027, 6, 1), again) == [
        Is.VALID,
        Is.NOT_IN_SCOPE,
        Is.VALID,
    ]


def test_double_appointment_in_two_faculties_total_1_and_sum_2(world: World) -> None:
    world.learner(world.arts, world.law)
    seen = world.on(DAY)
    assert seen.rates.counted == 1
    assert {code: each.counted for code, each in seen.units.items()} == {"arts": 1, "law": 1}
    assert seen.counted_twice == 1


def test_paused_on_the_due_date(world: World) -> None:
    noor, back = world.learner(), DUE + timedelta(days=20)
    with world.arrange() as session:
        an_absence(session, person=noor, from_on=DUE - timedelta(days=20), until_on=back)
    days = (DUE, back, back + timedelta(days=30), back + timedelta(days=31))
    assert world.statuses(*days) == [Is.PAUSED, Is.OPEN, Is.OPEN, Is.IN_GRACE]


def test_exempt_then_in_scope(world: World) -> None:
    noor, until = world.learner(), DUE + timedelta(days=40)
    with world.arrange() as session:
        held = session.scalars(select(Obligation).where(Obligation.person_id == noor.id)).one()
        an_exemption(session, obligation=held, from_on=DAY, until_on=until)
    assert world.statuses(DAY - ONE, DAY, until) == [Is.OPEN, Is.EXEMPT, Is.OVERDUE]


def test_withdrawn_award_in_a_past_k(world: World) -> None:
    noor = world.learner()
    with world.arrange() as session:
        an_award(
            session,
            person=noor,
            withdrawn_on=DAY,
            withdrawal_recorded_at=datetime(2027, 3, 5, 9, tzinfo=UTC),
        )
    assert world.on(DAY).status() is Is.OPEN
    assert world.on(DAY, known_on=date(2027, 3, 4)).status() is Is.VALID
    assert world.on(DAY - ONE).status() is Is.VALID


class TestMajorVersionWithDelta:
    """Who holds an award of the older version does one module, by the limit day."""

    LIMIT = DAY + timedelta(days=90)
    OWN_END = date(2028, 9, 1)

    @pytest.fixture
    def library(self, practice: Library) -> Library:
        return with_major(practice, Asks.DELTA)

    def test_major_version_with_delta(self, world: World) -> None:
        done, waits = (world.learner(name=name) for name in ("Noor", "Bram"))
        with world.arrange() as session:
            office = an_office(session, world.library, world.clock)
            for person in (done, waits):
                office.holder(date(2026, 9, 1), self.OWN_END, person=person)
            office.change(Effect.LIMIT)
            learner = Learner(session, world.library, world.clock, done.id)
            learner.complete_module(BOOSTER_MODULE)
            (award,) = learner.finish()
        assert (award.content_version, award.valid_until) == ("1" * 64, self.OWN_END)
        at_the_limit, after = world.on(self.LIMIT - ONE), world.on(self.LIMIT)
        assert (at_the_limit.status("Noor"), at_the_limit.status("Bram")) == (Is.VALID, Is.VALID)
        assert (after.status("Noor"), after.status("Bram")) == (Is.VALID, Is.IN_GRACE)
        assert (at_the_limit.rates.coverage, after.rates.coverage) == (Share(2, 2), Share(1, 2))
        lapsed = world.on(self.LIMIT + timedelta(days=14))
        assert (lapsed.status("Bram"), lapsed.rates.lapsed) == (Is.LAPSED, 1)
        past = world.on(DAY - ONE)
        assert (past.status("Noor"), past.rates.coverage) == (Is.VALID, Share(2, 2))

    def test_home_says_what_is_new_how_long_and_until_when(
        self, world: World, client: StrictClient
    ) -> None:
        noor = world.learner()
        with world.arrange() as session:
            office = an_office(session, world.library, world.clock)
            office.holder(date(2026, 9, 1), self.OWN_END, person=noor)
            office.change(Effect.LIMIT)
            account = an_account(session, person=session.get_one(Person, noor.id))
        SignInPage.open(client).sign_in(account.sign_in_name, PASSWORD)
        home = HomePage.open(client)
        for words in ("De wet is nieuw.", "ongeveer 5 minuten", "31 mei 2027"):
            assert words in home.page.text
        assert [each.href for each in home.tasks] == [f"/onderdeel/{BOOSTER_MODULE}"]


def test_unit_merge(world: World) -> None:
    world.learner(world.arts)
    world.learner(world.law, name="Bram")
    with world.arrange() as session:
        change = UnitChange(ChangeKind.MERGE, "law", DAY, target="arts")
        change_unit(session, change, made_by=None, clock=world.clock)
    before, after = world.on(DAY - ONE), world.on(DAY)
    assert {code: each.counted for code, each in before.units.items()} == {"arts": 1, "law": 1}
    assert {code: each.counted for code, each in after.units.items()} == {"arts": 2}


def test_joiner_first_seen_after_start(world: World) -> None:
    started_on, seen_on = date(2027, 1, 4), date(2027, 2, 15)
    with world.arrange() as session:
        an_appointment(
            session,
            person=a_person(session, name="Noor"),
            unit=world.arts,
            starts_on=started_on,
            first_seen_on=seen_on,
        )
        session.add(
            AssignmentRule(
                code="all",
                training_id=TRAINING,
                predicate={"all": []},
                from_on=date(2026, 1, 1),
                until_on=None,
                due_days=60,
                made_by=None,
                recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )
        session.flush()
        derive_obligations(session, clock=world.clock)
    due_on = seen_on + timedelta(days=60)
    assert world.statuses(seen_on - ONE, seen_on, due_on, due_on + ONE) == [
        Is.NOT_IN_SCOPE,
        Is.OPEN,
        Is.OPEN,
        Is.IN_GRACE,
    ]


def test_empty_unit(world: World) -> None:
    world.learner(world.law)
    empty = world.on(DAY).units["arts"]
    assert (empty.coverage, str(empty.coverage)) == (Share(0, 0), "–")


def test_199_of_200_is_99_per_cent(world: World) -> None:
    for number in range(200):
        person = world.learner(name=f"Medewerker {number:03}")
        if number:
            world.award(person, date(2027, 1, 15), date(2029, 1, 15))
    coverage = world.on(DAY).rates.coverage
    assert (coverage, str(coverage)) == (Share(199, 200), "99%")


def test_n_is_9_hidden_and_its_sibling_hidden(world: World) -> None:
    for unit, people in ((world.arts, 9), (world.law, 30)):
        for number in range(people):
            world.learner(unit, name=f"{unit.code} {number}")
    seen = world.on(DAY)
    cells = [Cell("institution", None, seen.rates.counted)]
    cells += [Cell(code, "institution", each.counted) for code, each in seen.units.items()]
    assert hide(cells, least=10) == {"arts", "law"}
    assert hide(cells, least=9) == frozenset()


def test_double_click_gives_one_award(world: World) -> None:
    noor = world.learner()
    with world.arrange() as session:
        learner = Learner(session, world.library, world.clock, noor.id)
        assert (len(learner.do_everything()), learner.finish()) == (1, ())
    assert world.on(DAY).rates.valid == 1


def test_name_change_makes_the_old_code_say_replaced(
    world: World, client: StrictClient, issuing: Issuing
) -> None:
    noor = world.learner()
    with world.arrange() as session:
        person = session.get_one(Person, noor.id)
        old = an_award(session, person=person)
        issue_certificate(session, award=old, issuing=issuing)
        person.display_name = "Noor van Dam"
        new = reissue_under_present_name(
            session, person_id=noor.id, award_id=old.id, issuing=issuing
        )
    words = [
        VerifyPage.open(client, code_of(each.id, issuing.secret_key)).status for each in (old, new)
    ]
    assert words == ["Vervangen", "Geldig"]
    assert world.on(DAY).status("Noor van Dam") is Is.VALID


def test_three_routes_give_identical_award_rows(world: World) -> None:
    learners = [world.learner(name=name) for name in ("Aisha", "Bram", "Chen")]
    with world.arrange() as session:
        talks, reads, meets = (
            Learner(session, world.library, world.clock, each.id) for each in learners
        )
        (talked,), (read,), met = (
            talks.do_everything(),
            reads.read_everything(),
            meets.use(meets.a_code()),
        )
        rows = [said(each) for each in (talked, read, met)]
    assert rows[0] == rows[1] == rows[2]
    assert world.on(DAY).rates.coverage == Share(3, 3)


def said(award: Award) -> dict[str, object]:
    """Return everything that the row of an award says, but its key and whose it is."""
    columns = {each.name for each in Award.__table__.columns} - {"id", "person_id"}
    return {name: getattr(award, name) for name in columns}
