"""Nobody can tell which way was taken: what is kept of a completion is the same for all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from elearning.learning.training import ModulePart
from elearning.storage.base import Base
from elearning.storage.completion import Award, Certificate, Obligation
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import Learner
from tests.practice_content import (
    BASIS,
    OTHER_TALK,
    QUIZ,
    QUIZ_BADLY,
    REPAIRED,
    SILENT,
    TALK,
    UNREPAIRED,
    WITH_A_SLIP,
)


def rows_without_keys(session: Session, model: type[Base]) -> list[dict[str, Any]]:
    """Return all rows, without what is random in them."""
    random = {"id", "person_id", "award_id", "code_digest", "name_digest"}
    columns = [column.key for column in inspect(model).column_attrs if column.key not in random]
    return [
        {name: getattr(row, name) for name in columns} for row in session.scalars(select(model))
    ]


def after_many_tries(learner: Learner) -> tuple[Award, ...]:
    """Do everything badly first, and practise, before doing it well."""
    for choices in (SILENT, UNREPAIRED, WITH_A_SLIP, REPAIRED):
        learner.practise(learner.play(TALK, *choices), 1, "kort")
        learner.play(OTHER_TALK, *choices)
    learner.play(QUIZ, *QUIZ_BADLY)
    learner.answer("liever_niet")
    return learner.do_everything()


def with_a_person(learner: Learner) -> tuple[Award, ...]:
    """Do nothing here, and bring the code that an adviser gave."""
    return (learner.use(learner.a_code()),)


JOURNEYS: dict[str, Callable[[Learner], tuple[Award, ...]]] = {
    "conversations": Learner.do_everything,
    "reading": Learner.read_everything,
    "many tries": after_many_tries,
    "with a person": with_a_person,
}


def test_award_and_certificate_are_the_same_whichever_way_was_taken(
    new_learner: NewLearner,
) -> None:
    learners = {name: new_learner(BASIS, name="Noor de Wit") for name in JOURNEYS}
    for name, learner in learners.items():
        assert len(JOURNEYS[name](learner)) == 1
    session = next(iter(learners.values())).session
    for model in (Award, Certificate, Obligation):
        first, *others = rows_without_keys(session, model)
        assert len(others) == len(JOURNEYS) - 1
        assert all(row == first for row in others)


def test_the_certificate_keeps_no_word_of_the_way(learner: Learner) -> None:
    learner.read_everything()
    kept = learner.session.scalars(select(Certificate.document)).one()
    words = json.loads(kept)
    assert words.keys() == {
        "title",
        "version",
        "proof",
        "study_load_minutes",
        "issuer",
        "goals",
        "parts",
        "theme",
    }
    # Everybody's modules, and nothing of what was practised.
    asked = learner.library.training(BASIS).parts
    modules = [each for each in asked if isinstance(each, ModulePart)]
    assert len(words["parts"]) == len(modules) < len(asked)
