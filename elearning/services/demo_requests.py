"""A request about a training elsewhere that waits in the example institution."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid5

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.learning.prior import EvidenceKind
from elearning.storage.people import Person
from elearning.storage.prior_learning import PriorLearning

DAYS_AGO = 3
DONE_DAYS_AGO = 120
# The smallest file that every reader opens, with one empty page.
EVIDENCE = (
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def add_request(session: Session, person: Person, *, library: Library, clock: Clock) -> None:
    """Let somebody have sent a request, for the first training on the institution's list."""
    for first in library.institution.equivalents[:1]:
        at = clock.now() - timedelta(days=DAYS_AGO)
        session.add(
            PriorLearning(
                id=uuid5(person.id, "request"),
                person_id=person.id,
                training_id=first.training_id,
                code=first.code,
                completed_on=clock.today() - timedelta(days=DONE_DAYS_AGO),
                drafted_at=at,
                sent_at=at,
                evidence_kind=EvidenceKind.PDF,
                evidence=EVIDENCE,
            )
        )
