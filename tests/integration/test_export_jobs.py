"""Files in the background: asked for once, made by one worker, given back by one that stops."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.errors import Conflict, NotFound
from elearning.integrations.export_folder import ExportFolder
from elearning.services.export_jobs import (
    KEPT_FOR,
    LEASE,
    MOST_ATTEMPTS,
    Progress,
    Taken,
    ask_again,
    ask_for_file,
    forget_old_files,
    own_file,
    take_file,
)
from elearning.storage.engine import one_transaction
from elearning.storage.jobs import JobState
from tests.builders import a_person


@pytest.fixture
def officer(session: Session) -> UUID:
    person = a_person(session)
    session.commit()
    return person.id


def asked(session: Session, officer: UUID, clock: SetClock, question: str = "dag=1") -> UUID:
    job = ask_for_file(session, asked_by=officer, question=question, lang="nl", clock=clock)
    session.commit()
    return job


def taken(session: Session, clock: SetClock) -> Taken | None:
    found = take_file(session, clock=clock)
    session.commit()
    return found


def state(session: Session, job: UUID, officer: UUID, clock: SetClock) -> JobState:
    session.expire_all()
    found = own_file(session, job_id=job, asked_by=officer, clock=clock).state
    session.commit()
    return found


def progress(engine: Engine, taken: Taken | None, clock: SetClock) -> Progress:
    assert taken is not None
    return Progress(lambda: one_transaction(engine), taken, clock)


def test_the_same_question_is_under_way_once_and_another_beside_it(
    session: Session, officer: UUID, clock: SetClock
) -> None:
    one, same = asked(session, officer, clock), asked(session, officer, clock)
    other = asked(session, officer, clock, "dag=2")
    assert one == same != other


def test_each_file_is_taken_once_in_the_order_of_asking(
    session: Session, officer: UUID, clock: SetClock
) -> None:
    first = asked(session, officer, clock)
    clock.instant += timedelta(seconds=1)
    second = asked(session, officer, clock, "dag=2")
    found = [taken(session, clock) for _ in range(3)]
    assert [each and each.id for each in found] == [first, second, None]


def test_nobody_else_sees_a_file_and_after_seven_days_nobody_does(
    session: Session, officer: UUID, clock: SetClock
) -> None:
    job = asked(session, officer, clock)
    with pytest.raises(NotFound):
        own_file(session, job_id=job, asked_by=uuid4(), clock=clock)
    clock.instant += KEPT_FOR - timedelta(seconds=1)
    assert forget_old_files(session, clock=clock) == 0
    assert own_file(session, job_id=job, asked_by=officer, clock=clock).id == job
    clock.instant += timedelta(seconds=1)
    with pytest.raises(NotFound):
        own_file(session, job_id=job, asked_by=officer, clock=clock)
    assert forget_old_files(session, clock=clock) == 1


def test_a_worker_that_stops_gives_its_file_back_and_one_that_died_loses_it(
    session: Session, engine: Engine, officer: UUID, clock: SetClock
) -> None:
    job = asked(session, officer, clock)
    progress(engine, taken(session, clock), clock).handed_back()
    assert state(session, job, officer, clock) is JobState.WAITING
    dead = progress(engine, taken(session, clock), clock)
    assert taken(session, clock) is None
    clock.instant += LEASE
    alive = progress(engine, taken(session, clock), clock)
    with pytest.raises(Conflict):
        dead.finished(1, [1])
    alive.finished(1, [1])
    assert state(session, job, officer, clock) is JobState.READY


def test_what_kills_every_worker_fails_in_the_end_and_can_be_asked_for_again(
    session: Session, officer: UUID, clock: SetClock
) -> None:
    job = asked(session, officer, clock)
    for _ in range(MOST_ATTEMPTS):
        assert taken(session, clock) is not None
        clock.instant += LEASE
    assert taken(session, clock) is None
    assert state(session, job, officer, clock) is JobState.FAILED
    ask_again(session, job_id=job, asked_by=officer, clock=clock)
    session.commit()
    assert taken(session, clock) is not None


def break_off(folder: ExportFolder) -> None:
    with folder.writing(uuid4()) as (to, _scraps):
        to.write(b"half")
        raise OSError("full")


def test_a_file_is_for_its_owner_only_and_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    folder, kept, gone = ExportFolder(tmp_path / "exports"), uuid4(), uuid4()
    for key in (kept, gone):
        with folder.writing(key) as (to, _scraps):
            to.write(b"rows")
    assert stat.S_IMODE(folder.file(kept).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    with pytest.raises(OSError, match="full"):
        break_off(folder)
    assert sorted(folder.path.iterdir()) == sorted([folder.file(kept), folder.file(gone)])
    assert folder.keep_only(lambda: {kept}) == 1
    assert [*folder.path.iterdir()] == [folder.file(kept)]
