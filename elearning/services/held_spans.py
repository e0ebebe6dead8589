"""During which days people hold an award: each award less what an earlier one covers already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    not_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from elearning.services.completion_query import (
    AWARD,
    CompletionQuery,
    known_awards,
    reads_all_awards,
    replaced_from,
    some_replaced_by_less,
    withdrawal_known,
)
from elearning.services.trend_window import Window, is_one
from elearning.storage.completion import Award


class Held:
    """The days of an award that no earlier one of the same person covers already.

    They begin where all before it have ended: the latest end of an earlier one.
    """

    def __init__(self, session: Session, query: CompletionQuery, window: Window) -> None:
        """Take what is asked; nothing is read yet."""
        self._query, self._window = query, window
        self._some_replaced = some_replaced_by_less(session)
        self._is_joined = reads_all_awards(session, query)
        earlier = Award.__table__.alias("earlier").c
        latest_end = select(func.max(self._ends_on(earlier))).where(
            known_awards(query, earlier), earlier.person_id == AWARD.person_id, _is_before(earlier)
        )
        self.begins = window.later(
            AWARD.valid_from, func.coalesce(latest_end.scalar_subquery(), AWARD.valid_from)
        )
        self.ends = self._ends_on(AWARD)
        self.which = and_(known_awards(query), window.meets(AWARD.valid_from, AWARD.valid_until))

    def while_counting(self, counting: CTE) -> CTE:
        """Return the days `a` to `z` on which people count and hold an award.

        `counting` has a row for each person: the days on which they count, and whether they are
        one span; only of those is anything returned. No day is there twice.
        """
        one_by_one = self._one_by_one(counting)
        found = self._joined(counting, one_by_one) if self._is_joined else one_by_one
        return found.cte("valid").prefix_with("MATERIALIZED")

    def _joined(self, counting: CTE, one_by_one: Select[Any]) -> CompoundSelect[Any]:
        """Return the same, with all awards read once; one by one only where they are not one."""
        held = self._at_once().cte("held").prefix_with("MATERIALIZED")
        is_theirs = held.c.person == counting.c.person
        at_once = (
            self._cut(counting, held.c.a, held.c.z)
            .select_from(counting.join(held, is_theirs))
            .where(counting.c.is_one, held.c.is_one)
        )
        return union_all(at_once, one_by_one.where(is_theirs, not_(held.c.is_one)))

    def _one_by_one(self, counting: CTE) -> Select[Any]:
        """Return the days of each award, from where those before it have ended."""
        return (
            self._cut(counting, self.begins, self.ends)
            .select_from(counting.join(Award.__table__, AWARD.person_id == counting.c.person))
            .where(counting.c.is_one, self.which)
        )

    def _at_once(self) -> Select[Any]:
        """Return everybody's awards together: nearly all have one, or two that touch."""
        begins, ends = AWARD.valid_from, self.ends
        return (
            select(
                AWARD.person_id.label("person"),
                func.min(begins).label("a"),
                func.max(ends).label("z"),
                is_one(begins, ends).label("is_one"),
            )
            .where(self.which)
            .group_by(AWARD.person_id)
        )

    def _cut(
        self, counting: CTE, begins: ColumnElement[Any], ends: ColumnElement[Any]
    ) -> Select[Any]:
        return select(
            self._window.later(counting.c.a, begins).label("a"),
            self._window.sooner(counting.c.z, ends).label("z"),
        )

    def _ends_on(self, award: Any) -> ColumnElement[Any]:  # noqa: ANN401 - columns
        ends: list[ColumnElement[Any]] = [award.valid_until, withdrawal_known(self._query, award)]
        if self._some_replaced:
            ends.append(replaced_from(self._query, award).scalar_subquery())
        return self._window.earliest(*ends)


def _is_before(other: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns
    """Return which awards come before one: by day, and by number where the days are the same."""
    earlier = tuple_(other.valid_from, other.training_id, other.sequence)
    return earlier < tuple_(AWARD.valid_from, AWARD.training_id, AWARD.sequence)
