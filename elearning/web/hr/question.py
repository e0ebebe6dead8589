"""One question about completion, within what somebody may see; asked by a page or by the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM
from elearning.learning.training import Training
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.hr_scope import HrScope, hr_scope, open_trainings
from elearning.services.reading_log import Reading
from elearning.services.roster_known import roster_known
from elearning.services.sign_in import Grant
from elearning.storage.audit import AuditKind
from elearning.web import transaction
from elearning.web.access import signed_in
from elearning.web.hr.day_notes import note_days
from elearning.web.hr.export import Making
from elearning.web.hr.filters import Asked, read_asked
from elearning.web.hr.people_list import EVERYONE, PeopleList
from elearning.web.hr.sheet import FileKind
from elearning.web.i18n import language
from elearning.web.state import clock, library


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; every query after it goes through the scope that `query` holds."""

    asked: Asked
    whole: HrScope
    query: CompletionQuery

    def making(self) -> Making:
        """Return what a file made from this question says of itself."""
        made_at, name = clock().now().astimezone(AMSTERDAM), signed_in().display_name
        roster_of = self.roster_of(transaction.session())
        return Making(self.asked, self.query, name, made_at, language(), roster_of)

    def roster_of(self, session: Session) -> date | None:
        """Return the day of the roster that the figures rest on, as known when they are asked."""
        found = roster_known(session, self.asked.known_at)
        return None if found is None else found.as_of

    def reading(self, kind: AuditKind, file: FileKind | None = None) -> Reading:
        """Return what the audit log says of it."""
        query = self.query
        return Reading(kind, query.training.id, query.scope, query.day, file)


def open_here() -> Mapping[str, Training]:
    """Return the trainings that this person may ask about."""
    return open_trainings(signed_in().grants, library().trainings)


def question(
    code: str | None = None,
    listed: PeopleList = EVERYONE,
    args: Mapping[str, str] | None = None,
) -> Question:
    """Return what this request asks.

    Without a code the unit is the one that the address names, if it names one. `args` are asked in
    the place of what stands in the address.
    """
    trainings, today = open_here(), clock().today()
    if args is None:
        note_days(request.args, today=today)
    asked = read_asked(
        request.args if args is None else args,
        usual_training=next(iter(trainings)),
        today=today,
        listed=listed,
    )
    asked = asked if code is None else asked.of_unit(code)
    grants = signed_in().grants
    return question_of(transaction.session(), asked, grants=grants, trainings=trainings)


def question_of(
    session: Session,
    asked: Asked,
    *,
    grants: Iterable[Grant],
    trainings: Mapping[str, Training],
) -> Question:
    """Return the question; raises `NotFound` for a unit or training that the grants do not open."""
    whole = hr_scope(
        session,
        grants=grants,
        day=asked.day,
        known_at=asked.known_at,
        training_id=asked.training_id,
    )
    scope = whole.within(whole.find(asked.unit_code)) if asked.unit_code else whole
    query = completion_query(
        trainings,
        training_id=asked.training_id,
        scope=scope,
        day=asked.day,
        known_at=asked.known_at,
    )
    return Question(asked, whole, query)
