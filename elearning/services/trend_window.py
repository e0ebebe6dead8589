"""Spans of days in SQL, on either database: cut to those of a trend, and whether some are one."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_
from sqlalchemy.orm import Session

from elearning.storage.engine import is_sqlite

A_PAIR = 2


class Window:
    """The days of the trend: what lies outside is cut off, so that fewer spans differ.

    The two databases name the largest and the smallest of some values differently.
    """

    def __init__(self, session: Session, first: date, after: date) -> None:
        """Take the first day, and the first day after the last."""
        self.first, self.after = first, after
        on_sqlite = is_sqlite(session)
        self._largest = func.max if on_sqlite else func.greatest
        self._smallest = func.min if on_sqlite else func.least

    def meets(self, from_on: ColumnElement[Any], until_on: ColumnElement[Any]) -> Any:  # noqa: ANN401 - a condition
        """Return which rows hold on some of the days."""
        return and_(from_on < self.after, or_(until_on.is_(None), until_on > self.first))

    def latest(self, *days: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the last of these days, and no earlier than the first."""
        return self._largest(literal(self.first), *days)

    def earliest(self, *days: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the first of these days, and no later than the end; none is the end."""
        after = literal(self.after)
        return self._smallest(after, *(func.coalesce(day, after) for day in days))

    def sooner(self, one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the earlier of two days."""
        return self._smallest(one, other)

    def later(self, one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the later of two days."""
        return self._largest(one, other)


def is_one(begins: ColumnElement[Any], ends: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether the spans of a group are one: two that overlap or touch are.

    Of more than two the edges do not tell it, so the answer is no.
    """
    number = func.count()
    return or_(number == 1, and_(number == A_PAIR, func.max(begins) <= func.min(ends)))
