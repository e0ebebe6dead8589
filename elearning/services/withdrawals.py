"""Requests to withdraw an award: those that wait, and what became of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from elearning.storage.certificates import Withdrawal, WithdrawalReason
from elearning.storage.completion import Award
from elearning.storage.people import Person


@dataclass(frozen=True, slots=True)
class OpenWithdrawal:
    """A request that somebody still has to decide on; `requester` is None for who is gone."""

    id: UUID
    holder_id: UUID
    holder: str
    training_id: str
    obtained_on: date
    reason: WithdrawalReason
    requested_by: UUID | None
    requester: str | None
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class DecidedWithdrawal:
    """A request with its end: withdrawn, or left as it was. Names are None for who is gone."""

    holder_id: UUID
    holder: str
    training_id: str
    obtained_on: date
    reason: WithdrawalReason
    requester: str | None
    decider: str | None
    decided_at: datetime
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """One page of what was decided; pages count from one."""

    rows: tuple[DecidedWithdrawal, ...]
    found: int
    page: int
    pages: int


_holder, _requester, _decider = aliased(Person), aliased(Person), aliased(Person)
_WHOSE_AND_WHY = (
    _holder.id,
    _holder.display_name,
    Award.training_id,
    Award.obtained_on,
    Withdrawal.reason,
)


def open_withdrawals(session: Session) -> tuple[OpenWithdrawal, ...]:
    """Return every request that is not decided, the oldest first."""
    rows = session.execute(
        _requests(
            Withdrawal.id,
            *_WHOSE_AND_WHY,
            Withdrawal.requested_by,
            _requester.display_name,
            Withdrawal.requested_at,
        )
        .where(Withdrawal.decided_at.is_(None))
        .order_by(Withdrawal.requested_at, Withdrawal.id)
    )
    return tuple(OpenWithdrawal(*row) for row in rows)


def decided_withdrawals(session: Session, *, page: int, page_size: int) -> DecidedPage:
    """Return one page of the others, what was decided last first; one too far is the last.

    They stay as long as their award does (`services/apply_retention`).
    """
    is_decided = Withdrawal.decided_at.is_not(None)
    found = session.scalar(select(func.count()).select_from(Withdrawal).where(is_decided)) or 0
    pages = max(1, -(-found // page_size))
    shown = min(max(page, 1), pages)
    rows = session.execute(
        _requests(
            *_WHOSE_AND_WHY,
            _requester.display_name,
            _decider.display_name,
            Withdrawal.decided_at,
            Withdrawal.is_confirmed,
        )
        .outerjoin(_decider, _decider.id == Withdrawal.decided_by)
        .where(is_decided)
        .order_by(Withdrawal.decided_at.desc(), Withdrawal.id)
        .limit(page_size)
        .offset((shown - 1) * page_size)
    )
    return DecidedPage(tuple(DecidedWithdrawal(*row) for row in rows), found, shown, pages)


def _requests(*columns: Any) -> Any:  # noqa: ANN401 - columns, and a statement
    return (
        select(*columns)
        .select_from(Withdrawal)
        .join(Award, Award.id == Withdrawal.award_id)
        .join(_holder, _holder.id == Award.person_id)
        .outerjoin(_requester, _requester.id == Withdrawal.requested_by)
    )
