"""What scenarios, nodes and choices are called on the author's pages."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from babel.numbers import format_decimal
from flask_babel import gettext as _

from elearning.content.manuscripts import Manuscript
from elearning.scenario.model import (
    Audience,
    CompetencyId,
    EndingKind,
    ErrorId,
    Kind,
    Scenario,
)
from elearning.scenario.position import IncidentState
from elearning.web.i18n import LANGUAGES, language, locale
from elearning.web.parts import Status

# Below this nobody tells chances apart.
LEAST_PERCENT: Final = 0.001


def kind_name(kind: Kind) -> str:
    """Return what sort of scenario it is."""
    return {
        Kind.CONVERSATION: _("Conversation"),
        Kind.READING: _("Reading"),
        Kind.CHECK: _("Questions"),
    }[kind]


def audience_name(audience: Audience) -> str:
    """Return for whom it is."""
    return {
        Audience.LECTURER: _("lecturers"),
        Audience.ADVISER: _("confidential advisers"),
        Audience.EVERYONE: _("everyone"),
    }[audience]


def ending_name(ending: EndingKind) -> str:
    """Return what an ending is called, as in the map."""
    return {
        EndingKind.GOOD: _("good ending"),
        EndingKind.OK: _("fair ending"),
        EndingKind.MISSED: _("missed chance"),
        EndingKind.HARM: _("harmful ending"),
    }[ending]


def ending_status(ending: EndingKind) -> Status:
    """Return an ending as a status mark."""
    kinds = {
        EndingKind.GOOD: "valid",
        EndingKind.OK: "better",
        EndingKind.MISSED: "lapsed",
        EndingKind.HARM: "withdrawn",
    }
    return Status(kinds[ending], ending_name(ending))


def publication(scenario: Scenario) -> Status:
    """Return whether learners see it, and whether it counts."""
    if scenario.is_draft:
        return Status("todo", _("draft"))
    if not scenario.may_count:
        return Status("exempt", _("practice only"))
    return Status("valid", _("published"))


def languages_of(manuscript: Manuscript) -> str:
    """Return in which languages it can be read as a whole."""
    return ", ".join(language_name(lang) for lang in LANGUAGES if lang in manuscript.rendered)


def language_name(lang: str) -> str:
    """Return a language in the reader's own."""
    return {"nl": _("Dutch"), "en": _("English")}[lang]


def incident_state(state: IncidentState, *, is_over: bool) -> Status:
    """Return what became of an error; after the end nothing can be repaired any more."""
    if is_over and state is IncidentState.OPEN:
        return Status("lapsed", _("not repaired"))
    return {
        IncidentState.OPEN: Status("grace", _("open, can still be repaired")),
        IncidentState.REPAIRED: Status("valid", _("repaired")),
        IncidentState.EXPIRED: Status("lapsed", _("too late to repair")),
        IncidentState.FATAL: Status("withdrawn", _("cannot be repaired")),
    }[state]


def error_name(manuscript: Manuscript, error: ErrorId) -> str:
    """Return a critical error with its weight and its words."""
    known = manuscript.registry.errors[error]
    return _(
        "%(error)s (%(severity)s): %(name)s",
        error=error,
        severity=known.severity,
        name=known.name[language()],
    )


def competency_name(manuscript: Manuscript, competency: CompetencyId) -> str:
    """Return a competency with its words."""
    return f"{competency} {manuscript.registry.competencies[competency].name[language()]}"


def chance(probability: Fraction) -> str:
    """Return a chance in three digits that count; the fraction itself may have a hundred."""
    percent = float(probability * 100)
    if 0 < percent < LEAST_PERCENT:
        return _("less than %(percent)s", percent=f"{number(LEAST_PERCENT)}%")
    return f"{number(float(f'{percent:.3g}'))}%"


def number(value: float) -> str:
    """Return a number as the reader writes it."""
    return format_decimal(value, locale=locale())
