"""What the steps of giving and ending an exemption show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.training import Training
from elearning.services.completion_query import CompletionQuery
from elearning.services.exempt_whom import MOST_FOUND, SHORTEST_TEXT, Candidate
from elearning.storage.completion import Exemption
from elearning.web.hr.exempt_form import ExemptForm
from elearning.web.hr.exemption_words import code_text, last_day
from elearning.web.hr.forms import Table
from elearning.web.hr.question import Question
from elearning.web.hr.words import long_day, number, short_day
from elearning.web.parts import Column, Link

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WhoPage:
    """The step that looks for somebody; `said` is what the search says beside its rows."""

    text: str
    trainings: tuple[tuple[str, str], ...]
    training_id: str
    table: Table | None
    said: str | None


@dataclass(frozen=True, slots=True)
class WhyPage:
    """The step that asks for reason and last day; `holds` says that one holds already."""

    name: str
    facts: Facts
    action: str
    back: str
    training_id: str
    holds: str | None


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The step before anything is saved: what, what it does, and where to change it."""

    facts: Facts
    effects: tuple[str, ...]
    action: str
    back: str
    fields: Mapping[str, str]


def who_page(
    found: Sequence[Candidate],
    text: str,
    query: CompletionQuery,
    *,
    trainings: Mapping[str, Training],
    lang: str,
) -> WhoPage:
    """Return the search with what it found."""
    shown = found[:MOST_FOUND]
    caption = ngettext("%(total)s found", "%(total)s found", len(shown), total=number(len(shown)))
    columns = (
        Column(_("Name")),
        Column(_("Staff number")),
        Column(_("Unit")),
        Column(_("The first time by")),
    )
    rows = tuple(
        (
            Link(each.name, url_for(".why", person_id=each.id, training=query.training.id)),
            each.number,
            _units(each, lang),
            short_day(each.due_on),
        )
        for each in shown
    )
    return WhoPage(
        text=text,
        trainings=tuple((each.id, each.title[lang]) for each in trainings.values()),
        training_id=query.training.id,
        table=Table(caption, columns, rows) if rows else None,
        said=_said(found, text),
    )


def _said(found: Sequence[Candidate], text: str) -> str | None:
    if not text.strip():
        return None
    if len(text.strip()) < SHORTEST_TEXT:
        return _("Fill in at least %(num)s letters of the name.", num=SHORTEST_TEXT)
    if not found:
        return _("Nobody with this name or number must hold this training in your units.")
    if len(found) > MOST_FOUND:
        return _("There are more than %(num)s. Fill in more of the name.", num=MOST_FOUND)
    return None


def why_page(whom: Candidate, form: ExemptForm, this: Question, lang: str) -> WhyPage:
    """Return the step with the reason and the day."""
    training = this.query.training
    holds = None
    if whom.exempt_until is not None and not form.errors:
        holds = _(
            "%(name)s is exempt already, through %(day)s.",
            name=whom.name,
            day=long_day(last_day(whom.exempt_until)),
        )
    return WhyPage(
        name=whom.name,
        facts=_about(whom, training.title[lang], lang),
        action=url_for(".check", person_id=whom.id),
        back=url_for(".who", training=training.id),
        training_id=training.id,
        holds=holds,
    )


def check_page(whom: Candidate, form: ExemptForm, this: Question, lang: str) -> CheckPage:
    """Return the step before saving."""
    draft = form.draft()
    assert draft is not None  # noqa: S101 - a form without errors has one
    code, until_on = draft
    training = this.query.training
    fields: dict[str, Any] = {
        "training": training.id,
        "reden": code.value,
        "tot": last_day(until_on).isoformat(),
    }
    return CheckPage(
        facts=(
            *_about(whom, training.title[lang], lang),
            (_("Reason"), code_text(code)),
            (_("From"), long_day(this.asked.day)),
            (_("Through"), long_day(last_day(until_on))),
        ),
        effects=(
            _("It is not counted in these days, and no reminder is sent."),
            _("%(name)s can still do the training.", name=whom.name),
            _("%(name)s sees the exemption and its reason.", name=whom.name),
            _("It stands in the log that you gave it."),
        ),
        action=url_for(".give", person_id=whom.id),
        back=url_for(".why", person_id=whom.id, **fields),
        fields=fields,
    )


def end_page(
    row: Exemption, name: str, due_on: date | None, this: Question, lang: str
) -> CheckPage:
    """Return what ending an exemption means."""
    training, today = this.query.training, this.asked.day
    effects = [_("From today the training counts again for %(name)s.", name=name)]
    if row.from_on > today:
        effects = [_("It has not begun yet, so it is taken back whole.")]
    elif due_on is not None and due_on < today:
        effects.append(
            _("The first time, the training had to be completed by %(day)s.", day=long_day(due_on))
        )
    elif due_on is not None:
        effects.append(_("The last day in time is %(day)s.", day=long_day(due_on)))
    return CheckPage(
        facts=(
            (_("Name"), name),
            (_("Training"), training.title[lang]),
            (_("Reason"), code_text(row.code)),
            (_("From"), long_day(row.from_on)),
            (_("Through"), long_day(last_day(row.until_on))),
        ),
        effects=(*effects, _("It stands in the log that you ended it.")),
        action=url_for(".end_now", exemption_id=row.id),
        back=url_for(".overview", training=training.id),
        fields={"training": training.id},
    )


def _about(whom: Candidate, title: str, lang: str) -> Facts:
    return (
        (_("Name"), whom.name),
        (_("Staff number"), whom.number),
        (_("Unit"), _units(whom, lang)),
        (_("Training"), title),
        (_("The first time by"), long_day(whom.due_on)),
    )


def _units(whom: Candidate, lang: str) -> str:
    return ", ".join(unit.name(lang) for unit in whom.units)
