"""Whether something waits for its sitting, as the pages ask and say it."""

from __future__ import annotations

from elearning.services.sitting_to_come import wait_for
from elearning.web import transaction
from elearning.web.access import person_id
from elearning.web.learner.words import wait_in_words
from elearning.web.state import clock, library


def wait_of(content_id: str) -> str | None:
    """Return when a module or scenario opens, in words; None when it is open."""
    wait = wait_for(
        transaction.session(),
        library=library(),
        person_id=person_id(),
        content_id=content_id,
        clock=clock(),
    )
    return None if wait is None else wait_in_words(wait.opens_on)
