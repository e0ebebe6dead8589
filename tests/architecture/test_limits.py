"""Every column says how long it stays; every limit is kept by a step of the retention, or is none.

And it is so: after ten years in which everybody has left, what had a limit is empty.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.prior import Refusal
from elearning.learning.reminders import Slot
from elearning.services.apply_retention import STAYS, STEPS, Retention, apply_retention
from elearning.services.export_jobs import ask_for_file
from elearning.services.invite_account import invite
from elearning.services.learning_limit import LearningLimit
from elearning.services.more_time import hear_later
from elearning.services.publish_content import publish_content
from elearning.services.sign_in import open_session
from elearning.services.stage_roster import stage_roster
from elearning.services.throttle import Limit, count_try
from elearning.storage.base import Kept
from elearning.storage.completion import Award
from elearning.storage.models import Base
from elearning.storage.outbox import (
    MessageState,
    MessageTemplate,
    OutboxMessage,
    OutboxSlot,
)
from elearning.storage.people import Role
from elearning.storage.prior_learning import PriorAnswer
from elearning.storage.roster import RosterImport, RosterMissing
from elearning.storage.rules import AssignmentRule
from tests.builders import (
    a_changed_award,
    a_person,
    a_request,
    a_role,
    a_unit,
    a_withdrawal,
    an_absence,
    an_account,
    an_appointment,
    an_exemption,
    an_obligation,
)
from tests.integration.services.learner import Learner
from tests.practice_content import BASIS, CHECK_ONLY, TALK, practice_library
from tests.reports import a_report, institution

LEFT_ON = datetime(2027, 3, 10, tzinfo=UTC).date()
TEN_YEARS = timedelta(days=3653)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return practice_library(tmp_path_factory.mktemp("practice") / "content")


def limits_of(table: Table) -> set[Kept]:
    """Return how long the columns of a table stay."""
    return {column.info["kept"] for column in table.columns}


def test_every_limit_is_kept_by_one_step_or_has_a_reason_to_be_none() -> None:
    kept = [limit for step in STEPS for limit in step.keeps]
    assert sorted([*kept, *STAYS]) == sorted(Kept)
    assert all(reason.strip() for reason in STAYS.values())


def test_after_ten_years_every_table_with_a_limit_is_empty(
    session: Session, library: Library, clock: SetClock
) -> None:
    fill(session, library, clock)
    assert [table.name for table in Base.metadata.sorted_tables if not count(session, table)] == [
        "audit_anchor"
    ]
    clock.instant += TEN_YEARS
    apply_retention(Retention(lambda: nullcontext(session), LearningLimit(library), clock))
    left = {table.name for table in Base.metadata.sorted_tables if count(session, table)}
    stays = {table.name for table in Base.metadata.sorted_tables if limits_of(table) & STAYS.keys()}
    # The newest roster stays until the next one; what was just forgotten is still in the log.
    assert left - stays == {"roster_import", "audit_entry"}
    assert "audit_anchor" in left


def count(session: Session, table: Table) -> int:
    """Return how many rows a table has."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def fill(session: Session, library: Library, clock: SetClock) -> None:
    """Put at least one row into every table; a new table without one fails the test above."""
    publish_content(session, library=library, clock=clock)
    learner = leaver(session, library, clock)
    add_request_and_answer(session, learner, clock)
    learner.practise(learner.play(TALK, "ruimte", "wijzen"), 1, "kort")
    learner.do_everything()
    award = session.scalars(select(Award)).one()
    a_withdrawal(session, award=award, requested_by=learner.person)
    a_changed_award(session, award=award)
    learner.a_code()
    open_session(session, person_id=learner.person_id, clock=clock, lasts=timedelta(hours=1))
    limit = Limit("test", tries=9, window=timedelta(hours=1))
    count_try(session, limit=limit, subject="1", key="k", clock=clock)
    stage_roster(session, content=b"x", uploaded_by=learner.person_id, clock=clock)
    add_roster_and_rule(session, learner, clock)
    add_message(session, learner, clock)
    invite(session, number=learner.person.external_id, sign_in_name=None, again=True, clock=clock)
    ask_for_file(session, asked_by=learner.person_id, question="", lang="nl", clock=clock)
    a_report(session, lines=institution({"arts": 9, "law": 20}), training_id=BASIS)


def leaver(session: Session, library: Library, clock: SetClock) -> Learner:
    """Return somebody with every kind of fact, who leaves next week."""
    person = a_person(session)
    an_account(session, person=person)
    role = a_role(session, person=person, role=Role.ADVISER, unit=a_unit(session))
    role.until_on = LEFT_ON
    an_absence(session, person=person, from_on=LEFT_ON, until_on=LEFT_ON + timedelta(days=2))
    obligation = an_obligation(session, person=person, training_id=BASIS)
    an_exemption(
        session, obligation=obligation, from_on=LEFT_ON, until_on=LEFT_ON + timedelta(days=2)
    )
    return Learner(session, library, clock, person.id)


def add_roster_and_rule(session: Session, learner: Learner, clock: SetClock) -> None:
    """Add what a roster leaves behind, and a rule."""
    work = an_appointment(session, person=learner.person, ends_on=LEFT_ON)
    rosters = [
        RosterImport(
            as_of=clock.today(),
            applied_at=clock.now(),
            applied_by=learner.person_id,
            digest="",
            counts={},
            problems=[],
            undone_at=None,
        )
        for _ in range(2)
    ]
    session.add_all(rosters)
    session.add(
        AssignmentRule(
            code="rule",
            training_id=BASIS,
            predicate={},
            from_on=clock.today(),
            until_on=None,
            due_days=60,
            made_by=learner.person_id,
            recorded_at=clock.now(),
        )
    )
    session.flush()
    session.add(
        RosterMissing(import_id=rosters[0].id, appointment_id=work.id, last_seen_on=clock.today())
    )
    session.flush()


def add_request_and_answer(session: Session, learner: Learner, clock: SetClock) -> None:
    """Add a request that waits, and the answer to an earlier one."""
    a_request(session, person=learner.person, training_id=CHECK_ONLY, at=clock.now())
    session.add(
        PriorAnswer(
            person_id=learner.person_id,
            training_id=CHECK_ONLY,
            reason=Refusal.NOT_SHOWN,
            answered_at=clock.now(),
        )
    )
    session.flush()


def add_message(session: Session, learner: Learner, clock: SetClock) -> None:
    """Add a message that waits, what it is about, and the wish to hear later."""
    message = OutboxMessage(
        id=uuid4(),
        person_id=learner.person_id,
        template=MessageTemplate.REMINDER,
        body="",
        state=MessageState.QUEUED,
        queued_at=clock.now(),
        next_try_at=clock.now(),
        attempts=0,
    )
    session.add(message)
    session.flush()
    session.add(
        OutboxSlot(
            message_id=message.id,
            person_id=learner.person_id,
            training_id=BASIS,
            due_on=clock.today(),
            template=MessageTemplate.REMINDER,
            slot=Slot.WEEK_BEFORE,
        )
    )
    hear_later(session, person_id=learner.person_id, clock=clock)
    session.flush()
