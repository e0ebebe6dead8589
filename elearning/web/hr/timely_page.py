"""What the page about being in time shows: two figures, a table by month, and the definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from elearning.learning.award import add_months
from elearning.learning.status import DAYS_AFTER_RETURN, LONG_ABSENCE_DAYS
from elearning.learning.training import Training
from elearning.services.completion_query import CompletionQuery
from elearning.services.hr_scope import HrScope
from elearning.services.timely import MonthLine, Timely
from elearning.web.hr.export import Making
from elearning.web.hr.filters import Asked
from elearning.web.hr.forms import Choices, Table, choices, file_links
from elearning.web.hr.overview_page import bar
from elearning.web.hr.people_page import unit_options
from elearning.web.hr.sheet import FileKind, Sheet, Value
from elearning.web.hr.stat import Stat
from elearning.web.hr.words import lead_text, long_day, number
from elearning.web.parts import Cell, Column, Link

KEYS = ("month", "fell_due", "in_time", "share", "completed")
MONTH_NUMBER = 7  # 2027-03
MONTHS = 12


@dataclass(frozen=True, slots=True)
class TimelyAsked:
    """From which day; the last day is the day of the question."""

    base: Asked
    first: date

    def address(self, kind: FileKind | None = None) -> str:
        """Return the address of the page, or of its file."""
        return url_for(
            "timely.overview" if kind is None else f"timely.overview_{kind}",
            van=self.first.isoformat(),
            **self.base.common(),
        )


@dataclass(frozen=True, slots=True)
class TimelyView:
    """The page."""

    lead: str
    period: str
    choices: Choices
    units: tuple[tuple[str, str], ...]
    unit_code: str
    first: str
    stats: tuple[Stat, ...]
    table: Table
    definition: tuple[tuple[str, str], ...]
    files: tuple[Link, ...]


def timely_view(
    found: Timely,
    asked: TimelyAsked,
    query: CompletionQuery,
    *,
    whole: HrScope,
    trainings: Mapping[str, Training],
    lang: str,
) -> TimelyView:
    """Return the page."""
    base = asked.base
    return TimelyView(
        lead=lead_text(query, base, lang),
        period=_period(found),
        choices=choices(base, trainings, lang),
        units=unit_options(whole, lang),
        unit_code=base.unit_code,
        first=asked.first.isoformat(),
        stats=_stats(found),
        table=_table(found),
        definition=timely_definition(),
        files=file_links(replace(asked, base=base.on_page(1)).address, _("Download as %(kind)s")),
    )


def timely_definition() -> tuple[tuple[str, str], ...]:
    """Return what is counted, as terms with their meaning."""
    return (
        (
            _("Fell due"),
            _(
                "The last day in time lay in these days, and the person worked here on that day. "
                "Who had left before it, or was exempt on it, is not among them. Renewals are not "
                "counted here; they are in the list of what expires."
            ),
        ),
        (
            _("In time"),
            _("Held the training, and it was valid, on the last day in time."),
        ),
        (
            _("Away"),
            _(
                "Whoever is away for %(absence)s days or more on the last day in time gets a later "
                "one: %(back)s days after the return.",
                absence=LONG_ABSENCE_DAYS,
                back=DAYS_AFTER_RETURN,
            ),
        ),
        (
            _("Completed (number)"),
            _(
                "How often the training was completed in these days, renewals too. It is a number "
                "and not a share: whoever completes it need not have fallen due."
            ),
        ),
    )


def timely_sheet(found: Timely, asked: TimelyAsked, making: Making) -> Sheet:
    """Return the months as a file."""
    definition = " ".join(f"{term}: {meaning}" for term, meaning in timely_definition())
    return Sheet(
        name=_("in-time-%(day)s", day=found.last.isoformat()),
        head=making.framed(len(found.months), (_("From"), asked.first), definition=definition),
        columns=_columns(),
        keys=KEYS,
        rows=[_cells(each) for each in found.months],
    )


def _period(found: Timely) -> str:
    return _(
        "From %(first)s through %(last)s.", first=long_day(found.first), last=long_day(found.last)
    )


def _stats(found: Timely) -> tuple[Stat, ...]:
    share = found.in_time
    in_time = ngettext(
        "of %(total)s member of staff who fell due was in time (%(share)s)",
        "of %(total)s staff who fell due were in time (%(share)s)",
        share.whole,
        total=number(share.whole),
        share=str(share),
    )
    completed = ngettext("time completed", "times completed", found.awards)
    return (
        Stat(number(share.part), in_time, None, None),
        Stat(number(found.awards), completed, None, None),
    )


def _columns() -> tuple[str, ...]:
    return (
        _("Month"),
        _("Fell due"),
        _("In time"),
        _("Share (per cent)"),
        _("Completed (number)"),
    )


def _cells(line: MonthLine) -> tuple[Value, ...]:
    """Return a month as typed cells; no share where nobody fell due."""
    share = line.in_time
    month = line.month.isoformat()[:MONTH_NUMBER]
    return month, share.whole, share.part, share.percent, line.awards


def _table(found: Timely) -> Table:
    month, due, in_time, _share, completed = _columns()
    columns = (
        Column(month),
        Column(due, is_number=True),
        Column(in_time, is_number=True),
        Column(_("Share")),
        Column(completed, is_number=True),
    )
    return Table(_("Per month"), columns, tuple(_row(each) for each in found.months))


def _row(line: MonthLine) -> tuple[Cell, ...]:
    share = line.in_time
    month = format_date(line.month, "MMMM yyyy")
    figures = number(share.whole), number(share.part), bar(share), number(line.awards)
    return month, *figures


def twelve_months_to(last: date) -> date:
    """Return the first day of the twelve months of which this day is in the last."""
    return add_months(last.replace(day=1), 1 - MONTHS)
