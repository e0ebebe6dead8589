"""Append to the audit log, check it, and forget what its entries say after their time.

`record` is the last thing a use case does: it locks the end of the chain until the transaction
ends, so that entries of several workers stand one after the other and a rollback leaves no gap.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from uuid import UUID

from sqlalchemy import String, select, type_coerce, update
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.audit_chain import BEGINNING, Break, Content, Head, Link, chain_digest
from elearning.learning.audit_chain import breaks as chain_breaks
from elearning.learning.award import add_months
from elearning.storage.audit import AuditEntry, AuditFact, AuditHead, AuditKind
from elearning.storage.statements import insert_if_absent, update_rows

KEPT_MONTHS = 24
HEAD_ID = 1
SALT_BYTES = 16
ROWS_AT_A_TIME = 1000
# A code, a key, a number, a day or a digest; never a sentence, and never an address.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be logged; `actor_id` is a person's key, None where the program did it."""

    kind: AuditKind
    actor_id: UUID | None
    subject_id: UUID | None
    facts: Mapping[AuditFact, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse anything but codes; a programming error, so it is not an expected one."""
        for name, value in self.facts.items():
            if not CODE.fullmatch(value):
                raise ValueError(f"{name} is not a code: the log keeps no text")


def record(session: Session, *acts: Act, clock: Clock) -> None:
    """Append acts to the log, in the transaction that does them."""
    head = _lock_head(session)
    for act in acts:
        entry = _entry(act, head, clock.now())
        session.add(entry)
        head.number, head.chain_digest = entry.number, entry.chain_digest
    session.flush()


def audit_head(session: Session) -> Head:
    """Return where the log ends; an empty log ends at its beginning."""
    row = session.get(AuditHead, HEAD_ID)
    return Head(0, BEGINNING) if row is None else Head(row.number, row.chain_digest)


def audit_breaks(session: Session, *, clock: Clock) -> Iterator[Break]:
    """Yield every place where the log was altered; reads it in parts, whatever its length."""
    return chain_breaks(_links(session), audit_head(session), forgotten_before=_limit(clock))


def digest_at(session: Session, number: int) -> str | None:
    """Return the digest of an entry, to compare it with a head that was exported before."""
    if number == 0:
        return BEGINNING
    return session.scalar(select(AuditEntry.chain_digest).where(AuditEntry.number == number))


def forget_old_entries(session: Session, *, clock: Clock) -> int:
    """Forget what entries past their time say; their digests stay. Return how many."""
    old = update(AuditEntry).where(
        AuditEntry.recorded_at < _limit(clock), AuditEntry.salt.is_not(None)
    )
    nothing = dict.fromkeys(("kind", "actor_id", "subject_id", "facts", "salt"))
    return update_rows(session, old.values(nothing))


def _limit(clock: Clock) -> datetime:
    """Return the instant before which content is forgotten: the start of that day."""
    return datetime.combine(add_months(clock.now().date(), -KEPT_MONTHS), time(), tzinfo=UTC)


def _lock_head(session: Session) -> AuditHead:
    first = {"id": HEAD_ID, "number": 0, "chain_digest": BEGINNING}
    insert_if_absent(session, AuditHead, first)
    statement = select(AuditHead).where(AuditHead.id == HEAD_ID).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one()


def _entry(act: Act, head: AuditHead, now: datetime) -> AuditEntry:
    content = Content(
        kind=act.kind,
        actor=_text(act.actor_id),
        subject=_text(act.subject_id),
        facts=json.dumps(dict(act.facts), sort_keys=True),
        salt=secrets.token_hex(SALT_BYTES),
    )
    number, digest = head.number + 1, content.digest
    return AuditEntry(
        number=number,
        recorded_at=now,
        kind=act.kind,
        actor_id=act.actor_id,
        subject_id=act.subject_id,
        facts=content.facts,
        salt=content.salt,
        content_digest=digest,
        chain_digest=chain_digest(head.chain_digest, number, now, digest),
    )


def _links(session: Session) -> Iterator[Link]:
    """Yield what stands in the table, as text: whatever was written there can be read."""
    rows = session.execute(
        select(*(type_coerce(column, String) for column in AuditEntry.__table__.columns))
        .order_by(AuditEntry.number)
        .execution_options(yield_per=ROWS_AT_A_TIME)
    )
    for number, recorded_at, *said, content_digest, chain in rows:
        yield Link(int(number), _instant(recorded_at), _content(said), content_digest, chain)


def _content(said: Sequence[object]) -> Content | None:
    """Return what an entry says; one that is forgotten in part counts as altered."""
    if all(each is None for each in said):
        return None
    kind, actor, subject, facts, salt = ("" if each is None else str(each) for each in said)
    return Content(kind, actor.replace("-", ""), subject.replace("-", ""), facts, salt)


def _instant(stored: object) -> datetime:
    """Return when; something that is no instant becomes one that fits no digest."""
    try:
        found = stored if isinstance(stored, datetime) else datetime.fromisoformat(str(stored))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _text(key: UUID | None) -> str:
    return "" if key is None else key.hex
