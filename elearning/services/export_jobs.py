"""Workbooks that are made while nobody waits: asked for once, made once, fetched by who asked.

A worker takes one in hand for a while (a lease) and renews that with every part it has written.
One that stops hands its file back; one that dies loses it when the lease ends.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, NotFound
from elearning.storage.jobs import ExportJob, JobState
from elearning.storage.statements import delete_rows, one_at_a_time, update_rows

KEPT_FOR = timedelta(days=7)
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
ASKING = "ask for a file"
UNDER_WAY = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that this worker makes: for whom, of which question, in which language."""

    id: UUID
    lease: UUID
    asked_by: UUID
    question: str
    lang: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Notes how far a file is, each time in a transaction of its own."""

    begin: Callable[[], AbstractContextManager[Session]]
    taken: Taken
    clock: Clock

    def written(self, rows_done: int, rows_total: int) -> None:
        """Note how many rows are written, and keep the file in hand for longer."""
        self._change(
            rows_done=rows_done,
            rows_total=rows_total,
            leased_until=self.clock.now() + LEASE,
        )

    def finished(self, rows: int, unit_ids: list[int]) -> None:
        """Say that the file is ready, and which units are in it."""
        self._let_go(JobState.READY, rows_done=rows, rows_total=rows, unit_ids=unit_ids)

    def failed(self) -> None:
        """Say that the file could not be made."""
        self._let_go(JobState.FAILED)

    def handed_back(self) -> None:
        """Let another worker begin anew; that this one stopped counts for nothing."""
        self._let_go(JobState.WAITING, rows_done=0, attempts=ExportJob.attempts - 1)

    def _let_go(self, state: JobState, **values: object) -> None:
        self._change(state=state, lease=None, leased_until=None, **values)

    def _change(self, **values: object) -> None:
        """Change what is still in this worker's hands; raises `Conflict` when it is not."""
        mine = and_(ExportJob.id == self.taken.id, ExportJob.lease == self.taken.lease)
        with self.begin() as session:
            statement = update(ExportJob).where(mine).values(**values)
            if not update_rows(session, statement.execution_options(synchronize_session=False)):
                raise Conflict("somebody else makes this file by now")


def ask_for_file(
    session: Session, *, asked_by: UUID, question: str, lang: str, clock: Clock
) -> UUID:
    """Ask for a file and return its key; the same question that is under way is not asked twice."""
    one_at_a_time(session, ASKING)
    same = select(ExportJob.id).where(
        ExportJob.asked_by == asked_by,
        ExportJob.question == question,
        ExportJob.lang == lang,
        ExportJob.state.in_(UNDER_WAY),
        _is_kept(clock),
    )
    found = session.scalars(same).first()
    if found is not None:
        return found
    job = ExportJob(
        id=uuid4(),
        asked_by=asked_by,
        asked_at=clock.now(),
        question=question,
        lang=lang,
        state=JobState.WAITING,
        rows_done=0,
        rows_total=None,
        unit_ids=None,
        attempts=0,
    )
    session.add(job)
    session.flush()
    return job.id


def own_file(session: Session, *, job_id: UUID, asked_by: UUID, clock: Clock) -> ExportJob:
    """Return what somebody asked for; raises `NotFound` for another's, and after its time."""
    statement = select(ExportJob).where(
        ExportJob.id == job_id, ExportJob.asked_by == asked_by, _is_kept(clock)
    )
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound("no such file")
    return found


def ask_again(session: Session, *, job_id: UUID, asked_by: UUID, clock: Clock) -> None:
    """Let what failed be tried again; anything else stays as it is."""
    job = own_file(session, job_id=job_id, asked_by=asked_by, clock=clock)
    if job.state is JobState.FAILED:
        job.state, job.attempts, job.rows_done = JobState.WAITING, 0, 0
        session.flush()


def take_file(session: Session, *, clock: Clock) -> Taken | None:
    """Take the file that has waited longest; None when none waits.

    What was begun too often, and never came to an end, has failed.
    """
    now = clock.now()
    left = and_(ExportJob.state == JobState.RUNNING, ExportJob.leased_until <= now)
    session.execute(
        update(ExportJob)
        .where(left, ExportJob.attempts >= MOST_ATTEMPTS)
        .values(state=JobState.FAILED, lease=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )
    statement = (
        select(ExportJob)
        .where(or_(ExportJob.state == JobState.WAITING, left), _is_kept(clock))
        .order_by(ExportJob.asked_at, ExportJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = session.scalars(statement).one_or_none()
    if job is None:
        return None
    job.state, job.lease, job.leased_until = JobState.RUNNING, uuid4(), now + LEASE
    job.attempts, job.rows_done = job.attempts + 1, 0
    session.flush()
    return Taken(job.id, job.lease, job.asked_by, job.question, job.lang)


def forget_old_files(session: Session, *, clock: Clock) -> int:
    """Forget who asked for what, seven days on; the files go with `kept_files`."""
    return delete_rows(session, delete(ExportJob).where(~_is_kept(clock)))


def kept_files(session: Session) -> set[UUID]:
    """Return the keys of the files that may still lie in the folder."""
    return set(session.scalars(select(ExportJob.id)))


def _is_kept(clock: Clock) -> ColumnElement[Any]:
    return ExportJob.asked_at > clock.now() - KEPT_FOR
