"""What is offered to who holds a certificate: a few minutes to refresh, never an obligation."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from elearning.learning.pool import drawn
from elearning.learning.training import Booster
from elearning.web.learner.part_words import PartWords
from elearning.web.learner.words import about_minutes, kind_hint


@dataclass(frozen=True, slots=True)
class OfferLink:
    """One thing to do, with how long it takes."""

    label: str
    href: str
    hint: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What is on offer now: a short module, and where there is one a situation to practise."""

    links: tuple[OfferLink, ...]


def offer(booster: Booster, words: PartWords) -> Offer:
    """Return what a booster offers to one learner."""
    served = words.library.module(booster.module_id)
    module = OfferLink(
        label=served.rendered[words.lang].title,
        href=url_for("module.start", module_id=booster.module_id),
        hint=about_minutes(served.module.minutes),
    )
    return Offer((module, *_practise(booster, words)))


def _practise(booster: Booster, words: PartWords) -> tuple[OfferLink, ...]:
    if not booster.practise:
        return ()
    ways = drawn(booster.practise, words.token, f"{booster.months} months")[0]
    playable = words.library.scenario(ways[0])
    minutes = about_minutes(playable.scenario.minutes)
    return (
        OfferLink(
            label=playable.rendered[words.lang].title,
            href=url_for("play.start", scenario_id=ways[0]),
            hint=f"{kind_hint(playable.scenario.kind)}, {minutes}",
        ),
    )
