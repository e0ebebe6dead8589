"""The lists of people: each is a filter of the one table, with columns and an order of its own."""

from __future__ import annotations

from dataclasses import dataclass

from elearning.services.people_filter import SortKey, StatusFilter

TERMS = (30, 60, 90)
DESCENDING = "-"
USUAL_COLUMNS = (
    SortKey.NAME,
    SortKey.UNIT,
    SortKey.STATUS,
    SortKey.OBTAINED_ON,
    SortKey.DUE_ON,
    SortKey.VALID_UNTIL,
)
PAST_DUE = (
    StatusFilter.PAST_DUE,
    StatusFilter.IN_GRACE,
    StatusFilter.LATE,
    StatusFilter.OVERDUE,
    StatusFilter.LAPSED,
)


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list; `endpoint` is its page, and with `_csv`, `_xlsx` and `_json` its files.

    `statuses` are those that can be asked for; without `may_be_anyone` the first is what an address
    means that names none. `ends_within` and `opened_within` are the usual number of days, where the
    list is about the end of a validity or the start of an obligation.
    """

    endpoint: str
    columns: tuple[SortKey, ...]
    statuses: tuple[StatusFilter, ...]
    usual_order: str
    may_be_anyone: bool = True
    ends_within: int | None = None
    opened_within: int | None = None


EVERYONE = PeopleList(
    endpoint="hr.people",
    columns=USUAL_COLUMNS,
    statuses=tuple(StatusFilter),
    usual_order=SortKey.NAME,
)
EXPIRING = PeopleList(
    endpoint="lists.expiring",
    columns=(SortKey.NAME, SortKey.UNIT, SortKey.VALID_UNTIL, SortKey.OBTAINED_ON),
    statuses=(),
    usual_order=SortKey.VALID_UNTIL,
    ends_within=90,
)
LATE = PeopleList(
    endpoint="lists.late",
    columns=USUAL_COLUMNS,
    statuses=PAST_DUE,
    usual_order=SortKey.DUE_ON,
    may_be_anyone=False,
)
JOINERS = PeopleList(
    endpoint="lists.new",
    columns=(
        SortKey.NAME,
        SortKey.UNIT,
        SortKey.OPENED_ON,
        SortKey.DUE_ON,
        SortKey.STATUS,
        SortKey.OBTAINED_ON,
    ),
    statuses=tuple(each for each in StatusFilter if each not in PAST_DUE[2:]),
    usual_order=f"{DESCENDING}{SortKey.OPENED_ON}",
    opened_within=30,
)
LISTS = {each.endpoint: each for each in (EVERYONE, EXPIRING, LATE, JOINERS)}
