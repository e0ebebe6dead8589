"""What the page about more time shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from elearning.services.more_time import MoreTime
from elearning.web.hr.words import long_day


@dataclass(frozen=True, slots=True)
class Offer:
    """One training that is due; `button` is there while its day can be put off."""

    training_id: str
    title: str
    text: str
    button: str | None


@dataclass(frozen=True, slots=True)
class LaterPage:
    """The trainings that are due, and until when no message comes."""

    quiet: str | None
    offers: tuple[Offer, ...]


def later_page(offers: Iterable[MoreTime], until: date | None, lang: str) -> LaterPage:
    """Return the page."""
    quiet = None if until is None else _("You get no message before %(day)s.", day=long_day(until))
    return LaterPage(quiet, tuple(_offer(each, lang) for each in offers))


def _offer(offer: MoreTime, lang: str) -> Offer:
    text = _("Due by %(day)s.", day=long_day(offer.due_on))
    button = None
    if offer.later_on is not None:
        button = _("More time, until %(day)s", day=long_day(offer.later_on))
    return Offer(offer.training.id, offer.training.title[lang], text, button)
