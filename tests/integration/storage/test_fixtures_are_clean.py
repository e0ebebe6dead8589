"""Every test starts with migrated and empty databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from elearning.storage.people import Person
from elearning.storage.schema import require_head
from tests.builders import a_person, an_appointment, an_award, an_obligation


def test_the_database_is_at_the_newest_revision(engine: Engine) -> None:
    require_head(engine)


@pytest.mark.parametrize("_again", range(2))
def test_what_a_test_commits_is_gone_in_the_next(session: Session, _again: int) -> None:
    assert session.scalar(select(func.count()).select_from(Person)) == 0
    person = a_person(session)
    an_appointment(session, person=person)
    an_obligation(session, person=person)
    an_award(session, person=person, replaces=an_award(session, person=person))
    session.commit()
