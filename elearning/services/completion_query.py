"""One question about completion, and the conditions in SQL that every part of the answer shares.

A question is asked as of a day, and as known at a moment: without one, as known now. The columns
are those of the tables, not of the mapped classes: no row becomes an object, which halves the time
for a whole institution.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    Text,
    Uuid,
    and_,
    case,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM
from elearning.errors import NotFound
from elearning.learning.training import Training
from elearning.services.hr_scope import HrScope
from elearning.services.in_scope import appointments_in_scope
from elearning.services.listed import listed
from elearning.services.unit_tree import UnitNode
from elearning.storage.completion import Award, Exemption, Obligation
from elearning.storage.engine import is_sqlite
from elearning.storage.facts import covers, known
from elearning.storage.people import Absence, Appointment, Person

Key = Hashable

ROWS_AT_ONCE = 500
ABSENCE = Absence.__table__.c
APPOINTMENT = Appointment.__table__.c
AWARD = Award.__table__.c
EXEMPTION = Exemption.__table__.c
OBLIGATION = Obligation.__table__.c
PERSON = Person.__table__.c


@dataclass(frozen=True, slots=True)
class CompletionQuery:
    """What is asked: a training, the units that may be seen, the day, and as known when.

    `satisfied_by` are the trainings whose awards count: itself first, then those that include it.
    """

    training: Training
    satisfied_by: tuple[str, ...]
    scope: HrScope
    day: date
    known_at: datetime | None

    def within(self, unit: UnitNode) -> CompletionQuery:
        """Return the same question about one unit of the scope and what is below it."""
        return replace(self, scope=self.scope.within(unit))


def completion_query(
    trainings: Mapping[str, Training],
    *,
    training_id: str,
    scope: HrScope,
    day: date,
    known_at: datetime | None = None,
) -> CompletionQuery:
    """Return the question about one training; raises `NotFound` when it is not served."""
    if training_id not in trainings:
        raise NotFound(f"no training {training_id!r}")
    others = (each.id for each in trainings.values() if training_id in each.satisfies)
    training = trainings[training_id].on(day, None if known_at is None else _day_before(known_at))
    return CompletionQuery(training, (training_id, *others), scope, day, known_at)


def _day_before(moment: datetime) -> date:
    """Return the local day of the last instant before a moment: midnight belongs to none."""
    return (moment - timedelta(microseconds=1)).astimezone(AMSTERDAM).date()


def read_rows(session: Session, statement: Select[Any] | CompoundSelect[Any]) -> Iterator[Any]:
    """Yield the rows of a statement, read in parts: quicker than singly, lighter than at once."""
    return chain.from_iterable(session.execute(statement).partitions(ROWS_AT_ONCE))


def key(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a key as the driver gives it: it is only compared, so it need not become a UUID."""
    return type_coerce(column, String)


def as_text(session: Session, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a day or a number as text; SQLite keeps days as ISO text, and needs no cast."""
    return type_coerce(column, Text) if is_sqlite(session) else cast(column, Text)


def reads_all_awards(session: Session, query: CompletionQuery) -> bool:
    """Say whether to read the awards once and join them, instead of looking each person's up.

    For a whole institution PostgreSQL takes a quarter less time so; SQLite takes a third more, and
    in a part of it most of what is read would be of others.
    """
    return query.scope.is_everything and not is_sqlite(session)


def counted_appointments(session: Session, query: CompletionQuery) -> ColumnElement[bool]:
    """Return which appointments count: known, in the scope, and what a rule is about."""
    conditions = [known(APPOINTMENT, query.known_at)]
    if not query.scope.is_everything:
        ids = sorted(query.scope.tree.counted_in(query.scope.units))
        conditions.append(APPOINTMENT.unit_id.in_(ids))
    about = appointments_in_scope(
        session,
        training_id=query.training.id,
        tree=query.scope.tree,
        day=query.day,
        known_at=query.known_at,
    )
    if about is not None:
        conditions.append(or_(about, APPOINTMENT.person_id.in_(_listed(query))))
    return and_(*conditions)


def _listed(query: CompletionQuery) -> Select[Any]:
    """Return who was listed for the training by hand: no rule says for which work."""
    return select(OBLIGATION.person_id).where(
        known_obligations(query),
        OBLIGATION.rule_code.is_(None),
        covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
    )


def known_obligations(query: CompletionQuery) -> ColumnElement[bool]:
    """Return which obligations are for the training, and known."""
    return and_(OBLIGATION.training_id == query.training.id, known(OBLIGATION, query.known_at))


def known_exemptions(query: CompletionQuery) -> ColumnElement[bool]:
    """Return which exemptions are from the training, and known."""
    return and_(EXEMPTION.training_id == query.training.id, known(EXEMPTION, query.known_at))


def known_absences(query: CompletionQuery) -> ColumnElement[bool]:
    """Return which absences are known."""
    return known(ABSENCE, query.known_at)


def known_awards(query: CompletionQuery, columns: Any = AWARD) -> ColumnElement[bool]:  # noqa: ANN401 - columns
    """Return which awards are for the training or one that includes it, and known."""
    for_it: ColumnElement[bool] = columns.training_id.in_(query.satisfied_by)
    if query.known_at is None:
        return for_it
    return and_(for_it, columns.recorded_at <= query.known_at)


def replaced_by_less(columns: Any = AWARD) -> ColumnElement[bool]:  # noqa: ANN401 - columns
    """Return which awards make the one that they take the place of matter for a status.

    Who renews has an award that begins later and lasts longer: to count the old one as well then
    changes nothing.
    """
    is_withdrawn = and_(columns.supersedes_id.is_not(None), columns.withdrawn_on.is_not(None))
    return or_(columns.is_earlier, is_withdrawn)


def some_replaced_by_less(session: Session) -> bool:
    """Say whether there is any such award: most institutions have none, and need not look."""
    return bool(session.scalar(select(exists().where(replaced_by_less()))))


def replaced_from(query: CompletionQuery, columns: Any = AWARD) -> Select[Any]:  # noqa: ANN401 - columns
    """Return from which day an award is replaced by such a one, for a statement about awards."""
    newer = Award.__table__.alias("newer").c
    return select(func.min(newer.valid_from)).where(
        newer.supersedes_id == columns.id,
        replaced_by_less(newer),
        true() if query.known_at is None else newer.recorded_at <= query.known_at,
    )


def withdrawn_after(query: CompletionQuery, day: ColumnElement[Any] | date) -> ColumnElement[bool]:
    """Return which awards were not withdrawn by a day, as far as that is known."""
    stands = or_(AWARD.withdrawn_on.is_(None), AWARD.withdrawn_on > day)
    if query.known_at is None:
        return stands
    return or_(stands, AWARD.withdrawal_recorded_at > query.known_at)


def these_people(session: Session, people: Iterable[Key]) -> Select[Any]:
    """Return a selection of exactly these keys: one parameter, however many there are."""
    return listed(session, {"person": Uuid}, ((as_kept(each),) for each in people))


def as_kept(person: Key) -> str:
    """Return a key as text, as SQLite keeps it."""
    return person.hex if isinstance(person, UUID) else str(person)


def withdrawal_known(query: CompletionQuery, columns: Any = AWARD) -> ColumnElement[Any]:  # noqa: ANN401 - columns
    """Return the day from which an award was withdrawn, as far as that is known; else nothing."""
    withdrawn_on: ColumnElement[Any] = columns.withdrawn_on
    if query.known_at is None:
        return withdrawn_on
    is_unheard = columns.withdrawal_recorded_at > query.known_at
    return case((is_unheard, null()), else_=withdrawn_on)
