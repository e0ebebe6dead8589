"""The example institution: somebody in every role and every status, made once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.status import CompletionStatus
from elearning.services.completion_overview import overview
from elearning.services.completion_query import completion_query
from elearning.services.completion_table import people_rows
from elearning.services.derive_obligations import derive_obligations
from elearning.services.hr_scope import hr_scope
from elearning.services.issue_certificate import code_of
from elearning.services.people_filter import PeopleFilter, SortKey
from elearning.services.rule_list import rule_list
from elearning.services.seed_demo import demo_accounts, is_seeded, key_of, seed_demo
from elearning.services.sign_in import Grant, sign_in, who_is
from elearning.services.unit_tree import read_tree
from elearning.services.verify_certificate import Standing, verify_code
from elearning.storage.completion import Award, Certificate
from elearning.storage.models import Base
from elearning.storage.people import Appointment, Person, Role
from tests.builders import a_person, quick_hasher
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import ADVISER, BASIS
from tests.sealing import an_issuing

pytestmark = pytest.mark.either_database
EVERYONE = PeopleFilter(status=None, name="", sort=SortKey.NAME, is_descending=False, lang="nl")
CENTRAL = frozenset({Grant(Role.HR_CENTRAL, None)})


@pytest.fixture
def seeded(
    session: Session, library: Library, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> int:
    """Seed an empty database, with quickly hashed passwords; return how many people there are."""
    monkeypatch.setattr("elearning.services.seed_demo.hasher", lambda: quick_hasher)
    return seed_demo(session, issuing=an_issuing(library, SECRET, clock))


def all_rows(session: Session) -> dict[str, int]:
    """Return the number of rows per table."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_there_are_about_sixty_people_in_nine_departments_of_three_faculties(
    seeded: int, session: Session, clock: SetClock
) -> None:
    assert 55 <= seeded <= 65
    assert session.scalar(select(func.count()).select_from(Person)) == seeded
    tree = read_tree(session, day=clock.today())
    (root,) = (unit for unit in tree.units.values() if unit.parent_id is None)
    faculties = set(tree.below[root.id])
    departments = [unit for unit in tree.units.values() if unit.parent_id in faculties]
    assert (len(faculties), len(departments)) == (3, 9)
    working = set(session.scalars(select(Appointment.unit_id)))
    assert {unit.id for unit in departments} <= working


@pytest.mark.usefixtures("seeded")
def test_every_status_can_be_seen(session: Session, library: Library, clock: SetClock) -> None:
    scope = hr_scope(session, grants=CENTRAL, day=clock.today())
    query = completion_query(library.trainings, training_id=BASIS, scope=scope, day=clock.today())
    found = Counter(row.standing.status for row in people_rows(session, query, EVERYONE))
    assert set(found) == set(CompletionStatus) - {CompletionStatus.NOT_IN_SCOPE}
    assert any(row.standing.is_expiring for row in people_rows(session, query, EVERYONE))
    left = session.scalars(select(Appointment).where(Appointment.ends_on.is_not(None))).all()
    assert left
    assert overview(session, query).counted_twice == 1


@pytest.mark.usefixtures("seeded")
def test_every_role_has_an_account_that_can_sign_in(session: Session, clock: SetClock) -> None:
    roles = set()
    for account in demo_accounts():
        token = sign_in(
            session,
            sign_in_name=account.email,
            password=account.password,
            network="192.0.2.0/24",
            key=SECRET,
            clock=clock,
            lasts=timedelta(hours=1),
        )
        person = who_is(session, token=token, clock=clock)
        assert person is not None
        assert person.display_name == account.name
        assert account.role is Role.LEARNER or person.has_role(account.role)
        roles.add(account.role)
    assert roles == set(Role)


@pytest.mark.usefixtures("seeded")
def test_the_lecturer_and_the_adviser_have_a_training_to_do(
    session: Session, library: Library, clock: SetClock
) -> None:
    for account in demo_accounts():
        learner = Learner(session, library, clock, key_of(account.name))
        if account.unit_code is None:
            assert learner.states == ()
            continue
        (state,) = learner.states
        is_adviser = account.role is Role.ADVISER
        assert state.training.id == (ADVISER if is_adviser else BASIS)
        has_to_do = account.role in {Role.LEARNER, Role.ADVISER}
        assert (state.awards == ()) is has_to_do


@pytest.mark.usefixtures("seeded")
def test_every_award_has_a_certificate_that_can_be_verified(
    session: Session, clock: SetClock
) -> None:
    awards = session.scalars(select(Award)).all()
    assert len(awards) == session.scalar(select(func.count()).select_from(Certificate))
    found = Counter(
        verify_code(
            session, text=str(code_of(award.id, SECRET)), secret_key=SECRET, clock=clock
        ).standing
        for award in awards
    )
    assert set(found) == {Standing.VALID, Standing.EXPIRED}


@pytest.mark.usefixtures("seeded")
def test_the_rules_ask_what_stands_there_and_one_has_ended(
    session: Session, clock: SetClock
) -> None:
    derived = derive_obligations(session, clock=clock)
    assert (derived.opened, derived.changed) == (0, 0)
    today = clock.today()
    ended = [line.has_ended(today) for line in rule_list(session, day=today).lines]
    assert sorted(ended) == [False, False, True]


def test_a_second_run_adds_nothing_and_changes_nothing(
    seeded: int, session: Session, library: Library, clock: SetClock
) -> None:
    assert seeded > 0
    before = all_rows(session)
    clock.instant += timedelta(days=3)
    assert is_seeded(session)
    assert seed_demo(session, issuing=an_issuing(library, SECRET, clock)) == 0
    assert all_rows(session) == before


def test_data_that_is_there_is_never_touched(
    session: Session, library: Library, clock: SetClock
) -> None:
    a_person(session)
    assert seed_demo(session, issuing=an_issuing(library, SECRET, clock)) == 0
    assert session.scalar(select(func.count()).select_from(Person)) == 1
