"""Timely completion from the database: as the pure rule says it, by month, and in scope only."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.learning.rates import Share
from elearning.learning.timely import fell_due
from elearning.services.completion_facts import each_person
from elearning.services.completion_query import CompletionQuery
from elearning.services.timely import Timely, timely
from elearning.storage.completion import AwardKind
from elearning.storage.people import Person, Unit
from tests.builders import (
    a_person,
    a_unit,
    an_absence,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY
from tests.integration.services.rosters_at_random import DAY
from tests.integration.services.test_completion_properties import (
    EARLIER,
    ask,
    days,
    drawn,
    many,
    moments,
    seeds,
)

ONE = timedelta(days=1)
DUE = DAY - 40 * ONE
YEAR_AGO = DAY - timedelta(days=360)


@many
@given(seeds, days, days, moments)
def test_the_database_says_what_the_rule_says(
    engine: Engine, seed: int, one: date, other: date, known_at: datetime | None
) -> None:
    first, last = sorted((one, other))
    with drawn(engine, seed) as (session, _):
        query = ask(session, last, known_at)
        found = timely(session, query, first)
        assert {each.month: each.in_time for each in found.months if each.in_time.whole} == by_rule(
            session, query, first
        )


def by_rule(session: Session, query: CompletionQuery, first: date) -> dict[date, Share]:
    due: Counter[date] = Counter()
    met: Counter[date] = Counter()
    for _, known in each_person(session, query, select(Person.id)):
        for each in fell_due(known.facts, first, query.day, query.training.validity):
            due[each.on.replace(day=1)] += 1
            met[each.on.replace(day=1)] += each.is_in_time
    return {month: Share(met[month], whole) for month, whole in due.items()}


@pytest.fixture
def arts(session: Session) -> Unit:
    return a_unit(session, code="arts", parent=a_unit(session, code="root"))


def a_learner(session: Session, unit: Unit, *, due_on: date = DUE) -> Person:
    person = a_person(session)
    an_appointment(session, person=person, unit=unit)
    an_obligation(session, person=person, due_on=due_on)
    return person


def look(session: Session, first: date = YEAR_AGO, known_at: datetime | None = None) -> Timely:
    return timely(session, ask(session, DAY, known_at), first)


def test_every_month_has_a_line_and_they_add_up(session: Session, arts: Unit) -> None:
    an_award(session, person=a_learner(session, arts), obtained_on=DUE)
    a_learner(session, arts)
    a_learner(session, arts, due_on=DUE - 60 * ONE)
    found = look(session)
    assert len(found.months) == 13
    assert {each.month: each.in_time for each in found.months if each.in_time.whole} == {
        DUE.replace(day=1): Share(1, 2),
        (DUE - 60 * ONE).replace(day=1): Share(0, 1),
    }
    assert (found.in_time, found.awards) == (Share(1, 3), 1)
    assert look(session, DAY).in_time.percent is None


def test_special_cases_are_as_in_the_rule(session: Session, arts: Unit) -> None:
    leaver = a_person(session)
    an_appointment(session, person=leaver, unit=arts, ends_on=DUE)
    an_obligation(session, person=leaver, due_on=DUE)
    exempt = an_obligation(session, person=a_learner_without(session, arts), due_on=DUE)
    an_exemption(session, obligation=exempt, from_on=DUE, until_on=DUE + ONE)
    away = a_learner(session, arts, due_on=YEAR_AGO - 10 * ONE)
    an_absence(session, person=away, from_on=YEAR_AGO - 20 * ONE, until_on=YEAR_AGO + 10 * ONE)
    found = look(session)
    moved = YEAR_AGO + 40 * ONE
    assert [each.month for each in found.months if each.in_time.whole] == [moved.replace(day=1)]


def test_who_falls_due_on_the_first_day_by_an_absence_is_counted(
    session: Session, arts: Unit
) -> None:
    away = a_learner(session, arts, due_on=YEAR_AGO - 40 * ONE)
    back_on = look(session).first - 30 * ONE
    an_absence(session, person=away, from_on=back_on - 60 * ONE, until_on=back_on)
    assert look(session).in_time.whole == 1


def a_learner_without(session: Session, unit: Unit) -> Person:
    person = a_person(session)
    an_appointment(session, person=person, unit=unit)
    return person


def test_an_award_withdrawn_in_a_past_k_still_counts_there(session: Session, arts: Unit) -> None:
    an_award(
        session,
        person=a_learner(session, arts),
        obtained_on=DUE - ONE,
        withdrawn_on=DUE,
        withdrawal_recorded_at=TODAY,
    )
    assert look(session).in_time == Share(0, 1)
    assert look(session, known_at=EARLIER).in_time == Share(1, 1)
    assert (look(session).awards, look(session, known_at=EARLIER).awards) == (0, 1)


def test_a_completion_counts_once_however_often_its_certificate_is_issued(
    session: Session, arts: Unit
) -> None:
    person = a_learner(session, arts)
    first = an_award(session, person=person, obtained_on=DUE)
    an_award(session, person=person, obtained_on=DUE, replaces=first)
    assert look(session).awards == 1
    other = a_learner(session, arts)
    old = an_award(session, person=other, obtained_on=DUE, valid_until=DUE + 30 * ONE)
    an_award(session, person=other, obtained_on=DUE + 20 * ONE, replaces=old)
    assert look(session).awards == 3


def test_an_award_counts_where_its_holder_worked_that_day(session: Session, arts: Unit) -> None:
    person = a_person(session)
    an_appointment(session, person=person, unit=arts, ends_on=DUE)
    an_award(session, person=person, obtained_on=DUE - ONE, kind=AwardKind.IMPORTED)
    an_award(session, person=a_person(session), obtained_on=DUE)
    assert look(session).awards == 1


def test_a_unit_counts_its_own(session: Session, arts: Unit) -> None:
    law = a_unit(session, code="law", parent=arts)
    a_learner(session, law)
    query = ask(session, DAY)
    below = query.within(query.scope.find("law"))
    assert timely(session, below, YEAR_AGO).in_time == Share(0, 1)
    music = a_unit(session, code="music", parent=arts)
    assert music.id
    query = ask(session, DAY)
    other = replace(query, scope=query.scope.within(query.scope.find("music")))
    assert timely(session, other, YEAR_AGO).in_time == Share(0, 0)
