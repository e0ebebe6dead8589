"""Rows for tests: each builder asks for what matters to the test and fills in the rest.

They add and flush; whoever needs the rows in another transaction commits.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import TypeVar
from uuid import uuid4

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from elearning.learning.award_change import Effect
from elearning.learning.prior import evidence_kind
from elearning.services.hr_scope import usual_level
from elearning.storage.award_change import AwardChange, ChangedAward
from elearning.storage.base import Base
from elearning.storage.certificates import Withdrawal, WithdrawalReason
from elearning.storage.completion import (
    Award,
    AwardKind,
    Basis,
    Exemption,
    ExemptionCode,
    Obligation,
)
from elearning.storage.people import (
    Absence,
    Account,
    Appointment,
    Level,
    Person,
    Role,
    RoleGrant,
    Unit,
)
from elearning.storage.prior_learning import PriorLearning
from elearning.storage.units import UnitPlace

Row = TypeVar("Row", bound=Base)
TRAINING = "lecturer-basis"
PASSWORD = "a long enough passphrase"  # noqa: S105 - of test accounts only
LONG_AGO = date(2025, 9, 1)
LONG_BEFORE = date(2000, 1, 1)
KNOWN_AT = datetime(2000, 1, 1, tzinfo=UTC)
RECORDED_AT = datetime(2025, 9, 1, 7, 0, tzinfo=UTC)
ASKED_AT = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
_numbers = count(1)
# The real cost would make a suite of sign-ins take minutes; the parameters are part of the hash.
quick_hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def a_unit(session: Session, *, code: str | None = None, parent: Unit | None = None) -> Unit:
    """Add a unit, named after its code, that has stood below its parent for long."""
    code = code or f"unit-{next(_numbers)}"
    unit = _added(session, Unit(code=code, name_nl=f"{code} nl", name_en=f"{code} en"))
    a_place(session, unit=unit, parent=parent)
    return unit


def a_place(
    session: Session,
    *,
    unit: Unit,
    parent: Unit | None,
    from_on: date = LONG_BEFORE,
    until_on: date | None = None,
    is_merged: bool = False,
    recorded_at: datetime | None = None,
) -> UnitPlace:
    """Let a unit stand below another during [from_on, until_on)."""
    return _added(
        session,
        UnitPlace(
            unit_id=unit.id,
            parent_id=_id(parent),
            is_merged=is_merged,
            from_on=from_on,
            until_on=until_on,
            recorded_at=recorded_at or KNOWN_AT,
        ),
    )


def a_person(session: Session, *, name: str = "Noor de Wit", language: str = "nl") -> Person:
    """Add somebody on the roster, without appointment or account."""
    number = next(_numbers)
    return _added(
        session,
        Person(
            id=uuid4(),
            external_id=f"p{number}",
            display_name=name,
            email=f"person-{number}@instelling.example",
            language=language,
        ),
    )


def an_account(
    session: Session,
    *,
    person: Person | None = None,
    sign_in_name: str | None = None,
    password: str = PASSWORD,
    used_on: date = RECORDED_AT.date(),
) -> Account:
    """Add a local account; its password is `PASSWORD` unless told otherwise."""
    person = person or a_person(session)
    return _added(
        session,
        Account(
            person_id=person.id,
            sign_in_name=sign_in_name or str(person.email),
            password_hash=quick_hasher.hash(password),
            used_on=used_on,
        ),
    )


def a_role(
    session: Session,
    *,
    person: Person,
    role: Role,
    unit: Unit | None = None,
    training_id: str | None = None,
    level: Level | None = None,
) -> RoleGrant:
    """Give a person a role, in the whole institution or in a unit; HR sees names unless told."""
    return _added(
        session,
        RoleGrant(
            person_id=person.id,
            role=role,
            unit_id=_id(unit),
            training_id=training_id,
            level=level or usual_level(role),
            from_on=LONG_AGO,
            until_on=None,
            given_by=None,
            given_at=None,
        ),
    )


def an_appointment(  # noqa: PLR0913 - a test names only what matters to it
    session: Session,
    *,
    person: Person | None = None,
    unit: Unit | None = None,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
    category: str = "academic",
    is_primary: bool = True,
    tags: str = "",
    fte_percent: int = 100,
    roster_number: str | None = None,
    first_seen_on: date | None = None,
    recorded_at: datetime = RECORDED_AT,
) -> Appointment:
    """Let a person work in a unit during [starts_on, ends_on)."""
    return _added(
        session,
        Appointment(
            person_id=(person or a_person(session)).id,
            unit_id=(unit or a_unit(session)).id,
            roster_number=roster_number,
            category=category,
            function_tags=tags,
            fte_percent=fte_percent,
            is_primary=is_primary,
            starts_on=starts_on,
            ends_on=ends_on,
            first_seen_on=first_seen_on or starts_on,
            recorded_at=recorded_at,
        ),
    )


def an_absence(
    session: Session,
    *,
    person: Person,
    from_on: date,
    until_on: date,
    recorded_at: datetime = RECORDED_AT,
) -> Absence:
    """Let a person be away during [from_on, until_on)."""
    return _added(
        session,
        Absence(person_id=person.id, from_on=from_on, until_on=until_on, recorded_at=recorded_at),
    )


def an_obligation(
    session: Session,
    *,
    person: Person | None = None,
    training_id: str = TRAINING,
    opened_on: date = LONG_AGO,
    due_on: date = date(2027, 6, 30),
    closed_on: date | None = None,
    rule_code: str | None = None,
    recorded_at: datetime = RECORDED_AT,
) -> Obligation:
    """Let a person have to hold a training."""
    return _added(
        session,
        Obligation(
            id=uuid4(),
            person_id=(person or a_person(session)).id,
            training_id=training_id,
            opened_on=opened_on,
            due_on=due_on,
            closed_on=closed_on,
            basis=Basis.LISTED if rule_code is None else Basis.RULE,
            rule_code=rule_code,
            recorded_at=recorded_at,
        ),
    )


def an_exemption(
    session: Session,
    *,
    obligation: Obligation,
    from_on: date,
    until_on: date,
    code: ExemptionCode = ExemptionCode.OUT_OF_SCOPE_ROLE,
    recorded_at: datetime = RECORDED_AT,
) -> Exemption:
    """Let an obligation not count during [from_on, until_on)."""
    return _added(
        session,
        Exemption(
            person_id=obligation.person_id,
            training_id=obligation.training_id,
            code=code,
            from_on=from_on,
            until_on=until_on,
            granted_by=None,
            recorded_at=recorded_at,
        ),
    )


def an_award(  # noqa: PLR0913 - a test names only what matters to it
    session: Session,
    *,
    person: Person | None = None,
    training_id: str = TRAINING,
    obtained_on: date = date(2027, 1, 15),
    valid_until: date | None = date(2029, 1, 15),
    withdrawn_on: date | None = None,
    replaces: Award | None = None,
    kind: AwardKind = AwardKind.COMPLETED,
    recorded_at: datetime = RECORDED_AT,
    withdrawal_recorded_at: datetime | None = None,
) -> Award:
    """Let a person have met a training; with `replaces`, as the renewal of an earlier award."""
    return _added(
        session,
        Award(
            id=uuid4(),
            person_id=(person or a_person(session)).id,
            training_id=training_id,
            sequence=1 if replaces is None else replaces.sequence + 1,
            content_version="0" * 64,
            obtained_on=obtained_on,
            valid_from=obtained_on,
            valid_until=valid_until,
            kind=kind,
            supersedes_id=None if replaces is None else replaces.id,
            withdrawn_on=withdrawn_on,
            withdrawal_recorded_at=withdrawal_recorded_at,
            recorded_at=recorded_at,
        ),
    )


def an_open_change(
    session: Session,
    *,
    training_id: str = TRAINING,
    effect: Effect = Effect.EXTEND,
    requested_by: Person | None = None,
) -> AwardChange:
    """Let somebody ask for a change of awards; by default somebody who has left."""
    return _added(
        session,
        AwardChange(
            id=uuid4(),
            training_id=training_id,
            effect=effect,
            version_on=LONG_AGO,
            effective_on=LONG_AGO,
            requested_by=None if requested_by is None else requested_by.id,
            requested_at=RECORDED_AT,
            decided_by=None,
            decided_at=None,
            is_confirmed=None,
            done_at=None,
        ),
    )


def a_changed_award(session: Session, *, award: Award) -> AwardChange:
    """Let an award have got its end by a change of a rule."""
    change = an_open_change(session, training_id=award.training_id)
    change.decided_at, change.is_confirmed, change.done_at = RECORDED_AT, True, RECORDED_AT
    _added(session, ChangedAward(award_id=award.id, change_id=change.id))
    return change


def a_withdrawal(
    session: Session,
    *,
    award: Award,
    requested_by: Person | None = None,
    reason: WithdrawalReason = WithdrawalReason.NOT_MET,
) -> Withdrawal:
    """Let somebody have asked for a withdrawal that nobody has decided on."""
    return _added(
        session,
        Withdrawal(
            id=uuid4(),
            award_id=award.id,
            reason=reason,
            requested_by=None if requested_by is None else requested_by.id,
            requested_at=RECORDED_AT,
            decided_by=None,
            decided_at=None,
            is_confirmed=None,
        ),
    )


def a_request(
    session: Session,
    *,
    person: Person | None = None,
    training_id: str = TRAINING,
    code: str = "other-institution",
    completed_on: date = date(2027, 1, 15),
    evidence: bytes | None = b"\x89PNG\r\n\x1a\n and what it shows",
    at: datetime = ASKED_AT,
    is_sent: bool = True,
) -> PriorLearning:
    """Let somebody ask to let a training elsewhere count."""
    return _added(
        session,
        PriorLearning(
            id=uuid4(),
            person_id=(person or a_person(session)).id,
            training_id=training_id,
            code=code,
            completed_on=completed_on,
            drafted_at=at,
            sent_at=at if is_sent else None,
            evidence_kind=None if evidence is None else evidence_kind(evidence),
            evidence=evidence,
        ),
    )


def _added(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


def _id(unit: Unit | None) -> int | None:
    return None if unit is None else unit.id
