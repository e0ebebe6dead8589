"""The list that edubadges takes to award a badge directly: the holders, and how to reach them.

It is made by somebody of HR for one badge class, and that it was made is logged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from elearning.clock import Clock
from elearning.services.audit_log import Act, record
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Award
from elearning.storage.people import Person


@dataclass(frozen=True, slots=True)
class DirectAward:
    """One line: the name within the federation, and an e-mail address."""

    eppn: str
    email: str


def direct_awards(
    session: Session,
    *,
    training_id: str,
    scope: str,
    obtained_since: date,
    actor_id: UUID,
    clock: Clock,
) -> tuple[tuple[DirectAward, ...], int]:
    """Return a line for each holder, and how many have no e-mail address; log the export.

    `scope` is the institution's domain in the federation. It is put after a staff number that is
    no such name by itself.
    """
    people = session.execute(
        _holders(training_id, obtained_since, clock.today()).order_by(Person.external_id)
    ).all()
    lines = tuple(
        DirectAward(number if "@" in number else f"{number}@{scope}", email)
        for number, email in people
        if email
    )
    facts = {AuditFact.TRAINING: training_id, AuditFact.COUNT: str(len(lines))}
    record(session, Act(AuditKind.LIST_EXPORTED, actor_id, None, facts), clock=clock)
    return lines, len(people) - len(lines)


def _holders(training_id: str, obtained_since: date, today: date) -> Select[str, str | None]:
    newer = aliased(Award)
    return (
        select(Person.external_id, Person.email)
        .join(Award, Award.person_id == Person.id)
        .outerjoin(newer, newer.supersedes_id == Award.id)
        .where(
            Award.training_id == training_id,
            Award.obtained_on >= obtained_since,
            Award.withdrawn_on.is_(None),
            newer.id.is_(None),
            or_(Award.valid_until.is_(None), Award.valid_until > today),
        )
    )
