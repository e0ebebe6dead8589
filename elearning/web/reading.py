"""Note a reading in a transaction of its own: the one of the page cannot write.

It is noted before the answer leaves. What cannot be noted is not shown (docs/decisions/0013).
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from elearning.services.audit_log import Act, record
from elearning.services.reading_log import DetailsReading, Reading, note_reading
from elearning.web.access import person_id
from elearning.web.extensions import db
from elearning.web.state import clock


def note(reading: Reading | DetailsReading) -> None:
    """Write down who reads this, now."""
    with Session(db.engine) as noting, noting.begin():
        note_reading(noting, reading, actor_id=person_id(), clock=clock())


def note_act(*acts: Act) -> None:
    """Write down what is read of one person, or taken along besides people and figures, now."""
    with Session(db.engine) as noting, noting.begin():
        record(noting, *acts, clock=clock())
