"""What the pages about a training elsewhere show to who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from elearning.content.library import Library
from elearning.services.prior_learning import Offer
from elearning.services.prior_requests import WAITS
from elearning.storage.prior_learning import PriorLearning
from elearning.web.learner.words import day_in_words
from elearning.web.parts import Choice
from elearning.web.prior.words import kind_text, name_of, title_of

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request with what it says; `waits` is there once it is sent."""

    facts: Facts
    has_file: bool
    waits: str | None


def choices_of(offers: Iterable[Offer], lang: str) -> tuple[Choice, ...]:
    """Return what can be chosen; for which training it counts stands beneath it."""
    return tuple(
        Choice(
            each.equivalent.code,
            each.equivalent.name[lang],
            hint=_("Counts for: %(training)s", training=each.place.training.title[lang]),
        )
        for each in offers
    )


def request_page(row: PriorLearning, library: Library, lang: str, zone: str) -> RequestPage:
    """Return a request as its owner sees it."""
    facts = (
        (_("Training elsewhere"), name_of(row.code, library, lang)),
        (_("Completed on"), day_in_words(row.completed_on)),
        (_("Counts for"), title_of(row.training_id, library, lang)),
        (_("File"), kind_text(row.evidence_kind)),
    )
    return RequestPage(facts, row.evidence_kind is not None, _waits(row, ZoneInfo(zone)))


def _waits(row: PriorLearning, zone: ZoneInfo) -> str | None:
    if row.sent_at is None:
        return None
    return _(
        "You sent it on %(day)s. If HR has not decided by %(last)s, it is deleted, and you can "
        "send it again.",
        day=day_in_words(row.sent_at.astimezone(zone).date()),
        last=day_in_words((row.sent_at + WAITS).astimezone(zone).date()),
    )
