"""What could be decided about certificates that exist, and what waits, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.award_change import (
    Effect,
    Preview,
    effects_of,
    latest_major,
    latest_policy,
)
from elearning.learning.training import Training
from elearning.learning.validity import Validity
from elearning.services.change_awards import OpenChange
from elearning.web.learner.words import day_in_words

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What waits for a decision; `confirm` is empty where this person cannot, or nothing can."""

    heading: str
    facts: Facts
    is_mine: bool
    confirm: str | None
    decline: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A training with another version, and the questions that it raises."""

    heading: str
    text: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One change in counts; `first_day` is the day that the form carries along."""

    heading: str
    training: str
    explanation: str
    facts: Facts
    first_day: str
    address: str
    may_ask: bool


def choices_page(trainings: Iterable[Training], today: date, lang: str) -> tuple[Choice, ...]:
    """Return every training about which something could be decided."""
    found = ((each, effects_of(each, today)) for each in trainings)
    return tuple(
        Choice(
            heading=training.title[lang],
            text=" ".join(_versions(training, effects, lang)),
            links=tuple(
                (_title(effect), url_for(".check", training_id=training.id, effect=effect.value))
                for effect in effects
            ),
        )
        for training, effects in found
        if effects
    )


def requests_page(
    found: Iterable[OpenChange], me: UUID, lang: str, zone: str
) -> tuple[Request, ...]:
    """Return what waits, as somebody sees it."""
    return tuple(_request(each, me, lang, ZoneInfo(zone)) for each in found)


def check_page(training: Training, found: Preview, lang: str) -> CheckPage:
    """Return what a change would do, decided today."""
    effect = found.change.effect
    return CheckPage(
        heading=_title(effect),
        training=training.title[lang],
        explanation=_explanation(effect),
        facts=_counts(found),
        first_day=found.change.effective_on.isoformat(),
        address=url_for(".ask", training_id=training.id, effect=effect.value),
        may_ask=found.extended + found.shortened > 0,
    )


def _request(each: OpenChange, me: UUID, lang: str, zone: ZoneInfo) -> Request:
    is_mine = each.requested_by == me
    may_confirm = not is_mine and each.preview is not None
    asked_on = each.requested_at.astimezone(zone).date()
    return Request(
        heading=_title(each.effect),
        facts=(
            (_("Training"), each.training.title[lang]),
            *(() if each.preview is None else _counts(each.preview)),
            (_("Asked by"), each.requester or _("somebody who has left")),
            (_("Asked on"), day_in_words(asked_on)),
        ),
        is_mine=is_mine,
        confirm=url_for(".confirm", change_id=each.id) if may_confirm else None,
        decline=url_for(".decline", change_id=each.id),
    )


def _title(effect: Effect) -> str:
    return {
        Effect.SHORTEN: _("Let certificates that exist end sooner"),
        Effect.EXTEND: _("Let certificates that exist last longer"),
        Effect.LIMIT: _("Let certificates of earlier content end"),
    }[effect]


def _explanation(effect: Effect) -> str:
    return {
        Effect.SHORTEN: _("No certificate ends by this in the first 60 days after the decision."),
        Effect.EXTEND: _("Only a certificate that is valid on that day gets a later end."),
        Effect.LIMIT: _("Whoever does what is new before that day keeps a valid certificate."),
    }[effect]


def _counts(found: Preview) -> Facts:
    """Return a change in counts; the day moves along when the decision is later."""
    day, kept = day_in_words(found.change.effective_on), (_("Keep their end"), str(found.kept))
    told = (_("See it on their home page"), str(found.told))
    if found.change.effect is Effect.EXTEND:
        later = (_("Get a later end"), str(found.extended))
        return (_("For certificates that are valid on"), day), kept, later, told
    return (
        (_("No certificate ends by this before"), day),
        kept,
        (_("Get an earlier end"), str(found.shortened)),
        (_("Over on that first day"), str(found.ended)),
        told,
    )


def _versions(training: Training, effects: Iterable[Effect], lang: str) -> Iterable[str]:
    policy, major = latest_policy(training), latest_major(training)
    if policy is not None and {Effect.SHORTEN, Effect.EXTEND} & {*effects}:
        yield _(
            "New certificates from %(day)s: %(now)s. Before: %(before)s.",
            day=day_in_words(policy[0]),
            now=_how_long(policy[1]),
            before=_how_long(training.on(policy[0] - timedelta(days=1)).validity),
        )
    if major is not None and Effect.LIMIT in {*effects}:
        day = day_in_words(major.from_on)
        yield _("New content since %(day)s: %(news)s", day=day, news=major.news[lang])


def _how_long(validity: Validity) -> str:
    if validity.months is None:
        return _("without an end")
    return ngettext("%(num)d month", "%(num)d months", validity.months)
