"""The page before a scenario, as a value: who, where, how long, what counts, and other ways."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from elearning.content.library import Library, Playable
from elearning.learning.training import ScenarioPart
from elearning.scenario.model import Kind
from elearning.services.attempts import AttemptLog
from elearning.web.learner.words import about_minutes, day_in_words


@dataclass(frozen=True, slots=True)
class OtherWay:
    """Another way to the same outcomes."""

    title: str
    hint: str
    href: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """Everything the template shows."""

    title: str
    kind: str
    minutes: str
    content_note: str
    is_first_visit: bool
    setting: Markup
    goal: Markup
    what_counts: str
    opens: str | None
    begin_label: str
    begin_action: str
    resume_label: str | None
    resume_href: str | None
    other_ways: tuple[OtherWay, ...]
    earlier: tuple[tuple[str, str], ...]


def start_page(
    library: Library,
    playable: Playable,
    runs: tuple[AttemptLog, ...],
    lang: str,
    *,
    opens: str | None,
) -> StartPage:
    """Return the page for one scenario and the learner's own runs of it, and when it `opens`."""
    scenario, text = playable.scenario, playable.rendered[lang]
    going_on = next((run for run in runs if run.ended_on is None and not run.is_practice), None)
    return StartPage(
        title=text.title,
        kind=scenario.kind,
        minutes=about_minutes(scenario.minutes),
        content_note=text.content_note,
        is_first_visit=not runs,
        setting=text.setting,
        goal=text.goal,
        what_counts=_what_counts(scenario.kind),
        opens=opens,
        begin_label=_begin_label(scenario.kind),
        begin_action=url_for("play.begin", scenario_id=scenario.id),
        resume_label=None if going_on is None else _resume_label(scenario.kind, going_on.next_turn),
        resume_href=None if going_on is None else _turn(going_on),
        other_ways=_other_ways(library, playable, lang),
        earlier=_earlier(runs),
    )


def _what_counts(kind: Kind) -> str:
    return {
        Kind.CONVERSATION: _(
            "This conversation counts when you do not make a slip that really harms, "
            "or put it right in time, and what matters has been said. "
            "You may start again as often as you like."
        ),
        Kind.READING: _(
            "This part counts when your answers show the same skills as the conversation does. "
            "You may start again as often as you like."
        ),
        Kind.CHECK: _(
            "This part counts when you know the way in at least ten of the twelve situations, "
            "among them the six where being wrong does harm. "
            "You may start again as often as you like."
        ),
    }[kind]


def _begin_label(kind: Kind) -> str:
    return {
        Kind.CONVERSATION: _("Start the conversation"),
        Kind.READING: _("Start reading"),
        Kind.CHECK: _("Start the questions"),
    }[kind]


def _resume_label(kind: Kind, number: int) -> str:
    if kind is Kind.CONVERSATION:
        return _("Continue at turn %(number)s", number=number)
    return _("Continue at step %(number)s", number=number)


def _turn(run: AttemptLog) -> str:
    return url_for("play.turn", scenario_id=run.scenario_id, attempt_id=run.id, turn=run.next_turn)


def _other_ways(library: Library, playable: Playable, lang: str) -> tuple[OtherWay, ...]:
    """Return the scenarios that count for the same part, each once."""
    mine = playable.scenario.id
    ways = {
        other
        for training in library.trainings.values()
        for part in training.parts
        if isinstance(part, ScenarioPart) and mine in part.any_of
        for other in part.ways_with(mine)
        if other != mine
    }
    return tuple(
        OtherWay(
            title=library.scenario(other).rendered[lang].title,
            hint=_way_hint(library.scenario(other)),
            href=url_for("play.start", scenario_id=other),
        )
        for other in sorted(ways)
    )


def _way_hint(playable: Playable) -> str:
    minutes = about_minutes(playable.scenario.minutes)
    if playable.scenario.kind is Kind.READING:
        return _(
            "Reading, with questions; nobody tells what happened. %(minutes)s", minutes=minutes
        )
    return _("Practising a conversation. %(minutes)s", minutes=minutes)


def _earlier(runs: tuple[AttemptLog, ...]) -> tuple[tuple[str, str], ...]:
    """Return the runs that ended, newest first, as label and address."""
    ended = [run for run in runs if run.ended_on is not None]
    return tuple(
        (
            _("Looked back on %(day)s", day=day_in_words(run.last_played_on))
            if not run.is_practice
            else _(
                "Practice from turn %(number)s, %(day)s",
                number=run.forked_at_turn,
                day=day_in_words(run.last_played_on),
            ),
            url_for("play.end", scenario_id=run.scenario_id, attempt_id=run.id),
        )
        for run in sorted(ended, key=lambda run: run.last_played_on, reverse=True)
    )
