"""Rules at random: what the check page counts is what saying yes does, to the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.learning.audience import Audience
from elearning.services.assign_training import RuleDraft, add_rule, change_rule, end_rule
from elearning.services.change_units import change_unit
from elearning.services.preview_rule import preview_end, preview_rule
from elearning.services.preview_unit_change import preview_change
from elearning.services.unit_change import ChangeKind, UnitChange
from elearning.storage.completion import Award, Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Appointment, Unit
from tests.builders import TRAINING
from tests.databases import TODAY
from tests.integration.services.rosters_at_random import ADVISER, an_institution
from tests.trainings import a_training

DAY = TODAY.date()
TRAININGS = {TRAINING: a_training(), ADVISER: a_training(ADVISER, satisfies=(TRAINING,))}
seeds = st.integers(0, 2**32)
few = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@contextmanager
def drawn(engine: Engine, seed: int) -> Iterator[tuple[Session, Random, list[Unit]]]:
    """Give a session with an institution in it, which is gone afterwards."""
    with Session(engine) as session:
        random = Random(seed)  # noqa: S311 - no secret
        yield session, random, an_institution(session, random)


def a_draft(random: Random, units: list[Unit], code: str) -> RuleDraft:
    """Return a rule for some, from a day soon."""
    audience = Audience(
        categories=random.choice(((), ("academic",), ("academic", "support"))),
        units=random.choice(((), (random.choice(units).code,))),
        fte_at_least=random.choice((None, 50)),
    )
    from_on = DAY + timedelta(days=random.choice((0, 0, 1, 13, 40)))
    due_days = random.choice((14, 60))
    return RuleDraft(code, TRAINING, audience.predicate(), from_on, None, due_days)


def working(session: Session, day: date) -> set[UUID]:
    """Return who has an appointment on a day."""
    statement = select(Appointment.person_id).where(
        known(Appointment, None), covers(Appointment.starts_on, Appointment.ends_on, day)
    )
    return set(session.scalars(statement))


def spans(session: Session) -> Counter[UUID]:
    """Return how many obligations each person has on record."""
    return Counter(session.scalars(select(Obligation.person_id).where(known(Obligation, None))))


def obliged(session: Session, day: date) -> set[UUID]:
    """Return who has to hold the training on a day, or from later on."""
    goes_on = Obligation.closed_on.is_(None) | (Obligation.closed_on > day)
    statement = select(Obligation.person_id).where(
        Obligation.training_id == TRAINING, known(Obligation, None), goes_on
    )
    return set(session.scalars(statement))


def check(before: Mapping[UUID, int], session: Session, new: frozenset[UUID]) -> None:
    """See that exactly the people who were shown as new got one obligation more."""
    after = spans(session)
    more = {person for person, number in after.items() if number > before.get(person, 0)}
    assert more == new


@few
@given(seeds)
def test_everybody_who_works_is_in_or_out_and_new_is_who_gets_an_obligation(
    engine: Engine, seed: int
) -> None:
    with drawn(engine, seed) as (session, random, units):
        draft, clock = a_draft(random, units, "drawn"), SetClock(TODAY)
        awards = session.scalars(select(Award.id)).all()
        found = preview_rule(session, draft=draft, trainings=TRAININGS, clock=clock)
        assert found.inside | found.outside == working(session, draft.from_on)
        assert not found.inside & found.outside
        before = spans(session)
        done = add_rule(session, draft=draft, trainings=TRAININGS, made_by=None, clock=clock)
        check(before, session, found.new)
        assert done.ended == len(found.ended)
        assert found.inside <= obliged(session, draft.from_on)
        assert session.scalars(select(Award.id)).all() == awards


@few
@given(seeds)
def test_a_change_and_an_end_do_what_was_shown(engine: Engine, seed: int) -> None:
    with drawn(engine, seed) as (session, random, units):
        clock = SetClock(TODAY)
        first, second = (a_draft(random, units, code) for code in ("first", "second"))
        add_rule(session, draft=first, trainings=TRAININGS, made_by=None, clock=clock)
        shown = preview_rule(
            session, draft=second, replaces="first", trainings=TRAININGS, clock=clock
        )
        before = spans(session)
        changed = change_rule(
            session, code="first", draft=second, trainings=TRAININGS, made_by=None, clock=clock
        )
        check(before, session, shown.new)
        assert changed.ended == len(shown.ended)
        until_on = second.from_on + timedelta(days=random.choice((0, 5)))
        end = preview_end(session, code="second", until_on=until_on, clock=clock)
        before = spans(session)
        ended = end_rule(session, code="second", until_on=until_on, made_by=None, clock=clock)
        assert ended.ended == len(end.ended)
        check(before, session, end.new)


@few
@given(seeds)
def test_a_change_of_units_does_to_obligations_what_was_shown(engine: Engine, seed: int) -> None:
    with drawn(engine, seed) as (session, random, units):
        clock = SetClock(TODAY)
        draft = a_draft(random, units, "drawn")
        add_rule(session, draft=draft, trainings=TRAININGS, made_by=None, clock=clock)
        gone, into = units[1], units[2]
        day = DAY + timedelta(days=random.choice((-5, 0, 5, 50)))
        kind = random.choice((ChangeKind.MERGE, ChangeKind.MOVE))
        change = UnitChange(kind, gone.code, day, into.code)
        shown = preview_change(session, change, clock=clock)
        done = change_unit(session, change, made_by=None, clock=clock)
        assert (done.opened, done.ended) == (shown.opened, shown.ended)
