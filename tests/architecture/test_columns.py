"""Every column says what it keeps about people; what HR may read tells nothing of the way there."""

import pytest
from sqlalchemy import Column, Table

from elearning.storage.base import Kept, PersonalData
from elearning.storage.completion import Award, Certificate, Exemption, Obligation
from elearning.storage.learning_state import Attempt, AttemptStep, LearningLink, ModulePage
from elearning.storage.models import Base
from elearning.storage.people import Person

COLUMNS = {
    f"{table.name}.{column.name}": column
    for table in Base.metadata.sorted_tables
    for column in table.columns
}
READ_BY_HR = [Obligation, Exemption, Award, Certificate]
LEARNING_STATE = [Attempt, AttemptStep, ModulePage]
TELLING_WORDS = {
    "answer",
    "attempt",
    "choice",
    "duration",
    "ended",
    "error",
    "exam",
    "fail",
    "minutes",
    "module",
    "path",
    "points",
    "reading",
    "result",
    "retake",
    "route",
    "scenario",
    "score",
    "seconds",
    "started",
    "tries",
    "variant",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_says_what_it_keeps_why_and_how_long(name: str) -> None:
    note = COLUMNS[name].info
    assert set(note) == {"pii", "purpose", "kept"}
    assert isinstance(note["pii"], PersonalData)
    assert isinstance(note["kept"], Kept)
    assert str(note["purpose"]).strip()


@pytest.mark.parametrize("model", READ_BY_HR, ids=lambda model: str(model.__tablename__))
def test_what_hr_may_read_has_no_column_for_the_way_someone_learned(model: type[Base]) -> None:
    words = {word for name in column_names(model) for word in name.split("_")}
    assert words & TELLING_WORDS == set()


@pytest.mark.parametrize("model", READ_BY_HR, ids=lambda model: str(model.__tablename__))
def test_what_hr_may_read_does_not_refer_to_learning_state(model: type[Base]) -> None:
    referred = {
        key.column.table.name for column in table(model).columns for key in column.foreign_keys
    }
    assert referred <= {"person", "obligation", "award"}


@pytest.mark.parametrize("model", LEARNING_STATE, ids=lambda model: str(model.__tablename__))
def test_learning_state_knows_a_key_and_nobody(model: type[Base]) -> None:
    assert "person_id" not in column_names(model)
    assert all(column.info["pii"] is not PersonalData.IDENTITY for column in table(model).columns)


def test_one_table_leads_from_a_person_to_learning_state() -> None:
    leading = {
        table.name
        for table in Base.metadata.sorted_tables
        if "learning_key" in table.columns and refers_to_a_person(table)
    }
    assert leading == {LearningLink.__tablename__}


def test_learning_state_keeps_days_and_never_instants() -> None:
    kinds = {
        column.type.python_type.__name__
        for model in LEARNING_STATE
        for column in table(model).columns
    }
    assert "datetime" not in kinds


def table(model: type[Base]) -> Table:
    """Return the table of a model."""
    assert isinstance(model.__table__, Table)
    return model.__table__


def column_names(model: type[Base]) -> list[str]:
    """Return the names of a model's columns."""
    return [column.name for column in table(model).columns]


def refers_to_a_person(found: Table) -> bool:
    """Say whether a column of the table is a person's key."""
    columns: list[Column[object]] = list(found.columns)
    return any(
        key.column.table.name == Person.__tablename__
        for column in columns
        for key in column.foreign_keys
    )
