"""Every column says what it keeps about people; what HR may read tells nothing of the way there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData

from elearning.storage.base import NAMES, Kept, PersonalData, about
from elearning.storage.models import Base
from elearning.storage.never import Never, broken_rules

COLUMNS = {
    f"{table.name}.{column.name}": column
    for table in Base.metadata.sorted_tables
    for column in table.columns
}

NOTE = about(PersonalData.NONE, "a test", Kept.AUDIT)
# Of each rule, a table and a column that would break it.
BREAKS: Mapping[Never, tuple[str, Column[Any]]] = {
    Never.WAY_OF_LEARNING: ("award", Column("route_taken", Integer, info=NOTE)),
    Never.LEARNING_BEHIND_COMPLETION: (
        "award",
        Column("run_id", ForeignKey("attempt.id"), info=NOTE),
    ),
    Never.NAMES_IN_LEARNING: ("attempt", Column("person_id", Integer, info=NOTE)),
    Never.SECOND_LINK: ("account", Column("learning_key", Integer, info=NOTE)),
    Never.MOMENTS_OF_LEARNING: ("module_page", Column("done_at", DateTime, info=NOTE)),
    Never.REASON_OF_ABSENCE: ("absence", Column("why", Integer, info=NOTE)),
    Never.PRIVATE_FACTS: ("person", Column("birth_date", Integer, info=NOTE)),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_says_what_it_keeps_why_and_how_long(name: str) -> None:
    note = COLUMNS[name].info
    assert set(note) == {"pii", "purpose", "kept"}
    assert isinstance(note["pii"], PersonalData)
    assert isinstance(note["kept"], Kept)
    assert str(note["purpose"]).strip()


def test_the_tables_keep_every_rule() -> None:
    assert broken_rules(Base.metadata) == ()
    assert {*BREAKS} == {*Never}


@pytest.mark.parametrize("rule", Never)
def test_a_column_that_breaks_a_rule_is_named(rule: Never) -> None:
    tables = MetaData(naming_convention=NAMES)
    for each in Base.metadata.sorted_tables:
        each.to_metadata(tables)
    name, column = BREAKS[rule]
    tables.tables[name].append_column(column)
    assert f"{rule}: {name}" in " ".join(broken_rules(tables))
