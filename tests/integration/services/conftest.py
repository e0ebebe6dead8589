"""Learners on a database of their own, with content in miniature."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.services.publish_content import publish_content
from tests.builders import a_person, an_obligation
from tests.integration.services.learner import Learner
from tests.practice_content import BASIS, practice_library

NewLearner = Callable[..., Learner]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the miniature content."""
    return practice_library(tmp_path_factory.mktemp("practice") / "content")


@pytest.fixture
def new_learner(session: Session, library: Library, clock: SetClock) -> NewLearner:
    """Return a maker of learners, who must hold the trainings they are told."""
    publish_content(session, library=library, clock=clock)

    def make(*training_ids: str, name: str = "Noor de Wit") -> Learner:
        person = a_person(session, name=name)
        for training_id in training_ids:
            an_obligation(session, person=person, training_id=training_id)
        return Learner(session, library, clock, person.id)

    return make


@pytest.fixture
def learner(new_learner: NewLearner) -> Learner:
    """Return a learner who must hold the basis."""
    return new_learner(BASIS)
