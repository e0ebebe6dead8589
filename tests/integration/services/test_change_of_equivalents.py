"""Another rule for awards: what was done elsewhere keeps the time that its entry says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.award_change import Effect
from elearning.learning.validity import Asks
from elearning.storage.completion import Award, AwardKind
from tests.integration.services.changes import DAY, an_office, with_major, with_policy
from tests.practice_content import BASIS

OBTAINED = date(2026, 9, 1)


def end_after_change(
    session: Session,
    library: Library,
    clock: SetClock,
    kind: AwardKind,
    months: int,
    new_months: int,
) -> date | None:
    """Return the end of an award of so many months after the training got another validity."""
    office = an_office(session, with_policy(library, new_months), clock)
    given = OBTAINED.replace(year=OBTAINED.year + months // 12)
    award = office.holder(OBTAINED, given, kind=kind)
    office.change(Effect.SHORTEN if new_months < 24 else Effect.EXTEND)
    newest = select(Award.valid_until).where(Award.person_id == award.person_id)
    return session.scalars(newest.order_by(Award.sequence.desc())).first()


@pytest.mark.parametrize(
    ("kind", "months", "new_months", "end"),
    [
        (AwardKind.COMPLETED, 24, 36, 2029),
        (AwardKind.COMPLETED, 24, 12, 2027),
        # As long as the training itself: the entry says nothing.
        (AwardKind.EQUIVALENT, 24, 36, 2029),
        (AwardKind.EQUIVALENT, 24, 12, 2027),
        # Its own months, fewer or more than those of the training.
        (AwardKind.EQUIVALENT, 12, 36, 2027),
        (AwardKind.EQUIVALENT, 36, 48, 2029),
        (AwardKind.EQUIVALENT, 36, 12, 2029),
    ],
)
def test_an_equivalent_keeps_its_own_months_and_else_follows_the_training(
    session: Session,
    library: Library,
    clock: SetClock,
    kind: AwardKind,
    months: int,
    new_months: int,
    end: int,
) -> None:
    found = end_after_change(session, library, clock, kind, months, new_months)
    assert found == OBTAINED.replace(year=end)


def test_own_months_that_are_those_of_the_training_are_its_own(
    session: Session, library: Library, clock: SetClock
) -> None:
    training = replace(library.trainings[BASIS], equivalent_months=frozenset({24}))
    with_entry = replace(library, trainings={**library.trainings, BASIS: training})
    found = end_after_change(session, with_entry, clock, AwardKind.EQUIVALENT, 24, 36)
    assert found == date(2028, 9, 1)


def test_an_equivalent_that_followed_once_follows_again(
    session: Session, library: Library, clock: SetClock
) -> None:
    shorter = an_office(session, with_policy(library, 12), clock)
    award = shorter.holder(OBTAINED, date(2028, 9, 1), kind=AwardKind.EQUIVALENT)
    shorter.change(Effect.SHORTEN)
    clock.instant += timedelta(days=1)
    again = with_policy(shorter.library, 36, from_on=clock.today())
    an_office(session, again, clock).change(Effect.EXTEND)
    ends = session.scalars(
        select(Award.valid_until).where(Award.person_id == award.person_id).order_by(Award.sequence)
    ).all()
    assert ends == [date(2028, 9, 1), date(2027, 9, 1), date(2029, 9, 1)]


def test_new_content_ends_it_like_any_other(
    session: Session, library: Library, clock: SetClock
) -> None:
    office = an_office(session, with_major(library, Asks.DELTA), clock)
    award = office.holder(OBTAINED, date(2029, 9, 1), kind=AwardKind.EQUIVALENT)
    office.change(Effect.LIMIT)
    newest = select(Award.valid_until).where(Award.person_id == award.person_id)
    assert session.scalars(newest.order_by(Award.sequence.desc())).first() == DAY + timedelta(90)


def test_it_is_counted_as_kept(session: Session, library: Library, clock: SetClock) -> None:
    office = an_office(session, with_policy(library, 36), clock)
    office.holder(OBTAINED, date(2027, 9, 1), kind=AwardKind.EQUIVALENT)
    office.holder(OBTAINED, date(2028, 9, 1))
    found = office.preview(Effect.EXTEND)
    assert (found.kept, found.extended) == (1, 1)
