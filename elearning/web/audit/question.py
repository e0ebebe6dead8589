"""What an address of the audit log asks for, with what is wrong with it at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from elearning.services.read_audit_log import LogFilter
from elearning.storage.audit import AuditKind
from elearning.web.hr.filters import EARLIEST, one_of, page_number, read_date

# Later days, and earlier ones, cannot be moved by the hours of a time zone.
LATEST = date(2999, 12, 31)
FIELDS = ("soort", "van", "tot")


@dataclass(frozen=True, slots=True)
class LogQuestion:
    """The filters as they were typed; one that cannot be read filters nothing, and says so."""

    given: Mapping[str, str]
    page: int
    chosen: LogFilter
    errors: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, str]:
        """Return the filters that are in use, for an address."""
        return {name: value for name, value in self.given.items() if value}


def read_question(args: Mapping[str, str]) -> LogQuestion:
    """Return what an address asks for."""
    given = {name: args.get(name, "").strip() for name in FIELDS}
    days = {name: _day(given[name]) for name in ("van", "tot")}
    kind = one_of(AuditKind, given["soort"])
    errors = {
        name: _("Fill in a day, such as 2026-11-23")
        for name, day in days.items()
        if given[name] and day is None
    }
    first, last = days["van"], days["tot"]
    if first is not None and last is not None and last < first:
        errors["tot"] = _("The last day comes before the first")
        last = None
    if given["soort"] and kind is None:
        errors["soort"] = _("Choose from the list")
    return LogQuestion(
        given, page_number(args.get("pagina", "")), LogFilter(kind, first, last), errors
    )


def _day(text: str) -> date | None:
    day = read_date(text)
    return day if day is not None and EARLIEST <= day <= LATEST else None
