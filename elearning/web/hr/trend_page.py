"""The line of the last twelve months: drawn, in one sentence, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from elearning.learning.award import add_months
from elearning.learning.sweep import Point, month_points
from elearning.web.hr.words import number
from elearning.web.parts import Column, Trend

MONTHS = 12


def trend_days(day: date) -> tuple[date, ...]:
    """Return the first of each of the last twelve months, and the day itself."""
    return month_points(add_months(day, -MONTHS), day)


def trend_part(points: Sequence[Point]) -> Trend | None:
    """Return the line; None where nobody counted on some of its days: there is nothing to draw."""
    shown = [point for point in points if point.coverage.whole]
    if len(shown) < 2:  # noqa: PLR2004 - a line needs two ends
        return None
    first, last = shown[0], shown[-1]
    return Trend(
        summary=_(
            "From %(before)s on %(first)s to %(after)s on %(last)s.",
            before=str(first.coverage),
            first=_day(first.day),
            after=str(last.coverage),
            last=_day(last.day),
        ),
        columns=(Column(_("Day")), Column(_("Completed"), is_number=True)),
        rows=tuple((_day(each.day), _figure(each)) for each in shown),
        percentages=tuple(float(each.coverage.percent or 0) for each in shown),
    )


def _day(day: date) -> str:
    return format_date(day, "medium")


def _figure(point: Point) -> str:
    return _(
        "%(share)s (%(part)s of %(whole)s)",
        share=str(point.coverage),
        part=number(point.coverage.part),
        whole=number(point.coverage.whole),
    )
