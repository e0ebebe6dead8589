"""Replace an award by a new one that says the same under another name, or other days.

Nothing is changed in the old one: its code goes on saying "replaced", and never a former name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.errors import AwardNotCurrent, NotFound
from elearning.services.audit_log import Act, record
from elearning.services.issue_certificate import reissue_certificate
from elearning.services.seal import Issuing
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.award_change import AwardChange, ChangedAward
from elearning.storage.completion import Award, Certificate
from elearning.storage.people import Person


class Replacement(StrEnum):
    """Why a certificate is issued anew."""

    NAME = "name"
    CORRECTION = "correction"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class AwardDays:
    """The days that an award gets which takes another's place."""

    obtained_on: date
    valid_until: date | None


def reissue_under_present_name(
    session: Session, *, person_id: UUID, award_id: UUID, issuing: Issuing
) -> Award:
    """Issue the holder's certificate anew with the name as the institution gives it now.

    Raises `NotFound` for anybody else's, `AwardNotCurrent` for one that is replaced, withdrawn or
    under that name already.
    """
    award = session.get(Award, award_id)
    if award is None or award.person_id != person_id:
        raise NotFound("no such certificate")
    if not has_another_name(session, award=award):
        raise AwardNotCurrent("the certificate has this name already")
    days = AwardDays(award.obtained_on, award.valid_until)
    new = _replace(session, award, days, Replacement.NAME, person_id, issuing)
    changed = session.get(ChangedAward, award.id)
    if changed is not None:
        session.add(ChangedAward(award_id=new.id, change_id=changed.change_id))
        session.flush()
    return new


def correct_award(
    session: Session, *, award: Award, days: AwardDays, actor_id: UUID | None, issuing: Issuing
) -> Award:
    """Replace an award whose days were wrong; raises `AwardNotCurrent`."""
    return _replace(session, award, days, Replacement.CORRECTION, actor_id, issuing)


def give_other_end(
    session: Session,
    *,
    award: Award,
    valid_until: date | None,
    change: AwardChange,
    issuing: Issuing,
) -> Award:
    """Replace an award from today by one with another end, because a rule changed.

    On every day before, and on who is valid today, it says nothing. Raises `AwardNotCurrent`.
    """
    days = AwardDays(award.obtained_on, valid_until)
    new = _replace(session, award, days, Replacement.RULE, change.decided_by, issuing)
    session.add(ChangedAward(award_id=new.id, change_id=change.id))
    session.flush()
    return new


def has_another_name(session: Session, *, award: Award) -> bool:
    """Say whether this certificate counts, and its holder is called something else now."""
    row = session.execute(
        select(Certificate.printed_name, Person.display_name)
        .join(Award, Award.id == Certificate.award_id)
        .join(Person, Person.id == Award.person_id)
        .where(Award.id == award.id)
    ).one_or_none()
    return row is not None and row[0] != row[1] and is_current(session, award=award)


def is_current(session: Session, *, award: Award) -> bool:
    """Say whether an award stands: neither withdrawn nor replaced."""
    newer = select(Award.id).where(Award.supersedes_id == award.id)
    return award.withdrawn_on is None and session.scalar(newer) is None


def _replace(
    session: Session,
    award: Award,
    days: AwardDays,
    why: Replacement,
    actor_id: UUID | None,
    issuing: Issuing,
) -> Award:
    session.refresh(award, with_for_update=True)
    if not is_current(session, award=award):
        raise AwardNotCurrent("the award is replaced or withdrawn")
    # A correction was always so; a rule that changed says nothing about the days before.
    valid_from = issuing.clock.today() if why is Replacement.RULE else days.obtained_on
    new = _copy(session, award, days, valid_from, issuing)
    session.add(new)
    session.flush()
    replaced = session.get(Certificate, award.id)
    if replaced is not None:
        reissue_certificate(session, award=new, replaced=replaced, issuing=issuing)
    facts = {AuditFact.REASON: why.value, AuditFact.TRAINING: award.training_id}
    act = Act(AuditKind.AWARD_REPLACED, actor_id, award.id, facts)
    record(session, act, clock=issuing.clock)
    return new


def _copy(
    session: Session, award: Award, days: AwardDays, valid_from: date, issuing: Issuing
) -> Award:
    numbers = select(func.max(Award.sequence)).where(
        Award.person_id == award.person_id, Award.training_id == award.training_id
    )
    return Award(
        id=uuid4(),
        person_id=award.person_id,
        training_id=award.training_id,
        sequence=(session.scalar(numbers) or 0) + 1,
        content_version=award.content_version,
        obtained_on=days.obtained_on,
        valid_from=valid_from,
        valid_until=days.valid_until,
        kind=award.kind,
        supersedes_id=award.id,
        withdrawn_on=None,
        recorded_at=issuing.clock.now(),
    )
