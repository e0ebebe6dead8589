"""How who is signed in stands, with the words that are said of it; read by more than one page."""

from __future__ import annotations

from elearning.services.complete_training import LearnerOverview, learner_overview
from elearning.services.draw import draw_token
from elearning.web import transaction
from elearning.web.access import person_id
from elearning.web.i18n import language
from elearning.web.learner.part_words import PartWords
from elearning.web.state import clock, library, settings


def own_overview() -> LearnerOverview:
    """Return how the person stands with each training, and what they did."""
    session = transaction.session()
    return learner_overview(session, library=library(), person_id=person_id(), clock=clock())


def own_words(overview: LearnerOverview) -> PartWords:
    """Return what is said of parts to this person."""
    token = draw_token(
        transaction.session(), person_id=person_id(), secret_key=settings().secret_key
    )
    return PartWords(library(), overview.done.attempts, overview.runs, token, language())
