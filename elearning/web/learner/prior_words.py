"""What the home page says of a training elsewhere: a way to ask, that it waits, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from elearning.clock import AMSTERDAM, Clock
from elearning.content.library import Library
from elearning.services.complete_training import TrainingState
from elearning.services.equivalent_award import Place
from elearning.services.prior_learning import offers_for, own_answer, own_request
from elearning.services.prior_requests import ANSWER_STAYS
from elearning.storage.completion import Award, AwardKind
from elearning.storage.prior_learning import PriorAnswer, PriorLearning
from elearning.web import transaction
from elearning.web.access import person_id
from elearning.web.learner.words import day_in_words
from elearning.web.prior.words import refusal_text
from elearning.web.state import clock, library


@dataclass(frozen=True, slots=True)
class PriorNote:
    """A sentence, a link, or both."""

    text: str | None
    label: str | None
    href: str | None


@dataclass(frozen=True, slots=True)
class PriorNotes:
    """Says it for each training of somebody."""

    library: Library
    request: PriorLearning | None
    answer: PriorAnswer | None
    clock: Clock

    def of(self, state: TrainingState) -> PriorNote | None:
        """Return what there is to say; None where the list of the institution has nothing."""
        if self.request is not None and self.request.training_id == state.training.id:
            return _request_note(self.request)
        text = self._outcome(state)
        has_offers = any(offers_for(self.library, [_place(state, self.library)]))
        if not has_offers:
            return None if text is None else PriorNote(text, None, None)
        return PriorNote(text, ask_label(), url_for("prior.show"))

    def _outcome(self, state: TrainingState) -> str | None:
        """Return what HR decided, for thirty days."""
        if self.answer is not None and self.answer.training_id == state.training.id:
            why = refusal_text(self.answer.reason)
            return _(
                "HR has looked at your earlier training. It does not count here. Reason: %(why)s.",
                why=why,
            )
        if state.awards and self._is_new_equivalent(state.awards[0]):
            return _("HR has looked at your earlier training. It counts.")
        return None

    def _is_new_equivalent(self, award: Award) -> bool:
        is_new = award.recorded_at > self.clock.now() - ANSWER_STAYS
        return is_new and award.kind is AwardKind.EQUIVALENT and award.withdrawn_on is None


def own_notes(states: tuple[TrainingState, ...]) -> PriorNotes | None:
    """Return what is said to who is signed in; None where the institution has no list for it."""
    listed = {each.training_id for each in library().institution.equivalents}
    if listed.isdisjoint(each.training.id for each in states):
        return None
    session, now = transaction.session(), clock()
    return PriorNotes(
        library(),
        own_request(session, person_id=person_id(), clock=now),
        own_answer(session, person_id=person_id(), clock=now),
        now,
    )


def ask_label() -> str:
    """Return the words of the link."""
    return _("I have already done a similar training")


def _request_note(request: PriorLearning) -> PriorNote:
    href = url_for("prior.show")
    if request.sent_at is None:
        return PriorNote(None, ask_label(), href)
    day = day_in_words(request.sent_at.astimezone(AMSTERDAM).date())
    text = _("Your request about an earlier training waits for HR, since %(day)s.", day=day)
    return PriorNote(text, _("See your request"), href)


def _place(state: TrainingState, library: Library) -> Place:
    is_open = state.update is None and state.may_obtain
    return Place(library.trainings[state.training.id], state.awards, state.dates, is_open)
