"""Another rule in a library for tests, from asking for it to the awards that come of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.award_change import Effect, Preview
from elearning.learning.validity import Asks, MajorVersion, PolicyVersion, Validity
from elearning.services.carry_out_change import carry_out_all
from elearning.services.change_awards import ask_for_change, confirm_change, preview_change
from elearning.services.issue_certificate import issue_certificate
from elearning.services.seal import Issuing
from elearning.storage.award_change import AwardChange
from elearning.storage.completion import Award, AwardKind
from elearning.storage.people import Person
from tests.builders import a_person, an_award
from tests.databases import TODAY
from tests.integration.services.learner import SECRET
from tests.practice_content import BASIS, BOOSTER_MODULE
from tests.sealing import an_issuing

DAY = TODAY.date()
NEWS = {"nl": "De wet is nieuw.", "en": "The law is new."}


def with_policy(library: Library, months: int | None, *, from_on: date = DAY) -> Library:
    """Return the library with another validity of the basis from a day on."""
    validity = Validity(months, renewal_window_days=60, grace_days=14, due_days=60)
    version = PolicyVersion(from_on, from_on - timedelta(days=90), validity)
    training = library.trainings[BASIS]
    changed = replace(training, policies=(*training.policies, version))
    return replace(library, trainings={**library.trainings, BASIS: changed})


def with_major(
    library: Library, asks: Asks, *, from_on: date = DAY, within_days: int = 90
) -> Library:
    """Return the library with a second major version of the basis."""
    module_id = BOOSTER_MODULE if asks is Asks.DELTA else None
    days = None if asks is Asks.NONE else within_days
    training = library.trainings[BASIS]
    changed = replace(
        training,
        version="1" * 64,
        majors=(MajorVersion(2, from_on, asks, module_id, days, NEWS),),
    )
    return replace(library, trainings={**library.trainings, BASIS: changed})


@dataclass(frozen=True, slots=True)
class Office:
    """Two people of HR, in one database session."""

    session: Session
    library: Library
    clock: SetClock
    asks: UUID
    decides: UUID

    @property
    def issuing(self) -> Issuing:
        """Return what issues certificates."""
        return an_issuing(self.library, SECRET, self.clock)

    def holder(
        self,
        obtained_on: date,
        valid_until: date | None,
        *,
        person: Person | None = None,
        kind: AwardKind = AwardKind.COMPLETED,
    ) -> Award:
        """Return an award with its certificate."""
        award = an_award(
            self.session,
            person=person,
            obtained_on=obtained_on,
            valid_until=valid_until,
            kind=kind,
        )
        issue_certificate(self.session, award=award, issuing=self.issuing)
        return award

    def preview(self, effect: Effect, wished: date = DAY) -> Preview:
        """Look what a change would do."""
        return preview_change(
            self.session,
            training=self.library.training(BASIS),
            effect=effect,
            wished=wished,
            clock=self.clock,
        )

    def ask(self, effect: Effect, wished: date = DAY) -> AwardChange:
        """Ask for a change."""
        return ask_for_change(
            self.session,
            training=self.library.training(BASIS),
            effect=effect,
            wished=wished,
            actor_id=self.asks,
            clock=self.clock,
        )

    def confirm(self, change: AwardChange) -> Preview:
        """Let the other one confirm it."""
        return confirm_change(
            self.session,
            change_id=change.id,
            library=self.library,
            actor_id=self.decides,
            clock=self.clock,
        )

    def carry_out(self) -> int:
        """Carry out what was decided on."""
        return carry_out_all(self.transaction, issuing=self.issuing).awards

    def change(self, effect: Effect, wished: date = DAY) -> AwardChange:
        """Ask, confirm and carry out."""
        change = self.ask(effect, wished)
        self.confirm(change)
        self.carry_out()
        return change

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give the session of the test, so that nothing is left behind."""
        yield self.session


def an_office(session: Session, library: Library, clock: SetClock) -> Office:
    """Return an office with two people of HR."""
    asks, decides = (a_person(session, name=name).id for name in ("Ilse", "Wouter"))
    return Office(session, library, clock, asks, decides)
