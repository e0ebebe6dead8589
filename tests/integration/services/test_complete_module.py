"""Modules: read and answered once is done for good, and optional pages are never asked for."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from elearning.errors import InvalidInput, NotFound
from elearning.learning.training import PartStatus
from elearning.services.complete_module import PageProgress, pages_of
from elearning.storage.learning_state import ModulePage
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import Learner
from tests.practice_content import MODULE_ID


def progress(learner: Learner) -> dict[str, PageProgress]:
    """Return what is kept of the module."""
    found = pages_of(learner.session, person_id=learner.person_id, module_id=MODULE_ID)
    return dict(found)


def status(learner: Learner) -> PartStatus:
    """Return how the part of the module stands."""
    return learner.state.progress.statuses[MODULE_ID]


def test_nothing_is_kept_before_anything_was_done(learner: Learner) -> None:
    assert progress(learner) == {}
    assert status(learner) is PartStatus.NOT_STARTED


def test_a_page_without_a_check_is_done_when_it_was_read(learner: Learner) -> None:
    learner.read("lezen")
    assert progress(learner) == {"lezen": PageProgress(None, is_done=True)}
    assert status(learner) is PartStatus.IN_PROGRESS


def test_a_page_with_a_check_is_not_done_by_reading(learner: Learner) -> None:
    learner.read("vraag")
    assert progress(learner) == {"vraag": PageProgress(None, is_done=False)}


@pytest.mark.parametrize("option", ["kan_beter", "liever_niet"])
def test_only_an_answer_that_fits_makes_the_page_done(learner: Learner, option: str) -> None:
    learner.answer(option)
    assert progress(learner) == {"vraag": PageProgress(option, is_done=False)}
    learner.answer("past")
    assert progress(learner) == {"vraag": PageProgress("past", is_done=True)}


@pytest.mark.parametrize("option", ["kan_beter", "liever_niet"])
def test_trying_another_answer_afterwards_undoes_nothing(learner: Learner, option: str) -> None:
    learner.complete_module()
    learner.answer(option)
    assert progress(learner)["vraag"] == PageProgress(option, is_done=True)
    learner.read("vraag")
    assert progress(learner)["vraag"] == PageProgress(option, is_done=True)
    assert status(learner) is PartStatus.DONE


def test_optional_pages_are_not_asked_for(learner: Learner) -> None:
    learner.read("extra")
    assert status(learner) is PartStatus.IN_PROGRESS
    learner.complete_module()
    assert status(learner) is PartStatus.DONE


def test_a_page_is_kept_once_however_often_it_is_read(learner: Learner) -> None:
    for _ in range(3):
        learner.read("lezen")
        learner.answer("past")
    assert len(learner.session.scalars(select(ModulePage)).all()) == 2


@pytest.mark.parametrize("option", ["", "fits", "past ", "\0", "\ud800"])
def test_an_answer_that_is_not_offered_is_not_kept(learner: Learner, option: str) -> None:
    with pytest.raises(InvalidInput):
        learner.answer(option)
    assert progress(learner) == {}


def test_a_page_without_a_check_takes_no_answer(learner: Learner) -> None:
    with pytest.raises(InvalidInput):
        learner.answer("past", page_id="lezen")
    assert progress(learner) == {}


@pytest.mark.parametrize("page_id", ["", "nergens", "\0", "\ud800"])
def test_an_unknown_page_is_not_there(learner: Learner, page_id: str) -> None:
    with pytest.raises(NotFound):
        learner.read(page_id)
    with pytest.raises(NotFound):
        learner.answer("past", page_id)


def test_nobody_sees_the_progress_of_somebody_else(new_learner: NewLearner) -> None:
    new_learner().complete_module()
    assert progress(new_learner()) == {}
