"""Keep the source of every scenario version that is served, so that open runs stay on theirs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.storage.learning_state import PublishedScenario
from elearning.storage.statements import insert_if_absent


def publish_content(session: Session, *, library: Library, clock: Clock) -> int:
    """Store each served version that is not kept yet; return how many are new."""
    return sum(
        insert_if_absent(
            session,
            PublishedScenario,
            {
                "scenario_id": playable.scenario.id,
                "version": playable.scenario.version,
                "sources": playable.sources,
                "published_on": clock.today(),
            },
        )
        for playable in library.scenarios.values()
    )
