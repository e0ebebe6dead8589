"""HR reads completion and nothing of learning: neither in its imports nor in its SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import grimp
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from elearning.services.completion_overview import overview
from elearning.services.completion_query import completion_query
from elearning.services.completion_table import people_rows
from elearning.services.hr_scope import hr_scope
from elearning.services.people_filter import PeopleFilter, SortKey
from elearning.services.sign_in import Grant
from elearning.storage import learning_state
from elearning.storage.base import Base
from elearning.storage.people import Role
from tests.builders import TRAINING, a_person, a_unit, an_appointment, an_obligation
from tests.trainings import a_training

LEARNING_STATE = "elearning.storage.learning_state"
HR_PAGES = "elearning.web.hr"
DAY = date(2027, 3, 3)
MAY_READ = {
    "absence",
    "appointment",
    "assignment_rule",
    "award",
    "exemption",
    "obligation",
    "person",
    "unit",
    "unit_place",
}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("elearning")


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    yield seen
    event.remove(engine, "before_cursor_execute", listen)


def test_no_service_behind_the_hr_pages_reaches_learning_state(imports: grimp.ImportGraph) -> None:
    services = {
        module
        for page in imports.find_descendants(HR_PAGES)
        for module in imports.find_modules_directly_imported_by(page)
        if module.startswith("elearning.services.")
    }
    assert "elearning.services.completion_overview" in services
    assert "elearning.services.completion_table" in services
    chains = [imports.find_shortest_chain(module, LEARNING_STATE) for module in sorted(services)]
    assert chains == [None] * len(services)


def test_no_hr_page_imports_learning_state_itself(imports: grimp.ImportGraph) -> None:
    importing = imports.find_modules_that_directly_import(LEARNING_STATE)
    assert importing
    assert importing.isdisjoint(imports.find_descendants(HR_PAGES))


@pytest.mark.parametrize("role", [Role.HR_CENTRAL, Role.HR_UNIT])
def test_hr_statements_name_the_tables_of_completion_only(
    session: Session, statements: list[str], role: Role
) -> None:
    unit = a_unit(session, parent=a_unit(session))
    person = a_person(session)
    an_appointment(session, person=person, unit=unit)
    an_obligation(session, person=person)
    statements.clear()
    grant = Grant(role, None if role is Role.HR_CENTRAL else unit.id)
    scope = hr_scope(session, grants=[grant], day=DAY)
    query = completion_query({TRAINING: a_training()}, training_id=TRAINING, scope=scope, day=DAY)
    rows = people_rows(session, query, PeopleFilter(None, "", SortKey.NAME, False, "nl"))
    assert overview(session, query).rates.counted == len(rows) == 1
    read = {table for statement in statements for table in tables_in(statement)}
    assert read == MAY_READ


def test_what_hr_may_read_is_not_learning_state() -> None:
    learning = {
        each.__tablename__
        for each in Base.__subclasses__()
        if each.__module__ == learning_state.__name__
    }
    assert {"learning_link", "attempt", "attempt_step", "module_page"} <= learning
    assert learning.isdisjoint(MAY_READ)


def tables_in(statement: str) -> set[str]:
    """Return every table of the database that a statement names."""
    named = set(re.findall(r"[a-z_]+", statement.lower()))
    return named & {table.name for table in Base.metadata.sorted_tables}
