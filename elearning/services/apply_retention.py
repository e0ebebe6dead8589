"""Forget everything that is past its limit, in many small transactions.

What stays how long, the columns say (`storage/base.py`, `Kept`); every limit is kept by a step
here, or is none for a reason. A test asks that of each kind of limit there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.award import add_months
from elearning.services.audit_log import kept_since
from elearning.services.export_jobs import forget_old_files
from elearning.services.forget_audit_entries import forget_old_entries
from elearning.services.forget_learning import forget_learning_state
from elearning.services.forget_messages import forget_old_messages
from elearning.services.forget_people import KEPT_MONTHS, forget_people, people_past_limit
from elearning.services.invite_account import forget_old_invites
from elearning.services.learning_limit import LearningLimit
from elearning.services.prior_requests import forget_old_requests
from elearning.services.stage_roster import forget_old_uploads
from elearning.services.throttle import forget_old_windows
from elearning.services.training_codes import forget_old_codes
from elearning.storage.base import Kept
from elearning.storage.reports import BoardReport
from elearning.storage.roster import RosterImport
from elearning.storage.security import SignedInSession
from elearning.storage.statements import delete_rows

AT_ONCE = 50
REPORT_MONTHS = 84
OpenTransaction = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted, in counts that name nobody."""

    learners: int
    people: int
    sessions: int
    counters: int
    codes: int
    invites: int
    uploads: int
    requests: int
    files: int
    rosters: int
    messages: int
    reports: int
    audit_entries: int


@dataclass(frozen=True, slots=True)
class Retention:
    """What it takes to forget: where transactions come from, the limits and the clock."""

    transaction: OpenTransaction
    learning: LearningLimit
    clock: Clock
    account_months: int = KEPT_MONTHS


def apply_retention(retention: Retention) -> Forgotten:
    """Delete everything past its limit; what breaks off is taken up by the next run."""
    return Forgotten(**{step.counted: step.run(retention) for step in STEPS})


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of thing to forget: what it is counted as, which limits it keeps, how."""

    counted: str
    keeps: tuple[Kept, ...]
    run: Callable[[Retention], int]


def _forget_learners(retention: Retention) -> int:
    learning, today = retention.learning, retention.clock.today()
    with retention.transaction() as session:
        keys = learning.past(session, today=today)

    def forget(session: Session, key: UUID) -> bool:
        """Look again: somebody may have gone on since."""
        is_past = bool(learning.past(session, today=today, only=key))
        if is_past:
            forget_learning_state(session, learning_key=key)
        return is_past

    return sum(_each(retention, keys, forget))


def _each(
    retention: Retention, keys: Sequence[UUID], forget: Callable[[Session, UUID], bool]
) -> Iterator[int]:
    for first in range(0, len(keys), AT_ONCE):
        with retention.transaction() as session:
            yield sum(forget(session, key) for key in keys[first : first + AT_ONCE])


def _forget_people(retention: Retention) -> int:
    """Forget who left long ago; looks again in each transaction: somebody may have come back."""
    gone, today = 0, retention.clock.today()
    while True:
        with retention.transaction() as session:
            past = people_past_limit(session, today=today, account_months=retention.account_months)
            some = past[:AT_ONCE]
            if not some:
                return gone
            gone += forget_people(session, ids=some, clock=retention.clock)


def _in_one_transaction(forget: Callable[[Session, Clock], int]) -> Callable[[Retention], int]:
    def run(retention: Retention) -> int:
        with retention.transaction() as session:
            return forget(session, retention.clock)

    return run


def _ended_sessions(session: Session, clock: Clock) -> int:
    ended = SignedInSession.expires_at <= clock.now()
    return delete_rows(session, delete(SignedInSession).where(ended))


def _old_rosters(session: Session, clock: Clock) -> int:
    """Forget what became of rosters; the newest that counts stays, the next is compared to it."""
    newest = select(func.max(RosterImport.id)).where(RosterImport.undone_at.is_(None))
    old = RosterImport.applied_at < kept_since(clock)
    is_newest = RosterImport.id == newest.scalar_subquery()
    return delete_rows(session, delete(RosterImport).where(old, ~func.coalesce(is_newest, False)))


def _old_reports(session: Session, clock: Clock) -> int:
    """Forget frozen reports; what they hid is forgotten with them."""
    since = datetime.combine(add_months(clock.today(), -REPORT_MONTHS), time(), tzinfo=UTC)
    return delete_rows(session, delete(BoardReport).where(BoardReport.frozen_at < since))


STEPS = (
    Step("learners", (Kept.LEARNING,), _forget_learners),
    Step("people", (Kept.WHILE_EMPLOYED, Kept.ACCOUNT, Kept.WITH_AWARD), _forget_people),
    Step("sessions", (Kept.SESSION,), _in_one_transaction(_ended_sessions)),
    Step(
        "counters",
        (Kept.THROTTLE,),
        _in_one_transaction(lambda session, clock: forget_old_windows(session, clock=clock)),
    ),
    Step(
        "codes",
        (Kept.UNTIL_USED,),
        _in_one_transaction(lambda session, clock: forget_old_codes(session, clock=clock)),
    ),
    Step(
        "invites",
        (Kept.INVITE,),
        _in_one_transaction(lambda session, clock: forget_old_invites(session, clock=clock)),
    ),
    Step(
        "uploads",
        (Kept.UPLOAD,),
        _in_one_transaction(lambda session, clock: forget_old_uploads(session, clock=clock)),
    ),
    Step(
        "requests",
        (Kept.REQUEST, Kept.ANSWER),
        _in_one_transaction(lambda session, clock: forget_old_requests(session, clock=clock)),
    ),
    Step(
        "files",
        (Kept.EXPORT,),
        _in_one_transaction(lambda session, clock: forget_old_files(session, clock=clock)),
    ),
    Step(
        "messages",
        (Kept.MESSAGE, Kept.UNTIL_THAT_DAY),
        _in_one_transaction(lambda session, clock: forget_old_messages(session, clock=clock)),
    ),
    Step("rosters", (Kept.ROSTERS,), _in_one_transaction(_old_rosters)),
    Step("reports", (Kept.REPORT,), _in_one_transaction(_old_reports)),
    # Last: forgetting people adds entries, and empties some.
    Step(
        "audit_entries",
        (Kept.AUDIT,),
        _in_one_transaction(lambda session, clock: forget_old_entries(session, clock=clock)),
    ),
)
# Limits that are none, each for the reason that its words give.
STAYS: Mapping[Kept, str] = {
    Kept.WHILE_PUBLISHED: "content of the site, kept so that an open run and a reprint stay right",
    Kept.INSTITUTION: "units and rules, without which no figure of the past can be told",
    Kept.NAMES_NOBODY: "a head, an anchor and places in public lists; a few bytes that name nobody",
}
