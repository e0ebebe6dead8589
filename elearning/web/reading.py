"""Note a reading: in a transaction of its own where the one of the page cannot write.

It is noted before the answer leaves. What cannot be noted is not shown (docs/decisions/0013). A
form that comes back with names is noted with the request that sent it, also when it is refused.
"""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from elearning.services.audit_log import Act, record
from elearning.services.reading_log import AnyReading, note_readings
from elearning.web import transaction
from elearning.web.access import person_id
from elearning.web.extensions import db
from elearning.web.state import clock


def note(*readings: AnyReading) -> None:
    """Write down who reads this, now."""
    if request.method not in transaction.SAFE_METHODS:
        # A second transaction would wait for this one, and this one for the second.
        note_readings(transaction.session(), *readings, actor_id=person_id(), clock=clock())
        transaction.keep_changes()
        return
    with Session(db.engine) as noting, noting.begin():
        note_readings(noting, *readings, actor_id=person_id(), clock=clock())


def note_act(*acts: Act) -> None:
    """Write down what is read of one person besides, now."""
    with Session(db.engine) as noting, noting.begin():
        record(noting, *acts, clock=clock())
