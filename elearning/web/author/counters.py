"""The counters beside a play-through: points, flags and errors, which learners never see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.scenario.score import CutResult, Result, result
from elearning.web.author.play import Play
from elearning.web.author.words import competency_name, error_name, incident_state
from elearning.web.parts import Cell, Column, Status


@dataclass(frozen=True, slots=True)
class Counters:
    """Where a play stands, as figures; `verdict` is there once it has ended."""

    verdict: Status | None
    choices: str
    points_columns: tuple[Column, ...]
    points: tuple[tuple[Cell, ...], ...]
    flags: tuple[Status, ...]
    errors_columns: tuple[Column, ...]
    errors: tuple[tuple[Cell, ...], ...]


def counters(play: Play) -> Counters:
    """Return the counters of a play."""
    found = result(play.scenario, play.position)
    return Counters(
        verdict=_verdict(found),
        choices=ngettext("%(num)d choice made", "%(num)d choices made", len(play.position.path)),
        points_columns=(
            Column(_("Competency")),
            Column(_("Points"), is_number=True),
            Column(_("Needed")),
        ),
        points=tuple(_points(play, found)),
        flags=tuple(
            Status("valid", flag)
            if flag in play.position.flags
            else Status("todo", _("%(flag)s, not set yet", flag=flag))
            for flag in play.scenario.flags
        ),
        errors_columns=(Column(_("Critical error")), Column(_("Made at")), Column(_("State"))),
        errors=tuple(_errors(play)),
    )


def _verdict(found: Result) -> Status | None:
    if not found.is_over:
        return None
    if found.passed:
        return Status("valid", _("This play passes"))
    return Status("todo", _("This play does not pass"))


def _points(play: Play, found: Result) -> Iterator[tuple[Cell, ...]]:
    for competency, cut in found.cuts.items():
        yield (
            competency_name(play.manuscript, competency),
            _("%(points)s of %(most)s", points=cut.points, most=cut.high),
            _needed(cut),
        )


def _needed(cut: CutResult) -> Cell:
    if cut.cut is None:
        return "–"
    if cut.reached:
        return Status("valid", _("%(cut)s, enough", cut=cut.cut))
    return Status("todo", _("%(cut)s, not yet", cut=cut.cut))


def _errors(play: Play) -> Iterator[tuple[Cell, ...]]:
    for incident in play.position.incidents:
        yield (
            error_name(play.manuscript, incident.error),
            _("turn %(number)s, %(node)s", number=incident.turn, node=incident.node),
            incident_state(incident.state, is_over=play.is_over),
        )
