"""The revisions build exactly what the models describe, and can be undone with data in place."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count, pairwise

import pytest
from alembic import command
from alembic.autogenerate import produce_migrations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from elearning.errors import SchemaOutOfDate
from elearning.storage.engine import build_engine
from elearning.storage.models import Base
from elearning.storage.people import Role
from elearning.storage.schema import configuration, head, migrate, require_head, revision_of
from tests.builders import (
    a_person,
    a_role,
    a_unit,
    a_withdrawal,
    an_absence,
    an_account,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)

EVERY_NTH_STATEMENT = 3


@pytest.fixture
def blank(blank_database_url: str) -> Iterator[Engine]:
    """Return an engine on a database without tables."""
    engine = build_engine(blank_database_url)
    yield engine
    engine.dispose()


def test_the_newest_revision_equals_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        command.check(configuration(connection))


def test_a_new_revision_would_be_empty(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        operations = produce_migrations(context, Base.metadata).upgrade_ops
    assert operations is not None
    assert operations.is_empty()


def test_the_revisions_give_the_same_indexes_as_the_models(engine: Engine, blank: Engine) -> None:
    Base.metadata.create_all(blank)
    assert indexes(engine) == indexes(blank)


def test_the_revisions_stand_in_one_line() -> None:
    assert len(ScriptDirectory.from_config(configuration()).get_heads()) == 1


def test_every_step_down_and_up_again_works_with_data(blank: Engine) -> None:
    migrate(blank)
    fill(blank)
    for newer, older in pairwise(revisions_from_head()):
        downgrade(blank, older)
        migrate(blank, newer)
        downgrade(blank, older)
    assert inspect(blank).get_table_names() == ["alembic_version"]
    migrate(blank)
    require_head(blank)
    fill(blank)


def test_names_that_were_folded_before_are_found_as_they_are_typed_now(blank: Engine) -> None:
    migrate(blank)
    with Session(blank) as session, session.begin():
        a_person(session, name="Dilan Yıldız")
    for revision, found in (("0018", "dilan yıldız"), ("0019", "dilan yildiz")):
        with blank.begin() as connection:
            step = command.downgrade if revision == "0018" else command.upgrade
            step(configuration(connection), revision)
            assert connection.scalar(text("SELECT sort_name FROM person")) == found


def test_the_rules_of_partial_indexes_hold_after_migrating(session: Session) -> None:
    person = a_person(session)
    an_obligation(session, person=person, closed_on=date(2027, 1, 1))
    an_obligation(session, person=person)
    with pytest.raises(IntegrityError):
        an_obligation(session, person=person)


def test_an_empty_database_is_refused(blank: Engine) -> None:
    with pytest.raises(SchemaOutOfDate, match="at revision none"):
        require_head(blank)


def test_a_database_of_another_program_version_is_refused(blank: Engine) -> None:
    migrate(blank)
    with blank.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'of_tomorrow'")
    with pytest.raises(SchemaOutOfDate, match=f"of_tomorrow.*needs {head()}"):
        require_head(blank)


@pytest.mark.either_database
def test_a_revision_that_breaks_off_leaves_nothing_and_can_be_run_again(blank: Engine) -> None:
    for revision in reversed(revisions_from_head()[:-1]):
        before = revision_of(blank), tables_in(blank)
        for nth in count(1, EVERY_NTH_STATEMENT):
            with breaks_off_at(blank, nth) as run, suppress(ConnectionAbortedError):
                migrate(blank, revision)
            if len(run) < nth:
                break
            assert (revision_of(blank), tables_in(blank)) == before, (revision, nth)
    require_head(blank)


def test_revisions_before_the_one_that_breaks_off_stay(blank: Engine) -> None:
    whole = tables_per_revision(blank)
    total = statements_of_a_migration(blank)
    for nth in (total // 2, total - 1):
        with breaks_off_at(blank, nth), pytest.raises(ConnectionAbortedError):
            migrate(blank)
        revision = revision_of(blank)
        assert revision is not None
        assert tables_in(blank) == whole[revision], nth
        downgrade(blank, "base")
    migrate(blank)
    require_head(blank)


def tables_per_revision(engine: Engine) -> dict[str | None, dict[str, list[str]]]:
    """Return the tables with their columns as every revision leaves them, and undo it all again."""
    found: dict[str | None, dict[str, list[str]]] = {None: {}}
    for revision in reversed(revisions_from_head()[:-1]):
        migrate(engine, revision)
        found[revision] = tables_in(engine)
    downgrade(engine, "base")
    return found


def tables_in(engine: Engine) -> dict[str, list[str]]:
    """Return every table with its columns; what Alembic itself keeps is left out."""
    found = inspect(engine)
    return {
        table: sorted(column["name"] for column in found.get_columns(table))
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def indexes(engine: Engine) -> dict[str, object]:
    """Return every index and unique constraint with its columns and its condition."""
    found = inspect(engine)
    return {
        f"{table}.{index['name']}": (
            index["column_names"],
            bool(index["unique"]),
            sorted((key, str(value)) for key, value in index["dialect_options"].items()),
        )
        for table in found.get_table_names()
        if table != "alembic_version"
        for index in found.get_indexes(table)
    }


def revisions_from_head() -> list[str]:
    """Return every revision, the newest first, and `base`."""
    script = ScriptDirectory.from_config(configuration())
    return [*(each.revision for each in script.walk_revisions()), "base"]


def downgrade(engine: Engine, target: str) -> None:
    """Undo revisions down to `target`."""
    with engine.connect() as connection:
        command.downgrade(configuration(connection), target)


def fill(engine: Engine) -> None:
    """Put a row into the tables about people and completion."""
    with Session(engine) as session, session.begin():
        unit = a_unit(session, parent=a_unit(session))
        person = a_person(session)
        an_account(session, person=person)
        a_role(session, person=person, role=Role.HR_UNIT, unit=unit)
        an_appointment(session, person=person, unit=unit)
        away = (date(2027, 1, 1), date(2027, 2, 1))
        an_absence(session, person=person, from_on=away[0], until_on=away[1])
        obligation = an_obligation(session, person=person)
        an_exemption(session, obligation=obligation, from_on=away[0], until_on=away[1])
        award = an_award(session, person=person, replaces=an_award(session, person=person))
        a_withdrawal(session, award=award, requested_by=person)


def statements_of_a_migration(engine: Engine) -> int:
    """Return how many statements it takes to migrate, and undo it all again."""
    with breaks_off_at(engine, None) as counted:
        migrate(engine)
        total = len(counted)
    undo_everything(engine)
    return total


def tables_by_revision(engine: Engine) -> dict[str | None, set[str]]:
    """Return which tables there are at each revision, and at none."""
    whole: dict[str | None, set[str]] = {None: set()}
    for revision in reversed(revisions_from_head()[:-1]):
        migrate(engine, revision)
        whole[revision] = set(inspect(engine).get_table_names()) - {"alembic_version"}
    undo_everything(engine)
    return whole


def undo_everything(engine: Engine) -> None:
    """Bring a database back to one without tables."""
    downgrade(engine, "base")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")


@contextmanager
def breaks_off_at(engine: Engine, nth: int | None) -> Iterator[list[str]]:
    """Let the nth statement fail; give the list of statements as they are run."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)
        if len(seen) == nth:
            raise ConnectionAbortedError(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
