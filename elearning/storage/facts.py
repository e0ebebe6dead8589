"""Facts with two times: the days for which they hold, and since when they are known.

A fact is never changed. A correction takes the old row back, once, and adds a new one; so what was
known at any earlier moment can still be told, to the row (design: completion, "Dated facts").
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, event, inspect, or_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Mapper, mapped_column

from elearning.storage.base import Kept, PersonalData, UtcDateTime, about

RETRACTED = "retracted_at"
Days = ColumnElement[Any] | InstrumentedAttribute[Any]


class FactChanged(TypeError):
    """A program tried to change a fact in place: a mistake in the program, never of a person."""


class Known:
    """The two columns that say when a fact became known and when it was taken back."""

    recorded_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.WORK, "since when known", Kept.WHILE_EMPLOYED)
    )
    retracted_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime,
        info=about(PersonalData.WORK, "since when replaced or taken back", Kept.WHILE_EMPLOYED),
    )


@event.listens_for(Known, "before_update", propagate=True)
def _refuse_changes(_mapper: Mapper[Any], _connection: object, row: Known) -> None:
    state = inspect(row)
    changed = {each.key for each in state.attrs if each.history.has_changes()}
    was_retracted = any(state.attrs[RETRACTED].history.deleted)
    if changed - {RETRACTED} or was_retracted:
        raise FactChanged(f"a {type(row).__name__} is corrected by a new row, not in place")


def known(columns: Any, moment: datetime | None) -> ColumnElement[bool]:  # noqa: ANN401 - columns
    """Return what limits rows to those that were known at a moment; without one, to now."""
    if moment is None:
        not_retracted: ColumnElement[bool] = columns.retracted_at.is_(None)
        return not_retracted
    return and_(
        columns.recorded_at <= moment,
        or_(columns.retracted_at.is_(None), columns.retracted_at > moment),
    )


def covers(first: Days, after_last: Days, day: date) -> ColumnElement[bool]:
    """Return what limits rows to those that hold on a day; without an end they go on."""
    return and_(first <= day, or_(after_last.is_(None), after_last > day))
