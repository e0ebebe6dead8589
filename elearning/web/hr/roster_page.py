"""What the pages about the roster show: the last one, and what a new one would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.clock import AMSTERDAM
from elearning.services.roster_plan import RosterPlan
from elearning.services.roster_row import RowProblem
from elearning.services.roster_words import UnusedWord
from elearning.storage.roster import RosterImport
from elearning.web.hr.forms import Table
from elearning.web.hr.roster_words import heading, trouble_text
from elearning.web.hr.words import long_day, number
from elearning.web.parts import Cell, Column

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class LastRoster:
    """The roster that the figures rest on; `undo_id` is there for a day."""

    text: str
    left_out: str | None
    table: Table
    undo_id: int | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What a roster would change; `brake` is there when too many would end."""

    lead: str
    table: Table
    brake: int | None
    brake_text: str | None
    problems: Table | None
    ambiguous: Table | None
    unused: Table | None
    has_changes: bool
    is_empty: bool


def last_roster(last: RosterImport, *, may_undo: bool, counts: Mapping[str, int]) -> LastRoster:
    """Return what the first page says about the last roster."""
    text = _(
        "The last roster is of %(day)s. It was applied on %(moment)s.",
        day=long_day(last.as_of),
        moment=long_day(last.applied_at.astimezone(AMSTERDAM).date()),
    )
    left_out = counts.get("left_out", 0) + counts.get("ambiguous", 0)
    return LastRoster(
        text=text,
        left_out=_left_out(left_out, counts.get("rows", 0)) if left_out else None,
        table=_counts_table(counts, _("What it changed")),
        undo_id=last.id if may_undo else None,
    )


def _left_out(rows: int, total: int) -> str:
    return ngettext(
        "%(rows)s of %(total)s rows was not read in.",
        "%(rows)s of %(total)s rows were not read in.",
        rows,
        rows=number(rows),
        total=number(total),
    )


def plan_page(plan: RosterPlan, lang: str) -> PlanPage:
    """Return what a roster would change."""
    left_out = plan.left_out
    lead = ngettext(
        "This roster has %(rows)s row. Nothing has been changed yet.",
        "This roster has %(rows)s rows. Nothing has been changed yet.",
        plan.total,
        rows=number(plan.total),
    )
    return PlanPage(
        lead=f"{lead} {_left_out(left_out, plan.total)}" if left_out else lead,
        table=_counts_table(plan.counts(), _("What this roster would change")),
        brake=plan.brake,
        brake_text=_brake_text(plan),
        problems=_rows_table(_("Rows that are left out"), plan.problems, lang),
        ambiguous=_rows_table(
            _("Rows that could be about somebody else; these people stay as they are"),
            plan.ambiguous,
            lang,
        ),
        unused=_unused_table(plan.unused),
        has_changes=any((plan.new, plan.changed, plan.renamed, plan.ended, plan.missing)),
        is_empty=plan.total == left_out,
    )


def _brake_text(plan: RosterPlan) -> str | None:
    if plan.brake is None:
        return None
    return _(
        "%(num)s of %(total)s appointments would end or are missing. That is more than 5%%. "
        "Is the file complete? If this is right, fill in the number.",
        num=number(plan.brake),
        total=number(plan.running),
    )


def _counts_table(counts: Mapping[str, int], caption: str) -> Table:
    names = {
        "new": _("New appointments"),
        "changed": _("Changed appointments"),
        "people": _("Staff who get another name, address or language"),
        "ended": _("Ended: missing for the second time"),
        "missing": _("Missing for the first time; nothing changes yet"),
        "unchanged": _("The same as before"),
        "left_out": _("Rows left out"),
        "ambiguous": _("Rows in doubt"),
    }
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (text, number(counts[name])) for name, text in names.items() if name in counts
    )
    return Table(caption, (Column(_("What")), Column(_("Number"), is_number=True)), rows)


def _rows_table(caption: str, problems: Iterable[RowProblem], lang: str) -> Table | None:
    found = list(problems)
    if not found:
        return None
    columns = (Column(_("Row")), Column(_("Column")), Column(_("What is wrong")))
    rows = tuple(
        (str(each.row), heading(each.column, lang), trouble_text(each.trouble))
        for each in found[:MOST_SHOWN]
    )
    more = len(found) - len(rows)
    return Table(caption if not more else f"{caption} ({_more_text(more)})", columns, rows)


def _unused_table(words: Sequence[UnusedWord]) -> Table | None:
    if not words:
        return None
    columns = (
        Column(_("Word")),
        Column(_("Rows"), is_number=True),
        Column(_("First row"), is_number=True),
    )
    rows = tuple((each.word, number(each.rows), number(each.first_row)) for each in words)
    caption, more = _("Function words that no rule uses"), len(rows) - MOST_SHOWN
    if more > 0:
        caption = f"{caption} ({_more_text(more)})"
    return Table(caption, columns, rows[:MOST_SHOWN])


def _more_text(more: int) -> str:
    return ngettext("%(rows)s more", "%(rows)s more", more, rows=number(more))
