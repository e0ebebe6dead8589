"""What somebody did while learning is in no byte of the database, its log or a backup once it goes.

Whatever way it goes: at their own wish, past its limit, or with the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.integrations.erasure_file import ErasureFile
from elearning.services.apply_retention import Retention, apply_retention
from elearning.services.erase_person import erase_person
from elearning.services.erasure_ledger import Erasing
from elearning.services.forget_learning import forget_own_learning
from elearning.services.learning_limit import LearningLimit
from elearning.services.publish_content import publish_content
from elearning.storage.engine import begin_reading, leave_no_bytes, one_transaction
from elearning.storage.learning_state import Attempt, LearningLink
from elearning.storage.models import Base
from elearning.storage.sqlite_library import LIBRARY
from tests.builders import a_person, an_obligation
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import BASIS, OTHER_TALK, TALK, practice_library

# A code that stands nowhere else; the conversation itself is kept, and holds it as often as before.
CHOICE = "kanariegeel"
LEARNERS = 5
LATER = timedelta(days=40)
Purge = Callable[["House"], None]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("canary") / "content"
    return practice_library(folder, changes={"- id: ruimte": f"- id: {CHOICE}"})


class House:
    """People who learned, and the canaries that this left behind."""

    def __init__(self, engine: Engine, library: Library, clock: SetClock, folder: Path) -> None:
        """Publish the content and let everybody learn."""
        self.engine, self.library, self.clock = engine, library, clock
        self.erasing = Erasing(ErasureFile(folder / "erased"), SECRET)
        with one_transaction(engine) as session:
            publish_content(session, library=library, clock=clock)
        leave_no_bytes(engine)
        self.of_content = self.count(CHOICE.encode())
        self.numbers = [self._learn() for _ in range(LEARNERS)]
        with Session(engine) as session:
            begin_reading(session)
            keys = [*session.scalars(select(LearningLink.learning_key))]
            keys += session.scalars(select(Attempt.id))
        self.canaries = [key.hex.encode() for key in keys]

    def _learn(self) -> str:
        with one_transaction(self.engine) as session:
            person = a_person(session)
            an_obligation(session, person=person, training_id=BASIS)
            learner = Learner(session, self.library, self.clock, person.id)
            learner.practise(learner.play(TALK, CHOICE, "wijzen"), 1, "kort")
            learner.complete_module()
            learner.play(OTHER_TALK, "ruimte", "wijzen")
            learner.play("slot", "goed")
            assert learner.finish()
            return person.external_id

    def files(self) -> Iterator[bytes]:
        """Yield the database, what stands beside it, and a backup made while it runs."""
        path = Path(str(self.engine.url.database))
        yield from (each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
        copy = path.parent / "copy-of-it"
        with closing(LIBRARY.connect(path)) as here, closing(LIBRARY.connect(copy)) as there:
            here.backup(there)
        yield copy.read_bytes()
        copy.unlink()

    def count(self, canary: bytes) -> int:
        """Count a canary in every byte that is kept; on PostgreSQL in every row."""
        if self.engine.dialect.name == "sqlite":
            return sum(each.count(canary) for each in self.files())
        return " ".join(self.rows()).encode().count(canary)

    def rows(self) -> Iterator[str]:
        """Yield every row of every table; keys as they are in the file of SQLite."""
        with Session(self.engine) as session:
            begin_reading(session)
            for table in Base.metadata.sorted_tables:
                for row in session.execute(select(table)):
                    yield " ".join(as_text(value) for value in row)

    def left(self) -> int:
        """Count what is left of everybody's learning."""
        own = sum(self.count(each) for each in self.canaries)
        return own + self.count(CHOICE.encode()) - self.of_content


def as_text(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """Return a value as it can be searched."""
    return (
        str(getattr(value, "hex", value)) if not isinstance(value, bytes | float) else repr(value)
    )


@pytest.fixture
def house(engine: Engine, library: Library, clock: SetClock, tmp_path: Path) -> House:
    return House(engine, library, clock, tmp_path)


def at_their_wish(house: House) -> None:
    """Let everybody have it forgotten."""
    for number in house.numbers:
        with one_transaction(house.engine) as session:
            person = Base.metadata.tables["person"]
            key = session.scalars(select(person.c.id).where(person.c.external_id == number)).one()
            assert forget_own_learning(session, person_id=key, erasing=house.erasing)


def past_the_limit(house: House) -> None:
    """Let the daily job run, more than thirty days later."""
    house.clock.instant += LATER
    limit = LearningLimit(house.library)
    done = apply_retention(Retention(lambda: one_transaction(house.engine), limit, house.clock))
    assert done.learners == LEARNERS


def with_the_person(house: House) -> None:
    """Let everybody be erased."""
    for number in house.numbers:
        with one_transaction(house.engine) as session:
            erase_person(
                session,
                person_number=number,
                may_work_here=True,
                erasing=house.erasing,
                clock=house.clock,
            )


@pytest.mark.parametrize("purge", [at_their_wish, past_the_limit, with_the_person])
def test_no_byte_of_it_is_left(house: House, purge: Purge) -> None:
    assert house.left() >= len(house.canaries) > LEARNERS * 3
    purge(house)
    assert leave_no_bytes(house.engine)
    assert house.left() == 0


def test_certificates_stay_when_learning_goes(house: House) -> None:
    past_the_limit(house)
    with Session(house.engine) as session:
        begin_reading(session)
        awards = session.scalars(select(Base.metadata.tables["award"].c.id)).all()
    assert len(awards) == LEARNERS


def test_the_search_finds_what_is_only_in_the_log_of_the_database(house: House) -> None:
    """Otherwise the test above could not fail."""
    with one_transaction(house.engine) as session:
        unit = Base.metadata.tables["unit"]
        session.execute(
            unit.insert().values(code=house.canaries[0].decode(), name_nl="x", name_en="x")
        )
    past_the_limit(house)
    leave_no_bytes(house.engine)
    assert house.left() > 0
