"""What the pages of frozen reports show, with every figure or without small groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from elearning.learning.board_report import Json
from elearning.learning.rates import NO_SHARE
from elearning.learning.validity import Validity
from elearning.web.hr.forms import Table
from elearning.web.hr.sheet import Sheet, Value
from elearning.web.hr.words import definition, long_day, number
from elearning.web.parts import Cell, Column, Indented, Link
from elearning.web.report.rows import ReportRow, columns, headings, keys, report_rows

CODE, NAME, LEVEL = 0, 1, 2
SHORT_DIGEST = 16


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A frozen report, ready to read and to print."""

    heading: str
    lead: str
    figure: tuple[str, str] | None
    no_figure: str | None
    facts: tuple[tuple[str, str], ...]
    hidden: str | None
    table: Table
    definition: tuple[tuple[str, str], ...]
    files: tuple[Link, ...]


def report_page(
    report: Json, digest: str, *, validity: Validity, files: tuple[Link, ...], lang: str
) -> ReportPage:
    """Return the page; the first unit is the one that all others lie in, if there is one."""
    top = report["units"][0]
    percent = _percent(top)
    return ReportPage(
        heading=_("Report of %(day)s", day=_day(report)),
        lead=f"{report['report']['training']['title'][lang]}. {top['name'][lang]}.",
        figure=None if percent is None else (f"{percent}%", _of_staff(top["people"])),
        no_figure=_too_few(report) if top["people"] is None else None,
        facts=tuple((label, str(value)) for label, value in _facts(report, digest)),
        hidden=_why_hidden(report),
        table=_table(report, lang),
        definition=definition(validity),
        files=files,
    )


def report_sheet(report: Json, digest: str, lang: str) -> Sheet:
    """Return the same figures as a file."""
    head = report["report"]
    rows = [(each.code, each.name, each.level, *each.figures) for each in report_rows(report, lang)]
    return Sheet(
        name=_("report-%(day)s", day=head["day"]),
        head=(
            (_("Training"), head["training"]["title"][lang]),
            (_("As of"), date.fromisoformat(head["day"])),
            *_facts(report, digest),
            (_("Hidden"), _why_hidden(report)),
        ),
        columns=columns(report),
        keys=keys(report),
        rows=rows,
    )


def report_title(report: Json, lang: str) -> str:
    """Return what a list calls a report."""
    head = report["report"]
    return _("%(training)s, %(day)s", training=head["training"]["title"][lang], day=_day(report))


def reports_table(found: Sequence[tuple[Json, str]], lang: str) -> Table | None:
    """Return the table of reports, each with its address; None where there is none."""
    if not found:
        return None
    heads = (
        Column(_("Report")),
        Column(_("Completed"), is_number=True),
        Column(_("Frozen on")),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            Link(report_title(report, lang), address),
            coverage_of(report),
            moment(report["report"]["frozen_at"]),
        )
        for report, address in found
    )
    caption = ngettext("%(total)s report", "%(total)s reports", len(rows), total=number(len(rows)))
    return Table(caption, heads, rows)


def coverage_of(report: Json) -> str:
    """Return the headline of a report for a list; what is hidden says so."""
    top = report["units"][0]
    percent = _percent(top)
    if top["people"] is None:
        return _("not shown")
    return NO_SHARE if percent is None else f"{percent}%"


def moment(text: str) -> str:
    """Return an instant of a report in words."""
    return format_datetime(datetime.fromisoformat(text), "d MMMM y HH:mm", rebase=False)


def _day(report: Json) -> str:
    return long_day(date.fromisoformat(report["report"]["day"]))


def _percent(unit: Json) -> int | None:
    if "coverage_percent" in unit:
        found: int | None = unit["coverage_percent"]
        return found
    return unit["valid"] * 100 // unit["people"] if unit["people"] else None


def _of_staff(people: int) -> str:
    return ngettext(
        "of %(total)s member of staff has completed it",
        "of %(total)s staff have completed it",
        people,
        total=number(people),
    )


def _too_few(report: Json) -> str:
    least = report["report"]["smallest_group"]
    return _(
        "This figure is not shown. It is about fewer than %(num)s staff, or would let somebody "
        "work out one that is.",
        num=least,
    )


def _facts(report: Json, digest: str) -> Iterable[tuple[str, Value]]:
    head = report["report"]
    yield _("As known on"), moment(head["known_at"])
    yield _("Frozen on"), moment(head["frozen_at"])
    yield _("Roster"), _roster(head)
    if head["exempt"] is not None:
        yield _("Not counted"), _beside(head)
    yield _("Definition"), str(head["definition"])
    yield _("Fingerprint"), digest[:SHORT_DIGEST]


def _roster(head: Json) -> str:
    if head["roster_of"] is None:
        return _("no roster was read")
    day = long_day(date.fromisoformat(head["roster_of"]))
    return _("of %(day)s, read on %(moment)s", day=day, moment=moment(head["roster_read_at"]))


def _beside(head: Json) -> str:
    return _(
        "%(exempt)s exempt, %(paused)s paused",
        exempt=number(head["exempt"]),
        paused=number(head["paused"]),
    )


def _why_hidden(report: Json) -> str | None:
    """Return why something is not shown; None where everything is."""
    if not report["report"]["is_suppressed"]:
        return None
    return _(
        "Groups of fewer than %(num)s staff are not shown. Sometimes a larger unit is not shown "
        "either: otherwise you could work out the small one by subtracting. What was hidden in an "
        "earlier report stays hidden. It says nothing about how a unit is doing. "
        "Who works in several units counts where the main appointment is.",
        num=report["report"]["smallest_group"],
    )


def _table(report: Json, lang: str) -> Table:
    rows = [*report_rows(report, lang)]
    caption = ngettext("%(total)s unit", "%(total)s units", len(rows), total=number(len(rows)))
    heads = tuple(
        Column(label, is_number=place > LEVEL)
        for place, label in enumerate(headings(report))
        if place not in {CODE, LEVEL}
    )
    return Table(caption, heads, tuple(_cells(each, keys(report)) for each in rows))


def _cells(row: ReportRow, names: Sequence[str]) -> tuple[Cell, ...]:
    figures = zip(names[LEVEL + 1 :], row.figures, strict=True)
    return Indented(row.name, row.level), *(_figure(name, each) for name, each in figures)


def _figure(name: str, value: Value) -> str:
    if value is None:
        return NO_SHARE
    if not isinstance(value, int):
        return str(value)
    return f"{value}%" if name.endswith("_percent") else number(value)
