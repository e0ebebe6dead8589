"""What the page with the rates shows: figures first, then how they are made up, then per unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.rates import Rates, Share
from elearning.learning.status import CompletionStatus
from elearning.learning.sweep import Point
from elearning.learning.training import Training
from elearning.services.completion_overview import Overview, UnitRates
from elearning.services.completion_query import CompletionQuery
from elearning.services.hr_scope import HrScope
from elearning.services.people_filter import StatusFilter
from elearning.services.unit_tree import UnitNode
from elearning.web.hr.filters import Asked
from elearning.web.hr.forms import Choices, Table, choices
from elearning.web.hr.people_list import EXPIRING, LATE, TERMS
from elearning.web.hr.stat import Stat
from elearning.web.hr.trend_page import trend_part
from elearning.web.hr.words import definition, lead_text, long_day, number, status_text
from elearning.web.parts import Bar, Cell, Column, Link, Trend


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The page of the institution, of a unit, or of the units someone may see."""

    heading: str
    lead: str
    back: Link | None
    choices: Choices
    is_empty: bool
    stats: tuple[Stat, ...]
    on_track: str
    spread: Table
    beside: tuple[Link, ...]
    roster: str
    units: Table | None
    counted_twice: str | None
    definition: tuple[tuple[str, str], ...]
    people: Link
    all_units: Link | None
    in_time: Link
    trend: Trend | None


def overview_page(
    found: Overview,
    asked: Asked,
    query: CompletionQuery,
    *,
    whole: HrScope,
    trainings: Mapping[str, Training],
    points: Sequence[Point],
    roster_of: date | None,
    lang: str,
) -> OverviewPage:
    """Return the page; `asked.unit_code` is empty on the first one, `points` are of a year."""
    unit = query.scope.unit
    name = unit.name(lang) if unit is not None else _("Your units")
    lead = lead_text(query, asked, lang)
    return OverviewPage(
        heading=name if asked.unit_code else _("Completion overview"),
        lead=lead if asked.unit_code else f"{name}. {lead}",
        back=_back(whole, unit, asked, lang) if asked.unit_code else None,
        choices=choices(asked, trainings, lang),
        is_empty=found.rates.everyone == 0,
        stats=_stats(found.rates, asked, query.training),
        on_track=_on_track(found.rates),
        spread=_spread(found.rates, asked),
        beside=_beside(found.rates, asked),
        roster=_roster(roster_of),
        units=_units(found, asked, lang) if found.units else None,
        counted_twice=_counted_twice(found),
        definition=definition(query.training.validity),
        people=Link(_("View all staff"), asked.people_address()),
        all_units=Link(_("All units in one table"), asked.units_address()) if found.units else None,
        in_time=Link(_("In time, by month"), _timely_address(asked)),
        trend=trend_part(points),
    )


def _roster(day: date | None) -> str:
    if day is None:
        return _("No roster has been applied yet.")
    return _("The figures rest on the roster of %(day)s.", day=long_day(day))


def _back(whole: HrScope, unit: UnitNode | None, asked: Asked, lang: str) -> Link:
    """Return the way up: to the unit above, as far as this person may see."""
    above = whole.units.get(unit.parent_id or 0) if unit is not None else None
    if above is None or above is whole.unit:
        return Link(_("Completion overview"), asked.of_unit("").overview_address())
    return Link(above.name(lang), asked.of_unit(above.code).overview_address())


def _stats(rates: Rates, asked: Asked, training: Training) -> tuple[Stat, ...]:
    window = training.validity.renewal_window_days
    done = ngettext(
        "of %(total)s member of staff has completed it (%(share)s)",
        "of %(total)s staff have completed it (%(share)s)",
        rates.counted,
        total=number(rates.counted),
        share=str(rates.coverage),
    )
    lapsed = _("of whom %(num)s expired", num=number(rates.lapsed))
    return (
        Stat(number(rates.valid), done, _people(asked, StatusFilter.VALID), None),
        Stat(
            number(rates.late),
            _("past the date"),
            asked.in_list(LATE).with_status(StatusFilter.LATE).people_address(),
            lapsed if rates.lapsed else None,
        ),
        Stat(
            number(rates.expiring),
            _("expire within %(num)s days", num=window),
            _expiring(asked, window),
            None,
        ),
    )


def _expiring(asked: Asked, window: int) -> str:
    """Return where they are: in the list of what expires, if it is of so many days."""
    if window in TERMS:
        return asked.in_list(EXPIRING, expires_in=window).people_address()
    return _people(asked, StatusFilter.EXPIRING)


def _on_track(rates: Rates) -> str:
    return _(
        "On track: %(share)s. These staff have completed it or still have time.",
        share=str(rates.on_track),
    )


def _spread(rates: Rates, asked: Asked) -> Table:
    """Return the five statuses that add up to everyone who is counted."""
    counts = {
        CompletionStatus.VALID: rates.valid,
        CompletionStatus.OPEN: rates.open,
        CompletionStatus.IN_GRACE: rates.in_grace,
        CompletionStatus.OVERDUE: rates.overdue,
        CompletionStatus.LAPSED: rates.lapsed,
    }
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            Link(status_text(status), _people(asked, StatusFilter(status))),
            number(count),
            bar(Share(count, rates.counted)),
        )
        for status, count in counts.items()
    )
    caption = ngettext(
        "How %(total)s member of staff is doing",
        "How %(total)s staff are doing",
        rates.counted,
        total=number(rates.counted),
    )
    columns = (Column(_("Status")), Column(_("Staff"), is_number=True), Column(_("Share")))
    return Table(caption, columns, rows)


def _beside(rates: Rates, asked: Asked) -> tuple[Link, ...]:
    exempt = _("%(num)s exempt", num=number(rates.exempt))
    paused = _("%(num)s paused", num=number(rates.paused))
    return (
        Link(exempt, _people(asked, StatusFilter.EXEMPT)),
        Link(paused, _people(asked, StatusFilter.PAUSED)),
    )


def _units(found: Overview, asked: Asked, lang: str) -> Table:
    columns = (
        Column(_("Unit")),
        Column(_("Completed")),
        Column(_("Staff"), is_number=True),
        Column(_("Not completed yet"), is_number=True),
        Column(_("Past the date or expired"), is_number=True),
    )
    rows = tuple(_unit_row(each, asked, lang) for each in found.units)
    return Table(_("Per unit, with most still to do on top"), columns, rows)


def _unit_row(line: UnitRates, asked: Asked, lang: str) -> tuple[Cell, ...]:
    name = line.unit.name(lang)
    about = asked.of_unit(line.unit.code)
    first: Cell = (
        _("%(unit)s itself", unit=name) if line.is_direct else Link(name, about.overview_address())
    )
    return (
        first,
        bar(line.rates.coverage),
        number(line.rates.counted),
        number(line.rates.to_do),
        number(line.rates.late),
    )


def _counted_twice(found: Overview) -> str | None:
    if not found.counted_twice:
        return None
    return _(
        "Together the units count %(num)s more than the total: "
        "who works in several units counts in each of them, and once in the total.",
        num=number(found.counted_twice),
    )


def _timely_address(asked: Asked) -> str:
    return url_for("timely.overview", **asked.on_page(1).common())


def bar(share: Share) -> Cell:
    """Return a share as a bar with its number; a dash of nobody."""
    return str(share) if share.percent is None else Bar(share.percent, str(share))


def _people(asked: Asked, status: StatusFilter) -> str:
    return asked.with_status(status).people_address()
