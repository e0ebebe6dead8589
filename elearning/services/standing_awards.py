"""The awards of a training that stand on a day, each with the day its validity counts from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.award import AwardDates, anchor
from elearning.learning.award_change import Effect, Standing
from elearning.learning.prior import has_own_validity
from elearning.learning.training import Training
from elearning.storage.award_change import AwardChange, ChangedAward
from elearning.storage.completion import Award, AwardKind

AWARD = Award.__table__.c
COLUMNS = (
    AWARD.id,
    AWARD.supersedes_id,
    AWARD.obtained_on,
    AWARD.valid_from,
    AWARD.valid_until,
    AWARD.withdrawn_on,
    AWARD.kind,
)


class _Row(NamedTuple):
    id: UUID
    supersedes_id: UUID | None
    obtained_on: date
    valid_from: date
    valid_until: date | None
    withdrawn_on: date | None
    kind: AwardKind

    def dates(self) -> AwardDates:
        """Return the dates as they were before anything replaced it."""
        return AwardDates(
            self.obtained_on, self.valid_from, self.valid_until, self.withdrawn_on, None
        )


def standing_awards(
    session: Session, *, training: Training, today: date
) -> Mapping[UUID, Standing]:
    """Return the awards that count today: neither withdrawn nor replaced nor ended."""
    rows = session.execute(
        select(*COLUMNS)
        .where(AWARD.training_id == training.id)
        .order_by(AWARD.person_id, AWARD.sequence)
    )
    awards = {row.id: _Row(*row) for row in rows}
    replaced = {each.supersedes_id for each in awards.values()}
    limited = _limited(session, training.id)
    return {
        each.id: _standing(each, awards, limited, training)
        for each in awards.values()
        if each.id not in replaced and _counts(each, today)
    }


def own_end(session: Session, awards: Sequence[Award]) -> date | None:
    """Return the end that the newest of somebody's awards has but for a limit of new content."""
    if awards[0].supersedes_id is None:
        return awards[0].valid_until
    limited = _limited(session, awards[0].training_id, [each.id for each in awards])
    unlimited = (each for each in awards if each.id not in limited)
    return next(unlimited, awards[-1]).valid_until


def _limited(
    session: Session, training_id: str, among: Iterable[UUID] | None = None
) -> frozenset[UUID]:
    """Return the awards that got their end by a limit."""
    statement = (
        select(ChangedAward.award_id)
        .join(AwardChange, AwardChange.id == ChangedAward.change_id)
        .where(AwardChange.training_id == training_id, AwardChange.effect == Effect.LIMIT)
    )
    if among is not None:
        statement = statement.where(ChangedAward.award_id.in_([*among]))
    return frozenset(session.scalars(statement))


def _counts(award: _Row, today: date) -> bool:
    is_withdrawn = award.withdrawn_on is not None and award.withdrawn_on <= today
    has_ended = award.valid_until is not None and award.valid_until <= today
    return not is_withdrawn and not has_ended


def _standing(
    award: _Row, awards: Mapping[UUID, _Row], limited: Collection[UUID], training: Training
) -> Standing:
    """Return an award with what its validity was counted from, however often it is issued anew."""
    first, older = award, _older(award, awards, limited)
    while older is not None and _is_same_validity(older, first):
        first, older = older, _older(older, awards, limited)
    usual = training.on(first.obtained_on).validity
    before = None if older is None else older.dates()
    since = anchor(first.obtained_on, before, usual.renewal_window_days)
    return Standing(
        obtained_on=award.obtained_on,
        anchor=since,
        valid_until=award.valid_until,
        is_limited=award.id in limited,
        keeps_own=award.kind is AwardKind.EQUIVALENT
        and has_own_validity(since, first.valid_until, usual, training.equivalent_months),
    )


def _older(award: _Row, awards: Mapping[UUID, _Row], limited: Collection[UUID]) -> _Row | None:
    """Return what an award took the place of; one that only had a limit is passed over."""
    older = awards.get(award.supersedes_id) if award.supersedes_id is not None else None
    while older is not None and older.id in limited and older.supersedes_id is not None:
        older = awards.get(older.supersedes_id)
    return older


def _is_same_validity(older: _Row, newer: _Row) -> bool:
    """Say whether a newer award goes on with the validity of an older one: the end tells."""
    return older.obtained_on == newer.obtained_on or older.valid_until == newer.valid_until
