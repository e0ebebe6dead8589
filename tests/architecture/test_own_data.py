"""What people take along is all that leads to them: by table, by column, or with a reason."""

from __future__ import annotations

import pytest
from sqlalchemy import Table

from elearning.services.own_data import LEFT_OUT, NOT_GIVEN, OWNERS
from elearning.storage.base import PersonalData
from elearning.storage.models import Base

TABLES = Base.metadata.tables
LEARNING_KEY, ACTOR = "learning_key", "actor_id"


def leads_to_a_person(table: Table, *, through: frozenset[str] = frozenset()) -> bool:
    """Say whether rows are somebody's: by a key of a person, at once or over other tables."""
    if table.name == "person" or {LEARNING_KEY, ACTOR} & set(table.columns.keys()):
        return True
    parents = {
        key.column.table
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name not in {*through, table.name}
    }
    return any(leads_to_a_person(each, through=through | {table.name}) for each in parents)


def test_every_table_that_leads_to_a_person_is_given_or_has_a_reason_why_not() -> None:
    leading = {name for name, table in TABLES.items() if leads_to_a_person(table)}
    assert leading == OWNERS.keys() | NOT_GIVEN.keys()
    assert OWNERS.keys().isdisjoint(NOT_GIVEN)
    assert {"attempt_step", "signed_certificate", "roster_missing"} <= leading


def test_what_leads_to_nobody_says_nothing_of_a_person() -> None:
    """A counter of tries and a code on paper are about somebody, and nobody can say about whom."""
    others = [table for name, table in TABLES.items() if name not in {*OWNERS, *NOT_GIVEN}]
    telling = {
        table.name
        for table in others
        for column in table.columns
        if column.info["pii"]
        not in {PersonalData.NONE, PersonalData.WORK}  # `recorded_at` of units and rules
    }
    assert telling == {"throttle", "training_code"}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_a_column_and_has_a_reason(name: str) -> None:
    table, column = name.split(".")
    assert table in OWNERS
    assert column in TABLES[table].columns
    assert LEFT_OUT[name].strip()


@pytest.mark.parametrize("name", OWNERS)
def test_a_table_comes_after_the_one_it_refers_to(name: str) -> None:
    owner, order = OWNERS[name], [*OWNERS]
    assert owner.column in TABLES[name].columns
    assert owner.key in TABLES[owner.parent].columns
    assert order.index(owner.parent) <= order.index(name)
