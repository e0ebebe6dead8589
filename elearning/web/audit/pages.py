"""The audit log in words: entries, the question that was asked, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from elearning.learning.audit_chain import Break, Fault, Head
from elearning.services.read_audit_log import LogPage, LogRow
from elearning.storage.audit import AuditFact, AuditKind
from elearning.web.audit.question import LogQuestion
from elearning.web.hr.forms import Table
from elearning.web.hr.words import number
from elearning.web.parts import Column
from elearning.web.privacy_report.logged import fact_words, kind_words

DASH = "\N{EN DASH}"
# Enough of a key to follow one person or thing through a log, too little to look it up elsewhere.
SHOWN_OF_A_KEY = 8
# A digest is told apart by its beginning; whole it would push the rest out of sight.
SHOWN_OF_A_VALUE = 24
MOST_BREAKS = 100


@dataclass(frozen=True, slots=True)
class LogView:
    """One page of the log; without a `table` nothing was found."""

    kinds: tuple[tuple[str, str], ...]
    table: Table | None
    page: int
    pages: int
    previous_href: str | None
    next_href: str | None


@dataclass(frozen=True, slots=True)
class CheckView:
    """What checking the chain found; without a `table` nothing was."""

    lead: str
    facts: tuple[tuple[str, str], ...]
    table: Table | None
    more: str | None


def log_view(found: LogPage, asked: LogQuestion, zone: ZoneInfo) -> LogView:
    """Return the page that was asked for."""
    caption = ngettext("%(total)s entry", "%(total)s entries", found.found, total=_count(found))
    columns = (
        Column(_("Entry")),
        Column(_("When")),
        Column(_("What was done")),
        Column(_("Done by")),
        Column(_("About")),
        Column(_("Besides")),
    )
    words, facts = kind_words(), fact_words()
    rows = tuple(_row(each, words, facts, zone) for each in found.rows)
    return LogView(
        kinds=_kinds(words),
        table=Table(caption, columns, rows) if rows else None,
        page=found.page,
        pages=found.pages,
        previous_href=_address(asked, found.page - 1, found.pages),
        next_href=_address(asked, found.page + 1, found.pages),
    )


def check_view(
    breaks: Sequence[Break], head: Head, anchor: Head, at: datetime, zone: ZoneInfo
) -> CheckView:
    """Return what was found; the end of the log is there to be compared with one kept elsewhere."""
    total = len(breaks)
    lead = ngettext(
        "One place is not as it was written",
        "%(total)s places are not as they were written",
        total,
        total=number(total),
    )
    rows = tuple((number(each.number), _fault(each)) for each in breaks[:MOST_BREAKS])
    columns = Column(_("Entry")), Column(_("What is wrong"))
    return CheckView(
        lead=lead if breaks else _("Nothing was changed, moved or taken away"),
        facts=(
            (_("Checked on"), _moment(at, zone)),
            (_("Entries"), number(head.number - anchor.number)),
            (_("Last entry"), number(head.number)),
            (_("Digest of the last entry"), head.chain_digest),
        ),
        table=Table(lead, columns, rows) if rows else None,
        more=_("The first %(count)s are shown.", count=number(MOST_BREAKS))
        if total > MOST_BREAKS
        else None,
    )


def _count(found: LogPage) -> str:
    return number(found.found)


def _kinds(words: Mapping[AuditKind, str]) -> tuple[tuple[str, str], ...]:
    ordered = sorted(words.items(), key=lambda each: each[1].casefold())
    return (("", _("Everything")), *((kind.value, text) for kind, text in ordered))


def _row(
    each: LogRow, words: Mapping[AuditKind, str], facts: Mapping[AuditFact, str], zone: ZoneInfo
) -> tuple[str, ...]:
    besides = "; ".join(f"{facts[name]}: {_short(value)}" for name, value in each.facts.items())
    if each.kind is None:
        return (
            number(each.number),
            _moment(each.recorded_at, zone),
            _("Emptied: it was about somebody whose data is gone."),
            *([DASH] * 3),
        )
    return (
        number(each.number),
        _moment(each.recorded_at, zone),
        words[each.kind],
        _key(each.actor_id) or _("the program"),
        _key(each.subject_id) or DASH,
        besides or DASH,
    )


def _key(key: UUID | None) -> str:
    return "" if key is None else key.hex[:SHOWN_OF_A_KEY]


def _short(value: str) -> str:
    is_long = len(value) > SHOWN_OF_A_VALUE
    return f"{value[:SHOWN_OF_A_VALUE]}\N{HORIZONTAL ELLIPSIS}" if is_long else value


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return format_datetime(at.astimezone(zone), "d MMM y HH:mm:ss", rebase=False)


def _fault(found: Break) -> str:
    return {
        Fault.MISSING: _("It is missing"),
        Fault.MOVED: _("Its moment, its digest or its place was changed"),
        Fault.ALTERED: _("What it says was changed"),
        Fault.EMPTIED_TOO_SOON: _("What it says was removed before its time"),
        Fault.WRONG_END: _("The log does not end here as it should"),
    }[found.fault]


def _address(asked: LogQuestion, page: int, pages: int) -> str | None:
    if not 1 <= page <= pages:
        return None
    values: dict[str, Any] = {**asked.values(), "pagina": None if page == 1 else page}
    return url_for(".overview", **values)
