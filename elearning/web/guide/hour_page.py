"""The practice hour as a page: a script to lead by, and cards to cut out."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from elearning.content.handouts import CardRole, HourStep, PracticeHour
from elearning.content.rendered import Renderer


@dataclass(frozen=True, slots=True)
class HourPart:
    """A part of the hour with the minutes it takes, counted from the start."""

    id: str
    title: str
    span: str
    text: Markup


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card to hold."""

    title: str
    role: str
    text: Markup


@dataclass(frozen=True, slots=True)
class HourPage:
    """Everything the template shows."""

    minutes: int
    intro: Markup
    parts: tuple[HourPart, ...]
    cards: tuple[CardRow, ...]


def hour_page(hour: PracticeHour, renderer: Renderer) -> HourPage:
    """Return the page in the language of the renderer."""
    lang = renderer.lang
    begins = [sum(each.minutes for each in hour.steps[:place]) for place in range(len(hour.steps))]
    return HourPage(
        minutes=hour.minutes,
        intro=renderer.block(hour.intro[lang]),
        parts=tuple(
            _part(each, begin, renderer) for each, begin in zip(hour.steps, begins, strict=True)
        ),
        cards=tuple(
            CardRow(each.title[lang], _role(each.role), renderer.block(each.text[lang]))
            for each in hour.cards
        ),
    )


def _part(step: HourStep, begin: int, renderer: Renderer) -> HourPart:
    return HourPart(
        id=step.id,
        title=step.title[renderer.lang],
        span=_("minute %(first)d to %(last)d", first=begin, last=begin + step.minutes),
        text=renderer.block(step.text[renderer.lang]),
    )


def _role(role: CardRole) -> str:
    return {
        CardRole.TELLER: _("For the teller"),
        CardRole.LISTENER: _("For the listener"),
        CardRole.WATCHER: _("For the watcher"),
    }[role]
