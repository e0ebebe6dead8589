"""What the page with the public figure shows: one share with its day, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.board_report import Json
from elearning.learning.training import Training
from elearning.web.hr.words import definition, long_day, number


@dataclass(frozen=True, slots=True)
class FigurePage:
    """The page; without a figure there is a sentence that says why."""

    lead: str
    figure: tuple[str, str] | None
    why_none: str | None
    facts: tuple[tuple[str, str], ...]
    definition: tuple[tuple[str, str], ...]


def figure_page(report: Json | None, training: Training, lang: str) -> FigurePage:
    """Return the page of the newest report; None where there is none yet."""
    terms = definition(training.validity)
    tops = [] if report is None else [each for each in report["units"] if each["above"] is None]
    figure = _figure(tops[0]) if len(tops) == 1 else None
    return FigurePage(
        lead=training.title[lang],
        figure=figure,
        why_none=None if figure is not None else _why_none(report),
        facts=() if report is None else tuple(_facts(report)),
        definition=(*terms[:2], terms[-1]),  # who counts, what counts, and how it is rounded
    )


def _figure(top: Json) -> tuple[str, str] | None:
    if not top["people"]:
        return None
    text = ngettext(
        "of %(total)s member of staff has completed it",
        "of %(total)s staff have completed it",
        top["people"],
        total=number(top["people"]),
    )
    return f"{top['coverage_percent']}%", text


def _why_none(report: Json | None) -> str:
    if report is None:
        return _("There is no figure yet.")
    return _(
        "There is no figure to show: too few staff must hold this training. "
        "A figure about fewer than %(num)s people could say something about one of them.",
        num=report["report"]["smallest_group"],
    )


def _facts(report: Json) -> list[tuple[str, str]]:
    head = report["report"]
    return [
        (_("As of"), long_day(date.fromisoformat(head["day"]))),
        (_("Definition"), str(head["definition"])),
    ]
