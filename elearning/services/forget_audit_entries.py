"""Let the audit log go: whole entries after their time, and what entries say of who was erased.

The chain goes on to hold (docs/decisions/0012-audit-anchor.md): it begins at the last entry that
went, and an entry that was emptied is named by another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.services.audit_log import THE_ROW, Act, audit_anchor, kept_since, lock_head, record
from elearning.storage.audit import AuditAnchor, AuditEntry, AuditFact, AuditKind
from elearning.storage.statements import delete_rows, insert_if_absent

# A fact holds 128 characters: so many numbers of seven digits fit.
NUMBERS_IN_A_FACT = 15
SAYS_NOTHING = dict.fromkeys(("kind", "actor_id", "subject_id", "facts", "salt"))


def forget_old_entries(session: Session, *, clock: Clock) -> int:
    """Delete every entry up to the last one past its time; return how many went."""
    lock_head(session)
    last = _last_old_one(session, clock)
    if last is None:
        return 0
    first = {"id": THE_ROW, "number": last.number, "chain_digest": last.chain_digest}
    if not insert_if_absent(session, AuditAnchor, first):
        session.execute(update(AuditAnchor).values(first))
    session.expire_all()
    return delete_rows(session, delete(AuditEntry).where(AuditEntry.number <= last.number))


def empty_entries_about(session: Session, *, keys: Collection[UUID], clock: Clock) -> int:
    """Empty what entries say of these people and awards, and log which ones; return how many.

    What one of them did to others stays told, by a key that leads to nobody any more.
    """
    lock_head(session)
    numbers = session.scalars(
        select(AuditEntry.number).where(AuditEntry.subject_id.in_(keys)).order_by(AuditEntry.number)
    ).all()
    if numbers:
        session.execute(
            update(AuditEntry).where(AuditEntry.number.in_(numbers)).values(SAYS_NOTHING)
        )
        record(session, *_named(numbers), clock=clock)
    return len(numbers)


def _last_old_one(session: Session, clock: Clock) -> AuditEntry | None:
    """Return the last entry before the first that is to be kept; none when nothing goes."""
    first_kept = session.scalar(
        select(func.min(AuditEntry.number)).where(AuditEntry.recorded_at >= kept_since(clock))
    )
    old = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
    if first_kept is not None:
        old = old.where(AuditEntry.number < first_kept)
    found = session.scalars(old).one_or_none()
    return found if found is not None and found.number > audit_anchor(session).number else None


def _named(numbers: Sequence[int]) -> Iterator[Act]:
    for first in range(0, len(numbers), NUMBERS_IN_A_FACT):
        some = numbers[first : first + NUMBERS_IN_A_FACT]
        facts = {AuditFact.ENTRIES: ".".join(map(str, some))}
        yield Act(AuditKind.ENTRIES_EMPTIED, None, None, facts)
