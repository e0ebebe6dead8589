"""Tell somebody that they got a role; which, stands on the site and not in a mail.

Subject and words say neither the role nor whose data it opens: a screen may be read by others. The
message goes although the role has ended meanwhile: that it was given is what they must know.
"""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.letter import CONTACT_PATH, OWN_DATA_PATH, MessageText
from elearning.storage.outbox import MessageState, MessageTemplate, OutboxMessage
from elearning.storage.people import Person
from elearning.storage.statements import insert_if_absent


def tell_receiver(session: Session, *, person: Person, clock: Clock) -> None:
    """Queue the message; where one waits already, that one says it. Without address there is none.

    It goes with the next that go: in working hours, not while the institution is closed.
    """
    if not person.email:
        return
    values = {
        "id": uuid4(),
        "person_id": person.id,
        "template": MessageTemplate.ROLE,
        "body": role_text(person.language).stored(),
        "state": MessageState.QUEUED,
        "queued_at": clock.now(),
        "next_try_at": clock.now(),
        "attempts": 0,
    }
    insert_if_absent(session, OutboxMessage, values)


def role_text(lang: str) -> MessageText:
    """Return the words in a language; any but Dutch is English."""
    return _dutch() if lang == "nl" else _english()


def _dutch() -> MessageText:
    return MessageText(
        lang="nl",
        subject="Je toegang is veranderd",
        greeting="Hallo,",
        paragraphs=(
            "Je hebt op deze site een rol gekregen.",
            "Bij Mijn gegevens staat welke rol, tot en met welke dag, en van wie je die kreeg.",
        ),
        button="Ga naar Mijn gegevens",
        path=OWN_DATA_PATH,
        links=(("Had je dit niet verwacht? Laat het weten.", CONTACT_PATH),),
    )


def _english() -> MessageText:
    return MessageText(
        lang="en",
        subject="Your access has changed",
        greeting="Hello,",
        paragraphs=(
            "You were given a role on this site.",
            "My data says which role, through which day, and who gave it to you.",
        ),
        button="Go to My data",
        path=OWN_DATA_PATH,
        links=(("Did you not expect this? Please tell us.", CONTACT_PATH),),
    )
