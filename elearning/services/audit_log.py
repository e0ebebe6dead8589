"""Append to the audit log, and check that it is what was written.

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

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.audit_chain import BEGINNING, Break, Content, Head, Link, chain_digest
from elearning.learning.audit_chain import breaks as chain_breaks
from elearning.learning.award import add_months
from elearning.storage.audit import AuditAnchor, AuditEntry, AuditFact, AuditHead, AuditKind
from elearning.storage.statements import insert_if_absent

KEPT_MONTHS = 24
THE_ROW = 1
SALT_BYTES = 16
ROWS_AT_A_TIME = 1000
# A code, a key, a number, a day or a digest; never a sentence, and never an address.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
NUMBERS = re.compile(r'"entries": "(\d+(?:\.\d+)*)"')


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
    head = lock_head(session)
    for act in acts:
        entry = _entry(act, head, clock.now())
        session.add(entry)
        head.number, head.chain_digest = entry.number, entry.chain_digest
    session.flush()


def audit_head(session: Session) -> Head:
    """Return where the log ends; an empty log ends at its beginning."""
    row = session.get(AuditHead, THE_ROW)
    return Head(0, BEGINNING) if row is None else Head(row.number, row.chain_digest)


def audit_anchor(session: Session) -> Head:
    """Return the last entry that went after its time; before that, the beginning."""
    row = session.get(AuditAnchor, THE_ROW)
    return Head(0, BEGINNING) if row is None else Head(row.number, row.chain_digest)


def audit_breaks(session: Session, *, clock: Clock) -> Iterator[Break]:
    """Yield every place where the log was altered; reads it in parts, whatever its length."""
    return chain_breaks(
        _links(session),
        audit_anchor(session),
        audit_head(session),
        emptied=_emptied(session),
        kept_since=kept_since(clock),
    )


def digest_at(session: Session, number: int) -> str | None:
    """Return the digest of an entry, to compare it with a head that was exported before."""
    anchor = audit_anchor(session)
    if number == anchor.number:
        return anchor.chain_digest
    return session.scalar(select(AuditEntry.chain_digest).where(AuditEntry.number == number))


def kept_since(clock: Clock) -> datetime:
    """Return the instant before which entries go: the start of a day."""
    return datetime.combine(add_months(clock.now().date(), -KEPT_MONTHS), time(), tzinfo=UTC)


def lock_head(session: Session) -> AuditHead:
    """Lock the end of the chain until the transaction ends, and return it."""
    first = {"id": THE_ROW, "number": 0, "chain_digest": BEGINNING}
    insert_if_absent(session, AuditHead, first)
    statement = select(AuditHead).where(AuditHead.id == THE_ROW).with_for_update()
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


def _emptied(session: Session) -> frozenset[int]:
    """Return the numbers that entries name as emptied; whether those hold, the chain says."""
    rows = session.scalars(
        select(AuditEntry.facts).where(AuditEntry.kind == AuditKind.ENTRIES_EMPTIED)
    )
    return frozenset(number for facts in rows for number in _numbers_in(facts))


def _numbers_in(facts: str | None) -> Iterator[int]:
    """Yield the numbers that an entry names; an entry that was altered may name anything."""
    named = NUMBERS.search(facts or "")
    for each in named[1].split(".") if named else ():
        yield int(each)


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
