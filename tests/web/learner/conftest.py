"""The site with content in miniature, and a learner who must hold the basis."""

from __future__ import annotations

import pytest

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.services.publish_content import publish_content
from elearning.storage.people import Account
from tests.builders import a_person, an_account, an_obligation
from tests.practice_content import BASIS
from tests.web.conftest import Arrange


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    """Return the miniature content."""
    return practice


@pytest.fixture
def account(arrange: Arrange, library: Library, clock: SetClock) -> Account:
    """Return the account of Noor de Wit, who must hold the basis."""
    with arrange() as session:
        publish_content(session, library=library, clock=clock)
        person = a_person(session)
        an_obligation(session, person=person, training_id=BASIS)
        return an_account(session, person=person)


@pytest.fixture
def stranger(arrange: Arrange) -> Account:
    """Return the account of somebody else."""
    with arrange() as session:
        return an_account(session, person=a_person(session, name="Sam Vreemd"))
