"""Three years of a small institution, the job once a month: nothing stays past its limit.

People join, learn in three ways, give up, renew and leave. What is asked of the tables after each
run is written here anew, so that the job is not judged by itself.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.award import add_months
from elearning.services.apply_retention import Retention, apply_retention
from elearning.services.audit_log import audit_anchor, audit_breaks
from elearning.services.completion_people import everything_about
from elearning.services.completion_query import completion_query
from elearning.services.hr_scope import hr_scope
from elearning.services.learning_limit import LearningLimit
from elearning.services.sign_in import Grant, open_session
from elearning.services.stage_roster import stage_roster
from elearning.services.throttle import Limit, count_try
from elearning.storage.audit import AuditEntry
from elearning.storage.completion import Award, Obligation
from elearning.storage.learning_state import Attempt, AttemptStep, LearningLink, ModulePage
from elearning.storage.people import Appointment, Person, Role, Unit
from elearning.storage.roster import RosterUpload
from elearning.storage.security import SignedInSession, Throttle
from elearning.storage.training_code import TrainingCode
from tests.builders import a_unit, an_appointment, an_obligation
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import Learner
from tests.practice_content import BASIS, TALK, UNREPAIRED

MONTHS = 36
JOIN_EACH_MONTH = 2
LEAVES, GIVES_UP, RENEWS = 0.05, 0.2, 0.7
TRIES = Limit("test", tries=9, window=timedelta(minutes=15))
WAYS = (
    Learner.do_everything,
    Learner.read_everything,
    lambda learner: learner.use(learner.a_code()),
)


@dataclass(slots=True)
class Institution:
    """Who works there, and since when each of them has not left."""

    session: Session
    library: Library
    clock: SetClock
    unit: Unit
    new_learner: NewLearner
    random: Random
    there: list[Learner] = field(default_factory=list)
    left: dict[UUID, date] = field(default_factory=dict)
    gave_up: set[UUID] = field(default_factory=set)

    def month(self) -> None:
        """Let a month go by: some join, some learn, some leave."""
        for _ in range(JOIN_EACH_MONTH):
            self._joins()
        for learner in tuple(self.there):
            self._learns(learner)
            if self.random.random() < LEAVES:
                self._leaves(learner)
        self._clutter()
        self.session.flush()

    def _joins(self) -> None:
        learner = self.new_learner()
        today = self.clock.today()
        an_appointment(
            self.session,
            person=learner.person,
            unit=self.unit,
            starts_on=today,
            recorded_at=self.clock.now(),
        )
        an_obligation(
            self.session,
            person=learner.person,
            training_id=BASIS,
            opened_on=today,
            due_on=today + timedelta(days=60),
            recorded_at=self.clock.now(),
        )
        self.there.append(learner)

    def _learns(self, learner: Learner) -> None:
        if learner.person_id in self.gave_up or not learner.state.may_obtain:
            return
        learner.play(TALK, *UNREPAIRED)
        if self.random.random() < GIVES_UP:
            self.gave_up.add(learner.person_id)
        elif not learner.state.awards or self.random.random() < RENEWS:
            self.random.choice(WAYS)(learner)

    def _leaves(self, learner: Learner) -> None:
        today = self.clock.today() + timedelta(days=1)
        work = self.session.scalars(
            select(Appointment).where(Appointment.person_id == learner.person_id)
        ).one()
        work.retracted_at = self.clock.now()
        self.session.flush()
        an_appointment(
            self.session,
            person=learner.person,
            unit=self.unit,
            starts_on=work.starts_on,
            ends_on=today,
            recorded_at=self.clock.now(),
        )
        self.there.remove(learner)
        self.left[learner.person_id] = today

    def _clutter(self) -> None:
        """Leave what every day leaves: a session, a counter, a code, a file looked over."""
        session, clock, someone = self.session, self.clock, self.there[0]
        open_session(session, person_id=someone.person_id, clock=clock, lasts=timedelta(hours=12))
        count_try(session, limit=TRIES, subject=str(clock.today()), key="k", clock=clock)
        stage_roster(session, content=b"x", uploaded_by=someone.person_id, clock=clock)
        someone.a_code()


@pytest.fixture
def institution(
    session: Session, library: Library, clock: SetClock, new_learner: NewLearner
) -> Institution:
    random = Random(20)  # noqa: S311 - no secret
    return Institution(session, library, clock, a_unit(session), new_learner, random)


@pytest.mark.either_database
def test_nothing_stays_past_its_limit_and_the_past_stays_as_it_was(
    institution: Institution,
) -> None:
    session, clock = institution.session, institution.clock
    seen: dict[date, dict[UUID, object]] = {}
    gone = 0
    for _ in range(MONTHS):
        institution.month()
        seen[clock.today()] = standings(institution, clock.today())
        clock.instant = datetime.combine(
            add_months(clock.instant.date(), 1), time(9), clock.instant.tzinfo
        )
        limit = LearningLimit(institution.library)
        forgotten = apply_retention(Retention(lambda: nullcontext(session), limit, clock))
        gone += forgotten.people
        session.expire_all()
        assert past_their_limit(institution) == {}
        assert list(audit_breaks(session, clock=clock)) == []
        check_the_past(institution, seen)
    assert gone == sum(day <= add_months(clock.today(), -24) for day in institution.left.values())
    assert gone >= 5
    assert audit_anchor(session).number > 20
    assert len(institution.there) > 20


def standings(institution: Institution, day: date) -> dict[UUID, object]:
    """Return how everybody stood on a day, in the eyes of HR."""
    session = institution.session
    scope = hr_scope(session, grants=[Grant(Role.HR_CENTRAL, None)], day=day)
    query = completion_query(institution.library.trainings, training_id=BASIS, scope=scope, day=day)
    found: dict[UUID, object] = {}
    for (person_id,) in session.execute(select(Person.id)):
        rows = everything_about(session, query, select(Person.id).where(Person.id == person_id))
        found[person_id] = [row.standing() for row in islice(rows, 2)]
    return found


def check_the_past(institution: Institution, seen: dict[date, dict[UUID, object]]) -> None:
    """Ask again for two days of the past, of those who still are there."""
    present = {each.person_id for each in institution.there}
    for day in (min(seen), sorted(seen)[len(seen) // 2]):
        now = standings(institution, day)
        before = {key: value for key, value in seen[day].items() if key in present}
        assert all(before.values())
        assert {key: now[key] for key in before} == before


def past_their_limit(institution: Institution) -> dict[str, list[object]]:
    """Return what should have gone by now, by its kind; empty when all is well."""
    session, clock = institution.session, institution.clock
    today, now = clock.today(), clock.now()
    two_years_ago = add_months(today, -24)
    found: dict[str, list[object]] = {
        "people": [
            person_id
            for person_id, day in institution.left.items()
            if day <= two_years_ago and session.get(Person, person_id) is not None
        ],
        "log": list(
            session.scalars(
                select(AuditEntry.number).where(
                    AuditEntry.recorded_at < datetime.combine(two_years_ago, time(), now.tzinfo)
                )
            )
        ),
        "sessions": list(
            session.scalars(select(SignedInSession).where(SignedInSession.expires_at <= now))
        ),
        "counters": list(session.scalars(select(Throttle).where(Throttle.window_ends_at <= now))),
        "codes": list(
            session.scalars(select(TrainingCode).where(TrainingCode.expires_on <= today))
        ),
        "uploads": list(
            session.scalars(
                select(RosterUpload).where(RosterUpload.uploaded_at <= now - timedelta(days=1))
            )
        ),
        "learning": list(old_learning(session, today)),
        "orphans": list(orphans(session)),
    }
    return {kind: rows for kind, rows in found.items() if rows}


def old_learning(session: Session, today: date) -> list[UUID]:
    """Return whose learning state is too old: completed 30 days ago, or idle for 30 months."""
    found = []
    for person_id, key in session.execute(
        select(LearningLink.person_id, LearningLink.learning_key)
    ):
        days = session.execute(
            select(
                select(func.max(Attempt.last_played_on))
                .where(Attempt.learning_key == key)
                .scalar_subquery(),
                select(func.max(ModulePage.done_on))
                .where(ModulePage.learning_key == key)
                .scalar_subquery(),
            )
        ).one()
        last = max(day for day in days if day is not None)
        award = session.scalars(
            select(Award).where(Award.person_id == person_id).order_by(Award.sequence.desc())
        ).first()
        obliged = select(Obligation.id).where(
            Obligation.person_id == person_id, Obligation.closed_on.is_(None)
        )
        month_ago = today - timedelta(days=30)
        is_done = (
            award is not None
            and award.obtained_on <= month_ago
            and award.valid_until is not None
            and award.valid_until > today + timedelta(days=60)
            and session.scalar(obliged) is not None
        )
        if last <= add_months(today, -30) or (is_done and last <= month_ago):
            found.append(key)
    return found


def orphans(session: Session) -> list[object]:
    """Return learning state that no link leads to any more."""
    keys = select(LearningLink.learning_key)
    runs = select(Attempt.id)
    return [
        *session.scalars(select(Attempt.id).where(Attempt.learning_key.not_in(keys))),
        *session.scalars(select(ModulePage.page_id).where(ModulePage.learning_key.not_in(keys))),
        *session.scalars(select(AttemptStep.turn).where(AttemptStep.attempt_id.not_in(runs))),
    ]
