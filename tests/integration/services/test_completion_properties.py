"""Rates at random: both ways of counting agree, nothing is lost, and the past stays what it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Integer, String, column, delete, select, true, values
from sqlalchemy.orm import Session

from elearning.learning.rates import Rates, rates_of
from elearning.learning.status import terms_on
from elearning.learning.validity import Validity
from elearning.services.completion_counts import tally
from elearning.services.completion_overview import Overview, overview
from elearning.services.completion_people import Placed, everything_about, from_pairs
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.completion_standings import placed
from elearning.services.completion_trend import trend
from elearning.services.hr_scope import hr_scope
from elearning.services.packed_days import (
    CELLS,
    EXEMPT,
    cell_sql,
    late_on_sql,
)
from elearning.services.sign_in import Grant
from elearning.storage.completion import Award
from elearning.storage.facts import Known
from elearning.storage.people import Person, Role
from elearning.storage.rules import AssignmentRule
from tests.builders import TRAINING, a_person, an_absence, an_appointment, an_obligation
from tests.databases import TODAY
from tests.integration.services.rosters_at_random import ADVISER, DAY, OFFSETS, an_institution
from tests.trainings import a_training

TRAININGS = {TRAINING: a_training(), ADVISER: a_training(ADVISER, satisfies=(TRAINING,))}
EARLIER = TODAY - timedelta(days=20)
seeds = st.integers(0, 2**32)
days = st.sampled_from(OFFSETS).map(lambda offset: DAY + timedelta(days=offset))
moments = st.sampled_from((None, TODAY, EARLIER))
many = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@contextmanager
def drawn(engine: Engine, seed: int) -> Iterator[tuple[Session, Random]]:
    """Give a session with an institution in it, which is gone afterwards."""
    with Session(engine) as session:
        random = Random(seed)  # noqa: S311 - no secret
        an_institution(session, random)
        yield session, random


def ask(session: Session, day: date, known_at: datetime | None = None) -> CompletionQuery:
    scope = hr_scope(session, grants=[Grant(Role.HR_CENTRAL, None)], day=day, known_at=known_at)
    return completion_query(
        TRAININGS, training_id=TRAINING, scope=scope, day=day, known_at=known_at
    )


def look(session: Session, day: date, known_at: datetime | None = None) -> Overview:
    return overview(session, ask(session, day, known_at))


def in_order(people: Iterable[Placed]) -> list[Placed]:
    """Sort people, and the units of each: a database lists those as its plan finds them."""
    return sorted(each._replace(unit_ids=tuple(sorted(set(each.unit_ids)))) for each in people)


@pytest.mark.either_database
@many
@given(seeds, days, moments)
def test_three_dates_and_all_facts_put_everybody_in_the_same_place(
    engine: Engine, seed: int, day: date, known_at: datetime | None
) -> None:
    with drawn(engine, seed) as (session, _):
        query = ask(session, day, known_at)
        every_person = select(Person.id).where(true())
        long = everything_about(session, query, every_person)
        assert in_order(placed(session, query)) == in_order(long)


@pytest.mark.either_database
@many
@given(seeds, days, moments)
def test_the_database_counts_as_the_people_do(
    engine: Engine, seed: int, day: date, known_at: datetime | None
) -> None:
    with drawn(engine, seed) as (session, _):
        query = ask(session, day, known_at)
        people = [each.standing() for each in placed(session, query)]
        assert tally(session, query).rates() == rates_of(people)


@pytest.mark.parametrize("days_ago", range(40, 50))
def test_the_database_counts_as_the_people_do_until_the_grace_after_a_return_has_passed(
    session: Session, days_ago: int
) -> None:
    back_on, opened_on = DAY - timedelta(days=days_ago), DAY - timedelta(days=400)
    person = a_person(session)
    an_appointment(session, person=person)
    an_obligation(session, person=person, opened_on=opened_on, due_on=DAY - timedelta(days=200))
    an_absence(session, person=person, from_on=back_on - timedelta(days=100), until_on=back_on)
    query = ask(session, DAY)
    people = [each.standing() for each in placed(session, query)]
    assert len(people) == 1
    assert tally(session, query).rates() == rates_of(people)


@pytest.mark.either_database
@many
@given(seeds, days)
def test_the_five_shares_add_up_and_the_institution_is_at_most_the_sum_of_its_units(
    engine: Engine, seed: int, day: date
) -> None:
    with drawn(engine, seed) as (session, _):
        found = look(session, day)
        for rates in (found.rates, *(each.rates for each in found.units)):
            assert sum(five(rates)) == rates.counted
        assert found.rates.counted <= sum(each.rates.counted for each in found.units)
        assert found.rates.everyone <= sum(each.rates.everyone for each in found.units)


def five(rates: Rates) -> tuple[int, ...]:
    return rates.valid, rates.open, rates.in_grace, rates.overdue, rates.lapsed


@pytest.mark.either_database
@many
@given(seeds, days)
def test_a_report_as_known_then_is_the_same_after_whatever_comes_later(
    engine: Engine, seed: int, day: date
) -> None:
    with drawn(engine, seed) as (session, random):
        before = look(session, day, EARLIER)
        later = TODAY + timedelta(hours=1)
        learn_more(session, random, later)
        assert look(session, day, EARLIER) == before


def learn_more(session: Session, random: Random, moment: datetime) -> None:
    """Take back about half of all facts, and withdraw some awards."""
    for mapper in list(Person.registry.mappers):
        if issubclass(mapper.class_, Known):
            for row in session.query(mapper.class_):
                if row.retracted_at is None and random.random() < 0.5:
                    row.retracted_at = moment
    for award in session.query(Award):
        if award.withdrawn_on is None and random.random() < 0.3:
            award.withdrawn_on, award.withdrawal_recorded_at = DAY, moment
    session.flush()


def test_the_rule_in_sql_is_the_rule_over_every_order_of_its_days(session: Session) -> None:
    validity = Validity(months=24, renewal_window_days=2, grace_days=1, due_days=60)
    terms = terms_on(DAY, validity).as_text()
    around = [(DAY + timedelta(days=offset)).isoformat() for offset in range(-3, 4)]
    opened = [day for day in around if day <= terms.day]
    cases = list(product(opened, around, [None, *around], [None, *around, EXEMPT]))
    table = (
        values(
            column("number", Integer),
            column("dates", String),
            column("longest", String),
            column("back_on", String),
            name="cases",
        )
        .data(
            [
                (number, f"{due_on}{opened_on}", ended_on and f"{ended_on}{DAY}", back_on)
                for number, (opened_on, due_on, ended_on, back_on) in enumerate(cases)
            ]
        )
        .cte("every_case")
    )
    days = table.c.dates, table.c.longest, table.c.back_on
    late_on = late_on_sql(session, terms, *days)
    rows = session.execute(select(table.c.number, cell_sql(terms, *days), late_on)).all()
    found = {number: (*CELLS[cell], late) for number, cell, late in rows}
    placed_in_python = {
        number: from_pairs(terms, None, (), f"{due_on}{opened_on}", ended, back_on)
        for number, (opened_on, due_on, ended_on, back_on) in enumerate(cases)
        for ended in [ended_on and f"{ended_on}{DAY}"]
    }
    assert found == {
        number: (each.status, each.is_expiring, each.due_on)
        for number, each in placed_in_python.items()
    }


@pytest.mark.either_database
@many
@given(seeds, moments)
def test_the_trend_is_the_coverage_of_each_of_its_days(
    engine: Engine, seed: int, known_at: datetime | None
) -> None:
    with drawn(engine, seed) as (session, _):
        session.execute(delete(AssignmentRule))
        query = ask(session, DAY, known_at)
        asked = sorted({DAY + timedelta(days=offset) for offset in OFFSETS if offset <= 0})
        found = trend(session, query, asked)
        expected = [tally(session, replace(query, day=day)).rates().coverage for day in asked]
        assert [point.coverage for point in found] == expected


@many
@given(seeds, days, moments)
def test_a_part_with_every_unit_in_it_is_the_whole(
    engine: Engine, seed: int, day: date, known_at: datetime | None
) -> None:
    """In a part each person's awards are looked up, for the whole they may be read at once."""
    with drawn(engine, seed) as (session, _):
        whole = ask(session, day, known_at)
        part = replace(whole, scope=replace(whole.scope, is_everything=False))
        asked = [day - timedelta(days=days_ago) for days_ago in (400, 90, 1, 0)]
        assert in_order(placed(session, part)) == in_order(placed(session, whole))
        assert tally(session, part).rates() == tally(session, whole).rates()
        assert trend(session, part, asked) == trend(session, whole, asked)
