"""One question about completion, within what somebody may see; asked by a page or by the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from elearning.learning.training import Training
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.hr_scope import HrScope, hr_scope
from elearning.services.sign_in import Grant
from elearning.web.hr.filters import Asked


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; every query after it goes through the scope that `query` holds."""

    asked: Asked
    whole: HrScope
    query: CompletionQuery


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
