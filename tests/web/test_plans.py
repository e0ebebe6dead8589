"""How SQLite goes about what HR's pages ask: never by comparing each row with each.

A plan is made without a look at the data, so a small institution shows what a large one would wait
for. It differs by version of SQLite (docs/decisions/0018): one that reads a whole list anew for
every person takes seconds where another takes a moment, with the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select

from elearning.config import Settings
from elearning.content.library import Library
from elearning.services.generate_institution import generate_institution
from elearning.storage.engine import build_engine
from elearning.storage.people import Person, Role, RoleGrant
from elearning.storage.schema import migrate
from elearning.web.extensions import db
from tests.builders import a_role
from tests.databases import TODAY
from tests.web.conftest import Arrange, demo_settings
from tests.web.strict_client import StrictClient
from tests.web.test_hr import signed_in_as

MORE = "?naam=de&zoek=de&volgorde=unit&pagina=2"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a site on SQLite."""
    return demo_settings(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite3'}")


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    """Return the miniature content."""
    return practice


@pytest.fixture
def hr(app: Flask, client: StrictClient, arrange: Arrange, library: Library) -> StrictClient:
    """Return HR, and administrator, of an institution in which everything happened to somebody."""
    with app.app_context():
        migrate(db.engine)
    with arrange() as session:
        generate_institution(
            session, persons=300, seed=1, trainings=library.trainings, today=TODAY.date()
        )
    central = signed_in_as(client, arrange, Role.HR_CENTRAL)
    with arrange() as session:
        person_id = session.scalars(select(RoleGrant.person_id)).one()
        a_role(session, person=session.get_one(Person, person_id), role=Role.ADMIN)
    return central


def test_no_statement_of_hr_compares_each_row_with_each(app: Flask, hr: StrictClient) -> None:
    with app.app_context():
        engine = db.engine
    with listening(engine) as seen:
        for address in addresses(app):
            assert hr.get(address).status_code in {200, 302, 303}, address
    assert len(seen) > 50
    with engine.connect() as connection:
        plans = {
            statement: connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
            for statement, given in seen.items()
        }
    assert {statement: plan for statement, plan in plans.items() if nested(plan)} == {}


def test_a_list_that_is_read_anew_for_every_row_is_found(tmp_path: Path) -> None:
    settings = demo_settings(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite3'}")
    engine = build_engine(settings.database_url)
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN WITH a AS MATERIALIZED (SELECT value FROM json_each('[1]')),"
            " b AS MATERIALIZED (SELECT value FROM json_each('[1]'))"
            " SELECT 1 FROM a JOIN b ON a.value > b.value"
        ).all()
    engine.dispose()
    assert [text for *_, text in nested(plan)] == ["SCAN b"]


def nested(plan: Sequence[Any]) -> list[Any]:
    """Return the steps that read all of something inside the loop of another step."""
    found, looping = [], set()
    for step in plan:
        _, inside, _, text = step
        if text.startswith(("SCAN", "SEARCH")):
            if inside in looping and text.startswith("SCAN"):
                found.append(step)
            looping.add(inside)
    return found


def addresses(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/hr") and not rule.arguments and "GET" in (rule.methods or ()):
            yield rule.rule
            yield f"{rule.rule}{MORE}"


@contextmanager
def listening(engine: Engine) -> Iterator[dict[str, Any]]:
    """Collect what is asked of the database, each statement once with what it was given."""
    seen: dict[str, Any] = {}

    def listen(_connection: object, _cursor: object, statement: str, *given: object) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            seen.setdefault(statement, given[0])

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", listen)
